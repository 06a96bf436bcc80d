//! Sections without the word, right before the short name of their act: `302/34 PPC`, `6/7 ATA`,
//! `29-B Telegraph Act`, as police reports and lists of cases have them.

use super::acts::{ActMention, Acts};
use super::items;
use super::report::Reading;
use super::scan::{any_word, any_word_back, is_word, number_back, ws, ws_back};
use super::statute::Sections;
use super::tables::Act;

/// How long such a list may be, in bytes.
const MAX_LIST: usize = 160;
/// Words that make the numbers behind them something else.
const OTHERS: &[&str] = &[
    "page",
    "pages",
    "p.",
    "pp.",
    "para",
    "paras",
    "no.",
    "no",
    "nos.",
    "nos",
    "clause",
    "rule",
    "rules",
    "article",
    "articles",
    "art.",
    "arts.",
    "part",
    "chapter",
    "form",
    "serial",
    "item",
    "entry",
    "fir",
    "regulation",
    "schedule",
    "volume",
    "vol.",
    "order",
    "dated",
    "of",
    "in",
    "on",
    "year",
    "rs.",
    "form",
];

/// Finds the lists of sections that stand before acts without a word for them.
pub(super) fn find(r: Reading<'_>, acts: &Acts) -> Vec<Sections> {
    acts.mentions.iter().filter_map(|mention| before(r, mention)).collect()
}

fn before(r: Reading<'_>, mention: &ActMention) -> Option<Sections> {
    let b = r.b;
    let mut end = ws_back(b, mention.start);
    if end > 0 && b.get(end - 1) == Some(&b',') {
        end = ws_back(b, end - 1);
    }
    // `converted from 302(b) to 302(c) of the P.P.C.`, `cases of 9(c) of CNSA`: a part in brackets says that
    // the number is a section.
    let of = any_word_back(b, end, &["of the", "of"]).map(|at| ws_back(b, at));
    if let Some(at) = of.filter(|&at| b.get(at.wrapping_sub(1)) == Some(&b')')) {
        end = at;
    }
    let of = of.is_some();
    let last = b.get(end.checked_sub(1)?)?;
    if end == mention.start
        || !(last.is_ascii_digit() || last.is_ascii_uppercase() || *last == b')')
    {
        return None;
    }
    let act =
        r.tables.act_with_id(&mention.id).filter(|act| act.unit == "s" && act.country == "pk")?;
    starts(r, end, of).into_iter().filter(|&start| !is_broken(r, start)).find_map(|start| {
        let (items, to) = items::list(r, start, "s").filter(|(_, to)| *to == end)?;
        let plain = items.iter().all(|item| {
            !item.decimal
                && item.base() > 0
                && !(1800..2100).contains(&item.base())
                && act.last.is_none_or(|last| item.base() <= last)
        });
        // Beside a full title one plain number may be of anything.
        let is_part = |item: &items::Item| item.id.bytes().any(|byte| byte.is_ascii_alphabetic());
        let is_short = is_short(r.get(mention.start, mention.end), act);
        let told = match of {
            true => is_short && items.last().is_some_and(is_part),
            false => is_short || items.len() > 1 || items.iter().any(is_part),
        };
        (plain && told).then(|| {
            let mut list = Sections::of(start..to, items, "s");
            // It counts beside its act alone.
            list.glued = true;
            list
        })
    })
}

/// Finds the lists that go on behind the act of another one without a word for them: `section 9(2) of the
/// Act of 1991 and 35(2) of the Act of 1996`.
pub(super) fn behind_acts(r: Reading<'_>, lists: &[Sections]) -> Vec<Sections> {
    let b = r.b;
    let next = |idx: usize| lists.get(idx + 1).map_or(usize::MAX, |next| next.start);
    let read = |(idx, list): (usize, &Sections)| {
        let act = list.act.as_ref().filter(|act| act.whole.end > list.end)?;
        let mut at = ws(b, act.whole.end);
        if b.get(at) == Some(&b',') {
            at = ws(b, at + 1);
        }
        let at = ws(b, any_word(b, at, &["and", "or", "&"])?);
        b.get(at).filter(|byte| byte.is_ascii_digit() && at < next(idx))?;
        let (items, to) = items::list(r, at, &list.unit)?;
        let plain = items.iter().all(|item| !item.decimal && !(1800..2100).contains(&item.base()));
        any_word(b, ws(b, to), &["of the"]).filter(|_| plain)?;
        let mut more = Sections::of(at..to, items, &list.unit);
        // It counts beside its act alone.
        more.glued = true;
        Some(more)
    };
    lists.iter().enumerate().filter_map(read).collect()
}

/// Tells whether a blank parts a short number before `start` from what begins there: `section 1 61 Cr.P.C.`
fn is_broken(r: Reading<'_>, start: usize) -> bool {
    let before = ws_back(r.b, start);
    before < start && number_back(r.b, before, 4).is_some_and(|(value, _)| value < 100)
}

/// Tells whether an act is named by its short form.
fn is_short(raw: &str, act: &Act) -> bool {
    let letters = |text: &str| text.replace(['.', ' '], "");
    let raw = letters(raw.split(',').next().unwrap_or(raw));
    act.short.iter().any(|short| letters(short) == raw)
}

/// Returns where a list of numbers that ends at `end` may begin, the farthest first; `part`: the last of them
/// has its part in brackets, which no year and no sum has.
fn starts(r: Reading<'_>, end: usize, part: bool) -> Vec<usize> {
    let b = r.b;
    let mut found = Vec::new();
    let mut at = end;
    while end - at < MAX_LIST {
        let mut to = at;
        while to > 0 && matches!(b.get(to - 1), Some(b' ' | b',' | b'/' | b'&' | b'-')) {
            to -= 1;
        }
        let mut from = to;
        while from > 0
            && b.get(from - 1)
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || b"()".contains(byte))
        {
            from -= 1;
        }
        let token = r.get(from, to);
        let digit = token.starts_with(|c: char| c.is_ascii_digit());
        let letter = token.len() == 1 && token.starts_with(|c: char| c.is_ascii_uppercase());
        if from == to || !(digit || letter || token == "and" || token == "to" && part) {
            break;
        }
        if digit
            && from > 0
            && !matches!(b.get(from - 1), Some(b'.' | b':' | b'#' | b'$'))
            && !is_word(b, from - 1)
        {
            found.push(from);
        }
        at = from;
    }
    found.reverse();
    let word_before = |start: &usize| {
        let before = ws_back(b, *start);
        let plain = part && any_word_back(b, before, &["of", "in", "on"]).is_some();
        !plain && any_word_back(b, before, OTHERS).is_some()
    };
    // What belongs to another word takes the numbers joined to it along.
    if found.first().is_some_and(word_before) {
        return Vec::new();
    }
    found
}
