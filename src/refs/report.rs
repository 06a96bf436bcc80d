//! Law reports and neutral citations, found from their year or from their reporter's name.

use crate::model::RefKind;

use super::found::Found;
use super::pinpoint::pinpoint;
use super::scan::{any_word, is_word, number, squeeze, starts_word, ws, ws_back, year};
use super::tables::{CourtNames, Inner, Layout, Series, Years};

/// Text, tables and how strictly to read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) b: &'a [u8],
    pub(super) tables: &'a Inner,
    /// A query: case does not matter.
    pub(super) lenient: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn get(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn upper(&self, i: usize) -> bool {
        self.lenient || self.b.get(i).is_some_and(|byte| !byte.is_ascii_lowercase())
    }
}

/// The first year of a series is known to so many years.
const YEARS_BEFORE: u16 = 3;
/// How far letters may reach between a year and a page.
const MAX_LETTERS: usize = 48;
/// Divisions of the High Court and tribunals in brackets after the number.
const DIVISIONS: &[&str] = &[
    "admin",
    "ch",
    "comm",
    "fam",
    "qb",
    "kb",
    "tcc",
    "pat",
    "ipec",
    "costs",
    "scco",
    "admlty",
    "iac",
    "aac",
    "tcc",
    "lc",
    "tc",
    "mercantile",
    "cop",
    "scj",
    "po",
    "grc",
    "tax",
    "hesc",
    "pc",
];

/// Letters from `from` up to the first digit.
struct Letters {
    squeezed: String,
    from: usize,
    /// Where the digits begin.
    digits: usize,
}

/// Reads the law report or neutral citation that the year at `start..end` belongs to.
pub(super) fn at_year(r: Reading<'_>, start: usize, end: usize, value: u16) -> Option<Found> {
    reporter_first(r, start, end, value, None)
        .or_else(|| volume_behind(r, start, end, value))
        .or_else(|| year_first(r, start, end, value))
}

/// `PLD 1998 SC 388`, `AIR 1963 SC 1295`, `NLR 1986 SCJ 1`.
pub(super) fn reporter_first(
    r: Reading<'_>,
    start: usize,
    end: usize,
    value: u16,
    series: Option<(&Series, usize)>,
) -> Option<Found> {
    let (series, from) = match series {
        Some(found) => found,
        None => series_before(r, start)?,
    };
    if value + YEARS_BEFORE < series.first {
        return None;
    }
    let mut after = end;
    if matches!(r.b.get(after), Some(b')' | b']')) {
        after += 1;
    }
    let letters = letters_ahead(r, after)?;
    let word = trim_page_word(&letters.squeezed);
    let joined = format!("{}{word}", series.spell.first()?);
    if let Some(sub) = r.tables.series(&joined).filter(|sub| sub.layout == Layout::YearPageSub) {
        let (page, to, sure) = page(r, letters.digits)?;
        let id = format!("{}/{}/{value}/{page}", sub.country, sub.id);
        return Some(finish(r, sub, id, from..to, to, sure));
    }
    if series.layout != Layout::YearCourtPage {
        // `SCMR 2024 page 123`: the other order, as some write.
        let before = ws_back(r.b, from);
        let own_year = before.checked_sub(4).and_then(|at| year(r.b, at)).is_some();
        if !word.is_empty()
            || own_year
            || series.layout != Layout::YearPage
            || series.country != "pk"
        {
            return None;
        }
        let (page, to, sure) = page(r, letters.digits)?;
        let id = format!("{}/{}/{value}/{page}", series.country, series.id);
        return Some(finish(r, series, id, from..to, to, sure.min(0.9)));
    }
    let Some((series, court)) = court_or_sub(r, series, word) else {
        // `PLJ 2022 Cr.C. 101`: the part without a court.
        let sub = r.tables.series(&joined).filter(|sub| sub.layout == Layout::YearCourtPage)?;
        let (page, to, sure) = page(r, letters.digits)?;
        let id = format!("{}/{}/{value}/{page}", sub.country, sub.id);
        return Some(finish(r, sub, id, from..to, to, sure.min(0.9)));
    };
    let (page, to, sure) = page(r, letters.digits)?;
    let id = format!("{}/{}/{value}/{}/{page}", series.country, series.id, court.slug);
    Some(finish(r, series, id, from..to, to, sure))
}

/// Reads `SC`, or `Cr.C. (Lahore)` after a series that has such a part.
fn court_or_sub<'a>(
    r: Reading<'a>,
    series: &'a Series,
    letters: &str,
) -> Option<(&'a Series, &'a CourtNames)> {
    let foreign = series.country != "pk";
    if let Some(court) = r.tables.court(letters, foreign) {
        return Some((series, court));
    }
    let whole = format!("{}{letters}", series.spell.first()?);
    // `PLJ 2019 SC (Cr.C.) 153`, `PLJ 2024 Lahore (Note) 19`: the part stands behind the court.
    for part in ["crc", "note"] {
        let name = format!("{}{part}", series.spell.first()?);
        let behind =
            letters.strip_suffix(part).and_then(|letters| r.tables.court(letters, foreign));
        if let Some(found) = r.tables.series(&name).zip(behind) {
            return Some(found);
        }
    }
    (2..whole.len()).rev().find_map(|at| {
        let sub = r.tables.series(whole.get(..at)?)?;
        let court = r.tables.court(whole.get(at..)?, foreign)?;
        (sub.layout == Layout::YearCourtPage).then_some((sub, court))
    })
}

/// Finds the reporter whose name ends before the year.
fn series_before(r: Reading<'_>, start: usize) -> Option<(&Series, usize)> {
    let mut at = start;
    if at > 0 && matches!(r.b.get(at - 1), Some(b'(' | b'[')) {
        at -= 1;
    }
    let mut best = None;
    let mut i = at;
    while i > 0 && at - i < 32 {
        let Some(&byte) = r.b.get(i - 1) else { break };
        if !(byte.is_ascii_alphabetic() || byte >= 0x80 || matches!(byte, b'.' | b' ' | b'-')) {
            break;
        }
        i -= 1;
        let letter = byte.is_ascii_alphabetic() || byte >= 0x80;
        if letter && r.text.is_char_boundary(i) && starts_word(r.b, i) && r.upper(i) {
            let letters = spelled(r.get(i, at));
            if let Some(series) = r.tables.series(&letters) {
                best = Some((series, i));
            }
        }
    }
    best
}

/// Squeezes letters; a run of Urdu letter names gives the Latin letters that they spell.
fn spelled(text: &str) -> String {
    if text.is_ascii() {
        return squeeze(text);
    }
    super::urdu::letters(text).unwrap_or_else(|| squeeze(text))
}

/// `2024 SCMR 123`, `(2017) 10 SCC 1`, `[2019] UKSC 22`.
pub(super) fn year_first(r: Reading<'_>, start: usize, end: usize, value: u16) -> Option<Found> {
    let mut at = end;
    let mut from = start;
    let mut bracket = Years::Plain;
    let before = start.checked_sub(1).and_then(|before| r.b.get(before));
    match (before, r.b.get(end)) {
        (Some(b'('), Some(b')')) => bracket = Years::Round,
        (Some(b'['), Some(b']')) => bracket = Years::Square,
        _ => {}
    }
    if bracket != Years::Plain {
        at += 1;
        from -= 1;
    } else if before.is_some_and(|&byte| matches!(byte, b'/' | b'.' | b'$'))
        && start >= 2
        && r.b.get(start - 2).is_some_and(u8::is_ascii_digit)
    {
        // `25.03.2024 Mr …`, `No. 3/2024 SC`: a date or a case number ends here.
        return None;
    }
    let first_letter = ws(r.b, at);
    let (volume, at) = match number(r.b, first_letter, 3) {
        Some((volume, to)) if bracket != Years::Plain && r.b.get(to) == Some(&b' ') => {
            (Some(volume), to)
        }
        _ => match bracketed_number(r.b, first_letter) {
            Some((volume, to)) => (Some(volume), to),
            None => (None, at),
        },
    };
    let letters = letters_ahead(r, at)?;
    if !r.upper(ws(r.b, skip_open(r.b, letters.from))) {
        return None;
    }
    let word = trim_page_word(&letters.squeezed);
    // `(2006) 46 EHRR SE5`, `[1999] PIQR P5`: letters of the page.
    let (word, of_page) = [("ehrrse", "se"), ("piqrp", "p"), ("piqrq", "q")]
        .into_iter()
        .find(|(all, _)| *all == word)
        .map_or((word, ""), |(_, of_page)| (word.strip_suffix(of_page).unwrap_or(word), of_page));
    let (mut series, rest) = series_and_rest(r, word)?;
    // `[1950] 1 SCR 594` is none of Azad Kashmir and `[2006] 1 CLC 576` none of Pakistan, whose reports
    // have no volumes.
    let twin = match series.id.as_str() {
        "scr" => Some("scrvol"),
        "clc" => Some("clcvol"),
        _ => None,
    };
    if let Some(twin) = twin.filter(|_| volume.is_some()) {
        series = r.tables.series(twin)?;
    }
    if value + YEARS_BEFORE < series.first {
        return None;
    }
    let court =
        if rest.is_empty() { None } else { Some(r.tables.court(rest, series.country != "pk")?) };
    // A volume says as much as the right bracket: `(1990) 1 All ER 512`, `[1978] 2 EHRR 214`. Short
    // letters are words too: `in 2016 CAT 5`.
    let counted = volume.is_some();
    let sure_bracket = match series.years {
        Years::Square if series.neutral => bracket == Years::Square || word.len() > 3,
        Years::Square => bracket == Years::Square || counted,
        Years::Round => bracket != Years::Square || counted,
        Years::Plain => true,
    };
    // Only the year in round brackets tells the old reports from words: `(1841) 8 M & W 209`.
    let old = series.layout == Layout::VolPage && series.country == "uk";
    if !sure_bracket
        || old && bracket == Years::Plain
        || volume.is_some() && !matches!(series.layout, Layout::YearVolPage | Layout::VolPage)
    {
        return None;
    }
    let country = &series.country;
    let name = &series.id;
    let mut span_start = from;
    let (number_text, mut to, sure) = if name == "ukiptrib" {
        tribunal_number(r, letters.digits)?
    } else if name == "wl" {
        // Westlaw numbers its documents, up to eight digits.
        let (number, to) = number(r.b, letters.digits, 8)?;
        (number.to_string(), to, 0.99)
    } else {
        let (number, to, sure) = page(r, letters.digits)?;
        (format!("{of_page}{number}"), to, sure)
    };
    let mut id = match (series.layout, volume) {
        // `(1973) 57 Cr App R 538`: volumes that were counted through.
        (Layout::YearVolPage, Some(volume))
            if bracket == Years::Round && series.years == Years::Square && volume > 9 =>
        {
            format!("{country}/{name}/{volume}/{number_text}")
        }
        (Layout::YearVolPage, Some(volume)) => {
            format!("{country}/{name}/{value}/{volume}/{number_text}")
        }
        (Layout::YearVolPage | Layout::YearPage, None) => {
            format!("{country}/{name}/{value}/{number_text}")
        }
        // `[1875] 1 Ch. D. 426`: as if the volumes were the year's.
        (Layout::VolPage, Some(volume)) if old && bracket == Years::Square => {
            format!("{country}/{name}/{value}/{volume}/{number_text}")
        }
        (Layout::VolPage, Some(volume)) => format!("{country}/{name}/{volume}/{number_text}"),
        (Layout::Online, _) => format!("{country}/{name}/{value}/{}/{number_text}", court?.slug),
        // `1998 PLD SC 388`: the other order, as some write.
        (Layout::YearCourtPage, None) => {
            format!("{country}/{name}/{value}/{}/{number_text}", court?.slug)
        }
        _ => return None,
    };
    let needs_volume = matches!(series.country.as_str(), "in" | "za");
    if needs_volume && series.layout == Layout::YearVolPage && !counted {
        return None;
    }
    if series.divisions
        && let Some((division, after)) = division(r, to)
    {
        id = format!("{country}/{name}-{division}/{value}/{number_text}");
        to = after;
    }
    // `[2017] EWCA 1416 (Civ)`: the division stands behind.
    if name == "ewca"
        && let Some((division, after)) = ["civ", "crim"].into_iter().find_map(|division| {
            let open = ws(r.b, to);
            let inside = (r.b.get(open) == Some(&b'(')).then_some(open + 1)?;
            let close = any_word(r.b, inside, &[division])?;
            (r.b.get(close) == Some(&b')')).then_some((division, close + 1))
        })
    {
        id = format!("{country}/{name}-{division}/{value}/{number_text}");
        to = after;
    }
    // A bracketed year of a Pakistani report is the writer's bracket, not the citation's.
    if bracket != Years::Plain && series.years == Years::Plain && series.country == "pk" {
        span_start = start;
        if r.b.get(end).is_some() {
            span_start = from;
        }
    }
    let mut found = finish(r, series, id, span_start..to, to, sure);
    if series.layout == Layout::YearCourtPage {
        found = found.with_confidence(0.9);
    }
    if let Some(court) = court.filter(|_| series.layout == Layout::YearPage) {
        found = found.with_note(court.print.clone());
    } else if let Some((court, after)) = court_after(r, to) {
        found = found.with_note(court.print.clone());
        found.whole.end = found.whole.end.max(after);
        found.span.end = after;
    }
    Some(found)
}

/// `1991 SCC (4) 139`, `1992 SCR (2) 921`: the volume behind the series, as some of India's reports are cited.
fn volume_behind(r: Reading<'_>, start: usize, end: usize, value: u16) -> Option<Found> {
    let at = ws(r.b, end);
    let letters = any_word(r.b, at, &["scc", "scr"])?;
    let upper = r.b.get(at).is_some_and(u8::is_ascii_uppercase);
    let (volume, close) = bracketed_number(r.b, ws(r.b, letters)).filter(|_| upper)?;
    let name = if r.get(at, letters).eq_ignore_ascii_case("scc") { "scc" } else { "scrvol" };
    let series = r.tables.series(name)?;
    let (page, to, sure) = page(r, ws(r.b, close))?;
    let id = format!("{}/{}/{value}/{volume}/{page}", series.country, series.id);
    Some(finish(r, series, id, start..to, to, sure.min(0.9)))
}

/// Splits `ylrnote` into series and rest, `clckarachi` into series and court: the longest series.
fn series_and_rest<'a>(r: Reading<'a>, letters: &'a str) -> Option<(&'a Series, &'a str)> {
    if let Some(series) = r.tables.series(letters) {
        return Some((series, ""));
    }
    (2..letters.len()).rev().find_map(|at| {
        let (head, rest) = (letters.get(..at)?, letters.get(at..)?);
        let series = r.tables.series(head)?;
        r.tables.court(rest, series.country != "pk").map(|_| (series, rest))
    })
}

/// `-Karachi` or ` (Lahore)` after the page.
fn court_after(r: Reading<'_>, to: usize) -> Option<(&CourtNames, usize)> {
    let start = match r.b.get(to)? {
        b'-' => to + 1,
        _ => return None,
    };
    let mut end = start;
    while r.b.get(end).is_some_and(u8::is_ascii_alphabetic) {
        end += 1;
    }
    r.tables.court(&squeeze(r.get(start, end)), false).map(|court| (court, end))
}

/// `(Admin)` after the number.
fn division(r: Reading<'_>, to: usize) -> Option<(String, usize)> {
    let open = ws(r.b, to);
    if r.b.get(open) != Some(&b'(') {
        return None;
    }
    let close = open + r.b.get(open..)?.iter().take(16).position(|&byte| byte == b')')?;
    let name = r.get(open + 1, close).to_ascii_lowercase();
    DIVISIONS.contains(&name.as_str()).then_some((name, close + 1))
}

/// `(10)` after a year without brackets.
fn bracketed_number(b: &[u8], at: usize) -> Option<(u32, usize)> {
    if b.get(at) != Some(&b'(') {
        return None;
    }
    let (volume, to) = number(b, at + 1, 2)?;
    (b.get(to) == Some(&b')')).then_some((volume, to + 1))
}

fn skip_open(b: &[u8], at: usize) -> usize {
    let at = ws(b, at);
    if matches!(b.get(at), Some(b'(' | b'[')) { at + 1 } else { at }
}

/// Gathers what stands between `from` and the next digit, when it can be a name.
fn letters_ahead(r: Reading<'_>, from: usize) -> Option<Letters> {
    let mut i = from;
    let limit =
        if r.b.get(ws(r.b, from)).is_some_and(|&byte| byte >= 0x80) { 96 } else { MAX_LETTERS };
    while let Some(&byte) = r.b.get(i) {
        if byte.is_ascii_digit() {
            break;
        }
        let fits = byte.is_ascii_alphabetic()
            || byte >= 0x80
            || matches!(byte, b' ' | b'.' | b'(' | b')' | b'[' | b']' | b'&' | b'-' | b'\'')
            || byte == b',' && i > from && r.b.get(ws(r.b, i + 1)).is_some_and(u8::is_ascii_digit);
        if !fits || i - from > limit {
            return None;
        }
        i += 1;
    }
    r.b.get(i)?;
    Some(Letters { squeezed: spelled(r.get(from, i)), from, digits: i })
}

/// Cuts `page`, `p.` or `at p.` off the end of the letters before the page.
fn trim_page_word(letters: &str) -> &str {
    for tail in ["atpage", "page", "atp", "pg", "صفحہ"] {
        if let Some(rest) = letters.strip_suffix(tail) {
            return rest;
        }
    }
    letters
}

/// Reads a page: up to five digits that no letter, fraction or second number follows.
///
/// Returns its text in normal form, its end and how sure it is.
fn page(r: Reading<'_>, at: usize) -> Option<(String, usize, f32)> {
    let mut end = at;
    let mut digits = String::new();
    let mut repaired = false;
    while let Some(&byte) = r.b.get(end) {
        let digit = match byte {
            b'0'..=b'9' => byte as char,
            b'O' | b'o' if end > at => '0',
            b'l' | b'I' if end > at => '1',
            b'S' if end > at && r.b.get(end + 1).is_some_and(u8::is_ascii_digit) => '5',
            b'B' if end > at && r.b.get(end + 1).is_some_and(u8::is_ascii_digit) => '8',
            _ => break,
        };
        repaired |= !byte.is_ascii_digit();
        digits.push(digit);
        end += 1;
    }
    if repaired && is_word(r.b, end) {
        return None;
    }
    // `598/2009` is a case number; `3 others` has a space and is kept out by the white list.
    let next = r.b.get(end);
    let after = r.b.get(end + 1);
    let fraction = matches!(next, Some(b'/' | b'.')) && after.is_some_and(u8::is_ascii_digit);
    let letter = next.is_some_and(u8::is_ascii_alphabetic);
    // A page may run into the next word when a space is lost (`388It`); a unit may not (`10th`).
    let ordinal = any_word(r.b, end, &["st", "nd", "rd", "th", "pm", "am"]).is_some();
    if fraction && !date_follows(r.b, end) || letter && ordinal || digits.len() > 5 {
        return None;
    }
    let page = digits.trim_start_matches('0');
    if page.is_empty() {
        return None;
    }
    let sure = if repaired {
        0.6
    } else if letter {
        0.9
    } else {
        0.99
    };
    Some((page.to_owned(), end, sure))
}

/// Tells whether `.` and digits after a page begin a new sentence with a paragraph number.
fn date_follows(b: &[u8], end: usize) -> bool {
    b.get(end) == Some(&b'.')
        && number(b, end + 1, 2).is_some_and(|(_, to)| b.get(to) == Some(&b'.'))
}

/// `15_110-CH` of the Investigatory Powers Tribunal.
fn tribunal_number(r: Reading<'_>, at: usize) -> Option<(String, usize, f32)> {
    let mut end = at;
    while r
        .b
        .get(end)
        .is_some_and(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/'))
    {
        end += 1;
    }
    let text = r.get(at, end).trim_end_matches(['-', '_', '/']);
    let id = text.to_ascii_lowercase().replace(['_', '/'], "-");
    (!id.is_empty()).then(|| (id, at + text.len(), 0.99))
}

fn finish(
    r: Reading<'_>,
    series: &Series,
    id: String,
    span: crate::model::Span,
    to: usize,
    sure: f32,
) -> Found {
    let kind = if series.neutral { RefKind::Neutral } else { RefKind::Report };
    let mut found = Found::new(kind, id, span).with_confidence(sure);
    if sure < 0.7 {
        found = found.with_note("probable reading error");
    }
    let american = series.country == "us";
    found.pinpoint = pinpoint(r, to, american);
    found
}
