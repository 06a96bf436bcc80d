//! What else may have been meant, when nothing is found: each offered query finds something.

use crate::engine::{Engine, Want};
use crate::query::tree::{Node, NodeKind, Text, Tree};
use crate::query::{self, Parsed, Vocabulary};

use super::TaskError;
use super::search::{SearchOptions, Suggestion};

/// How many suggestions are offered.
const MOST: usize = 5;

/// How many other queries are tried for them.
const MOST_TRIED: usize = 16;

/// Returns other queries that find documents, the nearest first.
pub(super) fn suggest(
    engine: &dyn Engine,
    vocabulary: &dyn Vocabulary,
    parsed: &Parsed,
    options: &SearchOptions<'_>,
) -> Result<Vec<Suggestion>, TaskError> {
    let mut candidates: Vec<(String, String)> = Vec::new();
    for note in &parsed.notes {
        candidates.extend(note.instead.iter().map(|query| (note.text.clone(), query.clone())));
    }
    let mut words = Vec::new();
    collect_words(&parsed.tree.root, &mut words);
    for (span, word) in words {
        if engine.word_passages(&word)? > 0 {
            continue;
        }
        if options.query.get(span.clone()).is_some() {
            let mut query = options.query.to_owned();
            query.replace_range(span.clone(), &format!("tag:{word}"));
            candidates.push((format!("`{word}` as the name of an entity"), query));
        }
        let edits = if word.chars().count() >= 8 { 2 } else { 1 };
        for near in engine.words_near(&word, edits, 3)? {
            let mut query = options.query.to_owned();
            if query.get(span.clone()).is_some() {
                query.replace_range(span.clone(), &near.word);
                candidates.push((format!("near spelling of `{word}`"), query));
            }
        }
    }
    candidates.extend(without_one(&parsed.tree));
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for (why, query) in candidates.into_iter().take(MOST_TRIED) {
        if suggestions.len() == MOST || suggestions.iter().any(|known| known.query == query) {
            continue;
        }
        // A candidate that cannot be read is no suggestion.
        let Ok(other) = query::parse(&query, vocabulary) else { continue };
        let want = Want { limit: 0, stop: options.stop, ..Want::default() };
        let documents = engine.search(&other.tree, &want)?.total_documents;
        if documents > 0 {
            suggestions.push(Suggestion { why, query, documents });
        }
    }
    Ok(suggestions)
}

/// Returns the words of a query and where they were typed.
fn collect_words(node: &Node, words: &mut Vec<(std::ops::Range<usize>, String)>) {
    match &node.kind {
        NodeKind::And(children) | NodeKind::Or(children) => {
            children.iter().for_each(|child| collect_words(child, words));
        }
        NodeKind::Expanded { typed, .. } => collect_words(typed, words),
        NodeKind::Text(Text::Word(word)) if !node.span.is_empty() => {
            words.push((node.span.clone(), word.exact.clone()));
        }
        // A word that must not occur needs no other spelling.
        _ => {}
    }
}

/// Returns the query with each of its parts left out in turn.
fn without_one(tree: &Tree) -> Vec<(String, String)> {
    let NodeKind::And(children) = &tree.root.kind else { return Vec::new() };
    children
        .iter()
        .enumerate()
        .map(|(at, left_out)| {
            let mut rest = children.clone();
            rest.remove(at);
            let root = match rest.len() {
                1 => rest.remove(0),
                _ => Node { span: tree.root.span.clone(), kind: NodeKind::And(rest) },
            };
            let left_out = Tree { root: left_out.clone() };
            (format!("without `{left_out}`"), Tree { root }.to_string())
        })
        .collect()
}
