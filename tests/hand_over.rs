//! What leaves a workspace: bundles, the account of identifiers, Urdu citations.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn misl(workspace: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_misl"));
    command.arg("-C").arg(workspace).args(args).output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// Makes a workspace of two orders; the second one holds an invented identity number.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(status(&misl(folder.path(), &["init", "."])), 0);
    let order = |number: u32, words: &str| {
        format!(
            "---\nkind: order\ntitle: A v. B\ncourt: ihc\nnumber: W.P. No. {number}/2021\ndate: 2021-03-04\n---\n\n1. {words}\n"
        )
    };
    let first = order(77, "The <script>alert(1)</script> Authority shall not direct any licensee.");
    let second = order(78, "The subscriber with CNIC 35202-1234567-1 came on 3 March.");
    fs::write(folder.path().join("corpus/first.md"), first).unwrap();
    fs::write(folder.path().join("corpus/second.md"), second).unwrap();
    assert_eq!(status(&misl(folder.path(), &["ingest"])), 0);
    folder
}

#[test]
fn a_bundle_holds_what_the_list_rests_on() {
    let folder = workspace();
    let at = folder.path();
    let quote = "Authority shall not direct any licensee";
    let add = ["list", "add", "brief", "ihc-2021-wp-77@para1", "--quote", quote];
    assert_eq!(status(&misl(at, &add)), 0);
    let bag = at.join("bag");
    let run = |more: &[&str]| {
        let mut args = vec!["export", "brief", "--bundle", bag.to_str().unwrap()];
        args.extend(more);
        misl(at, &args)
    };
    let output = run(&["--json"]);
    assert_eq!(status(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["schema"], "misl.bundle/1");
    let checked = Command::new("sha256sum")
        .args(["--quiet", "-c", "manifest-sha256.txt"])
        .current_dir(&bag)
        .status();
    assert!(checked.is_err() || checked.is_ok_and(|status| status.success()));
    is_bag(&bag);
    let names: Vec<&str> = answer["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    let source = names.iter().find(|name| name.starts_with("data/sources/")).unwrap();
    assert_eq!(
        fs::read(bag.join(source)).unwrap(),
        fs::read(at.join("corpus/first.md")).unwrap(),
        "the original was not copied byte for byte"
    );
    let page = fs::read_to_string(bag.join("data/quotations.html")).unwrap();
    assert!(page.contains(quote) && page.contains("exact: page 1, paragraph 1"), "{page}");
    assert!(!page.contains("<script"), "{page}");
    // What is there is never replaced.
    assert_eq!(status(&run(&[])), 2);
}

/// Fails unless the folder is a bag by RFC 8493: declared, complete, nothing besides, its counts right.
fn is_bag(bag: &Path) {
    let text = |name: &str| fs::read_to_string(bag.join(name)).unwrap();
    assert_eq!(text("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let listed = |manifest: &str| -> Vec<String> {
        let text = text(manifest);
        let mut paths: Vec<String> =
            text.lines().map(|line| line.split_once("  ").unwrap().1.to_owned()).collect();
        paths.sort();
        paths
    };
    let mut there = Vec::new();
    let mut n_bytes = 0;
    let mut folders = vec![bag.join("data")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                n_bytes += entry.metadata().unwrap().len();
                let path = entry.path().strip_prefix(bag).unwrap().to_owned();
                there.push(path.to_string_lossy().into_owned());
            }
        }
    }
    there.sort();
    assert_eq!(listed("manifest-sha256.txt"), there);
    let oxum = format!("Payload-Oxum: {n_bytes}.{}", there.len());
    assert!(text("bag-info.txt").contains(&oxum), "{} is not {oxum}", text("bag-info.txt"));
    let tags = listed("tagmanifest-sha256.txt");
    for tag in ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"] {
        assert!(tags.iter().any(|listed| listed == tag), "{tag} of {tags:?}");
    }
    let tags = Command::new("sha256sum")
        .args(["--quiet", "-c", "tagmanifest-sha256.txt"])
        .current_dir(bag)
        .status();
    assert!(tags.is_err() || tags.is_ok_and(|status| status.success()));
}

#[test]
fn identifiers_are_listed_masked_and_stop_a_bundle() {
    let folder = workspace();
    let at = folder.path();
    let output = misl(at, &["pii", "--json"]);
    assert_eq!(status(&output), 0);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["counts"]["CNIC"], 1);
    assert_eq!(answer["finds"][0]["place"], "ihc-2021-wp-78@para1");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("1234567"));
    assert_eq!(status(&misl(at, &["pii", "ihc-2021-wp-77"])), 1);
    assert_eq!(status(&misl(at, &["list", "add", "x", "ihc-2021-wp-78@para1"])), 0);
    let bag = at.join("bag");
    let run = |more: &[&str]| {
        let mut args = vec!["export", "x", "--bundle", bag.to_str().unwrap()];
        args.extend(more);
        status(&misl(at, &args))
    };
    assert_eq!(run(&[]), 7);
    assert!(!bag.exists(), "something was written");
    assert_eq!(run(&["--redact"]), 0);
    let page = fs::read_to_string(bag.join("data/pages/ihc-2021-wp-78-p1.txt")).unwrap();
    assert!(page.contains("█ CNIC") && !page.contains("1234567"), "{page}");
    assert!(!bag.join("data/sources").exists());
}

#[test]
fn urdu_citations_have_their_own_table() {
    let folder = workspace();
    let output = misl(folder.path(), &["cite", "ihc-2021-wp-77@para1", "--lang", "ur"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("پیرا"), "{output:?}");
}
