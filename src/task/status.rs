//! What was seen and what became of it; the account of what could not be read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::record::{DateRole, Valued};
use crate::model::{Kind, PageNo, SourceId};
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
    /// The confidence of the least certain value that a citation would print, 0 to 1; 0 where one is lacking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// Those values, the least certain first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
}

/// A value that a citation would print and that a person should look at.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Doubt {
    /// `kind`, `title`, `court`, `date` or `number`, as `misl edit` names them.
    pub field: &'static str,
    /// `None`: the document has none, and a citation needs it.
    pub value: Option<String>,
    pub page: Option<u32>,
    pub confidence: f32,
}

/// Values under this confidence are listed as doubtful.
const DOUBTFUL: f32 = 0.8;

impl Doubt {
    /// Tells whether a person should look at the value before it is cited.
    pub fn is_doubtful(&self) -> bool {
        self.confidence < DOUBTFUL
    }
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
        Listing::LowText => file.warnings.iter().any(WarningView::is_about_text),
        Listing::Missing => file.state == "missing",
        Listing::Doubtful => file.doubts.iter().any(Doubt::is_doubtful),
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
    // Of a member that its archive did not hand over nothing but an id is known.
    let words = if reason == "member" { member_words(&detail) } else { "" };
    let (reason, detail) =
        if words.is_empty() { (reason, detail) } else { (detail, words.to_owned()) };
    let doubts = source.filter(|_| state != "duplicate").map(doubts).unwrap_or_default();
    Ok(FileStatus {
        path: row.path.clone(),
        state,
        id: source.map(|source| source.id),
        key: source.and_then(|source| source.key.clone()),
        duplicate_of: duplicate_of.filter(|_| state == "duplicate"),
        reason,
        detail,
        warnings: warnings.iter().map(warning_view).collect(),
        confidence: doubts.first().map(|doubt| doubt.confidence),
        doubts,
    })
}

/// Returns what the reason means for which an archive did not hand over a member.
fn member_words(reason: &str) -> &'static str {
    match reason {
        "empty" => "empty file",
        "encrypted" => "encrypted: unpack the archive with its password, and ingest the folder",
        "damaged" => "damaged inside the archive: unpack it again from its source",
        "not-a-file" => "a link or device, no file",
        "revisit" => "the archive says that this page had not changed since an earlier capture",
        "too-large" => "larger than the limit for one file",
        "unsupported:zip-method" => {
            "packed by an old method: unpack the archive with another program, and ingest the folder"
        }
        _ if reason.starts_with("archive-limit:") => {
            "the archive unpacks to more than is safe: unpack it yourself, and ingest the folder"
        }
        _ if reason.starts_with("http-status:") => {
            "the site answered with an error instead of the page"
        }
        _ => "",
    }
}

/// Returns the derived values that a citation would print, and those that it lacks, the least certain first.
pub(super) fn doubts(source: &SourceRow) -> Vec<Doubt> {
    // What only holds other documents is never cited itself.
    let holds_others =
        matches!(source.reader.as_str(), "zip" | "tar" | "gz" | "warc" | "wacz" | "mbox");
    if !source.state.is_searchable() || holds_others {
        return Vec::new();
    }
    let record = source.merged();
    let mut doubts = Vec::new();
    let mut add = |field, value: Option<(String, Option<PageNo>, Option<f32>)>, is_needed: bool| {
        match value {
            Some((value, page, Some(confidence))) => {
                let page = page.map(PageNo::get);
                doubts.push(Doubt { field, value: Some(value), page, confidence });
            }
            // What a person or the file itself says is not in doubt.
            Some(_) => {}
            None if is_needed => {
                doubts.push(Doubt { field, value: None, page: None, confidence: 0.0 });
            }
            None => {}
        }
    };
    let text = |value: &Valued<String>| (value.value.clone(), value.page, value.confidence);
    let is_decision =
        record.kind.as_ref().is_some_and(|kind| matches!(kind.value, Kind::Order | Kind::Judgment));
    let kind = record.kind.as_ref();
    add("kind", kind.map(|kind| (kind.value.name().to_owned(), kind.page, kind.confidence)), false);
    add("title", record.title.as_ref().map(text), true);
    add("court", record.court.as_ref().map(text), false);
    let date = record.main_date();
    add("date", date.map(|date| (date.value.value.to_string(), date.page, date.confidence)), false);
    // A day of the decision that another contradicts: a person should see both.
    let others = record.dates.iter().filter(|other| {
        let decides = [DateRole::Order, DateRole::Decision, DateRole::Announced];
        other.is_unsure()
            && decides.contains(&other.value.role)
            && date.is_some_and(|date| date.value.value != other.value.value)
    });
    for other in others {
        add("date", Some((other.value.value.to_string(), other.page, other.confidence)), false);
    }
    add("number", record.numbers.first().map(text), is_decision);
    doubts.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
    doubts
}

/// Returns the pages of a document that carry a warning about their text.
pub(super) fn unread_pages(desk: &Desk, docn: u64) -> Result<Vec<u32>, TaskError> {
    let warnings = desk.store.warnings(docn)?;
    Ok(warnings
        .iter()
        .filter(|warning| is_unread(warning.kind))
        .filter_map(|warning| warning.page.map(PageNo::get))
        .collect())
}
