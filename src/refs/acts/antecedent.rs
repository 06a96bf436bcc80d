//! Which act `the Act` or `the said Ordinance` means in a text of Pakistan that defines neither.
//!
//! A lawyer there means the act named last in full that can be called so. That is believed where
//! nothing else speaks for another: no other such act was named before, or the text names this one far
//! more often, or its paragraph and the one before know no other.

use std::collections::HashMap;

use super::{Acts, TITLE_ENDS, fits_word};

/// How far before a place the only act of the text so far may stand, in bytes.
const ONLY_ONE: usize = 12_000;
/// How far the act may stand that the text names most, in bytes.
const FOREMOST: usize = 6_000;
/// How far the act may stand that the paragraphs here name alone, in bytes.
const HERE: usize = 1_500;

/// Where a text names acts that one word can mean.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Indexes of mentions, ascending.
    mentions: Vec<usize>,
    /// The start of the first mention of a second act.
    second: Option<usize>,
}

impl Acts {
    /// Returns of each last word of titles where the text names acts that can be called so.
    pub(super) fn called(&self) -> HashMap<&'static str, Named> {
        let mut called: HashMap<&'static str, Named> = HashMap::new();
        let words_of = |id: &str| -> Vec<&'static str> {
            let words = TITLE_ENDS.iter().copied().filter(|&word| word != "ordnance");
            words.filter(|word| fits_word(id, word)).collect()
        };
        let mut words: HashMap<&str, Vec<&'static str>> = HashMap::new();
        for (idx, mention) in self.mentions.iter().enumerate() {
            let home = mention.id.starts_with("pk/act/") && !mention.id.contains("constitution");
            if !home || mention.weak {
                continue;
            }
            for &word in words.entry(&mention.id).or_insert_with(|| words_of(&mention.id)).iter() {
                let named = called.entry(word).or_default();
                let first = named.mentions.first().and_then(|&first| self.mentions.get(first));
                if named.second.is_none() && first.is_some_and(|first| first.id != mention.id) {
                    named.second = Some(mention.start);
                }
                named.mentions.push(idx);
            }
        }
        called
    }

    /// Returns the act that `the Act` (its word) means at `at`, where nothing defines it; `paragraphs` are
    /// the starts of the text's paragraphs.
    pub(in crate::refs) fn meant_near(
        &self,
        word: &str,
        at: usize,
        paragraphs: &[usize],
    ) -> Option<(String, f32)> {
        if self.country != "pk" || self.amends || self.own.is_some() {
            return None;
        }
        let word = word.to_ascii_lowercase();
        let named = self.called.get(word.as_str())?;
        let n_before = named.mentions.partition_point(|&idx| {
            self.mentions.get(idx).is_some_and(|mention| mention.end <= at)
        });
        let before = named.mentions.get(..n_before)?;
        let last = before.last().and_then(|&idx| self.mentions.get(idx))?;
        let far = at - last.end;
        if named.second.is_none_or(|second| second >= at) && far < ONLY_ONE {
            return Some((last.id.clone(), 0.8));
        }
        // An act that the text gives a name of its own is called by it.
        if self.terms.iter().any(|term| term.id == last.id) {
            return None;
        }
        // Of the paragraph and the one before all such acts are the same one.
        let this = paragraphs.partition_point(|&start| start <= at);
        let from = paragraphs.get(this.saturating_sub(2)).copied().unwrap_or(0);
        let from = from.max(at.saturating_sub(HERE));
        let here = before
            .iter()
            .rev()
            .filter_map(|&idx| self.mentions.get(idx))
            .take_while(|mention| mention.start >= from);
        let alone = here.into_iter().all(|mention| mention.id == last.id);
        if !alone {
            return None;
        }
        match self.foremost.get(word.as_str()) {
            Some(foremost) if *foremost == last.id => {
                (far < FOREMOST).then(|| (last.id.clone(), 0.75))
            }
            // Another one is what the text is about.
            Some(_) => None,
            None => (last.start >= from).then(|| (last.id.clone(), 0.7)),
        }
    }
}
