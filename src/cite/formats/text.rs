//! Plain text and Markdown.

use std::fmt::Write as _;

use super::super::Options;
use super::super::list::{Form, Item};
use super::super::run::{Face, Runs};

/// Marks of direction around a run of another direction.
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// Writes plain text: notes are numbered, quotations and remarks stand indented below.
pub(super) fn text(items: &[Item<'_>], _options: &Options<'_>) -> String {
    let mut out = String::new();
    for (item_idx, item) in items.iter().enumerate() {
        if let Some(heading) = &item.heading {
            let gap = if item_idx > 0 { "\n" } else { "" };
            let _ = writeln!(out, "{gap}{heading}\n");
        }
        if let Some(number) = item.number {
            let _ = write!(out, "{number}. ");
        }
        out.push_str(&isolated(&item.runs));
        out.push('\n');
        for quote in &item.quotes {
            let _ = writeln!(out, "    “{}”", isolated(quote));
        }
        for remark in &item.remarks {
            let _ = writeln!(out, "    {}", isolated(remark));
        }
        for line in &item.proof {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

/// Returns the runs as text with marks of direction where a run needs them.
fn isolated(runs: &Runs) -> String {
    let mut out = String::new();
    for run in runs.iter() {
        if run.isolated.is_some() {
            out.push(ISOLATE[0]);
            out.push_str(&run.text);
            out.push(ISOLATE[1]);
        } else {
            out.push_str(&run.text);
        }
    }
    out
}

/// Writes Markdown: notes as `[^1]: …`, lists with hyphens, quotations as block quotes.
pub(super) fn markdown(items: &[Item<'_>], options: &Options<'_>) -> String {
    let mut out = String::new();
    for (item_idx, item) in items.iter().enumerate() {
        if let Some(heading) = &item.heading {
            let gap = if item_idx > 0 { "\n" } else { "" };
            let _ = writeln!(out, "{gap}## {}\n", escape(heading));
        }
        let indent = match item.number {
            Some(number) => {
                let _ = write!(out, "[^{number}]: ");
                "    "
            }
            None if options.form == Form::Citations && items.len() == 1 => "",
            None => {
                out.push_str("- ");
                "  "
            }
        };
        out.push_str(&markdown_runs(&item.runs));
        out.push('\n');
        for quote in &item.quotes {
            let _ = writeln!(out, "\n{indent}> {}", markdown_runs(quote));
        }
        for remark in &item.remarks {
            let _ = writeln!(out, "\n{indent}{}", markdown_runs(remark));
        }
        if !item.proof.is_empty() {
            let lines: Vec<String> = item.proof.iter().map(|line| escape(line)).collect();
            let _ = writeln!(out, "\n{indent}{}", lines.join("; "));
        }
    }
    out
}

/// Returns the runs as Markdown.
fn markdown_runs(runs: &Runs) -> String {
    let mut out = String::new();
    for run in runs.iter() {
        let mut text = escape(&run.text);
        if let Some(url) = &run.link {
            text = format!("[{text}]({})", link(url));
        }
        if run.isolated.is_some() {
            text = format!("{}{text}{}", ISOLATE[0], ISOLATE[1]);
        }
        // Emphasis must hug its words.
        let core = text.trim();
        if run.face == Face::Italic && !core.is_empty() {
            let (before, after) = text.split_once(core).unwrap_or_default();
            text = format!("{before}*{core}*{after}");
        }
        out.push_str(&text);
    }
    // A line that begins with a number and a stop, or with `+`, `-`, would be a list.
    let first = out.chars().next();
    if first.is_some_and(|c| matches!(c, '+' | '-' | '=' | '~')) {
        out.insert(0, '\\');
    } else if first.is_some_and(|c| c.is_ascii_digit()) {
        let digits = out.bytes().take_while(u8::is_ascii_digit).count();
        if out.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')'])) {
            out.insert(digits, '\\');
        }
    }
    out
}

/// Escapes every sign that Markdown or its HTML could act on.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '|' | '!' | '~'
            | '$' | '{' | '}' | '^' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            // Bare addresses would become links by themselves in some dialects.
            ':' => out.push(c),
            _ => out.push(c),
        }
    }
    out
}

/// Returns an address for the round brackets of a link; it was checked to be http or https.
fn link(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '&' => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    out
}
