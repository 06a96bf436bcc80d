//! What follows once everything was read: what is gone, what people wrote, tags, and keys.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cite;
use crate::corpus::read_record;
use crate::model::record::Origin;
use crate::model::{Record, SourceId, Warning, WarningKind};
use crate::store::{DocNumber, PathRow, PathState, SourceState};
use crate::task::TaskError;
use crate::task::desk::old_key;
use crate::task::understand::{annotate, expects_date};

use super::keep::Open;
use super::plan::sidecar_path;
use super::run::Run;
use super::{Phase, Progress, Report};

impl Run<'_> {
    /// Marks what is gone, and forgets places whose content lives on elsewhere.
    pub(super) fn settle_gone(
        &self,
        gone: &[PathRow],
        report: &mut Report,
    ) -> Result<(), TaskError> {
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
    pub(super) fn settle_overlays(
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

    pub(super) fn put_overlay(
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
    pub(super) fn settle_date(
        &self,
        docn: DocNumber,
        open: &mut Open<'_>,
    ) -> Result<(), TaskError> {
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
    pub(super) fn overlay_of(
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
    pub(super) fn retag(&self, report: &mut Report) -> Result<(), TaskError> {
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
    pub(super) fn assign_keys(&self) -> Result<(), TaskError> {
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
                // A draft that was written with the old key still finds its document.
                if let (Some(old), Some(_)) = (&source.key, key) {
                    open.batch.put_meta(&old_key(old), &source.id.to_string())?;
                }
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
