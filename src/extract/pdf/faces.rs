//! Typefaces: how a heading shows itself where no font calls itself bold.
//!
//! A line in another face than the page's text is a heading of what follows only where the change
//! falls together with the line: emphasis and names of cases begin and end anywhere.

use std::collections::BTreeMap;
use std::hash::{Hash as _, Hasher};

use hayro_interpret::font::Glyph as Drawn;

use super::blocks::Line;

/// Most lines of a heading.
const MAX_LINES: usize = 3;

/// The faces of a stretch of text, as keys; 0 is a face that is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Faces {
    /// That of its first sign.
    first: u64,
    /// That of its last sign.
    last: u64,
    /// Another one in between.
    mixed: bool,
    /// Some of it is in a font that says how bold it is.
    weighed: bool,
}

impl Faces {
    /// Returns those of one sign; `weighed` tells whether its font says how bold it is.
    pub(super) const fn of(face: u64, weighed: bool) -> Self {
        Self { first: face, last: face, mixed: false, weighed }
    }

    /// Adds what follows.
    pub(super) const fn add(&mut self, next: Self) {
        if self.first == 0 {
            *self = next;
            return;
        }
        self.mixed |= next.mixed || next.first != self.last;
        self.weighed |= next.weighed;
        self.last = next.last;
    }

    /// Returns the face of all of it, if it has one that is known.
    fn whole(self) -> Option<u64> {
        (!self.mixed && self.first == self.last && self.first != 0).then_some(self.first)
    }
}

/// Takes the first number that is hashed: the library tells fonts apart by one, which it shows to a
/// hasher alone.
#[derive(Default)]
struct FirstNumber(u64);

impl Hasher for FirstNumber {
    fn write(&mut self, _: &[u8]) {}

    fn write_u128(&mut self, number: u128) {
        if self.0 == 0 {
            #[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
            let half = number as u64;
            self.0 = half;
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Returns a key of the signs that a glyph's font holds; 0 for drawings.
pub(super) fn key(glyph: &Drawn<'_>) -> u64 {
    let Drawn::Outline(outline) = glyph else { return 0 };
    let mut face = FirstNumber::default();
    outline.identifier().hash(&mut face);
    face.finish()
}

/// Returns the face that most letters of `texts` are set in; 0 where none is known.
pub(super) fn usual<'a>(texts: impl Iterator<Item = (&'a str, Faces)>) -> u64 {
    let counts = counts(texts);
    counts.iter().max_by_key(|(face, n)| (**n, **face)).map_or(0, |(face, _)| *face)
}

/// Returns that of a page: the document's (`whole`) where a third of the page is set in it. On a
/// page that is mostly quoted in italics the court's own text must not look like headings.
pub(super) fn usual_on_page<'a>(texts: impl Iterator<Item = (&'a str, Faces)>, whole: u64) -> u64 {
    let counts = counts(texts);
    let n_all: usize = counts.values().sum();
    if whole != 0 && counts.get(&whole).is_some_and(|n| n * 3 >= n_all) {
        return whole;
    }
    counts.iter().max_by_key(|(face, n)| (**n, **face)).map_or(0, |(face, _)| *face)
}

/// Counts the letters of each face.
fn counts<'a>(texts: impl Iterator<Item = (&'a str, Faces)>) -> BTreeMap<u64, usize> {
    let mut counts = BTreeMap::new();
    for (text, faces) in texts {
        if let Some(face) = faces.whole() {
            *counts.entry(face).or_default() += text.len();
        }
    }
    counts
}

/// Returns the face of `lines` if all of them are set in one that is not the `usual` one.
fn other_face(lines: &[Line], usual: u64) -> Option<u64> {
    let face = lines.first()?.faces.whole()?;
    let is_other = usual != 0 && face != usual && lines.len() <= MAX_LINES;
    (is_other && lines.iter().all(|line| line.faces.whole() == Some(face))).then_some(face)
}

/// Tells whether `above`, the lines of a paragraph so far, are a heading over `line`: all of them are
/// in a face of their own, and `line` begins in the usual one.
pub(super) fn are_heading(above: &[Line], line: &Line, usual: u64) -> bool {
    let begins = |line: &Line| line.text.starts_with(char::is_uppercase);
    other_face(above, usual).is_some()
        && line.faces.first == usual
        && above.first().is_some_and(begins)
        && above.last().is_some_and(|last| !last.text.ends_with([',', ';', '-', '.']))
}

/// Tells whether `line` is a heading between `prev` and `next`, which are in the usual face: it ends
/// before `right`, or the sentence before it has `ended`, be it with words in a third face.
pub(super) fn is_heading_between(
    [prev, line, next]: [&Line; 3],
    right: f32,
    ended: bool,
    usual: u64,
) -> bool {
    (ended || line.x1 + 2.5 * line.size < right)
        && (prev.faces.last == usual || ended && prev.faces.last != line.faces.first)
        && next.text.starts_with(char::is_uppercase)
        && are_heading(std::slice::from_ref(line), next, usual)
}

/// Tells whether two lines are a key and its value each, told apart by their faces: `Head of state:`
/// in one, the name in another.
pub(super) fn are_pairs(prev: &Line, line: &Line) -> bool {
    let is_pair = |line: &Line| {
        line.text.split_once(": ").is_some_and(|(key, _)| key.chars().count() <= 40)
            && line.text.starts_with(char::is_uppercase)
            && line.faces.first != line.faces.last
    };
    is_pair(prev)
        && is_pair(line)
        && (prev.faces.first, prev.faces.last) == (line.faces.first, line.faces.last)
}

/// Returns the face that all of `lines` is set in.
pub(super) fn whole(lines: &[Line]) -> Option<u64> {
    let face = lines.first()?.faces.whole()?;
    lines.iter().all(|line| line.faces.whole() == Some(face)).then_some(face)
}

/// Tells whether lines in a face of their own are a heading by that alone: where the fonts do not say
/// how bold they are.
pub(super) fn is_heading(lines: &[Line], usual: u64) -> bool {
    other_face(lines, usual).is_some()
        && lines.iter().all(|line| !line.faces.weighed)
        && lines.first().is_some_and(|line| line.text.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{extracted, pdf_in};
    use crate::model::{Page, Role};

    /// Draws `text` in font `/F` (the usual one) or `/G`.
    fn set(font: char, y: u32, text: &str) -> String {
        format!("BT /{font} 12 Tf 72 {y} Td ({text}) Tj ET\n")
    }

    const FONTS: &[&str] = &["Times-Roman", "Courier", "Times-Italic"];

    #[track_caller]
    fn check(page: &str, expect: &[&str]) {
        let read = extracted(&pdf_in(FONTS, &[page], ""));
        let page = &read.pages[0];
        let seen: Vec<String> = page
            .paragraphs
            .iter()
            .map(|paragraph| format!("{:?}: {}", paragraph.role, page.paragraph_text(paragraph)))
            .collect();
        assert_eq!(seen, expect);
    }

    #[test]
    fn a_heading_as_wide_as_its_column_is_no_part_of_its_text() {
        let page = set('F', 716, "Companies gave way to the demands of the State in the year.")
            + &set('G', 700, "Land issues and Indigenous people of land")
            + &set('F', 684, "Indigenous communities in two provinces staged strikes,")
            + &set('F', 668, "and camps were established beside many national roads.");
        check(
            &page,
            &[
                "Body: Companies gave way to the demands of the State in the year.",
                "Heading: Land issues and Indigenous people of land",
                "Body: Indigenous communities in two provinces staged strikes, and camps were \
                 established beside many national roads.",
            ],
        );
    }

    #[test]
    fn a_heading_may_stand_below_words_in_a_third_face() {
        let page = set('F', 716, "The application is allowed subject to all exceptions of law")
            + "BT /F 12 Tf 72 700 Td (and it stands ) Tj /H 12 Tf (disposed of.) Tj ET\n"
            + &set('G', 684, "Application No. 2 of 2031")
            + &set('F', 668, "Notice be issued for the same date to the Kite Commission,")
            + &set('F', 652, "and the officer of the court be heard as is required by it.");
        check(
            &page,
            &[
                "Body: The application is allowed subject to all exceptions of law and it stands \
                 disposed of.",
                "Heading: Application No. 2 of 2031",
                "Body: Notice be issued for the same date to the Kite Commission, and the officer of \
                 the court be heard as is required by it.",
            ],
        );
    }

    #[test]
    fn the_courts_text_on_a_page_of_quotations_is_no_heading() {
        let own =
            |y: u32| set('F', y, "The learned counsel spoke at length of kites and of strings,");
        let first: String = (0..20).map(|idx| own(720 - 16 * idx)).collect();
        let quoted = |y: u32| set('G', y, "of the kite in the light of the Act and of");
        let second = own(720)
            + &own(704)
            + &set('F', 688, "and it was said in that case that:")
            + &(0..9).map(|idx| quoted(650 - 16 * idx)).collect::<String>()
            + &set('G', 506, "the rules.")
            + &set('F', 460, "The learned Attorney General was heard at length as well as")
            + &set('F', 444, "the learned Advocate General for that province");
        let read = extracted(&pdf_in(FONTS, &[&first, &second], ""));
        let n_heads =
            |page: &Page| page.paragraphs.iter().filter(|one| one.role == Role::Heading).count();
        assert_eq!(read.pages.iter().map(n_heads).collect::<Vec<_>>(), [0, 0]);
    }

    #[test]
    fn emphasis_within_a_sentence_is_no_heading() {
        let page = set('F', 716, "The organization published its findings under the title of")
            + &set('G', 700, "Partners in crime and the role of States,")
            + &set('F', 684, "Europe being named in it as one of those who had known of")
            + &set('F', 668, "the flights that went over its land in those years.");
        check(
            &page,
            &[
                "Body: The organization published its findings under the title of Partners in crime \
                 and the role of States, Europe being named in it as one of those who had known of \
                 the flights that went over its land in those years.",
            ],
        );
    }

    #[test]
    fn a_clerks_name_in_small_type_is_no_heading() {
        let page = set('F', 716, "The petition is dismissed as the learned counsel has said so.")
            + "BT /G 6 Tf 30 600 Td (Rafiq) Tj ET\n";
        check(
            &page,
            &["Body: The petition is dismissed as the learned counsel has said so.", "Body: Rafiq"],
        );
    }

    #[test]
    fn keys_and_values_of_two_faces_stand_line_by_line() {
        let pair = |y: u32, key: &str, value: &str| {
            format!("BT /G 12 Tf 72 {y} Td ({key} ) Tj /F 12 Tf ({value}) Tj ET\n")
        };
        let page = pair(716, "Head of state and government:", "Nestor Kirchner")
            + &pair(700, "Death penalty:", "abolitionist for ordinary crimes")
            + &pair(684, "International Criminal Court:", "ratified in full")
            + &set('F', 652, "There were reports of attacks on witnesses and their lawyers,")
            + &set('F', 636, "and of threats against the judges who had ordered the arrests.");
        check(
            &page,
            &[
                "Body: Head of state and government: Nestor Kirchner",
                "Body: Death penalty: abolitionist for ordinary crimes",
                "Body: International Criminal Court: ratified in full",
                "Body: There were reports of attacks on witnesses and their lawyers, and of \
                 threats against the judges who had ordered the arrests.",
            ],
        );
    }
}
