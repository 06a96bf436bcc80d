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

/// The bytes that count as words of their own besides those beyond ASCII.
#[derive(Clone, Copy, Debug)]
pub enum Signs {
    /// None, and words begin with capital letters alone.
    Capitals,
    /// These two alone, or one twice.
    Two(u8, u8),
    /// All that are no letters and no spaces.
    All,
}

/// Calls `visit` for each 64 bytes with their place and, a bit a byte, where a word may start: each
/// letter without one before it, each of `signs`, each byte beyond ASCII.
#[inline]
pub fn word_starts(bytes: &[u8], signs: Signs, mut visit: impl FnMut(usize, u64)) {
    let mut after_letter = 0;
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let mut padded = [b' '; BLOCK];
        let block = rest.first_chunk().unwrap_or_else(|| {
            padded.iter_mut().zip(rest).for_each(|(to, &byte)| *to = byte);
            &padded
        });
        let bits = match signs {
            // The bit of small letters is moved to the high bit.
            Signs::Capitals => starts_in(block, &mut after_letter, |x, _, first| first & !(x << 2)),
            Signs::Two(one, other) => starts_in(block, &mut after_letter, |x, _, first| {
                first | equal(x, one) | equal(x, other)
            }),
            Signs::All => starts_in(block, &mut after_letter, |x, inside, first| {
                first | !(inside | equal(x, b' '))
            }),
        };
        visit(at, bits);
        at += BLOCK;
    }
}

/// Returns a bit for each byte of a block: whether it is beyond ASCII, or `starts` has its high bit,
/// which is told the bytes, the high bits of letters, and those of the first letters of words.
///
/// `after_letter` has the high bit of its lowest byte where a letter stands before the block.
#[inline]
fn starts_in(
    block: &[u8; BLOCK],
    after_letter: &mut u64,
    starts: impl Fn(u64, u64, u64) -> u64,
) -> u64 {
    let mut bits = 0;
    for (idx, eight) in block.as_chunks::<8>().0.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        let inside = letters(eight);
        let first = inside & !(inside << 8 | *after_letter);
        *after_letter = inside >> 56;
        let found = (starts(eight, inside, first) | eight) & HIGH;
        // The bits of the bytes move side by side into the highest byte.
        bits |= ((found >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * idx);
    }
    bits
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// Returns the high bits of the bytes that are `byte`.
const fn equal(x: u64, byte: u8) -> u64 {
    let others = x ^ (ONES * byte as u64);
    // Only a byte of zeros leaves its high bit unset.
    !(((others & !HIGH) + !HIGH) | others) & HIGH
}

/// Counts the bytes at the front that are ASCII in print and single spaces between such.
#[inline]
pub fn n_plain(bytes: &[u8]) -> usize {
    if bytes.first().is_none_or(|&byte| byte <= b' ') {
        return 0;
    }
    let (blocks, rest) = bytes.as_chunks::<8>();
    let mut n = 0;
    // The high bit of the lowest byte: whether the byte before the block is a space.
    let mut after_space = 0;
    let mut odd = 0;
    for block in blocks {
        let eight = u64::from_le_bytes(*block);
        let spaces = equal(eight, b' ');
        odd = spaces & (spaces << 8 | after_space) | !between(eight, b' ', 0x7E) & HIGH;
        if odd != 0 {
            n += odd.trailing_zeros() as usize / 8;
            break;
        }
        after_space = spaces >> 56;
        n += 8;
    }
    if odd == 0 {
        for &byte in rest {
            let space = byte == b' ';
            if !(b' '..0x7F).contains(&byte) || space && after_space != 0 {
                break;
            }
            after_space = u64::from(space);
            n += 1;
        }
    }
    // A space before anything else is no single one.
    n - usize::from(n > 0 && bytes[n - 1] == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_of_words() {
        let starts = |text: &[u8], signs: Signs| {
            let mut found = Vec::new();
            word_starts(text, signs, |at, mut bits| {
                while bits != 0 {
                    found.push(at + bits.trailing_zeros() as usize);
                    bits &= bits - 1;
                }
            });
            found
        };
        let some = Signs::Two(b'(', b'2');
        assert_eq!(starts(b" an act, 2(b) of them", some), [1, 4, 9, 10, 11, 14, 17]);
        assert_eq!(starts(b" an act, 2(b)", Signs::All), [1, 4, 7, 9, 10, 11, 12]);
        assert_eq!(starts(b" An act, 2(B)CdE z Z", Signs::Capitals), [1, 11, 13, 19]);
        assert_eq!(starts(b"abcdefgh ijklmnopq", some), [0, 9]);
        assert_eq!(starts(b"", some), [] as [usize; 0]);
        assert_eq!(starts("§x".as_bytes(), some), [0, 1, 2]);
        for len in [1, 63, 64, 65, 128, 129, 200] {
            for byte in *b"q (2\xC2." {
                for place in (0..len).filter(|place| place % 64 < 2 || place % 64 > 61) {
                    let mut text = vec![b'q'; len];
                    text[place] = byte;
                    let letter = |at: usize| text[at].is_ascii_alphabetic();
                    let first = |at: usize| letter(at) && !(at > 0 && letter(at - 1));
                    let sign = |at: usize| text[at] == b'(' || text[at] == b'2' || text[at] >= 0x80;
                    let expected: Vec<usize> =
                        (0..len).filter(|&at| first(at) || sign(at)).collect();
                    assert_eq!(starts(&text, some), expected, "{byte} {place} {len}");
                    let all = |at: usize| first(at) || !letter(at) && text[at] != b' ';
                    let expected: Vec<usize> = (0..len).filter(|&at| all(at)).collect();
                    assert_eq!(starts(&text, Signs::All), expected, "{byte} {place} {len}");
                }
            }
        }
    }

    #[test]
    fn plain_runs() {
        for (text, n) in [
            ("", 0),
            (" a", 0),
            ("a", 1),
            ("a ", 1),
            ("a b", 3),
            ("a  b", 1),
            ("a \nb", 1),
            ("abcdefg hi", 10),
            ("abcdefg  hi", 7),
            ("abcdefgh  i", 8),
            ("abcdefgh ü", 8),
            ("abcdefg\u{7f}", 7),
            ("abcdefghij klmnopq rstu ", 23),
            ("ü", 0),
        ] {
            assert_eq!(n_plain(text.as_bytes()), n, "{text}");
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
