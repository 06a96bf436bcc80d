//! What a document cites, what cites it, what the corpus lacks: all from kept texts.

use serde_json::{Value, json};

use crate::common::{Files, World, read};

const ORDER: &str = "ihc-2031-wp-901";

/// Returns the usual files and two that speak of their matter, of a law report and of new names.
fn citing() -> World {
    let files = Files::usual()
        .and(
            "news/follow.md",
            "---\nkind: news\ntitle: The kite again\ndate: 2031-04-01\n---\n\n\
             In Writ Petition No. 901 of 2031 the Islamabad High Court followed PLD 1998 SC 388 at \
             p. 410. The order in W.P. No. 901/2031 was read out; 2019 SCMR 77 was not followed. \
             It also cited sections 37 and 39 of PECA.\n\n\
             The Oil and Gas Regulatory Authority (OGRA) wrote twice. OGRA is silent.\n",
        )
        .and(
            "news/names.md",
            "---\nkind: news\ntitle: Names\ndate: 2031-04-02\n---\n\n\
             Zarrar Example met the Oil and Gas Regulatory Authority. On Sunday Zarrar Example left, \
             and cited 2019 SCMR 77.\n",
        );
    World::with(&files)
}

#[test]
fn a_paragraph_stands_once_with_all_that_it_cites() {
    let world = citing();
    let answer = world.json(&["cited-by", "W.P. 901/2031"]);
    let documents = answer["documents"].as_array().unwrap();
    let story = documents.iter().find(|one| one["title"] == "The kite again").unwrap();
    let places = story["places"].as_array().unwrap();
    assert_eq!(places.len(), 1, "{places:?}");
    let texts: Vec<&Value> =
        places[0]["cites"].as_array().unwrap().iter().map(|one| &one["text"]).collect();
    assert_eq!(texts, [&json!("Writ Petition No. 901 of 2031"), &json!("W.P. No. 901/2031")]);
    let sections = world.json(&["cited-by", "PECA"]);
    let cites = &sections["documents"][0]["places"][0]["cites"];
    assert_eq!(cites.as_array().unwrap().len(), 1, "{cites}");
    assert_eq!(cites[0]["ids"], json!(["pk/act/peca/s37", "pk/act/peca/s39"]));
    // As people type them; who cites another section of the Act does not cite this one.
    let section = world.json(&["cited-by", "peca", "s37"]);
    assert_eq!(section["ids"], json!(["pk/act/peca/s37"]));
    assert_eq!(section["documents"].as_array().unwrap().len(), 1);
    world.run(&["cited-by", "peca", "s21"]).ends(1);
    assert_eq!(world.json(&["cited-by", "wp-901-2031"])["documents"], answer["documents"]);
    world.run(&["search", "cites:peca"]).ends(0).says("The kite again");
    world
        .run(&["cited-by", "2019 SCMR 77"])
        .ends(0)
        .says(
            "[words found: not followed] The order in W.P. No. 901/2031 was read out; 2019 SCMR 77",
        )
        .says("2 documents\n");
}

#[test]
fn an_act_is_found_by_its_title_without_the_year() {
    let files = Files::usual().and(
        "news/acts.md",
        "---\nkind: news\ntitle: Acts\ndate: 2031-04-03\n---\n\n\
         Pakistan has the Kite-Owned Enterprises Act, 2023, whose section 5 was read. The Feather \
         Act, 2011 of Lahore is not the Feather Act, 2012.\n",
    );
    let world = World::with(&files);
    let answer = world.json(&["cited-by", "the Kite Owned Enterprises Act"]);
    assert_eq!(answer["ids"], json!(["pk/act/kite-owned-enterprises-act-2023"]));
    assert_eq!(answer["documents"][0]["title"], "Acts");
    // Two years have one of that title, none has the other.
    world.run(&["cited-by", "Feather Act"]).ends(2);
    world.run(&["cited-by", "Beak Act"]).ends(2);
}

#[test]
fn what_most_cite_and_the_corpus_lacks() {
    let world = citing();
    let answer = world.json(&["refs", "--missing"]);
    assert_eq!(answer["schema"], "misl.refs-missing/1");
    let works = answer["works"].as_array().unwrap();
    let find = |id: &str| works.iter().find(|one| one["id"] == id);
    let scmr = find("pk/scmr/2019/77").unwrap();
    assert_eq!((&scmr["documents"], &scmr["places"]), (&json!(2), &json!(2)));
    assert_eq!(find("pk/act/peca").unwrap()["places"], 2);
    // The order itself is there.
    assert!(find("pk/ihc/wp/2031/901").is_none() && find("pk/_/wp/2031/901").is_none());
    let run = world.run(&["refs", "--missing", "--limit", "1"]).ends(0);
    run.says("cited and not in the corpus of 7 documents").says("1 of ");
    world.run(&["refs", "--missing", ORDER]).ends(2);
    world.run(&["refs"]).ends(2);
}

#[test]
fn a_matter_is_whole() {
    let world = citing();
    world
        .run(&[
            "edit",
            ORDER,
            "--status",
            "suspended",
            "--status-by",
            "scp",
            "--status-date",
            "2031-05-01",
            "--status-source",
            "Example Courier",
        ])
        .ends(0);
    let run = world.run(&["matter", "wp 901 of 2031"]).ends(0);
    for says in [
        "numbers:\n  W.P. No. 901/2031 (Islamabad High Court)  pk/ihc/wp/2031/901  (ihc-2031-wp-901)",
        "orders and judgments:",
        "dates:\n  2031-02-25  decision",
        "2031-05-01  suspended",
        "status:\n  suspended: Supreme Court of Pakistan, 2031-05-01 (Example Courier)  ihc-2031-wp-901",
        "news and reports:\n2031-04-01 · news · The kite again",
        "2 documents\n",
    ] {
        assert!(run.stdout.contains(says), "no {says:?} in\n{}", run.stdout);
    }
    // Its type may be left out, and the court has its own id.
    for number in ["901/2031", "901 of 2031", "pk/ihc/wp/2031/901"] {
        assert_eq!(world.json(&["matter", number])["matter"], "pk/ihc/wp/2031/901", "{number}");
    }
    world.write("other.md", "It was said in C.A. No. 901/2031.\n".as_bytes());
    world.run(&["ingest", "--quiet"]).ends(0);
    world
        .run(&["matter", "901/2031"])
        .ends(2)
        .notes("`901/2031` is the number of 2 cases")
        .notes("W.P. No. 901/2031 (Islamabad High Court)");
    let answer = world.json(&["matter", ORDER]);
    assert_eq!(answer["matter"], "pk/ihc/wp/2031/901");
    assert_eq!(answer["documents"].as_array().unwrap().len(), 1);
    assert_eq!(answer["news"][0]["title"], "The kite again");
    assert_eq!(answer["cited_in"], json!([]));
}

#[test]
fn the_graph_is_written_in_three_forms() {
    let world = citing();
    let csv = world.run(&["refs", "--graph", "csv"]).ends(0).stdout;
    let rows = misl::text::csv::read_rows(&csv);
    let bears = rows.iter().find(|row| row[2] == "bears").unwrap();
    assert_eq!((bears[1].as_str(), bears[3].as_str()), ("pk/ihc/wp/2031/901", ORDER));
    let followed = rows.iter().find(|row| row[1] == "pk/pld/1998/sc/388" && row[14] == "followed");
    assert_eq!(followed.unwrap()[13], "p 410");
    assert!(rows.iter().any(|row| row[1] == "pk/act/peca" && row[8] == "pk/act/peca/s39"));
    // A reference without its court leads to the matter that has it.
    assert!(rows.iter().any(|row| row[2] == "cites" && row[1] == "pk/ihc/wp/2031/901"));
    let one = world.run(&["refs", ORDER, "--graph", "csv"]).ends(0).stdout;
    assert!(one.lines().count() < csv.lines().count() && one.lines().count() > 2);
    world.run(&["refs", "--graph", "graphml", "--output", "graph.graphml"]).ends(0);
    world
        .run(&["refs", "--graph", "graphml", "--output", "graph.graphml"])
        .ends(2)
        .notes("--force");
    world.run(&["refs", "--graph", "graphml", "--output", "graph.graphml", "--force"]).ends(0);
    let graphml = read(&world.path().join("graph.graphml"));
    assert_eq!(graphml.matches("<edge ").count(), rows.len() - 1);
    let ftm = world.run(&["refs", "--graph", "ftm"]).ends(0).stdout;
    let links = ftm.lines().filter(|line| line.contains("\"UnknownLink\"")).count();
    assert_eq!(links, rows.len() - 1);
    let graph = world.json(&["refs", "--graph", "ftm"]);
    assert_eq!(graph["edges"].as_array().unwrap().len(), rows.len() - 1);
    assert_eq!(world.run(&["refs", "--graph", "csv"]).stdout, csv);
}

#[test]
fn names_without_an_entry_are_proposed_and_can_be_accepted() {
    let world = citing();
    let run = world.run(&["entities", "suggest"]).ends(0);
    let ogra = "2 × in 2 documents  Oil and Gas Regulatory Authority (OGRA, 2 ×)  [regulator?]";
    run.says(ogra).says("Zarrar Example  [person?]").notes("corpus/entities.toml");
    let answer = world.json(&["entities", "suggest", "--kind", "regulator", "--limit", "1"]);
    assert_eq!(answer["schema"], "misl.entities-suggest/1");
    assert_eq!(answer["names"][0]["id"], "ogra");
    assert_eq!(answer["names"][0]["examples"].as_array().unwrap().len(), 2);
    let toml = world.run(&["entities", "suggest", "--format", "toml"]).ends(0).stdout;
    assert!(toml.contains("# 4 times in 2 documents; "), "{toml}");
    world.write("entities.toml", toml.as_bytes());
    world.run(&["ingest", "--quiet"]).ends(0);
    assert_eq!(world.found("tag:ogra").len(), 2);
    world.run(&["entities", "suggest", "--kind", "regulator"]).ends(1);
}

#[test]
fn an_error_in_entities_toml_has_its_line() {
    let world = World::new();
    world.write(
        "entities.toml",
        b"[[entity]]\nid = \"peca\"\n\n[[entity]]\nid = \"x\"\nname = \"X\"\nkind = \"vendr\"\n",
    );
    for args in [&["entities"][..], &["ingest"]] {
        world
            .run(args)
            .ends(2)
            .notes("corpus/entities.toml: line 7, column 8: unknown kind `vendr`")
            .notes("  kind = \"vendr\"\n         ^^^^^^^\n")
            .notes("hint: did you mean `vendor`?");
    }
}

#[test]
fn labelled_sentences_are_scored() {
    let world = World::usual();
    crate::common::write(
        &world.path().join("mine.tsv"),
        "# text\tids\nThe LIMS was bought for surveillance.\tlims\nNADRA replied.\tnadra,!bbc\n"
            .as_bytes(),
    );
    world
        .run(&["entities", "test", "mine.tsv"])
        .ends(0)
        .says("2 sentences: found 2 of 2 (recall 1.000), 0 of 1 forbidden fired (precision 1.000)");
    crate::common::write(&world.path().join("mine.tsv"), b"NADRA replied.\tbbc\nx\n");
    world.run(&["entities", "test", "mine.tsv"]).ends(2).notes("line 2: ");
    crate::common::write(&world.path().join("mine.tsv"), b"NADRA replied.\tbbc\n");
    world.run(&["entities", "test", "mine.tsv"]).ends(1).says("line 1: missed [bbc]");
}
