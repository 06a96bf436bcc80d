//! From a tree to a plan: its leaves, each a matcher of entries with a bit of its own, and the
//! logic above them.
//!
//! A leaf below an And with filters of passages counts only in passages that these filters take:
//! that is its `needs`. What is below a Not looks at all passages.

mod filters;
mod open;
mod texts;

use std::collections::BTreeMap;

use tantivy::postings::TermInfo;
use tantivy::query::Bm25Weight;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher};

pub(super) use self::open::Opened;
use super::forms::Forms;
use super::postings::{Cursor, Scores};
use super::schema::Fields;
use super::segment::Segment;
use super::spans::Closeness;
use super::watch::Watch;
use crate::engine::{Note, Want};
use crate::query::tree::{Like, Link, Node, NodeKind, Text, Tree, Word};

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

impl Matcher {
    fn reads_positions(&self) -> bool {
        match self {
            Self::Spans(..) => true,
            Self::Any(parts) | Self::Best(parts) => {
                parts.iter().any(|(part, _)| part.reads_positions())
            }
            Self::Word(..) | Self::Terms(..) | Self::Listed(_) => false,
        }
    }
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

    /// Tells whether positions are read to know what matches.
    pub(super) fn reads_positions(&self) -> bool {
        self.leaves.iter().any(|leaf| leaf.matcher.reads_positions())
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

    /// Returns about how many entries hold what the rarest leaf that every hit must match asks for.
    pub(super) fn rarest(&self) -> u64 {
        let leaves = self.required().into_iter().filter_map(|leaf| self.leaves.get(leaf));
        leaves.map(|leaf| leaf.matcher.cost()).min().unwrap_or(u64::MAX)
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
        let words = words
            .iter()
            .map(|word| word.open(segment, segment.n_looked_at))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let ranked = segment.ranked(fields.body, bm25)?;
        Ok(Some((Closeness::new(words, ranked, CLOSE_WITHIN, segment.watch), *bits)))
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
}
