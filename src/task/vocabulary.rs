//! What the query parser asks of others, answered from gazetteer, store, lists and index.

use std::collections::BTreeSet;

use crate::engine::Engine;
use crate::entity::Resolved;
use crate::model::{SourceId, court};
use crate::query::{self, FoundName, FoundReference, Lookup, Vocabulary, suggest_near};
use crate::refs;
use crate::text::fold;

use super::{Desk, DocError, Knowledge, TaskError};

/// The vocabulary of an open workspace.
pub(super) struct DeskVocabulary<'a> {
    pub(super) desk: &'a Desk,
    pub(super) engine: &'a dyn Engine,
}

impl Knowledge {
    /// Returns the gazetteer's id of a judge, or the folded name where it has no such person.
    pub(super) fn judge_id(&self, name: &str) -> String {
        let plain = plain_judge(name);
        match self.gazetteer.resolve(&plain) {
            Resolved::One(id) => id,
            _ => fold(&plain),
        }
    }
}

/// Returns a judge's name without what stands around it (`Justice`, `, J.`, `Mr.`).
fn plain_judge(name: &str) -> String {
    let mut plain = name.trim();
    for before in ["Hon'ble ", "Mr. ", "Mr ", "Mrs. ", "Ms. ", "Justice ", "Chief Justice "] {
        plain = plain.strip_prefix(before).unwrap_or(plain).trim_start();
    }
    for after in [", CJ", ", C.J.", ", J.", ", J", " J.", " JJ."] {
        plain = plain.strip_suffix(after).unwrap_or(plain).trim_end();
    }
    plain.to_owned()
}

fn lookup(resolved: Resolved) -> Lookup<String> {
    match resolved {
        Resolved::One(id) => Lookup::One(id),
        Resolved::Ambiguous(ids) => Lookup::Ambiguous(ids),
        Resolved::Unknown { near } => Lookup::Unknown(near),
    }
}

impl Vocabulary for DeskVocabulary<'_> {
    fn tag(&self, name: &str) -> Lookup<String> {
        lookup(self.desk.knowledge.gazetteer.resolve(name))
    }

    fn children(&self, id: &str) -> Vec<String> {
        self.desk.knowledge.gazetteer.children(id).into_iter().map(str::to_owned).collect()
    }

    fn court(&self, name: &str) -> Lookup<String> {
        let wanted = fold(name);
        let known = court::COURTS.iter().find(|court| {
            court.id == name || fold(court.name) == wanted || fold(court.report_name) == wanted
        });
        if let Some(court) = known {
            return Lookup::One(court.id.to_owned());
        }
        match self.desk.knowledge.gazetteer.resolve(name) {
            Resolved::One(id) => Lookup::One(id),
            Resolved::Ambiguous(ids) => Lookup::Ambiguous(ids),
            Resolved::Unknown { .. } => {
                let ids: Vec<&str> = court::COURTS.iter().map(|court| court.id).collect();
                let near = suggest_near(name, ids).into_iter().map(str::to_owned);
                Lookup::Unknown(near.collect())
            }
        }
    }

    fn judge(&self, name: &str) -> Lookup<String> {
        match self.desk.knowledge.gazetteer.resolve(&plain_judge(name)) {
            Resolved::Ambiguous(ids) => Lookup::Ambiguous(ids),
            // The index keeps the folded name of a judge that the gazetteer does not have.
            _ => Lookup::One(self.desk.knowledge.judge_id(name)),
        }
    }

    fn list(&self, name: &str) -> Lookup<Vec<SourceId>> {
        match self.desk.workspace.list(name) {
            Ok(list) => Lookup::One(list.entries.into_iter().map(|entry| entry.id).collect()),
            Err(_) => {
                let names = self.desk.workspace.list_names().unwrap_or_default();
                let near = suggest_near(name, names.iter().map(String::as_str));
                Lookup::Unknown(near.into_iter().map(str::to_owned).collect())
            }
        }
    }

    fn doc(&self, name: &str) -> Lookup<SourceId> {
        match self.desk.doc(name) {
            Ok(source) => Lookup::One(source.id),
            Err(TaskError::Doc(DocError::Ambiguous { candidates, .. })) => {
                Lookup::Ambiguous(candidates)
            }
            Err(TaskError::Doc(DocError::Unknown { near, .. })) => Lookup::Unknown(near),
            Err(_) => Lookup::Unknown(Vec::new()),
        }
    }

    fn cited_as(&self, doc: &SourceId) -> Vec<String> {
        let Ok(Some(source)) = self.desk.store.source_by_id(*doc) else { return Vec::new() };
        let mut ids = self.desk.own_ids(&source).unwrap_or_default();
        ids = ids.iter().flat_map(|id| refs::lookups(id)).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn reference_at(&self, text: &str, start: usize) -> Option<FoundReference> {
        let parsed = refs::parse_at(text, start, &self.desk.knowledge.tables)?;
        let unknown_court = parsed.ids.iter().any(|id| id.contains("/_/"));
        let note = unknown_court.then(|| {
            let shown = parsed.ids.iter().map(|id| refs::display(id, &self.desk.knowledge.tables));
            format!("case {} of any court", shown.collect::<Vec<_>>().join(", "))
        });
        let mut ids: Vec<String> = parsed.ids.iter().flat_map(|id| refs::lookups(id)).collect();
        let mut seen = BTreeSet::new();
        ids.retain(|id| seen.insert(id.clone()));
        Some(FoundReference { ids, end: parsed.span.end, note })
    }

    fn name_forms(&self, words: &[&str]) -> Option<FoundName> {
        // The longest run of words that is a name; blanks inside do not count.
        for n_words in (1..=words.len().min(8)).rev() {
            let typed = words.get(..n_words)?.join(" ");
            if typed.chars().count() < 3 {
                continue;
            }
            let Resolved::One(id) = self.desk.knowledge.gazetteer.resolve(&typed) else { continue };
            let entity = self.desk.knowledge.gazetteer.get(&id)?;
            let squeezed = |text: &str| fold(text).replace(' ', "");
            let here = squeezed(&typed);
            // A form that is a name only in context would find every other meaning, too:
            // `the authority` for the PTA, `sc`, `imran`.
            // Capitals are as good as a name, `PTA` and `S.R.O.`, unless they are two.
            let is_capitals = |form: &&String| {
                let letters: Vec<char> = form.chars().filter(|c| *c != '.').collect();
                letters.len() > 2 && letters.iter().all(char::is_ascii_uppercase)
            };
            let forms = std::iter::once(&entity.name)
                .chain(&entity.aliases)
                .chain(entity.acronyms.iter().chain(&entity.weak).filter(is_capitals))
                .chain(&entity.urdu_seen)
                .chain(&entity.urdu_memory);
            // The same letters with other blanks are another form; they come first.
            let mut seen = BTreeSet::from([fold(&typed)]);
            let mut forms: Vec<String> =
                forms.filter(|form| seen.insert(fold(form))).cloned().collect();
            forms.sort_by_key(|form| squeezed(form) != here);
            return Some(FoundName {
                n_words,
                is_spelled: query::are_letter_names(words.get(..n_words)?),
                name: entity.name.clone(),
                forms,
            });
        }
        None
    }

    fn is_word(&self, token: &str) -> bool {
        self.engine.word_passages(token).is_ok_and(|n| n > 0)
    }
}
