//! What was seen and what became of it; the account of what could not be read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Kind, SourceId};
use crate::store::{PathRow, PathState, SourceRow, SourceState, StateCounts};

use super::document::{WarningView, warning_view};
use super::index::is_unread;
use super::{Desk, TaskError};

/// Which places a status lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// None: the counts alone.
    Counts,
    /// Every place.
    All,
    /// Places that failed or were skipped.
    Failed,
    /// Documents with pages that have no trustworthy text.
    LowText,
    /// Places that are gone.
    Missing,
    /// Documents whose derived values are the least certain.
    Doubtful,
}

/// The state of a workspace: schema `misl.status/1`. The counts add up to `seen`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct StatusAnswer {
    pub schema: &'static str,
    #[serde(flatten)]
    pub counts: StateCounts,
    /// Files and pages without trustworthy text.
    pub unread: Unread,
    pub files: Vec<FileStatus>,
}

/// How much could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unread {
    /// Files that failed.
    pub files: u64,
    /// Pages without trustworthy text in files that were read.
    pub pages: u64,
}

/// A place and what became of it.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FileStatus {
    pub path: String,
    /// `indexed`, `warned`, `skipped`, `failed`, `duplicate` or `missing`.
    pub state: &'static str,
    pub id: Option<SourceId>,
    pub key: Option<String>,
    /// For a duplicate: the first place of the same bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<String>,
    /// Stable reason id of skipped and failed places.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The same in words, with what to do.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningView>,
    /// The least certain derived value, 0 to 1, for `--doubtful`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
}

/// Returns the state of a workspace, with the places that `listing` asks for.
pub fn status(desk: &Desk, listing: Listing) -> Result<StatusAnswer, TaskError> {
    let counts = desk.store.counts()?;
    let (files, pages) = desk.store.unread()?;
    let unread = Unread { files, pages };
    let mut listed = Vec::new();
    if listing != Listing::Counts {
        let sources: BTreeMap<u64, SourceRow> =
            desk.store.sources()?.into_iter().map(|source| (source.docn, source)).collect();
        let mut first_places = BTreeMap::new();
        for docn in sources.keys() {
            if let Some(first) = desk.store.paths_of(*docn)?.first() {
                first_places.insert(*docn, first.path.clone());
            }
        }
        for row in desk.store.paths()? {
            let source = row.docn.and_then(|docn| sources.get(&docn));
            let file = file_status(desk, &row, source, &first_places)?;
            if is_listed(&file, listing) {
                listed.push(file);
            }
        }
        if listing == Listing::Doubtful {
            listed.sort_by(|a, b| {
                let by = a.confidence.partial_cmp(&b.confidence);
                by.unwrap_or(std::cmp::Ordering::Equal).then_with(|| a.path.cmp(&b.path))
            });
        }
    }
    Ok(StatusAnswer { schema: "misl.status/1", counts, unread, files: listed })
}

fn is_listed(file: &FileStatus, listing: Listing) -> bool {
    match listing {
        Listing::Counts => false,
        Listing::All => true,
        Listing::Failed => matches!(file.state, "failed" | "skipped"),
        Listing::LowText => file.warnings.iter().any(|warning| {
            matches!(warning.kind, "no-text" | "low-text" | "ocr-missing" | "ocr-unreliable")
        }),
        Listing::Missing => file.state == "missing",
        Listing::Doubtful => file.confidence.is_some_and(|confidence| confidence < 0.8),
    }
}

fn file_status(
    desk: &Desk,
    row: &PathRow,
    source: Option<&SourceRow>,
    first_places: &BTreeMap<u64, String>,
) -> Result<FileStatus, TaskError> {
    let first = row.docn.and_then(|docn| first_places.get(&docn));
    let duplicate_of = first.filter(|first| **first != row.path).cloned();
    let (state, reason, detail) = match (row.state, source) {
        (PathState::Missing, _) => (
            "missing",
            String::new(),
            "the file is gone; its kept text stays searchable".to_owned(),
        ),
        (PathState::Skipped, _) => ("skipped", row.reason.clone(), row.detail.clone()),
        (PathState::Failed, _) | (_, None) => ("failed", row.reason.clone(), row.detail.clone()),
        (PathState::Present, Some(_)) if duplicate_of.is_some() => {
            ("duplicate", String::new(), String::new())
        }
        (PathState::Present, Some(source)) => {
            let state = match source.state {
                SourceState::Indexed => "indexed",
                SourceState::Warned => "warned",
                SourceState::Skipped => "skipped",
                SourceState::Failed => "failed",
            };
            (state, source.reason.clone(), source.detail.clone())
        }
    };
    let warnings = match source {
        Some(source) if source.state == SourceState::Warned => desk.store.warnings(source.docn)?,
        _ => Vec::new(),
    };
    Ok(FileStatus {
        path: row.path.clone(),
        state,
        id: source.map(|source| source.id),
        key: source.and_then(|source| source.key.clone()),
        duplicate_of: duplicate_of.filter(|_| state == "duplicate"),
        reason,
        detail,
        warnings: warnings.iter().map(warning_view).collect(),
        confidence: source.filter(|_| state != "duplicate").and_then(least_confidence),
    })
}

/// Returns the confidence of the least certain derived value that a citation would print.
fn least_confidence(source: &SourceRow) -> Option<f32> {
    if !source.state.is_searchable() {
        return None;
    }
    let record = source.merged();
    let values = [
        record.kind.as_ref().and_then(|value| value.confidence),
        record.title.as_ref().and_then(|value| value.confidence),
        record.court.as_ref().and_then(|value| value.confidence),
        record.main_date().and_then(|value| value.confidence),
        record.numbers.first().and_then(|value| value.confidence),
    ];
    let needs_number = record.kind.as_ref().is_some_and(|kind| {
        matches!(kind.value, Kind::Order | Kind::Judgment) && record.numbers.is_empty()
    });
    let nothing = needs_number || record.title.is_none();
    let least = values.into_iter().flatten().reduce(f32::min);
    if nothing { Some(0.0) } else { least }
}

/// Returns the pages of a document that carry a warning about their text.
pub(super) fn unread_pages(desk: &Desk, docn: u64) -> Result<Vec<u32>, TaskError> {
    let warnings = desk.store.warnings(docn)?;
    Ok(warnings
        .iter()
        .filter(|warning| is_unread(warning.kind))
        .filter_map(|warning| warning.page.map(crate::model::PageNo::get))
        .collect())
}
