//! Dates and numbers as people type them into filters.

use crate::model::date::DateError;
use crate::model::{Date, Day, Span};
use crate::text::dates::english_month;

use super::error::QueryError;
use super::tree::{DateRange, NumberRange};

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    /// The value itself, or a range with `..`.
    Within,
    /// After the value: `>`.
    After,
    /// At the value or after: `>=`.
    From,
    /// Before the value: `<`.
    Before,
    /// At the value or before: `<=`.
    UpTo,
}

/// Reads a value such as `2024-06`, `2019..`, `..2024-08` or, after `>`, `2024`.
///
/// The flag of the answer tells that the ends were turned round.
pub(super) fn date_range(
    value: &str,
    compare: Compare,
    span: &Span,
) -> Result<(DateRange, bool), QueryError> {
    let (from, to) = match compare {
        Compare::Within => match split_range(value) {
            Some((first, last)) => {
                let end = |text: &str| {
                    if text.is_empty() { Ok(None) } else { date(text, span).map(Some) }
                };
                (end(first)?, end(last)?)
            }
            None => {
                let date = date(value, span)?;
                (Some(date), Some(date))
            }
        },
        Compare::From => (Some(date(value, span)?), None),
        Compare::UpTo => (None, Some(date(value, span)?)),
        Compare::After => (day_after(date(value, span)?.last()), None),
        Compare::Before => (None, day_before(date(value, span)?.first())),
    };
    match (from, to) {
        (None, None) => Err(QueryError::NotADate { span: span.clone(), value: value.to_owned() }),
        (Some(first), Some(last)) if last.last() < first.first() => {
            Ok((DateRange { from: to, to: from }, true))
        }
        _ => Ok((DateRange { from, to }, false)),
    }
}

/// Reads a number or a range of numbers.
///
/// The flag of the answer tells that the ends were turned round.
pub(super) fn number_range(value: &str, compare: Compare) -> Option<(NumberRange, bool)> {
    let digits = ascii_digits(value);
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|&number| number > 0);
    let (first, last) = match compare {
        Compare::Within => match split_range(&digits).or_else(|| digits.split_once('-')) {
            Some(("", "")) => return None,
            Some((first, "")) => (number(first)?, u32::MAX),
            Some(("", last)) => (1, number(last)?),
            Some((first, last)) => (number(first)?, number(last)?),
            None => {
                let number = number(&digits)?;
                (number, number)
            }
        },
        Compare::From => (number(&digits)?, u32::MAX),
        Compare::UpTo => (1, number(&digits)?),
        Compare::After => (number(&digits)?.checked_add(1)?, u32::MAX),
        Compare::Before => (1, number(&digits)?.checked_sub(1).filter(|&last| last > 0)?),
    };
    let turned = last < first;
    Some((NumberRange { first: first.min(last), last: first.max(last) }, turned))
}

/// Splits at `..`, at an ellipsis or at a dash between two values.
fn split_range(value: &str) -> Option<(&str, &str)> {
    ["..", "…", "–", "—"].iter().find_map(|sign| {
        let (first, last) = value.split_once(sign)?;
        Some((first.trim(), last.trim_start_matches('.').trim()))
    })
}

/// Reads one date: ISO, day first with dots, or with the name of the month.
fn date(value: &str, span: &Span) -> Result<Date, QueryError> {
    let digits = ascii_digits(value.trim());
    let not_a_date = || QueryError::NotADate { span: span.clone(), value: value.to_owned() };
    let no_such =
        |what| QueryError::NoSuchDate { span: span.clone(), what, value: value.to_owned() };
    match digits.parse::<Date>() {
        Ok(date) => return Ok(date),
        Err(DateError::NoSuch { what, .. }) => return Err(no_such(what)),
        Err(_) => {}
    }
    let parts: Vec<&str> = digits
        .split(|c: char| matches!(c, '.' | '/' | '-' | ',') || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    let number = |text: &str| -> Option<u16> {
        (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    };
    let of_day = |year: u16, month: u16, day: u16| -> Result<Date, QueryError> {
        let month = u8::try_from(month).unwrap_or(u8::MAX);
        let day = u8::try_from(day).unwrap_or(u8::MAX);
        Date::of_month(year, month).ok_or_else(|| no_such("month"))?;
        Date::of_day(year, month, day).ok_or_else(|| no_such("day"))
    };
    let year = |text: &str| if text.len() == 4 { number(text) } else { None };
    let month_name = |text: &str| english_month(text).map(u16::from);
    match parts[..] {
        // 2024/06/25, 2024-6-5
        [first, month, day] if year(first).is_some() => {
            let numbers = (year(first), number(month), number(day));
            let (Some(year), Some(month), Some(day)) = numbers else { return Err(not_a_date()) };
            of_day(year, month, day)
        }
        [day, month, last] if year(last).is_some() => {
            let year = year(last).ok_or_else(not_a_date)?;
            let named = month_name(month).zip(number(day)).or(month_name(day).zip(number(month)));
            if let Some((month, day)) = named {
                return of_day(year, month, day);
            }
            let (Some(day), Some(month)) = (number(day), number(month)) else {
                return Err(not_a_date());
            };
            // Dots are always written day first; slashes and hyphens are not.
            let by_dots = digits.contains('.');
            if !by_dots && day != month && (1..=12).contains(&day) && (1..=12).contains(&month) {
                let reading = |month, day| format!("{year:04}-{month:02}-{day:02}");
                return Err(QueryError::AmbiguousDate {
                    span: span.clone(),
                    value: value.to_owned(),
                    readings: [reading(month, day), reading(day, month)],
                });
            }
            if by_dots || month <= 12 { of_day(year, month, day) } else { of_day(year, day, month) }
        }
        [month, last] if year(last).is_some() => {
            let year = year(last).ok_or_else(not_a_date)?;
            let month = month_name(month).or_else(|| number(month)).ok_or_else(not_a_date)?;
            let month = u8::try_from(month).unwrap_or(u8::MAX);
            Date::of_month(year, month).ok_or_else(|| no_such("month"))
        }
        _ => Err(not_a_date()),
    }
}

/// Returns the text with Arabic and Persian digits as ASCII.
pub(super) fn ascii_digits(text: &str) -> String {
    text.chars()
        .map(|c| {
            let digit = match c {
                '٠'..='٩' => c as u32 - '٠' as u32,
                '۰'..='۹' => c as u32 - '۰' as u32,
                _ => return c,
            };
            char::from_digit(digit, 10).unwrap_or(c)
        })
        .collect()
}

/// Returns the next day as a date; `None` past the last day of year 9999.
fn day_after(day: Day) -> Option<Date> {
    let (y, m, d) = day.parts();
    Date::of_day(y, m, d + 1)
        .or_else(|| Date::of_day(y, m + 1, 1))
        .or_else(|| Date::of_day(y + 1, 1, 1))
}

/// Returns the day before as a date; `None` before the first day of year 1.
fn day_before(day: Day) -> Option<Date> {
    let (y, m, d) = day.parts();
    let last_of = |year, month| (28..=31).rev().find_map(|d| Date::of_day(year, month, d));
    Date::of_day(y, m, d - 1).or_else(|| last_of(y, m - 1)).or_else(|| last_of(y - 1, 12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, compare: Compare, expect: &str) {
        let shown = match date_range(value, compare, &(0..1)) {
            Ok((range, turned)) => {
                let end = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
                let turned = if turned { " turned" } else { "" };
                format!("{}..{}{turned}", end(range.from), end(range.to))
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expect, "{value}");
    }

    #[test]
    fn forms_of_a_date() {
        use Compare::Within;
        check("2024", Within, "2024..2024");
        check("۲۰۲۴-۰۶", Within, "2024-06..2024-06");
        check("25.06.2024", Within, "2024-06-25..2024-06-25");
        check("06.07.2024", Within, "2024-07-06..2024-07-06");
        check("25/6/2024", Within, "2024-06-25..2024-06-25");
        check("6/25/2024", Within, "2024-06-25..2024-06-25");
        check("6/6/2024", Within, "2024-06-06..2024-06-06");
        check("06/07/2024", Within, "`06/07/2024` may be 2024-07-06 or 2024-06-07");
        check("25 June 2024", Within, "2024-06-25..2024-06-25");
        check("Jun 2024", Within, "2024-06..2024-06");
        check("2024-13", Within, "there is no such month: `2024-13`");
        check("31.02.2024", Within, "there is no such day: `31.02.2024`");
        check("soon", Within, "`soon` is no date");
        check("24", Within, "`24` is no date");
    }

    #[test]
    fn ranges_of_dates() {
        use Compare::{After, Before, From, UpTo, Within};
        check("..2024-08", Within, "..2024-08");
        check("2019..", Within, "2019..");
        check("2024-06..2023", Within, "2023..2024-06 turned");
        check("2019–2021", Within, "2019..2021");
        check("..", Within, "`..` is no date");
        check("2024-06", After, "2024-07-01..");
        check("2024", Before, "..2023-12-31");
        check("2024-03-01", Before, "..2024-02-29");
        check("2024", From, "2024..");
        check("2024", UpTo, "..2024");
    }

    #[test]
    fn a_year_alone_overlaps_its_months() {
        let (june, _) = date_range("2024-06", Compare::Within, &(0..1)).unwrap();
        assert!(june.takes("2024".parse().unwrap()));
        assert!(june.takes("2024-06-30".parse().unwrap()));
        assert!(!june.takes("2024-07-01".parse().unwrap()));
        assert_eq!(june.days(), (19_875, 19_904));
    }

    #[test]
    fn numbers() {
        let range = |value| number_range(value, Compare::Within).map(|(r, _)| (r.first, r.last));
        assert_eq!(range("12"), Some((12, 12)));
        assert_eq!(range("۱۲"), Some((12, 12)));
        assert_eq!(range("3..5"), Some((3, 5)));
        assert_eq!(range("3-5"), Some((3, 5)));
        assert_eq!(range("5..3"), Some((3, 5)));
        assert_eq!(range("3.."), Some((3, u32::MAX)));
        assert_eq!(range("..3"), Some((1, 3)));
        assert_eq!(range("0"), None);
        assert_eq!(range("iv"), None);
        assert_eq!(range(".."), None);
        assert_eq!(number_range("1", Compare::Before), None);
        assert_eq!(number_range("4", Compare::After).map(|(r, _)| r.first), Some(5));
    }
}
