//! Reading in other processes: a file that kills its reader costs that file and nothing else.
//!
//! The nouns: a [`Pool`] of workers, each this same program started with [`ARGUMENT`], and the
//! [`Sandbox`] that a worker puts itself into before it reads a byte. Source bytes go in by a
//! pipe, pages come out by another; neither end believes the other (`protocol`, `gather`).
//! A worker only turns bytes into pages: what pages mean is found by the program itself.

#![expect(
    clippy::result_large_err,
    reason = "an abnormal end carries the pages that had arrived, once a file"
)]

mod gather;
mod launch;
pub mod ocr;
mod pool;
mod process;
mod protocol;
mod sandbox;
mod self_test;
mod send;
mod serve;

pub use launch::launch;
pub use pool::{Pool, PoolError, ReadError, Settings, WorkerFailure};
pub use sandbox::{Level, Sandbox};
pub use serve::serve;

#[doc(hidden)]
pub use protocol::{feed_frames, sample_frames};

/// The hidden first argument that makes this program a worker.
pub const ARGUMENT: &str = "--reading-process";

/// The hidden first argument that makes this program another one, confined.
pub const LAUNCH: &str = "--confined-program";

/// The hidden second argument of a worker that is to misbehave on request, for tests.
pub const SELF_TEST: &str = "--self-test";

/// How a worker was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To read.
    Read,
    /// To read, and to crash, lie and break out where a job asks for it by its name.
    SelfTest,
}
