//! Pictures of cited PDF pages, and where on them a quotation stands.

use crate::extract::pdf::Picture;
use crate::extract::{Job, Limits};
use crate::model::{Page, PageNo, Span};
use crate::task::Readers;

/// How finely pages are drawn: letters of eight points can be read.
const DPI: u32 = 110;
/// A stretch of a picture, in hundredths of its width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// Draws a page where the readers read, in the sandbox; `None`: it cannot be drawn, and the bundle
/// is made all the same.
pub(super) fn draw(readers: &Readers, bytes: &[u8], page: PageNo) -> Option<Picture> {
    let limits = Limits::default();
    let job = Job { name: "", limits: &limits, beat: &|| (), passwords: &[], charset: None };
    readers.picture(bytes, page, DPI, &job).ok()
}

/// Returns the marks of the bytes `span` of a page's text, a line each.
///
/// Lines are known by their boxes; within a line the letters are taken to be of one width, so a
/// mark may begin or end a letter too early.
pub(super) fn marks(page: &Page, span: &Span, picture: &Picture) -> Vec<Mark> {
    #[expect(clippy::cast_precision_loss, reason = "pixels of one page and letters of one line")]
    let number = |n: usize| n as f32;
    let scale = 72.0 / number(picture.dpi as usize);
    let size = [number(picture.width as usize) * scale, number(picture.height as usize) * scale];
    if size.iter().any(|points| *points <= 0.0) {
        return Vec::new();
    }
    let mut marks = Vec::new();
    for line in &page.lines {
        let (start, end) = (line.span.start.max(span.start), line.span.end.min(span.end));
        let text = page.text.get(line.span.clone()).unwrap_or_default();
        if start >= end || text.is_empty() {
            continue;
        }
        let letters = |range: Span| {
            let part = page.text.get(range).unwrap_or_default();
            number(part.chars().count())
        };
        let all = letters(line.span.clone()).max(1.0);
        let (before, inside) = (letters(line.span.start..start), letters(start..end));
        let [left, top, right, bottom] = line.rect;
        let width = right - left;
        // Right-to-left lines begin at the right.
        let from = if crate::text::script::lang_of(text).is_rtl() {
            right - width * (before + inside) / all
        } else {
            left + width * before / all
        };
        marks.push(Mark {
            left: (from / size[0] * 100.0).clamp(0.0, 100.0),
            top: (top / size[1] * 100.0).clamp(0.0, 100.0),
            width: (width * inside / all / size[0] * 100.0).clamp(0.0, 100.0),
            height: ((bottom - top) / size[1] * 100.0).clamp(0.0, 100.0),
        });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::LineBox;
    use crate::model::{PageOrigin, Role};

    #[test]
    fn a_mark_lies_over_its_words() {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::TextLayer);
        page.push("abcd efgh", Role::Body);
        page.lines.push(LineBox { span: 0..9, rect: [72.0, 72.0, 162.0, 84.0] });
        let picture = Picture { width: 1000, height: 1000, dpi: 72, png: Vec::new() };
        let found = marks(&page, &(5..9), &picture);
        assert_eq!(found, [Mark { left: 12.2, top: 7.2, width: 4.0, height: 1.2 }]);
        assert!(marks(&page, &(20..30), &picture).is_empty());
    }
}
