//! One document: a page of it with what stands in it, or a file that is in no workspace.

use std::collections::BTreeSet;

use crate::model::{Locator, PageNo, PageOrigin, Pin, SourceId};
use crate::store::SourceRow;
use sha2::{Digest as _, Sha256};

use super::document::{DocumentView, Parts, view};
use super::place;
use super::understand::{Reading, understand};
use super::{Desk, TaskError};

/// Returns a document with the page that `at` names, or with all pages where it names none.
///
/// # Errors
/// A page past the last one, or a paragraph that the document does not have.
pub fn show(desk: &Desk, source: &SourceRow, at: &Locator) -> Result<DocumentView, TaskError> {
    let numbers = desk.store.page_numbers(source.docn)?;
    let wanted = pages_of(desk, source, at)?;
    let (mut pages, mut ocr) = (Vec::new(), Vec::new());
    for (number, _) in &numbers {
        if wanted.as_ref().is_some_and(|wanted| !wanted.contains(number)) {
            continue;
        }
        if let Some(page) = desk.store.page(source.docn, *number)? {
            if matches!(page.origin, PageOrigin::Ocr | PageOrigin::Plain) {
                let note = desk.store.ocr_note(source.docn, *number)?;
                ocr.extend(note.map(|note| (*number, note)));
            }
            pages.push(page);
        }
    }
    let paths = desk.store.paths_of(source.docn)?.into_iter().map(|row| row.path).collect();
    let reader = crate::model::Reader {
        name: source.reader.clone(),
        version: source.reader_version.clone(),
    };
    let mut document = view(Parts {
        id: source.id,
        paths,
        key: source.key.clone(),
        media_type: &source.media_type,
        reader,
        record: &source.merged(),
        page_count: numbers.len(),
        pages: &pages,
        ocr: &ocr,
        mentions: &desk.store.mentions(source.docn)?,
        references: &desk.store.references(source.docn)?,
        warnings: &desk.store.warnings(source.docn)?,
    });
    document.paged = super::search::is_paged(source, numbers.len());
    document.notes = place::notes_on(desk, source, at)?;
    if let Some(label) = at.para() {
        // The court's own number is meant; our count only where nothing is printed so.
        let all = || pages.iter().flat_map(|page| &page.paragraphs);
        let is_printed = all().any(|one| !one.counted && one.is_called(label));
        for (page, shown) in pages.iter().zip(&mut document.pages) {
            for (paragraph, shown) in page.paragraphs.iter().zip(&mut shown.paragraphs) {
                let is_count = paragraph.counted && paragraph.label.is_none();
                shown.asked = paragraph.is_called(label) && !(is_printed && is_count);
            }
        }
    }
    Ok(document)
}

/// Returns the pages that a locator speaks of; `None`: all of them.
pub(super) fn pages_of(
    desk: &Desk,
    source: &SourceRow,
    at: &Locator,
) -> Result<Option<Vec<PageNo>>, TaskError> {
    let numbers = desk.store.page_numbers(source.docn)?;
    let last = numbers.len();
    for pin in &at.0 {
        match pin {
            Pin::Page(first, end) => {
                let end = end.unwrap_or(*first);
                if end.idx() >= last {
                    let printed = end.to_string();
                    let labelled =
                        numbers.iter().find(|(_, label)| label.as_deref() == Some(&printed));
                    let hint = match labelled {
                        Some((number, _)) => format!(
                            "{}; {printed} is the number printed on p{number}: write pl{printed}",
                            has_pages(last)
                        ),
                        None => has_pages(last),
                    };
                    return Err(TaskError::Usage { what: format!("there is no page {end}"), hint });
                }
                let range = numbers.iter().map(|(number, _)| *number);
                return Ok(Some(range.filter(|n| first <= n && *n <= end).collect()));
            }
            Pin::Label(label, _) => {
                let found = numbers.iter().find(|(_, printed)| {
                    printed.as_ref().is_some_and(|printed| printed.eq_ignore_ascii_case(label))
                });
                return match found {
                    Some((number, _)) => Ok(Some(vec![*number])),
                    None => {
                        let known: Vec<&str> =
                            numbers.iter().filter_map(|(_, label)| label.as_deref()).collect();
                        let count = label.parse().ok().filter(|n| (1..=last).contains(n));
                        let count = count.map_or_else(String::new, |n: usize| {
                            format!("; page {n} as the file counts is p{n}")
                        });
                        let hint = match (known.first(), known.last()) {
                            (Some(first), Some(last)) => {
                                format!("labels run from {first} to {last}{count}")
                            }
                            _ => "no printed labels are known: write p12 for the file's page"
                                .to_owned(),
                        };
                        let what = format!("no page is labelled `{label}`");
                        Err(TaskError::Usage { what, hint })
                    }
                };
            }
            Pin::Para(label, _) => return Ok(Some(paragraph_pages(desk, source, label)?)),
            Pin::Note(label, _) => return Ok(Some(note_pages(desk, source, label)?)),
            _ => {}
        }
    }
    Ok(None)
}

/// Returns the pages on which the paragraph with label `label` stands: the court's own number; in a
/// document whose author numbers none, the counted one.
fn paragraph_pages(desk: &Desk, source: &SourceRow, label: &str) -> Result<Vec<PageNo>, TaskError> {
    let mut found = Vec::new();
    let mut known = BTreeSet::new();
    for (number, _) in desk.store.page_numbers(source.docn)? {
        let Some(page) = desk.store.page(source.docn, number)? else { continue };
        known.extend(page.paragraphs.iter().filter_map(|paragraph| paragraph.number));
        if page.paragraphs.iter().any(|paragraph| paragraph.is_called(label)) {
            found.push(number);
        }
    }
    if found.is_empty() {
        return Err(TaskError::Usage {
            what: format!("there is no paragraph {label}"),
            hint: neighbours(&known, label),
        });
    }
    Ok(found)
}

/// Names the paragraphs nearest to one that is not there.
fn neighbours(known: &BTreeSet<u32>, label: &str) -> String {
    let digits: String = label.chars().take_while(char::is_ascii_digit).collect();
    let last = known.last().map(|last| format!("the last one is {last}")).unwrap_or_default();
    let Ok(wanted) = digits.parse::<u32>() else { return last };
    if known.contains(&wanted) {
        return format!("there is {wanted}, without such an item");
    }
    match (known.range(..wanted).next_back(), known.range(wanted..).next()) {
        (Some(before), Some(after)) => format!("there are {before} and {after}"),
        (None, Some(after)) => format!("the first one is {after}"),
        _ => last,
    }
}

/// Returns the pages on which the note with mark `label` stands.
fn note_pages(desk: &Desk, source: &SourceRow, label: &str) -> Result<Vec<PageNo>, TaskError> {
    let mut found = Vec::new();
    let mut last: Option<String> = None;
    for (number, _) in desk.store.page_numbers(source.docn)? {
        let Some(page) = desk.store.page(source.docn, number)? else { continue };
        for note in page.paragraphs.iter().filter(|paragraph| paragraph.is_note()) {
            let Some(mark) = note.label.as_deref() else { continue };
            if mark == label && found.last() != Some(&number) {
                found.push(number);
            }
            last = Some(mark.to_owned());
        }
    }
    if found.is_empty() {
        return Err(TaskError::Usage {
            what: format!("there is no note {label}"),
            hint: last.map_or_else(
                || "no notes are known of this document".to_owned(),
                |last| format!("the last one is {last}"),
            ),
        });
    }
    Ok(found)
}

/// Reads one file and returns what misl sees in it, without a workspace.
pub fn read(bytes: &[u8], name: &str, reading: Reading<'_>) -> Result<DocumentView, TaskError> {
    let understood = understand(bytes, name, reading)
        .map_err(|source| TaskError::Extract { name: name.to_owned(), source })?;
    let pages = understood.pages;
    Ok(view(Parts {
        id: SourceId(Sha256::digest(bytes).into()),
        paths: vec![name.to_owned()],
        key: None,
        media_type: &understood.media_type,
        reader: understood.reader,
        record: &understood.record,
        page_count: pages.len(),
        pages: &pages,
        ocr: &[],
        mentions: &understood.mentions,
        references: &understood.references,
        warnings: &understood.warnings,
    }))
}

/// Returns `the document has 1 page`, `the document has 12 pages`.
fn has_pages(n: usize) -> String {
    format!("the document has {n} page{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_paragraphs_are_named() {
        let known = BTreeSet::from([2, 4, 9]);
        assert_eq!(neighbours(&known, "3"), "there are 2 and 4");
        assert_eq!(neighbours(&known, "12"), "the last one is 9");
        assert_eq!(neighbours(&known, "1"), "the first one is 2");
        assert_eq!(neighbours(&known, "4(z)"), "there is 4, without such an item");
        assert_eq!(neighbours(&BTreeSet::new(), "4"), "");
    }

    #[test]
    fn one_page_is_no_pages() {
        assert_eq!(has_pages(1), "the document has 1 page");
        assert_eq!(has_pages(12), "the document has 12 pages");
    }
}
