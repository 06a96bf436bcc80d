//! One writing run: plan, read, keep, index, and leave everything so that the next run can go on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::cite;
use crate::corpus::{Roots, Workspace, read_record};
use crate::engine::embedded::{Access, Embedded, WriterSettings};
use crate::engine::{EngineError, Writer};
use crate::extract::READERS_VERSION;
use crate::model::record::Origin;
use crate::model::{Record, SourceId, Warning, WarningKind};
use crate::store::{
    Batch, DocNumber, Generations, Lock, NewSource, PathRow, PathState, SourceState, Store,
};
use crate::task::understand::{Readers, Reading, annotate, expects_date};
use crate::task::{Knowledge, TaskError, index};

use super::near;
use super::ocr;
use super::plan::{Known, Plan, Todo, plan, sidecar_path};
use super::pool::{Found, Item, Reader, read_in_order};
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
            Known::of(&store)?
        }
        None => Known::none(),
    };
    let plan = plan(workspace, roots, &known, options.retry_failed, &mut |n, path| {
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

struct Run<'a> {
    workspace: &'a Workspace,
    store: &'a Store,
    index: Opened,
    knowledge: &'a Knowledge,
    options: &'a Options,
    watch: &'a dyn Watch,
    run_id: u64,
}

/// What has been kept and not committed.
struct Open<'a> {
    batch: Batch<'a>,
    bytes: usize,
    since: i64,
    /// Contents kept in this batch.
    fresh: BTreeMap<SourceId, DocNumber>,
    /// The same by their numbers.
    fresh_ids: BTreeMap<DocNumber, SourceId>,
}

impl Open<'_> {
    fn note_fresh(&mut self, id: SourceId, docn: DocNumber) {
        self.fresh.insert(id, docn);
        self.fresh_ids.insert(docn, id);
    }
}

/// What was kept of the place at hand, and in the run so far.
#[derive(Default)]
struct Kept {
    /// Paths of the place at hand.
    paths: BTreeSet<String>,
    /// Contents that were at the place at hand before, and are not any more.
    left: BTreeSet<DocNumber>,
    /// Contents that were read and kept in this run.
    contents: BTreeSet<SourceId>,
}

impl<'a> Run<'a> {
    fn all(&mut self, roots: &Roots, report: &mut Report) -> Result<(), TaskError> {
        self.index_changes()?;
        let known = Known::of(self.store)?;
        let plan =
            plan(self.workspace, roots, &known, self.options.retry_failed, &mut |n, path| {
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

    fn open_batch(&self) -> Result<Open<'a>, TaskError> {
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
        let current = self.current_ids()?;
        let claimed: Mutex<BTreeMap<SourceId, usize>> = Mutex::default();
        let is_known = |id: &SourceId, at: usize| {
            if current.contains(id) {
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

    /// The contents that need not be read again.
    fn current_ids(&self) -> Result<BTreeSet<SourceId>, TaskError> {
        let sources = self.store.sources()?.into_iter();
        let retry = self.options.retry_failed;
        Ok(sources
            .filter(|source| {
                super::plan::is_current(source) && !(retry && source.state == SourceState::Failed)
            })
            .map(|source| source.id)
            .collect())
    }

    /// Keeps what was found at a place: a member, or at last the file itself.
    fn keep(
        &self,
        todo: &Todo,
        item: Item,
        known: &Known,
        kept: &mut Kept,
        open: &mut Open<'_>,
        report: &mut Report,
    ) -> Result<(), TaskError> {
        let is_file = item.is_file();
        let old = known.paths.get(&item.path).and_then(|row| row.docn);
        let mut row = PathRow {
            path: item.path.clone(),
            raw: todo.raw.clone().filter(|_| is_file),
            docn: None,
            container: item.container.clone(),
            bytes: item.bytes,
            mtime_ns: item.mtime_ns,
            state: PathState::Present,
            reason: String::new(),
            detail: String::new(),
            sidecar: todo.sidecar.filter(|_| is_file),
        };
        if let Found::Unopened { reason, detail, failed } = &item.found {
            row.state = if *failed { PathState::Failed } else { PathState::Skipped };
            (*reason).clone_into(&mut row.reason);
            row.detail.clone_from(detail);
        } else {
            row.docn = Some(self.keep_content(item, kept, open, report)?);
        }
        if old.is_some() && old != row.docn {
            kept.left.extend(old);
        }
        kept.paths.insert(row.path.clone());
        open.batch.put_path(&row, self.run_id, self.watch.now())?;
        if let Some(docn) = row.docn {
            // Another path of a content changes what `source:` finds.
            if old != Some(docn) && !open.fresh_ids.contains_key(&docn) {
                open.batch.touch(docn)?;
            }
            if is_file && todo.sidecar.is_some() {
                self.put_overlay(docn, &todo.disk, open, report)?;
            }
        }
        Ok(())
    }

    /// Settles a place of which everything was kept.
    fn keep_place(
        &self,
        todo: &Todo,
        known: &Known,
        kept: &mut Kept,
        open: &mut Open<'_>,
    ) -> Result<(), TaskError> {
        let Kept { paths, left, .. } = kept;
        let (paths, mut left) = (std::mem::take(paths), std::mem::take(left));
        // The file at this place is another one now: members of the old one are no members of it.
        for member in known.members_of(&todo.path) {
            if !paths.contains(&member) {
                left.extend(known.paths.get(&member).and_then(|row| row.docn));
                open.batch.forget_path(&member)?;
            }
        }
        for docn in left {
            open.batch.touch(docn)?;
        }
        Ok(())
    }

    fn keep_content(
        &self,
        item: Item,
        kept: &mut Kept,
        open: &mut Open<'_>,
        report: &mut Report,
    ) -> Result<DocNumber, TaskError> {
        let Item { found, bytes, path, .. } = item;
        if let Found::Read(id, _) | Found::Broken(id, _) = &found
            && !kept.contents.insert(*id)
        {
            // A later place was quicker, and read it for itself: it is the same.
            return self.docn_of(*id, open);
        }
        let (id, result) = match found {
            Found::Known(id) => return self.docn_of(id, open),
            Found::Read(id, result) => (id, *result),
            Found::Broken(id, words) => {
                report.read += 1;
                report.bytes += bytes;
                let detail = format!("the reader broke: {words}");
                let new = unread(
                    id,
                    SourceState::Failed,
                    "panic".to_owned(),
                    detail,
                    bytes,
                    self.watch.now(),
                );
                let docn = open.batch.put_source(&new)?;
                open.note_fresh(id, docn);
                return Ok(docn);
            }
            // Handled by the caller: such a place has no content.
            Found::Unopened { .. } => {
                return Err(TaskError::Usage { what: path, hint: String::new() });
            }
        };
        report.read += 1;
        report.bytes += bytes;
        let now = self.watch.now();
        let new = match result {
            Ok(understood) => {
                open.bytes += understood.pages.iter().map(|page| page.text.len()).sum::<usize>();
                let (text_sha256, sketch) = understood.fingerprints();
                let state = if understood.warnings.is_empty() {
                    SourceState::Indexed
                } else {
                    SourceState::Warned
                };
                NewSource {
                    id,
                    state,
                    reason: String::new(),
                    detail: String::new(),
                    bytes,
                    media_type: understood.media_type,
                    reader: understood.reader.name,
                    reader_version: understood.reader.version,
                    read_at: now,
                    record: understood.record,
                    pages: understood.pages,
                    mentions: understood.mentions,
                    references: understood.references,
                    warnings: understood.warnings,
                    text_sha256,
                    sketch,
                }
            }
            Err(error) => {
                let state =
                    if error.is_skip() { SourceState::Skipped } else { SourceState::Failed };
                unread(id, state, error.reason(), error.to_string(), bytes, now)
            }
        };
        let docn = open.batch.put_source(&new)?;
        ocr::note_work(&open.batch, docn, &new.pages, &new.warnings)?;
        open.note_fresh(id, docn);
        Ok(docn)
    }

    /// The number of a content that was kept before, in this run or an earlier one.
    fn docn_of(&self, id: SourceId, open: &Open<'_>) -> Result<DocNumber, TaskError> {
        if let Some(docn) = open.fresh.get(&id) {
            return Ok(*docn);
        }
        // Kept by an earlier batch of this run, or by an earlier run.
        self.store.source_by_id(id)?.map(|source| source.docn).ok_or_else(|| {
            let what = format!("{id} was read and is not in the store");
            crate::store::StoreError::Damaged { what }.into()
        })
    }

    /// Marks what is gone, and forgets places whose content lives on elsewhere.
    fn settle_gone(&self, gone: &[PathRow], report: &mut Report) -> Result<(), TaskError> {
        if gone.is_empty() {
            return Ok(());
        }
        let mut open = self.open_batch()?;
        // A member of a changed archive was forgotten already; one of a vanished file goes with it.
        let still: BTreeSet<String> = self.store.paths()?.into_iter().map(|row| row.path).collect();
        for row in gone.iter().filter(|row| still.contains(&row.path)) {
            let Some(docn) = row.docn else {
                open.batch.forget_path(&row.path)?;
                continue;
            };
            let lives_on = self.store.paths_of(docn)?.iter().any(|other| {
                other.path != row.path
                    && other.state == PathState::Present
                    && !gone.iter().any(|gone| gone.path == other.path)
            });
            if lives_on {
                open.batch.forget_path(&row.path)?;
                open.batch.touch(docn)?;
                report.moved += 1;
            } else if row.state != PathState::Missing {
                open.batch.mark_missing(&row.path)?;
            }
        }
        open.batch.commit()?;
        Ok(())
    }

    /// Takes over what people wrote: changed sidecars, and records of documents in roots.
    fn settle_overlays(
        &self,
        sidecars: &[(String, Option<[u8; 32]>)],
        report: &mut Report,
    ) -> Result<(), TaskError> {
        let mut open = self.open_batch()?;
        let mut looked_at = BTreeSet::new();
        for (path, hash) in sidecars {
            for source in self.store.sources_by_path(path)? {
                for mut row in self.store.paths_of(source.docn)? {
                    if row.path == *path {
                        row.sidecar = *hash;
                        open.batch.put_path(&row, self.run_id, self.watch.now())?;
                    }
                }
                looked_at.insert(source.docn);
            }
        }
        let has_record =
            |id: &SourceId| self.workspace.records().join(format!("{id}.toml")).exists();
        for source in self.store.sources()? {
            if looked_at.contains(&source.docn)
                || source.overlay != Record::default()
                || has_record(&source.id)
            {
                let overlay = self.overlay_of(source.docn, source.id, None, report)?;
                if overlay != source.overlay {
                    open.batch.put_overlay(source.docn, &overlay)?;
                }
                self.settle_date(source.docn, &mut open)?;
            }
        }
        open.batch.commit()?;
        Ok(())
    }

    fn put_overlay(
        &self,
        docn: DocNumber,
        disk: &Path,
        open: &mut Open<'_>,
        report: &mut Report,
    ) -> Result<(), TaskError> {
        let id = match open.fresh_ids.get(&docn) {
            Some(id) => *id,
            None => match self.store.source(docn)? {
                Some(source) => source.id,
                None => return Ok(()),
            },
        };
        let overlay = self.overlay_of(docn, id, Some(disk), report)?;
        open.batch.put_overlay(docn, &overlay)?;
        self.settle_date(docn, open)
    }

    /// Warns of a missing date where neither the document nor a person gives one, and only there.
    fn settle_date(&self, docn: DocNumber, open: &mut Open<'_>) -> Result<(), TaskError> {
        let Some(source) = self.store.source(docn)?.filter(|source| source.state.is_searchable())
        else {
            return Ok(());
        };
        let before = self.store.warnings(docn)?;
        let after = with_date_warning(before.clone(), &source.merged());
        if after != before {
            let state = if after.is_empty() { SourceState::Indexed } else { SourceState::Warned };
            open.batch.replace_warnings(docn, state, &after)?;
        }
        Ok(())
    }

    /// Returns what sidecars and the person's record say of a document; an unreadable one is
    /// reported and passed over, so that one slip of the pen stops no run.
    fn overlay_of(
        &self,
        docn: DocNumber,
        id: SourceId,
        also: Option<&Path>,
        report: &mut Report,
    ) -> Result<Record, TaskError> {
        let mut overlay = Record::default();
        let mut places: Vec<_> = self
            .store
            .paths_of(docn)?
            .into_iter()
            .filter(|row| row.container.is_none())
            .map(|row| self.workspace.disk_path(&row.path, row.raw.as_deref()))
            .collect();
        places.extend(also.map(Path::to_owned));
        places.sort();
        places.dedup();
        let records = places.iter().map(|place| (sidecar_path(place), Origin::Sidecar));
        let own = (self.workspace.records().join(format!("{id}.toml")), Origin::Person);
        for (path, origin) in records.chain([own]) {
            match read_record(&path) {
                Ok(Some(input)) => overlay.merge(input.into_record(origin)),
                Ok(None) => {}
                Err(error) => {
                    let words = error.to_string();
                    if !report.bad_records.contains(&words) {
                        report.bad_records.push(words);
                    }
                }
            }
        }
        Ok(overlay)
    }

    /// Tags kept texts anew where the gazetteer or the tables changed since they were tagged.
    fn retag(&self, report: &mut Report) -> Result<(), TaskError> {
        let mut open = self.open_batch()?;
        let before = self.store.meta("knowledge")?;
        if before.as_deref() == Some(&self.knowledge.fingerprint) {
            return Ok(());
        }
        let searchable = if before.is_some() { self.store.searchable()? } else { Vec::new() };
        let total = searchable.len() as u64;
        for docn in searchable {
            let Some(kept) = self.store.kept(docn)? else { continue };
            let (mentions, references) = annotate(&kept.pages, &kept.source.record, self.knowledge);
            if mentions != kept.mentions || references != kept.references {
                open.batch.replace_derived(docn, &mentions, &references)?;
            }
            report.retagged += 1;
            self.watch.progress(&Progress {
                phase: Phase::Tagging,
                done: report.retagged,
                total,
                bytes: 0,
                current: "",
            });
        }
        open.batch.put_meta("knowledge", &self.knowledge.fingerprint)?;
        open.batch.commit()?;
        Ok(())
    }

    /// Gives every searchable document its citation key, which depends on the whole corpus.
    fn assign_keys(&self) -> Result<(), TaskError> {
        let searchable: BTreeSet<DocNumber> = self.store.searchable()?.into_iter().collect();
        let sources = self.store.sources()?;
        let works: Vec<cite::Work> = sources
            .iter()
            .filter(|source| searchable.contains(&source.docn))
            .map(|source| cite::Work::from_record(source.id, &source.merged()))
            .collect();
        let keys = cite::assign_keys(&works);
        let open = self.open_batch()?;
        for source in &sources {
            let key = keys.get(&source.id).filter(|_| searchable.contains(&source.docn));
            if source.key.as_ref() != key {
                open.batch.put_key(source.docn, key.map(String::as_str))?;
            }
        }
        open.batch.commit()?;
        Ok(())
    }
}

/// Returns the warnings with one of a missing date where `record` lacks what it ought to have.
fn with_date_warning(mut warnings: Vec<Warning>, record: &Record) -> Vec<Warning> {
    let is_missing = record.main_date().is_none() && expects_date(record);
    let is_known = warnings.iter().any(|warning| warning.kind == WarningKind::NoDate);
    if record.main_date().is_some() {
        warnings.retain(|warning| warning.kind != WarningKind::NoDate);
    } else if is_missing && !is_known {
        warnings.push(Warning::document(WarningKind::NoDate, ""));
    }
    warnings
}

fn unread(
    id: SourceId,
    state: SourceState,
    reason: String,
    detail: String,
    bytes: u64,
    read_at: i64,
) -> NewSource {
    NewSource {
        id,
        state,
        reason,
        detail,
        bytes,
        media_type: String::new(),
        reader: String::new(),
        reader_version: READERS_VERSION.to_owned(),
        read_at,
        record: Record::default(),
        pages: Vec::new(),
        mentions: Vec::new(),
        references: Vec::new(),
        warnings: Vec::new(),
        text_sha256: None,
        sketch: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, RecordInput};

    #[test]
    fn a_date_in_the_merged_record_ends_the_warning() {
        let record = |kind, date: Option<&str>| {
            let date = date.and_then(|date| date.parse().ok());
            RecordInput { kind: Some(kind), date, ..RecordInput::default() }
                .into_record(Origin::Person)
        };
        let other = Warning::document(WarningKind::Partial, "");
        let none = Warning::document(WarningKind::NoDate, "");
        let dated = record(Kind::Order, Some("2024-06-25"));
        assert_eq!(with_date_warning(vec![none.clone()], &dated), []);
        assert_eq!(
            with_date_warning(vec![none.clone(), other.clone()], &dated),
            std::slice::from_ref(&other)
        );
        let undated = record(Kind::Order, None);
        assert_eq!(with_date_warning(vec![other.clone()], &undated), [other, none.clone()]);
        assert_eq!(with_date_warning(vec![none.clone()], &undated), [none]);
        assert_eq!(with_date_warning(Vec::new(), &record(Kind::Data, None)), []);
    }
}
