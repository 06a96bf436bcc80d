//! Numbers that bodies give: S.R.O.s, UN symbols, Amnesty indexes, applications in Strasbourg,
//! cases in Luxembourg, the United States Code, ECLI.

use crate::model::RefKind;
use crate::text::dates::month;

use super::found::Found;
use super::report::Reading;
use super::scan::{
    any_word, any_word_back, ends_word, number, number_back, roman, starts_word, ws, ws_back, year,
};
use super::tables::IndexForm;

/// `S.R.O. 1005(I)/2024`, `SRO 512(I) of 2022`: the letters end at `end`.
pub(super) fn sro(r: Reading<'_>, start: usize, end: usize) -> Option<Found> {
    if !starts_word(r.b, start) {
        return None;
    }
    let b = r.b;
    let mut at = end;
    while matches!(b.get(at), Some(b'.' | b' ' | b':')) {
        at += 1;
    }
    if let Some(after) = any_word(b, at, &["nos.", "no.", "no", "number", "نمبر"]) {
        at = after;
        while matches!(b.get(at), Some(b'.' | b' ' | b':')) {
            at += 1;
        }
    }
    let (value, digits_end) = number(b, at, 5)?;
    let mut to = digits_end;
    let mut part = String::new();
    let open = ws(b, to);
    if b.get(open) == Some(&b'(') {
        let close = open + b.get(open..)?.iter().take(8).position(|&byte| byte == b')')?;
        // `(l)` and `(1)` are the roman I of Part I of the Gazette.
        part = r.get(open + 1, close).trim().to_ascii_lowercase().replace(['l', '1'], "i");
        to = close + 1;
    }
    let mut joint = ws(b, to);
    let slash = matches!(b.get(joint), Some(b'/' | b'-'));
    if slash {
        joint = ws(b, joint + 1);
    } else if let Some(after) = any_word(b, joint, &["of", ","]) {
        joint = ws(b, after);
    }
    let (value_year, to) = match year(b, joint) {
        Some((value_year, after)) => (Some(value_year), after),
        None if slash => {
            let (short, after) = number(b, joint, 2).filter(|(_, after)| after - joint == 2)?;
            let short = u16::try_from(short).ok()?;
            (Some(if short < 50 { 2000 + short } else { 1900 + short }), after)
        }
        None => (None, to),
    };
    let tail = if part.is_empty() { String::new() } else { format!("-{part}") };
    let id = match value_year {
        Some(value_year) => format!("pk/sro/{value_year}/{value}{tail}"),
        // Without a year the number alone names no S.R.O.; it is kept for a look-up.
        None => format!("pk/sro/_/{value}{tail}"),
    };
    let sure = if value_year.is_some() { 0.99 } else { 0.7 };
    Some(Found::new(RefKind::Instrument, id, start..to).with_confidence(sure))
}

/// `A/HRC/41/35`, `ASA 33/0206/2025`: the opening stands at `start..end`.
pub(super) fn index(r: Reading<'_>, form: &IndexForm, start: usize, end: usize) -> Option<Found> {
    let b = r.b;
    let exact = r.get(start, end) == form.opens || r.lenient;
    let apart = start == 0 || !matches!(b.get(start - 1), Some(b'/' | b'-' | b'.' | b'&'));
    if !exact || !apart || !starts_word(b, start) {
        return None;
    }
    if form.form == "amnesty" {
        let (region, at) = number(b, end, 2)?;
        (b.get(at) == Some(&b'/')).then_some(())?;
        let (_, number_end) = number(b, at + 1, 5)?;
        (b.get(number_end) == Some(&b'/')).then_some(())?;
        let (_, to) = year(b, number_end + 1)?;
        let code = form.opens.trim().to_ascii_lowercase();
        let tail = r.get(at + 1, to).replace('/', "-");
        let id = format!("{}/{code}-{region:02}-{tail}", form.country);
        return Some(Found::new(RefKind::Index, id, start..to));
    }
    if form.form == "resolution" {
        // `G.A. Res. 53/144`
        let (session, at) = number(b, ws(b, end), 2)?;
        let (value, to) = number(b, at + 1, 3).filter(|_| b.get(at) == Some(&b'/'))?;
        let id = format!("{}/a-res-{session}-{value}", form.country);
        return ends_word(b, to).then(|| Found::new(RefKind::Index, id, start..to));
    }
    let mut to = end;
    let mut slashes = 0;
    while let Some(&byte) = b.get(to) {
        let part = byte.is_ascii_uppercase()
            || byte.is_ascii_digit()
            || matches!(byte, b'.' | b'-' | b'(' | b')');
        let slash = byte == b'/'
            && b.get(to + 1).is_some_and(|next| next.is_ascii_uppercase() || next.is_ascii_digit());
        // `HRI/GEN/1/Rev.1`, `CCPR/C/79/Add.83`
        let word = ["/Rev.", "/Add.", "/Corr."].iter().find(|word| {
            b.get(to..).is_some_and(|rest| rest.starts_with(word.as_bytes()))
                && b.get(to + word.len()).is_some_and(u8::is_ascii_digit)
        });
        if let Some(word) = word {
            slashes += 1;
            to += word.len();
            continue;
        }
        let lower = r.lenient && byte.is_ascii_lowercase();
        if !(part || slash || lower) {
            break;
        }
        slashes += usize::from(slash);
        to += 1;
    }
    while to > end && matches!(b.get(to - 1), Some(b'.' | b'-' | b'(')) {
        to -= 1;
    }
    while to > end && b.get(to - 1) == Some(&b')') && !r.get(start, to).contains('(') {
        to -= 1;
    }
    let tail = r.get(end, to);
    if !tail.bytes().any(|byte| byte.is_ascii_digit()) || !ends_word(b, to) {
        return None;
    }
    if form.session {
        // `A/73/362`: a session and a document number; anything shorter is a fraction or a word.
        let (session, at) = number(b, end, 3)?;
        let (_, after) = number(b, at + 1, 4).filter(|_| b.get(at) == Some(&b'/'))?;
        if session == 0
            || session > LAST_SESSION
            || form.opens != "A/" && after - at < 4
            || slashes > 2
        {
            return None;
        }
    }
    let symbol =
        ["/Rev.", "/Add.", "/Corr."].iter().fold(r.get(start, to).to_owned(), |symbol, word| {
            symbol.replace(word, &word.replace('.', "-"))
        });
    let id = format!("{}/{}", form.country, super::scan::slug(&symbol));
    Some(Found::new(RefKind::Index, id, start..to))
}

/// The General Assembly meets once a year since 1946: `A/153/34` is a list of sections.
const LAST_SESSION: u32 = 99;

/// `App no 47143/06`, `nos. 58170/13, 62322/14`: the words end at `end`.
pub(super) fn strasbourg(r: Reading<'_>, start: usize, end: usize) -> Vec<Found> {
    let b = r.b;
    let mut found: Vec<Found> = Vec::new();
    let mut at = end;
    if matches!(b.get(at), Some(b's' | b'S')) {
        at += 1;
    }
    while matches!(b.get(at), Some(b'.' | b' ' | b':')) {
        at += 1;
    }
    while let Some((value, slash)) = number(b, at, 6) {
        let Some((_, to)) = number(b, slash + 1, 2)
            .filter(|(_, to)| b.get(slash) == Some(&b'/') && to - slash == 3 && ends_word(b, *to))
        else {
            break;
        };
        let id = format!("coe/app/{value}-{}", r.get(slash + 1, to));
        let from = if found.is_empty() { start } else { at };
        found.push(Found::new(RefKind::Case, id, from..to));
        let mut next = ws(b, to);
        if b.get(next) == Some(&b',') {
            next = ws(b, next + 1);
        }
        if let Some(after) = any_word(b, next, &["and", "&"]) {
            next = ws(b, after);
        }
        at = next;
    }
    // Strasbourg numbers have a serial of 2 to 6 digits; a Pakistani `Application No. 3/24` is none.
    found.retain(|one| !one.span.is_empty());
    let serious = found.iter().all(|one| {
        one.id
            .rsplit('/')
            .next()
            .and_then(|tail| tail.split_once('-'))
            .is_some_and(|(serial, _)| serial.len() >= 3)
    });
    if serious { found } else { Vec::new() }
}

/// Adds the volume behind a symbol of the United Nations: `HRI/GEN/1/Rev.9 (Vol. I)`.
pub(super) fn with_volume(r: Reading<'_>, mut found: Found) -> Found {
    let open = ws(r.b, found.whole.end);
    if !found.id.starts_with("un/") || r.b.get(open) != Some(&b'(') {
        return found;
    }
    let Some(at) = any_word(r.b, open + 1, &["vol."]).map(|after| ws(r.b, after)) else {
        return found;
    };
    let rest = r.b.get(at..).unwrap_or_default();
    let len = rest.iter().take(5).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if len > 0 && r.b.get(at + len) == Some(&b')') {
        found.id.push_str(&format!("-vol-{}", r.get(at, at + len).to_ascii_lowercase()));
        found.whole.end = at + len + 1;
        found.span.end = found.whole.end;
    }
    found
}

/// `A. v. B. [GC], nos. 58170/13 and 62322/14, § 332`, `A. v. B., no. 56672/00, ECHR 2004-IV`.
pub(super) fn strasbourg_after_name(
    r: Reading<'_>,
    start: usize,
    end: usize,
    country: &str,
) -> Vec<Found> {
    // Most numbers stop here: five digits or four, a stroke and two digits.
    let at = ws(r.b, end);
    let plain = number(r.b, at, 6).filter(|(_, slash)| {
        *slash >= at + 4 && r.b.get(*slash) == Some(&b'/') && r.b.get(slash + 3) != Some(&b'/')
    });
    let before = ws_back(r.b, start);
    let named = matches!(r.b.get(before.wrapping_sub(1)), Some(b',' | b'('));
    // `Communication No. 1553/2007` of the Human Rights Committee
    if let Some(one) = communication(r, start, at, before) {
        return vec![one];
    }
    if plain.is_none() || !named {
        return Vec::new();
    }
    let found = strasbourg(r, start, end);
    let Some(last) = found.last() else { return found };
    let behind = ws(r.b, last.whole.end);
    let next = if r.b.get(behind) == Some(&b',') { ws(r.b, behind + 1) } else { behind };
    let told = r.text.get(next..).is_some_and(|rest| {
        ["§", "ECHR", "(ECtHR", "ECtHR"].iter().any(|sign| rest.starts_with(sign))
    });
    // `Kite v. Utopia (dec.), no. 12345/02, 5 July 2005`: a name of two parties, and the day.
    let dated = number(r.b, next, 2).is_some_and(|(_, to)| {
        let word = ws(r.b, to);
        let letters = r.b.iter().skip(word).take_while(|byte| byte.is_ascii_alphabetic());
        month(r.get(word, word + letters.count())).is_some()
    });
    let from = (before.saturating_sub(90)..before).find(|at| r.text.is_char_boundary(*at));
    let parties = from
        .map(|from| r.get(from, before))
        .is_some_and(|name| name.contains(" v. ") || name.contains(" v ") || name.contains(" c. "));
    if told || dated && parties || country == "coe" { found } else { Vec::new() }
}

/// Finds applications without a point, in texts of Strasbourg: `(no 51168/15)`, `nos 51168/15 and 51186/15`.
pub(super) fn strasbourg_plain(r: Reading<'_>) -> Vec<Found> {
    let b = r.b;
    let mut found: Vec<Found> = Vec::new();
    for slash in memchr::memchr_iter(b'/', b) {
        let Some((_, from)) = number_back(b, slash, 5).filter(|(_, from)| slash - from >= 4) else {
            continue;
        };
        let before = ws_back(b, from);
        let Some(no) = any_word_back(b, before, &["nos", "no"]) else { continue };
        // The list goes on behind its first number.
        if found.last().is_none_or(|last| last.whole.end <= no) {
            found.extend(strasbourg(r, no, before));
        }
    }
    found
}

/// `Communication No. 1553/2007`: one to a committee of the United Nations.
fn communication(r: Reading<'_>, no: usize, at: usize, before: usize) -> Option<Found> {
    let from = any_word_back(r.b, before, &["communications", "communication"])?;
    let (value, slash) = number(r.b, at, 4).filter(|(_, slash)| r.b.get(*slash) == Some(&b'/'))?;
    let (filed, to) = year(r.b, slash + 1)?;
    let id = format!("un/hrc-comm/{filed}/{value}");
    let capital = r.b.get(from) == Some(&b'C') && no > from;
    capital.then(|| Found::new(RefKind::Index, id, from..to).with_confidence(0.9))
}

/// `C-311/18` and `C-203/15 and C-698/15`.
pub(super) fn luxembourg(r: Reading<'_>, end: usize) -> Option<Found> {
    let b = r.b;
    let start = end - 2;
    let (value, slash) = number(b, end, 4)?;
    let (_, to) = number(b, slash + 1, 2)
        .filter(|(_, to)| b.get(slash) == Some(&b'/') && to - slash == 3 && ends_word(b, *to))?;
    let id = format!("eu/c-{value}-{}", r.get(slash + 1, to));
    Some(Found::new(RefKind::Case, id, start..to))
}

/// `18 U.S.C. § 2511(2)(a)`, `47 C.F.R. § 64.100`.
pub(super) fn us_code(r: Reading<'_>, start: usize, end: usize, regulations: bool) -> Vec<Found> {
    section_of_code(r, start, end, regulations).unwrap_or_default()
}

fn section_of_code(
    r: Reading<'_>,
    start: usize,
    end: usize,
    regulations: bool,
) -> Option<Vec<Found>> {
    let b = r.b;
    // `Title 18, United States Code, Section 1001`
    let mut before = ws_back(b, start);
    if before > 0 && b.get(before - 1) == Some(&b',') {
        before = ws_back(b, before - 1);
    }
    let (title, mut from) = number_back(b, before, 2)?;
    if let Some(word) = any_word_back(b, ws_back(b, from), &["title"]) {
        from = word;
    }
    let mut at = ws(b, end);
    if b.get(at) == Some(&b',') {
        at = ws(b, at + 1);
    }
    while b.get(at) == Some(&b'.') || r.text.get(at..).is_some_and(|rest| rest.starts_with('§')) {
        at = ws(b, at + if b.get(at) == Some(&b'.') { 1 } else { '§'.len_utf8() });
    }
    if let Some(after) =
        any_word(b, at, &["sections", "section", "secs.", "sec.", "part", "ss.", "ss", "s.", "s"])
    {
        at = ws(b, after);
    }
    let (item, to) = us_section(r, at)?;
    let (item, range) = match range_end(&item) {
        Some(end) => (item.split('-').next().unwrap_or(&item).to_owned(), Some(end)),
        None => (item, None),
    };
    let code = if regulations { "cfr" } else { "usc" };
    let id = format!("us/{code}/{title}/s{item}");
    let mut found = Found::new(RefKind::Statute, id, from..to);
    // `18 U.S.C. §§ 2510-2523`: its beginning and its end.
    let Some(last) = range else { return Some(vec![found]) };
    found.pinpoint = Some(format!("to § {last}"));
    // `2000cc-2000cc-5`: the parts of one section.
    if last.contains('-') {
        return Some(vec![found]);
    }
    let len = item_len(r, from, to, &last);
    let mut end = Found::new(RefKind::Statute, format!("us/{code}/{title}/s{last}"), from..to);
    end.span = to - len..to;
    found.span = from..to - len;
    Some(vec![found, end])
}

/// Returns how many bytes of `from..to` print the end of a range, which may be shortened: `1701-07`.
fn item_len(r: Reading<'_>, from: usize, to: usize, last: &str) -> usize {
    let printed = r.get(from, to);
    let tail = printed.rsplit('-').next().unwrap_or_default();
    if tail.is_empty() { last.len().min(to - from) } else { tail.len() }
}

/// `D.C. Official Code § 50-1501.02b(a)`, `D.C. Law 22-124`.
pub(super) fn district(r: Reading<'_>, start: usize, end: usize, code: bool) -> Option<Found> {
    let b = r.b;
    let mut at = ws(b, end);
    if !code {
        let (period, dash) = number(b, at, 2)?;
        let (value, to) = number(b, dash + 1, 4).filter(|_| b.get(dash) == Some(&b'-'))?;
        let id = format!("us/dc/law/{period}-{value}");
        let exact = b.get(start) == Some(&b'D') && ends_word(b, to);
        return exact.then(|| Found::new(RefKind::Statute, id, start..to));
    }
    while r.text.get(at..).is_some_and(|rest| rest.starts_with('§')) {
        at = ws(b, at + '§'.len_utf8());
    }
    at = any_word(b, at, &["sections", "section", "sec."]).map_or(at, |after| ws(b, after));
    let (item, to) = us_section(r, at).filter(|(item, _)| item.contains('-'))?;
    let id = format!("us/dc/code/s{item}");
    (b.get(start) == Some(&b'D')).then(|| Found::new(RefKind::Statute, id, start..to))
}

/// `U.S. Const. amend. XIV, § 1`, `U.S. Const. art. I, § 8, cl. 3`.
pub(super) fn us_constitution(r: Reading<'_>, start: usize, end: usize) -> Option<Found> {
    let b = r.b;
    let mut at = ws(b, end);
    while matches!(b.get(at), Some(b'.' | b',')) {
        at = ws(b, at + 1);
    }
    let (unit, after) =
        match any_word(b, at, &["amend.", "amends.", "amendment", "amendments", "amend"]) {
            Some(after) => ("amend", after),
            None => ("art", any_word(b, at, &["art.", "arts.", "article", "art"])?),
        };
    let at = ws(b, after);
    let (value, mut to) = number(b, at, 2).or_else(|| {
        let len = b.get(at..)?.iter().take(8).take_while(|byte| byte.is_ascii_uppercase()).count();
        roman(r.get(at, at + len)).map(|value| (value, at + len))
    })?;
    let mut id = format!("us/const/us-constitution/{unit}{value}");
    // `, § 8`, then `, cl. 3`.
    for words in [&["§", "sec.", "section"][..], &["cl.", "clause"][..]] {
        let comma = ws(b, to + usize::from(b.get(to) == Some(&b',')));
        let sign = |word: &&&str| r.text.get(comma..).is_some_and(|rest| rest.starts_with(**word));
        let Some(word) = words.iter().find(sign) else { break };
        let Some((part, after)) = number(b, ws(b, comma + word.len()), 2) else { break };
        id.push_str(&format!(".{part}"));
        to = after;
    }
    Some(Found::new(RefKind::Statute, id, start..to))
}

/// Returns the end of `2510-2522` and `2000cc-2000cc-5`; `None` for `78u-4`, one section.
fn range_end(item: &str) -> Option<String> {
    let digits = |text: &str| -> Option<u32> {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text.get(..end)?.parse().ok()
    };
    let (first, last) = item.split_once('-')?;
    // `1701-07`
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if plain(first) && plain(last) && (2..first.len()).contains(&last.len()) {
        let whole = format!("{}{last}", first.get(..first.len() - last.len())?);
        return (digits(&whole)? > digits(first)?).then_some(whole);
    }
    (digits(last)? >= digits(first)?).then(|| last.to_owned())
}

/// `2511(2)(a)` gives `2511.2.a`; `78u-4(b)` keeps its letters.
pub(super) fn us_section(r: Reading<'_>, at: usize) -> Option<(String, usize)> {
    let b = r.b;
    let (_, mut to) = number(b, at, 5)?;
    while b.get(to).is_some_and(u8::is_ascii_alphanumeric)
        || matches!(b.get(to), Some(b'-' | b'.')) && b.get(to + 1).is_some_and(u8::is_ascii_digit)
    {
        to += 1;
    }
    let mut item = r.get(at, to).to_ascii_lowercase();
    while b.get(to) == Some(&b'(') {
        let Some(close) =
            b.get(to..).and_then(|part| part.iter().take(8).position(|&byte| byte == b')'))
        else {
            break;
        };
        let inside = r.get(to + 1, to + close);
        if inside.is_empty() || !inside.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            break;
        }
        item.push('.');
        item.push_str(&inside.to_ascii_lowercase());
        to += close + 1;
    }
    Some((item, to))
}

/// `ECLI:EU:C:2020:559`.
pub(super) fn ecli(r: Reading<'_>, start: usize, end: usize) -> Option<Found> {
    let mut to = end;
    while r
        .b
        .get(to)
        .is_some_and(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'.'))
    {
        to += 1;
    }
    while to > end && r.b.get(to - 1) == Some(&b'.') {
        to -= 1;
    }
    let parts: Vec<&str> = r.get(start, to).split(':').collect();
    (parts.len() == 5 && parts.get(3).is_some_and(|part| part.len() == 4))
        .then(|| Found::new(RefKind::Neutral, parts.join("/").to_ascii_lowercase(), start..to))
}
