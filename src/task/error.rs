//! One error for all tasks: whose fault it is decides the exit status.

use crate::cite::CiteError;
use crate::corpus::{FileError, ListError, RecordError, RootsError};
use crate::engine::EngineError;
use crate::query::QueryError;
use crate::store::StoreError;
use crate::worker::ReadError;

use super::{DocError, KnowledgeError};

/// Why a task could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each variant is the error of the room that it names")]
pub enum TaskError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Record(#[from] RecordError),
    #[error(transparent)]
    Roots(#[from] RootsError),
    #[error(transparent)]
    List(#[from] ListError),
    #[error(transparent)]
    Query(#[from] QueryError),
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
    #[error(transparent)]
    Doc(#[from] DocError),
    #[error("cannot read {name}")]
    Extract { name: String, source: ReadError },
    #[error(transparent)]
    Cite(#[from] CiteError),
    #[error("nothing has been read here yet")]
    NothingRead,
    #[error("{what}")]
    Usage { what: String, hint: String },
}
