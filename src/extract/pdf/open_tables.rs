//! Tables that level rules alone part, as papers and reports set them: a rule over the heads of the
//! columns, one below them, one at the end, others between groups of rows.
//!
//! Blank strips tell the columns. A row begins where two columns or more begin a line; what stands
//! alone in a column goes on with the row above. A label that stands beside several rows of its group,
//! at whatever height, is read in the first of them.

use super::rows::{Cell, Row};

/// How far the ends of two rules of one table may lie apart, in points.
const EVEN: f32 = 4.0;
/// Fewest columns: two may be columns of text.
const MIN_COLUMNS: usize = 3;
/// A longer cell is a line of prose.
const LONG: usize = 24;

/// A level rule: its height, and where it begins and ends.
pub(super) type Level = [f32; 3];

/// Left, top, right, bottom of a stretch between two rules.
type Section = [f32; 4];

/// Returns the stretches between neighbouring rules of one width, from top to bottom, those of each
/// width together.
pub(super) fn sections(level: &[Level]) -> Vec<Vec<Section>> {
    let mut groups: Vec<Vec<Level>> = Vec::new();
    for rule in level {
        let even =
            |[_, from, to]: &Level| (from - rule[1]).abs() <= EVEN && (to - rule[2]).abs() <= EVEN;
        match groups.iter_mut().find(|group| group.first().is_some_and(even)) {
            Some(group) => group.push(*rule),
            None => groups.push(vec![*rule]),
        }
    }
    let between = |pair: &[Level]| match pair {
        [[top, from, to], [bottom, ..]] => Some([from - EVEN, *top, to + EVEN, *bottom]),
        _ => None,
    };
    groups.retain(|group| group.len() >= 3);
    groups
        .into_iter()
        .map(|mut group| {
            group.sort_by(|a, b| a[0].total_cmp(&b[0]));
            group.windows(2).filter_map(between).collect()
        })
        .collect()
}

/// Tells whether the rows between two rules can be those of a table: most have several cells, and few
/// of these are lines of prose.
pub(super) fn is_tabular(rows: &[Row]) -> bool {
    let several = rows.iter().filter(|row| row.cells.len() >= 2).count();
    let cells = || rows.iter().flat_map(|row| &row.cells);
    let long = cells().filter(|cell| cell.text.chars().count() > LONG).count();
    several > 0 && several * 10 >= rows.len() * 6 && long * 3 <= cells().count()
}

/// A row of a table, cell by cell, each with its lines.
pub(super) type Cells = Vec<Vec<Row>>;

/// Reads the sections of one table, the heads first; `None` where they have too few columns.
pub(super) fn table(sections: Vec<Vec<Row>>) -> Option<Vec<Cells>> {
    let columns = columns(&sections);
    if sections.len() < 2 || columns.len() < MIN_COLUMNS {
        return None;
    }
    Some(sections.into_iter().flat_map(|rows| section(rows, &columns)).collect())
}

/// Returns left and right of each column. Cells of rows with several tell them; the heads, which may
/// stand over several columns, and what stands alone add those that these do not reach.
fn columns(sections: &[Vec<Row>]) -> Vec<[f32; 2]> {
    let mut columns: Vec<[f32; 2]> = Vec::new();
    let Some((heads, body)) = sections.split_first() else { return columns };
    let several = body.iter().flatten().filter(|row| row.cells.len() >= 2);
    let mut spans: Vec<[f32; 2]> =
        several.flat_map(|row| &row.cells).map(|cell| [cell.x0, cell.x1]).collect();
    spans.sort_by(|a, b| a[0].total_cmp(&b[0]));
    for [x0, x1] in spans {
        match columns.last_mut() {
            Some(last) if x0 <= last[1] => last[1] = last[1].max(x1),
            _ => columns.push([x0, x1]),
        }
    }
    let alone = body.iter().flatten().filter(|row| row.cells.len() == 1);
    for cell in heads.iter().chain(alone).flat_map(|row| &row.cells) {
        if columns.iter().all(|[x0, x1]| cell.x1 < *x0 || cell.x0 > *x1) {
            columns.push([cell.x0, cell.x1]);
        }
    }
    columns.sort_by(|a, b| a[0].total_cmp(&b[0]));
    columns
}

/// Returns the column that a cell stands in: that which it shares most with, else the nearest.
fn column_of(cell: &Cell, columns: &[[f32; 2]]) -> usize {
    let shared = |[x0, x1]: &[f32; 2]| cell.x1.min(*x1) - cell.x0.max(*x0);
    let best = columns.iter().enumerate().max_by(|(_, a), (_, b)| shared(a).total_cmp(&shared(b)));
    best.map_or(0, |(idx, _)| idx)
}

/// Reads the rows between two rules.
fn section(rows: Vec<Row>, columns: &[[f32; 2]]) -> Vec<Cells> {
    let mut read: Vec<Cells> = Vec::new();
    // What stands alone in the first column, with the number of rows before it.
    let mut labels: Vec<(usize, Row)> = Vec::new();
    for row in rows {
        let word_gap = row.word_gap;
        let mut line = vec![Row { cells: Vec::new(), word_gap, inner: Vec::new() }; columns.len()];
        for cell in row.cells {
            if let Some(part) = line.get_mut(column_of(&cell, columns)) {
                part.cells.push(cell);
            }
        }
        let n_filled = line.iter().filter(|part| !part.cells.is_empty()).count();
        if n_filled == 1 && line.first().is_some_and(|part| !part.cells.is_empty()) {
            labels.extend(line.into_iter().next().map(|label| (read.len(), label)));
            continue;
        }
        if n_filled >= 2 || read.is_empty() {
            read.push(vec![Vec::new(); columns.len()]);
        }
        let Some(last) = read.last_mut() else { continue };
        for (cell, part) in last.iter_mut().zip(line) {
            cell.extend((!part.cells.is_empty()).then_some(part));
        }
    }
    place_labels(&mut read, labels);
    read
}

/// Puts what stands alone in the first column where it belongs: in the first of the rows that it
/// labels, or behind the cell that it goes on with.
fn place_labels(read: &mut Vec<Cells>, labels: Vec<(usize, Row)>) {
    let labelled: Vec<usize> = read
        .iter()
        .enumerate()
        .filter(|(_, cells)| cells.first().is_some_and(|cell| !cell.is_empty()))
        .map(|(idx, _)| idx)
        .collect();
    let is_centred = match labelled.as_slice() {
        [] => !labels.is_empty(),
        [only] => *only > 0,
        // A label of two lines, as many rows above it as below.
        [first, last] => *first > 0 && last - first == 1 && first + last + 1 == read.len(),
        _ => false,
    };
    if is_centred && read.len() >= 2 {
        let mut moved: Vec<Row> = Vec::new();
        for idx in labelled {
            let level = read.get_mut(idx).and_then(|cells| cells.first_mut());
            moved.extend(level.map(std::mem::take).unwrap_or_default());
        }
        moved.extend(labels.into_iter().map(|(_, label)| label));
        moved.sort_by(|a, b| a.y().total_cmp(&b.y()));
        if let Some(first) = read.first_mut().and_then(|cells| cells.first_mut()) {
            *first = moved;
        }
        return;
    }
    for (before, label) in labels {
        let cell = read.get_mut(before.saturating_sub(1)).and_then(|cells| cells.first_mut());
        match cell {
            Some(cell) if before == 0 => cell.insert(0, label),
            Some(cell) => cell.push(label),
            None => read.push(vec![vec![label]]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, check};

    fn rules(ys: &[u32]) -> String {
        ys.iter().map(|y| format!("70 {y} m 440 {y} l S\n")).collect()
    }

    /// Draws rows of figures, 16 points apart, from `y` downwards.
    fn figures(y: u32, rows: &[[&str; 3]]) -> String {
        let row = |(idx, [method, one, other]): (u32, &[&str; 3])| {
            let y = y - 16 * idx;
            at(180, y, method) + &at(300, y, one) + &at(380, y, other)
        };
        (0..).zip(rows).map(row).collect()
    }

    const HEADS: [&str; 3] = ["Method", "Math", "Code"];
    const ROWS: [[&str; 3]; 4] = [
        ["Plain", "12.1", "20.3"],
        ["Tree search", "14.5", "22.0"],
        ["Voting", "15.2", "23.9"],
        ["Ours", "19.8", "31.4"],
    ];

    #[test]
    fn a_label_beside_four_rows_is_read_in_the_first() {
        let before = "The table shows the share of questions that each model answered.";
        let after = "The last model answered most of the questions that were put to it.";
        // The first name stands between two rows, the second is of two lines, one of them level.
        let page = at(72, 740, before)
            + &rules(&[714, 696, 626, 558])
            + &at(72, 700, "Model")
            + &figures(700, &[HEADS])
            + &at(72, 656, "Llama")
            + &figures(680, &ROWS)
            + &at(72, 596, "Mistral")
            + &at(72, 582, "small")
            + &figures(612, &ROWS)
            + &at(72, 530, after);
        let first = format!("1 Body: {before}");
        let last = format!("1 Body: {after}");
        check(
            &[&page],
            &[
                &first,
                "1 Table: Model\tMethod\tMath\tCode",
                "1 Table: Llama\tPlain\t12.1\t20.3",
                "1 Table: Tree search\t14.5\t22.0",
                "1 Table: Voting\t15.2\t23.9",
                "1 Table: Ours\t19.8\t31.4",
                "1 Table: Mistral small\tPlain\t12.1\t20.3",
                "1 Table: Tree search\t14.5\t22.0",
                "1 Table: Voting\t15.2\t23.9",
                "1 Table: Ours\t19.8\t31.4",
                &last,
            ],
        );
    }

    #[test]
    fn a_cell_of_two_lines_stays_together() {
        let page = rules(&[714, 696, 626])
            + &at(72, 700, "Year")
            + &figures(700, &[HEADS])
            + &at(72, 680, "2023")
            + &figures(680, &[["A search over", "14.5", "22.0"]])
            + &at(180, 666, "many trees")
            + &at(72, 646, "2024")
            + &figures(646, &[["Voting", "15.2", "23.9"]]);
        check(
            &[&page],
            &[
                "1 Table: Year\tMethod\tMath\tCode",
                "1 Table: 2023\tA search over many trees\t14.5\t22.0",
                "1 Table: 2024\tVoting\t15.2\t23.9",
            ],
        );
    }

    #[test]
    fn text_between_rules_is_no_table() {
        let text = |y: u32, words: &str| at(72, y, words);
        let page = rules(&[714, 640, 560])
            + &text(690, "The court heard both sides of the matter at great length and")
            + &text(674, "reserved its order, which is now announced in open court.")
            + &text(620, "The petitioner may file his reply within fourteen days of it.");
        check(
            &[&page],
            &[
                "1 Body: The court heard both sides of the matter at great length and reserved its \
                 order, which is now announced in open court.",
                "1 Body: The petitioner may file his reply within fourteen days of it.",
            ],
        );
    }
}
