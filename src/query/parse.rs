//! The grammar: from what was typed to a tree. Broken syntax is repaired, and a note says how.
//!
//! One level of brackets is read as a flat list of terms and operators; operators without a
//! neighbour are dropped; then OR, AND and `w/n` split the list, in this order. Only brackets
//! recurse, and their depth is limited.

mod join;
mod terms;

pub use join::is_function_word;

use crate::model::Span;

use super::build;
use super::chain::Chains;
use super::dates::Compare;
use super::error::QueryError;
use super::field::Field;
use super::tree::{Link, Node, NodeKind, Reference, Sort, Text};
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
        asks_names: false,
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
    /// Whether `~names` stood behind the last quotation.
    asks_names: bool,
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

    /// Passes over `^2` and `~` behind a bracket or phrase; returns the digits behind `~`, or
    /// `names`.
    fn suffix(&mut self) -> Option<String> {
        let mut moves = None;
        while let Some(sign @ ('^' | '~')) = self.peek() {
            let start = self.at;
            self.at += 1;
            let names = self.at + terms::NAMES.len();
            if sign == '~' && self.letters(self.at, names) == terms::NAMES {
                moves = Some(terms::NAMES.to_owned());
                self.at = names;
                continue;
            }
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
        if std::mem::take(&mut self.asks_names) {
            return self.all_names(&letters, &span);
        }
        if let Some(field) = field {
            let value =
                Value { letters, span: span.clone(), quoted: true, slop, compare: Compare::Within };
            return self.filter(field, &[value], span);
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
            Some(names) if names == terms::NAMES => {
                self.asks_names = true;
                0
            }
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

    /// Reads what begins with an ordinary character: a field, reference, operator or word.
    fn word(&mut self, field: Option<Field>) -> Result<Option<Item>, QueryError> {
        let start = self.at;
        if let Some((field, name_span)) = self.field_name()? {
            return Ok(self.field_filter(field, start, name_span)?.map(Item::Term));
        }
        if field.is_none()
            && let Some(node) = self.reference()?
        {
            return Ok(Some(Item::Term(node)));
        }
        let mut end = self.word_end(start, "");
        if field.is_none()
            && let Some(number_end) = self.unknown_number(start, end)
        {
            end = number_end;
            let note = "not a number form that is known: read as a phrase";
            self.note(self.span(start, end), note);
        }
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
                self.filter(field, &values, span)?
            }
            None => self.plain(&letters, &span)?,
        };
        Ok(node.map(|node| match lower {
            Some(lower) => Item::Lower(lower, node),
            None => Item::Term(node),
        }))
    }

    /// Returns the end of the number behind a `No.` that ends at `end`, where no reference begins
    /// there: `No. 23-1732` says more than `no` somewhere and the number elsewhere.
    fn unknown_number(&self, start: usize, end: usize) -> Option<usize> {
        let is_no = ["no.", "nos."].contains(&self.letters(start, end).to_lowercase().as_str());
        let number = end + 1;
        let is_number = self.char_at(end) == Some(' ')
            && self.char_at(number).is_some_and(|c| c.is_ascii_digit());
        let known = is_no && is_number && self.found_reference(number).is_none();
        let number_end = self.word_end(number, "");
        let is_plain = !self.letters(number, number_end).contains(['*', '?', '~', '^']);
        (known && is_plain).then_some(number_end)
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

    /// Reads `name:` with the place of the name; none where no field begins here.
    fn field_name(&mut self) -> Result<Option<(Field, Span)>, QueryError> {
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
        Ok(Some((field, name_span)))
    }

    /// Reads the values of a field whose name begins at `start` and has been read.
    fn field_filter(
        &mut self,
        field: Field,
        start: usize,
        name_span: Span,
    ) -> Result<Option<Node>, QueryError> {
        let open = self.at;
        if self.char_at(open) == Some('(') {
            self.at += 1;
            return self.group(open, Some(field));
        }
        let values = self.field_values(field)?;
        let span = self.span(start, self.at);
        if values.is_empty() {
            return Err(QueryError::NoValue { span: name_span, field: field.name() });
        }
        self.filter(field, &values, span)
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
        values: &[Value],
        span: Span,
    ) -> Result<Option<Node>, QueryError> {
        let mut reader = Values { vocabulary: self.vocabulary, notes: &mut self.read.notes };
        if field == Field::Sort {
            if let Some(sort) = reader.sort(values)? {
                if self.read.sort.is_some_and(|before| before != sort) {
                    self.note(span, "of two orders the last counts");
                }
                self.read.sort = Some(sort);
            }
            return Ok(None);
        }
        let node = reader.node(field, values, &span)?;
        self.n_terms += values.len().saturating_sub(1);
        self.count(&span)?;
        Ok(node)
    }
}
