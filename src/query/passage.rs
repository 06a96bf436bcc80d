//! One passage against one text: where it occurs, and whether it does.
//!
//! Slow and plain: this is what engines are checked against, what the highlighter asks about the
//! passages it shows, and how candidates of an engine without proximity are checked.

use std::ops::RangeInclusive;

use crate::model::{Lang, Span};
use crate::text::{Analysed, Token, analyse};

use super::tree::{
    Apart, Filter, Fuzzy, Link, Near, Operand, OperandKind, Pattern, Phrase, PhraseWord, Tag, Text,
    Word,
};
use super::words::{edits, fits};

/// A passage and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// The source's own text.
    pub text: &'a str,
    /// The passage's language, which decides about stems.
    pub lang: Lang,
    /// The page of the file.
    pub page: u32,
    /// The paragraph: the court's number, else counted; `None` where neither is known.
    pub paragraph: Option<u32>,
    /// Entities and their places: bytes of `text`.
    pub mentions: &'a [(String, Span)],
    /// Normal forms of references and their places: bytes of `text`.
    pub references: &'a [(String, Span)],
}

impl<'a> Passage<'a> {
    /// Returns a passage of which nothing but text and language is known.
    pub const fn of_text(text: &'a str, lang: Lang) -> Self {
        Self { text, lang, page: 1, paragraph: None, mentions: &[], references: &[] }
    }
}

/// A passage with its tokens.
#[derive(Debug)]
pub struct Looked<'a> {
    passage: Passage<'a>,
    tokens: Analysed,
}

/// A place where something occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    /// Its first and last position.
    positions: RangeInclusive<usize>,
    /// The letters to mark.
    span: Span,
}

impl<'a> Looked<'a> {
    /// Analyses a passage.
    pub fn new(passage: Passage<'a>) -> Self {
        Self { passage, tokens: analyse(passage.text, passage.lang) }
    }

    /// Returns the passage.
    pub const fn passage(&self) -> &Passage<'a> {
        &self.passage
    }

    /// Tells whether the passage holds what `text` asks for.
    pub fn holds(&self, text: &Text) -> bool {
        !self.marks(text).is_empty()
    }

    /// Tells whether a filter of passages takes this one; a filter of documents takes every one,
    /// and so does `like:`, which the engine alone can judge.
    pub fn is_taken(&self, filter: &Filter) -> bool {
        let passage = &self.passage;
        match filter {
            Filter::Mention(tags) => passage.mentions.iter().any(|(id, _)| is_one_of(tags, id)),
            Filter::Cites(cited) => passage
                .references
                .iter()
                .any(|(id, _)| cited.iter().any(|cited| cited.ids.contains(id))),
            Filter::Lang(langs) => langs.contains(&passage.lang),
            Filter::Page(ranges) => ranges.iter().any(|range| range.holds(passage.page)),
            Filter::Para(ranges) => passage
                .paragraph
                .is_some_and(|number| ranges.iter().any(|range| range.holds(number))),
            _ => true,
        }
    }

    /// Returns the letters that a text marks, in no order; empty where it does not match.
    pub(super) fn marks(&self, text: &Text) -> Vec<Span> {
        match text {
            Text::Word(word) => spans(self.words(|token| is_word(word, token))),
            Text::Pattern(pattern) => spans(self.words(|token| is_pattern(pattern, token))),
            Text::Fuzzy(fuzzy) => spans(self.words(|token| is_fuzzy(fuzzy, token))),
            Text::Phrase(phrase) if phrase.slop == 0 => spans(self.adjacent(phrase)),
            Text::Phrase(phrase) => self.moved(phrase),
            Text::Near(near) => self.near(near),
            Text::Apart(apart) => self.apart(apart),
            Text::Reference(reference) => {
                let by_id = self.passage.references.iter();
                let by_id = by_id.filter(|(id, _)| reference.ids.contains(id));
                let mut marks: Vec<Span> = by_id.map(|(_, span)| span.clone()).collect();
                marks.extend(spans(self.adjacent(&reference.phrase)));
                marks
            }
        }
    }

    /// Returns the places of mentions of one of `tags`.
    pub(super) fn mentions(&self, tags: &[Tag]) -> Vec<Span> {
        let mentions = self.passage.mentions.iter();
        mentions.filter(|(id, _)| is_one_of(tags, id)).map(|(_, span)| span.clone()).collect()
    }

    /// Returns each token that `is_it`, as a run of one position.
    fn words(&self, is_it: impl Fn(&Token<'_>) -> bool) -> Vec<Run> {
        self.tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| is_it(token))
            .map(|(position, token)| Run { positions: position..=position, span: token.span })
            .collect()
    }

    /// Returns the runs of the phrase's words side by side.
    fn adjacent(&self, phrase: &Phrase) -> Vec<Run> {
        let n_words = phrase.words.len();
        let starts = 0..(self.tokens.len() + 1).saturating_sub(n_words);
        let fits_at = |start: usize| {
            let mut words = phrase.words.iter().enumerate();
            words.all(|(idx, word)| {
                self.tokens.get(start + idx).is_some_and(|t| is_phrase_word(word, &t))
            })
        };
        starts
            .filter(|&start| n_words > 0 && fits_at(start))
            .filter_map(|start| {
                let last = start + n_words - 1;
                let span = self.tokens.get(start)?.span.start..self.tokens.get(last)?.span.end;
                Some(Run { positions: start..=last, span })
            })
            .collect()
    }

    /// Returns the words of every place where the phrase stands with its moves.
    fn moved(&self, phrase: &Phrase) -> Vec<Span> {
        // Shifts count from `n_words` up, so that they never fall below zero.
        let n_words = phrase.words.len();
        let mut places: Vec<Vec<usize>> = vec![Vec::new(); n_words];
        for (position, token) in self.tokens.iter().enumerate() {
            for (idx, word) in phrase.words.iter().enumerate() {
                if is_phrase_word(word, &token) {
                    places[idx].push(position);
                }
            }
        }
        let shift = |idx: usize, position: usize| position + n_words - idx;
        let mut least: Vec<usize> = places
            .iter()
            .enumerate()
            .flat_map(|(idx, places)| places.iter().map(move |&position| shift(idx, position)))
            .collect();
        least.sort_unstable();
        least.dedup();
        let mut marked = Vec::new();
        for low in least {
            let window = low..=low + usize::from(phrase.slop);
            let allowed: Vec<Vec<usize>> = places
                .iter()
                .enumerate()
                .map(|(idx, places)| {
                    places.iter().copied().filter(|&at| window.contains(&shift(idx, at))).collect()
                })
                .collect();
            marked.extend(assign(&allowed).unwrap_or_default());
        }
        marked.sort_unstable();
        marked.dedup();
        marked.into_iter().filter_map(|position| Some(self.tokens.get(position)?.span)).collect()
    }

    fn near(&self, near: &Near) -> Vec<Span> {
        let mut runs: Vec<Vec<Run>> = near.operands.iter().map(|it| self.operand(it)).collect();
        // What has no partner on the left goes first, then what has none on the right: what is
        // left is part of a whole chain.
        for (idx, link) in near.links.iter().enumerate() {
            let left = runs[idx].clone();
            runs[idx + 1].retain(|run| left.iter().any(|before| are_linked(*link, before, run)));
        }
        for (idx, link) in near.links.iter().enumerate().rev() {
            let right = runs[idx + 1].clone();
            runs[idx].retain(|run| right.iter().any(|behind| are_linked(*link, run, behind)));
        }
        let mut marks: Vec<Span> = runs.into_iter().flat_map(spans).collect();
        marks.sort_by_key(|span| (span.start, span.end));
        marks.dedup();
        marks
    }

    fn apart(&self, apart: &Apart) -> Vec<Span> {
        let others = self.operand(&apart.other);
        let mut keep = self.operand(&apart.keep);
        keep.retain(|run| !others.iter().any(|other| are_linked(apart.link, run, other)));
        spans(keep)
    }

    fn operand(&self, operand: &Operand) -> Vec<Run> {
        match &operand.kind {
            OperandKind::Word(word) => self.words(|token| is_word(word, token)),
            OperandKind::Pattern(pattern) => self.words(|token| is_pattern(pattern, token)),
            OperandKind::Fuzzy(fuzzy) => self.words(|token| is_fuzzy(fuzzy, token)),
            OperandKind::Phrase(phrase) => self.adjacent(phrase),
            OperandKind::Mention(tags) => {
                let spans = self.mentions(tags).into_iter();
                spans.filter_map(|span| self.run_of(span)).collect()
            }
            OperandKind::Any(operands) => {
                operands.iter().flat_map(|operand| self.operand(operand)).collect()
            }
        }
    }

    /// Returns the tokens that overlap `span`; `None` where none does.
    fn run_of(&self, span: Span) -> Option<Run> {
        let overlaps =
            |token: &Token<'_>| token.span.start < span.end && span.start < token.span.end;
        let positions = self.tokens.iter().enumerate().filter(|(_, token)| overlaps(token));
        let mut positions = positions.map(|(position, _)| position);
        let first = positions.next()?;
        Some(Run { positions: first..=positions.last().unwrap_or(first), span })
    }
}

fn spans(runs: Vec<Run>) -> Vec<Span> {
    runs.into_iter().map(|run| run.span).collect()
}

fn is_one_of(tags: &[Tag], id: &str) -> bool {
    tags.iter().any(|tag| tag.ids().any(|known| known == id))
}

fn is_word(word: &Word, token: &Token<'_>) -> bool {
    token.exact == word.exact || token.stem == word.stem
}

fn is_pattern(pattern: &Pattern, token: &Token<'_>) -> bool {
    fits(&pattern.text, token.exact)
}

fn is_fuzzy(fuzzy: &Fuzzy, token: &Token<'_>) -> bool {
    edits(&fuzzy.word, token.exact, usize::from(fuzzy.edits)).is_some()
}

fn is_phrase_word(word: &PhraseWord, token: &Token<'_>) -> bool {
    match word {
        PhraseWord::Token(exact) => exact == token.exact,
        PhraseWord::Pattern(pattern) => is_pattern(pattern, token),
    }
}

/// Tells whether a link holds between its left and its right side.
fn are_linked(link: Link, left: &Run, right: &Run) -> bool {
    let follows = |one: &Run, other: &Run| {
        let gap = other.positions.start().checked_sub(*one.positions.end());
        gap.is_some_and(|gap| gap > 0 && link.within.is_none_or(|most| gap <= usize::from(most)))
    };
    follows(left, right) || (!link.ordered && follows(right, left))
}

/// Gives every word one of its allowed positions, none of them twice; `None` if that is impossible.
fn assign(allowed: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for idx in 0..allowed.len() {
        let mut seen = Vec::new();
        if !place(idx, allowed, &mut taken, &mut seen) {
            return None;
        }
    }
    Some(taken.into_iter().map(|(position, _)| position).collect())
}

/// Finds a position for word `idx`, moving others where needed. A phrase has 128 words at most, so
/// it nests no deeper.
fn place(
    idx: usize,
    allowed: &[Vec<usize>],
    taken: &mut Vec<(usize, usize)>,
    seen: &mut Vec<usize>,
) -> bool {
    for &position in &allowed[idx] {
        if seen.contains(&position) {
            continue;
        }
        seen.push(position);
        let owner = taken.iter().find(|(at, _)| *at == position).map(|&(_, owner)| owner);
        if owner.is_none_or(|owner| place(owner, allowed, taken, seen)) {
            taken.retain(|&(at, _)| at != position);
            taken.push((position, idx));
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::testing::Known;
    use super::super::{parse, tree::NodeKind};
    use super::*;

    /// Returns the marked words of the query's first text in `text`.
    #[track_caller]
    fn check(query: &str, text: &str, expect: &[&str]) {
        let parsed = parse(query, &Known).unwrap();
        let NodeKind::Text(asked) = &parsed.tree.root.kind else { panic!("{}", parsed.read_as) };
        let mut marks = Looked::new(Passage::of_text(text, Lang::En)).marks(asked);
        marks.sort_by_key(|span| span.start);
        let found: Vec<&str> = marks.into_iter().filter_map(|span| text.get(span)).collect();
        assert_eq!(found, expect, "{query} in {text}");
    }

    #[test]
    fn phrases_are_adjacent_and_ordered() {
        let text = "Lawful Intercept of lawful orders; intercept lawful";
        check("\"lawful intercept\"", text, &["Lawful Intercept"]);
        check("\"lawful int*\"", text, &["Lawful Intercept"]);
        check("\"intercept lawful\"", text, &["intercept lawful"]);
    }

    #[test]
    fn moves_of_a_phrase() {
        check("\"a c\"~1", "a b c", &["a", "c"]);
        check("\"a c\"~1", "a b b c", &[]);
        check("\"a b\"~1", "b a", &[]);
        check("\"a b\"~2", "b a", &["b", "a"]);
        check("\"a a\"~5", "a b", &[]);
        check("\"a b c\"~2", "a x b x c", &["a", "b", "c"]);
        check("\"a b c\"~1", "a x b x c", &[]);
    }

    #[test]
    fn distance_counts_between_the_ends() {
        check("a w/2 b", "a x b", &["a", "b"]);
        check("a w/1 b", "a x b", &[]);
        check("a pre/2 b", "b a", &[]);
        check("a w/2 b", "b a", &["b", "a"]);
        check("\"a b\" w/1 c", "a b c", &["a b", "c"]);
        check("c w/1 \"a b\"", "a b x c", &[]);
        check("a w/5 a", "a", &[]);
        check("a w/5 a", "a x a", &["a", "a"]);
        check("a w/p b", &format!("a {} b", "x ".repeat(300)), &["a", "b"]);
    }

    #[test]
    fn a_chain_marks_whole_chains_alone() {
        check("a w/2 b w/2 c", "a x b x c x x x b", &["a", "b", "c"]);
        check("a w/2 b w/2 c", "a x b x x x c", &[]);
        check("(a OR d) w/1 b", "d b x a", &["d", "b"]);
    }

    #[test]
    fn one_without_the_other() {
        check("a w/2 NOT b", "a b x x a", &["a"]);
        check("a w/2 NOT b", "a b", &[]);
        check("a pre/2 NOT b", "b a", &["a"]);
    }

    #[test]
    fn mentions_have_places() {
        let parsed = parse("mention:fia+ w/2 raid", &Known).unwrap();
        let NodeKind::Text(asked) = &parsed.tree.root.kind else { panic!("{}", parsed.read_as) };
        let text = "The wing led the raid";
        let mentions = [("fia-ccw".to_owned(), 4..8)];
        let passage = Passage { mentions: &mentions, ..Passage::of_text(text, Lang::En) };
        assert!(!Looked::new(passage).holds(asked));
        let text = "The wing raid";
        let passage = Passage { mentions: &mentions, ..Passage::of_text(text, Lang::En) };
        assert!(Looked::new(passage).holds(asked));
    }
}
