//! Where sentences end, in the prose of courts.

use crate::model::Span;
use crate::text::fold::is_superscript_digit;

/// Most bytes before a full stop that are looked at.
const LONGEST_WORD: usize = 100;

/// What stands behind an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Behind {
    /// More, always: nothing ends with `Mst.` or `v.`
    More,
    /// More, as a rule.
    Mostly,
    /// More, or a new sentence where a capital begins the next word.
    Either,
}

/// Words before a full stop that end no sentence, in lower case and in order, without their last stop.
///
/// Initials and words with a stop inside (`W.P`, `Crl.Misc`) end none either; of these stand here
/// those that may end one.
const ABBREVIATIONS: [(Behind, &[&str]); 3] = [
    (
        Behind::More,
        &[
            "art", "arts", "brig", "cf", "cl", "col", "const", "crl", "dr", "hon", "lt", "maj",
            "misc", "mr", "mrs", "ms", "mst", "no", "nos", "p", "para", "paras", "pet", "pp",
            "prof", "rs", "sec", "secs", "ss", "v", "viz", "vol", "vs",
        ],
    ),
    (
        Behind::Mostly,
        &[
            "addl", "adv", "alia", "anr", "app", "asstt", "ca", "capt", "ch", "chap", "cls", "co",
            "corp", "cr", "cv", "dept", "distt", "dy", "ed", "edn", "eds", "engr", "est", "ex",
            "fig", "fn", "gen", "govt", "ibid", "insp", "jr", "op", "ord", "org", "pt", "pvt",
            "rep", "retd", "rev", "rtd", "sgt", "sh", "smt", "sq", "sr", "st", "supp", "u/s",
            "vide", "vols",
        ],
    ),
    (Behind::Either, &["al", "c.p.c", "cr.p.c", "etc", "inc", "ltd", "ors", "p.p.c", "q.s.o"]),
];

/// Returns what stands behind `word`, which is in lower case and has lost its last stop.
fn behind(word: &str) -> Option<Behind> {
    let found = ABBREVIATIONS.iter().find(|(_, words)| words.binary_search(&word).is_ok());
    found.map(|(behind, _)| *behind)
}

/// Tells whether a text breaks off behind an abbreviation that never stands last: `v.`, `No.`,
/// `Mst.`
pub fn awaits_more(text: &str) -> bool {
    let Some(before) = text.trim_end().strip_suffix('.') else { return false };
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let lower = word.to_lowercase();
    let is_listed = behind(&lower) == Some(Behind::More);
    // `said no.` ends a sentence; `No.` and `NO.` do not.
    is_listed && (!matches!(lower.as_str(), "no" | "art") || word.starts_with(char::is_uppercase))
}

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
    let behind = behind(&core);
    let abbreviated = is_initial || has_stop || behind.is_some();
    // A closing bracket after the word (`Ltd.)`) changes nothing; a capital may begin anew.
    !abbreviated || (behind == Some(Behind::Either) && next.is_uppercase())
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
        assert!(ABBREVIATIONS.iter().all(|(_, words)| words.is_sorted()));
        let words = ABBREVIATIONS.iter().flat_map(|(_, words)| words.iter());
        let all: Vec<_> = words.collect();
        assert!(all.iter().all(|word| all.iter().filter(|other| *other == word).count() == 1));
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
    fn some_abbreviations_never_stand_last() {
        for open in ["the case of Fazal v.", "under Arts.", "No.", "heard by Brig."] {
            assert!(awaits_more(open), "{open}");
        }
        for closed in ["The answer is no.", "Kites Ltd.", "and so on.", "of it all", "etc."] {
            assert!(!awaits_more(closed), "{closed}");
        }
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
