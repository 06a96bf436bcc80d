//! Styles of CSL files, for works that are not legal: through hayagriva, behind guards.
//!
//! A file is 1 MB at most, holds no document type, and its macros may neither turn in circles nor
//! grow without bound. What hayagriva makes comes back as [`Runs`]: its own HTML is never used, for
//! it does not escape. A work that it cannot print is printed by our own table, with a warning.
//!
//! Styles that cite by numbers get them from the list, which alone knows the order of all works:
//! see [`Standing`]. Styles that cite by labels made of names need all works at once and are refused.

#[cfg(test)]
mod golden;
mod guard;
mod mend;
mod shipped;
#[cfg(test)]
mod tests;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayagriva::citationberg::SortKey;
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::Locator as CslLocator;
use hayagriva::citationberg::taxonomy::{NumberVariable, Variable};
use hayagriva::citationberg::{
    CitationFormat, FontStyle, FontVariant, IndependentStyle, Locale, LocaleCode, Style,
    StyleCategory,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild,
    ElemChildren, ElemMeta, LocatorPayload, SpecificLocator,
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
    /// Whether it cites by numbers.
    numbered: bool,
    /// Whether the first field of a line of the list is set apart.
    aligned: bool,
    /// Asked before each citation; `true`: the rest is printed by our own tables.
    stop: Box<dyn Fn() -> bool + Send + Sync>,
}

/// What a citation depends on beside its work and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Standing {
    /// The note that cited the work first, counted from 1.
    pub first_note: Option<usize>,
    /// The work's number in a style that cites by numbers, counted from 1.
    pub number: Option<usize>,
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
    /// Labels are told apart by all works of a text at once.
    #[error("the style cites by labels made of names and years, which is not supported")]
    Labels,
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
        let mut style = Self::of(style)?;
        // Many a file forgets to say how it cites; one that prints the number cites by it.
        style.numbered |= style.format().is_none() && guard::prints_number(&xml);
        Ok(style)
    }

    /// Takes a style that was read.
    fn of(mut style: IndependentStyle) -> Result<Self, CslError> {
        mend::name_the_names(&mut style);
        // Where the first field is to be set apart, hayagriva takes the authors out, too.
        let list = style.bibliography.as_mut();
        let aligned = list.and_then(|list| list.second_field_align.take()).is_some();
        let title = style.info.title.value.clone();
        let locales = hayagriva::archive::locales();
        let mut style =
            Self { style, locales, title, numbered: false, aligned, stop: Box::new(|| false) };
        match style.format() {
            Some(CitationFormat::Label) => return Err(CslError::Labels),
            format => style.numbered = format == Some(CitationFormat::Numeric),
        }
        Ok(style)
    }

    /// Returns how the style says that it cites.
    fn format(&self) -> Option<CitationFormat> {
        self.style.info.category.iter().find_map(|category| match category {
            StyleCategory::CitationFormat { format } => Some(*format),
            StyleCategory::Field { .. } => None,
        })
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

    /// Tells whether the style cites by numbers, which the list must give.
    pub const fn is_numbered(&self) -> bool {
        self.numbered
    }

    /// Tells whether the numbers follow the sorted bibliography, not the order of first citation.
    pub fn sorts_before_numbering(&self) -> bool {
        let by_number = |key: &SortKey| {
            let number = NumberVariable::CitationNumber;
            matches!(key, SortKey::Variable { variable: Variable::Number(variable), .. }
                if *variable == number)
        };
        let list = self.style.bibliography.as_ref();
        list.and_then(|list| list.sort.as_ref())
            .is_some_and(|sort| !sort.keys.iter().all(by_number))
    }

    /// Tells whether this style, and not a table of our own, prints the work.
    pub fn takes(&self, work: &Work, legal: Legal) -> bool {
        legal == Legal::Csl || !Row::of(work).is_legal()
    }

    /// Returns the citation of an entry in the form wanted.
    ///
    /// In a style of numbers the citation in the text is the number of `standing` with the place,
    /// whatever the work; a line of the list begins with it.
    ///
    /// # Errors
    /// [`CslError::Failed`] where hayagriva gives nothing or panics, [`CslError::Stopped`].
    pub fn cite(
        &self,
        entry: &Entry<'_>,
        form: CitationForm,
        standing: Standing,
        options: &Options<'_>,
    ) -> Result<Runs, CslError> {
        if (self.stop)() {
            return Err(CslError::Stopped);
        }
        let item = if self.takes(entry.work, options.legal) {
            item_of(entry, options).ok_or(CslError::Failed)?
        } else {
            plain_item()
        };
        let pin = pin_of(&entry.locator, entry.page_label.as_deref());
        let children = self.guarded(&item, pin.as_ref(), form, standing, options.lang)?;
        let mut runs = Runs::default();
        push_children(&children, &mut runs, self.gap_after_number(form), options.lang, 0);
        let mut runs = runs.tidied();
        // A note begins a sentence; hayagriva leaves its "ibid" small.
        if matches!(form, CitationForm::Same | CitationForm::Later) {
            runs.capitalise();
        }
        if runs.is_empty() { Err(CslError::Failed) } else { Ok(runs) }
    }

    /// Returns what stands before a line of the list in a style of numbers: `[3]`, `3.`. The lines
    /// that the style prints have it; those of our own tables lack it.
    pub fn label(&self, number: usize, lang: Lang) -> String {
        let standing = Standing { number: Some(number), first_note: None };
        let form = CitationForm::List;
        let line = self.guarded(&plain_item(), None, form, standing, lang).map(|children| {
            let mut runs = Runs::default();
            push_children(&children, &mut runs, self.gap_after_number(form), lang, 0);
            runs.tidied().plain()
        });
        let label = line.as_deref().ok().and_then(|line| line.split_once(BETWEEN));
        let label = label.map_or("", |(before, _)| before.trim());
        let has_number = label.contains(&number.to_string());
        if has_number { label.to_owned() } else { format!("{number}.") }
    }

    /// Tells whether the number of a line stands apart from what follows it.
    fn gap_after_number(&self, form: CitationForm) -> bool {
        self.aligned && form == CitationForm::List
    }

    /// Lets hayagriva print one citation behind a guard.
    fn guarded(
        &self,
        item: &Item,
        pin: Option<&(CslLocator, String)>,
        form: CitationForm,
        standing: Standing,
        lang: Lang,
    ) -> Result<ElemChildren, CslError> {
        let work = || self.render(item, pin, form, standing, lang);
        catch_unwind(AssertUnwindSafe(work)).ok().flatten().ok_or(CslError::Failed)
    }

    /// Lets hayagriva print one citation, in the position that the form stands for.
    fn render(
        &self,
        item: &Item,
        pin: Option<&(CslLocator, String)>,
        form: CitationForm,
        standing: Standing,
        lang: Lang,
    ) -> Option<ElemChildren> {
        let other = plain_item();
        let locale = (lang == Lang::En).then(|| LocaleCode("en-GB".to_owned()));
        let locale = self.style.default_locale.clone().or(locale);
        let locator =
            pin.map(|(kind, text)| SpecificLocator(*kind, LocatorPayload::Str(text.as_str())));
        // Each work is printed alone, so the numbers before it are an offset.
        let n_before = standing.number.map_or(0, |number| number.saturating_sub(1));
        let mut driver = BibliographyDriver::new().with_citation_number_offset(n_before);
        let mut note = standing.first_note.unwrap_or(1);
        let mut push = |item, locator| {
            let items = vec![CitationItem::with_locator(item, locator)];
            let request =
                CitationRequest::new(items, &self.style, locale.clone(), &self.locales, Some(note));
            driver.citation(request);
            note += 1;
        };
        // The forms are positions: right after the same work, or after it and another one. A
        // number stays what it is.
        if matches!(form, CitationForm::Later | CitationForm::Same) && !self.numbered {
            push(item, None);
        }
        if form == CitationForm::Later && !self.numbered {
            push(&other, None);
        }
        push(item, locator);
        let request = BibliographyRequest::new(&self.style, locale.clone(), &self.locales);
        let mut rendered = driver.finish(request);
        if form == CitationForm::List {
            if let Some(list) = rendered.bibliography {
                return list.items.into_iter().next().map(|item| item.content);
            }
            // A number alone is no line of a list.
            if self.numbered {
                return None;
            }
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
    // Styles know one country's acts: the number of an instrument would be a `Pub. L. No.`
    if fields.get("type").and_then(|kind| kind.as_str()) == Some("legislation")
        && let Some(number) = fields.remove("number").as_ref().and_then(|number| number.as_str())
    {
        let title = fields.get("title").and_then(|title| title.as_str()).unwrap_or_default();
        if !title.contains(number) {
            let title = format!("{title}, {number}").trim_start_matches([',', ' ']).to_owned();
            fields.insert("title".to_owned(), title.into());
        }
    }
    let authors = fields.get_mut("author").and_then(|authors| authors.as_array_mut());
    authors.into_iter().flatten().for_each(part_particles);
    for value in fields.values_mut() {
        if let Some(text) = value.as_str() {
            *value = super::run::clean(text).into();
        }
    }
    serde_json::from_value(value).ok()
}

/// Sets small particles apart from the family name: hayagriva would drop them behind the given one.
fn part_particles(author: &mut serde_json::Value) {
    let Some(fields) = author.as_object_mut() else { return };
    let family = fields.get("family").and_then(|family| family.as_str()).unwrap_or_default();
    let at = family.find(|c: char| c.is_uppercase()).unwrap_or_default();
    let (particles, rest) = family.split_at(at);
    if let Some(particles) = particles.strip_suffix(' ') {
        let (particles, rest) = (particles.to_owned(), rest.to_owned());
        fields.insert("non-dropping-particle".to_owned(), particles.into());
        fields.insert("family".to_owned(), rest.into());
    }
}

/// The title of a work that is none.
const BETWEEN: &str = "Between";

/// Returns a work that stands between two citations of another, and for works whose number alone
/// the style prints.
fn plain_item() -> Item {
    use hayagriva::citationberg::json::Value;
    let field = |name: &str, value: &str| (name.to_owned(), Value::String(value.to_owned()));
    let fields = [field("id", "misl-between"), field("type", "book"), field("title", BETWEEN)];
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
fn push_children(
    children: &ElemChildren,
    runs: &mut Runs,
    gap_after_number: bool,
    lang: Lang,
    depth: usize,
) {
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
            ElemChild::Elem(elem) => {
                push_children(&elem.children, runs, gap_after_number, lang, depth + 1);
                if gap_after_number && elem.meta == Some(ElemMeta::CitationNumber) {
                    runs.push_text(" ", Face::Plain);
                }
            }
            ElemChild::Link { text, url } if text.text == *url => {
                runs.push_url(url, Face::Plain, lang);
            }
            ElemChild::Link { text, .. } => runs.push_field(&text.text, Face::Plain, lang),
            ElemChild::Markup(text) => runs.push_field(text, Face::Plain, lang),
            ElemChild::Transparent { .. } => {}
        }
    }
}
