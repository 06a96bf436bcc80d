//! What people read: whole screens, errors with their place, and what to do next.

use crate::common::{BadKind, Files, World};

/// Returns a screen with what differs from run to run made the same: times, ids.
fn steady(text: &str) -> String {
    text.lines()
        .map(|line| {
            let words: Vec<String> = line
                .split(' ')
                .map(|word| {
                    let is_id =
                        word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
                    if is_id { "<id>".to_owned() } else { word.to_owned() }
                })
                .collect();
            let mut line = words.join(" ");
            if let Some(at) = line.find(" ms.") {
                let start = line[..at].rfind(' ').map_or(0, |blank| blank + 1);
                line.replace_range(start..at, "<n>");
            }
            line + "\n"
        })
        .collect()
}

#[track_caller]
fn screen(world: &World, args: &[&str], stdout: &str, stderr: &str) {
    let run = world.run(args);
    assert_eq!(steady(&run.stdout), stdout, "stdout of {args:?}");
    assert_eq!(steady(&run.stderr), stderr, "stderr of {args:?}");
}

#[test]
fn a_search_as_people_see_it() {
    screen(
        &World::usual(),
        &["search", "\"calibration ledger\""],
        "\
order · Islamabad High Court · Writ Petition No. 901 of 2031 · 2031-02-25 · 2 pages · ihc-2031-wp-901
  Asha Nobody v. Federation of Pakistan and others
  p. 2 para 5   5. A «calibration ledger» of the exchange was produced and is marked as Annex C; the ledger names neither a subscriber nor an officer.
      ihc-2031-wp-901@p2,para5
1 document, 1 passage, <n> ms.
",
        "",
    );
}

#[test]
fn a_place_as_people_see_it() {
    screen(
        &World::usual(),
        &["show", "ihc-2031-wp-901@p2,para6"],
        "\
order, Writ Petition No. 901 of 2031, Islamabad High Court, 2031-02-25, 2 pages
Asha Nobody v. Federation of Pakistan and others
decision: 2031-02-25
corpus/orders/wp-901-2031.pdf
sha256 <id>   key ihc-2031-wp-901

── page 2 of 2 (printed 2) · text layer · quality 1.00
6. The Authority shall file the ledger within fifteen days. Re-list on 30.03.2031.
",
        "",
    );
}

#[test]
fn a_reading_as_people_see_it() {
    let world = World::new();
    world.put(&Files::usual().and("bad.pdf", BadKind::Damaged.bytes()));
    screen(
        &world,
        &["ingest"],
        "\
0 unchanged. Read 6.
6 seen: 4 indexed · 1 with warnings · 0 duplicates · 0 skipped · 1 failed · 0 missing
",
        "hint: `misl status --failed` (1 file)\n",
    );
}

#[test]
fn an_error_of_a_query_points_at_its_place() {
    let world = World::usual();
    screen(
        &world,
        &["search", "tag:peca cort:ihc"],
        "",
        "\
error: unknown field `cort`
  tag:peca cort:ihc
           ^^^^
hint: did you mean `court`? `misl help query` lists the fields
",
    );
    screen(
        &world,
        &["search", "ledger tag:pfa"],
        "",
        "\
error: no entity `pfa`
  ledger tag:pfa
             ^^^
hint: did you mean `pta`? `misl entities` lists all
",
    );
    screen(
        &world,
        &["search", "نگرانی date:2031-13"],
        "",
        "\
error: there is no such month: `2031-13`
  نگرانی date:2031-13
              ^^^^^^^
hint: look at the calendar
",
    );
}

#[test]
fn an_error_of_a_flag_points_at_the_flag_and_not_into_the_query() {
    let world = World::usual();
    let run = world.run(&["search", "ledger", "--from", "2031-13"]).ends(2);
    assert!(!run.stderr.contains("  ledger\n"), "the query is not at fault:\n{}", run.stderr);
    run.notes("there is no such month: `2031-13`");
    world
        .run(&["search", "ledger", "--tag", "pfa"])
        .ends(2)
        .notes("no entity `pfa`")
        .notes("`pta`");
}

#[test]
fn a_search_that_finds_nothing_says_what_else_there_is_and_what_was_not_read() {
    let world = World::new();
    let scan = crate::common::scan_pdf(3);
    world.put(&Files::usual().and("bad.pdf", BadKind::Damaged.bytes()).and("scan.pdf", scan));
    world.run(&["ingest"]).ends(3);
    screen(
        &world,
        &["search", "warrnt"],
        "\
0 documents, 0 passages, <n> ms. Without trustworthy text: 1 file, 3 pages (misl status --low-text)

Nothing holds it as typed; these hold it in another spelling:
news · The Margalla Courier · 2031-03-09 · margalla-courier-2031-03-09-regulator
  Regulator asked about the kite firewall
  para 3   A spokesman said that “no subscriber has ever been watched without a «warrant»”, and gave no papers.
      margalla-courier-2031-03-09-regulator@para3
  spelled: warrant for warrnt
order · Islamabad High Court · Writ Petition No. 901 of 2031 · 2031-02-25 · 2 pages · ihc-2031-wp-901
  Asha Nobody v. Federation of Pakistan and others
  p. 2 para 4   4. No «warrant» of any court was shown to us, and no rule under which one is asked for.
      ihc-2031-wp-901@p2,para4
  spelled: warrant for warrnt
",
        "hint: near spelling of `warrnt`: `warrant` is in 2 documents\n",
    );
    screen(
        &world,
        &["search", "lantern court:ihc"],
        "0 documents, 0 passages, <n> ms. Without trustworthy text: 1 file, 3 pages (misl status --low-text)\n",
        "\
hint: without `lantern`: `court:ihc` is in 1 document
hint: without `court:ihc`: `lantern` is in 1 document
",
    );
    // A document whose title names the regulator is found by any of its names.
    world.run(&["search", "pta"]).ends(0).says("1 document,");
    let answer = world.json(&["search", "warrnt"]);
    assert_eq!(answer["suggestions"][0]["query"], "warrant");
}

#[test]
fn odd_syntax_is_answered_and_said() {
    let world = World::usual();
    for query in ["\"calibration ledger", "calibration ledger)", "calibration AND ledger AND"] {
        let run = world.run(&["search", query]).ends(0);
        run.says("1 document,").notes("read as: ");
    }
}

#[test]
fn quiet_leaves_out_hints_and_not_errors() {
    let world = World::usual();
    let run = world.run(&["search", "warrnt", "--quiet"]).ends(1);
    assert_eq!(run.stderr, "");
    world.run(&["search", "cort:ihc", "-q"]).ends(2).notes("error: unknown field `cort`");
}

#[test]
fn messages_begin_small_and_end_without_a_stop() {
    let world = World::usual();
    for args in [
        &["search", "cort:ihc"][..],
        &["show", "nobody"],
        &["show", "notes@x12"],
        &["cite", "notes@p9"],
        &["export", "nolist"],
        &["list", "add", "brief", "notes", "--quote", "never said"],
        &["edit", "notes", "--set", "cort=x"],
        &["help", "cookery"],
        &["-C", "/", "status"],
    ] {
        let run = world.run(args);
        let first = run.stderr.lines().next().unwrap_or_default();
        let words = first.strip_prefix("error: ").unwrap_or_else(|| panic!("{args:?}: {first}"));
        assert!(!words.ends_with('.') && !words.contains('!'), "{args:?}: {words}");
        assert!(!words.starts_with(char::is_uppercase), "{args:?}: {words}");
        let parts: Vec<&str> = words.split(": ").collect();
        let distinct: std::collections::BTreeSet<&&str> = parts.iter().collect();
        assert_eq!(parts.len(), distinct.len(), "said twice: {words}");
        assert!(run.stderr.contains("\nhint: "), "{args:?} has no hint:\n{}", run.stderr);
    }
}

#[test]
fn an_unclear_name_lists_its_candidates() {
    let world = World::usual();
    let id = |path: &str| world.json(&["show", path])["id"].as_str().unwrap().to_owned();
    // Two notes with one title share a key, which then belongs to neither.
    world.write("more/a.txt", b"Notes of a visit to the registry\n\nA second visit was short.\n");
    world.run(&["ingest"]).ends(0);
    let run = world.run(&["show", "notes"]);
    if run.status == 2 {
        for path in ["corpus/notes/visit.txt", "corpus/more/a.txt"] {
            assert!(run.stderr.contains(&id(path)[..12]), "{}", run.stderr);
        }
    }
}
