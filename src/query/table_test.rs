//! The table of how queries are read, `tests/data/queries.tsv`, and inputs that would hurt.

use super::testing::Known;
use super::{QueryError, limits, parse, parse_with};

const TABLE: &str = include_str!("../../tests/data/queries.tsv");

/// Returns the reading and the notes, or `E` and error with hint.
fn read(input: &str) -> (String, String) {
    match parse(input, &Known) {
        Ok(parsed) => {
            let notes: Vec<String> = parsed.notes.into_iter().map(|note| note.text).collect();
            (parsed.read_as, notes.join("\n"))
        }
        Err(error) => {
            let span = error.span();
            assert!(span.start <= span.end && span.end <= input.len(), "{input}: {span:?}");
            assert!(input.is_char_boundary(span.start) && input.is_char_boundary(span.end));
            ("E".to_owned(), format!("{error}\n{}", error.hint()))
        }
    }
}

#[test]
fn every_input_of_the_table() {
    let mut wrong = Vec::new();
    let mut n_inputs = 0;
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [input, reading, parts] = columns[..] else { panic!("three columns: {line}") };
        n_inputs += 1;
        let input = input.replace("\\0", "\0").replace("\\e", "\u{1b}");
        let (read_as, said) = read(&input);
        if read_as != reading {
            wrong.push(format!("{input:?}\n  expected {reading}\n  read as  {read_as}\n  {said}"));
        }
        for part in parts.split(" ; ").filter(|part| !part.is_empty()) {
            if !said.contains(part) {
                wrong.push(format!("{input:?}: not said: {part}\n  {said}"));
            }
        }
        if parts.is_empty() && !said.is_empty() && reading != "E" {
            wrong.push(format!("{input:?}: said without need: {said}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {n_inputs}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_reading_reads_the_same() {
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let input = line.split('\t').next().unwrap_or_default();
        let Ok(parsed) = parse(input, &Known) else { continue };
        let again =
            parse(&parsed.read_as, &Known).unwrap_or_else(|error| panic!("{input}: {error}"));
        assert_eq!(again.tree.without_spans(), parsed.tree.without_spans(), "{input}");
        assert_eq!(again.read_as, parsed.read_as, "{input}");
        assert_eq!(again.sort, parsed.sort, "{input}");
    }
}

#[test]
fn limits_are_errors() {
    let too_long = "word ".repeat(1_000);
    assert_eq!(read(&too_long).0, "E");
    assert!(read(&too_long).1.contains("4096"));
    assert!(read(&too_long).1.contains("misl check"));
    let depth = |n: usize| format!("{}lims{}", "(".repeat(n), ")".repeat(n));
    assert_eq!(read(&depth(32)).0, "lims");
    assert!(
        matches!(parse(&depth(33), &Known), Err(QueryError::TooDeep { span }) if span == (32..33))
    );
    let words = |n: usize| (0..n).map(|n| format!("w{n} ")).collect::<String>();
    assert!(parse(&words(limits::TERMS), &Known).is_ok());
    assert!(matches!(parse(&words(129), &Known), Err(QueryError::TooManyTerms { terms: 129, .. })));
    let phrase = |n: usize| format!("\"{}\"", words(n));
    assert!(parse(&phrase(128), &Known).is_ok());
    assert!(matches!(parse(&phrase(129), &Known), Err(QueryError::LongPhrase { words: 129, .. })));
    // Words that hang together are a phrase without its marks.
    let hung = |n: usize| vec!["word"; n].join("/");
    assert!(parse(&hung(128), &Known).is_ok());
    assert!(matches!(parse(&hung(129), &Known), Err(QueryError::LongPhrase { words: 129, .. })));
    let fuzzy = vec!["19"; 300].join("~");
    assert!(matches!(parse(&fuzzy, &Known), Err(QueryError::LongPhrase { .. })));
}

/// Inputs that would hurt a parser that recurses, copies or multiplies.
fn hostile() -> Vec<String> {
    let mut inputs = Vec::new();
    for n in [10, 500, 1_000, 3_000, 10_000, 100_000] {
        inputs.extend([
            "(".repeat(n),
            ")".repeat(n),
            format!("{}a{}", "(".repeat(n), ")".repeat(n)),
            "NOT ".repeat(n),
            "-".repeat(n),
            "a OR ".repeat(n),
            "OR ".repeat(n),
            "\"".repeat(n),
            format!("\"{}\"", "word ".repeat(n)),
            "a w/5 ".repeat(n),
            "(a b) w/5 ".repeat(n),
            "(a OR b c) w/5 ".repeat(n),
            "NOT (a -b) w/5 ".repeat(n),
            "a w/5 NOT ".repeat(n),
            "tag:(".repeat(n),
            "title:(".repeat(n),
            format!("tag:{}", "pta,".repeat(n)),
            "*".repeat(n),
            "a*".repeat(n),
            "?*".repeat(n),
            "~".repeat(n),
            "a~1 ".repeat(n),
            "^1e39".repeat(n),
            "a(".repeat(n),
            "a)".repeat(n),
            "x:".repeat(n),
            "date:".repeat(n),
            "date:..".repeat(n),
            "page:>".repeat(n),
            "پ".repeat(n),
            "پی ".repeat(n),
            "\0\u{1b}".repeat(n),
            "\u{200F}".repeat(n),
            "sort:date ".repeat(n),
            "like:010101@".repeat(n),
        ]);
    }
    inputs
}

#[test]
fn hostile_inputs_are_answered_and_read_the_same() {
    for input in hostile() {
        read(&input);
        let cut = input.get(..input.len().min(limits::BYTES)).unwrap_or("");
        if let Ok(parsed) = parse(cut, &Known) {
            let again = parse(&parsed.read_as, &Known);
            let Ok(again) = again else { continue };
            assert_eq!(again.tree.without_spans(), parsed.tree.without_spans(), "{cut}");
        }
    }
}

#[test]
fn flags_are_filters() {
    let flag = |field: &str, values: &[&str]| super::FlagFilter {
        field: field.to_owned(),
        values: values.iter().map(|&value| value.to_owned()).collect(),
    };
    let flags = [flag("tag", &["PTA"]), flag("court", &["Islamabad High Court", "lhc"])];
    let read =
        |text: &str, flags: &[_]| parse_with(text, flags, &Known).map(|parsed| parsed.read_as);
    assert_eq!(
        read("lims OR zong", &flags).unwrap(),
        "(lims OR zong) AND tag:pta AND court:ihc,lhc"
    );
    assert_eq!(read("", &flags).unwrap(), "tag:pta AND court:ihc,lhc");
    assert_eq!(
        read("", &[flag("from", &["2024"]), flag("sort", &["newest"])]).unwrap(),
        "date:2024.. sort:newest"
    );
    assert!(matches!(
        read("x", &[flag("tag", &["farooq"])]),
        Err(QueryError::AmbiguousValue { .. })
    ));
    assert!(matches!(read("x", &[flag("tags", &["pta"])]), Err(QueryError::UnknownField { .. })));
}

#[test]
fn brackets_that_the_canonical_form_adds_count_too() {
    let nested = |n: usize| format!("{}d{}", "(a OR b c OR ".repeat(n), ")".repeat(n));
    for n in 1..=super::limits::DEPTH {
        let text = nested(n);
        match super::parse(&text, &super::NoVocabulary) {
            Ok(parsed) => {
                let again = super::parse(&parsed.read_as, &super::NoVocabulary).unwrap();
                assert_eq!(again.read_as, parsed.read_as, "{n}");
            }
            Err(error) => {
                assert!(matches!(error, super::QueryError::TooDeep { .. }), "{n}: {error}");
            }
        }
    }
    let and_in_or = format!("{}d{}", "(a OR b AND ".repeat(31), ")".repeat(31));
    let error = super::parse(&and_in_or, &super::NoVocabulary).unwrap_err();
    assert!(matches!(error, super::QueryError::TooDeep { .. }), "{error}");
}
