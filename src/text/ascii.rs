//! Runs of ASCII letters and digits, eight bytes at a time.
//!
//! Whoever looks for names steps over nearly every word of a text: where a word ends is found
//! without a branch for each of its bytes.

/// The high bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;
/// One in each byte.
const ONES: u64 = 0x0101_0101_0101_0101;

/// Returns the high bits of the bytes of `x` that lie between `from` and `to`, both ASCII.
const fn between(x: u64, from: u8, to: u8) -> u64 {
    let low = x & !HIGH;
    let at_least = low + ONES * (0x80 - from as u64);
    let above = low + ONES * (0x7F - to as u64);
    at_least & !above & !x & HIGH
}

/// Returns the high bits of the bytes that are ASCII letters.
const fn letters(x: u64) -> u64 {
    between(x | (ONES * 0x20), b'a', b'z') & !x
}

#[inline]
fn run(bytes: &[u8], at: usize, fits: impl Fn(u64) -> u64, fits_one: impl Fn(u8) -> bool) -> usize {
    let mut n = 0;
    let rest = bytes.get(at..).unwrap_or_default();
    while let Some(&eight) = rest.get(n..).and_then(|rest| rest.first_chunk::<8>()) {
        let others = !fits(u64::from_le_bytes(eight)) & HIGH;
        if others != 0 {
            return n + others.trailing_zeros() as usize / 8;
        }
        n += 8;
    }
    n + rest.iter().skip(n).take_while(|&&byte| fits_one(byte)).count()
}

/// Counts the ASCII letters from byte `at` on.
#[inline]
pub fn n_letters(bytes: &[u8], at: usize) -> usize {
    run(bytes, at, letters, |byte| byte.is_ascii_alphabetic())
}

/// Counts the ASCII letters and digits from byte `at` on.
#[inline]
pub fn n_alphanumerics(bytes: &[u8], at: usize) -> usize {
    run(bytes, at, |x| letters(x) | between(x, b'0', b'9'), |byte| byte.is_ascii_alphanumeric())
}

/// Returns the place of four letters in a table of 65,536 bits: five bits of each count, and different
/// letters may share one.
#[inline]
pub const fn place_of_four(bytes: [u8; 4]) -> usize {
    let key = u32::from_le_bytes(bytes) & 0x1F1F_1F1F;
    (key.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

/// Calls `visit` with every place where a word may start: each byte that is no letter and no space,
/// and each letter without one before it.
#[inline]
pub fn each_word_start(bytes: &[u8], mut visit: impl FnMut(usize)) {
    let (blocks, rest) = bytes.as_chunks::<8>();
    // The high bit of the lowest byte: whether the byte before the block is a letter.
    let mut after_letter = 0;
    let mut at = 0;
    for block in blocks {
        let eight = u64::from_le_bytes(*block);
        let inside = letters(eight);
        let mut starts = !(inside & (inside << 8 | after_letter)) & !spaces(eight) & HIGH;
        after_letter = inside >> 56;
        while starts != 0 {
            visit(at + starts.trailing_zeros() as usize / 8);
            starts &= starts - 1;
        }
        at += 8;
    }
    let mut after_letter = after_letter != 0;
    for &byte in rest {
        let inside = byte.is_ascii_alphabetic();
        if byte != b' ' && !(inside && after_letter) {
            visit(at);
        }
        after_letter = inside;
        at += 1;
    }
}

/// Returns the high bits of the bytes that are spaces.
const fn spaces(x: u64) -> u64 {
    let others = x ^ (ONES * b' ' as u64);
    // Only a byte of zeros leaves its high bit unset.
    !(((others & !HIGH) + !HIGH) | others) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_of_words() {
        let starts = |text: &str| {
            let mut found = Vec::new();
            each_word_start(text.as_bytes(), |at| found.push(at));
            found
        };
        assert_eq!(starts(" an act, 2(b) of them"), [1, 4, 7, 9, 10, 11, 12, 14, 17]);
        assert_eq!(starts("abcdefgh ijklmnopq"), [0, 9]);
        assert_eq!((starts(""), starts("x"), starts("§x")), (vec![], vec![0], vec![0, 1, 2]));
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut text = [b'q'; 20];
                text[place] = byte;
                let mut found = Vec::new();
                each_word_start(&text, |at| found.push(at));
                let starts = |at: usize| {
                    let letter = |at: usize| text[at].is_ascii_alphabetic();
                    text[at] != b' ' && !(letter(at) && at > 0 && letter(at - 1))
                };
                let expected: Vec<usize> = (0..20).filter(|&at| starts(at)).collect();
                assert_eq!(found, expected, "{byte} {place}");
            }
        }
    }

    #[test]
    fn every_byte_at_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut text = [b'q'; 20];
                text[place] = byte;
                let n = |is: bool| if is { 20 } else { place };
                assert_eq!(n_letters(&text, 0), n(byte.is_ascii_alphabetic()), "{byte} {place}");
                let expect = n(byte.is_ascii_alphanumeric());
                assert_eq!(n_alphanumerics(&text, 0), expect, "{byte} {place}");
            }
        }
        assert_eq!((n_letters(b"ab", 2), n_letters(b"ab", 7), n_letters(b"", 0)), (0, 0, 0));
    }
}
