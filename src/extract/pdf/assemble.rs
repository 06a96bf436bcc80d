//! From paragraphs of lines to the text of a [`Page`], with the span and box of every line.

use super::blocks::Line;
use super::frame::Frame;
use super::hyphen::{Joint, Words};
use super::paragraphs::Para;
use crate::model::document::LineBox;
use crate::model::{Page, Role};
use crate::text::script::lang_of;

/// Most boxes that are kept of one page.
const MAX_LINES: usize = 200_000;

/// Appends `para` to `page`.
pub(super) fn push(page: &mut Page, para: &Para, frame: Frame, words: &Words) {
    let mut text = String::new();
    let mut lines: Vec<LineBox> = Vec::new();
    for cell in para.cells.iter().filter(|cell| !cell.is_empty()) {
        if !text.is_empty() {
            text.push('\t');
        }
        join(cell, frame, words, &mut text, &mut lines);
    }
    if text.is_empty() {
        return;
    }
    let at = page.push(&text, para.role);
    let Some(paragraph) = page.paragraphs.get_mut(at) else { return };
    paragraph.label.clone_from(&para.label);
    paragraph.lang = lang_of(&text);
    let start = paragraph.span.start;
    let room = MAX_LINES.saturating_sub(page.lines.len());
    page.lines.extend(lines.into_iter().take(room).map(|line| LineBox {
        span: line.span.start + start..line.span.end + start,
        rect: line.rect,
    }));
}

/// Joins the lines of one cell or paragraph: a blank between two lines, none at a divided word.
fn join(cell: &[Line], frame: Frame, words: &Words, text: &mut String, lines: &mut Vec<LineBox>) {
    let mut last: Option<&Line> = None;
    for line in cell {
        if let Some(last) = last {
            match words.joint(&last.text, &line.text) {
                Joint::Blank => text.push(' '),
                Joint::Close => {}
                Joint::Drop => {
                    text.pop();
                    if let Some(before) = lines.last_mut() {
                        before.span.end = text.len();
                    }
                }
            }
        }
        let start = text.len();
        text.push_str(&line.text);
        lines.push(LineBox { span: start..text.len(), rect: frame.to_page(line.rect()) });
        last = Some(line);
    }
    // A soft hyphen at the very end divides nothing that we know.
    if text.ends_with('\u{ad}') {
        text.pop();
        text.push('-');
    }
}

/// Tells whether body text that begins with `text` goes on with a paragraph `before`, the last body
/// paragraph of the page before.
pub(super) fn goes_on(before: &Before, text: &str, starts_indented: bool) -> bool {
    let first = text.chars().find(|c| !"\"'“‘([".contains(*c));
    let Some(first) = first else { return false };
    if before.text_ended {
        // A finished sentence goes on only in a word that no sentence begins with.
        return first.is_lowercase() && before.ends_full && !starts_indented;
    }
    let is_label = text.split([' ', '\t']).next().is_some_and(|t| {
        t.ends_with(['.', ')', ']']) && t.len() <= 5 && t.chars().any(|c| c.is_ascii_digit())
    });
    let full = before.ends_full || first.is_lowercase();
    full && !is_label && (!starts_indented || first.is_lowercase())
}

/// Tells whether `text` begins in mid-sentence.
pub(super) fn starts_lower(text: &str) -> bool {
    text.chars().find(|c| !"\"'“‘([".contains(*c)).is_some_and(char::is_lowercase)
}

/// What the next page must know of the last body paragraph of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Before {
    /// Whether it ends a sentence.
    pub(super) text_ended: bool,
    /// Whether its last line is full.
    pub(super) ends_full: bool,
}

/// Tells whether a paragraph of this role can go over a page's end.
pub(super) const fn flows(role: Role) -> bool {
    matches!(role, Role::Body | Role::Quote | Role::List)
}

#[cfg(test)]
mod tests {
    use super::super::faces::Faces;
    use super::*;
    use crate::model::{PageNo, PageOrigin};

    fn line(y: f32, text: &str) -> Line {
        Line {
            text: text.to_owned(),
            x0: 50.0,
            x1: 300.0,
            y,
            size: 10.0,
            first_word: 20.0,
            bold: false,
            rtl: false,
            calls: Vec::new(),
            starts_raised: false,
            hang: None,
            faces: Faces::default(),
        }
    }

    #[test]
    fn lines_keep_their_spans_over_a_divided_word() {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::TextLayer);
        let lines = vec![line(10.0, "the peti-"), line(22.0, "tioner was"), line(34.0, "heard")];
        let para = Para {
            role: Role::Body,
            cells: vec![lines],
            label: None,
            ends_full: false,
            indented: false,
        };
        push(&mut page, &para, Frame::new(0.0, [600.0, 800.0]), &Words::default());
        assert_eq!(page.text, "the petitioner was heard");
        let drawn: Vec<&str> =
            page.lines.iter().filter_map(|line| page.text.get(line.span.clone())).collect();
        assert_eq!(drawn, ["the peti", "tioner was", "heard"]);
    }

    #[test]
    fn cells_are_parted_by_tabs() {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::TextLayer);
        let para = Para {
            role: Role::Table,
            cells: vec![vec![line(10.0, "16.")], vec![line(10.0, "16.04.2024")]],
            label: None,
            ends_full: false,
            indented: false,
        };
        push(&mut page, &para, Frame::new(0.0, [600.0, 800.0]), &Words::default());
        assert_eq!(page.text, "16.\t16.04.2024");
    }

    #[test]
    fn a_paragraph_goes_over_the_page_end() {
        let open = Before { text_ended: false, ends_full: true };
        let ended = Before { text_ended: true, ends_full: true };
        assert!(goes_on(&open, "Mr. Khan who had", false));
        assert!(goes_on(&open, "which was heard", false));
        assert!(!goes_on(&open, "12. The next", false));
        assert!(!goes_on(&ended, "The next", false));
    }
}
