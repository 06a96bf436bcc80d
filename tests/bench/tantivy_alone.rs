//! The yardstick: tantivy by itself, with the same fields a passage, over a folder of text files.
//!
//! `cargo bench --bench tantivy_alone -- FOLDER INDEX_FOLDER`; prints CPU seconds and bytes.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and reads what it is given"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, TantivyDocument};

fn main() -> ExitCode {
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
