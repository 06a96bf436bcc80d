//! Which terms of the dictionary a word of a query stands for: one, or those of a pattern, a
//! fuzzy word, a range of ids. Looked up once a query, segment by segment.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, Term};

use super::places::TermPlaces;
use super::plan::Opened;
use super::watch::{OPENING, Watch};
use crate::engine::Note;

/// Most terms that a pattern or fuzzy word may stand for.
const MOST_FORMS: usize = 1024;
/// What it costs to look for the words within some edits of one, beside those found.
const EDITS: u64 = 4_096;

/// A term found in one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Form {
    field: Field,
    info: TermInfo,
    /// How many tokens an occurrence covers.
    width: u32,
}

/// The terms that something stands for, for each segment in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Forms(Vec<Vec<Form>>);

impl Forms {
    /// Returns exactly these terms.
    pub(super) fn of_terms(searcher: &Searcher, terms: &[Term]) -> tantivy::Result<Self> {
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let mut forms = Vec::new();
            for term in terms {
                if let Some(info) = reader.inverted_index(term.field())?.get_term_info(term)? {
                    forms.push(Form { field: term.field(), info, width: 1 });
                }
            }
            segments.push(forms);
        }
        Ok(Self(segments))
    }

    /// Returns the terms of `field` that begin with `prefix` and that `width` accepts; it returns
    /// how many tokens an occurrence covers.
    pub(super) fn accepted(
        searcher: &Searcher,
        field: Field,
        prefix: &str,
        width: impl Fn(&str) -> Option<u32>,
        watch: &Watch<'_>,
    ) -> tantivy::Result<Self> {
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let mut forms = Vec::new();
            each_term(reader, field, prefix, |term, info| {
                if let Some(width) = width(term) {
                    forms.push(Form { field, info: info.clone(), width });
                }
                go_on(watch)
            })?;
            segments.push(forms);
        }
        Ok(Self(segments))
    }

    /// Returns the terms of `field` that a pattern stands for; the most frequent if there are too
    /// many, with a note.
    pub(super) fn of_pattern(
        searcher: &Searcher,
        field: Field,
        pattern: &str,
        notes: &mut Vec<Note>,
        watch: &Watch<'_>,
    ) -> tantivy::Result<Self> {
        let pattern_chars: Vec<char> = pattern.chars().collect();
        let prefix = pattern.split(['*', '?']).next().unwrap_or_default();
        let mut found = Found::default();
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            each_term(reader, field, prefix, |term, info| {
                if is_like(&pattern_chars, term) {
                    found.add(segment, term, info);
                }
                go_on(watch)
            })?;
        }
        Ok(found.most_frequent(searcher, field, pattern, notes))
    }

    /// Returns the terms of `field` within `edits` of `word`; the most frequent if there are too
    /// many, with a note.
    pub(super) fn of_fuzzy(
        searcher: &Searcher,
        field: Field,
        word: &str,
        edits: u8,
        notes: &mut Vec<Note>,
        watch: &Watch<'_>,
    ) -> tantivy::Result<Self> {
        let mut found = Found::default();
        let readers = searcher.segment_readers();
        each_near(readers, field, word, edits, watch, |segment, term, info| {
            found.add(segment, term, info);
        })?;
        Ok(found.most_frequent(searcher, field, word, notes))
    }

    /// Returns in how many entries they stand, all together.
    pub(super) fn cost(&self) -> u64 {
        self.0.iter().flatten().map(|form| u64::from(form.info.doc_freq)).sum()
    }

    /// Joins the terms of both.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.resize(self.0.len().max(other.0.len()), Vec::new());
        for (own, more) in self.0.iter_mut().zip(other.0) {
            own.extend(more);
        }
        self
    }

    /// Returns how many terms there are in a segment, and in how many of its entries they stand, all
    /// together.
    pub(super) fn in_segment(&self, segment: usize) -> (usize, u64) {
        let forms = self.0.get(segment).map(Vec::as_slice).unwrap_or_default();
        (forms.len(), forms.iter().map(|form| u64::from(form.info.doc_freq)).sum())
    }

    /// Opens where the terms stand in a segment, each with the number of tokens of an occurrence;
    /// about `n_looked_at` entries will be looked at.
    pub(super) fn places(
        &self,
        segment: &Opened<'_>,
        n_looked_at: u64,
    ) -> tantivy::Result<Vec<(TermPlaces, u32)>> {
        let forms = self.0.get(segment.number).map(Vec::as_slice).unwrap_or_default();
        forms
            .iter()
            .take_while(|_| segment.watch.spend(OPENING))
            .map(|form| {
                let inverted = segment.reader.inverted_index(form.field)?;
                let term = (form.field, &form.info);
                let places = TermPlaces::open(&inverted, segment.positions, term, n_looked_at)?;
                Ok((places, form.width))
            })
            .collect()
    }

    /// Opens the postings of a segment, each with the number of tokens of an occurrence.
    pub(super) fn open(
        &self,
        segment: usize,
        reader: &SegmentReader,
        option: IndexRecordOption,
        watch: &Watch<'_>,
    ) -> tantivy::Result<Vec<(SegmentPostings, u32)>> {
        let forms = self.0.get(segment).map(Vec::as_slice).unwrap_or_default();
        forms
            .iter()
            .take_while(|_| watch.spend(OPENING))
            .map(|form| {
                let inverted = reader.inverted_index(form.field)?;
                Ok((inverted.read_postings_from_terminfo(&form.info, option)?, form.width))
            })
            .collect()
    }
}

/// Counts a term that was read.
pub(super) fn go_on(watch: &Watch<'_>) -> ControlFlow<()> {
    if watch.spend(4) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// Terms with their places and how often they occur in all.
#[derive(Default)]
struct Found(BTreeMap<String, (u64, Vec<(usize, TermInfo)>)>);

impl Found {
    fn add(&mut self, segment: usize, term: &str, info: &TermInfo) {
        let (passages, places) = match self.0.get_mut(term) {
            Some(known) => known,
            None => self.0.entry(term.to_owned()).or_default(),
        };
        *passages += u64::from(info.doc_freq);
        places.push((segment, info.clone()));
    }

    fn most_frequent(
        self,
        searcher: &Searcher,
        field: Field,
        text: &str,
        notes: &mut Vec<Note>,
    ) -> Forms {
        let forms = self.0.len();
        let mut kept: Vec<_> = self.0.into_iter().collect();
        if forms > MOST_FORMS {
            kept.sort_by(|(a, (a_passages, _)), (b, (b_passages, _))| {
                b_passages.cmp(a_passages).then_with(|| a.cmp(b))
            });
            kept.truncate(MOST_FORMS);
            notes.push(Note::TooManyForms { text: text.to_owned(), forms, taken: MOST_FORMS });
        }
        let mut segments = vec![Vec::new(); searcher.segment_readers().len()];
        for (segment, info) in kept.into_iter().flat_map(|(_, (_, places))| places) {
            if let Some(forms) = segments.get_mut(segment) {
                forms.push(Form { field, info, width: 1 });
            }
        }
        Forms(segments)
    }
}

/// Calls `visit` with every term of `field` that begins with `prefix`, in order of bytes, until it
/// breaks off.
pub(super) fn each_term(
    reader: &SegmentReader,
    field: Field,
    prefix: &str,
    mut visit: impl FnMut(&str, &TermInfo) -> ControlFlow<()>,
) -> tantivy::Result<()> {
    let inverted = reader.inverted_index(field)?;
    let mut range = inverted.terms().range();
    if !prefix.is_empty() {
        range = range.ge(prefix.as_bytes());
        if let Some(end) = after_prefix(prefix.as_bytes()) {
            range = range.lt(end);
        }
    }
    let mut stream = range.into_stream()?;
    while stream.advance() {
        if let Ok(term) = std::str::from_utf8(stream.key())
            && visit(term, stream.value()).is_break()
        {
            break;
        }
    }
    Ok(())
}

/// Calls `visit` with every term of `field` within `edits` of `word`, and the number of its segment;
/// until the search is over.
pub(super) fn each_near(
    readers: &[SegmentReader],
    field: Field,
    word: &str,
    edits: u8,
    watch: &Watch<'_>,
    mut visit: impl FnMut(usize, &str, &TermInfo),
) -> tantivy::Result<()> {
    if !watch.spend(EDITS) {
        return Ok(());
    }
    let query = FuzzyTermQuery::new(Term::from_field_text(field, word), edits.min(2), true);
    let automaton = query.automaton()?;
    for (segment, reader) in readers.iter().enumerate() {
        if !watch.spend(EDITS) {
            break;
        }
        let inverted = reader.inverted_index(field)?;
        let mut stream = inverted.terms().search(&automaton).into_stream()?;
        while stream.advance() {
            if let Ok(term) = std::str::from_utf8(stream.key()) {
                visit(segment, term, stream.value());
            }
        }
    }
    Ok(())
}

/// Returns the first bytes that are greater than everything that begins with `prefix`.
fn after_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}

/// Tells whether a pattern with `*` and `?` stands for the whole of `word`.
///
/// Goes back to the last star alone, so the time is at most the product of both lengths.
pub(super) fn is_like(pattern: &[char], word: &str) -> bool {
    let mut letters = word.chars();
    let mut at = 0;
    // Where to go on if the letters after the last star do not fit: pattern and letters.
    let mut retry: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        let before = letters.clone();
        match (pattern.get(at), letters.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                at += 1;
                letters = before;
                retry = Some((at, letters.clone()));
            }
            (Some(wanted), Some(letter)) if *wanted == '?' || *wanted == letter => at += 1,
            _ => {
                let Some((after_star, rest)) = &mut retry else { return false };
                if rest.next().is_none() {
                    return false;
                }
                at = *after_star;
                letters = rest.clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, word: &str, expect: bool) {
        let letters: Vec<char> = pattern.chars().collect();
        assert_eq!(is_like(&letters, word), expect, "{pattern} {word}");
    }

    #[test]
    fn stars_and_question_marks() {
        check("surv*", "surveillance", true);
        check("surv*", "surv", true);
        check("surv*", "sur", false);
        check("wi?dcard", "wildcard", true);
        check("wi?dcard", "widcard", false);
        check("*tapping", "phonetapping", true);
        check("*ab*ab", "xabyabab", true);
        check("*ab*ab", "xab", false);
        check("ہائی*", "ہائیکورٹ", true);
        check("?", "ہ", true);
    }

    #[test]
    fn the_end_of_a_prefix() {
        assert_eq!(after_prefix(b"ab"), Some(b"ac".to_vec()));
        assert_eq!(after_prefix(&[0x61, 0xFF]), Some(vec![0x62]));
        assert_eq!(after_prefix(&[0xFF]), None);
    }
}
