//! What must hold of every query: it is answered, its reading reads the same, marks are sound, and
//! what is found is marked.

use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};

use super::oracle::Oracle;
use super::random::Maker;
use super::testing::Known;
use super::{Tree, highlight, parse, snippet};

/// Parses a reading and compares it with the tree that printed it.
#[track_caller]
fn reads_the_same(tree: &Tree, from: &str) {
    let printed = tree.to_string();
    if !is_stable(&printed) {
        return;
    }
    match parse(&printed, &Known) {
        Ok(again) => {
            assert_eq!(again.tree.without_spans(), tree.without_spans(), "{from}\n{printed}");
        }
        Err(error) => panic!("{from}\n{printed}\n{error}"),
    }
}

/// Tells whether folding the printed words again changes nothing. Marks on letters that take none
/// (an acute on a digit) are folded away only when they are seen for the second time.
fn is_stable(printed: &str) -> bool {
    printed
        .split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric())
        .all(|word| word.is_ascii() || super::build::folded(word) == word.to_lowercase())
}

#[test]
fn nearly_every_typed_text_folds_to_stable_words() {
    let is_odd = |seed: &u64| {
        let parsed = parse(&Maker::new(*seed).query(), &Known);
        parsed.is_ok_and(|parsed| !is_stable(&parsed.read_as))
    };
    let n_odd = (0..2_000).filter(is_odd).count();
    assert!(n_odd < 300, "{n_odd} of 2,000");
}

#[test]
fn ten_thousand_typed_texts() {
    for seed in 0..10_000 {
        let text = Maker::new(seed).query();
        match parse(&text, &Known) {
            Ok(parsed) => {
                reads_the_same(&parsed.tree, &text);
                for note in &parsed.notes {
                    assert!(text.get(note.span.clone()).is_some(), "{text:?} {note:?}");
                    assert!(!note.text.contains(char::is_control), "{text:?} {note:?}");
                }
            }
            Err(error) => {
                assert!(text.get(error.span()).is_some(), "{text:?} {error:?}");
                assert!(!error.to_string().contains(char::is_control), "{text:?} {error:?}");
            }
        }
    }
}

/// Returns text that may be a query: tokens of the grammar and words with or without blanks.
fn soup() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        4 => any::<u64>().prop_map(|seed| Maker::new(seed).query()),
        2 => "\\PC{0,12}",
        2 => proptest::collection::vec(any::<u8>(), 0..24)
            .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        1 => Just("~names ".to_owned()),
        1 => Just(" judge:\"Babar Sattar\" ".to_owned()),
        1 => Just("(".repeat(40)),
        1 => Just(" OR ".to_owned()),
    ];
    proptest::collection::vec(token, 0..8).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Whatever bytes are typed: a tree that its printed form gives again, or an error whose place
    /// lies within.
    #[test]
    fn any_text_is_read_or_refused_with_a_place(text in soup()) {
        match parse(&text, &Known) {
            Ok(parsed) => {
                for note in &parsed.notes {
                    prop_assert!(text.get(note.span.clone()).is_some(), "{:?} {:?}", text, note);
                }
                // Alternatives are printed whole, and a reading may be over the limits.
                if parsed.read_as.len() <= super::limits::BYTES {
                    reads_the_same(&parsed.tree, &text);
                }
            }
            Err(error) => {
                prop_assert!(text.get(error.span()).is_some(), "{:?} {:?}", text, error);
            }
        }
    }
}

#[test]
fn three_thousand_trees() {
    for seed in 0..3_000 {
        let mut tree = Maker::new(seed).tree(3);
        tree.root = super::expand::expand(tree.root, &Known, &mut Vec::new());
        if super::build::count_terms(&tree.root) <= super::limits::TERMS {
            reads_the_same(&tree.without_spans(), &format!("seed {seed}"));
        }
    }
}

#[test]
fn what_is_found_is_marked_and_nothing_else_is() {
    let documents = Maker::new(7).documents(20);
    let oracle = Oracle::new(&documents);
    let mut n_found = 0;
    for seed in 0..1_000 {
        let tree = Maker::new(seed).tree(2);
        let answer = oracle.answer(&tree);
        n_found += answer.passages.len();
        for &(document, passage) in &answer.passages {
            assert!(answer.documents.contains(&document));
            let view = documents[document].passages[passage].view();
            let marks = highlight(&tree, &view);
            if tree.filters().is_empty() {
                assert!(!marks.is_empty(), "{tree} in {}", view.text);
            }
            for pair in marks.windows(2) {
                assert!(pair[0].end < pair[1].start, "{tree} in {}", view.text);
            }
            for mark in &marks {
                assert!(view.text.get(mark.clone()).is_some_and(|letters| !letters.is_empty()));
            }
        }
    }
    assert!(n_found > 1_000, "too few passages found to mean anything: {n_found}");
}

#[test]
fn laws_of_and_or_not() {
    use super::build::{and, not, or};
    let documents = Maker::new(11).documents(20);
    let oracle = Oracle::new(&documents);
    let docs = |root| oracle.answer(&Tree { root }).documents;
    for seed in 0..300 {
        let (one, other) = (Maker::new(seed).tree(1).root, Maker::new(seed + 10_000).tree(1).root);
        let none = docs(and(0..0, vec![one.clone(), not(0..0, one.clone())]));
        assert!(none.is_empty(), "{}", Tree { root: one });
        let both = docs(or(0..0, vec![one.clone(), other.clone()]));
        assert!(docs(one).union(&docs(other)).copied().eq(both));
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        match parse(&text, &Known) {
            Ok(parsed) => reads_the_same(&parsed.tree, &text),
            Err(error) => prop_assert!(text.get(error.span()).is_some()),
        }
    }

    #[test]
    fn any_part_that_is_shown_is_sound(
        text in "([a-zA-Zآ-ے]{1,9}[ .۔\n]{1,2}){0,80}",
        cuts in proptest::collection::vec(any::<u16>(), 0..12),
        max_chars in 1_usize..200,
    ) {
        let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut ends: Vec<usize> = cuts.iter().map(|&cut| borders[usize::from(cut) % borders.len()]).collect();
        ends.sort_unstable();
        ends.dedup();
        let marks: Vec<_> = ends.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
        let shown = snippet(&text, &marks, max_chars);
        let part = text.get(shown.span.clone());
        prop_assert!(part.is_some());
        let part = part.unwrap_or_default();
        let longest = marks.iter().map(|mark| text.get(mark.clone()).map_or(0, |letters| letters.chars().count())).max().unwrap_or(0);
        prop_assert!(part.chars().count() <= max_chars.max(longest));
        prop_assert_eq!(marks.is_empty(), shown.marks.is_empty());
        for mark in &shown.marks {
            let there = part.get(mark.clone());
            prop_assert!(there.is_some_and(|letters| !letters.is_empty()));
        }
    }
}
