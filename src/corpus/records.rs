//! Records that people write: sidecars (`order.pdf.misl.toml`) and `corpus/records/<id>.toml`.

use std::path::Path;

use super::files::{self, FileError};
use super::workspace::Workspace;
use crate::model::{RecordInput, SourceId, Status};

/// Why a record of a person could not be taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// Not TOML, or a value of the wrong kind.
    #[error("{name}: {message}")]
    Syntax {
        /// The file.
        name: String,
        /// What is wrong, with line and column.
        message: String,
    },
    /// A field that misl does not know.
    #[error("{name}, line {line}: unknown field `{field}`")]
    UnknownField {
        /// The file.
        name: String,
        /// Counted from 1.
        line: usize,
        /// The field.
        field: String,
        /// The nearest known field.
        near: Option<&'static str>,
    },
    /// A status whose state is none of [`Status::STATES`], or one without a source.
    #[error("{name}: {message}")]
    Status {
        /// The file.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// The file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Every field of a record, as people write it; other names may begin with `x-`.
const FIELDS: [&str; 27] = [
    "kind",
    "title",
    "short_title",
    "court",
    "date",
    "dates",
    "judges",
    "petitioner",
    "respondent",
    "numbers",
    "reports",
    "authors",
    "publisher",
    "act_number",
    "gazette",
    "index_number",
    "url",
    "archive_url",
    "lang",
    "matter",
    "key",
    "page_count",
    "status",
    "tags",
    "tags_removed",
    "conflicts_with",
    "description",
];

/// The largest record, in bytes.
const MAX_BYTES: u64 = 256 << 10;

/// Reads a person's record; `name` stands in errors.
pub fn parse_record(text: &str, name: &str) -> Result<RecordInput, RecordError> {
    let input: RecordInput = toml::from_str(text).map_err(|error| RecordError::Syntax {
        name: name.to_owned(),
        message: error.to_string().trim().to_owned(),
    })?;
    for field in input.extra.keys() {
        if !field.starts_with("x-") && !FIELDS.contains(&field.as_str()) {
            let line = text.lines().position(|line| line.trim_start().starts_with(field.as_str()));
            return Err(RecordError::UnknownField {
                name: name.to_owned(),
                line: line.map_or(1, |line| line + 1),
                field: field.clone(),
                near: nearest(field),
            });
        }
    }
    for status in &input.status {
        check_status(status, name)?;
    }
    Ok(input)
}

/// Refuses a status with an unknown state or without a source.
pub(crate) fn check_status(status: &Status, name: &str) -> Result<(), RecordError> {
    let wrong = |message| Err(RecordError::Status { name: name.to_owned(), message });
    if !Status::STATES.contains(&status.state.as_str()) {
        let states = Status::STATES.join(", ");
        return wrong(format!("unknown state `{}`: one of {states}", status.state));
    }
    if status.source.trim().is_empty() {
        return wrong(format!("the status `{}` names no source", status.state));
    }
    Ok(())
}

/// Returns the field that shares the most letters in order with `field`.
fn nearest(field: &str) -> Option<&'static str> {
    let pairs = |word: &str| -> Vec<(char, char)> {
        let word = word.to_lowercase().replace('-', "_");
        word.chars().zip(word.chars().skip(1)).collect()
    };
    let wanted = pairs(field);
    FIELDS
        .iter()
        .map(|known| (pairs(known).iter().filter(|pair| wanted.contains(pair)).count(), *known))
        .filter(|(shared, _)| *shared > 0)
        .max_by_key(|(shared, known)| (*shared, std::cmp::Reverse(known.len())))
        .map(|(_, known)| known)
}

impl Workspace {
    /// Reads `corpus/records/<id>.toml`; `None` where nobody wrote one.
    pub fn record_of(&self, id: SourceId) -> Result<Option<RecordInput>, RecordError> {
        let path = self.records().join(format!("{id}.toml"));
        read_record(&path)
    }

    /// Writes `corpus/records/<id>.toml` whole.
    pub fn write_record(&self, id: SourceId, input: &RecordInput) -> Result<(), RecordError> {
        let path = self.records().join(format!("{id}.toml"));
        let name = path.display().to_string();
        for status in &input.status {
            check_status(status, &name)?;
        }
        let text = toml::to_string_pretty(input)
            .map_err(|error| RecordError::Syntax { name, message: error.to_string() })?;
        files::write_atomic(&path, text.as_bytes())?;
        Ok(())
    }
}

/// Reads a record file; `None` where there is none.
pub fn read_record(path: &Path) -> Result<Option<RecordInput>, RecordError> {
    let Some(text) = files::read_text(path, MAX_BYTES)? else { return Ok(None) };
    parse_record(&text, &path.display().to_string()).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::init(folder.path()).unwrap();
        let id = SourceId([1; 32]);
        assert!(workspace.record_of(id).unwrap().is_none());
        let text = "kind = \"order\"\ntitle = \"A v. B\"\ndate = \"2024-06-25\"\n\
            judge = \"Babar Sattar\"\n[[status]]\nstate = \"suspended\"\nsource = \"a newspaper\"\n";
        let input = parse_record(text, "x").unwrap();
        assert_eq!(input.kind, Some(Kind::Order));
        workspace.write_record(id, &input).unwrap();
        assert_eq!(workspace.record_of(id).unwrap(), Some(input));
    }

    #[test]
    fn an_unknown_field_is_said_with_its_line_and_a_near_one() {
        let error = parse_record("kind = \"order\"\ncort = \"ihc\"\n", "x").unwrap_err();
        let RecordError::UnknownField { line, field, near, .. } = error else {
            panic!("{error}");
        };
        assert_eq!((line, field.as_str(), near), (2, "cort", Some("court")));
        assert!(parse_record("x-mine = 1\n", "x").is_ok());
    }

    #[test]
    fn a_status_needs_a_source_and_a_known_state() {
        for status in ["state = \"suspended\"\nsource = \" \"", "state = \"gone\"\nsource = \"x\""]
        {
            let text = format!("[[status]]\n{status}\n");
            assert!(matches!(parse_record(&text, "x"), Err(RecordError::Status { .. })), "{text}");
        }
        assert!(parse_record("[[status]]\nstate = \"suspended\"\n", "x").is_err());
    }
}
