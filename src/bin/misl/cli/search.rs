//! `misl search`.

use std::io::Read as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use misl::engine::FacetField;
use misl::model::Span;
use misl::query::{FlagFilter, Sort, snippet};
use misl::task::TaskError;
use misl::task::nearest::Nearest;
use misl::task::search::{
    DocumentAnswer, PassageAnswer, SearchAnswer, SearchOptions, search as run_search,
};
use misl::task::stream::stream;

use super::args::{FilterArgs, SearchArgs};
use super::error::{CliError, Kind};
use super::output::{Output, unmarked};
use super::{Context, record, workspace};

/// How long a search may take before what was found so far is the answer.
pub(crate) const DEADLINE: Duration = Duration::from_secs(5);

/// How many characters of a passage are shown around its hits.
const SHOWN_CHARS: usize = 300;

/// Finds documents and their passages.
pub(crate) fn search(args: SearchArgs, context: &Context) -> Result<ExitCode, CliError> {
    let SearchArgs {
        query,
        filters,
        sort,
        limit,
        offset,
        all,
        facets,
        jsonl,
        record: record_file,
        replay,
        batch,
        format,
        force,
    } = args;
    let flags = flags(filters);
    let settings = super::settings::load(context)?;
    let usual = usize::try_from(settings.number("search.limit")).unwrap_or(usize::MAX);
    // A line a document is for programs: every one, unless they say how many.
    let all = all || (jsonl && limit.is_none());
    let limit = limit.unwrap_or(usual);
    let deadline = Duration::from_millis(settings.number("search.deadline_ms"));
    if let Some(file) = replay {
        return record::replay(&file, context);
    }
    if let Some(file) = batch {
        let limit = if all { usize::MAX } else { limit };
        return record::batch(&file, &flags, limit, format, context);
    }
    let query = typed(&query)?;
    let sort = sort.map(|name| sort_named(&name)).transpose()?;
    let desk = workspace::open(context)?;
    let started = Instant::now();
    // An enumeration of everything has no deadline: it was asked for.
    let stop = || !all && started.elapsed() > deadline;
    let options = SearchOptions {
        query: &query,
        flags: &flags,
        offset,
        limit: if all { usize::MAX } else { limit },
        passages: 5,
        facets: if facets.is_some() { &FacetField::ALL } else { &[] },
        facet_limit: if facets.as_deref() == Some("all") { usize::MAX } else { 20 },
        sort,
        // Who asks for every document gets every one by itself.
        fold: !all,
        stop: &stop,
    };
    let refused = |error| match error {
        // Carets stand under the query only where the query is at fault, not a flag.
        TaskError::Query(error) if is_fault_of_a_flag(&desk, &options) => {
            CliError::query(error, None)
        }
        TaskError::Query(error) => CliError::query(error, Some(&query)),
        other => other.into(),
    };
    let total_documents = if jsonl {
        print_lines(&desk, &options, context).map_err(|error| match error {
            Failure::Task(error) => refused(*error),
            Failure::Cli(error) => *error,
        })?
    } else {
        let answer = run_search(&desk, &options).map_err(refused)?;
        if context.json {
            context.output.json(&answer)?;
        } else {
            let sort = sort_of(&answer, sort);
            print(&answer, offset, sort, started.elapsed(), &context.output)?;
        }
        answer.total_documents
    };
    if let Some(file) = record_file {
        record::write(&desk, &query, &flags, sort, &file, force, context)?;
    }
    let found = total_documents > 0;
    Ok(if found { ExitCode::SUCCESS } else { ExitCode::from(Kind::Nothing as u8) })
}

/// What can go wrong while documents are printed one by one.
enum Failure {
    Task(Box<TaskError>),
    Cli(Box<CliError>),
}

impl From<TaskError> for Failure {
    fn from(error: TaskError) -> Self {
        Self::Task(Box::new(error))
    }
}

/// Prints every document as a line of JSON as soon as it is read; returns how many match.
fn print_lines(
    desk: &misl::task::Desk,
    options: &SearchOptions<'_>,
    context: &Context,
) -> Result<u64, Failure> {
    let streamed = stream(desk, options, |document| {
        let mut line = serde_json::to_string(&document)
            .map_err(|error| Failure::Cli(Box::new(error.into())))?;
        line.push('\n');
        context.output.bytes(line.as_bytes()).map_err(|error| Failure::Cli(Box::new(error.into())))
    })?;
    for note in &streamed.query.notes {
        context.output.note(&format!("note: {note}"));
    }
    Ok(streamed.total_documents)
}

/// Returns the order that an answer has: that of the query, else that of the flag.
fn sort_of(answer: &SearchAnswer, flag: Option<Sort>) -> Sort {
    let typed = answer.query.read_as.rsplit_once("sort:").map(|(_, name)| name);
    typed.and_then(Sort::from_name).or(flag).unwrap_or_default()
}

/// Tells whether a search that was refused is accepted without its flags.
fn is_fault_of_a_flag(desk: &misl::task::Desk, options: &SearchOptions<'_>) -> bool {
    if options.flags.is_empty() {
        return false;
    }
    let alone = SearchOptions { flags: &[], limit: 0, facets: &[], ..*options };
    options.query.trim().is_empty() || run_search(desk, &alone).is_ok()
}

/// Returns the query as typed; `-` alone reads it from standard input, past the shell's history.
pub(crate) fn typed(words: &[String]) -> Result<String, CliError> {
    if words.len() == 1 && words.first().is_some_and(|word| word == "-") {
        let mut text = String::new();
        std::io::stdin().take(64 << 10).read_to_string(&mut text)?;
        return Ok(text.trim_end().to_owned());
    }
    Ok(words.join(" "))
}

/// Returns filter flags in the order of their declaration.
pub(crate) fn flags(filters: FilterArgs) -> Vec<FlagFilter> {
    let FilterArgs { tag, court, kind, lang, source, from, to } = filters;
    let mut flags = Vec::new();
    let mut any = |field: &str, values: Vec<String>| {
        if !values.is_empty() {
            flags.push(FlagFilter { field: field.to_owned(), values });
        }
    };
    // Tags add up: a document must mention all of them. The others are alternatives.
    tag.into_iter().for_each(|tag| any("tag", vec![tag]));
    any("court", court);
    any("kind", kind);
    any("lang", lang);
    any("source", source);
    any("from", from.into_iter().collect());
    any("to", to.into_iter().collect());
    flags
}

fn sort_named(name: &str) -> Result<Sort, CliError> {
    Sort::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Sort::ALL.iter().map(|sort| sort.name()).collect();
        CliError::usage(format!("no order `{name}`")).hint(format!("one of {}", names.join(", ")))
    })
}

fn print(
    answer: &SearchAnswer,
    offset: usize,
    sort: Sort,
    elapsed: Duration,
    output: &Output,
) -> Result<(), CliError> {
    if answer.query.read_as != answer.query.text && !answer.query.notes.is_empty() {
        output.note(&format!("read as: {}", answer.query.read_as));
    }
    // What comes nearest has its own heading below.
    let heading = answer.nearest.as_ref().map(|nearest| &nearest.why);
    for note in answer.query.notes.iter().filter(|note| Some(*note) != heading) {
        output.note(&format!("note: {note}"));
    }
    for document in &answer.documents {
        print_document(document, output)?;
    }
    let unread = unread_words(answer);
    let mut totals = count(answer.total_documents, "document");
    // Documents found by what they are have no passages that were found.
    if answer.total_passages > 0 || answer.total_documents == 0 {
        totals.push_str(&format!(", {}", count(answer.total_passages, "passage")));
    }
    output.line(&format!("{totals}, {} ms.{unread}", elapsed.as_millis()))?;
    if answer.in_one_passage > 0 && answer.in_one_passage < answer.total_documents {
        output.line(&format!(
            "In {} of them one paragraph holds everything: add w/p between the words.",
            answer.in_one_passage
        ))?;
    }
    if answer.undated > 0 && matches!(sort, Sort::Date | Sort::Newest) {
        let undated = count(answer.undated, "document");
        output.line(&format!("{undated} without a date: at the end."))?;
    }
    let shown = (offset + answer.documents.len()) as u64;
    let listed = answer.total_documents - answer.folded;
    if shown < listed && !answer.documents.is_empty() {
        output.hint(&format!("{} more: --offset {shown}, or --all", listed - shown));
    }
    if answer.folded > 0 {
        output.hint("near copies stand under the earliest: `misl diff A B` shows what differs");
    }
    if let Some(nearest) = &answer.nearest {
        print_nearest(nearest, output)?;
    }
    for suggestion in &answer.suggestions {
        output.hint(&format!(
            "{}: `{}` is in {}",
            suggestion.why,
            suggestion.query,
            count(suggestion.documents, "document")
        ));
    }
    for (field, values) in &answer.facets {
        let values: Vec<String> =
            values.iter().map(|value| format!("{} {}", value.value, value.documents)).collect();
        if !values.is_empty() {
            output.line(&format!("{field:<7}{}", values.join(" · ")))?;
        }
    }
    Ok(())
}

/// Prints what comes nearest, each document with what it lacks.
fn print_nearest(nearest: &Nearest, output: &Output) -> Result<(), CliError> {
    output.line("")?;
    output.line(&format!("{}:", sentence(&nearest.why)))?;
    for near in &nearest.documents {
        print_document(&near.document, output)?;
        let spelled = near.spelled.iter();
        let spelled = spelled.map(|spelled| format!("{} for {}", spelled.found, spelled.typed));
        let spelled: Vec<String> = spelled.collect();
        if !near.without.is_empty() {
            let without = unmarked(&near.without.join(", "));
            output.line(&format!("  without: {}", output.field(&without)))?;
        }
        if !spelled.is_empty() {
            let spelled = unmarked(&spelled.join(", "));
            output.line(&format!("  spelled: {}", output.field(&spelled)))?;
        }
    }
    Ok(())
}

/// Returns words with a capital.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn unread_words(answer: &SearchAnswer) -> String {
    let unread = answer.unread;
    without_trust(unread.files, unread.pages).map_or_else(String::new, |parts| {
        format!(" Without trustworthy text: {parts} (misl status --low-text)")
    })
}

/// Returns `1 file, 3 pages`: what is not there, or is there with doubt; `None` where all is well.
pub(crate) fn without_trust(files: u64, pages: u64) -> Option<String> {
    let parts = [(files, "file"), (pages, "page")].into_iter().filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, what)| count(n, what)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Returns `1 page`, `2 pages`.
pub(crate) fn count(n: u64, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

pub(crate) fn print_document(document: &DocumentAnswer, output: &Output) -> Result<(), CliError> {
    output.line(&output.field(&unmarked(&headline(document))))?;
    if let Some(title) = &document.title {
        output.line(&format!("  {}", output.field(&unmarked(title))))?;
    }
    if !document.near_copies.is_empty() {
        let copies: Vec<String> = document.near_copies.iter().map(|id| id.short(12)).collect();
        let n = copies.len();
        let what = if n == 1 { "near copy" } else { "near copies" };
        output.line(&format!("  {n} {what}: {}", copies.join(", ")))?;
    }
    if document.title.is_none() {
        output.line(&format!("  {}", output.field(&unmarked(&document.path))))?;
    }
    for status in &document.status {
        output.line(&format!("  {}", status_words(status)))?;
    }
    if !document.matched_by.is_empty() {
        output.line(&format!("  found by its {}", document.matched_by.join(", ")))?;
    }
    for passage in &document.passages {
        print_passage(passage, document.paged, output)?;
    }
    let more = document.passages_matched.saturating_sub(document.passages.len() as u64);
    if more > 0 && !document.passages.is_empty() {
        output.line(&format!("  and {more} more"))?;
    }
    Ok(())
}

/// Returns kind, court or publisher, number, date and length, as far as they are known.
fn headline(document: &DocumentAnswer) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(document.kind.map(|kind| kind.name().to_owned()));
    match document.court.as_deref() {
        Some(court) => {
            let known = misl::model::court::by_id(court).map_or(court, |court| court.name);
            parts.push(known.to_owned());
        }
        None => parts.extend(document.publisher.clone()),
    }
    parts.extend(document.numbers.first().cloned());
    parts.extend(document.date.clone());
    if document.pages > 1 {
        parts.push(format!("{} pages", document.pages));
    }
    parts.push(document.key.clone().unwrap_or_else(|| document.id.short(12)));
    parts.join(" · ")
}

/// Returns what later happened to an order, in one line.
pub(crate) fn status_words(status: &misl::model::Status) -> String {
    let mut words = status.state.clone();
    if let Some(by) = &status.by {
        let name = misl::model::court::by_id(by).map_or(by.as_str(), |court| court.name);
        words.push_str(&format!(": {name}"));
    }
    if let Some(date) = status.date {
        words.push_str(&format!(", {date}"));
    }
    if status.disputed {
        words.push_str(" (sources disagree)");
    }
    format!("{words} ({})", status.source)
}

fn print_passage(passage: &PassageAnswer, paged: bool, output: &Output) -> Result<(), CliError> {
    let place = place_words(passage, paged);
    output.marked_line(&format!("  {place}   {}", shown(passage, output)))?;
    output.line(&format!("      {}", passage.cite_as))?;
    Ok(())
}

/// Returns where a passage stands: by page and the court's paragraph, or by paragraph alone where
/// the source has no pages of its own.
fn place_words(passage: &PassageAnswer, paged: bool) -> String {
    let paragraph = match (&passage.paragraph_label, passage.paragraph) {
        (Some(label), _) => Some(label.clone()),
        (None, Some(number)) if !paged => Some(number.to_string()),
        (None, _) => None,
    };
    if !paged && let Some(paragraph) = &paragraph {
        return format!("para {paragraph}");
    }
    let mut place = format!("p. {}", passage.page);
    if let Some(to) = passage.page_to {
        place.push_str(&format!("–{to}"));
    }
    if let Some(label) = &passage.page_label
        && *label != passage.page.to_string()
    {
        place.push_str(&format!(" (printed {label})"));
    }
    if let Some(paragraph) = paragraph {
        place.push_str(&format!(" para {paragraph}"));
    }
    place
}

/// Returns the part of a passage around its hits, with the hits marked.
fn shown(passage: &PassageAnswer, output: &Output) -> String {
    let text = &passage.text;
    let marks = byte_marks(text, &passage.highlights);
    let snippet = snippet(text, &marks, SHOWN_CHARS);
    let shown = text.get(snippet.span.clone()).unwrap_or_default();
    let piece = |span: Span| {
        let letters = shown.get(span).unwrap_or_default();
        unmarked(&letters.replace(['\n', '\t'], " "))
    };
    let mut line = String::from(if snippet.is_cut_before { "… " } else { "" });
    let mut at = 0;
    for mark in joined(shown, snippet.marks) {
        line.push_str(&piece(at..mark.start));
        line.push_str(&output.mark(&piece(mark.clone())));
        at = mark.end;
    }
    line.push_str(&piece(at..shown.len()));
    line.push_str(if snippet.is_cut_after { " …" } else { "" });
    line
}

/// Returns marks that count characters as bytes; they are sorted and disjoint.
fn byte_marks(text: &str, highlights: &[[usize; 2]]) -> Vec<Span> {
    let starts: Vec<usize> =
        text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let byte = |at: usize| starts.get(at).copied().unwrap_or(text.len());
    highlights.iter().map(|[start, end]| byte(*start)..byte(*end)).collect()
}

/// Joins marks with nothing but blanks between them: `«سپریم کورٹ»` reads better than two marks.
fn joined(text: &str, marks: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(marks.len());
    for mark in marks {
        match joined.last_mut() {
            Some(last)
                if text
                    .get(last.end..mark.start)
                    .is_some_and(|between| between.chars().all(char::is_whitespace)) =>
            {
                last.end = mark.end;
            }
            _ => joined.push(mark),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_side_by_side_are_one() {
        let text = "the سپریم کورٹ order";
        let marks = byte_marks(text, &[[4, 9], [10, 14], [15, 20]]);
        let shown: Vec<&str> = joined(text, marks).into_iter().map(|mark| &text[mark]).collect();
        assert_eq!(shown, ["سپریم کورٹ order"]);
        let apart = joined("call, data", vec![0..4, 6..10]);
        assert_eq!(apart, [0..4, 6..10]);
    }
}
