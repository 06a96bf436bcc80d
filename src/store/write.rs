//! Writing: batches that become visible whole or not at all.

use std::cell::RefCell;

use rusqlite::{OptionalExtension as _, Transaction, params};
use sha2::{Digest as _, Sha256};

use super::derived::{derived_hash, derived_hash_of};
use super::record::{PackedRecord, record_json};
use super::reference::Forms;
use super::{DocNumber, PathRow, PathState, SourceState, Store, StoreError, paragraphs};
use crate::model::{Mention, Page, Record, Reference, SourceId, Warning};

/// The tables of what is derived from a content, under its number.
pub(super) const DERIVED: [&str; 5] =
    ["page", "page_part", "mention", "reference_place", "warning"];

/// A content as read, about to be kept.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of `super::SourceRow` and `super::Kept`")]
pub struct NewSource {
    pub id: SourceId,
    pub state: SourceState,
    pub reason: String,
    pub detail: String,
    pub bytes: u64,
    pub media_type: String,
    pub reader: String,
    pub reader_version: String,
    pub read_at: i64,
    pub record: Record,
    pub pages: Vec<Page>,
    pub mentions: Vec<Mention>,
    pub references: Vec<Reference>,
    pub warnings: Vec<Warning>,
    /// Hash over the folded words; see [`super::TextFingerprint`].
    pub text_sha256: Option<[u8; 32]>,
    /// The sketch of the text's runs of words as bytes; `None`: too short to tell anything.
    pub sketch: Option<Vec<u8>>,
}

/// Changes that are committed together; dropped without [`Batch::commit`] they never were.
#[derive(Debug)]
pub struct Batch<'a> {
    store: &'a Store,
    transaction: Transaction<'a>,
    next_seq: u64,
    pub(super) forms: RefCell<Forms>,
}

impl Store {
    /// Begins a batch. The caller holds the lock, so there is one at a time.
    pub fn batch(&self) -> Result<Batch<'_>, StoreError> {
        let immediate = rusqlite::TransactionBehavior::Immediate;
        let transaction = Transaction::new_unchecked(&self.connection, immediate)
            .map_err(|source| StoreError::Sqlite { path: self.path.clone(), source })?;
        let last: u64 = self.run(|db| {
            db.query_row("SELECT coalesce(max(seq), 0) FROM source", [], |row| row.get(0))
        })?;
        let retired: u64 = self.meta("last_seq")?.and_then(|value| value.parse().ok()).unwrap_or(0);
        Ok(Batch {
            store: self,
            transaction,
            next_seq: last.max(retired) + 1,
            forms: RefCell::default(),
        })
    }
}

impl Batch<'_> {
    pub(super) fn run<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<T, StoreError> {
        work(&self.transaction)
            .map_err(|source| StoreError::Sqlite { path: self.store.path.clone(), source })
    }

    const fn take_seq(&mut self) -> u64 {
        let seq = self.next_seq;
        self.next_seq += 1;
        seq
    }

    /// Makes the changes last, and returns the highest `seq` that they used.
    pub fn commit(self) -> Result<u64, StoreError> {
        let Self { store, transaction, next_seq, forms: _ } = self;
        transaction
            .execute(
                "INSERT INTO meta (name, value) VALUES ('last_seq', ?1)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [(next_seq - 1).to_string()],
            )
            .and_then(|_| transaction.commit())
            .map_err(|source| StoreError::Sqlite { path: store.path.clone(), source })?;
        Ok(next_seq - 1)
    }

    /// Keeps a content, in place of what was kept under the same hash, and returns its number.
    pub fn put_source(&mut self, new: &NewSource) -> Result<DocNumber, StoreError> {
        let seq = self.take_seq();
        let record = record_json(&new.record).map_err(|error| damaged(&new.id, &error))?;
        let sha256 = derived_hash_of(new, &record);
        let known: Option<DocNumber> = self.run(|db| {
            db.prepare_cached("SELECT docn FROM source WHERE sha256 = ?1")?
                .query_row([new.id.0.as_slice()], |row| row.get(0))
                .optional()
        })?;
        let docn: DocNumber = self.run(|db| {
            db.prepare_cached(
                "INSERT INTO source (sha256, seq, state, reason, detail, bytes, media_type, reader,
                   reader_version, read_at, record, text_sha256, shingles, derived_sha256)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
                 ON CONFLICT (sha256) DO UPDATE SET seq = excluded.seq, state = excluded.state,
                   reason = excluded.reason, detail = excluded.detail, bytes = excluded.bytes,
                   media_type = excluded.media_type, reader = excluded.reader,
                   reader_version = excluded.reader_version, read_at = excluded.read_at,
                   record = excluded.record, text_sha256 = excluded.text_sha256,
                   shingles = excluded.shingles
                 RETURNING docn",
            )?
            .query_row(
                params![
                    new.id.0.as_slice(),
                    seq,
                    new.state.name(),
                    new.reason,
                    new.detail,
                    new.bytes,
                    new.media_type,
                    new.reader,
                    new.reader_version,
                    new.read_at,
                    PackedRecord(&record),
                    new.text_sha256.as_ref().map(<[u8; 32]>::as_slice),
                    new.sketch.as_deref().unwrap_or_default(),
                    sha256.as_slice(),
                ],
                |row| row.get(0),
            )
        })?;
        if known.is_some() {
            self.run(|db| {
                for table in DERIVED.into_iter().chain(["work", "ocr"]) {
                    db.prepare_cached(&format!("DELETE FROM {table} WHERE docn = ?1"))?
                        .execute([docn])?;
                }
                db.prepare_cached("DELETE FROM near_pair WHERE a = ?1 OR b = ?1")?
                    .execute([docn])?;
                Ok(())
            })?;
        }
        self.put_pages(docn, &new.pages)?;
        self.put_derived(docn, &new.mentions, &new.references)?;
        self.put_warnings(docn, &new.warnings)?;
        if known.is_some() {
            // What a person says of it is kept, and sealed too.
            self.seal(docn)?;
        }
        debug_assert!(
            known.is_some()
                || self.run(|db| derived_hash(db, docn)).is_ok_and(|kept| kept == sha256)
        );
        Ok(docn)
    }

    pub(super) fn put_pages(&self, docn: DocNumber, pages: &[Page]) -> Result<(), StoreError> {
        for page in pages {
            self.put_page(docn, page)?;
        }
        Ok(())
    }

    pub(super) fn put_warnings(
        &self,
        docn: DocNumber,
        warnings: &[Warning],
    ) -> Result<(), StoreError> {
        for (n, warning) in warnings.iter().enumerate() {
            self.run(|db| {
                db.prepare_cached(
                    "INSERT INTO warning (docn, n, kind, page, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    docn,
                    n,
                    warning.kind.id(),
                    warning.page.map(crate::model::PageNo::get),
                    warning.detail
                ])
            })?;
        }
        Ok(())
    }

    fn put_page(&self, docn: DocNumber, page: &Page) -> Result<(), StoreError> {
        let in_parts = self.put_parts(docn, page)?;
        let packed = PackedPage::new(page, in_parts).map_err(|error| StoreError::Damaged {
            what: format!("page {} cannot be packed: {error}", page.number),
        })?;
        self.run(|db| {
            db.prepare_cached(
                "INSERT INTO page (docn, number, label, origin, quality, chars, text,
                   paragraphs, lines, sha256)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                docn,
                page.number.get(),
                page.label,
                page.origin.name(),
                page.quality,
                page.text.chars().count(),
                packed.text,
                packed.paragraphs,
                packed.lines,
                packed.sha256.as_slice(),
            ])
        })?;
        Ok(())
    }

    pub(super) fn put_derived(
        &self,
        docn: DocNumber,
        mentions: &[Mention],
        references: &[Reference],
    ) -> Result<(), StoreError> {
        for mention in mentions {
            self.run(|db| {
                db.prepare_cached(
                    "INSERT OR IGNORE INTO mention (docn, page, start, end, entity, rule)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    docn,
                    mention.page.get(),
                    mention.span.start,
                    mention.span.end,
                    mention.entity,
                    mention.rule.name()
                ])
            })?;
        }
        for (n, reference) in references.iter().enumerate() {
            self.put_reference(docn, n, reference)?;
        }
        Ok(())
    }

    /// Replaces mentions and references of a content whose text stays as it is.
    pub fn replace_derived(
        &mut self,
        docn: DocNumber,
        mentions: &[Mention],
        references: &[Reference],
    ) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare_cached("DELETE FROM mention WHERE docn = ?1")?.execute([docn])?;
            db.prepare_cached("DELETE FROM reference_place WHERE docn = ?1")?.execute([docn])
        })?;
        self.put_derived(docn, mentions, references)?;
        self.touch(docn)
    }

    /// Replaces what sidecars and people say of a content.
    pub fn put_overlay(&mut self, docn: DocNumber, overlay: &Record) -> Result<(), StoreError> {
        let overlay = record_json(overlay)
            .map_err(|error| StoreError::Damaged { what: format!("document {docn}: {error}") })?;
        self.run(|db| {
            db.prepare_cached("UPDATE source SET overlay = ?2 WHERE docn = ?1")?
                .execute(params![docn, PackedRecord(&overlay)])
        })?;
        self.touch(docn)
    }

    /// Sets the citation key; the index does not hold keys, so nothing is indexed anew.
    pub fn put_key(&self, docn: DocNumber, key: Option<&str>) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare_cached("UPDATE source SET key = ?2 WHERE docn = ?1")?
                .execute(params![docn, key])
        })?;
        Ok(())
    }

    /// Gives a content the next `seq`, so that the index follows it, and seals it anew.
    pub fn touch(&mut self, docn: DocNumber) -> Result<(), StoreError> {
        let seq = self.take_seq();
        self.run(|db| {
            db.prepare_cached("UPDATE source SET seq = ?2 WHERE docn = ?1")?.execute([docn, seq])
        })?;
        self.seal(docn)
    }

    /// Writes the hash over all that is kept beside the pages.
    fn seal(&self, docn: DocNumber) -> Result<(), StoreError> {
        let hash = self.run(|db| derived_hash(db, docn))?;
        self.run(|db| {
            db.prepare_cached("UPDATE source SET derived_sha256 = ?2 WHERE docn = ?1")?
                .execute(params![docn, hash.as_slice()])
        })?;
        Ok(())
    }

    /// Writes a place as it stands now, seen by run `run_id` at `now`.
    pub fn put_path(&self, row: &PathRow, run_id: u64, now: i64) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare_cached(
                "INSERT INTO path (path, raw, docn, container, bytes, mtime_ns, state, reason, detail,
                   sidecar_sha256, since, seen_run)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                 ON CONFLICT (path) DO UPDATE SET raw = excluded.raw, docn = excluded.docn,
                   container = excluded.container, bytes = excluded.bytes,
                   mtime_ns = excluded.mtime_ns, state = excluded.state, reason = excluded.reason,
                   detail = excluded.detail, sidecar_sha256 = excluded.sidecar_sha256,
                   since = CASE WHEN path.docn IS excluded.docn THEN path.since ELSE excluded.since END,
                   seen_run = excluded.seen_run",
            )?
            .execute(params![
                row.path,
                row.raw,
                row.docn,
                row.container,
                row.bytes,
                row.mtime_ns,
                row.state.name(),
                row.reason,
                row.detail,
                row.sidecar.as_ref().map(<[u8; 32]>::as_slice),
                now,
                run_id,
            ])
        })?;
        Ok(())
    }

    /// Marks a place as gone.
    pub fn mark_missing(&self, path: &str) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare_cached("UPDATE path SET state = ?2 WHERE path = ?1")?
                .execute(params![path, PathState::Missing.name()])
        })?;
        Ok(())
    }

    /// Forgets a place (its content moved elsewhere, or is no longer a member).
    pub fn forget_path(&self, path: &str) -> Result<(), StoreError> {
        self.run(|db| db.prepare_cached("DELETE FROM path WHERE path = ?1")?.execute([path]))?;
        Ok(())
    }

    /// Writes a setting of the store.
    pub fn put_meta(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare_cached(
                "INSERT INTO meta (name, value) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )?
            .execute([name, value])
        })?;
        Ok(())
    }

    /// Begins a run and returns its number.
    pub fn begin_run(&self, command: &str, now: i64) -> Result<u64, StoreError> {
        self.run(|db| {
            db.query_row(
                "INSERT INTO run (started, command) VALUES (?1, ?2) RETURNING id",
                params![now, command],
                |row| row.get(0),
            )
        })
    }

    /// Ends a run with its counts as JSON.
    pub fn end_run(&self, run_id: u64, counts: &str, now: i64) -> Result<(), StoreError> {
        self.run(|db| {
            db.execute(
                "UPDATE run SET ended = ?2, counts = ?3 WHERE id = ?1",
                params![run_id, now, counts],
            )
        })?;
        Ok(())
    }
}

fn damaged(id: &SourceId, error: &serde_json::Error) -> StoreError {
    StoreError::Damaged { what: format!("the record of {id}: {error}") }
}

/// Packs a column, as a zstd frame that states its size.
pub(super) fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| match packer {
        Some(packer) => packer.compress(bytes),
        None => packer.insert(zstd::bulk::Compressor::new(3)?).compress(bytes),
    })
}

thread_local! {
    /// Setting one up costs more than packing a page with it.
    static PACKER: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
}

/// A page in the form of its row.
pub(super) struct PackedPage {
    pub(super) text: Vec<u8>,
    pub(super) paragraphs: Vec<u8>,
    pub(super) lines: Vec<u8>,
    pub(super) sha256: [u8; 32],
}

impl PackedPage {
    /// Packs a page; `in_parts`: its text and paragraphs are kept elsewhere, and only hashed here.
    fn new(page: &Page, in_parts: bool) -> Result<Self, Box<dyn std::error::Error>> {
        let paragraphs = paragraphs::to_bytes(&page.paragraphs)?;
        let lines = serde_json::to_vec(&page.lines)?;
        Ok(Self {
            sha256: page_hash(page.text.as_bytes(), &paragraphs),
            text: if in_parts { Vec::new() } else { pack(page.text.as_bytes())? },
            paragraphs: if in_parts { Vec::new() } else { pack(&paragraphs)? },
            lines: if page.lines.is_empty() { Vec::new() } else { pack(&lines)? },
        })
    }
}

/// Returns the hash of a page: over its text, a NUL, and its paragraphs as they are kept.
pub(super) fn page_hash(text: &[u8], paragraphs: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(text);
    hash.update([0]);
    hash.update(paragraphs);
    hash.finalize().into()
}
