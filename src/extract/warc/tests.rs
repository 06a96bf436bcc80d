use std::io::Write as _;

use super::*;
use crate::extract::{Limits, whole};

fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    whole(|sink| super::read(bytes, job, sink))
}

fn read_wacz(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    whole(|sink| super::read_wacz(bytes, job, sink))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn record(kind: &str, uri: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2025-09-12T10:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(status: u16, head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {status} X\r\n{head}\r\n\r\n").as_bytes(), body].concat()
}

const PAGE: &[u8] = b"<!doctype html><title>T</title><p>The court orders.</p>";

/// A crawl of one small site: pages, a PDF, what belongs to pages, what came twice.
fn crawl() -> Vec<Vec<u8>> {
    let html = "Content-Type: text/html; charset=utf-8";
    vec![
        record("warcinfo", "", b"software: test"),
        record("request", "https://x.example/", b"GET / HTTP/1.1\r\n\r\n"),
        record(
            "response",
            "https://x.example/",
            &answer(200, &format!("{html}\r\nContent-Encoding: gzip"), &gzip(PAGE)),
        ),
        record("response", "<https://x.example/gone>", &answer(404, html, b"<p>no</p>")),
        record(
            "response",
            "https://x.example/a.css",
            &answer(200, "Content-Type: text/css", b"p{}"),
        ),
        record("revisit", "https://x.example/", &answer(200, html, b"")),
        record("response", "https://x.example/again", &answer(200, html, PAGE)),
        record(
            "response",
            "https://x.example/o.pdf",
            &answer(200, "Content-Type: application/pdf", b"%PDF-1.4"),
        ),
        record("response", "https://x.example/none", &answer(200, html, b"  ")),
        record("response", "dns:x.example", b"20250912 1.2.3.4"),
        record("response", "https://x.example/raw", b"no answer"),
        record("response", "https://x.example/c", &answer(200, "content-encoding: zzz", b"??")),
    ]
}

fn with<T>(limits: &Limits, work: impl FnOnce(&Job<'_>) -> T) -> T {
    work(&Job { name: "x.warc", limits, beat: &|| (), passwords: &[], charset: None })
}

fn names(read: &Extracted) -> Vec<(&str, Result<&[u8], &str>)> {
    let member = |m: &'static Member| (m.name.as_str(), m.bytes.as_deref().map_err(String::as_str));
    let members: &'static [Member] = Vec::leak(read.members.clone());
    members.iter().map(member).collect()
}

#[track_caller]
fn check_crawl(read: &Extracted) {
    let expect: [(&str, Result<&[u8], &str>); 9] = [
        ("https://x.example/", Ok(PAGE)),
        ("https://x.example/o.pdf", Ok(b"%PDF-1.4")),
        ("https://x.example/gone", Err("http-status:404")),
        ("https://x.example/a.css", Err("not-a-document:text/css")),
        ("https://x.example/", Err("revisit")),
        ("https://x.example/again", Err("duplicate")),
        ("https://x.example/none", Err("empty")),
        ("https://x.example/raw", Err("damaged")),
        ("https://x.example/c", Err("unsupported:content-encoding-zzz")),
    ];
    assert_eq!(names(read), expect);
    let stated = read.members[0].stated.as_deref().unwrap();
    assert_eq!(stated.url.as_ref().unwrap().value, "https://x.example/");
    assert_eq!(stated.dates[0].value.role, DateRole::Captured);
    assert_eq!(stated.dates[0].value.value.to_string(), "2025-09-12");
    assert_eq!(stated.extra["captured-at"].value, "2025-09-12T10:00:00Z");
}

#[test]
fn a_crawl_plain_and_packed() {
    let records = crawl();
    let plain = records.concat();
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    with(&Limits::default(), |job| {
        for bytes in [&plain, &packed, &gzip(&plain)] {
            let read = read(bytes, job).unwrap();
            check_crawl(&read);
            assert_eq!(read.warnings.len(), 2, "{:?}", read.warnings);
        }
    });
}

#[test]
fn archives_of_archives() {
    let packed: Vec<u8> = crawl().iter().flat_map(|record| gzip(record)).collect();
    let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [("archive/data.warc.gz", &packed[..]), ("datapackage.json", b"{}")] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    with(&Limits::default(), |job| {
        assert_eq!(
            super::super::sniff::sniff(&bytes, "x.wacz").unwrap().format,
            super::super::sniff::Format::Wacz
        );
        let mut read = read_wacz(&bytes, job).unwrap();
        let table = read.members.pop().unwrap();
        assert_eq!(
            (table.name.as_str(), table.bytes),
            ("datapackage.json", Err("not-a-document".to_owned()))
        );
        check_crawl(&read);
    });
}

#[test]
fn damage_costs_little() {
    let limits = Limits::default();
    let mut records = crawl();
    records[3] =
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nlonger than it says\r\n"
            .to_vec();
    let found = with(&limits, |job| read(&records.concat(), job)).unwrap();
    assert_eq!(found.members.iter().filter(|member| member.bytes.is_ok()).count(), 2);
    assert!(found.warnings.iter().any(|warning| warning.kind == WarningKind::Partial));
    let whole = crawl().concat();
    let cut = whole.len() - records.last().unwrap().len() - 40;
    let found = with(&limits, |job| read(&whole[..cut], job)).unwrap();
    assert_eq!(found.members[1].name, "https://x.example/o.pdf");
    assert!(found.warnings.iter().any(|warning| warning.kind == WarningKind::Partial));
}

#[test]
fn limits_hold() {
    let few = Limits { members: 3, ..Limits::default() };
    let found = with(&few, |job| read(&crawl().concat(), job)).unwrap();
    // Documents go before what is only counted.
    let kept: Vec<_> = names(&found).into_iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(kept, ["https://x.example/", "https://x.example/o.pdf", "https://x.example/gone"]);
    let zeros = [b'x'].repeat(100_000);
    let bomb = gzip(&record("response", "https://x.example/", &answer(200, "", &zeros)));
    let small = Limits { archive_bytes: 10_000, ..Limits::default() };
    let stopped = with(&small, |job| read(&bomb, job));
    assert_eq!(stopped, Err(ExtractError::ArchiveLimit { which: "bytes" }));
    let first = record("response", "https://x.example/a", &answer(200, "", PAGE));
    let after = with(&small, |job| read(&[gzip(&first), bomb].concat(), job)).unwrap();
    assert_eq!(after.members.len(), 1);
    assert!(after.warnings.iter().any(|warning| warning.kind == WarningKind::Truncated));
}

#[test]
fn a_page_keeps_the_encoding_that_its_server_named() {
    let head = |kind: &str| format!("Content-Type: {kind}");
    let records = [
        record(
            "response",
            "http://x.example/1",
            &answer(200, &head("text/html; x=1; Charset=\"Windows-1256\""), b"<p>1"),
        ),
        record("response", "http://x.example/2", &answer(200, &head("text/html"), b"<p>2")),
        record(
            "response",
            "http://x.example/3",
            &answer(200, &head("text/html; charset=<b>"), b"<p>3"),
        ),
    ];
    let read = with(&Limits::default(), |job| read(&records.concat(), job)).unwrap();
    let charsets: Vec<_> = read.members.iter().map(|member| member.charset.as_deref()).collect();
    assert_eq!(charsets, [Some("windows-1256"), None, None]);
}

#[test]
fn records_of_every_kind() {
    let typed = |kind: &str, more: &str, uri: &str, block: &[u8]| {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\n{more}\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    };
    let page = "http://x.example/";
    let records = [
        typed(
            "resource",
            "Content-Type: text/plain; charset=windows-1252",
            "http://x.example/a",
            b"caf\xe9",
        ),
        typed("conversion", "Content-Type: text/plain", "http://x.example/b", b"bare text"),
        typed(
            "response",
            "Content-Type: text/plain",
            "ftp://x.example/c",
            b"from a server of files",
        ),
        typed("resource", "Content-Type: image/png", "http://x.example/d", b"\x89PNG"),
        typed("resource", "Content-Type: text/plain", "metadata://x.example/wget.log", b"fetched"),
        typed(
            "metadata",
            "Content-Type: application/warc-fields",
            page,
            b"outlink: http://y.example/",
        ),
        typed(
            "revisit",
            "WARC-Refers-To-Target-URI: http://x.example/a\r\nWARC-Refers-To-Date: 2024-01-02T03:04:05Z",
            page,
            b"HTTP/1.1 304 Not Modified\r\n\r\n",
        ),
        typed("revisit", "WARC-Profile: x", page, b""),
        typed("continuation", "WARC-Segment-Number: 2", page, b"the rest"),
    ];
    let read = with(&Limits::default(), |job| read(&records.concat(), job)).unwrap();
    let expect: [(&str, Result<&[u8], &str>); 8] = [
        ("http://x.example/a", Ok(b"caf\xe9")),
        ("http://x.example/b", Ok(b"bare text")),
        ("ftp://x.example/c", Ok(b"from a server of files")),
        ("http://x.example/d", Err("not-a-document:image/png")),
        ("metadata://x.example/wget.log", Err("not-a-document")),
        (page, Err("revisit of http://x.example/a of 2024-01-02")),
        (page, Err("revisit")),
        (page, Err("unsupported:continuation")),
    ];
    assert_eq!(names(&read), expect);
    assert_eq!(read.members[0].charset.as_deref(), Some("windows-1252"));
}

#[test]
fn documents_go_before_the_archive_ends() {
    let taken = std::cell::RefCell::new(Vec::new());
    let mut take = |member: Member| taken.borrow_mut().push(member.name);
    let crawl = crawl().concat();
    let rest = with(&Limits::default(), |job| {
        super::read(&crawl, job, &crate::extract::EachMember::new(&mut take)).unwrap()
    });
    assert_eq!((taken.into_inner().len(), rest.members.len()), (9, 0));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(128))]
    #[test]
    fn never_panics(bytes: Vec<u8>, places in proptest::collection::vec((0usize..5000, 0u8..), 1..10)) {
        let mut crawl = crawl().concat();
        for (at, byte) in places {
            let at = at % crawl.len();
            crawl[at] = byte;
        }
        let limits = Limits::default();
        with(&limits, |job| {
            let _ = read(&bytes, job).is_ok();
            let _ = read(&crawl, job).is_ok();
            let _ = read(&gzip(&crawl), job).is_ok();
            let _ = read_wacz(&bytes, job).is_ok();
        });
    }
}
