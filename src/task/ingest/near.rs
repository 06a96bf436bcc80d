//! Which documents are near copies of each other: an order, its copy in an annex, in a newspaper.
//!
//! Sketches that share a band are compared word by word, once; what is alike enough makes a group.
//! Papers that a court means as different ones are never grouped, however alike their words are:
//! orders of different days or with different case numbers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::Record;
use crate::store::{DocNumber, Store};
use crate::task::TaskError;
use crate::task::understand::body_words;
use crate::text::runs::{COPY_WORDS, Sketch, alike, as_set, runs};

/// From here on two texts are near copies.
const ALIKE: f64 = 0.8;

/// Pairs whose sketches are less alike are not compared word by word.
const WORTH_A_LOOK: f64 = 0.6;

/// So many texts are held while pairs are compared.
const HELD: usize = 64;

/// The change of the store up to which groups are settled.
const SETTLED: &str = "near_settled";

/// Brings the groups of near copies up to the store. Does nothing where nothing changed.
pub(super) fn settle(store: &Store) -> Result<(), TaskError> {
    if store.meta(SETTLED)? == Some(store.last_seq()?.to_string()) {
        return Ok(());
    }
    warn_of_same_texts(store)?;
    let last = store.last_seq()?.to_string();
    let batch = store.batch()?;
    let mut texts = Texts { store, held: BTreeMap::new() };
    let mut sketches: Vec<(DocNumber, Sketch)> = Vec::new();
    for (docn, bytes) in store.sketches()? {
        let bytes = match bytes {
            Some(bytes) => bytes,
            None => {
                let made = Sketch::of(texts.runs(docn)?).map(|sketch| sketch.to_bytes());
                let made = made.unwrap_or_default();
                batch.put_sketch(docn, &made)?;
                made
            }
        };
        sketches.extend(Sketch::from_bytes(&bytes).map(|sketch| (docn, sketch)));
    }
    let mut known = store.near_pairs()?;
    for (one, other) in candidates(&sketches) {
        let ((a, a_sketch), (b, b_sketch)) = (one, other);
        if known.contains_key(&(*a, *b)) || a_sketch.guess(b_sketch) < WORTH_A_LOOK {
            continue;
        }
        let first = texts.runs(*a)?.clone();
        let alike = alike(&first, texts.runs(*b)?);
        batch.put_near_pair((*a, *b), alike)?;
        known.insert((*a, *b), alike);
    }
    let searchable: BTreeSet<DocNumber> = store.searchable()?.into_iter().collect();
    let near: Vec<(DocNumber, DocNumber)> = known
        .into_iter()
        .filter(|((a, b), alike)| {
            *alike >= ALIKE && searchable.contains(a) && searchable.contains(b)
        })
        .map(|(pair, _)| pair)
        .collect();
    batch.put_near_copies(&groups(store, &near)?)?;
    batch.put_meta(SETTLED, &last)?;
    batch.commit()?;
    Ok(())
}

/// Warns of contents whose words are all those of another one: both are cited, and who cites one
/// should know of the other.
fn warn_of_same_texts(store: &Store) -> Result<(), TaskError> {
    let mut warned = store.same_text_warnings()?;
    let mut batch = store.batch()?;
    for group in store.same_texts()? {
        for &docn in &group {
            let Some(&other) = group.iter().find(|other| **other != docn) else { continue };
            let path = store.paths_of(other)?.into_iter().next().map(|row| row.path);
            let path = path.unwrap_or_default();
            if warned.remove(&docn).as_ref() != Some(&path) {
                batch.put_same_text(docn, Some(&path))?;
            }
        }
    }
    for docn in warned.into_keys() {
        batch.put_same_text(docn, None)?;
    }
    batch.commit()?;
    Ok(())
}

/// The runs of texts, the last few of them held.
struct Texts<'a> {
    store: &'a Store,
    held: BTreeMap<DocNumber, Vec<u64>>,
}

impl Texts<'_> {
    fn runs(&mut self, docn: DocNumber) -> Result<&Vec<u64>, TaskError> {
        if !self.held.contains_key(&docn) {
            if self.held.len() >= HELD {
                // Documents come in order: the smallest number is the one left longest ago.
                self.held.pop_first();
            }
            let words = body_words(&self.store.pages(docn)?);
            self.held.insert(docn, as_set(runs(words.iter().map(String::as_str), COPY_WORDS)));
        }
        Ok(self.held.entry(docn).or_default())
    }
}

type Sketched = (DocNumber, Sketch);

/// Returns the pairs that share a band, in order.
///
/// Of many texts in one band each is paired with the first and with the one before it, not with
/// all: a thousand copies are one group by a thousand pairs.
fn candidates(sketches: &[Sketched]) -> Vec<(&Sketched, &Sketched)> {
    let mut seen: HashMap<(usize, u64), (usize, usize)> = HashMap::new();
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (at, (_, sketch)) in sketches.iter().enumerate() {
        for band in sketch.bands().into_iter().enumerate() {
            match seen.get_mut(&band) {
                Some((first, last)) => {
                    pairs.insert((*first, at));
                    pairs.insert((*last, at));
                    *last = at;
                }
                None => {
                    seen.insert(band, (at, at));
                }
            }
        }
    }
    pairs.into_iter().filter_map(|(a, b)| Some((sketches.get(a)?, sketches.get(b)?))).collect()
}

/// Joins pairs into groups, each named by its smallest number; papers that are different ones
/// stay apart.
fn groups(
    store: &Store,
    pairs: &[(DocNumber, DocNumber)],
) -> Result<BTreeMap<DocNumber, DocNumber>, TaskError> {
    let mut records: BTreeMap<DocNumber, Record> = BTreeMap::new();
    let mut above: BTreeMap<DocNumber, DocNumber> = BTreeMap::new();
    for &(a, b) in pairs {
        let (first, second) = (name_of(&above, a), name_of(&above, b));
        for docn in [a, b, first, second] {
            if !records.contains_key(&docn)
                && let Some(source) = store.source(docn)?
            {
                records.insert(docn, source.merged());
            }
        }
        let are_apart = |one: DocNumber, other: DocNumber| {
            let records = records.get(&one).zip(records.get(&other));
            records.is_none_or(|(one, other)| are_different_papers(one, other))
        };
        // Each stands for itself, and the first of a group for the group.
        if [a, first].iter().all(|one| [b, second].iter().all(|other| !are_apart(*one, *other))) {
            let name = first.min(second);
            for docn in [a, b, first, second] {
                above.insert(docn, name);
            }
        }
    }
    Ok(above.keys().map(|&docn| (docn, name_of(&above, docn))).collect())
}

/// Returns the first document of the group that `docn` is in.
fn name_of(above: &BTreeMap<DocNumber, DocNumber>, docn: DocNumber) -> DocNumber {
    let mut name = docn;
    // Every step leads to a smaller number.
    while let Some(&next) = above.get(&name).filter(|next| **next < name) {
        name = next;
    }
    name
}

/// Tells whether a court means two papers as different ones: decisions of different days, or with
/// no case number in common.
fn are_different_papers(one: &Record, other: &Record) -> bool {
    let is_case = |record: &Record| record.kind.as_ref().is_some_and(|kind| kind.value.is_case());
    if !is_case(one) || !is_case(other) {
        return false;
    }
    let date = |record: &Record| record.main_date().map(|date| date.value.value);
    if let (Some(one), Some(other)) = (date(one), date(other))
        && one != other
    {
        return true;
    }
    // `W.P. No. 1805/2023` and `Writ Petition No.1805 of 2023` have the same figures.
    let numbers = |record: &Record| -> BTreeSet<Vec<String>> {
        let printed = record.numbers.iter().map(|number| figures(&number.value));
        printed.filter(|figures| !figures.is_empty()).collect()
    };
    let (ones, others) = (numbers(one), numbers(other));
    !ones.is_empty() && !others.is_empty() && ones.is_disjoint(&others)
}

/// Returns the figures of a number, without leading zeros.
fn figures(printed: &str) -> Vec<String> {
    printed
        .split(|c: char| !c.is_ascii_digit())
        .map(|figures| figures.trim_start_matches('0').to_owned())
        .filter(|figures| !figures.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::{DateRole, Origin, RoleDate};
    use crate::model::{Kind, Valued};

    fn order(number: &str, date: &str) -> Record {
        let value = RoleDate { role: DateRole::Order, value: date.parse().unwrap() };
        Record {
            kind: Some(Valued::new(Kind::Order, Origin::Derived)),
            numbers: vec![Valued::new(number.to_owned(), Origin::Derived)],
            dates: vec![Valued::new(value, Origin::Derived)],
            ..Record::default()
        }
    }

    #[test]
    fn orders_of_other_days_and_cases_are_other_papers() {
        let first = order("W.P. No. 1805/2023", "2024-06-25");
        let same = order("Writ Petition No.1805 of 2023", "2024-06-25");
        assert!(!are_different_papers(&first, &same));
        assert!(are_different_papers(&first, &order("W.P. No. 1805/2023", "2024-06-26")));
        assert!(are_different_papers(&first, &order("W.P. No. 1806/2023", "2024-06-25")));
        let news =
            Record { kind: Some(Valued::new(Kind::News, Origin::Derived)), ..Record::default() };
        assert!(!are_different_papers(&first, &news));
    }

    #[test]
    fn figures_of_numbers() {
        assert_eq!(figures("W.P.No.01805/2023"), ["1805", "2023"]);
        assert_eq!(figures("no number"), [""; 0]);
    }

    #[test]
    fn many_in_one_band_make_few_pairs() {
        let words: Vec<String> = (0..300).map(|at| format!("w{at}")).collect();
        let runs = as_set(runs(words.iter().map(String::as_str), COPY_WORDS));
        let sketch = Sketch::of(&runs).unwrap();
        let sketches: Vec<Sketched> = (1..=100).map(|docn| (docn, sketch.clone())).collect();
        let pairs = candidates(&sketches);
        assert!(pairs.len() < 200, "{}", pairs.len());
        assert!((2..=100).all(|docn| pairs.iter().any(|(_, other)| other.0 == docn)));
    }
}
