//! Where nothing or little holds all that was asked: the nearest, and what each of them lacks. And
//! by what a document is found of which no passage is.

use serde_json::{Value, json};

use crate::common::{Files, World};

/// Three orders about one lamp, told otherwise, and the usual files.
fn lamps() -> World {
    let files = Files::usual()
        .and(
            "a/lamp.md",
            "The warden Mahmud sold the copper lamp to a ferryman.\n\nHe was fined.\n",
        )
        .and("b/ferry.md", "A ferryman bought oars.\n\nThe copper was stolen, it was said.\n")
        .and("c/oars.md", "Oars are made of ash.\n");
    World::with(&files)
}

fn nearest(answer: &Value) -> Vec<&Value> {
    answer["nearest"]["documents"].as_array().map(|list| list.iter().collect()).unwrap_or_default()
}

#[test]
fn what_lacks_a_word_is_offered_beside_an_empty_answer() {
    let world = lamps();
    let answer = world.json(&["search", "ferryman copper lamp zeppelin"]);
    assert_eq!(answer["total_documents"], 0);
    assert_eq!(answer["documents"], json!([]));
    let near = nearest(&answer);
    assert_eq!(near[0]["path"], "corpus/a/lamp.md");
    assert_eq!(near[0]["without"], json!(["zeppelin"]));
    assert_eq!(near[1]["path"], "corpus/b/ferry.md");
    assert_eq!(near[1]["without"], json!(["lamp", "zeppelin"]));
    assert_eq!(near.len(), 2);
    world
        .run(&["search", "ferryman copper lamp zeppelin"])
        .ends(1)
        .says("0 documents")
        .says("No document holds all of it")
        .says("without: zeppelin");
}

#[test]
fn a_name_in_another_spelling_says_how_it_is_spelled() {
    let world = lamps();
    let answer = world.json(&["search", "warden Mehmood ferrymen"]);
    assert_eq!(answer["total_documents"], 0);
    let near = nearest(&answer);
    assert_eq!(near[0]["path"], "corpus/a/lamp.md");
    assert_eq!(near[0]["without"], json!([]));
    let spelled = near[0]["spelled"].as_array().unwrap();
    assert!(spelled.contains(&json!({"typed": "Mehmood", "found": "mahmud"})), "{spelled:?}");
    world.run(&["search", "warden Mehmood"]).ends(1).says("spelled: mahmud for Mehmood");
}

#[test]
fn filters_and_exclusions_hold_for_the_nearest() {
    let world = lamps();
    let paths = |query: &str| -> Vec<String> {
        let answer = world.json(&["search", query]);
        let path = |near: &&Value| near["path"].as_str().unwrap().to_owned();
        nearest(&answer).iter().map(path).collect()
    };
    assert_eq!(paths("ferryman copper zeppelin source:b/"), ["corpus/b/ferry.md"]);
    assert_eq!(paths("ferryman copper zeppelin -lamp"), ["corpus/b/ferry.md"]);
    assert_eq!(paths("\"copper lamp of the ferryman\""), ["corpus/a/lamp.md", "corpus/b/ferry.md"]);
}

#[test]
fn little_is_added_to_what_is_found_and_nothing_to_what_is_asked_exactly() {
    let world = lamps();
    let answer = world.json(&["search", "ferryman copper lamp"]);
    assert_eq!(answer["total_documents"], 1);
    assert_eq!(nearest(&answer)[0]["without"], json!(["lamp"]));
    // Quotes, single words, tables and enumerations ask for just that.
    for args in [
        &["search", "\"copper lamp\" ferryman"][..],
        &["search", "lamp"],
        &["search", "ferryman copper lamp", "--all"],
        &["search", "ferryman copper lamp", "--sort", "date"],
        &["search", "ferryman copper lamp", "--offset", "1"],
    ] {
        assert_eq!(world.json(args)["nearest"], Value::Null, "{args:?}");
    }
}

#[test]
fn what_no_passage_stands_for_says_by_what_it_was_found() {
    let world =
        World::with(&Files::usual().and("orders/2031LHC77.txt", "The appeal fails.\n").and(
            "notes/heading.md",
            "---\ntitle: The quarrel over the weir\nnumbers: [W.P. No. 77/2031]\n---\n\nWater.\n",
        ));
    let by = |query: &str, path: &str| -> Value {
        let answer = world.json(&["search", query]);
        let documents = answer["documents"].as_array().unwrap();
        let found = documents.iter().find(|one| one["path"] == path);
        let found = found.unwrap_or_else(|| panic!("{query}: no {path} in {answer}"));
        found["matched_by"].clone()
    };
    let heading = "corpus/notes/heading.md";
    assert_eq!(by("quarrel weir", heading), json!(["title"]));
    assert_eq!(by("title:weir", heading), json!(["title"]));
    assert_eq!(by("WP 77 of 2031", heading), json!(["own number"]));
    assert_eq!(by("2031 LHC 77", "corpus/orders/2031LHC77.txt"), json!(["file name"]));
    assert_eq!(by("2031LHC77", "corpus/orders/2031LHC77.txt"), json!(["file name"]));
    assert_eq!(by("kind:news date:2031-03-09", "corpus/news/story.md"), json!(["kind", "date"]));
    world.run(&["search", "quarrel weir"]).ends(0).says("found by its title");
    // What a passage stands for is shown by the passage.
    assert_eq!(by("kite firewall", "corpus/news/story.md"), Value::Null);
    world.run(&["edit", heading, "--tag", "lims"]).ends(0);
    world.run(&["ingest", "--quiet"]).ends(0);
    assert_eq!(by("tag:lims", heading), json!(["tag given by hand"]));
}

#[test]
fn to_a_reference_that_nobody_cites_the_same_act_is_near_and_no_accident_of_its_words() {
    let files = Files::usual().and(
        "d/kite.md",
        "The kite was seized under section 21 of PECA.\n\nIn 2019 a report (SCMR) had page 77.\n",
    );
    let world = World::with(&files);
    let answer = world.json(&["search", "s. 39 PECA"]);
    assert_eq!(answer["total_documents"], 0);
    let near = nearest(&answer);
    assert_eq!(near[0]["without"], json!(["s. 39 PECA"]));
    assert!(near.iter().any(|one| one["path"] == "corpus/d/kite.md"), "{near:?}");
    world
        .run(&["search", "s. 39 PECA"])
        .ends(1)
        .says("these cite the Prevention of Electronic Crimes Act, 2016");
    // All words of the law report stand in the note, and it is no law report there.
    let answer = world.json(&["search", "2019 SCMR 77"]);
    assert_eq!(answer["total_documents"], 0);
    assert!(nearest(&answer).is_empty());
    world.run(&["search", "-seized"]).ends(0).never_says("d/kite.md");
}
