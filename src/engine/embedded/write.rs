//! Writing: one batch a document, commits that are durable, a manifest that is renewed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::index::SegmentComponent;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy, UserOperation};
use tantivy::{Directory as _, Index, IndexWriter, Term};

use super::entries::{Entry, entries};
use super::fault::{fault, io_fault};
use super::manifest::Manifest;
use super::schema::{FORMAT, Fields};
use crate::engine::{EngineError, IndexDocument, Writer};
use crate::model::SourceId;

/// A segment this full of deleted entries is merged at once.
const DELETED_BEFORE_MERGE: f32 = 0.3;
/// At the end of a run, a segment with this share of deleted entries is merged: ranking counts
/// deleted entries until then.
const DELETED_AT_END: f32 = 0.05;

/// The files of every segment.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
    SegmentComponent::Terms,
    SegmentComponent::Store,
];

/// What a writer may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterSettings {
    /// Indexing threads, 1 at least. With 1, the order of documents on disk is that of adding.
    pub threads: usize,
    /// Memory of each thread in bytes; 15 MB at least, under 4 GiB.
    pub bytes_per_thread: usize,
}

impl Default for WriterSettings {
    fn default() -> Self {
        Self { threads: 1, bytes_per_thread: 100_000_000 }
    }
}

/// The writer of an index on disk.
pub(super) struct DiskWriter {
    dir: PathBuf,
    index: Index,
    fields: Fields,
    writer: IndexWriter<Entry>,
    settings: WriterSettings,
    committed: Box<dyn Fn() -> Result<(), EngineError> + Send>,
}

impl DiskWriter {
    /// Opens the writer; `committed` is called after every commit.
    pub(super) fn open(
        dir: &Path,
        index: &Index,
        fields: Fields,
        settings: WriterSettings,
        committed: Box<dyn Fn() -> Result<(), EngineError> + Send>,
    ) -> Result<Self, EngineError> {
        let writer = open_writer(dir, index, settings)?;
        // Only a writer may do this: the lock is held now.
        remove_leftovers(dir);
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(DELETED_BEFORE_MERGE);
        writer.set_merge_policy(Box::new(policy));
        writer.garbage_collect_files().wait().map_err(|error| fault(dir, error))?;
        Ok(Self { dir: dir.to_owned(), index: index.clone(), fields, writer, settings, committed })
    }
}

/// Opens the one writer of an index.
fn open_writer(
    dir: &Path,
    index: &Index,
    settings: WriterSettings,
) -> Result<IndexWriter<Entry>, EngineError> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(settings.threads.max(1))
        .memory_budget_per_thread(settings.bytes_per_thread.clamp(15_000_000, 4_000_000_000))
        .num_merge_threads(1)
        .build();
    index.writer_with_options(options).map_err(|error| fault(dir, error))
}

/// Merges segments that hold many deleted entries. No other merge may run meanwhile.
fn merge_deleted(dir: &Path, index: &Index, settings: WriterSettings) -> Result<(), EngineError> {
    let failed = |error| fault(dir, error);
    let metas = index.searchable_segment_metas().map_err(failed)?;
    let full = metas.iter().filter(|meta| {
        #[expect(clippy::cast_precision_loss, reason = "a share is compared, not a count")]
        let share = meta.num_deleted_docs() as f32 / meta.max_doc().max(1) as f32;
        share >= DELETED_AT_END
    });
    let full: Vec<_> = full.map(tantivy::SegmentMeta::id).collect();
    if full.is_empty() {
        return Ok(());
    }
    let mut writer = open_writer(dir, index, settings)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for segment in full {
        writer.merge(&[segment]).wait().map_err(failed)?;
    }
    writer.wait_merging_threads().map_err(failed)
}

impl Writer for DiskWriter {
    fn add(&mut self, document: &IndexDocument<'_>) -> Result<(), EngineError> {
        let old = Term::from_field_text(self.fields.doc, &document.id.to_string());
        // One batch: all entries of a document lie side by side in one segment.
        let batch: Vec<UserOperation<Entry>> = std::iter::once(UserOperation::Delete(old))
            .chain(entries(&self.fields, document).into_iter().map(UserOperation::Add))
            .collect();
        self.writer.run(batch).map(drop).map_err(|error| {
            // A thread that died (disk full) tells why only to who waits for it.
            let cause = self.writer.prepare_commit().err();
            fault(&self.dir, cause.unwrap_or(error))
        })
    }

    fn remove(&mut self, id: SourceId) -> Result<(), EngineError> {
        self.writer.delete_term(Term::from_field_text(self.fields.doc, &id.to_string()));
        Ok(())
    }

    fn commit(&mut self, seq: u64) -> Result<(), EngineError> {
        let path = self.dir.clone();
        let failed = |error| fault(&path, error);
        let mut commit = self.writer.prepare_commit().map_err(failed)?;
        commit.set_payload(&format!("seq={seq} {FORMAT}"));
        commit.commit().map_err(failed)?;
        // The library renames `meta.json` without this; a power cut could bring the old one back.
        self.index.directory().sync_directory().map_err(|error| io_fault(&path, &error.into()))?;
        renew_manifest(&self.dir, &self.index)?;
        (self.committed)()
    }

    fn finish(self: Box<Self>) -> Result<(), EngineError> {
        let Self { dir, index, writer, settings, committed, .. } = *self;
        writer.wait_merging_threads().map_err(|error| fault(&dir, error))?;
        merge_deleted(&dir, &index, settings)?;
        index.directory().sync_directory().map_err(|error| io_fault(&dir, &error.into()))?;
        renew_manifest(&dir, &index)?;
        committed()
    }
}

/// Writes the manifest of what the index refers to now.
pub(super) fn renew_manifest(dir: &Path, index: &Index) -> Result<(), EngineError> {
    let as_fault = |error: std::io::Error| io_fault(dir, &error.into());
    let old = Manifest::read(dir).unwrap_or_default();
    // A merge may end while we hash and take a file away: then look again at what is needed.
    let mut attempts_left = 3;
    loop {
        let state = state(dir, index)?;
        match Manifest::take(dir, &state.files, old.as_ref(), (state.seq, state.opstamp)) {
            Ok(manifest) => return manifest.write(dir).map_err(as_fault),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && attempts_left > 0 => {
                attempts_left -= 1;
            }
            Err(error) => return Err(as_fault(error)),
        }
    }
}

/// What the last commit says.
pub(super) struct State {
    /// The store's number.
    pub(super) seq: u64,
    /// The library's number.
    pub(super) opstamp: u64,
    /// Every file that the commit needs, `meta.json` included.
    pub(super) files: BTreeSet<String>,
}

/// Reads what the last commit says.
pub(super) fn state(dir: &Path, index: &Index) -> Result<State, EngineError> {
    let metas = index.load_metas().map_err(|error| fault(dir, error))?;
    let mut files: BTreeSet<String> = BTreeSet::from(["meta.json".to_owned()]);
    for segment in &metas.segments {
        let delete = segment.has_deletes().then_some(SegmentComponent::Delete);
        for component in COMPONENTS.into_iter().chain(delete) {
            files.insert(segment.relative_path(component).to_string_lossy().into_owned());
        }
    }
    Ok(State { seq: seq_of(metas.payload.as_deref()), opstamp: metas.opstamp, files })
}

/// Returns the store's number in a commit's payload; 0 where nothing was committed.
fn seq_of(payload: Option<&str>) -> u64 {
    payload
        .and_then(|payload| payload.strip_prefix("seq="))
        .and_then(|rest| rest.split(' ').next())
        .and_then(|seq| seq.parse().ok())
        .unwrap_or_default()
}

/// Deletes what interrupted writes of `meta.json` leave behind for ever (`.tmp` and six letters).
fn remove_leftovers(dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_leftover = name.strip_prefix(".tmp").is_some_and(|rest| {
            rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if is_leftover || name == ".manifest.new" {
            // Best effort: what stays costs a few bytes and is tried again next time.
            drop(fs::remove_file(entry.path()));
        }
    }
}
