//! One error for the command line: its kind decides the exit status, its hints say what to do.

use std::error::Error;
use std::io::{self, ErrorKind as IoKind};
use std::process::ExitCode;

use misl::cite::CiteError;
use misl::corpus::{FileError, ListError, RecordError, RootsError};
use misl::engine::EngineError;
use misl::query::QueryError;
use misl::store::StoreError;
use misl::task::{DocError, KnowledgeError, TaskError};

use super::output::Output;

/// Whose fault an error is; the number is the exit status of DESIGN section 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing found.
    Nothing = 1,
    /// Wrong arguments, wrong query, wrong file of the user's own.
    Usage = 2,
    /// Done, but some files failed.
    SomeFailed = 3,
    /// No workspace here.
    NoWorkspace = 4,
    /// Another process writes.
    Locked = 5,
    /// The disk or a permission.
    Disk = 6,
    /// Stopped by the personal-data check.
    PersonalData = 7,
    /// What is kept is damaged.
    Damaged = 8,
    /// Stopped by the user; everything is safe.
    Interrupted = 130,
}

/// An error on its way to the user.
#[derive(Debug)]
pub(crate) struct CliError {
    pub(crate) kind: Kind,
    error: Box<dyn Error>,
    hints: Vec<String>,
    /// The line at fault and the bytes of it that are wrong.
    place: Option<(String, std::ops::Range<usize>)>,
}

impl CliError {
    pub(crate) fn new(kind: Kind, error: impl Into<Box<dyn Error>>) -> Self {
        Self { kind, error: error.into(), hints: Vec::new(), place: None }
    }

    pub(crate) fn usage(error: impl Into<Box<dyn Error>>) -> Self {
        Self::new(Kind::Usage, error)
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        // A reader that went away (`misl search x | head -1`) is no failure.
        if self.is_broken_pipe() { ExitCode::SUCCESS } else { ExitCode::from(self.kind as u8) }
    }

    fn is_broken_pipe(&self) -> bool {
        let mut error: Option<&(dyn Error + 'static)> = Some(self.error.as_ref());
        while let Some(this) = error {
            if this.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == IoKind::BrokenPipe) {
                return true;
            }
            error = this.source();
        }
        false
    }

    /// Writes the error, its causes and its hints to stderr.
    pub(crate) fn report(&self, output: &Output) {
        if self.is_broken_pipe() {
            return;
        }
        let mut text = format!("error: {}", self.error);
        let mut cause = self.error.source();
        while let Some(this) = cause {
            text.push_str(&format!(": {this}"));
            cause = this.source();
        }
        output.note(&text);
        if let Some((line, span)) = &self.place {
            let (line, carets) = misl::query::underline(line, span, 76);
            output.note(&format!("  {line}\n  {carets}"));
        }
        for hint in &self.hints {
            output.note(&format!("hint: {hint}"));
        }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::new(Kind::Disk, error)
    }
}

impl From<serde_json::Error> for CliError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() {
            return Self::from(io::Error::from(error));
        }
        Self::new(Kind::Damaged, error)
    }
}

impl From<FileError> for CliError {
    fn from(error: FileError) -> Self {
        let hint = match &error {
            FileError::Exists { .. } => Some("add --force to replace it, or name another file"),
            FileError::NotAFile { .. } | FileError::NotText { .. } | FileError::TooLarge { .. } => {
                None
            }
            _ => Some("check the path, the permissions and the free space"),
        };
        let kind = match &error {
            FileError::Exists { .. } | FileError::NotText { .. } => Kind::Usage,
            FileError::Read { source, .. } if source.kind() == IoKind::NotFound => Kind::Usage,
            _ => Kind::Disk,
        };
        let this = Self::new(kind, error);
        match hint {
            Some(hint) => this.hint(hint),
            None => this,
        }
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let damaged = error.is_damage();
        match &error {
            StoreError::Locked { .. } => Self::new(Kind::Locked, error)
                .hint("wait until it has ended; reading commands work meanwhile"),
            StoreError::Format { .. } => Self::new(Kind::Damaged, error)
                .hint("use the misl that made it, or move index/ aside and run `misl ingest`"),
            _ if damaged => Self::new(Kind::Damaged, error)
                .hint("`misl verify` says what is sound; sources are never changed by misl"),
            _ => Self::new(Kind::Disk, error).hint("check permissions and free space of index/"),
        }
    }
}

impl From<EngineError> for CliError {
    fn from(error: EngineError) -> Self {
        if error.needs_rebuild() {
            return Self::new(Kind::Damaged, error).hint(
                "your texts are kept apart from the index: `misl repair` rebuilds it without reading files again",
            );
        }
        match &error {
            EngineError::TooComplex { .. } => Self::usage(error).hint("ask for less at once"),
            EngineError::Locked { .. } => Self::new(Kind::Locked, error),
            EngineError::Io { .. } | EngineError::ReadOnly { .. } => Self::new(Kind::Disk, error),
            _ => Self::new(Kind::Damaged, error).hint("`misl repair` rebuilds the index"),
        }
    }
}

impl From<TaskError> for CliError {
    fn from(error: TaskError) -> Self {
        match error {
            TaskError::Store(error) => error.into(),
            TaskError::Engine(error) => error.into(),
            TaskError::File(error) => error.into(),
            TaskError::Query(error) => Self::query(error, None),
            TaskError::NothingRead => Self::new(Kind::Nothing, TaskError::NothingRead)
                .hint("put files into corpus/ or name a folder: `misl ingest ~/orders`"),
            TaskError::Record(RecordError::File(error))
            | TaskError::Roots(RootsError::File(error))
            | TaskError::List(ListError::File(error)) => error.into(),
            TaskError::Record(error) => {
                let hint = match &error {
                    RecordError::UnknownField { near: Some(near), .. } => {
                        format!("did you mean `{near}`? own names begin with `x-`")
                    }
                    _ => "`misl help errors` shows how a record is written".to_owned(),
                };
                Self::usage(error).hint(hint)
            }
            TaskError::List(error) => {
                let hint = match &error {
                    ListError::NoSuch { known, .. } if known.is_empty() => {
                        Some("make one: `misl list new NAME`".to_owned())
                    }
                    ListError::NoSuch { known, .. } => {
                        Some(format!("there are: {}", known.join(", ")))
                    }
                    ListError::Name { .. } => Some("for example `misl list new brief`".to_owned()),
                    _ => None,
                };
                let this = Self::usage(error);
                match hint {
                    Some(hint) => this.hint(hint),
                    None => this,
                }
            }
            TaskError::Knowledge(KnowledgeError::File(error)) => error.into(),
            TaskError::Knowledge(error) => Self::knowledge(error),
            TaskError::Doc(error) => Self::doc(error),
            TaskError::Cite(error) => error.into(),
            TaskError::Usage { what, hint } => {
                let this = Self::usage(what);
                if hint.is_empty() { this } else { this.hint(hint) }
            }
            TaskError::Extract { name, source } => {
                let kind = if source.is_skip() { Kind::Usage } else { Kind::SomeFailed };
                Self::new(kind, TaskError::Extract { name, source })
            }
            other => Self::usage(other),
        }
    }
}

impl From<CiteError> for CliError {
    fn from(error: CiteError) -> Self {
        let CiteError::PersonalData { finds } = &error else { return Self::usage(error) };
        // Shown masked: the message itself must not spread what it warns of.
        let lines: Vec<String> = finds
            .iter()
            .map(|find| {
                let number = find.entry_idx + 1;
                format!(
                    "citation {number}, {}: {} {}",
                    find.field,
                    find.find.kind.name(),
                    find.find.masked
                )
            })
            .collect();
        Self::new(Kind::PersonalData, error)
            .hint(format!("nothing was written; found:\n  {}", lines.join("\n  ")))
            .hint("--redact blacks it out, --allow-pii writes it as it stands")
    }
}

impl CliError {
    /// An error in `entities.toml`, with the line and the word that is wrong.
    fn knowledge(error: KnowledgeError) -> Self {
        let KnowledgeError::Entities { source, line } = &error else { return Self::usage(error) };
        let start: usize =
            line.chars().take(source.place().1 - 1).map(char::len_utf8).sum::<usize>();
        let rest = line.get(start..).unwrap_or_default();
        let quoted = rest.strip_prefix('"').and_then(|rest| rest.find('"').map(|at| at + 2));
        let word = || rest.find([' ', '=', ',', ']']).unwrap_or(rest.len());
        let end = start + quoted.unwrap_or_else(word);
        let (line, hint) = (line.clone(), source.hint());
        let mut this = Self::usage(error);
        this.place = (!line.trim().is_empty()).then_some((line, start..end));
        match hint {
            Some(hint) => this.hint(hint),
            None => this,
        }
    }

    fn doc(error: DocError) -> Self {
        match &error {
            DocError::Unknown { near, .. } => {
                let hint = match near.first() {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name it by its key, 6 or more digits of its SHA-256, or its path"
                        .to_owned(),
                };
                Self::usage(error).hint(hint)
            }
            DocError::Ambiguous { candidates, .. } => {
                let hint = format!("name one of them:\n  {}", candidates.join("\n  "));
                Self::usage(error).hint(hint)
            }
            DocError::Locator(_) => Self::usage(error).hint("`misl help locators` explains places"),
            _ => Self::usage(error),
        }
    }

    /// An error of a query, with the typed text for the carets.
    pub(crate) fn query(error: QueryError, typed: Option<&str>) -> Self {
        let typed = typed.filter(|typed| !typed.trim().is_empty());
        let place = typed.map(|typed| (typed.to_owned(), error.span()));
        let hint = error.hint();
        let mut this = Self::usage(error);
        this.place = place;
        this.hint(hint)
    }
}
