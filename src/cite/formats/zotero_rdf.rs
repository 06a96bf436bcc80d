//! Zotero RDF: the import of Zotero that loses least.
//!
//! Zotero drops what the type of an item has no field for. Such values go to Extra, a line each,
//! which it keeps and shows.

use std::fmt::Write as _;

use super::super::author::Author;
use super::super::list::{Cited, by_work};
use super::super::work::{Case, Detail, Filed, Published, Work};
use super::super::{Entry, Options};
use super::xml::escape;
use super::{issued, remarks_of, status_of};
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

/// One item while it is written.
struct Fields {
    out: String,
    /// Lines of what the type has no field for.
    extra: Vec<String>,
}

impl Fields {
    /// Writes a property.
    fn put(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(self.out, "  <{name}>{}</{name}>", escape(value));
        }
    }

    /// Adds a line to Extra.
    fn extra(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.extra.push(format!("{name}: {value}"));
        }
    }

    /// Writes a property where `has` says that the type knows it, else a line of Extra.
    fn put_or_extra(&mut self, has: bool, name: &str, label: &str, value: Option<&str>) {
        if has { self.put(name, value) } else { self.extra(label, value) }
    }

    /// Writes names; what has no given name is a body to Zotero.
    fn people(&mut self, name: &str, people: &[Author]) {
        if people.is_empty() {
            return;
        }
        let _ = writeln!(self.out, "  <{name}><rdf:Seq>");
        for person in people {
            let family = escape(person.family());
            let given = match person {
                Author::Person { given, .. } => {
                    format!("<foaf:givenName>{}</foaf:givenName>", escape(given))
                }
                Author::Body(_) => String::new(),
            };
            let _ = writeln!(
                self.out,
                "   <rdf:li><foaf:Person><foaf:surname>{family}</foaf:surname>{given}</foaf:Person>\
                 </rdf:li>"
            );
        }
        let _ = writeln!(self.out, "  </rdf:Seq></{name}>");
    }
}

fn item(out: &mut String, cited: &Cited<'_>, options: &Options<'_>) {
    let work = cited.work;
    let mut fields =
        Fields { out: String::new(), extra: vec![format!("Citation Key: {}", cited.key)] };
    let zotero = type_of(work);
    fields.put("z:itemType", Some(zotero));
    fields.put("dc:title", work.title_beside_year().as_deref());
    let short = work.case().and_then(Case::short_name);
    fields.put("z:shortTitle", short.as_deref().or(work.short_title.as_deref()));
    fields.extra("Translated title", work.translation.as_deref());
    detail(&mut fields, work);
    // Cases, acts and hearings have a history in Zotero; the line with its source is in Extra.
    if matches!(zotero, "case" | "statute" | "bill" | "hearing") {
        fields.put("z:history", status_of(work, options).as_deref());
    }
    let date = issued(work).map(|date| date.to_string());
    fields.put("dc:date", date.as_deref());
    fields.put("z:language", Some(work.lang.tag()));
    let has_archive =
        !matches!(zotero, "case" | "statute" | "bill" | "hearing" | "webpage" | "email");
    let archive = work.archive_url.as_deref();
    fields.put_or_extra(has_archive, "z:archiveLocation", "Archived at", archive);
    let accessed = work.url.as_ref().and(work.date_of(DateRole::Accessed).or(options.accessed));
    // Zotero makes the date of an undated work out of `dateSubmitted`: a day that it never had.
    let accessed_as = if date.is_some() { "dcterms:dateSubmitted" } else { "z:accessDate" };
    fields.put(accessed_as, accessed.map(|date| date.to_string()).as_deref());
    fields.extra("jurisdiction", work.jurisdiction());
    fields.extra.extend(remarks_of(&cited.entries, options));
    let extra = fields.extra.join("\n");
    fields.put("dc:description", Some(&extra));
    if let Some(url) = &work.url {
        let _ = writeln!(
            fields.out,
            "  <dc:identifier><dcterms:URI><rdf:value>{}</rdf:value></dcterms:URI></dc:identifier>",
            escape(url)
        );
    }
    // A hearing has no authors in Zotero.
    let authors = if zotero == "hearing" { "bib:contributors" } else { "bib:authors" };
    fields.people(authors, &work.author_names());
    let _ = writeln!(out, " <rdf:Description rdf:about=\"urn:sha256:{}\">", work.id);
    out.push_str(&fields.out);
    out.push_str(" </rdf:Description>\n");
}

/// Writes what only the kind has.
fn detail(fields: &mut Fields, work: &Work) {
    let mut publisher = work.publisher.as_deref();
    match &work.detail {
        Detail::Case(case) => decision(fields, case),
        Detail::Statute(statute) => {
            let number = if work.kind == Kind::Bill { "z:billNumber" } else { "z:publicLawNumber" };
            fields.put(number, statute.number.as_deref());
            fields.put("z:code", statute.gazette.as_deref());
        }
        Detail::Instrument(instrument) => {
            fields.put("z:publicLawNumber", instrument.number.as_deref());
            fields.put("z:code", instrument.gazette.as_deref());
            fields.extra("Issued by", instrument.body.as_deref());
            fields.extra("Made under", instrument.parent.as_deref());
            publisher = publisher.filter(|name| instrument.body.as_deref() != Some(*name));
        }
        Detail::Treaty(treaty) => {
            fields.put("z:code", treaty.series.as_deref());
            let in_force = treaty.in_force.map(|date| date.to_string());
            fields.extra("Entered into force", in_force.as_deref());
        }
        Detail::UnDocument(document) => {
            fields.put("prism:number", document.symbol.as_deref());
            fields.put("dc:publisher", Some("United Nations"));
            fields.extra("Session", document.session.as_deref());
            publisher = publisher.filter(|name| *name != "United Nations");
        }
        Detail::Report(report) => {
            fields.put("prism:number", report.number.as_deref());
            fields.put("dc:publisher", publisher.take());
            fields.put("z:place", report.place.as_deref());
            // The pages of a report in Zotero are those cited, not how many there are.
            fields.extra("Number of pages", report.pages.as_deref());
        }
        Detail::Published(published) => {
            self::published(fields, work.kind, published);
            publisher = publisher.filter(|name| published.outlet.as_deref() != Some(*name));
        }
        Detail::Filed(filed) => self::filed(fields, work.kind, filed),
    }
    fields.extra("Publisher", publisher);
}

fn decision(fields: &mut Fields, case: &Case) {
    fields.put("z:court", case.court.as_deref());
    fields.put("z:docketNumber", case.numbers.first().map(String::as_str));
    for number in case.numbers.iter().skip(1) {
        fields.extra("Also numbered", Some(number));
    }
    if let Some(report) = case.parsed_report() {
        fields.put("z:reporter", Some(&report.series));
        let volume = report.volume.unwrap_or_else(|| report.year.to_string());
        fields.put("z:reporterVolume", Some(&volume));
        fields.put("z:firstPage", Some(&report.page));
    }
    // One field cannot say which court a volume belongs to, nor that there are two reports.
    for report in &case.reports {
        fields.extra("Law report", Some(report));
    }
    // Zotero's case has no judge and no jurisdiction.
    for judge in &case.judges {
        fields.extra("Judge", Some(judge));
    }
}

fn published(fields: &mut Fields, kind: Kind, published: &Published) {
    let is_book = kind == Kind::Book;
    let (is_web, is_news) = (kind == Kind::Web, kind == Kind::News);
    let outlet = if is_book { "dc:publisher" } else { "z:publicationTitle" };
    fields.put(outlet, published.outlet.as_deref());
    fields.put("z:place", published.place.as_deref());
    fields.put_or_extra(!is_web, "prism:volume", "Volume", published.volume.as_deref());
    let has_issue = !is_web && !is_book;
    fields.put_or_extra(has_issue, "prism:number", "Issue", published.issue.as_deref());
    let has_edition = is_book || is_news;
    fields.put_or_extra(has_edition, "prism:edition", "Edition", published.edition.as_deref());
    let pages = published.pages.as_deref();
    if is_book {
        fields.put("z:numPages", pages);
    } else {
        fields.put_or_extra(!is_web, "bib:pages", "Pages", pages);
    }
}

fn filed(fields: &mut Fields, kind: Kind, filed: &Filed) {
    let is_hearing = kind == Kind::Parliamentary;
    let has_number = is_hearing || kind == Kind::Data;
    let mut numbers = filed.numbers.iter().map(String::as_str);
    fields.put_or_extra(has_number, "prism:number", "Number", numbers.next());
    for number in numbers {
        fields.extra("Also numbered", Some(number));
    }
    fields.put_or_extra(is_hearing, "z:legislativeBody", "Court", filed.court.as_deref());
    fields.extra("To", filed.addressee.as_deref());
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
