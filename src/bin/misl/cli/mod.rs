//! The command line: arguments in, a task called, its answer written.

mod args;
mod check;
mod cite;
mod compare;
mod doctor;
mod edit;
mod entities;
mod error;
mod help;
mod ingest;
mod list;
mod output;
mod pii;
mod progress;
mod record;
mod refs;
mod search;
mod settings;
mod show;
mod status;
mod timeline;
mod tour;
mod verify;
mod warnings;
mod workspace;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use error::{CliError, Kind};
use output::Output;

/// What is read of the environment, once, here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Env {
    /// `NO_COLOR` is set to something.
    pub(crate) no_color: bool,
    /// `TERM=dumb`.
    pub(crate) dumb_terminal: bool,
    /// `MISL_WORKSPACE`.
    pub(crate) workspace: Option<PathBuf>,
    /// `MISL_JOBS`.
    pub(crate) jobs: Option<String>,
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn environment() -> Env {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    Env {
        no_color: set("NO_COLOR").is_some(),
        dumb_terminal: std::env::var("TERM").is_ok_and(|term| term == "dumb"),
        workspace: set("MISL_WORKSPACE").map(PathBuf::from),
        jobs: std::env::var("MISL_JOBS").ok(),
    }
}

/// What every command is given beside its own arguments.
pub(crate) struct Context {
    /// Where to write.
    pub(crate) output: Output,
    /// The environment.
    pub(crate) env: Env,
    /// `-C DIR`.
    pub(crate) directory: Option<PathBuf>,
    /// `--json`.
    pub(crate) json: bool,
}

/// Runs the program and returns its exit status.
pub(crate) fn main() -> ExitCode {
    // Everything misl writes is for its user alone; no core file ever holds a text.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let no_core = rustix::process::Rlimit { current: Some(0), maximum: Some(0) };
    // Where the system refuses, it has a limit of its own.
    let _refused = rustix::process::setrlimit(rustix::process::Resource::Core, no_core).is_err();
    if let Some(code) = ingest::worker_main() {
        return code;
    }
    let env = environment();
    let args = match Args::try_parse_from(with_queries(std::env::args_os())) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are answers and go to stdout; the rest is usage, exit 2.
            let code = if error.use_stderr() { Kind::Usage as u8 } else { 0 };
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    let output = Output::new(args.color, args.quiet, &env);
    let context = Context { output, env, directory: args.directory, json: args.json };
    let command = args.command;
    // Deep trees of queries and documents are walked on a roomy stack.
    std::thread::scope(|scope| {
        let run = || {
            run(command, &context).unwrap_or_else(|error| {
                error.report(&context.output);
                error.exit_code()
            })
        };
        let built = std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, run);
        match built.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(code)) => code,
            // The panic has said its words; what is kept is safe by the order of writes.
            Ok(Err(_)) => ExitCode::from(101),
            Err(error) => {
                let error =
                    CliError::new(Kind::Disk, error).hint("the system gives no more threads");
                error.report(&context.output);
                error.exit_code()
            }
        }
    })
}

/// Commands that take a query.
const ASKING: [&str; 3] = ["search", "tags", "timeline"];

/// Sets a blank before words such as `-lims` behind a command that takes a query: they leave documents
/// out, and are no flags.
fn with_queries(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut asks = false;
    let mut args: Vec<OsString> = args.collect();
    for arg in args.iter_mut().skip(1) {
        let Some(text) = arg.to_str() else { continue };
        asks = asks || ASKING.contains(&text);
        if asks && is_exclusion(text) {
            *arg = format!(" {text}").into();
        }
    }
    args
}

/// Tells whether an argument begins like a flag and can be none: it holds a blank, or its first letters
/// are not those of short flags.
fn is_exclusion(arg: &str) -> bool {
    let Some(rest) = arg.strip_prefix('-') else { return false };
    let is_flags = rest.starts_with('C') || rest.chars().all(|c| matches!(c, 'q' | 'h' | 'V'));
    !rest.is_empty() && !rest.starts_with('-') && (rest.contains(' ') || !is_flags)
}

fn run(command: Option<Command>, context: &Context) -> Result<ExitCode, CliError> {
    match command {
        None => help::intro(context),
        Some(Command::Init(args)) => workspace::init(args, context),
        Some(Command::Tour(args)) => tour::tour(args, context),
        Some(Command::Ingest(args)) => ingest::ingest(args, context),
        Some(Command::Status(args)) => status::status(args, context),
        Some(Command::Search(args)) => search::search(args, context),
        Some(Command::Timeline(args)) => timeline::timeline(args, context),
        Some(Command::Similar(args)) => compare::similar(args, context),
        Some(Command::Diff(args)) => compare::diff(args, context),
        Some(Command::Show(args)) => show::show(args, context),
        Some(Command::Read(args)) => show::read(args, context),
        Some(Command::Tags(args)) => entities::tags(args, context),
        Some(Command::Entities(args)) => entities::entities(args, context),
        Some(Command::Refs(args)) => refs::refs(args, context),
        Some(Command::CitedBy(args)) => refs::cited_by(args, context),
        Some(Command::Matter(args)) => refs::matter(args, context),
        Some(Command::Cite(args)) => cite::cite(args, context),
        Some(Command::List(args)) => list::list(args, context),
        Some(Command::Export(args)) => list::export(args, context),
        Some(Command::Check(args)) => check::check(args, context),
        Some(Command::Pii(args)) => pii::pii(args, context),
        Some(Command::Edit(args)) => edit::edit(args, context),
        Some(Command::Verify(args)) => verify::verify(args, context),
        Some(Command::Repair(args)) => verify::repair(args, context),
        Some(Command::Doctor(args)) => doctor::doctor(args, context),
        Some(Command::Settings(args)) => settings::settings(args, context),
        Some(Command::Completions(args)) => help::completions(args, context),
        Some(Command::Man) => help::man(context),
        Some(Command::Help(args)) => help::topic(args, context),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_leave_out_are_no_flags() {
        let given = |args: &[&str]| {
            let args = args.iter().map(OsString::from);
            with_queries(args).into_iter().map(|arg| arg.into_string().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(given(&["misl", "search", "-lims pta"]), ["misl", "search", " -lims pta"]);
        assert_eq!(given(&["misl", "search", "pta", "-lims"]), ["misl", "search", "pta", " -lims"]);
        assert_eq!(given(&["misl", "search", "-نگرانی"]), ["misl", "search", " -نگرانی"]);
        for args in [
            &["misl", "-q", "search", "-C", "there", "pta", "--all"][..],
            &["misl", "search", "-Cthere", "-qh", "-", "--", "-q"],
            &["misl", "cite", "-lims"],
        ] {
            assert_eq!(given(args), args);
        }
    }
}
