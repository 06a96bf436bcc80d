//! The record of a search: what was asked of which corpus and what was found, so that others can
//! ask it again and see what changed. It is the methodology note of a report.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::model::SourceId;
use crate::query::{FlagFilter, Sort};
use crate::store::Generations;
use crate::text::analyse;

use super::search::{SearchOptions, ask};
use super::status::Unread;
use super::{Desk, TaskError};

/// The schema of a record.
const SCHEMA: &str = "misl.search-record/1";

/// A search and all that it found: schema `misl.search-record/1`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SearchRecord {
    pub schema: String,
    /// When it was asked, as the caller says.
    pub time: String,
    /// As typed.
    pub query: String,
    pub flags: Vec<RecordedFlag>,
    pub sort: Option<String>,
    pub read_as: String,
    pub notes: Vec<String>,
    pub versions: Versions,
    pub corpus: Corpus,
    pub total_documents: u64,
    pub total_passages: u64,
    /// Whether every count is exact.
    pub complete: bool,
    /// In the order of the answer; near copies stand by themselves.
    pub documents: Vec<RecordedDocument>,
}

/// A filter beside the query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `FlagFilter`")]
pub struct RecordedFlag {
    pub field: String,
    pub values: Vec<String>,
}

/// What answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Versions {
    pub misl: String,
    pub analysis: u32,
    pub engine: String,
    /// The index generation, `g0001`.
    pub generation: String,
}

/// What was searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corpus {
    /// How many documents could be searched.
    pub documents: u64,
    /// SHA-256 over the sorted ids and reader versions of these documents.
    pub fingerprint: String,
    /// Hash over the gazetteer and the tables of references.
    pub gazetteer: String,
    /// Files and pages without trustworthy text.
    pub unread: Unread,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedDocument {
    /// The source.
    pub id: SourceId,
    /// Its citation key at that time.
    pub key: Option<String>,
    /// The ids of the passages that were found, in reading order.
    pub passages: Vec<String>,
}

/// What a search finds now that was recorded before: schema `misl.search-replay/1`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Replay {
    pub schema: &'static str,
    pub query: String,
    pub recorded: Moment,
    pub now: Moment,
    /// Whether the same texts were searched, read by the same readers.
    pub same_corpus: bool,
    /// How many documents are as they were recorded.
    pub unchanged: u64,
    pub new: Vec<RecordedDocument>,
    pub gone: Vec<RecordedDocument>,
    pub changed: Vec<ChangedDocument>,
}

/// One of the two times.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Moment {
    pub time: String,
    pub read_as: String,
    pub versions: Versions,
    pub corpus: Corpus,
    pub total_documents: u64,
    pub total_passages: u64,
    pub complete: bool,
}

/// A document in which other passages are found than were recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ChangedDocument {
    pub id: SourceId,
    pub key: Option<String>,
    pub new_passages: Vec<String>,
    pub gone_passages: Vec<String>,
}

/// Asks a query and records everything that it finds.
pub fn record(
    desk: &Desk,
    query: &str,
    flags: &[FlagFilter],
    sort: Option<Sort>,
    time: &str,
) -> Result<SearchRecord, TaskError> {
    let engine = desk.engine()?;
    let options = SearchOptions {
        query,
        flags,
        offset: 0,
        limit: usize::MAX,
        passages: usize::MAX,
        facets: &[],
        facet_limit: 0,
        sort,
        fold: false,
        stop: &|| false,
    };
    let (parsed, answer) = ask(desk, &engine, &options)?;
    let mut documents = Vec::with_capacity(answer.documents.len());
    for hit in answer.documents {
        documents.push(RecordedDocument {
            id: hit.doc,
            key: desk.store.source(hit.docn)?.and_then(|source| source.key),
            passages: hit.passages.into_iter().map(|passage| passage.pid).collect(),
        });
    }
    let flag =
        |flag: &FlagFilter| RecordedFlag { field: flag.field.clone(), values: flag.values.clone() };
    Ok(SearchRecord {
        schema: SCHEMA.to_owned(),
        time: time.to_owned(),
        query: query.to_owned(),
        flags: flags.iter().map(flag).collect(),
        sort: sort.map(|sort| sort.name().to_owned()),
        read_as: parsed.read_as,
        notes: parsed.notes.into_iter().map(|note| note.text).collect(),
        versions: versions(desk),
        corpus: corpus(desk)?,
        total_documents: answer.total_documents,
        total_passages: answer.total_passages,
        complete: answer.complete,
        documents,
    })
}

/// Asks a recorded search again.
pub fn replay(desk: &Desk, recorded: SearchRecord, time: &str) -> Result<Replay, TaskError> {
    if recorded.schema != SCHEMA {
        return Err(TaskError::Usage {
            what: format!("`{}` is no record of a search", recorded.schema),
            hint: "make one: `misl search QUERY --record FILE`".to_owned(),
        });
    }
    let flags: Vec<FlagFilter> = recorded
        .flags
        .iter()
        .map(|flag| FlagFilter { field: flag.field.clone(), values: flag.values.clone() })
        .collect();
    let sort = recorded.sort.as_deref().and_then(Sort::from_name);
    let now = record(desk, &recorded.query, &flags, sort, time)?;
    Ok(compare(recorded, now))
}

/// Returns what is new, gone and changed, each in the order of its answer.
fn compare(recorded: SearchRecord, now: SearchRecord) -> Replay {
    let before: BTreeMap<SourceId, &RecordedDocument> =
        recorded.documents.iter().map(|document| (document.id, document)).collect();
    let after: BTreeSet<SourceId> = now.documents.iter().map(|document| document.id).collect();
    let mut new = Vec::new();
    let mut changed = Vec::new();
    let mut unchanged = 0;
    for document in &now.documents {
        match before.get(&document.id) {
            None => new.push(document.clone()),
            Some(known) if known.passages == document.passages => unchanged += 1,
            Some(known) => changed.push(ChangedDocument {
                id: document.id,
                key: document.key.clone(),
                new_passages: without(&document.passages, &known.passages),
                gone_passages: without(&known.passages, &document.passages),
            }),
        }
    }
    let is_gone = |document: &&RecordedDocument| !after.contains(&document.id);
    let gone = recorded.documents.iter().filter(is_gone).cloned().collect();
    Replay {
        schema: "misl.search-replay/1",
        query: now.query.clone(),
        same_corpus: recorded.corpus.fingerprint == now.corpus.fingerprint,
        unchanged,
        new,
        gone,
        changed,
        recorded: moment(recorded),
        now: moment(now),
    }
}

/// Returns what of `some` is not in `others`, in order.
fn without(some: &[String], others: &[String]) -> Vec<String> {
    let others: BTreeSet<&String> = others.iter().collect();
    some.iter().filter(|one| !others.contains(one)).cloned().collect()
}

fn moment(record: SearchRecord) -> Moment {
    Moment {
        time: record.time,
        read_as: record.read_as,
        versions: record.versions,
        corpus: record.corpus,
        total_documents: record.total_documents,
        total_passages: record.total_passages,
        complete: record.complete,
    }
}

fn versions(desk: &Desk) -> Versions {
    let folder = Generations::new(&desk.workspace.index()).current();
    let name = folder.as_deref().and_then(std::path::Path::file_name);
    Versions {
        misl: env!("CARGO_PKG_VERSION").to_owned(),
        analysis: analyse::VERSION,
        engine: "embedded".to_owned(),
        generation: name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
    }
}

fn corpus(desk: &Desk) -> Result<Corpus, TaskError> {
    let searchable: BTreeSet<u64> = desk.store.searchable()?.into_iter().collect();
    let mut lines: Vec<String> = desk
        .store
        .sources()?
        .into_iter()
        .filter(|source| searchable.contains(&source.docn))
        .map(|source| format!("{} {} {}\n", source.id, source.reader, source.reader_version))
        .collect();
    lines.sort();
    let mut hash = Sha256::new();
    lines.iter().for_each(|line| hash.update(line));
    let fingerprint = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let (files, pages) = desk.store.unread()?;
    Ok(Corpus {
        documents: lines.len() as u64,
        fingerprint,
        gazetteer: desk.knowledge.fingerprint.clone(),
        unread: Unread { files, pages },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(n: u8, passages: &[&str]) -> RecordedDocument {
        RecordedDocument {
            id: SourceId([n; 32]),
            key: Some(format!("k{n}")),
            passages: passages.iter().map(|&pid| pid.to_owned()).collect(),
        }
    }

    fn record_of(time: &str, corpus: &str, documents: Vec<RecordedDocument>) -> SearchRecord {
        SearchRecord {
            schema: SCHEMA.to_owned(),
            time: time.to_owned(),
            query: "lims".to_owned(),
            flags: vec![RecordedFlag { field: "court".to_owned(), values: vec!["ihc".to_owned()] }],
            sort: Some("date".to_owned()),
            read_as: "lims AND court:ihc sort:date".to_owned(),
            notes: Vec::new(),
            versions: Versions {
                misl: "0.1.0".to_owned(),
                analysis: 1,
                engine: "embedded".to_owned(),
                generation: "g0001".to_owned(),
            },
            corpus: Corpus {
                documents: 9,
                fingerprint: corpus.to_owned(),
                gazetteer: "x".to_owned(),
                unread: Unread { files: 1, pages: 2 },
            },
            total_documents: documents.len() as u64,
            total_passages: 0,
            complete: true,
            documents,
        }
    }

    #[test]
    fn what_is_new_gone_and_changed() {
        let before = record_of(
            "2024-01-01",
            "a",
            vec![found(1, &["1:1:1"]), found(2, &["2:1:1", "2:1:2"]), found(3, &[])],
        );
        let now = record_of(
            "2024-02-01",
            "b",
            vec![found(3, &[]), found(2, &["2:1:2", "2:1:3"]), found(4, &[])],
        );
        let replay = compare(before, now);
        assert_eq!(replay.new, [found(4, &[])]);
        assert_eq!(replay.gone, [found(1, &["1:1:1"])]);
        let changed = ChangedDocument {
            id: SourceId([2; 32]),
            key: Some("k2".to_owned()),
            new_passages: vec!["2:1:3".to_owned()],
            gone_passages: vec!["2:1:1".to_owned()],
        };
        assert_eq!(replay.changed, [changed]);
        assert_eq!((replay.unchanged, replay.same_corpus), (1, false));
    }

    #[test]
    fn a_record_reads_back() {
        let record = record_of("2024-01-01T00:00:00Z", "a", vec![found(1, &["1:1:1"])]);
        let json = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<SearchRecord>(&json).unwrap(), record);
    }
}
