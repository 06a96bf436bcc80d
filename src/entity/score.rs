//! Scores the tagger on labelled sentences, so that a changed gazetteer shows what it won and lost.
//!
//! One sentence a line, columns parted by tabs: text; ids that must be found, by commas, `!` before
//! one that must not; then ids that must not be found (optional); then anything. Lines that begin
//! with `#` are comments.

use std::collections::BTreeSet;

use serde::Serialize;

use super::table::Gazetteer;
use super::tag::Tagged;
use crate::model::{Page, PageNo, PageOrigin, Role};

/// How the tagger did on a list of labelled sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Sentences read.
    pub sentences: usize,
    /// Tags that must be found, over all sentences.
    pub expected: usize,
    /// How many of them were found.
    pub found: usize,
    /// Tags that must not be found, over all sentences.
    pub forbidden: usize,
    /// How many of them were found all the same.
    pub fired: usize,
    /// Tags found that the list does not speak of.
    pub extra: usize,
    /// The sentences with something missed or fired, in the order of the list.
    pub failures: Vec<ScoreRow>,
}

/// A sentence on which the tagger and the list disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreRow {
    /// The line of the list, counted from 1.
    pub line: usize,
    /// The sentence.
    pub text: String,
    /// Ids that were not found.
    pub missed: Vec<String>,
    /// Ids that were found and must not be.
    pub fired: Vec<String>,
    /// Ids that were found, in the order of the gazetteer's ids.
    pub found: Vec<String>,
}

/// A line of the list that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// An id that the gazetteer lacks.
    #[error("line {line}: no entity has the id `{id}`")]
    UnknownId {
        /// Counted from 1.
        line: usize,
        /// As written.
        id: String,
        /// Ids that are nearly so.
        near: Vec<String>,
    },
    /// A line without a tab.
    #[error("line {line}: a sentence and its ids are parted by a tab")]
    NoTab {
        /// Counted from 1.
        line: usize,
    },
}

impl Score {
    /// Returns the part of the expected tags that was found, 0 to 1; 1 where none was expected.
    pub fn recall(&self) -> f64 {
        share(self.found, self.expected)
    }

    /// Returns the part of the judged tags found that are right, 0 to 1; 1 where none was found.
    /// Tags of which the list does not speak are not judged.
    pub fn precision(&self) -> f64 {
        share(self.found, self.found + self.fired)
    }
}

#[expect(clippy::cast_precision_loss, reason = "lists have far fewer rows than 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl Gazetteer {
    /// Tags each sentence of a labelled list as a document of its own and compares.
    ///
    /// # Errors
    ///
    /// With the first line that cannot be used.
    pub fn score(&self, tsv: &str) -> Result<Score, ScoreError> {
        let mut score = Score::default();
        for (idx, row) in tsv.lines().enumerate() {
            if row.trim().is_empty() || row.starts_with('#') {
                continue;
            }
            let label = self.label(row, idx + 1)?;
            let found = ids(&self.tag_sentence(label.text));
            let missed: Vec<String> = label.must.difference(&found).cloned().collect();
            let fired: Vec<String> = label.must_not.intersection(&found).cloned().collect();
            score.sentences += 1;
            score.expected += label.must.len();
            score.found += label.must.len() - missed.len();
            score.forbidden += label.must_not.len();
            score.fired += fired.len();
            let judged =
                found.iter().filter(|id| label.must.contains(*id) || label.must_not.contains(*id));
            score.extra += found.len() - judged.count();
            if !missed.is_empty() || !fired.is_empty() {
                score.failures.push(ScoreRow {
                    line: idx + 1,
                    text: label.text.to_owned(),
                    missed,
                    fired,
                    found: found.into_iter().collect(),
                });
            }
        }
        Ok(score)
    }

    fn tag_sentence(&self, text: &str) -> Tagged {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        page.push(text, Role::Body);
        self.tag(std::slice::from_ref(&page), &[])
    }

    fn label<'t>(&self, row: &'t str, line: usize) -> Result<Label<'t>, ScoreError> {
        let columns: Vec<&str> = row.split('\t').collect();
        let &[text, must, ..] = columns.as_slice() else { return Err(ScoreError::NoTab { line }) };
        let mut label = Label { text, must: BTreeSet::new(), must_not: BTreeSet::new() };
        for id in list(must) {
            match id.strip_prefix('!') {
                Some(id) => label.must_not.insert(self.known(id, line)?),
                None => label.must.insert(self.known(id, line)?),
            };
        }
        let third = columns.get(2).copied().unwrap_or_default();
        // With three columns the third may be where the sentence was found.
        let is_ids = columns.len() > 3 || list(third).all(|id| self.get(id).is_some());
        for id in list(third).filter(|_| is_ids) {
            label.must_not.insert(self.known(id, line)?);
        }
        Ok(label)
    }

    fn known(&self, id: &str, line: usize) -> Result<String, ScoreError> {
        if self.get(id).is_some() {
            return Ok(id.to_owned());
        }
        let near =
            super::resolve::nearest(id, self.all().iter().map(|entity| entity.id.as_str()), 3);
        Err(ScoreError::UnknownId { line, id: id.to_owned(), near })
    }
}

struct Label<'t> {
    text: &'t str,
    must: BTreeSet<String>,
    must_not: BTreeSet<String>,
}

fn list(column: &str) -> impl Iterator<Item = &str> {
    column.split(',').map(str::trim).filter(|id| !id.is_empty())
}

fn ids(tagged: &Tagged) -> BTreeSet<String> {
    tagged.mentions.iter().map(|mention| mention.entity.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_missed_and_what_fires() {
        let score = Gazetteer::builtin()
            .score("# text\tids\nNADRA met HRCP.\tnadra,bbc\thrcp\tnote\nNADRA\tnadra,!bbc\tsome page 12\n")
            .unwrap();
        assert_eq!((score.sentences, score.expected, score.found), (2, 3, 2));
        assert_eq!((score.forbidden, score.fired, score.extra), (2, 1, 0));
        assert_eq!(score.failures[0].missed, ["bbc"]);
        assert_eq!(score.failures[0].line, 2);
    }

    #[test]
    fn unknown_ids_are_named() {
        let error = Gazetteer::builtin().score("x\tnadr\n").unwrap_err();
        assert_eq!(error.to_string(), "line 1: no entity has the id `nadr`");
        assert_eq!(Gazetteer::builtin().score("x"), Err(ScoreError::NoTab { line: 1 }));
    }

    const OUR_LIST: &str = include_str!("../../tests/data/entities.tsv");

    #[test]
    fn our_labelled_sentences_are_tagged_right() {
        let score = Gazetteer::builtin().score(OUR_LIST).unwrap();
        assert!(score.sentences >= 60);
        assert!(score.failures.is_empty(), "{:#?}", score.failures);
    }

    /// The lists that were collected before the program stand beside a checkout, or not at all.
    #[test]
    fn collected_lists_pass_where_they_are_at_hand() {
        for name in ["ambiguity.tsv", "urdu-attested.tsv"] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../shared/domain")
                .join(name);
            #[expect(clippy::disallowed_methods, reason = "a test reads its list")]
            let Ok(tsv) = std::fs::read_to_string(&path) else {
                continue;
            };
            let score = Gazetteer::builtin().score(&tsv).unwrap();
            assert!(
                score.recall() >= 0.97 && score.precision() >= 0.99,
                "{name}: {:#?}",
                score.failures
            );
        }
    }
}
