//! The folders of index generations, and the file `current` that names the one in use.
//!
//! A generation is never changed into another schema in place: the next one is built beside it
//! from the kept texts, and `current` is swapped by a rename.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::StoreError;

/// The generations below one `index/` folder.
#[derive(Clone, Debug)]
pub struct Generations {
    index_dir: PathBuf,
}

impl Generations {
    /// Looks after the generations below `index_dir`.
    pub fn new(index_dir: &Path) -> Self {
        Self { index_dir: index_dir.to_owned() }
    }

    /// Returns the folder in use; `None` where there is none yet.
    pub fn current(&self) -> Option<PathBuf> {
        #[expect(clippy::disallowed_methods, reason = "the store touches the disk; one short line")]
        let name = fs::read_to_string(self.index_dir.join("current")).ok()?;
        let name = name.trim();
        let is_name = name.len() == 5
            && name.starts_with('g')
            && name.bytes().skip(1).all(|byte| byte.is_ascii_digit());
        let folder = self.index_dir.join(name);
        (is_name && folder.is_dir()).then_some(folder)
    }

    /// Makes the folder of the next generation, empty, and returns it.
    ///
    /// What an interrupted build left there is deleted first; the caller holds the lock.
    pub fn next(&self) -> Result<PathBuf, StoreError> {
        let number = |folder: PathBuf| folder.file_name()?.to_str()?.get(1..)?.parse::<u32>().ok();
        let next = self.current().and_then(number).unwrap_or(0) % 9999 + 1;
        let folder = self.index_dir.join(format!("g{next:04}"));
        let write = |source| StoreError::Write { path: folder.clone(), source };
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(write)?;
        }
        fs::create_dir_all(&folder).map_err(write)?;
        Ok(folder)
    }

    /// Puts `folder` into use and deletes the others.
    pub fn switch_to(&self, folder: &Path) -> Result<(), StoreError> {
        let current = self.index_dir.join("current");
        let write = |source| StoreError::Write { path: current.clone(), source };
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let fresh = self.index_dir.join("current.new");
        let mut file = fs::File::create(&fresh).map_err(write)?;
        writeln!(file, "{name}").and_then(|()| file.sync_all()).map_err(write)?;
        fs::rename(&fresh, &current).map_err(write)?;
        sync_dir(&self.index_dir)?;
        self.remove_others()
    }

    /// Deletes every generation folder but the one in use, and what a run left that was killed while
    /// it changed `current`; the caller holds the lock.
    pub fn remove_others(&self) -> Result<(), StoreError> {
        let left = self.index_dir.join("current.new");
        match fs::remove_file(&left) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::Write { path: left, source: error });
            }
            _ => {}
        }
        let Some(current) = self.current() else { return Ok(()) };
        let read = |source| StoreError::Read { path: self.index_dir.clone(), source };
        for entry in fs::read_dir(&self.index_dir).map_err(read)? {
            let path = entry.map_err(read)?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let is_generation = name.len() == 5
                && name.starts_with('g')
                && name.bytes().skip(1).all(|byte| byte.is_ascii_digit());
            if is_generation && path != current {
                let write = |source| StoreError::Write { path: path.clone(), source };
                fs::remove_dir_all(&path).map_err(write)?;
            }
        }
        Ok(())
    }
}

/// Makes a rename inside `dir` last through a power cut.
pub fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    fs::File::open(dir)
        .and_then(|dir| dir.sync_all())
        .map_err(|source| StoreError::Write { path: dir.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_one_is_built_beside_and_swapped() {
        let folder = tempfile::tempdir().unwrap();
        let generations = Generations::new(folder.path());
        assert_eq!(generations.current(), None);
        let first = generations.next().unwrap();
        assert_eq!(generations.current(), None);
        generations.switch_to(&first).unwrap();
        let second = generations.next().unwrap();
        assert_ne!(first, second);
        assert_eq!(generations.current(), Some(first.clone()));
        generations.switch_to(&second).unwrap();
        assert_eq!(generations.current(), Some(second));
        assert!(!first.exists());
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_away() {
        let folder = tempfile::tempdir().unwrap();
        let generations = Generations::new(folder.path());
        let first = generations.next().unwrap();
        generations.switch_to(&first).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a fixture")]
        fs::write(folder.path().join("current.new"), "g0002").unwrap();
        generations.remove_others().unwrap();
        assert!(!folder.path().join("current.new").exists());
        assert_eq!(generations.current(), Some(first));
    }

    #[test]
    fn a_current_that_names_no_generation_is_none() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["../etc", "g1", "gabcd", ""] {
            #[expect(clippy::disallowed_methods, reason = "a fixture")]
            fs::write(folder.path().join("current"), name).unwrap();
            assert_eq!(Generations::new(folder.path()).current(), None, "{name}");
        }
    }
}
