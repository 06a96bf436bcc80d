//! Reading new and changed sources: what is there, what changed, what it says.
//!
//! The order of writes is the promise: store commit, then index commit that names the last change
//! it holds. A run that was killed at any moment is caught up by the next one; nothing is lost and
//! nothing doubled.

mod brought;
mod keep;
mod near;
mod ocr;
mod plan;
mod pool;
mod run;
mod settle;

use std::path::PathBuf;

use serde::Serialize;

use crate::engine::embedded::WriterSettings;
use crate::extract::Limits;
use crate::store::StateCounts;
use crate::task::Readers;

pub use ocr::{Effort, Ocr};
pub use run::{ingest, repair};
pub(super) use run::{take_lock, take_over};

/// What an ingest is to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders to read and to remember, absolute.
    pub paths: Vec<PathBuf>,
    /// Whether to say only what would be read.
    pub dry_run: bool,
    /// Whether to read failed sources again, though they did not change.
    pub retry_failed: bool,
    /// How many sources are read at the same time; at least 1.
    pub jobs: usize,
    /// What reading one source may cost.
    pub limits: Limits,
    /// Passwords to try on encrypted files.
    pub passwords: Vec<String>,
    /// Threads and memory of the index writer.
    pub writer: WriterSettings,
    /// Who turns bytes into pages.
    pub readers: Readers,
    /// What to do with pages without trustworthy text.
    pub ocr: Ocr,
}

/// What the caller knows and the core does not: the time, and whether to stop.
pub trait Watch: Sync {
    /// Returns the seconds since 1970-01-01.
    fn now(&self) -> i64;

    /// Tells whether the user asked to stop after the sources at hand.
    fn stop(&self) -> bool;

    /// Takes note of how far the run is; called often.
    fn progress(&self, progress: &Progress<'_>);
}

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// What is going on.
    pub phase: Phase,
    /// How many are done.
    pub done: u64,
    /// How many there are; 0 where that is not known yet.
    pub total: u64,
    /// Bytes read so far.
    pub bytes: u64,
    /// The source at hand; may be empty.
    pub current: &'a str,
}

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Looking which files there are.
    Looking,
    /// Reading sources.
    Reading,
    /// Putting texts into the index.
    Indexing,
    /// Tagging kept texts anew.
    Tagging,
    /// Reading pages by OCR.
    Ocr,
}

/// What an ingest did.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// How many places were as before.
    pub unchanged: u64,
    /// How many sources were read, members included.
    pub read: u64,
    /// Bytes of the sources that were read.
    pub bytes: u64,
    /// How many places had moved.
    pub moved: u64,
    /// How many documents were tagged anew from their kept texts.
    pub retagged: u64,
    /// How many pages OCR read.
    pub ocr_read: u64,
    /// How many pages still wait for OCR.
    pub ocr_waiting: u64,
    /// Places that would be read, for a dry run; in order.
    pub would_read: Vec<String>,
    /// Roots that are remembered since this run.
    pub new_roots: Vec<PathBuf>,
    /// Records of people that could not be taken, in words.
    pub bad_records: Vec<String>,
    /// Whether the user stopped it; what was read is searchable.
    pub interrupted: bool,
    /// The state of everything ever seen, after the run.
    pub counts: StateCounts,
}
