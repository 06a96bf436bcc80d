//! RIS: tags of two letters, one line each, CRLF.

use super::super::author::Author;
use super::super::list::{Cited, by_work};
use super::super::run::clean;
use super::super::work::{Detail, Work};
use super::super::{Entry, Options};
use super::{issued, page_words, remarks_of, status_of};
use crate::model::record::DateRole;
use crate::model::{Date, Kind, Pin};

/// Writes each work once, in the order of first citation.
pub(super) fn write(entries: &[Entry<'_>], options: &Options<'_>) -> String {
    let mut out = String::new();
    for cited in by_work(entries) {
        record(&mut out, &cited, options);
    }
    out
}

/// Puts the short title of a case or act into a note. Zotero's import makes the *title* of an item
/// out of `ST` where `TI` filled a field of another name, as it does for cases and statutes.
fn short_title(put: &mut impl FnMut(&str, Option<&str>), short: Option<&str>) {
    put("N1", short.map(|short| format!("Short title: {short}")).as_deref());
}

fn record(out: &mut String, cited: &Cited<'_>, options: &Options<'_>) {
    let work = cited.work;
    let mut put = |tag: &str, value: Option<&str>| {
        if let Some(value) = value.map(value_of).filter(|value| !value.is_empty()) {
            out.push_str(tag);
            out.push_str("  - ");
            out.push_str(&value);
            out.push_str("\r\n");
        }
    };
    put("TY", Some(type_of(work)));
    put("ID", Some(cited.key));
    put("TI", work.title_beside_year().as_deref());
    match &work.detail {
        Detail::Case(case) => {
            short_title(&mut put, case.short_name().as_deref());
            if let Some(report) = case.parsed_report() {
                put("A2", Some(&report.series));
                put("VL", Some(&report.volume.unwrap_or_else(|| report.year.to_string())));
                put("SP", Some(&report.page));
                put("M3", Some(&report.printed));
            } else {
                put("A2", case.reports.first().map(String::as_str));
            }
            put("SV", case.numbers.first().map(String::as_str));
            put("PB", case.court.as_deref());
            for judge in &case.judges {
                put("N1", Some(&format!("Judge: {judge}")));
            }
            put("OP", status_of(work, options).as_deref());
        }
        Detail::Statute(statute) => {
            short_title(&mut put, work.short_title.as_deref());
            put("M1", statute.number.as_deref());
            put("SE", sections(cited).as_deref());
            put("T2", statute.gazette.as_deref());
        }
        Detail::Instrument(instrument) => {
            put("M1", instrument.number.as_deref());
            put("SE", sections(cited).as_deref());
            put("PB", instrument.body.as_deref());
        }
        Detail::Treaty(treaty) => {
            put("ST", work.short_title.as_deref());
            put("T2", treaty.series.as_deref());
        }
        Detail::UnDocument(document) => {
            authors(&mut put, work);
            put("SN", document.symbol.as_deref());
            put("PB", Some("United Nations"));
        }
        Detail::Report(report) => {
            authors(&mut put, work);
            put("ST", work.short_title.as_deref());
            put("SN", report.number.as_deref());
            put("M3", Some("Report"));
            put("PB", work.publisher.as_deref());
            put("CY", report.place.as_deref());
        }
        Detail::Published(published) => {
            authors(&mut put, work);
            put("T2", published.outlet.as_deref());
            put("VL", published.volume.as_deref());
            put("IS", published.issue.as_deref());
            put("SP", published.pages.as_deref());
            put("ET", published.edition.as_deref());
            put("CY", published.place.as_deref());
            if work.kind == Kind::Book {
                put("PB", work.publisher.as_deref());
            }
        }
        Detail::Filed(filed) => {
            authors(&mut put, work);
            put("M1", filed.numbers.first().map(String::as_str));
            put("PB", filed.court.as_deref());
        }
    }
    let date = issued(work);
    put("PY", date.map(|date| date.year().to_string()).as_deref());
    put("DA", date.map(slashes).as_deref());
    put("UR", work.url.as_deref());
    put("L2", work.archive_url.as_deref());
    let accessed = work.url.as_ref().and(work.date_of(DateRole::Accessed).or(options.accessed));
    put("Y2", accessed.map(slashes).as_deref());
    put("LA", Some(work.lang.tag()));
    if let Some(country) = work.jurisdiction() {
        put("N1", Some(&format!("jurisdiction: {country}")));
    }
    for line in remarks_of(&cited.entries, options) {
        put("N1", Some(&line));
    }
    if work.case().is_none() {
        put("KW", status_of(work, options).as_deref());
    }
    out.push_str("ER  - \r\n\r\n");
}

/// Zotero reads `LEGAL` as a case, so enactments are `STAT`.
const fn type_of(work: &Work) -> &'static str {
    match work.kind {
        Kind::Order | Kind::Judgment => "CASE",
        Kind::Bill => "BILL",
        Kind::Statute | Kind::Instrument | Kind::Treaty => "STAT",
        Kind::UnDocument | Kind::Report => "RPRT",
        Kind::News => "NEWS",
        Kind::Article => "JOUR",
        Kind::Book => "BOOK",
        Kind::Web => "ELEC",
        Kind::Parliamentary => "HEAR",
        Kind::Letter | Kind::Mail => "PCOMM",
        Kind::Data => "DATA",
        Kind::Pleading | Kind::Other => "GEN",
    }
}

/// Writes authors: `Burack, Emily`; the comma at its end keeps a body from being split into names.
fn authors(put: &mut impl FnMut(&str, Option<&str>), work: &Work) {
    for author in work.author_names() {
        let name = match &author {
            Author::Person { .. } => author.inverted(),
            Author::Body(name) => format!("{name},"),
        };
        put("AU", Some(&name));
    }
}

/// Returns the provisions and pages that the entries name.
fn sections(cited: &Cited<'_>) -> Option<String> {
    let mut places: Vec<String> = Vec::new();
    for entry in &cited.entries {
        for pin in &entry.locator.0 {
            let (first, last) = pin.ends();
            let words = match pin {
                Pin::Page(..) | Pin::Label(..) => {
                    page_words(&entry.locator, entry.page_label.as_deref())
                        .map(|p| format!("p. {p}"))
                }
                _ => Some(last.map_or(first.clone(), |last| format!("{first}-{last}"))),
            };
            places.extend(words.filter(|words| !places.contains(words)));
        }
    }
    (!places.is_empty()).then(|| places.join(", "))
}

/// Returns `2024/06/25/`, with empty parts for what is not known.
fn slashes(date: Date) -> String {
    let part = |part: Option<u8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
    format!("{}/{}/{}/", date.year(), part(date.month()), part(date.day()))
}

/// Returns a value as one line that looks like no tag.
fn value_of(value: &str) -> String {
    let mut value = clean(value);
    while looks_like_tag(&value) {
        let rest: String = value.chars().skip(5).collect();
        rest.trim_start().clone_into(&mut value);
    }
    value
}

/// Tells whether a reader could take the beginning for a tag: `ER  - `.
fn looks_like_tag(value: &str) -> bool {
    let bytes = value.as_bytes();
    let is_sign = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let rest = value.get(2..).unwrap_or_default().trim_start();
    is_sign(0) && is_sign(1) && bytes.get(2) == Some(&b' ') && rest.starts_with('-')
}
