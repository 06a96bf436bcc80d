//! `misl search --record`, `--replay` and `--batch`.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use misl::corpus::files::{self, Replace};
use misl::query::{FlagFilter, Sort};
use misl::task::Desk;
use misl::task::batch::{self as batches, BatchOptions};
use misl::task::record::{self as records, RecordedDocument, Replay, SearchRecord};

use super::args::BatchFormat;
use super::error::{CliError, Kind};
use super::search::{DEADLINE, count};
use super::{Context, workspace};

/// The largest record and table of queries, in bytes.
const MOST_BYTES: u64 = 1 << 30;

/// How many passages of each document come into the answers of a batch.
const BATCH_PASSAGES: usize = 5;

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Asks once more for everything, and writes it down.
pub(crate) fn write(
    desk: &Desk,
    query: &str,
    flags: &[FlagFilter],
    sort: Option<Sort>,
    file: &Path,
    force: bool,
    context: &Context,
) -> Result<(), CliError> {
    let record = records::record(desk, query, flags, sort, &now())?;
    let mut json = serde_json::to_string_pretty(&record)?;
    json.push('\n');
    let replace = if force { Replace::Yes } else { Replace::No };
    files::write_output(file, json.as_bytes(), replace)?;
    context.output.hint(&format!(
        "recorded {} in {}; ask again with --replay",
        count(record.total_documents, "document"),
        file.display()
    ));
    Ok(())
}

/// Asks a recorded search again.
pub(crate) fn replay(file: &Path, context: &Context) -> Result<ExitCode, CliError> {
    let text = read(file)?;
    let recorded: SearchRecord = serde_json::from_str(&text).map_err(|error| {
        CliError::usage(format!("{} is no record of a search: {error}", file.display()))
            .hint("make one: `misl search QUERY --record FILE`")
    })?;
    let desk = workspace::open(context)?;
    let replay = records::replay(&desk, recorded, &now())?;
    if context.json {
        context.output.json(&replay)?;
    } else {
        print(&replay, context)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(replay: &Replay, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    output.line(&format!("{}   recorded {}", output.field(&replay.query), replay.recorded.time))?;
    if replay.recorded.read_as != replay.now.read_as {
        output.line(&format!("read then as {}", output.field(&replay.recorded.read_as)))?;
        output.line(&format!("read now as  {}", output.field(&replay.now.read_as)))?;
    }
    let name =
        |document: &RecordedDocument| document.key.clone().unwrap_or_else(|| document.id.short(12));
    for document in &replay.new {
        output.line(&format!("new      {}", name(document)))?;
    }
    for document in &replay.gone {
        output.line(&format!("gone     {}", name(document)))?;
    }
    for document in &replay.changed {
        let key = document.key.clone().unwrap_or_else(|| document.id.short(12));
        output.line(&format!(
            "changed  {key}: {} new, {} gone",
            count(document.new_passages.len() as u64, "passage"),
            document.gone_passages.len()
        ))?;
    }
    let corpus = if replay.same_corpus {
        "the corpus is the same".to_owned()
    } else {
        format!(
            "the corpus has changed: {} then, {} now",
            count(replay.recorded.corpus.documents, "document"),
            replay.now.corpus.documents
        )
    };
    output.line(&format!(
        "{} as recorded, {} new, {} gone, {} changed; {corpus}",
        count(replay.unchanged, "document"),
        replay.new.len(),
        replay.gone.len(),
        replay.changed.len()
    ))?;
    Ok(())
}

/// Asks every query of a table.
pub(crate) fn batch(
    file: &Path,
    flags: &[FlagFilter],
    limit: usize,
    format: Option<BatchFormat>,
    context: &Context,
) -> Result<ExitCode, CliError> {
    let queries = batches::queries(&read(file)?);
    if queries.is_empty() {
        let error = CliError::usage(format!("there is no query in {}", file.display()));
        return Err(error.hint("write one query a row, in the first column"));
    }
    let desk = workspace::open(context)?;
    let deadline = DEADLINE * u32::try_from(queries.len()).unwrap_or(u32::MAX);
    let started = Instant::now();
    let stop = || started.elapsed() > deadline;
    let options = BatchOptions { flags, limit, passages: BATCH_PASSAGES, stop: &stop };
    let answer = batches::batch(&desk, &queries, &options)?;
    match format {
        Some(BatchFormat::Json) => context.output.json(&answer)?,
        None if context.json => context.output.json(&answer)?,
        None | Some(BatchFormat::Csv) => context.output.bytes(answer.to_csv().as_bytes())?,
    }
    if answer.failed > 0 {
        let failed = answer.failed;
        let noun = if failed == 1 { "query" } else { "queries" };
        context.output.note(&format!("{failed} {noun} of {} could not be read", answer.queries));
        return Ok(ExitCode::from(Kind::SomeFailed as u8));
    }
    let found = answer.rows.iter().any(|row| row.documents.is_some_and(|n| n > 0));
    Ok(if found { ExitCode::SUCCESS } else { ExitCode::from(Kind::Nothing as u8) })
}

fn read(file: &Path) -> Result<String, CliError> {
    files::read_text(file, MOST_BYTES)?
        .ok_or_else(|| CliError::usage(format!("there is no file {}", file.display())))
}
