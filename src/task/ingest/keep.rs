//! Keeping what was found at a place: its content, its members, and where they lie.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::READERS_VERSION;
use crate::model::{Record, SourceId};
use crate::store::{Batch, DocNumber, NewSource, PathRow, PathState, SourceState};
use crate::task::TaskError;

use super::Report;
use super::ocr;
use super::plan::{Known, Todo};
use super::pool::{Found, Item};
use super::run::Run;

/// What has been kept and not committed.
pub(super) struct Open<'a> {
    pub(super) batch: Batch<'a>,
    pub(super) bytes: usize,
    pub(super) since: i64,
    /// Contents kept in this batch.
    pub(super) fresh: BTreeMap<SourceId, DocNumber>,
    /// The same by their numbers.
    pub(super) fresh_ids: BTreeMap<DocNumber, SourceId>,
}

impl Open<'_> {
    fn note_fresh(&mut self, id: SourceId, docn: DocNumber) {
        self.fresh.insert(id, docn);
        self.fresh_ids.insert(docn, id);
    }
}

/// What was kept of the place at hand, and in the run so far.
#[derive(Default)]
pub(super) struct Kept {
    /// Paths of the place at hand.
    paths: BTreeSet<String>,
    /// Contents that were at the place at hand before, and are not any more.
    left: BTreeSet<DocNumber>,
    /// Contents that were read and kept in this run.
    contents: BTreeSet<SourceId>,
}

impl Run<'_> {
    /// Keeps what was found at a place: a member, or at last the file itself.
    pub(super) fn keep(
        &self,
        todo: &Todo,
        item: Item,
        known: &Known,
        kept: &mut Kept,
        open: &mut Open<'_>,
        report: &mut Report,
    ) -> Result<(), TaskError> {
        let is_file = item.is_file();
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
        let is_known = matches!(item.found, Found::Known(_));
        if let Found::Unopened { reason, detail, failed } = &item.found {
            row.state = if *failed { PathState::Failed } else { PathState::Skipped };
            (*reason).clone_into(&mut row.reason);
            row.detail.clone_from(detail);
        } else {
            row.docn = Some(self.keep_content(item, kept, open, report)?);
        }
        self.put_row(&row, known, kept, open)?;
        let Some(docn) = row.docn else { return Ok(()) };
        if is_known {
            self.keep_members(docn, &row, known, kept, open, 0)?;
        }
        if is_file && todo.sidecar.is_some() {
            self.put_overlay(docn, &todo.disk, open, report)?;
        }
        Ok(())
    }

    /// Writes a place that is there.
    fn put_row(
        &self,
        row: &PathRow,
        known: &Known,
        kept: &mut Kept,
        open: &mut Open<'_>,
    ) -> Result<(), TaskError> {
        let old = known.paths.get(&row.path).and_then(|row| row.docn);
        if old.is_some() && old != row.docn {
            kept.left.extend(old);
        }
        kept.paths.insert(row.path.clone());
        open.batch.put_path(row, self.run_id, self.watch.now())?;
        // Another path of a content changes what `source:` finds.
        if let Some(docn) = row.docn
            && old != Some(docn)
            && !open.fresh_ids.contains_key(&docn)
        {
            open.batch.touch(docn)?;
        }
        Ok(())
    }

    /// Writes the places of what lies in a content that was not opened, as it was opened before, here
    /// or elsewhere: an archive that was moved, copied or touched holds what it held.
    fn keep_members(
        &self,
        docn: DocNumber,
        at: &PathRow,
        known: &Known,
        kept: &mut Kept,
        open: &mut Open<'_>,
        depth: usize,
    ) -> Result<(), TaskError> {
        if depth > self.options.limits.depth {
            return Ok(());
        }
        let (holder, members) = match known.members_of_content(docn, &at.path) {
            Some((holder, rows)) => (holder.to_owned(), rows.into_iter().cloned().collect()),
            None => self.members_in_this_run(docn, &at.path)?,
        };
        for member in members {
            let Some(inner) = member.path.strip_prefix(&holder) else { continue };
            // What could not be opened there cannot be opened here.
            let state = if member.docn.is_some() { PathState::Present } else { member.state };
            let row = PathRow {
                path: format!("{}{inner}", at.path),
                container: Some(at.path.clone()),
                mtime_ns: at.mtime_ns,
                state,
                ..member
            };
            self.put_row(&row, known, kept, open)?;
            if let Some(docn) = row.docn {
                self.keep_members(docn, &row, known, kept, open, depth + 1)?;
            }
        }
        Ok(())
    }

    /// Returns a place of a content that this run opened, and the places in it.
    fn members_in_this_run(
        &self,
        docn: DocNumber,
        path: &str,
    ) -> Result<(String, Vec<PathRow>), TaskError> {
        for place in self.store.paths_of(docn)? {
            if place.path == path || place.state != PathState::Present {
                continue;
            }
            let members = self.store.members_of(&place.path)?;
            if !members.is_empty() {
                return Ok((place.path, members));
            }
        }
        Ok((String::new(), Vec::new()))
    }

    /// Settles a place of which everything was kept.
    pub(super) fn keep_place(
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
