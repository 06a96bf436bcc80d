//! What the tests of the whole program share: a workspace of their own, a run of the program, files.

pub(crate) mod encrypted;
mod files;
pub(crate) mod hostile;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) use files::{BadKind, Files, bundle_pdf, order_pdf, pdf, scan_pdf, zipped};

/// The program under test.
pub(crate) const MISL: &str = env!("CARGO_BIN_EXE_misl");

/// A workspace in a folder that goes when the test ends.
pub(crate) struct World {
    folder: tempfile::TempDir,
}

/// What a run of the program left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The exit status; -1 where a signal ended it.
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// Fails unless the run ended with `status`.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Fails unless stdout holds `text`.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no `{text}` in stdout:\n{}", self.stdout);
        self
    }

    /// Fails if stdout holds `text`.
    #[track_caller]
    pub(crate) fn never_says(self, text: &str) -> Self {
        assert!(!self.stdout.contains(text), "`{text}` in stdout:\n{}", self.stdout);
        self
    }

    /// Fails unless stderr holds `text`.
    #[track_caller]
    pub(crate) fn notes(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no `{text}` in stderr:\n{}", self.stderr);
        self
    }

    /// Reads stdout as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error} in:\n{}{}", self.stdout, self.stderr))
    }
}

/// Starts the program with an environment that holds nothing of the machine's.
pub(crate) fn misl() -> Command {
    let mut command = Command::new(MISL);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("TERM", "xterm").stdin(Stdio::null());
    command
}

/// Runs the program in `folder`.
pub(crate) fn run_in(folder: &Path, args: &[&str]) -> Run {
    Run::of(misl().current_dir(folder).args(args).output().expect("the program starts"))
}

impl World {
    /// Makes an empty workspace.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        run_in(folder.path(), &["init"]).ends(0);
        Self { folder }
    }

    /// Makes a workspace with `files` in its corpus, all read.
    pub(crate) fn with(files: &Files) -> Self {
        let world = Self::new();
        world.put(files);
        world.run(&["ingest", "--quiet"]).ends(0);
        world
    }

    /// Makes a workspace with the five usual files, all read.
    pub(crate) fn usual() -> Self {
        Self::with(&Files::usual())
    }

    /// Writes files into the corpus.
    pub(crate) fn put(&self, files: &Files) {
        for (name, bytes) in files.iter() {
            self.write(name, bytes);
        }
    }

    /// Writes one file into the corpus.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        write(&self.path().join("corpus").join(name), bytes);
    }

    /// Returns the workspace's folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns where a file of the corpus lies.
    pub(crate) fn corpus(&self, name: &str) -> PathBuf {
        self.path().join("corpus").join(name)
    }

    /// Runs the program in the workspace.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        run_in(self.path(), args)
    }

    /// Runs the program in the workspace and reads its JSON.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        let mut args = args.to_vec();
        args.push("--json");
        self.run(&args).json()
    }

    /// Runs the program in the workspace with `input` on its standard input.
    pub(crate) fn run_with_input(&self, args: &[&str], input: &str) -> Run {
        use std::io::Write as _;
        let mut child = misl()
            .current_dir(self.path())
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Run::of(child.wait_with_output().unwrap())
    }

    /// Runs a shell line in the workspace; `misl` in it is the program under test.
    pub(crate) fn shell(&self, line: &str) -> Run {
        shell_in(self.path(), line)
    }

    /// Returns the paths of the documents that a query finds, sorted.
    #[track_caller]
    pub(crate) fn found(&self, query: &str) -> Vec<String> {
        let run = self.run(&["search", "--all", "--json", query]);
        assert!(run.status == 0 || run.status == 1, "{run:?}");
        let mut paths: Vec<String> = run.json()["documents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|document| document["path"].as_str().unwrap().to_owned())
            .collect();
        paths.sort();
        paths
    }

    /// Returns the states of all places: `path state`, sorted.
    #[track_caller]
    pub(crate) fn states(&self) -> Vec<String> {
        let answer = self.json(&["status", "--all"]);
        let mut states: Vec<String> = answer["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| {
                format!("{} {}", file["path"].as_str().unwrap(), file["state"].as_str().unwrap())
            })
            .collect();
        states.sort();
        states
    }
}

/// Runs a shell line in `folder`; `misl` in it is the program under test.
pub(crate) fn shell_in(folder: &Path, line: &str) -> Run {
    let programs = Path::new(MISL).parent().unwrap().display().to_string();
    let mut command = Command::new("bash");
    command
        .env_clear()
        .env("PATH", format!("{programs}:/usr/bin:/bin"))
        .env("HOME", folder)
        .args(["-c", line])
        .current_dir(folder)
        .stdin(Stdio::null());
    Run::of(command.output().expect("bash starts"))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    use std::io::Write as _;
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::File::create(path).unwrap().write_all(bytes).unwrap();
}

/// Reads a whole text file.
pub(crate) fn read(path: &Path) -> String {
    let mut text = String::new();
    let mut file = std::fs::File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    std::io::Read::read_to_string(&mut file, &mut text).unwrap();
    text
}

/// Returns every file below `folder` with its bytes, by relative name.
pub(crate) fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let mut bytes = Vec::new();
            let mut file = std::fs::File::open(entry.path()).unwrap();
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            (entry.path().strip_prefix(folder).unwrap().display().to_string(), bytes)
        })
        .collect();
    all.sort();
    all
}
