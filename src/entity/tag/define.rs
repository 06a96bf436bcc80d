//! What a document itself says that a form means.

use std::collections::{BTreeMap, BTreeSet};

use super::{Candidate, Document, Meaning, Passage};
use crate::entity::evidence::{self, Definition};

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
}
