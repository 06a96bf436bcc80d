//! Titles of works, as drafts name them.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use crate::model::{SourceId, Span};
use crate::store::SourceRow;
use crate::text::Folded;

/// Titles of works, found in a draft by one pass.
pub(super) struct Titles {
    automaton: Option<AhoCorasick>,
    works: Vec<Vec<SourceId>>,
}

/// A shorter title names nothing by itself, in letters.
const MIN_TITLE: usize = 16;
/// A title of more works than these names none of them: `Judgment Sheet`.
const MAX_NAMESAKES: usize = 3;

impl Titles {
    pub(super) fn of(sources: &BTreeMap<SourceId, SourceRow>) -> Self {
        let mut by_title: BTreeMap<String, Vec<SourceId>> = BTreeMap::new();
        for source in sources.values() {
            let record = source.merged();
            for title in [record.title, record.short_title].into_iter().flatten() {
                let folded = Folded::new(title.value.trim()).text().to_owned();
                let is_long = folded.chars().count() >= MIN_TITLE;
                if is_long && folded.split_whitespace().count() >= 3 {
                    by_title.entry(folded).or_default().push(source.id);
                }
            }
        }
        by_title.retain(|_, works| works.len() <= MAX_NAMESAKES);
        let automaton = AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::LeftmostLongest)
            .build(by_title.keys())
            .ok();
        Self { automaton, works: by_title.into_values().collect() }
    }

    /// Returns every title in `text` that stands as whole words, with its works.
    pub(super) fn find(&self, text: &str) -> Vec<(Span, &[SourceId])> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let folded = Folded::new(text);
        let letters = folded.text();
        let side = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mut found = Vec::new();
        for one in automaton.find_iter(letters) {
            let before = letters.get(..one.start()).and_then(|text| text.chars().next_back());
            let after = letters.get(one.end()..).and_then(|text| text.chars().next());
            let works = self.works.get(one.pattern().as_usize());
            if let Some(works) = works.filter(|_| !side(before) && !side(after)) {
                found.push((folded.source(one.start()..one.end()), works.as_slice()));
            }
        }
        found
    }
}
