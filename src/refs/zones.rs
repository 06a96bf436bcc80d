//! How a document stands to a reference: its own number, the decision appealed from, a citation;
//! and references that are dated after their document.

use std::collections::BTreeMap;

use crate::model::{RefKind, Relation};

use super::anchors::Anchor;
use super::found::Found;
use super::misread::repairs;
use super::report::Reading;
use super::scan::{squeeze, starts_word};
use super::tables::{Inner, Tables};
use super::{Context, parse_one, same};

/// How far the head of a document reaches, in bytes of the flow.
const HEAD: usize = 2500;
/// How far the words `against the judgment` reach.
const APPEAL_REACH: usize = 260;

/// Marks own numbers, decisions appealed from and what is dated too late.
pub(super) fn mark(
    r: Reading<'_>,
    anchors: &[(usize, usize, Anchor)],
    found: &mut [Found],
    cx: &Context<'_>,
    tables: &Tables,
) {
    let known: Vec<(RefKind, String)> =
        cx.own_numbers.iter().flat_map(|text| ids_of(text, tables)).collect();
    // Its neutral citation, report and index number are its own wherever they stand.
    for one in found.iter_mut().filter(|one| one.kind != RefKind::Case) {
        if known.iter().any(|(kind, id)| *kind == one.kind && *id == one.id) {
            one.relation = Relation::OwnNumber;
        }
    }
    let own: Vec<&str> = known
        .iter()
        .filter(|(kind, _)| *kind == RefKind::Case)
        .map(|(_, id)| id.as_str())
        .collect();
    let head = r.b.len().min(HEAD);
    let mut versus = None;
    let mut appeals: Vec<(usize, usize)> = Vec::new();
    for &(start, end, anchor) in anchors {
        match anchor {
            Anchor::Versus if versus.is_none() && start < head && starts_word(r.b, start) => {
                versus = Some(start);
            }
            Anchor::Appeal if starts_word(r.b, start) => appeals.push((start, end)),
            _ => {}
        }
    }
    let first_appeal = appeals.first().map_or(usize::MAX, |&(start, _)| start);
    for one in found.iter_mut().filter(|one| one.kind == RefKind::Case) {
        let at = one.whole.start;
        // Numbers of Indian courts are read in texts of India alone, and compared as printed.
        let printed =
            one.id.starts_with("in/").then(|| squeeze(r.get(one.span.start, one.span.end)));
        let is_printed = printed.is_some_and(|printed| {
            cx.own_numbers.iter().any(|number| squeeze(number).contains(&printed))
        });
        if is_printed || own.iter().any(|id| same(id, &one.id)) {
            one.relation = Relation::OwnNumber;
            one.confidence = one.confidence.max(0.95);
        } else if own.is_empty() && versus.is_some_and(|versus| at < versus.min(first_appeal)) {
            // Before the parties stand the court and the document's own numbers.
            one.relation = Relation::OwnNumber;
        } else if is_appeal_from(r, &appeals, at) {
            one.relation = Relation::AppealFrom;
        }
    }
    // What was its own in the head is its own everywhere.
    let own: Vec<String> = found
        .iter()
        .filter(|one| one.relation == Relation::OwnNumber)
        .map(|one| one.id.clone())
        .collect();
    for one in found.iter_mut().filter(|one| one.relation == Relation::Cites) {
        if own.contains(&one.id) {
            one.relation = Relation::OwnNumber;
        }
    }
    // The number of the document is one of its court.
    if let Some(court) = cx.court.map(Inner::court_in_ids) {
        for one in found.iter_mut().filter(|one| one.relation == Relation::OwnNumber) {
            if let Some(rest) = one.id.strip_prefix("pk/_/") {
                one.id = format!("pk/{court}/{rest}");
            }
        }
        // So are numbers of the same kind and year, which are heard together.
        let kind_and_year = |id: &str| -> Option<String> {
            let mut parts = id.split('/').skip(2);
            Some(format!("{}/{}", parts.next()?, parts.next()?))
        };
        let kinds: Vec<String> = found
            .iter()
            .filter(|one| one.relation == Relation::OwnNumber && one.kind == RefKind::Case)
            .filter_map(|one| kind_and_year(&one.id))
            .collect();
        for one in found.iter_mut().filter(|one| one.kind == RefKind::Case) {
            let alike = kind_and_year(&one.id).is_some_and(|kind| kinds.contains(&kind));
            if let Some(rest) = one.id.strip_prefix("pk/_/").filter(|_| alike) {
                one.id = format!("pk/{court}/{rest}");
            }
        }
    }
    name_courts(found);
    if let Some(court) = cx.court {
        let own = |one: &&mut Found| one.relation == Relation::OwnNumber;
        for one in found.iter_mut().filter(own).filter(|one| one.id.starts_with("us/_/")) {
            one.id = super::id::with_court(&one.id, court);
        }
    }
    let Some(year) = cx.year else { return };
    for one in found.iter_mut() {
        flag_late(one, year, tables);
    }
}

/// A number that stands beside its court once is of that court wherever it stands without one.
fn name_courts(found: &mut [Found]) {
    // The first two parts of an id are the country and the court.
    let parts = |id: &str| -> Option<(String, String)> {
        let (court, rest) = id.strip_prefix("pk/")?.split_once('/')?;
        Some((court.to_owned(), rest.to_owned()))
    };
    let mut named: BTreeMap<String, Option<String>> = BTreeMap::new();
    for one in found.iter().filter(|one| one.kind == RefKind::Case && one.confidence > LIKELY) {
        let Some((court, rest)) = parts(&one.id).filter(|(court, _)| court != "_") else {
            continue;
        };
        named
            .entry(rest)
            // Of two courts neither is taken.
            .and_modify(|known| *known = known.take().filter(|known| *known == court))
            .or_insert(Some(court));
    }
    let guessed =
        |one: &&mut Found| one.kind == RefKind::Case && one.relation != Relation::OwnNumber;
    for one in found.iter_mut().filter(guessed) {
        let Some((court, rest)) = parts(&one.id) else { continue };
        let is_guess = court == "_" || one.confidence <= LIKELY;
        if let Some(Some(court)) = named.get(&rest).filter(|_| is_guess) {
            one.id = format!("pk/{court}/{rest}");
        }
    }
}

/// How sure a court is at most that was not named beside the number.
const LIKELY: f32 = 0.95;

/// Returns the normal forms of a number as written, or the normal form that was given.
fn ids_of(text: &str, tables: &Tables) -> Vec<(RefKind, String)> {
    const OWN: [RefKind; 4] = [RefKind::Case, RefKind::Neutral, RefKind::Report, RefKind::Index];
    if text.starts_with("pk/") {
        return vec![(RefKind::Case, text.to_owned())];
    }
    let parsed = parse_one(text, tables).filter(|parsed| OWN.contains(&parsed.kind));
    parsed.map_or_else(Vec::new, |parsed| {
        parsed.ids.into_iter().map(|id| (parsed.kind, id)).collect()
    })
}

/// Tells whether `against the judgment dated … in` stands before `at` in the same sentence.
fn is_appeal_from(r: Reading<'_>, appeals: &[(usize, usize)], at: usize) -> bool {
    let idx = appeals.partition_point(|&(_, end)| end <= at);
    let Some(&(start, end)) = idx.checked_sub(1).and_then(|idx| appeals.get(idx)) else {
        return false;
    };
    let between = r.get(end, at);
    let word = r.get(start, end).to_ascii_lowercase();
    // `impugned` and `assailed` speak of a decision when a date or the word itself follows.
    let strong = !matches!(word.as_str(), "impugned" | "assailed");
    let says =
        ["judgment", "judgement", "order", "decree"].iter().any(|word| between.contains(word));
    let passed = ["passed in", "in ", "dated"].iter().any(|word| between.contains(word));
    let ends = between.contains(". ") && between.split(". ").any(|part| part.len() > 60);
    at - end < APPEAL_REACH && !ends && (strong || says && passed)
}

/// Flags a reference that is later than its document, with what it may have been.
fn flag_late(one: &mut Found, latest: u16, tables: &Tables) {
    let part = match one.kind {
        RefKind::Report | RefKind::Neutral => 2,
        RefKind::Case => 3,
        _ => return,
    };
    let Some(value) = one.id.split('/').nth(part).and_then(|text| text.parse::<u16>().ok()) else {
        return;
    };
    if !(1800..2100).contains(&value) || value <= latest {
        return;
    }
    let perhaps = if part == 2 { repairs(tables.inner(), &one.id, latest) } else { Vec::new() };
    let mut note = "dated after its document, probable reading error".to_owned();
    if !perhaps.is_empty() {
        note.push_str(", perhaps ");
        note.push_str(&perhaps.join(" or "));
    }
    let marked = one.clone().with_confidence(0.6).with_note(note);
    *one = marked;
}
