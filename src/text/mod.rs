//! Everything about letters: folding with a way back, tokens, scripts, paragraphs, dates.
//!
//! Folded text is for matching alone; what is shown is always the source's own text.

pub mod analyse;
pub mod ascii;
pub mod csv;
pub mod dates;
pub mod diff;
pub mod fold;
pub mod runs;
pub mod script;
pub mod segment;
pub mod slips;
pub mod urdu;
pub mod xml;

pub use analyse::{Analysed, Token, analyse, analyse_exact, is_own_stem};
pub use fold::{Folded, fold};
pub use script::lang_of;
