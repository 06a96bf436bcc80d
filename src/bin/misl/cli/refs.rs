//! `misl refs`, `misl cited-by`, `misl matter`.

use std::process::ExitCode;

use misl::task::citator::{self, CitingDocument};

use super::args::{CitedByArgs, MatterArgs, RefsArgs};
use super::error::{CliError, Kind};
use super::search::{count, status_words};
use super::{Context, workspace};

/// Lists what a document cites.
pub(crate) fn refs(args: RefsArgs, context: &Context) -> Result<ExitCode, CliError> {
    let RefsArgs { doc } = args;
    let desk = workspace::open(context)?;
    let source = desk.doc(&doc)?;
    let answer = citator::refs_of(&desk, &source)?;
    let output = &context.output;
    if context.json {
        output.json(&answer)?;
    } else {
        for work in &answer.references {
            let places: Vec<String> = work
                .places
                .iter()
                .map(|place| match &place.paragraph {
                    Some(paragraph) => format!("p. {} para {paragraph}", place.page),
                    None => format!("p. {}", place.page),
                })
                .collect();
            let corpus = if work.in_corpus.is_empty() {
                String::new()
            } else {
                format!("  → {}", work.in_corpus.join(", "))
            };
            output.line(&format!(
                "{:<10} {}  ({}){corpus}",
                work.kind,
                output.field(&work.display),
                places.join(", ")
            ))?;
        }
        output.line(&count(answer.references.len() as u64, "work"))?;
    }
    Ok(found(!answer.references.is_empty()))
}

/// Lists the documents that cite something.
pub(crate) fn cited_by(args: CitedByArgs, context: &Context) -> Result<ExitCode, CliError> {
    let CitedByArgs { reference } = args;
    let desk = workspace::open(context)?;
    let answer = citator::cited_by(&desk, &reference.join(" "))?;
    let output = &context.output;
    if context.json {
        output.json(&answer)?;
    } else {
        output.line(&format!("{} is cited by:", answer.display.join(", ")))?;
        print(&answer.documents, context)?;
        output.line(&count(answer.documents.len() as u64, "document"))?;
    }
    Ok(found(!answer.documents.is_empty()))
}

/// Lists all papers of one matter.
pub(crate) fn matter(args: MatterArgs, context: &Context) -> Result<ExitCode, CliError> {
    let MatterArgs { number } = args;
    let desk = workspace::open(context)?;
    let answer = citator::matter(&desk, &number.join(" "))?;
    let output = &context.output;
    if context.json {
        output.json(&answer)?;
    } else {
        output.line(&format!("numbers: {}", answer.numbers.join(", ")))?;
        print(&answer.documents, context)?;
        if !answer.cited_in.is_empty() {
            output.line("cited in:")?;
            print(&answer.cited_in, context)?;
        }
        output.line(&count((answer.documents.len() + answer.cited_in.len()) as u64, "document"))?;
    }
    Ok(found(!answer.documents.is_empty() || !answer.cited_in.is_empty()))
}

fn found(anything: bool) -> ExitCode {
    if anything { ExitCode::SUCCESS } else { ExitCode::from(Kind::Nothing as u8) }
}

fn print(documents: &[CitingDocument], context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    for document in documents {
        let key = document.key.clone().unwrap_or_else(|| document.id.short(12));
        let mut head: Vec<String> = Vec::new();
        head.extend(document.date.clone());
        head.extend(document.kind.map(|kind| kind.name().to_owned()));
        head.push(document.title.clone().unwrap_or_default());
        output.line(&output.field(&format!("{}  {key}", head.join(" · "))))?;
        for status in &document.status {
            output.line(&format!("  {}", status_words(status)))?;
        }
        for place in &document.places {
            let paragraph = place
                .paragraph
                .as_deref()
                .map(|label| format!(" para {label}"))
                .unwrap_or_default();
            let words = if place.treatment_words.is_empty() {
                String::new()
            } else {
                format!("  [words found: {}]", place.treatment_words.join(", "))
            };
            output.line(&format!("  p. {}{paragraph}{words}", place.page))?;
            output.line(&format!("      {}", output.field(&place.passage.replace('\n', " "))))?;
        }
    }
    Ok(())
}
