//! Labelled measurement: what misl reads off real documents against what a person read on them.
//!
//! The documents and the labels are not part of the project. `MISL_LABELS` names a folder with the
//! tables (tab-separated, first line the names of the columns); the documents lie in
//! `../shared/data`. Where one of the two is missing, each test says so and passes.

mod mentions;
mod paragraphs;
mod published;
mod references;
mod titles;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use misl::extract::Limits;
use misl::task::{Knowledge, Readers, Reading, Understood, understand};

/// A table of labels and the documents that it speaks of.
struct Labels {
    documents: PathBuf,
    /// Column name to cell, a map for each line.
    rows: Vec<BTreeMap<String, String>>,
}

impl Labels {
    /// Opens a table; `None`, and a line that says why, where there is nothing to measure with.
    fn open(table: &str) -> Option<Self> {
        let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
        let Some(folder) = std::env::var_os("MISL_LABELS") else {
            println!("{table}: not measured, MISL_LABELS names no folder with labels");
            return None;
        };
        let path = PathBuf::from(folder).join(table);
        if !documents.is_dir() || !path.is_file() {
            println!("{table}: not measured, no {} or no {}", documents.display(), path.display());
            return None;
        }
        let text = std::fs::read_to_string(path).unwrap();
        let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned));
        let names: Vec<String> = lines.next().unwrap().collect();
        let rows = lines.map(|cells| names.iter().cloned().zip(cells).collect()).collect();
        Some(Self { documents, rows })
    }

    /// Reads a document with everything that misl derives from it.
    fn understand(&self, file: &str, knowledge: &Knowledge) -> Understood {
        let bytes = std::fs::read(self.documents.join(file)).unwrap();
        let limits = Limits::default();
        let readers = &Readers::InProcess;
        let reading = Reading { knowledge, limits: &limits, passwords: &[], readers };
        understand(&bytes, file, reading).unwrap()
    }
}

/// Right and wrong answers of one kind.
#[derive(Default)]
struct Tally {
    n_right: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, right: bool, detail: impl FnOnce() -> String) {
        if right {
            self.n_right += 1;
        } else {
            self.wrong.push(detail());
        }
    }

    /// Returns the share of right answers; 1 where nothing was asked.
    fn share(&self) -> f64 {
        let n = self.n_right + self.wrong.len();
        if n == 0 {
            return 1.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few hundred labels")]
        let share = self.n_right as f64 / n as f64;
        share
    }

    /// Adds another tally to this one.
    fn take(&mut self, other: Self) {
        self.n_right += other.n_right;
        self.wrong.extend(other.wrong);
    }

    /// Prints the figures alone.
    fn print_share(&self, name: &str) {
        let n = self.n_right + self.wrong.len();
        println!("{name}: {} of {n} ({:.1} %)", self.n_right, self.share() * 100.0);
    }

    /// Prints the figures and every wrong answer.
    fn print(&self, name: &str) {
        self.print_share(name);
        for wrong in &self.wrong {
            println!("    {wrong}");
        }
    }
}

/// Returns letters and digits in upper case: spellings are compared without marks and blanks.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}
