//! The shipped styles beside citeproc-js: what both print, and how often they agree.
//!
//! `tests/golden/csl/citeproc.tsv` holds what citeproc-js printed for the works of `works.toml`
//! (`tests/quality/citeproc.js` makes it anew); `agreement.tsv` how many strings of each style are
//! the same here. It fails when one is lost, and when one is won but not written down.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::work::tests::work;
use super::super::{Format, Style as Native, format};
use super::*;
use crate::model::RecordInput;

#[derive(serde::Deserialize)]
struct Works {
    work: Vec<RecordInput>,
}

fn works() -> Vec<Work> {
    let text = include_str!("../../../tests/golden/csl/works.toml");
    let works: Works = toml::from_str(text).unwrap();
    works.work.into_iter().zip(1..).map(|(input, byte)| work(byte, input)).collect()
}

fn options() -> Options<'static> {
    Options::new(Native::named("pk").unwrap(), Format::CslJson)
}

#[test]
fn both_are_given_the_same_items() {
    let works = works();
    let keys: Vec<String> = (1..=works.len()).map(|number| format!("w{number:02}")).collect();
    let entries: Vec<Entry<'_>> = works
        .iter()
        .zip(&keys)
        .map(|(work, key)| Entry::new(work, key, Locator::default()))
        .collect();
    let items = String::from_utf8(format(&entries, &options()).unwrap()).unwrap();
    let kept = include_str!("../../../tests/golden/csl/items.json");
    assert!(items == kept, "write this into tests/golden/csl/items.json:\n{items}");
}

/// What both print, without differences of white space.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn agreement_with_citeproc_js() {
    let works = works();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut differences = String::new();
    let styles: BTreeMap<&str, CslStyle> =
        shipped_ids().map(|id| (id, CslStyle::shipped(id).unwrap())).collect();
    for line in include_str!("../../../tests/golden/csl/citeproc.tsv").lines() {
        let mut cells = line.split('\t');
        let (Some(id), Some(key), Some(form), Some(theirs)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let idx: usize = key.trim_start_matches('w').parse().unwrap();
        let (locator, form) = match form {
            "first" => ("p3", CitationForm::First),
            _ => ("", CitationForm::List),
        };
        let locator =
            if locator.is_empty() { Locator::default() } else { locator.parse().unwrap() };
        let entry = Entry::new(&works[idx - 1], key, locator);
        let (style, options) = (&styles[id], options());
        let standing = Standing { number: Some(1), first_note: None };
        let ours = style.cite(&entry, form, standing, &options).unwrap().plain();
        let count = counts.entry(id).or_default();
        count.1 += 1;
        if squeezed(&ours) == squeezed(theirs) {
            count.0 += 1;
        } else {
            writeln!(differences, "{id} {key} {form:?}\n  {ours}\n  {theirs}").unwrap();
        }
    }
    let agreement: String =
        counts.iter().map(|(id, (same, all))| format!("{id}\t{same}\t{all}\n")).collect();
    println!("{differences}");
    let kept = include_str!("../../../tests/golden/csl/agreement.tsv");
    assert!(agreement == kept, "agreement.tsv is now:\n{agreement}\n{differences}");
}
