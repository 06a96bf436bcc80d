//! The documents that cite something, paragraph by paragraph.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::evidence::{Sheets, Treatment, excerpt};
use crate::model::reference::Relation;
use crate::model::{Kind, PageNo, RefKind, Reference, SourceId, Status};
use crate::refs;
use crate::store::SourceRow;
use crate::task::{Desk, DocError, TaskError};

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

/// A paragraph that cites something, once with all that it cites of it.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CitingPlace {
    pub page: u32,
    /// Whether the file has pages of its own.
    #[serde(skip)]
    pub paged: bool,
    /// The number by which the paragraph is cited.
    pub paragraph: Option<String>,
    /// What to type after `misl show`.
    pub place: String,
    /// In the order of their places.
    pub cites: Vec<CitedHere>,
    /// The paragraph, about 600 characters around the references.
    pub passage: String,
    /// Words of treatment in the sentences of the references, as found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub treatment: Vec<Treatment>,
}

/// A reference as printed, and what it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CitedHere {
    pub text: String,
    /// Normal forms, several where the expression is a list.
    pub ids: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinpoint: Option<String>,
    pub relation: Relation,
}

/// How much of a paragraph is shown, in characters.
const PASSAGE_CHARS: usize = 600;

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
pub(super) fn wanted_ids(desk: &Desk, typed: &str) -> Result<Vec<String>, TaskError> {
    let typed = typed.trim();
    if let Some(ids) = refs::parse_typed(typed, &desk.knowledge.tables) {
        return Ok(ids);
    }
    if let Some(parsed) = refs::parse_one(typed, &desk.knowledge.tables) {
        return Ok(parsed.ids);
    }
    if let Some((number, year)) = bare_number(typed)
        && let Some(ids) = numbered(desk, typed, number, year)?
    {
        return Ok(ids);
    }
    if let Some(ids) = enacted(desk, typed)? {
        return Ok(ids);
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
        Err(TaskError::Doc(DocError::Unknown { .. })) => Err(TaskError::Usage {
            what: format!("`{typed}` is no reference that misl knows, and no document"),
            hint: "write it as in print: `PLD 1998 SC 388`, `W.P. 1805/2023`, `s. 37 PECA`"
                .to_owned(),
        }),
        Err(error) => Err(error),
    }
}

/// Reads `2872/2023`, `2872 of 2023`: a number whose type is not said.
fn bare_number(typed: &str) -> Option<(&str, &str)> {
    let (number, year) = typed.split_once('/').or_else(|| typed.split_once(" of "))?;
    let (number, year) = (number.trim(), year.trim());
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_year =
        year.len() == 4 && digits(year) && (year.starts_with("19") || year.starts_with("20"));
    (is_year && digits(number) && number.len() <= 6).then_some((number, year))
}

/// Returns the case that alone has a number of that year; `None` where none has.
///
/// # Errors
/// Where several cases have it: which one is meant is not guessed.
fn numbered(
    desk: &Desk,
    typed: &str,
    number: &str,
    year: &str,
) -> Result<Option<Vec<String>>, TaskError> {
    let has_it = |id: &str| {
        let id = refs::work_of(id);
        let tail = id.split('/').skip(3).collect::<Vec<_>>();
        refs::family(id) == RefKind::Case
            && matches!(tail.as_slice(), [in_year, of] if *in_year == year
                && (*of == number || of.split_once('-').is_some_and(|(bare, _)| bare == number)))
    };
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (_, reference) in desk.store.references_where(has_it)? {
        ids.insert(refs::work_of(&reference.id).to_owned());
    }
    for (_, own) in desk.owners()? {
        ids.extend(own.iter().filter(|id| has_it(id)).map(|id| refs::work_of(id).to_owned()));
    }
    // A number without its court is that of the court where there is one.
    let courts: Vec<String> = ids.iter().filter(|id| !id.starts_with("pk/_/")).cloned().collect();
    ids.retain(|id| !id.starts_with("pk/_/") || !courts.iter().any(|known| refs::same(known, id)));
    if ids.len() > 1 {
        let names: Vec<String> =
            ids.iter().map(|id| refs::display(id, &desk.knowledge.tables)).collect();
        return Err(TaskError::Usage {
            what: format!("`{typed}` is the number of {} cases", names.len()),
            hint: format!("name one of them: {}", names.join(" · ")),
        });
    }
    Ok((!ids.is_empty()).then(|| ids.into_iter().collect()))
}

/// Returns the enactment that is called `typed` without its year, where documents name one alone.
///
/// # Errors
/// Where enactments of several years are called so: which one is meant is not guessed.
fn enacted(desk: &Desk, typed: &str) -> Result<Option<Vec<String>>, TaskError> {
    let Some(title) = title_in_ids(typed) else { return Ok(None) };
    let is_it = |id: &str| {
        let mut parts = id.split('/').skip(1);
        let name = parts.next().filter(|&family| family == "act").and_then(|_| parts.next());
        let tail = name.and_then(|name| name.strip_prefix(title.as_str()));
        let is_year =
            |year: &str| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        tail.is_some_and(|tail| tail.is_empty() || tail.strip_prefix('-').is_some_and(is_year))
    };
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (_, reference) in desk.store.references_where(is_it)? {
        ids.insert(reference.id.split('/').take(3).collect::<Vec<_>>().join("/"));
    }
    if ids.len() > 1 {
        let names: Vec<String> =
            ids.iter().map(|id| refs::display(id, &desk.knowledge.tables)).collect();
        return Err(TaskError::Usage {
            what: format!("`{typed}` is the title of {} enactments", names.len()),
            hint: format!("name one of them: {}", names.join(" · ")),
        });
    }
    Ok((!ids.is_empty()).then(|| ids.into_iter().collect()))
}

/// Returns a title as normal forms have it, `state-owned-enterprises-act`; `None` for what ends as none.
fn title_in_ids(typed: &str) -> Option<String> {
    const ENDS: [&str; 6] = ["act", "ordinance", "rules", "regulations", "order", "code"];
    let lower = typed.trim().to_lowercase().replace('&', " and ");
    let lower = lower.strip_prefix("the ").unwrap_or(&lower);
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let ends = words.len() > 1 && words.last().is_some_and(|last| ENDS.contains(last));
    ends.then(|| words.join("-"))
}

/// Returns the documents with an outgoing reference to one of `ids`, those in `besides` left out.
pub(super) fn citing(
    desk: &Desk,
    ids: &[String],
    besides: Option<&BTreeSet<u64>>,
) -> Result<Vec<CitingDocument>, TaskError> {
    let searchable: BTreeSet<u64> = desk.store.searchable()?.into_iter().collect();
    let wanted = |id: &str| ids.iter().any(|wanted| refs::answers(id, wanted));
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
    let mut sheets = Sheets::new(desk);
    let mut documents = Vec::new();
    for (docn, references) in by_document {
        let Some(source) = desk.store.source(docn)? else { continue };
        let places = places(&mut sheets, &source, references)?;
        documents.push(citing_document(&source, places));
    }
    by_date(&mut documents);
    Ok(documents)
}

pub(super) fn citing_document(source: &SourceRow, places: Vec<CitingPlace>) -> CitingDocument {
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

pub(super) fn by_date(documents: &mut [CitingDocument]) {
    documents.sort_by(|a, b| {
        let key = |document: &CitingDocument| {
            (document.date.is_none(), document.date.clone(), document.id)
        };
        key(a).cmp(&key(b))
    });
}

/// Returns the paragraphs of some references of a document, each once.
fn places(
    sheets: &mut Sheets<'_>,
    source: &SourceRow,
    mut references: Vec<Reference>,
) -> Result<Vec<CitingPlace>, TaskError> {
    references.sort_by_key(|reference| (reference.page, reference.span.start));
    let mut places: Vec<(PageNo, usize, CitingPlace, Vec<usize>)> = Vec::new();
    for reference in references {
        let Some(sheet) = sheets.at(source, reference.page, reference.span.start)? else {
            continue;
        };
        let begin = sheet.span.start;
        let spot = reference.span.start.saturating_sub(begin);
        let is_last = places
            .last()
            .is_some_and(|(page, start, ..)| (*page, *start) == (reference.page, begin));
        if !is_last {
            let place = CitingPlace {
                page: reference.page.get(),
                paged: sheet.paged,
                paragraph: sheet.label.clone(),
                place: sheet.place.clone(),
                cites: Vec::new(),
                passage: String::new(),
                treatment: Vec::new(),
            };
            places.push((reference.page, begin, place, Vec::new()));
        }
        let Some((.., place, spots)) = places.last_mut() else { continue };
        spots.push(spot);
        place.passage = excerpt(sheet.text(), spots, PASSAGE_CHARS);
        let text = sheet.words(&reference.whole);
        // The sections of one list share its words.
        let same = place
            .cites
            .last_mut()
            .filter(|last| last.text == text && last.pinpoint == reference.pinpoint);
        match same {
            Some(last) if !last.ids.contains(&reference.id) => last.ids.push(reference.id.clone()),
            _ => place.cites.push(CitedHere {
                text,
                ids: vec![reference.id.clone()],
                pinpoint: reference.pinpoint.clone(),
                relation: reference.relation,
            }),
        }
        let treatment = sheet.treatment_of(&reference);
        place.treatment.extend(treatment.filter(|one| !place.treatment.contains(one)));
    }
    Ok(places.into_iter().map(|(_, _, place, _)| place).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_that_of_an_enactment_by_its_last_word() {
        assert_eq!(title_in_ids("the Kite & Feather Act").as_deref(), Some("kite-and-feather-act"));
        assert_eq!(title_in_ids("Kite (Flying) Rules").as_deref(), Some("kite-flying-rules"));
        for text in ["Kite Makers", "act", "A v. B"] {
            assert_eq!(title_in_ids(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_may_lack_its_type() {
        assert_eq!(bare_number("2872/2023"), Some(("2872", "2023")));
        assert_eq!(bare_number("2872 of 2023"), Some(("2872", "2023")));
        for text in ["2872/23", "W.P. 2872/2023", "a/2023", "28720000/2023", "2872"] {
            assert_eq!(bare_number(text), None, "{text}");
        }
    }
}
