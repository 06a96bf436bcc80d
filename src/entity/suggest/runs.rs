//! Names as a text prints them: definitions, capitalised words, Urdu letter names.

use std::collections::BTreeSet;

use super::super::evidence::spelled_before;
use super::super::urdu;
use super::SuggestionKind;
use crate::model::Span;

/// How long a definition's words may be, in bytes.
const DEFINITION_BYTES: usize = 200;

/// Small words inside names.
pub(super) const SMALL: &[&str] = &["of", "and", "for", "the"];

/// Returns the names that a text defines or prints as such, with why and the acronym.
pub(super) fn names(text: &str) -> Vec<(SuggestionKind, Option<String>, Span)> {
    let mut names = Vec::new();
    let mut defined: BTreeSet<usize> = BTreeSet::new();
    for (open, _) in text.match_indices('(') {
        let inner = text.get(open + 1..).unwrap_or_default().trim_start_matches(['"', '“']);
        let acronym: String = inner.chars().take_while(char::is_ascii_uppercase).collect();
        let closes =
            inner.get(acronym.len()..).is_some_and(|rest| rest.starts_with([')', '"', '”']));
        // The words that an acronym shortens stand right before it.
        let mut from = open.saturating_sub(DEFINITION_BYTES);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let before = text.get(from..open).unwrap_or_default();
        if closes
            && (2..=10).contains(&acronym.len())
            && let Some(long) = spelled_before(before, &acronym)
        {
            let start = long.as_ptr() as usize - text.as_ptr() as usize;
            defined.insert(start);
            let span = start..start + long.trim_end().len();
            names.push((SuggestionKind::Definition, Some(acronym), span));
        }
    }
    for span in capitalised(text) {
        let span = without_title(text, span);
        let printed = text.get(span.clone()).unwrap_or_default();
        if printed.contains(' ') && !is_blank(printed) && !defined.contains(&span.start) {
            names.push((SuggestionKind::Capitalised, None, span));
        }
    }
    names.extend(urdu_runs(text));
    names
}

/// Tells whether words announce what a form leaves blank: `Form No`, `Order Date`, `Date of Hearing`.
fn is_blank(printed: &str) -> bool {
    let last = printed.split_whitespace().next_back().unwrap_or_default();
    BLANKS.contains(&last) || printed.starts_with("Date of ")
}

/// Words that end what a form prints before a blank.
const BLANKS: &[&str] =
    &["No", "Nos", "Number", "Numbers", "Date", "Dated", "Form", "Page", "Signature", "Serial"];

/// Returns runs of two to six capitalised words, with small words inside (`of`, `and`).
fn capitalised(text: &str) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    let mut run: Option<(Span, usize)> = None;
    let mut at = 0;
    let close = |run: &mut Option<(Span, usize)>, runs: &mut Vec<Span>| {
        if let Some((span, 2..=6)) = run.take() {
            runs.push(span);
        }
    };
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'') {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let span = at..at + bare.len();
        at += word.len();
        let mut letters = bare.chars();
        let is_name = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
            && !is_day(bare);
        let is_first = run.is_none()
            && text.get(..span.start).is_none_or(|before| {
                before.trim_end().is_empty() || before.trim_end().ends_with(['.', '?', '!', ':'])
            });
        if is_name && !(is_first && COMMON.contains(&bare)) {
            match &mut run {
                Some((whole, n)) => {
                    whole.end = span.end;
                    *n += 1;
                }
                None => run = Some((span, 1)),
            }
        } else if !(run.is_some() && SMALL.contains(&bare)) {
            close(&mut run, &mut runs);
        }
        if !word.ends_with(' ') {
            close(&mut run, &mut runs);
        }
    }
    close(&mut run, &mut runs);
    runs
}

/// Words that begin sentences, and no names.
const COMMON: &[&str] = &[
    "The",
    "Then",
    "This",
    "That",
    "These",
    "Those",
    "In",
    "On",
    "At",
    "It",
    "He",
    "She",
    "They",
    "We",
    "A",
    "An",
    "As",
    "If",
    "When",
    "While",
    "However",
    "But",
    "And",
    "For",
    "By",
    "From",
    "To",
    "Mr",
    "Learned",
    "Accordingly",
    "Therefore",
    "Moreover",
    "Since",
    "After",
    "Before",
    "There",
];

/// Words before a name that are no part of it.
const TITLES: &[&str] = &[
    "Mr",
    "Mrs",
    "Ms",
    "Mst",
    "Dr",
    "Learned",
    "Honourable",
    "Honorable",
    "Hon",
    "Justice",
    "The",
    "Messrs",
];

/// Tells whether a word is a day or a month: it stands before names and belongs to none.
fn is_day(word: &str) -> bool {
    DAYS.contains(&word) || crate::text::dates::month(&word.to_lowercase()).is_some()
}

const DAYS: &[&str] =
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Returns a run without the titles that it begins with.
fn without_title(text: &str, mut span: Span) -> Span {
    while let Some((word, rest)) = text.get(span.clone()).and_then(|run| run.split_once(' ')) {
        if !TITLES.contains(&word) {
            break;
        }
        span.start = span.end - rest.trim_start().len();
    }
    span
}

fn urdu_runs(text: &str) -> Vec<(SuggestionKind, Option<String>, Span)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let starts = !c.is_ascii()
            && crate::text::script::is_arabic_script(c)
            && text
                .get(..at)
                .and_then(|before| before.chars().next_back())
                .is_none_or(|before| !crate::text::script::is_letter_or_mark(before));
        if starts && let Some(run) = urdu::run_at(text, at, text.len(), false) {
            if let Some((letters, span)) =
                run.readings().into_iter().next().filter(|(letters, _)| letters.len() >= 3)
            {
                runs.push((SuggestionKind::UrduRun, Some(letters), span));
            }
            at = run.end;
        } else {
            at += c.len_utf8();
        }
    }
    runs
}
