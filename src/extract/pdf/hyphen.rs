//! Hyphens at line ends: which belong to the word and which were put there by the typesetter.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::letters;

/// First parts that keep their hyphen.
const KEEPS: &[&str] = &[
    "re", "non", "self", "ex", "co", "pre", "post", "anti", "semi", "quasi", "vice", "sub",
    "inter", "well", "so", "cross", "long", "short", "high", "low", "half", "mid", "all", "multi",
    "pro", "intra", "cyber", "extra", "ultra",
];

/// The words of a document, folded to lower case.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: HashSet<String, BuildHasherDefault<Quick>>,
}

/// Hashes short words quickly: eight bytes a step, each mixed in by a multiplication.
#[derive(Debug, Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        for part in bytes.chunks(8) {
            let value = part.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
            self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(ODD);
        }
    }

    fn finish(&self) -> u64 {
        // The table takes its places from the low bits, where a multiplication mixes least.
        self.0 ^ self.0 >> 32
    }
}

/// How a line is joined to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// With a blank.
    Blank,
    /// Without anything between: the hyphen stays.
    Close,
    /// Without its last character: the hyphen goes.
    Drop,
}

impl Words {
    /// Adds the words of a line. The last one is left out where the line ends in a hyphen.
    pub(super) fn add(&mut self, line: &str) {
        let line = if ends_in_hyphen(line) {
            line.rsplit_once(char::is_whitespace).map_or("", |(head, _)| head)
        } else {
            line
        };
        let is_ascii_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let is_part = |c: char| c.is_alphanumeric() || is_hyphen(c);
        for word in letters::words(line, is_ascii_part, is_part).filter(|word| word.len() >= 4) {
            let word = word.trim_matches(is_hyphen);
            if word.len() >= 4 && !self.words.contains(word) {
                self.words.insert(plain(word));
            }
        }
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(&plain(word))
    }

    /// Decides how `line` is joined to `next`.
    pub(super) fn joint(&self, line: &str, next: &str) -> Joint {
        if line.ends_with('\u{ad}') {
            return Joint::Drop;
        }
        if line.ends_with('—') && line.chars().rev().nth(1).is_some_and(char::is_alphanumeric) {
            return Joint::Close;
        }
        if !ends_in_hyphen(line) {
            return Joint::Blank;
        }
        let cut = line.trim_end_matches(is_hyphen);
        let first = last_part(cut);
        let second: String = next.chars().take_while(|c| c.is_alphabetic()).collect();
        if first.is_empty() || second.is_empty() {
            // `18-` `A`, `COVID-` `19`: numbers keep it, whichever side they stand on, but that of
            // the next paragraph: `Investigation-` `9.12 The`.
            let numbered = cut.ends_with(|c: char| c.is_ascii_digit())
                || next.starts_with(|c: char| c.is_ascii_digit()) && !starts_paragraph(next);
            return if numbered { Joint::Close } else { Joint::Blank };
        }
        let joined = format!("{first}{second}");
        let compound = format!("{first}-{second}");
        let is_lower = second.chars().all(char::is_lowercase);
        // A hyphen inside the first part as well (`mother-in-` `law`) speaks for a compound.
        let chained = cut.ends_with(first)
            && cut.get(..cut.len() - first.len()).is_some_and(|head| head.ends_with('-'));
        if self.has(&joined) && !self.has(&compound) {
            Joint::Drop
        } else if self.has(&compound)
            || chained
            || !is_lower
            || KEEPS.contains(&first.to_lowercase().as_str())
            || first.chars().count() == 1
        {
            Joint::Close
        } else if self.has(first) && self.has(&second) && first.len() >= 4 && second.len() >= 4 {
            // Both are words of their own: in doubt the hyphen stays.
            Joint::Close
        } else {
            Joint::Drop
        }
    }
}

fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars().map(|c| if is_hyphen(c) { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

fn ends_in_hyphen(line: &str) -> bool {
    let mut back = line.chars().rev();
    back.next().is_some_and(is_hyphen) && back.next().is_some_and(char::is_alphanumeric)
}

/// Tells whether a line begins with the number of a paragraph and its first word: `9.12 The`.
fn starts_paragraph(line: &str) -> bool {
    let Some((number, text)) = line.split_once([' ', '\t']) else { return false };
    let inner = number.trim_end_matches('.');
    let is_number = inner.split('.').all(|part| part.parse::<u16>().is_ok());
    // `PW-4. He` may be the end of a sentence.
    is_number && inner.contains('.') && text.trim_start().starts_with(char::is_uppercase)
}

/// Returns the letters at the end of `text`.
fn last_part(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(document: &str, line: &str, next: &str, expect: Joint) {
        let mut words = Words::default();
        words.add(document);
        assert_eq!(words.joint(line, next), expect);
    }

    #[test]
    fn a_divided_word_is_joined() {
        check("the petitioner", "learned counsel for the peti-", "tioner", Joint::Drop);
        check("", "the adjourn-", "ment", Joint::Drop);
    }

    #[test]
    fn names_and_numbers_keep_it() {
        check("", "learned Attorney-", "General", Joint::Close);
        check("", "section 18-", "A", Joint::Close);
        check("", "the years 2023-", "2024", Joint::Close);
        check("", "during the COVID-", "19-related closure", Joint::Close);
        check("", "disappeared in mid-", "1999 of more", Joint::Close);
        check("", "“The finding of the Investigation-", "9.12 The board has", Joint::Blank);
        check("", "the statement of PW-", "4. He said", Joint::Close);
    }

    #[test]
    fn compounds_keep_it() {
        check("a cross-examination", "in cross-", "examination", Joint::Close);
        check("", "to re-", "open", Joint::Close);
        check("", "an intra-", "court appeal", Joint::Close);
        check("", "against cyber-", "crime", Joint::Close);
        check("the cybercrime wing", "against cyber-", "crime", Joint::Drop);
        check("the data, a sharing", "on data-", "sharing", Joint::Close);
    }

    #[test]
    fn a_soft_hyphen_always_goes() {
        check("", "Attorney\u{ad}", "General", Joint::Drop);
    }

    #[test]
    fn a_dash_is_no_hyphen() {
        check("", "the matter –", "which", Joint::Blank);
        check("", "as under: -", "text", Joint::Blank);
    }
}
