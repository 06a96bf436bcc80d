//! What a person says of a document: record values, status, tags; kept in `corpus/records/`.

use std::path::PathBuf;

use crate::corpus::parse_record;
use crate::engine::embedded::WriterSettings;
use crate::entity::Resolved;
use crate::model::{RecordInput, Status};
use crate::store::SourceRow;

use super::ingest::{Watch, take_lock, take_over};
use super::{Desk, TaskError};

/// One change of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Sets a field to a value.
    Set(String, String),
    /// Takes back what a person set.
    Unset(String),
    /// Adds a tag: an entity by id, name or alias.
    Tag(String),
    /// Takes a tag away.
    Untag(String),
    /// Adds a status; it needs a source.
    Status(Status),
}

/// Changes the person's record of a document, and takes it over into store and index.
///
/// Returns the file that was written.
pub fn edit(
    desk: Desk,
    source: &SourceRow,
    changes: &[Change],
    holder: &str,
    watch: &dyn Watch,
) -> Result<PathBuf, TaskError> {
    // Taken before anything is read: two people who edit at once must not lose a change, and one
    // who finds the lock taken must leave nothing behind.
    let lock = take_lock(&desk.workspace, holder)?;
    let mut input = desk.workspace.record_of(source.id)?.unwrap_or_default();
    for change in changes {
        input = apply(input, change, &desk)?;
    }
    desk.workspace.write_record(source.id, &input)?;
    let path = desk.workspace.records().join(format!("{}.toml", source.id));
    let workspace = desk.workspace.clone();
    // The reader's view of the store is closed before the writer opens it.
    drop(desk);
    take_over(&workspace, WriterSettings::default(), &lock, watch)?;
    Ok(path)
}

fn apply(mut input: RecordInput, change: &Change, desk: &Desk) -> Result<RecordInput, TaskError> {
    match change {
        Change::Set(field, value) => set(&input, field, Some(value)),
        Change::Unset(field) => set(&input, field, None),
        Change::Tag(name) => {
            let id = entity(name, desk)?;
            input.tags_removed.retain(|tag| *tag != id);
            if !input.tags.contains(&id) {
                input.tags.push(id);
            }
            Ok(input)
        }
        Change::Untag(name) => {
            let id = entity(name, desk)?;
            input.tags.retain(|tag| *tag != id);
            if !input.tags_removed.contains(&id) {
                input.tags_removed.push(id);
            }
            Ok(input)
        }
        Change::Status(status) => {
            input.status.push(status.clone());
            Ok(input)
        }
    }
}

fn entity(name: &str, desk: &Desk) -> Result<String, TaskError> {
    match desk.knowledge.gazetteer.resolve(name) {
        Resolved::One(id) => Ok(id),
        Resolved::Ambiguous(ids) => Err(TaskError::Usage {
            what: format!("`{name}` may be {}", ids.join(" or ")),
            hint: "name one of them".to_owned(),
        }),
        Resolved::Unknown { near } => Err(TaskError::Usage {
            what: format!("no entity `{name}`"),
            hint: match near.first() {
                Some(near) => {
                    format!("did you mean `{near}`? new ones go into corpus/entities.toml")
                }
                None => "new ones go into corpus/entities.toml".to_owned(),
            },
        }),
    }
}

/// Sets a field by its name, through the form in which people write it: one check for both.
fn set(input: &RecordInput, field: &str, value: Option<&str>) -> Result<RecordInput, TaskError> {
    let name = format!("--set {field}");
    let wrong = |message: String| TaskError::Usage {
        what: format!("{name}: {message}"),
        hint: String::new(),
    };
    let mut table = toml::Table::try_from(input).map_err(|error| wrong(error.to_string()))?;
    // The names that a record may use for one field are one field.
    let canonical = match field {
        "number" => "numbers",
        "judge" => "judges",
        "author" => "authors",
        "report" => "reports",
        "index" | "index-number" => "index_number",
        "outlet" => "publisher",
        "language" => "lang",
        other => other,
    };
    if let Some((map, role)) = canonical.split_once('.') {
        let entry = table.entry(map).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        if let toml::Value::Table(entry) = entry {
            match value {
                Some(value) => drop(entry.insert(role.to_owned(), value.into())),
                None => drop(entry.remove(role)),
            }
        }
    } else {
        match value {
            Some(value) => drop(table.insert(canonical.to_owned(), value.into())),
            None => drop(table.remove(canonical)),
        }
    }
    let text = toml::to_string(&table).map_err(|error| wrong(error.to_string()))?;
    Ok(parse_record(&text, &name)?)
}
