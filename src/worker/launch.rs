//! Another program, confined: misl is started once more, takes away from itself all that the other
//! program does not need, and becomes it.
//!
//! What was taken away stays away over the change (Landlock, seccomp, limits). It is done this way
//! since a program cannot confine one that runs already, and not between fork and exec either
//! without unsafe code.

use std::ffi::OsString;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use super::{Sandbox, sandbox};

/// The argument that asks for what it could confine itself with, and nothing else.
pub(super) const SAY: &str = "say";

/// The exit status of a launch that failed, as shells have it.
const NOT_RUN: u8 = 126;

/// How the other program may be started: what it reads, and how far it must be confined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Launcher {
    /// This same program.
    pub(super) misl: PathBuf,
    /// What a trial said.
    pub(super) sandbox: Sandbox,
    /// Files and folders that the other program reads, and starts from.
    pub(super) readable: Vec<PathBuf>,
}

impl Launcher {
    /// Returns a command that becomes `program`.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(&self.misl);
        command.arg0("misl").arg(super::LAUNCH).arg(self.sandbox.landlock_abi.to_string());
        command.args(&self.readable).arg("--").arg(program);
        command
    }
}

/// Returns what was said by a process that was asked to [`SAY`].
pub(super) fn sandbox_from(said: &str) -> Option<Sandbox> {
    let mut words = said.split_whitespace();
    let landlock_abi = words.next()?.parse().ok()?;
    let mut flag = || words.next()?.parse::<bool>().ok();
    Some(Sandbox { landlock_abi, seccomp: flag()?, limits: flag()? })
}

/// Confines this process and turns it into another program; returns only where that fails.
///
/// `arguments`: the least Landlock version or `say`, what may be read, `--`, the program, and its
/// own arguments. To be called first in `main`, before any thread is begun.
pub fn launch(mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let first = arguments.next().unwrap_or_default();
    let readable: Vec<PathBuf> =
        arguments.by_ref().take_while(|argument| argument != "--").map(PathBuf::from).collect();
    let sandbox = sandbox::confine_other(&readable);
    if first == SAY {
        let Sandbox { landlock_abi, seccomp, limits } = sandbox;
        let said = writeln!(std::io::stdout(), "{landlock_abi} {seccomp} {limits}");
        return if said.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(NOT_RUN) };
    }
    let least = first.to_str().and_then(|first| first.parse().ok()).unwrap_or(u8::MAX);
    if sandbox.landlock_abi < least {
        return fail("it could not be confined");
    }
    let Some(program) = arguments.next() else { return fail("no program is named") };
    let error = Command::new(program).args(arguments).exec();
    fail(&error.to_string())
}

fn fail(words: &str) -> ExitCode {
    // Nobody may listen any more; the status says it too.
    drop(writeln!(std::io::stderr(), "{words}"));
    ExitCode::from(NOT_RUN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_understood() {
        let full = Sandbox { landlock_abi: 7, seccomp: true, limits: true };
        assert_eq!(sandbox_from("7 true true\n"), Some(full));
        assert_eq!(
            sandbox_from("0 false true"),
            Some(Sandbox { limits: true, ..Sandbox::default() })
        );
        for nonsense in ["", "x", "7", "7 true", "300 true true", "7 yes no"] {
            assert_eq!(sandbox_from(nonsense), None, "{nonsense}");
        }
    }
}
