//! Sections of the United States Code whose sign is lost: `the wording of 3583(d)`, as the texts of old
//! opinions have them.

use crate::model::RefKind;

use super::found::Found;
use super::index::us_section;
use super::report::Reading;
use super::scan::{number, starts_word};

/// A section with fewer digits may be anything's number.
const LEAST_DIGITS: usize = 3;

/// Finds bare numbers with a part in brackets whose section the text names with one title of the Code
/// alone; `codes` are those normal forms.
pub(super) fn find(r: Reading<'_>, codes: &[&str]) -> Vec<Found> {
    if codes.is_empty() {
        return Vec::new();
    }
    memchr::memchr_iter(b'(', r.b).filter_map(|open| at_bracket(r, codes, open)).collect()
}

fn at_bracket(r: Reading<'_>, codes: &[&str], open: usize) -> Option<Found> {
    let digits = r.b.get(..open)?.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let start = open - digits;
    let (_, to) = number(r.b, start, 5).filter(|_| digits >= LEAST_DIGITS)?;
    // `$3583(a)`, `12.3583(a)` and `91-3583(a)` are no sections.
    let alone = starts_word(r.b, start) && r.b.get(start.checked_sub(1)?) == Some(&b' ');
    if to != open || !alone {
        return None;
    }
    let (item, end) = us_section(r, start).filter(|(_, end)| *end > open)?;
    let base = r.get(start, open);
    let titles = codes.iter().filter_map(|id| {
        let (title, section) = id.rsplit_once('/')?;
        (section.strip_prefix('s')?.split('.').next() == Some(base)).then_some(title)
    });
    let mut titles = titles.into_iter();
    let title = titles.next()?;
    titles.all(|other| other == title).then(|| {
        Found::new(RefKind::Statute, format!("{title}/s{item}"), start..end).with_confidence(0.8)
    })
}
