//! Comma-separated values, written and read by RFC 4180; a spreadsheet never takes a cell for a
//! formula.

/// How cells are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {
    /// What a spreadsheet would take for a formula gets an apostrophe in front.
    Guarded,
    /// As they are, for programs.
    Raw,
}

/// Appends one row.
pub fn write_row(out: &mut String, cells: &[impl AsRef<str>], how: Cells) {
    for (cell_idx, cell) in cells.iter().enumerate() {
        let cell = cell.as_ref();
        if cell_idx > 0 {
            out.push(',');
        }
        let is_formula =
            cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠']);
        let is_guarded = is_formula && how == Cells::Guarded;
        let guarded = if is_guarded { format!("'{cell}") } else { cell.to_owned() };
        if guarded.contains([',', '"', '\n', '\r']) || guarded.starts_with('\'') {
            out.push('"');
            out.push_str(&guarded.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&guarded);
        }
    }
    out.push_str("\r\n");
}

/// Returns the rows of a table; empty lines are left out. A quote that is never closed takes the
/// rest, as spreadsheets have it.
pub fn read_rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    let mut is_quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // Inside quotes two quotes are one.
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !is_quoted && chars.peek().is_none_or(|&c| c == '\n') => {}
            _ => cell.push(c),
        }
    }
    row.push(cell);
    rows.push(row);
    rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let mut out = String::new();
        write_row(&mut out, &["=1+1", "a,\"b\"", "پی ٹی اے", ""], Cells::Guarded);
        assert_eq!(out, "\"'=1+1\",\"a,\"\"b\"\"\",پی ٹی اے,\r\n");
        out.clear();
        write_row(&mut out, &["=1+1"], Cells::Raw);
        assert_eq!(out, "=1+1\r\n");
    }

    #[test]
    fn what_was_written_is_read() {
        let rows = [vec!["a", "b,\n\"c\""], vec!["", "x\ry"]];
        let mut out = String::from("\u{feff}");
        for row in &rows {
            write_row(&mut out, row, Cells::Guarded);
        }
        assert_eq!(read_rows(&out), rows);
        assert_eq!(read_rows("\"lims\" AND pta\n\n"), [["lims AND pta"]]);
        assert_eq!(read_rows("lims \"data retention\""), [["lims \"data retention\""]]);
        assert_eq!(read_rows("\"open"), [["open"]]);
    }
}
