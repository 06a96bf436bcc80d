//! Lines that OCR read off a picture, laid out like drawn ones: same paragraphs, same spans, same boxes.

use super::assemble;
use super::blocks::{Block, Line};
use super::faces::Faces;
use super::frame::Frame;
use super::hyphen::Words;
use super::letters;
use super::paragraphs::{self, Usual};
use super::quality::{self, Counts};
use super::rows::Row;
use crate::model::{Page, Role};

/// How many times higher than usual a line of the same type can seem.
const GUESSES: std::ops::Range<f32> = 0.55..1.6;
/// Fewest lines of another size than the one before that show that sizes are guesses.
const LEAST_GUESSED: usize = 4;

/// A line that OCR read.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::extract) struct ScannedLine {
    /// Its words, joined by blanks, in reading order.
    pub(in crate::extract) text: String,
    /// Left, top, right, bottom in points on the page as it lies.
    pub(in crate::extract) rect: [f32; 4],
    /// Length of its first word in points.
    pub(in crate::extract) first_word: f32,
}

/// Appends `blocks` (columns, in reading order) to `page`; the text runs at `degrees` clockwise on
/// a page of `size` points.
pub(in crate::extract) fn lay_out(
    page: &mut Page,
    blocks: &[Vec<ScannedLine>],
    degrees: f32,
    size: [f32; 2],
) {
    let frame = Frame::new(degrees, size);
    let usual = usual_height(blocks, frame);
    let mut words = Words::default();
    blocks.iter().flatten().for_each(|line| words.add(&line.text));
    let blocks = blocks
        .iter()
        .map(|block| Block::Lines(block.iter().map(|l| line(l, frame, usual)).collect()))
        .collect();
    // Sizes of letters are guesses here, too coarse to tell notes from text.
    let usual = Usual { size: usual, notes_below: f32::INFINITY, note_before: false, face: 0 };
    for mut para in paragraphs::paragraphs(blocks, usual) {
        if para.role == Role::Footnote {
            para.role = Role::Body;
        }
        assemble::push(page, &para, frame, &words);
    }
}

/// Gives the rows of an OCR layer one size where it guesses that of each line by its letters.
pub(super) fn even_out(rows: &mut [Row], usual: f32) {
    let left = |row: &Row| row.cells.first().map_or(0.0, |cell| cell.x0);
    let (mut n, mut n_other) = (0, 0);
    for pair in rows.windows(2) {
        let [a, b] = pair else { continue };
        // Lines of one paragraph.
        if (left(a) - left(b)).abs() < 0.5 * usual && b.y() - a.y() < 3.0 * usual {
            n += 1;
            n_other += usize::from((a.size() / b.size() - 1.0).abs() > 0.03);
        }
    }
    if n_other * 3 < n || n_other < LEAST_GUESSED {
        return;
    }
    let cells = rows.iter_mut().flat_map(|row| &mut row.cells);
    for cell in cells.filter(|cell| GUESSES.contains(&(cell.size / usual))) {
        cell.size = usual;
    }
}

/// Returns the trust in a text that OCR read, by its letters alone.
pub(in crate::extract) fn trust(text: &str) -> f32 {
    quality::quality(text, Counts { mapped: text.chars().count(), unmapped: 0 })
}

/// Returns the middle height of all lines.
fn usual_height(blocks: &[Vec<ScannedLine>], frame: Frame) -> f32 {
    let height = |line: &ScannedLine| {
        let [_, y0, _, y1] = frame.rect_of_page(line.rect);
        y1 - y0
    };
    let mut heights: Vec<f32> = blocks.iter().flatten().map(height).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or_default()
}

fn line(scanned: &ScannedLine, frame: Frame, usual: f32) -> Line {
    let [x0, y0, x1, y1] = frame.rect_of_page(scanned.rect);
    let height = y1 - y0;
    // A line without long letters is no smaller line.
    let size = if GUESSES.contains(&(height / usual)) { usual } else { height };
    let arabic = scanned.text.chars().filter(|c| letters::is_arabic(*c)).count();
    let n_letters = scanned.text.chars().filter(|c| c.is_alphabetic()).count();
    Line {
        text: letters::normal(&scanned.text),
        x0,
        x1,
        y: f32::midpoint(y0, y1) + 0.3 * size,
        size,
        first_word: scanned.first_word,
        bold: false,
        rtl: arabic * 2 > n_letters,
        calls: Vec::new(),
        starts_raised: false,
        hang: None,
        faces: Faces::default(),
    }
}
