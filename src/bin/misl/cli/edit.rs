//! `misl edit`.

use std::path::Path;
use std::process::ExitCode;

use misl::model::{PageNo, Status};
use misl::task::edit::{Change, edit as run_edit};

use super::args::EditArgs;
use super::error::CliError;
use super::progress::TerminalWatch;
use super::{Context, workspace};

/// Sets record values, status and tags of a document as a person.
pub(crate) fn edit(args: EditArgs, context: &Context) -> Result<ExitCode, CliError> {
    let EditArgs {
        doc,
        set,
        unset,
        tag,
        untag,
        status,
        status_by,
        status_date,
        status_source,
        text,
        page,
    } = args;
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
    if let Some(text) = text {
        if !changes.is_empty() {
            return Err(CliError::usage("a text is brought alone").hint("edit the record after it"));
        }
        return bring(&doc, &text, page, context);
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

/// Keeps a text that a person brings for a document; the next ingest takes it over.
fn bring(
    doc: &str,
    text: &Path,
    page: Option<u32>,
    context: &Context,
) -> Result<ExitCode, CliError> {
    let desk = workspace::open(context)?;
    let source = desk.doc(doc)?;
    let last = desk.store.page_numbers(source.docn)?.len();
    let page = page.map(|page| {
        PageNo::new(page).filter(|page| page.idx() < last).ok_or_else(|| {
            CliError::usage(format!("there is no page {page}"))
                .hint(format!("pages count from 1, as the file counts; the last is {last}"))
        })
    });
    let file = workspace::absolute(text)?;
    let path = desk.workspace.bring_text(source.id, page.transpose()?, &file)?;
    context.output.line(&format!("Wrote {}", path.display()))?;
    context.output.hint("`misl ingest` puts it in the place of what was read");
    Ok(ExitCode::SUCCESS)
}
