//! From a tree to a plan: its leaves, each a matcher of entries with a bit of its own, and the
//! logic above them.
//!
//! A leaf below an And with filters of passages counts only in passages that these filters take:
//! that is its `needs`. What is below a Not looks at all passages.

use std::collections::BTreeMap;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Searcher, SegmentReader, Term};

use super::entries::days_of_term;
use super::forms::Forms;
use super::postings::{
    AnyCursor, Cursor, FewTerms, Fill, ListCursor, Ranked, Scores, TermCursor, TermHeap, TermsCursor,
};
use super::schema::Fields;
use super::segment::{Record, Segment};
use super::spans::{Arrangement, Chain, Closeness, Occurrences, PhraseOccurrences, SpanCursor};
use super::watch::{OPENING, Watch};
use super::word::{Listed, StemCursor, WordCursor};
use crate::engine::{Note, Want};
use crate::query::tree::{
    Filter, Fuzzy, Like, Link, Node, NodeKind, NumberRange, Operand, OperandKind, Pattern, Phrase,
    PhraseWord, Tag, Text, Tree, Word,
};
use crate::text::is_own_stem;

/// What every entry of a pattern or fuzzy word scores: less than a written word ever does.
pub(super) const LOOSE_SCORE: f32 = 0.5;
/// How much more a reference weighs than its words.
const REFERENCE_BOOST: f32 = 8.0;
/// A document that bears the number asked for counts so much more than one that refers to it.
const BEARER_BOOST: f32 = 4.0;
/// How much the same letters with other blanks weigh beside the typed ones.
const OTHER_BLANKS: f32 = 0.9;
/// How much other spellings weigh beside the typed one.
const OTHER_SPELLING: f32 = 0.25;
/// What it costs to look at the positions of an entry, beside reading that it is there.
const POSITIONS: u64 = 16;
/// Bare words that stand within so many positions count a little more.
const CLOSE_WITHIN: u32 = 8;
/// A bit for each leaf.
pub(super) type Bits = u128;
/// The most leaves.
pub(super) const MOST_LEAVES: usize = 128;

/// The logic above the leaves.
#[derive(Debug)]
pub(super) enum Logic {
    All,
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Leaf(usize),
}

/// Returns the bit of a leaf.
pub(super) const fn bit(leaf: usize) -> Bits {
    1 << leaf
}

/// What a leaf speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaks {
    /// Words of a passage.
    Text,
    /// A property of a passage.
    Place,
    /// A property of a document, found on its card.
    Document,
}

/// A part of the query that entries match or not.
pub(super) struct Leaf {
    matcher: Matcher,
    pub(super) speaks: Speaks,
    /// Leaves that an entry must match, too.
    pub(super) needs: Bits,
    /// Whether its passages belong to the answer: it is below no Not.
    pub(super) finds: bool,
    /// Whether what stands across a seam counts: not for `w/n NOT`.
    pub(super) crosses: bool,
    /// For a word: what it is, the same in every query.
    pub(super) word: Option<Word>,
}

impl Leaf {
    /// Tells whether the passages that it matches have a score by it.
    pub(super) fn is_scored(&self) -> bool {
        self.finds && self.speaks != Speaks::Document
    }

    /// Tells whether lists of entries are best read one after the other, each to its end.
    pub(super) const fn is_read_whole(&self) -> bool {
        self.word.is_some() || matches!(self.matcher, Matcher::Terms(..) | Matcher::Listed(_))
    }
}

/// How a leaf matches.
enum Matcher {
    /// Printed form and stem.
    Word(Option<Rated>, Option<RatedStem>),
    Terms(Forms, f32),
    Spans(SpanPlan, Option<(Field, Bm25Weight)>),
    /// Any of them; scores are added.
    Any(Vec<(Self, f32)>),
    /// Any of them; the best score counts.
    Best(Vec<(Self, f32)>),
    /// For each segment, sorted.
    Listed(Vec<Vec<DocId>>),
}

/// A term and how much it tells.
struct Rated {
    list: List,
    bm25: Bm25Weight,
}

/// Where the postings of a term are in each segment.
struct List {
    field: Field,
    infos: Vec<Option<TermInfo>>,
    /// In how many entries it stands.
    freq: u64,
}

/// A stem; see [`StemCursor`].
struct RatedStem {
    inflected: List,
    plain: Option<List>,
    has_exact: bool,
    bm25: Bm25Weight,
}

/// An arrangement before a segment is opened.
enum SpanPlan {
    One(PlacesPlan),
    /// Different operands, and in which order they stand.
    Chain(Vec<PlacesPlan>, Vec<usize>, Vec<Link>),
    Apart(PlacesPlan, PlacesPlan, Link),
}

/// Occurrences before a segment is opened.
#[derive(PartialEq, Eq)]
enum PlacesPlan {
    Terms(Forms),
    /// Its different words with their offsets, its moves.
    Phrase(Vec<(Self, Vec<u32>)>, u32),
    Any(Vec<Self>),
}

/// Returns the place of `plan` among different ones, where it is put if it is new.
fn place_among(known: &mut Vec<PlacesPlan>, plan: PlacesPlan) -> usize {
    known.iter().position(|one| *one == plan).unwrap_or_else(|| {
        known.push(plan);
        known.len() - 1
    })
}

/// A query, ready to be asked of segments.
pub(super) struct Plan {
    pub(super) logic: Logic,
    pub(super) leaves: Vec<Leaf>,
    /// Words whose standing in the title counts.
    title_words: Vec<Matcher>,
    /// Bare words that should stand close, the leaves that an entry must match for it, and BM25.
    close: Option<(Vec<PlacesPlan>, Bits, Bm25Weight)>,
    /// Where filters alone are asked for: what the passages of a document may speak of.
    subjects: Vec<Subject>,
    pub(super) notes: Vec<Note>,
}

/// What a filter names: the more a document speaks of it, the earlier it comes.
struct Subject {
    passages: Matcher,
    /// Cards of documents whose title names it, or that have it as their own number.
    cards: Matcher,
}

/// The cursors of a [`Subject`] in one segment.
pub(super) struct OpenSubject<'w> {
    pub(super) passages: Box<dyn Cursor + 'w>,
    pub(super) cards: Box<dyn Cursor + 'w>,
}

/// Which fields hold the printed form and the stem.
#[derive(Clone, Copy)]
struct Where {
    exact: Field,
    stem: Field,
}

/// Builds a plan.
struct Planner<'a> {
    searcher: &'a Searcher,
    segments: &'a [Segment],
    fields: &'a Fields,
    like: &'a dyn Fn(&Like) -> Vec<String>,
    watch: &'a Watch<'a>,
    leaves: Vec<Leaf>,
    words: Vec<(Word, usize)>,
    /// What patterns stand for, each looked up once.
    patterns: BTreeMap<(String, Field), Forms>,
    /// Texts without a word of their own that are leaves already: written twice, they find the same.
    known: Vec<(Text, Place, usize)>,
    notes: Vec<Note>,
}

/// Where in the tree a node stands.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    needs: Bits,
    finds: bool,
}

impl Plan {
    /// Makes the plan of a tree. More than [`MOST_LEAVES`] leaves: the caller must refuse it.
    pub(super) fn of(
        tree: &Tree,
        searcher: &Searcher,
        segments: &[Segment],
        fields: &Fields,
        want: &Want<'_>,
        watch: &Watch<'_>,
    ) -> tantivy::Result<Self> {
        let mut planner = Planner {
            searcher,
            segments,
            fields,
            like: want.like,
            watch,
            leaves: Vec::new(),
            words: Vec::new(),
            patterns: BTreeMap::new(),
            known: Vec::new(),
            notes: Vec::new(),
        };
        let logic = planner.node(&tree.root, Place { needs: 0, finds: true })?;
        let title = Where { exact: fields.title, stem: fields.title_stem };
        let words = std::mem::take(&mut planner.words);
        let title_words = words
            .iter()
            .map(|(word, _)| planner.word(word, title))
            .collect::<tantivy::Result<_>>()?;
        let close = planner.close(&tree.root, &words)?;
        let subjects = if tree.is_filters_alone() { planner.subjects(tree)? } else { Vec::new() };
        let Planner { leaves, notes, .. } = planner;
        Ok(Self { logic, leaves, title_words, close, subjects, notes })
    }

    /// Returns the leaves that every hit must match.
    pub(super) fn required(&self) -> Vec<usize> {
        let parts = match &self.logic {
            Logic::And(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        parts
            .iter()
            .filter_map(|part| match part {
                Logic::Leaf(leaf) => Some(*leaf),
                _ => None,
            })
            .collect()
    }

    /// Returns about how many entries the lists of all leaves hold.
    pub(super) fn cost(&self) -> u64 {
        self.leaves.iter().map(|leaf| leaf.matcher.cost()).sum()
    }

    /// Returns the bits of the leaves that `choose` takes.
    pub(super) fn bits_of(&self, choose: impl Fn(&Leaf) -> bool) -> Bits {
        let chosen = self.leaves.iter().enumerate().filter(|(_, leaf)| choose(leaf));
        chosen.fold(0, |bits, (leaf, _)| bits | bit(leaf))
    }

    /// Opens where the scores of each leaf come from, in a segment that has been surveyed; `None`: it
    /// has none.
    pub(super) fn open_scores<'w>(
        &self,
        segment: &Opened<'w>,
    ) -> tantivy::Result<Vec<Option<Scores<'w>>>> {
        let open = |leaf: &Leaf| {
            if !leaf.is_scored() {
                return Ok(None);
            }
            Ok(Some(match &leaf.matcher {
                Matcher::Terms(_, score) => Scores::Same(*score),
                Matcher::Listed(_) => Scores::Same(0.0),
                matcher => Scores::Cursor(matcher.open(segment)?),
            }))
        };
        self.leaves.iter().map(open).collect()
    }

    /// Opens the cursor of one leaf in a segment.
    pub(super) fn open_leaf<'w>(
        &self,
        leaf: &Leaf,
        segment: &Opened<'w>,
    ) -> tantivy::Result<Box<dyn Cursor + 'w>> {
        leaf.matcher.open(segment)
    }

    /// Returns the leaves of bare words that may stand close, and the most that this can add.
    pub(super) fn most_close(&self) -> Option<(Bits, f32)> {
        let (_, bits, bm25) = self.close.as_ref()?;
        let most = (0..=u8::MAX).map(|length| bm25.score(length, 1)).fold(0.0, f32::max);
        Some((*bits, most))
    }

    /// Tells whether filters name something that documents can speak of.
    pub(super) const fn has_subjects(&self) -> bool {
        !self.subjects.is_empty()
    }

    /// Opens the cursors of the words in titles.
    pub(super) fn open_titles<'w>(
        &self,
        segment: &Opened<'w>,
    ) -> tantivy::Result<Vec<Box<dyn Cursor + 'w>>> {
        self.title_words.iter().map(|word| word.open(segment)).collect()
    }

    /// Opens the cursors of what filters name.
    pub(super) fn open_subjects<'w>(
        &self,
        segment: &Opened<'w>,
    ) -> tantivy::Result<Vec<OpenSubject<'w>>> {
        let open = |subject: &Subject| {
            let passages = subject.passages.open(segment)?;
            Ok(OpenSubject { passages, cards: subject.cards.open(segment)? })
        };
        self.subjects.iter().map(open).collect()
    }

    /// Opens the search for bare words close together, with the leaves that an entry must match.
    pub(super) fn open_close<'w>(
        &self,
        segment: &Opened<'w>,
        fields: &Fields,
    ) -> tantivy::Result<Option<(Closeness<'w>, Bits)>> {
        let Some((words, bits, bm25)) = &self.close else { return Ok(None) };
        let words =
            words.iter().map(|word| word.open(segment)).collect::<tantivy::Result<Vec<_>>>()?;
        let ranked = segment.ranked(fields.body, bm25)?;
        Ok(Some((Closeness::new(words, ranked, CLOSE_WITHIN, segment.watch), *bits)))
    }
}

/// A segment, as matchers open it.
pub(super) struct Opened<'a> {
    pub(super) number: usize,
    pub(super) reader: &'a SegmentReader,
    pub(super) fields: Fields,
    /// Where cursors may begin.
    pub(super) start: DocId,
    pub(super) watch: &'a Watch<'a>,
}

impl Opened<'_> {
    fn ranked(&self, field: Field, bm25: &Bm25Weight) -> tantivy::Result<Ranked> {
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
    fn cost(&self) -> u64 {
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

    fn open<'w>(&self, segment: &Opened<'w>) -> tantivy::Result<Box<dyn Cursor + 'w>> {
        let watch = segment.watch;
        Ok(match self {
            Self::Word(exact, stem) => {
                let inflected = stem.as_ref().map(|stem| &stem.inflected);
                let plain = stem.as_ref().and_then(|stem| stem.plain.as_ref());
                let listed = |list: Option<&List>| list.map_or(Ok(None), |list| segment.listed(list));
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
        Ok(match self {
            Self::One(places) => Arrangement::One(places.open(segment)?),
            Self::Chain(operands, order, links) => {
                let operands = operands.iter().map(|operand| operand.open(segment));
                let operands = operands.collect::<tantivy::Result<_>>()?;
                Arrangement::Chain(Chain::new(operands, order, links))
            }
            Self::Apart(keep, other, link) => {
                Arrangement::Apart(keep.open(segment)?, other.open(segment)?, *link)
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

    fn open(&self, segment: &Opened<'_>) -> tantivy::Result<Occurrences> {
        Ok(match self {
            Self::Terms(forms) => {
                let positions = IndexRecordOption::WithFreqsAndPositions;
                let mut terms =
                    forms.open(segment.number, segment.reader, positions, segment.watch)?;
                match (terms.pop(), terms.is_empty()) {
                    (Some((postings, 1)), true) => {
                        Occurrences::Term(Box::new(postings), Vec::new())
                    }
                    (last, _) => {
                        terms.extend(last);
                        if terms.len() <= FewTerms::MOST {
                            Occurrences::Few(FewTerms::new(terms))
                        } else {
                            Occurrences::Terms(TermHeap::new(terms))
                        }
                    }
                }
            }
            Self::Phrase(words, slop) => {
                let open =
                    |(word, offsets): &(Self, Vec<u32>)| Ok((word.open(segment)?, offsets.clone()));
                let words = words.iter().map(open).collect::<tantivy::Result<_>>()?;
                Occurrences::Phrase(PhraseOccurrences::new(words, *slop))
            }
            Self::Any(parts) => {
                let parts = parts.iter().map(|part| part.open(segment));
                Occurrences::Any(parts.collect::<tantivy::Result<_>>()?)
            }
        })
    }
}

impl Planner<'_> {
    fn node(&mut self, node: &Node, place: Place) -> tantivy::Result<Logic> {
        Ok(match &node.kind {
            NodeKind::All => Logic::All,
            NodeKind::And(children) => self.and(children, place)?,
            NodeKind::Or(children) => Logic::Or(
                children
                    .iter()
                    .map(|child| self.node(child, place))
                    .collect::<tantivy::Result<_>>()?,
            ),
            NodeKind::Not(child) => {
                Logic::Not(Box::new(self.node(child, Place { needs: 0, finds: false })?))
            }
            NodeKind::Expanded { typed, others } => {
                let letters = typed.letters();
                let typed = self.node(typed, place)?;
                let body = self.body();
                let weight = |text: &Text| {
                    let is_same = text.letters().is_some_and(|own| letters.as_ref() == Some(&own));
                    if is_same { OTHER_BLANKS } else { OTHER_SPELLING }
                };
                let others = others
                    .iter()
                    .map(|text| {
                        let matcher = match text {
                            Text::Word(word) => self.word_or_name(word)?,
                            text => self.text(text, body)?,
                        };
                        Ok((matcher, weight(text)))
                    })
                    .collect::<tantivy::Result<Vec<_>>>()?;
                let others = self.leaf(Matcher::Best(others), Speaks::Text, place, true);
                Logic::Or(vec![typed, others])
            }
            NodeKind::Text(text) => {
                let is_same =
                    |(known, at, _): &&(Text, Place, usize)| known == text && *at == place;
                if let Some((.., leaf)) = self.known.iter().find(is_same) {
                    return Ok(Logic::Leaf(*leaf));
                }
                let matcher = match text {
                    Text::Word(word) => self.word_or_name(word)?,
                    text => self.text(text, self.body())?,
                };
                let crosses = !matches!(text, Text::Apart(_));
                let leaf = self.next_leaf();
                if !matches!(text, Text::Word(_)) {
                    self.known.push((text.clone(), place, leaf));
                }
                if let (Text::Word(word), true) = (text, place.finds) {
                    self.words.push((word.clone(), leaf));
                }
                let logic = self.leaf(matcher, Speaks::Text, place, crosses);
                if let (Text::Word(word), Some(leaf)) = (text, self.leaves.last_mut()) {
                    leaf.word = Some(word.clone());
                }
                logic
            }
            NodeKind::Filter(filter) => self.filter(filter, place)?,
        })
    }

    /// Filters of passages come first: the other children need them.
    fn and(&mut self, children: &[Node], place: Place) -> tantivy::Result<Logic> {
        let is_place = |child: &Node| matches!(&child.kind, NodeKind::Filter(filter) if filter.is_of_passages());
        let first = self.next_leaf();
        let mut parts = Vec::with_capacity(children.len());
        for child in children.iter().filter(|child| is_place(child)) {
            parts.push(self.node(child, place)?);
        }
        let filters = (first..self.next_leaf()).fold(0, |bits, leaf| bits | bit(leaf.min(127)));
        // Beside a text such a filter only restricts: the passages are those that hold the text.
        let restricts = children.iter().any(Node::has_text);
        for leaf in self.leaves.iter_mut().skip(first) {
            leaf.needs |= filters;
            leaf.finds &= !restricts;
        }
        let inner = Place { needs: place.needs | filters, ..place };
        for child in children.iter().filter(|child| !is_place(child)) {
            parts.push(self.node(child, inner)?);
        }
        Ok(Logic::And(parts))
    }

    fn next_leaf(&self) -> usize {
        self.leaves.len()
    }

    fn leaf(&mut self, matcher: Matcher, speaks: Speaks, place: Place, crosses: bool) -> Logic {
        let needs = if speaks == Speaks::Document { 0 } else { place.needs };
        self.leaves.push(Leaf { matcher, speaks, needs, finds: place.finds, crosses, word: None });
        Logic::Leaf(self.leaves.len() - 1)
    }

    const fn body(&self) -> Where {
        Where { exact: self.fields.body, stem: self.fields.body_stem }
    }

    fn text(&mut self, text: &Text, place: Where) -> tantivy::Result<Matcher> {
        Ok(match text {
            Text::Word(word) => self.word(word, place)?,
            Text::Phrase(phrase) => self.phrase(phrase, place)?,
            Text::Pattern(Pattern { text }) => {
                Matcher::Terms(self.pattern(text, place)?, LOOSE_SCORE)
            }
            Text::Fuzzy(Fuzzy { word, edits }) => {
                Matcher::Terms(self.fuzzy(word, *edits, place)?, LOOSE_SCORE)
            }
            Text::Near(near) => {
                let (mut operands, mut order) = (Vec::new(), Vec::new());
                for operand in &near.operands {
                    order.push(place_among(&mut operands, self.operand(operand, place)?));
                }
                let words = near.operands.iter().flat_map(words_of_operand).collect();
                let rated = self.rated(words, place.exact)?;
                Matcher::Spans(SpanPlan::Chain(operands, order, near.links.clone()), rated)
            }
            Text::Apart(apart) => {
                let keep = self.operand(&apart.keep, place)?;
                let other = self.operand(&apart.other, place)?;
                let rated = self.rated(words_of_operand(&apart.keep), place.exact)?;
                Matcher::Spans(SpanPlan::Apart(keep, other, apart.link), rated)
            }
            Text::Reference(reference) => {
                let ids =
                    self.terms(self.fields.reference, reference.ids.iter().map(String::as_str));
                let forms = Forms::of_terms(self.searcher, &ids)?;
                let score = REFERENCE_BOOST * self.idf(&ids)?;
                let phrase = self.phrase(&reference.phrase, place)?;
                let own = self.terms(self.fields.bears, reference.ids.iter().map(String::as_str));
                let own = Forms::of_terms(self.searcher, &own)?;
                Matcher::Any(vec![
                    (Matcher::Terms(forms, score), 1.0),
                    (Matcher::Terms(own, REFERENCE_BOOST * self.idf(&[])?), BEARER_BOOST),
                    (phrase, 1.0),
                ])
            }
        })
    }

    /// Returns how telling the rarest of some terms is: what BM25 gives one term of a short field.
    fn idf(&self, terms: &[Term]) -> tantivy::Result<f32> {
        let mut best = 0.0_f32;
        // What nothing refers to is as rare as can be.
        let counts = terms.iter().map(|term| self.searcher.doc_freq(term));
        for passages in counts.chain(terms.is_empty().then_some(Ok(1))) {
            let passages = passages?;
            let bm25 = Bm25Weight::for_one_term_without_explain(
                passages,
                self.searcher.num_docs().max(passages),
                1.0,
            );
            best = best.max(bm25.score(1, 1));
        }
        Ok(best)
    }

    fn word(&self, word: &Word, place: Where) -> tantivy::Result<Matcher> {
        let exact = self.rate(Term::from_field_text(place.exact, &word.exact))?;
        let stem = self.stem(word, place, exact.as_ref())?;
        Ok(Matcher::Word(exact, stem))
    }

    /// Returns the stem of a word; `None` for one that no segment holds.
    fn stem(
        &self,
        word: &Word,
        place: Where,
        exact: Option<&Rated>,
    ) -> tantivy::Result<Option<RatedStem>> {
        let inflected = self.list(Term::from_field_text(place.stem, &word.stem))?;
        let is_printed = is_own_stem(&word.stem);
        let has_exact = is_printed && word.exact == word.stem;
        let plain = if is_printed && !has_exact {
            Some(self.list(Term::from_field_text(place.exact, &word.stem))?)
        } else {
            None
        };
        let printed = match &plain {
            None if has_exact => exact.map_or(0, |exact| exact.list.freq),
            plain => plain.as_ref().map_or(0, |plain| plain.freq),
        };
        // What holds both is counted twice, which weighs little: the exact number is nowhere kept.
        let freq = inflected.freq + printed;
        let bm25 = self.bm25(freq, place.exact)?;
        Ok(bm25.map(|bm25| RatedStem { inflected, plain, has_exact, bm25 }))
    }

    /// A bare word also finds the names that stand on the card alone.
    fn word_or_name(&self, word: &Word) -> tantivy::Result<Matcher> {
        let names = Where { exact: self.fields.names, stem: self.fields.names_stem };
        let body = self.word(word, self.body())?;
        Ok(match self.word(word, names)? {
            Matcher::Word(None, None) => body,
            name => Matcher::Best(vec![(body, 1.0), (name, 1.0)]),
        })
    }

    /// Returns `None` for a term that no segment holds.
    fn rate(&self, term: Term) -> tantivy::Result<Option<Rated>> {
        let list = self.list(term)?;
        let bm25 = self.bm25(list.freq, list.field)?;
        Ok(bm25.map(|bm25| Rated { list, bm25 }))
    }

    fn list(&self, term: Term) -> tantivy::Result<List> {
        let field = term.field();
        let mut infos = Vec::new();
        for reader in self.searcher.segment_readers() {
            infos.push(reader.inverted_index(field)?.get_term_info(&term)?);
        }
        let freq = infos.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        Ok(List { field, infos, freq })
    }

    /// Returns how much a term tells that stands in `freq` entries; `None` where it stands nowhere.
    fn bm25(&self, freq: u64, field: Field) -> tantivy::Result<Option<Bm25Weight>> {
        if freq == 0 {
            return Ok(None);
        }
        let (mut tokens, mut entries) = (0, 0);
        for reader in self.searcher.segment_readers() {
            tokens += reader.inverted_index(field)?.total_num_tokens();
            entries += u64::from(reader.max_doc());
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean needs few digits")]
        let mean = tokens as f32 / entries as f32;
        Ok(Some(Bm25Weight::for_one_term(freq.min(entries), entries, mean)))
    }

    fn phrase(&mut self, phrase: &Phrase, place: Where) -> tantivy::Result<Matcher> {
        let tokens: Option<Vec<&str>> = phrase
            .words
            .iter()
            .map(|word| match word {
                PhraseWord::Token(token) => Some(token.as_str()),
                PhraseWord::Pattern(_) => None,
            })
            .collect();
        if let Some([token]) = tokens.as_deref() {
            let term = self.rate(Term::from_field_text(place.exact, token))?;
            return Ok(Matcher::Word(term, None));
        }
        let plan = SpanPlan::One(self.phrase_places(phrase, place)?);
        let rated = self.rated(words_of_phrase(phrase), place.exact)?;
        Ok(Matcher::Spans(plan, rated))
    }

    fn phrase_places(&mut self, phrase: &Phrase, place: Where) -> tantivy::Result<PlacesPlan> {
        let (mut words, mut offsets): (Vec<PlacesPlan>, Vec<Vec<u32>>) = (Vec::new(), Vec::new());
        for (word, offset) in phrase.words.iter().zip(0..) {
            let plan = match word {
                PhraseWord::Token(token) => {
                    let term = Term::from_field_text(place.exact, token);
                    PlacesPlan::Terms(Forms::of_terms(self.searcher, &[term])?)
                }
                PhraseWord::Pattern(pattern) => self.pattern_places(pattern, place)?,
            };
            let at = place_among(&mut words, plan);
            match offsets.get_mut(at) {
                Some(known) => known.push(offset),
                None => offsets.push(vec![offset]),
            }
        }
        Ok(PlacesPlan::Phrase(words.into_iter().zip(offsets).collect(), phrase.slop.into()))
    }

    fn pattern_places(&mut self, pattern: &Pattern, place: Where) -> tantivy::Result<PlacesPlan> {
        self.pattern(&pattern.text, place).map(PlacesPlan::Terms)
    }

    fn pattern(&mut self, text: &str, place: Where) -> tantivy::Result<Forms> {
        let key = (text.to_owned(), place.exact);
        if let Some(known) = self.patterns.get(&key) {
            return Ok(known.clone());
        }
        let forms =
            Forms::of_pattern(self.searcher, place.exact, text, &mut self.notes, self.watch)?;
        self.patterns.insert(key, forms.clone());
        Ok(forms)
    }

    fn fuzzy(&mut self, word: &str, edits: u8, place: Where) -> tantivy::Result<Forms> {
        Forms::of_fuzzy(self.searcher, place.exact, word, edits, &mut self.notes, self.watch)
    }

    fn word_places(&self, word: &Word, place: Where) -> tantivy::Result<PlacesPlan> {
        let mut terms = vec![
            Term::from_field_text(place.exact, &word.exact),
            Term::from_field_text(place.stem, &word.stem),
        ];
        if word.exact != word.stem && is_own_stem(&word.stem) {
            // Where the stem is a word by itself, it is kept as printed alone.
            terms.push(Term::from_field_text(place.exact, &word.stem));
        }
        Forms::of_terms(self.searcher, &terms).map(PlacesPlan::Terms)
    }

    fn operand(&mut self, operand: &Operand, place: Where) -> tantivy::Result<PlacesPlan> {
        Ok(match &operand.kind {
            OperandKind::Word(word) => self.word_places(word, place)?,
            OperandKind::Phrase(phrase) => self.phrase_places(phrase, place)?,
            OperandKind::Pattern(pattern) => self.pattern_places(pattern, place)?,
            OperandKind::Fuzzy(Fuzzy { word, edits }) => {
                PlacesPlan::Terms(self.fuzzy(word, *edits, place)?)
            }
            OperandKind::Mention(tags) => PlacesPlan::Terms(self.mention_places(tags)?),
            OperandKind::Any(operands) => {
                let mut parts = Vec::new();
                for operand in operands {
                    let plan = self.operand(operand, place)?;
                    place_among(&mut parts, plan);
                }
                PlacesPlan::Any(parts)
            }
        })
    }

    /// Mentions are terms `<id>/<number of tokens>`.
    fn mention_places(&self, tags: &[Tag]) -> tantivy::Result<Forms> {
        let mut forms = Forms::default();
        for id in tags.iter().flat_map(Tag::ids) {
            let prefix = format!("{id}/");
            let width = |term: &str| term.strip_prefix(&prefix)?.parse().ok();
            let found =
                Forms::accepted(self.searcher, self.fields.mention, &prefix, width, self.watch)?;
            forms = forms.and(found);
        }
        Ok(forms)
    }

    /// Returns the BM25 of words together; `None` where there is no fixed word.
    fn rated(
        &self,
        words: Vec<&str>,
        field: Field,
    ) -> tantivy::Result<Option<(Field, Bm25Weight)>> {
        if words.is_empty() {
            return Ok(None);
        }
        let terms = self.terms(field, words.into_iter());
        Ok(Some((field, Bm25Weight::for_terms(self.searcher, &terms)?)))
    }

    #[expect(clippy::unused_self, reason = "reads as the other makers of terms")]
    fn terms<'t>(&self, field: Field, texts: impl Iterator<Item = &'t str>) -> Vec<Term> {
        texts.map(|text| Term::from_field_text(field, text)).collect()
    }

    /// Two or more bare words that must all be there should stand close together.
    fn close(
        &self,
        root: &Node,
        words: &[(Word, usize)],
    ) -> tantivy::Result<Option<(Vec<PlacesPlan>, Bits, Bm25Weight)>> {
        let NodeKind::And(children) = &root.kind else { return Ok(None) };
        let bare: Vec<&Word> = children
            .iter()
            .filter_map(|child| match &child.kind {
                NodeKind::Text(Text::Word(word)) => Some(word),
                _ => None,
            })
            .collect();
        if bare.len() < 2 || bare.len() != words.len() {
            return Ok(None);
        }
        let places = bare
            .iter()
            .map(|word| self.word_places(word, self.body()))
            .collect::<tantivy::Result<_>>()?;
        let terms = self.terms(self.fields.body, bare.iter().map(|word| word.exact.as_str()));
        let bits = words.iter().fold(0, |bits, (_, leaf)| bits | bit((*leaf).min(127)));
        Ok(Some((places, bits, Bm25Weight::for_terms(self.searcher, &terms)?)))
    }

    /// Returns what the filters of a tree name that documents can speak of.
    fn subjects(&self, tree: &Tree) -> tantivy::Result<Vec<Subject>> {
        let mut subjects = Vec::new();
        for filter in tree.filters() {
            let (field, card_field, ids): (_, _, Vec<String>) = match filter {
                Filter::Tag(tags) | Filter::Mention(tags) => {
                    let ids = tags.iter().flat_map(Tag::ids).map(str::to_owned).collect();
                    (self.fields.tag, self.fields.title_tag, ids)
                }
                Filter::Court(ids) | Filter::Judge(ids) => {
                    (self.fields.tag, self.fields.title_tag, ids.clone())
                }
                Filter::Cites(cited) => {
                    let ids = cited.iter().flat_map(|cited| cited.ids.clone()).collect();
                    (self.fields.reference, self.fields.bears, ids)
                }
                _ => continue,
            };
            let passages = self.ids(field, &ids)?;
            subjects.push(Subject { passages, cards: self.ids(card_field, &ids)? });
        }
        Ok(subjects)
    }

    fn filter(&mut self, filter: &Filter, place: Place) -> tantivy::Result<Logic> {
        let fields = *self.fields;
        let tags = |tags: &[Tag]| -> Vec<String> {
            tags.iter().flat_map(Tag::ids).map(str::to_owned).collect()
        };
        let matcher = match filter {
            Filter::Tag(wanted) | Filter::Mention(wanted) => self.ids(fields.tag, &tags(wanted))?,
            Filter::Court(ids) => self.ids(fields.court, ids)?,
            Filter::Judge(ids) => self.ids(fields.judge, ids)?,
            Filter::Kind(kinds) => {
                let names: Vec<String> = kinds.iter().map(|kind| kind.name().to_owned()).collect();
                self.ids(fields.kind, &names)?
            }
            Filter::Source(parts) => {
                let is_wanted = |path: &str| {
                    let path = path.to_lowercase();
                    parts.iter().any(|part| {
                        if part.anchored {
                            path.strip_prefix('/').unwrap_or(&path).starts_with(&part.text)
                        } else {
                            path.contains(&part.text)
                        }
                    })
                };
                let width = |path: &str| is_wanted(path).then_some(1);
                Matcher::Terms(
                    Forms::accepted(self.searcher, fields.source, "", width, self.watch)?,
                    0.0,
                )
            }
            Filter::List(lists) => {
                let docs: Vec<String> =
                    lists.iter().flat_map(|list| &list.docs).map(ToString::to_string).collect();
                self.ids(fields.doc, &docs)?
            }
            Filter::Title(text) => {
                let title = Where { exact: fields.title, stem: fields.title_stem };
                self.text(text, title)?
            }
            Filter::Number(numbers) => {
                let wanted: Vec<String> = numbers
                    .iter()
                    .flat_map(|number| number.ids.iter().chain(std::iter::once(&number.words)))
                    .filter(|number| !number.is_empty())
                    .cloned()
                    .collect();
                self.ids(fields.number, &wanted)?
            }
            Filter::Cites(cited) => {
                let ids: Vec<String> = cited.iter().flat_map(|cited| cited.ids.clone()).collect();
                self.ids(fields.reference, &ids)?
            }
            Filter::Lang(langs) => {
                let tags: Vec<String> = langs.iter().map(|lang| lang.tag().to_owned()).collect();
                self.ids(fields.lang, &tags)?
            }
            Filter::Page(ranges) => self.listed(|segment, doc| {
                let ends = [segment.page.first(doc), segment.page_to.first(doc)];
                ends.into_iter().flatten().any(|page| holds(ranges, page))
            }),
            Filter::Para(ranges) => self.listed(|segment, doc| {
                segment.para_no.first(doc).is_some_and(|para_no| holds(ranges, para_no))
            }),
            Filter::Date { role: None, ranges } => {
                let days: Vec<(i64, i64)> = ranges.iter().map(|range| range.days()).collect();
                self.listed_records(|record| {
                    let own = record.date_lo.zip(record.date_hi);
                    own.is_some_and(|own| overlap(&days, own))
                })
            }
            Filter::Date { role: Some(role), ranges } => {
                let days: Vec<(i64, i64)> = ranges.iter().map(|range| range.days()).collect();
                let prefix = format!("{} ", role.name());
                let width = |term: &str| {
                    let (_, lo, hi) = days_of_term(term)?;
                    overlap(&days, (lo, hi)).then_some(1)
                };
                Matcher::Terms(
                    Forms::accepted(self.searcher, fields.dates, &prefix, width, self.watch)?,
                    0.0,
                )
            }
            Filter::Missing(missing) => {
                let names: Vec<String> =
                    missing.iter().map(|missing| missing.name().to_owned()).collect();
                self.ids(fields.missing, &names)?
            }
            Filter::Doc(docs) => {
                let docs: Vec<String> = docs.iter().map(ToString::to_string).collect();
                self.ids(fields.doc, &docs)?
            }
            Filter::Like(like) => return self.like(like, place),
        };
        let speaks = if filter.is_of_passages() { Speaks::Place } else { Speaks::Document };
        Ok(self.leaf(matcher, speaks, place, true))
    }

    /// Passages with any of the telling words of a place, its own document left out.
    fn like(&mut self, like: &Like, place: Place) -> tantivy::Result<Logic> {
        let words = (self.like)(like);
        let words = words
            .into_iter()
            .map(|exact| Ok((self.word(&Word { stem: exact.clone(), exact }, self.body())?, 1.0)))
            .collect::<tantivy::Result<_>>()?;
        let alike = self.leaf(Matcher::Any(words), Speaks::Place, place, true);
        let itself = self.ids(self.fields.doc, &[like.doc.to_string()])?;
        let hidden = Place { needs: 0, finds: false };
        let itself = self.leaf(itself, Speaks::Document, hidden, true);
        Ok(Logic::And(vec![alike, Logic::Not(Box::new(itself))]))
    }

    /// Returns what matches any of some ids; it scores nothing.
    fn ids(&self, field: Field, ids: &[String]) -> tantivy::Result<Matcher> {
        let terms = self.terms(field, ids.iter().map(String::as_str));
        Ok(Matcher::Terms(Forms::of_terms(self.searcher, &terms)?, 0.0))
    }

    /// Returns the entries that a test takes.
    fn listed(&self, takes: impl Fn(&Segment, DocId) -> bool) -> Matcher {
        let list = |(segment, reader): (&Segment, &SegmentReader)| {
            let docs = (0..reader.max_doc()).take_while(|_| self.watch.spend(1));
            docs.filter(|&doc| takes(segment, doc)).collect()
        };
        Matcher::Listed(
            self.segments.iter().zip(self.searcher.segment_readers()).map(list).collect(),
        )
    }

    /// Returns the cards of documents that a test takes.
    fn listed_records(&self, takes: impl Fn(&Record) -> bool) -> Matcher {
        let list = |segment: &Segment| {
            let documents = segment.cards.iter().zip(segment.records());
            let documents = documents.take_while(|_| self.watch.spend(1));
            documents.filter(|(_, record)| takes(record)).map(|(&card, _)| card).collect()
        };
        Matcher::Listed(self.segments.iter().map(list).collect())
    }
}

/// Tells whether any of the ranges holds `number`.
fn holds(ranges: &[NumberRange], number: u64) -> bool {
    u32::try_from(number).is_ok_and(|number| ranges.iter().any(|range| range.holds(number)))
}

/// Tells whether days `own` overlap any of `ranges`.
fn overlap(ranges: &[(i64, i64)], own: (i64, i64)) -> bool {
    ranges.iter().any(|&(lo, hi)| own.0 <= hi && lo <= own.1)
}

/// Returns the fixed words of a phrase.
fn words_of_phrase(phrase: &Phrase) -> Vec<&str> {
    let words = phrase.words.iter().filter_map(|word| match word {
        PhraseWord::Token(token) => Some(token.as_str()),
        PhraseWord::Pattern(_) => None,
    });
    words.collect()
}

/// Returns the fixed words of an operand; none for alternatives, of which any may be rare.
fn words_of_operand(operand: &Operand) -> Vec<&str> {
    match &operand.kind {
        OperandKind::Word(word) => vec![word.exact.as_str()],
        OperandKind::Phrase(phrase) => words_of_phrase(phrase),
        OperandKind::Pattern(_)
        | OperandKind::Fuzzy(_)
        | OperandKind::Mention(_)
        | OperandKind::Any(_) => Vec::new(),
    }
}
