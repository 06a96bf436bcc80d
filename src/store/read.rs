//! Reading: rows, kept texts with their hashes checked, counts, and the check of everything.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, Row, params};
use serde::de::DeserializeOwned;

use super::derived::derived_hash;
use super::record::record_of;
use super::write::page_hash;
use super::{
    DocNumber, Kept, PathRow, PathState, SourceRow, SourceState, StateCounts, Store, StoreError,
    paragraphs,
};
use crate::model::{
    Mention, Page, PageNo, PageOrigin, RefKind, Reference, Relation, Rule, SourceId, Span, Warning,
    WarningKind,
};

/// Something kept that does not fit its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The content.
    pub id: SourceId,
    /// The page; `None`: record, mentions or references.
    pub page: Option<u32>,
    /// What is wrong, in words.
    pub what: String,
}

/// The columns of a [`SourceRow`], in the order that [`source_row`] reads them.
const SOURCE_COLUMNS: &str = "docn, sha256, seq, state, reason, detail, bytes, media_type, reader, \
     reader_version, read_at, record, overlay, key";

/// Reads an enum from the word that JSON uses for it.
pub(super) fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn source_row(row: &Row<'_>) -> Result<Result<SourceRow, String>, rusqlite::Error> {
    let docn: DocNumber = row.get(0)?;
    let sha256: Vec<u8> = row.get(1)?;
    let state: String = row.get(3)?;
    let (record, overlay) = (record_of(row.get_ref(11)?), record_of(row.get_ref(12)?));
    let Ok(id) = <[u8; 32]>::try_from(sha256) else {
        return Ok(Err(format!("document {docn} has no valid hash")));
    };
    let id = SourceId(id);
    let wrong = |what: &str| format!("{what} of {id} cannot be read");
    let Some(state) = SourceState::from_name(&state) else { return Ok(Err(wrong("the state"))) };
    let Some(record) = record else { return Ok(Err(wrong("the record"))) };
    let Some(overlay) = overlay else { return Ok(Err(wrong("the person's record"))) };
    Ok(Ok(SourceRow {
        docn,
        id,
        seq: row.get(2)?,
        state,
        reason: row.get(4)?,
        detail: row.get(5)?,
        bytes: row.get(6)?,
        media_type: row.get(7)?,
        reader: row.get(8)?,
        reader_version: row.get(9)?,
        read_at: row.get(10)?,
        record,
        overlay,
        key: row.get(13)?,
    }))
}

fn path_row(row: &Row<'_>) -> Result<PathRow, rusqlite::Error> {
    let state: String = row.get(6)?;
    let sidecar: Option<Vec<u8>> = row.get(9)?;
    Ok(PathRow {
        path: row.get(0)?,
        raw: row.get(1)?,
        docn: row.get(2)?,
        container: row.get(3)?,
        bytes: row.get(4)?,
        mtime_ns: row.get(5)?,
        // An unknown state is looked at again like one that was missing.
        state: PathState::from_name(&state).unwrap_or(PathState::Missing),
        reason: row.get(7)?,
        detail: row.get(8)?,
        sidecar: sidecar.and_then(|hash| hash.try_into().ok()),
    })
}

/// The columns of a [`Reference`], in the order that [`reference_row`] reads them.
pub(super) const REFERENCE_COLUMNS: &str = "page, start, \"end\", whole_start, whole_end, kind, id, \
     pinpoint, confidence, relation, note";

const PATH_COLUMNS: &str =
    "path, raw, docn, container, bytes, mtime_ns, state, reason, detail, sidecar_sha256";

impl Store {
    /// Returns a setting of the store.
    pub fn meta(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.run(|db| {
            db.prepare_cached("SELECT value FROM meta WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()
        })
    }

    fn sources_where(
        &self,
        condition: &str,
        parameters: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<SourceRow>, StoreError> {
        let rows = self.run(|db| {
            db.prepare_cached(&format!(
                "SELECT {SOURCE_COLUMNS} FROM source WHERE {condition} ORDER BY docn"
            ))?
            .query_map(parameters, source_row)?
            .collect::<Result<Vec<_>, _>>()
        })?;
        rows.into_iter().map(|row| row.map_err(|what| StoreError::Damaged { what })).collect()
    }

    /// Returns the content with number `docn`.
    pub fn source(&self, docn: DocNumber) -> Result<Option<SourceRow>, StoreError> {
        Ok(self.sources_where("docn = ?1", &[&docn])?.pop())
    }

    /// Returns the content with id `id`.
    pub fn source_by_id(&self, id: SourceId) -> Result<Option<SourceRow>, StoreError> {
        Ok(self.sources_where("sha256 = ?1", &[&id.0.as_slice()])?.pop())
    }

    /// Returns the contents whose id begins with the hex digits `prefix`, in order of their numbers.
    pub fn sources_by_prefix(&self, prefix: &str) -> Result<Vec<SourceRow>, StoreError> {
        let pattern = format!("{}*", prefix.to_ascii_uppercase());
        let is_hex = prefix.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hex {
            return Ok(Vec::new());
        }
        self.sources_where("hex(sha256) GLOB ?1", &[&pattern])
    }

    /// Returns the contents whose citation key is `key`, in order of their numbers.
    pub fn sources_by_key(&self, key: &str) -> Result<Vec<SourceRow>, StoreError> {
        self.sources_where("key = ?1", &[&key])
    }

    /// Returns the contents found at `path`, or at a path that ends in `/path`.
    pub fn sources_by_path(&self, path: &str) -> Result<Vec<SourceRow>, StoreError> {
        let end = format!("/{path}");
        self.sources_where(
            "docn IN (SELECT docn FROM path WHERE path = ?1 OR substr(path, -length(?2)) = ?2)",
            &[&path, &end],
        )
    }

    /// Returns the contents whose last change is after `seq`, in the order of their changes.
    pub fn changed_after(&self, seq: u64) -> Result<Vec<(u64, DocNumber)>, StoreError> {
        self.run(|db| {
            db.prepare_cached("SELECT seq, docn FROM source WHERE seq > ?1 ORDER BY seq")?
                .query_map([seq], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }

    /// Returns the highest `seq` that was ever committed; 0 in an empty store.
    pub fn last_seq(&self) -> Result<u64, StoreError> {
        Ok(self.meta("last_seq")?.and_then(|seq| seq.parse().ok()).unwrap_or(0))
    }

    /// Returns every content, in order of their numbers.
    pub fn sources(&self) -> Result<Vec<SourceRow>, StoreError> {
        self.sources_where("1", &[])
    }

    /// Returns the numbers of the contents that can be searched, in order.
    ///
    /// A content that no place names any more (its file was changed) is kept but not searched.
    pub fn searchable(&self) -> Result<Vec<DocNumber>, StoreError> {
        self.run(|db| {
            db.prepare_cached(
                "SELECT docn FROM source WHERE state IN ('indexed', 'warned')
                   AND EXISTS (SELECT 1 FROM path WHERE path.docn = source.docn) ORDER BY docn",
            )?
            .query_map([], |row| row.get(0))?
            .collect()
        })
    }

    /// Returns every place, in order of their paths.
    pub fn paths(&self) -> Result<Vec<PathRow>, StoreError> {
        self.run(|db| {
            db.prepare_cached(&format!("SELECT {PATH_COLUMNS} FROM path ORDER BY path"))?
                .query_map([], path_row)?
                .collect()
        })
    }

    /// Returns the places of a content, those that are there first, then in order of their paths.
    pub fn paths_of(&self, docn: DocNumber) -> Result<Vec<PathRow>, StoreError> {
        self.run(|db| {
            db.prepare_cached(&format!(
                "SELECT {PATH_COLUMNS} FROM path WHERE docn = ?1
                 ORDER BY state = 'missing', container IS NOT NULL, path"
            ))?
            .query_map([docn], path_row)?
            .collect()
        })
    }

    /// Returns the places of what lies in the file at `container`, in order of their paths.
    pub fn members_of(&self, container: &str) -> Result<Vec<PathRow>, StoreError> {
        self.run(|db| {
            db.prepare_cached(&format!(
                "SELECT {PATH_COLUMNS} FROM path WHERE container = ?1 ORDER BY path"
            ))?
            .query_map([container], path_row)?
            .collect()
        })
    }

    /// Returns the numbers of the pages of a content, in order, without reading them.
    pub fn page_numbers(
        &self,
        docn: DocNumber,
    ) -> Result<Vec<(PageNo, Option<String>)>, StoreError> {
        self.run(|db| {
            db.prepare_cached("SELECT number, label FROM page WHERE docn = ?1 ORDER BY number")?
                .query_map([docn], |row| {
                    let number: u32 = row.get(0)?;
                    Ok((PageNo::new(number).unwrap_or(PageNo::FIRST), row.get(1)?))
                })?
                .collect()
        })
    }

    /// Returns one page with its hash checked.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the kept text does not fit its hash.
    pub fn page(&self, docn: DocNumber, number: PageNo) -> Result<Option<Page>, StoreError> {
        let row = self.run(|db| {
            db.prepare_cached(
                "SELECT label, origin, quality, text, paragraphs, lines, sha256, chars FROM page
                 WHERE docn = ?1 AND number = ?2",
            )?
            .query_row([docn, u64::from(number.get())], |row| {
                Ok(RawPage {
                    label: row.get(0)?,
                    origin: row.get(1)?,
                    quality: row.get(2)?,
                    text: row.get(3)?,
                    paragraphs: row.get(4)?,
                    lines: row.get(5)?,
                    sha256: row.get(6)?,
                })
            })
            .optional()
        })?;
        let Some(raw) = row else { return Ok(None) };
        let unpacked = if raw.text.is_empty() {
            self.joined_parts(docn, number)?
        } else {
            unpack(&raw.text).and_then(|text| Ok((text, unpack(&raw.paragraphs)?)))
        };
        unpacked
            .and_then(|(text, paragraphs)| raw.into_page(number, text, &paragraphs))
            .map(Some)
            .map_err(|what| self.damaged_page(docn, number, &what))
    }

    /// Returns the error of a page that does not fit its hash, with the name of its document.
    pub(super) fn damaged_page(&self, docn: DocNumber, number: PageNo, what: &str) -> StoreError {
        let id = self
            .source(docn)
            .ok()
            .flatten()
            .map_or_else(|| format!("document {docn}"), |source| source.id.short(12));
        StoreError::Damaged { what: format!("page {number} of {id}: {what}") }
    }

    /// Returns how many pages a content has.
    pub fn n_pages(&self, docn: DocNumber) -> Result<usize, StoreError> {
        self.run(|db| {
            db.prepare_cached("SELECT count(*) FROM page WHERE docn = ?1")?
                .query_row([docn], |row| row.get(0))
        })
    }

    /// Returns all pages of a content, in order, each with its hash checked.
    pub fn pages(&self, docn: DocNumber) -> Result<Vec<Page>, StoreError> {
        let numbers = self.page_numbers(docn)?;
        numbers.into_iter().filter_map(|(number, _)| self.page(docn, number).transpose()).collect()
    }

    /// Returns the mentions that begin in `span` of a page's text, in order.
    pub fn mentions_in(
        &self,
        docn: DocNumber,
        page: PageNo,
        span: Span,
    ) -> Result<Vec<Mention>, StoreError> {
        self.run(|db| {
            db.prepare_cached(
                "SELECT page, start, end, entity, rule FROM mention
                 WHERE docn = ?1 AND page = ?2 AND start >= ?3 AND start < ?4
                 ORDER BY start, entity",
            )?
            .query_map(params![docn, page.get(), span.start, span.end], mention_row)?
            .collect()
        })
    }

    /// Returns the references that begin in `span` of a page's text, in order.
    pub fn references_in(
        &self,
        docn: DocNumber,
        page: PageNo,
        span: Span,
    ) -> Result<Vec<Reference>, StoreError> {
        self.run(|db| {
            db.prepare_cached(&format!(
                "SELECT {REFERENCE_COLUMNS} FROM reference
                 WHERE docn = ?1 AND page = ?2 AND start >= ?3 AND start < ?4 ORDER BY n"
            ))?
            .query_map(params![docn, page.get(), span.start, span.end], reference_row)?
            .collect()
        })
    }

    /// Returns the mentions of a content, in order of page and place.
    pub fn mentions(&self, docn: DocNumber) -> Result<Vec<Mention>, StoreError> {
        self.run(|db| {
            db.prepare_cached(
                "SELECT page, start, end, entity, rule FROM mention WHERE docn = ?1
                 ORDER BY page, start, entity",
            )?
            .query_map([docn], mention_row)?
            .collect()
        })
    }

    /// Returns the references of a content, in order of page and place.
    pub fn references(&self, docn: DocNumber) -> Result<Vec<Reference>, StoreError> {
        self.run(|db| {
            db.prepare_cached(&format!(
                "SELECT {REFERENCE_COLUMNS} FROM reference WHERE docn = ?1 ORDER BY n"
            ))?
            .query_map([docn], reference_row)?
            .collect()
        })
    }

    /// Returns every reference whose id fulfils `wanted`, with the content it stands in.
    ///
    /// In order of content and place; the document's own number is among them.
    pub fn references_where(
        &self,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<(DocNumber, Reference)>, StoreError> {
        let mut forms: Vec<i64> = Vec::new();
        self.run(|db| {
            let mut known = db.prepare_cached("SELECT form, id FROM reference_form")?;
            let mut rows = known.query([])?;
            while let Some(row) = rows.next()? {
                if wanted(row.get_ref(1)?.as_str()?) {
                    forms.push(row.get(0)?);
                }
            }
            Ok(())
        })?;
        let mut found = BTreeMap::new();
        for form in forms {
            let rows: Vec<(DocNumber, u64, Reference)> = self.run(|db| {
                db.prepare_cached(&format!(
                    "SELECT {REFERENCE_COLUMNS}, docn, n FROM reference WHERE form = ?1"
                ))?
                .query_map([form], |row| Ok((row.get(11)?, row.get(12)?, reference_row(row)?)))?
                .collect()
            })?;
            found.extend(rows.into_iter().map(|(docn, n, reference)| ((docn, n), reference)));
        }
        Ok(found.into_iter().map(|((docn, _), reference)| (docn, reference)).collect())
    }

    /// Returns the warnings of a content, in the order of its reader.
    pub fn warnings(&self, docn: DocNumber) -> Result<Vec<Warning>, StoreError> {
        self.run(|db| {
            db.prepare_cached("SELECT kind, page, detail FROM warning WHERE docn = ?1 ORDER BY n")?
                .query_map([docn], |row| {
                    let kind: String = row.get(0)?;
                    let page: Option<u32> = row.get(1)?;
                    Ok(Warning {
                        kind: word(&kind).unwrap_or(WarningKind::Partial),
                        page: page.and_then(PageNo::new),
                        detail: row.get(2)?,
                    })
                })?
                .collect()
        })
    }

    /// Returns a content with all that is kept of it.
    pub fn kept(&self, docn: DocNumber) -> Result<Option<Kept>, StoreError> {
        let Some(source) = self.source(docn)? else { return Ok(None) };
        Ok(Some(Kept {
            source,
            pages: self.pages(docn)?,
            mentions: self.mentions(docn)?,
            references: self.references(docn)?,
            warnings: self.warnings(docn)?,
        }))
    }

    /// Returns the contents that share the folded text of `text_sha256`, in order.
    pub fn same_text(&self, text_sha256: &[u8; 32]) -> Result<Vec<DocNumber>, StoreError> {
        self.run(|db| {
            db.prepare_cached("SELECT docn FROM source WHERE text_sha256 = ?1 ORDER BY docn")?
                .query_map([text_sha256.as_slice()], |row| row.get(0))?
                .collect()
        })
    }

    /// Returns how many places are in each state; together they are all places seen.
    pub fn counts(&self) -> Result<StateCounts, StoreError> {
        let mut counts = StateCounts::default();
        let rows: Vec<(String, Option<String>, Option<DocNumber>)> = self.run(|db| {
            db.prepare_cached(
                "SELECT path.state, source.state, path.docn FROM path LEFT JOIN source USING (docn)
                 ORDER BY path.docn, path.state = 'missing', path.container IS NOT NULL, path.path",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect()
        })?;
        let mut last = None;
        for (place, content, docn) in rows {
            counts.seen += 1;
            let is_first = docn.is_none() || docn != last;
            last = docn;
            let count = match (place.as_str(), content.as_deref()) {
                ("missing", _) => &mut counts.missing,
                ("skipped", _) => &mut counts.skipped,
                ("failed", _) | (_, None) => &mut counts.failed,
                _ if !is_first => &mut counts.duplicate,
                (_, Some("indexed")) => &mut counts.indexed,
                (_, Some("warned")) => &mut counts.warned,
                (_, Some("skipped")) => &mut counts.skipped,
                _ => &mut counts.failed,
            };
            *count += 1;
        }
        Ok(counts)
    }

    /// Returns how many pages carry one of the warnings that mean "not to be trusted as text".
    ///
    /// The first number counts contents, the second pages.
    pub fn unread(&self) -> Result<(u64, u64), StoreError> {
        // Every search says it, and it changes only with the store.
        let stamp = self.stamp()?;
        if let Some((then, counted)) = self.unread.get()
            && then == stamp
        {
            return Ok(counted);
        }
        let counted = self.count_unread()?;
        self.unread.set(Some((stamp, counted)));
        Ok(counted)
    }

    /// Returns what tells this state of the store from another.
    pub(super) fn stamp(&self) -> Result<super::StateStamp, StoreError> {
        let commits: i64 = self
            .run(|db| db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0)))?;
        Ok((commits, self.connection.total_changes()))
    }

    fn count_unread(&self) -> Result<(u64, u64), StoreError> {
        let files = self.run(|db| {
            db.query_row(
                "SELECT count(*) FROM source WHERE state = 'failed'
                   AND EXISTS (SELECT 1 FROM path WHERE path.docn = source.docn)",
                [],
                |row| row.get::<_, u64>(0),
            )
        })?;
        let unopened = self.run(|db| {
            db.query_row("SELECT count(*) FROM path WHERE state = 'failed'", [], |row| {
                row.get::<_, u64>(0)
            })
        })?;
        let pages = self.run(|db| {
            db.query_row(
                "SELECT count(DISTINCT docn || ':' || coalesce(page, 0)) FROM warning
                 WHERE kind IN ('no-text', 'low-text', 'ocr-missing', 'ocr-unreliable')
                   AND EXISTS (SELECT 1 FROM path WHERE path.docn = warning.docn)",
                [],
                |row| row.get(0),
            )
        })?;
        Ok((files + unopened, pages))
    }

    /// Checks every kept page and all that was derived, and the store's own structure.
    ///
    /// `beat` is called with each content looked at.
    pub fn verify(&self, beat: &mut dyn FnMut(u64)) -> Result<Vec<Damage>, StoreError> {
        let sound: String =
            self.run(|db| db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)))?;
        if sound != "ok" {
            return Err(StoreError::Damaged { what: format!("store.db: {sound}") });
        }
        let sources: Vec<(DocNumber, Vec<u8>, Vec<u8>)> = self.run(|db| {
            db.prepare("SELECT docn, sha256, derived_sha256 FROM source ORDER BY docn")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
        })?;
        let mut damages = Vec::new();
        for (docn, sha256, expected) in sources {
            beat(docn);
            let id = SourceId(sha256.try_into().map_err(|_| StoreError::Damaged {
                what: format!("document {docn} has no valid hash"),
            })?);
            for (number, _) in self.page_numbers(docn)? {
                if let Err(StoreError::Damaged { what }) = self.page(docn, number) {
                    damages.push(Damage { id, page: Some(number.get()), what });
                }
            }
            if self.run(|db| derived_hash(db, docn))?.as_slice() != expected {
                let what = "record, mentions or references do not fit their hash".to_owned();
                damages.push(Damage { id, page: None, what });
            }
        }
        Ok(damages)
    }

    /// Returns how many bytes of text, unpacked, and how many pages the searchable contents hold.
    pub fn text_size(&self) -> Result<(u64, u64), StoreError> {
        self.run(|db| {
            db.query_row("SELECT coalesce(sum(chars), 0), count(*) FROM page", params![], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
        })
    }
}

fn mention_row(row: &Row<'_>) -> Result<Mention, rusqlite::Error> {
    let rule: String = row.get(4)?;
    Ok(Mention {
        page: PageNo::new(row.get(0)?).unwrap_or(PageNo::FIRST),
        span: row.get(1)?..row.get(2)?,
        entity: row.get(3)?,
        rule: word(&rule).unwrap_or(Rule::Person),
    })
}

pub(super) fn reference_row(row: &Row<'_>) -> Result<Reference, rusqlite::Error> {
    let (kind, relation): (String, String) = (row.get(5)?, row.get(9)?);
    Ok(Reference {
        page: PageNo::new(row.get(0)?).unwrap_or(PageNo::FIRST),
        span: row.get(1)?..row.get(2)?,
        whole: row.get(3)?..row.get(4)?,
        kind: word(&kind).unwrap_or(RefKind::Back),
        id: row.get(6)?,
        pinpoint: row.get(7)?,
        confidence: row.get(8)?,
        relation: word(&relation).unwrap_or(Relation::Cites),
        note: row.get(10)?,
    })
}

/// A page as its row holds it.
struct RawPage {
    label: Option<String>,
    origin: String,
    quality: f32,
    text: Vec<u8>,
    paragraphs: Vec<u8>,
    lines: Vec<u8>,
    sha256: Vec<u8>,
}

/// The most bytes that one column of a page may unpack to: 4 MB of text and room for its boxes.
const MAX_UNPACKED: usize = 256 << 20;

/// Unpacks a column; an empty one holds nothing.
pub(super) fn unpack(bytes: &[u8]) -> Result<Vec<u8>, String> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    // The size that the frame states is read first, so that nothing huge is set aside.
    let size = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten();
    let size = size.and_then(|size| usize::try_from(size).ok()).unwrap_or(MAX_UNPACKED);
    if size > MAX_UNPACKED {
        return Err("a packed text states an impossible size".to_owned());
    }
    UNPACKER
        .with_borrow_mut(|unpacker| match unpacker {
            Some(unpacker) => unpacker.decompress(bytes, size),
            None => unpacker.insert(zstd::bulk::Decompressor::new()?).decompress(bytes, size),
        })
        .map_err(|error| format!("cannot unpack: {error}"))
}

thread_local! {
    /// Setting one up costs more than unpacking a page with it.
    static UNPACKER: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

impl RawPage {
    fn into_page(self, number: PageNo, text: Vec<u8>, paragraphs: &[u8]) -> Result<Page, String> {
        if page_hash(&text, paragraphs).as_slice() != self.sha256 {
            return Err("the kept text does not fit its hash".to_owned());
        }
        let lines = unpack(&self.lines)?;
        let wrong = |what: &str| format!("{what} cannot be read");
        Ok(Page {
            number,
            label: self.label,
            origin: word::<PageOrigin>(&self.origin).ok_or_else(|| wrong("the origin"))?,
            quality: self.quality,
            text: String::from_utf8(text).map_err(|_| wrong("the text"))?,
            paragraphs: paragraphs::from_bytes(paragraphs).map_err(|_| wrong("the paragraphs"))?,
            lines: if lines.is_empty() {
                Vec::new()
            } else {
                serde_json::from_slice(&lines).map_err(|_| wrong("the lines"))?
            },
        })
    }
}
