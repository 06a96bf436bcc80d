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
///
/// What overlaps stands close together: each such group is settled alone, and most have one member.
pub(super) fn settle(mut all: Vec<Found>) -> Vec<Found> {
    all.sort_by_key(|one| one.whole.start);
    let mut kept: Vec<Found> = Vec::with_capacity(all.len());
    let mut group: Vec<Found> = Vec::new();
    let mut end = 0;
    for found in all {
        if found.whole.start >= end {
            settle_group(&mut group, &mut kept);
        }
        end = end.max(found.whole.end);
        group.push(found);
    }
    settle_group(&mut group, &mut kept);
    kept.sort_by(|a, b| (a.span.start, a.span.end, &a.id).cmp(&(b.span.start, b.span.end, &b.id)));
    kept.dedup_by(|a, b| a.id == b.id && a.span == b.span);
    kept
}

/// Moves what stays of `group` to `kept`.
fn settle_group(group: &mut Vec<Found>, kept: &mut Vec<Found>) {
    group.sort_by(|a, b| {
        (b.whole.len().cmp(&a.whole.len()))
            .then(rank(a.kind).cmp(&rank(b.kind)))
            .then(a.whole.start.cmp(&b.whole.start))
            .then(a.span.start.cmp(&b.span.start))
    });
    let first = kept.len();
    for found in group.drain(..) {
        let (start, end) = (found.whole.start, found.whole.end);
        let clash = kept.get(first..).unwrap_or_default().iter().any(|one| {
            let (from, to) = (one.whole.start, one.whole.end);
            let overlap = from < end && start < to;
            overlap && !(from == start && to == end && one.kind == found.kind)
        });
        if !clash {
            kept.push(found);
        }
    }
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
