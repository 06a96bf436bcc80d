//! The yardstick: tantivy by itself, with the same fields a passage, over a folder of text files.
//!
//! `cargo bench --bench tantivy_alone -- FOLDER INDEX_FOLDER` prints CPU seconds and bytes;
//! `… -- ask INDEX_FOLDER FILE` asks for the words of FILE (three a line, parted by tabs): the ten best
//! passages and their number, not grouped, nothing shown.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and reads what it is given"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, DisjunctionMaxQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, TantivyDocument, Term};

fn main() -> ExitCode {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    if let [first, index, file] = words.as_slice()
        && first == "ask"
    {
        return match ask(Path::new(index), Path::new(file)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                println!("tantivy alone: {error}");
                ExitCode::FAILURE
            }
        };
    }
    let mut paths =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).map(PathBuf::from);
    let (Some(folder), Some(target)) = (paths.next(), paths.next()) else {
        println!("usage: cargo bench --bench tantivy_alone -- FOLDER INDEX_FOLDER");
        return ExitCode::SUCCESS;
    };
    match run(&folder, &target) {
        Ok(passages) => {
            println!("tantivy alone: {passages} passages, {:.2} CPU seconds", cpu_seconds());
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("tantivy alone: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns user and system seconds of this process so far.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit_once(')')
        .map(|(_, rest)| rest.split_whitespace().collect())
        .unwrap_or_default();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

fn run(folder: &Path, target: &Path) -> Result<u64, Box<dyn std::error::Error>> {
    let mut schema = Schema::builder();
    let words = |tokenizer: &str| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions)
                .set_fieldnorms(true),
        )
    };
    let id = TextOptions::default()
        .set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false),
        )
        .set_fast("raw");
    let exact = schema.add_text_field("body", words("default"));
    let stem = schema.add_text_field("body_stem", words("en_stem"));
    let doc = schema.add_text_field("doc", id.clone());
    let lang = schema.add_text_field("lang", id);
    let numbers: Vec<Field> = ["entry", "docn", "ord", "page", "para", "quality"]
        .iter()
        .map(|name| schema.add_u64_field(name, FAST))
        .collect();
    fs::create_dir_all(target)?;
    let index = Index::create_in_dir(target, schema.build())?;
    let mut writer = index.writer_with_num_threads(1, 100_000_000)?;
    let mut passages = 0;
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    for (at, path) in files.iter().enumerate() {
        let text = String::from_utf8_lossy(&fs::read(path)?).into_owned();
        for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
            let mut document = TantivyDocument::new();
            document.add_text(exact, part);
            document.add_text(stem, part);
            document.add_text(doc, format!("{at:064x}"));
            document.add_text(lang, "en");
            for field in &numbers {
                document.add_u64(*field, passages);
            }
            writer.add_document(document)?;
            passages += 1;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(passages)
}

/// A question of one kind, made of three neighbouring words.
type Make = fn([Field; 2], &[Word; 3]) -> Box<dyn Query>;

/// A word in small letters, and its stem.
type Word = [String; 2];

/// Asks for each line of `file` in four ways and prints the times.
fn ask(index: &Path, file: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let index = Index::open_in_dir(index)?;
    let searcher = index.reader()?.searcher();
    let fields = [index.schema().get_field("body")?, index.schema().get_field("body_stem")?];
    let text = fs::read_to_string(file)?;
    let mut stemmer = index.tokenizer_for_field(fields[1])?;
    let mut both = |word: &str| {
        let mut stem = word.to_lowercase();
        stemmer.token_stream(word).process(&mut |token| stem.clone_from(&token.text));
        [word.to_lowercase(), stem]
    };
    let runs: Vec<[Word; 3]> = text
        .lines()
        .filter_map(|line| line.split('\t').map(&mut both).collect::<Vec<_>>().try_into().ok())
        .collect();
    let kinds: [(&str, Make); 4] = [
        ("one word", |fields, [a, ..]| word(fields, a)),
        ("two words (AND)", |fields, [a, _, c]| {
            Box::new(BooleanQuery::intersection(vec![word(fields, a), word(fields, c)]))
        }),
        ("two words (OR)", |fields, [a, _, c]| {
            Box::new(BooleanQuery::union(vec![word(fields, a), word(fields, c)]))
        }),
        ("phrase of three", |[exact, _], words| {
            let terms = words.iter().map(|[word, _]| Term::from_field_text(exact, word)).collect();
            Box::new(PhraseQuery::new(terms))
        }),
    ];
    for (name, make) in kinds {
        let mut times = Vec::with_capacity(runs.len());
        for run in &runs {
            let query = make(fields, run);
            let started = std::time::Instant::now();
            let best = TopDocs::with_limit(10).order_by_score();
            searcher.search(&query, &(best, Count))?;
            times.push(started.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(0.0);
        println!("tantivy alone, {name:<18} p50 {:.2} ms  p95 {:.2} ms", at(50), at(95));
    }
    Ok(())
}

/// A word as printed or by its stem, as misl asks for it.
fn word([exact, stemmed]: [Field; 2], [word, stem]: &Word) -> Box<dyn Query> {
    let term = |field: Field, word: &str| -> Box<dyn Query> {
        Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
    };
    Box::new(DisjunctionMaxQuery::with_tie_breaker(
        vec![term(exact, word), term(stemmed, stem)],
        0.1,
    ))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}
