//! What the program derives and keeps: the SQLite store, the lock, the generations of the index.
//!
//! A [`Store`] holds every source ever seen with its state and all its paths, the kept texts page
//! by page (each with its own hash), records, mentions and references. It never holds the index:
//! that is an engine's, in a folder that [`Generations`] names. What is shown or cited is read
//! here, and its hash is checked each time.

mod derived;
mod error;
mod generations;
mod lock;
mod near;
mod ocr;
mod paragraphs;
mod part;
mod read;
mod record;
mod reference;
mod row;
mod upgrade;
mod write;

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

pub use error::StoreError;
pub use generations::{Generations, sync_dir};
pub use lock::Lock;
pub use near::NearCopies;
pub use ocr::{BROUGHT, NewText, OcrNote};
pub use part::{PackedPart, PagePart, PartOf};
pub use read::Damage;
pub use row::{Kept, PathRow, PathState, SourceRow, SourceState, StateCounts, TextFingerprint};
pub use write::{Batch, NewSource};

/// The format of `store.db` that this program writes and reads.
pub const FORMAT: u32 = 3;

/// The number of a source in its store; rises with each new source and is never reused.
pub type DocNumber = u64;

/// The open store of one workspace.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Connection,
    /// What [`Store::unread`] counted last, and the state of the store at that time.
    unread: Cell<Option<(StateStamp, (u64, u64))>>,
    /// What [`Store::near_copies`] read last, likewise.
    near_copies: RefCell<Option<(StateStamp, Rc<NearCopies>)>>,
}

/// Tells one state of the store from another: commits of other connections, own changes.
type StateStamp = (i64, u64);

impl Store {
    /// Opens `store.db` in `index_dir` for writing, and makes it where there is none.
    ///
    /// The caller holds the [`Lock`].
    pub fn open(index_dir: &Path) -> Result<Self, StoreError> {
        let path = index_dir.join("store.db");
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = Self::connect(path, flags)?;
        store.run(|db| {
            db.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;",
            )
        })?;
        if store.user_version()? == 0 {
            store.run(|db| {
                db.execute_batch(&format!(
                    "BEGIN IMMEDIATE; {} {} PRAGMA user_version = {FORMAT}; COMMIT;",
                    include_str!("schema.sql"),
                    reference::TABLES
                ))
            })?;
        }
        if (upgrade::OLDEST..FORMAT).contains(&store.user_version()?) {
            store.upgrade()?;
        }
        store.check_format()?;
        store.add_near_tables()?;
        store.run(|db| db.execute_batch(include_str!("schema_added.sql")))?;
        Ok(store)
    }

    /// Opens the store for reading; `None` where there is none yet, or one without a table: whoever was
    /// making it was stopped, or still is at it.
    ///
    /// On media that cannot be written SQLite is told that nothing changes (`immutable=1`).
    pub fn open_read_only(index_dir: &Path) -> Result<Option<Self>, StoreError> {
        let path = index_dir.join("store.db");
        if !path.exists() {
            return Ok(None);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        // A reader of a WAL database writes its `-shm` file: where it cannot, nobody else can either.
        let checked = |store: Self| {
            if store.user_version()? == 0 && store.is_bare()? {
                return Ok(None);
            }
            store.check_format().map(|()| Some(store))
        };
        match Self::connect(path.clone(), flags).and_then(checked) {
            Err(StoreError::Sqlite { .. }) => checked(Self::connect_uri(&path, flags)?),
            opened => opened,
        }
    }

    fn connect(path: PathBuf, flags: OpenFlags) -> Result<Self, StoreError> {
        let wrong = |source| StoreError::Sqlite { path: path.clone(), source };
        let connection = Connection::open_with_flags(&path, flags).map_err(wrong)?;
        connection.busy_timeout(Duration::from_secs(10)).map_err(wrong)?;
        Self::settle(&connection).map_err(wrong)?;
        Ok(Self { path, connection, unread: Cell::new(None), near_copies: RefCell::default() })
    }

    fn settle(connection: &Connection) -> Result<(), rusqlite::Error> {
        connection.set_prepared_statement_cache_capacity(64);
        // In KiB: pages of a search come again and again.
        connection.pragma_update(None, "cache_size", -16_384)?;
        // Plans do not depend on bound values: otherwise each new value has its statement prepared
        // again, for the sake of the partial indexes.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(())
    }

    fn connect_uri(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let wrong = |source| StoreError::Sqlite { path: path.to_owned(), source };
        // Percent-encode all that a URI could misread; the rest of a path is taken as it is.
        let mut uri = "file:".to_owned();
        for byte in path.as_os_str().as_encoded_bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                    uri.push(char::from(*byte));
                }
                _ => uri.push_str(&format!("%{byte:02X}")),
            }
        }
        uri.push_str("?immutable=1");
        let connection = Connection::open_with_flags(uri, flags).map_err(wrong)?;
        Self::settle(&connection).map_err(wrong)?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            unread: Cell::new(None),
            near_copies: RefCell::default(),
        })
    }

    fn user_version(&self) -> Result<u32, StoreError> {
        self.run(|db| db.query_row("PRAGMA user_version", [], |row| row.get(0)))
    }

    /// Tells whether there is no table yet.
    fn is_bare(&self) -> Result<bool, StoreError> {
        self.run(|db| db.query_row("SELECT count(*) = 0 FROM sqlite_master", [], |row| row.get(0)))
    }

    fn check_format(&self) -> Result<(), StoreError> {
        match self.user_version()? {
            FORMAT => Ok(()),
            found => Err(StoreError::Format {
                path: self.path.clone(),
                found: found.to_string(),
                expected: FORMAT,
            }),
        }
    }

    /// Runs `work` and names the store's file in its error.
    fn run<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, rusqlite::Error>,
    ) -> Result<T, StoreError> {
        work(&self.connection)
            .map_err(|source| StoreError::Sqlite { path: self.path.clone(), source })
    }

    /// Lets everything be read as it is now until what is returned is dropped: one search sees one
    /// state, and takes the locks of the store once instead of for each row.
    pub fn hold(&self) -> Result<Held<'_>, StoreError> {
        // Within a batch this holds already.
        let is_new = self.connection.is_autocommit();
        if is_new {
            self.run(|db| db.prepare_cached("BEGIN")?.execute([]))?;
        }
        Ok(Held { store: self, is_new })
    }

    /// Writes everything of the write-ahead log into the store's file; ends every writing run.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        // Readers may hold a part of the log back; that part is written by the next run.
        self.run(|db| db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))
    }
}

/// See [`Store::hold`].
#[derive(Debug)]
pub struct Held<'a> {
    store: &'a Store,
    is_new: bool,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if self.is_new {
            // Nothing was written: that it ends is all that matters.
            drop(self.store.run(|db| db.prepare_cached("COMMIT")?.execute([])));
        }
    }
}

/// Contents for the tests of this room.
#[cfg(test)]
mod tests_support {
    use super::{NewSource, SourceState};
    use crate::model::{
        Mention, Page, PageNo, PageOrigin, Record, Role, Rule, SourceId, Warning, WarningKind,
    };

    pub(super) fn new_source(id: SourceId, text: &str) -> NewSource {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        page.push(text, Role::Body);
        NewSource {
            id,
            state: SourceState::Indexed,
            reason: String::new(),
            detail: String::new(),
            bytes: 9,
            media_type: "text/plain".to_owned(),
            reader: "text".to_owned(),
            reader_version: "1".to_owned(),
            read_at: 1_700_000_000,
            record: Record::default(),
            pages: vec![page],
            mentions: vec![Mention {
                entity: "lims".to_owned(),
                page: PageNo::FIRST,
                span: 0..4,
                rule: Rule::Acronym,
            }],
            references: Vec::new(),
            warnings: vec![Warning::document(WarningKind::NoDate, "")],
            text_sha256: None,
            sketch: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageNo, SourceId};

    fn source(n: u8, text: &str) -> NewSource {
        tests_support::new_source(SourceId([n; 32]), text)
    }

    fn place(path: &str, docn: DocNumber) -> PathRow {
        PathRow {
            path: path.to_owned(),
            raw: None,
            docn: Some(docn),
            container: None,
            bytes: 9,
            mtime_ns: 1,
            state: PathState::Present,
            reason: String::new(),
            detail: String::new(),
            sidecar: None,
        }
    }

    #[test]
    fn what_is_kept_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut batch = store.batch().unwrap();
        let new = source(1, "LIMS پی ٹی اے");
        let docn = batch.put_source(&new).unwrap();
        batch.put_path(&place("corpus/a.txt", docn), 1, 2).unwrap();
        let seq = batch.commit().unwrap();
        let reader = Store::open_read_only(folder.path()).unwrap().unwrap();
        let kept = reader.kept(docn).unwrap().unwrap();
        assert_eq!(kept.pages, new.pages);
        assert_eq!(kept.mentions, new.mentions);
        assert_eq!(kept.warnings, new.warnings);
        assert_eq!(kept.source.seq, seq);
        assert_eq!(reader.sources_by_prefix("010101").unwrap().len(), 1);
        assert_eq!(reader.sources_by_path("a.txt").unwrap().len(), 1);
        assert_eq!(reader.verify(&mut |_| ()).unwrap(), []);
    }

    #[test]
    fn an_uncommitted_batch_never_was_and_seq_never_falls() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut batch = store.batch().unwrap();
        batch.put_source(&source(1, "one")).unwrap();
        drop(batch);
        assert_eq!(store.sources().unwrap(), []);
        let mut batch = store.batch().unwrap();
        batch.put_source(&source(1, "one")).unwrap();
        let first = batch.commit().unwrap();
        let mut batch = store.batch().unwrap();
        batch.put_source(&source(1, "one anew")).unwrap();
        let second = batch.commit().unwrap();
        assert!(second > first);
        assert_eq!(store.sources().unwrap().len(), 1);
        assert_eq!(store.changed_after(first).unwrap(), [(second, 1)]);
    }

    #[test]
    fn every_place_is_counted_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut batch = store.batch().unwrap();
        let indexed = batch.put_source(&source(1, "one")).unwrap();
        let skipped = batch
            .put_source(&NewSource {
                state: SourceState::Skipped,
                reason: "empty".to_owned(),
                pages: Vec::new(),
                mentions: Vec::new(),
                ..source(2, "")
            })
            .unwrap();
        for (path, docn) in [("a", indexed), ("b", indexed), ("c", skipped)] {
            batch.put_path(&place(path, docn), 1, 2).unwrap();
        }
        let fifo = PathRow { docn: None, state: PathState::Skipped, ..place("d", 0) };
        batch.put_path(&fifo, 1, 2).unwrap();
        batch.put_path(&place("e", indexed), 1, 2).unwrap();
        batch.mark_missing("e").unwrap();
        batch.commit().unwrap();
        let counts = store.counts().unwrap();
        let expect = StateCounts {
            seen: 5,
            indexed: 1,
            warned: 0,
            skipped: 2,
            failed: 0,
            duplicate: 1,
            missing: 1,
        };
        assert_eq!(counts, expect);
    }

    #[test]
    fn a_changed_byte_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut batch = store.batch().unwrap();
        let docn = batch.put_source(&source(1, "LIMS was installed")).unwrap();
        batch.put_source(&source(2, "LIMS was removed")).unwrap();
        batch.commit().unwrap();
        let other = zstd::bulk::compress("LIMS was un-stalled".as_bytes(), 3).unwrap();
        store.run(|db| db.execute("UPDATE page SET text = ?1 WHERE docn = 1", [&other])).unwrap();
        store.run(|db| db.execute("UPDATE mention SET entity = 'pta' WHERE docn = 2", [])).unwrap();
        assert!(matches!(store.page(docn, PageNo::FIRST), Err(StoreError::Damaged { .. })));
        let damages = store.verify(&mut |_| ()).unwrap();
        let found: Vec<_> = damages.iter().map(|damage| (damage.id.0[0], damage.page)).collect();
        assert_eq!(found, [(1, Some(1)), (2, None)]);
    }

    #[test]
    fn another_format_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.run(|db| db.execute_batch("PRAGMA user_version = 99")).unwrap();
        drop(store);
        let error = Store::open(folder.path()).unwrap_err();
        assert!(matches!(&error, StoreError::Format { found, .. } if found == "99"), "{error}");
    }

    #[test]
    fn a_store_whose_making_was_stopped_is_none_yet() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("store.db"), b"").unwrap();
        assert!(Store::open_read_only(folder.path()).unwrap().is_none());
        // With the journal that the first statement switches on, and nothing else.
        let begun = Connection::open(folder.path().join("store.db")).unwrap();
        begun.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
        assert!(Store::open_read_only(folder.path()).unwrap().is_none());
        drop(begun);
        drop(Store::open(folder.path()).unwrap());
        assert!(Store::open_read_only(folder.path()).unwrap().is_some());
    }
}
