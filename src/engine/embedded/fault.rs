//! What the index library reports, in our words.
//!
//! A missing permission or a full disk is not damage and must never lead to a rebuild.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::engine::EngineError;

/// Returns our error for an error of the index library about the index in `path`.
pub(super) fn fault(path: &Path, error: TantivyError) -> EngineError {
    let path = path.to_owned();
    match error {
        TantivyError::IoError(source) => io_fault(&path, &source),
        TantivyError::OpenDirectoryError(
            OpenDirectoryError::DoesNotExist(_) | OpenDirectoryError::NotADirectory(_),
        ) => EngineError::Absent { path },
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. })
        | TantivyError::LockFailure(LockError::IoError(io_error), _) => io_fault(&path, &io_error),
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            if file.as_os_str() == "meta.json" {
                EngineError::Absent { path }
            } else {
                let detail = format!("the file {} is missing", file.display());
                EngineError::Damaged { path, detail }
            }
        }
        // tantivy says "use tantivy 0.15" of a file that was merely cut short.
        TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_))
        | TantivyError::IncompatibleIndex(_) => EngineError::Damaged {
            path,
            detail: "a file is cut short or was written by another version".to_owned(),
        },
        TantivyError::LockFailure(LockError::LockBusy, _) => EngineError::Locked { path },
        TantivyError::DataCorruption(corruption) => {
            EngineError::Damaged { path, detail: format!("{corruption:?}") }
        }
        other => EngineError::Failed { path, detail: other.to_string() },
    }
}

/// Returns our error for an input or output error: damage only where the bytes were wrong.
pub(super) fn io_fault(path: &Path, source: &Arc<io::Error>) -> EngineError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            EngineError::Damaged { path, detail: source.to_string() }
        }
        kind => {
            let copy = source.raw_os_error().map_or_else(
                || io::Error::new(kind, source.to_string()),
                io::Error::from_raw_os_error,
            );
            EngineError::Io { path, source: copy }
        }
    }
}
