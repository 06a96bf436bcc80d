//! Citations: what a work is called, in the words of a court, an editor or a reference manager.
//!
//! A [`Work`] is what is cited, typed by kind. A [`Style`] is a table of templates; it makes
//! [`Runs`], never strings. A [`Format`] writes runs or fields and escapes what it writes. The
//! module asks no clock and touches no disk: the same entries and options give the same bytes.

pub mod author;
pub mod csl;
pub mod key;
pub mod list;
pub mod names;
pub mod number;
pub mod pii;
pub mod render;
pub mod run;
pub mod style;
pub mod work;

mod formats;
mod sort;
mod template;

pub use author::Author;
pub use csl::{CslError, CslStyle, Legal, Standing};
pub use key::{assign_keys, base_key};
pub use list::{Form, Item, Warning};
pub use render::{Citing, citation};
pub use run::{Face, Run, Runs};
pub use style::{CitationForm, Row, Style, StyleError, style_ids};
pub use work::{Detail, Work};

use crate::model::{Date, Lang, Locator};

/// One citation: a work, a place in it, and what goes with it.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// What is cited.
    pub work: &'a Work,
    /// Its citation key in this corpus.
    pub key: &'a str,
    /// The place; empty: the whole work.
    pub locator: Locator,
    /// The printed label of the locator's page, where the page has one.
    pub page_label: Option<String>,
    /// Words of the source, compared with it before by `quote::verify`.
    pub quote: Option<String>,
    /// What the person wrote beside it.
    pub note: Option<String>,
    /// The heading of the list under which it stands.
    pub heading: Option<String>,
    /// Whether it stands in one note with the entry before.
    pub joined: bool,
    /// Where exactly the quotation stands.
    pub selector: Option<Selector>,
    /// How the text was come by.
    pub provenance: Option<Provenance>,
    /// How many pages the file has; `None`: it has no pages of its own.
    pub n_pages: Option<u32>,
}

/// The surroundings of a quotation, so that it is found again when pages shift.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Selector {
    /// 32 to 64 characters before the quotation.
    pub prefix: String,
    /// 32 to 64 characters after it.
    pub suffix: String,
    /// First and last position in characters of the page's text, the end excluded.
    pub position: Option<[usize; 2]>,
}

/// How the text of an entry was come by.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Provenance {
    /// How the page was read: `text-layer`, `ocr`, `markup` …
    pub origin: String,
    /// The share of pages whose text is OCR, 0 to 1.
    pub ocr_share: Option<f32>,
    /// When the source was captured.
    pub captured: Option<Date>,
}

impl<'a> Entry<'a> {
    /// Returns an entry for a place of a work, with nothing else.
    pub const fn new(work: &'a Work, key: &'a str, locator: Locator) -> Self {
        Self {
            work,
            key,
            locator,
            page_label: None,
            quote: None,
            note: None,
            heading: None,
            joined: false,
            selector: None,
            provenance: None,
            n_pages: None,
        }
    }
}

/// The formats that a list can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each name is the word of `--format` and says it all")]
pub enum Format {
    Text,
    Markdown,
    Html,
    Bibtex,
    Biblatex,
    Ris,
    CslJson,
    Csv,
    Jsonl,
    ZoteroRdf,
    Rtf,
    Docx,
    Annotation,
    Fragment,
    Ftm,
}

impl Format {
    /// Every format with the word of `--format` and the usual ending of its files.
    pub const ALL: [(Self, &'static str, &'static str); 15] = [
        (Self::Text, "text", "txt"),
        (Self::Markdown, "md", "md"),
        (Self::Html, "html", "html"),
        (Self::Bibtex, "bibtex", "bib"),
        (Self::Biblatex, "biblatex", "bib"),
        (Self::Ris, "ris", "ris"),
        (Self::CslJson, "csl-json", "json"),
        (Self::Csv, "csv", "csv"),
        (Self::Jsonl, "jsonl", "jsonl"),
        (Self::ZoteroRdf, "zotero-rdf", "rdf"),
        (Self::Rtf, "rtf", "rtf"),
        (Self::Docx, "docx", "docx"),
        (Self::Annotation, "annotation", "jsonld"),
        (Self::Fragment, "fragment", "txt"),
        (Self::Ftm, "ftm", "ftm.json"),
    ];

    /// Returns the format of a word of `--format`; `None`: there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, word, _)| *word == name).map(|(format, _, _)| format)
    }

    /// Returns the word of `--format`.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(format, _, _)| *format == self).map_or("", |(_, word, _)| word)
    }

    /// Tells whether the format is no text, so that it needs a file.
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Docx)
    }
}

/// What to do about identifiers that endanger people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PersonalData {
    /// Write nothing and list them: [`CiteError::PersonalData`].
    #[default]
    Refuse,
    /// Write `█` and the kind in their place.
    Redact,
    /// Write them.
    Keep,
}

/// How a list is written.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The style of the citations.
    pub style: &'a Style,
    /// A CSL style that prints works which are not legal; `None`: `style` prints all.
    pub csl: Option<&'a CslStyle>,
    /// Whether the CSL style prints legal works, too.
    pub legal: Legal,
    /// The format of the bytes.
    pub format: Format,
    /// Which list it is.
    pub form: Form,
    /// The language of the list: it decides the direction and the order of sorting.
    pub lang: Lang,
    /// The day that "accessed" prints.
    pub accessed: Option<Date>,
    /// Whether the latest adverse status is printed in brackets. Warnings come either way.
    pub status: bool,
    /// Whether each entry says its SHA-256, address, capture and how it was read.
    pub provenance: bool,
    /// Whether notes use "ibid" and its like, where the style has them.
    pub ibid: bool,
    /// From how many places on a table of authorities says "passim".
    pub passim_from: usize,
    /// Whether titles in Latin letters come before all others in sorted lists, or among them.
    pub latin_first: LatinOrder,
    /// What to do about personal data.
    pub personal_data: PersonalData,
    /// Details of CSV.
    pub csv: CsvOptions,
}

/// Where Latin titles stand among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LatinOrder {
    /// Before all others.
    #[default]
    First,
    /// As the collation of the list's language says.
    Collated,
}

/// Details of CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct CsvOptions {
    /// Whether cells that a spreadsheet would calculate are written as they are. Dangerous.
    pub raw: bool,
    /// Whether the file begins with a byte order mark, which older Excel wants.
    pub byte_order_mark: bool,
}

impl<'a> Options<'a> {
    /// Returns the usual options: citations in English, with status.
    pub const fn new(style: &'a Style, format: Format) -> Self {
        Self {
            style,
            csl: None,
            legal: Legal::Native,
            format,
            form: Form::Citations,
            lang: Lang::En,
            accessed: None,
            status: true,
            provenance: false,
            ibid: true,
            passim_from: 5,
            latin_first: LatinOrder::First,
            personal_data: PersonalData::Refuse,
            csv: CsvOptions { raw: false, byte_order_mark: false },
        }
    }
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CiteError {
    /// Identifiers that endanger people stand in titles, quotes or notes.
    #[error("possible personal data in {} of the citations", finds.len())]
    PersonalData {
        /// What was found, masked.
        finds: Vec<pii::EntryFind>,
    },
    /// The style has no notes.
    #[error("the style `{style}` cites in the text and has no notes")]
    NoNotes {
        /// The style.
        style: String,
    },
    /// The packed file could not be built.
    #[error("cannot pack the document")]
    Pack {
        /// What the packer says.
        source: zip::result::ZipError,
    },
}

/// Writes `entries` as `options` say.
///
/// # Errors
/// [`CiteError::PersonalData`] unless the options say what to do about it.
pub fn format(entries: &[Entry<'_>], options: &Options<'_>) -> Result<Vec<u8>, CiteError> {
    if options.personal_data == PersonalData::Redact {
        let works: Vec<Work> = entries.iter().map(|entry| pii::redacted_work(entry.work)).collect();
        let redacted: Vec<Entry<'_>> = entries
            .iter()
            .zip(&works)
            .map(|(entry, work)| pii::redacted_entry(entry, work))
            .collect();
        return formats::write(&redacted, options);
    }
    let finds = pii::check(entries);
    if options.personal_data == PersonalData::Refuse && !finds.is_empty() {
        return Err(CiteError::PersonalData { finds });
    }
    formats::write(entries, options)
}
