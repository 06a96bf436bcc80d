//! The dictionary: how frequent a word is, which words are like it, which ones tell a text apart.

use std::collections::BTreeMap;

use tantivy::Term;

use super::forms::{each_near, each_term, go_on};
use super::search::Snapshot;
use super::watch::Watch;
use crate::engine::{EngineError, KnownWord};
use crate::model::Lang;
use crate::text::analyse;

/// Words of fewer letters tell nothing.
const LEAST_LETTERS: usize = 4;

impl Snapshot {
    /// Returns in how many passages the folded word stands.
    pub(super) fn word_passages(&self, word: &str) -> Result<u64, EngineError> {
        let term = Term::from_field_text(self.fields.body, word);
        self.searcher.doc_freq(&term).map_err(|error| self.fault(error))
    }

    /// Returns the most frequent words that begin with `prefix`.
    pub(super) fn words_starting(
        &self,
        prefix: &str,
        limit: usize,
        watch: &Watch<'_>,
    ) -> Result<Vec<KnownWord>, EngineError> {
        self.words(limit, |reader, visit| {
            each_term(reader, self.fields.body, prefix, |word, info| {
                visit(word, info);
                go_on(watch)
            })
        })
    }

    /// Returns the most frequent words within `edits` of `word`, itself left out.
    pub(super) fn words_near(
        &self,
        word: &str,
        edits: u8,
        limit: usize,
        watch: &Watch<'_>,
    ) -> Result<Vec<KnownWord>, EngineError> {
        self.words(limit, |reader, visit| {
            each_near(
                std::slice::from_ref(reader),
                self.fields.body,
                word,
                edits,
                watch,
                |_, near, info| {
                    if near != word {
                        visit(near, info);
                    }
                },
            )
        })
    }

    /// Adds up what `each` visits in every segment; the most frequent come first.
    fn words(
        &self,
        limit: usize,
        each: impl Fn(
            &tantivy::SegmentReader,
            &mut dyn FnMut(&str, &tantivy::postings::TermInfo),
        ) -> tantivy::Result<()>,
    ) -> Result<Vec<KnownWord>, EngineError> {
        let mut passages: BTreeMap<String, u64> = BTreeMap::new();
        for reader in self.searcher.segment_readers() {
            each(reader, &mut |word, info| {
                let more = u64::from(info.doc_freq);
                match passages.get_mut(word) {
                    Some(known) => *known += more,
                    None => {
                        passages.insert(word.to_owned(), more);
                    }
                }
            })
            .map_err(|error| self.fault(error))?;
        }
        let mut words: Vec<KnownWord> =
            passages.into_iter().map(|(word, passages)| KnownWord { word, passages }).collect();
        words.sort_by_key(|known| std::cmp::Reverse(known.passages));
        words.truncate(limit);
        Ok(words)
    }

    /// Returns the words of `texts` with the highest TF-IDF: those that at least two passages
    /// hold, of four letters or more.
    pub(super) fn telling_words(
        &self,
        texts: &[&str],
        limit: usize,
    ) -> Result<Vec<String>, EngineError> {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for text in texts {
            for token in analyse(text, Lang::En).iter() {
                if token.exact.chars().count() >= LEAST_LETTERS {
                    *counts.entry(token.exact.to_owned()).or_default() += 1;
                }
            }
        }
        let total = self.searcher.num_docs();
        let mut rated = Vec::new();
        for (word, count) in counts {
            let passages = self.word_passages(&word)?;
            if passages >= 2 {
                rated.push((tf_idf(count, passages, total), word));
            }
        }
        rated.sort_by(|(a, a_word), (b, b_word)| b.total_cmp(a).then_with(|| a_word.cmp(b_word)));
        Ok(rated.into_iter().take(limit).map(|(_, word)| word).collect())
    }
}

/// Returns how telling a word is that stands `count` times in a text.
#[expect(clippy::cast_precision_loss, reason = "a logarithm of a count needs few digits")]
fn tf_idf(count: u32, passages: u64, total: u64) -> f64 {
    f64::from(count) * (total.max(passages) as f64 / passages as f64).ln_1p()
}
