//! From finds to mentions: the longest name wins, weak forms need evidence, ties are reported.

mod define;
mod judge;
mod referred;
mod taken;
#[cfg(test)]
mod tests;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::forms::Class;
use super::matcher::Find;
use super::table::{Entity, EntityKind, Gazetteer};
use super::{chrome, evidence, longer};
use crate::model::{Mention, Page, PageNo, Reference, Rule, Span};

use referred::Consumed;
use taken::{Places, Taken};

/// What tagging found in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tagged {
    /// In the order of their places.
    pub mentions: Vec<Mention>,
    /// Forms that equally mean several entities: a person decides.
    pub ambiguous: Vec<Ambiguous>,
}

/// A form that is not tagged, because it means several entities equally well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ambiguous {
    /// The page.
    pub page: PageNo,
    /// Bytes of the page's text.
    pub span: Span,
    /// Ids of the candidates, in the order of the gazetteer.
    pub entities: Vec<String>,
}

impl Gazetteer {
    /// Finds the entities in the pages of one document.
    ///
    /// `consumed` are the references of the document: their letters are no names, except those of
    /// acts, cases and reports, which references name. Boilerplate is passed over. Mentions do not
    /// overlap, but for those that a reference implies.
    pub fn tag(&self, pages: &[Page], consumed: &[Reference]) -> Tagged {
        Document::read(self, pages, consumed).decide()
    }
}

/// Forms over one span.
struct Candidate {
    span: Span,
    run: bool,
    /// Indices into the matcher's forms.
    forms: Vec<u32>,
}

struct Passage<'p> {
    page: &'p Page,
    span: Span,
    /// Longest first.
    candidates: Vec<Candidate>,
    /// Context words: index of the context and place.
    contexts: Places,
    /// Strong mentions, accepted: entity and place, the longest first.
    strong: Vec<(usize, Span)>,
    /// The same in the order of their places.
    strong_by_place: Places,
}

struct Document<'d> {
    gazetteer: &'d Gazetteer,
    pages: &'d [Page],
    consumed: Consumed<'d>,
    /// How often the document names Pakistan, and how often other countries; counted when asked.
    countries: OnceCell<(usize, usize)>,
    /// Whether the document names something else that a form fits, of an entity; read when asked.
    rivals: RefCell<BTreeMap<(usize, String), bool>>,
    /// Entities that references may name.
    with_refs: Vec<usize>,
    passages: Vec<Passage<'d>>,
    /// Entities whose full name stands in the document.
    present: BTreeSet<usize>,
    /// What the document itself says that a form means.
    defined: BTreeMap<String, BTreeSet<Meaning>>,
}

/// What a document says that a form means; nothing: what is no entity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Meaning(Option<usize>);

/// A weak form that nothing decides where it stands.
struct Open<'f> {
    /// Whom it may mean.
    owners: Vec<usize>,
    weak: &'f str,
    page: PageNo,
    span: Span,
}

/// Longer forms are more than an acronym of two or three letters, in bytes.
const SHORT: usize = 4;

/// What becomes of a candidate.
enum Verdict {
    Is(usize, Rule),
    Either(Vec<usize>),
    /// Nothing speaks for it; what speaks against it, if anything does.
    No {
        against: bool,
    },
}

impl<'d> Document<'d> {
    fn read(gazetteer: &'d Gazetteer, pages: &'d [Page], consumed: &'d [Reference]) -> Self {
        let mut document = Self {
            gazetteer,
            pages,
            consumed: Consumed::new(consumed),
            countries: OnceCell::new(),
            rivals: RefCell::default(),
            with_refs: Vec::new(),
            passages: Vec::new(),
            present: BTreeSet::new(),
            defined: BTreeMap::new(),
        };
        let mut finds = Vec::new();
        for page in pages {
            for span in spans(page) {
                finds.clear();
                gazetteer.matcher().scan(&page.text, span.clone(), &mut finds);
                document.add(page, span, &finds);
            }
        }
        for passage in &document.passages {
            for (entity, _) in &passage.strong {
                document.present.insert(*entity);
            }
        }
        if !document.consumed.is_empty() {
            let all = gazetteer.all().iter().enumerate();
            let named = all.filter(|(_, entity)| !entity.refs.is_empty()).map(|(idx, _)| idx);
            document.with_refs = named.collect();
        }
        document.read_definitions();
        document
    }

    /// Sorts the finds of a paragraph; one without any name is not kept.
    fn add(&mut self, page: &'d Page, span: Span, finds: &[Find]) {
        let matcher = self.gazetteer.matcher();
        let is_name = |find: &&Find| matcher.forms[find.form as usize].class != Class::Context;
        if !finds.iter().any(|find| is_name(&find))
            || page.text.get(span.clone()).is_some_and(chrome::is_menu)
        {
            return;
        }
        let mut candidates: Vec<Candidate> = Vec::new();
        for find in finds.iter().filter(is_name) {
            if !self.is_free(page, find) {
                continue;
            }
            match candidates.iter_mut().rev().take(8).find(|old| old.span == find.span) {
                Some(old) => old.forms.push(find.form),
                None => candidates.push(Candidate {
                    span: find.span.clone(),
                    run: find.run,
                    forms: vec![find.form],
                }),
            }
        }
        candidates.sort_by_key(|candidate| {
            (std::cmp::Reverse(candidate.span.len()), candidate.span.start)
        });
        let mut passage = Passage {
            page,
            span,
            candidates,
            contexts: Places::default(),
            strong: Vec::new(),
            strong_by_place: Places::default(),
        };
        passage.contexts = finds
            .iter()
            .filter(|find| matcher.forms[find.form as usize].class == Class::Context)
            .map(|find| (matcher.forms[find.form as usize].owner, find.span.clone()))
            .collect();
        let mut taken = Taken::default();
        let mut strong = Vec::new();
        for candidate in &passage.candidates {
            let owners = self.owners(candidate, Class::is_full_name);
            if let &[owner] = owners.as_slice()
                && !taken.meets(&candidate.span)
                && self.is_whole(page, &passage.span, candidate, owner)
            {
                taken.add(&candidate.span);
                strong.push((owner, candidate.span.clone()));
            }
        }
        passage.strong_by_place = strong.iter().cloned().collect();
        passage.strong = strong;
        self.passages.push(passage);
    }

    fn entity(&self, idx: usize) -> &Entity {
        &self.gazetteer.all()[idx]
    }

    /// Returns the different owners of a candidate's forms whose class is asked for.
    fn owners(&self, candidate: &Candidate, is_asked: impl Fn(Class) -> bool) -> Vec<usize> {
        let mut owners: Vec<usize> = candidate
            .forms
            .iter()
            .map(|&form| &self.gazetteer.matcher().forms[form as usize])
            .filter(|form| is_asked(form.class))
            .map(|form| form.owner)
            .collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    fn decide(&self) -> Tagged {
        let mut tagged = Tagged::default();
        let mut sure: BTreeSet<(usize, &str)> = BTreeSet::new();
        let mut open: Vec<Open<'_>> = Vec::new();
        for passage in &self.passages {
            let mut taken = Taken::default();
            let mut doubtful = Taken::default();
            let mut longer = Taken::default();
            for candidate in &passage.candidates {
                if taken.meets(&candidate.span) {
                    continue;
                }
                let in_doubtful = doubtful.meets(&candidate.span);
                // The place in `Islamabad High Court Bar Association` is a part of its name.
                if longer.meets(&candidate.span) && self.is_place(candidate) {
                    continue;
                }
                let weak = self.weak_text(candidate);
                match self.judge(passage, candidate, in_doubtful) {
                    Verdict::Is(entity, rule) => {
                        if let Some(weak) =
                            weak.filter(|_| rule == Rule::WeakContext || rule == Rule::DefinedHere)
                        {
                            sure.insert((entity, weak));
                        }
                        taken.add(&candidate.span);
                        tagged.mentions.push(self.mention(passage, candidate, entity, rule));
                    }
                    Verdict::Either(entities) => {
                        doubtful.add(&candidate.span);
                        if let Some(weak) = weak {
                            let (page, span) = (passage.page.number, candidate.span.clone());
                            open.push(Open { owners: entities.clone(), weak, page, span });
                        }
                        tagged.ambiguous.push(Ambiguous {
                            page: passage.page.number,
                            span: candidate.span.clone(),
                            entities: entities
                                .iter()
                                .map(|&idx| self.entity(idx).id.clone())
                                .collect(),
                        });
                    }
                    Verdict::No { against } => {
                        doubtful.add(&candidate.span);
                        let text = &passage.page.text;
                        if longer::begins_longer_name(text, &candidate.span, true) {
                            longer.add(&candidate.span);
                        }
                        if let Some(weak) = weak.filter(|_| !against && !in_doubtful) {
                            let owners = self.owners(candidate, |_| true);
                            let (page, span) = (passage.page.number, candidate.span.clone());
                            open.push(Open { owners, weak, page, span });
                        }
                    }
                }
            }
        }
        self.carry_over(&sure, open, &mut tagged);
        self.imply(&mut tagged);
        tagged.mentions.sort_by(|a, b| {
            (a.page, a.span.start, a.span.end, &a.entity).cmp(&(
                b.page,
                b.span.start,
                b.span.end,
                &b.entity,
            ))
        });
        tagged
            .mentions
            .dedup_by(|b, a| a.page == b.page && a.span == b.span && a.entity == b.entity);
        tagged.ambiguous.sort_by_key(|ambiguous| (ambiguous.page, ambiguous.span.start));
        tagged
    }

    /// An acronym, or a form of several words, that is sure at one place of a document means the same
    /// at others where nothing speaks against it.
    fn carry_over(&self, sure: &BTreeSet<(usize, &str)>, open: Vec<Open<'_>>, tagged: &mut Tagged) {
        let mut longer: BTreeSet<String> = BTreeSet::new();
        for mention in tagged.mentions.iter().filter(|mention| mention.span.len() > SHORT) {
            longer.insert(mention.entity.clone());
        }
        for one in open {
            let is_sure = |owner: usize| {
                sure.contains(&(owner, one.weak))
                    // `Supreme Court` makes the `SC` of a headline sure, which only it may mean.
                    || one.owners.len() == 1 && self.is_at_home() && sure.iter().any(|&(of, name)| {
                        of == owner && name.contains(' ') && evidence::spelled(name, one.weak)
                    })
            };
            let mut owners = one.owners.iter().filter(|&&owner| is_sure(owner));
            let (Some(&owner), None) = (owners.next(), owners.next()) else { continue };
            let entity = self.entity(owner);
            let is_acronym = one.weak.bytes().all(|byte| byte.is_ascii_uppercase());
            let carries = match one.weak.len() {
                // Two letters mean many things: the document names the entity in other words too.
                0..=2 => is_acronym && longer.contains(&entity.id),
                _ => is_acronym || one.weak.contains(' ') || entity.kind == EntityKind::Company,
            };
            if !carries {
                continue;
            }
            let (entity, page, span) = (entity.id.clone(), one.page, one.span);
            tagged.ambiguous.retain(|tie| tie.page != page || tie.span != span);
            tagged.mentions.push(Mention { entity, page, span, rule: Rule::WeakContext });
        }
    }

    fn is_place(&self, candidate: &Candidate) -> bool {
        let owners = self.owners(candidate, |_| true);
        owners.iter().all(|&owner| self.entity(owner).kind == EntityKind::Place)
    }

    fn weak_text(&self, candidate: &Candidate) -> Option<&str> {
        candidate
            .forms
            .iter()
            .map(|&form| &self.gazetteer.matcher().forms[form as usize])
            .find(|form| form.class == Class::Weak)
            .map(|form| form.text.as_str())
    }

    fn mention(
        &self,
        passage: &Passage<'_>,
        candidate: &Candidate,
        entity: usize,
        rule: Rule,
    ) -> Mention {
        Mention {
            entity: self.entity(entity).id.clone(),
            page: passage.page.number,
            span: candidate.span.clone(),
            rule,
        }
    }
}

/// Returns the spans of a page where names count.
fn spans(page: &Page) -> Vec<Span> {
    if page.paragraphs.is_empty() {
        return std::iter::once(0..page.text.len()).collect();
    }
    page.paragraphs
        .iter()
        .filter(|paragraph| !paragraph.role.is_boilerplate())
        .map(|paragraph| paragraph.span.start..paragraph.span.end.min(page.text.len()))
        .collect()
}
