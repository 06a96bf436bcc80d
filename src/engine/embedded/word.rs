//! A word of a query in one segment: its printed form, its stem, and how well each entry holds it.

use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::postings::{Cursor, Fill, Ranked, TermCursor};
use super::watch::Watch;

/// Entries with a word in its printed form or with its stem: the better of both, the printed form
/// counting double, and a tenth of the other.
///
/// A word that is its own stem is indexed as printed alone. So the entries of a stem are those of
/// the words that have it, together with those of the stem itself as a printed word.
pub(super) struct WordCursor<'w> {
    exact: Option<TermCursor>,
    stem: Option<StemCursor>,
    doc: DocId,
    /// Where the lists are, to read them whole: the printed form, then those of the stem.
    lists: [Option<Listed>; N_LISTS],
    is_moved: bool,
    watch: &'w Watch<'w>,
}

/// The printed form, the words that have the stem, the stem itself.
const N_LISTS: usize = 3;

/// Entries with a stem, those of the printed word left out where it is the stem itself.
pub(super) struct StemCursor {
    /// Words that have the stem and are not the stem itself.
    pub(super) inflected: Option<SegmentPostings>,
    /// The stem as a printed word, where it is not the word asked for.
    pub(super) plain: Option<SegmentPostings>,
    /// Whether the word asked for is the stem.
    pub(super) has_exact: bool,
    pub(super) ranked: Ranked,
}

/// Where the postings of a term are in a segment.
pub(super) struct Listed {
    pub(super) inverted: Arc<InvertedIndexReader>,
    pub(super) info: TermInfo,
}

impl Listed {
    fn blocks(&self) -> std::io::Result<Blocks> {
        let freqs = IndexRecordOption::WithFreqs;
        let postings = self.inverted.read_block_postings_from_terminfo(&self.info, freqs)?;
        Ok(Blocks { postings, at: 0 })
    }
}

/// Returns the entry that postings stand at.
fn doc_of(postings: Option<&SegmentPostings>) -> DocId {
    postings.map_or(TERMINATED, SegmentPostings::doc)
}

/// Returns how often a term stands in entry `doc`; 0 where the postings stand elsewhere.
fn freq_at(postings: Option<&SegmentPostings>, doc: DocId) -> u32 {
    postings.filter(|postings| postings.doc() == doc).map_or(0, SegmentPostings::term_freq)
}

impl StemCursor {
    fn lists(&mut self) -> impl Iterator<Item = &mut SegmentPostings> {
        [&mut self.inflected, &mut self.plain].into_iter().flatten()
    }

    fn doc(&self) -> DocId {
        doc_of(self.inflected.as_ref()).min(doc_of(self.plain.as_ref()))
    }
}

impl<'w> WordCursor<'w> {
    /// Starts at the first entry; `lists` are where the lists of both are.
    pub(super) fn new(
        exact: Option<TermCursor>,
        stem: Option<StemCursor>,
        lists: [Option<Listed>; N_LISTS],
        watch: &'w Watch<'w>,
    ) -> Self {
        let mut cursor = Self { exact, stem, doc: 0, lists, is_moved: false, watch };
        cursor.settle();
        cursor
    }

    fn settle(&mut self) {
        let exact = self.exact.as_ref().map_or(TERMINATED, Cursor::doc);
        self.doc = exact.min(self.stem.as_ref().map_or(TERMINATED, StemCursor::doc));
    }

    /// Returns the score of `doc`, at which the printed word stands `exact` times and other words
    /// with its stem `others` times.
    #[inline]
    fn score_of(&self, doc: DocId, exact: u32, others: u32) -> f32 {
        let printed = self.exact.as_ref().filter(|_| exact > 0);
        let printed = printed.map_or(0.0, |cursor| cursor.ranked.score(doc, exact));
        let stemmed = self.stem.as_ref().map_or(0.0, |stem| {
            let freq = others + if stem.has_exact { exact } else { 0 };
            if freq > 0 { stem.ranked.score(doc, freq) } else { 0.0 }
        });
        joined(printed, stemmed)
    }

    /// Hands on every entry, window by window: the lists are read one after the other, a block at a
    /// time, and what they say of an entry is put together in the window.
    fn fill_whole(&mut self, fill: &mut Fill<'_>) -> std::io::Result<()> {
        let mut lists = Vec::with_capacity(N_LISTS);
        for (at, list) in self.lists.iter().enumerate() {
            if let Some(list) = list {
                lists.push((list.blocks()?, at == 0));
            }
        }
        let mut window = Window::default();
        let mut scores = Scores::default();
        loop {
            let next = lists.iter().map(|(list, _)| list.doc()).min().unwrap_or(TERMINATED);
            if next == TERMINATED {
                break;
            }
            let start = next - next % WINDOW;
            let mut n_read = 0;
            for (list, is_exact) in &mut lists {
                n_read += list.read(start, &mut window, *is_exact);
            }
            // The caller asks the watch whether all was read.
            if !self.watch.spend(n_read / 2) {
                break;
            }
            window.take(start, fill, |doc, exact, others| scores.of(self, doc, exact, others));
        }
        (self.exact, self.stem, self.doc) = (None, None, TERMINATED);
        Ok(())
    }
}

/// Returns what the scores of both forms give together.
fn joined(exact: f32, stem: f32) -> f32 {
    let exact = 2.0 * exact;
    exact.max(stem) + 0.1 * exact.min(stem)
}

impl Cursor for WordCursor<'_> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.is_moved = true;
            if let Some(exact) = &mut self.exact {
                exact.seek(target);
            }
            for postings in self.stem.iter_mut().flat_map(StemCursor::lists) {
                if postings.doc() < target {
                    postings.seek(target);
                }
            }
            self.settle();
        }
        self.doc
    }

    fn advance(&mut self) -> DocId {
        let doc = self.doc;
        if doc == TERMINATED {
            return doc;
        }
        self.is_moved = true;
        if let Some(exact) = self.exact.as_mut().filter(|exact| exact.doc() == doc) {
            exact.advance();
        }
        for postings in self.stem.iter_mut().flat_map(StemCursor::lists) {
            if postings.doc() == doc {
                postings.advance();
            }
        }
        self.settle();
        self.doc
    }

    fn score(&mut self) -> f32 {
        let doc = self.doc;
        let exact = freq_at(self.exact.as_ref().map(|exact| &exact.postings), doc);
        let others = self.stem.as_ref().map_or(0, |stem| {
            freq_at(stem.inflected.as_ref(), doc) + freq_at(stem.plain.as_ref(), doc)
        });
        self.score_of(doc, exact, others)
    }

    fn fill(&mut self, end: DocId, fill: &mut Fill<'_>) {
        // A list that cannot be read by blocks cannot be read otherwise either: then it is empty.
        if end == TERMINATED && !self.is_moved && self.fill_whole(fill).is_ok() {
            return;
        }
        self.is_moved = true;
        // Taken out, so that the lists and the scores can be used at once.
        let mut exact = self
            .exact
            .as_mut()
            .map(|exact| std::mem::replace(&mut exact.postings, SegmentPostings::empty()));
        let (mut inflected, mut plain) = match &mut self.stem {
            Some(stem) => (stem.inflected.take(), stem.plain.take()),
            None => (None, None),
        };
        let step = |postings: &mut Option<SegmentPostings>, doc: &mut DocId, here: DocId| {
            if *doc != here {
                return 0;
            }
            let Some(postings) = postings else { return 0 };
            let freq = postings.term_freq();
            *doc = postings.advance();
            freq
        };
        let mut docs = [&exact, &inflected, &plain].map(|list| doc_of(list.as_ref()));
        loop {
            let here = docs.into_iter().fold(TERMINATED, DocId::min);
            if here >= end {
                break;
            }
            let printed = step(&mut exact, &mut docs[0], here);
            let others =
                step(&mut inflected, &mut docs[1], here) + step(&mut plain, &mut docs[2], here);
            fill.put(here, self.score_of(here, printed, others));
        }
        if let (Some(cursor), Some(postings)) = (&mut self.exact, exact) {
            cursor.postings = postings;
        }
        if let Some(stem) = &mut self.stem {
            (stem.inflected, stem.plain) = (inflected, plain);
        }
        self.settle();
    }

    fn cost(&self) -> u64 {
        let stem = self.stem.as_ref().map_or(0, |stem| {
            let lists = [&stem.inflected, &stem.plain].into_iter().flatten();
            lists.map(|postings| u64::from(postings.size_hint())).sum()
        });
        self.exact.as_ref().map_or(0, Cursor::cost) + stem
    }
}

/// A list that is read to its end, block by block.
struct Blocks {
    postings: BlockSegmentPostings,
    /// Where in the block the next entry is.
    at: usize,
}

impl Blocks {
    /// Returns the next entry.
    fn doc(&self) -> DocId {
        self.postings.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// Moves the entries of the window that begins at `start` into it; returns how many they were.
    fn read(&mut self, start: DocId, window: &mut Window, is_exact: bool) -> u64 {
        let mut n_read = 0;
        loop {
            let docs = self.postings.docs().get(self.at..).unwrap_or_default();
            let freqs = self.postings.freqs().get(self.at..).unwrap_or_default();
            let Some(&last) = docs.last() else { break };
            let end = start + WINDOW;
            let n_here =
                if last < end { docs.len() } else { docs.partition_point(|&doc| doc < end) };
            let counts = if is_exact { &mut window.exact } else { &mut window.others };
            for (doc, freq) in docs.iter().zip(freqs).take(n_here) {
                // Below 2^11, for the entry lies in the window.
                let at = (doc - start) as usize % WINDOW as usize;
                counts[at] += freq;
                window.marks[at / 64] |= 1 << (at % 64);
            }
            n_read += n_here as u64;
            if n_here < docs.len() {
                self.at += n_here;
                break;
            }
            self.at = 0;
            self.postings.advance();
        }
        n_read
    }
}

/// So many entries are put together at a time: their counts stay in the nearest cache.
const WINDOW: DocId = 2_048;

/// How often the words stand in the entries of a window.
struct Window {
    exact: [u32; WINDOW as usize],
    others: [u32; WINDOW as usize],
    /// The entries that hold any of them, a bit each.
    marks: [u64; WINDOW as usize / 64],
}

impl Default for Window {
    fn default() -> Self {
        let none = [0; WINDOW as usize];
        Self { exact: none, others: none, marks: [0; WINDOW as usize / 64] }
    }
}

impl Window {
    /// Hands on the entries of the window that begins at `start`, and empties it.
    fn take(
        &mut self,
        start: DocId,
        fill: &mut Fill<'_>,
        mut score: impl FnMut(DocId, u32, u32) -> f32,
    ) {
        for (at, mark) in self.marks.iter_mut().enumerate() {
            let mut left = std::mem::take(mark);
            fill.insert_all(start as usize / 64 + at, left);
            while left != 0 {
                let place = at * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                let exact = std::mem::take(&mut self.exact[place]);
                let others = std::mem::take(&mut self.others[place]);
                let doc = start + DocId::try_from(place).unwrap_or_default();
                fill.rate(doc, score(doc, exact, others));
            }
        }
    }
}

/// Scores of small counts, each made once for every length.
struct Scores(Vec<f32>);

/// Counts below this are small.
const SMALL: u32 = 4;

impl Default for Scores {
    fn default() -> Self {
        Self(vec![f32::NAN; (SMALL * SMALL) as usize * 256])
    }
}

impl Scores {
    /// Returns [`WordCursor::score_of`].
    #[inline]
    fn of(&mut self, cursor: &WordCursor<'_>, doc: DocId, exact: u32, others: u32) -> f32 {
        // Both forms have the lengths of one field.
        let stem = cursor.stem.as_ref().map(|stem| &stem.ranked);
        let ranked = cursor.exact.as_ref().map(|exact| &exact.ranked).or(stem);
        let Some(ranked) = ranked.filter(|_| exact < SMALL && others < SMALL) else {
            return cursor.score_of(doc, exact, others);
        };
        let length = usize::from(ranked.norms.fieldnorm_id(doc));
        let place = self.0.get_mut((exact * SMALL + others) as usize * 256 + length);
        match place {
            Some(known) if !known.is_nan() => *known,
            place => {
                let score = cursor.score_of(doc, exact, others);
                if let Some(known) = place {
                    *known = score;
                }
                score
            }
        }
    }
}
