//! One place for one sentence: search, check, show, refs, cited-by and cite name it alike.

use crate::common::{Files, World, bundle_pdf, pdf, write};

/// An order sheet: two numbered paragraphs, an application of its own, and the main case, whose
/// numbers begin anew.
fn sheet() -> Vec<u8> {
    let first = [
        (190, "IN THE ISLAMABAD HIGH COURT, ISLAMABAD"),
        (225, "Company Original No. 4 of 2031"),
        (265, "Asha Nobody"),
        (280, "Versus"),
        (220, "Federation of Pakistan and others"),
        (72, "Date of order: 25.02.2031"),
        (72, "1.   The petitioner asks that the scheme of kites be sanctioned by this Court."),
        (72, "2.   Notice be issued to the Kite Commission for a date in the month of May."),
    ];
    let second = [
        (72, "CM No. 3/2031"),
        (72, "Exemption is allowed subject to all just and legal exceptions of the lantern."),
        (72, "Main case"),
        (72, "The Commission relied on PLD 1998 SC 388 and raises no objection to the heron."),
        (72, "2.   In tandem the adviser of the Commission has appeared and gives his consent."),
        (72, "3.   The scheme is sanctioned as prayed for, and the kites may be flown by all."),
    ];
    let drawn = |lines: &[(u32, &str)]| {
        let ys = (0..).map(|idx| 735 - 34 * idx);
        lines.iter().zip(ys).map(|((x, line), y)| (*x, y, (*line).to_owned())).collect()
    };
    pdf(&[drawn(&first), drawn(&second)])
}

fn key_of(world: &World, doc: &str) -> String {
    world.json(&["show", doc])["key"].as_str().unwrap().to_owned()
}

/// Checks one quotation with its place; returns the verdict and all that is said of it.
fn verdict(world: &World, quote: &str, at: &str) -> (String, String) {
    write(&world.path().join("draft.md"), format!("It said \"{quote}\" ({at}).\n").as_bytes());
    let answer = world.json(&["check", "draft.md"]);
    let one = &answer["quotations"][0];
    let hint = one["hint"].as_str().unwrap_or_default();
    (one["verdict"].as_str().unwrap().to_owned(), hint.to_owned())
}

#[test]
fn what_stands_under_another_head_has_no_number_of_the_paragraph_before() {
    let world = World::with(&Files::none().and("sheet.pdf", sheet()));
    let key = key_of(&world, "corpus/sheet.pdf");
    let quote = "subject to all just and legal exceptions of the lantern";
    let found = world.json(&["search", &format!("\"{quote}\"")]);
    let passage = &found["documents"][0]["passages"][0];
    assert_eq!(passage["cite_as"], format!("{key}@p2"));
    assert_eq!(verdict(&world, quote, &format!("{key}@p2")).0, "exact");
    let (wrong, hint) = verdict(&world, quote, &format!("{key}@p2,para2"));
    assert_eq!((wrong.as_str(), hint.contains("it stands at p2")), ("wrong-place", true), "{hint}");
    world.run(&["refs", &key]).ends(0).says("PLD 1998 SC 388  (p. 2)");
    world.run(&["cited-by", "PLD 1998 SC 388"]).says(&format!("  p. 2  {key}@p2  "));
    // What has a number of its own keeps it.
    let third = "The scheme is sanctioned as prayed for";
    assert_eq!(verdict(&world, third, &format!("{key}@p2,para3")).0, "exact");
    world.run(&["show", &key, "--para", "1"]).says("scheme of kites").never_says("lantern");
}

#[test]
fn a_number_that_stands_twice_is_said_to() {
    let world = World::with(&Files::none().and("sheet.pdf", sheet()));
    let key = key_of(&world, "corpus/sheet.pdf");
    let twice = "p. 2 under “Main case”; name the page: @p1,para2";
    world.run(&["cite", &format!("{key}@para2")]).ends(0).notes(twice);
    world.run(&["show", &format!("{key}@para2")]).ends(0).notes(twice);
    world.run(&["list", "add", "kites", &format!("{key}@para2")]).ends(0).notes(twice);
    let paged = world.run(&["cite", &format!("{key}@p2,para2")]).ends(0);
    assert!(!paged.stderr.contains("stands twice"), "{}", paged.stderr);
    write(&world.path().join("draft.md"), format!("See {key}@para2.\n").as_bytes());
    world.run(&["check", "draft.md"]).says(twice);
}

/// A syllabus and an opinion, whose pages are counted anew.
fn slip_opinion() -> Vec<u8> {
    let birds = ["Herons", "Kites", "Larks", "Crows", "Swifts", "Owls", "Terns", "Wrens"];
    let drawn = birds.iter().zip([1, 2, 3, 4, 1, 2, 3, 4]).map(|(birds, folio)| {
        vec![
            (
                72,
                735,
                format!("{birds} over the roofs are spoken of here, with the names of all of"),
            ),
            (72, 719, format!("those who saw that the {birds} flew for the whole of the day.")),
            (290, 30, folio.to_string()),
        ]
    });
    pdf(&drawn.collect::<Vec<_>>())
}

#[test]
fn a_page_number_that_stands_twice_is_said_to() {
    let world = World::with(&Files::none().and("slip.pdf", slip_opinion()));
    let key = key_of(&world, "corpus/slip.pdf");
    let twice = "page 1 stands twice: @p1, @p5; say in words which is meant";
    for place in ["p1", "p5", "pl1"] {
        world.run(&["cite", &format!("{key}@{place}")]).ends(0).notes(twice);
    }
    world.run(&["show", &format!("{key}@p5")]).ends(0).notes(twice);
    world.run(&["cite", &format!("{key}@p2-3")]).notes("page 2 stands twice: @p2, @p6");
    write(&world.path().join("draft.md"), format!("See {key}@p5.\n").as_bytes());
    world.run(&["check", "draft.md"]).says(twice);
}

#[test]
fn our_own_count_is_no_place_in_a_file_with_pages() {
    let files = Files::usual();
    let world = World::with(&files.and("bundle.pdf", bundle_pdf()));
    world
        .run(&["cite", "corpus/bundle.pdf@para1"])
        .ends(2)
        .notes("paragraph 1 is our own count")
        .notes("@p1");
    // The leaf that is printed 12 is page 2 of the file.
    let key = key_of(&world, "corpus/bundle.pdf");
    let quote = "On this leaf of the bundle the second heron is spoken of";
    assert_eq!(verdict(&world, quote, &format!("{key}@pl12")).0, "exact");
    world
        .run(&["cite", &format!("{key}@p12")])
        .ends(2)
        .notes("12 is the number printed on p2: write pl12");
}

#[test]
fn a_file_without_pages_has_no_page_1() {
    let world = World::with(&Files::none().and(
        "note.md",
        "A first paragraph speaks of the kites over the roofs of the town.\n\n\
         A second paragraph relies on PLD 1998 SC 388 and on nothing else at all.\n",
    ));
    let key = key_of(&world, "corpus/note.md");
    let quote = "A second paragraph relies on PLD 1998 SC 388 and on nothing else";
    assert_eq!(verdict(&world, quote, &format!("{key}@para2")).0, "exact");
    let (wrong, hint) = verdict(&world, quote, &format!("{key}@para1"));
    assert_eq!(
        (wrong.as_str(), hint.as_str()),
        ("wrong-place", "you wrote para1; it stands at para2")
    );
    world.run(&["refs", &key]).says("PLD 1998 SC 388  (para 2)");
    world.run(&["cited-by", "PLD 1998 SC 388"]).says("  para 2  ").never_says("p. 1");
    world.run(&["search", "nothing else"]).says("  para 2   ").never_says("p. 1");
    world.run(&["show", &key]).never_says("page 1");
}

#[test]
fn a_key_that_was_given_once_keeps_its_document() {
    let order = |day: u32, words: &str| {
        format!(
            "---\nkind: order\ncourt: ihc\nnumber: W.P. No. 905/2031\ndate: 2031-06-{day}\n\
             petitioner: Asha Nobody\nrespondent: Federation of Pakistan\n---\n\n\
             2. The lantern register is {words} by the Authority.\n\n3. Relist.\n"
        )
    };
    let world = World::with(&Files::none().and("a.md", order(11, "kept and shown to nobody")));
    let key = key_of(&world, "corpus/a.md");
    assert_eq!(key, "ihc-2031-wp-905");
    let draft =
        format!("It said \"The lantern register is kept and shown to nobody\" ({key}@para2).\n");
    write(&world.path().join("draft.md"), draft.as_bytes());
    world.run(&["check", "draft.md"]).ends(0);
    world.put(&Files::none().and("b.md", order(12, "closed")).and("c.md", order(13, "burnt")));
    world.run(&["ingest"]).ends(0);
    let now = key_of(&world, "corpus/a.md");
    assert_eq!(now, "ihc-2031-wp-905-0611");
    world.run(&["check", "draft.md"]).ends(0).says(&format!("{key} is {now} since"));
    world.run(&["cite", &key]).ends(0).notes(&format!("{key} is {now} since"));
    assert_eq!(key_of(&world, &key), now);
}

/// A Word file draws `(1)` below its paragraph 2, which a court cites as `2(1)`: both are known.
#[test]
fn the_number_that_word_draws_stands_beside_the_one_that_is_cited() {
    let item = |level: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr></w:pPr>\
             <w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        item(0, "The keepers of the lanterns ask that the register be closed for this year."),
        item(0, "The questions that arise for decision in this petition are as follows:"),
        item(1, "whether the register of the lanterns is open to the public at all;"),
        item(1, "whether the keeper of the register was heard before it was closed."),
        item(0, "The answer to both of these questions is in the order of the year before."),
    ];
    let level = |at: usize, drawn: &str| {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='decimal'/>\
             <w:lvlText w:val='{drawn}'/></w:lvl>"
        )
    };
    let word = crate::common::zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "word/document.xml",
            &format!("<w:document><w:body>{}</w:body></w:document>", body.concat()),
        ),
        (
            "word/numbering.xml",
            &format!(
                "<w:numbering><w:abstractNum w:abstractNumId='0'>{}{}</w:abstractNum>\
                 <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>",
                level(0, "%1."),
                level(1, "(%2)")
            ),
        ),
    ]);
    let world = World::with(&Files::none().and("order.docx", word));
    let labels = |answer: &serde_json::Value| -> Vec<(String, String)> {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
        let paragraphs = answer["pages"][0]["paragraphs"].as_array().unwrap();
        paragraphs.iter().map(|one| (text(&one["label"]), text(&one["drawn"]))).collect()
    };
    let expect = [("1", "-"), ("2", "-"), ("2(1)", "(1)"), ("2(2)", "(2)"), ("3", "-")];
    let expect: Vec<(String, String)> =
        expect.iter().map(|&(label, drawn)| (label.to_owned(), drawn.to_owned())).collect();
    assert_eq!(labels(&world.json(&["read", "corpus/order.docx"])), expect);
}
