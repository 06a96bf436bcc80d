//! What is known of a segment of the index beside its postings.
//!
//! Columns are read for every document that matches; the index library finds a value of a column in
//! some 50 ns. So what every search asks is read once and kept in plain lists, by document.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::columnar::{Column, StrColumn};
use tantivy::directory::CompositeFile;
use tantivy::index::SegmentComponent;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED, Term};

use super::bits::BitSet;
use super::facets::Values;
use super::schema::{Fields, entry};
use crate::engine::FacetField;
use crate::model::SourceId;

/// Most entries between a bridge and the passages beside its seam.
const BRIDGE_ENTRIES: DocId = 1_024;
/// So many ids of a segment are read one by one before all of them are.
const IDS_ONE_BY_ONE: usize = 32;

/// A document of a segment: its entries go from `card` to before `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Document {
    pub(super) card: DocId,
    pub(super) end: DocId,
}

/// The columns of a segment and where its documents begin.
pub(super) struct Segment {
    /// The card of each document, rising: the document's entries go up to the next one.
    pub(super) cards: Vec<DocId>,
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
    pub(super) max_doc: DocId,
    /// The positions of all fields.
    pub(super) positions: CompositeFile,
    doc: Option<StrColumn>,
    masks: Masks,
    seams: OnceLock<Vec<Seam>>,
    records: OnceLock<Vec<Record>>,
    undated: OnceLock<BitSet>,
    /// The id of each document; read when ties must be broken.
    ids: OnceLock<Vec<SourceId>>,
    n_ids_asked: AtomicUsize,
    langs: OnceLock<Vec<(u64, BitSet)>>,
    values: [OnceLock<Values>; FacetField::ALL.len()],
}

/// The entries of each kind.
pub(super) struct Masks {
    pub(super) cards: BitSet,
    pub(super) bridges: BitSet,
    pub(super) boilerplate: BitSet,
}

/// A bridge, and the passages before and after its seam.
pub(super) struct Seam {
    pub(super) bridge: usize,
    pub(super) before: Option<usize>,
    pub(super) after: Option<usize>,
}

/// What every search asks of a document.
#[derive(Clone, Copy)]
pub(super) struct Record {
    pub(super) docn: u64,
    pub(super) date_lo: Option<i64>,
    pub(super) date_hi: Option<i64>,
}

impl Segment {
    pub(super) fn open(reader: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
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
        let inverted = reader.inverted_index(fields.entry)?;
        let entries = |kind: u64| -> tantivy::Result<Vec<DocId>> {
            let mut entries = Vec::new();
            let term = Term::from_field_u64(fields.entry, kind);
            if let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? {
                while postings.doc() != TERMINATED {
                    entries.push(postings.doc());
                    postings.advance();
                }
            }
            Ok(entries)
        };
        let mask = |entries: &[DocId]| {
            let mut mask = BitSet::new(reader.max_doc() as usize);
            entries.iter().for_each(|&entry| mask.insert(entry as usize));
            mask
        };
        let cards = entries(entry::CARD)?;
        let masks = Masks {
            cards: mask(&cards),
            bridges: mask(&entries(entry::BRIDGE)?),
            boilerplate: mask(&entries(entry::BOILERPLATE)?),
        };
        Ok(Self {
            cards,
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
            max_doc: reader.max_doc(),
            positions: CompositeFile::open(&reader.open_read(SegmentComponent::Positions)?)?,
            doc: columns.str("doc")?,
            masks,
            seams: OnceLock::new(),
            records: OnceLock::new(),
            undated: OnceLock::new(),
            ids: OnceLock::new(),
            n_ids_asked: AtomicUsize::new(0),
            langs: OnceLock::new(),
            values: [const { OnceLock::new() }; FacetField::ALL.len()],
        })
    }

    /// Returns the document with number `idx` in the segment.
    pub(super) fn document(&self, idx: usize) -> Option<Document> {
        let card = *self.cards.get(idx)?;
        let end = self.cards.get(idx + 1).copied().unwrap_or(self.max_doc);
        Some(Document { card, end })
    }

    /// Returns the document that entry `doc` belongs to, and its number.
    pub(super) fn document_of(&self, doc: DocId) -> (usize, Document) {
        let idx = self.cards.partition_point(|&card| card <= doc).saturating_sub(1);
        (idx, self.document(idx).unwrap_or(Document { card: doc, end: doc }))
    }

    /// Returns how many entries there are, deleted ones included.
    pub(super) const fn n_entries(&self) -> usize {
        self.max_doc as usize
    }

    /// Returns what an entry is; see [`entry`].
    pub(super) fn kind(&self, doc: DocId) -> u64 {
        let at = doc as usize;
        match &self.masks {
            masks if masks.cards.has(at) => entry::CARD,
            masks if masks.bridges.has(at) => entry::BRIDGE,
            masks if masks.boilerplate.has(at) => entry::BOILERPLATE,
            _ => entry::PASSAGE,
        }
    }

    /// Returns the entries of each kind.
    pub(super) const fn masks(&self) -> &Masks {
        &self.masks
    }

    /// Returns every bridge with its neighbours, in order. Running heads alone lie between them.
    pub(super) fn seams(&self) -> &[Seam] {
        self.seams.get_or_init(|| {
            let seam = |bridge: usize| {
                let doc = DocId::try_from(bridge).unwrap_or(TERMINATED);
                let (_, own) = self.document_of(doc);
                let beside = |mut entries: std::ops::Range<DocId>, forward: bool, ord: u64| {
                    let is_it = |&other: &DocId| {
                        self.kind(other) != entry::BRIDGE && self.ord.first(other) == Some(ord)
                    };
                    let found =
                        if forward { entries.find(is_it) } else { entries.rev().find(is_it) };
                    found.map(|other| other as usize)
                };
                let back = doc.saturating_sub(BRIDGE_ENTRIES).max(own.card)..doc;
                let on = doc + 1..own.end.min(doc + 1 + BRIDGE_ENTRIES);
                Seam {
                    bridge,
                    before: self.ord.first(doc).and_then(|ord| beside(back, false, ord)),
                    after: self.ord_to.first(doc).and_then(|ord| beside(on, true, ord)),
                }
            };
            self.masks().bridges.iter().map(seam).collect()
        })
    }

    /// Returns what every search asks of each document.
    pub(super) fn records(&self) -> &[Record] {
        self.records.get_or_init(|| {
            let record = |&card: &DocId| Record {
                docn: self.docn.first(card).unwrap_or_default(),
                date_lo: self.date_lo.first(card),
                date_hi: self.date_hi.first(card),
            };
            self.cards.iter().map(record).collect()
        })
    }

    /// Returns what is known of the document with number `idx` in the segment.
    pub(super) fn record(&self, idx: usize) -> Record {
        let unknown = Record { docn: 0, date_lo: None, date_hi: None };
        self.records().get(idx).copied().unwrap_or(unknown)
    }

    /// Returns the documents without a date.
    pub(super) fn undated(&self) -> &BitSet {
        self.undated.get_or_init(|| {
            let mut undated = BitSet::new(self.cards.len());
            undated.refill(self.records().iter().map(|record| record.date_lo.is_none()));
            undated
        })
    }

    /// Returns the entries of each language, by its ordinal in `column`, which is that of `lang`.
    pub(super) fn langs(&self, column: &StrColumn) -> &[(u64, BitSet)] {
        self.langs.get_or_init(|| {
            let mut langs: Vec<(u64, BitSet)> = (0..column.num_terms() as u64)
                .map(|lang| (lang, BitSet::new(self.n_entries())))
                .collect();
            for doc in 0..self.max_doc {
                for lang in column.term_ords(doc) {
                    let lang = usize::try_from(lang).ok().and_then(|lang| langs.get_mut(lang));
                    if let Some((_, entries)) = lang {
                        entries.insert(doc as usize);
                    }
                }
            }
            langs
        })
    }

    /// Returns the values that documents have in a field, made by `read` at the first time.
    pub(super) fn values(
        &self,
        field: FacetField,
        read: impl FnOnce() -> tantivy::Result<Values>,
    ) -> tantivy::Result<&Values> {
        let at = FacetField::ALL.iter().position(|known| *known == field).unwrap_or_default();
        let place = self.values.get(at).ok_or_else(no_id)?;
        if let Some(values) = place.get() {
            return Ok(values);
        }
        let values = read()?;
        Ok(place.get_or_init(|| values))
    }

    /// Returns the id of a document by its card.
    pub(super) fn id(&self, card: DocId) -> tantivy::Result<SourceId> {
        // A single id is unpacked with some hundred others: who asks often has them all read.
        if self.n_ids_asked.fetch_add(1, Ordering::Relaxed) >= IDS_ONE_BY_ONE {
            let idx = self.cards.binary_search(&card).map_err(|_| no_id())?;
            return self.ids()?.get(idx).copied().ok_or_else(no_id);
        }
        let Some(column) = &self.doc else { return Ok(SourceId([0; 32])) };
        let ordinal = column.term_ords(card).next().unwrap_or_default();
        let mut text = String::new();
        column.ord_to_str(ordinal, &mut text)?;
        text.parse().map_err(|_| no_id())
    }

    /// Returns the ids of all documents, in order of their numbers in the segment.
    pub(super) fn ids(&self) -> tantivy::Result<&[SourceId]> {
        if let Some(ids) = self.ids.get() {
            return Ok(ids);
        }
        let mut ids = Vec::with_capacity(self.cards.len());
        if let Some(column) = &self.doc {
            let mut by_ordinal: Vec<SourceId> = Vec::with_capacity(column.num_terms());
            let mut stream = column.dictionary().stream()?;
            while stream.advance() {
                let id = std::str::from_utf8(stream.key()).ok().and_then(|id| id.parse().ok());
                by_ordinal.push(id.ok_or_else(no_id)?);
            }
            for &card in &self.cards {
                let ordinal = column.term_ords(card).next().unwrap_or_default();
                let id = usize::try_from(ordinal).ok().and_then(|at| by_ordinal.get(at));
                ids.push(*id.ok_or_else(no_id)?);
            }
        }
        Ok(self.ids.get_or_init(|| ids))
    }
}

/// The error of an id that is none.
pub(super) fn no_id() -> tantivy::TantivyError {
    std::io::Error::new(std::io::ErrorKind::InvalidData, "a document has no id").into()
}
