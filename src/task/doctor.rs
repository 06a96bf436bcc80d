//! What this machine allows, and whether the workspace is fit to work with; cheap, and never fails.

use std::path::PathBuf;

use serde::Serialize;

use crate::corpus::{Volume, Workspace};
use crate::engine::Engine as _;
use crate::engine::embedded::{Access, Embedded};
use crate::store::{FORMAT, Generations, Store};
use crate::worker::{Level, Sandbox};

/// What a look at the machine found: schema `misl.doctor/1`.
#[derive(Clone, Debug, Serialize)]
pub struct DoctorAnswer {
    /// `misl.doctor/1`.
    pub schema: &'static str,
    /// How far readers are confined.
    pub sandbox: SandboxAnswer,
    /// The program that reads pictures of text; `None` where there is none.
    pub ocr: Option<OcrAnswer>,
    /// `None` outside a workspace.
    pub workspace: Option<WorkspaceAnswer>,
    /// What is worth doing something about, in words, the gravest first.
    pub advice: Vec<String>,
}

/// How far readers are confined.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SandboxAnswer {
    /// `full`, `partial`, `limits` or `none`.
    pub level: &'static str,
    /// The Landlock version of the kernel; 0: none.
    pub landlock_abi: u8,
    pub seccomp: bool,
    pub limits: bool,
    /// The same in words.
    pub words: String,
}

/// The program that reads pictures of text.
#[derive(Clone, Debug, Serialize)]
pub struct OcrAnswer {
    /// As it names itself: `tesseract 5.3.0`.
    pub program: String,
    /// Its languages by its own names: `eng`, `urd`.
    pub languages: Vec<String>,
    /// How far it is confined.
    pub sandbox: SandboxAnswer,
}

impl SandboxAnswer {
    /// Says how far a process is confined.
    pub fn of(sandbox: Sandbox) -> Self {
        let level = match sandbox.level() {
            Level::Full => "full",
            Level::Partial => "partial",
            Level::Limits => "limits",
            Level::None => "none",
        };
        let Sandbox { landlock_abi, seccomp, limits } = sandbox;
        Self { level, landlock_abi, seccomp, limits, words: sandbox.to_string() }
    }
}

/// The state of a workspace.
#[derive(Clone, Debug, Serialize)]
pub struct WorkspaceAnswer {
    /// Its folder.
    pub root: PathBuf,
    /// Where `index/` lies.
    pub volume: Volume,
    /// The format of the store that this program writes.
    pub store_format: u32,
    /// `sound`, `empty`, or what is wrong, in words.
    pub store: String,
    /// `sound`, `empty`, `behind`, or what is wrong, in words; `verify` looks closer.
    pub index: String,
    /// Documents that can be searched.
    pub documents: u64,
    /// Sources that are gone: `index/` holds the only copy of their text.
    pub missing: u64,
}

/// The fewest free bytes that are worth no word: SQLite and the index write before they delete.
const ENOUGH_BYTES: u64 = 1 << 30;

/// Puts together what the caller found out about the machine with the state of the workspace.
///
/// `sandbox` is what a worker said of itself, or why none could be started.
pub fn doctor(
    workspace: Option<&Workspace>,
    sandbox: Result<Sandbox, String>,
    ocr: Option<OcrAnswer>,
) -> DoctorAnswer {
    let mut advice = Vec::new();
    let workspace = workspace.map(|workspace| look_at(workspace, &mut advice));
    let sandbox = sandbox_answer(sandbox, &mut advice);
    match &ocr {
        None => advice.push("scans cannot be read: install tesseract-ocr".to_owned()),
        Some(OcrAnswer { languages, sandbox: confined, .. }) => {
            if confined.landlock_abi == 0 && sandbox.landlock_abi > 0 {
                advice.push(
                    "tesseract is confined by limits alone: it does not run from where its \
                     libraries usually lie"
                        .to_owned(),
                );
            }
            for (id, name) in [("eng", "English"), ("urd", "Urdu")] {
                if !languages.iter().any(|language| language == id) {
                    advice.push(format!(
                        "scans in {name} are read badly: install tesseract-ocr-{id}"
                    ));
                }
            }
        }
    }
    DoctorAnswer { schema: "misl.doctor/1", sandbox, ocr, workspace, advice }
}

fn sandbox_answer(sandbox: Result<Sandbox, String>, advice: &mut Vec<String>) -> SandboxAnswer {
    let (sandbox, why) = match sandbox {
        Ok(sandbox) => (sandbox, None),
        Err(why) => (Sandbox::default(), Some(why)),
    };
    if sandbox.level() < Level::Full {
        let missing = if sandbox.landlock_abi == 0 { "Landlock (Linux 5.13)" } else { "seccomp" };
        advice.push(format!(
            "a file that takes over its reader is confined less than it could be: no {missing} here"
        ));
    }
    let mut answer = SandboxAnswer::of(sandbox);
    if let Some(why) = why {
        answer.words = format!("none: {why}");
    }
    answer
}

fn look_at(workspace: &Workspace, advice: &mut Vec<String>) -> WorkspaceAnswer {
    let folder = workspace.index();
    let volume = Volume::of(&folder);
    let (mut store, mut documents, mut missing, mut last_seq) = ("sound".to_owned(), 0, 0, 0);
    let opened = Store::open_read_only(&folder).and_then(|opened| match opened {
        None => Ok(false),
        Some(opened) => {
            documents = opened.searchable()?.len() as u64;
            missing = opened.counts()?.missing;
            last_seq = opened.last_seq()?;
            Ok(true)
        }
    });
    match opened {
        Ok(true) => {}
        Ok(false) => "empty".clone_into(&mut store),
        Err(error) => store = chain(&error),
    }
    let index = index_state(&folder, documents, last_seq);
    let mut say = |words: String| advice.push(words);
    if !matches!(store.as_str(), "sound" | "empty") {
        say(format!("the store: {store}"));
    }
    match index.as_str() {
        "sound" | "empty" => {}
        "behind" => say("the index is behind the store: `misl ingest` catches it up".to_owned()),
        other => say(format!("the index: {other}; `misl repair` rebuilds it from the kept texts")),
    }
    advise_on(&volume, missing, advice);
    let root = workspace.root().to_owned();
    WorkspaceAnswer { root, volume, store_format: FORMAT, store, index, documents, missing }
}

fn index_state(folder: &std::path::Path, documents: u64, last_seq: u64) -> String {
    let Some(generation) = Generations::new(folder).current() else {
        return if documents == 0 { "empty" } else { "there is none" }.to_owned();
    };
    // Opening compares the sizes of all files with what was written; hashes are for `verify`.
    let stats = Embedded::open(&generation, Access::Read).and_then(|index| index.stats());
    match stats {
        Ok(stats) if stats.last_seq < last_seq || stats.documents != documents => {
            "behind".to_owned()
        }
        Ok(_) => "sound".to_owned(),
        Err(error) => chain(&error),
    }
}

fn advise_on(volume: &Volume, missing: u64, advice: &mut Vec<String>) {
    if volume.free_bytes.is_some_and(|bytes| bytes < ENOUGH_BYTES) {
        advice.push("less than 1 GB is free where index/ lies".to_owned());
    }
    if let Some(service) = volume.synced_by {
        advice.push(format!(
            "the workspace lies in a folder of {service}: what you read is copied to it, and files \
             that change during a copy may be damaged; keep index/ elsewhere"
        ));
    }
    if volume.is_network {
        let kind = volume.file_system.unwrap_or("network");
        advice
            .push(format!("index/ lies on a {kind} share: locks and flushed writes are less sure"));
    }
    if volume.is_open_to_others {
        advice.push("other users of this machine can look into index/: chmod 700 index".to_owned());
    }
    if volume.is_encrypted.is_none() {
        advice.push("whether the disk is encrypted cannot be told from here".to_owned());
    }
    if missing > 0 {
        advice.push(format!(
            "{missing} sources are gone: index/ holds the only copy of their text (`misl status --missing`)"
        ));
    }
}

/// Returns an error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(this) = cause {
        words.push_str(&format!(": {this}"));
        cause = this.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_workspace_is_empty_and_a_damaged_store_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::init(folder.path()).unwrap();
        let full = Sandbox { landlock_abi: 7, seccomp: true, limits: true };
        let answer = doctor(Some(&workspace), Ok(full), None);
        let state = answer.workspace.unwrap();
        assert_eq!((state.store.as_str(), state.index.as_str()), ("empty", "empty"));
        assert!(answer.advice.iter().any(|advice| advice.contains("tesseract")));
        #[expect(clippy::disallowed_methods, reason = "damage is written past the store")]
        std::fs::write(workspace.index().join("store.db"), b"no database at all, by any means")
            .unwrap();
        let answer = doctor(Some(&workspace), Ok(full), None);
        assert!(answer.advice[0].starts_with("the store: "), "{:?}", answer.advice);
    }

    #[test]
    fn a_weak_sandbox_is_said() {
        let weak = Sandbox { landlock_abi: 0, seccomp: true, limits: true };
        let answer = doctor(None, Ok(weak), None);
        assert_eq!(answer.sandbox.level, "partial");
        assert_eq!(answer.sandbox.words, "seccomp + limits only");
        assert!(answer.advice[0].contains("no Landlock"));
        let none = doctor(None, Err("no process".to_owned()), None);
        assert_eq!((none.sandbox.level, none.sandbox.words.as_str()), ("none", "none: no process"));
    }
}
