//! Drafts: which words they quote, and where beside them their citation may stand.
//!
//! A draft is a row of *blocks*: paragraphs, set-off quotations, notes. Quotations are taken out of
//! them: text in quotation marks, and block quotes. Notes are tied to the words at their call, and so
//! are the sources of a numbered list at the end. Who resolves a citation is the caller's
//! [`super::Corpus`].

mod brackets;
mod lines;
mod page;

use std::collections::BTreeMap;

use crate::model::Span;

/// What a draft is written in; Word documents are handed in as lines of paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftKind {
    /// Markdown: `>` quotes, `[^1]` notes, `^[notes in place]`.
    Markdown,
    /// Plain text.
    Text,
    /// HTML: `<q>`, `<blockquote>`, quotation marks, and links to notes.
    Html,
    /// Lines that are a paragraph each, as a reader of Word documents gives them: `>` opens one
    /// that is set off as a quotation, `[^1]:` a note, a space what goes on in the note.
    Paragraphs,
}

impl DraftKind {
    /// Returns the kind of a file by the ending of its name; `None`: not a draft we read here.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name.rsplit('.').next()?.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "txt" | "text" => Self::Text,
            _ => return None,
        })
    }
}

/// A stretch of one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// The position of the block.
    pub block: usize,
    /// Bytes of its text.
    pub span: Span,
}

/// A quotation of a draft, with the words around it in which its citation may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The quoted words, without the quotation marks and the calls of notes.
    pub text: String,
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// Where it stands, without its marks.
    pub at: Zone,
    /// What follows it: up to the next quotation or the end of the sentence with its brackets; of a
    /// block quote its last line, and what goes on below it.
    pub after: Vec<Zone>,
    /// The sentence behind it, which may be its citation and nothing else.
    pub next: Option<Zone>,
    /// What stands before it in its sentence.
    pub before: Option<Zone>,
    /// Whether it is a block quote.
    pub is_block: bool,
}

/// A draft taken apart.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The quotations in the order of the draft.
    pub quotations: Vec<Quotation>,
    /// All text that is not code, by paragraphs: here the citations are looked for.
    pub blocks: Vec<Block>,
    /// The blocks of each note, by its name.
    pub notes: BTreeMap<String, Vec<usize>>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Running text.
    Body,
    /// A quotation set off from the text.
    Quote,
    /// A note, or what goes on in one; with its name.
    Note(String),
}

/// A paragraph of a draft.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its text, lines joined by a space; a note is called by `[^name]`.
    pub text: String,
    /// What it is.
    pub part: Part,
    /// Byte of the text where each line begins, with the line's number, counted from 1.
    lines: Vec<(usize, usize)>,
}

impl Block {
    /// Returns the number of the line, counted from 1, on which byte `at` of the text stands.
    pub fn line_of(&self, at: usize) -> usize {
        self.lines.iter().rev().find(|(start, _)| *start <= at).map_or(1, |(_, line)| *line)
    }

    /// Returns the calls of notes within `span`: where each begins, and the note's name.
    pub fn calls(&self, span: Span) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        let mut at = span.start;
        while let Some(open) = self.text.get(at..span.end).and_then(|rest| rest.find("[^")) {
            let open = at + open;
            let Some(len) = self.text.get(open + 2..span.end).and_then(|rest| rest.find(']'))
            else {
                break;
            };
            let name = self.text.get(open + 2..open + 2 + len).unwrap_or_default();
            if !name.is_empty() && !name.contains(' ') {
                found.push((open, name));
            }
            at = open + 2 + len;
        }
        found
    }
}

impl Draft {
    /// Takes a draft apart.
    pub fn parse(text: &str, kind: DraftKind) -> Self {
        let mut blocks = match kind {
            DraftKind::Html => page::blocks(text),
            DraftKind::Markdown | DraftKind::Text | DraftKind::Paragraphs => {
                lines::blocks(text, kind)
            }
        };
        brackets::tie(&mut blocks);
        let mut draft = Self { blocks, ..Self::default() };
        for (block_idx, block) in draft.blocks.iter().enumerate() {
            if let Part::Note(name) = &block.part {
                draft.notes.entry(name.clone()).or_default().push(block_idx);
            }
        }
        let mut quotations = Vec::new();
        for (block_idx, block) in draft.blocks.iter().enumerate() {
            match block.part {
                Part::Quote => quotations.extend(draft.block_quotation(block_idx)),
                Part::Body | Part::Note(_) => quotations.extend(draft.inline_quotations(block_idx)),
            }
        }
        draft.quotations = quotations;
        draft
    }

    /// Returns the text of a zone.
    pub fn words(&self, zone: &Zone) -> &str {
        let block = self.blocks.get(zone.block);
        block.and_then(|block| block.text.get(zone.span.clone())).unwrap_or_default()
    }

    /// Returns the quotations in quotation marks of one paragraph.
    fn inline_quotations(&self, block_idx: usize) -> Vec<Quotation> {
        let Some(block) = self.blocks.get(block_idx) else { return Vec::new() };
        let zone = |span| Zone { block: block_idx, span };
        let spans = quoted_spans(&block.text);
        let mut quotations = Vec::new();
        for (span_idx, &(start, end, close_len)) in spans.iter().enumerate() {
            let after_start = end + close_len;
            let rest_end = spans.get(span_idx + 1).map_or(block.text.len(), |next| next.0);
            let rest = block.text.get(after_start..rest_end).unwrap_or_default();
            let quoted = block.text.get(start..end).unwrap_or_default();
            let after = after_start..after_start + own_sentence(quoted, rest);
            let next = block.text.get(after.end..rest_end).unwrap_or_default();
            let next = after.end..after.end + sentence_start(next);
            let before_start =
                span_idx.checked_sub(1).map_or(0, |before| spans[before].1 + spans[before].2);
            let before = sentence_end(block.text.get(before_start..start).unwrap_or_default());
            let before = start - before.len()..start;
            let text = without_calls(quoted);
            if text.is_empty() || self.defines(block_idx, &text, &before, &after) {
                continue;
            }
            quotations.push(Quotation {
                text,
                line: block.line_of(start),
                at: zone(start..end),
                after: vec![zone(after)],
                next: Some(zone(next)).filter(|next| !next.span.is_empty()),
                before: Some(zone(before)),
                is_block: false,
            });
        }
        quotations
    }

    /// Tells whether the marks hold a term that is defined here and not words of a source:
    /// `(“the Act”)`, `(hereinafter the “LIMS order”)`.
    fn defines(&self, block_idx: usize, text: &str, before: &Span, after: &Span) -> bool {
        let Some(block) = self.blocks.get(block_idx) else { return false };
        let before = block.text.get(before.clone()).unwrap_or_default();
        let after = block.text.get(after.clone()).unwrap_or_default();
        let Some((_, inside)) = before.rsplit_once('(') else { return false };
        let inside = inside.trim_end_matches(['“', '"', '«', '‘']).trim().to_lowercase();
        let is_said = ["hereinafter", "hereafter", "herein", "in short", "referred to as"]
            .iter()
            .any(|word| inside.contains(word));
        let is_bare = matches!(inside.as_str(), "" | "the" | "or" | "an" | "a")
            || inside.ends_with(',') && text.starts_with("the ");
        let n_words = text.split_whitespace().count();
        after.starts_with([')', ',', ';']) && (is_said && n_words <= 8 || is_bare && n_words <= 4)
    }

    /// Returns a block quote; a last line that begins with a dash or bracket is its citation.
    fn block_quotation(&self, block_idx: usize) -> Option<Quotation> {
        let block = self.blocks.get(block_idx)?;
        let zone = |span| Zone { block: block_idx, span };
        let last_line = block.lines.last().map_or(0, |(start, _)| *start);
        let tail = block.text.get(last_line..).unwrap_or_default().trim_start();
        let has_source =
            last_line > 0 && (tail.starts_with(['—', '–', '(', '-']) || tail.starts_with("-- "));
        let mut end = if has_source { last_line } else { block.text.len() };
        // Calls of notes at the end belong to the draft.
        loop {
            let words = block.text.get(..end).unwrap_or_default().trim_end();
            let call = words.rfind("[^").filter(|_| words.ends_with(']'));
            let Some(at) = call else {
                end = words.len();
                break;
            };
            end = at;
        }
        let after_start = end;
        let words = block.text.get(..end).unwrap_or_default();
        let start = words.len() - words.trim_start_matches(['“', '"', '«', ' ']).len();
        let end = words.trim_end_matches(['”', '"', '»', ' ']).len().max(start);
        let text = without_calls(block.text.get(start..end)?);
        let mut after = vec![zone(after_start..block.text.len())];
        let is_text = |idx: &usize| {
            self.blocks.get(*idx).is_some_and(|block| !matches!(block.part, Part::Note(_)))
        };
        let before = (0..block_idx).rev().find(is_text);
        let below = (block_idx + 1..self.blocks.len()).find(is_text);
        if let Some(below_idx) = below
            && let Some(below) = self.blocks.get(below_idx)
            && below.part == Part::Body
            && goes_on(&below.text)
        {
            let span = 0..sentence_start(&below.text);
            after.push(Zone { block: below_idx, span });
        }
        let before = before.and_then(|idx| {
            let words = &self.blocks.get(idx).filter(|block| block.part == Part::Body)?.text;
            Some(Zone { block: idx, span: words.len() - sentence_end(words).len()..words.len() })
        });
        (!text.is_empty()).then(|| Quotation {
            text,
            line: block.line_of(0),
            at: zone(start..end),
            after,
            next: None,
            before,
            is_block: true,
        })
    }
}

/// Returns the bytes behind a quotation that belong to its sentence: where that has ended inside the
/// marks, the calls of notes alone.
fn own_sentence(quoted: &str, rest: &str) -> usize {
    let calls = end_of_calls(rest, 0);
    let behind = rest.get(calls..).unwrap_or_default();
    let has_ended = quoted.trim_end().ends_with(['.', '?', '!', '۔'])
        && behind.starts_with(char::is_whitespace)
        && behind.trim_start().starts_with(|c: char| c.is_uppercase());
    if has_ended { calls } else { sentence_start(rest) }
}

/// Tells whether a paragraph below a block quote goes on with it: its source in brackets or behind
/// a dash, or the rest of the sentence.
fn goes_on(text: &str) -> bool {
    text.starts_with(['(', '—', '–', '[', '-'])
        || text.starts_with(char::is_lowercase)
        || text.starts_with("[^")
}

/// Returns quoted words without the calls of notes, which are the draft's.
fn without_calls(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((words, behind)) = rest.split_once("[^") {
        out.push_str(words);
        match behind.split_once(']') {
            Some((name, more)) if !name.contains(' ') && !name.is_empty() => rest = more,
            _ => {
                out.push_str("[^");
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// Returns begin and end of what stands in quotation marks, and the bytes of the closing one.
fn quoted_spans(text: &str) -> Vec<(usize, usize, usize)> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut depth = 0_usize;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (idx, &(at, c)) in chars.iter().enumerate() {
        let before = idx.checked_sub(1).map(|idx| chars[idx].1);
        let after = chars.get(idx + 1).map(|&(_, c)| c);
        match open {
            None => {
                let close = match c {
                    '“' | '„' => '”',
                    '«' => '»',
                    '"' => '"',
                    // An apostrophe stands after a letter; a quotation does not begin there.
                    '‘' if before.is_none_or(|c| !c.is_alphanumeric()) => '’',
                    _ => continue,
                };
                open = Some((at + c.len_utf8(), close));
                depth = 0;
            }
            Some((start, close)) => {
                let nests = matches!((c, close), ('“', '”') | ('«', '»'));
                let closes =
                    c == close && (close != '’' || after.is_none_or(|c| !c.is_alphanumeric()));
                if nests {
                    depth += 1;
                } else if closes && depth > 0 {
                    depth -= 1;
                } else if closes {
                    spans.push((start, at, c.len_utf8()));
                    open = None;
                }
            }
        }
    }
    spans
}

/// Returns the bytes of a text up to the end of its first sentence, with brackets and calls of
/// notes behind it.
fn sentence_start(text: &str) -> usize {
    let mut depth = 0_usize;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (idx, &(at, c)) in chars.iter().enumerate() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' | '?' | '!' | '۔' if depth == 0 => {
                let end = end_of_calls(text, at + c.len_utf8());
                let rest = text.get(end..).unwrap_or_default();
                let next = rest.trim_start();
                // `p. 12`, `W.P. No.`: no sentence ends before a small letter or a number.
                let goes_on = next.starts_with(|c: char| {
                    c.is_lowercase() || c.is_numeric() || matches!(c, '(' | '[' | ',' | ';')
                }) || !rest.is_empty() && !rest.starts_with(char::is_whitespace)
                    || idx > 0 && is_initial(&chars, idx);
                if !goes_on {
                    return end;
                }
            }
            _ => {}
        }
        if at > 400 {
            return at;
        }
    }
    text.len()
}

/// Tells whether the full stop at `idx` ends one letter, as in `W.P.` and `v.`.
fn is_initial(chars: &[(usize, char)], idx: usize) -> bool {
    let letter = |back: usize| idx.checked_sub(back).and_then(|at| chars.get(at)).map(|&(_, c)| c);
    letter(1).is_some_and(char::is_alphabetic)
        && letter(2).is_none_or(|c| !c.is_alphanumeric() && c != ')')
}

/// Returns where the calls of notes that begin at `at` end.
fn end_of_calls(text: &str, mut at: usize) -> usize {
    while let Some(rest) = text.get(at..).filter(|rest| rest.starts_with("[^")) {
        let Some(len) = rest.find(']') else { break };
        let name = rest.get(2..len).unwrap_or_default();
        let behind = rest.get(len + 1..).unwrap_or_default();
        at += len + 1 + place_of_call(behind, name).map_or(0, |(_, end)| end);
    }
    at
}

/// Reads the bracket with a place behind a call of the note `name`: `[^1][1, p. 34]`; returns where
/// in it the place begins, and its end.
pub(super) fn place_of_call(behind: &str, name: &str) -> Option<(usize, usize)> {
    let rest = behind.strip_prefix('[')?.strip_prefix(name)?;
    let end = behind.find(']').filter(|_| rest.starts_with([',', ';']))?;
    Some((1 + name.len(), end + 1))
}

/// Returns the last sentence of a text.
fn sentence_end(text: &str) -> &str {
    let mut start = 0;
    for (at, c) in text.match_indices(['.', '?', '!', '۔']) {
        let end = end_of_calls(text, at + c.len());
        let rest = text.get(end..).unwrap_or_default();
        let ends = rest.starts_with(char::is_whitespace)
            && rest.trim_start().starts_with(|c: char| !c.is_lowercase() && !c.is_numeric())
            && !text.get(..at).unwrap_or_default().ends_with(|c: char| c.is_uppercase());
        // Asked only where the sentence may end: a row of dots has none and is long.
        let is_short = || {
            let word = text.get(..at).and_then(|head| head.split_whitespace().next_back());
            matches!(word, Some("v" | "vs" | "No" | "Nos" | "Mr" | "Dr" | "Ms"))
        };
        if ends && !is_short() {
            start = end;
        }
    }
    text.get(start..).unwrap_or(text).trim_start()
}

#[cfg(test)]
mod tests;
