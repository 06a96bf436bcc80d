//! Tables: rows of data as one paragraph, tables that lay out text cell by cell.

use super::numbering::Mark;
use super::{Beside, Runs, Walk};
use crate::extract::table::lines_of_cell;
use crate::extract::xml::Element;
use crate::model::Role;

impl Walk<'_, '_> {
    /// Reads a table by rows; what lays out text and not data is read cell by cell.
    pub(super) fn table(&mut self, table: &Element) {
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        for row in rows {
            let mut cells = Vec::new();
            cells_of(row, &mut cells);
            if is_layout(&cells) {
                for cell in cells {
                    self.blocks(cell);
                }
            } else {
                self.row(&cells);
            }
        }
    }

    /// Reads a row of data as one paragraph, cells by tab.
    fn row(&mut self, cells: &[&Element]) {
        let mut texts = Vec::new();
        let mut label = None;
        let mut beside = Beside::default();
        for cell in cells {
            let mut lines = Vec::new();
            let mut paragraphs = Vec::new();
            paragraphs_of(cell, &mut paragraphs);
            for paragraph in paragraphs {
                let mut runs = Runs::default();
                self.runs(paragraph, &mut runs);
                let is_first =
                    label.is_none() && lines.is_empty() && texts.iter().all(String::is_empty);
                match self.numbering.next(paragraph.child("pPr")) {
                    Some(Mark::Number(drawn)) if is_first => {
                        label = Some(drawn.trim_end_matches('.').to_owned());
                    }
                    // A row has one label: what else is numbered in it says so in the text.
                    Some(Mark::Number(drawn)) if !runs.text.trim().is_empty() => {
                        runs.text.insert_str(0, &format!("{drawn} "));
                    }
                    _ => {}
                }
                if !runs.text.trim().is_empty() {
                    lines.push(runs.text);
                }
                beside.boxes.append(&mut runs.beside.boxes);
                beside.notes.append(&mut runs.beside.notes);
                beside.comments.append(&mut runs.beside.comments);
            }
            texts.push(lines_of_cell(lines));
        }
        let text = texts.join("\t");
        self.draft.push_labelled(text.trim(), self.role.unwrap_or(Role::Table), None, label);
        self.beside(beside);
    }
}

/// Collects the rows of a table, through content controls, not those of tables inside.
pub(super) fn rows_of<'a>(parent: &'a Element, rows: &mut Vec<&'a Element>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "tr" => rows.push(element),
            "del" | "tblPr" | "tblGrid" => {}
            _ => rows_of(element, rows),
        }
    }
}

pub(super) fn cells_of<'a>(parent: &'a Element, cells: &mut Vec<&'a Element>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "tc" => cells.push(element),
            "del" | "trPr" | "tblPrEx" => {}
            _ => cells_of(element, cells),
        }
    }
}

/// Collects the paragraphs of a cell.
pub(super) fn paragraphs_of<'a>(parent: &'a Element, paragraphs: &mut Vec<&'a Element>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "p" => paragraphs.push(element),
            "AlternateContent" => {
                if let Some(choice) = alternative(element) {
                    paragraphs_of(choice, paragraphs);
                }
            }
            "del" | "moveFrom" | "tcPr" => {}
            _ => paragraphs_of(element, paragraphs),
        }
    }
}

/// Tells whether cells hold running text or tables, so that a row is no row of data.
pub(super) fn is_layout(cells: &[&Element]) -> bool {
    let filled = cells.iter().filter(|cell| {
        let mut text = String::new();
        cell.text(&mut text);
        !text.trim().is_empty()
    });
    filled.count() <= 1
        || cells.iter().any(|cell| {
            let mut text = String::new();
            cell.text(&mut text);
            let n_paragraphs = cell.elements().filter(|element| element.name == "p").count();
            cell.elements().any(|element| element.name == "tbl")
                || n_paragraphs > 6
                || text.chars().count() > 1500
        })
}

/// Returns the first choice of an `mc:AlternateContent`, or what stands in its place; never both.
pub(super) fn alternative(element: &Element) -> Option<&Element> {
    let choice = element.child("Choice").filter(|choice| {
        let mut text = false;
        choice.each(&mut |inner| text |= matches!(inner.name.as_str(), "t" | "txbxContent"));
        text
    });
    choice.or_else(|| element.child("Fallback")).or_else(|| element.child("Choice"))
}
