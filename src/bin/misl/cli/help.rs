//! `misl` alone, help topics, completions, the man page.

use std::process::ExitCode;

use clap::CommandFactory as _;

use super::args::{Args, CompletionsArgs, HelpArgs};
use super::error::CliError;
use super::{Context, workspace};

/// Says what misl is and what to do next.
pub(crate) fn intro(context: &Context) -> Result<ExitCode, CliError> {
    context.output.line(include_str!("help/intro.txt").trim_end())?;
    let next = match workspace::find(context) {
        Err(_) => "Next: misl init cases, or misl tour in a copy of this project",
        Ok(workspace) if workspace.index().join("store.db").exists() => {
            "Next: misl search WORDS, or misl status"
        }
        Ok(_) => "Next: misl ingest ~/orders",
    };
    context.output.line(next)?;
    Ok(ExitCode::SUCCESS)
}

/// The topics of `misl help`, with their texts.
const TOPICS: [(&str, &str); 6] = [
    ("query", misl::query::HELP),
    ("locators", include_str!("help/locators.txt")),
    ("formats", include_str!("help/formats.txt")),
    ("privacy", include_str!("help/privacy.txt")),
    ("errors", include_str!("help/errors.txt")),
    ("status", include_str!("help/status.txt")),
];

/// Explains a topic, or prints the help of a command.
pub(crate) fn topic(args: HelpArgs, context: &Context) -> Result<ExitCode, CliError> {
    let HelpArgs { topic } = args;
    let Some(topic) = topic else {
        context.output.line(&Args::command().render_long_help().to_string())?;
        return Ok(ExitCode::SUCCESS);
    };
    if let Some((_, text)) = TOPICS.iter().find(|(name, _)| *name == topic) {
        context.output.line(text.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(command) = Args::command().find_subcommand_mut(&topic) {
        context.output.line(&command.render_long_help().to_string())?;
        return Ok(ExitCode::SUCCESS);
    }
    let names: Vec<&str> = TOPICS.iter().map(|(name, _)| *name).collect();
    Err(CliError::usage(format!("no topic or command `{topic}`"))
        .hint(format!("topics: {}", names.join(", "))))
}

/// Prints shell completions.
pub(crate) fn completions(args: CompletionsArgs, context: &Context) -> Result<ExitCode, CliError> {
    let CompletionsArgs { shell } = args;
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "misl", &mut text);
    context.output.bytes(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the man page.
pub(crate) fn man(context: &Context) -> Result<ExitCode, CliError> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Args::command()).render(&mut text)?;
    context.output.bytes(&text)?;
    Ok(ExitCode::SUCCESS)
}
