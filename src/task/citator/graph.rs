//! Who cites what as a graph: documents, works, acts and matters, and the places that join them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::evidence::Sheets;
use crate::cite::pii;
use crate::model::reference::Relation;
use crate::model::{RefKind, Status};
use crate::refs;
use crate::store::SourceRow;
use crate::task::{Desk, TaskError};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeClass {
    /// A document of the corpus.
    Document,
    /// A reported decision, or a report by its index number.
    Work,
    /// An act, instrument or treaty; its sections stand on the edges.
    Act,
    /// A case, under the first of its numbers.
    Matter,
}

impl NodeClass {
    /// Returns the name that the forms use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Work => "work",
            Self::Act => "act",
            Self::Matter => "matter",
        }
    }
}

/// Something that cites or is cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Node {
    /// The SHA-256 of a document, else the normal form.
    pub id: String,
    pub class: NodeClass,
    /// The title of a document, else the printed form.
    pub label: String,
    /// The citation key of a document.
    pub key: Option<String>,
    /// The kind of a document.
    pub kind: Option<String>,
    pub date: Option<String>,
    pub court: Option<String>,
    /// What people say later happened, each with its source.
    pub status: Vec<String>,
}

/// A place where a document cites something, or a number that it bears.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Edge {
    /// The document.
    pub source: String,
    pub target: String,
    /// `cites`, `appeal-from`, or `bears`: the document has this number, or is this work.
    pub relation: &'static str,
    /// The normal form as cited, with its section.
    pub cited: String,
    pub page: Option<u32>,
    pub paragraph: Option<String>,
    /// What to type after `misl show`.
    pub place: String,
    /// As printed.
    pub text: String,
    pub pinpoint: Option<String>,
    pub confidence: Option<f32>,
    /// Words of treatment in the sentence: evidence, never a status.
    pub treatment_words: Vec<String>,
    /// The sentence of the reference, numbers that endanger people blacked out.
    pub sentence: String,
}

/// Nodes in the order of class and id; edges in the order of documents and places.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Graph {
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
}

/// Returns the graph of the whole corpus, or what one document cites and bears.
pub fn graph(desk: &Desk, only: Option<&SourceRow>) -> Result<Graph, TaskError> {
    let owners = desk.owners()?;
    let matters = Matters::of(&owners);
    let mut nodes: BTreeMap<(NodeClass, String), Node> = BTreeMap::new();
    let mut edges = Vec::new();
    let mut sheets = Sheets::new(desk);
    for (source, own) in &owners {
        if only.is_some_and(|only| only.docn != source.docn) {
            continue;
        }
        let document = document_node(source);
        let id = document.id.clone();
        nodes.insert((NodeClass::Document, id.clone()), document);
        let mut borne: Vec<String> = Vec::new();
        for number in own {
            let target = target_of(desk, &matters, number, &mut nodes);
            if !borne.contains(&target) {
                edges.push(Edge {
                    source: id.clone(),
                    target: target.clone(),
                    relation: "bears",
                    cited: number.clone(),
                    page: None,
                    paragraph: None,
                    place: desk.name_of(source),
                    text: String::new(),
                    pinpoint: None,
                    confidence: None,
                    treatment_words: Vec::new(),
                    sentence: String::new(),
                });
                borne.push(target);
            }
        }
        for reference in desk.store.references(source.docn)? {
            if reference.relation == Relation::OwnNumber || reference.id.is_empty() {
                continue;
            }
            let sheet = sheets.at(source, reference.page, reference.span.start)?;
            let treatment = sheet.as_ref().and_then(|sheet| sheet.treatment_of(&reference));
            let sentence = sheet.as_ref().map(|sheet| sheet.sentence(&reference.span));
            edges.push(Edge {
                source: id.clone(),
                target: target_of(desk, &matters, &reference.id, &mut nodes),
                relation: match reference.relation {
                    Relation::AppealFrom => "appeal-from",
                    _ => "cites",
                },
                page: Some(reference.page.get()),
                paragraph: sheet.as_ref().and_then(|sheet| sheet.label.clone()),
                place: sheet.as_ref().map(|sheet| sheet.place.clone()).unwrap_or_default(),
                text: sheet.as_ref().map(|sheet| sheet.words(&reference.whole)).unwrap_or_default(),
                cited: reference.id,
                pinpoint: reference.pinpoint,
                confidence: Some(reference.confidence),
                treatment_words: treatment.map(|one| one.words).unwrap_or_default(),
                sentence: pii::redact(&sentence.unwrap_or_default()),
            });
        }
    }
    Ok(Graph { nodes: nodes.into_values().collect(), edges })
}

fn document_node(source: &SourceRow) -> Node {
    let record = source.merged();
    let say = |status: &Status| {
        let date = status.date.map(|date| format!(" {date}")).unwrap_or_default();
        let by = status.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        format!("{}{by}{date} ({})", status.state, status.source)
    };
    Node {
        id: source.id.to_string(),
        class: NodeClass::Document,
        date: record.main_date().map(|date| date.value.value.to_string()),
        label: record
            .title
            .map(|title| pii::redact(&title.value))
            .or_else(|| source.key.clone())
            .unwrap_or_else(|| source.id.short(12)),
        key: source.key.clone(),
        kind: record.kind.map(|kind| kind.value.name().to_owned()),
        court: record.court.map(|court| court.value),
        status: record.status.iter().map(|status| say(&status.value)).collect(),
    }
}

/// Returns the node that a normal form leads to, and makes it where it is new.
fn target_of(
    desk: &Desk,
    matters: &Matters,
    id: &str,
    nodes: &mut BTreeMap<(NodeClass, String), Node>,
) -> String {
    let work = refs::work_of(id);
    let (class, id) = match refs::family(work) {
        RefKind::Case if work.starts_with("pk/") => (NodeClass::Matter, matters.of_number(work)),
        RefKind::Statute | RefKind::Instrument | RefKind::Treaty => {
            (NodeClass::Act, work.to_owned())
        }
        _ => (NodeClass::Work, work.to_owned()),
    };
    nodes.entry((class, id.clone())).or_insert_with(|| Node {
        label: refs::display(&id, &desk.knowledge.tables),
        id: id.clone(),
        class,
        key: None,
        kind: None,
        date: None,
        court: None,
        status: Vec::new(),
    });
    id
}

/// Numbers that stand together on one order are one matter, under the first of them.
#[derive(Debug, Default)]
struct Matters {
    /// Of each number the one that stands for its matter.
    first: BTreeMap<String, String>,
}

impl Matters {
    fn of(owners: &[(SourceRow, Vec<String>)]) -> Self {
        let mut matters = Self::default();
        for (source, own) in owners {
            let is_case = source.merged().kind.is_some_and(|kind| kind.value.is_case());
            let cases: Vec<&str> = own
                .iter()
                .map(|id| refs::work_of(id))
                .filter(|id| refs::family(id) == RefKind::Case)
                .collect();
            if !is_case || cases.is_empty() {
                continue;
            }
            let mut all: Vec<String> = cases.iter().map(|id| matters.of_number(id)).collect();
            all.extend(cases.iter().map(|id| (*id).to_owned()));
            let Some(first) = all.iter().min().cloned() else { continue };
            for known in matters.first.values_mut().filter(|known| all.contains(known)) {
                known.clone_from(&first);
            }
            for id in all {
                matters.first.insert(id, first.clone());
            }
        }
        matters
    }

    /// Returns the number that stands for the matter; one without a court finds the only one that
    /// fits.
    fn of_number(&self, id: &str) -> String {
        if let Some(first) = self.first.get(id) {
            return first.clone();
        }
        if id.starts_with("pk/_/") {
            let mut fitting: Vec<&String> = self
                .first
                .iter()
                .filter(|(known, _)| refs::same(known, id))
                .map(|(_, first)| first)
                .collect();
            fitting.dedup();
            if let [only] = fitting.as_slice() {
                return (*only).clone();
            }
        }
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_a_court_finds_the_only_matter() {
        let first = "pk/ihc/wp/2023/1805".to_owned();
        let matters = Matters {
            first: BTreeMap::from([
                (first.clone(), first.clone()),
                ("pk/ihc/wp/2023/2758".to_owned(), first.clone()),
                ("pk/lhc/wp/2020/7".to_owned(), "pk/lhc/wp/2020/7".to_owned()),
                ("pk/shc/wp/2020/7".to_owned(), "pk/shc/wp/2020/7".to_owned()),
            ]),
        };
        assert_eq!(matters.of_number("pk/_/wp/2023/2758"), first);
        assert_eq!(matters.of_number("pk/_/wp/2020/7"), "pk/_/wp/2020/7");
        assert_eq!(matters.of_number("pk/ihc/wp/2020/7"), "pk/ihc/wp/2020/7");
    }
}
