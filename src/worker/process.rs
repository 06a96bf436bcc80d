//! One worker, seen from the program: its pipes, its clock, and how it ended.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, ExitStatus};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_setfl};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::extract::pdf::Picture;
use crate::extract::{ExtractError, Job};
use crate::model::{Extracted, Member};

use super::gather::{Gather, GatherPicture, Gathers, Step};
use super::protocol::{Ask, CHUNK, Frame, ProtocolError, next_frame};
use super::{Sandbox, WorkerFailure};

/// Bytes that are kept of what a worker says on standard error: the last ones.
const SAID: usize = 4096;

/// Bytes that are read at once.
const PART: usize = 64 << 10;

/// How long a worker may take to end after its last word.
const ENDING: Duration = Duration::from_secs(2);

/// How long a worker may take to start.
const STARTING: Duration = Duration::from_secs(20);

/// How long reading may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// Without a sign of life.
    pub(super) progress: Duration,
    /// In all.
    pub(super) total: Duration,
}

/// A worker that ended, or was ended, before its answer was whole.
#[derive(Debug)]
pub(super) struct Broken {
    /// Why.
    pub(super) failure: WorkerFailure,
    /// What had come, if it has text.
    pub(super) partial: Option<Extracted>,
}

/// A running worker. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    stderr: ChildStderr,
    /// What came from it; whole frames are taken off from `at` on.
    buffer: Vec<u8>,
    at: usize,
    /// Room for one read.
    part: Vec<u8>,
    /// The end of what it said on standard error.
    said: Vec<u8>,
    stderr_open: bool,
    /// How many sources it was given.
    pub(super) n_files: u64,
    /// How long it worked in all.
    pub(super) busy: Duration,
}

/// What a read of a pipe brought.
enum Got {
    Something,
    Nothing,
    End,
}

/// What is still to be sent of a job.
struct Feed<'a> {
    pending: Vec<u8>,
    at: usize,
    rest: &'a [u8],
}

impl<'a> Feed<'a> {
    fn new(bytes: &'a [u8], job: &Job<'_>, ask: Ask) -> Self {
        let frame = Frame::Job {
            ask,
            name: job.name,
            charset: job.charset,
            limits: job.limits.clone(),
            passwords: job.passwords.iter().map(String::as_str).collect(),
            bytes: bytes.len() as u64,
        };
        let mut feed = Self { pending: Vec::new(), at: 0, rest: bytes };
        frame.write(&mut feed.pending);
        feed.next_chunk();
        feed
    }

    fn next_chunk(&mut self) {
        let (chunk, rest) = self.rest.split_at(self.rest.len().min(CHUNK));
        if !chunk.is_empty() {
            Frame::Chunk(chunk).write(&mut self.pending);
        }
        self.rest = rest;
    }

    const fn is_done(&self) -> bool {
        self.at == self.pending.len() && self.rest.is_empty()
    }

    /// Writes as much as the pipe takes; `false` if it takes nothing now.
    fn write(&mut self, to: &mut ChildStdin) -> io::Result<bool> {
        let mut wrote = false;
        loop {
            if self.at == self.pending.len() {
                if self.rest.is_empty() {
                    return Ok(wrote);
                }
                self.pending.clear();
                self.at = 0;
                self.next_chunk();
            }
            match to.write(self.pending.get(self.at..).unwrap_or_default()) {
                Ok(n) => {
                    self.at += n;
                    wrote = true;
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(wrote),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Process {
    /// Takes over a child that was just started, and waits for its greeting.
    pub(super) fn greet(mut child: Child) -> Result<(Self, Sandbox), WorkerFailure> {
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(WorkerFailure::new("worker", "it has no pipes"));
        };
        let quiet = |error: rustix::io::Errno| WorkerFailure::new("worker", &error.to_string());
        fcntl_setfl(&stdin, OFlags::NONBLOCK).map_err(quiet)?;
        fcntl_setfl(&stdout, OFlags::NONBLOCK).map_err(quiet)?;
        fcntl_setfl(&stderr, OFlags::NONBLOCK).map_err(quiet)?;
        // Larger pipes save switches between the two; smaller ones do as well.
        #[cfg(target_os = "linux")]
        {
            let _ = rustix::pipe::fcntl_setpipe_size(&stdin, CHUNK);
            let _ = rustix::pipe::fcntl_setpipe_size(&stdout, CHUNK);
        }
        let mut this = Self {
            child,
            stdin,
            stdout,
            stderr,
            buffer: Vec::new(),
            at: 0,
            part: vec![0; PART],
            said: Vec::new(),
            stderr_open: true,
            n_files: 0,
            busy: Duration::ZERO,
        };
        let started = Instant::now();
        loop {
            match next_frame(&this.buffer, &mut this.at) {
                Ok(Some(Frame::Ready(sandbox))) => return Ok((this, sandbox)),
                Ok(Some(_)) => return Err(WorkerFailure::new("protocol", "no greeting")),
                Err(error) => return Err(WorkerFailure::new("protocol", &error.to_string())),
                Ok(None) => {}
            }
            match this.fill() {
                Ok(Got::Something) => {}
                Ok(Got::Nothing) => {
                    let left = STARTING.saturating_sub(started.elapsed());
                    if left.is_zero() {
                        return Err(WorkerFailure::new("timeout:progress", "it did not start"));
                    }
                    this.wait(left, false);
                }
                Ok(Got::End) | Err(_) => return Err(this.autopsy()),
            }
        }
    }

    /// Has the worker read a source; `take` gets its members as they come.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        job: &Job<'_>,
        ask: Ask,
        clock: Clock,
        take: &mut dyn FnMut(Member),
    ) -> Result<Result<Extracted, ExtractError>, Broken> {
        let mut gather = Gather::new(job.limits);
        self.exchange(bytes, job, ask, clock, &mut gather, take).map_err(|failure| {
            let why = failure.to_string();
            Broken { failure, partial: gather.into_partial(&why) }
        })
    }

    /// Has the worker make a picture.
    pub(super) fn picture(
        &mut self,
        bytes: &[u8],
        job: &Job<'_>,
        ask: Ask,
        clock: Clock,
    ) -> Result<Result<Picture, ExtractError>, WorkerFailure> {
        let mut gather = GatherPicture::default();
        self.exchange(bytes, job, ask, clock, &mut gather, &mut drop)
    }

    /// Gives the worker a job and gathers its answer; one that fails is killed.
    fn exchange<G: Gathers>(
        &mut self,
        bytes: &[u8],
        job: &Job<'_>,
        ask: Ask,
        clock: Clock,
        gather: &mut G,
        take: &mut dyn FnMut(Member),
    ) -> Result<Result<G::Answer, ExtractError>, WorkerFailure> {
        self.n_files += 1;
        let started = Instant::now();
        let mut elsewhere = Duration::ZERO;
        let mut taking = |member| {
            let since = Instant::now();
            take(member);
            elsewhere += since.elapsed();
        };
        let feed = Feed::new(bytes, job, ask);
        let result = self.talk(feed, job, clock, gather, &mut taking);
        self.busy += started.elapsed().saturating_sub(elsewhere);
        if result.is_err() {
            self.kill();
        }
        result
    }

    fn talk<G: Gathers>(
        &mut self,
        mut feed: Feed<'_>,
        job: &Job<'_>,
        clock: Clock,
        gather: &mut G,
        take: &mut dyn FnMut(Member),
    ) -> Result<Result<G::Answer, ExtractError>, WorkerFailure> {
        let mut started = Instant::now();
        let mut alive = started;
        loop {
            if !feed.is_done() {
                match feed.write(&mut self.stdin) {
                    Ok(true) => alive = Instant::now(),
                    Ok(false) => {}
                    // It is gone: how it ended is seen below.
                    Err(_) => feed = Feed { pending: Vec::new(), at: 0, rest: &[] },
                }
            }
            let got =
                self.fill().map_err(|error| WorkerFailure::new("worker", &error.to_string()))?;
            loop {
                let frame = match next_frame(&self.buffer, &mut self.at) {
                    Ok(Some(frame)) => frame,
                    Ok(None) => break,
                    Err(error) => return Err(nonsense(error)),
                };
                alive = Instant::now();
                if frame == Frame::Beat {
                    (job.beat)();
                }
                match gather.take(frame).map_err(nonsense)? {
                    Step::More => {}
                    Step::Member(member) => {
                        // Meanwhile the worker waits: its clocks stand still.
                        let since = Instant::now();
                        take(member);
                        started += since.elapsed();
                        alive = Instant::now();
                    }
                    Step::End(_) if !feed.is_done() || self.at != self.buffer.len() => {
                        return Err(nonsense(ProtocolError::Place {
                            what: "something after the end",
                        }));
                    }
                    Step::End(result) => return Ok(result),
                    Step::Panicked(words) => return Err(WorkerFailure::new("panic", &words)),
                }
            }
            let (quiet, all) = (alive.elapsed(), started.elapsed());
            if quiet >= clock.progress {
                let words = format!("no sign of life for {} s", clock.progress.as_secs());
                return Err(WorkerFailure::new("timeout:progress", &words));
            }
            if all >= clock.total {
                let words = format!("not done after {} s", clock.total.as_secs());
                return Err(WorkerFailure::new("timeout:total", &words));
            }
            match got {
                Got::Something => {}
                Got::Nothing => {
                    self.wait(
                        clock.progress.saturating_sub(quiet).min(clock.total.saturating_sub(all)),
                        !feed.is_done(),
                    );
                }
                Got::End => return Err(self.autopsy()),
            }
        }
    }

    /// Reads what has come without waiting for more.
    fn fill(&mut self) -> io::Result<Got> {
        self.listen();
        self.buffer.drain(..self.at);
        self.at = 0;
        match self.stdout.read(&mut self.part) {
            Ok(0) => Ok(Got::End),
            Ok(n) => {
                self.buffer.extend_from_slice(self.part.get(..n).unwrap_or_default());
                Ok(Got::Something)
            }
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::Interrupted => Ok(Got::Nothing),
                _ => Err(error),
            },
        }
    }

    /// Takes in what the worker said on standard error, and keeps the end of it.
    fn listen(&mut self) {
        let mut part = [0; SAID];
        // At most a few times: a worker that never stops talking does not stop the clock.
        for _ in 0..4 {
            if !self.stderr_open {
                return;
            }
            match self.stderr.read(&mut part) {
                Ok(0) => self.stderr_open = false,
                Ok(n) => {
                    self.said.extend_from_slice(part.get(..n).unwrap_or_default());
                    let extra = self.said.len().saturating_sub(SAID);
                    self.said.drain(..extra);
                }
                Err(_) => return,
            }
        }
    }

    /// Waits until there is something to read, or room to write if `to_write`.
    fn wait(&self, most: Duration, to_write: bool) {
        let mut fds = vec![PollFd::new(&self.stdout, PollFlags::IN)];
        if self.stderr_open {
            fds.push(PollFd::new(&self.stderr, PollFlags::IN));
        }
        if to_write {
            fds.push(PollFd::new(&self.stdin, PollFlags::OUT));
        }
        let timeout = Timespec {
            tv_sec: i64::try_from(most.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: most.subsec_nanos().into(),
        };
        // An interruption is as good as an event: the caller looks again.
        let _ = poll(&mut fds, Some(&timeout));
    }

    /// Finds out how a worker ended that closed its output.
    fn autopsy(&mut self) -> WorkerFailure {
        let since = Instant::now();
        let status = loop {
            self.listen();
            match self.child.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if since.elapsed() < ENDING => {
                    std::thread::sleep(Duration::from_millis(1));
                }
                _ => break None,
            }
        };
        self.listen();
        let said = String::from_utf8_lossy(&self.said);
        match status {
            Some(status) => cause(status, &said),
            None => WorkerFailure::new("protocol", "it closed its output and did not end"),
        }
    }

    /// Ends the worker and everything it may have started.
    fn kill(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
            if let Some(group) = group {
                // Gone already, at worst.
                let _ = kill_process_group(group, Signal::KILL);
            }
            drop(self.child.wait());
        }
    }

    /// Returns the memory that the worker holds now, in bytes; `None` where the system does not say.
    pub(super) fn resident_bytes(&self) -> Option<u64> {
        let mut text = [0; 8192];
        let mut file = std::fs::File::open(format!("/proc/{}/status", self.child.id())).ok()?;
        let n = file.read(&mut text).ok()?;
        let text = std::str::from_utf8(text.get(..n)?).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
        Some(kilobytes * 1024)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn nonsense(error: ProtocolError) -> WorkerFailure {
    WorkerFailure::new("protocol", &error.to_string())
}

/// Names of the signals that end a process.
const SIGNALS: [(i32, &str); 11] = [
    (4, "SIGILL"),
    (5, "SIGTRAP"),
    (6, "SIGABRT"),
    (7, "SIGBUS"),
    (8, "SIGFPE"),
    (9, "SIGKILL"),
    (11, "SIGSEGV"),
    (13, "SIGPIPE"),
    (15, "SIGTERM"),
    (24, "SIGXCPU"),
    (31, "SIGSYS"),
];

/// Returns why a worker ended; `said` is the end of what it wrote to standard error.
pub(super) fn cause(status: ExitStatus, said: &str) -> WorkerFailure {
    let last = said.trim().lines().next_back().unwrap_or_default();
    match status.signal() {
        Some(24) => WorkerFailure::new("cpu", "more computing time than one file may cost"),
        // The allocator of the standard library says this and aborts.
        Some(6) if said.contains("memory allocation of") => WorkerFailure::new("memory", last),
        Some(6) if said.contains("has overflowed its stack") => {
            WorkerFailure::new("crash:SIGABRT", "its stack overflowed")
        }
        Some(signal) => {
            let name = SIGNALS.iter().find(|(number, _)| *number == signal);
            let name = name.map_or_else(|| format!("SIG{signal}"), |(_, name)| (*name).to_owned());
            WorkerFailure::new(&format!("crash:{name}"), last)
        }
        None => {
            let code = status.code().unwrap_or_default();
            WorkerFailure::new("protocol", &format!("it ended with status {code} {last}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wait_status: i32, said: &str, expect: &str) {
        let failure = cause(ExitStatus::from_raw(wait_status), said);
        assert_eq!(failure.reason, expect, "{failure}");
    }

    #[test]
    fn a_signal_is_named() {
        check(11, "", "crash:SIGSEGV");
        check(6, "", "crash:SIGABRT");
        check(24, "", "cpu");
        check(40, "", "crash:SIG40");
    }

    #[test]
    fn an_abort_says_why() {
        check(6, "memory allocation of 1073741824 bytes failed\n", "memory");
        check(6, "\nthread 'x' (1) has overflowed its stack\nfatal runtime error", "crash:SIGABRT");
    }

    #[test]
    fn an_end_without_an_answer_is_nonsense() {
        check(0, "", "protocol");
        check(65 << 8, "", "protocol");
    }
}
