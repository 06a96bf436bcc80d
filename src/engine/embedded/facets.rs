//! Counting: how many of the documents that were found have which value.
//!
//! The values stand on the documents' cards. Languages alone are those of passages: a document
//! counts where the same query, asked with that language, would find it.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

use super::plan::Bits;
use super::search::Segment;
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

    /// Tells whether anything is counted on cards.
    pub(super) fn wants_cards(&self) -> bool {
        self.fields.iter().any(|field| *field != FacetField::Lang)
    }

    /// Counts the values of hit documents of one segment, by their cards.
    pub(super) fn add_cards(
        &mut self,
        reader: &SegmentReader,
        segment: &Segment,
        cards: &[DocId],
    ) -> tantivy::Result<()> {
        for field in self.fields.clone() {
            let counts = self.counts.entry(field).or_default();
            let name = match field {
                FacetField::Lang => continue,
                FacetField::Year => {
                    cards.iter().for_each(|&card| add_years(segment, card, counts));
                    continue;
                }
                FacetField::Tag => "tag",
                FacetField::Court => "court",
                FacetField::Kind => "kind",
                FacetField::Judge => "judge",
                FacetField::Source => "source",
            };
            let Some(column) = reader.fast_fields().str(name)? else { continue };
            if field == FacetField::Source {
                add_folders(&column, cards, counts)?;
            } else {
                add_values(&column, cards, counts)?;
            }
        }
        Ok(())
    }

    /// Counts the languages of one hit document.
    pub(super) fn add_langs(
        &mut self,
        values: Vec<u64>,
        column: &StrColumn,
    ) -> tantivy::Result<()> {
        let counts = self.counts.entry(FacetField::Lang).or_default();
        let mut name = String::new();
        for value in values {
            name.clear();
            column.ord_to_str(value, &mut name)?;
            add(counts, &name, 1);
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

/// Counts the values of a column: by ordinal first, by name at the end.
fn add_values(
    column: &StrColumn,
    cards: &[DocId],
    counts: &mut BTreeMap<String, u64>,
) -> tantivy::Result<()> {
    let mut by_ordinal = vec![0_u64; column.num_terms()];
    for &card in cards {
        for ordinal in column.term_ords(card) {
            if let Some(count) = usize::try_from(ordinal).ok().and_then(|at| by_ordinal.get_mut(at))
            {
                *count += 1;
            }
        }
    }
    let mut name = String::new();
    for (ordinal, documents) in (0_u64..).zip(by_ordinal) {
        if documents > 0 {
            name.clear();
            column.ord_to_str(ordinal, &mut name)?;
            add(counts, &name, documents);
        }
    }
    Ok(())
}

/// Counts the first folders of the documents' paths, each once a document.
fn add_folders(
    column: &StrColumn,
    cards: &[DocId],
    counts: &mut BTreeMap<String, u64>,
) -> tantivy::Result<()> {
    let mut folders: Vec<Option<String>> = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        folders.push(folder(&String::from_utf8_lossy(stream.key())));
    }
    let known: BTreeSet<&str> = folders.iter().flatten().map(String::as_str).collect();
    // A folder counts what lies deeper, too: so does a search for it.
    let above: Vec<Vec<&str>> = folders
        .iter()
        .map(|folder| {
            let folder = folder.as_deref().unwrap_or_default();
            let ends = folder.match_indices('/').filter_map(|(at, _)| folder.get(..=at));
            ends.filter_map(|above| known.get(above).copied()).collect()
        })
        .collect();
    for &card in cards {
        let folders: BTreeSet<&str> = column
            .term_ords(card)
            .filter_map(|ordinal| above.get(usize::try_from(ordinal).ok()?))
            .flatten()
            .copied()
            .collect();
        folders.into_iter().for_each(|folder| add(counts, folder, 1));
    }
    Ok(())
}

/// Returns the folder that a path is counted under: the first of those in a workspace; of a file
/// that lies elsewhere the whole folder, for all of these begin with the same `/home/`.
fn folder(path: &str) -> Option<String> {
    let file = path.split("!/").next().unwrap_or(path);
    let cut = if file.starts_with('/') { file.rsplit_once('/') } else { file.split_once('/') };
    cut.map(|(folder, _)| format!("{folder}/"))
}

/// Counts every year that a document's date may mean.
fn add_years(segment: &Segment, card: DocId, counts: &mut BTreeMap<String, u64>) {
    let ends = segment.date_lo.first(card).zip(segment.date_hi.first(card));
    let Some((lo, hi)) = ends.and_then(|(lo, hi)| Some((year_of(lo)?, year_of(hi)?))) else {
        return;
    };
    for year in lo..=hi.min(lo.saturating_add(MOST_YEARS)) {
        add(counts, &format!("{year:04}"), 1);
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

/// Returns the languages, rising.
pub(super) fn lang_values(by_lang: Vec<(u64, Bits)>) -> Vec<u64> {
    let mut values: Vec<u64> = by_lang.into_iter().map(|(value, _)| value).collect();
    values.sort_unstable();
    values
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
