//! Where rows are cut into columns or cells, and what proves it: an empty strip over a quarter of the
//! page, or cells that were drawn one after the other (the order of drawing is the author's).

use super::blocks::is_label;
use super::rows::{Cell, Row};

/// Narrowest gutter, in font sizes.
const GUTTER: f32 = 0.8;

/// Columns that are drawn one after the other change sides this often at most: a heading may come
/// last of all.
const DRAWN_APART: usize = 3;

/// Most columns beside the first one, on each side of a strip.
const MAX_COLUMNS: usize = 3;

/// A cut of the rows `from..to` at `x`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cut {
    /// The first row.
    pub(super) from: usize,
    /// The row after the last.
    pub(super) to: usize,
    /// Where it is cut.
    pub(super) x: f32,
    /// What comes of it.
    pub(super) kind: CutKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CutKind {
    /// Columns of running text.
    Columns,
    /// Cells of a table row with several lines each.
    Cells,
}

/// Returns the best proved cut: columns before cells, the tallest before others.
pub(super) fn best_cut(rows: &[Row], height: f32) -> Option<Cut> {
    let size = median(rows.iter().map(Row::size).collect());
    let ys = || rows.iter().map(Row::y);
    let tallest = ys().fold(f32::NEG_INFINITY, f32::max) - ys().fold(f32::INFINITY, f32::min);
    let mut best: Option<(f32, Cut)> = None;
    let mut first_cells = None;
    for from in 0..rows.len() {
        for strip in strips(rows, from) {
            if strip[1] - strip[0] < GUTTER * size {
                continue;
            }
            if first_cells.is_none() && best.is_none() {
                first_cells = drawn_as_cells(rows, from, strip, size);
            }
            let least = best.map_or(f32::NEG_INFINITY, |(tall, _)| tall);
            if least >= tallest {
                break;
            }
            best = gutter(rows, from, strip, [size, height], least).or(best);
        }
    }
    best.map(|(_, cut)| cut).or(first_cells)
}

/// Returns the gaps of row `idx`, and the one to the next row where that begins beside it: cells of
/// one table row may be centred, so that their lines do not stand on one baseline.
fn strips(rows: &[Row], idx: usize) -> Vec<[f32; 2]> {
    let Some(row) = rows.get(idx) else { return Vec::new() };
    let pairs = row.cells.windows(2).filter_map(|pair| match pair {
        [a, b] => Some([a.x1, b.x0]),
        _ => None,
    });
    let beside = rows.get(idx + 1).filter(|next| next.y() - row.y() < 0.9 * row.size());
    let staggered = beside.and_then(|next| match (row.cells.last(), next.cells.first()) {
        (Some(a), Some(b)) if a.x1 < b.x0 => Some([a.x1, b.x0]),
        _ => None,
    });
    pairs.chain(staggered).collect()
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Narrows `strip` to what `row` leaves free of it; `None` where nothing wide enough is left.
fn narrowed(strip: [f32; 2], row: &Row, least: f32) -> Option<[f32; 2]> {
    let [mut x0, mut x1] = strip;
    for cell in &row.cells {
        if cell.x1 <= x0 || cell.x0 >= x1 {
            continue;
        }
        if cell.x1 - x0 <= x1 - cell.x0 {
            x0 = cell.x1;
        } else {
            x1 = cell.x0;
        }
        if x1 - x0 < least {
            return None;
        }
    }
    Some([x0, x1])
}

/// What stands on the two sides of a strip.
#[derive(Default)]
struct Sides<'a> {
    left: Vec<&'a Cell>,
    right: Vec<&'a Cell>,
    left_rows: usize,
    right_rows: usize,
    both: usize,
}

impl<'a> Sides<'a> {
    fn add(&mut self, row: &'a Row, x: f32) {
        let (n_left, n_right) = (self.left.len(), self.right.len());
        for cell in &row.cells {
            if (cell.x0 + cell.x1) / 2.0 < x { self.left.push(cell) } else { self.right.push(cell) }
        }
        let (left, right) = (self.left.len() > n_left, self.right.len() > n_right);
        self.left_rows += usize::from(left);
        self.right_rows += usize::from(right);
        self.both += usize::from(left && right);
    }

    /// Returns how often drawing went over the strip.
    fn switches(&self) -> usize {
        let left = self.left.iter().map(|cell| (cell.order, false));
        let mut all: Vec<(usize, bool)> =
            left.chain(self.right.iter().map(|cell| (cell.order, true))).collect();
        all.sort_unstable();
        all.windows(2).filter(|pair| matches!(pair, [a, b] if a.1 != b.1)).count()
    }

    /// Numbers and bullets beside their texts: one thing, however they were drawn.
    fn is_labels(&self) -> bool {
        let short = self.left.iter().all(|cell| is_label(&cell.text));
        short && self.left_rows == self.both
    }

    /// Both sides hold columns of prose.
    fn is_prose(&self) -> bool {
        is_prose(&self.left, MAX_COLUMNS) && is_prose(&self.right, MAX_COLUMNS)
    }
}

/// Tells whether `cells` are lines of prose, most of them about as wide as their column. They may
/// stand in several columns beside each other, at most 1 + `more`.
fn is_prose(cells: &[&Cell], more: usize) -> bool {
    let low = cells.iter().map(|cell| cell.x0).fold(f32::INFINITY, f32::min);
    let high = cells.iter().map(|cell| cell.x1).fold(f32::NEG_INFINITY, f32::max);
    let long = cells.iter().filter(|cell| cell.text.len() > 24).count();
    let wide = cells.iter().filter(|cell| cell.x1 - cell.x0 > 0.7 * (high - low)).count();
    if long * 2 <= cells.len() {
        return false;
    }
    if wide * 2 > cells.len() {
        return true;
    }
    let Some(x) = next_gutter(cells).filter(|_| more > 0) else { return false };
    let (left, right): (Vec<&Cell>, Vec<&Cell>) =
        cells.iter().partition(|cell| (cell.x0 + cell.x1) / 2.0 < x);
    is_prose(&left, more - 1) && is_prose(&right, more - 1)
}

/// Returns a place between `cells` that few of them stand across, with at least six on each side.
fn next_gutter(cells: &[&Cell]) -> Option<f32> {
    let mut edges: Vec<f32> = cells.iter().map(|cell| cell.x1).collect();
    edges.sort_unstable_by(f32::total_cmp);
    edges.dedup();
    // Most right edges in a column are ragged; the outermost one is where the gutter begins.
    let sides = |x: f32| {
        let left = cells.iter().filter(|cell| cell.x1 <= x).count();
        let right = cells.iter().filter(|cell| cell.x0 > x).count();
        (left, right)
    };
    let clear = edges.into_iter().rev().find(|x| {
        let (left, right) = sides(*x);
        left >= 6 && right >= 6 && (cells.len() - left - right) * 10 <= cells.len()
    })?;
    let next = cells.iter().map(|cell| cell.x0).filter(|x0| *x0 > clear);
    Some((clear + next.fold(f32::INFINITY, f32::min)) / 2.0)
}

/// Finds the columns that begin in row `from`: an empty strip over a quarter of the page with at
/// least three lines on each side. Returns their height and the cut if they are taller than `least`.
///
/// A heading with air around it may stand in one column where the other is blank. Such a gap ends
/// the columns unless they are drawn one after the other over it.
fn gutter(
    rows: &[Row],
    from: usize,
    strip: [f32; 2],
    sizes: [f32; 2],
    least: f32,
) -> Option<(f32, Cut)> {
    let [near, far] = reach(rows, from, strip, sizes[0]);
    let near = columns(rows, from, near, sizes, Air::Ends, least);
    let far = columns(rows, from, far, sizes, Air::Within, least);
    [near, far].into_iter().flatten().max_by(|(a, _), (b, _)| a.total_cmp(b))
}

/// How far down a strip stays free.
#[derive(Clone, Copy, Debug)]
struct Reach {
    /// What is left of the strip.
    free: [f32; 2],
    /// The row after the last beside it.
    to: usize,
    /// The last row with something on both sides.
    last_both: usize,
}

/// Follows `strip` down from row `from`: to the first wide gap below a row of one side, and past it.
fn reach(rows: &[Row], from: usize, strip: [f32; 2], size: f32) -> [Reach; 2] {
    let mut far = Reach { free: strip, to: from, last_both: from };
    let mut near = None;
    let mut below = f32::NEG_INFINITY;
    for (idx, row) in rows.iter().enumerate().skip(from) {
        let Some(next) = narrowed(far.free, row, GUTTER * size) else { break };
        let x = (next[0] + next[1]) / 2.0;
        let both = row.cells.iter().any(|c| c.x1 <= x) && row.cells.iter().any(|c| c.x0 >= x);
        // Past the last row with both sides, only lines that follow closely belong to the columns.
        if !both && idx > far.last_both + 1 && row.y() - below > 3.0 * size {
            near.get_or_insert(far);
        }
        below = row.y();
        let last_both = if both { idx } else { far.last_both };
        far = Reach { free: next, to: idx + 1, last_both };
    }
    [near.unwrap_or(far), far]
}

/// What a wide gap below a row of one side means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Air {
    /// The end of the columns.
    Ends,
    /// Nothing, where each column was drawn in one go.
    Within,
}

/// Returns height and cut of the columns around a strip if they are taller than `least_tall`;
/// `[size, height]` are those of the font and of the page.
fn columns(
    rows: &[Row],
    from: usize,
    Reach { free, mut to, last_both }: Reach,
    [size, height]: [f32; 2],
    air: Air,
    least_tall: f32,
) -> Option<(f32, Cut)> {
    let least = GUTTER * size;
    let x = (free[0] + free[1]) / 2.0;
    if air == Air::Within {
        to = close_after(rows.get(..to)?, last_both, size).max(drawn_before(rows, from..to, x));
    }
    let mut start = from;
    while start > 0 {
        let (Some(above), Some(row)) = (rows.get(start - 1), rows.get(start)) else { break };
        if row.y() - above.y() > 2.2 * size || narrowed(free, above, least).is_none() {
            break;
        }
        start -= 1;
    }
    let tall = rows.get(to - 1)?.y() - rows.get(start)?.y();
    let is_tall = tall > least_tall && tall >= 0.25 * height;
    if !is_tall {
        return None;
    }
    let mut sides = Sides::default();
    rows.get(start..to)?.iter().for_each(|row| sides.add(row, x));
    let switches = sides.switches();
    let row_wise = switches * 10 > sides.both * 7;
    let proved = (air == Air::Ends || switches <= DRAWN_APART)
        && sides.left_rows >= 3
        && sides.right_rows >= 3
        && !sides.is_labels()
        && (!row_wise || sides.both == 0 || (sides.both >= 6 && sides.is_prose()));
    proved.then_some((tall, Cut { from: start, to, x, kind: CutKind::Columns }))
}

/// Returns the end of the rows that follow row `last` without a wide gap.
fn close_after(rows: &[Row], last: usize, size: f32) -> usize {
    let steps = rows.get(last..).unwrap_or_default().windows(2);
    let close = steps.take_while(|pair| match pair {
        [a, b] => b.y() - a.y() <= 3.0 * size,
        _ => false,
    });
    last + 1 + close.count()
}

/// Returns the end of the rows in `within` that stand left of `x` and were drawn before all that
/// stands right of it: a left column that is longer than the right one.
fn drawn_before(rows: &[Row], within: std::ops::Range<usize>, x: f32) -> usize {
    let start = within.start;
    let rows = rows.get(within).unwrap_or_default();
    let cells = || rows.iter().flat_map(|row| &row.cells);
    let first_right = cells().filter(|cell| cell.x0 >= x).map(|cell| cell.order).min();
    let is_before = |row: &Row| row.cells.iter().all(|cell| Some(cell.order) < first_right);
    start + rows.iter().rposition(is_before).map_or(0, |last| last + 1)
}

/// Finds rows that were drawn cell by cell: all that is left of the strip before all right of it.
fn drawn_as_cells(rows: &[Row], from: usize, strip: [f32; 2], size: f32) -> Option<Cut> {
    if is_prose_line(rows, from) {
        return None;
    }
    let mut free = strip;
    let mut sides = Sides::default();
    let mut found = None;
    let (mut below, first_size) = rows.get(from).map(|row| (row.y(), row.size()))?;
    let mut usual = f32::INFINITY;
    for (idx, row) in rows.iter().enumerate().skip(from) {
        let step = row.y() - below;
        // The next row of the table begins after a wider step.
        let next_row = sides.left_rows.clamp(2, 4) == sides.left_rows && step > 1.6 * usual;
        // Smaller type after a step is that of a table's head below a line of prose.
        let other_type =
            step > 2.2 * row.size() && !(0.85..1.18).contains(&(row.size() / first_size));
        if step > 4.0 * size || next_row || other_type || idx > from && begins_entry(row) {
            break;
        }
        if idx > from {
            usual = usual.min(step.max(1.1 * size));
        }
        let Some(next) = narrowed(free, row, 0.5 * size) else { break };
        below = row.y();
        free = next;
        let x = (free[0] + free[1]) / 2.0;
        sides.add(row, x);
        if sides.left.is_empty() || sides.right.is_empty() {
            continue;
        }
        let last_left = sides.left.iter().map(|cell| cell.order).max();
        let first_right = sides.right.iter().map(|cell| cell.order).min();
        if last_left > first_right {
            break;
        }
        // One line on the left beside many on the right is a row label, see `finish`.
        let beside = sides.both >= 1 || sides.left_rows >= 2 && sides.right_rows >= 2;
        if sides.left_rows >= 2 && beside && !sides.is_labels() {
            let is_small = sides.left_rows.max(sides.right_rows) <= 6;
            let kind = if is_small { CutKind::Cells } else { CutKind::Columns };
            found = Some(Cut { from, to: idx + 1, x, kind });
        }
    }
    found
}

/// Tells whether the wide gaps of row `idx` are blanks that justification has stretched: what stands
/// right below it begins where it begins and crosses two of them, which no cell of a table does.
fn is_prose_line(rows: &[Row], idx: usize) -> bool {
    let (Some(row), Some(next)) = (rows.get(idx), rows.get(idx + 1)) else { return false };
    let (Some(first), Some(below)) = (row.cells.first(), next.cells.first()) else { return false };
    let crossed = row.cells.windows(2).filter(|pair| match pair {
        [a, b] => below.x0 < a.x1 && below.x1 > b.x0,
        _ => false,
    });
    next.y() - row.y() < 3.0 * row.size()
        && (below.x0 - first.x0).abs() < 0.6 * row.size()
        && crossed.count() >= 2
}

/// Tells whether a row begins the entry of a day: a date in its first or second cell, as in the row
/// below the header of an order sheet.
fn begins_entry(row: &Row) -> bool {
    row.cells.iter().take(2).any(|cell| is_date(cell.text.split(' ').next().unwrap_or_default()))
}

fn is_date(word: &str) -> bool {
    let parts: Vec<&str> = word.trim_end_matches('.').split(['.', '-', '/']).collect();
    let is_number = |part: &&str| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    parts.len() == 3 && parts.iter().all(is_number)
}

/// Parts the date of an order sheet from the text beside it where no more than a blank stands between
/// them: what stands below begins where the text begins.
pub(super) fn part_dates(rows: &mut [Row]) {
    for idx in 0..rows.len() {
        let after = rows.get(idx + 1..(idx + 4).min(rows.len())).unwrap_or_default();
        let lefts = || after.iter().filter_map(|row| row.cells.first()).map(|cell| cell.x0);
        let left = lefts().fold(f32::INFINITY, f32::min);
        let n_below = lefts().filter(|x0| x0 - left < 3.0).count();
        let Some(row) = rows.get_mut(idx).filter(|row| row.inner.is_empty()) else { continue };
        let Some(cell) = row.cells.last_mut().filter(|cell| !cell.rtl) else { continue };
        let Some((date, text)) = cell.text.split_once(' ') else { continue };
        let end = cell.x0 + cell.first_word;
        let is_beside = (0.2 * cell.size..1.8 * cell.size).contains(&(left - end));
        if n_below >= 2 && is_beside && is_date(date) {
            let text =
                Cell { text: text.to_owned(), x0: left, order: cell.order + 1, ..cell.clone() };
            cell.text = date.to_owned();
            cell.x1 = end;
            row.cells.push(text);
        }
    }
}
