//! The letters of benches beside case numbers, with blanks or brackets around them: `D - 1099`, `(T)103`.

use super::case_list::no_before;
use super::report::Reading;
use super::scan::{starts_word, ws_back};

/// Reads `(T)103` and `(S) 80`, the numbers of a bench outside Quetta, where `No.` stands before them.
pub(super) fn bracketed_bench(r: Reading<'_>, start: usize, end: usize) -> Option<(String, usize)> {
    let digits = r.b.get(start..end)?;
    let plain = (1..=5).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    let close = ws_back(r.b, start).checked_sub(1).filter(|&at| r.b.get(at) == Some(&b')'))?;
    let open = close.checked_sub(2).filter(|&at| r.b.get(at) == Some(&b'('))?;
    let letter = r.b.get(open + 1).filter(|byte| plain && byte.is_ascii_uppercase())?;
    let number = r.get(start, end).trim_start_matches('0');
    let said = no_before(r.b, ws_back(r.b, open)).is_some();
    (said && !number.is_empty())
        .then(|| (format!("{}-{number}", char::from(letter.to_ascii_lowercase())), open))
}

/// Reads `D - 1099` and `D- 2963`, the numbers of Sindh with blanks around the dash, where `No.` stands
/// before the letter.
pub(super) fn spaced_prefix(r: Reading<'_>, start: usize, end: usize) -> Option<(String, usize)> {
    // `S -13`: the dash is part of the token.
    let start = start + usize::from(r.b.get(start) == Some(&b'-') && ws_back(r.b, start) < start);
    let digits = r.b.get(start..end)?;
    let plain = (1..=6).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    let dash = ws_back(r.b, start);
    // Without a blank the dash is part of the token.
    if !plain || dash == start && r.b.get(start.wrapping_sub(1)) != Some(&b'-') {
        return None;
    }
    let letter = ws_back(r.b, dash.checked_sub(1).filter(|&at| r.b.get(at) == Some(&b'-'))?);
    let from = letter.checked_sub(1).filter(|&at| matches!(r.b.get(at), Some(b'D' | b'S')))?;
    let said = no_before(r.b, ws_back(r.b, from)).is_some() && starts_word(r.b, from);
    let prefix = char::from(*r.b.get(from)?).to_ascii_lowercase();
    let number = r.get(start, end).trim_start_matches('0');
    (said && !number.is_empty()).then(|| (format!("{prefix}-{number}"), from))
}

/// Reads `10842 -P` and `10842- P`: blanks around the dash before the letter of a bench.
pub(super) fn spaced_suffix(r: Reading<'_>, start: usize, end: usize) -> Option<(String, usize)> {
    let (dashes, letter) = match r.b.get(start..end)? {
        [letter] => (0, *letter),
        [b'-', letter] => (1, *letter),
        _ => return None,
    };
    let bench = letter.is_ascii_uppercase().then(|| letter.to_ascii_lowercase())?;
    let mut at = ws_back(r.b, start);
    if dashes == 0 {
        at = ws_back(r.b, at.checked_sub(1).filter(|&at| r.b.get(at) == Some(&b'-'))?);
    }
    // Without a blank the letter is part of the token.
    if at + 1 == start + dashes {
        return None;
    }
    let (number, from) = super::scan::number_back(r.b, at, 6).filter(|(_, from)| *from < at)?;
    (number > 0 && starts_word(r.b, from)).then(|| (format!("{number}-{}", bench as char), from))
}
