//! `misl cite`, and how citations leave the program.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use misl::cite::{CslStyle, Form, Format, Legal, PersonalData};
use misl::corpus::{Replace, files};
use misl::model::{Date, Lang};
use misl::task::cite::{CiteOptions, Cited, cite as run_cite};

use super::args::{CiteArgs, CiteStyleArgs, LegalBy};
use super::error::CliError;
use super::{Context, workspace};

/// Prints citations.
pub(crate) fn cite(args: CiteArgs, context: &Context) -> Result<ExitCode, CliError> {
    let CiteArgs { places, styles, how } = args;
    if styles {
        return list_styles(context);
    }
    let options = options(&how, Form::Citations, context)?;
    let desk = workspace::open(context)?;
    let cited = run_cite(&desk, &places, &options)?;
    deliver(&cited, &how, &options, context)
}

/// A style as it is listed.
#[derive(serde::Serialize)]
struct StyleView {
    name: String,
    title: String,
    /// Whether it is a table of our own; else a CSL style, for works that are not legal.
    native: bool,
    notes: bool,
    /// Whether it cites by numbers.
    numbers: bool,
    /// Whether a person has compared our table with the manual; of CSL styles nothing is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

/// Lists the styles: ours first, then those of CSL.
fn list_styles(context: &Context) -> Result<ExitCode, CliError> {
    let mut views: Vec<StyleView> = Vec::new();
    for id in misl::cite::style_ids() {
        let style = misl::cite::Style::named(id).map_err(CliError::usage)?;
        views.push(StyleView {
            name: style.id.clone(),
            title: style.name.clone(),
            native: true,
            notes: style.has_notes,
            numbers: false,
            confirmed: Some(style.confirmed),
            authors: Vec::new(),
            source: None,
        });
    }
    for one in misl::cite::csl::shipped().map_err(CliError::usage)? {
        views.push(StyleView {
            name: one.id.to_owned(),
            title: one.title,
            native: false,
            notes: one.has_notes,
            numbers: one.is_numbered,
            confirmed: None,
            authors: one.authors,
            source: Some(one.source),
        });
    }
    if context.json {
        context.output.json(&serde_json::json!({"schema": "misl.styles/1", "styles": views}))?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = views.iter().map(|view| view.name.len()).max().unwrap_or(0);
    for view in &views {
        let kind = match (view.native, view.confirmed) {
            (true, Some(false)) => "unconfirmed",
            (true, _) => "ours",
            (false, _) => "CSL",
        };
        let how = match (view.notes, view.numbers) {
            (true, _) => "notes",
            (_, true) => "numbers",
            _ => "text",
        };
        context
            .output
            .line(&format!("{:width$}  {kind:11}  {how:7}  {}", view.name, view.title))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the options of citations; what is not given is `pk` and text, or CSL-JSON for `--json`.
pub(crate) fn options(
    how: &CiteStyleArgs,
    form: Form,
    context: &Context,
) -> Result<CiteOptions, CliError> {
    let format = match (&how.format, context.json) {
        (Some(name), _) => Format::from_name(name).ok_or_else(|| {
            let known: Vec<&str> = Format::ALL.iter().map(|(_, name, _)| *name).collect();
            CliError::usage(format!("no format `{name}`"))
                .hint(format!("there are {}", known.join(", ")))
        })?,
        (None, true) => Format::CslJson,
        (None, false) => Format::Text,
    };
    let lang = match &how.lang {
        None => Lang::En,
        Some(tag) => Lang::from_tag(tag)
            .ok_or_else(|| CliError::usage(format!("no language `{tag}`")).hint("en or ur"))?,
    };
    let accessed =
        how.accessed.as_deref().map(str::parse::<Date>).transpose().map_err(CliError::usage)?;
    if format.is_binary() && how.output.is_none() {
        return Err(CliError::usage(format!("{} is no text for a terminal", format.name()))
            .hint("write it to a file: -o FILE"));
    }
    let csl = match how.style.as_deref() {
        Some(style) if is_file(style) => Some(read_style(style)?),
        Some(style) => CslStyle::shipped(style).map(timed),
        None => None,
    };
    let settings = super::settings::load(context)?;
    let named = how.style.as_deref().filter(|_| csl.is_none());
    Ok(CiteOptions {
        style: style_of(named, settings.text("cite.style"), lang),
        csl,
        legal: match how.legal {
            LegalBy::Native => Legal::Native,
            LegalBy::Csl => Legal::Csl,
        },
        format,
        form,
        lang,
        accessed,
        status: !how.no_status,
        provenance: how.provenance,
        personal_data: match (how.allow_pii, how.redact) {
            (true, _) => PersonalData::Keep,
            (_, true) => PersonalData::Redact,
            _ => PersonalData::Refuse,
        },
    })
}

/// Tells whether a style is named by its file.
fn is_file(style: &str) -> bool {
    style.to_ascii_lowercase().ends_with(".csl")
}

/// How long a CSL style may take for a list, in seconds; what is left is cited by our own tables.
const MAX_SECONDS: u64 = 60;

/// Reads a CSL file.
fn read_style(path: &str) -> Result<Arc<CslStyle>, CliError> {
    let limit = misl::cite::csl::MAX_BYTES as u64;
    let text = files::read_text(Path::new(path), limit)?
        .ok_or_else(|| CliError::usage(format!("there is no file {path}")))?;
    let style = CslStyle::parse(&text).map_err(|error| {
        CliError::usage(error)
            .hint("CSL styles are at zotero.org/styles; a dependent one needs its parent's file")
    })?;
    Ok(timed(style))
}

/// Gives a style its time.
fn timed(style: CslStyle) -> Arc<CslStyle> {
    let begin = Instant::now();
    Arc::new(style.with_stop(move || begin.elapsed() > Duration::from_secs(MAX_SECONDS)))
}

/// Returns the style's id: without one the usual style; `pk` has a table of its own for Urdu.
fn style_of(given: Option<&str>, usual: &str, lang: Lang) -> String {
    match (given.unwrap_or(usual), lang) {
        ("pk", Lang::Ur) => "pk-ur".to_owned(),
        (given, _) => given.to_owned(),
    }
}

/// Writes citations to stdout or a file, and says what the user should know.
pub(crate) fn deliver(
    cited: &Cited,
    how: &CiteStyleArgs,
    options: &CiteOptions,
    context: &Context,
) -> Result<ExitCode, CliError> {
    for warning in &cited.warnings {
        context.output.note(&format!("warning: {warning}"));
    }
    match &how.output {
        Some(path) => {
            let replace = if how.force { Replace::Yes } else { Replace::No };
            files::write_output(Path::new(path), &cited.bytes, replace)?;
            context.output.note(&format!("wrote {}", path.display()));
        }
        // A terminal must not be driven by what a document holds; a pipe gets the exact bytes.
        None if context.output.stdout_is_terminal && options.format == Format::Text => {
            context.output.text(&String::from_utf8_lossy(&cited.bytes))?;
        }
        None => context.output.bytes(&cited.bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}
