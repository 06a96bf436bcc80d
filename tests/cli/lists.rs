//! Citation lists: filled with places that exist and words that stand there, written out the same
//! on every run.

use crate::common::{World, read, snapshot};

const ORDER: &str = "ihc-2031-wp-901";
const NEWS: &str = "margalla-courier-2031-03-09-regulator";

/// A workspace with a list of three entries.
fn world() -> World {
    let world = World::usual();
    world.run(&["list", "new", "brief", "--title", "Papers for the hearing"]).ends(0);
    world
        .run(&[
            "list",
            "add",
            "brief",
            &format!("{ORDER}@p2,para5"),
            "--quote",
            "A calibration ledger of the exchange",
        ])
        .ends(0)
        .says("brief: 1 citation");
    world
        .run(&["list", "add", "brief", NEWS, "--note", "asked on a Sunday", "--heading", "News"])
        .ends(0)
        .says("brief: 2 citations");
    let added = world.json(&["list", "add", "other", "notes@para2"]);
    assert_eq!(
        (&added["schema"], &added["entries"][0]["number"]),
        (&"misl.list/1".into(), &1.into())
    );
    world.run(&["list", "add", "brief", "notes@para2"]).ends(0).says("brief: 3 citations");
    world
}

#[test]
fn a_quotation_that_differs_is_refused_and_nothing_is_written() {
    let world = world();
    let before = snapshot(&world.corpus("lists"));
    let place = format!("{ORDER}@p2,para5");
    for wrong in [
        "A calibration ledger of the village",
        "The ledger names a subscriber",
        "the ledger names either a subscriber or an officer",
        "No such words stand anywhere in this order",
    ] {
        world
            .run(&["list", "add", "brief", &place, "--quote", wrong])
            .ends(2)
            .notes("the quotation does not stand at");
    }
    // A mark of omission may not hide a negation.
    let hiding = "no subscriber has ever been watched \u{2026} and gave no papers";
    world.run(&["list", "add", "brief", NEWS, "--quote", hiding]).ends(2).notes("hides or adds");
    // The words are right and the place is wrong.
    world
        .run(&[
            "list",
            "add",
            "brief",
            &format!("{ORDER}@p1"),
            "--quote",
            "A calibration ledger of the exchange",
        ])
        .ends(2)
        .notes("does not stand at");
    // One wrong place of two: neither is added.
    world.run(&["list", "add", "brief", "notes", "nobody-9"]).ends(2);
    world.run(&["list", "add", "brief", "notes@p9"]).ends(2).notes("there is no page 9");
    assert_eq!(snapshot(&world.corpus("lists")), before);
}

#[test]
fn quotation_marks_blanks_and_omissions_are_no_difference() {
    let world = world();
    for right in [
        "no subscriber has ever been watched without a warrant",
        "\u{2018}no  subscriber has ever been watched\u{2019}",
        "no subscriber has ever been watched without\na warrant\u{2026}",
    ] {
        world.run(&["list", "add", "quotes", NEWS, "--quote", right]).ends(0);
    }
    world.run(&["list", "check", "quotes"]).ends(0);
}

#[test]
fn entries_are_shown_moved_and_taken_out() {
    let world = world();
    let order = |world: &World| -> Vec<String> {
        let view = world.json(&["list", "show", "brief"]);
        assert_eq!(view["schema"], "misl.list/1");
        let entries = view["entries"].as_array().unwrap();
        entries.iter().map(|entry| entry["key"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(order(&world), [ORDER, NEWS, "notes"]);
    world.run(&["list", "move", "brief", "3", "1"]).ends(0);
    assert_eq!(order(&world), ["notes", ORDER, NEWS]);
    world.run(&["list", "remove", "brief", "2"]).ends(0).says("2 citations");
    assert_eq!(order(&world), ["notes", NEWS]);
    world.run(&["list", "remove", "brief", "9"]).ends(2).notes("numbered 1 to 2");
    world.run(&["list", "new", "brief"]).ends(2).notes("there is a list `brief` already");
    world.run(&["list"]).ends(0).says("brief\n");
    world.run(&["list", "show"]).ends(0).says("brief\n");
    world.run(&["list", "show", "nolist"]).ends(2).notes("there are: brief");
    assert_eq!(world.json(&["list"])["lists"][0], "brief");
}

#[test]
fn a_list_shows_titles_quotes_and_notes() {
    world()
        .run(&["list", "show", "brief"])
        .ends(0)
        .says("Papers for the hearing\n")
        .says("  1  Asha Nobody v. Federation of Pakistan")
        .says("     \u{201c}A calibration ledger of the exchange\u{201d}\n")
        .says("     note: asked on a Sunday\n")
        .says("3 citations\n");
}

#[test]
fn a_check_says_what_no_longer_stands() {
    let world = world();
    world.run(&["list", "check", "brief"]).ends(0);
    let path = world.corpus("lists/brief.toml");
    let text = read(&path).replace("calibration ledger", "calibration letter");
    crate::common::write(&path, text.as_bytes());
    world.run(&["list", "check", "brief"]).ends(1).says("the quotation does not stand there");
    let states = world.json(&["list", "check", "brief"]);
    assert_ne!(states["entries"][0]["state"], "sound");
    assert_eq!(states["entries"][1]["state"], "sound");
    crate::common::write(&path, b"[[entry]]\nid = 7\n");
    world.run(&["list", "show", "brief"]).ends(2).notes("brief.toml");
}

#[test]
fn the_same_list_gives_the_same_bytes_in_every_format() {
    let world = world();
    let formats = [
        "text",
        "md",
        "html",
        "rtf",
        "bibtex",
        "biblatex",
        "ris",
        "csl-json",
        "zotero-rdf",
        "csv",
        "jsonl",
        "ftm",
        "annotation",
        "fragment",
    ];
    for format in formats {
        let args = ["export", "brief", "--format", format];
        let first = world.run(&args).ends(0);
        assert!(!first.stdout.is_empty(), "{format}");
        assert_eq!(world.run(&args), first, "{format}");
    }
    let mut written = Vec::new();
    for name in ["one.docx", "two.docx"] {
        world.run(&["export", "brief", "--format", "docx", "--output", name]).ends(0);
        let all = snapshot(world.path());
        written.extend(all.into_iter().filter(|(path, _)| path == name).map(|(_, bytes)| bytes));
    }
    assert_eq!(written.len(), 2);
    assert_eq!(written[0], written[1], "docx");
    assert!(written[0].starts_with(b"PK"));
    // A rebuild of all that is derived changes nothing of it.
    let before = world.run(&["export", "brief", "--format", "ris"]).stdout;
    std::fs::remove_dir_all(world.path().join("index")).unwrap();
    std::fs::create_dir(world.path().join("index")).unwrap();
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.run(&["export", "brief", "--format", "ris"]).stdout, before);
}

#[test]
fn every_format_names_the_works() {
    let world = world();
    for format in ["text", "md", "html", "bibtex", "biblatex", "ris", "csl-json", "csv", "jsonl"] {
        world.run(&["export", "brief", "--format", format]).ends(0).says("kite firewall");
    }
    let json = world.run(&["export", "brief", "--json"]).ends(0).json();
    assert_eq!(json.as_array().unwrap().len(), 3);
}

#[test]
fn forms_and_styles_and_languages_are_taken() {
    let world = world();
    for form in ["list", "notes", "authorities", "annexures"] {
        world.run(&["export", "brief", "--form", form]).ends(0);
    }
    world.run(&["export", "brief", "--form", "poem"]).ends(2).notes("no form `poem`");
    for style in ["pk", "oscola", "bluebook", "chicago", "apa", "mla", "harvard", "aglc", "mcgill"]
    {
        world.run(&["cite", ORDER, "--style", style]).ends(0).says("Nobody");
    }
    world.run(&["cite", &format!("{ORDER}@para5"), "--lang", "ur"]).ends(0);
    world.run(&["cite", NEWS, "--style", "apa", "--accessed", "2031-05-01"]).ends(0).says("2031");
    world
        .run(&[
            "export",
            "brief",
            "--style",
            "oscola",
            "--lang",
            "en",
            "--accessed",
            "2031-05-01",
            "--no-status",
            "--provenance",
        ])
        .ends(0)
        .says("sha256 ");
    world.run(&["cite", ORDER, "--provenance"]).ends(0).says("sha256 ");
}

#[test]
fn an_output_is_not_replaced_unasked() {
    let world = world();
    let path = world.path().join("brief.ris");
    world
        .run(&["export", "brief", "--format", "ris", "-o", "brief.ris"])
        .ends(0)
        .notes("wrote brief.ris");
    let first = read(&path);
    world
        .run(&["export", "brief", "--format", "bibtex", "-o", "brief.ris"])
        .ends(2)
        .notes("brief.ris exists already")
        .notes("--force");
    assert_eq!(read(&path), first);
    world.run(&["export", "brief", "--format", "bibtex", "-o", "brief.ris", "--force"]).ends(0);
    assert_ne!(read(&path), first);
    world.run(&["cite", ORDER, "--output", "one.txt"]).ends(0);
    world.run(&["cite", NEWS, "--output", "one.txt"]).ends(2);
    world.run(&["cite", NEWS, "--output", "one.txt", "--force"]).ends(0);
    world.run(&["cite", NEWS, "--redact"]).ends(0);
    world.run(&["cite", NEWS, "--allow-pii"]).ends(0);
}

#[test]
fn lists_and_records_are_written_whole_or_not_at_all() {
    let world = world();
    let before = snapshot(&world.corpus("lists"));
    // No space for a single byte: the old list stays as it was, and no half-written file beside it.
    let run = world.shell("trap '' XFSZ; ulimit -f 0; misl list add brief notes --note more");
    assert_eq!(run.status, 6, "{run:?}");
    assert_eq!(snapshot(&world.corpus("lists")), before);
    let run = world.shell("trap '' XFSZ; ulimit -f 0; misl edit notes --set title=Other");
    assert_eq!(run.status, 6, "{run:?}");
    let records = world.corpus("records");
    assert!(!records.exists() || snapshot(&records).is_empty());
    world.run(&["list", "check", "brief"]).ends(0);
}

#[test]
fn a_list_filters_a_search() {
    let world = world();
    assert_eq!(world.found("list:brief kite"), ["corpus/news/story.md"]);
}

/// The smallest style that a list can be written in: the title alone.
const CSL: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>Titles</title><id>titles</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout><text variable="title"/></layout></bibliography>
</style>
"#;

#[test]
fn a_csl_file_writes_legal_works_only_where_it_is_asked_to() {
    let world = world();
    let style = world.corpus("../titles.csl");
    misl::corpus::files::write_atomic(&style, CSL.as_bytes()).unwrap();
    let style = style.display().to_string();
    let native = world.run(&["cite", ORDER]).ends(0).stdout;
    let kept = world.run(&["cite", ORDER, "--style", &style, "--legal", "native"]).ends(0).stdout;
    assert_eq!(kept, native);
    let given = world.run(&["cite", ORDER, "--style", &style, "--legal", "csl"]).ends(0).stdout;
    assert_ne!(given, native);
    world.run(&["export", "brief", "--style", &style, "--legal", "csl"]).ends(0);
}

#[test]
fn annexures_have_pages_and_hashes() {
    let world = world();
    let run = world.run(&["export", "brief", "--form", "annexures"]).ends(0);
    // The order has two pages, the others one each.
    let annexed: Vec<&str> =
        run.stdout.lines().filter(|line| line.trim_start().starts_with("Annexure ")).collect();
    assert_eq!(annexed.len(), 3, "{run:?}");
    let pages: Vec<&str> = annexed.iter().map(|line| line.rsplit('…').next().unwrap()).collect();
    let mut sorted = pages.clone();
    sorted.sort_unstable();
    assert_eq!(sorted.iter().filter(|one| one.contains("pp. ")).count(), 1, "{run:?}");
    assert_eq!(run.stdout.matches("sha256 ").count(), 3, "{run:?}");
}

#[test]
fn a_decision_about_personal_data_is_kept_in_the_list() {
    let world = world();
    world
        .run(&["list", "add", "brief", NEWS, "--note", "Ask the holder of 61101-1234567-1."])
        .ends(0);
    world.run(&["export", "brief"]).ends(7);
    let file = world.path().join("corpus/lists/brief.toml");
    assert!(!read(&file).contains("personal_data"));
    world.run(&["export", "brief", "--allow-pii"]).ends(0).says("61101-1234567-1");
    assert!(read(&file).contains("personal_data = \"allow\""), "{}", read(&file));
    // What was allowed once is not allowed for what is added later.
    world.run(&["export", "brief"]).ends(7);
    world.run(&["export", "brief", "--redact"]).ends(0).never_says("61101-1234567-1");
    assert!(read(&file).contains("personal_data = \"redact\""), "{}", read(&file));
    world.run(&["export", "brief"]).ends(0).never_says("61101-1234567-1");
}

#[test]
fn shipped_csl_styles_are_listed_and_taken() {
    let world = world();
    world.run(&["cite", "--styles"]).ends(0).says("mhra-notes").says("unconfirmed");
    let styles = world.json(&["cite", "--styles"]);
    let all = styles["styles"].as_array().unwrap().iter();
    let csl: Vec<&serde_json::Value> = all.filter(|one| one["native"] == false).collect();
    assert_eq!(csl.len(), 16);
    for style in csl {
        let name = style["name"].as_str().unwrap();
        let run = world.run(&["cite", NEWS, ORDER, "--style", name]).ends(0);
        // A number alone says nothing, so the list that it counts is named.
        if style["numbers"] == true {
            assert!(run.says("1").stderr.contains("--form list"));
        } else {
            run.says("Nobody");
        }
    }
}

#[test]
fn a_bundle_shows_the_cited_page_with_the_quotation_marked() {
    let world = world();
    world.run(&["export", "brief", "--bundle", "bag"]).ends(0);
    let picture = world.path().join(format!("bag/data/pictures/{ORDER}-p2.png"));
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::fs::File::open(picture).unwrap(), &mut bytes).unwrap();
    assert!(bytes.starts_with(b"\x89PNG"));
    let page = read(&world.path().join("bag/data/quotations.html"));
    assert!(
        page.contains(&format!("<img src=\"pictures/{ORDER}-p2.png\" alt=\"page 2\"><i style=")),
        "{page}"
    );
}
