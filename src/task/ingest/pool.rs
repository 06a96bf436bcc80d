//! Reading several sources at the same time, and handing them on in their order.
//!
//! Members of an archive are handed on one by one, before the archive itself, so that neither all
//! their bytes nor all their texts ever lie in memory.
//!
//! Order matters: documents get their numbers in the order of the walk, whatever the number of
//! jobs, so that two runs over the same folder keep the same.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::corpus::{FileError, What, files};
use crate::model::{Member, Record, SourceId};
use crate::task::understand::{Reading, Understood, understand_to};
use crate::worker::ReadError;

use super::plan::Todo;

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

impl Item {
    /// Tells whether this is the file at a place, which comes after all that lies in it.
    pub(super) const fn is_file(&self) -> bool {
        self.container.is_none()
    }

    /// Returns about how many bytes of memory it holds.
    fn weight(&self) -> usize {
        let text = match &self.found {
            Found::Read(_, read) => read.as_ref().as_ref().map_or(0, |understood| {
                let page = |page: &crate::model::Page| {
                    page.text.len() + 80 * page.paragraphs.len() + 48 * page.lines.len()
                };
                understood.pages.iter().map(page).sum()
            }),
            _ => 0,
        };
        text + 1000
    }
}

/// What reading the places of a plan needs.
pub(super) struct Reader<'a> {
    pub(super) reading: Reading<'a>,
    /// Tells whether a content need not be read for the place of that number in the plan: the store
    /// holds it, or an earlier place does.
    pub(super) is_known: &'a (dyn Fn(&SourceId, usize) -> bool + Sync),
}

/// What a file says of one that lies in it.
#[derive(Default)]
struct Said {
    record: Option<Box<Record>>,
    charset: Option<String>,
}

/// One place that is looked into, and where what is found goes.
struct Look<'a> {
    reader: &'a Reader<'a>,
    /// Its number in the plan.
    at: usize,
    mtime_ns: i64,
    /// Kept paths that were given: two members of one name are two places.
    paths: BTreeSet<String>,
    /// Takes what is found; `false`: nobody wants more.
    emit: &'a mut dyn FnMut(Item) -> bool,
    is_wanted: bool,
}

impl Reader<'_> {
    /// Looks into one place; `emit` gets the members, members of members before the one they lie
    /// in, and at last, once, the file itself. It says `false` where nobody wants more.
    pub(super) fn look(&self, at: usize, todo: &Todo, emit: &mut dyn FnMut(Item) -> bool) {
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
                    let mut look = Look {
                        reader: self,
                        at,
                        mtime_ns: stat.mtime_ns,
                        paths: BTreeSet::new(),
                        emit,
                        is_wanted: true,
                    };
                    look.content(&bytes, &todo.path, None, &[], Said::default());
                    return;
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
        emit(item);
    }
}

impl Look<'_> {
    fn emit(&mut self, item: Item) {
        self.is_wanted = self.is_wanted && (self.emit)(item);
    }

    /// Looks into one content, its members first; `above` are the contents it lies in, and `said` is
    /// what the nearest of them says of it.
    fn content(
        &mut self,
        bytes: &[u8],
        path: &str,
        container: Option<&str>,
        above: &[SourceId],
        said: Said,
    ) {
        let id = SourceId(Sha256::digest(bytes).into());
        let found = if (self.reader.is_known)(&id, self.at) {
            Found::Known(id)
        } else {
            let name = path.rsplit('/').next().unwrap_or(path);
            let chain: Vec<SourceId> = above.iter().copied().chain([id]).collect();
            let reading = self.reader.reading;
            let mut n_members = 0;
            let mut take = |member| {
                if self.is_wanted {
                    self.member(member, n_members, path, &chain);
                }
                n_members += 1;
            };
            let read = || understand_to(bytes, name, said.charset.as_deref(), reading, &mut take);
            match catch_unwind(AssertUnwindSafe(read)) {
                Ok(mut read) => {
                    if let (Ok(understood), Some(stated)) = (&mut read, said.record) {
                        understood.add_stated(*stated);
                    }
                    Found::Read(id, Box::new(read))
                }
                Err(panic) => Found::Broken(id, panic_words(&*panic)),
            }
        };
        self.emit(Item {
            path: path.to_owned(),
            container: container.map(str::to_owned),
            bytes: bytes.len() as u64,
            mtime_ns: self.mtime_ns,
            found,
        });
    }

    fn member(&mut self, member: Member, n: usize, container: &str, chain: &[SourceId]) {
        let mut path = format!("{container}!/{}", member.name);
        if !self.paths.insert(path.clone()) {
            // Two members of one name are two places.
            path = format!("{container}!/{n}/{}", member.name);
            self.paths.insert(path.clone());
        }
        let refused = |reason: &'static str, detail: String, failed| Item {
            path: path.clone(),
            container: Some(container.to_owned()),
            bytes: 0,
            mtime_ns: self.mtime_ns,
            found: Found::Unopened { reason, detail, failed },
        };
        let item = match member.bytes {
            Err(reason) => refused("member", reason, false),
            Ok(_) if chain.len() > self.reader.reading.limits.depth => {
                refused("archive-limit:depth", "nested deeper than the limit".to_owned(), true)
            }
            Ok(bytes) => {
                let id = SourceId(Sha256::digest(&bytes).into());
                if !chain.contains(&id) {
                    let said = Said { record: member.stated, charset: member.charset };
                    self.content(&bytes, &path, Some(container), chain, said);
                    return;
                }
                refused("archive-limit:depth", "an archive that holds itself".to_owned(), false)
            }
        };
        self.emit(item);
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

/// How far readers may run ahead of the writer, in places.
const AHEAD: usize = 64;

/// How much of what was found may wait for the writer, in bytes of memory.
const WAITING: usize = 64 << 20;

/// What was found and waits, by the number of its place.
#[derive(Default)]
struct Shared {
    next_todo: usize,
    /// The place that the writer takes from.
    next_out: usize,
    found: BTreeMap<usize, VecDeque<Item>>,
    waiting: usize,
    stopped: bool,
}

/// Looks into every place of `todo` with `jobs` readers; `take` gets what is found in the order of
/// the places, and at each place as [`Reader::look`] gives it.
///
/// `take` returns `false` to stop: what is at hand is dropped.
pub(super) fn read_in_order<E>(
    todo: &[Todo],
    jobs: usize,
    reader: &Reader<'_>,
    mut take: impl FnMut(&Todo, Item) -> Result<bool, E>,
) -> Result<(), E> {
    let shared = Mutex::new(Shared::default());
    let changed = Condvar::new();
    let lock = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    let wait = |shared| changed.wait(shared).unwrap_or_else(PoisonError::into_inner);
    let emit = |at: usize, item: Item| {
        let weight = item.weight();
        let mut shared = lock();
        // The place that the writer waits for may always give one more.
        while !shared.stopped
            && shared.waiting + weight > WAITING
            && !(shared.next_out == at && shared.found.get(&at).is_none_or(VecDeque::is_empty))
        {
            shared = wait(shared);
        }
        if shared.stopped {
            return false;
        }
        shared.waiting += weight;
        shared.found.entry(at).or_default().push_back(item);
        changed.notify_all();
        true
    };
    let work = || loop {
        let at = {
            let mut shared = lock();
            while !shared.stopped
                && shared.next_todo < todo.len()
                && shared.next_todo >= shared.next_out + AHEAD
            {
                shared = wait(shared);
            }
            if shared.stopped {
                return;
            }
            shared.next_todo += 1;
            shared.next_todo - 1
        };
        let Some(place) = todo.get(at) else { return };
        let look = || reader.look(at, place, &mut |item| emit(at, item));
        if let Err(panic) = catch_unwind(AssertUnwindSafe(look)) {
            // Nobody may wait for ever.
            let detail = panic_words(&*panic);
            let found = Found::Unopened { reason: "panic", detail, failed: true };
            let path = place.path.clone();
            emit(at, Item { path, container: None, bytes: 0, mtime_ns: 0, found });
        }
    };
    std::thread::scope(|scope| {
        let mut n_readers = 0;
        for _ in 0..jobs.clamp(1, 64).min(todo.len().max(1)) {
            // Readers of deeply nested files recurse: a roomy stack costs only address space.
            let spawned =
                std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, work);
            n_readers += usize::from(spawned.is_ok());
        }
        if n_readers == 0 {
            return one_by_one(todo, reader, &mut take);
        }
        let next = |at: usize| {
            let mut shared = lock();
            shared.next_out = at;
            changed.notify_all();
            loop {
                if let Some(item) = shared.found.get_mut(&at).and_then(VecDeque::pop_front) {
                    shared.waiting = shared.waiting.saturating_sub(item.weight());
                    if item.is_file() {
                        shared.found.remove(&at);
                    }
                    changed.notify_all();
                    return item;
                }
                shared = wait(shared);
            }
        };
        let mut all = || {
            for (at, place) in todo.iter().enumerate() {
                loop {
                    let item = next(at);
                    let is_last = item.is_file();
                    if !take(place, item)? {
                        return Ok(());
                    }
                    if is_last {
                        break;
                    }
                }
            }
            Ok(())
        };
        let result = all();
        lock().stopped = true;
        changed.notify_all();
        result
    })
}

/// Does the same in this thread, where the system gives no other.
fn one_by_one<E>(
    todo: &[Todo],
    reader: &Reader<'_>,
    take: &mut impl FnMut(&Todo, Item) -> Result<bool, E>,
) -> Result<(), E> {
    for (at, place) in todo.iter().enumerate() {
        let mut result = Ok(true);
        reader.look(at, place, &mut |item| {
            if matches!(result, Ok(true)) {
                result = take(place, item);
            }
            matches!(result, Ok(true))
        });
        if !result? {
            break;
        }
    }
    Ok(())
}
