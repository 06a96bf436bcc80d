//! Sets of small numbers, a bit each: entries of a segment, documents of a segment.
//!
//! A machine word holds 64 of them, so that whole sets are joined and counted in microseconds.

use std::ops::Range;

const BITS: usize = u64::BITS as usize;

/// A set of numbers below `len`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct BitSet {
    words: Vec<u64>,
    len: usize,
}

/// Returns the bits of the word `word` that stand for numbers of `range`.
fn mask(range: &Range<usize>, word: usize) -> u64 {
    let from = range.start.saturating_sub(word * BITS).min(BITS);
    let to = range.end.saturating_sub(word * BITS).min(BITS);
    let below = |n: usize| if n >= BITS { u64::MAX } else { (1 << n) - 1 };
    below(to) & !below(from)
}

impl BitSet {
    /// Returns the empty set.
    pub(super) fn new(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(BITS)], len }
    }

    /// Returns the set of all numbers below `len`.
    pub(super) fn full(len: usize) -> Self {
        let mut set = Self::new(len);
        set.insert_range(0..len);
        set
    }

    /// Returns how many bytes the set takes.
    pub(super) const fn bytes(&self) -> usize {
        self.words.len() * size_of::<u64>()
    }

    /// Adds a number; one that is too great is left out.
    #[inline]
    pub(super) fn insert(&mut self, at: usize) {
        if let Some(word) = self.words.get_mut(at / BITS) {
            *word |= 1 << (at % BITS);
        }
    }

    /// Adds the numbers of a machine word: bit *n* of the word with number `word` stands for 64 times
    /// that number and *n*.
    #[inline]
    pub(super) fn insert_word(&mut self, word: usize, bits: u64) {
        if let Some(known) = self.words.get_mut(word) {
            *known |= bits;
        }
    }

    /// Takes a number out.
    #[inline]
    pub(super) fn remove(&mut self, at: usize) {
        if let Some(word) = self.words.get_mut(at / BITS) {
            *word &= !(1 << (at % BITS));
        }
    }

    /// Tells whether a number is in the set.
    #[inline]
    pub(super) fn has(&self, at: usize) -> bool {
        self.words.get(at / BITS).is_some_and(|word| word & (1 << (at % BITS)) != 0)
    }

    /// Adds the numbers of a range.
    pub(super) fn insert_range(&mut self, range: Range<usize>) {
        let range = range.start..range.end.min(self.len);
        if range.is_empty() {
            return;
        }
        let first = range.start / BITS;
        let last = (range.end - 1) / BITS;
        for (at, word) in self.words.iter_mut().enumerate().take(last + 1).skip(first) {
            *word |= mask(&range, at);
        }
    }

    /// Keeps what is in both.
    pub(super) fn and(&mut self, other: &Self) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or_default();
        }
    }

    /// Adds what is in the other.
    pub(super) fn or(&mut self, other: &Self) {
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    /// Takes out what is in the other.
    pub(super) fn and_not(&mut self, other: &Self) {
        for (word, less) in self.words.iter_mut().zip(&other.words) {
            *word &= !less;
        }
    }

    /// Returns the numbers that are not in the set.
    pub(super) fn inverted(&self) -> Self {
        let mut all = Self::full(self.len);
        all.and_not(self);
        all
    }

    /// Tells whether the set is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// Tells whether the sets have a number in common.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(one, other)| one & other != 0)
    }

    /// Counts the numbers.
    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Makes the set anew: tells of 0, 1, 2 … whether it is in the set.
    pub(super) fn refill(&mut self, mut is_in: impl Iterator<Item = bool>) {
        for word in &mut self.words {
            *word = 0;
            for bit in 0..BITS {
                let Some(is_in) = is_in.next() else { break };
                *word |= u64::from(is_in) << bit;
            }
        }
    }

    /// Counts the numbers in a range.
    #[inline]
    pub(super) fn count_in(&self, range: &Range<usize>) -> usize {
        if range.start >= range.end {
            return 0;
        }
        let (first, last) = (range.start / BITS, (range.end - 1) / BITS);
        let from = u64::MAX << (range.start % BITS);
        let to = u64::MAX >> (BITS - 1 - (range.end - 1) % BITS);
        let word = |at: usize| self.words.get(at).copied().unwrap_or_default();
        let count = |bits: u64| bits.count_ones() as usize;
        // Documents are short: most often both ends lie in one word.
        if first == last {
            return count(word(first) & from & to);
        }
        let between = (first + 1..last).map(|at| count(word(at))).sum::<usize>();
        count(word(first) & from) + between + count(word(last) & to)
    }

    /// Returns the numbers, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                left &= left.checked_sub(1)?;
                Some(at * BITS + bit)
            })
        })
    }

    /// Returns the longest runs of neighbouring numbers, rising.
    pub(super) fn runs(&self) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = self.next(from, 0)?;
            let end = self.next(start, u64::MAX).unwrap_or(self.len);
            from = end;
            Some(start..end)
        })
    }

    /// Returns the first number at or after `from`.
    #[inline]
    pub(super) fn first_from(&self, from: usize) -> Option<usize> {
        self.next(from, 0)
    }

    /// Returns the first number at or after `from` that is in the set; with all bits in `flip`,
    /// the first that is not.
    fn next(&self, from: usize, flip: u64) -> Option<usize> {
        let first = from / BITS;
        let words = self.words.get(first..).unwrap_or_default();
        for (at, word) in (first..).zip(words) {
            let mut left = word ^ flip;
            if at == first {
                left &= u64::MAX << (from % BITS);
            }
            if left != 0 {
                let found = at * BITS + left.trailing_zeros() as usize;
                return (found < self.len).then_some(found);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn set(len: usize, numbers: &BTreeSet<usize>) -> BitSet {
        let mut set = BitSet::new(len);
        numbers.iter().for_each(|&at| set.insert(at));
        set
    }

    proptest! {
        #[test]
        fn as_a_set_of_numbers(
            a in proptest::collection::btree_set(0_usize..200, 0..60),
            b in proptest::collection::btree_set(0_usize..200, 0..60),
            from in 0_usize..200,
            length in 0_usize..200,
        ) {
            let (one, other) = (set(200, &a), set(200, &b));
            prop_assert_eq!(one.iter().collect::<BTreeSet<_>>(), a.clone());
            prop_assert_eq!(one.count(), a.len());
            let range = from..(from + length).min(200);
            let within = a.iter().filter(|at| range.contains(at)).count();
            prop_assert_eq!(one.count_in(&range), within);
            prop_assert_eq!(one.meets(&other), !a.is_disjoint(&b));
            let mut joined = one.clone();
            joined.and(&other);
            prop_assert_eq!(&joined, &set(200, &a.intersection(&b).copied().collect()));
            joined = one.clone();
            joined.or(&other);
            prop_assert_eq!(&joined, &set(200, &a.union(&b).copied().collect()));
            joined = one.clone();
            joined.and_not(&other);
            prop_assert_eq!(&joined, &set(200, &a.difference(&b).copied().collect()));
            joined = one.clone();
            joined.insert_range(range.clone());
            prop_assert_eq!(&joined, &set(200, &a.iter().copied().chain(range).collect()));
            prop_assert_eq!(one.inverted().count(), 200 - a.len());
            prop_assert_eq!(one.inverted().inverted(), one.clone());
            prop_assert_eq!(one.runs().flatten().collect::<BTreeSet<_>>(), a);
            prop_assert!(one.runs().zip(one.runs().skip(1)).all(|(a, b)| a.end < b.start));
        }
    }
}
