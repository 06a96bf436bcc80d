//! What becomes of a candidate: strong forms stand, weak ones need support, ties are reported.

use super::{Candidate, Document, Meaning, Passage, Verdict};
use crate::entity::evidence;
use crate::entity::forms::Class;
use crate::entity::table::EntityKind;
use crate::entity::{chrome, country, longer, urdu};
use crate::model::{Page, Rule, Span};

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

/// Something in the text speaks against a form.
struct Against;

impl Document<'_> {
    /// Tells whether a candidate is neither a piece of somebody else's name nor of an address.
    pub(super) fn is_whole(
        &self,
        page: &Page,
        paragraph: &Span,
        candidate: &Candidate,
        owner: usize,
    ) -> bool {
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
            || entity.kind.is_person() && longer::is_part_of_name(text, span, is_own);
        let part_of_body = || {
            !matches!(entity.kind, EntityKind::Judge | EntityKind::Person | EntityKind::Place)
                && longer::begins_longer_name(text, span, class_is(Class::is_strong))
        };
        // A full name in Latin letters and a sure acronym say their country, unless other states
        // have bodies of that name; Urdu and doubtful forms do not say it.
        let foreign = || {
            let says =
                class_is(|class| matches!(class, Class::Alias | Class::Acronym)) && !entity.shared;
            (entity.shared || matches!(entity.kind, EntityKind::Court | EntityKind::Agency))
                && !says
                && !country::names_foreign(&entity.name)
                && (country::is_foreign(text, span)
                    || self.is_abroad() && !self.present.contains(&owner)
                    || entity.shared && !self.is_home_near(text, span))
        };
        let party = || entity.kind == EntityKind::Place && longer::is_party(text, span);
        let invited = || {
            matches!(entity.kind, EntityKind::Company | EntityKind::System | EntityKind::Outlet)
                && chrome::is_invitation(text, paragraph, span)
        };
        let credit =
            || entity.kind == EntityKind::Outlet && chrome::is_credit(text, paragraph, span);
        let is_other = part_of_person()
            || part_of_body()
            || foreign()
            || party()
            || credit()
            || invited()
            || chrome::is_in_headline(text, span)
            || chrome::is_in_address(text, span);
        !is_other
    }

    /// Returns how often the document names Pakistan, and how often other countries.
    fn countries(&self) -> (usize, usize) {
        *self
            .countries
            .get_or_init(|| country::countries(self.pages.iter().map(|page| page.text.as_str())))
    }

    /// Tells whether the document is about other countries alone: its سپریم کورٹ is not ours.
    fn is_abroad(&self) -> bool {
        let (home, foreign) = self.countries();
        home == 0 && foreign > 0
    }

    /// Tells whether the document is of Pakistan, of no country that it names, or speaks of Pakistan
    /// around `span`.
    fn is_home_near(&self, text: &str, span: &Span) -> bool {
        let (home, foreign) = self.countries();
        home >= foreign || country::is_home_near(text, span)
    }

    /// Tells whether the document is of Pakistan: what only needs that context has it everywhere.
    pub(super) fn is_at_home(&self) -> bool {
        let (home, foreign) = self.countries();
        home > 0 && home >= foreign
    }

    pub(super) fn judge(
        &self,
        passage: &Passage<'_>,
        candidate: &Candidate,
        in_doubtful: bool,
    ) -> Verdict {
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
        let text = &passage.page.text;
        if is_beside_digit(text, &candidate.span, form) || urdu::is_in_run(text, &candidate.span) {
            return Err(Against);
        }
        if class == Class::Defined {
            let bound = self.present.contains(&owner) && !self.has_rival(owner, form);
            return Ok(bound.then_some(Support::Name));
        }
        let span = &candidate.span;
        let contexts = &self.gazetteer.matcher().contexts;
        // `told PTI's Asad Qaiser`: words around the form say nothing of it where it is a possessive.
        let around = |at: &Span| at.start <= span.start && span.end <= at.end;
        let is_owner = text
            .get(span.end..)
            .is_some_and(|rest| rest.starts_with("'s") || rest.starts_with("’s"));
        let nearest = |is_asked: &dyn Fn(usize) -> bool| {
            passage
                .contexts
                .near(span, evidence::WIDE_BYTES)
                .filter(|(context, at)| is_asked(*context) && at != span)
                .filter(|(_, at)| !(is_owner && around(at)))
                .filter_map(|(_, at)| evidence::near(text, span, at))
                .min()
        };
        let against = nearest(&|context| contexts[context].against.contains(&owner));
        let needed = |context: usize| contexts[context].needed_by.contains(&owner);
        let named = self.gazetteer.matcher().named_for(owner);
        let word = nearest(&needed);
        let name = passage
            .strong_by_place
            .near(span, evidence::WIDE_BYTES)
            .filter(|(entity, _)| *entity == owner || named.contains(entity))
            .filter_map(|(_, at)| evidence::near(text, span, at))
            .min();
        let support = [word, name].into_iter().flatten().min();
        if let Some(against) = against
            && support.is_none_or(|support| against <= support)
        {
            return Err(Against);
        }
        let here = passage.contexts.near(span, 0).any(|(context, at)| {
            // A bracket alone says less: `(PTI)` is a dateline, or a party after its name.
            needed(*context)
                && around(at)
                && at != span
                && !is_owner
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
        let key = (owner, form.to_owned());
        if let Some(&known) = self.rivals.borrow().get(&key) {
            return known;
        }
        let found = self.find_rival(owner, form);
        self.rivals.borrow_mut().insert(key, found);
        found
    }

    fn find_rival(&self, owner: usize, form: &str) -> bool {
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

/// Tells whether a two-letter acronym stands at a number, as the `SC` of a law report does.
fn is_beside_digit(text: &str, span: &Span, form: &str) -> bool {
    if form.len() != 2 {
        return false;
    }
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    before.ends_with(|c: char| c.is_numeric()) || after.starts_with(|c: char| c.is_numeric())
}
