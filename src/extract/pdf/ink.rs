//! What a page draws, as far as reading needs it: glyphs, pictures, boxes and rules in page space.
//!
//! `glyphs` fills it. Coordinates are points from the top left corner of the page as a reader sees it:
//! after rotation and crop, y downwards.

/// The letters that a glyph stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// No Unicode value is known.
    Unknown,
    /// One character.
    One(char),
    /// A ligature or a sign with marks.
    Many(Box<str>),
}

/// One drawn sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// Origin: points from the left and from the top of the page.
    pub(super) at: [f32; 2],
    /// How far the pen moves along the writing direction, in points.
    pub(super) advance: f32,
    /// Height of the font in points.
    pub(super) size: f32,
    /// What it stands for.
    pub(super) letters: Letters,
    /// The font's own code for it.
    pub(super) code: u32,
    /// Index of its [`Run`].
    pub(super) run: u32,
}

impl Glyph {
    /// Tells whether it stands for a letter of Arabic script.
    pub(super) fn is_arabic(&self) -> bool {
        match &self.letters {
            Letters::One(c) => super::letters::is_arabic(*c),
            Letters::Many(text) => text.chars().any(super::letters::is_arabic),
            Letters::Unknown => false,
        }
    }
}

/// What an artifact of tagged content says about itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Artifact {
    /// Real content, or nothing is said.
    #[default]
    None,
    /// A running head.
    Header,
    /// A running foot.
    Footer,
    /// A watermark.
    Watermark,
}

/// What the glyphs of one drawing call share.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    /// Writing direction in degrees clockwise from rightwards, −180 to 180.
    pub(super) angle: f32,
    /// Drawn with no ink (an OCR layer).
    pub(super) invisible: bool,
    /// How light its colour is, 0 to 255; black for patterns.
    pub(super) grey: u8,
    /// Light grey, half transparent, or outlined only.
    pub(super) light: bool,
    /// Bold by its font's weight or name, where the font says.
    pub(super) bold: bool,
    /// Key of the font; 0 where unknown.
    pub(super) font: u64,
    /// Key of the signs that the font holds, also where the rest of it is unknown; 0 for drawings.
    pub(super) face: u64,
    /// The font writes Nastaliq, whose signs stand for other letters than the file says.
    pub(super) nastaliq: bool,
    /// What the tags say.
    pub(super) artifact: Artifact,
}

/// An opaque filled box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Filled {
    /// Left, top, right, bottom on the page.
    pub(super) rect: [f32; 4],
    /// How many glyphs had been drawn before it.
    pub(super) before: usize,
    /// How light its colour is, 0 to 255.
    pub(super) grey: u8,
}

/// What makes another ground for letters and is no plain box: a picture, a pattern, a rounded box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ground {
    /// Left, top, right, bottom on the page.
    pub(super) rect: [f32; 4],
    /// How many glyphs had been drawn before it.
    pub(super) before: usize,
    /// How many boxes had been drawn before it.
    pub(super) boxes_before: usize,
    /// How light its colour is, 0 to 255, where it has one.
    pub(super) grey: Option<u8>,
}

/// All that a page draws, as far as reading needs it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ink {
    /// Width and height of the page in points.
    pub(super) page: [f32; 2],
    /// In content order.
    pub(super) glyphs: Vec<Glyph>,
    /// Shared properties; `Glyph::run` points here.
    pub(super) runs: Vec<Run>,
    /// Pictures: box and how many glyphs had been drawn before.
    pub(super) images: Vec<([f32; 4], usize)>,
    /// Opaque filled boxes, in content order.
    pub(super) boxes: Vec<Filled>,
    /// Other grounds, in content order.
    pub(super) grounds: Vec<Ground>,
    /// Level and upright lines, as boxes: left, top, right, bottom.
    pub(super) rules: Vec<[f32; 4]>,
    /// How many paths were drawn.
    pub(super) n_paths: usize,
    /// Glyphs with an undefined place or size.
    pub(super) broken: usize,
    /// Letters and digits outside the page.
    pub(super) outside: usize,
    /// Letters and digits that the page clips away.
    pub(super) clipped: usize,
    /// Glyphs over [`MAX_GLYPHS`].
    pub(super) over: usize,
}

impl Ink {
    /// Returns the share of the page that pictures cover, 0 to 1 (overlaps counted twice, capped).
    pub(super) fn picture_share(&self) -> f32 {
        let page = self.page[0] * self.page[1];
        let covered: f32 = self.images.iter().map(|(rect, _)| area(self.clip(*rect))).sum();
        if page > 0.0 { (covered / page).min(1.0) } else { 0.0 }
    }

    fn clip(&self, rect: [f32; 4]) -> [f32; 4] {
        let [x0, y0, x1, y1] = rect;
        let [width, height] = self.page;
        [x0.clamp(0.0, width), y0.clamp(0.0, height), x1.clamp(0.0, width), y1.clamp(0.0, height)]
    }
}

fn area([x0, y0, x1, y1]: [f32; 4]) -> f32 {
    (x1 - x0).max(0.0) * (y1 - y0).max(0.0)
}

impl Ink {
    /// Takes codes for letters where a font names none of its signs and the outcome reads as
    /// language: old fonts keep the codes of ASCII. Returns whether it did.
    pub(super) fn guess_letters(&mut self) -> bool {
        let is_unknown = |glyph: &&Glyph| matches!(glyph.letters, Letters::Unknown);
        let n_unknown = self.glyphs.iter().filter(is_unknown).count();
        if n_unknown < 100 || n_unknown * 4 < self.glyphs.len() {
            return false;
        }
        let guess =
            |glyph: &Glyph| u8::try_from(glyph.code).ok().filter(|b| (b' '..=b'~').contains(b));
        let text: String = self
            .glyphs
            .iter()
            .filter(is_unknown)
            .map(|glyph| guess(glyph).map_or('\u{fffd}', char::from))
            .collect();
        if !super::quality::is_language(&text) {
            return false;
        }
        for glyph in self.glyphs.iter_mut().filter(|glyph| glyph.letters == Letters::Unknown) {
            if let Some(byte) = guess(glyph) {
                glyph.letters = Letters::One(char::from(byte));
            }
        }
        true
    }
}

impl Ink {
    /// Keeps the place of signs that a font draws without saying what they are, among others that it
    /// names: `U+FFFD` stands for each. Returns how many.
    ///
    /// Fonts of Arabic script draw dots and joints as signs of their own, which are no letters; where
    /// much is unknown, the page says nothing that could be read.
    pub(super) fn mark_unknown(&mut self) -> usize {
        let is_unknown = |glyph: &Glyph| matches!(glyph.letters, Letters::Unknown);
        let font = |runs: &[Run], glyph: &Glyph| runs.get(glyph.run as usize).map(|run| run.font);
        let n_unknown = self.glyphs.iter().filter(|glyph| is_unknown(glyph)).count();
        if n_unknown == 0 || n_unknown * 20 > self.glyphs.len() {
            return 0;
        }
        let of_arabic: std::collections::BTreeSet<Option<u64>> = self
            .glyphs
            .iter()
            .filter(|glyph| glyph.is_arabic())
            .map(|glyph| font(&self.runs, glyph))
            .collect();
        let mut n_marked = 0;
        for glyph in self.glyphs.iter_mut().filter(|glyph| is_unknown(glyph)) {
            if !of_arabic.contains(&font(&self.runs, glyph)) {
                glyph.letters = Letters::One('\u{fffd}');
                n_marked += 1;
            }
        }
        n_marked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unnamed(text: &str) -> Ink {
        let glyph = |c: char| Glyph {
            at: [10.0, 10.0],
            advance: 5.0,
            size: 10.0,
            letters: Letters::Unknown,
            code: u32::from(c),
            run: 0,
        };
        Ink { glyphs: text.chars().map(glyph).collect(), ..Ink::default() }
    }

    const TEXT: &str = "The learned counsel for the petitioner has submitted that the order was \
        passed without hearing and that the authority had no power to call for the records.";

    #[test]
    fn codes_that_read_as_language_are_letters() {
        let mut ink = unnamed(TEXT);
        assert!(ink.guess_letters());
        assert_eq!(ink.glyphs[0].letters, Letters::One('T'));
    }

    #[test]
    fn a_few_signs_without_letters_keep_their_place() {
        let mut ink = unnamed(TEXT);
        ink.glyphs.iter_mut().for_each(|glyph| glyph.letters = Letters::One('a'));
        ink.glyphs[3].letters = Letters::Unknown;
        assert_eq!(ink.mark_unknown(), 1);
        assert_eq!(ink.glyphs[3].letters, Letters::One('\u{fffd}'));
        // Not where the same font writes Arabic: dots are signs there.
        ink.glyphs[3].letters = Letters::Unknown;
        ink.glyphs[4].letters = Letters::One('ب');
        assert_eq!(ink.mark_unknown(), 0);
        assert_eq!(unnamed(TEXT).mark_unknown(), 0);
    }

    #[test]
    fn codes_that_do_not_stay_unknown() {
        let shifted: String =
            TEXT.chars().map(|c| char::from_u32(u32::from(c) + 1).unwrap()).collect();
        let mut ink = unnamed(&shifted);
        assert!(!ink.guess_letters());
        assert_eq!(ink.glyphs[0].letters, Letters::Unknown);
    }
}
