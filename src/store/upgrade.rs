//! Bringing a store of an earlier format up to this one, in one transaction.

use rusqlite::{Connection, params};

use super::part::part_hash;
use super::read::unpack;
use super::{FORMAT, Store, StoreError};

/// The earliest format that can be brought up to date.
pub(super) const OLDEST: u32 = 1;

impl Store {
    /// Brings a store of format 1 up to date: two columns that nobody reads are dropped. Texts and
    /// paragraphs stay as they are; new ones are kept shorter.
    pub(super) fn upgrade(&self) -> Result<(), StoreError> {
        let damaged = self.run(|db| {
            db.execute_batch("BEGIN IMMEDIATE")?;
            match of_format_1(db) {
                Ok(None) => {
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

/// Returns what cannot be brought up to date, in words.
fn of_format_1(db: &Connection) -> Result<Option<String>, rusqlite::Error> {
    let has = |table: &str, column: &str| -> Result<bool, rusqlite::Error> {
        db.query_row(
            "SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2",
            [table, column],
            |row| row.get(0),
        )
    };
    if has("page", "before")? {
        db.execute_batch("ALTER TABLE page DROP COLUMN before")?;
    }
    if !has("page_part", "counted")? {
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
    use crate::model::{Page, PageNo, PageOrigin, Role, SourceId};
    use crate::store::tests_support::new_source;

    /// Row, places, text, paragraphs.
    type KeptPart = (i64, [usize; 3], Vec<u8>, Vec<u8>);

    /// Makes of a store what the first program would have left.
    fn as_format_1(store: &Store) {
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

    fn kept(folder: &std::path::Path) -> (u64, Page) {
        let store = Store::open(folder).unwrap();
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Markup);
        for idx in 0..400 {
            page.push(&format!("Section {idx}. {}", "Records are kept. ".repeat(14)), Role::Body);
        }
        let mut new = new_source(SourceId([7; 32]), "");
        new.pages = vec![page.clone()];
        let mut batch = store.batch().unwrap();
        let docn = batch.put_source(&new).unwrap();
        batch.commit().unwrap();
        as_format_1(&store);
        (docn, page)
    }

    #[test]
    fn a_store_of_format_1_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let (docn, page) = kept(folder.path());
        let reader = Store::open_read_only(folder.path());
        assert!(matches!(reader, Err(StoreError::Format { .. })));
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.page(docn, PageNo::FIRST).unwrap(), Some(page));
        assert_eq!(store.verify(&mut |_| ()).unwrap(), []);
        drop(store);
        assert!(Store::open_read_only(folder.path()).unwrap().is_some());
    }

    #[test]
    fn a_damaged_store_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        kept(folder.path());
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
