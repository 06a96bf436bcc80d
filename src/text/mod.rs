//! Everything about letters: folding with a way back, tokens, scripts, paragraphs, dates.
//!
//! Folded text is for matching alone; what is shown is always the source's own text.

pub mod analyse;
pub mod dates;
pub mod segment;

pub use analyse::{Analysed, Token, analyse};
