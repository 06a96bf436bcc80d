//! Running heads and feet.
//!
//! A row in the outer eighth of a page is a running head or foot where the file's tags say so, where
//! the same text (numbers aside) stands at the same height on other pages, or where it is nothing
//! but the page's own number. Two kinds follow from these: a second line below a head, which recurs
//! like it, and words that change from page to page at the place of a head, as in a dictionary.
//! Everything is marked, nothing deleted.

use super::alike;
use super::folios::{Folio, folios, is_marked, number};
use super::head_counts::{counting, mark_counting};
use super::head_tables::unmark_tables;
use super::ink::Artifact;
use super::recur::{Place, Places, mask, masks, n_pages_near, numbers};
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
    let mut places = Places::new();
    for (page, sheet) in sheets.iter().enumerate() {
        let is_near = |row: &&Row| sheet.within(SECOND_ZONE, row.y()).is_some();
        for row in sheet.rows.iter().filter(is_near) {
            for (mask, numbers) in masks(row) {
                let place = Place { page, y: row.y() - sheet.top, numbers };
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
            let recurs = |(mask, numbers): &(String, Vec<u32>)| {
                n_pages_near(&places, mask, &Place { page: page_idx, y, numbers: numbers.clone() })
                    >= least
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
        mark_second(sheet, &places, page_idx, least, is_proved, &mut roles);
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
    places: &Places,
    page: usize,
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
            let text = row.text();
            let (mask, place) = (mask(&text), Place { page, y, numbers: numbers(&text) });
            let least = if mask.contains('#') { least.max(3) } else { least_same };
            n_pages_near(places, &mask, &place) >= least
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
    // In the midst of a row a number is the page's where the row says so.
    let mut ends = text.split_whitespace();
    let stands_out = ends.next().as_ref().is_some_and(is_folio)
        || ends.next_back().as_ref().is_some_and(is_folio)
        || own.is_some_and(|own| is_marked(text, Folio::Arabic(own)));
    if !stands_out {
        return false;
    }
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
        && looks_numbered(text)
        && number.len() >= 5
        && number.contains(|c: char| c.is_ascii_digit())
        && number.contains(|c: char| c.is_alphabetic())
        && first.contains(&number)
}

/// Tells whether a text holds the number of a case: one behind `No.`, one with its year, or one with
/// a dash or stroke inside. `505 Main Street` stands on many pages of a letter.
fn looks_numbered(text: &str) -> bool {
    let is_year =
        |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let is_joined = text.as_bytes().windows(3).any(
        |three| matches!(three, [a, b'-' | b'/', b] if a.is_ascii_digit() && b.is_ascii_digit()),
    );
    is_joined
        || words.any(|word| {
            let is_figure = word.bytes().all(|byte| byte.is_ascii_digit());
            let word = word.to_ascii_lowercase();
            word.strip_prefix("no").is_some_and(|rest| {
                rest.trim_start_matches('s').bytes().all(|byte| byte.is_ascii_digit())
            }) || is_figure && is_year(&word)
        })
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
    fn rows_of_tables_and_notes_that_are_alike_are_no_heads() {
        let page =
            |first: &str, last: &str| vec![row(40.0, first), row(300.0, "text"), row(680.0, last)];
        let pages = [
            page("227 170/2018 3, 4 of PECA-2016 0", "Total 2594 362 6"),
            page("228 171/2018 3, 4 of PECA-2016 0", "Total 2792 158 9"),
            page("230 178/2018 3, 4 of PECA-2016 0", "Total 1045 377 2"),
        ];
        let sheets: Vec<Sheet<'_>> =
            pages.iter().map(|rows| Sheet { rows, top: 0.0, bottom: 700.0 }).collect();
        assert!(
            mark(&sheets).iter().all(|roles| *roles == [None, None, None]),
            "{:?}",
            mark(&sheets)
        );
        let left_out = [page("one", "1"), page("two", "24"), page("three", "25")];
        let sheets: Vec<Sheet<'_>> =
            left_out.iter().map(|rows| Sheet { rows, top: 0.0, bottom: 700.0 }).collect();
        assert!(mark(&sheets).iter().all(|roles| roles[2] == Some(Role::Footer)));
        let notes = [page("one", "6 Ibid."), page("two", "9 Ibid."), page("three", "14 Ibid.")];
        let sheets: Vec<Sheet<'_>> =
            notes.iter().map(|rows| Sheet { rows, top: 0.0, bottom: 700.0 }).collect();
        assert!(mark(&sheets).iter().all(|roles| roles[2].is_none()), "{:?}", mark(&sheets));
    }

    #[test]
    fn a_lone_page_number_needs_no_second_page() {
        let pages = [vec![row(300.0, "text")], vec![row(300.0, "text"), row(680.0, "- 2 -")]];
        let sheets: Vec<Sheet<'_>> =
            pages.iter().map(|rows| Sheet { rows, top: 0.0, bottom: 700.0 }).collect();
        assert_eq!(mark(&sheets)[1], [None, Some(Role::Footer)]);
    }
}
