//! One writer a format. Each escapes what it writes; none asks for anything.

mod annotation;
mod bibtex;
mod csl_json;
mod csv;
mod docx;
mod ftm;
mod html;
mod jsonl;
#[cfg(test)]
mod rdf_tests;
mod ris;
mod rtf;
mod text;
mod xml;
mod zotero_rdf;

pub(super) use csl_json::item as csl_item;

use super::list::items;
use super::run::clean;
use super::work::{Detail, Work};
use super::{CiteError, Entry, Format, Options, render};
use crate::model::{Date, Locator};

impl Format {
    /// Tells whether citations are printed in a style; the others write fields.
    pub const fn uses_style(self) -> bool {
        matches!(self, Self::Text | Self::Markdown | Self::Html | Self::Rtf | Self::Docx)
    }
}

/// Writes the entries in the format of the options.
pub(super) fn write(entries: &[Entry<'_>], options: &Options<'_>) -> Result<Vec<u8>, CiteError> {
    let text = match options.format {
        Format::Text => text::text(&items(entries, options)?, options),
        Format::Markdown => text::markdown(&items(entries, options)?, options),
        Format::Html => html::write(&items(entries, options)?, options),
        Format::Rtf => rtf::write(&items(entries, options)?, options),
        Format::Docx => return docx::write(&items(entries, options)?, options),
        Format::Bibtex => bibtex::write(entries, options, bibtex::Dialect::Bibtex),
        Format::Biblatex => bibtex::write(entries, options, bibtex::Dialect::Biblatex),
        Format::Ris => ris::write(entries, options),
        Format::CslJson => csl_json::write(entries, options),
        Format::Csv => csv::write(entries, options),
        Format::Jsonl => jsonl::write(entries, options),
        Format::ZoteroRdf => zotero_rdf::write(entries, options),
        Format::Annotation => annotation::write(entries),
        Format::Fragment => annotation::fragments(entries),
        Format::Ftm => ftm::write(entries, options),
    };
    Ok(text.into_bytes())
}

/// Returns the date that fields give: of an act the year of its title, of a treaty its adoption, of
/// a reported case without a day the year of the report.
fn issued(work: &Work) -> Option<Date> {
    let own = match &work.detail {
        Detail::Statute(statute) => statute.year.and_then(Date::of_year),
        Detail::Treaty(treaty) => treaty.adopted,
        Detail::Case(case) if work.date.is_none() => {
            case.parsed_report().and_then(|report| Date::of_year(report.year))
        }
        _ => None,
    };
    own.or_else(|| work.date.map(|date| date.value))
}

/// Returns the latest adverse status in words, in the style of the options.
fn status_of(work: &Work, options: &Options<'_>) -> Option<String> {
    work.adverse_status().map(|status| render::status_words(status, options.style))
}

/// Returns the place with the printed label of its page: `p. 12 (printed 410), para 18`.
fn place_of(entry: &Entry<'_>) -> Option<String> {
    if entry.locator.is_whole() {
        return None;
    }
    Some(match &entry.page_label {
        Some(label) => format!("{} (printed {})", entry.locator, clean(label)),
        None => entry.locator.to_string(),
    })
}

/// Returns what the entries of one work add to it, for the free note of reference managers.
fn remarks_of(entries: &[&Entry<'_>], options: &Options<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in entries {
        let quote = entry.quote.as_deref().map(|quote| format!("“{}”", clean(quote)));
        let note = entry.note.as_deref().map(clean).filter(|note| !note.is_empty());
        let parts: Vec<String> = [place_of(entry), quote, note].into_iter().flatten().collect();
        let line = parts.join(": ");
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    if let Some(entry) = entries.first() {
        if let Some(status) = entry.work.adverse_status() {
            let words = render::status_words(status, options.style);
            lines.push(format!("Status: {words} (source: {})", clean(&status.source)));
        }
        if options.provenance {
            lines.push(format!("sha256: {}", entry.work.id));
        }
    }
    lines
}

/// Returns the address of a text fragment: the page's own address with the quotation's words.
fn fragment_url(url: &str, quote: &str, prefix: &str, suffix: &str) -> String {
    let base = url.split('#').next().unwrap_or(url);
    let is_pdf = base.split('?').next().unwrap_or(base).to_ascii_lowercase().ends_with(".pdf");
    if is_pdf || quote.trim().is_empty() {
        return base.to_owned();
    }
    let words: Vec<&str> = quote.split_whitespace().collect();
    let mut parts = String::new();
    // The last words before and the first after make the place unique.
    let before: Vec<&str> = prefix.split_whitespace().collect();
    if let Some(tail) = before.get(before.len().saturating_sub(3)..).filter(|tail| !tail.is_empty())
    {
        parts.push_str(&percent(&tail.join(" ")));
        parts.push_str("-,");
    }
    if words.len() > 10 {
        parts.push_str(&percent(&words[..4].join(" ")));
        parts.push(',');
        parts.push_str(&percent(&words[words.len() - 4..].join(" ")));
    } else {
        parts.push_str(&percent(&words.join(" ")));
    }
    let after: Vec<&str> = suffix.split_whitespace().take(3).collect();
    if !after.is_empty() {
        parts.push_str(",-");
        parts.push_str(&percent(&after.join(" ")));
    }
    format!("{base}#:~:text={parts}")
}

/// Encodes all but letters and digits, so that `-`, `,` and `&` are no syntax.
fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Returns the page of a locator for formats that know pages alone: `12`, `12–14`, `410`.
fn page_words(locator: &Locator, label: Option<&str>) -> Option<String> {
    use crate::model::Pin;
    locator.0.iter().find_map(|pin| match (pin, label) {
        (Pin::Page(_, None), Some(label)) => Some(clean(label)),
        (Pin::Page(..) | Pin::Label(..), _) => {
            let (first, last) = pin.ends();
            Some(last.map_or(first.clone(), |last| format!("{first}–{last}")))
        }
        _ => None,
    })
}

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;
