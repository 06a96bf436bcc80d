//! `misl refs`, `misl cited-by`, `misl matter`.

use std::path::Path;
use std::process::ExitCode;

use misl::corpus::files::{self, Replace};
use misl::task::Desk;
use misl::task::citator::{self, CitingDocument, CitingPlace, GraphForm, MatterAnswer};

use super::args::{CitedByArgs, GraphFormArg, MatterArgs, RefsArgs};
use super::error::{CliError, Kind};
use super::search::{count, status_words};
use super::{Context, workspace};

/// Lists what a document cites, what the corpus lacks, or writes the graph.
pub(crate) fn refs(args: RefsArgs, context: &Context) -> Result<ExitCode, CliError> {
    let RefsArgs { doc, missing, limit, graph, output, force } = args;
    let desk = workspace::open(context)?;
    if missing {
        return refs_missing(&desk, limit, context);
    }
    if let Some(form) = graph {
        let replace = if force { Replace::Yes } else { Replace::No };
        let output = output.as_deref().map(|path| (path, replace));
        return refs_graph(&desk, doc.as_deref(), form, output, context);
    }
    let source = desk.doc(&doc.unwrap_or_default())?;
    let answer = citator::refs_of(&desk, &source)?;
    let output = &context.output;
    if context.json {
        output.json(&answer)?;
    } else {
        for work in &answer.references {
            let places: Vec<String> = work
                .places
                .iter()
                .map(|place| place_words(place.page, place.paged, place.paragraph.as_deref()))
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
            for (place, treatment) in
                work.places.iter().filter_map(|place| Some((place, place.treatment.as_ref()?)))
            {
                output.line(&format!(
                    "           {}: [words found: {}] {}",
                    place_words(place.page, place.paged, place.paragraph.as_deref()),
                    treatment.words.join(", "),
                    output.field(&treatment.sentence)
                ))?;
            }
        }
        output.line(&count(answer.references.len() as u64, "work"))?;
    }
    Ok(found(!answer.references.is_empty()))
}

fn refs_missing(desk: &Desk, limit: usize, context: &Context) -> Result<ExitCode, CliError> {
    let answer = citator::missing(desk, limit)?;
    let output = &context.output;
    if context.json {
        output.json(&answer)?;
    } else {
        for work in &answer.works {
            output.line(&format!(
                "{:>5} × in {:<13}  {:<10} {}  ({})",
                work.places,
                count(work.documents, "document"),
                work.kind,
                output.field(&work.display),
                work.cited_in.join(", ")
            ))?;
        }
        let shown = answer.works.len() as u64;
        let works = if shown < answer.total_works {
            format!("{shown} of {}", count(answer.total_works, "work"))
        } else {
            count(shown, "work")
        };
        output.line(&format!(
            "{works} cited and not in the corpus of {}",
            count(answer.documents, "document")
        ))?;
    }
    Ok(found(!answer.works.is_empty()))
}

fn refs_graph(
    desk: &Desk,
    doc: Option<&str>,
    form: GraphFormArg,
    output: Option<(&Path, Replace)>,
    context: &Context,
) -> Result<ExitCode, CliError> {
    let source = match doc {
        Some(doc) => Some(desk.doc(doc)?),
        None => None,
    };
    let graph = citator::graph(desk, source.as_ref())?;
    let text = if context.json {
        let mut text = serde_json::to_string(&serde_json::json!({
            "schema": "misl.graph/1", "nodes": graph.nodes, "edges": graph.edges,
        }))?;
        text.push('\n');
        text
    } else {
        graph.write(match form {
            GraphFormArg::Csv => GraphForm::Csv,
            GraphFormArg::Graphml => GraphForm::GraphMl,
            GraphFormArg::Ftm => GraphForm::Ftm,
        })
    };
    match output {
        Some((path, replace)) => {
            files::write_output(path, text.as_bytes(), replace)?;
            context.output.note(&format!("wrote {}", path.display()));
        }
        None => context.output.bytes(text.as_bytes())?,
    }
    Ok(found(!graph.edges.is_empty()))
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
    let lists = [&answer.documents, &answer.papers, &answer.cited_in, &answer.news];
    let n_documents: usize = lists.iter().map(|list| list.len()).sum();
    if context.json {
        output.json(&answer)?;
    } else {
        print_matter(&answer, context)?;
        output.line(&count(n_documents as u64, "document"))?;
    }
    Ok(found(n_documents > 0))
}

fn print_matter(answer: &MatterAnswer, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    output.line("numbers:")?;
    for number in &answer.borne_by {
        let documents = if number.documents.is_empty() {
            String::new()
        } else {
            format!("  ({})", number.documents.join(", "))
        };
        output.line(&format!("  {}  {}{documents}", output.field(&number.display), number.id))?;
    }
    for (head, list) in
        [("orders and judgments:", &answer.documents), ("other papers:", &answer.papers)]
    {
        if !list.is_empty() {
            output.line(head)?;
            print(list, context)?;
        }
    }
    if !answer.dates.is_empty() {
        output.line("dates:")?;
    }
    for event in &answer.dates {
        let source = event.source.as_ref().map(|source| format!(" ({})", output.field(source)));
        output.line(&format!(
            "  {:<10}  {}{}  {}",
            event.date.to_string(),
            event.event,
            source.unwrap_or_default(),
            event.cite_as
        ))?;
    }
    if !answer.status.is_empty() {
        output.line("status:")?;
    }
    for status in &answer.status {
        let key = status.key.clone().unwrap_or_else(|| status.id.short(12));
        output.line(&format!("  {}  {key}", output.field(&status_words(&status.status))))?;
    }
    for (head, list) in [("cited in:", &answer.cited_in), ("news and reports:", &answer.news)] {
        if !list.is_empty() {
            output.line(head)?;
            print(list, context)?;
        }
    }
    Ok(())
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
            print_place(place, context)?;
        }
    }
    Ok(())
}

/// Returns where something stands: by page and paragraph, or by paragraph alone where the file has no
/// pages of its own.
fn place_words(page: u32, paged: bool, paragraph: Option<&str>) -> String {
    let page = paged.then(|| format!("p. {page}"));
    let paragraph = paragraph.map(|label| format!("para {label}"));
    let words: Vec<String> = page.into_iter().chain(paragraph).collect();
    if words.is_empty() { "—".to_owned() } else { words.join(" ") }
}

fn print_place(place: &CitingPlace, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    let words = place_words(place.page, place.paged, place.paragraph.as_deref());
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cites: Vec<String> = place
        .cites
        .iter()
        .map(|cited| match &cited.pinpoint {
            Some(pinpoint) => format!("{} ({pinpoint})", output.field(&one_line(&cited.text))),
            None => output.field(&one_line(&cited.text)),
        })
        .collect();
    output.line(&format!("  {words}  {}  {}", place.place, cites.join(" · ")))?;
    output.line(&format!("      {}", output.field(&one_line(&place.passage))))?;
    for treatment in &place.treatment {
        output.line(&format!(
            "      [words found: {}] {}",
            treatment.words.join(", "),
            output.field(&treatment.sentence)
        ))?;
    }
    Ok(())
}
