//! From finds to mentions: the longest name wins, weak forms need evidence, ties are reported.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::evidence::{self, Definition};
use super::forms::Class;
use super::matcher::Find;
use super::table::{Entity, EntityKind, Gazetteer};
use crate::model::{Mention, Page, PageNo, RefKind, Reference, Rule, Span};

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
    contexts: Vec<(usize, Span)>,
    /// Strong mentions, accepted: entity and place.
    strong: Vec<(usize, Span)>,
}

struct Document<'d> {
    gazetteer: &'d Gazetteer,
    pages: &'d [Page],
    consumed: &'d [Reference],
    /// How often the document names Pakistan, and how often other countries; counted when asked.
    countries: OnceCell<(usize, usize)>,
    /// Entities that references may name.
    with_refs: Vec<usize>,
    passages: Vec<Passage<'d>>,
    /// Entities whose full name stands in the document.
    present: BTreeSet<usize>,
    /// What the document itself says that a form means.
    defined: BTreeMap<String, BTreeSet<Meaning>>,
}

/// How strongly a weak form is supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Support {
    /// A word of the paragraph.
    Context,
    /// The document has the full name.
    Name,
    /// Words around the very form (`told PTI`).
    Here,
    /// The document defines the form.
    Defined,
}

/// References less sure than this do not name their act themselves.
const NAMED: f32 = 0.85;

/// What a document says that a form means; nothing: what is no entity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Meaning(Option<usize>);

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
            consumed,
            countries: OnceCell::new(),
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
        if !consumed.is_empty() {
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
            || page.text.get(span.clone()).is_some_and(evidence::is_menu)
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
        let mut passage =
            Passage { page, span, candidates, contexts: Vec::new(), strong: Vec::new() };
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
        passage.strong = strong;
        self.passages.push(passage);
    }

    /// Tells whether no reference has taken the letters of a find.
    fn is_free(&self, page: &Page, find: &Find) -> bool {
        let (page, text) = (page.number, page.text.as_str());
        let entity = self.entity(self.gazetteer.matcher().forms[find.form as usize].owner);
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

    /// Tells whether a candidate is neither a piece of somebody else's name nor of an address.
    fn is_whole(&self, page: &Page, paragraph: &Span, candidate: &Candidate, owner: usize) -> bool {
        let entity = self.entity(owner);
        let is_own = |word: &str| {
            entity
                .forms()
                .iter()
                .any(|form| form.to_ascii_lowercase().split([' ', '-']).any(|own| own == word))
        };
        let text = &page.text;
        let span = &candidate.span;
        let class_is =
            |is_asked: fn(Class) -> bool| self.owners(candidate, is_asked).contains(&owner);
        let part_of_person =
            || entity.kind.is_person() && evidence::is_part_of_name(text, span, is_own);
        let part_of_body = || {
            !matches!(entity.kind, EntityKind::Judge | EntityKind::Person | EntityKind::Place)
                && evidence::begins_longer_name(text, span, class_is(Class::is_strong))
        };
        // A full name in Latin letters says its country; Urdu and short forms do not.
        let foreign = || {
            matches!(entity.kind, EntityKind::Court | EntityKind::Agency)
                && !class_is(|class| class == Class::Alias)
                && !evidence::names_foreign(&entity.name)
                && (evidence::is_foreign(text, span) || self.is_abroad())
        };
        let party = || entity.kind == EntityKind::Place && evidence::is_party(text, span);
        let invited = || {
            matches!(entity.kind, EntityKind::Company | EntityKind::System | EntityKind::Outlet)
                && evidence::is_invitation(text, paragraph, span)
        };
        let credit =
            || entity.kind == EntityKind::Outlet && evidence::is_credit(text, paragraph, span);
        let is_other = part_of_person()
            || part_of_body()
            || foreign()
            || party()
            || credit()
            || invited()
            || evidence::is_in_headline(text, span)
            || evidence::is_in_address(text, span);
        !is_other
    }

    /// Returns how often the document names Pakistan, and how often other countries.
    fn countries(&self) -> (usize, usize) {
        *self
            .countries
            .get_or_init(|| evidence::countries(self.pages.iter().map(|page| page.text.as_str())))
    }

    /// Tells whether the document is about other countries alone: its سپریم کورٹ is not ours.
    fn is_abroad(&self) -> bool {
        let (home, foreign) = self.countries();
        home == 0 && foreign > 0
    }

    /// Tells whether the document is of Pakistan: what only needs that context has it everywhere.
    fn is_at_home(&self) -> bool {
        let (home, foreign) = self.countries();
        home > 0 && home >= foreign
    }

    /// Notes what the document defines: `Long Form (ACR)`, `ACR (Long Form)`, `(the "Authority")`.
    fn read_definitions(&mut self) {
        let mut defined: BTreeMap<String, BTreeSet<Meaning>> = BTreeMap::new();
        for passage in &self.passages {
            for candidate in &passage.candidates {
                for &form in &candidate.forms {
                    let form = &self.gazetteer.matcher().forms[form as usize];
                    if form.class.is_strong() {
                        continue;
                    }
                    if let Some(meant) =
                        self.defined_here(passage, candidate, form.owner, &form.text)
                    {
                        defined.entry(form.text.clone()).or_default().insert(meant);
                    }
                }
            }
        }
        self.defined = defined;
    }

    /// Returns what a definition at the candidate says: this owner, another entity or thing
    /// (`None` inside), or `None`: there is no definition.
    fn defined_here(
        &self,
        passage: &Passage<'_>,
        candidate: &Candidate,
        owner: usize,
        form: &str,
    ) -> Option<Meaning> {
        let text = &passage.page.text;
        let found = evidence::definition(text, &passage.span, &candidate.span)?;
        let (words, is_after) = match &found {
            Definition::Words(words) => (words, false),
            Definition::After(words) => (words, true),
        };
        // A name right before the bracket, or anywhere inside the one that follows.
        let named = passage.strong.iter().find(|(_, span)| {
            if is_after {
                words.start <= span.start && span.end <= words.end
            } else {
                span.end <= words.end && words.end - span.end <= 12 && span.start >= words.start
                    || span.start < words.end && words.end <= span.end
            }
        });
        if let Some((named, _)) = named {
            let is_acronym = form.bytes().all(|byte| byte.is_ascii_uppercase());
            if *named == owner {
                return Some(Meaning(Some(owner)));
            }
            // `Islamabad (ICT)`: a name before a bracket need not be what the bracket shortens.
            let spelled =
                self.entity(*named).forms().iter().any(|name| evidence::spelled(name, form));
            return (spelled || !is_acronym).then_some(Meaning(Some(*named)));
        }
        let long = text.get(words.clone())?;
        let long = if is_after {
            evidence::spelled(long, form).then_some(long)?
        } else {
            evidence::spelled_before(long, form)?
        };
        let entity = self.entity(owner);
        // The Convention has the words of the Court; the table says that it is not the Court.
        let is_other = entity.not_context.iter().any(|other| long.contains(other.as_str()));
        let is_own = !is_other && entity.forms().iter().any(|name| evidence::is_like(name, long));
        Some(Meaning(is_own.then_some(owner)))
    }

    fn decide(&self) -> Tagged {
        let mut tagged = Tagged::default();
        let mut sure: BTreeSet<(usize, &str)> = BTreeSet::new();
        let mut open: Vec<(usize, &str, PageNo, Span)> = Vec::new();
        for passage in &self.passages {
            let mut taken = Taken::default();
            let mut doubtful: Vec<Span> = Vec::new();
            let mut longer: Vec<Span> = Vec::new();
            for candidate in &passage.candidates {
                if taken.meets(&candidate.span) {
                    continue;
                }
                let in_doubtful = overlaps(&doubtful, &candidate.span);
                // The place in `Islamabad High Court Bar Association` is a part of its name.
                if overlaps(&longer, &candidate.span) && self.is_place(candidate) {
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
                        doubtful.push(candidate.span.clone());
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
                        doubtful.push(candidate.span.clone());
                        let text = &passage.page.text;
                        if evidence::begins_longer_name(text, &candidate.span, true) {
                            longer.push(candidate.span.clone());
                        }
                        if let (Some(weak), &[owner], false) = (
                            weak,
                            self.owners(candidate, |_| true).as_slice(),
                            against || in_doubtful,
                        ) {
                            open.push((owner, weak, passage.page.number, candidate.span.clone()));
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

    /// An acronym that is sure at one place of a document means the same at others where nothing
    /// speaks against it.
    fn carry_over(
        &self,
        sure: &BTreeSet<(usize, &str)>,
        open: Vec<(usize, &str, PageNo, Span)>,
        tagged: &mut Tagged,
    ) {
        for (owner, weak, page, span) in open {
            let is_acronym = weak.len() >= 3 && weak.bytes().all(|byte| byte.is_ascii_uppercase());
            if is_acronym && sure.contains(&(owner, weak)) {
                let entity = self.entity(owner).id.clone();
                tagged.mentions.push(Mention { entity, page, span, rule: Rule::WeakContext });
            }
        }
    }

    /// Adds what references name without a listed form: `W.P. 1805 and 2758 of 2023`.
    ///
    /// The mention is the whole expression: of a list one number alone is no name.
    fn imply(&self, tagged: &mut Tagged) {
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

    fn judge(&self, passage: &Passage<'_>, candidate: &Candidate, in_doubtful: bool) -> Verdict {
        let strong = self.owners(candidate, Class::is_strong);
        let whole = |&owner: &usize| self.is_whole(passage.page, &passage.span, candidate, owner);
        match strong.as_slice() {
            [] => {}
            [owner] => {
                return if whole(owner) {
                    Verdict::Is(*owner, self.strong_rule(candidate, *owner))
                } else {
                    Verdict::No { against: true }
                };
            }
            several => return Verdict::Either(several.to_vec()),
        }
        if in_doubtful {
            return Verdict::No { against: true };
        }
        let mut against = false;
        let mut supported: Vec<(Support, usize)> = Vec::new();
        for &form in &candidate.forms {
            let form = &self.gazetteer.matcher().forms[form as usize];
            if !whole(&form.owner) {
                against = true;
                continue;
            }
            match self.support(passage, candidate, form.owner, form.class, &form.text) {
                Ok(Some(support)) => supported.push((support, form.owner)),
                Ok(None) => {}
                Err(Against) => against = true,
            }
        }
        let Some(best) = supported.iter().map(|(support, _)| *support).max() else {
            return Verdict::No { against };
        };
        let mut owners: Vec<usize> = supported
            .iter()
            .filter(|(support, _)| *support == best)
            .map(|(_, owner)| *owner)
            .collect();
        owners.sort_unstable();
        owners.dedup();
        match owners.as_slice() {
            &[owner] => {
                let rule = match best {
                    Support::Context | Support::Here => Rule::WeakContext,
                    Support::Name | Support::Defined => Rule::DefinedHere,
                };
                Verdict::Is(owner, rule)
            }
            several => Verdict::Either(several.to_vec()),
        }
    }

    fn strong_rule(&self, candidate: &Candidate, owner: usize) -> Rule {
        let classes: Vec<Class> = candidate
            .forms
            .iter()
            .map(|&form| &self.gazetteer.matcher().forms[form as usize])
            .filter(|form| form.owner == owner)
            .map(|form| form.class)
            .collect();
        if candidate.run {
            Rule::UrduRun
        } else if classes.contains(&Class::Acronym) {
            Rule::Acronym
        } else if classes.contains(&Class::Urdu) {
            Rule::Urdu
        } else {
            Rule::Alias
        }
    }

    /// Returns what supports a weak form.
    fn support(
        &self,
        passage: &Passage<'_>,
        candidate: &Candidate,
        owner: usize,
        class: Class,
        form: &str,
    ) -> Result<Option<Support>, Against> {
        if let Some(meanings) = self.defined.get(form) {
            if meanings.contains(&Meaning(Some(owner))) {
                return Ok(Some(Support::Defined));
            }
            return Err(Against);
        }
        if is_beside_digit(&passage.page.text, &candidate.span, form) {
            return Err(Against);
        }
        if class == Class::Defined {
            let bound = self.present.contains(&owner) && !self.has_rival(owner, form);
            return Ok(bound.then_some(Support::Name));
        }
        let text = &passage.page.text;
        let span = &candidate.span;
        let contexts = &self.gazetteer.matcher().contexts;
        let nearest = |is_asked: &dyn Fn(usize) -> bool| {
            passage
                .contexts
                .iter()
                .filter(|(context, at)| is_asked(*context) && at != span)
                .filter_map(|(_, at)| evidence::near(text, span, at))
                .min()
        };
        let against = nearest(&|context| contexts[context].against.contains(&owner));
        let needed = |context: usize| contexts[context].needed_by.contains(&owner);
        let named = contexts.iter().filter(|context| context.needed_by.contains(&owner));
        let named: BTreeSet<usize> = named.filter_map(|context| context.names).collect();
        let word = nearest(&needed);
        let name = passage
            .strong
            .iter()
            .filter(|(entity, _)| *entity == owner || named.contains(entity))
            .filter_map(|(_, at)| evidence::near(text, span, at))
            .min();
        let support = [word, name].into_iter().flatten().min();
        if let Some(against) = against
            && support.is_none_or(|support| against <= support)
        {
            return Err(Against);
        }
        let here = passage.contexts.iter().any(|(context, at)| {
            // A bracket alone says less: `(PTI)` is a dateline, or a party after its name.
            needed(*context)
                && at.start <= span.start
                && span.end <= at.end
                && at != span
                && !text.get(at.start..).is_some_and(|word| word.starts_with('('))
        });
        if here {
            return Ok(Some(Support::Here));
        }
        if self.present.contains(&owner) {
            return Ok(Some(Support::Name));
        }
        // Many states have a `Constitutional Court`: a word beside it says little where the document
        // is mostly of others.
        let is_court = self.entity(owner).kind == EntityKind::Court;
        if is_court && form.contains(' ') && !self.is_at_home() {
            return Ok(None);
        }
        let needs_home = || {
            let needed = &self.entity(owner).needs_context;
            let home = needed.iter().any(|word| word == "Pakistan" || word == "Islamabad");
            // Two letters mean too much: they need a word beside them.
            home && form.chars().count() > 2 && self.is_at_home()
        };
        Ok((support.is_some() || needs_home()).then_some(Support::Context))
    }

    /// Tells whether the document names something else that the last word of the form fits.
    fn has_rival(&self, owner: usize, form: &str) -> bool {
        let Some(noun) = form.rsplit(' ').next() else { return false };
        let ends_so = |name: &str| name.rsplit(' ').next() == Some(noun);
        let listed = self.present.iter().any(|&other| {
            other != owner && self.entity(other).forms().iter().any(|name| ends_so(name))
        });
        listed
            || self.passages.iter().any(|passage| {
                let text = passage.page.text.get(passage.span.clone()).unwrap_or_default();
                text.match_indices(noun).any(|(at, _)| {
                    let at = passage.span.start + at;
                    let own = passage.strong.iter().any(|(_, span)| span.contains(&at));
                    let before = passage.page.text.get(passage.span.start..at).unwrap_or_default();
                    let word = before.trim_end().rsplit(' ').next().unwrap_or_default();
                    !own && !form.contains(word)
                        && word.chars().next().is_some_and(char::is_uppercase)
                        && !matches!(
                            word,
                            "The" | "This" | "That" | "Said" | "Any" | "Such" | "An" | "A"
                        )
                })
            })
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

/// Something in the text speaks against a form.
struct Against;

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

/// Spans of which no two overlap, so that thousands of names on one line are no square.
#[derive(Default)]
struct Taken(BTreeMap<usize, usize>);

impl Taken {
    fn meets(&self, span: &Span) -> bool {
        self.0.range(..span.end).next_back().is_some_and(|(_, &end)| span.start < end)
    }

    /// Adds a span that meets none.
    fn add(&mut self, span: &Span) {
        self.0.insert(span.start, span.end);
    }
}

fn overlaps(taken: &[Span], span: &Span) -> bool {
    taken.iter().any(|other| other.start < span.end && span.start < other.end)
}

/// Tells whether a two-letter acronym stands at a number, as the `SC` of a law report does.
fn is_beside_digit(text: &str, span: &Span, form: &str) -> bool {
    if form.len() != 2 {
        return false;
    }
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    before.ends_with(|c: char| c.is_numeric()) || after.starts_with(|c: char| c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageOrigin, Relation, Role};

    fn page(paragraphs: &[&str]) -> Page {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        for text in paragraphs {
            page.push(text, Role::Body);
        }
        page
    }

    #[test]
    fn a_span_meets_what_it_overlaps_and_not_its_neighbours() {
        let mut taken = Taken::default();
        taken.add(&(10..20));
        taken.add(&(30..40));
        for (span, expect) in [
            (0..10, false),
            (20..30, false),
            (19..21, true),
            (5..50, true),
            (12..13, true),
            (40..41, false),
        ] {
            assert_eq!(taken.meets(&span), expect, "{span:?}");
        }
    }

    #[track_caller]
    fn check(paragraphs: &[&str], expect: &[&str]) {
        let page = page(paragraphs);
        let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &[]);
        let found: Vec<String> = tagged
            .mentions
            .iter()
            .map(|mention| (&mention.entity, page.text.get(mention.span.clone()).unwrap()))
            .map(|(entity, printed)| format!("{entity}:{printed}"))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn courts_of_other_states_have_the_same_name() {
        check(
            &[
                "The Constitutional Court of the islands sat; a judge of Pakistan was a guest.",
                "In Kenya and in South Africa the Constitutional Court is the highest.",
            ],
            &[],
        );
    }

    #[test]
    fn a_place_in_the_name_of_a_body_is_no_place() {
        check(&["The Islamabad High Court Bar Association met in Lahore."], &["lahore:Lahore"]);
    }

    #[test]
    fn any_team_may_be_a_joint_one() {
        check(&["The FIA formed a JIT for the murder investigation."], &["fia:FIA"]);
    }

    #[test]
    fn what_a_site_asks_its_readers_names_nobody() {
        check(
            &["Follow us on Twitter", "Share on Facebook", "Facebook Twitter WhatsApp Email"],
            &[],
        );
        check(&["The vote was taken. Follow the Kite WhatsApp Channel for updates."], &[]);
        check(&["The minister wrote on Twitter that kites will fly."], &["x-platform:Twitter"]);
        check(&["see finspy.example.su and up.finspy[.]kite and tools/finspy_decode"], &[]);
        check(&["FinSpy was sold there."], &["finfisher:FinSpy"]);
    }

    #[test]
    fn the_longest_name_wins() {
        check(
            &["the Lawful Intercept Management System of the PTA Act"],
            &["lims:Lawful Intercept Management System", "telecom-act:PTA Act"],
        );
        check(&["SLIMS and LIMSA"], &[]);
        check(&["the Supreme Court of India"], &["india-sc:Supreme Court of India"]);
    }

    #[test]
    fn weak_forms_need_evidence() {
        check(&["The LIMS keeps every sample of the laboratory."], &[]);
        check(&["The LIMS was bought for surveillance."], &["lims:LIMS"]);
        check(
            &["Pakistan Telecommunication Authority", "The PTA replied."],
            &["pta:Pakistan Telecommunication Authority", "pta:PTA"],
        );
        check(&["The pupils' PTA met. Later the PTA paid."], &[]);
    }

    #[test]
    fn a_document_of_pakistan_speaks_of_its_own_offices() {
        let head = "IN THE ISLAMABAD HIGH COURT, ISLAMABAD";
        check(
            &[
                head,
                "It was cleared by the Intelligence Bureau.",
                "The Supreme Court agreed; IB did not.",
            ],
            &[
                "ihc:ISLAMABAD HIGH COURT",
                "islamabad:ISLAMABAD",
                "ib-pk:Intelligence Bureau",
                "scp:Supreme Court",
            ],
        );
        check(
            &["The Supreme Court of the county sat.", "It was cleared by the Intelligence Bureau."],
            &[],
        );
    }

    #[test]
    fn a_definition_decides_for_the_whole_document() {
        check(
            &[
                "The Parent Teacher Association (PTA) of Islamabad met.",
                "PTA and telecom operators.",
            ],
            &["islamabad:Islamabad"],
        );
        check(
            &["the Federal Investigating Agency (FIA) said", "FIA left"],
            &["fia:FIA", "fia:FIA"],
        );
    }

    #[test]
    fn a_sure_acronym_is_carried_through_the_document() {
        check(&["The PTA wrote to telecom operators.", "PTA was silent."], &["pta:PTA", "pta:PTA"]);
    }

    #[test]
    fn equal_support_is_reported() {
        let page = page(&["Justice Farooq referred the plea to the LHC chief justice."]);
        let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &[]);
        assert_eq!(tagged.ambiguous[0].entities, ["aamer-farooq", "farooq-haider"]);
    }

    #[test]
    fn letters_of_a_law_report_are_no_court() {
        let page = page(&["Islamabad heard PLD 1999 Lahore 12 and the law of Lahore."]);
        let reference = Reference {
            kind: RefKind::Report,
            id: "pk/pld/1999/lahore/12".to_owned(),
            page: PageNo::FIRST,
            span: 16..34,
            whole: 16..34,
            pinpoint: None,
            confidence: 1.0,
            relation: Relation::Cites,
            note: None,
        };
        let tagged =
            Gazetteer::builtin().tag(std::slice::from_ref(&page), std::slice::from_ref(&reference));
        let spans: Vec<Span> = tagged.mentions.iter().map(|mention| mention.span.clone()).collect();
        assert_eq!(spans, [0..9, 50..56]);
        let act =
            Reference { kind: RefKind::Statute, id: "pk/act/peca/s37.1".to_owned(), ..reference };
        let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &[act]);
        assert_eq!(tagged.mentions[1].entity, "peca-s37");
    }

    #[test]
    fn the_note_of_a_law_report_and_the_name_of_an_index_are_no_names() {
        let text =
            "Amnesty International: 2020 CLD 249 (Lahore). Lahore heard AI Index: ASA 33/013/2006.";
        let page = page(&[text]);
        let reference = |kind, id: &str, words: &str| {
            let start = text.find(words).unwrap();
            Reference {
                kind,
                id: id.to_owned(),
                page: PageNo::FIRST,
                span: start..start + words.len(),
                whole: start..start + words.len(),
                pinpoint: None,
                confidence: 1.0,
                relation: Relation::Cites,
                note: None,
            }
        };
        let references = [
            reference(RefKind::Report, "pk/cld/2020/249", "2020 CLD 249"),
            reference(RefKind::Index, "ai/asa-33-013-2006", "ASA 33/013/2006"),
        ];
        let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &references);
        let found: Vec<(&str, usize)> =
            tagged.mentions.iter().map(|one| (one.entity.as_str(), one.span.start)).collect();
        assert_eq!(found, [("amnesty", 0), ("lahore", text.rfind("Lahore").unwrap())]);
    }

    #[test]
    fn a_part_of_another_name_is_no_mention() {
        check(
            &["The Supreme Court of Pakistan heard it: Justice Qazi Muhammad Amin Ahmed wrote."],
            &["scp:Supreme Court of Pakistan"],
        );
        check(
            &["Justice Qazi wrote in the Supreme Court of Pakistan."],
            &["qazi-faez-isa:Justice Qazi", "scp:Supreme Court of Pakistan"],
        );
    }

    #[test]
    fn amendments_and_sims() {
        check(
            &["After the 27th amendment, Pakistan has two courts."],
            &["amend-27:27th amendment"],
        );
        check(
            &["the Constitution (Twenty-seventh Amendment) Act, 2025"],
            &["amend-27:Constitution (Twenty-seventh Amendment) Act"],
        );
        check(&["Every SIM of a mobile subscriber is listed."], &["sim:SIM"]);
        check(&["The SIM of the spectrometer failed."], &[]);
    }

    #[test]
    fn references_imply_their_whole_expression() {
        let text = "See sections 37, 51 and 29 of it, SRO 1005 and C.A. No. 977 of 2018.";
        let page = page(&[text]);
        let reference = |id: &str, whole: &str, span: &str| {
            let start = text.find(whole).unwrap();
            let inner = start + whole.find(span).unwrap();
            Reference {
                kind: RefKind::Statute,
                id: id.to_owned(),
                page: PageNo::FIRST,
                span: inner..inner + span.len(),
                whole: start..start + whole.len(),
                pinpoint: None,
                confidence: 1.0,
                relation: Relation::Cites,
                note: None,
            }
        };
        let list = "sections 37, 51 and 29 of it";
        let references = [
            reference("pk/act/peca/s37", list, "37"),
            reference("pk/act/peca/s51", list, "51"),
            reference("pk/act/peca/s29", list, "29"),
            reference("pk/sro/_/1005", "SRO 1005", "SRO 1005"),
            reference("pk/_/ca/2018/977", "C.A. No. 977 of 2018", "977"),
        ];
        let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &references);
        let found: Vec<String> = tagged
            .mentions
            .iter()
            .map(|mention| format!("{}:{}", mention.entity, &page.text[mention.span.clone()]))
            .collect();
        for expect in [
            format!("peca:{list}"),
            format!("peca-s29:{list}"),
            format!("peca-s37:{list}"),
            "sro-1005:SRO 1005".to_owned(),
            "pta-v-cmpak:C.A. No. 977 of 2018".to_owned(),
        ] {
            assert!(found.contains(&expect), "{expect} of {found:?}");
        }
        assert!(found.iter().all(|one| !one.ends_with(":51")), "{found:?}");
    }

    #[test]
    fn no_name_shows_a_law_report() {
        for entity in Gazetteer::builtin().all() {
            let words: Vec<&str> = entity.name.split([' ', ',']).collect();
            let is_report = entity.id.starts_with("mld-");
            assert!(
                is_report || !words.contains(&"PLD") && !words.contains(&"SCMR"),
                "{}",
                entity.name
            );
        }
    }

    #[test]
    fn boilerplate_is_passed_over() {
        let mut page = page(&[]);
        page.push("Amnesty International", Role::Header);
        page.push("NADRA replied", Role::Body);
        let tagged = Gazetteer::builtin().tag(&[page], &[]);
        assert_eq!(tagged.mentions.len(), 1);
        assert_eq!(tagged.mentions[0].rule, Rule::Acronym);
    }

    #[test]
    fn urdu_names_and_runs() {
        check(
            &["عدالت نےپیکا کے تحت ایف آئی اےکو نوٹس دیا۔ آئی ایس آئی ایس"],
            &["peca:پیکا", "fia:ایف آئی اے"],
        );
    }

    proptest::proptest! {
        #[test]
        fn mentions_are_disjoint_characters(
            words in proptest::collection::vec(
                proptest::sample::select(vec![
                    "PTA", "(", ")", "Imran", "Khan", "پی", "ٹی", "اے", "نےپیکا", "لِمز", "سسٹم", ". ", " ", "\n",
                    "the", "Authority", "of", "Pakistan", "1805", "/2023", "W.P. No.", "é", "\u{200c}", "\u{64e}",
                    "۲۰۱۶", "FCC", "told PTI", "-", "\"", "Supreme Court", "کے", "آئی", "20I6", "XL", "Act",
                ]),
                0..40,
            )
        ) {
            let page = page(&[&words.concat()]);
            let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &[]);
            let mut last = 0;
            for mention in &tagged.mentions {
                proptest::prop_assert!(mention.span.start >= last);
                proptest::prop_assert!(page.text.get(mention.span.clone()).is_some_and(|text| !text.is_empty()));
                last = mention.span.end;
            }
        }
    }
}
