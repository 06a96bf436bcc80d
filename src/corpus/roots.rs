//! `corpus/roots.toml`: the folders and files outside the workspace that are read.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{self, FileError};
use super::workspace::Workspace;

/// The remembered roots, in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roots {
    /// One entry a root.
    #[serde(default, rename = "root")]
    roots: Vec<Root>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Root {
    path: PathBuf,
}

/// Why the roots could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RootsError {
    /// `roots.toml` cannot be understood.
    #[error("{}: {message}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        message: String,
    },
    /// A path whose name is not UTF-8 cannot be remembered in a TOML file.
    #[error("{} cannot be remembered: its name is not UTF-8", path.display())]
    Name {
        /// The root.
        path: PathBuf,
    },
    /// The file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Roots {
    /// Reads the roots of a workspace; none where there is no file.
    pub fn read(workspace: &Workspace) -> Result<Self, RootsError> {
        let path = workspace.corpus().join("roots.toml");
        let Some(text) = files::read_text(&path, 1 << 20)? else { return Ok(Self::default()) };
        toml::from_str(&text).map_err(|error| RootsError::Syntax {
            path,
            message: error.to_string().trim().to_owned(),
        })
    }

    /// Writes the roots into a workspace.
    pub fn write(&self, workspace: &Workspace) -> Result<(), RootsError> {
        let path = workspace.corpus().join("roots.toml");
        let text = toml::to_string(self).map_err(|error| RootsError::Syntax {
            path: path.clone(),
            message: error.to_string(),
        })?;
        files::write_atomic(&path, text.as_bytes())?;
        Ok(())
    }

    /// Remembers `path`, an absolute one; tells whether it is new.
    ///
    /// A path below a remembered root is already read with it.
    pub fn add(&mut self, path: &Path) -> Result<bool, RootsError> {
        if path.to_str().is_none() {
            return Err(RootsError::Name { path: path.to_owned() });
        }
        if self.paths().any(|known| path.starts_with(known)) {
            return Ok(false);
        }
        self.roots.retain(|known| !known.path.starts_with(path));
        self.roots.push(Root { path: path.to_owned() });
        Ok(true)
    }

    /// Returns the roots, in the order in which they were given.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.roots.iter().map(|root| root.path.as_path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_remembered_once() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::init(folder.path()).unwrap();
        let mut roots = Roots::read(&workspace).unwrap();
        assert!(roots.add(Path::new("/a/b")).unwrap());
        assert!(!roots.add(Path::new("/a/b/c")).unwrap());
        assert!(roots.add(Path::new("/a/bc")).unwrap());
        assert!(roots.add(Path::new("/a")).unwrap());
        roots.write(&workspace).unwrap();
        let read = Roots::read(&workspace).unwrap();
        assert_eq!(read.paths().collect::<Vec<_>>(), [Path::new("/a")]);
    }
}
