//! Workers that crash, hang, lie and try to get out: each costs one file and is named.
//!
//! The program is started as a worker that misbehaves on request (`--self-test`).

mod ingest;
mod mutate;
mod ocr;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use misl::extract::{ExtractError, Job, Limits};
use misl::model::{Extracted, PageNo, WarningKind};
use misl::worker::{Level, Mode, Pool, ReadError, Settings};

fn settings() -> Settings {
    Settings {
        mode: Mode::SelfTest,
        progress: Duration::from_millis(700),
        total: Duration::from_secs(20),
        ..Settings::of(PathBuf::from(env!("CARGO_BIN_EXE_misl")))
    }
}

fn read(pool: &Pool, name: &str, bytes: &[u8]) -> Result<Extracted, ReadError> {
    let limits = Limits::default();
    pool.read(bytes, &Job { name, limits: &limits, beat: &|| (), passwords: &[], charset: None })
}

const PLAIN: &[u8] = b"The petition is allowed. The order of 25 June 2024 is set aside.";

/// Has a worker misbehave, and checks the reason, and that the next file is read as if nothing was.
#[track_caller]
fn check(settings: Settings, asked: &str, expect: &str) -> String {
    let pool = Pool::start(settings).unwrap();
    let failure = match read(&pool, &format!("self-test:{asked}"), b"x") {
        Err(ReadError::Worker(failure)) => failure,
        other => panic!("{asked}: {other:?}"),
    };
    assert_eq!(failure.reason, expect, "{asked}: {failure}");
    assert!(failure.detail.chars().count() <= 300 && !failure.detail.contains('\u{1b}'));
    let next = read(&pool, "order.txt", PLAIN).unwrap();
    assert_eq!(next.pages.len(), 1, "the file after {asked}");
    failure.detail
}

#[test]
fn a_crash_costs_one_file() {
    check(settings(), "abort", "crash:SIGABRT");
    let words = check(settings(), "overflow", "crash:SIGABRT");
    assert_eq!(words, "its stack overflowed");
}

#[test]
fn a_panic_says_its_words_and_its_place() {
    let words = check(settings(), "panic", "panic");
    assert!(words.contains("broken at 7") && words.contains("self_test.rs:"), "{words}");
}

#[test]
fn memory_is_bounded() {
    // Filling a gigabyte takes its time where the machine is busy.
    let slow = Settings { progress: Duration::from_secs(60), ..settings() };
    check(slow, "memory", "memory");
}

#[test]
fn time_is_bounded() {
    let started = Instant::now();
    check(settings(), "loop", "timeout:progress");
    let total = Duration::from_millis(900);
    check(Settings { total, ..settings() }, "beats", "timeout:total");
    // Twice each, and two seconds of grace.
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[test]
fn computing_time_is_bounded() {
    let patient = Settings { progress: Duration::from_secs(60), ..settings() };
    check(patient, "loop", "cpu");
}

#[test]
fn lies_are_refused() {
    for lie in [
        "length",
        "no-length",
        "kind",
        "trailing",
        "text",
        "no-beginning",
        "greeting",
        "page-number",
        "giant-page",
        "boxes",
        "span",
        "giant-member",
        "person",
    ] {
        check(settings(), &format!("lie:{lie}"), "protocol");
    }
}

#[test]
fn pages_that_had_come_are_kept() {
    let pool = Pool::start(settings()).unwrap();
    let found = read(&pool, "self-test:partial", b"x").unwrap();
    let texts: Vec<&str> = found.pages.iter().map(|page| page.text.as_str()).collect();
    assert_eq!(texts, ["This page had come whole."]);
    let warning = found.warnings.last().unwrap();
    assert_eq!(warning.kind, WarningKind::Partial);
    assert!(warning.detail.contains("crash:SIGABRT"), "{}", warning.detail);
}

#[test]
fn nothing_gets_out() {
    let pool = Pool::start(settings()).unwrap();
    if pool.sandbox().level() < Level::Full {
        // What this kernel lacks cannot be tested on it; it is said, and `--require-sandbox` refuses.
        println!("only {} here", pool.sandbox());
        return;
    }
    let found = read(&pool, "self-test:escape", b"x").unwrap();
    let tries: Vec<&str> = found.pages[0].text.lines().collect();
    assert_eq!(tries.len(), 13);
    for line in tries {
        assert!(line.ends_with(": PermissionDenied"), "{line}");
    }
    assert!(!PathBuf::from("/tmp/misl-escape").exists());
}

#[test]
fn an_ordinary_worker_knows_no_tricks() {
    let pool = Pool::start(Settings { mode: Mode::Read, ..settings() }).unwrap();
    let found = read(&pool, "self-test:abort", PLAIN).unwrap();
    assert!(found.pages[0].text.starts_with("The petition is allowed."));
}

#[test]
fn a_worker_reads_what_this_process_reads() {
    let pool = Pool::start(Settings { progress: Duration::from_secs(60), ..settings() }).unwrap();
    let long = "Paragraph after paragraph, ثبوت کے ساتھ۔\n\n".repeat(30_000);
    let front = "---\ntitle: Order\ncourt: ihc\ndate: 2024-06-25\n---\n\n# Heading\n\nText.\n";
    for (name, bytes) in
        [("a.txt", PLAIN), ("long.txt", long.as_bytes()), ("front.md", front.as_bytes())]
    {
        let limits = Limits::default();
        let job = Job { name, limits: &limits, beat: &|| (), passwords: &[], charset: None };
        let here = misl::extract::read(bytes, &job).unwrap();
        assert_eq!(pool.read(bytes, &job).unwrap(), here, "{name}");
    }
    let wrong = read(&pool, "empty.txt", b" \n ");
    assert_eq!(wrong, Err(ReadError::Extract(ExtractError::Empty)));
}

#[test]
fn an_old_worker_is_renewed() {
    let pool = Pool::start(Settings { files: 2, ..settings() }).unwrap();
    for _ in 0..5 {
        assert!(read(&pool, "order.txt", PLAIN).is_ok());
    }
}

#[test]
fn many_at_a_time() {
    let pool = Pool::start(settings()).unwrap();
    std::thread::scope(|scope| {
        for n in 0..4 {
            let pool = &pool;
            scope.spawn(move || {
                for round in 0..6 {
                    if (n + round) % 3 == 0 {
                        assert!(read(pool, "self-test:abort", b"x").is_err());
                    } else {
                        assert!(read(pool, "order.txt", PLAIN).is_ok());
                    }
                }
            });
        }
    });
}

#[test]
fn there_is_no_pool_without_a_program() {
    let error = Pool::start(Settings::of(PathBuf::from("/nonexistent/misl"))).unwrap_err();
    assert_eq!(error.failure.reason, "worker");
    // One that is there and no worker of ours.
    let error = Pool::start(Settings::of(PathBuf::from("/bin/true"))).unwrap_err();
    assert_eq!(error.failure.reason, "protocol");
}

#[test]
fn a_crash_on_a_page_costs_the_pages_from_there_on() {
    let pool = Pool::start(settings()).unwrap();
    for n in 1..=6 {
        let found = read(&pool, &format!("self-test:pages:{n}"), b"x");
        if n == 1 {
            assert!(matches!(found, Err(ReadError::Worker(_))), "{found:?}");
            continue;
        }
        let found = found.unwrap();
        let texts: Vec<&str> = found.pages.iter().map(|page| page.text.as_str()).collect();
        let came: Vec<String> =
            (1..n).map(|n| format!("The text of page {n}, as it came early.")).collect();
        assert_eq!(texts, came[..(n - 1).min(5)]);
        let kinds: Vec<WarningKind> = found.warnings.iter().map(|warning| warning.kind).collect();
        assert_eq!(kinds, if n == 6 { vec![] } else { vec![WarningKind::Partial] });
        assert_eq!(found.media_type, "text/plain");
    }
}

#[test]
fn members_come_once_though_their_archive_is_read_twice() {
    let pool = Pool::start(settings()).unwrap();
    let limits = Limits::default();
    let job = Job {
        name: "self-test:members:3",
        limits: &limits,
        beat: &|| (),
        passwords: &[],
        charset: None,
    };
    let mut names = Vec::new();
    let found = pool.read_to(b"x", &job, &mut |member| {
        assert_eq!(member.bytes.unwrap().len(), 1 << 20);
        names.push(member.name);
    });
    assert!(matches!(found, Err(ReadError::Worker(_))), "{found:?}");
    assert_eq!(names, ["1.txt", "2.txt", "3.txt"]);
}

#[test]
fn a_worker_waits_while_a_member_is_looked_into() {
    // Longer than a worker may be silent: its clock stands still meanwhile.
    let pool = Pool::start(settings()).unwrap();
    let zip = mutate::zip(&[("a.txt", "One."), ("b.txt", "Two.")]);
    let limits = Limits::default();
    let job = Job { name: "two.zip", limits: &limits, beat: &|| (), passwords: &[], charset: None };
    let mut names = Vec::new();
    let found = pool.read_to(&zip, &job, &mut |member| {
        std::thread::sleep(Duration::from_millis(800));
        // A member is read by another worker, while this one waits.
        assert_eq!(read(&pool, &member.name, &member.bytes.unwrap()).unwrap().pages.len(), 1);
        names.push(member.name);
    });
    assert!(found.is_ok(), "{found:?}");
    assert_eq!(names, ["a.txt", "b.txt"]);
}

#[test]
fn pages_are_drawn_and_turned_elsewhere() {
    let pool = Pool::start(Settings { progress: Duration::from_secs(60), ..settings() }).unwrap();
    let limits = Limits::default();
    let job =
        Job { name: "order.pdf", limits: &limits, beat: &|| (), passwords: &[], charset: None };
    let pdf = mutate::pdf();
    let first = PageNo::FIRST;
    let drawn = pool.picture(&pdf, first, 36, &job).unwrap();
    assert_eq!(drawn, misl::extract::picture(&pdf, first, 36, &job).unwrap());
    assert_eq!((drawn.width, drawn.height), (306, 396));
    let turned = pool.turned(&drawn.png, 1.5, &job).unwrap();
    assert_eq!(turned, misl::extract::pdf::turned(&drawn.png, 1.5).unwrap());
    let second = pool.picture(&pdf, PageNo::from_idx(1), 36, &job);
    assert!(matches!(second, Err(ReadError::Extract(ExtractError::Damaged { .. }))), "{second:?}");
    let none = pool.picture(PLAIN, first, 36, &job);
    assert!(matches!(none, Err(ReadError::Extract(ExtractError::Damaged { .. }))), "{none:?}");
    // One that gives no picture where one was asked for.
    let job = Job { name: "self-test:partial", ..job };
    let lie = pool.picture(&pdf, first, 36, &job);
    assert!(matches!(&lie, Err(ReadError::Worker(failure)) if failure.reason == "protocol"));
}

/// A Word draft is read in a worker, as sources are: one that breaks its reader is named, and the
/// calls of notes come through.
#[test]
fn drafts_are_read_in_workers() {
    let pool = Pool::start(settings()).unwrap();
    let limits = Limits::default();
    let job = |name| Job { name, limits: &limits, beat: &|| (), passwords: &[], charset: None };
    match pool.read_draft(b"x", &job("self-test:abort")) {
        Err(ReadError::Worker(failure)) => assert_eq!(failure.reason, "crash:SIGABRT"),
        other => panic!("{other:?}"),
    }
    let bytes = draft();
    let read = pool.read_draft(&bytes, &job("draft.odt")).unwrap();
    assert_eq!(read.pages[0].text.lines().next(), Some("He held “one two three”[^1]."));
    assert_eq!(read, misl::extract::read_with_calls(&bytes, &job("draft.odt")).unwrap());
    // As a source the text has no mark of its notes.
    let kept = pool.read(&bytes, &job("draft.odt")).unwrap();
    assert_eq!(kept.pages[0].text.lines().next(), Some("He held “one two three”."));
}

/// An `OpenDocument` text with a note.
fn draft() -> Vec<u8> {
    use std::io::Write as _;
    let content = "<o:document-content><o:body><o:text><t:p>He held “one two three”\
        <t:note t:note-class='footnote'><t:note-citation>1</t:note-citation>\
        <t:note-body><t:p>PLD 1998 SC 388.</t:p></t:note-body></t:note>.</t:p>\
        </o:text></o:body></o:document-content>";
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)]
    {
        archive.start_file(name, stored).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
