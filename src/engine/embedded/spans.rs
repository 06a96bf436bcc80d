//! Words near each other: phrases with gaps or wildcards, `w/n`, `pre/n`, `w/n NOT`.
//!
//! The meaning is that of [`crate::query::tree`]; the index library has no such query (its slop
//! shares one budget and forgets the order).

mod marks;
mod occurrences;
mod slop;

use tantivy::{DocId, TERMINATED};

pub(super) use self::marks::Marks;
use self::occurrences::meet;
pub(super) use self::occurrences::{Occurrences, PhraseOccurrences};
use super::postings::{Cursor, Ranked};
use super::watch::Watch;
use crate::query::tree::Link;

/// First and last position of an occurrence.
pub(super) type Run = (u32, u32);

/// So many pairs of runs are compared one by one: that is faster than to sort them.
const FEW_PAIRS: usize = 32;

/// Tells whether `link` holds between `left` and `right`.
fn holds(link: Link, left: Run, right: Run) -> bool {
    if left.1 < right.0 {
        is_near(right.0 - left.1, link.within)
    } else {
        right.1 < left.0 && !link.ordered && is_near(left.0 - right.1, link.within)
    }
}

/// Where runs begin and end, to find those next to another one.
#[derive(Default)]
struct Beside {
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Beside {
    /// Takes runs in place of those before; they are sorted.
    fn refill(&mut self, runs: &[Run]) {
        self.starts.clear();
        self.starts.extend(runs.iter().map(|&(first, _)| first));
        self.ends.clear();
        self.ends.extend(runs.iter().map(|&(_, last)| last));
        // Those of different widths may end in another order than they begin in.
        self.ends.sort_unstable();
    }

    /// Tells whether one of the runs ends before `run` begins, near enough.
    fn has_before(&self, run: Run, within: Option<u8>) -> bool {
        let n = self.ends.partition_point(|&last| last < run.0);
        let nearest = n.checked_sub(1).and_then(|at| self.ends.get(at));
        nearest.is_some_and(|last| is_near(run.0 - last, within))
    }

    /// Tells whether one of the runs begins after `run` ends, near enough.
    fn has_after(&self, run: Run, within: Option<u8>) -> bool {
        let at = self.starts.partition_point(|&first| first <= run.1);
        self.starts.get(at).is_some_and(|first| is_near(first - run.1, within))
    }
}

fn is_near(gap: u32, within: Option<u8>) -> bool {
    within.is_none_or(|within| gap <= u32::from(within))
}

/// Puts those of `runs` into `linked` that `link` joins to one of `lefts`; all are single positions,
/// rising.
fn join_singles(lefts: &[Run], runs: &[Run], link: Link, linked: &mut Vec<Run>) {
    let within = link.within.map_or(u32::MAX, u32::from);
    let mut ahead = lefts;
    for &run in runs {
        let at = run.0;
        let first_near = at.saturating_sub(within);
        while let Some((left, rest)) = ahead.split_first()
            && left.0 < first_near
        {
            ahead = rest;
        }
        let Some((left, rest)) = ahead.split_first() else { break };
        // What stands at the same position is not near itself.
        let behind = if left.0 == at { rest.first() } else { Some(left) };
        let is_behind = |left: &Run| !link.ordered && left.0 - at <= within;
        if left.0 < at || behind.is_some_and(is_behind) {
            linked.push(run);
        }
    }
}

/// What must stand near what.
pub(super) enum Arrangement {
    /// One thing, somewhere.
    One(Occurrences),
    /// Several things, each linked to the next.
    Chain(Chain),
    /// Some occurrence of the first has no such link to any of the second.
    Apart(Occurrences, Occurrences, Link),
}

/// Operands in order, each linked to the next; one that stands in it several times is read once.
pub(super) struct Chain {
    /// The rarest comes first.
    operands: Vec<Occurrences>,
    /// Which operand comes first.
    first: usize,
    /// Which come after it, each with the link to what comes before.
    steps: Vec<(usize, Link)>,
    /// Whether every occurrence of every operand is one position.
    is_single: bool,
    /// The marks of each operand, where bits can tell whether the links hold.
    marks: Option<Vec<Marks>>,
    // Kept, so that nothing is allocated for each entry.
    runs: Vec<Vec<Run>>,
    is_read: Vec<bool>,
    next: Vec<Run>,
}

impl Chain {
    /// Takes different operands, and the order in which they stand.
    pub(super) fn new(operands: Vec<Occurrences>, order: &[usize], links: &[Link]) -> Self {
        let mut sorted: Vec<(usize, Occurrences)> = operands.into_iter().enumerate().collect();
        sorted.sort_by_key(|(_, operand)| operand.cost());
        let (before, operands): (Vec<usize>, Vec<Occurrences>) = sorted.into_iter().unzip();
        let place = |at: usize| before.iter().position(|&known| known == at).unwrap_or(at);
        let mut order = order.iter().map(|&at| place(at));
        let is_single = operands.iter().all(Occurrences::is_single);
        let has_marks = is_single && links.iter().all(|link| link.within.is_some());
        Self {
            first: order.next().unwrap_or_default(),
            steps: order.zip(links.iter().copied()).collect(),
            is_single,
            marks: has_marks.then(|| vec![Marks::default(); operands.len()]),
            runs: vec![Vec::new(); operands.len()],
            is_read: vec![false; operands.len()],
            operands,
            next: Vec::new(),
        }
    }

    /// Reads where an operand occurs in entry `doc`.
    fn read(&mut self, at: usize, doc: DocId, watch: &Watch<'_>) -> &[Run] {
        let read = self.is_read.get_mut(at).zip(self.runs.get_mut(at));
        let Some((is_read, runs)) = read else { return &[] };
        if let Some(operand) = self.operands.get_mut(at).filter(|_| !*is_read) {
            *is_read = true;
            operand.runs(doc, runs, watch);
        }
        runs
    }

    /// Counts as [`Self::matches`] does, by bits; `None`: bits cannot tell.
    fn marked(&mut self, doc: DocId, watch: &Watch<'_>) -> Option<usize> {
        let known = self.marks.as_mut()?;
        for (operand, marks) in self.operands.iter_mut().zip(known.iter_mut()) {
            marks.clear();
            if !operand.mark(doc, marks) {
                return None;
            }
        }
        let first = known.get(self.first)?;
        let Some((&(second, link), rest)) = self.steps.split_first() else {
            return Some(first.count());
        };
        let second = known.get(second)?;
        if rest.is_empty() {
            return Some(first.n_joined(second, link, link.within?));
        }
        let mut reached = first.join(second, link, link.within?);
        // The step that changed nothing: taken again, it changes nothing either.
        let mut idle = None;
        for &(operand, link) in rest {
            if idle == Some((operand, link)) {
                continue;
            }
            if reached.is_empty() || !watch.spend(1) {
                break;
            }
            let next = reached.join(known.get(operand)?, link, link.within?);
            idle = (next == reached).then_some((operand, link));
            reached = next;
        }
        Some(reached.count())
    }

    /// Counts the occurrences of the last operand that the chain reaches in entry `doc`.
    fn matches(&mut self, doc: DocId, scratch: &mut Scratch, watch: &Watch<'_>) -> usize {
        if let Some(n) = self.marked(doc, watch) {
            return n;
        }
        let Scratch { runs: reached, beside } = scratch;
        self.is_read.fill(false);
        reached.clear();
        reached.extend_from_slice(self.read(self.first, doc, watch));
        // The step that changed nothing: taken again, it changes nothing either.
        let mut idle: Option<(usize, Link)> = None;
        let mut next = std::mem::take(&mut self.next);
        for at in 0..self.steps.len() {
            let Some(&(operand, link)) = self.steps.get(at) else { break };
            if reached.is_empty() {
                break;
            }
            if idle == Some((operand, link)) {
                continue;
            }
            let is_single = self.is_single;
            let runs = self.read(operand, doc, watch);
            next.clear();
            if is_single {
                join_singles(reached, runs, link, &mut next);
            } else if runs.len() * reached.len() <= FEW_PAIRS {
                let is_linked = |run: &Run| reached.iter().any(|&left| holds(link, left, *run));
                next.extend(runs.iter().copied().filter(is_linked));
            } else {
                beside.refill(reached);
                next.extend(runs.iter().copied().filter(|&run| {
                    beside.has_before(run, link.within)
                        || (!link.ordered && beside.has_after(run, link.within))
                }));
            }
            if !watch.spend((next.len() + reached.len()) as u64) {
                next.clear();
            }
            idle = (next == *reached).then_some((operand, link));
            std::mem::swap(reached, &mut next);
        }
        self.next = next;
        reached.len()
    }
}

impl Arrangement {
    /// Goes to the first entry at or after `target` that may match.
    fn seek(&mut self, target: DocId, watch: &Watch<'_>) -> DocId {
        match self {
            Self::One(occurrences) | Self::Apart(occurrences, ..) => {
                occurrences.seek(target, watch)
            }
            Self::Chain(chain) => meet(&mut chain.operands, target, watch),
        }
    }

    /// Counts the matches in entry `doc`; 0: none.
    fn matches(&mut self, doc: DocId, scratch: &mut Scratch, watch: &Watch<'_>) -> usize {
        match self {
            Self::One(occurrences) => occurrences.occurs(doc, &mut scratch.runs, watch),
            Self::Chain(chain) => chain.matches(doc, scratch, watch),
            Self::Apart(keep, other, link) => {
                let Scratch { runs, beside } = scratch;
                other.seek(doc, watch);
                other.runs(doc, runs, watch);
                beside.refill(runs);
                keep.runs(doc, runs, watch);
                runs.retain(|&run| {
                    !beside.has_after(run, link.within)
                        && (link.ordered || !beside.has_before(run, link.within))
                });
                runs.len()
            }
        }
    }

    fn cost(&self) -> u64 {
        match self {
            Self::One(occurrences) | Self::Apart(occurrences, ..) => occurrences.cost(),
            Self::Chain(chain) => chain.operands.iter().map(Occurrences::cost).min().unwrap_or(0),
        }
    }
}

/// Entries where an arrangement stands.
pub(super) struct SpanCursor<'w> {
    arrangement: Arrangement,
    ranked: Option<Ranked>,
    watch: &'w Watch<'w>,
    doc: DocId,
    n_matches: usize,
    scratch: Scratch,
}

/// What is needed while one entry is looked at; kept, so that nothing is allocated for each.
#[derive(Default)]
struct Scratch {
    runs: Vec<Run>,
    beside: Beside,
}

impl<'w> SpanCursor<'w> {
    /// Starts at the first entry at or after `start`; without `ranked`, all entries score alike.
    pub(super) fn new(
        arrangement: Arrangement,
        ranked: Option<Ranked>,
        start: DocId,
        watch: &'w Watch<'w>,
    ) -> Self {
        let scratch = Scratch::default();
        let mut cursor = Self { arrangement, ranked, watch, doc: 0, n_matches: 0, scratch };
        cursor.settle(start);
        cursor
    }

    /// Goes to the first match at or after `target`.
    fn settle(&mut self, mut target: DocId) {
        loop {
            self.doc = self.arrangement.seek(target, self.watch);
            if self.doc == TERMINATED {
                return;
            }
            self.n_matches = self.arrangement.matches(self.doc, &mut self.scratch, self.watch);
            if self.n_matches > 0 {
                return;
            }
            target = self.doc + 1;
        }
    }
}

impl Cursor for SpanCursor<'_> {
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
pub(super) struct Closeness<'w> {
    words: Vec<Occurrences>,
    watch: &'w Watch<'w>,
    ranked: Ranked,
    /// Largest distance from the first to the last of the words.
    within: u32,
    // Kept, so that nothing is allocated for each entry.
    places: Vec<(u32, usize)>,
    runs: Vec<Run>,
}

impl<'w> Closeness<'w> {
    /// Looks for all `words` within `within` positions.
    pub(super) const fn new(
        words: Vec<Occurrences>,
        ranked: Ranked,
        within: u32,
        watch: &'w Watch<'w>,
    ) -> Self {
        Self { words, watch, ranked, within, places: Vec::new(), runs: Vec::new() }
    }

    /// Returns what is added for entry `doc`, which holds every word. Entries come in rising order.
    pub(super) fn score(&mut self, doc: DocId) -> f32 {
        self.places.clear();
        for (word_idx, word) in self.words.iter_mut().enumerate() {
            word.seek(doc, self.watch);
            word.runs(doc, &mut self.runs, self.watch);
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The next run on each side decides: compared with all runs one by one.
        #[test]
        fn links(
            lefts in proptest::collection::vec((0_u32..30, 0_u32..6), 1..8),
            (first, width) in (0_u32..30, 0_u32..6),
            within in proptest::option::of(1_u8..9),
            ordered: bool,
        ) {
            let mut lefts: Vec<Run> = lefts.iter().map(|&(at, width)| (at, at + width)).collect();
            lefts.sort_unstable();
            let right = (first, first + width);
            let link = Link { within, ordered };
            let mut beside = Beside::default();
            beside.refill(&lefts);
            let found = beside.has_before(right, within)
                || (!ordered && beside.has_after(right, within));
            prop_assert_eq!(found, lefts.iter().any(|&left| holds(link, left, right)));
            let found = beside.has_after(right, within)
                || (!ordered && beside.has_before(right, within));
            prop_assert_eq!(found, lefts.iter().any(|&left| holds(link, right, left)));
        }
    }

    proptest! {
        /// Single positions are joined as any runs are.
        #[test]
        fn singles(
            lefts in proptest::collection::btree_set(0_u32..40, 0..9),
            rights in proptest::collection::btree_set(0_u32..40, 0..9),
            within in proptest::option::of(1_u8..9),
            ordered: bool,
        ) {
            let runs = |places: std::collections::BTreeSet<u32>| -> Vec<Run> {
                places.into_iter().map(|at| (at, at)).collect()
            };
            let (lefts, rights) = (runs(lefts), runs(rights));
            let link = Link { within, ordered };
            let mut linked = Vec::new();
            join_singles(&lefts, &rights, link, &mut linked);
            let is_linked = |right: &Run| lefts.iter().any(|&left| holds(link, left, *right));
            let expect: Vec<Run> = rights.iter().copied().filter(is_linked).collect();
            prop_assert_eq!(linked, expect);
        }
    }

    #[test]
    fn what_overlaps_is_not_near() {
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
