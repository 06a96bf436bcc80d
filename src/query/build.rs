//! Putting nodes together so that a tree keeps its promises, and letters into tokens.

use crate::model::{Lang, Span};
use crate::text::analyse;
use crate::text::fold::is_mark;

use super::tree::{
    Filter, Node, NodeKind, Operand, OperandKind, Pattern, Phrase, PhraseWord, Text, Word,
};

/// Joins `children`, one at least, by AND.
pub(super) fn and(span: Span, children: Vec<Node>) -> Node {
    let mut flat: Vec<Node> = Vec::with_capacity(children.len());
    for child in children {
        match child.kind {
            NodeKind::And(inner) if !inner.iter().any(is_passage_filter) => flat.extend(inner),
            NodeKind::All => {}
            _ => flat.push(child),
        }
    }
    join(span, flat, NodeKind::And)
}

/// Joins `children`, one at least, by OR.
pub(super) fn or(span: Span, children: Vec<Node>) -> Node {
    let mut flat: Vec<Node> = Vec::with_capacity(children.len());
    for child in children {
        match child.kind {
            NodeKind::Or(inner) => flat.extend(inner),
            _ => flat.push(child),
        }
    }
    join(span, flat, NodeKind::Or)
}

/// Excludes what `child` finds; a double NOT cancels.
pub(super) fn not(span: Span, child: Node) -> Node {
    match child.kind {
        NodeKind::Not(inner) => *inner,
        _ => Node::new(span, NodeKind::Not(Box::new(child))),
    }
}

fn join(span: Span, mut children: Vec<Node>, kind: fn(Vec<Node>) -> NodeKind) -> Node {
    match children.len() {
        0 => Node::new(span, NodeKind::All),
        1 => children.remove(0),
        _ => Node::new(span, kind(children)),
    }
}

/// Tells whether the node is a filter of passages, which restricts its And.
pub(super) fn is_passage_filter(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Filter(filter) if filter.is_of_passages())
}

/// Returns the word or phrase of exact tokens in `letters`; `None` where there is no token.
pub(super) fn words(letters: &str) -> Option<Text> {
    let analysed = analyse(letters, Lang::En);
    let mut tokens = analysed.iter();
    let first = tokens.next()?;
    if analysed.len() == 1 {
        let word = Word { exact: first.exact.to_owned(), stem: first.stem.to_owned() };
        return Some(Text::Word(word));
    }
    exact_phrase(letters).map(Text::Phrase)
}

/// Returns the tokens of `letters` as a phrase without slop; `None` where there is no token.
pub(super) fn exact_phrase(letters: &str) -> Option<Phrase> {
    let analysed = analyse(letters, Lang::En);
    let words: Vec<PhraseWord> =
        analysed.iter().map(|token| PhraseWord::Token(token.exact.to_owned())).collect();
    (!words.is_empty()).then_some(Phrase { words, slop: 0 })
}

/// Returns the folded tokens of `letters`, joined by one blank.
pub(super) fn folded(letters: &str) -> String {
    let analysed = analyse(letters, Lang::En);
    let tokens: Vec<&str> = analysed.iter().map(|token| token.exact).collect();
    tokens.join(" ")
}

/// What became of a word with wildcards.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wild {
    /// The tokens, in order.
    pub(super) words: Vec<PhraseWord>,
    /// A word with a single letter beside its wildcards, which it lost.
    pub(super) too_short: Option<String>,
    /// Whether wildcards stood alone, without a letter; they were dropped.
    pub(super) bare: bool,
    /// Whether a pattern begins with `*` or `?`.
    pub(super) leads: bool,
}

/// Letters that may stand for `*` and `?` while a word is analysed: analysis keeps them as they are.
const STAND_INS: [char; 12] = ['ƣ', 'ƿ', 'ƨ', 'ƽ', 'ƾ', 'ȝ', 'ɋ', 'ɤ', 'ʘ', 'ʬ', 'ʭ', 'ʞ'];

/// Returns two letters that `letters` does not hold, whatever its case.
fn stand_ins(letters: &str) -> (char, char) {
    let small = letters.to_lowercase();
    let mut free = STAND_INS.into_iter().filter(|&letter| !small.contains(letter));
    (free.next().unwrap_or(STAND_INS[0]), free.next().unwrap_or(STAND_INS[1]))
}

/// Splits `letters` into tokens and patterns.
pub(super) fn wild_words(letters: &str) -> Wild {
    let (star, mark) = stand_ins(letters);
    let hidden = letters.replace('*', &star.to_string()).replace('?', &mark.to_string());
    let analysed = analyse(&hidden, Lang::En);
    let mut wild = Wild { words: Vec::new(), too_short: None, bare: false, leads: false };
    for token in analysed.iter() {
        let is_wild = |c: char| c == star || c == mark;
        if !token.exact.contains(is_wild) {
            wild.words.push(PhraseWord::Token(token.exact.to_owned()));
            continue;
        }
        let plain: String = token.exact.chars().filter(|&c| !is_wild(c)).collect();
        // A mark that no letter of the word bears is folded away when it is seen again.
        match plain.chars().filter(|&c| !is_mark(c)).count() {
            0 => wild.bare = true,
            1 => {
                wild.too_short = Some(plain.clone());
                wild.words.push(PhraseWord::Token(plain));
            }
            _ => {
                let mut text = token.exact.replace(star, "*").replace(mark, "?");
                while text.contains("**") {
                    text = text.replace("**", "*");
                }
                wild.leads |= text.starts_with(['*', '?']);
                wild.words.push(PhraseWord::Pattern(Pattern { text }));
            }
        }
    }
    wild
}

/// Returns the node as an operand of a chain, or `None` where it must be spread out.
pub(super) fn operand(node: &Node) -> Option<Operand> {
    let kind = match &node.kind {
        NodeKind::Text(Text::Word(word)) => OperandKind::Word(word.clone()),
        // A chain asks where a phrase begins and ends, and with moves that is not one place.
        NodeKind::Text(Text::Phrase(phrase)) => {
            OperandKind::Phrase(Phrase { slop: 0, ..phrase.clone() })
        }
        NodeKind::Text(Text::Pattern(pattern)) => OperandKind::Pattern(pattern.clone()),
        NodeKind::Text(Text::Fuzzy(fuzzy)) => OperandKind::Fuzzy(fuzzy.clone()),
        NodeKind::Text(Text::Reference(reference)) => OperandKind::Phrase(reference.phrase.clone()),
        NodeKind::Filter(Filter::Mention(tags) | Filter::Tag(tags)) => {
            OperandKind::Mention(tags.clone())
        }
        NodeKind::Or(children) => {
            let mut any = Vec::new();
            for child in children {
                let child = operand(child)?;
                match child.kind {
                    OperandKind::Any(inner) => any.extend(inner),
                    _ => any.push(child),
                }
            }
            OperandKind::Any(any)
        }
        _ => return None,
    };
    Some(Operand { span: node.span.clone(), kind })
}

/// Counts words, phrases and values of a tree, other spellings included.
pub(super) fn count_terms(node: &Node) -> usize {
    match &node.kind {
        NodeKind::All => 0,
        NodeKind::And(children) | NodeKind::Or(children) => children.iter().map(count_terms).sum(),
        NodeKind::Not(child) => count_terms(child),
        NodeKind::Expanded { typed, others } => count_terms(typed) + others.len(),
        NodeKind::Text(Text::Near(near)) => near.operands.iter().map(count_operand).sum(),
        NodeKind::Text(Text::Apart(apart)) => {
            count_operand(&apart.keep) + count_operand(&apart.other)
        }
        NodeKind::Text(_) => 1,
        NodeKind::Filter(filter) => count_values(filter),
    }
}

fn count_operand(operand: &Operand) -> usize {
    match &operand.kind {
        OperandKind::Any(operands) => operands.iter().map(count_operand).sum(),
        OperandKind::Mention(tags) => tags.len(),
        _ => 1,
    }
}

fn count_values(filter: &Filter) -> usize {
    match filter {
        Filter::Tag(values) | Filter::Mention(values) => values.len(),
        Filter::Court(values) | Filter::Judge(values) => values.len(),
        Filter::Kind(values) => values.len(),
        Filter::Source(values) => values.len(),
        Filter::List(values) => values.len(),
        Filter::Number(values) => values.len(),
        Filter::Cites(values) => values.len(),
        Filter::Lang(values) => values.len(),
        Filter::Page(values) | Filter::Para(values) => values.len(),
        Filter::Date { ranges, .. } => ranges.len(),
        Filter::Missing(values) => values.len(),
        Filter::Doc(values) => values.len(),
        Filter::Title(_) | Filter::Like(_) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str) -> PhraseWord {
        PhraseWord::Token(text.to_owned())
    }

    fn pattern(text: &str) -> PhraseWord {
        PhraseWord::Pattern(Pattern { text: text.to_owned() })
    }

    #[test]
    fn wildcards_survive_analysis() {
        assert_eq!(wild_words("Surv*").words, [pattern("surv*")]);
        assert_eq!(wild_words("wi?dcard").words, [pattern("wi?dcard")]);
        assert_eq!(wild_words("phone-tap**").words, [token("phone"), pattern("tap*")]);
        assert_eq!(wild_words("پی*").words, [pattern("پی*")]);
        assert!(wild_words("*tapping").leads);
    }

    #[test]
    fn no_letter_is_taken_for_a_wildcard() {
        for letter in STAND_INS {
            let word = format!("x{letter}y");
            assert_eq!(folded(&word), word);
            assert_eq!(wild_words(&word).words, [token(&word)]);
            assert_eq!(wild_words(&format!("{word}*")).words, [pattern(&format!("{word}*"))]);
            assert_eq!(wild_words(&format!("?{word}")).words, [pattern(&format!("?{word}"))]);
        }
    }

    #[test]
    fn too_few_letters() {
        let wild = wild_words("s*");
        assert_eq!((wild.words, wild.too_short.as_deref()), (vec![token("s")], Some("s")));
        // A mark of N'Ko behind a sign that folds to a blank is no second letter.
        let wild = wild_words("?\u{FE70}\u{07EB}\u{16A40}");
        assert!(
            wild.words.iter().all(|word| matches!(word, PhraseWord::Token(_))),
            "{:?}",
            wild.words
        );
        let wild = wild_words("*");
        assert!(wild.words.is_empty() && wild.bare);
    }
}
