//! Entities of whole documents: how often each stands on each page.
//!
//! `mentions-files.tsv` (`file`, `first_page`, `last_page`) says what was read. Columns of
//! `labels-mentions.tsv`: `file`, `page`, `id`, `text` as printed, `count`, `note`; a row with `?`
//! in its note is not judged either way. `labels-traps.tsv` (`file`, `page`, `text`, `why`) names
//! words that are no mention, or not of what they seem: they are printed where they are tagged, for
//! the same words may stand on the page as a mention too, and then the counts decide.
//! `unasked.tsv` (`id`) names entities that joined the gazetteer after the reading: nobody looked for
//! them, and they are not judged.

use std::collections::BTreeMap;

use super::{Labels, Tally, letters};
use misl::task::Knowledge;

/// The share of printed mentions that is found, and of found mentions that are printed.
const RECALL: f64 = 0.97;
const PRECISION: f64 = 0.99;

#[test]
fn mentions_are_those_of_the_pages() {
    let Some(labels) = Labels::open("labels-mentions.tsv") else { return };
    let Some(files) = Labels::open("mentions-files.tsv") else { return };
    let traps = Labels::open("labels-traps.tsv");
    let unasked = Labels::open("unasked.tsv");
    let is_unasked =
        |id: &str| unasked.iter().flat_map(|table| &table.rows).any(|row| row["id"] == id);
    let knowledge = Knowledge::builtin().unwrap();
    let mut by_kind: BTreeMap<&str, (Tally, Tally)> = BTreeMap::new();
    let mut unknown = Vec::new();
    let mut trapped = Tally::default();
    for row in &files.rows {
        let file = row["file"].as_str();
        let read = row["first_page"].parse::<u32>().unwrap()..=row["last_page"].parse().unwrap();
        let mut printed: BTreeMap<(u32, &str), (usize, usize, String)> = BTreeMap::new();
        for row in labels.rows.iter().filter(|row| row["file"] == file) {
            let (page, id) = (row["page"].parse().unwrap(), row["id"].as_str());
            if knowledge.gazetteer.get(id).is_none() || is_unasked(id) {
                // A reader may name what the gazetteer lacks: that is no miss of the tagger.
                unknown.push(format!("{file} p. {page}: {id} `{}`", row["text"]));
                continue;
            }
            let (sure, unsure, text) = printed.entry((page, id)).or_default();
            let is_unsure = row.get("note").is_some_and(|note| note.contains('?'));
            *if is_unsure { unsure } else { sure } += row["count"].parse::<usize>().unwrap();
            text.push_str(&format!("{} ×{} ", row["text"], row["count"]));
        }
        let understood = labels.understand(file, &knowledge);
        let mut found: BTreeMap<(u32, &str), Vec<String>> = BTreeMap::new();
        for mention in &understood.mentions {
            let number = mention.page.get();
            if read.contains(&number) && !is_unasked(&mention.entity) {
                let page = understood.pages.iter().find(|page| page.number == mention.page);
                let text = page.and_then(|page| page.text.get(mention.span.clone()));
                let text = text.unwrap_or_default().replace('\n', " ");
                found.entry((number, &mention.entity)).or_default().push(text);
            }
        }
        let mut keys: Vec<(u32, &str)> = printed.keys().chain(found.keys()).copied().collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let (page, id) = key;
            let kind = knowledge.gazetteer.get(id).map_or("unknown", |entity| entity.kind.name());
            let (recall, precision) = by_kind.entry(kind).or_default();
            let (sure, unsure, text) = printed.remove(&key).unwrap_or_default();
            let tagged = found.remove(&key).unwrap_or_default();
            let right = tagged.len().min(sure);
            recall.n_right += right;
            precision.n_right += right;
            for _ in right..sure {
                recall.add(false, || format!("{file} p. {page}: {id}: {text}; found {tagged:?}"));
            }
            for _ in right + unsure..tagged.len() {
                precision.add(false, || format!("{file} p. {page}: {id}: {tagged:?}; {text}"));
            }
        }
        for trap in traps.iter().flat_map(|table| &table.rows).filter(|row| row["file"] == file) {
            let page: u32 = trap["page"].parse().unwrap_or_default();
            let hits = understood.mentions.iter().filter(|mention| {
                let text = understood.pages.iter().find(|one| one.number == mention.page);
                let text = text.and_then(|one| one.text.get(mention.span.clone()));
                mention.page.get() == page
                    && !is_unasked(&mention.entity)
                    && letters(text.unwrap_or_default()) == letters(&trap["text"])
            });
            let hits: Vec<&str> = hits.map(|mention| mention.entity.as_str()).collect();
            trapped.add(hits.is_empty(), || {
                format!("{file} p. {page}: `{}` is {hits:?}; {}", trap["text"], trap["why"])
            });
        }
    }
    let (mut recall, mut precision) = (Tally::default(), Tally::default());
    for (kind, (found, right)) in by_kind {
        found.print(&format!("{kind}, found"));
        right.print(&format!("{kind}, right"));
        recall.take(found);
        precision.take(right);
    }
    trapped.print("traps that are not tagged anywhere on their page");
    println!("labels of what the gazetteer lacks, not judged: {}", unknown.len());
    for unknown in unknown {
        println!("    {unknown}");
    }
    recall.print_share("all kinds, found");
    precision.print_share("all kinds, right");
    assert!(recall.share() >= RECALL, "recall {:.3}", recall.share());
    assert!(precision.share() >= PRECISION, "precision {:.3}", precision.share());
}
