//! References as they are kept: what is cited once, and the places where it is.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::{Batch, DocNumber, StoreError};
use crate::model::{Reference, Relation};

/// The tables, and the view that shows them as one row a reference.
pub(super) const TABLES: &str = include_str!("schema_references.sql");

/// So many forms are remembered while a batch is written.
const MOST_REMEMBERED: usize = 16_384;

/// The numbers of forms, by kind, NUL and id.
pub(super) type Forms = HashMap<String, i64>;

/// Returns the word that the store uses.
pub(super) const fn relation_name(relation: Relation) -> &'static str {
    match relation {
        Relation::Cites => "cites",
        Relation::OwnNumber => "self",
        Relation::AppealFrom => "appeal-from",
    }
}

/// Returns the number of a form, which is given one where it has none.
fn form(db: &Connection, forms: &mut Forms, kind: &str, id: &str) -> Result<i64, rusqlite::Error> {
    let key = format!("{kind}\0{id}");
    if let Some(&form) = forms.get(&key) {
        return Ok(form);
    }
    let hash = Sha256::digest(&key);
    // 47 bits: SQLite keeps them in six bytes, and none is below zero.
    let mut form = hash.iter().take(6).fold(0, |sum, &byte| sum << 8 | i64::from(byte)) >> 1;
    loop {
        let known = db
            .prepare_cached("SELECT kind = ?2 AND id = ?3 FROM reference_form WHERE form = ?1")?
            .query_row(params![form, kind, id], |row| row.get(0))
            .optional()?;
        match known {
            Some(true) => break,
            // Another one happens to have this number.
            Some(false) => form += 1,
            None => {
                db.prepare_cached(
                    "INSERT INTO reference_form (form, kind, id) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![form, kind, id])?;
                break;
            }
        }
    }
    if forms.len() >= MOST_REMEMBERED {
        forms.clear();
    }
    forms.insert(key, form);
    Ok(form)
}

/// Returns a share in hundredths, if that is all that it is.
#[expect(clippy::cast_possible_truncation, reason = "a share is from 0 to 1")]
fn hundredths(share: f32) -> Option<i64> {
    let hundredths = (f64::from(share) * 100.0).round();
    let is_it = ((hundredths / 100.0) as f32).to_bits() == share.to_bits();
    (is_it && (0.0..=100.0).contains(&hundredths)).then_some(hundredths as i64)
}

impl Batch<'_> {
    pub(super) fn put_reference(
        &self,
        docn: DocNumber,
        n: usize,
        reference: &Reference,
    ) -> Result<(), StoreError> {
        let mut forms = self.forms.borrow_mut();
        self.run(|db| put(db, &mut forms, docn, n, reference))
    }
}

fn put(
    db: &Connection,
    forms: &mut Forms,
    docn: DocNumber,
    n: usize,
    reference: &Reference,
) -> Result<(), rusqlite::Error> {
    let (span, whole) = (&reference.span, &reference.whole);
    let whole = Some(whole).filter(|whole| *whole != span);
    let relation = Some(reference.relation).filter(|relation| *relation != Relation::Cites);
    let mut insert = db.prepare_cached(
        "INSERT INTO reference_place (docn, n, page, start, length, whole_start, whole_end, form,
           pinpoint, confidence, relation, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    insert.execute(params![
        docn,
        n,
        reference.page.get(),
        span.start,
        span.end.saturating_sub(span.start),
        whole.map(|whole| whole.start),
        whole.map(|whole| whole.end),
        form(db, forms, reference.kind.name(), &reference.id)?,
        reference.pinpoint,
        hundredths(reference.confidence).map_or_else(
            || rusqlite::types::Value::Real(reference.confidence.into()),
            rusqlite::types::Value::Integer
        ),
        relation.map(relation_name),
        reference.note,
    ])?;
    Ok(())
}

/// Moves the references of a store of format 2, which has a row of texts for each, into the tables.
pub(super) fn move_old(db: &Connection) -> Result<(), rusqlite::Error> {
    db.execute_batch(
        "DROP INDEX IF EXISTS reference_id; ALTER TABLE reference RENAME TO reference_old;",
    )?;
    db.execute_batch(TABLES)?;
    let mut forms = Forms::new();
    let mut old = db.prepare(&format!(
        "SELECT {}, docn, n FROM reference_old ORDER BY docn, n",
        super::read::REFERENCE_COLUMNS
    ))?;
    let mut rows = old.query([])?;
    while let Some(row) = rows.next()? {
        let reference = super::read::reference_row(row)?;
        put(db, &mut forms, row.get(11)?, row.get(12)?, &reference)?;
    }
    drop(rows);
    drop(old);
    db.execute_batch("DROP TABLE reference_old")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageNo, RefKind, SourceId};
    use crate::store::Store;
    use crate::store::tests_support::new_source;

    #[test]
    fn every_reference_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let page = PageNo::FIRST;
        let plain = Reference {
            page,
            span: 3..9,
            whole: 3..9,
            kind: RefKind::Statute,
            id: "pk/act/peca".to_owned(),
            pinpoint: None,
            confidence: 0.9,
            relation: Relation::Cites,
            note: None,
        };
        let references = vec![
            plain.clone(),
            // The same words as another kind of reference.
            Reference { kind: RefKind::Back, confidence: 0.123_456_7, ..plain.clone() },
            Reference { whole: 1..12, pinpoint: Some("s37".to_owned()), ..plain.clone() },
            Reference { relation: Relation::AppealFrom, confidence: 1.0, ..plain.clone() },
            Reference { relation: Relation::OwnNumber, note: Some("as".to_owned()), ..plain },
        ];
        let mut new = new_source(SourceId([7; 32]), "");
        new.references.clone_from(&references);
        let mut batch = store.batch().unwrap();
        let docn = batch.put_source(&new).unwrap();
        batch.commit().unwrap();
        assert_eq!(store.references(docn).unwrap(), references);
        assert_eq!(store.references_in(docn, page, 0..9).unwrap(), references);
        let by_id = store.references_where(|id| id == "pk/act/peca").unwrap();
        assert_eq!(by_id, references.into_iter().map(|it| (docn, it)).collect::<Vec<_>>());
        assert_eq!(store.references_where(|id| id == "pk/act").unwrap(), []);
        assert_eq!(store.verify(&mut |_| ()).unwrap(), []);
        // What a form says is sealed with each of its places.
        store.run(|db| db.execute("UPDATE reference_form SET id = 'pk/act/fsl'", [])).unwrap();
        assert_eq!(store.verify(&mut |_| ()).unwrap().len(), 1);
    }

    #[test]
    fn forms_with_one_number_are_told_apart() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(TABLES).unwrap();
        let first = form(&db, &mut Forms::new(), "case", "one").unwrap();
        db.execute("UPDATE reference_form SET id = 'other'", []).unwrap();
        let second = form(&db, &mut Forms::new(), "case", "one").unwrap();
        assert_eq!(second, first + 1);
        assert_eq!(form(&db, &mut Forms::new(), "case", "one").unwrap(), second);
    }

    #[test]
    fn a_share_that_is_no_hundredths_stays_as_it_is() {
        assert_eq!(hundredths(0.85), Some(85));
        assert_eq!(hundredths(1.0), Some(100));
        assert_eq!(hundredths(0.855), None);
        assert_eq!(hundredths(-0.5), None);
        assert_eq!(hundredths(f32::NAN), None);
    }
}
