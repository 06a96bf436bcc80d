//! Between bytes, as the program counts, and characters, as the JSON counts.

use super::Span;

/// Converts ascending byte positions of one text to character positions in one pass.
///
/// A cursor never goes back: ask for positions in rising order, or make a new one.
#[derive(Debug)]
pub struct CharCursor<'a> {
    text: &'a str,
    byte: usize,
    chars: usize,
}

impl<'a> CharCursor<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, byte: 0, chars: 0 }
    }

    /// Returns how many characters stand before `byte`, which is cut to the text's length.
    ///
    /// A position before an earlier one is counted anew from the start.
    pub fn at(&mut self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if byte < self.byte {
            self.byte = 0;
            self.chars = 0;
        }
        self.chars += bytecount(&self.text.as_bytes()[self.byte..byte]);
        self.byte = byte;
        self.chars
    }

    /// Returns a byte span as a pair of character positions.
    pub fn span(&mut self, span: &Span) -> [usize; 2] {
        [self.at(span.start), self.at(span.end)]
    }
}

/// Counts the characters that begin in `bytes` of UTF-8 text.
fn bytecount(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// Returns the byte position of the `chars`-th character, or the text's length past its end.
pub fn byte_of(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes() {
        let text = "پی ٹی اے said";
        let mut cursor = CharCursor::new(text);
        assert_eq!(cursor.span(&(0..text.len())), [0, text.chars().count()]);
        assert_eq!(cursor.at(0), 0);
        assert_eq!(byte_of(text, 2), 4);
        assert_eq!(byte_of(text, 99), text.len());
    }
}
