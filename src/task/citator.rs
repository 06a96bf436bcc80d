//! Who cites what: the references of a document, the documents that cite one, the papers of a matter.
//!
//! Everything is derived from the kept texts; a rebuild gives the same graph. Words of treatment
//! are shown with the passage and never turned into a status: that is said by people, with sources.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::reference::Relation;
use crate::model::{Kind, Reference, SourceId, Status};
use crate::refs;
use crate::store::SourceRow;
use crate::text::segment::sentences;

use super::{Desk, TaskError};

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
    pub paragraph: Option<String>,
    pub text: String,
    pub pinpoint: Option<String>,
    pub confidence: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Which documents cite something: schema `misl.cited-by/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CitedByAnswer {
    pub schema: &'static str,
    /// As typed.
    pub reference: String,
    /// The normal forms that were looked for.
    pub ids: Vec<String>,
    pub display: Vec<String>,
    /// Oldest first, undated last.
    pub documents: Vec<CitingDocument>,
}

/// A document that cites something, with the passages.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CitingDocument {
    pub id: SourceId,
    pub key: Option<String>,
    pub kind: Option<Kind>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub court: Option<String>,
    pub status: Vec<Status>,
    pub places: Vec<CitingPlace>,
}

/// A passage that cites something.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CitingPlace {
    pub page: u32,
    pub paragraph: Option<String>,
    pub cites: String,
    /// The paragraph, at most 600 characters around the reference.
    pub passage: String,
    /// Words of treatment that stand in the same sentence, as found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub treatment_words: Vec<String>,
}

/// All papers of one matter: schema `misl.matter/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MatterAnswer {
    pub schema: &'static str,
    pub matter: String,
    /// Every number that belongs to it.
    pub numbers: Vec<String>,
    /// Orders, judgments and other papers with one of the numbers; oldest first.
    pub documents: Vec<CitingDocument>,
    /// Documents that cite one of the numbers; oldest first.
    pub cited_in: Vec<CitingDocument>,
}

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
            let court = if court.value == "scp" { "sc" } else { &court.value };
            for id in &mut ids {
                *id = id.replacen("/_/", &format!("/{court}/"), 1);
            }
        }
        let mut seen = BTreeSet::new();
        ids.retain(|id| !id.is_empty() && seen.insert(id.clone()));
        Ok(ids)
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
    let mut works: BTreeMap<(Relation2, &'static str, String), Vec<&Reference>> = BTreeMap::new();
    for reference in &references {
        if reference.relation != Relation::OwnNumber && !reference.id.is_empty() {
            let key = (Relation2(reference.relation), reference.kind.name(), reference.id.clone());
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
            .map(|reference| ref_place(desk, source, reference))
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
struct Relation2(Relation);

impl Relation2 {
    const fn rank(self) -> u8 {
        match self.0 {
            Relation::Cites => 0,
            Relation::AppealFrom => 1,
            Relation::OwnNumber => 2,
        }
    }
}

impl PartialOrd for Relation2 {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Relation2 {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

fn ref_place(
    desk: &Desk,
    source: &SourceRow,
    reference: &Reference,
) -> Result<RefPlace, TaskError> {
    let page = desk.store.page(source.docn, reference.page)?;
    let text = page
        .as_ref()
        .and_then(|page| page.text.get(reference.span.clone()))
        .unwrap_or_default()
        .to_owned();
    let label = page.as_ref().and_then(|page| {
        let paragraph = page
            .paragraphs
            .iter()
            .find(|paragraph| paragraph.span.contains(&reference.span.start))?;
        paragraph.label.clone()
    });
    Ok(RefPlace {
        page: reference.page.get(),
        paragraph: label,
        text,
        pinpoint: reference.pinpoint.clone(),
        confidence: reference.confidence,
        note: reference.note.clone(),
    })
}

/// Returns the documents that cite `typed`: a reference in any spelling, a normal form, or a DOC.
pub fn cited_by(desk: &Desk, typed: &str) -> Result<CitedByAnswer, TaskError> {
    let ids = wanted_ids(desk, typed)?;
    let documents = citing(desk, &ids, None)?;
    let display = ids.iter().map(|id| refs::display(id, &desk.knowledge.tables)).collect();
    Ok(CitedByAnswer {
        schema: "misl.cited-by/1",
        reference: typed.to_owned(),
        ids,
        display,
        documents,
    })
}

/// Returns the normal forms that a text names.
fn wanted_ids(desk: &Desk, typed: &str) -> Result<Vec<String>, TaskError> {
    let typed = typed.trim();
    if typed.contains('/') && !typed.contains(char::is_whitespace) && typed.split('/').count() > 2 {
        let is_normal = typed
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "/-_.".contains(c));
        if is_normal {
            return Ok(vec![typed.to_owned()]);
        }
    }
    if let Some(parsed) = refs::parse_one(typed, &desk.knowledge.tables) {
        return Ok(parsed.ids);
    }
    match desk.doc(typed) {
        Ok(source) => {
            let ids = desk.own_ids(&source)?;
            if ids.is_empty() {
                return Err(TaskError::Usage {
                    what: format!("`{typed}` has no number that others could cite"),
                    hint: "give it one: `misl edit DOC --set number=\"W.P. No. 1/2024\"`"
                        .to_owned(),
                });
            }
            Ok(ids)
        }
        Err(TaskError::Doc(super::DocError::Unknown { .. })) => Err(TaskError::Usage {
            what: format!("`{typed}` is no reference that misl knows, and no document"),
            hint: "write it as in print: `PLD 1998 SC 388`, `W.P. 1805/2023`, `s. 37 PECA`"
                .to_owned(),
        }),
        Err(error) => Err(error),
    }
}

/// Words by which a court says what it does with a citation.
const TREATMENT: [&str; 16] = [
    "followed",
    "relied upon",
    "reliance is placed",
    "reliance has been placed",
    "affirmed",
    "upheld",
    "approved",
    "distinguished",
    "distinguishable",
    "not applicable",
    "overruled",
    "set aside",
    "reversed",
    "departed from",
    "per incuriam",
    "dissented",
];

/// Returns the documents with an outgoing reference to one of `ids`, the one `besides` left out.
fn citing(
    desk: &Desk,
    ids: &[String],
    besides: Option<&BTreeSet<u64>>,
) -> Result<Vec<CitingDocument>, TaskError> {
    let searchable: BTreeSet<u64> = desk.store.searchable()?.into_iter().collect();
    let wanted = |id: &str| ids.iter().any(|wanted| refs::same(wanted, id));
    let mut by_document: BTreeMap<u64, Vec<Reference>> = BTreeMap::new();
    for (docn, reference) in desk.store.references_where(wanted)? {
        let is_citation = reference.relation != Relation::OwnNumber;
        if is_citation
            && searchable.contains(&docn)
            && besides.is_none_or(|besides| !besides.contains(&docn))
        {
            by_document.entry(docn).or_default().push(reference);
        }
    }
    let mut documents = Vec::new();
    for (docn, references) in by_document {
        let Some(source) = desk.store.source(docn)? else { continue };
        let mut places = Vec::new();
        for reference in &references {
            places.extend(citing_place(desk, &source, reference)?);
        }
        documents.push(citing_document(&source, places));
    }
    by_date(&mut documents);
    Ok(documents)
}

fn citing_document(source: &SourceRow, places: Vec<CitingPlace>) -> CitingDocument {
    let record = source.merged();
    CitingDocument {
        id: source.id,
        key: source.key.clone(),
        kind: record.kind.as_ref().map(|kind| kind.value),
        date: record.main_date().map(|date| date.value.value.to_string()),
        title: record.title.map(|title| title.value),
        court: record.court.map(|court| court.value),
        status: record.status.into_iter().map(|status| status.value).collect(),
        places,
    }
}

fn by_date(documents: &mut [CitingDocument]) {
    documents.sort_by(|a, b| {
        let key = |document: &CitingDocument| {
            (document.date.is_none(), document.date.clone(), document.id)
        };
        key(a).cmp(&key(b))
    });
}

fn citing_place(
    desk: &Desk,
    source: &SourceRow,
    reference: &Reference,
) -> Result<Option<CitingPlace>, TaskError> {
    let Some(page) = desk.store.page(source.docn, reference.page)? else { return Ok(None) };
    let paragraph =
        page.paragraphs.iter().find(|paragraph| paragraph.span.contains(&reference.span.start));
    let text = paragraph.map_or("", |paragraph| page.paragraph_text(paragraph));
    let start = paragraph.map_or(0, |paragraph| reference.span.start - paragraph.span.start);
    let treatment_words = treatment(text, start);
    Ok(Some(CitingPlace {
        page: reference.page.get(),
        paragraph: paragraph.and_then(|paragraph| paragraph.label.clone()),
        cites: page.text.get(reference.whole.clone()).unwrap_or_default().to_owned(),
        passage: around(text, start, 600),
        treatment_words,
    }))
}

/// Returns the words of treatment in the sentence of `text` that holds byte `at`.
fn treatment(text: &str, at: usize) -> Vec<String> {
    let sentence = sentences(text).into_iter().find(|span| at < span.end).unwrap_or(0..text.len());
    let lower = text.get(sentence).unwrap_or_default().to_lowercase();
    TREATMENT
        .iter()
        .filter(|words| lower.contains(**words))
        .map(|words| (*words).to_owned())
        .collect()
}

/// Returns at most `max_chars` characters of `text` around byte `at`, cut between words.
fn around(text: &str, at: usize, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let before = text.get(..at).unwrap_or_default().chars().count();
    let start = before.saturating_sub(max_chars / 2);
    let part: String = text.chars().skip(start).take(max_chars).collect();
    let head = if start > 0 { "… " } else { "" };
    let words = if start > 0 {
        part.split_once(' ').map_or(part.as_str(), |(_, rest)| rest)
    } else {
        &part
    };
    let tail = if start + max_chars < text.chars().count() { " …" } else { "" };
    let words = if tail.is_empty() {
        words
    } else {
        words.rsplit_once(' ').map_or(words, |(rest, _)| rest)
    };
    format!("{head}{words}{tail}")
}

/// Returns all papers of a matter: those that bear one of its numbers, and those that cite one.
pub fn matter(desk: &Desk, typed: &str) -> Result<MatterAnswer, TaskError> {
    let mut ids: BTreeSet<String> = wanted_ids(desk, typed)?.into_iter().collect();
    let owners = desk.owners()?;
    let mut members: BTreeSet<u64> = BTreeSet::new();
    // Numbers that stand together on one paper are one matter: follow them until nothing is new.
    loop {
        let before = (ids.len(), members.len());
        for (source, own) in &owners {
            let is_case = source.merged().kind.is_some_and(|kind| kind.value.is_case());
            if is_case && own.iter().any(|own| ids.iter().any(|id| refs::same(id, own))) {
                members.insert(source.docn);
                ids.extend(own.iter().cloned());
            }
        }
        if (ids.len(), members.len()) == before {
            break;
        }
    }
    let mut documents: Vec<CitingDocument> = owners
        .iter()
        .filter(|(source, _)| members.contains(&source.docn))
        .map(|(source, _)| citing_document(source, Vec::new()))
        .collect();
    by_date(&mut documents);
    let ids: Vec<String> = ids.into_iter().collect();
    let cited_in = citing(desk, &ids, Some(&members))?;
    Ok(MatterAnswer {
        schema: "misl.matter/1",
        matter: ids.first().cloned().unwrap_or_default(),
        numbers: ids,
        documents,
        cited_in,
    })
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

    #[test]
    fn words_of_treatment_stand_in_the_sentence_of_the_citation() {
        let text = "PLD 1998 SC 388 was relied upon. In W.P. No. 5/2020 v. PTA the appeal against \
                    PLD 2021 SC 1 was set aside. See 2020 SCMR 1.";
        let at = |words: &str| text.find(words).unwrap();
        assert_eq!(treatment(text, at("PLD 1998")), ["relied upon"]);
        assert_eq!(treatment(text, at("PLD 2021")), ["set aside"]);
        assert_eq!(treatment(text, at("2020 SCMR")), Vec::<String>::new());
    }

    #[test]
    fn a_long_passage_is_cut_between_words_around_its_reference() {
        let text = format!("{} PLD 1998 SC 388 {}", "before ".repeat(200), "after ".repeat(200));
        let at = text.find("PLD").unwrap();
        let cut = around(&text, at, 100);
        assert!(cut.contains("PLD 1998 SC 388") && cut.starts_with("… ") && cut.ends_with(" …"));
        assert!(cut.chars().count() < 110, "{cut}");
        assert_eq!(around("short", 0, 100), "short");
    }
}
