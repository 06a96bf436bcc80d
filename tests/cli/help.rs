//! Help, completions and the man page: all from the program, all true.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::common::{World, read, run_in};

fn misl(args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    run_in(folder.path(), args).ends(0).stdout
}

/// Returns the commands with their words: `search`, `list add`.
fn commands() -> Vec<Vec<String>> {
    let below = |words: &[&str]| -> Vec<String> {
        let mut args = words.to_vec();
        args.push("--help");
        let text = misl(&args);
        let table = text.split("\nCommands:\n").nth(1).unwrap_or_default().split("\n\n").next();
        let lines = table.unwrap_or_default().lines();
        lines
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
            .collect()
    };
    let mut all = Vec::new();
    for name in below(&[]) {
        for sub in below(&[&name]) {
            all.push(vec![name.clone(), sub]);
        }
        all.push(vec![name]);
    }
    all
}

#[track_caller]
fn check_columns(text: &str, what: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{what}: more than 80 columns: {line}");
    }
}

#[test]
fn misl_alone_says_what_it_is_in_twenty_lines() {
    let folder = tempfile::tempdir().unwrap();
    let run = run_in(folder.path(), &[]).ends(0);
    assert!(run.stdout.lines().count() <= 20, "{}", run.stdout);
    run.says("misl init").says("misl ingest").says("misl search").says("misl help query");
    let world = World::new();
    world.run(&[]).ends(0).says("Next: misl ingest");
    world.write("a.txt", b"The heron stands here.\n");
    world.run(&["ingest"]).ends(0);
    world.run(&[]).ends(0).says("Next: misl search");
}

#[test]
fn topics_fit_80_columns_and_begin_with_an_example() {
    for topic in ["query", "locators", "formats", "privacy", "errors", "status"] {
        let text = misl(&["help", topic]);
        check_columns(&text, topic);
        assert!(text.lines().count() > 8, "{topic}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{topic}");
    }
    check_columns(&misl(&[]), "misl");
    check_columns(&misl(&["help"]), "help");
}

#[test]
fn help_of_every_command_begins_with_an_example_and_fits() {
    let commands = commands();
    assert!(commands.len() > 25, "{commands:?}");
    for words in commands {
        let mut args: Vec<&str> = words.iter().map(String::as_str).collect();
        let is_sub = args.len() > 1;
        args.push("--help");
        let long = misl(&args);
        check_columns(&long, &words.join(" "));
        args.pop();
        args.push("-h");
        check_columns(&misl(&args), &words.join(" "));
        if !is_sub && !matches!(words[0].as_str(), "man") {
            assert!(long.starts_with("Example: misl "), "{words:?}:\n{long}");
        }
    }
}

#[test]
fn help_of_a_command_is_a_topic_too() {
    assert!(misl(&["help", "search"]).contains("--facets"));
}

#[test]
fn completions_and_man_page_name_every_command() {
    let man = misl(&["man"]);
    assert!(man.contains(".TH misl 1"), "{man}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = misl(&["completions", shell]);
        for words in commands() {
            assert!(text.contains(&words[0]), "{shell} does not know {words:?}");
        }
        assert!(text.contains("retry-failed"), "{shell} knows no flags");
    }
    for words in commands().iter().filter(|words| words.len() == 1) {
        assert!(
            man.contains(&words[0].replace('-', "\\-")),
            "the man page does not name {words:?}"
        );
    }
}

#[test]
fn bash_takes_the_completions() {
    let folder = tempfile::tempdir().unwrap();
    let run = crate::common::shell_in(
        folder.path(),
        "source <(misl completions bash) && complete -p misl",
    );
    run.ends(0).says("misl");
}

#[test]
fn the_version_is_the_packages() {
    assert_eq!(misl(&["--version"]), format!("misl {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(misl(&["-V"]), misl(&["--version"]));
}

/// Returns the long flags of a command's help.
fn flags(words: &[String]) -> BTreeSet<String> {
    let mut args: Vec<&str> = words.iter().map(String::as_str).collect();
    args.push("--help");
    misl(&args)
        .lines()
        .map(str::trim_start)
        .filter(|line| line.starts_with('-'))
        .filter_map(|line| line.split_whitespace().find(|word| word.starts_with("--")))
        .map(|flag| {
            let end = flag.find(|c: char| !(c.is_alphanumeric() || c == '-'));
            flag[..end.unwrap_or(flag.len())].to_owned()
        })
        .collect()
}

/// Returns the words of every command line in the tests: string literals between
/// brackets, and what follows `misl` in a shell line.
fn used() -> Vec<BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut lines = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|end| end == "rs") {
            let text = read(entry.path());
            for part in text.split('[').skip(1) {
                let part = part.split(']').next().unwrap_or_default();
                lines.push(part.split('"').skip(1).step_by(2).map(str::to_owned).collect());
            }
            for part in text.split("misl ").skip(1) {
                let part = part.split(['"', '\n']).next().unwrap_or_default();
                lines.push(part.split_whitespace().map(str::to_owned).collect());
            }
        }
    }
    lines
}

#[test]
fn every_flag_of_every_command_is_used_by_a_test() {
    let lines = used();
    let everywhere = ["--directory", "--json", "--color", "--quiet", "--help", "--version"];
    let mut unused: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for words in commands() {
        for flag in flags(&words) {
            let is_used = lines.iter().any(|line| {
                line.contains(&flag)
                    && (everywhere.contains(&flag.as_str())
                        || words.iter().all(|word| line.contains(word)))
            });
            if !is_used {
                unused.entry(words.join(" ")).or_default().push(flag);
            }
        }
    }
    assert!(unused.is_empty(), "flags that no test uses: {unused:?}");
}
