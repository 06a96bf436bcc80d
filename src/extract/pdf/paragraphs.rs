//! Step 7: from lines to paragraphs, with a role for each.
//!
//! A paragraph ends where the author ended it: at a wider gap, an indent, a printed number after a
//! finished sentence, or a line that stops although the next word would still have fitted.

use super::blocks::{Block, Line};
use super::faces;
use super::line_marks::{
    begins_with_party, counts_on, divides_word, ends_in_small_word, ends_item, ends_sentence,
    is_bullet, is_capitals, is_key, is_rule, is_signature, is_versus, leaves_bracket_open,
    starts_label, starts_lower,
};
use super::notes::{footnotes, notes_start};
use crate::model::Role;
use crate::text::segment::awaits_more;

/// A paragraph: lines that are joined, or the cells of a table row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Para {
    /// What it is.
    pub(super) role: Role,
    /// For a table row one entry a cell, else a single entry; each holds lines.
    pub(super) cells: Vec<Vec<Line>>,
    /// The printed mark of a note.
    pub(super) label: Option<String>,
    /// Whether the last line is full, so that the text may go on elsewhere.
    pub(super) ends_full: bool,
    /// Whether the first line is indented against its column.
    pub(super) indented: bool,
}

/// Fewest lines that are a quotation by indent and typeface alone.
const LEAST_QUOTED: usize = 5;

/// What is usual on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Usual {
    /// Font size of most letters.
    pub(super) size: f32,
    /// Baseline below which notes can stand: half of the page.
    pub(super) notes_below: f32,
    /// Whether the page before ended with a note.
    pub(super) note_before: bool,
    /// Key of the typeface of most letters; 0 where unknown.
    pub(super) face: u64,
}

/// Returns the font size that most letters of `lines` have, in tenths of a point steps.
pub(super) fn usual_size<'a>(lines: impl Iterator<Item = (&'a str, f32)>) -> f32 {
    let mut sizes: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    for (text, size) in lines {
        #[expect(clippy::cast_possible_truncation, reason = "glyph sizes are under 20,000 points")]
        let tenths = (size * 10.0).round() as i32;
        *sizes.entry(tenths).or_default() += text.len();
    }
    let most = sizes.iter().max_by_key(|(size, n)| (**n, **size));
    most.map_or(0.0, |(tenths, _)| f32::from(i16::try_from(*tenths).unwrap_or(i16::MAX)) / 10.0)
}

/// Groups the lines of a page's blocks into paragraphs.
pub(super) fn paragraphs(blocks: Vec<Block>, usual: Usual) -> Vec<Para> {
    let mut paras = Vec::new();
    let calls: Vec<String> = blocks
        .iter()
        .flat_map(|block| match block {
            Block::Lines(lines) => lines.iter().collect::<Vec<_>>(),
            Block::Cells(cells) => cells.iter().flatten().collect(),
        })
        .flat_map(|line| line.calls.clone())
        .collect();
    for block in blocks {
        match block {
            Block::Cells(cells) => paras.push(Para {
                role: Role::Table,
                cells,
                label: None,
                ends_full: false,
                indented: false,
            }),
            Block::Lines(mut lines) => {
                let notes = lines.split_off(notes_start(&lines, usual, &calls));
                let mut next = column(lines, usual).into_iter();
                if let Some(first) = next.next() {
                    join_columns(&mut paras, first);
                }
                paras.extend(next);
                paras.extend(footnotes(notes));
            }
        }
    }
    paras
}

/// Tells whether a paragraph is part of the page's text, not a note or the rule above the notes.
pub(super) const fn is_main(role: Role) -> bool {
    !matches!(role, Role::Footnote | Role::Margin)
}

/// Adds the first paragraph of a column: a sentence that the column before left open goes on.
fn join_columns(paras: &mut Vec<Para>, first: Para) {
    let is_text = |para: &Para| matches!(para.role, Role::Body | Role::Quote | Role::List);
    let open = paras.iter_mut().rev().find(|para| is_main(para.role)).filter(|para| {
        let last = para.cells.last().and_then(|cell| cell.last());
        let begin = first.cells.first().and_then(|cell| cell.first());
        let (Some(last), Some(begin)) = (last, begin) else { return false };
        let beside = begin.y < last.y && begin.x0 > last.x1 || starts_lower(&begin.text);
        let text_open = !ends_sentence(&last.text) && para.ends_full && !starts_label(&begin.text);
        is_text(para)
            && is_text(&first)
            && beside
            && text_open
            && (!first.indented || starts_lower(&begin.text))
            && (begin.size / last.size - 1.0).abs() < 0.1
    });
    match open.and_then(|para| para.cells.last_mut().map(|cell| (&mut para.ends_full, cell))) {
        Some((ends_full, cell)) => {
            *ends_full = first.ends_full;
            cell.extend(first.cells.into_iter().flatten());
        }
        None => paras.push(first),
    }
}

/// Where a column's text usually begins, ends and how far its lines stand apart.
#[derive(Clone, Copy, Debug)]
struct Column {
    left: f32,
    right: f32,
    leading: f32,
    rtl: bool,
    /// Key of the page's usual typeface.
    face: u64,
    /// That of most lines that begin at the left edge, where it is known.
    margin_face: Option<u64>,
}

impl Column {
    fn of(lines: &[Line], face: u64) -> Self {
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
    fn start(&self, line: &Line) -> f32 {
        if self.rtl { -line.x1 } else { line.x0 }
    }

    /// Where the line ends, rising in reading direction.
    fn end(&self, line: &Line) -> f32 {
        if self.rtl { -line.x0 } else { line.x1 }
    }

    fn is_centred(&self, line: &Line) -> bool {
        let width = self.right - self.left;
        let (start, end) = (self.start(line), self.end(line));
        let middle = (start + end - self.left - self.right).abs() / 2.0;
        middle < 0.03 * width + 2.0
            && start > self.left + 1.5 * line.size
            && end < self.right - 1.5 * line.size
    }
}

/// Cuts a column of lines into paragraphs.
fn column(lines: Vec<Line>, usual: Usual) -> Vec<Para> {
    let column = Column::of(&lines, usual.face);
    let mut starts = vec![0];
    for idx in 1..lines.len() {
        let start = starts.last().copied().unwrap_or_default();
        if is_break(&lines, start, idx, column) {
            starts.push(idx);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let ranges: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let paras: Vec<Para> = ranges
        .into_iter()
        .filter_map(|(from, to)| {
            let part = lines.get(from..to).filter(|part| !part.is_empty())?;
            let right = local_right(&lines, to - 1, column);
            let last = part.last()?;
            Some(Para {
                role: role(part, column, usual),
                label: None,
                ends_full: column.end(last) > right - 2.5 * last.size,
                indented: column.start(part.first()?) > column.left + 0.8 * last.size,
                cells: vec![part.to_vec()],
            })
        })
        .collect();
    paras
}

/// Returns the right edge of the lines around `idx` that begin where it begins: a quotation may be
/// narrower than the text around it.
fn local_right(lines: &[Line], idx: usize, column: Column) -> f32 {
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
    if n >= 3 && full * 2 >= n {
        own
    } else {
        // Ragged lines do not say how far they may go; a list of short lines least of all.
        own.max(if n >= 3 { column.right - 4.0 * line.size } else { column.right })
    }
}

/// Tells whether a paragraph begins with line `idx`; the one before began with line `start`.
fn is_break(lines: &[Line], start: usize, idx: usize, column: Column) -> bool {
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
    let lower = (in_sentence || starts_lower(&line.text) || awaits_more(&prev.text)) && !item;
    let lower = lower || divides_word(&prev.text) && !short && !item;
    let goes_on = !ended && lower && !short && step < 3.6 * em;
    // OCR layers give each line another size.
    let slack = if goes_on { 0.7..=1.45 } else { 0.87..=1.15 };
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
    let next_fits = room > line.first_word + 0.8 * em;
    if let Some(hang) = first.hang.filter(|_| starts_label(&first.text) && !line.rtl) {
        let near = |a: f32, b: f32| (a - b).abs() < 0.6 * em;
        // The next number of a list, which stands where the first does and has its text below its.
        let is_next = line.hang.is_some_and(|other| near(other, hang)) && near(line.x0, first.x0);
        if is_next && labelled {
            return true;
        }
        // `(Transfer – 08/08)` below the text of an item that had no more room.
        if near(line.x0, hang) && !labelled && !next_fits {
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
        None => column.leading,
    };
    step > 1.3 * usual && step > usual + 0.25 * size
}

/// Two lines about one middle that begin and end at different places: signatures, titles.
fn are_centred(a: &Line, b: &Line) -> bool {
    let em = a.size.min(b.size);
    let apart = |x: f32, y: f32| (x - y).abs() > em;
    (a.x0 + a.x1 - b.x0 - b.x1).abs() < 0.6 * em && apart(a.x0, b.x0) && apart(a.x1, b.x1)
}

/// Decides what a paragraph is, from its look alone.
fn role(lines: &[Line], column: Column, usual: Usual) -> Role {
    let Some(first) = lines.first() else { return Role::Body };
    let n_chars: usize = lines.iter().map(|line| line.text.chars().count()).sum();
    let letters = || lines.iter().flat_map(|l| l.text.chars()).filter(|c| c.is_alphabetic());
    let capitals = letters().next().is_some() && letters().all(|c| !c.is_lowercase());
    // Where the whole page is bold, a line from margin to margin is text.
    let is_full = |line: &Line| {
        column.end(line) > column.right - 1.5 * line.size && line.text.chars().count() > 40
    };
    let is_usual = faces::whole(lines) == Some(usual.face) && lines.iter().any(is_full);
    let bold = lines.iter().all(|line| line.bold) && !is_usual;
    let large = lines.iter().all(|line| line.size > 1.12 * usual.size);
    let centred = lines.iter().all(|line| column.is_centred(line));
    let ended = lines.last().is_some_and(|line| line.text.ends_with(['.', ';', ',']));
    if lines.len() <= 3
        && n_chars <= 160
        && !ended
        && letters().count() >= 3
        && (large || bold || capitals && centred || faces::is_heading(lines, usual.face))
    {
        return Role::Heading;
    }
    if first.text.starts_with(['•', '▪', '●', '■', '➢', '✓', '◦']) {
        return Role::List;
    }
    let indented = lines.iter().all(|line| column.start(line) > column.left + 1.5 * line.size);
    let narrow = lines.iter().all(|line| column.end(line) < column.right - 0.8 * line.size);
    let smaller = lines.iter().all(|line| line.size < 0.95 * usual.size);
    // Names of counsel are set in bold as well.
    let is_marked = first.text.starts_with(['“', '‘', '"'])
        || lines.last().is_some_and(|line| line.text.trim_end_matches('.').ends_with(['”', '"']));
    let apart = (is_marked || lines.len() >= LEAST_QUOTED)
        && !starts_label(&first.text)
        && faces::whole(lines).is_some_and(|face| column.margin_face.is_some_and(|f| f != face));
    if lines.len() >= 2 && indented && (narrow || smaller || apart) && !centred {
        return Role::Quote;
    }
    Role::Body
}

#[cfg(test)]
mod tests {
    use super::super::faces::Faces;
    use super::*;

    /// Lines of 10 points: left edge, right edge, baseline, text.
    fn lines(input: &[(f32, f32, f32, &str)]) -> Vec<Line> {
        let line = |&(x0, x1, y, text): &(f32, f32, f32, &str)| Line {
            text: text.to_owned(),
            x0,
            x1,
            y,
            size: 10.0,
            #[expect(clippy::cast_precision_loss, reason = "a few letters")]
            first_word: 5.0 * text.find(' ').unwrap_or(text.len()) as f32,
            bold: false,
            rtl: false,
            calls: Vec::new(),
            starts_raised: false,
            faces: Faces::default(),
            hang: text.find('\t').map(|at| x0 + 5.0 * f32::from(u8::try_from(at).unwrap())),
        };
        input.iter().map(line).collect()
    }

    #[track_caller]
    fn check(input: &[(f32, f32, f32, &str)], expect: &[usize]) {
        let usual = Usual { size: 10.0, notes_below: 400.0, note_before: false, face: 0 };
        let paras = paragraphs(vec![Block::Lines(lines(input))], usual);
        let sizes: Vec<usize> =
            paras.iter().map(|para| para.cells.iter().map(Vec::len).sum()).collect();
        assert_eq!(sizes, expect);
    }

    #[test]
    fn a_wider_gap_ends_a_paragraph() {
        check(
            &[
                (50.0, 300.0, 10.0, "Through this petition the"),
                (50.0, 298.0, 22.0, "petitioner has assailed the"),
                (50.0, 299.0, 34.0, "order of the court below and"),
                (50.0, 300.0, 54.0, "The learned counsel for the"),
                (50.0, 300.0, 66.0, "respondent has opposed it and"),
            ],
            &[3, 2],
        );
    }

    #[test]
    fn an_indent_begins_one_and_the_next_line_returns() {
        check(
            &[
                (80.0, 300.0, 10.0, "Through this petition the"),
                (50.0, 300.0, 22.0, "petitioner has assailed the"),
                (50.0, 200.0, 34.0, "order of the court."),
                (80.0, 300.0, 46.0, "The learned counsel for the"),
                (50.0, 300.0, 58.0, "respondent has opposed it and"),
            ],
            &[3, 2],
        );
    }

    #[test]
    fn a_printed_number_begins_one() {
        check(
            &[
                (50.0, 300.0, 10.0, "2. The matter was heard on"),
                (50.0, 300.0, 22.0, "merits and order was reserved."),
                (50.0, 300.0, 34.0, "3. The record shows that the"),
                (50.0, 300.0, 46.0, "petitioner was not heard at"),
            ],
            &[2, 2],
        );
    }

    #[test]
    fn a_number_in_mid_sentence_begins_none() {
        check(
            &[
                (50.0, 300.0, 10.0, "as was held by the court in para"),
                (50.0, 300.0, 22.0, "3. of the said judgment which"),
                (50.0, 300.0, 34.0, "governs this matter entirely"),
            ],
            &[3],
        );
    }

    #[test]
    fn a_label_that_counts_on_within_a_sentence_begins_none() {
        check(
            &[
                (50.0, 300.0, 10.0, "a movant must show by evidence (1) that counsel failed as"),
                (50.0, 296.0, 22.0, "an attorney would not under similar circumstances, and"),
                (50.0, 300.0, 34.0, "(2) that he was prejudiced thereby and that the outcome"),
                (50.0, 200.0, 46.0, "would have been another."),
            ],
            &[4],
        );
        // Items stand under each other, and their first one does so too.
        check(
            &[
                (50.0, 300.0, 10.0, "(a) that the order was passed without any notice to him, and"),
                (50.0, 300.0, 22.0, "(b) that it was passed by one who had no power to do so."),
            ],
            &[1, 1],
        );
        check(
            &[
                (
                    50.0,
                    300.0,
                    10.0,
                    "2. (1) No one shall be heard without a notice of ten days, or",
                ),
                (50.0, 300.0, 22.0, "(2) be held for longer than the law under which he is held."),
            ],
            &[1, 1],
        );
    }

    #[test]
    fn centred_lines_stand_alone() {
        check(
            &[
                (50.0, 300.0, 10.0, "a full line of text that ends here."),
                (140.0, 210.0, 30.0, "Mr. A. B."),
                (160.0, 190.0, 42.0, "Versus"),
                (130.0, 220.0, 54.0, "The Federation"),
            ],
            &[1, 1, 1, 1],
        );
    }

    #[test]
    fn full_items_of_a_hanging_list_stay_apart() {
        check(
            &[
                (50.0, 300.0, 10.0, "299.\tMr Worth (p 206)—Energy. (Transfer – 11/10)"),
                (50.0, 300.0, 22.0, "300.\tMr de Villiers (p 155)—Traditional Affairs."),
                (75.0, 180.0, 34.0, "(Transfer – 08/08)"),
                (50.0, 300.0, 46.0, "301.\tMr de Villiers—Health. (Transfer –"),
                (75.0, 120.0, 58.0, "11/10)"),
                (50.0, 300.0, 70.0, "302.\tMr Worth (p 206)—Energy. (Transfer – 11/10)"),
            ],
            &[1, 2, 2, 1],
        );
    }

    #[test]
    fn a_short_heading_with_a_number_hangs_nothing_on_it() {
        check(
            &[
                (50.0, 125.0, 10.0, "I. BACKGROUND"),
                (80.0, 300.0, 34.0, "We draw the facts from the limited record"),
                (50.0, 300.0, 58.0, "available in the district court, including"),
                (50.0, 300.0, 82.0, "the complaint and its exhibits, as they are"),
            ],
            &[1, 3],
        );
    }

    #[test]
    fn a_hanging_number_keeps_its_text() {
        check(
            &[
                (50.0, 300.0, 10.0, "290.\tMr Joseph, on Cooperative"),
                (80.0, 200.0, 22.0, "Governance and Affairs."),
                (50.0, 300.0, 34.0, "297.\tMr Worth, on Traditional"),
            ],
            &[2, 1],
        );
    }

    #[test]
    fn notes_are_apart_and_carry_their_mark() {
        let mut input = lines(&[
            (50.0, 300.0, 10.0, "The court held so. 1 It also"),
            (50.0, 300.0, 22.0, "said that it was bound."),
            (50.0, 300.0, 500.0, "1 See the order of 2019, which"),
            (50.0, 200.0, 509.0, "was affirmed."),
            (50.0, 200.0, 518.0, "2 Ibid."),
        ]);
        input[0].calls = vec!["1".to_owned()];
        for line in &mut input[2..] {
            line.size = 8.0;
        }
        input.insert(2, Line { text: "——————".to_owned(), y: 490.0, ..input[0].clone() });
        let usual = Usual { size: 10.0, notes_below: 400.0, note_before: false, face: 0 };
        let paras = paragraphs(vec![Block::Lines(input)], usual);
        let seen: Vec<(Role, Option<&str>, usize)> =
            paras.iter().map(|p| (p.role, p.label.as_deref(), p.cells[0].len())).collect();
        assert_eq!(
            seen,
            [
                (Role::Body, None, 2),
                (Role::Margin, None, 1),
                (Role::Footnote, Some("1"), 2),
                (Role::Footnote, Some("2"), 1),
            ]
        );
    }

    #[test]
    fn an_open_sentence_goes_on_over_double_spacing() {
        check(
            &[
                (80.0, 300.0, 10.0, "The questions of law framed for our"),
                (50.0, 200.0, 40.0, "consideration are the following:"),
                (60.0, 300.0, 78.0, "i. Whether the time for an appeal runs"),
                (80.0, 200.0, 90.0, "from the day of the order?"),
            ],
            &[2, 2],
        );
    }

    #[test]
    fn a_line_that_ends_in_a_small_word_goes_on() {
        check(
            &[
                (50.0, 300.0, 10.0, "• Open letter to His Excellency"),
                (60.0, 260.0, 22.0, "the President on the occasion of the"),
                (60.0, 300.0, 34.0, "15 November 2006 visit to the house"),
            ],
            &[3],
        );
    }

    #[test]
    fn an_abbreviation_ends_no_paragraph() {
        check(
            &[
                (50.0, 260.0, 10.0, "A whole example: one party v. another (Writ Petition No."),
                (50.0, 300.0, 22.0, "1805 of 2023, Islamabad High Court), an order of"),
                (50.0, 270.0, 34.0, "the year after in Tariq v."),
                (50.0, 200.0, 46.0, "Federation of Pakistan."),
            ],
            &[4],
        );
        assert!(ends_sentence("and the answer was no."));
        assert!(ends_sentence("Babar Sattar, J."));
        assert!(!ends_sentence("in Crl. Misc."));
    }

    #[test]
    fn the_last_item_of_a_list_stands_alone() {
        check(
            &[
                (50.0, 300.0, 10.0, "(i)\tLet a meeting of the members be"),
                (70.0, 300.0, 22.0, "called and notice be sent to all; and"),
                (50.0, 300.0, 34.0, "(ii)\tMr. Khan shall chair the meeting."),
            ],
            &[2, 1],
        );
    }

    #[test]
    fn a_value_goes_on_below_itself_and_ends_at_the_margin() {
        check(
            &[
                (50.0, 300.0, 10.0, "Appellant by:\tMr. A. Khan, Deputy"),
                (120.0, 200.0, 22.0, "Attorney-General."),
                (50.0, 300.0, 34.0, "Respondent by:\tMr. B. Shah, Advocate."),
                (60.0, 300.0, 46.0, "Anwar, J. This appeal is directed against"),
            ],
            &[2, 1, 1],
        );
    }

    #[test]
    fn typed_rules_stand_alone() {
        check(
            &[
                (50.0, 300.0, 10.0, "the matter was heard at length and"),
                (50.0, 300.0, 22.0, "========================"),
                (50.0, 300.0, 34.0, "Sattar, J.- The appellant is aggrieved"),
            ],
            &[1, 1, 1],
        );
    }

    #[test]
    fn a_judge_signs_above_his_office() {
        check(
            &[
                (150.0, 300.0, 10.0, "(TARIQ MEHMOOD KHAN)"),
                (200.0, 250.0, 22.0, "JUDGE"),
                (50.0, 100.0, 50.0, "Zahid"),
            ],
            &[1, 1, 1],
        );
    }

    #[test]
    fn parties_stand_on_both_sides_of_versus() {
        check(
            &[
                (150.0, 250.0, 10.0, "Rafiq and others"),
                (150.0, 180.0, 22.0, "versus"),
                (150.0, 200.0, 34.0, "The State"),
            ],
            &[1, 1, 1],
        );
    }
}
