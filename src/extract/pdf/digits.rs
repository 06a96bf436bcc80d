//! Digits that a font's own table names wrongly.
//!
//! A font keeps its ten digits one after the other. Word writes tables for Nastaliq fonts that give
//! one digit to two signs of that row and so read `140` as `041`, without any sign of it in the text.
//! Where a table contradicts itself in this way, and most of the row shows where it begins, the
//! digits are taken from their places in the row, and the page says so.

use std::collections::{BTreeMap, BTreeSet};

use super::ink::{Ink, Letters};

/// Fewest signs of the row that must agree on where it begins.
const LEAST: usize = 5;

/// What the tables of fonts say of the signs that they call digits: by font and code.
pub(super) type Named = BTreeMap<(u64, u32), char>;

/// Returns the signs of a page that are called digits.
pub(super) fn named(ink: &Ink) -> Named {
    let mut named = Named::new();
    if ink.runs.iter().all(|run| run.font <= 1) {
        return named;
    }
    for glyph in &ink.glyphs {
        let Letters::One(c) = glyph.letters else { continue };
        let font = ink.runs.get(glyph.run as usize).map_or(0, |run| run.font);
        if font > 1 && value(c).is_some() {
            named.insert((font, glyph.code), c);
        }
    }
    named
}

/// Returns the digits that wrongly named signs of `named` stand for.
pub(super) fn wrong(named: &Named) -> Named {
    // The first sign of a row by font and script, with the values that agree on it.
    let mut rows: BTreeMap<(u64, u32, u32), BTreeSet<u32>> = BTreeMap::new();
    for (&(font, code), c) in named {
        let Some((zero, value)) = value(*c) else { continue };
        if let Some(start) = code.checked_sub(value) {
            rows.entry((font, zero, start)).or_default().insert(value);
        }
    }
    let mut wrong = Named::new();
    for ((font, zero, start), values) in rows {
        let of_row: Vec<(u32, u32)> = (0..10)
            .filter_map(|place| {
                let c = named.get(&(font, start + place))?;
                let (of, value) = value(*c)?;
                (of == zero && value != place).then_some((place, value))
            })
            .collect();
        let contradicts = of_row.iter().any(|(_, value)| values.contains(value));
        if values.len() >= LEAST && values.len() > of_row.len() && contradicts {
            wrong.extend(of_row.into_iter().filter_map(|(place, _)| {
                Some(((font, start + place), char::from_u32(zero + place)?))
            }));
        }
    }
    wrong
}

/// Names the signs of a page as `wrong` says; returns how many it changed.
pub(super) fn put_right(ink: &mut Ink, wrong: &Named) -> usize {
    let mut n_changed = 0;
    if wrong.is_empty() {
        return n_changed;
    }
    for glyph in &mut ink.glyphs {
        let font = ink.runs.get(glyph.run as usize).map_or(0, |run| run.font);
        if let Some(c) = wrong.get(&(font, glyph.code)) {
            glyph.letters = Letters::One(*c);
            n_changed += 1;
        }
    }
    n_changed
}

/// Returns the zero of a digit's script and the digit's value.
fn value(c: char) -> Option<(u32, u32)> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    let zero = u32::from(zero);
    Some((zero, u32::from(c) - zero))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signs of one font, from code 0x13 on, by the digits that its table names.
    fn font(names: &str) -> Named {
        (0x13..).zip(names.chars()).map(|(code, c)| ((7, code), c)).collect()
    }

    #[test]
    fn a_table_that_contradicts_itself_is_put_right() {
        let found = wrong(&font("1053456789"));
        let right: Vec<(u32, char)> = found.into_iter().map(|((_, code), c)| (code, c)).collect();
        assert_eq!(right, [(0x13, '0'), (0x14, '1'), (0x15, '2')]);
    }

    #[test]
    fn another_order_without_contradiction_is_the_fonts_own() {
        assert!(wrong(&font("0123456789")).is_empty());
        // Signs numbered as they are used first: 1 to 5, then 0.
        assert!(wrong(&font("x123450")).is_empty());
        assert!(wrong(&font("1053")).is_empty());
    }
}
