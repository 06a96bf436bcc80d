//! Pages that wait for OCR, and what is kept of pages that it read.

use rusqlite::{OptionalExtension as _, params};

use super::record::{PackedRecord, record_json};
use super::write::DERIVED;
use super::{Batch, DocNumber, SourceState, Store, StoreError};
use crate::model::{Mention, Page, PageNo, Record, Reference, Span, Warning};

/// What the name of the program begins with where a person brought the text of a page.
pub const BROUGHT: &str = "text of a person";

/// How a page was read by OCR.
#[derive(Clone, Debug, PartialEq)]
pub struct OcrNote {
    /// Name and version of the program.
    pub engine: String,
    /// Its models, joined by `+`.
    pub models: String,
    /// Dots an inch of the picture.
    pub dpi: u32,
    /// Mean confidence of the words, 0 to 100.
    pub confidence: f32,
    /// Words as bytes of the page's text, each with its confidence, 0 to 100; in order.
    pub words: Vec<(Span, u8)>,
}

/// The text of a content after OCR, with all that was derived from it.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields are those of `NewSource`")]
pub struct NewText<'a> {
    pub state: SourceState,
    pub record: &'a Record,
    pub pages: &'a [Page],
    pub mentions: &'a [Mention],
    pub references: &'a [Reference],
    pub warnings: &'a [Warning],
    pub text_sha256: Option<[u8; 32]>,
    pub sketch: Option<&'a [u8]>,
}

impl Batch<'_> {
    /// Notes that OCR is to read a page.
    pub fn put_ocr_work(&self, docn: DocNumber, page: PageNo) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare_cached(
                "INSERT OR IGNORE INTO work (docn, page, what) VALUES (?1, ?2, 'ocr')",
            )?
            .execute(params![docn, page.get()])
        })?;
        Ok(())
    }

    /// Strikes a page off the pages that wait for OCR.
    pub fn end_ocr_work(&self, docn: DocNumber, page: PageNo) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare_cached("DELETE FROM work WHERE docn = ?1 AND page = ?2 AND what = 'ocr'")?
                .execute(params![docn, page.get()])
        })?;
        Ok(())
    }

    /// Replaces the text of a content, which OCR has changed, and all that was derived from it.
    pub fn replace_text(&mut self, docn: DocNumber, new: &NewText<'_>) -> Result<(), StoreError> {
        let record = record_json(new.record)
            .map_err(|error| StoreError::Damaged { what: format!("document {docn}: {error}") })?;
        self.run(|db| {
            for table in DERIVED {
                db.prepare_cached(&format!("DELETE FROM {table} WHERE docn = ?1"))?
                    .execute([docn])?;
            }
            db.prepare_cached(
                "UPDATE source SET state = ?2, record = ?3, text_sha256 = ?4, shingles = ?5
                 WHERE docn = ?1",
            )?
            .execute(params![
                docn,
                new.state.name(),
                PackedRecord(&record),
                new.text_sha256.as_ref().map(<[u8; 32]>::as_slice),
                new.sketch.unwrap_or_default(),
            ])?;
            // It was compared with others by words that it no longer has.
            db.prepare_cached("DELETE FROM near_pair WHERE a = ?1 OR b = ?1")?.execute([docn])
        })?;
        self.put_pages(docn, new.pages)?;
        self.put_derived(docn, new.mentions, new.references)?;
        self.put_warnings(docn, new.warnings)?;
        self.touch(docn)
    }

    /// Replaces the warnings of a content.
    pub fn replace_warnings(
        &mut self,
        docn: DocNumber,
        state: SourceState,
        warnings: &[Warning],
    ) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare_cached("DELETE FROM warning WHERE docn = ?1")?.execute([docn])?;
            db.prepare_cached("UPDATE source SET state = ?2 WHERE docn = ?1")?
                .execute(params![docn, state.name()])
        })?;
        self.put_warnings(docn, warnings)?;
        self.touch(docn)
    }

    /// Keeps how a page was read by OCR.
    pub fn put_ocr_note(
        &self,
        docn: DocNumber,
        page: PageNo,
        note: &OcrNote,
    ) -> Result<(), StoreError> {
        let words: Vec<(usize, usize, u8)> =
            note.words.iter().map(|(span, sure)| (span.start, span.end, *sure)).collect();
        let wrong = |error: String| StoreError::Damaged {
            what: format!("the words of page {page} cannot be packed: {error}"),
        };
        let words = serde_json::to_vec(&words).map_err(|error| wrong(error.to_string()))?;
        let words = zstd::bulk::compress(&words, 3).map_err(|error| wrong(error.to_string()))?;
        self.run(|db| {
            db.prepare_cached(
                "INSERT OR REPLACE INTO ocr (docn, page, engine, models, dpi, confidence, words)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                docn,
                page.get(),
                note.engine,
                note.models,
                note.dpi,
                note.confidence,
                words
            ])
        })?;
        Ok(())
    }
}

impl Store {
    /// Returns the pages that wait for OCR, in order of content and page.
    pub fn ocr_work(&self) -> Result<Vec<(DocNumber, PageNo)>, StoreError> {
        self.run(|db| {
            db.prepare_cached("SELECT docn, page FROM work WHERE what = 'ocr' ORDER BY docn, page")?
                .query_map([], |row| {
                    let page: u32 = row.get(1)?;
                    Ok((row.get(0)?, PageNo::new(page).unwrap_or(PageNo::FIRST)))
                })?
                .collect()
        })
    }

    /// Returns how a page was read by OCR; `None` where it was not.
    pub fn ocr_note(&self, docn: DocNumber, page: PageNo) -> Result<Option<OcrNote>, StoreError> {
        let has_table: bool = self.run(|db| {
            // A store of an earlier program that was not written since has no such table.
            db.prepare_cached("SELECT count(*) > 0 FROM sqlite_master WHERE name = 'ocr'")?
                .query_row([], |row| row.get(0))
        })?;
        if !has_table {
            return Ok(None);
        }
        let row = self.run(|db| {
            db.prepare_cached(
                "SELECT engine, models, dpi, confidence, words FROM ocr
                 WHERE docn = ?1 AND page = ?2",
            )?
            .query_row(params![docn, page.get()], |row| {
                let note = OcrNote {
                    engine: row.get(0)?,
                    models: row.get(1)?,
                    dpi: row.get(2)?,
                    confidence: row.get(3)?,
                    words: Vec::new(),
                };
                Ok((note, row.get::<_, Vec<u8>>(4)?))
            })
            .optional()
        })?;
        let Some((mut note, packed)) = row else { return Ok(None) };
        let wrong = || StoreError::Damaged {
            what: format!("the words of page {page} of document {docn} cannot be read"),
        };
        let words = zstd::bulk::decompress(&packed, MAX_WORDS).map_err(|_| wrong())?;
        let words: Vec<(usize, usize, u8)> = serde_json::from_slice(&words).map_err(|_| wrong())?;
        note.words = words.into_iter().map(|(start, end, sure)| (start..end, sure)).collect();
        Ok(Some(note))
    }
}

/// Most bytes that the words of one page unpack to.
const MAX_WORDS: usize = 32 << 20;
