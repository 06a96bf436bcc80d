//! Step 2: direction classes. Only glyphs that run the page's main way make lines; the others
//! (watermarks, stamps on the margin) are set aside before any line is built.

use super::ink::{Glyph, Ink, Letters};

/// How far a run may stray from a quarter turn and still belong to it, in degrees.
const SLACK: f32 = 7.0;

/// A turned coordinate system in which text reads to the right and lines follow downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    along: [f32; 2],
    down: [f32; 2],
    /// Left, top, right, bottom of the page in this frame.
    pub(super) page: [f32; 4],
}

impl Frame {
    /// Returns the frame of text at `degrees` clockwise on a page of `size` points.
    pub(super) fn new(degrees: f32, size: [f32; 2]) -> Self {
        let radians = degrees.to_radians();
        let (along, down) = ([radians.cos(), radians.sin()], [-radians.sin(), radians.cos()]);
        let mut frame = Self { along, down, page: [0.0; 4] };
        let [width, height] = size;
        let corners = [[0.0, 0.0], [width, 0.0], [0.0, height], [width, height]];
        frame.page = bounds(corners.map(|corner| frame.place(corner)));
        frame
    }

    /// Returns where a point of the page stands in the frame.
    pub(super) fn place(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [x * self.along[0] + y * self.along[1], x * self.down[0] + y * self.down[1]]
    }

    /// Returns the box on the page that holds `rect` of the frame.
    pub(super) fn to_page(self, [x0, y0, x1, y1]: [f32; 4]) -> [f32; 4] {
        bounds([[x0, y0], [x1, y0], [x0, y1], [x1, y1]].map(|[x, y]| {
            [x * self.along[0] + y * self.down[0], x * self.along[1] + y * self.down[1]]
        }))
    }

    /// Returns the box in the frame that holds `rect` of the page.
    pub(super) fn rect_of_page(self, [x0, y0, x1, y1]: [f32; 4]) -> [f32; 4] {
        bounds([[x0, y0], [x1, y0], [x0, y1], [x1, y1]].map(|corner| self.place(corner)))
    }
}

fn bounds(corners: [[f32; 2]; 4]) -> [f32; 4] {
    let low = |axis: usize| corners.iter().map(|c| c[axis]).fold(f32::INFINITY, f32::min);
    let high = |axis: usize| corners.iter().map(|c| c[axis]).fold(f32::NEG_INFINITY, f32::max);
    [low(0), low(1), high(0), high(1)]
}

/// Glyphs of one direction.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Class {
    /// Degrees clockwise, the mean of the class.
    pub(super) degrees: f32,
    /// Indices of the page's glyphs, in content order.
    pub(super) glyphs: Vec<usize>,
}

/// Splits the glyphs of `ink` by direction: the main class first, then the others by angle.
///
/// Glyphs that are not of a quarter turn make one class for every ten degrees.
pub(super) fn classes(ink: &Ink) -> Vec<Class> {
    if let Some(class) = only_class(ink) {
        return vec![class];
    }
    let mut classes: Vec<(i32, f32, usize, Vec<usize>)> = Vec::new();
    // Glyphs of one run share its angle: the last run, its class, how far it strays.
    let mut last: Option<(u32, usize, f32)> = None;
    for (idx, glyph) in ink.glyphs.iter().enumerate() {
        let (_, position, stray) = *match &mut last {
            Some(last) if last.0 == glyph.run => last,
            last => {
                let angle = angle_of(ink, glyph);
                let key = key(angle);
                let position = classes.iter().position(|class| class.0 == key);
                let position = position.unwrap_or_else(|| {
                    classes.push((key, 0.0, 0, Vec::new()));
                    classes.len() - 1
                });
                last.insert((glyph.run, position, turn_between(angle, degrees_of(key))))
            }
        };
        let Some(class) = classes.get_mut(position) else { continue };
        let is_letter = matches!(&glyph.letters, Letters::One(c) if !c.is_whitespace())
            || matches!(glyph.letters, Letters::Many(_));
        class.1 += stray;
        class.2 += usize::from(is_letter);
        class.3.push(idx);
    }
    // The most letters first; among equals the one that reads upright.
    classes.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.abs().cmp(&b.0.abs())).then(a.0.cmp(&b.0)));
    classes
        .into_iter()
        .map(|(key, strays, _, glyphs)| Class {
            degrees: degrees_of(key) + mean_stray(strays, glyphs.len()),
            glyphs,
        })
        .collect()
}

/// Returns the class of all glyphs where all runs have one angle, and that a quarter turn: so it is on
/// nearly all pages, and no glyph need be looked at.
fn only_class(ink: &Ink) -> Option<Class> {
    let angle = ink.runs.first()?.angle;
    let (key, n) = (key(angle), ink.glyphs.len());
    let is_only = n > 0
        && turn_between(angle, degrees_of(key)).abs() < f32::MIN_POSITIVE
        && ink.runs.iter().all(|run| run.angle.to_bits() == angle.to_bits());
    is_only.then(|| Class { degrees: degrees_of(key), glyphs: (0..n).collect() })
}

fn angle_of(ink: &Ink, glyph: &Glyph) -> f32 {
    ink.runs.get(glyph.run as usize).map_or(0.0, |run| run.angle)
}

/// Quarter turns are 0, 9, 18, 27; other angles are tens of degrees past 100, so that both differ.
fn key(angle: f32) -> i32 {
    let angle = angle.rem_euclid(360.0);
    let quarter = (angle / 90.0).round() * 90.0;
    if turn_between(angle, quarter).abs() <= SLACK {
        whole(quarter.rem_euclid(360.0) / 10.0)
    } else {
        100 + whole((angle / 10.0).floor())
    }
}

fn degrees_of(key: i32) -> f32 {
    let tens = if key >= 100 { key - 100 } else { key };
    f32::from(i16::try_from(tens * 10).unwrap_or_default()) + if key >= 100 { 5.0 } else { 0.0 }
}

fn whole(value: f32) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "callers pass tens of degrees, 0 to 36")]
    let value = value as i32;
    value
}

/// Returns how far `to` must turn to reach `from`, −180 to 180.
fn turn_between(from: f32, to: f32) -> f32 {
    (from - to + 180.0).rem_euclid(360.0) - 180.0
}

/// A scan that lies a little crooked is straightened; noise under a fifth of a degree is not.
fn mean_stray(sum: f32, n: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a mean of angles needs no more than f32")]
    let mean = if n == 0 { 0.0 } else { sum / n as f32 };
    if mean.abs() < 0.2 { 0.0 } else { mean }
}

#[cfg(test)]
mod tests {
    use super::super::ink::{Artifact, Run};
    use super::*;

    fn ink(angles: &[f32]) -> Ink {
        let mut ink = Ink { page: [100.0, 200.0], ..Ink::default() };
        for (idx, angle) in angles.iter().enumerate() {
            ink.runs.push(Run {
                angle: *angle,
                invisible: false,
                grey: 0,
                light: false,
                bold: false,
                font: 0,
                face: 0,
                nastaliq: false,
                artifact: Artifact::None,
            });
            ink.glyphs.push(Glyph {
                at: [10.0, 10.0],
                advance: 5.0,
                size: 10.0,
                letters: Letters::One('a'),
                code: 0,
                run: u32::try_from(idx).unwrap(),
            });
        }
        ink
    }

    #[test]
    fn a_watermark_across_the_page_is_set_aside() {
        let classes = classes(&ink(&[0.0, 0.0, -45.0, 0.0]));
        assert_eq!(classes[0].glyphs, [0, 1, 3]);
        assert_eq!(classes[1].glyphs, [2]);
    }

    #[test]
    fn a_crooked_scan_is_one_class() {
        let classes = classes(&ink(&[1.5, 2.0, 2.5]));
        assert_eq!(classes.len(), 1);
        assert!((classes[0].degrees - 2.0).abs() < 0.01);
    }

    #[test]
    fn a_turned_frame_and_back() {
        let frame = Frame::new(90.0, [100.0, 200.0]);
        let corners = [[10.0, 20.0], [30.0, 20.0], [10.0, 40.0], [30.0, 40.0]];
        let back = frame.to_page(bounds(corners.map(|corner| frame.place(corner))));
        for (is, was) in back.iter().zip([10.0, 20.0, 30.0, 40.0]) {
            assert!((is - was).abs() < 0.001);
        }
        // What stands at the top of a page turned clockwise is read last.
        assert!(frame.place([0.0, 0.0])[0] < frame.place([0.0, 50.0])[0]);
    }
}
