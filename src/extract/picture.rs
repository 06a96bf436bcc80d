//! Pictures as sources: pages without text, which OCR may read.
//!
//! Here they are only counted. [`draw`] decodes one and writes it anew, in grey: what OCR gets is a
//! picture of ours, never the bytes of a source.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, ImageReader};
use tiff::decoder::{Decoder, DecodingResult};

use super::ExtractError;
use super::pdf::Picture;
use super::pdf::render::MAX_PIXELS;
use super::sniff::Format;
use crate::model::{Extracted, Page, PageNo, PageOrigin, Reader, Record, Warning, WarningKind};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "2";
/// A smaller file is an icon or an ornament of a web page, not the picture of one.
const LEAST_BYTES: usize = 4 << 10;
/// Most bytes that decoding may take.
const MAX_BYTES: u64 = 400 << 20;
/// Most frames of a file that are pages.
const MAX_FRAMES: usize = 2_000;

/// Takes a picture as a document, each frame a page; `None` where it is too small to show one.
pub(super) fn read(bytes: &[u8], format: Format) -> Option<Extracted> {
    if bytes.len() < LEAST_BYTES {
        return None;
    }
    let n_frames = if format == Format::Tiff { n_frames(bytes) } else { 1 };
    let numbers = || (0..n_frames).map(PageNo::from_idx);
    let page = |number| Page { quality: 0.0, ..Page::empty(number, PageOrigin::Ocr) };
    Some(Extracted {
        media_type: String::new(),
        reader: Reader { name: "picture".to_owned(), version: VERSION.to_owned() },
        pages: numbers().map(page).collect(),
        record: Record::default(),
        members: Vec::new(),
        warnings: numbers()
            .map(|number| Warning::page(WarningKind::NoText, number, "a picture"))
            .collect(),
    })
}

/// Counts the frames of a TIFF file; at least 1.
fn n_frames(bytes: &[u8]) -> usize {
    let Ok(mut decoder) = Decoder::new(Cursor::new(bytes)) else { return 1 };
    let mut n = 1;
    while n < MAX_FRAMES && decoder.more_images() && decoder.next_image().is_ok() {
        n += 1;
    }
    n
}

/// Decodes a picture, or a frame of it, and writes it anew in grey, smaller where it has over 40
/// megapixels; `dpi` is what it is taken to have.
///
/// # Errors
/// `Damaged` where it cannot be decoded within the limits.
pub(super) fn draw(
    bytes: &[u8],
    format: Format,
    page: PageNo,
    dpi: u32,
) -> Result<Picture, ExtractError> {
    let damaged = |detail: String| ExtractError::Damaged { detail };
    let grey = if format == Format::Tiff {
        frame(bytes, page).map_err(|error| damaged(error.to_string()))?
    } else if page == PageNo::FIRST {
        let format = if format == Format::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        reader.limits(limits());
        let decoded = reader.decode().map_err(|error| damaged(error.to_string()))?;
        on_white(decoded)
    } else {
        return Err(damaged(format!("there is no page {page}")));
    };
    let fitting = fit(grey);
    let mut png = Vec::new();
    fitting
        .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
        .map_err(|error| damaged(error.to_string()))?;
    Ok(Picture { width: fitting.width(), height: fitting.height(), dpi, png })
}

fn limits() -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    limits.max_image_width = Some(u32::from(u16::MAX));
    limits.max_image_height = Some(u32::from(u16::MAX));
    limits
}

/// Returns a picture in grey, what shines through it white.
fn on_white(decoded: DynamicImage) -> GrayImage {
    if !decoded.color().has_alpha() {
        return decoded.into_luma8();
    }
    let with_alpha = decoded.into_luma_alpha8();
    GrayImage::from_fn(with_alpha.width(), with_alpha.height(), |x, y| {
        let [grey, alpha] = with_alpha.get_pixel(x, y).0.map(u32::from);
        let mixed = (grey * alpha + 255 * (255 - alpha)) / 255;
        image::Luma([u8::try_from(mixed).unwrap_or(u8::MAX)])
    })
}

/// Decodes a frame of a TIFF file.
fn frame(bytes: &[u8], page: PageNo) -> tiff::TiffResult<GrayImage> {
    let mut limits = tiff::decoder::Limits::default();
    let most = usize::try_from(MAX_BYTES).unwrap_or(usize::MAX);
    (limits.decoding_buffer_size, limits.intermediate_buffer_size) = (most, most);
    let mut decoder = Decoder::new(Cursor::new(bytes))?.with_limits(limits);
    for _ in 0..page.idx().min(MAX_FRAMES) {
        decoder.next_image()?;
    }
    let (width, height) = decoder.dimensions()?;
    let color = decoder.colortype()?;
    let samples: Vec<u8> = match decoder.read_image()? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.iter().map(|sample| high_byte(*sample)).collect(),
        _ => return Err(unsupported()),
    };
    let n = usize::from(color.num_samples());
    let grey = match color {
        tiff::ColorType::Gray(1) => {
            let row = (width as usize).div_ceil(8).max(1);
            let bits = samples.chunks(row).flat_map(|row| {
                let bit =
                    |at: usize| row.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
                (0..width as usize).map(move |at| if bit(at) { 255 } else { 0 })
            });
            bits.collect()
        }
        tiff::ColorType::Gray(8 | 16) | tiff::ColorType::GrayA(8 | 16) => {
            samples.chunks(n).map(|pixel| pixel.first().copied().unwrap_or(255)).collect()
        }
        tiff::ColorType::RGB(8 | 16)
        | tiff::ColorType::RGBA(8 | 16)
        | tiff::ColorType::YCbCr(8) => samples.chunks(n).map(brightness).collect(),
        tiff::ColorType::CMYK(8 | 16) => samples.chunks(n).map(|pixel| 255 - ink(pixel)).collect(),
        _ => return Err(unsupported()),
    };
    GrayImage::from_raw(width, height, grey).ok_or_else(unsupported)
}

fn unsupported() -> tiff::TiffError {
    tiff::TiffError::UnsupportedError(tiff::TiffUnsupportedError::UnknownInterpretation)
}

const fn high_byte(sample: u16) -> u8 {
    sample.to_be_bytes()[0]
}

fn brightness(pixel: &[u8]) -> u8 {
    let sum: u32 = pixel.iter().take(3).map(|sample| u32::from(*sample)).sum();
    u8::try_from(sum / 3).unwrap_or(u8::MAX)
}

/// Returns how dark the inks of a pixel are together.
fn ink(pixel: &[u8]) -> u8 {
    let colours = pixel.iter().take(3).map(|sample| u32::from(*sample)).sum::<u32>() / 3;
    let black = pixel.get(3).copied().map_or(0, u32::from);
    u8::try_from((colours + black).min(255)).unwrap_or(u8::MAX)
}

/// Makes a picture of over 40 megapixels smaller.
fn fit(grey: GrayImage) -> GrayImage {
    let pixels = f64::from(grey.width()) * f64::from(grey.height());
    if pixels <= MAX_PIXELS {
        return grey;
    }
    let scale = (MAX_PIXELS / pixels).sqrt();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "smaller than a side that is counted in u32"
    )]
    let side = |side: u32| ((f64::from(side) * scale).floor() as u32).max(1);
    image::imageops::thumbnail(&grey, side(grey.width()), side(grey.height()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_page_without_text() {
        assert!(read(&[0; 100], Format::Png).is_none());
        let read = read(&[0; 5_000], Format::Png).unwrap();
        assert_eq!((read.pages.len(), read.pages[0].text.as_str()), (1, ""));
        assert_eq!(read.warnings[0].kind, WarningKind::NoText);
    }

    /// A picture of `pixels`, written by `write`.
    fn encoded(format: ImageFormat, rgba: [u8; 4]) -> Vec<u8> {
        let picture = image::RgbaImage::from_pixel(8, 4, image::Rgba(rgba));
        let mut out = Cursor::new(Vec::new());
        let whole = DynamicImage::ImageRgba8(picture);
        let whole = if format == ImageFormat::Jpeg {
            DynamicImage::ImageLuma8(whole.into_luma8())
        } else {
            whole
        };
        whole.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    #[track_caller]
    fn check(bytes: &[u8], format: Format, page: u32, expect: Result<u8, ()>) {
        let drawn = draw(bytes, format, PageNo::new(page).unwrap(), 300);
        let grey = drawn.map_err(drop).map(|picture| {
            assert_eq!((picture.width, picture.height, picture.dpi), (8, 4, 300));
            let again = image::load_from_memory(&picture.png).unwrap();
            again.into_luma8().get_pixel(3, 3).0[0]
        });
        assert_eq!(grey, expect);
    }

    #[test]
    fn pictures_are_written_anew_in_grey() {
        check(&encoded(ImageFormat::Png, [0, 0, 0, 255]), Format::Png, 1, Ok(0));
        // What shines through is paper.
        check(&encoded(ImageFormat::Png, [0, 0, 0, 0]), Format::Png, 1, Ok(255));
        check(&encoded(ImageFormat::Jpeg, [255, 255, 255, 255]), Format::Jpeg, 1, Ok(255));
        check(&encoded(ImageFormat::Png, [0, 0, 0, 255]), Format::Png, 2, Err(()));
        check(b"\x89PNG\r\n\x1a\n rubbish", Format::Png, 1, Err(()));
    }

    #[test]
    fn each_frame_of_a_tiff_is_a_page() {
        use tiff::encoder::TiffEncoder;
        use tiff::encoder::colortype::{Gray8, RGB8};
        let mut out = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut out).unwrap();
        encoder.write_image::<Gray8>(8, 4, &[10; 32]).unwrap();
        encoder.write_image::<RGB8>(8, 4, &[200; 96]).unwrap();
        let mut bytes = out.into_inner();
        check(&bytes, Format::Tiff, 1, Ok(10));
        check(&bytes, Format::Tiff, 2, Ok(200));
        check(&bytes, Format::Tiff, 3, Err(()));
        bytes.resize(5_000, 0);
        assert_eq!(read(&bytes, Format::Tiff).unwrap().pages.len(), 2);
    }

    #[test]
    fn a_giant_becomes_smaller() {
        let giant = fit(GrayImage::new(10_000, 5_000));
        assert!(f64::from(giant.width()) * f64::from(giant.height()) <= MAX_PIXELS);
        assert!(giant.width().abs_diff(2 * giant.height()) <= 2);
    }
}
