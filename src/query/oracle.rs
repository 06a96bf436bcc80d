//! The slow and plain answer to a query: a scan over every passage, word for word what the table
//! in [`super::tree`] says. Engines are checked against it.

use std::collections::BTreeSet;

use crate::model::record::DateRole;
use crate::model::{Date, Kind, Lang, SourceId, Span};

use super::passage::{Looked, Passage};
use super::tree::{Filter, Missing, Node, NodeKind, Text, Tree};

/// A document as filters see it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The source's id.
    pub id: SourceId,
    /// All its paths, with `/` between the parts.
    pub paths: Vec<String>,
    /// The kind.
    pub kind: Option<Kind>,
    /// The court's id.
    pub court: Option<String>,
    /// Judges, in the form that the vocabulary gives.
    pub judges: Vec<String>,
    /// The title.
    pub title: Option<String>,
    /// Short titles and printed numbers, which `title:` looks at, too.
    pub other_titles: Vec<String>,
    /// What the record says in words: as one more passage, never shown.
    pub words: Option<String>,
    /// Other names of what the record is about: for bare words alone.
    pub names: Option<String>,
    /// Its numbers: the normal forms, and the folded tokens joined by one blank.
    pub numbers: Vec<(Vec<String>, String)>,
    /// The record's main date.
    pub main_date: Option<Date>,
    /// All dates.
    pub dates: Vec<(DateRole, Date)>,
    /// What the document lacks.
    pub missing: Vec<Missing>,
    /// In reading order.
    pub passages: Vec<OwnPassage>,
}

impl Document {
    /// Returns a document of which nothing but its passages is known.
    pub const fn new(id: SourceId, passages: Vec<OwnPassage>) -> Self {
        Self {
            id,
            paths: Vec::new(),
            kind: None,
            court: None,
            judges: Vec::new(),
            title: None,
            other_titles: Vec::new(),
            words: None,
            names: None,
            numbers: Vec::new(),
            main_date: None,
            dates: Vec::new(),
            missing: Vec::new(),
            passages,
        }
    }
}

/// A passage with its text; the fields are those of [`Passage`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of `Passage`, which documents them")]
pub struct OwnPassage {
    pub text: String,
    pub lang: Lang,
    pub page: u32,
    pub paragraph: Option<u32>,
    pub mentions: Vec<(String, Span)>,
    pub references: Vec<(String, Span)>,
}

impl OwnPassage {
    /// Returns the passage as a view.
    pub fn view(&self) -> Passage<'_> {
        Passage {
            text: &self.text,
            lang: self.lang,
            page: self.page,
            paragraph: self.paragraph,
            mentions: &self.mentions,
            references: &self.references,
        }
    }
}

/// What a query finds; documents by their place in the corpus, passages by theirs in the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Documents.
    pub documents: BTreeSet<usize>,
    /// Passages of these documents.
    pub passages: BTreeSet<(usize, usize)>,
}

/// Documents, analysed once for many queries.
#[derive(Debug)]
pub struct Oracle<'a> {
    documents: &'a [Document],
    looked: Vec<Vec<Looked<'a>>>,
    /// What each record says.
    records: Vec<Option<Looked<'a>>>,
    names: Vec<Option<Looked<'a>>>,
}

/// The passages that may be looked at, and whether records may.
#[derive(Clone)]
struct Allowed {
    passages: BTreeSet<(usize, usize)>,
    records: bool,
}

impl<'a> Oracle<'a> {
    /// Analyses every passage.
    pub fn new(documents: &'a [Document]) -> Self {
        let look = |document: &'a Document| {
            document.passages.iter().map(|passage| Looked::new(passage.view())).collect()
        };
        let said = |words: &'a Option<String>| {
            let words = words.as_deref();
            words.map(|words| Looked::new(Passage::of_text(words, Lang::En)))
        };
        Self {
            documents,
            looked: documents.iter().map(look).collect(),
            records: documents.iter().map(|document| said(&document.words)).collect(),
            names: documents.iter().map(|document| said(&document.names)).collect(),
        }
    }

    /// Returns what `tree` finds. `like:` finds nothing: only an engine can answer it.
    pub fn answer(&self, tree: &Tree) -> Answer {
        let mut answer = self.node(&tree.root, &self.all());
        answer.passages.retain(|(document, _)| answer.documents.contains(document));
        answer
    }

    fn all(&self) -> Allowed {
        let of = |(document, passages): (usize, &Vec<Looked<'_>>)| {
            (0..passages.len()).map(move |passage| (document, passage))
        };
        let passages = self.looked.iter().enumerate().flat_map(of).collect();
        Allowed { passages, records: true }
    }

    fn node(&self, node: &Node, allowed: &Allowed) -> Answer {
        match &node.kind {
            NodeKind::All => self.documents(|_| true),
            NodeKind::And(children) => self.and(children, allowed),
            NodeKind::Or(children) => union(children.iter().map(|child| self.node(child, allowed))),
            NodeKind::Expanded { typed, others } => {
                let others = others.iter().map(|text| self.text(text, allowed));
                union(std::iter::once(self.node(typed, allowed)).chain(others))
            }
            NodeKind::Not(child) => {
                let excluded = self.node(child, &self.all()).documents;
                let mut answer = self.documents(|_| true);
                answer.documents.retain(|document| !excluded.contains(document));
                answer
            }
            NodeKind::Text(text) => self.text(text, allowed),
            NodeKind::Filter(Filter::Like(_)) => Answer::default(),
            NodeKind::Filter(filter) if filter.is_of_passages() => {
                self.passages(allowed, |looked| looked.is_taken(filter))
            }
            NodeKind::Filter(filter) => self.documents(|document| self.is_taken(document, filter)),
        }
    }

    fn and(&self, children: &[Node], allowed: &Allowed) -> Answer {
        let mut allowed = allowed.clone();
        for child in children {
            match &child.kind {
                NodeKind::Filter(filter) if filter.is_of_passages() => {
                    let taken = self.node(child, &allowed).passages;
                    allowed.passages.retain(|place| taken.contains(place));
                    allowed.records = false;
                }
                _ => {}
            }
        }
        let has_text = children.iter().any(Node::has_text);
        let mut answers = children.iter().map(|child| {
            let mut answer = self.node(child, &allowed);
            // Beside a text a filter of passages only restricts.
            if has_text && matches!(&child.kind, NodeKind::Filter(_)) {
                answer.passages.clear();
            }
            answer
        });
        let mut answer = answers.next().unwrap_or_default();
        for next in answers {
            answer.documents.retain(|document| next.documents.contains(document));
            answer.passages.extend(next.passages);
        }
        answer
    }

    fn text(&self, text: &Text, allowed: &Allowed) -> Answer {
        let mut answer = self.passages(allowed, |looked| looked.holds(text));
        let is_word = matches!(text, Text::Word(_));
        let holds = |it: &Option<Looked<'_>>| it.as_ref().is_some_and(|it| it.holds(text));
        let said = self.records.iter().zip(&self.names).enumerate().filter(|_| allowed.records);
        let bears = |idx: usize| self.documents.get(idx).is_some_and(|one| bears(one, text));
        let said = said.filter(|&(idx, (record, names))| {
            holds(record) || is_word && holds(names) || bears(idx)
        });
        answer.documents.extend(said.map(|(document, _)| document));
        answer
    }

    /// Returns the allowed passages that `is_it`, and their documents.
    fn passages(&self, allowed: &Allowed, is_it: impl Fn(&Looked<'a>) -> bool) -> Answer {
        let looked = |&&(document, passage): &&(usize, usize)| {
            self.looked.get(document).and_then(|all| all.get(passage)).is_some_and(&is_it)
        };
        let passages: BTreeSet<(usize, usize)> =
            allowed.passages.iter().filter(looked).copied().collect();
        Answer { documents: passages.iter().map(|&(document, _)| document).collect(), passages }
    }

    /// Returns the documents that `is_it`, without passages.
    fn documents(&self, is_it: impl Fn(usize) -> bool) -> Answer {
        let documents = (0..self.documents.len()).filter(|&document| is_it(document)).collect();
        Answer { documents, passages: BTreeSet::new() }
    }

    /// Tells whether a filter of documents takes the document.
    fn is_taken(&self, idx: usize, filter: &Filter) -> bool {
        let Some(document) = self.documents.get(idx) else { return false };
        match filter {
            Filter::Tag(tags) => {
                let mut mentions = document.passages.iter().flat_map(|passage| &passage.mentions);
                mentions.any(|(id, _)| tags.iter().any(|tag| tag.ids().any(|known| known == id)))
            }
            Filter::Court(ids) => document.court.as_ref().is_some_and(|court| ids.contains(court)),
            Filter::Judge(names) => document.judges.iter().any(|judge| names.contains(judge)),
            Filter::Kind(kinds) => document.kind.is_some_and(|kind| kinds.contains(&kind)),
            Filter::Source(parts) => {
                document.paths.iter().map(|path| path.to_lowercase()).any(|path| {
                    let holds = |text: &str, anchored| {
                        if anchored { path.starts_with(text) } else { path.contains(text) }
                    };
                    parts.iter().any(|part| holds(&part.text, part.anchored))
                })
            }
            Filter::List(lists) => lists.iter().any(|list| list.docs.contains(&document.id)),
            Filter::Title(text) => document
                .title
                .iter()
                .chain(&document.other_titles)
                .any(|title| Looked::new(Passage::of_text(title, Lang::En)).holds(text)),
            Filter::Number(numbers) => document.numbers.iter().any(|(ids, words)| {
                numbers.iter().any(|asked| {
                    asked.words == *words || asked.ids.iter().any(|id| ids.contains(id))
                })
            }),
            Filter::Date { role, ranges } => {
                let takes = |date: Date| ranges.iter().any(|range| range.takes(date));
                match role {
                    None => document.main_date.is_some_and(takes),
                    Some(role) => {
                        document.dates.iter().any(|&(known, date)| known == *role && takes(date))
                    }
                }
            }
            Filter::Missing(missing) => missing.iter().any(|lack| document.missing.contains(lack)),
            Filter::Doc(ids) => ids.contains(&document.id),
            Filter::Mention(_)
            | Filter::Cites(_)
            | Filter::Lang(_)
            | Filter::Page(_)
            | Filter::Para(_)
            | Filter::Like(_) => false,
        }
    }
}

/// Tells whether a reference is one of the document's own numbers.
fn bears(document: &Document, text: &Text) -> bool {
    let Text::Reference(reference) = text else { return false };
    document.numbers.iter().any(|(ids, _)| ids.iter().any(|id| reference.ids.contains(id)))
}

fn union(answers: impl Iterator<Item = Answer>) -> Answer {
    let mut all = Answer::default();
    for answer in answers {
        all.documents.extend(answer.documents);
        all.passages.extend(answer.passages);
    }
    all
}
