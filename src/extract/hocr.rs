//! Text that another program recognised, with places: hOCR and ALTO. What a person brings for a scan
//! that our own OCR reads badly.

use dom_query::{Document, NodeId, NodeRef};

use super::html::shallow;
use super::ocr::{Orientation, Scan, Word, page, warnings};
use super::xml::{self, Element};
use super::{ExtractError, Job};
use crate::model::{Extracted, PageNo, Reader, Record};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "2";
/// What a word counts for whose confidence is not said.
const UNSAID: f32 = 90.0;
/// Dots an inch where the file says none: it only moves boxes.
const DPI: u32 = 300;
/// How much of a file is looked at to tell what it is.
const HEAD: usize = 16 << 10;

/// Which of the two a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// HTML with places in the titles of its elements.
    Hocr,
    /// The XML of libraries.
    Alto,
}

impl Kind {
    /// Tells by the content; `None`: neither.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
        let has = |needle: &[u8]| memchr::memmem::find(head, needle).is_some();
        if !head.trim_ascii_start().starts_with(b"<") && !head.starts_with(b"\xef\xbb\xbf<") {
            None
        } else if has(b"ocr_page") && has(b"bbox") {
            Some(Self::Hocr)
        } else if has(b"<alto") || has(b":alto ") {
            Some(Self::Alto)
        } else {
            None
        }
    }

    /// Returns its media type.
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Hocr => "text/vnd.hocr+html",
            Self::Alto => "application/xml",
        }
    }
}

/// Reads a file of recognised pages.
pub(super) fn read(bytes: &[u8], kind: Kind, job: &Job<'_>) -> Result<Extracted, ExtractError> {
    let scans = match kind {
        Kind::Hocr => hocr(&super::encoding::decode(bytes, None).text, job),
        Kind::Alto => alto(bytes, job)?,
    };
    if scans.is_empty() {
        return Err(ExtractError::Damaged { detail: "no pages can be found".to_owned() });
    }
    let (mut pages, mut said) = (Vec::new(), Vec::new());
    for (idx, (scan, dpi)) in scans.iter().take(job.limits.pages).enumerate() {
        (job.beat)();
        let read = page(scan, PageNo::from_idx(idx), *dpi, Orientation::default());
        said.extend(warnings(&read.page));
        pages.push(read.page);
    }
    Ok(Extracted {
        media_type: kind.media_type().to_owned(),
        reader: Reader { name: "hocr".to_owned(), version: VERSION.to_owned() },
        pages,
        record: Record::default(),
        warnings: said,
        members: Vec::new(),
    })
}

type Scans = Vec<(Scan, u32)>;

/// Returns the value of a property in a title of hOCR: `bbox 0 0 10 10; x_wconf 95`.
fn property<'a>(title: &'a str, name: &str) -> Option<&'a str> {
    title.split(';').find_map(|one| one.trim().strip_prefix(name)?.strip_prefix(' '))
}

fn rect(title: &str) -> Option<[f32; 4]> {
    let mut sides =
        property(title, "bbox")?.split_whitespace().map(|side| side.parse::<f32>().ok());
    let rect = [sides.next()??, sides.next()??, sides.next()??, sides.next()??];
    rect.iter().all(|side| side.is_finite()).then_some(rect)
}

fn hocr(text: &str, job: &Job<'_>) -> Scans {
    let document = Document::from(&*shallow(text));
    let mut sheets = Sheets { max: job.limits.pages, all: Vec::new() };
    // Each node once: a file whose tags are not closed has each word inside the one before.
    let mut due = vec![(document.root(), Inside::default())];
    while let Some((node, inside)) = due.pop() {
        if node.is_text() {
            sheets.push_text(inside, &node.text());
            continue;
        }
        let was = sheets.all.len();
        let Some(inside) = sheets.enter(&node, inside) else { continue };
        if sheets.all.len() > was {
            (job.beat)();
        }
        let mut child = node.first_child();
        let first = due.len();
        while let Some(one) = child {
            child = one.next_sibling();
            due.push((one, inside));
        }
        // What stands first is taken first.
        if let Some(children) = due.get_mut(first..) {
            children.reverse();
        }
    }
    sheets.all.into_iter().map(Sheet::finish).collect()
}

/// Pages of hOCR as they are filled.
struct Sheets {
    /// Most of them.
    max: usize,
    all: Vec<Sheet>,
}

/// A page.
struct Sheet {
    size: [f32; 2],
    dpi: u32,
    lines: Vec<Line>,
}

/// A line of a page.
struct Line {
    area: Option<NodeId>,
    rect: [f32; 4],
    /// Its text outside words.
    text: String,
    words: Vec<(Option<[f32; 4]>, f32, String)>,
}

/// Of what a node is a part: the innermost of each kind.
#[derive(Clone, Copy, Debug, Default)]
struct Inside {
    in_page: bool,
    area: Option<NodeId>,
    in_line: bool,
    in_word: bool,
}

impl Sheets {
    /// Makes what `node` stands for; `None`: there are too many pages.
    fn enter(&mut self, node: &NodeRef<'_>, mut inside: Inside) -> Option<Inside> {
        const LINES: [&str; 5] =
            ["ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line"];
        let Some(class) = node.attr("class") else { return Some(inside) };
        let is = |names: &[&str]| class.split_ascii_whitespace().any(|name| names.contains(&name));
        let said = node.attr("title").map(|title| title.to_string()).unwrap_or_default();
        if is(&["ocr_page"]) {
            if self.all.len() >= self.max {
                return None;
            }
            let [x0, y0, x1, y1] = rect(&said).unwrap_or_default();
            let dpi =
                property(&said, "scan_res").and_then(|dpi| dpi.split(' ').next()?.parse().ok());
            let dpi = dpi.filter(|dpi| (50..=1_200).contains(dpi)).unwrap_or(DPI);
            self.all.push(Sheet { size: [x1 - x0, y1 - y0], dpi, lines: Vec::new() });
            return Some(Inside { in_page: true, ..Inside::default() });
        }
        let Some(sheet) = self.all.last_mut().filter(|_| inside.in_page) else {
            return Some(inside);
        };
        if is(&["ocr_carea"]) {
            inside = Inside { area: Some(node.id), in_page: true, ..Inside::default() };
        } else if is(&LINES) {
            let rect = rect(&said).unwrap_or_default();
            sheet.lines.push(Line::new(inside.area, rect));
            inside = Inside { in_line: true, in_word: false, ..inside };
        } else if is(&["ocrx_word"]) {
            let sure = property(&said, "x_wconf").and_then(|sure| sure.trim().parse().ok());
            if !inside.in_line {
                // A word that no line holds is a line of its own.
                sheet.lines.push(Line::new(inside.area, rect(&said).unwrap_or_default()));
            }
            if let Some(line) = sheet.lines.last_mut() {
                line.words.push((rect(&said), sure.unwrap_or(UNSAID), String::new()));
            }
            inside.in_word = true;
        }
        Some(inside)
    }

    fn push_text(&mut self, inside: Inside, text: &str) {
        let line = self.all.last_mut().and_then(|sheet| sheet.lines.last_mut());
        let Some(line) = line.filter(|_| inside.in_line || inside.in_word) else { return };
        match line.words.last_mut().filter(|_| inside.in_word) {
            Some((_, _, word)) => word.push_str(text),
            None => line.text.push_str(text),
        }
    }
}

impl Line {
    const fn new(area: Option<NodeId>, rect: [f32; 4]) -> Self {
        Self { area, rect, text: String::new(), words: Vec::new() }
    }
}

impl Sheet {
    fn finish(self) -> (Scan, u32) {
        let mut scan = Scan { size: self.size, words: Vec::new() };
        let (mut block, mut last) = (0_u32, None);
        for (n, line) in (1_u32..).zip(self.lines) {
            if last != Some(line.area) {
                (block, last) = (block + 1, Some(line.area));
            }
            let place = [block, 1, n];
            if line.words.is_empty() {
                push(&mut scan, place, line.rect, UNSAID, &line.text);
            }
            for (rect, sure, text) in line.words {
                push(&mut scan, place, rect.unwrap_or(line.rect), sure, &text);
            }
        }
        (scan, self.dpi)
    }
}

fn push(scan: &mut Scan, place: [u32; 3], rect: [f32; 4], confidence: f32, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        let confidence = if confidence.is_finite() { confidence.clamp(0.0, 100.0) } else { 0.0 };
        scan.words.push(Word { place, rect, confidence, text });
    }
}

fn alto(bytes: &[u8], job: &Job<'_>) -> Result<Scans, ExtractError> {
    let root = xml::parse(bytes, job.limits.markup_depth)?.root;
    let mut unit = String::new();
    let mut sheets = Vec::new();
    root.each(&mut |element| match element.name.as_str() {
        "MeasurementUnit" => element.text(&mut unit),
        "Page" => sheets.push(element),
        _ => {}
    });
    let dpi = match unit.trim() {
        "mm10" => 254,
        "inch1200" => 1_200,
        _ => DPI,
    };
    Ok(sheets.into_iter().map(|sheet| (alto_page(sheet), dpi)).collect())
}

fn number(element: &Element, name: &str) -> Option<f32> {
    element.attr(name)?.trim().parse::<f32>().ok().filter(|value| value.is_finite())
}

fn alto_page(sheet: &Element) -> Scan {
    let side = |name| number(sheet, name).unwrap_or_default();
    let mut scan = Scan { size: [side("WIDTH"), side("HEIGHT")], words: Vec::new() };
    let (mut block, mut line) = (0, 0);
    sheet.each(&mut |element| match element.name.as_str() {
        "TextBlock" => block += 1,
        "TextLine" => line += 1,
        "String" => {
            let at = |name| number(element, name).unwrap_or_default();
            let (x, y) = (at("HPOS"), at("VPOS"));
            let rect = [x, y, x + at("WIDTH"), y + at("HEIGHT")];
            let sure = number(element, "WC").map_or(UNSAID, |sure| 100.0 * sure);
            push(
                &mut scan,
                [block, 1, line],
                rect,
                sure,
                element.attr("CONTENT").unwrap_or_default(),
            );
        }
        // The hyphen of a divided word; the next line begins with the rest.
        "HYP" => {
            if let Some(last) = scan.words.last_mut().filter(|last| !last.text.ends_with('-')) {
                last.text.push('-');
            }
        }
        _ => {}
    });
    scan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Limits, read as read_any};
    use crate::model::PageOrigin;

    fn texts(text: &str) -> Vec<String> {
        let limits = Limits::default();
        let job =
            Job { name: "order.xml", limits: &limits, beat: &|| (), passwords: &[], charset: None };
        let read = read_any(text.as_bytes(), &job).unwrap();
        assert!(read.pages.iter().all(|page| page.origin == PageOrigin::Ocr), "{read:?}");
        read.pages.into_iter().map(|page| page.text).collect()
    }

    #[test]
    fn hocr_has_pages_lines_and_words() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html><head><meta name='ocr-system' content='x'/></head><body>\
            <div class='ocr_page' title='image \"a.png\"; bbox 0 0 2480 3508; ppageno 0; scan_res 300 300'>\
            <div class='ocr_carea' title='bbox 300 300 2200 400'><p class='ocr_par'><span class='ocr_line' title='bbox 300 300 2200 340'>\
            <span class='ocrx_word' title='bbox 300 300 420 340; x_wconf 96'>The</span> <span class='ocrx_word' title='bbox 440 300 2200 340; x_wconf 90'>peti-</span></span>\
            <span class='ocr_line' title='bbox 300 350 800 390'><span class='ocrx_word' title='bbox 300 350 800 390; x_wconf 93'>tioner.</span></span></p></div></div>\
            <div class='ocr_page' title='bbox 0 0 2480 3508'><span class='ocr_line' title='bbox 300 300 900 340'>Second page here.</span></div></body></html>";
        assert_eq!(texts(text), ["The petitioner.", "Second page here."]);
    }

    #[test]
    fn words_without_a_line_are_not_lost() {
        let text = "<html><head></head><body><div class='ocr_page' title='bbox 0 0 2480 3508'>\
            <span class='ocrx_word' title='bbox 300 300 420 340'>Notice</span></div></body></html>";
        assert_eq!(texts(text), ["Notice"]);
    }

    /// 4,000 words that are not closed: as the square of their number before, 20 s.
    #[test]
    fn words_that_are_not_closed_are_read_once() {
        let word = "<span class='ocr_line' title='bbox 1 1 9 9'><span class='ocrx_word' title='bbox 1 1 9 9'>word ";
        let text = format!(
            "<html><body><div class='ocr_page' title='bbox 0 0 2480 3508'>{}",
            word.repeat(4_000)
        );
        assert_eq!(texts(&text)[0].split_whitespace().count(), 4_000);
    }

    #[test]
    fn alto_has_strings() {
        let text = "<?xml version=\"1.0\"?><alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\"><Description><MeasurementUnit>mm10</MeasurementUnit>\
            </Description><Layout><Page WIDTH=\"2100\" HEIGHT=\"2970\"><PrintSpace><TextBlock><TextLine><String CONTENT=\"The\" HPOS=\"200\" VPOS=\"200\" WIDTH=\"100\" \
            HEIGHT=\"40\" WC=\"0.97\"/><SP/><String CONTENT=\"order\" HPOS=\"320\" VPOS=\"200\" WIDTH=\"150\" HEIGHT=\"40\"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>";
        assert_eq!(texts(text), ["The order"]);
    }

    #[test]
    fn what_is_neither_is_read_as_what_it_is() {
        assert_eq!(Kind::of(b"<html><body><p>alto and ocr_page are words</p>"), None);
        assert_eq!(Kind::of(b"ocr_page bbox"), None);
    }
}
