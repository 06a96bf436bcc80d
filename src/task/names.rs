//! Names that recur in the corpus and that no entity has: proposed, for a person to accept.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::entity::{Suggestion, Suggestions};
use crate::model::{PageNo, SourceId, Span};
use crate::store::SourceRow;

use super::place::{around, place_name};
use super::{Desk, TaskError};

/// Names that the gazetteer lacks: schema `misl.entities-suggest/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NamesAnswer {
    pub schema: &'static str,
    /// How many documents were gone through.
    pub documents: u64,
    /// How many names there are, those left out by the limit too.
    pub total_names: u64,
    /// Those of most documents first.
    pub names: Vec<NewName>,
}

/// A proposed name with examples.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewName {
    pub id: String,
    pub name: String,
    pub acronym: Option<String>,
    pub urdu: Option<String>,
    /// `definition`, `capitalised` or `urdu-run`.
    pub found_as: &'static str,
    /// What its words say that it is.
    pub guessed_kind: &'static str,
    pub count: usize,
    pub acronym_count: usize,
    pub documents: usize,
    /// First places, each in another document.
    pub examples: Vec<NameExample>,
    /// The entry for `corpus/entities.toml`.
    pub toml: String,
}

/// A place where a proposed name stands.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NameExample {
    pub id: SourceId,
    /// What to type after `misl show`.
    pub place: String,
    /// The words around it.
    pub text: String,
}

/// How much of a paragraph an example shows, in characters.
const EXAMPLE_CHARS: usize = 120;

/// Proposes names that recur in the corpus and are not in the gazetteer, at most `limit`.
pub fn new_names(desk: &Desk, limit: usize) -> Result<NamesAnswer, TaskError> {
    let searchable = desk.store.searchable()?;
    let mut suggestions = Suggestions::new(&desk.knowledge.gazetteer);
    for &docn in &searchable {
        let mut taken: BTreeMap<PageNo, Vec<Span>> = BTreeMap::new();
        for mention in desk.store.mentions(docn)? {
            taken.entry(mention.page).or_default().push(mention.span);
        }
        for reference in desk.store.references(docn)? {
            taken.entry(reference.page).or_default().push(reference.whole);
        }
        suggestions.read(docn, &desk.store.pages(docn)?, &taken);
    }
    for &docn in &searchable {
        suggestions.compare(&desk.store.pages(docn)?);
    }
    let found = suggestions.finish();
    let total_names = found.len() as u64;
    let names = found
        .into_iter()
        .take(limit)
        .map(|suggestion| new_name(desk, suggestion))
        .collect::<Result<_, _>>()?;
    Ok(NamesAnswer {
        schema: "misl.entities-suggest/1",
        documents: searchable.len() as u64,
        total_names,
        names,
    })
}

fn new_name(desk: &Desk, suggestion: Suggestion) -> Result<NewName, TaskError> {
    let mut examples = Vec::new();
    for place in &suggestion.places {
        let Some(source) = desk.store.source(place.document)? else { continue };
        examples.extend(example(desk, &source, place.page, place.span.start)?);
    }
    Ok(NewName {
        toml: suggestion.to_toml(),
        id: suggestion.id,
        name: suggestion.name,
        acronym: suggestion.acronym,
        urdu: suggestion.urdu,
        found_as: suggestion.kind.name(),
        guessed_kind: suggestion.guess.name(),
        count: suggestion.count,
        acronym_count: suggestion.acronym_count,
        documents: suggestion.documents,
        examples,
    })
}

fn example(
    desk: &Desk,
    source: &SourceRow,
    page: PageNo,
    at: usize,
) -> Result<Option<NameExample>, TaskError> {
    let Some(page) = desk.store.page(source.docn, page)? else { return Ok(None) };
    let paragraph = page.paragraphs.iter().find(|paragraph| paragraph.span.contains(&at));
    let text = paragraph.map_or("", |paragraph| page.paragraph_text(paragraph));
    let at_in = paragraph.map_or(0, |paragraph| at - paragraph.span.start);
    Ok(Some(NameExample {
        id: source.id,
        place: place_name(source, &page, at),
        text: around(text, at_in, EXAMPLE_CHARS),
    }))
}

impl NamesAnswer {
    /// Returns the entries for `corpus/entities.toml`, each under its counts and an example.
    pub fn to_toml(&self) -> String {
        let mut toml = String::from(
            "# Names that the gazetteer lacks, proposed by `misl entities suggest`. Keep what is one, look at\n\
             # each kind, and put it into corpus/entities.toml; the next `misl ingest` tags with it.\n",
        );
        for name in &self.names {
            toml.push_str(&format!(
                "\n# {} times in {} documents",
                name.count + name.acronym_count,
                name.documents
            ));
            if let Some(example) = name.examples.first() {
                // A comment ends with its line, and no control character may stand in one.
                let plain = |c: char| if c.is_control() { ' ' } else { c };
                let text: String = example.text.chars().map(plain).collect();
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                toml.push_str(&format!("; {}: {text}", example.place));
            }
            toml.push('\n');
            toml.push_str(&name.toml);
        }
        toml
    }
}
