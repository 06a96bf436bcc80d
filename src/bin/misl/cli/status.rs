//! `misl status`.

use std::process::ExitCode;

use misl::task::status::{Doubt, FileStatus, Listing, StatusAnswer, status as run_status};

use super::args::StatusArgs;
use super::error::CliError;
use super::ingest::counts_line;
use super::search::{count, without_trust};
use super::warnings::lines as warning_lines;
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
    if listing != Listing::Counts {
        print_files(&answer.files, listing, context)?;
        output.line(&count(answer.files.len() as u64, "file"))?;
        return Ok(());
    }
    output.line(&counts_line(&answer.counts))?;
    if let Some(parts) = without_trust(answer.unread.files, answer.unread.pages) {
        output.line(&format!("Without trustworthy text: {parts}"))?;
        output.hint("`misl status --failed`, `misl status --low-text`");
    }
    Ok(())
}

/// Members of one archive with one reason are one line from this many on.
const MANY_MEMBERS: usize = 4;

fn print_files(files: &[FileStatus], listing: Listing, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    let mut is_folded = false;
    for alike in files.chunk_by(are_alike_members) {
        let Some(first) = alike.first() else { continue };
        if alike.len() >= MANY_MEMBERS
            && let Some((archive, _)) = first.path.rsplit_once("!/")
        {
            let what = format!("{archive}!/  {} members {}", alike.len(), first.state);
            output.line(&output.field(&with_reason(what, first)))?;
            is_folded = true;
            continue;
        }
        for file in alike {
            let head = with_reason(format!("{}  {}", file.path, file.state), file);
            output.line(&output.field(&head))?;
            let lines = match listing {
                Listing::Doubtful => doubt_lines(&file.doubts),
                Listing::LowText => {
                    let about_text = file.warnings.iter().filter(|warning| warning.is_about_text());
                    warning_lines(&about_text.collect::<Vec<_>>())
                }
                _ => warning_lines(&file.warnings.iter().collect::<Vec<_>>()),
            };
            for line in lines {
                output.line(&output.field(&format!("    {line}")))?;
            }
        }
    }
    if is_folded {
        output.hint("`misl status --json` has every member by its name");
    }
    Ok(())
}

/// Tells whether two places are members of one archive that were left out for one reason.
fn are_alike_members(a: &FileStatus, b: &FileStatus) -> bool {
    let archive =
        |file: &FileStatus| file.path.rsplit_once("!/").map(|(archive, _)| archive.to_owned());
    matches!(a.state, "skipped" | "failed")
        && (a.state, &a.reason, &a.detail) == (b.state, &b.reason, &b.detail)
        && archive(a).is_some_and(|of| archive(b) == Some(of))
}

fn with_reason(mut line: String, file: &FileStatus) -> String {
    if !file.detail.is_empty() {
        line.push_str(&format!("  {}", file.detail));
    } else if !file.reason.is_empty() {
        line.push_str(&format!("  {}", file.reason));
    }
    if let Some(first) = &file.duplicate_of {
        line.push_str(&format!("  of {first}"));
    }
    line
}

fn doubt_lines(doubts: &[Doubt]) -> Vec<String> {
    let lines = doubts.iter().filter(|doubt| doubt.is_doubtful()).map(|doubt| {
        let Doubt { field, value, page, confidence } = doubt;
        let page = page.map(|page| format!(" (p. {page})")).unwrap_or_default();
        match value {
            Some(value) => format!("{field}: {value}{page}  confidence {confidence:.2}"),
            None => format!("{field}: none found"),
        }
    });
    lines.collect()
}
