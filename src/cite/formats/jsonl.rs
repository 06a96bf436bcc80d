//! Our own form without loss: one object an entry, schema `misl.citation/1`.

use serde_json::{Map, Value, json};

use super::super::run::clean;
use super::super::work::Detail;
use super::super::{Entry, Options, citation, render::Citing};
use super::status_of;

/// Writes one JSON object a line.
pub(super) fn write(entries: &[Entry<'_>], options: &Options<'_>) -> String {
    entries.iter().map(|entry| format!("{}\n", object(entry, options))).collect()
}

/// Returns the object of one entry.
fn object(entry: &Entry<'_>, options: &Options<'_>) -> Value {
    let work = entry.work;
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| {
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => false,
        };
        if !is_empty {
            out.insert(name.to_owned(), value);
        }
    };
    put("schema", json!("misl.citation/1"));
    put("id", json!(work.id));
    put("key", json!(entry.key));
    put("kind", json!(work.kind));
    put("locator", json!(entry.locator.to_string()));
    put("page_label", json!(entry.page_label));
    put("quote", json!(entry.quote));
    put("note", json!(entry.note));
    put("heading", json!(entry.heading));
    let runs = citation(
        work,
        options.style,
        super::super::CitationForm::First,
        &Citing {
            locator: &entry.locator,
            page_label: entry.page_label.as_deref(),
            first_note: None,
            accessed: options.accessed,
            lang: options.lang,
            status: options.status,
        },
    );
    put("style", json!(options.style.id));
    put("citation", json!(runs.plain()));
    put("title", json!(work.title));
    put("short_title", json!(work.short_title));
    put("translation", json!(work.translation));
    put("language", json!(work.lang));
    put("date", json!(work.date));
    put("dates", json!(work.dates));
    put("authors", json!(work.authors()));
    put("publisher", json!(work.publisher));
    put("number", json!(work.number()));
    put("jurisdiction", json!(work.jurisdiction()));
    match &work.detail {
        Detail::Case(case) => {
            put("court", json!(case.court_id.or(case.court.as_deref())));
            put("petitioners", json!(case.side_a));
            put("respondents", json!(case.side_b));
            put("numbers", json!(case.numbers));
            put("judges", json!(case.judges));
            put("law_reports", json!(case.reports));
            put("matter", json!(case.matter));
        }
        Detail::Statute(statute) => {
            put("year", json!(statute.year));
            put("gazette", json!(statute.gazette));
        }
        Detail::Instrument(instrument) => {
            put("issued_by", json!(instrument.body));
            put("parent", json!(instrument.parent));
            put("gazette", json!(instrument.gazette));
        }
        Detail::Treaty(treaty) => {
            put("series", json!(treaty.series));
            put("adopted", json!(treaty.adopted));
            put("in_force", json!(treaty.in_force));
        }
        Detail::UnDocument(document) => put("session", json!(document.session)),
        Detail::Report(report) => {
            put("place", json!(report.place));
            put("page_count", json!(report.pages));
        }
        Detail::Published(published) => {
            put("outlet", json!(published.outlet));
            put("volume", json!(published.volume));
            put("issue", json!(published.issue));
            put("pages", json!(published.pages));
            put("edition", json!(published.edition));
            put("place", json!(published.place));
        }
        Detail::Filed(filed) => {
            put("court", json!(filed.court));
            put("numbers", json!(filed.numbers));
            put("addressee", json!(filed.addressee));
        }
    }
    put("url", json!(work.url));
    put("archive_url", json!(work.archive_url));
    put("status", json!(work.status));
    put("status_words", json!(status_of(work, options)));
    put("conflicts_with", json!(work.conflicts_with));
    put("missing", json!(work.missing()));
    put("extra", json!(work.extra));
    if let Some(selector) = &entry.selector {
        put(
            "selector",
            json!({ "prefix": selector.prefix, "suffix": selector.suffix, "position": selector.position }),
        );
    }
    if let Some(provenance) = &entry.provenance {
        put(
            "provenance",
            json!({ "origin": clean(&provenance.origin), "ocr_share": provenance.ocr_share, "captured": provenance.captured }),
        );
    }
    Value::Object(out)
}
