//! Which entities stand in the corpus, or in the documents of a query.

use serde::Serialize;

use crate::engine::{Engine as _, FacetField, Want};
use crate::entity::EntityKind;
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

impl TagsAnswer {
    /// Keeps the entities of one kind.
    ///
    /// # Errors
    /// [`TaskError::Usage`] where there is no such kind, with the nearest ones.
    pub fn keep_kind(&mut self, kind: &str) -> Result<(), TaskError> {
        let names: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.name()).collect();
        if !names.contains(&kind) {
            let near = query::suggest_near(kind, names.iter().copied());
            let hint = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", names.join(", ")),
            };
            return Err(TaskError::Usage { what: format!("no kind of entity `{kind}`"), hint });
        }
        self.tags.retain(|tag| tag.kind == kind);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_kind_of_entity_or_a_hint() {
        let tag = |id: &str, kind: &str| TagCount {
            id: id.to_owned(),
            name: id.to_owned(),
            kind: kind.to_owned(),
            documents: 1,
        };
        let mut answer = TagsAnswer {
            schema: "misl.tags/1",
            query: "*".to_owned(),
            total_documents: 1,
            complete: true,
            tags: vec![tag("ihc", "court"), tag("peca", "statute")],
        };
        let error = answer.keep_kind("cort").unwrap_err();
        assert!(matches!(error, TaskError::Usage { hint, .. } if hint.contains("`court`")));
        answer.keep_kind("court").unwrap();
        assert_eq!(answer.tags.len(), 1);
    }
}
