//! Running heads and feet that are nearly the same on each page: what was read off a picture differs
//! from one page to the next (`R.A. NO.02 OF 2023`, `'t.A. NO.02 0F 2023"`).

use super::heads::{Sheet, is_own_folio};
use super::recur::{differing, mask, numbers};
use super::rows::Row;
use crate::model::Role;

/// Most signs of one.
const MAX_SIGNS: usize = 60;
/// Fewest letters and figures of one.
const MIN_FIGURES: usize = 8;
/// How many rows at each end of a page can hold one.
const ROWS: usize = 3;
/// How far its height may vary, in points.
const SLACK: f32 = 6.0;
/// Most texts that others are compared with.
const MAX_KINDS: usize = 40;

/// Rows at one place that say nearly the same.
struct Kind {
    figures: Vec<char>,
    mask: String,
    numbers: Vec<u32>,
    zone: Role,
    /// Distance from the edge of the page.
    y: f32,
    /// Page and row of each.
    rows: Vec<(usize, usize)>,
}

/// Returns, for each page, the rows that say nearly the same as rows at the same place of other
/// pages, where heads and feet can stand.
pub(super) fn nearly_equal(sheets: &[Sheet<'_>]) -> Vec<Vec<usize>> {
    let mut kinds: Vec<Kind> = Vec::new();
    for (page_idx, sheet) in sheets.iter().enumerate() {
        let n = sheet.rows.len();
        let is_outer = |idx: usize| idx < ROWS || idx + ROWS >= n;
        for (idx, row) in sheet.rows.iter().enumerate().filter(|(idx, _)| is_outer(*idx)) {
            let Some(zone) = sheet.zone(row.y()) else { continue };
            let figures = figures(row, page_idx);
            if figures.len() < MIN_FIGURES || row.text().chars().count() > MAX_SIGNS {
                continue;
            }
            let y = if zone == Role::Header { row.y() - sheet.top } else { sheet.bottom - row.y() };
            let text = row.text();
            let (mask, numbers) = (mask(&text), numbers(&text));
            // Rows of a table differ in their numbers alone, and in more than one.
            let are_rows =
                |kind: &Kind| kind.mask == mask && differing(&kind.numbers, &numbers).len() > 1;
            let alike = |kind: &&mut Kind| {
                kind.zone == zone
                    && (kind.y - y).abs() <= SLACK
                    && !are_rows(kind)
                    && is_near(&kind.figures, &figures, figures.len() / 6)
            };
            if let Some(kind) = kinds.iter_mut().find(alike) {
                kind.rows.push((page_idx, idx));
            } else if kinds.len() < MAX_KINDS {
                kinds.push(Kind { figures, mask, numbers, zone, y, rows: vec![(page_idx, idx)] });
            }
        }
    }
    let mut found = vec![Vec::new(); sheets.len()];
    for kind in kinds {
        let mut pages: Vec<usize> = kind.rows.iter().map(|(page_idx, _)| *page_idx).collect();
        pages.dedup();
        if pages.len() >= 3 || pages.len() == 2 && are_proved(sheets, &kind) {
            for (page_idx, row_idx) in kind.rows {
                if let Some(rows) = found.get_mut(page_idx) {
                    rows.push(row_idx);
                }
            }
        }
    }
    found
}

/// Two pages prove a head where it says a number, the pages follow one another, and each has its own
/// number in the head or beside it.
fn are_proved(sheets: &[Sheet<'_>], kind: &Kind) -> bool {
    let [(first, first_row), (second, second_row)] = kind.rows.as_slice() else { return false };
    let row = |page_idx: usize, row_idx: usize| sheets.get(page_idx)?.rows.get(row_idx);
    let is_counted = |page_idx: usize| {
        let rows = sheets.get(page_idx).map(|sheet| sheet.rows).unwrap_or_default();
        rows.iter()
            .take(ROWS)
            .any(|row| row.cells.iter().any(|cell| is_own_folio(cell.text.trim(), page_idx)))
    };
    let (Some(a), Some(b)) = (row(*first, *first_row), row(*second, *second_row)) else {
        return false;
    };
    let (a, b) = (figures(a, *first), figures(b, *second));
    kind.zone == Role::Header
        && *first > 0
        && *second == first + 1
        && a.iter().any(char::is_ascii_digit)
        && is_near(&a, &b, a.len() / 10)
        && is_counted(*first)
        && is_counted(*second)
}

/// Returns the letters and figures of a row but for the page's own number; signs that are taken for
/// each other are one.
fn figures(row: &Row, page_idx: usize) -> Vec<char> {
    let text = row.text();
    let words = text.split_whitespace().filter(|word| !is_own_folio(word, page_idx));
    let letters = words.flat_map(str::chars).filter(|c| c.is_alphanumeric());
    let folded = letters.flat_map(char::to_lowercase).map(|c| match c {
        'o' => '0',
        'i' | 'l' => '1',
        's' => '5',
        'b' => '8',
        'z' => '2',
        _ => c,
    });
    folded.collect()
}

/// Tells whether `a` becomes `b` by at most `most` signs that are added, left out or put in place of
/// others.
fn is_near(a: &[char], b: &[char], most: usize) -> bool {
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (row, x) in a.iter().enumerate() {
        let mut own = vec![row + 1];
        let mut left = row + 1;
        let pairs = above.iter().zip(above.iter().skip(1)).zip(b);
        for ((corner, up), y) in pairs {
            left = (corner + usize::from(x != y)).min(up + 1).min(left + 1);
            own.push(left);
        }
        if own.iter().all(|cost| *cost > most) {
            return false;
        }
        above = own;
    }
    above.last().is_some_and(|cost| *cost <= most)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, check};
    use super::*;

    #[test]
    fn few_signs_apart_are_near() {
        let near = |a: &str, b: &str, most| {
            let signs = |text: &str| text.chars().collect::<Vec<_>>();
            is_near(&signs(a), &signs(b), most)
        };
        assert!(near("3ano02of2023", "tano02of2023", 1));
        assert!(near("crno12024", "crn012024x", 2));
        assert!(!near("crno12024", "crno22025", 1));
        assert!(near("", "", 0));
    }

    /// The second and third page of an order, with `heads` beside their numbers.
    fn order(heads: [&str; 2]) -> [String; 3] {
        let page = |number: &str, head: &str, text: &str| {
            at(300, 750, number) + &at(420, 738, head) + &at(72, 700, text) + &at(72, 684, "heard.")
        };
        [
            at(72, 700, "1. The learned counsel has referred the court to the terms of"),
            page(
                "2",
                heads[0],
                "Article 199, under which every officer has to decide, once he has",
            ),
            page(
                "3",
                heads[1],
                "The grounds that are urged were before the court when it was last",
            ),
        ]
    }

    #[test]
    fn a_head_that_is_read_in_two_ways_is_a_head() {
        let pages = order(["'3.A. NO.02 0F 2023", "'t.A. NO.02 OF 2023"]);
        check(
            &[&pages[0], &pages[1], &pages[2]],
            &[
                "1 Body: 1. The learned counsel has referred the court to the terms of",
                "2 Header: 2",
                "2 Header: ’3.A. NO.02 0F 2023",
                "2 Body+: Article 199, under which every officer has to decide, once he has heard.",
                "3 Header: 3",
                "3 Header: ’t.A. NO.02 OF 2023",
                "3 Body: The grounds that are urged were before the court when it was last heard.",
            ],
        );
    }

    #[test]
    fn first_lines_with_numbers_of_their_own_are_none() {
        let pages = order(["Exhibit P-14 of the suit", "Exhibit D-27 of the case"]);
        let read = super::super::tests::extracted(&super::super::tests::pdf(
            &[&pages[0], &pages[1], &pages[2]],
            "",
        ));
        let page = &read.pages[2];
        let roles: Vec<Role> = page.paragraphs.iter().map(|paragraph| paragraph.role).collect();
        assert_eq!(roles.iter().filter(|role| **role == Role::Header).count(), 1, "{roles:?}");
    }
}
