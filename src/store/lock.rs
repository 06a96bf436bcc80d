//! One writer: a lock file with the holder inside, which the kernel frees when the holder dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use super::StoreError;

/// The right to write; given back when dropped.
#[derive(Debug)]
pub struct Lock {
    // The kernel holds the lock as long as this file is open.
    _file: File,
}

impl Lock {
    /// Takes the lock at once, or says who holds it.
    ///
    /// `holder` is written into the file for the next one to read: process id, command, start.
    pub fn take(path: &Path, holder: &str) -> Result<Self, StoreError> {
        let write = |source| StoreError::Write { path: path.to_owned(), source };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(write)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                // Who holds it is a courtesy; that it is held is certain.
                let known =
                    std::io::Read::by_ref(&mut file).take(500).read_to_string(&mut text).is_ok();
                let holder = if known && !text.trim().is_empty() { text.trim() } else { "unknown" };
                return Err(StoreError::Locked { holder: holder.to_owned() });
            }
            Err(TryLockError::Error(source)) => return Err(write(source)),
        }
        file.set_len(0).map_err(write)?;
        file.rewind().map_err(write)?;
        file.write_all(holder.as_bytes()).map_err(write)?;
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = Lock::take(&path, "pid 7, ingest, since noon").unwrap();
        let second = Lock::take(&path, "pid 8").unwrap_err();
        assert!(matches!(second, StoreError::Locked { holder } if holder.contains("pid 7")));
        drop(first);
        assert!(Lock::take(&path, "pid 8").is_ok());
    }
}
