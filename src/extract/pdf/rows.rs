//! Step 5: words. Lines of chunks become rows of cells.
//!
//! A [`Row`] holds the chunks of one baseline across the page, cut into [`Cell`]s wherever a gap is wide
//! enough to be more than a space between words. Which cells belong to one line is decided later,
//! when the columns are known.

use super::bidi;
use super::chunks::{self, Chunk, Placed};
use super::faces::Faces;
use super::frame::Frame;
use super::ink::{Artifact, Ink, Letters};
use super::letters;

/// A gap of this many ems is a space, where the font draws no spaces.
const WORD_GAP: f32 = 0.13;
/// The same for lines in which spaces are drawn: kerning and justification make smaller gaps.
const WORD_GAP_SPACED: f32 = 0.13;
/// The same in a line whose letters stand equally far apart.
const WORD_GAP_EVEN: f32 = 0.12;
/// Fewest gaps that show that they are equal.
const LEAST_EVEN: usize = 12;
/// How far letters stand over each other at most where a line is set tightly, in ems.
const TIGHTEST: f32 = -0.05;
/// The same between letters of Arabic script.
const WORD_GAP_ARABIC: f32 = 0.3;
/// A gap of this many ems may be a gutter.
pub(super) const CELL_GAP: f32 = 0.8;
/// The same where other text was drawn between.
const CELL_GAP_APART: f32 = 0.7;
/// A chunk this many times larger than its neighbour is not set in the same line of text.
const HEADING: f32 = 1.3;

/// A stretch of a row without a wide gap.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// Its text, in logical order, without blanks at the ends.
    pub(super) text: String,
    /// Left edge in the frame.
    pub(super) x0: f32,
    /// Right edge in the frame.
    pub(super) x1: f32,
    /// Baseline in the frame.
    pub(super) y: f32,
    /// Font size of most of its letters, in points.
    pub(super) size: f32,
    /// Position of its first glyph in content order.
    pub(super) order: usize,
    /// Width of its first word in points.
    pub(super) first_word: f32,
    /// Most letters are bold.
    pub(super) bold: bool,
    /// Drawn light or outlined.
    pub(super) light: bool,
    /// What the tags say.
    pub(super) artifact: Artifact,
    /// Whether its text runs from right to left.
    pub(super) rtl: bool,
    /// Numbers raised above the line: calls of notes.
    pub(super) calls: Vec<String>,
    /// Whether its first letters are raised: the number of a note.
    pub(super) starts_raised: bool,
    /// The typefaces that it is set in.
    pub(super) faces: Faces,
}

/// The cells of one baseline, from left to right.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Row {
    /// Never empty.
    pub(super) cells: Vec<Cell>,
    /// The usual gap between words in points; 0 where there is none.
    pub(super) word_gap: f32,
    /// The rows of each cell, where the row is that of a ruled table; its `cells` are then one, with
    /// the text of all.
    pub(super) inner: Vec<Vec<Self>>,
}

impl Row {
    /// Returns the baseline.
    pub(super) fn y(&self) -> f32 {
        self.cells.first().map_or(0.0, |cell| cell.y)
    }

    /// Returns the largest font size.
    pub(super) fn size(&self) -> f32 {
        self.cells.iter().map(|cell| cell.size).fold(0.0, f32::max)
    }

    /// Returns the whole text, cells joined by blanks.
    pub(super) fn text(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        texts.join(" ")
    }
}

/// Builds the rows of the glyphs `which` of `ink`, from top to bottom.
pub(super) fn rows(ink: &Ink, which: &[usize], frame: Frame) -> Vec<Row> {
    let mut lines = chunks::buckets(chunks::chunks(ink, which, frame));
    chunks::raise(&mut lines);
    let lines = lines.into_iter().flat_map(chunks::without_doubles);
    lines.filter_map(|line| row(ink, line)).collect()
}

/// Cuts a line of chunks into cells.
fn row(ink: &Ink, line: Vec<Chunk<'_>>) -> Option<Row> {
    let arabic = line.iter().flat_map(|c| &c.glyphs).filter(|glyph| glyph.is_arabic()).count();
    let letters = line.iter().map(|chunk| chunk.glyphs.len()).sum::<usize>();
    let word_gap = word_gap(&line, arabic * 2 > letters);
    // A line of Arabic script is justified by wide gaps; it is cut only at very wide ones.
    let cell_gap = if arabic * 2 > letters { 2.5 } else { CELL_GAP };
    let mut cells = Vec::new();
    let mut gaps = Vec::new();
    let mut open: Vec<Chunk<'_>> = Vec::new();
    let mut end = f32::NEG_INFINITY;
    for chunk in line {
        let em = open.last().map_or(chunk.size, |last| gap_em(last, &chunk));
        let gap = chunk.x0 - end;
        let least = if open.last().is_some_and(|last| is_drawn_apart(ink, last, &chunk)) {
            CELL_GAP_APART
        } else {
            cell_gap
        };
        if !open.is_empty() && gap > least * em {
            cells.extend(cell(ink, std::mem::take(&mut open), word_gap, &mut gaps));
        }
        end = if open.is_empty() { chunk.x1 } else { end.max(chunk.x1) };
        open.push(chunk);
    }
    cells.extend(cell(ink, open, word_gap, &mut gaps));
    let usual = median(&mut gaps);
    (!cells.is_empty()).then_some(Row { cells, word_gap: usual, inner: Vec::new() })
}

/// Tells whether other text was drawn between two chunks, the first of which ends with a blank: cells
/// of a table that leave each other little room. OCR layers place each word anyhow.
fn is_drawn_apart(ink: &Ink, last: &Chunk<'_>, next: &Chunk<'_>) -> bool {
    let end = last.glyphs.last().map_or(0, |glyph| glyph.order);
    let run = next.glyphs.first().and_then(|glyph| ink.runs.get(glyph.run as usize));
    last.blank_after && next.order() > end + 3 && run.is_some_and(|run| !run.invisible)
}

/// Returns the em that measures the gap between two chunks: the larger one, but beside a heading of
/// another column the text's own, or the gutter would be a blank of the heading.
fn gap_em(a: &Chunk<'_>, b: &Chunk<'_>) -> f32 {
    let (small, large) = (a.size.min(b.size), a.size.max(b.size));
    if large > HEADING * small && !a.raised && !b.raised { small } else { large }
}

/// Returns the gap, in ems, from which on two letters of this line belong to two words.
fn word_gap(line: &[Chunk<'_>], is_arabic: bool) -> f32 {
    if is_arabic {
        return WORD_GAP_ARABIC;
    }
    let mut gaps: Vec<f32> = Vec::with_capacity(line.iter().map(|c| c.glyphs.len()).sum());
    let mut has_blanks = false;
    for chunk in line {
        has_blanks |= chunk.blank_after || chunk.glyphs.iter().any(Placed::is_blank);
        let pairs = chunk.glyphs.windows(2);
        gaps.extend(pairs.filter_map(|pair| match pair {
            // The dots that lead the eye to a page number say nothing of letters.
            [a, b] if a.is_leader() && b.is_leader() => None,
            [a, b] if !a.is_blank() && !b.is_blank() => Some((b.x - a.end()) / a.size),
            _ => None,
        }));
    }
    // In a line whose letters all stand equally far apart a smaller gap is one more.
    let usual = letter_gap(&mut gaps).clamp(TIGHTEST, 0.6);
    let n_even = gaps.iter().filter(|gap| (**gap - usual).abs() < 0.01).count();
    let is_even = gaps.len() >= LEAST_EVEN && n_even * 10 >= gaps.len() * 8;
    // Letter-spaced and justified lines have a gap between all letters.
    usual
        + match (is_even, has_blanks) {
            (true, _) => WORD_GAP_EVEN,
            (false, true) => WORD_GAP_SPACED,
            (false, false) => WORD_GAP,
        }
}

/// Returns the usual gap between two letters of a word: the middle one of `gaps`.
///
/// Where words have one or two letters (`12 14 17`, initials) most gaps stand between words. Then
/// two kinds of gaps lie apart with nothing between them, and the narrow ones are those of letters.
fn letter_gap(gaps: &mut [f32]) -> f32 {
    let middle = median(gaps);
    if middle <= WORD_GAP {
        return middle;
    }
    gaps.sort_unstable_by(f32::total_cmp);
    let steps = gaps.windows(2).take(gaps.len() / 2).enumerate().filter_map(|(idx, pair)| {
        let [a, b] = pair else { return None };
        ((idx + 1) * 8 >= gaps.len()).then_some((idx + 1, b - a))
    });
    let widest = steps.max_by(|(_, a), (_, b)| a.total_cmp(b));
    match widest.filter(|(_, step)| *step >= WORD_GAP) {
        Some((n_narrow, _)) => gaps.get(n_narrow / 2).copied().unwrap_or(middle),
        None => middle,
    }
}

/// Returns the middle one of `values`, the upper of two; 0 where there is none.
fn median(values: &mut [f32]) -> f32 {
    let middle = values.len() / 2;
    if values.is_empty() { 0.0 } else { *values.select_nth_unstable_by(middle, f32::total_cmp).1 }
}

/// Reads the text of neighbouring chunks; pushes the widths of the gaps between words to `gaps`.
fn cell(ink: &Ink, chunks: Vec<Chunk<'_>>, word_gap: f32, gaps: &mut Vec<f32>) -> Option<Cell> {
    let x0 = chunks.iter().map(|chunk| chunk.x0).fold(f32::INFINITY, f32::min);
    let x1 = chunks.iter().map(|chunk| chunk.x1).fold(f32::NEG_INFINITY, f32::max);
    let main = chunks.iter().max_by(|a, b| a.size.total_cmp(&b.size))?;
    let (y, size) = (main.y, usual_size(&chunks));
    let order = chunks.iter().map(Chunk::order).min()?;
    let starts_raised = chunks.first().is_some_and(|chunk| chunk.raised);
    let (mut n, mut n_bold, mut n_light, mut is_rtl) = (0_usize, 0, 0, false);
    let mut faces = Faces::default();
    for glyphs in chunks.iter().flat_map(|c| c.glyphs.chunk_by(|a, b| a.run == b.run)) {
        n += glyphs.len();
        is_rtl |= glyphs.iter().any(Placed::is_rtl);
        let Some(run) = glyphs.first().and_then(|glyph| ink.runs.get(glyph.run as usize)) else {
            continue;
        };
        n_bold += if run.bold { glyphs.len() } else { 0 };
        n_light += if run.light { glyphs.len() } else { 0 };
        if !glyphs.iter().all(Placed::is_blank) {
            faces.add(Faces::of(run.face, run.font != 0));
        }
    }
    let (bold, light) = (n_bold * 2 > n, n_light * 2 > n);
    let artifact = chunks
        .iter()
        .find_map(|chunk| chunk.glyphs.first())
        .and_then(|glyph| ink.runs.get(glyph.run as usize))
        .map_or(Artifact::None, |run| run.artifact);
    let calls = calls(&chunks);
    let (text, first_word, rtl) = if is_rtl {
        let all: Vec<Placed<'_>> =
            chunks.iter().flat_map(|chunk| chunk.glyphs.iter().copied()).collect();
        let (text, rtl) = bidi::logical(&all, word_gap);
        (text, size * 2.0, rtl)
    } else {
        let (text, first_word) = read(&chunks, n, word_gap, gaps);
        (text, first_word, false)
    };
    let text = letters::normal(&text);
    (!text.is_empty()).then_some(Cell {
        text,
        x0,
        x1,
        y,
        size,
        order,
        first_word,
        bold,
        light,
        artifact,
        rtl,
        calls,
        starts_raised,
        faces,
    })
}

/// Returns the size of the chunk with the most glyphs: that of its first letter, which is the large one
/// in small capitals; a quotation mark in front may be larger than the whole line.
fn usual_size(chunks: &[Chunk<'_>]) -> f32 {
    let Some(main) = chunks.iter().max_by_key(|chunk| chunk.glyphs.len()) else { return 0.0 };
    let is_letter = |glyph: &&Placed<'_>| match glyph.letters {
        Letters::One(c) => c.is_alphanumeric(),
        _ => true,
    };
    main.glyphs.iter().find(is_letter).map_or(main.size, |glyph| glyph.size)
}

/// Returns the raised numbers of a cell.
fn calls(chunks: &[Chunk<'_>]) -> Vec<String> {
    let raised = chunks.iter().filter(|chunk| chunk.raised);
    raised
        .map(|chunk| {
            let mut text = String::new();
            chunk.glyphs.iter().for_each(|glyph| push_letters(&mut text, glyph.letters));
            text.trim().to_owned()
        })
        .filter(|text| is_note_mark(text))
        .collect()
}

/// Tells whether `text` can be the mark of a note.
pub(super) fn is_note_mark(text: &str) -> bool {
    let digits = !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    digits || matches!(text, "*" | "**" | "†" | "‡" | "§")
}

/// Reads left-to-right chunks of `n` glyphs. Returns the text and the width of its first word.
fn read(chunks: &[Chunk<'_>], n: usize, word_gap: f32, gaps: &mut Vec<f32>) -> (String, f32) {
    let mut text = String::with_capacity(n + n / 8);
    let mut last: Option<&Placed<'_>> = None;
    let mut first_word = None;
    let start = chunks.first().map_or(0.0, |chunk| chunk.x0);
    let mut blank = false;
    for chunk in chunks {
        blank |= chunk.blank_before;
        // The number before a note's own text stays a number.
        let is_call = chunk.raised && last.is_some() && is_raised_number(chunk);
        for glyph in &chunk.glyphs {
            if glyph.is_blank() {
                blank = true;
                continue;
            }
            if let (true, Letters::One(digit)) = (is_call, glyph.letters) {
                text.push(superscript(*digit));
                last = Some(glyph);
                continue;
            }
            if let Some(last) = last {
                let gap = glyph.x - last.end();
                let em = last.size.min(glyph.size);
                // A drawn blank that later letters cover is none.
                let drawn = blank && gap > -0.2 * em;
                // Between two quotation marks printers put a thin space.
                let thin = if is_quote(last) && is_quote(glyph) { 2.0 } else { 1.0 };
                if drawn || gap > thin * word_gap * em || needs_blank(&text, last, glyph) {
                    first_word.get_or_insert(last.end() - start);
                    text.push(' ');
                    gaps.push(gap);
                }
            }
            blank = false;
            push_letters(&mut text, glyph.letters);
            last = Some(glyph);
        }
        blank |= chunk.blank_after;
    }
    let width = last.map_or(0.0, |last| last.end() - start);
    (text, first_word.unwrap_or(width))
}

/// The number before a note's own text stands apart from it.
fn needs_blank(text: &str, last: &Placed<'_>, next: &Placed<'_>) -> bool {
    last.raised && !next.raised && is_digit(last) && text.chars().count() <= 3
}

const fn is_quote(glyph: &Placed<'_>) -> bool {
    matches!(glyph.letters, Letters::One('‘' | '’' | '“' | '”' | '\'' | '"'))
}

fn is_digit(glyph: &Placed<'_>) -> bool {
    matches!(glyph.letters, Letters::One(c) if c.is_ascii_digit())
}

/// Tells whether a raised chunk is the call of a note or an exponent, and no `th` or `1/2`.
fn is_raised_number(chunk: &Chunk<'_>) -> bool {
    let mut glyphs = chunk.glyphs.iter().filter(|glyph| !glyph.is_blank());
    chunk.glyphs.len() <= 4 && glyphs.all(is_digit)
}

/// Returns the raised form of an ASCII digit: `97A³` is section 97A with a note, never `97A3`.
fn superscript(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        _ => digit.to_digit(10).and_then(|value| char::from_u32(0x2070 + value)).unwrap_or(digit),
    }
}

fn push_letters(text: &mut String, letters: &Letters) {
    match letters {
        Letters::One(c) => text.push(*c),
        Letters::Many(many) => text.push_str(many),
        Letters::Unknown => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::ink::{Glyph, Run};
    use super::*;

    /// A page of words: left edge, baseline, size, text; each letter half an em wide.
    fn ink(words: &[(f32, f32, f32, &str)]) -> Ink {
        let mut ink = Ink { page: [600.0, 800.0], ..Ink::default() };
        ink.runs.push(Run {
            angle: 0.0,
            invisible: false,
            grey: 0,
            light: false,
            bold: false,
            font: 0,
            face: 0,
            nastaliq: false,
            artifact: Artifact::None,
        });
        for &(x, y, size, text) in words {
            for (n, c) in text.chars().enumerate() {
                #[expect(clippy::cast_precision_loss, reason = "a few letters")]
                let x = x + n as f32 * size / 2.0;
                let letters = Letters::One(c);
                ink.glyphs.push(Glyph {
                    at: [x, y],
                    advance: size / 2.0,
                    size,
                    letters,
                    code: 0,
                    run: 0,
                });
            }
        }
        ink
    }

    #[track_caller]
    fn check(words: &[(f32, f32, f32, &str)], expect: &[&str]) {
        let ink = ink(words);
        let all: Vec<usize> = (0..ink.glyphs.len()).collect();
        let rows = rows(&ink, &all, Frame::new(0.0, ink.page));
        let texts: Vec<String> = rows
            .iter()
            .map(|row| row.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("|"))
            .collect();
        assert_eq!(texts, expect);
    }

    #[test]
    fn a_gap_is_a_space() {
        check(&[(10.0, 20.0, 10.0, "writ"), (33.0, 20.0, 10.0, "petition")], &["writ petition"]);
    }

    #[test]
    fn a_small_gap_is_none() {
        check(&[(10.0, 20.0, 10.0, "wr"), (21.0, 20.0, 10.0, "it")], &["writ"]);
    }

    #[test]
    fn a_wide_gap_makes_a_cell() {
        check(&[(10.0, 20.0, 10.0, "16."), (60.0, 20.0, 10.0, "Mr.")], &["16.|Mr."]);
    }

    #[test]
    fn a_heading_of_the_next_column_is_a_cell_of_its_own() {
        check(&[(10.0, 20.0, 9.0, "abuse"), (46.0, 20.0, 24.0, "ALGERIA")], &["abuse|ALGERIA"]);
        // A large first letter stays with its word.
        check(&[(10.0, 20.0, 24.0, "T"), (23.0, 20.0, 9.0, "he court")], &["The court"]);
    }

    #[test]
    fn lines_follow_their_baselines_not_the_order_of_drawing() {
        check(&[(10.0, 40.0, 10.0, "second"), (10.0, 20.5, 10.0, "first")], &["first", "second"]);
    }

    #[test]
    fn fake_bold_is_read_once() {
        check(&[(10.0, 20.0, 10.0, "JUDGE"), (10.4, 20.0, 10.0, "JUDGE")], &["JUDGE"]);
    }

    #[test]
    fn two_stamps_over_each_other_are_both_kept() {
        check(
            &[(10.0, 20.0, 10.0, "Document 26"), (10.0, 20.0, 10.0, "Document 27")],
            &["Document 26", "Document 27"],
        );
    }

    #[test]
    fn a_raised_number_is_a_call_and_no_part_of_its_word() {
        check(&[(10.0, 20.0, 10.0, "Court"), (35.0, 16.0, 6.0, "12")], &["Court¹²"]);
        check(
            &[(10.0, 20.0, 10.0, "97A"), (25.0, 16.0, 6.0, "3"), (33.0, 20.0, 10.0, "which")],
            &["97A³ which"],
        );
    }

    #[test]
    fn the_number_of_a_note_stays_a_number() {
        check(&[(10.0, 16.0, 6.0, "12"), (17.0, 20.0, 10.0, "See")], &["12 See"]);
        // A blank of a typewriter's width lies between.
        check(&[(10.0, 16.0, 6.0, "1"), (21.0, 20.0, 10.0, "See")], &["1 See"]);
    }

    #[test]
    fn a_small_raised_letter_stays_in_its_word() {
        check(&[(10.0, 20.0, 10.0, "18"), (20.0, 16.5, 6.0, "th")], &["18th"]);
    }

    #[test]
    fn spaces_drawn_by_the_font_count() {
        check(&[(10.0, 20.0, 10.0, "a b  c")], &["a b c"]);
    }
}
