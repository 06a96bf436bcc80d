//! Finding passages: the traits that an engine fulfils, and the embedded one.
//!
//! A [`Tree`] goes in, an [`Answer`] comes out, both plain data; no type of the index library
//! stands above [`embedded`]. An engine only finds: what is shown comes from the kept text.

pub mod embedded;

use std::fmt;
use std::path::PathBuf;

use crate::model::record::DateRole;
use crate::model::{Date, Kind, Lang, PageNo, SourceId, Span};
use crate::query::tree::{Like, Missing, Tree};

/// Answers queries. Every count is exact unless the answer says that it is not complete.
pub trait Engine: Send + Sync {
    /// Returns the documents of `query` in the order wanted; the same question gives the same
    /// answer in the same order.
    fn search(&self, query: &Tree, want: &Want<'_>) -> Result<Answer, EngineError>;

    /// Returns how much the engine holds.
    fn stats(&self) -> Result<Stats, EngineError>;

    /// Returns in how many passages the folded word stands.
    fn word_passages(&self, word: &str) -> Result<u64, EngineError>;

    /// Returns the most frequent words of the dictionary that begin with `prefix` (folded); `stop` is
    /// asked now and then, and `true` ends the look with the words met so far.
    fn words_starting(
        &self,
        prefix: &str,
        limit: usize,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<KnownWord>, EngineError>;

    /// Returns the most frequent words within `edits` (1 or 2) of `word` (folded), itself left out;
    /// `stop` as above.
    fn words_near(
        &self,
        word: &str,
        edits: u8,
        limit: usize,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<KnownWord>, EngineError>;

    /// Returns the terms that tell `texts` apart from the rest: those of highest TF-IDF.
    fn telling_words(&self, texts: &[&str], limit: usize) -> Result<Vec<String>, EngineError>;
}

/// Takes documents in. One writer at a time; nothing is searchable before [`Writer::commit`].
pub trait Writer: Send {
    /// Adds a document, in place of one with the same id.
    fn add(&mut self, document: &IndexDocument<'_>) -> Result<(), EngineError>;

    /// Takes a document out; an unknown id is no error.
    fn remove(&mut self, id: SourceId) -> Result<(), EngineError>;

    /// Makes everything so far durable and searchable, and remembers the store's number `seq`.
    fn commit(&mut self, seq: u64) -> Result<(), EngineError>;

    /// Ends writing: waits for merges and renews the manifest. Call it after the last commit.
    fn finish(self: Box<Self>) -> Result<(), EngineError>;
}

/// A document as the engine takes it in.
#[derive(Clone, Debug)]
pub struct IndexDocument<'a> {
    /// The source.
    pub id: SourceId,
    /// The store's number of the document, never used again.
    pub docn: u64,
    /// What its record says.
    pub card: Card<'a>,
    /// In reading order, of all pages.
    pub passages: Vec<IndexPassage<'a>>,
}

/// What the record of a document says, as far as filters and facets ask.
#[derive(Clone, Debug, Default)]
pub struct Card<'a> {
    /// The title, as printed.
    pub title: &'a str,
    /// What else the document is called: short titles, its printed numbers. `title:` looks there too.
    pub other_titles: &'a [String],
    /// What the record says in words: title, parties, judges, numbers. Found as if it stood in one
    /// more passage, which is never shown; a phrase does not run from one into the next.
    pub words: &'a [String],
    /// Other names of what the record's tags and the title name, and the words of file names: a
    /// bare word finds them, a phrase does not, since they need not be printed anywhere.
    pub names: &'a [String],
    /// Normal forms of the works and sections that the record's tags stand for.
    pub refs: &'a [String],
    /// Entities that the title names; ids.
    pub title_tags: &'a [String],
    /// The kind; `None`: unknown.
    pub kind: Option<Kind>,
    /// Gazetteer id of the court; `None`: unknown.
    pub court: Option<&'a str>,
    /// Gazetteer ids or folded names.
    pub judges: &'a [String],
    /// Names as printed.
    pub parties: &'a [String],
    /// The document's own numbers in normal form (`pk/ihc/wp/2023/1805`).
    pub numbers: &'a [String],
    /// The document's own numbers as printed (`W.P. No. 1805/2023`).
    pub printed_numbers: &'a [String],
    /// Every entity of the document, and tags given by hand; ids.
    pub tags: &'a [String],
    /// All paths of the source, with `/` between parts.
    pub paths: &'a [String],
    /// The record's main date.
    pub date: Option<Date>,
    /// Every date with its role.
    pub dates: &'a [(DateRole, Date)],
    /// What the document lacks.
    pub missing: &'a [Missing],
}

/// A passage as the engine takes it in.
#[derive(Clone, Debug)]
pub struct IndexPassage<'a> {
    /// The page it stands on.
    pub page: PageNo,
    /// Reading order within the document; rises strictly.
    pub ord: u32,
    /// Index of its paragraph on the page, from 0: how the caller finds the text again.
    pub para: u32,
    /// The court's number of the paragraph, else counted within the document; `None`: neither.
    pub para_no: Option<u32>,
    /// Which passage of the page it is, from 1; stands in the passage's id.
    pub nth: u32,
    /// Its language, which decides about stemming.
    pub lang: Lang,
    /// Trust in the text, 0 to 1.
    pub quality: f32,
    /// The text; only analysed, never stored.
    pub text: &'a str,
    /// Normal forms of the references that stand in it.
    pub refs: &'a [String],
    /// Entities that stand in it.
    pub mentions: &'a [IndexMention<'a>],
    /// Running heads, addresses, menus: asked only when nothing else matches.
    pub boilerplate: bool,
    /// A footnote or endnote, which stands beside the running text.
    pub note: bool,
    /// Whether it goes on in the next passage: a paragraph that was cut for its length. A change
    /// of page makes a bridge by itself.
    pub continues: bool,
}

/// An entity in a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexMention<'a> {
    /// The entity's id.
    pub entity: &'a str,
    /// Bytes of the passage's text.
    pub span: Span,
}

/// What is wanted of an answer besides the query.
pub struct Want<'a> {
    /// How many documents to skip.
    pub offset: usize,
    /// How many documents to return; `usize::MAX` for every one.
    pub limit: usize,
    /// How many passages of each document to return.
    pub passages: usize,
    /// The order.
    pub order: Order<'a>,
    /// Which facets to count.
    pub facets: &'a [FacetField],
    /// How many values of each facet to return; `usize::MAX` for every one.
    pub facet_limit: usize,
    /// Asked now and then; `true` ends the search with what was gathered.
    pub stop: &'a dyn Fn() -> bool,
    /// Gives the group of near copies that a document number is in: hits of one group are shown as
    /// one, under the earliest of them. Counts still count every document.
    pub group: &'a dyn Fn(u64) -> Option<u64>,
    /// Gives the telling words of a `like:` place (see [`Engine::telling_words`]).
    pub like: &'a dyn Fn(&Like) -> Vec<String>,
}

impl Default for Want<'_> {
    fn default() -> Self {
        Self {
            offset: 0,
            limit: 10,
            passages: 5,
            order: Order::Relevance,
            facets: &[],
            facet_limit: 20,
            stop: &|| false,
            group: &|_| None,
            like: &|_| Vec::new(),
        }
    }
}

impl fmt::Debug for Want<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Want").field("offset", &self.offset).field("limit", &self.limit).finish()
    }
}

/// The order of documents. Equal ones are ordered by id.
#[derive(Clone, Copy)]
pub enum Order<'a> {
    /// Best first: documents where one passage holds everything, then the others.
    Relevance,
    /// Oldest first, undated last.
    Oldest,
    /// Newest first, undated last.
    Newest,
    /// By a rank that the caller knows of a document number: lowest first, `None` last.
    Rank(&'a (dyn Fn(u64) -> Option<u64> + 'a)),
}

/// What can be counted about hit documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FacetField {
    /// Entities of the document.
    Tag,
    /// The court.
    Court,
    /// The kind.
    Kind,
    /// The years that the main date may mean.
    Year,
    /// Languages of the passages that were found.
    Lang,
    /// Judges.
    Judge,
    /// The first folder of the paths, with `/` at its end; of a path from the root of the disk all
    /// of its folders.
    Source,
}

impl FacetField {
    /// Every field, in the order of their declaration.
    pub const ALL: [Self; 7] =
        [Self::Tag, Self::Court, Self::Kind, Self::Year, Self::Lang, Self::Judge, Self::Source];

    /// Returns the name that JSON uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Court => "court",
            Self::Kind => "kind",
            Self::Year => "year",
            Self::Lang => "lang",
            Self::Judge => "judge",
            Self::Source => "source",
        }
    }
}

/// A value of a facet and how many hit documents have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// Exact.
    pub documents: u64,
}

/// The counts of one facet, by documents and then by value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// Which.
    pub field: FacetField,
    /// The first values.
    pub values: Vec<FacetValue>,
    /// How many values there are in all.
    pub total_values: u64,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// How many documents match.
    pub total_documents: u64,
    /// How many passages of these documents the query's texts and places found.
    pub total_passages: u64,
    /// In how many of the documents one passage holds everything.
    pub in_one_passage: u64,
    /// How many of the documents have no date.
    pub undated: u64,
    /// How many of the documents stand under another one as its near copies; so many fewer come
    /// in all windows together.
    pub folded: u64,
    /// The window asked for, in order.
    pub documents: Vec<DocumentHit>,
    /// In the order asked for.
    pub facets: Vec<Facet>,
    /// Whether every count is exact.
    pub complete: bool,
    /// What a reader of the answer must know.
    pub notes: Vec<Note>,
}

/// Something that a reader of an answer must know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// The search was stopped: counts are too low.
    Stopped,
    /// A pattern or fuzzy word has more forms than are asked for; the most frequent were taken.
    TooManyForms {
        /// The pattern or word.
        text: String,
        /// How many forms there are.
        forms: usize,
        /// How many were asked for.
        taken: usize,
    },
    /// Only running heads, addresses or menus match.
    BoilerplateAlone,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => f.write_str("stopped before the end: counts are too low"),
            Self::TooManyForms { text, forms, taken } => {
                write!(f, "`{text}` has {forms} forms; the {taken} most frequent were asked for")
            }
            Self::BoilerplateAlone => {
                f.write_str("found in running heads, addresses or menus alone")
            }
        }
    }
}

/// Where the parts of a query stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One passage holds everything.
    Passage,
    /// Only the document as a whole does.
    Document,
}

impl Scope {
    /// Returns the name that JSON uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passage => "passage",
            Self::Document => "document",
        }
    }
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentHit {
    /// The store's number.
    pub docn: u64,
    /// The source.
    pub doc: SourceId,
    /// Higher is better; comparable within one answer.
    pub score: f32,
    /// How many of its passages were found.
    pub passages_matched: u64,
    /// Whether one passage holds everything.
    pub scope: Scope,
    /// The best passages, in reading order.
    pub passages: Vec<PassageHit>,
    /// Numbers of its near copies that were found, too, rising.
    pub copies: Vec<u64>,
}

/// A passage that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageHit {
    /// `<16 hex of the source>:<page>:<n-th passage of the page>`; a bridge `…:12:4+13:1`.
    pub pid: String,
    /// The page.
    pub page: PageNo,
    /// The page where a bridge ends; `None` for a passage.
    pub page_to: Option<PageNo>,
    /// Reading order within the document; of a bridge, that of the passage before the seam.
    pub ord: u32,
    /// For a bridge, `ord` of the passage after the seam.
    pub ord_to: Option<u32>,
    /// Index of the paragraph on the page, from 0.
    pub para: u32,
    /// Higher is better.
    pub score: f32,
}

/// How much an engine holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Documents.
    pub documents: u64,
    /// Passages, bridges and boilerplate included.
    pub entries: u64,
    /// Segments on disk.
    pub segments: u64,
    /// The store's number of the last change that is in the index.
    pub last_seq: u64,
}

/// A word of the dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownWord {
    /// The folded word.
    pub word: String,
    /// In how many passages it stands.
    pub passages: u64,
}

/// Why an engine could not answer or write.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The files of the index are not what was written.
    #[error("the search index in {} is damaged: {detail}", path.display())]
    Damaged {
        /// The folder.
        path: PathBuf,
        /// What was wrong, in words.
        detail: String,
    },
    /// The index was made by another version of the analysis or the schema.
    #[error("the search index in {} has format `{found}`, this program `{expected}`", path.display())]
    Version {
        /// The folder.
        path: PathBuf,
        /// What the index says.
        found: String,
        /// What this program makes.
        expected: String,
    },
    /// There is no index in the folder.
    #[error("there is no search index in {}", path.display())]
    Absent {
        /// The folder.
        path: PathBuf,
    },
    /// Another writer holds the index, although our own lock is free.
    #[error("another program writes to the search index in {}", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// Reading or writing failed: disk full, permission, a vanished folder. No damage.
    #[error("cannot read or write the search index in {}", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The index was opened for reading alone.
    #[error("the search index in {} was opened for reading alone", path.display())]
    ReadOnly {
        /// The folder.
        path: PathBuf,
    },
    /// The query has more parts than an engine takes.
    #[error("the query has {parts} parts; {most} are the most")]
    TooComplex {
        /// How many.
        parts: usize,
        /// The most.
        most: usize,
    },
    /// The index library failed in another way.
    #[error("the search index in {} failed: {detail}", path.display())]
    Failed {
        /// The folder.
        path: PathBuf,
        /// What it said.
        detail: String,
    },
}

impl EngineError {
    /// Tells whether rebuilding the index from kept texts is the cure.
    pub const fn needs_rebuild(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::Version { .. } | Self::Absent { .. })
    }
}
