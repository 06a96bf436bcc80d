//! The one analysis chain: index, query, highlighter, tagger and quote check all see these tokens.
//!
//! A token is a run of letters, marks and digits, folded ([`super::fold()`]), plus the habits of legal
//! writing: dotted initials join (`S.R.O.` is `sro`), thousands commas vanish, `'s` is folded away,
//! `%` after a number and `§` are tokens. One token a position, always.
//!
//! Most texts are ASCII for most of their length, so the letters of the result begin with the whole
//! text in ASCII lower case, and a token that needs no more points into it. Only others are written
//! behind it. Nothing is allocated for a single token.

mod stem;

use super::fold::{Letters, fold_cluster, is_invisible, is_mark};
use crate::model::{Lang, Span};
use stem::{STEMS, Stem, StemCache};

/// Longest folded token, in bytes; the letters after it are not compared.
pub const MAX_TOKEN_BYTES: usize = 255;

/// The version of this chain; an index made by another one is built anew.
pub const VERSION: u32 = 1;

/// One token: its folded form, its stem, and where it stands in the source's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The folded form.
    pub exact: &'a str,
    /// The stem; equal to `exact` where nothing is stemmed.
    pub stem: &'a str,
    /// Whether the stem was looked for and is the token itself.
    pub is_own_stem: bool,
    /// Bytes of the analysed text.
    pub span: Span,
}

/// The tokens of one text, in order; token *n* has position *n*.
#[derive(Clone, Debug, Default)]
pub struct Analysed {
    letters: String,
    tokens: Vec<Entry>,
}

/// A token as places in the letters and in the source. Small, because there is one for every word.
#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u32,
    end: u32,
    exact: u32,
    stem: u32,
    exact_len: u8,
    stem_len: u8,
    is_own_stem: bool,
}

impl Analysed {
    /// Splits another text, as [`analyse`] does, in place of the one before: what holds the tokens of one
    /// text can hold those of the next.
    pub fn read(&mut self, text: &str, lang: Lang) {
        run(self, text, lang, matches!(lang, Lang::En | Lang::Und));
    }

    /// Splits another text as [`analyse_exact`] does.
    pub fn read_exact(&mut self, text: &str, lang: Lang) {
        run(self, text, lang, false);
    }

    /// Returns how many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Tells whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Returns the token at `position`, counted from 0.
    #[inline]
    pub fn get(&self, position: usize) -> Option<Token<'_>> {
        self.tokens.get(position).map(|entry| self.token(entry))
    }

    /// Returns the tokens in order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Token<'_>> {
        self.tokens.iter().map(|entry| self.token(entry))
    }

    #[inline]
    fn token(&self, entry: &Entry) -> Token<'_> {
        let letters = |start: u32, len: u8| {
            self.letters.get(start as usize..start as usize + usize::from(len)).unwrap_or_default()
        };
        Token {
            exact: letters(entry.exact, entry.exact_len),
            stem: letters(entry.stem, entry.stem_len),
            is_own_stem: entry.is_own_stem,
            span: entry.start as usize..entry.end as usize,
        }
    }
}

/// Splits `text` into folded tokens.
///
/// English and unknown texts (`En`, `Und`) get stems of their words in `a`–`z` of four letters or
/// more that are not printed in capitals. Spans are on character borders, ascending and disjoint.
/// Of a text over 2 GiB the rest is passed over.
///
/// ```
/// use misl::{model::Lang, text::analyse};
///
/// let analysed = analyse("S.R.O. 1005(I)/2024 authorises the judges' calls", Lang::En);
/// let exact: Vec<&str> = analysed.iter().map(|token| token.exact).collect();
/// assert_eq!(exact.join(" "), "sro 1005 i 2024 authorises the judges calls");
/// ```
pub fn analyse(text: &str, lang: Lang) -> Analysed {
    let mut analysed = Analysed::default();
    analysed.read(text, lang);
    analysed
}

/// Splits `text` as [`analyse`] does, without looking for stems: each is the token itself.
pub fn analyse_exact(text: &str, lang: Lang) -> Analysed {
    let mut analysed = Analysed::default();
    analysed.read_exact(text, lang);
    analysed
}

/// Tells whether a folded token is its own stem wherever English words are stemmed.
pub fn is_own_stem(token: &str) -> bool {
    let word = token.as_bytes();
    if word.len() < LEAST_STEMMED || !word.iter().all(u8::is_ascii_lowercase) {
        return true;
    }
    STEMS.with_borrow_mut(|stems| match stems.stem(word) {
        Stem::Same => true,
        Stem::Prefix(len) => usize::from(len) == word.len(),
        Stem::Other(stem) => stem == token,
    })
}

fn run(analysed: &mut Analysed, text: &str, lang: Lang, with_stems: bool) {
    let text = if text.len() > MAX_TEXT { cut(text, MAX_TEXT) } else { text };
    let Analysed { mut letters, mut tokens } = std::mem::take(analysed);
    letters.clear();
    // Room for stems that are no beginning of their word (`happi`).
    letters.reserve(text.len() + text.len() / 8);
    letters.push_str(text);
    letters.make_ascii_lowercase();
    tokens.clear();
    tokens.reserve(text.len() / 5 + 1);
    let alphabet = if lang == Lang::Sd { Letters::Sindhi } else { Letters::Usual };
    let mut chain = Chain { text, letters, tokens, alphabet };
    if with_stems {
        STEMS.with_borrow_mut(|stems| chain.run(Some(stems)));
    } else {
        chain.run(None);
    }
    *analysed = Analysed { letters: chain.letters, tokens: chain.tokens };
}

/// Shorter words have no stem but themselves.
const LEAST_STEMMED: usize = 4;

/// Positions are kept in 32 bits, and folded letters stand behind the text.
const MAX_TEXT: usize = 1 << 31;

const SIGN: u8 = 0;
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;
/// Signs that may go on with the word before them.
const JOINT: u8 = 8;
const OTHER: u8 = 16;

/// What each byte is: the fast path asks nothing else.
const CLASS: [u8; 256] = {
    let mut class = [SIGN; 256];
    let mut byte = 0_u8;
    loop {
        class[byte as usize] = match byte {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b'.' | b',' | b'\'' | b'%' => JOINT,
            0x80.. => OTHER,
            _ => SIGN,
        };
        if byte == u8::MAX {
            break class;
        }
        byte += 1;
    }
};

struct Chain<'a> {
    text: &'a str,
    letters: String,
    tokens: Vec<Entry>,
    alphabet: Letters,
}

/// What the sign after a token, or a cluster, does to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Letters, marks or digits; also what folds to nothing within a word.
    Word,
    /// An invisible sign.
    Nothing,
    Apostrophe,
    Separator,
}

impl Chain<'_> {
    fn run(&mut self, mut stems: Option<&mut StemCache>) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let mut seen = CLASS[usize::from(byte)];
            if seen == SIGN || seen == JOINT {
                if byte == b'%' {
                    self.percent(at..at + 1);
                }
                at += 1;
                continue;
            }
            let start = at;
            if seen == OTHER {
                at = self.slow(start, stems.as_deref_mut());
                continue;
            }
            let stop = loop {
                at += 1;
                let class = bytes.get(at).map_or(SIGN, |&byte| CLASS[usize::from(byte)]);
                if class & (LOWER | UPPER | DIGIT) == 0 {
                    break class;
                }
                seen |= class;
            };
            if stop == OTHER || (stop == JOINT && joins(bytes, start, at)) {
                at = self.slow(start, stems.as_deref_mut());
            } else {
                self.push(start..at, start..at, seen, stems.as_deref_mut());
            }
        }
    }

    /// Adds a token of `letters` for `span`.
    fn push(&mut self, span: Span, letters: Span, seen: u8, stems: Option<&mut StemCache>) {
        let mut len = letters.len();
        if len > MAX_TOKEN_BYTES {
            let word = self.letters.get(letters.clone()).unwrap_or_default();
            len = cut(word, MAX_TOKEN_BYTES).len();
        }
        let mut entry = Entry {
            start: small(span.start),
            end: small(span.end),
            exact: small(letters.start),
            stem: small(letters.start),
            exact_len: short(len),
            stem_len: short(len),
            is_own_stem: false,
        };
        if let Some(stems) = stems
            && len >= LEAST_STEMMED
            && seen & (DIGIT | OTHER) == 0
            && seen & LOWER != 0
        {
            match stems.stem(self.letters.as_bytes().get(letters).unwrap_or_default()) {
                Stem::Same => entry.is_own_stem = true,
                Stem::Prefix(stem_len) => entry.stem_len = stem_len,
                Stem::Other(stem) => {
                    entry.stem = small(self.letters.len());
                    entry.stem_len = short(stem.len());
                    self.letters.push_str(stem);
                }
            }
        }
        self.tokens.push(entry);
    }

    /// Adds `%` where it stands at a number: directly, or after one blank.
    fn percent(&mut self, span: Span) {
        let bytes = self.text.as_bytes();
        let near = self.tokens.last().is_some_and(|last| {
            let (start, end) = (last.start as usize, last.end as usize);
            let gap = bytes.get(end..span.start).unwrap_or_default();
            let number = self.text.get(start..end).and_then(|token| token.chars().next_back());
            number.is_some_and(char::is_numeric) && matches!(gap, b"" | b" " | b"\xC2\xA0")
        });
        if near {
            self.sign(span, "%");
        }
    }

    fn sign(&mut self, span: Span, sign: &str) {
        let start = self.letters.len();
        self.letters.push_str(sign);
        self.push(span, start..start + sign.len(), OTHER, None);
    }

    /// Reads one token, or one separator, by all the rules; returns where it ended.
    fn slow(&mut self, start: usize, stems: Option<&mut StemCache>) -> usize {
        let from = self.letters.len();
        let mut at = start;
        let mut end = start;
        let mut seen = 0;
        while at < self.text.len() {
            let before = self.letters.len();
            let (next, unit) = self.unit(at);
            match unit {
                Unit::Word => {
                    seen |= self.case(at..next, before);
                    at = next;
                    end = at;
                    if let Some(after) = self.initial(start, at, from) {
                        at = after;
                    }
                    continue;
                }
                Unit::Nothing if end > start => {
                    at = self.after_soft_hyphen(at, next);
                    continue;
                }
                Unit::Apostrophe if end > start => {
                    self.letters.truncate(before);
                    if let Some(after) = self.final_s(next) {
                        at = after;
                        end = after;
                    } else if self.goes_on(end, next) {
                        at = next;
                        continue;
                    }
                }
                Unit::Nothing | Unit::Apostrophe | Unit::Separator => {
                    self.letters.truncate(before);
                    if end > start {
                        if let Some(after) = self.thousands(start, at, from) {
                            at = after;
                            end = after;
                            continue;
                        }
                    } else {
                        return self.lone_sign(at, next);
                    }
                }
            }
            break;
        }
        let to = self.letters.len();
        if to > from {
            self.push(start..end, from..to, seen, stems);
        }
        at.max(start + 1)
    }

    /// Folds the cluster at `at` onto the letters and says what it is.
    fn unit(&mut self, at: usize) -> (usize, Unit) {
        let before = self.letters.len();
        let next = fold_cluster(self.text, at, self.alphabet, &mut self.letters);
        let first = self.letters.get(before..).and_then(|folded| folded.chars().next());
        let unit = match first {
            None if self
                .text
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .is_some_and(is_invisible) =>
            {
                Unit::Nothing
            }
            None => Unit::Word,
            Some('\'') => Unit::Apostrophe,
            // Some fonts of courts write `‟` for the apostrophe: `father‟s`.
            Some('"') if self.text.get(at..).is_some_and(|rest| rest.starts_with('‟')) => {
                Unit::Apostrophe
            }
            Some(c) if is_wordly(c) => Unit::Word,
            Some(_) => Unit::Separator,
        };
        (next, unit)
    }

    /// Returns the classes of a cluster that folded to the letters from `folded`.
    fn case(&self, source: Span, folded: usize) -> u8 {
        let mut seen = 0;
        for byte in self.letters.as_bytes().get(folded..).unwrap_or_default() {
            seen |= CLASS[usize::from(*byte)];
        }
        if seen == LOWER {
            let source = self.text.get(source).unwrap_or_default();
            if source.chars().next().is_some_and(char::is_uppercase) { UPPER } else { LOWER }
        } else {
            seen
        }
    }

    /// Where the word so far is initials (`S`, `S.R`) and a full stop and another initial follow:
    /// returns where that one begins. A last full stop is passed over with the separators.
    fn initial(&self, start: usize, at: usize, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if bytes.get(at) != Some(&b'.') {
            return None;
        }
        let word = self.letters.get(from..)?;
        let letters = word.chars().count();
        let source = self.text.get(start..at)?;
        // S.R has one full stop fewer than letters; anything else is not made of initials.
        if !word.chars().all(char::is_alphabetic)
            || source.bytes().filter(|&byte| byte == b'.').count() + 1 != letters
        {
            return None;
        }
        let next = at + 1;
        let rest = self.text.get(next..)?;
        let mut chars = rest.chars();
        if !chars.next()?.is_alphabetic() {
            return None;
        }
        let after = chars.find(|&c| !is_mark(c));
        after.is_none_or(|c| !c.is_alphanumeric()).then_some(next)
    }

    /// A soft hyphen at a line's end joins over the break.
    fn after_soft_hyphen(&self, at: usize, next: usize) -> usize {
        let is_soft_hyphen = self.text.get(at..next) == Some("\u{ad}");
        let bytes = self.text.as_bytes();
        if !is_soft_hyphen || !matches!(bytes.get(next), Some(b'\n' | b'\r')) {
            return next;
        }
        let blanks = bytes.iter().skip(next).take_while(|byte| byte.is_ascii_whitespace()).count();
        let goes_on = self.text.get(next + blanks..).and_then(|rest| rest.chars().next());
        if goes_on.is_some_and(char::is_alphabetic) { next + blanks } else { next }
    }

    /// Returns where an `s` ends that closes the word after an apostrophe.
    fn final_s(&mut self, next: usize) -> Option<usize> {
        if !matches!(self.text.as_bytes().get(next), Some(b's' | b'S')) {
            return None;
        }
        let before = self.letters.len();
        let end = fold_cluster(self.text, next, self.alphabet, &mut self.letters);
        self.letters.truncate(before);
        let after = self.text.get(end..).and_then(|rest| rest.chars().next());
        after.is_none_or(|c| !c.is_alphanumeric()).then_some(end)
    }

    /// Tells whether the apostrophe between `end` and `next` stands inside a word. In Arabic script
    /// it is a quotation mark whose blank is missing.
    fn goes_on(&self, end: usize, next: usize) -> bool {
        let before = self.text.get(..end).and_then(|text| text.chars().next_back());
        let after = self.text.get(next..).and_then(|text| text.chars().next());
        let inner = |c: Option<char>| {
            c.is_some_and(|c| is_wordly(c) && !super::script::is_arabic_script(c))
        };
        inner(before) && inner(after)
    }

    /// Where `12` of `12,00,000` was read: folds the rest on and returns where the number ends.
    fn thousands(&mut self, start: usize, comma: usize, from: usize) -> Option<usize> {
        let is_digits = |letters: &str| letters.bytes().all(|byte| byte.is_ascii_digit());
        let read = self.letters.get(from..)?;
        if read.len() > 3 || !is_digits(read) || self.text.get(start..comma)?.chars().count() > 3 {
            return None;
        }
        let before = self.letters.len();
        let mut end = comma;
        let mut last_group = 0;
        loop {
            let comma = self.text.get(end..).and_then(|rest| rest.chars().next());
            let Some(comma) = comma.filter(|c| matches!(c, ',' | '٬')) else { break };
            let digits = end + comma.len_utf8();
            let mut group_end = digits;
            let mut group = 0;
            while let Some(digit) = self.text.get(group_end..).and_then(|rest| rest.chars().next())
                && digit.is_numeric()
            {
                group += 1;
                group_end = fold_cluster(self.text, group_end, self.alphabet, &mut self.letters);
            }
            if group == 0 {
                break;
            }
            // A group that is not the last may have two digits (lakh).
            if (last_group != 0 && !(2..=3).contains(&last_group)) || group > 3 {
                last_group = 0;
                break;
            }
            last_group = group;
            end = group_end;
        }
        let whole = self.letters.get(before..).is_some_and(is_digits);
        let word_after = self.text.get(end..).and_then(|rest| rest.chars().next());
        if last_group == 3 && whole && word_after.is_none_or(|c| !c.is_alphanumeric()) {
            return Some(end);
        }
        self.letters.truncate(before);
        None
    }

    /// A separator where a token could begin: `§` and signs for percent are tokens.
    fn lone_sign(&mut self, at: usize, next: usize) -> usize {
        match self.text.get(at..next) {
            Some("§") => self.sign(at..next, "§"),
            Some("٪" | "％") => self.percent(at..next),
            _ => {}
        }
        next
    }
}

/// Tells whether `c` is a letter, a mark or a digit.
fn is_wordly(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Tells whether the joint at `at` may go on with the token that began at `start`.
fn joins(bytes: &[u8], start: usize, at: usize) -> bool {
    let after = bytes.get(at + 1).map_or(SIGN, |&byte| CLASS[usize::from(byte)]);
    let is_word = after & (LOWER | UPPER | DIGIT | OTHER) != 0;
    match bytes.get(at) {
        Some(b'.') => is_word && at == start + 1 && !bytes[start].is_ascii_digit(),
        Some(b',') => after == DIGIT && at - start <= 3 && bytes[start].is_ascii_digit(),
        Some(b'\'') => is_word,
        _ => false,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "texts are cut at MAX_TEXT")]
const fn small(at: usize) -> u32 {
    at as u32
}

#[expect(clippy::cast_possible_truncation, reason = "tokens are cut at MAX_TOKEN_BYTES")]
const fn short(len: usize) -> u8 {
    len as u8
}

/// Returns the longest beginning of `text` of at most `max` bytes.
fn cut(text: &str, max: usize) -> &str {
    text.get(..text.floor_char_boundary(max)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
