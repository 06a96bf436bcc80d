//! Which entities stand in the corpus, or in the documents of a query.

use serde::Serialize;

use crate::engine::{Engine as _, FacetField, Want};
use crate::query::{self, FlagFilter};

use super::vocabulary::DeskVocabulary;
use super::{Desk, TaskError};

/// Entities with their document counts: schema `misl.tags/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TagsAnswer {
    pub schema: &'static str,
    pub query: String,
    pub total_documents: u64,
    pub complete: bool,
    pub tags: Vec<TagCount>,
}

/// An entity and how many documents mention it.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TagCount {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub documents: u64,
}

/// Counts the entities of the documents that `query` finds and that mention all of `with`.
///
/// An empty query means every document. Most frequent first, then by id; counts are exact.
pub fn tags(desk: &Desk, query: &str, with: &[String]) -> Result<TagsAnswer, TaskError> {
    let engine = desk.engine()?;
    let vocabulary = DeskVocabulary { desk, engine: &engine };
    let mut flags: Vec<FlagFilter> = with
        .iter()
        .map(|tag| FlagFilter { field: "tag".to_owned(), values: vec![tag.clone()] })
        .collect();
    let typed = query.trim();
    if typed.is_empty() && flags.is_empty() {
        // A filter that every document fulfils stands for "all of them".
        flags.push(FlagFilter { field: "sort".to_owned(), values: vec!["relevance".to_owned()] });
    }
    let parsed = query::parse_with(typed, &flags, &vocabulary)?;
    let want =
        Want { limit: 0, facets: &[FacetField::Tag], facet_limit: usize::MAX, ..Want::default() };
    let answer = engine.search(&parsed.tree, &want)?;
    let values = answer.facets.into_iter().flat_map(|facet| facet.values);
    let tags = values
        .map(|value| {
            let entity = desk.knowledge.gazetteer.get(&value.value);
            TagCount {
                name: entity.map_or_else(|| value.value.clone(), |entity| entity.name.clone()),
                kind: entity.map(|entity| entity.kind.name().to_owned()).unwrap_or_default(),
                documents: value.documents,
                id: value.value,
            }
        })
        .filter(|tag| !with.contains(&tag.id))
        .collect();
    Ok(TagsAnswer {
        schema: "misl.tags/1",
        query: parsed.read_as,
        total_documents: answer.total_documents,
        complete: answer.complete,
        tags,
    })
}
