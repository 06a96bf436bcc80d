//! The layers of STYLE: arrows run down, never up or sideways. Read off the `use crate::` lines.

use std::path::{Path, PathBuf};
use std::{fs, io};

use misl::corpus::files;

/// Far more than any file of ours.
const MAX_BYTES: u64 = 1 << 24;

/// Modules of the core from the bottom row up. Neighbours of a row do not import each other.
const ROWS: [&[&str]; 5] = [
    &["text", "model"],
    &["extract", "entity", "refs", "query", "cite", "quote", "corpus"],
    &["engine", "worker", "store"],
    &["task", "settings"],
    &["bin"],
];

/// Arrows that the rows forbid and the architecture allows, each with its reason.
const ALLOWED: [(&str, &str); 2] = [
    // Folding and segmenting speak of pages and spans; the two bottom rooms are one floor.
    ("text", "model"),
    // A task is given the settings as values.
    ("task", "settings"),
];

fn row_of(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Returns the first module of every `crate::…` or `misl::…` path in `text`, comments left out.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines().map(|line| line.split("//").next().unwrap_or_default()) {
        for start in ["crate::", "misl::"] {
            for (at, _) in line.match_indices(start) {
                let before = line.get(..at).unwrap_or_default().chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let rest = line.get(at + start.len()..).unwrap_or_default();
                let names = match rest.strip_prefix('{') {
                    Some(group) => group.split('}').next().unwrap_or_default(),
                    None => rest,
                };
                for name in names.split(',') {
                    let name: String = name
                        .trim()
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect();
                    found.push(name);
                }
            }
        }
    }
    found
}

#[test]
fn arrows_run_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut n_arrows = 0;
    for file in rust_files(&src).unwrap() {
        let inside = file.strip_prefix(&src).unwrap();
        let module = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let Some(row) = row_of(&module) else { continue };
        let text = files::read_text(&file, MAX_BYTES).unwrap().unwrap();
        for name in imports(&text) {
            let Some(target) = row_of(&name) else { continue };
            if name == module || ALLOWED.contains(&(module.as_str(), name.as_str())) {
                continue;
            }
            n_arrows += 1;
            if target >= row {
                wrong.push(format!("{}: {module} imports {name}", inside.display()));
            }
        }
    }
    assert!(n_arrows > 50, "only {n_arrows} arrows were read: the reading is broken");
    assert!(wrong.is_empty(), "arrows that go up or sideways:\n{}", wrong.join("\n"));
}

#[test]
fn heavy_crates_stay_in_their_rooms() {
    // (crate, the folder that may name it)
    let rooms = [
        ("tantivy", "engine/embedded"),
        ("rusqlite", "store"),
        ("hayro", "extract/pdf"),
        ("landlock", "worker"),
        ("seccompiler", "worker"),
        ("clap", "bin"),
    ];
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in rust_files(&src).unwrap() {
        let inside = file.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        let text = files::read_text(&file, MAX_BYTES).unwrap().unwrap();
        for (name, room) in rooms {
            let uses =
                text.lines().any(|line| line.trim_start().starts_with(&format!("use {name}")));
            assert!(
                !uses || inside.starts_with(room),
                "{inside} uses {name}, which belongs to {room}"
            );
        }
    }
}

#[test]
fn an_arrow_is_read_off_every_form_of_import() {
    let text = "use crate::model::Page;\npub use crate::{text, store::Store};\n\
        fn f() { crate::task::go() } // crate::engine in a comment\n";
    assert_eq!(imports(text), ["model", "text", "store", "task"]);
}
