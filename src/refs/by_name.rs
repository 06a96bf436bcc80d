//! Cases named again by both parties without their citation, as British courts do: after `Ali v Dinc
//! [2020] EWHC 3055 (Ch)` a later `Ali v Dinc`, or `Dinc v Ali`.

use std::collections::HashMap;

use crate::model::RefKind;

use super::back::{Before, is_parallel, resolve};
use super::found::Found;
use super::report::Reading;
use super::scan::{any_word, ws, ws_back};

/// Where the parties stand before a citation, in bytes.
const TITLE_BYTES: usize = 130;
/// What is cited before this byte is the text's own name.
const HEAD: usize = 1200;
/// The most words of a party that are taken along.
const MAX_WORDS: usize = 4;

/// A case by its parties, and where its citation ends.
struct Cited {
    id: String,
    end: usize,
}

/// Finds the cases that are named again by both parties, where they name one case alone.
pub(super) fn find(before: &Before<'_>) -> Vec<Found> {
    let r = before.r;
    let mut cited: HashMap<(&str, &str), Vec<Cited>> = HashMap::new();
    // Where a citation follows, the name is part of it.
    let mut titles: Vec<usize> = Vec::new();
    let mut last_end = 0;
    for one in before.found {
        if !matches!(one.kind, RefKind::Report | RefKind::Neutral) || one.whole.start < last_end {
            continue;
        }
        let parallel = last_end > 0 && is_parallel(r.get(last_end, one.whole.start));
        let from = one.whole.start.saturating_sub(TITLE_BYTES).max(last_end);
        last_end = one.whole.end;
        let from = (from..=one.whole.start).find(|&at| r.text.is_char_boundary(at));
        let Some(from) = from.filter(|_| !parallel) else { continue };
        let title = r.get(from, one.whole.start);
        let sentence = title.rfind(['\n', ';']).map_or(0, |at| at + 1);
        let Some(versus) = title.get(sentence..).and_then(|title| title.rfind(" v ")) else {
            continue;
        };
        let versus = from + sentence + versus;
        titles.push(versus);
        if let Some(key) = parties(r, versus).filter(|_| one.whole.start > HEAD) {
            let ids = cited.entry(key).or_default();
            if !ids.iter().any(|known| known.id == one.id) {
                ids.push(Cited { id: one.id.clone(), end: one.whole.end });
            }
        }
    }
    if cited.is_empty() {
        return Vec::new();
    }
    let named = memchr::memmem::find_iter(r.b, b" v ").filter(|at| !titles.contains(at));
    named.filter_map(|at| again(before, &cited, at)).collect()
}

/// Returns the last word of the party before ` v ` at `at` and the first of the one behind it.
fn parties(r: Reading<'_>, at: usize) -> Option<(&str, &str)> {
    let (from, to) = (word_back(r, at), word_ahead(r, at + " v ".len()));
    let (first, second) = (r.get(from, at), r.get(at + " v ".len(), to));
    let is_name = |word: &str| word.len() > 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
    (is_name(first) && is_name(second)).then_some((first, second))
}

fn word_back(r: Reading<'_>, at: usize) -> usize {
    let letter =
        |byte: &&u8| byte.is_ascii_alphanumeric() || b"-'".contains(byte) || **byte >= 0x80;
    at - r.b.iter().take(at).rev().take(40).take_while(letter).count()
}

fn word_ahead(r: Reading<'_>, at: usize) -> usize {
    let letter = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-' || **byte >= 0x80;
    at + r.b.iter().skip(at).take(40).take_while(letter).count()
}

fn again(
    before: &Before<'_>,
    cited: &HashMap<(&str, &str), Vec<Cited>>,
    at: usize,
) -> Option<Found> {
    let r = before.r;
    let (first, second) = parties(r, at).filter(|_| !before.is_taken(at))?;
    let known = [(first, second), (second, first)];
    let known = known.iter().filter_map(|key| cited.get(key)).flatten();
    let mut ids: Vec<String> =
        known.filter(|one| one.end <= at).map(|one| one.id.clone()).collect();
    ids.dedup();
    let [_] = ids.as_slice() else { return None };
    let mut from = word_back(r, at);
    // `Van der Merwe v Goldman`: the party's other words, as far as they are names.
    for _ in 1..MAX_WORDS {
        let gap = ws_back(r.b, from);
        let begin = word_back(r, gap);
        let word = r.get(begin, gap);
        let name = word.len() > 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
        if gap + 1 != from || !name || OPENING.contains(&word) {
            break;
        }
        from = begin;
    }
    if ids.iter().any(|id| of_another_court(r, from, id)) {
        return None;
    }
    let to = word_ahead(r, at + " v ".len());
    // A place behind it is read with the name.
    let next = ws(r.b, to);
    let placed = any_word(r.b, next, &["at"])
        .is_some_and(|after| !r.b.get(ws(r.b, after)).is_some_and(u8::is_ascii_alphabetic));
    (!placed).then(|| resolve(from..to, &ids, None, 0.85))
}

/// Words before a name that are none of it.
const OPENING: &[&str] =
    &["In", "See", "As", "The", "Both", "And", "But", "Like", "Unlike", "Following"];

/// Tells whether the words before `at` say that the case is one of another court than the neutral
/// citation `id`: `the decision of the Court of Appeal in Kite v String`.
fn of_another_court(r: Reading<'_>, at: usize, id: &str) -> bool {
    const COURTS: [(&str, &str); 4] = [
        ("Court of Appeal in", "ewca"),
        ("Supreme Court in", "uksc"),
        ("House of Lords in", "ukhl"),
        ("Upper Tribunal in", "ukut"),
    ];
    let before = r.text.get(..ws_back(r.b, at)).unwrap_or_default();
    let neutral = ["uk/ew", "uk/uk"].iter().any(|start| id.starts_with(start));
    neutral && COURTS.iter().any(|(court, code)| before.ends_with(court) && !id.contains(code))
}
