//! Random trees over random passages: the engine finds what the oracle finds, no more, no less.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::corpus::{Built, Doc, Passage, ask, build, docns, node, phrase_of, word_of};
use super::scan::scan;
use crate::model::{Date, Kind, Lang};
use crate::query::tree::{
    Apart, DateRange, Filter, Fuzzy, Link, Near, Node, NodeKind, NumberRange, Operand,
    OperandKind, Pattern, Phrase, PhraseWord, Reference, Tag, Text,
};

/// Few words, so that random queries find something.
const WORDS: [&str; 14] = [
    "lims", "firewall", "orders", "order", "ordered", "court", "courts", "surveillance", "the",
    "intercept", "ہائی", "کورٹ", "2023", "data",
];
const PATTERNS: [&str; 6] = ["surv*", "*er*", "cou?t", "ord*d", "ہا*", "*ts"];
const FUZZY: [&str; 5] = ["oredr", "surveilance", "firewal", "cuort", "intercpet"];

/// Deterministic numbers: an xorshift generator.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

fn corpus(dice: &mut Dice) -> Vec<Doc> {
    (1..=60).map(|docn| doc(docn, dice)).collect()
}

fn doc(docn: u64, dice: &mut Dice) -> Doc {
    let passages: Vec<Passage> = (0..1 + dice.roll(6)).map(|_| passage(dice)).collect();
    let tags: BTreeSet<String> =
        passages.iter().flat_map(|passage| &passage.mentions).map(|m| m.0.clone()).collect();
    Doc {
        docn,
        tags: tags.into_iter().collect(),
        kind: [Some(Kind::Order), Some(Kind::News), None][dice.roll(3)],
        court: [Some("ihc"), Some("scp"), None][dice.roll(3)],
        date: [Date::of_day(2023, 5, 1), Date::of_month(2024, 6), Date::of_year(2024), None]
            [dice.roll(4)],
        passages,
        ..Doc::default()
    }
}

fn passage(dice: &mut Dice) -> Passage {
    let words: Vec<&str> = (0..1 + dice.roll(9)).map(|_| dice.pick(&WORDS)).collect();
    let text = words.join(" ");
    let mut mentions = Vec::new();
    if let Some(at) = text.find("lims") {
        mentions.push(("lims".to_owned(), at..at + 4));
    }
    if let Some(at) = text.find("data the") {
        mentions.push(("pta".to_owned(), at..at + 8));
    }
    let refs = if dice.roll(5) == 0 { vec!["pk/pld/1998/sc/388".to_owned()] } else { Vec::new() };
    let lang = if dice.roll(3) == 0 { Lang::Ur } else { Lang::En };
    // All on one page or a jump that the test of bridges asks for: none here.
    Passage { lang, refs, mentions, ..Passage::new(1, &text) }
}

fn text(dice: &mut Dice) -> Text {
    match dice.roll(9) {
        0..=2 => Text::Word(word_of(dice.pick(&WORDS))),
        3 => Text::Phrase(phrase(dice)),
        4 => Text::Pattern(pattern(dice)),
        5 => Text::Fuzzy(fuzzy(dice)),
        6 => {
            let operands: Vec<Operand> = (0..2 + dice.roll(2)).map(|_| operand(dice, 1)).collect();
            let links = (1..operands.len()).map(|_| link(dice)).collect();
            Text::Near(Near { operands, links })
        }
        7 => Text::Apart(Apart {
            keep: Box::new(operand(dice, 1)),
            other: Box::new(operand(dice, 1)),
            link: link(dice),
        }),
        _ => Text::Reference(Reference {
            ids: vec!["pk/pld/1998/sc/388".to_owned()],
            phrase: phrase_of(&[dice.pick(&WORDS), dice.pick(&WORDS)], 0),
            typed: String::new(),
        }),
    }
}

fn phrase(dice: &mut Dice) -> Phrase {
    let words = (0..1 + dice.roll(3)).map(|_| {
        if dice.roll(5) == 0 {
            PhraseWord::Pattern(pattern(dice))
        } else {
            PhraseWord::Token(word_of(dice.pick(&WORDS)).exact)
        }
    });
    Phrase { words: words.collect::<Vec<_>>(), slop: dice.pick(&[0, 0, 1, 2, 3]) }
}

fn pattern(dice: &mut Dice) -> Pattern {
    Pattern { text: dice.pick(&PATTERNS).to_owned() }
}

fn fuzzy(dice: &mut Dice) -> Fuzzy {
    Fuzzy { word: dice.pick(&FUZZY).to_owned(), edits: dice.pick(&[1, 2]) }
}

fn link(dice: &mut Dice) -> Link {
    Link { within: dice.pick(&[None, Some(1), Some(2), Some(4)]), ordered: dice.roll(2) == 0 }
}

fn operand(dice: &mut Dice, depth: usize) -> Operand {
    let kind = match dice.roll(if depth == 0 { 6 } else { 7 }) {
        0 | 1 => OperandKind::Word(word_of(dice.pick(&WORDS))),
        2 => OperandKind::Phrase(phrase(dice)),
        3 => OperandKind::Pattern(pattern(dice)),
        4 => OperandKind::Fuzzy(fuzzy(dice)),
        5 => OperandKind::Mention(vec![tag(dice)]),
        _ => OperandKind::Any((0..2).map(|_| operand(dice, 0)).collect()),
    };
    Operand { span: 0..0, kind }
}

fn tag(dice: &mut Dice) -> Tag {
    let id = dice.pick(&["lims", "pta", "none"]).to_owned();
    Tag { id, children: Vec::new(), with_children: false }
}

fn filter(dice: &mut Dice) -> Filter {
    match dice.roll(7) {
        0 => Filter::Tag(vec![tag(dice)]),
        1 => Filter::Court(vec!["ihc".to_owned()]),
        2 => Filter::Kind(vec![Kind::Order]),
        3 => Filter::Date {
            role: None,
            ranges: vec![DateRange { from: Date::of_month(2024, 1), to: Date::of_month(2024, 7) }],
        },
        4 => Filter::Lang(vec![dice.pick(&[Lang::En, Lang::Ur])]),
        5 => Filter::Page(vec![NumberRange { first: 1, last: 1 }]),
        _ => Filter::Mention(vec![tag(dice)]),
    }
}

fn tree(dice: &mut Dice, depth: usize) -> Node {
    node(match dice.roll(if depth == 0 { 5 } else { 10 }) {
        0..=3 => NodeKind::Text(text(dice)),
        4 => NodeKind::Filter(filter(dice)),
        5 | 6 => NodeKind::And((0..2 + dice.roll(2)).map(|_| tree(dice, depth - 1)).collect()),
        7 => NodeKind::Or((0..2 + dice.roll(2)).map(|_| tree(dice, depth - 1)).collect()),
        8 => NodeKind::Not(Box::new(tree(dice, depth - 1))),
        _ => NodeKind::Expanded {
            typed: Box::new(node(NodeKind::Text(text(dice)))),
            others: vec![text(dice)],
        },
    })
}

fn check(built: &Built, docs: &[Doc], root: &Node) {
    let answer = ask(&built.engine, root.clone());
    let mut found: Vec<u64> = docns(&answer);
    let (expect_docs, expect_passages) = scan(docs, root);
    assert_eq!(answer.total_documents, found.len() as u64);
    found.sort_unstable();
    assert_eq!(found, expect_docs.into_iter().collect::<Vec<_>>(), "documents of {root:?}");
    let passages: BTreeSet<(u64, usize)> = answer
        .documents
        .iter()
        .flat_map(|hit| hit.passages.iter().map(|passage| (hit.docn, passage.ord as usize)))
        .collect();
    assert_eq!(passages, expect_passages, "passages of {root:?}");
    assert_eq!(answer.total_passages, passages.len() as u64);
}

#[test]
fn the_engine_finds_what_a_scan_finds() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let docs = corpus(&mut dice);
    let built = build(&docs, 25);
    for _ in 0..1500 {
        let root = tree(&mut dice, 3);
        check(&built, &docs, &root);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Documents replaced, removed and added in batches of any size, then asked.
    #[test]
    fn changed_indexes_answer_as_fresh_ones(seed in 1_u64.., batch in 1_usize..30) {
        let mut dice = Dice(seed);
        let mut docs = corpus(&mut dice);
        let built = build(&docs, batch);
        let settings = crate::engine::embedded::WriterSettings::default();
        let mut writer = built.engine.writer(settings).unwrap();
        for _ in 0..20 {
            let at = dice.roll(docs.len());
            if dice.roll(2) == 0 {
                let removed = docs.remove(at);
                writer.remove(super::corpus::id(removed.docn)).unwrap();
            } else {
                docs[at] = doc(docs[at].docn, &mut dice);
                super::corpus::add(&mut *writer, &docs[at]);
            }
        }
        writer.commit(99).unwrap();
        for _ in 0..20 {
            check(&built, &docs, &tree(&mut dice, 2));
        }
        writer.finish().unwrap();
        for _ in 0..20 {
            check(&built, &docs, &tree(&mut dice, 2));
        }
        prop_assert_eq!(built.engine.last_seq().unwrap(), 99);
        prop_assert_eq!(crate::engine::Engine::stats(&built.engine).unwrap().documents, docs.len() as u64);
    }
}
