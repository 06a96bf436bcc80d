//! What is open of a workspace while a question is answered: store, engine, knowledge.

use std::path::Path;

use crate::corpus::Workspace;
use crate::engine::embedded::{Access, Embedded};
use crate::model::{Locator, SourceId};
use crate::store::{Generations, SourceRow, Store};

use super::{Knowledge, TaskError};

/// A workspace opened for reading.
#[derive(Debug)]
pub struct Desk {
    /// The folders.
    pub workspace: Workspace,
    /// The kept texts.
    pub store: Store,
    /// Names and references.
    pub knowledge: Knowledge,
}

/// Why a DOC could not be found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DocError {
    /// Nothing fits.
    #[error("no document is named `{name}`")]
    Unknown {
        /// What was given.
        name: String,
        /// Keys that are near.
        near: Vec<String>,
    },
    /// Several fit.
    #[error("`{name}` names {} documents", candidates.len())]
    Ambiguous {
        /// What was given.
        name: String,
        /// Each with its shortest unique prefix, key and title.
        candidates: Vec<String>,
    },
    /// The place after `@` is none.
    #[error(transparent)]
    Locator(#[from] crate::model::locator::LocatorError),
}

/// Returns the name under which the store remembers whose key this was.
pub(super) fn old_key(key: &str) -> String {
    format!("old-key/{key}")
}

/// The fewest hex digits that name a document.
const MIN_PREFIX: usize = 6;

impl Desk {
    /// Opens a workspace for reading.
    ///
    /// # Errors
    /// [`TaskError::NothingRead`] where nothing was ingested yet.
    pub fn open(workspace: Workspace) -> Result<Self, TaskError> {
        let store = Store::open_read_only(&workspace.index())?.ok_or(TaskError::NothingRead)?;
        let knowledge = Knowledge::of(&workspace)?;
        Ok(Self { workspace, store, knowledge })
    }

    /// Opens the index generation in use.
    pub fn engine(&self) -> Result<Embedded, TaskError> {
        let folder =
            Generations::new(&self.workspace.index()).current().ok_or(TaskError::NothingRead)?;
        Ok(Embedded::open(&folder, Access::Read)?)
    }

    /// Returns the document that `name` names: a prefix of its id, a citation key, or a path.
    pub fn doc(&self, name: &str) -> Result<SourceRow, TaskError> {
        let found = self.docs(name)?;
        self.only(name, found)
    }

    fn docs(&self, name: &str) -> Result<Vec<SourceRow>, TaskError> {
        let is_prefix = name.len() >= MIN_PREFIX
            && name.len() <= 64
            && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let by_key = self.store.sources_by_key(name)?;
        if !by_key.is_empty() {
            return Ok(by_key);
        }
        if let Some(source) = self.by_old_key(name)? {
            return Ok(vec![source]);
        }
        if is_prefix {
            let by_prefix = self.store.sources_by_prefix(name)?;
            if !by_prefix.is_empty() {
                return Ok(by_prefix);
            }
        }
        let shown = self.path_name(name);
        let by_path = self.store.sources_by_path(&shown)?;
        if !by_path.is_empty() {
            return Ok(by_path);
        }
        self.by_bare_key(name)
    }

    /// Returns the document that had this key before others came that want the same: what was written
    /// with it still means that document.
    pub(super) fn by_old_key(&self, key: &str) -> Result<Option<SourceRow>, TaskError> {
        let Some(id) = self.store.meta(&old_key(key))? else { return Ok(None) };
        let Ok(id) = id.parse::<SourceId>() else { return Ok(None) };
        let source = self.store.source_by_id(id)?;
        Ok(source.filter(|source| source.key.as_deref().is_some_and(|own| own != key)))
    }

    /// Says that a document has another key than the one by which `place` (`key`, `key@p3`) names it.
    pub(super) fn renamed(
        &self,
        place: &str,
        source: &SourceRow,
    ) -> Result<Option<String>, TaskError> {
        let key = place.split_once('@').map_or(place, |(key, _)| key);
        let Some(own) = source.key.as_deref().filter(|own| *own != key) else { return Ok(None) };
        let is_old = self.by_old_key(key)?.is_some_and(|old| old.id == source.id);
        Ok(is_old.then(|| format!("{key} is {own} since another document wants that key")))
    }

    /// A path as a user types it, as the store names it.
    fn path_name(&self, name: &str) -> String {
        let path = Path::new(name);
        let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let shown = self.workspace.display_path(&absolute).0;
        if path.exists() { shown } else { name.trim_start_matches("./").to_owned() }
    }

    /// A key that several works would share is nobody's: all of them got an ending.
    fn by_bare_key(&self, name: &str) -> Result<Vec<SourceRow>, TaskError> {
        let begins = format!("{name}-");
        let sources = self.store.sources()?.into_iter();
        Ok(sources
            .filter(|source| {
                source.key.as_deref().is_some_and(|key| {
                    let ending = key.strip_prefix(&begins);
                    ending.is_some_and(|ending| {
                        ending.len() <= 11
                            && ending.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
                    })
                })
            })
            .collect())
    }

    fn only(&self, name: &str, mut found: Vec<SourceRow>) -> Result<SourceRow, TaskError> {
        if found.len() == 1
            && let Some(source) = found.pop()
        {
            return Ok(source);
        }
        if found.is_empty() {
            let keys: Vec<String> =
                self.store.sources()?.into_iter().filter_map(|source| source.key).collect();
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let near = crate::query::suggest_near(name, keys);
            let near = near.into_iter().map(str::to_owned).collect();
            return Err(DocError::Unknown { name: name.to_owned(), near }.into());
        }
        let candidates = found
            .iter()
            .map(|source| {
                let record = source.merged();
                let title = record.title.map(|title| title.value).unwrap_or_default();
                let date = record.dates.first().map(|date| date.value.value.to_string());
                let key = source.key.clone().unwrap_or_default();
                format!("{}  {key}  {}  {title}", source.id.short(12), date.unwrap_or_default())
            })
            .collect();
        Err(DocError::Ambiguous { name: name.to_owned(), candidates }.into())
    }

    /// Splits `DOC@LOCATOR` and finds the document.
    pub fn place(&self, text: &str) -> Result<(SourceRow, Locator), TaskError> {
        // A path may hold an `@`; a locator never holds a slash.
        match text.rsplit_once('@') {
            Some((doc, at)) if !at.contains('/') && !doc.is_empty() => {
                let locator: Locator = at.parse().map_err(DocError::from)?;
                Ok((self.doc(doc)?, locator))
            }
            _ => Ok((self.doc(text)?, Locator::default())),
        }
    }

    /// Returns the document with id `id`, where the store has it.
    pub fn by_id(&self, id: SourceId) -> Result<Option<SourceRow>, TaskError> {
        Ok(self.store.source_by_id(id)?)
    }
}
