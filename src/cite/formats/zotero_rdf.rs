//! Zotero RDF: the import of Zotero that loses least.

use std::fmt::Write as _;

use super::super::list::{Cited, by_work};
use super::super::work::{Detail, Work};
use super::super::{Entry, Options};
use super::xml::escape;
use super::{remarks_of, status_of};
use crate::model::Kind;
use crate::model::record::DateRole;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF\n \
xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"\n \
xmlns:z=\"http://www.zotero.org/namespaces/export#\"\n \
xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n \
xmlns:dcterms=\"http://purl.org/dc/terms/\"\n \
xmlns:bib=\"http://purl.org/net/biblio#\"\n \
xmlns:foaf=\"http://xmlns.com/foaf/0.1/\"\n \
xmlns:prism=\"http://prismstandard.org/namespaces/1.2/basic/\">\n";

/// Writes each work once, in the order of first citation.
pub(super) fn write(entries: &[Entry<'_>], options: &Options<'_>) -> String {
    let mut out = String::from(HEAD);
    for cited in by_work(entries) {
        item(&mut out, &cited, options);
    }
    out.push_str("</rdf:RDF>\n");
    out
}

fn item(out: &mut String, cited: &Cited<'_>, options: &Options<'_>) {
    let work = cited.work;
    let _ = writeln!(out, " <rdf:Description rdf:about=\"urn:sha256:{}\">", work.id);
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(out, "  <{name}>{}</{name}>", escape(value));
        }
    };
    put("z:itemType", Some(type_of(work)));
    put("dc:title", work.title_beside_year().as_deref());
    let short = work.case().and_then(super::super::work::Case::short_name);
    put("z:shortTitle", short.as_deref().or(work.short_title.as_deref()));
    // Zotero's case has no judge and no jurisdiction: both go to Extra, which it shows.
    let mut extra: Vec<String> = vec![format!("Citation Key: {}", cited.key)];
    match &work.detail {
        Detail::Case(case) => {
            put("z:court", case.court.as_deref());
            put("z:docketNumber", case.numbers.first().map(String::as_str));
            if let Some(report) = case.parsed_report() {
                put("z:reporter", Some(&report.series));
                put(
                    "z:reporterVolume",
                    Some(&report.volume.unwrap_or_else(|| report.year.to_string())),
                );
                put("z:firstPage", Some(&report.page));
                extra.push(format!("Law report: {}", report.printed));
            }
            put("z:history", status_of(work, options).as_deref());
            extra.extend(case.judges.iter().map(|judge| format!("Judge: {judge}")));
        }
        Detail::Statute(statute) => {
            put("z:publicLawNumber", statute.number.as_deref());
            put("z:code", statute.gazette.as_deref());
        }
        Detail::Instrument(instrument) => {
            put("z:publicLawNumber", instrument.number.as_deref());
            extra.extend(instrument.body.iter().map(|body| format!("Issued by: {body}")));
        }
        Detail::Treaty(treaty) => {
            extra.extend(treaty.series.iter().map(|series| format!("Treaty series: {series}")));
        }
        Detail::UnDocument(document) => {
            put("prism:number", document.symbol.as_deref());
            put("z:institution", Some("United Nations"));
        }
        Detail::Report(report) => {
            put("prism:number", report.number.as_deref());
            put("z:institution", work.publisher.as_deref());
            put("z:place", report.place.as_deref());
            put("z:numPages", report.pages.as_deref());
        }
        Detail::Published(published) => {
            put("z:publicationTitle", published.outlet.as_deref());
            put("prism:volume", published.volume.as_deref());
            put("prism:number", published.issue.as_deref());
            put("bib:pages", published.pages.as_deref());
            put("prism:edition", published.edition.as_deref());
            put("z:place", published.place.as_deref());
        }
        Detail::Filed(filed) => {
            put("prism:number", filed.numbers.first().map(String::as_str));
            extra.extend(filed.court.iter().map(|court| format!("Court: {court}")));
        }
    }
    let date = work.date.map(|date| date.value.to_string());
    put("dc:date", date.as_deref());
    put("z:language", Some(work.lang.tag()));
    put("z:archiveLocation", work.archive_url.as_deref());
    let accessed = work.url.as_ref().and(work.date_of(DateRole::Accessed).or(options.accessed));
    put("dcterms:dateSubmitted", accessed.map(|date| date.to_string()).as_deref());
    if let Some(country) = work.jurisdiction() {
        extra.push(format!("jurisdiction: {country}"));
    }
    if work.case().is_none() {
        extra.extend(status_of(work, options).map(|status| format!("Status: {status}")));
    }
    extra.extend(remarks_of(&cited.entries, options));
    put("dc:description", Some(&extra.join("\n")));
    if let Some(url) = &work.url {
        let _ = writeln!(
            out,
            "  <dc:identifier><dcterms:URI><rdf:value>{}</rdf:value></dcterms:URI></dc:identifier>",
            escape(url)
        );
    }
    if !work.authors().is_empty() {
        out.push_str("  <bib:authors><rdf:Seq>\n");
        for author in work.authors() {
            let _ = writeln!(
                out,
                "   <rdf:li><foaf:Person><foaf:surname>{}</foaf:surname></foaf:Person></rdf:li>",
                escape(author)
            );
        }
        out.push_str("  </rdf:Seq></bib:authors>\n");
    }
    out.push_str(" </rdf:Description>\n");
}

/// Returns Zotero's own name of the type.
const fn type_of(work: &Work) -> &'static str {
    match work.kind {
        Kind::Order | Kind::Judgment => "case",
        Kind::Statute | Kind::Instrument | Kind::Treaty => "statute",
        Kind::Bill => "bill",
        Kind::UnDocument | Kind::Report => "report",
        Kind::News => "newspaperArticle",
        Kind::Article => "journalArticle",
        Kind::Book => "book",
        Kind::Web => "webpage",
        Kind::Parliamentary => "hearing",
        Kind::Letter => "letter",
        Kind::Mail => "email",
        Kind::Data => "dataset",
        Kind::Pleading | Kind::Other => "document",
    }
}
