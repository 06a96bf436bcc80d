//! Sections and articles of enactments.

use std::collections::BTreeMap;

use super::label::printed;
use super::mark::{self, Form};
use super::unit::Unit;
use crate::model::Page;

/// How many bytes of each of the first pages are searched for the signs of an enactment.
const STATUTE_HEAD: usize = 24_000;

/// Tells whether the pages are an enactment: then sections are labels, and suffixes count.
pub(super) fn is_statute(pages: &[Page]) -> bool {
    const SIGNS: [&str; 7] = [
        "enacted as follows",
        "be it enacted",
        "short title, extent",
        "short title and commencement",
        "may be called the",
        "this act may be cited as",
        "short title.—",
    ];
    // A saved law is one page of megabytes; it says what it is at its head.
    let mut head = String::new();
    for page in pages.iter().take(3) {
        let end = page.text.floor_char_boundary(STATUTE_HEAD);
        head.push_str(page.text.get(..end).unwrap_or_default());
        head.push('\n');
    }
    // Every document passes here, and what is looked for has no capital outside ASCII.
    head.make_ascii_lowercase();
    let has = |words: &str| memchr::memmem::find(head.as_bytes(), words.as_bytes()).is_some();
    SIGNS.into_iter().any(has) && !has("versus") && !has("order sheet")
}

/// Returns the labels of sections and articles, by unit.
pub(super) fn sections(units: &[Unit<'_>]) -> BTreeMap<usize, String> {
    let mut labels = BTreeMap::new();
    let mut last: Option<(u16, Option<char>)> = None;
    // The table of contents runs from 1 to the end before the text does; its lines are short.
    let mut run: Vec<usize> = Vec::new();
    for (unit_idx, unit) in units.iter().enumerate() {
        // What a bill says of its reasons is no part of the enactment, and has numbers of its own.
        if last.is_some() && is_reasons(unit.text) {
            break;
        }
        let text = without_word(unit.text);
        let Some(mark) = mark::number(text) else { continue };
        if mark.decimal.is_some() || mark.form == Form::Paren || unit.in_quote {
            continue;
        }
        let here = (mark.value, mark.suffix);
        let follows = last.is_none_or(|last| here > last && mark.value <= last.0 + 5);
        let strong = mark.form == Form::Dot && !mark.rest.is_empty();
        if mark.value == 1 && last.is_some_and(|last| last.0 > 1) && strong {
            let longest = run.iter().filter_map(|&idx| units.get(idx)).map(|unit| unit.text.len());
            if longest.max().unwrap_or(0) < 160 {
                for unit_idx in run.drain(..) {
                    labels.remove(&unit_idx);
                }
            } else if !is_section_heading(mark.rest) {
                continue;
            }
            last = None;
        } else if !(strong && follows) {
            continue;
        }
        last = Some(here).max(last);
        run.push(unit_idx);
        labels.insert(unit_idx, printed(&mark));
    }
    labels
}

/// Tells whether a line is the head of the statement that goes with a bill.
fn is_reasons(text: &str) -> bool {
    text.len() < 60
        && text.trim().to_ascii_lowercase().starts_with("statement of objects and reason")
}

/// Drops `Article`, `Section`, `Rule` or `Regulation` before a number.
pub(super) fn without_word(text: &str) -> &str {
    let text = text.trim_start();
    ["article ", "section ", "rule ", "regulation ", "art. ", "sec. "]
        .iter()
        .find(|word| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
        .and_then(|word| text.get(word.len()..))
        .unwrap_or(text)
}

/// Tells whether a section's text begins with its heading, as `Short title.—` does.
fn is_section_heading(rest: &str) -> bool {
    let head = rest.char_indices().nth(140).and_then(|(end, _)| rest.get(..end)).unwrap_or(rest);
    [".—", ".–", ".-", ". —", ":—", "—("].iter().any(|dash| head.contains(dash))
}
