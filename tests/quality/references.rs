//! Legal references of whole documents, page by page and family by family.
//!
//! Columns of `labels-refs.tsv`: `file`, `page`, `family` (a name of `RefKind`), `text` as printed,
//! `id`, the normal form. A document without references has one line of family `none`.
//! References without a normal form (`ibid.` of something that is no reference) are not asked for.

use std::collections::BTreeMap;

use super::{Labels, Tally};
use misl::task::Knowledge;

/// The share of printed references that is found, and of found references that are printed.
const RECALL: f64 = 0.95;
const PRECISION: f64 = 0.98;

#[test]
fn references_are_those_of_the_pages() {
    let Some(labels) = Labels::open("labels-refs.tsv") else { return };
    let knowledge = Knowledge::builtin().unwrap();
    let mut by_file: BTreeMap<&str, Vec<(u32, &str, &str)>> = BTreeMap::new();
    for row in &labels.rows {
        let references = by_file.entry(row["file"].as_str()).or_default();
        if row["family"] != "none" {
            let page = row["page"].parse().unwrap();
            references.push((page, row["id"].as_str(), row["family"].as_str()));
        }
    }
    let mut recall: BTreeMap<String, Tally> = BTreeMap::new();
    let mut precision: BTreeMap<String, Tally> = BTreeMap::new();
    for (file, mut printed) in by_file {
        for reference in labels.understand(file, &knowledge).references {
            if reference.id.is_empty() {
                continue;
            }
            let page = reference.page.get();
            let at = printed.iter().position(|(p, id, _)| *p == page && *id == reference.id);
            // The family is the label's where there is one: a resolved `supra` counts as such.
            let family = at.map_or(reference.kind.name(), |at| printed[at].2).to_owned();
            precision
                .entry(family.clone())
                .or_default()
                .add(at.is_some(), || format!("{file} p. {page}: {}", reference.id));
            if let Some(at) = at {
                printed.remove(at);
                recall.entry(family).or_default().n_right += 1;
            }
        }
        for (page, id, family) in printed {
            let tally = recall.entry(family.to_owned()).or_default();
            tally.add(false, || format!("{file} p. {page}: {id}"));
        }
    }
    let (recall, precision) = (whole(recall, "found"), whole(precision, "right"));
    assert!(recall >= RECALL, "recall {recall:.3}");
    assert!(precision >= PRECISION, "precision {precision:.3}");
}

/// Prints the figures of each family and of all, and returns the share of all.
fn whole(families: BTreeMap<String, Tally>, what: &str) -> f64 {
    let mut all = Tally::default();
    for (family, tally) in families {
        tally.print(&format!("{family}, {what}"));
        all.n_right += tally.n_right;
        all.wrong.extend(tally.wrong);
    }
    println!("all families, {what}: {:.1} %", all.share() * 100.0);
    all.share()
}
