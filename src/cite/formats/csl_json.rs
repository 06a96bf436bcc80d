//! CSL-JSON: what Zotero and citation processors read. Flat objects alone, no `custom`.

use serde_json::{Map, Value, json};

use super::super::author::Author;
use super::super::list::{Cited, by_work};
use super::super::work::{Detail, Work};
use super::super::{Entry, Options};
use super::{issued, remarks_of, status_of};
use crate::model::record::DateRole;
use crate::model::{Date, Kind};

/// Writes an array of items, each work once, in the order of first citation.
pub(super) fn write(entries: &[Entry<'_>], options: &Options<'_>) -> String {
    let items: Vec<Value> = by_work(entries).iter().map(|cited| item(cited, options)).collect();
    let mut out = serde_json::to_string_pretty(&items).unwrap_or_default();
    out.push('\n');
    out
}

/// Returns the item of one work; names of its fields are those of CSL 1.0.2.
pub(in super::super) fn item(cited: &Cited<'_>, options: &Options<'_>) -> Value {
    let work = cited.work;
    let mut item = Map::new();
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            item.insert(name.to_owned(), Value::from(value));
        }
    };
    put("id", Some(cited.key));
    put("type", Some(type_of(work)));
    put("title", work.title_beside_year().as_deref());
    put("URL", work.url.as_deref());
    put("archive_location", work.archive_url.as_deref());
    put("language", Some(work.lang.tag()));
    put("jurisdiction", work.jurisdiction());
    put("references", status_of(work, options).as_deref());
    let mut notes = Vec::new();
    match &work.detail {
        Detail::Case(case) => {
            put("title-short", case.short_name().as_deref());
            put("number", case.numbers.first().map(String::as_str));
            put("authority", case.court.as_deref());
            if let Some(report) = case.parsed_report() {
                // No mapping is right in every style: year-first series go as volume and page,
                // series that print their court as one name with the page.
                if report.court.is_some() {
                    put("container-title", Some(report.stem()));
                } else {
                    put("container-title", Some(&report.series));
                    let year = report.year.to_string();
                    put("volume", Some(report.volume.as_deref().unwrap_or(&year)));
                }
                put("page", Some(&report.page));
            } else {
                put("container-title", case.reports.first().map(String::as_str));
            }
            notes.extend(case.judges.iter().map(|judge| format!("Judge: {judge}")));
        }
        Detail::Statute(_) => put("title-short", work.short_title.as_deref()),
        Detail::Instrument(instrument) => {
            put("number", instrument.number.as_deref());
            put("authority", instrument.body.as_deref());
        }
        Detail::Treaty(treaty) => {
            put("title-short", work.short_title.as_deref());
            put("container-title", treaty.series.as_deref());
        }
        Detail::UnDocument(document) => {
            put("number", document.symbol.as_deref());
            put("publisher", Some("United Nations"));
        }
        Detail::Report(report) => {
            put("title-short", work.short_title.as_deref());
            put("number", report.number.as_deref());
            put("genre", Some("Report"));
            put("publisher", work.publisher.as_deref());
            put("publisher-place", report.place.as_deref());
            put("number-of-pages", report.pages.as_deref());
        }
        Detail::Published(published) => {
            let is_book = work.kind == Kind::Book;
            put(if is_book { "publisher" } else { "container-title" }, published.outlet.as_deref());
            put("volume", published.volume.as_deref());
            put("issue", published.issue.as_deref());
            put("page", published.pages.as_deref());
            put("edition", published.edition.as_deref());
            put("publisher-place", published.place.as_deref());
        }
        Detail::Filed(filed) => {
            put("number", filed.numbers.first().map(String::as_str));
            put("authority", filed.court.as_deref());
        }
    }
    notes.extend(remarks_of(&cited.entries, options));
    put("note", Some(&notes.join("\n")));
    let name = |author: &Author| match author {
        Author::Person { family, given } => json!({ "family": family, "given": given }),
        Author::Body(name) => json!({ "literal": name }),
    };
    let authors: Vec<Value> = work.author_names().iter().map(name).collect();
    if !authors.is_empty() {
        item.insert("author".to_owned(), Value::from(authors));
    }
    if let Some(date) = issued(work) {
        item.insert("issued".to_owned(), date_parts(date));
    }
    let accessed = work.url.as_ref().and(work.date_of(DateRole::Accessed).or(options.accessed));
    if let Some(date) = accessed {
        item.insert("accessed".to_owned(), date_parts(date));
    }
    Value::Object(item)
}

/// Returns the CSL type of a work.
pub(super) const fn type_of(work: &Work) -> &'static str {
    match work.kind {
        Kind::Order | Kind::Judgment => "legal_case",
        Kind::Statute => "legislation",
        Kind::Bill => "bill",
        // CSL has `regulation` too; Zotero makes a `document` of it and drops number and body.
        Kind::Instrument => "legislation",
        Kind::Treaty => "treaty",
        Kind::UnDocument | Kind::Report => "report",
        Kind::News => "article-newspaper",
        Kind::Article => "article-journal",
        Kind::Book => "book",
        Kind::Web => "webpage",
        Kind::Parliamentary => "hearing",
        Kind::Letter | Kind::Mail => "personal_communication",
        Kind::Data => "dataset",
        Kind::Pleading | Kind::Other => "document",
    }
}

/// Returns a date as CSL wants it.
fn date_parts(date: Date) -> Value {
    let mut parts = vec![u32::from(date.year())];
    parts.extend(date.month().map(u32::from));
    parts.extend(date.day().map(u32::from));
    json!({ "date-parts": [parts] })
}
