//! Questions over the starter corpus, and how well misl ranks the documents that answer them.
//!
//! `questions.tsv` says what people type and which documents they want; it was judged by reading the
//! documents. `outcome.tsv` is what the program answers: a change shows as a difference there.
//! `MISL_BLESS=1 cargo test ranking` writes it anew.

mod facets;
mod hostile;
mod real;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use misl::engine::embedded::WriterSettings;
use misl::extract::Limits;
use misl::task::ingest::{self, Options, Progress, Watch};
use misl::task::search::{DocumentAnswer, SearchOptions, search};
use misl::task::{Desk, Readers, Workspace};

/// How many documents of an answer are looked at.
const LOOKED_AT: usize = 20;
/// The least share of wanted documents among the first five.
const LEAST_RECALL_AT_5: f64 = 0.90;
/// The least mean of 1/rank of the first wanted document.
const LEAST_MRR: f64 = 0.75;

/// What a person types, and what she hopes for.
#[derive(Clone)]
struct Question {
    query: String,
    /// Keys of the documents that answer it, the best first.
    wanted: Vec<String>,
    /// The kind of question: `number`, `phrase`, `urdu` …
    kind: String,
}

/// What came.
#[derive(Clone)]
struct Outcome {
    question: Question,
    /// Rank of each wanted document, from 1; `None` past [`LOOKED_AT`].
    ranks: Vec<Option<usize>>,
    first: Vec<String>,
    total: u64,
    /// How many documents were listed as found; those behind them hold most of what was asked.
    n_found: usize,
    /// What the answer says of itself.
    notes: Vec<String>,
}

/// Sums of figures, and of how many questions.
#[derive(Clone, Copy, Default)]
struct Figures {
    questions: u32,
    recall_at_1: f64,
    recall_at_3: f64,
    recall_at_5: f64,
    reciprocal: f64,
}

impl Outcome {
    /// Returns the share of the wanted documents among the first `n`, of those that could be there.
    fn recall_at(&self, n: usize) -> f64 {
        let found = self.ranks.iter().flatten().filter(|rank| **rank <= n).count();
        let most = self.ranks.len().min(n);
        // Near copies stand at one rank, so that more may be there than there are ranks.
        as_f64(found.min(most)) / as_f64(most)
    }

    /// Returns the outcome as if the answer itself alone were shown.
    fn found_alone(&self) -> Self {
        let listed = |rank: &Option<usize>| rank.filter(|rank| *rank <= self.n_found);
        Self { ranks: self.ranks.iter().map(listed).collect(), ..self.clone() }
    }

    /// Returns 1/rank of the first wanted document; 0 without one.
    fn reciprocal(&self) -> f64 {
        self.ranks.iter().flatten().min().map_or(0.0, |rank| 1.0 / as_f64(*rank))
    }
}

impl Figures {
    fn add(&mut self, outcome: &Outcome) {
        self.questions += 1;
        self.recall_at_1 += outcome.recall_at(1);
        self.recall_at_3 += outcome.recall_at(3);
        self.recall_at_5 += outcome.recall_at(5);
        self.reciprocal += outcome.reciprocal();
    }

    fn mean(self, sum: f64) -> f64 {
        sum / f64::from(self.questions.max(1))
    }

    fn line(self, name: &str) -> String {
        let [one, three, five, mrr] =
            [self.recall_at_1, self.recall_at_3, self.recall_at_5, self.reciprocal]
                .map(|sum| self.mean(sum));
        let n = self.questions;
        format!(
            "# {name}\t{n}\trecall@1 {one:.3}\trecall@3 {three:.3}\trecall@5 {five:.3}\tMRR {mrr:.3}"
        )
    }
}

fn as_f64(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A run that nobody watches, on the first day of 2026.
struct Unwatched;

impl Watch for Unwatched {
    fn now(&self) -> i64 {
        1_767_225_600
    }
    fn stop(&self) -> bool {
        false
    }
    fn progress(&self, _: &Progress<'_>) {}
}

/// Returns the options that read `paths` and what the workspace holds.
fn reading(paths: Vec<PathBuf>) -> Options {
    Options {
        paths,
        dry_run: false,
        retry_failed: false,
        jobs: 2,
        limits: Limits::default(),
        passwords: Vec::new(),
        writer: WriterSettings::default(),
        readers: Readers::InProcess,
        ocr: ingest::Ocr::default(),
    }
}

/// Copies the starter corpus into a workspace of its own and reads it.
fn starter(folder: &Path) -> Desk {
    copy(&project().join("corpus"), &folder.join("corpus"));
    fs::copy(project().join("misl.toml"), folder.join("misl.toml")).unwrap();
    let workspace = Workspace::init(folder).unwrap();
    let options = reading(Vec::new());
    let report = ingest::ingest(&workspace, &options, "the ranking test", &Unwatched).unwrap();
    assert_eq!(report.counts.failed + report.counts.skipped, 0, "{report:?}");
    assert!(report.bad_records.is_empty(), "{report:?}");
    Desk::open(workspace).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

fn questions() -> Vec<Question> {
    let text = fs::read_to_string(project().join("tests/ranking/questions.tsv")).unwrap();
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [query, wanted, kind] = fields[..] else { panic!("three fields: {line}") };
            Question {
                query: query.to_owned(),
                wanted: wanted.split(',').map(str::to_owned).collect(),
                kind: kind.to_owned(),
            }
        })
        .collect()
}

/// Asks a question; `names` gives everything that a found document may be wanted as.
fn ask(desk: &Desk, question: Question, names: impl Fn(&DocumentAnswer) -> Vec<String>) -> Outcome {
    let options = SearchOptions {
        query: &question.query,
        flags: &[],
        offset: 0,
        limit: LOOKED_AT,
        passages: 1,
        facets: &[],
        facet_limit: 0,
        sort: None,
        fold: true,
        stop: &|| false,
    };
    // A query that is refused finds nothing: that is an outcome, and a bad one.
    let (found, n_found, total, notes) = match search(desk, &options) {
        Ok(answer) => {
            let nearest = answer.nearest.iter().flat_map(|nearest| &nearest.documents);
            let nearest = nearest.map(|near| &near.document);
            let found: Vec<Vec<String>> =
                answer.documents.iter().chain(nearest).map(&names).collect();
            (found, answer.documents.len(), answer.total_documents, answer.query.notes)
        }
        Err(error) => (vec![vec![format!("refused: {error}")]], 0, 0, Vec::new()),
    };
    let place =
        |wanted: &String| found.iter().position(|names| names.contains(wanted)).map(|at| at + 1);
    let ranks = question.wanted.iter().map(place).collect();
    let first = found.iter().filter_map(|names| names.first()).take(3).cloned().collect();
    Outcome { question, ranks, first, total, n_found, notes }
}

/// Returns what a document of the starter corpus is called.
fn key(document: &DocumentAnswer) -> Vec<String> {
    vec![document.key.clone().unwrap_or_else(|| document.path.clone())]
}

/// Returns the outcome as a table: figures first, then one line a question.
fn table(outcomes: &[Outcome]) -> (String, Figures) {
    let mut all = Figures::default();
    let mut by_kind: BTreeMap<&str, Figures> = BTreeMap::new();
    let mut rows = String::new();
    for outcome in outcomes {
        all.add(outcome);
        by_kind.entry(&outcome.question.kind).or_default().add(outcome);
        let ranks: Vec<String> = outcome
            .ranks
            .iter()
            .map(|rank| rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string()))
            .collect();
        let Question { query, kind, .. } = &outcome.question;
        let (ranks, first, total) = (ranks.join(","), outcome.first.join(","), outcome.total);
        writeln!(rows, "{kind}\t{query}\t{ranks}\t{total}\t{first}").unwrap();
    }
    let mut text =
        String::from("# kind, query, ranks of the wanted, how many found, the first three\n");
    for (kind, figures) in by_kind {
        writeln!(text, "{}", figures.line(kind)).unwrap();
    }
    writeln!(text, "{}", all.line("all")).unwrap();
    text.push_str(&rows);
    (text, all)
}

/// Returns the lines that one text has and the other has not.
fn difference(before: &str, after: &str) -> String {
    let mut text = String::new();
    for (sign, these, those) in [('-', before, after), ('+', after, before)] {
        for line in these.lines().filter(|line| !those.lines().any(|other| other == *line)) {
            writeln!(text, "{sign} {line}").unwrap();
        }
    }
    text
}

#[test]
fn the_starter_corpus_answers() {
    let folder = tempfile::tempdir().unwrap();
    let desk = starter(folder.path());
    let outcomes: Vec<Outcome> =
        questions().into_iter().map(|question| ask(&desk, question, key)).collect();
    let (text, all) = table(&outcomes);
    let path: PathBuf = project().join("tests/ranking/outcome.tsv");
    // A switch for the person at the terminal.
    let bless = std::env::var_os("MISL_BLESS").is_some();
    if bless {
        fs::write(&path, &text).unwrap();
    }
    let before = fs::read_to_string(&path).unwrap_or_default();
    let changed = difference(&before, &text);
    assert!(changed.is_empty(), "the ranking changed; MISL_BLESS=1 takes it over:\n{changed}");
    let (recall, mrr) = (all.mean(all.recall_at_5), all.mean(all.reciprocal));
    assert!(recall >= LEAST_RECALL_AT_5, "recall@5 is {recall:.3}");
    assert!(mrr >= LEAST_MRR, "MRR is {mrr:.3}");
}

#[test]
fn every_wanted_document_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let desk = starter(folder.path());
    for wanted in questions().iter().flat_map(|question| &question.wanted) {
        assert!(desk.doc(wanted).is_ok(), "no document has the key {wanted}");
    }
}
