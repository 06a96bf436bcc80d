//! What one part of a query matches in one segment, as sets: entries, documents, and for each
//! document the best score. The sheets of words that are asked again and again are kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::{DocId, TERMINATED};

use super::bits::BitSet;
use super::plan::{Leaf, Speaks};
use super::postings::{Best, Cursor, Fill};
use super::segment::{Document, Segment};
use super::walk::Reach;
use super::watch::Watch;
use crate::query::tree::Word;

/// So many entries are read before the watch is told.
const ENTRIES_AT_ONCE: DocId = 16_384;
/// Sheets that are kept take no more bytes than this.
const MOST_BYTES: usize = 48 << 20;
/// Words in fewer entries than this are read anew: that is as fast.
pub(super) const LEAST_KEPT: u64 = 2_048;

/// What a leaf matches in a segment.
pub(super) struct Sheet {
    /// Entries that count as matched. What only a running head or one side of a bridge holds is
    /// left out; what the leaf needs beside itself is not looked at.
    pub(super) entries: BitSet,
    /// The documents of these; of a leaf that speaks of documents, those whose card matches.
    pub(super) docs: BitSet,
    /// For each document the best score of its passages, those that do not count included.
    pub(super) best: Vec<Best>,
    /// The documents whose cards match, with a score that none of them exceeds.
    pub(super) records: Vec<(usize, f32)>,
}

impl Sheet {
    /// Reads what a leaf matches in documents of `among`; `None`: stopped before the end.
    pub(super) fn read(
        segment: &Segment,
        leaf: &Leaf,
        cursor: &mut dyn Cursor,
        among: &BitSet,
        reach: Reach,
        watch: &Watch<'_>,
    ) -> Option<Self> {
        let n_docs = segment.cards.len();
        let mut entries = BitSet::new(segment.n_entries());
        let mut best = vec![Best::default(); n_docs];
        let mut records = Vec::new();
        let mut fill = Fill::new(&segment.cards, &mut entries, &mut best, &mut records);
        if among.count() == n_docs && leaf.is_read_whole() {
            cursor.fill(TERMINATED, &mut fill);
        } else {
            for run in among.runs() {
                let ends = segment.document(run.start).zip(segment.document(run.end - 1));
                let Some((Document { card, .. }, Document { end, .. })) = ends else { continue };
                fill.go_to(run.start);
                let mut doc = cursor.seek(card);
                while doc < end {
                    let until = doc.saturating_add(ENTRIES_AT_ONCE).min(end);
                    cursor.fill(until, &mut fill);
                    // Positions are counted where they are read.
                    if !watch.spend(u64::from(until - doc) / 4) {
                        return None;
                    }
                    doc = cursor.doc();
                }
            }
        }
        if !watch.goes_on() {
            return None;
        }
        let masks = segment.masks();
        if leaf.speaks == Speaks::Document {
            entries.and(&masks.cards);
        } else if reach == Reach::Text {
            entries.and_not(&masks.boilerplate);
        }
        match leaf.speaks {
            Speaks::Text if leaf.crosses => across(segment, &mut entries),
            Speaks::Text => entries.and_not(&masks.bridges),
            Speaks::Place => entries.and_not(&masks.cards),
            Speaks::Document => {}
        }
        let docs = docs_of(segment, &entries);
        Some(Self { entries, docs, best, records })
    }

    /// Returns this sheet with what another one says of other documents.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let (mut entries, mut docs) = (self.entries.clone(), self.docs.clone());
        entries.or(&other.entries);
        docs.or(&other.docs);
        let better =
            |(&one, &other): (&Best, &Best)| if other.score > one.score { other } else { one };
        let best = self.best.iter().zip(&other.best).map(better).collect();
        let mut records = [self.records.as_slice(), &other.records].concat();
        // Where one of them was read whole, some stand in both.
        records.sort_unstable_by(|(a, a_score), (b, b_score)| {
            a.cmp(b).then_with(|| b_score.total_cmp(a_score))
        });
        records.dedup_by_key(|(idx, _)| *idx);
        Self { entries, docs, best, records }
    }

    fn bytes(&self) -> usize {
        self.entries.bytes()
            + self.docs.bytes()
            + self.best.len() * size_of::<Best>()
            + self.records.len() * size_of::<(usize, f32)>()
    }
}

/// Keeps of bridges only those where what is asked stands across the seam: neither the passage
/// before it nor the one after it holds it.
fn across(segment: &Segment, entries: &mut BitSet) {
    if !entries.meets(&segment.masks().bridges) {
        return;
    }
    for seam in segment.seams() {
        let beside = [seam.before, seam.after].into_iter().flatten();
        if beside.into_iter().any(|at| entries.has(at)) {
            entries.remove(seam.bridge);
        }
    }
}

/// Returns the documents that entries are of.
pub(super) fn docs_of(segment: &Segment, entries: &BitSet) -> BitSet {
    let cards = &segment.cards;
    let mut docs = BitSet::new(cards.len());
    let (mut idx, mut from) = (0, 0);
    while let Some(at) = entries.first_from(from) {
        // Most often it is one of the next documents: steps that double, then a search.
        let mut step = 1;
        while cards.get(idx + step).is_some_and(|&card| card as usize <= at) {
            idx += step;
            step *= 2;
        }
        let ahead = cards.get(idx + 1..cards.len().min(idx + step)).unwrap_or_default();
        idx += ahead.partition_point(|&card| card as usize <= at);
        docs.insert(idx);
        let Some(&next) = cards.get(idx + 1) else { break };
        from = next as usize;
    }
    docs
}

/// Returns all entries of documents.
pub(super) fn entries_of(segment: &Segment, docs: &BitSet) -> BitSet {
    let mut entries = BitSet::new(segment.n_entries());
    for run in docs.runs() {
        let ends = segment.document(run.start).zip(segment.document(run.end - 1));
        if let Some((Document { card, .. }, Document { end, .. })) = ends {
            entries.insert_range(card as usize..end as usize);
        }
    }
    entries
}

/// Sheets of words, as long as the index stays as it is; those not asked for longest go first.
#[derive(Default)]
pub(super) struct KeptSheets(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    sheets: HashMap<(String, usize), (u64, Arc<Sheet>)>,
    bytes: usize,
    n_asked: u64,
}

/// Returns what a word is in every query.
fn name(word: &Word) -> String {
    // Tokens hold no blank.
    format!("{} {}", word.exact, word.stem)
}

impl KeptSheets {
    /// Returns the sheet of a word in segment `number`, where it is kept.
    pub(super) fn get(&self, word: &Word, number: usize) -> Option<Arc<Sheet>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.n_asked += 1;
        let now = kept.n_asked;
        let (asked, sheet) = kept.sheets.get_mut(&(name(word), number))?;
        *asked = now;
        Some(Arc::clone(sheet))
    }

    /// Keeps a sheet.
    pub(super) fn put(&self, word: &Word, number: usize, sheet: &Arc<Sheet>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = kept.n_asked;
        let known = kept.sheets.insert((name(word), number), (now, Arc::clone(sheet)));
        kept.bytes += sheet.bytes();
        kept.bytes -= known.map_or(0, |(_, known)| known.bytes());
        if kept.bytes > MOST_BYTES {
            let mut asked: Vec<u64> = kept.sheets.values().map(|&(asked, _)| asked).collect();
            asked.sort_unstable();
            let edge = asked.get(asked.len() / 4).copied().unwrap_or_default();
            kept.sheets.retain(|_, (asked, _)| *asked > edge);
            kept.bytes = kept.sheets.values().map(|(_, sheet)| sheet.bytes()).sum();
        }
    }
}
