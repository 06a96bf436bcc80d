//! Holes in the court's numbers: 6, then 8. On a scan the 7 was printed and could not be read.

use std::collections::{BTreeMap, BTreeSet};

use super::mark;
use super::shape::ends_sentence;
use super::unit::Unit;
use crate::model::Role;

/// What is known of the paragraphs in holes, by unit.
#[derive(Default)]
pub(super) struct Holes {
    /// The missing number, where only one paragraph can have it.
    pub(super) inferred: BTreeMap<usize, String>,
    /// The first paragraph that may have it: from here to the next number none is sure.
    pub(super) unsure: BTreeSet<usize>,
}

/// Looks into the holes between numbers of the court; `labels` are those found so far, by unit.
pub(super) fn find(units: &[Unit<'_>], labels: &BTreeMap<usize, String>) -> Holes {
    let mut holes = Holes::default();
    let mains: Vec<(usize, u16)> =
        labels.iter().filter_map(|(idx, label)| Some((*idx, label.parse().ok()?))).collect();
    for pair in mains.windows(2) {
        let [(from, last), (to, next)] = *pair else { continue };
        let n_missing = next.saturating_sub(last).saturating_sub(1);
        // More are missing where another numbering begins.
        if !(1..=2).contains(&n_missing) {
            continue;
        }
        let begins: Vec<usize> = (from + 1..to).filter(|idx| may_begin(units, *idx)).collect();
        let misread = |idx: &usize| {
            units.get(*idx).is_some_and(|unit| unit.scanned && is_misread_number(unit.text))
        };
        let mut junk = begins.iter().filter(|idx| misread(idx));
        match (junk.next(), junk.next()) {
            (Some(only), None) if n_missing == 1 => {
                holes.inferred.insert(*only, (last + 1).to_string());
            }
            _ => holes.unsure.extend(begins.first()),
        }
    }
    holes
}

/// Tells whether a paragraph of the court's own begins with the unit, with a number or without.
fn may_begin(units: &[Unit<'_>], idx: usize) -> bool {
    let Some(unit) = units.get(idx) else { return false };
    let text = unit.text.trim_start();
    // A scan reads dirt as a quotation mark that nothing closes.
    let is_misread = unit.scanned && is_misread_number(text);
    let is_own = matches!(unit.role, Role::Body | Role::List)
        && (!unit.in_quote || is_misread)
        && !unit.set_off
        && !unit.continues
        && unit.label.is_none()
        && mark::sub(text).is_none();
    let before = idx.checked_sub(1).and_then(|idx| units.get(idx));
    is_own
        && (is_misread || text.starts_with(char::is_uppercase))
        && (text.contains('\t') || before.is_none_or(|before| ends_sentence(before.text)))
}

/// Tells whether a paragraph begins with a token of one or two characters that is no word: what a
/// scan makes of a number.
fn is_misread_number(text: &str) -> bool {
    const WORDS: [&str; 31] = [
        "A", "I", "In", "On", "It", "At", "As", "By", "To", "If", "He", "We", "So", "No", "Of",
        "Is", "Or", "An", "My", "Be", "Do", "Up", "Us", "Mr", "Ms", "Dr", "St", "v", "vs", "Ex",
        "Re",
    ];
    const BULLETS: [&str; 13] = ["•", ">", "-", "–", "—", "*", "·", "o", "»", "©", "®", "¢", "#"];
    let Some((token, rest)) = text.trim_start().split_once([' ', '\t']) else { return false };
    let is_wide = text
        .trim_start()
        .get(token.len()..)
        .is_some_and(|gap| gap.starts_with('\t') || gap.starts_with("  "));
    let core = token.trim_end_matches(['.', ')', ',', ':']);
    let rest = rest.trim_start();
    let is_short = !token.is_empty() && core.chars().count() <= 2 && token.chars().count() <= 3;
    let opens = rest.starts_with(|c: char| c.is_uppercase() || "“\"‘".contains(c));
    // `S. Khan` and `M/s` are names.
    let is_initial = token.ends_with('.')
        && core.chars().all(char::is_uppercase)
        && core.chars().any(char::is_alphabetic);
    let is_number = !core.is_empty() && core.bytes().all(|byte| byte.is_ascii_digit());
    is_short
        && opens
        && !BULLETS.contains(&core)
        && !is_number
        && !core.starts_with(['(', '“', '‘', '"', '['])
        && core.chars().all(|c| c.is_ascii() || !c.is_alphabetic())
        && (is_wide || !WORDS.contains(&core) && !is_initial)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_scan_makes_of_a_number() {
        for text in
            ["J\tHeard, record perused.", "a I have heard", "?. The law", "l. Heard", "A\tHeard"]
        {
            assert!(is_misread_number(text), "{text}");
        }
        for text in [
            "A petition was filed",
            "A Division Bench held",
            "In Pakistan",
            "S. Khan appeared",
            "M/s Kite Limited",
            "• Kites",
            "v. Wolf",
            "Heard.",
            "an order",
            "(a) The kite",
            "5. Jurisdiction",
        ] {
            assert!(!is_misread_number(text), "{text}");
        }
    }
}
