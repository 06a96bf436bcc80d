//! A document as JSON, terminal and page show it: schema `misl.document/1`.

use serde::Serialize;

use crate::extract::ocr::LOW;
use crate::model::chars::CharCursor;
use crate::model::record::{DateRole, RoleDate, Side};
use crate::model::reference::Relation;
use crate::model::{
    Mention, Page, PageNo, Reader, Record, Reference, SourceId, Status, Valued, Warning,
};
use crate::store::OcrNote;

/// A document, or some pages of it.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct DocumentView {
    pub schema: &'static str,
    pub id: SourceId,
    pub path: String,
    /// All places of the same bytes.
    pub paths: Vec<String>,
    pub key: Option<String>,
    pub media_type: String,
    pub reader: Reader,
    pub record: RecordView,
    /// How many pages the document has; `pages` may hold fewer.
    pub page_count: usize,
    pub pages: Vec<PageView>,
    pub mentions: Vec<MentionView>,
    pub references: Vec<ReferenceView>,
    pub warnings: Vec<WarningView>,
    /// What a reader must know of the place that was asked for, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Whether the file has pages of its own.
    #[serde(skip)]
    pub paged: bool,
}

/// A record with its origins; what is not known is `null`, never invented.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Record`")]
pub struct RecordView {
    pub kind: Option<Valued<String>>,
    pub title: Option<Valued<String>>,
    pub short_title: Option<Valued<String>>,
    /// The date that stands for the document.
    pub date: Option<Valued<String>>,
    pub dates: Vec<DateView>,
    pub court: Option<Valued<String>>,
    pub judges: Vec<Valued<String>>,
    pub parties: Vec<PartyView>,
    pub numbers: Vec<Valued<String>>,
    pub reports: Vec<Valued<String>>,
    pub authors: Vec<Valued<String>>,
    pub publisher: Option<Valued<String>>,
    pub act_number: Option<Valued<String>>,
    pub gazette: Option<Valued<String>>,
    pub index_number: Option<Valued<String>>,
    pub url: Option<Valued<String>>,
    pub archive_url: Option<Valued<String>>,
    pub lang: Option<Valued<String>>,
    pub matter: Option<Valued<String>>,
    pub status: Vec<Status>,
    pub tags: Vec<String>,
    pub tags_removed: Vec<String>,
    pub conflicts_with: Vec<String>,
    pub extra: std::collections::BTreeMap<String, String>,
}

/// A date, what it is the date of, and where it was read.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DateView {
    pub role: DateRole,
    #[serde(flatten)]
    pub date: Valued<String>,
}

/// A party and its side.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PartyView {
    pub side: Side,
    #[serde(flatten)]
    pub name: Valued<String>,
}

/// A page; offsets are characters of `text`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct PageView {
    pub number: u32,
    pub label: Option<String>,
    pub origin: &'static str,
    pub quality: f32,
    pub text: String,
    pub paragraphs: Vec<ParagraphView>,
    /// How OCR read the page; left out where it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ocr: Option<OcrView>,
}

/// How a page was read by OCR.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OcrView {
    /// Name and version of the program.
    pub engine: String,
    /// Its models, joined by `+`.
    pub models: String,
    /// Dots an inch of the picture.
    pub dpi: u32,
    /// Mean confidence of the words, 0 to 100.
    pub confidence: f32,
    /// Words of little confidence, in order.
    pub doubtful: Vec<DoubtfulWord>,
}

/// A word that OCR was not sure of; offsets are characters of the page's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DoubtfulWord {
    pub start: usize,
    pub end: usize,
    /// 0 to 100.
    pub confidence: u8,
}

/// A paragraph; offsets are characters of the page's text.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct ParagraphView {
    pub label: Option<String>,
    /// The number that the file draws before it, where `label` says more: `(1)` of `28(1)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawn: Option<String>,
    /// The number that it stands under where the author numbers paragraphs, else counted; `null`
    /// for notes, headings, boilerplate and what stands before the first number.
    pub number: Option<u32>,
    pub start: usize,
    pub end: usize,
    pub role: crate::model::Role,
    pub boilerplate: bool,
    pub continues: bool,
    /// Whether `label` could not be read on the scan, and is what is missing between its neighbours.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
    pub lang: crate::model::Lang,
    /// Whether the place that was asked for is, or holds, this paragraph.
    #[serde(skip)]
    pub asked: bool,
}

/// A mention; offsets are characters of its page's text.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct MentionView {
    pub entity: String,
    pub page: u32,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub rule: &'static str,
}

/// A reference; offsets are characters of its page's text.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct ReferenceView {
    pub kind: &'static str,
    pub id: String,
    pub page: u32,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub pinpoint: Option<String>,
    pub confidence: f32,
    pub relation: Relation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A warning with its id.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct WarningView {
    pub kind: &'static str,
    /// The kind in words, for people.
    #[serde(skip)]
    pub words: &'static str,
    pub page: Option<u32>,
    pub detail: String,
}

impl WarningView {
    /// Tells whether a page's text is missing or not to be trusted.
    pub fn is_about_text(&self) -> bool {
        matches!(self.kind, "no-text" | "low-text" | "ocr-missing" | "ocr-unreliable")
    }
}

/// What a view is made of.
pub(super) struct Parts<'a> {
    pub(super) id: SourceId,
    pub(super) paths: Vec<String>,
    pub(super) key: Option<String>,
    pub(super) media_type: &'a str,
    pub(super) reader: Reader,
    pub(super) record: &'a Record,
    pub(super) page_count: usize,
    /// The pages to show.
    pub(super) pages: &'a [Page],
    /// How OCR read those of them that it read.
    pub(super) ocr: &'a [(PageNo, OcrNote)],
    pub(super) mentions: &'a [Mention],
    pub(super) references: &'a [Reference],
    pub(super) warnings: &'a [Warning],
}

/// Puts a document into the form in which it is shown.
pub(super) fn view(parts: Parts<'_>) -> DocumentView {
    let page = |number: crate::model::PageNo| parts.pages.iter().find(|page| page.number == number);
    let chars = |at: crate::model::PageNo, span: &crate::model::Span| {
        page(at).map(|page| {
            let [start, end] = CharCursor::new(&page.text).span(span);
            (start, end, page.text.get(span.clone()).unwrap_or_default().to_owned())
        })
    };
    let mentions = parts.mentions.iter().filter_map(|mention| {
        let (start, end, text) = chars(mention.page, &mention.span)?;
        Some(MentionView {
            entity: mention.entity.clone(),
            page: mention.page.get(),
            start,
            end,
            text,
            rule: mention.rule.name(),
        })
    });
    let references = parts.references.iter().filter_map(|reference| {
        let (start, end, text) = chars(reference.page, &reference.span)?;
        Some(ReferenceView {
            kind: reference.kind.name(),
            id: reference.id.clone(),
            page: reference.page.get(),
            start,
            end,
            text,
            pinpoint: reference.pinpoint.clone(),
            confidence: reference.confidence,
            relation: reference.relation,
            note: reference.note.clone(),
        })
    });
    DocumentView {
        schema: "misl.document/1",
        id: parts.id,
        path: parts.paths.first().cloned().unwrap_or_default(),
        key: parts.key,
        media_type: parts.media_type.to_owned(),
        reader: parts.reader,
        record: record_view(parts.record),
        page_count: parts.page_count,
        pages: parts
            .pages
            .iter()
            .map(|page| {
                let note = parts.ocr.iter().find(|(number, _)| *number == page.number);
                page_view(page, note.map(|(_, note)| note))
            })
            .collect(),
        mentions: mentions.collect(),
        references: references.collect(),
        warnings: parts.warnings.iter().map(warning_view).collect(),
        notes: Vec::new(),
        paged: parts.page_count > 1 || parts.pages.iter().any(|page| page.origin.has_pages()),
        paths: parts.paths,
    }
}

/// Puts a warning into the form in which it is shown.
pub(super) fn warning_view(warning: &Warning) -> WarningView {
    WarningView {
        kind: warning.kind.id(),
        words: warning.kind.words(),
        page: warning.page.map(crate::model::PageNo::get),
        detail: warning.detail.clone(),
    }
}

fn page_view(page: &Page, note: Option<&OcrNote>) -> PageView {
    let mut cursor = CharCursor::new(&page.text);
    let paragraphs = page.paragraphs.iter().map(|paragraph| {
        let [start, end] = cursor.span(&paragraph.span);
        ParagraphView {
            label: paragraph.label.clone(),
            drawn: paragraph.drawn.clone(),
            number: paragraph.number,
            start,
            end,
            role: paragraph.role,
            boilerplate: paragraph.role.is_boilerplate(),
            continues: paragraph.continues,
            inferred: paragraph.inferred,
            lang: paragraph.lang,
            asked: true,
        }
    });
    PageView {
        number: page.number.get(),
        label: page.label.clone(),
        origin: page.origin.name(),
        quality: page.quality,
        paragraphs: paragraphs.collect(),
        text: page.text.clone(),
        ocr: note.map(|note| ocr_view(page, note)),
    }
}

fn ocr_view(page: &Page, note: &OcrNote) -> OcrView {
    let mut cursor = CharCursor::new(&page.text);
    let doubtful = note.words.iter().filter(|(_, confidence)| *confidence < LOW);
    let doubtful = doubtful.map(|(span, confidence)| {
        let [start, end] = cursor.span(span);
        DoubtfulWord { start, end, confidence: *confidence }
    });
    OcrView {
        doubtful: doubtful.collect(),
        engine: note.engine.clone(),
        models: note.models.clone(),
        dpi: note.dpi,
        confidence: note.confidence,
    }
}

/// Copies a value under another type, with its origin.
fn map<T, U>(valued: &Valued<T>, change: impl FnOnce(&T) -> U) -> Valued<U> {
    Valued {
        value: change(&valued.value),
        origin: valued.origin,
        page: valued.page,
        confidence: valued.confidence,
    }
}

/// Puts a record into the form in which it is shown.
pub(super) fn record_view(record: &Record) -> RecordView {
    let plain = |values: &[Valued<String>]| -> Vec<String> {
        values.iter().map(|value| value.value.clone()).collect()
    };
    let date = |date: &Valued<RoleDate>| map(date, |date| date.value.to_string());
    RecordView {
        kind: record.kind.as_ref().map(|kind| map(kind, |kind| kind.name().to_owned())),
        title: record.title.clone(),
        short_title: record.short_title.clone(),
        date: record.main_date().map(date),
        dates: record
            .dates
            .iter()
            .map(|value| DateView { role: value.value.role, date: date(value) })
            .collect(),
        court: record.court.clone(),
        judges: record.judges.clone(),
        parties: record
            .parties
            .iter()
            .map(|party| PartyView {
                side: party.value.side,
                name: map(party, |party| party.name.clone()),
            })
            .collect(),
        numbers: record.numbers.clone(),
        reports: record.reports.clone(),
        authors: record.authors.clone(),
        publisher: record.publisher.clone(),
        act_number: record.act_number.clone(),
        gazette: record.gazette.clone(),
        index_number: record.index_number.clone(),
        url: record.url.clone(),
        archive_url: record.archive_url.clone(),
        lang: record.lang.clone(),
        matter: record.matter.clone(),
        status: record.status.iter().map(|status| status.value.clone()).collect(),
        tags: plain(&record.tags),
        tags_removed: plain(&record.tags_removed),
        conflicts_with: plain(&record.conflicts_with),
        extra: record
            .extra
            .iter()
            .map(|(name, value)| (name.clone(), value.value.clone()))
            .collect(),
    }
}
