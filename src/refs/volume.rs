//! Law reports that are cited by volume, reporter and page: `389 U.S. 347 (1967)`.

use crate::model::RefKind;

use super::found::Found;
use super::pinpoint::pinpoint;
use super::report::Reading;
use super::scan::{ends_word, number, number_back, word, ws, ws_back, year};
use super::tables::Series;

/// `389 U.S. 347 (1967)`: the reporter stands at `start..end`.
pub(super) fn at_volume(
    r: Reading<'_>,
    series: &Series,
    start: usize,
    end: usize,
) -> Option<Found> {
    if r.get(start, end) != form_of(series, r.get(start, end))? && !r.lenient {
        return None;
    }
    let before = ws_back(r.b, start);
    let (volume, from) = number_back(r.b, before, 4)?;
    if volume == 0 {
        return None;
    }
    // `Rs. 2,000 U.S. 5`: a digit, comma or point before the volume says that it is a sum.
    let glued = from.checked_sub(1).and_then(|at| r.b.get(at));
    if glued.is_some_and(|&byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'$' | b'/' | b'-')
    }) || glued == Some(&b',')
        && from.checked_sub(2).and_then(|at| r.b.get(at)).is_some_and(u8::is_ascii_digit)
    {
        return None;
    }
    let mut at = ws(r.b, end);
    if series.id == "us" && r.b.get(at) == Some(&b'(') {
        // `5 U.S. (1 Cranch) 137`
        let close = at + r.b.get(at..)?.iter().take(20).position(|&byte| byte == b')')?;
        at = ws(r.b, close + 1);
    }
    // `560 U. S., at 335`, as the Supreme Court writes it.
    let comma = if r.b.get(at) == Some(&b',') { ws(r.b, at + 1) } else { at };
    if let Some(after) = word(r.b, comma, "at") {
        // `389 U.S. at 351`: the short form names volume and reporter, the page is a pinpoint.
        let Some((page, to)) = number(r.b, ws(r.b, after), 5) else {
            let to = blank_page(r.b, ws(r.b, after))?;
            let id = format!("{}/{}/{volume}/_", series.country, series.id);
            return Some(Found::new(RefKind::Back, id, from..to));
        };
        let id = format!("{}/{}/{volume}/_{page}", series.country, series.id);
        return Some(Found::new(RefKind::Back, id, from..to));
    }
    let (page, to) = match number(r.b, at, 5) {
        Some((page, to)) => (page.to_string(), to),
        // `568 U. S. ___ (2013)`: cited before the volume was printed.
        None => ("_".to_owned(), blank_page(r.b, at)?),
    };
    if page == "0" || !ends_word(r.b, to) || r.b.get(to) == Some(&b'/') {
        return None;
    }
    let id = format!("{}/{}/{volume}/{page}", series.country, series.id);
    let mut found = Found::new(RefKind::Report, id, from..to);
    found.pinpoint = pinpoint(r, to, true);
    // The year in brackets belongs to the citation.
    let limit = (to + 48).min(r.b.len());
    if let Some(open) =
        r.b.get(to..limit).and_then(|rest| rest.iter().position(|&byte| byte == b'('))
    {
        let between = r.b.get(to..to + open).unwrap_or_default();
        let inside = r.b.get(to + open + 1..).unwrap_or_default();
        let close = inside.iter().take(40).position(|&byte| byte == b')');
        let calm = between.iter().all(|byte| byte.is_ascii_digit() || b" ,-n.".contains(byte));
        if let Some(close) = close.filter(|&close| calm && close >= 4) {
            let year_at = to + open + 1 + close - 4;
            if year(r.b, year_at).is_some() {
                found.whole.end = to + open + 1 + close + 1;
                found.span.end = found.whole.end;
            }
        }
    }
    Some(found)
}

/// Returns the end of `___`, a page that was not known yet.
fn blank_page(b: &[u8], at: usize) -> Option<usize> {
    let len = b.get(at..)?.iter().take_while(|&&byte| byte == b'_').count();
    (2..=6).contains(&len).then_some(at + len)
}

fn form_of<'a>(series: &'a Series, text: &str) -> Option<&'a str> {
    series.forms.iter().map(String::as_str).find(|form| *form == text)
}
