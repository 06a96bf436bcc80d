//! How long hostile queries take: each must end within a second, refused or answered.
//!
//! `cargo bench --bench hostile -- WORKSPACE [SECONDS]`, where SECONDS is the deadline (5 where it
//! is not given); prints milliseconds of wall time and of CPU time (one thread; beside other
//! programs CPU time is the one to go by), and `incomplete` where
//! the deadline cut the answer or a pattern has too many forms.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and reads what it is given"
)]

#[path = "../common/hostile.rs"]
mod hostile;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use misl::task::search::{SearchOptions, search_with};
use misl::task::{Desk, Workspace};

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(folder) = args.next().map(PathBuf::from) else {
        println!("usage: cargo bench --bench hostile -- WORKSPACE [SECONDS]");
        return ExitCode::SUCCESS;
    };
    let deadline = args.next().and_then(|seconds| seconds.parse().ok()).unwrap_or(5.0);
    match run(&folder, Duration::from_secs_f64(deadline)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the CPU time of this thread so far, in milliseconds; 0 where the system does not say.
fn cpu_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e6
}

fn run(folder: &std::path::Path, deadline: Duration) -> Result<(), Box<dyn std::error::Error>> {
    let workspace = Workspace::find(&folder.canonicalize()?).ok_or("no workspace there")?;
    let desk = Desk::open(workspace)?;
    let engine = desk.engine()?;
    println!("{:<34} {:>9} {:>9}  answer", "query", "ms", "CPU ms");
    for (name, query) in hostile::queries() {
        let started = Instant::now();
        let cpu_before = cpu_ms();
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
            stop: &|| started.elapsed() >= deadline,
        };
        let answer = search_with(&desk, &engine, &options);
        let ms = started.elapsed().as_secs_f64() * 1_000.0;
        let said = match answer {
            Ok(answer) => {
                let cut = if answer.complete { "" } else { ", incomplete" };
                format!("{} documents{cut}", answer.total_documents)
            }
            Err(error) => format!("refused: {error}"),
        };
        let said: String = said.chars().take(60).collect();
        let cpu = cpu_ms() - cpu_before;
        println!("{name:<34} {ms:>9.1} {cpu:>9.1}  {said}");
    }
    Ok(())
}
