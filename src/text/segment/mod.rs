//! Paragraph labels, sentences and passages.
//!
//! [`label_paragraphs`] finds the numbers that a court printed before its paragraphs; it never
//! counts. [`sentences`] cuts a text at its sentence ends, and [`passages`] cuts a page into what
//! the index holds: a paragraph, or parts of a very long one.

mod appendix;
mod candidate;
mod chain;
mod holes;
mod label;
mod mark;
mod number;
mod reach;
mod seam;
mod sentence;
mod shape;
mod statute;
mod unit;

pub use label::label_paragraphs;
pub use number::number_paragraphs;
pub use reach::{case_number_end, heads};
pub use sentence::{awaits_more, sentences};
pub use shape::leads_to_page;

use crate::model::{Page, Span};

/// What is indexed and what a hit is: a paragraph, or a part of a very long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageSpan {
    /// Position in [`Page::paragraphs`].
    pub paragraph_idx: usize,
    /// Bytes of the page's text, without blanks at either end.
    pub span: Span,
}

/// The most characters that a passage should hold; only a single longer word breaks it.
const MAX_CHARS: usize = 1_200;

/// A last part with fewer characters joins the part before it.
const MIN_CHARS: usize = 200;

/// Returns the passages of a page in reading order; a paragraph without letters or digits has none.
///
/// Every paragraph is its own passage, whatever its role: the caller leaves out the roles it does
/// not want.
pub fn passages(page: &Page) -> Vec<PassageSpan> {
    let mut passages = Vec::with_capacity(page.paragraphs.len());
    for (paragraph_idx, paragraph) in page.paragraphs.iter().enumerate() {
        let text = page.paragraph_text(paragraph);
        if !text.chars().any(char::is_alphanumeric) {
            continue;
        }
        let start = paragraph.span.start;
        let spans = parts(text).into_iter().map(|part| start + part.start..start + part.end);
        passages.extend(spans.map(|span| PassageSpan { paragraph_idx, span }));
    }
    passages
}

/// Cuts `text` at sentence ends into parts of at most [`MAX_CHARS`].
fn parts(text: &str) -> Vec<Span> {
    let whole = trimmed(text, 0..text.len());
    // A byte is at least a quarter of a character, so that short paragraphs need no counting.
    if whole.len() <= MAX_CHARS || n_chars(text, &whole) <= MAX_CHARS {
        return vec![whole];
    }
    let mut parts: Vec<Span> = Vec::new();
    for sentence in sentences(text).into_iter().flat_map(|span| chunks(text, span)) {
        match parts.last_mut() {
            Some(last) if n_chars(text, &(last.start..sentence.end)) <= MAX_CHARS => {
                last.end = sentence.end;
            }
            _ => parts.push(sentence),
        }
    }
    if let [.., before, last] = parts.as_mut_slice()
        && n_chars(text, last) < MIN_CHARS
        && n_chars(text, &(before.start..last.end)) <= MAX_CHARS + MIN_CHARS
    {
        before.end = last.end;
        parts.pop();
    }
    parts
}

/// Cuts a sentence that is itself too long at its last blank before the limit.
fn chunks(text: &str, span: Span) -> Vec<Span> {
    let mut chunks = Vec::new();
    let mut rest = span;
    loop {
        let piece = text.get(rest.clone()).unwrap_or_default();
        let Some((limit, _)) = piece.char_indices().nth(MAX_CHARS) else { break };
        let head = piece.get(..limit).unwrap_or_default();
        let cut = head.rfind(char::is_whitespace).filter(|&cut| cut > 0).unwrap_or(limit);
        chunks.push(trimmed(text, rest.start..rest.start + cut));
        rest = trimmed(text, rest.start + cut..rest.end);
    }
    if !rest.is_empty() {
        chunks.push(rest);
    }
    chunks
}

/// Returns `span` without the blanks at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let piece = text.get(span.clone()).unwrap_or_default();
    let start = span.start + (piece.len() - piece.trim_start().len());
    start..start + piece.trim().len()
}

fn n_chars(text: &str, span: &Span) -> usize {
    text.get(span.clone()).unwrap_or_default().chars().count()
}

/// Returns pages of body paragraphs.
#[cfg(test)]
fn plain_pages(pages: &[&[&str]]) -> Vec<Page> {
    pages
        .iter()
        .enumerate()
        .map(|(page_idx, paragraphs)| {
            let mut page = Page::empty(
                crate::model::PageNo::from_idx(page_idx),
                crate::model::PageOrigin::Plain,
            );
            for text in *paragraphs {
                page.push(text, crate::model::Role::Body);
            }
            page
        })
        .collect()
}

/// Checks the labels of body paragraphs on one page; an empty one is none.
#[cfg(test)]
#[track_caller]
fn check_labels(paragraphs: &[&str], expect: &[&str]) {
    let mut pages = plain_pages(&[paragraphs]);
    label_paragraphs(&mut pages);
    assert_eq!(labels_of(&pages[0]), expect);
}

/// Returns the labels of the paragraphs of a page.
#[cfg(test)]
fn labels_of(page: &Page) -> Vec<&str> {
    page.paragraphs.iter().map(|one| one.label.as_deref().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageNo, PageOrigin, Role};

    fn page(paragraphs: &[&str]) -> Page {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        for text in paragraphs {
            page.push(text, Role::Body);
        }
        page
    }

    #[test]
    fn a_paragraph_is_a_passage_and_an_empty_one_none() {
        let page = page(&["First.", "  ", "* * *", " Second. "]);
        let found: Vec<(usize, &str)> = passages(&page)
            .iter()
            .map(|passage| (passage.paragraph_idx, page.text.get(passage.span.clone()).unwrap()))
            .collect();
        assert_eq!(found, [(0, "First."), (3, "Second.")]);
    }

    #[test]
    fn a_long_paragraph_is_cut_at_sentence_ends_and_loses_nothing() {
        let long = "The licensee shall keep no record. ".repeat(60);
        let page = page(&[&long]);
        let passages = passages(&page);
        assert_eq!(passages.len(), 2);
        let mut words = 0;
        for passage in &passages {
            let text = page.text.get(passage.span.clone()).unwrap();
            assert!(text.starts_with("The") && text.ends_with("record."), "{text}");
            assert!(text.chars().count() <= MAX_CHARS + MIN_CHARS);
            words += text.split_whitespace().count();
        }
        assert_eq!(words, 360);
    }

    #[test]
    fn a_sentence_without_end_is_cut_at_blanks() {
        let page = page(&[&"لفظ ".repeat(1_000)]);
        let n_words: usize = passages(&page)
            .iter()
            .map(|passage| page.text.get(passage.span.clone()).unwrap())
            .map(|text| text.split_whitespace().count())
            .sum();
        assert_eq!(n_words, 1_000);
        assert!(passages(&page).iter().all(|p| p.span.len() <= MAX_CHARS * 2));
    }
}
