//! Citations whose digits were misread: letters for digits, years after the document.

use super::found::Found;
use super::report::{Reading, reporter_first, year_first};
use super::scan::{ends_word, squeeze, starts_word, ws, ws_back};
use super::tables::Inner;

/// Reads a citation whose year was misread: `Z0l0 SCMR 1036`, around the reporter at `start`.
pub(super) fn at_letters(r: Reading<'_>, start: usize, end: usize) -> Option<Found> {
    if !starts_word(r.b, start) {
        return None;
    }
    let before = ws_back(r.b, start);
    let from = before.checked_sub(4)?;
    if let Some(value) = misread_year(r, from) {
        let found = year_first(r, from, before, value)?;
        return Some(found.with_confidence(0.6).with_note("probable reading error"));
    }
    let at = ws(r.b, end);
    let value = misread_year(r, at)?;
    let series = r.tables.series(&squeeze(r.get(start, end)))?;
    let found = reporter_first(r, at, at + 4, value, Some((series, start)))?;
    Some(found.with_confidence(0.6).with_note("probable reading error"))
}

/// Reads four characters that OCR took for letters as a year; plain digits are no misreading.
fn misread_year(r: Reading<'_>, at: usize) -> Option<u16> {
    let text = r.text.get(at..at + 4)?;
    if !starts_word(r.b, at)
        || !ends_word(r.b, at + 4)
        || text.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut value = 0;
    for byte in text.bytes() {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'O' | b'o' | b'Q' | b'D' => 0,
            b'l' | b'I' | b'i' | b'T' | b'|' => 1,
            b'Z' | b'z' => 2,
            b'S' | b's' => 5,
            b'B' => 8,
            b'g' | b'q' => 9,
            _ => return None,
        };
        value = value * 10 + u16::from(digit);
    }
    (1900..2100).contains(&value).then_some(value)
}

/// Returns what a citation dated after its document may have been before it was misread.
pub(super) fn repairs(tables: &Inner, id: &str, latest: u16) -> Vec<String> {
    let mut parts: Vec<&str> = id.split('/').collect();
    let (Some(year), Some(page)) = (parts.get(2).copied(), parts.last().copied()) else {
        return Vec::new();
    };
    let first = parts
        .get(1)
        .and_then(|name| tables.series.iter().find(|series| series.id == *name))
        .map_or(1947, |series| series.first);
    let fits = |text: &str| text.parse().is_ok_and(|value: u16| (first..=latest).contains(&value));
    let years: Vec<String> =
        variants(year).into_iter().filter(|text| text != year && fits(text)).collect();
    // No Pakistani volume has more than about 3,000 pages.
    let page_variants = variants(page);
    let pages: Vec<String> = if page.parse().is_ok_and(|value: u32| value > 3000) {
        page_variants
            .into_iter()
            .filter(|text| text.parse().is_ok_and(|value: u32| (1..=3000).contains(&value)))
            .collect()
    } else {
        vec![page.to_owned()]
    };
    let mut found = Vec::new();
    let last = parts.len() - 1;
    for year in &years {
        for page in &pages {
            parts[2] = year;
            parts[last] = page;
            found.push(parts.join("/"));
        }
    }
    found.sort_by_key(|text| std::cmp::Reverse(text.clone()));
    found.truncate(4);
    found
}

/// Returns the ways to read digits that OCR confuses: 7 for 1, 8 for 3 or 0, 5 for 6.
fn variants(digits: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for c in digits.chars() {
        let others: &[char] = match c {
            '7' => &['1'],
            '8' => &['0', '3'],
            '5' => &['6'],
            '3' => &['2'],
            _ => &[],
        };
        all = all
            .iter()
            .flat_map(|start| std::iter::once(&c).chain(others).map(move |c| format!("{start}{c}")))
            .take(256)
            .collect();
    }
    all
}
