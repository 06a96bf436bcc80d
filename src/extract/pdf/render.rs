//! Page pictures: for the web page, for `show --open`, and for OCR.

use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_interpret::InterpreterSettings;

use super::open;
use crate::extract::{ExtractError, Job};
use crate::model::PageNo;

/// Most pixels of a picture: 40 million.
const MAX_PIXELS: f64 = 40_000_000.0;
/// Longest side in pixels, the largest that the renderer can count.
const MAX_SIDE: f64 = 65_535.0;
/// Longest side of a page in points that is drawn.
const MAX_POINTS: f32 = 14_400.0;

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
}
