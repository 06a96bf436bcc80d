//! Random trees over random documents: the engine finds what the scan of
//! [`crate::query::oracle`] finds, no more, no less.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tempfile::TempDir;

use super::corpus::node;
use crate::engine::embedded::{Embedded, WriterSettings};
use crate::engine::{Card, Engine as _, IndexDocument, IndexMention, IndexPassage, Want, Writer};
use crate::model::PageNo;
use crate::query::oracle::{Document, Oracle};
use crate::query::random::Maker;
use crate::query::tree::{NodeKind, Tree};

/// Returns documents that lie on one page each: the oracle knows no bridges.
fn documents(maker: &mut Maker, n: u16) -> Vec<Document> {
    let mut documents = maker.documents(n);
    for document in &mut documents {
        let page = u32::from(document.id.0[0]) % 2 + 1;
        let said = document.title.clone();
        if page == 1 {
            document.words = said;
        } else {
            document.names = said;
        }
        document.passages.iter_mut().for_each(|passage| passage.page = page);
    }
    documents
}

/// Returns the number of a document: the byte that its id repeats, or its first two.
fn docn(document: &Document) -> u64 {
    let [first, second, third, ..] = document.id.0;
    let wide = u16::from_be_bytes([first, second]);
    if first == third { first.into() } else { wide.into() }
}

/// Returns a number from the environment: more than a run of the tests has time for.
fn number(name: &str, usual: u16) -> u16 {
    std::env::var(name).map_or(usual, |value| value.parse().unwrap())
}

fn add(writer: &mut dyn Writer, document: &Document) {
    let mentions: Vec<Vec<IndexMention<'_>>> = document
        .passages
        .iter()
        .map(|passage| {
            let own = passage.mentions.iter();
            own.map(|(entity, span)| IndexMention { entity, span: span.clone() }).collect()
        })
        .collect();
    let refs: Vec<Vec<String>> = document
        .passages
        .iter()
        .map(|passage| passage.references.iter().map(|(id, _)| id.clone()).collect())
        .collect();
    let passages = document
        .passages
        .iter()
        .zip(mentions.iter().zip(&refs))
        .zip(0_u32..)
        .map(|((passage, (mentions, refs)), ord)| IndexPassage {
            page: PageNo::new(passage.page).unwrap(),
            ord,
            para: ord,
            para_no: passage.paragraph,
            nth: ord + 1,
            lang: passage.lang,
            quality: 1.0,
            text: &passage.text,
            refs,
            mentions,
            boilerplate: false,
            note: false,
            continues: false,
        })
        .collect();
    let tags: Vec<String> =
        document.passages.iter().flat_map(|p| &p.mentions).map(|(id, _)| id.clone()).collect();
    let (numbers, printed): (Vec<Vec<String>>, Vec<String>) =
        document.numbers.iter().cloned().unzip();
    let card = Card {
        numbers: &numbers.concat(),
        printed_numbers: &printed,
        title: document.title.as_deref().unwrap_or_default(),
        words: document.words.as_slice(),
        names: document.names.as_slice(),
        kind: document.kind,
        court: document.court.as_deref(),
        judges: &document.judges,
        tags: &tags,
        paths: &document.paths,
        date: document.main_date,
        dates: &document.dates,
        missing: &document.missing,
        ..Card::default()
    };
    let document = IndexDocument { id: document.id, docn: docn(document), card, passages };
    writer.add(&document).unwrap();
}

/// Returns an index of these documents with a commit after every `batch` of them.
fn build(documents: &[Document], batch: usize) -> (TempDir, Embedded) {
    let dir = tempfile::tempdir().unwrap();
    let engine = Embedded::create(dir.path()).unwrap();
    let mut writer = engine.writer(WriterSettings::default()).unwrap();
    for (seq, batch) in (1..).zip(documents.chunks(batch)) {
        batch.iter().for_each(|document| add(&mut *writer, document));
        writer.commit(seq).unwrap();
    }
    writer.finish().unwrap();
    (dir, engine)
}

/// Asks both and compares.
#[track_caller]
fn check(engine: &Embedded, documents: &[Document], oracle: &Oracle<'_>, tree: &Tree) {
    let want = Want { limit: usize::MAX, passages: usize::MAX, ..Want::default() };
    let answer = engine.search(tree, &want).unwrap();
    let expect = oracle.answer(tree);
    let docn_of = |idx: usize| docn(&documents[idx]);
    let found: BTreeSet<u64> = answer.documents.iter().map(|hit| hit.docn).collect();
    let expect_found: BTreeSet<u64> = expect.documents.into_iter().map(docn_of).collect();
    assert_eq!(found, expect_found, "documents of {tree:?}");
    let passages: BTreeSet<(u64, u32)> = answer
        .documents
        .iter()
        .flat_map(|hit| hit.passages.iter().map(|passage| (hit.docn, passage.ord)))
        .collect();
    let expect_passages: BTreeSet<(u64, u32)> = expect
        .passages
        .into_iter()
        .map(|(idx, ord)| (docn_of(idx), u32::try_from(ord).unwrap()))
        .collect();
    assert_eq!(passages, expect_passages, "passages of {tree:?}");
    assert_eq!(answer.total_documents, found.len() as u64);
    assert_eq!(answer.total_passages, passages.len() as u64);
    assert!(answer.complete);
    // Of a window only the documents that may stand in it are looked at.
    for (offset, limit) in [(0, 1), (2, 3)] {
        let want = Want { offset, limit, ..want };
        let window = engine.search(tree, &want).unwrap();
        let expect = answer.documents.iter().skip(offset).take(limit).cloned().collect::<Vec<_>>();
        assert_eq!(window.documents, expect, "{offset} {limit} of {tree:?}");
        assert_eq!(window.total_documents, answer.total_documents);
        assert_eq!(window.in_one_passage, answer.in_one_passage);
    }
}

/// Returns a tree, now and then one with other spellings.
fn tree(maker: &mut Maker) -> Tree {
    let tree = maker.tree(3);
    match (&tree.root.kind, maker.tree(0).root.kind) {
        (NodeKind::Text(_), NodeKind::Text(other)) => {
            let typed = Box::new(tree.root);
            Tree { root: node(NodeKind::Expanded { typed, others: vec![other] }) }
        }
        _ => tree,
    }
}

#[test]
fn the_engine_finds_what_a_scan_finds() {
    let mut maker = Maker::new(0x5EED);
    let documents = documents(&mut maker, number("MISL_ORACLE_DOCUMENTS", 120));
    let (_dir, engine) = build(&documents, 50);
    let oracle = Oracle::new(&documents);
    for _ in 0..number("MISL_ORACLE_QUERIES", 1_500) {
        check(&engine, &documents, &oracle, &tree(&mut maker));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Documents replaced, removed and added in batches of any size answer as fresh ones.
    #[test]
    fn a_changed_index_answers_as_a_fresh_one(seed: u64, batch in 1_usize..30) {
        let mut maker = Maker::new(seed);
        let mut documents = documents(&mut maker, 60);
        let (dir, engine) = build(&documents, batch);
        let mut writer = engine.writer(WriterSettings::default()).unwrap();
        for _ in 0..20 {
            let at = maker.below(documents.len());
            if maker.below(2) == 0 {
                writer.remove(documents.remove(at).id).unwrap();
            } else {
                let id = documents[at].id;
                documents[at] = self::documents(&mut maker, 1).remove(0);
                documents[at].id = id;
                add(&mut *writer, &documents[at]);
            }
        }
        writer.commit(99).unwrap();
        let oracle = Oracle::new(&documents);
        for _ in 0..20 {
            check(&engine, &documents, &oracle, &tree(&mut maker));
        }
        writer.finish().unwrap();
        for _ in 0..20 {
            check(&engine, &documents, &oracle, &tree(&mut maker));
        }
        prop_assert_eq!(engine.last_seq().unwrap(), 99);
        prop_assert_eq!(engine.stats().unwrap().documents, documents.len() as u64);
        prop_assert_eq!(Embedded::verify(dir.path()).unwrap(), []);
    }
}
