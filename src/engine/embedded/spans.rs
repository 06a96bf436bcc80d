//! Words near each other: phrases with gaps or wildcards, `w/n`, `pre/n`, `w/n NOT`.
//!
//! The meaning is that of [`crate::query::tree`]; the index library has no such query (its slop
//! shares one budget and forgets the order).

use std::collections::{BTreeMap, BTreeSet};

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::postings::{Cursor, FewTerms, Ranked, TermHeap};
use super::watch::Watch;
use crate::query::tree::Link;

/// First and last position of an occurrence.
pub(super) type Run = (u32, u32);

/// Most ways of laying a phrase with gaps that one passage is searched for as an operand.
const MOST_LAYINGS: usize = 20_000;

/// So many pairs of runs are compared one by one: that is faster than to sort them.
const FEW_PAIRS: usize = 32;

/// Where something occurs, entry by entry.
pub(super) enum Occurrences {
    /// One term of one token.
    Term(Box<SegmentPostings>, Vec<u32>),
    /// Any of a few terms.
    Few(FewTerms),
    /// Any of some terms.
    Terms(TermHeap),
    /// Words in order.
    Phrase(PhraseOccurrences),
    /// Any of these.
    Any(Vec<Self>),
}

/// Words in order; a word that stands in it several times is read once.
pub(super) struct PhraseOccurrences {
    /// Each gives runs of one position; the rarest comes first.
    words: Vec<Occurrences>,
    /// For each of these where in the phrase it stands, rising.
    offsets: Vec<Vec<u32>>,
    /// How many words the phrase has.
    length: u32,
    /// How many moves are allowed.
    slop: u32,
    // Kept, so that nothing is allocated for each entry.
    own: Vec<Run>,
}

impl PhraseOccurrences {
    /// Takes different words with the offsets of each.
    pub(super) fn new(mut words: Vec<(Occurrences, Vec<u32>)>, slop: u32) -> Self {
        words.sort_by_key(|(word, _)| word.cost());
        let (words, offsets): (Vec<_>, Vec<Vec<u32>>) = words.into_iter().unzip();
        let length = offsets.iter().map(Vec::len).sum::<usize>();
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        Self { words, offsets, length, slop, own: Vec::new() }
    }

    fn seek(&mut self, mut target: DocId, watch: &Watch<'_>) -> DocId {
        loop {
            target = meet(&mut self.words, target, watch);
            if target == TERMINATED {
                return TERMINATED;
            }
            // Few entries hold a word as often as a phrase that repeats it.
            let mut words = self.words.iter_mut().zip(&self.offsets);
            if words.all(|(word, offsets)| offsets.len() < 2 || word.most() >= offsets.len()) {
                return target;
            }
            target += 1;
        }
    }

    /// Finds the words side by side.
    fn adjacent(&mut self, doc: DocId, runs: &mut Vec<Run>, watch: &Watch<'_>) {
        for (at, (word, offsets)) in self.words.iter_mut().zip(&self.offsets).enumerate() {
            word.runs(doc, &mut self.own, watch);
            let mut offsets = offsets.as_slice();
            if at == 0 {
                let Some((&first, rest)) = offsets.split_first() else { return };
                let starts = self.own.iter().filter_map(|&(at, _)| at.checked_sub(first));
                runs.extend(starts.map(|start| (start, start + self.length - 1)));
                offsets = rest;
            }
            for offset in offsets {
                if runs.is_empty() || !watch.spend(runs.len() as u64) {
                    runs.clear();
                    return;
                }
                let mut ahead = self.own.as_slice();
                runs.retain(|&(start, _)| {
                    let wanted = start + offset;
                    let passed = ahead.partition_point(|&(at, _)| at < wanted);
                    ahead = ahead.get(passed..).unwrap_or_default();
                    ahead.first().is_some_and(|&(at, _)| at == wanted)
                });
            }
        }
    }

    /// Returns the positions of each word of the phrase in entry `doc`.
    fn places(&mut self, doc: DocId, watch: &Watch<'_>) -> Vec<Vec<u32>> {
        let mut places = vec![Vec::new(); self.length as usize];
        for (word, offsets) in self.words.iter_mut().zip(&self.offsets) {
            word.runs(doc, &mut self.own, watch);
            for &offset in offsets {
                if !watch.spend(self.own.len() as u64) {
                    return Vec::new();
                }
                if let Some(place) = places.get_mut(offset as usize) {
                    place.extend(self.own.iter().map(|&(first, _)| first));
                }
            }
        }
        places
    }
}

impl Occurrences {
    /// Returns the entry that may hold an occurrence; [`TERMINATED`] past the last one.
    fn doc(&self) -> DocId {
        match self {
            Self::Term(postings, _) => postings.doc(),
            Self::Few(terms) => terms.doc(),
            Self::Terms(heap) => heap.doc(),
            Self::Phrase(phrase) => phrase.words.iter().map(Self::doc).max().unwrap_or(TERMINATED),
            Self::Any(parts) => parts.iter().map(Self::doc).min().unwrap_or(TERMINATED),
        }
    }

    /// Goes to the first entry at or after `target` that may hold an occurrence; to the end when
    /// the search is over.
    fn seek(&mut self, target: DocId, watch: &Watch<'_>) -> DocId {
        match self {
            Self::Term(..) if !watch.spend(1) => TERMINATED,
            Self::Term(postings, _) if postings.doc() >= target => postings.doc(),
            // The next entry is cheaper to reach by one step than by a search.
            Self::Term(postings, _) if postings.doc() + 1 == target => postings.advance(),
            Self::Term(postings, _) => postings.seek(target),
            Self::Few(_) if !watch.spend(2) => TERMINATED,
            Self::Few(terms) => terms.seek(target),
            Self::Terms(heap) => heap.seek(target, watch),
            Self::Phrase(phrase) => phrase.seek(target, watch),
            Self::Any(parts) => {
                parts.iter_mut().map(|part| part.seek(target, watch)).min().unwrap_or(TERMINATED)
            }
        }
    }

    /// Returns at most how often it occurs in the entry that the cursor stands at.
    fn most(&mut self) -> usize {
        match self {
            Self::Term(postings, _) => postings.term_freq() as usize,
            Self::Few(terms) => terms.freq() as usize,
            Self::Terms(heap) => heap.freq() as usize,
            Self::Phrase(_) | Self::Any(_) => usize::MAX,
        }
    }

    /// Puts the occurrences in entry `doc` into `runs`, sorted, each once. The cursor stands there.
    fn runs(&mut self, doc: DocId, runs: &mut Vec<Run>, watch: &Watch<'_>) {
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
            Self::Phrase(phrase) => {
                if phrase.slop == 0 {
                    phrase.adjacent(doc, runs, watch);
                } else {
                    layings(&phrase.places(doc, watch), phrase.slop, runs, watch);
                }
            }
            Self::Any(parts) => {
                let mut own = Vec::new();
                for part in parts {
                    part.runs(doc, &mut own, watch);
                    runs.append(&mut own);
                }
                runs.sort_unstable();
                runs.dedup();
            }
        }
        watch.spend(runs.len() as u64);
    }

    /// Tells how often it occurs in entry `doc`, or only that it does. The cursor stands there.
    fn occurs(&mut self, doc: DocId, runs: &mut Vec<Run>, watch: &Watch<'_>) -> usize {
        match self {
            Self::Phrase(phrase) if phrase.slop > 0 => {
                usize::from(fits(&phrase.places(doc, watch), phrase.slop, watch))
            }
            _ => {
                self.runs(doc, runs, watch);
                runs.len()
            }
        }
    }

    fn cost(&self) -> u64 {
        match self {
            Self::Term(postings, _) => postings.size_hint().into(),
            Self::Few(terms) => terms.cost(),
            Self::Terms(heap) => heap.cost(),
            Self::Phrase(phrase) => phrase.words.iter().map(Self::cost).min().unwrap_or(0),
            Self::Any(parts) => parts.iter().map(Self::cost).sum(),
        }
    }
}

/// Moves all parts to the first entry at or after `target` that all of them hold.
fn meet(parts: &mut [Occurrences], mut target: DocId, watch: &Watch<'_>) -> DocId {
    loop {
        let start = target;
        for part in parts.iter_mut() {
            target = target.max(part.seek(target, watch));
            if target == TERMINATED {
                return TERMINATED;
            }
        }
        if target == start {
            return target;
        }
    }
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
fn fits(places: &[Vec<u32>], slop: u32, watch: &Watch<'_>) -> bool {
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
fn layings(places: &[Vec<u32>], slop: u32, runs: &mut Vec<Run>, watch: &Watch<'_>) {
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
        Self {
            first: order.next().unwrap_or_default(),
            steps: order.zip(links.iter().copied()).collect(),
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

    /// Counts the occurrences of the last operand that the chain reaches in entry `doc`.
    fn matches(&mut self, doc: DocId, scratch: &mut Scratch, watch: &Watch<'_>) -> usize {
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
            let runs = self.read(operand, doc, watch);
            next.clear();
            if runs.len() * reached.len() <= FEW_PAIRS {
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
