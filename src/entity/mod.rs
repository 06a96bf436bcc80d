//! Names are data: the gazetteer, and the mentions of its entities in pages.
//!
//! The nouns are [`Entity`] (an entry of the gazetteer), *form* (one way to write it) and
//! [`Mention`](crate::model::Mention). One pass over a page finds every form of every entity in all
//! scripts (`forms`); then each find is judged with the document in view (`tag`): strong forms
//! stand, weak ones need evidence, ties are reported and not guessed. What a reference has consumed
//! is no name. Hierarchy (a wing of an agency) is for queries; nothing is tagged twice for it.

mod chrome;
mod country;
mod error;
mod evidence;
mod forms;
mod longer;
mod matcher;
mod resolve;
mod score;
mod suggest;
mod table;
mod tag;
mod urdu;

pub use error::GazetteerError;
pub use resolve::Resolved;
pub use score::{Score, ScoreError, ScoreRow};
pub use suggest::{NamePlace, Suggestion, SuggestionKind, Suggestions};
pub use table::{Entity, EntityKind, Gazetteer};
pub use tag::{Ambiguous, Tagged};
