//! Ruled tables: cells that drawn lines part, however close their texts stand.
//!
//! A [`Rule`] is an upright or level line that the page draws; rules that touch make a grid, and a
//! grid is cut into rows of cells from edge to edge, first along lines that cross all of it. The
//! text of each cell is read by itself. The large cell of an order sheet, which carries the order
//! page after page, is no cell of a table: its rows are left to the steps that follow.

use std::collections::BTreeSet;

use super::frame::Frame;
use super::ink::Ink;
use super::open_tables;
use super::rows::{self, Cell, Row};

/// How far two rules may stand apart and still touch, in points.
const TOUCH: f32 = 3.0;
/// Grids of more rules are drawings.
const MAX_RULES: usize = 600;
/// Cells times signs of a page over which its tables are not looked for.
const MAX_WORK: usize = 50_000_000;
/// How deep cells may be cut into cells.
const MAX_DEPTH: usize = 8;
/// The share of a region's width or height that a rule must cross to cut it.
const WHOLE: f32 = 0.94;
/// Longest text of a cell that only labels what stands beside it.
const MAX_LABEL: usize = 25;
/// Most lines of a cell that labels several rows.
const MAX_LABEL_LINES: usize = 4;

/// Widest cell of a number, in points.
const MAX_NUMBER: f32 = 80.0;

/// Left, top, right, bottom.
type Rect = [f32; 4];

/// A level or upright line: its place across, and where it begins and ends along.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rule {
    at: f32,
    from: f32,
    to: f32,
}

impl Rule {
    /// Returns how much of `from..to` it covers, as a share.
    fn share(&self, from: f32, to: f32) -> f32 {
        (self.to.min(to) - self.from.max(from)) / (to - from).max(1.0)
    }
}

/// Takes the glyphs of ruled tables out of `which` and returns a row for each row of the tables.
pub(super) fn take_tables(ink: &Ink, which: &mut Vec<usize>, frame: Frame) -> Vec<Row> {
    let rules: Vec<Rect> = ink.rules.iter().map(|rule| frame.rect_of_page(*rule)).collect();
    let mut found = Vec::new();
    let rows = table_rows(&rules);
    let n_cells: usize = rows.iter().map(Vec::len).sum();
    if n_cells.saturating_mul(which.len()) > MAX_WORK {
        return found;
    }
    let counted = counted(&rows, ink, which, frame);
    for (row_idx, cells) in rows.into_iter().enumerate() {
        let bottom = cells.iter().map(|cell| cell[3]).fold(f32::INFINITY, f32::min);
        let (held, inner): (Vec<Vec<usize>>, Vec<Vec<Row>>) = cells
            .iter()
            .map(|cell| {
                let glyphs = within(ink, which, frame, *cell);
                let lines = rows::rows(ink, &glyphs, frame);
                (cell[3] > bottom + 2.0 * TOUCH, glyphs, lines)
            })
            // A long text beside several rows is no label of the first.
            .filter(|(is_over_several, _, lines)| {
                !is_over_several || lines.len() <= MAX_LABEL_LINES
            })
            .map(|(_, glyphs, lines)| (glyphs, lines))
            .unzip();
        let Some(row) = table_row(inner, counted.contains(&row_idx)) else { continue };
        let taken: BTreeSet<usize> = held.into_iter().flatten().collect();
        which.retain(|idx| !taken.contains(idx));
        found.push(row);
    }
    found.extend(take_open_tables(&rules, ink, which, frame));
    found
}

/// Takes the glyphs of tables that level rules alone part out of `which` and returns their rows.
fn take_open_tables(rules: &[Rect], ink: &Ink, which: &mut Vec<usize>, frame: Frame) -> Vec<Row> {
    let mut found = Vec::new();
    let (level, upright) = lines(rules);
    if level.len() < 3 || level.len() + upright.len() > MAX_RULES {
        return found;
    }
    let is_open = |rule: &&Rule| !upright.iter().any(|other| touch(rule, other));
    let level: Vec<open_tables::Level> =
        level.iter().filter(is_open).map(|rule| [rule.at, rule.from, rule.to]).collect();
    for sections in open_tables::sections(&level) {
        if sections.len().saturating_mul(which.len()) > MAX_WORK {
            continue;
        }
        let held: Vec<(Vec<usize>, Vec<Row>)> = sections
            .into_iter()
            .map(|section| {
                let glyphs = within(ink, which, frame, section);
                let rows = rows::rows(ink, &glyphs, frame);
                (glyphs, rows)
            })
            .collect();
        let is_part = |(_, rows): &(Vec<usize>, Vec<Row>)| open_tables::is_tabular(rows);
        for part in held.chunk_by(|a, b| is_part(a) && is_part(b)) {
            let sections = part.iter().map(|(_, rows)| rows.clone()).collect();
            let Some(table) = open_tables::table(sections).filter(|_| part.iter().all(is_part))
            else {
                continue;
            };
            let taken: BTreeSet<usize> = part.iter().flat_map(|(held, _)| held).copied().collect();
            which.retain(|idx| !taken.contains(idx));
            found.extend(table.into_iter().filter_map(row_of));
        }
    }
    found
}

/// Makes one row of the cells of a table row; what stands alone in it stays a line.
fn row_of(inner: Vec<Vec<Row>>) -> Option<Row> {
    let mut inner: Vec<Vec<Row>> = inner.into_iter().filter(|cell| !cell.is_empty()).collect();
    match inner.as_mut_slice() {
        [lines] if lines.len() == 1 => lines.pop(),
        _ => joined_row(inner),
    }
}

/// Returns those of the glyphs `which` whose middle lies in `cell`.
fn within(ink: &Ink, which: &[usize], frame: Frame, [x0, y0, x1, y1]: Rect) -> Vec<usize> {
    let is_within = |idx: &&usize| {
        ink.glyphs.get(**idx).is_some_and(|glyph| {
            let [x, y] = frame.place(glyph.at);
            let (x, y) = (x + glyph.advance / 2.0, y - 0.3 * glyph.size);
            (x0..x1).contains(&x) && (y0..y1).contains(&y)
        })
    };
    which.iter().filter(is_within).copied().collect()
}

/// Returns the rows, by their index, of two cells that count: a number, and a text of a few lines.
fn counted(rows: &[Vec<Rect>], ink: &Ink, which: &[usize], frame: Frame) -> BTreeSet<usize> {
    let lines = |cell: Rect| rows::rows(ink, &within(ink, which, frame, cell), frame);
    let number = |row: &[Rect]| -> Option<u16> {
        let [number, text] = row else { return None };
        if number[2] - number[0] > MAX_NUMBER {
            return None;
        }
        let number = lines(*number);
        let [number] = number.as_slice() else { return None };
        let number = number.text().trim_end_matches('.').parse().ok()?;
        (lines(*text).len() <= MAX_LABEL_LINES).then_some(number)
    };
    let numbers: Vec<Option<u16>> = rows.iter().map(|row| number(row)).collect();
    let mut counted = BTreeSet::new();
    for (idx, three) in numbers.windows(3).enumerate() {
        if let [Some(a), Some(b), Some(c)] = three
            && a.checked_add(1) == Some(*b)
            && b.checked_add(1) == Some(*c)
        {
            counted.extend(idx..idx + 3);
        }
    }
    counted
}

/// Makes one row of the cells of a table row; `None` where nothing is to be kept apart, or where one
/// cell is the page's own text, unless the rows are `counted`.
fn table_row(inner: Vec<Vec<Row>>, counted: bool) -> Option<Row> {
    let inner: Vec<Vec<Row>> = inner.into_iter().filter(|cell| !cell.is_empty()).collect();
    let texts: Vec<String> =
        inner.iter().map(|rows| rows.iter().map(Row::text).collect::<Vec<_>>().join(" ")).collect();
    let (last, labels) = texts.split_last()?;
    let is_order = inner.last().is_some_and(|rows| rows.len() >= 3)
        && labels.iter().all(|text| text.chars().count() <= MAX_LABEL)
        && labels.iter().map(String::len).sum::<usize>() < last.len();
    if labels.is_empty() || is_order && !counted {
        return None;
    }
    joined_row(inner)
}

/// Makes one row of the filled cells of a table row.
fn joined_row(inner: Vec<Vec<Row>>) -> Option<Row> {
    let texts: Vec<String> =
        inner.iter().map(|rows| rows.iter().map(Row::text).collect::<Vec<_>>().join(" ")).collect();
    let all = || inner.iter().flatten().flat_map(|row| &row.cells);
    let first = all().next()?;
    let longest = all().max_by_key(|cell| cell.text.len())?;
    let cell = Cell {
        text: texts.join(" "),
        x0: all().map(|cell| cell.x0).fold(f32::INFINITY, f32::min),
        x1: all().map(|cell| cell.x1).fold(f32::NEG_INFINITY, f32::max),
        y: all().map(|cell| cell.y).fold(f32::INFINITY, f32::min),
        size: longest.size,
        order: all().map(|cell| cell.order).min()?,
        calls: all().flat_map(|cell| cell.calls.clone()).collect(),
        ..first.clone()
    };
    let word_gap = inner.iter().flatten().map(|row| row.word_gap).fold(0.0, f32::max);
    Some(Row { cells: vec![cell], word_gap, inner })
}

/// Returns the cells of all rows of all tables that `rules` draw; rows of one cell are left out.
fn table_rows(rules: &[Rect]) -> Vec<Vec<Rect>> {
    let mut rows = Vec::new();
    let (level, upright) = lines(rules);
    if level.len() + upright.len() > MAX_RULES {
        return rows;
    }
    for (level, upright) in grids(&level, &upright) {
        let region = bounds(&level, &upright);
        cut(region, &level, &upright, 0, &mut rows);
    }
    rows.retain(|row| row.len() > 1);
    rows
}

/// Returns the level and the upright lines that `rules` draw.
fn lines(rules: &[Rect]) -> (Vec<Rule>, Vec<Rule>) {
    let level = |[x0, y0, x1, y1]: &Rect| {
        let rule = Rule { at: (y0 + y1) / 2.0, from: *x0, to: *x1 };
        (x1 - x0 > y1 - y0).then_some(rule)
    };
    let upright = |[x0, y0, x1, y1]: &Rect| {
        let rule = Rule { at: (x0 + x1) / 2.0, from: *y0, to: *y1 };
        (y1 - y0 > x1 - x0).then_some(rule)
    };
    let level = joined(rules.iter().filter_map(level).collect());
    let upright = joined(rules.iter().filter_map(upright).collect());
    (level, upright)
}

/// Tells whether two rules that cross or meet do so.
fn touch(a: &Rule, b: &Rule) -> bool {
    (a.from - TOUCH..=a.to + TOUCH).contains(&b.at)
        && (b.from - TOUCH..=b.to + TOUCH).contains(&a.at)
}

/// Joins the pieces of one line: programs draw a border for each cell, and corners apart.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut lines: Vec<Vec<Rule>> = Vec::new();
    for rule in rules {
        match lines.last_mut() {
            Some(line) if line.first().is_some_and(|first| rule.at - first.at <= 0.8 * TOUCH) => {
                line.push(rule);
            }
            _ => lines.push(vec![rule]),
        }
    }
    let mut joined: Vec<Rule> = Vec::new();
    for mut line in lines {
        line.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Rule> = None;
        for rule in line {
            match &mut open {
                Some(open) if rule.from <= open.to + TOUCH => open.to = open.to.max(rule.to),
                _ => joined.extend(open.replace(rule)),
            }
        }
        joined.extend(open);
    }
    // What is no longer than a letter is a corner or a sign.
    joined.retain(|rule| rule.to - rule.from > 2.0 * TOUCH);
    joined
}

/// Returns the rules that touch one another: level and upright ones of each grid.
fn grids(level: &[Rule], upright: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut grid_of: Vec<usize> = (0..level.len()).collect();
    for rule in upright {
        let of: Vec<usize> = level
            .iter()
            .zip(&grid_of)
            .filter(|(other, _)| touch(other, rule))
            .map(|(_, grid)| *grid)
            .collect();
        if let Some(least) = of.iter().copied().min() {
            grid_of.iter_mut().filter(|grid| of.contains(grid)).for_each(|grid| *grid = least);
        }
    }
    let mut found: Vec<(Vec<Rule>, Vec<Rule>)> = vec![(Vec::new(), Vec::new()); level.len()];
    for (rule, grid) in level.iter().zip(&grid_of) {
        if let Some((level, _)) = found.get_mut(*grid) {
            level.push(*rule);
        }
    }
    for rule in upright {
        let grid = level.iter().zip(&grid_of).find(|(other, _)| touch(other, rule));
        if let Some((_, upright)) = grid.and_then(|(_, grid)| found.get_mut(*grid)) {
            upright.push(*rule);
        }
    }
    found.retain(|(level, upright)| level.len() >= 2 && !upright.is_empty());
    found
}

fn bounds(level: &[Rule], upright: &[Rule]) -> Rect {
    let low = |rules: &[Rule], other: &[Rule]| {
        let places = rules.iter().map(|rule| rule.at).chain(other.iter().map(|rule| rule.from));
        places.fold(f32::INFINITY, f32::min)
    };
    let high = |rules: &[Rule], other: &[Rule]| {
        let places = rules.iter().map(|rule| rule.at).chain(other.iter().map(|rule| rule.to));
        places.fold(f32::NEG_INFINITY, f32::max)
    };
    [low(upright, level), low(level, upright), high(upright, level), high(level, upright)]
}

/// Cuts `region` into rows of cells and adds them to `rows`, from top to bottom.
fn cut(region: Rect, level: &[Rule], upright: &[Rule], depth: usize, rows: &mut Vec<Vec<Rect>>) {
    let [x0, y0, x1, y1] = region;
    let inside = |rule: &Rule, low: f32, high: f32| {
        rule.at > low + 2.0 * TOUCH && rule.at < high - 2.0 * TOUCH
    };
    let level_cuts: Vec<f32> = level
        .iter()
        .filter(|rule| inside(rule, y0, y1) && rule.share(x0, x1) >= WHOLE)
        .map(|rule| rule.at)
        .collect();
    if depth < MAX_DEPTH && !level_cuts.is_empty() {
        for (top, bottom) in pieces(y0, &level_cuts, y1) {
            cut([x0, top, x1, bottom], level, upright, depth + 1, rows);
        }
        return;
    }
    let whole: Vec<f32> = upright
        .iter()
        .filter(|rule| inside(rule, x0, x1) && rule.share(y0, y1) >= WHOLE)
        .map(|rule| rule.at)
        .collect();
    // A level rule that goes on at both sides joins columns whose rows belong together.
    let is_crossed = |at: f32| {
        level.iter().any(|rule| {
            inside(rule, y0, y1) && rule.from < at - 2.0 * TOUCH && rule.to > at + 2.0 * TOUCH
        })
    };
    let mut cuts: Vec<f32> = whole.iter().copied().filter(|at| !is_crossed(*at)).collect();
    if cuts.is_empty() {
        cuts = whole;
    }
    if depth >= MAX_DEPTH || cuts.is_empty() {
        rows.push(vec![region]);
        return;
    }
    // A cell over several rows stands in the first of those beside it.
    let mut open: Vec<Rect> = Vec::new();
    let mut first = None;
    for (left, right) in pieces(x0, &cuts, x1) {
        let mut inner = Vec::new();
        cut([left, y0, right, y1], level, upright, depth + 1, &mut inner);
        if let [cells] = inner.as_mut_slice() {
            open.append(cells);
            continue;
        }
        if let Some(row) = inner.first_mut() {
            open.append(row);
            *row = std::mem::take(&mut open);
        }
        first = Some(rows.len());
        rows.extend(inner);
    }
    match first.and_then(|first| rows.get_mut(first)) {
        Some(row) => row.append(&mut open),
        None => rows.push(open),
    }
}

/// Returns the stretches between `low`, the rising `cuts` and `high`.
fn pieces(low: f32, cuts: &[f32], high: f32) -> Vec<(f32, f32)> {
    let starts = std::iter::once(low).chain(cuts.iter().copied());
    starts.zip(cuts.iter().copied().chain([high])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, check, extracted, pdf};
    use super::*;

    /// Draws a line from one point to the other.
    fn rule(x0: u32, y0: u32, x1: u32, y1: u32) -> String {
        format!("{x0} {y0} m {x1} {y1} l S\n")
    }

    #[test]
    fn numbered_rows_of_a_few_lines_are_rows_of_a_table() {
        let texts = [
            [
                "In an inquiry, upon exchange of news by the police under Police-to-",
                "Police work, a team was sent to the hills",
                "for the kite.",
            ],
            [
                "In another, a case was registered on account of forged passes",
                "of all kinds, and many of them were",
                "seized.",
            ],
            [
                "In the last, a meeting was held between the officers of both",
                "states in which the rules of the air were",
                "agreed.",
            ],
        ];
        let mut page = [520, 580, 640, 700].map(|y| rule(70, y, 560, y)).concat()
            + &[70, 100, 560].map(|x| rule(x, 520, x, 700)).concat();
        for (row, lines) in (0..).zip(&texts) {
            let top = 688 - 60 * row;
            // The number stands in the middle of its cell.
            page += &at(82, top - 14, &(row + 1).to_string());
            for (idx, line) in (0..).zip(lines) {
                page += &at(105, top - 18 * idx, line);
            }
        }
        check(
            &[&page],
            &[
                "1 Table: 1\tIn an inquiry, upon exchange of news by the police under \
                 Police-to-Police work, a team was sent to the hills for the kite.",
                "1 Table: 2\tIn another, a case was registered on account of forged passes of all \
                 kinds, and many of them were seized.",
                "1 Table: 3\tIn the last, a meeting was held between the officers of both states in \
                 which the rules of the air were agreed.",
            ],
        );
    }

    #[test]
    fn a_ruled_cell_is_read_by_itself() {
        // The first cell is justified, so that its words stand farther apart than the cells.
        let page = at(72, 740, "Article 64-A reads as under:")
            + &[600, 650, 700].map(|y| rule(70, y, 360, y)).concat()
            + &[70, 180, 260, 360].map(|x| rule(x, 600, x, 700)).concat()
            + &at(75, 685, "Description of suit")
            + &at(185, 685, "Period of")
            + &at(185, 670, "limitation")
            + &at(265, 685, "Time from which")
            + &at(265, 670, "period begins")
            + &at(75, 635, "Under")
            + &at(142, 635, "Order")
            + &at(182, 635, "Three years")
            + &at(265, 635, "When the debt")
            + &at(75, 620, "XXXVII of the")
            + &at(265, 620, "becomes payable")
            + &at(75, 605, "Code")
            + &at(72, 570, "The article speaks of a debt.");
        check(
            &[&page],
            &[
                "1 Body: Article 64-A reads as under:",
                "1 Table: Description of suit\tPeriod of limitation\tTime from which period begins",
                "1 Table: Under Order XXXVII of the Code\tThree years\tWhen the debt becomes payable",
                "1 Body: The article speaks of a debt.",
            ],
        );
    }

    #[test]
    fn the_large_cell_of_an_order_sheet_is_text() {
        let page = [500, 700].map(|y| rule(70, y, 500, y)).concat()
            + &[70, 150, 500].map(|x| rule(x, 500, x, 700)).concat()
            + &at(75, 685, "29-1-2025.")
            + &at(155, 685, "Mr. Khan, Advocate for the petitioner has argued that the")
            + &at(155, 670, "order was passed without any hearing of the lady and that")
            + &at(155, 655, "it cannot stand.");
        let read = extracted(&pdf(&[&page], ""));
        let last = read.pages[0].paragraphs.last().unwrap();
        assert_eq!(last.role, crate::model::Role::Body);
        assert!(read.pages[0].paragraph_text(last).ends_with("it cannot stand."));
    }

    #[test]
    fn a_cell_over_several_rows_stands_in_the_first_of_them() {
        let level = [
            Rule { at: 0.0, from: 0.0, to: 90.0 },
            Rule { at: 20.0, from: 30.0, to: 90.0 },
            Rule { at: 40.0, from: 0.0, to: 90.0 },
        ];
        let upright = [0.0, 30.0, 60.0, 90.0].map(|at| Rule { at, from: 0.0, to: 40.0 });
        let mut rows = Vec::new();
        cut(bounds(&level, &upright), &level, &upright, 0, &mut rows);
        assert_eq!(
            rows,
            [
                vec![[0.0, 0.0, 30.0, 40.0], [30.0, 0.0, 60.0, 20.0], [60.0, 0.0, 90.0, 20.0]],
                vec![[30.0, 20.0, 60.0, 40.0], [60.0, 20.0, 90.0, 40.0]],
            ]
        );
    }

    /// Draws a grid whose first column has one cell beside three rows, with `label` in it.
    fn beside_three_rows(label: &[(u32, &str)]) -> String {
        [600, 700].map(|y| rule(70, y, 360, y)).concat()
            + &[633, 666].map(|y| rule(180, y, 360, y)).concat()
            + &[70, 180, 270, 360].map(|x| rule(x, 600, x, 700)).concat()
            + &label.iter().map(|(y, text)| at(75, *y, text)).collect::<String>()
            + &at(185, 680, "first")
            + &at(275, 680, "12")
            + &at(185, 645, "second")
            + &at(275, 645, "14")
            + &at(185, 610, "third")
            + &at(275, 610, "15")
    }

    #[test]
    fn a_label_beside_several_rows_is_read_in_the_first() {
        let page = beside_three_rows(&[(652, "Name of"), (638, "the court")]);
        check(
            &[&page],
            &["1 Table: Name of the court\tfirst\t12", "1 Table: second\t14", "1 Table: third\t15"],
        );
        let lines = [(690, "a"), (672, "long"), (654, "text"), (636, "of"), (618, "lines")];
        // A text of its own: the three rows and it are read as one row.
        check(
            &[&beside_three_rows(&lines)],
            &["1 Table: a long text of lines\tfirst\t12\tsecond\t14\tthird\t15"],
        );
    }

    #[test]
    fn an_underlined_word_and_a_frame_are_no_table() {
        assert!(table_rows(&[[70.0, 100.0, 200.0, 100.5]]).is_empty());
        let frame = [
            [10.0, 10.0, 500.0, 10.5],
            [10.0, 700.0, 500.0, 700.5],
            [10.0, 10.0, 10.5, 700.0],
            [500.0, 10.0, 500.5, 700.0],
        ];
        assert!(table_rows(&frame).is_empty());
    }
}
