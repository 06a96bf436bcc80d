//! `misl timeline`.

use std::process::ExitCode;
use std::time::Instant;

use misl::task::TaskError;
use misl::task::search::SearchOptions;
use misl::task::timeline::timeline as run_timeline;

use super::args::{TimelineArgs, TimelineFormat};
use super::error::{CliError, Kind};
use super::output::unmarked;
use super::search::{DEADLINE, count, flags, typed};
use super::{Context, workspace};

/// Lists the dated events of the documents that a query finds.
pub(crate) fn timeline(args: TimelineArgs, context: &Context) -> Result<ExitCode, CliError> {
    let TimelineArgs { query, filters, format } = args;
    let query = typed(&query)?;
    let flags = flags(filters);
    let desk = workspace::open(context)?;
    let started = Instant::now();
    let options = SearchOptions {
        query: &query,
        flags: &flags,
        offset: 0,
        limit: usize::MAX,
        passages: 0,
        facets: &[],
        facet_limit: 0,
        sort: None,
        fold: false,
        stop: &|| started.elapsed() > DEADLINE,
    };
    let answer = run_timeline(&desk, &options).map_err(|error| match error {
        TaskError::Query(error) => CliError::query(error, Some(&query)),
        other => other.into(),
    })?;
    let output = &context.output;
    if context.json {
        output.json(&answer)?;
    } else if format == TimelineFormat::Csv {
        output.bytes(answer.to_csv().as_bytes())?;
    } else {
        for note in &answer.query.notes {
            output.note(&format!("note: {note}"));
        }
        for event in &answer.events {
            let what = event.title.as_deref().unwrap_or_default();
            let source = event.source.as_ref().map(|source| format!(" ({source})"));
            output.line(&format!(
                "{:<10}  {:<10}  {}{}  {}",
                event.date.to_string(),
                event.event,
                output.field(&unmarked(what)),
                source.map(|source| output.field(&unmarked(&source))).unwrap_or_default(),
                event.cite_as
            ))?;
        }
        let undated = match answer.undated {
            0 => String::new(),
            n => format!(", {} without a date", count(n, "document")),
        };
        output.line(&format!(
            "{} of {}{undated}",
            count(answer.events.len() as u64, "event"),
            count(answer.total_documents, "document")
        ))?;
    }
    let found = !answer.events.is_empty();
    Ok(if found { ExitCode::SUCCESS } else { ExitCode::from(Kind::Nothing as u8) })
}
