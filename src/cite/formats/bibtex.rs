//! BibTeX and BibLaTeX.

use std::fmt::Write as _;

use super::super::author::Author;
use super::super::list::{Cited, by_work};
use super::super::work::Detail;
use super::super::{Entry, Options, key};
use super::{issued, remarks_of, status_of};
use crate::model::record::DateRole;
use crate::model::{Date, Kind};

/// Which of the two is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Old styles know neither statutes nor cases: `@misc` with `howpublished`.
    Bibtex,
    /// `@jurisdiction`, `@legislation`, `@report` …
    Biblatex,
}

/// Fields in the order in which they are written.
struct Fields(Vec<(&'static str, String)>);

impl Fields {
    fn put(&mut self, name: &'static str, value: Option<String>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.0.push((name, value));
        }
    }
}

/// Writes each work once, in the order of first citation.
pub(super) fn write(entries: &[Entry<'_>], options: &Options<'_>, dialect: Dialect) -> String {
    let mut out = String::new();
    for (work_idx, cited) in by_work(entries).iter().enumerate() {
        if work_idx > 0 {
            out.push('\n');
        }
        let (entry_type, fields) = match dialect {
            Dialect::Biblatex => biblatex(cited, options),
            Dialect::Bibtex => bibtex(cited, options),
        };
        let key = if key::is_key(cited.key) {
            cited.key.to_owned()
        } else {
            key::base_key(cited.work).key
        };
        let _ = writeln!(out, "@{entry_type}{{{key},");
        for (name, value) in fields.0 {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
        out.push_str("}\n");
    }
    out
}

fn biblatex(cited: &Cited<'_>, options: &Options<'_>) -> (&'static str, Fields) {
    let work = cited.work;
    let mut fields = Fields(Vec::new());
    let tex = |value: Option<&str>| value.map(escape);
    // Braces around the whole keep a style from changing capitals in names of parties.
    let braced = |value: Option<&str>| value.map(|value| format!("{{{}}}", escape(value)));
    let entry_type = match &work.detail {
        Detail::Case(case) => {
            fields.put("title", braced(work.display_title().as_deref()));
            fields.put("shorttitle", braced(case.short_name().as_deref()));
            fields.put("institution", tex(case.court.as_deref()));
            fields.put("number", tex(case.numbers.first().map(String::as_str)));
            if let Some(report) = case.parsed_report() {
                fields.put("journaltitle", tex(Some(&report.series)));
                fields.put(
                    "volume",
                    Some(report.volume.map_or_else(|| report.year.to_string(), |v| escape(&v))),
                );
                fields.put("pages", tex(Some(&report.page)));
                fields.put("howpublished", tex(Some(&report.printed)));
            } else {
                fields.put("howpublished", tex(case.reports.first().map(String::as_str)));
            }
            fields.put(
                "addendum",
                Some(
                    case.judges
                        .iter()
                        .map(|judge| format!("Judge: {}", escape(judge)))
                        .collect::<Vec<_>>()
                        .join("; "),
                ),
            );
            "jurisdiction"
        }
        Detail::Statute(statute) => {
            fields.put("title", braced(work.title_beside_year().as_deref()));
            fields.put("shorttitle", tex(work.short_title.as_deref()));
            fields.put("number", tex(statute.number.as_deref()));
            "legislation"
        }
        Detail::Instrument(instrument) => {
            fields.put("title", braced(work.display_title().as_deref()));
            fields.put("number", tex(instrument.number.as_deref()));
            fields.put("institution", tex(instrument.body.as_deref()));
            "legislation"
        }
        Detail::Treaty(treaty) => {
            fields.put("title", braced(work.title.as_deref()));
            fields.put("shorttitle", tex(work.short_title.as_deref()));
            fields.put("series", tex(treaty.series.as_deref()));
            // `@legal` is made for treaties; Zotero's import drops the entry whole.
            fields.put("entrysubtype", Some("treaty".to_owned()));
            "misc"
        }
        Detail::UnDocument(document) => {
            fields.put("author", Some(authors(&work.author_names())));
            fields.put("title", tex(work.title.as_deref().or(document.symbol.as_deref())));
            fields.put("number", tex(document.symbol.as_deref()));
            fields.put("type", Some("UN Doc".to_owned()));
            fields.put("institution", Some("United Nations".to_owned()));
            "report"
        }
        Detail::Report(report) => {
            fields.put("author", Some(authors(&work.author_names())));
            fields.put("title", tex(work.title.as_deref()));
            fields.put("institution", tex(work.publisher.as_deref()));
            fields.put("number", tex(report.number.as_deref()));
            fields.put("type", Some("Report".to_owned()));
            fields.put("location", tex(report.place.as_deref()));
            fields.put("pagetotal", tex(report.pages.as_deref()));
            "report"
        }
        Detail::Published(published) => {
            fields.put("author", Some(authors(&work.author_names())));
            fields.put("title", tex(work.title.as_deref()));
            match work.kind {
                Kind::News | Kind::Article => {
                    fields.put("journaltitle", tex(published.outlet.as_deref()));
                }
                Kind::Book => fields.put("publisher", tex(work.publisher.as_deref())),
                _ => fields.put("organization", tex(published.outlet.as_deref())),
            }
            if work.kind == Kind::News {
                fields.put("entrysubtype", Some("newspaper".to_owned()));
            }
            fields.put("volume", tex(published.volume.as_deref()));
            fields.put("number", tex(published.issue.as_deref()));
            fields.put("pages", tex(published.pages.as_deref()));
            fields.put("edition", tex(published.edition.as_deref()));
            fields.put("location", tex(published.place.as_deref()));
            match work.kind {
                Kind::Book => "book",
                Kind::Web => "online",
                _ => "article",
            }
        }
        Detail::Filed(filed) => {
            fields.put("author", Some(authors(&work.author_names())));
            fields.put("title", tex(work.title.as_deref()));
            fields.put("organization", tex(filed.court.as_deref()));
            fields.put("number", tex(filed.numbers.first().map(String::as_str)));
            if work.kind == Kind::Letter { "letter" } else { "misc" }
        }
    };
    fields.put("date", issued(work).map(|date| date.to_string()));
    common(&mut fields, cited, options);
    let accessed = work.date_of(DateRole::Accessed).or(options.accessed);
    if work.url.is_some() {
        fields.put("urldate", accessed.map(|date| date.to_string()));
    }
    if work.lang.is_rtl() {
        fields.put("langid", Some("urdu".to_owned()));
    }
    (entry_type, fields)
}

/// `@misc` with the words that old styles print as they are.
fn bibtex(cited: &Cited<'_>, options: &Options<'_>) -> (&'static str, Fields) {
    let work = cited.work;
    let mut fields = Fields(Vec::new());
    fields.put("author", Some(authors(&work.author_names())));
    let title = work.title_beside_year();
    fields.put("title", title.map(|title| format!("{{{}}}", escape(&title))));
    let parts: Vec<String> = match &work.detail {
        Detail::Case(case) => {
            [case.reports.first().cloned(), case.numbers.first().cloned(), case.court.clone()]
                .into_iter()
                .flatten()
                .collect()
        }
        Detail::Treaty(treaty) => treaty.series.iter().cloned().collect(),
        Detail::Published(published) => published.outlet.iter().cloned().collect(),
        _ => [work.number().map(str::to_owned), work.publisher.clone()]
            .into_iter()
            .flatten()
            .collect(),
    };
    fields.put("howpublished", Some(escape(&parts.join(", "))));
    let date = issued(work);
    fields.put("year", date.map(|date| date.year().to_string()));
    fields.put("month", date.and_then(Date::month).map(|month| month.to_string()));
    common(&mut fields, cited, options);
    ("misc", fields)
}

/// Returns persons as `Burack, Emily` and bodies in braces, which keep them whole.
fn authors(authors: &[Author]) -> String {
    let names = authors.iter().map(|author| match author {
        Author::Person { .. } => escape(&author.inverted()),
        Author::Body(name) => format!("{{{}}}", escape(name)),
    });
    names.collect::<Vec<_>>().join(" and ")
}

/// Adds the fields that every entry may have.
fn common(fields: &mut Fields, cited: &Cited<'_>, options: &Options<'_>) {
    let work = cited.work;
    // An address is read as it stands: braces and backslashes may not be in it.
    let url = work.url.as_ref().map(|url| {
        url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C").replace(' ', "%20")
    });
    fields.put("url", url);
    fields.put("pubstate", status_of(work, options).map(|words| escape(&words)));
    let remarks: Vec<String> =
        remarks_of(&cited.entries, options).iter().map(|line| escape(line)).collect();
    fields.put("note", Some(remarks.join("; ")));
}

/// Tells whether every brace of a text is closed, in order.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return false,
            '}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

/// Escapes the ten signs that TeX acts on.
///
/// `\{` would do for TeX; biber and BibTeX count the braces of a value, whatever stands before
/// them, and one that is not closed ends the file for them. Zotero reads no other name of a brace.
fn escape(text: &str) -> String {
    let is_balanced = is_balanced(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // TeX makes one sign out of `--`, of two backquotes and of two apostrophes.
        if matches!(c, '-' | '`' | '\'') && out.ends_with(c) {
            out.push_str("{}");
        }
        match c {
            '\\' => out.push_str("{\\textbackslash}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '{' if !is_balanced => out.push_str("{\\textbraceleft}"),
            '}' if !is_balanced => out.push_str("{\\textbraceright}"),
            '{' | '}' | '$' | '%' | '&' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}
