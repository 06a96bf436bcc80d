//! What a paragraph is by its looks: a signature, a heading, a title, a sentence that ends.

use super::sentence::awaits_more;
use super::unit::Unit;
use crate::model::Role;
use crate::text::fold::is_superscript_digit;

/// Tells whether the paragraph is a judge's signature, which ends an order.
pub(super) fn is_signature(text: &str) -> bool {
    let is_long = text.len() > 60 && text.chars().filter(|c| c.is_alphabetic()).nth(60).is_some();
    if is_long || !text.contains(['j', 'J']) {
        return false;
    }
    let letters: String =
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
    // `JUDGE JUDGE` under two names; `(NAME) JUDGE` on one line.
    letters == "JUDGE"
        || letters == "JUDGEJUDGE"
        || letters == "CHIEFJUSTICE"
        || letters == "ACTINGCHIEFJUSTICE"
        || (text.trim_start().starts_with('(') && letters.ends_with("JUDGE"))
}

pub(super) fn is_heading(unit: &Unit<'_>) -> bool {
    unit.role == Role::Heading || is_short_heading(unit.text)
}

/// Tells whether a line is short, in capitals, and ends without a stop.
pub(super) fn is_short_heading(text: &str) -> bool {
    let text = text.trim();
    text.len() < 80
        && text.chars().any(char::is_alphabetic)
        && !text.chars().any(char::is_lowercase)
}

/// Tells whether the text behind a sub-number reads like a title: short, without a stop.
pub(super) fn is_title(rest: &str) -> bool {
    let rest = rest.trim_end();
    rest.len() < 100
        && rest.starts_with(char::is_uppercase)
        && !rest.ends_with(['.', ';', ',', ':'])
        && !rest.ends_with(" and")
        && !rest.ends_with(" or")
}

pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end();
    let core = text
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»'])
        .trim_end_matches(is_superscript_digit);
    core.is_empty()
        || core.ends_with(['.', '?', '!', ':', ';', '۔', '؟', '—', '-', '_', '=', '*'])
            && !awaits_more(core)
}

/// Tells whether a line of a table of contents leads to a page: `PRELUDE ........ 3`.
pub fn leads_to_page(text: &str) -> bool {
    let title = text.trim_end_matches(|c: char| c.is_ascii_digit());
    title.len() < text.len() && title.trim_end().ends_with("....")
}
