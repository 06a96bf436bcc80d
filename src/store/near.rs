//! Near copies: the sketches of texts, the pairs that were compared, and the groups they make.
//!
//! Two tables beside those of `schema.sql`, made where they are missing: they hold nothing that
//! cannot be computed from the kept texts again.

use std::collections::BTreeMap;
use std::rc::Rc;

use rusqlite::params;

use super::{Batch, DocNumber, Store, StoreError};
use crate::model::WarningKind;

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

/// A document and its sketch: empty for a short text, `None` where an earlier program made none.
pub(crate) type KeptSketch = (DocNumber, Option<Vec<u8>>);

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
    pub fn sketches(&self) -> Result<Vec<KeptSketch>, StoreError> {
        self.run(|db| {
            db.prepare_cached(
                "SELECT docn, shingles FROM source WHERE state IN ('indexed', 'warned')
                   AND EXISTS (SELECT 1 FROM path WHERE path.docn = source.docn) ORDER BY docn",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })
    }

    /// Returns the searchable contents whose folded words are all the same, group by group; in each
    /// group in order of their numbers.
    pub fn same_texts(&self) -> Result<Vec<Vec<DocNumber>>, StoreError> {
        let rows: Vec<(Vec<u8>, DocNumber)> = self.run(|db| {
            db.prepare_cached(
                "SELECT text_sha256, docn FROM source WHERE state IN ('indexed', 'warned')
                   AND EXISTS (SELECT 1 FROM path WHERE path.docn = source.docn)
                   AND text_sha256 IN (SELECT text_sha256 FROM source
                     WHERE text_sha256 IS NOT NULL GROUP BY text_sha256 HAVING count(*) > 1)
                 ORDER BY text_sha256, docn",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })?;
        let groups = rows.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() > 1);
        Ok(groups.map(|group| group.iter().map(|(_, docn)| *docn).collect()).collect())
    }

    /// Returns the warnings of equal texts: what each says, by number.
    pub fn same_text_warnings(&self) -> Result<BTreeMap<DocNumber, String>, StoreError> {
        self.run(|db| {
            db.prepare_cached("SELECT docn, detail FROM warning WHERE kind = ?1")?
                .query_map([WarningKind::SameTextAs.id()], |row| Ok((row.get(0)?, row.get(1)?)))?
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

    /// Returns the groups of contents that are near copies of each other.
    pub fn near_copies(&self) -> Result<Rc<NearCopies>, StoreError> {
        // Every search asks for them, and they change only with the store.
        let stamp = self.stamp()?;
        if let Some((then, known)) = &*self.near_copies.borrow()
            && *then == stamp
        {
            return Ok(Rc::clone(known));
        }
        let read = Rc::new(NearCopies::of(&self.near_groups()?));
        *self.near_copies.borrow_mut() = Some((stamp, Rc::clone(&read)));
        Ok(read)
    }

    /// Returns the group of every content that has near copies, by number.
    pub fn near_groups(&self) -> Result<BTreeMap<DocNumber, DocNumber>, StoreError> {
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

/// Which contents are near copies of each other; asked for every document that is found.
#[derive(Debug, Default)]
pub struct NearCopies {
    /// By number of the content; those beyond the end are alone.
    groups: Vec<Option<DocNumber>>,
}

impl NearCopies {
    fn of(groups: &BTreeMap<DocNumber, DocNumber>) -> Self {
        let last = groups.last_key_value().and_then(|(&docn, _)| usize::try_from(docn).ok());
        let mut by_number = vec![None; last.map_or(0, |last| last + 1)];
        for (&docn, &group) in groups {
            if let Some(place) = usize::try_from(docn).ok().and_then(|at| by_number.get_mut(at)) {
                *place = Some(group);
            }
        }
        Self { groups: by_number }
    }

    /// Returns the group that a content is in; `None`: it stands alone.
    pub fn group(&self, docn: DocNumber) -> Option<DocNumber> {
        usize::try_from(docn).ok().and_then(|at| self.groups.get(at)).copied().flatten()
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

    /// Replaces the warning that another content has the same words; `None` takes it away.
    pub fn put_same_text(
        &mut self,
        docn: DocNumber,
        detail: Option<&str>,
    ) -> Result<(), StoreError> {
        let kind = WarningKind::SameTextAs.id();
        self.run(|db| {
            db.prepare_cached("DELETE FROM warning WHERE docn = ?1 AND kind = ?2")?
                .execute(params![docn, kind])?;
            if let Some(detail) = detail {
                db.prepare_cached(
                    "INSERT INTO warning (docn, n, kind, page, detail)
                     SELECT ?1, coalesce(max(n) + 1, 0), ?2, NULL, ?3 FROM warning WHERE docn = ?1",
                )?
                .execute(params![docn, kind, detail])?;
            }
            // A content is `warned` as long as it has a warning.
            db.prepare_cached(
                "UPDATE source SET state = CASE WHEN EXISTS
                     (SELECT 1 FROM warning WHERE warning.docn = ?1) THEN 'warned' ELSE 'indexed' END
                 WHERE docn = ?1 AND state IN ('indexed', 'warned')",
            )?
            .execute([docn])
        })?;
        self.touch(docn)
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
