//! Heads of tables that recur like running heads and are none.

use super::heads::Sheet;
use super::ink::Artifact;
use super::rows::{Cell, Row};
use crate::model::Role;

/// How far below the heads of its columns a table's first row of numbers stands at most, in rows.
const TABLE_ROWS: usize = 8;

/// The heads of a table's columns recur like running heads: numbers alone, such as years, over the
/// numbers of a table are none, nor is what stands below them.
pub(super) fn unmark_tables(sheet: &Sheet<'_>, roles: &mut [Option<Role>]) {
    let is_number = |cell: &&Cell| {
        cell.text.contains(|c: char| c.is_ascii_digit()) && !cell.text.contains(char::is_alphabetic)
    };
    let middle = |cell: &Cell| (cell.x0 + cell.x1) / 2.0;
    let is_head = |idx: usize, row: &Row| {
        let below = sheet.rows.iter().skip(idx + 1).take(TABLE_ROWS);
        let all = row.cells.len() >= 2 && row.cells.iter().all(|cell| is_number(&cell));
        let step = row.cells.windows(2).filter_map(|pair| match pair {
            [a, b] => Some(middle(b) - middle(a)),
            _ => None,
        });
        let step = step.fold(f32::INFINITY, f32::min);
        // Each number stands nearer to its own head than to the next; a sign of money may be beside.
        all && below.into_iter().any(|other| {
            let numbers: Vec<&Cell> = other.cells.iter().filter(is_number).collect();
            numbers.len() == row.cells.len()
                && other.text().contains(char::is_alphabetic)
                && numbers
                    .iter()
                    .zip(&row.cells)
                    .all(|(cell, head)| (middle(cell) - middle(head)).abs() < 0.5 * step)
        })
    };
    let is_marked = |idx: usize| roles.get(idx) == Some(&Some(Role::Header));
    let mut rows = sheet.rows.iter().enumerate();
    let Some((head, _)) = rows.find(|(idx, row)| is_marked(*idx) && is_head(*idx, row)) else {
        return;
    };
    for (row, role) in sheet.rows.iter().zip(roles.iter_mut()).skip(head) {
        let is_tagged = row.cells.iter().any(|cell| cell.artifact == Artifact::Header);
        if *role == Some(Role::Header) && !is_tagged {
            *role = None;
        }
    }
}
