//! Records as they are kept: JSON, packed with a dictionary of what all of them say.
//!
//! A record has some four hundred bytes, most of them names of fields, and each source has one. A short
//! one, and each of an older store, is text as it is.

use std::borrow::Cow;
use std::cell::RefCell;

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::model::Record;

/// What records have in common, the most usual last. Never changed: what was packed with it is not
/// read with another.
const DICTIONARY: &[u8] = include_bytes!("record.dict");

/// Shorter ones stay text.
const LEAST_PACKED: usize = 64;

/// No record unpacks to more bytes.
const MOST_BYTES: usize = 64 << 20;

/// The lists of a record.
const LISTS: [&str; 10] = [
    "dates",
    "judges",
    "parties",
    "numbers",
    "reports",
    "authors",
    "status",
    "tags",
    "tags_removed",
    "conflicts_with",
];

/// Returns a record as it is kept: JSON without empty lists. Most of them are, in every source, and
/// what is not there is read as empty.
pub(super) fn record_json(record: &Record) -> serde_json::Result<String> {
    let mut json = serde_json::to_string(record)?;
    for name in LISTS {
        // Nothing else is written so: within a text the quotation marks would have strokes before
        // them, and what the source calls by one of these names is no list.
        let empty = format!("\"{name}\":[],");
        if let Some(at) = json.find(&empty) {
            json.replace_range(at..at + empty.len(), "");
        }
    }
    Ok(json)
}

/// The JSON of a record, packed where it is bound to a statement.
pub(super) struct PackedRecord<'a>(pub(super) &'a str);

impl ToSql for PackedRecord<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>, rusqlite::Error> {
        if self.0.len() < LEAST_PACKED {
            return Ok(ToSqlOutput::Borrowed(self.0.into()));
        }
        let packed = PACKER.with_borrow_mut(|packer| match packer {
            Some(packer) => packer.compress(self.0.as_bytes()),
            None => {
                let new = zstd::bulk::Compressor::with_dictionary(3, DICTIONARY)?;
                packer.insert(new).compress(self.0.as_bytes())
            }
        });
        packed.map(ToSqlOutput::from).map_err(|error| {
            rusqlite::Error::ToSqlConversionFailure(format!("a record: {error}").into())
        })
    }
}

/// Returns the JSON of a record in a column; `None`: it cannot be unpacked.
pub(super) fn json_of(column: ValueRef<'_>) -> Option<Cow<'_, str>> {
    match column {
        ValueRef::Text(json) => std::str::from_utf8(json).ok().map(Cow::Borrowed),
        ValueRef::Blob(packed) => {
            let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten()?;
            let size = usize::try_from(size).ok().filter(|&size| size <= MOST_BYTES)?;
            let json = UNPACKER.with_borrow_mut(|unpacker| match unpacker {
                Some(unpacker) => unpacker.decompress(packed, size),
                None => {
                    let new = zstd::bulk::Decompressor::with_dictionary(DICTIONARY)?;
                    unpacker.insert(new).decompress(packed, size)
                }
            });
            String::from_utf8(json.ok()?).ok().map(Cow::Owned)
        }
        _ => None,
    }
}

/// Returns the record in a column; `None`: it cannot be read.
pub(super) fn record_of(column: ValueRef<'_>) -> Option<Record> {
    serde_json::from_str(json_of(column)?.as_ref()).ok()
}

thread_local! {
    /// Setting one up costs more than packing a record with it.
    static PACKER: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;
    use crate::model::{PageNo, Valued};

    #[test]
    fn a_record_is_kept_without_empty_lists_and_read_as_it_was() {
        let derived = |text: &str| Valued::derived(text.to_owned(), PageNo::FIRST, 0.9);
        let mut record = Record { title: Some(derived("\"dates\":[],")), ..Record::default() };
        record.tags.push(derived("pta"));
        record.extra.insert("judges".to_owned(), derived("\"judges\":[],"));
        let kept = record_json(&record).unwrap();
        assert_eq!(kept.matches("[]").count(), 2, "{kept}");
        assert_eq!(serde_json::from_str::<Record>(&kept).unwrap(), record);
        // Every list is known here: a new one must be named, too.
        assert_eq!(record_json(&Record::default()).unwrap(), r#"{"extra":{}}"#);
    }

    #[test]
    fn a_record_is_packed_and_read_as_it_was() {
        let title = Valued::derived("حکم The State v. Anwar".to_owned(), PageNo::FIRST, 0.9);
        let record = Record { title: Some(title), ..Record::default() };
        let json = record_json(&record).unwrap();
        let packed = PackedRecord(&json);
        let Ok(ToSqlOutput::Owned(rusqlite::types::Value::Blob(blob))) = packed.to_sql() else {
            panic!("not packed")
        };
        assert!(blob.len() * 3 < json.len() * 2, "{} of {}", blob.len(), json.len());
        assert_eq!(record_of(ValueRef::Blob(&blob)), Some(record.clone()));
        assert_eq!(json_of(ValueRef::Text(json.as_bytes())).as_deref(), Some(json.as_str()));
        assert_eq!(record_of(ValueRef::Blob(&blob[..blob.len() - 1])), None);
        assert_eq!(record_of(ValueRef::Null), None);
        let short = PackedRecord("{}");
        assert!(matches!(short.to_sql(), Ok(ToSqlOutput::Borrowed(ValueRef::Text(b"{}")))));
    }

    /// Stores are full of what was packed with it.
    #[test]
    fn the_dictionary_stays_as_it_is() {
        let hash: String =
            Sha256::digest(DICTIONARY).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, "1993a35c7c080ac2");
    }
}
