//! How inputs are damaged: always the same way for the same number.

/// Numbers that look random and are the same each time (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    /// Returns the dice of input `n`.
    pub(crate) const fn new(n: u64) -> Self {
        // Neighbouring numbers give dice that have nothing in common (splitmix64).
        let mut z = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((z ^ (z >> 31)) | 1)
    }

    /// Returns a number below `n`, or 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(drawn).unwrap_or(0) % n.max(1)
    }

    /// Returns one of `list`.
    pub(crate) fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// Numbers at which counters and lengths break.
const NUMBERS: [&str; 14] = [
    "0",
    "-1",
    "1",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551616",
];

/// The same as bytes of binary formats.
const BINARY: [u32; 9] = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/// Longest input.
const MAX: usize = 1 << 20;

/// Returns a seed with one to twelve damages; now and then one that stays whole.
pub(crate) fn damaged(seeds: &[Vec<u8>], words: &[&str], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = dice.one_of(seeds).cloned().unwrap_or_default();
    let n = match dice.below(8) {
        0 => 1,
        1..=5 => 1 + dice.below(4),
        _ => 1 + dice.below(12),
    };
    for _ in 0..n {
        damage(&mut bytes, seeds, words, dice);
        bytes.truncate(MAX);
    }
    bytes
}

fn damage(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], words: &[&str], dice: &mut Dice) {
    let at = dice.below(bytes.len() + 1);
    let length = match dice.below(4) {
        0 => dice.below(4),
        1 | 2 => dice.below(40),
        _ => dice.below(2_000),
    };
    let end = (at + length).min(bytes.len());
    match dice.below(16) {
        0 | 1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
        2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u8::try_from(dice.below(256)).unwrap_or(0);
            }
        }
        3 => {
            // Rarely, for it leaves little.
            if dice.below(3) == 0 {
                bytes.truncate(at);
            }
        }
        4 => drop(bytes.drain(at..end)),
        5 => {
            let piece = bytes.get(at..end).unwrap_or_default().to_vec();
            bytes.splice(at..at, piece);
        }
        6 => {
            // A piece many times: what nests, and what is counted.
            let piece = bytes.get(at..(at + 1 + dice.below(24)).min(bytes.len()));
            let piece = piece.unwrap_or_default().repeat(1 + dice.below(3_000));
            bytes.splice(at..at, piece);
        }
        7 | 8 => {
            let other = dice.one_of(seeds).cloned().unwrap_or_default();
            let from = dice.below(other.len());
            let piece: Vec<u8> =
                other.iter().skip(from).take(1 + dice.below(400)).copied().collect();
            bytes.splice(at..end, piece);
        }
        9 | 10 => {
            let digit = |byte: &u8| byte.is_ascii_digit();
            let rest = bytes.get(at..).unwrap_or_default();
            if let Some(start) = rest.iter().position(digit).map(|idx| at + idx) {
                let n = bytes.get(start..).unwrap_or_default().iter().take_while(|b| digit(b));
                let number = dice.one_of(&NUMBERS).copied().unwrap_or("0");
                let n = n.count();
                bytes.splice(start..start + n, number.bytes());
            }
        }
        11 => {
            let value = dice.one_of(&BINARY).copied().unwrap_or(0);
            let value = if dice.below(2) == 0 { value.to_le_bytes() } else { value.to_be_bytes() };
            let width = [1, 2, 4].get(dice.below(3)).copied().unwrap_or(4);
            let end = (at + width).min(bytes.len());
            bytes.splice(at..end, value.into_iter().take(width));
        }
        12 | 13 => {
            let word = dice.one_of(words).copied().unwrap_or(" ");
            let end = if dice.below(2) == 0 { at } else { end };
            bytes.splice(at..end, word.bytes());
        }
        14 => {
            let word = dice.one_of(words).copied().unwrap_or("(");
            let times = [2, 50, 600, 20_000].get(dice.below(4)).copied().unwrap_or(2);
            bytes.splice(at..at, word.repeat(times).into_bytes());
        }
        _ => {
            // Two pieces change places.
            let piece: Vec<u8> = bytes.drain(at..end).collect();
            let to = dice.below(bytes.len() + 1);
            bytes.splice(to..to, piece);
        }
    }
}
