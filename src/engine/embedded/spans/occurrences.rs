//! Where words and phrases stand in an entry.

use tantivy::{DocId, TERMINATED};

use super::slop::{fits, layings};
use super::{Marks, Run};
use crate::engine::embedded::places::TermPlaces;
use crate::engine::embedded::postings::{FewTerms, TermHeap};
use crate::engine::embedded::watch::Watch;

/// Where something occurs, entry by entry.
pub(in crate::engine::embedded) enum Occurrences {
    /// One term of one token.
    Term(Box<TermPlaces>),
    /// Any of a few terms.
    Few(FewTerms),
    /// Any of some terms.
    Terms(TermHeap),
    /// Words in order.
    Phrase(PhraseOccurrences),
    /// Any of these.
    Any(Vec<Self>),
}

/// Words in order; a word that stands in it several times is read once.
pub(in crate::engine::embedded) struct PhraseOccurrences {
    /// Each gives runs of one position; the rarest comes first.
    words: Vec<Occurrences>,
    /// For each of these where in the phrase it stands, rising.
    offsets: Vec<Vec<u32>>,
    /// How many words the phrase has.
    length: u32,
    /// How many moves are allowed.
    slop: u32,
    // Kept, so that nothing is allocated for each entry.
    own: Vec<Run>,
}

impl PhraseOccurrences {
    /// Takes different words with the offsets of each.
    pub(in crate::engine::embedded) fn new(
        mut words: Vec<(Occurrences, Vec<u32>)>,
        slop: u32,
    ) -> Self {
        words.sort_by_key(|(word, _)| word.cost());
        let (words, offsets): (Vec<_>, Vec<Vec<u32>>) = words.into_iter().unzip();
        let length = offsets.iter().map(Vec::len).sum::<usize>();
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        Self { words, offsets, length, slop, own: Vec::new() }
    }

    fn seek(&mut self, mut target: DocId, watch: &Watch<'_>) -> DocId {
        loop {
            target = meet(&mut self.words, target, watch);
            if target == TERMINATED {
                return TERMINATED;
            }
            // Few entries hold a word as often as a phrase that repeats it.
            let mut words = self.words.iter_mut().zip(&self.offsets);
            if words.all(|(word, offsets)| offsets.len() < 2 || word.most() >= offsets.len()) {
                return target;
            }
            target += 1;
        }
    }

    /// Finds the words side by side.
    fn adjacent(&mut self, doc: DocId, runs: &mut Vec<Run>, watch: &Watch<'_>) {
        for (at, (word, offsets)) in self.words.iter_mut().zip(&self.offsets).enumerate() {
            word.runs(doc, &mut self.own, watch);
            let mut offsets = offsets.as_slice();
            if at == 0 {
                let Some((&first, rest)) = offsets.split_first() else { return };
                let starts = self.own.iter().filter_map(|&(at, _)| at.checked_sub(first));
                runs.extend(starts.map(|start| (start, start + self.length - 1)));
                offsets = rest;
            }
            for offset in offsets {
                if runs.is_empty() || !watch.spend(runs.len() as u64) {
                    runs.clear();
                    return;
                }
                let mut ahead = self.own.as_slice();
                runs.retain(|&(start, _)| {
                    let wanted = start + offset;
                    let passed = ahead.partition_point(|&(at, _)| at < wanted);
                    ahead = ahead.get(passed..).unwrap_or_default();
                    ahead.first().is_some_and(|&(at, _)| at == wanted)
                });
            }
        }
    }

    /// Returns the positions of each word of the phrase in entry `doc`.
    fn places(&mut self, doc: DocId, watch: &Watch<'_>) -> Vec<Vec<u32>> {
        let mut places = vec![Vec::new(); self.length as usize];
        for (word, offsets) in self.words.iter_mut().zip(&self.offsets) {
            word.runs(doc, &mut self.own, watch);
            for &offset in offsets {
                if !watch.spend(self.own.len() as u64) {
                    return Vec::new();
                }
                if let Some(place) = places.get_mut(offset as usize) {
                    place.extend(self.own.iter().map(|&(first, _)| first));
                }
            }
        }
        places
    }
}

impl Occurrences {
    /// Returns the entry that may hold an occurrence; [`TERMINATED`] past the last one.
    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::Term(places) => places.doc(),
            Self::Few(terms) => terms.doc(),
            Self::Terms(heap) => heap.doc(),
            Self::Phrase(phrase) => phrase.words.iter().map(Self::doc).max().unwrap_or(TERMINATED),
            Self::Any(parts) => parts.iter().map(Self::doc).min().unwrap_or(TERMINATED),
        }
    }

    /// Goes to the first entry at or after `target` that may hold an occurrence; to the end when
    /// the search is over.
    pub(super) fn seek(&mut self, target: DocId, watch: &Watch<'_>) -> DocId {
        match self {
            Self::Term(..) if !watch.spend(1) => TERMINATED,
            Self::Term(places) => places.seek(target, watch),
            Self::Few(_) if !watch.spend(2) => TERMINATED,
            Self::Few(terms) => terms.seek(target, watch),
            Self::Terms(heap) => heap.seek(target, watch),
            Self::Phrase(phrase) => phrase.seek(target, watch),
            Self::Any(parts) => {
                parts.iter_mut().map(|part| part.seek(target, watch)).min().unwrap_or(TERMINATED)
            }
        }
    }

    /// Tells whether every occurrence is one position.
    pub(super) fn is_single(&self) -> bool {
        match self {
            Self::Term(_) => true,
            Self::Few(terms) => terms.is_single(),
            Self::Any(parts) => parts.iter().all(Self::is_single),
            Self::Terms(_) | Self::Phrase(_) => false,
        }
    }

    /// Returns at most how often it occurs in the entry that the cursor stands at.
    pub(super) fn most(&mut self) -> usize {
        match self {
            Self::Term(places) => places.freq() as usize,
            Self::Few(terms) => terms.freq() as usize,
            Self::Terms(heap) => heap.freq() as usize,
            Self::Phrase(_) | Self::Any(_) => usize::MAX,
        }
    }

    /// Puts the occurrences in entry `doc` into `runs`, sorted, each once. The cursor stands there.
    pub(super) fn runs(&mut self, doc: DocId, runs: &mut Vec<Run>, watch: &Watch<'_>) {
        runs.clear();
        if self.doc() != doc {
            return;
        }
        match self {
            Self::Term(places) => places.spans(1, runs),
            Self::Few(terms) => terms.spans(runs),
            Self::Terms(heap) => heap.spans(runs),
            Self::Phrase(phrase) => {
                if phrase.slop == 0 {
                    phrase.adjacent(doc, runs, watch);
                } else {
                    layings(&phrase.places(doc, watch), phrase.slop, runs, watch);
                }
            }
            Self::Any(parts) => {
                let mut own = Vec::new();
                for part in parts {
                    part.runs(doc, &mut own, watch);
                    runs.append(&mut own);
                }
                runs.sort_unstable();
                runs.dedup();
            }
        }
        watch.spend(runs.len() as u64);
    }

    /// Adds the occurrences in entry `doc`, each one position, to `marks`; `false`: that cannot be
    /// done. The cursor stands there.
    pub(super) fn mark(&mut self, doc: DocId, marks: &mut Marks) -> bool {
        match self {
            Self::Term(places) => places.doc() != doc || places.mark(marks),
            Self::Few(terms) => terms.doc() != doc || terms.mark(marks),
            Self::Any(parts) => parts.iter_mut().all(|part| part.mark(doc, marks)),
            Self::Terms(_) | Self::Phrase(_) => false,
        }
    }

    /// Tells how often it occurs in entry `doc`, or only that it does. The cursor stands there.
    pub(super) fn occurs(&mut self, doc: DocId, runs: &mut Vec<Run>, watch: &Watch<'_>) -> usize {
        match self {
            Self::Phrase(phrase) if phrase.slop > 0 => {
                usize::from(fits(&phrase.places(doc, watch), phrase.slop, watch))
            }
            _ => {
                self.runs(doc, runs, watch);
                runs.len()
            }
        }
    }

    pub(super) fn cost(&self) -> u64 {
        match self {
            Self::Term(places) => places.cost(),
            Self::Few(terms) => terms.cost(),
            Self::Terms(heap) => heap.cost(),
            Self::Phrase(phrase) => phrase.words.iter().map(Self::cost).min().unwrap_or(0),
            Self::Any(parts) => parts.iter().map(Self::cost).sum(),
        }
    }
}

/// Moves all parts to the first entry at or after `target` that all of them hold.
pub(super) fn meet(parts: &mut [Occurrences], mut target: DocId, watch: &Watch<'_>) -> DocId {
    loop {
        let start = target;
        for part in parts.iter_mut() {
            target = target.max(part.seek(target, watch));
            if target == TERMINATED {
                return TERMINATED;
            }
        }
        if target == start {
            return target;
        }
    }
}
