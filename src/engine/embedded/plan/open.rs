//! From a plan to cursors: what each part of a query matches in one segment.

use tantivy::directory::CompositeFile;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::SegmentPostings;
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader};

use super::{List, Matcher, PlacesPlan, Rated, RatedStem, SpanPlan};
use crate::engine::embedded::postings::{
    AnyCursor, Cursor, FewTerms, Fill, ListCursor, Ranked, TermCursor, TermHeap, TermsCursor,
};
use crate::engine::embedded::schema::Fields;
use crate::engine::embedded::spans::{
    Arrangement, Chain, Occurrences, PhraseOccurrences, SpanCursor,
};
use crate::engine::embedded::watch::{OPENING, Watch};
use crate::engine::embedded::word::{Listed, StemCursor, WordCursor};

/// What it costs to look at the positions of an entry, beside reading that it is there.
const POSITIONS: u64 = 16;

/// A segment, as matchers open it.
pub(in crate::engine::embedded) struct Opened<'a> {
    pub(in crate::engine::embedded) number: usize,
    pub(in crate::engine::embedded) reader: &'a SegmentReader,
    pub(in crate::engine::embedded) fields: Fields,
    /// The positions of all fields.
    pub(in crate::engine::embedded) positions: &'a CompositeFile,
    /// Where cursors may begin.
    pub(in crate::engine::embedded) start: DocId,
    /// About how many entries will be looked at.
    pub(in crate::engine::embedded) n_looked_at: u64,
    pub(in crate::engine::embedded) watch: &'a Watch<'a>,
}

impl Opened<'_> {
    pub(super) fn ranked(&self, field: Field, bm25: &Bm25Weight) -> tantivy::Result<Ranked> {
        let norms = match self.fields.lengths_of(field) {
            Some(field) => self.reader.get_fieldnorms_reader(field)?,
            None => FieldNormReader::constant(self.reader.max_doc(), 1),
        };
        Ok(Ranked { bm25: bm25.clone(), norms })
    }

    /// Returns where a list is, for reading it whole.
    fn listed(&self, list: &List) -> tantivy::Result<Option<Listed>> {
        let Some(Some(info)) = list.infos.get(self.number) else { return Ok(None) };
        let inverted = self.reader.inverted_index(list.field)?;
        Ok(Some(Listed { inverted, info: info.clone() }))
    }

    fn postings(&self, list: &List) -> tantivy::Result<Option<SegmentPostings>> {
        let Some(Some(info)) = list.infos.get(self.number) else { return Ok(None) };
        if !self.watch.spend(OPENING) {
            return Ok(None);
        }
        let inverted = self.reader.inverted_index(list.field)?;
        Ok(Some(inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?))
    }

    fn term(&self, rated: &Rated) -> tantivy::Result<Option<TermCursor>> {
        let Some(postings) = self.postings(&rated.list)? else { return Ok(None) };
        Ok(Some(TermCursor { postings, ranked: self.ranked(rated.list.field, &rated.bm25)? }))
    }

    fn stem(&self, rated: &RatedStem) -> tantivy::Result<StemCursor> {
        let plain = rated.plain.as_ref().map_or(Ok(None), |list| self.postings(list))?;
        Ok(StemCursor {
            inflected: self.postings(&rated.inflected)?,
            plain,
            has_exact: rated.has_exact,
            ranked: self.ranked(rated.inflected.field, &rated.bm25)?,
        })
    }
}

impl Matcher {
    /// Returns about how many entries its lists hold.
    pub(super) fn cost(&self) -> u64 {
        match self {
            Self::Word(exact, stem) => {
                let exact = exact.as_ref().map_or(0, |exact| exact.list.freq);
                let plain = stem.as_ref().and_then(|stem| stem.plain.as_ref());
                let stem = stem.as_ref().map_or(0, |stem| stem.inflected.freq);
                exact + stem + plain.map_or(0, |plain| plain.freq)
            }
            Self::Terms(forms, _) => forms.cost(),
            Self::Spans(plan, _) => POSITIONS * plan.cost(),
            Self::Any(matchers) | Self::Best(matchers) => {
                matchers.iter().map(|(matcher, _)| matcher.cost()).sum()
            }
            Self::Listed(segments) => segments.iter().map(|docs| docs.len() as u64).sum(),
        }
    }

    pub(super) fn open<'w>(&self, segment: &Opened<'w>) -> tantivy::Result<Box<dyn Cursor + 'w>> {
        let watch = segment.watch;
        Ok(match self {
            Self::Word(exact, stem) => {
                let inflected = stem.as_ref().map(|stem| &stem.inflected);
                let plain = stem.as_ref().and_then(|stem| stem.plain.as_ref());
                let listed =
                    |list: Option<&List>| list.map_or(Ok(None), |list| segment.listed(list));
                let lists = [
                    listed(exact.as_ref().map(|exact| &exact.list))?,
                    listed(inflected)?,
                    listed(plain)?,
                ];
                let exact = exact.as_ref().map_or(Ok(None), |rated| segment.term(rated))?;
                let stem = stem.as_ref().map(|rated| segment.stem(rated)).transpose()?;
                Box::new(WordCursor::new(exact, stem, lists, watch))
            }
            Self::Terms(forms, score) => {
                let basic = IndexRecordOption::Basic;
                let terms = forms.open(segment.number, segment.reader, basic, watch)?;
                Box::new(TermsCursor { heap: TermHeap::new(terms), score: *score, watch })
            }
            Self::Spans(plan, rated) => {
                let ranked =
                    rated.as_ref().map(|(field, bm25)| segment.ranked(*field, bm25)).transpose()?;
                Box::new(SpanCursor::new(plan.open(segment)?, ranked, segment.start, watch))
            }
            Self::Any(matchers) | Self::Best(matchers) => {
                let cursors = matchers
                    .iter()
                    .map(|(matcher, weight)| {
                        let cursor = matcher.open(segment)?;
                        Ok(Box::new(Weighted { cursor, weight: *weight }) as Box<dyn Cursor + 'w>)
                    })
                    .collect::<tantivy::Result<_>>()?;
                Box::new(AnyCursor::new(cursors, matches!(self, Self::Any(_))))
            }
            Self::Listed(segments) => {
                let docs = segments.get(segment.number).cloned().unwrap_or_default();
                Box::new(ListCursor::new(docs))
            }
        })
    }
}

/// A cursor whose scores are multiplied.
struct Weighted<'w> {
    cursor: Box<dyn Cursor + 'w>,
    weight: f32,
}

impl Cursor for Weighted<'_> {
    fn doc(&self) -> DocId {
        self.cursor.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.cursor.seek(target)
    }

    fn score(&mut self) -> f32 {
        self.cursor.score() * self.weight
    }

    fn fill(&mut self, end: DocId, fill: &mut Fill<'_>) {
        fill.weighted(self.weight, |fill| self.cursor.fill(end, fill));
    }

    fn cost(&self) -> u64 {
        self.cursor.cost()
    }
}

impl SpanPlan {
    /// Returns about in how many entries it is looked for.
    fn cost(&self) -> u64 {
        match self {
            Self::One(places) | Self::Apart(places, ..) => places.cost(),
            Self::Chain(operands, ..) => operands.iter().map(PlacesPlan::cost).min().unwrap_or(0),
        }
    }

    fn open(&self, segment: &Opened<'_>) -> tantivy::Result<Arrangement> {
        let most = segment.n_looked_at;
        Ok(match self {
            Self::One(places) => Arrangement::One(places.open(segment, most)?),
            Self::Chain(operands, order, links) => {
                let rarest = operands.iter().map(|operand| operand.in_segment(segment.number));
                let most = rarest.min().unwrap_or_default().min(most);
                let operands = operands.iter().map(|operand| operand.open(segment, most));
                let operands = operands.collect::<tantivy::Result<_>>()?;
                Arrangement::Chain(Chain::new(operands, order, links))
            }
            Self::Apart(keep, other, link) => {
                let own = keep.in_segment(segment.number).min(most);
                Arrangement::Apart(keep.open(segment, most)?, other.open(segment, own)?, *link)
            }
        })
    }
}

impl PlacesPlan {
    /// Returns about in how many entries it is looked for.
    fn cost(&self) -> u64 {
        match self {
            Self::Terms(forms) => forms.cost(),
            Self::Phrase(words, _) => words.iter().map(|(word, _)| word.cost()).min().unwrap_or(0),
            Self::Any(parts) => parts.iter().map(Self::cost).sum(),
        }
    }

    /// Returns about in how many entries of a segment it is looked for.
    fn in_segment(&self, segment: usize) -> u64 {
        match self {
            Self::Terms(forms) => forms.in_segment(segment).1,
            Self::Phrase(words, _) => {
                words.iter().map(|(word, _)| word.in_segment(segment)).min().unwrap_or_default()
            }
            Self::Any(parts) => parts.iter().map(|part| part.in_segment(segment)).sum(),
        }
    }

    /// Opens it; about `n_looked_at` entries will be looked at.
    pub(super) fn open(
        &self,
        segment: &Opened<'_>,
        n_looked_at: u64,
    ) -> tantivy::Result<Occurrences> {
        Ok(match self {
            Self::Terms(forms) => {
                if forms.in_segment(segment.number).0 > FewTerms::MOST {
                    let positions = IndexRecordOption::WithFreqsAndPositions;
                    let terms =
                        forms.open(segment.number, segment.reader, positions, segment.watch)?;
                    return Ok(Occurrences::Terms(TermHeap::new(terms)));
                }
                let mut terms = forms.places(segment, n_looked_at)?;
                match (terms.pop(), terms.is_empty()) {
                    (Some((places, 1)), true) => Occurrences::Term(Box::new(places)),
                    (last, _) => {
                        terms.extend(last);
                        Occurrences::Few(FewTerms::new(terms))
                    }
                }
            }
            Self::Phrase(words, slop) => {
                let n_looked_at = self.in_segment(segment.number).min(n_looked_at);
                let open = |(word, offsets): &(Self, Vec<u32>)| {
                    Ok((word.open(segment, n_looked_at)?, offsets.clone()))
                };
                let words = words.iter().map(open).collect::<tantivy::Result<_>>()?;
                Occurrences::Phrase(PhraseOccurrences::new(words, *slop))
            }
            Self::Any(parts) => {
                let parts = parts.iter().map(|part| part.open(segment, n_looked_at));
                Occurrences::Any(parts.collect::<tantivy::Result<_>>()?)
            }
        })
    }
}
