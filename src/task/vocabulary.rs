//! What the query parser asks of others, answered from gazetteer, store, lists and index.

use std::collections::BTreeSet;

use crate::engine::{Engine, FacetField, Want};
use crate::entity::{EntityKind, Resolved};
use crate::model::{Lang, SourceId, court};
use crate::query::tree::{Node, NodeKind, Tree};
use crate::query::{self, FoundName, FoundReference, Lookup, Vocabulary, suggest_near};
use crate::refs;
use crate::text::{analyse, fold};

use super::{Desk, DocError, Knowledge, TaskError};

/// How many of the values that a name may mean are listed.
const MOST_CANDIDATES: usize = 8;

/// The vocabulary of an open workspace.
pub(super) struct DeskVocabulary<'a> {
    pub(super) desk: &'a Desk,
    pub(super) engine: &'a dyn Engine,
}

impl Knowledge {
    /// Returns the gazetteer's id of a judge, or the folded name where it has no such person.
    pub(super) fn judge_id(&self, name: &str) -> String {
        let plain = plain_judge(name);
        self.gazetteer.one(&plain).unwrap_or_else(|| fold(&plain))
    }
}

impl Knowledge {
    /// Returns the id of a court by its name; the name itself where it has none. People write
    /// `court: Lahore High Court` at the head of a file.
    pub(super) fn court_id(&self, name: &str) -> String {
        let wanted = fold(name);
        let known = court::COURTS.iter().find(|court| {
            court.id == name || fold(court.name) == wanted || fold(court.report_name) == wanted
        });
        if let Some(court) = known {
            return court.id.to_owned();
        }
        let is_court =
            |id: &String| self.gazetteer.get(id).is_some_and(|one| one.kind == EntityKind::Court);
        self.gazetteer.one(name).filter(is_court).unwrap_or_else(|| name.to_owned())
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

impl DeskVocabulary<'_> {
    /// Returns the entities of these kinds that a name may mean; `None`: it means none of them.
    fn of_kind(&self, name: &str, kinds: &[EntityKind]) -> Option<Lookup<String>> {
        let gazetteer = &self.desk.knowledge.gazetteer;
        let is_one = |id: &String| gazetteer.get(id).is_some_and(|one| kinds.contains(&one.kind));
        match gazetteer.resolve(name) {
            Resolved::One(id) => is_one(&id).then_some(Lookup::One(id)),
            Resolved::Ambiguous(mut ids) => {
                ids.retain(is_one);
                match ids.as_slice() {
                    [] => None,
                    [only] => Some(Lookup::One(only.clone())),
                    _ => Some(Lookup::Ambiguous(ids)),
                }
            }
            Resolved::Unknown { .. } => None,
        }
    }

    /// Looks a name up among the values that documents of the corpus have, by all of it or by some
    /// of its words; `others` are values that may be meant, too.
    fn among<'n>(
        &self,
        name: &str,
        field: FacetField,
        others: impl IntoIterator<Item = &'n str>,
    ) -> Lookup<String> {
        let wanted = words(name);
        // Value, and the words of what it is called.
        let values: Vec<(String, Vec<String>)> = self
            .values(field)
            .into_iter()
            .map(|value| {
                let entity = self.desk.knowledge.gazetteer.get(&value);
                let words = words(entity.map_or(value.as_str(), |entity| &entity.name));
                (value, words)
            })
            .collect();
        let named = |test: &dyn Fn(&[String]) -> bool| -> Vec<String> {
            let those = values.iter().filter(|(_, words)| test(words));
            those.map(|(value, _)| value.clone()).collect()
        };
        if let Some((value, _)) = values.iter().find(|(value, own)| value == name || *own == wanted)
        {
            return Lookup::One(value.clone());
        }
        if wanted.is_empty() {
            return Lookup::Unknown(Vec::new());
        }
        let mut found = named(&|own| wanted.iter().all(|word| own.contains(word)));
        match found.len() {
            1 => return Lookup::One(found.remove(0)),
            2.. => {
                found.truncate(MOST_CANDIDATES);
                return Lookup::Ambiguous(found);
            }
            0 => {}
        }
        let mut near: Vec<(usize, String)> = values
            .into_iter()
            .filter_map(|(value, own)| Some((distance(&wanted, &own)?, value)))
            .collect();
        near.sort();
        let best = near.first().map_or(0, |(cost, _)| *cost);
        near.retain(|(cost, _)| *cost == best);
        let mut near: Vec<String> = near.into_iter().take(3).map(|(_, value)| value).collect();
        if near.is_empty() {
            near = suggest_near(name, others).into_iter().map(str::to_owned).collect();
        }
        Lookup::Unknown(near)
    }

    /// Returns every value that documents have in a field, the most frequent first.
    fn values(&self, field: FacetField) -> Vec<String> {
        let tree = Tree { root: Node::new(0..0, NodeKind::All) };
        let fields = [field];
        let want = Want { limit: 0, facets: &fields, facet_limit: usize::MAX, ..Want::default() };
        // Without an index there are no values.
        let answer = self.engine.search(&tree, &want).unwrap_or_default();
        let values = answer.facets.into_iter().flat_map(|facet| facet.values);
        values.map(|value| value.value).collect()
    }
}

/// Returns how far the words of a name are from the nearest words of another; `None`: too far.
fn distance(wanted: &[String], own: &[String]) -> Option<usize> {
    let nearest = |word: &String| {
        let most = if word.chars().count() < 8 { 1 } else { 2 };
        let costs = own.iter().filter_map(|one| {
            let alike = query::sounds_alike(word, one).then_some(1);
            query::edits(word, one, most).or(alike)
        });
        costs.min()
    };
    wanted.iter().map(nearest).sum()
}

/// Returns the folded words of a name.
fn words(name: &str) -> Vec<String> {
    analyse(name, Lang::En).iter().map(|token| token.exact.to_owned()).collect()
}

impl Vocabulary for DeskVocabulary<'_> {
    fn tag(&self, name: &str) -> Lookup<String> {
        lookup(self.desk.knowledge.gazetteer.resolve(name))
    }

    fn is_name(&self, name: &str) -> bool {
        self.desk.knowledge.gazetteer.one(name).is_some()
    }

    fn children(&self, id: &str) -> Vec<String> {
        self.desk.knowledge.gazetteer.children(id).into_iter().map(str::to_owned).collect()
    }

    fn court(&self, name: &str) -> Lookup<String> {
        let id = self.desk.knowledge.court_id(name);
        if court::by_id(&id).is_some() {
            return Lookup::One(id);
        }
        match self.of_kind(name, &[EntityKind::Court]) {
            Some(found) => found,
            None => self.among(name, FacetField::Court, court::COURTS.iter().map(|court| court.id)),
        }
    }

    fn judge(&self, name: &str) -> Lookup<String> {
        let plain = plain_judge(name);
        match self.of_kind(&plain, &[EntityKind::Judge, EntityKind::Person]) {
            Some(found) => found,
            None => self.among(&plain, FacetField::Judge, []),
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

    fn reference_typed(&self, text: &str) -> Option<Vec<String>> {
        let ids = refs::parse_typed(text, &self.desk.knowledge.tables)?;
        Some(ids.iter().flat_map(|id| refs::lookups(id)).collect())
    }

    fn name_forms(&self, words: &[&str]) -> Option<FoundName> {
        // The longest run of words that is a name; blanks inside do not count.
        for n_words in (1..=words.len().min(8)).rev() {
            let typed = words.get(..n_words)?.join(" ");
            if typed.chars().count() < 3 {
                continue;
            }
            let Some(id) = self.desk.knowledge.gazetteer.one(&typed) else { continue };
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
