//! `misl verify` and `misl repair`.

use std::process::ExitCode;

use misl::engine::embedded::WriterSettings;
use misl::extract::Limits;
use misl::task::verify::{Sources, VerifyAnswer, verify as run_verify};

use super::args::{RepairArgs, VerifyArgs};
use super::error::{CliError, Kind};
use super::progress::TerminalWatch;
use super::search::count;
use super::{Context, workspace};

/// Checks everything kept.
pub(crate) fn verify(args: VerifyArgs, context: &Context) -> Result<ExitCode, CliError> {
    let VerifyArgs { kept_only } = args;
    let desk = workspace::open(context)?;
    let sources = if kept_only { Sources::Leave } else { Sources::Read };
    let answer = run_verify(&desk, sources, Limits::default().file_bytes, &mut |_| ())?;
    if context.json {
        context.output.json(&answer)?;
    } else {
        print(&answer, context)?;
    }
    Ok(if answer.is_sound() { ExitCode::SUCCESS } else { ExitCode::from(Kind::Damaged as u8) })
}

fn print(answer: &VerifyAnswer, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    for path in &answer.changed_sources {
        output.line(&format!("changed since it was read: {}", output.field(path)))?;
    }
    for path in &answer.missing_sources {
        output.line(&format!("gone, its text is kept: {}", output.field(path)))?;
    }
    let mut damaged: Vec<_> = answer.damaged_texts.iter().map(|damage| damage.id).collect();
    damaged.sort_unstable();
    damaged.dedup();
    output.line(&format!(
        "kept texts {} of {} sound · sources: {} changed, {} missing",
        answer.documents.saturating_sub(damaged.len() as u64),
        answer.documents,
        answer.changed_sources.len(),
        answer.missing_sources.len()
    ))?;
    for damage in &answer.damaged_texts {
        let page = damage.page.map(|page| format!(", page {page}")).unwrap_or_default();
        output.note(&format!(
            "error: {} ({}{page}): {}",
            damage.path,
            damage.id.short(12),
            damage.what
        ));
    }
    for what in &answer.damaged_index {
        output.note(&format!("error: the index is damaged: {what}"));
    }
    if answer.index_differs {
        output.note("error: the index does not hold what the store holds");
    }
    if !answer.damaged_texts.is_empty() {
        output.hint("read these files again: change nothing, delete index/store.db only if all sources are there");
    }
    if !answer.damaged_index.is_empty() || answer.index_differs {
        output.hint("`misl repair` rebuilds the index from the kept texts, without reading or OCR");
    }
    Ok(())
}

/// Rebuilds the index from the kept texts.
pub(crate) fn repair(args: RepairArgs, context: &Context) -> Result<ExitCode, CliError> {
    let RepairArgs {} = args;
    let workspace = workspace::find(context)?;
    let watch = TerminalWatch::new(&context.output);
    let holder = workspace::holder("repair");
    let result = misl::task::ingest::repair(&workspace, WriterSettings::default(), &holder, &watch);
    watch.finish();
    let n = result?;
    if context.json {
        context.output.json(&serde_json::json!({ "schema": "misl.repair/1", "documents": n }))?;
    } else {
        context.output.line(&format!("Rebuilt the index: {}.", count(n, "document")))?;
    }
    Ok(ExitCode::SUCCESS)
}
