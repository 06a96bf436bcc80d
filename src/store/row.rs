//! The rows of the store as plain data.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::DocNumber;
use crate::model::{Mention, Page, Record, Reference, SourceId, Warning};

/// The state of a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceState {
    /// Read and searchable.
    Indexed,
    /// Read and searchable, with warnings.
    Warned,
    /// Not read, on purpose; the reason says why.
    Skipped,
    /// Not readable; the reason says why.
    Failed,
}

impl SourceState {
    /// Returns the word that the store and JSON use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Indexed => "indexed",
            Self::Warned => "warned",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }

    /// Tells whether the content has kept text.
    pub const fn is_searchable(self) -> bool {
        matches!(self, Self::Indexed | Self::Warned)
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Indexed, Self::Warned, Self::Skipped, Self::Failed]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// The state of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PathState {
    /// It was there when last looked.
    Present,
    /// It was there once.
    Missing,
    /// It is there and is no file that can be read (a pipe, a device, a link out of its root).
    Skipped,
    /// It is there and could not be opened.
    Failed,
}

impl PathState {
    /// Returns the word that the store uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Missing => "missing",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Present, Self::Missing, Self::Skipped, Self::Failed]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// A place where a content was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathRow {
    /// `corpus/…` in the workspace, else absolute; a member as `file!/member`.
    pub path: String,
    /// The bytes of a name that is not UTF-8.
    pub raw: Option<Vec<u8>>,
    /// The content found there; `None` where nothing could be opened.
    pub docn: Option<DocNumber>,
    /// The path of the file that a member lies in.
    pub container: Option<String>,
    /// Size in bytes.
    pub bytes: u64,
    /// Time of change, nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Whether it is there.
    pub state: PathState,
    /// Stable reason id for `Skipped` and `Failed`.
    pub reason: String,
    /// The same in words.
    pub detail: String,
    /// The hash of the sidecar beside it, where there is one.
    pub sidecar: Option<[u8; 32]>,
}

/// A content without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRow {
    /// The number in this store.
    pub docn: DocNumber,
    /// The SHA-256 of the bytes.
    pub id: SourceId,
    /// The number of its last change.
    pub seq: u64,
    /// The state of the content.
    pub state: SourceState,
    /// Stable reason id for `Skipped` and `Failed`.
    pub reason: String,
    /// The same in words, with what to do.
    pub detail: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Media type by content.
    pub media_type: String,
    /// Name of the reader.
    pub reader: String,
    /// Version of the reader.
    pub reader_version: String,
    /// Seconds since 1970.
    pub read_at: i64,
    /// What the file and its pages say.
    pub record: Record,
    /// What sidecars and people say.
    pub overlay: Record,
    /// The citation key.
    pub key: Option<String>,
}

impl SourceRow {
    /// Returns the record that counts: what people say over what the pages say.
    pub fn merged(&self) -> Record {
        let mut record = self.record.clone();
        record.merge(self.overlay.clone());
        record
    }
}

/// A content with all that is kept of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The content.
    pub source: SourceRow,
    /// In order of their numbers.
    pub pages: Vec<Page>,
    /// In order of page and place.
    pub mentions: Vec<Mention>,
    /// In order of page and place.
    pub references: Vec<Reference>,
    /// In the order of the reader.
    pub warnings: Vec<Warning>,
}

/// How many places are in each state; together they are all places seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StateCounts {
    /// All places.
    pub seen: u64,
    /// Searchable.
    pub indexed: u64,
    /// Searchable, with warnings.
    pub warned: u64,
    /// Left out on purpose.
    pub skipped: u64,
    /// Not readable.
    pub failed: u64,
    /// Further places of a content that is counted elsewhere.
    pub duplicate: u64,
    /// Gone; the kept text stays searchable.
    pub missing: u64,
}

/// How many bytes are hashed at once.
const PIECE: usize = 4_096;

/// The hash over a document's folded words.
#[derive(Clone, Debug)]
pub struct TextFingerprint {
    hash: Sha256,
    n_words: usize,
    /// The hash is fast on long pieces only.
    piece: Vec<u8>,
}

impl Default for TextFingerprint {
    fn default() -> Self {
        Self { hash: Sha256::new(), n_words: 0, piece: Vec::with_capacity(PIECE + 256) }
    }
}

impl TextFingerprint {
    /// Takes the next word.
    #[inline]
    pub fn add(&mut self, word: &str) {
        self.piece.extend_from_slice(word.as_bytes());
        self.piece.push(0);
        self.n_words += 1;
        if self.piece.len() >= PIECE {
            self.hash.update(&self.piece);
            self.piece.clear();
        }
    }

    /// Returns the hash, or `None` for fewer than 200 words.
    ///
    /// Short texts are alike too easily (two forms, two covers) to say anything.
    pub fn finish(mut self) -> Option<[u8; 32]> {
        self.hash.update(&self.piece);
        (self.n_words >= 200).then(|| self.hash.finalize().into())
    }
}
