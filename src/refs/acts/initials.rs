//! Acts by the initials of a title that the text names, with its year: `IRO, 2011`, `PLGA 2013`.

use std::collections::HashMap;

use memchr::memmem;

use super::ActMention;
use crate::refs::report::Reading;
use crate::refs::scan::{is_word, starts_word, ws, year};

/// How many different short names of one text are looked for.
const MAX_NAMES: usize = 200;

/// Finds the short names with their years of the titles in `found`; one that two titles share is none.
pub(super) fn with_year(r: Reading<'_>, found: &[ActMention]) -> Vec<ActMention> {
    let mut names: HashMap<(String, u16), Option<&str>> = HashMap::new();
    for mention in found {
        let Some(value) = mention.id.rsplit_once('-').and_then(|(_, year)| year.parse().ok())
        else {
            continue;
        };
        for letters in initials(r.get(mention.start, mention.end)) {
            let known = names.entry((letters, value)).or_insert(Some(&mention.id));
            if known.is_some_and(|id| id != mention.id) {
                *known = None;
            }
        }
        if names.len() > MAX_NAMES {
            break;
        }
    }
    let mut more = Vec::new();
    for ((letters, value), id) in names {
        let Some(id) = id else { continue };
        for start in memmem::find_iter(r.b, letters.as_bytes()) {
            let end = start + letters.len();
            if !starts_word(r.b, start) || is_word(r.b, end) {
                continue;
            }
            let mark = matches!(r.b.get(end), Some(b',' | b'-'));
            let at = ws(r.b, end + usize::from(mark));
            if let Some((_, to)) = year(r.b, at).filter(|&(found, to)| {
                found == value && !is_word(r.b, to) && !matches!(r.b.get(to), Some(b'/'))
            }) {
                let id = id.to_owned();
                more.push(ActMention { start, end: to, id, weak: false, confidence: 0.85 });
            }
        }
    }
    more
}

/// Returns the initials of a title: of all its words, and of those with a capital.
fn initials(title: &str) -> Vec<String> {
    let words = || {
        title
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("the"))
    };
    let first = |word: &str| word.chars().next().map(|c| c.to_ascii_uppercase());
    let is_name = |word: &&str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let all: String = words().filter_map(first).collect();
    let capitals: String = words().filter(is_name).filter_map(first).collect();
    let mut initials = vec![all, capitals];
    initials.dedup();
    initials.retain(|letters| (3..=8).contains(&letters.len()));
    initials
}
