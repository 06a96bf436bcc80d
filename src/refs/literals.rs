//! Literals found from the starts of words alone.
//!
//! Nearly every place of a text begins no literal. A table of the first four bytes turns those away,
//! and the few literals that begin as the text does are compared with it: that costs half of an
//! automaton's steps, and finds no `act` in `contract`.

use crate::text::ascii::{Signs, n_letters, place_of_four, word_starts};

/// A set of literals, small and capital letters alike or not.
#[derive(Debug)]
pub(super) struct Literals {
    texts: Vec<Box<[u8]>>,
    ignore_case: bool,
    /// The ASCII signs and digits that begin one.
    signs: Signs,
    /// The first four bytes of literals, by [`place_of_four`]; different bytes may share one.
    begins: Box<[u64; N_PLACES / 64]>,
    /// The first two bytes of those that have no more, by [`place_of_two`].
    begins_brief: [u64; 16],
    /// Of each place where its literals stand in `order`; those of a place, the longest first.
    lists: Vec<(u32, u32)>,
    order: Vec<u16>,
    /// Those of one or two bytes, the longest first.
    brief: Vec<u16>,
    /// Those of three bytes, which may end a text.
    short: Vec<u16>,
}

impl Literals {
    /// Takes up `texts`; where two begin alike, the longer is found.
    pub(super) fn new(texts: &[impl AsRef<str>], ignore_case: bool) -> Self {
        let mut literals = Self {
            texts: texts.iter().map(|text| text.as_ref().as_bytes().into()).collect(),
            ignore_case,
            signs: Signs::All,
            begins: Box::new([0; N_PLACES / 64]),
            begins_brief: [0; 16],
            lists: vec![(0, 0); N_PLACES],
            order: Vec::new(),
            brief: Vec::new(),
            short: Vec::new(),
        };
        let mut by_length: Vec<u16> = (0..=u16::MAX).take(literals.texts.len()).collect();
        by_length.retain(|&idx| !literals.text(idx).is_empty());
        by_length.sort_by_key(|&idx| std::cmp::Reverse(literals.text(idx).len()));
        let mut at_places: Vec<(usize, u16)> = Vec::new();
        for &idx in &by_length {
            let b = &literals.texts[usize::from(idx)];
            let first = b[0];
            let bits = |at: usize| match b.get(at) {
                Some(byte) => byte & 31..(byte & 31) + 1,
                None => 0..32,
            };
            if b.len() < 3 {
                for second in bits(1) {
                    let place = place_of_two(first, second);
                    literals.begins_brief[place / 64] |= 1 << (place % 64);
                }
                continue;
            }
            for second in bits(1) {
                for third in bits(2) {
                    for fourth in bits(3) {
                        at_places.push((place_of_four([first, second, third, fourth]), idx));
                    }
                }
            }
        }
        let small = |&idx: &u16| literals.text(idx)[0].is_ascii_lowercase();
        let capitals = !ignore_case && !by_length.iter().any(small);
        let mut signs: Vec<u8> = by_length.iter().map(|&idx| literals.text(idx)[0]).collect();
        signs.retain(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic());
        signs.sort_unstable();
        signs.dedup();
        literals.signs = match *signs {
            [] if capitals => Signs::Capitals,
            // Bytes beyond ASCII are starts already.
            [] => Signs::Two(0x80, 0x80),
            [one] => Signs::Two(one, one),
            [one, other] => Signs::Two(one, other),
            _ => Signs::All,
        };
        for idx in by_length {
            match literals.text(idx).len() {
                1 | 2 => literals.brief.push(idx),
                3 => literals.short.push(idx),
                _ => {}
            }
        }
        // Stable: of each place the longest literal stays the first.
        at_places.sort_by_key(|&(place, _)| place);
        for (place, idx) in at_places {
            let next = u32::try_from(literals.order.len()).unwrap_or(u32::MAX);
            let list = &mut literals.lists[place];
            if list.0 == list.1 {
                *list = (next, next);
            }
            list.1 = next + 1;
            literals.begins[place / 64] |= 1 << (place % 64);
            literals.order.push(idx);
        }
        literals
    }

    fn text(&self, idx: u16) -> &[u8] {
        self.texts.get(usize::from(idx)).map_or(&[], AsRef::as_ref)
    }

    /// Tells whether a literal may begin at `at`.
    #[inline]
    fn may_begin(&self, text: &[u8], at: usize) -> bool {
        match text.get(at..at + 4) {
            Some(&[first, second, third, fourth]) => {
                has_bit(&self.begins, place_of_four([first, second, third, fourth]))
                    | has_bit(&self.begins_brief, place_of_two(first, second))
            }
            // The last bytes of a text.
            _ => true,
        }
    }

    /// Returns the longest literal that begins at `at`, and its end.
    #[inline(never)]
    fn longest(&self, text: &[u8], at: usize) -> Option<(usize, usize)> {
        let list = match text.get(at..at + 4) {
            Some(&[first, second, third, fourth]) => {
                let (from, to) = self.lists[place_of_four([first, second, third, fourth])];
                self.order.get(from as usize..to as usize)?
            }
            _ => &self.short,
        };
        let stands = |&idx: &u16| {
            let literal = self.text(idx);
            let (last, end) = (literal.last()?, at + literal.len());
            // Literals that begin alike mostly differ in their last letter.
            let ends = text.get(end - 1)?;
            let same = (ends ^ last) & !0x20 == 0
                && text.get(at..end).is_some_and(|found| {
                    if self.ignore_case {
                        found.eq_ignore_ascii_case(literal)
                    } else {
                        found == literal
                    }
                });
            same.then_some((usize::from(idx), end))
        };
        let place = place_of_two(*text.get(at)?, text.get(at + 1).copied().unwrap_or_default());
        let brief = if has_bit(&self.begins_brief, place) { self.brief.as_slice() } else { &[] };
        list.iter().find_map(stands).or_else(|| brief.iter().find_map(stands))
    }

    /// Calls `found` with start, end and number of the literals of `text`: from each word's start
    /// (signs and digits are words here) the longest, disjoint, in order.
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, usize, usize)) {
        let mut from = 0;
        word_starts(text, self.signs, |base, mut starts| {
            // Which of them go on is as good as chance: they are gathered without a branch.
            let mut places = [0_u8; 64];
            let mut n = 0;
            while starts != 0 {
                let idx = starts.trailing_zeros() & 63;
                starts &= starts - 1;
                places[n & 63] = idx as u8;
                n += usize::from(self.may_begin(text, base + idx as usize));
            }
            for &idx in places.iter().take(n) {
                let at = base + usize::from(idx);
                if at < from {
                    continue;
                }
                let Some((idx, end)) = self.longest(text, at) else { continue };
                found(at, end, idx);
                from = end;
                // `act` in `active` ends inside a word; `s.3` in `s.37` before a digit.
                if text.get(end - 1).is_some_and(u8::is_ascii_alphabetic) {
                    from += n_letters(text, end);
                }
            }
        });
    }
}

/// Tells whether a bit of a table is set.
#[inline]
fn has_bit<const N: usize>(bits: &[u64; N], place: usize) -> bool {
    bits[place / 64 % N] >> (place % 64) & 1 != 0
}

/// Returns the place of two letters in a table of 1,024 bits.
const fn place_of_two(first: u8, second: u8) -> usize {
    ((first & 31) as usize) << 5 | (second & 31) as usize
}

/// The places of [`place_of_four`].
const N_PLACES: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_the_starts_of_words_the_longest() {
        let literals = Literals::new(&["act", "order ", "s.3", "action plan", "§", "دفعہ"], true);
        let mut found = Vec::new();
        let text = "contract Act, 2(Act) in the Action Plan order s.37 border §5 دفعہ ۳ active";
        literals.each(text.as_bytes(), |start, end, _| found.push(&text[start..end]));
        assert_eq!(found, ["Act", "Act", "Action Plan", "order ", "s.3", "§", "دفعہ", "act"]);
    }

    #[test]
    fn ends_of_texts() {
        let literals = Literals::new(&["id. ", "act"], true);
        for (text, n) in [("act", 1), ("ac", 0), ("", 0), ("id. ", 1), ("id.", 0)] {
            let mut count = 0;
            literals.each(text.as_bytes(), |_, _, _| count += 1);
            assert_eq!(count, n, "{text}");
        }
    }
}
