//! Bringing a store of an earlier format up to this one, in one transaction.

use rusqlite::{Connection, params};

use super::part::part_hash;
use super::read::unpack;
use super::{FORMAT, Store, StoreError, reference};

/// The earliest format that can be brought up to date.
pub(super) const OLDEST: u32 = 1;

impl Store {
    /// Brings a store of format 1 or 2 up to date: two columns that nobody reads are dropped, and what
    /// references cite is kept once. Texts, paragraphs and records stay as they are; new ones are kept
    /// shorter.
    pub(super) fn upgrade(&self) -> Result<(), StoreError> {
        let damaged = self.run(|db| {
            db.execute_batch("BEGIN IMMEDIATE")?;
            match of_format_1(db) {
                Ok(None) => {
                    if has(db, "reference", "whole_start")? && !has(db, "reference", "form")? {
                        reference::move_old(db)?;
                    }
                    db.execute_batch(&format!("PRAGMA user_version = {FORMAT}; COMMIT"))?;
                    Ok(None)
                }
                other => {
                    db.execute_batch("ROLLBACK")?;
                    other
                }
            }
        })?;
        damaged.map_or(Ok(()), |what| Err(StoreError::Damaged { what }))
    }
}

fn has(db: &Connection, table: &str, column: &str) -> Result<bool, rusqlite::Error> {
    db.query_row(
        "SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2",
        [table, column],
        |row| row.get(0),
    )
}

/// Returns what cannot be brought up to date, in words.
fn of_format_1(db: &Connection) -> Result<Option<String>, rusqlite::Error> {
    if has(db, "page", "before")? {
        db.execute_batch("ALTER TABLE page DROP COLUMN before")?;
    }
    if !has(db, "page_part", "counted")? {
        return Ok(None);
    }
    // The hash of a part was over this number, too.
    let mut parts = db.prepare(
        "SELECT rowid, docn, page, start, paragraph, passage, counted, text, paragraphs, sha256
         FROM page_part",
    )?;
    let mut renew = db.prepare("UPDATE page_part SET sha256 = ?2 WHERE rowid = ?1")?;
    let mut rows = parts.query([])?;
    let mut renewed: Vec<(i64, [u8; 32])> = Vec::new();
    while let Some(row) = rows.next()? {
        let (docn, page): (u64, u32) = (row.get(1)?, row.get(2)?);
        let places: [usize; 4] = [row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
        let (text, paragraphs): (Vec<u8>, Vec<u8>) = (row.get(7)?, row.get(8)?);
        let sha256: Vec<u8> = row.get(9)?;
        let (Ok(text), Ok(paragraphs)) = (unpack(&text), unpack(&paragraphs)) else {
            return Ok(Some(format!("page {page} of document {docn} cannot be unpacked")));
        };
        if part_hash(&text, &paragraphs, &places).as_slice() != sha256 {
            return Ok(Some(format!("page {page} of document {docn} does not fit its hash")));
        }
        let [start, paragraph, passage, _] = places;
        renewed.push((row.get(0)?, part_hash(&text, &paragraphs, &[start, paragraph, passage])));
    }
    drop(rows);
    for (rowid, sha256) in renewed {
        renew.execute(params![rowid, sha256.as_slice()])?;
    }
    drop((parts, renew));
    db.execute_batch("ALTER TABLE page_part DROP COLUMN counted")?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Page, PageNo, PageOrigin, Record, RefKind, Reference, Relation, Role, SourceId,
    };
    use crate::store::record::record_json;
    use crate::store::tests_support::new_source;

    /// Row, places, text, paragraphs.
    type KeptPart = (i64, [usize; 3], Vec<u8>, Vec<u8>);

    /// Makes of a store what a program of format 2 would have left.
    fn as_format_2(store: &Store) {
        let make = "CREATE TABLE old (
              docn INTEGER NOT NULL, n INTEGER NOT NULL, page INTEGER NOT NULL,
              start INTEGER NOT NULL, end INTEGER NOT NULL,
              whole_start INTEGER NOT NULL, whole_end INTEGER NOT NULL,
              kind TEXT NOT NULL, id TEXT NOT NULL, pinpoint TEXT, confidence REAL NOT NULL,
              relation TEXT NOT NULL, note TEXT, PRIMARY KEY (docn, n)
            ) WITHOUT ROWID;
            INSERT INTO old SELECT docn, n, page, start, \"end\", whole_start, whole_end, kind, id,
              pinpoint, confidence, relation, note FROM reference;
            DROP VIEW reference; DROP TABLE reference_place; DROP TABLE reference_form;
            ALTER TABLE old RENAME TO reference; CREATE INDEX reference_id ON reference (id);
            PRAGMA user_version = 2;";
        store.run(|db| db.execute_batch(make)).unwrap();
        let json = record_json(&Record::default()).unwrap();
        store.run(|db| db.execute("UPDATE source SET record = ?1", [&json])).unwrap();
    }

    /// Makes of a store what the first program would have left.
    fn as_format_1(store: &Store) {
        as_format_2(store);
        let add = "ALTER TABLE page ADD COLUMN before INTEGER NOT NULL DEFAULT 0;
                   ALTER TABLE page_part ADD COLUMN counted INTEGER NOT NULL DEFAULT 7;
                   PRAGMA user_version = 1;";
        store.run(|db| db.execute_batch(add)).unwrap();
        let rows: Vec<KeptPart> = store
            .run(|db| {
                db.prepare(
                    "SELECT rowid, start, paragraph, passage, text, paragraphs FROM page_part",
                )?
                .query_map([], |row| {
                    let places = [row.get(1)?, row.get(2)?, row.get(3)?];
                    Ok((row.get(0)?, places, row.get(4)?, row.get(5)?))
                })?
                .collect()
            })
            .unwrap();
        for (rowid, [start, paragraph, passage], text, paragraphs) in rows {
            let (text, paragraphs) = (unpack(&text).unwrap(), unpack(&paragraphs).unwrap());
            let hash = part_hash(&text, &paragraphs, &[start, paragraph, passage, 7]);
            store
                .run(|db| {
                    db.execute(
                        "UPDATE page_part SET sha256 = ?2 WHERE rowid = ?1",
                        params![rowid, hash.as_slice()],
                    )
                })
                .unwrap();
        }
    }

    fn references() -> Vec<Reference> {
        let reference = |span: std::ops::Range<usize>, id: &str, confidence| Reference {
            page: PageNo::FIRST,
            whole: span.clone(),
            span,
            kind: RefKind::Statute,
            id: id.to_owned(),
            pinpoint: None,
            confidence,
            relation: Relation::Cites,
            note: None,
        };
        let first = reference(0..9, "pk/act/peca/s37", 0.85);
        let second = reference(20..25, "pk/act/peca/s37", 0.777);
        vec![first, second, Reference { whole: 30..60, ..reference(40..50, "pk/act/peca", 1.0) }]
    }

    /// Keeps a document as `make` has it kept.
    fn kept(folder: &std::path::Path, make: impl Fn(&Store)) -> (u64, Page) {
        let store = Store::open(folder).unwrap();
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Markup);
        for idx in 0..400 {
            page.push(&format!("Section {idx}. {}", "Records are kept. ".repeat(14)), Role::Body);
        }
        let mut new = new_source(SourceId([7; 32]), "");
        new.pages = vec![page.clone()];
        new.references = references();
        let mut batch = store.batch().unwrap();
        let docn = batch.put_source(&new).unwrap();
        batch.commit().unwrap();
        make(&store);
        (docn, page)
    }

    #[track_caller]
    fn check_upgrade(make: impl Fn(&Store)) {
        let folder = tempfile::tempdir().unwrap();
        let (docn, page) = kept(folder.path(), make);
        let reader = Store::open_read_only(folder.path());
        assert!(matches!(reader, Err(StoreError::Format { .. })));
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.page(docn, PageNo::FIRST).unwrap(), Some(page));
        assert_eq!(store.references(docn).unwrap(), references());
        assert_eq!(store.references_where(|id| id == "pk/act/peca/s37").unwrap().len(), 2);
        assert_eq!(store.verify(&mut |_| ()).unwrap(), []);
        drop(store);
        assert!(Store::open_read_only(folder.path()).unwrap().is_some());
        // Opened for writing again, it stays as it is.
        assert_eq!(Store::open(folder.path()).unwrap().verify(&mut |_| ()).unwrap(), []);
    }

    #[test]
    fn a_store_of_format_1_is_brought_up_to_date() {
        check_upgrade(as_format_1);
    }

    #[test]
    fn a_store_of_format_2_is_brought_up_to_date() {
        check_upgrade(as_format_2);
    }

    #[test]
    fn a_damaged_store_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        kept(folder.path(), as_format_1);
        let db = Connection::open(folder.path().join("store.db")).unwrap();
        db.execute_batch("UPDATE page_part SET start = start + 1 WHERE n = 1").unwrap();
        assert!(matches!(Store::open(folder.path()), Err(StoreError::Damaged { .. })));
        let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        let columns: u32 = db
            .query_row(
                "SELECT count(*) FROM pragma_table_info('page') WHERE name = 'before'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!((version, columns), (1, 1));
    }
}
