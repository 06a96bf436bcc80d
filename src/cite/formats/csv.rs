//! CSV: one row an entry, for spreadsheets and scripts.

use super::super::run::clean;
use super::super::{Entry, Options};
use super::{place_of, status_of};
use crate::text::csv::{Cells, write_row};

/// The header; columns are only ever added at the end.
const HEADER: [&str; 19] = [
    "key",
    "kind",
    "title",
    "short_title",
    "court",
    "number",
    "law_report",
    "authors",
    "publisher",
    "date",
    "locator",
    "quote",
    "note",
    "status",
    "status_source",
    "url",
    "archive_url",
    "language",
    "sha256",
];

/// Writes a header and a row an entry, by RFC 4180.
pub(super) fn write(entries: &[Entry<'_>], options: &Options<'_>) -> String {
    let mut out = String::new();
    if options.csv.byte_order_mark {
        out.push('\u{FEFF}');
    }
    write_row(&mut out, &HEADER, Cells::Raw);
    let how = if options.csv.raw { Cells::Raw } else { Cells::Guarded };
    for entry in entries {
        let work = entry.work;
        let case = work.case();
        let one = |value: Option<&str>| value.map(clean).unwrap_or_default();
        let short = case.and_then(super::super::work::Case::short_name);
        let cells = [
            entry.key.to_owned(),
            work.kind.name().to_owned(),
            one(work.display_title().as_deref()),
            one(short.as_deref().or(work.short_title.as_deref())),
            one(case.and_then(|case| case.court.as_deref())),
            one(work.number()),
            one(case.and_then(|case| case.reports.first()).map(String::as_str)),
            one(Some(&work.authors().join("; "))),
            one(work.publisher.as_deref()),
            work.date.map(|date| date.value.to_string()).unwrap_or_default(),
            one(place_of(entry).as_deref()),
            one(entry.quote.as_deref()),
            one(entry.note.as_deref()),
            one(status_of(work, options).as_deref()),
            one(work.adverse_status().map(|status| status.source.as_str())),
            one(work.url.as_deref()),
            one(work.archive_url.as_deref()),
            work.lang.tag().to_owned(),
            work.id.to_string(),
        ];
        write_row(&mut out, &cells, how);
    }
    out
}
