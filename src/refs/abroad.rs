//! Law reports of other states that the tables alone do not tell: series whose letters are words
//! elsewhere, forms with the volume in another place, numbers that courts give with colons.

use crate::model::RefKind;

use super::found::Found;
use super::pinpoint::pinpoint;
use super::report::Reading;
use super::scan::{any_word, ends_word, number, number_back, starts_word, ws, ws_back};

/// Returns the law report as its country has it, or nothing where its letters are words here: `1998 SC
/// 20` is one of Scotland in British texts alone, `[1985] 1 SCR 295` Canada's outside South Asia.
pub(super) fn here(r: Reading<'_>, mut found: Found, country: &str) -> Option<Found> {
    let mut parts = found.id.splitn(3, '/');
    let (own, name) = parts.next().zip(parts.next())?;
    if own == "pk" {
        return Some(found);
    }
    if own == "in" && name == "scr" {
        let square = r.b.get(found.span.start) == Some(&b'[');
        if square && !matches!(country, "in" | "pk" | "bd" | "lk") {
            found.id = format!("ca/{}", found.id.get(3..)?);
        }
        return Some(found);
    }
    let series = r.tables.series_with_id(own, name);
    let home = series.is_some_and(|series| series.home);
    (!home || own == country || r.lenient).then_some(found)
}

/// Reads what stands around the year at `start..end` in forms of its own.
pub(super) fn at_year(
    r: Reading<'_>,
    start: usize,
    end: usize,
    value: u16,
    country: &str,
) -> Option<Found> {
    match r.b.get(end).unwrap_or(&b'\n') {
        b':' => with_colons(r, start, end, value),
        b' ' | b')' | b',' => volume_behind(r, start, end, value)
            .or_else(|| canadian(r, start, end, value, country))
            .or_else(|| manu(r, start, end, value)),
        _ => manu(r, start, end, value),
    }
}

/// `2023:DHC:1234-DB`, `2024:BHC-AS:512`: the numbers of High Courts of India.
fn with_colons(r: Reading<'_>, start: usize, end: usize, value: u16) -> Option<Found> {
    let b = r.b;
    let letter = |byte: &&u8| byte.is_ascii_uppercase() || **byte == b'-';
    let len = b.get(end + 1..)?.iter().take(8).take_while(letter).count();
    let court = r.get(end + 1, end + 1 + len);
    let colon = end + 1 + len;
    if len < 2 || b.get(colon) != Some(&b':') || !starts_word(b, start) {
        return None;
    }
    let (value_no, mut to) = number(b, colon + 1, 6)?;
    // `-DB`: two judges.
    if b.get(to..to + 3) == Some(b"-DB") || b.get(to..to + 3) == Some(b"-FB") {
        to += 3;
    }
    let id = format!("in/{}/{value}/{value_no}", court.to_ascii_lowercase());
    ends_word(b, to).then(|| Found::new(RefKind::Neutral, id, start..to))
}

/// `JT 2005 (5) SC 1`, `1993 Supp (2) SCC 1`, `(2002) Supp 4 SCC 1`, `2004 Indlaw SC 78`.
fn volume_behind(r: Reading<'_>, start: usize, end: usize, value: u16) -> Option<Found> {
    let b = r.b;
    let bracket = usize::from(b.get(end) == Some(&b')'));
    let at = ws(b, end + bracket);
    let counted = |at: usize| -> Option<(u32, usize)> {
        let open = usize::from(b.get(at) == Some(&b'('));
        let (volume, to) = number(b, at + open, 2)?;
        (open == 0 || b.get(to) == Some(&b')')).then_some((volume, to + open))
    };
    let kind = RefKind::Report;
    if let Some(after) = any_word(b, at, &["indlaw"]) {
        let from = ws(b, after);
        let len = b.get(from..)?.iter().take(8).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (page, to) = number(b, ws(b, from + len), 6)?;
        let court = r.get(from, from + len).to_ascii_lowercase();
        let id = format!("in/indlaw-{court}/{value}/{page}");
        return (len >= 2 && ends_word(b, to)).then(|| Found::new(kind, id, start..to));
    }
    if let Some(after) = any_word(b, at, &["supp.", "supp", "(supp.)", "(supp)", "suppl.", "suppl"]) {
        let (volume, behind) = counted(ws(b, after)).unwrap_or((0, after));
        let name = any_word(b, ws(b, behind), &["scc", "s.c.c."])?;
        let (page, to) = number(b, ws(b, name), 4)?;
        let volume = if volume == 0 { String::new() } else { format!("{volume}/") };
        let id = format!("in/scc-supp/{value}/{volume}{page}");
        let mut found = Found::new(kind, id, start - bracket..to);
        found.pinpoint = pinpoint(r, to, false);
        return ends_word(b, to).then_some(found);
    }
    // `JT 2005 (5) SC 1`
    let from = super::scan::any_word_back(b, ws_back(b, start), &["jt", "j.t."])?;
    let (volume, behind) = counted(at)?;
    let name = any_word(b, ws(b, behind), &["sc", "s.c.", "supreme court"])?;
    let (page, to) = number(b, ws(b, name), 4)?;
    let capital = b.get(from) == Some(&b'J') && ends_word(b, to);
    capital.then(|| {
        let mut found = Found::new(kind, format!("in/jt/{value}/{volume}/{page}"), from..to);
        found.pinpoint = pinpoint(r, to, false);
        found
    })
}

/// `2015 SCC 5`: Canada's neutral citation; India's reports of these letters have volumes.
fn canadian(
    r: Reading<'_>,
    start: usize,
    end: usize,
    value: u16,
    country: &str,
) -> Option<Found> {
    let b = r.b;
    let abroad = matches!(country, "ca" | "uk" | "us" | "coe" | "au" | "nz" | "za" | "ie");
    let plain = b.get(end) == Some(&b' ') && starts_word(b, start) && value >= 2000;
    let letters = b.get(end + 1..end + 5) == Some(b"SCC ");
    if !(abroad && plain && letters) {
        return None;
    }
    let (page, to) = number(b, end + 5, 3)?;
    let bracketed = matches!(b.get(start.wrapping_sub(1)), Some(b'(' | b'[' | b'/' | b'.'));
    let mut found = Found::new(RefKind::Neutral, format!("ca/scc-ca/{value}/{page}"), start..to);
    found.pinpoint = pinpoint(r, to, false);
    (!bracketed && ends_word(b, to)).then_some(found)
}

/// `MANU/SC/0123/2005`.
fn manu(r: Reading<'_>, start: usize, end: usize, value: u16) -> Option<Found> {
    let slash = start.checked_sub(1).filter(|&at| r.b.get(at) == Some(&b'/'))?;
    let (number, from) = number_back(r.b, slash, 5)?;
    let head = r.get(from.saturating_sub(12), from);
    let head = head.get(head.find("MANU/")?..)?;
    let court = head.strip_prefix("MANU/")?.strip_suffix('/')?;
    let plain = (2..=4).contains(&court.len()) && court.bytes().all(|byte| byte.is_ascii_uppercase());
    let id = format!("in/manu-{}/{value}/{number}", court.to_ascii_lowercase());
    (plain && ends_word(r.b, end))
        .then(|| Found::new(RefKind::Report, id, from - head.len()..end))
}
