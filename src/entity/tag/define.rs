//! What a document itself says that a form means.

use std::collections::{BTreeMap, BTreeSet};

use super::{Candidate, Document, Meaning, Passage};
use crate::entity::evidence::{self, Definition};
use crate::entity::forms::Class;

impl Document<'_> {
    /// Notes what the document defines: `Long Form (ACR)`, `ACR (Long Form)`, `(the "Authority")`.
    pub(super) fn read_definitions(&mut self) {
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
        for (form, meant) in self.index_numbers() {
            defined.entry(form).or_default().insert(meant);
        }
        self.defined = defined;
    }

    /// Finds the names that a body's own index numbers give it, `AI Index: ASA 33/009/2006`, where two of
    /// them or more are printed and nothing speaks of what else the letters stand for.
    fn index_numbers(&self) -> Vec<(String, Meaning)> {
        let mut shorts: BTreeSet<(usize, &str)> = BTreeSet::new();
        for candidate in self.passages.iter().flat_map(|passage| &passage.candidates) {
            let forms = candidate.forms.iter();
            let forms = forms.map(|&form| &self.gazetteer.matcher().forms[form as usize]);
            let defined = forms.filter(|form| form.class == Class::Defined);
            shorts.extend(defined.map(|form| (form.owner, form.text.as_str())));
        }
        if shorts.is_empty() {
            return Vec::new();
        }
        // Passages of one page share its text.
        let mut texts: Vec<&str> =
            self.passages.iter().map(|passage| passage.page.text.as_str()).collect();
        texts.dedup_by(|a, b| std::ptr::eq(*a, *b));
        let holds = |word: &str| {
            let word = memchr::memmem::Finder::new(word);
            texts.iter().any(|text| word.find(text.as_bytes()).is_some())
        };
        let numbers = |form: &str| -> usize {
            let opening = format!("{form} Index: ");
            let is_number = |text: &[u8], at: usize| match text.get(at..at + 6) {
                Some([a, b, c, b' ', d, e]) => {
                    [a, b, c].iter().all(|byte| byte.is_ascii_uppercase())
                        && d.is_ascii_digit()
                        && e.is_ascii_digit()
                }
                _ => false,
            };
            let of_text = |text: &&str| {
                let text = text.as_bytes();
                let places = memchr::memmem::find_iter(text, opening.as_bytes());
                places.filter(|at| is_number(text, at + opening.len())).count()
            };
            texts.iter().map(of_text).sum()
        };
        let told = shorts.into_iter().filter(|(_, form)| {
            numbers(form) > 1
                && !holds("rtificial intelligence")
                && !holds("rtificial Intelligence")
        });
        told.map(|(owner, form)| (form.to_owned(), Meaning(Some(owner)))).collect()
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
}
