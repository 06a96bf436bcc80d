//! What the check of a quotation found, and how it is said.

use serde::Serialize;

use crate::model::{PageNo, Span};

/// What the check of a quotation found; the worst difference decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The same characters, but for white space.
    Exact,
    /// Quotes, dashes, spaces, hyphenation, ligatures, case, letter forms, scripts of digits.
    Typography,
    /// Changes that the writer marked: `[PTA]`, `…`, `(emphasis added)`; the rest is exact.
    MarkedChange,
    /// Exact, but the passage itself quotes another work.
    Nested,
    /// Only confusable letters differ, and the page is OCR: look at the picture.
    OcrLike,
    /// Exact, but in another place than cited.
    WrongPlace,
    /// Exact, but in another work than cited.
    WrongSource,
    /// Other words.
    WordsChanged,
    /// Words that the source does not have.
    WordsAdded,
    /// Words of the source are missing without a mark.
    WordsDropped,
    /// Parts from different places, or out of order.
    Spliced,
    /// A name was changed.
    NameChanged,
    /// A negation or a modal word was changed: not, no, any, unless, may, shall …
    NegationChanged,
    /// A digit, number word, unit, date, section or amount was changed.
    NumberChanged,
    /// It stands nowhere in what was searched.
    NotFound,
    /// The work is absent, or its page has no text to trust.
    NotCheckable,
}

impl Verdict {
    /// Returns the word that JSON and the terminal use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Typography => "typography",
            Self::MarkedChange => "marked-change",
            Self::Nested => "nested",
            Self::OcrLike => "ocr-like",
            Self::WrongPlace => "wrong-place",
            Self::WrongSource => "wrong-source",
            Self::WordsChanged => "words-changed",
            Self::WordsAdded => "words-added",
            Self::WordsDropped => "words-dropped",
            Self::Spliced => "spliced",
            Self::NameChanged => "name-changed",
            Self::NegationChanged => "negation-changed",
            Self::NumberChanged => "number-changed",
            Self::NotFound => "not-found",
            Self::NotCheckable => "not-checkable",
        }
    }

    /// Tells whether a quotation with this verdict may be published as it is.
    pub const fn passes(self) -> bool {
        matches!(self, Self::Exact | Self::Typography | Self::MarkedChange | Self::Nested)
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl std::fmt::Display for Checked {
    /// Writes the word of the verdict.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.verdict.fmt(f)
    }
}

/// One difference between a quotation and its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What kind of difference it is.
    pub kind: Verdict,
    /// The words of the quotation; empty where words were dropped.
    pub wrote: String,
    /// The words of the source; empty where words were added.
    pub source: String,
    /// What else is to be said: `same value`, `a hyphen`; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// Where a quotation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its first page.
    pub page: PageNo,
    /// Its last page, for a quotation over a page break.
    pub last_page: PageNo,
    /// The printed label of the first page.
    pub page_label: Option<String>,
    /// The number by which the paragraph is cited in which it begins; `None`: its page alone.
    pub paragraph: Option<String>,
    /// The item below which it stands there without a number of its own: `12(b)`.
    #[serde(skip)]
    pub item: Option<String>,
    /// The mark of the note in which it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Bytes of each page's text.
    #[serde(skip)]
    pub spans: Vec<(PageNo, Span)>,
}

/// What the check of one quotation found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The verdict: that of the worst difference.
    pub verdict: Verdict,
    /// Every difference, in the order of the quotation.
    pub differences: Vec<Difference>,
    /// Every place where it stands, or stands nearly; in the order of the source.
    pub places: Vec<Place>,
    /// The source's own words at the first place, or the nearest ones for `not-found`.
    pub source_words: Option<String>,
    /// What a reader should know: `quoted in this source from another`, `3 pages have no text`.
    pub notes: Vec<String>,
}

impl Checked {
    /// Tells whether the quotation may be published as it is.
    pub const fn passes(&self) -> bool {
        self.verdict.passes()
    }

    /// Returns what to do about it: both wordings of the worst difference, the true place, or what
    /// could not be read. Empty where nothing is wrong.
    pub fn hint(&self) -> String {
        let mut parts = Vec::new();
        let worst = self.differences.iter().find(|difference| difference.kind == self.verdict);
        if let Some(Difference { kind: Verdict::WrongPlace, wrote, source, detail }) = worst {
            parts.push(format!("you wrote {wrote}; it stands at {source}"));
            parts.extend(Some(detail.clone()).filter(|detail| !detail.is_empty()));
        } else if let Some(Difference { wrote, source, detail, .. }) =
            worst.filter(|_| !self.passes())
        {
            let named = |words: &str| {
                if words.is_empty() { "nothing".to_owned() } else { format!("“{words}”") }
            };
            parts.push(format!("you: {}; source: {}", named(wrote), named(source)));
            if !detail.is_empty() {
                parts.push(detail.clone());
            }
        }
        parts.extend(self.notes.iter().cloned());
        if self.verdict == Verdict::NotFound
            && let Some(nearest) = &self.source_words
        {
            parts.push(format!("nearest: “{nearest}”"));
        }
        parts.join("; ")
    }

    pub(super) fn only(verdict: Verdict, note: &str) -> Self {
        let notes = if note.is_empty() { Vec::new() } else { vec![note.to_owned()] };
        Self { verdict, differences: Vec::new(), places: Vec::new(), source_words: None, notes }
    }
}
