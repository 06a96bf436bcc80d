//! Reading: what is read, what is not read again, what became of every file.

use std::fs;
use std::time::{Duration, SystemTime};

use crate::common::{BadKind, Files, World, order_pdf, read, snapshot};

/// Returns a stored (uncompressed) or packed zip of the files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_second_run_reads_nothing_again() {
    let world = World::new();
    world.put(&Files::usual());
    let first = world.json(&["ingest"]);
    assert_eq!(first["schema"], "misl.ingest/1");
    assert_eq!((&first["report"]["read"], &first["report"]["unchanged"]), (&5.into(), &0.into()));
    let second = world.json(&["ingest", "--jobs", "1"]);
    assert_eq!((&second["report"]["read"], &second["report"]["unchanged"]), (&0.into(), &5.into()));
    assert_eq!(second["report"]["retagged"], 0);
    assert_eq!(first["report"]["counts"], second["report"]["counts"]);
}

#[test]
fn a_folder_beside_corpus_is_read_when_it_is_named() {
    let world = World::new();
    let folder = world.path().join("in");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("order.txt"), "The exchange keeps a ledger of kites.").unwrap();
    // What nobody names is not read: the workspace may lie in a folder with much else.
    assert_eq!(world.json(&["ingest"])["report"]["read"], 0);
    assert_eq!(world.json(&["ingest", "in"])["report"]["read"], 1);
    world.run(&["search", "kites"]).ends(0).says("order.txt");
    world.run(&["ingest", "index"]).ends(2).notes("is what misl itself keeps");
}

#[test]
fn one_job_and_many_read_the_same() {
    let one = World::new();
    let many = World::new();
    for (world, jobs) in [(&one, "1"), (&many, "8")] {
        world.put(&Files::usual());
        world.run(&["ingest", "--jobs", jobs]).ends(0);
    }
    for args in [&["search", "pta", "--json"][..], &["tags", "--json"], &["status", "--json"]] {
        assert_eq!(one.run(args).stdout, many.run(args).stdout, "{args:?}");
    }
}

#[test]
fn a_dry_run_reads_and_writes_nothing() {
    let world = World::new();
    world.put(&Files::usual());
    let before = snapshot(world.path());
    world
        .run(&["ingest", "--dry-run"])
        .ends(0)
        .says("corpus/news/story.md\n")
        .says("5 would be read, 0 unchanged");
    assert_eq!(snapshot(world.path()), before);
}

#[test]
fn the_counts_add_up_to_what_was_seen() {
    let world = World::new();
    world.put(
        &Files::usual()
            .and("copy.pdf", order_pdf())
            .and("bad.pdf", BadKind::Damaged.bytes())
            .and("empty.txt", BadKind::Empty.bytes())
            .and("odd.bin", BadKind::Unknown.bytes()),
    );
    world.run(&["ingest"]).ends(3);
    let status = world.json(&["status"]);
    let count = |name: &str| status[name].as_u64().unwrap();
    let states = ["indexed", "warned", "skipped", "failed", "duplicate", "missing"];
    assert_eq!(count("seen"), states.iter().map(|name| count(name)).sum::<u64>());
    assert_eq!(count("seen"), 9);
    assert_eq!(status["files"].as_array().unwrap().len(), 9);
    assert_eq!(
        world.states(),
        [
            "corpus/bad.pdf failed",
            "corpus/copy.pdf indexed",
            "corpus/empty.txt skipped",
            "corpus/news/story.md indexed",
            "corpus/notes/visit.txt warned",
            "corpus/odd.bin skipped",
            "corpus/orders/wp-901-2031.pdf duplicate",
            "corpus/urdu/khabar.md indexed",
            "corpus/web/statement.html indexed",
        ]
    );
    world
        .run(&["status", "--failed"])
        .ends(0)
        .says("corpus/bad.pdf  failed")
        .says("corpus/empty.txt  skipped")
        .says("3 files")
        .never_says("story.md");
    world.run(&["search", "zzyzx"]).ends(1).says("Without trustworthy text: 1 file");
}

#[test]
fn a_failed_file_is_read_again_when_asked_or_changed() {
    let world = World::new();
    world.write("bad.pdf", &BadKind::Damaged.bytes());
    world.run(&["ingest"]).ends(3);
    assert_eq!(world.json(&["ingest"])["report"]["read"], 0);
    assert_eq!(world.json(&["ingest", "--retry-failed"])["report"]["read"], 1);
    world.write("bad.pdf", &order_pdf());
    assert_eq!(world.json(&["ingest"])["report"]["read"], 1);
    assert_eq!(world.states(), ["corpus/bad.pdf indexed"]);
}

#[test]
fn a_moved_file_keeps_its_text_and_is_not_missing() {
    let world = World::usual();
    fs::rename(world.corpus("notes/visit.txt"), world.corpus("moved.txt")).unwrap();
    let report = world.json(&["ingest"]);
    assert_eq!((&report["report"]["moved"], &report["report"]["read"]), (&1.into(), &0.into()));
    assert_eq!(world.found("lantern"), ["corpus/moved.txt"]);
    assert!(
        world.states().iter().all(|state| !state.contains("missing") && !state.contains("notes/"))
    );
}

#[test]
fn a_duplicate_is_one_document_with_two_places() {
    let world = World::usual();
    world.write("again/visit.txt", &fs_bytes(&world, "notes/visit.txt"));
    world.run(&["ingest"]).ends(0).says("1 duplicates");
    assert_eq!(world.found("lantern").len(), 1);
    let document = &world.json(&["search", "lantern"])["documents"][0];
    assert_eq!(document["paths"].as_array().unwrap().len(), 2);
    assert_eq!(world.found("source:again lantern").len(), 1);
    // Whichever place goes, the document stays.
    fs::remove_file(world.corpus("again/visit.txt")).unwrap();
    world.run(&["ingest"]).ends(0).says("0 duplicates").says("0 missing");
    assert_eq!(world.found("lantern"), ["corpus/notes/visit.txt"]);
    assert!(world.found("source:again lantern").is_empty());
}

#[test]
fn a_vanished_file_takes_no_evidence_with_it() {
    let world = World::usual();
    fs::remove_file(world.corpus("notes/visit.txt")).unwrap();
    world.run(&["ingest"]).ends(0).says("1 missing").notes("misl status --missing");
    assert_eq!(world.found("lantern"), ["corpus/notes/visit.txt"]);
    world
        .run(&["status", "--missing"])
        .ends(0)
        .says("corpus/notes/visit.txt  missing")
        .says("1 file\n");
    world.run(&["show", "notes"]).ends(0).says("lantern");
    world.run(&["verify"]).ends(0).says("gone, its text is kept: corpus/notes/visit.txt");
    world.run(&["repair"]).ends(0);
    assert_eq!(world.found("lantern"), ["corpus/notes/visit.txt"]);
    // It comes back: the same document.
    world.put(&Files::usual());
    world.run(&["ingest"]).ends(0).says("0 missing");
    assert_eq!(world.found("lantern"), ["corpus/notes/visit.txt"]);
}

#[test]
fn a_changed_file_is_found_by_its_new_words_alone() {
    let world = World::usual();
    world.write(
        "notes/visit.txt",
        b"The clerk showed a paper lamp of some other petition, twice.\n",
    );
    let report = world.json(&["ingest"]);
    assert_eq!(report["report"]["read"], 1);
    assert_eq!(world.found("lamp"), ["corpus/notes/visit.txt"]);
    assert!(world.found("lantern").is_empty());
    assert_eq!(world.json(&["status"])["seen"], 5);
}

#[test]
fn a_changed_archive_forgets_members_that_are_gone() {
    let world = World::new();
    world.write(
        "box.zip",
        &zip(&[("a.txt", b"The heron is here.\n"), ("b.txt", b"The stork is here.\n")]),
    );
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.found("heron"), ["corpus/box.zip!/a.txt"]);
    assert_eq!(world.json(&["ingest"])["report"]["read"], 0);
    world.write(
        "box.zip",
        &zip(&[("a.txt", b"The heron is here.\n"), ("c.txt", b"The egret is here.\n")]),
    );
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.found("heron"), ["corpus/box.zip!/a.txt"]);
    assert_eq!(world.found("egret"), ["corpus/box.zip!/c.txt"]);
    assert!(world.found("stork").is_empty());
    fs::remove_file(world.corpus("box.zip")).unwrap();
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.found("egret"), ["corpus/box.zip!/c.txt"], "the kept text stays");
}

#[test]
fn an_archive_that_is_touched_moved_or_copied_holds_what_it_held() {
    let world = World::new();
    let inner = zip(&[("b.txt", b"The stork is here.\n"), ("c.bin", &[0, 159, 146, 150, 7])]);
    world.write("box.zip", &zip(&[("a.txt", b"The heron is here.\n"), ("inner.zip", &inner)]));
    world.run(&["ingest"]).ends(0);
    let before = world.states();
    assert_eq!(before.len(), 5, "{before:?}");

    let box_zip = fs::File::open(world.corpus("box.zip")).unwrap();
    box_zip.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
    world.run(&["ingest"]).ends(0).says("Read 0.");
    assert_eq!(world.states(), before);

    fs::rename(world.corpus("box.zip"), world.corpus("chest.zip")).unwrap();
    world.run(&["ingest"]).ends(0).says("Read 0.");
    let moved: Vec<String> = before.iter().map(|row| row.replace("box.zip", "chest.zip")).collect();
    assert_eq!(world.states(), moved);
    assert_eq!(world.found("heron"), ["corpus/chest.zip!/a.txt"]);
    assert_eq!(world.found("stork"), ["corpus/chest.zip!/inner.zip!/b.txt"]);

    // A copy is a second place of each member: the first may go.
    fs::copy(world.corpus("chest.zip"), world.corpus("trunk.zip")).unwrap();
    world.run(&["ingest"]).ends(0).says("Read 0.");
    fs::remove_file(world.corpus("chest.zip")).unwrap();
    world.run(&["ingest"]).ends(0).says("Read 0.");
    assert_eq!(world.found("stork"), ["corpus/trunk.zip!/inner.zip!/b.txt"]);

    // It went and came back.
    fs::rename(world.corpus("trunk.zip"), world.path().join("trunk.zip")).unwrap();
    world.run(&["ingest"]).ends(0);
    fs::rename(world.path().join("trunk.zip"), world.corpus("box.zip")).unwrap();
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.states(), before);
}

#[test]
fn two_copies_of_an_archive_are_two_places_of_each_member() {
    let world = World::new();
    let bytes = zip(&[("a.txt", b"The heron is here.\n"), ("b.txt", b"The stork is here.\n")]);
    world.write("one.zip", &bytes);
    world.write("two.zip", &bytes);
    world.run(&["ingest"]).ends(0).says("6 seen").says("3 duplicates");
    fs::remove_file(world.corpus("one.zip")).unwrap();
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.found("heron"), ["corpus/two.zip!/a.txt"]);
}

#[test]
fn an_archive_is_opened_again_for_a_member_whose_reader_is_new() {
    let world = World::new();
    let inner = zip(&[("b.txt", b"The stork is here.\n")]);
    world.write("box.zip", &zip(&[("a.txt", b"The heron is here.\n"), ("inner.zip", &inner)]));
    world.run(&["ingest"]).ends(0).says("Read 4.");
    let store = rusqlite::Connection::open(world.path().join("index/store.db")).unwrap();
    let is_b = "docn = (SELECT docn FROM path WHERE path LIKE '%/b.txt')";
    store.execute(&format!("UPDATE source SET reader_version = 'older' WHERE {is_b}"), []).unwrap();
    let is_a = is_b.replace("/b.txt", "/a.txt");
    store.execute(&format!("UPDATE source SET read_at = 0 WHERE {is_a}"), []).unwrap();
    drop(store);
    // Both archives on the way to it, and it; its neighbour is not read again.
    world.run(&["ingest"]).ends(0).says("Read 3.");
    let store = rusqlite::Connection::open(world.path().join("index/store.db")).unwrap();
    let read_at = |one: &str| -> i64 {
        let sql = format!("SELECT read_at FROM source WHERE {one}");
        store.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(read_at(&is_a), 0);
    assert!(read_at(is_b) > 0);
    drop(store);
    world.run(&["ingest"]).ends(0).says("Read 0.");
    assert_eq!(world.found("stork"), ["corpus/box.zip!/inner.zip!/b.txt"]);
}

#[test]
fn a_message_inside_a_message_is_read_by_itself() {
    use std::io::Write as _;
    let world = World::new();
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let attachment = "/__attach_version1.0_#00000000";
    let inner = format!("{attachment}/__substg1.0_3701000D");
    file.create_storage(attachment).unwrap();
    file.create_storage(&inner).unwrap();
    for (name, bytes) in [
        ("/__properties_version1.0".to_owned(), vec![0; 32]),
        ("/__substg1.0_1000001F".to_owned(), wide("The heron is here.")),
        (format!("{attachment}/__properties_version1.0"), vec![0; 8]),
        (format!("{inner}/__properties_version1.0"), vec![0; 24]),
        (format!("{inner}/__substg1.0_0037001F"), wide("Egrets")),
        (format!("{inner}/__substg1.0_1000001F"), wide("The egret is here.")),
    ] {
        file.create_stream(name).unwrap().write_all(&bytes).unwrap();
    }
    file.flush().unwrap();
    world.write("birds.msg", &file.into_inner().into_inner());
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.found("heron"), ["corpus/birds.msg"]);
    assert_eq!(world.found("egret"), ["corpus/birds.msg!/Egrets.msg"]);
}

#[test]
fn a_page_of_a_web_archive_knows_where_and_when_it_was_seen() {
    let world = World::new();
    let capture = |kind: &str, url: &str, status: u16, body: &str| {
        let answer = format!("HTTP/1.1 {status} X\r\nContent-Type: text/html\r\n\r\n{body}");
        format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-04-05T10:00:00Z\r\n\
             Content-Length: {}\r\n\r\n{answer}\r\n\r\n",
            answer.len()
        )
    };
    let warc = [
        capture("response", "https://birds.example/heron", 200, "<p>The heron is here.</p>"),
        capture("response", "https://birds.example/stork", 404, "<p>The stork is not.</p>"),
        capture("revisit", "https://birds.example/heron", 200, ""),
    ];
    // A page that does not say its encoding, from a server that does.
    let answer = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1256\r\n\r\n<p>".as_slice(),
        b"\xC7\xE1\xCF\xE6\xD1\xED \xE5\xE4\xC7",
    ]
    .concat();
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://birds.example/ar\r\n\
         Content-Length: {}\r\n\r\n",
        answer.len()
    );
    let warc = [warc.concat().as_bytes(), head.as_bytes(), &answer, b"\r\n\r\n"].concat();
    world.write("birds.warc", &warc);
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.found("الدوري"), ["corpus/birds.warc!/https://birds.example/ar"]);
    let place = "corpus/birds.warc!/https://birds.example/heron";
    assert_eq!(world.found("heron"), [place]);
    assert!(world.found("stork").is_empty());
    let page = world.json(&["show", place]);
    let record = &page["record"];
    assert_eq!(record["url"]["value"], "https://birds.example/heron", "{page}");
    assert_eq!(record["dates"][0]["role"], "captured");
    assert_eq!(record["dates"][0]["value"], "2031-04-05");
    world
        .run(&["status", "--failed"])
        .ends(0)
        .says("the site answered with an error instead of the page")
        .says("not changed since an earlier capture")
        .never_says("http-status:404");
    let skipped = world.run(&["status", "--failed", "--json"]);
    skipped.says("http-status:404").says("revisit");
}

#[test]
fn roots_are_remembered_and_never_written() {
    let world = World::new();
    let root = tempfile::tempdir().unwrap();
    crate::common::write(&root.path().join("deep/bird.txt"), b"The heron stands in the canal.\n");
    let old = SystemTime::now() - Duration::from_secs(90_000);
    fs::File::options()
        .write(true)
        .open(root.path().join("deep/bird.txt"))
        .unwrap()
        .set_modified(old)
        .unwrap();
    let before = snapshot(root.path());
    let at = root.path().canonicalize().unwrap();
    world.run(&["ingest", at.to_str().unwrap()]).ends(0).says("Remembered").says("roots.toml");
    assert!(read(&world.corpus("roots.toml")).contains(at.to_str().unwrap()));
    let bird = at.join("deep/bird.txt");
    assert_eq!(world.found("heron"), [bird.to_str().unwrap()]);
    world.run(&["edit", bird.to_str().unwrap(), "--set", "title=The heron"]).ends(0);
    crate::common::write(&root.path().join("second.txt"), b"The stork came later.\n");
    world.run(&["ingest"]).ends(0).says("1 unchanged. Read 1.");
    assert_eq!(world.found("stork").len(), 1);
    fs::remove_file(root.path().join("second.txt")).unwrap();
    assert_eq!(snapshot(root.path()), before);
    assert_eq!(fs::metadata(&bird).unwrap().modified().unwrap(), old);
}

#[test]
fn links_and_pipes_are_skipped_with_their_reason() {
    let world = World::usual();
    std::os::unix::fs::symlink("/etc", world.corpus("etc")).unwrap();
    std::os::unix::fs::symlink(world.path(), world.corpus("loop")).unwrap();
    world.shell("mkfifo corpus/pipe").ends(0);
    world.run(&["ingest"]).ends(0).says("3 skipped");
    world
        .run(&["status", "--failed"])
        .says("corpus/etc  skipped")
        .says("links are not followed")
        .says("corpus/pipe  skipped");
}

#[test]
fn odd_names_are_read_and_shown_harmlessly() {
    use std::os::unix::ffi::OsStrExt as _;
    let world = World::new();
    world.write("new\nline \u{1b}[2J.txt", b"The heron stands here.\n");
    crate::common::write(
        &world.path().join("corpus").join(std::ffi::OsStr::from_bytes(b"b\xffd.txt")),
        b"The stork stands there.\n",
    );
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.found("stork"), ["corpus/b\\xffd.txt"]);
    let run = world.run(&["status", "--all"]).ends(0);
    assert!(!run.stdout.contains('\u{1b}'), "{run:?}");
    world.run(&["search", "heron"]).ends(0);
    assert_eq!(world.json(&["ingest"])["report"]["read"], 0);
}

#[test]
fn a_sidecar_overrides_the_file_and_may_change_later() {
    let world = World::usual();
    let title = |world: &World| {
        let show = world.json(&["show", "corpus/news/story.md"]);
        let title = &show["record"]["title"];
        format!("{} {}", title["value"].as_str().unwrap(), title["origin"].as_str().unwrap())
    };
    assert_eq!(title(&world), "Regulator asked about the kite firewall front-matter");
    world.write("news/story.md.misl.toml", b"title = \"The kite story\"\nx-shelf = \"B4\"\n");
    let report = world.json(&["ingest"]);
    assert_eq!(report["report"]["read"], 0, "a sidecar is no reason to read the file again");
    assert_eq!(title(&world), "The kite story sidecar");
    assert_eq!(world.found("title:story"), ["corpus/news/story.md"]);
    world.write("news/story.md.misl.toml", b"title = \"The second story\"\n");
    world.run(&["ingest"]).ends(0);
    assert_eq!(title(&world), "The second story sidecar");
    // A person's record is above the sidecar.
    world.run(&["edit", "corpus/news/story.md", "--set", "title=The person's story"]).ends(0);
    assert_eq!(title(&world), "The person's story person");
    world.run(&["edit", "corpus/news/story.md", "--unset", "title"]).ends(0);
    assert_eq!(title(&world), "The second story sidecar");
    fs::remove_file(world.corpus("news/story.md.misl.toml")).unwrap();
    world.run(&["ingest"]).ends(0);
    assert_eq!(title(&world), "Regulator asked about the kite firewall front-matter");
}

#[test]
fn a_slip_in_a_sidecar_is_said_and_stops_nothing() {
    let world = World::new();
    world.put(&Files::usual().and("news/story.md.misl.toml", "kind = \"news\"\ncort = \"ihc\"\n"));
    world.run(&["ingest"]).ends(0).notes("line 2: unknown field `cort`");
    assert_eq!(world.found("kite").len(), 2);
}

#[test]
fn a_new_entity_tags_kept_texts_without_reading() {
    let world = World::usual();
    assert!(world.run(&["search", "tag:kite-firewall"]).status == 2);
    world.write(
        "entities.toml",
        b"[[entity]]\nid = \"kite-firewall\"\nkind = \"system\"\nname = \"kite firewall\"\n",
    );
    let report = world.json(&["ingest"]);
    assert_eq!((&report["report"]["read"], &report["report"]["retagged"]), (&0.into(), &5.into()));
    assert_eq!(
        world.found("tag:kite-firewall"),
        ["corpus/news/story.md", "corpus/web/statement.html"]
    );
}

#[test]
fn settings_files_of_our_own_are_no_sources() {
    let world = World::usual();
    world.run(&["list", "add", "brief", "notes"]).ends(0);
    world.run(&["edit", "notes", "--tag", "pta"]).ends(0);
    world.write("entities.toml", b"");
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.json(&["status"])["seen"], 5);
}

#[test]
fn what_misl_writes_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::usual();
    world.run(&["list", "add", "brief", "notes"]).ends(0);
    for place in ["index", "corpus/lists"] {
        for entry in walkdir::WalkDir::new(world.path().join(place)) {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{} is {mode:o}", entry.path().display());
        }
    }
}

#[test]
fn readers_are_confined_or_the_run_says_by_what() {
    let world = World::new();
    world.put(&Files::usual());
    let run = world.run(&["ingest", "--require-sandbox"]);
    // What a system allows differs: it is read confined, or refused with words, never read unsafely.
    if run.status == 0 {
        assert_eq!(world.json(&["status"])["seen"], 5);
    } else {
        assert_eq!(run.stdout, "");
        run.notes("confine");
    }
}

#[test]
fn a_password_opens_and_a_wrong_one_is_said() {
    // The program reads passwords from a file, never from the arguments that others can list.
    let world = World::new();
    world.write("sealed.pdf", &crate::common::encrypted::pdf("heron", "The lantern was lit"));
    world.run(&["ingest"]).ends(3);
    world.run(&["status", "--failed"]).ends(0).says("encrypted").says("--password-file");
    crate::common::write(&world.path().join("words"), b"one\ntwo\n");
    world.run(&["ingest", "--retry-failed", "--password-file", "words"]).ends(3);
    world.run(&["search", "lantern"]).ends(1);
    crate::common::write(&world.path().join("words"), b"one\nheron\n");
    world.run(&["read", "corpus/sealed.pdf"]).ends(3);
    world
        .run(&["read", "corpus/sealed.pdf", "--password-file", "words"])
        .ends(0)
        .says("The lantern was lit");
    world.run(&["ingest", "--retry-failed", "--password-file", "words"]).ends(0);
    world.run(&["search", "lantern"]).ends(0).says("sealed");
}

fn fs_bytes(world: &World, name: &str) -> Vec<u8> {
    read(&world.corpus(name)).into_bytes()
}

#[test]
fn without_ocr_pages_that_hold_no_text_are_counted_as_unread() {
    let world = World::new();
    world.put(&Files::usual());
    world.run(&["ingest", "--ocr", "never"]).ends(0);
    let answer = world.json(&["status"]);
    let pages = answer["unread"]["pages"].as_u64().unwrap();
    let listed = world.run(&["status", "--low-text"]).ends(0).stdout;
    assert_eq!(pages > 0, listed.contains("no-text") || listed.contains("ocr-missing"), "{listed}");
}
