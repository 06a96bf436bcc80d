//! What reading in sandboxed workers costs above reading in this process, in CPU time.
//!
//! `cargo bench --bench pool -- FOLDER… [--rounds N]`. Every file below the folders is read in both
//! ways, turn and turn about, by one thread; the CPU time of the workers counts, their start too.
//! A file that fails costs two workers by design: such files are left out and counted.
//!
//! With `--pictures N` the first N pages of every PDF are drawn at 150 dpi instead, beside `pdftoppm -png`
//! where it is installed.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and reads what it is given"
)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use misl::extract::{self, Job, Limits};
use misl::model::PageNo;
use misl::worker::{Pool, ReadError, Settings};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let option = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + 1)?.parse::<usize>().ok()
    };
    let n_rounds = option("--rounds").unwrap_or(3);
    let n_folders = args.iter().position(|arg| arg.starts_with("--")).unwrap_or(args.len());
    let folders = args.get(..n_folders).unwrap_or_default();
    if folders.is_empty() {
        println!("usage: cargo bench --bench pool -- FOLDER… [--rounds N] [--pictures N]");
        return;
    }
    for folder in folders {
        match option("--pictures") {
            Some(n_pages) => draw(Path::new(folder), n_pages),
            None => measure(Path::new(folder), n_rounds),
        }
    }
}

/// Draws the first `n_pages` pages of every PDF in a folder, here and by `pdftoppm`. A file whose first
/// page cannot be drawn by one of the two is left out for both.
fn draw(folder: &Path, n_pages: usize) {
    let limits = Limits::default();
    let mut paths = Vec::new();
    list(folder, &mut paths);
    paths.retain(|path| path.extension().is_some_and(|ext| ext == "pdf"));
    let pages = || (1..=n_pages).filter_map(|page| u32::try_from(page).ok().and_then(PageNo::new));
    let out = match tempfile::tempdir() {
        Ok(out) => out,
        Err(error) => panic!("{error}"),
    };
    let (mut here, mut there, mut n_drawn, mut n_left_out) = (0.0, 0.0, 0, 0);
    for path in &paths {
        let Ok(bytes) = std::fs::read(path) else { continue };
        let mut n_of_file = 0;
        let mine = cost(|| {
            for page in pages() {
                n_of_file += usize::from(
                    extract::picture(&bytes, page, 150, &job("a.pdf", &limits)).is_ok(),
                );
            }
        });
        let mut command = std::process::Command::new("pdftoppm");
        command.args(["-png", "-r", "150", "-f", "1", "-l", &n_pages.to_string()]);
        command.arg(path).arg(out.path().join("page")).stderr(std::process::Stdio::null());
        let mut is_drawn = false;
        let theirs = cost(|| is_drawn = command.status().is_ok_and(|status| status.success()));
        if n_of_file == 0 || !is_drawn {
            n_left_out += 1;
            continue;
        }
        n_drawn += n_of_file;
        here += mine.0;
        there += theirs.0;
    }
    println!(
        "{}: {n_drawn} pages at 150 dpi of {} files, {n_left_out} left out: {here:.2} CPU s, pdftoppm {there:.2}: {:.2} of it",
        folder.display(),
        paths.len(),
        here / there.max(0.01),
    );
}

fn job<'a>(name: &'a str, limits: &'a Limits) -> Job<'a> {
    Job { name, limits, beat: &|| (), passwords: &[], charset: None }
}

fn measure(folder: &Path, n_rounds: usize) {
    let limits = Limits::default();
    let mut paths = Vec::new();
    list(folder, &mut paths);
    let mut n_left_out = 0;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let pool = start();
    for path in paths {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // What kills its reader must not be read in this process.
        if matches!(pool.read(&bytes, &job(&name, &limits)), Err(ReadError::Worker(_))) {
            n_left_out += 1;
        } else {
            files.push((name, bytes));
        }
    }
    drop(pool);
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for _ in 0..n_rounds {
        here.push(cost(|| {
            for (name, bytes) in &files {
                drop(extract::read(bytes, &job(name, &limits)));
            }
        }));
        there.push(cost(|| {
            let pool = start();
            for (name, bytes) in &files {
                drop(pool.read(bytes, &job(name, &limits)));
            }
        }));
    }
    let (here, there) = (least(&here), least(&there));
    println!(
        "{}: {} files, {:.1} MB, {n_left_out} left out; least of {n_rounds} rounds: in process {:.2} CPU s \
         ({:.2} s), in workers {:.2} CPU s ({:.2} s): {:+.1} %",
        folder.display(),
        files.len(),
        mega(bytes),
        here.0,
        here.1,
        there.0,
        there.1,
        100.0 * (there.0 / here.0.max(0.01) - 1.0)
    );
}

fn start() -> Pool {
    match Pool::start(Settings::of(PathBuf::from(env!("CARGO_BIN_EXE_misl")))) {
        Ok(pool) => pool,
        Err(error) => panic!("{error}"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Returns CPU seconds and seconds of the clock.
fn cost(work: impl FnOnce()) -> (f64, f64) {
    let (before, begun) = (cpu_seconds(), Instant::now());
    work();
    (cpu_seconds() - before, begun.elapsed().as_secs_f64())
}

/// Returns the CPU time of this process and of the children that have ended.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name stands in brackets and may hold anything; the fields behind it are numbers.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(4).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn least(costs: &[(f64, f64)]) -> (f64, f64) {
    costs.iter().copied().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
}

fn list(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.sort();
    for path in found {
        if path.is_dir() {
            list(&path, paths);
        } else {
            paths.push(path);
        }
    }
}
