//! What a query may cost.

/// Most bytes of a query.
pub const BYTES: usize = 4_096;
/// How deep brackets may nest.
pub const DEPTH: usize = 32;
/// Most terms: words, phrases and values, other spellings included.
pub const TERMS: usize = 128;
/// Most words of a phrase.
pub const PHRASE_WORDS: usize = 128;
/// Most other spellings of what was typed.
pub const SPELLINGS: usize = 16;
/// Distance that is taken where `NEAR` or `w/` names none.
pub const USUAL_DISTANCE: u8 = 10;
/// Distance of `w/s`.
pub const SENTENCE: u8 = 25;
