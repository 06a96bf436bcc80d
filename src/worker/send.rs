//! From what was read to frames: the worker's side of the answer.

use std::io::{self, Write};

use crate::extract::Limits;
use crate::extract::pdf::Picture;
use crate::model::{Extracted, Member, Page, Paragraph, Record, Warning, WarningKind};

use super::gather::{MAX_BOXES, MAX_PAGE_WARNINGS, MAX_WARNINGS};
use super::protocol::{CHUNK, Frame, MAX_FRAME, PageHead, TEXT_PART, cut};

/// Paragraphs or lines a frame: with labels of 4 kB each they still fit.
const BOXES_PART: usize = 200;

/// Frames on their way out, gathered until they are worth a system call.
pub(super) struct Output<W> {
    to: W,
    buffer: Vec<u8>,
}

impl<W: Write> Output<W> {
    pub(super) const fn new(to: W) -> Self {
        Self { to, buffer: Vec::new() }
    }

    pub(super) fn put(&mut self, frame: &Frame<'_>) -> io::Result<()> {
        frame.write(&mut self.buffer);
        if self.buffer.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.to.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    /// Writes bytes that are no frame: only a liar does.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }
}

/// Sends everything that was read, cut to what the other end takes, with a warning where it was.
///
/// `is_begun`: early pages were sent, and who reads.
pub(super) fn send<W: Write>(
    mut extracted: Extracted,
    limits: &Limits,
    is_begun: bool,
    out: &mut Output<W>,
) -> io::Result<()> {
    fit(&mut extracted, limits);
    let Extracted { media_type, reader, pages, record, mut warnings, members } = extracted;
    if !is_begun {
        out.put(&Frame::Meta {
            media_type: &media_type,
            reader: &reader.name,
            version: &reader.version,
        })?;
    }
    let (json, was_cut) = record_json(&record);
    if was_cut {
        let detail = "the file says more of itself than fits a record";
        warnings.push(Warning::document(WarningKind::BadMetadata, detail));
    }
    out.put(&Frame::Record(&json))?;
    let n_pages = pages.len();
    for page in pages {
        send_page(&page, out)?;
    }
    for warning in some_warnings(warnings, n_pages) {
        out.put(&Frame::Warning(warning))?;
    }
    for member in members {
        send_member(&member, out)?;
    }
    out.put(&Frame::Done)
}

fn record_json(record: &Record) -> (String, bool) {
    let json = serde_json::to_string(record).unwrap_or_else(|_| "{}".to_owned());
    if json.len() < MAX_FRAME - 16 {
        return (json, false);
    }
    let short = Record { extra: std::collections::BTreeMap::new(), ..record.clone() };
    let json = serde_json::to_string(&short).unwrap_or_default();
    (if json.len() < MAX_FRAME - 16 { json } else { "{}".to_owned() }, true)
}

/// Sends a picture.
pub(super) fn send_picture<W: Write>(picture: &Picture, out: &mut Output<W>) -> io::Result<()> {
    let Picture { width, height, dpi, png } = picture;
    let bytes = png.len() as u64;
    out.put(&Frame::Picture { width: *width, height: *height, dpi: *dpi, bytes })?;
    png.chunks(CHUNK).try_for_each(|part| out.put(&Frame::Chunk(part)))?;
    out.put(&Frame::Done)
}

pub(super) fn send_page<W: Write>(page: &Page, out: &mut Output<W>) -> io::Result<()> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    out.put(&Frame::Page(PageHead {
        number: page.number,
        label: page.label.as_deref(),
        origin: page.origin,
        quality: page.quality,
        text_bytes: count(page.text.len()),
        paragraphs: count(page.paragraphs.len()),
        lines: count(page.lines.len()),
    }))?;
    let mut rest = page.text.as_str();
    while !rest.is_empty() {
        let part = cut(rest, TEXT_PART);
        out.put(&Frame::Text(part))?;
        rest = rest.get(part.len()..).unwrap_or_default();
    }
    for part in page.paragraphs.chunks(BOXES_PART) {
        out.put(&Frame::Paragraphs(part.to_vec()))?;
    }
    for part in page.lines.chunks(BOXES_PART) {
        out.put(&Frame::Lines(part.to_vec()))?;
    }
    Ok(())
}

pub(super) fn send_member<W: Write>(member: &Member, out: &mut Output<W>) -> io::Result<()> {
    let (name, charset) = (&member.name, member.charset.as_deref());
    if let Some(stated) = &member.stated {
        out.put(&Frame::Stated(&record_json(stated).0))?;
    }
    match &member.bytes {
        Err(reason) => out.put(&Frame::Member { name, charset, bytes: Err(reason) }),
        Ok(bytes) => {
            out.put(&Frame::Member { name, charset, bytes: Ok(bytes.len() as u64) })?;
            bytes.chunks(CHUNK).try_for_each(|part| out.put(&Frame::Chunk(part)))
        }
    }
}

/// Leaves out what is over the limits and puts right what no page may hold.
///
/// The readers keep these limits themselves; this is the second pair of eyes.
fn fit(extracted: &mut Extracted, limits: &Limits) {
    let mut warnings = Vec::new();
    let mut chars = 0_usize;
    let mut kept = 0;
    for page in extracted.pages.iter_mut().take(limits.pages) {
        if tidy(page, limits) {
            warnings.push(Warning::page(WarningKind::Truncated, page.number, "a very long page"));
        }
        chars = chars.saturating_add(page.text.chars().count());
        if chars > limits.document_chars {
            break;
        }
        kept += 1;
    }
    if kept < extracted.pages.len() {
        let detail = format!("at page {} of {}", kept + 1, extracted.pages.len());
        extracted.pages.truncate(kept);
        warnings.push(Warning::document(WarningKind::Truncated, detail));
    }
    for page in &mut extracted.pages {
        if join_last(page) {
            let detail = "more paragraphs than a page may have: the last ones are one";
            warnings.push(Warning::page(WarningKind::Truncated, page.number, detail));
        }
    }
    if extracted.members.len() > limits.members {
        extracted.members.truncate(limits.members);
        let detail = format!("only the first {} members", limits.members);
        warnings.push(Warning::document(WarningKind::Truncated, detail));
    }
    extracted.warnings.extend(warnings);
}

/// Puts right what no page may hold; tells whether text was cut off.
pub(super) fn tidy(page: &mut Page, limits: &Limits) -> bool {
    let is_long = page.text.len() > limits.page_bytes;
    if is_long {
        shorten(page, limits.page_bytes);
    }
    page.quality = if page.quality.is_finite() { page.quality.clamp(0.0, 1.0) } else { 0.0 };
    page.lines.retain(|line| line.rect.iter().all(|edge| edge.is_finite()));
    page.lines.truncate(MAX_BOXES);
    is_long
}

/// Cuts a page to `max` bytes on a character border.
fn shorten(page: &mut Page, max: usize) {
    let end = page.text.floor_char_boundary(max);
    page.text.truncate(end);
    page.paragraphs.retain_mut(|Paragraph { span, .. }| {
        span.end = span.end.min(end);
        span.start < span.end
    });
    page.lines.retain(|line| line.span.end <= end);
}

/// Makes one paragraph of those past the most that a page may have; tells whether there were any.
pub(super) fn join_last(page: &mut Page) -> bool {
    if page.paragraphs.len() <= MAX_BOXES {
        return false;
    }
    let end = page.paragraphs.last().map_or(0, |last| last.span.end);
    page.paragraphs.truncate(MAX_BOXES);
    if let Some(last) = page.paragraphs.last_mut() {
        last.span.end = end.max(last.span.end);
    }
    true
}

/// Returns as many warnings as the other end takes, and one that counts the rest.
fn some_warnings(warnings: Vec<Warning>, n_pages: usize) -> Vec<Warning> {
    let (mut of_document, mut of_pages, mut left_out) = (0, 0, 0);
    let mut kept = Vec::with_capacity(warnings.len());
    for warning in warnings {
        let (n, most) = match warning.page {
            None => (&mut of_document, MAX_WARNINGS - 1),
            Some(_) => (&mut of_pages, MAX_WARNINGS + MAX_PAGE_WARNINGS * n_pages),
        };
        if *n < most {
            *n += 1;
            kept.push(warning);
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        let detail = format!("{left_out} more warnings");
        kept.push(Warning::document(WarningKind::Truncated, detail));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::gather::{Gather, Gathers as _, Step};
    use super::super::protocol::next_frame;
    use super::*;
    use crate::model::document::LineBox;
    use crate::model::record::{Origin, Valued};
    use crate::model::{PageNo, PageOrigin, Reader, Role};

    fn extracted(n_pages: usize, text: &str) -> Extracted {
        let page = |idx| {
            let mut page = Page::empty(PageNo::from_idx(idx), PageOrigin::TextLayer);
            page.push(text, Role::Heading);
            page.push("2. Second.", Role::Body);
            page.label = Some("xiv".to_owned());
            page.lines.push(LineBox { span: 0..text.len(), rect: [1.0, 2.0, 3.0, 4.5] });
            page
        };
        Extracted {
            media_type: "application/pdf".to_owned(),
            reader: Reader { name: "pdf".to_owned(), version: "3".to_owned() },
            pages: (0..n_pages).map(page).collect(),
            record: Record {
                title: Some(Valued::new("حکم".to_owned(), Origin::Embedded)),
                ..Record::default()
            },
            warnings: vec![Warning::page(WarningKind::NoText, PageNo::FIRST, "")],
            members: vec![
                Member {
                    stated: Some(Box::new(Record {
                        url: Some(Valued::new("https://x.example/a".to_owned(), Origin::Embedded)),
                        ..Record::default()
                    })),
                    ..Member::new("a.txt".to_owned(), Ok(vec![7; CHUNK + 1]))
                },
                Member::new("none.txt".to_owned(), Ok(Vec::new())),
                Member::new("b.rar".to_owned(), Err("unsupported:rar".to_owned())),
            ],
        }
    }

    /// Sends and gathers; frames come in pieces of `piece` bytes.
    fn through(extracted: Extracted, limits: &Limits, piece: usize) -> Extracted {
        let mut out = Output::new(Vec::new());
        send(extracted, limits, false, &mut out).unwrap();
        out.flush().unwrap();
        let mut gather = Gather::new(limits);
        let (mut buffer, mut at) = (Vec::new(), 0);
        let mut members = Vec::new();
        for part in out.to.chunks(piece) {
            buffer.extend_from_slice(part);
            while let Some(frame) = next_frame(&buffer, &mut at).unwrap() {
                match gather.take(frame).unwrap() {
                    Step::More => {}
                    Step::Member(member) => members.push(member),
                    Step::End(result) => return Extracted { members, ..result.unwrap() },
                    Step::Panicked(words) => panic!("{words}"),
                }
            }
        }
        panic!("no end");
    }

    #[test]
    fn what_is_sent_is_what_comes() {
        // Two bytes a letter, so that parts of 64,000 bytes must look where letters end.
        let text = "ب".repeat(70_001);
        let whole = extracted(3, &text);
        assert_eq!(through(whole.clone(), &Limits::default(), 1 << 20), whole);
        let short = extracted(1, "1. First.");
        assert_eq!(through(short.clone(), &Limits::default(), 4099), short);
    }

    #[test]
    fn too_much_is_cut_and_said() {
        let limits = Limits { pages: 2, page_bytes: 30, members: 1, ..Limits::default() };
        let found = through(extracted(5, &"بات ".repeat(20)), &limits, 4096);
        assert_eq!((found.pages.len(), found.members.len()), (2, 1));
        assert!(found.pages.iter().all(|page| page.text.len() <= 30));
        let n_cut = found.warnings.iter().filter(|one| one.kind == WarningKind::Truncated).count();
        assert_eq!(n_cut, 4, "{:?}", found.warnings);
        let few = Limits { document_chars: 50, ..Limits::default() };
        assert_eq!(through(extracted(5, "1. First."), &few, 4096).pages.len(), 2);
    }

    #[test]
    fn a_thousand_warnings_are_enough() {
        let mut many = extracted(1, "1. First.");
        many.warnings = vec![Warning::document(WarningKind::Member, "one"); 5000];
        let found = through(many, &Limits::default(), 4096);
        assert_eq!(found.warnings.len(), MAX_WARNINGS);
        assert_eq!(found.warnings.last().unwrap().detail, "4001 more warnings");
    }

    #[test]
    fn no_zero_byte_passes() {
        let found = through(extracted(1, "a\0b"), &Limits::default(), 4096);
        assert!(found.pages[0].text.starts_with("a b\n"));
    }
}
