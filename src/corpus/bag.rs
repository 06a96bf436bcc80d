//! A folder for handing over: a `BagIt` bag (RFC 8493), whose manifest `sha256sum -c` can check.
//!
//! Nothing is ever written outside the folder, and nothing that exists is replaced: the folder
//! must be new or empty, and names inside it are plain ASCII without `..`.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::files::FileError;

/// A bag that is being filled.
#[derive(Debug)]
pub struct Bag {
    folder: PathBuf,
    payload: Vec<BagFile>,
}

/// A file of a bag.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct BagFile {
    /// Its path in the bag: `data/list.txt`.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256 in hex.
    pub sha256: String,
}

impl Bag {
    /// Makes the folder, or takes one that is empty.
    ///
    /// # Errors
    /// [`FileError::Exists`] where the folder holds anything, or is a file or a link.
    pub fn create(folder: &Path) -> Result<Self, FileError> {
        let wrong = |source| FileError::Write { path: folder.to_owned(), source };
        match fs::symlink_metadata(folder) {
            Ok(data) if data.is_dir() => {
                if fs::read_dir(folder).map_err(wrong)?.next().is_some() {
                    return Err(FileError::Exists { path: folder.to_owned() });
                }
            }
            Ok(_) => return Err(FileError::Exists { path: folder.to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(wrong)?;
            }
            Err(error) => return Err(wrong(error)),
        }
        Ok(Self { folder: folder.to_owned(), payload: Vec::new() })
    }

    /// Writes a file into `data/`, or into the folder `folder` of it; returns its path in the bag.
    ///
    /// What is no plain sign of a name becomes `-`; a name that is taken gets a number in front.
    pub fn add(
        &mut self,
        folder: Option<&'static str>,
        name: &str,
        bytes: &[u8],
    ) -> Result<String, FileError> {
        let at = folder.map_or_else(|| "data".to_owned(), |folder| format!("data/{folder}"));
        let name = plain_name(name);
        let mut path = format!("{at}/{name}");
        let mut n = 2;
        while self.payload.iter().any(|file| file.path.eq_ignore_ascii_case(&path)) {
            path = format!("{at}/{n}-{name}");
            n += 1;
        }
        let disk = self.folder.join(&at);
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&disk);
        made.map_err(|source| FileError::Write { path: disk, source })?;
        let file = self.write(&path, bytes)?;
        self.payload.push(file);
        Ok(path)
    }

    /// Writes the manifests; returns the files of `data/` in the order of their paths.
    pub fn finish(mut self) -> Result<Vec<BagFile>, FileError> {
        self.payload.sort_by(|a, b| a.path.cmp(&b.path));
        let lines = |files: &[BagFile]| -> String {
            files.iter().map(|file| format!("{}  {}\n", file.sha256, file.path)).collect()
        };
        let total: u64 = self.payload.iter().map(|file| file.bytes).sum();
        let info = format!("Payload-Oxum: {total}.{}\n", self.payload.len());
        let tags = [
            ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned()),
            ("bag-info.txt", info),
            ("manifest-sha256.txt", lines(&self.payload)),
        ];
        let mut tag_files = Vec::new();
        for (name, text) in tags {
            tag_files.push(self.write(name, text.as_bytes())?);
        }
        self.write("tagmanifest-sha256.txt", lines(&tag_files).as_bytes())?;
        Ok(self.payload)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<BagFile, FileError> {
        let disk = self.folder.join(path);
        // `create_new` follows no link and replaces nothing.
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&disk)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.map_err(|source| FileError::Write { path: disk, source })?;
        let sha256: String =
            Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(BagFile { path: path.to_owned(), bytes: bytes.len() as u64, sha256 })
    }
}

/// Returns a name of plain ASCII signs, without a dot at its beginning, of at most 120.
fn plain_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') { c } else { '-' })
        .collect();
    let plain = plain.trim_start_matches(['.', '-']);
    let start = plain.len().saturating_sub(120);
    let plain = plain.get(start..).unwrap_or_default().trim_start_matches(['.', '-']);
    if plain.is_empty() { "file".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bag_is_whole_and_stays_inside_its_folder() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("bag");
        let mut bag = Bag::create(&folder).unwrap();
        assert_eq!(bag.add(None, "list.txt", b"a list").unwrap(), "data/list.txt");
        let hostile =
            ["../../x y\n.pdf", "..", "/etc/passwd", "حکم", "x y\n.pdf", "../../x y\n.pdf"];
        let names: Vec<String> =
            hostile.iter().map(|name| bag.add(Some("sources"), name, b"1").unwrap()).collect();
        assert_eq!(
            names,
            [
                "data/sources/x-y-.pdf",
                "data/sources/file",
                "data/sources/etc-passwd",
                "data/sources/2-file",
                "data/sources/2-x-y-.pdf",
                "data/sources/3-x-y-.pdf",
            ]
        );
        assert_eq!(bag.finish().unwrap().len(), 7);
        assert_eq!(fs::read_dir(outer.path()).unwrap().count(), 1);
        let manifest = super::super::files::read_text(&folder.join("manifest-sha256.txt"), 9999);
        let manifest = manifest.unwrap().unwrap();
        assert_eq!(manifest.lines().count(), 7);
        for line in manifest.lines() {
            let (hash, path) = line.split_once("  ").unwrap();
            let (bytes, _) = super::super::files::read(&folder.join(path), 99).unwrap();
            let real: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(hash, real);
        }
    }

    #[test]
    fn a_folder_that_holds_something_is_refused() {
        let outer = tempfile::tempdir().unwrap();
        std::fs::File::create(outer.path().join("x")).unwrap();
        assert!(matches!(Bag::create(outer.path()), Err(FileError::Exists { .. })));
        assert!(matches!(Bag::create(&outer.path().join("x")), Err(FileError::Exists { .. })));
        let link = outer.path().join("link");
        std::os::unix::fs::symlink("/tmp", &link).unwrap();
        assert!(matches!(Bag::create(&link), Err(FileError::Exists { .. })));
    }
}
