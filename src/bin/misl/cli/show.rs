//! `misl show` and `misl read`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use misl::corpus::files;
use misl::extract::Limits;
use misl::model::{Locator, PageNo, Pin};
use misl::task::document::{DocumentView, PageView, ParagraphView};
use misl::task::{Knowledge, Reading, TaskError};

use super::args::{ReadArgs, ShowArgs};
use super::error::CliError;
use super::ingest::{Need, passwords, readers};
use super::output::{Output, unmarked};
use super::search::{count, status_words};
use super::{Context, warnings, workspace};

/// Shows a document, or a page of it.
pub(crate) fn show(args: ShowArgs, context: &Context) -> Result<ExitCode, CliError> {
    let ShowArgs { doc, page, para } = args;
    let desk = workspace::open(context)?;
    let (source, mut at) = desk.place(&doc)?;
    if let Some(page) = page {
        let page = PageNo::new(page).ok_or_else(|| {
            CliError::usage("there is no page 0").hint("pages count from 1, as the file counts")
        })?;
        at.0.push(Pin::Page(page, None));
    }
    if let Some(para) = para {
        at.0.push(Pin::Para(para, None));
    }
    let document = misl::task::show::show(&desk, &source, &at)?;
    if context.json {
        context.output.json(&document)?;
    } else {
        print(&document, &at, &context.output)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads one file and prints what misl sees in it.
pub(crate) fn read(args: ReadArgs, context: &Context) -> Result<ExitCode, CliError> {
    let ReadArgs { file, password_file } = args;
    let file = match &context.directory {
        Some(directory) => directory.join(file),
        None => file,
    };
    let limits = Limits::default();
    let (bytes, _) = files::read(&file, limits.file_bytes)?;
    let passwords = passwords(password_file.as_deref())?;
    let knowledge = match workspace::find(context) {
        Ok(workspace) => Knowledge::of(&workspace),
        Err(_) => Knowledge::builtin(),
    }
    .map_err(TaskError::from)?;
    let name = file_name(&file);
    let readers = readers(Need::Any, context)?;
    let reading = Reading {
        knowledge: &knowledge,
        limits: &limits,
        passwords: &passwords,
        readers: &readers,
    };
    let document = misl::task::show::read(&bytes, &name, reading)?;
    if context.json {
        context.output.json(&document)?;
    } else {
        print(&document, &Locator::default(), &context.output)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn file_name(file: &std::path::Path) -> String {
    file.file_name().map_or_else(PathBuf::new, PathBuf::from).to_string_lossy().into_owned()
}

fn print(document: &DocumentView, at: &Locator, output: &Output) -> Result<(), CliError> {
    print_head(document, output)?;
    for note in &document.notes {
        output.note(&format!("warning: {note}"));
    }
    for page in &document.pages {
        print_page(document, page, at, output)?;
    }
    for line in warnings::lines(&document.warnings.iter().collect::<Vec<_>>()) {
        output.note(&format!("warning: {line}"));
    }
    Ok(())
}

fn print_head(document: &DocumentView, output: &Output) -> Result<(), CliError> {
    let record = &document.record;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(record.kind.iter().map(|kind| kind.value.clone()));
    parts.extend(record.numbers.iter().map(|number| number.value.clone()));
    parts.extend(record.court.iter().map(|court| {
        let known = misl::model::court::by_id(&court.value);
        known.map_or_else(|| court.value.clone(), |court| court.name.to_owned())
    }));
    parts.extend(record.publisher.iter().map(|publisher| publisher.value.clone()));
    parts.extend(record.date.iter().map(|date| date.value.clone()));
    parts.extend(document.paged.then(|| count(document.page_count as u64, "page")));
    output.line(&unmarked(&parts.join(", ")))?;
    if let Some(title) = &record.title {
        output.line(&output.field(&unmarked(&title.value)))?;
    }
    for judge in &record.judges {
        output.line(&format!("judge: {}", output.field(&unmarked(&judge.value))))?;
    }
    for date in &record.dates {
        output.line(&format!("{}: {}", date.role.name(), date.date.value))?;
    }
    for status in &record.status {
        output.line(&format!("status: {}", status_words(status)))?;
    }
    for path in &document.paths {
        output.line(&output.field(path))?;
    }
    let key = document.key.as_deref().map(|key| format!("   key {key}")).unwrap_or_default();
    output.line(&format!("sha256 {}{key}", document.id))?;
    Ok(())
}

fn print_page(
    document: &DocumentView,
    page: &PageView,
    at: &Locator,
    output: &Output,
) -> Result<(), CliError> {
    let printed = page.label.as_deref().map(|label| format!(" (printed {label})"));
    let brought = page.ocr.as_ref().filter(|ocr| ocr.engine.starts_with(misl::store::BROUGHT));
    let origin = brought.map_or_else(|| page.origin.replace('-', " "), |ocr| ocr.engine.clone());
    let number = document.paged.then(|| {
        let printed = printed.unwrap_or_default();
        format!("page {} of {}{printed} · ", page.number, document.page_count)
    });
    output.line("")?;
    output.line(&format!(
        "── {}{origin} · quality {:.2}",
        number.unwrap_or_default(),
        page.quality
    ))?;
    let doubtful: BTreeSet<usize> =
        page.ocr.iter().flat_map(|ocr| &ocr.doubtful).map(|word| word.end).collect();
    if let Some(ocr) = page.ocr.as_ref().filter(|_| !doubtful.is_empty()) {
        let n = count(doubtful.len() as u64, "word");
        output.hint(&format!(
            "page {}: {} was not sure of {n}; (?) stands behind each",
            page.number, ocr.engine
        ));
    }
    let chars: Vec<char> = page.text.chars().collect();
    let mentions: Vec<(usize, usize)> = document
        .mentions
        .iter()
        .filter(|mention| mention.page == page.number)
        .map(|mention| (mention.start, mention.end))
        .collect();
    for paragraph in &page.paragraphs {
        if at.para().is_some() && !paragraph.asked {
            continue;
        }
        let text = marked(&chars, paragraph, &mentions, &doubtful, output);
        if paragraph.boilerplate {
            output.marked_line(&format!("  [{}] {text}", role_name(paragraph)))?;
        } else {
            output.marked_line(&text)?;
        }
    }
    Ok(())
}

fn role_name(paragraph: &ParagraphView) -> String {
    serde_json::to_value(paragraph.role)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Returns a paragraph's text with its mentions marked, and `(?)` behind words that OCR was not sure
/// of; `doubtful` are their ends.
fn marked(
    chars: &[char],
    paragraph: &ParagraphView,
    mentions: &[(usize, usize)],
    doubtful: &BTreeSet<usize>,
    output: &Output,
) -> String {
    let piece = |from: usize, to: usize| -> String {
        let mut piece = String::new();
        let mut done = from;
        for end in doubtful.range(from + 1..).take_while(|end| **end <= to) {
            piece.extend(chars.get(done..*end).unwrap_or_default());
            piece.push_str("(?)");
            done = *end;
        }
        piece.extend(chars.get(done..to).unwrap_or_default());
        unmarked(&piece)
    };
    let mut text = String::new();
    let mut done = paragraph.start;
    for (start, end) in mentions {
        if *start >= done && *end <= paragraph.end {
            text.push_str(&piece(done, *start));
            text.push_str(&output.mark(&piece(*start, *end)));
            done = *end;
        }
    }
    text.push_str(&piece(done, paragraph.end));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use misl::model::{Lang, Role};

    #[test]
    fn doubtful_words_and_mentions_are_marked_once() {
        let chars: Vec<char> = "The PTA vvas heard.".chars().collect();
        let paragraph = ParagraphView {
            label: None,
            drawn: None,
            number: None,
            start: 0,
            end: chars.len(),
            role: Role::Body,
            boilerplate: false,
            continues: false,
            inferred: false,
            lang: Lang::En,
            asked: true,
        };
        let output = Output {
            color: false,
            stderr_is_terminal: false,
            stdout_is_terminal: false,
            quiet: true,
        };
        let doubtful = [7, 12, 19].into();
        let text = marked(&chars, &paragraph, &[(4, 7)], &doubtful, &output);
        assert_eq!(unmarked(&text), "The PTA(?) vvas(?) heard.(?)");
    }
}
