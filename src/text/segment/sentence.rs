//! Where sentences end, in the prose of courts.

use crate::model::Span;
use crate::text::fold::is_superscript_digit;

/// Most bytes before a full stop that are looked at.
const LONGEST_WORD: usize = 100;

/// Words before a full stop that end no sentence, in lower case, without their last stop.
///
/// Initials and words with a stop inside (`W.P`, `Crl.Misc`) need not stand here.
const ABBREVIATIONS: &[&str] = &[
    "addl", "adv", "al", "alia", "anr", "app", "art", "arts", "asstt", "ca", "capt", "cf", "ch",
    "chap", "cl", "cls", "co", "col", "const", "corp", "cr", "crl", "cv", "dept", "distt", "dr",
    "dy", "ed", "edn", "eds", "engr", "est", "etc", "ex", "fig", "fn", "gen", "govt", "hon",
    "ibid", "inc", "insp", "jr", "lt", "ltd", "maj", "misc", "mr", "mrs", "ms", "mst", "no", "nos",
    "op", "ord", "org", "ors", "p", "para", "paras", "pet", "pp", "prof", "pt", "pvt", "rep",
    "retd", "rev", "rs", "rtd", "sec", "secs", "sgt", "sh", "smt", "sq", "sr", "st", "supp", "u/s",
    "v", "vide", "viz", "vol", "vols", "vs",
];

/// Abbreviations that may end a sentence all the same, before a capital that begins a word.
const MAY_END: &[&str] = &["etc", "ltd", "inc", "ors", "al", "cr.p.c", "c.p.c", "p.p.c", "q.s.o"];

/// Tells whether a text breaks off behind an abbreviation that never stands last: `v.`, `No.`,
/// `Mst.`
pub fn awaits_more(text: &str) -> bool {
    let Some(before) = text.trim_end().strip_suffix('.') else { return false };
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let lower = word.to_lowercase();
    let is_listed = OPEN_ABBREVIATIONS.contains(&lower.as_str());
    // `said no.` ends a sentence; `No.` and `NO.` do not.
    is_listed && (!matches!(lower.as_str(), "no" | "art") || word.starts_with(char::is_uppercase))
}

/// Abbreviations that something always follows, in lower case.
const OPEN_ABBREVIATIONS: &[&str] = &[
    "v", "vs", "no", "nos", "p", "pp", "para", "paras", "art", "arts", "sec", "secs", "ss", "mr",
    "mrs", "ms", "mst", "dr", "prof", "hon", "viz", "cf", "vol", "cl", "crl", "misc", "const",
    "pet", "lt", "col", "maj", "brig", "rs",
];

/// Returns the sentences of `text` in order, without the blanks between them.
///
/// A label at the beginning (`12.`) belongs to the first sentence. The spans cover everything but
/// blanks.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_end = match c {
            '.' => stop_ends(text, start, at),
            '?' | '!' | '۔' | '؟' | '।' => true,
            _ => false,
        };
        if !is_end {
            continue;
        }
        // Closing quotes, brackets, further stops and a note call go with the sentence.
        let mut end = at + c.len_utf8();
        while let Some(&(next, closer)) = chars.peek() {
            if !is_superscript_digit(closer)
                && !matches!(
                    closer,
                    '.' | '?' | '!' | '۔' | '"' | '”' | '’' | '\'' | ')' | ']' | '»'
                )
            {
                break;
            }
            end = next + closer.len_utf8();
            chars.next();
        }
        let blank_follows = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if blank_follows || matches!(c, '۔' | '؟') {
            push(&mut sentences, text, start..end);
            start = end;
        }
    }
    push(&mut sentences, text, start..text.len());
    sentences
}

fn push(sentences: &mut Vec<Span>, text: &str, span: Span) {
    let span = super::trimmed(text, span);
    if !span.is_empty() {
        sentences.push(span);
    }
}

/// Tells whether the full stop at byte `at` ends the sentence that began at `start`.
fn stop_ends(text: &str, start: usize, at: usize) -> bool {
    let before = text.get(start..at).unwrap_or_default();
    let after = text.get(at + 1..).unwrap_or_default();
    let next = after
        .trim_start_matches(['"', '”', '’', '\'', ')', ']', '»', '.'])
        .trim_start_matches(is_superscript_digit)
        .trim_start()
        .chars()
        .find(|c| !matches!(c, '“' | '‘' | '"' | '\'' | '(' | '[' | '«'));
    let Some(next) = next else { return true };
    if next.is_lowercase() {
        return false;
    }
    // No abbreviation is longer; a word of a whole page, with a stop at every letter, may be.
    let near = before.ceil_char_boundary(before.len().saturating_sub(LONGEST_WORD));
    let word = before
        .get(near..)
        .unwrap_or_default()
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '‘' | '"' | ','))
        .next()
        .unwrap_or_default();
    let core: String = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if core.is_empty() {
        return !word.is_empty();
    }
    // A number alone is the label of the paragraph.
    if before.trim() == word && core.chars().all(char::is_numeric) {
        return false;
    }
    let is_initial = core.chars().count() == 1 && core.chars().all(char::is_alphabetic);
    let has_stop = core.contains('.') && core.chars().any(char::is_alphabetic);
    let abbreviated = is_initial || has_stop || ABBREVIATIONS.binary_search(&core.as_str()).is_ok();
    // A closing bracket after the word (`Ltd.)`) changes nothing; a capital may begin anew.
    !abbreviated || (MAY_END.contains(&core.as_str()) && next.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> =
            sentences(text).into_iter().map(|span| text.get(span).unwrap()).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn abbreviations_are_in_order() {
        assert!(ABBREVIATIONS.is_sorted());
    }

    #[test]
    fn legal_abbreviations_end_nothing() {
        check(
            "Mst. Jamila v. The State was cited. It was followed in W.P. No. 12/2023 by Mr. Adil.",
            &[
                "Mst. Jamila v. The State was cited.",
                "It was followed in W.P. No. 12/2023 by Mr. Adil.",
            ],
        );
        check(
            "See Crl. Misc. No. 3-B of 2024, para. 12. Allowed.",
            &["See Crl. Misc. No. 3-B of 2024, para. 12.", "Allowed."],
        );
        check(
            "Bail under section 497 Cr.P.C. The State opposed.",
            &["Bail under section 497 Cr.P.C.", "The State opposed."],
        );
    }

    #[test]
    fn a_label_belongs_to_its_sentence() {
        check("12. Heard. Record perused.", &["12. Heard.", "Record perused."]);
    }

    #[test]
    fn quotes_and_questions() {
        check(
            "He asked: “Who ordered it?” Nobody knew. (Silence.) Then?",
            &["He asked: “Who ordered it?”", "Nobody knew.", "(Silence.)", "Then?"],
        );
    }

    #[test]
    fn a_word_of_a_whole_page_is_read_once() {
        // As the square of its length this would not end.
        let text = "a.b".repeat(300_000);
        assert_eq!(sentences(&text).len(), 1);
        let dots = format!("It said{} And so on.", ".".repeat(300_000));
        assert_eq!(sentences(&dots).len(), 2);
    }

    #[test]
    fn urdu() {
        check(
            "عدالت نے حکم دیا۔ کیا یہ درست ہے؟ جی ہاں۔",
            &["عدالت نے حکم دیا۔", "کیا یہ درست ہے؟", "جی ہاں۔"],
        );
    }
}
