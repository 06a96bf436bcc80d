//! The look at one document: which of its passages hold what, how well, and which are the best.
//!
//! Cursors stand at the entries of the document at hand and go forward alone. Which documents are
//! looked at, `survey` has found out.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader, TERMINATED};

use super::bits::BitSet;
use super::plan::{Bits, OpenSubject, Opened, Plan, Speaks, bit};
use super::postings::Cursor;
use super::schema::entry;
use super::search::Snapshot;
use super::segment::{Document, Segment, no_id};
use super::sheet::Sheet;
use super::spans::Closeness;
use crate::engine::{PassageHit, Scope};
use crate::model::PageNo;

/// A title that holds a word counts so much more than a passage.
pub(super) const TITLE_BOOST: f32 = 3.0;
/// Filters alone: a title that names what is filtered by outweighs any number of mentions.
const TITLE_NAMES: f32 = 20.0;
/// Filters alone: how much the share of passages that speak of it weighs beside the logarithm of
/// their number.
const SHARE: f32 = 3.0;
/// What further passages add to the best one, times the logarithm of their number.
pub(super) const MORE_PASSAGES: f32 = 0.1;
/// Pages below this quality, in percent, weigh [`LOW_QUALITY`].
const LOW_QUALITY_PERCENT: u64 = 50;
const LOW_QUALITY: f32 = 0.9;
/// In so many of a document's best passages it is looked whether bare words stand close.
const MOST_CLOSE: usize = 8;
/// Most matching entries between a bridge and the passages beside its seam.
const BRIDGE_REACH: usize = 64;
/// Most entries of any kind between them.
const BRIDGE_ENTRIES: DocId = 1_024;

/// So many cursors are read entry by entry.
const FEW_CURSORS: usize = 4;

/// A document that matches.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) segment: usize,
    pub(super) card: DocId,
    pub(super) docn: u64,
    pub(super) score: f32,
    pub(super) n_passages: u32,
    pub(super) scope: Scope,
    /// Near copies that were found, too, rising.
    pub(super) copies: Vec<u64>,
    /// Whether one passage, together with what the record says, holds all parts.
    pub(super) is_close: bool,
}

/// A passage of the document at hand.
#[derive(Clone, Copy, Debug)]
struct Found {
    doc: DocId,
    /// Leaves that it matches.
    bits: Bits,
    score: f32,
}

/// An entry of the document at hand with all leaves that match it, each taken by itself.
#[derive(Clone, Copy, Debug)]
struct Row {
    doc: DocId,
    is_bridge: bool,
    bits: Bits,
}

/// Which entries texts are searched in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Passages and bridges.
    Text,
    /// Running heads, addresses and menus also.
    Boilerplate,
}

/// The walk through one segment, document by document.
pub(super) struct Walk<'a> {
    plan: &'a Plan<'a>,
    number: usize,
    segment: &'a Segment,
    reach: Reach,
    cursors: Vec<Box<dyn Cursor + 'a>>,
    titles: Vec<Box<dyn Cursor + 'a>>,
    close: Option<(Closeness<'a>, Bits)>,
    subjects: Vec<OpenSubject<'a>>,
    /// Leaves that speak of passages and belong to the answer.
    finding: Bits,
    texts: Bits,
    documents: Bits,
    /// Leaves that may stand across a seam, and those that speak of a passage's properties.
    crossing: Bits,
    places: Bits,
    // What was read of the document at hand.
    raw: Vec<(DocId, usize, f32)>,
    rows: Vec<Row>,
    found: Vec<Found>,
    everywhere: Bits,
}

impl<'a> Walk<'a> {
    /// Opens a segment that has been surveyed; no document before `start` is looked at.
    pub(super) fn open(
        snapshot: &'a Snapshot,
        plan: &'a Plan<'a>,
        number: usize,
        reader: &'a SegmentReader,
        sheets: &[Arc<Sheet>],
        reach: Reach,
        start: DocId,
    ) -> tantivy::Result<Self> {
        let opened = Opened { number, reader, fields: snapshot.fields, start, watch: plan.watch };
        let segment = snapshot.segments.get(number).ok_or_else(no_id)?;
        Ok(Self {
            plan,
            number,
            segment,
            reach,
            cursors: plan.open(&opened, sheets)?,
            titles: plan.open_titles(&opened)?,
            close: plan.open_close(&opened, &snapshot.fields)?,
            subjects: plan.open_subjects(&opened)?,
            finding: plan.bits_of(|leaf| leaf.finds && leaf.speaks != Speaks::Document),
            texts: plan.bits_of(|leaf| leaf.finds && leaf.speaks == Speaks::Text),
            documents: plan.bits_of(|leaf| leaf.speaks == Speaks::Document),
            crossing: plan.bits_of(|leaf| leaf.crosses && leaf.speaks == Speaks::Text),
            places: plan.bits_of(|leaf| leaf.speaks == Speaks::Place),
            raw: Vec::new(),
            rows: Vec::new(),
            found: Vec::new(),
            everywhere: 0,
        })
    }

    /// Reads which entries of a document match what; tells whether the document matches.
    pub(super) fn read(&mut self, document: Document) -> bool {
        self.raw.clear();
        self.found.clear();
        if self.cursors.len() <= FEW_CURSORS {
            let documents = self.read_together(document);
            return self.takes(documents);
        }
        let mut documents: Bits = 0;
        for (leaf, cursor) in self.cursors.iter_mut().enumerate() {
            let mut doc = cursor.seek(document.card);
            if self.documents & bit(leaf) != 0 {
                // The card alone speaks for the document: a tag that a person took away still
                // stands on passages.
                if doc == document.card {
                    documents |= bit(leaf);
                }
                continue;
            }
            while doc < document.end {
                // A card holds the languages and entities of the document, but is no passage;
                // its words fulfil a part of the query as those of a passage do.
                if doc != document.card || self.places & bit(leaf) == 0 {
                    self.raw.push((doc, leaf, cursor.score()));
                }
                doc = cursor.advance();
            }
        }
        if self.cursors.len() > 1 {
            // Each leaf's part is sorted already, and the stable sort merges such runs.
            self.raw.sort_by_key(|&(doc, ..)| doc);
        }
        self.takes(documents)
    }

    /// Reads what a few leaves match, entry by entry, so that nothing has to be sorted; returns
    /// the leaves whose cards speak for the document.
    fn read_together(&mut self, document: Document) -> Bits {
        let mut documents: Bits = 0;
        let mut docs = [TERMINATED; FEW_CURSORS];
        for (leaf, (cursor, at)) in self.cursors.iter_mut().zip(&mut docs).enumerate() {
            let doc = cursor.seek(document.card);
            if self.documents & bit(leaf) == 0 {
                *at = doc;
            } else if doc == document.card {
                documents |= bit(leaf);
            }
        }
        loop {
            let here = docs.into_iter().fold(TERMINATED, DocId::min);
            if here >= document.end {
                return documents;
            }
            for (leaf, (cursor, at)) in self.cursors.iter_mut().zip(&mut docs).enumerate() {
                if *at == here {
                    if here != document.card || self.places & bit(leaf) == 0 {
                        self.raw.push((here, leaf, cursor.score()));
                    }
                    *at = cursor.advance();
                }
            }
        }
    }

    /// Tells whether the document at hand matches, where the cards match `documents`.
    fn takes(&mut self, documents: Bits) -> bool {
        self.fold();
        self.everywhere = self.found.iter().fold(documents, |bits, found| bits | found.bits);
        self.plan.logic.takes(self.everywhere, self.everywhere)
    }

    /// Returns a score that no passage of a document exceeds where several leaves `meet`. A walk
    /// that has peeked at a document cannot read it any more.
    pub(super) fn peek(
        &mut self,
        document: Document,
        meet: &BitSet,
        most_close: (Bits, f32),
    ) -> f32 {
        let (close, added) = most_close;
        let mut best = 0.0_f32;
        let mut from = document.card as usize + 1;
        while let Some(at) = meet.first_from(from)
            && at < document.end as usize
        {
            from = at + 1;
            let doc = DocId::try_from(at).unwrap_or(TERMINATED);
            let (mut sum, mut bits): (f32, Bits) = (0.0, 0);
            for (leaf, (cursor, part)) in self.cursors.iter_mut().zip(&self.plan.leaves).enumerate()
            {
                if part.is_scored() && cursor.seek(doc) == doc {
                    sum += cursor.score();
                    bits |= bit(leaf);
                }
            }
            let is_close = close != 0 && bits & close == close;
            best = best.max(sum + if is_close { added } else { 0.0 });
        }
        best
    }

    /// Joins what each leaf found into one line a passage.
    fn fold(&mut self) {
        self.rows.clear();
        for run in self.raw.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(doc, ..)) = run.first() else { continue };
            let kind = self.segment.kind(doc);
            if kind != entry::BOILERPLATE || self.reach == Reach::Boilerplate {
                let bits = run.iter().fold(0, |bits, &(_, leaf, _)| bits | bit(leaf));
                self.rows.push(Row { doc, is_bridge: kind == entry::BRIDGE, bits });
            }
        }
        let mut scores = self.raw.iter().peekable();
        for (at, row) in self.rows.iter().enumerate() {
            let Some(matched) = self.matched(at, *row) else { continue };
            let mut found = Found { doc: row.doc, bits: 0, score: 0.0 };
            while scores.next_if(|(doc, ..)| *doc < row.doc).is_some() {}
            while let Some(&(_, leaf, score)) = scores.next_if(|(doc, ..)| *doc == row.doc) {
                let Some(part) = self.plan.leaves.get(leaf) else { continue };
                if matched & bit(leaf) != 0 && row.bits & part.needs == part.needs {
                    found.bits |= bit(leaf);
                    found.score += if part.finds { score } else { 0.0 };
                }
            }
            if found.bits != 0 {
                self.found.push(found);
            }
        }
    }

    /// Returns the leaves that count as matched in a row; `None`: the row is dropped.
    ///
    /// Of a bridge only that counts which neither the passage before its seam nor the one after
    /// it holds by itself: then it stands across the seam.
    fn matched(&self, at: usize, row: Row) -> Option<Bits> {
        if !row.is_bridge {
            return Some(row.bits);
        }
        let ord = self.segment.ord.first(row.doc);
        let ord_to = self.segment.ord_to.first(row.doc);
        // The neighbours stand near: running heads alone lie between.
        let near = self.rows.get(at.saturating_sub(BRIDGE_REACH)..).unwrap_or_default();
        let beside = near
            .iter()
            .take(2 * BRIDGE_REACH)
            .filter(|other| !other.is_bridge && other.doc.abs_diff(row.doc) <= BRIDGE_ENTRIES);
        let beside = beside.filter(|other| {
            let own = self.segment.ord.first(other.doc);
            own.is_some() && (own == ord || own == ord_to)
        });
        let one_sided = beside.fold(0, |bits, other| bits | other.bits);
        let across = row.bits & self.crossing & !one_sided;
        (across != 0).then_some(across | (row.bits & self.places))
    }

    /// Tells whether one passage with leaves `bits` holds all that the query asks for.
    fn holds_all(&self, bits: Bits) -> bool {
        let here = bits | (self.everywhere & self.documents);
        self.plan.logic.takes(here, self.everywhere)
    }

    /// Scores the passages and returns what is to be known of the document, which matches.
    pub(super) fn hit(&mut self, document: Document) -> Hit {
        self.score();
        let record = self.found.iter().find(|found| found.doc == document.card);
        let record_bits = record.map_or(0, |found| found.bits);
        let mut best = 0.0_f32;
        let mut n_passages = 0_u32;
        let mut scope = Scope::Document;
        let mut is_close = record_bits & self.texts != 0 && self.holds_all(record_bits);
        // Passages with the same leaves need no second look.
        let mut seen: Option<Bits> = None;
        for found in self.passages() {
            n_passages += 1;
            best = best.max(found.score);
            if scope == Scope::Document && seen != Some(found.bits) {
                seen = Some(found.bits);
                if found.bits & self.texts != 0 && self.holds_all(found.bits) {
                    scope = Scope::Passage;
                }
                // What the record says is true of every passage.
                is_close |= self.holds_all(found.bits | record_bits);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a logarithm of a count needs few digits")]
        let more = MORE_PASSAGES * (n_passages.max(1) as f32).ln() * best;
        let score = best + more + self.record(document.card) + self.about(document);
        Hit {
            segment: self.number,
            card: document.card,
            docn: self.segment.docn.first(document.card).unwrap_or_default(),
            score: score + TITLE_BOOST * self.title(document.card),
            n_passages,
            scope,
            copies: Vec::new(),
            is_close,
        }
    }

    /// Returns the passages of the document at hand that belong to the answer; what its record
    /// says is none.
    fn passages(&self) -> impl Iterator<Item = &Found> {
        let is_one = |found: &&Found| found.bits & self.finding != 0 && !self.is_card(found.doc);
        self.found.iter().filter(is_one)
    }

    fn is_card(&self, doc: DocId) -> bool {
        self.segment.kind(doc) == entry::CARD
    }

    /// Returns how well the record matches, as if it were a passage.
    fn record(&self, card: DocId) -> f32 {
        let here = self.raw.iter().take_while(|(doc, ..)| *doc == card);
        here.filter_map(|&(_, leaf, score)| {
            let part = self.plan.leaves.get(leaf)?;
            (part.finds && part.needs == 0).then_some(score)
        })
        .sum()
    }

    /// Returns how much the document speaks of what filters name, where nothing else is asked.
    fn about(&mut self, document: Document) -> f32 {
        let mut sum = 0.0;
        for OpenSubject { passages, cards } in &mut self.subjects {
            let mut n = 0_u16;
            let mut doc = passages.seek(document.card + 1);
            while doc < document.end {
                n = n.saturating_add(1);
                doc = passages.advance();
            }
            let n_entries = u16::try_from(document.end - document.card).unwrap_or(u16::MAX);
            let share = f32::from(n) / f32::from(n_entries.max(1));
            let is_named = cards.seek(document.card) == document.card;
            sum += f32::from(n).ln_1p() + SHARE * share + if is_named { TITLE_NAMES } else { 0.0 };
        }
        sum
    }

    /// Weighs passages: close words more, doubtful pages less.
    fn score(&mut self) {
        if let Some((close, bits)) = &mut self.close {
            let holds_all = |found: &&mut Found| found.bits & *bits == *bits;
            let mut best: Vec<&mut Found> = self.found.iter_mut().filter(holds_all).collect();
            // Reading positions is dear: only the passages that may become the best are looked at.
            if best.len() > MOST_CLOSE {
                best.select_nth_unstable_by(MOST_CLOSE, |a, b| {
                    b.score.total_cmp(&a.score).then_with(|| a.doc.cmp(&b.doc))
                });
                best.truncate(MOST_CLOSE);
            }
            best.sort_by_key(|found| found.doc);
            for found in best {
                found.score += close.score(found.doc);
            }
        }
        if self.segment.quality.min_value() >= LOW_QUALITY_PERCENT {
            return;
        }
        for found in &mut self.found {
            let quality = self.segment.quality.first(found.doc);
            if quality.is_some_and(|quality| quality < LOW_QUALITY_PERCENT) {
                found.score *= LOW_QUALITY;
            }
        }
    }

    /// Returns how well the words of the query match the title.
    fn title(&mut self, card: DocId) -> f32 {
        let here = self
            .titles
            .iter_mut()
            .filter_map(|cursor| (cursor.seek(card) == card).then(|| cursor.score()));
        here.sum()
    }

    /// Returns the best passages of the document that was read last, in reading order: those that
    /// hold most parts of the query, at least one for each part.
    pub(super) fn best(&mut self, limit: usize, short_id: &str) -> Vec<PassageHit> {
        self.score();
        let mut left: Vec<Found> = self.passages().copied().collect();
        let parts = |found: &Found| (found.bits & self.texts).count_ones();
        let rank = |a: &Found, b: &Found| {
            parts(b)
                .cmp(&parts(a))
                .then_with(|| b.score.total_cmp(&a.score))
                .then_with(|| a.doc.cmp(&b.doc))
        };
        let mut chosen: Vec<Found> = Vec::with_capacity(limit.min(left.len()));
        let mut covered: Bits = 0;
        // First the best passage that adds a part, then the best of the rest.
        while chosen.len() < limit {
            let adds = |found: &Found| found.bits & self.texts & !covered != 0;
            let adding = left.iter().enumerate().filter(|(_, found)| adds(found));
            let Some((at, _)) = adding.min_by(|(_, a), (_, b)| rank(a, b)) else { break };
            let found = left.swap_remove(at);
            covered |= found.bits;
            chosen.push(found);
        }
        let more = limit - chosen.len();
        if left.len() > more {
            if more > 0 {
                left.select_nth_unstable_by(more, rank);
            }
            left.truncate(more);
        }
        chosen.append(&mut left);
        chosen.sort_by_key(|found| found.doc);
        chosen.iter().map(|found| self.passage(found, short_id)).collect()
    }

    fn passage(&self, found: &Found, short_id: &str) -> PassageHit {
        let segment = self.segment;
        let number = |column: &Column<u64>| {
            column.first(found.doc).and_then(|value| u32::try_from(value).ok())
        };
        let page = number(&segment.page).unwrap_or(1);
        let nth = number(&segment.nth).unwrap_or_default();
        let page_to = number(&segment.page_to);
        let pid = match (page_to, number(&segment.nth_to)) {
            (Some(page_to), Some(nth_to)) => format!("{short_id}:{page}:{nth}+{page_to}:{nth_to}"),
            _ => format!("{short_id}:{page}:{nth}"),
        };
        PassageHit {
            pid,
            page: PageNo::new(page).unwrap_or(PageNo::FIRST),
            page_to: page_to.and_then(PageNo::new),
            ord: number(&segment.ord).unwrap_or_default(),
            ord_to: number(&segment.ord_to),
            para: number(&segment.para).unwrap_or_default(),
            score: found.score,
        }
    }
}
