//! The folders of a workspace: `misl.toml`, `corpus/`, `index/`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::files::{self, FileError};

/// A workspace, by the paths of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
}

/// What a fresh `misl.toml` says.
const FRESH_SETTINGS: &str = "\
# Settings of this workspace; all are optional. `misl settings` shows each value and its origin.
# [ingest]
# ocr = \"auto\"
";

impl Workspace {
    /// Finds the workspace that `folder` lies in: the nearest folder upward with a `misl.toml`.
    pub fn find(folder: &Path) -> Option<Self> {
        folder
            .ancestors()
            .find(|folder| folder.join("misl.toml").is_file())
            .map(|root| Self { root: root.to_owned() })
    }

    /// Makes a workspace in `folder`, and the folder too; what is there already stays.
    pub fn init(folder: &Path) -> Result<Self, FileError> {
        let wrong = |source: io::Error| FileError::Write { path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(wrong)?;
        let root = folder.canonicalize().map_err(wrong)?;
        let workspace = Self { root };
        for folder in [workspace.corpus(), workspace.index()] {
            fs::create_dir_all(&folder)
                .map_err(|source| FileError::Write { path: folder.clone(), source })?;
        }
        let settings = workspace.settings();
        if !settings.exists() {
            files::write_atomic(&settings, FRESH_SETTINGS.as_bytes())?;
        }
        Ok(workspace)
    }

    /// Returns the workspace's own folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns `misl.toml`.
    pub fn settings(&self) -> PathBuf {
        self.root.join("misl.toml")
    }

    /// Returns `corpus/`: what people own.
    pub fn corpus(&self) -> PathBuf {
        self.root.join("corpus")
    }

    /// Returns `index/`: what the program derives.
    pub fn index(&self) -> PathBuf {
        self.root.join("index")
    }

    /// Returns `corpus/entities.toml`.
    pub fn entities(&self) -> PathBuf {
        self.corpus().join("entities.toml")
    }

    /// Returns `corpus/records/`.
    pub fn records(&self) -> PathBuf {
        self.corpus().join("records")
    }

    /// Returns `corpus/lists/`.
    pub fn lists(&self) -> PathBuf {
        self.corpus().join("lists")
    }

    /// Returns the name under which a file is kept: `corpus/…` inside the workspace, else absolute.
    ///
    /// A name that is not UTF-8 is shown with escapes; the second value then holds its bytes.
    pub fn display_path(&self, path: &Path) -> (String, Option<Vec<u8>>) {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        match inside.to_str() {
            Some(name) => (name.to_owned(), None),
            None => {
                let bytes = inside.as_os_str().as_encoded_bytes();
                let mut name = String::new();
                for chunk in bytes.utf8_chunks() {
                    name.push_str(chunk.valid());
                    chunk
                        .invalid()
                        .iter()
                        .for_each(|byte| name.push_str(&format!("\\x{byte:02x}")));
                }
                (name, Some(bytes.to_vec()))
            }
        }
    }

    /// Returns where a kept path lies on disk: the way back from [`Workspace::display_path`].
    pub fn disk_path(&self, kept: &str, raw: Option<&[u8]>) -> PathBuf {
        use std::os::unix::ffi::OsStrExt as _;
        match raw {
            Some(bytes) => self.root.join(std::ffi::OsStr::from_bytes(bytes)),
            None => self.root.join(kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_found_upward_and_made_once() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Workspace::find(folder.path()), None);
        let made = Workspace::init(&folder.path().join("cases")).unwrap();
        let below = made.corpus().join("ihc");
        fs::create_dir_all(&below).unwrap();
        assert_eq!(Workspace::find(&below), Some(made.clone()));
        files::write_atomic(&made.settings(), b"# mine\n").unwrap();
        Workspace::init(made.root()).unwrap();
        assert_eq!(files::read(&made.settings(), 99).unwrap().0, b"# mine\n");
    }

    #[test]
    fn names_lead_back_to_files() {
        use std::os::unix::ffi::OsStrExt as _;
        let workspace = Workspace { root: PathBuf::from("/w") };
        let odd = Path::new("/w/corpus").join(std::ffi::OsStr::from_bytes(b"o\xffder.txt"));
        for path in [Path::new("/w/corpus/a.md"), Path::new("/elsewhere/b.pdf"), &odd] {
            let (name, raw) = workspace.display_path(path);
            assert_eq!(workspace.disk_path(&name, raw.as_deref()), path);
        }
        assert_eq!(workspace.display_path(&odd).0, "corpus/o\\xffder.txt");
    }
}
