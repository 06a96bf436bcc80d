//! Where a paragraph ends: at a wider gap, an indent, a printed number after a finished sentence, or a
//! line that stops although the next word would still have fitted.

use super::blocks::Line;
use super::faces;
use super::line_marks::{
    begins_with_party, counts_on, divides_word, ends_in_small_word, ends_item, ends_sentence,
    is_bullet, is_capitals, is_key, is_rule, is_signature, is_versus, leaves_bracket_open,
    starts_label, starts_lower, starts_with_year,
};
use crate::text::segment::awaits_more;

/// Where a column's text usually begins, ends and how far its lines stand apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Where a quarter of its lines has begun.
    pub(super) left: f32,
    /// Where its longest lines end.
    pub(super) right: f32,
    leading: f32,
    rtl: bool,
    /// Key of the page's usual typeface.
    face: u64,
    /// That of most lines that begin at the left edge, where it is known.
    pub(super) margin_face: Option<u64>,
}

impl Column {
    /// Measures the lines of a column; `face` is the page's usual typeface.
    pub(super) fn of(lines: &[Line], face: u64) -> Self {
        let rtl = lines.iter().filter(|line| line.rtl).count() * 2 > lines.len();
        let mut column = Self { left: 0.0, right: 0.0, leading: 0.0, rtl, face, margin_face: None };
        let mut starts: Vec<f32> = lines.iter().map(|line| column.start(line)).collect();
        let mut ends: Vec<f32> = lines.iter().map(|line| column.end(line)).collect();
        let mut steps: Vec<f32> = lines
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] if b.y > a.y => Some(b.y - a.y),
                _ => None,
            })
            .collect();
        for values in [&mut starts, &mut ends, &mut steps] {
            values.sort_by(f32::total_cmp);
        }
        column.left = starts.get(starts.len() / 4).copied().unwrap_or_default();
        column.right = ends.get(ends.len() * 9 / 10).copied().unwrap_or_default();
        column.leading = steps.get(steps.len() / 2).copied().unwrap_or_default();
        let at_margin = lines.iter().filter(|line| column.start(line) < column.left + line.size);
        let faces = faces::usual(at_margin.map(|line| (line.text.as_str(), line.faces)));
        column.margin_face = (faces != 0).then_some(faces);
        column
    }

    /// Where the line begins, rising in reading direction.
    pub(super) fn start(&self, line: &Line) -> f32 {
        if self.rtl { -line.x1 } else { line.x0 }
    }

    /// Where the line ends, rising in reading direction.
    pub(super) fn end(&self, line: &Line) -> f32 {
        if self.rtl { -line.x0 } else { line.x1 }
    }

    /// Tells whether a line stands in the middle, with room on both sides.
    pub(super) fn is_centred(&self, line: &Line) -> bool {
        let width = self.right - self.left;
        let (start, end) = (self.start(line), self.end(line));
        let middle = (start + end - self.left - self.right).abs() / 2.0;
        middle < 0.03 * width + 2.0
            && start > self.left + 1.5 * line.size
            && end < self.right - 1.5 * line.size
    }
}

/// Fewest lines near each other that end at one place because they are set to a margin there.
const LEAST_LEVEL: usize = 4;

/// Returns the right edge of the lines around `idx` that begin where it begins: a quotation may be
/// narrower than the text around it.
pub(super) fn local_right(lines: &[Line], idx: usize, column: Column) -> f32 {
    let Some(line) = lines.get(idx) else { return column.right };
    let near = lines.get(idx.saturating_sub(4)..(idx + 5).min(lines.len())).unwrap_or_default();
    let start = column.start(line);
    let alike = || {
        let alike = near
            .iter()
            .filter(|other| (column.start(other) - start).abs() < 1.2 * line.size)
            .filter(|other| (other.size / line.size - 1.0).abs() < 0.12);
        alike.map(|other| column.end(other))
    };
    let (n, own) = alike().fold((0, f32::NEG_INFINITY), |(n, own), end| (n + 1, own.max(end)));
    let full = alike().filter(|end| *end > own - 0.8 * line.size).count();
    // An indented first line ends where the lines below it do, which begin elsewhere.
    let level = |other: &&Line| {
        (column.end(other) - column.end(line)).abs() < 0.3 * line.size && other.hang.is_none()
    };
    if n >= 3 && full * 2 >= n {
        own
    } else if n < 3 && line.hang.is_none() && near.iter().filter(level).count() >= LEAST_LEVEL {
        column.end(line)
    } else {
        // Ragged lines do not say how far they may go; a list of short lines least of all.
        own.max(if n >= 3 { column.right - 4.0 * line.size } else { column.right })
    }
}

/// Tells whether a paragraph begins with line `idx`; the one before began with line `start`.
pub(super) fn is_break(lines: &[Line], start: usize, idx: usize, column: Column) -> bool {
    let (Some(prev), Some(line)) = (lines.get(idx - 1), lines.get(idx)) else { return false };
    let em = prev.size.min(line.size);
    let step = line.y - prev.y;
    if is_versus(&prev.text) || is_versus(&line.text) || line.text.starts_with("cc:") {
        return true;
    }
    if step < -0.5 * em || is_rule(&prev.text) || is_rule(&line.text) {
        return true;
    }
    let party = begins_with_party(&prev.text, &line.text);
    let ended = ends_sentence(&prev.text) && !leaves_bracket_open(&prev.text) && !party;
    // An open sentence goes on over a wide step, as in orders typed with double spacing.
    let right = local_right(lines, idx - 1, column);
    let room = right - column.end(prev);
    let short = room > 2.5 * em;
    // `… show (1) that …, and` and below it `(2) that …`: both stand in one sentence.
    let in_sentence = !ended && !short && line.hang.is_none() && {
        let above = lines.get(start..idx).unwrap_or_default();
        counts_on(above.iter().map(|line| line.text.as_str()), &line.text)
    };
    // `ii. Whether` begins an item, however small its number is written.
    // `D. F. Mulla` after `and` is a name.
    let labelled = !in_sentence && starts_label(&line.text);
    let listed = labelled && ends_item(&prev.text) && !line.text.starts_with(char::is_uppercase);
    let item = labelled && !party && (ended || line.hang.is_some() || listed);
    // After `(Writ Petition No.` the sentence goes on, however the next line begins.
    let inside = in_sentence || starts_lower(&line.text) || !ended && starts_with_year(&line.text);
    let lower = (inside || awaits_more(&prev.text)) && !item;
    let lower = lower || divides_word(&prev.text) && !short && !item;
    // A long address in a sentence leaves much room before it.
    let next_fits = room > line.first_word + 0.8 * em;
    let goes_on = !ended && lower && (!short || !next_fits) && step < 3.6 * em;
    // Names of cases and reports in a sentence are often set a little smaller than the rest of it.
    let is_mixed = |line: &Line| faces::whole(std::slice::from_ref(line)).is_none();
    let flush = !ended
        && !short
        && !labelled
        && (is_mixed(prev) || is_mixed(line))
        && (line.x0 - prev.x0).abs() < 0.6 * em
        && (step - column.leading).abs() < 0.12 * column.leading;
    // OCR layers give each line another size.
    let slack = if goes_on || flush { 0.7..=1.45 } else { 0.87..=1.15 };
    if !slack.contains(&(line.size / prev.size)) {
        return true;
    }
    // Lines that stand beside each other are no lines of one paragraph.
    if step < 0.75 * em && !line.rtl || is_gap(lines, start, idx, column) && !goes_on {
        return true;
    }
    let lower = lower || ends_in_small_word(&prev.text) && !prev.text.contains('\t') && !item;
    if is_key(&line.text) {
        return true;
    }
    let first = lines.get(start).unwrap_or(prev);
    if let Some(hang) = first.hang.filter(|_| is_key(&first.text) && !line.rtl) {
        // The value of `Appellant by:` goes on below itself; what returns to the margin is new.
        if line.x0 < hang - em {
            return true;
        }
        if (line.x0 - hang).abs() < em && !ended {
            return false;
        }
    }
    if let Some(hang) = first.hang.filter(|_| starts_label(&first.text) && !line.rtl) {
        let near = |a: f32, b: f32| (a - b).abs() < 0.6 * em;
        // The next number of a list, which stands where the first does and has its text below its.
        let is_next = line.hang.is_some_and(|other| near(other, hang)) && near(line.x0, first.x0);
        if is_next && labelled {
            return true;
        }
        // `(Transfer – 08/08)` below the text of an item that had no more room. Where an earlier line
        // returned to the margin, the text does not hang on its number: this one is indented.
        let returned = lines.get(start + 1..idx).unwrap_or_default();
        let hangs = !returned.iter().any(|line| near(line.x0, first.x0));
        if hangs && near(line.x0, hang) && !labelled && !next_fits {
            return false;
        }
    }
    if is_signature(&prev.text) && !lower {
        return true;
    }
    if prev.bold != line.bold && short && !lower {
        return true;
    }
    let is_headed = || {
        let above = lines.get(start..idx).unwrap_or_default();
        let next = lines.get(idx + 1).filter(|_| !line.rtl);
        faces::are_heading(above, line, column.face)
            || faces::are_pairs(prev, line)
            || next.is_some_and(|next| {
                faces::is_heading_between([prev, line, next], column.right, ended, column.face)
            })
    };
    if !lower && is_headed() {
        return true;
    }
    let width = column.right - column.left;
    if are_centred(prev, line) && prev.text.chars().count() < 70 && !lower {
        return true;
    }
    match (column.is_centred(prev), column.is_centred(line)) {
        (true, true) if prev.bold != line.bold && !lower => return true,
        (true, true) if is_capitals(&prev.text) != is_capitals(&line.text) && !lower => {
            return true;
        }
        (true, true) => {
            return room > 0.12 * width || 2.0 * room > line.first_word + 0.8 * em && !lower;
        }
        // The last line of a paragraph begins at the margin, so it is never centred by chance.
        (true, false) | (false, true) if short && !lower => return true,
        _ => {}
    }
    // A row of a table of contents.
    let n_dots = prev.text.bytes().filter(|byte| *byte == b'.').count();
    if n_dots >= 4 && (prev.text.contains(".....") || prev.text.contains(". . . .")) {
        return true;
    }
    if labelled && (ended || short || listed) && !lower {
        return true;
    }
    let indent = column.start(line) - column.start(prev);
    let is_first = idx - 1 == start;
    if indent > 0.8 * em {
        // What hangs on a number begins in a full line; `I. BACKGROUND` is a heading.
        let is_heading = next_fits && !is_bullet(&prev.text) && !starts_lower(&line.text);
        let hangs = is_first && starts_label(&prev.text) && !ended && !is_heading;
        return !hangs && !lower && (ended || short);
    }
    if indent < -0.8 * em && !is_first && (ended || short) && !lower {
        return true;
    }
    // No paragraph's first line is indented so far.
    if indent < -10.0 * em && !lower {
        return true;
    }
    // The next word would have fitted: the author ended the line.
    next_fits && (ended || !lower) || room > 0.4 * (right - column.start(prev)) && !lower
}

/// Tells whether the step to line `idx` is wider than the steps between the lines around it.
fn is_gap(lines: &[Line], start: usize, idx: usize, column: Column) -> bool {
    let step_to = |idx: usize| {
        let (a, b) = (lines.get(idx.checked_sub(1)?)?, lines.get(idx)?);
        (b.y > a.y && (0.87..=1.15).contains(&(b.size / a.size))).then_some(b.y - a.y)
    };
    let Some(step) = step_to(idx) else { return false };
    let size = lines.get(idx).map_or(0.0, |line| line.size);
    if step < 1.05 * size {
        return false;
    }
    if idx - 1 > start {
        // The paragraph has two lines: they say how far its lines stand apart.
        let own = step_to(idx - 1).unwrap_or(column.leading);
        return step > 1.3 * own && step > own + 0.25 * size;
    }
    let usual = match step_to(idx + 1) {
        Some(next) if (next / step - 1.0).abs() < 0.12 => return step > 2.6 * size,
        Some(next) => next.min(column.leading),
        None => leading_of_alike(lines, idx, column).unwrap_or(column.leading),
    };
    step > 1.3 * usual && step > usual + 0.25 * size
}

/// Returns how far lines stand apart that begin where line `idx` begins, if there are enough and the
/// line before is full and open: on a page of narrow quotations the few lines of the court's own text
/// stand further apart than most.
fn leading_of_alike(lines: &[Line], idx: usize, column: Column) -> Option<f32> {
    let (prev, line) = (lines.get(idx.checked_sub(1)?)?, lines.get(idx)?);
    if column.end(prev) < column.right - 2.5 * prev.size || ends_sentence(&prev.text) {
        return None;
    }
    let start = column.start(line);
    let is_alike = |other: &Line| {
        (column.start(other) - start).abs() < 0.6 * line.size
            && (0.87..=1.15).contains(&(other.size / line.size))
    };
    let mut steps: Vec<f32> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if b.y > a.y && is_alike(a) && is_alike(b) => Some(b.y - a.y),
            _ => None,
        })
        .collect();
    // The step that is asked about is one of them.
    if steps.len() < 4 {
        return None;
    }
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied()
}

/// Two lines about one middle that begin and end at different places: signatures, titles.
fn are_centred(a: &Line, b: &Line) -> bool {
    let em = a.size.min(b.size);
    let apart = |x: f32, y: f32| (x - y).abs() > em;
    (a.x0 + a.x1 - b.x0 - b.x1).abs() < 0.6 * em && apart(a.x0, b.x0) && apart(a.x1, b.x1)
}
