//! Running heads that count with the pages: a number beside a text that recurs.

use std::collections::BTreeMap;

use super::folios::{Folio, number};
use super::heads::{SECOND_ZONE, SLACK, Sheet};
use super::recur::mask;
use super::rows::Row;
use crate::model::Role;

/// Returns, for each page, which of its first rows hold a number beside other text that counts with
/// the pages: `2  No. 08-2110`. Where little of the page is printed, heads stand far from its edge.
pub(super) fn counting(sheets: &[Sheet<'_>]) -> Vec<Vec<usize>> {
    // Page, row, the number less the page's place, what stands beside it.
    let mut found: Vec<(usize, usize, i64, String)> = Vec::new();
    for (page_idx, sheet) in sheets.iter().enumerate() {
        let Some(first) = sheet.rows.first() else { continue };
        let is_first = |row: &&Row| {
            row.y() - first.y() < SLACK && sheet.within(SECOND_ZONE, row.y()) == Some(Role::Header)
        };
        for (row_idx, row) in sheet.rows.iter().take_while(is_first).enumerate() {
            let last = row.cells.len().saturating_sub(1);
            for at in if last > 0 { vec![0, last] } else { Vec::new() } {
                let folio = row.cells.get(at).and_then(|cell| number(&cell.text));
                let Some(value) = folio.and_then(Folio::number) else { continue };
                let others = row.cells.iter().enumerate().filter(|(other, _)| *other != at);
                let rest: String = others.map(|(_, cell)| mask(&cell.text)).collect();
                let offset = i64::from(value) - i64::try_from(page_idx).unwrap_or(i64::MAX);
                if rest.contains(char::is_alphabetic) {
                    found.push((page_idx, row_idx, offset, rest));
                }
            }
        }
    }
    let mut rows = vec![Vec::new(); sheets.len()];
    let mut votes: BTreeMap<i64, BTreeMap<usize, &str>> = BTreeMap::new();
    for (page_idx, _, offset, rest) in &found {
        votes.entry(*offset).or_default().insert(*page_idx, rest);
    }
    let best = votes.iter().max_by_key(|(_, pages)| pages.len());
    let Some((best, pages)) = best.filter(|(_, pages)| pages.len() >= 3) else { return rows };
    // Entries of a list may count like pages, but each says something else.
    let recurs = |rest: &&&str| pages.values().filter(|other| *other == *rest).count() > 1;
    let n_recurring = pages.values().filter(recurs).count();
    if pages.len() * 2 < sheets.len() || n_recurring * 2 < pages.len() {
        return rows;
    }
    for (page_idx, row_idx, ..) in found.iter().filter(|(_, _, offset, _)| offset == best) {
        if let Some(rows) = rows.get_mut(*page_idx) {
            rows.push(*row_idx);
        }
    }
    // The first page of a report may have its number at the foot as well.
    for (page_idx, (sheet, rows)) in sheets.iter().zip(&mut rows).enumerate() {
        let value = i64::try_from(page_idx).unwrap_or(i64::MAX) + best;
        let folio = |row: &Row| number(&row.text()).and_then(Folio::number).map(i64::from);
        let last = sheet.rows.len().saturating_sub(1);
        if !rows.is_empty() && sheet.rows.get(last).and_then(folio) == Some(value) {
            rows.push(last);
        }
    }
    rows
}

/// Marks the rows that [`counting`] found; returns whether there is one.
pub(super) fn mark_counting(
    sheet: &Sheet<'_>,
    found: Option<&Vec<usize>>,
    roles: &mut [Option<Role>],
) -> bool {
    let found = found.map(Vec::as_slice).unwrap_or_default();
    let is_head = |idx: &&usize| {
        let row = sheet.rows.get(**idx);
        row.is_some_and(|row| sheet.within(SECOND_ZONE, row.y()) == Some(Role::Header))
    };
    for idx in found.iter().filter(|idx| !is_head(idx)) {
        if let Some(role) = roles.get_mut(*idx) {
            *role = (*role).or(Some(Role::Footer));
        }
    }
    let Some(last) = found.iter().filter(is_head).max() else { return false };
    let y = sheet.rows.get(*last).map(Row::y).unwrap_or_default();
    // What is drawn at the same height belongs to it.
    let rows = sheet.rows.iter().zip(roles.iter_mut());
    for (_, role) in rows.take_while(|(row, _)| row.y() <= y) {
        *role = (*role).or(Some(Role::Header));
    }
    true
}
