//! Quotes mean what stands between them, blanks included, and blanks inside Urdu names are optional
//! in print: what the other spacing would find more is said, not added.

use crate::engine::{Engine, Want};
use crate::query::tree::{Node, NodeKind, PhraseWord, Text, Tree};
use crate::query::{self, Parsed, Vocabulary};

use super::TaskError;
use super::search::SearchOptions;

/// Returns a note for each quoted Urdu phrase that stands with other blanks in further documents.
pub(super) fn notes(
    engine: &dyn Engine,
    vocabulary: &dyn Vocabulary,
    parsed: &Parsed,
    options: &SearchOptions<'_>,
    total: u64,
) -> Result<Vec<String>, TaskError> {
    let root = &parsed.tree.root;
    let n_parts = match &root.kind {
        NodeKind::And(children) => children.len(),
        _ => 1,
    };
    let mut notes = Vec::new();
    for at in 0..n_parts {
        let mut root = root.clone();
        let node = match &mut root.kind {
            NodeKind::And(children) => children.get_mut(at),
            _ => Some(&mut root),
        };
        let Some(node) = node else { continue };
        let Some(letters) = quoted_urdu(node) else { continue };
        let others = query::other_blanks(&letters, vocabulary);
        if others.is_empty() {
            continue;
        }
        let shown: Vec<String> = others.iter().filter_map(printed).collect();
        let typed = Box::new(Node::new(node.span.clone(), node.kind.clone()));
        node.kind = NodeKind::Expanded { typed, others };
        let want = Want { limit: 0, stop: options.stop, ..Want::default() };
        let more = engine.search(&Tree { root }, &want)?.total_documents.saturating_sub(total);
        if more > 0 {
            let shown = shown.join(", ");
            notes.push(format!(
                "quotes keep the blanks of `{letters}`: as {shown} in {more} more documents"
            ));
        }
    }
    Ok(notes)
}

/// Returns the words of a phrase of plain words in Arabic script.
fn quoted_urdu(node: &Node) -> Option<String> {
    let NodeKind::Text(Text::Phrase(phrase)) = &node.kind else { return None };
    let words: Option<Vec<&str>> = phrase.words.iter().map(plain).collect();
    let is_urdu = |word: &&str| word.chars().all(|c| matches!(c, '\u{0600}'..='\u{06FF}'));
    let words = words.filter(|words| phrase.slop == 0 && words.iter().all(is_urdu))?;
    Some(words.join(" "))
}

fn plain(word: &PhraseWord) -> Option<&str> {
    match word {
        PhraseWord::Token(token) => Some(token),
        PhraseWord::Pattern(_) => None,
    }
}

/// Returns a spelling as a note shows it.
fn printed(text: &Text) -> Option<String> {
    match text {
        Text::Word(word) => Some(word.exact.clone()),
        Text::Phrase(phrase) => {
            let words: Option<Vec<&str>> = phrase.words.iter().map(plain).collect();
            words.map(|words| words.join(" "))
        }
        _ => None,
    }
}
