//! Who says nearly this: passages that share runs of words with a place, then passages with the
//! words that tell the place apart.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::engine::{Engine, Want};
use crate::model::chars::CharCursor;
use crate::model::{Lang, Locator, SourceId};
use crate::query::tree::{Filter, Like, Node, NodeKind, Phrase, PhraseWord, Text, Tree};
use crate::store::SourceRow;
use crate::text::analyse;
use crate::text::runs::{QUOTE_WORDS, as_set, common, runs};

use super::place;
use super::search::{DocumentAnswer, SearchOptions, document_answer, like_words, search_with};
use super::{Desk, TaskError};

/// So many runs of a place are looked up at once; of a longer place every second, third … one.
const MOST_RUNS: usize = 100;

/// So many different telling words a passage must hold.
const TELLING: usize = 4;

/// How many passages of a document are shown.
const PASSAGES: usize = 3;

/// Who says nearly the same: schema `misl.similar/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Similar {
    /// The name of the schema.
    pub schema: &'static str,
    /// The document that was asked about.
    pub id: SourceId,
    /// Its citation key.
    pub key: Option<String>,
    /// The place in it; empty for all of it.
    pub at: Locator,
    /// How many words the place has.
    pub words: u64,
    /// Documents that share runs of eight words with it, those with most first.
    pub same_words: Vec<SameWords>,
    /// Other documents that hold the words which tell the place apart, best first.
    pub related: Vec<DocumentAnswer>,
}

/// A document that shares runs of words with the place.
#[derive(Clone, Debug, Serialize)]
pub struct SameWords {
    /// How many runs of eight words of the place stand in it, too.
    pub runs: u64,
    /// The share of the place's runs that stand in it, 0 to 1.
    pub share: f64,
    /// How many words the longest run has that stands in both.
    pub longest: u64,
    /// The document with the passages.
    #[serde(flatten)]
    pub document: DocumentAnswer,
}

/// Returns the passages most like a place of a document; `limit` documents of each kind.
pub fn similar(
    desk: &Desk,
    source: &SourceRow,
    at: &Locator,
    limit: usize,
) -> Result<Similar, TaskError> {
    let engine = desk.engine()?;
    let paragraphs = place::paragraphs(desk, source, Some(at))?;
    let words = place::words(&paragraphs);
    let words: Vec<&str> = words.iter().map(|word| word.exact.as_str()).collect();
    let mut same_words = Vec::new();
    if let Some(tree) = runs_tree(&words, source.id) {
        let own = runs(words.iter().copied(), QUOTE_WORDS);
        let want = Want { limit: limit.saturating_mul(4), passages: PASSAGES, ..Want::default() };
        for hit in engine.search(&tree, &want)?.documents {
            let theirs = theirs(desk, hit.docn)?;
            let own_set = as_set(own.clone());
            let n_common = common(&own_set, &theirs);
            if n_common == 0 {
                continue;
            }
            same_words.push(SameWords {
                runs: n_common as u64,
                share: share(n_common, own_set.len()),
                longest: longest(&own, &theirs) as u64,
                document: document_answer(desk, &tree, &hit)?,
            });
        }
    }
    same_words.sort_by(|a, b| b.runs.cmp(&a.runs).then_with(|| a.document.id.cmp(&b.document.id)));
    same_words.truncate(limit);
    let like = Like { doc: source.id, at: at.clone() };
    let related = related(desk, &engine, like, limit, &same_words)?;
    Ok(Similar {
        schema: "misl.similar/1",
        id: source.id,
        key: source.key.clone(),
        at: at.clone(),
        words: words.len() as u64,
        same_words,
        related,
    })
}

/// Returns documents by telling words, those left out that say the same already.
///
/// A passage with one or two of the words is about something else: it needs [`TELLING`] of them.
fn related(
    desk: &Desk,
    engine: &dyn Engine,
    like: Like,
    limit: usize,
    same: &[SameWords],
) -> Result<Vec<DocumentAnswer>, TaskError> {
    let telling: BTreeSet<String> = like_words(desk, engine, &like)?.into_iter().collect();
    let query = Tree { root: Node::new(0..0, NodeKind::Filter(Filter::Like(like))) }.to_string();
    let options = SearchOptions {
        query: &query,
        flags: &[],
        offset: 0,
        limit: limit.saturating_mul(4) + same.len(),
        passages: PASSAGES,
        facets: &[],
        facet_limit: 0,
        sort: None,
        fold: true,
        stop: &|| false,
    };
    let mut documents = search_with(desk, engine, &options)?.documents;
    documents.retain(|document| !same.iter().any(|same| same.document.id == document.id));
    for document in &mut documents {
        document.passages.retain_mut(|passage| {
            let (n_words, highlights) = telling_marks(&passage.text, &telling);
            passage.highlights = highlights;
            n_words >= TELLING.min(telling.len()).max(1)
        });
    }
    documents.retain(|document| !document.passages.is_empty());
    documents.truncate(limit);
    Ok(documents)
}

/// Returns how many of the telling words stand in a text, and the characters where they stand.
fn telling_marks(text: &str, telling: &BTreeSet<String>) -> (usize, Vec<[usize; 2]>) {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut cursor = CharCursor::new(text);
    let mut marks = Vec::new();
    let tokens = analyse(text, Lang::En);
    for token in tokens.iter() {
        let known = telling.get(token.exact).or_else(|| telling.get(token.stem));
        if let Some(word) = known {
            found.insert(word);
            marks.push(cursor.span(&token.span));
        }
    }
    (found.len(), marks)
}

/// Returns the query for any of the place's runs in other documents; `None` for a short place.
fn runs_tree(words: &[&str], own: SourceId) -> Option<Tree> {
    let n_runs = (words.len() + 1).checked_sub(QUOTE_WORDS).filter(|n| *n > 0)?;
    let step = n_runs.div_ceil(MOST_RUNS);
    let node = |kind| Node::new(0..0, kind);
    let mut phrases: Vec<Node> = Vec::new();
    for run in words.windows(QUOTE_WORDS).step_by(step) {
        let words = run.iter().map(|&word| PhraseWord::Token(word.to_owned())).collect();
        let phrase = node(NodeKind::Text(Text::Phrase(Phrase { words, slop: 0 })));
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    let any = match phrases.len() {
        1 => phrases.pop()?,
        _ => node(NodeKind::Or(phrases)),
    };
    let not_own = NodeKind::Not(Box::new(node(NodeKind::Filter(Filter::Doc(vec![own])))));
    Some(Tree { root: node(NodeKind::And(vec![any, node(not_own)])) })
}

/// Returns the runs of a document, as a set.
fn theirs(desk: &Desk, docn: u64) -> Result<Vec<u64>, TaskError> {
    let words = super::understand::body_words(&desk.store.pages(docn)?);
    Ok(as_set(runs(words.iter().map(String::as_str), QUOTE_WORDS)))
}

/// Returns how many words the longest stretch of the place has all of whose runs are theirs.
fn longest(own: &[u64], theirs: &[u64]) -> usize {
    let mut best = 0;
    let mut here = 0;
    for run in own {
        here = if theirs.binary_search(run).is_ok() { here + 1 } else { 0 };
        best = best.max(here);
    }
    if best == 0 { 0 } else { best + QUOTE_WORDS - 1 }
}

#[expect(clippy::cast_precision_loss, reason = "no place has 2^52 words")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_stretch_in_both() {
        let words: Vec<String> = (0..30).map(|n| format!("w{n}")).collect();
        let own = runs(words.iter().map(String::as_str), QUOTE_WORDS);
        let theirs = as_set(runs(words[5..20].iter().map(String::as_str), QUOTE_WORDS));
        assert_eq!(longest(&own, &theirs), 15);
        assert_eq!(longest(&own, &[]), 0);
    }

    #[test]
    fn telling_words_are_counted_once_and_marked() {
        let telling = ["gift", "mutation"].map(str::to_owned).into();
        let (n_words, marks) = telling_marks("A gift, by Gift Mutation", &telling);
        assert_eq!((n_words, marks), (2, vec![[2, 6], [11, 15], [16, 24]]));
    }

    #[test]
    fn a_long_place_is_asked_by_a_hundred_runs() {
        let words: Vec<String> = (0..1_000).map(|n| format!("w{n}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let tree = runs_tree(&words, SourceId([1; 32])).unwrap();
        assert!((90..=MOST_RUNS).contains(&tree.texts().len()));
        assert!(runs_tree(&words[..7], SourceId([1; 32])).is_none());
        assert_eq!(runs_tree(&words[..8], SourceId([1; 32])).unwrap().texts().len(), 1);
    }
}
