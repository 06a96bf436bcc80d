//! Lines with Arabic or Hebrew script, from drawn order to logical order.
//!
//! Inside a stretch of such letters the order of drawing is kept, because letters overlap and
//! sink below the baseline, so that their places say little; whether it was drawn from left or from
//! right is seen from its steps. Stretches are then ordered by place: from the right in a line that
//! is mostly Arabic, with numbers and Latin words kept together left to right.

use super::chunks::Placed;
use super::ink::Letters;
use super::letters::{is_arabic, is_rtl};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Right,
    Left,
    Neutral,
}

/// A stretch of glyphs of one direction, in logical order.
struct Stretch {
    side: Side,
    x0: f32,
    x1: f32,
    size: f32,
    text: String,
}

/// Returns the text of a line in logical order, and whether the line as a whole is right to left.
///
/// `glyphs` are in content order; `word_gap` is in ems.
pub(super) fn logical(glyphs: &[Placed<'_>], word_gap: f32) -> (String, bool) {
    let mut stretches = stretches(glyphs, word_gap);
    let count = |side: Side| -> usize {
        let of = stretches.iter().filter(|stretch| stretch.side == side);
        of.map(|stretch| stretch.text.chars().filter(|c| c.is_alphabetic()).count()).sum()
    };
    let is_rtl = count(Side::Right) > count(Side::Left);
    stretches.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    if is_rtl {
        stretches.reverse();
        turn_signs(&mut stretches);
        keep_together(&mut stretches, Side::Left);
    } else {
        keep_together(&mut stretches, Side::Right);
    }
    let mut text = String::new();
    let mut last: Option<&Stretch> = None;
    for stretch in &stretches {
        let gap = last.map_or(0.0, |last| (stretch.x0 - last.x1).max(last.x0 - stretch.x1));
        let wide = last.is_some_and(|last| gap > word_gap.min(0.25) * last.size);
        if wide && !text.ends_with(' ') && !stretch.text.starts_with(' ') {
            text.push(' ');
        }
        text.push_str(&stretch.text);
        last = Some(stretch);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (if is_rtl { unmirrored(&text) } else { text }, is_rtl)
}

/// Signs and blanks of a right-to-left line run with it, but for those inside of a number. In lines
/// of Arabic script the places of signs say too little: they stay as they were drawn.
fn turn_signs(stretches: &mut [Stretch]) {
    if stretches.iter().any(|stretch| stretch.text.contains(is_arabic)) {
        return;
    }
    let sides: Vec<Side> = stretches.iter().map(|stretch| stretch.side).collect();
    let is_left = |at: Option<usize>| at.and_then(|at| sides.get(at)) == Some(&Side::Left);
    for (idx, stretch) in stretches.iter_mut().enumerate() {
        let is_inside = is_left(idx.checked_sub(1)) && is_left(Some(idx + 1));
        if stretch.side == Side::Neutral && !is_inside {
            stretch.text = stretch.text.chars().rev().collect();
        }
    }
}

/// Stretches that read against the line (numbers in Urdu, Urdu in English) and stand side by side
/// are turned back as one, with the signs between them.
fn keep_together(stretches: &mut [Stretch], side: Side) {
    let mut start = 0;
    while start < stretches.len() {
        if stretches.get(start).is_none_or(|stretch| stretch.side != side) {
            start += 1;
            continue;
        }
        let after = stretches.get(start..).unwrap_or_default();
        let n = after.iter().take_while(|stretch| stretch.side != opposite(side)).count();
        let end = after
            .get(..n)
            .and_then(|some| some.iter().rposition(|stretch| stretch.side == side))
            .map_or(start + 1, |last| start + last + 1);
        if let Some(part) = stretches.get_mut(start..end) {
            part.reverse();
        }
        start = end;
    }
}

const fn opposite(side: Side) -> Side {
    match side {
        Side::Right => Side::Left,
        Side::Left => Side::Right,
        Side::Neutral => Side::Neutral,
    }
}

fn side(glyph: &Placed<'_>) -> Side {
    let of = |c: char| {
        if is_rtl(c) {
            Side::Right
        } else if c.is_alphanumeric() {
            Side::Left
        } else {
            Side::Neutral
        }
    };
    match glyph.letters {
        Letters::One(c) => of(*c),
        Letters::Many(text) => {
            text.chars().map(of).find(|side| *side != Side::Neutral).unwrap_or(Side::Neutral)
        }
        Letters::Unknown => Side::Neutral,
    }
}

fn stretches(glyphs: &[Placed<'_>], word_gap: f32) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut open: Vec<&Placed<'_>> = Vec::new();
    let mut of = Side::Neutral;
    for (idx, glyph) in glyphs.iter().enumerate() {
        let mut next = side(glyph);
        if next == Side::Neutral {
            // A blank or a sign inside a word or number stays with it.
            let after = glyphs.get(idx + 1..).unwrap_or_default();
            let following = after.iter().map(side).find(|side| *side != Side::Neutral);
            let joins = of == Side::Right
                || matches!(glyph.letters, Letters::One('.' | '/' | ',' | ':' | '-'));
            if of != Side::Neutral && following == Some(of) && joins {
                next = of;
            }
        }
        let jump = open.last().is_some_and(|last| {
            let gap = (glyph.x - last.end()).max(last.x - glyph.end());
            gap > 0.8 * glyph.size.max(last.size)
        });
        if !open.is_empty() && (next != of || jump) {
            stretches.extend(stretch(&std::mem::take(&mut open), of, word_gap));
        }
        of = next;
        open.push(glyph);
    }
    stretches.extend(stretch(&open, of, word_gap));
    stretches
}

fn stretch(glyphs: &[&Placed<'_>], side: Side, word_gap: f32) -> Option<Stretch> {
    let first = glyphs.first()?;
    let steps: i64 = glyphs
        .windows(2)
        .map(|pair| match pair {
            [a, b] if b.x > a.x + 0.01 => 1,
            [a, b] if b.x < a.x - 0.01 => -1,
            _ => 0,
        })
        .sum();
    let backwards = if side == Side::Right { steps > 0 } else { steps < 0 };
    let ordered: Vec<&&Placed<'_>> =
        if backwards { glyphs.iter().rev().collect() } else { glyphs.iter().collect() };
    let mut text = String::new();
    let mut last: Option<&Placed<'_>> = None;
    for glyph in ordered {
        if let Some(last) = last {
            let gap = (glyph.x - last.end()).max(last.x - glyph.end());
            if gap > word_gap * last.size.min(glyph.size) && !text.ends_with(' ') {
                text.push(' ');
            }
        }
        match glyph.letters {
            Letters::One(c) => text.push(*c),
            Letters::Many(many) => text.push_str(many),
            Letters::Unknown => {}
        }
        last = Some(glyph);
    }
    Some(Stretch {
        side,
        x0: glyphs.iter().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min),
        x1: glyphs.iter().map(|glyph| glyph.end()).fold(f32::NEG_INFINITY, f32::max),
        size: first.size,
        text,
    })
}

/// A bracket in a right-to-left line is drawn mirrored. Where the file names the drawn form, the
/// first bracket closes: then all are turned.
fn unmirrored(text: &str) -> String {
    let first = text.chars().find(|c| "()[]{}".contains(*c));
    if !matches!(first, Some(')' | ']' | '}')) || !text.contains(['(', '[', '{']) {
        return text.to_owned();
    }
    let turn = |c: char| match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        _ => c,
    };
    text.chars().map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::super::chunks::Kind;
    use super::*;

    /// Draws `text` letter by letter from `x`, each 5 points wide, by `step` points a letter.
    fn drawn(text: &str, x: f32, step: f32) -> Vec<(f32, Letters)> {
        let mut at = x;
        text.chars()
            .map(|c| {
                let place = (at, Letters::One(c));
                at += step;
                place
            })
            .collect()
    }

    #[track_caller]
    fn check(drawn: &[(f32, Letters)], expect: &str) {
        let glyphs: Vec<Placed<'_>> = drawn
            .iter()
            .enumerate()
            .map(|(order, (x, letters))| Placed {
                x: *x,
                y: 0.0,
                advance: 5.0,
                size: 10.0,
                letters,
                run: 0,
                order,
                raised: false,
                kind: Kind::of(letters),
            })
            .collect();
        assert_eq!(logical(&glyphs, 0.3).0, expect);
    }

    #[test]
    fn drawn_in_logical_order() {
        check(&drawn("حکم نامہ", 100.0, -5.0), "حکم نامہ");
    }

    #[test]
    fn drawn_from_the_left() {
        let reversed: String = "حکم نامہ".chars().rev().collect();
        check(&drawn(&reversed, 100.0, 5.0), "حکم نامہ");
    }

    #[test]
    fn a_number_inside_keeps_its_digits() {
        // سال 2016 میں as it stands on the page, from left to right.
        let mut all = drawn("ںیم", 100.0, 5.0);
        all.extend(drawn("2016", 120.0, 5.0));
        all.extend(drawn("لاس", 145.0, 5.0));
        check(&all, "سال 2016 میں");
    }

    #[test]
    fn hebrew_drawn_from_the_left_with_a_number_in_brackets() {
        // (1) ההוצאה. as it stands on the page, from left to right.
        check(&drawn(".האצוהה (1)", 100.0, 5.0), "(1) ההוצאה.");
    }

    #[test]
    fn urdu_words_in_an_english_line() {
        let mut all = drawn("the", 100.0, 5.0);
        all.extend(drawn("نامہ", 140.0, -5.0));
        all.extend(drawn("deed", 150.0, 5.0));
        check(&all, "the نامہ deed");
    }
}
