//! Dates as people print them: day first, in English and Urdu, with any digits.
//!
//! [`find`] reports every date that names at least a month and a year. A case number
//! (`W.P. 1805/2023`) or a law report (`2024 SCMR 12`) is none.

use crate::model::{Date, Span};

/// A date at a place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The date; a month alone where the day is unknown or impossible.
    pub date: Date,
    /// Bytes of the text, on character borders.
    pub span: Span,
    /// Why a person should look; `None` for a plain date.
    pub doubt: Option<Doubt>,
}

/// Why a date may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Two digits for the year: 00 to 49 are read as 2000 to 2049, 50 to 99 as 1950 to 1999.
    TwoDigitYear,
    /// The month has no such day (`31.02.2023`); the date is the month alone.
    NoSuchDay,
    /// The numbers make sense only in the other order of day and month (`06/25/2024`).
    OtherOrder,
}

/// Which number comes first in `03/04/2022`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// 3 April: Pakistan, the United Kingdom, most of the world.
    DayFirst,
    /// March 4: stamps of courts of the United States.
    MonthFirst,
}

/// Finds the dates of `text`, day first, in the order of their places; they never overlap.
///
/// ```
/// let found = misl::text::dates::find("order dated 27.3.2023, see 2024 SCMR 12");
/// assert_eq!(found[0].date.to_string(), "2023-03-27");
/// assert_eq!(found.len(), 1);
/// ```
pub fn find(text: &str) -> Vec<Found> {
    find_as(text, Reading::DayFirst)
}

/// Finds the dates of `text`, numbers read in the order that `reading` names.
pub fn find_as(text: &str, reading: Reading) -> Vec<Found> {
    let mut found = Vec::new();
    let mut cursor = Cursor { text, at: 0 };
    let mut before = None;
    while let Some(c) = cursor.peek() {
        let starts = before.is_none_or(|before: char| !before.is_alphanumeric());
        let parsed = if !starts {
            None
        } else if digit(c).is_some() {
            from_number(cursor, reading)
        } else if c.is_uppercase() || is_arabic(c) {
            from_month(cursor)
        } else {
            None
        };
        if let Some((date, doubt, end)) = parsed {
            found.push(Found { date, span: cursor.at..end.at, doubt });
            // A list of days (`8 and 9 July 2014`) shares its month: go on behind the first number.
            cursor = if end.shared { cursor.after_number() } else { Cursor { text, at: end.at } };
            before = Some('0');
        } else if starts && digit(c).is_some() {
            cursor = cursor.after_number();
            before = Some('0');
        } else {
            cursor = cursor.next();
            before = Some(c);
        }
    }
    found
}

/// The English names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The Urdu names of the months, January first.
pub const URDU_MONTHS: [&str; 12] = [
    "جنوری",
    "فروری",
    "مارچ",
    "اپریل",
    "مئی",
    "جون",
    "جولائی",
    "اگست",
    "ستمبر",
    "اکتوبر",
    "نومبر",
    "دسمبر",
];

/// Returns the number of an English or Urdu month name, 1 to 12.
///
/// English names count with a capital only: `may` is a verb.
pub fn month(word: &str) -> Option<u8> {
    if word.starts_with(is_arabic) {
        let folded: String = word
            .chars()
            .map(|c| match c {
                'ي' | 'ى' => 'ی',
                'ك' => 'ک',
                'ٸ' => 'ئ',
                other => other,
            })
            .collect();
        let idx = URDU_MONTHS.iter().position(|name| *name == folded)?;
        return u8::try_from(idx + 1).ok();
    }
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.len() < 3 {
        return None;
    }
    if word.eq_ignore_ascii_case("sept") {
        return Some(9);
    }
    english_month(word)
}

/// Returns the number of an English month, 1 to 12, by its name or its first three letters in any case.
pub fn english_month(word: &str) -> Option<u8> {
    let fits = |name: &&str| {
        let name = if word.len() == 3 { name.get(..3).unwrap_or_default() } else { name };
        name.eq_ignore_ascii_case(word)
    };
    let idx = MONTHS.iter().position(fits)?;
    u8::try_from(idx + 1).ok()
}

/// A place in the text.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// Where a date ends; `shared`: the month and year belong to a later date as well.
struct End {
    at: usize,
    shared: bool,
}

/// A run of digits.
#[derive(Clone, Copy)]
struct Number {
    value: u16,
    n_digits: u8,
}

type Parsed = (Date, Option<Doubt>, End);

impl<'a> Cursor<'a> {
    fn rest(self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(self) -> Self {
        Self { at: self.at + self.peek().map_or(1, char::len_utf8), ..self }
    }

    fn eat(self, wanted: impl Fn(char) -> bool) -> Option<Self> {
        self.peek().filter(|&c| wanted(c)).map(|_| self.next())
    }

    /// Passes blanks, a line break among them, and marks of direction.
    fn blanks(self) -> Self {
        let mut cursor = self;
        while let Some(next) = cursor.eat(|c| c.is_whitespace() || is_mark(c)) {
            cursor = next;
        }
        cursor
    }

    fn number(self) -> Option<(Number, Self)> {
        let mut cursor = self;
        let (mut value, mut n_digits) = (0_u32, 0_u8);
        while let Some(d) = cursor.peek().and_then(digit) {
            value = value * 10 + u32::from(d);
            n_digits += 1;
            if n_digits > 4 {
                return None;
            }
            cursor = cursor.next();
        }
        let value = u16::try_from(value).ok()?;
        (n_digits > 0).then_some((Number { value, n_digits }, cursor))
    }

    /// Passes all digits and what is glued to them.
    fn after_number(self) -> Self {
        let mut cursor = self;
        while let Some(next) = cursor.eat(|c| digit(c).is_some()) {
            cursor = next;
        }
        cursor
    }

    fn word(self) -> (&'a str, Self) {
        let len = self
            .rest()
            .char_indices()
            .find(|(_, c)| !c.is_alphabetic())
            .map_or(self.rest().len(), |(at, _)| at);
        (self.rest().get(..len).unwrap_or_default(), Self { at: self.at + len, ..self })
    }

    /// Tells whether a number or word may end here.
    fn ends(self) -> bool {
        self.peek().is_none_or(|c| !c.is_alphanumeric() || c == 'ء')
    }
}

/// Reads a date that begins with a number.
fn from_number(start: Cursor<'_>, reading: Reading) -> Option<Parsed> {
    let (first, after) = start.number()?;
    if first.n_digits == 4 {
        return iso(start, first, after);
    }
    if first.n_digits > 2 {
        return None;
    }
    numeric(start, first, after, reading).or_else(|| day_month(first, after, 0))
}

/// `2024-06-25`, `2024/06/25`.
fn iso(start: Cursor<'_>, year: Number, after: Cursor<'_>) -> Option<Parsed> {
    let separator = after.peek().filter(|c| matches!(c, '-' | '/' | '.'))?;
    if glued_before(start) {
        return None;
    }
    let (month, after) = after.next().number()?;
    let (day, after) = after.eat(|c| c == separator)?.number()?;
    if month.n_digits != 2 || day.n_digits != 2 || continues_number(after) {
        return None;
    }
    let (date, doubt) = dated(year, month.value, day.value)?;
    Some((date, doubt, End { at: after.at, shared: false }))
}

/// `27.3.2023`, `28-11-2017`, `28/11/17`.
fn numeric(
    start: Cursor<'_>,
    first: Number,
    after: Cursor<'_>,
    reading: Reading,
) -> Option<Parsed> {
    let after = after.eat(|c| c == ' ').filter(|next| next.peek() == Some('.')).unwrap_or(after);
    let separator = after.peek().filter(|&c| is_separator(c))?;
    let (second, after) = after.next().number()?;
    let (year, after) = after.eat(|c| c == separator || both_dashes(c, separator))?.number()?;
    if second.n_digits > 2 || continues_number(after) || glued_before(start) || numbered(start) {
        return None;
    }
    match year.n_digits {
        4 if (1700..2200).contains(&year.value) => {}
        // `5.1.23` is more often the number of a clause.
        2 if separator != '.' || first.n_digits + second.n_digits >= 3 => {}
        _ => return None,
    }
    let (day, month) = match reading {
        Reading::DayFirst => (first.value, second.value),
        Reading::MonthFirst => (second.value, first.value),
    };
    let end = End { at: after.at, shared: false };
    if let Some((date, doubt)) = dated(year, month, day) {
        return Some((date, doubt, end));
    }
    // The other order, where only that one makes sense.
    let (date, _) =
        dated(year, day, month).filter(|(_, doubt)| *doubt != Some(Doubt::NoSuchDay))?;
    Some((date, Some(Doubt::OtherOrder), end))
}

/// `18th November, 2021`, `18th day of November 2021`, `18-Nov-2021`, `10 ستمبر 2025`,
/// and lists: `8 and 9 July 2014`, `31st March and 1st April 2003`.
fn day_month(day: Number, after: Cursor<'_>, depth: u8) -> Option<Parsed> {
    if !(1..=31).contains(&day.value) || depth > 6 {
        return None;
    }
    let after = ordinal(after);
    if let Some(joined) = connector(after) {
        // Another day of the same month follows.
        let (next, rest) = joined.number().filter(|(next, _)| next.n_digits <= 2)?;
        let (date, _, _) = day_month(next, rest, depth + 1)?;
        let (date, doubt) =
            dated(full(date.year()), u16::from(date.month()?), day.value).filter(|_| {
                // Lists count upward, so that `section 3 and 4 May 2020` needs luck to pass.
                day.value < next.value
            })?;
        return Some((date, doubt, End { at: after.at, shared: true }));
    }
    let mut cursor = after.blanks();
    if let (word, next) = cursor.word()
        && word.eq_ignore_ascii_case("day")
    {
        cursor = next.blanks();
    }
    if let (word, next) = cursor.word()
        && word.eq_ignore_ascii_case("of")
    {
        cursor = next.blanks();
    }
    while let Some(next) = cursor.eat(|c| matches!(c, ',' | '،' | '-' | '–')) {
        cursor = next.blanks();
    }
    let (name, after_name) = cursor.word();
    let month = month(name)?;
    if let Some((year, end)) = year(after_name) {
        let (date, doubt) = dated(year, u16::from(month), day.value)?;
        return Some((date, doubt, End { at: end.at, shared: false }));
    }
    // `31st March and 1st April 2003`: the year stands with the later date.
    let (next, after) = connector(after_name)?.number().filter(|(next, _)| next.n_digits <= 2)?;
    let (later, _, _) = day_month(next, after, depth + 1)?;
    let (date, doubt) = dated(full(later.year()), u16::from(month), day.value)?;
    Some((date, doubt, End { at: after_name.at, shared: true }))
}

/// `June 25, 2024`, `November 2021`, `ستمبر 2025`.
fn from_month(start: Cursor<'_>) -> Option<Parsed> {
    let (name, after) = start.word();
    let month = month(name)?;
    let after = after.eat(|c| c == '.').unwrap_or(after).blanks();
    let after = after.eat(|c| matches!(c, ',' | '،')).map_or(after, Cursor::blanks);
    let (first, rest) = after.number()?;
    if first.n_digits <= 2 {
        let rest = ordinal(rest);
        let (year, end) = year(rest).filter(|(year, _)| year.n_digits == 4)?;
        let (date, doubt) = dated(year, u16::from(month), first.value)?;
        return Some((date, doubt, End { at: end.at, shared: false }));
    }
    let plain = first.n_digits == 4 && (1700..2200).contains(&first.value) && rest.ends();
    // `May 2021/12` is a number of something.
    if !plain || continues_number(rest) {
        return None;
    }
    let date = Date::of_month(first.value, month)?;
    Some((date, None, End { at: rest.at, shared: false }))
}

/// Passes `st`, `nd`, `rd`, `th`, also with a blank before, as superscripts are read.
fn ordinal(after: Cursor<'_>) -> Cursor<'_> {
    let (word, next) = after.blanks().word();
    let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|end| word.eq_ignore_ascii_case(end));
    if is_ordinal { next } else { after }
}

/// Passes what joins two days: `and`, `&`, `,`, `-`, `to`; `None` where no digit follows.
fn connector(after: Cursor<'_>) -> Option<Cursor<'_>> {
    let start = after.blanks();
    let mut cursor = start;
    if let Some(next) = cursor.eat(|c| matches!(c, ',' | '&' | '-' | '–')) {
        cursor = next.blanks();
    }
    let (word, next) = cursor.word();
    if ["and", "to", "اور"].iter().any(|joint| word.eq_ignore_ascii_case(joint)) {
        cursor = next.blanks();
    }
    (cursor.at > start.at && cursor.peek().and_then(digit).is_some()).then_some(cursor)
}

/// Reads the year of a date with a month name: `, 2021`, ` 2021`, `-21`, `of 2021`.
fn year(after: Cursor<'_>) -> Option<(Number, Cursor<'_>)> {
    let mut cursor = after.eat(|c| c == '.').unwrap_or(after).blanks();
    let mut dash = false;
    while let Some(next) = cursor.eat(|c| matches!(c, ',' | '،' | '-' | '–' | '.')) {
        dash = dash || matches!(cursor.peek(), Some('-' | '–'));
        cursor = next.blanks();
    }
    if let (word, next) = cursor.word()
        && word.eq_ignore_ascii_case("of")
    {
        cursor = next.blanks();
    }
    let (year, end) = cursor.number()?;
    let fits = match year.n_digits {
        4 => (1700..2200).contains(&year.value),
        2 => dash,
        _ => false,
    };
    (fits && end.ends()).then_some((year, end))
}

/// Returns the date of the numbers; a day that the month lacks leaves the month, with a doubt.
fn dated(year: Number, month: u16, day: u16) -> Option<(Date, Option<Doubt>)> {
    let two_digits = year.n_digits == 2;
    let year = match (two_digits, year.value) {
        (true, value) if value < 50 => 2000 + value,
        (true, value) => 1900 + value,
        (false, value) => value,
    };
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    if !(1..=31).contains(&day) {
        return None;
    }
    match Date::of_day(year, month, day) {
        Some(date) => Some((date, two_digits.then_some(Doubt::TwoDigitYear))),
        None => Some((Date::of_month(year, month)?, Some(Doubt::NoSuchDay))),
    }
}

const fn full(year: u16) -> Number {
    Number { value: year, n_digits: 4 }
}

fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
        _ => return None,
    };
    u8::try_from(value).ok()
}

const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}')
}

/// Marks of direction and joining, which stand unseen between number and word.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

const fn is_separator(c: char) -> bool {
    matches!(c, '.' | '/' | '-' | '–')
}

const fn both_dashes(a: char, b: char) -> bool {
    matches!((a, b), ('-', '–') | ('–', '-'))
}

/// Tells whether the number before `after` goes on, as `1.2.2023.4` or `28/11/2017-B`.
fn continues_number(after: Cursor<'_>) -> bool {
    let Some(c) = after.peek() else { return false };
    // The hour of an ISO time may follow.
    if c.is_alphanumeric() && c != 'T' && c != 'ء' {
        // A word glued on by a lost space (`dated 27.3.2023passed`) does no harm; a digit does.
        return digit(c).is_some();
    }
    is_separator(c) && after.next().peek().and_then(digit).is_some()
}

/// Tells whether a number and separator stand directly before `start`.
fn glued_before(start: Cursor<'_>) -> bool {
    let mut before = start.text.get(..start.at).unwrap_or_default().chars().rev();
    before.next().is_some_and(is_separator) && before.next().and_then(digit).is_some()
}

/// Tells whether `No.` stands before `start`: what follows is a number of something.
fn numbered(start: Cursor<'_>) -> bool {
    let before = start.text.get(..start.at).unwrap_or_default();
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':'));
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ["no", "nos", "number"].iter().any(|no| word.eq_ignore_ascii_case(no)) || word == "نمبر"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> = find(text)
            .into_iter()
            .map(|found| (text.get(found.span).unwrap(), found.date, found.doubt))
            .map(|(printed, date, doubt)| match doubt {
                None => format!("{printed}={date}"),
                Some(doubt) => format!("{printed}={date}?{doubt:?}"),
            })
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn numbers_day_first() {
        check(
            "decree dated 27.3.2023 and 04.03.2023.",
            &["27.3.2023=2023-03-27", "04.03.2023=2023-03-04"],
        );
        check("28-11-2017, 28/11/2017", &["28-11-2017=2017-11-28", "28/11/2017=2017-11-28"]);
        check("29-1-2025. M/s Abid", &["29-1-2025=2025-01-29"]);
        check("07 .04.2021", &["07 .04.2021=2021-04-07"]);
    }

    #[test]
    fn iso_dates() {
        check("on 2024-06-25T10:00", &["2024-06-25=2024-06-25"]);
        check("2024-06-25-1", &[]);
    }

    #[test]
    fn names_of_months() {
        check("decided on 18th November, 2021.", &["18th November, 2021=2021-11-18"]);
        check("this 18th day of November 2021", &["18th day of November 2021=2021-11-18"]);
        check("ISLAMABAD, AUGUST 22, 2016", &["AUGUST 22, 2016=2016-08-22"]);
        check(
            "June 25, 2024 and Mar. 5, 2021",
            &["June 25, 2024=2024-06-25", "Mar. 5, 2021=2021-03-05"],
        );
        check("Thursday  23rd  September  2021", &["23rd  September  2021=2021-09-23"]);
        check(
            "18-Nov-2021 or 18-Nov-21",
            &["18-Nov-2021=2021-11-18", "18-Nov-21=2021-11-18?TwoDigitYear"],
        );
        check("since November 2021", &["November 2021=2021-11"]);
        check("the 1 st March 2020", &["1 st March 2020=2020-03-01"]);
    }

    #[test]
    fn urdu() {
        check("10 ستمبر 2025", &["10 ستمبر 2025=2025-09-10"]);
        check("۱۰ ستمبر ۲۰۲۵ء کو", &["۱۰ ستمبر ۲۰۲۵=2025-09-10"]);
        check("05 مارچ ، 2024", &["05 مارچ ، 2024=2024-03-05"]);
        check("جولائی ۲۰۱۶ میں", &["جولائی ۲۰۱۶=2016-07"]);
        check("۲۵۔۰۶", &[]);
    }

    #[test]
    fn lists_share_month_and_year() {
        check("Heard on 8 and 9 July 2014", &["8=2014-07-08", "9 July 2014=2014-07-09"]);
        check(
            "31st March and 1st April 2003",
            &["31st March=2003-03-31", "1st April 2003=2003-04-01"],
        );
        check(
            "16, 17 & 18 May 2022",
            &["16=2022-05-16", "17=2022-05-17", "18 May 2022=2022-05-18"],
        );
    }

    #[test]
    fn doubts() {
        check("27.3.23", &["27.3.23=2023-03-27?TwoDigitYear"]);
        check("31.02.2023", &["31.02.2023=2023-02?NoSuchDay"]);
        check("06/25/2024", &["06/25/2024=2024-06-25?OtherOrder"]);
    }

    #[test]
    fn american_stamps() {
        let found = find_as("Filed 08/05/16 Page 1", Reading::MonthFirst);
        assert_eq!(found[0].date.to_string(), "2016-08-05");
    }

    #[test]
    fn no_dates() {
        for text in [
            "2024 SCMR 12",
            "W.P. 1805/2023",
            "W.P. No. 12/5/2023",
            "C.M. No. 01-B of 2023",
            "Rs.7,10,000/-",
            "11.02.022",
            "version 5.1.23",
            "it may 2021",
            "PLD 2024 Islamabad 1",
            "192.168.10.2024.1",
            "99.99.2023",
            "sections 37, 39 and 42",
            "12 May",
        ] {
            check(text, &[]);
        }
    }
}
