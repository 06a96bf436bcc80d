//! Letters as they go into the text: ligatures and presentation forms become letters, the rest stays.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use crate::text::script::is_rtl_letter;

/// Signs of symbol fonts, which live in the private use area, and what they show.
const SYMBOLS: &[(char, char)] = &[
    ('\u{f0b7}', '•'),
    ('\u{f0a7}', '▪'),
    ('\u{f06c}', '●'),
    ('\u{f06e}', '■'),
    ('\u{f0d8}', '➢'),
    ('\u{f0fc}', '✓'),
    ('\u{f0e0}', '→'),
    ('\u{f02d}', '-'),
    ('\u{f020}', ' '),
    ('\u{f02a}', '*'),
];

/// Tells whether `c` is a letter or mark of Arabic script (digits and punctuation are not).
pub(super) fn is_arabic(c: char) -> bool {
    // Most letters are of other scripts.
    c >= '\u{0610}'
        && matches!(c,
        '\u{0610}'..='\u{061a}' | '\u{0620}'..='\u{065f}' | '\u{066e}'..='\u{06d3}'
        | '\u{06d5}'..='\u{06ef}' | '\u{06fa}'..='\u{06ff}' | '\u{0750}'..='\u{077f}'
        | '\u{08a0}'..='\u{08ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Tells whether `c` is a letter or mark of a script that runs from right to left.
pub(super) fn is_rtl(c: char) -> bool {
    // The points of Hebrew are marks, which stand with its letters.
    c >= '\u{0591}'
        && (is_arabic(c)
            || is_rtl_letter(c)
            || matches!(c, '\u{0591}'..='\u{05f4}'
        | '\u{fb1d}'..='\u{fb4f}'))
}

/// Returns `text` in NFC with ligatures and presentation forms resolved and controls dropped.
pub(super) fn normal(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
        return text.trim_matches(' ').to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '\t' => plain.push('\t'),
            '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => plain.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {}
            // Word maps its hyphen to the soft one. What is drawn inside a line is a hyphen.
            '\u{ad}' if at + c.len_utf8() < text.len() => plain.push('-'),
            '\u{fb00}'..='\u{fb06}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                plain.extend(std::iter::once(c).nfkc());
            }
            '\u{e000}'..='\u{f8ff}' => plain.push(symbol(c)),
            _ => plain.push(c),
        }
    }
    let plain = accents(&plain);
    let plain = plain.trim_matches(' ');
    match is_nfc_quick(plain.chars()) {
        IsNormalized::Yes => plain.to_owned(),
        _ => plain.nfc().collect(),
    }
}

/// Cuts `text` into its words: stretches of ASCII characters for which `ascii` holds and of others for
/// which `other` does.
pub(super) fn words<'a>(
    text: &'a str,
    ascii: impl Fn(u8) -> bool + 'a,
    other: impl Fn(char) -> bool + 'a,
) -> impl Iterator<Item = &'a str> + 'a {
    let mut at = 0;
    // Nearly all characters are one byte, which needs no decoding.
    let next = move |at: usize| {
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii() {
            Some((ascii(byte), 1))
        } else {
            let c = text.get(at..)?.chars().next()?;
            Some((other(c), c.len_utf8()))
        }
    };
    std::iter::from_fn(move || {
        while let Some((false, len)) = next(at) {
            at += len;
        }
        let start = at;
        while let Some((true, len)) = next(at) {
            at += len;
        }
        text.get(start..at).filter(|word| !word.is_empty())
    })
}

fn symbol(c: char) -> char {
    SYMBOLS.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)
}

/// TeX draws an accent as a sign of its own before its letter: `´e` becomes `é`.
fn accents(text: &str) -> Cow<'_, str> {
    let combining = |c: char| match c {
        '´' => Some('\u{301}'),
        '`' => Some('\u{300}'),
        '¨' => Some('\u{308}'),
        'ˆ' => Some('\u{302}'),
        '˜' => Some('\u{303}'),
        'ˇ' => Some('\u{30c}'),
        '¸' => Some('\u{327}'),
        _ => None,
    };
    if !text.contains(|c: char| !c.is_ascii() && combining(c).is_some()) {
        return text.into();
    }
    let mut joined = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mark = combining(c).filter(|_| c != '`');
        match (mark, chars.peek().copied()) {
            (Some(mark), Some(base)) if base.is_alphabetic() => {
                chars.next();
                joined.push(if base == 'ı' { 'i' } else { base });
                joined.push(mark);
            }
            _ => joined.push(c),
        }
    }
    joined.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_become_letters() {
        assert_eq!(normal("o\u{fb03}ce"), "office");
    }

    #[test]
    fn arabic_forms_become_letters() {
        assert_eq!(normal("\u{fefb}"), "لا");
    }

    #[test]
    fn letters_are_not_folded() {
        assert_eq!(normal("ي ی ك ک ۲ ‘’ é"), "ي ی ك ک ۲ ‘’ é");
    }

    #[test]
    fn tex_accents_join_their_letter() {
        assert_eq!(normal("´ecole"), "école");
    }

    #[test]
    fn a_soft_hyphen_inside_a_line_is_a_hyphen() {
        assert_eq!(normal("No.2\u{ad}A"), "No.2-A");
        assert_eq!(normal("re\u{ad}"), "re\u{ad}");
    }
}
