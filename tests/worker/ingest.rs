//! Whole runs whose readers break: what is kept, what is said, and what is found again.

use std::sync::Arc;
use std::time::Duration;

use misl::corpus::Workspace;
use misl::engine::embedded::WriterSettings;
use misl::extract::Limits;
use misl::store::{SourceState, Store};
use misl::task::Readers;
use misl::task::ingest::{self, Ocr, Options, Progress, Report, Watch};
use misl::worker::{Pool, Settings};

/// A run that nobody watches.
pub(super) struct Unwatched;

impl Watch for Unwatched {
    fn now(&self) -> i64 {
        1_767_225_600
    }
    fn stop(&self) -> bool {
        false
    }
    fn progress(&self, _: &Progress<'_>) {}
}

pub(super) fn options(readers: Readers, jobs: usize, ocr: Ocr) -> Options {
    Options {
        paths: Vec::new(),
        dry_run: false,
        retry_failed: false,
        jobs,
        limits: Limits::default(),
        passwords: Vec::new(),
        writer: WriterSettings::default(),
        readers,
        ocr,
    }
}

pub(super) fn run(workspace: &Workspace, options: &Options) -> Report {
    ingest::ingest(workspace, options, "a test", &Unwatched).unwrap()
}

fn pool() -> Readers {
    let settings = Settings { progress: Duration::from_secs(30), ..super::settings() };
    Readers::Pool(Arc::new(Pool::start(settings).unwrap()))
}

/// Returns the kept path, state and reason or warnings of everything, in order; that texts as short as
/// these bear no date is no news.
fn states(workspace: &Workspace) -> Vec<(String, SourceState, String)> {
    let store = Store::open(&workspace.index()).unwrap();
    let rows = store.paths().unwrap().into_iter().filter_map(|row| {
        let source = store.source(row.docn?).unwrap().unwrap();
        let warnings = store.warnings(source.docn).unwrap();
        let kinds: Vec<&str> = warnings.iter().map(|warning| warning.kind.id()).collect();
        let kinds: Vec<&str> = kinds.into_iter().filter(|kind| *kind != "no-date").collect();
        let is_read = source.state.is_searchable() && kinds.is_empty();
        let state = if is_read { SourceState::Indexed } else { source.state };
        Some((row.path, state, format!("{}{}", source.reason, kinds.join(" "))))
    });
    rows.collect()
}

fn workspace(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    for (name, bytes) in files {
        std::fs::write(workspace.corpus().join(name), bytes).unwrap();
    }
    (folder, workspace)
}

fn state(name: &str, state: SourceState, why: &str) -> (String, SourceState, String) {
    (name.to_owned(), state, why.to_owned())
}

#[test]
fn what_a_broken_reader_gave_is_searchable_and_says_so() {
    let archive = super::mutate::zip(&[
        ("one.txt", "The first order."),
        ("self-test:abort", "x y"),
        ("two.txt", "The second order."),
    ]);
    let (_folder, workspace) = workspace(&[
        ("orders.zip", &archive),
        ("self-test:pages:1", b"of one"),
        ("self-test:pages:4", b"of four"),
        ("sound.txt", b"The petition is allowed."),
    ]);
    let report = run(&workspace, &options(pool(), 2, Ocr::default()));
    assert_eq!((report.counts.failed, report.counts.seen), (2, 7));
    let (indexed, failed) = (SourceState::Indexed, SourceState::Failed);
    assert_eq!(
        states(&workspace),
        [
            state("corpus/orders.zip", indexed, ""),
            state("corpus/orders.zip!/one.txt", indexed, ""),
            state("corpus/orders.zip!/self-test:abort", failed, "crash:SIGABRT"),
            state("corpus/orders.zip!/two.txt", indexed, ""),
            state("corpus/self-test:pages:1", failed, "crash:SIGABRT"),
            state("corpus/self-test:pages:4", SourceState::Warned, "partial"),
            state("corpus/sound.txt", indexed, ""),
        ]
    );
    let store = Store::open(&workspace.index()).unwrap();
    let source = &store.sources_by_path("corpus/self-test:pages:4").unwrap()[0];
    let pages = store.pages(source.docn).unwrap();
    assert_eq!(pages.len(), 3);
    assert_eq!(pages[2].text, "The text of page 3, as it came early.");
}

#[test]
fn an_archive_that_breaks_keeps_the_members_that_came() {
    let (_folder, workspace) = workspace(&[("self-test:members:2", b"x")]);
    run(&workspace, &options(pool(), 1, Ocr::default()));
    let (indexed, path) = (SourceState::Indexed, "corpus/self-test:members:2");
    assert_eq!(
        states(&workspace),
        [
            state(path, SourceState::Failed, "crash:SIGABRT"),
            state(&format!("{path}!/1.txt"), indexed, ""),
            state(&format!("{path}!/2.txt"), indexed, ""),
        ]
    );
}

#[test]
fn a_file_and_its_copies_are_kept_whoever_was_quicker() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    for n in 0..40 {
        // The first is an archive, so that its member is reached later than the copies of it.
        let text = format!("Order {n}: the petition is allowed.");
        let archive = super::mutate::zip(&[("order.txt", &text)]);
        std::fs::write(workspace.corpus().join(format!("{n}-a.zip")), archive).unwrap();
        for copy in ["b", "c"] {
            std::fs::write(workspace.corpus().join(format!("{n}-{copy}.txt")), &text).unwrap();
        }
    }
    let report = run(&workspace, &options(Readers::InProcess, 8, Ocr::default()));
    assert_eq!((report.counts.seen, report.counts.duplicate), (160, 80), "{report:?}");
    assert_eq!((report.counts.failed, report.read), (0, 80), "{report:?}");
}

#[test]
fn an_archive_that_is_read_again_keeps_its_members() {
    let first = super::mutate::zip(&[("one.txt", "The first."), ("two.txt", "The second.")]);
    let (_folder, workspace) = workspace(&[("orders.zip", &first)]);
    let options = options(Readers::InProcess, 2, Ocr::default());
    assert_eq!(run(&workspace, &options).counts.seen, 3);
    let second = super::mutate::zip(&[("one.txt", "The first."), ("three.txt", "The third.")]);
    std::fs::write(workspace.corpus().join("orders.zip"), second).unwrap();
    let counts = run(&workspace, &options).counts;
    assert_eq!((counts.seen, counts.missing, counts.failed), (3, 0, 0), "{counts:?}");
    let paths: Vec<String> = states(&workspace).into_iter().map(|(path, ..)| path).collect();
    let of = |name: &str| format!("corpus/orders.zip{name}");
    assert_eq!(paths, [of(""), of("!/one.txt"), of("!/three.txt")]);
}
