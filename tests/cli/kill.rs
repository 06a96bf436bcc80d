//! Killed at any point: nothing is lost, nothing is doubled, the next run goes on.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::common::{Run, World, misl, run_in};

/// How often an ingest is killed.
const KILLS: u64 = 50;

/// Documents that are added before each kill.
const NEW_EACH: u64 = 6;

/// A generator of numbers that is the same on every run (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

fn text(n: u64) -> String {
    let filling =
        "Wires and ledgers and the rules about them are spoken of here at some length. ".repeat(6);
    format!(
        "Note {n}\n\nThe word zq{n}qz stands in this note alone.\n\n{filling}\n\n\
         The Pakistan Telecommunication Authority is named too.\n"
    )
}

fn start(folder: &Path, args: &[&str]) -> Child {
    misl()
        .current_dir(folder)
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Fails unless every one of `n` documents is there once, by the store and by the index.
fn check(world: &World, n: u64) {
    let answer = world.json(&["search", "--all", "wires"]);
    assert_eq!(answer["total_documents"], n);
    let documents = answer["documents"].as_array().unwrap();
    let mut ids: Vec<&str> = documents.iter().map(|one| one["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len() as u64, n, "ids are unique");
    let mut words: Vec<u64> = Vec::new();
    let zq = world.json(&["search", "--all", "\"stands in this note alone\""]);
    for document in zq["documents"].as_array().unwrap() {
        let passages = document["passages"].as_array().unwrap();
        assert_eq!(passages.len(), 1, "nothing is doubled: {document}");
        let text = passages[0]["text"].as_str().unwrap();
        words.push(text.split("zq").nth(1).unwrap().split("qz").next().unwrap().parse().unwrap());
    }
    words.sort_unstable();
    assert!(words.iter().copied().eq(0..n), "every document is found once");
    let own = n / 3;
    assert_eq!(world.found(&format!("zq{own}qz")).len(), 1, "zq{own}qz");
    let tags = world.json(&["tags", "tag:pta"]);
    assert_eq!(tags["total_documents"], n);
}

#[test]
fn fifty_kills_lose_and_double_nothing() {
    let world = World::new();
    let mut numbers = Numbers(20_310_225);
    let mut n_documents = 0;
    let mut n_killed = 0;
    for round in 0..KILLS {
        for _ in 0..NEW_EACH {
            world.write(
                &format!("d{}/{n_documents}.txt", n_documents % 7),
                text(n_documents).as_bytes(),
            );
            n_documents += 1;
        }
        let args: &[&str] =
            if round % 10 == 9 { &["repair"] } else { &["ingest", "--jobs", "2", "--quiet"] };
        let mut child = start(world.path(), args);
        std::thread::sleep(Duration::from_millis(5 + numbers.below(395)));
        n_killed += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        // Whatever the moment was: what is there can be read.
        let run = world.run(&["search", "wires"]);
        assert!(run.status == 0 || run.status == 1, "round {round}: {run:?}");
        if round % 5 == 4 {
            world.run(&["ingest", "--quiet"]).ends(0);
            world.run(&["verify"]).ends(0);
            check(&world, n_documents);
        }
    }
    world.run(&["ingest", "--quiet"]).ends(0).says("0 failed");
    world.run(&["verify"]).ends(0);
    check(&world, n_documents);
    assert_eq!(world.json(&["ingest"])["report"]["read"], 0);
    assert!(n_killed >= KILLS / 4, "too few runs were still at work when killed: {n_killed}");
    let left: Vec<_> = crate::common::snapshot(&world.path().join("index"))
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| name.contains(".tmp") || name.contains(".new"))
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

#[test]
fn interrupted_it_ends_with_130_and_what_was_read_can_be_searched() {
    let world = World::new();
    let n = 600;
    for i in 0..n {
        world.write(&format!("d{}/{i}.txt", i % 7), text(i).as_bytes());
    }
    // The moment is found by trying: the run must be past its start and not yet done, and how long
    // that takes is the machine's business.
    let mut delay = Duration::from_millis(250);
    for _ in 0..20 {
        let child = start(world.path(), &["ingest", "--jobs", "1"]);
        std::thread::sleep(delay);
        let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        kill_process(pid, Signal::INT).unwrap();
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        let kept = world.run(&["status", "--json"]);
        let read = if kept.status == 0 { kept.json()["seen"].as_u64().unwrap() } else { 0 };
        if output.status.code() == Some(130) && read > 0 {
            assert!(stderr.contains("Stopping after this file."), "{stderr}");
            assert!(stderr.contains("`misl ingest` goes on"), "{stderr}");
            assert!(read < n, "it stopped before the end");
            world.run(&["verify"]).ends(0);
            check_some(&world, read);
            world.run(&["ingest", "--quiet"]).ends(0);
            check(&world, n);
            return;
        }
        // Too early or too late: begin anew.
        delay = if read < n { delay * 3 / 2 } else { delay * 2 / 3 };
        std::fs::remove_dir_all(world.path().join("index")).unwrap();
        std::fs::create_dir(world.path().join("index")).unwrap();
    }
    panic!("no moment was found at which the run was under way");
}

#[test]
fn a_second_ctrl_c_ends_at_once_and_loses_nothing() {
    let world = World::new();
    let n = 600;
    for i in 0..n {
        world.write(&format!("d{}/{i}.txt", i % 7), text(i).as_bytes());
    }
    // The moment is found by trying, as above.
    let mut delay = Duration::from_millis(250);
    for _ in 0..20 {
        let mut child = start(world.path(), &["ingest", "--jobs", "1"]);
        std::thread::sleep(delay);
        let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        let was_at_work = child.try_wait().unwrap().is_none();
        // Signals of one kind that wait become one: the second is sent when the first was taken.
        while child.try_wait().unwrap().is_none() {
            kill_process(pid, Signal::INT).unwrap();
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().unwrap();
        if was_at_work && output.status.code() == Some(130) {
            world.run(&["ingest", "--quiet"]).ends(0);
            world.run(&["verify"]).ends(0);
            check(&world, n);
            return;
        }
        delay = if was_at_work { delay * 3 / 2 } else { delay * 2 / 3 };
        std::fs::remove_dir_all(world.path().join("index")).unwrap();
        std::fs::create_dir(world.path().join("index")).unwrap();
    }
    panic!("no moment was found at which the run was under way");
}

/// Fails unless exactly `n` documents are found, each once.
fn check_some(world: &World, n: u64) {
    let run: Run = run_in(world.path(), &["search", "--all", "--jsonl", "wires"]).ends(0);
    assert_eq!(run.stdout.lines().count() as u64, n);
}
