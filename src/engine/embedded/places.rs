//! Where a term stands, entry by entry.
//!
//! The index library finds the positions of an entry by a sum over all entries before it in their
//! block, and asks anew for each. A list that is read from its beginning needs no such sum: what was
//! passed is known.

use std::io;

use tantivy::directory::CompositeFile;
use tantivy::index::InvertedIndexReader;
use tantivy::positions::PositionReader;
use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::spans::Marks;
use super::watch::Watch;

/// A list with so many more entries than are looked at is skipped through.
const WORTH_SKIPPING: u64 = 16;
/// What it costs to read a block of a list.
const BLOCK: u64 = 8;
/// So many entries are looked at one by one before a search.
const NEAR: usize = 8;

/// Where one term stands.
pub(super) enum TermPlaces {
    /// Few of its entries are looked at: whole blocks are passed over.
    Skipped(SegmentPostings, Vec<u32>),
    /// Block after block.
    Read(BlockPlaces),
}

impl TermPlaces {
    /// Opens a list, of which about `n_looked_at` entries will be looked at.
    pub(super) fn open(
        inverted: &InvertedIndexReader,
        positions: &CompositeFile,
        (field, info): (Field, &TermInfo),
        n_looked_at: u64,
    ) -> io::Result<Self> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        if u64::from(info.doc_freq) / WORTH_SKIPPING <= n_looked_at
            && let Some(positions) = positions.open_read(field)
        {
            let positions = positions.read_bytes_slice(info.positions_range.clone())?;
            return Ok(Self::Read(BlockPlaces::new(
                inverted.read_block_postings_from_terminfo(info, option)?,
                PositionReader::open(positions)?,
            )));
        }
        let postings = inverted.read_postings_from_terminfo(info, option)?;
        Ok(Self::Skipped(postings, Vec::new()))
    }

    /// Returns the entry that the list stands at.
    #[inline]
    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::Skipped(postings, _) => postings.doc(),
            Self::Read(places) => places.doc,
        }
    }

    /// Goes to the first entry at or after `target`; to the end when the search is over.
    #[inline]
    pub(super) fn seek(&mut self, target: DocId, watch: &Watch<'_>) -> DocId {
        match self {
            Self::Skipped(postings, _) => match postings.doc() {
                doc if doc >= target => doc,
                // The next entry is cheaper to reach by one step than by a search.
                doc if doc + 1 == target => postings.advance(),
                _ => postings.seek(target),
            },
            Self::Read(places) if places.doc >= target => places.doc,
            Self::Read(places) => places.seek(target, watch),
        }
    }

    /// Returns how often the term stands in the current entry.
    #[inline]
    pub(super) fn freq(&self) -> u32 {
        match self {
            Self::Skipped(postings, _) => postings.term_freq(),
            Self::Read(places) => places.freq(),
        }
    }

    /// Adds the occurrences in the current entry to `spans`: first and last position; an occurrence
    /// covers `width` tokens.
    pub(super) fn spans(&mut self, width: u32, spans: &mut Vec<(u32, u32)>) {
        match self {
            Self::Skipped(postings, positions) => {
                postings.positions(positions);
                spans.extend(positions.iter().map(|&at| (at, at + width - 1)));
            }
            Self::Read(places) => places.spans(width, spans),
        }
    }

    /// Adds the occurrences in the current entry, each one token, to `marks`; `false`: one of them is
    /// too far from the beginning, and [`Self::spans`] has to tell.
    pub(super) fn mark(&mut self, marks: &mut Marks) -> bool {
        match self {
            Self::Skipped(postings, positions) => {
                postings.positions(positions);
                let mut before = 0;
                for at in &mut *positions {
                    before = std::mem::replace(at, *at - before);
                }
                marks.add(positions)
            }
            Self::Read(places) => marks.add(places.steps()),
        }
    }

    /// Returns in how many entries the term stands.
    pub(super) fn cost(&self) -> u64 {
        match self {
            Self::Skipped(postings, _) => postings.size_hint().into(),
            Self::Read(places) => places.blocks.doc_freq().into(),
        }
    }
}

/// A list that is read block after block.
pub(super) struct BlockPlaces {
    doc: DocId,
    /// Where in its block that entry is.
    at: usize,
    blocks: BlockSegmentPostings,
    /// How many positions stand before those of entry `counted` of the block.
    before: u64,
    counted: usize,
    positions: PositionReader,
    // Kept, so that nothing is allocated for each entry.
    steps: Vec<u32>,
}

impl BlockPlaces {
    fn new(blocks: BlockSegmentPostings, positions: PositionReader) -> Self {
        let doc = blocks.docs().first().copied().unwrap_or(TERMINATED);
        Self { doc, at: 0, blocks, before: 0, counted: 0, positions, steps: Vec::new() }
    }

    fn seek(&mut self, target: DocId, watch: &Watch<'_>) -> DocId {
        while self.blocks.docs().last().is_some_and(|&last| last < target) {
            if !watch.spend(BLOCK) {
                return TERMINATED;
            }
            self.count(usize::MAX);
            self.blocks.advance();
            (self.at, self.counted) = (0, 0);
        }
        let ahead = self.blocks.docs().get(self.at..).unwrap_or_default();
        // All are compared: a loop that ends at the right one is guessed wrong most of the time.
        let near = match ahead.first_chunk::<NEAR>() {
            Some(first) => first.iter().map(|&doc| usize::from(doc < target)).sum(),
            None => ahead.iter().take_while(|&&doc| doc < target).count(),
        };
        let passed = if near < NEAR { near } else { ahead.partition_point(|&doc| doc < target) };
        self.at += passed;
        self.doc = ahead.get(passed).copied().unwrap_or(TERMINATED);
        self.doc
    }

    /// Counts the positions of the entries of the block before `end`.
    fn count(&mut self, end: usize) {
        let freqs = self.blocks.freqs();
        let end = end.min(freqs.len());
        let passed = freqs.get(self.counted..end).unwrap_or_default();
        self.before += u64::from(passed.iter().sum::<u32>());
        self.counted = end;
    }

    fn freq(&self) -> u32 {
        self.blocks.freqs().get(self.at).copied().unwrap_or_default()
    }

    /// Reads the positions in the current entry, each as its distance from the one before it.
    fn steps(&mut self) -> &[u32] {
        self.count(self.at);
        let n = self.freq() as usize;
        if self.steps.len() < n {
            self.steps.resize(n, 0);
        }
        let Some(steps) = self.steps.get_mut(..n) else { return &[] };
        self.positions.read(self.before, steps);
        steps
    }

    fn spans(&mut self, width: u32, spans: &mut Vec<(u32, u32)>) {
        let mut at = 0;
        spans.extend(self.steps().iter().map(|step| {
            at += step;
            (at, at + width - 1)
        }));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::index::SegmentComponent;
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{Index, Term, doc};

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        /// A list read block by block says the same as one that is skipped through, over several
        /// blocks and at its end, whichever of its entries are looked at.
        #[test]
        fn read_as_skipped(
            freqs in proptest::collection::vec(0_usize..6, 1..700),
            steps in proptest::collection::vec((1_u32..90, any::<bool>()), 1..120),
        ) {
            let mut schema = Schema::builder();
            let body = schema.add_text_field("body", TEXT);
            let index = Index::create_in_ram(schema.build());
            let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
            for (at, &freq) in freqs.iter().enumerate() {
                let text = "x filler ".repeat(freq) + &"other ".repeat(at % 7);
                writer.add_document(doc!(body => text)).unwrap();
            }
            writer.commit().unwrap();
            let searcher = index.reader().unwrap().searcher();
            for reader in searcher.segment_readers() {
                let inverted = reader.inverted_index(body).unwrap();
                let term = Term::from_field_text(body, "x");
                let Some(info) = inverted.get_term_info(&term).unwrap() else { continue };
                let file = reader.open_read(SegmentComponent::Positions).unwrap();
                let positions = CompositeFile::open(&file).unwrap();
                let open = |n_looked_at| {
                    TermPlaces::open(&inverted, &positions, (body, &info), n_looked_at).unwrap()
                };
                let (mut read, mut skipped) = (open(u64::MAX), open(0));
                prop_assert!(matches!(read, TermPlaces::Read(_)));
                prop_assert_eq!(read.cost(), skipped.cost());
                let watch = Watch::new(&|| false);
                for &(step, looks) in &steps {
                    prop_assert_eq!(read.doc(), skipped.doc());
                    if read.doc() == TERMINATED {
                        break;
                    }
                    if looks {
                        prop_assert_eq!(read.freq(), skipped.freq());
                        let (mut one, mut other) = (Vec::new(), Vec::new());
                        read.spans(2, &mut one);
                        skipped.spans(2, &mut other);
                        prop_assert_eq!(one, other);
                    }
                    let target = read.doc() + step;
                    prop_assert_eq!(read.seek(target, &watch), skipped.seek(target, &watch));
                }
            }
        }
    }
}
