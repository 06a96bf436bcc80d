//! Near copies: the sketches of texts, the pairs that were compared, and the groups they make.
//!
//! Two tables beside those of `schema.sql`, made where they are missing: they hold nothing that
//! cannot be computed from the kept texts again.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Batch, DocNumber, Store, StoreError};

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS near_pair (
  a INTEGER NOT NULL, b INTEGER NOT NULL,   -- contents that were compared word by word, a < b
  alike REAL NOT NULL,                      -- 0 to 1
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS near_pair_b ON near_pair (b);
CREATE TABLE IF NOT EXISTS near_copy (
  docn INTEGER PRIMARY KEY,
  cluster INTEGER NOT NULL                  -- the smallest docn of the group
);
CREATE INDEX IF NOT EXISTS near_copy_cluster ON near_copy (cluster);";

impl Store {
    /// Makes the tables of near copies where a store of an earlier program lacks them.
    pub(super) fn add_near_tables(&self) -> Result<(), StoreError> {
        self.run(|db| db.execute_batch(TABLES))
    }

    fn has_near_tables(&self) -> Result<bool, StoreError> {
        self.run(|db| {
            db.prepare_cached("SELECT count(*) FROM sqlite_master WHERE name = 'near_copy'")?
                .query_row([], |row| Ok(row.get::<_, u64>(0)? > 0))
        })
    }

    /// Returns the sketches of the searchable contents as bytes, in order of their numbers: empty
    /// where the text is too short, `None` where an earlier program made none.
    pub fn sketches(&self) -> Result<Vec<(DocNumber, Option<Vec<u8>>)>, StoreError> {
        self.run(|db| {
            db.prepare_cached(
                "SELECT docn, shingles FROM source WHERE state IN ('indexed', 'warned')
                   AND EXISTS (SELECT 1 FROM path WHERE path.docn = source.docn) ORDER BY docn",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })
    }

    /// Returns the pairs that were compared and how alike they are; the smaller number first.
    pub fn near_pairs(&self) -> Result<BTreeMap<(DocNumber, DocNumber), f64>, StoreError> {
        if !self.has_near_tables()? {
            return Ok(BTreeMap::new());
        }
        self.run(|db| {
            db.prepare_cached("SELECT a, b, alike FROM near_pair")?
                .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?
                .collect()
        })
    }

    /// Returns the group of every content that has near copies, by number.
    pub fn near_copies(&self) -> Result<BTreeMap<DocNumber, DocNumber>, StoreError> {
        if !self.has_near_tables()? {
            return Ok(BTreeMap::new());
        }
        self.run(|db| {
            db.prepare_cached("SELECT docn, cluster FROM near_copy")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }
}

impl Batch<'_> {
    /// Keeps the sketch of a content that an earlier program left without one.
    pub fn put_sketch(&self, docn: DocNumber, sketch: &[u8]) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare_cached("UPDATE source SET shingles = ?2 WHERE docn = ?1")?
                .execute(params![docn, sketch])
        })?;
        Ok(())
    }

    /// Keeps how alike two contents are.
    pub fn put_near_pair(
        &self,
        (a, b): (DocNumber, DocNumber),
        alike: f64,
    ) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare_cached("INSERT OR REPLACE INTO near_pair (a, b, alike) VALUES (?1, ?2, ?3)")?
                .execute(params![a, b, alike])
        })?;
        Ok(())
    }

    /// Replaces the groups of near copies; the index does not hold them.
    pub fn put_near_copies(
        &self,
        clusters: &BTreeMap<DocNumber, DocNumber>,
    ) -> Result<(), StoreError> {
        self.run(|db| {
            db.execute("DELETE FROM near_copy", [])?;
            let mut insert =
                db.prepare_cached("INSERT INTO near_copy (docn, cluster) VALUES (?1, ?2)")?;
            for (docn, cluster) in clusters {
                insert.execute([docn, cluster])?;
            }
            Ok(())
        })
    }
}
