//! How far a run is: moving on a terminal, one line every ten seconds elsewhere.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Instant;

use misl::task::ingest::{Phase, Progress, Watch};

use super::search::count;

/// Set by Ctrl-C: the run ends after the source at hand.
static STOP: AtomicBool = AtomicBool::new(false);

/// How often Ctrl-C was pressed.
static PRESSED: AtomicU32 = AtomicU32::new(0);

/// Lets Ctrl-C stop a run: once after the source at hand, twice at once.
pub(crate) fn listen() {
    // Where no handler can be set, Ctrl-C ends the process: also safe, by the order of writes.
    drop(ctrlc::set_handler(|| {
        STOP.store(true, Ordering::SeqCst);
        if PRESSED.fetch_add(1, Ordering::SeqCst) > 0 {
            #[expect(clippy::exit, reason = "the second Ctrl-C means now")]
            std::process::exit(130);
        }
        let mut stderr = std::io::stderr().lock();
        drop(std::io::Write::write_all(&mut stderr, b"\nStopping after this file.\n"));
    }));
}

/// Watches a run for the terminal.
pub(crate) struct TerminalWatch {
    moving: Option<indicatif::ProgressBar>,
    quiet: bool,
    started: Instant,
    last_line: Mutex<Instant>,
}

impl TerminalWatch {
    pub(crate) fn new(output: &super::Output) -> Self {
        let moving = (output.stderr_is_terminal && !output.quiet).then(|| {
            let bar = indicatif::ProgressBar::new_spinner();
            bar.set_style(
                indicatif::ProgressStyle::with_template(" {wide_msg}")
                    .unwrap_or_else(|_| indicatif::ProgressStyle::default_spinner()),
            );
            bar
        });
        let now = Instant::now();
        Self { moving, quiet: output.quiet, started: now, last_line: Mutex::new(now) }
    }

    /// Takes the moving line away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.moving {
            bar.finish_and_clear();
        }
    }

    fn words(&self, progress: &Progress<'_>) -> String {
        let Progress { phase, done, total, bytes, current } = *progress;
        let seconds = self.started.elapsed().as_secs_f64().max(0.1);
        let name = current.rsplit('/').next().unwrap_or(current);
        let name = super::output::clean(name);
        match phase {
            Phase::Looking => format!("Looking: {}", count(done, "file")),
            Phase::Reading => {
                #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
                let (rate, megabytes) = (done as f64 / seconds, bytes as f64 / 1e6);
                let left = if rate > 0.0 && total > done {
                    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
                    let left = (total - done) as f64 / rate;
                    format!(" · about {left:.0} s left")
                } else {
                    String::new()
                };
                format!("{done} of {total} · {megabytes:.1} MB · {rate:.1} files/s{left} · {name}")
            }
            Phase::Indexing if total > 0 => {
                format!("Indexing: {done} of {}", count(total, "document"))
            }
            Phase::Indexing => format!("Indexing: {}", count(done, "document")),
            Phase::Ocr => format!("OCR: {done} of {}", count(total, "page")),
            Phase::Tagging => format!("Tagging anew: {done} of {}", count(total, "document")),
        }
    }
}

impl Watch for TerminalWatch {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_second()
    }

    fn stop(&self) -> bool {
        STOP.load(Ordering::SeqCst)
    }

    fn progress(&self, progress: &Progress<'_>) {
        if let Some(bar) = &self.moving {
            bar.set_message(self.words(progress));
            bar.tick();
            return;
        }
        if self.quiet {
            return;
        }
        let mut last = self.last_line.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if last.elapsed().as_secs() >= 10 {
            *last = Instant::now();
            let mut stderr = std::io::stderr().lock();
            drop(std::io::Write::write_all(&mut stderr, (self.words(progress) + "\n").as_bytes()));
        }
    }
}
