//! Archives: members become sources of their own; nothing is written, no name is a path.

use std::io::{Cursor, Read as _};

use flate2::read::MultiGzDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::draft::Draft;
use super::package::{Budget, Fault, fault};
use super::{ExtractError, Job, Sink, encoding};
use crate::model::{Extracted, Member, PageOrigin, WarningKind};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "2";

/// Longest name of a member, in bytes.
const MAX_NAME: usize = 4 << 10;

/// Bytes of the head of a TAR archive's member.
const TAR_HEAD: u64 = 512;

/// Reads a ZIP archive.
pub(super) fn read_zip(
    bytes: &[u8],
    job: &Job<'_>,
    sink: &dyn Sink,
) -> Result<Extracted, ExtractError> {
    let damaged =
        |error: zip::result::ZipError| ExtractError::Damaged { detail: error.to_string() };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut members = Members::new("zip", bytes.len(), job, sink);
    // Where that cannot be told, each member is read for itself, or fails for itself.
    if archive.has_overlapping_files().unwrap_or(false) {
        return Err(ExtractError::ArchiveLimit { which: "overlap" });
    }
    let names: Vec<String> = archive.file_names_raw().map(shown_name).collect();
    for (idx, name) in names.into_iter().enumerate() {
        (job.beat)();
        let result = match archive.by_index(idx) {
            Ok(member) if member.is_dir() => continue,
            // What a link holds is the name of its target: text like any other, never followed.
            Ok(member)
                if !matches!(
                    member.compression(),
                    CompressionMethod::Stored | CompressionMethod::Deflated
                ) =>
            {
                Err(reason(Fault::Method))
            }
            Ok(member) => members.read(member)?,
            Err(error) => Err(reason(fault(&error))),
        };
        if !members.push(name, result)? {
            break;
        }
    }
    Ok(members.draft.finish())
}

/// Reads a TAR archive. Links are listed and never followed.
pub(super) fn read_tar(
    bytes: &[u8],
    job: &Job<'_>,
    sink: &dyn Sink,
) -> Result<Extracted, ExtractError> {
    let mut members = Members::new("tar", bytes.len(), job, sink);
    read_tar_into(bytes, &mut members)?;
    Ok(members.draft.finish())
}

fn read_tar_into(tar: impl std::io::Read, members: &mut Members<'_>) -> Result<(), ExtractError> {
    let mut archive = tar::Archive::new(tar);
    let entries =
        archive.entries().map_err(|error| ExtractError::Damaged { detail: error.to_string() })?;
    for entry in entries {
        (members.beat)();
        let Ok(entry) = entry else {
            members.draft.warn(WarningKind::Partial, "the archive breaks off");
            break;
        };
        let name = shown_name(&entry.path_bytes());
        let kind = entry.header().entry_type();
        if kind.is_dir() {
            continue;
        }
        let result = if kind.is_file() || kind.is_contiguous() {
            members.read(entry)?
        } else {
            Err("not-a-file".to_owned())
        };
        if !members.push(name, result)? {
            break;
        }
    }
    Ok(())
}

/// Reads a gzip file: one member, or those of the TAR archive inside.
pub(super) fn read_gzip(
    bytes: &[u8],
    job: &Job<'_>,
    sink: &dyn Sink,
) -> Result<Extracted, ExtractError> {
    let mut members = Members::new("gz", bytes.len(), job, sink);
    let mut decoder = MultiGzDecoder::new(bytes);
    let inner_name = decoder.header().and_then(|header| header.filename()).map(shown_name);
    let mut head = Vec::new();
    // What is wrong with it shows again below.
    drop(decoder.by_ref().take(TAR_HEAD).read_to_end(&mut head));
    if head.get(257..262) == Some(b"ustar") {
        // Member by member: the TAR archive never lies unpacked in memory.
        let tar = Cursor::new(head).chain(decoder).take(job.limits.archive_bytes);
        read_tar_into(tar, &mut members)?;
    } else {
        let inner = match members.read(MultiGzDecoder::new(bytes))? {
            Ok(inner) => inner,
            Err(_) => partial_gzip(bytes, job)?,
        };
        let name = inner_name.unwrap_or_else(|| {
            let name = job.name.rsplit('/').next().unwrap_or_default();
            name.strip_suffix(".gz").unwrap_or(name).to_owned()
        });
        members.push(name, Ok(inner))?;
    }
    Ok(members.draft.finish())
}

/// Returns what a gzip file gives before it breaks off.
fn partial_gzip(bytes: &[u8], job: &Job<'_>) -> Result<Vec<u8>, ExtractError> {
    let mut inner = Vec::new();
    let max = job.limits.member_bytes.min(64 << 20);
    // The error is known already; what arrived before it counts.
    let ended = MultiGzDecoder::new(bytes).take(max).read_to_end(&mut inner);
    if inner.is_empty() {
        let detail = ended.err().map_or_else(String::new, |error| error.to_string());
        return Err(ExtractError::Damaged { detail });
    }
    Ok(inner)
}

/// The members of one archive, counted.
struct Members<'a> {
    draft: Draft<'a>,
    budget: Budget,
    n_members: usize,
    max_members: usize,
    beat: &'a dyn Fn(),
}

impl<'a> Members<'a> {
    fn new(reader: &str, packed: usize, job: &Job<'a>, sink: &'a dyn Sink) -> Self {
        Self {
            draft: Draft::new(job, reader, VERSION, PageOrigin::Plain).to(sink),
            budget: Budget::new(packed, job.limits),
            n_members: 0,
            max_members: job.limits.members,
            beat: job.beat,
        }
    }

    /// Reads one member; the inner error is why this member alone has no bytes.
    fn read(
        &mut self,
        reader: impl std::io::Read,
    ) -> Result<Result<Vec<u8>, String>, ExtractError> {
        match self.budget.read(reader) {
            Ok(bytes) => Ok(Ok(bytes)),
            // The first member that is too much fails the archive; later ones leave what was read.
            Err(Fault::Limit(which)) if self.n_members == 0 => {
                Err(ExtractError::ArchiveLimit { which })
            }
            Err(fault) => Ok(Err(reason(fault))),
        }
    }

    /// Keeps a member; tells whether more may follow.
    fn push(&mut self, name: String, bytes: Result<Vec<u8>, String>) -> Result<bool, ExtractError> {
        if self.n_members >= self.max_members {
            self.draft.warn(WarningKind::Truncated, "archive-limit:members");
            return Ok(false);
        }
        self.n_members += 1;
        let is_limit = bytes.as_ref().err().filter(|why| why.starts_with("archive-limit")).cloned();
        let is_junk = name.starts_with("__MACOSX/")
            || name.ends_with(".DS_Store")
            || name.ends_with("Thumbs.db");
        let bytes = if is_junk { Err("ignored".to_owned()) } else { bytes };
        if let Err(why) = &bytes
            && !is_junk
        {
            self.draft.warn(WarningKind::Member, format!("{name}: {why}"));
        }
        self.draft.member(Member::new(name, bytes));
        if let Some(why) = is_limit {
            self.draft.warn(WarningKind::Truncated, why);
            return Ok(false);
        }
        Ok(true)
    }
}

/// Returns the reason id of a member without bytes.
pub(super) fn reason(fault: Fault) -> String {
    match fault {
        Fault::Limit(which) => format!("archive-limit:{which}"),
        Fault::TooLarge => "too-large".to_owned(),
        Fault::Damaged | Fault::Missing => "damaged".to_owned(),
        Fault::Encrypted => "encrypted".to_owned(),
        Fault::Method => "unsupported:zip-method".to_owned(),
    }
}

/// Returns a member's name as a label: decoded, controls escaped, not over-long.
pub(super) fn shown_name(raw: &[u8]) -> String {
    let raw = raw.get(..raw.len().min(MAX_NAME)).unwrap_or_default();
    let mut shown = String::new();
    for c in encoding::decode(raw, None).text.chars() {
        if c.is_control() {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::extract::{Limits, whole};

    fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriterOf::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }
    type ZipWriterOf = zip::ZipWriter<Cursor<Vec<u8>>>;

    fn read_zip(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
        whole(|sink| super::read_zip(bytes, job, sink))
    }

    fn read_tar(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
        whole(|sink| super::read_tar(bytes, job, sink))
    }

    fn read_gzip(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
        whole(|sink| super::read_gzip(bytes, job, sink))
    }

    fn names(read: &Extracted) -> Vec<(&str, Result<usize, &str>)> {
        read.members
            .iter()
            .map(|m| (m.name.as_str(), m.bytes.as_ref().map(Vec::len).map_err(String::as_str)))
            .collect()
    }

    #[test]
    fn members_and_their_names() {
        let limits = Limits::default();
        let job =
            Job { name: "x.zip", limits: &limits, beat: &|| (), passwords: &[], charset: None };
        let bytes =
            zip_of(&[("a/order.txt", b"one"), ("../\u{1}evil", b"two"), ("__MACOSX/x", b"")]);
        let read = read_zip(&bytes, &job).unwrap();
        assert_eq!(
            names(&read),
            [("a/order.txt", Ok(3)), ("../\\u{1}evil", Ok(3)), ("__MACOSX/x", Err("ignored"))]
        );
    }

    #[test]
    fn bombs_stop() {
        let limits = Limits { archive_bytes: 1000, ..Limits::default() };
        let job =
            Job { name: "x.zip", limits: &limits, beat: &|| (), passwords: &[], charset: None };
        let zeros = [0].repeat(100_000);
        let bomb = zip_of(&[("small", b"x"), ("bomb", &zeros), ("after", b"y")]);
        let read = read_zip(&bomb, &job).unwrap();
        assert_eq!(names(&read), [("small", Ok(1)), ("bomb", Err("archive-limit:bytes"))]);
        let first = zip_of(&[("bomb", &zeros)]);
        assert_eq!(read_zip(&first, &job), Err(ExtractError::ArchiveLimit { which: "bytes" }));
    }

    #[test]
    fn gzip_and_tar() {
        let limits = Limits::default();
        let job = Job {
            name: "note.txt.gz",
            limits: &limits,
            beat: &|| (),
            passwords: &[],
            charset: None,
        };
        let gzip = |bytes: &[u8]| {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        assert_eq!(names(&read_gzip(&gzip(b"hello"), &job).unwrap()), [("note.txt", Ok(5))]);
        let mut tar = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(3);
        header.set_cksum();
        tar.append_data(&mut header, "in/a.txt", &b"abc"[..]).unwrap();
        let mut link = tar::Header::new_gnu();
        link.set_entry_type(tar::EntryType::Symlink);
        link.set_size(0);
        tar.append_link(&mut link, "l", "/etc/passwd").unwrap();
        let tar = tar.into_inner().unwrap();
        let expect = [("in/a.txt", Ok(3)), ("l", Err("not-a-file"))];
        assert_eq!(names(&read_tar(&tar, &job).unwrap()), expect);
        assert_eq!(names(&read_gzip(&gzip(&tar), &job).unwrap()), expect);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, at in 0usize..500, byte: u8) {
            let limits = Limits::default();
            let job = Job { name: "", limits: &limits, beat: &|| (), passwords: &[], charset: None };
            let mut zip = zip_of(&[("a.txt", b"some text"), ("b.txt", b"more text")]);
            let at = at % zip.len();
            zip[at] = byte;
            let _ = read_zip(&zip, &job).is_ok();
            let _ = read_zip(&bytes, &job).is_ok();
            let _ = read_tar(&bytes, &job).is_ok();
            let _ = read_gzip(&bytes, &job).is_ok();
        }
    }
}
