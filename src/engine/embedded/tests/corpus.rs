//! Small documents and indexes for tests.

use tempfile::TempDir;

use crate::engine::embedded::{Access, Embedded, WriterSettings};
use crate::engine::{Answer, Card, Engine as _, IndexDocument, IndexMention, IndexPassage, Want};
use crate::model::record::DateRole;
use crate::model::{Date, Kind, Lang, PageNo, SourceId, Span};
use crate::query::tree::{Missing, Node, NodeKind, Phrase, PhraseWord, Text, Tree, Word};
use crate::text::analyse;

/// A document that owns its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Doc {
    pub(super) docn: u64,
    pub(super) title: String,
    pub(super) words: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) title_tags: Vec<String>,
    pub(super) kind: Option<Kind>,
    pub(super) court: Option<&'static str>,
    pub(super) tags: Vec<String>,
    pub(super) paths: Vec<String>,
    pub(super) numbers: Vec<String>,
    pub(super) printed_numbers: Vec<String>,
    pub(super) date: Option<Date>,
    pub(super) dates: Vec<(DateRole, Date)>,
    pub(super) missing: Vec<Missing>,
    pub(super) passages: Vec<Passage>,
}

/// A passage that owns its parts; `ord` is its place in the document.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    pub(super) page: u32,
    pub(super) para_no: Option<u32>,
    pub(super) lang: Lang,
    pub(super) text: String,
    pub(super) refs: Vec<String>,
    pub(super) mentions: Vec<(String, Span)>,
    pub(super) boilerplate: bool,
    pub(super) note: bool,
    pub(super) continues: bool,
}

impl Passage {
    pub(super) fn new(page: u32, text: &str) -> Self {
        Self {
            page,
            para_no: None,
            lang: Lang::En,
            text: text.to_owned(),
            refs: Vec::new(),
            mentions: Vec::new(),
            boilerplate: false,
            note: false,
            continues: false,
        }
    }
}

/// Returns the id of document `docn`.
pub(super) fn id(docn: u64) -> SourceId {
    let mut bytes = [0; 32];
    bytes[0] = u8::try_from(docn * 37 % 251).unwrap();
    bytes[24..].copy_from_slice(&docn.to_be_bytes());
    SourceId(bytes)
}

/// Returns a document of one page with these passages.
pub(super) fn doc(docn: u64, passages: &[&str]) -> Doc {
    let passages = passages.iter().map(|text| Passage::new(1, text)).collect();
    Doc { docn, passages, ..Doc::default() }
}

/// An index in a folder that goes with it.
pub(super) struct Built {
    pub(super) dir: TempDir,
    pub(super) engine: Embedded,
}

/// Adds documents to an index, with a commit after every `batch` of them.
pub(super) fn write(engine: &Embedded, docs: &[Doc], batch: usize) {
    let settings = WriterSettings { threads: 1, bytes_per_thread: 15_000_000 };
    let mut writer = engine.writer(settings).unwrap();
    for (seq, docs) in (1..).zip(docs.chunks(batch)) {
        for doc in docs {
            add(&mut *writer, doc);
        }
        writer.commit(seq).unwrap();
    }
    writer.finish().unwrap();
}

/// Adds one document.
pub(super) fn add(writer: &mut dyn crate::engine::Writer, doc: &Doc) {
    let mentions: Vec<Vec<IndexMention<'_>>> = doc
        .passages
        .iter()
        .map(|passage| {
            passage
                .mentions
                .iter()
                .map(|(entity, span)| IndexMention { entity, span: span.clone() })
                .collect()
        })
        .collect();
    let passages = doc
        .passages
        .iter()
        .zip(&mentions)
        .zip(0_u32..)
        .map(|((passage, mentions), ord)| IndexPassage {
            page: PageNo::new(passage.page).unwrap(),
            ord,
            para: ord,
            para_no: passage.para_no,
            nth: ord + 1,
            lang: passage.lang,
            quality: 1.0,
            text: &passage.text,
            refs: &passage.refs,
            mentions,
            boilerplate: passage.boilerplate,
            note: passage.note,
            continues: passage.continues,
        })
        .collect();
    let card = Card {
        title: &doc.title,
        words: &doc.words,
        names: &doc.names,
        title_tags: &doc.title_tags,
        kind: doc.kind,
        court: doc.court,
        tags: &doc.tags,
        paths: &doc.paths,
        numbers: &doc.numbers,
        printed_numbers: &doc.printed_numbers,
        date: doc.date,
        dates: &doc.dates,
        missing: &doc.missing,
        ..Card::default()
    };
    writer.add(&IndexDocument { id: id(doc.docn), docn: doc.docn, card, passages }).unwrap();
}

/// Returns an index of `docs`, written in batches.
pub(super) fn build(docs: &[Doc], batch: usize) -> Built {
    let dir = tempfile::tempdir().unwrap();
    Embedded::create(dir.path()).unwrap();
    let engine = Embedded::open(dir.path(), Access::Write).unwrap();
    write(&engine, docs, batch);
    Built { dir, engine }
}

/// Returns the node of one word.
pub(super) fn word(word: &str) -> Node {
    node(NodeKind::Text(Text::Word(word_of(word))))
}

/// Returns a word, stemmed as English.
pub(super) fn word_of(word: &str) -> Word {
    let tokens = analyse(word, Lang::En);
    let token = tokens.get(0).unwrap();
    Word { exact: token.exact.to_owned(), stem: token.stem.to_owned() }
}

/// Returns a phrase without patterns.
pub(super) fn phrase_of(words: &[&str], slop: u8) -> Phrase {
    let words = words.iter().map(|word| PhraseWord::Token(word_of(word).exact)).collect();
    Phrase { words, slop }
}

/// Returns the node of a phrase.
pub(super) fn phrase(words: &[&str]) -> Node {
    node(NodeKind::Text(Text::Phrase(phrase_of(words, 0))))
}

/// Returns a node without a place.
pub(super) fn node(kind: NodeKind) -> Node {
    Node::new(0..0, kind)
}

/// Asks for every document and passage.
pub(super) fn ask(engine: &Embedded, root: Node) -> Answer {
    let want = Want { limit: usize::MAX, passages: usize::MAX, ..Want::default() };
    engine.search(&Tree { root }, &want).unwrap()
}

/// Returns the numbers of the documents of an answer, in order.
pub(super) fn docns(answer: &Answer) -> Vec<u64> {
    answer.documents.iter().map(|hit| hit.docn).collect()
}
