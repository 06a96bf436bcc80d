//! Finding beyond a plain search: copies, records, batches, timelines, likenesses, differences.

use serde_json::{Value, json};

use crate::common::{Files, World, read};

/// Returns sixty sentences, each with words of its own, `swapped` of them otherwise.
fn story(swapped: &[usize]) -> String {
    let sentence = |n: usize| {
        let bird = if swapped.contains(&n) { "egret" } else { "heron" };
        format!(
            "On day {n} the {bird} stood at gate {} of the mill and watched lamp {}.",
            n * 7,
            n * 3
        )
    };
    let paragraphs: Vec<String> = (1..=60).map(sentence).collect();
    paragraphs.join("\n\n")
}

/// Two copies of one story, a second story, and what the usual files say.
fn copies() -> World {
    let head = |date: &str| format!("---\nkind: news\ntitle: The heron\ndate: {date}\n---\n\n");
    let files = Files::usual()
        .and("a/first.md", format!("{}{}", head("2031-05-01"), story(&[])))
        .and("b/again.md", format!("{}{}", head("2031-05-04"), story(&[30])))
        .and("c/other.md", "A heron is a bird of the marsh, and no mill keeps one.\n");
    World::with(&files)
}

#[test]
fn near_copies_stand_under_the_earliest_and_are_all_counted() {
    let world = copies();
    let answer = world.json(&["search", "heron mill"]);
    assert_eq!((&answer["total_documents"], &answer["folded"]), (&json!(3), &json!(1)));
    let documents = answer["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 2);
    let first = documents.iter().find(|one| one["path"] == "corpus/a/first.md").unwrap();
    let again = world.json(&["show", "corpus/b/again.md"]);
    assert_eq!(first["near_copies"], json!([again["id"]]));
    world.run(&["search", "heron mill"]).ends(0).says("1 near copy").notes("misl diff A B");
    // Who asks for every document gets every one.
    assert_eq!(world.found("heron mill").len(), 3);
}

#[test]
fn a_copy_that_changes_is_a_copy_no_more() {
    let world = copies();
    let swapped: Vec<usize> = (1..=60).collect();
    world.write("b/again.md", story(&swapped).replace("mill", "barn").as_bytes());
    world.run(&["ingest", "--quiet"]).ends(0);
    assert_eq!(world.json(&["search", "watched lamp"])["folded"], 0);
}

#[test]
fn equal_words_in_another_file_are_warned_of() {
    let files = Files::none()
        .and("a.txt", story(&[]))
        .and("b.md", format!("<!-- saved -->\n\n{}", story(&[]).replace("heron", "*heron*")));
    let world = World::with(&files);
    let warnings = |path: &str| world.json(&["show", path])["warnings"].clone();
    let names = |warnings: &Value| -> Vec<String> {
        let all = warnings.as_array().unwrap().iter();
        let same = all.filter(|one| one["kind"] == "same-text-as");
        same.map(|one| one["detail"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&warnings("corpus/a.txt")), ["corpus/b.md"]);
    assert_eq!(names(&warnings("corpus/b.md")), ["corpus/a.txt"]);
    world.write("b.md", b"Something else.");
    world.run(&["ingest", "--quiet"]).ends(0);
    assert!(names(&warnings("corpus/a.txt")).is_empty());
    world.run(&["verify"]).ends(0);
}

#[test]
fn differences_name_the_words_and_their_places() {
    let world = copies();
    let answer = world.json(&["diff", "corpus/a/first.md", "corpus/b/again.md"]);
    assert_eq!(answer["schema"], "misl.diff/1");
    let changes = answer["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(
        (&changes[0]["a"]["text"], &changes[0]["b"]["text"]),
        (&json!("heron"), &json!("egret"))
    );
    assert!(changes[0]["a"]["cite_as"].as_str().unwrap().ends_with("@para30"), "{}", changes[0]);
    world.run(&["diff", "corpus/a/first.md", "corpus/a/first.md"]).ends(0).says("0 differences");
}

#[test]
fn who_says_the_same_and_who_says_the_like() {
    let world = copies();
    let answer = world.json(&["similar", "corpus/a/first.md@para12"]);
    let same = answer["same_words"].as_array().unwrap();
    assert_eq!(same.len(), 1);
    assert_eq!(same[0]["path"], "corpus/b/again.md");
    assert_eq!(same[0]["longest"], answer["words"]);
    assert_eq!(same[0]["share"], 1.0);
    let none = world.json(&["similar", "corpus/a/first.md@para12", "--limit", "0"]);
    assert_eq!((&none["same_words"], &none["related"]), (&json!([]), &json!([])));
}

#[test]
fn a_recorded_search_is_asked_again() {
    let world = World::usual();
    world.run(&["search", "kite firewall", "--record", "note.json"]).ends(0);
    let record: Value = serde_json::from_str(&read(&world.path().join("note.json"))).unwrap();
    assert_eq!(record["schema"], "misl.search-record/1");
    assert_eq!(record["total_documents"], 2);
    assert_eq!(record["corpus"]["fingerprint"].as_str().unwrap().len(), 64);
    assert_eq!(record["documents"].as_array().unwrap().len(), 2);
    // A record is evidence: it is not overwritten by accident.
    world.run(&["search", "kite", "--record", "note.json"]).ends(2).notes("--force");
    world.run(&["search", "kite firewall", "--record", "note.json", "--force"]).ends(0);
    world.run(&["search", "--replay", "note.json"]).ends(0).says("2 documents as recorded, 0 new");
    world.write("news/later.md", "A second kite firewall was bought in the spring.\n".as_bytes());
    world.run(&["ingest", "--quiet"]).ends(0);
    let replay = world.json(&["search", "--replay", "note.json"]);
    assert_eq!(replay["same_corpus"], false);
    assert_eq!((replay["new"].as_array().unwrap().len(), &replay["unchanged"]), (1, &json!(2)));
    assert_eq!((&replay["gone"], &replay["changed"]), (&json!([]), &json!([])));
    world.run(&["search", "--replay", "misl.toml"]).ends(2).notes("no record of a search");
}

#[test]
fn a_table_of_queries_makes_a_table_of_passages() {
    let world = World::usual();
    let table = "query,why\n\"\"\"calibration ledger\"\"\",x\ncort:ihc,y\nnowhereatall,z\n";
    crate::common::write(&world.path().join("queries.csv"), table.as_bytes());
    let run = world.run(&["search", "--batch", "queries.csv", "--format", "csv"]).ends(3);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("query,key,title,page,paragraph,passage"), "{}", lines[0]);
    assert!(
        lines[1].starts_with("\"\"\"calibration ledger\"\"\",ihc-2031-wp-901,"),
        "{}",
        lines[1]
    );
    assert!(run.stdout.contains("cort:ihc,,,,,,,,,,unknown field `cort`"), "{}", run.stdout);
    let answer = world.json(&["search", "--batch", "queries.csv"]);
    assert_eq!((&answer["queries"], &answer["failed"]), (&json!(3), &json!(1)));
    let rows = answer["rows"].as_array().unwrap();
    assert_eq!(rows.last().unwrap()["documents"], 0);
    assert_eq!((&rows[0]["page"], &rows[0]["paragraph"]), (&json!(2), &json!("5")));
}

#[test]
fn events_stand_in_order_with_what_happened_later() {
    let world = World::usual();
    let order = "ihc-2031-wp-901";
    let suspended = ["--status", "suspended", "--status-by", "scp", "--status-date", "2031-03-20"];
    let mut args = vec!["edit", order, "--status-source", "Courier, 21 March 2031"];
    args.extend(suspended);
    world.run(&args).ends(0);
    let answer = world.json(&["timeline", "firewall OR ledger"]);
    let events: Vec<(&str, &str)> = answer["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["date"].as_str().unwrap(), event["event"].as_str().unwrap()))
        .collect();
    let days: Vec<&str> = events.iter().map(|(date, _)| *date).collect();
    assert!(days.is_sorted(), "{events:?}");
    for event in
        [("2031-02-25", "decision"), ("2031-03-09", "published"), ("2031-03-20", "suspended")]
    {
        assert!(events.contains(&event), "no {event:?} in {events:?}");
    }
    let csv = world.run(&["timeline", "firewall OR ledger", "--format", "csv"]).ends(0);
    assert_eq!(csv.stdout.lines().count(), events.len() + 1);
    world.run(&["timeline", "nowhereatall"]).ends(1);
    let filters: [&[&str]; 3] = [
        &["timeline", "--court", "ihc", "--kind", "order", "--lang", "en", "--tag", "pta"],
        &["timeline", "--from", "2031-02", "--to", "2031-02"],
        &["timeline", "--source", "orders"],
    ];
    for args in filters {
        world.run(args).ends(0).says("2031-02-25").never_says("2031-03-09");
    }
}

#[test]
fn tags_of_one_kind() {
    let world = World::usual();
    let answer = world.json(&["tags", "--kind", "court"]);
    let tags = answer["tags"].as_array().unwrap();
    assert!(!tags.is_empty() && tags.iter().all(|tag| tag["kind"] == "court"), "{tags:?}");
    world.run(&["tags", "--kind", "cort"]).ends(2).notes("did you mean `court`?");
}

#[test]
fn letters_spelled_in_urdu_are_one_name() {
    let files = Files::none()
        .and("a.txt", "صارفین نے پی ٹی اے سے پوچھا کہ نگرانی کس نے کی۔\n")
        .and("b.txt", "پی کر وہ اے لوگو ٹی وی دیکھنے لگا۔\n")
        .and("c.txt", "The PTA gave no answer.\n");
    let world = World::with(&files);
    assert_eq!(world.found("پی ٹی اے"), ["corpus/a.txt", "corpus/c.txt"]);
    let run = world.run(&["search", "پی ٹی اے"]).ends(0);
    assert!(run.stdout.contains("«پی ٹی اے»"), "{}", run.stdout);
}

#[test]
fn a_filter_of_passages_beside_words_only_restricts() {
    let world = World::usual();
    let answer = world.json(&["search", "ledger lang:en"]);
    let passages: Vec<&str> = answer["documents"][0]["passages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|passage| passage["text"].as_str().unwrap())
        .collect();
    assert!(
        !passages.is_empty() && passages.iter().all(|text| text.contains("ledger")),
        "{passages:?}"
    );
}
