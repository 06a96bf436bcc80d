//! The check of a draft: every quotation against the kept texts, every citation against the works.
//!
//! The words are compared in [`crate::quote`]; here are the *shelf*, which finds works and texts
//! for it, and the answer as terminal, JSON and page show it. The draft itself is never changed.

mod annotate;
mod malformed;
mod pins;
mod shelf;

pub use annotate::annotate;

use serde::Serialize;

use crate::extract::{ExtractError, Job, Limits};
use crate::model::{Date, Role, SourceId};
use crate::quote::{self, CheckedQuotation, Cited, CitedState, Difference, DraftKind, Verdict};

use super::status::Unread;
use super::{Desk, Readers, TaskError};
use crate::worker::ReadError;
use shelf::Shelf;

/// A draft as it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftText {
    /// Its text; of a Word document one line a paragraph.
    pub text: String,
    /// What it is written in.
    pub kind: DraftKind,
}

/// What the check of a draft found: schema `misl.check/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct CheckAnswer {
    pub schema: &'static str,
    /// Whether every quotation and every citation was verified.
    pub verified: bool,
    pub quotations: Vec<QuotationView>,
    pub citations: Vec<CitationView>,
    /// What could not be read: words that were not found may stand there.
    pub unread: Unread,
    /// What a reader must know of the corpus: a kept text that is damaged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A quotation and what was found.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct QuotationView {
    pub quote: String,
    /// Counted from 1; in a Word document, the paragraph.
    pub line: usize,
    /// The number or name of the note in which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub claimed: Option<ClaimView>,
    pub verdict: Verdict,
    pub passes: bool,
    pub differences: Vec<Difference>,
    /// Every place where it stands, or stands nearly.
    pub found: Vec<FoundView>,
    /// The source's own words, or the nearest ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_words: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What to do about it, in words; empty where nothing is wrong.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hint: String,
}

/// A citation as the corpus understands it.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ClaimView {
    pub written: String,
    pub id: Option<SourceId>,
    pub key: Option<String>,
    /// The place that it names; empty: the whole work.
    pub at: String,
    pub state: CitedState,
    /// Of a short form (`ibid`, `supra`, `(n 3)`) the citation that it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A citation with its line.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CitationView {
    pub line: usize,
    /// The number or name of the note in which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(flatten)]
    pub claim: ClaimView,
}

/// A place where a quotation stands.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FoundView {
    pub id: SourceId,
    pub key: Option<String>,
    pub page: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_to: Option<u32>,
    pub page_label: Option<String>,
    /// The court's own number, else counted.
    pub paragraph: Option<u32>,
    /// The court's own number as printed.
    pub paragraph_label: Option<String>,
    /// What to type after `misl cite`.
    pub cite_as: String,
    /// How the page was read: `text-layer`, `ocr` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<&'static str>,
}

/// Reads a draft: Markdown, HTML and plain text as they are, Word and other documents by `readers`,
/// one line a paragraph.
///
/// # Errors
/// No text can be got out of it.
pub fn read_draft(bytes: &[u8], name: &str, readers: &Readers) -> Result<DraftText, TaskError> {
    let failed = |source: ReadError| TaskError::Extract { name: name.to_owned(), source };
    let unreadable = |error: ExtractError| failed(error.into());
    if bytes.trim_ascii().is_empty() {
        return Err(unreadable(ExtractError::Empty));
    }
    if let Some(kind) = DraftKind::from_name(name) {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{FEFF}').to_owned(),
            Err(_) => {
                let detail = "no UTF-8 text: save it as UTF-8".to_owned();
                return Err(unreadable(ExtractError::Damaged { detail }));
            }
        };
        return Ok(DraftText { text, kind });
    }
    let limits = Limits { file_bytes: 256 << 20, archive_bytes: 256 << 20, ..Limits::default() };
    let job = Job { name, limits: &limits, beat: &|| (), passwords: &[], charset: None };
    let extracted = readers.read_draft(bytes, &job).map_err(failed)?;
    let mut text = String::new();
    let mut in_note = false;
    for page in &extracted.pages {
        for paragraph in page.paragraphs.iter().filter(|one| !one.role.is_boilerplate()) {
            let is_note = matches!(paragraph.role, Role::Footnote | Role::Endnote);
            match &paragraph.label {
                Some(name) if is_note => text.push_str(&format!("[^{name}]: ")),
                None if is_note && in_note => text.push_str("    "),
                _ if paragraph.role == Role::Quote => text.push_str("> "),
                // Word draws the numbers of a list, of its sources, too; they are not in the text.
                Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                    text.push_str(&format!("{number}. "));
                }
                _ => {}
            }
            in_note = is_note;
            text.push_str(&page.paragraph_text(paragraph).replace(['\n', '\r'], " "));
            text.push('\n');
        }
    }
    if text.trim().is_empty() {
        return Err(unreadable(ExtractError::Empty));
    }
    Ok(DraftText { text, kind: DraftKind::Paragraphs })
}

/// Checks every quotation and citation of a draft.
///
/// A citation of a later year than `today`'s is anachronistic; without a day none is.
pub fn check(
    desk: &Desk,
    draft: &DraftText,
    today: Option<Date>,
) -> Result<CheckAnswer, TaskError> {
    let shelf = Shelf::new(desk, today)?;
    let report = quote::check_draft(&draft.text, draft.kind, &shelf);
    let mut quotations = Vec::with_capacity(report.quotations.len());
    for checked in &report.quotations {
        quotations.push(quotation_view(checked, &shelf)?);
    }
    let citations = report
        .citations
        .iter()
        .map(|checked| CitationView {
            line: checked.line,
            note: checked.note.clone(),
            claim: claim_view(&checked.cited, &shelf),
        })
        .collect();
    let notes = shelf.notes()?;
    let (files, pages) = desk.store.unread()?;
    Ok(CheckAnswer {
        schema: "misl.check/1",
        verified: report.passes(),
        quotations,
        citations,
        unread: Unread { files, pages },
        notes,
    })
}

fn quotation_view(one: &CheckedQuotation, shelf: &Shelf<'_>) -> Result<QuotationView, TaskError> {
    let checked = &one.checked;
    let mut found = Vec::with_capacity(one.found.len());
    for place in &one.found {
        found.extend(shelf.found_view(place.id, &place.place)?);
    }
    Ok(QuotationView {
        quote: one.quote.clone(),
        line: one.line,
        note: one.note.clone(),
        claimed: one.claimed.as_ref().map(|claimed| claim_view(claimed, shelf)),
        verdict: checked.verdict,
        passes: checked.passes(),
        differences: checked.differences.clone(),
        found,
        source_words: checked.source_words.clone(),
        notes: checked.notes.clone(),
        hint: checked.hint(),
    })
}

fn claim_view(cited: &Cited, shelf: &Shelf<'_>) -> ClaimView {
    ClaimView {
        written: cited.written.clone(),
        id: cited.id,
        key: cited.id.map(|id| shelf.name_of(id)),
        at: cited.at.to_string(),
        state: cited.state,
        stands_for: cited.stands_for.clone(),
        notes: cited.notes.clone(),
    }
}

#[cfg(test)]
mod tests;
