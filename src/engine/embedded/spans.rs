//! Words near each other: phrases with gaps or wildcards, `w/n`, `pre/n`, `w/n NOT`.
//!
//! The meaning is that of [`crate::query::tree`]; the index library has no such query (its slop
//! shares one budget and forgets the order).

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::postings::{Cursor, FewTerms, Ranked, TermHeap};
use crate::query::tree::Link;

/// First and last position of an occurrence.
pub(super) type Run = (u32, u32);

/// Most ways of laying a phrase with gaps that one passage is searched for as an operand.
const MOST_LAYINGS: usize = 20_000;

/// Where something occurs, entry by entry.
pub(super) enum Occurrences {
    /// One term of one token.
    Term(Box<SegmentPostings>, Vec<u32>),
    /// Any of a few terms.
    Few(FewTerms),
    /// Any of some terms.
    Terms(TermHeap),
    /// Words in order.
    Phrase {
        /// Each gives runs of one position.
        words: Vec<Self>,
        /// Words that stand in it several times, and how often: few entries hold them so often.
        repeated: Vec<(Self, u32)>,
        /// How many moves are allowed.
        slop: u32,
    },
    /// Any of these.
    Any(Vec<Self>),
}

impl Occurrences {
    /// Returns the entry that may hold an occurrence; [`TERMINATED`] past the last one.
    fn doc(&self) -> DocId {
        match self {
            Self::Term(postings, _) => postings.doc(),
            Self::Few(terms) => terms.doc(),
            Self::Terms(heap) => heap.doc(),
            Self::Phrase { words, .. } => words.iter().map(Self::doc).max().unwrap_or(TERMINATED),
            Self::Any(parts) => parts.iter().map(Self::doc).min().unwrap_or(TERMINATED),
        }
    }

    /// Goes to the first entry at or after `target` that may hold an occurrence.
    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Term(postings, _) if postings.doc() >= target => postings.doc(),
            // The next entry is cheaper to reach by one step than by a search.
            Self::Term(postings, _) if postings.doc() + 1 == target => postings.advance(),
            Self::Term(postings, _) => postings.seek(target),
            Self::Few(terms) => terms.seek(target),
            Self::Terms(heap) => heap.seek(target),
            Self::Phrase { words, repeated, .. } => {
                let mut target = target;
                loop {
                    target = often_enough(repeated, target);
                    let doc = meet(words, target);
                    if doc == target || repeated.is_empty() {
                        return doc;
                    }
                    target = doc;
                }
            }
            Self::Any(parts) => {
                parts.iter_mut().map(|part| part.seek(target)).min().unwrap_or(TERMINATED)
            }
        }
    }

    /// Returns at most how often it occurs in the entry that the cursor stands at.
    fn most(&self) -> u32 {
        match self {
            Self::Term(postings, _) => postings.term_freq(),
            _ => u32::MAX,
        }
    }

    /// Puts the occurrences in entry `doc` into `runs`, sorted, each once. The cursor stands there.
    fn runs(&mut self, doc: DocId, runs: &mut Vec<Run>) {
        runs.clear();
        if self.doc() != doc {
            return;
        }
        match self {
            Self::Term(postings, positions) => {
                postings.positions(positions);
                runs.extend(positions.iter().map(|&at| (at, at)));
            }
            Self::Few(terms) => terms.spans(runs),
            Self::Terms(heap) => heap.spans(runs),
            Self::Phrase { words, slop, .. } => {
                let places = places(words, doc);
                if *slop == 0 {
                    adjacent(&places, runs);
                } else {
                    layings(&places, *slop, runs);
                }
            }
            Self::Any(parts) => {
                let mut own = Vec::new();
                for part in parts {
                    part.runs(doc, &mut own);
                    runs.append(&mut own);
                }
                runs.sort_unstable();
                runs.dedup();
            }
        }
    }

    /// Tells whether entry `doc` holds an occurrence. The cursor stands there.
    fn occurs(&mut self, doc: DocId, runs: &mut Vec<Run>) -> usize {
        match self {
            Self::Phrase { words, slop, .. } if *slop > 0 => {
                usize::from(fits(&places(words, doc), *slop))
            }
            _ => {
                self.runs(doc, runs);
                runs.len()
            }
        }
    }

    fn cost(&self) -> u64 {
        match self {
            Self::Term(postings, _) => postings.size_hint().into(),
            Self::Few(terms) => terms.cost(),
            Self::Terms(heap) => heap.cost(),
            Self::Phrase { words, .. } => words.iter().map(Self::cost).min().unwrap_or(0),
            Self::Any(parts) => parts.iter().map(Self::cost).sum(),
        }
    }
}

/// Moves all parts to the first entry at or after `target` that all of them hold.
fn meet(parts: &mut [Occurrences], mut target: DocId) -> DocId {
    loop {
        let start = target;
        for part in parts.iter_mut() {
            target = target.max(part.seek(target));
            if target == TERMINATED {
                return TERMINATED;
            }
        }
        if target == start {
            return target;
        }
    }
}

/// Returns the first entry at or after `target` that may hold each word so often.
fn often_enough(words: &mut [(Occurrences, u32)], mut target: DocId) -> DocId {
    let mut at = 0;
    while let Some((word, n)) = words.get_mut(at) {
        let doc = word.seek(target);
        if doc == TERMINATED {
            return TERMINATED;
        }
        let is_enough = doc == target && word.most() >= *n;
        target = if doc == target && !is_enough { target + 1 } else { doc };
        at = if is_enough { at + 1 } else { 0 };
    }
    target
}

/// Returns the positions of each word of a phrase in entry `doc`.
fn places(words: &mut [Occurrences], doc: DocId) -> Vec<Vec<u32>> {
    let mut runs = Vec::new();
    let mut places = Vec::with_capacity(words.len());
    for word in words {
        word.runs(doc, &mut runs);
        places.push(runs.iter().map(|&(first, _)| first).collect());
    }
    places
}

/// Finds the words side by side.
fn adjacent(places: &[Vec<u32>], runs: &mut Vec<Run>) {
    let Some((first, rest)) = places.split_first() else { return };
    runs.extend(first.iter().filter_map(|&start| {
        let mut last = start;
        for positions in rest {
            last += 1;
            positions.binary_search(&last).ok()?;
        }
        Some((start, last))
    }));
}

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
fn fits(places: &[Vec<u32>], slop: u32) -> bool {
    bases(places)
        .into_iter()
        .any(|base| window(places, base, slop).is_some_and(|choices| can_be_distinct(&choices)))
}

/// Tells whether each word can get a position of its own: a bipartite matching.
fn can_be_distinct(choices: &[&[u32]]) -> bool {
    // Position -> word that has it.
    let mut owners: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
    (0..choices.len())
        .all(|word| give(word, choices, &mut owners, &mut std::collections::BTreeSet::new()))
}

/// Finds a position for `word`, moving other words where that helps.
fn give(
    word: usize,
    choices: &[&[u32]],
    owners: &mut std::collections::BTreeMap<u32, usize>,
    tried: &mut std::collections::BTreeSet<u32>,
) -> bool {
    for &at in choices.get(word).copied().unwrap_or_default() {
        if !tried.insert(at) {
            continue;
        }
        let is_free = match owners.get(&at).copied() {
            None => true,
            Some(owner) => give(owner, choices, owners, tried),
        };
        if is_free {
            owners.insert(at, word);
            return true;
        }
    }
    false
}

/// Finds first and last position of every way of laying the words.
fn layings(places: &[Vec<u32>], slop: u32, runs: &mut Vec<Run>) {
    let mut left = MOST_LAYINGS;
    for base in bases(places) {
        if let Some(choices) = window(places, base, slop) {
            lay(&choices, &mut Vec::with_capacity(choices.len()), runs, &mut left);
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

/// Tells whether `link` holds between `left` and `right`.
fn holds(link: Link, left: Run, right: Run) -> bool {
    let near = |gap: u32| link.within.is_none_or(|within| gap <= u32::from(within));
    if left.1 < right.0 {
        near(right.0 - left.1)
    } else if right.1 < left.0 && !link.ordered {
        near(left.0 - right.1)
    } else {
        false
    }
}

/// What must stand near what.
pub(super) enum Arrangement {
    /// One thing, somewhere.
    One(Occurrences),
    /// A chain, `links[i]` between operands *i* and *i* + 1.
    Chain(Vec<Occurrences>, Vec<Link>),
    /// Some occurrence of the first has no such link to any of the second.
    Apart(Occurrences, Occurrences, Link),
}

impl Arrangement {
    /// Goes to the first entry at or after `target` that may match.
    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::One(occurrences) | Self::Apart(occurrences, ..) => occurrences.seek(target),
            Self::Chain(operands, _) => meet(operands, target),
        }
    }

    /// Counts the matches in entry `doc`; 0: none.
    fn matches(&mut self, doc: DocId, scratch: &mut Scratch) -> usize {
        let Scratch { reached, runs: scratch } = scratch;
        match self {
            Self::One(occurrences) => occurrences.occurs(doc, scratch),
            Self::Chain(operands, links) => {
                let Some((first, rest)) = operands.split_first_mut() else { return 0 };
                first.runs(doc, reached);
                for (operand, &link) in rest.iter_mut().zip(links.iter()) {
                    if reached.is_empty() {
                        return 0;
                    }
                    operand.runs(doc, scratch);
                    scratch.retain(|&run| reached.iter().any(|&left| holds(link, left, run)));
                    std::mem::swap(reached, scratch);
                }
                reached.len()
            }
            Self::Apart(keep, other, link) => {
                let kept = reached;
                keep.runs(doc, kept);
                other.seek(doc);
                other.runs(doc, scratch);
                kept.retain(|&run| !scratch.iter().any(|&near| holds(*link, run, near)));
                kept.len()
            }
        }
    }

    fn cost(&self) -> u64 {
        match self {
            Self::One(occurrences) | Self::Apart(occurrences, ..) => occurrences.cost(),
            Self::Chain(operands, _) => operands.iter().map(Occurrences::cost).min().unwrap_or(0),
        }
    }
}

/// Entries where an arrangement stands.
pub(super) struct SpanCursor {
    arrangement: Arrangement,
    ranked: Option<Ranked>,
    doc: DocId,
    n_matches: usize,
    scratch: Scratch,
}

/// What is needed while one entry is looked at; kept, so that nothing is allocated for each.
#[derive(Default)]
struct Scratch {
    reached: Vec<Run>,
    runs: Vec<Run>,
}

impl SpanCursor {
    /// Starts at the first entry at or after `start`; without `ranked`, all entries score alike.
    pub(super) fn new(arrangement: Arrangement, ranked: Option<Ranked>, start: DocId) -> Self {
        let mut cursor =
            Self { arrangement, ranked, doc: 0, n_matches: 0, scratch: Scratch::default() };
        cursor.settle(start);
        cursor
    }

    /// Goes to the first match at or after `target`.
    fn settle(&mut self, mut target: DocId) {
        loop {
            self.doc = self.arrangement.seek(target);
            if self.doc == TERMINATED {
                return;
            }
            self.n_matches = self.arrangement.matches(self.doc, &mut self.scratch);
            if self.n_matches > 0 {
                return;
            }
            target = self.doc + 1;
        }
    }
}

impl Cursor for SpanCursor {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.settle(target);
        }
        self.doc
    }

    fn score(&mut self) -> f32 {
        let freq = u32::try_from(self.n_matches).unwrap_or(u32::MAX);
        self.ranked.as_ref().map_or(super::plan::LOOSE_SCORE, |ranked| ranked.score(self.doc, freq))
    }

    fn cost(&self) -> u64 {
        self.arrangement.cost()
    }
}

/// Words that stand close together count a little more.
pub(super) struct Closeness {
    words: Vec<Occurrences>,
    ranked: Ranked,
    /// Largest distance from the first to the last of the words.
    within: u32,
    // Kept, so that nothing is allocated for each entry.
    places: Vec<(u32, usize)>,
    runs: Vec<Run>,
}

impl Closeness {
    /// Looks for all `words` within `within` positions.
    pub(super) const fn new(words: Vec<Occurrences>, ranked: Ranked, within: u32) -> Self {
        Self { words, ranked, within, places: Vec::new(), runs: Vec::new() }
    }

    /// Returns what is added for entry `doc`, which holds every word. Entries come in rising order.
    pub(super) fn score(&mut self, doc: DocId) -> f32 {
        self.places.clear();
        for (word_idx, word) in self.words.iter_mut().enumerate() {
            word.seek(doc);
            word.runs(doc, &mut self.runs);
            self.places.extend(self.runs.iter().map(|&(first, _)| (first, word_idx)));
        }
        self.places.sort_unstable();
        if is_close(&self.places, self.words.len(), self.within) {
            self.ranked.score(doc, 1)
        } else {
            0.0
        }
    }
}

/// Tells whether all of `n_words` words stand in some window; `places` are sorted positions with
/// the word that stands there.
fn is_close(places: &[(u32, usize)], n_words: usize, within: u32) -> bool {
    let mut last_of: Vec<Option<u32>> = vec![None; n_words];
    for &(at, word) in places {
        if let Some(last) = last_of.get_mut(word) {
            *last = Some(at);
        }
        let first = last_of.iter().copied().try_fold(at, |first, last| Some(first.min(last?)));
        if first.is_some_and(|first| at - first <= within) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_slop(places: &[&[u32]], least: u32) {
        let places: Vec<Vec<u32>> = places.iter().map(|positions| positions.to_vec()).collect();
        assert!(fits(&places, least), "fits with {least}");
        assert!(least == 0 || !fits(&places, least - 1), "needs {least}");
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
        assert!(!fits(&[vec![3], vec![3]], 255));
        check_slop(&[&[3, 4], &[3, 4]], 0);
        check_slop(&[&[3, 6], &[3, 6]], 2);
    }

    #[test]
    fn links() {
        let link = |within, ordered| Link { within, ordered };
        assert!(holds(link(Some(1), false), (4, 5), (6, 6)));
        assert!(holds(link(Some(1), false), (6, 6), (4, 5)));
        assert!(!holds(link(Some(1), true), (6, 6), (4, 5)));
        assert!(!holds(link(Some(2), false), (1, 1), (4, 4)));
        assert!(!holds(link(None, false), (1, 3), (3, 3)), "they overlap");
    }

    #[test]
    fn closeness_is_the_smallest_window() {
        assert!(is_close(&[(0, 0), (20, 1), (25, 0)], 2, 8));
        assert!(!is_close(&[(0, 0), (20, 1), (35, 0)], 2, 8));
        assert!(!is_close(&[(0, 0), (1, 0)], 2, 8));
    }
}
