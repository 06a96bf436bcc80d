//! From bytes to pages of text: one reader a format, and the sniffing that chooses it.
//!
//! Reading is a pure function of bytes, name hint and limits: no path, no clock, no network. The
//! same input gives the same text. A reader that gets anything at all returns it with warnings;
//! an error means that nothing could be read.

pub mod ocr;
pub mod pdf;

use std::cell::RefCell;
use std::fmt;

mod archive;
mod byline;
mod clean;
mod dates;
mod docx;
mod draft;
mod encoding;
mod epub;
mod front_matter;
mod guard;
mod hocr;
mod html;
mod mail;
mod markdown;
mod msg;
mod odt;
mod package;
mod picture;
mod rtf;
pub mod sniff;
mod symbol;
mod table;
mod text;
mod warc;
mod xml;

use crate::model::{Extracted, Member, Page, PageNo, Reader, Warning, WarningKind};
use sniff::{Format, sniff};

/// Raised whenever a format gets a reader: files that no reader took are then looked at again.
pub const READERS_VERSION: &str = "5";

/// What a reader is given besides the bytes.
pub struct Job<'a> {
    /// The file's or member's name: a hint that only breaks ties; never opened.
    pub name: &'a str,
    /// What reading may cost.
    pub limits: &'a Limits,
    /// Called at least once a page, so that a watcher knows that reading goes on.
    pub beat: &'a dyn Fn(),
    /// Passwords to try on encrypted files, in order; none is ever guessed.
    pub passwords: &'a [String],
    /// The encoding of its text by what brought it: the head of an answer in a web archive, of an
    /// attachment in a mail. It goes before what a page says of itself.
    pub charset: Option<&'a str>,
}

/// Takes what a reader has before it has all.
///
/// Files in the file are handed over one by one, so that never all of them lie in memory. Pages come
/// early only where somebody wants to keep those before a page that the reader does not survive.
pub trait Sink {
    /// Takes a file in the file. Each comes once, in their order.
    fn member(&self, member: Member);

    /// Tells whether pages are to come early.
    fn wants_pages(&self) -> bool {
        false
    }

    /// Takes the type of the source, before anything else.
    fn media_type(&self, media_type: &'static str) {
        let _ = media_type;
    }

    /// Takes a page as it looks without those after it, with the warnings about it; `reader` made
    /// it. It comes again, and better, with the whole document.
    fn page(&self, reader: &Reader, page: &Page, warnings: &[Warning]) {
        let _ = (reader, page, warnings);
    }
}

/// Has a reader hand its members to a list, and puts them into what it returns.
fn whole(
    read: impl FnOnce(&dyn Sink) -> Result<Extracted, ExtractError>,
) -> Result<Extracted, ExtractError> {
    let mut members = Vec::new();
    let mut extracted = read(&EachMember::new(&mut |member| members.push(member)))?;
    members.append(&mut extracted.members);
    Ok(Extracted { members, ..extracted })
}

/// Hands members to `take`; wants no pages early.
pub struct EachMember<'a>(RefCell<&'a mut dyn FnMut(Member)>);

impl<'a> EachMember<'a> {
    /// Returns a sink that calls `take` for each member.
    pub fn new(take: &'a mut dyn FnMut(Member)) -> Self {
        Self(RefCell::new(take))
    }
}

impl Sink for EachMember<'_> {
    fn member(&self, member: Member) {
        (self.0.borrow_mut())(member);
    }
}

/// What reading one source may cost. Every limit that cuts is named in a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest source, in bytes.
    pub file_bytes: u64,
    /// Most characters of text a document.
    pub document_chars: usize,
    /// Most pages a document.
    pub pages: usize,
    /// Most bytes of text a page.
    pub page_bytes: usize,
    /// Most members an archive.
    pub members: usize,
    /// Most bytes that an archive may unpack to.
    pub archive_bytes: u64,
    /// Most bytes of one member.
    pub member_bytes: u64,
    /// How deep archives and attachments may nest.
    pub depth: usize,
    /// How deep markup may nest.
    pub markup_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 2 << 30,
            document_chars: 50_000_000,
            pages: 20_000,
            page_bytes: 4 << 20,
            members: 10_000,
            archive_bytes: 2 << 30,
            member_bytes: 512 << 20,
            depth: 5,
            markup_depth: 512,
        }
    }
}

/// Why nothing could be read. [`fmt::Display`] is for people, [`ExtractError::reason`] for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtractError {
    /// No bytes, or white space alone.
    Empty,
    /// Over [`Limits::file_bytes`].
    TooLarge,
    /// A known type without a reader.
    Unsupported {
        /// Its short name: `doc`, `pst`, `7z` …
        what: String,
        /// What the user can do about it.
        cure: String,
    },
    /// Binary data of no known type.
    Unknown,
    /// A password is needed.
    Encrypted,
    /// The type is known and nothing is readable.
    Damaged {
        /// What was wrong, in words.
        detail: String,
    },
    /// An archive breaks a limit.
    ArchiveLimit {
        /// `ratio`, `bytes`, `members`, `depth`, `overlap`.
        which: &'static str,
    },
}

impl ExtractError {
    /// Returns the stable reason id of status lists.
    pub fn reason(&self) -> String {
        match self {
            Self::Empty => "empty".to_owned(),
            Self::TooLarge => "too-large".to_owned(),
            Self::Unsupported { what, .. } => format!("unsupported:{what}"),
            Self::Unknown => "unknown".to_owned(),
            Self::Encrypted => "encrypted".to_owned(),
            Self::Damaged { .. } => "damaged".to_owned(),
            Self::ArchiveLimit { which } => format!("archive-limit:{which}"),
        }
    }

    /// Tells whether the source counts as skipped; otherwise it failed.
    pub const fn is_skip(&self) -> bool {
        matches!(self, Self::Empty | Self::TooLarge | Self::Unsupported { .. } | Self::Unknown)
    }
}

impl std::error::Error for ExtractError {}

impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty file"),
            Self::TooLarge => f.write_str("larger than the limit for one file"),
            Self::Unsupported { what, cure } => {
                write!(f, "format not read yet: {what}")?;
                if cure.is_empty() { Ok(()) } else { write!(f, " ({cure})") }
            }
            Self::Unknown => f.write_str("no known type of document"),
            Self::Encrypted => f.write_str(
                "encrypted: save an unlocked copy, or give its password with `--password-file`",
            ),
            Self::Damaged { detail } => write!(f, "damaged: {detail}"),
            Self::ArchiveLimit { which } => {
                write!(f, "unpacks to more than is safe ({which}): unpack it yourself")
            }
        }
    }
}

/// Returns the version of the reader named `reader` today; a text of another version is read anew.
///
/// `None`: there is no such reader any more, so its texts stay as they are.
pub fn reader_version(reader: &str) -> Option<&'static str> {
    match reader {
        "pdf" => Some(pdf::VERSION),
        "picture" => Some(picture::VERSION),
        "hocr" => Some(hocr::VERSION),
        "html" => Some(html::VERSION),
        "markdown" => Some(markdown::VERSION),
        "text" => Some(text::VERSION),
        "table" => Some(table::VERSION),
        "docx" => Some(docx::VERSION),
        "odt" => Some(odt::VERSION),
        "rtf" => Some(rtf::VERSION),
        "epub" => Some(epub::VERSION),
        "mail" | "mbox" | "mhtml" => Some(mail::VERSION),
        "msg" => Some(msg::VERSION),
        "warc" | "wacz" => Some(warc::VERSION),
        "zip" | "tar" | "gz" => Some(archive::VERSION),
        _ => None,
    }
}

/// Reads one source: sniffs its type, calls its reader, and says what was odd.
///
/// # Errors
/// Nothing at all could be read; [`ExtractError::reason`] is the reason id of status lists.
pub fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    whole(|sink| read_to(bytes, job, sink))
}

/// Reads one source as [`read`] does, and hands its members to `sink` instead of returning them.
///
/// # Errors
/// As those of [`read`]. Members may have been handed over before.
pub fn read_to(bytes: &[u8], job: &Job<'_>, sink: &dyn Sink) -> Result<Extracted, ExtractError> {
    if bytes.len() as u64 > job.limits.file_bytes {
        return Err(ExtractError::TooLarge);
    }
    if bytes.trim_ascii().is_empty() {
        return Err(ExtractError::Empty);
    }
    (job.beat)();
    if let Some(kind) = hocr::Kind::of(bytes) {
        sink.media_type(kind.media_type());
        return hocr::read(bytes, kind, job);
    }
    let sniffed = sniff(bytes, job.name).ok_or(ExtractError::Unknown)?;
    sink.media_type(sniffed.format.media_type());
    let mut extracted = read_as(sniffed.format, bytes, job, sink)?;
    for member in std::mem::take(&mut extracted.members) {
        sink.member(member);
    }
    sniffed.format.media_type().clone_into(&mut extracted.media_type);
    if let Some(promised) = sniffed.promised {
        let detail = format!("named {}, is {}", promised.name(), sniffed.format.name());
        extracted.warnings.insert(0, Warning::document(WarningKind::NameTypeMismatch, detail));
    }
    Ok(extracted)
}

/// Draws a page of a source for OCR or for people: of a PDF, or of a picture, which is decoded and
/// written anew, so that no other program ever sees the source's own bytes.
///
/// # Errors
/// It has no such page, or cannot be drawn.
pub fn picture(
    bytes: &[u8],
    page: PageNo,
    dpi: u32,
    job: &Job<'_>,
) -> Result<pdf::Picture, ExtractError> {
    (job.beat)();
    match sniff(bytes, job.name).map(|sniffed| sniffed.format) {
        Some(Format::Pdf) => pdf::render(bytes, page, dpi, job),
        Some(format @ (Format::Jpeg | Format::Png | Format::Tiff)) => {
            picture::draw(bytes, format, page, dpi)
        }
        _ => Err(ExtractError::Damaged { detail: "it has no pages to draw".to_owned() }),
    }
}

/// Whether the calls of notes are written into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Calls {
    /// As documents are kept: a note follows its paragraph, and the text has no mark of it.
    Hidden,
    /// As drafts are checked: `[^name]` stands in the text, and the note's label is that name.
    Shown,
}

/// Reads a draft that its writer wants checked: as [`read`], but in Word and `OpenDocument` texts
/// `[^name]` stands where a note is called, and the label of the note's first paragraph is `name`.
pub fn read_with_calls(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    if bytes.len() as u64 > job.limits.file_bytes {
        return Err(ExtractError::TooLarge);
    }
    match sniff(bytes, job.name).map(|sniffed| sniffed.format) {
        Some(Format::Docx) => docx::read_with(bytes, job, Calls::Shown),
        Some(Format::Odt) => odt::read_with(bytes, job, Calls::Shown),
        _ => read(bytes, job),
    }
}

/// Reads `bytes` with the reader of `format`.
fn read_as(
    format: Format,
    bytes: &[u8],
    job: &Job<'_>,
    sink: &dyn Sink,
) -> Result<Extracted, ExtractError> {
    match format {
        Format::Pdf => pdf::read_to(bytes, job, sink),
        Format::Html => html::read(bytes, job),
        Format::Markdown => markdown::read(bytes, job),
        Format::Text | Format::Json => text::read(bytes, job),
        Format::Csv | Format::Tsv => table::read(bytes, job),
        Format::Odt => odt::read(bytes, job),
        Format::Rtf => rtf::read(bytes, job),
        Format::Epub => epub::read(bytes, job),
        Format::Docx => docx::read(bytes, job),
        Format::Zip => archive::read_zip(bytes, job, sink),
        Format::Tar => archive::read_tar(bytes, job, sink),
        Format::Gzip => archive::read_gzip(bytes, job, sink),
        Format::Eml => mail::read(bytes, job, sink),
        Format::Mbox => mail::read_mbox(bytes, job, sink),
        Format::Mhtml => mail::read_mhtml(bytes, job, sink),
        Format::Msg => msg::read(bytes, job),
        Format::Warc => warc::read(bytes, job, sink),
        Format::Wacz => warc::read_wacz(bytes, job, sink),
        Format::EncryptedOffice => Err(ExtractError::Encrypted),
        Format::Jpeg | Format::Png | Format::Tiff => {
            picture::read(bytes, format).ok_or_else(|| unsupported(format))
        }
        other => Err(unsupported(other)),
    }
}

fn unsupported(format: Format) -> ExtractError {
    ExtractError::Unsupported { what: format.name().to_owned(), cure: format.cure().to_owned() }
}
