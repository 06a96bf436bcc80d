//! `misl list` and `misl export`.

use std::path::Path;
use std::process::ExitCode;

use misl::cite::Form;
use misl::corpus::FileError;
use misl::task::bundle::{BundleAnswer, bundle as run_bundle};
use misl::task::cite::{ListView, export as run_export, record_decision};
use misl::task::list::{self as lists, Addition};
use misl::task::{Desk, TaskError};

use super::args::{ExportArgs, ListAction, ListArgs};
use super::cite::{deliver, options};
use super::error::{CliError, Kind};
use super::search::count;
use super::{Context, workspace};

/// Makes, fills, orders and checks citation lists.
pub(crate) fn list(args: ListArgs, context: &Context) -> Result<ExitCode, CliError> {
    let ListArgs { action } = args;
    let desk = workspace::open(context)?;
    let output = &context.output;
    match action.unwrap_or(ListAction::Show { name: None }) {
        ListAction::New { name, title } => {
            lists::new(&desk, &name, title)?;
            print_size(&desk, &name, 0, context)?;
        }
        ListAction::Add { name, places, quote, note, heading } => {
            let added = lists::add(&desk, &name, &places, &Addition { quote, note, heading })?;
            print_size(&desk, &name, added.total, context)?;
            for note in &added.notes {
                output.note(&format!("warning: {note}"));
            }
        }
        ListAction::Remove { name, entry } => {
            lists::remove(&desk, &name, entry)?;
            print(&lists::view(&desk, &name)?, context)?;
        }
        ListAction::Move { name, entry, to } => {
            lists::reorder(&desk, &name, entry, to)?;
            print(&lists::view(&desk, &name)?, context)?;
        }
        ListAction::Show { name: None } => {
            let names = desk.workspace.list_names().map_err(misl::task::TaskError::from)?;
            if context.json {
                output.json(&serde_json::json!({ "schema": "misl.lists/1", "lists": names }))?;
            } else if names.is_empty() {
                output.hint("no lists yet: `misl list add NAME DOC@LOCATOR`");
            } else {
                for name in names {
                    output.line(&name)?;
                }
            }
        }
        ListAction::Show { name: Some(name) } => print(&lists::view(&desk, &name)?, context)?,
        ListAction::Check { name } => {
            let view = lists::view(&desk, &name)?;
            print(&view, context)?;
            if view.entries.iter().any(|entry| entry.state != "sound") {
                return Ok(ExitCode::from(Kind::Nothing as u8));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Says how many citations a list holds; in JSON the whole list, as every answer about one.
fn print_size(desk: &Desk, name: &str, total: usize, context: &Context) -> Result<(), CliError> {
    if context.json {
        return context.output.json(&lists::view(desk, name)?);
    }
    context.output.line(&format!("{name}: {}", count(total as u64, "citation")))?;
    Ok(())
}

fn print(view: &ListView, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    if context.json {
        return output.json(view);
    }
    if let Some(title) = &view.title {
        output.line(&output.field(title))?;
    }
    for entry in &view.entries {
        output.line(&format!("{:>3}  {}", entry.number, output.field(&entry.citation)))?;
        if let Some(quote) = &entry.quote {
            output.line(&format!("     “{}”", output.field(quote)))?;
        }
        if let Some(note) = &entry.note {
            output.line(&format!("     note: {}", output.field(note)))?;
        }
        if entry.state != "sound" {
            output.line(&format!("     {}", entry.state))?;
        }
    }
    output.line(&count(view.entries.len() as u64, "citation"))?;
    Ok(())
}

/// Writes a citation list out.
pub(crate) fn export(args: ExportArgs, context: &Context) -> Result<ExitCode, CliError> {
    let ExportArgs { list, form, bundle, how } = args;
    let form = match form.as_deref() {
        None | Some("citations") => Form::Citations,
        Some("list" | "bibliography") => Form::Bibliography,
        Some("notes") => Form::Notes,
        Some("authorities") => Form::Authorities,
        Some("annexures") => Form::Annexures,
        Some(other) => {
            return Err(CliError::usage(format!("no form `{other}`"))
                .hint("there are citations, list, notes, authorities, annexures"));
        }
    };
    let options = options(&how, form, context)?;
    let desk = workspace::open(context)?;
    if let Some(dir) = bundle {
        let readers = super::ingest::readers(super::ingest::Need::Any, context)?;
        let answer =
            run_bundle(&desk, &list, &options, &dir, &readers).map_err(|error| match error {
                TaskError::File(error @ FileError::Exists { .. }) => {
                    CliError::usage(error).hint("name a folder that is new or empty")
                }
                error => error.into(),
            })?;
        record_decision(&desk, &list, options.personal_data)?;
        return hand_over(&answer, &dir, context);
    }
    let cited = run_export(&desk, &list, &options)?;
    let status = deliver(&cited, &how, &options, context)?;
    record_decision(&desk, &list, options.personal_data)?;
    Ok(status)
}

/// Says what a bundle holds.
fn hand_over(answer: &BundleAnswer, dir: &Path, context: &Context) -> Result<ExitCode, CliError> {
    let output = &context.output;
    for warning in &answer.warnings {
        output.note(&format!("warning: {warning}"));
    }
    if context.json {
        output.json(answer)?;
    } else {
        for file in &answer.files {
            output.line(&format!("{:>10}  {}", file.bytes, file.path))?;
        }
        output.line(&count(answer.files.len() as u64, "file"))?;
    }
    output.hint(&format!("check it: cd {} && sha256sum -c manifest-sha256.txt", dir.display()));
    Ok(ExitCode::SUCCESS)
}
