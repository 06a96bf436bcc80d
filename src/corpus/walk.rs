//! Walking a folder: every place below it, in a fixed order, without following links.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::files::Stat;

/// A place below a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is.
    pub what: What,
}

/// What a place is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An ordinary file.
    File(Stat),
    /// A pipe, socket, device or link: not opened. The text says which.
    NotAFile(&'static str),
    /// A place that could not be looked at; the text says why.
    Unreadable(String),
}

/// Names that systems leave behind, and folders that hold no documents: passed over in silence.
const IGNORED: [&str; 8] =
    [".git", ".svn", ".hg", "__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".Trash"];

/// The end of a sidecar's name: `order.pdf.misl.toml` belongs to `order.pdf`.
pub const SIDECAR_END: &str = ".misl.toml";

/// The most folders inside folders that are walked.
const MAX_DEPTH: usize = 256;

/// Returns every place below `root`, sorted by name within each folder; `root` may be one file.
///
/// Sidecars, the folders in `leave_out` (the workspace's own), and what `IGNORED` names are no
/// places. Links are places that are not followed.
pub fn walk(root: &Path, leave_out: &[PathBuf]) -> impl Iterator<Item = Place> {
    let leave_out = leave_out.to_owned();
    WalkDir::new(root)
        .follow_links(false)
        .follow_root_links(true)
        .max_depth(MAX_DEPTH)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| {
            let name = entry.file_name().to_str().unwrap_or_default();
            let is_ours = leave_out.iter().any(|path| path == entry.path());
            !is_ours && (entry.depth() == 0 || !IGNORED.contains(&name))
        })
        .filter_map(|entry| match entry {
            Ok(entry) => {
                let name = entry.file_name().to_string_lossy();
                if entry.file_type().is_dir() || name.ends_with(SIDECAR_END) {
                    return None;
                }
                let what = what_is(&entry);
                Some(Place { path: entry.into_path(), what })
            }
            Err(error) => {
                let path = error.path().map(Path::to_owned)?;
                Some(Place { path, what: What::Unreadable(error.to_string()) })
            }
        })
}

fn what_is(entry: &walkdir::DirEntry) -> What {
    let kind = entry.file_type();
    if kind.is_symlink() {
        return What::NotAFile("a link; links are not followed");
    }
    match entry.metadata() {
        Ok(data) if data.is_file() => What::File(Stat::of(&data)),
        Ok(_) => What::NotAFile("a pipe, socket or device"),
        Err(error) => What::Unreadable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_place_once_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/.git")).unwrap();
        fs::create_dir_all(root.join("index")).unwrap();
        for name in ["b/order.pdf", "b/order.pdf.misl.toml", "b/.git/x", "a.md", "index/store.db"] {
            crate::corpus::files::write_atomic(&root.join(name), b"x").unwrap();
        }
        std::os::unix::fs::symlink(root, root.join("loop")).unwrap();
        let found: Vec<_> = walk(root, &[root.join("index")])
            .map(|place| {
                let is_file = matches!(place.what, What::File(_));
                (place.path.strip_prefix(root).unwrap().to_owned(), is_file)
            })
            .collect();
        let expect = [("a.md", true), ("b/order.pdf", true), ("loop", false)];
        assert_eq!(found, expect.map(|(name, is_file)| (PathBuf::from(name), is_file)));
    }

    #[test]
    fn a_root_that_is_gone_is_said() {
        let found: Vec<_> = walk(Path::new("/nowhere/at/all"), &[]).collect();
        assert!(matches!(&found[..], [Place { what: What::Unreadable(_), .. }]), "{found:?}");
    }
}
