//! Long pages in parts: an answer unpacks and checks the part that it shows, not the whole page.
//!
//! A saved law is one page of megabytes. Its text is kept in parts of whole paragraphs, each packed
//! and hashed by itself, together with what must be known to use a part alone. Pages of paper are
//! short and stay whole.

use std::ops::Range;

use rusqlite::{OptionalExtension as _, Row, params};
use sha2::{Digest as _, Sha256};

use super::read::{unpack, word};
use super::write::{pack, page_hash};
use super::{Batch, DocNumber, Store, StoreError, paragraphs};
use crate::model::{Page, PageNo, PageOrigin, Paragraph};
use crate::text::segment;

/// How many bytes of text a part holds, about; the last may hold half as much again.
///
/// With half as much a search reads them faster, but a store of laws and debates is a sixth larger.
const PART_BYTES: usize = 16_384;

/// Whole paragraphs of a page, and where they stand in it.
#[derive(Clone, Debug, PartialEq)]
pub struct PagePart {
    /// The page with the text and paragraphs of this part alone; spans are of this text.
    pub page: Page,
    /// Where the text begins in the text of the page, in bytes.
    pub start: usize,
    /// How many paragraphs of the page stand before.
    pub paragraphs_before: usize,
    /// How many passages of the page stand before.
    pub passages_before: usize,
}

/// Which part of a page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOf {
    /// That with the passage of this index, counted from 0 through the page.
    Passage(usize),
    /// That with this byte of the page's text.
    Byte(usize),
}

/// A part of a page that is about to be kept.
struct Cut {
    text: Range<usize>,
    paragraphs: Range<usize>,
}

/// Cuts a long page between paragraphs; `None` for a page that is kept whole.
///
/// Pages with drawn lines stay whole: they are pages of paper, and their boxes belong together.
fn cut(page: &Page) -> Option<Vec<Cut>> {
    if page.text.len() < PART_BYTES * 3 / 2 || !page.lines.is_empty() {
        return None;
    }
    let mut cuts: Vec<Cut> = Vec::new();
    let (mut from, mut first, mut end) = (0, 0, 0);
    for (idx, paragraph) in page.paragraphs.iter().enumerate() {
        let start = paragraph.span.start;
        // A paragraph inside the one before it cannot begin a part.
        let enough = start >= end && start - from >= PART_BYTES;
        if enough && page.text.len() - start >= PART_BYTES / 2 {
            cuts.push(Cut { text: from..start, paragraphs: first..idx });
            (from, first) = (start, idx);
        }
        end = end.max(paragraph.span.end);
    }
    cuts.push(Cut { text: from..page.text.len(), paragraphs: first..page.paragraphs.len() });
    (cuts.len() > 1).then_some(cuts)
}

impl Batch<'_> {
    /// Keeps a long page in parts; `false` for a page that is kept whole.
    pub(super) fn put_parts(&self, docn: DocNumber, page: &Page) -> Result<bool, StoreError> {
        let Some(cuts) = cut(page) else { return Ok(false) };
        let wrong = |error: &dyn std::error::Error| StoreError::Damaged {
            what: format!("page {} cannot be packed: {error}", page.number),
        };
        let mut passages = 0;
        for (n, cut) in cuts.into_iter().enumerate() {
            let part = part_page(page, &cut);
            let kept = page.paragraphs.get(cut.paragraphs.clone()).unwrap_or_default();
            let paragraphs = paragraphs::to_bytes(kept).map_err(|error| wrong(&error))?;
            let text = page.text.get(cut.text.clone()).unwrap_or_default().as_bytes();
            let packed_text = pack(text).map_err(|error| wrong(&error))?;
            let packed_paragraphs = pack(&paragraphs).map_err(|error| wrong(&error))?;
            let places = [cut.text.start, cut.paragraphs.start, passages];
            let sha256 = part_hash(text, &paragraphs, &places);
            self.run(|db| {
                db.prepare_cached(
                    "INSERT INTO page_part (docn, page, n, start, paragraph, passage, text, paragraphs,
                       sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    docn,
                    page.number.get(),
                    n,
                    cut.text.start,
                    cut.paragraphs.start,
                    passages,
                    packed_text,
                    packed_paragraphs,
                    sha256.as_slice(),
                ])
            })?;
            passages += segment::passages(&part).len();
        }
        Ok(true)
    }
}

/// Returns the hash of a part: over the hash of its text and paragraphs, and its place in the page,
/// for a wrong place would give a wrong paragraph number.
pub(super) fn part_hash(text: &[u8], paragraphs: &[u8], places: &[usize]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(page_hash(text, paragraphs));
    for place in places {
        hash.update((*place as u64).to_le_bytes());
    }
    hash.finalize().into()
}

/// Returns the page with the text and paragraphs of one part.
fn part_page(page: &Page, cut: &Cut) -> Page {
    let paragraphs = page.paragraphs.get(cut.paragraphs.clone()).unwrap_or_default();
    Page {
        text: page.text.get(cut.text.clone()).unwrap_or_default().to_owned(),
        paragraphs: shifted(paragraphs.to_vec(), cut.text.start),
        lines: Vec::new(),
        ..page_without_text(page)
    }
}

fn page_without_text(page: &Page) -> Page {
    let mut empty = Page::empty(page.number, page.origin);
    empty.label.clone_from(&page.label);
    empty.quality = page.quality;
    empty
}

/// Moves spans of the page to the text of a part that begins at `start`.
fn shifted(mut paragraphs: Vec<Paragraph>, start: usize) -> Vec<Paragraph> {
    for paragraph in &mut paragraphs {
        let span = &mut paragraph.span;
        *span = span.start.saturating_sub(start)..span.end.saturating_sub(start);
    }
    paragraphs
}

/// A part as its row holds it.
#[derive(Debug)]
struct RawPart {
    start: usize,
    paragraph: usize,
    passage: usize,
    text: Vec<u8>,
    paragraphs: Vec<u8>,
    sha256: Vec<u8>,
}

/// Text and paragraphs (JSON) that fit their hash, or what is wrong with them.
type Unpacked = Result<(Vec<u8>, Vec<u8>), String>;

const COLUMNS: &str = "start, paragraph, passage, text, paragraphs, sha256";

fn raw_part(row: &Row<'_>) -> Result<RawPart, rusqlite::Error> {
    Ok(RawPart {
        start: row.get(0)?,
        paragraph: row.get(1)?,
        passage: row.get(2)?,
        text: row.get(3)?,
        paragraphs: row.get(4)?,
        sha256: row.get(5)?,
    })
}

impl RawPart {
    /// Unpacks text and paragraphs, which fit the hash of the part, or of the whole page.
    fn unpack(&self, is_whole: bool) -> Unpacked {
        let (text, paragraphs) = (unpack(&self.text)?, unpack(&self.paragraphs)?);
        let places = [self.start, self.paragraph, self.passage];
        let hash = if is_whole {
            page_hash(&text, &paragraphs)
        } else {
            part_hash(&text, &paragraphs, &places)
        };
        if hash.as_slice() != self.sha256 {
            return Err("the kept text does not fit its hash".to_owned());
        }
        Ok((text, paragraphs))
    }
}

impl Store {
    /// Returns the whole text of a page kept in parts and its paragraphs as JSON, each part checked.
    pub(super) fn joined_parts(
        &self,
        docn: DocNumber,
        number: PageNo,
    ) -> Result<Unpacked, StoreError> {
        let parts: Vec<RawPart> = self.run(|db| {
            db.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM page_part WHERE docn = ?1 AND page = ?2 ORDER BY n"
            ))?
            .query_map(params![docn, number.get()], raw_part)?
            .collect()
        })?;
        let (mut text, mut paragraphs) = (Vec::new(), vec![b'[']);
        for part in parts {
            let (more, list) = match part.unpack(false) {
                Ok(unpacked) => unpacked,
                Err(what) => return Ok(Err(what)),
            };
            text.extend(more);
            // Each list without its brackets: together they are the list of the page.
            let inner = list.get(1..list.len().saturating_sub(1)).unwrap_or_default();
            if paragraphs.len() > 1 && !inner.is_empty() {
                paragraphs.push(b',');
            }
            paragraphs.extend_from_slice(inner);
        }
        paragraphs.push(b']');
        Ok(Ok((text, paragraphs)))
    }

    /// Returns the number of a part of a page, by which [`Self::packed_part`] finds it; 0 for a page
    /// that is kept whole.
    pub fn part_number(
        &self,
        docn: DocNumber,
        number: PageNo,
        of: PartOf,
    ) -> Result<usize, StoreError> {
        let (place, condition) = match of {
            // In this order an index finds it at once.
            PartOf::Passage(place) => (place, "passage <= ?3 ORDER BY passage DESC, n DESC"),
            PartOf::Byte(place) => (place, "start <= ?3 ORDER BY n DESC"),
        };
        let n = self.run(|db| {
            db.prepare_cached(&format!(
                "SELECT n FROM page_part WHERE docn = ?1 AND page = ?2 AND {condition} LIMIT 1"
            ))?
            .query_row(params![docn, number.get(), place], |row| row.get(0))
            .optional()
        })?;
        Ok(n.unwrap_or_default())
    }

    /// Returns part `n` of a page as it is kept; `None`: there is no such page.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the part is gone.
    pub fn packed_part(
        &self,
        docn: DocNumber,
        number: PageNo,
        n: usize,
    ) -> Result<Option<PackedPart>, StoreError> {
        let page = self.run(|db| {
            db.prepare_cached(
                "SELECT label, origin, quality, text, paragraphs, sha256 FROM page
                 WHERE docn = ?1 AND number = ?2",
            )?
            .query_row(params![docn, number.get()], |row| {
                let origin: String = row.get(1)?;
                let page = word::<PageOrigin>(&origin).map(|origin| Page::empty(number, origin));
                let page = page.map(|page| -> Result<Page, rusqlite::Error> {
                    Ok(Page { label: row.get(0)?, quality: row.get(2)?, ..page })
                });
                let (text, paragraphs) = (row.get(3)?, row.get(4)?);
                let whole = RawPart {
                    start: 0,
                    paragraph: 0,
                    passage: 0,
                    text,
                    paragraphs,
                    sha256: row.get(5)?,
                };
                Ok((page.transpose()?, whole))
            })
            .optional()
        })?;
        let Some((page, whole)) = page else { return Ok(None) };
        let damaged = |what: &str| self.damaged_page(docn, number, what);
        let page = page.ok_or_else(|| damaged("the origin cannot be read"))?;
        if !whole.text.is_empty() {
            return Ok(Some(PackedPart { docn, page, raw: whole, is_whole: true }));
        }
        let raw = self.run(|db| {
            db.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM page_part WHERE docn = ?1 AND page = ?2 AND n = ?3"
            ))?
            .query_row(params![docn, number.get(), n], raw_part)
            .optional()
        })?;
        let raw = raw.ok_or_else(|| damaged("a part of the text is gone"))?;
        Ok(Some(PackedPart { docn, page, raw, is_whole: false }))
    }

    /// Unpacks a part and compares it with its hash.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the kept text does not fit its hash.
    pub fn unpacked(&self, part: &PackedPart) -> Result<PagePart, StoreError> {
        part.unpack().map_err(|what| self.damaged_part(part, &what))
    }

    /// Returns the error of a part that [`PackedPart::unpack`] could not make sense of.
    pub fn damaged_part(&self, part: &PackedPart, what: &str) -> StoreError {
        self.damaged_page(part.docn, part.page.number, what)
    }
}

/// A part of a page as it is kept: packed, and not yet compared with its hash.
#[derive(Debug)]
pub struct PackedPart {
    docn: DocNumber,
    /// Without text and paragraphs.
    page: Page,
    raw: RawPart,
    /// The hash is that of a page.
    is_whole: bool,
}

impl PackedPart {
    /// Returns how many bytes are packed.
    pub const fn n_bytes(&self) -> usize {
        self.raw.text.len() + self.raw.paragraphs.len()
    }

    /// Unpacks text and paragraphs, which fit their hash; else says what is wrong. The boxes of drawn
    /// lines are left out.
    ///
    /// Asks nothing of the store, so that several threads can do it.
    pub fn unpack(&self) -> Result<PagePart, String> {
        let Self { raw, page, is_whole, .. } = self;
        let (text, paragraphs) = raw.unpack(*is_whole)?;
        let text = String::from_utf8(text).map_err(|_| "not UTF-8".to_owned())?;
        let paragraphs: Vec<Paragraph> =
            paragraphs::from_bytes(&paragraphs).map_err(|error| error.to_string())?;
        Ok(PagePart {
            page: Page { text, paragraphs: shifted(paragraphs, raw.start), ..page.clone() },
            start: raw.start,
            paragraphs_before: raw.paragraph,
            passages_before: raw.passage,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Role, SourceId};
    use crate::store::tests_support::new_source;

    fn page_part(store: &Store, docn: u64, of: PartOf) -> Result<PagePart, StoreError> {
        let n = store.part_number(docn, PageNo::FIRST, of).unwrap();
        store.unpacked(&store.packed_part(docn, PageNo::FIRST, n).unwrap().unwrap())
    }

    /// A page of `n` numbered paragraphs of some hundred bytes, one in ten of them empty.
    fn long_page(n: usize) -> Page {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Markup);
        for idx in 0..n {
            let text =
                format!("Section {idx}. {}", "شق the licensee shall keep records. ".repeat(9));
            page.push(if idx % 10 == 3 { "* * *" } else { &text }, Role::Body);
        }
        page
    }

    #[test]
    fn a_long_page_comes_back_whole_and_in_parts() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let page = long_page(400);
        let mut batch = store.batch().unwrap();
        let mut new = new_source(SourceId([7; 32]), "");
        new.pages = vec![page.clone()];
        let docn = batch.put_source(&new).unwrap();
        batch.commit().unwrap();
        assert_eq!(store.page(docn, PageNo::FIRST).unwrap().unwrap(), page);
        assert_eq!(store.verify(&mut |_| ()).unwrap(), []);
        let passages = segment::passages(&page);
        let mut starts = std::collections::BTreeSet::new();
        for (nth, passage) in passages.iter().enumerate() {
            let idx = passage.paragraph_idx;
            let part = page_part(&store, docn, PartOf::Passage(nth)).unwrap();
            let byte = PartOf::Byte(passage.span.start);
            assert_eq!(page_part(&store, docn, byte).unwrap(), part);
            starts.insert(part.start);
            assert!(part.page.text.len() < PART_BYTES * 2);
            let here = &segment::passages(&part.page)[nth - part.passages_before];
            assert_eq!(here.paragraph_idx + part.paragraphs_before, idx);
            assert_eq!(
                part.page.text.get(here.span.clone()),
                page.text.get(passage.span.clone()),
                "passage {nth}"
            );
        }
        assert!(starts.len() >= 4, "{starts:?}");
    }

    #[test]
    fn a_changed_part_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut batch = store.batch().unwrap();
        let mut new = new_source(SourceId([7; 32]), "");
        new.pages = vec![long_page(400)];
        let docn = batch.put_source(&new).unwrap();
        batch.commit().unwrap();
        let other = zstd::bulk::compress(b"The licensee shall keep no records.", 3).unwrap();
        store.run(|db| db.execute("UPDATE page_part SET text = ?1 WHERE n = 1", [&other])).unwrap();
        assert!(matches!(store.page(docn, PageNo::FIRST), Err(StoreError::Damaged { .. })));
        let sound = page_part(&store, docn, PartOf::Byte(0)).unwrap();
        assert_eq!(sound.start, 0);
        let next = PartOf::Byte(sound.page.text.len());
        let changed = page_part(&store, docn, next);
        assert!(matches!(changed, Err(StoreError::Damaged { .. })));
        assert_eq!(store.verify(&mut |_| ()).unwrap().len(), 1);
    }

    #[test]
    fn a_changed_place_of_a_part_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut batch = store.batch().unwrap();
        let mut new = new_source(SourceId([7; 32]), "");
        new.pages = vec![long_page(400)];
        batch.put_source(&new).unwrap();
        batch.commit().unwrap();
        for column in ["start", "paragraph", "passage"] {
            let change = |by: &str| {
                let change = format!("UPDATE page_part SET {column} = {column} {by} WHERE n = 1");
                store.run(|db| db.execute(&change, [])).unwrap();
                store.verify(&mut |_| ()).unwrap().len()
            };
            assert_eq!((change("+ 1"), change("- 1")), (1, 0), "{column}");
        }
    }

    #[test]
    fn short_pages_and_pages_of_paper_stay_whole() {
        assert!(cut(&long_page(20)).is_none());
        let mut paper = long_page(400);
        paper.lines.push(crate::model::document::LineBox { span: 0..9, rect: [0.0; 4] });
        assert!(cut(&paper).is_none());
    }
}
