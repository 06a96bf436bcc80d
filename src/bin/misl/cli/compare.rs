//! `misl similar` and `misl diff`.

use std::process::ExitCode;

use misl::task::diff::{Side, diff as run_diff};
use misl::task::similar::similar as run_similar;

use super::args::{DiffArgs, SimilarArgs};
use super::error::{CliError, Kind};
use super::output::{Output, unmarked};
use super::search::{count, print_document};
use super::{Context, workspace};

/// Finds who says nearly the same as a place.
pub(crate) fn similar(args: SimilarArgs, context: &Context) -> Result<ExitCode, CliError> {
    let SimilarArgs { place, limit } = args;
    let desk = workspace::open(context)?;
    let (source, at) = desk.place(&place)?;
    let answer = run_similar(&desk, &source, &at, limit)?;
    let output = &context.output;
    if context.json {
        output.json(&answer)?;
    } else {
        for same in &answer.same_words {
            output.line(&format!(
                "{} words in a row, {:.0} % of the place",
                same.longest,
                same.share * 100.0
            ))?;
            print_document(&same.document, output)?;
        }
        if !answer.related.is_empty() {
            output.line("With the words that tell it apart:")?;
        }
        for document in &answer.related {
            print_document(document, output)?;
        }
        output.line(&format!(
            "{} with the same words, {} with like ones",
            count(answer.same_words.len() as u64, "document"),
            answer.related.len()
        ))?;
    }
    let found = !answer.same_words.is_empty() || !answer.related.is_empty();
    Ok(if found { ExitCode::SUCCESS } else { ExitCode::from(Kind::Nothing as u8) })
}

/// Shows which words differ between two documents.
pub(crate) fn diff(args: DiffArgs, context: &Context) -> Result<ExitCode, CliError> {
    let DiffArgs { a, b } = args;
    let desk = workspace::open(context)?;
    let answer = run_diff(&desk, &desk.doc(&a)?, &desk.doc(&b)?)?;
    let output = &context.output;
    if context.json {
        output.json(&answer)?;
    } else {
        for change in &answer.changes {
            print_side("-", &change.a, output)?;
            print_side("+", &change.b, output)?;
        }
        output.line(&format!(
            "{}; {} of {} and of {} words are the same, in runs of five {:.0} %",
            count(answer.changes.len() as u64, "difference"),
            answer.a.equal_words,
            answer.a.words,
            answer.b.words,
            answer.alike * 100.0
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print_side(sign: &str, side: &Side, output: &Output) -> Result<(), CliError> {
    let plain = |text: &str| unmarked(&text.replace(['\n', '\t'], " "));
    let changed = if side.text.is_empty() { "‸".to_owned() } else { plain(&side.text) };
    output.marked_line(&format!(
        "{sign} {} {} {}   {}",
        plain(&side.before),
        output.mark(&changed),
        plain(&side.after),
        side.cite_as
    ))?;
    Ok(())
}
