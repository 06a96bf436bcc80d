//! Case numbers whose year has two digits: `FIR No. 11/23`, `CA 368/11`.

use memchr::memmem;

use super::anchors::Anchor;
use super::case::{self, Cases, is_pakistani};
use super::found::Found;
use super::report::Reading;
use super::scan::{any_word, any_word_back, number, starts_word, ws, ws_back, year};
use super::{Context, LAST_SHORT_YEAR};

/// Adds the case numbers with a year of two digits to `found`.
pub(super) fn find(
    r: Reading<'_>,
    cx: &Context<'_>,
    anchors: &[(usize, usize, Anchor)],
    courts: &[(usize, usize, usize)],
    found: &mut Vec<Found>,
) {
    let mut cases = Cases::new(cx.court, courts);
    cases.tries_suits = case::is_original_side(cx.court, cx.own_numbers);
    let latest = cx.year.unwrap_or(LAST_SHORT_YEAR);
    // `FIR 400/23`
    for at in memmem::find_iter(r.b, b"FIR ").filter(|&at| starts_word(r.b, at)) {
        if let Some(place) = short_year(r, at + "FIR ".len(), latest) {
            found.extend(read(&mut cases, r, place, 0.85));
        }
    }
    for &(_, end, _) in anchors.iter().filter(|anchor| anchor.2 == Anchor::No) {
        found.extend(case::dated_fir(r, end));
        let mut next = short_year(r, end, latest);
        while let Some(place) = next {
            let more = read(&mut cases, r, place, 0.9);
            next = further(r, place.1, latest).filter(|_| !more.is_empty());
            found.extend(more);
        }
    }
    if cx.court.is_some_and(is_pakistani) {
        unnumbered(r, &mut cases, latest, found);
    }
}

/// Reads the number whose year stands at a place and means what is said there.
fn read(
    cases: &mut Cases<'_>,
    r: Reading<'_>,
    (start, end, value): (usize, usize, u16),
    confidence: f32,
) -> Vec<Found> {
    let numbers = cases.at_year(r, start, end, value);
    numbers.into_iter().map(|one| one.with_confidence(confidence)).collect()
}

/// Finds the year of a further number of the list behind `end`: `10398/08, 17812/09 & 20670/2010`.
fn further(r: Reading<'_>, end: usize, latest: u16) -> Option<(usize, usize, u16)> {
    let joiner = ws(r.b, end);
    let at = match r.b.get(joiner)? {
        b',' | b'&' | b';' => joiner + 1,
        _ => any_word(r.b, joiner, &["and", "or"])?,
    };
    let at = ws(r.b, at);
    short_year(r, at, latest).or_else(|| {
        let (_, slash) = number(r.b, at, 6)?;
        let start = slash + usize::from(r.b.get(slash) == Some(&b'/'));
        let (value, end) = year(r.b, start).filter(|_| start > slash)?;
        Some((start, end, value))
    })
}

/// Adds numbers without `No.` in a document of a court of Pakistan: `Respondents (CA 368/11)`.
fn unnumbered(r: Reading<'_>, cases: &mut Cases<'_>, latest: u16, found: &mut Vec<Found>) {
    for slash in memchr::memchr_iter(b'/', r.b) {
        // `CP 890-K/23`: the letter of the bench.
        let bench = slash.checked_sub(2).filter(|&dash| {
            r.b.get(dash) == Some(&b'-') && r.b.get(dash + 1).is_some_and(u8::is_ascii_uppercase)
        });
        let to = bench.unwrap_or(slash);
        let digits = r.b.get(..to).unwrap_or_default().iter().rev();
        let n_digits = digits.take_while(|byte| byte.is_ascii_digit()).count();
        let start = to - n_digits;
        let before = ws_back(r.b, start);
        // Letters of a kind stand before it, and no `No.`, which has been read.
        let is_kind = before < start
            && r.b
                .get(before.wrapping_sub(1))
                .is_some_and(|&b| b.is_ascii_alphabetic() || b == b'.')
            && any_word_back(r.b, before, &["no.", "no", "nos.", "nos"]).is_none();
        if !(1..=6).contains(&n_digits) || !is_kind {
            continue;
        }
        let mut next = short_year(r, start, latest);
        while let Some(place) = next {
            let more = read(cases, r, place, 0.85);
            next = further(r, place.1, latest).filter(|_| !more.is_empty());
            found.extend(more);
        }
    }
}

/// Finds a year of two digits behind a number and a slash at `after_no`, `11/23`; returns its place and
/// what it means.
///
/// `latest` is the document's year, or the last year that can be meant.
pub(super) fn short_year(
    r: Reading<'_>,
    after_no: usize,
    latest: u16,
) -> Option<(usize, usize, u16)> {
    let at = ws(r.b, after_no);
    let mut slash = at;
    while slash - at < 12
        && r.b.get(slash).is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        slash += 1;
    }
    if slash == at || r.b.get(slash) != Some(&b'/') {
        return None;
    }
    // `CP 899-K/ 23`
    let start = slash + 1 + usize::from(r.b.get(slash + 1) == Some(&b' '));
    let (short, end) = number(r.b, start, 2).filter(|(_, end)| end - start == 2)?;
    if matches!(r.b.get(end), Some(b'/' | b'-' | b'.'))
        && r.b.get(end + 1).is_some_and(u8::is_ascii_digit)
        || r.b.get(end).is_some_and(u8::is_ascii_alphanumeric)
    {
        return None;
    }
    let short = u16::try_from(short).ok()?;
    let year = if 2000 + short <= latest { 2000 + short } else { 1900 + short };
    (year >= 1947).then_some((start, end, year))
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Tables, find};
    use crate::model::{Page, PageNo, PageOrigin, Role};

    #[track_caller]
    fn check(court: &str, text: &str, expect: &[&str]) {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        page.push(text, Role::Body);
        let cx = Context { court: Some(court), year: Some(2015), ..Context::default() };
        let found = find(&[page], &cx, Tables::builtin());
        let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, expect, "{text}");
    }

    #[test]
    fn numbers_of_a_list_keep_each_its_year() {
        check(
            "scp",
            "passed by the Lahore High Court, Lahore in WPs Nos. 10398/08, 17812/09 & 20670/2010",
            &["pk/lhc/wp/2008/10398", "pk/lhc/wp/2009/17812", "pk/lhc/wp/2010/20670"],
        );
        check(
            "scp",
            "by the Lahore High Court in W.P.No.30806-30807/15.",
            &["pk/lhc/wp/2015/30806", "pk/lhc/wp/2015/30807"],
        );
    }

    #[test]
    fn a_kind_without_its_no_counts_in_courts_of_pakistan() {
        check(
            "scp",
            "Respondents (CA 368/11), N.R. (for respdts.3-4 in CA 370/11)",
            &["pk/sc/ca/2011/368", "pk/sc/ca/2011/370"],
        );
        check(
            "scp",
            "(in CP 890-K/ 12) (in CP 891-K/12)",
            &["pk/sc/cp/2012/890-k", "pk/sc/cp/2012/891-k"],
        );
        check("scp", "a/w CP 3229 of 2015", &["pk/sc/cp/2015/3229"]);
        check("scp", "Civil Petition No, 182 of 2015", &["pk/sc/cp/2015/182"]);
        check("uksc", "Respondents (CA 368/11)", &[]);
        // Sections, parties, pages and shares.
        check("scp", "under sections 302/34, of respondents 3/10 and a share of 2/11", &[]);
    }
}
