use super::*;

#[track_caller]
fn check(text: &str, kind: DraftKind, expect: &[(usize, &str)]) {
    let draft = Draft::parse(text, kind);
    let found: Vec<(usize, &str)> =
        draft.quotations.iter().map(|q| (q.line, q.text.as_str())).collect();
    assert_eq!(found, expect, "{draft:#?}");
}

use DraftKind::{Html, Markdown, Text};

#[test]
fn every_pair_of_marks() {
    check(
        "He said “one two three”.\nShe said \"four five six\" and «سات آٹھ نو».\n\n‘ten eleven twelve’ isn’t it",
        Text,
        &[(1, "one two three"), (2, "four five six"), (2, "سات آٹھ نو"), (4, "ten eleven twelve")],
    );
    check("the court’s order and the parties’ claim", Text, &[]);
    check("“he said “inner words” there”", Text, &[(1, "he said “inner words” there")]);
}

#[test]
fn block_quotes_and_code() {
    check(
        "Intro:\n\n> The Authority shall not\n> direct any licensee.\n\n```\n\"code here now\"\n```\n",
        Markdown,
        &[(3, "The Authority shall not direct any licensee.")],
    );
    check("> “in marks” [^1]\n\n[^1]: note", Markdown, &[(1, "in marks")]);
}

#[test]
fn emphasis_of_markdown_is_no_change() {
    check(
        "He said “the *Authority* **shall** not” _here_.",
        Markdown,
        &[(1, "the Authority shall not")],
    );
    check("“a_b * * * c \\*d”", Markdown, &[(1, "a_b * * * c *d")]);
    check("“the *Authority* shall”", Text, &[(1, "the *Authority* shall")]);
    let draft = Draft::parse("*one* two\n“three *four*\nfive”", Markdown);
    assert_eq!(draft.blocks[0].line_of(draft.blocks[0].text.find("five").unwrap()), 3);
}

#[test]
fn lines_of_word_documents_are_paragraphs() {
    check(
        "He said “one two three”.\n> four five six\nafter it “seven eight nine”",
        DraftKind::Paragraphs,
        &[(1, "one two three"), (2, "four five six"), (3, "seven eight nine")],
    );
}

#[test]
fn html_quotes() {
    check(
        "<p>He said <q>one &amp; two three</q>.</p>\n<blockquote>four five six</blockquote>\n<script>\"no no no\"</script>",
        Html,
        &[(1, "one & two three"), (2, "four five six")],
    );
    check(
        "<p>a</p><blockquote><p>one two</p>\n<p>three</p><footer>PECA</footer></blockquote><p>b “four &#x2026; five”</p>",
        Html,
        &[(1, "one two three"), (2, "four … five")],
    );
}

/// Returns the text behind a quotation, what stands before it, and its notes.
fn around(draft: &Draft, idx: usize) -> (String, String, Vec<String>) {
    let quotation = &draft.quotations[idx];
    let after: Vec<&str> = quotation.after.iter().map(|zone| draft.words(zone)).collect();
    let before = quotation.before.as_ref().map(|zone| draft.words(zone)).unwrap_or_default();
    let mut notes = Vec::new();
    for zone in quotation.after.iter().chain([&quotation.at]) {
        for (_, name) in draft.blocks[zone.block].calls(zone.span.clone()) {
            for block in &draft.notes[name] {
                notes.push(draft.blocks[*block].text.clone());
            }
        }
    }
    (after.join("|"), before.to_owned(), notes)
}

#[test]
fn citations_stand_near() {
    let text = "In Najam-us-Saqib, “no call may be taped” (ihc-2024-wp-1805@p12, at p. 14). Next one.\n\nThe law says “x y z”.[^2] It says more.\n\n[^2]: PECA 2016, s 37.\n    And more.";
    let draft = Draft::parse(text, Markdown);
    let (after, before, _) = around(&draft, 0);
    assert_eq!(after, " (ihc-2024-wp-1805@p12, at p. 14).");
    assert_eq!(before, "In Najam-us-Saqib, “");
    assert_eq!(around(&draft, 1).0, ".[^2]");
    assert_eq!(around(&draft, 1).2, ["PECA 2016, s 37. And more."]);
}

#[test]
fn what_follows_a_block_quote_is_not_its_source() {
    let draft =
        Draft::parse("He held:\n\n> one two three.[^1]\n\nPECA says no.\n\n[^1]: See A.", Markdown);
    assert_eq!(
        around(&draft, 0),
        ("[^1]".to_owned(), "He held:".to_owned(), vec!["See A.".to_owned()])
    );
    let draft = Draft::parse("> one two three.\n\n(PECA, s 37). It says no.", Markdown);
    assert_eq!(around(&draft, 0).0, "|(PECA, s 37).");
    let draft = Draft::parse("> one two three.\n> — PECA, s 37", Markdown);
    assert_eq!(around(&draft, 0).0.trim(), "— PECA, s 37");
}

#[test]
fn notes_in_place_and_inside_quotations() {
    let draft =
        Draft::parse("He said “one[^a] two three”^[See [PECA] s 37.] here.\n\n[^a]: A.", Markdown);
    assert_eq!(draft.quotations[0].text, "one two three");
    assert_eq!(around(&draft, 0).2, ["See [PECA] s 37.", "A."]);
}

#[test]
fn notes_of_pages() {
    let pandoc = "<p>He said “one two three”.<a href=\"#fn1\" class=\"footnote-ref\" id=\"fnref1\" role=\"doc-noteref\"><sup>1</sup></a> More.</p>\n<section class=\"footnotes\"><hr /><ol>\n<li id=\"fn1\"><p>See PECA.<a href=\"#fnref1\" class=\"footnote-back\">↩︎</a></p></li></ol></section>";
    let word = "<p>He said “one two three”.<a href=\"#_ftn1\" name=\"_ftnref1\"><span>[1]</span></a> More.</p>\n<div><div id=ftn1><p><a href=\"#_ftnref1\" name=\"_ftn1\">[1]</a> See PECA.</p></div></div><p>End</p>";
    let office = "<p>He said “one two three”.<a class=\"sdfootnoteanc\" name=\"sdfootnote1anc\" href=\"#sdfootnote1sym\"><sup>1</sup></a> More.</p>\n<div id=\"sdfootnote1\"><p><a class=\"sdfootnotesym\" name=\"sdfootnote1sym\" href=\"#sdfootnote1anc\">1</a>See PECA.</p></div><p>End</p>";
    for html in [pandoc, word, office] {
        let draft = Draft::parse(html, Html);
        assert_eq!(around(&draft, 0).2, ["See PECA."], "{draft:#?}");
        assert!(draft.blocks[0].text.ends_with(" More."), "{draft:#?}");
        let last = draft.blocks.last().unwrap();
        assert!(last.text != "End" || last.part == Part::Body, "{draft:#?}");
    }
    // A table of contents calls no notes.
    let draft = Draft::parse("<a href=\"#one\">Chapter one</a><p id=one>Text “a b c”</p>", Html);
    assert!(draft.notes.is_empty(), "{draft:#?}");
}

/// The note behind the first quotation of a draft with a list of sources, whatever it is written in.
#[test]
fn numbers_in_brackets_call_the_sources_at_the_end() {
    let list = "[1] See A.\n[2] See B,\nthe second.\n[3] See C.";
    let text = format!("He held “one two three” [2]. More.\n\nSources\n\n{list}\n");
    let close =
        format!("He held “one two three.”[2] More.\n\nList of sources:\n{list}\n\nA last word.\n");
    let dotted = text.replace("[1] See", "1. See").replace("[2] See", "2. See");
    let dotted = dotted.replace("[3] See", "3) See");
    for draft in [&text, &close, &dotted] {
        for kind in [Text, Markdown] {
            let draft = Draft::parse(draft, kind);
            assert_eq!(around(&draft, 0).2, ["See B, the second."], "{draft:#?}");
            assert_eq!(draft.notes.len(), 3, "{draft:#?}");
        }
    }
    let page = "<p>He held “one two three” [2].</p><h2>References</h2>\n<ol><li><p>See A.</p></li>\
                <li>See B.</li></ol>";
    let draft = Draft::parse(page, Html);
    assert_eq!(around(&draft, 0).2, ["See B."], "{draft:#?}");
    let lines = "He held “one two three” [2].\nReferences\n1. See A.\n2. See B.";
    let draft = Draft::parse(lines, DraftKind::Paragraphs);
    assert_eq!(around(&draft, 0).2, ["See B."], "{draft:#?}");
    assert_eq!(draft.blocks.last().unwrap().line_of(0), 4);
}

#[test]
fn brackets_with_several_sources_ranges_and_places() {
    let of = |call: &str| {
        let list = "[1] See A.\n[2] See B.\n[3] See C.";
        let draft = Draft::parse(&format!("He held “one two three”{call}.\n\n{list}"), Text);
        around(&draft, 0).2
    };
    assert_eq!(of(" [1, 3]"), ["See A.", "See C."]);
    assert_eq!(of(" [1]–[3]"), ["See A.", "See B.", "See C."]);
    assert_eq!(of(" [2-3]"), ["See B.", "See C."]);
    assert_eq!(of(" [2, p. 34]"), ["See B."]);
    // What the list does not have, the paragraph of a judgment, a year.
    let none: [&str; 0] = [];
    assert_eq!(of(" [4]"), none);
    assert_eq!(of(" (Islamabad High Court, 25 June 2024) [2]"), none);
    assert_eq!(of(" [2019] UKSC 22, [3]"), none);
}

#[test]
fn lines_are_counted_behind_brackets() {
    let text =
        "One [1] and\ntwo [1, p. 3] and [2]\n“three four five” [2]\n\nNotes\n\n1. A.\n2. B.\n";
    let draft = Draft::parse(text, Text);
    let block = &draft.blocks[0];
    assert_eq!(block.text, "One [^1] and two [^1][1, p. 3] and [^2] “three four five” [^2]");
    let lines = ["One", "two", "three"].map(|word| block.line_of(block.text.find(word).unwrap()));
    assert_eq!(lines, [1, 2, 3]);
    assert_eq!(draft.quotations[0].line, 3);
    let lines: Vec<usize> = draft.blocks.iter().map(|block| block.line_of(0)).collect();
    assert_eq!(lines, [1, 5, 7, 8]);
}

#[test]
fn numbered_paragraphs_are_no_list_of_sources() {
    for text in [
        "1. He held “one two three” [2].\n\n2. More.\n\n3. Prayer.",
        "He held “one two three”.\n\n1. See A.\n\n2. See B.",
        "He held “one two three” [2].\n\n1. First.\n\n2. Second.\n\nIt is prayed.",
    ] {
        let draft = Draft::parse(text, Text);
        assert!(draft.notes.is_empty(), "{draft:#?}");
    }
    // Footnotes keep their names beside sources of the same numbers.
    let both = "He held “one two three”[^1] and “four five six” [1].\n\n[^1]: See N.\n\nSources\n\n1. See A.";
    let draft = Draft::parse(both, Markdown);
    assert_eq!(around(&draft, 0).2, ["See N."], "{draft:#?}");
    assert_eq!(around(&draft, 1).2, ["See A."], "{draft:#?}");
}

#[test]
fn defined_terms_are_no_quotations() {
    check(
        "The Act of 2016 (“PECA”) and the order (hereinafter the “LIMS order”) say so.",
        Text,
        &[],
    );
    check(
        "They said so (“calls were recorded without any warrant”).",
        Text,
        &[(1, "calls were recorded without any warrant")],
    );
}

#[test]
fn hostile_drafts_do_not_panic() {
    for text in [
        "“",
        "[^",
        "[^1]:",
        "> ",
        "<",
        "<q",
        "<blockquote>",
        "\"\"\"",
        "’",
        "۔",
        "[^]: x",
        "^[",
        "*",
        "<a href=#",
        "</a>",
        "<li id=x><a href=#x>1</a>",
        "&#x;",
        "&#xD800;",
        "\\",
        "[^1]",
        "[1]\n\n[1] a\n",
        "[1, p. 2]\n\nSources\n[1] a [1, p. 2][",
        "[1]–[1]-[2\n1. x\n",
    ] {
        for kind in [Html, Markdown, Text, DraftKind::Paragraphs] {
            assert!(Draft::parse(&text.repeat(20), kind).quotations.len() <= 40);
        }
    }
}
