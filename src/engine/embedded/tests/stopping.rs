//! Searches that are stopped: wherever work is done the caller is asked, and after a "no" the search
//! ends. What is counted is questions, which come by work done, not time.

use std::cell::Cell;

use super::corpus::{Built, Doc, build, doc, node, phrase, phrase_of, word, word_of};
use crate::engine::{Answer, Engine as _, Note, Want};
use crate::query::tree::{
    Apart, Filter, Fuzzy, Link, Near, Node, NodeKind, NumberRange, Operand, OperandKind, Pattern,
    Phrase, PhraseWord, Text, Tree,
};

fn text(text: Text) -> Node {
    node(NodeKind::Text(text))
}

fn pattern(letters: &str) -> Pattern {
    Pattern { text: letters.to_owned() }
}

fn operand(kind: OperandKind) -> Operand {
    Operand { span: 0..0, kind }
}

fn any_of(words: &[&str]) -> OperandKind {
    OperandKind::Any(words.iter().map(|one| operand(OperandKind::Word(word_of(one)))).collect())
}

/// Returns a chain of one operand, `n` times.
fn chain(kind: &OperandKind, n: usize, within: u8) -> Node {
    let link = Link { within: Some(within), ordered: false };
    let operands = vec![operand(kind.clone()); n];
    text(Text::Near(Near { operands, links: vec![link; n - 1] }))
}

/// Returns queries of which each makes much work, and little of it by documents.
fn hostile() -> Vec<(&'static str, Node)> {
    let one = |letters: &str| OperandKind::Word(word_of(letters));
    let in_phrase = PhraseWord::Pattern(pattern("th*"));
    let or = |nodes: Vec<Node>| node(NodeKind::Or(nodes));
    let many = |make: &dyn Fn(usize) -> Node| (0..60).map(make).collect::<Vec<_>>();
    let letters = |n: usize| format!("*{}*", char::from(b'a' + u8::try_from(n % 26).unwrap()));
    let range = NumberRange { first: 900, last: u32::MAX };
    let apart = Apart {
        keep: Box::new(operand(one("the"))),
        other: Box::new(operand(any_of(&["of", "and"]))),
        link: Link { within: Some(255), ordered: false },
    };
    vec![
        ("a word many times in a row", phrase(&["the"; 128])),
        ("with moves", text(Text::Phrase(phrase_of(&["the"; 12], 255)))),
        ("different words in a row", phrase(&["the", "and", "of", "the"])),
        ("a chain of one word", chain(&one("the"), 60, 255)),
        ("a chain of brackets", chain(&any_of(&["the", "of", "and"]), 40, 5)),
        ("a chain of patterns", chain(&OperandKind::Pattern(pattern("*t*")), 40, 5)),
        (
            "a phrase of patterns",
            text(Text::Phrase(Phrase { words: vec![in_phrase; 60], slop: 0 })),
        ),
        ("none near", text(Text::Apart(apart))),
        ("infixes", or(many(&|n| text(Text::Pattern(pattern(&letters(n))))))),
        (
            "fuzzy words",
            or(many(&|n| text(Text::Fuzzy(Fuzzy { word: format!("then{n}"), edits: 2 })))),
        ),
        ("words", or(many(&|n| word(&format!("word{n}"))))),
        ("pages", node(NodeKind::Filter(Filter::Page(vec![range])))),
    ]
}

fn built() -> Built {
    let said = "the rule of the law and the word of the court and then there the thing of";
    let docs: Vec<Doc> = (1..=300_u64)
        .map(|docn| {
            let words = format!("{said} word{} and theory{docn} of that", docn % 60);
            doc(docn, &[&words, &said.repeat(1 + usize::from(docn % 7 == 0)), "the of the and"])
        })
        .collect();
    build(&docs, 300)
}

/// Asks, and says "no" after `most` questions; returns how many were asked, too.
fn ask_until(built: &Built, root: &Node, most: usize) -> (Answer, usize) {
    let n_asked = Cell::new(0);
    let stop = || {
        n_asked.set(n_asked.get() + 1);
        n_asked.get() > most
    };
    let want = Want { stop: &stop, ..Want::default() };
    let answer = built.engine.search(&Tree { root: root.clone() }, &want).unwrap();
    (answer, n_asked.get())
}

#[test]
fn every_hostile_query_ends_at_the_first_no() {
    let built = built();
    for (name, root) in hostile() {
        let (whole, n_asked) = ask_until(&built, &root, usize::MAX);
        assert!(whole.complete, "{name}: {:?}", whole.notes);
        assert!(n_asked >= 8, "{name} is asked about {n_asked} times");
        for most in [0, 1, n_asked / 2, n_asked - 1] {
            let (answer, n_asked) = ask_until(&built, &root, most);
            assert_eq!(n_asked, most + 1, "{name}, stopped after {most}");
            assert!(!answer.complete, "{name}, stopped after {most}");
            assert_eq!(answer.notes, [Note::Stopped], "{name}, stopped after {most}");
            assert!(answer.total_documents <= whole.total_documents, "{name}");
        }
    }
}

#[test]
fn what_is_written_many_times_is_read_once() {
    let built = built();
    let the = OperandKind::Word(word_of("the"));
    let brackets = any_of(&["the", "of", "and"]);
    for (name, few, many) in [
        ("chain", chain(&the, 3, 255), chain(&the, 60, 255)),
        ("brackets", chain(&brackets, 3, 255), chain(&brackets, 40, 255)),
    ] {
        let (_, few) = ask_until(&built, &few, usize::MAX);
        let (_, many) = ask_until(&built, &many, usize::MAX);
        assert!(many <= few * 2, "{name}: {many} questions instead of {few}");
    }
}

#[test]
fn the_dictionary_is_left_when_the_caller_says_so() {
    let text: Vec<String> = (0..300).map(|at| format!("wa{at}")).collect();
    let built = build(&[doc(1, &[&text.join(" ")])], 1);
    let all = built.engine.words_starting("wa", usize::MAX, &|| false).unwrap();
    assert_eq!(all.len(), 300);
    let some = built.engine.words_starting("wa", usize::MAX, &|| true).unwrap();
    assert!(some.len() < 100, "{}", some.len());
    assert_eq!(built.engine.words_near("wa", 2, 9, &|| false).unwrap().len(), 9);
    assert!(built.engine.words_near("wa", 2, 9, &|| true).unwrap().is_empty());
}
