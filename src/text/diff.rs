//! Which words differ between two texts: patience first, which holds on to words that stand once in
//! both, then Myers between them. Bounded: what differs too much is one large change.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// Between two anchors so many words may be put in and taken out; beyond it is one change.
const MOST_EDITS: usize = 600;

/// A run of words that was replaced by another one; one of the two may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Words of the first text.
    pub one: Range<usize>,
    /// Words of the second text.
    pub other: Range<usize>,
}

/// Returns the changes that lead from one text to the other, in order; all between them is equal.
pub fn changes(one: &[&str], other: &[&str]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut todo = vec![Change { one: 0..one.len(), other: 0..other.len() }];
    while let Some(part) = todo.pop() {
        let part = trim(one, other, part);
        if part.one.is_empty() && part.other.is_empty() {
            continue;
        }
        if part.one.is_empty() || part.other.is_empty() {
            changes.push(part);
            continue;
        }
        let anchors = anchors(one, other, &part);
        if !anchors.is_empty() {
            todo.extend(between(&part, &anchors));
            continue;
        }
        match equal_pairs(slice(one, &part.one), slice(other, &part.other)) {
            Some(pairs) => {
                let pairs: Vec<(usize, usize)> = pairs
                    .into_iter()
                    .map(|(a, b)| (part.one.start + a, part.other.start + b))
                    .collect();
                let parts = between(&part, &pairs).into_iter();
                changes.extend(parts.filter(|p| !(p.one.is_empty() && p.other.is_empty())));
            }
            None => changes.push(part),
        }
    }
    changes.sort_by_key(|change| (change.one.start, change.other.start));
    changes
}

fn slice<'a, 'b>(words: &'a [&'b str], range: &Range<usize>) -> &'a [&'b str] {
    words.get(range.clone()).unwrap_or_default()
}

/// Takes equal words off both ends.
fn trim(one: &[&str], other: &[&str], part: Change) -> Change {
    let (a, b) = (slice(one, &part.one), slice(other, &part.other));
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    Change {
        one: part.one.start + head..part.one.end - tail,
        other: part.other.start + head..part.other.end - tail,
    }
}

/// Returns the parts before, between and behind pairs of equal words, which rise in both texts.
fn between(part: &Change, pairs: &[(usize, usize)]) -> Vec<Change> {
    let mut parts = Vec::with_capacity(pairs.len() + 1);
    let (mut a, mut b) = (part.one.start, part.other.start);
    for &(next_a, next_b) in pairs {
        parts.push(Change { one: a..next_a, other: b..next_b });
        (a, b) = (next_a + 1, next_b + 1);
    }
    parts.push(Change { one: a..part.one.end, other: b..part.other.end });
    parts
}

/// Returns the words that stand once in both parts, as far as they stand in the same order.
fn anchors(one: &[&str], other: &[&str], part: &Change) -> Vec<(usize, usize)> {
    // How often a word stands in each, and where it was last.
    let mut seen: HashMap<&str, ([usize; 2], [usize; 2])> = HashMap::new();
    for (side, (words, range)) in [(one, &part.one), (other, &part.other)].into_iter().enumerate() {
        for at in range.clone() {
            let Some(word) = words.get(at) else { continue };
            let (counts, places) = seen.entry(word).or_default();
            counts[side] += 1;
            places[side] = at;
        }
    }
    let once: BTreeSet<(usize, usize)> = seen
        .into_values()
        .filter(|(counts, _)| *counts == [1, 1])
        .map(|(_, places)| (places[0], places[1]))
        .collect();
    longest_rising(&once.into_iter().collect::<Vec<_>>())
}

/// Returns the longest choice of pairs whose second numbers rise as the first ones do.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // `ends[n]`: the pair with the smallest second number that ends a choice of n + 1 pairs.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let place = ends.partition_point(|&end| pairs[end].1 < pair.1);
        before[at] = place.checked_sub(1).and_then(|place| ends.get(place)).copied();
        if place == ends.len() {
            ends.push(at);
        } else {
            ends[place] = at;
        }
    }
    let mut chosen = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(this) = at {
        chosen.push(pairs[this]);
        at = before[this];
    }
    chosen.reverse();
    chosen
}

/// Returns pairs of equal words by the shortest way from one text to the other (Myers 1986); `None`
/// where that way has more than [`MOST_EDITS`] steps.
fn equal_pairs(one: &[&str], other: &[&str]) -> Option<Vec<(usize, usize)>> {
    // `reach[k]`: how far in `one` the ways on diagonal k - offset come; for each number of steps.
    let offset = MOST_EDITS + 1;
    let mut reach = vec![0_usize; 2 * offset + 1];
    let mut trace: Vec<Vec<usize>> = Vec::new();
    for steps in 0..=MOST_EDITS {
        trace.push(reach[offset - steps..=offset + steps].to_vec());
        for k in (offset - steps..=offset + steps).step_by(2) {
            let down = k == offset - steps || (k != offset + steps && reach[k - 1] < reach[k + 1]);
            let mut a = if down { reach[k + 1] } else { reach[k - 1] + 1 };
            // Diagonals off the table are walked by nobody.
            let Some(mut b) = (a + offset).checked_sub(k) else { continue };
            while a < one.len() && b < other.len() && one[a] == other[b] {
                a += 1;
                b += 1;
            }
            reach[k] = a;
            if a >= one.len() && b >= other.len() {
                return Some(walk_back(&trace, one.len(), other.len(), offset));
            }
        }
    }
    None
}

/// Follows the ways back and returns the pairs of equal words, rising.
fn walk_back(
    trace: &[Vec<usize>],
    mut a: usize,
    mut b: usize,
    offset: usize,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (steps, reach) in trace.iter().enumerate().rev() {
        let k = a + offset - b;
        // `reach` begins at diagonal `offset - steps` as it was before this step.
        let at = |k: usize| reach.get(k + steps - offset).copied().unwrap_or_default();
        let (from_a, from_b) = if steps == 0 {
            (0, 0)
        } else {
            let down = k == offset - steps || (k != offset + steps && at(k - 1) < at(k + 1));
            if down {
                (at(k + 1), at(k + 1) + offset - (k + 1))
            } else {
                (at(k - 1), at(k - 1) + offset - (k - 1))
            }
        };
        while a > from_a && b > from_b {
            a -= 1;
            b -= 1;
            pairs.push((a, b));
        }
        (a, b) = (from_a, from_b);
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the changes as `old>new`.
    #[track_caller]
    fn check(one: &str, other: &str, expect: &[&str]) {
        let a: Vec<&str> = one.split_whitespace().collect();
        let b: Vec<&str> = other.split_whitespace().collect();
        let found = changes(&a, &b);
        let shown: Vec<String> = found
            .iter()
            .map(|change| {
                format!("{}>{}", a[change.one.clone()].join(" "), b[change.other.clone()].join(" "))
            })
            .collect();
        assert_eq!(shown, expect);
        // Taking the changes over makes the second text of the first.
        let mut made: Vec<&str> = Vec::new();
        let mut at = 0;
        for change in &found {
            made.extend(&a[at..change.one.start]);
            made.extend(&b[change.other.clone()]);
            at = change.one.end;
        }
        made.extend(&a[at..]);
        assert_eq!(made, b);
    }

    #[test]
    fn words_put_in_taken_out_and_replaced() {
        check("a b c", "a b c", &[]);
        check("the order is not stayed", "the order is stayed", &["not>"]);
        check("the order is stayed", "the order is hereby stayed", &[">hereby"]);
        check("without human intervention", "without any intervention", &["human>any"]);
        check("", "a b", &[">a b"]);
        check("a b", "", &["a b>"]);
        check("a b", "c d", &["a b>c d"]);
    }

    #[test]
    fn without_a_word_that_stands_once() {
        check("a b a b a b", "a b b a b", &["a>"]);
        check("x x x y y", "y y x x", &["x x x>", ">x x"]);
        check("a a b b", "b b a a", &["a a>", ">a a"]);
    }

    #[test]
    fn what_moved_is_taken_out_and_put_in() {
        check("one two three four five", "four one two three five", &[">four", "four>"]);
    }

    #[test]
    fn any_two_texts_come_out_whole() {
        let mut seed = 7_u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed >> 33
        };
        for _ in 0..300 {
            let mut text =
                |n: u64| -> String { (0..n).map(|_| format!("w{} ", next() % 6)).collect() };
            let (one, other) = (text(40), text(35));
            let a: Vec<&str> = one.split_whitespace().collect();
            let b: Vec<&str> = other.split_whitespace().collect();
            let found = changes(&a, &b);
            let mut made: Vec<&str> = Vec::new();
            let mut at = 0;
            for change in &found {
                made.extend(&a[at..change.one.start]);
                made.extend(&b[change.other.clone()]);
                at = change.one.end;
            }
            made.extend(&a[at..]);
            assert_eq!(made, b);
        }
    }

    #[test]
    fn strangers_end_soon() {
        let word = |n: usize| if n.is_multiple_of(2) { "x" } else { "y" };
        let a: Vec<&str> = (0..20_000).map(word).collect();
        let b: Vec<&str> =
            (0..20_000).map(|n: u32| if n.is_multiple_of(3) { "z" } else { "v" }).collect();
        assert_eq!(changes(&a, &b), [Change { one: 0..20_000, other: 0..20_000 }]);
    }
}
