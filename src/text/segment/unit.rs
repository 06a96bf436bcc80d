//! The paragraphs that may bear a number, and what their place on the page says of them.

use std::collections::BTreeMap;

use super::candidate::announces_judgment;
use crate::model::{Page, Paragraph, Role};

/// A paragraph that may bear a label.
pub(super) struct Unit<'a> {
    /// Page and paragraph, both counted from 0.
    pub(super) place: (usize, usize),
    pub(super) text: &'a str,
    pub(super) role: Role,
    /// A quotation that began earlier is still open where the paragraph begins.
    pub(super) in_quote: bool,
    /// All its lines stand further right than the page's body: a quotation, most likely.
    pub(super) set_off: bool,
    /// Set by a reader.
    pub(super) label: Option<String>,
    /// It goes on with a paragraph of the page before.
    pub(super) continues: bool,
    /// It was read by OCR.
    pub(super) scanned: bool,
}

/// Returns the paragraphs that may bear labels, in order.
pub(super) fn units(pages: &[Page]) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    let mut quote = QuoteState::default();
    for (page_idx, page) in pages.iter().enumerate() {
        let left = body_left(page);
        for (paragraph_idx, paragraph) in page.paragraphs.iter().enumerate() {
            // A quotation bears none of the court's numbers, but one that a reader computed for it is
            // shown as that of an item.
            let is_numbered_quote = paragraph.role == Role::Quote && paragraph.label.is_some();
            let may_bear =
                matches!(paragraph.role, Role::Body | Role::List | Role::Heading | Role::Table);
            let text = page.paragraph_text(paragraph);
            // `The Judgment of the Court was delivered by` is indented like a quotation.
            let is_announcement = paragraph.role == Role::Quote && announces_judgment(text);
            if !may_bear && !is_numbered_quote && !is_announcement {
                continue;
            }
            let in_quote = quote.is_open();
            quote.read(text);
            units.push(Unit {
                place: (page_idx, paragraph_idx),
                text,
                role: paragraph.role,
                in_quote,
                set_off: left.is_some_and(|left| is_set_off(page, paragraph, left)),
                label: paragraph.label.clone().filter(|_| !paragraph.continues),
                continues: paragraph.continues,
                scanned: page.origin.is_ocr(),
            });
        }
    }
    units
}

/// Whether a quotation is open, paragraph after paragraph.
#[derive(Default)]
pub(super) struct QuoteState {
    depth: u8,
}

impl QuoteState {
    pub(super) const fn is_open(&self) -> bool {
        self.depth > 0
    }

    /// Reads the double quotes of a paragraph.
    ///
    /// Each paragraph of a long quotation opens it anew, so an opener at the very beginning counts
    /// once, and a closer closes all.
    pub(super) fn read(&mut self, text: &str) {
        if text.bytes().all(|byte| byte != b'"' && byte.is_ascii()) {
            return;
        }
        let mut before = ' ';
        for c in text.chars() {
            match c {
                '“' | '«' => self.depth = 1,
                '”' | '»' => self.depth = 0,
                // A straight quote behind a letter or a stop closes; one that a scan made of dirt
                // at a line's end opens nothing.
                '"' => {
                    let opens = before.is_whitespace() || matches!(before, '(' | '[');
                    self.depth = u8::from(opens);
                }
                _ => {}
            }
            before = c;
        }
    }
}

/// Returns the left edge of the page's body, in points, rounded; `None` without line boxes.
fn body_left(page: &Page) -> Option<i32> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    // Counted in bytes of text: the narrow first columns of an order sheet have many lines.
    for line in &page.lines {
        *counts.entry(rounded(line.rect[0])).or_default() += line.span.end - line.span.start;
    }
    let n_bytes: usize = counts.values().sum();
    // The leftmost edge that an eighth of the text shares: quotations stand further in.
    (page.lines.len() >= 8)
        .then(|| counts.iter().find(|(_, count)| **count * 8 >= n_bytes).map(|(&left, _)| left))?
}

#[expect(clippy::cast_possible_truncation, reason = "page coordinates are below 14,400 points")]
fn rounded(x: f32) -> i32 {
    // Steps of 3 points: justified lines differ by a hair.
    (x / 3.0).round() as i32 * 3
}

/// Tells whether a paragraph of two lines or more stands 16 points or more inside the body.
fn is_set_off(page: &Page, paragraph: &Paragraph, left: i32) -> bool {
    let mut n_lines = 0;
    for line in &page.lines {
        if line.span.start >= paragraph.span.start && line.span.end <= paragraph.span.end {
            n_lines += 1;
            if rounded(line.rect[0]) < left + 16 {
                return false;
            }
        }
    }
    n_lines >= 2
}
