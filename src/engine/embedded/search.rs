//! Asking: which documents match, how many, and which are the best.
//!
//! The entries of a document lie side by side, its card first. `survey` finds the documents that
//! match as sets and counts them; `walk` looks at single documents for their exact scores and
//! passages. Only documents that may come into the window are looked at: all others have a bound
//! below it. So all counts are exact, and so is the order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering as AtomicOrdering};
use std::sync::{Mutex, PoisonError};

use tantivy::{DocId, IndexReader, Searcher, SegmentReader};

use super::facets::Tally;
use super::fault::fault;
use super::parts::{Part, Size, shares};
use super::plan::{MOST_LEAVES, Plan, Speaks};
use super::schema::Fields;
use super::segment::{Record, Segment, no_id};
use super::sheet::KeptSheets;
use super::survey::{self, Asked, Look, Matches, Seen, View};
use super::walk::{Hit, Reach, Walk};
use super::watch::Watch;
use crate::engine::{Answer, DocumentHit, EngineError, FacetField, Note, Order, Stats, Want};
use crate::query::tree::Tree;

/// A search that is stopped still looks at so many documents of the segment at hand.
const DOCUMENTS_WHEN_STOPPED: usize = 256;
/// So many documents beyond the window are looked at first: their scores lie close together.
const MORE_THAN_WINDOW: usize = 16;

/// Searches that read so many entries are parted among two threads.
const WORTH_A_THREAD: u64 = if cfg!(test) { 64 } else { 150_000 };

/// Fewer documents that may come into the window are looked at without a peek.
const LEAST_PEEKED: usize = 16;

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
    place: Place,
    /// Whether `place` is that of the scores; otherwise they are lower.
    is_exact: bool,
    hit: Option<Hit>,
}

/// Where a document stands in the order, and which it is: of equal ones the ids decide.
#[derive(Clone, Copy, Debug)]
struct Place {
    key: Key,
    segment: usize,
    idx: usize,
}

impl Place {
    /// What comes first is less.
    fn cmp(&self, other: &Self, segments: &[Segment]) -> Ordering {
        let (Key(a, a_score), Key(b, b_score)) = (self.key, other.key);
        // An index whose ids cannot be read fails when the document is shown.
        let id = |place: &Self| {
            let ids = segments.get(place.segment)?.ids().ok()?;
            ids.get(place.idx).copied()
        };
        a.cmp(&b).then_with(|| b_score.total_cmp(&a_score)).then_with(|| id(self).cmp(&id(other)))
    }
}

impl Matches {
    /// Returns the document with number `idx` in the segment.
    fn at(&self, idx: usize, docn: u64) -> Match {
        let bound = self.bounds.most.get(idx).copied().unwrap_or_default();
        Match { segment: self.number, idx, docn, bound, is_close: self.close.has(idx) }
    }
}

/// The totals of a search and what they are made from.
#[derive(Default)]
struct Gathered {
    segments: Vec<Matches>,
    n_documents: u64,
    n_passages: u64,
    n_in_one_passage: u64,
    n_undated: u64,
    is_stopped: bool,
}

/// The first of many units; no more than about twice as many are held.
struct First<'a> {
    segments: &'a [Segment],
    most: usize,
    held: Vec<Unit>,
    /// The last place that can be among them.
    edge: Option<Place>,
}

impl<'a> First<'a> {
    const fn new(most: usize, segments: &'a [Segment]) -> Self {
        Self { segments, most, held: Vec::new(), edge: None }
    }

    fn can_take(&self, place: &Place) -> bool {
        self.edge.is_none_or(|edge| place.cmp(&edge, self.segments) == Ordering::Less)
    }

    fn push(&mut self, unit: Unit) {
        self.held.push(unit);
        if self.held.len() >= self.most.saturating_mul(2).max(64) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let Some(last) = self.most.checked_sub(1).filter(|_| self.most < self.held.len()) else {
            return;
        };
        let segments = self.segments;
        let by_place = |a: &Unit, b: &Unit| a.place.cmp(&b.place, segments);
        let (_, edge, _) = self.held.select_nth_unstable_by(last, by_place);
        self.edge = Some(edge.place);
        self.held.truncate(self.most);
    }

    /// Returns them in order.
    fn into_sorted(mut self) -> Vec<Unit> {
        self.cut();
        sort(&mut self.held, self.segments);
        self.held
    }
}

fn sort(units: &mut [Unit], segments: &[Segment]) {
    units.sort_unstable_by(|a, b| a.place.cmp(&b.place, segments));
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

    fn reader(&self, number: usize) -> &SegmentReader {
        self.searcher.segment_reader(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// Answers a query.
    pub(super) fn search(&self, query: &Tree, want: &Want<'_>) -> Result<Answer, EngineError> {
        let watch = Watch::new(want.stop);
        let plan = Plan::of(query, &self.searcher, &self.segments, &self.fields, want, &watch)
            .map_err(|error| self.fault(error))?;
        let parts = plan.leaves.len();
        if parts > MOST_LEAVES {
            return Err(EngineError::TooComplex { parts, most: MOST_LEAVES });
        }
        let search = Search { snapshot: self, plan: &plan, want, watch: &watch };
        search.ask().map_err(|error| self.fault(error))
    }
}

/// A query that is asked.
struct Search<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    want: &'a Want<'a>,
    watch: &'a Watch<'a>,
}

impl Search<'_> {
    fn ask(&self) -> tantivy::Result<Answer> {
        let Search { plan, want, watch, .. } = *self;
        let mut notes = plan.notes.clone();
        let mut tally = Tally::new(want.facets);
        let mut gathered = self.gather(Reach::Text, &mut tally)?;
        let has_texts = plan.bits_of(|leaf| leaf.speaks == Speaks::Text && leaf.finds) != 0;
        if gathered.segments.is_empty() && has_texts && !gathered.is_stopped {
            // Running heads and menus are asked only when nothing else matches.
            tally = Tally::new(want.facets);
            gathered = self.gather(Reach::Boilerplate, &mut tally)?;
            if !gathered.segments.is_empty() {
                notes.push(Note::BoilerplateAlone);
            }
        }
        let total_documents = gathered.n_documents;
        let (copies, folded) = self.copies(&mut gathered);
        let window = self.window(&gathered, copies)?;
        let documents = self.show(&gathered, &window)?;
        notes.dedup();
        if watch.is_stopped() {
            notes.push(Note::Stopped);
        }
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
    fn gather(&self, reach: Reach, tally: &mut Tally) -> tantivy::Result<Gathered> {
        let mut gathered = Gathered::default();
        let Search { snapshot, want, watch, .. } = *self;
        let by_lang = want.facets.contains(&FacetField::Lang);
        let asked = Asked { docs: 0..usize::MAX, by_score: want.limit > 0, by_lang };
        let mut looks = self.looks(reach, &asked);
        for (number, segment) in snapshot.segments.iter().enumerate() {
            let mut seen = match looks.remove(&number) {
                Some(seen) => seen?,
                None => survey::look(self.view(number, segment, reach, watch), &asked)?,
            };
            if matches!(seen, Look::Stopped) {
                gathered.is_stopped = true;
                watch.grant();
                let asked = Asked { docs: 0..DOCUMENTS_WHEN_STOPPED, ..asked.clone() };
                seen = survey::look(self.view(number, segment, reach, watch), &asked)?;
            }
            if let Look::Seen(seen) = seen {
                let Seen { matches, n_passages, n_in_one_passage, langs } = *seen;
                let reader = snapshot.reader(number);
                let mut undated = segment.undated().clone();
                undated.and(&matches.docs);
                gathered.n_documents += matches.docs.count() as u64;
                gathered.n_passages += n_passages as u64;
                gathered.n_in_one_passage += n_in_one_passage as u64;
                gathered.n_undated += undated.count() as u64;
                let lang = if by_lang { reader.fast_fields().str("lang")? } else { None };
                if let Some(lang) = &lang {
                    tally.add_langs(langs, lang)?;
                }
                tally.add_cards(reader, segment, &matches.docs)?;
                gathered.segments.push(matches);
            }
            if gathered.is_stopped {
                break;
            }
        }
        Ok(gathered)
    }

    fn view<'v>(
        &'v self,
        number: usize,
        segment: &'v Segment,
        reach: Reach,
        watch: &'v Watch<'v>,
    ) -> View<'v> {
        let Search { snapshot, plan, .. } = *self;
        View { snapshot, plan, watch, number, segment, reader: snapshot.reader(number), reach }
    }

    /// Looks at all segments with two threads, where that is worth a thread; else at none. Returns
    /// what was seen, by the number of the segment.
    fn looks(&self, reach: Reach, asked: &Asked) -> BTreeMap<usize, tantivy::Result<Look>> {
        let Search { snapshot, plan, watch, .. } = *self;
        let sizes: Vec<Size<'_>> = snapshot.segments.iter().map(Size::of).collect();
        let [own, other] = shares(&sizes, plan.reads_positions());
        if other.is_empty() || plan.cost() < WORTH_A_THREAD || !watch.goes_on() {
            return BTreeMap::new();
        }
        let is_over = AtomicBool::new(false);
        let looks: Mutex<BTreeMap<usize, tantivy::Result<Look>>> = Mutex::default();
        // The caller is asked in its own thread alone; the other one hears of it.
        let work = |parts: &[Part], watch: &Watch<'_>| {
            for Part { number, docs, .. } in parts {
                let Some(segment) = snapshot.segments.get(*number) else { break };
                let reader = snapshot.reader(*number);
                let view = View { snapshot, plan, watch, number: *number, segment, reader, reach };
                let look = survey::look(view, &Asked { docs: docs.clone(), ..asked.clone() });
                if !matches!(look, Ok(Look::Seen(_) | Look::Nothing)) {
                    is_over.store(true, AtomicOrdering::Relaxed);
                }
                let mut looks = looks.lock().unwrap_or_else(PoisonError::into_inner);
                let look = match looks.remove(number) {
                    Some(Ok(other)) => look.map(|look| other.join(look)),
                    Some(error) => error,
                    None => look,
                };
                looks.insert(*number, look);
            }
        };
        let stop = || is_over.load(AtomicOrdering::Relaxed);
        std::thread::scope(|scope| {
            let there = || work(&other, &Watch::new(&stop));
            let thread = std::thread::Builder::new().spawn_scoped(scope, there);
            work(&own, watch);
            if thread.is_err() {
                work(&other, watch);
            }
        });
        looks.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn record(&self, found: &Match) -> Record {
        let segment = self.snapshot.segments.get(found.segment);
        let unknown = Record { docn: found.docn, date_lo: None, date_hi: None };
        segment.map_or(unknown, |segment| segment.record(found.idx))
    }

    /// Puts near copies under the earliest of them, and says how many documents stand under others.
    fn copies(&self, gathered: &mut Gathered) -> (Vec<Vec<Match>>, u64) {
        let mut groups: Vec<Vec<Match>> = Vec::new();
        let mut places: HashMap<u64, usize> = HashMap::new();
        for matches in &mut gathered.segments {
            let records =
                self.snapshot.segments.get(matches.number).map_or(&[][..], Segment::records);
            for idx in matches.docs.iter() {
                let docn = records.get(idx).map_or(0, |record| record.docn);
                let Some(group) = (self.want.group)(docn) else { continue };
                matches.singles.remove(idx);
                let found = matches.at(idx, docn);
                let at = *places.entry(group).or_insert(groups.len());
                match groups.get_mut(at) {
                    Some(known) => known.push(found),
                    None => groups.push(vec![found]),
                }
            }
        }
        let date = |found: &Match| {
            let lo = self.record(found).date_lo;
            (lo.is_none(), lo, found.docn)
        };
        groups.iter_mut().for_each(|group| group.sort_unstable_by_key(date));
        let folded = groups.iter().map(|group| group.len() as u64 - 1).sum();
        (groups, folded)
    }

    /// Returns where a unit stands as far as bounds tell, and whether that is exact.
    fn place(&self, lead: &Match, bound: f32) -> (Place, bool) {
        let order = self.want.order;
        // A bound of 0 is a score of 0; other orders ask for no score.
        let is_exact = bound == 0.0 || !matches!(order, Order::Relevance);
        let key = self.key(lead, bound, order);
        (Place { key, segment: lead.segment, idx: lead.idx }, is_exact)
    }

    /// Hands on the units that `first` can take and `wanted` takes.
    fn choose(
        &self,
        gathered: &Gathered,
        copies: &[Vec<Match>],
        first: &mut First<'_>,
        wanted: impl Fn(&Place, bool) -> bool,
    ) {
        let by_score = matches!(self.want.order, Order::Relevance);
        let mut offer = |lead: Match, bound: f32, others: &[Match]| {
            let (place, is_exact) = self.place(&lead, bound);
            if first.can_take(&place) && wanted(&place, is_exact) {
                first.push(Unit { lead, copies: others.to_vec(), place, is_exact, hit: None });
            }
            first.edge.map(|edge| edge.key)
        };
        let mut edge: Option<Key> = None;
        for matches in &gathered.segments {
            let records =
                self.snapshot.segments.get(matches.number).map_or(&[][..], Segment::records);
            for idx in matches.singles.iter() {
                if by_score && let Some(Key(is_far, score)) = edge {
                    // Most documents are far below those held.
                    let bound = matches.bounds.most.get(idx).copied().unwrap_or_default();
                    let own = u64::from(!matches.close.has(idx));
                    if own > is_far || (own == is_far && bound < score) {
                        continue;
                    }
                }
                let lead = matches.at(idx, records.get(idx).map_or(0, |record| record.docn));
                edge = offer(lead, lead.bound, &[]);
            }
        }
        for group in copies {
            // A group ranks as the best of it.
            let bound = group.iter().map(|found| found.bound).fold(0.0, f32::max);
            if let Some((&lead, others)) = group.split_first() {
                offer(lead, bound, others);
            }
        }
    }

    /// Orders the documents and cuts them to the window asked for.
    fn window(&self, gathered: &Gathered, copies: Vec<Vec<Match>>) -> tantivy::Result<Vec<Hit>> {
        let Search { plan, want, watch, .. } = *self;
        let n_matches = usize::try_from(gathered.n_documents).unwrap_or(usize::MAX);
        let end = want.offset.saturating_add(want.limit).min(n_matches);
        if want.offset >= end {
            return Ok(Vec::new());
        }
        let look = |units: &mut [Unit]| self.look(gathered, units);
        // First those that seem the best, then those that may yet be as good.
        let mut first = First::new(end.saturating_add(MORE_THAN_WINDOW), &self.snapshot.segments);
        self.choose(gathered, &copies, &mut first, |_, _| true);
        let mut seeming = first.into_sorted();
        let seen = seeming.last().map(|unit| unit.place);
        let is_all_exact = seeming.iter().take(end).all(|unit| unit.is_exact);
        look(&mut seeming)?;
        sort(&mut seeming, &self.snapshot.segments);
        let is_all_exact = is_all_exact || !watch.goes_on();
        let edge = seeming.get(end - 1).map(|unit| unit.place);
        if let (Some(edge), Some(seen), false) = (edge, seen, is_all_exact) {
            let mut more = First::new(usize::MAX, &self.snapshot.segments);
            let may_come = |place: &Place, is_exact: bool| {
                if is_exact {
                    return place.cmp(&edge, &self.snapshot.segments) == Ordering::Less;
                }
                // With the same score, the id decides once the score is known.
                let tied = Place { key: place.key, ..edge };
                tied.cmp(&edge, &self.snapshot.segments) != Ordering::Greater
            };
            self.choose(gathered, &copies, &mut more, |place, is_exact| {
                may_come(place, is_exact)
                    && place.cmp(&seen, &self.snapshot.segments) == Ordering::Greater
            });
            let by_passages = matches!(want.order, Order::Relevance) && !plan.has_subjects();
            if more.held.len() > LEAST_PEEKED && by_passages {
                self.peek(gathered, &mut more.held)?;
                more.held.retain(|unit| may_come(&unit.place, unit.is_exact));
            }
            look(&mut more.held)?;
            seeming.append(&mut more.held);
            sort(&mut seeming, &self.snapshot.segments);
        }
        seeming.truncate(end);
        let mut window: Vec<Unit> = seeming.into_iter().skip(want.offset).collect();
        for unit in &mut window {
            unit.is_exact = false;
        }
        if !watch.goes_on() {
            // What was looked at last was cut off: at least the window is to be seen.
            watch.grant();
        }
        look(&mut window)?;
        Ok(window.into_iter().filter_map(|unit| unit.hit).collect())
    }

    /// Lowers the bounds of documents: of those with several words, the words stand together in few
    /// passages as a rule, and these alone are looked at.
    fn peek(&self, gathered: &Gathered, units: &mut [Unit]) -> tantivy::Result<()> {
        let Search { plan, watch, .. } = *self;
        let most_close = plan.most_close().unwrap_or_default();
        units.sort_unstable_by_key(|unit| (unit.lead.segment, unit.lead.idx));
        let mut open: Option<(usize, Walk<'_>)> = None;
        // Groups of copies rank as the best of them: they are looked at as they are.
        for unit in units.iter_mut().filter(|unit| !unit.is_exact && unit.copies.is_empty()) {
            let Match { segment: number, idx, .. } = unit.lead;
            let document =
                self.snapshot.segments.get(number).and_then(|segment| segment.document(idx));
            let matches = gathered.segments.iter().find(|matches| matches.number == number);
            let Some((document, matches)) = document.zip(matches) else { continue };
            let walk = match &mut open {
                Some((known, walk)) if *known == number => walk,
                _ => {
                    let walk = self.walk(gathered, number, document.card)?;
                    &mut open.insert((number, walk)).1
                }
            };
            let best = walk.peek(document, most_close);
            if !watch.goes_on() {
                break;
            }
            let range = document.card as usize..document.end as usize;
            let n_passages = matches.passages.count_in(&range);
            unit.lead.bound = matches.bounds.with(idx, best, &matches.sheets, plan, n_passages);
            unit.place.key = self.key(&unit.lead, unit.lead.bound, Order::Relevance);
        }
        Ok(())
    }

    /// Finds the scores of documents whose place is not known without them.
    fn look(&self, gathered: &Gathered, units: &mut [Unit]) -> tantivy::Result<()> {
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
            let document =
                self.snapshot.segments.get(number).and_then(|segment| segment.document(idx));
            let Some((unit, document)) = units.get_mut(at).zip(document) else { continue };
            let walk = match &mut open {
                Some((known, walk)) if *known == number => walk,
                _ => {
                    let walk = self.walk(gathered, number, document.card)?;
                    &mut open.insert((number, walk)).1
                }
            };
            let hit = walk.hit(idx, document);
            if !self.watch.goes_on() {
                break;
            }
            let is_lead = (number, idx) == (unit.lead.segment, unit.lead.idx);
            let is_it = |found: &&Match| (found.segment, found.idx) == (number, idx);
            let own = unit.copies.iter().chain([&unit.lead]).find(is_it).copied();
            debug_assert!(
                own.is_none_or(|own| hit.score <= own.bound && hit.is_close == own.is_close),
                "{hit:?} {own:?}"
            );
            unit.take(hit, is_lead);
        }
        for unit in units {
            if let Some(hit) = &unit.hit {
                unit.place.key = self.key(&unit.lead, hit.score, self.want.order);
                unit.is_exact = true;
            }
        }
        Ok(())
    }

    /// Opens the look at documents of segment `number`, none before `start`.
    fn walk<'s>(
        &'s self,
        gathered: &'s Gathered,
        number: usize,
        start: DocId,
    ) -> tantivy::Result<Walk<'s>> {
        let reader = self.snapshot.reader(number);
        let matches = gathered.segments.iter().find(|matches| matches.number == number);
        let matches = matches.ok_or_else(no_id)?;
        Walk::open(self.snapshot, self.plan, reader, matches, start, self.watch)
    }

    fn key(&self, found: &Match, score: f32, order: Order<'_>) -> Key {
        // Moves days into the unsigned numbers and keeps their order.
        let unsigned = |day: i64| day.cast_unsigned() ^ (1 << 63);
        let date = |oldest: bool| {
            let Record { date_lo, date_hi, .. } = self.record(found);
            let day =
                if oldest { date_lo.map(unsigned) } else { date_hi.map(|day| !unsigned(day)) };
            day.unwrap_or(u64::MAX)
        };
        match order {
            Order::Relevance => Key(u64::from(!found.is_close), score),
            Order::Oldest => Key(date(true), 0.0),
            Order::Newest => Key(date(false), 0.0),
            Order::Rank(rank) => Key(rank(found.docn).unwrap_or(u64::MAX), 0.0),
        }
    }

    /// Checks that the passages chosen are those that would be chosen from all.
    #[cfg(test)]
    fn check_best(
        &self,
        gathered: &Gathered,
        hit: &Hit,
        passages: &[crate::engine::PassageHit],
    ) -> tantivy::Result<()> {
        let segment = self.snapshot.segments.get(hit.segment).ok_or_else(no_id)?;
        let mut walk = self.walk(gathered, hit.segment, hit.card)?;
        walk.read_all(segment.document_of(hit.card).1);
        let all = walk.best(self.want.passages, &segment.id(hit.card)?.short(16));
        if self.watch.goes_on() {
            assert_eq!(passages, all);
        }
        Ok(())
    }

    /// Reads the documents of the window once more, for their passages.
    fn show(&self, gathered: &Gathered, window: &[Hit]) -> tantivy::Result<Vec<DocumentHit>> {
        let Search { want, watch, .. } = *self;
        let mut in_order: Vec<usize> = (0..window.len()).collect();
        in_order.sort_by_key(|&at| window.get(at).map(|hit| (hit.segment, hit.card)));
        let mut shown: Vec<Option<DocumentHit>> = vec![None; window.len()];
        watch.grant();
        let mut open: Option<(usize, Walk<'_>)> = None;
        for at in in_order {
            let Some(hit) = window.get(at) else { continue };
            let segment = self.snapshot.segments.get(hit.segment).ok_or_else(no_id)?;
            let id = segment.id(hit.card)?;
            let mut passages = Vec::new();
            if want.passages > 0 && hit.n_passages > 0 && watch.goes_on() {
                // Cursors go forward alone, and so do the cards of one segment.
                if open.as_ref().is_none_or(|(number, _)| *number != hit.segment) {
                    let walk = self.walk(gathered, hit.segment, hit.card)?;
                    open = Some((hit.segment, walk));
                }
                if let Some((_, walk)) = &mut open {
                    let (idx, document) = segment.document_of(hit.card);
                    walk.read(idx, document, want.passages);
                    if watch.goes_on() {
                        passages = walk.best(want.passages, &id.short(16));
                        #[cfg(test)]
                        self.check_best(gathered, hit, &passages)?;
                    }
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
