//! Reading several sources at the same time, and handing them on in their order.
//!
//! Order matters: documents get their numbers in the order of the walk, whatever the number of
//! jobs, so that two runs over the same folder keep the same.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::corpus::{FileError, What, files};
use crate::model::{Record, SourceId};
use crate::task::understand::{Reading, Understood, understand};
use crate::worker::ReadError;

use super::plan::Todo;

/// What came of one place: the file itself, then its members in order, members of members too.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The place.
    pub(super) todo: Todo,
    /// Never empty.
    pub(super) items: Vec<Item>,
}

/// A content that was looked into.
#[derive(Debug)]
pub(super) struct Item {
    /// The kept path: that of the file, or `file!/member`.
    pub(super) path: String,
    /// The path of the file that a member lies in.
    pub(super) container: Option<String>,
    /// Size in bytes.
    pub(super) bytes: u64,
    /// Time of change of the file, nanoseconds since 1970.
    pub(super) mtime_ns: i64,
    /// What was found.
    pub(super) found: Found,
}

/// What was found at a place.
#[derive(Debug)]
pub(super) enum Found {
    /// A content that the store holds already, read by today's reader.
    Known(SourceId),
    /// A content that was read.
    Read(SourceId, Box<Result<Understood, ReadError>>),
    /// A content that broke this process's own part of the work; the text says how.
    Broken(SourceId, String),
    /// A place that could not be opened: reason id, words, and whether it counts as failed.
    Unopened { reason: &'static str, detail: String, failed: bool },
}

/// What reading the places of a plan needs.
pub(super) struct Reader<'a> {
    pub(super) reading: Reading<'a>,
    /// Tells whether the store holds a content that need not be read again.
    pub(super) is_known: &'a (dyn Fn(&SourceId) -> bool + Sync),
}

impl Reader<'_> {
    /// Looks into one place.
    pub(super) fn look(&self, todo: Todo) -> Outcome {
        let unopened = |reason, detail: String, failed| Item {
            path: todo.path.clone(),
            container: None,
            bytes: 0,
            mtime_ns: 0,
            found: Found::Unopened { reason, detail, failed },
        };
        let item = match &todo.what {
            What::NotAFile(what) => unopened("not-a-file", (*what).to_owned(), false),
            What::Unreadable(what) => unopened("unreadable", what.clone(), true),
            What::File(_) => match files::read(&todo.disk, self.reading.limits.file_bytes) {
                Ok((bytes, stat)) => {
                    let mut items = Vec::new();
                    self.content(&bytes, &todo.path, None, stat.mtime_ns, &mut items, &[], None);
                    return Outcome { todo, items };
                }
                Err(FileError::TooLarge { limit, .. }) => {
                    unopened("too-large", format!("more than {limit} bytes"), false)
                }
                Err(FileError::NotAFile { .. }) => {
                    unopened("not-a-file", "no ordinary file".to_owned(), false)
                }
                Err(FileError::Changed { .. }) => {
                    unopened("changed-during-read", "it changed while it was read".to_owned(), true)
                }
                Err(FileError::Read { source, .. }) => {
                    unopened("unreadable", source.to_string(), true)
                }
                Err(error) => unopened("unreadable", error.to_string(), true),
            },
        };
        Outcome { todo, items: vec![item] }
    }

    /// Looks into one content and its members; `above` are the contents it lies in, `stated` is
    /// what the nearest of them says of it.
    #[expect(clippy::too_many_arguments, reason = "one call for files, one for members")]
    fn content(
        &self,
        bytes: &[u8],
        path: &str,
        container: Option<&str>,
        mtime_ns: i64,
        items: &mut Vec<Item>,
        above: &[SourceId],
        stated: Option<Box<Record>>,
    ) {
        let id = SourceId(Sha256::digest(bytes).into());
        let mut item = Item {
            path: path.to_owned(),
            container: container.map(str::to_owned),
            bytes: bytes.len() as u64,
            mtime_ns,
            found: Found::Known(id),
        };
        if (self.is_known)(&id) {
            items.push(item);
            return;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let read = catch_unwind(AssertUnwindSafe(|| understand(bytes, name, self.reading)));
        let mut members = Vec::new();
        item.found = match read {
            Ok(mut read) => {
                if let Ok(understood) = &mut read {
                    members = std::mem::take(&mut understood.members);
                    if let Some(stated) = stated {
                        understood.add_stated(*stated);
                    }
                }
                Found::Read(id, Box::new(read))
            }
            Err(panic) => Found::Broken(id, panic_words(&*panic)),
        };
        items.push(item);
        let chain: Vec<SourceId> = above.iter().copied().chain([id]).collect();
        for (n, member) in members.into_iter().enumerate() {
            self.member(member, n, path, mtime_ns, items, &chain);
        }
    }

    fn member(
        &self,
        member: crate::model::Member,
        n: usize,
        container: &str,
        mtime_ns: i64,
        items: &mut Vec<Item>,
        chain: &[SourceId],
    ) {
        let mut path = format!("{container}!/{}", member.name);
        if items.iter().any(|item| item.path == path) {
            // Two members of one name are two places.
            path = format!("{container}!/{n}/{}", member.name);
        }
        let refused = |reason: &'static str, detail: String, failed| Item {
            path: path.clone(),
            container: Some(container.to_owned()),
            bytes: 0,
            mtime_ns,
            found: Found::Unopened { reason, detail, failed },
        };
        match member.bytes {
            Err(reason) => items.push(refused("member", reason, false)),
            Ok(_) if chain.len() > self.reading.limits.depth => {
                let detail = "nested deeper than the limit".to_owned();
                items.push(refused("archive-limit:depth", detail, true));
            }
            Ok(bytes) => {
                let id = SourceId(Sha256::digest(&bytes).into());
                if chain.contains(&id) {
                    let detail = "an archive that holds itself".to_owned();
                    items.push(refused("archive-limit:depth", detail, false));
                } else {
                    let stated = member.stated;
                    self.content(&bytes, &path, Some(container), mtime_ns, items, chain, stated);
                }
            }
        }
    }
}

/// Returns what a panic said, at most 300 characters.
fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no words".to_owned());
    words.chars().take(300).collect()
}

/// How far readers may run ahead of the writer, in places: bounds what lies in memory.
const AHEAD: usize = 64;

struct Shared {
    next_todo: usize,
    next_out: usize,
    done: BTreeMap<usize, Outcome>,
    stopped: bool,
}

/// Looks into every place of `todo` with `jobs` readers; `take` gets the outcomes in order.
///
/// `take` returns `false` to stop: places at hand are finished and dropped.
pub(super) fn read_in_order<E>(
    todo: Vec<Todo>,
    jobs: usize,
    reader: &Reader<'_>,
    mut take: impl FnMut(Outcome) -> Result<bool, E>,
) -> Result<(), E> {
    let n_todo = todo.len();
    let slots: Vec<Mutex<Option<Todo>>> =
        todo.into_iter().map(|todo| Mutex::new(Some(todo))).collect();
    let shared =
        Mutex::new(Shared { next_todo: 0, next_out: 0, done: BTreeMap::new(), stopped: false });
    let changed = Condvar::new();
    let lock = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    std::thread::scope(|scope| {
        let mut n_readers = 0;
        for _ in 0..jobs.clamp(1, 64).min(n_todo.max(1)) {
            let work = || loop {
                let at = {
                    let mut shared = lock();
                    loop {
                        if shared.stopped || shared.next_todo >= n_todo {
                            return;
                        }
                        if shared.next_todo < shared.next_out + AHEAD {
                            break;
                        }
                        shared = changed.wait(shared).unwrap_or_else(PoisonError::into_inner);
                    }
                    let at = shared.next_todo;
                    shared.next_todo += 1;
                    at
                };
                let todo = slots
                    .get(at)
                    .and_then(|slot| slot.lock().unwrap_or_else(PoisonError::into_inner).take());
                let Some(todo) = todo else { return };
                let outcome = reader.look(todo);
                lock().done.insert(at, outcome);
                changed.notify_all();
            };
            // Readers of deeply nested files recurse: a roomy stack costs only address space.
            let spawned =
                std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, work);
            n_readers += usize::from(spawned.is_ok());
        }
        if n_readers == 0 {
            // The system gives no thread: one after the other, then.
            for slot in &slots {
                let todo = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
                if let Some(todo) = todo
                    && !take(reader.look(todo))?
                {
                    break;
                }
            }
            return Ok(());
        }
        let result = (0..n_todo).try_for_each(|at| {
            let outcome = {
                let mut shared = lock();
                loop {
                    if let Some(outcome) = shared.done.remove(&at) {
                        shared.next_out = at + 1;
                        break outcome;
                    }
                    shared = changed.wait(shared).unwrap_or_else(PoisonError::into_inner);
                }
            };
            changed.notify_all();
            match take(outcome) {
                Ok(true) => Ok(()),
                Ok(false) => Err(None),
                Err(error) => Err(Some(error)),
            }
        });
        lock().stopped = true;
        changed.notify_all();
        match result {
            Err(Some(error)) => Err(error),
            _ => Ok(()),
        }
    })
}
