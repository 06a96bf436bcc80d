//! Literals found from the starts of words alone.
//!
//! Nearly every place of a text begins no literal. A table of the first four bytes turns those away
//! before the automaton is asked; that costs half of searching from every byte, and finds no `act`
//! in `contract`.

use aho_corasick::{
    AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, Anchored, Input, MatchKind, StartKind,
};

use crate::text::ascii::{n_letters, place_of_four};

/// A set of literals, small and capital letters alike or not.
#[derive(Debug)]
pub(super) struct Literals {
    automaton: Option<AhoCorasick>,
    /// Whether a literal begins with a byte.
    opens: [bool; 256],
    /// The first four bytes of literals, by [`place`]; different bytes may share one.
    begins: Vec<u64>,
}

impl Literals {
    /// Compiles `texts`; where two begin alike, the longer is found.
    pub(super) fn new(texts: &[impl AsRef<str>], ignore_case: bool) -> Self {
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(ignore_case)
            // A walk is a few steps long: what counts is that the states stay near.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .start_kind(StartKind::Anchored)
            .build(texts.iter().map(AsRef::as_ref))
            .ok();
        let mut literals = Self { automaton, opens: [false; 256], begins: vec![0; 1024] };
        for text in texts {
            literals.note(text.as_ref().as_bytes());
        }
        literals
    }

    fn note(&mut self, b: &[u8]) {
        let Some(&first) = b.first() else { return };
        for byte in [first, first.to_ascii_lowercase(), first.to_ascii_uppercase()] {
            self.opens[usize::from(byte)] = true;
        }
        let bits = |at: usize| match b.get(at) {
            Some(byte) => byte & 31..(byte & 31) + 1,
            None => 0..32,
        };
        for second in bits(1) {
            for third in bits(2) {
                for fourth in bits(3) {
                    let at = place_of_four([first, second, third, fourth]);
                    self.begins[at / 64] |= 1 << (at % 64);
                }
            }
        }
    }

    fn may_begin(&self, b: &[u8], at: usize) -> bool {
        match b.get(at..at + 4) {
            Some(&[first, second, third, fourth]) => {
                let at = place_of_four([first, second, third, fourth]);
                self.begins[at / 64] & (1 << (at % 64)) != 0
            }
            // The last bytes of a text: the automaton decides.
            _ => true,
        }
    }

    /// Calls `found` with start, end and number of the literals of `text`: from each word's start
    /// (signs and digits are words here) the longest, disjoint, in order.
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, usize, usize)) {
        let Some(automaton) = &self.automaton else { return };
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            if self.opens[usize::from(byte)] && self.may_begin(text, at) {
                let input = Input::new(text).range(at..).anchored(Anchored::Yes);
                if let Ok(Some(literal)) = automaton.try_find(input) {
                    found(literal.start(), literal.end(), literal.pattern().as_usize());
                    at = literal.end();
                    // `act` in `active` ends inside a word; `s.3` in `s.37` before a digit.
                    if text.get(at - 1).is_some_and(u8::is_ascii_alphabetic) {
                        at += n_letters(text, at);
                    }
                    continue;
                }
            }
            at += 1;
            if byte.is_ascii_alphabetic() {
                at += n_letters(text, at);
            }
        }
    }
}

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
