//! `misl ingest`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use misl::engine::embedded::WriterSettings;
use misl::extract::Limits;
use misl::store::StateCounts;
use misl::task::Readers;
use misl::task::ingest::{Effort, Ocr, Options, Report};
use misl::worker::ocr::{OcrError, Tesseract};
use misl::worker::{self, Level, Mode, Pool};

use super::args::{IngestArgs, OcrMode};
use super::error::{CliError, Kind};
use super::progress::{TerminalWatch, listen};
use super::search::count;
use super::{Context, workspace};

/// Runs as a reading process of another misl, or becomes the program that reads pictures for it,
/// where the arguments say so.
pub(crate) fn worker_main() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let first = arguments.next()?;
    if first == worker::LAUNCH {
        return Some(worker::launch(arguments));
    }
    if first != worker::ARGUMENT {
        return None;
    }
    let is_test = arguments.next().is_some_and(|argument| argument == worker::SELF_TEST);
    Some(worker::serve(if is_test { Mode::SelfTest } else { Mode::Read }))
}

/// Starts the processes that read; where that fails, this one reads, unless that is refused.
pub(crate) fn readers(need: Need, context: &Context) -> Result<Readers, CliError> {
    let pool = pool();
    let sandbox = pool.as_ref().map(Pool::sandbox).unwrap_or_default();
    let is_enough = match need {
        Need::Full => sandbox.level() == Level::Full,
        Need::Any => true,
    };
    if !is_enough {
        let what = match &pool {
            Ok(_) => format!("this system confines readers only by: {sandbox}"),
            Err(error) => error.clone(),
        };
        return Err(CliError::new(Kind::Usage, what).hint(
            "--require-sandbox asks for Landlock and seccomp; `misl doctor` says what is here",
        ));
    }
    match pool {
        Ok(pool) if sandbox.level() >= Level::Limits => Ok(Readers::Pool(Arc::new(pool))),
        Ok(_) => {
            context.output.note("warning: files are read without a sandbox: no limits can be set");
            Ok(Readers::InProcess)
        }
        Err(error) => {
            context.output.note(&format!("warning: files are read without a sandbox: {error}"));
            Ok(Readers::InProcess)
        }
    }
}

/// How much of a sandbox the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// What there is.
    Any,
    /// Landlock, seccomp and limits, or nothing is read.
    Full,
}

/// Starts a pool of workers of this program; the error is in words.
pub(crate) fn pool() -> Result<Pool, String> {
    Pool::start(worker::Settings::of(own_program()?)).map_err(|error| error.to_string())
}

/// Returns where this same program lies.
fn own_program() -> Result<PathBuf, String> {
    // The link leads to the running program even where its file was replaced meanwhile.
    let link = PathBuf::from("/proc/self/exe");
    let own_path = || std::env::current_exe().map_err(|error| error.to_string());
    if link.exists() { Ok(link) } else { own_path() }
}

/// Finds the installed OCR program, which this same program starts confined where it can.
pub(crate) fn tesseract() -> Option<Result<Tesseract, OcrError>> {
    let program = std::env::var_os("PATH").and_then(|path| worker::ocr::find(&path))?;
    Some(Tesseract::new(program, own_program().ok().as_deref()))
}

/// Reads new and changed files.
pub(crate) fn ingest(args: IngestArgs, context: &Context) -> Result<ExitCode, CliError> {
    let IngestArgs { paths, dry_run, retry_failed, jobs, password_file, require_sandbox, ocr } =
        args;
    let workspace = workspace::find(context)?;
    let paths = paths.iter().map(|path| workspace::absolute(path)).collect::<Result<_, _>>()?;
    let settings = super::settings::load(context)?;
    let set_jobs = usize::try_from(settings.number("ingest.jobs")).ok().filter(|jobs| *jobs > 0);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let options = Options {
        paths,
        dry_run,
        retry_failed,
        jobs: jobs.or(set_jobs).unwrap_or(cores).clamp(1, 64),
        limits: Limits {
            file_bytes: settings.number("ingest.max_file_mb").saturating_mul(1 << 20),
            ..Limits::default()
        },
        passwords: passwords(password_file.as_deref())?,
        writer: WriterSettings {
            bytes_per_thread: usize::try_from(settings.number("ingest.index_memory_mb"))
                .unwrap_or(usize::MAX)
                .saturating_mul(1_000_000),
            ..WriterSettings::default()
        },
        readers: match (dry_run, require_sandbox) {
            (true, _) => Readers::InProcess,
            (false, true) => readers(Need::Full, context)?,
            (false, false) => readers(Need::Any, context)?,
        },
        ocr: installed_ocr(ocr, require_sandbox, context)?,
    };
    listen();
    let watch = TerminalWatch::new(&context.output);
    let result =
        misl::task::ingest::ingest(&workspace, &options, &workspace::holder("ingest"), &watch);
    watch.finish();
    let report = result?;
    if context.json {
        context.output.json(&serde_json::json!({
            "schema": "misl.ingest/1", "report": report,
        }))?;
    } else if dry_run {
        for path in &report.would_read {
            context.output.line(path)?;
        }
        context.output.line(&format!(
            "{} would be read, {} unchanged",
            report.would_read.len(),
            report.unchanged
        ))?;
    } else {
        say(&report, context)?;
    }
    Ok(exit(&report, dry_run))
}

fn say(report: &Report, context: &Context) -> Result<(), CliError> {
    let output = &context.output;
    for root in &report.new_roots {
        output.line(&format!("Remembered {} in corpus/roots.toml.", root.display()))?;
    }
    for words in &report.bad_records {
        output.note(&format!("warning: {words}"));
    }
    output.line(&format!("{} unchanged. Read {}.", report.unchanged, report.read))?;
    if report.retagged > 0 {
        output.line(&format!("Tagged {} anew.", count(report.retagged, "document")))?;
    }
    if report.ocr_read > 0 {
        output.line(&format!("Read {} pages by OCR.", report.ocr_read))?;
    }
    output.line(&counts_line(&report.counts))?;
    if report.ocr_waiting > 0 {
        let n = report.ocr_waiting;
        output.hint(&format!("{n} pages wait for OCR; `misl doctor` says whether it is installed"));
    }
    if report.interrupted {
        output.note("Stopped. What was read can be searched; `misl ingest` goes on.");
    }
    let StateCounts { failed, skipped, missing, .. } = report.counts;
    if failed + skipped > 0 {
        output.hint(&format!("`misl status --failed` ({})", count(failed + skipped, "file")));
    }
    if missing > 0 {
        output.hint(&format!("`misl status --missing` ({})", count(missing, "file")));
    }
    Ok(())
}

/// Returns the counts of a workspace in one line; they add up.
pub(crate) fn counts_line(counts: &StateCounts) -> String {
    let StateCounts { seen, indexed, warned, skipped, failed, duplicate, missing } = counts;
    format!(
        "{seen} seen: {indexed} indexed · {warned} with warnings · {duplicate} duplicates · \
         {skipped} skipped · {failed} failed · {missing} missing"
    )
}

fn exit(report: &Report, dry_run: bool) -> ExitCode {
    if report.interrupted {
        ExitCode::from(Kind::Interrupted as u8)
    } else if report.counts.failed > 0 && !dry_run {
        ExitCode::from(Kind::SomeFailed as u8)
    } else {
        ExitCode::SUCCESS
    }
}

/// Finds the OCR program where it is wanted.
fn installed_ocr(mode: OcrMode, require_sandbox: bool, context: &Context) -> Result<Ocr, CliError> {
    let effort = match mode {
        OcrMode::Auto => Effort::Auto,
        OcrMode::Never => return Ok(Ocr::default()),
        OcrMode::Force => Effort::Force,
    };
    let engine = match tesseract() {
        Some(Ok(engine)) => Some(engine),
        Some(Err(error)) => {
            context.output.note(&format!("warning: OCR cannot be used: {error}"));
            None
        }
        None => None,
    };
    let sandbox = engine.as_ref().map(Tesseract::sandbox);
    if let Some(sandbox) = sandbox.filter(|sandbox| sandbox.level() < Level::Full)
        && require_sandbox
    {
        let what = format!("this system confines tesseract only by: {sandbox}");
        return Err(CliError::new(Kind::Usage, what).hint("`--ocr never` reads without it"));
    }
    Ok(Ocr { effort, engine })
}

/// Reads the passwords to try, one a line.
pub(crate) fn passwords(file: Option<&std::path::Path>) -> Result<Vec<String>, CliError> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let text = misl::corpus::files::read_text(file, 1 << 20)?.ok_or_else(|| {
        CliError::usage(format!("there is no password file {}", file.display()))
            .hint("a text file with one password a line")
    })?;
    Ok(text.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect())
}
