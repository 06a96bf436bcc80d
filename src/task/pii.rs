//! Identifiers that endanger people, in kept texts: each masked, with its place.
//!
//! It is a help and no guarantee: names, faces, addresses and voices are not looked for.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cite::pii::{self, FindKind};
use crate::model::chars::CharCursor;
use crate::model::{Page, SourceId};
use crate::store::SourceRow;

use super::place::place_name;
use super::{Desk, TaskError};

/// What was found: schema `misl.pii/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PiiAnswer {
    pub schema: &'static str,
    /// How many documents were looked at.
    pub documents: u64,
    /// How many of each kind there are, by the names of the kinds.
    pub counts: BTreeMap<&'static str, u64>,
    /// In the order of documents and places.
    pub finds: Vec<PiiFind>,
}

/// One identifier at its place; offsets are characters of the page's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PiiFind {
    pub id: SourceId,
    pub key: Option<String>,
    pub kind: &'static str,
    /// The identifier with most of its signs as `x`.
    pub masked: String,
    pub page: u32,
    /// The court's own number, else counted.
    pub paragraph: Option<u32>,
    pub start: usize,
    pub end: usize,
    /// What to type after `misl show`.
    pub place: String,
}

/// Looks through the kept texts of `docs`, or of every document where none is named.
///
/// A page that does not fit its hash ends the search: what cannot be trusted is not called clean.
pub fn pii(desk: &Desk, docs: &[String]) -> Result<PiiAnswer, TaskError> {
    let mut sources = Vec::new();
    for doc in docs {
        let source = desk.doc(doc)?;
        if !sources.iter().any(|known: &SourceRow| known.docn == source.docn) {
            sources.push(source);
        }
    }
    if docs.is_empty() {
        for docn in desk.store.searchable()? {
            sources.extend(desk.store.source(docn)?);
        }
    }
    let mut finds = Vec::new();
    for source in &sources {
        for (number, _) in desk.store.page_numbers(source.docn)? {
            let Some(page) = desk.store.page(source.docn, number)? else { continue };
            finds_of(source, &page, &mut finds);
        }
    }
    let mut counts = BTreeMap::new();
    for find in &finds {
        *counts.entry(find.kind).or_default() += 1;
    }
    Ok(PiiAnswer { schema: "misl.pii/1", documents: sources.len() as u64, counts, finds })
}

/// Tells whether a find is an e-mail address: frequent, and often an office's.
pub fn is_email(find: &PiiFind) -> bool {
    find.kind == FindKind::Email.name()
}

fn finds_of(source: &SourceRow, page: &Page, finds: &mut Vec<PiiFind>) {
    let mut cursor = CharCursor::new(&page.text);
    for find in pii::find(&page.text) {
        let paragraph = page.paragraphs.iter().find(|one| one.span.contains(&find.span.start));
        let place = place_name(source, page, find.span.start);
        let [start, end] = cursor.span(&find.span);
        finds.push(PiiFind {
            id: source.id,
            key: source.key.clone(),
            kind: find.kind.name(),
            masked: find.masked,
            page: page.number.get(),
            paragraph: paragraph.and_then(|paragraph| paragraph.number),
            start,
            end,
            place,
        });
    }
}
