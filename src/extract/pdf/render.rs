//! Page pictures: for the web page, for `show --open`, and for OCR.

use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::PremulRgba8;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_interpret::InterpreterSettings;

use super::open;
use crate::extract::{ExtractError, Job};
use crate::model::PageNo;

/// Most pixels of a picture: 40 million.
pub(in crate::extract) const MAX_PIXELS: f64 = 40_000_000.0;
/// Longest side in pixels, the largest that the renderer can count.
const MAX_SIDE: f64 = 65_535.0;
/// Longest side of a page in points that is drawn.
const MAX_POINTS: f32 = 14_400.0;

/// Said of a picture that was turned: it is that of the picture that was given.
const UNKNOWN_DPI: u32 = 72;

/// A drawn page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The resolution that it has: lower than asked for where the page is very large.
    pub dpi: u32,
    /// The picture as PNG, on white.
    pub png: Vec<u8>,
}

/// Draws page `page` at `dpi` dots an inch, less where the picture would be over 40 megapixels.
///
/// # Errors
///
/// The errors of reading; `Damaged` also where there is no such page or it cannot be drawn.
pub fn render(
    bytes: &[u8],
    page: PageNo,
    dpi: u32,
    job: &Job<'_>,
) -> Result<Picture, ExtractError> {
    let opened = open::open(bytes, job.passwords)?;
    let damaged = |detail: String| ExtractError::Damaged { detail };
    let pages = opened.pdf.pages();
    let drawn = pages.get(page.idx()).ok_or_else(|| damaged(format!("there is no page {page}")))?;
    let (width, height) = drawn.render_dimensions();
    if !(width > 0.0 && height > 0.0 && width <= MAX_POINTS && height <= MAX_POINTS) {
        return Err(damaged(format!("a page of {width} by {height} points is not drawn")));
    }
    let dpi = fitting_dpi(f64::from(width), f64::from(height), dpi.clamp(10, 1_200));
    (job.beat)();
    #[expect(clippy::cast_precision_loss, reason = "at most 1,200")]
    let scale = dpi as f32 / 72.0;
    let pixmap = open::guarded(|| {
        let cache = RenderCache::new();
        let settings = PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: hayro::vello_cpu::color::palette::css::WHITE,
        };
        let interpreter = InterpreterSettings::default();
        hayro::render(drawn, &cache, &interpreter, &RenderSettings::default(), &settings)
    })
    .map_err(damaged)?;
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    let png = pixmap.into_png().map_err(|error| damaged(error.to_string()))?;
    Ok(Picture { width, height, dpi, png })
}

/// Turns a picture (PNG) about its middle by `degrees` clockwise, so that crooked lines of a scan
/// become level; what comes in from outside is white.
///
/// # Errors
///
/// `Damaged` where the picture is none, or over the limits of drawn pages.
pub fn turned(png: &[u8], degrees: f32) -> Result<Picture, ExtractError> {
    let damaged = |detail: String| ExtractError::Damaged { detail };
    let source = Pixmap::from_png(std::io::Cursor::new(png)).map_err(|e| damaged(e.to_string()))?;
    let (width, height) = (source.width(), source.height());
    if f64::from(width) * f64::from(height) > MAX_PIXELS {
        return Err(damaged("a picture of too many pixels".to_owned()));
    }
    let mut target = Pixmap::new(width, height);
    let (sin, cos) = degrees.to_radians().sin_cos();
    let middle = [f32::from(width) / 2.0, f32::from(height) / 2.0];
    let row = usize::from(width).max(1);
    for (idx, pixel) in target.data_mut().iter_mut().enumerate() {
        let at = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
        let (x, y) = (at(idx % row) - middle[0], at(idx / row) - middle[1]);
        // Where the pixel was before the turn.
        let from = [x * cos + y * sin + middle[0], y * cos - x * sin + middle[1]];
        *pixel = blend(&source, from);
    }
    let png = target.into_png().map_err(|error| damaged(error.to_string()))?;
    Ok(Picture { width: width.into(), height: height.into(), dpi: UNKNOWN_DPI, png })
}

/// Returns the colour at a place between pixels, from the four around it.
fn blend(source: &Pixmap, [x, y]: [f32; 2]) -> PremulRgba8 {
    let grey = |x: f32, y: f32| {
        let inside =
            x >= 0.0 && y >= 0.0 && x < f32::from(source.width()) && y < f32::from(source.height());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "inside the picture, whose sides are counted in u16"
        )]
        let pixel = inside.then(|| source.sample(x as u16, y as u16));
        pixel.map_or(255.0, |p| (f32::from(p.r) + f32::from(p.g) + f32::from(p.b)) / 3.0)
    };
    let (left, top) = (x.floor(), y.floor());
    let (right, below) = (x - left, y - top);
    let upper = grey(left, top) * (1.0 - right) + grey(left + 1.0, top) * right;
    let lower = grey(left, top + 1.0) * (1.0 - right) + grey(left + 1.0, top + 1.0) * right;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of values from 0 to 255"
    )]
    let value = (upper * (1.0 - below) + lower * below).round() as u8;
    PremulRgba8 { r: value, g: value, b: value, a: 255 }
}

/// Lowers `dpi` until a page of `width` by `height` points fits the limits; at least 1.
fn fitting_dpi(width: f64, height: f64, dpi: u32) -> u32 {
    let asked = f64::from(dpi) / 72.0;
    let by_area = (MAX_PIXELS / (width * height)).sqrt();
    let by_side = MAX_SIDE / width.max(height);
    let scale = asked.min(by_area).min(by_side);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive and at most the `u32` that was asked for"
    )]
    let fitting = (scale * 72.0).floor() as u32;
    fitting.clamp(1, dpi)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_page_keeps_its_resolution() {
        assert_eq!(fitting_dpi(612.0, 1008.0, 300), 300);
    }

    #[test]
    fn a_giant_page_is_drawn_coarsely() {
        let dpi = fitting_dpi(8_400.0, 8_400.0, 150);
        let side = 8_400.0 * f64::from(dpi) / 72.0;
        assert!(dpi < 150 && side * side <= MAX_PIXELS);
    }

    #[test]
    fn a_quarter_turn_moves_the_top_to_the_right() {
        let mut picture = Pixmap::new(9, 9);
        let black = PremulRgba8 { r: 0, g: 0, b: 0, a: 255 };
        let white = PremulRgba8 { r: 255, g: 255, b: 255, a: 255 };
        picture.data_mut().fill(white);
        picture.set_pixel(4, 1, black);
        let png = turned(&picture.into_png().unwrap(), 90.0).unwrap();
        let turned = Pixmap::from_png(std::io::Cursor::new(&png.png)).unwrap();
        let dark: Vec<u16> = (0..9)
            .flat_map(|x| (0..9).map(move |y| (x, y)))
            .filter(|(x, y)| turned.sample(*x, *y).r < 128)
            .map(|(x, _)| x)
            .collect();
        assert!(!dark.is_empty() && dark.iter().all(|x| *x >= 7), "{dark:?}");
    }
}
