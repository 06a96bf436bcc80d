//! Runs `tesseract`: a picture goes in by a pipe, a table of words comes out by another.
//!
//! No file is written, the environment is empty, and a run that takes too long is killed with all
//! that it started. Where the system can, it is confined: it reads its models and libraries, and
//! nothing else, and talks to nobody (`launch`). What the words mean is found by `extract::ocr`.

use std::ffi::OsStr;
use std::io::{self, Read, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Sandbox;
use super::launch::{self, Launcher};

/// How long one page may take.
const PAGE_LIMIT: Duration = Duration::from_mins(2);
/// How long a question about the program itself may take.
const ASK_LIMIT: Duration = Duration::from_secs(20);
/// Most bytes that it may answer with.
const MAX_ANSWER: u64 = 64 << 20;
/// Most bytes that are kept of what it complains.
const MAX_COMPLAINT: u64 = 4 << 10;
/// Most bytes of memory that it may ask for.
const MAX_MEMORY: u64 = 3 << 30;

/// Why OCR gave nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OcrError {
    /// The program does not start, or the pipe to it broke.
    #[error("cannot run {}", program.display())]
    Run {
        /// Its path.
        program: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It took too long and was killed.
    #[error("it took longer than {} seconds", limit.as_secs())]
    Timeout {
        /// How long it had.
        limit: Duration,
    },
    /// It ended with an error.
    #[error("it ended with {status}: {said}")]
    Failed {
        /// How it ended.
        status: ExitStatus,
        /// The end of what it said.
        said: String,
    },
    /// It answered with more than a page of words.
    #[error("it answered with more than {} MB", MAX_ANSWER >> 20)]
    TooMuch,
}

/// How a picture is cut into blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segmentation {
    /// Columns and blocks, upright.
    Upright,
    /// The same on a picture that may be turned.
    Turned,
}

/// An installed tesseract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tesseract {
    start: Start,
    version: String,
    models: Vec<String>,
}

/// How it is started.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Start {
    program: PathBuf,
    /// `None`: as it is.
    launcher: Option<Launcher>,
}

/// Finds the program in a search path such as that of the environment; relative folders in it are
/// passed over, so that no file of the folder at hand is ever run.
pub fn find(search_path: &OsStr) -> Option<PathBuf> {
    let folders = std::env::split_paths(search_path).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join("tesseract")).find(|program| is_program(program))
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path)
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

impl Tesseract {
    /// Asks the program at `program` for its version and models. `misl` is this same program, through
    /// which it is started from then on, confined; without it, or where that does not work (its
    /// libraries lie in an odd place), it is started as it is, under limits.
    ///
    /// # Errors
    /// It cannot be run, or is no tesseract that answers.
    pub fn new(program: PathBuf, misl: Option<&Path>) -> Result<Self, OcrError> {
        let plain = Start { program, launcher: None };
        let said = run(&plain, &["--version"], &[], ASK_LIMIT)?;
        let version = said.lines().next().unwrap_or_default().trim().to_owned();
        let listed = run(&plain, &["--list-langs"], &[], ASK_LIMIT)?;
        let models = listed.lines().skip(1).map(|line| line.trim().to_owned());
        let models = models.filter(|model| is_model(model)).collect();
        let start = misl.and_then(|misl| confined(&plain.program, misl, &listed)).unwrap_or(plain);
        Ok(Self { start, version, models })
    }

    /// Returns where it lies.
    pub fn program(&self) -> &Path {
        &self.start.program
    }

    /// Returns what it is confined with.
    pub fn sandbox(&self) -> Sandbox {
        match &self.start.launcher {
            Some(launcher) => launcher.sandbox,
            None => Sandbox { limits: cfg!(target_os = "linux"), ..Sandbox::default() },
        }
    }

    /// Returns its name and version: `tesseract 5.3.0`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns the models that are installed: `eng`, `urd`, `Arabic` …
    pub fn models(&self) -> &[String] {
        &self.models
    }

    /// Returns its report of how the picture lies and in which script it is written.
    ///
    /// # Errors
    /// It fails also on a picture with too few letters.
    pub fn orientation(&self, picture: &[u8]) -> Result<String, OcrError> {
        run(&self.start, &["stdin", "stdout", "--psm", "0"], picture, PAGE_LIMIT)
    }

    /// Returns the words of a picture (PNG, JPEG, TIFF) of `dpi` dots an inch, as a table.
    ///
    /// `models` are some of [`Self::models`].
    ///
    /// # Errors
    /// It fails, or takes longer than two minutes.
    pub fn words(
        &self,
        picture: &[u8],
        dpi: u32,
        models: &[String],
        segmentation: Segmentation,
    ) -> Result<String, OcrError> {
        let mode = match segmentation {
            Segmentation::Upright => "3",
            Segmentation::Turned => "1",
        };
        let (dpi, models) = (dpi.to_string(), models.join("+"));
        let arguments = ["stdin", "stdout", "-l", &models, "--psm", mode, "--dpi", &dpi, "tsv"];
        run(&self.start, &arguments, picture, PAGE_LIMIT)
    }
}

/// Tells whether a listed name can be given back as a model: a plain name, perhaps in a folder.
fn is_model(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_/-".contains(c);
    !name.is_empty() && name.len() <= 60 && !name.starts_with('-') && name.chars().all(plain)
}

/// Returns how `program` is started confined, where it then lists the same models.
fn confined(program: &Path, misl: &Path, listed: &str) -> Option<Start> {
    let ask = Start { program: misl.to_owned(), launcher: None };
    let said = run(&ask, &[super::LAUNCH, launch::SAY], &[], ASK_LIMIT).ok()?;
    let launcher = Launcher {
        misl: misl.to_owned(),
        sandbox: launch::sandbox_from(&said)?,
        readable: readable(program, listed),
    };
    let start = Start { program: program.to_owned(), launcher: Some(launcher) };
    let again = run(&start, &["--list-langs"], &[], ASK_LIMIT).ok()?;
    (again == listed).then_some(start)
}

/// Returns what the program reads: itself, libraries, and the models that its list tells the folder of.
fn readable(program: &Path, listed: &str) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache"]
        .iter()
        .map(PathBuf::from)
        .collect();
    let real = program.canonicalize().ok();
    for program in [Some(program), real.as_deref()].into_iter().flatten() {
        all.push(program.to_owned());
        // What was built by hand or by another package manager has its libraries beside it.
        let prefix = program.parent().filter(|folder| folder.ends_with("bin"));
        all.extend(prefix.and_then(Path::parent).map(|prefix| prefix.join("lib")));
    }
    let models = listed.lines().next().and_then(|line| line.split('"').nth(1)).map(PathBuf::from);
    match models.filter(|folder| folder.is_absolute() && folder.parent().is_some()) {
        Some(folder) => all.push(folder),
        // Older versions do not tell.
        None => all.extend(
            ["/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata"]
                .iter()
                .map(PathBuf::from),
        ),
    }
    // A rule names what is there.
    all.retain(|path| path.exists());
    all.sort();
    all.dedup();
    all
}

/// Runs a program on `input` and returns what it answers.
fn run(
    start: &Start,
    arguments: &[&str],
    input: &[u8],
    limit: Duration,
) -> Result<String, OcrError> {
    let cannot = |source| OcrError::Run { program: start.program.clone(), source };
    let mut command = match &start.launcher {
        Some(launcher) => launcher.command(&start.program),
        None => Command::new(&start.program),
    };
    let mut child = command
        .args(arguments)
        .env_clear()
        // Threads of its own make it slower where several pages are read, and hold more memory.
        .env("OMP_THREAD_LIMIT", "1")
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(cannot)?;
    confine(&child);
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // It may end before it has read all: its exit says why, not the broken pipe.
            if let Some(mut pipe) = stdin {
                pipe.write_all(input).ok();
            }
        });
        let answer = scope.spawn(move || drain(stdout, MAX_ANSWER));
        let complaint = scope.spawn(move || drain(stderr, MAX_COMPLAINT));
        let status = wait(&mut child, limit);
        let answer = answer.join().unwrap_or_default();
        let complaint = complaint.join().unwrap_or_default();
        let status = status.map_err(cannot)?.ok_or(OcrError::Timeout { limit })?;
        if !status.success() {
            let said = String::from_utf8_lossy(&complaint);
            let said = said.lines().last().unwrap_or_default().chars().take(200).collect();
            return Err(OcrError::Failed { status, said });
        }
        if answer.len() as u64 > MAX_ANSWER {
            return Err(OcrError::TooMuch);
        }
        Ok(String::from_utf8_lossy(&answer).into_owned())
    })
}

/// Reads a pipe to its end and keeps `limit` bytes of it, and one more where there are more.
fn drain(pipe: Option<impl Read>, limit: u64) -> Vec<u8> {
    let mut kept = Vec::new();
    if let Some(mut pipe) = pipe {
        // What arrived before an error is used; the exit of the program says the rest.
        pipe.by_ref().take(limit + 1).read_to_end(&mut kept).ok();
        io::copy(&mut pipe, &mut io::sink()).ok();
    }
    kept
}

/// Waits for the end of `child`, and kills it with its process group at the limit (`None`).
fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let begun = Instant::now();
    let mut nap = Duration::from_millis(2);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begun.elapsed() >= limit {
            kill(child);
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(nap);
        nap = (nap * 2).min(Duration::from_millis(50));
    }
}

fn kill(child: &mut Child) {
    let pid = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(pid) = pid {
        // Its group bears its own number; one that has ended already needs no killing.
        rustix::process::kill_process_group(pid, rustix::process::Signal::KILL).ok();
    }
    child.kill().ok();
}

/// Limits memory and forbids files; where the system refuses, the time limit remains.
#[cfg(target_os = "linux")]
fn confine(child: &Child) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return };
    let seconds = PAGE_LIMIT.as_secs();
    for (resource, most) in [
        (Resource::As, MAX_MEMORY),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Cpu, seconds),
    ] {
        let limit = Rlimit { current: Some(most), maximum: Some(most) };
        prlimit(Some(pid), resource, limit).ok();
    }
}

#[cfg(not(target_os = "linux"))]
const fn confine(_child: &Child) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, input: &[u8], limit: Duration) -> Result<String, OcrError> {
        let start = Start { program: PathBuf::from("/bin/sh"), launcher: None };
        run(&start, &["-c", script], input, limit)
    }

    #[test]
    fn a_program_gets_the_picture_and_an_empty_environment() {
        let said = shell("cat; echo; echo $HOME$OMP_THREAD_LIMIT; pwd", b"picture", ASK_LIMIT);
        assert_eq!(said.unwrap(), "picture\n1\n/\n");
    }

    #[test]
    fn one_that_hangs_is_killed_with_its_children() {
        let begun = Instant::now();
        let said = shell("sleep 60 & sleep 60", b"", Duration::from_millis(200));
        assert!(matches!(said, Err(OcrError::Timeout { .. })));
        assert!(begun.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn one_that_fails_says_why() {
        let said = shell("echo no such model >&2; exit 3", b"", ASK_LIMIT);
        let Err(OcrError::Failed { status, said }) = said else { panic!("it did not fail") };
        assert_eq!((status.code(), said.as_str()), (Some(3), "no such model"));
    }

    #[test]
    fn relative_folders_of_a_search_path_are_passed_over() {
        assert_eq!(find(OsStr::new(".:bin:")), None);
    }

    #[test]
    fn what_it_reads_is_itself_libraries_and_models() {
        let folder = tempfile::tempdir().unwrap();
        let (bin, lib) = (folder.path().join("bin"), folder.path().join("lib"));
        let models = folder.path().join("models");
        for made in [&bin, &lib, &models] {
            std::fs::create_dir(made).unwrap();
        }
        let program = bin.join("tesseract");
        #[expect(clippy::disallowed_methods, reason = "a file of the test alone")]
        std::fs::write(&program, "").unwrap();
        let listed =
            format!("List of available languages in \"{}/\" (1):\neng\n", models.display());
        let found = readable(&program, &listed);
        assert!([&program, &lib, &models].iter().all(|path| found.contains(path)), "{found:?}");
        assert!(!found.iter().any(|path| path == folder.path() || path == Path::new("/")));
        assert!(!readable(&program, "languages in \"/\" (1):").contains(&PathBuf::from("/")));
    }

    #[test]
    fn odd_names_are_no_models() {
        assert!(is_model("script/Arabic"));
        assert!(!is_model("-c tessedit"));
        assert!(!is_model("a b"));
    }

    #[test]
    fn an_installed_tesseract_reads_words() {
        let found = find(OsStr::new("/usr/local/bin:/usr/bin:/opt/homebrew/bin"));
        let Some(program) = found else { return };
        let tesseract = Tesseract::new(program, None).unwrap();
        assert!(tesseract.version().contains("tesseract"), "{}", tesseract.version());
        assert!(!tesseract.models().is_empty());
        let no_picture =
            tesseract.words(b"no picture", 300, &["eng".to_owned()], Segmentation::Upright);
        assert!(no_picture.is_err());
    }
}
