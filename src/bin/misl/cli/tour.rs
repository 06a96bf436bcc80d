//! `misl tour`: the starter corpus read, searched, shown and cited, each with its command.

use std::process::ExitCode;

use clap::Parser as _;

use super::args::{Args, TourArgs};
use super::error::CliError;
use super::{Context, run, workspace};

/// What the tour shows: words, and the command that does it.
const STOPS: [(&str, &[&str]); 12] = [
    ("Read every file of corpus/; a second time only what changed", &["ingest"]),
    (
        "Find words; a phrase stands in quotation marks",
        &["search", "\"lawful intercept\"", "--limit", "3"],
    ),
    ("Keep documents that mention an entity", &["search", "tag:lims", "--limit", "3"]),
    (
        "Any name of an entity will do, in English or Urdu",
        &["search", "tag:\"PECA 2016\"", "--limit", "3"],
    ),
    (
        "Keep documents of one court, and count what stands in them",
        &["search", "court:ihc", "--limit", "2", "--facets"],
    ),
    ("Urdu, however it is typed", &["search", "پی ٹی اے", "--limit", "2"]),
    ("A document, page by page, its entities marked", &["show", "ihc-2024-wp-1805"]),
    (
        "What was cited, and who cites it",
        &["cited-by", "section 54 of the Pakistan Telecommunication (Re-organization) Act, 1996"],
    ),
    (
        "A citation as Pakistani courts write it; what later happened travels with it",
        &["cite", "ihc-2024-wp-1805"],
    ),
    ("A citation list as BibTeX", &["export", "interception", "--format", "bibtex"]),
    (
        "The same list as RIS, for reference managers",
        &["export", "interception", "--format", "ris"],
    ),
    ("The same list as CSL-JSON", &["export", "interception", "--format", "csl-json"]),
];

/// Shows what misl does, on the starter corpus.
pub(crate) fn tour(args: TourArgs, context: &Context) -> Result<ExitCode, CliError> {
    let TourArgs {} = args;
    let workspace = workspace::find(context)?;
    if !workspace.lists().join("interception.toml").exists() {
        return Err(CliError::usage("the tour needs the starter corpus")
            .hint("run it in a copy of this project, or go on with `misl ingest FOLDER`"));
    }
    for (words, command) in STOPS {
        context.output.line("")?;
        context.output.line(&format!("── {words}"))?;
        let typed: Vec<String> = command.iter().map(|word| quoted(word)).collect();
        context.output.line(&format!("$ misl {}", typed.join(" ")))?;
        let args = Args::try_parse_from(std::iter::once("misl").chain(command.iter().copied()))
            .map_err(CliError::usage)?;
        run(args.command, context)?;
    }
    context.output.line("")?;
    context.output.line("Next: misl init cases, then misl ingest ~/orders")?;
    Ok(ExitCode::SUCCESS)
}

/// Returns a word as a shell wants it typed.
fn quoted(word: &str) -> String {
    let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:@,=".contains(c));
    if is_plain { word.to_owned() } else { format!("'{word}'") }
}
