//! From bytes to pages of text: one reader a format, and the sniffing that chooses it.
//!
//! Reading is a pure function of bytes, name hint and limits: no path, no clock, no network. The
//! same input gives the same text. A reader that gets anything at all returns it with warnings;
//! an error means that nothing could be read.

pub mod ocr;
pub mod pdf;

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
mod html;
mod mail;
mod markdown;
mod odt;
mod package;
mod picture;
mod rtf;
pub mod sniff;
mod table;
mod text;
mod xml;

use crate::model::{Extracted, Warning, WarningKind};
use sniff::{Format, sniff};

/// Raised whenever a format gets a reader: files that no reader took are then looked at again.
pub const READERS_VERSION: &str = "3";

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
            Self::Encrypted => {
                f.write_str("encrypted: save an unlocked copy, or give its password with `--password-file`")
            }
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
        "html" => Some(html::VERSION),
        "markdown" => Some(markdown::VERSION),
        "text" => Some(text::VERSION),
        "table" => Some(table::VERSION),
        "docx" => Some(docx::VERSION),
        "odt" => Some(odt::VERSION),
        "rtf" => Some(rtf::VERSION),
        "epub" => Some(epub::VERSION),
        "mail" | "mbox" | "mhtml" => Some(mail::VERSION),
        "zip" | "tar" | "gz" => Some(archive::VERSION),
        _ => None,
    }
}

/// Reads one source: sniffs its type, calls its reader, and says what was odd.
///
/// # Errors
/// Nothing at all could be read; [`ExtractError::reason`] is the reason id of status lists.
pub fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    if bytes.len() as u64 > job.limits.file_bytes {
        return Err(ExtractError::TooLarge);
    }
    if bytes.trim_ascii().is_empty() {
        return Err(ExtractError::Empty);
    }
    (job.beat)();
    let sniffed = sniff(bytes, job.name).ok_or(ExtractError::Unknown)?;
    let mut extracted = read_as(sniffed.format, bytes, job)?;
    sniffed.format.media_type().clone_into(&mut extracted.media_type);
    if let Some(promised) = sniffed.promised {
        let detail = format!("named {}, is {}", promised.name(), sniffed.format.name());
        extracted.warnings.insert(0, Warning::document(WarningKind::NameTypeMismatch, detail));
    }
    Ok(extracted)
}

/// Reads `bytes` with the reader of `format`.
fn read_as(format: Format, bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    match format {
        Format::Pdf => pdf::read(bytes, job),
        Format::Html => html::read(bytes, None, job),
        Format::Markdown => markdown::read(bytes, job),
        Format::Text | Format::Json => text::read(bytes, job),
        Format::Csv | Format::Tsv => table::read(bytes, job),
        Format::Odt => odt::read(bytes, job),
        Format::Rtf => rtf::read(bytes, job),
        Format::Epub => epub::read(bytes, job),
        Format::Docx => docx::read(bytes, job),
        Format::Zip => archive::read_zip(bytes, job),
        Format::Tar => archive::read_tar(bytes, job),
        Format::Gzip => archive::read_gzip(bytes, job),
        Format::Eml => mail::read(bytes, job),
        Format::Mbox => mail::read_mbox(bytes, job),
        Format::Mhtml => mail::read_mhtml(bytes, job),
        Format::EncryptedOffice => Err(ExtractError::Encrypted),
        Format::Jpeg | Format::Png | Format::Tiff => {
            picture::read(bytes).ok_or_else(|| unsupported(format))
        }
        other => Err(unsupported(other)),
    }
}

fn unsupported(format: Format) -> ExtractError {
    ExtractError::Unsupported { what: format.name().to_owned(), cure: format.cure().to_owned() }
}
