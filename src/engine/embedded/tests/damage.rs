//! What happens to files: checking them, reading without writing, writing again after a kill.

use std::fs;
use std::path::PathBuf;

use super::corpus::{Built, ask, build, doc, docns, word};
use crate::engine::embedded::{Access, DamageKind, Embedded, WriterSettings};
use crate::engine::{Engine as _, EngineError};

fn built() -> Built {
    build(
        &(1..=30).map(|docn| doc(docn, &["the order of the court", "lims"])).collect::<Vec<_>>(),
        10,
    )
}

/// The files of an index that hold its content.
fn files(built: &Built) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(built.dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            !name.contains("lock")
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_whole_index_has_no_damage() {
    assert_eq!(Embedded::verify(built().dir.path()).unwrap(), []);
}

#[test]
fn every_flipped_bit_is_found() {
    let built = built();
    for path in files(&built) {
        let whole = fs::File::open(&path).map(|mut file| {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            bytes
        });
        let whole = whole.unwrap();
        for at in [0, whole.len() / 3, whole.len() - 1] {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            put(&path, &bytes);
            let damages = Embedded::verify(built.dir.path()).unwrap();
            assert!(!damages.is_empty(), "{} at {at}", path.display());
        }
        put(&path, &whole);
    }
    assert_eq!(Embedded::verify(built.dir.path()).unwrap(), []);
}

/// Puts a file with these bytes in place of another, so that nothing that is mapped changes.
fn put(path: &std::path::Path, bytes: &[u8]) {
    let new = path.with_extension("new");
    let mut file = fs::File::create(&new).unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
    drop(file);
    fs::rename(&new, path).unwrap();
}

#[test]
fn a_short_or_missing_file_is_damage_at_opening() {
    for what in [DamageKind::Size, DamageKind::Missing] {
        let built = built();
        let path =
            files(&built).into_iter().find(|path| path.extension().unwrap() == "idx").unwrap();
        match what {
            DamageKind::Missing => fs::remove_file(&path).unwrap(),
            _ => put(&path, b"short"),
        }
        let error = Embedded::open(built.dir.path(), Access::Read).unwrap_err();
        assert!(matches!(error, EngineError::Damaged { .. }), "{error}");
        assert!(error.needs_rebuild());
        let damages = Embedded::verify(built.dir.path()).unwrap();
        assert_eq!(damages[0].kind, what);
    }
}

#[test]
fn an_empty_folder_is_absent_not_damaged() {
    let dir = tempfile::tempdir().unwrap();
    for access in [Access::Read, Access::Write] {
        let error = Embedded::open(dir.path(), access).unwrap_err();
        assert!(matches!(error, EngineError::Absent { .. }), "{error}");
    }
}

#[test]
fn reading_touches_nothing() {
    let built = built();
    let names = |built: &Built| -> Vec<_> {
        let mut names: Vec<_> = fs::read_dir(built.dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    for entry in fs::read_dir(built.dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("lock") {
            fs::remove_file(path).unwrap();
        }
    }
    let before = names(&built);
    let engine = Embedded::open(built.dir.path(), Access::Read).unwrap();
    assert_eq!(ask(&engine, word("lims")).total_documents, 30);
    assert!(matches!(
        engine.writer(WriterSettings::default()).err(),
        Some(EngineError::ReadOnly { .. })
    ));
    assert_eq!(names(&built), before);
}

#[test]
fn what_was_not_committed_is_gone_and_comes_again() {
    let built = built();
    let mut writer = built.engine.writer(WriterSettings::default()).unwrap();
    super::corpus::add(&mut *writer, &doc(31, &["lims"]));
    drop(writer);
    put(&built.dir.path().join(".tmpAbC123"), b"left over");
    let engine = Embedded::open(built.dir.path(), Access::Write).unwrap();
    assert_eq!(engine.last_seq().unwrap(), 3);
    assert_eq!(engine.stats().unwrap().documents, 30);
    let mut writer = engine.writer(WriterSettings::default()).unwrap();
    assert!(!built.dir.path().join(".tmpAbC123").exists());
    super::corpus::add(&mut *writer, &doc(31, &["unheard"]));
    writer.commit(4).unwrap();
    assert_eq!(docns(&ask(&engine, word("unheard"))), [31]);
    drop(writer);
    assert_eq!(Embedded::verify(built.dir.path()).unwrap(), []);
}

#[test]
fn a_second_writer_is_refused() {
    let built = built();
    let _writer = built.engine.writer(WriterSettings::default()).unwrap();
    let error = built.engine.writer(WriterSettings::default()).err().unwrap();
    assert!(matches!(error, EngineError::Locked { .. }), "{error}");
    assert!(!error.needs_rebuild());
}

#[test]
fn an_adding_run_that_replaces_doubles_nothing() {
    let built = built();
    super::corpus::write(&built.engine, &[doc(5, &["replaced text"])], 1);
    assert_eq!(built.engine.stats().unwrap().documents, 30);
    assert_eq!(docns(&ask(&built.engine, word("replaced"))), [5]);
    assert_eq!(ask(&built.engine, word("lims")).total_documents, 29);
}
