//! Asking: which documents match, how many, and which are the best.
//!
//! The entries of a document lie side by side, its card first. `survey` finds the documents that
//! match as sets and counts them; `walk` looks at single documents for their exact scores and
//! passages. Only documents that may come into the window are looked at: all others have a bound
//! below it. So all counts are exact, and so is the order.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tantivy::{IndexReader, Searcher};

use super::facets::Tally;
use super::fault::fault;
use super::plan::{MOST_LEAVES, Plan, Speaks};
use super::schema::Fields;
use super::segment::{Record, Segment, no_id};
use super::sheet::KeptSheets;
use super::survey::{Look, Survey, View};
use super::walk::{Hit, Reach, Walk};
use crate::engine::{
    Answer, DocumentHit, EngineError, FacetField, Note, Order, Stats, Want,
};
use crate::model::SourceId;
use crate::query::tree::Tree;

/// A search that is stopped still looks at so many documents of the segment at hand.
const DOCUMENTS_WHEN_STOPPED: usize = 256;
/// So many documents beyond the window are looked at first: their scores lie close together.
const MORE_THAN_WINDOW: usize = 16;

/// The index as it is at one commit.
pub(super) struct Snapshot {
    dir: PathBuf,
    pub(super) fields: Fields,
    pub(super) searcher: Searcher,
    pub(super) segments: Vec<Segment>,
    pub(super) kept: KeptSheets,
}

/// What the order of documents asks of a hit: lower comes first.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Key(u64, f32);

/// A document that matches.
#[derive(Clone, Copy, Debug)]
struct Match {
    segment: usize,
    idx: usize,
    docn: u64,
    /// No less than its score.
    bound: f32,
    is_close: bool,
}

/// A document that matches and its near copies that match, too: they are shown as one.
#[derive(Clone, Debug)]
struct Unit {
    /// The earliest.
    lead: Match,
    copies: Vec<Match>,
    key: Key,
    /// Whether `key` is that of the scores; otherwise they are lower.
    is_exact: bool,
    hit: Option<Hit>,
}

/// The totals of a search and what they are made from.
#[derive(Default)]
struct Gathered {
    matches: Vec<Match>,
    n_passages: u64,
    n_in_one_passage: u64,
    n_undated: u64,
    is_stopped: bool,
}

impl Snapshot {
    /// Looks at the last commit that `reader` has loaded.
    pub(super) fn take(
        dir: &Path,
        reader: &IndexReader,
        fields: Fields,
    ) -> Result<Self, EngineError> {
        let searcher = reader.searcher();
        let segments = searcher
            .segment_readers()
            .iter()
            .map(|reader| Segment::open(reader, &fields))
            .collect::<tantivy::Result<_>>()
            .map_err(|error| fault(dir, error))?;
        Ok(Self { dir: dir.to_owned(), fields, searcher, segments, kept: KeptSheets::default() })
    }

    /// Returns our error for one of the index library.
    pub(super) fn fault(&self, error: tantivy::TantivyError) -> EngineError {
        fault(&self.dir, error)
    }

    /// Returns everything but the number of the last change.
    pub(super) fn stats(&self) -> Stats {
        let mut stats = Stats { segments: self.segments.len() as u64, ..Stats::default() };
        for (segment, reader) in self.segments.iter().zip(self.searcher.segment_readers()) {
            let alive = segment.cards.iter().filter(|&&card| !reader.is_deleted(card)).count();
            stats.documents += alive as u64;
            stats.entries += u64::from(reader.num_docs()) - alive as u64;
        }
        stats
    }

    /// Answers a query.
    pub(super) fn search(&self, query: &Tree, want: &Want<'_>) -> Result<Answer, EngineError> {
        let plan = Plan::of(query, &self.searcher, &self.segments, &self.fields, want)
            .map_err(|error| self.fault(error))?;
        let parts = plan.leaves.len();
        if parts > MOST_LEAVES {
            return Err(EngineError::TooComplex { parts, most: MOST_LEAVES });
        }
        self.ask(&plan, want).map_err(|error| self.fault(error))
    }

    fn ask(&self, plan: &Plan, want: &Want<'_>) -> tantivy::Result<Answer> {
        let mut notes = plan.notes.clone();
        let mut tally = Tally::new(want.facets);
        let mut gathered = self.gather(plan, want, Reach::Text, &mut tally)?;
        let mut reach = Reach::Text;
        let has_texts = plan.bits_of(|leaf| leaf.speaks == Speaks::Text && leaf.finds) != 0;
        if gathered.matches.is_empty() && has_texts && !gathered.is_stopped {
            // Running heads and menus are asked only when nothing else matches.
            tally = Tally::new(want.facets);
            reach = Reach::Boilerplate;
            gathered = self.gather(plan, want, reach, &mut tally)?;
            if !gathered.matches.is_empty() {
                notes.push(Note::BoilerplateAlone);
            }
        }
        if gathered.is_stopped && !notes.contains(&Note::Stopped) {
            notes.push(Note::Stopped);
        }
        let total_documents = gathered.matches.len() as u64;
        let units = self.fold(gathered.matches, want);
        let folded = total_documents - units.len() as u64;
        let window = self.window(plan, units, want, reach)?;
        let documents = self.show(plan, &window, want, reach)?;
        notes.dedup();
        Ok(Answer {
            total_documents,
            total_passages: gathered.n_passages,
            in_one_passage: gathered.n_in_one_passage,
            undated: gathered.n_undated,
            folded,
            documents,
            facets: tally.into_facets(want.facet_limit),
            complete: !notes
                .iter()
                .any(|note| matches!(note, Note::Stopped | Note::TooManyForms { .. })),
            notes,
        })
    }

    /// Finds every document that matches.
    fn gather(
        &self,
        plan: &Plan,
        want: &Want<'_>,
        reach: Reach,
        tally: &mut Tally,
    ) -> tantivy::Result<Gathered> {
        let mut gathered = Gathered::default();
        let by_lang = want.facets.contains(&FacetField::Lang);
        for (number, segment) in self.segments.iter().enumerate() {
            let reader = self.searcher.segment_reader(u32::try_from(number).unwrap_or(u32::MAX));
            let view = || View { snapshot: self, plan, number, segment, reader, reach };
            let mut look = Survey::of(view(), usize::MAX, want.stop)?;
            if matches!(look, Look::Stopped) {
                gathered.is_stopped = true;
                look = Survey::of(view(), DOCUMENTS_WHEN_STOPPED, &|| false)?;
            }
            if let Look::Seen(survey) = look {
                let records = segment.records();
                let bounds = if want.limit == 0 { Vec::new() } else { survey.bounds()? };
                gathered.n_passages += survey.n_passages() as u64;
                gathered.n_in_one_passage += survey.in_one_passage.count() as u64;
                for idx in survey.matched.iter() {
                    let Some(record) = records.get(idx) else { continue };
                    gathered.n_undated += u64::from(record.date_lo.is_none());
                    gathered.matches.push(Match {
                        segment: number,
                        idx,
                        docn: record.docn,
                        bound: bounds.get(idx).copied().unwrap_or_default(),
                        is_close: survey.close.has(idx),
                    });
                }
                let lang = if by_lang { reader.fast_fields().str("lang")? } else { None };
                if let Some(lang) = &lang {
                    tally.add_langs(survey.langs(lang), lang)?;
                }
                tally.add_cards(reader, segment, &survey.matched)?;
            }
            if gathered.is_stopped {
                break;
            }
        }
        Ok(gathered)
    }

    fn record(&self, found: &Match) -> Record {
        let segment = self.segments.get(found.segment);
        let unknown = Record { docn: found.docn, date_lo: None, date_hi: None };
        segment.map_or(unknown, |segment| segment.record(found.idx))
    }

    /// Puts near copies under the earliest of them, which ranks as the best of them.
    fn fold(&self, matches: Vec<Match>, want: &Want<'_>) -> Vec<Unit> {
        let mut kept: Vec<Unit> = Vec::with_capacity(matches.len());
        let mut places: HashMap<u64, usize> = HashMap::new();
        let date = |found: &Match| {
            let lo = self.record(found).date_lo;
            (lo.is_none(), lo, found.docn)
        };
        for mut found in matches {
            let group = (want.group)(found.docn);
            let known = group.and_then(|group| places.get(&group));
            if let Some(known) = known.and_then(|&at| kept.get_mut(at)) {
                if date(&found) < date(&known.lead) {
                    std::mem::swap(&mut known.lead, &mut found);
                }
                known.copies.push(found);
                continue;
            }
            if let Some(group) = group {
                places.insert(group, kept.len());
            }
            let (key, copies) = (Key(0, 0.0), Vec::new());
            kept.push(Unit { lead: found, copies, key, is_exact: false, hit: None });
        }
        for unit in &mut kept {
            let bound = unit.copies.iter().map(|copy| copy.bound).fold(unit.lead.bound, f32::max);
            unit.key = self.key(&unit.lead, bound, want.order);
            // A bound of 0 is a score of 0; other orders ask for no score.
            unit.is_exact = bound == 0.0 || !matches!(want.order, Order::Relevance);
        }
        kept
    }

    /// Orders the documents and cuts them to the window asked for.
    fn window(
        &self,
        plan: &Plan,
        mut units: Vec<Unit>,
        want: &Want<'_>,
        reach: Reach,
    ) -> tantivy::Result<Vec<Hit>> {
        let end = want.offset.saturating_add(want.limit).min(units.len());
        if want.offset >= end {
            return Ok(Vec::new());
        }
        let by_key = |a: &Unit, b: &Unit| compare(a.key, b.key);
        // First those that seem the best, then those that may yet be as good.
        let first = end.saturating_add(MORE_THAN_WINDOW);
        if first < units.len() {
            units.select_nth_unstable_by(first - 1, by_key);
            let (seeming, rest) = units.split_at_mut(first);
            self.look(plan, seeming, want.order, reach)?;
            seeming.sort_unstable_by(by_key);
            let edge = seeming.get(end - 1).map(|unit| unit.key);
            let may_come = |key: Key| {
                edge.is_none_or(|edge| compare(key, edge) != Ordering::Greater)
            };
            let n_more = to_front(rest, |unit| may_come(unit.key));
            units.truncate(first + n_more);
            if let Some(more) = units.get_mut(first..) {
                self.look(plan, more, want.order, reach)?;
            }
            units.retain(|unit| may_come(unit.key));
        } else {
            self.look(plan, &mut units, want.order, reach)?;
        }
        // Equal documents are ordered by their ids.
        let mut with_ids = units
            .into_iter()
            .map(|unit| Ok((self.id_of(&unit.lead)?, unit)))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let by_key_and_id = |a: &(SourceId, Unit), b: &(SourceId, Unit)| {
            by_key(&a.1, &b.1).then_with(|| a.0.cmp(&b.0))
        };
        if end < with_ids.len() {
            with_ids.select_nth_unstable_by(end - 1, by_key_and_id);
            with_ids.truncate(end);
        }
        with_ids.sort_unstable_by(by_key_and_id);
        let window = with_ids.into_iter().map(|(_, unit)| unit);
        let mut window: Vec<Unit> = window.skip(want.offset).collect();
        for unit in &mut window {
            unit.is_exact = false;
        }
        self.look(plan, &mut window, want.order, reach)?;
        Ok(window.into_iter().filter_map(|unit| unit.hit).collect())
    }

    /// Finds the scores of documents whose place is not known without them.
    fn look(
        &self,
        plan: &Plan,
        units: &mut [Unit],
        order: Order<'_>,
        reach: Reach,
    ) -> tantivy::Result<()> {
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            if unit.is_exact || unit.hit.is_some() {
                continue;
            }
            places.push((unit.lead.segment, unit.lead.idx, at));
            places.extend(unit.copies.iter().map(|copy| (copy.segment, copy.idx, at)));
        }
        // Cursors go forward alone.
        places.sort_unstable();
        let mut open: Option<(usize, Walk<'_>)> = None;
        for (number, idx, at) in places {
            let Some((unit, segment)) = units.get_mut(at).zip(self.segments.get(number)) else {
                continue;
            };
            let walk = match &mut open {
                Some((known, walk)) if *known == number => walk,
                _ => {
                    let id = u32::try_from(number).unwrap_or(u32::MAX);
                    let reader = self.searcher.segment_reader(id);
                    &mut open.insert((number, Walk::open(self, plan, number, reader, reach)?)).1
                }
            };
            let Some(document) = segment.document(idx) else { continue };
            let takes = walk.read(document);
            debug_assert!(takes, "the survey and the walk agree");
            let hit = walk.hit(document);
            let is_lead = (number, idx) == (unit.lead.segment, unit.lead.idx);
            let bound = if is_lead {
                Some((unit.lead.bound, unit.lead.is_close))
            } else {
                let mut copies = unit.copies.iter();
                let own = copies.find(|copy| (copy.segment, copy.idx) == (number, idx));
                own.map(|copy| (copy.bound, copy.is_close))
            };
            debug_assert!(
                bound.is_none_or(|(bound, close)| hit.score <= bound && hit.is_close == close),
                "{hit:?} {bound:?}"
            );
            unit.take(hit, is_lead);
        }
        for unit in units {
            if let Some(hit) = &unit.hit {
                unit.key = self.key(&unit.lead, hit.score, order);
                unit.is_exact = true;
            }
        }
        Ok(())
    }

    fn id_of(&self, found: &Match) -> tantivy::Result<SourceId> {
        let ids = self.segments.get(found.segment).ok_or_else(no_id)?.ids()?;
        ids.get(found.idx).copied().ok_or_else(no_id)
    }

    fn key(&self, found: &Match, score: f32, order: Order<'_>) -> Key {
        // Moves days into the unsigned numbers and keeps their order.
        let unsigned = |day: i64| day.cast_unsigned() ^ (1 << 63);
        let date = |oldest: bool| {
            let Record { date_lo, date_hi, .. } = self.record(found);
            let day = if oldest { date_lo.map(unsigned) } else { date_hi.map(|day| !unsigned(day)) };
            day.unwrap_or(u64::MAX)
        };
        match order {
            Order::Relevance => Key(u64::from(!found.is_close), score),
            Order::Oldest => Key(date(true), 0.0),
            Order::Newest => Key(date(false), 0.0),
            Order::Rank(rank) => Key(rank(found.docn).unwrap_or(u64::MAX), 0.0),
        }
    }

    /// Reads the documents of the window once more, for their passages.
    fn show(
        &self,
        plan: &Plan,
        window: &[Hit],
        want: &Want<'_>,
        reach: Reach,
    ) -> tantivy::Result<Vec<DocumentHit>> {
        let mut in_order: Vec<usize> = (0..window.len()).collect();
        in_order.sort_by_key(|&at| window.get(at).map(|hit| (hit.segment, hit.card)));
        let mut shown: Vec<Option<DocumentHit>> = vec![None; window.len()];
        let mut open: Option<(usize, Walk<'_>)> = None;
        for at in in_order {
            let Some(hit) = window.get(at) else { continue };
            let segment = self.segments.get(hit.segment).ok_or_else(no_id)?;
            let id = segment.id(hit.card)?;
            let mut passages = Vec::new();
            if want.passages > 0 && hit.n_passages > 0 {
                // Cursors go forward alone, and so do the cards of one segment.
                if open.as_ref().is_none_or(|(number, _)| *number != hit.segment) {
                    let number = u32::try_from(hit.segment).unwrap_or(u32::MAX);
                    let reader = self.searcher.segment_reader(number);
                    open = Some((hit.segment, Walk::open(self, plan, hit.segment, reader, reach)?));
                }
                if let Some((_, walk)) = &mut open {
                    walk.read(segment.document_of(hit.card));
                    passages = walk.best(want.passages, &id.short(16));
                }
            }
            if let Some(place) = shown.get_mut(at) {
                *place = Some(DocumentHit {
                    docn: hit.docn,
                    doc: id,
                    score: hit.score,
                    passages_matched: hit.n_passages.into(),
                    scope: hit.scope,
                    passages,
                    copies: hit.copies.clone(),
                });
            }
        }
        Ok(shown.into_iter().flatten().collect())
    }
}

impl Unit {
    /// Takes the look at one of its documents.
    fn take(&mut self, mut hit: Hit, is_lead: bool) {
        match &mut self.hit {
            None => {
                hit.copies = self.copies.iter().map(|copy| copy.docn).collect();
                hit.copies.sort_unstable();
                self.hit = Some(hit);
            }
            Some(known) => {
                if is_lead {
                    std::mem::swap(known, &mut hit);
                    known.copies = std::mem::take(&mut hit.copies);
                }
                known.score = known.score.max(hit.score);
                known.scope = known.scope.min(hit.scope);
            }
        }
    }
}

/// Orders keys: what comes first is less.
fn compare(a: Key, b: Key) -> Ordering {
    a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1))
}

/// Moves what `takes` takes to the front, and returns how many these are.
fn to_front(units: &mut [Unit], takes: impl Fn(&Unit) -> bool) -> usize {
    let mut n_taken = 0;
    for at in 0..units.len() {
        if units.get(at).is_some_and(&takes) {
            units.swap(n_taken, at);
            n_taken += 1;
        }
    }
    n_taken
}
