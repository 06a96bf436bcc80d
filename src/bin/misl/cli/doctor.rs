//! `misl doctor`.

use std::process::ExitCode;

use misl::task::doctor::{
    DoctorAnswer, OcrAnswer, SandboxAnswer, WorkspaceAnswer, doctor as run_doctor,
};
use misl::worker::Pool;

use super::args::DoctorArgs;
use super::error::CliError;
use super::ingest::pool;
use super::search::count;
use super::{Context, workspace};

/// Says what this machine allows.
pub(crate) fn doctor(args: DoctorArgs, context: &Context) -> Result<ExitCode, CliError> {
    let DoctorArgs {} = args;
    let workspace = workspace::find(context).ok();
    let sandbox = pool().as_ref().map(Pool::sandbox).map_err(Clone::clone);
    let answer = run_doctor(workspace.as_ref(), sandbox, tesseract());
    if context.json {
        context.output.json(&answer)?;
    } else {
        print(&answer, context)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Asks the OCR program for its version and languages; `None` where there is none that answers.
fn tesseract() -> Option<OcrAnswer> {
    let engine = super::ingest::tesseract()?.ok()?;
    // `osd` finds out how a page lies and is no language.
    let languages = engine.models().iter().filter(|name| *name != "osd").cloned().collect();
    let program = engine.version().to_owned();
    Some(OcrAnswer { program, languages, sandbox: SandboxAnswer::of(engine.sandbox()) })
}

fn print(answer: &DoctorAnswer, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    let DoctorAnswer { schema: _, sandbox, ocr, workspace, advice } = answer;
    output.line(&format!("sandbox     {}", sandbox.words))?;
    let ocr = match ocr {
        None => "none".to_owned(),
        Some(ocr) => {
            format!("{}: {}; {}", ocr.program, ocr.languages.join(", "), ocr.sandbox.words)
        }
    };
    output.line(&format!("ocr         {ocr}"))?;
    match workspace {
        None => output.line("workspace   none in this folder or above it")?,
        Some(workspace) => print_workspace(workspace, context)?,
    }
    for words in advice {
        output.hint(words);
    }
    Ok(())
}

fn print_workspace(workspace: &WorkspaceAnswer, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    let WorkspaceAnswer { root, volume, store_format, store, index, documents, missing } =
        workspace;
    output.line(&format!("workspace   {}", output.field(&root.display().to_string())))?;
    let free = volume.free_bytes.map(|bytes| format!("{} MB free", bytes / 1_000_000));
    let encrypted = volume.is_encrypted.filter(|is| *is).map(|_| "encrypted".to_owned());
    let synced = volume.synced_by.map(|service| format!("copied by {service}"));
    let kind = volume.file_system.map(str::to_owned);
    let parts: Vec<String> = [free, kind, encrypted, synced].into_iter().flatten().collect();
    output.line(&format!("disk        {}", parts.join(", ")))?;
    let rights = if volume.is_open_to_others { "open to other users" } else { "yours alone" };
    output.line(&format!("index/      {rights}"))?;
    output.line(&format!(
        "store       {store} (format {store_format}), {}",
        count(*documents, "document")
    ))?;
    if *missing > 0 {
        output.line(&format!(
            "            {} gone, their text is kept here",
            count(*missing, "source")
        ))?;
    }
    output.line(&format!("search      {index}"))?;
    Ok(())
}
