//! The hash over all that is kept of a content beside its pages, by which `verify` finds a change.

use std::collections::BTreeMap;

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::record::json_of;
use super::reference::relation_name;
use super::{DocNumber, NewSource};

/// Fields that are hashed one after the other, each with its length.
#[derive(Default)]
struct Fields(Sha256);

impl Fields {
    fn add(&mut self, text: &str) {
        self.0.update(text.len().to_le_bytes());
        self.0.update(text.as_bytes());
    }

    fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Returns the hash of what the store holds of a content.
pub(super) fn derived_hash(db: &Connection, docn: DocNumber) -> Result<[u8; 32], rusqlite::Error> {
    let mut fields = Fields::default();
    db.prepare_cached("SELECT state, reason, record, overlay FROM source WHERE docn = ?1")?
        .query_row([docn], |row| {
            fields.add(&row.get::<_, String>(0)?);
            fields.add(&row.get::<_, String>(1)?);
            for column in 2..4 {
                // What cannot be unpacked is no record, and fits no hash of one.
                fields.add(json_of(row.get_ref(column)?).unwrap_or_default().as_ref());
            }
            Ok(())
        })?;
    let queries = [
        "SELECT page || ' ' || start || ' ' || end || ' ' || entity || ' ' || rule FROM mention
         WHERE docn = ?1 ORDER BY page, start, entity",
        "SELECT n || ' ' || page || ' ' || start || ' ' || end || ' ' || whole_start || ' ' ||
           whole_end || ' ' || kind || ' ' || id || ' ' || coalesce(pinpoint, '') || ' ' || relation
           || ' ' || coalesce(note, '') FROM reference WHERE docn = ?1 ORDER BY n",
        "SELECT n || ' ' || kind || ' ' || coalesce(page, 0) || ' ' || detail FROM warning
         WHERE docn = ?1 ORDER BY n",
    ];
    for query in queries {
        let mut statement = db.prepare_cached(query)?;
        let mut rows = statement.query([docn])?;
        while let Some(row) = rows.next()? {
            fields.add(&row.get::<_, String>(0)?);
        }
    }
    Ok(fields.finish())
}

/// Returns the same hash of a content that is about to be kept for the first time, without reading it
/// back; `record` is its record as kept.
pub(super) fn derived_hash_of(new: &NewSource, record: &str) -> [u8; 32] {
    let mut fields = Fields::default();
    for field in [new.state.name(), &new.reason, record, "{}"] {
        fields.add(field);
    }
    // Kept in this order, and of those at one place with one entity the first alone.
    let mut mentions = BTreeMap::new();
    for mention in &new.mentions {
        let place = (mention.page.get(), mention.span.start, mention.entity.as_str());
        mentions.entry(place).or_insert(mention);
    }
    for ((page, start, entity), mention) in mentions {
        let rule = mention.rule.name();
        fields.add(&format!("{page} {start} {} {entity} {rule}", mention.span.end));
    }
    for (n, reference) in new.references.iter().enumerate() {
        let (span, whole) = (&reference.span, &reference.whole);
        fields.add(&format!(
            "{n} {} {} {} {} {} {} {} {} {} {}",
            reference.page,
            span.start,
            span.end,
            whole.start,
            whole.end,
            reference.kind.name(),
            reference.id,
            reference.pinpoint.as_deref().unwrap_or_default(),
            relation_name(reference.relation),
            reference.note.as_deref().unwrap_or_default(),
        ));
    }
    for (n, warning) in new.warnings.iter().enumerate() {
        let page = warning.page.map_or(0, crate::model::PageNo::get);
        fields.add(&format!("{n} {} {page} {}", warning.kind.id(), warning.detail));
    }
    fields.finish()
}
