//! Small steps over folded bytes: white space, numbers, words, squeezed letters.
//!
//! Every function takes the whole text and a byte position, and returns positions; ASCII bytes
//! alone are compared, so that positions stay on character borders.

/// Returns the position after the spaces at `i`.
pub(super) fn ws(b: &[u8], mut i: usize) -> usize {
    while b.get(i) == Some(&b' ') {
        i += 1;
    }
    i
}

/// Returns the position before the spaces that end at `i`.
pub(super) fn ws_back(b: &[u8], mut i: usize) -> usize {
    while i > 0 && b.get(i - 1) == Some(&b' ') {
        i -= 1;
    }
    i
}

/// Tells whether byte `i` is a letter or digit (bytes of other scripts count as letters).
pub(super) fn is_word(b: &[u8], i: usize) -> bool {
    b.get(i).is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte >= 0x80)
}

/// Tells whether a word may begin at `i`.
pub(super) fn starts_word(b: &[u8], i: usize) -> bool {
    i == 0 || !is_word(b, i - 1)
}

/// Tells whether a word may end at `i`.
pub(super) fn ends_word(b: &[u8], i: usize) -> bool {
    !is_word(b, i)
}

/// Reads a whole number of at most `max` digits; returns it and its end.
pub(super) fn number(b: &[u8], i: usize, max: usize) -> Option<(u32, usize)> {
    let mut end = i;
    let mut value: u32 = 0;
    while let Some(digit) = b.get(end).filter(|byte| byte.is_ascii_digit()) {
        if end - i == max {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
        end += 1;
    }
    (end > i).then_some((value, end))
}

/// Reads a whole number of at most `max` digits that ends at `end`; returns it and its start.
pub(super) fn number_back(b: &[u8], end: usize, max: usize) -> Option<(u32, usize)> {
    let mut start = end;
    while start > 0 && b.get(start - 1).is_some_and(u8::is_ascii_digit) {
        start -= 1;
        if end - start > max {
            return None;
        }
    }
    number(b, start, max).map(|(value, _)| (value, start))
}

/// Reads a year from 1800 to 2099 that stands alone among digits.
pub(super) fn year(b: &[u8], i: usize) -> Option<(u16, usize)> {
    let (value, end) = number(b, i, 4).filter(|(_, end)| end - i == 4)?;
    let year = u16::try_from(value).ok().filter(|year| (1800..2100).contains(year))?;
    let alone = !(i > 0 && b.get(i - 1).is_some_and(u8::is_ascii_digit));
    (alone && !b.get(end).is_some_and(u8::is_ascii_digit)).then_some((year, end))
}

/// Tells whether `word` (lower case ASCII) stands at `i`, in any case, and returns its end.
#[inline]
pub(super) fn word(b: &[u8], i: usize, word: &str) -> Option<usize> {
    if b.get(i).map(u8::to_ascii_lowercase) != word.bytes().next() {
        return None;
    }
    let end = i + word.len();
    b.get(i..end).filter(|found| found.eq_ignore_ascii_case(word.as_bytes()))?;
    let letters = word.ends_with(|c: char| c.is_ascii_alphanumeric());
    (!letters || ends_word(b, end)).then_some(end)
}

/// Returns the end of the first of `words` that stands at `i`.
pub(super) fn any_word(b: &[u8], i: usize, words: &[&str]) -> Option<usize> {
    // Most words of a list differ in the first letter.
    let first = b.get(i)?.to_ascii_lowercase();
    let mut alike = words.iter().filter(|found| found.as_bytes().first() == Some(&first));
    alike.find_map(|found| word(b, i, found))
}

/// Tells whether one of `words` ends at `end`, and returns its start.
pub(super) fn any_word_back(b: &[u8], end: usize, words: &[&str]) -> Option<usize> {
    let last = end.checked_sub(1).and_then(|last| b.get(last))?.to_ascii_lowercase();
    words.iter().filter(|word| word.bytes().next_back() == Some(last)).find_map(|word| {
        let start = end.checked_sub(word.len())?;
        let found = b.get(start..end)?;
        (found.eq_ignore_ascii_case(word.as_bytes()) && starts_word(b, start)).then_some(start)
    })
}

/// Returns the letters of `text`, lower case, without dots, spaces and marks; `&` reads as `and`.
pub(super) fn squeeze(text: &str) -> String {
    if text.is_ascii() && !text.contains('&') {
        let mut letters = text.as_bytes().to_vec();
        let mut n = 0;
        for byte in text.bytes() {
            letters[n] = byte.to_ascii_lowercase();
            n += usize::from(byte.is_ascii_alphanumeric());
        }
        letters.truncate(n);
        return String::from_utf8(letters).unwrap_or_default();
    }
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => letters.push_str("and"),
            _ if c.is_ascii_alphanumeric() => letters.push(c.to_ascii_lowercase()),
            _ if c.is_alphanumeric() => letters.push(c),
            _ => {}
        }
    }
    letters
}

/// The longest word that lists of words have, in bytes.
pub(super) const MAX_WORD: usize = 32;

/// Returns a word in small letters, in `buffer`; one longer than the words of any list as nothing.
pub(super) fn lowered<'b>(word: &str, buffer: &'b mut [u8; MAX_WORD]) -> &'b str {
    let Some(lower) = buffer.get_mut(..word.len()) else { return "" };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).unwrap_or_default()
}

/// Tells whether `part`, some letters, stands in a short text, such as an id.
pub(super) fn has(text: &str, part: &str) -> bool {
    let part = part.as_bytes();
    // Other than a search through a long text this needs no preparation.
    text.as_bytes().windows(part.len().max(1)).any(|found| found[0] == part[0] && found == part)
}

/// Returns the length of what [`squeeze`] makes of `text`.
pub(super) fn n_squeezed(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '&' => "and".len(),
            _ if c.is_alphanumeric() => c.len_utf8(),
            _ => 0,
        })
        .sum()
}

/// Returns the words of a title as an id: `Punjab Tenancy Act` gives `punjab-tenancy-act`.
pub(super) fn slug(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if c == '&' {
            // `Marriage & Divorce Act` and `Marriage and Divorce Act` are one.
            if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
            id.push_str("and-");
        } else if !id.is_empty() && !id.ends_with('-') && c != '\'' && c != '.' {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// Returns the value of a roman numeral of at most 8 letters.
pub(super) fn roman(text: &str) -> Option<u32> {
    let digit = |byte: u8| match byte.to_ascii_uppercase() {
        b'I' => Some(1),
        b'V' => Some(5),
        b'X' => Some(10),
        b'L' => Some(50),
        b'C' => Some(100),
        _ => None,
    };
    if text.is_empty() || text.len() > 8 {
        return None;
    }
    let digits = text.bytes().map(digit).collect::<Option<Vec<u32>>>()?;
    let mut value = 0;
    for (idx, &this) in digits.iter().enumerate() {
        let before_larger = digits.get(idx + 1).is_some_and(|&next| next > this);
        value = if before_larger { value + 1000 - this } else { value + this };
    }
    Some(value % 1000).filter(|&value| value > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_years_stand_alone() {
        assert_eq!(number(b"388 at", 0, 5), Some((388, 3)));
        assert_eq!(number(b"123456", 0, 5), None);
        assert_eq!(number_back(b"No. 1805", 8, 6), Some((1805, 4)));
        assert_eq!(year(b"1998 SC", 0), Some((1998, 4)));
        assert_eq!(year(b"11998", 1), None);
        assert_eq!(year(b"19980", 0), None);
        assert_eq!(year(b"2198", 0), None);
    }

    #[test]
    fn parts_of_short_texts() {
        for (text, part, found) in [
            ("pk/act/rules-x", "rules", true),
            ("rules", "rules", true),
            ("ruless", "rules", true),
            ("rule", "rules", false),
            ("", "rules", false),
            ("rurules", "rules", true),
        ] {
            assert_eq!(has(text, part), found, "{text}");
        }
        for text in ["AJ&K", "P. Cr. L. J", "Ordre é 2"] {
            assert_eq!(n_squeezed(text), squeeze(text).len(), "{text}");
        }
    }

    #[test]
    fn letters_are_squeezed() {
        assert_eq!(squeeze("P. Cr. L. J"), "pcrlj");
        assert_eq!(squeeze("AJ&K"), "ajandk");
        assert_eq!(slug("Companies (Court) Rules"), "companies-court-rules");
    }

    #[test]
    fn roman_numerals() {
        for (text, value) in [("XLI", 41), ("IX", 9), ("XLVII", 47), ("VII", 7)] {
            assert_eq!(roman(text), Some(value), "{text}");
        }
        assert_eq!(roman("SC"), None);
    }
}
