//! The README is a test: every command of its `console` blocks runs, and prints what is shown.
//!
//! A line `$ misl …` is a command; the lines below it are what it prints, in order, with `…` for
//! any part of a line and a line `…` for any number of lines. A command that ends with `; echo $?`
//! shows its exit status as the last line; every other one ends with 0.

use std::path::Path;

use crate::common::{read, shell_in};

/// A command and the lines shown below it.
struct Example {
    line: usize,
    command: String,
    shown: Vec<String>,
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut is_console = false;
    let mut is_fenced = false;
    for (idx, line) in text.lines().enumerate() {
        if let Some(info) = line.trim_start().strip_prefix("```") {
            is_console = !is_fenced && info.trim() == "console";
            is_fenced = !is_fenced;
        } else if is_console {
            if let Some(command) = line.strip_prefix("$ ") {
                let command = command.to_owned();
                examples.push(Example { line: idx + 1, command, shown: Vec::new() });
            } else if let Some(last) = examples.last_mut() {
                last.shown.push(line.to_owned());
            }
        }
    }
    examples
}

/// Tells whether `line` is what `pattern` shows; `…` stands for any part.
fn fits(line: &str, pattern: &str) -> bool {
    let mut rest = line;
    let mut parts = pattern.split('…');
    let Some(first) = parts.next() else { return false };
    let Some(after) = rest.strip_prefix(first) else { return false };
    rest = after;
    let mut last = first;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
        last = part;
    }
    // Without a `…` at the end the pattern ends the line.
    rest.trim_end().is_empty() || last.is_empty() || (pattern.contains('…') && line.ends_with(last))
}

#[track_caller]
fn check(example: &Example, folder: &Path) {
    let run = shell_in(folder, &format!("{} 2>&1", example.command.replace("; echo $?", "")));
    let status = run.status.to_string();
    let asks = example.command.ends_with("; echo $?");
    let what =
        format!("README.md:{}: $ {}\n{}\nexit {status}", example.line, example.command, run.stdout);
    let mut shown: Vec<&str> =
        example.shown.iter().map(|line| line.trim_end()).filter(|line| !line.is_empty()).collect();
    let expect = if asks { shown.pop().unwrap_or("0").trim().to_owned() } else { "0".to_owned() };
    assert_eq!(status, expect, "{what}");
    let mut lines = run.stdout.lines().map(str::trim_end);
    for pattern in shown.iter().filter(|line| line.trim() != "…") {
        assert!(
            lines.any(|line| fits(line, pattern)),
            "not printed, in this order: `{pattern}`\n{what}"
        );
    }
}

/// Copies the project's own workspace, without what was derived.
fn copy_of_the_project(to: &Path) {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["corpus", "misl.toml", "README.md"] {
        for entry in walkdir::WalkDir::new(project.join(part)).into_iter().filter_map(Result::ok) {
            let at = to.join(entry.path().strip_prefix(project).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(at).unwrap();
            } else {
                std::fs::copy(entry.path(), at).unwrap();
            }
        }
    }
    std::fs::create_dir(to.join("index")).unwrap();
}

#[test]
fn every_command_of_the_readme_does_what_is_shown() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    if !path.exists() {
        println!("there is no README.md yet: nothing was checked");
        return;
    }
    let examples = examples(&read(&path));
    let is_ours = |example: &&Example| example.command.starts_with("misl ");
    assert!(
        examples.iter().any(|example| is_ours(&example)),
        "README.md has no line `$ misl …` in a console block"
    );
    // A file that an example needs is written by the line before it.
    let writes = |example: &&Example| example.command.starts_with("printf ");
    let examples: Vec<&Example> =
        examples.iter().filter(|example| is_ours(example) || writes(example)).collect();
    let folder = tempfile::tempdir().unwrap();
    copy_of_the_project(folder.path());
    // The first block shows what a workspace that was read answers.
    shell_in(folder.path(), "misl ingest --quiet").ends(0);
    for example in examples {
        check(example, folder.path());
    }
}

#[test]
fn examples_and_patterns_are_read_as_meant() {
    let text =
        "x\n```console\n$ misl a; echo $?\none … two\n…\n1\n$ cd x\n```\n```sh\n$ misl no\n```\n";
    let found: Vec<String> = examples(text)
        .iter()
        .map(|example| format!("{} {} {}", example.line, example.command, example.shown.join("|")))
        .collect();
    assert_eq!(found, ["3 misl a; echo $? one … two|…|1", "7 cd x "]);
    assert!(fits("a b c", "a … c"));
    assert!(fits("a b c", "a …"));
    assert!(fits("a b c", "… c"));
    assert!(fits("a b c", "a b c"));
    assert!(!fits("a b c", "a b"));
    assert!(!fits("a b c", "… b"));
    assert!(!fits("a b c", "b …"));
}
