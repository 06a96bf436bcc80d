//! The same measurement over real files with questions that readers of them wrote.
//!
//! Neither is part of the project. `MISL_QUESTIONS` names the table (tab-separated: query, files
//! that answer it, kind, note); the files lie in `../shared/data`. `MISL_WORKSPACE` may name a
//! workspace that has read them already; else the test reads them, without OCR.
//!
//! A file counts as found where it is listed, or named as near copy of what is listed.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use misl::model::SourceId;
use misl::task::search::DocumentAnswer;
use misl::task::{Desk, Workspace, ingest};

use super::{Figures, Outcome, Question, Unwatched, ask, project, reading};

/// Kinds of question whose answer is a known document; those of topics are not.
const KNOWN_ITEMS: [&str; 6] = ["filter", "name", "number", "phrase", "statute", "urdu"];
/// The least share of known items among the first three.
const LEAST_RECALL_AT_3: f64 = 0.97;

/// Returns where the files are and the text of the questions; `None`, and a line that says why,
/// where there is nothing to measure with.
fn material() -> Option<(PathBuf, String)> {
    let files = project().join("../shared/data");
    let Some(table) = std::env::var_os("MISL_QUESTIONS").map(PathBuf::from) else {
        println!("not measured, MISL_QUESTIONS names no table of questions");
        return None;
    };
    if !files.is_dir() || !table.is_file() {
        println!("not measured, no {} or no {}", files.display(), table.display());
        return None;
    }
    Some((files.canonicalize().unwrap(), fs::read_to_string(table).unwrap()))
}

/// Reads the table. What only OCR can read is a kind of its own.
fn questions(table: &str) -> Vec<Question> {
    let rows = table.lines().skip(1).filter(|line| !line.is_empty());
    rows.map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [query, wanted, kind, note @ ..] = fields.as_slice() else { panic!("fields: {line}") };
        let is_picture = note.iter().any(|note| note.contains("only by OCR"));
        Question {
            query: (*query).to_owned(),
            wanted: wanted.split(',').map(str::to_owned).collect(),
            kind: if is_picture { "ocr".to_owned() } else { (*kind).to_owned() },
        }
    })
    .collect()
}

/// Opens the workspace that is there already, or reads the files into `folder`.
fn desk(files: &Path, folder: &Path) -> Desk {
    if let Some(workspace) = std::env::var_os("MISL_WORKSPACE") {
        return Desk::open(Workspace::find(Path::new(&workspace)).unwrap()).unwrap();
    }
    let workspace = Workspace::init(folder).unwrap();
    let is_read = |path: &PathBuf| path.is_dir() && !path.ends_with("hostile");
    let paths = fs::read_dir(files).unwrap().map(|entry| entry.unwrap().path()).filter(is_read);
    ingest::ingest(&workspace, &reading(paths.collect()), "the ranking test", &Unwatched).unwrap();
    Desk::open(workspace).unwrap()
}

/// Returns the paths of every document below `files`, as the table has them.
fn paths(desk: &Desk, files: &Path) -> HashMap<SourceId, Vec<String>> {
    // A mail of a mailbox answers for the mailbox.
    let inside = |path: &str| {
        let (file, _) = path.split_once("!/").unwrap_or((path, ""));
        let inside = Path::new(file).strip_prefix(files).ok()?;
        Some(inside.to_string_lossy().into_owned())
    };
    let sources = desk.store.sources().unwrap();
    let paths_of = |docn| desk.store.paths_of(docn).unwrap();
    sources
        .into_iter()
        .map(|source| {
            let paths = paths_of(source.docn).iter().filter_map(|row| inside(&row.path)).collect();
            (source.id, paths)
        })
        .collect()
}

/// Prints the figures of each kind and what was not found where it should be.
fn print(outcomes: &[Outcome]) -> Figures {
    let mut kinds: BTreeMap<&str, Figures> = BTreeMap::new();
    let (mut known, mut all) = (Figures::default(), Figures::default());
    let mut found_alone = Figures::default();
    for outcome in outcomes {
        let kind = outcome.question.kind.as_str();
        kinds.entry(kind).or_default().add(outcome);
        all.add(outcome);
        if KNOWN_ITEMS.contains(&kind) {
            known.add(outcome);
            found_alone.add(&outcome.found_alone());
        }
    }
    for outcome in outcomes.iter().filter(|outcome| outcome.recall_at(3) < 1.0) {
        let Question { query, wanted, kind } = &outcome.question;
        println!("{kind}: {query}  ({} found, wanted at {:?})", outcome.total, outcome.ranks);
        for (wanted, _) in wanted.iter().zip(&outcome.ranks).filter(|(_, rank)| rank.is_none()) {
            println!("    not found: {wanted}");
        }
        for found in &outcome.first {
            println!("    came: {found}");
        }
        for note in &outcome.notes {
            println!("    note: {note}");
        }
    }
    for (kind, figures) in kinds {
        println!("{}", figures.line(kind));
    }
    println!("{}", known.line("known items"));
    println!("{}", found_alone.line("known items, without the nearest"));
    println!("{}", all.line("all"));
    known
}

#[test]
fn real_files_answer() {
    let Some((files, table)) = material() else { return };
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(&files, folder.path());
    let paths = paths(&desk, &files);
    let names = |document: &DocumentAnswer| {
        let ids = std::iter::once(&document.id).chain(&document.near_copies);
        ids.filter_map(|id| paths.get(id)).flatten().cloned().collect()
    };
    let outcomes: Vec<Outcome> =
        questions(&table).into_iter().map(|question| ask(&desk, question, names)).collect();
    let known = print(&outcomes);
    let recall = known.mean(known.recall_at_3);
    assert!(recall >= LEAST_RECALL_AT_3, "recall@3 of known items is {recall:.3}");
}
