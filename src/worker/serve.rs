//! The worker: confines itself, says so, then reads one source after the other until its input ends.

use std::cell::{Cell, RefCell};
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::extract::pdf::Picture;
use crate::extract::{self, ExtractError, Job, Limits, Sink};
use crate::model::{Extracted, Member, Page, Reader, Warning, WarningKind};

use super::gather::{MAX_PAGE_WARNINGS, MAX_PICTURE};
use super::protocol::{Ask, Frame, cut, next_frame};
use super::send::{Output, join_last, send, send_member, send_page, send_picture, tidy};
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

/// What a job gave.
#[expect(clippy::large_enum_variant, reason = "one value a job, sent at once and never kept")]
enum Answer {
    Text(Extracted),
    Picture(Picture),
}

/// Sends members, and where it is careful pages, while their source is still read.
///
/// A program that is gone is noticed when the rest is sent.
struct Early<'a, 'b, W> {
    out: &'a RefCell<&'b mut Output<W>>,
    limits: &'a Limits,
    careful: bool,
    media_type: Cell<&'static str>,
    /// Whether it was said who reads.
    is_begun: Cell<bool>,
    n_chars: Cell<usize>,
    n_members: Cell<usize>,
}

impl<W: Write> Sink for Early<'_, '_, W> {
    fn member(&self, member: Member) {
        self.n_members.set(self.n_members.get() + 1);
        if self.n_members.get() <= self.limits.members {
            let mut out = self.out.borrow_mut();
            let sent = send_member(&member, &mut out);
            // What is lost with the reader should be little.
            drop(if self.careful { sent.and_then(|()| out.flush()) } else { sent });
        }
    }

    fn wants_pages(&self) -> bool {
        self.careful
    }

    fn media_type(&self, media_type: &'static str) {
        self.media_type.set(media_type);
    }

    fn page(&self, reader: &Reader, page: &Page, warnings: &[Warning]) {
        let n_chars = self.n_chars.get().saturating_add(page.text.chars().count());
        if n_chars > self.limits.document_chars {
            return;
        }
        self.n_chars.set(n_chars);
        let mut page = page.clone();
        tidy(&mut page, self.limits);
        join_last(&mut page);
        let mut out = self.out.borrow_mut();
        let mut send = || {
            if !self.is_begun.replace(true) {
                let Reader { name, version } = reader;
                let media_type = self.media_type.get();
                out.put(&Frame::Meta { media_type, reader: name, version })?;
            }
            send_page(&page, &mut out)?;
            for warning in warnings.iter().take(MAX_PAGE_WARNINGS) {
                out.put(&Frame::Warning(warning.clone()))?;
            }
            // It must be there before the next page is begun.
            out.flush()
        };
        drop(send());
    }
}

/// A job as it came, without its bytes.
struct Order {
    ask: Ask,
    name: String,
    charset: Option<String>,
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
                Ok(Some(Frame::Job { ask, name, charset, limits, passwords, bytes })) => {
                    let passwords = passwords.into_iter().map(str::to_owned).collect();
                    let (name, charset) = (name.to_owned(), charset.map(str::to_owned));
                    return Ok(Ok(Order { ask, name, charset, limits, passwords, bytes }));
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

    /// Does a job and sends what came of it; `false` if a reader broke.
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
            charset: order.charset.as_deref(),
        };
        let early = Early {
            out: &shared,
            limits: &order.limits,
            careful: order.ask == Ask::Text { careful: true },
            media_type: Cell::new(""),
            is_begun: Cell::new(false),
            n_chars: Cell::new(0),
            n_members: Cell::new(0),
        };
        let asked =
            (self.mode == Mode::SelfTest).then(|| order.name.strip_prefix(self_test::PREFIX));
        let done = catch_unwind(AssertUnwindSafe(|| match (asked.flatten(), order.ask) {
            (Some(asked), _) => {
                let raw = &mut |raw: &[u8]| shared.borrow_mut().raw(raw);
                self_test::run(asked, &job, &early, raw).map(Answer::Text)
            }
            (None, Ask::Text { .. }) => extract::read_to(bytes, &job, &early).map(Answer::Text),
            (None, Ask::Draft) => extract::read_with_calls(bytes, &job).map(Answer::Text),
            (None, Ask::Picture { page, dpi }) => {
                extract::picture(bytes, page, dpi, &job).map(Answer::Picture)
            }
            (None, Ask::Turned { degrees }) => {
                extract::pdf::turned(bytes, degrees).map(Answer::Picture)
            }
        }));
        let (is_begun, n_members) = (early.is_begun.get(), early.n_members.get());
        let out = shared.into_inner();
        match done {
            Ok(Ok(Answer::Text(mut extracted))) => {
                if n_members > order.limits.members {
                    let detail = format!("only the first {} members", order.limits.members);
                    extracted.warnings.push(Warning::document(WarningKind::Truncated, detail));
                }
                send(extracted, &order.limits, is_begun, out)?;
            }
            Ok(Ok(Answer::Picture(picture))) if picture.png.len() as u64 > MAX_PICTURE => {
                let detail = "its picture is too large".to_owned();
                out.put(&Frame::Failed(ExtractError::Damaged { detail }))?;
            }
            Ok(Ok(Answer::Picture(picture))) => send_picture(&picture, out)?,
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
