//! How fast references and entities are found in real text, and what is found most.
//!
//! `cargo bench --bench recognise -- FOLDER [TOP [ROUNDS]]`; prints MB a CPU second of references
//! and of entities (reading the files is not counted) in the slowest and the fastest of ROUNDS
//! rounds, and the TOP most frequent of each with an example.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and reads what it is given"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use misl::extract::{self, Job, Limits};
use misl::model::{Mention, Page, Reference};
use misl::refs::{self, title};
use misl::task::Knowledge;
use misl::text::segment;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(folder) = args.next().map(PathBuf::from) else {
        println!("usage: cargo bench --bench recognise -- FOLDER [TOP [ROUNDS]]");
        return ExitCode::SUCCESS;
    };
    let top = args.next().and_then(|n| n.parse().ok()).unwrap_or(0);
    let rounds = args.next().and_then(|n| n.parse().ok()).unwrap_or(3);
    match run(&folder, top, rounds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A document with what `refs::find` is told of it.
struct Document {
    pages: Vec<Page>,
    court: Option<String>,
    numbers: Vec<String>,
    title: Option<String>,
}

fn run(folder: &PathBuf, top: usize, rounds: usize) -> Result<(), Box<dyn std::error::Error>> {
    let knowledge = Knowledge::builtin()?;
    let limits = Limits::default();
    let mut documents = Vec::new();
    let mut n_bytes = 0;
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = std::fs::read(entry.path())?;
        let name = entry.path().to_string_lossy();
        let job = Job { name: &name, limits: &limits, beat: &|| (), passwords: &[], charset: None };
        let Ok(mut extracted) = extract::read(&bytes, &job) else { continue };
        segment::label_paragraphs(&mut extracted.pages);
        let record = title::derive(&extracted.pages).record;
        n_bytes += extracted.pages.iter().map(|page| page.text.len()).sum::<usize>();
        documents.push(Document {
            pages: extracted.pages,
            court: record.court.map(|court| court.value),
            numbers: record.numbers.into_iter().map(|number| number.value).collect(),
            title: record.title.map(|title| title.value),
        });
    }
    let n_mb = f64::from(u32::try_from(n_bytes / 1000)?) / 1000.0;
    println!("{} documents, {n_mb:.1} MB of text", documents.len());
    let find = || -> Vec<Vec<Reference>> {
        let find = |document: &Document| {
            let cx = refs::Context {
                court: document.court.as_deref(),
                own_numbers: &document.numbers,
                own_title: document.title.as_deref(),
                ..refs::Context::default()
            };
            refs::find(&document.pages, &cx, &knowledge.tables)
        };
        documents.iter().map(find).collect()
    };
    let references = timed("references", n_mb, rounds, find);
    let tag = || -> Vec<Vec<Mention>> {
        let pairs = documents.iter().zip(&references);
        let tag = |(document, references): (&Document, &Vec<Reference>)| {
            knowledge.gazetteer.tag(&document.pages, references).mentions
        };
        pairs.map(tag).collect()
    };
    let mentions = timed("mentions", n_mb, rounds, tag);
    if top > 0 {
        let found = documents.iter().zip(&references).flat_map(|(document, references)| {
            references.iter().map(move |one| (&one.id, document, one.page, one.whole.clone()))
        });
        most(found, top);
        let found = documents.iter().zip(&mentions).flat_map(|(document, mentions)| {
            mentions.iter().map(move |one| (&one.entity, document, one.page, one.span.clone()))
        });
        most(found, top);
    }
    Ok(())
}

/// Does `work` so many times, prints its figures and returns what it found.
fn timed<T>(what: &str, n_mb: f64, rounds: usize, work: impl Fn() -> Vec<Vec<T>>) -> Vec<Vec<T>> {
    let mut found = Vec::new();
    let (mut slowest, mut fastest) = (f64::MAX, 0.0_f64);
    for _ in 0..rounds.max(1) {
        let start = cpu_seconds();
        found = work();
        let speed = n_mb / (cpu_seconds() - start);
        (slowest, fastest) = (slowest.min(speed), fastest.max(speed));
    }
    let n: usize = found.iter().map(Vec::len).sum();
    println!("{what}: {n}, {slowest:.0} to {fastest:.0} MB a CPU second in {rounds} rounds");
    found
}

/// How often an id was found, and in which words.
#[derive(Default)]
struct Count {
    n: usize,
    n_documents: usize,
    /// The address of the last document that has it.
    last: usize,
    texts: BTreeMap<String, usize>,
}

/// Prints the most frequent ids, each with how many documents have it and the first words that do.
fn most<'a>(
    found: impl Iterator<Item = (&'a String, &'a Document, misl::model::PageNo, std::ops::Range<usize>)>,
    top: usize,
) {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for (id, document, number, span) in found {
        let page = document.pages.iter().find(|page| page.number == number);
        let text = page.and_then(|page| page.text.get(span)).unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = std::ptr::from_ref(document).addr();
        let count = counts.entry(id).or_default();
        count.n += 1;
        count.n_documents += usize::from(count.last != at);
        count.last = at;
        if count.texts.len() < 200 {
            *count.texts.entry(words.join(" ")).or_default() += 1;
        }
    }
    let mut counts: Vec<(&str, Count)> = counts.into_iter().collect();
    counts.sort_by_key(|(id, count)| (std::cmp::Reverse(count.n), *id));
    for (id, Count { n, n_documents, texts, .. }) in counts.into_iter().take(top) {
        let mut texts: Vec<_> = texts.into_iter().collect();
        texts.sort_by_key(|(text, n)| (std::cmp::Reverse(*n), text.clone()));
        let texts: Vec<String> = texts
            .into_iter()
            .take(3)
            .map(|(text, n)| format!("{} ×{n}", text.chars().take(60).collect::<String>()))
            .collect();
        println!("{n:>7} {n_documents:>6}  {id}  | {}", texts.join(" | "));
    }
    println!();
}

/// Returns user and system seconds of this process so far.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit_once(')')
        .map(|(_, rest)| rest.split_whitespace().collect())
        .unwrap_or_default();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
