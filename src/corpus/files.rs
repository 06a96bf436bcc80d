//! Reading and writing plain files: bounded, never through surprises, never by halves.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The system said no.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The system said no.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// A pipe, socket, device, folder or link.
    #[error("{} is no ordinary file", path.display())]
    NotAFile {
        /// The place.
        path: PathBuf,
    },
    /// More bytes than the limit.
    #[error("{} holds more than {limit} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// Size or time differ before and after reading.
    #[error("{} changed while it was read", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Not UTF-8 where text was expected.
    #[error("{} is not UTF-8 text", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A file exists and may not be replaced.
    #[error("{} exists already", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
}

/// Size and time of change: what tells that a file is probably the same as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    /// Size in bytes.
    pub bytes: u64,
    /// Time of the last change, nanoseconds since 1970.
    pub mtime_ns: i64,
}

impl Stat {
    /// Returns what `metadata` says.
    pub fn of(metadata: &Metadata) -> Self {
        let mtime_ns = metadata.mtime().saturating_mul(1_000_000_000) + metadata.mtime_nsec();
        Self { bytes: metadata.size(), mtime_ns }
    }
}

/// Reads a whole ordinary file of at most `max_bytes`, with its size and time.
///
/// The file is opened without waiting (a pipe would block for ever) and without following a link
/// at its end, and it is read into memory, never mapped: a mapped file that shrinks kills the reader.
///
/// # Errors
/// [`FileError::Changed`] where size or time differ before and after.
pub fn read(path: &Path, max_bytes: u64) -> Result<(Vec<u8>, Stat), FileError> {
    let wrong = |source| FileError::Read { path: path.to_owned(), source };
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
    let flags = i32::try_from(flags.bits()).unwrap_or_default();
    let mut file = match OpenOptions::new().read(true).custom_flags(flags).open(path) {
        Ok(file) => file,
        Err(error) => {
            // A link at the end is ELOOP, a socket ENXIO: both are places that are no files.
            let is_no_file = fs::symlink_metadata(path).is_ok_and(|data| !data.is_file());
            return Err(if is_no_file {
                FileError::NotAFile { path: path.to_owned() }
            } else {
                wrong(error)
            });
        }
    };
    let before = file.metadata().map_err(wrong)?;
    if !before.is_file() {
        return Err(FileError::NotAFile { path: path.to_owned() });
    }
    if before.size() > max_bytes {
        return Err(FileError::TooLarge { path: path.to_owned(), limit: max_bytes });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.size()).unwrap_or(0) + 1);
    io::Read::by_ref(&mut file).take(max_bytes + 1).read_to_end(&mut bytes).map_err(wrong)?;
    let after = file.metadata().map_err(wrong)?;
    let stat = Stat::of(&after);
    if stat != Stat::of(&before) || stat.bytes != bytes.len() as u64 {
        return Err(FileError::Changed { path: path.to_owned() });
    }
    Ok((bytes, stat))
}

/// Reads a small text file of our own (settings, lists, records), at most `max_bytes`.
///
/// Returns `None` where there is no file.
pub fn read_text(path: &Path, max_bytes: u64) -> Result<Option<String>, FileError> {
    match read(path, max_bytes) {
        Ok((bytes, _)) => String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| FileError::NotText { path: path.to_owned() }),
        Err(FileError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a file whole or not at all: beside it first, then renamed over it, both made to last.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let wrong = |source| FileError::Write { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder).map_err(wrong)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let fresh = folder.join(name);
    let written = File::create(&fresh)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&fresh, path))
        .and_then(|()| File::open(folder)?.sync_all());
    written.map_err(|error| {
        // The half-written file is ours; that it cannot be deleted either adds nothing to say.
        drop(fs::remove_file(&fresh));
        wrong(error)
    })
}

/// Writes a file that a user named, and replaces one that exists only where `replace` says so.
pub fn write_output(path: &Path, bytes: &[u8], replace: Replace) -> Result<(), FileError> {
    if replace == Replace::No && fs::symlink_metadata(path).is_ok() {
        return Err(FileError::Exists { path: path.to_owned() });
    }
    write_atomic(path, bytes)
}

/// Whether an existing file may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    /// An existing file is an error.
    No,
    /// The user said so (`--force`).
    Yes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_files_within_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("order.txt");
        write_atomic(&path, b"12345").unwrap();
        assert_eq!(read(&path, 5).unwrap().0, b"12345");
        assert!(matches!(read(&path, 4), Err(FileError::TooLarge { limit: 4, .. })));
        assert!(matches!(read(folder.path(), 9), Err(FileError::NotAFile { .. })));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn links_are_no_files() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("/etc/hostname", &link).unwrap();
        assert!(matches!(read(&link, 1 << 20), Err(FileError::NotAFile { .. })));
    }

    #[test]
    fn an_output_is_not_replaced_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.ris");
        write_output(&path, b"a", Replace::No).unwrap();
        assert!(matches!(write_output(&path, b"b", Replace::No), Err(FileError::Exists { .. })));
        write_output(&path, b"b", Replace::Yes).unwrap();
        assert_eq!(read(&path, 9).unwrap().0, b"b");
    }
}
