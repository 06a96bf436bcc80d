//! What can be wrong with a table of entities, each with its line and column.

/// Why a table of entities cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GazetteerError {
    /// The text is not TOML, or a value has the wrong type.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// What is wrong, in the parser's words.
        message: String,
    },
    /// A key that no entry has.
    #[error("line {line}, column {column}: unknown key `{key}`")]
    UnknownKey {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The key as written.
        key: String,
        /// The nearest known key.
        near: Option<String>,
    },
    /// A kind that does not exist.
    #[error("line {line}, column {column}: unknown kind `{kind}`")]
    UnknownKind {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The kind as written.
        kind: String,
        /// The nearest known kind.
        near: Option<String>,
    },
    /// Two entries of one file have the same id.
    #[error("line {line}, column {column}: `{id}` stands in line {first_line} already")]
    DuplicateId {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The id.
        id: String,
        /// The line of the first entry.
        first_line: usize,
    },
    /// An id that is not made of `a`–`z`, digits and hyphens.
    #[error("line {line}, column {column}: an id is made of a-z, 0-9 and -, not `{id}`")]
    BadId {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The id as written.
        id: String,
    },
    /// A new entry without a name or a kind.
    #[error("line {line}, column {column}: the new entry `{id}` has no `{key}`")]
    Missing {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The entry.
        id: String,
        /// `name` or `kind`.
        key: &'static str,
        /// Ids like this one, if an existing entry was meant.
        near: Vec<String>,
    },
    /// A parent that is no entry, or is switched off.
    #[error("line {line}, column {column}: `{id}` names the unknown parent `{parent}`")]
    UnknownParent {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The entry.
        id: String,
        /// Its parent as written.
        parent: String,
        /// The nearest known id.
        near: Option<String>,
    },
    /// An entry that is, through its parents, a part of itself.
    #[error("line {line}, column {column}: `{id}` is a part of itself")]
    ParentCircle {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The entry.
        id: String,
    },
    /// A form without a letter or digit: it would be found nowhere, or everywhere.
    #[error("line {line}, column {column}: a form of `{id}` has no letter")]
    EmptyForm {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The entry.
        id: String,
    },
    /// `remove` names what the entry does not have.
    #[error("line {line}, column {column}: `{id}` has no `{form}` to remove")]
    NothingToRemove {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The entry.
        id: String,
        /// As written.
        form: String,
        /// The nearest form of the entry.
        near: Option<String>,
    },
}

impl GazetteerError {
    /// Returns line and column, counted from 1, the column in characters.
    pub const fn place(&self) -> (usize, usize) {
        match self {
            Self::Syntax { line, column, .. }
            | Self::UnknownKey { line, column, .. }
            | Self::UnknownKind { line, column, .. }
            | Self::DuplicateId { line, column, .. }
            | Self::BadId { line, column, .. }
            | Self::Missing { line, column, .. }
            | Self::UnknownParent { line, column, .. }
            | Self::ParentCircle { line, column, .. }
            | Self::EmptyForm { line, column, .. }
            | Self::NothingToRemove { line, column, .. } => (*line, *column),
        }
    }

    /// Returns what to do about it, in words; `None` where there is nothing to say.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::UnknownKey { near, .. }
            | Self::UnknownKind { near, .. }
            | Self::UnknownParent { near, .. }
            | Self::NothingToRemove { near, .. } => {
                near.as_ref().map(|near| format!("did you mean `{near}`?"))
            }
            Self::Missing { near, .. } if !near.is_empty() => {
                Some(format!("to change an entry, use its id: {}", near.join(", ")))
            }
            _ => None,
        }
    }
}
