//! Who cites what: the references of a document, the documents that cite one, the papers of a matter.
//!
//! Everything is derived from the kept texts; a rebuild gives the same graph. Words of treatment
//! are shown with their sentence and never turned into a status: that is said by people, with sources.

mod citing;
mod evidence;
mod forms;
mod graph;
mod matter;
mod treatment;

pub use citing::{CitedByAnswer, CitedHere, CitingDocument, CitingPlace, cited_by};
pub use evidence::Treatment;
pub use forms::GraphForm;
pub use graph::{Edge, Graph, Node, NodeClass, graph};
pub use matter::{MatterAnswer, MatterNumber, MatterStatus, matter};

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::reference::Relation;
use crate::model::{Kind, RefKind, Reference, SourceId};
use crate::refs;
use crate::store::SourceRow;

use super::understand::MADE_IN;
use super::{Desk, TaskError};
use evidence::Sheets;

/// What a document cites: schema `misl.refs/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RefsAnswer {
    pub schema: &'static str,
    pub id: SourceId,
    pub key: Option<String>,
    pub title: Option<String>,
    /// The document's own numbers, in normal form.
    pub own: Vec<String>,
    /// In order of kind, then of normal form.
    pub references: Vec<CitedWork>,
}

/// A work that a document refers to, with all its places.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CitedWork {
    pub id: String,
    pub kind: &'static str,
    /// The usual printed form.
    pub display: String,
    pub relation: Relation,
    /// Documents of the corpus that bear this number, by key or shortened id: those whose main number
    /// it is first.
    pub in_corpus: Vec<String>,
    pub places: Vec<RefPlace>,
}

/// A place where a reference stands.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RefPlace {
    pub page: u32,
    /// Whether the file has pages of its own.
    #[serde(skip)]
    pub paged: bool,
    /// The number by which the paragraph is cited.
    pub paragraph: Option<String>,
    pub text: String,
    pub pinpoint: Option<String>,
    pub confidence: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Words of treatment in the sentence of the reference, as found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treatment: Option<Treatment>,
}

/// Works that the corpus cites and does not have: schema `misl.refs-missing/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MissingAnswer {
    pub schema: &'static str,
    /// How many documents were gone through.
    pub documents: u64,
    /// How many works are missing, those left out by the limit too.
    pub total_works: u64,
    /// Those that most documents cite first.
    pub works: Vec<MissingWork>,
}

/// A work that the corpus cites and does not have.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MissingWork {
    pub id: String,
    pub kind: &'static str,
    pub display: String,
    /// How many documents cite it, or a part of it.
    pub documents: u64,
    /// How often they do.
    pub places: u64,
    /// The first that do, by key or shortened id.
    pub cited_in: Vec<String>,
}

/// How many documents are named that cite a missing work.
const MOST_CITING: usize = 3;

impl Desk {
    /// Returns the normal forms of a document's own numbers and reports, its court filled in, and
    /// the matter that it belongs to.
    pub(super) fn own_ids(&self, source: &SourceRow) -> Result<Vec<String>, TaskError> {
        let mut ids = self.borne_ids(source)?;
        ids.extend(source.merged().matter.map(|matter| matter.value));
        ids.sort();
        ids.dedup();
        Ok(ids)
    }

    /// Returns the normal forms of the numbers and reports that a document bears: those of its
    /// record first, in their order, then what its head says.
    fn borne_ids(&self, source: &SourceRow) -> Result<Vec<String>, TaskError> {
        let record = source.merged();
        let title = record
            .title
            .as_ref()
            .filter(|_| record.kind.as_ref().is_some_and(|kind| kind.value == Kind::Statute));
        let printed = record
            .numbers
            .iter()
            .chain(&record.reports)
            .chain(record.index_number.iter())
            .chain(title)
            .filter_map(|text| refs::parse_one(&text.value, &self.knowledge.tables));
        let mut ids: Vec<String> = printed.flat_map(|parsed| parsed.ids).collect();
        let own = self.store.references(source.docn)?.into_iter();
        ids.extend(
            own.filter(|reference| reference.relation == Relation::OwnNumber)
                .map(|reference| reference.id),
        );
        if let Some(court) = &record.court {
            for id in &mut ids {
                *id = refs::with_court(id, &court.value);
            }
        }
        let mut seen = BTreeSet::new();
        ids.retain(|id| !id.is_empty() && seen.insert(id.clone()));
        Ok(ids)
    }

    /// Returns the normal forms of the case in which the document's application was made, its court
    /// filled in: a review belongs to the matter of the appeal that it is made in.
    pub(super) fn made_in(&self, source: &SourceRow) -> Vec<String> {
        let record = source.merged();
        let made_in = record.extra.get(MADE_IN);
        let parsed = made_in.and_then(|text| refs::parse_one(&text.value, &self.knowledge.tables));
        let ids = parsed.into_iter().flat_map(|parsed| parsed.ids);
        match &record.court {
            Some(court) => ids.map(|id| refs::with_court(&id, &court.value)).collect(),
            None => ids.collect(),
        }
    }

    /// Returns every searchable document with its own ids.
    pub(super) fn owners(&self) -> Result<Vec<(SourceRow, Vec<String>)>, TaskError> {
        let searchable: BTreeSet<u64> = self.store.searchable()?.into_iter().collect();
        let mut owners = Vec::new();
        for source in self.store.sources()? {
            if searchable.contains(&source.docn) {
                let ids = self.own_ids(&source)?;
                owners.push((source, ids));
            }
        }
        Ok(owners)
    }

    /// Returns every searchable document with the numbers that it bears.
    fn bearers(&self) -> Result<Vec<Bearer>, TaskError> {
        let mut bearers = Vec::new();
        for docn in self.store.searchable()? {
            let Some(source) = self.store.source(docn)? else { continue };
            let record = source.merged();
            bearers.push(Bearer {
                docn,
                name: self.name_of(&source),
                is_paper: record.kind.as_ref().is_some_and(|kind| is_paper(kind.value)),
                date: record.main_date().map(|date| date.value.value.to_string()),
                ids: self.borne_ids(&source)?,
            });
        }
        Ok(bearers)
    }

    pub(super) fn name_of(&self, source: &SourceRow) -> String {
        source.key.clone().unwrap_or_else(|| source.id.short(12))
    }
}

/// A document with the numbers that it bears.
struct Bearer {
    docn: u64,
    name: String,
    /// Whether it was filed in a case rather than decided or enacted.
    is_paper: bool,
    date: Option<String>,
    /// The main number first.
    ids: Vec<String>,
}

/// Tells whether such a document speaks of a case rather than decides it or is the law.
const fn is_paper(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Pleading
            | Kind::Letter
            | Kind::Parliamentary
            | Kind::Mail
            | Kind::Data
            | Kind::News
            | Kind::Article
            | Kind::Book
            | Kind::Web
            | Kind::Other
    )
}

/// Returns the documents that bear the number `id`: those whose main number it is
/// first, papers of a case last, the oldest first among equals.
fn bearing<'a>(bearers: &'a [Bearer], id: &str, besides: u64) -> Vec<&'a Bearer> {
    let mut found: Vec<(bool, usize, &Bearer)> = bearers
        .iter()
        .filter(|bearer| bearer.docn != besides)
        .filter_map(|bearer| {
            let place = bearer.ids.iter().position(|own| refs::same(own, id))?;
            Some((bearer.is_paper, place, bearer))
        })
        .collect();
    found.sort_by_key(|(is_paper, place, bearer)| {
        (*is_paper, *place, bearer.date.is_none(), &bearer.date, &bearer.name)
    });
    found.into_iter().map(|(.., bearer)| bearer).collect()
}

/// Returns what a document cites, with every place.
pub fn refs_of(desk: &Desk, source: &SourceRow) -> Result<RefsAnswer, TaskError> {
    let references = desk.store.references(source.docn)?;
    let bearers = desk.bearers()?;
    let mut sheets = Sheets::new(desk);
    let mut works: BTreeMap<(RelationRank, &'static str, String), Vec<&Reference>> =
        BTreeMap::new();
    for reference in &references {
        if reference.relation != Relation::OwnNumber && !reference.id.is_empty() {
            let key =
                (RelationRank(reference.relation), reference.kind.name(), reference.id.clone());
            works.entry(key).or_default().push(reference);
        }
    }
    let mut cited = Vec::new();
    for ((relation, kind, id), places) in works {
        let in_corpus = bearing(&bearers, &id, source.docn)
            .into_iter()
            .map(|bearer| bearer.name.clone())
            .collect();
        let places = places
            .into_iter()
            .map(|reference| ref_place(&mut sheets, source, reference))
            .collect::<Result<_, _>>()?;
        let display = refs::display(&id, &desk.knowledge.tables);
        cited.push(CitedWork { id, kind, display, relation: relation.0, in_corpus, places });
    }
    Ok(RefsAnswer {
        schema: "misl.refs/1",
        id: source.id,
        key: source.key.clone(),
        title: source.merged().title.map(|title| title.value),
        own: desk.own_ids(source)?,
        references: cited,
    })
}

/// A relation with an order: what is cited before what is appealed from.
#[derive(Clone, Copy, PartialEq, Eq)]
struct RelationRank(Relation);

impl RelationRank {
    const fn rank(self) -> u8 {
        match self.0 {
            Relation::Cites => 0,
            Relation::AppealFrom => 1,
            Relation::OwnNumber => 2,
        }
    }
}

impl PartialOrd for RelationRank {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RelationRank {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

fn ref_place(
    sheets: &mut Sheets<'_>,
    source: &SourceRow,
    reference: &Reference,
) -> Result<RefPlace, TaskError> {
    let sheet = sheets.at(source, reference.page, reference.span.start)?;
    Ok(RefPlace {
        page: reference.page.get(),
        paged: sheet.as_ref().is_none_or(|sheet| sheet.paged),
        paragraph: sheet.as_ref().and_then(|sheet| sheet.label.clone()),
        text: sheet.as_ref().map(|sheet| sheet.words(&reference.span)).unwrap_or_default(),
        pinpoint: reference.pinpoint.clone(),
        confidence: reference.confidence,
        note: reference.note.clone(),
        treatment: sheet.as_ref().and_then(|sheet| sheet.treatment_of(reference)),
    })
}

/// Returns the works that documents of the corpus cite and that no document is, at most `limit`.
///
/// Sections count for their act. First information reports and diary numbers are left out: they
/// are no works that a library could have.
pub fn missing(desk: &Desk, limit: usize) -> Result<MissingAnswer, TaskError> {
    let bearers = desk.bearers()?;
    // As the index has them: what a document bears, and everything that names it with less.
    let borne: BTreeSet<String> = bearers
        .iter()
        .filter(|bearer| !bearer.is_paper)
        .flat_map(|bearer| bearer.ids.iter().flat_map(|id| refs::ancestors(id)))
        .collect();
    let mut works: BTreeMap<String, (RefKind, u64, Vec<&str>, u64)> = BTreeMap::new();
    for bearer in &bearers {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for reference in desk.store.references(bearer.docn)? {
            let id = refs::work_of(&reference.id);
            if reference.relation == Relation::OwnNumber || id.is_empty() || is_no_work(id) {
                continue;
            }
            let kind = match reference.kind {
                RefKind::Back => refs::family(id),
                kind => kind,
            };
            let (_, places, names, documents) =
                works.entry(id.to_owned()).or_insert((kind, 0, Vec::new(), 0));
            *places += 1;
            if seen.insert(id.to_owned()) {
                *documents += 1;
                if names.len() < MOST_CITING {
                    names.push(&bearer.name);
                }
            }
        }
    }
    let is_missing = |id: &str| !refs::lookups(id).iter().any(|term| borne.contains(term));
    let mut missing: Vec<MissingWork> = works
        .into_iter()
        .filter(|(id, _)| is_missing(id))
        .map(|(id, (kind, places, names, documents))| MissingWork {
            display: refs::display(&id, &desk.knowledge.tables),
            id,
            kind: kind.name(),
            documents,
            places,
            cited_in: names.into_iter().map(str::to_owned).collect(),
        })
        .collect();
    missing.sort_by(|a, b| {
        (b.documents.cmp(&a.documents)).then(b.places.cmp(&a.places)).then_with(|| a.id.cmp(&b.id))
    });
    let total_works = missing.len() as u64;
    missing.truncate(limit);
    Ok(MissingAnswer {
        schema: "misl.refs-missing/1",
        documents: bearers.len() as u64,
        total_works,
        works: missing,
    })
}

fn is_no_work(id: &str) -> bool {
    id.split('/').nth(2).is_some_and(|kind| matches!(kind, "fir" | "diary"))
}

/// Returns documents by how many others cite them, most cited first, as ranks for sorting.
pub(super) fn cited_ranks(desk: &Desk) -> Result<BTreeMap<u64, u64>, TaskError> {
    let mut citing: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for (docn, reference) in desk.store.references_where(|_| true)? {
        if reference.relation == Relation::Cites {
            citing.entry(reference.id).or_default().insert(docn);
        }
    }
    let mut ranks = BTreeMap::new();
    for (source, own) in desk.owners()? {
        let from: BTreeSet<u64> = citing
            .iter()
            .filter(|(id, _)| own.iter().any(|own| refs::same(own, id)))
            .flat_map(|(_, documents)| documents.iter().copied())
            .filter(|docn| *docn != source.docn)
            .collect();
        ranks.insert(source.docn, u64::MAX - from.len() as u64);
    }
    Ok(ranks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_itself_comes_first() {
        let bearer = |docn, name: &str, is_paper, date: &str, ids: &[&str]| Bearer {
            docn,
            name: name.to_owned(),
            is_paper,
            date: Some(date.to_owned()),
            ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        };
        let (first, second) = ("pk/ihc/wp/2023/1805", "pk/ihc/wp/2023/2758");
        let bearers = [
            bearer(1, "report", true, "2023-01-01", &[second]),
            bearer(2, "clubbed", false, "2023-09-11", &[first, second]),
            bearer(3, "later", false, "2024-06-25", &[second]),
            bearer(4, "earlier", false, "2023-12-07", &[second]),
            bearer(5, "other", false, "2023-12-07", &[first]),
        ];
        let names = |id: &str, besides| -> Vec<&str> {
            bearing(&bearers, id, besides).iter().map(|bearer| bearer.name.as_str()).collect()
        };
        assert_eq!(names("pk/_/wp/2023/2758", 0), ["earlier", "later", "clubbed", "report"]);
        assert_eq!(names(second, 4), ["later", "clubbed", "report"]);
    }
}
