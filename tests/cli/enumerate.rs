//! Every document, in every order; what stands over a page break; what other spellings would find.

use serde_json::{Value, json};

use crate::common::{Files, World};

/// Returns the values of one field of the documents.
fn each<'a>(answer: &'a Value, field: &str) -> Vec<&'a str> {
    let documents = answer["documents"].as_array().unwrap().iter();
    documents.map(|one| one[field].as_str().unwrap_or_default()).collect()
}

#[test]
fn lines_have_no_end_but_the_last_document() {
    let mut files = Files::none();
    for n in 1..=45 {
        files = files.and(&format!("birds/{n:02}.txt"), format!("Heron number {n} was seen.\n"));
    }
    let world = World::with(&files);
    let lines = |args: &[&str]| -> Vec<String> {
        let run = world.run(args).ends(0);
        run.stdout.lines().map(str::to_owned).collect()
    };
    let all = lines(&["search", "heron", "--jsonl"]);
    assert_eq!(all.len(), 45);
    assert_eq!(all, lines(&["search", "heron", "--jsonl", "--all"]));
    assert_eq!(all[..7], lines(&["search", "heron", "--jsonl", "--limit", "7"]));
    assert_eq!(all[7..9], lines(&["search", "heron", "--jsonl", "--limit", "2", "--offset", "7"]));
    let ids: Vec<Value> = all.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole = world.json(&["search", "heron", "--all"]);
    assert_eq!(Value::from(ids), whole["documents"]);
    world.run(&["search", "nowhereatall", "--jsonl"]).ends(1);
    world.run(&["search", "cort:ihc", "--jsonl"]).ends(2).notes("did you mean `court`?");
    world.run(&["search", "heron or egret", "--jsonl"]).notes("write OR in capitals");
}

#[test]
fn orders_are_told_apart_and_the_undated_come_last() {
    let order = |title: &str, court: &str, date: &str, number: &str, text: &str| {
        format!(
            "---\nkind: order\ntitle: {title}\ncourt: {court}\nnumbers: [{number}]\n{date}---\n\n\
             The heron was heard. {text}\n"
        )
    };
    let world = World::with(
        &Files::none()
            .and("c.md", order("Alder", "ihc", "date: 2030-02-01\n", "W.P. No. 7/2030", ""))
            .and("b.md", order("Birch", "scp", "", "C.A. No. 8/2030", "See W.P. No. 7/2030."))
            .and("a.md", order("Cedar", "lhc", "date: 2029-02-01\n", "W.P. No. 9/2029", "")),
    );
    let titles = |sort: &str| -> Vec<String> {
        let answer = world.json(&["search", "heron", "--sort", sort]);
        each(&answer, "title").into_iter().map(str::to_owned).collect()
    };
    assert_eq!(titles("date"), ["Cedar", "Alder", "Birch"]);
    assert_eq!(titles("newest"), ["Alder", "Cedar", "Birch"]);
    assert_eq!(titles("court"), ["Birch", "Alder", "Cedar"]);
    assert_eq!(titles("title"), ["Alder", "Birch", "Cedar"]);
    assert_eq!(titles("path"), ["Cedar", "Birch", "Alder"]);
    assert_eq!(titles("cited")[0], "Alder");
    for sort in ["date", "newest"] {
        world.run(&["search", "heron", "--sort", sort]).ends(0).says("1 document without a date");
        let typed = format!("heron sort:{sort}");
        world.run(&["search", &typed]).ends(0).says("1 document without a date");
    }
    world.run(&["search", "heron"]).ends(0).never_says("without a date");
}

#[test]
fn what_stands_over_a_page_break_names_both_pages() {
    let world = World::usual();
    let places = |query: &str| -> Vec<(Value, Value)> {
        let answer = world.json(&["search", query]);
        let passages = answer["documents"][0]["passages"].as_array().unwrap().iter();
        passages.map(|one| (one["page"].clone(), one["page_to"].clone())).collect()
    };
    // The first page ends with the Act of 1996, the second begins with the warrant.
    assert_eq!(places("1996 w/4 \"no warrant\""), [(json!(1), json!(2))]);
    // What stands on one side of the break alone is found there and nowhere else.
    assert_eq!(places("\"no warrant of any court\""), [(json!(2), Value::Null)]);
    assert_eq!(world.json(&["search", "1996 w/2 warrant"])["total_documents"], 0);
}

#[test]
fn each_part_left_out_is_offered_with_what_it_would_find() {
    let world = World::usual();
    let answer = world.json(&["search", "kite firewall kind:order"]);
    assert_eq!(answer["total_documents"], 0);
    let offers = answer["suggestions"].as_array().unwrap();
    let without = |part: &str| {
        let why = format!("without `{part}`");
        offers.iter().find(|one| one["why"] == why).map(|one| one["documents"].clone())
    };
    assert_eq!(without("kind:order"), Some(json!(2)));
    assert_eq!(without("kite"), None, "nothing is found without it either");
    world
        .run(&["search", "kite firewall", "--kind", "order"])
        .ends(1)
        .notes("without `kind:order`: `kite AND firewall` is in 2 documents");
}

#[test]
fn what_a_small_or_leaves_out_is_counted() {
    let world = World::usual();
    let answer = world.json(&["search", "firewall or ledger"]);
    assert_eq!(answer["total_documents"], 0);
    world.run(&["search", "firewall or ledger"]).notes("`firewall OR ledger` is in 3 documents");
    // Also where something is found.
    world.write("notes/or.txt", "The firewall or the ledger, said the clerk.\n".as_bytes());
    world.run(&["ingest", "--quiet"]).ends(0);
    world
        .run(&["search", "firewall or ledger"])
        .ends(0)
        .says("1 document, ")
        .notes("`firewall OR ledger` is in 4 documents");
}

#[test]
fn blanks_in_urdu_names_are_free_but_for_quotes() {
    let world = World::with(
        &Files::none()
            .and("a.txt", "لاہور ہائی کورٹ نے حکم دیا۔\n")
            .and("b.txt", "لاہور ہائیکورٹ نے پوچھا۔\n")
            .and("c.txt", "نےچیئرمین کو بلایا گیا۔\n"),
    );
    let both = ["corpus/a.txt", "corpus/b.txt"];
    // Two words also joined, one word also split.
    assert_eq!(world.found("ہائی کورٹ"), both);
    assert_eq!(world.found("ہائیکورٹ"), both);
    world.run(&["search", "ہائی کورٹ"]).ends(0).notes("also found as ہائیکورٹ");
    // Quotes keep the blank, and the note says what it costs.
    assert_eq!(world.found("\"ہائی کورٹ\""), ["corpus/a.txt"]);
    let run = world.run(&["search", "\"ہائی کورٹ\""]).ends(0);
    assert!(run.stderr.contains("ہائیکورٹ in 1 more document"), "{}", run.stderr);
    assert_eq!(world.found("\"لاہور ہائیکورٹ\""), ["corpus/b.txt"]);
}

#[test]
fn names_are_looked_for_in_every_script_when_asked() {
    let world = World::with(
        &Files::none()
            .and("a.txt", "صارفین نے پی ٹی اے سے پوچھا کہ نگرانی کس نے کی۔\n")
            .and("b.txt", "The Pakistan Telecommunication Authority gave no answer.\n")
            .and("c.txt", "The PTA was asked.\n"),
    );
    assert_eq!(world.found("PTA"), ["corpus/c.txt"]);
    let all = ["corpus/a.txt", "corpus/b.txt", "corpus/c.txt"];
    assert_eq!(world.found("PTA~names"), all);
    assert_eq!(world.found("\"پی ٹی اے\"~names"), all);
    world.run(&["search", "PTA~names"]).ends(0).notes("every name of");
    // Who types one name is told of the others.
    world.run(&["search", "PTA"]).ends(0).notes("`PTA~names` is in 3 documents");
    world.run(&["search", "nobodyknown~names"]).ends(1).notes("no entity is called");
}
