//! Finding and making workspaces.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use misl::task::{Desk, TaskError, Workspace};

use super::Context;
use super::args::InitArgs;
use super::error::{CliError, Kind};

/// Makes a workspace.
pub(crate) fn init(args: InitArgs, context: &Context) -> Result<ExitCode, CliError> {
    let InitArgs { dir } = args;
    let dir = match &context.directory {
        Some(directory) => directory.join(dir),
        None => dir,
    };
    let workspace = Workspace::init(&dir)?;
    let shown = workspace.root().display();
    if context.json {
        context.output.json(&serde_json::json!({
            "schema": "misl.init/1", "workspace": workspace.root(),
        }))?;
    } else {
        context.output.line(&format!(
            "Made {shown} (only you can read what misl writes): misl.toml, corpus/, index/"
        ))?;
        context.output.hint("read files: `misl ingest ~/orders`, or put them into corpus/");
    }
    Ok(ExitCode::SUCCESS)
}

/// Finds the workspace: `-C`, the environment, or upward from here.
pub(crate) fn find(context: &Context) -> Result<Workspace, CliError> {
    let start = match (&context.directory, &context.env.workspace) {
        (Some(directory), _) | (None, Some(directory)) => absolute(directory)?,
        (None, None) => absolute(Path::new("."))?,
    };
    Workspace::find(&start).ok_or_else(|| {
        CliError::new(Kind::NoWorkspace, "no workspace in this folder or above it")
            .hint("make one with `misl init DIR`, or name one with -C DIR")
    })
}

/// Opens the workspace for reading.
pub(crate) fn open(context: &Context) -> Result<Desk, CliError> {
    match Desk::open(find(context)?) {
        Err(error @ TaskError::NothingRead) => Err(error.into()),
        other => Ok(other?),
    }
}

/// Returns the absolute form of a path that must exist.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, CliError> {
    path.canonicalize().map_err(|error| {
        let what = format!("cannot find {}: {error}", path.display());
        CliError::new(Kind::Usage, what).hint("check the path")
    })
}

/// Names this process to one that finds the lock taken.
pub(crate) fn holder(command: &str) -> String {
    let now = jiff::Zoned::now().strftime("%Y-%m-%d %H:%M:%S").to_string();
    format!("pid {}, misl {command}, since {now}", std::process::id())
}
