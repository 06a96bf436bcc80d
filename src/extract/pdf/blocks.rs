//! Step 6: which cells are one line, and in which order lines are read.
//!
//! Rows are cut into columns only where `cuts` finds proof. Whatever is not proved to be two things is
//! one line.

use super::cuts::{CutKind, best_cut, part_dates};
use super::faces::Faces;
use super::rows::{Cell, Row};

/// How often a page may be cut into columns inside columns.
const MAX_DEPTH: usize = 5;
/// Rows over this number are taken as they are: no honest page has so many.
const MAX_ROWS: usize = 1_500;
/// A line of text as it is read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Its text; wide gaps are tabs.
    pub(super) text: String,
    /// Left edge in the frame.
    pub(super) x0: f32,
    /// Right edge in the frame.
    pub(super) x1: f32,
    /// Baseline in the frame.
    pub(super) y: f32,
    /// Font size of most letters.
    pub(super) size: f32,
    /// Width of its first word.
    pub(super) first_word: f32,
    /// Most letters are bold.
    pub(super) bold: bool,
    /// Right to left.
    pub(super) rtl: bool,
    /// Calls of notes.
    pub(super) calls: Vec<String>,
    /// The first letters are raised.
    pub(super) starts_raised: bool,
    /// Left edge of what stands after the first tab: the text of a number, the value of a key.
    pub(super) hang: Option<f32>,
    /// The typefaces that it is set in.
    pub(super) faces: Faces,
}

impl Line {
    /// Returns left, top, right, bottom in the frame.
    pub(super) fn rect(&self) -> [f32; 4] {
        [self.x0, self.y - 0.8 * self.size, self.x1, self.y + 0.25 * self.size]
    }
}

/// Lines that are read one after the other.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    /// A column of text.
    Lines(Vec<Line>),
    /// One row of a table: its cells, each with its lines.
    Cells(Vec<Vec<Line>>),
}

/// Puts rows (top to bottom) in reading order. `height` is that of the page, in points.
pub(super) fn order(rows: Vec<Row>, height: f32) -> Vec<Block> {
    let mut blocks = Vec::new();
    if rows.len() > MAX_ROWS {
        finish(rows, &mut blocks);
    } else {
        split(rows, height, 0, &mut blocks);
    }
    blocks
}

fn split(rows: Vec<Row>, height: f32, depth: usize, blocks: &mut Vec<Block>) {
    let Some(cut) = (depth < MAX_DEPTH).then(|| best_cut(&rows, height)).flatten() else {
        finish(rows, blocks);
        return;
    };
    let mut rows = rows;
    let below = rows.split_off(cut.to.min(rows.len()));
    let region = rows.split_off(cut.from.min(rows.len()));
    if !rows.is_empty() {
        split(rows, height, depth + 1, blocks);
    }
    let (left, right) = halves(region, cut.x);
    match cut.kind {
        CutKind::Columns => {
            split(left, height, depth + 1, blocks);
            split(right, height, depth + 1, blocks);
        }
        CutKind::Cells => {
            let mut cells = Vec::new();
            for half in [left, right] {
                let mut inner = Vec::new();
                split(half, height, depth + 1, &mut inner);
                for block in inner {
                    match block {
                        Block::Cells(more) => cells.extend(more),
                        Block::Lines(lines) => cells.push(lines),
                    }
                }
            }
            blocks.push(Block::Cells(cells));
        }
    }
    if !below.is_empty() {
        split(below, height, depth + 1, blocks);
    }
}

/// Splits rows at `x`; the cells left of it go to the first half.
fn halves(rows: Vec<Row>, x: f32) -> (Vec<Row>, Vec<Row>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows {
        if !row.inner.is_empty() {
            let middle = row.cells.first().map_or(0.0, |cell| (cell.x0 + cell.x1) / 2.0);
            let half = if middle < x { &mut left } else { &mut right };
            half.push(row);
            continue;
        }
        let word_gap = row.word_gap;
        let (a, b): (Vec<Cell>, Vec<Cell>) =
            row.cells.into_iter().partition(|cell| (cell.x0 + cell.x1) / 2.0 < x);
        for (cells, half) in [(a, &mut left), (b, &mut right)] {
            if !cells.is_empty() {
                half.push(Row { cells, word_gap, inner: Vec::new() });
            }
        }
    }
    (left, right)
}

/// Tells whether `text` is a number or bullet that labels what stands beside it.
pub(super) fn is_label(text: &str) -> bool {
    let text = text.trim();
    let inner = text.trim_matches(|c: char| "().[]-:".contains(c));
    let number = inner.chars().all(|c| c.is_ascii_digit()) && inner.len() <= 3;
    let letter = inner.chars().count() <= 5 && inner.chars().all(|c| "ivxlcdm".contains(c))
        || inner.chars().count() == 1;
    text.chars().count() <= 7 && (number || letter)
}

/// Turns rows that are not to be cut into blocks.
fn finish(mut rows: Vec<Row>, blocks: &mut Vec<Block>) {
    part_dates(&mut rows);
    let mut lines: Vec<Line> = Vec::new();
    let table: Vec<bool> = (0..rows.len()).map(|idx| is_table_row(&rows, idx)).collect();
    let n_labels: Vec<usize> = (0..rows.len()).map(|idx| row_labels(&rows, idx)).collect();
    let gaps: Vec<Gaps> = (0..rows.len()).map(|idx| gaps_of(&rows, idx)).collect();
    for (idx, row) in rows.into_iter().enumerate() {
        if !row.inner.is_empty() {
            if !lines.is_empty() {
                blocks.push(Block::Lines(std::mem::take(&mut lines)));
            }
            blocks.push(Block::Cells(row.inner.into_iter().map(cell_lines).collect()));
            continue;
        }
        let is_table = table.get(idx).copied().unwrap_or_default();
        let n_labels = n_labels.get(idx).copied().unwrap_or_default();
        let gaps = gaps.get(idx).copied().unwrap_or(Gaps::Free);
        if is_table || n_labels > 0 {
            if !lines.is_empty() {
                blocks.push(Block::Lines(std::mem::take(&mut lines)));
            }
            let mut cells = row.cells;
            let rest = cells.split_off(if is_table { cells.len() } else { n_labels });
            let cells =
                cells.into_iter().map(|cell| vec![line(vec![cell], 0.0, Gaps::Free)]).collect();
            blocks.push(Block::Cells(cells));
            if !rest.is_empty() {
                lines.push(line(rest, row.word_gap, gaps));
            }
        } else {
            lines.push(line(row.cells, row.word_gap, gaps));
        }
    }
    if !lines.is_empty() {
        blocks.push(Block::Lines(lines));
    }
}

/// Returns the lines of a cell of a ruled table, in reading order. Rules part its columns, so that a
/// wide gap is a blank that justification has stretched, but for one behind a number.
fn cell_lines(rows: Vec<Row>) -> Vec<Line> {
    let mut blocks = Vec::new();
    finish(rows, &mut blocks);
    let lines = blocks.into_iter().flat_map(|block| match block {
        Block::Lines(lines) => lines,
        Block::Cells(cells) => cells.into_iter().flatten().collect(),
    });
    let closed = |mut line: Line| {
        line.text = match line.text.split_once('\t') {
            Some((label, rest)) if is_label(label) => {
                format!("{label}\t{}", rest.replace('\t', " "))
            }
            _ => line.text.replace('\t', " "),
        };
        line
    };
    lines.map(closed).collect()
}

/// Returns how many cells of a row label the text that begins in it: the serial number and the
/// date of an order sheet, whose third column goes on below them.
fn row_labels(rows: &[Row], idx: usize) -> usize {
    let Some(row) = rows.get(idx) else { return 0 };
    let after = rows.get(idx + 1..(idx + 4).min(rows.len())).unwrap_or_default();
    let left = after.iter().filter_map(|row| row.cells.first()).map(|cell| cell.x0);
    let left = left.fold(f32::INFINITY, f32::min);
    // Nothing stands below the labels.
    let n = row.cells.iter().take_while(|cell| cell.x1 + 0.3 * cell.size < left).count();
    if n == 0 || n == row.cells.len() || left == f32::INFINITY {
        return 0;
    }
    let labels = row.cells.get(..n).unwrap_or_default();
    let is_date = |text: &str| {
        text.len() >= 6
            && text.bytes().filter(u8::is_ascii_digit).count() >= 3
            && text.contains(['.', '/', '-'])
    };
    let short = labels.iter().all(|cell| cell.text.chars().count() <= 25);
    let proves = labels.iter().any(|cell| is_date(&cell.text));
    if short && proves { n } else { 0 }
}

/// Three cells or more that stand under or over cells of the neighbouring rows.
fn is_table_row(rows: &[Row], idx: usize) -> bool {
    let Some(row) = rows.get(idx).filter(|row| row.cells.len() >= 3) else { return false };
    if is_justified(row) || gaps_of(rows, idx) == Gaps::Words {
        return false;
    }
    let neighbours = [idx.checked_sub(1), Some(idx + 1)];
    neighbours.into_iter().flatten().filter_map(|other| rows.get(other)).any(|other| {
        let near = (other.y() - row.y()).abs() < 4.0 * row.size();
        let under = |cell: &&Cell| other.cells.iter().skip(1).any(|c| aligned(c, cell));
        near && row.cells.iter().skip(1).filter(under).count() >= 2
    })
}

/// Words of a line that was stretched to the margin: gaps of about one width, none very wide.
fn is_justified(row: &Row) -> bool {
    let gaps: Vec<f32> = row
        .cells
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some((b.x0 - a.x1) / b.size),
            _ => None,
        })
        .collect();
    let widest = gaps.iter().copied().fold(0.0, f32::max);
    let narrowest = gaps.iter().copied().fold(f32::INFINITY, f32::min);
    widest < 2.0 || row.cells.len() >= 4 && widest < 1.5 * narrowest
}

/// What the wide gaps of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gaps {
    /// Blanks that justification has stretched.
    Words,
    /// Blanks or tabs, each by its width.
    Free,
}

/// Reads the gaps of row `idx`: stretched blanks where they are about equal, or where the row fills
/// its paragraph from edge to edge and none of them is an outlier.
fn gaps_of(rows: &[Row], idx: usize) -> Gaps {
    let Some(row) = rows.get(idx).filter(|row| row.cells.len() >= 2) else { return Gaps::Free };
    let spread = spread(row);
    let filled = || fills_paragraph(rows, idx);
    // After a full stop many write two blanks, so that a gap may be thrice as wide as the others.
    let n_letters = row.text().chars().filter(|c| c.is_alphabetic()).count();
    let is_even = row.cells.len() >= 3 && n_letters >= 12 && spread < 1.6;
    if is_even || spread < 3.4 && filled() { Gaps::Words } else { Gaps::Free }
}

/// Returns how many times wider a row's widest gap is than its narrowest; a number before the text
/// is set off by a tab, so that its gap does not count.
fn spread(row: &Row) -> f32 {
    let labelled = row.cells.first().is_some_and(|cell| is_label(&cell.text));
    let pairs = row.cells.windows(2).skip(usize::from(labelled));
    let gaps = pairs.filter_map(|pair| match pair {
        [a, b] => Some(b.x0 - a.x1),
        _ => None,
    });
    let inner = (row.word_gap > 0.0).then_some(row.word_gap);
    let (mut low, mut high) = (f32::INFINITY, 0.0_f32);
    for gap in gaps.chain(inner) {
        low = low.min(gap);
        high = high.max(gap);
    }
    if low > 0.0 { high / low } else { f32::INFINITY }
}

/// Tells whether a row above or below holds prose between the same two edges; a first line may be
/// indented.
fn fills_paragraph(rows: &[Row], idx: usize) -> bool {
    let Some(row) = rows.get(idx) else { return false };
    let edges = |row: &Row| {
        let x0 = row.cells.first().map_or(0.0, |cell| cell.x0);
        [x0, row.cells.last().map_or(0.0, |cell| cell.x1)]
    };
    let [x0, x1] = edges(row);
    let size = row.size();
    let alike = |other: usize| {
        let Some(other_row) = rows.get(other) else { return false };
        let [other_x0, other_x1] = edges(other_row);
        let indent = if other > idx { x0 - other_x0 } else { 0.0 };
        let same_x0 = (x0 - other_x0).abs() < 0.6 * size || (0.0..6.0 * size).contains(&indent);
        let is_prose = match other_row.cells.len() {
            1 => other_row.text().len() > 24,
            n => n >= 3 && spread(other_row) < 1.6,
        };
        is_prose
            && same_x0
            && (x1 - other_x1).abs() < 0.6 * size
            && (other_row.y() - row.y()).abs() < 3.4 * size
    };
    idx.checked_sub(1).is_some_and(alike) || alike(idx + 1)
}

/// Two cells of one column: they share the left edge, the right edge or the middle.
fn aligned(a: &Cell, b: &Cell) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < 2.5;
    near(a.x0, b.x0) || near(a.x1, b.x1) || near(a.x0 + a.x1, b.x0 + b.x1)
}

/// Joins cells to one line: a blank where the gap is that of a justified line, else a tab.
fn line(cells: Vec<Cell>, word_gap: f32, gaps: Gaps) -> Line {
    let row = Row { cells, word_gap, inner: Vec::new() };
    let justified = gaps == Gaps::Words || row.cells.len() >= 4 && is_justified(&row);
    let mut cells = row.cells;
    let rtl = cells.iter().filter(|cell| cell.rtl).count() * 2 > cells.len();
    if rtl {
        cells.reverse();
    }
    let pairs = cells.windows(2).skip(1).filter_map(|pair| match pair {
        [a, b] => Some(b.x0 - a.x1),
        _ => None,
    });
    let widest_after = pairs.fold(word_gap, f32::max);
    let mut text = String::new();
    let mut hang = None;
    let mut last: Option<[f32; 2]> = None;
    for (idx, cell) in cells.iter().enumerate() {
        if let Some([x0, x1]) = last {
            let gap = (cell.x0 - x1).max(x0 - cell.x1);
            // `24 CPC` at the start of a stretched line is no numbered paragraph.
            let closed = text.ends_with(['.', ')', ']']) || gaps == Gaps::Free;
            let is_number = idx == 1 && is_label(&text) && (closed || gap > 1.5 * widest_after);
            let is_key = idx == 1 && text.ends_with(':') && text.chars().count() <= 30;
            let least = if is_number || is_key && !justified { 1.0 } else { 2.5 };
            let stretched = gaps == Gaps::Words && !is_number || idx > 1 && justified;
            let wide = gap > least * cell.size && gap > 2.5 * word_gap && !stretched;
            text.push(if wide { '\t' } else { ' ' });
            if wide {
                hang.get_or_insert(cell.x0);
            }
        }
        text.push_str(&cell.text);
        last = Some([cell.x0, cell.x1]);
    }
    let longest = cells.iter().max_by_key(|cell| cell.text.len());
    let mut faces = Faces::default();
    cells.iter().for_each(|cell| faces.add(cell.faces));
    Line {
        text,
        x0: cells.iter().map(|cell| cell.x0).fold(f32::INFINITY, f32::min),
        x1: cells.iter().map(|cell| cell.x1).fold(f32::NEG_INFINITY, f32::max),
        y: longest.map_or(0.0, |cell| cell.y),
        size: longest.map_or(0.0, |cell| cell.size),
        first_word: cells.first().map_or(0.0, |cell| cell.first_word),
        bold: longest.is_some_and(|cell| cell.bold),
        rtl,
        starts_raised: cells.first().is_some_and(|cell| cell.starts_raised),
        hang,
        faces,
        calls: cells.into_iter().flat_map(|cell| cell.calls).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::ink::Artifact;
    use super::*;

    /// Left edge, order of drawing and text of each cell of a row.
    type Cells<'a> = &'a [(f32, usize, &'a str)];

    /// Rows of cells: the baseline of each, then its cells.
    fn rows(rows: &[(f32, Cells<'_>)]) -> Vec<Row> {
        let cell = |y: f32, x: f32, order: usize, text: &str| Cell {
            text: text.to_owned(),
            x0: x,
            #[expect(clippy::cast_precision_loss, reason = "a few letters")]
            x1: x + 5.0 * text.len() as f32,
            y,
            size: 10.0,
            order,
            first_word: 10.0,
            bold: false,
            light: false,
            artifact: Artifact::None,
            rtl: false,
            calls: Vec::new(),
            starts_raised: false,
            faces: Faces::default(),
        };
        let row = |(y, cells): &(f32, &[(f32, usize, &str)])| Row {
            cells: cells.iter().map(|(x, order, text)| cell(*y, *x, *order, text)).collect(),
            word_gap: 3.0,
            inner: Vec::new(),
        };
        rows.iter().map(row).collect()
    }

    #[track_caller]
    fn check(input: &[(f32, Cells<'_>)], expect: &[&str]) {
        let mut texts = Vec::new();
        for block in order(rows(input), 200.0) {
            match block {
                Block::Lines(lines) => texts.extend(lines.into_iter().map(|line| line.text)),
                Block::Cells(cells) => texts.push(
                    cells
                        .into_iter()
                        .map(|c| c.into_iter().map(|l| l.text).collect::<Vec<_>>().join(" "))
                        .collect::<Vec<_>>()
                        .join(" | "),
                ),
            }
        }
        assert_eq!(texts, expect);
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        check(
            &[
                (10.0, &[(10.0, 0, "a heading that crosses both columns of the page")]),
                (40.0, &[(10.0, 1, "left column one"), (120.0, 5, "right one")]),
                (60.0, &[(10.0, 2, "left column two"), (120.0, 6, "right two")]),
                (80.0, &[(10.0, 3, "left column three"), (120.0, 7, "right three")]),
                (100.0, &[(10.0, 4, "left column four"), (120.0, 8, "right four")]),
            ],
            &[
                "a heading that crosses both columns of the page",
                "left column one",
                "left column two",
                "left column three",
                "left column four",
                "right one",
                "right two",
                "right three",
                "right four",
            ],
        );
    }

    #[test]
    fn air_around_a_heading_ends_no_column() {
        check(
            &[
                (10.0, &[(10.0, 0, "left one"), (120.0, 6, "right one")]),
                (22.0, &[(10.0, 1, "left two"), (120.0, 7, "right two")]),
                (34.0, &[(120.0, 8, "right three")]),
                (70.0, &[(10.0, 2, "LEFT")]),
                (106.0, &[(10.0, 3, "left four"), (120.0, 9, "right four")]),
                (150.0, &[(10.0, 4, "the end of the left")]),
            ],
            &[
                "left one",
                "left two",
                "LEFT",
                "left four",
                "the end of the left",
                "right one",
                "right two",
                "right three",
                "right four",
            ],
        );
    }

    #[test]
    fn the_header_of_an_order_sheet_is_one_table_row() {
        check(
            &[
                (10.0, &[(10.0, 0, "S. No. of"), (80.0, 2, "Date of"), (150.0, 4, "Order with")]),
                (22.0, &[(10.0, 1, "order"), (80.0, 3, "order"), (150.0, 5, "signature")]),
            ],
            &["S. No. of order | Date of order | Order with signature"],
        );
    }

    #[test]
    fn cells_whose_lines_are_staggered() {
        check(
            &[
                (10.0, &[(10.0, 0, "S. No. of"), (80.0, 3, "Date"), (112.0, 4, "of")]),
                (17.0, &[(150.0, 7, "Order with signature")]),
                (24.0, &[(10.0, 1, "order"), (80.0, 5, "order")]),
                (31.0, &[(150.0, 8, "where necessary.")]),
                (38.0, &[(10.0, 2, "sheet"), (80.0, 6, "sheet")]),
            ],
            &[
                "S. No. of order sheet | Date of order sheet | Order with signature where necessary.",
            ],
        );
    }

    #[test]
    fn serial_and_date_do_not_cut_the_order() {
        check(
            &[
                (10.0, &[(10.0, 0, "16."), (60.0, 1, "16.04.2024"), (150.0, 2, "Mr. Ali, for")]),
                (22.0, &[(150.0, 3, "the petitioner.")]),
            ],
            &["16. | 16.04.2024", "Mr. Ali, for", "the petitioner."],
        );
    }

    #[test]
    fn a_number_stays_with_its_paragraph() {
        check(
            &[
                (10.0, &[(10.0, 0, "285."), (60.0, 1, "Mr Worth, Defence")]),
                (40.0, &[(10.0, 2, "286."), (60.0, 3, "Mr Joseph, Land")]),
                (70.0, &[(10.0, 4, "290."), (60.0, 5, "Mr Joseph, Affairs")]),
            ],
            &["285.\tMr Worth, Defence", "286.\tMr Joseph, Land", "290.\tMr Joseph, Affairs"],
        );
    }

    #[test]
    fn a_wide_gap_in_a_justified_line_is_a_blank() {
        check(
            &[(10.0, &[(10.0, 0, "the learned"), (74.0, 1, "counsel"), (118.0, 2, "submits")])],
            &["the learned counsel submits"],
        );
    }

    #[test]
    fn a_line_that_fills_its_paragraph_holds_no_tabs() {
        check(
            &[
                (10.0, &[(10.0, 0, "guaranteed by the articles of the")]),
                (30.0, &[(10.0, 1, "Constitution."), (95.0, 2, "They"), (125.0, 3, "assail the")]),
                (50.0, &[(10.0, 4, "retrospective effect of that Act,")]),
            ],
            &[
                "guaranteed by the articles of the",
                "Constitution. They assail the",
                "retrospective effect of that Act,",
            ],
        );
    }

    #[test]
    fn a_number_that_begins_a_stretched_line_is_no_label() {
        check(
            &[
                (10.0, &[(10.0, 0, "this application under law")]),
                (30.0, &[(10.0, 1, "24"), (32.0, 2, "CPC read"), (81.0, 3, "with these,")]),
                (50.0, &[(10.0, 4, "that he seeks the transfer")]),
            ],
            &[
                "this application under law",
                "24 CPC read with these,",
                "that he seeks the transfer",
            ],
        );
    }

    #[test]
    fn a_key_is_parted_from_its_value() {
        check(
            &[(10.0, &[(10.0, 0, "DATE OF HEARING:"), (102.0, 1, "28.03.2022.")])],
            &["DATE OF HEARING:\t28.03.2022."],
        );
    }

    #[test]
    fn a_row_of_numbers_keeps_its_tabs() {
        check(&[(10.0, &[(10.0, 0, "Ali"), (60.0, 1, "12"), (105.0, 2, "7")])], &["Ali\t12\t7"]);
    }

    #[test]
    fn the_first_entry_of_an_order_sheet_is_no_part_of_its_header() {
        check(
            &[
                (10.0, &[(10.0, 0, "S. No. of"), (80.0, 2, "Date of"), (150.0, 4, "Order with")]),
                (22.0, &[(10.0, 1, "order"), (80.0, 3, "order"), (150.0, 5, "signature")]),
                (34.0, &[(80.0, 6, "30.01.2023."), (150.0, 7, "Mr. Ali, for the appellant.")]),
                (46.0, &[(150.0, 8, "Heard.")]),
            ],
            &[
                "S. No. of order | Date of order | Order with signature",
                "30.01.2023.",
                "Mr. Ali, for the appellant.",
                "Heard.",
            ],
        );
    }
}
