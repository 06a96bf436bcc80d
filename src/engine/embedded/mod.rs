//! The embedded engine: one tantivy index in one folder.
//!
//! What it adds to the library: exact answers about documents (see `search`), positions
//! (`w/n`, wildcards in phrases), a manifest to check the files by, and reading without writing.

mod bits;
mod directory;
mod entries;
mod facets;
mod fault;
mod forms;
mod manifest;
mod parts;
mod places;
mod plan;
mod postings;
mod schema;
mod search;
mod segment;
mod sheet;
mod spans;
mod survey;
mod tokenize;
mod walk;
mod watch;
mod word;
mod words;
mod write;

#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, RwLock};

use tantivy::directory::MmapDirectory;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexReader, IndexSettings, ReloadPolicy};

pub use manifest::{Damage, DamageKind};
pub use write::WriterSettings;

use self::directory::ReadOnlyDirectory;
use self::fault::{fault, io_fault};
use self::manifest::Manifest;
use self::schema::{FORMAT, Fields, schema};
use self::search::Snapshot;
use self::tokenize::{MENTIONS, Split, TOKENS};
use self::watch::Watch;
use self::write::{DiskWriter, state};
use super::{Answer, Engine, EngineError, KnownWord, Stats, Want, Writer};
use crate::query::tree::Tree;

/// Whether an index may be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing in the folder is touched, no lock taken: works on read-only media.
    Read,
    /// A writer may be opened.
    Write,
}

/// An index in a folder. Clones share it.
#[derive(Clone)]
pub struct Embedded {
    dir: Arc<Path>,
    access: Access,
    index: Index,
    fields: Fields,
    reader: IndexReader,
    snapshot: Arc<RwLock<Arc<Snapshot>>>,
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Embedded").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Embedded {
    /// Makes an empty index in the existing, empty folder `dir`.
    pub fn create(dir: &Path) -> Result<Self, EngineError> {
        let (schema, _) = schema();
        let zstd = ZstdCompressor { compression_level: Some(3) };
        let settings = IndexSettings {
            docstore_compression: Compressor::Zstd(zstd),
            docstore_blocksize: 16_384,
            ..IndexSettings::default()
        };
        Index::builder()
            .schema(schema)
            .settings(settings)
            .create_in_dir(dir)
            .map_err(|error| fault(dir, error))?;
        Self::open(dir, Access::Write)
    }

    /// Opens the index in `dir` and checks that every file has the size that it was written with.
    pub fn open(dir: &Path, access: Access) -> Result<Self, EngineError> {
        let failed = |error| fault(dir, error);
        let mmap = MmapDirectory::open(dir).map_err(|error| failed(error.into()))?;
        let index = guarded(dir, || {
            match access {
                Access::Read => Index::open(ReadOnlyDirectory(mmap)),
                Access::Write => Index::open(mmap),
            }
            .map_err(failed)
        })?;
        let (expected, fields) = schema();
        let metas = index.load_metas().map_err(failed)?;
        let is_ours = metas.payload.as_deref().is_none_or(|payload| payload.ends_with(FORMAT));
        if index.schema() != expected || !is_ours {
            return Err(EngineError::Version {
                path: dir.to_owned(),
                found: metas.payload.unwrap_or_else(|| "unknown".to_owned()),
                expected: FORMAT.to_owned(),
            });
        }
        check_sizes(dir, &index)?;
        index.tokenizers().register(TOKENS, TextAnalyzer::from(Split::tokens()));
        index.tokenizers().register(MENTIONS, TextAnalyzer::from(Split::mentions()));
        let (reader, snapshot) = guarded(dir, || {
            let reader = index
                .reader_builder()
                .reload_policy(ReloadPolicy::Manual)
                .try_into()
                .map_err(failed)?;
            let snapshot = Snapshot::take(dir, &reader, fields)?;
            Ok((reader, snapshot))
        })?;
        Ok(Self {
            dir: dir.into(),
            access,
            index,
            fields,
            reader,
            snapshot: Arc::new(RwLock::new(Arc::new(snapshot))),
        })
    }

    /// Returns the store's number of the last change that is in the index; 0: none.
    pub fn last_seq(&self) -> Result<u64, EngineError> {
        Ok(state(&self.dir, &self.index)?.seq)
    }

    /// Opens the one writer.
    pub fn writer(&self, settings: WriterSettings) -> Result<Box<dyn Writer>, EngineError> {
        if self.access == Access::Read {
            return Err(EngineError::ReadOnly { path: self.dir.to_path_buf() });
        }
        let itself = self.clone();
        let committed = Box::new(move || itself.reload());
        Ok(Box::new(DiskWriter::open(&self.dir, &self.index, self.fields, settings, committed)?))
    }

    /// Looks at the last commit from now on. A commit of our own writer does this by itself.
    pub fn reload(&self) -> Result<(), EngineError> {
        let snapshot = guarded(&self.dir, || {
            self.reader.reload().map_err(|error| fault(&self.dir, error))?;
            Snapshot::take(&self.dir, &self.reader, self.fields)
        })?;
        let mut current = self.snapshot.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *current = Arc::new(snapshot);
        Ok(())
    }

    /// Returns the state of the index that searches look at now.
    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Checks every byte of the index in `dir`; an empty list: all is as it was written.
    ///
    /// # Errors
    /// [`EngineError::Io`] and [`EngineError::Absent`] only: damage is the answer, not an error.
    pub fn verify(dir: &Path) -> Result<Vec<Damage>, EngineError> {
        match guarded(dir, || verify(dir)) {
            Err(EngineError::Damaged { detail, .. } | EngineError::Failed { detail, .. }) => {
                let kind = DamageKind::Unreadable(detail);
                Ok(vec![Damage { file: "meta.json".to_owned(), kind }])
            }
            other => other,
        }
    }
}

impl Engine for Embedded {
    fn search(&self, query: &Tree, want: &Want<'_>) -> Result<Answer, EngineError> {
        let snapshot = self.snapshot();
        guarded(&self.dir, || snapshot.search(query, want))
    }

    fn stats(&self) -> Result<Stats, EngineError> {
        let snapshot = self.snapshot();
        Ok(Stats { last_seq: self.last_seq()?, ..snapshot.stats() })
    }

    fn word_passages(&self, word: &str) -> Result<u64, EngineError> {
        let snapshot = self.snapshot();
        guarded(&self.dir, || snapshot.word_passages(word))
    }

    fn words_starting(
        &self,
        prefix: &str,
        limit: usize,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<KnownWord>, EngineError> {
        let snapshot = self.snapshot();
        guarded(&self.dir, || snapshot.words_starting(prefix, limit, &Watch::new(stop)))
    }

    fn words_near(
        &self,
        word: &str,
        edits: u8,
        limit: usize,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<KnownWord>, EngineError> {
        let snapshot = self.snapshot();
        guarded(&self.dir, || snapshot.words_near(word, edits, limit, &Watch::new(stop)))
    }

    fn telling_words(&self, texts: &[&str], limit: usize) -> Result<Vec<String>, EngineError> {
        let snapshot = self.snapshot();
        guarded(&self.dir, || snapshot.telling_words(texts, limit))
    }
}

/// Does `work`; a panic of the index library, which flipped bits can cause, becomes an error.
fn guarded<T>(dir: &Path, work: impl FnOnce() -> Result<T, EngineError>) -> Result<T, EngineError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let detail = "its bytes make no sense".to_owned();
        Err(EngineError::Damaged { path: dir.to_owned(), detail })
    })
}

/// Fails where a file has another size than the manifest says; no manifest, no check.
fn check_sizes(dir: &Path, index: &Index) -> Result<(), EngineError> {
    let manifest = Manifest::read(dir).map_err(|error| io_fault(dir, &error.into()))?;
    let Some(manifest) = manifest else { return Ok(()) };
    let damages = manifest::compare_sizes(dir, &manifest, &state(dir, index)?.files);
    let Some(damage) = damages.first() else { return Ok(()) };
    Err(EngineError::Damaged { path: dir.to_owned(), detail: damage.to_string() })
}

/// Checks every file of an index; see [`Embedded::verify`].
fn verify(dir: &Path) -> Result<Vec<Damage>, EngineError> {
    let failed = |error| fault(dir, error);
    let mmap = MmapDirectory::open(dir).map_err(|error| failed(error.into()))?;
    let index = Index::open(ReadOnlyDirectory(mmap)).map_err(failed)?;
    let state = state(dir, &index)?;
    let mut damages = match Manifest::read(dir) {
        Ok(Some(manifest)) => manifest::compare(dir, &manifest, &state.files, state.seq),
        Ok(None) => Vec::new(),
        Err(error) if error.kind() != std::io::ErrorKind::InvalidData => {
            return Err(io_fault(dir, &error.into()));
        }
        Err(error) => vec![Damage {
            file: manifest::NAME.to_owned(),
            kind: DamageKind::Unreadable(error.to_string()),
        }],
    };
    let is_known =
        |damages: &[Damage], file: &str| damages.iter().any(|damage| damage.file == file);
    for file in &state.files {
        if is_known(&damages, file) || file == "meta.json" {
            continue;
        }
        let kind = match index.directory().validate_checksum(Path::new(file)) {
            Ok(true) => continue,
            Ok(false) => DamageKind::Checksum,
            Err(tantivy::directory::error::OpenReadError::FileDoesNotExist(_)) => {
                DamageKind::Missing
            }
            Err(error) => DamageKind::Unreadable(error.to_string()),
        };
        damages.push(Damage { file: file.clone(), kind });
    }
    damages.sort();
    Ok(damages)
}
