//! What the parser asks of others: names of entities and lists, documents, references.
//!
//! The parser knows the grammar alone. Whoever calls it knows the gazetteer, the store and the
//! reference parsers, and answers through [`Vocabulary`].

use crate::model::SourceId;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup<T> {
    /// This alone.
    One(T),
    /// Several: their names, for the user to choose from; at least two.
    Ambiguous(Vec<String>),
    /// Nothing: the nearest names, best first; may be empty.
    Unknown(Vec<String>),
}

/// A legal reference found in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundReference {
    /// Normal forms, any of which is meant; one at least.
    pub ids: Vec<String>,
    /// Where it ends: bytes of the text that was asked about.
    pub end: usize,
    /// What the user should know (`case WP 2758/2023 of any court`).
    pub note: Option<String>,
}

/// A name of the gazetteer found at the start of some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundName {
    /// How many of the words it takes, one at least.
    pub n_words: usize,
    /// Whether the words are names of letters (`پی ٹی اے`): they stand side by side or mean nothing.
    pub is_spelled: bool,
    /// What to call it in a note (`PTA`).
    pub name: String,
    /// Other ways of writing it, best first.
    pub forms: Vec<String>,
}

/// What the parser asks of others.
///
/// A name that was given back must lead to itself: `tag(&id)` is `One(id)`, so that the printed
/// form of a query reads the same.
pub trait Vocabulary {
    /// Returns the id of the entity with this id, name or alias.
    fn tag(&self, name: &str) -> Lookup<String>;

    /// Tells whether exactly one entity has this id, name or alias.
    fn is_name(&self, name: &str) -> bool {
        matches!(self.tag(name), Lookup::One(_))
    }

    /// Returns the children of an entity, and theirs, without itself; in a stable order.
    fn children(&self, id: &str) -> Vec<String>;

    /// Returns the id of the court with this id, name or alias.
    fn court(&self, name: &str) -> Lookup<String>;

    /// Returns the id of the judge with this id or name, or the name in the form that the index
    /// keeps where the gazetteer has no such judge.
    fn judge(&self, name: &str) -> Lookup<String>;

    /// Returns the documents of the citation list with this name.
    fn list(&self, name: &str) -> Lookup<Vec<SourceId>>;

    /// Returns the document with this prefix, citation key or path; a prefix of twelve digits or
    /// more of an id leads to it.
    fn doc(&self, name: &str) -> Lookup<SourceId>;

    /// Returns the normal forms by which others cite a document: its numbers and reports.
    fn cited_as(&self, doc: &SourceId) -> Vec<String>;

    /// Returns the legal reference that begins at byte `start` of `text`, the longest one.
    ///
    /// What follows `start` alone counts: the same letters give the same answer anywhere.
    fn reference_at(&self, text: &str, start: usize) -> Option<FoundReference>;

    /// Returns the terms of a reference as people type it by hand, from end to end: `peca s37`.
    fn reference_typed(&self, _text: &str) -> Option<Vec<String>> {
        None
    }

    /// Returns the longest name that begins with the first of `words`; blanks in it do not count.
    fn name_forms(&self, words: &[&str]) -> Option<FoundName>;

    /// Tells whether some passage holds this folded token.
    fn is_word(&self, token: &str) -> bool;
}

/// A vocabulary that knows nothing: no names, no documents, no references.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoVocabulary;

impl Vocabulary for NoVocabulary {
    fn tag(&self, _name: &str) -> Lookup<String> {
        Lookup::Unknown(Vec::new())
    }

    fn children(&self, _id: &str) -> Vec<String> {
        Vec::new()
    }

    fn court(&self, _name: &str) -> Lookup<String> {
        Lookup::Unknown(Vec::new())
    }

    fn judge(&self, _name: &str) -> Lookup<String> {
        Lookup::Unknown(Vec::new())
    }

    fn list(&self, _name: &str) -> Lookup<Vec<SourceId>> {
        Lookup::Unknown(Vec::new())
    }

    fn doc(&self, _name: &str) -> Lookup<SourceId> {
        Lookup::Unknown(Vec::new())
    }

    fn cited_as(&self, _doc: &SourceId) -> Vec<String> {
        Vec::new()
    }

    fn reference_at(&self, _text: &str, _start: usize) -> Option<FoundReference> {
        None
    }

    fn name_forms(&self, _words: &[&str]) -> Option<FoundName> {
        None
    }

    fn is_word(&self, _token: &str) -> bool {
        false
    }
}
