//! One writing run: plan, read, keep, index, and leave everything so that the next run can go on.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use crate::corpus::{Roots, Workspace};
use crate::engine::embedded::{Access, Embedded, WriterSettings};
use crate::engine::{EngineError, Writer};
use crate::model::SourceId;
use crate::store::{Generations, Lock, Store};
use crate::task::understand::{Readers, Reading};
use crate::task::{Knowledge, TaskError, index};

use super::keep::{Kept, Open};
use super::near;
use super::ocr;
use super::plan::{Known, Plan, Todo, plan};
use super::pool::{Reader, read_in_order};
use super::{Options, Phase, Progress, Report, Watch};

/// Text kept since the last commit that makes a commit due, in bytes.
const COMMIT_BYTES: usize = 64 << 20;

/// Seconds since the last commit that make a commit due.
const COMMIT_SECONDS: i64 = 30;

/// Reads new and changed sources of a workspace.
///
/// `holder` names this process to one that finds the lock taken.
pub fn ingest(
    workspace: &Workspace,
    options: &Options,
    holder: &str,
    watch: &dyn Watch,
) -> Result<Report, TaskError> {
    let knowledge = Knowledge::of(workspace)?;
    let mut roots = Roots::read(workspace)?;
    let mut report = Report::default();
    for path in &options.paths {
        if path.starts_with(workspace.index()) {
            return Err(TaskError::Usage {
                what: format!("{} is what misl itself keeps", path.display()),
                hint: "name the folder in which your documents lie".to_owned(),
            });
        }
        // What lies in corpus/ is read anyway.
        if !path.starts_with(workspace.corpus()) && roots.add(path)? {
            report.new_roots.push(path.clone());
        }
    }
    if options.dry_run {
        return dry_run(workspace, &roots, options, watch, report);
    }
    let _lock = take_lock(workspace, holder)?;
    if !report.new_roots.is_empty() {
        roots.write(workspace)?;
    }
    let store = Store::open(&workspace.index())?;
    let index = open_engine(workspace, options.writer)?;
    let mut run =
        Run { workspace, store: &store, index, knowledge: &knowledge, options, watch, run_id: 0 };
    run.all(&roots, &mut report)?;
    run.index.writer.finish()?;
    store.checkpoint()?;
    report.counts = store.counts()?;
    Ok(report)
}

/// Takes the right to write; given back when dropped.
pub(in crate::task) fn take_lock(workspace: &Workspace, holder: &str) -> Result<Lock, TaskError> {
    Ok(Lock::take(&workspace.index().join("lock"), holder)?)
}

fn dry_run(
    workspace: &Workspace,
    roots: &Roots,
    options: &Options,
    watch: &dyn Watch,
    mut report: Report,
) -> Result<Report, TaskError> {
    let known = match Store::open_read_only(&workspace.index())? {
        Some(store) => {
            report.counts = store.counts()?;
            Known::of(&store, options.retry_failed)?
        }
        None => Known::none(),
    };
    let plan = plan(workspace, roots, &known, &mut |n, path| {
        looking(watch, n, path);
    })?;
    report.unchanged = plan.unchanged;
    report.would_read = plan.todo.into_iter().map(|todo| todo.path).collect();
    Ok(report)
}

fn looking(watch: &dyn Watch, n: u64, path: &str) {
    let progress = Progress { phase: Phase::Looking, done: n, total: 0, bytes: 0, current: path };
    watch.progress(&progress);
}

/// The index about to be written.
struct Opened {
    writer: Box<dyn Writer>,
    last_seq: u64,
    /// A generation that is not in use yet: it is put into use when it is caught up.
    next: Option<PathBuf>,
}

/// Opens the generation in use for writing.
///
/// Where there is none, or one of another version, the next one is begun: catching it up from the
/// store is all that a rebuild is. A damaged index is an error: whether to rebuild is said by people.
fn open_engine(workspace: &Workspace, settings: WriterSettings) -> Result<Opened, TaskError> {
    let generations = Generations::new(&workspace.index());
    if let Some(folder) = generations.current() {
        generations.remove_others()?;
        match Embedded::open(&folder, Access::Write) {
            Ok(engine) => {
                let last_seq = engine.last_seq()?;
                return Ok(Opened { writer: engine.writer(settings)?, last_seq, next: None });
            }
            Err(EngineError::Version { .. } | EngineError::Absent { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let folder = generations.next()?;
    let writer = Embedded::create(&folder)?.writer(settings)?;
    Ok(Opened { writer, last_seq: 0, next: Some(folder) })
}

/// Takes over what people wrote into records, without reading a source; the caller holds the lock.
pub(in crate::task) fn take_over(
    workspace: &Workspace,
    settings: WriterSettings,
    _lock: &Lock,
    watch: &dyn Watch,
) -> Result<(), TaskError> {
    let knowledge = Knowledge::of(workspace)?;
    let store = Store::open(&workspace.index())?;
    let index = open_engine(workspace, settings)?;
    let options = Options {
        paths: Vec::new(),
        dry_run: false,
        retry_failed: false,
        jobs: 1,
        limits: crate::extract::Limits::default(),
        passwords: Vec::new(),
        writer: settings,
        readers: Readers::InProcess,
        ocr: super::Ocr::default(),
    };
    let knowledge = &knowledge;
    let mut run =
        Run { workspace, store: &store, index, knowledge, options: &options, watch, run_id: 0 };
    run.index_changes()?;
    run.settle_overlays(&[], &mut Report::default())?;
    run.assign_keys()?;
    near::settle(&store)?;
    run.index_changes()?;
    run.index.writer.finish()?;
    store.checkpoint()?;
    Ok(())
}

/// Builds the next index generation from the kept texts, without reading a source.
///
/// Returns how many documents it holds.
pub fn repair(
    workspace: &Workspace,
    settings: WriterSettings,
    holder: &str,
    watch: &dyn Watch,
) -> Result<u64, TaskError> {
    let _lock = take_lock(workspace, holder)?;
    let knowledge = Knowledge::of(workspace)?;
    let store = Store::open(&workspace.index())?;
    rebuild(workspace, &store, &knowledge, settings, watch)
}

fn rebuild(
    workspace: &Workspace,
    store: &Store,
    knowledge: &Knowledge,
    settings: WriterSettings,
    watch: &dyn Watch,
) -> Result<u64, TaskError> {
    let generations = Generations::new(&workspace.index());
    let folder = generations.next()?;
    let mut writer = Embedded::create(&folder)?.writer(settings)?;
    let n = index::catch_up(store, writer.as_mut(), 0, knowledge, &mut |done| {
        watch.progress(&Progress { phase: Phase::Indexing, done, total: 0, bytes: 0, current: "" });
    })?;
    writer.commit(store.last_seq()?)?;
    writer.finish()?;
    generations.switch_to(&folder)?;
    store.checkpoint()?;
    Ok(n)
}

pub(super) struct Run<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) store: &'a Store,
    index: Opened,
    pub(super) knowledge: &'a Knowledge,
    pub(super) options: &'a Options,
    pub(super) watch: &'a dyn Watch,
    pub(super) run_id: u64,
}

impl<'a> Run<'a> {
    fn all(&mut self, roots: &Roots, report: &mut Report) -> Result<(), TaskError> {
        self.index_changes()?;
        let known = Known::of(self.store, self.options.retry_failed)?;
        let plan = plan(self.workspace, roots, &known, &mut |n, path| {
            looking(self.watch, n, path);
        })?;
        report.unchanged = plan.unchanged;
        let Plan { todo, gone, sidecars, unchanged: _ } = plan;
        let open = self.open_batch()?;
        self.run_id = open.batch.begin_run("ingest", self.watch.now())?;
        open.batch.commit()?;
        self.read_all(todo, &known, report)?;
        if !report.interrupted {
            self.settle_gone(&gone, report)?;
        }
        self.settle_overlays(&sidecars, report)?;
        self.retag(report)?;
        self.assign_keys()?;
        near::settle(self.store)?;
        self.index_changes()?;
        self.read_by_ocr(report)?;
        let open = self.open_batch()?;
        let counts = serde_json::to_string(&self.store.counts()?).unwrap_or_default();
        open.batch.end_run(self.run_id, &counts, self.watch.now())?;
        open.batch.commit()?;
        Ok(())
    }

    /// Reads pages without trustworthy text, when all else can be searched.
    fn read_by_ocr(&mut self, report: &mut Report) -> Result<(), TaskError> {
        if report.interrupted {
            return Ok(());
        }
        let Run { workspace, store, knowledge, options, watch, index: _, run_id: _ } = self;
        ocr::Phase { workspace, store, knowledge, options, watch: *watch }.all(report)?;
        self.assign_keys()?;
        near::settle(self.store)?;
        self.index_changes()
    }

    pub(super) fn open_batch(&self) -> Result<Open<'a>, TaskError> {
        let batch = self.store.batch()?;
        Ok(Open {
            batch,
            bytes: 0,
            since: self.watch.now(),
            fresh: BTreeMap::new(),
            fresh_ids: BTreeMap::new(),
        })
    }

    /// Brings the index up to the store and commits it.
    fn index_changes(&mut self) -> Result<(), TaskError> {
        let after = self.index.last_seq;
        let watch = self.watch;
        let total = self.store.changed_after(after)?.len() as u64;
        let mut beat = |done| {
            watch.progress(&Progress {
                phase: Phase::Indexing,
                done,
                total,
                bytes: 0,
                current: "",
            });
        };
        let writer = self.index.writer.as_mut();
        index::catch_up(self.store, writer, after, self.knowledge, &mut beat)?;
        let last = self.store.last_seq()?;
        if last > after || self.index.next.is_some() {
            writer.commit(last)?;
            self.index.last_seq = last;
        }
        if let Some(folder) = self.index.next.take() {
            Generations::new(&self.workspace.index()).switch_to(&folder)?;
        }
        Ok(())
    }

    fn read_all(
        &mut self,
        todo: Vec<Todo>,
        known: &Known,
        report: &mut Report,
    ) -> Result<(), TaskError> {
        let total = todo.len() as u64;
        if total == 0 {
            return Ok(());
        }
        let reading = Reading {
            knowledge: self.knowledge,
            limits: &self.options.limits,
            passwords: &self.options.passwords,
            readers: &self.options.readers,
        };
        // A content that an earlier place has is not read for a later one: both get it. The writer
        // goes by the order of places, so a later place must not take it away from an earlier one.
        let claimed: Mutex<BTreeMap<SourceId, usize>> = Mutex::default();
        let is_known = |id: &SourceId, at: usize| {
            if known.is_current(id) {
                return true;
            }
            let mut claimed = claimed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let first = claimed.get(id).copied();
            claimed.insert(*id, first.map_or(at, |first| first.min(at)));
            first.is_some_and(|first| first <= at)
        };
        let reader = Reader { reading, is_known: &is_known };
        let mut open = Some(self.open_batch()?);
        let mut done = 0;
        let watch = self.watch;
        let mut kept = Kept::default();
        read_in_order(&todo, self.options.jobs, &reader, |todo, item| {
            if watch.stop() {
                report.interrupted = true;
                return Ok::<bool, TaskError>(false);
            }
            let mut batch = match open.take() {
                Some(batch) => batch,
                None => self.open_batch()?,
            };
            let is_file = item.is_file();
            self.keep(todo, item, known, &mut kept, &mut batch, report)?;
            if is_file {
                self.keep_place(todo, known, &mut kept, &mut batch)?;
                done += 1;
            }
            let is_due = batch.bytes >= COMMIT_BYTES || watch.now() - batch.since >= COMMIT_SECONDS;
            if is_due {
                batch.batch.commit()?;
                self.index_changes()?;
            } else {
                open = Some(batch);
            }
            watch.progress(&Progress {
                phase: Phase::Reading,
                done,
                total,
                bytes: report.bytes,
                current: &todo.path,
            });
            Ok(true)
        })?;
        if let Some(open) = open {
            open.batch.commit()?;
        }
        Ok(())
    }
}
