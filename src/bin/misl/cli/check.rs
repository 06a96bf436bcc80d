//! `misl check`.

use std::process::ExitCode;

use misl::corpus::{Replace, files};
use misl::model::Date;
use misl::quote::{Difference, DraftKind, Verdict};
use misl::task::check::{
    CheckAnswer, CitationView, QuotationView, annotate, check as run_check, read_draft,
};
use misl::task::{Readers, TaskError};

use super::args::CheckArgs;
use super::error::{CliError, Kind};
use super::output::unmarked;
use super::search::{count, without_trust};
use super::{Context, workspace};

/// The largest draft, in bytes.
const MAX_DRAFT: u64 = 256 << 20;

/// Checks every quotation and citation of a draft.
pub(crate) fn check(args: CheckArgs, context: &Context) -> Result<ExitCode, CliError> {
    let CheckArgs { draft: path, annotate: copy, force } = args;
    let (bytes, _) = files::read(&path, MAX_DRAFT)
        .map_err(|error| CliError::usage(error).hint("name a draft that can be read"))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // What is no text is read by the readers of sources, and so in a process of its own.
    let readers = match DraftKind::from_name(&name) {
        Some(_) => Readers::InProcess,
        None => super::ingest::readers(super::ingest::Need::Any, context)?,
    };
    let draft = read_draft(&bytes, &name, &readers).map_err(unreadable)?;
    let desk = workspace::open(context)?;
    let now = jiff::Zoned::now();
    let today = Date::of_day(
        u16::try_from(now.year()).unwrap_or_default(),
        u8::try_from(now.month()).unwrap_or_default(),
        u8::try_from(now.day()).unwrap_or_default(),
    );
    let answer = run_check(&desk, &draft, today)?;
    if context.json {
        context.output.json(&answer)?;
    } else {
        print(&answer, context)?;
    }
    for note in &answer.notes {
        context.output.note(&format!("warning: {note}: `misl verify`"));
    }
    if let Some(copy) = copy {
        // The draft is never changed, not even by a second name of it.
        let same = copy.canonicalize().ok().zip(path.canonicalize().ok());
        if same.is_some_and(|(copy, draft)| copy == draft) {
            return Err(CliError::usage("the copy would replace the draft itself")
                .hint("name another file after --annotate"));
        }
        let replace = if force { Replace::Yes } else { Replace::No };
        files::write_output(&copy, annotate(&draft, &answer).as_bytes(), replace)?;
        context.output.note(&format!("wrote {}", copy.display()));
    }
    Ok(if answer.verified { ExitCode::SUCCESS } else { ExitCode::from(Kind::Nothing as u8) })
}

fn unreadable(error: TaskError) -> CliError {
    CliError::usage(error).hint("a draft is .md, .txt, .html, .docx, .odt or .rtf")
}

fn print(answer: &CheckAnswer, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    for quotation in &answer.quotations {
        print_quotation(quotation, answer, context)?;
    }
    for citation in answer.citations.iter().filter(|citation| is_told(citation)) {
        let claim = &citation.claim;
        let notes = claim.notes.join("; ");
        let gap = if notes.is_empty() { "" } else { ": " };
        let written = unmarked(&format!("{}{gap}{notes}", claim.written));
        let line = format!("line {:<4} {:<16} {written}", citation.line, claim.state.name());
        output.line(&output.field(&line))?;
    }
    let n_good = answer.quotations.iter().filter(|one| one.passes).count();
    let n_known = answer.citations.iter().filter(|one| one.claim.state.passes()).count();
    output.line(&format!(
        "{n_good} of {} verified, {n_known} of {} known",
        count(answer.quotations.len() as u64, "quotation"),
        count(answer.citations.len() as u64, "citation"),
    ))?;
    Ok(())
}

/// Tells whether there is something to say about a citation: a fault, or a status of its work.
fn is_told(citation: &CitationView) -> bool {
    !citation.claim.state.passes() || !citation.claim.notes.is_empty()
}

fn print_quotation(
    quotation: &QuotationView,
    answer: &CheckAnswer,
    context: &Context,
) -> Result<(), CliError> {
    let output = &context.output;
    let places: Vec<&str> = quotation.found.iter().map(|found| found.cite_as.as_str()).collect();
    let mut parts: Vec<String> = Vec::new();
    if !places.is_empty() {
        let shown = places.get(..4).unwrap_or(&places).join(", ");
        let more = places.len().saturating_sub(4);
        parts.push(if more > 0 { format!("{shown} and {more} more") } else { shown });
    }
    parts.extend(Some(unmarked(&quotation.hint)).filter(|hint| !hint.is_empty()));
    if matches!(quotation.verdict, Verdict::NotFound | Verdict::NotCheckable) {
        parts.extend(unread_words(answer));
    }
    let head = format!("line {:<4} {:<16} {}", quotation.line, quotation.verdict, parts.join("  "));
    output.line(&output.field(head.trim_end()))?;
    if !quotation.passes && quotation.verdict != Verdict::WrongPlace {
        output.line(&output.field(&format!("     quote:  “{}”", unmarked(&quotation.quote))))?;
        if let Some(words) = word_diff(quotation) {
            output.marked_line(&format!("     source: “{words}”", words = words(output)))?;
        }
    }
    Ok(())
}

/// Returns the source's own words with what differs marked, to be written by an output.
fn word_diff(
    quotation: &QuotationView,
) -> Option<impl Fn(&super::output::Output) -> String + use<>> {
    let source = unmarked(quotation.source_words.as_deref()?);
    let differences: Vec<Difference> = quotation
        .differences
        .iter()
        .filter(|one| !one.kind.passes() && !one.source.is_empty())
        .cloned()
        .collect();
    Some(move |output: &super::output::Output| {
        let mut marked = String::new();
        let mut rest = source.as_str();
        for difference in &differences {
            let Some((before, after)) = rest.split_once(difference.source.as_str()) else {
                continue;
            };
            marked.push_str(before);
            marked.push_str(&output.mark(&difference.source));
            rest = after;
        }
        marked.push_str(rest);
        marked
    })
}

/// Says what could not be read, where anything could not.
fn unread_words(answer: &CheckAnswer) -> Option<String> {
    without_trust(answer.unread.files, answer.unread.pages)
        .map(|parts| format!("it may stand in what has no trustworthy text: {parts}"))
}
