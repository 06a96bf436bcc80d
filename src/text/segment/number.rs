//! The numbers by which paragraphs are cited.

use std::collections::BTreeMap;

use super::unit::units;
use super::{holes, reach};
use crate::model::{Page, Paragraph, Role};

/// A paragraph of fewer bytes says little about whether an author numbers his paragraphs: names,
/// headings and places are as short.
const LONG: usize = 80;

/// Sets [`Paragraph::number`]; labels must be known.
///
/// A court that numbers its paragraphs is followed: what has no number of its own stands under the
/// number before it, as far as that reaches (`reach`), and what stands before the first has none.
/// Elsewhere paragraphs are counted, and the numbers of a list count nothing.
pub fn number_paragraphs(pages: &mut [Page]) {
    if is_numbered(pages) {
        follow(pages);
    } else {
        count(pages);
    }
}

/// Tells whether the author numbers the paragraphs: at least a seventh of the long ones, so that a
/// list inside an article does not name the paragraphs around it.
fn is_numbered(pages: &[Page]) -> bool {
    let (mut n_printed, mut n_long) = (0_usize, 0_usize);
    for page in pages {
        for paragraph in page.paragraphs.iter().filter(|paragraph| is_text(paragraph)) {
            let printed = paragraph.printed_number().is_some() && !paragraph.continues;
            n_printed += usize::from(printed);
            n_long += usize::from(printed || paragraph.span.len() >= LONG);
        }
    }
    n_printed > 0 && n_printed * 7 >= n_long
}

const fn is_text(paragraph: &Paragraph) -> bool {
    matches!(paragraph.role, Role::Body | Role::Quote | Role::List | Role::Table | Role::Caption)
}

fn follow(pages: &mut [Page]) {
    let ends = reach::ends(pages);
    let unsure = unsure(pages);
    let mut last = None;
    // The label with a decimal that was printed last.
    let mut decimal: Option<String> = None;
    for (page_idx, (page, ends)) in pages.iter_mut().zip(ends).enumerate() {
        for (idx, (paragraph, end)) in page.paragraphs.iter_mut().zip(ends).enumerate() {
            if paragraph.label.is_none() && (end.is_some() || unsure.contains(&(page_idx, idx))) {
                last = None;
            }
            if !is_text(paragraph) {
                paragraph.number = None;
                continue;
            }
            last = paragraph.printed_number().or(last);
            paragraph.number = last;
            match &paragraph.label {
                Some(label) => decimal = decimal_part(label),
                None if last.is_none() => decimal = None,
                None => paragraph.under.clone_from(&decimal),
            }
        }
    }
}

/// Returns where in a hole of the court's numbers no number is sure any more.
fn unsure(pages: &[Page]) -> Vec<(usize, usize)> {
    let units = units(pages);
    let mut labels: BTreeMap<usize, String> = BTreeMap::new();
    for (unit_idx, unit) in units.iter().enumerate() {
        if let Some(label) = &unit.label {
            labels.insert(unit_idx, label.clone());
        }
    }
    let holes = holes::find(&units, &labels);
    holes.unsure.iter().filter_map(|idx| Some(units.get(*idx)?.place)).collect()
}

/// Returns `19.20` of `19.20` and `19.20(a)`; `None` for `19` and `(a)`.
fn decimal_part(label: &str) -> Option<String> {
    let end = label.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(label.len());
    let number = label.get(..end)?.trim_end_matches('.');
    number.contains('.').then(|| number.to_owned())
}

fn count(pages: &mut [Page]) {
    let mut counted = 0_u32;
    for page in pages {
        let counts: Vec<bool> =
            (0..page.paragraphs.len()).map(|idx| page.is_counted(idx)).collect();
        for (paragraph, is_counted) in page.paragraphs.iter_mut().zip(counts) {
            counted = counted.saturating_add(u32::from(is_counted));
            let has_one = counted > 0 && !paragraph.role.is_boilerplate() && !paragraph.is_note();
            paragraph.number = has_one.then_some(counted);
            paragraph.counted = has_one;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::label_paragraphs;
    use super::*;
    use crate::model::{PageNo, PageOrigin};

    #[track_caller]
    fn check(paragraphs: &[(&str, Role)], expect: &[u32]) {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        for (text, role) in paragraphs {
            page.push(text, *role);
        }
        let mut pages = [page];
        label_paragraphs(&mut pages);
        number_paragraphs(&mut pages);
        let found: Vec<u32> =
            pages[0].paragraphs.iter().map(|one| one.number.unwrap_or(0)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_court_that_numbers_is_followed() {
        check(
            &[
                ("ORDER SHEET", Role::Heading),
                ("Through this petition the petitioner seeks a copy of the order.", Role::Body),
                ("2. It was held in a case of kites as follows:", Role::Body),
                ("The string is a part of the kite and goes with it.", Role::Quote),
                ("1 A note.", Role::Footnote),
                ("Costs", Role::Heading),
                ("3. Dismissed.", Role::Body),
                ("JUDGE", Role::Body),
                ("Zahid", Role::Body),
            ],
            &[0, 0, 2, 2, 0, 0, 3, 0, 0],
        );
    }

    #[test]
    fn what_follows_a_decimal_stands_under_it() {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Markup);
        for text in ["1.1 Kites are flown.", "By day alone.", "1.2 Strings are held.", "2 Birds"] {
            page.push(text, Role::Body);
        }
        for (idx, label) in [(0, "1.1"), (2, "1.2"), (3, "2")] {
            page.paragraphs[idx].label = Some(label.to_owned());
        }
        let mut pages = [page];
        number_paragraphs(&mut pages);
        let under: Vec<Option<&str>> =
            pages[0].paragraphs.iter().map(|one| one.under.as_deref()).collect();
        assert_eq!(under, [None, Some("1.1"), None, None]);
    }

    #[test]
    fn another_part_of_an_order_ends_the_reach_of_a_number() {
        check(
            &[
                ("4. Notice was issued to the kite club.", Role::Body),
                ("5. Relist for 30.06.2025.", Role::Body),
                ("CM no.1/2025", Role::Heading),
                ("Exemption sought for is allowed subject to all just exceptions.", Role::Body),
                ("Main case", Role::Heading),
                ("The club has filed its reply and raises no objection to the kites.", Role::Body),
                ("6. In tandem it says that:", Role::Body),
                ("“Kites are flown.”", Role::Quote),
                ("Strings", Role::Heading),
                ("“Strings are held.”", Role::Quote),
                ("So it was said.", Role::Body),
                ("(Sardar Nadir Khan)", Role::Heading),
                ("Judge", Role::Heading),
                ("Asjid", Role::Body),
            ],
            &[4, 5, 0, 0, 0, 0, 6, 6, 0, 6, 6, 0, 0, 0],
        );
    }

    #[test]
    fn in_a_hole_no_number_is_sure() {
        check(
            &[
                ("1. The petitioner asks that the order be set aside.", Role::Body),
                ("2. The accused was heard in person by the court below.", Role::Body),
                ("He said that the kite was his own.", Role::Quote),
                ("I have heard learned counsel and have perused the record.", Role::Body),
                ("The law of kites is clear.", Role::Body),
                ("4. The revision is dismissed.", Role::Body),
                ("It is so ordered.", Role::Body),
                ("5. File to the record room.", Role::Body),
            ],
            &[1, 2, 2, 0, 0, 4, 4, 5],
        );
    }

    #[test]
    fn elsewhere_paragraphs_are_counted() {
        let long =
            "A kite rose over the roofs of the town, and nobody could say who held its string.";
        check(
            &[
                (long, Role::Body),
                (long, Role::Body),
                ("Watch › News", Role::Navigation),
                (long, Role::Body),
            ],
            &[1, 2, 0, 3],
        );
    }

    #[test]
    fn a_list_in_an_article_names_no_paragraph() {
        let long =
            "A kite rose over the roofs of the town, and nobody could say who held its string.";
        let mut paragraphs = vec![(long, Role::Body); 8];
        paragraphs.push(("1. Kites.", Role::Body));
        paragraphs.extend(vec![(long, Role::Body); 8]);
        check(&paragraphs, &(1..=17).collect::<Vec<_>>());
    }
}
