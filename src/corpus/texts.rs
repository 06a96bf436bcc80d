//! Texts that people bring for pages that are read badly: `corpus/texts/<id>.hocr`, or
//! `<id>.p3.txt` for one page; `<id>` is the SHA-256 of the source.

use std::path::{Path, PathBuf};

use super::files::{self, FileError};
use super::workspace::Workspace;
use crate::model::{PageNo, SourceId};

/// A text that a person brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtText {
    /// The source that it is the text of.
    pub id: SourceId,
    /// The page that it is the text of; `None`: its pages are those of the source, one after the other.
    pub page: Option<PageNo>,
    /// Where it lies.
    pub path: PathBuf,
}

impl BroughtText {
    /// Reads what a name says; `None`: it is no name of such a text.
    fn of(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let (id, rest) = name.split_once('.')?;
        let id = id.parse().ok()?;
        let page = match rest.split_once('.') {
            Some((page, _)) if page.starts_with('p') => match page.get(1..)?.parse() {
                Ok(page) => Some(PageNo::new(page)?),
                Err(_) => None,
            },
            _ => None,
        };
        Some(Self { id, page, path })
    }
}

impl Workspace {
    /// Returns `corpus/texts/`.
    pub fn texts(&self) -> PathBuf {
        self.corpus().join("texts")
    }

    /// Returns the texts that people brought, in the order of their names, whole ones first.
    pub fn brought_texts(&self) -> Vec<BroughtText> {
        let Ok(entries) = std::fs::read_dir(self.texts()) else { return Vec::new() };
        let mut texts: Vec<BroughtText> =
            entries.flatten().filter_map(|entry| BroughtText::of(entry.path())).collect();
        // A page that was typed counts for more than a whole file of recognised ones.
        texts.sort_by(|a, b| (a.page, &a.path).cmp(&(b.page, &b.path)));
        texts
    }

    /// Keeps a file as the text of a source, or of one of its pages, and returns where.
    pub fn bring_text(
        &self,
        id: SourceId,
        page: Option<PageNo>,
        file: &Path,
    ) -> Result<PathBuf, FileError> {
        let (bytes, _) = files::read(file, MAX_BYTES)?;
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("txt", |(_, ending)| ending);
        let page = page.map(|page| format!(".p{page}")).unwrap_or_default();
        let path = self.texts().join(format!("{id}{page}.{ending}"));
        files::write_atomic(&path, &bytes)?;
        Ok(path)
    }
}

/// Largest text that a person brings.
const MAX_BYTES: u64 = 256 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expect: &str) {
        let text = BroughtText::of(PathBuf::from("texts").join(name));
        let said = text
            .map_or_else(|| "none".to_owned(), |text| format!("{:?}", text.page.map(PageNo::get)));
        assert_eq!(said, expect, "{name}");
    }

    #[test]
    fn names_say_source_and_page() {
        let id = "ab".repeat(32);
        check(&format!("{id}.hocr"), "None");
        check(&format!("{id}.alto.xml"), "None");
        check(&format!("{id}.p12.txt"), "Some(12)");
        check(&format!("{id}.page.txt"), "None");
        check(&format!("{id}.p0.txt"), "none");
        check("notes.txt", "none");
    }
}
