//! Where answers and notes go: data to stdout, everything else to stderr, nothing raw of a document.

use std::io::{self, IsTerminal as _, Write as _};

/// How output is written.
#[derive(Debug)]
pub(crate) struct Output {
    /// Whether stdout is a terminal that shows colours.
    pub(crate) color: bool,
    /// Whether stderr is a terminal: only then anything moves.
    pub(crate) stderr_is_terminal: bool,
    /// Whether stdout is a terminal: only then fields of another direction are isolated.
    pub(crate) stdout_is_terminal: bool,
    /// Whether hints and progress are left out.
    pub(crate) quiet: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` or TERM=dumb says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Output {
    pub(crate) fn new(color: Color, quiet: bool, env: &super::Env) -> Self {
        let stdout_is_terminal = io::stdout().is_terminal();
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => stdout_is_terminal && !env.no_color && !env.dumb_terminal,
        };
        Self { color, stderr_is_terminal: io::stderr().is_terminal(), stdout_is_terminal, quiet }
    }

    /// Writes a line to stderr; what cannot be written there is lost, and that is all.
    pub(crate) fn note(&self, text: &str) {
        let mut stderr = io::stderr().lock();
        drop(writeln!(stderr, "{}", clean(text)));
    }

    /// Writes a hint to stderr, unless the user wants quiet.
    pub(crate) fn hint(&self, text: &str) {
        if !self.quiet {
            self.note(&format!("hint: {text}"));
        }
    }

    /// Writes text of our own making to stdout, every control character of it made harmless.
    pub(crate) fn text(&self, text: &str) -> io::Result<()> {
        io::stdout().lock().write_all(clean(text).as_bytes())
    }

    /// Writes a line to stdout.
    pub(crate) fn line(&self, text: &str) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(clean(text).as_bytes())?;
        stdout.write_all(b"\n")
    }

    /// Writes bytes as they are: JSON and exports, which escape in their own ways.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(bytes)?;
        stdout.flush()
    }

    /// Writes a value as one line of JSON, or indented on a terminal.
    pub(crate) fn json<T: serde::Serialize>(
        &self,
        value: &T,
    ) -> Result<(), super::error::CliError> {
        let mut text = if self.stdout_is_terminal {
            serde_json::to_string_pretty(value)?
        } else {
            serde_json::to_string(value)?
        };
        text.push('\n');
        self.bytes(text.as_bytes())?;
        Ok(())
    }

    /// Returns `text` between the marks of a hit: bold on a colour terminal, `«»` elsewhere.
    pub(crate) fn mark(&self, text: &str) -> String {
        // The escape codes are put in after cleaning, by `paint`.
        format!("{MARK_ON}{text}{MARK_OFF}")
    }

    /// Writes a line to stdout with its hits marked.
    pub(crate) fn marked_line(&self, text: &str) -> io::Result<()> {
        let clean = clean(text);
        let (on, off) = if self.color { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("«", "»") };
        let painted = clean.replace(MARK_ON, on).replace(MARK_OFF, off);
        let mut stdout = io::stdout().lock();
        stdout.write_all(painted.as_bytes())?;
        stdout.write_all(b"\n")
    }

    /// Sets a field of a document apart, so that its direction does not spill over.
    pub(crate) fn field(&self, text: &str) -> String {
        let rtl =
            text.chars().any(|c| matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{feff}'));
        if self.stdout_is_terminal && rtl {
            // FSI … PDI; `clean` drops those of the document itself, so these are put in last.
            format!("{ISOLATE_ON}{}{ISOLATE_OFF}", clean(text))
        } else {
            clean(text)
        }
    }
}

// Private-use characters stand for marks until a line is written: a document's own are dropped.
const MARK_ON: char = '\u{f0000}';
const MARK_OFF: char = '\u{f0001}';
const ISOLATE_ON: char = '\u{f0002}';
const ISOLATE_OFF: char = '\u{f0003}';

/// Makes text safe for a terminal.
///
/// Control characters but line feed and tab become visible escapes; marks that turn the direction
/// of text around are dropped; joiners and the two plain direction marks stay, for Urdu needs them.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => clean.push(c),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                clean.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            }
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            ISOLATE_ON => clean.push('\u{2068}'),
            ISOLATE_OFF => clean.push('\u{2069}'),
            _ => clean.push(c),
        }
    }
    clean
}

/// Drops what a document might hold of our private marks.
pub(crate) fn unmarked(text: &str) -> String {
    text.chars().filter(|c| !(MARK_ON..=ISOLATE_OFF).contains(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_byte_passes() {
        let hostile = "a\u{1b}[2Jb\u{9b}c\rd\u{7}\u{202e}e\u{2066}f\u{0}";
        assert_eq!(clean(hostile), "a\\u{1b}[2Jb\\u{9b}c\\u{d}d\\u{7}ef\\u{0}");
        assert_eq!(clean("پی\u{200c}ٹی\u{200f} اے\n\t"), "پی\u{200c}ٹی\u{200f} اے\n\t");
    }

    #[test]
    fn a_documents_private_marks_are_dropped() {
        assert_eq!(unmarked("a\u{f0000}b\u{f0003}"), "ab");
    }
}
