//! The workers of a run: started when needed, watched, renewed, and asked twice.

use std::ffi::OsString;
use std::fmt;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::extract::pdf::Picture;
use crate::extract::{ExtractError, Job};
use crate::model::{Extracted, Member, PageNo};

use super::process::{Broken, Clock, Process};
use super::protocol::Ask;
use super::{ARGUMENT, Mode, SELF_TEST, Sandbox};

/// How a pool runs its workers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The program to start: this same one.
    pub program: PathBuf,
    /// What its workers do.
    pub mode: Mode,
    /// How long reading may go on without a sign of life.
    pub progress: Duration,
    /// How long reading one source may take in all.
    pub total: Duration,
    /// After how many sources a worker is renewed.
    pub files: u64,
    /// From how many resident bytes on a worker is renewed.
    pub resident_bytes: u64,
    /// After how much work a worker is renewed, so that the limit on its computing time, which
    /// counts from its start, leaves enough for each source.
    pub busy: Duration,
}

impl Settings {
    /// Returns the usual settings for workers of `program`.
    pub fn of(program: PathBuf) -> Self {
        Self {
            program,
            mode: Mode::Read,
            progress: Duration::from_mins(1),
            total: Duration::from_mins(30),
            files: 1000,
            resident_bytes: 512 << 20,
            busy: Duration::from_mins(1),
        }
    }
}

/// Bytes of a source after which the memory of its worker is looked at.
const LARGE: usize = 1 << 20;

/// Why there is no pool.
#[derive(Debug, thiserror::Error)]
#[error("cannot start a reading process: {failure}")]
pub struct PoolError {
    /// What became of the first worker.
    pub failure: WorkerFailure,
}

/// What became of a worker that did not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerFailure {
    /// The stable reason id of status lists: `crash:SIGSEGV`, `panic`, `timeout:progress`,
    /// `timeout:total`, `cpu`, `memory`, `protocol`, or `worker` where none could be started.
    pub reason: String,
    /// The same in words, at most 300 characters, no control characters.
    pub detail: String,
}

impl WorkerFailure {
    pub(super) fn new(reason: &str, detail: &str) -> Self {
        let detail = detail.chars().map(|c| if c.is_control() { ' ' } else { c });
        Self { reason: reason.to_owned(), detail: detail.take(300).collect() }
    }
}

impl std::error::Error for WorkerFailure {}

impl fmt::Display for WorkerFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.detail.as_str() {
            "" => f.write_str(&self.reason),
            detail => write!(f, "{}: {detail}", self.reason),
        }
    }
}

/// Why a source could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Its reader says why.
    #[error(transparent)]
    Extract(#[from] ExtractError),
    /// Its reader did not live to say so.
    #[error("its reader ended: {0}")]
    Worker(#[from] WorkerFailure),
}

impl ReadError {
    /// Returns the stable reason id of status lists.
    pub fn reason(&self) -> String {
        match self {
            Self::Extract(error) => error.reason(),
            Self::Worker(failure) => failure.reason.clone(),
        }
    }

    /// Tells whether the source counts as skipped; otherwise it failed.
    pub const fn is_skip(&self) -> bool {
        match self {
            Self::Extract(error) => error.is_skip(),
            Self::Worker(_) => false,
        }
    }
}

/// Workers that read sources, as many at a time as there are callers.
#[derive(Debug)]
pub struct Pool {
    settings: Settings,
    sandbox: Sandbox,
    idle: Mutex<Vec<Process>>,
    starter: Mutex<Sender<Sender<std::io::Result<Child>>>>,
}

impl Pool {
    /// Starts the first worker, which says how far the system lets it confine itself.
    pub fn start(settings: Settings) -> Result<Self, PoolError> {
        let wrong = |failure| PoolError { failure };
        let starter = starter(&settings).map_err(wrong)?;
        let pool = Self {
            settings,
            sandbox: Sandbox::default(),
            idle: Mutex::new(Vec::new()),
            starter: Mutex::new(starter),
        };
        let (process, sandbox) = pool.spawn().map_err(wrong)?;
        pool.give_back(process, 0);
        Ok(Self { sandbox, ..pool })
    }

    /// Returns what the workers confine themselves with.
    pub const fn sandbox(&self) -> Sandbox {
        self.sandbox
    }

    /// Has a source read by a worker, members and all.
    ///
    /// # Errors
    /// As [`Pool::read_to`].
    pub fn read(&self, bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ReadError> {
        let mut members = Vec::new();
        let found = self.read_to(bytes, job, &mut |member| members.push(member))?;
        Ok(Extracted { members, ..found })
    }

    /// Has a source read by a worker; `take` gets its members one by one, each once, and the worker
    /// waits meanwhile.
    ///
    /// A source whose worker ends abnormally is tried once more in a fresh one, which sends each
    /// page as soon as it is made. Pages that had come are kept, with a warning.
    ///
    /// # Errors
    /// Its reader says why it reads nothing, or ended twice without a page. Members may have come.
    pub fn read_to(
        &self,
        bytes: &[u8],
        job: &Job<'_>,
        take: &mut dyn FnMut(Member),
    ) -> Result<Extracted, ReadError> {
        if bytes.len() as u64 > job.limits.file_bytes {
            return Err(ExtractError::TooLarge.into());
        }
        let mut n_taken = 0_usize;
        let mut count = |member| {
            n_taken += 1;
            take(member);
        };
        let first = match self.attempt(
            self.take()?,
            bytes,
            job,
            Ask::Text { careful: false },
            &mut count,
        ) {
            Ok(result) => return Ok(result?),
            Err(broken) => broken,
        };
        // Reading is a pure function: the members that came are the first of those that come now.
        let mut n_again = 0_usize;
        let mut rest = |member| {
            n_again += 1;
            if n_again > n_taken {
                take(member);
            }
        };
        let careful = Ask::Text { careful: true };
        let again = self.fresh().map(|fresh| self.attempt(fresh, bytes, job, careful, &mut rest));
        let second = match again {
            Ok(Ok(result)) => return Ok(result?),
            Ok(Err(broken)) => broken,
            Err(failure) => Broken { failure, partial: None },
        };
        let n_pages =
            |broken: &Broken| broken.partial.as_ref().map_or(0, |found| found.pages.len());
        let best = if n_pages(&first) > n_pages(&second) { first.partial } else { second.partial };
        best.ok_or(ReadError::Worker(second.failure))
    }

    fn attempt(
        &self,
        mut process: Process,
        bytes: &[u8],
        job: &Job<'_>,
        ask: Ask,
        take: &mut dyn FnMut(Member),
    ) -> Result<Result<Extracted, ExtractError>, Broken> {
        let result = process.read(bytes, job, ask, self.clock(), take)?;
        self.give_back(process, bytes.len());
        Ok(result)
    }

    /// Has a draft read by a worker, with the calls of its notes, as `extract::read_with_calls`
    /// does. Part of a draft is none: its rest would go unchecked.
    ///
    /// # Errors
    /// Its reader says why it reads nothing, or the worker ended twice.
    pub fn read_draft(&self, bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ReadError> {
        if bytes.len() as u64 > job.limits.file_bytes {
            return Err(ExtractError::TooLarge.into());
        }
        let attempt = |process| self.attempt(process, bytes, job, Ask::Draft, &mut drop);
        let first = attempt(self.take()?).map_err(|broken| broken.failure);
        let result = match first {
            Ok(result) => result,
            Err(_) => attempt(self.fresh()?).map_err(|broken| broken.failure)?,
        };
        Ok(result?)
    }

    /// Has a worker draw a page of a source, as `extract::picture` does.
    ///
    /// # Errors
    /// It cannot be drawn, or the worker ended twice.
    pub fn picture(
        &self,
        bytes: &[u8],
        page: PageNo,
        dpi: u32,
        job: &Job<'_>,
    ) -> Result<Picture, ReadError> {
        self.draw(bytes, job, Ask::Picture { page, dpi })
    }

    /// Has a worker turn a picture that a worker drew, as `extract::pdf::turned` does.
    ///
    /// # Errors
    /// It cannot be turned, or the worker ended twice.
    pub fn turned(&self, png: &[u8], degrees: f32, job: &Job<'_>) -> Result<Picture, ReadError> {
        self.draw(png, job, Ask::Turned { degrees })
    }

    fn draw(&self, bytes: &[u8], job: &Job<'_>, ask: Ask) -> Result<Picture, ReadError> {
        let attempt = |mut process: Process| {
            let result = process.picture(bytes, job, ask, self.clock())?;
            // A picture takes more memory than most texts do.
            self.give_back(process, bytes.len().max(LARGE));
            Ok::<_, WorkerFailure>(result)
        };
        let result = attempt(self.take()?).or_else(|_| attempt(self.fresh()?))?;
        Ok(result?)
    }

    const fn clock(&self) -> Clock {
        Clock { progress: self.settings.progress, total: self.settings.total }
    }

    /// Returns a worker that waits, or a fresh one.
    fn take(&self) -> Result<Process, WorkerFailure> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| self.fresh(), Ok)
    }

    /// Returns a fresh worker that is confined as far as the first one was.
    fn fresh(&self) -> Result<Process, WorkerFailure> {
        let (process, sandbox) = self.spawn()?;
        if sandbox.level() < self.sandbox.level() {
            return Err(WorkerFailure::new("worker", "it could not confine itself"));
        }
        Ok(process)
    }

    fn spawn(&self) -> Result<(Process, Sandbox), WorkerFailure> {
        let gone = || WorkerFailure::new("worker", "nobody starts workers any more");
        let (reply, child) = channel();
        let starter = self.starter.lock().unwrap_or_else(PoisonError::into_inner).clone();
        starter.send(reply).map_err(|_| gone())?;
        let child = child.recv().map_err(|_| gone())?;
        let child = child.map_err(|error| WorkerFailure::new("worker", &error.to_string()))?;
        Process::greet(child)
    }

    /// Keeps a worker for the next source, unless it has grown old; `read` are the bytes of the last.
    fn give_back(&self, process: Process, read: usize) {
        let Settings { files, resident_bytes, busy, .. } = self.settings;
        // Asking the system costs a twentieth of a small file: not after each of them.
        let is_due = read >= LARGE || process.n_files.is_multiple_of(16);
        let is_big = || process.resident_bytes().is_some_and(|bytes| bytes >= resident_bytes);
        let is_old = process.n_files >= files || process.busy >= busy || (is_due && is_big());
        if !is_old {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(process);
        }
    }
}

/// Begins the thread that starts workers, and returns how to ask it for one.
///
/// A worker is killed when the thread that started it ends: so none of the reading threads, which
/// come and go, starts any. This one lives as long as the pool.
fn starter(settings: &Settings) -> Result<Sender<Sender<std::io::Result<Child>>>, WorkerFailure> {
    let (ask, asked) = channel::<Sender<std::io::Result<Child>>>();
    let program = settings.program.clone();
    let mut arguments = vec![OsString::from(ARGUMENT)];
    if settings.mode == Mode::SelfTest {
        arguments.push(SELF_TEST.into());
    }
    let work = move || {
        while let Ok(reply) = asked.recv() {
            let child = Command::new(&program)
                .arg0("misl")
                .args(&arguments)
                .env_clear()
                .current_dir("/")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                // Ctrl-C is the program's to answer; and a group can be killed whole.
                .process_group(0)
                .spawn();
            // Whoever asked and is gone gets none: the child ends when its input does.
            drop(reply.send(child));
        }
    };
    let begun = std::thread::Builder::new().name("worker starter".to_owned()).spawn(work);
    begun.map_err(|error| WorkerFailure::new("worker", &error.to_string()))?;
    Ok(ask)
}
