//! The query language: from what a person typed to a tree that an engine can be asked, with every
//! repair said in a note; the printer of trees; the highlighter.
//!
//! [`parse`] reads, [`tree`] says what is meant, [`Vocabulary`] is how the parser asks others for
//! names. Nothing here searches: that is the engine's part.

mod build;
mod chain;
mod dates;
mod error;
mod expand;
mod field;
mod help;
mod highlight;
pub mod limits;
pub mod oracle;
mod parse;
mod passage;
mod print;
#[cfg(test)]
mod property_test;
#[cfg(test)]
pub(crate) mod random;
mod sound;
#[cfg(test)]
mod table_test;
#[cfg(test)]
pub(crate) mod testing;
pub mod tree;
mod values;
mod vocabulary;
mod words;

pub use error::{EXAMPLES, QueryError, underline};
pub use expand::other_blanks;
pub use help::HELP;
pub use highlight::{Snippet, highlight, highlight_title, snippet};
pub use parse::is_function_word;
pub use passage::{Looked, Passage};
pub use sound::{first_letters, sounds_alike};
pub use tree::{Sort, Tree};
pub use vocabulary::{FoundName, FoundReference, Lookup, NoVocabulary, Vocabulary};
pub use words::{are_letter_names, edits, fits, suggest_near};

use crate::model::Span;
use dates::Compare;
use field::Field;
use values::{Value, Values};

/// Something that a person should know about how a query was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it speaks of: bytes of the typed text.
    pub span: Span,
    /// The words, lower case and without a full stop.
    pub text: String,
    /// Another query that may be what was meant; its count can be offered.
    pub instead: Option<String>,
}

impl Note {
    fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into(), instead: None }
    }
}

/// A query that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What it asks for.
    pub tree: Tree,
    /// The order that `sort:` asked for.
    pub sort: Option<Sort>,
    /// The canonical form of tree and order; parsing it gives both again.
    pub read_as: String,
    /// What was repaired, assumed or passed over, in the order of its places; no text twice.
    pub notes: Vec<Note>,
}

/// Values of a flag (`--court ihc`), which joins the query as a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagFilter {
    /// The field's name, as in a query: `court`.
    pub field: String,
    /// Any of these; to ask for all of several tags, give each its own flag filter.
    pub values: Vec<String>,
}

/// Reads a query.
///
/// # Errors
/// Empty queries, broken limits, unknown fields and values, impossible dates. All else is read
/// somehow, and the notes say how.
pub fn parse(text: &str, vocabulary: &dyn Vocabulary) -> Result<Parsed, QueryError> {
    parse_with(text, &[], vocabulary)
}

/// Reads a query and joins flags by AND. With a flag the text may be empty: every document.
///
/// # Errors
/// As [`parse`]; the span of a flag's error is one of the flag's value.
pub fn parse_with(
    text: &str,
    flags: &[FlagFilter],
    vocabulary: &dyn Vocabulary,
) -> Result<Parsed, QueryError> {
    if text.len() > limits::BYTES {
        return Err(QueryError::TooLong { bytes: text.len() });
    }
    let read = parse::read(text, vocabulary)?;
    let all = || tree::Node::new(text.len()..text.len(), tree::NodeKind::All);
    let root = match read.root {
        Some(root) => root,
        None if read.sort.is_some() || !flags.is_empty() => all(),
        None => return Err(QueryError::Empty { span: 0..text.len() }),
    };
    let mut notes = read.notes;
    let terms = build::count_terms(&root);
    if terms > limits::TERMS {
        return Err(QueryError::TooManyTerms { span: root.span, terms });
    }
    let root = expand::expand(root, vocabulary, &mut notes);
    if excludes_alone(&root) {
        notes.push(Note::new(
            root.span.clone(),
            "nothing but exclusions: all other documents are found",
        ));
    }
    let mut parsed = Parsed { tree: Tree { root }, sort: read.sort, read_as: String::new(), notes };
    if read.is_mixed {
        let note = format!("AND binds closer than OR: read as {}", parsed.tree);
        parsed.notes.push(Note::new(parsed.tree.root.span.clone(), note));
    }
    for flag in flags {
        parsed = and_filter(parsed, &flag.field, &flag.values, vocabulary)?;
    }
    parsed.finish();
    // AND inside OR is printed with brackets that nobody typed; what is refused when read again is
    // refused at once.
    if bracket_depth(&parsed.read_as) > limits::DEPTH {
        return Err(QueryError::TooDeep { span: parsed.tree.root.span });
    }
    Ok(parsed)
}

/// Returns how deep the brackets of a canonical form nest, those in quotes left out.
fn bracket_depth(read_as: &str) -> usize {
    let (mut depth, mut deepest, mut in_quotes) = (0_usize, 0, false);
    for byte in read_as.bytes() {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'(' if !in_quotes => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b')' if !in_quotes => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Joins a filter to a query by AND, as if `field:value,value` had been typed behind it.
///
/// # Errors
/// Unknown fields and values; the span is one of the value.
pub fn and_filter(
    mut parsed: Parsed,
    field: &str,
    values: &[String],
    vocabulary: &dyn Vocabulary,
) -> Result<Parsed, QueryError> {
    let Some(known) = Field::from_name(field) else {
        let near = Field::near(field);
        return Err(QueryError::UnknownField {
            span: 0..field.len(),
            name: field.to_owned(),
            near,
        });
    };
    let values: Vec<Value> = values
        .iter()
        .filter(|value| !value.trim().is_empty())
        .map(|value| Value {
            letters: value.chars().filter(|c| *c != '"' && !c.is_control()).collect(),
            span: 0..value.len(),
            quoted: value.contains(char::is_whitespace),
            slop: 0,
            compare: Compare::Within,
        })
        .collect();
    if values.is_empty() {
        return Err(QueryError::NoValue { span: 0..0, field: known.name() });
    }
    let mut reader = Values { vocabulary, notes: &mut parsed.notes };
    if known == Field::Sort {
        parsed.sort = reader.sort(&values)?.or(parsed.sort);
        parsed.finish();
        return Ok(parsed);
    }
    let span = parsed.tree.root.span.end..parsed.tree.root.span.end;
    if let Some(filter) = reader.node(known, &values, &span)? {
        let hull = parsed.tree.root.span.clone();
        parsed.tree.root = build::and(hull, vec![parsed.tree.root, filter]);
    }
    let terms = build::count_terms(&parsed.tree.root);
    if terms > limits::TERMS {
        return Err(QueryError::TooManyTerms { span, terms });
    }
    parsed.finish();
    Ok(parsed)
}

impl Parsed {
    /// Prints the reading and puts the notes in order.
    fn finish(&mut self) {
        self.read_as = self.tree.to_string();
        if let Some(sort) = self.sort {
            self.read_as.push_str(&format!(" sort:{}", sort.name()));
        }
        let mut notes: Vec<Note> = Vec::with_capacity(self.notes.len());
        for note in self.notes.drain(..) {
            if !notes.iter().any(|known| known.text == note.text) {
                notes.push(note);
            }
        }
        notes.sort_by_key(|note| note.span.start);
        self.notes = notes;
    }
}

/// Tells whether a query only excludes.
fn excludes_alone(root: &tree::Node) -> bool {
    match &root.kind {
        tree::NodeKind::Not(_) => true,
        tree::NodeKind::And(children) => {
            children.iter().all(|child| matches!(child.kind, tree::NodeKind::Not(_)))
        }
        _ => false,
    }
}
