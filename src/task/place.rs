//! The words of a document, or of a place in it, each with the paragraph that it stands in.

use std::collections::BTreeSet;

use crate::model::{self, Lang, Locator, Page, PageNo, Pin, Span};
use crate::store::SourceRow;
use crate::text::{analyse, segment};

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
                labels.is_empty() || labels.iter().any(|label| paragraph.is_called(label));
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
    place_of(&name, page.number, paragraph, paged)
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

/// Says what a reader must know of the place: that the number of its paragraph is printed twice, or
/// could not be read on the scan, or that its page bears a number that another page bears as well.
/// A page in the place decides which paragraph is meant.
pub(super) fn notes_on(
    desk: &Desk,
    source: &SourceRow,
    at: &Locator,
) -> Result<Vec<String>, TaskError> {
    let Some(label) = at.para() else { return same_page_number(desk, source, at) };
    let named = at.0.iter().find(|pin| matches!(pin, Pin::Page(..) | Pin::Label(..)));
    let wanted = match named {
        Some(pin) => super::show::pages_of(desk, source, &Locator(vec![pin.clone()]))?,
        None => None,
    };
    let pages = desk.store.pages(source.docn)?;
    let paged = is_paged(source, pages.len());
    let is_wanted = |page: &PageNo| wanted.as_ref().is_none_or(|wanted| wanted.contains(page));
    let all = printed(&pages, label);
    let mut notes = Vec::new();
    // Where such a paragraph goes on over pages, its number stands on the first.
    if let Some(one) = all.iter().find(|one| one.inferred) {
        notes.push(format!(
            "the number {label} cannot be read on p. {}: it is the one that is missing between its \
             neighbours; look at the picture of the page",
            one.page
        ));
    }
    let found: Vec<Printed> = all.into_iter().filter(|one| is_wanted(&one.page)).collect();
    if found.len() > 1 {
        let places: Vec<String> = found.iter().map(|one| one.words(paged)).collect();
        let on: BTreeSet<PageNo> = found.iter().map(|one| one.page).collect();
        let advice = match on.first() {
            Some(first) if on.len() > 1 => format!("name the page: @p{first},para{label}"),
            _ => "say in words which is meant".to_owned(),
        };
        let n =
            if found.len() == 2 { "twice".to_owned() } else { format!("{} times", found.len()) };
        notes.push(format!("paragraph {label} stands {n}: {}; {advice}", places.join(", ")));
    }
    Ok(notes)
}

/// Says that a page of the place bears the number of another one: an opinion that is counted anew
/// behind its syllabus has two pages 1.
fn same_page_number(
    desk: &Desk,
    source: &SourceRow,
    at: &Locator,
) -> Result<Vec<String>, TaskError> {
    if !at.0.iter().any(|pin| matches!(pin, Pin::Page(..) | Pin::Label(..))) {
        return Ok(Vec::new());
    }
    let Some(wanted) = super::show::pages_of(desk, source, at)? else { return Ok(Vec::new()) };
    let numbers = desk.store.page_numbers(source.docn)?;
    let label_of = |page: &PageNo| {
        let found = numbers.iter().find(|(number, _)| number == page);
        found.and_then(|(_, label)| label.as_ref())
    };
    let shared = wanted.iter().filter_map(label_of).find_map(|label| {
        let same = |other: &&(PageNo, Option<String>)| {
            other.1.as_ref().is_some_and(|other| other.eq_ignore_ascii_case(label))
        };
        let pages: Vec<PageNo> = numbers.iter().filter(same).map(|(number, _)| *number).collect();
        (pages.len() > 1).then_some((label, pages))
    });
    Ok(shared.map_or_else(Vec::new, |(label, pages)| {
        let n =
            if pages.len() == 2 { "twice".to_owned() } else { format!("{} times", pages.len()) };
        let listed: Vec<String> = pages.iter().map(|page| format!("@p{page}")).collect();
        let printed = listed.join(", ");
        vec![format!("page {label} stands {n}: {printed}; say in words which is meant")]
    }))
}

/// A paragraph that bears a number in print.
struct Printed {
    page: PageNo,
    /// What it stands under.
    head: Option<String>,
    inferred: bool,
}

impl Printed {
    fn words(&self, paged: bool) -> String {
        let page = paged.then(|| format!("p. {}", self.page));
        let head = self.head.as_ref().map(|head| format!("under “{head}”"));
        let parts: Vec<String> = page.into_iter().chain(head).collect();
        if parts.is_empty() { "at the beginning".to_owned() } else { parts.join(" ") }
    }
}

/// Returns the paragraphs that bear a number in print, each with the head that it stands under.
fn printed(pages: &[Page], label: &str) -> Vec<Printed> {
    /// The most of a head that is shown, in characters.
    const HEAD: usize = 60;
    let is_it = |one: &model::Paragraph| {
        let own = one.cited_label().filter(|_| !one.continues);
        own.is_some_and(|own| own.eq_ignore_ascii_case(label))
    };
    let n_printed = pages.iter().flat_map(|page| &page.paragraphs).filter(|one| is_it(one)).count();
    // One alone needs no telling apart.
    let heads = if n_printed > 1 { segment::heads(pages) } else { BTreeSet::new() };
    let mut head = None;
    let mut found = Vec::new();
    for (page_idx, page) in pages.iter().enumerate() {
        for (idx, paragraph) in page.paragraphs.iter().enumerate() {
            if heads.contains(&(page_idx, idx)) {
                head = Some(around(page.paragraph_text(paragraph).trim(), 0, HEAD));
            }
            if is_it(paragraph) {
                let inferred = paragraph.inferred;
                found.push(Printed { page: page.number, head: head.clone(), inferred });
            }
        }
    }
    found
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
