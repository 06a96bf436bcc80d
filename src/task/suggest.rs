//! What else may have been meant, when nothing is found: each offered query finds something.

use crate::engine::{Engine, Want};
use crate::model::{Lang, Span};
use crate::query::tree::{Node, NodeKind, Text, Tree};
use crate::query::{self, Parsed, Vocabulary};
use crate::text::analyse;

use super::TaskError;
use super::search::{SearchOptions, Suggestion};

/// How many suggestions are offered.
const MOST: usize = 5;

/// How many other queries are tried for them.
const MOST_TRIED: usize = 16;

/// Words shorter than this have neighbours of every meaning: nobody who types `SRO` means `so`.
const SHORTEST: usize = 4;

/// A query that may be what was meant.
struct Candidate {
    why: String,
    query: String,
    /// Whether the flags beside the typed query are part of it already.
    has_flags: bool,
}

/// Returns other queries that find documents, the nearest first.
pub(super) fn suggest(
    engine: &dyn Engine,
    vocabulary: &dyn Vocabulary,
    parsed: &Parsed,
    options: &SearchOptions<'_>,
) -> Result<Vec<Suggestion>, TaskError> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let typed = |why: String, query: String| Candidate { why, query, has_flags: false };
    for note in &parsed.notes {
        candidates.extend(note.instead.iter().map(|query| typed(note.text.clone(), query.clone())));
    }
    let mut texts = Vec::new();
    collect_texts(&parsed.tree.root, &mut texts);
    for span in &texts {
        for (at, word) in unknown_words(engine, options.query, span)? {
            for near in near_words(engine, &word, options.stop)? {
                let mut query = options.query.to_owned();
                query.replace_range(at.clone(), &near);
                let grown = span.end + near.len() - at.len();
                let plain = without_quotes(&query, &(span.start..grown));
                let why = format!("near spelling of `{word}`");
                candidates.push(typed(why.clone(), query));
                candidates.extend(plain.map(|query| typed(why, query)));
            }
        }
    }
    for span in &texts {
        // PTA is written out in many texts that speak of it, and in Urdu in others.
        if let Some((name, query)) = with_all_names(options.query, span)
            && vocabulary.is_name(&name)
        {
            candidates.push(typed(format!("all names of `{name}`, in every script"), query));
        }
        if let Some(name) = options.query.get(span.clone()) {
            let mut query = options.query.to_owned();
            query.replace_range(span.clone(), &format!("tag:{name}"));
            candidates.push(typed(format!("`{name}` as the name of an entity"), query));
        }
        if let Some(query) = without_quotes(options.query, span) {
            candidates.push(typed("the words of the phrase, anywhere".to_owned(), query));
        }
    }
    candidates.extend(without_one(&parsed.tree));
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for Candidate { why, query, has_flags } in candidates.into_iter().take(MOST_TRIED) {
        if suggestions.len() == MOST || suggestions.iter().any(|known| known.query == query) {
            continue;
        }
        let flags = if has_flags { &[] } else { options.flags };
        // A candidate that cannot be read is no suggestion.
        let Ok(other) = query::parse_with(&query, flags, vocabulary) else { continue };
        let want = Want { limit: 0, stop: options.stop, ..Want::default() };
        let documents = engine.search(&other.tree, &want)?.total_documents;
        if documents > 0 {
            suggestions.push(Suggestion { why, query, documents });
        }
    }
    Ok(suggestions)
}

/// Offers what a note names in place of what was typed, and all names of an entity in place of the one that was typed, where they find more than
/// `n_found` documents: English pages have one name of the PTA, Urdu pages have another.
pub(super) fn more(
    engine: &dyn Engine,
    vocabulary: &dyn Vocabulary,
    parsed: &Parsed,
    options: &SearchOptions<'_>,
    n_found: u64,
) -> Result<Vec<Suggestion>, TaskError> {
    let mut candidates: Vec<(String, String)> = Vec::new();
    for note in &parsed.notes {
        candidates.extend(note.instead.iter().map(|query| (note.text.clone(), query.clone())));
    }
    let mut texts = Vec::new();
    collect_texts(&parsed.tree.root, &mut texts);
    if let [name] = texts.as_slice()
        && let Some((plain, query)) = with_all_names(options.query, name)
        && vocabulary.is_name(&plain)
    {
        candidates.push((format!("all names of `{plain}`, in every script"), query));
    }
    let mut offers = Vec::new();
    for (why, query) in candidates.into_iter().take(MOST) {
        let Ok(other) = query::parse_with(&query, options.flags, vocabulary) else { continue };
        let want = Want { limit: 0, stop: options.stop, ..Want::default() };
        let documents = engine.search(&other.tree, &want)?.total_documents;
        if documents > n_found {
            offers.push(Suggestion { why, query, documents });
        }
    }
    Ok(offers)
}

/// Returns the name that was typed at `span` and the query that asks for all names of it.
fn with_all_names(typed: &str, span: &Span) -> Option<(String, String)> {
    let letters = typed.get(span.clone())?;
    let plain = letters.trim_matches(|c: char| !c.is_alphanumeric());
    let is_word = plain == letters && !plain.contains(char::is_whitespace);
    let all = if is_word { format!("{plain}~names") } else { format!("\"{plain}\"~names") };
    let mut query = typed.to_owned();
    query.replace_range(span.clone(), &all);
    (!plain.is_empty()).then(|| (plain.to_owned(), query))
}

/// Returns where words and phrases of a query were typed.
fn collect_texts(node: &Node, spans: &mut Vec<Span>) {
    match &node.kind {
        NodeKind::And(children) | NodeKind::Or(children) => {
            children.iter().for_each(|child| collect_texts(child, spans));
        }
        NodeKind::Expanded { typed, .. } => collect_texts(typed, spans),
        NodeKind::Text(Text::Word(_) | Text::Phrase(_) | Text::Near(_))
            if !node.span.is_empty() =>
        {
            spans.push(node.span.clone());
        }
        // A word that must not occur needs no other spelling.
        _ => {}
    }
}

/// Returns the words typed at `span` that no passage holds, each with its place.
fn unknown_words(
    engine: &dyn Engine,
    typed: &str,
    span: &Span,
) -> Result<Vec<(Span, String)>, TaskError> {
    let Some(letters) = typed.get(span.clone()) else { return Ok(Vec::new()) };
    let mut unknown = Vec::new();
    for token in analyse(letters, Lang::En).iter() {
        let is_word =
            token.exact.chars().all(char::is_alphabetic) && token.exact.chars().count() >= SHORTEST;
        if is_word && engine.word_passages(token.exact)? == 0 {
            let at = span.start + token.span.start..span.start + token.span.end;
            unknown.push((at, token.exact.to_owned()));
        }
    }
    Ok(unknown)
}

/// Returns the words of the dictionary nearest to `word`: people rarely get the first letter wrong.
fn near_words(
    engine: &dyn Engine,
    word: &str,
    stop: &dyn Fn() -> bool,
) -> Result<Vec<String>, TaskError> {
    let edits = if word.chars().count() >= 8 { 2 } else { 1 };
    let mut near = engine.words_near(word, edits, 12, stop)?;
    // Stable: the most frequent stay first.
    near.sort_by_key(|near| near.word.chars().next() != word.chars().next());
    Ok(near.into_iter().take(3).map(|near| near.word).collect())
}

/// Returns the query with the phrase at `span` as plain words; `None` where no phrase stands there.
fn without_quotes(typed: &str, span: &Span) -> Option<String> {
    let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    let letters = typed.get(span.clone())?;
    let inner = letters.strip_prefix(is_quote)?;
    let inner = inner.rfind(is_quote).map_or(inner, |end| inner.get(..end).unwrap_or(inner));
    if inner.split_whitespace().count() < 2 {
        return None;
    }
    let mut query = typed.to_owned();
    query.replace_range(span.clone(), inner.trim());
    Some(query)
}

/// Returns the query with each of its parts left out in turn.
fn without_one(tree: &Tree) -> Vec<Candidate> {
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
            Candidate {
                why: format!("without `{left_out}`"),
                query: Tree { root }.to_string(),
                has_flags: true,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_becomes_words_where_it_stands() {
        let query = "lims \"data retention\"~3 -pta";
        assert_eq!(without_quotes(query, &(5..23)).unwrap(), "lims data retention -pta");
        assert_eq!(without_quotes("“دو فیصد", &(0.."“دو فیصد".len())).unwrap(), "دو فیصد");
        assert_eq!(without_quotes("\"retention\"", &(0..11)), None);
        assert_eq!(without_quotes("retention", &(0..9)), None);
    }
}
