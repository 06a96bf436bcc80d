//! All of one matter: its numbers, orders, other papers, dates, later history, and who speaks of it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::citing::{
    CitedHere, CitingDocument, CitingPlace, by_date, citing, citing_document, wanted_ids,
};
use super::evidence::{Sheets, excerpt};
use crate::entity::EntityKind;
use crate::model::reference::Relation;
use crate::model::{Kind, RefKind, SourceId, Status};
use crate::refs;
use crate::task::timeline::{self, Event};
use crate::task::{Desk, TaskError};

/// All papers of one matter: schema `misl.matter/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MatterAnswer {
    pub schema: &'static str,
    pub matter: String,
    /// Every number that belongs to it, in normal form.
    pub numbers: Vec<String>,
    /// The same as printed, each with the documents that bear it.
    pub borne_by: Vec<MatterNumber>,
    /// Orders and judgments with one of the numbers; oldest first.
    pub documents: Vec<CitingDocument>,
    /// Petitions, letters and other papers with one of the numbers; oldest first.
    pub papers: Vec<CitingDocument>,
    /// The dates of all of them, oldest first, and what later happened.
    pub dates: Vec<Event>,
    /// What people say of the orders, with their sources.
    pub status: Vec<MatterStatus>,
    /// Other decisions and laws that cite one of the numbers; oldest first.
    pub cited_in: Vec<CitingDocument>,
    /// News, reports and the like that cite one of the numbers or name the matter; oldest first.
    pub news: Vec<CitingDocument>,
}

/// A number of a matter.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MatterNumber {
    pub id: String,
    pub display: String,
    /// By key or shortened id.
    pub documents: Vec<String>,
}

/// What later happened to an order of the matter.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MatterStatus {
    pub id: SourceId,
    pub key: Option<String>,
    pub status: Status,
}

/// How many mentions of a matter are shown of a document that names it.
const MOST_MENTIONS: usize = 3;

/// Returns all papers of a matter: those that bear one of its numbers, and those that speak of it.
pub fn matter(desk: &Desk, typed: &str) -> Result<MatterAnswer, TaskError> {
    let mut ids: BTreeSet<String> = wanted_ids(desk, typed)?.into_iter().collect();
    let asked = ids.iter().next().cloned().unwrap_or_default();
    let owners = desk.owners()?;
    let bears = |own: &[String], ids: &BTreeSet<String>| {
        own.iter().any(|own| ids.iter().any(|id| refs::same(id, own)))
    };
    let kind_of = |kind: Option<Kind>| kind.unwrap_or(Kind::Other);
    let mut members: BTreeSet<u64> = BTreeSet::new();
    // Numbers that stand together on one paper are one matter: follow them until nothing is new.
    loop {
        let before = (ids.len(), members.len());
        for (source, own) in &owners {
            let is_case = kind_of(source.merged().kind.map(|kind| kind.value)).is_case();
            let made_in = if is_case { desk.made_in(source) } else { Vec::new() };
            if is_case && (bears(own, &ids) || bears(&made_in, &ids)) {
                members.insert(source.docn);
                ids.extend(own.iter().cloned().chain(made_in));
            }
        }
        if (ids.len(), members.len()) == before {
            break;
        }
    }
    // A number without a court says nothing more where the same is there with one.
    let vague = |id: &String| {
        id.contains("/_/") && ids.iter().any(|other| other != id && refs::same(id, other))
    };
    let numbers: Vec<String> = ids.iter().filter(|id| !vague(id)).cloned().collect();
    let (mut documents, mut papers, mut dates, mut status) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (source, own) in &owners {
        let is_member = members.contains(&source.docn);
        let record = source.merged();
        let is_paper = matches!(
            kind_of(record.kind.as_ref().map(|kind| kind.value)),
            Kind::Pleading | Kind::Letter | Kind::Mail | Kind::Parliamentary
        );
        let belongs = is_member || is_paper && bears(own, &ids);
        if !belongs {
            continue;
        }
        let list = if is_member { &mut documents } else { &mut papers };
        list.push(citing_document(source, Vec::new()));
        let n_pages = desk.store.page_numbers(source.docn)?.len();
        timeline::add_events(source, n_pages, &mut dates);
        status.extend(record.status.into_iter().map(|one| MatterStatus {
            id: source.id,
            key: source.key.clone(),
            status: one.value,
        }));
    }
    by_date(&mut documents);
    by_date(&mut papers);
    timeline::sort(&mut dates);
    let own: BTreeSet<SourceId> = documents.iter().chain(&papers).map(|one| one.id).collect();
    let wanted: Vec<String> = ids.iter().cloned().collect();
    let mut cited_in = citing(desk, &wanted, Some(&members))?;
    cited_in.retain(|one| !own.contains(&one.id));
    let (mut news, cited_in): (Vec<_>, Vec<_>) =
        cited_in.into_iter().partition(|one| is_news(kind_of(one.kind)));
    let seen: BTreeSet<SourceId> =
        own.iter().copied().chain(news.iter().chain(&cited_in).map(|one| one.id)).collect();
    naming(desk, &wanted, &seen, &mut news)?;
    by_date(&mut news);
    let borne_by = numbers.iter().map(|id| number(desk, id, &owners, &members)).collect();
    Ok(MatterAnswer {
        schema: "misl.matter/1",
        matter: numbers.iter().find(|id| refs::same(id, &asked)).cloned().unwrap_or(asked),
        numbers,
        borne_by,
        documents,
        papers,
        dates,
        status,
        cited_in,
        news,
    })
}

/// Tells whether such a document reports on a case rather than belongs to it or decides another.
const fn is_news(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::News
            | Kind::Article
            | Kind::Report
            | Kind::Book
            | Kind::Web
            | Kind::Other
            | Kind::UnDocument
    )
}

fn number(
    desk: &Desk,
    id: &str,
    owners: &[(crate::store::SourceRow, Vec<String>)],
    members: &BTreeSet<u64>,
) -> MatterNumber {
    let of = owners.iter().filter(|(source, own)| {
        members.contains(&source.docn) && own.iter().any(|own| refs::same(own, id))
    });
    MatterNumber {
        id: id.to_owned(),
        display: refs::display(id, &desk.knowledge.tables),
        documents: of.map(|(source, _)| desk.name_of(source)).collect(),
    }
}

/// Adds the documents that name the matter by an entity of the gazetteer without citing a number.
fn naming(
    desk: &Desk,
    ids: &[String],
    seen: &BTreeSet<SourceId>,
    news: &mut Vec<CitingDocument>,
) -> Result<(), TaskError> {
    let gazetteer = &desk.knowledge.gazetteer;
    let names: BTreeSet<&str> = gazetteer
        .all()
        .iter()
        .filter(|entity| {
            let is_named = |id: &String| {
                refs::family(id) == RefKind::Case
                    && entity.refs.iter().any(|own| refs::same(own, id))
            };
            entity.kind == EntityKind::Case && ids.iter().any(is_named)
        })
        .map(|entity| entity.id.as_str())
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    let mut sheets = Sheets::new(desk);
    for docn in desk.store.searchable()? {
        let Some(source) = desk.store.source(docn)? else { continue };
        let kind = source.merged().kind.map_or(Kind::Other, |kind| kind.value);
        if seen.contains(&source.id) || !is_news(kind) {
            continue;
        }
        let mut places: Vec<CitingPlace> = Vec::new();
        for mention in desk.store.mentions(docn)? {
            if !names.contains(mention.entity.as_str()) || places.len() == MOST_MENTIONS {
                continue;
            }
            let Some(sheet) = sheets.at(&source, mention.page, mention.span.start)? else {
                continue;
            };
            let spot = mention.span.start.saturating_sub(sheet.span.start);
            places.push(CitingPlace {
                page: mention.page.get(),
                paged: sheet.paged,
                paragraph: sheet.label.clone(),
                place: sheet.place.clone(),
                cites: vec![CitedHere {
                    text: sheet.words(&mention.span),
                    ids: Vec::new(),
                    pinpoint: None,
                    relation: Relation::Cites,
                }],
                passage: excerpt(sheet.text(), &[spot], 300),
                treatment: sheet.treatment(&mention.span).into_iter().collect(),
            });
        }
        if !places.is_empty() {
            news.push(citing_document(&source, places));
        }
    }
    Ok(())
}
