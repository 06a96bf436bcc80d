//! The JSON that programs build on: every field of it, by name and kind.

use serde_json::{Value, json};

use crate::common::{Files, World, bundle_pdf};

const ORDER: &str = "ihc-2031-wp-901";

/// Returns the names of an object's fields, sorted.
#[track_caller]
fn fields(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value
        .as_object()
        .unwrap_or_else(|| panic!("no object: {value}"))
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}

#[track_caller]
fn is_id(value: &Value) {
    let id = value.as_str().unwrap();
    assert!(id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
}

/// Returns characters `start..end` of a text.
fn part(text: &Value, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap(), end.as_u64().unwrap());
    let chars = text.as_str().unwrap().chars();
    chars
        .skip(usize::try_from(start).unwrap())
        .take(usize::try_from(end - start).unwrap())
        .collect()
}

#[test]
fn search_says_all_that_the_design_names() {
    let world = World::usual();
    let answer = world.json(&["search", "\"calibration ledger\" tag:pta", "--facets"]);
    for name in
        ["schema", "query", "total_documents", "total_passages", "unread", "documents", "facets"]
    {
        assert!(answer.get(name).is_some(), "no {name} in {answer}");
    }
    assert_eq!(answer["schema"], "misl.search/1");
    assert_eq!(fields(&answer["query"]), ["notes", "read_as", "text"]);
    assert_eq!(answer["query"]["text"], "\"calibration ledger\" tag:pta");
    assert_eq!(answer["unread"], json!({"files": 0, "pages": 0}));
    assert_eq!((&answer["total_documents"], &answer["total_passages"]), (&json!(1), &json!(1)));
    let document = &answer["documents"][0];
    for name in [
        "id",
        "path",
        "key",
        "kind",
        "title",
        "date",
        "court",
        "status",
        "passages_matched",
        "passages",
    ] {
        assert!(document.get(name).is_some(), "no {name} in {document}");
    }
    is_id(&document["id"]);
    assert_eq!(document["path"], "corpus/orders/wp-901-2031.pdf");
    assert_eq!(document["key"], ORDER);
    assert_eq!(document["kind"], "order");
    assert_eq!(document["title"], "Asha Nobody v. Federation of Pakistan and others");
    assert_eq!(document["date"], "2031-02-25");
    assert_eq!(document["court"], "ihc");
    assert_eq!(document["status"], json!([]));
    assert_eq!(document["passages_matched"], 1);
    let passage = &document["passages"][0];
    for name in
        ["page", "page_label", "paragraph", "paragraph_label", "text", "highlights", "origin"]
    {
        assert!(passage.get(name).is_some(), "no {name} in {passage}");
    }
    assert_eq!(passage["page"], 2);
    assert_eq!(passage["paragraph"], 5);
    assert_eq!(passage["paragraph_label"], "5");
    assert_eq!(passage["origin"], "text-layer");
    assert_eq!(passage["cite_as"], format!("{ORDER}@p2,para5"));
    let mark = &passage["highlights"][0];
    assert_eq!(part(&passage["text"], &mark[0], &mark[1]), "calibration ledger");
    for name in ["tag", "court", "kind", "year", "lang"] {
        assert!(answer["facets"][name].is_array(), "no facet {name}");
    }
    let court = &answer["facets"]["court"][0];
    assert_eq!((&court["value"], &court["documents"]), (&json!("ihc"), &json!(1)));
    for name in ["value", "documents"] {
        assert!(answer["facets"]["tag"][0].get(name).is_some(), "no {name} in a facet");
    }
}

#[test]
fn highlights_count_characters_in_urdu_too() {
    let world = World::usual();
    let answer = world.json(&["search", "نگرانی", "--lang", "ur"]);
    let passage = &answer["documents"][0]["passages"][0];
    let mark = &passage["highlights"][0];
    assert_eq!(part(&passage["text"], &mark[0], &mark[1]), "نگرانی");
}

#[test]
fn jsonl_is_one_document_a_line_and_the_same_documents() {
    let world = World::usual();
    let whole = world.json(&["search", "tag:pta"]);
    let run = world.run(&["search", "tag:pta", "--jsonl"]).ends(0);
    let lines: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::from(lines), whole["documents"]);
}

#[test]
fn show_and_read_say_all_that_the_design_names() {
    let world = World::usual();
    for args in [["show", ORDER], ["read", "corpus/orders/wp-901-2031.pdf"]] {
        let document = world.json(&args);
        for name in [
            "schema",
            "id",
            "path",
            "media_type",
            "reader",
            "record",
            "pages",
            "mentions",
            "references",
            "warnings",
        ] {
            assert!(document.get(name).is_some(), "{args:?}: no {name}");
        }
        assert_eq!(document["schema"], "misl.document/1");
        is_id(&document["id"]);
        assert_eq!(document["media_type"], "application/pdf");
        assert_eq!(document["reader"]["name"], "pdf");
        assert!(document["reader"]["version"].is_string());
        let record = &document["record"];
        for name in ["kind", "title", "date", "dates", "court", "judges", "parties", "numbers"] {
            assert!(record.get(name).is_some(), "{args:?}: no {name} in the record");
        }
        assert_eq!(record["kind"]["value"], "order");
        assert_eq!(record["kind"]["origin"], "derived");
        assert!(record["kind"]["confidence"].as_f64().unwrap() > 0.0);
        assert_eq!(record["court"]["value"], "ihc");
        assert_eq!(record["court"]["page"], 1);
        assert_eq!(record["dates"][0]["role"], "decision");
        assert_eq!(record["dates"][0]["value"], "2031-02-25");
        let pages = document["pages"].as_array().unwrap();
        assert_eq!(pages.len(), 2);
        let page = &pages[1];
        assert_eq!(fields(page), ["label", "number", "origin", "paragraphs", "quality", "text"]);
        assert_eq!((&page["number"], &page["label"]), (&json!(2), &json!("2")));
        assert_eq!(page["origin"], "text-layer");
        let paragraphs = page["paragraphs"].as_array().unwrap();
        let five = paragraphs.iter().find(|one| one["label"] == "5").unwrap();
        assert!(part(&page["text"], &five["start"], &five["end"]).contains("Annex C"));
        assert_eq!(five["boilerplate"], false);
        let boilerplate: Vec<String> = paragraphs
            .iter()
            .filter(|one| one["boilerplate"] == true)
            .map(|one| part(&page["text"], &one["start"], &one["end"]))
            .collect();
        assert_eq!(boilerplate, ["W.P. No. 901 of 2031", "2"]);
        let mention =
            document["mentions"].as_array().unwrap().iter().find(|one| one["entity"] == "lims");
        let mention = mention.expect("the order names the system");
        assert_eq!(fields(mention), ["end", "entity", "page", "rule", "start", "text"]);
        let first = &pages[0]["text"];
        assert_eq!(
            part(first, &mention["start"], &mention["end"]),
            "Lawful Intercept Management System"
        );
        let report =
            document["references"].as_array().unwrap().iter().find(|one| one["kind"] == "report");
        let report = report.expect("the order cites a report");
        assert_eq!(report["id"], "pk/pld/1998/sc/388");
        assert_eq!(report["text"], "PLD 1998 SC 388");
        assert_eq!(part(first, &report["start"], &report["end"]), "PLD 1998 SC 388");
        assert!(report.get("pinpoint").is_some());
        assert_eq!(document["warnings"], json!([]));
    }
}

#[test]
fn show_takes_a_page_a_paragraph_and_a_place() {
    let world = World::usual();
    let numbers = |args: &[&str]| -> Vec<u64> {
        let document = world.json(args);
        assert_eq!(document["page_count"], 2);
        document["pages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|page| page["number"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(numbers(&["show", ORDER, "--page", "2"]), [2]);
    assert_eq!(numbers(&["show", &format!("{ORDER}@p1")]), [1]);
    assert_eq!(numbers(&["show", &format!("{ORDER}@p1-2")]), [1, 2]);
    assert_eq!(numbers(&["show", ORDER, "--para", "5"]), [2]);
    world
        .run(&["show", ORDER, "--para", "5"])
        .ends(0)
        .says("Annex C")
        .never_says("Re-list")
        .never_says("No warrant");
    world.run(&["show", &format!("{ORDER}@para77")]).ends(2).notes("paragraph 77");
}

#[test]
fn printed_page_numbers_are_places_of_their_own() {
    let world = World::with(&Files::none().and("bundle.pdf", bundle_pdf()));
    let show = world.json(&["show", "corpus/bundle.pdf"]);
    let labels: Vec<&Value> =
        show["pages"].as_array().unwrap().iter().map(|page| &page["label"]).collect();
    assert_eq!(labels, ["11", "12", "13", "14"]);
    world
        .run(&["show", "corpus/bundle.pdf@pl13"])
        .ends(0)
        .says("page 3 of 4 (printed 13)")
        .says("third heron");
    let passage = &world.json(&["search", "\"third heron\""])["documents"][0]["passages"][0];
    assert_eq!((&passage["page"], &passage["page_label"]), (&json!(3), &json!("13")));
    world.run(&["search", "\"third heron\""]).says("p. 3 (printed 13)");
    world.run(&["cite", "corpus/bundle.pdf@pl13"]).ends(0).says("13");
    world.run(&["show", "corpus/bundle.pdf@pl99"]).ends(2);
}

#[test]
fn a_document_is_named_by_key_id_prefix_and_path() {
    let world = World::usual();
    let id = world.json(&["show", ORDER])["id"].as_str().unwrap().to_owned();
    let path = world.corpus("orders/wp-901-2031.pdf").display().to_string();
    for name in [&id[..6], &id, "corpus/orders/wp-901-2031.pdf", &path] {
        assert_eq!(world.json(&["show", name])["id"], id.as_str(), "{name}");
    }
    world.run(&["show", &id[..5]]).ends(2);
    world.run(&["show", "ihc-2031-wp-902"]).ends(2).notes("did you mean `ihc-2031-wp-901`?");
}

#[test]
fn status_says_all_that_the_design_names() {
    let world = World::usual();
    let status = world.json(&["status"]);
    let names = [
        "duplicate",
        "failed",
        "files",
        "indexed",
        "missing",
        "schema",
        "seen",
        "skipped",
        "unread",
        "warned",
    ];
    assert_eq!(fields(&status), names);
    assert_eq!(status["schema"], "misl.status/1");
    assert_eq!(
        (&status["seen"], &status["indexed"], &status["warned"]),
        (&json!(5), &json!(4), &json!(1))
    );
    let note =
        status["files"].as_array().unwrap().iter().find(|file| file["key"] == "notes").unwrap();
    is_id(&note["id"]);
    assert_eq!(note["state"], "warned");
    assert_eq!(note["warnings"], json!([{"kind": "no-date", "page": null, "detail": ""}]));
    // What a person has to look at first.
    world
        .run(&["status", "--doubtful"])
        .ends(0)
        .says("corpus/notes/visit.txt")
        .says("    title: Notes of a visit to the registry (p. 1)  confidence 0.50");
    world.run(&["status", "--low-text"]).ends(0).says("0 files\n");
    world.run(&["status", "--low-text", "--failed"]).ends(2);
}

#[test]
fn pages_without_text_are_counted_and_listed() {
    let world = World::new();
    let empty = crate::common::scan_pdf(2);
    world.put(&Files::usual().and("scan.pdf", empty));
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.json(&["status"])["unread"], json!({"files": 0, "pages": 2}));
    world.run(&["status"]).ends(0).says("Without trustworthy text: 2 pages").notes("--low-text");
    world.run(&["status", "--low-text"]).ends(0).says("corpus/scan.pdf").says("1 file\n");
    world.run(&["search", "zzyzx"]).ends(1).says("Without trustworthy text: 2 pages");
    assert_eq!(world.json(&["search", "ledger"])["unread"]["pages"], 2);
    assert_eq!(world.found("missing:text"), ["corpus/scan.pdf"]);
}

#[test]
fn every_answer_has_a_schema() {
    let world = World::usual();
    world.run(&["list", "add", "brief", "notes"]).ends(0);
    for (args, schema) in [
        (&["tags"][..], "misl.tags/1"),
        (&["entities", "lims"], "misl.entities/1"),
        (&["refs", ORDER], "misl.refs/1"),
        (&["cited-by", "PLD 1998 SC 388"], "misl.cited-by/1"),
        (&["matter", "W.P. 901/2031"], "misl.matter/1"),
        (&["list"], "misl.lists/1"),
        (&["list", "show", "brief"], "misl.list/1"),
        (&["verify"], "misl.verify/1"),
        (&["repair"], "misl.repair/1"),
        (&["settings"], "misl.settings/1"),
        (&["ingest"], "misl.ingest/1"),
        (&["init", "other"], "misl.init/1"),
    ] {
        assert_eq!(world.json(args)["schema"], schema, "{args:?}");
    }
}

#[test]
fn filters_mean_the_same_as_flags_and_in_the_query() {
    let world = World::usual();
    for (flags, query) in [
        (&["--tag", "pta", "--tag", "lims"][..], "tag:pta tag:lims"),
        (&["--court", "ihc"], "court:ihc"),
        (&["--kind", "news", "--kind", "order"], "kind:news,order"),
        (&["--lang", "ur"], "lang:ur"),
        (&["--source", "web/"], "source:web/"),
        (&["--from", "2031-03-10"], "from:2031-03-10"),
        (&["--to", "2031-02"], "to:2031-02"),
        (&["--from", "2031-03", "--to", "2031-03-10"], "from:2031-03 to:2031-03-10"),
    ] {
        let mut args = vec!["search", "--all", "--json"];
        args.extend(flags);
        let by_flag = world.run(&args).ends(0).json();
        let by_query = world.json(&["search", "--all", query]);
        assert_eq!(by_flag["documents"], by_query["documents"], "{query}");
        assert!(by_flag["total_documents"].as_u64().unwrap() < 5, "{query} leaves nothing out");
    }
    // The flags by their commands, for the reader and for the test of all flags.
    world
        .run(&["search", "--tag", "lims", "--court", "ihc", "--kind", "order", "--lang", "en"])
        .ends(0);
    world
        .run(&["search", "--source", "orders", "--from", "2031", "--to", "2031"])
        .ends(0)
        .says("1 document,");
}

#[test]
fn orders_and_pages_of_hits() {
    let world = World::usual();
    let keys = |args: &[&str]| -> Vec<String> {
        let documents = world.json(args)["documents"].clone();
        documents
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["path"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = keys(&["search", "--sort", "path", "tag:pta"]);
    assert_eq!(
        all,
        [
            "corpus/news/story.md",
            "corpus/orders/wp-901-2031.pdf",
            "corpus/urdu/khabar.md",
            "corpus/web/statement.html"
        ]
    );
    let oldest = keys(&["search", "--sort", "date", "tag:pta"]);
    assert_eq!(oldest.first().map(String::as_str), Some("corpus/orders/wp-901-2031.pdf"));
    let mut newest = keys(&["search", "--sort", "newest", "tag:pta"]);
    newest.reverse();
    assert_eq!(newest, oldest);
    for sort in ["relevance", "court", "title", "cited"] {
        assert_eq!(keys(&["search", "--sort", sort, "tag:pta"]).len(), 4, "{sort}");
    }
    assert_eq!(
        keys(&["search", "--sort", "path", "--limit", "2", "--offset", "1", "tag:pta"]),
        all[1..3]
    );
    world
        .run(&["search", "--limit", "1", "tag:pta"])
        .ends(0)
        .says("4 documents,")
        .notes("3 more: --offset 1, or --all");
    assert_eq!(keys(&["search", "--all", "--limit", "1", "tag:pta"]).len(), 4);
}

#[test]
fn facets_count_documents() {
    let world = World::usual();
    world
        .run(&["search", "tag:pta", "--facets"])
        .ends(0)
        .says("court  ihc 1\n")
        .says("lang   en 3 · ur 1\n");
    let all = world.json(&["search", "tag:pta", "--facets=all"]);
    let year = &all["facets"]["year"][0];
    assert_eq!((&year["value"], &year["documents"]), (&json!("2031"), &json!(4)));
}

#[test]
fn tags_and_citations_of_the_corpus() {
    let world = World::usual();
    world.run(&["tags", "court:ihc"]).ends(0).says(" lims ").says("in 1 document\n");
    let with = world.json(&["tags", "--with", "lims"]);
    assert_eq!(with["total_documents"], 2);
    world.run(&["refs", ORDER]).ends(0).says("PLD 1998 SC 388  (p. 1 para 3)").says("2 works\n");
    world
        .run(&[
            "cited-by",
            "section 54 of the Pakistan Telecommunication (Re-organization) Act, 1996",
        ])
        .ends(0)
        .says("2 documents\n");
    world.run(&["matter", "W.P. 901/2031"]).ends(0).says(ORDER);
    world.run(&["entities", "--kind", "regulator"]).ends(0).says("pta ");
    world.run(&["entities", "--kind", "person,court"]).ends(0).says("ihc ");
    world.run(&["entities", "Pakistan Telecommunication Authority"]).ends(0).says("pta  Pakistan");
}

#[test]
fn a_query_may_come_from_standard_input() {
    let world = World::usual();
    world.run_with_input(&["search", "-"], "calibration ledger\n").ends(0).says("1 document,");
    world.run_with_input(&["tags", "-"], "court:ihc\n").ends(0).says("in 1 document\n");
}

#[test]
fn settings_say_where_they_come_from() {
    let world = World::usual();
    world.run(&["settings"]).ends(0).says("ingest.jobs").says("default");
    crate::common::write(&world.path().join("misl.toml"), b"[search]\nlimit = 1\n");
    world.run(&["settings"]).ends(0).says("misl.toml");
    crate::common::write(&world.path().join("misl.toml"), b"[search]\nlimt = 1\n");
    world
        .run(&["settings"])
        .ends(2)
        .notes("unknown setting `search.limt`")
        .notes("did you mean `search.limit`?");
}
