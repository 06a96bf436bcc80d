//! What can go wrong with what the program keeps.

use std::io;
use std::path::PathBuf;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process writes; nothing was touched.
    #[error("another misl is writing here ({holder})")]
    Locked {
        /// Process id, command and start of the holder, as far as the lock file tells.
        holder: String,
    },
    /// The store is of a format that this program does not read.
    #[error("{} is of format {found}, this program reads format {expected}; `misl ingest` brings an older one up to date", path.display())]
    Format {
        /// The store's file.
        path: PathBuf,
        /// The format it names.
        found: String,
        /// The format this program writes.
        expected: u32,
    },
    /// A kept text does not fit its hash, or a row makes no sense.
    #[error("kept data is damaged: {what}")]
    Damaged {
        /// What is damaged, with the source's id or path.
        what: String,
    },
    /// The disk is full or cannot be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// SQLite said no.
    #[error("the store {} cannot be used", path.display())]
    Sqlite {
        /// The store's file.
        path: PathBuf,
        /// The cause.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// Tells whether what is kept is damaged, as opposed to a disk or lock that says no.
    pub fn is_damage(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match self {
            Self::Damaged { .. } => true,
            Self::Sqlite { source, .. } => {
                matches!(source.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
            }
            _ => false,
        }
    }
}
