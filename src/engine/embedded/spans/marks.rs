//! Positions of an entry as bits. Whatever stands near whatever in it is found by a few shifts, without
//! a branch for each position: most passages are short, and frequent words stand in most of them.

use crate::query::tree::Link;

/// So many blocks of 64 positions; longer entries are looked at position by position.
const BLOCKS: usize = 8;

/// Positions below 512.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::engine::embedded) struct Marks {
    blocks: [u64; BLOCKS],
    /// No block from here on has a bit.
    used: usize,
}

impl Marks {
    /// Takes all positions away.
    pub(in crate::engine::embedded) fn clear(&mut self) {
        self.blocks.iter_mut().take(self.used).for_each(|block| *block = 0);
        self.used = 0;
    }

    /// Adds positions, each given by its distance from the one before it; `false`: one of them is too
    /// high, and what is here is of no use.
    pub(in crate::engine::embedded) fn add(&mut self, steps: &[u32]) -> bool {
        let mut at = 0_usize;
        for &step in steps {
            at += step as usize;
            let Some(block) = self.blocks.get_mut(at / 64) else {
                self.used = BLOCKS;
                return false;
            };
            *block |= 1 << (at % 64);
        }
        self.used = self.used.max(at / 64 + 1);
        true
    }

    pub(super) fn count(&self) -> usize {
        self.used().iter().map(|block| block.count_ones() as usize).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.used().iter().all(|&block| block == 0)
    }

    fn used(&self) -> &[u64] {
        self.blocks.get(..self.used).unwrap_or_default()
    }

    /// Returns those of `rights` that `link`, which has a distance, joins to one of these.
    pub(super) fn join(&self, rights: &Self, link: Link, within: u8) -> Self {
        let mut joined = Self { used: self.used.max(rights.used), ..Self::default() };
        self.join_with(rights, link, within, |blocks| {
            joined.blocks.iter_mut().zip(blocks).for_each(|(own, &block)| *own = block);
        });
        joined
    }

    /// Returns how many [`Self::join`] joins.
    pub(super) fn n_joined(&self, rights: &Self, link: Link, within: u8) -> usize {
        let mut n = 0;
        self.join_with(rights, link, within, |blocks| {
            n = blocks.iter().map(|block| block.count_ones() as usize).sum();
        });
        n
    }

    /// Joins in as few blocks as there are; loops of a known length are no loops.
    #[inline]
    fn join_with(&self, rights: &Self, link: Link, within: u8, give: impl FnOnce(&[u64])) {
        match self.used.max(rights.used) {
            1 => give(&self.join_in::<1>(rights, link, within)),
            2 => give(&self.join_in::<2>(rights, link, within)),
            _ => give(&self.join_in::<BLOCKS>(rights, link, within)),
        }
    }

    /// Joins in the first `N` blocks.
    #[inline]
    fn join_in<const N: usize>(&self, rights: &Self, link: Link, within: u8) -> [u64; N] {
        let Some((lefts, rights)) =
            self.blocks.first_chunk::<N>().zip(rights.blocks.first_chunk::<N>())
        else {
            return [0; N];
        };
        let mut joined = reach(lefts, within, spread_up);
        if !link.ordered {
            let before = reach(lefts, within, spread_down);
            joined.iter_mut().zip(before).for_each(|(block, before)| *block |= before);
        }
        joined.iter_mut().zip(rights).for_each(|(block, right)| *block &= right);
        joined
    }
}

/// Returns what stands up to `within` positions away from one of `from`, in the direction of `spread`.
#[inline]
fn reach<const N: usize>(
    from: &[u64; N],
    within: u8,
    spread: impl Fn(&mut [u64; N], u32, u64),
) -> [u64; N] {
    if within == 0 {
        return [0; N];
    }
    let mut near = *from;
    // First the next position alone, without the own one; then twice as many each time.
    spread(&mut near, 1, 0);
    let mut reached = 1;
    while reached < within {
        let step = reached.min(within - reached).min(63);
        spread(&mut near, step.into(), u64::MAX);
        reached += step;
    }
    near
}

/// Moves all positions up by 1 to 63; of those before, what `kept` covers stays.
#[inline]
fn spread_up<const N: usize>(blocks: &mut [u64; N], by: u32, kept: u64) {
    let mut carried = 0;
    for block in blocks {
        let own = *block;
        *block = own & kept | own << by | carried;
        carried = own >> (64 - by);
    }
}

/// Moves all positions down, in the same way.
#[inline]
fn spread_down<const N: usize>(blocks: &mut [u64; N], by: u32, kept: u64) {
    let mut carried = 0;
    for block in blocks.iter_mut().rev() {
        let own = *block;
        *block = own & kept | own >> by | carried;
        carried = own << (64 - by);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn marks(places: &BTreeSet<u32>) -> Option<Marks> {
        let mut before = 0;
        let step = |&at: &u32| at - std::mem::replace(&mut before, at);
        let steps: Vec<u32> = places.iter().map(step).collect();
        let mut marks = Marks::default();
        marks.add(&steps).then_some(marks)
    }

    /// Positions, as many below 60 as in each further block.
    fn some() -> impl Strategy<Value = BTreeSet<u32>> {
        proptest::collection::btree_set(prop_oneof![0_u32..60, 0_u32..128, 0_u32..512], 0..40)
    }

    proptest! {
        /// Bits say what the distances say, over blocks and at the end.
        #[test]
        fn near(
            end in prop_oneof![Just(60_u32), Just(128), Just(512)],
            (lefts, rights) in (some(), some()),
            within: u8,
            ordered: bool,
        ) {
            let below = |mut places: BTreeSet<u32>| {
                places.retain(|&at| at < end);
                places
            };
            let (lefts, rights) = (below(lefts), below(rights));
            let link = Link { within: Some(within), ordered };
            let joined = marks(&lefts).unwrap().join(&marks(&rights).unwrap(), link, within);
            let is_near = |&right: &u32| lefts.iter().any(|&left| {
                left != right
                    && left.abs_diff(right) <= u32::from(within)
                    && (left < right || !ordered)
            });
            let expect: BTreeSet<u32> = rights.iter().copied().filter(is_near).collect();
            prop_assert_eq!(joined.count(), expect.len());
            let n = marks(&lefts).unwrap().n_joined(&marks(&rights).unwrap(), link, within);
            prop_assert_eq!(n, expect.len());
            prop_assert_eq!(joined.is_empty(), expect.is_empty());
            let expect = marks(&expect).unwrap();
            prop_assert_eq!(joined.blocks, expect.blocks);
        }
    }

    #[test]
    fn what_is_too_far_is_no_mark() {
        assert!(marks(&BTreeSet::from([3, 511])).is_some_and(|marks| marks.count() == 2));
        assert!(marks(&BTreeSet::from([3, 512])).is_none());
        // What was begun with it leaves nothing behind.
        let mut marks = Marks::default();
        assert!(!marks.add(&[3, 509]));
        marks.clear();
        assert_eq!(marks, Marks::default());
    }
}
