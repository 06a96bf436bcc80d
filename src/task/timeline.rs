//! The dated events of the documents that a query finds: their own dates, each with its role, and
//! what later happened to them.

use serde::Serialize;

use crate::model::record::{DateRole, Origin};
use crate::model::{Date, Kind, SourceId};
use crate::store::SourceRow;
use crate::text::csv::{Cells, write_row};

use super::search::{QueryEcho, SearchOptions, ask, is_paged};
use super::{Desk, TaskError};

/// The columns of the table; columns are only ever added at the end.
const COLUMNS: [&str; 11] = [
    "date", "event", "key", "title", "kind", "court", "page", "cite_as", "source", "origin",
    "document",
];

/// Dated events, oldest first: schema `misl.timeline/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Timeline {
    pub schema: &'static str,
    pub query: QueryEcho,
    pub total_documents: u64,
    /// How many of the documents have no event with a date.
    pub undated: u64,
    /// Whether every document of the query is in it.
    pub complete: bool,
    pub events: Vec<Event>,
}

/// Something that happened on a day, in a month or in a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// The date, as exactly as it is known.
    pub date: Date,
    /// The role of a date of the record (`hearing`, `order`), or the state of an order
    /// (`suspended`).
    pub event: String,
    /// Whether it happened to the document later, and is no date of the document itself.
    pub is_status: bool,
    /// The document.
    pub id: SourceId,
    /// Its citation key.
    pub key: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it is.
    pub kind: Option<Kind>,
    /// Its court.
    pub court: Option<String>,
    /// The page that the date was read on.
    pub page: Option<u32>,
    /// What to type after `misl cite`.
    pub cite_as: String,
    /// Where the date comes from; `null` for what later happened.
    pub origin: Option<Origin>,
    /// Who did it and where this was learned, for what later happened.
    pub source: Option<String>,
}

/// Returns the events of the documents that a query finds.
pub fn timeline(desk: &Desk, options: &SearchOptions<'_>) -> Result<Timeline, TaskError> {
    let engine = desk.engine()?;
    let all = SearchOptions { offset: 0, limit: usize::MAX, passages: 0, facets: &[], ..*options };
    let (parsed, answer) = ask(desk, &engine, &all)?;
    let mut events = Vec::new();
    let mut undated = 0;
    for hit in &answer.documents {
        let Some(source) = desk.store.source(hit.docn)? else { continue };
        let n_pages = desk.store.page_numbers(hit.docn)?.len();
        let before = events.len();
        add_events(&source, n_pages, &mut events);
        undated += u64::from(events.len() == before);
    }
    sort(&mut events);
    let notes = parsed.notes.iter().map(|note| note.text.clone());
    Ok(Timeline {
        schema: "misl.timeline/1",
        query: QueryEcho {
            text: options.query.to_owned(),
            read_as: parsed.read_as.clone(),
            notes: notes.chain(answer.notes.iter().map(ToString::to_string)).collect(),
        },
        total_documents: answer.total_documents,
        undated,
        complete: answer.complete,
        events,
    })
}

/// Adds the events of one document. The day of saving or looking is none: it says nothing of what
/// happened.
pub(super) fn add_events(source: &SourceRow, n_pages: usize, events: &mut Vec<Event>) {
    let record = source.merged();
    let key = source.key.clone().unwrap_or_else(|| source.id.short(12));
    let event = |date: Date, name: &str| Event {
        date,
        event: name.to_owned(),
        is_status: false,
        id: source.id,
        key: source.key.clone(),
        title: record.title.as_ref().map(|title| title.value.clone()),
        kind: record.kind.as_ref().map(|kind| kind.value),
        court: record.court.as_ref().map(|court| court.value.clone()),
        page: None,
        cite_as: key.clone(),
        origin: None,
        source: None,
    };
    for date in &record.dates {
        if matches!(date.value.role, DateRole::Accessed | DateRole::Captured | DateRole::Modified) {
            continue;
        }
        let page = date.page.filter(|_| is_paged(source, n_pages)).map(crate::model::PageNo::get);
        let new = Event {
            page,
            cite_as: page.map_or_else(|| key.clone(), |page| format!("{key}@p{page}")),
            origin: Some(date.origin),
            ..event(date.value.value, date.value.role.name())
        };
        let is_same = |known: &Event| {
            known.id == new.id && known.date == new.date && known.event == new.event
        };
        if !events.iter().rev().take(record.dates.len()).any(is_same) {
            events.push(new);
        }
    }
    for status in &record.status {
        let Some(date) = status.value.date else { continue };
        let by = status.value.by.iter().cloned();
        let words: Vec<String> = by.chain([status.value.source.clone()]).collect();
        events.push(Event {
            is_status: true,
            source: Some(words.join(": ")),
            ..event(date, &status.value.state)
        });
    }
}

/// Orders events by their first possible day, the exactly known first, then by document.
pub(super) fn sort(events: &mut [Event]) {
    events.sort_by(|a, b| {
        let key = |event: &Event| {
            let (first, last) = (event.date.first(), event.date.last());
            (first.since_epoch(), last.since_epoch(), event.is_status, event.id)
        };
        key(a).cmp(&key(b)).then_with(|| a.event.cmp(&b.event))
    });
}

impl Timeline {
    /// Returns the events as CSV; nothing in it is taken for a formula.
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        write_row(&mut out, &COLUMNS, Cells::Raw);
        for event in &self.events {
            let cells = [
                event.date.to_string(),
                event.event.clone(),
                event.key.clone().unwrap_or_default(),
                event.title.clone().unwrap_or_default(),
                event.kind.map(|kind| kind.name().to_owned()).unwrap_or_default(),
                event.court.clone().unwrap_or_default(),
                event.page.map(|page| page.to_string()).unwrap_or_default(),
                event.cite_as.clone(),
                event.source.clone().unwrap_or_default(),
                event.origin.map(origin_name).unwrap_or_default().to_owned(),
                event.id.to_string(),
            ];
            write_row(&mut out, &cells, Cells::Guarded);
        }
        out
    }
}

/// Returns the word that JSON uses for an origin.
const fn origin_name(origin: Origin) -> &'static str {
    match origin {
        Origin::Embedded => "embedded",
        Origin::Derived => "derived",
        Origin::FrontMatter => "front-matter",
        Origin::Sidecar => "sidecar",
        Origin::Person => "person",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::RoleDate;
    use crate::model::{PageNo, Record, Status, Valued};
    use crate::store::SourceState;

    fn source(record: Record) -> SourceRow {
        SourceRow {
            docn: 1,
            id: SourceId([7; 32]),
            seq: 1,
            state: SourceState::Indexed,
            reason: String::new(),
            detail: String::new(),
            bytes: 1,
            media_type: "application/pdf".to_owned(),
            reader: "pdf".to_owned(),
            reader_version: "1".to_owned(),
            read_at: 0,
            record,
            overlay: Record::default(),
            key: Some("ihc-2024-wp-1805".to_owned()),
        }
    }

    fn date(role: DateRole, date: &str, page: u32) -> Valued<RoleDate> {
        let value = RoleDate { role, value: date.parse().unwrap() };
        Valued::derived(value, PageNo::new(page).unwrap(), 0.9)
    }

    #[test]
    fn events_in_order_with_their_places() {
        let status = Status {
            state: "suspended".to_owned(),
            by: Some("scp".to_owned()),
            date: Some("2024-08-19".parse().unwrap()),
            source: "Dawn, 19 August 2024".to_owned(),
            disputed: false,
            note: None,
        };
        let record = Record {
            dates: vec![
                date(DateRole::Order, "2024-06-25", 29),
                date(DateRole::Hearing, "2024-05-29", 1),
                date(DateRole::Captured, "2025-01-01", 1),
            ],
            status: vec![Valued::new(status, Origin::Person)],
            ..Record::default()
        };
        let mut events = Vec::new();
        add_events(&source(record), 29, &mut events);
        sort(&mut events);
        let found: Vec<(String, &str, &str)> = events
            .iter()
            .map(|event| (event.date.to_string(), event.event.as_str(), event.cite_as.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("2024-05-29".to_owned(), "hearing", "ihc-2024-wp-1805@p1"),
                ("2024-06-25".to_owned(), "order", "ihc-2024-wp-1805@p29"),
                ("2024-08-19".to_owned(), "suspended", "ihc-2024-wp-1805"),
            ]
        );
        assert_eq!(events[2].source.as_deref(), Some("scp: Dawn, 19 August 2024"));
    }
}
