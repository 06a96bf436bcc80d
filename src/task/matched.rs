//! By what a document was found that no passage stands for: its title, its number, a tag …

use std::collections::BTreeSet;

use crate::model::Lang;
use crate::model::record::{Origin, Record, Valued};
use crate::query::tree::{Filter, Tag, Text, Tree};
use crate::query::{Looked, Passage};
use crate::store::SourceRow;

use super::{Desk, TaskError};

/// A person's hand: what the program read off the page is not of it.
const fn is_given<T>(value: &Valued<T>) -> bool {
    matches!(value.origin, Origin::Person | Origin::Sidecar | Origin::FrontMatter)
}

/// Returns what of a document fulfils a query, the most telling first, each once.
pub(super) fn matched_by(
    desk: &Desk,
    tree: &Tree,
    source: &SourceRow,
    paths: &[String],
) -> Result<Vec<&'static str>, TaskError> {
    let record = source.merged();
    let mut by = Vec::new();
    for text in tree.texts() {
        by.extend(text_matched_by(desk, text, source, &record, paths)?);
    }
    for filter in tree.filters() {
        by.extend(filter_matched_by(filter, &record));
    }
    let mut seen = Vec::new();
    by.retain(|name| {
        !seen.contains(name) && {
            seen.push(*name);
            true
        }
    });
    Ok(by)
}

/// Returns what of the record holds a text.
fn text_matched_by(
    desk: &Desk,
    text: &Text,
    source: &SourceRow,
    record: &Record,
    paths: &[String],
) -> Result<Option<&'static str>, TaskError> {
    let holds = |words: &str| Looked::new(Passage::of_text(words, Lang::En)).holds(text);
    let any = |values: &[Valued<String>]| values.iter().any(|value| holds(&value.value));
    if let Text::Reference(reference) = text {
        let own = desk.own_ids(source)?;
        let own = own.iter().flat_map(|id| crate::refs::ancestors(id));
        if own.into_iter().any(|id| reference.ids.contains(&id)) {
            return Ok(Some("own number"));
        }
    }
    let titles = record.title.iter().chain(&record.short_title);
    if titles.into_iter().any(|title| holds(&title.value)) {
        return Ok(Some("title"));
    }
    let others = record.index_number.iter().chain(&record.act_number);
    if any(&record.numbers) || any(&record.reports) || others.into_iter().any(|n| holds(&n.value)) {
        return Ok(Some("own number"));
    }
    if record.parties.iter().any(|party| holds(&party.value.name)) {
        return Ok(Some("party"));
    }
    if any(&record.judges) {
        return Ok(Some("judge"));
    }
    let is_named = |id: &str| {
        let entity = desk.knowledge.gazetteer.get(id);
        entity.is_some_and(|entity| match text {
            Text::Reference(reference) => entity
                .refs
                .iter()
                .flat_map(|id| crate::refs::ancestors(id))
                .any(|id| reference.ids.contains(&id)),
            _ => std::iter::once(&entity.name)
                .chain(&entity.aliases)
                .chain(&entity.acronyms)
                .chain(&entity.weak)
                .any(|form| holds(form)),
        })
    };
    if record.tags.iter().any(|tag| is_named(&tag.value)) {
        return Ok(Some("tag given by hand"));
    }
    if paths.iter().any(|path| holds(&super::index::file_words(path))) {
        return Ok(Some("file name"));
    }
    // `PECA` finds the Prevention of Electronic Crimes Act, whose title it is not.
    let entities: BTreeSet<String> =
        desk.store.mentions(source.docn)?.into_iter().map(|mention| mention.entity).collect();
    let is_other_name = entities.iter().any(|id| is_named(id));
    Ok(is_other_name.then_some("title, under another name"))
}

/// Returns what of the record a filter asks for.
fn filter_matched_by(filter: &Filter, record: &Record) -> Option<&'static str> {
    Some(match filter {
        Filter::Tag(tags) => {
            let mut ids = tags.iter().flat_map(Tag::ids);
            let is_by_hand =
                |id: &str| record.tags.iter().any(|tag| tag.value == id && is_given(tag));
            return ids.any(is_by_hand).then_some("tag given by hand");
        }
        Filter::Court(_) => "court",
        Filter::Judge(_) => "judge",
        Filter::Kind(_) => "kind",
        Filter::Source(_) => "path",
        Filter::List(_) => "list",
        Filter::Title(_) => "title",
        Filter::Number(_) => "own number",
        Filter::Date { .. } => "date",
        Filter::Missing(_) => "missing field",
        Filter::Doc(_) => "id",
        // These speak of passages.
        Filter::Mention(_)
        | Filter::Cites(_)
        | Filter::Lang(_)
        | Filter::Page(_)
        | Filter::Para(_)
        | Filter::Like(_) => return None,
    })
}
