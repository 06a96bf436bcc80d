//! References and names: letters that a reference has taken, and entities that references name.

use super::taken::overlaps;
use super::{Document, Tagged};
use crate::entity::matcher::Find;
use crate::entity::table::{Entity, EntityKind};
use crate::model::{Mention, Page, RefKind, Reference, Rule, Span};

/// References less sure than this do not name their act themselves.
const NAMED: f32 = 0.85;

impl Document<'_> {
    /// Tells whether no reference has taken the letters of a find.
    pub(super) fn is_free(&self, page: &Page, find: &Find) -> bool {
        let (page, text) = (page.number, page.text.as_str());
        let entity = self.entity(self.gazetteer.matcher.forms[find.form as usize].owner);
        let is_of_reference = |reference: &Reference| {
            let of_report = matches!(reference.kind, RefKind::Report | RefKind::Neutral)
                && matches!(entity.kind, EntityKind::Place | EntityKind::Court);
            of_report && is_note_of(text, &reference.span, &find.span)
                || reference.kind == RefKind::Index
                    && is_index_of(text, &reference.span, &find.span)
        };
        !self.consumed.iter().any(|reference| {
            reference.page == page && is_of_reference(reference)
                || reference.page == page
                    && reference.kind != RefKind::Back
                    && overlaps(std::slice::from_ref(&reference.span), &find.span)
                    && !entity.kind.is_referable()
                    && !(find.span.start <= reference.span.start
                        && reference.span.end <= find.span.end)
        })
    }

    /// Adds what references name without a listed form: `W.P. 1805 and 2758 of 2023`.
    ///
    /// The mention is the whole expression: of a list one number alone is no name.
    pub(super) fn imply(&self, tagged: &mut Tagged) {
        for reference in self.consumed {
            // A bare `Article 62`, whose act stands elsewhere, is no name of it.
            let is_bare = reference.kind == RefKind::Statute && reference.confidence < NAMED;
            let Some(entity) = self.referred(&reference.id).filter(|_| !is_bare) else { continue };
            let is_there = tagged.mentions.iter().any(|mention| {
                mention.page == reference.page
                    && mention.entity == entity.id
                    && overlaps(std::slice::from_ref(&mention.span), &reference.whole)
            });
            if !is_there {
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
