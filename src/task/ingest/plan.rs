//! What is there, and what of it must be read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::corpus::{Place, Roots, SIDECAR_END, Stat, What, Workspace, files, walk};
use crate::extract;
use crate::model::SourceId;
use crate::store::{DocNumber, PathRow, PathState, SourceRow, SourceState, Store};
use crate::task::TaskError;

/// A place that must be looked into.
#[derive(Clone, Debug)]
pub(super) struct Todo {
    /// Where it lies on disk.
    pub(super) disk: PathBuf,
    /// The name it is kept under.
    pub(super) path: String,
    /// The bytes of a name that is not UTF-8.
    pub(super) raw: Option<Vec<u8>>,
    /// What the walk saw.
    pub(super) what: What,
    /// The hash of its sidecar.
    pub(super) sidecar: Option<[u8; 32]>,
}

/// What an ingest has to do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// In order of root and name.
    pub(super) todo: Vec<Todo>,
    /// Places that are as before, members of unchanged files included.
    pub(super) unchanged: u64,
    /// Places of the store that no walk saw.
    pub(super) gone: Vec<PathRow>,
    /// Paths whose sidecar alone changed.
    pub(super) sidecars: Vec<(String, Option<[u8; 32]>)>,
}

/// What the store knows, as the plan needs it.
pub(super) struct Known {
    pub(super) paths: BTreeMap<String, PathRow>,
    sources: BTreeMap<DocNumber, SourceId>,
    /// Contents that need not be looked into again.
    current: BTreeSet<SourceId>,
    /// Kept paths of members by the path they lie in.
    members: BTreeMap<String, Vec<String>>,
    /// A place that is there, of each content with members.
    holders: BTreeMap<DocNumber, String>,
}

impl Known {
    /// A store that knows nothing.
    pub(super) const fn none() -> Self {
        Self {
            paths: BTreeMap::new(),
            sources: BTreeMap::new(),
            current: BTreeSet::new(),
            members: BTreeMap::new(),
            holders: BTreeMap::new(),
        }
    }

    /// Reads what `store` knows; `retry_failed`: what failed is to be looked into again.
    pub(super) fn of(store: &Store, retry_failed: bool) -> Result<Self, TaskError> {
        let mut known = Self::none();
        known.paths = store.paths()?.into_iter().map(|row| (row.path.clone(), row)).collect();
        for row in known.paths.values() {
            if let Some(container) = &row.container {
                known.members.entry(container.clone()).or_default().push(row.path.clone());
            }
        }
        let mut due = BTreeSet::new();
        for source in store.sources()? {
            known.sources.insert(source.docn, source.id);
            if !is_current(&source) || (retry_failed && source.state == SourceState::Failed) {
                due.insert(source.docn);
            }
        }
        known.add_containers(&mut due, retry_failed);
        let current = known.sources.iter().filter(|(docn, _)| !due.contains(docn));
        known.current = current.map(|(_, id)| *id).collect();
        Ok(known)
    }

    /// Notes where contents with members lie, and adds to `due` those that must be opened again:
    /// to get at a member that is due, or since no place is left at which their members are known.
    fn add_containers(&mut self, due: &mut BTreeSet<DocNumber>, retry_failed: bool) {
        let row = |path: &String| self.paths.get(path);
        let mut holders = BTreeMap::new();
        let mut gone = BTreeSet::new();
        for container in self.members.keys().filter_map(row) {
            let Some(docn) = container.docn else { continue };
            if container.state == PathState::Present {
                holders.entry(docn).or_insert_with(|| container.path.clone());
            } else {
                gone.insert(docn);
            }
        }
        let mut opened: Vec<DocNumber> =
            gone.into_iter().filter(|docn| !holders.contains_key(docn)).collect();
        for member in self.members.values().flatten().filter_map(row) {
            let is_due = match member.docn {
                Some(docn) => due.contains(&docn) && member.state == PathState::Present,
                None => retry_failed && member.state == PathState::Failed,
            };
            let mut above = member.container.as_ref().filter(|_| is_due).and_then(row);
            while let Some(container) = above {
                opened.extend(container.docn);
                above = container.container.as_ref().and_then(row);
            }
        }
        due.extend(opened);
        self.holders = holders;
    }

    /// Tells whether a content need not be looked into: it, and all that lies in it, was read by
    /// today's readers.
    pub(super) fn is_current(&self, id: &SourceId) -> bool {
        self.current.contains(id)
    }

    /// Returns the path of a content with members, and their rows: at `path` where it lay there
    /// before, else at another place.
    pub(super) fn members_of_content(
        &self,
        docn: DocNumber,
        path: &str,
    ) -> Option<(&str, Vec<&PathRow>)> {
        let here = self.paths.get(path).filter(|row| row.docn == Some(docn));
        let here = here.map(|row| &row.path).filter(|path| self.members.contains_key(*path));
        let holder = here.or_else(|| self.holders.get(&docn))?;
        let members = self.members.get(holder)?.iter().filter_map(|path| self.paths.get(path));
        Some((holder, members.collect()))
    }

    /// Returns `path` and, below it, every member of it, members of members too.
    fn with_members(&self, path: &str) -> Vec<String> {
        let mut all = vec![path.to_owned()];
        let mut next = 0;
        while let Some(container) = all.get(next).cloned() {
            next += 1;
            all.extend(self.members.get(&container).into_iter().flatten().cloned());
        }
        all
    }

    /// Returns every member below `path`, without itself.
    pub(super) fn members_of(&self, path: &str) -> Vec<String> {
        self.with_members(path).split_off(1)
    }
}

/// Tells whether a source was read by today's reader: an older one is read anew.
fn is_current(source: &SourceRow) -> bool {
    match source.state {
        SourceState::Indexed | SourceState::Warned => {
            extract::reader_version(&source.reader).is_none_or(|now| now == source.reader_version)
        }
        // What no reader took may have one by now.
        SourceState::Skipped | SourceState::Failed => {
            source.reader_version == crate::extract::READERS_VERSION
        }
    }
}

/// Walks corpus and roots, and compares what is there with what the store knows.
pub(super) fn plan(
    workspace: &Workspace,
    roots: &Roots,
    known: &Known,
    looked_at: &mut dyn FnMut(u64, &str),
) -> Result<Plan, TaskError> {
    let mut plan = Plan::default();
    let mut seen = BTreeSet::new();
    let corpus = workspace.corpus();
    // What misl itself keeps in corpus/ is no source.
    let ours = [
        workspace.index(),
        workspace.records(),
        workspace.lists(),
        workspace.texts(),
        workspace.entities(),
        corpus.join("roots.toml"),
    ];
    let outside = [workspace.index(), corpus.clone(), workspace.settings()];
    let folders = std::iter::once((corpus.as_path(), &ours[..]))
        .chain(roots.paths().map(|root| (root, &outside[..])));
    for (folder, leave_out) in folders {
        if !folder.exists() {
            continue;
        }
        for place in walk(folder, leave_out) {
            let (path, raw) = workspace.display_path(&place.path);
            if !seen.insert(path.clone()) {
                continue;
            }
            looked_at(seen.len() as u64, &path);
            consider(place, path, raw, known, &mut plan, &mut seen)?;
        }
    }
    let gone = known.paths.values().filter(|row| !seen.contains(&row.path)).cloned();
    plan.gone = gone.collect();
    Ok(plan)
}

fn consider(
    place: Place,
    path: String,
    raw: Option<Vec<u8>>,
    known: &Known,
    plan: &mut Plan,
    seen: &mut BTreeSet<String>,
) -> Result<(), TaskError> {
    let sidecar = sidecar_hash(&place.path)?;
    let row = known.paths.get(&path);
    if let (Some(row), What::File(stat)) = (row, &place.what)
        && is_unchanged(row, *stat, known)
    {
        let all = known.with_members(&path);
        plan.unchanged += all.len() as u64;
        seen.extend(all);
        if row.sidecar != sidecar {
            plan.sidecars.push((path, sidecar));
        }
        return Ok(());
    }
    // Members of a file that is read again are settled with it.
    seen.extend(known.members_of(&path));
    plan.todo.push(Todo { disk: place.path, path, raw, what: place.what, sidecar });
    Ok(())
}

fn is_unchanged(row: &PathRow, stat: Stat, known: &Known) -> bool {
    let id = row.docn.and_then(|docn| known.sources.get(&docn));
    row.state == PathState::Present
        && row.bytes == stat.bytes
        && row.mtime_ns == stat.mtime_ns
        && id.is_some_and(|id| known.is_current(id))
}

/// Returns the hash of the sidecar beside `path`, where there is one.
fn sidecar_hash(path: &Path) -> Result<Option<[u8; 32]>, TaskError> {
    let text = files::read_text(&sidecar_path(path), 256 << 10)?;
    Ok(text.map(|text| Sha256::digest(text.as_bytes()).into()))
}

/// Returns where the sidecar of `path` lies.
pub(super) fn sidecar_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(SIDECAR_END);
    PathBuf::from(name)
}
