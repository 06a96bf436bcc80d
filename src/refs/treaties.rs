//! Bare articles of treaties in texts that speak of several: `The Refugee Convention provides in article
//! 33(1)`.

use super::acts::Acts;
use super::items::Item;
use super::report::Reading;
use super::scan::{any_word_back, ws_back};
use super::statute::{Link, Sections};

/// How far before its article a treaty may stand in the same sentence, in bytes.
const IN_SENTENCE: usize = 250;
/// How far before a bare article the last one with its treaty may stand, in bytes.
const SINCE: usize = 600;
/// What a treaty does in an article.
const PROVIDES: &[&str] = &[
    "provides in",
    "provides by",
    "provide in",
    "provided in",
    "states in",
    "requires in",
    "declares in",
    "guarantees in",
    "prohibits in",
    "stipulates in",
    "which in",
];

/// Returns the lists whose sentence says which treaty provides them, with that treaty.
pub(super) fn provided(r: Reading<'_>, acts: &Acts, lists: &[Sections]) -> Vec<(usize, String)> {
    let bare = lists.iter().enumerate();
    let bare = bare.filter(|(_, list)| list.unit == "art" && list.act.is_none() && !list.claimed);
    let said =
        bare.filter(|(_, list)| any_word_back(r.b, ws_back(r.b, list.start), PROVIDES).is_some());
    said.filter_map(|(idx, list)| {
        let mention = acts.before(list.start).and_then(|idx| acts.mentions.get(idx))?;
        let between = r.get(mention.end, list.start);
        let sentence = !between.contains(". ") && !between.contains(['?', ';', '\n']);
        let near = mention.id.contains("/treaty/") && between.len() < IN_SENTENCE && sentence;
        near.then(|| (idx, mention.id.clone()))
    })
    .collect()
}

/// Keeps from other treaties the articles that `provided` gives, and those of the same number that no act
/// has; returns which.
pub(super) fn held(lists: &mut [Sections], provided: &[(usize, String)]) -> Vec<usize> {
    let base = |list: &Sections| list.items.first().map(Item::base);
    let articles = |list: &&Sections| list.unit == "art";
    let mut bases: Vec<u32> =
        provided.iter().filter_map(|(idx, _)| base(lists.get(*idx)?)).collect();
    let known: Vec<u32> =
        lists.iter().filter(articles).filter(|list| list.act.is_some()).filter_map(base).collect();
    bases.retain(|base| !known.contains(base));
    let mut held = Vec::new();
    for (idx, list) in lists.iter_mut().enumerate() {
        let again = list.unit == "art" && base(list).is_some_and(|base| bases.contains(&base));
        let given = provided.iter().any(|(given, _)| *given == idx);
        if (again || given) && list.act.is_none() && !list.claimed {
            list.claimed = true;
            held.push(idx);
        }
    }
    held
}

/// Gives the lists of [`provided`] their treaties, and frees what was [`held`].
pub(super) fn give(lists: &mut [Sections], provided: Vec<(usize, String)>, held: &[usize]) {
    for idx in held {
        if let Some(list) = lists.get_mut(*idx) {
            list.claimed = false;
        }
    }
    for (idx, id) in provided {
        let Some(list) = lists.get_mut(idx) else { continue };
        let whole = list.start..list.end;
        list.act = Some(Link { id, confidence: 0.8, whole, mention: None });
    }
}

/// Gives a bare article that no act of the text had the treaty of the last article close before it:
/// `under Article 13 of the Hague Convention, nor under Article 12`.
pub(super) fn of_last(acts: &Acts, lists: &mut [Sections]) {
    let mut last: Option<(usize, String)> = None;
    for list in lists.iter_mut().filter(|list| list.unit == "art") {
        match &list.act {
            Some(act) => last = Some((act.whole.end.max(list.end), act.id.clone())),
            None if !list.claimed
                && list.items.iter().all(|item| item.base() > 0 && !item.roman) =>
            {
                let near = last.as_ref().filter(|(end, id)| {
                    let named = acts.before(list.start).and_then(|idx| acts.mentions.get(idx));
                    list.start.saturating_sub(*end) < SINCE
                        && id.contains("/treaty/")
                        && named.is_none_or(|mention| mention.end <= *end)
                });
                let whole = list.start..list.end;
                list.act = near.map(|(_, id)| Link {
                    id: id.clone(),
                    confidence: 0.65,
                    whole,
                    mention: None,
                });
            }
            None => {}
        }
    }
}
