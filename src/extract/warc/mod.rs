//! Web archives: WARC, plain or packed, and WACZ. Each page, PDF or text that a server gave is a
//! member with its address and the day of its capture; everything else is counted by its reason.

mod http;

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read as _};

use flate2::read::MultiGzDecoder;
use sha2::{Digest as _, Sha256};

use super::archive::{reason, shown_name};
use super::draft::Draft;
use super::package::{Budget, Fault, Package};
use super::{ExtractError, Job, Sink};
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Extracted, Member, Origin, PageOrigin, Record, Valued, WarningKind};
use http::{Answer, NoBody};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "2";

/// Longest line of a record's head.
const MAX_LINE: u64 = 64 << 10;

/// Most lines of a record's head.
const MAX_HEADERS: usize = 200;

/// Reads a WARC file, plain or gzip.
pub(super) fn read(
    bytes: &[u8],
    job: &Job<'_>,
    sink: &dyn Sink,
) -> Result<Extracted, ExtractError> {
    let mut walk = Walk::new("warc", bytes.len(), job, sink);
    walk.file(bytes)?;
    Ok(walk.finish())
}

/// Reads a WACZ file: a ZIP archive of WARC files, with tables about them that hold no text.
pub(super) fn read_wacz(
    bytes: &[u8],
    job: &Job<'_>,
    sink: &dyn Sink,
) -> Result<Extracted, ExtractError> {
    let mut package = Package::open(bytes, job.limits)?;
    let mut walk = Walk::new("wacz", bytes.len(), job, sink);
    for name in package.names() {
        let lower = name.to_ascii_lowercase();
        let shown = shown_name(name.as_bytes());
        if lower.ends_with('/') {
            continue;
        }
        let bare = lower.strip_suffix(".gz").unwrap_or(&lower);
        if bare.rsplit('.').next() != Some("warc") {
            walk.skip(shown, "not-a-document".to_owned());
            continue;
        }
        match package.part(&name) {
            Ok(inner) => {
                if !walk.file(&inner)? {
                    break;
                }
            }
            Err(Fault::Limit(which)) if walk.n_documents == 0 => {
                return Err(ExtractError::ArchiveLimit { which });
            }
            Err(fault) => walk.fail(shown, reason(fault)),
        }
    }
    Ok(walk.finish())
}

/// The head of a record.
#[derive(Default)]
struct Head {
    kind: String,
    uri: String,
    date: String,
    content_type: String,
    /// What a revisit repeats: an address, and when it was captured.
    repeats: (String, String),
    len: Option<u64>,
}

impl Head {
    /// Returns the reason under which a revisit is listed: what it repeats, where it says so.
    fn revisit(&self) -> String {
        let (uri, date) = &self.repeats;
        let day = date.get(..10).unwrap_or_default();
        let of = [uri.as_str(), day].map(word).into_iter().filter(|part| !part.is_empty());
        std::iter::once("revisit".to_owned()).chain(of).collect::<Vec<_>>().join(" of ")
    }
}

/// Why the walk through a file ends early.
enum Stop {
    /// A limit of the archive.
    Limit(&'static str),
    /// The bytes end or cannot be unpacked.
    BreaksOff,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Limit(which) => Self::Limit(which),
            _ => Self::BreaksOff,
        }
    }
}

/// A walk through the records of an archive.
struct Walk<'a> {
    draft: Draft<'a>,
    budget: Budget,
    n_documents: usize,
    /// What is no document: it comes when all documents have, for a limit takes it first.
    skipped: Vec<Member>,
    n_unlisted: usize,
    /// Contents that have come already.
    seen: BTreeSet<[u8; 32]>,
    job: &'a Job<'a>,
}

impl<'a> Walk<'a> {
    fn new(reader: &str, packed: usize, job: &'a Job<'a>, sink: &'a dyn Sink) -> Self {
        Self {
            draft: Draft::new(job, reader, VERSION, PageOrigin::Plain).to(sink),
            budget: Budget::new(packed, job.limits),
            n_documents: 0,
            skipped: Vec::new(),
            n_unlisted: 0,
            seen: BTreeSet::new(),
            job,
        }
    }

    /// Reads every record of one file; tells whether the archive's limits leave room for more.
    fn file(&mut self, bytes: &[u8]) -> Result<bool, ExtractError> {
        let is_packed = bytes.starts_with(b"\x1F\x8B");
        let mut input: Box<dyn BufRead + '_> = if is_packed {
            Box::new(BufReader::with_capacity(64 << 10, MultiGzDecoder::new(bytes)))
        } else {
            Box::new(bytes)
        };
        loop {
            (self.job.beat)();
            match self.record(&mut *input) {
                Ok(true) => {}
                Ok(false) => return Ok(true),
                Err(Stop::BreaksOff) => {
                    self.draft.warn(WarningKind::Partial, "the archive breaks off");
                    return Ok(true);
                }
                Err(Stop::Limit(which)) if self.n_documents == 0 => {
                    return Err(ExtractError::ArchiveLimit { which });
                }
                Err(Stop::Limit(which)) => {
                    self.draft.warn(WarningKind::Truncated, format!("archive-limit:{which}"));
                    return Ok(false);
                }
            }
        }
    }

    /// Reads one record; `false` at the end of the file.
    fn record(&mut self, input: &mut dyn BufRead) -> Result<bool, Stop> {
        let Some(head) = self.head(input)? else { return Ok(false) };
        // Without a length the next record is found by its first line.
        let Some(len) = head.len else { return Ok(true) };
        let is_web = ["http://", "https://", "ftp://"].iter().any(|way| head.uri.starts_with(way));
        let name = shown_name(head.uri.as_bytes());
        match head.kind.as_str() {
            "response" | "resource" | "conversion"
                if is_web && len > self.job.limits.member_bytes =>
            {
                self.fail(name, "too-large".to_owned());
                self.pass_over(input, len)?;
            }
            "response" if is_web && !head.uri.starts_with("ftp:") => {
                let block = self.budget.read(input.take(len))?;
                let is_cut = (block.len() as u64) < len;
                self.response(name, &head, &block)?;
                if is_cut {
                    return Err(Stop::BreaksOff);
                }
            }
            // An FTP server answers with the file alone; a conversion is a page in another form, such
            // as its bare text.
            "resource" | "response" | "conversion" if is_web => {
                let body = self.budget.read(input.take(len))?;
                let is_cut = (body.len() as u64) < len;
                self.document(name, &head, &head.content_type, body);
                if is_cut {
                    return Err(Stop::BreaksOff);
                }
            }
            kind => {
                if matches!(kind, "resource" | "conversion") {
                    // What a crawler keeps for itself: its log, its list of what it fetched.
                    self.skip(name, "not-a-document".to_owned());
                } else if kind == "revisit" {
                    self.skip(name, head.revisit());
                } else if kind == "continuation" {
                    self.fail(name, "unsupported:continuation".to_owned());
                }
                // Requests, and what is said about the archive and its pages, hold no document.
                self.pass_over(input, len)?;
            }
        }
        Ok(true)
    }

    /// Reads the head of the next record; `None` at the end.
    fn head(&mut self, input: &mut dyn BufRead) -> Result<Option<Head>, Stop> {
        let mut n_stray = 0_usize;
        loop {
            let Some(line) = self.line(input)? else {
                if n_stray > 0 {
                    return Err(Stop::BreaksOff);
                }
                return Ok(None);
            };
            if line.starts_with("WARC/") {
                break;
            }
            n_stray += usize::from(!line.trim().is_empty());
        }
        if n_stray > 0 {
            self.draft.warn(WarningKind::Partial, "a record of another length than it says");
        }
        let mut head = Head::default();
        for _ in 0..MAX_HEADERS {
            let Some(line) = self.line(input)? else { return Err(Stop::BreaksOff) };
            if line.trim().is_empty() {
                break;
            }
            let Some((name, value)) = http::header(&line) else { continue };
            match name.as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                // WARC 1.0 shows addresses in angle brackets.
                "warc-target-uri" => {
                    value.trim_matches(['<', '>']).clone_into(&mut head.uri);
                }
                "warc-date" => head.date = value,
                "content-type" => head.content_type = value,
                "warc-refers-to-target-uri" => head.repeats.0 = value,
                "warc-refers-to-date" => head.repeats.1 = value,
                "content-length" => head.len = value.parse().ok(),
                _ => {}
            }
        }
        Ok(Some(head))
    }

    /// Returns the next line; `None` at the end.
    fn line(&mut self, input: &mut dyn BufRead) -> Result<Option<String>, Stop> {
        let mut line = Vec::new();
        let read = input.take(MAX_LINE).read_until(b'\n', &mut line);
        self.budget.spend(line.len() as u64)?;
        if read.is_err() {
            return Err(Stop::BreaksOff);
        }
        Ok((!line.is_empty()).then(|| String::from_utf8_lossy(&line).into_owned()))
    }

    fn pass_over(&mut self, input: &mut dyn BufRead, len: u64) -> Result<(), Stop> {
        // In pieces, so that what unpacks to very much is stopped on the way.
        let mut left = len;
        while left > 0 {
            let step = left.min(1 << 20);
            let n =
                io::copy(&mut input.take(step), &mut io::sink()).map_err(|_| Stop::BreaksOff)?;
            self.budget.spend(n)?;
            if n < step {
                return Err(Stop::BreaksOff);
            }
            left -= n;
        }
        Ok(())
    }

    fn response(&mut self, name: String, head: &Head, block: &[u8]) -> Result<(), Stop> {
        let Some(answer) = Answer::parse(block) else {
            self.fail(name, "damaged".to_owned());
            return Ok(());
        };
        let content_type = answer.content_type();
        if answer.status != 200 {
            self.skip(name, format!("http-status:{}", answer.status));
        } else if let Some(why) = no_document(&http::media_type(content_type)) {
            self.skip(name, why);
        } else {
            match answer.body(&mut self.budget) {
                Ok(body) => self.document(name, head, content_type, body),
                Err(NoBody::Fault(Fault::Limit(which))) => return Err(Stop::Limit(which)),
                Err(NoBody::Fault(fault)) => self.fail(name, reason(fault)),
                Err(NoBody::Coding(coding)) => {
                    self.fail(name, format!("unsupported:content-encoding-{coding}"));
                }
            }
        }
        Ok(())
    }

    /// Keeps a document with what the archive says of it.
    fn document(&mut self, name: String, head: &Head, content_type: &str, body: Vec<u8>) {
        if let Some(why) = no_document(&http::media_type(content_type)) {
            return self.skip(name, why);
        }
        if body.trim_ascii().is_empty() {
            return self.skip(name, "empty".to_owned());
        }
        if !self.seen.insert(Sha256::digest(&body).into()) {
            return self.skip(name, "duplicate".to_owned());
        }
        let embedded = |value: &str| Valued::new(value.to_owned(), Origin::Embedded);
        let mut record = Record { url: Some(embedded(&head.uri)), ..Record::default() };
        if let Some(value) = head.date.get(..10).and_then(|day| day.parse().ok()) {
            let date = RoleDate { role: DateRole::Captured, value };
            record.dates.push(Valued::new(date, Origin::Embedded));
        }
        // A page may name another address of its own; this one is where it was seen.
        for (name, value) in [("captured-url", &head.uri), ("captured-at", &head.date)] {
            if !value.is_empty() {
                record.extra.insert(name.to_owned(), embedded(value));
            }
        }
        self.n_documents += 1;
        if self.n_documents > self.job.limits.members {
            return;
        }
        let charset = http::charset(content_type);
        self.draft.member(Member {
            name,
            bytes: Ok(body),
            stated: Some(Box::new(record)),
            charset,
        });
    }

    /// Lists what is no document, or not here, under its reason.
    fn skip(&mut self, name: String, why: String) {
        if self.skipped.len() < self.job.limits.members {
            self.skipped.push(Member::new(name, Err(why)));
        } else {
            self.n_unlisted += 1;
        }
    }

    /// Lists a document that cannot be had, and warns.
    fn fail(&mut self, name: String, why: String) {
        self.draft.warn(WarningKind::Member, format!("{name}: {why}"));
        self.skip(name, why);
    }

    fn finish(mut self) -> Extracted {
        let max = self.job.limits.members;
        if self.n_documents > max {
            self.draft.warn(WarningKind::Truncated, "archive-limit:members");
        }
        let room = max.saturating_sub(self.n_documents);
        self.n_unlisted += self.skipped.len().saturating_sub(room);
        for member in self.skipped.drain(..).take(room) {
            self.draft.member(member);
        }
        if self.n_unlisted > 0 {
            let detail =
                format!("records without documents that are not listed: {}", self.n_unlisted);
            self.draft.warn(WarningKind::Member, detail);
        }
        self.draft.finish()
    }
}

/// Returns why an answer of this type is no document: pictures, styles, programs, data of pages.
fn no_document(media_type: &str) -> Option<String> {
    let (family, kind) = media_type.split_once('/').unwrap_or((media_type, ""));
    let is_none = match family {
        "image" | "audio" | "video" | "font" | "multipart" => true,
        "text" => matches!(kind, "css" | "javascript" | "ecmascript" | "xml" | "x-component"),
        "application" => {
            kind.contains("javascript")
                || kind.contains("ecmascript")
                || kind.contains("json")
                || kind.contains("font")
                || (kind.ends_with("xml") && kind != "xhtml+xml")
                || matches!(kind, "wasm" | "x-protobuf" | "ocsp-response" | "x-shockwave-flash")
        }
        _ => false,
    };
    is_none.then(|| format!("not-a-document:{}", word(media_type)))
}

/// Returns `text` as part of a reason: short, without spaces and controls.
fn word(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).take(60).collect()
}

#[cfg(test)]
mod tests;
