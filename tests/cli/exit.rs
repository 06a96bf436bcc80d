//! Every exit status, each for its own reason.

use std::fs::File;

use crate::common::{BadKind, Files, World, run_in, shell_in, write};

#[test]
fn found_is_0_and_nothing_found_is_1() {
    let world = World::usual();
    world.run(&["search", "ledger"]).ends(0);
    world.run(&["search", "zzyzx"]).ends(1);
    world.run(&["tags", "zzyzx"]).ends(1);
    world.run(&["entities", "zzyzx"]).ends(1);
    world.run(&["refs", "notes"]).ends(1);
    world.run(&["cited-by", "PLD 1990 SC 1"]).ends(1);
    world.run(&["matter", "W.P. 1/1999"]).ends(1);
}

#[test]
fn an_empty_workspace_has_nothing_and_says_what_to_do() {
    let world = World::new();
    for args in [&["search", "x"][..], &["status"], &["show", "abcdef"], &["verify"], &["list"]] {
        world.run(args).ends(1).notes("nothing has been read here yet").notes("misl ingest");
    }
}

#[test]
fn wrong_arguments_and_queries_are_2() {
    let world = World::usual();
    for args in [
        &["serach"][..],
        &["search", "--limit", "many", "x"],
        &["search", "cort:x"],
        &["search", "--sort", "weight", "x"],
        &["search", "--from", "2031-99", "x"],
        &["show", "nobody-1"],
        &["show", "notes", "--page", "0"],
        &["show", "notes@x12"],
        &["show", "notes@p77"],
        &["cite"],
        &["cite", "notes", "--format", "papyrus"],
        &["cite", "notes", "--style", "papyrus"],
        &["cite", "notes", "--lang", "xx"],
        &["cite", "notes", "--format", "docx"],
        &["export", "nolist"],
        &["edit", "notes"],
        &["edit", "notes", "--set", "court"],
        &["edit", "notes", "--set", "cort=ihc"],
        &["edit", "notes", "--tag", "nobody-at-all"],
        &["edit", "notes", "--status", "stayed"],
        &["list", "new", "../x"],
        &["help", "cookery"],
        &["read", "no/such/file"],
        &["ingest", "no/such/folder"],
        &["ingest", "--password-file", "no/such/file"],
    ] {
        let run = world.run(args).ends(2).notes("error: ");
        assert_eq!(run.stdout, "", "{args:?}");
        assert!(
            run.stderr.contains("hint: ")
                || run.stderr.contains("Usage:")
                || run.stderr.contains("--help"),
            "no hint for {args:?}:\n{}",
            run.stderr
        );
    }
}

#[test]
fn done_with_failed_files_is_3_until_they_are_mended() {
    let world = World::new();
    world.put(&Files::usual().and("bad.pdf", BadKind::Damaged.bytes()));
    world.run(&["ingest"]).ends(3).says("1 failed").notes("misl status --failed");
    world.run(&["ingest"]).ends(3);
    world.run(&["ingest", "--dry-run"]).ends(0);
    world.write("bad.pdf", &crate::common::order_pdf());
    world.run(&["ingest"]).ends(0);
}

#[test]
fn no_workspace_is_4() {
    let folder = tempfile::tempdir().unwrap();
    for args in [
        &["search", "x"][..],
        &["ingest"],
        &["status"],
        &["verify"],
        &["repair"],
        &["list"],
        &["-C", "/", "status"],
    ] {
        let run = run_in(folder.path(), args).ends(4);
        run.notes(
            "error: no workspace in this folder or above it\nhint: make one with `misl init DIR`",
        );
    }
}

#[test]
fn another_writer_is_5_and_nothing_is_touched() {
    let world = World::usual();
    let before = crate::common::snapshot(&world.path().join("corpus"));
    let path = world.path().join("index/lock");
    let lock = File::options().write(true).open(&path).unwrap();
    lock.lock().unwrap();
    write(&path, b"pid 77, misl ingest, since noon");
    world.write("new.txt", b"A new file waits.\n");
    for args in [&["ingest"][..], &["repair"], &["edit", "notes", "--tag", "pta"]] {
        world
            .run(args)
            .ends(5)
            .notes("another misl is writing here (pid 77, misl ingest, since noon)");
    }
    // Readers do not wait.
    world.run(&["search", "ledger"]).ends(0);
    world.run(&["verify"]).ends(0);
    lock.unlock().unwrap();
    std::fs::remove_file(world.corpus("new.txt")).unwrap();
    let after = crate::common::snapshot(&world.path().join("corpus"));
    let names =
        |all: &[(String, Vec<u8>)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&after), names(&before));
    assert!(after == before, "a file was changed");
    world.run(&["ingest"]).ends(0);
}

#[test]
fn a_full_disk_is_6_and_a_rerun_completes() {
    let world = World::new();
    let many: String = (0..30_000).map(|n| format!("word{n} is one of many words. ")).collect();
    world.write("big.txt", many.as_bytes());
    world.write("small.txt", b"The heron stands in the canal.\n");
    // A limit on file sizes gives the same errors as a disk without space, and needs no mount.
    let run = world.shell("trap '' XFSZ; ulimit -f 64; misl ingest");
    assert_eq!(run.status, 6, "{run:?}");
    run.notes("error: ");
    world.run(&["ingest"]).ends(0);
    world.run(&["verify"]).ends(0);
    assert_eq!(world.found("heron"), ["corpus/small.txt"]);
    assert_eq!(world.found("word29999"), ["corpus/big.txt"]);
}

#[test]
fn a_full_disk_loses_nothing_that_was_kept() {
    let world = World::usual();
    let many: String = (0..60_000).map(|n| format!("word{n} is one of many words. ")).collect();
    world.write("big.txt", many.as_bytes());
    let run = world.shell("trap '' XFSZ; ulimit -f 200; misl ingest");
    assert_eq!(run.status, 6, "{run:?}");
    assert_eq!(world.found("ledger"), ["corpus/orders/wp-901-2031.pdf"]);
    world.run(&["ingest"]).ends(0);
    world.run(&["verify"]).ends(0);
    assert_eq!(world.found("word59999"), ["corpus/big.txt"]);
}

#[test]
fn an_output_that_cannot_be_written_is_6() {
    let world = World::usual();
    let run = world.shell("misl search ledger > /dev/full");
    assert_eq!(run.status, 6, "{run:?}");
    run.notes("error: ");
    world
        .run(&["cite", "notes", "-o", "corpus/notes/visit.txt/x.txt"])
        .ends(6)
        .notes("cannot write");
}

#[test]
fn personal_data_is_7_unless_a_person_decides() {
    let world = World::usual();
    let number = "61101-1234567-1";
    world.run(&["list", "add", "brief", "notes", "--note", &format!("ask {number}")]).ends(0);
    let run = world.run(&["export", "brief", "--form", "notes"]).ends(7);
    assert_eq!(run.stdout, "");
    assert!(!run.stderr.contains(number), "the message spreads it: {}", run.stderr);
    run.notes("--redact").notes("--allow-pii");
    let out = world.path().join("brief.txt");
    world.run(&["export", "brief", "--form", "notes", "-o", "brief.txt"]).ends(7);
    assert!(!out.exists());
    world.run(&["export", "brief", "--form", "notes", "--redact"]).ends(0).never_says(number);
    world.run(&["export", "brief", "--form", "notes", "--allow-pii"]).ends(0).says(number);
    world.run(&["export", "brief", "--allow-pii", "--redact"]).ends(2);
}

#[test]
fn damage_is_8() {
    let world = World::usual();
    write(
        &world.path().join("index/store.db"),
        b"this is no database, and it is long enough to be seen",
    );
    world.run(&["search", "ledger"]).ends(8);
    world.run(&["verify"]).ends(8);
}

#[test]
fn the_status_of_every_run_is_in_the_help() {
    let folder = tempfile::tempdir().unwrap();
    let help = run_in(folder.path(), &["help", "status"]).ends(0);
    for status in [0, 1, 2, 3, 4, 5, 6, 7, 8, 130] {
        let line =
            help.stdout.lines().any(|line| line.trim_start().starts_with(&format!("{status}  ")));
        assert!(line, "no {status} in:\n{}", help.stdout);
    }
}

#[test]
fn a_quiet_shell_line_works_from_any_folder() {
    let world = World::usual();
    let below = world.corpus("news");
    shell_in(&below, "misl search ledger").ends(0);
    let elsewhere = tempfile::tempdir().unwrap();
    let at = world.path().display();
    shell_in(elsewhere.path(), &format!("misl -C {at} search ledger")).ends(0);
    shell_in(elsewhere.path(), &format!("misl search ledger --directory {at}")).ends(0);
    shell_in(elsewhere.path(), &format!("MISL_WORKSPACE={at} misl search ledger")).ends(0);
}
