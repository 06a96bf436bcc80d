//! Line numbers on the margin of pleadings: taken out, so that they stand in no sentence.

use super::rows::{Cell, Row};

/// Fewest numbers that make a column of line numbers.
const LEAST: usize = 15;

/// Takes the line numbers of a page out of `rows` and returns them as rows of their own.
///
/// They count from 1 without a gap, from top to bottom, in one column left of all text.
pub(super) fn take_line_numbers(rows: &mut Vec<Row>) -> Vec<Row> {
    let found = line_numbers(rows);
    if found.len() < LEAST {
        return Vec::new();
    }
    let mut taken = Vec::with_capacity(found.len());
    for idx in found {
        if let Some(row) = rows.get_mut(idx).filter(|row| !row.cells.is_empty()) {
            taken.push(Row { cells: vec![row.cells.remove(0)], word_gap: 0.0 });
        }
    }
    rows.retain(|row| !row.cells.is_empty());
    taken
}

/// Returns the rows that begin with the numbers 1, 2, 3 … of one column.
fn line_numbers(rows: &[Row]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut right: Option<f32> = None;
    for (idx, row) in rows.iter().enumerate() {
        let Some(cell) = row.cells.first() else { continue };
        let Some(value) = value(cell) else { continue };
        let in_column = right.is_none_or(|right| (cell.x1 - right).abs() < 1.2 * cell.size);
        if value == found.len() + 1 && in_column {
            right = Some(cell.x1);
            found.push(idx);
        }
    }
    // Nothing but other numbers may stand in their column.
    let edge = right.unwrap_or_default();
    let beside = rows.iter().filter(|row| row.cells.first().is_some_and(|c| c.x0 > edge)).count();
    let within = rows.iter().filter(|row| row.cells.first().is_some_and(|c| c.x0 < edge)).count();
    if within > found.len() + 4 || beside + found.len() < LEAST { Vec::new() } else { found }
}

fn value(cell: &Cell) -> Option<usize> {
    let is_number = !cell.text.is_empty() && cell.text.bytes().all(|b| b.is_ascii_digit());
    (is_number && cell.text.len() <= 2).then(|| cell.text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::Artifact;
    use super::*;

    fn cell(x: f32, y: f32, text: &str) -> Cell {
        Cell {
            text: text.to_owned(),
            x0: x,
            x1: x + 10.0,
            y,
            size: 10.0,
            order: 0,
            first_word: 10.0,
            bold: false,
            light: false,
            artifact: Artifact::None,
            rtl: false,
            calls: Vec::new(),
            starts_raised: false,
        }
    }

    fn page(n: u8) -> Vec<Row> {
        (1..=n)
            .map(|n| {
                let y = 20.0 * f32::from(n);
                let cells = vec![cell(30.0, y, &n.to_string()), cell(80.0, y, "the plaintiff")];
                Row { cells, word_gap: 0.0 }
            })
            .collect()
    }

    #[test]
    fn the_numbers_of_a_pleading_are_taken_out() {
        let mut rows = page(28);
        assert_eq!(take_line_numbers(&mut rows).len(), 28);
        assert!(rows.iter().all(|row| row.text() == "the plaintiff"));
    }

    #[test]
    fn a_short_list_is_none() {
        let mut rows = page(6);
        assert!(take_line_numbers(&mut rows).is_empty());
        assert_eq!(rows[0].text(), "1 the plaintiff");
    }
}
