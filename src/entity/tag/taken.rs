//! Spans that are taken.

use std::collections::BTreeMap;

use crate::model::Span;

/// Spans of which no two overlap, so that thousands of names on one line are no square.
#[derive(Default)]
pub(super) struct Taken(BTreeMap<usize, usize>);

impl Taken {
    pub(super) fn meets(&self, span: &Span) -> bool {
        self.0.range(..span.end).next_back().is_some_and(|(_, &end)| span.start < end)
    }

    /// Adds a span that meets none.
    pub(super) fn add(&mut self, span: &Span) {
        self.0.insert(span.start, span.end);
    }
}

pub(super) fn overlaps(taken: &[Span], span: &Span) -> bool {
    taken.iter().any(|other| other.start < span.end && span.start < other.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_meets_what_it_overlaps_and_not_its_neighbours() {
        let mut taken = Taken::default();
        taken.add(&(10..20));
        taken.add(&(30..40));
        for (span, expect) in [
            (0..10, false),
            (20..30, false),
            (19..21, true),
            (5..50, true),
            (12..13, true),
            (40..41, false),
        ] {
            assert_eq!(taken.meets(&span), expect, "{span:?}");
        }
    }
}
