//! What people say of a document: values, tags, status; it outlives every reading.

use crate::common::{World, read};

const ORDER: &str = "ihc-2031-wp-901";

#[test]
fn a_persons_value_wins_and_outlives_a_reading() {
    let world = World::usual();
    world
        .run(&["edit", ORDER, "--set", "title=The calls case", "--set", "judge=A. Bench"])
        .ends(0)
        .says("corpus/records/");
    let check = |world: &World| {
        let record = &world.json(&["show", ORDER])["record"];
        assert_eq!(record["title"]["value"], "The calls case");
        assert_eq!(record["title"]["origin"], "person");
        assert_eq!(record["judges"][0]["value"], "A. Bench");
        assert_eq!(record["court"]["origin"], "derived");
        assert_eq!(world.found("title:calls judge:\"A. Bench\"").len(), 1);
    };
    check(&world);
    world.run(&["ingest"]).ends(0);
    check(&world);
    world.run(&["repair"]).ends(0);
    check(&world);
    // All that misl derives may go: what people said stays.
    std::fs::remove_dir_all(world.path().join("index")).unwrap();
    std::fs::create_dir(world.path().join("index")).unwrap();
    world.run(&["ingest"]).ends(0);
    check(&world);
}

#[test]
fn tags_by_hand_outlive_a_reading() {
    let world = World::usual();
    world.run(&["edit", "notes", "--tag", "PECA 2016", "--tag", "lims"]).ends(0);
    world.run(&["edit", ORDER, "--untag", "pta"]).ends(0);
    let check = |world: &World| {
        assert_eq!(world.found("tag:peca"), ["corpus/notes/visit.txt"]);
        assert!(world.found("tag:lims").contains(&"corpus/notes/visit.txt".to_owned()));
        assert!(!world.found("tag:pta").contains(&"corpus/orders/wp-901-2031.pdf".to_owned()));
    };
    check(&world);
    world.run(&["ingest"]).ends(0);
    world.run(&["repair"]).ends(0);
    check(&world);
    world.run(&["edit", "notes", "--untag", "peca"]).ends(0);
    world.run(&["edit", ORDER, "--tag", "pta"]).ends(0);
    assert!(world.found("tag:peca").is_empty());
    assert!(world.found("tag:pta").contains(&"corpus/orders/wp-901-2031.pdf".to_owned()));
}

#[test]
fn a_status_travels_with_every_answer() {
    let world = World::usual();
    world
        .run(&[
            "edit",
            ORDER,
            "--status",
            "suspended",
            "--status-by",
            "scp",
            "--status-date",
            "2031-04-19",
            "--status-source",
            "The Margalla Courier, 20 April 2031",
        ])
        .ends(0);
    let words = "suspended: Supreme Court of Pakistan, 2031-04-19";
    world.run(&["search", "calibration"]).ends(0).says(words);
    world.run(&["show", ORDER]).ends(0).says(words);
    world.run(&["cite", ORDER]).ends(0).says("uspended").says("19.04.2031");
    world.run(&["cite", ORDER, "--no-status"]).ends(0).never_says("uspended");
    let status = &world.json(&["search", "calibration"])["documents"][0]["status"][0];
    assert_eq!(status["state"], "suspended");
    assert_eq!(status["by"], "scp");
    assert_eq!(status["date"], "2031-04-19");
    assert_eq!(status["source"], "The Margalla Courier, 20 April 2031");
}

#[test]
fn a_status_without_a_source_or_of_no_known_state_is_refused() {
    let world = World::usual();
    world.run(&["edit", ORDER, "--status", "stayed"]).ends(2);
    world
        .run(&["edit", ORDER, "--status", "evaporated", "--status-source", "hearsay"])
        .ends(2)
        .notes("unknown state `evaporated`")
        .notes("suspended");
    assert!(!world.corpus("records").exists());
}

#[test]
fn a_wrong_field_names_the_nearest_and_writes_nothing() {
    let world = World::usual();
    world
        .run(&["edit", ORDER, "--set", "cort=ihc"])
        .ends(2)
        .notes("unknown field `cort`")
        .notes("did you mean `court`?");
    world.run(&["edit", ORDER, "--set", "date=soon"]).ends(2);
    world.run(&["edit", ORDER, "--tag", "regulatr"]).ends(2).notes("no entity `regulatr`");
    assert!(!world.corpus("records").exists());
}

#[test]
fn a_record_is_a_file_that_people_can_read() {
    let world = World::usual();
    world
        .run(&["edit", ORDER, "--set", "court=ihc", "--set", "date=2031-02-26", "--tag", "lims"])
        .ends(0);
    let id = world.json(&["show", ORDER])["id"].as_str().unwrap().to_owned();
    let text = read(&world.corpus(&format!("records/{id}.toml")));
    for line in ["court = \"ihc\"", "date = \"2031-02-26\"", "tags = [\"lims\"]"] {
        assert!(text.contains(line), "no `{line}` in:\n{text}");
    }
    // A slip in it is said with its line, and the last good answer stays readable.
    world.write(&format!("records/{id}.toml"), b"court = \"ihc\"\ndat = \"2031\"\n");
    world.run(&["ingest"]).ends(0).notes("line 2: unknown field `dat`");
    world.run(&["show", ORDER]).ends(0);
}

#[test]
fn a_better_text_of_a_page_takes_the_place_of_what_was_read() {
    let world = World::usual();
    world.write("scan.pdf", &crate::common::scan_pdf(2));
    world.run(&["ingest", "--ocr", "never"]).ends(0);
    crate::common::write(&world.path().join("typed.txt"), b"The zamindar paid the toll.\n");
    let edit =
        |page: &str| world.run(&["edit", "corpus/scan.pdf", "--text", "typed.txt", "--page", page]);
    edit("3").ends(2).notes("there is no page 3").notes("the last is 2");
    edit("2").ends(0).says("corpus/texts/").notes("misl ingest");
    assert!(world.found("zamindar").is_empty());
    world.run(&["ingest", "--ocr", "never"]).ends(0);
    assert_eq!(world.found("zamindar").len(), 1);
    world.run(&["show", "corpus/scan.pdf", "--page", "2"]).ends(0).says("text of a person");
    let page = &world.json(&["show", "corpus/scan.pdf", "--page", "2"])["pages"][0];
    assert!(page["ocr"]["engine"].as_str().unwrap().starts_with("text of a person (p2.txt"));
    // The text is a person's, and no document of its own.
    assert_eq!(world.found("source:texts").len(), 0);
}
