//! The words of a document, or of a place in it, each with the paragraph that it stands in.

use crate::model::{self, Lang, Locator, Page, PageNo, Pin, Span};
use crate::store::SourceRow;
use crate::text::analyse;

use super::search::is_paged;
use super::{Desk, TaskError};

/// A paragraph with its place.
pub(super) struct Paragraph {
    /// The source's own text.
    pub(super) text: String,
    pub(super) lang: Lang,
    /// What to type after `misl cite`.
    pub(super) cite_as: String,
}

/// A word and where it stands.
pub(super) struct Word {
    /// The folded form.
    pub(super) exact: String,
    /// Index of its paragraph among those given.
    pub(super) paragraph_idx: usize,
    /// Bytes of the paragraph's text.
    pub(super) span: Span,
}

/// Returns the paragraphs of a document, or of a place in it, without running heads and the like.
pub(super) fn paragraphs(
    desk: &Desk,
    source: &SourceRow,
    at: Option<&Locator>,
) -> Result<Vec<Paragraph>, TaskError> {
    let wanted = match at {
        Some(at) => super::show::pages_of(desk, source, at)?,
        None => None,
    };
    let labels: Vec<&str> = at
        .iter()
        .flat_map(|at| &at.0)
        .filter_map(|pin| match pin {
            Pin::Para(label, _) => Some(label.as_str()),
            _ => None,
        })
        .collect();
    let numbers = desk.store.page_numbers(source.docn)?;
    let paged = is_paged(source, numbers.len());
    let key = source.key.clone().unwrap_or_else(|| source.id.short(12));
    let mut found = Vec::new();
    for (number, _) in numbers {
        if wanted.as_ref().is_some_and(|wanted| !wanted.contains(&number)) {
            continue;
        }
        let Some(page) = desk.store.page(source.docn, number)? else { continue };
        for paragraph in &page.paragraphs {
            if paragraph.role.is_boilerplate() {
                continue;
            }
            let is_wanted =
                labels.is_empty() || labels.iter().any(|label| is_called(paragraph, label));
            if !is_wanted {
                continue;
            }
            found.push(Paragraph {
                text: page.paragraph_text(paragraph).to_owned(),
                lang: paragraph.lang,
                cite_as: place_of(&key, number, Some(paragraph), paged),
            });
        }
    }
    Ok(found)
}

/// Returns the words of some paragraphs, in order.
pub(super) fn words(paragraphs: &[Paragraph]) -> Vec<Word> {
    let mut words = Vec::new();
    for (paragraph_idx, paragraph) in paragraphs.iter().enumerate() {
        for token in analyse(&paragraph.text, paragraph.lang).iter() {
            words.push(Word { exact: token.exact.to_owned(), paragraph_idx, span: token.span });
        }
    }
    words
}

/// Returns what to type after `misl show` for byte `at` of a page.
pub(super) fn place_name(source: &SourceRow, page: &Page, at: usize) -> String {
    let name = source.key.clone().unwrap_or_else(|| source.id.short(12));
    let paged = is_paged(source, page.number.idx() + 1);
    let paragraph = page.paragraphs.iter().find(|paragraph| paragraph.span.contains(&at));
    place_of(&name, page.number, paragraph.filter(|one| !paged || one.label.is_some()), paged)
}

/// Returns the place of a paragraph as one types it behind a key: `key@p12,para18`, `key@p3,n2`; in
/// a file without pages `key@para18`, and the key alone where nothing counts.
pub(super) fn place_of(
    key: &str,
    number: PageNo,
    paragraph: Option<&model::Paragraph>,
    paged: bool,
) -> String {
    match (paragraph.and_then(|paragraph| paragraph.pin(paged)), paged) {
        (Some(pin), true) => format!("{key}@p{number},{pin}"),
        (Some(pin), false) => format!("{key}@{pin}"),
        (None, true) => format!("{key}@p{number}"),
        (None, false) => key.to_owned(),
    }
}

/// Tells whether `@para…` with this label means the paragraph: by its printed label, or by the
/// number under which it stands.
pub(super) fn is_called(paragraph: &model::Paragraph, label: &str) -> bool {
    !paragraph.is_note()
        && (paragraph.label.as_deref() == Some(label)
            || paragraph.under.as_deref() == Some(label)
            || paragraph.label.is_none()
                && paragraph.number.is_some_and(|number| number.to_string() == label))
}

/// Returns at most `max_chars` characters of `text` around byte `at`, cut between words.
pub(super) fn around(text: &str, at: usize, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let before = text.get(..at).unwrap_or_default().chars().count();
    let start = before.saturating_sub(max_chars / 2);
    let part: String = text.chars().skip(start).take(max_chars).collect();
    let head = if start > 0 { "… " } else { "" };
    let words = if start > 0 {
        part.split_once(' ').map_or(part.as_str(), |(_, rest)| rest)
    } else {
        &part
    };
    let tail = if start + max_chars < text.chars().count() { " …" } else { "" };
    let words = if tail.is_empty() {
        words
    } else {
        words.rsplit_once(' ').map_or(words, |(rest, _)| rest)
    };
    format!("{head}{words}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_passage_is_cut_between_words_around_its_reference() {
        let text = format!("{} PLD 1998 SC 388 {}", "before ".repeat(200), "after ".repeat(200));
        let at = text.find("PLD").unwrap();
        let cut = around(&text, at, 100);
        assert!(cut.contains("PLD 1998 SC 388") && cut.starts_with("… ") && cut.ends_with(" …"));
        assert!(cut.chars().count() < 110, "{cut}");
        assert_eq!(around("short", 0, 100), "short");
    }
}
