//! One binary for every test that needs the whole program; `every_file_is_listed` keeps it whole.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::duration_suboptimal_units,
    reason = "a test fails by panicking, handles texts and files of its own, and says what it measured"
)]

mod check;
mod cli;
mod common;
mod hand_over;
mod layers;
mod quality;
mod ranking;
mod worker;

#[test]
fn every_file_is_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let text = misl::corpus::files::read_text(&folder.join("run.rs"), 1 << 20).unwrap().unwrap();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_module =
            path.extension().is_some_and(|end| end == "rs") || path.join("mod.rs").is_file();
        if is_module && name != "run" {
            assert!(text.contains(&format!("mod {name};")), "tests/{name} is not listed in run.rs");
        }
    }
}
