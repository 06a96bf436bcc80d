//! One level of brackets: operators find their neighbours, then OR, AND and `w/n` split the list.

use super::{Item, Lower, Op, Parser};
use crate::model::Span;
use crate::query::build::{and, or};
use crate::query::chain::{Member, hull};
use crate::query::error::QueryError;
use crate::query::tree::{Link, Node, NodeKind, Text};
use crate::query::{Note, build};

/// A query of so many bare words or more reads like a sentence.
const SENTENCE_WORDS: usize = 5;

/// Words that a sentence needs and a search does not. Folded.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "between", "by",
    "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "his",
    "how", "i", "if", "in", "into", "is", "it", "its", "my", "of", "on", "she", "should", "so",
    "some", "than", "that", "the", "their", "them", "there", "these", "they", "this", "those",
    "to", "v", "was", "we", "were", "what", "when", "where", "which", "who", "whom", "whose",
    "why", "with", "would",
];

/// Tells whether a folded word is one that a sentence needs and a search does not.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

impl Item {
    /// Returns the folded form of a word that stands alone, without quotes or field.
    fn bare_word(&self) -> Option<&str> {
        match self {
            Self::Term(Node { kind: NodeKind::Text(Text::Word(word)), .. }) => Some(&word.exact),
            _ => None,
        }
    }

    const fn span(&self) -> Option<&Span> {
        match self {
            Self::Term(node) | Self::Lower(_, node) => Some(&node.span),
            Self::Op(..) | Self::Not(_) => None,
        }
    }
}

impl Parser<'_> {
    /// Returns the node of one level's terms and operators.
    pub(super) fn assemble(&mut self, items: Vec<Item>) -> Result<Option<Node>, QueryError> {
        let items = self.settle_lower_case(items);
        let items = if self.depth == 0 { self.leave_out(items) } else { items };
        if !items.iter().any(Item::is_term) {
            return self.operators_as_words(&items);
        }
        let mut members: Vec<(Op, Member)> = Vec::new();
        let mut op: Option<(Op, Span)> = None;
        let mut nots: Vec<Span> = Vec::new();
        for item in items {
            match item {
                Item::Op(next, span) => {
                    self.idle_nots(&mut nots);
                    match (&op, members.is_empty()) {
                        (_, true) => self.note(span, "operator without a neighbour: ignored"),
                        (Some((_, before)), _) => {
                            self.note(before.clone(), "of two operators the last counts");
                            op = Some((next, span));
                        }
                        (None, _) => op = Some((next, span)),
                    }
                }
                Item::Not(span) => nots.push(span),
                Item::Term(node) | Item::Lower(_, node) => {
                    if let (2.., Some(first)) = (nots.len(), nots.first()) {
                        self.note(first.clone(), "double NOT cancels");
                    }
                    let negated = nots.len() % 2 == 1;
                    nots.clear();
                    let op = op.take().map_or(Op::And, |(op, _)| op);
                    let link = if let Op::Near(link) = op {
                        link
                    } else {
                        Link { within: None, ordered: false }
                    };
                    members.push((op, Member { link, negated, node }));
                }
            }
        }
        self.idle_nots(&mut nots);
        if let Some((_, span)) = op {
            self.note(span, "operator without a neighbour: ignored");
        }
        self.join(members).map(Some)
    }

    fn idle_nots(&mut self, nots: &mut Vec<Span>) {
        for span in nots.drain(..) {
            self.note(span, "NOT without a neighbour: ignored");
        }
    }

    /// Splits members at OR, then at AND, and chains what is left.
    fn join(&mut self, members: Vec<(Op, Member)>) -> Result<Node, QueryError> {
        let mut groups: Vec<Vec<Vec<Member>>> = Vec::new();
        for (op, member) in members {
            let group = match (op, groups.last_mut()) {
                (Op::Or, _) | (_, None) => {
                    groups.push(vec![vec![member]]);
                    continue;
                }
                (_, Some(group)) => group,
            };
            match (op, group.last_mut()) {
                (Op::Near(_), Some(chain)) => chain.push(member),
                _ => group.push(vec![member]),
            }
        }
        self.read.is_mixed |= groups.len() > 1 && groups.iter().any(|group| group.len() > 1);
        let mut ors = Vec::with_capacity(groups.len());
        for group in groups {
            let mut ands = Vec::with_capacity(group.len());
            for chain in group {
                ands.push(self.chains.build(chain)?);
            }
            ors.push(and(hull(ands.iter()), ands));
        }
        Ok(or(hull(ors.iter()), ors))
    }

    /// Drops a lower-case `and` between two terms and notes what `or` and `not` are not.
    fn settle_lower_case(&mut self, items: Vec<Item>) -> Vec<Item> {
        let terms: Vec<bool> = items.iter().map(Item::is_term).collect();
        let is_term = |idx: Option<usize>| idx.and_then(|idx| terms.get(idx)).is_some_and(|&is| is);
        let mut kept = Vec::with_capacity(items.len());
        for (idx, item) in items.into_iter().enumerate() {
            let before = is_term(idx.checked_sub(1));
            let after = is_term(Some(idx + 1));
            if let Item::Lower(lower, node) = &item {
                let span = node.span.clone();
                match lower {
                    Lower::And if before && after => {
                        self.note(
                            span,
                            "`and` between words is passed over: all words are asked for anyway",
                        );
                        continue;
                    }
                    Lower::Or if before && after => {
                        let instead = self.with_capitals(&span, "OR");
                        let note = Note::new(
                            span,
                            "`or` is read as a word: write OR in capitals to find either",
                        );
                        self.read.notes.push(Note { instead, ..note });
                    }
                    Lower::Not if after => {
                        let instead = self.with_capitals(&span, "NOT");
                        let note = Note::new(
                            span,
                            "`not` is read as a word: write NOT in capitals to exclude",
                        );
                        self.read.notes.push(Note { instead, ..note });
                    }
                    _ => {}
                }
            }
            kept.push(item);
        }
        kept
    }

    /// Leaves function words out of a sentence: of five bare words or more without an operator.
    fn leave_out(&mut self, items: Vec<Item>) -> Vec<Item> {
        let is_plain = items.iter().all(Item::is_term);
        let words: Vec<&str> = items.iter().filter_map(Item::bare_word).collect();
        let is_left_out = |item: &Item| item.bare_word().is_some_and(is_function_word);
        if !is_plain || words.len() < SENTENCE_WORDS || items.iter().all(is_left_out) {
            return items;
        }
        let (out, kept): (Vec<Item>, Vec<Item>) = items.into_iter().partition(is_left_out);
        let spans = out.iter().filter_map(Item::span);
        let letters: Vec<&str> =
            spans.clone().filter_map(|span| self.text.get(span.clone())).collect();
        if let Some(span) = spans.clone().next() {
            let letters = letters.join(", ");
            let note = format!("looked for without: {letters} (quotes around a word keep it)");
            self.note(span.clone(), note);
        }
        kept
    }

    /// Returns the typed text with `operator` at `span`.
    fn with_capitals(&self, span: &Span, operator: &str) -> Option<String> {
        let before = self.text.get(..span.start)?;
        let after = self.text.get(span.end..)?;
        Some(format!("{before}{operator}{after}"))
    }

    /// Reads a level that holds operators alone as words.
    fn operators_as_words(&mut self, items: &[Item]) -> Result<Option<Node>, QueryError> {
        let mut nodes = Vec::new();
        for item in items {
            let (Item::Op(_, span) | Item::Not(span)) = item else { continue };
            let letters = self.text.get(span.clone()).unwrap_or_default().to_owned();
            if let Some(text) = build::words(&letters.to_lowercase()) {
                self.count(span)?;
                self.note(span.clone(), "an operator with nothing beside it is read as a word");
                nodes.push(Node::new(span.clone(), NodeKind::Text(text)));
            }
        }
        Ok((!nodes.is_empty()).then(|| and(hull(nodes.iter()), nodes)))
    }
}
