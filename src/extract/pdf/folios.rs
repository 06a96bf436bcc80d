//! The printed numbers of pages: read in running heads and feet, and put in order.

use std::collections::BTreeMap;

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
pub(super) fn folios(text: &str) -> Vec<(Folio, bool)> {
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
pub(super) fn is_marked(text: &str, folio: Folio) -> bool {
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

pub(super) fn digit(c: char) -> Option<u32> {
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
    let alone =
        |idx: usize| found.get(idx).is_some_and(|folios| folios.iter().any(|(_, alone)| *alone));
    let mut is_first = true;
    loop {
        let best = votes.iter().max_by_key(|(offset, pages)| (pages.len(), **offset == 1));
        let Some((&offset, pages)) = best else { return };
        // Two pages are a sequence only if the numbers stand alone and count as the file counts;
        // where the count begins anew, as behind a syllabus, three must say so.
        let few =
            pages.len() < 3 && !(is_first && offset == 1 && pages.iter().all(|idx| alone(*idx)));
        let (Some(&first), Some(&last)) = (pages.first(), pages.last()) else { return };
        if few {
            return;
        }
        let from = if is_first && pages.len() >= 3 && first <= 1 { 0 } else { first };
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
        is_first = false;
        for pages in votes.values_mut() {
            pages.retain(|idx| !(first..=last).contains(idx));
        }
        votes.retain(|_, pages| !pages.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_count_that_begins_anew() {
        let count = ["1", "2", "3", "1", "2", "3", "4", "5"];
        check(&count, &count.map(Some));
    }

    #[test]
    fn two_pages_that_prove_nothing() {
        check(&["Order 7", "Order 9"], &[None, None]);
    }
}
