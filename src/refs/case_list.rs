//! The numbers of a case before their year: lists, ranges, letters of benches, `No.`.

use crate::model::Span;

use super::bench_letters::{bracketed_bench, spaced_prefix, spaced_suffix};
use super::report::Reading;
use super::scan::{any_word_back, ws_back};

/// How the year hangs on the number.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Joint {
    Slash,
    Dash,
    Of,
}

/// The longest list `14 to 17` that is read as all its numbers.
const MAX_RANGE: u32 = 30;

/// Finds `/`, `-` or `of` before the year; returns where the numbers end.
pub(super) fn joint_before(b: &[u8], year: usize) -> Option<(Joint, usize)> {
    let mut end = ws_back(b, year);
    // `1805/(2023)` is not written; `of the year 2023` is.
    if let Some(start) =
        any_word_back(b, end, &["of the year", "of year", "of", "0f", "سال", "بابت", "آف"])
    {
        end = ws_back(b, start);
        // `No. 5/of 2023`
        if end > 0 && matches!(b.get(end - 1), Some(b'/' | b',')) {
            end = ws_back(b, end - 1);
        }
        return Some((Joint::Of, end));
    }
    let joint = match b.get(end.checked_sub(1)?)? {
        b'/' | b'\\' => Joint::Slash,
        b'-' => Joint::Dash,
        _ => return None,
    };
    Some((joint, ws_back(b, end - 1)))
}

/// Reads the list of numbers that ends at `end`; returns them in order and where the list starts.
pub(super) fn numbers_before(r: Reading<'_>, end: usize) -> Option<(Vec<(String, Span)>, usize)> {
    let mut numbers: Vec<(String, Span)> = Vec::new();
    if let Some(range) = dashed_range(r, end) {
        return Some(range);
    }
    let (first, mut start) = number_token(r, end)?;
    numbers.push((first, start..end));
    loop {
        let before = ws_back(r.b, start);
        let (is_range, left) = if let Some(left) = any_word_back(r.b, before, &["and", "&", "or"]) {
            (false, left)
        } else if let Some(left) = any_word_back(r.b, before, &["to"]) {
            (true, left)
        } else if before > 0 && matches!(r.b.get(before - 1), Some(b',' | b';' | b'&')) {
            (false, before - 1)
        } else if before < start && numbers.len() > 1 && lost_comma(r.b, before, start) {
            (false, before)
        } else {
            break;
        };
        let mut left = ws_back(r.b, left);
        if left > 0 && r.b.get(left - 1) == Some(&b',') {
            left = ws_back(r.b, left - 1);
        }
        let Some((number, at)) = number_token(r, left) else { break };
        // `1805/2023 and 2758/2023`: a year is no number of this list.
        if at > 0 && r.b.get(at - 1) == Some(&b'/') {
            break;
        }
        // `34 of 2017, 58 of 2017`
        let is_year =
            left - at == 4 && number.parse().is_ok_and(|value: u16| (1900..2100).contains(&value));
        if is_year && any_word_back(r.b, ws_back(r.b, at), &["of"]).is_some() {
            break;
        }
        let range = is_range
            .then(|| fill(&number, numbers.last().map(|(last, _)| last.as_str())))
            .flatten();
        for between in range.into_iter().flatten() {
            numbers.push((between, at..end));
        }
        numbers.push((number, at..left));
        start = at;
        if numbers.len() > 64 {
            break;
        }
    }
    numbers.reverse();
    Some((numbers, start))
}

/// Tells whether two numbers of a list, of three digits or more, have lost the comma between them, as in a
/// text that was read by machine.
fn lost_comma(b: &[u8], end: usize, next: usize) -> bool {
    let n_digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let before = b.get(end.saturating_sub(8)..end).unwrap_or_default();
    let before: Vec<u8> = before.iter().rev().copied().collect();
    let after = b.get(next..).unwrap_or_default();
    (3..=6).contains(&n_digits(&before)) && (3..=6).contains(&n_digits(after))
}

/// Reads `30806-30807`: numbers of three digits or more from the one to the other.
fn dashed_range(r: Reading<'_>, end: usize) -> Option<(Vec<(String, Span)>, usize)> {
    let (last, last_at) = super::scan::number_back(r.b, end, 7)?;
    let dash = last_at.checked_sub(1).filter(|&at| r.b.get(at) == Some(&b'-'))?;
    let (first, start) = super::scan::number_back(r.b, dash, 7)?;
    let is_range = dash - start >= 3 && end - last_at == dash - start && first < last;
    (is_range && last - first <= MAX_RANGE).then(|| {
        let part = |number: u32| match number {
            _ if number == first => start..dash,
            _ if number == last => last_at..end,
            _ => start..end,
        };
        ((first..=last).map(|number| (number.to_string(), part(number))).collect(), start)
    })
}

/// Returns the numbers strictly between `first` and `last`, the highest first.
fn fill(first: &str, last: Option<&str>) -> Option<Vec<String>> {
    let (first, last) = (first.parse::<u32>().ok()?, last?.parse::<u32>().ok()?);
    (first < last && last - first <= MAX_RANGE)
        .then(|| (first + 1..last).rev().map(|number| number.to_string()).collect())
}

/// Reads one number that ends at `end`, with a prefix (`D-`) and a suffix (`-L`): its normal form.
pub(super) fn number_token(r: Reading<'_>, end: usize) -> Option<(String, usize)> {
    let mut start = end;
    while start > 0
        && end - start < 14
        && r.b.get(start - 1).is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        start -= 1;
    }
    // `02/W/2024`: the bench's letter stands behind a slash.
    if let Some(bench) = r.b.get(start..end).filter(|text| {
        text.len() == 1 && text.iter().all(u8::is_ascii_alphabetic)
            || text.len() == 2 && text.iter().all(u8::is_ascii_uppercase)
    }) && start > 0
        && r.b.get(start - 1) == Some(&b'/')
    {
        // `78015/CB/2023`: a kind of bail in two letters.
        let suffix = String::from_utf8_lossy(bench).to_ascii_lowercase();
        let (number, from) = super::scan::number_back(r.b, start - 1, 6)?;
        return Some((format!("{number}-{suffix}"), from));
    }
    // `No.O1 of 2023`: a letter that reading by machine took for the nought.
    if end - start > 1
        && matches!(r.b.get(start), Some(b'O' | b'o'))
        && r.b.get(start + 1..end).is_some_and(|rest| rest.iter().all(u8::is_ascii_digit))
        && !r.b.get(start.wrapping_sub(1)).is_some_and(u8::is_ascii_alphabetic)
    {
        let (number, _) = super::scan::number_back(r.b, end, 6)?;
        return (number > 0).then(|| (number.to_string(), start));
    }
    // `No. D - 1099 of 2023`: blanks around the dash behind the bench's letter.
    if let Some(spaced) = spaced_prefix(r, start, end) {
        return Some(spaced);
    }
    if let Some(spaced) = spaced_suffix(r, start, end) {
        return Some(spaced);
    }
    // `No. (T)103 of 2016`: the bench's letter in a bracket.
    if let Some(bench) = bracketed_bench(r, start, end) {
        return Some(bench);
    }
    let mut text = r.get(start, end);
    // `No1805`, `WP1805`: letters that are no prefix belong to the words before.
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters > 0 && text.as_bytes().get(letters) != Some(&b'-') {
        start += letters;
        text = r.get(start, end);
    } else if letters == 0 {
        let dash = text.bytes().take_while(|&byte| byte == b'-').count();
        start += dash;
        text = r.get(start, end);
    }
    let parts: Vec<&str> = text.split('-').collect();
    let is_letters = |part: &str| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    // Behind the number also the law of a special court: `43-ATA of 2021`.
    let is_suffix = |part: &str| {
        is_letters(part) || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let digits_of = |part: &str| -> Option<(String, String)> {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        let tail = part.get(digits.len()..)?;
        let plain = digits.trim_start_matches('0');
        let fits = !plain.is_empty() && digits.len() <= 7 && (tail.is_empty() || is_letters(tail));
        fits.then(|| (plain.to_owned(), tail.to_ascii_lowercase()))
    };
    let join = |digits: (String, String), suffix: &str| {
        let suffix = if suffix.is_empty() { digits.1 } else { suffix.to_ascii_lowercase() };
        if suffix.is_empty() { digits.0 } else { format!("{}-{suffix}", digits.0) }
    };
    let normal = match parts.as_slice() {
        [number] => join(digits_of(number)?, ""),
        [prefix, number] if is_letters(prefix) => {
            format!("{}-{}", prefix.to_ascii_lowercase(), join(digits_of(number)?, ""))
        }
        [number, suffix] if is_suffix(suffix) => join(digits_of(number)?, suffix),
        [prefix, number, suffix] if is_letters(prefix) && is_letters(suffix) => {
            format!("{}-{}", prefix.to_ascii_lowercase(), join(digits_of(number)?, suffix))
        }
        _ => return None,
    };
    Some((normal, start))
}

/// Returns where `No.` begins that ends at `end`.
pub(super) fn no_before(b: &[u8], end: usize) -> Option<usize> {
    let mut at = end;
    while at > 0 && matches!(b.get(at - 1), Some(b'.' | b':' | b' ' | b'#')) {
        at -= 1;
    }
    let hash = b.get(at..end).is_some_and(|gap| gap.contains(&b'#'));
    // `Civil Petition No, 182 of 2025`: the comma is a stop that was misread or mistyped.
    if b.get(at.saturating_sub(3)..at) == Some(b"No,".as_slice()) {
        at -= 1;
    }
    let words = [
        "bearing nos",
        "bearing no",
        "nos",
        "no",
        "n0",
        "number",
        "numbers",
        "no.s",
        "نمبر",
        "no(s)",
        "no.(s)",
    ];
    // The type's own letters may be glued: `W.P.No.`.
    let said = any_word_back(b, at, &words);
    // `R.F.AsNo.83`
    let glued = b.get(at.saturating_sub(2)..at) == Some(b"No".as_slice());
    let said = said.or_else(|| glued.then(|| at - 2));
    said.map(|start| ws_back(b, start)).or(hash.then(|| ws_back(b, at)))
}
