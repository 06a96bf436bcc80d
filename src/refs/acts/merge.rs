//! Names of one act that a text prints in several ways, brought together: a plural, a title cut short, an
//! acronym or a number in a bracket behind it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{ActMention, fits_word};
use crate::refs::report::Reading;
use crate::refs::scan::{roman, slug, starts_word};

/// Gives titles that differ in a plural or in small words alone, `Representation of the Peoples Act, 1976`,
/// one id: that of the table, else the one named most.
pub(super) fn same_titles(r: Reading<'_>, found: &mut [ActMention], country: &str) {
    let prefix = format!("{country}/act/");
    let key = |id: &str| -> Option<String> {
        let name = id.strip_prefix(&prefix)?;
        let year = name.rsplit('-').next().filter(|year| year.len() == 4)?;
        year.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
        let words = name.split('-').filter(|word| !["and", "the", "of", "for"].contains(word));
        Some(words.map(|word| word.trim_end_matches('s')).collect::<Vec<_>>().join("-"))
    };
    let mut by_key: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    let counts = counted(found, &prefix);
    if counts.len() < 2 {
        return;
    }
    for (id, count) in counts {
        if let Some(key) = key(id) {
            by_key.entry(key).or_default().push((id.to_owned(), count));
        }
    }
    by_key.retain(|_, ids| ids.len() > 1);
    if by_key.is_empty() {
        return;
    }
    for ids in by_key.values_mut() {
        let known = |id: &str| r.tables.act_with_id(id).is_some();
        // Of equals the first by its letters.
        ids.sort_by_key(|(id, count)| (!known(id), std::cmp::Reverse(*count)));
    }
    let main: HashMap<String, String> = by_key
        .into_values()
        .filter_map(|ids| {
            let mut ids = ids.into_iter().map(|(id, _)| id);
            let main = ids.next()?;
            Some(ids.map(|other| (other, main.clone())).collect::<Vec<_>>())
        })
        .flatten()
        .collect();
    for mention in found {
        if let Some(main) = main.get(&mention.id) {
            mention.id.clone_from(main);
            mention.confidence = mention.confidence.min(0.85);
        }
    }
}

/// Gives `Ordinance VI of 1959` the act that the text names with that number: `West Pakistan Kite
/// Ordinance (VI of 1959)`.
pub(super) fn numbered_titles(r: Reading<'_>, found: &mut [ActMention]) {
    const KINDS: [&str; 3] = ["act", "ordinance", "order"];
    let number_of = |id: &str| -> Option<(&'static str, String)> {
        let name = id.strip_prefix("pk/act/")?;
        let (kind, number) = name.split_once('-')?;
        let kind = KINDS.iter().find(|one| **one == kind)?;
        let (first, year) = number.split_once('-')?;
        let fits = year.len() == 4 && (roman(&first.to_uppercase()).is_some());
        fits.then(|| (*kind, number.to_owned()))
    };
    if !found.iter().any(|mention| number_of(&mention.id).is_some()) {
        return;
    }
    let mut titles: BTreeMap<(&'static str, String), Option<String>> = BTreeMap::new();
    for mention in found.iter().filter(|mention| mention.id.starts_with("pk/act/")) {
        let text = r.get(mention.start, mention.end);
        let Some((_, inside)) = text.rsplit_once('(') else { continue };
        let words: Vec<&str> = inside.trim_end_matches(')').split_whitespace().collect();
        let [.., number, "of", year] = words.as_slice() else { continue };
        let number = format!("{}-{year}", number.to_lowercase());
        for kind in KINDS.into_iter().filter(|kind| fits_word(&mention.id, kind)) {
            let title =
                titles.entry((kind, number.clone())).or_insert_with(|| Some(mention.id.clone()));
            // Two provinces may have one number.
            if title.as_ref().is_some_and(|title| *title != mention.id) {
                *title = None;
            }
        }
    }
    for mention in found {
        let title = number_of(&mention.id).and_then(|number| titles.get(&number)?.clone());
        if let Some(title) = title {
            mention.id = title;
            mention.confidence = mention.confidence.min(0.85);
        }
    }
}

/// Provinces and the like whose acts have titles of their own, as they open a normal form.
const PLACES: [&str; 11] = [
    "punjab-",
    "sindh-",
    "balochistan-",
    "baluchistan-",
    "khyber-pakhtunkhwa-",
    "kpk-",
    "north-west-frontier-province-",
    "nwfp-",
    "west-pakistan-",
    "islamabad-",
    "azad-jammu-and-kashmir-",
];

/// Gives `Kite Safety Act` the `Punjab Kite Safety Act, 2005` that the text named last in full, where the
/// table, or the text, has another one of the shorter name.
pub(super) fn provincial(r: Reading<'_>, found: &mut [ActMention]) {
    // Of a provincial title what the shorter name has: `kite-safety-act`.
    let tail = |id: &str| -> Option<String> {
        let name = id.strip_prefix("pk/act/")?;
        let rest = PLACES.iter().find_map(|place| name.strip_prefix(place))?;
        let (title, year) = rest.rsplit_once('-')?;
        let plain = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        (plain && !title.contains("amendment") && title.contains('-')).then(|| title.to_owned())
    };
    let mut by_tail: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    for mention in found.iter() {
        if let Some(title) = tail(&mention.id) {
            by_tail.entry(title).or_default().push((mention.start, mention.id.clone()));
        }
    }
    if by_tail.is_empty() {
        return;
    }
    by_tail.values_mut().for_each(|named| named.sort_unstable());
    // Where the text names the act of the shorter name in full, with its year or number.
    let is_full = |mention: &ActMention| {
        r.get(mention.start, mention.end).ends_with(|c: char| c.is_ascii_digit() || c == ')')
    };
    let full: Vec<(usize, String)> =
        found.iter().filter(|one| is_full(one)).map(|one| (one.start, one.id.clone())).collect();
    for mention in found.iter_mut() {
        if is_full(mention) || tail(&mention.id).is_some() || !mention.id.contains("/act/") {
            continue;
        }
        let printed = slug(r.get(mention.start, mention.end));
        let Some(named) = by_tail.get(&printed) else { continue };
        let last = named.iter().rfind(|(start, _)| *start < mention.start);
        let Some((place, id)) = last.or_else(|| named.first()) else { continue };
        let other = full.iter().any(|(start, id)| {
            *id == mention.id && (*start < mention.start) && (*start > *place)
                || *id == mention.id && last.is_none()
        });
        if !other {
            mention.id.clone_from(id);
            mention.confidence = mention.confidence.min(0.85);
        }
    }
}

/// Returns the ids with this beginning that mentions have, each once, and how often.
fn counted<'a>(found: &'a [ActMention], prefix: &str) -> Vec<(&'a str, usize)> {
    let ours = found.iter().filter(|one| !one.weak && one.id.starts_with(prefix));
    let mut ids: Vec<&str> = ours.map(|one| one.id.as_str()).collect();
    ids.sort_unstable();
    let same = ids.chunk_by(|a, b| a == b);
    same.filter_map(|ids| Some((*ids.first()?, ids.len()))).collect()
}

/// Gives `Trust Properties Act, 1975`, the end of one title of the text, `Evacuee Trust Properties Act,
/// 1975`, that act: the words before were broken, or left out.
pub(super) fn whole_titles(r: Reading<'_>, found: &mut [ActMention]) {
    let ids: Vec<String> =
        counted(found, "pk/act/").into_iter().map(|(id, _)| id.to_owned()).collect();
    if ids.len() < 2 {
        return;
    }
    // The end of a title begins with the words of the title that it ends.
    let mut by_end: Vec<(String, &String)> = ids
        .iter()
        .map(|id| (id.trim_start_matches("pk/act/").chars().rev().collect(), id))
        .collect();
    by_end.sort_unstable();
    let mut whole: HashMap<&str, &str> = HashMap::new();
    for (idx, (reversed, id)) in by_end.iter().enumerate() {
        let longer = |next: usize| {
            by_end.get(next).filter(|(other, _)| {
                other.strip_prefix(reversed.as_str()).is_some_and(|rest| rest.starts_with('-'))
            })
        };
        let dated = id.rsplit('-').next().is_some_and(|year| year.len() == 4);
        let several = id.matches('-').count() >= 2;
        let known = r.tables.act_with_id(id).is_some();
        if let (Some((_, other)), None) = (longer(idx + 1), longer(idx + 2))
            && dated
            && several
            && !known
            && !other.contains("amendment")
        {
            whole.insert(id, other);
        }
    }
    if whole.is_empty() {
        return;
    }
    let ids: HashMap<String, String> =
        whole.into_iter().map(|(id, other)| (id.to_owned(), other.to_owned())).collect();
    for mention in found {
        if let Some(other) = ids.get(&mention.id) {
            let end = mention.id.trim_start_matches("pk/act/");
            let first = other.trim_start_matches("pk/act/").strip_suffix(end).unwrap_or_default();
            mention.start = broken_before(r, mention.start, first).unwrap_or(mention.start);
            mention.id.clone_from(other);
            mention.confidence = mention.confidence.min(0.8);
        }
    }
}

/// Returns where `words` (as normal forms have them) begin that end before `at`, whatever blanks stand
/// inside them: `Evacue e `.
fn broken_before(r: Reading<'_>, at: usize, words: &str) -> Option<usize> {
    let mut from = at;
    for letter in words.bytes().rev().filter(|&byte| byte != b'-') {
        while from > 0 && matches!(r.b.get(from - 1), Some(b' ' | b'-' | b'(' | b')')) {
            from -= 1;
        }
        from = from.checked_sub(1)?;
        r.b.get(from).filter(|byte| byte.to_ascii_lowercase() == letter)?;
    }
    (from < at && starts_word(r.b, from)).then_some(from)
}

/// Drops `(Cr.P.C.)` right behind `Criminal Procedure Code`: the bracket belongs to the name before it.
pub(super) fn with_acronyms(r: Reading<'_>, found: &mut Vec<ActMention>) {
    let is_bracket = |pair: &[ActMention]| match pair {
        [name, short] => {
            let gap = r.get(name.end, short.start);
            name.id == short.id
                && name.id.starts_with("pk/act/")
                && ["(", "(\"", "('"].contains(&gap.trim_start())
                && gap.len() < 5
                && matches!(r.b.get(short.end), Some(b')' | b'"' | b'\'' | b'.' | b','))
                && r.get(short.start, short.end).len() < name.end - name.start
        }
        _ => false,
    };
    let ends: HashSet<usize> = found
        .windows(2)
        .filter(|pair| is_bracket(pair))
        .filter_map(|pair| pair.last().map(|short| short.end))
        .collect();
    if !ends.is_empty() {
        found.retain(|mention| !ends.contains(&mention.end));
    }
}

/// Joins to a title its number that stands right behind it without its brackets, or with one of them:
/// `the Kite Benefits Act,1961 Act LIII of 1961)`.
pub(super) fn with_numbers(r: Reading<'_>, all: Vec<ActMention>) -> Vec<ActMention> {
    let mut kept: Vec<ActMention> = Vec::with_capacity(all.len());
    for mention in all {
        let number = mention.id.split_once("/act/act-").map(|(_, number)| number);
        let is_number = |last: &ActMention| {
            let value = number.and_then(|number| number.rsplit('-').next());
            let gap = mention.start.checked_sub(last.end).map(|_| r.get(last.end, mention.start));
            value.is_some_and(|value| last.id.ends_with(&format!("-{value}")))
                && !last.id.contains("/act/act-")
                && gap.is_some_and(|gap| gap.bytes().all(|byte| b" ,(\n".contains(&byte)))
        };
        match kept.last_mut() {
            Some(last) if is_number(last) => last.end = mention.end,
            _ => kept.push(mention),
        }
    }
    kept
}
