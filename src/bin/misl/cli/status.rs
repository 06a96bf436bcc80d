//! `misl status`.

use std::process::ExitCode;

use misl::task::status::{FileStatus, Listing, StatusAnswer, status as run_status};

use super::args::StatusArgs;
use super::error::CliError;
use super::ingest::counts_line;
use super::search::count;
use super::{Context, workspace};

/// Says what was read and what could not be.
pub(crate) fn status(args: StatusArgs, context: &Context) -> Result<ExitCode, CliError> {
    let StatusArgs { all, failed, low_text, missing, doubtful } = args;
    let listing = match (all, failed, low_text, missing, doubtful) {
        (true, ..) => Listing::All,
        (_, true, ..) => Listing::Failed,
        (_, _, true, ..) => Listing::LowText,
        (_, _, _, true, _) => Listing::Missing,
        (_, _, _, _, true) => Listing::Doubtful,
        // Programs get every file; people ask for what they want to see.
        _ if context.json => Listing::All,
        _ => Listing::Counts,
    };
    let desk = workspace::open(context)?;
    let answer = run_status(&desk, listing)?;
    if context.json {
        context.output.json(&answer)?;
    } else {
        print(&answer, listing, context)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(answer: &StatusAnswer, listing: Listing, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    for file in &answer.files {
        output.line(&output.field(&line(file, listing)))?;
    }
    if listing != Listing::Counts {
        output.line(&count(answer.files.len() as u64, "file"))?;
        return Ok(());
    }
    output.line(&counts_line(&answer.counts))?;
    if answer.unread.pages + answer.unread.files > 0 {
        output.line(&format!(
            "Without trustworthy text: {}, {}",
            count(answer.unread.files, "file"),
            count(answer.unread.pages, "page")
        ))?;
        output.hint("`misl status --failed`, `misl status --low-text`");
    }
    Ok(())
}

fn line(file: &FileStatus, listing: Listing) -> String {
    let mut line = format!("{}  {}", file.path, file.state);
    if !file.detail.is_empty() {
        line.push_str(&format!("  {}", file.detail));
    } else if !file.reason.is_empty() {
        line.push_str(&format!("  {}", file.reason));
    }
    if let Some(first) = &file.duplicate_of {
        line.push_str(&format!("  of {first}"));
    }
    if let (Listing::Doubtful, Some(confidence)) = (listing, file.confidence) {
        line.push_str(&format!("  confidence {confidence:.2}"));
    }
    for warning in &file.warnings {
        let page = warning.page.map(|page| format!(":p{page}")).unwrap_or_default();
        line.push_str(&format!("  {}{page}", warning.kind));
        if !warning.detail.is_empty() {
            line.push_str(&format!(" ({})", warning.detail));
        }
    }
    line
}
