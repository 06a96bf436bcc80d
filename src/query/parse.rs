//! The grammar: from what was typed to a tree. Broken syntax is repaired, and a note says how.
//!
//! One level of brackets is read as a flat list of terms and operators; operators without a
//! neighbour are dropped; then OR, AND and `w/n` split the list, in this order. Only brackets
//! recurse, and their depth is limited.

use crate::model::Span;

use super::build::{self, and, or};
use super::chain::{Chains, Member, hull};
use super::dates::Compare;
use super::error::QueryError;
use super::field::Field;
use super::tree::{Fuzzy, Link, Node, NodeKind, Phrase, PhraseWord, Reference, Sort, Text};
use super::values::{Value, Values};
use super::{Note, Vocabulary, limits};

/// What the parser has read.
pub(super) struct Read {
    /// The topmost node; `None` where nothing was left to look for.
    pub(super) root: Option<Node>,
    /// In the order in which things were noticed.
    pub(super) notes: Vec<Note>,
    /// The last `sort:`.
    pub(super) sort: Option<Sort>,
    /// Whether AND and OR stood side by side without brackets.
    pub(super) is_mixed: bool,
}

/// Reads the whole of `text`, which is within [`limits::BYTES`].
pub(super) fn read(text: &str, vocabulary: &dyn Vocabulary) -> Result<Read, QueryError> {
    let mut parser = Parser {
        text,
        chars: clean(text),
        at: 0,
        vocabulary,
        depth: 0,
        n_terms: 0,
        read: Read { root: None, notes: Vec::new(), sort: None, is_mixed: false },
        chains: Chains::default(),
    };
    let root = parser.level(None, None)?;
    let mut read = parser.read;
    read.root = root;
    for (span, text) in parser.chains.notes {
        read.notes.push(Note::new(span, text));
    }
    Ok(read)
}

/// Returns the characters with their bytes: controls as blanks, invisible direction marks left out.
fn clean(text: &str) -> Vec<(usize, char)> {
    text.char_indices()
        .filter(|&(_, c)| {
            !matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}'
                | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        })
        .map(|(at, c)| (at, if c.is_control() || c.is_whitespace() { ' ' } else { c }))
        .collect()
}

/// Tells whether `c` opens or closes a phrase.
const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// An operator between two terms.
#[derive(Clone, Copy)]
enum Op {
    And,
    Or,
    Near(Link),
}

/// A word that a lower-case letter keeps from being an operator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lower {
    And,
    Or,
    Not,
}

/// What one level of brackets holds, in order.
enum Item {
    Op(Op, Span),
    Not(Span),
    Term(Node),
    Lower(Lower, Node),
}

impl Item {
    const fn is_term(&self) -> bool {
        matches!(self, Self::Term(_) | Self::Lower(..))
    }
}

struct Parser<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
    /// Index of `chars`.
    at: usize,
    vocabulary: &'a dyn Vocabulary,
    depth: usize,
    n_terms: usize,
    read: Read,
    chains: Chains,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.char_at(self.at)
    }

    fn char_at(&self, idx: usize) -> Option<char> {
        self.chars.get(idx).map(|&(_, c)| c)
    }

    /// Returns the byte of the character `idx`, or the text's length.
    fn byte(&self, idx: usize) -> usize {
        self.chars.get(idx).map_or(self.text.len(), |&(byte, _)| byte)
    }

    /// Returns the bytes of the characters from `start` to before `end`.
    fn span(&self, start: usize, end: usize) -> Span {
        let last = end.checked_sub(1).filter(|&last| last >= start);
        let end = last.map_or(self.byte(start), |last| {
            self.byte(last)
                + self
                    .text
                    .get(self.byte(last)..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(0, char::len_utf8)
        });
        self.byte(start)..end
    }

    fn letters(&self, start: usize, end: usize) -> String {
        self.chars.get(start..end).unwrap_or_default().iter().map(|&(_, c)| c).collect()
    }

    fn note(&mut self, span: Span, text: impl Into<String>) {
        self.read.notes.push(Note::new(span, text));
    }

    fn count(&mut self, span: &Span) -> Result<(), QueryError> {
        self.n_terms += 1;
        if self.n_terms > limits::TERMS {
            return Err(QueryError::TooManyTerms { span: span.clone(), terms: self.n_terms });
        }
        Ok(())
    }

    /// Reads up to the closing bracket, or to the end. In a bracket behind `name:` plain words are
    /// values of that field.
    fn level(
        &mut self,
        open: Option<Span>,
        field: Option<Field>,
    ) -> Result<Option<Node>, QueryError> {
        if self.depth > limits::DEPTH {
            return Err(QueryError::TooDeep { span: open.unwrap_or(0..0) });
        }
        let mut items = Vec::new();
        loop {
            while self.peek() == Some(' ') {
                self.at += 1;
            }
            let start = self.at;
            match self.peek() {
                None => {
                    if let Some(open) = open {
                        self.note(open, "closing bracket added at the end");
                    }
                    break;
                }
                Some(')') if open.is_some() => {
                    self.at += 1;
                    break;
                }
                Some(')') => {
                    self.at += 1;
                    self.note(
                        self.span(start, start + 1),
                        "closing bracket without an opening one: ignored",
                    );
                }
                Some('(') => {
                    self.at += 1;
                    items.extend(self.group(start, field)?.map(Item::Term));
                }
                Some(c) if is_quote(c) => items.extend(self.quoted(field)?.map(Item::Term)),
                Some('-') if self.is_prefix() => {
                    self.at += 1;
                    items.push(Item::Not(self.span(start, start + 1)));
                }
                Some('+') if self.is_prefix() => {
                    self.at += 1;
                    self.note(
                        self.span(start, start + 1),
                        "`+` means nothing here: all words are asked for",
                    );
                }
                Some(_) => items.extend(self.word(field)?),
            }
        }
        self.assemble(items)
    }

    /// Reads a bracket whose opening sign, at `start`, has been passed.
    fn group(&mut self, start: usize, field: Option<Field>) -> Result<Option<Node>, QueryError> {
        let open = self.span(start, start + 1);
        self.depth += 1;
        let node = self.level(Some(open.clone()), field)?;
        self.depth -= 1;
        self.suffix();
        if node.is_none() {
            self.note(open, "empty brackets: ignored");
        }
        Ok(node)
    }

    /// Tells whether `-` or `+` stands before something: after a blank, bracket or another of them.
    fn is_prefix(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|idx| self.char_at(idx));
        let after = self.char_at(self.at + 1);
        before.is_none_or(|c| matches!(c, ' ' | '(' | '-' | '+'))
            && after.is_some_and(|c| c != ' ' && c != ')')
    }

    /// Passes over `^2` and `~` behind a bracket or phrase; returns the digits behind `~`.
    fn suffix(&mut self) -> Option<String> {
        let mut moves = None;
        while let Some(sign @ ('^' | '~')) = self.peek() {
            let start = self.at;
            self.at += 1;
            while self.peek().is_some_and(|c| c.is_ascii_digit() || c == '.') {
                self.at += 1;
            }
            match sign {
                '^' => self.note(self.span(start, self.at), "boosts mean nothing here: ignored"),
                _ => moves = Some(self.letters(start + 1, self.at)),
            }
        }
        moves
    }

    /// Reads a phrase, its opening quote next.
    fn quoted(&mut self, field: Option<Field>) -> Result<Option<Node>, QueryError> {
        let (letters, span, slop) = self.quotation();
        if let Some(field) = field {
            let value =
                Value { letters, span: span.clone(), quoted: true, slop, compare: Compare::Within };
            return self.filter(field, vec![value], span);
        }
        let Some(phrase) = self.phrase(&letters, slop, &span)? else { return Ok(None) };
        self.count(&span)?;
        Ok(Some(Node::new(span, NodeKind::Text(Text::Phrase(phrase)))))
    }

    /// Returns the letters between two quotes, the span with the quotes, and the slop.
    fn quotation(&mut self) -> (String, Span, u8) {
        let start = self.at;
        self.at += 1;
        while self.peek().is_some_and(|c| !is_quote(c)) {
            self.at += 1;
        }
        let letters = self.letters(start + 1, self.at);
        if self.peek().is_none() {
            self.note(self.span(start, start + 1), "closing quote added at the end");
        } else {
            self.at += 1;
        }
        let span = self.span(start, self.at);
        let slop = match self.suffix() {
            Some(digits) => self.slop(&digits, &span),
            None => 0,
        };
        (letters, span, slop)
    }

    fn slop(&mut self, digits: &str, span: &Span) -> u8 {
        let whole = digits.split('.').next().unwrap_or_default();
        if whole.is_empty() {
            self.note(span.clone(), "`~` behind a phrase without a number: ignored");
            return 0;
        }
        whole.parse().unwrap_or_else(|_| {
            self.note(span.clone(), "255 moves are the most");
            u8::MAX
        })
    }

    /// Returns the phrase of `letters`, with wildcards; `None` where there is no word.
    fn phrase(
        &mut self,
        letters: &str,
        slop: u8,
        span: &Span,
    ) -> Result<Option<Phrase>, QueryError> {
        let words = self.wild(letters, span);
        if words.len() > limits::PHRASE_WORDS {
            return Err(QueryError::LongPhrase { span: span.clone(), words: words.len() });
        }
        if words.is_empty() {
            self.note(span.clone(), "no word between the quotes: ignored");
            return Ok(None);
        }
        let slop = if words.len() == 1 { 0 } else { slop };
        Ok(Some(Phrase { words, slop }))
    }

    /// Returns the tokens and patterns of `letters`, with notes about wildcards.
    fn wild(&mut self, letters: &str, span: &Span) -> Vec<PhraseWord> {
        let wild = build::wild_words(letters);
        if let Some(plain) = wild.too_short {
            self.note(
                span.clone(),
                format!(
                    "too short for a wildcard, two letters at least: read as the word `{plain}`"
                ),
            );
        }
        if wild.bare && !wild.words.is_empty() {
            self.note(span.clone(), "a wildcard alone is no word: ignored");
        }
        if wild.leads {
            self.note(span.clone(), "a wildcard in front looks through every word: slow");
        }
        wild.words
    }

    /// Reads what begins with an ordinary character: a field, reference, operator or word.
    fn word(&mut self, field: Option<Field>) -> Result<Option<Item>, QueryError> {
        if let Some(node) = self.field()? {
            return Ok(node.map(Item::Term));
        }
        let start = self.at;
        if field.is_none()
            && let Some(node) = self.reference()?
        {
            return Ok(Some(Item::Term(node)));
        }
        let end = self.word_end(start, "");
        self.at = end;
        let letters = self.letters(start, end);
        let span = self.span(start, end);
        match letters.as_str() {
            "AND" | "&&" => return Ok(Some(Item::Op(Op::And, span))),
            "OR" | "||" => return Ok(Some(Item::Op(Op::Or, span))),
            "NOT" => return Ok(Some(Item::Not(span))),
            _ => {}
        }
        if let Some(link) = self.near_operator(&letters, &span) {
            return Ok(Some(Item::Op(Op::Near(link), span)));
        }
        let lower = match letters.as_str() {
            "and" => Some(Lower::And),
            "or" => Some(Lower::Or),
            "not" => Some(Lower::Not),
            _ => None,
        };
        let node = match field {
            Some(field) => {
                let values = self.bare_values(start, end);
                self.filter(field, values, span)?
            }
            None => self.plain(&letters, &span)?,
        };
        Ok(node.map(|node| match lower {
            Some(lower) => Item::Lower(lower, node),
            None => Item::Term(node),
        }))
    }

    /// Returns where the word that begins at `start` ends: before a blank, a quote, a bracket that
    /// does not belong to it, or one of `stops`. Brackets glued into a word belong to it: `54(1)(a)`.
    fn word_end(&self, start: usize, stops: &str) -> usize {
        let mut end = start;
        let mut depth = 0_usize;
        while let Some(c) = self.char_at(end) {
            match c {
                ' ' => break,
                _ if is_quote(c) || (depth == 0 && stops.contains(c)) => break,
                '(' if end > start && self.closes(end) => depth += 1,
                '(' => break,
                ')' if depth > 0 => depth -= 1,
                ')' => break,
                _ => {}
            }
            end += 1;
        }
        end
    }

    /// Tells whether the bracket at `open` is closed before a blank or quote.
    fn closes(&self, open: usize) -> bool {
        let mut depth = 0_usize;
        for &(_, c) in self.chars.get(open..).unwrap_or_default() {
            match c {
                '(' => depth += 1,
                ')' if depth == 1 => return true,
                ')' => depth -= 1,
                ' ' => return false,
                _ if is_quote(c) => return false,
                _ => {}
            }
        }
        false
    }

    /// Returns the link of `w/5`, `pre/5`, `NEAR/5`, `w/s`, `w/p` …, or `None` for another word.
    fn near_operator(&mut self, letters: &str, span: &Span) -> Option<Link> {
        let lower = letters.to_lowercase();
        let (name, distance) = match lower.split_once('/') {
            Some(parts) => parts,
            None if letters == "NEAR" => ("near", ""),
            None => return None,
        };
        let ordered = match name {
            "w" | "near" => false,
            "pre" => true,
            _ => return None,
        };
        let within = match distance {
            "p" => None,
            "s" => Some(limits::SENTENCE),
            "" => {
                self.note(span.clone(), format!("distance {} assumed", limits::USUAL_DISTANCE));
                Some(limits::USUAL_DISTANCE)
            }
            _ if !distance.bytes().all(|byte| byte.is_ascii_digit()) => return None,
            _ => Some(match distance.parse::<u8>() {
                Ok(0) => {
                    self.note(span.clone(), "1 is the least distance");
                    1
                }
                Ok(distance) => distance,
                Err(_) => {
                    self.note(span.clone(), "255 is the largest distance");
                    u8::MAX
                }
            }),
        };
        Some(Link { within, ordered })
    }

    /// Reads a legal reference, where one begins here.
    fn reference(&mut self) -> Result<Option<Node>, QueryError> {
        let start = self.byte(self.at);
        let Some((end, found)) = self.found_reference(self.at) else { return Ok(None) };
        let span = start..self.span(self.at, end).end;
        let typed = self.letters(self.at, end);
        let Some(phrase) = build::exact_phrase(&typed) else { return Ok(None) };
        self.at = end;
        self.count(&span)?;
        if let Some(note) = found.note {
            self.note(span.clone(), note);
        }
        let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let reference = Reference { ids: found.ids, phrase, typed };
        Ok(Some(Node::new(span, NodeKind::Text(Text::Reference(reference)))))
    }

    /// Returns the reference that begins at character `start` and the character after its end.
    ///
    /// A reference that ends inside a word is none, nor one that reaches over a quote.
    fn found_reference(&self, start: usize) -> Option<(usize, super::FoundReference)> {
        let found = self.vocabulary.reference_at(self.text, self.byte(start))?;
        let end = self.chars.partition_point(|&(byte, _)| byte < found.end);
        let inside = self.chars.get(start..end).unwrap_or_default();
        let cuts_a_word = self.char_at(end).is_some_and(char::is_alphanumeric)
            && end
                .checked_sub(1)
                .and_then(|last| self.char_at(last))
                .is_some_and(char::is_alphanumeric);
        let is_sound = !inside.is_empty() && !found.ids.is_empty() && !cuts_a_word;
        (is_sound && !inside.iter().any(|&(_, c)| is_quote(c))).then_some((end, found))
    }

    /// Reads `name:` and its values. The outer `None`: no field begins here.
    fn field(&mut self) -> Result<Option<Option<Node>>, QueryError> {
        let start = self.at;
        let mut colon = start;
        while self
            .char_at(colon)
            .is_some_and(|c| c.is_ascii_alphabetic() || (c == '-' && colon > start))
        {
            colon += 1;
        }
        if colon == start || self.char_at(colon) != Some(':') {
            return Ok(None);
        }
        let name = self.letters(start, colon);
        let name_span = self.span(start, colon);
        let known = Field::from_name(&name);
        let next = self.char_at(colon + 1);
        if next.is_none_or(|c| matches!(c, ' ' | ')')) {
            match known {
                Some(field) => self.note(
                    name_span,
                    format!(
                        "read as a word: for the field write `{}:` and the value without a blank",
                        field.name()
                    ),
                ),
                None => self.note(name_span, format!("`{name}:` is no field: read as a word")),
            }
            return Ok(None);
        }
        if next == Some('/') && self.char_at(colon + 2) == Some('/') {
            return Ok(None);
        }
        let Some(field) = known else {
            let near = Field::near(&name);
            if near.is_empty() {
                self.note(name_span, format!("`{name}:` is no field: read as a word"));
                return Ok(None);
            }
            return Err(QueryError::UnknownField { span: name_span, name, near });
        };
        self.at = colon + 1;
        if next == Some('(') {
            self.at += 1;
            return self.group(colon + 1, Some(field)).map(Some);
        }
        let values = self.field_values(field)?;
        let span = self.span(start, self.at);
        if values.is_empty() {
            return Err(QueryError::NoValue { span: name_span, field: field.name() });
        }
        self.filter(field, values, span).map(Some)
    }

    /// Reads values up to a blank: `a,b`, `a|"b c"`, `>=2024`, `[a TO b]`.
    fn field_values(&mut self, field: Field) -> Result<Vec<Value>, QueryError> {
        if field.has_ranges()
            && let Some(value) = self.lucene_range()
        {
            return Ok(vec![value]);
        }
        // A place has commas of its own: `like:4f2a9c@p12,para18`.
        let stops = if field == Field::Like { "|" } else { ",|،" };
        let mut values = Vec::new();
        loop {
            let compare = if field.has_ranges() { self.comparison() } else { Compare::Within };
            let start = self.at;
            if self.peek().is_some_and(is_quote) {
                let (letters, span, slop) = self.quotation();
                values.push(Value { letters, span, quoted: true, slop, compare });
            } else {
                let reference =
                    field.takes_references().then(|| self.found_reference(start)).flatten();
                let end = self.word_end(start, stops).max(reference.map_or(start, |(end, _)| end));
                self.at = end;
                if end > start {
                    let letters = self.letters(start, end).trim().to_owned();
                    values.push(Value {
                        letters,
                        span: self.span(start, end),
                        quoted: false,
                        slop: 0,
                        compare,
                    });
                }
            }
            values.retain(|value| !value.letters.trim().is_empty());
            if !self.peek().is_some_and(|c| stops.contains(c)) {
                break;
            }
            self.at += 1;
            if self.peek().is_none_or(|c| matches!(c, ' ' | ')')) {
                break;
            }
        }
        Ok(values)
    }

    /// Splits a plain word in a bracket behind `name:` at its commas.
    fn bare_values(&self, start: usize, end: usize) -> Vec<Value> {
        let mut values = Vec::new();
        let mut from = start;
        for idx in start..=end {
            if idx < end && !self.char_at(idx).is_some_and(|c| ",|،".contains(c)) {
                continue;
            }
            if idx > from {
                values.push(Value {
                    letters: self.letters(from, idx),
                    span: self.span(from, idx),
                    quoted: false,
                    slop: 0,
                    compare: Compare::Within,
                });
            }
            from = idx + 1;
        }
        values
    }

    fn comparison(&mut self) -> Compare {
        let compare = match (self.peek(), self.char_at(self.at + 1)) {
            (Some('>'), Some('=')) => Compare::From,
            (Some('<'), Some('=')) => Compare::UpTo,
            (Some('>'), _) => Compare::After,
            (Some('<'), _) => Compare::Before,
            _ => return Compare::Within,
        };
        self.at += if matches!(compare, Compare::From | Compare::UpTo) { 2 } else { 1 };
        compare
    }

    /// Reads `[a TO b]` as `a..b`.
    fn lucene_range(&mut self) -> Option<Value> {
        let start = self.at;
        if !matches!(self.peek(), Some('[' | '{')) {
            return None;
        }
        let rest = self.chars.get(start..).unwrap_or_default();
        let close = start + rest.iter().position(|&(_, c)| matches!(c, ']' | '}'))?;
        let inside = self.letters(start + 1, close);
        let (first, last) = inside.split_once(" TO ")?;
        let end =
            |text: &str| if text.trim() == "*" { String::new() } else { text.trim().to_owned() };
        let letters = format!("{}..{}", end(first), end(last));
        self.at = close + 1;
        let span = self.span(start, self.at);
        self.note(span.clone(), format!("read as `{letters}`"));
        Some(Value { letters, span, quoted: false, slop: 0, compare: Compare::Within })
    }

    /// Returns the node of a field's values; `None` for `sort:`, which is kept apart.
    fn filter(
        &mut self,
        field: Field,
        values: Vec<Value>,
        span: Span,
    ) -> Result<Option<Node>, QueryError> {
        let mut reader = Values { vocabulary: self.vocabulary, notes: &mut self.read.notes };
        if field == Field::Sort {
            if let Some(sort) = reader.sort(&values)? {
                if self.read.sort.is_some_and(|before| before != sort) {
                    self.note(span, "of two orders the last counts");
                }
                self.read.sort = Some(sort);
            }
            return Ok(None);
        }
        let node = reader.node(field, &values, &span)?;
        self.n_terms += values.len().saturating_sub(1);
        self.count(&span)?;
        Ok(node)
    }

    /// Returns the node of a plain word; `None` where it holds no letter.
    fn plain(&mut self, letters: &str, span: &Span) -> Result<Option<Node>, QueryError> {
        let Some(text) = self.plain_text(letters, span)? else {
            // `*` alone asks for everything that the filters leave.
            let is_star = !letters.is_empty() && letters.chars().all(|c| c == '*');
            return Ok(is_star.then(|| Node::new(span.clone(), NodeKind::All)));
        };
        self.count(span)?;
        Ok(Some(Node::new(span.clone(), NodeKind::Text(text))))
    }

    fn plain_text(&mut self, letters: &str, span: &Span) -> Result<Option<Text>, QueryError> {
        let mut letters = letters;
        if letters.contains("://") || letters.starts_with("www.") {
            return Ok(build::words(letters));
        }
        if letters.len() > 2
            && letters.starts_with('/')
            && letters.ends_with('/')
            && letters.contains(['\\', '[', '{', '*', '+', '$'])
        {
            self.note(
                span.clone(),
                "no patterns between slashes: read as words; for numbers of persons see `misl pii`",
            );
            return Ok(build::words(letters));
        }
        if let Some((word, boost)) = letters.rsplit_once('^')
            && boost.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            self.note(span.clone(), "boosts mean nothing here: ignored");
            letters = word;
        }
        if let Some((word, edits)) = letters.rsplit_once('~')
            && edits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            return self.fuzzy(word, edits, span);
        }
        self.starred(letters, span)
    }

    /// Returns the text of a word that may hold wildcards.
    fn starred(&mut self, letters: &str, span: &Span) -> Result<Option<Text>, QueryError> {
        // Marks alone (`???`) are no word, and a word loses nothing by them.
        if !letters.contains(['*', '?']) || !letters.contains(char::is_alphanumeric) {
            return Ok(build::words(letters.trim_matches(['*', '?'])));
        }
        if letters.ends_with('?') && letters.matches(['*', '?']).count() == 1 {
            let word = letters.trim_end_matches('?');
            let note = format!("`?` stands for one letter: for the word itself write `{word}`");
            self.read
                .notes
                .push(Note { instead: Some(word.to_owned()), ..Note::new(span.clone(), note) });
        }
        let mut words = self.wild(letters, span);
        if words.len() > limits::PHRASE_WORDS {
            return Err(QueryError::LongPhrase { span: span.clone(), words: words.len() });
        }
        match (words.len(), words.pop()) {
            (0, _) | (_, None) => Ok(None),
            (1, Some(PhraseWord::Pattern(pattern))) => Ok(Some(Text::Pattern(pattern))),
            (1, Some(PhraseWord::Token(token))) => Ok(build::words(&token)),
            (_, Some(last)) => {
                words.push(last);
                Ok(Some(Text::Phrase(Phrase { words, slop: 0 })))
            }
        }
    }

    /// Returns the text of `word~`, `word~1`, `word~2`.
    fn fuzzy(&mut self, word: &str, edits: &str, span: &Span) -> Result<Option<Text>, QueryError> {
        if word.contains(['*', '?']) {
            self.note(span.clone(), "a word with wildcards is not matched fuzzily: `~` ignored");
            return self.starred(word, span);
        }
        let text = match build::words(word) {
            Some(Text::Word(text)) => text,
            Some(phrase) => {
                self.note(span.clone(), "several words are not matched fuzzily: `~` ignored");
                return Ok(Some(phrase));
            }
            None => {
                self.note(span.clone(), "`~` without a word: ignored");
                return Ok(None);
            }
        };
        let n_chars = text.exact.chars().count();
        if n_chars < 4 {
            self.note(
                span.clone(),
                "words under four letters are not matched fuzzily: `~` ignored",
            );
            return Ok(Some(Text::Word(text)));
        }
        let usual = if n_chars < 8 { 1 } else { 2 };
        let whole = edits.split('.').next().unwrap_or_default();
        let edits = match whole {
            "" => usual,
            "0" if edits == "0" => {
                return Ok(Some(Text::Phrase(Phrase {
                    words: vec![PhraseWord::Token(text.exact)],
                    slop: 0,
                })));
            }
            // Other tools give a likeness from 0 to 1.
            "0" => usual,
            "1" => 1,
            "2" => 2,
            _ => {
                self.note(span.clone(), "2 edits are the most");
                2
            }
        };
        Ok(Some(Text::Fuzzy(Fuzzy { word: text.exact, edits })))
    }

    /// Returns the node of one level's terms and operators.
    fn assemble(&mut self, items: Vec<Item>) -> Result<Option<Node>, QueryError> {
        let items = self.settle_lower_case(items);
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
