//! Cursors: the entries that one part of a query matches, in rising order, each with a score.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::Bm25Weight;
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::bits::BitSet;
use super::places::TermPlaces;
use super::spans::Marks;
use super::watch::Watch;

/// Entries that match, in rising order.
pub(super) trait Cursor {
    /// Returns the entry that the cursor stands at; [`TERMINATED`] past the last one.
    fn doc(&self) -> DocId;

    /// Goes to the first entry at or after `target`, never back, and returns it.
    fn seek(&mut self, target: DocId) -> DocId;

    /// Returns how well the entry matches; 0 or more. Asked once an entry.
    fn score(&mut self) -> f32;

    /// Returns about how many entries there are.
    fn cost(&self) -> u64;

    /// Hands on every entry from where the cursor stands to before `end`, with a score that is no
    /// less than that of the entry.
    fn fill(&mut self, end: DocId, fill: &mut Fill<'_>) {
        let mut doc = self.doc();
        while doc < end {
            fill.put(doc, self.score());
            doc = self.advance();
        }
    }

    /// Goes to the next entry and returns it.
    fn advance(&mut self) -> DocId {
        match self.doc() {
            TERMINATED => TERMINATED,
            doc => self.seek(doc + 1),
        }
    }
}

/// Takes up which entries a leaf matches, and for each document the best of their scores.
pub(super) struct Fill<'a> {
    cards: &'a [DocId],
    entries: &'a mut BitSet,
    best: &'a mut [Best],
    records: &'a mut Vec<(usize, f32)>,
    /// The document that the last entry is of, its card, and where the next one begins.
    idx: usize,
    card: DocId,
    end: DocId,
    /// What scores are multiplied with.
    weight: f32,
}

/// The best score of a document's passages, and the first of them that has it; where none has more
/// than 0, that is the first entry of all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Best {
    pub(super) score: f32,
    pub(super) at: DocId,
}

impl<'a> Fill<'a> {
    /// Takes up `entries`, for each document the `best` score of its passages, and of each card
    /// that matches the document's number and the score.
    pub(super) fn new(
        cards: &'a [DocId],
        entries: &'a mut BitSet,
        best: &'a mut [Best],
        records: &'a mut Vec<(usize, f32)>,
    ) -> Self {
        let mut fill = Self { cards, entries, best, records, idx: 0, card: 0, end: 0, weight: 1.0 };
        fill.go_to(0);
        fill
    }

    /// Goes back, or forward, to a document.
    pub(super) fn go_to(&mut self, idx: usize) {
        self.idx = idx;
        self.card = self.cards.get(idx).copied().unwrap_or(TERMINATED);
        self.end = self.cards.get(idx + 1).copied().unwrap_or(TERMINATED);
    }

    /// Takes up an entry; they rise from one call to the next.
    #[inline]
    pub(super) fn put(&mut self, doc: DocId, score: f32) {
        self.entries.insert(doc as usize);
        self.rate(doc, score);
    }

    /// Takes up the entries of a machine word of their set, without scores.
    #[inline]
    pub(super) fn insert_all(&mut self, word: usize, bits: u64) {
        self.entries.insert_word(word, bits);
    }

    /// Takes up the score of an entry; they rise from one call to the next.
    #[inline]
    pub(super) fn rate(&mut self, doc: DocId, score: f32) {
        if doc >= self.end {
            self.go_on(doc);
        }
        let score = score * self.weight;
        if self.card == doc {
            self.records.push((self.idx, score));
        } else if let Some(best) = self.best.get_mut(self.idx)
            && score > best.score
        {
            *best = Best { score, at: doc };
        }
    }

    /// Goes on to the document of an entry.
    fn go_on(&mut self, doc: DocId) {
        let ahead = self.cards.get(self.idx + 1..).unwrap_or_default();
        // Most often it is one of the next documents.
        let near = ahead.iter().take(8).take_while(|&&card| card <= doc).count();
        let passed = if near < 8 { near } else { ahead.partition_point(|&card| card <= doc) };
        self.go_to(self.idx + passed);
    }

    /// Does `work` with scores multiplied by `weight`.
    pub(super) fn weighted(&mut self, weight: f32, work: impl FnOnce(&mut Self)) {
        let before = self.weight;
        self.weight *= weight;
        work(self);
        self.weight = before;
    }
}

/// How often and how tellingly a term stands in an entry: BM25.
pub(super) struct Ranked {
    pub(super) bm25: Bm25Weight,
    pub(super) norms: FieldNormReader,
}

impl Ranked {
    /// Returns the BM25 score of `freq` occurrences in `doc`.
    pub(super) fn score(&self, doc: DocId, freq: u32) -> f32 {
        self.bm25.score(self.norms.fieldnorm_id(doc), freq)
    }
}

/// Entries with one term.
pub(super) struct TermCursor {
    pub(super) postings: SegmentPostings,
    pub(super) ranked: Ranked,
}

impl Cursor for TermCursor {
    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.postings.doc() >= target { self.postings.doc() } else { self.postings.seek(target) }
    }

    fn advance(&mut self) -> DocId {
        self.postings.advance()
    }

    fn score(&mut self) -> f32 {
        self.ranked.score(self.postings.doc(), self.postings.term_freq())
    }

    fn cost(&self) -> u64 {
        self.postings.size_hint().into()
    }
}

/// The postings of several terms, read together; the nearest entry is on top of a heap.
pub(super) struct TermHeap {
    /// Each with the number of tokens that an occurrence covers.
    terms: Vec<(SegmentPostings, u32)>,
    /// Where the terms stand that are not `here`.
    heap: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Terms that stand at `doc`, once they were asked for.
    here: Vec<usize>,
    doc: DocId,
    cost: u64,
    // Kept, so that nothing is allocated for each entry.
    positions: Vec<u32>,
}

impl TermHeap {
    /// Starts at the first entry.
    pub(super) fn new(terms: Vec<(SegmentPostings, u32)>) -> Self {
        let heap: BinaryHeap<_> = terms
            .iter()
            .enumerate()
            .map(|(term_idx, (postings, _))| Reverse((postings.doc(), term_idx)))
            .filter(|Reverse((doc, _))| *doc != TERMINATED)
            .collect();
        let cost = terms.iter().map(|(postings, _)| u64::from(postings.size_hint())).sum();
        let doc = heap.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc);
        Self { terms, heap, here: Vec::new(), doc, cost, positions: Vec::new() }
    }

    pub(super) const fn doc(&self) -> DocId {
        self.doc
    }

    pub(super) const fn cost(&self) -> u64 {
        self.cost
    }

    /// Goes to the first entry at or after `target`; to the end when the search is over.
    pub(super) fn seek(&mut self, target: DocId, watch: &Watch<'_>) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        // The next entry is cheaper to reach by one step than by a search.
        let go = |(postings, _): &mut (SegmentPostings, u32)| match postings.doc() {
            doc if doc >= target => doc,
            doc if doc + 1 == target => postings.advance(),
            _ => postings.seek(target),
        };
        watch.spend(self.here.len() as u64);
        for term_idx in self.here.drain(..) {
            let next = self.terms.get_mut(term_idx).map_or(TERMINATED, go);
            if next != TERMINATED {
                self.heap.push(Reverse((next, term_idx)));
            }
        }
        self.doc = TERMINATED;
        while let Some(mut top) = self.heap.peek_mut() {
            let Reverse((doc, term_idx)) = *top;
            if doc >= target {
                self.doc = doc;
                break;
            }
            if !watch.spend(1) {
                break;
            }
            let next = self.terms.get_mut(term_idx).map_or(TERMINATED, go);
            if next == TERMINATED {
                PeekMut::pop(top);
            } else {
                *top = Reverse((next, term_idx));
            }
        }
        self.doc
    }

    /// Finds the terms that stand at the current entry.
    fn gather(&mut self) {
        while let Some(top) = self.heap.peek_mut() {
            let Reverse((doc, term_idx)) = *top;
            if doc != self.doc {
                break;
            }
            self.here.push(term_idx);
            PeekMut::pop(top);
        }
    }

    /// Returns how often the terms stand in the current entry, all together.
    pub(super) fn freq(&mut self) -> u32 {
        self.gather();
        let here = self.here.iter().filter_map(|&term_idx| self.terms.get(term_idx));
        here.map(|(postings, _)| postings.term_freq()).sum()
    }

    /// Puts the occurrences in the current entry into `spans`: first and last position, sorted,
    /// each once.
    pub(super) fn spans(&mut self, spans: &mut Vec<(u32, u32)>) {
        spans.clear();
        self.gather();
        for &term_idx in &self.here {
            if let Some((postings, width)) = self.terms.get_mut(term_idx) {
                postings.positions(&mut self.positions);
                spans.extend(self.positions.iter().map(|&at| (at, at + *width - 1)));
            }
        }
        if self.here.len() > 1 {
            spans.sort_unstable();
            spans.dedup();
        }
    }
}

/// The postings of a few terms, read together: cheaper than a heap.
pub(super) struct FewTerms {
    /// Each with the number of tokens that an occurrence covers.
    terms: Vec<(TermPlaces, u32)>,
    doc: DocId,
}

impl FewTerms {
    /// The most terms that are few.
    pub(super) const MOST: usize = 4;

    /// Starts at the first entry.
    pub(super) fn new(terms: Vec<(TermPlaces, u32)>) -> Self {
        let doc = terms.iter().map(|(places, _)| places.doc()).min().unwrap_or(TERMINATED);
        Self { terms, doc }
    }

    pub(super) const fn doc(&self) -> DocId {
        self.doc
    }

    pub(super) fn cost(&self) -> u64 {
        self.terms.iter().map(|(places, _)| places.cost()).sum()
    }

    /// Tells whether every occurrence is one token.
    pub(super) fn is_single(&self) -> bool {
        self.terms.iter().all(|(_, width)| *width == 1)
    }

    /// Goes to the first entry at or after `target`; to the end when the search is over.
    pub(super) fn seek(&mut self, target: DocId, watch: &Watch<'_>) -> DocId {
        if self.doc < target {
            let next = self.terms.iter_mut().map(|(places, _)| places.seek(target, watch));
            self.doc = next.min().unwrap_or(TERMINATED);
        }
        self.doc
    }

    /// Returns how often the terms stand in the current entry, all together.
    pub(super) fn freq(&self) -> u32 {
        let here = self.terms.iter().filter(|(places, _)| places.doc() == self.doc);
        here.map(|(places, _)| places.freq()).sum()
    }

    /// Adds the occurrences in the current entry, each one token, to `marks`; `false`: that cannot be
    /// done.
    pub(super) fn mark(&mut self, marks: &mut Marks) -> bool {
        let mut here = self.terms.iter_mut().filter(|(places, _)| places.doc() == self.doc);
        here.all(|(places, _)| places.mark(marks))
    }

    /// Puts the occurrences in the current entry into `spans`: first and last position, sorted,
    /// each once.
    pub(super) fn spans(&mut self, spans: &mut Vec<(u32, u32)>) {
        spans.clear();
        let mut n_terms = 0;
        for (places, width) in &mut self.terms {
            if places.doc() == self.doc {
                n_terms += 1;
                places.spans(*width, spans);
            }
        }
        if n_terms > 1 {
            spans.sort_unstable();
            spans.dedup();
        }
    }
}

/// Entries with any of several terms; all score the same.
pub(super) struct TermsCursor<'w> {
    pub(super) heap: TermHeap,
    pub(super) score: f32,
    pub(super) watch: &'w Watch<'w>,
}

impl Cursor for TermsCursor<'_> {
    fn doc(&self) -> DocId {
        self.heap.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.heap.seek(target, self.watch)
    }

    fn score(&mut self) -> f32 {
        self.score
    }

    fn fill(&mut self, end: DocId, fill: &mut Fill<'_>) {
        if end == TERMINATED {
            // Each list by itself: in order of entries a heap would be asked for each of them.
            for (postings, _) in &mut self.heap.terms {
                if !self.watch.spend(postings.size_hint().into()) {
                    break;
                }
                fill.go_to(0);
                let mut doc = postings.doc();
                while doc != TERMINATED {
                    fill.put(doc, self.score);
                    doc = postings.advance();
                }
            }
            self.heap.heap.clear();
            self.heap.here.clear();
            self.heap.doc = TERMINATED;
            return;
        }
        let mut doc = self.doc();
        while doc < end {
            fill.put(doc, self.score);
            doc = self.advance();
        }
    }

    fn cost(&self) -> u64 {
        self.heap.cost()
    }
}

/// Entries that any of several cursors gives.
pub(super) struct AnyCursor<'w> {
    /// Whether scores are added; otherwise the best one counts.
    adds: bool,
    cursors: Vec<Box<dyn Cursor + 'w>>,
    doc: DocId,
}

impl<'w> AnyCursor<'w> {
    /// Starts at the first entry.
    pub(super) fn new(cursors: Vec<Box<dyn Cursor + 'w>>, adds: bool) -> Self {
        let doc = cursors.iter().map(|cursor| cursor.doc()).min().unwrap_or(TERMINATED);
        Self { adds, cursors, doc }
    }
}

impl Cursor for AnyCursor<'_> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let next = self.cursors.iter_mut().map(|cursor| {
                if cursor.doc() < target { cursor.seek(target) } else { cursor.doc() }
            });
            self.doc = next.min().unwrap_or(TERMINATED);
        }
        self.doc
    }

    fn score(&mut self) -> f32 {
        let doc = self.doc;
        let here = self.cursors.iter_mut().filter(|cursor| cursor.doc() == doc);
        let scores = here.map(|cursor| cursor.score());
        if self.adds { scores.sum() } else { scores.fold(0.0, f32::max) }
    }

    fn fill(&mut self, end: DocId, fill: &mut Fill<'_>) {
        if self.adds {
            while self.doc < end {
                fill.put(self.doc, self.score());
                self.advance();
            }
            return;
        }
        // The best score of each is all that is asked for, so they are read one after the other.
        let start = fill.idx;
        for cursor in &mut self.cursors {
            fill.go_to(start);
            cursor.fill(end, fill);
        }
        self.doc = self.cursors.iter().map(|cursor| cursor.doc()).min().unwrap_or(TERMINATED);
    }

    fn cost(&self) -> u64 {
        self.cursors.iter().map(|cursor| cursor.cost()).sum()
    }
}

/// Where the scores of entries come from that are known to match.
pub(super) enum Scores<'w> {
    /// All score the same.
    Same(f32),
    /// A cursor that stands at each of the entries, too.
    Cursor(Box<dyn Cursor + 'w>),
}

impl Scores<'_> {
    /// Returns the score of an entry; entries come in rising order.
    pub(super) fn at(&mut self, doc: DocId) -> f32 {
        match self {
            Self::Same(score) => *score,
            Self::Cursor(cursor) => {
                // A search that is over ends its cursors.
                if cursor.seek(doc) == doc { cursor.score() } else { 0.0 }
            }
        }
    }
}

/// Entries of a list, which is sorted.
pub(super) struct ListCursor {
    docs: std::vec::IntoIter<DocId>,
    doc: DocId,
}

impl ListCursor {
    /// Starts at the first entry of a sorted list.
    pub(super) fn new(docs: Vec<DocId>) -> Self {
        let mut docs = docs.into_iter();
        let doc = docs.next().unwrap_or(TERMINATED);
        Self { docs, doc }
    }
}

impl Cursor for ListCursor {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let skipped = self.docs.as_slice().partition_point(|&doc| doc < target);
            self.doc = self.docs.nth(skipped).unwrap_or(TERMINATED);
        }
        self.doc
    }

    fn score(&mut self) -> f32 {
        0.0
    }

    fn cost(&self) -> u64 {
        self.docs.len() as u64 + 1
    }
}
