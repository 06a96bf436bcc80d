//! Counting: how many of the documents that were found have which value.
//!
//! The values stand on the documents' cards. Languages alone are those of passages: a document
//! counts where the same query, asked with that language, would find it.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

use super::bits::BitSet;
use super::segment::{Record, Segment};
use crate::engine::{Facet, FacetField, FacetValue};
use crate::model::Day;

/// A date known so badly counts in no more years than this.
const MOST_YEARS: u16 = 10;

/// The counts so far.
pub(super) struct Tally {
    fields: Vec<FacetField>,
    counts: BTreeMap<FacetField, BTreeMap<String, u64>>,
}

impl Tally {
    /// Counts nothing yet.
    pub(super) fn new(fields: &[FacetField]) -> Self {
        Self { fields: fields.to_vec(), counts: BTreeMap::new() }
    }

    /// Counts the values of documents of one segment.
    pub(super) fn add_cards(
        &mut self,
        reader: &SegmentReader,
        segment: &Segment,
        docs: &BitSet,
    ) -> tantivy::Result<()> {
        for field in self.fields.clone() {
            let counts = self.counts.entry(field).or_default();
            let name = match field {
                FacetField::Lang => continue,
                FacetField::Year => "",
                FacetField::Tag => "tag",
                FacetField::Court => "court",
                FacetField::Kind => "kind",
                FacetField::Judge => "judge",
                FacetField::Source => "source",
            };
            let values = segment.values(field, || {
                if field == FacetField::Year {
                    return Ok(Values::of_years(segment));
                }
                match reader.fast_fields().str(name)? {
                    Some(column) if field == FacetField::Source => {
                        Values::of_folders(&column, &segment.cards)
                    }
                    Some(column) => Values::of_column(&column, &segment.cards),
                    None => Ok(Values::default()),
                }
            })?;
            values.count(docs, counts);
        }
        Ok(())
    }

    /// Counts the languages of documents: values of the column, each with a number of documents.
    pub(super) fn add_langs(
        &mut self,
        values: Vec<(u64, u64)>,
        column: &StrColumn,
    ) -> tantivy::Result<()> {
        let counts = self.counts.entry(FacetField::Lang).or_default();
        let mut name = String::new();
        for (value, documents) in values {
            if documents > 0 {
                name.clear();
                column.ord_to_str(value, &mut name)?;
                add(counts, &name, documents);
            }
        }
        Ok(())
    }

    /// Returns the facets in the order asked for, each with its `limit` first values.
    pub(super) fn into_facets(mut self, limit: usize) -> Vec<Facet> {
        let fields = std::mem::take(&mut self.fields);
        let facets = fields.into_iter().map(|field| {
            let counts = self.counts.remove(&field).unwrap_or_default();
            let total_values = counts.len() as u64;
            let mut values: Vec<FacetValue> = counts
                .into_iter()
                .map(|(value, documents)| FacetValue { value, documents })
                .collect();
            // Stable: equal counts stay in the order of their values.
            values.sort_by_key(|value| std::cmp::Reverse(value.documents));
            values.truncate(limit);
            Facet { field, values, total_values }
        });
        facets.collect()
    }
}

fn add(counts: &mut BTreeMap<String, u64>, value: &str, documents: u64) {
    match counts.get_mut(value) {
        Some(count) => *count += documents,
        None => {
            counts.insert(value.to_owned(), documents);
        }
    }
}

/// The values of one field of all documents of a segment, ready to be counted.
#[derive(Default)]
pub(super) struct Values {
    names: Vec<String>,
    /// For each document where its values begin in `values`.
    starts: Vec<usize>,
    /// Places in `names`.
    values: Vec<usize>,
}

impl Values {
    /// Takes up one document after the other, each with its values.
    fn collect(names: Vec<String>, documents: impl Iterator<Item = Vec<usize>>) -> Self {
        let mut all = Self { names, starts: Vec::new(), values: Vec::new() };
        for own in documents {
            all.starts.push(all.values.len());
            all.values.extend(own);
        }
        all
    }

    fn of_column(column: &StrColumn, cards: &[DocId]) -> tantivy::Result<Self> {
        let mut names = Vec::with_capacity(column.num_terms());
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            names.push(String::from_utf8_lossy(stream.key()).into_owned());
        }
        let own = |&card: &DocId| {
            column.term_ords(card).filter_map(|ordinal| usize::try_from(ordinal).ok()).collect()
        };
        Ok(Self::collect(names, cards.iter().map(own)))
    }

    /// The first folders of the documents' paths, each once a document.
    fn of_folders(column: &StrColumn, cards: &[DocId]) -> tantivy::Result<Self> {
        let mut folders: Vec<Option<String>> = Vec::with_capacity(column.num_terms());
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            folders.push(folder(&String::from_utf8_lossy(stream.key())));
        }
        let known: BTreeSet<&str> = folders.iter().flatten().map(String::as_str).collect();
        let names: Vec<String> = known.into_iter().map(str::to_owned).collect();
        // A folder counts what lies deeper, too: so does a search for it.
        let above: Vec<Vec<usize>> = folders
            .iter()
            .map(|folder| {
                let folder = folder.as_deref().unwrap_or_default();
                let ends = folder.match_indices('/').filter_map(|(at, _)| folder.get(..=at));
                let place = |above: &str| names.binary_search_by(|name| name.as_str().cmp(above));
                ends.filter_map(|above| place(above).ok()).collect()
            })
            .collect();
        let own = |&card: &DocId| {
            let ordinals = column.term_ords(card);
            let folders = ordinals.filter_map(|ordinal| above.get(usize::try_from(ordinal).ok()?));
            let folders: BTreeSet<usize> = folders.flatten().copied().collect();
            folders.into_iter().collect()
        };
        Ok(Self::collect(names, cards.iter().map(own)))
    }

    /// Every year that a document's date may mean.
    fn of_years(segment: &Segment) -> Self {
        let years: Vec<Vec<u16>> = segment.records().iter().map(years).collect();
        let known: BTreeSet<u16> = years.iter().flatten().copied().collect();
        let known: Vec<u16> = known.into_iter().collect();
        let names = known.iter().map(|year| format!("{year:04}")).collect();
        let place = |year| known.binary_search(&year).ok();
        let own = |years: Vec<u16>| years.into_iter().filter_map(place).collect();
        Self::collect(names, years.into_iter().map(own))
    }

    /// Adds how many of some documents have which value.
    fn count(&self, docs: &BitSet, counts: &mut BTreeMap<String, u64>) {
        let mut by_value = vec![0_u64; self.names.len()];
        for run in docs.runs() {
            // Values of neighbours lie side by side.
            let start = self.starts.get(run.start).copied().unwrap_or(self.values.len());
            let end = self.starts.get(run.end).copied().unwrap_or(self.values.len());
            for &value in self.values.get(start..end).unwrap_or_default() {
                if let Some(count) = by_value.get_mut(value) {
                    *count += 1;
                }
            }
        }
        for (name, documents) in self.names.iter().zip(by_value) {
            if documents > 0 {
                add(counts, name, documents);
            }
        }
    }
}

/// Returns the folder that a path is counted under: the first of those in a workspace; of a file
/// that lies elsewhere the whole folder, for all of these begin with the same `/home/`.
fn folder(path: &str) -> Option<String> {
    let file = path.split("!/").next().unwrap_or(path);
    let cut = if file.starts_with('/') { file.rsplit_once('/') } else { file.split_once('/') };
    cut.map(|(folder, _)| format!("{folder}/"))
}

/// Returns every year that a document's date may mean.
fn years(record: &Record) -> Vec<u16> {
    let ends = record.date_lo.zip(record.date_hi);
    match ends.and_then(|(lo, hi)| Some((year_of(lo)?, year_of(hi)?))) {
        Some((lo, hi)) => (lo..=hi.min(lo.saturating_add(MOST_YEARS))).collect(),
        None => Vec::new(),
    }
}

/// Returns the year of a day counted from 1970-01-01; `None` outside the years 1 to 9999.
fn year_of(day: i64) -> Option<u16> {
    let begins = |year: u16| Day::new(year, 1, 1).map(Day::since_epoch);
    let guess = 1970 + day.div_euclid(365);
    let mut year = u16::try_from(guess.clamp(1, 9999)).ok()?;
    // 365 days a year guesses too late, by a day every four years.
    while begins(year)? > day {
        year = year.checked_sub(1)?;
    }
    while year < 9999 && begins(year + 1)? <= day {
        year += 1;
    }
    Some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_paths() {
        assert_eq!(folder("corpus/a/b.pdf").unwrap(), "corpus/");
        assert_eq!(folder("/home/x/orders/b.pdf").unwrap(), "/home/x/orders/");
        assert_eq!(folder("/home/x/b.zip!/in/c.pdf").unwrap(), "/home/x/");
        assert_eq!(folder("b.pdf"), None);
    }

    #[test]
    fn years_of_days() {
        for (year, month, day) in [(1970, 1, 1), (2024, 12, 31), (1, 1, 1), (9999, 12, 31)] {
            let day = Day::new(year, month, day).unwrap();
            assert_eq!(year_of(day.since_epoch()), Some(year));
        }
    }
}
