//! References and names: letters that a reference has taken, and entities that references name.

use std::collections::{BTreeMap, HashMap};

use super::taken::Taken;
use super::{Document, Tagged};
use crate::entity::matcher::Find;
use crate::entity::table::{Entity, EntityKind};
use crate::model::{Mention, Page, PageNo, RefKind, Reference, Rule, Span};

/// How far from a reference its note and the name of its index may stand, in bytes.
const BESIDE: usize = 32;
/// References less sure than this do not name their act themselves.
const NAMED: f32 = 0.85;

/// The references of a document, by their places.
pub(super) struct Consumed<'d> {
    all: &'d [Reference],
    /// Of each page those that begin on it, in order, and the length of the longest.
    pages: BTreeMap<PageNo, (Vec<&'d Reference>, usize)>,
}

impl<'d> Consumed<'d> {
    pub(super) fn new(all: &'d [Reference]) -> Self {
        let mut pages: BTreeMap<PageNo, (Vec<&'d Reference>, usize)> = BTreeMap::new();
        for reference in all {
            let (here, longest) = pages.entry(reference.page).or_default();
            here.push(reference);
            *longest = (*longest).max(reference.span.len());
        }
        for (here, _) in pages.values_mut() {
            here.sort_by_key(|reference| reference.span.start);
        }
        Self { all, pages }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns the references at `span` and right beside it.
    fn near(&self, page: PageNo, span: &Span) -> impl Iterator<Item = &'d Reference> {
        let (here, longest) =
            self.pages.get(&page).map_or((&[][..], 0), |(here, longest)| (here, *longest));
        let from = span.start.saturating_sub(longest + BESIDE);
        let first = here.partition_point(|reference| reference.span.start < from);
        let to = span.end + BESIDE;
        here.iter().skip(first).take_while(move |one| one.span.start <= to).copied()
    }
}

impl Document<'_> {
    /// Tells whether no reference has taken the letters of a find.
    pub(super) fn is_free(&self, page: &Page, find: &Find) -> bool {
        let (page, text) = (page.number, page.text.as_str());
        let entity = self.entity(self.gazetteer.matcher().forms[find.form as usize].owner);
        let is_of_reference = |reference: &Reference| {
            let of_report = matches!(reference.kind, RefKind::Report | RefKind::Neutral)
                && matches!(entity.kind, EntityKind::Place | EntityKind::Court);
            of_report && is_note_of(text, &reference.span, &find.span)
                || reference.kind == RefKind::Index
                    && is_index_of(text, &reference.span, &find.span)
        };
        !self.consumed.near(page, &find.span).any(|reference| {
            is_of_reference(reference)
                || reference.kind != RefKind::Back
                    && reference.span.start < find.span.end
                    && find.span.start < reference.span.end
                    && !entity.kind.is_referable()
                    && !(find.span.start <= reference.span.start
                        && reference.span.end <= find.span.end)
        })
    }

    /// Adds what references name without a listed form: `W.P. 1805 and 2758 of 2023`.
    ///
    /// The mention is the whole expression: of a list one number alone is no name.
    pub(super) fn imply(&self, tagged: &mut Tagged) {
        let mut there: HashMap<(PageNo, String), Taken> = HashMap::new();
        for mention in &tagged.mentions {
            there.entry((mention.page, mention.entity.clone())).or_default().add(&mention.span);
        }
        for reference in self.consumed.all {
            // A bare `Article 62`, whose act stands elsewhere, is no name of it.
            let is_bare = reference.kind == RefKind::Statute && reference.confidence < NAMED;
            let Some(entity) = self.referred(&reference.id).filter(|_| !is_bare) else { continue };
            let there = there.entry((reference.page, entity.id.clone())).or_default();
            let is_there = there.meets(&reference.whole);
            if !is_there {
                there.add(&reference.whole);
                tagged.mentions.push(Mention {
                    entity: entity.id.clone(),
                    page: reference.page,
                    span: reference.whole.clone(),
                    rule: Rule::Alias,
                });
            }
        }
    }

    /// Returns the entity that a reference's normal form is, the most special one.
    fn referred(&self, id: &str) -> Option<&Entity> {
        let all = self.gazetteer.all();
        let listed = self.with_refs.iter().filter_map(|&idx| all.get(idx)).filter_map(|entity| {
            let wide =
                entity.refs.iter().filter(|wide| is_below(id, wide)).map(String::len).max()?;
            Some((wide, entity))
        });
        if id.split('/').any(|part| part == "_") {
            // A number without its court or year names what alone has such a number.
            let mut fitting = listed.map(|(_, entity)| entity);
            return fitting.next().filter(|_| fitting.next().is_none());
        }
        if let Some((_, entity)) = listed.max_by_key(|(wide, _)| *wide) {
            return Some(entity);
        }
        // Acts and instruments have the ids of the gazetteer: `pk/act/telegraph-act/s5.2`.
        let act = id.split('/').nth(2)?;
        self.gazetteer.get(act).filter(|entity| entity.kind.is_referable())
    }
}

/// Tells whether the normal form `id` is `wide` or a part of it; `_` stands for what is not said.
fn is_below(id: &str, wide: &str) -> bool {
    // Most references are of another country.
    if id.as_bytes().first_chunk::<3>() != wide.as_bytes().first_chunk::<3>() {
        return false;
    }
    let mut parts = id.split('/');
    let mut asked = wide.split('/').peekable();
    while let Some(want) = asked.next() {
        let Some(part) = parts.next() else { return false };
        let is_last = asked.peek().is_none();
        let is_part = is_last && part.strip_prefix(want).is_some_and(|rest| rest.starts_with('.'));
        if part != want && part != "_" && !is_part {
            return false;
        }
    }
    true
}

/// Tells whether `find` is the place in brackets or after a hyphen behind a law report: `2020 CLD 249
/// (Lahore)`, `2009 YLR 550-Karachi`.
fn is_note_of(text: &str, report: &Span, find: &Span) -> bool {
    let between = text.get(report.end..find.start).filter(|_| report.end <= find.start);
    between
        .is_some_and(|between| between.len() <= 3 && between.chars().all(|c| " ([-\n".contains(c)))
}

/// Tells whether `find` is the `AI` of `AI Index: ASA 33/013/2006`.
fn is_index_of(text: &str, index: &Span, find: &Span) -> bool {
    let between = text.get(find.end..index.start).filter(|_| find.end <= index.start);
    between
        .is_some_and(|between| between.trim().trim_end_matches(':').eq_ignore_ascii_case("index"))
}
