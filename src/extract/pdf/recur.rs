//! Rows that recur from page to page, as running heads and feet do.

use std::collections::BTreeMap;

use super::folios::digit;
use super::heads::SLACK;
use super::rows::Row;

/// Where a row stands, and the numbers in it.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) page: usize,
    /// Below the top of the page, in points.
    pub(super) y: f32,
    /// In order.
    pub(super) numbers: Vec<u32>,
}

/// The rows that could be heads, by their [`mask`].
pub(super) type Places = BTreeMap<String, Vec<Place>>;

/// Letters of a row that is known by its words, whatever number stands in it.
const ENOUGH_LETTERS: usize = 8;

/// Counts the pages on which a row like that at `own` stands at its height.
pub(super) fn n_pages_near(places: &Places, mask: &str, own: &Place) -> usize {
    let n_letters = mask.chars().filter(|c| c.is_alphabetic()).count();
    let near =
        places.get(mask).into_iter().flatten().filter(|other| {
            (other.y - own.y).abs() <= SLACK && are_of_one_head(own, other, n_letters)
        });
    let mut pages: Vec<usize> = near.map(|place| place.page).collect();
    pages.dedup();
    pages.len()
}

/// Tells whether the numbers of two rows can be those of one running head: all alike but that of the
/// page, or one other where there are words. Rows of a table and notes (`6 Ibid.`) have one mask too.
fn are_of_one_head(own: &Place, other: &Place, n_letters: usize) -> bool {
    match differing(&own.numbers, &other.numbers)[..] {
        [] => true,
        [(a, b)] => {
            let grows = (own.page < other.page) == (a < b);
            let pages = other.page.abs_diff(own.page);
            // A number alone grows where pages were left out: `1`, `24`, `25`.
            n_letters >= ENOUGH_LETTERS
                || grows && (n_letters == 0 || a.abs_diff(b) as usize == pages)
        }
        _ => false,
    }
}

/// Returns the numbers of two rows with one mask that differ, in pairs.
pub(super) fn differing(own: &[u32], other: &[u32]) -> Vec<(u32, u32)> {
    let n = own.len().max(other.len());
    let at = |numbers: &[u32], idx: usize| numbers.get(idx).copied().unwrap_or_default();
    (0..n).map(|idx| (at(own, idx), at(other, idx))).filter(|(a, b)| a != b).collect()
}

/// Returns the numbers in `text`, in order.
pub(super) fn numbers(text: &str) -> Vec<u32> {
    let is_figure = |c: char| c.is_numeric();
    let groups = text.split(|c| !is_figure(c)).filter(|group| !group.is_empty());
    let value = |group: &str| {
        group.chars().fold(0_u32, |value, c| {
            value.wrapping_mul(10).wrapping_add(digit(c).unwrap_or_else(|| u32::from(c)))
        })
    };
    groups.map(value).collect()
}

/// Returns what is compared: the row's text with numbers masked, and for rows of several cells the
/// cells that are neither short nor numbers (heads are mirrored on left and right pages); each with
/// its numbers.
pub(super) fn masks(row: &Row) -> Vec<(String, Vec<u32>)> {
    let text = row.text();
    let mut masks = vec![(mask(&text), numbers(&text))];
    if row.cells.len() > 1 {
        let cells = row.cells.iter().map(|cell| {
            // Left and right pages differ in their brackets too: `2013] 272`, `273 [2013`.
            let mask = mask(&cell.text)
                .trim_matches(|c: char| !c.is_alphanumeric() && c != '#')
                .to_owned();
            (mask, numbers(&cell.text))
        });
        let is_worded = |(mask, _): &(String, Vec<u32>)| {
            mask.chars().filter(|c| c.is_alphabetic()).count() >= ENOUGH_LETTERS
        };
        masks.extend(cells.filter(is_worded));
    }
    masks
}

/// Returns `text` without blanks, with a sign for each number.
pub(super) fn mask(text: &str) -> String {
    let mut mask = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphabetic() {
            mask.push(c);
        } else if c.is_numeric() {
            if !mask.ends_with('#') {
                mask.push('#');
            }
        } else if !c.is_whitespace() {
            mask.push(c);
        }
    }
    mask
}
