//! Cursors: the entries that one part of a query matches, in rising order, each with a score.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::bits::BitSet;
use super::sheet::Sheet;

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
    best: &'a mut [f32],
    records: &'a mut Vec<(usize, f32)>,
    /// The document that the last entry is of, and where the next one begins.
    idx: usize,
    end: DocId,
    /// What scores are multiplied with.
    weight: f32,
}

impl<'a> Fill<'a> {
    /// Takes up `entries`, for each document the `best` score of its passages, and of each card
    /// that matches the document's number and the score.
    pub(super) fn new(
        cards: &'a [DocId],
        entries: &'a mut BitSet,
        best: &'a mut [f32],
        records: &'a mut Vec<(usize, f32)>,
    ) -> Self {
        let mut fill = Self { cards, entries, best, records, idx: 0, end: 0, weight: 1.0 };
        fill.go_to(0);
        fill
    }

    /// Goes back, or forward, to a document.
    pub(super) fn go_to(&mut self, idx: usize) {
        self.idx = idx;
        self.end = self.cards.get(idx + 1).copied().unwrap_or(TERMINATED);
    }

    /// Takes up an entry; they rise from one call to the next.
    #[inline]
    fn put(&mut self, doc: DocId, score: f32) {
        if doc >= self.end {
            let ahead = self.cards.get(self.idx + 1..).unwrap_or_default();
            // Most often it is one of the next documents.
            let near = ahead.iter().take(8).take_while(|&&card| card <= doc).count();
            let passed = if near < 8 { near } else { ahead.partition_point(|&card| card <= doc) };
            self.go_to(self.idx + passed);
        }
        self.entries.insert(doc as usize);
        let score = score * self.weight;
        if self.cards.get(self.idx) == Some(&doc) {
            self.records.push((self.idx, score));
        } else if let Some(best) = self.best.get_mut(self.idx) {
            *best = best.max(score);
        }
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

/// Entries with a word in its printed form or with its stem: the better of both, the printed form
/// counting double, and a tenth of the other.
pub(super) struct WordCursor {
    pub(super) exact: Option<TermCursor>,
    pub(super) stem: Option<TermCursor>,
    /// Whether the word is its own stem: then its stem stands wherever it does.
    pub(super) is_stem: bool,
}

impl WordCursor {
    /// Tells whether both forms stand in the same entries: so it is with `the` and `of`.
    fn is_one_list(&self) -> bool {
        let size = |cursor: &Option<TermCursor>| cursor.as_ref().map(Cursor::cost);
        self.is_stem && self.stem.is_some() && size(&self.exact) == size(&self.stem)
    }
}

/// Returns what the scores of both forms give together.
fn joined(exact: f32, stem: f32) -> f32 {
    let exact = 2.0 * exact;
    exact.max(stem) + 0.1 * exact.min(stem)
}

impl Cursor for WordCursor {
    fn doc(&self) -> DocId {
        let doc = |cursor: &Option<TermCursor>| cursor.as_ref().map_or(TERMINATED, Cursor::doc);
        doc(&self.exact).min(doc(&self.stem))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let seek = |cursor: &mut Option<TermCursor>| {
            cursor.as_mut().map_or(TERMINATED, |cursor| cursor.seek(target))
        };
        let exact = seek(&mut self.exact);
        exact.min(seek(&mut self.stem))
    }

    fn advance(&mut self) -> DocId {
        let doc = self.doc();
        for cursor in [&mut self.exact, &mut self.stem].into_iter().flatten() {
            if cursor.doc() == doc {
                cursor.advance();
            }
        }
        self.doc()
    }

    fn score(&mut self) -> f32 {
        let doc = self.doc();
        let score = |cursor: &mut Option<TermCursor>| {
            cursor.as_mut().filter(|cursor| cursor.doc() == doc).map_or(0.0, Cursor::score)
        };
        joined(score(&mut self.exact), score(&mut self.stem))
    }

    fn fill(&mut self, end: DocId, fill: &mut Fill<'_>) {
        if self.is_one_list()
            && let (Some(exact), Some(stem)) = (&mut self.exact, &mut self.stem)
        {
            let mut doc = stem.postings.doc();
            while doc < end {
                // The stem stands there at least as often, so this is no less than the score.
                let freq = stem.postings.term_freq();
                let norm = stem.ranked.norms.fieldnorm_id(doc);
                let printed = exact.ranked.bm25.score(norm, freq);
                fill.put(doc, joined(printed, stem.ranked.bm25.score(norm, freq)));
                doc = stem.postings.advance();
            }
            exact.seek(end);
            return;
        }
        let doc = |cursor: &Option<TermCursor>| cursor.as_ref().map_or(TERMINATED, Cursor::doc);
        let (mut exact_doc, mut stem_doc) = (doc(&self.exact), doc(&self.stem));
        loop {
            let here = exact_doc.min(stem_doc);
            if here >= end {
                return;
            }
            let (mut printed, mut stemmed) = (0.0, 0.0);
            if let Some(exact) = self.exact.as_mut().filter(|_| exact_doc == here) {
                printed = exact.score();
                exact_doc = exact.postings.advance();
            }
            if let Some(stem) = self.stem.as_mut().filter(|_| stem_doc == here) {
                stemmed = stem.score();
                stem_doc = stem.postings.advance();
            }
            fill.put(here, joined(printed, stemmed));
        }
    }

    fn cost(&self) -> u64 {
        let cost = |cursor: &Option<TermCursor>| cursor.as_ref().map_or(0, Cursor::cost);
        cost(&self.exact) + cost(&self.stem)
    }
}

/// Entries that a scorer of the index library gives.
pub(super) struct ScorerCursor(pub(super) Box<dyn Scorer>);

impl Cursor for ScorerCursor {
    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.0.doc() >= target { self.0.doc() } else { self.0.seek(target) }
    }

    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn score(&mut self) -> f32 {
        self.0.score()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

/// The postings of several terms, read together; the nearest entry is on top of a heap.
pub(super) struct TermHeap {
    /// Each with the number of tokens that an occurrence covers.
    terms: Vec<(SegmentPostings, u32)>,
    heap: BinaryHeap<Reverse<(DocId, usize)>>,
    cost: u64,
    // Kept, so that nothing is allocated for each entry.
    here: Vec<Reverse<(DocId, usize)>>,
    positions: Vec<u32>,
}

impl TermHeap {
    /// Starts at the first entry.
    pub(super) fn new(terms: Vec<(SegmentPostings, u32)>) -> Self {
        let heap = terms
            .iter()
            .enumerate()
            .map(|(term_idx, (postings, _))| Reverse((postings.doc(), term_idx)))
            .filter(|Reverse((doc, _))| *doc != TERMINATED)
            .collect();
        let cost = terms.iter().map(|(postings, _)| u64::from(postings.size_hint())).sum();
        Self { terms, heap, cost, here: Vec::new(), positions: Vec::new() }
    }

    pub(super) fn doc(&self) -> DocId {
        self.heap.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc)
    }

    pub(super) fn cost(&self) -> u64 {
        self.cost
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        while let Some(mut top) = self.heap.peek_mut() {
            let Reverse((doc, term_idx)) = *top;
            if doc >= target {
                break;
            }
            let next = self.terms.get_mut(term_idx).map_or(TERMINATED, |(postings, _)| {
                // The next entry is cheaper to reach by one step than by a search.
                if doc + 1 == target { postings.advance() } else { postings.seek(target) }
            });
            if next == TERMINATED {
                PeekMut::pop(top);
            } else {
                *top = Reverse((next, term_idx));
            }
        }
        self.doc()
    }

    /// Puts the occurrences in the current entry into `spans`: first and last position, sorted,
    /// each once.
    pub(super) fn spans(&mut self, spans: &mut Vec<(u32, u32)>) {
        spans.clear();
        let current = self.doc();
        self.here.clear();
        while let Some(top) = self.heap.peek_mut() {
            let Reverse((doc, term_idx)) = *top;
            if doc != current {
                break;
            }
            self.here.push(Reverse((doc, term_idx)));
            PeekMut::pop(top);
        }
        for Reverse((_, term_idx)) in &self.here {
            if let Some((postings, width)) = self.terms.get_mut(*term_idx) {
                postings.positions(&mut self.positions);
                spans.extend(self.positions.iter().map(|&at| (at, at + *width - 1)));
            }
        }
        self.heap.extend(self.here.drain(..));
        spans.sort_unstable();
        spans.dedup();
    }
}

/// Entries with any of several terms; all score the same.
pub(super) struct TermsCursor {
    pub(super) heap: TermHeap,
    pub(super) score: f32,
}

impl Cursor for TermsCursor {
    fn doc(&self) -> DocId {
        self.heap.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.heap.seek(target)
    }

    fn score(&mut self) -> f32 {
        self.score
    }

    fn fill(&mut self, end: DocId, fill: &mut Fill<'_>) {
        if end == TERMINATED {
            // Each list by itself: in order of entries a heap would be asked for each of them.
            for (postings, _) in &mut self.heap.terms {
                fill.go_to(0);
                let mut doc = postings.doc();
                while doc != TERMINATED {
                    fill.put(doc, self.score);
                    doc = postings.advance();
                }
            }
            self.heap.heap.clear();
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
pub(super) struct AnyCursor {
    /// Whether scores are added; otherwise the best one counts.
    adds: bool,
    cursors: Vec<Box<dyn Cursor>>,
    doc: DocId,
}

impl AnyCursor {
    /// Starts at the first entry.
    pub(super) fn new(cursors: Vec<Box<dyn Cursor>>, adds: bool) -> Self {
        let doc = cursors.iter().map(|cursor| cursor.doc()).min().unwrap_or(TERMINATED);
        Self { adds, cursors, doc }
    }
}

impl Cursor for AnyCursor {
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

/// Entries that are known already; a cursor beside them knows the scores.
pub(super) struct GuidedCursor {
    pub(super) entries: Arc<Sheet>,
    pub(super) doc: DocId,
    pub(super) scores: Guide,
}

/// Where scores come from.
pub(super) enum Guide {
    /// All score the same.
    Same(f32),
    /// A cursor that stands at each of the entries, too. By itself it would look for the next one
    /// beyond the document at hand.
    Cursor(Box<dyn Cursor>),
}

impl Cursor for GuidedCursor {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let entries = self.entries.raw.as_ref().unwrap_or(&self.entries.entries);
            let next = entries.first_from(target as usize);
            self.doc = next.and_then(|doc| DocId::try_from(doc).ok()).unwrap_or(TERMINATED);
        }
        self.doc
    }

    fn score(&mut self) -> f32 {
        match &mut self.scores {
            Guide::Same(score) => *score,
            Guide::Cursor(cursor) => {
                cursor.seek(self.doc);
                cursor.score()
            }
        }
    }

    fn cost(&self) -> u64 {
        0
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
