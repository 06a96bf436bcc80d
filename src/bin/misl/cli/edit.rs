//! `misl edit`.

use std::process::ExitCode;

use misl::model::Status;
use misl::task::edit::{Change, edit as run_edit};

use super::args::EditArgs;
use super::error::CliError;
use super::progress::TerminalWatch;
use super::{Context, workspace};

/// Sets record values, status and tags of a document as a person.
pub(crate) fn edit(args: EditArgs, context: &Context) -> Result<ExitCode, CliError> {
    let EditArgs { doc, set, unset, tag, untag, status, status_by, status_date, status_source } =
        args;
    let mut changes = Vec::new();
    for pair in set {
        let Some((field, value)) = pair.split_once('=') else {
            return Err(CliError::usage(format!("`{pair}` sets nothing"))
                .hint("write FIELD=VALUE, such as court=ihc"));
        };
        changes.push(Change::Set(field.trim().to_owned(), value.trim().to_owned()));
    }
    changes.extend(unset.into_iter().map(Change::Unset));
    changes.extend(tag.into_iter().map(Change::Tag));
    changes.extend(untag.into_iter().map(Change::Untag));
    if let Some(state) = status {
        let date = status_date.as_deref().map(str::parse).transpose().map_err(CliError::usage)?;
        changes.push(Change::Status(Status {
            state,
            by: status_by,
            date,
            source: status_source.unwrap_or_default(),
            disputed: false,
            note: None,
        }));
    }
    if changes.is_empty() {
        return Err(
            CliError::usage("nothing to change").hint("--set court=ihc, --tag lims, --status …")
        );
    }
    let desk = workspace::open(context)?;
    let source = desk.doc(&doc)?;
    let watch = TerminalWatch::new(&context.output);
    let path = run_edit(desk, &source, &changes, &workspace::holder("edit"), &watch)?;
    watch.finish();
    context.output.line(&format!("Wrote {}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}
