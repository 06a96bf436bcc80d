//! Phrases with gaps: whether, and how, words can be laid with so many moves.

use std::collections::{BTreeMap, BTreeSet};

use super::Run;
use crate::engine::embedded::watch::Watch;

/// Most ways of laying a phrase with gaps that one passage is searched for as an operand.
const MOST_LAYINGS: usize = 20_000;

/// Returns the positions of each word, moved back to where the phrase would begin, that lie
/// within `slop` of `base`; as places in `places`.
fn window(places: &[Vec<u32>], base: i64, slop: u32) -> Option<Vec<&[u32]>> {
    places
        .iter()
        .zip(0_i64..)
        .map(|(positions, word)| {
            let low = positions.partition_point(|&at| i64::from(at) - word < base);
            let high =
                positions.partition_point(|&at| i64::from(at) - word <= base + i64::from(slop));
            positions.get(low..high).filter(|choice| !choice.is_empty())
        })
        .collect()
}

/// Returns every place where the phrase could begin by one of its words.
fn bases(places: &[Vec<u32>]) -> Vec<i64> {
    let mut bases: Vec<i64> = places
        .iter()
        .zip(0_i64..)
        .flat_map(|(positions, word)| positions.iter().map(move |&at| i64::from(at) - word))
        .collect();
    bases.sort_unstable();
    bases.dedup();
    bases
}

/// Tells whether the words can be laid with at most `slop` moves, no two at one position.
pub(super) fn fits(places: &[Vec<u32>], slop: u32, watch: &Watch<'_>) -> bool {
    bases(places).into_iter().take_while(|_| watch.spend(places.len() as u64)).any(|base| {
        window(places, base, slop).is_some_and(|choices| can_be_distinct(&choices, watch))
    })
}

/// Tells whether each word can get a position of its own: a bipartite matching.
fn can_be_distinct(choices: &[&[u32]], watch: &Watch<'_>) -> bool {
    // Position -> word that has it.
    let mut owners: BTreeMap<u32, usize> = BTreeMap::new();
    (0..choices.len()).all(|word| give(word, choices, &mut owners, &mut BTreeSet::new(), watch))
}

/// Finds a position for `word`, moving other words where that helps.
fn give(
    word: usize,
    choices: &[&[u32]],
    owners: &mut BTreeMap<u32, usize>,
    tried: &mut BTreeSet<u32>,
    watch: &Watch<'_>,
) -> bool {
    for &at in choices.get(word).copied().unwrap_or_default() {
        if !watch.spend(1) {
            return false;
        }
        if !tried.insert(at) {
            continue;
        }
        let is_free = match owners.get(&at).copied() {
            None => true,
            Some(owner) => give(owner, choices, owners, tried, watch),
        };
        if is_free {
            owners.insert(at, word);
            return true;
        }
    }
    false
}

/// Finds first and last position of every way of laying the words.
pub(super) fn layings(places: &[Vec<u32>], slop: u32, runs: &mut Vec<Run>, watch: &Watch<'_>) {
    let mut left = MOST_LAYINGS;
    for base in bases(places) {
        if !watch.spend(places.len() as u64) {
            return;
        }
        if let Some(choices) = window(places, base, slop) {
            let before = left;
            lay(&choices, &mut Vec::with_capacity(choices.len()), runs, &mut left);
            watch.spend((before - left) as u64);
        }
    }
    runs.sort_unstable();
    runs.dedup();
}

/// Lays the words after those of `chosen`.
fn lay(choices: &[&[u32]], chosen: &mut Vec<u32>, runs: &mut Vec<Run>, left: &mut usize) {
    let Some(choice) = choices.get(chosen.len()) else {
        let ends = chosen.iter().min().zip(chosen.iter().max());
        runs.extend(ends.map(|(&first, &last)| (first, last)));
        return;
    };
    for at in *choice {
        if *left == 0 {
            return;
        }
        *left -= 1;
        if !chosen.contains(at) {
            chosen.push(*at);
            lay(choices, chosen, runs, left);
            chosen.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_slop(places: &[&[u32]], least: u32) {
        let watch = Watch::new(&|| false);
        let places: Vec<Vec<u32>> = places.iter().map(|positions| positions.to_vec()).collect();
        assert!(fits(&places, least, &watch), "fits with {least}");
        assert!(least == 0 || !fits(&places, least - 1, &watch), "needs {least}");
    }

    #[test]
    fn slop_counts_moves() {
        check_slop(&[&[3], &[4]], 0);
        check_slop(&[&[3], &[5]], 1);
        check_slop(&[&[4], &[3]], 2);
        check_slop(&[&[1, 9], &[7], &[10]], 3);
    }

    #[test]
    fn one_position_is_not_two_words() {
        assert!(!fits(&[vec![3], vec![3]], 255, &Watch::new(&|| false)));
        check_slop(&[&[3, 4], &[3, 4]], 0);
        check_slop(&[&[3, 6], &[3, 6]], 2);
    }
}
