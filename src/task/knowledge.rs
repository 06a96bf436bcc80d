//! What the program knows before it reads: the gazetteer and the tables of legal references.

use sha2::{Digest as _, Sha256};

use crate::corpus::{FileError, Workspace, files};
use crate::entity::{Gazetteer, GazetteerError};
use crate::refs::Tables;

/// Raised whenever tagging or the recognition of references changes, so that old texts are
/// tagged anew from what is kept.
const VERSION: &str = "2";

/// The gazetteer and the tables, with a hash that tells when tags are stale.
#[derive(Debug)]
pub struct Knowledge {
    /// Entities: built in, and those of `corpus/entities.toml`.
    pub gazetteer: Gazetteer,
    /// Reporters, courts, case types, acts.
    pub tables: Tables,
    /// Hash over version and additions, in hex.
    pub fingerprint: String,
}

/// Why the additions of a workspace could not be taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KnowledgeError {
    /// `entities.toml` has an error.
    #[error("corpus/entities.toml")]
    Entities {
        /// What is wrong, and where.
        source: Box<GazetteerError>,
        /// The line at fault, as written.
        line: String,
    },
    /// A file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Knowledge {
    /// Returns what is built in.
    pub fn builtin() -> Result<Self, KnowledgeError> {
        Self::with("")
    }

    /// Returns what is built in and what a workspace adds.
    pub fn of(workspace: &Workspace) -> Result<Self, KnowledgeError> {
        let additions = files::read_text(&workspace.entities(), 16 << 20)?.unwrap_or_default();
        Self::with(&additions)
    }

    fn with(additions: &str) -> Result<Self, KnowledgeError> {
        let mut hash = Sha256::new();
        for part in [VERSION, env!("CARGO_PKG_VERSION"), additions] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let fingerprint: String =
            hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self {
            gazetteer: Gazetteer::with(additions).map_err(|source| {
                let line = additions.lines().nth(source.place().0 - 1).unwrap_or_default();
                KnowledgeError::Entities { line: line.to_owned(), source: Box::new(source) }
            })?,
            tables: Tables::builtin().clone(),
            fingerprint,
        })
    }
}
