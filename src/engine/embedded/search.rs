//! Asking: document by document, in one pass over each segment.
//!
//! The entries of a document lie side by side, its card first. So a cursor for each leaf of the
//! plan is enough: go to the next document that all required leaves may match, gather which of
//! its entries match which leaves, decide, count. No hash map, no second query, exact counts.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, IndexReader, Searcher, SegmentReader, TERMINATED, Term};

use super::facets::{Tally, lang_values};
use super::fault::fault;
use super::plan::{Bits, MOST_LEAVES, OpenSubject, Opened, Plan, Speaks, bit};
use super::postings::Cursor;
use super::schema::{Fields, entry};
use super::spans::Closeness;
use crate::engine::{
    Answer, DocumentHit, EngineError, FacetField, Note, Order, PassageHit, Scope, Stats, Want,
};
use crate::model::{PageNo, SourceId};
use crate::query::tree::Tree;

/// After so many documents the caller is asked whether to stop.
const DOCUMENTS_BETWEEN_STOPS: u32 = 256;
/// A title that holds a word counts so much more than a passage.
const TITLE_BOOST: f32 = 3.0;
/// Filters alone: a title that names what is filtered by outweighs any number of mentions.
const TITLE_NAMES: f32 = 20.0;
/// Filters alone: how much the share of passages that speak of it weighs beside the logarithm of
/// their number.
const SHARE: f32 = 3.0;
/// What further passages add to the best one, times the logarithm of their number.
const MORE_PASSAGES: f32 = 0.1;
/// Pages below this quality, in percent, weigh [`LOW_QUALITY`].
const LOW_QUALITY_PERCENT: u64 = 50;
const LOW_QUALITY: f32 = 0.9;
/// In so many of a document's best passages it is looked whether bare words stand close.
const MOST_CLOSE: usize = 8;
/// Most matching entries between a bridge and the passages beside its seam.
const BRIDGE_REACH: usize = 64;
/// Most entries of any kind between them.
const BRIDGE_ENTRIES: DocId = 1_024;

/// The columns of a segment and where its documents begin.
pub(super) struct Segment {
    /// The card of each document, rising: the document's entries go up to the next one.
    pub(super) cards: Vec<DocId>,
    pub(super) entry: Column<u64>,
    pub(super) docn: Column<u64>,
    pub(super) ord: Column<u64>,
    pub(super) ord_to: Column<u64>,
    pub(super) page: Column<u64>,
    pub(super) page_to: Column<u64>,
    pub(super) nth: Column<u64>,
    pub(super) nth_to: Column<u64>,
    pub(super) para: Column<u64>,
    pub(super) para_no: Column<u64>,
    pub(super) quality: Column<u64>,
    pub(super) date_lo: Column<i64>,
    pub(super) date_hi: Column<i64>,
    /// The kind of every entry, read off `entry` once: it is asked for every match.
    kinds: OnceLock<Vec<u8>>,
    doc: Option<StrColumn>,
    /// The ids in the order of `doc`'s ordinals; read when ties must be broken.
    ids: OnceLock<Vec<SourceId>>,
}

impl Segment {
    fn open(reader: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let number = |name: &str| -> tantivy::Result<Column<u64>> {
            Ok(columns
                .column_opt(name)?
                .unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
        };
        let day = |name: &str| -> tantivy::Result<Column<i64>> {
            Ok(columns
                .column_opt(name)?
                .unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
        };
        let mut cards = Vec::new();
        let term = Term::from_field_u64(fields.entry, entry::CARD);
        let inverted = reader.inverted_index(fields.entry)?;
        if let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? {
            while postings.doc() != TERMINATED {
                cards.push(postings.doc());
                postings.advance();
            }
        }
        Ok(Self {
            cards,
            entry: number("entry")?,
            docn: number("docn")?,
            ord: number("ord")?,
            ord_to: number("ord_to")?,
            page: number("page")?,
            page_to: number("page_to")?,
            nth: number("nth")?,
            nth_to: number("nth_to")?,
            para: number("para")?,
            para_no: number("para_no")?,
            quality: number("quality")?,
            date_lo: day("date_lo")?,
            date_hi: day("date_hi")?,
            kinds: OnceLock::new(),
            doc: columns.str("doc")?,
            ids: OnceLock::new(),
        })
    }

    /// Returns what an entry is; see [`entry`].
    fn kind(&self, doc: DocId) -> u64 {
        let kinds = self.kinds.get_or_init(|| {
            let mut numbers = vec![entry::PASSAGE; self.entry.num_docs() as usize];
            if self.entry.index.get_cardinality().is_full() {
                self.entry.values.get_range(0, &mut numbers);
            } else {
                for (doc, number) in (0..).zip(&mut numbers) {
                    *number = self.entry.first(doc).unwrap_or(entry::PASSAGE);
                }
            }
            numbers.into_iter().map(|number| u8::try_from(number).unwrap_or(u8::MAX)).collect()
        });
        kinds.get(doc as usize).map_or(entry::PASSAGE, |&kind| u64::from(kind))
    }

    /// Returns the id of a document by its card.
    fn id(&self, card: DocId) -> tantivy::Result<SourceId> {
        let Some(column) = &self.doc else { return Ok(SourceId([0; 32])) };
        let ordinal = column.term_ords(card).next().unwrap_or_default();
        if let Some(ids) = self.ids.get() {
            let known = usize::try_from(ordinal).ok().and_then(|ordinal| ids.get(ordinal));
            return known.copied().ok_or_else(no_id);
        }
        let mut text = String::new();
        column.ord_to_str(ordinal, &mut text)?;
        text.parse().map_err(|_| no_id())
    }

    /// Reads all ids, after which [`Segment::id`] is cheap.
    fn read_ids(&self) -> tantivy::Result<()> {
        let Some(column) = self.doc.as_ref().filter(|_| self.ids.get().is_none()) else {
            return Ok(());
        };
        let mut ids = Vec::with_capacity(column.num_terms());
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            let id = std::str::from_utf8(stream.key()).ok().and_then(|id| id.parse().ok());
            ids.push(id.ok_or_else(no_id)?);
        }
        // Another search may have read them meanwhile: they are the same.
        drop(self.ids.set(ids));
        Ok(())
    }
}

/// The error of an id that is none.
fn no_id() -> tantivy::TantivyError {
    std::io::Error::new(std::io::ErrorKind::InvalidData, "a document has no id").into()
}

/// The index as it is at one commit.
pub(super) struct Snapshot {
    dir: PathBuf,
    pub(super) fields: Fields,
    pub(super) searcher: Searcher,
    pub(super) segments: Vec<Segment>,
}

/// A document that matches.
#[derive(Clone, Debug)]
struct Hit {
    segment: usize,
    card: DocId,
    docn: u64,
    score: f32,
    n_passages: u32,
    scope: Scope,
    /// Near copies that were found, too, rising.
    copies: Vec<u64>,
    /// Whether one passage, together with what the record says, holds all parts.
    is_close: bool,
}

/// What the order of documents asks of a hit: lower comes first.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Key(u64, f32);

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

/// The totals of a search and what they are made from.
#[derive(Default)]
struct Gathered {
    hits: Vec<Hit>,
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
        Ok(Self { dir: dir.to_owned(), fields, searcher, segments })
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
        if gathered.hits.is_empty() && has_texts && !gathered.is_stopped {
            // Running heads and menus are asked only when nothing else matches.
            tally = Tally::new(want.facets);
            reach = Reach::Boilerplate;
            gathered = self.gather(plan, want, reach, &mut tally)?;
            if !gathered.hits.is_empty() {
                notes.push(Note::BoilerplateAlone);
            }
        }
        if gathered.is_stopped && !notes.contains(&Note::Stopped) {
            notes.push(Note::Stopped);
        }
        let total_documents = gathered.hits.len() as u64;
        let hits = self.fold(gathered.hits, want);
        let folded = total_documents - hits.len() as u64;
        let window = self.window(hits, want)?;
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
        let mut n_asked = 0_u32;
        let by_lang = want.facets.contains(&FacetField::Lang);
        for (number, segment) in self.segments.iter().enumerate() {
            let reader = self.searcher.segment_reader(u32::try_from(number).unwrap_or(u32::MAX));
            let mut walk = Walk::open(self, plan, number, reader, reach)?;
            let lang = if by_lang { reader.fast_fields().str("lang")? } else { None };
            let mut cards = Vec::new();
            while let Some(document) = walk.next() {
                n_asked += 1;
                if n_asked.is_multiple_of(DOCUMENTS_BETWEEN_STOPS) && (want.stop)() {
                    gathered.is_stopped = true;
                    break;
                }
                if reader.is_deleted(document.card) || !walk.read(document) {
                    continue;
                }
                let hit = walk.hit(document);
                gathered.n_passages += u64::from(hit.n_passages);
                gathered.n_in_one_passage += u64::from(hit.scope == Scope::Passage);
                gathered.n_undated += u64::from(segment.date_lo.first(hit.card).is_none());
                if let Some(lang) = &lang {
                    tally.add_langs(walk.langs(lang, hit.card), lang)?;
                }
                if tally.wants_cards() {
                    cards.push(hit.card);
                }
                gathered.hits.push(hit);
            }
            tally.add_cards(reader, segment, &cards)?;
            if gathered.is_stopped {
                break;
            }
        }
        Ok(gathered)
    }

    /// Puts near copies under the earliest of them, which ranks as the best of them.
    fn fold(&self, hits: Vec<Hit>, want: &Want<'_>) -> Vec<Hit> {
        let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
        let mut places: HashMap<u64, usize> = HashMap::new();
        let date = |hit: &Hit| {
            let segment = self.segments.get(hit.segment);
            let lo = segment.and_then(|segment| segment.date_lo.first(hit.card));
            (lo.is_none(), lo, hit.docn)
        };
        for mut hit in hits {
            let Some(group) = (want.group)(hit.docn) else {
                kept.push(hit);
                continue;
            };
            match places.get(&group).and_then(|&at| kept.get_mut(at)) {
                Some(known) => {
                    if date(&hit) < date(known) {
                        std::mem::swap(known, &mut hit);
                    }
                    known.score = known.score.max(hit.score);
                    known.scope = known.scope.min(hit.scope);
                    known.copies.append(&mut hit.copies);
                    known.copies.push(hit.docn);
                }
                None => {
                    places.insert(group, kept.len());
                    kept.push(hit);
                }
            }
        }
        kept.iter_mut().for_each(|hit| hit.copies.sort_unstable());
        kept
    }

    /// Orders the hits and cuts them to the window asked for.
    fn window(&self, hits: Vec<Hit>, want: &Want<'_>) -> tantivy::Result<Vec<Hit>> {
        let end = want.offset.saturating_add(want.limit).min(hits.len());
        if want.offset >= end {
            return Ok(Vec::new());
        }
        let mut keyed: Vec<(Key, Hit)> =
            hits.into_iter().map(|hit| (self.key(&hit, want.order), hit)).collect();
        let by_key = |a: &(Key, Hit), b: &(Key, Hit)| {
            a.0.0.cmp(&b.0.0).then_with(|| b.0.1.total_cmp(&a.0.1))
        };
        if let Some(last) = keyed.len().checked_sub(1).filter(|_| end < keyed.len()) {
            let (_, edge, _) = keyed.select_nth_unstable_by(end - 1, by_key);
            let edge = edge.0;
            debug_assert!(end <= last);
            // Equals of the last one stay: their ids decide.
            keyed.retain(|(key, _)| {
                key.0.cmp(&edge.0).then_with(|| edge.1.total_cmp(&key.1)) != Ordering::Greater
            });
        }
        keyed.sort_by(by_key);
        let is_tied = keyed.windows(2).any(|pair| match pair {
            [a, b] => by_key(a, b) == Ordering::Equal,
            _ => false,
        });
        if is_tied {
            self.break_ties(&mut keyed, by_key)?;
        }
        let window = keyed.into_iter().map(|(_, hit)| hit);
        Ok(window.skip(want.offset).take(end - want.offset).collect())
    }

    /// Orders equal hits by their ids.
    fn break_ties(
        &self,
        keyed: &mut Vec<(Key, Hit)>,
        by_key: impl Fn(&(Key, Hit), &(Key, Hit)) -> Ordering,
    ) -> tantivy::Result<()> {
        for segment in &self.segments {
            segment.read_ids()?;
        }
        let mut with_ids = std::mem::take(keyed)
            .into_iter()
            .map(|pair| Ok((self.id_of(&pair.1)?, pair)))
            .collect::<tantivy::Result<Vec<_>>>()?;
        with_ids.sort_by(|(a_id, a), (b_id, b)| by_key(a, b).then_with(|| a_id.cmp(b_id)));
        keyed.extend(with_ids.into_iter().map(|(_, pair)| pair));
        Ok(())
    }

    fn id_of(&self, hit: &Hit) -> tantivy::Result<SourceId> {
        self.segments.get(hit.segment).ok_or_else(no_id)?.id(hit.card)
    }

    fn key(&self, hit: &Hit, order: Order<'_>) -> Key {
        // Moves days into the unsigned numbers and keeps their order.
        let unsigned = |day: i64| day.cast_unsigned() ^ (1 << 63);
        let segment = self.segments.get(hit.segment);
        let date = |oldest: bool| {
            let lo = segment.and_then(|segment| segment.date_lo.first(hit.card));
            let hi = segment.and_then(|segment| segment.date_hi.first(hit.card));
            let day = if oldest { lo.map(unsigned) } else { hi.map(|day| !unsigned(day)) };
            day.unwrap_or(u64::MAX)
        };
        match order {
            Order::Relevance => Key(u64::from(!hit.is_close), hit.score),
            Order::Oldest => Key(date(true), 0.0),
            Order::Newest => Key(date(false), 0.0),
            Order::Rank(rank) => Key(rank(hit.docn).unwrap_or(u64::MAX), 0.0),
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
            let id = self.id_of(hit)?;
            let mut passages = Vec::new();
            if want.passages > 0 && hit.n_passages > 0 {
                // Cursors go forward alone, and so do the cards of one segment.
                if open.as_ref().is_none_or(|(number, _)| *number != hit.segment) {
                    let number = u32::try_from(hit.segment).unwrap_or(u32::MAX);
                    let reader = self.searcher.segment_reader(number);
                    open = Some((hit.segment, Walk::open(self, plan, hit.segment, reader, reach)?));
                }
                if let Some((_, walk)) = &mut open {
                    walk.read(walk.document_of(hit.card));
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

/// Which entries texts are searched in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Passages and bridges.
    Text,
    /// Running heads, addresses and menus also.
    Boilerplate,
}

/// A document of a segment: its entries go from `card` to before `end`.
#[derive(Clone, Copy, Debug)]
struct Document {
    idx: usize,
    card: DocId,
    end: DocId,
}

/// The walk through one segment, document by document.
struct Walk<'a> {
    plan: &'a Plan,
    number: usize,
    segment: &'a Segment,
    max_doc: DocId,
    reach: Reach,
    cursors: Vec<Box<dyn Cursor>>,
    titles: Vec<Box<dyn Cursor>>,
    close: Option<(Closeness, Bits)>,
    subjects: Vec<OpenSubject>,
    /// Leaves that every hit matches, the rarest first.
    required: Vec<usize>,
    /// Whether a document can match of which no leaf is found.
    takes_all: bool,
    /// The document to go on with.
    next_idx: usize,
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
    fn open(
        snapshot: &'a Snapshot,
        plan: &'a Plan,
        number: usize,
        reader: &'a SegmentReader,
        reach: Reach,
    ) -> tantivy::Result<Self> {
        let opened = Opened { number, reader, fields: snapshot.fields };
        let cursors = plan.open(&opened)?;
        let mut required = plan.required();
        required.sort_by_key(|&leaf| cursors.get(leaf).map(|cursor| cursor.cost()));
        let segment = snapshot.segments.get(number).ok_or_else(no_id)?;
        Ok(Self {
            plan,
            number,
            segment,
            max_doc: reader.max_doc(),
            reach,
            cursors,
            titles: plan.open_titles(&opened)?,
            close: plan.open_close(&opened, &snapshot.fields)?,
            subjects: plan.open_subjects(&opened)?,
            required,
            takes_all: plan.logic.takes(0, 0),
            next_idx: 0,
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

    /// Returns the document with number `idx` in the segment.
    fn document(&self, idx: usize) -> Option<Document> {
        let card = *self.segment.cards.get(idx)?;
        let end = self.segment.cards.get(idx + 1).copied().unwrap_or(self.max_doc);
        Some(Document { idx, card, end })
    }

    /// Returns the document that entry `doc` belongs to.
    fn document_of(&self, doc: DocId) -> Document {
        let idx = self.segment.cards.partition_point(|&card| card <= doc).saturating_sub(1);
        self.document(idx).unwrap_or(Document { idx, card: doc, end: doc })
    }

    /// Returns the next document that may match; each one once, in order.
    fn next(&mut self) -> Option<Document> {
        let document = if self.takes_all {
            self.document(self.next_idx)
        } else if self.required.is_empty() {
            self.next_of_any()
        } else {
            self.next_of_all()
        }?;
        self.next_idx = document.idx + 1;
        Some(document)
    }

    /// Returns the next document that any leaf matches.
    fn next_of_any(&mut self) -> Option<Document> {
        let start = *self.segment.cards.get(self.next_idx)?;
        let nearest = self.cursors.iter_mut().map(|cursor| cursor.seek(start)).min();
        let nearest = nearest.filter(|&doc| doc != TERMINATED)?;
        Some(self.document_of(nearest))
    }

    /// Returns the next document that all required leaves match somewhere.
    fn next_of_all(&mut self) -> Option<Document> {
        let mut document = self.document(self.next_idx)?;
        'document: loop {
            for &leaf in &self.required {
                let doc = self.cursors.get_mut(leaf)?.seek(document.card);
                if doc == TERMINATED {
                    return None;
                }
                if doc >= document.end {
                    document = self.document_of(doc);
                    continue 'document;
                }
            }
            return Some(document);
        }
    }

    /// Reads which entries of a document match what; tells whether the document matches.
    fn read(&mut self, document: Document) -> bool {
        self.raw.clear();
        self.found.clear();
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
        self.fold();
        self.everywhere = self.found.iter().fold(documents, |bits, found| bits | found.bits);
        self.plan.logic.takes(self.everywhere, self.everywhere)
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
    fn hit(&mut self, document: Document) -> Hit {
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
            best.sort_by(|a, b| b.score.total_cmp(&a.score));
            best.truncate(MOST_CLOSE);
            best.sort_by_key(|found| found.doc);
            for found in best {
                found.score += close.score(found.doc);
            }
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

    /// Returns the languages in which the document would match a filter of that language.
    fn langs(&self, lang: &StrColumn, card: DocId) -> Vec<u64> {
        if self.texts == 0 {
            return lang.term_ords(card).collect();
        }
        let mut by_lang: Vec<(u64, Bits)> = Vec::new();
        for found in self.found.iter().filter(|found| !self.is_card(found.doc)) {
            let Some(value) = lang.term_ords(found.doc).next() else { continue };
            match by_lang.iter_mut().find(|(known, _)| *known == value) {
                Some((_, bits)) => *bits |= found.bits,
                None => by_lang.push((value, found.bits)),
            }
        }
        by_lang.retain(|&(_, bits)| self.holds_all(bits));
        lang_values(by_lang)
    }

    /// Returns the best passages of the document that was read last, in reading order: those that
    /// hold most parts of the query, at least one for each part.
    fn best(&mut self, limit: usize, short_id: &str) -> Vec<PassageHit> {
        self.score();
        let mut ranked: Vec<Found> = self.passages().copied().collect();
        let parts = |found: &Found| (found.bits & self.texts).count_ones();
        ranked.sort_by(|a, b| {
            parts(b)
                .cmp(&parts(a))
                .then_with(|| b.score.total_cmp(&a.score))
                .then_with(|| a.doc.cmp(&b.doc))
        });
        let mut chosen: Vec<Found> = Vec::with_capacity(limit.min(ranked.len()));
        let mut covered: Bits = 0;
        // First the best passage that adds a part, then the best of the rest.
        while chosen.len() < limit {
            let adds = ranked.iter().position(|found| found.bits & self.texts & !covered != 0);
            let Some(at) = adds else { break };
            let found = ranked.remove(at);
            covered |= found.bits;
            chosen.push(found);
        }
        let left = limit - chosen.len();
        chosen.extend(ranked.into_iter().take(left));
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
