//! Tables as text: comma- or tab-separated values, one paragraph a row.

use super::clean::squeeze;
use super::draft::Draft;
use super::{ExtractError, Job, encoding};
use crate::model::{Extracted, Kind, Origin, PageOrigin, Role, Valued, WarningKind};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "1";

/// Reads a table; the separator is the one that the first lines use most.
pub(super) fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    let decoded = encoding::decode(bytes, None);
    let mut draft = Draft::new(job, "table", VERSION, PageOrigin::Plain);
    if decoded.is_bad {
        draft.warn(WarningKind::BadEncoding, format!("read as {}", decoded.encoding));
    }
    draft.record().kind = Some(Valued::new(Kind::Data, Origin::Embedded));
    let separator = separator(&decoded.text);
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    let mut is_quoted = false;
    let mut chars = decoded.text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // Inside quotes two quotes are one.
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.trim().is_empty() => is_quoted = true,
            '\n' if !is_quoted => {
                row.push(squeeze(&std::mem::take(&mut cell)));
                draft.push(std::mem::take(&mut row).join("\t").trim_end(), Role::Table, None);
            }
            _ if c == separator && !is_quoted => row.push(squeeze(&std::mem::take(&mut cell))),
            _ => cell.push(c),
        }
    }
    row.push(squeeze(&cell));
    draft.push(row.join("\t").trim_end(), Role::Table, None);
    Ok(draft.finish())
}

/// Joins the paragraphs of one cell, a line each: two names in one cell are two names.
pub(super) fn lines_of_cell<T: AsRef<str>>(paragraphs: impl IntoIterator<Item = T>) -> String {
    let lines = paragraphs.into_iter().map(|text| squeeze(text.as_ref()));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Returns the separator: the one that stands in most of the first lines.
fn separator(text: &str) -> char {
    let lines_with =
        |separator: char| text.lines().take(20).filter(|line| line.contains(separator)).count();
    // Of equals the last wins: a tab is never part of a cell, a comma often is.
    [',', '|', ';', '\t'].into_iter().max_by_key(|&separator| lines_with(separator)).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Limits;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let limits = Limits::default();
        let job =
            Job { name: "x.csv", limits: &limits, beat: &|| (), passwords: &[], charset: None };
        let read = read(text.as_bytes(), &job).unwrap();
        let page = &read.pages[0];
        let found: Vec<_> = page.paragraphs.iter().map(|p| page.paragraph_text(p)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn rows_and_quotes() {
        check("a,b\r\n\"x, \"\"y\"\"\nz\",2\n", &["a\tb", "x, \"y\" z\t2"]);
        check("a;b, c\n1;2\n", &["a\tb, c", "1\t2"]);
        check("a\tb\n1\t2", &["a\tb", "1\t2"]);
    }
}
