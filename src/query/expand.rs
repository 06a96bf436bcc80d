//! Other spellings of Urdu words: blanks inside names are optional in print, the index knows only
//! what was printed. Outside quotes and NOT a query finds these forms too, ranked below.

use super::build::{self, count_terms};
use super::limits;
use super::tree::{Node, NodeKind, Phrase, PhraseWord, Text, Word};
use super::{FoundName, Note, Vocabulary};
use crate::model::Span;

/// Adds other spellings to the words of a tree, where they fit into the limits.
pub(super) fn expand(root: Node, vocabulary: &dyn Vocabulary, notes: &mut Vec<Note>) -> Node {
    let mut spellings = Spellings { vocabulary, n_left: limits::SPELLINGS, notes: Vec::new() };
    let expanded = spellings.node(root.clone());
    if count_terms(&expanded) > limits::TERMS {
        notes.push(Note::new(0..0, "too many words to look for other spellings"));
        return root;
    }
    notes.append(&mut spellings.notes);
    expanded
}

/// Returns the spellings of some words with other blanks that the index holds: inside quotes these
/// are not looked for.
pub fn other_blanks(letters: &str, vocabulary: &dyn Vocabulary) -> Vec<Text> {
    let mut spellings = Spellings { vocabulary, n_left: limits::SPELLINGS, notes: Vec::new() };
    let mut others = Vec::new();
    spellings.blanks(&mut others, letters);
    others
}

struct Spellings<'a> {
    vocabulary: &'a dyn Vocabulary,
    n_left: usize,
    notes: Vec<Note>,
}

impl Spellings<'_> {
    fn node(&mut self, node: Node) -> Node {
        let Node { span, kind } = node;
        match kind {
            NodeKind::And(children) => {
                let mut children = self.run(children);
                match (children.len(), children.pop()) {
                    // One name takes all words: there is nothing left to join.
                    (1, Some(only)) => only,
                    (_, last) => {
                        children.extend(last);
                        Node::new(span, NodeKind::And(children))
                    }
                }
            }
            NodeKind::Or(children) => {
                let children = children.into_iter().map(|child| self.node(child)).collect();
                Node::new(span, NodeKind::Or(children))
            }
            NodeKind::Text(Text::Word(_)) => {
                let mut nodes = self.run(vec![Node::new(span.clone(), kind)]);
                nodes.pop().unwrap_or(Node::new(span, NodeKind::All))
            }
            kind => Node::new(span, kind),
        }
    }

    /// Expands the neighbours of an AND: names first, then single words.
    fn run(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let words: Vec<Option<String>> = nodes.iter().map(urdu_word).collect();
        let is_alone = nodes.len() == 1;
        let mut out = Vec::with_capacity(nodes.len());
        let mut nodes = nodes.into_iter();
        let mut at = 0;
        let mut run_start = 0;
        while let Some(node) = nodes.next() {
            if words[at].is_none() {
                out.push(if is_alone { node } else { self.node_inside(node) });
                at += 1;
                run_start = at;
                continue;
            }
            let run: Vec<&str> = words[at..].iter().map_while(Option::as_deref).collect();
            let found = self.vocabulary.name_forms(&run).filter(|found| found.n_words > 0);
            if let Some(found) = found {
                let n_more = found.n_words.min(run.len()) - 1;
                let typed: Vec<Node> =
                    std::iter::once(node).chain(nodes.by_ref().take(n_more)).collect();
                let letters = run[..=n_more].join(" ");
                out.push(self.name(typed, &letters, &found));
                at += n_more + 1;
                run_start = at;
            } else {
                let before: Vec<&str> =
                    words[run_start..at].iter().filter_map(Option::as_deref).collect();
                out.push(self.word(node, &before, &run));
                at += 1;
            }
        }
        out
    }

    /// Expands what is no word of the run itself; a leaf stays as it is.
    fn node_inside(&mut self, node: Node) -> Node {
        match node.kind {
            NodeKind::And(_) | NodeKind::Or(_) => self.node(node),
            NodeKind::Text(Text::Word(ref word)) if VERSUS.contains(&word.exact.as_str()) => {
                let word = word.exact.clone();
                self.versus(node, &word)
            }
            _ => node,
        }
    }

    /// Adds a name's other forms to the words that were typed for it. Names of letters become the
    /// phrase that they are: one of them alone is noise.
    fn name(&mut self, typed: Vec<Node>, letters: &str, found: &FoundName) -> Node {
        let plain = build::exact_phrase(letters);
        let mut others = Vec::new();
        self.blanks(&mut others, letters);
        for form in &found.forms {
            let Some(phrase) = build::exact_phrase(form) else { continue };
            let is_new =
                plain.as_ref() != Some(&phrase) && !others.contains(&Text::Phrase(phrase.clone()));
            if is_new && self.n_left > 0 {
                self.n_left -= 1;
                others.push(Text::Phrase(phrase));
            }
        }
        let span = super::chain::hull(typed.iter());
        match plain {
            Some(phrase) if found.is_spelled && typed.len() > 1 => {
                let note = format!("`{letters}` is read as the name {}", found.name);
                self.notes.push(Note::new(span.clone(), note));
                let typed = Node::new(span.clone(), NodeKind::Text(Text::Phrase(phrase)));
                self.list(&span, &others);
                // Printed without quotes, so that it reads the same: also where nothing is added.
                Node::new(span, NodeKind::Expanded { typed: Box::new(typed), others })
            }
            _ => self.finish(build::and(span, typed), others),
        }
    }

    /// Adds a name's own letters with other blanks: two neighbours joined, all joined, a word split.
    fn blanks(&mut self, others: &mut Vec<Text>, letters: &str) {
        let words: Vec<&str> = letters.split(' ').collect();
        let mut variants: Vec<Vec<String>> = Vec::new();
        for at in 1..words.len() {
            let (before, after) = words.split_at(at);
            let (Some((left, before)), Some((right, after))) =
                (before.split_last(), after.split_first())
            else {
                continue;
            };
            let joined = [format!("{left}{right}")];
            let around = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
            let parts: [Vec<String>; 3] = [around(before), joined.to_vec(), around(after)];
            variants.push(parts.concat());
        }
        if words.len() > 2 {
            variants.push(vec![words.concat()]);
        }
        for (at, word) in words.iter().enumerate() {
            for halves in splits(word) {
                let mut variant: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
                variant.splice(at..=at, halves.map(str::to_owned));
                variants.push(variant);
            }
        }
        for variant in variants {
            let tokens: Vec<&str> = variant.iter().map(String::as_str).collect();
            let text = match variant.as_slice() {
                [only] => Text::Word(Word { exact: only.clone(), stem: only.clone() }),
                _ => {
                    let words = variant.iter().cloned().map(PhraseWord::Token).collect();
                    Text::Phrase(Phrase { words, slop: 0 })
                }
            };
            self.add(others, &tokens, text);
        }
    }

    /// Adds the other ways of writing the `v.` between two parties.
    fn versus(&mut self, node: Node, word: &str) -> Node {
        let mut others = Vec::new();
        for other in VERSUS.into_iter().filter(|other| *other != word) {
            let text = Text::Word(Word { exact: other.to_owned(), stem: other.to_owned() });
            self.add(&mut others, &[other], text);
        }
        self.finish(node, others)
    }

    /// Adds the joined and the split spellings of one word that the index holds.
    ///
    /// `before` are the words of the run before it, `run` the word itself and those behind.
    fn word(&mut self, node: Node, before: &[&str], run: &[&str]) -> Node {
        let mut others = Vec::new();
        let Some(word) = run.first() else { return node };
        let around: Vec<&str> = before.iter().chain(run).copied().collect();
        let at = before.len();
        for start in at.saturating_sub(2)..=at {
            for n_words in 2..=3 {
                let Some(joined) = around.get(start..start + n_words) else { continue };
                if start + n_words > at {
                    let exact = joined.concat();
                    let stem = exact.clone();
                    self.add(&mut others, &[&joined.concat()], Text::Word(Word { exact, stem }));
                }
            }
        }
        for halves in splits(word) {
            let words = halves.map(|half| PhraseWord::Token(half.to_owned())).to_vec();
            self.add(&mut others, &halves, Text::Phrase(Phrase { words, slop: 0 }));
        }
        self.finish(node, others)
    }

    /// Adds a spelling all of whose tokens the index holds.
    fn add(&mut self, others: &mut Vec<Text>, tokens: &[&str], text: Text) {
        let is_known = || tokens.iter().all(|token| self.vocabulary.is_word(token));
        if self.n_left > 0 && !others.contains(&text) && is_known() {
            self.n_left -= 1;
            others.push(text);
        }
    }

    /// Says which other spellings are looked for.
    fn list(&mut self, span: &Span, others: &[Text]) {
        if !others.is_empty() {
            let listed: Vec<String> = others.iter().map(super::print::spelling).collect();
            let note = format!("also found as {}", listed.join(", "));
            self.notes.push(Note::new(span.clone(), note));
        }
    }

    fn finish(&mut self, typed: Node, others: Vec<Text>) -> Node {
        if others.is_empty() {
            return typed;
        }
        let span = typed.span.clone();
        self.list(&span, &others);
        Node::new(span, NodeKind::Expanded { typed: Box::new(typed), others })
    }
}

/// Returns every way to cut a word into two of two letters or more.
fn splits(word: &str) -> impl Iterator<Item = [&str; 2]> {
    let halves = word.char_indices().map(|(cut, _)| word.split_at(cut));
    halves
        .filter(|(first, last)| first.chars().count() >= 2 && last.chars().count() >= 2)
        .map(|(first, last)| [first, last])
}

/// What stands between the parties of a case.
const VERSUS: [&str; 3] = ["v", "vs", "versus"];

/// Returns the folded word of a node that is one word in Arabic script.
fn urdu_word(node: &Node) -> Option<String> {
    let NodeKind::Text(Text::Word(word)) = &node.kind else { return None };
    let is_arabic = |c: char| matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}');
    word.exact.chars().any(is_arabic).then(|| word.exact.clone())
}
