//! CSL styles inside the program: sixteen of hayagriva's archive, unchanged.
//!
//! They are CC BY-SA 3.0; `NOTICE` names each with its authors. Styles that cite by labels are not
//! among them, for they need all of a text at once.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{Group, LayoutRenderingElement, Style};

use super::{CslError, CslStyle};

/// The word of `--style` and the name in the archive. Where a table of our own has the same word,
/// ours keeps it.
const SHIPPED: [(&str, &str); 16] = [
    ("apa-csl", "apa"),
    ("chicago-author-date", "chicago-author-date"),
    ("chicago-notes", "chicago-notes"),
    ("chicago-shortened-notes", "chicago-shortened-notes"),
    ("modern-language-association", "modern-language-association"),
    ("harvard-cite-them-right", "harvard-cite-them-right"),
    ("mhra-notes", "modern-humanities-research-association-notes"),
    ("chicago-notes-17th-edition", "turabian-fullnote-8"),
    ("chicago-author-date-17th-edition", "turabian-author-date"),
    ("american-political-science-association", "american-political-science-association"),
    ("american-sociological-association", "american-sociological-association"),
    ("elsevier-harvard", "elsevier-harvard"),
    ("bristol-university-press", "bristol-university-press"),
    ("taylor-and-francis-chicago-author-date", "taylor-and-francis-chicago-author-date"),
    ("ieee", "ieee"),
    ("vancouver", "vancouver"),
];

/// Returns the names of the shipped CSL styles.
pub fn shipped_ids() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(id, _)| *id)
}

impl CslStyle {
    /// Returns a shipped style; `None`: none has this name.
    pub fn shipped(id: &str) -> Option<Self> {
        let (_, archived) = SHIPPED.iter().find(|(known, _)| *known == id)?;
        let Style::Independent(mut style) = ArchivedStyle::by_name(archived)?.get() else {
            return None;
        };
        // As in the files of users: without a group around all of it, hayagriva puts the sign
        // between works between the parts of one.
        wrap(&mut style.citation.layout.elements);
        if let Some(list) = &mut style.bibliography {
            wrap(&mut list.layout.elements);
        }
        Self::of(style).ok()
    }
}

fn wrap(elements: &mut Vec<LayoutRenderingElement>) {
    let children = std::mem::take(elements);
    elements.push(LayoutRenderingElement::Group(Group {
        children,
        font_style: None,
        font_variant: None,
        font_weight: None,
        text_decoration: None,
        vertical_align: None,
        prefix: None,
        suffix: None,
        delimiter: None,
        display: None,
    }));
}

/// The style as `misl cite --styles` names it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Shipped {
    /// The word of `--style`.
    pub id: &'static str,
    /// What the style calls itself.
    pub title: String,
    /// Its authors and contributors.
    pub authors: Vec<String>,
    /// Where it was published.
    pub source: String,
    /// Whether it cites in notes.
    pub has_notes: bool,
    /// Whether it cites by numbers.
    pub is_numbered: bool,
}

/// Returns every shipped style with its rights.
///
/// # Errors
/// A style of the archive cannot be used; a test sees to it that none is.
pub fn shipped() -> Result<Vec<Shipped>, CslError> {
    let mut all = Vec::with_capacity(SHIPPED.len());
    for id in shipped_ids() {
        let style = CslStyle::shipped(id)
            .ok_or_else(|| CslError::Invalid { detail: format!("{id} is not in the archive") })?;
        let info = &style.style.info;
        let people = info.authors.iter().chain(&info.contributors);
        all.push(Shipped {
            id,
            title: style.title.clone(),
            authors: people.map(|one| one.name.clone()).collect(),
            source: info.id.clone(),
            has_notes: style.has_notes(),
            is_numbered: style.is_numbered(),
        });
    }
    Ok(all)
}
