//! The worker: confines itself, says so, then reads one source after the other until its input ends.

use std::cell::{Cell, RefCell};
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::extract::{self, Job, Limits};

use super::protocol::{Frame, cut, next_frame};
use super::send::{Output, send};
use super::{Mode, Sandbox, sandbox, self_test};

/// Stack of the reading thread in bytes.
const STACK: usize = 16 << 20;

/// CPU seconds of a worker; the pool renews it long before where all goes well.
const CPU_SECONDS: u64 = 120;

/// The same for tests, which do not wait two minutes for a loop to end.
const SELF_TEST_CPU_SECONDS: u64 = 2;

/// Bytes that are read at once.
const PART: usize = 64 << 10;

/// How often the program hears that reading goes on.
const BEAT: Duration = Duration::from_millis(200);

/// What the last panic said and where, at most 300 characters; set by the hook.
static PANIC: Mutex<String> = Mutex::new(String::new());

/// Why a worker ended by itself.
#[derive(Debug)]
enum End {
    /// The program closed the pipe: all is done.
    Closed,
    /// A reader broke: what it left behind is not trusted with another source.
    Panicked,
    /// What came was no job.
    Nonsense,
}

/// Runs a worker on standard input and output until there are no more jobs.
///
/// To be called first in `main`, before any thread is begun and any file is opened.
pub fn serve(mode: Mode) -> ExitCode {
    drop(std::env::set_current_dir("/"));
    std::panic::set_hook(Box::new(note_panic));
    let cpu_seconds = match mode {
        Mode::Read => CPU_SECONDS,
        Mode::SelfTest => SELF_TEST_CPU_SECONDS,
    };
    let sandbox = sandbox::confine(cpu_seconds);
    let work = move || {
        // Last, and for both threads: from here on none can be begun.
        let sandbox = Sandbox { seccomp: sandbox::forbid_calls(), ..sandbox };
        let part = vec![0; PART];
        Server { input: Stdin, buffer: Vec::new(), at: 0, part, mode }.run(sandbox)
    };
    let reading = std::thread::Builder::new().stack_size(STACK).spawn(work);
    match reading.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(End::Closed | End::Panicked))) => ExitCode::SUCCESS,
        Ok(Ok(Ok(End::Nonsense))) => ExitCode::from(65),
        _ => ExitCode::from(70),
    }
}

fn note_panic(info: &std::panic::PanicHookInfo<'_>) {
    let payload = info.payload();
    let words = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words");
    let place =
        info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
    let text = format!("{} ({place})", cut(words, 1000));
    let mut last = PANIC.lock().unwrap_or_else(PoisonError::into_inner);
    *last = text.chars().take(300).collect();
}

/// Standard input without a buffer of its own.
struct Stdin;

impl Read for Stdin {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(rustix::io::read(rustix::stdio::stdin(), buffer)?)
    }
}

/// Standard output without a buffer of its own.
struct Stdout;

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(rustix::stdio::stdout(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Server<R> {
    input: R,
    /// What has come and not been used; whole frames are taken off from `at` on.
    buffer: Vec<u8>,
    at: usize,
    /// Room for one read.
    part: Vec<u8>,
    mode: Mode,
}

/// A job as it came, without its bytes.
struct Order {
    name: String,
    limits: Limits,
    passwords: Vec<String>,
    bytes: u64,
}

impl<R: Read> Server<R> {
    fn run(&mut self, sandbox: Sandbox) -> io::Result<End> {
        let mut out = Output::new(Stdout);
        out.put(&Frame::Ready(sandbox))?;
        out.flush()?;
        loop {
            let order = match self.order()? {
                Ok(order) => order,
                Err(end) => return Ok(end),
            };
            let Some(bytes) = self.bytes(&order)? else { return Ok(End::Nonsense) };
            if !self.answer(&order, &bytes, &mut out)? {
                return Ok(End::Panicked);
            }
        }
    }

    /// Reads the head of the next job.
    fn order(&mut self) -> io::Result<Result<Order, End>> {
        loop {
            match next_frame(&self.buffer, &mut self.at) {
                Ok(Some(Frame::Job { name, limits, passwords, bytes })) => {
                    let passwords = passwords.into_iter().map(str::to_owned).collect();
                    return Ok(Ok(Order { name: name.to_owned(), limits, passwords, bytes }));
                }
                Ok(None) => {}
                Ok(Some(_)) | Err(_) => return Ok(Err(End::Nonsense)),
            }
            if !self.fill()? {
                return Ok(Err(End::Closed));
            }
        }
    }

    /// Reads the bytes of a source; `None`: what came were not they.
    fn bytes(&mut self, order: &Order) -> io::Result<Option<Vec<u8>>> {
        let wanted = usize::try_from(order.bytes).unwrap_or(usize::MAX);
        if order.bytes > order.limits.file_bytes {
            return Ok(None);
        }
        // The program's own number, and under its limit: one piece of memory, never moved.
        let mut bytes = Vec::with_capacity(wanted);
        while bytes.len() < wanted {
            match next_frame(&self.buffer, &mut self.at) {
                Ok(Some(Frame::Chunk(part))) if bytes.len() + part.len() <= wanted => {
                    bytes.extend_from_slice(part);
                }
                Ok(None) => {
                    if !self.fill()? {
                        return Ok(None);
                    }
                }
                Ok(Some(_)) | Err(_) => return Ok(None),
            }
        }
        Ok(Some(bytes))
    }

    /// Reads more of the input; `false` at its end.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.at);
        self.at = 0;
        loop {
            match self.input.read(&mut self.part) {
                Ok(n) => {
                    self.buffer.extend_from_slice(self.part.get(..n).unwrap_or_default());
                    return Ok(n > 0);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads a source and sends what was found; `false` if its reader broke.
    fn answer<W: Write>(
        &self,
        order: &Order,
        bytes: &[u8],
        out: &mut Output<W>,
    ) -> io::Result<bool> {
        let shared = RefCell::new(out);
        let last = Cell::new(Instant::now());
        let beat = || {
            if last.get().elapsed() >= BEAT {
                last.set(Instant::now());
                if let Ok(mut out) = shared.try_borrow_mut() {
                    // A program that is gone is noticed when the answer is sent.
                    drop(out.put(&Frame::Beat).and_then(|()| out.flush()));
                }
            }
        };
        let job = Job {
            name: &order.name,
            limits: &order.limits,
            beat: &beat,
            passwords: &order.passwords,
        };
        let asked =
            (self.mode == Mode::SelfTest).then(|| order.name.strip_prefix(self_test::PREFIX));
        let read = catch_unwind(AssertUnwindSafe(|| match asked.flatten() {
            Some(asked) => self_test::run(asked, &job, &mut |raw| shared.borrow_mut().raw(raw)),
            None => extract::read(bytes, &job),
        }));
        let out = shared.into_inner();
        match read {
            Ok(Ok(extracted)) => send(extracted, &order.limits, out)?,
            Ok(Err(error)) => out.put(&Frame::Failed(error))?,
            Err(_) => {
                let words = PANIC.lock().unwrap_or_else(PoisonError::into_inner).clone();
                out.put(&Frame::Panicked(&words))?;
                out.flush()?;
                return Ok(false);
            }
        }
        out.flush()?;
        Ok(true)
    }
}
