//! Throws damaged input at every parser of outside bytes, and writes down what breaks.
//!
//! `cargo bench --profile dev --bench fuzz -- TARGET SECONDS [FIRST]` (README.md says more). The
//! inputs of a target are numbered and always the same; a child process of this same program works
//! on them and tells each number before it begins, so that a crash, a hang or a flood of memory is
//! known by its number and can be had again with `again TARGET NUMBER`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test program reads and writes files of its own, and says what it found"
)]

mod damage;
mod seeds;
mod targets;

use std::io::{Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use damage::{Dice, damaged};
use targets::{TARGETS, Target};

/// More computing time than this no input may take, in the slow build that looks for overflows.
const HANG: Duration = Duration::from_secs(20);
/// And no more of the clock's, whatever else the machine does.
const STUCK: Duration = Duration::from_mins(5);
/// Address space of the child in bytes, as of a reading process.
const MEMORY: u64 = 1 << 30;
/// Stack of its working thread, as of a reading process.
const STACK: usize = 16 << 20;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u64>().ok();
    match args[..] {
        ["child", name, first] => {
            if let (Some(target), Some(first)) = (target(name), number(first)) {
                child(target, first);
            }
            ExitCode::SUCCESS
        }
        ["again", name, n] => match (target(name), number(n)) {
            (Some(target), Some(n)) => again(target, n),
            _ => usage(),
        },
        ["all", seconds] => match number(seconds) {
            Some(seconds) => {
                let found = TARGETS.iter().map(|target| hunt(target, seconds, 0)).sum::<usize>();
                ExitCode::from(u8::from(found > 0))
            }
            None => usage(),
        },
        ["files", n, folder] => match number(n) {
            Some(n) => files(n, Path::new(folder)),
            None => usage(),
        },
        [name, seconds] => one(name, seconds, "0"),
        [name, seconds, first] => one(name, seconds, first),
        _ => usage(),
    }
}

/// Writes `n` inputs of the formats that files come in, for a whole run over them.
fn files(n: u64, folder: &Path) -> ExitCode {
    const KINDS: [(&str, &str); 11] = [
        ("pdf", "pdf"),
        ("html", "html"),
        ("docx", "docx"),
        ("odt", "odt"),
        ("epub", "epub"),
        ("rtf", "rtf"),
        ("mail", "eml"),
        ("archive", "zip"),
        ("markdown", "md"),
        ("text", "txt"),
        ("image", "png"),
    ];
    let kinds: Vec<(&Target, Vec<Vec<u8>>, &str)> = KINDS
        .iter()
        .filter_map(|(name, ending)| target(name).map(|target| (target, *ending)))
        .map(|(target, ending)| (target, (target.seeds)(), ending))
        .collect();
    for ((target, seeds, ending), n) in kinds.iter().cycle().zip(0..n) {
        let path = folder.join(format!("{n:05}.{ending}"));
        if let Err(error) = std::fs::write(&path, input(target, seeds, n)) {
            println!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn one(name: &str, seconds: &str, first: &str) -> ExitCode {
    match (target(name), seconds.parse(), first.parse()) {
        (Some(target), Ok(seconds), Ok(first)) => {
            ExitCode::from(u8::from(hunt(target, seconds, first) > 0))
        }
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    println!("usage: TARGET SECONDS [FIRST] | all SECONDS | again TARGET NUMBER | files N FOLDER");
    println!("targets: {}", names.join(" "));
    ExitCode::SUCCESS
}

fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Returns input `n` of a target.
fn input(target: &Target, seeds: &[Vec<u8>], n: u64) -> Vec<u8> {
    let mut dice = Dice::new(n);
    let bytes = damaged(seeds, target.words, &mut dice);
    (target.wrap)(bytes, &mut dice)
}

/// Does the inputs of a target from `first` on, for ever; each number goes to standard output before.
fn child(target: &'static Target, first: u64) {
    for (resource, most) in [(rlimit::Resource::AS, MEMORY), (rlimit::Resource::CORE, 0)] {
        drop(resource.set(most, most));
    }
    let last_words: &'static Mutex<String> = Box::leak(Box::default());
    std::panic::set_hook(Box::new(move |info| {
        let words = format!("{info}").replace('\n', " ");
        *last_words.lock().unwrap_or_else(PoisonError::into_inner) = words;
    }));
    let work = move || {
        let seeds = (target.seeds)();
        let mut out = std::io::stdout().lock();
        for n in first.. {
            if out.write_all(&n.to_le_bytes()).and_then(|()| out.flush()).is_err() {
                return;
            }
            let bytes = input(target, &seeds, n);
            if catch_unwind(AssertUnwindSafe(|| (target.run)(&bytes))).is_err() {
                let words = last_words.lock().unwrap_or_else(PoisonError::into_inner).clone();
                eprintln!("{n} {words}");
            }
        }
    };
    if let Ok(thread) = std::thread::Builder::new().stack_size(STACK).spawn(work) {
        drop(thread.join());
    }
}

/// Does one input in this process and shows what comes of it; writes it to a file.
fn again(target: &Target, n: u64) -> ExitCode {
    let bytes = input(target, &(target.seeds)(), n);
    let path = PathBuf::from(format!("/tmp/fuzz-{}-{n}", target.name));
    if let Err(error) = std::fs::write(&path, &bytes) {
        eprintln!("{}: {error}", path.display());
    }
    println!("{} bytes in {}", bytes.len(), path.display());
    let begun = Instant::now();
    (target.run)(&bytes);
    println!("done in {:?}", begun.elapsed());
    ExitCode::SUCCESS
}

/// What the thread that listens to a child passes on.
enum Said {
    Begins(u64),
    Panicked(String),
}

fn start(target: &Target, first: u64) -> std::io::Result<(Child, Receiver<Said>)> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["child", target.name, &first.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (tell, said) = channel();
    if let Some(mut out) = child.stdout.take() {
        let tell = tell.clone();
        std::thread::spawn(move || {
            let mut number = [0; 8];
            while out.read_exact(&mut number).is_ok() {
                if tell.send(Said::Begins(u64::from_le_bytes(number))).is_err() {
                    return;
                }
            }
        });
    }
    if let Some(mut err) = child.stderr.take() {
        std::thread::spawn(move || {
            let (mut text, mut part) = (Vec::new(), [0; 4096]);
            while let Ok(n @ 1..) = err.read(&mut part) {
                text.extend(part.iter().take(n));
                while let Some(end) = text.iter().position(|byte| *byte == b'\n') {
                    let line: Vec<u8> = text.drain(..=end).collect();
                    let line = String::from_utf8_lossy(&line).trim().to_owned();
                    if !line.is_empty() && tell.send(Said::Panicked(line)).is_err() {
                        return;
                    }
                }
            }
        });
    }
    Ok((child, said))
}

/// Runs a target for some seconds; returns how many findings there were, each kind of words once.
fn hunt(target: &Target, seconds: u64, first: u64) -> usize {
    let mut n_done = 0_u64;
    let mut slowest = (Duration::ZERO, first);
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut next = first;
    let mut found: Vec<String> = Vec::new();
    let mut kinds: Vec<String> = Vec::new();
    let mut note = |kind: &str, line: String| {
        if !kinds.iter().any(|known| known == kind) {
            kinds.push(kind.to_owned());
            println!("{}: {line}", target.name);
            found.push(line);
        }
    };
    while Instant::now() < until {
        let Ok((mut child, said)) = start(target, next) else { break };
        let mut current = next;
        let mut since = Instant::now();
        let mut last_line = String::new();
        // Measured where an input takes long, from half a second after its beginning on.
        let mut cpu = None;
        let end = loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break "time";
            }
            match said.recv_timeout(left.min(Duration::from_millis(500))) {
                Ok(Said::Begins(n)) => {
                    if since.elapsed() > slowest.0 && n > next {
                        slowest = (since.elapsed(), current);
                    }
                    n_done += 1;
                    (current, since) = (n, Instant::now());
                    cpu = None;
                }
                Ok(Said::Panicked(line)) => {
                    if line.split_once(' ').is_some_and(|(n, _)| n.parse::<u64>().is_ok()) {
                        let words = line.split_once(' ').map_or("", |(_, words)| words);
                        note(&place(words), format!("panic, input {line}"));
                    } else {
                        last_line = line;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    let now = cpu_time(child.id());
                    let begun = *cpu.get_or_insert(now);
                    if now.saturating_sub(begun) > HANG || since.elapsed() > STUCK {
                        break "hang";
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break "end",
            }
        };
        drop(child.kill());
        let status = child.wait();
        match end {
            "hang" => note(&format!("hang {current}"), format!("hang, input {current}")),
            "end" => {
                let status = status.map_or_else(|e| e.to_string(), |status| status.to_string());
                note(
                    &format!("{status} {last_line}"),
                    format!("crash, input {current}: {status} {last_line}"),
                );
            }
            _ => {}
        }
        next = current + 1;
    }
    println!(
        "{}: {n_done} inputs from {first} on, {} findings; the slowest, {}, took {:.1} s",
        target.name,
        found.len(),
        slowest.1,
        slowest.0.as_secs_f32()
    );
    found.len()
}

/// Returns the computing time of a process so far.
fn cpu_time(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks.saturating_mul(10))
}

/// Returns the place in the words of a panic: `src/a.rs:12:5`.
fn place(words: &str) -> String {
    let at = words.split("panicked at ").nth(1).unwrap_or(words);
    at.split(' ').next().unwrap_or_default().to_owned()
}
