//! How long warm queries take: twelve kinds, drawn with a fixed seed from the words of the corpus.
//!
//! `cargo bench --bench queries -- WORKSPACE [N | FILE [KIND]]`, where FILE holds three words a line, parted
//! by tabs, to ask instead of those, and KIND is a part of the name of the kinds to ask; prints p50 and p95 in milliseconds, of CPU time and of wall time
//! (one thread; beside other programs CPU time is the one to go by).

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and reads what it is given"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use misl::engine::FacetField;
use misl::model::PageNo;
use misl::task::search::{SearchOptions, search_with};
use misl::task::{Desk, Workspace};

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(folder) = args.next().map(PathBuf::from) else {
        println!("usage: cargo bench --bench queries -- WORKSPACE [N | FILE [KIND]]");
        return ExitCode::SUCCESS;
    };
    let words = args.next().unwrap_or_else(|| "100".to_owned());
    let only = args.next().unwrap_or_default();
    match run(&folder, &words, &only) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Where one kind is asked, so many of its slowest runs are named.
const SLOWEST: usize = 12;

/// A small generator with a fixed seed: the same queries on every machine (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap_or(0) % limit.max(1)
    }
}

/// Returns runs of three neighbouring words of at least four letters, from random paragraphs.
fn runs(desk: &Desk, n: usize) -> Result<Vec<[String; 3]>, Box<dyn std::error::Error>> {
    let mut random = Random(42);
    let numbers = desk.store.searchable()?;
    let mut runs = Vec::new();
    while runs.len() < n && !numbers.is_empty() {
        let Some(docn) = numbers.get(random.below(numbers.len())) else { break };
        let Some(page) = desk.store.page(*docn, PageNo::FIRST)? else { continue };
        let words: Vec<&str> = page
            .text
            .split_whitespace()
            .filter(|word| word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
            .collect();
        let plain: Vec<&str> = page.text.split_whitespace().collect();
        if words.len() < 20 {
            continue;
        }
        let at = random.below(plain.len().saturating_sub(3));
        if let Some([a, b, c]) = plain.get(at..at + 3)
            && [a, b, c]
                .iter()
                .all(|word| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
        {
            runs.push([(*a).to_owned(), (*b).to_owned(), (*c).to_owned()]);
        }
    }
    Ok(runs)
}

/// Returns the CPU time of this thread so far, in milliseconds; 0 where the system does not say.
fn cpu_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e6
}

/// Reads runs of three words from a file, a line each.
fn runs_in(path: &str) -> std::io::Result<Vec<[String; 3]>> {
    let text = std::fs::read_to_string(path)?;
    let run = |line: &str| {
        let words: Vec<String> = line.split('\t').map(str::to_owned).collect();
        words.try_into().ok()
    };
    Ok(text.lines().filter_map(run).collect())
}

fn run(
    folder: &std::path::Path,
    words: &str,
    only: &str,
) -> Result<(), Box<dyn std::error::Error>> {
    let workspace = Workspace::find(&folder.canonicalize()?).ok_or("no workspace there")?;
    let desk = Desk::open(workspace)?;
    let engine = desk.engine()?;
    let runs = match words.parse() {
        Ok(n) => runs(&desk, n)?,
        Err(_) => runs_in(words)?,
    };
    let start = |word: &str| word.chars().take(4).collect::<String>();
    type Make<'a> = Box<dyn Fn(&[String; 3]) -> String + 'a>;
    let kinds: Vec<(&str, bool, Make<'_>)> = vec![
        ("one word", false, Box::new(|[a, ..]| a.clone())),
        ("two words (AND)", false, Box::new(|[a, _, c]| format!("{a} {c}"))),
        ("two words (OR)", false, Box::new(|[a, _, c]| format!("{a} OR {c}"))),
        ("two words (OR), facets", true, Box::new(|[a, _, c]| format!("{a} OR {c}"))),
        ("phrase of three", false, Box::new(|[a, b, c]| format!("\"{a} {b} {c}\""))),
        ("within five words", false, Box::new(|[a, _, c]| format!("{a} w/5 {c}"))),
        ("prefix of four letters", false, Box::new(move |[a, ..]| format!("{}*", start(a)))),
        ("fuzzy, one edit", false, Box::new(|[a, ..]| format!("{a}~1"))),
        ("without a word", false, Box::new(|[a, _, c]| format!("{a} -{c}"))),
        ("word and dates", false, Box::new(|[a, ..]| format!("{a} date:1990..2024"))),
        ("word and kind", true, Box::new(|[a, ..]| format!("{a} -kind:order"))),
        ("everything, facets", true, Box::new(|_| "-zzzzqqqq".to_owned())),
    ];
    let words = ["CPU p50", "CPU p95", "max", "wall p50", "wall p95"];
    let [a, b, c, d, e] = words;
    println!("{:<26} {a:>9} {b:>9} {c:>9} {d:>9} {e:>9}  ms", "query");
    for (name, facets, make) in kinds {
        if !name.contains(only) {
            continue;
        }
        let mut times = Vec::with_capacity(runs.len());
        let mut cpu = Vec::with_capacity(runs.len());
        let mut slow = Vec::with_capacity(runs.len());
        for run in &runs {
            let query = make(run);
            let options = SearchOptions {
                query: &query,
                flags: &[],
                offset: 0,
                limit: 10,
                passages: 3,
                facets: if facets { &FacetField::ALL } else { &[] },
                facet_limit: 20,
                sort: None,
                fold: true,
                stop: &|| false,
            };
            let (before, started) = (cpu_ms(), Instant::now());
            search_with(&desk, &engine, &options)?;
            let took = started.elapsed().as_secs_f64() * 1000.0;
            times.push(took);
            cpu.push(cpu_ms() - before);
            slow.push((took, run.join("\t")));
        }
        times.sort_by(f64::total_cmp);
        cpu.sort_by(f64::total_cmp);
        let at = |of: &[f64], share: usize| of.get(of.len() * share / 100).copied().unwrap_or(0.0);
        let max = cpu.last().copied().unwrap_or(0.0);
        println!(
            "{name:<26} {:>9.2} {:>9.2} {max:>9.2} {:>9.2} {:>9.2}",
            at(&cpu, 50),
            at(&cpu, 95),
            at(&times, 50),
            at(&times, 95)
        );
        if !only.is_empty() {
            slow.sort_by(|(a, _), (b, _)| b.total_cmp(a));
            for (took, run) in slow.iter().take(SLOWEST) {
                println!("{took:>8.2}\t{run}");
            }
        }
    }
    Ok(())
}
