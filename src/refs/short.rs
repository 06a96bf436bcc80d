//! Cases by their short names with a place: `paragraph 40 of MA`, `Bank Mellat at [74]`.
//!
//! The name must be that of one case cited before; otherwise nothing is found.

use crate::model::RefKind;

use super::back::{Before, COMMON, is_parallel, resolve};
use super::found::Found;
use super::pinpoint::paragraphs;
use super::report::Reading;
use super::scan::{any_word, any_word_back, is_word, number, starts_word, ws, ws_back};

/// Where the name of a case stands before its citation, in bytes.
const TITLE_BYTES: usize = 130;
/// The most words of a short name.
const MAX_WORDS: usize = 6;
/// Words that open the name of something else: a judge, a part of an enactment.
const NO_CASES: &[&str] = &[
    "lord",
    "lady",
    "justice",
    "mr",
    "mrs",
    "ms",
    "sir",
    "baroness",
    "lj",
    "part",
    "schedule",
    "act",
    "rules",
    "rule",
    "order",
    "regulations",
    "regulation",
    "code",
    "convention",
    "annex",
    "appendix",
    "form",
    "chapter",
    "section",
    "directive",
    "protocol",
    "practice",
    "this",
    "that",
    "these",
    "its",
    "his",
    "her",
    "their",
    "our",
    "appendices",
    "exhibit",
    "petition",
    "report",
    "ordinance",
    "constitution",
    "charter",
    "agreement",
    "treaty",
    "guidance",
    "resolution",
];

/// Small words inside the names of persons.
const PARTICLES: &[&str] = &["de", "der", "den", "van", "von", "la", "le", "du", "bin", "ter"];

/// Reads the short name at a word for a paragraph.
pub(super) fn read(before: &Before<'_>, start: usize, end: usize) -> Option<Found> {
    let r = before.r;
    if !starts_word(r.b, start) || before.is_taken(start) {
        return None;
    }
    let (words, from, to, places) = if r.b.get(end - 1) == Some(&b'[') {
        let (places, close) = paragraphs(r.b, end - 1)?;
        let (words, from) = name_back(r, start)?;
        (words, from, close, places)
    } else if let Some((words, from)) = before.british.then(|| named_at(r, start)).flatten() {
        // `Kite at paragraph 57`
        let (places, to) = paragraphs(r.b, ws(r.b, end))?;
        (words, from, to, places)
    } else {
        let (places, at) = paragraphs_of(r, end)?;
        let (words, to) = name_ahead(r, at)?;
        (words, start, to, places)
    };
    let named = |word: &&&str| {
        let lower = word.to_ascii_lowercase();
        word.len() > 1 && !COMMON.contains(&lower.as_str())
    };
    if words.iter().any(|word| NO_CASES.contains(&word.to_ascii_lowercase().as_str()))
        || words.iter().find(named).is_none()
    {
        return None;
    }
    let candidates = cases_named(before, &words, start);
    (candidates.len() == 1).then(|| resolve(from..to, &candidates, Some(places), 0.85))
}

/// Reads the name before `at` and the word for a paragraph.
fn named_at(r: Reading<'_>, start: usize) -> Option<(Vec<&str>, usize)> {
    let at = any_word_back(r.b, ws_back(r.b, start), &["at"])?;
    name_back(r, at)
}

/// Reads the short name before the sign of a paragraph: `Killoran §23`, `FK at §54iii`.
pub(super) fn signed(before: &Before<'_>, start: usize) -> Option<Found> {
    let r = before.r;
    if before.is_taken(start) {
        return None;
    }
    let sign = r.text.get(start..)?.bytes().take(4).take_while(|&byte| byte >= 0x80).count();
    let (value, mut to) = number(r.b, ws(r.b, start + sign), 4)?;
    while r.b.get(to).is_some_and(|byte| b"ivx".contains(byte)) {
        to += 1;
    }
    let end = any_word_back(r.b, ws_back(r.b, start), &["at"]).unwrap_or(start);
    let (words, from) = name_back(r, end)?;
    if words.iter().any(|word| NO_CASES.contains(&word.to_ascii_lowercase().as_str())) {
        return None;
    }
    let candidates = cases_named(before, &words, start);
    let places = Some(format!("para {value}"));
    (candidates.len() == 1).then(|| resolve(from..to, &candidates, places, 0.85))
}

/// Reads `40`, `[40]`, `40 to 45` and the `of` or `in` after it.
fn paragraphs_of(r: Reading<'_>, at: usize) -> Option<(String, usize)> {
    let b = r.b;
    let (places, at) = paragraphs(b, ws(b, at))?;
    let of = any_word(b, ws(b, at), &["of", "in"])?;
    let lead = ["the judgment in", "the decision in", "the case of", "its judgment in"];
    let at = ws(b, of);
    Some((places, any_word(b, at, &lead).map_or(at, |after| ws(b, after))))
}

/// Returns the capitalised words from `at` on, and where they end.
fn name_ahead(r: Reading<'_>, at: usize) -> Option<(Vec<&str>, usize)> {
    let (mut words, mut to, mut at) = (Vec::new(), at, at);
    while words.len() < MAX_WORDS {
        let mut end = at;
        while is_word(r.b, end) || r.b.get(end) == Some(&b'-') {
            end += 1;
        }
        let word = r.get(at, end);
        if word.starts_with(|c: char| c.is_ascii_uppercase()) {
            words.push(word);
            to = end;
        } else if words.is_empty() || !["v", "and", "of", "&"].contains(&word) {
            break;
        }
        if r.b.get(end) == Some(&b'.') && word == "v" {
            end += 1;
        }
        if r.b.get(end) != Some(&b' ') {
            break;
        }
        at = ws(r.b, end);
    }
    // `of Lord Bingham's speech`
    let owner = r.b.get(to) == Some(&b'\'');
    (!words.is_empty() && !owner).then_some((words, to))
}

/// Returns the capitalised words that end before `start`, and where they begin.
fn name_back(r: Reading<'_>, start: usize) -> Option<(Vec<&str>, usize)> {
    let (mut words, mut from, mut at) = (Vec::new(), start, start);
    while words.len() < MAX_WORDS {
        let end = ws_back(r.b, at);
        let end = if words.is_empty() && end > 0 && r.b.get(end - 1) == Some(&b',') {
            end - 1
        } else {
            end
        };
        let mut begin = end;
        // `M & B`
        if !words.is_empty() && end > 0 && r.b.get(end - 1) == Some(&b'&') {
            begin -= 1;
        }
        while begin > 0
            && begin + 40 > end
            && (is_word(r.b, begin - 1) || r.b.get(begin - 1) == Some(&b'-'))
        {
            begin -= 1;
        }
        let word = r.get(begin, end);
        if word.starts_with(|c: char| c.is_ascii_uppercase())
            && !["In", "See", "As", "The"].contains(&word)
        {
            words.push(word);
            from = begin;
        } else if words.is_empty()
            || !["v", "and", "of"].contains(&word) && !PARTICLES.contains(&word)
        {
            break;
        }
        if begin == 0 || r.b.get(begin - 1) != Some(&b' ') {
            break;
        }
        at = begin;
    }
    (!words.is_empty()).then_some((words, from))
}

/// Returns the cases cited before `at` in whose names all of `words` stand, parallel citations once.
fn cases_named(before: &Before<'_>, words: &[&str], at: usize) -> Vec<String> {
    let r = before.r;
    let mut ids: Vec<String> = Vec::new();
    // Those that the words are a party of: a list of other names may stand before the case.
    let mut opened: Vec<String> = Vec::new();
    let mut last_end = 0;
    let mut last_matched = false;
    for one in before.found.iter().filter(|one| one.whole.end <= at) {
        if !matches!(one.kind, RefKind::Report | RefKind::Neutral) {
            continue;
        }
        let parallel = last_end > 0
            && last_end <= one.whole.start
            && is_parallel(r.get(last_end, one.whole.start));
        if !(parallel && last_matched) {
            let from = one.whole.start.saturating_sub(TITLE_BYTES).max(last_end);
            let from = (from..=one.whole.start).find(|&at| r.text.is_char_boundary(at));
            let title = from.map_or("", |from| r.get(from, one.whole.start));
            // The name stands after the last sentence's end and the last citation.
            let title = title.rsplit(['\n', ';']).next().unwrap_or(title);
            let has = |word: &&str| {
                title.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(|one| one == *word)
            };
            last_matched = words.iter().all(has);
            if last_matched && !ids.contains(&one.id) {
                ids.push(one.id.clone());
                // `supplied A, B and C v D`: the parties are C and D.
                let (first, second) = title.rsplit_once(" v ").unwrap_or((title, ""));
                let last = first.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next();
                let others = second.split(|c: char| !c.is_alphanumeric());
                if last.into_iter().chain(others).any(|word| words.contains(&word)) {
                    opened.push(one.id.clone());
                }
            }
        }
        last_end = one.whole.end;
    }
    if ids.len() > 1 && opened.len() == 1 { opened } else { ids }
}
