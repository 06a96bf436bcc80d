//! What is kept: checked, repaired, readable where nothing can be written.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use rusqlite::Connection;

use crate::common::{World, read, shell_in, snapshot, write};

const ORDER: &str = "ihc-2031-wp-901";

fn store(world: &World) -> Connection {
    Connection::open(world.path().join("index/store.db")).unwrap()
}

/// Returns the folder of the index generation in use.
fn generation(world: &World) -> std::path::PathBuf {
    let name = read(&world.path().join("index/current"));
    world.path().join("index").join(name.trim())
}

#[test]
fn verify_and_repair_leave_a_sound_workspace_as_it_is() {
    let world = World::usual();
    world.run(&["verify"]).ends(0).says("kept texts 5 of 5 sound · sources: 0 changed, 0 missing");
    let before = world.run(&["search", "tag:pta", "--json"]).stdout;
    world.run(&["repair"]).ends(0).says("Rebuilt the index: 5 documents.");
    world.run(&["verify"]).ends(0);
    assert_eq!(world.run(&["search", "tag:pta", "--json"]).stdout, before);
}

#[test]
fn every_changed_file_of_the_index_is_found_and_one_command_mends_it() {
    let world = World::usual();
    let before = world.run(&["search", "tag:pta", "--json"]).stdout;
    for (name, bytes) in snapshot(&generation(&world)) {
        if bytes.is_empty() || name.contains(".lock") {
            continue;
        }
        let path = generation(&world).join(&name);
        let whole = bytes.clone();
        let mut flipped = bytes.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0x10;
        // The library's own list of its files is advice: what matters is that it can be read.
        let is_advice = name == ".managed.json";
        let flipped = if is_advice { Vec::new() } else { flipped };
        for damaged in [flipped, bytes[..bytes.len() / 2].to_vec(), Vec::new()] {
            write(&path, &damaged);
            let run = world.run(&["verify", "--kept-only"]);
            assert_eq!(run.status, 8, "{name}: {run:?}");
            run.notes("error: ");
        }
        write(&path, &whole);
    }
    world.run(&["verify", "--kept-only"]).ends(0);
    let (name, bytes) =
        snapshot(&generation(&world)).into_iter().max_by_key(|(_, bytes)| bytes.len()).unwrap();
    write(&generation(&world).join(name), &bytes[1..]);
    world.run(&["verify"]).ends(8).says("kept texts 5 of 5 sound").notes("misl repair");
    world.run(&["repair"]).ends(0);
    world.run(&["verify"]).ends(0);
    assert_eq!(world.run(&["search", "tag:pta", "--json"]).stdout, before);
}

#[test]
fn a_lost_index_is_rebuilt_without_reading() {
    let world = World::usual();
    let before = world.run(&["search", "tag:pta", "--json"]).stdout;
    fs::remove_dir_all(generation(&world)).unwrap();
    world.run(&["verify"]).ends(8).notes("misl repair");
    // The sources may be gone: the kept texts are enough.
    fs::remove_dir_all(world.corpus("orders")).unwrap();
    world.run(&["repair"]).ends(0).says("5 documents");
    assert_eq!(world.run(&["search", "tag:pta", "--json"]).stdout, before);
    fs::remove_file(world.path().join("index/current")).unwrap();
    assert_eq!(world.json(&["ingest"])["report"]["read"], 0);
    assert_eq!(world.found("calibration").len(), 1);
    world.run(&["verify"]).ends(0);
}

#[test]
fn a_changed_kept_text_is_found_and_never_shown() {
    let world = World::usual();
    let texts: Vec<(i64, i64, Vec<u8>)> = {
        let store = store(&world);
        let mut rows =
            store.prepare("SELECT docn, number, text FROM page ORDER BY docn, number").unwrap();
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    assert_eq!(texts.len(), 6);
    for (docn, number, packed) in texts {
        // A sound text of the same length in other words: only the hash can tell.
        let text = zstd::decode_all(packed.as_slice()).unwrap();
        let other: Vec<u8> =
            text.iter().map(|byte| if *byte == b'e' { b'o' } else { *byte }).collect();
        let other = if other == text { text[..text.len() - 1].to_vec() } else { other };
        let put = |bytes: &[u8]| {
            let packed = zstd::encode_all(bytes, 3).unwrap();
            let values = rusqlite::params![packed, docn, number];
            store(&world)
                .execute("UPDATE page SET text = ?1 WHERE docn = ?2 AND number = ?3", values)
                .unwrap();
        };
        put(&other);
        let run = world.run(&["verify", "--kept-only"]).ends(8);
        assert!(run.stderr.contains("error: corpus/"), "it is named by its path: {}", run.stderr);
        put(&text);
        world.run(&["verify", "--kept-only"]).ends(0);
    }
    let values =
        rusqlite::params![zstd::encode_all(&b"6. The Authority shall pay."[..], 3).unwrap()];
    store(&world).execute("UPDATE page SET text = ?1 WHERE number = 2", values).unwrap();
    world.run(&["show", ORDER, "--page", "2"]).ends(8).never_says("shall pay");
    world.run(&["search", "calibration"]).ends(8).never_says("shall pay");
    world.run(&["list", "add", "brief", &format!("{ORDER}@p2"), "--quote", "shall pay"]).ends(8);
}

#[test]
fn a_source_that_changed_since_is_said_and_is_no_damage() {
    let world = World::usual();
    world.write("notes/visit.txt", b"Other words.\n");
    fs::remove_file(world.corpus("web/statement.html")).unwrap();
    world
        .run(&["verify"])
        .ends(0)
        .says("changed since it was read: corpus/notes/visit.txt\n")
        .says("gone, its text is kept: corpus/web/statement.html\n")
        .says("sources: 1 changed, 1 missing");
    world.run(&["verify", "--kept-only"]).ends(0).says("sources: 0 changed, 0 missing");
}

#[test]
fn an_older_or_newer_store_is_refused_by_name() {
    let world = World::usual();
    store(&world).execute_batch("PRAGMA user_version = 99").unwrap();
    for args in [&["search", "ledger"][..], &["ingest"], &["verify"]] {
        world.run(args).ends(8).notes("is of format 99, this program reads format 3");
    }
}

#[test]
fn a_read_only_copy_can_be_searched_and_cited() {
    let world = World::usual();
    world.run(&["list", "add", "brief", &format!("{ORDER}@p2,para5")]).ends(0);
    let answers = |folder: &Path| -> Vec<String> {
        [
            "misl search tag:pta --json",
            "misl show ihc-2031-wp-901",
            "misl cite ihc-2031-wp-901@para5",
            "misl export brief",
            "misl tags",
            "misl verify",
        ]
        .iter()
        .map(|line| {
            let run = shell_in(folder, line);
            assert_eq!(run.status, 0, "{line}: {run:?}");
            run.stdout
        })
        .collect()
    };
    let expect = answers(world.path());
    // Folders without write bits: enough for a user, not for root, who may write anywhere.
    let places: Vec<_> = walkdir::WalkDir::new(world.path())
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .collect();
    let set = |mode_off: u32, mode_on: u32| {
        for place in &places {
            let mode = fs::metadata(place).unwrap().permissions().mode();
            fs::set_permissions(place, fs::Permissions::from_mode((mode & !mode_off) | mode_on))
                .unwrap();
        }
    };
    set(0o222, 0);
    let before = snapshot(world.path());
    assert_eq!(answers(world.path()), expect);
    assert_eq!(snapshot(world.path()), before, "a reader writes nothing");
    // A mount that nobody may write, in a namespace of its own; not every machine allows one.
    let mount = "mount --bind . . && mount -o remount,ro,bind . && cd . ";
    let allowed = shell_in(world.path(), &format!("unshare -m bash -c '{mount}'")).status == 0;
    if allowed {
        let at = world.path().display();
        for line in ["search calibration", "cite ihc-2031-wp-901", "verify"] {
            let run = shell_in(
                world.path(),
                &format!("unshare -m bash -c '{mount} && misl -C {at} {line}'"),
            );
            assert_eq!(run.status, 0, "{line}: {run:?}");
        }
        let run =
            shell_in(world.path(), &format!("unshare -m bash -c '{mount} && misl -C {at} ingest'"));
        assert_eq!(run.status, 6, "{run:?}");
    } else {
        println!("no mount namespaces here: a read-only mount was not checked");
    }
    set(0, 0o200);
}

#[test]
fn the_open_store_is_read_by_other_programs() {
    let world = World::usual();
    let store = store(&world);
    let check: String = store.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let n: i64 = store.query_row("SELECT count(*) FROM source", [], |row| row.get(0)).unwrap();
    assert_eq!(n, 5);
    // Every run ends with nothing left in the write-ahead log.
    let wal = world.path().join("index/store.db-wal");
    assert!(!wal.exists() || fs::metadata(wal).unwrap().len() == 0);
}
