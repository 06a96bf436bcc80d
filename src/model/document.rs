//! The text of a source: pages, paragraphs, how they were read, and what went wrong.

use std::fmt;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::{Lang, Pin, Record, Span};

/// The number of a page, counted from 1 as the file counts (not the printed label).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PageNo(pub NonZeroU32);

impl PageNo {
    /// The first page.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// Returns page `n`, or `None` for 0.
    pub fn new(n: u32) -> Option<Self> {
        NonZeroU32::new(n).map(Self)
    }

    /// Returns the page of a position that counts from 0; past `u32::MAX` the last number.
    pub fn from_idx(page_idx: usize) -> Self {
        let n = u32::try_from(page_idx).unwrap_or(u32::MAX - 1).saturating_add(1);
        Self(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN))
    }

    /// Returns the position that counts from 0.
    pub fn idx(self) -> usize {
        self.0.get() as usize - 1
    }

    /// Returns the plain number.
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for PageNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a page's text came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageOrigin {
    /// The text that the PDF itself draws.
    TextLayer,
    /// Invisible text that somebody's OCR put over the page picture.
    OcrLayer,
    /// Our own OCR.
    Ocr,
    /// HTML, Word, mail and other markup.
    Markup,
    /// Plain text.
    Plain,
}

impl PageOrigin {
    /// Returns the name that JSON uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TextLayer => "text-layer",
            Self::OcrLayer => "ocr-layer",
            Self::Ocr => "ocr",
            Self::Markup => "markup",
            Self::Plain => "plain",
        }
    }
}

/// What a paragraph is on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Running text.
    #[default]
    Body,
    /// A heading.
    Heading,
    /// A quotation set off from the text.
    Quote,
    /// An item of a list.
    List,
    /// A row of a table, cells separated by tabs.
    Table,
    /// The caption of a picture or table.
    Caption,
    /// A footnote.
    Footnote,
    /// An endnote.
    Endnote,
    /// A running head.
    Header,
    /// A running foot, page numbers among them.
    Footer,
    /// A watermark or stamp across the page.
    Watermark,
    /// Line numbers and side notes.
    Margin,
    /// A comment or annotation.
    Comment,
    /// The value of a form field.
    Form,
    /// Menus, teasers and other parts of a web page that are not its main text.
    Navigation,
}

impl Role {
    /// Tells whether the paragraph is left out of ranking and tagging, though kept and shown.
    pub const fn is_boilerplate(self) -> bool {
        matches!(
            self,
            Self::Header | Self::Footer | Self::Watermark | Self::Margin | Self::Navigation
        )
    }
}

/// A paragraph, as a span of its page's text.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Paragraph {
    /// The number that the court (or author) printed, such as `12`, `12(a)`, `37(1)`; never counted.
    pub label: Option<String>,
    /// Bytes of the page's text, without the line break that ends the paragraph.
    pub span: Span,
    /// What the paragraph is.
    pub role: Role,
    /// Whether it goes on with the last body paragraph of the page before; a note, with the last note.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub continues: bool,
    /// The number by which it is cited: that of the court where the court numbers its paragraphs
    /// (a quotation below paragraph 12 belongs to 12), else counted through the document. `None`:
    /// headings, notes, what stands before the first number, running heads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The decimal label that it stands under without one of its own: `19.20`, where
    /// [`Paragraph::number`] says 19.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// The number that the file draws before it, where [`Paragraph::label`] says more: `(1)` of
    /// `28(1)`. `None`: drawn as the label says, or a part of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<String>,
    /// Whether [`Paragraph::number`] is ours: the author numbers no paragraphs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counted: bool,
    /// Whether [`Paragraph::label`] cannot be read on the scan, and is what is missing between its
    /// neighbours.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inferred: bool,
    /// The language of the paragraph.
    #[serde(default)]
    pub lang: Lang,
}

impl Paragraph {
    /// Returns the number that the printed label begins with: 12 of `12(a)`.
    pub fn printed_number(&self) -> Option<u32> {
        let label = self.label.as_deref()?;
        let digits: String = label.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    }

    /// Tells whether it is a note, whose label counts notes and not paragraphs.
    pub const fn is_note(&self) -> bool {
        matches!(self.role, Role::Footnote | Role::Endnote)
    }

    /// Returns the printed label, where that counts paragraphs and not notes.
    pub fn cited_label(&self) -> Option<String> {
        self.label.clone().filter(|_| !self.is_note())
    }

    /// Returns the number by which it is cited, as [`Paragraph::pin`] has it; `None`: a note, or its
    /// page alone.
    pub fn cited_number(&self, paged: bool) -> Option<String> {
        match self.pin(paged)? {
            Pin::Para(label, _) => Some(label),
            _ => None,
        }
    }

    /// Tells whether `para…` with this label means the paragraph: by its printed label, as an item
    /// of the one so labelled, or by the number under which it stands.
    pub fn is_called(&self, label: &str) -> bool {
        if self.is_note() || self.role.is_boilerplate() {
            return false;
        }
        match &self.label {
            Some(own) => is_within(own, label) || self.under.as_deref() == Some(label),
            None => {
                self.under.as_deref() == Some(label)
                    || self.number.is_some_and(|number| number.to_string() == label)
            }
        }
    }

    /// Returns the place by which it is cited: `n2` for a note, `para12(a)`, `para12`; `None`: its
    /// page alone. On a page of a `paged` file nobody asks for a number that we counted.
    pub fn pin(&self, paged: bool) -> Option<Pin> {
        if self.is_note() {
            return self.label.clone().map(|label| Pin::Note(label, None));
        }
        let number = self.number.filter(|_| !(paged && self.counted));
        let number = || number.map(|number| number.to_string());
        self.label
            .clone()
            .or_else(|| self.under.clone())
            .or_else(number)
            .map(|label| Pin::Para(label, None))
    }
}

/// Tells whether paragraph `own` is `label` or an item of it: `12(b)` of `12`, `12(b)(i)` of `12(b)`.
pub fn is_within(own: &str, label: &str) -> bool {
    own.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label))
        && own.get(label.len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
}

/// One drawn line of a page and where it stands, in points from the page's top left corner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineBox {
    /// Bytes of the page's text.
    pub span: Span,
    /// Left, top, right, bottom; points (1/72 inch) after rotation and crop.
    pub rect: [f32; 4],
}

/// One page of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Counted from 1 as the file counts.
    pub number: PageNo,
    /// The printed label (`iv`, `410`), where the page or the file's own table gives one.
    pub label: Option<String>,
    /// How the text was read.
    pub origin: PageOrigin,
    /// Trust in the text, 0 to 1.
    pub quality: f32,
    /// The source's own characters after NFC; paragraphs are separated by line breaks.
    pub text: String,
    /// In reading order; disjoint, ascending spans of `text`.
    pub paragraphs: Vec<Paragraph>,
    /// Drawn lines with their places; empty for formats without pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineBox>,
}

impl PageOrigin {
    /// Tells whether the page was read by OCR, ours or somebody else's.
    pub const fn is_ocr(self) -> bool {
        matches!(self, Self::Ocr | Self::OcrLayer)
    }

    /// Tells whether the format has pages: markup and plain text are one page by custom.
    pub const fn has_pages(self) -> bool {
        matches!(self, Self::TextLayer | Self::OcrLayer | Self::Ocr)
    }
}

impl Page {
    /// Returns an empty page of number `number`.
    pub fn empty(number: PageNo, origin: PageOrigin) -> Self {
        Self {
            number,
            label: None,
            origin,
            quality: 1.0,
            text: String::new(),
            paragraphs: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Returns the text of `paragraph`, or an empty text where its span does not fit this page.
    pub fn paragraph_text(&self, paragraph: &Paragraph) -> &str {
        self.text.get(paragraph.span.clone()).unwrap_or_default()
    }

    /// Tells whether the page was read by OCR, or its text layer is known to be wrong, and over 30 %
    /// of its letters are of Arabic script: its words are not to be trusted, however sure the
    /// program was.
    pub fn is_doubtful_script(&self) -> bool {
        // A text layer that is known to name its letters wrongly is no better.
        let is_read = matches!(self.origin, PageOrigin::Ocr | PageOrigin::OcrLayer)
            || self.origin == PageOrigin::TextLayer && self.quality < 0.5;
        if !is_read {
            return false;
        }
        let letters = || self.text.chars().filter(|c| c.is_alphabetic());
        let arabic = letters().filter(|c| {
            matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}'
                | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        });
        10 * arabic.count() > 3 * letters().count()
    }

    /// Tells whether the paragraph at `paragraph_idx` takes the next number where numbers are
    /// counted: it begins here, holds a letter or digit, and is no boilerplate.
    pub fn is_counted(&self, paragraph_idx: usize) -> bool {
        self.paragraphs.get(paragraph_idx).is_some_and(|paragraph| {
            !paragraph.continues
                && !paragraph.role.is_boilerplate()
                && self.paragraph_text(paragraph).chars().any(char::is_alphanumeric)
        })
    }

    /// Returns how many paragraphs of the page take a number of their own.
    pub fn n_counted(&self) -> u32 {
        let counted = (0..self.paragraphs.len()).filter(|idx| self.is_counted(*idx)).count();
        u32::try_from(counted).unwrap_or(u32::MAX)
    }

    /// Appends a paragraph of `text` with a line break before it where the page is not empty.
    ///
    /// Returns its index.
    pub fn push(&mut self, text: &str, role: Role) -> usize {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        let span = start..self.text.len();
        self.paragraphs.push(Paragraph { span, role, ..Paragraph::default() });
        self.paragraphs.len() - 1
    }
}

/// What produced a document's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// `pdf`, `html`, `markdown`, `text`, `docx` …
    pub name: String,
    /// Raised whenever the reader's output changes, so that old texts are read anew.
    pub version: String,
}

/// A kind of warning, with the id that status lists and JSON use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarningKind {
    /// The page shows something but holds no text.
    NoText,
    /// The page's text is doubtful (quality 0.60 to 0.80, or unmapped glyphs).
    LowText,
    /// Characters could not be decoded.
    BadEncoding,
    /// OCR whose words cannot be trusted (Nastaliq).
    OcrUnreliable,
    /// OCR was needed and is not installed.
    OcrMissing,
    /// Reading stopped before the end; what had arrived is kept.
    Partial,
    /// A limit cut the document.
    Truncated,
    /// The file or page was damaged; what could be read was.
    DamagedRepaired,
    /// The file's own page labels and the printed folios disagree; the printed ones are kept.
    PageLabelConflict,
    /// The name says another type than the content.
    NameTypeMismatch,
    /// Text lies under an opaque box, or is marked hidden.
    HiddenText,
    /// No date could be found.
    NoDate,
    /// Two places of the document give different values for one field.
    RecordConflict,
    /// Another source has the same text.
    SameTextAs,
    /// A form without readable content.
    UnsupportedForm,
    /// Front matter or metadata could not be read.
    BadMetadata,
    /// A member of an archive or an attachment could not be read.
    Member,
    /// The file could be opened only with its empty user password.
    EmptyPassword,
    /// Tracked changes were read as final text.
    TrackedChanges,
    /// Nothing is drawn on the page.
    BlankPage,
    /// Every page was read by the OCR of whoever scanned it, and its slips show.
    OcrLayer,
}

impl WarningKind {
    /// Returns the id (`no-text`, `low-text` …).
    pub const fn id(self) -> &'static str {
        match self {
            Self::NoText => "no-text",
            Self::LowText => "low-text",
            Self::BadEncoding => "bad-encoding",
            Self::OcrUnreliable => "ocr-unreliable",
            Self::OcrMissing => "ocr-missing",
            Self::Partial => "partial",
            Self::Truncated => "truncated",
            Self::DamagedRepaired => "damaged-repaired",
            Self::PageLabelConflict => "page-label-conflict",
            Self::NameTypeMismatch => "name-type-mismatch",
            Self::HiddenText => "hidden-text",
            Self::NoDate => "no-date",
            Self::RecordConflict => "record-conflict",
            Self::SameTextAs => "same-text-as",
            Self::UnsupportedForm => "unsupported-form",
            Self::BadMetadata => "bad-metadata",
            Self::Member => "member",
            Self::EmptyPassword => "empty-password",
            Self::TrackedChanges => "tracked-changes",
            Self::BlankPage => "blank-page",
            Self::OcrLayer => "ocr-layer",
        }
    }

    /// Returns what it means for a reader, in words (`no text that can be read`).
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoText => "no text that can be read",
            Self::LowText => "text that is not to be trusted",
            Self::BadEncoding => "characters that could not be decoded",
            Self::OcrUnreliable => "read by OCR that is not to be trusted",
            Self::OcrMissing => "a scan, and `tesseract` is not installed",
            Self::Partial => "reading stopped before the end; what had arrived is kept",
            Self::Truncated => "cut at a limit",
            Self::DamagedRepaired => "damaged; what could be read was",
            Self::PageLabelConflict => {
                "the printed page number is not the file's own; the printed one counts"
            }
            Self::NameTypeMismatch => "not of the type that its name says",
            Self::HiddenText => "text that nobody can see on the page",
            Self::NoDate => "no date found",
            Self::RecordConflict => "two places of it say different things",
            Self::SameTextAs => "another file has the same text",
            Self::UnsupportedForm => "a form whose fields cannot be read",
            Self::BadMetadata => "its head or metadata could not be read",
            Self::Member => "a file inside it could not be read",
            Self::EmptyPassword => "opened with an empty password",
            Self::TrackedChanges => "tracked changes, read as if all were accepted",
            Self::BlankPage => "nothing on the page",
            Self::OcrLayer => {
                "read by the scanner's own OCR, which misread some words; compare with the page"
            }
        }
    }
}

/// Something that a reader of the document should know, without losing the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What kind.
    pub kind: WarningKind,
    /// The page concerned; `None`: the whole document.
    pub page: Option<PageNo>,
    /// Details in words, lower case; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

impl Warning {
    /// Returns a warning about the whole document.
    pub fn document(kind: WarningKind, detail: impl Into<String>) -> Self {
        Self { kind, page: None, detail: detail.into() }
    }

    /// Returns a warning about one page.
    pub fn page(kind: WarningKind, page: PageNo, detail: impl Into<String>) -> Self {
        Self { kind, page: Some(page), detail: detail.into() }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind.id())?;
        if let Some(page) = self.page {
            write!(f, ":p{page}")?;
        }
        if !self.detail.is_empty() {
            write!(f, " ({})", self.detail)?;
        }
        Ok(())
    }
}

/// A file inside a file: a member of an archive, an attachment.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name inside the parent: a label only, never opened as a path.
    pub name: String,
    /// The member's bytes, or why there are none (a reason id of READING.md, such as
    /// `unsupported:zip-method`).
    pub bytes: Result<Vec<u8>, String>,
    /// What the parent says of it: the address and day of capture in a web archive.
    pub stated: Option<Box<Record>>,
    /// What the parent says of the encoding of its text: `windows-1256`.
    pub charset: Option<String>,
}

impl Member {
    /// Returns a member of which its parent says nothing but the name.
    pub const fn new(name: String, bytes: Result<Vec<u8>, String>) -> Self {
        Self { name, bytes, stated: None, charset: None }
    }
}

/// Everything that a reader got out of a source's bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Extracted {
    /// The media type by content.
    pub media_type: String,
    /// Who read it.
    pub reader: Reader,
    /// In the file's order; numbers rise by one from 1.
    pub pages: Vec<Page>,
    /// Values that the file itself states: origin `front-matter` or `embedded`.
    pub record: Record,
    /// In the order of their places.
    pub warnings: Vec<Warning>,
    /// Files inside the file, in their order.
    pub members: Vec<Member>,
}
