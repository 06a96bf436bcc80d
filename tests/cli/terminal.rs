//! What reaches a terminal or a pipe: no raw control character of a document, no colour unasked.

use crate::common::{Files, MISL, Run, World, shell_in};

/// A note whose title and text try to drive a terminal.
const HOSTILE: &str = "\
---
title: \"Heron \\e]0;owned\\a \\e[2J note\"
publisher: \"The \\x9b31m Courier\"
---

The heron \u{1b}[31mstands\u{1b}]52;c;cm0=\u{7} here \u{9b}2J and \u{202e}sdrawkcab\u{202c} there\u{2066}.

The heron \u{1b}P0;1|17/ab\u{1b}\\ flies\u{8}\u{8}\u{7f}.
";

/// Runs a shell line as if its output were a terminal; `None` where `script` is missing.
fn on_a_terminal(world: &World, line: &str) -> Option<Run> {
    if !std::path::Path::new("/usr/bin/script").exists() {
        println!("there is no `script` here: nothing was checked");
        return None;
    }
    let line = format!("TERM=xterm script -qec '{line}' /dev/null");
    Some(shell_in(world.path(), &line))
}

/// Returns the control characters of a text that may drive a terminal.
fn dangerous(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| {
            (c.is_control() && !matches!(c, '\n' | '\t'))
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
        })
        .collect()
}

#[test]
fn no_control_character_of_a_document_comes_out_raw() {
    let world = World::with(&Files::none().and("a\u{1b}[2J/heron.md", HOSTILE));
    world
        .run(&["list", "add", "brief", "corpus/a\u{1b}[2J/heron.md", "--note", "n\u{1b}[2Jote"])
        .ends(0);
    for args in [
        &["search", "heron"][..],
        &["search", "heron", "--facets=all"],
        &["search", "title:heron"],
        &["show", "corpus/a\u{1b}[2J/heron.md"],
        &["read", "corpus/a\u{1b}[2J/heron.md"],
        &["status", "--all"],
        &["status", "--doubtful"],
        &["tags"],
        &["list", "show", "brief"],
        &["verify"],
        &["search", "he\u{1b}[2Jron"],
        &["show", "no\u{1b}[2Jbody"],
        &["search", "tag:\u{1b}[2J"],
        &["help", "\u{1b}[2J"],
        &["search", "heron", "--json"],
        &["show", "corpus/a\u{1b}[2J/heron.md", "--json"],
    ] {
        let run = world.run(args);
        let json = args.contains(&"--json");
        let shown = format!("{}{}", run.stdout, run.stderr);
        let raw: Vec<char> = dangerous(&shown)
            .into_iter()
            // JSON escapes what it must; what is left is data for programs, not for a screen.
            .filter(|c| !json || *c < ' ')
            .collect();
        assert!(raw.is_empty(), "{args:?} lets {raw:?} out:\n{}", shown.escape_debug());
    }
}

#[test]
fn a_terminal_gets_its_colours_and_nothing_of_the_documents() {
    let world = World::with(&Files::none().and("heron.md", HOSTILE));
    let Some(run) = on_a_terminal(&world, &format!("{MISL} search heron")) else { return };
    assert!(run.stdout.contains("\u{1b}[1;33mheron\u{1b}[0m"), "{}", run.stdout.escape_debug());
    let without = run.stdout.replace("\u{1b}[1;33m", "").replace("\u{1b}[0m", "").replace('\r', "");
    assert_eq!(dangerous(&without), Vec::<char>::new(), "{}", without.escape_debug());
}

#[test]
fn citations_on_a_terminal_are_harmless_too() {
    let world = World::with(&Files::none().and("heron.md", HOSTILE));
    let Some(run) = on_a_terminal(&world, &format!("{MISL} cite corpus/heron.md")) else { return };
    let text = run.stdout.replace('\r', "");
    assert_eq!(dangerous(&text), Vec::<char>::new(), "{}", text.escape_debug());
}

#[test]
fn no_colour_where_it_is_not_wanted() {
    let world = World::usual();
    for line in [
        format!("NO_COLOR=1 {MISL} search ledger"),
        format!("TERM=dumb {MISL} search ledger"),
        format!("{MISL} search ledger --color never"),
    ] {
        let Some(run) = on_a_terminal(&world, &line) else { return };
        assert!(!run.stdout.contains('\u{1b}'), "{line}: {}", run.stdout.escape_debug());
        assert!(run.stdout.contains("«ledger»"), "{line}: {}", run.stdout);
    }
    let Some(run) = on_a_terminal(&world, &format!("NO_COLOR= {MISL} search ledger")) else {
        return;
    };
    assert!(run.stdout.contains("\u{1b}[1;33m"), "an empty NO_COLOR says nothing");
}

#[test]
fn a_pipe_gets_no_escape_codes_unless_asked() {
    let world = World::usual();
    let run = world.run(&["search", "ledger"]).ends(0).says("«ledger»");
    assert!(!run.stdout.contains('\u{1b}'));
    world
        .run(&["search", "ledger", "--color", "always"])
        .ends(0)
        .says("\u{1b}[1;33mledger\u{1b}[0m");
    world.run(&["search", "ledger", "--color", "auto"]).ends(0).says("«ledger»");
    world.run(&["search", "ledger", "--color", "blue"]).ends(2);
}

#[test]
fn urdu_fields_are_set_apart_on_a_terminal_alone() {
    let world = World::usual();
    world.run(&["search", "نگرانی"]).ends(0).never_says("\u{2068}");
    let Some(run) = on_a_terminal(&world, &format!("LC_ALL=C.UTF-8 {MISL} search نگرانی"))
    else {
        return;
    };
    let opened = run.stdout.matches('\u{2068}').count();
    assert!(opened > 0, "{}", run.stdout.escape_debug());
    assert_eq!(opened, run.stdout.matches('\u{2069}').count());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let world = World::usual();
    for line in [
        "misl search tag:pta | head -1",
        "misl search tag:pta --json | head -c 1",
        "misl search tag:pta --jsonl | head -1",
        "misl show ihc-2031-wp-901 | head -1",
        "misl entities | head -1",
        "misl help query | head -1",
        "misl man | head -1",
        "misl completions bash | head -1",
        "misl status --all | true",
        "misl cite ihc-2031-wp-901 | true",
        "misl --help | true",
    ] {
        let run = shell_in(world.path(), &format!("set -o pipefail; {line}"));
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{line}");
    }
}

#[test]
fn a_closed_output_is_no_panic() {
    let world = World::usual();
    for line in
        ["misl search ledger >&-", "misl search warrnt 2>&-", "misl status </dev/null >&- 2>&-"]
    {
        let run = shell_in(world.path(), line);
        assert!(run.status != 101 && run.status >= 0, "{line}: {run:?}");
        assert!(!run.stderr.contains("panicked"), "{line}: {run:?}");
    }
}

#[test]
fn progress_moves_on_a_terminal() {
    let world = World::new();
    // Enough of them that the line, drawn twenty times a second, shows some.
    for n in 0..500 {
        world.write(&format!("heron-{n}.txt"), format!("The heron {n} stands.").as_bytes());
    }
    let Some(run) = on_a_terminal(&world, &format!("{MISL} ingest")) else { return };
    // n of m, the rate, the file at hand; the line is drawn over and over, and taken away.
    assert!(run.stdout.contains(" of 500 · "), "{}", run.stdout.escape_debug());
    assert!(run.stdout.contains(" files/s"), "{}", run.stdout.escape_debug());
    assert!(run.stdout.contains("heron-"), "{}", run.stdout.escape_debug());
    assert!(run.stdout.contains("\u{1b}[2K"), "{}", run.stdout.escape_debug());
    let quiet = World::new();
    quiet.write("heron.txt", b"The heron stands.");
    let Some(run) = on_a_terminal(&quiet, &format!("{MISL} -q ingest")) else { return };
    assert!(!run.stdout.contains(" of 1 · "), "{}", run.stdout.escape_debug());
}

#[test]
fn progress_stays_out_of_pipes() {
    let world = World::new();
    world.put(&Files::usual());
    let run = world.run(&["ingest"]).ends(0);
    assert_eq!(run.stderr, "", "nothing moves where nobody looks");
    assert!(!run.stdout.contains('\r'));
}
