//! Text that the page clips away: a part of another page that was left in the file, drawn where no
//! reader sees it.

use hayro_interpret::kurbo::{BezPath, Shape as _};

use super::glyphs::points;
use super::ink::{Glyph, Ink, Letters};

/// Left, top, right, bottom on the page.
type Rect = [f32; 4];

/// What the open clips of a page leave of it, and which glyphs lie wholly outside of that.
#[derive(Debug, Default)]
pub(super) struct Clips {
    /// The box that all clips up to this one leave, the innermost last.
    open: Vec<Rect>,
    /// Glyphs that are clipped away, by their index, rising.
    clipped: Vec<usize>,
}

impl Clips {
    /// Opens a clip: of its path the box counts, which is never smaller.
    pub(super) fn push(&mut self, path: &BezPath) {
        let [x0, y0, x1, y1] = points(path.bounding_box());
        let rect = match self.open.last() {
            Some(outer) => [x0.max(outer[0]), y0.max(outer[1]), x1.min(outer[2]), y1.min(outer[3])],
            None => [x0, y0, x1, y1],
        };
        self.open.push(rect);
    }

    /// Closes the innermost clip.
    pub(super) fn pop(&mut self) {
        self.open.pop();
    }

    /// Notes the glyph with index `idx` where no part of its body can be seen.
    pub(super) fn note(&mut self, idx: usize, glyph: &Glyph, angle: f32, invisible: bool) {
        let Some([x0, y0, x1, y1]) = self.open.last() else { return };
        // OCR layers are seen nowhere, and of turned text the box is not known.
        if invisible || angle.abs() > 1.0 {
            return;
        }
        let [x, y] = glyph.at;
        let is_seen =
            x <= *x1 && x + glyph.advance >= *x0 && y - 0.5 * glyph.size <= *y1 && y >= *y0;
        if !is_seen {
            self.clipped.push(idx);
        }
    }

    /// Leaves out what was noted and counts its letters, unless it is most of what the page says:
    /// then the clips are more likely damaged than the text left over.
    pub(super) fn leave_out(self, ink: &mut Ink) {
        let Self { clipped, .. } = self;
        if clipped.is_empty() || clipped.len() * 2 > ink.glyphs.len() {
            return;
        }
        let is_letter = |idx: &&usize| {
            let letters = ink.glyphs.get(**idx).map(|glyph| &glyph.letters);
            matches!(letters, Some(Letters::One(c)) if c.is_alphanumeric())
        };
        ink.clipped = clipped.iter().filter(is_letter).count();
        let mut idx = 0;
        let mut next = clipped.iter().peekable();
        ink.glyphs.retain(|_| {
            let is_kept = next.next_if(|clipped| **clipped == idx).is_none();
            idx += 1;
            is_kept
        });
        // What else is drawn remembers how many glyphs stood before it.
        let left = |before: &mut usize| *before -= clipped.partition_point(|idx| idx < before);
        ink.images.iter_mut().for_each(|(_, before)| left(before));
        ink.boxes.iter_mut().for_each(|filled| left(&mut filled.before));
        ink.grounds.iter_mut().for_each(|ground| left(&mut ground.before));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, extracted, pdf};
    use crate::model::WarningKind;

    #[test]
    fn what_is_clipped_away_is_left_out_and_said() {
        let text = at(72, 600, "3. The plaintiff is entitled to trace the sums into any property.")
            + &at(72, 584, "4. The defendant shall pay the costs of this action.");
        let rest = at(72, 730, "2. The defendant shall pay 6,615,634.23 dollars.");
        let clipped = format!("q 0 0 600 620 re W n {rest} Q {text}");
        let read = extracted(&pdf(&[&clipped], ""));
        assert!(read.pages[0].text.starts_with("3. The plaintiff"), "{}", read.pages[0].text);
        assert!(read.pages[0].text.ends_with("costs of this action."));
        let warning = &read.warnings[0];
        assert_eq!(warning.kind, WarningKind::HiddenText);
        assert!(warning.detail.contains("clipped away"), "{}", warning.detail);
    }

    #[test]
    fn clips_that_leave_too_little_are_not_believed() {
        let text = at(72, 600, "The plaintiff is entitled to trace the sums.");
        let read = extracted(&pdf(&[&format!("q 0 0 10 10 re W n {text} Q")], ""));
        assert_eq!(read.pages[0].text, "The plaintiff is entitled to trace the sums.");
        // A clip around the text, and one that was closed before it.
        let seen = format!("q 60 590 500 30 re W n {text} Q q 0 0 9 9 re W n Q")
            + &at(72, 500, "The end of it.");
        let read = extracted(&pdf(&[&seen], ""));
        assert!(read.pages[0].text.contains("trace the sums.") && read.warnings.is_empty());
    }
}
