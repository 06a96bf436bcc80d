//! The analysed query: what an engine, the highlighter and the oracle consume.
//!
//! All letters in a tree are folded already, by [`crate::text::analyse()`]; a token of a document is
//! compared with them by `==`. Every node knows the bytes of the typed text that it came from.
//!
//! # What a tree means
//!
//! Two levels, one rule: **AND, OR and NOT speak of documents; a [`Text`] speaks of one passage.**
//! With *R* for the passages that may be looked at (at the root: all of them):
//!
//! | node | documents | passages that it finds |
//! |---|---|---|
//! | [`NodeKind::All`] | every one | none |
//! | [`NodeKind::Text`] | those with a passage of *R* that the text matches | these passages |
//! | [`Filter`] of documents | those that it takes | none |
//! | [`Filter`] of passages | those with a passage of *R* that it takes | these passages, but none beside a text (below) |
//! | [`NodeKind::And`] | those of every child, under *R'* | what the children find under *R'* |
//! | [`NodeKind::Or`] | those of any child, under *R* | what the children find |
//! | [`NodeKind::Expanded`] | those of `typed` or of any of `others` | what they find |
//! | [`NodeKind::Not`] | all but those of the child, where the child looks at *all* passages | none |
//!
//! *R'* is *R* without the passages that one of the And's own filters of passages
//! ([`Filter::is_of_passages`], direct children only) turns down. So `lims lang:ur` finds `lims` in
//! Urdu passages, and `NOT` always speaks of the whole document.
//!
//! *Beside a text:* where an And holds a text at any depth, one below a Not left aside, its own
//! filters of passages only restrict and find nothing themselves: what `lims lang:ur` finds are the
//! passages with `lims`, not every Urdu passage of their documents. `lang:ur` alone, or beside
//! filters alone, finds the Urdu passages.
//!
//! *What the record says* in words (title, parties, judges, numbers) counts as one more passage of
//! the document wherever no filter of passages turns it down, which every such filter does: it
//! fulfils texts, a [`Reference`] also by the document's own numbers and by the record's tags, but it is never found as a
//! passage. Other names of what the record is about and words of the file's name, which need not be
//! printed anywhere, fulfil a [`Text::Word`] alone.
//!
//! The answer is the root's documents, and of the passages that its nodes find those that stand in
//! these documents.

use crate::model::record::DateRole;
use crate::model::{Date, Kind, Lang, Locator, SourceId, Span};

/// A query, ready to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The topmost node.
    pub root: Node,
}

/// A part of a query and where it was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Bytes of the typed text; empty for what a flag added.
    pub span: Span,
    /// What it asks for.
    pub kind: NodeKind,
}

/// What a node asks for. The module's table says what each finds.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// Every document.
    All,
    /// Documents of all children; two at least. A child is an And only where one of the two has a
    /// filter of passages, so that the filter's reach stays as it was typed.
    And(Vec<Node>),
    /// Documents of any child; two children at least, none of them an Or.
    Or(Vec<Node>),
    /// All documents but those of the child, which is no Not.
    Not(Box<Node>),
    /// What was typed, and other spellings of it (Urdu spacing, forms of a name).
    Expanded {
        /// The typed form: a text, or an And of words.
        typed: Box<Node>,
        /// Other spellings, 16 at most; ranked below the typed form.
        others: Vec<Text>,
    },
    /// Something that stands within one passage.
    Text(Text),
    /// A property of documents or of passages; weighs nothing in ranking.
    Filter(Filter),
}

/// Something that stands within one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// One word, stemmed.
    Word(Word),
    /// Words side by side, never stemmed.
    Phrase(Phrase),
    /// A word with wildcards.
    Pattern(Pattern),
    /// A word with typing errors.
    Fuzzy(Fuzzy),
    /// Things near each other: `a w/5 b`.
    Near(Near),
    /// One thing with no other near it: `a w/5 NOT b`.
    Apart(Apart),
    /// A legal reference, however it is printed.
    Reference(Reference),
}

/// One word: matches a token with this `exact` **or** this `stem`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The folded form, matched with [`crate::text::Token::exact`].
    pub exact: String,
    /// The stem, matched with [`crate::text::Token::stem`]; equal to `exact` where none was made.
    pub stem: String,
}

/// Words in this order; matches exact forms alone.
///
/// With a `slop` of 0 the words stand at positions *p*, *p*+1, *p*+2 … With more, word *i* may
/// stand at any position *pᵢ*, no two words at the same one, as long as the largest and the
/// smallest of *pᵢ − i* differ by at most `slop`. So one foreign word between two costs 1, and two
/// neighbours that change places cost 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// One word at least (then it is a word that is not stemmed), 128 at most.
    pub words: Vec<PhraseWord>,
    /// How many moves are allowed, 0 to 255.
    pub slop: u8,
}

/// A word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhraseWord {
    /// A folded form, matched with [`crate::text::Token::exact`].
    Token(String),
    /// A word with wildcards.
    Pattern(Pattern),
}

/// A word with wildcards; matches the whole of [`crate::text::Token::exact`].
///
/// `*` stands for any number of characters, none included, and `?` for exactly one character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The folded letters with `*` and `?` between them; two letters at least; no `**`.
    pub text: String,
}

/// A word with typing errors; matches [`crate::text::Token::exact`].
///
/// An edit puts in, takes out or changes one character, or swaps two neighbours; no character is
/// edited twice (the *optimal string alignment* distance).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fuzzy {
    /// The folded form, four characters at least.
    pub word: String,
    /// The most edits: 1 or 2.
    pub edits: u8,
}

/// Things near each other in one passage, as a chain: `a w/5 b pre/3 c`.
///
/// Each operand occurs somewhere as a run of positions. A match chooses one occurrence of every
/// operand so that each link holds between the occurrences on its two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Two at least.
    pub operands: Vec<Operand>,
    /// One fewer than operands: `links[i]` joins `operands[i]` and `operands[i + 1]`.
    pub links: Vec<Link>,
}

/// One thing with no other near it: some occurrence of `keep` has a link to no occurrence of
/// `other`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// What is found.
    pub keep: Box<Operand>,
    /// What must not be near.
    pub other: Box<Operand>,
    /// How near; for `pre/n` an `other` counts only after `keep`.
    pub link: Link,
}

/// How far two neighbours of a chain may stand from each other.
///
/// The two occurrences never overlap, so `a w/5 a` needs the word twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The first position of the later one minus the last position of the earlier one is at most
    /// this (neighbours differ by 1); `None`: anywhere in the same passage (`w/p`).
    pub within: Option<u8>,
    /// Whether the left operand stands first (`pre/5`).
    pub ordered: bool,
}

/// An operand of a chain and where it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    /// Bytes of the typed text.
    pub span: Span,
    /// What it is.
    pub kind: OperandKind,
}

/// What can stand beside `w/n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperandKind {
    /// Occurs at one position.
    Word(Word),
    /// Occurs from its first to its last position; its slop is 0.
    Phrase(Phrase),
    /// Occurs at one position.
    Pattern(Pattern),
    /// Occurs at one position.
    Fuzzy(Fuzzy),
    /// Occurs at the tokens that overlap the span of a mention of one of these entities.
    Mention(Vec<Tag>),
    /// Occurs wherever one of these does; two at least, none of them an Any.
    Any(Vec<Operand>),
}

/// A legal reference: matches a passage that holds a reference of one of `ids`, **or** the words
/// of `phrase`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Normal forms (`pk/pld/1998/sc/388`), one at least; any of them.
    pub ids: Vec<String>,
    /// What was typed, as a phrase without slop and wildcards.
    pub phrase: Phrase,
    /// What was typed, for printing.
    pub typed: String,
}

/// An entity to filter by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The entity's id.
    pub id: String,
    /// Its children, children's children included, where `+` asked for them; without `id`.
    pub children: Vec<String>,
    /// Whether `+` was typed: an entity without children prints it too.
    pub with_children: bool,
}

impl Tag {
    /// Returns every id that the tag stands for.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.id.as_str()).chain(self.children.iter().map(String::as_str))
    }
}

/// A property of documents or of passages. Several values: any of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Documents that mention an entity anywhere.
    Tag(Vec<Tag>),
    /// Passages that mention an entity.
    Mention(Vec<Tag>),
    /// Documents of a court, by gazetteer id.
    Court(Vec<String>),
    /// Documents of a judge, by gazetteer id or folded name, as the vocabulary gives it.
    Judge(Vec<String>),
    /// Documents of a kind.
    Kind(Vec<Kind>),
    /// Documents one of whose paths holds a text.
    Source(Vec<PathPart>),
    /// Documents of a citation list.
    List(Vec<ListDocs>),
    /// Documents whose title, short title or printed number holds this; a Word, Phrase, Pattern or Fuzzy, matched as in a passage.
    Title(Text),
    /// Documents with a number.
    Number(Vec<Number>),
    /// Passages that hold a reference.
    Cites(Vec<Cited>),
    /// Passages in a language.
    Lang(Vec<Lang>),
    /// Passages on a page, as the file counts.
    Page(Vec<NumberRange>),
    /// Passages of a paragraph, by the court's number, else counted.
    Para(Vec<NumberRange>),
    /// Documents by a date.
    Date {
        /// Which date; `None`: the record's main date.
        role: Option<DateRole>,
        /// Any of these.
        ranges: Vec<DateRange>,
    },
    /// Documents that lack something.
    Missing(Vec<Missing>),
    /// These documents.
    Doc(Vec<SourceId>),
    /// Passages like a document or a place of it, which is itself left out.
    Like(Like),
}

impl Filter {
    /// Tells whether the filter speaks of passages; otherwise it speaks of documents.
    pub const fn is_of_passages(&self) -> bool {
        matches!(
            self,
            Self::Mention(_)
                | Self::Cites(_)
                | Self::Lang(_)
                | Self::Page(_)
                | Self::Para(_)
                | Self::Like(_)
        )
    }
}

/// A part of a path: letters are compared in lower case, separators are `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPart {
    /// In lower case, without the `/` that anchors it.
    pub text: String,
    /// Whether the path begins with `text`; otherwise it holds it anywhere.
    pub anchored: bool,
}

/// A citation list and the documents that it cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListDocs {
    /// The name under `corpus/lists/`.
    pub name: String,
    /// Its documents, in the list's order; may be empty.
    pub docs: Vec<SourceId>,
}

/// A case, index or instrument number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Normal forms (`pk/ihc/wp/2023/1805`) of which the document's number has one; may be empty.
    pub ids: Vec<String>,
    /// The folded tokens of what was typed, joined by one blank (`wp no 1805 2023`): a document
    /// is taken, too, if one of its numbers has just these tokens.
    pub words: String,
    /// What was typed, for printing.
    pub typed: String,
}

/// Something that passages refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Normal forms; any of them. Empty where a document has no number that others could cite.
    pub ids: Vec<String>,
    /// As typed: a reference or a document.
    pub typed: String,
}

/// Numbers from `first` to `last`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberRange {
    /// The first, 1 at least.
    pub first: u32,
    /// The last; `u32::MAX` for an open end.
    pub last: u32,
}

impl NumberRange {
    /// Tells whether `number` lies within.
    pub const fn holds(self, number: u32) -> bool {
        self.first <= number && number <= self.last
    }
}

/// Days between two dates; takes a document whose own interval of days overlaps this one.
///
/// A document without the date is never taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRange {
    /// The earliest; `None`: open.
    pub from: Option<Date>,
    /// The latest; `None`: open.
    pub to: Option<Date>,
}

impl DateRange {
    /// Returns the first and the last day, counted from 1970-01-01; open ends are `i64::MIN`, `MAX`.
    pub fn days(self) -> (i64, i64) {
        let lo = self.from.map_or(i64::MIN, |date| date.first().since_epoch());
        let hi = self.to.map_or(i64::MAX, |date| date.last().since_epoch());
        (lo, hi)
    }

    /// Tells whether a document dated `date` is taken.
    pub fn takes(self, date: Date) -> bool {
        let (lo, hi) = self.days();
        date.first().since_epoch() <= hi && lo <= date.last().since_epoch()
    }
}

/// What a document may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the record's fields")]
pub enum Missing {
    Date,
    Title,
    Court,
    Kind,
    Judge,
    Number,
    /// Printed page labels.
    PageLabel,
    /// Trustworthy text on some page.
    Text,
}

impl Missing {
    /// Every one, in the order of their declaration.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Title,
        Self::Court,
        Self::Kind,
        Self::Judge,
        Self::Number,
        Self::PageLabel,
        Self::Text,
    ];

    /// Returns the word that a query uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Title => "title",
            Self::Court => "court",
            Self::Kind => "kind",
            Self::Judge => "judge",
            Self::Number => "number",
            Self::PageLabel => "page-label",
            Self::Text => "text",
        }
    }
}

/// A document, or a place of it, to find similar passages for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Like {
    /// The document.
    pub doc: SourceId,
    /// The place; empty: all of it.
    pub at: Locator,
}

/// The order of the documents of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Oldest first, undated last.
    Date,
    /// Newest first, undated last.
    Newest,
    /// Higher courts first.
    Court,
    /// By title.
    Title,
    /// By path.
    Path,
    /// By how many documents of the corpus cite it, most first.
    Cited,
}

impl Sort {
    /// Every order, in the order of their declaration.
    pub const ALL: [Self; 7] = [
        Self::Relevance,
        Self::Date,
        Self::Newest,
        Self::Court,
        Self::Title,
        Self::Path,
        Self::Cited,
    ];

    /// Returns the word that a query and the flag `--sort` use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Date => "date",
            Self::Newest => "newest",
            Self::Court => "court",
            Self::Title => "title",
            Self::Path => "path",
            Self::Cited => "cited",
        }
    }

    /// Returns the order of a name; `None` if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

impl Node {
    /// Returns a node of `kind` at `span`.
    pub const fn new(span: Span, kind: NodeKind) -> Self {
        Self { span, kind }
    }

    /// Returns the letters of a text, or of an And of texts, without blanks.
    pub fn letters(&self) -> Option<String> {
        match &self.kind {
            NodeKind::Text(text) => text.letters(),
            NodeKind::And(children) => children.iter().map(Self::letters).collect(),
            _ => None,
        }
    }

    /// Tells whether a text is searched for below this node; one below a Not is not.
    pub fn has_text(&self) -> bool {
        let mut has_text = false;
        self.each_text(&mut |_| has_text = true);
        has_text
    }

    /// Calls `visit` with every text that a document is searched for, left to right.
    ///
    /// What a Not excludes is passed over; other spellings come after the typed form.
    pub fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a Text)) {
        match &self.kind {
            NodeKind::And(children) | NodeKind::Or(children) => {
                children.iter().for_each(|child| child.each_text(visit));
            }
            NodeKind::Expanded { typed, others } => {
                typed.each_text(visit);
                others.iter().for_each(visit);
            }
            NodeKind::Text(text) => visit(text),
            NodeKind::All | NodeKind::Not(_) | NodeKind::Filter(_) => {}
        }
    }

    fn clear_spans(&mut self) {
        self.span = 0..0;
        match &mut self.kind {
            NodeKind::And(children) | NodeKind::Or(children) => {
                children.iter_mut().for_each(Self::clear_spans);
            }
            NodeKind::Not(child) => child.clear_spans(),
            NodeKind::Expanded { typed, others } => {
                typed.clear_spans();
                others.iter_mut().for_each(Text::clear_spans);
            }
            NodeKind::Text(text) => text.clear_spans(),
            NodeKind::All | NodeKind::Filter(_) => {}
        }
    }

    /// Calls `visit` with every filter that is not excluded, left to right.
    pub fn each_filter<'a>(&'a self, visit: &mut impl FnMut(&'a Filter)) {
        match &self.kind {
            NodeKind::And(children) | NodeKind::Or(children) => {
                children.iter().for_each(|child| child.each_filter(visit));
            }
            NodeKind::Expanded { typed, .. } => typed.each_filter(visit),
            NodeKind::Filter(filter) => visit(filter),
            NodeKind::All | NodeKind::Not(_) | NodeKind::Text(_) => {}
        }
    }
}

impl Text {
    /// Returns the letters of a word or of a phrase of plain words, without blanks; `None`: it is
    /// neither.
    pub fn letters(&self) -> Option<String> {
        match self {
            Self::Word(word) => Some(word.exact.clone()),
            Self::Phrase(phrase) => phrase
                .words
                .iter()
                .map(|word| match word {
                    PhraseWord::Token(token) => Some(token.as_str()),
                    PhraseWord::Pattern(_) => None,
                })
                .collect(),
            _ => None,
        }
    }

    fn clear_spans(&mut self) {
        match self {
            Self::Near(near) => near.operands.iter_mut().for_each(Operand::clear_spans),
            Self::Apart(apart) => {
                apart.keep.clear_spans();
                apart.other.clear_spans();
            }
            _ => {}
        }
    }
}

impl Operand {
    fn clear_spans(&mut self) {
        self.span = 0..0;
        if let OperandKind::Any(operands) = &mut self.kind {
            operands.iter_mut().for_each(Self::clear_spans);
        }
    }
}

impl Tree {
    /// Returns the same tree with empty spans, for comparing what two trees ask for.
    #[must_use]
    pub fn without_spans(&self) -> Self {
        let mut tree = self.clone();
        tree.root.clear_spans();
        tree
    }

    /// Returns the texts that documents are searched for, left to right, without excluded ones.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts = Vec::new();
        self.root.each_text(&mut |text| texts.push(text));
        texts
    }

    /// Returns the filters that are not excluded, left to right.
    pub fn filters(&self) -> Vec<&Filter> {
        let mut filters = Vec::new();
        self.root.each_filter(&mut |filter| filters.push(filter));
        filters
    }

    /// Tells whether a passage's legal references decide what is found or marked in it.
    pub fn asks_references(&self) -> bool {
        self.texts().iter().any(|text| matches!(text, Text::Reference(_)))
            || self.filters().iter().any(|filter| matches!(filter, Filter::Cites(_)))
    }

    /// Tells whether the tree asks for no text and no place: only documents' properties.
    pub fn is_filters_alone(&self) -> bool {
        self.texts().is_empty()
    }
}
