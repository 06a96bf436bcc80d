//! What differs between two documents of nearly the same text, word by word.

use serde::Serialize;

use crate::model::SourceId;
use crate::store::SourceRow;
use crate::text::diff::changes;
use crate::text::runs::{COPY_WORDS, alike, as_set, runs};

use super::place::{self, Word};
use super::{Desk, TaskError};

/// How many equal words stand beside a change.
const CONTEXT: usize = 6;

/// The differences of two documents: schema `misl.diff/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Differences {
    pub schema: &'static str,
    pub a: Compared,
    pub b: Compared,
    /// How alike the texts are, 0 to 1: the share of runs of five words that both have.
    pub alike: f64,
    /// In the order of the texts.
    pub changes: Vec<Changed>,
}

/// One of the two documents.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Compared {
    pub id: SourceId,
    pub key: Option<String>,
    pub title: Option<String>,
    /// How many words it has beside running heads and the like.
    pub words: u64,
    /// How many of them stand in no change.
    pub equal_words: u64,
}

/// A run of words that was replaced; one side may have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Changed {
    pub a: Side,
    pub b: Side,
}

/// What stands in one of the documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// What to type after `misl cite`: where the words stand, or where they are missing.
    pub cite_as: String,
    /// The source's own text; empty where nothing stands.
    pub text: String,
    /// Equal words before it.
    pub before: String,
    /// Equal words behind it.
    pub after: String,
}

/// Compares the body text of two documents; running heads, feet and menus are left aside.
pub fn diff(desk: &Desk, a: &SourceRow, b: &SourceRow) -> Result<Differences, TaskError> {
    let one = Text::of(desk, a)?;
    let other = Text::of(desk, b)?;
    let (a_words, b_words) = (one.exact(), other.exact());
    let found = changes(&a_words, &b_words);
    let (mut a_changed, mut b_changed) = (0, 0);
    let mut changed = Vec::with_capacity(found.len());
    for change in &found {
        a_changed += change.one.len();
        b_changed += change.other.len();
        changed.push(Changed { a: one.side(&change.one), b: other.side(&change.other) });
    }
    let set = |words: &[&str]| as_set(runs(words.iter().copied(), COPY_WORDS));
    Ok(Differences {
        schema: "misl.diff/1",
        alike: if found.is_empty() { 1.0 } else { alike(&set(&a_words), &set(&b_words)) },
        a: compared(a, a_words.len(), a_changed),
        b: compared(b, b_words.len(), b_changed),
        changes: changed,
    })
}

fn compared(source: &SourceRow, n_words: usize, n_changed: usize) -> Compared {
    Compared {
        id: source.id,
        key: source.key.clone(),
        title: source.merged().title.map(|title| title.value),
        words: n_words as u64,
        equal_words: (n_words - n_changed) as u64,
    }
}

/// A document as words with their places.
struct Text {
    words: Vec<Word>,
    paragraphs: Vec<place::Paragraph>,
}

impl Text {
    fn of(desk: &Desk, source: &SourceRow) -> Result<Self, TaskError> {
        let paragraphs = place::paragraphs(desk, source, None)?;
        Ok(Self { words: place::words(&paragraphs), paragraphs })
    }

    fn exact(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.exact.as_str()).collect()
    }

    fn side(&self, range: &std::ops::Range<usize>) -> Side {
        // Where nothing stands the place is that of the word before.
        let at = if range.is_empty() { range.start.saturating_sub(1) } else { range.start };
        let paragraph = self.words.get(at).and_then(|word| self.paragraphs.get(word.paragraph_idx));
        let before = range.start.saturating_sub(CONTEXT)..range.start;
        let after = range.end..(range.end + CONTEXT).min(self.words.len());
        Side {
            cite_as: paragraph.map(|paragraph| paragraph.cite_as.clone()).unwrap_or_default(),
            text: self.text(range),
            before: self.text(&before),
            after: self.text(&after),
        }
    }

    /// Returns the source's own text of some words; a line feed stands between paragraphs.
    fn text(&self, range: &std::ops::Range<usize>) -> String {
        let words = self.words.get(range.clone()).unwrap_or_default();
        let mut parts: Vec<&str> = Vec::new();
        for run in words.chunk_by(|a, b| a.paragraph_idx == b.paragraph_idx) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let paragraph = self.paragraphs.get(first.paragraph_idx);
            parts.extend(
                paragraph.and_then(|paragraph| paragraph.text.get(first.span.start..last.span.end)),
            );
        }
        parts.join("\n")
    }
}
