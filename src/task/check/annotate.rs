//! A copy of a draft with the verdicts as notes.

use std::fmt::Write as _;

use super::{CheckAnswer, DraftText};
use crate::quote::DraftKind;
use crate::text::script::turns_direction;
use crate::text::xml;

/// Returns the draft with a note at the end of each line that quotes or cites, and the notes below.
///
/// Markdown and Word drafts get footnotes, plain text numbers in brackets. HTML is left as it is
/// but for a list of notes at its end, for a line of HTML may end inside a tag.
pub fn annotate(draft: &DraftText, answer: &CheckAnswer) -> String {
    let notes = notes(answer);
    match draft.kind {
        DraftKind::Html => html(&draft.text, &notes),
        DraftKind::Markdown => lines(&draft.text, &notes, &Marks { open: "[^misl-", close: "]" }),
        DraftKind::Text => lines(&draft.text, &notes, &Marks { open: "[misl ", close: "]" }),
        DraftKind::Paragraphs => {
            let text = draft.text.trim_end().replace('\n', "\n\n");
            // Paragraph n stands on line 2n - 1 of the copy.
            let moved: Vec<Note> =
                notes.into_iter().map(|note| Note { at: note.line * 2 - 1, ..note }).collect();
            lines(&text, &moved, &Marks { open: "[^misl-", close: "]" })
        }
    }
}

/// What is said about one quotation or citation.
struct Note {
    /// The line as the report counts it, from 1.
    line: usize,
    /// The line of the copy behind which the mark stands, from 1.
    at: usize,
    words: String,
}

struct Marks {
    open: &'static str,
    close: &'static str,
}

fn notes(answer: &CheckAnswer) -> Vec<Note> {
    let mut notes = Vec::new();
    for one in &answer.quotations {
        let mut words = format!("{}: “{}”", one.verdict, shorten(&one.quote));
        let places: Vec<&str> = one.found.iter().map(|found| found.cite_as.as_str()).collect();
        if !places.is_empty() {
            let _ = write!(words, " — {}", places.join(", "));
        }
        if !one.hint.is_empty() {
            let _ = write!(words, " — {}", one.hint);
        }
        notes.push(Note { line: one.line, at: one.line, words });
    }
    for one in &answer.citations {
        if one.claim.state.passes() && one.claim.notes.is_empty() {
            continue;
        }
        let mut words = format!("{}: {}", one.claim.state.name(), one.claim.written);
        if !one.claim.notes.is_empty() {
            let _ = write!(words, " — {}", one.claim.notes.join("; "));
        }
        notes.push(Note { line: one.line, at: one.line, words });
    }
    notes.sort_by_key(|note| note.line);
    notes
}

/// Returns the first words of a long quotation.
fn shorten(quote: &str) -> String {
    let words: Vec<&str> = quote.split_whitespace().collect();
    match words.get(..12) {
        Some(first) if words.len() > 14 => format!("{} …", first.join(" ")),
        _ => words.join(" "),
    }
}

/// Writes marks behind lines and the notes behind the text.
fn lines(text: &str, notes: &[Note], marks: &Marks) -> String {
    let mut out = String::with_capacity(text.len() + notes.len() * 120);
    for (line_idx, line) in text.lines().enumerate() {
        out.push_str(line);
        for (number, _) in notes.iter().enumerate().filter(|(_, note)| note.at == line_idx + 1) {
            let _ = write!(out, "{}{}{}", marks.open, number + 1, marks.close);
        }
        out.push('\n');
    }
    out.push('\n');
    let is_markdown = marks.open.starts_with("[^");
    for (number, note) in notes.iter().enumerate() {
        let words = if is_markdown { escape_markdown(&note.words) } else { plain(&note.words) };
        let colon = if is_markdown { ":" } else { "" };
        let (open, close) = (marks.open, marks.close);
        let _ = writeln!(out, "{open}{}{close}{colon} {words}", number + 1);
    }
    out
}

/// Writes the notes as a list before the end of the body.
fn html(text: &str, notes: &[Note]) -> String {
    let mut list = String::from("<aside class=\"misl-check\">\n<ol>\n");
    for note in notes {
        let _ = writeln!(list, "<li>line {}: {}</li>", note.line, xml::escape(&plain(&note.words)));
    }
    list.push_str("</ol>\n</aside>\n");
    let lower = text.to_ascii_lowercase();
    let at = lower.rfind("</body").unwrap_or(text.len());
    format!("{}{list}{}", text.get(..at).unwrap_or(text), text.get(at..).unwrap_or_default())
}

/// Drops control characters and marks that turn the direction of what follows.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|&c| !c.is_control() && !turns_direction(c))
        .collect()
}

fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '>' | '#' | '|' | '!' | '~' | '$'
            | '{' | '}' | '^' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(line: usize, words: &str) -> Note {
        Note { line, at: line, words: words.to_owned() }
    }

    #[test]
    fn marks_stand_behind_their_lines() {
        let marks = Marks { open: "[^misl-", close: "]" };
        let copy = lines("one\ntwo\n", &[note(2, "exact: “a *b*”"), note(2, "absent: x")], &marks);
        assert_eq!(
            copy,
            "one\ntwo[^misl-1][^misl-2]\n\n[^misl-1]: exact: “a \\*b\\*”\n[^misl-2]: absent: x\n"
        );
    }

    #[test]
    fn notes_of_a_page_are_escaped() {
        let copy = html("<body><p>x</p></BODY>", &[note(1, "you: “<script>”")]);
        assert!(copy.contains("<li>line 1: you: “&lt;script&gt;”</li>"), "{copy}");
        assert!(copy.ends_with("</aside>\n</BODY>"), "{copy}");
    }
}
