//! `misl check` on whole drafts: short citations, notes of Word documents, statuses, faults.

use crate::common::{Files, World, write};

const LIMS: &str = "\
---
kind: order
title: Mian Example Saqib v. Federation of Pakistan
court: ihc
number: W.P. No. 905/2021
date: 2021-06-25
petitioner: Mian Example Saqib
respondent: Federation of Pakistan
status:
  - state: suspended
    by: scp
    date: 2021-08-19
    source: \"The Margalla Courier, 20 August 2021\"
---

12. The Authority shall not direct any licensee to keep the lantern register.

13. No officer may open the lantern register without a warrant of this Court.
";

const BUTTO: &str = "\
---
kind: judgment
title: Asha Nobody v. President of Pakistan
court: scp
number: C.P. No. 77/2019
report: PLD 2020 SC 388
date: 2019-01-29
petitioner: Asha Nobody
respondent: President of Pakistan
---

3. The lanterns of a house are as private as the letters that are kept in it.
";

fn world() -> World {
    World::with(&Files::none().and("orders/lims.md", LIMS).and("orders/asha.md", BUTTO))
}

/// Checks a draft; returns its JSON.
#[track_caller]
fn check(world: &World, name: &str, text: &[u8], status: i32) -> serde_json::Value {
    write(&world.path().join(name), text);
    world.run(&["check", name, "--json"]).ends(status).json()
}

/// Lists the quotations: verdict, what they are bound to, note.
fn quotations(answer: &serde_json::Value) -> Vec<String> {
    let of = |one: &serde_json::Value| {
        let claimed = &one["claimed"];
        let bound = claimed["stands_for"].as_str().or(claimed["written"].as_str());
        let note = one["note"].as_str().map(|note| format!(" in note {note}")).unwrap_or_default();
        let (verdict, bound) = (one["verdict"].as_str().unwrap(), bound.unwrap_or("nothing"));
        format!("{verdict}: {bound}{note}")
    };
    answer["quotations"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn short_citations_of_a_draft() {
    let world = world();
    let draft = "\
In *Mian Example Saqib v. Federation of Pakistan* (W.P. No. 905/2021, order dated 25.06.2021, para 12) \
the court said that it “shall not direct any licensee to keep the lantern register”. \
*Asha Nobody v. President of Pakistan* (PLD 2020 SC 388) is older.

In *Example Saqib* (supra), para 13, it added: “No officer may open the lantern register”.

*Asha Nobody* held that “The lanterns of a house are as private as the letters”.[^1] It is so.[^2]

In the same judgment: “as private as the books”.

[^1]: Asha Nobody (supra), para 3.
[^2]: Ibid: “the letters that are kept in it”.
";
    let answer = check(&world, "draft.md", draft.as_bytes(), 1);
    assert_eq!(
        quotations(&answer),
        [
            "exact: W.P. No. 905/2021",
            "exact: W.P. No. 905/2021",
            "exact: PLD 2020 SC 388",
            "words-changed: PLD 2020 SC 388",
            "exact: PLD 2020 SC 388 in note 2",
        ],
        "{answer:#}"
    );
    // Whoever cites a suspended order is told each time.
    let run = world.run(&["check", "draft.md"]).ends(1);
    run.clone().says("suspended by Supreme Court of Pakistan, 2021-08-19");
    run.says("The Margalla Courier");
}

#[test]
fn a_place_of_a_short_citation_is_checked() {
    let world = world();
    let draft = "W.P. No. 905/2021 is the order. *Example Saqib* (supra), para 12: “No officer may open the lantern register”. Example Saqib (supra), para 40.\n";
    let answer = check(&world, "draft.md", draft.as_bytes(), 1);
    assert_eq!(quotations(&answer), ["wrong-place: W.P. No. 905/2021"], "{answer:#}");
    let states: Vec<&str> = answer["citations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["found", "found", "beyond-work"], "{answer:#}");
}

#[test]
fn keys_as_pandoc_writes_them_are_checked() {
    let world = world();
    let key = "ihc-2021-wp-905";
    let quote = "No officer may open the lantern register";
    let draft = format!(
        "As “{quote}” [@{key}, para 13]. Yet “{quote}” [see -@{key}, para 12]. \
         And “{quote}” (@{key}@para12). And “{quote}” ({key}, para 12). @somebody said so (@no-key-at-all, p. 2) [@no-such-key, 3].\n"
    );
    let answer = check(&world, "draft.md", draft.as_bytes(), 1);
    assert_eq!(
        quotations(&answer),
        [
            format!("exact: {key}"),
            format!("wrong-place: {key}"),
            format!("wrong-place: {key}@para12"),
            format!("wrong-place: {key}"),
        ],
        "{answer:#}"
    );
    let absent = answer["citations"].as_array().unwrap().iter().rev().nth(1).unwrap();
    assert_eq!(absent["written"], "no-key-at-all");
    let last = answer["citations"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["written"], &last["state"]), (&"no-such-key".into(), &"absent".into()));
}

#[test]
fn what_is_wrong_with_a_citation_is_said() {
    let world = world();
    let draft = "See PLD 2020 388. See PLD 98 SC 5. See PLD 2077 SC 5. See PLD 1998 SC 5. Ibid. Unknown Person (supra). W.P. 9O5/2021.\n";
    let answer = check(&world, "draft.txt", draft.as_bytes(), 1);
    let found: Vec<(&str, &str)> = answer["citations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["written"].as_str().unwrap(), one["state"].as_str().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("PLD 2020 388", "malformed"),
            ("PLD 98 SC 5", "malformed"),
            ("PLD 2077 SC 5", "anachronistic"),
            ("PLD 1998 SC 5", "absent"),
            ("Ibid", "absent"),
            ("Unknown Person (supra)", "unresolved"),
            ("9O5/2021", "malformed"),
        ],
        "{answer:#}"
    );
}

#[test]
fn footnotes_of_a_word_draft() {
    let world = world();
    let part = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let body = format!(
        "<w:document><w:body><w:p>{}<w:r><w:footnoteReference w:id='2'/></w:r>{}<w:r><w:footnoteReference w:id='3'/></w:r></w:p></w:body></w:document>",
        part("It “shall not direct any licensee to keep the lantern register”"),
        part(" and “The lanterns of a house are as public as the letters”."),
    );
    let note = |id: u32, text: &str| {
        format!("<w:footnote w:id='{id}'><w:p>{}</w:p></w:footnote>", part(text))
    };
    let notes = format!(
        "<w:footnotes>{}{}</w:footnotes>",
        note(2, "W.P. No. 905/2021, para 13."),
        note(3, "PLD 2020 SC 388.")
    );
    let bytes = crate::common::zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &body),
        ("word/footnotes.xml", &notes),
    ]);
    let answer = check(&world, "draft.docx", &bytes, 1);
    assert_eq!(
        quotations(&answer),
        ["wrong-place: W.P. No. 905/2021", "words-changed: PLD 2020 SC 388"],
        "{answer:#}"
    );
    world.run(&["check", "draft.docx", "--annotate", "copy.md"]).ends(1);
    let copy = crate::common::read(&world.path().join("copy.md"));
    assert!(copy.contains("[^1]: W.P. No. 905/2021, para 13."), "{copy}");
}

/// Numbers in brackets and a list of sources at the end: typed in text, drawn by Word, counted by
/// the browser.
#[test]
fn sources_by_number() {
    let world = world();
    let quotes = [
        "It “shall not direct any licensee to keep the lantern register” [1]",
        " and “The lanterns of a house are as public as the letters” [2]. More.",
    ];
    let sources = ["W.P. No. 905/2021, para 13.", "PLD 2020 SC 388."];
    let expect = ["wrong-place: W.P. No. 905/2021", "words-changed: PLD 2020 SC 388"];
    let text = format!(
        "{}{}\n\nSources\n\n[1] {}\n[2] {}\n",
        quotes[0], quotes[1], sources[0], sources[1]
    );
    let page = format!(
        "<p>{}{}</p><h2>References</h2><ol><li>{}</li><li><p>{}</p></li></ol>",
        quotes[0], quotes[1], sources[0], sources[1]
    );
    let part = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let item = |text: &str| {
        let number = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>";
        format!("<w:p>{number}{}</w:p>", part(text))
    };
    let word = crate::common::zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "word/document.xml",
            &format!(
                "<w:document><w:body><w:p>{}{}</w:p><w:p>{}</w:p>{}{}</w:body></w:document>",
                part(quotes[0]),
                part(quotes[1]),
                part("List of sources"),
                item(sources[0]),
                item(sources[1])
            ),
        ),
        (
            "word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
             <w:numFmt w:val='decimal'/><w:lvlText w:val='[%1]'/></w:lvl></w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>",
        ),
    ]);
    let rich = format!(
        "{{\\rtf1\\ansi\\uc1 {}{}\\par Sources\\par [1] {}\\par [2] {}\\par}}",
        quotes[0].replace('“', "\\u8220?").replace('”', "\\u8221?"),
        quotes[1].replace('“', "\\u8220?").replace('”', "\\u8221?"),
        sources[0],
        sources[1]
    );
    for (name, bytes) in [
        ("draft.md", text.as_bytes()),
        ("draft.txt", text.as_bytes()),
        ("draft.html", page.as_bytes()),
        ("draft.docx", &word),
        ("draft.rtf", rich.as_bytes()),
    ] {
        let answer = check(&world, name, bytes, 1);
        assert_eq!(quotations(&answer), expect, "{name}: {answer:#}");
    }
}
