//! Folding: letters as they are compared, with a way back to the letters as they were printed.
//!
//! The unit is the *cluster*: one character and the marks that follow it. A cluster folds to none,
//! one or several letters, and a folded letter leads back to the whole cluster, so that what is
//! marked is never half a letter. `fold_cluster` is the one place where the steps stand;
//! tokens ([`super::analyse()`]) and [`Folded`] are both built on it.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use crate::model::Span;

/// A text folded for comparison, and for each folded byte the place it came from.
///
/// White space is folded to single blanks and quotes and dashes to their ASCII signs, so that a
/// phrase is found across a line break.
///
/// ```
/// use misl::text::Folded;
///
/// let page = "The İslamabad\nHigh Court’s order";
/// let folded = Folded::new(page);
/// let at = folded.find("islamabad high court's").unwrap();
/// assert_eq!(&page[at], "İslamabad\nHigh Court’s");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    pieces: Vec<Piece>,
    source_len: usize,
}

/// Folded bytes from `folded` up to the next piece, and the source bytes they stand for.
#[derive(Clone, Copy, Debug)]
struct Piece {
    folded: usize,
    source: usize,
    source_end: usize,
    /// Each folded byte is one source byte.
    bytewise: bool,
}

impl Folded {
    /// Folds `text`.
    pub fn new(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            pieces: Vec::new(),
            source_len: text.len(),
        };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let run = plain_run(text, at, folded.text.ends_with(' '));
            if run > at {
                let start = folded.text.len();
                folded.text.push_str(text.get(at..run).unwrap_or_default());
                if let Some(run) = folded.text.get_mut(start..) {
                    run.make_ascii_lowercase();
                }
                folded.piece(start, at..run, true);
                at = run;
                continue;
            }
            let start = folded.text.len();
            let end = fold_cluster(text, at, Letters::Usual, &mut folded.text);
            if is_blank(folded.text.get(start..).unwrap_or_default()) {
                folded.text.truncate(start);
                folded.blank(at..end);
            } else if folded.text.len() > start {
                folded.piece(start, at..end, false);
            }
            at = end;
        }
        folded
    }

    /// Returns the folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the bytes of the source that `range` of the folded text came from: whole characters
    /// with their marks. An empty range gives an empty span.
    pub fn source(&self, range: Span) -> Span {
        let start = self.piece_at(range.start).map_or(self.source_len, |piece| {
            if piece.bytewise { piece.source + (range.start - piece.folded) } else { piece.source }
        });
        if range.is_empty() {
            return start..start;
        }
        let end = self.piece_at(range.end - 1).map_or(self.source_len, |piece| {
            if piece.bytewise {
                piece.source + (range.end - piece.folded)
            } else {
                piece.source_end
            }
        });
        start..end
    }

    /// Returns where `needle`, folded, first stands: bytes of the source. No word borders are asked.
    pub fn find(&self, needle: &str) -> Option<Span> {
        let needle = fold(needle);
        let at = memchr::memmem::find(self.text.as_bytes(), needle.as_bytes())?;
        Some(self.source(at..at + needle.len()))
    }

    /// Returns the piece that holds the folded byte `at`; `None` past the end.
    fn piece_at(&self, at: usize) -> Option<Piece> {
        if at >= self.text.len() {
            return None;
        }
        let after = self.pieces.partition_point(|piece| piece.folded <= at);
        self.pieces.get(after.checked_sub(1)?).copied()
    }

    fn piece(&mut self, folded: usize, source: Span, bytewise: bool) {
        if let Some(last) = self.pieces.last_mut()
            && bytewise
            && last.bytewise
            && last.source_end == source.start
        {
            last.source_end = source.end;
            return;
        }
        self.pieces.push(Piece { folded, source: source.start, source_end: source.end, bytewise });
    }

    /// Adds a blank, or lengthens the one before.
    fn blank(&mut self, source: Span) {
        if self.text.ends_with(' ') {
            if let Some(last) = self.pieces.last_mut().filter(|last| !last.bytewise) {
                last.source_end = source.end;
            }
            return;
        }
        let folded = self.text.len();
        self.text.push(' ');
        self.piece(folded, source, false);
    }
}

/// Returns `text` folded, without the way back.
///
/// ```
/// use misl::text::fold;
/// assert_eq!(fold("پي ٹي اے"), fold("پی ٹی اے"));
/// assert_ne!(fold("بھائی"), fold("بہائی"));
/// ```
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// Which letters of the Arabic script are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    /// Urdu, Arabic, Persian and unknown texts.
    Usual,
    /// In Sindhi ڪ and ک are two letters.
    Sindhi,
}

/// Returns the end of the run from `at` that folds byte by byte: ASCII without white space other
/// than single blanks, up to a character that a mark follows.
fn plain_run(text: &str, at: usize, mut after_blank: bool) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        let blank = byte == b' ';
        if !byte.is_ascii() || (byte < b' ') || byte == 0x7F || (blank && after_blank) {
            break;
        }
        after_blank = blank;
        end += 1;
    }
    // A mark belongs to the character before it.
    if end > at && text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(is_mark) {
        end -= 1;
    }
    end
}

fn is_blank(folded: &str) -> bool {
    !folded.is_empty() && folded.bytes().all(|byte| byte == b' ')
}

/// Tells whether `c` belongs to the character before it.
pub(crate) fn is_mark(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || matches!(c, '\u{1160}'..='\u{11FF}'))
}

/// Folds the cluster that begins at `at`, appends what it folds to, and returns where it ends.
///
/// White space, joiners and control characters fold to blanks; direction marks and other invisible
/// signs to nothing. `at` must be a character border before the end of `text`.
pub(crate) fn fold_cluster(text: &str, at: usize, letters: Letters, out: &mut String) -> usize {
    let mut rest = text.get(at..).unwrap_or_default().chars();
    let Some(base) = rest.next() else { return at + 1 };
    let mut end = at + base.len_utf8();
    let marked = end;
    for mark in rest.take_while(|&c| is_mark(c)) {
        end += mark.len_utf8();
    }
    let start = out.len();
    if end == marked {
        fold_alone(base, letters, out);
    } else {
        let cluster = text.get(at..end).unwrap_or_default();
        cluster.nfc().filter(|&c| !is_dropped(c)).for_each(|c| fold_char(c, letters, out));
        join_hamza(out, start);
        if base.is_ascii() || is_latin(base) {
            drop_latin_marks(out, start);
        }
    }
    end
}

/// Folds a character that no mark follows.
fn fold_alone(c: char, letters: Letters, out: &mut String) {
    match c {
        // The letters of Urdu compose with nothing: no need to ask the tables.
        '\u{0600}'..='\u{06FF}' => {}
        _ if c.is_ascii() => {}
        // NFC gives some characters another form even alone (Ångström sign).
        _ => {
            for c in std::iter::once(c).nfc() {
                fold_char(c, letters, out);
            }
            return;
        }
    }
    if !is_dropped(c) {
        fold_char(c, letters, out);
    }
}

/// Optional marks of the Arabic script: tatweel, aerab, Quranic signs. Hamza and madda stay.
const fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0656}'..='\u{0658}' | '\u{0670}'
        | '\u{0610}'..='\u{061A}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}'
        | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}')
}

/// Tells whether `c` is a raised digit, with which a text calls a note.
pub const fn is_superscript_digit(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹')
}

/// Invisible signs that fold to nothing.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

fn fold_char(c: char, letters: Letters, out: &mut String) {
    match c {
        _ if c.is_ascii() => {
            out.push(if c.is_ascii_control() { ' ' } else { c.to_ascii_lowercase() });
        }
        _ if is_invisible(c) => {}
        // In front of the tests by block, because they are the letters of every Urdu word.
        '\u{0600}'..='\u{06FF}' => out.push(fold_arabic(c, letters)),
        // A joiner that parts two letter names must not glue them; raised digits are note marks and
        // no part of the word before them.
        '\u{200C}' | '\u{200D}' => out.push(' '),
        _ if is_superscript_digit(c) => out.push(' '),
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | 'ʻ' | '´' => out.push('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => out.push('"'),
        '‐'..='―' | '−' | '﹘' | '﹣' | '－' => out.push('-'),
        '…' => out.push_str("..."),
        '\u{FB00}'..='\u{FB06}' | '\u{FF01}'..='\u{FF5E}' | '\u{2080}'..='\u{2089}' => {
            std::iter::once(c).nfkc().for_each(|c| fold_char(c, letters, out));
        }
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => {
            // A sign for several words (ﷺ) is one place of the page: no blank inside.
            std::iter::once(c)
                .nfkc()
                .filter(|&c| c != ' ' && !is_dropped(c))
                // Some signs of these blocks are no print form of anything: ﴾ stays ﴾.
                .for_each(|to| if to == c { out.push(c) } else { fold_char(to, letters, out) });
        }
        _ if c.is_whitespace() || c.is_control() => out.push(' '),
        _ if is_latin(c) => fold_latin(c, out),
        _ => out.extend(c.to_lowercase()),
    }
}

const fn fold_arabic(c: char, letters: Letters) -> char {
    match c {
        'ك' => 'ک',
        'ڪ' if matches!(letters, Letters::Usual) => 'ک',
        'ي' | 'ى' | 'ې' => 'ی',
        'ه' | 'ە' => 'ہ',
        'ۀ' => 'ۂ',
        'ة' => 'ۃ',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        '٪' => '%',
        '٬' => ',',
        '٫' => '.',
        _ => c,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the caller gives one of ten digits")]
const fn digit(c: char, zero: char) -> char {
    (b'0' + (c as u32 - zero as u32) as u8) as char
}

/// Latin letters past ASCII, which lose their accents.
const fn is_latin(c: char) -> bool {
    matches!(c, '\u{00C0}'..='\u{02AF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}'
        | '\u{A720}'..='\u{A7FF}' | '\u{AB30}'..='\u{AB6F}' | '\u{212A}' | '\u{212B}')
        && !matches!(c, '×' | '÷')
}

fn fold_latin(c: char, out: &mut String) {
    for lower in c.to_lowercase() {
        out.extend(std::iter::once(lower).nfd().filter(|&c| !is_accent(c)));
    }
}

fn is_accent(c: char) -> bool {
    canonical_combining_class(c) != 0
}

/// Drops the accents that no composed letter had taken up.
fn drop_latin_marks(out: &mut String, start: usize) {
    if out.get(start..).is_some_and(|letters| letters.chars().any(is_accent)) {
        let kept: String =
            out.get(start..).unwrap_or_default().chars().filter(|&c| !is_accent(c)).collect();
        out.truncate(start);
        out.push_str(&kept);
    }
}

/// Joins ی and ہ with a hamza that NFC leaves alone.
fn join_hamza(out: &mut String, start: usize) {
    for (pair, one) in [("ی\u{0654}", "ئ"), ("ہ\u{0654}", "ۂ")] {
        if let Some(found) = out.get(start..).and_then(|letters| letters.find(pair)) {
            out.replace_range(start + found..start + found + pair.len(), one);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The pairs that must fold to one form, or must not, as people print them.
    const PAIRS: &[(&str, &str, bool)] = &[
        (
            "\u{067E}\u{064A} \u{0679}\u{064A} \u{0627}\u{06D2}",
            "\u{067E}\u{06CC} \u{0679}\u{06CC} \u{0627}\u{06D2}",
            true,
        ),
        ("\u{067E}\u{064A}\u{0643}\u{0627}", "\u{067E}\u{06CC}\u{06A9}\u{0627}", true),
        (
            "\u{0627}\u{0633}\u{0644}\u{0627}\u{0645} \u{0622}\u{0628}\u{0627}\u{062F} \u{0647}\u{0627}\u{0626}\u{06CC}\u{06A9}\u{0648}\u{0631}\u{0679}",
            "\u{0627}\u{0633}\u{0644}\u{0627}\u{0645} \u{0622}\u{0628}\u{0627}\u{062F} \u{06C1}\u{0627}\u{0626}\u{06CC}\u{06A9}\u{0648}\u{0631}\u{0679}",
            true,
        ),
        (
            "\u{0628}\u{0634}\u{0631}\u{06CC}\u{0670} \u{0628}\u{06CC}",
            "\u{0628}\u{0634}\u{0631}\u{06CC} \u{0628}\u{06CC}",
            true,
        ),
        (
            "\u{0628}\u{0634}\u{0631}\u{0649} \u{0628}\u{06CC}",
            "\u{0628}\u{0634}\u{0631}\u{06CC} \u{0628}\u{06CC}",
            true,
        ),
        (
            "\u{0627}\u{0644}\u{0644}\u{0651}\u{0670}\u{06C1}",
            "\u{0627}\u{0644}\u{0644}\u{06C1}",
            true,
        ),
        ("\u{06F2}\u{06F0}\u{06F1}\u{06F6}", "2016", true),
        ("\u{0662}\u{0660}\u{0661}\u{0666}", "2016", true),
        (
            "\u{0627}\u{06CC}\u{0646}\u{200C}\u{0633}\u{06CC}\u{200C}\u{0633}\u{06CC}\u{200C}\u{0622}\u{0626}\u{06CC}\u{200C}\u{0627}\u{06D2}",
            "\u{0627}\u{06CC}\u{0646} \u{0633}\u{06CC} \u{0633}\u{06CC} \u{0622}\u{0626}\u{06CC} \u{0627}\u{06D2}",
            true,
        ),
        (
            "\u{067E}\u{06CC}\u{06A9}\u{0640}\u{0640}\u{0640}\u{0627}",
            "\u{067E}\u{06CC}\u{06A9}\u{0627}",
            true,
        ),
        ("\u{FEFB}\u{06C1}\u{0648}\u{0631}", "\u{0644}\u{0627}\u{06C1}\u{0648}\u{0631}", true),
        ("\u{0627}\u{0653}\u{0626}\u{06CC}", "\u{0622}\u{0626}\u{06CC}", true),
        ("\u{06CC}\u{0654}", "\u{0626}", true),
        ("\u{064A}\u{064E}\u{0654}", "\u{0626}", true),
        ("\u{0644}\u{0650}\u{0645}\u{0632}", "\u{0644}\u{0645}\u{0632}", true),
        (
            "\u{0639}\u{062F}\u{0627}\u{0644}\u{062A}\u{0650} \u{0639}\u{0638}\u{0645}\u{06CC}\u{0670}",
            "\u{0639}\u{062F}\u{0627}\u{0644}\u{062A} \u{0639}\u{0638}\u{0645}\u{06CC}",
            true,
        ),
        (
            "\u{0627}\u{0644}\u{0631}\u{062D}\u{0645}\u{0670}\u{0646}",
            "\u{0627}\u{0644}\u{0631}\u{062D}\u{0645}\u{0646}",
            true,
        ),
        (
            "\u{200F}\u{067E}\u{06CC} \u{0679}\u{06CC}\u{200F}",
            "\u{067E}\u{06CC} \u{0679}\u{06CC}",
            true,
        ),
        ("\u{FDF2}", "\u{0627}\u{0644}\u{0644}\u{06C1}", true),
        ("\u{0647}\u{0654}", "\u{06C2}", true),
        (
            "\u{06BE}\u{0648}\u{06AF}\u{06CC}\u{0627}",
            "\u{06C1}\u{0648}\u{06AF}\u{06CC}\u{0627}",
            false,
        ),
        (
            "\u{0628}\u{06BE}\u{0627}\u{0626}\u{06CC}",
            "\u{0628}\u{06C1}\u{0627}\u{0626}\u{06CC}",
            false,
        ),
        ("\u{06A9}\u{06D2}", "\u{06A9}\u{06CC}", false),
        ("\u{0622}\u{0645}", "\u{0627}\u{0645}", false),
        ("\u{06C1}\u{0627}\u{06BA}", "\u{06C1}\u{0627}\u{0646}", false),
        (
            "\u{067E}\u{06CC} \u{0679}\u{06CC} \u{0627}\u{06D2}",
            "\u{067E}\u{06CC} \u{0679}\u{06CC} \u{0622}\u{0626}\u{06CC}",
            false,
        ),
        (
            "\u{0622}\u{0626}\u{06CC} \u{0627}\u{06CC}\u{0633} \u{0622}\u{0626}\u{06CC}",
            "\u{0622}\u{0626}\u{06CC} \u{0627}\u{06CC}\u{0633} \u{0622}\u{0626}\u{06CC} \u{0627}\u{06CC}\u{0633}",
            false,
        ),
    ];

    #[test]
    fn pairs_fold_as_listed() {
        for (a, b, equal) in PAIRS {
            assert_eq!(fold(a) == fold(b), *equal, "{a} and {b}");
        }
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(fold(text), expect, "{text}");
    }

    #[test]
    fn latin_letters_lose_case_accents_and_print_forms() {
        check("İSTANBUL Agnès ﬁnance ＰＴＡ", "istanbul agnes finance pta");
        check("e\u{301}tude Å", "etude a");
        check("order² of “the\u{a0}Court” – ‘x’", "order of \"the court\" - 'x'");
        check("phone\u{ad}tap", "phonetap");
        check("Большой", "большой");
    }

    #[test]
    fn signs_among_the_print_forms_end_no_fold() {
        check("\u{FD3E}آیت\u{FD3F} \u{FE73}\u{FDFD}", "\u{FD3E}آیت\u{FD3F} \u{FE73}\u{FDFD}");
        for c in ('\u{FB00}'..='\u{FFFF}').chain('\u{1EE00}'..='\u{1EEFF}') {
            fold(&c.to_string());
        }
    }

    #[test]
    fn sindhi_keeps_its_two_letters() {
        let mut sindhi = String::new();
        fold_cluster("ڪ", 0, Letters::Sindhi, &mut sindhi);
        assert_eq!(sindhi, "ڪ");
        check("ڪ", "ک");
    }

    #[test]
    fn what_is_found_is_the_source_with_its_marks() {
        let page = "اطہر من اللّٰہ نے";
        let at = Folded::new(page).find("من اللہ").unwrap();
        assert_eq!(page.get(at), Some("من اللّٰہ"));
        let page = "the  high\n court";
        let folded = Folded::new(page);
        assert_eq!(page.get(folded.find("high court").unwrap()), Some("high\n court"));
        let page = "cafe\u{301}s";
        assert_eq!(page.get(Folded::new(page).find("cafe").unwrap()), Some("cafe\u{301}"));
    }

    proptest! {
        #[test]
        fn every_range_leads_back_to_characters(text in "[a-zÀ-žا-ے\u{64e}\u{301}\u{200f}ﷲﬁ \n’]{0,40}") {
            let folded = Folded::new(&text);
            let mut last = 0;
            for (at, c) in folded.text().char_indices() {
                let span = folded.source(at..at + c.len_utf8());
                prop_assert!(text.get(span.clone()).is_some_and(|source| !source.is_empty()));
                prop_assert!(span.start >= last);
                last = span.start;
            }
        }
    }
}
