//! Citation lists: `corpus/lists/<name>.toml`, an ordered set of works with locators and quotes.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::files::{self, FileError};
use super::workspace::Workspace;
use crate::model::{Locator, SourceId};

/// A citation list.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// What the list is called in print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// BCP 47 tag: the language of terms such as "para" in print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// What a person decided about personal data in exports of this list (`redact`, `allow`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal_data: Option<String>,
    /// In order.
    #[serde(default, rename = "entry")]
    pub entries: Vec<ListEntry>,
}

/// One work in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListEntry {
    /// The work; keys may change, this does not.
    pub id: SourceId,
    /// The citation key when it was added, for people who read the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The place in the work; empty: the whole work.
    #[serde(default, skip_serializing_if = "Locator::is_whole")]
    pub at: Locator,
    /// A quotation, which stood in the kept text when it was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// What the person says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// A heading of the list to stand under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
}

/// Why a list could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// The file is no list.
    #[error("{}: {message}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        message: String,
    },
    /// The name cannot be a file's.
    #[error("`{name}` cannot name a list: use letters, digits, `-` and `_`, at most 64")]
    Name {
        /// The name given.
        name: String,
    },
    /// There is no such list.
    #[error("there is no list `{name}`")]
    NoSuch {
        /// The name given.
        name: String,
        /// The lists there are.
        known: Vec<String>,
    },
    /// The file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Workspace {
    fn list_path(&self, name: &str) -> Result<PathBuf, ListError> {
        let is_name = !name.is_empty()
            && name.chars().count() <= 64
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !is_name {
            return Err(ListError::Name { name: name.to_owned() });
        }
        Ok(self.lists().join(format!("{name}.toml")))
    }

    /// Reads the list `name`.
    pub fn list(&self, name: &str) -> Result<List, ListError> {
        let path = self.list_path(name)?;
        let Some(text) = files::read_text(&path, 64 << 20)? else {
            let known = self.list_names()?;
            return Err(ListError::NoSuch { name: name.to_owned(), known });
        };
        toml::from_str(&text).map_err(|error| ListError::Syntax {
            path,
            message: error.to_string().trim().to_owned(),
        })
    }

    /// Writes the list `name` whole.
    pub fn write_list(&self, name: &str, list: &List) -> Result<(), ListError> {
        let path = self.list_path(name)?;
        let text = toml::to_string(list).map_err(|error| ListError::Syntax {
            path: path.clone(),
            message: error.to_string(),
        })?;
        files::write_atomic(&path, text.as_bytes())?;
        Ok(())
    }

    /// Returns the names of all lists, sorted.
    pub fn list_names(&self) -> Result<Vec<String>, ListError> {
        let folder = self.lists();
        let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(Vec::new()) };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|source| FileError::Read { path: folder.clone(), source })?;
            let name = entry.file_name().to_string_lossy().into_owned();
            names.extend(name.strip_suffix(".toml").map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::init(folder.path()).unwrap();
        let list = List {
            title: Some("Brief".to_owned()),
            entries: vec![ListEntry {
                id: SourceId([7; 32]),
                key: Some("ihc-2024-wp-1805".to_owned()),
                at: "p12,para18".parse().unwrap(),
                quote: Some("مثل \"quoted\"\nlines".to_owned()),
                note: None,
                heading: None,
            }],
            ..List::default()
        };
        workspace.write_list("brief", &list).unwrap();
        assert_eq!(workspace.list("brief").unwrap(), list);
        assert_eq!(workspace.list_names().unwrap(), ["brief"]);
    }

    #[test]
    fn names_are_no_paths() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::init(folder.path()).unwrap();
        for name in ["../x", "", "a/b", "a.b"] {
            assert!(matches!(workspace.list(name), Err(ListError::Name { .. })), "{name}");
        }
        let missing = workspace.list("none").unwrap_err();
        assert!(matches!(missing, ListError::NoSuch { known, .. } if known.is_empty()));
    }
}
