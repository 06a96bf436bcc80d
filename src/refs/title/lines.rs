//! The lines of the head and foot of a document, whatever its reader made of them.

use crate::model::{Page, PageNo, PageOrigin, Role};

/// One line of text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Blanks collapsed to one; wide gaps and tabs are one tab.
    pub(super) text: String,
    pub(super) page: PageNo,
    pub(super) role: Role,
    /// Lines of one paragraph share this number, which counts through the document.
    pub(super) paragraph: usize,
    /// Where the line begins on the page, in points, where the reader knows it.
    pub(super) left: Option<i32>,
    /// The line begins in the right half of its page.
    pub(super) right: bool,
}

impl Line {
    /// Returns the letters and digits alone, in upper case: `H C J D A 38.` gives `HCJDA38`.
    pub(super) fn squeezed(&self) -> String {
        squeeze(&self.text)
    }

    /// Returns the line with tabs as blanks.
    pub(super) fn plain(&self) -> String {
        self.text.replace('\t', " ")
    }

    /// Tells whether the line may belong to the head of a document.
    pub(super) fn is_of_head(&self) -> bool {
        match self.role {
            Role::Footer => false,
            Role::Header => self.page == PageNo::FIRST,
            _ => true,
        }
    }

    /// Tells whether the line only rules or decorates: it holds no letter.
    pub(super) fn is_rule(&self) -> bool {
        !self.text.chars().any(char::is_alphabetic)
    }
}

/// Returns letters and digits of `text` in upper case.
pub(super) fn squeeze(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        // Every line of every head passes here, and nearly all are ASCII.
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                letters.push(c.to_ascii_uppercase());
            }
        } else if c.is_alphanumeric() {
            letters.extend(c.to_uppercase());
        }
    }
    letters
}

/// How many paragraphs at the head and at the foot of a page of markup are looked at: a saved law is
/// one page of thousands of paragraphs, and says what it is in the first of them.
const HEAD_PARAGRAPHS: usize = 1_000;
const FOOT_PARAGRAPHS: usize = 200;

/// Returns the lines of `pages` in order, running heads and feet among them (see [`Line::role`]).
///
/// A paragraph is split at its line breaks, or at its drawn lines where the page knows them.
/// Empty lines, watermarks, margins, stray letters of torn watermarks, and the middle of a very long
/// page of markup are left out.
pub(super) fn lines(pages: &[Page]) -> Vec<Line> {
    let mut lines = Vec::new();
    each_line(pages, |line| {
        lines.push(line);
        true
    });
    lines
}

/// Returns the first of these lines, up to that which is the last of `n_lines` of a head.
pub(super) fn head(pages: &[Page], n_lines: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut n_left = n_lines;
    each_line(pages, |line| {
        n_left -= usize::from(line.is_of_head());
        lines.push(line);
        n_left > 0
    });
    lines
}

/// Hands on the lines that [`lines`] returns, as long as `take` wants more.
fn each_line(pages: &[Page], mut take: impl FnMut(Line) -> bool) {
    let mut paragraph_no = 0;
    for page in pages {
        // Markup has no torn watermarks; `M` is a party there, and `ON` a line.
        let drawn = !matches!(page.origin, PageOrigin::Markup | PageOrigin::Plain);
        let middle = middle(page);
        let foot = page.paragraphs.len().saturating_sub(FOOT_PARAGRAPHS);
        for (idx, paragraph) in page.paragraphs.iter().enumerate() {
            paragraph_no += 1;
            if !drawn && idx >= HEAD_PARAGRAPHS && idx < foot {
                continue;
            }
            if matches!(
                paragraph.role,
                Role::Watermark | Role::Margin | Role::Navigation | Role::Comment | Role::Footnote
            ) {
                continue;
            }
            for (at, piece) in pieces(page, paragraph.span.start, paragraph.span.end) {
                let text = collapse(piece);
                if text.is_empty() || (drawn && is_torn(&text)) {
                    continue;
                }
                let left = left(page, at);
                let goes_on = take(Line {
                    text,
                    page: page.number,
                    role: paragraph.role,
                    paragraph: paragraph_no,
                    left: left.map(whole),
                    right: left.is_some_and(|left| left > middle),
                });
                if !goes_on {
                    return;
                }
            }
        }
    }
}

/// Returns where the drawn line at byte `at` begins.
fn left(page: &Page, at: usize) -> Option<f32> {
    let behind = page.lines.partition_point(|line| line.span.start <= at);
    let line = page.lines.get(behind.checked_sub(1)?).filter(|line| at < line.span.end)?;
    Some(line.rect[0])
}

/// Returns the middle of what is drawn on a page.
fn middle(page: &Page) -> f32 {
    let edges = page.lines.iter().map(|line| (line.rect[0], line.rect[2]));
    let (first, last) = edges.fold((f32::MAX, f32::MIN), |(first, last), (left, right)| {
        (first.min(left), last.max(right))
    });
    f32::midpoint(first, last)
}

/// Returns points as a whole number.
#[expect(clippy::cast_possible_truncation, reason = "the points of a page are a few thousand")]
const fn whole(points: f32) -> i32 {
    points as i32
}

/// Splits a paragraph into its lines, each with the byte where it begins.
fn pieces(page: &Page, start: usize, end: usize) -> Vec<(usize, &str)> {
    let whole = page.text.get(start..end).unwrap_or_default();
    if whole.contains('\n') {
        let mut at = start;
        return whole
            .split('\n')
            .map(|piece| {
                let from = at;
                at += piece.len() + 1;
                (from, piece)
            })
            .collect();
    }
    let first = page.lines.partition_point(|line| line.span.start < start);
    let drawn = page.lines.get(first..).unwrap_or_default();
    let cuts: Vec<usize> = drawn
        .iter()
        .map(|line| line.span.start)
        .take_while(|&at| at < end)
        .filter(|&at| at > start)
        .collect();
    let mut pieces = Vec::with_capacity(cuts.len() + 1);
    let mut from = start;
    for cut in cuts.into_iter().chain([end]) {
        pieces.extend(page.text.get(from..cut).map(|piece| (from, piece)));
        from = cut;
    }
    pieces
}

/// Collapses blanks; a tab, or three blanks and more, becomes one tab.
fn collapse(piece: &str) -> String {
    let mut text = String::with_capacity(piece.len());
    let mut n_blanks = 0;
    let mut tab = false;
    for c in piece.trim().chars() {
        if c.is_whitespace() {
            n_blanks += 1;
            tab = tab || c == '\t';
            continue;
        }
        if n_blanks > 0 {
            text.push(if tab || n_blanks >= 3 { '\t' } else { ' ' });
        }
        (n_blanks, tab) = (0, false);
        text.push(c);
    }
    text
}

/// Tells whether a line is one to three letters of a torn watermark (`ly`, `tif`, `rR`).
fn is_torn(text: &str) -> bool {
    let short = text.len() <= 3 && text.chars().all(|c| c.is_ascii_alphabetic());
    short && !matches!(squeeze(text).as_str(), "VS" | "V" | "IN" | "J" | "AND")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_become_tabs_and_torn_watermarks_go() {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::TextLayer);
        page.push("  Adil  Khan     Versus   Nadir\n ly\nVs", Role::Body);
        let lines = lines(&[page]);
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["Adil Khan\tVersus\tNadir", "Vs"]);
    }
}
