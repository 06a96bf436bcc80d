//! Which documents of a segment match, counted exactly, without a look at each of them.
//!
//! Every leaf of the plan gives a set of entries ([`Sheet`]); the logic above the leaves joins the
//! sets of their documents. That gives all counts. Scores come from `walk`, for the few documents
//! that may be among the best: for the others a bound shows that they are not.

use std::ops::Range;
use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

use super::bits::BitSet;
use super::plan::{Leaf, Logic, Opened, Plan, Speaks, bit};
use super::postings::{Best, Cursor, Fill};
use super::search::Snapshot;
use super::segment::{Document, Segment};
use super::sheet::{LEAST_KEPT, Sheet, docs_of, entries_of};
use super::walk::{MORE_PASSAGES, Reach, TITLE_BOOST};
use super::watch::Watch;

/// What it costs to join the sets of one leaf with the others.
const BETWEEN_LEAVES: u64 = 1_024;
/// Bounds are made greater by this share: sums of rounded numbers depend on their order.
const ROUNDING: f32 = 1.0001;

/// What a look at one segment gives.
pub(super) enum Look {
    Seen(Box<Seen>),
    /// No document matches.
    Nothing,
    /// The caller wants no more.
    Stopped,
}

/// What matches in a segment, and how much it is.
pub(super) struct Seen {
    pub(super) matches: Matches,
    pub(super) n_passages: usize,
    pub(super) n_in_one_passage: usize,
    /// For each language in how many documents a filter of it would leave the answer as it is; empty
    /// where that is not asked for.
    pub(super) langs: Vec<(u64, u64)>,
}

impl Look {
    /// Joins two looks at different documents of one segment.
    pub(super) fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Stopped, _) | (_, Self::Stopped) => Self::Stopped,
            (Self::Nothing, look) | (look, Self::Nothing) => look,
            (Self::Seen(mut one), Self::Seen(other)) => {
                one.n_passages += other.n_passages;
                one.n_in_one_passage += other.n_in_one_passage;
                // Both count all languages of the segment, in one order.
                for ((_, n), (_, more)) in one.langs.iter_mut().zip(other.langs) {
                    *n += more;
                }
                one.matches.join(other.matches);
                Self::Seen(one)
            }
        }
    }
}

/// What is asked of a look.
#[derive(Clone)]
pub(super) struct Asked {
    /// Which documents of the segment are looked at; as many as there are.
    pub(super) docs: Range<usize>,
    pub(super) by_score: bool,
    pub(super) by_lang: bool,
}

/// What the scores of a segment's documents do not exceed, and what this is made from.
#[derive(Default)]
pub(super) struct Bounds {
    /// For each document; 0 is its score.
    pub(super) most: Vec<f32>,
    /// For each document what its record and title add.
    beside: Vec<f32>,
    /// Entries where several leaves meet.
    pub(super) meet: BitSet,
}

impl Bounds {
    /// Adds those of other documents.
    fn join(&mut self, other: Self) {
        let Self { most, beside, meet } = other;
        for (own, others) in [(&mut self.most, most), (&mut self.beside, beside)] {
            for (own, other) in own.iter_mut().zip(others) {
                *own = own.max(other);
            }
        }
        self.meet.or(&meet);
    }

    /// Returns the bound of document `idx` if where leaves meet no passage has more than `best`.
    pub(super) fn with(
        &self,
        idx: usize,
        best: f32,
        sheets: &[Arc<Sheet>],
        plan: &Plan,
        n_passages: usize,
    ) -> f32 {
        let leaves = plan.leaves.iter().zip(sheets).filter(|(leaf, _)| leaf.is_scored());
        let alone = leaves.filter_map(|(_, sheet)| sheet.best.get(idx));
        let best = alone.map(|alone| alone.score).fold(best, f32::max);
        let known = self.most.get(idx).copied().unwrap_or(f32::INFINITY);
        let beside = self.beside.get(idx).copied().unwrap_or_default();
        joined(best, n_passages, beside).min(known)
    }
}

/// Returns the bound of a document whose best passage scores no more than `best`.
#[expect(clippy::cast_precision_loss, reason = "as the score itself")]
fn joined(best: f32, n_passages: usize, beside: f32) -> f32 {
    let more = MORE_PASSAGES * (n_passages.max(1) as f32).ln();
    (best + more * best + beside) * ROUNDING
}

/// The matches of one segment.
pub(super) struct Matches {
    pub(super) number: usize,
    pub(super) docs: BitSet,
    pub(super) close: BitSet,
    pub(super) in_one_passage: BitSet,
    /// Those that are no near copies of others.
    pub(super) singles: BitSet,
    pub(super) passages: BitSet,
    /// Empty where no score is asked for.
    pub(super) bounds: Bounds,
    pub(super) sheets: Vec<Arc<Sheet>>,
    /// See [`Survey`].
    narrowed: Vec<Option<(BitSet, BitSet)>>,
}

impl Matches {
    /// Adds those in other documents of the same segment.
    fn join(&mut self, other: Self) {
        let Self { docs, close, in_one_passage, singles, passages, .. } = &other;
        self.docs.or(docs);
        self.close.or(close);
        self.in_one_passage.or(in_one_passage);
        self.singles.or(singles);
        self.passages.or(passages);
        for (sheet, other) in self.sheets.iter_mut().zip(&other.sheets) {
            // A sheet that was kept is the same one.
            if !Arc::ptr_eq(sheet, other) {
                *sheet = Arc::new(sheet.joined(other));
            }
        }
        for (own, other) in self.narrowed.iter_mut().zip(&other.narrowed) {
            if let (Some((entries, docs)), Some((more, more_docs))) = (own, other) {
                entries.or(more);
                docs.or(more_docs);
            }
        }
        self.bounds.join(other.bounds);
    }

    /// Returns the documents that a leaf matches.
    pub(super) fn docs_of(&self, leaf: usize) -> Option<&BitSet> {
        match self.narrowed.get(leaf) {
            Some(Some((_, docs))) => Some(docs),
            _ => self.sheets.get(leaf).map(|sheet| &sheet.docs),
        }
    }

    /// Tells whether a leaf counts as matched in an entry.
    #[inline]
    pub(super) fn has(&self, leaf: usize, entry: usize) -> bool {
        match self.narrowed.get(leaf) {
            Some(Some((entries, _))) => entries.has(entry),
            _ => self.sheets.get(leaf).is_some_and(|sheet| sheet.entries.has(entry)),
        }
    }
}

/// Where and how to look.
pub(super) struct View<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) plan: &'a Plan,
    pub(super) watch: &'a Watch<'a>,
    pub(super) number: usize,
    pub(super) segment: &'a Segment,
    pub(super) reader: &'a SegmentReader,
    pub(super) reach: Reach,
}

/// The look at a segment.
struct Survey<'a> {
    view: View<'a>,
    sheets: Vec<Arc<Sheet>>,
    /// Of leaves that need others beside themselves: entries and documents where these are.
    narrowed: Vec<Option<(BitSet, BitSet)>>,
    /// Documents that match.
    matched: BitSet,
    /// Passages that belong to the answer.
    passages: BitSet,
    /// Documents one passage of which holds everything.
    in_one_passage: BitSet,
    /// The same, where what the record says counts for each passage.
    close: BitSet,
}

/// Looks at a segment.
pub(super) fn look(view: View<'_>, asked: &Asked) -> tantivy::Result<Look> {
    let Some((sheets, among)) = sheets(&view, &asked.docs)? else { return Ok(Look::Stopped) };
    if among.is_empty() {
        return Ok(Look::Nothing);
    }
    let survey = Survey::of(view, sheets, among);
    if survey.matched.is_empty() {
        return Ok(Look::Nothing);
    }
    let lang = if asked.by_lang { survey.view.reader.fast_fields().str("lang")? } else { None };
    let langs = lang.map(|lang| survey.langs(&lang)).unwrap_or_default();
    let bounds = if asked.by_score { survey.bounds()? } else { Bounds::default() };
    Ok(Look::Seen(Box::new(Seen {
        n_passages: survey.n_passages(),
        n_in_one_passage: survey.in_one_passage.count(),
        langs,
        matches: survey.into_matches(bounds),
    })))
}

impl<'a> Survey<'a> {
    fn of(view: View<'a>, sheets: Vec<Arc<Sheet>>, among: BitSet) -> Self {
        let mut survey = Self {
            narrowed: sheets.iter().map(|_| None).collect(),
            sheets,
            matched: among,
            passages: BitSet::default(),
            in_one_passage: BitSet::default(),
            close: BitSet::default(),
            view,
        };
        survey.narrow();
        let docs = survey.docs(&survey.view.plan.logic, &|leaf| survey.docs_of(leaf).clone());
        survey.matched.and(&docs);
        survey.passages = survey.joined(|leaf| leaf.finds && leaf.speaks != Speaks::Document);
        survey.passages.and_not(&survey.view.segment.masks().cards);
        survey.place();
        survey
    }

    fn leaves(&self) -> impl Iterator<Item = (usize, &'a Leaf)> + use<'a> {
        self.view.plan.leaves.iter().enumerate()
    }

    /// Restricts leaves to entries that others match, too.
    fn narrow(&mut self) {
        let bridges = &self.view.segment.masks().bridges;
        let is_place = |leaf: &Leaf| leaf.speaks == Speaks::Place;
        if !self.view.plan.leaves.iter().any(|leaf| leaf.needs != 0 || is_place(leaf)) {
            return;
        }
        // A bridge has a place only where a text stands across it.
        let mut crossed = BitSet::new(self.view.segment.n_entries());
        for (at, leaf) in self.leaves() {
            if leaf.speaks == Speaks::Text {
                crossed.or(self.entries(at));
            }
        }
        crossed.and(bridges);
        let mut narrowed = Vec::with_capacity(self.sheets.len());
        for (at, leaf) in self.leaves() {
            if leaf.needs == 0 && !is_place(leaf) {
                narrowed.push(None);
                continue;
            }
            let mut entries = self.entries(at).clone();
            if is_place(leaf) {
                let mut empty = bridges.clone();
                empty.and_not(&crossed);
                entries.and_not(&empty);
            }
            for (other, sheet) in self.sheets.iter().enumerate() {
                if leaf.needs & bit(other) != 0 {
                    entries.and(&sheet.entries);
                }
            }
            let docs = docs_of(self.view.segment, &entries);
            narrowed.push(Some((entries, docs)));
        }
        self.narrowed = narrowed;
    }

    /// Returns the entries that a leaf matches.
    fn entries(&self, leaf: usize) -> &BitSet {
        match self.narrowed.get(leaf) {
            Some(Some((entries, _))) => entries,
            _ => self.sheets.get(leaf).map_or(&self.passages, |sheet| &sheet.entries),
        }
    }

    /// Returns the documents that a leaf matches.
    fn docs_of(&self, leaf: usize) -> &BitSet {
        match self.narrowed.get(leaf) {
            Some(Some((_, docs))) => docs,
            _ => self.sheets.get(leaf).map_or(&self.matched, |sheet| &sheet.docs),
        }
    }

    fn speaks_of_documents(&self, leaf: usize) -> bool {
        let leaf = self.view.plan.leaves.get(leaf);
        leaf.is_some_and(|leaf| leaf.speaks == Speaks::Document)
    }

    /// Returns the documents that a part of the query takes, where leaf *n* matches `here(n)`; a
    /// Not asks everywhere.
    fn docs(&self, logic: &Logic, here: &dyn Fn(usize) -> BitSet) -> BitSet {
        let n_docs = self.view.segment.cards.len();
        match logic {
            Logic::All => BitSet::full(n_docs),
            Logic::And(parts) => parts.iter().fold(BitSet::full(n_docs), |mut docs, part| {
                docs.and(&self.docs(part, here));
                docs
            }),
            Logic::Or(parts) => parts.iter().fold(BitSet::new(n_docs), |mut docs, part| {
                docs.or(&self.docs(part, here));
                docs
            }),
            Logic::Not(part) => self.docs(part, &|leaf| self.docs_of(leaf).clone()).inverted(),
            Logic::Leaf(leaf) => here(*leaf),
        }
    }

    /// Returns the entries that a part of the query takes, each by itself.
    fn taken(&self, logic: &Logic, here: &dyn Fn(usize) -> BitSet) -> BitSet {
        let segment = self.view.segment;
        let n_entries = segment.n_entries();
        match logic {
            Logic::All => BitSet::full(n_entries),
            Logic::And(parts) => parts.iter().fold(BitSet::full(n_entries), |mut taken, part| {
                taken.and(&self.taken(part, here));
                taken
            }),
            Logic::Or(parts) => parts.iter().fold(BitSet::new(n_entries), |mut taken, part| {
                taken.or(&self.taken(part, here));
                taken
            }),
            Logic::Not(_) => entries_of(segment, &self.docs(logic, &|_| BitSet::default())),
            Logic::Leaf(leaf) if self.speaks_of_documents(*leaf) => {
                entries_of(segment, self.docs_of(*leaf))
            }
            Logic::Leaf(leaf) => here(*leaf),
        }
    }

    /// Returns the entries that any of some leaves matches.
    fn joined(&self, choose: impl Fn(&Leaf) -> bool) -> BitSet {
        let mut joined = BitSet::new(self.view.segment.n_entries());
        for (at, leaf) in self.leaves() {
            if choose(leaf) {
                joined.or(self.entries(at));
            }
        }
        joined
    }

    /// Finds the documents one passage of which holds everything.
    fn place(&mut self) {
        let Plan { logic, .. } = self.view.plan;
        let segment = self.view.segment;
        let is_text = |leaf: &Leaf| leaf.finds && leaf.speaks == Speaks::Text;
        let texts = self.joined(is_text);
        let taken = self.taken(logic, &|leaf| self.entries(leaf).clone());
        let mut in_one = taken.clone();
        in_one.and(&self.passages);
        in_one.and(&texts);
        let mut in_one = docs_of(segment, &in_one);
        in_one.and(&self.matched);
        // The record by itself.
        let mut cards = taken;
        cards.and(&segment.masks().cards);
        cards.and(&texts);
        let mut close = docs_of(segment, &cards);
        close.or(&in_one);
        // What the record says is true of every passage.
        let on_cards: Vec<Option<BitSet>> = self
            .leaves()
            .map(|(at, leaf)| {
                let mut cards = self.entries(at).clone();
                cards.and(&segment.masks().cards);
                let counts = leaf.speaks != Speaks::Document && !cards.is_empty();
                counts.then(|| entries_of(segment, &docs_of(segment, &cards)))
            })
            .collect();
        let more = |leaf: &Leaf| leaf.finds && leaf.speaks == Speaks::Place;
        let has_places = self.leaves().any(|(_, leaf)| more(leaf));
        if has_places || on_cards.iter().any(Option::is_some) {
            let mut taken = self.taken(logic, &|leaf| {
                let mut entries = self.entries(leaf).clone();
                if let Some(Some(more)) = on_cards.get(leaf) {
                    entries.or(more);
                }
                entries
            });
            taken.and(&self.passages);
            close.or(&docs_of(segment, &taken));
        }
        close.and(&self.matched);
        self.in_one_passage = in_one;
        self.close = close;
    }

    /// Returns what is needed to order and to show the documents that match; without `bounds` no
    /// score is asked for.
    fn into_matches(self, bounds: Bounds) -> Matches {
        Matches {
            number: self.view.number,
            close: self.close,
            in_one_passage: self.in_one_passage,
            singles: self.matched.clone(),
            docs: self.matched,
            passages: self.passages,
            bounds,
            sheets: self.sheets,
            narrowed: self.narrowed,
        }
    }

    /// Counts the passages of the answer.
    fn n_passages(&self) -> usize {
        let ranges = self.matched.runs().filter_map(|run| {
            let segment = self.view.segment;
            let Document { card, .. } = segment.document(run.start)?;
            let Document { end, .. } = segment.document(run.end - 1)?;
            Some(card as usize..end as usize)
        });
        ranges.map(|range| self.passages.count_in(&range)).sum()
    }

    /// Returns for each document a score that it does not exceed.
    fn bounds(&self) -> tantivy::Result<Bounds> {
        let View { plan, segment, .. } = self.view;
        let n_docs = segment.cards.len();
        let meet = self.meet();
        if plan.has_subjects() {
            return Ok(Bounds { most: vec![f32::INFINITY; n_docs], beside: Vec::new(), meet });
        }
        let mut best = vec![0.0_f32; n_docs];
        let mut beside = vec![0.0_f32; n_docs];
        let mut add = |records: &[(usize, f32)], weight: f32| {
            for &(idx, score) in records {
                if let Some(sum) = beside.get_mut(idx) {
                    *sum += weight * score;
                }
            }
        };
        let several = docs_of(segment, &meet);
        for (leaf, sheet) in plan.leaves.iter().zip(&self.sheets) {
            if leaf.is_scored() {
                for (idx, (sum, Best { score, .. })) in best.iter_mut().zip(&sheet.best).enumerate()
                {
                    // Scores are added where leaves meet in one passage.
                    *sum = if several.has(idx) { *sum + score } else { sum.max(*score) };
                }
                add(&sheet.records, 1.0);
            }
        }
        let opened = self.view.opened();
        let mut nowhere = BitSet::default();
        for mut title in plan.open_titles(&opened)? {
            let mut records = Vec::new();
            let mut fill = Fill::new(&segment.cards, &mut nowhere, &mut [], &mut records);
            title.fill(tantivy::TERMINATED, &mut fill);
            add(&records, TITLE_BOOST);
        }
        if let Some((bits, most)) = plan.most_close() {
            let mut together = BitSet::full(segment.n_entries());
            let words = self.leaves().filter(|(at, _)| bits & bit(*at) != 0);
            words.for_each(|(at, _)| together.and(self.entries(at)));
            for idx in docs_of(segment, &together).iter() {
                if let Some(sum) = best.get_mut(idx) {
                    *sum += most;
                }
            }
        }
        let mut bounds = vec![0.0; n_docs];
        for idx in self.matched.iter() {
            let Some(Document { card, end }) = segment.document(idx) else { continue };
            let Some(((best, beside), bound)) =
                best.get(idx).zip(beside.get(idx)).zip(bounds.get_mut(idx))
            else {
                continue;
            };
            let n = self.passages.count_in(&(card as usize..end as usize));
            let best = if n == 0 { 0.0 } else { *best };
            *bound = joined(best, n, *beside);
        }
        Ok(Bounds { most: bounds, beside, meet })
    }

    /// Returns the entries where several leaves meet whose scores are added.
    fn meet(&self) -> BitSet {
        let mut once = BitSet::new(self.view.segment.n_entries());
        let mut meet = once.clone();
        for (at, _) in self.leaves().filter(|(_, leaf)| leaf.is_scored()) {
            let mut again = self.entries(at).clone();
            again.and(&once);
            meet.or(&again);
            once.or(self.entries(at));
        }
        meet
    }

    /// Returns in how many documents a filter of each language would leave the answer as it is.
    fn langs(&self, column: &StrColumn) -> Vec<(u64, u64)> {
        let View { plan, segment, .. } = self.view;
        let is_text = |leaf: &Leaf| leaf.finds && leaf.speaks == Speaks::Text;
        let masks = segment.masks();
        let langs = segment.langs(column);
        if !plan.leaves.iter().any(is_text) {
            let of_cards = |(lang, entries): &(u64, BitSet)| {
                let mut cards = entries.clone();
                cards.and(&masks.cards);
                let mut docs = docs_of(segment, &cards);
                docs.and(&self.matched);
                (*lang, docs.count() as u64)
            };
            return langs.iter().map(of_cards).collect();
        }
        let mut found = self.joined(|leaf| leaf.speaks != Speaks::Document);
        found.and_not(&masks.cards);
        let of_lang = |(lang, entries): &(u64, BitSet)| {
            let mut own = found.clone();
            own.and(entries);
            let mut docs = docs_of(segment, &own);
            docs.and(&self.matched);
            if !docs.is_empty() {
                docs.and(&self.docs(&plan.logic, &|leaf| {
                    if self.speaks_of_documents(leaf) {
                        return self.docs_of(leaf).clone();
                    }
                    let mut here = self.entries(leaf).clone();
                    here.and(&own);
                    docs_of(segment, &here)
                }));
            }
            (*lang, docs.count() as u64)
        };
        langs.iter().map(of_lang).collect()
    }
}

impl<'a> View<'a> {
    fn opened(&self) -> Opened<'a> {
        let View { number, reader, watch, plan, .. } = *self;
        let fields = self.snapshot.fields;
        let positions = &self.segment.positions;
        Opened { number, reader, fields, positions, start: 0, n_looked_at: plan.rarest(), watch }
    }
}

/// Sheets of all leaves, and the documents that all required leaves match.
type Read = (Vec<Arc<Sheet>>, BitSet);

/// Reads the sheets of all leaves: the rarest that are required first, the others only in documents
/// that are left. `None`: stopped.
fn sheets(view: &View<'_>, asked: &Range<usize>) -> tantivy::Result<Option<Read>> {
    let View { plan, segment, number, reader, reach, watch, .. } = *view;
    let n_docs = segment.cards.len();
    let kept = &view.snapshot.kept;
    let mut among = BitSet::full(n_docs);
    if reader.has_deletes() {
        for (idx, &card) in segment.cards.iter().enumerate() {
            if reader.is_deleted(card) {
                among.remove(idx);
            }
        }
    }
    let asked = asked.start..asked.end.min(n_docs);
    let is_whole = asked == (0..n_docs);
    if !is_whole {
        let mut wanted = BitSet::new(n_docs);
        wanted.insert_range(asked.clone());
        among.and(&wanted);
    }
    let start = segment.cards.get(asked.start).copied().unwrap_or_default();
    let opened = Opened { start, ..view.opened() };
    let mut known: Vec<Option<Arc<Sheet>>> = Vec::with_capacity(plan.leaves.len());
    let mut cursors: Vec<Option<Box<dyn Cursor + '_>>> = Vec::with_capacity(plan.leaves.len());
    for leaf in &plan.leaves {
        let word = leaf.word.as_ref().filter(|_| reach == Reach::Text && leaf.crosses);
        let sheet = word.and_then(|word| kept.get(word, number));
        let cursor = if sheet.is_none() { Some(plan.open_leaf(leaf, &opened)?) } else { None };
        known.push(sheet);
        cursors.push(cursor);
    }
    let cost = |leaf: usize| {
        let cursor = cursors.get(leaf).and_then(Option::as_ref);
        cursor.map_or(0, |cursor| cursor.cost())
    };
    let required = plan.required();
    let mut order: Vec<(bool, u64, usize)> =
        (0..plan.leaves.len()).map(|leaf| (!required.contains(&leaf), cost(leaf), leaf)).collect();
    order.sort_unstable();
    for (is_optional, cost, at) in order {
        let Some(leaf) = plan.leaves.get(at) else { continue };
        if let Some(Some(cursor)) = cursors.get_mut(at) {
            let word = leaf
                .word
                .as_ref()
                .filter(|_| reach == Reach::Text && leaf.crosses && is_whole && cost >= LEAST_KEPT);
            // What is read whole can be kept, for little more than a part of it.
            let is_kept = word.is_some() && among.count() * 4 >= n_docs;
            let all = BitSet::full(n_docs);
            let wanted = if is_kept { &all } else { &among };
            let sheet = Sheet::read(segment, leaf, &mut **cursor, wanted, reach, watch);
            let Some(sheet) = sheet.map(Arc::new) else { return Ok(None) };
            if let Some(word) = word.filter(|_| is_kept) {
                kept.put(word, number, &sheet);
            }
            if let Some(place) = known.get_mut(at) {
                *place = Some(sheet);
            }
        }
        if !is_optional && let Some(Some(sheet)) = known.get(at) {
            among.and(&sheet.docs);
        }
        if among.is_empty() {
            return Ok(Some((Vec::new(), among)));
        }
        if !watch.spend(BETWEEN_LEAVES) {
            return Ok(None);
        }
    }
    Ok(Some((known.into_iter().flatten().collect(), among)))
}
