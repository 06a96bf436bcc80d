//! Spans that are taken.

use std::collections::BTreeMap;

use crate::model::Span;

/// Spans to look up, so that thousands of names on one line are no square; those that overlap are
/// kept as one.
#[derive(Default)]
pub(super) struct Taken(BTreeMap<usize, usize>);

impl Taken {
    pub(super) fn meets(&self, span: &Span) -> bool {
        self.0.range(..span.end).next_back().is_some_and(|(_, &end)| span.start < end)
    }

    pub(super) fn add(&mut self, span: &Span) {
        if span.is_empty() {
            return;
        }
        let (mut start, mut end) = (span.start, span.end);
        while let Some((&from, &to)) =
            self.0.range(..end).next_back().filter(|(_, to)| start < **to)
        {
            self.0.remove(&from);
            (start, end) = (start.min(from), end.max(to));
        }
        self.0.insert(start, end);
    }
}

/// Things at places of a paragraph, to look up those near a span.
#[derive(Default)]
pub(super) struct Places {
    /// In the order of their starts.
    all: Vec<(usize, Span)>,
    longest: usize,
}

impl FromIterator<(usize, Span)> for Places {
    fn from_iter<I: IntoIterator<Item = (usize, Span)>>(iter: I) -> Self {
        let mut all: Vec<(usize, Span)> = iter.into_iter().collect();
        all.sort_by_key(|(_, span)| span.start);
        let longest = all.iter().map(|(_, span)| span.len()).max().unwrap_or(0);
        Self { all, longest }
    }
}

impl Places {
    /// Returns what stands at most `reach` bytes from `span`.
    pub(super) fn near(&self, span: &Span, reach: usize) -> impl Iterator<Item = &(usize, Span)> {
        let from = span.start.saturating_sub(reach + self.longest);
        let first = self.all.partition_point(|(_, at)| at.start < from);
        let to = span.end + reach;
        self.all.iter().skip(first).take_while(move |(_, at)| at.start <= to)
    }
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

    #[test]
    fn spans_that_overlap_are_one() {
        let mut taken = Taken::default();
        for span in [10..20, 18..30, 50..60, 29..51, 40..40] {
            taken.add(&span);
        }
        for (span, expect) in [(0..10, false), (35..36, true), (59..60, true), (60..70, false)] {
            assert_eq!(taken.meets(&span), expect, "{span:?}");
        }
    }
}
