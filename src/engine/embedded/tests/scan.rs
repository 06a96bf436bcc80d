//! The oracle: reads every passage of every document and applies the table of
//! [`crate::query::tree`] word by word, without index, positions lists or bits.

use std::collections::BTreeSet;

use super::corpus::{Doc, Passage};
use crate::query::tree::{
    Filter, Link, Node, NodeKind, Operand, OperandKind, Pattern, Phrase, PhraseWord, Tag, Text,
    Word,
};
use crate::text::{Analysed, analyse};

/// Numbers of documents, and of passages within them.
pub(super) type Found = (BTreeSet<u64>, BTreeSet<(u64, usize)>);

/// Answers a tree.
pub(super) fn scan(docs: &[Doc], root: &Node) -> Found {
    let mut found = Found::default();
    for doc in docs {
        let all: Vec<usize> =
            (0..doc.passages.len()).filter(|&at| !doc.passages[at].boilerplate).collect();
        let (is_hit, passages) = ask(doc, root, &all);
        if is_hit {
            found.0.insert(doc.docn);
            found.1.extend(passages.into_iter().map(|ord| (doc.docn, ord)));
        }
    }
    found
}

fn ask(doc: &Doc, node: &Node, reach: &[usize]) -> (bool, BTreeSet<usize>) {
    let all: Vec<usize> = (0..doc.passages.len()).collect();
    match &node.kind {
        NodeKind::All => (true, BTreeSet::new()),
        NodeKind::Text(text) => places(reach, |at| has(&doc.passages[at], text)),
        NodeKind::Filter(filter) if filter.is_of_passages() => {
            places(reach, |at| takes_passage(&doc.passages[at], filter))
        }
        NodeKind::Filter(filter) => (takes(doc, filter), BTreeSet::new()),
        NodeKind::Not(child) => (!ask(doc, child, &all).0, BTreeSet::new()),
        NodeKind::Or(children) => {
            let answers: Vec<_> = children.iter().map(|child| ask(doc, child, reach)).collect();
            (answers.iter().any(|answer| answer.0), join(answers))
        }
        NodeKind::And(children) => {
            let mut inner = reach.to_vec();
            for child in children {
                if let NodeKind::Filter(filter) = &child.kind
                    && filter.is_of_passages()
                {
                    inner.retain(|&at| takes_passage(&doc.passages[at], filter));
                }
            }
            let answers: Vec<_> = children.iter().map(|child| ask(doc, child, &inner)).collect();
            (answers.iter().all(|answer| answer.0), join(answers))
        }
        NodeKind::Expanded { typed, others } => {
            let mut answers = vec![ask(doc, typed, reach)];
            answers.extend(
                others.iter().map(|text| places(reach, |at| has(&doc.passages[at], text))),
            );
            (answers.iter().any(|answer| answer.0), join(answers))
        }
    }
}

fn places(reach: &[usize], takes: impl Fn(usize) -> bool) -> (bool, BTreeSet<usize>) {
    let found: BTreeSet<usize> = reach.iter().copied().filter(|&at| takes(at)).collect();
    (!found.is_empty(), found)
}

fn join(answers: Vec<(bool, BTreeSet<usize>)>) -> BTreeSet<usize> {
    answers.into_iter().flat_map(|answer| answer.1).collect()
}

fn takes(doc: &Doc, filter: &Filter) -> bool {
    match filter {
        Filter::Tag(tags) => tags.iter().flat_map(Tag::ids).any(|id| {
            doc.tags.iter().any(|tag| tag == id)
        }),
        Filter::Court(ids) => ids.iter().any(|id| doc.court == Some(id)),
        Filter::Kind(kinds) => doc.kind.is_some_and(|kind| kinds.contains(&kind)),
        Filter::Date { role: None, ranges } => {
            doc.date.is_some_and(|date| ranges.iter().any(|range| range.takes(date)))
        }
        other => unreachable!("not asked here: {other:?}"),
    }
}

fn takes_passage(passage: &Passage, filter: &Filter) -> bool {
    match filter {
        Filter::Lang(langs) => langs.contains(&passage.lang),
        Filter::Page(ranges) => ranges.iter().any(|range| range.holds(passage.page)),
        Filter::Mention(tags) => tags.iter().flat_map(Tag::ids).any(|id| {
            passage.mentions.iter().any(|(entity, _)| entity == id)
        }),
        other => unreachable!("not asked here: {other:?}"),
    }
}

fn has(passage: &Passage, text: &Text) -> bool {
    let tokens = analyse(&passage.text, passage.lang);
    let all = |kind| Operand { span: 0..0, kind };
    let runs = |operand: &Operand| runs(passage, &tokens, operand);
    match text {
        Text::Word(word) => !runs(&all(OperandKind::Word(word.clone()))).is_empty(),
        Text::Phrase(phrase) => !runs(&all(OperandKind::Phrase(phrase.clone()))).is_empty(),
        Text::Pattern(pattern) => !runs(&all(OperandKind::Pattern(pattern.clone()))).is_empty(),
        Text::Fuzzy(fuzzy) => !runs(&all(OperandKind::Fuzzy(fuzzy.clone()))).is_empty(),
        Text::Near(near) => {
            let operands: Vec<_> = near.operands.iter().map(runs).collect();
            chain(&operands, &near.links, None)
        }
        Text::Apart(apart) => {
            let others = runs(&apart.other);
            runs(&apart.keep)
                .into_iter()
                .any(|run| !others.iter().any(|&other| linked(apart.link, run, other)))
        }
        Text::Reference(reference) => {
            reference.ids.iter().any(|id| passage.refs.contains(id))
                || !runs(&all(OperandKind::Phrase(reference.phrase.clone()))).is_empty()
        }
    }
}

fn chain(operands: &[Vec<(usize, usize)>], links: &[Link], last: Option<(usize, usize)>) -> bool {
    let Some((first, rest)) = operands.split_first() else { return true };
    first.iter().any(|&run| match last {
        None => chain(rest, links, Some(run)),
        Some(last) => linked(links[0], last, run) && chain(rest, &links[1..], Some(run)),
    })
}

fn linked(link: Link, left: (usize, usize), right: (usize, usize)) -> bool {
    let gap = if left.1 < right.0 {
        right.0 - left.1
    } else if right.1 < left.0 && !link.ordered {
        left.0 - right.1
    } else {
        return false;
    };
    link.within.is_none_or(|within| gap <= usize::from(within))
}

fn runs(passage: &Passage, tokens: &Analysed, operand: &Operand) -> Vec<(usize, usize)> {
    let single = |takes: &dyn Fn(&str, &str) -> bool| {
        let takes = |(_, token): &(usize, crate::text::Token<'_>)| takes(token.exact, token.stem);
        tokens.iter().enumerate().filter(takes).map(|(at, _)| (at, at)).collect()
    };
    match &operand.kind {
        OperandKind::Word(Word { exact, stem }) => single(&|e, s| e == exact || s == stem),
        OperandKind::Pattern(pattern) => single(&|e, _| like(pattern, e)),
        OperandKind::Fuzzy(fuzzy) => {
            single(&|e, _| distance(e, &fuzzy.word) <= usize::from(fuzzy.edits))
        }
        OperandKind::Phrase(phrase) => laid(tokens, phrase, &mut Vec::new()),
        OperandKind::Mention(tags) => {
            let mut runs = Vec::new();
            for (entity, span) in &passage.mentions {
                if tags.iter().flat_map(Tag::ids).any(|id| id == entity) {
                    let here: Vec<usize> = tokens
                        .iter()
                        .enumerate()
                        .filter(|(_, token)| {
                            token.span.start < span.end && span.start < token.span.end
                        })
                        .map(|(at, _)| at)
                        .collect();
                    runs.extend(here.first().map(|&first| (first, here[here.len() - 1])));
                }
            }
            runs
        }
        OperandKind::Any(operands) => {
            operands.iter().flat_map(|operand| self::runs(passage, tokens, operand)).collect()
        }
    }
}

/// Lays the words of a phrase in every possible way.
fn laid(tokens: &Analysed, phrase: &Phrase, chosen: &mut Vec<usize>) -> Vec<(usize, usize)> {
    let Some(word) = phrase.words.get(chosen.len()) else {
        let shifts = || chosen.iter().enumerate().map(|(word, &at)| at as i64 - word as i64);
        let spread = shifts().max().unwrap() - shifts().min().unwrap();
        let run = (*chosen.iter().min().unwrap(), *chosen.iter().max().unwrap());
        return if spread <= i64::from(phrase.slop) { vec![run] } else { Vec::new() };
    };
    let mut runs = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let fits = match word {
            PhraseWord::Token(exact) => token.exact == exact,
            PhraseWord::Pattern(pattern) => like(pattern, token.exact),
        };
        if fits && !chosen.contains(&at) {
            chosen.push(at);
            runs.extend(laid(tokens, phrase, chosen));
            chosen.pop();
        }
    }
    runs
}

/// Matches a pattern by trying every length for a star.
fn like(pattern: &Pattern, word: &str) -> bool {
    fn go(pattern: &[char], word: &[char]) -> bool {
        match pattern.split_first() {
            None => word.is_empty(),
            Some(('*', rest)) => (0..=word.len()).any(|skip| go(rest, &word[skip..])),
            Some(('?', rest)) => !word.is_empty() && go(rest, &word[1..]),
            Some((letter, rest)) => word.first() == Some(letter) && go(rest, &word[1..]),
        }
    }
    go(&pattern.text.chars().collect::<Vec<_>>(), &word.chars().collect::<Vec<_>>())
}

/// The optimal string alignment distance by its table.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = usize::from(a[i - 1] != b[j - 1]);
                let mut least = (table[i - 1][j] + 1)
                    .min(table[i][j - 1] + 1)
                    .min(table[i - 1][j - 1] + change);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    table[a.len()][b.len()]
}
