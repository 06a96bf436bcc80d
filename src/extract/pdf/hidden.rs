//! Text that the page holds and a reader does not see: OCR layers under scans, letters under black
//! boxes.

use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, Rect};

use super::glyphs::points;
use super::ink::{Glyph, Ink, Letters};

/// Where visible and invisible text overlap over half the area, the visible wins. Returns the share
/// of invisible glyphs among those that stay.
pub(super) fn drop_copies(ink: &mut Ink) -> f32 {
    let covered = covered_by_picture(ink);
    if covered == 0 && !ink.runs.iter().any(|run| run.invisible) {
        return 0.0;
    }
    let is_invisible = |idx: usize, run: u32| {
        idx < covered || ink.runs.get(run as usize).is_some_and(|run| run.invisible)
    };
    let flags: Vec<bool> =
        ink.glyphs.iter().enumerate().map(|(idx, glyph)| is_invisible(idx, glyph.run)).collect();
    let n_invisible = flags.iter().filter(|flag| **flag).count();
    if n_invisible == 0 {
        return 0.0;
    }
    let n_visible = flags.len() - n_invisible;
    // Squares of a dozen points: enough to see whether the same place was written twice.
    let square = |at: [f32; 2]| at.map(|value| (value / 12.0).floor().to_bits());
    let squares = |wanted: bool| -> std::collections::BTreeSet<[u32; 2]> {
        let glyphs = ink.glyphs.iter().zip(&flags).filter(|(_, flag)| **flag == wanted);
        glyphs.map(|(glyph, _)| square(glyph.at)).collect()
    };
    let (invisible, visible) = (squares(true), squares(false));
    let both = invisible.intersection(&visible).count();
    if n_visible > 0 && both * 2 > invisible.len() {
        let mut flags = flags.into_iter();
        ink.glyphs.retain(|_| !flags.next().unwrap_or_default());
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than f32")]
    let share = n_invisible as f32 / flags.len() as f32;
    share
}

/// Returns how many glyphs were drawn before a picture that covers the page: a text layer put under
/// its scan.
fn covered_by_picture(ink: &Ink) -> usize {
    let [width, height] = ink.page;
    let covers = |[x0, y0, x1, y1]: [f32; 4]| {
        x0 <= 0.1 * width && y0 <= 0.1 * height && x1 >= 0.9 * width && y1 >= 0.9 * height
    };
    let last = ink.images.iter().filter(|(rect, _)| covers(*rect)).map(|(_, before)| *before).max();
    last.unwrap_or_default()
}

/// Counts letters that cannot be seen: under an opaque box that was drawn after them, on a box of
/// their own colour, or under a redaction mark that was never applied.
pub(super) fn n_letters(ink: &Ink, page: &PdfPage<'_>, redactions: &[[f64; 4]]) -> usize {
    let turn = Affine::new(page.initial_transform(true).as_coeffs());
    let marks: Vec<[f32; 4]> = redactions
        .iter()
        .map(|[x0, y0, x1, y1]| points(turn.transform_rect_bbox(Rect::new(*x0, *y0, *x1, *y1))))
        .collect();
    if ink.boxes.is_empty() && marks.is_empty() {
        return 0;
    }
    let [width, height] = ink.page;
    // A box over the whole page is the ground of some layer, not a redaction.
    let is_whole = |[x0, y0, x1, y1]: [f32; 4]| x1 - x0 > 0.9 * width && y1 - y0 > 0.9 * height;
    let is_hidden = |idx: usize, glyph: &Glyph| {
        let middle = [glyph.at[0] + glyph.advance / 2.0, glyph.at[1] - 0.3 * glyph.size];
        let within = |[x0, y0, x1, y1]: [f32; 4]| {
            (x0..=x1).contains(&middle[0]) && (y0..=y1).contains(&middle[1])
        };
        if marks.iter().any(|mark| within(*mark)) {
            return true;
        }
        let last = ink.boxes.iter().enumerate().rev().find(|(_, filled)| within(filled.rect));
        last.is_some_and(|(box_idx, filled)| {
            let grey = ink.runs.get(glyph.run as usize).map_or(0, |run| run.grey);
            let covered = idx < filled.before && !is_whole(filled.rect);
            let is_like = |ground: u8| grey.abs_diff(ground) < 24;
            if idx < filled.before || !is_like(filled.grey) {
                return covered;
            }
            // A picture or a gradient between the box and the letters shows them.
            let between = ink.grounds.iter().rev().find(|ground| {
                ground.boxes_before > box_idx && ground.before <= idx && within(ground.rect)
            });
            between.is_none_or(|ground| ground.grey.is_some_and(is_like))
        })
    };
    let is_letter = |glyph: &Glyph| {
        matches!(glyph.letters, Letters::One(c) if c.is_alphanumeric())
            && ink.runs.get(glyph.run as usize).is_some_and(|run| !run.invisible)
    };
    let glyphs = ink.glyphs.iter().enumerate().filter(|(_, glyph)| is_letter(glyph));
    glyphs.filter(|(idx, glyph)| is_hidden(*idx, glyph)).count()
}
