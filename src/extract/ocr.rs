//! What OCR is wanted for, and what its words make of a page. Pure: the program that recognises
//! words is run by `worker::ocr`.
//!
//! The nouns: a page [`Want`]s OCR or does not; a [`Scan`] is what came back, words with their places
//! and confidences; [`page`] lays it out like any other page.

use super::pdf::scanned::{self, ScannedLine};
use crate::model::{Lang, Page, PageNo, PageOrigin, Role, Span, Warning, WarningKind};

/// Below this a text layer is redone.
const REDO: f32 = 0.60;
/// Below this a text is doubtful.
const DOUBTFUL: f32 = 0.80;
/// A page with fewer words may be a picture with a stamp.
const FEW_WORDS: usize = 20;
/// The share of Arabic letters from which on a page is not to be trusted: confidence does not say
/// when Nastaliq was misread.
const ARABIC_SHARE: f32 = 0.30;
/// The most trust in such a page.
const ARABIC_CAP: f32 = 0.50;
/// Fewest long lines that tell how crooked a scan lies.
const LEAST_LINES: usize = 5;
/// Words under this confidence (0 to 100) are marked.
pub const LOW: u8 = 60;

/// Whether a page is to be read by OCR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Want {
    /// Its text is good, or there is nothing to read.
    No,
    /// Its text is doubtful, or somebody else's OCR: only where the user insists.
    IfForced,
    /// It shows something and has no text to trust.
    Yes,
}

/// Decides for `page`, which the reader gave `warnings` (those of other pages are passed over).
pub fn want(page: &Page, warnings: &[Warning]) -> Want {
    let has = |kind: WarningKind| {
        warnings.iter().any(|warning| warning.kind == kind && warning.page == Some(page.number))
    };
    let is_drawn =
        matches!(page.origin, PageOrigin::TextLayer | PageOrigin::OcrLayer | PageOrigin::Ocr);
    if !is_drawn {
        return Want::No;
    }
    if has(WarningKind::NoText) {
        return Want::Yes;
    }
    if !has(WarningKind::LowText) {
        let is_layer = page.origin == PageOrigin::OcrLayer;
        return if is_layer { Want::IfForced } else { Want::No };
    }
    let few = page.text.split_whitespace().count() < FEW_WORDS;
    if page.quality < REDO || few { Want::Yes } else { Want::IfForced }
}

/// A word that was recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Block, paragraph and line, counted from 1 by the program.
    pub place: [u32; 3],
    /// Left, top, right, bottom in pixels of the picture as it was given.
    pub rect: [f32; 4],
    /// 0 to 100.
    pub confidence: f32,
    /// Its letters.
    pub text: String,
}

/// What OCR made of one picture.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Scan {
    /// Width and height in pixels.
    pub size: [f32; 2],
    /// In reading order.
    pub words: Vec<Word>,
}

impl Scan {
    /// Reads the table that tesseract writes (`tsv`); rows that do not fit it are passed over.
    pub fn from_tsv(tsv: &str) -> Self {
        let mut scan = Self::default();
        for row in tsv.lines() {
            let fields: Vec<&str> = row.splitn(12, '\t').collect();
            let [level, picture, block, par, line, _, left, top, width, height, conf, text] =
                fields[..]
            else {
                continue;
            };
            let number = |field: &str| field.parse::<f32>().ok().filter(|n| n.is_finite());
            let (Some(left), Some(top), Some(width), Some(height)) =
                (number(left), number(top), number(width), number(height))
            else {
                continue;
            };
            if level == "1" {
                scan.size = [scan.size[0].max(width), scan.size[1].max(height)];
            }
            let text = text.trim();
            let Some(confidence) = number(conf).filter(|conf| *conf >= 0.0) else { continue };
            let place = |field: &str| field.parse::<u32>().ok();
            let (Some(picture), Some(block), Some(par), Some(line)) =
                (place(picture), place(block), place(par), place(line))
            else {
                continue;
            };
            if level == "5" && !text.is_empty() {
                scan.words.push(Word {
                    // Pictures of one file (TIFF) follow each other.
                    place: [picture.saturating_mul(10_000).saturating_add(block), par, line],
                    rect: [left, top, left + width, top + height],
                    confidence: confidence.min(100.0),
                    text: text.to_owned(),
                });
            }
        }
        scan
    }

    /// Returns the mean confidence over all words, each weighed by its letters, 0 to 100; 0 for none.
    pub fn confidence(&self) -> f32 {
        let (mut sum, mut n) = (0.0, 0.0);
        for word in &self.words {
            let weight = f32::from(u16::try_from(word.text.chars().count()).unwrap_or(u16::MAX));
            sum += weight * word.confidence;
            n += weight;
        }
        if n > 0.0 { sum / n } else { 0.0 }
    }

    /// Returns the share of letters of Arabic script.
    pub fn arabic_share(&self) -> f32 {
        arabic_share(self.words.iter().flat_map(|word| word.text.chars()))
    }

    /// Returns how far the lines rise or fall, in degrees clockwise; `None` where too few are long
    /// enough to tell. `degrees` is the direction of the text.
    pub fn skew(&self, degrees: f32) -> Option<f32> {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let middle = |word: &Word| {
            let [x0, y0, x1, y1] = word.rect;
            let (x, y) = (f32::midpoint(x0, x1), f32::midpoint(y0, y1));
            [x * cos + y * sin, y * cos - x * sin]
        };
        let width = self.size[0].min(self.size[1]);
        let mut slopes: Vec<f32> = self
            .words
            .chunk_by(|a, b| a.place == b.place)
            .filter(|line| line.len() >= 4)
            .filter_map(|line| slope(&line.iter().map(middle).collect::<Vec<_>>(), 0.15 * width))
            .collect();
        slopes.sort_by(f32::total_cmp);
        let slope = slopes.get(slopes.len() / 2).filter(|_| slopes.len() >= LEAST_LINES)?;
        Some(slope.atan().to_degrees()).filter(|angle| angle.abs() < 15.0)
    }

    /// Returns how much was read with some confidence: letters, weighed by confidence.
    pub fn yield_of(&self) -> f32 {
        let weigh = |word: &Word| {
            let n = word.text.chars().filter(|c| c.is_alphanumeric()).count();
            f32::from(u16::try_from(n).unwrap_or(u16::MAX)) * (word.confidence - 40.0).max(0.0)
        };
        self.words.iter().map(weigh).sum()
    }
}

/// Returns the slope of a line through `points`, where they lie at least `least` apart.
fn slope(points: &[[f32; 2]], least: f32) -> Option<f32> {
    let [first, .., last] = points else { return None };
    if (last[0] - first[0]).abs() < least {
        return None;
    }
    let n = f32::from(u16::try_from(points.len()).ok()?);
    let mean = |axis: usize| points.iter().map(|point| point[axis]).sum::<f32>() / n;
    let (x, y) = (mean(0), mean(1));
    let (mut xy, mut xx) = (0.0, 0.0);
    for point in points {
        xy += (point[0] - x) * (point[1] - y);
        xx += (point[0] - x) * (point[0] - x);
    }
    (xx > 0.0).then(|| xy / xx)
}

fn arabic_share(chars: impl Iterator<Item = char>) -> f32 {
    let (mut arabic, mut all) = (0_u32, 0_u32);
    for c in chars.filter(|c| c.is_alphabetic()) {
        all += 1;
        arabic += u32::from(matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}'
            | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'));
    }
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than f32")]
    let share = arabic as f32 / all.max(1) as f32;
    share
}

/// How a picture lies and what is written on it.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Orientation {
    /// The direction of its lines, degrees clockwise from rightwards: 0, 90, 180 or 270.
    pub degrees: f32,
    /// Whether most letters are of Arabic script; `None`: unknown.
    pub is_arabic: Option<bool>,
    /// By how many degrees clockwise the lines of the page stray from `degrees`; the picture that
    /// OCR got was turned back by as much.
    pub skew: f32,
}

impl Orientation {
    /// Reads what tesseract says of a picture's orientation; doubtful turns are none.
    pub fn from_report(report: &str) -> Self {
        let value = |name: &str| {
            let mut lines = report.lines();
            lines.find_map(|line| line.strip_prefix(name)).map(str::trim)
        };
        let number = |name: &str| value(name).and_then(|text| text.parse::<f32>().ok());
        let sure = number("Orientation confidence:").is_some_and(|sure| sure >= 2.0);
        let degrees = number("Orientation in degrees:").filter(|_| sure).unwrap_or_default();
        let is_arabic = value("Script:").map(|script| script == "Arabic");
        Self {
            degrees: if (0.0..360.0).contains(&degrees) { degrees } else { 0.0 },
            is_arabic,
            skew: 0.0,
        }
    }
}

/// Chooses the models for a page out of the `installed` ones; empty where there is none that fits.
///
/// The model of the Arabic script reads Urdu better than the one of Urdu.
pub fn models(is_arabic: bool, installed: &[String]) -> Vec<String> {
    let has = |name: &&str| installed.iter().any(|model| model == name);
    let mut models = Vec::new();
    if is_arabic {
        models.extend(["script/Arabic", "Arabic", "urd", "ara"].into_iter().find(has));
    }
    models.extend(["eng", "script/Latin", "Latin"].into_iter().find(has));
    models.into_iter().map(str::to_owned).collect()
}

/// A page that OCR read, with the confidence of each word.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The page; its origin is `ocr`.
    pub page: Page,
    /// The words that are found in its text, in order: bytes of the text, and confidence 0 to 100.
    pub words: Vec<(Span, u8)>,
}

/// Lays out what OCR read of a picture of `dpi` dots an inch.
pub fn page(scan: &Scan, number: PageNo, dpi: u32, orientation: Orientation) -> Read {
    #[expect(clippy::cast_precision_loss, reason = "at most 1,200")]
    let scale = 72.0 / dpi.max(1) as f32;
    let mut page = Page::empty(number, PageOrigin::Ocr);
    let size = scan.size.map(|side| side * scale);
    scanned::lay_out(&mut page, &blocks(scan, scale, orientation), orientation.degrees, size);
    for line in &mut page.lines {
        line.rect = turned_back(line.rect, orientation.skew, size);
    }
    page.quality = quality(&page.text, scan);
    let words = find_words(&page.text, scan);
    Read { page, words }
}

/// Returns the box on the page of a box on the page turned by `-skew` about its middle.
fn turned_back(rect: [f32; 4], skew: f32, size: [f32; 2]) -> [f32; 4] {
    if skew == 0.0 {
        return rect;
    }
    let (sin, cos) = skew.to_radians().sin_cos();
    let middle = size.map(|side| side / 2.0);
    let [x0, y0, x1, y1] = rect;
    let mut turned = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    for [x, y] in [[x0, y0], [x1, y0], [x0, y1], [x1, y1]] {
        let (x, y) = (x - middle[0], y - middle[1]);
        let [x, y] = [x * cos - y * sin + middle[0], x * sin + y * cos + middle[1]];
        turned = [turned[0].min(x), turned[1].min(y), turned[2].max(x), turned[3].max(y)];
    }
    turned
}

/// Tells whether words are specks, holes or pen strokes rather than writing.
fn is_noise(words: &[Word]) -> bool {
    let n = words.iter().flat_map(|word| word.text.chars()).filter(|c| c.is_alphanumeric()).count();
    let sure = words.iter().map(|word| word.confidence).fold(0.0, f32::max);
    n == 0 || n <= 4 && sure < f32::from(LOW)
}

/// Groups words to lines and lines to blocks.
fn blocks(scan: &Scan, scale: f32, orientation: Orientation) -> Vec<Vec<ScannedLine>> {
    let mut blocks: Vec<Vec<ScannedLine>> = Vec::new();
    let mut last: Option<u32> = None;
    let upright = orientation.degrees.rem_euclid(180.0) < 45.0;
    let lines = scan.words.chunk_by(|a, b| a.place == b.place).filter(|words| !is_noise(words));
    for words in lines {
        let Some(first) = words.first() else { continue };
        let [block, ..] = first.place;
        if last != Some(block) {
            blocks.push(Vec::new());
            last = Some(block);
        }
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let rects = || words.iter().map(|word| word.rect.map(|side| side * scale));
        let side = |axis: usize, pick: fn(f32, f32) -> f32| {
            rects().map(|rect| rect[axis]).reduce(pick).unwrap_or_default()
        };
        let [x0, y0, x1, y1] = first.rect.map(|side| side * scale);
        if let Some(lines) = blocks.last_mut() {
            lines.push(ScannedLine {
                text: texts.join(" "),
                rect: [side(0, f32::min), side(1, f32::min), side(2, f32::max), side(3, f32::max)],
                first_word: if upright { x1 - x0 } else { y1 - y0 },
            });
        }
    }
    blocks
}

/// Returns the trust in a page: no more than the program's own, and little in Nastaliq.
fn quality(text: &str, scan: &Scan) -> f32 {
    if text.is_empty() {
        return 0.0;
    }
    let quality = scanned::trust(text).min(scan.confidence() / 100.0);
    if scan.arabic_share() > ARABIC_SHARE { quality.min(ARABIC_CAP) } else { quality }
}

/// Finds each word in the text: words that were divided at a line end are passed over.
fn find_words(text: &str, scan: &Scan) -> Vec<(Span, u8)> {
    let mut found = Vec::with_capacity(scan.words.len());
    let mut from = 0;
    for word in &scan.words {
        // A word stands near; a far one would be another of the same letters.
        let Some(rest) = text.get(from..) else { break };
        let Some(at) = rest.find(&word.text).filter(|at| *at <= 200) else { continue };
        let span = from + at..from + at + word.text.len();
        from = span.end;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "read_tsv keeps confidences between 0 and 100"
        )]
        found.push((span, word.confidence.round() as u8));
    }
    found
}

/// Returns the warnings that a page read by OCR deserves.
pub fn warnings(page: &Page) -> Vec<Warning> {
    let number = page.number;
    if page.text.is_empty() {
        return vec![Warning::page(WarningKind::NoText, number, "OCR found no words")];
    }
    let share = arabic_share(page.text.chars());
    if share > ARABIC_SHARE {
        let detail = "Urdu read by OCR: compare every word with the page's picture";
        return vec![Warning::page(WarningKind::OcrUnreliable, number, detail)];
    }
    if page.quality < DOUBTFUL {
        let detail = format!("read by OCR, quality {:.2}", page.quality);
        return vec![Warning::page(WarningKind::LowText, number, detail)];
    }
    Vec::new()
}

/// Marks the first paragraph of each page read by OCR that goes on in mid-sentence, and what stands
/// above it as running head.
pub fn join_pages(pages: &mut [Page]) {
    let is_flow = |role: Role| matches!(role, Role::Body | Role::Quote | Role::List);
    let mut open = false;
    for page in pages {
        if open && page.origin == PageOrigin::Ocr {
            mark_heads(page);
        }
        let first = page.paragraphs.iter().position(|paragraph| is_flow(paragraph.role));
        let begins_lower = first
            .and_then(|idx| page.paragraphs.get(idx))
            .map(|paragraph| page.paragraph_text(paragraph))
            .is_some_and(|text| text.chars().next().is_some_and(char::is_lowercase));
        if let Some(paragraph) = first.and_then(|idx| page.paragraphs.get_mut(idx))
            && page.origin == PageOrigin::Ocr
        {
            paragraph.continues = open && begins_lower;
        }
        let last = page.paragraphs.iter().rev().find(|paragraph| is_flow(paragraph.role));
        open = last.is_some_and(|paragraph| {
            !page.paragraph_text(paragraph).trim_end().ends_with(['.', '?', '!', ':', '۔', '؟'])
        });
    }
}

/// Marks short paragraphs with a number above a page that begins in mid-sentence: `Crl. Rev. 1601/2022`.
fn mark_heads(page: &mut Page) {
    let texts: Vec<&str> = page.paragraphs.iter().map(|para| page.paragraph_text(para)).collect();
    let starts_lower = |text: &str| text.starts_with(char::is_lowercase);
    let is_head = |text: &&&str| {
        let short = text.chars().count() <= 60;
        short && text.contains(|c: char| c.is_ascii_digit()) && !starts_lower(text)
    };
    let n = texts.iter().take_while(is_head).count();
    if texts.get(n).is_some_and(|text| starts_lower(text)) {
        page.paragraphs.iter_mut().take(n).for_each(|paragraph| paragraph.role = Role::Header);
    }
}

/// Tells whether most paragraphs with letters are Urdu or Arabic: a hint for pages without text.
pub fn is_arabic_document(pages: &[Page]) -> bool {
    let paragraphs = pages.iter().flat_map(|page| &page.paragraphs);
    let langs: Vec<Lang> = paragraphs.map(|paragraph| paragraph.lang).collect();
    let arabic = langs.iter().filter(|lang| **lang == Lang::Ur).count();
    let other = langs.iter().filter(|lang| **lang == Lang::En).count();
    arabic > other
}

#[cfg(test)]
mod tests {
    use super::*;

    const TSV: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
        1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n\
        2\t1\t1\t0\t0\t0\t300\t300\t1800\t140\t-1\t\n\
        4\t1\t1\t1\t1\t0\t300\t300\t1800\t40\t-1\t\n\
        5\t1\t1\t1\t1\t1\t300\t300\t120\t40\t96.5\tThe\n\
        5\t1\t1\t1\t1\t2\t440\t300\t1660\t40\t91.0\tpeti-\n\
        5\t1\t1\t1\t2\t1\t300\t350\t300\t40\t90.0\ttioner\n\
        5\t1\t1\t1\t2\t2\t620\t350\t200\t40\t31.0\tvvas\n\
        5\t1\t1\t1\t2\t3\t840\t350\t200\t40\t95.0\theard.\n\
        5\t1\t1\t1\t2\t4\t1060\t350\t20\t40\t95.0\t \n\
        5\t1\t2\t1\t1\t1\t1800\t2900\t300\t40\t88.0\tJUDGE\n";

    fn a_page(text: &str, quality: f32) -> Page {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::TextLayer);
        page.push(text, Role::Body);
        page.quality = quality;
        page
    }

    #[test]
    fn a_table_of_words_becomes_paragraphs_with_places() {
        let scan = Scan::from_tsv(TSV);
        assert_eq!(scan.words.len(), 6);
        let read = page(&scan, PageNo::FIRST, 300, Orientation::default());
        assert_eq!(read.page.text, "The petitioner vvas heard.\nJUDGE");
        assert_eq!(read.page.origin, PageOrigin::Ocr);
        // 300 pixels at 300 dots an inch are 72 points.
        assert!((read.page.lines[0].rect[0] - 72.0).abs() < 0.1);
        let low: Vec<&str> = read
            .words
            .iter()
            .filter(|(_, confidence)| *confidence < LOW)
            .map(|(span, _)| &read.page.text[span.clone()])
            .collect();
        assert_eq!(low, ["vvas"]);
    }

    #[test]
    fn trust_is_at_most_the_programs_own() {
        let scan = Scan::from_tsv(TSV);
        // Letters times confidence: (3·96.5 + 5·91 + 6·90 + 4·31 + 6·95 + 5·88) / 29.
        assert!((scan.confidence() - 83.4).abs() < 0.1, "{}", scan.confidence());
        let read = page(&scan, PageNo::FIRST, 300, Orientation::default());
        assert!(read.page.quality < 0.84);
    }

    #[test]
    fn lines_of_a_turned_page_keep_their_places_on_it() {
        let tsv = "1\t1\t0\t0\t0\t0\t0\t0\t3508\t2480\t-1\t\n\
            5\t1\t1\t1\t1\t1\t3000\t300\t40\t200\t95\tThe\n\
            5\t1\t1\t1\t1\t2\t3000\t520\t40\t600\t95\torder\n\
            5\t1\t1\t1\t2\t1\t2940\t300\t40\t700\t95\tstands.\n";
        let turned = Orientation { degrees: 90.0, ..Orientation::default() };
        let read = page(&Scan::from_tsv(tsv), PageNo::FIRST, 300, turned);
        assert_eq!(read.page.text, "The order stands.");
        let [x0, y0, ..] = read.page.lines[0].rect;
        assert!((x0 - 720.0).abs() < 12.0 && (y0 - 72.0).abs() < 1.0, "{x0} {y0}");
    }

    #[test]
    fn broken_rows_are_passed_over() {
        assert_eq!(
            Scan::from_tsv("5\t1\t1\n5\tx\ty\tz\t1\t1\t0\t0\tNaN\t1\t90\tword\n"),
            Scan::default()
        );
    }

    #[test]
    fn only_pages_without_trust_want_it() {
        let warned = |kind| vec![Warning::page(kind, PageNo::FIRST, "")];
        let words = "the order of the court ".repeat(10);
        assert_eq!(want(&a_page(&words, 1.0), &[]), Want::No);
        assert_eq!(want(&a_page("", 0.0), &warned(WarningKind::NoText)), Want::Yes);
        assert_eq!(want(&a_page("stamp", 1.0), &warned(WarningKind::LowText)), Want::Yes);
        assert_eq!(want(&a_page(&words, 0.7), &warned(WarningKind::LowText)), Want::IfForced);
        assert_eq!(want(&a_page(&words, 0.5), &warned(WarningKind::LowText)), Want::Yes);
        let layer = Page { origin: PageOrigin::OcrLayer, ..a_page(&words, 0.9) };
        assert_eq!(want(&layer, &[]), Want::IfForced);
        let other = [Warning::page(WarningKind::NoText, PageNo::new(2).unwrap(), "")];
        assert_eq!(want(&a_page("", 0.0), &other), Want::No);
    }

    #[test]
    fn urdu_is_never_trusted() {
        let tsv = "1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n\
            5\t1\t1\t1\t1\t1\t300\t300\t400\t40\t97\tعدالت\n\
            5\t1\t1\t1\t1\t2\t800\t300\t400\t40\t97\tعالیہ\n";
        let read = page(&Scan::from_tsv(tsv), PageNo::FIRST, 300, Orientation::default());
        assert!(read.page.quality <= ARABIC_CAP);
        assert_eq!(warnings(&read.page)[0].kind, WarningKind::OcrUnreliable);
    }

    #[test]
    fn models_by_script() {
        let installed: Vec<String> = ["Arabic", "eng", "osd", "urd"].map(str::to_owned).into();
        assert_eq!(models(true, &installed), ["Arabic", "eng"]);
        assert_eq!(models(false, &installed), ["eng"]);
        assert_eq!(models(true, &["urd".to_owned()]), ["urd"]);
        assert!(models(false, &["osd".to_owned()]).is_empty());
    }

    #[test]
    fn the_report_of_an_orientation() {
        let report = "Page number: 0\nOrientation in degrees: 90\nRotate: 270\n\
            Orientation confidence: 31.73\nScript: Latin\nScript confidence: 4.41\n";
        let expect = Orientation { degrees: 90.0, is_arabic: Some(false), skew: 0.0 };
        assert_eq!(Orientation::from_report(report), expect);
        assert_eq!(Orientation::from_report("Too few characters"), Orientation::default());
    }

    #[test]
    fn a_sentence_goes_on_over_the_page_end() {
        let mut pages = vec![a_page("was directed to decide the", 0.9), a_page("matter.", 0.9)];
        pages.iter_mut().for_each(|page| page.origin = PageOrigin::Ocr);
        join_pages(&mut pages);
        assert_eq!([false, true], [0, 1].map(|idx: usize| pages[idx].paragraphs[0].continues));
    }

    #[test]
    fn a_crooked_scan_is_measured() {
        // Lines that fall by 20 pixels in 1,000: 1.15 degrees.
        let word = |line: u32, n: u32| {
            let at = |n: u32| f32::from(u16::try_from(n).unwrap());
            let (x, y) = (100.0 + 250.0 * at(n), 100.0 + 50.0 * at(line) + 5.0 * at(n));
            Word {
                place: [1, 1, line],
                rect: [x, y, x + 200.0, y + 30.0],
                confidence: 90.0,
                text: "word".to_owned(),
            }
        };
        let words = (1..9).flat_map(|line| (0..5).map(move |n| word(line, n))).collect();
        let scan = Scan { size: [1_500.0, 2_000.0], words };
        let skew = scan.skew(0.0).unwrap();
        assert!((skew - 1.146).abs() < 0.01, "{skew}");
        assert_eq!(Scan::from_tsv(TSV).skew(0.0), None);
    }

    #[test]
    fn specks_and_holes_are_no_words() {
        let tsv = "1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n\
            5\t1\t1\t1\t1\t1\t10\t10\t40\t40\t30\tSs\n\
            5\t1\t2\t1\t1\t1\t10\t90\t40\t40\t90\t|\n\
            5\t1\t3\t1\t1\t1\t10\t300\t40\t40\t96\t5.\n";
        let read = page(&Scan::from_tsv(tsv), PageNo::FIRST, 300, Orientation::default());
        assert_eq!(read.page.text, "5.");
    }

    #[test]
    fn the_head_of_a_scanned_page_is_no_text() {
        let mut second = a_page("Crl. Rev. No.1601/2022. 2", 0.9);
        second.push("of first marriage without permission.", Role::Body);
        let mut pages = vec![a_page("during the subsistence", 0.9), second];
        pages.iter_mut().for_each(|page| page.origin = PageOrigin::Ocr);
        join_pages(&mut pages);
        assert_eq!(pages[1].paragraphs[0].role, Role::Header);
        assert!(pages[1].paragraphs[1].continues);
    }
}
