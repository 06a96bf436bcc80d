//! A text as a stream of folded letters with the words they make and where these stand.
//!
//! Letters are compared without the spaces between them, so that hyphenation, glued words and
//! ہائی کورٹ / ہائیکورٹ cost nothing; where words begin and end is compared afterwards.

use std::collections::BTreeMap;

use super::WordRange;
use crate::model::document::{Role, is_within};
use crate::model::{Page, Paragraph, Span};
use crate::text::Folded;
use crate::text::segment::case_number_end;

/// A word: a run of letters, a number with its inner signs, or one sign such as `%`.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Bytes of the stream's letters.
    pub(super) letters: Span,
    /// Bytes of the page's text.
    pub(super) source: Span,
    /// The part of the stream.
    pub(super) part: usize,
}

/// A paragraph of the source.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    /// The paragraph's text.
    pub(super) text: &'a str,
    /// Where it begins in the page's text.
    pub(super) offset: usize,
    /// The position of its page.
    pub(super) page_idx: usize,
    /// The number by which the paragraph is cited; `None`: its page alone.
    pub(super) label: Option<String>,
    /// The item of the numbered paragraph below which it stands: `12(b)`, where `label` is 12.
    pub(super) item: Option<String>,
    /// The mark of a note.
    pub(super) note: Option<String>,
    /// Whether it is a quotation set off from the text.
    pub(super) is_quote: bool,
    /// Whether it stands apart from the running text: footnotes, heads, captions.
    apart: bool,
}

/// Words in the order of reading.
#[derive(Clone, Debug, Default)]
pub(super) struct Stream<'a> {
    letters: String,
    pub(super) words: Vec<Word>,
    parts: Vec<Part<'a>>,
}

/// Between parts that are not read one after the other.
const BREAK: char = '\u{1}';

impl<'a> Stream<'a> {
    /// Returns the words of a text on its own.
    pub(super) fn of_text(text: &'a str) -> Self {
        let mut stream = Self::default();
        stream.push(Part {
            text,
            offset: 0,
            page_idx: 0,
            label: None,
            item: None,
            note: None,
            is_quote: false,
            apart: false,
        });
        stream
    }

    /// Returns the words of a document: running text over page breaks first, then what stands apart.
    pub(super) fn of_pages(pages: &'a [Page]) -> Self {
        let mut stream = Self::default();
        let mut apart = Vec::new();
        let paged = is_paged(pages);
        let mut last_item: Option<String> = None;
        for (page_idx, page) in pages.iter().enumerate() {
            let whole = [Paragraph { span: 0..page.text.len(), ..Default::default() }];
            let paragraphs = if page.paragraphs.is_empty() { &whole[..] } else { &page.paragraphs };
            let ends = [
                paragraphs.iter().position(|one| !is_apart(one)),
                paragraphs.iter().rposition(|one| !is_apart(one)),
            ];
            for (idx, paragraph) in paragraphs.iter().enumerate() {
                let Some(text) = page.text.get(paragraph.span.clone()) else { continue };
                let is_apart = is_apart(paragraph);
                let label = paragraph.cited_number(paged);
                if !is_apart && paragraph.label.is_some() {
                    last_item.clone_from(&paragraph.label);
                }
                let item = last_item
                    .clone()
                    .filter(|item| label.as_deref().is_some_and(|label| is_within(item, label)));
                let part = Part {
                    text,
                    offset: paragraph.span.start,
                    page_idx,
                    label,
                    item,
                    note: paragraph.label.clone().filter(|_| paragraph.is_note()),
                    is_quote: paragraph.role == Role::Quote,
                    apart: is_apart,
                };
                // The head of a page that was taken for text stands in no sentence.
                let head = if ends.contains(&Some(idx)) && page_idx + idx > 0 && paged {
                    head_end(text, page, ends[0] == Some(idx))
                } else {
                    0
                };
                if is_apart {
                    apart.push(part);
                } else if head > 0 {
                    let (before, after) = text.split_at(head);
                    let offset = part.offset + head;
                    apart.push(Part { text: before, apart: true, ..part.clone() });
                    if after.chars().any(char::is_alphanumeric) {
                        stream.push(Part { text: after, offset, ..part });
                    }
                } else {
                    stream.push(part);
                }
            }
        }
        for part in apart {
            stream.letters.push(BREAK);
            stream.push(part);
        }
        stream
    }

    /// Returns the part that holds a word.
    pub(super) fn part(&self, word: &Word) -> &Part<'a> {
        &self.parts[word.part]
    }

    /// Tells whether any paragraph has a printed number.
    pub(super) fn has_labels(&self) -> bool {
        self.parts.iter().any(|part| part.label.is_some())
    }

    /// Tells whether two words stand in one paragraph, or in one that a page break cut.
    pub(super) fn same_paragraph(&self, a: usize, b: usize) -> bool {
        match (self.words.get(a), self.words.get(b)) {
            (Some(a), Some(b)) => {
                a.part == b.part
                    || b.part == a.part + 1 && self.part(a).page_idx != self.part(b).page_idx
            }
            _ => false,
        }
    }

    /// Tells whether something that stands apart lies between two words.
    pub(super) fn is_broken(&self, from: usize, to: usize) -> bool {
        let part = |at: usize| self.words.get(at).map(|word| word.part);
        let (Some(from), Some(to)) = (part(from.saturating_sub(1)), part(to)) else { return false };
        from != to && (self.parts[from].apart || self.parts[to].apart)
    }

    /// Returns the folded letters of a word.
    pub(super) fn letters(&self, word_idx: usize) -> &str {
        self.words
            .get(word_idx)
            .and_then(|word| self.letters.get(word.letters.clone()))
            .unwrap_or_default()
    }

    /// Returns the folded letters of a range of words, without spaces.
    pub(super) fn joined(&self, range: WordRange) -> String {
        range.map(|word_idx| self.letters(word_idx)).collect()
    }

    /// Returns a word as it was printed.
    pub(super) fn printed(&self, word_idx: usize) -> &'a str {
        self.words.get(word_idx).map_or("", |word| {
            let part = &self.parts[word.part];
            let span = word.source.start - part.offset..word.source.end - part.offset;
            part.text.get(span).unwrap_or_default()
        })
    }

    /// Returns what was printed between two neighbours; `None` where a part ends between them.
    pub(super) fn gap(&self, before: usize) -> Option<&'a str> {
        let (a, b) = (self.words.get(before)?, self.words.get(before + 1)?);
        let part = &self.parts[a.part];
        (a.part == b.part)
            .then(|| part.text.get(a.source.end - part.offset..b.source.start - part.offset))
            .flatten()
    }

    /// Tells whether a sentence or paragraph begins with the word.
    pub(super) fn starts_sentence(&self, word_idx: usize) -> bool {
        let gap = word_idx.checked_sub(1).and_then(|before| self.gap(before));
        gap.is_none_or(|gap| gap.contains(['.', '?', '!', '۔']))
    }

    /// Returns what was printed before the first word of `word_idx`'s part up to it, and after it.
    pub(super) fn around(&self, word_idx: usize) -> (&'a str, &'a str) {
        self.words.get(word_idx).map_or(("", ""), |word| {
            let part = &self.parts[word.part];
            (
                part.text.get(..word.source.start - part.offset).unwrap_or_default(),
                part.text.get(word.source.end - part.offset..).unwrap_or_default(),
            )
        })
    }

    /// Returns the words as printed, white space collapsed; parts are joined by a space.
    pub(super) fn raw(&self, range: WordRange) -> String {
        let mut out = String::new();
        for word_idx in range.clone() {
            out.push_str(self.printed(word_idx));
            if word_idx + 1 < range.end {
                out.push_str(&collapse(self.gap(word_idx).unwrap_or(" ")));
            }
        }
        out
    }

    /// Returns every range of words that has the letters of `needle`'s words, in order.
    pub(super) fn find_all(&self, needle: &Stream<'_>, range: WordRange) -> Vec<WordRange> {
        let letters = needle.joined(range);
        if letters.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for at in memchr::memmem::find_iter(self.letters.as_bytes(), letters.as_bytes()) {
            let end = at + letters.len();
            let first = self.words.binary_search_by_key(&at, |word| word.letters.start);
            let last = self.words.binary_search_by_key(&end, |word| word.letters.end);
            if let (Ok(first), Ok(last)) = (first, last) {
                found.push(first..last + 1);
            }
        }
        found
    }

    /// Returns the stretches of this stream that share most words with `quote`, the best first, and
    /// that begin in parts which `is_wanted`.
    pub(super) fn windows(
        &self,
        quote: &Stream<'_>,
        is_wanted: impl Fn(&Part<'_>) -> bool,
    ) -> Vec<WordRange> {
        let wanted: Vec<bool> = self.parts.iter().map(is_wanted).collect();
        let n_quote = quote.words.len();
        let mut positions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for word_idx in 0..n_quote {
            positions.entry(quote.letters(word_idx)).or_default().push(word_idx);
        }
        let width = (n_quote / 2).max(6);
        let mut votes: BTreeMap<usize, u32> = BTreeMap::new();
        for word_idx in 0..self.words.len() {
            let letters = self.letters(word_idx);
            let Some(places) = positions.get(letters) else { continue };
            let part = self.words.get(word_idx).and_then(|word| wanted.get(word.part));
            if part != Some(&true) {
                continue;
            }
            // Long words and numbers say more than `of` and `the`.
            let weight = if letters.chars().count() >= 4
                || letters.starts_with(|c: char| c.is_ascii_digit())
            {
                3
            } else {
                1
            };
            for place in places {
                *votes.entry((word_idx + n_quote - place) / width).or_default() += weight;
            }
        }
        // A passage may lie on the border of two buckets.
        let mut ranked: Vec<(u32, usize)> = votes
            .iter()
            .map(|(&bucket, &n)| (n + votes.get(&(bucket + 1)).copied().unwrap_or(0), bucket))
            .collect();
        ranked.sort_by_key(|&(n, bucket)| (std::cmp::Reverse(n), bucket));
        let slack = n_quote * 3 / 10 + 8;
        ranked
            .into_iter()
            .take(4)
            .map(|(_, bucket)| {
                let start = (bucket * width).saturating_sub(n_quote + slack);
                let end = ((bucket + 2) * width + slack).min(self.words.len());
                let is_inside = |word_idx: &usize| {
                    let word = self.words.get(*word_idx);
                    word.and_then(|word| wanted.get(word.part)) == Some(&true)
                };
                let first = (start..end).find(is_inside).unwrap_or(start);
                let last = (start..end).rev().find(is_inside).map_or(end, |last| last + 1);
                first..last.max(first)
            })
            .collect()
    }

    /// Appends the words of a part.
    fn push(&mut self, part: Part<'a>) {
        let folded = Folded::new(part.text);
        let text = folded.text();
        let part_idx = self.parts.len();
        let offset = part.offset;
        self.parts.push(part);
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut open: Option<(usize, Span)> = None;
        for (idx, &(at, c)) in chars.iter().enumerate() {
            let next = chars.get(idx + 1).map(|&(_, c)| c);
            let before = idx.checked_sub(1).map(|idx| chars[idx].1);
            let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            // `4,000`, `5.2`, `1805/2023`, `10:30` are one number each.
            let in_number =
                matches!(c, '.' | ',' | '/' | ':') && is_digit(before) && is_digit(next);
            let is_word = c.is_alphanumeric() || crate::text::script::is_letter_or_mark(c);
            // An apostrophe inside a word divides nothing: `sattar's`, `isn't`.
            let is_apostrophe = c == '\''
                && before.is_some_and(char::is_alphabetic)
                && next.is_some_and(char::is_alphabetic);
            let end = at + c.len_utf8();
            if is_word || in_number {
                let from = self.letters.len();
                self.letters.push(c);
                match &mut open {
                    Some((_, span)) => span.end = end,
                    None => open = Some((from, at..end)),
                }
            } else if !(is_apostrophe && open.is_some()) {
                self.close(open.take(), &folded, part_idx, offset);
                if matches!(c, '%' | '$' | '£' | '€' | '₨' | '§' | '&' | '+' | '=') {
                    let from = self.letters.len();
                    self.letters.push(c);
                    self.close(Some((from, at..end)), &folded, part_idx, offset);
                }
            }
        }
        self.close(open, &folded, part_idx, offset);
    }

    /// Ends a word.
    fn close(&mut self, open: Option<(usize, Span)>, folded: &Folded, part: usize, offset: usize) {
        if let Some((from, span)) = open {
            let source = folded.source(span);
            self.words.push(Word {
                letters: from..self.letters.len(),
                source: source.start + offset..source.end + offset,
                part,
            });
        }
    }
}

/// Tells whether pages are those of a format that has pages.
pub(super) fn is_paged(pages: &[Page]) -> bool {
    pages.len() > 1 || pages.iter().any(|page| page.origin.has_pages())
}

/// Tells whether a paragraph stands apart from the running text.
const fn is_apart(paragraph: &Paragraph) -> bool {
    paragraph.role.is_boilerplate()
        || matches!(paragraph.role, Role::Footnote | Role::Endnote | Role::Comment | Role::Caption)
}

/// Returns where the head or foot of a page ends with which its first or last paragraph begins: the
/// number of a case alone on its line, or behind the number of the page. 0: there is none.
fn head_end(text: &str, page: &Page, is_first: bool) -> usize {
    let is_junk = |c: char| c.is_whitespace() || "'\"“”‘’.,:;|-–—".contains(c);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = text.get(..digits).unwrap_or_default();
    let is_page = number == page.number.to_string() || page.label.as_deref() == Some(number);
    let lead = if is_page { digits } else { 0 };
    let rest = text.get(lead..).unwrap_or_default();
    let junk = rest.len() - rest.trim_start_matches(is_junk).len();
    let Some(end) = rest.get(junk..).and_then(case_number_end) else { return 0 };
    let end = lead + junk + end;
    let tail = text.get(end..).unwrap_or_default();
    let is_line = tail.chars().all(|c| is_junk(c) || c.is_ascii_digit()) && tail.len() <= 8;
    match (is_line, is_page && is_first) {
        (true, _) => text.len(),
        (false, true) => end,
        (false, false) => 0,
    }
}

/// Returns the text with each run of plain white space as one space; no-break spaces stay.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{B}' | '\u{C}') {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out
}
