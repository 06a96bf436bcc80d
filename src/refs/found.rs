//! What a parser found, before overlaps are settled and places are led back to the pages.

use crate::model::{RefKind, Relation, Span};

/// A reference at a span of the flow.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) kind: RefKind,
    pub(super) id: String,
    pub(super) span: Span,
    /// The span of the whole expression; references of one expression share it.
    pub(super) whole: Span,
    pub(super) pinpoint: Option<String>,
    pub(super) confidence: f32,
    pub(super) relation: Relation,
    pub(super) note: Option<String>,
}

impl Found {
    /// Returns a sure reference whose expression is its span.
    pub(super) fn new(kind: RefKind, id: String, span: Span) -> Self {
        Self {
            kind,
            id,
            whole: span.clone(),
            span,
            pinpoint: None,
            confidence: 0.99,
            relation: Relation::Cites,
            note: None,
        }
    }

    pub(super) fn with_confidence(mut self, confidence: f32) -> Self {
        self.confidence = self.confidence.min(confidence);
        self
    }

    pub(super) fn with_note(mut self, note: impl Into<String>) -> Self {
        let note = note.into();
        self.note = Some(match self.note.take() {
            Some(earlier) => format!("{earlier}; {note}"),
            None => note,
        });
        self
    }
}

/// Keeps of overlapping expressions the longest, then the family that says most.
pub(super) fn settle(mut all: Vec<Found>) -> Vec<Found> {
    all.sort_by(|a, b| {
        (b.whole.len().cmp(&a.whole.len()))
            .then(rank(a.kind).cmp(&rank(b.kind)))
            .then(a.whole.start.cmp(&b.whole.start))
            .then(a.span.start.cmp(&b.span.start))
    });
    let mut taken: std::collections::BTreeMap<usize, (usize, RefKind)> =
        std::collections::BTreeMap::new();
    let mut kept: Vec<Found> = Vec::with_capacity(all.len());
    for found in all {
        let (start, end) = (found.whole.start, found.whole.end);
        let before = taken.range(..end).next_back();
        let clash = before.is_some_and(|(&from, &(to, kind))| {
            to > start && !(from == start && to == end && kind == found.kind)
        });
        if !clash {
            taken.insert(start, (end, found.kind));
            kept.push(found);
        }
    }
    kept.sort_by(|a, b| (a.span.start, a.span.end, &a.id).cmp(&(b.span.start, b.span.end, &b.id)));
    kept.dedup_by(|a, b| a.id == b.id && a.span == b.span);
    kept
}

const fn rank(kind: RefKind) -> u8 {
    match kind {
        RefKind::Report => 0,
        RefKind::Neutral => 1,
        RefKind::Case => 2,
        RefKind::Statute => 3,
        RefKind::Instrument | RefKind::Treaty => 4,
        RefKind::Index => 5,
        RefKind::Back => 6,
    }
}
