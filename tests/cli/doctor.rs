//! What the machine allows, and reading only where it allows enough.

use crate::common::{World, run_in};

#[test]
fn the_machine_is_described_in_and_out_of_a_workspace() {
    let folder = tempfile::tempdir().unwrap();
    run_in(folder.path(), &["doctor"]).ends(0).says("sandbox ").says("workspace   none");
    let world = World::usual();
    let run = world.run(&["doctor"]).ends(0);
    let run = run.says("index/      yours alone").says("search      sound");
    assert!(!run.stderr.contains("error"), "{}", run.stderr);
    let answer = world.json(&["doctor"]);
    assert_eq!(answer["schema"], "misl.doctor/1");
    assert_eq!(answer["sandbox"]["limits"], true);
    assert_eq!(answer["workspace"]["store"], "sound");
    assert!(answer["workspace"]["documents"].as_u64().unwrap() > 0);
}

#[test]
fn a_damaged_index_is_named_with_its_cure() {
    let world = World::usual();
    let index = world.path().join("index/g0001");
    for entry in std::fs::read_dir(&index).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "store") {
            std::fs::File::options().write(true).open(&path).unwrap().set_len(10).unwrap();
        }
    }
    world.run(&["doctor"]).ends(0).notes("`misl repair` rebuilds it");
    world.run(&["repair"]).ends(0);
    world.run(&["doctor"]).ends(0).says("search      sound");
}

#[test]
fn reading_can_be_refused_where_the_sandbox_is_weak() {
    let world = World::usual();
    world.write("new.txt", b"A new file waits.\n");
    let is_full = world.json(&["doctor"])["sandbox"]["level"] == "full";
    let run = world.run(&["ingest", "--require-sandbox"]);
    if is_full {
        run.ends(0).says("Read 1.");
    } else {
        run.ends(2).notes("--require-sandbox asks for Landlock and seccomp");
    }
}
