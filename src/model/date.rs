//! Dates as documents give them: a day, a month or only a year.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the proleptic Gregorian calendar; years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// A date that may lack its day, or its day and month; written ISO 8601: `2024-06-25`, `2024-06`, `2024`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// The error of reading a [`Date`] from a text.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateError {
    /// The text has another form than `2024`, `2024-06` or `2024-06-25`.
    #[error("a date is written 2024, 2024-06 or 2024-06-25, not `{0}`")]
    Form(String),
    /// The calendar has no such month or day.
    #[error("there is no such {what} in `{text}`")]
    NoSuch {
        /// `month`, `day` or `year`.
        what: &'static str,
        /// What was given.
        text: String,
    },
}

/// Returns how many days the month has; 0 for a month that does not exist.
const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

impl Day {
    /// Returns the day, or `None` where the calendar has none.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || year > 9999 || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Returns the days since 1970-01-01; earlier days are negative.
    pub const fn since_epoch(self) -> i64 {
        // Days-from-civil of Howard Hinnant: the year begins in March, so that the leap day is last.
        let (year, month, day) = (self.year as i64, self.month as i64, self.day as i64);
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year - era * 400;
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// Returns year, month (1 to 12) and day (1 to 31).
    pub const fn parts(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }
}

impl Date {
    /// Returns the date of a whole day, or `None` where the calendar has none.
    pub const fn of_day(year: u16, month: u8, day: u8) -> Option<Self> {
        match Day::new(year, month, day) {
            Some(_) => Some(Self { year, month: Some(month), day: Some(day) }),
            None => None,
        }
    }

    /// Returns the date of a month, or `None` where the calendar has none.
    pub const fn of_month(year: u16, month: u8) -> Option<Self> {
        match Day::new(year, month, 1) {
            Some(_) => Some(Self { year, month: Some(month), day: None }),
            None => None,
        }
    }

    /// Returns the date of a year from 1 to 9999.
    pub const fn of_year(year: u16) -> Option<Self> {
        match Day::new(year, 1, 1) {
            Some(_) => Some(Self { year, month: None, day: None }),
            None => None,
        }
    }

    /// Returns the year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 to 12, where it is known.
    pub const fn month(self) -> Option<u8> {
        self.month
    }

    /// Returns the day of the month, 1 to 31, where it is known.
    pub const fn day(self) -> Option<u8> {
        self.day
    }

    /// Returns the first day that the date may mean.
    pub fn first(self) -> Day {
        Day { year: self.year, month: self.month.unwrap_or(1), day: self.day.unwrap_or(1) }
    }

    /// Returns the last day that the date may mean.
    pub fn last(self) -> Day {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_in_month(self.year, month));
        Day { year: self.year, month, day }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let form = || DateError::Form(text.to_owned());
        let mut parts = text.trim().split('-');
        let mut number = |digits: usize| -> Result<Option<u16>, DateError> {
            let Some(part) = parts.next() else { return Ok(None) };
            if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(form());
            }
            part.parse().map(Some).map_err(|_| form())
        };
        let year = number(4)?.ok_or_else(form)?;
        let month = number(2)?;
        let day = number(2)?;
        if parts.next().is_some() {
            return Err(form());
        }
        let no_such = |what| DateError::NoSuch { what, text: text.to_owned() };
        #[expect(clippy::cast_possible_truncation, reason = "two digits are below 100")]
        match (month.map(|month| month as u8), day.map(|day| day as u8)) {
            (None, _) => Self::of_year(year).ok_or_else(|| no_such("year")),
            (Some(month), None) => Self::of_month(year, month).ok_or_else(|| no_such("month")),
            (Some(month), Some(day)) => {
                Self::of_month(year, month).ok_or_else(|| no_such("month"))?;
                Self::of_day(year, month, day).ok_or_else(|| no_such("day"))
            }
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["2024-06-25", "2024-06", "2024", "1885"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn the_calendar_is_kept() {
        let no_such = |what, text: &str| Err(DateError::NoSuch { what, text: text.to_owned() });
        assert_eq!("2024-13".parse::<Date>(), no_such("month", "2024-13"));
        assert_eq!("2023-02-29".parse::<Date>(), no_such("day", "2023-02-29"));
        assert!("2024-02-29".parse::<Date>().is_ok());
        assert!(matches!("25.06.2024".parse::<Date>(), Err(DateError::Form(_))));
    }

    #[test]
    fn days_count_from_1970() {
        let day = |year, month, day| Day::new(year, month, day).unwrap().since_epoch();
        assert_eq!(day(1970, 1, 1), 0);
        assert_eq!(day(1969, 12, 31), -1);
        assert_eq!(day(2000, 3, 1), 11_017);
        assert_eq!(day(2024, 6, 25), 19_899);
    }

    #[test]
    fn a_half_known_date_is_an_interval() {
        let june: Date = "2024-06".parse().unwrap();
        assert_eq!((june.first().parts(), june.last().parts()), ((2024, 6, 1), (2024, 6, 30)));
    }
}
