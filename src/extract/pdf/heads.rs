//! Running heads and feet, and the printed page numbers in them.
//!
//! A row in the outer eighth of a page is a running head or foot where the file's tags say so, where
//! the same text (numbers aside) stands at the same height on other pages, or where it is nothing
//! but the page's own number. Two kinds follow from these: a second line below a head, which recurs
//! like it, and words that change from page to page at the place of a head, as in a dictionary.
//! Everything is marked, nothing deleted.

use std::collections::BTreeMap;

use super::alike;
use super::head_counts::{counting, mark_counting};
use super::head_tables::unmark_tables;
use super::ink::Artifact;
use super::rows::Row;
use crate::model::Role;

/// How much of the page's height can hold running heads, and feet.
const ZONE: f32 = 0.12;
/// How much of it can hold the second line of a head that the first eighth holds.
pub(super) const SECOND_ZONE: f32 = 0.25;
/// How far the height of a running head may vary, in points.
pub(super) const SLACK: f32 = 6.0;
/// How far it may vary where only the place tells that it is one.
const PLACE_SLACK: f32 = 1.5;
/// Most signs of a head whose words change from page to page.
const MAX_GUIDE: usize = 24;

/// The rows of one page, as far as this step needs them.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// From top to bottom.
    pub(super) rows: &'a [Row],
    /// Top and bottom of the page in the rows' frame.
    pub(super) top: f32,
    /// See `top`.
    pub(super) bottom: f32,
}

impl Sheet<'_> {
    /// Returns the role that a row at `y` could have.
    pub(super) fn zone(&self, y: f32) -> Option<Role> {
        self.within(ZONE, y)
    }

    /// Returns the role that a row at `y` could have if heads and feet took that `share` of the page.
    pub(super) fn within(&self, share: f32, y: f32) -> Option<Role> {
        let height = self.bottom - self.top;
        if y < self.top + share * height {
            Some(Role::Header)
        } else if y > self.bottom - share * height {
            Some(Role::Footer)
        } else {
            None
        }
    }
}

/// Returns, for each page and row, whether it is a running head or foot.
pub(super) fn mark(sheets: &[Sheet<'_>]) -> Vec<Vec<Option<Role>>> {
    let mut places: BTreeMap<String, Vec<(usize, f32)>> = BTreeMap::new();
    for (page_idx, sheet) in sheets.iter().enumerate() {
        let is_near = |row: &&Row| sheet.within(SECOND_ZONE, row.y()).is_some();
        for row in sheet.rows.iter().filter(is_near) {
            for mask in masks(row) {
                let place = (page_idx, row.y() - sheet.top);
                match places.get_mut(&mask) {
                    Some(places) => places.push(place),
                    None => drop(places.insert(mask, vec![place])),
                }
            }
        }
    }
    let least = if sheets.len() <= 2 { 2 } else { 3 };
    // What the first page says: running heads of the others repeat its case number or title.
    let first: String = sheets
        .first()
        .map(|s| s.rows.iter().map(|row| mask(&row.text())).collect())
        .unwrap_or_default();
    let number: String = sheets
        .first()
        .map(|s| s.rows.iter().map(|row| case_number(&row.text())).collect())
        .unwrap_or_default();
    let counting = counting(sheets);
    let alike = alike::nearly_equal(sheets);
    let mut marks: Vec<Vec<Option<Role>>> = Vec::with_capacity(sheets.len());
    for (page_idx, sheet) in sheets.iter().enumerate() {
        let mut candidates = Vec::with_capacity(sheet.rows.len());
        let is_alike =
            |row_idx: usize| alike.get(page_idx).is_some_and(|rows| rows.contains(&row_idx));
        let roles = sheet.rows.iter().enumerate().map(|(row_idx, row)| {
            let tagged = row.cells.iter().find_map(|cell| match cell.artifact {
                Artifact::Header => Some(Role::Header),
                Artifact::Footer => Some(Role::Footer),
                Artifact::None | Artifact::Watermark => None,
            });
            candidates.push(None);
            if tagged.is_some() {
                return tagged;
            }
            let zone = sheet.zone(row.y())?;
            let y = row.y() - sheet.top;
            let recurs = |mask: &String| {
                places.get(mask).is_some_and(|places| n_pages_near(places, y) >= least)
            };
            let all = masks(row);
            let text = row.text();
            let own = folios(&text)
                .into_iter()
                .any(|(value, alone)| alone && value.number() == u32::try_from(page_idx + 1).ok());
            let alone = own
                || is_docket_stamp(&text)
                || repeats_title(&text, page_idx, &first)
                || page_idx > 0 && repeats_number(&text, page_idx, &number)
                || is_alike(row_idx);
            if let Some(last) = candidates.last_mut() {
                *last = alone.then_some(zone);
            }
            all.iter().any(recurs).then_some(zone)
        });
        let mut roles: Vec<Option<Role>> = roles.collect();
        mark_outermost(sheet, &candidates, &mut roles);
        let is_proved = mark_counting(sheet, counting.get(page_idx), &mut roles);
        keep_outer(sheet, &mut roles);
        mark_second(sheet, &places, least, is_proved, &mut roles);
        unmark_tables(sheet, &mut roles);
        marks.push(roles);
    }
    mark_guides(sheets, &mut marks);
    marks
}

/// Tells whether row `idx` is the second line of the head above it: in capitals, close to the first
/// line and far from the text: the rest of a long title, the judge who speaks.
fn is_rest_of_head(sheet: &Sheet<'_>, idx: usize) -> bool {
    let row = |idx: usize| sheet.rows.get(idx);
    let Some((above, own)) = idx.checked_sub(1).and_then(row).zip(row(idx)) else { return false };
    let text = own.text();
    let step = own.y() - above.y();
    !text.contains(char::is_lowercase)
        && text.chars().count() <= 60
        && step <= 1.4 * own.size()
        && row(idx + 1).is_some_and(|below| below.y() - own.y() > 1.5 * step)
}

/// Marks the lines below a running head that recur like it, however far down the head stands; where
/// the head `is_proved`, two pages are enough.
fn mark_second(
    sheet: &Sheet<'_>,
    places: &BTreeMap<String, Vec<(usize, f32)>>,
    least: usize,
    is_proved: bool,
    roles: &mut [Option<Role>],
) {
    let least_same = if is_proved { 2 } else { least.max(3) };
    let n_heads = roles.iter().take_while(|role| **role == Some(Role::Header)).count();
    for idx in n_heads.max(1)..roles.len() {
        let (Some(above), Some(row)) = (sheet.rows.get(idx - 1), sheet.rows.get(idx)) else {
            break;
        };
        let y = row.y() - sheet.top;
        let recurs = || {
            let mask = mask(&row.text());
            let least = if mask.contains('#') { least.max(3) } else { least_same };
            places.get(&mask).is_some_and(|places| n_pages_near(places, y) >= least)
        };
        // The head of a table may recur too: it has cells.
        let is_second = n_heads > 0
            && row.cells.len() == 1
            && sheet.within(SECOND_ZONE, row.y()) == Some(Role::Header)
            && row.y() - above.y() <= 3.0 * row.size()
            && row.text().contains(char::is_alphabetic)
            && (recurs() || is_proved && is_rest_of_head(sheet, idx));
        let Some(role) = roles.get_mut(idx).filter(|_| is_second) else { break };
        *role = Some(Role::Header);
    }
}

/// Marks words that stand alone at the top of a page where other pages have their heads: the first
/// entry of each page, as in a dictionary, or the country that it is about.
fn mark_guides(sheets: &[Sheet<'_>], marks: &mut [Vec<Option<Role>>]) {
    let guide = |page_idx: usize| {
        let sheet: &Sheet<'_> = sheets.get(page_idx)?;
        let row = sheet.rows.first()?;
        let text = row.text();
        let apart = sheet.rows.get(1).is_none_or(|next| next.y() - row.y() > 1.8 * row.size());
        let is_guide = row.cells.len() == 1
            && text.chars().count() <= MAX_GUIDE
            && text.contains(char::is_alphabetic)
            && sheet.zone(row.y()) == Some(Role::Header)
            && apart;
        is_guide.then(|| (row.y() - sheet.top, row.size()))
    };
    let guides: Vec<Option<(f32, f32)>> = (0..sheets.len()).map(guide).collect();
    let is_head: Vec<bool> =
        marks.iter().map(|roles| roles.first() == Some(&Some(Role::Header))).collect();
    for (page_idx, roles) in marks.iter_mut().enumerate() {
        let Some((y, size)) = guides.get(page_idx).copied().flatten() else { continue };
        let alike = guides.iter().zip(&is_head).filter(|(guide, _)| {
            guide.is_some_and(|(other_y, other_size)| {
                (other_y - y).abs() <= PLACE_SLACK && (other_size - size).abs() <= 0.03 * size
            })
        });
        let (mut n, mut n_heads) = (0, 0);
        for (_, is_head) in alike {
            n += 1;
            n_heads += usize::from(*is_head);
        }
        // Titles of slides stand at one place too, but hardly ever recur.
        let is_place = n * 10 >= sheets.len() * 6 && n_heads >= 3 && n_heads * 5 >= n;
        if let Some(role) = roles.first_mut().filter(|role| role.is_none() && is_place) {
            *role = Some(Role::Header);
        }
    }
}

/// The line that the US federal courts' filing system stamps on each page.
fn is_docket_stamp(text: &str) -> bool {
    let has = |word: &str| text.contains(word);
    has("Case") && (has("Document") || has("Doc")) && (has("Filed") || has("Page"))
}

/// A page's own number beside words that the first page has as well.
fn repeats_title(text: &str, page_idx: usize, first: &str) -> bool {
    let own = u32::try_from(page_idx + 1).ok();
    if page_idx == 0 || !folios(text).iter().any(|(folio, _)| folio.number() == own) {
        return false;
    }
    let is_mark = |c: char| "-–—[](){}|.".contains(c);
    let is_folio =
        |token: &&str| number(token.trim_matches(is_mark)).and_then(Folio::number) == own;
    let mut left = false;
    let rest = text.split_whitespace().filter(|token| {
        // Only one of the numbers is the folio; another may belong to the case.
        let drop = !left && is_folio(token);
        left |= drop;
        !drop
    });
    let rest = mask(&rest.collect::<Vec<_>>().join(" "));
    rest.chars().count() >= 6 && first.contains(&rest)
}

/// Tells whether a word is the number of the page that stands at `page_idx`; `2.` labels a paragraph.
pub(super) fn is_own_folio(word: &str, page_idx: usize) -> bool {
    let bare = word.trim_matches(|c: char| "-–—[](){}|".contains(c));
    let own = u32::try_from(page_idx + 1).ok();
    own.is_some() && number(bare).and_then(Folio::number) == own
}

/// A row that repeats the case number of the first page, with or without the page's own number
/// before or behind it: `T.A. No.01-2023`, `2  R.F.A.No.778/2021`.
fn repeats_number(text: &str, page_idx: usize, first: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let own = |word: Option<&&str>| word.is_some_and(|word| is_own_folio(word, page_idx));
    let n = words.len();
    let (from, to) = (usize::from(own(words.first())), n - usize::from(own(words.last())));
    let rest = words.get(from..to).map(|words| words.join(" ")).unwrap_or_default();
    is_number_of_first(text, first) || is_number_of_first(&rest, first)
}

fn is_number_of_first(text: &str, first: &str) -> bool {
    let number = case_number(text);
    text.chars().count() <= 60
        && number.len() >= 5
        && number.contains(|c: char| c.is_ascii_digit())
        && number.contains(|c: char| c.is_alphabetic())
        && first.contains(&number)
}

/// Returns letters and figures in small letters without what the writing of case numbers varies in:
/// points, blanks, `No`, `of` and leading zeros.
fn case_number(text: &str) -> String {
    let is_figure = |c: char| c.is_ascii_digit();
    let mut number = String::new();
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
        let figures = word.trim_start_matches(|c: char| !is_figure(c));
        let letters = word.get(..word.len() - figures.len()).unwrap_or_default();
        if !matches!(letters, "no" | "of") {
            number.push_str(letters);
        }
        number.push_str(figures.trim_start_matches('0'));
    }
    number
}

/// A number alone is the folio only where no other text stands farther out.
fn mark_outermost(sheet: &Sheet<'_>, candidates: &[Option<Role>], roles: &mut [Option<Role>]) {
    let n = roles.len();
    let from_top = (0..n).collect::<Vec<_>>();
    let from_bottom = (0..n).rev().collect::<Vec<_>>();
    for (order, zone) in [(from_top, Role::Header), (from_bottom, Role::Footer)] {
        let Some(edge) = order.first().and_then(|idx| sheet.rows.get(*idx)) else { continue };
        for idx in order {
            let Some(role) = roles.get_mut(idx).filter(|role| role.is_none()) else { continue };
            // One short row, such as a case number, may stand beside it or farther out.
            let beside = sheet.rows.get(idx).is_some_and(|row| {
                (row.y() - edge.y()).abs() < SLACK && row.text().chars().count() <= 60
            });
            if candidates.get(idx).copied().flatten() == Some(zone) {
                *role = Some(zone);
            } else if !beside {
                break;
            }
        }
    }
}

/// Body text farther out than a marked row means that the mark was chance: a running head has
/// nothing but heads above it. Tagged rows keep theirs.
fn keep_outer(sheet: &Sheet<'_>, roles: &mut [Option<Role>]) {
    let is_tagged = |idx: usize| {
        sheet.rows.get(idx).is_some_and(|row| {
            row.cells.iter().any(|c| matches!(c.artifact, Artifact::Header | Artifact::Footer))
        })
    };
    let n = roles.len();
    let mut inner = 0;
    for idx in 0..n {
        // Two unmarked rows above are tolerated: stamps and file numbers come and go.
        inner += usize::from(roles.get(idx).is_some_and(Option::is_none));
        if inner > 2
            && !is_tagged(idx)
            && let Some(role @ Some(Role::Header)) = roles.get_mut(idx)
        {
            *role = None;
        }
    }
    inner = 0;
    for idx in (0..n).rev() {
        inner += usize::from(roles.get(idx).is_some_and(Option::is_none));
        if inner > 2
            && !is_tagged(idx)
            && let Some(role @ Some(Role::Footer)) = roles.get_mut(idx)
        {
            *role = None;
        }
    }
}

fn n_pages_near(places: &[(usize, f32)], y: f32) -> usize {
    let mut pages: Vec<usize> =
        places.iter().filter(|(_, other)| (other - y).abs() <= SLACK).map(|(p, _)| *p).collect();
    pages.dedup();
    pages.len()
}

/// Returns what is compared: the row's text with numbers masked, and for rows of several cells the
/// cells that are neither short nor numbers (heads are mirrored on left and right pages).
fn masks(row: &Row) -> Vec<String> {
    let mut masks = vec![mask(&row.text())];
    if row.cells.len() > 1 {
        let cells = row.cells.iter().map(|cell| {
            // Left and right pages differ in their brackets too: `2013] 272`, `273 [2013`.
            mask(&cell.text).trim_matches(|c: char| !c.is_alphanumeric() && c != '#').to_owned()
        });
        masks.extend(cells.filter(|mask| mask.chars().filter(|c| c.is_alphabetic()).count() >= 8));
    }
    masks
}

/// Returns `text` without blanks, with a sign for each number.
pub(super) fn mask(text: &str) -> String {
    let mut mask = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphabetic() {
            mask.push(c);
        } else if c.is_numeric() {
            if !mask.ends_with('#') {
                mask.push('#');
            }
        } else if !c.is_whitespace() {
            mask.push(c);
        }
    }
    mask
}

/// A printed page number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Folio {
    /// `410`, `۴۱۰`.
    Arabic(u32),
    /// `iv`.
    Roman(u32),
}

impl Folio {
    /// Returns its value if it is written in digits.
    pub(super) fn number(self) -> Option<u32> {
        match self {
            Self::Arabic(n) => Some(n),
            Self::Roman(_) => None,
        }
    }
}

/// Returns the numbers of a running head that may be folios, each with whether it stands alone.
fn folios(text: &str) -> Vec<(Folio, bool)> {
    let is_mark = |c: char| "-–—[](){}|.~•·,:".contains(c);
    let tokens: Vec<&str> = text
        .split_whitespace()
        .map(|t| t.trim_matches(is_mark))
        .filter(|t| !t.is_empty())
        .collect();
    let is_word =
        |t: &str| matches!(t.to_lowercase().as_str(), "page" | "p" | "pg" | "of" | "صفحہ" | "no");
    let words = tokens.iter().filter(|token| !is_word(token));
    let numbers: Vec<Folio> = words.clone().filter_map(|token| number(token)).collect();
    let n_words = words.count();
    let paged = text.to_lowercase().contains(" of ");
    let alone = n_words == 1 && numbers.len() == 1 || n_words == 2 && numbers.len() == 2 && paged;
    let first = numbers.first().copied();
    numbers.into_iter().map(|n| (n, alone && Some(n) == first)).collect()
}

/// Tells whether a running head says which of its numbers is that of the page: `Page: 2`, `-2-`, or a
/// number that a tab sets apart.
fn is_marked(text: &str, folio: Folio) -> bool {
    let is_it = |token: &str| {
        let bare = token.trim_matches(|c: char| "-–—[](){}|.~•·,: ".contains(c));
        number(bare) == Some(folio)
    };
    let cells: Vec<&str> = text.split('\t').collect();
    if cells.len() > 1 && cells.iter().any(|cell| is_it(cell)) {
        return true;
    }
    let lower = text.to_lowercase();
    let after_word = lower.split("page").skip(1).any(|rest| {
        let rest = rest.trim_start_matches(|c: char| " :.-#|".contains(c));
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        is_it(rest.get(..end).unwrap_or_default())
    });
    let is_dash = |c: char| "-–—".contains(c);
    after_word
        || text
            .split_whitespace()
            .any(|token| token.starts_with(is_dash) && token.ends_with(is_dash) && is_it(token))
}

/// Reads a number that may be printed on a page.
pub(super) fn number(token: &str) -> Option<Folio> {
    let digits: Option<String> = token.chars().map(|c| char::from_digit(digit(c)?, 10)).collect();
    if let Some(digits) = digits.filter(|digits| (1..=5).contains(&digits.len())) {
        return digits.parse().ok().map(Folio::Arabic);
    }
    roman(token).map(Folio::Roman)
}

fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    u32::from(c).checked_sub(u32::from(zero))
}

/// Reads a roman number under 100 in one case.
fn roman(token: &str) -> Option<u32> {
    let is_lower = token.chars().all(|c| "ivxlc".contains(c));
    let is_upper = token.chars().all(|c| "IVXLC".contains(c));
    if token.is_empty() || token.len() > 8 || !(is_lower || is_upper) {
        return None;
    }
    (1..100).find(|n| to_roman(*n) == token.to_ascii_lowercase())
}

/// Writes a number under 4,000 in small roman figures.
pub(super) fn to_roman(mut n: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, figures) in STEPS {
        while n >= value {
            text.push_str(figures);
            n -= value;
        }
    }
    text
}

/// Returns the printed label of each page, from the numbers in running heads and feet (`heads`, one
/// list of texts a page): the arithmetic sequence that most pages support.
///
/// A page without a number gets its label only where three others support the sequence and it
/// stands between them or is the first.
pub(super) fn labels(heads: &[Vec<String>]) -> Vec<Option<String>> {
    let sure = |text: &String| -> Vec<(Folio, bool)> {
        let folios = folios(text).into_iter();
        folios.map(|(folio, alone)| (folio, alone || is_marked(text, folio))).collect()
    };
    let found: Vec<Vec<(Folio, bool)>> =
        heads.iter().map(|texts| texts.iter().flat_map(sure).collect()).collect();
    let mut labels = vec![None; heads.len()];
    sequence(&found, &mut labels, Folio::Arabic);
    sequence(&found, &mut labels, Folio::Roman);
    labels
}

fn sequence(found: &[Vec<(Folio, bool)>], labels: &mut [Option<String>], kind: fn(u32) -> Folio) {
    let value = |folio: Folio| match (folio, kind(0)) {
        (Folio::Arabic(n), Folio::Arabic(_)) | (Folio::Roman(n), Folio::Roman(_)) => Some(n),
        _ => None,
    };
    // Offset of the number against the page's place, and the pages that support it.
    let mut votes: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (idx, folios) in found.iter().enumerate() {
        for n in folios.iter().filter_map(|(folio, _)| value(*folio)) {
            let place = i64::try_from(idx).unwrap_or(i64::MAX);
            let pages = votes.entry(i64::from(n) - place).or_default();
            if pages.last() != Some(&idx) {
                pages.push(idx);
            }
        }
    }
    let best = votes.iter().max_by_key(|(offset, pages)| (pages.len(), **offset == 1));
    let Some((&offset, pages)) = best else { return };
    let alone =
        |idx: usize| found.get(idx).is_some_and(|folios| folios.iter().any(|(_, alone)| *alone));
    // Two pages are a sequence only if the numbers stand alone and count as the file counts.
    let few = pages.len() < 3 && !(offset == 1 && pages.iter().all(|idx| alone(*idx)));
    let (Some(&first), Some(&last)) = (pages.first(), pages.last()) else { return };
    if few {
        return;
    }
    let from = if pages.len() >= 3 && first <= 1 { 0 } else { first };
    for idx in from..=last {
        let counted = i64::try_from(idx).unwrap_or(i64::MAX).saturating_add(offset);
        let Some(n) = u32::try_from(counted).ok().filter(|n| *n > 0) else { continue };
        let is_seen = pages.binary_search(&idx).is_ok();
        if let Some(label) =
            labels.get_mut(idx).filter(|l| l.is_none() && (is_seen || pages.len() >= 3))
        {
            *label = Some(match kind(n) {
                Folio::Arabic(n) => n.to_string(),
                Folio::Roman(n) => to_roman(n),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::faces::Faces;
    use super::super::rows::Cell;
    use super::*;

    fn row(y: f32, text: &str) -> Row {
        Row {
            cells: vec![Cell {
                text: text.to_owned(),
                x0: 50.0,
                x1: 300.0,
                y,
                size: 10.0,
                order: 0,
                first_word: 10.0,
                bold: false,
                light: false,
                artifact: Artifact::None,
                rtl: false,
                calls: Vec::new(),
                starts_raised: false,
                faces: Faces::default(),
            }],
            word_gap: 3.0,
            inner: Vec::new(),
        }
    }

    #[test]
    fn a_head_that_recurs_is_marked_and_the_body_is_not() {
        let pages: Vec<Vec<Row>> = (1..=3)
            .map(|n| {
                vec![
                    row(40.0, &format!("W.P. No.22949 of 2016 -{n}-")),
                    row(90.0, "the same words on each page"),
                    row(300.0, "the same words on each page"),
                ]
            })
            .collect();
        let sheets: Vec<Sheet<'_>> =
            pages.iter().map(|rows| Sheet { rows, top: 0.0, bottom: 700.0 }).collect();
        for roles in mark(&sheets) {
            assert_eq!(roles, [Some(Role::Header), None, None]);
        }
    }

    #[test]
    fn a_second_line_that_recurs_below_a_head_is_head_too() {
        let pages: Vec<Vec<Row>> = (1..=3)
            .map(|n| {
                vec![
                    row(80.0, &format!("Cite as: 569 U. S. ____ (2013) {n}")),
                    row(100.0, "Opinion of the Court"),
                    row(125.0, "the same words on each page"),
                    row(137.0, &format!("{n} and other ones")),
                ]
            })
            .collect();
        let sheets: Vec<Sheet<'_>> =
            pages.iter().map(|rows| Sheet { rows, top: 0.0, bottom: 700.0 }).collect();
        for roles in mark(&sheets) {
            assert_eq!(roles[..2], [Some(Role::Header), Some(Role::Header)]);
        }
    }

    #[test]
    fn words_that_change_at_the_place_of_heads_are_heads() {
        let page = |head: &str| vec![row(40.0, head), row(90.0, "text of a page")];
        let words = ["AFG", "ALB", "ALG", "ALG", "ALG", "ANG"];
        let pages: Vec<Vec<Row>> = words.iter().map(|head| page(head)).collect();
        let sheets: Vec<Sheet<'_>> =
            pages.iter().map(|rows| Sheet { rows, top: 0.0, bottom: 700.0 }).collect();
        assert!(mark(&sheets).iter().all(|roles| *roles == [Some(Role::Header), None]));
        // Titles of slides are none.
        let words = ["Aims", "Means", "Money", "Risks", "Plan", "Thanks"];
        let pages: Vec<Vec<Row>> = words.iter().map(|head| page(head)).collect();
        let sheets: Vec<Sheet<'_>> =
            pages.iter().map(|rows| Sheet { rows, top: 0.0, bottom: 700.0 }).collect();
        assert!(mark(&sheets).iter().all(|roles| *roles == [None, None]));
    }

    #[test]
    fn a_lone_page_number_needs_no_second_page() {
        let pages = [vec![row(300.0, "text")], vec![row(300.0, "text"), row(680.0, "- 2 -")]];
        let sheets: Vec<Sheet<'_>> =
            pages.iter().map(|rows| Sheet { rows, top: 0.0, bottom: 700.0 }).collect();
        assert_eq!(mark(&sheets)[1], [None, Some(Role::Footer)]);
    }

    #[track_caller]
    fn check(heads: &[&str], expect: &[Option<&str>]) {
        let heads: Vec<Vec<String>> = heads.iter().map(|text| vec![(*text).to_owned()]).collect();
        let labels = labels(&heads);
        let labels: Vec<Option<&str>> = labels.iter().map(Option::as_deref).collect();
        assert_eq!(labels, expect);
    }

    #[test]
    fn folios_of_a_report() {
        check(
            &["EGY", "107 Report 2007", "108 Report 2007", "Report 2007 109"],
            &[Some("106"), Some("107"), Some("108"), Some("109")],
        );
    }

    #[test]
    fn case_numbers_and_totals_are_no_folios() {
        check(
            &["W.P. 22949/2016 Page 1 of 3", "W.P. 22949/2016 Page 2 of 3", "W.P. 3 Page 3 of 3"],
            &[Some("1"), Some("2"), Some("3")],
        );
    }

    #[test]
    fn roman_front_matter() {
        check(
            &["i", "ii", "iii", "1", "2", "3"],
            &[Some("i"), Some("ii"), Some("iii"), Some("1"), Some("2"), Some("3")],
        );
    }

    #[test]
    fn two_pages_that_say_which_number_is_theirs() {
        check(
            &["Case 4:08 Document 26 Page 1 of 2", "Case 4:08 Document 26 Page 2 of 2"],
            &[Some("1"), Some("2")],
        );
        check(
            &["Document: 3 Page: 1 Filed: 03", "Document: 3 Page: 2 Filed: 03"],
            &[Some("1"), Some("2")],
        );
        check(&["W.P. No. 7 of 2024 -1-", "W.P. No. 7 of 2024 -2-"], &[Some("1"), Some("2")]);
        check(&["", "2\tCompany Original no.4/2025"], &[None, Some("2")]);
    }

    #[test]
    fn two_pages_that_prove_nothing() {
        check(&["Order 7", "Order 9"], &[None, None]);
    }
}
