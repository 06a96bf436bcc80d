//! Stems of English words, and a memory of those met last.

use std::cell::RefCell;

use frostem::{Algorithm, Stemmer};

use super::{MAX_TOKEN_BYTES, cut, short};

thread_local! {
    pub(super) static STEMS: RefCell<StemCache> = RefCell::new(StemCache::new());
}

/// How many stems are kept; a power of two.
const STEMS_KEPT: usize = 1 << 14;
/// Longest word whose stem is kept.
const MAX_KEPT: usize = 16;

/// Stems of the words met last: a word of English is met again soon, and stemming it anew costs
/// several allocations.
pub(super) struct StemCache {
    stemmer: Stemmer,
    kept: Vec<Kept>,
    long: String,
}

#[derive(Clone, Copy, Default)]
struct Kept {
    word: [u8; MAX_KEPT],
    stem: [u8; MAX_KEPT],
    word_len: u8,
    stem_len: u8,
    is_prefix: bool,
}

pub(super) enum Stem<'a> {
    Same,
    Prefix(u8),
    Other(&'a str),
}

impl StemCache {
    fn new() -> Self {
        Self {
            stemmer: Stemmer::new(Algorithm::English),
            kept: vec![Kept::default(); STEMS_KEPT],
            long: String::new(),
        }
    }

    /// Returns the stem of `word`, which is of `a`–`z`.
    pub(super) fn stem(&mut self, word: &[u8]) -> Stem<'_> {
        let text = std::str::from_utf8(word).unwrap_or_default();
        if word.len() > MAX_KEPT {
            self.long = self.stemmer.stem(cut(text, MAX_TOKEN_BYTES)).into_owned();
            return Stem::Other(&self.long);
        }
        let mut padded = [0; MAX_KEPT];
        padded[..word.len()].copy_from_slice(word);
        let slot = slot(&padded);
        if self.kept[slot].word != padded {
            let stem = self.stemmer.stem(text);
            let mut kept = Kept { word: padded, word_len: short(word.len()), ..Kept::default() };
            let bytes = stem.as_bytes();
            let len = bytes.len().min(MAX_KEPT);
            kept.stem[..len].copy_from_slice(&bytes[..len]);
            kept.stem_len = short(len);
            kept.is_prefix = word.starts_with(bytes);
            self.kept[slot] = kept;
        }
        let kept = &self.kept[slot];
        if kept.is_prefix && kept.stem_len == kept.word_len {
            Stem::Same
        } else if kept.is_prefix {
            Stem::Prefix(kept.stem_len)
        } else {
            let stem = &kept.stem[..usize::from(kept.stem_len)];
            Stem::Other(std::str::from_utf8(stem).unwrap_or_default())
        }
    }
}

/// Returns the place of a word in the cache.
fn slot(word: &[u8; MAX_KEPT]) -> usize {
    let [low, high] = [0, 8].map(|from| {
        let mut half = [0; 8];
        half.copy_from_slice(&word[from..from + 8]);
        u64::from_le_bytes(half)
    });
    let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    #[expect(clippy::cast_possible_truncation, reason = "the upper 14 bits are left")]
    let slot = (mixed >> (64 - STEMS_KEPT.trailing_zeros())) as usize;
    slot
}
