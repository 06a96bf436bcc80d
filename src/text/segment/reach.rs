//! How far the number of a paragraph reaches: what has none of its own stands under the number
//! before it, unless the order was signed, or another part of it began, between the two.

use std::collections::BTreeSet;

use super::shape::{ends_sentence, is_signature};
use super::statute::is_statute;
use super::unit::QuoteState;
use crate::model::{Page, Role};

/// What ends the reach of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A judge's name or title, or the words that close a letter or an affidavit.
    Signature,
    /// The head of another part: `Main case`, `CM No. 3/2025`, `Discussion`.
    Head,
}

/// The longest line that is a head, in bytes.
const MAX_HEAD: usize = 160;

/// Returns what ends with each paragraph, page by page.
pub(super) fn ends(pages: &[Page]) -> Vec<Vec<Option<End>>> {
    // Whatever stands between two sections of an enactment belongs to one of them.
    let is_statute = is_statute(pages);
    let mut ends: Vec<Vec<Option<End>>> =
        pages.iter().map(|page| vec![None; page.paragraphs.len()]).collect();
    let lines = lines(pages);
    let mut quote = QuoteState::default();
    // The nearest line before that is no heading: below one heading another may stand.
    let mut before: Option<&Line<'_>> = None;
    for (idx, line) in lines.iter().enumerate() {
        let is_open = quote.is_open();
        quote.read(line.text);
        let end = if is_signature(line.text) || is_signer(line.text) || is_close(line.text) {
            Some(End::Signature)
        } else {
            let may_end = !is_statute
                && !is_open
                && is_head(line)
                && before.is_none_or(|before| is_done(before.text))
                && lines
                    .get(idx + 1..)
                    .and_then(|rest| rest.iter().find(|next| next.role != Role::Heading))
                    .is_none_or(begins_anew);
            may_end.then_some(End::Head)
        };
        if let Some(place) = ends.get_mut(line.place.0).and_then(|page| page.get_mut(line.place.1))
        {
            *place = end;
        }
        if line.role != Role::Heading {
            before = Some(line);
        }
    }
    ends
}

/// Returns the heads of the parts of a document: page and paragraph, both counted from 0. Of what
/// names a case the sentence before need not be over: names of counsel end with no stop.
pub fn heads(pages: &[Page]) -> BTreeSet<(usize, usize)> {
    let ends = ends(pages);
    let is_end = |(page_idx, idx): (usize, usize)| {
        ends.get(page_idx).and_then(|page| page.get(idx)) == Some(&Some(End::Head))
    };
    let names_case = |line: &Line<'_>| {
        matches!(line.role, Role::Heading | Role::Body) && is_case_head(line.text)
    };
    let lines = lines(pages).into_iter();
    lines.filter(|line| names_case(line) || is_end(line.place)).map(|line| line.place).collect()
}

/// A paragraph of the text, or a heading of it.
struct Line<'a> {
    /// Page and paragraph, both counted from 0.
    place: (usize, usize),
    text: &'a str,
    role: Role,
}

fn lines(pages: &[Page]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for (page_idx, page) in pages.iter().enumerate() {
        for (paragraph_idx, paragraph) in page.paragraphs.iter().enumerate() {
            let text = page.paragraph_text(paragraph).trim();
            let is_text = matches!(
                paragraph.role,
                Role::Body | Role::Quote | Role::List | Role::Table | Role::Heading
            );
            if is_text && text.chars().any(char::is_alphanumeric) {
                let place = (page_idx, paragraph_idx);
                lines.push(Line { place, text, role: paragraph.role });
            }
        }
    }
    lines
}

/// Tells whether a line is set as a heading, or is one by what it says.
fn is_head(line: &Line<'_>) -> bool {
    let is_set = line.role == Role::Heading
        && line.text.len() <= MAX_HEAD
        && !line.text.starts_with(char::is_lowercase)
        && line.text.chars().any(char::is_alphabetic);
    is_set || line.role == Role::Body && is_case_head(line.text)
}

/// Tells whether a sentence is over and leads to nothing: below `the plots are as under:-` stand
/// the heads of a table, and those of what is quoted.
fn is_done(text: &str) -> bool {
    let core = text.trim_end_matches([' ', '-', '–', '—', '\n', '\t']);
    ends_sentence(text) && !core.ends_with(':')
}

/// Tells whether what stands below a heading is of the author's own making: not the rest of a
/// sentence that a scan broke, and no quotation, whose headings are quoted with it.
fn begins_anew(next: &Line<'_>) -> bool {
    next.role != Role::Quote
        && !next.text.starts_with(|c: char| c.is_lowercase() || "“\"‘«".contains(c))
}

/// Tells whether a line names the part of an order that follows: `Main case`, `C.M. No. 3/2024`.
fn is_case_head(text: &str) -> bool {
    const MAIN: [&str; 7] = [
        "main case",
        "main petition",
        "main appeal",
        "main application",
        "main matter",
        "main suit",
        "main writ petition",
    ];
    let text = text.trim_end_matches(['.', ':', '-', '–', ' ']);
    if text.len() > 70 || !text.starts_with(char::is_uppercase) {
        return false;
    }
    let rest = case_number_end(text).and_then(|end| text.get(end..));
    MAIN.contains(&text.to_lowercase().as_str())
        || rest
            .map(str::trim)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('(') && rest.ends_with(')'))
}

/// Returns where the number of a case ends with which a text begins: `R.F.A. No.778/2021`,
/// `CM no. 3 of 2025`, as a scan may have it too (`R.A. NO.02 0F 2023`).
pub fn case_number_end(text: &str) -> Option<usize> {
    const MOST: usize = 48;
    let head = text.get(..text.floor_char_boundary(MOST))?;
    let lower = head.to_ascii_lowercase();
    let at = lower.match_indices("no").map(|(at, _)| at).find(|at| {
        let before = head.get(..*at).unwrap_or_default();
        let is_name = |c: char| c.is_alphanumeric() || " .()'\"&-,|".contains(c);
        !before.ends_with(char::is_alphanumeric) && before.chars().all(is_name)
    })?;
    let rest = text.get(at + 2..)?.trim_start_matches(['s', 'S']);
    let rest = rest.trim_start_matches(['.', ':', ' ', ',']);
    let after = rest.trim_start_matches(is_scanned_digit);
    let number = rest.get(..rest.len() - after.len())?;
    if number.is_empty() || number.len() > 7 || !number.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let after = after.trim_start();
    let of = after.get(..2).filter(|of| matches!(*of, "of" | "OF" | "Of" | "0F" | "0f"));
    let year = match of {
        Some(_) => after.get(2..)?,
        None => after.strip_prefix(['/', '-'])?,
    };
    let year = year.trim_start();
    let digits = year.get(..4)?;
    let is_year = digits.chars().all(is_scanned_digit)
        && digits.chars().filter(char::is_ascii_digit).count() >= 2
        && !year.get(4..)?.starts_with(char::is_alphanumeric);
    is_year.then(|| text.len() - year.len() + 4)
}

const fn is_scanned_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'O' | 'I' | 'l' | 'Z')
}

/// Tells whether a line is the name of who signed, as orders print it: `(SARDAR EJAZ KHAN)`.
fn is_signer(text: &str) -> bool {
    const NO_NAMES: [&str; 8] =
        ["emphasis", "added", "supplied", "underlin", "omitted", "sic", "translat", "quote"];
    let Some(name) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else {
        return false;
    };
    let words = name.split_whitespace();
    let is_word = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
    };
    let lower = name.to_lowercase();
    (2..=6).contains(&words.clone().count())
        && words.clone().all(is_word)
        && !NO_NAMES.iter().any(|no_name| lower.contains(no_name))
}

/// Tells whether a paragraph closes a letter, a pleading or an affidavit.
fn is_close(text: &str) -> bool {
    const CLOSES: [&str; 7] = [
        "respectfully submitted",
        "sincerely",
        "yours sincerely",
        "yours faithfully",
        "yours truly",
        "very truly yours",
        "yours very truly",
    ];
    let head = text.get(..text.floor_char_boundary(40)).unwrap_or_default().to_ascii_lowercase();
    head.starts_with("i declare under penalty of perju")
        || text.len() < 60 && CLOSES.iter().any(|close| head.starts_with(close))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageNo, PageOrigin};

    #[track_caller]
    fn check(paragraphs: &[(&str, Role)], expect: &[Option<End>]) {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        for (text, role) in paragraphs {
            page.push(text, *role);
        }
        assert_eq!(ends(&[page]).concat(), expect);
    }

    #[test]
    fn parts_of_an_order_end_what_is_before() {
        let head = Some(End::Head);
        check(
            &[
                ("5.\tRelist for 30.06.2025.", Role::Body),
                ("CM no.1/2025", Role::Heading),
                ("Exemption sought for is allowed.", Role::Body),
                ("C.M. No. 2 of 2025.", Role::Body),
                ("Notice.", Role::Body),
                ("Main Case:", Role::Body),
                ("Relist.", Role::Body),
                ("(Sardar Nadir Khan)", Role::Heading),
                ("Judge", Role::Heading),
            ],
            &[None, head, None, head, None, head, None, Some(End::Signature), Some(End::Signature)],
        );
    }

    #[test]
    fn what_is_set_large_inside_a_paragraph_ends_nothing() {
        check(
            &[
                ("4. The plots are as under:-", Role::Body),
                ("Date of", Role::Heading),
                ("allotment", Role::Heading),
                ("08.08.2004\tPlot 7", Role::Table),
                ("5. Article 10A of the Constitution reads.", Role::Body),
                ("Right to fair trial", Role::Heading),
                ("For the determination of his civil rights", Role::Quote),
                ("6. It was executed in Muhammad", Role::Body),
                ("3 R.F.A. No.778/2021", Role::Heading),
                ("Iqbal's favour. She relied on", Role::Body),
                ("Order dated 14.02.2023, operative", Role::Heading),
                ("paragraph of which is clear.", Role::Body),
                ("(Emphasis Added)", Role::Body),
            ],
            &[None; 13],
        );
    }

    #[test]
    fn a_head_below_names_of_counsel_is_one() {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        for text in ["Nadir Khan, PMCL", "CM no.9/2025", "2\tThe CM is allowed."] {
            page.push(text, Role::Body);
        }
        assert_eq!(ends(std::slice::from_ref(&page)).concat(), [None; 3]);
        assert_eq!(heads(&[page]), BTreeSet::from([(0, 1)]));
    }

    #[test]
    fn numbers_of_cases() {
        for (text, expect) in [
            ("R.F.A.No.778/2021", Some(17)),
            ("R.A. NO.02 0F 2023\"", Some(18)),
            ("CM no. 3 of 2025 (exemption)", Some(16)),
            ("Note 5/2021", None),
            ("There is no 5 of it", None),
            ("No. 5", None),
        ] {
            assert_eq!(case_number_end(text), expect, "{text}");
        }
    }
}
