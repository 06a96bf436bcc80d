//! Urdu spells acronyms by the English names of their letters: پی ٹی اے is PTA.
//!
//! A maximal run of letter names is one word and compared as a whole: آئی ایس آئی inside آئی ایس
//! آئی ایس is not the ISI. So every Latin acronym has its Urdu form without being listed.

use super::forms::is_non_joining;
use crate::model::Span;
use crate::text::fold;
use crate::text::script::is_letter_or_mark;
use crate::text::urdu;

/// Words that are printed without a blank after a letter name or before one.
const PARTICLES: &[&str] = &[
    "کو",
    "کی",
    "کے",
    "کا",
    "نے",
    "سے",
    "میں",
    "پر",
    "اور",
    "تک",
    "ہے",
    "نہیں",
    "بھی",
    "والے",
    "کیخلاف",
    "و",
    "کہ",
    "جو",
    "ایکٹ",
];

/// Tells whether a folded word is one that is often printed without a blank beside a name.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// A run of letter names in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    letters: Vec<(char, Span)>,
    /// Where the last word of the run ends, a glued particle included.
    pub end: usize,
}

fn letter_name(word: &str) -> Option<char> {
    urdu::letter(word).map(|letter| letter.to_ascii_uppercase())
}

/// Tells whether the letter name at `span` is one of several, as ایکس is in ایکس ٹی: no name alone.
pub(super) fn is_in_run(text: &str, span: &Span) -> bool {
    let is_letter = |word: &str| letter_name(&fold(word)).is_some();
    let words = |text: &str| text.starts_with([' ', '\u{200c}']);
    let before = text.get(..span.start).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    let last = before.strip_suffix([' ', '\u{200c}']).and_then(|text| {
        text.rsplit(|c: char| !is_letter_or_mark(c)).next().filter(|word| !word.is_empty())
    });
    let next = words(behind)
        .then(|| behind.trim_start_matches([' ', '\u{200c}']))
        .and_then(|text| text.split(|c: char| !is_letter_or_mark(c)).next());
    // کے and او are words too: they stand behind every name.
    let is_plain = |word: &str| matches!(fold(word).as_str(), "کے" | "او" | "سی" | "جی");
    text.get(span.clone()).is_some_and(is_letter)
        && [last, next].into_iter().flatten().any(|word| is_letter(word) && !is_plain(word))
}

/// Returns the letters of a form that is a run and nothing else; `None` for other forms.
pub(super) fn run_of_form(form: &str) -> Option<String> {
    let folded = fold(form);
    let letters: Option<String> = folded.split_whitespace().map(letter_name).collect();
    letters.filter(|letters| letters.len() >= 2)
}

/// Returns the word that begins at `at`: its end.
fn word_end(text: &str, at: usize, end: usize) -> usize {
    let rest = text.get(at..end).unwrap_or_default();
    at + rest.find(|c: char| !is_letter_or_mark(c) && !is_tatweel(c)).unwrap_or(rest.len())
}

const fn is_tatweel(c: char) -> bool {
    c == '\u{0640}'
}

/// Reads the run that begins at `at`; `None` if fewer than two letters stand there.
///
/// `glued`: another word stands before `at` without a blank; it must be a particle.
pub(super) fn run_at(text: &str, at: usize, end: usize, glued: bool) -> Option<Run> {
    if glued && !after_particle(text, at) {
        return None;
    }
    let mut letters: Vec<(char, Span)> = Vec::new();
    let mut from = at;
    let run_end = loop {
        let to = word_end(text, from, end);
        // The longest letter name has five letters of two bytes; a glued particle twelve.
        if to - from > 24 || to == from {
            break letters.last()?.1.end;
        }
        let word = fold(text.get(from..to)?);
        if let Some(letter) = letter_name(&word) {
            letters.push((letter, from..to));
        } else {
            let glued_to = with_particle(&word).and_then(|(letter, letters_of)| {
                let name_end = nth_letter_end(text, from, to, letters_of)?;
                Some((letter, from..name_end))
            });
            match glued_to {
                Some((letter, span)) => {
                    letters.push((letter, span));
                    break to;
                }
                None => break letters.last()?.1.end,
            }
        }
        let Some(next) = next_word(text, to, end) else { break to };
        from = next;
    };
    (letters.len() >= 2).then_some(Run { letters, end: run_end })
}

/// Splits a word into a letter name that does not join and a particle: the letter and how many
/// characters its name has.
fn with_particle(word: &str) -> Option<(char, usize)> {
    urdu::LETTERS.iter().find_map(|(name, letter)| {
        let rest = word.strip_prefix(name)?;
        let open = name.chars().next_back().is_some_and(is_non_joining);
        // وی پی اینز is an English plural in Urdu letters.
        (open && PARTICLES.contains(&rest) || rest == "ز")
            .then(|| (letter.to_ascii_uppercase(), name.chars().count()))
    })
}

/// Returns where the n-th letter from `from` ends, its marks included.
fn nth_letter_end(text: &str, from: usize, to: usize, n: usize) -> Option<usize> {
    let mut seen = 0;
    let mut end = from;
    for (at, c) in text.get(from..to)?.char_indices() {
        if c.is_alphabetic() && !is_tatweel(c) && !crate::text::fold::is_mark(c) {
            seen += 1;
            if seen > n {
                break;
            }
        }
        end = from + at + c.len_utf8();
    }
    Some(end)
}

fn after_particle(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let word = before.rfind(|c: char| !is_letter_or_mark(c)).map_or(0, |last| {
        last + before.get(last..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    PARTICLES.contains(&fold(before.get(word..).unwrap_or_default()).as_str())
}

/// Returns where the next word of the run begins: after blanks, or one full stop without a blank.
fn next_word(text: &str, at: usize, end: usize) -> Option<usize> {
    let rest = text.get(at..end)?;
    let blanks = rest.find(|c: char| {
        !(c.is_whitespace()
            || crate::text::fold::is_invisible(c)
            || matches!(c, '\u{200C}' | '\u{200D}'))
    })?;
    if blanks > 0 {
        return Some(at + blanks);
    }
    let stop = rest.chars().next().filter(|c| matches!(c, '.' | '۔' | '-'))?;
    let next = at + stop.len_utf8();
    text.get(next..end)?.chars().next().filter(|&c| is_letter_or_mark(c)).map(|_| next)
}

impl Run {
    fn reading(&self, from: usize, to: usize) -> Option<(String, Span)> {
        let letters = self.letters.get(from..to).filter(|letters| letters.len() >= 2)?;
        let span = letters.first()?.1.start..letters.last()?.1.end;
        Some((letters.iter().map(|(letter, _)| letter).collect(), span))
    }

    /// Returns what the run may spell, the likeliest first: all of it; without DG (director
    /// general) or آئی («came») before it; without a کے, سی, جی or او after it that is a word.
    pub(super) fn readings(&self) -> Vec<(String, Span)> {
        let n = self.letters.len();
        let spells = |at: usize| self.letters.get(at).map(|(letter, _)| *letter);
        let mut starts = vec![0];
        if spells(0) == Some('D') && spells(1) == Some('G') {
            starts.push(2);
        }
        if spells(0) == Some('I') {
            starts.push(1);
        }
        let mut ends = vec![n];
        if matches!(spells(n - 1), Some('K' | 'C' | 'G' | 'O')) {
            ends.push(n - 1);
        }
        let mut readings = Vec::new();
        for &end in &ends {
            readings.extend(starts.iter().filter_map(|&start| self.reading(start, end)));
        }
        readings
    }

    /// Returns the parts of the run between its کے; none where there is none.
    pub(super) fn parts(&self) -> Vec<(String, Span)> {
        let n = self.letters.len();
        let cuts: Vec<usize> = (0..n).filter(|&at| self.letters[at].0 == 'K').collect();
        if cuts.is_empty() {
            return Vec::new();
        }
        let mut parts = Vec::new();
        let mut from = 0;
        for cut in cuts.into_iter().chain([n]) {
            parts.extend(self.reading(from, cut));
            from = cut + 1;
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let run = run_at(text, 0, text.len(), false);
        let readings: Vec<String> = run
            .map(|run| run.readings().into_iter().map(|(letters, _)| letters).collect())
            .unwrap_or_default();
        assert_eq!(readings, expect, "{text}");
    }

    #[test]
    fn runs_are_maximal() {
        check("وی پی اینز کا", &["VPN"]);
        check("پی ٹی اے نے کہا", &["PTA"]);
        check("آئی ایس آئی ایس", &["ISIS", "SIS"]);
        check("ڈی جی آئی ایس آئی", &["DGISI", "ISI"]);
        check("آئی بی بی سی", &["IBBC", "BBC", "IBB", "BB"]);
        check("ایف آئی اے، پی ٹی اے", &["FIA"]);
        check("این\u{200c}سی\u{200c}سی", &["NCC", "NC"]);
        check("عدالت", &[]);
        check("اے عدالت", &[]);
    }

    #[test]
    fn particles_are_glued_to_letters_that_do_not_join() {
        let text = "ایف آئی اےکو نوٹس";
        let run = run_at(text, 0, text.len(), false).unwrap();
        let (letters, span) = run.readings().remove(0);
        assert_eq!((letters.as_str(), text.get(span)), ("FIA", Some("ایف آئی اے")));
    }
}
