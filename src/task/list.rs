//! Citation lists: filled, ordered, shown and checked. A quotation that does not stand in its
//! source is refused.

use crate::corpus::{List, ListEntry, ListError};
use crate::model::Locator;
use crate::quote;
use crate::store::SourceRow;

use super::cite::{ListEntryView, ListView, check_place, is_abstract, plain_citation};
use super::place::notes_on;
use super::{Desk, TaskError};

/// What goes with places that are added to a list.
#[derive(Clone, Debug, Default)]
pub struct Addition {
    /// A quotation, which must stand at the place.
    pub quote: Option<String>,
    /// What the person says about it.
    pub note: Option<String>,
    /// A heading to stand under.
    pub heading: Option<String>,
}

/// What came of adding places to a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// How many citations the list holds now.
    pub total: usize,
    /// What a reader must know of the places: a number that stands twice, or that a scan lost.
    pub notes: Vec<String>,
}

/// Makes an empty list.
///
/// # Errors
/// A list of this name exists.
pub fn new(desk: &Desk, name: &str, title: Option<String>) -> Result<(), TaskError> {
    match desk.workspace.list(name) {
        Err(ListError::NoSuch { .. }) => {}
        Err(error) => return Err(error.into()),
        Ok(_) => {
            return Err(TaskError::Usage {
                what: format!("there is a list `{name}` already"),
                hint: format!("`misl list show {name}`"),
            });
        }
    }
    desk.workspace.write_list(name, &List { title, ..List::default() })?;
    Ok(())
}

/// Adds places to a list, which is made where there is none.
///
/// # Errors
/// An unknown document, a place that it does not have, or a quotation that does not stand there:
/// then nothing is added.
pub fn add(
    desk: &Desk,
    name: &str,
    places: &[String],
    addition: &Addition,
) -> Result<Added, TaskError> {
    let mut notes = Vec::new();
    let mut list = match desk.workspace.list(name) {
        Ok(list) => list,
        Err(ListError::NoSuch { .. }) => List::default(),
        Err(error) => return Err(error.into()),
    };
    for place in places {
        let (source, at) = desk.place(place)?;
        check_place(desk, &source, &at)?;
        notes.extend(notes_on(desk, &source, &at)?);
        let entry = ListEntry {
            id: source.id,
            key: source.key.clone(),
            at,
            quote: addition.quote.clone(),
            note: addition.note.clone(),
            heading: addition.heading.clone(),
        };
        if let Some(wrong) = quote_state(desk, &source, &entry)? {
            return Err(TaskError::Usage {
                what: format!("the quotation does not stand at {place}: {}", wrong.what),
                hint: if wrong.hint.is_empty() {
                    format!("`misl show {place}` shows what stands there")
                } else {
                    wrong.hint
                },
            });
        }
        list.entries.push(entry);
    }
    desk.workspace.write_list(name, &list)?;
    Ok(Added { total: list.entries.len(), notes })
}

/// Takes entry `number` (from 1) out.
pub fn remove(desk: &Desk, name: &str, number: usize) -> Result<(), TaskError> {
    let mut list = desk.workspace.list(name)?;
    let at = position(&list, name, number)?;
    list.entries.remove(at);
    desk.workspace.write_list(name, &list)?;
    Ok(())
}

/// Moves entry `number` to position `to` (both from 1).
pub fn reorder(desk: &Desk, name: &str, number: usize, to: usize) -> Result<(), TaskError> {
    let mut list = desk.workspace.list(name)?;
    let from = position(&list, name, number)?;
    let to = position(&list, name, to)?;
    let entry = list.entries.remove(from);
    list.entries.insert(to, entry);
    desk.workspace.write_list(name, &list)?;
    Ok(())
}

fn position(list: &List, name: &str, number: usize) -> Result<usize, TaskError> {
    let n_entries = list.entries.len();
    if number == 0 || number > n_entries {
        return Err(TaskError::Usage {
            what: format!("`{name}` has no entry {number}"),
            hint: format!("its entries are numbered 1 to {n_entries}"),
        });
    }
    Ok(number - 1)
}

/// Returns a list with every entry's citation, and whether place and quotation still stand.
pub fn view(desk: &Desk, name: &str) -> Result<ListView, TaskError> {
    let list = desk.workspace.list(name)?;
    let mut entries = Vec::with_capacity(list.entries.len());
    for (at, entry) in list.entries.into_iter().enumerate() {
        let (citation, state) = match desk.by_id(entry.id)? {
            None => (String::new(), "not in this corpus".to_owned()),
            Some(source) => {
                let state = state_of(desk, &source, &entry)?.unwrap_or_else(|| "sound".to_owned());
                (plain_citation(desk, &source, &entry)?, state)
            }
        };
        entries.push(ListEntryView {
            number: at + 1,
            id: entry.id,
            key: entry.key,
            at: entry.at,
            quote: entry.quote,
            note: entry.note,
            heading: entry.heading,
            citation,
            state,
        });
    }
    Ok(ListView { schema: "misl.list/1", name: name.to_owned(), title: list.title, entries })
}

/// Says in words what is wrong with an entry's place or quotation; `None`: all is as it was.
pub(super) fn state_of(
    desk: &Desk,
    source: &SourceRow,
    entry: &ListEntry,
) -> Result<Option<String>, TaskError> {
    match check_place(desk, source, &entry.at) {
        Ok(()) => {}
        Err(TaskError::Usage { what, .. }) => return Ok(Some(what)),
        Err(error) => return Err(error),
    }
    let wrong = quote_state(desk, source, entry)?;
    Ok(wrong.map(|wrong| format!("the quotation does not stand there: {}", wrong.what)))
}

/// What is wrong with a quotation.
struct Wrong {
    what: String,
    hint: String,
}

fn quote_state(
    desk: &Desk,
    source: &SourceRow,
    entry: &ListEntry,
) -> Result<Option<Wrong>, TaskError> {
    let Some(quote) = &entry.quote else { return Ok(None) };
    if is_abstract(source) {
        return Ok(Some(Wrong {
            what: "the corpus holds an abstract of this work, not its words".to_owned(),
            hint: "ingest the work's own file, or put the words into --note".to_owned(),
        }));
    }
    let pages = desk.store.pages(source.docn)?;
    let at: Option<&Locator> = (!entry.at.is_whole()).then_some(&entry.at);
    let verdict = quote::verify(quote, &pages, at);
    if verdict.passes() {
        return Ok(None);
    }
    Ok(Some(Wrong { what: verdict.to_string(), hint: verdict.hint() }))
}
