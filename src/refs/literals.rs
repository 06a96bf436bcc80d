//! Literals found from the starts of words alone.
//!
//! Nearly every place of a text begins no literal. A table of the first four bytes turns those away,
//! and the few literals that begin as the text does are compared with it: that costs half of an
//! automaton's steps, and finds no `act` in `contract`.

use crate::text::ascii::{each_word_start, n_letters, place_of_four};

/// A set of literals, small and capital letters alike or not.
#[derive(Debug)]
pub(super) struct Literals {
    texts: Vec<Box<[u8]>>,
    ignore_case: bool,
    /// Whether a literal begins with a byte.
    opens: [bool; 256],
    /// The first four bytes of literals, by [`place_of_four`]; different bytes may share one.
    begins: Vec<u64>,
    /// Of each place where its literals stand in `order`; those of a place, the longest first.
    lists: Vec<(u32, u32)>,
    order: Vec<u16>,
    /// Those of less than four bytes, which may end a text.
    short: Vec<u16>,
}

impl Literals {
    /// Takes up `texts`; where two begin alike, the longer is found.
    pub(super) fn new(texts: &[impl AsRef<str>], ignore_case: bool) -> Self {
        let mut literals = Self {
            texts: texts.iter().map(|text| text.as_ref().as_bytes().into()).collect(),
            ignore_case,
            opens: [false; 256],
            begins: vec![0; N_PLACES / 64],
            lists: vec![(0, 0); N_PLACES],
            order: Vec::new(),
            short: Vec::new(),
        };
        let mut by_length: Vec<u16> = (0..=u16::MAX).take(literals.texts.len()).collect();
        by_length.retain(|&idx| !literals.text(idx).is_empty());
        by_length.sort_by_key(|&idx| std::cmp::Reverse(literals.text(idx).len()));
        let mut at_places: Vec<(usize, u16)> = Vec::new();
        for &idx in &by_length {
            let b = &literals.texts[usize::from(idx)];
            let first = b[0];
            literals.opens[usize::from(first)] = true;
            if ignore_case {
                literals.opens[usize::from(first.to_ascii_lowercase())] = true;
                literals.opens[usize::from(first.to_ascii_uppercase())] = true;
            }
            let bits = |at: usize| match b.get(at) {
                Some(byte) => byte & 31..(byte & 31) + 1,
                None => 0..32,
            };
            for second in bits(1) {
                for third in bits(2) {
                    for fourth in bits(3) {
                        at_places.push((place_of_four([first, second, third, fourth]), idx));
                    }
                }
            }
        }
        literals.short = by_length;
        literals.short.retain(|&idx| literals.texts[usize::from(idx)].len() < 4);
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

    /// Returns the longest literal that begins at `at`, and its end.
    fn longest(&self, text: &[u8], at: usize) -> Option<(usize, usize)> {
        let list = match text.get(at..at + 4) {
            Some(&[first, second, third, fourth]) => {
                let place = place_of_four([first, second, third, fourth]);
                if self.begins[place / 64] & (1 << (place % 64)) == 0 {
                    return None;
                }
                let (from, to) = self.lists[place];
                self.order.get(from as usize..to as usize)?
            }
            _ => &self.short,
        };
        list.iter().find_map(|&idx| {
            let literal = self.text(idx);
            let (last, end) = (literal.last()?, at + literal.len());
            // Literals that begin alike mostly differ in their last letter.
            let ends = text.get(end - 1)?;
            let same = (ends ^ last) & !0x20 == 0
                && text.get(at..end).is_some_and(|found| match self.ignore_case {
                    true => found.eq_ignore_ascii_case(literal),
                    false => found == literal,
                });
            same.then_some((usize::from(idx), end))
        })
    }

    /// Calls `found` with start, end and number of the literals of `text`: from each word's start
    /// (signs and digits are words here) the longest, disjoint, in order.
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, usize, usize)) {
        let mut from = 0;
        each_word_start(text, |at| {
            if at < from || !text.get(at).is_some_and(|&byte| self.opens[usize::from(byte)]) {
                return;
            }
            if let Some((idx, end)) = self.longest(text, at) {
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
