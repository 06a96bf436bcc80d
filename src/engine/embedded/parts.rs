//! Which documents each of two threads looks at.

use std::cmp::Reverse;
use std::ops::Range;

use tantivy::DocId;

use super::segment::Segment;

/// How much a segment holds.
#[derive(Clone, Copy)]
pub(super) struct Size<'a> {
    n_entries: usize,
    /// The cards of its documents.
    cards: &'a [DocId],
}

impl<'a> Size<'a> {
    pub(super) fn of(segment: &'a Segment) -> Self {
        Self { n_entries: segment.n_entries(), cards: &segment.cards }
    }
}

/// Documents of one segment that one thread looks at.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) number: usize,
    pub(super) docs: Range<usize>,
    n_entries: usize,
}

/// Returns what each of two threads looks at, much of it first. Where `cuts` says so, one segment is
/// cut, so that both have as much to do: it is looked at twice, which is worth it where reading takes
/// nearly all the time.
pub(super) fn shares(segments: &[Size<'_>], cuts: bool) -> [Vec<Part>; 2] {
    let total: usize = segments.iter().map(|size| size.n_entries).sum();
    let mut before = 0;
    let mut parts = Vec::with_capacity(segments.len() + 1);
    for (number, &Size { n_entries, cards }) in segments.iter().enumerate() {
        let half = (total / 2).saturating_sub(before).min(n_entries);
        let cut = cards.partition_point(|&card| (card as usize) < half);
        if cuts && 0 < cut && cut < cards.len() {
            parts.push(Part { number, docs: 0..cut, n_entries: half });
            parts.push(Part { number, docs: cut..cards.len(), n_entries: n_entries - half });
        } else {
            parts.push(Part { number, docs: 0..cards.len(), n_entries });
        }
        before += n_entries;
    }
    parts.sort_by_key(|part| Reverse(part.n_entries));
    let mut shares = [Vec::new(), Vec::new()];
    let mut sizes = [0, 0];
    for part in parts {
        let [first, second] = &mut shares;
        let [first_size, second_size] = &mut sizes;
        let (share, size) =
            if *first_size <= *second_size { (first, first_size) } else { (second, second_size) };
        *size += part.n_entries;
        share.push(part);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every document is looked at once, and with a cut both have about as much to do.
    #[test]
    fn both_have_as_much_to_do() {
        let cards: Vec<DocId> = (0..140).map(|card| card * 10).collect();
        let size = |n_docs: usize| Size { n_entries: n_docs * 10, cards: &cards[..n_docs] };
        for (sizes, cuts, sums) in [
            (vec![size(97), size(128), size(139)], true, [1820, 1820]),
            (vec![size(97), size(128), size(139)], false, [1390, 2250]),
            (vec![size(100)], true, [500, 500]),
            (vec![size(100)], false, [1000, 0]),
            (vec![size(1)], true, [10, 0]),
            (vec![size(90), size(5)], true, [475, 475]),
        ] {
            let shares = shares(&sizes, cuts);
            let mut seen: Vec<(usize, usize)> = shares
                .iter()
                .flatten()
                .flat_map(|part| part.docs.clone().map(|idx| (part.number, idx)))
                .collect();
            seen.sort_unstable();
            let all: Vec<(usize, usize)> = sizes
                .iter()
                .enumerate()
                .flat_map(|(number, size)| (0..size.cards.len()).map(move |idx| (number, idx)))
                .collect();
            assert_eq!(seen, all);
            let sum = |share: &Vec<Part>| share.iter().map(|part| part.n_entries).sum::<usize>();
            assert_eq!([sum(&shares[0]), sum(&shares[1])], sums);
        }
    }
}
