//! Smaller tools of research: each is wired, each takes its flags.

use crate::common::{World, read, write};

const ORDER: &str = "ihc-2031-wp-901";

#[test]
fn a_timeline_takes_the_filters_of_a_search() {
    let world = World::usual();
    world.run(&["timeline", "tag:pta"]).ends(0).says("2031-02-25");
    world
        .run(&["timeline", "--tag", "pta", "--court", "ihc", "--kind", "order", "--lang", "en"])
        .ends(0)
        .says("2031-02-25");
    world
        .run(&[
            "timeline", "--source", "orders", "--from", "2031", "--to", "2031", "--format", "csv",
        ])
        .ends(0)
        .says("2031-02-25,");
    world.run(&["timeline", "--format", "poem"]).ends(2);
}

#[test]
fn tags_of_one_kind() {
    let world = World::usual();
    world.run(&["tags", "--kind", "regulator"]).ends(0).says(" pta ").never_says(" lims ");
}

#[test]
fn a_place_and_who_says_nearly_the_same() {
    let world = World::usual();
    let run = world.run(&["similar", &format!("{ORDER}@p2,para5"), "--limit", "3"]);
    assert!(run.status == 0 || run.status == 1, "{run:?}");
}

#[test]
fn personal_data_is_listed_masked() {
    let world = World::usual();
    world.write("card.txt", b"The card 61101-1234567-1 was shown; write to clerk@example.org.\n");
    world.run(&["ingest"]).ends(0);
    for args in [&["pii"][..], &["pii", "--all"]] {
        let run = world.run(args);
        assert!(!run.stdout.contains("61101-1234567-1"), "{run:?}");
        run.ends(0).says("xxxxx-xxxxxxx-x");
    }
}

#[test]
fn a_search_is_written_down_and_asked_again() {
    let world = World::usual();
    world.run(&["search", "kite", "--record", "kite.json"]).ends(0);
    let first = read(&world.path().join("kite.json"));
    world.run(&["search", "kite", "--record", "kite.json"]).ends(2).notes("--force");
    world.run(&["search", "kite", "--record", "kite.json", "--force"]).ends(0);
    assert!(first.contains("kite"));
    let same = world.run(&["search", "--replay", "kite.json"]);
    assert!(same.status == 0 || same.status == 1, "{same:?}");
    world.write("new.txt", b"Another kite was seen on a Monday.\n");
    world.run(&["ingest"]).ends(0);
    world.run(&["search", "--replay", "kite.json"]).says("new");
    write(&world.path().join("words.csv"), b"kite\nledger\n");
    world.run(&["search", "--batch", "words.csv", "--format", "csv"]).ends(0).says("ledger");
}

#[test]
fn a_checked_draft_is_replaced_only_when_asked() {
    let world = World::usual();
    write(
        &world.path().join("draft.md"),
        format!("They wrote: \"A calibration ledger of the exchange was produced\" ({ORDER}@p2,para5).\n").as_bytes(),
    );
    world.run(&["check", "draft.md", "--annotate", "copy.md"]).ends(0);
    world.run(&["check", "draft.md", "--annotate", "copy.md"]).ends(2);
    world.run(&["check", "draft.md", "--annotate", "copy.md", "--force"]).ends(0);
}
