//! What has the look of a law report or case number and cannot be one.
//!
//! References are read by [`crate::refs`], which keeps silent about what it cannot read: right in a
//! judgment, where precision counts. The writer of a draft wants to be told.

use crate::model::Span;

/// Law reports of Pakistan as drafts write them, letters alone; those of the second list print the
/// court.
const YEAR_FIRST: &[&str] = &[
    "SCMR", "CLC", "MLD", "YLR", "PTD", "PTCL", "CLD", "PLC", "PCRLJ", "GBLR", "PSC", "ALD", "SCJ",
];
const WITH_COURT: &[&str] = &["PLD", "PLJ", "NLR", "KLR"];
/// Words before a year that let a law report follow.
const LEADS: &[&str] = &["see", "in", "reported", "as", "at", "cf", "and", "also", "case"];

/// Something that cannot be a reference, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    /// Bytes of the text.
    pub(super) span: Span,
    pub(super) why: String,
}

struct Word<'a> {
    span: Span,
    /// As printed, without the signs around it.
    core: &'a str,
    /// Letters and digits, in capitals.
    bare: String,
    whole: &'a str,
}

/// Finds what looks like a reference and overlaps none of `known`.
pub(super) fn find(text: &str, known: &[Span]) -> Vec<Malformed> {
    let words = words(text);
    let mut found: Vec<Malformed> = Vec::new();
    for idx in 0..words.len() {
        let Some(one) = report(&words, idx).or_else(|| number(&words, idx)) else { continue };
        let overlaps = |span: &Span| span.start < one.span.end && one.span.start < span.end;
        if !known.iter().any(overlaps) && !found.iter().any(|before| overlaps(&before.span)) {
            found.push(one);
        }
    }
    found
}

/// Reads a law report around its abbreviation.
fn report(words: &[Word<'_>], idx: usize) -> Option<Malformed> {
    let word = words.get(idx)?;
    let with_court = WITH_COURT.contains(&word.bare.as_str());
    let is_large = word.core.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let is_known = with_court || YEAR_FIRST.contains(&word.bare.as_str());
    let before = idx.checked_sub(1).and_then(|before| words.get(before));
    let year_before = before.filter(|before| is_year(&before.bare));
    if is_known && (is_large || word.bare == "PCRLJ") {
        let year_after = words.get(idx + 1).filter(|next| is_year(&next.bare) || is_short(next));
        let from = if year_after.is_some() { idx + 2 } else { idx + 1 };
        let year = year_after.or(year_before)?;
        let (page_idx, _) = (from..from + 3)
            .map_while(|at| Some((at, words.get(at)?)))
            .take_while(|(at, _)| words.get(at - 1).is_none_or(|before| !ends(before.whole)))
            .find(|(_, next)| is_page(&next.bare))?;
        let start = year_before.map_or(word.span.start, |year| year.span.start);
        let start = start.min(word.span.start);
        let example = if with_court {
            format!("{} 1998 SC 388", word.bare)
        } else {
            format!("1998 {} 388", word.core)
        };
        let why = if is_short(year) {
            format!("the year has two digits; the form is {example}")
        } else if with_court && page_idx == from {
            format!("no court is named; the form is {example}")
        } else {
            format!("no {} of this year, court or order is known; the form is {example}", word.core)
        };
        return Some(Malformed { span: start..words[page_idx].span.end, why });
    }
    // `2008 ZZZZ 598`: the form of a law report that nobody knows.
    let year = year_before?;
    let page = words.get(idx + 1).filter(|next| is_page(&next.bare))?;
    let looks_so = (3..=6).contains(&word.core.len())
        && word.core.bytes().all(|byte| byte.is_ascii_uppercase())
        && !ends(year.whole)
        && !ends(word.whole)
        && page.whole.ends_with([')', '.', ',', ';']);
    let led =
        idx.checked_sub(2).and_then(|at| words.get(at)).is_none_or(|lead| {
            ends(lead.whole) || LEADS.contains(&lead.core.to_lowercase().as_str())
        }) || year.whole.starts_with(['(', '[']);
    (looks_so && led).then(|| Malformed {
        span: year.span.start..page.span.end,
        why: format!("no law report {} is known", word.core),
    })
}

/// Reads `W.P. No. 18O5/2023`: a number with letters in it.
fn number(words: &[Word<'_>], idx: usize) -> Option<Malformed> {
    let word = words.get(idx)?;
    let (number, year) = word.core.split_once('/')?;
    let is_mixed = number.len() >= 2
        && number.bytes().any(|byte| byte.is_ascii_digit())
        && number.bytes().any(|byte| matches!(byte, b'O' | b'o' | b'l' | b'I' | b'S'))
        && number.bytes().all(|byte| byte.is_ascii_digit() || b"OolIS".contains(&byte));
    let before = idx.checked_sub(1).and_then(|before| words.get(before))?;
    let is_led = before.whole.ends_with('.') && before.bare.len() <= 6
        || matches!(before.bare.as_str(), "NO" | "PETITION" | "APPEAL" | "WP" | "CP" | "CA");
    (is_mixed && is_year(year) && is_led).then(|| Malformed {
        span: word.span.clone(),
        why: "a letter stands in the number".to_owned(),
    })
}

/// Says how a law report is usually written, where a draft turns it round: `1998 PLD SC 388`.
pub(super) fn turned(written: &str, usual: &str) -> Option<String> {
    let starts = |text: &str| {
        let first = text.trim_start_matches(['(', '[']).chars().next();
        first.map(|c| c.is_ascii_digit())
    };
    (starts(written) != starts(usual) && !usual.is_empty())
        .then(|| format!("usually written {usual}"))
}

/// Tells whether a law report that counts by courts names none: `PLD 1998 388`.
pub(super) fn lacks_court(written: &str) -> bool {
    let letters: String = written.chars().filter(|c| c.is_alphabetic()).collect();
    WITH_COURT.contains(&letters.to_uppercase().as_str())
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for whole in text.split(char::is_whitespace) {
        let from = at;
        let end = from + whole.len();
        at = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let core = whole.trim_matches(|c: char| !c.is_alphanumeric());
        if core.is_empty() {
            continue;
        }
        let lead = whole.find(core).unwrap_or(0);
        let bare = core.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
        let span = from + lead..from + lead + core.len();
        words.push(Word { span, core, bare: bare.collect(), whole });
    }
    words
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("18") || word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether a word is a year of two digits: `98`.
fn is_short(word: &Word<'_>) -> bool {
    word.bare.len() == 2 && word.bare.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_page(word: &str) -> bool {
    (1..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether a sentence or clause ends with the word; `S.` does not.
fn ends(whole: &str) -> bool {
    whole.ends_with([',', ';', ':', ')'])
        || whole.strip_suffix('.').is_some_and(|bare| bare.len() > 3 && !bare.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(&str, &str)]) {
        let found = find(text, &[]);
        let found: Vec<(&str, &str)> =
            found.iter().map(|one| (&text[one.span.clone()], one.why.as_str())).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn what_cannot_be_a_law_report() {
        check(
            "See PLD 98 SC 388.",
            &[("PLD 98 SC 388", "the year has two digits; the form is PLD 1998 SC 388")],
        );
        check(
            "(PLD 1998 388)",
            &[("PLD 1998 388", "no court is named; the form is PLD 1998 SC 388")],
        );
        check(
            "in PLD 1910 SC 5, and",
            &[(
                "PLD 1910 SC 5",
                "no PLD of this year, court or order is known; the form is PLD 1998 SC 388",
            )],
        );
        check("see 2008 ZZZZ 598.", &[("2008 ZZZZ 598", "no law report ZZZZ is known")]);
        check("W.P. 18O5/2023", &[("18O5/2023", "a letter stands in the number")]);
    }

    #[test]
    fn what_is_no_reference_at_all() {
        for text in [
            "PLC 2015 was a good year",
            "In 2019 PTA 20 million rupees paid",
            "in 2016 All 4 parties",
            "the PLD, 1998, and 388 others",
            "tax 2019 10 percent",
            "dated 2019 at 5 p.m.",
            "on 4 June 2024 FIA 3 officers came.",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_turned_report_is_said() {
        let usual = "PLD 1998 SC 388";
        assert_eq!(turned("1998 PLD SC 388", usual).unwrap(), "usually written PLD 1998 SC 388");
        assert_eq!(turned("PLD 1998 SC 388", usual), None);
    }
}
