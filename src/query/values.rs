//! From the values of a field to a filter: names are looked up, dates and numbers read.

use crate::model::record::DateRole;
use crate::model::{Kind, Lang, Locator, SourceId, Span, is_normal_form};

use super::build;
use super::dates::{Compare, ascii_digits, date_range, number_range};
use super::error::QueryError;
use super::field::Field;
use super::tree::{
    Cited, DateRange, Filter, Like, ListDocs, Missing, Node, NodeKind, Number, NumberRange,
    PathPart, Phrase, Sort, Tag, Text,
};
use super::words::suggest_near;
use super::{Lookup, Note, Vocabulary};

/// A value as typed.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// The letters, without quotes.
    pub(super) letters: String,
    /// Where it was typed.
    pub(super) span: Span,
    /// Whether it stood in quotes.
    pub(super) quoted: bool,
    /// The number behind `~`.
    pub(super) slop: u8,
    /// The sign before it.
    pub(super) compare: Compare,
}

/// Reads values; collects notes.
pub(super) struct Values<'a> {
    pub(super) vocabulary: &'a dyn Vocabulary,
    pub(super) notes: &'a mut Vec<Note>,
}

/// Names of languages beside their tags.
const LANGUAGES: [(&str, Lang); 6] = [
    ("english", Lang::En),
    ("urdu", Lang::Ur),
    ("arabic", Lang::Ar),
    ("persian", Lang::Fa),
    ("sindhi", Lang::Sd),
    ("roman-urdu", Lang::UrLatn),
];

impl Values<'_> {
    /// Returns the order that the last of the values names.
    pub(super) fn sort(&mut self, values: &[Value]) -> Result<Option<Sort>, QueryError> {
        let sorts = each(values, |value| {
            let names = Sort::ALL.iter().map(|sort| sort.name());
            named(Field::Sort, value, Sort::from_name, names)
        })?;
        Ok(sorts.last().copied())
    }

    /// Returns the filter of `values`, one at least; several values: any of them.
    pub(super) fn node(
        &mut self,
        field: Field,
        values: &[Value],
        span: &Span,
    ) -> Result<Option<Node>, QueryError> {
        let filter = match field {
            Field::Title => return self.title(values, span),
            Field::Tag => Filter::Tag(each(values, |value| self.tag(field, value))?),
            Field::Mention => Filter::Mention(each(values, |value| self.tag(field, value))?),
            Field::Court => Filter::Court(each(values, |value| {
                one(field, value, self.vocabulary.court(value.letters.trim()))
            })?),
            Field::Judge => Filter::Judge(each(values, |value| {
                one(field, value, self.vocabulary.judge(value.letters.trim()))
            })?),
            Field::Kind => Filter::Kind(each(values, |value| {
                let names = Kind::ALL.iter().map(|kind| kind.name());
                named(field, value, Kind::from_name, names)
            })?),
            Field::Source => Filter::Source(each(values, |value| path_part(field, value))?),
            Field::List => Filter::List(each(values, |value| {
                let name = value.letters.trim();
                let docs = one(field, value, self.vocabulary.list(name))?;
                Ok(ListDocs { name: name.to_owned(), docs })
            })?),
            Field::Number => Filter::Number(each(values, |value| self.number(value))?),
            Field::Cites => Filter::Cites(each(values, |value| self.cited(value))?),
            Field::Lang => Filter::Lang(each(values, |value| language(field, value))?),
            Field::Page => Filter::Page(each(values, |value| self.numbers(field, value))?),
            Field::Para => Filter::Para(each(values, |value| self.numbers(field, value))?),
            Field::Date | Field::From | Field::To | Field::Hearing | Field::Published => {
                let role = match field {
                    Field::Hearing => Some(DateRole::Hearing),
                    Field::Published => Some(DateRole::Published),
                    _ => None,
                };
                Filter::Date { role, ranges: each(values, |value| self.dates(field, value))? }
            }
            Field::Missing => Filter::Missing(each(values, |value| {
                let from_name =
                    |name: &str| Missing::ALL.into_iter().find(|missing| missing.name() == name);
                named(field, value, from_name, Missing::ALL.iter().map(|missing| missing.name()))
            })?),
            Field::Doc => Filter::Doc(each(values, |value| self.document(field, value))?),
            Field::Like => return self.likes(values, span),
            Field::Sort => return Ok(None),
        };
        Ok(Some(Node::new(span.clone(), NodeKind::Filter(filter))))
    }

    fn note(&mut self, span: &Span, text: impl Into<String>) {
        self.notes.push(Note::new(span.clone(), text));
    }

    fn tag(&self, field: Field, value: &Value) -> Result<Tag, QueryError> {
        let name = value.letters.trim();
        let (plain, with_children) = match name.strip_suffix('+') {
            Some(plain) => (plain.trim_end(), true),
            None => (name, false),
        };
        let value = Value { letters: plain.to_owned(), ..value.clone() };
        let id = one(field, &value, self.vocabulary.tag(plain))?;
        let children = if with_children { self.vocabulary.children(&id) } else { Vec::new() };
        Ok(Tag { id, children, with_children })
    }

    fn document(&self, field: Field, value: &Value) -> Result<SourceId, QueryError> {
        one(field, value, self.vocabulary.doc(value.letters.trim()))
    }

    fn likes(&mut self, values: &[Value], span: &Span) -> Result<Option<Node>, QueryError> {
        let likes = each(values, |value| {
            let (name, place) = value.letters.split_once('@').unwrap_or((&value.letters, ""));
            let at: Locator = place
                .trim()
                .parse()
                .map_err(|source| QueryError::Place { span: value.span.clone(), source })?;
            let doc = one(Field::Like, value, self.vocabulary.doc(name.trim()))?;
            Ok(Node::new(span.clone(), NodeKind::Filter(Filter::Like(Like { doc, at }))))
        })?;
        Ok(Some(build::or(span.clone(), likes)))
    }

    fn number(&mut self, value: &Value) -> Result<Number, QueryError> {
        let typed = value.letters.trim();
        let words = build::folded(typed);
        if words.is_empty() {
            return Err(unknown(Field::Number, value, Vec::new()));
        }
        let ids = self.whole_reference(value).unwrap_or_default();
        Ok(Number { ids, words, typed: typed.to_owned() })
    }

    fn cited(&mut self, value: &Value) -> Result<Cited, QueryError> {
        let typed = value.letters.trim().to_owned();
        if is_normal_form(&typed) {
            return Ok(Cited { ids: vec![typed.clone()], typed });
        }
        if let Some(ids) = self.vocabulary.reference_typed(&typed) {
            return Ok(Cited { ids, typed });
        }
        if let Some(ids) = self.whole_reference(value) {
            return Ok(Cited { ids, typed });
        }
        let doc = one(Field::Cites, value, self.vocabulary.doc(&typed))?;
        let ids = self.vocabulary.cited_as(&doc);
        if ids.is_empty() {
            self.note(&value.span, "the document has no number that others could cite");
        }
        Ok(Cited { ids, typed })
    }

    /// Returns the normal forms of a value that is a reference from end to end.
    fn whole_reference(&mut self, value: &Value) -> Option<Vec<String>> {
        let text = value.letters.trim();
        let found = self.vocabulary.reference_at(text, 0)?;
        let rest = text.get(found.end..)?;
        if found.ids.is_empty() || rest.contains(char::is_alphanumeric) {
            return None;
        }
        if let Some(note) = found.note {
            self.note(&value.span, note);
        }
        Some(found.ids)
    }

    fn numbers(&mut self, field: Field, value: &Value) -> Result<NumberRange, QueryError> {
        let Some((range, turned)) = number_range(value.letters.trim(), value.compare) else {
            return Err(QueryError::NotANumber {
                span: value.span.clone(),
                field: field.name(),
                value: short(&value.letters),
            });
        };
        if turned {
            self.note(&value.span, "the range was turned round");
        }
        Ok(range)
    }

    fn dates(&mut self, field: Field, value: &Value) -> Result<DateRange, QueryError> {
        let is_open =
            value.compare == Compare::Within && !ascii_digits(&value.letters).contains("..");
        let compare = match field {
            Field::From if is_open => Compare::From,
            Field::To if is_open => Compare::UpTo,
            _ => value.compare,
        };
        let (range, turned) = date_range(value.letters.trim(), compare, &value.span)?;
        if turned {
            self.note(&value.span, "the range was turned round: the earlier date comes first");
        }
        Ok(range)
    }

    /// Returns a filter of the title for each value.
    fn title(&mut self, values: &[Value], span: &Span) -> Result<Option<Node>, QueryError> {
        let titles: Vec<Node> = values
            .iter()
            .filter_map(title_text)
            .map(|text| Node::new(span.clone(), NodeKind::Filter(Filter::Title(text))))
            .collect();
        if titles.is_empty() {
            self.note(span, "no word to look for in titles: ignored");
            return Ok(None);
        }
        Ok(Some(build::or(span.clone(), titles)))
    }
}

/// Returns what a value of `title:` looks for.
fn title_text(value: &Value) -> Option<Text> {
    let wild = build::wild_words(&value.letters);
    if value.quoted {
        let slop = if wild.words.len() > 1 { value.slop } else { 0 };
        return (!wild.words.is_empty())
            .then_some(Text::Phrase(Phrase { words: wild.words, slop }));
    }
    if !value.letters.contains(['*', '?']) {
        return build::words(&value.letters);
    }
    match &wild.words[..] {
        [] => None,
        [super::tree::PhraseWord::Pattern(pattern)] => Some(Text::Pattern(pattern.clone())),
        [super::tree::PhraseWord::Token(token)] => build::words(token),
        _ => Some(Text::Phrase(Phrase { words: wild.words, slop: 0 })),
    }
}

fn each<T>(
    values: &[Value],
    mut read: impl FnMut(&Value) -> Result<T, QueryError>,
) -> Result<Vec<T>, QueryError> {
    values.iter().map(&mut read).collect()
}

/// Returns what a name stands for, or the error that helps.
fn one<T>(field: Field, value: &Value, lookup: Lookup<T>) -> Result<T, QueryError> {
    match lookup {
        Lookup::One(found) => Ok(found),
        Lookup::Unknown(near) => Err(unknown(field, value, near)),
        Lookup::Ambiguous(candidates) => Err(QueryError::AmbiguousValue {
            span: value.span.clone(),
            what: field.what(),
            value: short(&value.letters),
            candidates: candidates.into_iter().map(|name| format!("`{name}`")).collect(),
        }),
    }
}

/// Returns the value of a fixed set that has this name.
fn named<'a, T>(
    field: Field,
    value: &Value,
    from_name: impl Fn(&str) -> Option<T>,
    names: impl Iterator<Item = &'a str>,
) -> Result<T, QueryError> {
    let lower = value.letters.trim().to_lowercase();
    from_name(&lower).ok_or_else(|| {
        let near = suggest_near(&lower, names).into_iter().map(str::to_owned).collect();
        unknown(field, value, near)
    })
}

fn language(field: Field, value: &Value) -> Result<Lang, QueryError> {
    let lower = value.letters.trim().to_lowercase();
    let by_name = LANGUAGES.iter().find(|(name, _)| *name == lower).map(|&(_, lang)| lang);
    by_name.or_else(|| Lang::from_tag(&lower)).ok_or_else(|| {
        let names = LANGUAGES.iter().map(|(name, _)| *name);
        let mut near: Vec<String> =
            suggest_near(&lower, names).into_iter().map(str::to_owned).collect();
        if near.is_empty() {
            near = ["en", "ur"].map(str::to_owned).to_vec();
        }
        unknown(field, value, near)
    })
}

fn path_part(field: Field, value: &Value) -> Result<PathPart, QueryError> {
    let lower = value.letters.trim().replace('\\', "/").to_lowercase();
    let (text, anchored) = match lower.strip_prefix('/') {
        Some(rest) => (rest.trim_start_matches('/'), true),
        None => (lower.as_str(), false),
    };
    if text.is_empty() {
        return Err(unknown(field, value, Vec::new()));
    }
    Ok(PathPart { text: text.to_owned(), anchored })
}

fn unknown(field: Field, value: &Value, near: Vec<String>) -> QueryError {
    QueryError::UnknownValue {
        span: value.span.clone(),
        what: field.what(),
        value: short(&value.letters),
        near,
    }
}

/// Returns the letters as a message may show them: sixty characters at most.
fn short(letters: &str) -> String {
    let letters = letters.trim();
    match letters.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", letters.get(..cut).unwrap_or_default()),
        None => letters.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut() {
        assert_eq!(short(" kurz "), "kurz");
        assert_eq!(short(&"ب".repeat(100)).chars().count(), 61);
    }
}
