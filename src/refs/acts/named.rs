//! Names of the table with what stands around them: year, number, a longer title.

use memchr::memmem;

use super::title::{PARTITION, Titled, titled};
use super::words::{is_small, title_start};
use super::{ActMention, elsewhere, is_title_end, last_word, nation};
use crate::refs::anchors::Strength;
use crate::refs::report::Reading;
use crate::refs::scan::{any_word, is_word, roman, slug, squeeze, starts_word, ws, ws_back, year};
use crate::refs::tables::Act;

/// Words after an act's name that make it the name of a text about the act.
const OTHER_TEXTS: &[&str] = &[
    "bill",
    "guide",
    "amendment bill",
    "(amendment) bill",
    "draft bill",
    "amendment act",
    "(amendment) act",
    "amendment ordinance",
    "(amendment) ordinance",
];

/// Reads a name of the table at `start..end` with its year and number.
pub(super) fn named(
    r: Reading<'_>,
    act: &Act,
    start: usize,
    end: usize,
    strength: Strength,
    country: &str,
) -> Option<ActMention> {
    if !starts_word(r.b, start) || is_word(r.b, end) && r.b.get(end).is_none_or(|&byte| byte < 0x80)
    {
        return None;
    }
    let raw = r.get(start, end);
    let longer = Longer::of(r, start, end, country);
    if longer == Longer::Joined {
        return None;
    }
    // `PACE Code H` is a code of practice, which the text may define.
    if act.home && !raw.contains(' ') && any_word(r.b, ws(r.b, end), &["code"]).is_some() {
        return None;
    }
    if is_word(r.b, end) && (raw.is_ascii() || !crate::refs::urdu::ends_name(r.text, end)) {
        return None;
    }
    // `PACE 1984` says in any text which act it is.
    let dated = || {
        year_after(r, end).is_some_and(|(value, _)| {
            r.tables.act_titled(&squeeze(r.get(start, end)), Some(value)).is_some()
        })
    };
    let tells = || strength == Strength::Weak && dated() && longer == Longer::No;
    if act.home && act.country != country && !tells() {
        return None;
    }
    // Courts of India call many of their acts as those of Pakistan are called.
    let indian_here = country == "in"
        || country != "pk"
            && act.india.is_some()
            && nation::before(r, start).is_some_and(|(code, _)| code == "in");
    let shared = act.india.as_deref().filter(|_| indian_here && !raw.contains("Pakistan"));
    // `Companies Act`, `CPC` and `the Code of Criminal Procedure` are other things elsewhere.
    let abroad = country != "pk"
        && act.country == "pk"
        && !act.unique
        && !raw.contains("Pakistan")
        && shared.is_none();
    // `Telecommunications Act of 1996` is another one there.
    if abroad && strength == Strength::Weak {
        return None;
    }
    // `the 1996 Act` of a text about telephones, not of one about arbitration in England; a query has no more
    // words.
    let holds = |word: &String| memmem::find(r.b, word.as_bytes()).is_some();
    let untitled = strength == Strength::Weak && raw.bytes().any(|byte| byte.is_ascii_digit());
    if untitled && !r.lenient && !act.context.is_empty() && !act.context.iter().any(holds) {
        return None;
    }
    if abroad && !year_after(r, end).is_some_and(|(value, _)| act.has_year(value)) {
        return None;
    }
    // `the PECA bill`, `the PECA Amendment Act`: another text than the act.
    if any_word(r.b, ws(r.b, end), OTHER_TEXTS).is_some() {
        return None;
    }
    // `ECHR 2004-IV` is a volume of the court's reports.
    if act.id == "echr" && raw == "ECHR" && year(r.b, ws(r.b, end)).is_some() {
        return None;
    }
    // `MR. JUSTICE UMAR ATA BANDIAL`
    let name = word_before(r, start).and_then(|(from, _)| word_before(r, from));
    if strength == Strength::Acronym && name.is_some_and(|(_, word)| word == "JUSTICE") {
        return None;
    }
    let mut weak = strength == Strength::Weak;
    if !r.lenient {
        let letters =
            |text: &str| -> String { text.chars().filter(|c| c.is_alphabetic()).collect() };
        if strength == Strength::Acronym
            || act
                .short
                .iter()
                .any(|short| short.len() == raw.len() && short.eq_ignore_ascii_case(raw))
        {
            let found = letters(raw);
            if !act.short.iter().any(|short| letters(short) == found) {
                return None;
            }
        } else if raw.starts_with(|c: char| c.is_ascii_lowercase()) {
            // `the universal declaration of human rights`: the words alone say it.
            // `the government servants (E&D) Rules, 1973`: the year does, too.
            let n_words = raw.split(' ').count();
            let dated = || year_after(r, end).is_some_and(|(value, _)| act.has_year(value));
            let told = act.family == "treaty" && n_words > 4 || n_words > 2 && dated();
            if !told {
                return None;
            }
        }
    }
    let has_year = raw.ends_with(|c: char| c.is_ascii_digit());
    let mut to = end;
    if strength == Strength::Acronym && raw.contains('.') && r.b.get(to) == Some(&b'.') {
        to += 1;
    }
    let mut id = shared.map_or_else(|| act.ref_id(), |twin| format!("in/act/{twin}"));
    if !has_year && let Some((value, after)) = year_after(r, to) {
        to = after;
        // `Code of Criminal Procedure, 1973` has no year in its id, `Customs Act, 1962` has.
        let is_shared = shared.is_some_and(|twin| {
            let printed = twin.rsplit('-').next().and_then(|last| last.parse::<u16>().ok());
            printed.is_none_or(|printed| printed == value)
        });
        if !is_shared && !act.has_year(value) && !(strength == Strength::Acronym) {
            // The same title of another year is another act.
            let other = r
                .tables
                .act_titled(&squeeze(raw), Some(value))
                .and_then(|idx| r.tables.acts.get(idx));
            // `Pakistan Penal Code, 1898 (P.P.C.)`: there is no other code of the name, the year is a slip.
            let slip = country == "pk"
                && (raw.ends_with("Code") && raw.contains("Pakistan")
                    || raw.contains("Code") && short_follows(r, act, to));
            id = match other {
                Some(other) => other.ref_id(),
                None if slip => id,
                // Letters with a year that no table has: `CA 2031`.
                None if act.home && raw.bytes().all(|byte| !byte.is_ascii_lowercase()) => {
                    return None;
                }
                None if country == "pk" && act.year.is_some_and(|own| own.abs_diff(value) <= 1) => {
                    id
                }
                None => {
                    let named = format!("{}-{value}", slug(raw));
                    let state = elsewhere::state_of(&named).filter(|_| country == "pk");
                    let twin = act.india.as_deref().filter(|twin| !twin.contains('-'));
                    match (state, twin) {
                        // `Code of Criminal Procedure, 1973`
                        (Some("in"), Some(twin)) => format!("in/act/{twin}"),
                        _ => format!("{}/act/{named}", state.unwrap_or(country)),
                    }
                }
            };
        }
        weak = false;
    } else if !has_year {
        // In a query `ata` may be a word; `s 7 ata` is the act.
        if r.lenient
            && strength == Strength::Acronym
            && raw.bytes().all(|byte| byte.is_ascii_lowercase())
        {
            weak = true;
        }
        if strength == Strength::Strong && longer == Longer::Place {
            return None;
        }
        if let Some(after) = number_after(r, to) {
            to = after;
        }
    }
    if let Some(after) = number_after(r, to) {
        to = after;
    }
    // `India's Penal Code`, `the Penal Code of Sri Lanka`
    let nation =
        nation::before(r, start).or_else(|| nation::behind(r, to).map(|code| (code, start)));
    if let Some((code, first)) = nation.filter(|(code, _)| {
        let common = *code == "in" && act.year.is_some_and(|year| year < PARTITION);
        let indian = *code == "in" && shared.is_some();
        act.country == "pk"
            && !act.unique
            && !raw.contains("Pakistan")
            && *code != "pk"
            && !common
            && !indian
    }) {
        let value = year_after(r, end).map(|(value, _)| format!("-{value}"));
        let id = format!("{code}/act/{}{}", slug(raw), value.unwrap_or_default());
        return Some(ActMention { start: first, end: to, id, weak, confidence: 0.9 });
    }
    if !has_year && to == end && other_number_after(r, act, to) {
        return None;
    }
    let mut start = start;
    if strength != Strength::Acronym
        && longer != Longer::No
        && let Some((word, _)) = last_word(r, start, end)
        && let Titled::Act(mention, _) = titled(r, word, end, country)
    {
        if mention.start < start && mention.id != id {
            return Some(mention);
        }
        start = start.min(mention.start);
    }
    Some(ActMention { start, end: to, id, weak, confidence: if has_year { 0.99 } else { 0.95 } })
}

/// Tells whether the act's own acronym stands in a bracket at `to`.
fn short_follows(r: Reading<'_>, act: &Act, to: usize) -> bool {
    let open = ws(r.b, to);
    let near = r.b.get(open + 1..).unwrap_or_default().iter().take(16);
    let close = near.into_iter().position(|&byte| byte == b')').map(|len| open + 1 + len);
    r.b.get(open) == Some(&b'(')
        && close.is_some_and(|close| {
            let inside = squeeze(r.get(open + 1, close).trim_matches(['"', '\'']));
            act.short.iter().any(|short| squeeze(short) == inside)
        })
}

/// Words before a title that make it the title of another place's act.
const PLACES: &[&str] = &[
    "sindh",
    "punjab",
    "balochistan",
    "kpk",
    "pakhtunkhwa",
    "provincial",
    "government",
    "local",
    "english",
    "uk",
    "indian",
    "federal",
    "capital",
    "azad",
    "kashmir",
    "islamic",
];

pub(super) fn word_before(r: Reading<'_>, start: usize) -> Option<(usize, &str)> {
    let end = ws_back(r.b, start);
    if end == start {
        return None;
    }
    let mut from = end;
    while from > 0
        && r.b
            .get(from - 1)
            .is_some_and(|&byte| byte.is_ascii_alphabetic() || byte == b'-' || byte == b'\'')
    {
        from -= 1;
    }
    // `Scope---Sindh Limitation Act`: behind the dashes of a head note a title begins.
    if let Some(dashes) = r.get(from, end).rfind("--") {
        from += dashes + 2;
    }
    (from < end).then(|| (from, r.get(from, end)))
}

/// How a title goes on before a name of the table: `Punjab Pre-emption Act, 1991`, where the table has the
/// Pre-emption Act alone. The longer title is the one that is meant, unless the year says that the words
/// before it are none of it ([`titled`] looks for that).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Longer {
    /// The name is the whole title.
    No,
    /// By words that may open a sentence, too.
    Words,
    /// By a place: the act is another's, year or not.
    Place,
    /// By a hyphen: `Counter-Terrorism Act 2008`.
    Joined,
}

impl Longer {
    /// Reads on before the name at `start..end`; one without a title's last word is whole.
    fn of(r: Reading<'_>, start: usize, end: usize, country: &str) -> Self {
        let joined = start >= 2
            && r.b.get(start - 1) == Some(&b'-')
            && r.b.get(start - 2).is_some_and(u8::is_ascii_alphabetic);
        if joined && r.get(start, end).contains(' ') {
            return Self::Joined;
        }
        let Some((word, last)) = word_before(r, start).zip(last_word(r, start, end)) else {
            return Self::No;
        };
        let ((_, word), (last, _)) = (word, last);
        if word.starts_with(|c: char| c.is_ascii_uppercase())
            && PLACES.contains(&word.to_ascii_lowercase().as_str())
        {
            return Self::Place;
        }
        // A verb or an article is no title; anything else is read as one.
        let opens = word.starts_with(|c: char| c.is_ascii_uppercase()) || is_small(word);
        if opens && last > start && title_start(r, last, country != "pk").0 < start {
            return Self::Words;
        }
        Self::No
    }
}

/// Reads `, 2016`, ` of 2016`, ` (PECA), 2016` after a title; returns the year and its end.
pub(in crate::refs) fn year_after(r: Reading<'_>, end: usize) -> Option<(u16, usize)> {
    let b = r.b;
    let mut at = ws(b, end);
    if b.get(at) == Some(&b'(') {
        // The bracket with the acronym stands before the year.
        let close = at + b.get(at..)?.iter().take(24).position(|&byte| byte == b')')?;
        let inside = r.get(at + 1, close);
        if let Some((value, after)) = year(b, at + 1).filter(|&(_, after)| after == close) {
            return Some((value, after + 1));
        }
        // `Privacy Act (ECPA, 1986)`
        if let Some((letters, _)) = inside.split_once(", ")
            && let Some((value, after)) = year(b, close.checked_sub(4)?)
            && after == close
            && inside.len() == letters.len() + ", 1986".len()
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
        {
            return Some((value, after + 1));
        }
        let calm =
            inside.bytes().all(|byte| byte.is_ascii_alphabetic() || b" \".'-".contains(&byte));
        if !calm {
            return None;
        }
        at = ws(b, close + 1);
        if b.get(at) != Some(&b',') && year(b, at).is_none() && any_word(b, at, &["of"]).is_none() {
            return None;
        }
    }
    while matches!(b.get(at), Some(b',' | b' ' | b'.' | b'-')) {
        at += 1;
    }
    if let Some(after) = any_word(b, at, &["of"]) {
        at = ws(b, after);
    }
    let (value, after) = year(b, at)?;
    // `Mayor's Order 2009-125` has a number, no year.
    if b.get(after) == Some(&b'-') && b.get(after + 1).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    // `the Code 1898/2020`, `Act 2016 SCMR 5`: the year is another number's.
    let next = ws(b, after);
    let reporter = b.get(next).is_some_and(u8::is_ascii_uppercase) && reports_after(r, next);
    (!reporter && b.get(after) != Some(&b'/')).then_some((value, after))
}

/// Tells whether a reporter's name and a page follow, so that the year is the reporter's.
fn reports_after(r: Reading<'_>, at: usize) -> bool {
    let mut end = at;
    while r.b.get(end).is_some_and(|&byte| byte.is_ascii_alphabetic() || byte == b'.') {
        end += 1;
    }
    let digits = r.b.get(ws(r.b, end)).is_some_and(u8::is_ascii_digit);
    digits && r.tables.series(&squeeze(r.get(at, end))).is_some()
}

/// Reads `(Act XL of 2016)`, `(V of 1898)`, `(XL of 2016)` after a title; returns its end.
pub(super) fn number_after(r: Reading<'_>, end: usize) -> Option<usize> {
    let b = r.b;
    let mut open = ws(b, end);
    // `Service Tribunals Act, (LXX of 1973)`
    if b.get(open) == Some(&b',') {
        open = ws(b, open + 1);
    }
    if b.get(open) != Some(&b'(') {
        return None;
    }
    let close = open + b.get(open..)?.iter().take(48).position(|&byte| byte == b')')?;
    let from = past_place(r, open + 1, close);
    act_number(r, from, close).map(|_| close + 1)
}

/// Returns where the number begins of `Punjab Ordinance XI of 1963`, `J&K Act I of 1952`: the legislature
/// stands before it.
fn past_place(r: Reading<'_>, open: usize, close: usize) -> usize {
    let inside = r.get(open, close);
    let kinds = ["Act ", "Ordinance ", "Regulation "];
    let kind = kinds.iter().filter_map(|kind| inside.find(kind)).min();
    let place = kind.and_then(|at| inside.get(..at)).unwrap_or_default();
    let mut words = place.split_whitespace();
    let named = !place.is_empty()
        && words.clone().count() <= 3
        && words.all(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    if named { open + place.len() } else { open }
}

/// Returns the year of the number in brackets that follows a title: `Arms Ordinance, (XX of 1965)`.
pub(super) fn year_of_number(r: Reading<'_>, end: usize) -> Option<(u16, usize)> {
    let close = number_after(r, end)?;
    let digits = close.checked_sub(5)?;
    year(r.b, digits).map(|(value, _)| (value, close))
}

/// Tells whether `No. 19 of 2000` follows a title without a year, and the act is of another year:
/// `the Arbitration Act No. 19 of 2000 of Zambia`.
fn other_number_after(r: Reading<'_>, act: &Act, end: usize) -> bool {
    let limit = (end + 24).min(r.text.len());
    let Some(limit) = (end..=limit).rev().find(|&at| r.text.is_char_boundary(at)) else {
        return false;
    };
    let tail = r.get(end, limit);
    let numbered = tail.trim_start().to_ascii_lowercase().starts_with("no");
    let number = act_number(r, end, limit).filter(|_| numbered);
    let value = number.and_then(|number| number.rsplit("of").next()?.parse().ok());
    value.is_some_and(|value: u16| act.year.is_some() && !act.has_year(value))
}

/// Reads `Act No. XL of 2016` between `start` and `end` as a number: `xlof2016`.
pub(super) fn act_number(r: Reading<'_>, start: usize, end: usize) -> Option<String> {
    // `Act, No.13 of 1989`
    // `Ordinance -VI of 1959`, `Act-XL of 2016`
    let words = r.get(start, end).split([' ', ':', ',', '-']).map(|word| {
        let number = word.strip_prefix("No.").or_else(|| word.strip_prefix("NO."));
        number.filter(|number| !number.is_empty()).unwrap_or(word)
    });
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    while words.peek().is_some_and(|word| {
        is_title_end(word)
            || ["no.", "no", "nos.", "p.o.", "president's", "w.p."]
                .contains(&word.to_ascii_lowercase().as_str())
    }) {
        words.next();
    }
    let number = words.next()?;
    let of = words.next()?;
    let value = words.next()?.trim_end_matches(['.', ',']);
    let is_number = roman(number).is_some() || number.bytes().all(|byte| byte.is_ascii_digit());
    let is_year =
        value.len() == 4 && value.parse().is_ok_and(|value: u16| (1800..2100).contains(&value));
    (is_number && of.eq_ignore_ascii_case("of") && is_year)
        .then(|| squeeze(&format!("{number} of {value}")))
}
