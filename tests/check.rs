//! `misl check` from a draft on disk to its exit status, on a small workspace.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

const ORDER: &str = "---
kind: order
title: Amina Tariq v. Federation of Pakistan
court: ihc
number: W.P. No. 77/2021
date: 2021-03-04
status:
  - state: stayed
    by: scp
    date: 2021-05-06
    source: our own fixture
---

1. The Authority shall not direct any licensee to record more than 4 million calls under section 54.

2. The officer said that nobody was told about the tapping of telephones that year.
";

fn misl(workspace: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_misl"));
    command.arg("-C").arg(workspace).args(args).output().unwrap()
}

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(misl(folder.path(), &["init", "."]).status.success());
    fs::write(folder.path().join("corpus/order.md"), ORDER).unwrap();
    let read = misl(folder.path(), &["ingest"]);
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    folder
}

/// Checks a draft; returns the exit status and the answer.
fn check(workspace: &Path, name: &str, draft: &[u8]) -> (i32, serde_json::Value) {
    let path = workspace.join(name);
    fs::write(&path, draft).unwrap();
    let output = misl(workspace, &["check", path.to_str().unwrap(), "--json"]);
    let answer = serde_json::from_slice(&output.stdout).unwrap_or_default();
    assert_eq!(fs::read(&path).unwrap(), draft, "the draft was changed");
    (output.status.code().unwrap(), answer)
}

fn verdicts(answer: &serde_json::Value) -> Vec<(u64, String)> {
    let all = answer["quotations"].as_array().unwrap().iter();
    all.map(|one| (one["line"].as_u64().unwrap(), one["verdict"].as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn quotations_and_citations_of_a_draft() {
    let folder = workspace();
    let draft = "It “shall not direct any licensee” (ihc-2021-wp-77@para1).\n\n\
        It “shall direct any licensee to record” (W.P. No. 77/2021, para 1).\n\n\
        “nobody was told about the tapping of telephones” (ihc-2021-wp-77@para1)\n\n\
        “purple elephants dance upon the moon tonight”, see ihc-2021-wp-78@p1 and PLD 1998 SC 388.\n";
    let (status, answer) = check(folder.path(), "brief.md", draft.as_bytes());
    assert_eq!(status, 1);
    assert_eq!(answer["schema"], "misl.check/1");
    assert_eq!(
        verdicts(&answer),
        [
            (1, "exact".to_owned()),
            (3, "negation-changed".to_owned()),
            (5, "wrong-place".to_owned()),
            (7, "not-checkable".to_owned()),
        ]
    );
    let first = &answer["quotations"][0];
    assert_eq!(first["found"][0]["cite_as"], "ihc-2021-wp-77@para1");
    assert_eq!(
        first["claimed"]["notes"][0],
        "stayed by Supreme Court of Pakistan, 2021-05-06 (source: our own fixture)"
    );
    let states: Vec<&str> = answer["citations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["found", "found", "found", "absent", "absent"]);
}

#[test]
fn a_draft_without_fault_is_verified() {
    let folder = workspace();
    let draft = b"It says that it \"shall not direct any licensee\" (ihc-2021-wp-77@para1).";
    assert_eq!(check(folder.path(), "brief.txt", draft).0, 0);
    assert_eq!(check(folder.path(), "brief.md", b"Nothing is quoted here.").0, 0);
    assert_eq!(check(folder.path(), "broken.docx", b"PK\x03\x04 no").0, 2);
    assert_eq!(check(folder.path(), "latin.txt", b"\xe9t\xe9 \xff").0, 2);
}

#[test]
fn a_word_document_is_read_by_paragraphs() {
    let folder = workspace();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let paragraphs =
        ["A brief.", "It “shall not direct any licensee to record more than 5 million calls”."];
    let body: String =
        paragraphs.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect();
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    for (name, text) in [("[Content_Types].xml", types), ("word/document.xml", document.as_str())] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let (status, answer) = check(folder.path(), "brief.docx", &bytes);
    assert_eq!(status, 1);
    assert_eq!(verdicts(&answer), [(2, "number-changed".to_owned())]);
}

#[test]
fn the_annotated_copy_replaces_nothing_unasked() {
    let folder = workspace();
    let draft = folder.path().join("brief.md");
    let text = "It “shall direct any licensee to record”.\n";
    fs::write(&draft, text).unwrap();
    let run = |copy: &Path, more: &[&str]| {
        let mut args = vec!["check", draft.to_str().unwrap(), "--annotate", copy.to_str().unwrap()];
        args.extend(more);
        misl(folder.path(), &args).status.code().unwrap()
    };
    let copy = folder.path().join("copy.md");
    assert_eq!(run(&copy, &[]), 1);
    let written = fs::read_to_string(&copy).unwrap();
    assert!(
        written.starts_with("It “shall direct any licensee to record”.[^misl-1]\n"),
        "{written}"
    );
    assert!(written.contains("[^misl-1]: negation-changed: "), "{written}");
    assert_eq!(run(&copy, &[]), 2);
    assert_eq!(run(&copy, &["--force"]), 1);
    assert_eq!(run(&draft, &["--force"]), 2);
    assert_eq!(fs::read_to_string(&draft).unwrap(), text);
}
