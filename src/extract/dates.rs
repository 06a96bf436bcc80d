//! One date in a short line: a byline, a meta value, a URL. Not for running text.

use crate::model::{Date, Span};

/// Names of months, lower case; the position in a row's list is of no meaning.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "jan",
        "januar",
        "janvier",
        "enero",
        "janeiro",
        "gennaio",
        "جنوری",
        "يناير",
        "جانفي",
    ],
    &[
        "february",
        "feb",
        "februar",
        "février",
        "fevrier",
        "febrero",
        "fevereiro",
        "فروری",
        "فبراير",
        "فيفري",
        "شباط",
    ],
    &["march", "mar", "märz", "mars", "marzo", "março", "مارچ", "مارس", "آذار"],
    &["april", "apr", "avril", "abril", "aprile", "اپریل", "أبريل", "ابريل", "أفريل", "نيسان"],
    &["may", "mai", "mayo", "maio", "maggio", "مئی", "مايو", "ماي", "أيار"],
    &["june", "jun", "juni", "juin", "junio", "junho", "giugno", "جون", "يونيو", "جوان", "حزيران"],
    &[
        "july",
        "jul",
        "juli",
        "juillet",
        "julio",
        "julho",
        "luglio",
        "جولائی",
        "يوليو",
        "جويلية",
        "تموز",
    ],
    &["august", "aug", "août", "aout", "agosto", "اگست", "أغسطس", "أوت", "آب"],
    &[
        "september",
        "sep",
        "sept",
        "septembre",
        "septiembre",
        "setembro",
        "settembre",
        "ستمبر",
        "سبتمبر",
        "أيلول",
    ],
    &[
        "october",
        "oct",
        "oktober",
        "okt",
        "octobre",
        "octubre",
        "outubro",
        "ottobre",
        "اکتوبر",
        "أكتوبر",
    ],
    &["november", "nov", "novembre", "noviembre", "novembro", "نومبر", "نوفمبر"],
    &[
        "december",
        "dec",
        "dezember",
        "dez",
        "décembre",
        "decembre",
        "diciembre",
        "dezembro",
        "dicembre",
        "دسمبر",
        "ديسمبر",
    ],
];

/// Returns the number of a month, 1 to 12, by its name in any of the languages above.
fn month(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    let idx = MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
    u8::try_from(idx + 1).ok()
}

/// A run of letters or of digits, and where it stands.
struct Piece<'a> {
    text: &'a str,
    span: Span,
}

impl Piece<'_> {
    /// Returns the number of a run of at most four digits of any script.
    fn number(&self) -> Option<u16> {
        let mut value = 0_u16;
        let mut n_digits = 0;
        for c in self.text.chars() {
            let digit = match c {
                '0'..='9' => u32::from(c) - u32::from('0'),
                '٠'..='٩' => u32::from(c) - u32::from('٠'),
                '۰'..='۹' => u32::from(c) - u32::from('۰'),
                _ => return None,
            };
            n_digits += 1;
            if n_digits > 4 {
                return None;
            }
            value = value * 10 + u16::try_from(digit).ok()?;
        }
        (n_digits > 0).then_some(value)
    }

    fn day(&self) -> Option<u8> {
        self.number().filter(|n| (1..=31).contains(n)).and_then(|n| u8::try_from(n).ok())
    }

    fn year(&self) -> Option<u16> {
        self.number().filter(|n| (1850..=2100).contains(n))
    }
}

/// Cuts `text` into runs of letters and runs of digits (`2nd` is two runs).
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found: Vec<Piece<'_>> = Vec::new();
    let mut start: Option<(usize, bool)> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let class = (c.is_alphanumeric()).then(|| c.is_numeric());
        if let Some((from, is_number)) = start
            && class != Some(is_number)
        {
            let span = from..at;
            found.push(Piece { text: text.get(span.clone()).unwrap_or_default(), span });
            start = None;
        }
        if let (None, Some(is_number)) = (start, class) {
            start = Some((at, is_number));
        }
    }
    found
}

/// Returns the first date of `text` and where it stands.
///
/// Understands `2024-07-02…`, `2024/07/02`, `2 July 2024`, `July 2nd, 2024`, `02.07.2024` (day first,
/// as Pakistan and Britain write), and the names of months of nine languages. A date without a year
/// is none.
pub(crate) fn find(text: &str) -> Option<(Date, Span)> {
    let all: Vec<_> =
        pieces(text).into_iter().filter(|piece| !is_ordinal_ending(piece.text)).collect();
    (0..all.len()).find_map(|idx| date_at(text, all.get(idx..)?))
}

/// Returns the first date of `text`.
pub(crate) fn date_in(text: &str) -> Option<Date> {
    find(text).map(|(date, _)| date)
}

fn is_ordinal_ending(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th" | "of" | "de" | "er" | "ء")
}

/// Returns the date that begins with the first of `pieces`.
fn date_at(text: &str, pieces: &[Piece<'_>]) -> Option<(Date, Span)> {
    let [a, b, c, ..] = pieces else { return None };
    let span = a.span.start..c.span.end;
    let gap = |left: &Piece<'_>, right: &Piece<'_>| {
        // Only ordinal endings can stand between; they count for nothing.
        let between = text.get(left.span.end..right.span.start).unwrap_or_default();
        between.chars().filter(|c| !c.is_whitespace() && !c.is_alphabetic()).collect::<String>()
    };
    let (first, second) = (gap(a, b), gap(b, c));
    if first.len() > 3 || second.len() > 3 {
        return None;
    }
    if let (Some(year), Some(m), Some(day)) = (a.year(), b.number(), c.day())
        && matches!(first.as_str(), "-" | "/" | ".")
        && first == second
    {
        return Some((Date::of_day(year, u8::try_from(m).ok()?, day)?, span));
    }
    if let (Some(day), Some(m), Some(year)) = (a.day(), b.day(), c.year())
        && matches!(first.as_str(), "-" | "/" | ".")
        && first == second
    {
        let date = Date::of_day(year, m, day).or_else(|| Date::of_day(year, day, m))?;
        return Some((date, span));
    }
    if let (Some(day), Some(m), Some(year)) = (a.day(), month(b.text), c.year()) {
        return Some((Date::of_day(year, m, day)?, span));
    }
    if let (Some(m), Some(day), Some(year)) = (month(a.text), b.day(), c.year()) {
        return Some((Date::of_day(year, m, day)?, span));
    }
    None
}

/// Returns the date in the path of a URL (`/2024/07/02/`, `/2024-07-02-`), or one in eight figures
/// that begin a part of it (`/20240702-`, `?a=20240702-`).
pub(crate) fn in_url(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let is_near = |date: &Date| (1990..=2100).contains(&date.year());
    let before_query = path.split(['?', '#']).next().unwrap_or_default();
    let parted = find(before_query).map(|(date, _)| date).filter(is_near);
    parted.or_else(|| {
        path.split(['/', '?', '=', '&', '-', '_', '.']).find_map(in_figures).filter(is_near)
    })
}

/// Reads `20240702`.
fn in_figures(part: &str) -> Option<Date> {
    if part.len() != 8 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| part.get(from..to)?.parse::<u16>().ok();
    let (month, day) = (u8::try_from(number(4, 6)?).ok()?, u8::try_from(number(6, 8)?).ok()?);
    Date::of_day(number(0, 4)?, month, day)
}

/// Returns the date that a title ends with after its last words: `Story - 07.12.2017 - PAPER`, or
/// the date of an edition: `Weekly Edition for March 26, 2015 [Site]`.
pub(crate) fn in_title(title: &str) -> Option<Date> {
    let bare = title.split(" [").next().unwrap_or(title).trim_end();
    let lower = bare.to_lowercase();
    let is_edition = ["edition", "issue", "bulletin", "newsletter", "digest"]
        .iter()
        .any(|word| lower.split(' ').any(|other| other == *word));
    if is_edition
        && let Some((date, span)) = find(bare)
        && span.end == bare.len()
    {
        return Some(date);
    }
    let mut parts = title
        .split(" - ")
        .flat_map(|part| part.split(" | "))
        .flat_map(|part| part.split(" – "))
        .skip(1);
    parts.find_map(|part| {
        let (date, span) = find(part)?;
        (part.trim().len() == span.len()).then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(date_in(text).map(|date| date.to_string()).as_deref(), expect);
    }

    #[test]
    fn written_out() {
        check("Friday, September 12, 2025", Some("2025-09-12"));
        check("Published 2nd July, 2024 10:15", Some("2024-07-02"));
        check("on 18th of November, 2021", Some("2021-11-18"));
        check("10 ستمبر 2025", Some("2025-09-10"));
        check("۲ جولائی ۲۰۲۴", Some("2024-07-02"));
        check("5. März 2019", Some("2019-03-05"));
        check("الجمعة 8 فيفري 2019", Some("2019-02-08"));
        check("8 تموز 2019", Some("2019-07-08"));
    }

    #[test]
    fn of_an_edition() {
        let day = |title: &str| in_title(title).map(|date| date.to_string());
        assert_eq!(day("Weekly Edition for March 26, 2015 [Kite]").as_deref(), Some("2015-03-26"));
        assert_eq!(day("What the court said on March 26, 2015"), None);
    }

    #[test]
    fn in_figures() {
        check("2015-07-24T05:36:09+01:00", Some("2015-07-24"));
        check("27.3.2023", Some("2023-03-27"));
        check("12/25/2023", Some("2023-12-25"));
        check("20240702", None);
    }

    #[test]
    fn what_is_no_date() {
        check("September 9 post on X", None);
        check("W.P. 1805/2023", None);
        check("2024 SCMR 12", None);
        check("30 February 2024", None);
    }

    #[test]
    fn dates_of_urls() {
        let date = |url| in_url(url).map(|date| date.to_string());
        assert_eq!(date("https://a.example/2024/07/02/lims").as_deref(), Some("2024-07-02"));
        assert_eq!(date("https://a.example/story-1842372"), None);
        assert_eq!(
            date("https://a.example/hl?a=20170309-35097-sci").as_deref(),
            Some("2017-03-09")
        );
        assert_eq!(date("https://a.example/20174209-x"), None);
    }

    #[test]
    fn dates_of_titles() {
        let date = |title| in_title(title).map(|date| date.to_string());
        assert_eq!(
            date("La vía no violenta - 07.12.2017 - LA HOJA").as_deref(),
            Some("2017-12-07")
        );
        assert_eq!(date("What happened on 7.12.2017 - Paper"), None);
        assert_eq!(date("Story - Report of 7 December 2017"), None);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in ".{0,60}") {
            find(&text);
        }
    }
}
