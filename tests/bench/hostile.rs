//! How long hostile queries take: each must end within a second, refused or answered.
//!
//! `cargo bench --bench hostile -- WORKSPACE`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "../common/hostile.rs"]
mod hostile;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use misl::task::search::{SearchOptions, search_with};
use misl::task::{Desk, Workspace};

fn main() -> ExitCode {
    let folder = std::env::args().skip(1).find(|arg| !arg.starts_with("--")).map(PathBuf::from);
    let Some(folder) = folder else {
        println!("usage: cargo bench --bench hostile -- WORKSPACE");
        return ExitCode::SUCCESS;
    };
    match run(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let workspace = Workspace::find(&folder.canonicalize()?).ok_or("no workspace there")?;
    let desk = Desk::open(workspace)?;
    let engine = desk.engine()?;
    println!("{:<34} {:>9}  answer", "query", "ms");
    for (name, query) in hostile::queries() {
        let options = SearchOptions {
            query: &query,
            flags: &[],
            offset: 0,
            limit: 10,
            passages: 5,
            facets: &[],
            facet_limit: 0,
            sort: None,
            fold: true,
            stop: &|| false,
        };
        let started = Instant::now();
        let answer = search_with(&desk, &engine, &options);
        let ms = started.elapsed().as_secs_f64() * 1_000.0;
        let said = match answer {
            Ok(answer) => format!("{} documents", answer.total_documents),
            Err(error) => format!("refused: {error}"),
        };
        let said: String = said.chars().take(60).collect();
        println!("{name:<34} {ms:>9.1}  {said}");
    }
    Ok(())
}
