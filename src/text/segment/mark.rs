//! What stands at the beginning of a paragraph: `12.`, `[12]`, `¶ 12`, `۱۲۔`, `(a)`, `37-A.`.

use crate::text::dates;

/// How a number is written; numbers of one run share their form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `12.` `12)` `12-` `۱۲۔`.
    Dot,
    /// `12` and a wide gap.
    Gap,
    /// `12` and one blank, or a comma for the stop: the weakest, since any wrapped line may begin so.
    Blank,
    /// `[12]`.
    Bracket,
    /// `(12)`.
    Paren,
    /// `¶ 12`.
    Pilcrow,
}

/// A number at the beginning of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberMark<'a> {
    pub(super) value: u16,
    /// A letter after the number: `37-A` gives `A`; upper case.
    pub(super) suffix: Option<char>,
    /// The decimal part of `4.1`.
    pub(super) decimal: Option<u16>,
    pub(super) form: Form,
    /// What follows the mark, trimmed.
    pub(super) rest: &'a str,
}

/// Reads a number that a reader computed: `12`, `12.`, `12)`, `[12]`, `(12)`, `4.1`.
pub(super) fn given(label: &str) -> Option<NumberMark<'_>> {
    let label = label.trim();
    let form = match label.as_bytes() {
        [b'[', .., b']'] => Form::Bracket,
        [b'(', .., b')'] => Form::Paren,
        _ => Form::Dot,
    };
    let inner = label.trim_matches(['[', ']', '(', ')', '.']);
    let (value, decimal) = match inner.split_once('.') {
        Some((value, decimal)) => (value, Some(decimal.parse().ok()?)),
        None => (inner, None),
    };
    let value = value.parse().ok().filter(|value| *value > 0)?;
    Some(NumberMark { value, suffix: None, decimal, form, rest: "" })
}

/// Reads a paragraph number at the beginning of `text`.
///
/// Dates, table rows and years are none. Whether a number fits its run is not asked here.
pub(super) fn number(text: &str) -> Option<NumberMark<'_>> {
    let text = text.trim_start();
    if let Some(inner) = text.strip_prefix('[') {
        return closed(inner, ']', Form::Bracket);
    }
    if let Some(inner) = text.strip_prefix('(') {
        return closed(inner, ')', Form::Paren);
    }
    if let Some(after) = text.strip_prefix('¶') {
        let (value, rest) = digits(after.trim_start())?;
        return Some(plain(value, Form::Pilcrow, rest.trim_start_matches('.')));
    }
    let (value, rest) = digits(text)?;
    // Some judges print `02.`; a serial number `04` alone, or before a date, is none.
    let padded = text.starts_with('0');
    let (suffix, rest) = letter(rest);
    let (decimal, rest) = match rest.strip_prefix('.').and_then(digits) {
        Some((decimal, rest)) => (Some(decimal), rest.strip_prefix('.').unwrap_or(rest)),
        None => (None, rest),
    };
    let (form, rest) = if decimal.is_some() {
        (Form::Gap, rest.strip_prefix(char::is_whitespace)?)
    } else if let Some(rest) = rest.strip_prefix(['.', ')', '۔', '-', '–']) {
        (Form::Dot, rest.trim_start_matches(['-', '–', '—', '۔']))
    } else if rest.starts_with('\t') || rest.starts_with("  ") || rest.starts_with('\u{2003}') {
        (Form::Gap, rest)
    } else if let Some(rest) = rest.strip_prefix(' ').or_else(|| rest.strip_prefix(", ")) {
        // `4, In view of the above`: a slip of the hand for `4.`
        (Form::Blank, rest)
    } else {
        return None;
    };
    let rest = rest.trim();
    let weak_zero = padded && (form != Form::Dot || rest.is_empty());
    if weak_zero || is_number_of_something(form, decimal.is_some(), rest) {
        return None;
    }
    Some(NumberMark { value, suffix, decimal, form, rest })
}

/// Tells whether the text after the number shows that it is no paragraph number.
fn is_number_of_something(form: Form, decimal: bool, rest: &str) -> bool {
    let Some(first) = rest.chars().next() else { return form != Form::Dot };
    if first == '%' || matches!(first, '/' | '=' | '+' | '×') {
        return true;
    }
    // Row 4 of 30.05.2025 in an order sheet; the fifth amount of a list.
    if first.is_numeric() {
        return form != Form::Dot
            || dates::find(rest).first().is_some_and(|date| date.span.start == 0)
            || !rest.contains(' ');
    }
    if form == Form::Blank || decimal {
        let opens = first.is_uppercase() || matches!(first, '“' | '‘' | '"' | '(' | '[');
        let word = rest.split_whitespace().next().unwrap_or_default();
        let is_month = dates::month(word.trim_end_matches([',', '.'])).is_some();
        return is_month || !(opens || is_arabic_letter(first));
    }
    false
}

/// Reads `12]` and what follows.
fn closed(inner: &str, closer: char, form: Form) -> Option<NumberMark<'_>> {
    let inner = inner.trim_start();
    let (value, rest) = digits(inner).filter(|_| !inner.starts_with('0'))?;
    let rest = rest.trim_start().strip_prefix(closer)?;
    // `[2020] EWHC 12` and `(2017) 10 SCC 1` are reports, and their years are refused as numbers.
    Some(plain(value, form, rest))
}

fn plain(value: u16, form: Form, rest: &str) -> NumberMark<'_> {
    NumberMark { value, suffix: None, decimal: None, form, rest: rest.trim() }
}

/// Reads one to three digits; years and larger numbers are no labels.
fn digits(text: &str) -> Option<(u16, &str)> {
    let mut value = 0_u16;
    let mut n_digits = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let Some(digit) = digit_value(c) else { break };
        n_digits += 1;
        if n_digits > 3 {
            return None;
        }
        value = value * 10 + digit;
        rest = rest.get(c.len_utf8()..)?;
    }
    (value > 0).then_some((value, rest))
}

fn digit_value(c: char) -> Option<u16> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
        _ => return None,
    };
    u16::try_from(value).ok()
}

/// Reads the letter of `37A` or `37-A`, where a stop follows.
fn letter(rest: &str) -> (Option<char>, &str) {
    let after = rest.strip_prefix(['-', '–']).unwrap_or(rest);
    let mut chars = after.chars();
    match (chars.next(), chars.next()) {
        (Some(letter), Some('.' | ')')) if letter.is_ascii_alphabetic() => {
            (Some(letter.to_ascii_uppercase()), after.get(1..).unwrap_or_default())
        }
        _ => (None, rest),
    }
}

const fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}')
}

/// A sub-number: `(a)`, `iv)`, `(2)`, as printed between its brackets, and what follows.
pub(super) fn sub(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let inner = text.strip_prefix('(').unwrap_or(text);
    let end = inner.find(|c: char| !c.is_alphanumeric())?;
    let (token, rest) = inner.split_at_checked(end)?;
    let bracketed = inner.len() != text.len();
    let rest = match rest.strip_prefix(')') {
        Some(rest) => rest,
        // `a.` and `iv.`, in lower case alone: `A. Rahman` is a name.
        None if !bracketed && token.chars().all(|c| c.is_ascii_lowercase()) => {
            rest.strip_prefix('.')?
        }
        None => return None,
    };
    let fits = !token.is_empty()
        && token.len() <= 5
        && (token.chars().all(|c| c.is_ascii_digit()) && bracketed
            || token.chars().all(|c| c.is_ascii_alphabetic()));
    let spaced = rest.starts_with(|c: char| c.is_whitespace() || c.is_uppercase() || c == '(');
    (fits && spaced && !rest.trim().is_empty()).then_some((token, rest.trim_start()))
}

/// The kinds of sub-numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SubKind {
    Digit,
    Lower,
    Upper,
    Roman,
    UpperRoman,
}

/// Returns what a sub-number may mean, the likelier first: `i` is the ninth letter or the first roman.
pub(super) fn readings(token: &str) -> Vec<(SubKind, u16)> {
    let mut readings = Vec::new();
    if let Ok(value) = token.parse::<u16>() {
        readings.push((SubKind::Digit, value));
    }
    let mut chars = token.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        if c.is_ascii_lowercase() {
            readings.push((SubKind::Lower, u16::from(c as u8 - b'a') + 1));
        } else if c.is_ascii_uppercase() {
            readings.push((SubKind::Upper, u16::from(c as u8 - b'A') + 1));
        }
    }
    let lower = token.to_ascii_lowercase();
    if let Some(value) = roman(&lower) {
        let kind = if lower == token { SubKind::Roman } else { SubKind::UpperRoman };
        readings.push((kind, value));
    }
    readings
}

/// Reads a roman number in lower case, 1 to 39.
pub(super) fn roman(text: &str) -> Option<u16> {
    const UNITS: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = text.bytes().take_while(|&byte| byte == b'x').count().min(3);
    let rest = text.get(tens..)?;
    // `ix` and `xix`: the `x` after `i` is not counted among the tens.
    let units = UNITS.iter().position(|unit| *unit == rest)?;
    u16::try_from(tens * 10 + units).ok().filter(|&value| value > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<(u16, Form)>) {
        assert_eq!(number(text).map(|mark| (mark.value, mark.form)), expect, "{text}");
    }

    #[test]
    fn every_form() {
        check("12. Heard.", Some((12, Form::Dot)));
        check("2.Learned counsel", Some((2, Form::Dot)));
        check("02. Brief facts", Some((2, Form::Dot)));
        check("3-  The facts", Some((3, Form::Dot)));
        check("۱۲۔ عدالت", Some((12, Form::Dot)));
        check("2     In tandem with", Some((2, Form::Gap)));
        check("2 In tandem with", Some((2, Form::Blank)));
        check("4, In view of the above", Some((4, Form::Blank)));
        check("[12] It follows", Some((12, Form::Bracket)));
        check("(12) It follows", Some((12, Form::Paren)));
        check("¶ 12 It follows", Some((12, Form::Pilcrow)));
    }

    #[test]
    fn what_is_no_paragraph_number() {
        for text in [
            "12.5 % of the sum",
            "2023 SCMR 4",
            "4  30.05.2025 Mr. Adil",
            "4. 30.05.2025",
            "04.",
            "04 The order",
            "2 June 2024 was",
            "4, 5 and 6 were",
            "7 kanals and",
            "[2020] EWHC 12",
            "10",
            "302/34 PPC",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn sub_numbers() {
        assert_eq!(sub("(a) the first"), Some(("a", "the first")));
        assert_eq!(sub("iv) the fourth"), Some(("iv", "the fourth")));
        assert_eq!(sub("A. Rahman Abbasi"), None);
        assert_eq!(sub("(PTA) said"), Some(("PTA", "said")));
        assert!(readings("PTA").is_empty());
        assert_eq!(readings("i"), [(SubKind::Lower, 9), (SubKind::Roman, 1)]);
        assert_eq!((roman("xix"), roman("viii"), roman("ic")), (Some(19), Some(8), None));
    }
}
