//! The check of everything kept: texts, index, and whether the sources are still what was read.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::corpus::files;
use crate::engine::embedded::Embedded;
use crate::model::SourceId;
use crate::store::{Generations, PathState};

use super::{Desk, TaskError};

/// What a check found.
#[derive(Clone, Debug, Serialize)]
pub struct VerifyAnswer {
    /// `misl.verify/1`.
    pub schema: &'static str,
    /// Contents with kept text.
    pub documents: u64,
    /// Kept data that does not fit its hash.
    pub damaged_texts: Vec<DamagedText>,
    /// Files of the index that are not as they were written, in words.
    pub damaged_index: Vec<String>,
    /// Documents that the store holds and the index does not, or the reverse.
    pub index_differs: bool,
    /// Sources whose bytes are other ones now than when they were read.
    pub changed_sources: Vec<String>,
    /// Sources that are gone.
    pub missing_sources: Vec<String>,
}

/// Kept data that does not fit its hash.
#[derive(Clone, Debug, Serialize)]
pub struct DamagedText {
    /// The content.
    pub id: SourceId,
    /// Its first place.
    pub path: String,
    /// The page; `None`: record, mentions or references.
    pub page: Option<u32>,
    /// What is wrong, in words.
    pub what: String,
}

impl VerifyAnswer {
    /// Tells whether what misl keeps is sound; changed and missing sources are no damage.
    pub fn is_sound(&self) -> bool {
        self.damaged_texts.is_empty() && self.damaged_index.is_empty() && !self.index_differs
    }
}

/// Which sources a check reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sources {
    /// None: what misl keeps alone.
    Leave,
    /// Each, to compare its hash.
    Read,
}

/// Checks every kept text, every file of the index, and the sources.
///
/// `beat` is called with how many things were looked at.
pub fn verify(
    desk: &Desk,
    sources: Sources,
    max_bytes: u64,
    beat: &mut dyn FnMut(u64),
) -> Result<VerifyAnswer, TaskError> {
    let mut damaged_texts = Vec::new();
    for damage in desk.store.verify(beat)? {
        let source = desk.store.source_by_id(damage.id)?;
        let places = match &source {
            Some(source) => desk.store.paths_of(source.docn)?,
            None => Vec::new(),
        };
        damaged_texts.push(DamagedText {
            id: damage.id,
            path: places.into_iter().next().map(|row| row.path).unwrap_or_default(),
            page: damage.page,
            what: damage.what,
        });
    }
    let searchable = desk.store.searchable()?.len() as u64;
    let mut damaged_index = Vec::new();
    let mut index_differs = false;
    match Generations::new(&desk.workspace.index()).current() {
        None => index_differs = searchable > 0,
        Some(folder) => {
            damaged_index.extend(Embedded::verify(&folder)?.iter().map(ToString::to_string));
            if damaged_index.is_empty() {
                use crate::engine::Engine as _;
                let stats = desk.engine()?.stats()?;
                index_differs =
                    stats.documents != searchable || stats.last_seq < desk.store.last_seq()?;
            }
        }
    }
    let (mut changed_sources, mut missing_sources) = (Vec::new(), Vec::new());
    if sources == Sources::Read {
        for row in desk.store.paths()? {
            let Some(docn) = row.docn.filter(|_| row.container.is_none()) else { continue };
            let disk = desk.workspace.disk_path(&row.path, row.raw.as_deref());
            if row.state == PathState::Missing || !disk.exists() {
                missing_sources.push(row.path);
                continue;
            }
            beat(docn);
            let now = files::read(&disk, max_bytes).map(|(bytes, _)| Sha256::digest(&bytes).into());
            let then = desk.store.source(docn)?.map(|source| source.id);
            if now.ok().map(SourceId) != then {
                changed_sources.push(row.path);
            }
        }
    }
    Ok(VerifyAnswer {
        schema: "misl.verify/1",
        documents: searchable,
        damaged_texts,
        damaged_index,
        index_differs,
        changed_sources,
        missing_sources,
    })
}
