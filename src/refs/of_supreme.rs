//! Case numbers that are the Supreme Court's though another court's judgment names them.

use super::report::Reading;
use super::scan::{any_word, ws, year};

/// Tells whether a court of Pakistan is a High Court.
pub(super) fn is_high(court: &str) -> bool {
    crate::model::court::by_id(court).is_some_and(|court| court.country == "pk" && court.rank > 1)
}

/// Tells whether the words behind a number say that the Supreme Court had it: `reported as PLD 2024 SC 12`,
/// `decided by the august Supreme Court`.
pub(super) fn said_of_supreme(r: Reading<'_>, end: usize) -> bool {
    const DECIDED: &[&str] =
        &["decided by", "passed by", "dismissed by", "allowed by", "disposed of by"];
    const PRAISE: &[&str] =
        &["the", "august", "hon'ble", "honourable", "honorable", "apex", "learned", "worthy"];
    let b = r.b;
    let mut at = ws(b, end);
    while matches!(b.get(at), Some(b')' | b',')) {
        at = ws(b, at + 1);
    }
    if let Some(after) = any_word(b, at, &["since reported as", "reported as", "reported in"]) {
        let mut at = ws(b, after);
        while matches!(b.get(at), Some(b'(' | b'"' | b'[')) {
            at += 1;
        }
        // `PLD 2024 SC 12`, `2024 SCMR 12`
        let letters = any_word(b, at, &["pld"]).map(|at| ws(b, at));
        let Some((_, to)) = year(b, letters.unwrap_or(at)) else { return false };
        let court: &[&str] = if letters.is_some() { &["sc", "supreme court"] } else { &["scmr"] };
        return any_word(b, ws(b, to), court).is_some();
    }
    let Some(mut at) = any_word(b, at, DECIDED).map(|at| ws(b, at)) else { return false };
    while let Some(after) = any_word(b, at, PRAISE) {
        at = ws(b, after);
    }
    any_word(b, at, &["supreme court"]).is_some()
}
