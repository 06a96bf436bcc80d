//! What every reader does to letters before they become page text, and nothing more.
//!
//! NFC, no control characters but tab and line break, glyph forms back to letters. Folding for
//! matching is not done here: page text is what the source says.

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Tells whether `c` is the drawn form of a letter (fi ligature, Arabic presentation form).
///
/// U+FDF0 to U+FDFF are left alone: people type them (ﷺ), nobody's font makes them.
const fn is_glyph_form(c: char) -> bool {
    matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{FB50}'..='\u{FDC7}' | '\u{FE70}'..='\u{FEFC}')
}

/// Tells whether `c` never reaches a page: controls but tab and line break, the byte order mark, and
/// the mark that stands where a picture was (U+FFFC).
fn is_dropped(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n')) || matches!(c, '\u{FEFF}' | '\u{FFFC}')
}

/// Returns `text` as page text: NFC, glyph forms as letters, no controls but tab and line break.
pub(crate) fn tidy(text: &str) -> String {
    if each_piece(text, |byte| matches!(byte, b'\t' | b'\n' | b' '..=b'~')) {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| !is_dropped(c)) {
        if is_glyph_form(c) {
            kept.extend(std::iter::once(c).nfkc());
        } else {
            kept.push(c);
        }
    }
    match is_nfc_quick(kept.chars()) {
        IsNormalized::Yes => kept,
        IsNormalized::No | IsNormalized::Maybe => kept.nfc().collect(),
    }
}

/// Tells whether `test` takes every byte; piece by piece without a branch, for many bytes at a time.
fn each_piece(text: &str, test: impl Fn(u8) -> bool) -> bool {
    let mut pieces = text.as_bytes().chunks(64);
    pieces.all(|piece| piece.iter().fold(true, |all, &byte| all & test(byte)))
}

fn has_two_blanks(bytes: &[u8]) -> bool {
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let is_blank = |byte: &u8| u8::from(*byte == b' ');
    pairs.fold(0, |any, (one, next)| any | (is_blank(one) & is_blank(next))) != 0
}

/// Returns `text` tidied, with every run of white space one space and none at the ends.
///
/// Tabs between cells of a table row are made after this.
pub(crate) fn squeeze(text: &str) -> String {
    let tidied = tidy(text);
    // Most texts are as they should be.
    let bytes = tidied.as_bytes();
    let is_squeezed = !bytes.starts_with(b" ")
        && !bytes.ends_with(b" ")
        && each_piece(&tidied, |byte| byte >= b' ' && byte.is_ascii())
        && !has_two_blanks(bytes);
    if is_squeezed {
        return tidied;
    }
    let mut squeezed = String::with_capacity(tidied.len());
    for word in tidied.split(char::is_whitespace).filter(|word| !word.is_empty()) {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// Counts the words of `text`: runs without white space that hold a letter or digit.
///
/// Chinese and Japanese are written without spaces; there two characters count as a word.
pub(crate) fn n_words(text: &str) -> usize {
    let is_unspaced = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}');
    if text.is_ascii() {
        // Without branches, for words end where nobody can guess it.
        let (mut n, mut is_word) = (0, 0);
        for byte in text.bytes() {
            let is_space = u8::from(matches!(byte, b'\t'..=b'\r' | b' '));
            n += usize::from(is_space & is_word);
            is_word = (is_word | u8::from(byte.is_ascii_alphanumeric())) & (is_space ^ 1);
        }
        return n + usize::from(is_word);
    }
    let runs = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    runs.count() + text.chars().filter(|&c| is_unspaced(c)).count() / 2
}

/// Tells whether `text` ends as a sentence does, closing quotes and brackets passed over.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '‘' | '“')
    })
    .ends_with(['.', '!', '?', '…', ':', ';', '۔', '؟', '।', '。'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stay_and_controls_go() {
        assert_eq!(tidy("a\0b\tc\u{85}\nd"), "ab\tc\nd");
        assert_eq!(tidy("\u{FEFF}e\u{301}"), "é");
        assert_eq!(tidy("o\u{FB03}ce \u{FEF2}"), "office ي");
        // Zero-width non-joiners belong to Urdu and Persian spelling.
        assert_eq!(tidy("می\u{200C}خواہم ﷺ"), "می\u{200C}خواہم ﷺ");
    }

    #[test]
    fn white_space_is_one_space() {
        assert_eq!(squeeze("  W.P. \n No.\u{A0}1805 \t/2023 "), "W.P. No. 1805 /2023");
    }

    #[test]
    fn words_hold_a_letter_or_digit() {
        assert_eq!(n_words("a - b\u{b}7 , 's.\n"), 4);
        assert_eq!(n_words("é - ب\u{b}7 , 's.\n"), 4);
        assert_eq!((n_words(""), n_words("日本国 x")), (0, 3));
    }

    #[test]
    fn sentences_end_in_both_scripts() {
        assert!(ends_sentence("said the court order.”"));
        assert!(ends_sentence("شرکت کی۔"));
        assert!(!ends_sentence("View All Result"));
    }
}
