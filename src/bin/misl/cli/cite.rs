//! `misl cite`, and how citations leave the program.

use std::path::Path;
use std::process::ExitCode;

use misl::cite::{Form, Format, PersonalData};
use misl::corpus::{Replace, files};
use misl::model::{Date, Lang};
use misl::task::cite::{CiteOptions, Cited, cite as run_cite};

use super::args::{CiteArgs, CiteStyleArgs};
use super::error::CliError;
use super::{Context, workspace};

/// Prints citations.
pub(crate) fn cite(args: CiteArgs, context: &Context) -> Result<ExitCode, CliError> {
    let CiteArgs { places, how } = args;
    let options = options(&how, Form::Citations, context)?;
    let desk = workspace::open(context)?;
    let cited = run_cite(&desk, &places, &options)?;
    deliver(&cited, &how, &options, context)
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
    Ok(CiteOptions {
        style: style_of(how.style.as_deref(), lang),
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

/// Returns the style's id: without one `pk`, which has a table of its own for Urdu.
fn style_of(given: Option<&str>, lang: Lang) -> String {
    match (given.unwrap_or("pk"), lang) {
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
