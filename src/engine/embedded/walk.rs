//! The look at one document: how well it matches, and which of its passages are the best.
//!
//! Which entries match which leaves, `survey` has found out; here they get their scores. Cursors
//! stand at the entries of the document at hand and go forward alone.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader, TERMINATED};

use super::plan::{Bits, OpenSubject, Opened, Plan, Speaks, bit};
use super::postings::{Cursor, Scores};
use super::schema::entry;
use super::search::Snapshot;
use super::segment::{Document, Segment, no_id};
use super::spans::Closeness;
use super::survey::Matches;
use super::watch::Watch;
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

/// An entry of the document at hand.
#[derive(Clone, Copy, Debug)]
struct Found {
    doc: DocId,
    /// Leaves that it matches and that give scores.
    bits: Bits,
    score: f32,
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
    segment: &'a Segment,
    matches: &'a Matches,
    scores: Vec<Option<Scores<'a>>>,
    titles: Vec<Box<dyn Cursor + 'a>>,
    close: Option<(Closeness<'a>, Bits)>,
    subjects: Vec<OpenSubject<'a>>,
    texts: Bits,
    has_low_pages: bool,
    // What was read of the document at hand.
    found: Vec<Found>,
    places: Vec<usize>,
}

impl<'a> Walk<'a> {
    /// Opens a segment that has been surveyed; no document before `start` is looked at.
    pub(super) fn open(
        snapshot: &'a Snapshot,
        plan: &'a Plan,
        reader: &'a SegmentReader,
        matches: &'a Matches,
        start: DocId,
        watch: &'a Watch<'a>,
    ) -> tantivy::Result<Self> {
        let number = matches.number;
        let segment = snapshot.segments.get(number).ok_or_else(no_id)?;
        let (fields, positions) = (snapshot.fields, &segment.positions);
        // A few documents are walked through; what lies between them is skipped.
        let opened = Opened { number, reader, fields, positions, start, n_looked_at: 0, watch };
        Ok(Self {
            segment,
            matches,
            scores: plan.open_scores(&opened)?,
            titles: plan.open_titles(&opened)?,
            close: plan.open_close(&opened, &snapshot.fields)?,
            subjects: plan.open_subjects(&opened)?,
            texts: plan.bits_of(|leaf| leaf.finds && leaf.speaks == Speaks::Text),
            has_low_pages: segment.quality.min_value() < LOW_QUALITY_PERCENT,
            found: Vec::new(),
            places: Vec::new(),
        })
    }

    /// Returns what an entry matches and how well; entries come in rising order.
    fn found_at(&mut self, at: usize) -> Found {
        let doc = DocId::try_from(at).unwrap_or(TERMINATED);
        let mut found = Found { doc, bits: 0, score: 0.0 };
        for (leaf, scores) in self.scores.iter_mut().enumerate() {
            if let Some(scores) = scores
                && self.matches.has(leaf, at)
            {
                found.bits |= bit(leaf);
                found.score += scores.at(doc);
            }
        }
        found
    }

    /// Reads the card of a document; returns how well the record matches, as if it were a passage.
    fn read_card(&mut self, document: Document) -> f32 {
        self.found.clear();
        let card = self.found_at(document.card as usize);
        if card.bits != 0 {
            self.found.push(card);
        }
        card.score
    }

    /// Reads those entries of the document with number `idx` from which its `limit` best passages are
    /// chosen.
    pub(super) fn read(&mut self, idx: usize, document: Document, limit: usize) {
        self.read_card(document);
        if self.is_chosen_where_leaves_meet(idx, document, limit) {
            let mut from = document.card as usize + 1;
            while let Some(at) = self.matches.bounds.meet.first_from(from)
                && at < document.end as usize
            {
                from = at + 1;
                let found = self.found_at(at);
                self.found.push(found);
            }
        } else {
            self.read_passages(document);
        }
    }

    /// Reads all entries of a document that match.
    #[cfg(test)]
    pub(super) fn read_all(&mut self, document: Document) {
        self.read_card(document);
        self.read_passages(document);
    }

    /// Tells whether the best passages are all among those that hold several parts of the query: there
    /// are as many as are wanted, and they hold every part that the document holds.
    fn is_chosen_where_leaves_meet(&self, idx: usize, document: Document, limit: usize) -> bool {
        let range = document.card as usize + 1..document.end as usize;
        let meet = &self.matches.bounds.meet;
        let scored = self.scores.iter().enumerate().filter(|(_, scores)| scores.is_some());
        let mut lacking: Vec<usize> = scored.map(|(leaf, _)| leaf).collect();
        // What speaks of places alone counts as no part.
        if lacking.iter().any(|&leaf| self.texts & bit(leaf) == 0) || meet.count_in(&range) < limit
        {
            return false;
        }
        lacking.retain(|&leaf| self.matches.docs_of(leaf).is_some_and(|docs| docs.has(idx)));
        let mut from = range.start;
        while !lacking.is_empty()
            && let Some(at) = meet.first_from(from)
            && at < range.end
        {
            from = at + 1;
            lacking.retain(|&leaf| !self.matches.has(leaf, at));
        }
        lacking.is_empty()
    }

    fn read_passages(&mut self, document: Document) {
        let mut from = document.card as usize + 1;
        while let Some(at) = self.matches.passages.first_from(from)
            && at < document.end as usize
        {
            from = at + 1;
            let found = self.found_at(at);
            self.found.push(found);
        }
    }

    /// Reads those passages of the document with number `idx` one of which is the best: where
    /// leaves meet scores are added, and elsewhere none has more than the best of its leaf.
    fn read_best(&mut self, idx: usize, document: Document) {
        let mut places = std::mem::take(&mut self.places);
        places.clear();
        let range = document.card as usize + 1..document.end as usize;
        let mut is_enough = true;
        for (leaf, (scores, sheet)) in self.scores.iter().zip(&self.matches.sheets).enumerate() {
            let best = sheet.best.get(idx).copied().unwrap_or_default();
            let at = best.at as usize;
            if scores.is_some() && best.score > 0.0 {
                // A bridge may not count, nor a running head; then any of the others may be it.
                is_enough &= self.matches.has(leaf, at) && !self.is_low(best.at);
                places.push(at);
            }
        }
        if is_enough {
            let mut from = range.start;
            while let Some(at) = self.matches.bounds.meet.first_from(from)
                && at < range.end
            {
                from = at + 1;
                places.push(at);
            }
            places.sort_unstable();
            places.dedup();
            for &at in &places {
                let found = self.found_at(at);
                self.found.push(found);
            }
        } else {
            self.read_passages(document);
        }
        self.places = places;
    }

    /// Tells whether the text of an entry is doubtful.
    fn is_low(&self, doc: DocId) -> bool {
        let quality = if self.has_low_pages { self.segment.quality.first(doc) } else { None };
        quality.is_some_and(|quality| quality < LOW_QUALITY_PERCENT)
    }

    /// Returns a score that no passage of a document exceeds where several leaves meet. A walk
    /// that has peeked at a document cannot read it any more.
    pub(super) fn peek(&mut self, document: Document, most_close: (Bits, f32)) -> f32 {
        let (close, added) = most_close;
        let mut best = 0.0_f32;
        let mut from = document.card as usize + 1;
        while let Some(at) = self.matches.bounds.meet.first_from(from)
            && at < document.end as usize
        {
            from = at + 1;
            let found = self.found_at(at);
            let is_close = close != 0 && found.bits & close == close;
            best = best.max(found.score + if is_close { added } else { 0.0 });
        }
        best
    }

    /// Returns what is to be known of the document with number `idx`, which matches.
    pub(super) fn hit(&mut self, idx: usize, document: Document) -> Hit {
        let record = self.read_card(document);
        self.read_best(idx, document);
        self.score();
        let best = self.passages().map(|found| found.score).fold(0.0, f32::max);
        let range = document.card as usize..document.end as usize;
        let n_passages = self.matches.passages.count_in(&range);
        let n_passages = u32::try_from(n_passages).unwrap_or(u32::MAX);
        #[expect(clippy::cast_precision_loss, reason = "a logarithm of a count needs few digits")]
        let more = MORE_PASSAGES * (n_passages.max(1) as f32).ln() * best;
        let score = best + more + record + self.about(document);
        let in_one = self.matches.in_one_passage.has(idx);
        Hit {
            segment: self.matches.number,
            card: document.card,
            docn: self.segment.record(idx).docn,
            score: score + TITLE_BOOST * self.title(document.card),
            n_passages,
            scope: if in_one { Scope::Passage } else { Scope::Document },
            copies: Vec::new(),
            is_close: self.matches.close.has(idx),
        }
    }

    /// Returns the passages that were read; what the record says is none.
    fn passages(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(|found| self.segment.kind(found.doc) != entry::CARD)
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
        let mut found = std::mem::take(&mut self.found);
        for found in found.iter_mut().filter(|found| self.is_low(found.doc)) {
            found.score *= LOW_QUALITY;
        }
        self.found = found;
    }

    /// Returns how well the words of the query match the title.
    fn title(&mut self, card: DocId) -> f32 {
        let here = self
            .titles
            .iter_mut()
            .filter_map(|cursor| (cursor.seek(card) == card).then(|| cursor.score()));
        here.sum()
    }

    /// Returns the best passages of the document that was read last, whole, in reading order: those that
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
