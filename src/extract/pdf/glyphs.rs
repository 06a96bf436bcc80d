//! Step 1 of the layout: what a page draws, as glyphs in page space.
//!
//! A [`Glyph`] is one drawn sign with its origin, advance and letters; a [`Run`] holds what the
//! glyphs of one drawing call share. Nothing is ordered or joined here.

#![expect(clippy::cast_possible_truncation, reason = "points of a page need no more than f32")]

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, Name};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, PathSeg, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, Paint, RenderContent, SoftMask, interpret_page,
};

use super::clip::Clips;
use super::faces;
use super::ink::{Artifact, Filled, Glyph, Ground, Ink, Letters, Run};

/// Most glyphs that are kept of one page; what follows is dropped and counted.
const MAX_GLYPHS: usize = 400_000;
/// Most opaque boxes that are remembered to find hidden text.
const MAX_BOXES: usize = 2_000;
/// Most ruled lines that are remembered to find the cells of tables.
const MAX_RULES: usize = 4_000;
/// A ruled line is at most this thick, in points.
const RULE_WIDTH: f32 = 3.0;

/// Which part of a page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The page's own content.
    Content,
    /// The appearances of annotations and form fields.
    Annotations,
}

/// Interprets `part` of `page` and returns what it draws. May panic on damaged input.
pub(super) fn ink<'a>(page: &PdfPage<'a>, cache: &InterpreterCache<'a>, part: Part) -> Ink {
    let (width, height) = page.render_dimensions();
    let initial = Affine::new(page.initial_transform(true).as_coeffs());
    let settings = InterpreterSettings {
        render_content: match part {
            Part::Content => RenderContent::PAGE,
            Part::Annotations => RenderContent::ANNOTATIONS,
        },
        ..InterpreterSettings::default()
    };
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(initial, bounds, cache, page.xref(), settings);
    let ink = Ink { page: [width, height], ..Ink::default() };
    let clips = Clips::default();
    let mut collector =
        Collector { ink, marks: Vec::new(), known: Vec::new(), strips: None, clips };
    interpret_page(page, &mut context, &mut collector);
    let Collector { mut ink, clips, .. } = collector;
    clips.leave_out(&mut ink);
    ink
}

/// The device that hayro draws on.
struct Collector {
    ink: Ink,
    /// Open marked-content sequences.
    marks: Vec<Artifact>,
    /// What is known of the signs of a run, each at a place that its code gives.
    known: Vec<Option<Known>>,
    /// Thin boxes drawn side by side, the last of them last.
    strips: Option<Strips>,
    clips: Clips,
}

/// Thin boxes that touch each other.
#[derive(Clone, Copy, Debug)]
struct Strips {
    /// What they cover together.
    rect: [f32; 4],
    /// How many glyphs, boxes and grounds had been drawn.
    drawn: [usize; 3],
    /// They are the last ground.
    is_ground: bool,
}

/// Tells whether a box is too thin to hold letters.
fn is_thin([x0, y0, x1, y1]: [f32; 4]) -> bool {
    y1 - y0 < 4.0 || x1 - x0 < 4.0
}

/// Returns the box of two boxes of one height or width that touch each other.
fn joined(a: [f32; 4], b: [f32; 4]) -> Option<[f32; 4]> {
    let even = |low: usize| (a[low] - b[low]).abs() < 1.0 && (a[low + 2] - b[low + 2]).abs() < 1.0;
    let touch = |low: usize| a[low] <= b[low + 2] + 0.5 && b[low] <= a[low + 2] + 0.5;
    let is_one = even(0) && touch(1) || even(1) && touch(0);
    is_one.then(|| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

/// Places in `Collector::known`.
const N_KNOWN: usize = 256;

/// A sign that a run has drawn already: a run has one font, where a code says one thing.
#[derive(Clone, Debug)]
struct Known {
    run: u32,
    code: u32,
    letters: Letters,
    width: Option<f32>,
}

impl Known {
    fn of(glyph: &Drawn<'_>, run: u32) -> Self {
        let width = match glyph {
            Drawn::Outline(outline) => outline.advance_width(),
            Drawn::Type3(type3) => type3.advance_width(),
        };
        Self { run, code: glyph.char_code(), letters: letters_of(glyph), width }
    }
}

impl Collector {
    fn artifact(&self) -> Artifact {
        self.marks.iter().rev().copied().find(|mark| *mark != Artifact::None).unwrap_or_default()
    }

    /// Text that is filled and outlined is drawn by two calls; the second only makes it bolder.
    fn is_outline_of_last(&mut self, run: &GlyphRun<'_, '_>, props: &DrawProps<'_>) -> bool {
        let n = run.glyphs().len();
        let start = self.ink.glyphs.len().saturating_sub(n);
        let last = self.ink.glyphs.get(start..).unwrap_or_default();
        let same = last.len() == n
            && last.iter().zip(run.glyphs()).all(|(glyph, other)| {
                let [.., x, y] = (props.transform * other.transform()).as_coeffs();
                (f64::from(glyph.at[0]) - x).abs() < 0.01
                    && (f64::from(glyph.at[1]) - y).abs() < 0.01
            });
        if let Some(run) = self.ink.runs.last_mut().filter(|_| same) {
            run.bold = true;
        }
        same
    }

    fn fill(&mut self, rect: &Rect, props: &DrawProps<'_>, draw_mode: &DrawMode) {
        let filled = matches!(draw_mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..));
        if !filled || !is_opaque(&props.paint) {
            return;
        }
        let rect = points(props.transform.transform_rect_bbox(*rect));
        let grey = grey(&props.paint);
        if is_thin(rect) {
            self.strip(rect);
        } else if self.ink.boxes.len() < MAX_BOXES {
            let before = self.ink.glyphs.len();
            self.ink.boxes.push(Filled { rect, before, grey });
        } else {
            // A box that is not remembered must not leave the one below it in its place.
            self.push_ground(rect, Some(grey));
        }
    }

    /// Joins thin boxes that are drawn side by side to one ground: many programs draw a gradient so.
    fn strip(&mut self, rect: [f32; 4]) {
        let drawn = [self.ink.glyphs.len(), self.ink.boxes.len(), self.ink.grounds.len()];
        let next = match self.strips {
            Some(last) if last.drawn == drawn => {
                joined(last.rect, rect).map(|rect| Strips { rect, ..last })
            }
            _ => None,
        };
        let mut strips = next.unwrap_or(Strips { rect, drawn, is_ground: false });
        if strips.is_ground {
            if let Some(ground) = self.ink.grounds.last_mut() {
                ground.rect = strips.rect;
            }
        } else if !is_thin(strips.rect) && self.ink.grounds.len() < MAX_BOXES {
            self.push_ground(strips.rect, None);
            strips = Strips { is_ground: true, ..strips };
            strips.drawn[2] = self.ink.grounds.len();
        }
        self.strips = Some(strips);
    }

    /// Remembers what else letters may stand on. A line or a drawing is no ground.
    fn ground(&mut self, path: &BezPath, props: &DrawProps<'_>, draw_mode: &DrawMode) {
        let filled = matches!(draw_mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..));
        let rect = path.bounding_box();
        if filled && path.area().abs() > 0.6 * rect.area() {
            let grey = is_opaque(&props.paint).then(|| grey(&props.paint));
            self.push_ground(points(props.transform.transform_rect_bbox(rect)), grey);
        }
    }

    fn push_ground(&mut self, rect: [f32; 4], grey: Option<u8>) {
        if is_thin(rect) {
            return;
        }
        let before = self.ink.glyphs.len();
        let ground = Ground { rect, before, boxes_before: self.ink.boxes.len(), grey };
        if self.ink.grounds.len() < MAX_BOXES {
            self.ink.grounds.push(ground);
        } else if let Some(last) = self.ink.grounds.last_mut() {
            // What is not remembered may stand anywhere.
            let [width, height] = self.ink.page;
            *last = Ground { rect: [0.0, 0.0, width, height], grey: None, ..ground };
        }
    }

    /// Keeps the lines of a path that are level or upright: strokes, and boxes as thin as strokes.
    fn rule(&mut self, path: &BezPath, props: &DrawProps<'_>, draw_mode: &DrawMode) {
        let mut rects: Vec<Rect> = Vec::new();
        if matches!(draw_mode, DrawMode::Stroke(_)) {
            rects.extend(path.segments().filter_map(|segment| match segment {
                PathSeg::Line(line) => Some(Rect::from_points(line.p0, line.p1)),
                PathSeg::Quad(_) | PathSeg::Cubic(_) => None,
            }));
        } else {
            let mut open: Option<Rect> = None;
            for element in path.elements() {
                match *element {
                    PathEl::MoveTo(to) => {
                        rects.extend(open.replace(Rect::from_points(to, to)));
                    }
                    PathEl::LineTo(to) => open = open.map(|rect| rect.union_pt(to)),
                    PathEl::ClosePath => {}
                    PathEl::QuadTo(..) | PathEl::CurveTo(..) => return,
                }
            }
            rects.extend(open);
        }
        for rect in rects {
            let [x0, y0, x1, y1] = points(props.transform.transform_rect_bbox(rect));
            let is_thin = (x1 - x0).min(y1 - y0) <= RULE_WIDTH;
            if is_thin && self.ink.rules.len() < MAX_RULES {
                self.ink.rules.push([x0, y0, x1, y1]);
            }
        }
    }

    fn push(&mut self, glyph: Glyph) {
        let [x, y] = glyph.at;
        let [width, height] = self.ink.page;
        let slack = glyph.size;
        if !(x.is_finite() && y.is_finite() && glyph.size > 0.01 && glyph.size < 20_000.0) {
            self.ink.broken += 1;
        } else if x < -slack || y < -slack || x > width + slack || y > height + slack {
            let is_letter = matches!(glyph.letters, Letters::One(c) if c.is_alphanumeric());
            self.ink.outside += usize::from(is_letter);
        } else if self.ink.glyphs.len() >= MAX_GLYPHS {
            self.ink.over += 1;
        } else {
            if let Some(run) = self.ink.runs.last() {
                self.clips.note(self.ink.glyphs.len(), &glyph, run.angle, run.invisible);
            }
            self.ink.glyphs.push(glyph);
        }
    }
}

impl<'a> Device<'a> for Collector {
    fn draw_glyph_run(
        &mut self,
        glyph_run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        draw_mode: &DrawMode,
    ) {
        let Some(first) = glyph_run.glyphs().first() else { return };
        if matches!(draw_mode, DrawMode::Stroke(_)) && self.is_outline_of_last(glyph_run, &props) {
            return;
        }
        let run = u32::try_from(self.ink.runs.len()).unwrap_or(u32::MAX);
        let (grey, light) = tone(&props.paint);
        let vertical = glyph_run.writing_mode() == WritingMode::Vertical;
        let axes = (props.transform * first.transform()).as_coeffs();
        let (bold, font, nastaliq) = font_of(first);
        let stretched = font == 0 && is_stretched(glyph_run);
        self.ink.runs.push(Run {
            angle: angle(axes, vertical),
            invisible: matches!(draw_mode, DrawMode::Invisible),
            grey,
            light: matches!(draw_mode, DrawMode::Stroke(_)) || light,
            bold: bold || matches!(draw_mode, DrawMode::FillAndStroke(..)),
            font,
            face: faces::key(first),
            nastaliq,
            artifact: self.artifact(),
        });
        self.known.resize(N_KNOWN, None);
        let mut last = Axes::of([0.0; 4], &props.transform, stretched);
        for glyph in glyph_run.glyphs() {
            let [a, b, c, d, x, y] = glyph.transform().as_coeffs();
            if !last.is_of([a, b, c, d]) {
                last = Axes::of([a, b, c, d], &props.transform, stretched);
            }
            let at = props.transform * Point::new(x, y);
            let code = glyph.char_code();
            let Some(place) = self.known.get_mut(code as usize % N_KNOWN) else { continue };
            let known = match place {
                Some(known) if known.run == run && known.code == code => known,
                place => place.insert(Known::of(glyph, run)),
            };
            let glyph = placed(glyph, known, last, at, vertical);
            self.push(glyph);
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.ink.n_paths += 1;
        self.rule(path, &props, draw_mode);
        if is_box(path) && is_opaque(&props.paint) {
            self.fill(&path.bounding_box(), &props, draw_mode);
        } else {
            self.ground(path, &props, draw_mode);
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.ink.n_paths += 1;
        self.rule(&rect.to_path(0.1), &props, draw_mode);
        if is_opaque(&props.paint) {
            self.fill(rect, &props, draw_mode);
        } else {
            self.ground(&rect.to_path(0.1), &props, draw_mode);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let local = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let rect = points(props.transform.transform_rect_bbox(local));
        self.push_ground(rect, None);
        if self.ink.images.len() < MAX_BOXES {
            self.ink.images.push((rect, self.ink.glyphs.len()));
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        // A page may open thousands of sequences; closing pops one each, so the depth must be exact.
        self.marks.push(if tag == b"Artifact" { artifact(properties) } else { Artifact::None });
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.clips.push(&clip.path);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}

fn artifact(properties: Option<&Dict<'_>>) -> Artifact {
    let Some(properties) = properties else { return Artifact::None };
    let name =
        |key: &str| properties.get::<Name<'_>>(key.as_bytes()).map(|name| name.as_str().to_owned());
    let says =
        |word: &str| [name("Subtype"), name("Type")].into_iter().flatten().any(|n| n == word);
    if says("Watermark") {
        Artifact::Watermark
    } else if says("Header") {
        Artifact::Header
    } else if says("Footer") {
        Artifact::Footer
    } else {
        Artifact::None
    }
}

/// Where a font is not in the file, each glyph of its substitute is stretched to the width that the
/// file asks for: then the glyphs' transforms differ, and none says how wide an em is.
fn is_stretched(run: &GlyphRun<'_, '_>) -> bool {
    let Some(first) = run.glyphs().first() else { return false };
    let [x, y, ..] = first.transform().as_coeffs();
    let width = length(x, y);
    let differs = |transform: Affine| {
        let [a, b, ..] = transform.as_coeffs();
        let is_same = a.to_bits() == x.to_bits() && b.to_bits() == y.to_bits();
        !is_same && (length(a, b) - width).abs() > 0.005 * width
    };
    run.glyphs().len() == 1 || run.glyphs().iter().any(|glyph| differs(glyph.transform()))
}

/// Takes an em to be as wide as it is high.
fn unstretched([a, b, c, d, x, y]: [f64; 6]) -> [f64; 6] {
    let scale = length(c, d) / length(a, b);
    if scale.is_finite() { [a * scale, b * scale, c, d, x, y] } else { [a, b, c, d, x, y] }
}

/// Returns the length of a vector; most lie along an axis, where no root is needed.
fn length(x: f64, y: f64) -> f64 {
    if y == 0.0 {
        x.abs()
    } else if x == 0.0 {
        y.abs()
    } else {
        x.hypot(y)
    }
}

/// How large an em is drawn: the glyphs of a run seldom differ in it.
#[derive(Clone, Copy, Debug)]
struct Axes {
    /// The four coefficients of a glyph's own transform that turn and scale it.
    own: [f64; 4],
    /// Width of an em in points.
    across: f32,
    /// Its height.
    size: f32,
}

impl Axes {
    /// Returns those of a glyph with the coefficients `own`, from thousandths of an em, in `transform`.
    fn of(own: [f64; 4], transform: &Affine, stretched: bool) -> Self {
        let [a, b, c, d] = own;
        let axes = (*transform * Affine::new([a, b, c, d, 0.0, 0.0])).as_coeffs();
        let [a, b, c, d, ..] = if stretched { unstretched(axes) } else { axes };
        let across = (length(a, b) * 1000.0) as f32;
        Self { own, across, size: (length(c, d) * 1000.0) as f32 }
    }

    /// Tells whether they are those of the coefficients `own`, to the last bit.
    #[inline]
    fn is_of(&self, own: [f64; 4]) -> bool {
        let same = |a: f64, b: f64| a.to_bits() == b.to_bits();
        let ([a, b, c, d], [other_a, other_b, other_c, other_d]) = (self.own, own);
        same(a, other_a) && same(b, other_b) && same(c, other_c) && same(d, other_d)
    }
}

/// Places one glyph at `at`.
fn placed(glyph: &Drawn<'_>, known: &Known, axes: Axes, at: Point, vertical: bool) -> Glyph {
    let Axes { across, size, .. } = axes;
    let advance = if vertical { size } else { known.width.unwrap_or(500.0) / 1000.0 * across };
    // Type 3 fonts may be defined in any unit, so that their size says nothing: a letter is about
    // half as wide as its font is high.
    let odd = matches!(glyph, Drawn::Type3(_))
        && advance > 0.0
        && !(0.1..=1.5).contains(&(advance / size));
    let size = if odd { advance * 2.0 } else { size };
    Glyph {
        at: [at.x as f32, at.y as f32],
        advance,
        size,
        letters: known.letters.clone(),
        code: known.code,
        run: known.run,
    }
}

/// Returns what the font says that a glyph stands for.
fn letters_of(glyph: &Drawn<'_>) -> Letters {
    let is_empty =
        || matches!(glyph, Drawn::Outline(outline) if outline.outline().elements().is_empty());
    match glyph.as_unicode() {
        // Nothing is lost with a sign that draws nothing.
        None if is_empty() => Letters::Many("".into()),
        None => Letters::Unknown,
        Some(BfString::Char(c)) => one(c),
        Some(BfString::String(text)) => {
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => one(c),
                (None, _) => Letters::Many("".into()),
                _ => Letters::Many(text.into_boxed_str()),
            }
        }
    }
}

/// A control character is no letter: fonts map glyphs to them that they could not name.
fn one(c: char) -> Letters {
    match c {
        '\t' | '\n' | '\r' => Letters::One(' '),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffd}' => Letters::Unknown,
        _ => Letters::One(c),
    }
}

/// Returns the writing direction in degrees clockwise from rightwards.
fn angle([a, b, c, d, ..]: [f64; 6], vertical: bool) -> f32 {
    let (x, y) = if vertical { (-c, -d) } else { (a, b) };
    y.atan2(x).to_degrees() as f32
}

/// Returns whether the font calls itself bold, a key that tells fonts apart, and whether it calls
/// itself a Nastaliq.
fn font_of(glyph: &Drawn<'_>) -> (bool, u64, bool) {
    let Drawn::Outline(outline) = glyph else { return (false, 1, false) };
    let Some(data) = outline.font_data() else { return (false, 0, false) };
    let name = data.postscript_name.unwrap_or_default().to_ascii_lowercase();
    let has = |word: &&str| name.contains(word);
    let is_named = ["bold", "black", "heavy", "demi"].iter().any(has);
    let is_nastaliq = ["nastal", "noori", "nafees"].iter().any(has) && !name.contains("naskh");
    #[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
    let key = data.cache_key as u64;
    (is_named || data.weight.is_some_and(|weight| weight >= 600), key, is_nastaliq)
}

/// Returns how light a paint is, 0 to 255, and whether it is light or half transparent.
fn tone(paint: &Paint<'_>) -> (u8, bool) {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, alpha] = color.to_rgba().to_rgba8().map(u32::from);
            let grey = u8::try_from((r * 3 + g * 6 + b) / 10).unwrap_or(u8::MAX);
            (grey, alpha < 160 || grey > 140)
        }
        Paint::Pattern(_) => (0, false),
    }
}

fn grey(paint: &Paint<'_>) -> u8 {
    tone(paint).0
}

fn is_opaque(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8()[3] == u8::MAX,
        Paint::Pattern(_) => false,
    }
}

/// Tells whether `path` is one box with upright sides.
fn is_box(path: &BezPath) -> bool {
    let elements = path.elements();
    let mut last = Point::ZERO;
    (4..=6).contains(&elements.len())
        && elements.iter().enumerate().all(|(idx, element)| {
            let upright = |from: Point, to: Point| {
                (from.x - to.x).abs() < 0.01 || (from.y - to.y).abs() < 0.01
            };
            match *element {
                PathEl::MoveTo(to) => {
                    last = to;
                    idx == 0
                }
                PathEl::LineTo(to) => {
                    let fits = upright(last, to);
                    last = to;
                    fits
                }
                PathEl::ClosePath => true,
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => false,
            }
        })
}

pub(super) fn points(rect: Rect) -> [f32; 4] {
    [rect.x0 as f32, rect.y0 as f32, rect.x1 as f32, rect.y1 as f32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_a_box_and_a_triangle_is_none() {
        let rect = Rect::new(10.0, 10.0, 50.0, 30.0);
        assert!(is_box(&rect.to_path(0.1)));
        let mut path = BezPath::new();
        path.move_to((0.0, 0.0));
        path.line_to((10.0, 0.0));
        path.line_to((5.0, 8.0));
        path.close_path();
        assert!(!is_box(&path));
    }
}
