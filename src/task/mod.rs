//! What a user does: each task one function, and plain data for its answer.
//!
//! The nouns: a [`Workspace`] and what is open of it ([`Desk`]), what the program knows of names
//! and references ([`Knowledge`]), and the answers, which terminal, JSON and web page show alike.
//! Tasks never print, ask the time or read the environment: who calls them says what they need.

pub mod batch;
pub mod bundle;
pub mod check;
pub mod citator;
pub mod cite;
mod desk;
pub mod diff;
pub mod doctor;
pub mod document;
pub mod edit;
mod error;
mod index;
pub mod ingest;
mod knowledge;
pub mod list;
mod matched;
pub mod names;
pub mod nearest;
pub mod pii;
mod place;
pub mod record;
pub mod search;
pub mod show;
pub mod similar;
mod spacing;
pub mod status;
pub mod stream;
mod suggest;
pub mod tags;
pub mod timeline;
mod understand;
pub mod verify;
mod vocabulary;

pub use crate::corpus::Workspace;
pub use desk::{Desk, DocError};
pub use error::TaskError;
pub use knowledge::{Knowledge, KnowledgeError};
pub use understand::{Readers, Reading, Understood, understand};
