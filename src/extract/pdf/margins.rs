//! What stands in the margin, taken out so that it stands in no sentence: the line numbers of
//! pleadings, the letters of law reports, the side notes of statutes.

use super::rows::{Cell, Row};

/// Fewest numbers that make a column of line numbers.
const LEAST: usize = 15;

/// Takes the line numbers of a page out of `rows` and returns them as rows of their own.
///
/// They count from 1 without a gap, from top to bottom, in one column left of all text.
pub(super) fn take_line_numbers(rows: &mut Vec<Row>) -> Vec<Row> {
    let found = line_numbers(rows);
    if found.len() < LEAST {
        return Vec::new();
    }
    let mut taken = Vec::with_capacity(found.len());
    for idx in found {
        if let Some(row) = rows.get_mut(idx).filter(|row| !row.cells.is_empty()) {
            taken.push(Row { cells: vec![row.cells.remove(0)], ..Row::default() });
        }
    }
    rows.retain(|row| !row.cells.is_empty());
    taken
}

/// Returns the rows that begin with the numbers 1, 2, 3 … of one column.
fn line_numbers(rows: &[Row]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut right: Option<f32> = None;
    for (idx, row) in rows.iter().enumerate() {
        let Some(cell) = row.cells.first() else { continue };
        let Some(value) = value(cell) else { continue };
        let in_column = right.is_none_or(|right| (cell.x1 - right).abs() < 1.2 * cell.size);
        if value == found.len() + 1 && in_column {
            right = Some(cell.x1);
            found.push(idx);
        }
    }
    // Nothing but other numbers may stand in their column.
    let edge = right.unwrap_or_default();
    let beside = rows.iter().filter(|row| row.cells.first().is_some_and(|c| c.x0 > edge)).count();
    let within = rows.iter().filter(|row| row.cells.first().is_some_and(|c| c.x0 < edge)).count();
    if within > found.len() + 4 || beside + found.len() < LEAST { Vec::new() } else { found }
}

fn value(cell: &Cell) -> Option<usize> {
    let is_number = !cell.text.is_empty() && cell.text.bytes().all(|b| b.is_ascii_digit());
    (is_number && cell.text.len() <= 2).then(|| cell.text.parse().ok()).flatten()
}

/// Fewest letters that make a scale on the margin.
const LEAST_LETTERS: usize = 5;

/// Takes the letters of a scale out of `rows` and returns them as rows of their own: law reports
/// print A, B, C … on the margin at even steps, so that a passage is cited as `647-H`.
pub(super) fn take_scale(rows: &mut Vec<Row>) -> Vec<Row> {
    let found = scale(rows);
    let mut taken = Vec::with_capacity(found.len());
    for (idx, at) in found {
        if let Some(row) = rows.get_mut(idx).filter(|row| at < row.cells.len()) {
            taken.push(Row { cells: vec![row.cells.remove(at)], ..Row::default() });
        }
    }
    rows.retain(|row| !row.cells.is_empty());
    taken
}

/// Returns row and cell of each letter of a scale.
fn scale(rows: &[Row]) -> Vec<(usize, usize)> {
    let letter = |cell: &Cell| match cell.text.as_bytes() {
        [byte @ b'A'..=b'Z'] => Some(*byte),
        _ => None,
    };
    let middle = |cell: &Cell| (cell.x0 + cell.x1) / 2.0;
    let all: Vec<(usize, usize, u8, &Cell)> = rows
        .iter()
        .enumerate()
        .flat_map(|(idx, row)| row.cells.iter().enumerate().map(move |(at, cell)| (idx, at, cell)))
        .filter_map(|(idx, at, cell)| Some((idx, at, letter(cell)?, cell)))
        .collect();
    for (start, first) in all.iter().enumerate().filter(|(_, (_, _, byte, _))| *byte == b'A') {
        let mut found = vec![*first];
        let mut step: Option<f32> = None;
        for next in all.iter().skip(start + 1) {
            let Some(last) = found.last() else { break };
            let down = next.3.y - last.3.y;
            let is_even = match step {
                Some(step) => (down - step).abs() < 0.06 * step,
                None => down > 3.0 * next.3.size,
            };
            let in_column = (middle(next.3) - middle(first.3)).abs() < 0.6 * first.3.size;
            if next.2 == last.2 + 1 && in_column && is_even {
                step = Some(down);
                found.push(*next);
            }
        }
        let x = middle(first.3);
        let across = rows
            .iter()
            .flat_map(|row| &row.cells)
            .filter(|cell| cell.text.chars().count() > 24 && cell.x0 < x && cell.x1 > x);
        if found.len() >= LEAST_LETTERS && across.count() <= 3 {
            return found.into_iter().map(|(idx, at, ..)| (idx, at)).collect();
        }
    }
    Vec::new()
}

/// Side notes are smaller than the text beside them by this much at least.
const NOTE_SIZE: f32 = 0.9;

/// Takes the side notes of a statute out of `rows`: each becomes a list of rows of its own.
///
/// They are small, stand beside the text on one side of the page, and begin where a section begins:
/// without the last sign the row labels of tables and order sheets would look alike.
pub(super) fn take_side_notes(rows: &mut Vec<Row>) -> Vec<Vec<Row>> {
    let size = super::paragraphs::usual_size(
        rows.iter().flat_map(|row| &row.cells).map(|cell| (cell.text.as_str(), cell.size)),
    );
    let is_main = |cell: &&Cell| cell.size > NOTE_SIZE * size && cell.text.chars().count() > 24;
    let main = || rows.iter().flat_map(|row| &row.cells).filter(is_main);
    let left = main().map(|cell| cell.x0).fold(f32::INFINITY, f32::min);
    let right = main().map(|cell| cell.x1).fold(f32::NEG_INFINITY, f32::max);
    if size <= 0.0 || main().count() < 8 {
        return Vec::new();
    }
    let is_beside = |cell: &Cell| {
        cell.size <= NOTE_SIZE * size
            && cell.text.chars().any(char::is_alphabetic)
            && (cell.x1 < left - 0.3 * size || cell.x0 > right + 0.3 * size)
            && cell.x1 - cell.x0 < 0.4 * (right - left)
    };
    let mut notes: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut n_sections = 0;
    let mut last_y = f32::NEG_INFINITY;
    for (idx, row) in rows.iter().enumerate() {
        let Some(at) = row.cells.iter().position(is_beside) else { continue };
        let y = row.y();
        if y - last_y > 2.2 * size || notes.is_empty() {
            let near = rows.get(idx.saturating_sub(1)..(idx + 2).min(rows.len()));
            let begins = near.unwrap_or_default().iter().any(|other| {
                (other.y() - y).abs() < size
                    && other.cells.iter().any(|cell| !is_beside(cell) && begins_section(&cell.text))
            });
            n_sections += usize::from(begins);
            notes.push(Vec::new());
        }
        last_y = y;
        if let Some(note) = notes.last_mut() {
            note.push((idx, at));
        }
    }
    let n_rows: usize = notes.iter().map(Vec::len).sum();
    if n_sections * 2 <= notes.len() || n_sections == 0 || n_rows * 2 > rows.len() {
        return Vec::new();
    }
    let mut taken = Vec::new();
    for note in notes {
        let cells = note.into_iter().filter_map(|(idx, at)| {
            let row = rows.get_mut(idx).filter(|row| at < row.cells.len())?;
            let cells = vec![row.cells.remove(at)];
            Some(Row { cells, word_gap: row.word_gap, inner: Vec::new() })
        });
        taken.push(cells.collect());
    }
    rows.retain(|row| !row.cells.is_empty());
    taken
}

/// Tells whether a line begins as sections do: `3.`, `3. (1)`, `12A.—(1)`.
fn begins_section(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(rest);
    (1..=4).contains(&digits) && rest.starts_with(['.', '(', '—', '-'])
}

#[cfg(test)]
mod tests {
    use super::super::faces::Faces;
    use super::super::ink::Artifact;
    use super::*;

    fn cell(x: f32, y: f32, text: &str) -> Cell {
        Cell {
            text: text.to_owned(),
            x0: x,
            x1: x + 10.0,
            y,
            size: 10.0,
            order: 0,
            first_word: 10.0,
            bold: false,
            light: false,
            artifact: Artifact::None,
            rtl: false,
            calls: Vec::new(),
            starts_raised: false,
            faces: Faces::default(),
        }
    }

    fn page(n: u8) -> Vec<Row> {
        (1..=n)
            .map(|n| {
                let y = 20.0 * f32::from(n);
                let cells = vec![cell(30.0, y, &n.to_string()), cell(80.0, y, "the plaintiff")];
                Row { cells, ..Row::default() }
            })
            .collect()
    }

    #[test]
    fn the_numbers_of_a_pleading_are_taken_out() {
        let mut rows = page(28);
        assert_eq!(take_line_numbers(&mut rows).len(), 28);
        assert!(rows.iter().all(|row| row.text() == "the plaintiff"));
    }

    /// A page of a report: text from 60 to 300, the letters A to F at 320, `steps` points apart.
    fn report(steps: [f32; 5]) -> Vec<Row> {
        let mut rows: Vec<Row> = (0..20_u8)
            .map(|n| {
                let mut line = cell(60.0, 20.0 * f32::from(n), "the respondent was a constable in");
                line.x1 = 300.0;
                Row { cells: vec![line], ..Row::default() }
            })
            .collect();
        let mut y = 5.0;
        for (letter, step) in
            ["A", "B", "C", "D", "E", "F"].into_iter().zip([steps[0]; 1].into_iter().chain(steps))
        {
            rows.push(Row { cells: vec![cell(320.0, y, letter)], ..Row::default() });
            y += step;
        }
        rows.sort_by(|a, b| a.y().total_cmp(&b.y()));
        rows
    }

    #[test]
    fn the_letters_of_a_report_are_taken_out() {
        let mut rows = report([70.0; 5]);
        let letters: String = take_scale(&mut rows).iter().map(Row::text).collect();
        assert_eq!(letters, "ABCDEF");
        assert_eq!(rows.len(), 20);
        // The labels of a list stand where its entries begin.
        assert!(take_scale(&mut report([70.0, 40.0, 90.0, 50.0, 70.0])).is_empty());
    }

    /// A page of a statute: text from 60 to 300, small notes at 320; `labels` begin its first lines.
    fn statute(labels: [&str; 2]) -> Vec<Row> {
        let mut rows = Vec::new();
        for n in 0..12_u8 {
            let y = 20.0 * f32::from(n);
            let label = if n % 6 == 0 { labels[usize::from(n / 6)] } else { "" };
            let text = format!("{label}the Authority may by order require any person");
            let mut line = cell(60.0, y, &text);
            line.x1 = 300.0;
            let mut cells = vec![line];
            if n % 6 < 2 {
                let mut note = cell(320.0, y, if n % 6 == 0 { "Power to" } else { "require." });
                note.size = 7.0;
                note.x1 = 360.0;
                cells.push(note);
            }
            rows.push(Row { cells, word_gap: 3.0, inner: Vec::new() });
        }
        rows
    }

    #[test]
    fn side_notes_begin_where_sections_begin() {
        let mut rows = statute(["3. (1) ", "4. "]);
        let notes = take_side_notes(&mut rows);
        let texts: Vec<String> = notes
            .iter()
            .map(|note| note.iter().map(Row::text).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(texts, ["Power to require.", "Power to require."]);
        assert!(rows.iter().all(|row| row.cells.len() == 1));
        // Small text beside other text is no side note.
        assert!(take_side_notes(&mut statute(["", ""])).is_empty());
    }

    #[test]
    fn a_short_list_is_none() {
        let mut rows = page(6);
        assert!(take_line_numbers(&mut rows).is_empty());
        assert_eq!(rows[0].text(), "1 the plaintiff");
    }
}
