//! Styles of CSL files, for works that are not legal: through hayagriva, behind guards.
//!
//! A file is 1 MB at most, holds no document type, and its macros may neither turn in circles nor
//! grow without bound. What hayagriva makes comes back as [`Runs`]: its own HTML is never used, for
//! it does not escape. A work that it cannot print is printed by our own table, with a warning.

#[cfg(test)]
mod golden;
mod guard;
mod shipped;
#[cfg(test)]
mod tests;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::Locator as CslLocator;
use hayagriva::citationberg::{
    CitationFormat, FontStyle, FontVariant, IndependentStyle, Locale, LocaleCode, Style,
    StyleCategory,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild,
    ElemChildren, LocatorPayload, SpecificLocator,
};

pub use shipped::{Shipped, shipped, shipped_ids};

use super::formats::csl_item;
use super::list::Cited;
use super::run::{Face, Runs, is_web_link};
use super::style::{CitationForm, Row};
use super::{Entry, Options, Work};
use crate::model::{Lang, Locator, Pin};

/// The largest style file, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// A style of a CSL file, read once.
pub struct CslStyle {
    style: IndependentStyle,
    locales: Vec<Locale>,
    title: String,
    /// Asked before each citation; `true`: the rest is printed by our own tables.
    stop: Box<dyn Fn() -> bool + Send + Sync>,
}

/// Which of the two writes cases, statutes, instruments, treaties and UN documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Legal {
    /// Our own tables: no CSL style prints a Pakistani case rightly.
    #[default]
    Native,
    /// The CSL style.
    Csl,
}

/// Why a style file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CslError {
    /// Over [`MAX_BYTES`].
    #[error("the style file holds {bytes} bytes; {MAX_BYTES} are the most")]
    TooLarge {
        /// How many.
        bytes: usize,
    },
    /// A document type, which could fetch files or grow without bound.
    #[error("the style file holds a document type declaration, which styles have no use for")]
    DocumentType,
    /// A style that only points to another.
    #[error("the style only refers to another one: use that, {parent}")]
    Dependent {
        /// The address of its parent.
        parent: String,
    },
    /// A style of Juris-M, whose extensions are not known here.
    #[error("the style is of version {version}, a dialect of Juris-M that is not understood")]
    JurisM {
        /// What the file says.
        version: String,
    },
    /// Citations by number or label need all of a text at once.
    #[error("the style cites by numbers or labels, which is not supported")]
    Numbered,
    /// The macros call each other in a circle, nest too deep or grow too large.
    #[error("the macros of the style {what}")]
    Macros {
        /// What is wrong with them.
        what: &'static str,
    },
    /// No style at all.
    #[error("the file is no CSL style: {detail}")]
    Invalid {
        /// What the reader says.
        detail: String,
    },
    /// A work could not be printed.
    #[error("the style could not print this work")]
    Failed,
    /// The caller stopped.
    #[error("stopped before this work was printed")]
    Stopped,
}

impl CslStyle {
    /// Reads a style file.
    pub fn parse(xml: &str) -> Result<Self, CslError> {
        let xml = guard::checked(xml)?;
        // A panic of the reader is one more way to say that the file is no style.
        let parsed = catch_unwind(|| Style::from_xml(&xml));
        let parsed = parsed.map_err(|_| CslError::Invalid { detail: "unreadable".to_owned() })?;
        let style = match parsed {
            Ok(Style::Independent(style)) => style,
            Ok(Style::Dependent(style)) => {
                return Err(CslError::Dependent { parent: style.parent_link.href });
            }
            Err(error) => return Err(CslError::Invalid { detail: error.to_string() }),
        };
        Self::of(style)
    }

    /// Takes a style that was read.
    fn of(style: IndependentStyle) -> Result<Self, CslError> {
        let is_numbered = style.info.category.iter().any(|category| {
            matches!(
                category,
                StyleCategory::CitationFormat {
                    format: CitationFormat::Numeric | CitationFormat::Label
                }
            )
        });
        if is_numbered {
            return Err(CslError::Numbered);
        }
        let title = style.info.title.value.clone();
        let locales = hayagriva::archive::locales();
        Ok(Self { style, locales, title, stop: Box::new(|| false) })
    }

    /// Asks `stop` before each citation; once it says `true`, our own tables print the rest.
    #[must_use]
    pub fn with_stop(mut self, stop: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.stop = Box::new(stop);
        self
    }

    /// Returns what the style calls itself.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Tells whether the style cites in notes.
    pub fn has_notes(&self) -> bool {
        self.style.settings.class == hayagriva::citationberg::StyleClass::Note
    }

    /// Tells whether this style, and not a table of our own, prints the work.
    pub fn takes(&self, work: &Work, legal: Legal) -> bool {
        legal == Legal::Csl || !Row::of(work).is_legal()
    }

    /// Returns the citation of an entry in the form wanted.
    ///
    /// # Errors
    /// [`CslError::Failed`] where hayagriva gives nothing or panics, [`CslError::Stopped`].
    pub fn cite(
        &self,
        entry: &Entry<'_>,
        form: CitationForm,
        first_note: Option<usize>,
        options: &Options<'_>,
    ) -> Result<Runs, CslError> {
        if (self.stop)() {
            return Err(CslError::Stopped);
        }
        let item = item_of(entry, options).ok_or(CslError::Failed)?;
        let other = plain_item();
        let pin = pin_of(&entry.locator, entry.page_label.as_deref());
        let work = || self.render(&item, &other, pin.as_ref(), form, first_note, options.lang);
        let children = catch_unwind(AssertUnwindSafe(work)).ok().flatten();
        let children = children.ok_or(CslError::Failed)?;
        let mut runs = Runs::default();
        push_children(&children, &mut runs, options.lang, 0);
        let mut runs = runs.tidied();
        // A note begins a sentence; hayagriva leaves its "ibid" small.
        if matches!(form, CitationForm::Same | CitationForm::Later) {
            runs.capitalise();
        }
        if runs.is_empty() { Err(CslError::Failed) } else { Ok(runs) }
    }

    /// Lets hayagriva print one citation, in the position that the form stands for.
    fn render(
        &self,
        item: &Item,
        other: &Item,
        pin: Option<&(CslLocator, String)>,
        form: CitationForm,
        first_note: Option<usize>,
        lang: Lang,
    ) -> Option<ElemChildren> {
        let locale = (lang == Lang::En).then(|| LocaleCode("en-GB".to_owned()));
        let locale = self.style.default_locale.clone().or(locale);
        let locator =
            pin.map(|(kind, text)| SpecificLocator(*kind, LocatorPayload::Str(text.as_str())));
        let mut driver = BibliographyDriver::new();
        let mut note = first_note.unwrap_or(1);
        let mut push = |item, locator| {
            let items = vec![CitationItem::with_locator(item, locator)];
            let request =
                CitationRequest::new(items, &self.style, locale.clone(), &self.locales, Some(note));
            driver.citation(request);
            note += 1;
        };
        // The forms are positions: right after the same work, or after it and another one.
        if matches!(form, CitationForm::Later | CitationForm::Same) {
            push(item, None);
        }
        if form == CitationForm::Later {
            push(other, None);
        }
        push(item, locator);
        let request = BibliographyRequest::new(&self.style, locale.clone(), &self.locales);
        let mut rendered = driver.finish(request);
        if form == CitationForm::List
            && let Some(list) = rendered.bibliography
        {
            return list.items.into_iter().next().map(|item| item.content);
        }
        rendered.citations.pop().map(|citation| citation.citation)
    }
}

impl fmt::Debug for CslStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CslStyle").field("title", &self.title).finish_non_exhaustive()
    }
}

/// Returns the work of an entry as hayagriva reads it: flat, and without what it could misread.
fn item_of(entry: &Entry<'_>, options: &Options<'_>) -> Option<Item> {
    let cited = Cited { work: entry.work, key: entry.key, entries: Vec::new() };
    let mut value = csl_item(&cited, options);
    let fields = value.as_object_mut()?;
    // Notes are read for fields by hayagriva ("cheater syntax"); status and place are ours.
    for name in ["note", "references", "jurisdiction", "archive_location", "language"] {
        fields.remove(name);
    }
    if let Some(url) = fields.get("URL").and_then(|url| url.as_str())
        && !is_web_link(url)
    {
        fields.remove("URL");
    }
    for value in fields.values_mut() {
        if let Some(text) = value.as_str() {
            *value = super::run::clean(text).into();
        }
    }
    serde_json::from_value(value).ok()
}

/// Returns a work that stands between two citations of another.
fn plain_item() -> Item {
    use hayagriva::citationberg::json::Value;
    let field = |name: &str, value: &str| (name.to_owned(), Value::String(value.to_owned()));
    let fields = [field("id", "misl-between"), field("type", "book"), field("title", "Between")];
    Item(fields.into_iter().collect())
}

/// Returns the first pinpoint as CSL knows it.
fn pin_of(at: &Locator, label: Option<&str>) -> Option<(CslLocator, String)> {
    let pin = at.0.first()?;
    let (first, last) = pin.ends();
    let text = match last {
        Some(last) => format!("{first}-{last}"),
        None => first,
    };
    Some(match (pin, label) {
        (Pin::Page(_, None), Some(label)) => (CslLocator::Page, label.to_owned()),
        (Pin::Page(..) | Pin::Label(..), _) => (CslLocator::Page, text),
        (Pin::Para(..), _) => (CslLocator::Paragraph, text),
        (Pin::Section(..), _) => (CslLocator::Section, text),
        (Pin::Article(..), _) => (CslLocator::ArticleLocator, text),
        (Pin::Rule(..), _) => (CslLocator::Rule, text),
        (Pin::Note(..), _) => (CslLocator::Note, text),
    })
}

/// How deep elements may nest; styles need about ten.
const MAX_DEPTH: usize = 64;

/// Turns what hayagriva made into runs; the formats escape them as they do our own.
fn push_children(children: &ElemChildren, runs: &mut Runs, lang: Lang, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => {
                let formatting = &text.formatting;
                let face = if formatting.font_style == FontStyle::Italic {
                    Face::Italic
                } else if formatting.font_variant == FontVariant::SmallCaps {
                    Face::SmallCaps
                } else {
                    Face::Plain
                };
                runs.push_field(&text.text, face, lang);
            }
            ElemChild::Elem(elem) => push_children(&elem.children, runs, lang, depth + 1),
            ElemChild::Link { text, url } if text.text == *url => {
                runs.push_url(url, Face::Plain, lang);
            }
            ElemChild::Link { text, .. } => runs.push_field(&text.text, Face::Plain, lang),
            ElemChild::Markup(text) => runs.push_field(text, Face::Plain, lang),
            ElemChild::Transparent { .. } => {}
        }
    }
}
