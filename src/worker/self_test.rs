//! What a worker does wrong on request, so that tests can see what becomes of it.
//!
//! Reached only in a worker that was started with [`super::SELF_TEST`]; everything here is safe
//! code that any reader could hold by mistake or by malice.

use std::io;
use std::net::{TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;
use std::process::Command;

use crate::extract::{ExtractError, Job, Sink};
use crate::model::record::{Origin, Valued};
use crate::model::{Extracted, Member, Page, PageNo, PageOrigin, Reader, Record, Role};

use super::Sandbox;
use super::protocol::{Frame, PageHead};

/// The names of jobs that ask for misbehaviour begin with this.
pub(super) const PREFIX: &str = "self-test:";

/// Does what `asked` says; `raw` writes past the protocol.
pub(super) fn run(
    asked: &str,
    job: &Job<'_>,
    sink: &dyn Sink,
    raw: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> Result<Extracted, ExtractError> {
    match asked {
        "abort" => std::process::abort(),
        "panic" => broken_reader(),
        "loop" => loop {
            std::hint::spin_loop();
        },
        "beats" => loop {
            (job.beat)();
            std::thread::sleep(std::time::Duration::from_millis(10));
        },
        "overflow" => Ok(page(&deep(1).to_string())),
        "memory" => Ok(page(&bomb().to_string())),
        "escape" => Ok(page(&escapes().join("\n"))),
        "partial" => {
            drop(raw(&partial()));
            std::process::abort()
        }
        _ => {
            if let Some(n) = asked.strip_prefix("pages:").and_then(|n| n.parse().ok()) {
                return pages_before(n, sink);
            }
            if let Some(n) = asked.strip_prefix("members:").and_then(|n| n.parse().ok()) {
                (1..=n).for_each(|n| sink.member(member(n)));
                // As many as a pipe holds are there; what lies in our own buffer is lost.
                std::process::abort();
            }
            if let Some(lie) = asked.strip_prefix("lie:").and_then(lie) {
                drop(raw(&lie));
            }
            // Read on, so that the lie is not the last that is heard.
            Ok(page("after the lie"))
        }
    }
}

fn broken_reader() -> Result<Extracted, ExtractError> {
    let bytes: &[u8] = &[];
    let at = bytes.len() + 7;
    // Out of bounds, with a message that would drive a terminal if it were printed raw.
    let text = format!("\u{1b}[2Jbroken at {at}");
    std::panic::panic_any(text)
}

/// Reads a document of five pages, and does not survive page `n`; past the fifth it reads them all.
fn pages_before(n: usize, sink: &dyn Sink) -> Result<Extracted, ExtractError> {
    let mut whole = page("");
    whole.pages.clear();
    sink.media_type("text/plain");
    for number in 1..=5 {
        if number == n {
            std::process::abort();
        }
        let mut page = Page::empty(PageNo::from_idx(number - 1), PageOrigin::Plain);
        page.push(&format!("The text of page {number}, as it came early."), Role::Body);
        if sink.wants_pages() {
            sink.page(&whole.reader, &page, &[]);
        }
        whole.pages.push(page);
    }
    Ok(whole)
}

/// Returns a member of a megabyte: more than is gathered before it is sent.
fn member(n: u32) -> Member {
    let mut bytes = format!("Member {n}. ").into_bytes();
    bytes.resize(1 << 20, b'x');
    Member::new(format!("{n}.txt"), Ok(bytes))
}

/// Recurses until the stack ends.
fn deep(n: u64) -> u64 {
    let room = std::hint::black_box([n; 64]);
    if n == 0 {
        0
    } else {
        deep(std::hint::black_box(n + 1)).wrapping_add(room.iter().sum::<u64>())
    }
}

/// Takes memory until there is none.
fn bomb() -> usize {
    let mut all = Vec::new();
    loop {
        all.push(std::hint::black_box(vec![1_u8; 16 << 20]));
        if all.len() > 1 << 20 {
            return all.len();
        }
    }
}

fn page(text: &str) -> Extracted {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(text, Role::Body);
    Extracted {
        media_type: "text/plain".to_owned(),
        reader: Reader { name: "self-test".to_owned(), version: "1".to_owned() },
        pages: vec![page],
        record: Record::default(),
        warnings: Vec::new(),
        members: Vec::new(),
    }
}

/// Tries to get out in every way that safe code knows, and says how each ended.
fn escapes() -> Vec<String> {
    use rustix::process::{Pid, Resource, Rlimit, getppid, setrlimit, test_kill_process};

    let free = Rlimit { current: None, maximum: None };
    let parent = getppid().or(Pid::from_raw(1));
    let kill = parent.map_or(Ok(()), test_kill_process);
    let thread = std::thread::Builder::new().spawn(|| ()).map(drop);
    let tries: [(&str, io::Result<()>); 13] = [
        ("read", std::fs::File::open("/etc/passwd").map(drop)),
        ("write", std::fs::File::create("/tmp/misl-escape").map(drop)),
        ("list", std::fs::read_dir("/").map(drop)),
        ("remove", std::fs::remove_file("/tmp/misl-escape-2")),
        ("tcp", TcpStream::connect(("127.0.0.1", 9)).map(drop)),
        ("udp", UdpSocket::bind(("127.0.0.1", 0)).map(drop)),
        ("unix", UnixStream::connect("/tmp/misl-escape.sock").map(drop)),
        ("exec", Command::new("/bin/true").spawn().map(drop)),
        ("thread", thread),
        ("kill", kill.map_err(io::Error::from)),
        ("memory file", memory_file()),
        ("limits", setrlimit(Resource::As, free).map_err(io::Error::from)),
        ("folder", std::env::set_current_dir("/tmp")),
    ];
    let say = |(what, result): (&str, io::Result<()>)| match result {
        Ok(()) => format!("{what}: done"),
        Err(error) => format!("{what}: {:?}", error.kind()),
    };
    tries.into_iter().map(say).collect()
}

#[cfg(target_os = "linux")]
fn memory_file() -> io::Result<()> {
    rustix::fs::memfd_create("misl", rustix::fs::MemfdFlags::empty())?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn memory_file() -> io::Result<()> {
    Err(io::ErrorKind::PermissionDenied.into())
}

const META: Frame<'static> = Frame::Meta { media_type: "text/plain", reader: "text", version: "1" };

const HEAD: PageHead<'static> = PageHead {
    number: PageNo::FIRST,
    label: None,
    origin: PageOrigin::Plain,
    quality: 1.0,
    text_bytes: 0,
    paragraphs: 0,
    lines: 0,
};

fn frames(frames: &[Frame<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    frames.iter().for_each(|frame| frame.write(&mut out));
    out
}

/// A whole page, and the beginning of the next.
fn partial() -> Vec<u8> {
    let text = "This page had come whole.";
    let head = PageHead { text_bytes: 25, ..HEAD };
    let next = PageHead { number: PageNo::from_idx(1), text_bytes: 1000, ..HEAD };
    frames(&[
        META,
        Frame::Record("{}"),
        Frame::Page(head),
        Frame::Text(text),
        Frame::Page(next),
        Frame::Text("This one had"),
    ])
}

/// Returns the bytes of a lie by its name; `None` if there is none of the name.
fn lie(name: &str) -> Option<Vec<u8>> {
    let start = |more: &[Frame<'_>]| {
        let all: Vec<Frame<'_>> =
            [META, Frame::Record("{}")].into_iter().chain(more.iter().cloned()).collect();
        frames(&all)
    };
    let person = Record {
        title: Some(Valued::new("by hand".to_owned(), Origin::Person)),
        ..Record::default()
    };
    Some(match name {
        "length" => vec![0xff, 0xff, 0xff, 0x7f, 1, 2, 3],
        "no-length" => vec![0, 0, 0, 0],
        "kind" => vec![1, 0, 0, 0, 200],
        "trailing" => vec![2, 0, 0, 0, 4, 4],
        "text" => vec![3, 0, 0, 0, 8, 0xc3, 0x28],
        "no-beginning" => frames(&[Frame::Done]),
        "greeting" => frames(&[Frame::Ready(Sandbox::default())]),
        "page-number" => start(&[Frame::Page(PageHead { number: PageNo::from_idx(1), ..HEAD })]),
        "giant-page" => start(&[Frame::Page(PageHead { text_bytes: u32::MAX, ..HEAD })]),
        "boxes" => start(&[Frame::Page(PageHead { lines: u32::MAX, ..HEAD })]),
        "span" => start(&[
            Frame::Page(PageHead { text_bytes: 2, paragraphs: 1, ..HEAD }),
            Frame::Text("é"),
            Frame::Paragraphs(vec![crate::model::Paragraph { span: 0..1, ..Default::default() }]),
        ]),
        "giant-member" => start(&[Frame::Member { name: "x", charset: None, bytes: Ok(u64::MAX) }]),
        "person" => {
            frames(&[META, Frame::Record(&serde_json::to_string(&person).unwrap_or_default())])
        }
        _ => return None,
    })
}
