//! Quotations pulled out of the text: a sentence of the page, set larger in a gap of its column.
//!
//! Read where it stands it would break every line beside it. So it is taken out, and written behind
//! the paragraph that it lies in, where all of this holds: larger type, drawn in one go, lines of
//! text close beside it and others that go on over or under both, and its words stand in the text too.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Line;
use super::frame::Frame;
use super::ink::{Glyph, Ink, Letters};
use super::paragraphs::Para;
use super::rows::{self, Cell, Row};

/// How many times larger than the text its letters are.
const LARGER: std::ops::RangeInclusive<f32> = 1.1..=2.5;
/// Fewest letters of one.
const MIN_LETTERS: usize = 30;
/// Fewest lines of one, and of the text beside it.
const MIN_LINES: usize = 3;
/// How far the text beside it may stand from it, in font sizes.
const NEAR: f32 = 3.0;
/// Most of one page that are looked at.
const MAX_TRIED: usize = 8;
/// Pages of more signs are taken as they are.
const MAX_GLYPHS: usize = 50_000;
/// The share of its pairs of words that the text must have too: words are left out of many.
const REPEATED: f32 = 0.6;
/// The share of its words that the text must have where it says the same in another order.
const REPEATED_WORDS: f32 = 0.8;
/// Fewest of these words.
const MIN_WORDS: usize = 12;

/// Takes the glyphs of pulled quotations out of `which` and returns the rows of each.
pub(super) fn take(ink: &Ink, which: &mut Vec<usize>, frame: Frame) -> Vec<Vec<Row>> {
    let mut taken = Vec::new();
    if which.len() > MAX_GLYPHS {
        return taken;
    }
    let size = usual_size(ink, which);
    for large in stretches(ink, which, size).into_iter().take(MAX_TRIED) {
        let quote = rows::rows(ink, &large, frame);
        if quote.len() < MIN_LINES {
            continue;
        }
        let large: BTreeSet<usize> = large.into_iter().collect();
        let rest: Vec<usize> = which.iter().copied().filter(|idx| !large.contains(idx)).collect();
        let text = rows::rows(ink, &rest, frame);
        if lies_in_text(&quote, &text, size) && repeats(&quote, &text) {
            *which = rest;
            taken.push(quote);
        }
    }
    taken
}

/// Returns each quotation with the paragraph of `body` before which it is written: the one after that
/// beside which it stands. The paragraph that may go on over the page's end comes last.
pub(super) fn places<'a>(quotes: &'a [Vec<Row>], body: &[Para]) -> Vec<(usize, &'a [Row])> {
    let place = |quote: &'a Vec<Row>| {
        let (first, last) = (quote.first()?, quote.last()?);
        let (top, bottom) = (first.y() - first.size(), last.y());
        let cells = || quote.iter().flat_map(|row| &row.cells);
        let x0 = cells().map(|cell| cell.x0).fold(f32::INFINITY, f32::min);
        let x1 = cells().map(|cell| cell.x1).fold(f32::NEG_INFINITY, f32::max);
        let is_beside = |line: &Line| {
            (top..=bottom).contains(&line.y) && (line.x0 - x1).max(x0 - line.x1) < NEAR * line.size
        };
        let beside = |para: &Para| para.cells.iter().flatten().any(is_beside);
        let at = body.iter().position(beside).unwrap_or(body.len());
        let flows = |para: &Para| super::assemble::flows(para.role);
        let is_last = Some(at) == body.iter().rposition(flows);
        let is_first = Some(at) == body.iter().position(flows);
        Some((if is_last && !is_first { at } else { at + 1 }, quote.as_slice()))
    };
    quotes.iter().filter_map(place).collect()
}

/// A line that was made longer: its height, its new right edge, and by how much.
pub(super) type Widened = (f32, f32, f32);

/// Lines that end beside a quotation had no more room: as long as paragraphs are sought, they are as
/// much longer as their column would be wider without it.
pub(super) fn widen(quotes: &[Vec<Row>], rows: &mut [Row]) -> Vec<Widened> {
    let mut widened = Vec::new();
    for quote in quotes {
        let (Some(first), Some(last)) = (quote.first(), quote.last()) else { continue };
        let size = first.size();
        // The line above its letters is as short as those beside it.
        let (top, bottom) = (first.y() - 1.5 * size, last.y() + 0.5 * size);
        let x0 = quote.iter().flat_map(|row| &row.cells).map(|cell| cell.x0);
        let x0 = x0.fold(f32::INFINITY, f32::min);
        let is_beside = |cell: &Cell| (top..=bottom).contains(&cell.y) && cell.x1 <= x0;
        let near: Vec<&Cell> = rows
            .iter()
            .filter_map(|row| row.cells.iter().rev().find(|cell| is_beside(cell)))
            .filter(|cell| x0 - cell.x1 < NEAR * size)
            .collect();
        let left = near.iter().map(|cell| cell.x0).fold(f32::INFINITY, f32::min);
        let edge = near.iter().map(|cell| cell.x1).fold(f32::NEG_INFINITY, f32::max);
        if near.len() < 2 {
            continue;
        }
        let in_column = |row: &Row| row.cells.iter().any(|cell| (cell.x0 - left).abs() < 1.0);
        let cells = rows.iter().filter(|row| in_column(row)).filter_map(|row| row.cells.last());
        let by = cells.map(|cell| cell.x1).fold(edge, f32::max) - edge;
        for row in rows.iter_mut() {
            let cell = row.cells.iter_mut().rev().find(|cell| is_beside(cell) && cell.x0 >= left);
            if let Some(cell) = cell {
                cell.x1 += by;
                widened.push((cell.y, cell.x1, by));
            }
        }
    }
    widened
}

/// Gives the lines that [`widen`] made longer their length again.
pub(super) fn narrow(widened: &[Widened], paras: &mut [Para]) {
    for line in paras.iter_mut().flat_map(|para| &mut para.cells).flatten() {
        let own = widened
            .iter()
            .find(|(y, x1, _)| (line.y - y).abs() < 3.0 && (line.x1 - x1).abs() < 0.1);
        line.x1 -= own.map_or(0.0, |(.., by)| *by);
    }
}

/// Returns the size that most letters have.
fn usual_size(ink: &Ink, which: &[usize]) -> f32 {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    // Letters of one size follow one another.
    let (mut last, mut n) = (0, 0);
    for glyph in which.iter().filter_map(|idx| ink.glyphs.get(*idx)) {
        let bits = glyph.size.to_bits();
        if bits != last {
            *counts.entry(last).or_default() += n;
            (last, n) = (bits, 0);
        }
        n += 1;
    }
    *counts.entry(last).or_default() += n;
    let most = counts.iter().max_by_key(|(bits, n)| (**n, **bits));
    most.map_or(0.0, |(bits, _)| f32::from_bits(*bits))
}

/// Returns stretches of letters that are larger than `size`, each drawn in one go.
fn stretches(ink: &Ink, which: &[usize], size: f32) -> Vec<Vec<usize>> {
    let is_blank = |glyph: &Glyph| match &glyph.letters {
        Letters::One(c) => c.is_whitespace(),
        Letters::Many(text) => text.trim().is_empty(),
        Letters::Unknown => false,
    };
    let mut found = Vec::new();
    let (mut open, mut n_letters) = (Vec::new(), 0);
    for &idx in which {
        let Some(glyph) = ink.glyphs.get(idx) else { continue };
        if LARGER.contains(&(glyph.size / size)) || !open.is_empty() && is_blank(glyph) {
            open.push(idx);
            n_letters += usize::from(!is_blank(glyph));
        } else if !open.is_empty() {
            let stretch = std::mem::take(&mut open);
            found.extend((n_letters >= MIN_LETTERS).then_some(stretch));
            n_letters = 0;
        }
    }
    found.extend((n_letters >= MIN_LETTERS).then_some(open));
    found
}

/// Tells whether lines of text stand close beside a quotation, and another one, over or under it,
/// goes from the place of the one to that of the other.
fn lies_in_text(quote: &[Row], text: &[Row], size: f32) -> bool {
    let cells = || quote.iter().flat_map(|row| &row.cells);
    let (Some(first), Some(last)) = (quote.first(), quote.last()) else { return false };
    let (top, bottom) = (first.y() - first.size(), last.y() + 0.3 * size);
    let x0 = cells().map(|cell| cell.x0).fold(f32::INFINITY, f32::min);
    let x1 = cells().map(|cell| cell.x1).fold(f32::NEG_INFINITY, f32::max);
    let is_text = |cell: &&Cell| (0.9..1.1).contains(&(cell.size / size));
    let within = |low: f32, high: f32| {
        text.iter()
            .flat_map(|row| &row.cells)
            .filter(is_text)
            .filter(move |cell| low < cell.y && cell.y <= high)
    };
    let is_beside = |cell: &&Cell| {
        let gap = (cell.x0 - x1).max(x0 - cell.x1);
        (-0.5 * size..NEAR * size).contains(&gap)
    };
    let beside: Vec<&Cell> = within(top, bottom).filter(is_beside).collect();
    let beside_x0 = beside.iter().map(|cell| cell.x0).fold(f32::INFINITY, f32::min);
    let beside_x1 = beside.iter().map(|cell| cell.x1).fold(f32::NEG_INFINITY, f32::max);
    let covers = |cell: &Cell, low: f32, high: f32| {
        cell.x1.min(high) - cell.x0.max(low) > (2.0 * size).min(0.5 * (high - low))
    };
    beside.len() >= MIN_LINES
        && within(top - 4.5 * size, top)
            .chain(within(bottom, bottom + 4.5 * size))
            .any(|cell| covers(cell, x0, x1) && covers(cell, beside_x0, beside_x1))
}

/// Tells whether the text says what the quotation says, if not in the same order.
fn repeats(quote: &[Row], text: &[Row]) -> bool {
    let of_text: BTreeSet<(String, String)> = pairs(text).into_iter().collect();
    let of_quote = pairs(quote);
    let n_known = of_quote.iter().filter(|pair| of_text.contains(*pair)).count();
    if of_quote.len() < 5 || super::quality::ratio(n_known, of_quote.len()) >= REPEATED {
        return of_quote.len() >= 5;
    }
    let words: BTreeSet<&String> = of_text.iter().map(|(word, _)| word).collect();
    let n_words = of_quote.iter().filter(|(word, _)| words.contains(word)).count();
    n_words >= MIN_WORDS && super::quality::ratio(n_words, of_quote.len()) >= REPEATED_WORDS
}

/// Returns the neighbouring words of `rows`, in the order in which they were drawn.
fn pairs(rows: &[Row]) -> Vec<(String, String)> {
    let mut cells: Vec<&Cell> = rows.iter().flat_map(|row| &row.cells).collect();
    cells.sort_by_key(|cell| cell.order);
    let words: Vec<String> = cells
        .iter()
        .flat_map(|cell| cell.text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let next = words.iter().skip(1).cloned();
    words.iter().cloned().zip(next).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, check};

    /// A column of text with a gap at its left, in which `quote` stands.
    fn page(quote: [&str; 3]) -> String {
        let large = |y: u32, text: &str| format!("BT /F 15 Tf 72 {y} Td ({text}) Tj ET\n");
        at(72, 740, "In October she was allowed to join her husband, and she thanked all of them")
            + &at(72, 724, "for their appeals. She said: I ask you to help end my suffering and to")
            + &at(195, 708, "help me return to my husband, whom I chose of my own")
            + &at(195, 692, "accord. A member of the ruling family in that state, she")
            + &at(195, 676, "had been abducted from the other country by the state")
            + &at(
                72,
                660,
                "security services and was detained in secret for years after her wedding.",
            )
            + &large(706, quote[0])
            + &large(689, quote[1])
            + &large(672, quote[2])
    }

    #[test]
    fn a_quotation_pulled_out_of_the_text_breaks_no_line_of_it() {
        check(
            &[&page(["I ASK YOU TO", "HELP END MY", "SUFFERING..."])],
            &[
                "1 Body: In October she was allowed to join her husband, and she thanked all of them \
                 for their appeals. She said: I ask you to help end my suffering and to help me \
                 return to my husband, whom I chose of my own accord. A member of the ruling family \
                 in that state, she had been abducted from the other country by the state security \
                 services and was detained in secret for years after her wedding.",
                "1 Quote: I ASK YOU TO HELP END MY SUFFERING...",
            ],
        );
    }

    #[test]
    fn what_the_text_does_not_say_stays() {
        let page = page(["SEE ALSO ALL", "OTHER REPORTS", "OF THAT YEAR"]);
        let read = super::super::tests::extracted(&super::super::tests::pdf(&[&page], ""));
        let texts: Vec<&str> =
            read.pages[0].paragraphs.iter().map(|p| read.pages[0].paragraph_text(p)).collect();
        assert!(!texts.contains(&"SEE ALSO ALL OTHER REPORTS OF THAT YEAR"), "{texts:?}");
    }
}
