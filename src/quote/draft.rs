//! Drafts: which words they quote, and what they cite beside them.
//!
//! Quotations are taken out of Markdown, HTML and plain text: text in quotation marks, and block
//! quotes. The citation of a quotation is looked for in its sentence and in its notes; who resolves
//! it is the caller's [`super::Corpus`].

use std::collections::BTreeMap;

/// What a draft is written in; Word documents are handed in as lines of paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftKind {
    /// Markdown: `>` quotes, `[^1]` notes.
    Markdown,
    /// Plain text.
    Text,
    /// HTML: `<q>`, `<blockquote>`, and quotation marks.
    Html,
    /// Lines that are a paragraph each, as a reader of Word documents gives them; `>` opens one
    /// that is set off as a quotation.
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

/// A quotation of a draft, with the words around it in which its citation may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The quoted words, without the quotation marks.
    pub text: String,
    /// The line on which it begins, counted from 1.
    pub line: usize,
    /// What follows it, up to the next quotation or the end of the sentence with its brackets.
    pub after: String,
    /// The texts of the notes that follow it.
    pub notes: Vec<String>,
    /// What stands before it in its sentence.
    pub before: String,
    /// Whether it is a block quote.
    pub is_block: bool,
}

/// A draft taken apart.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The quotations in the order of the draft.
    pub quotations: Vec<Quotation>,
    /// All text that is not code, by paragraphs: here the citations are looked for.
    pub paragraphs: Vec<Block>,
}

/// A paragraph of a draft.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its text, lines joined by a space.
    pub text: String,
    /// Byte of the text where each line begins, with the line's number, counted from 1.
    lines: Vec<(usize, usize)>,
    /// Whether it is a block quote.
    is_quote: bool,
}

impl Block {
    /// Returns the number of the line, counted from 1, on which byte `at` of the text stands.
    pub fn line_of(&self, at: usize) -> usize {
        self.lines.iter().rev().find(|(start, _)| *start <= at).map_or(1, |(_, line)| *line)
    }
}

impl Draft {
    /// Takes a draft apart.
    pub fn parse(text: &str, kind: DraftKind) -> Self {
        let plain;
        let text = if kind == DraftKind::Html {
            plain = text_of_html(text);
            plain.as_str()
        } else {
            text
        };
        let (blocks, notes) = blocks(text, kind);
        let mut draft = Self::default();
        for (block_idx, block) in blocks.iter().enumerate() {
            if block.is_quote {
                let after = blocks.get(block_idx + 1).map(|next| sentence_start(&next.text));
                let before = block_idx.checked_sub(1).map(|idx| sentence_end(&blocks[idx].text));
                draft.quotations.extend(block_quotation(block, before, after, &notes));
            } else {
                draft.quotations.extend(inline_quotations(block, &notes));
            }
        }
        draft.paragraphs = blocks;
        draft
    }
}

/// Splits a draft into paragraphs and the texts of its notes; code is passed over.
fn blocks(text: &str, kind: DraftKind) -> (Vec<Block>, BTreeMap<String, String>) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut notes: BTreeMap<String, String> = BTreeMap::new();
    let mut open = false;
    let mut fence = false;
    let mut note: Option<String> = None;
    for (line_idx, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if kind == DraftKind::Markdown && (trimmed.starts_with("```") || trimmed.starts_with("~~~"))
        {
            fence = !fence;
            open = false;
            continue;
        }
        if fence {
            continue;
        }
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        if let Some((name, words)) = note_definition(trimmed) {
            notes.insert(name.clone(), words.to_owned());
            // What the note itself quotes is checked too, as a paragraph of its own.
            blocks.push(Block {
                text: words.to_owned(),
                lines: vec![(0, line_idx + 1)],
                is_quote: false,
            });
            note = Some(name);
            open = true;
            continue;
        }
        if let Some(name) = note.as_ref().filter(|_| line.starts_with(char::is_whitespace))
            && let Some(words) = notes.get_mut(name)
        {
            words.push(' ');
            words.push_str(trimmed);
        } else if !open {
            note = None;
        }
        let quoted = trimmed.strip_prefix('>').filter(|_| kind != DraftKind::Text);
        let is_quote = quoted.is_some();
        let words = quoted.unwrap_or(trimmed).trim_start_matches('>').trim();
        let joins = open && kind != DraftKind::Paragraphs;
        match blocks.last_mut() {
            Some(last) if joins && last.is_quote == is_quote => {
                last.text.push(' ');
                last.lines.push((last.text.len(), line_idx + 1));
                last.text.push_str(words);
            }
            _ => blocks.push(Block {
                text: words.to_owned(),
                lines: vec![(0, line_idx + 1)],
                is_quote,
            }),
        }
        open = true;
    }
    (blocks, notes)
}

/// Reads `[^1]: words` and returns the name and the words.
fn note_definition(line: &str) -> Option<(String, &str)> {
    let (name, rest) = line.strip_prefix("[^")?.split_once("]:")?;
    (!name.contains(' ')).then(|| (name.to_owned(), rest.trim()))
}

/// Returns the quotations in quotation marks of one paragraph.
fn inline_quotations(block: &Block, notes: &BTreeMap<String, String>) -> Vec<Quotation> {
    let spans = quoted_spans(&block.text);
    let mut quotations = Vec::new();
    for (span_idx, &(start, end, close_len)) in spans.iter().enumerate() {
        let text = block.text.get(start..end).unwrap_or_default().trim();
        let rest_end = spans.get(span_idx + 1).map_or(block.text.len(), |next| next.0);
        let rest = block.text.get(end + close_len..rest_end).unwrap_or_default();
        let after = sentence_start(rest);
        let before_start = span_idx.checked_sub(1).map_or(0, |before| spans[before].1);
        let before = sentence_end(block.text.get(before_start..start).unwrap_or_default());
        quotations.push(Quotation {
            text: text.to_owned(),
            line: block.line_of(start),
            notes: notes_of(after, notes),
            after: after.to_owned(),
            before: before.to_owned(),
            is_block: false,
        });
    }
    quotations.retain(|quotation| !quotation.text.is_empty());
    quotations
}

/// Returns a block quote; a last line that begins with a dash or bracket is its citation.
fn block_quotation(
    block: &Block,
    before: Option<&str>,
    after: Option<&str>,
    notes: &BTreeMap<String, String>,
) -> Option<Quotation> {
    let text = block.text.trim();
    let last_line = block.lines.last().map_or(0, |(start, _)| *start);
    let tail = block.text.get(last_line..).unwrap_or_default().trim_start();
    let has_source =
        block.lines.len() > 1 && tail.starts_with(['—', '–', '(', '-']) || tail.starts_with("-- ");
    let (mut words, own) = if has_source && last_line > 0 {
        (block.text.get(..last_line).unwrap_or_default().trim(), tail)
    } else {
        (text, "")
    };
    // Marks of notes at the end belong to the draft.
    let mut marks = String::new();
    while let Some(at) = words.rfind("[^").filter(|_| words.ends_with(']')) {
        marks.insert_str(0, words.get(at..).unwrap_or_default());
        words = words.get(..at).unwrap_or_default().trim_end();
    }
    let words = words.trim_start_matches(['“', '"', '«']).trim_end_matches(['”', '"', '»']);
    let after = format!("{marks} {own} {}", after.unwrap_or_default()).trim().to_owned();
    (!words.is_empty()).then(|| Quotation {
        text: words.to_owned(),
        line: block.line_of(0),
        notes: notes_of(&after, notes),
        after,
        before: before.unwrap_or_default().to_owned(),
        is_block: true,
    })
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

/// Returns the text up to the end of its first sentence, with brackets and note marks behind it.
fn sentence_start(text: &str) -> &str {
    let mut end = text.len();
    let mut depth = 0_usize;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (idx, &(at, c)) in chars.iter().enumerate() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' | '?' | '!' | '۔' if depth == 0 => {
                let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
                let next = rest.trim_start();
                // `p. 12`, `W.P. No.`: no sentence ends before a small letter or a number.
                let goes_on = next.starts_with(|c: char| {
                    c.is_lowercase() || c.is_numeric() || matches!(c, '(' | '[' | ',' | ';')
                }) || !rest.starts_with(char::is_whitespace)
                    || chars.get(idx.wrapping_sub(2)).is_none_or(|(_, c)| !c.is_alphanumeric());
                if !goes_on {
                    end = at + c.len_utf8();
                    break;
                }
            }
            _ => {}
        }
        if at > 400 {
            end = at;
            break;
        }
    }
    text.get(..end).unwrap_or(text)
}

/// Returns the last sentence of a text.
fn sentence_end(text: &str) -> &str {
    let mut start = 0;
    for (at, _) in text.match_indices(['.', '?', '!', '۔']) {
        let rest = text.get(at + 1..).unwrap_or_default();
        let ends = rest.starts_with(char::is_whitespace)
            && rest.trim_start().starts_with(|c: char| c.is_uppercase())
            && !text.get(..at).unwrap_or_default().ends_with(|c: char| c.is_uppercase());
        if ends {
            start = at + 1;
        }
    }
    text.get(start..).unwrap_or(text).trim_start()
}

/// Returns the texts of the notes that are named in `after`: `[^1]`.
fn notes_of(after: &str, notes: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = after;
    while let Some((_, behind)) = rest.split_once("[^") {
        let Some((name, more)) = behind.split_once(']') else { break };
        found.extend(notes.get(name).cloned());
        rest = more;
    }
    found
}

/// Returns the text of a page: `<q>` as quotation marks, block quotes as lines with `>`.
///
/// Line breaks are kept, so that lines count as in the file.
fn text_of_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut quote_depth = 0_usize;
    let mut hidden: Option<&str> = None;
    while let Some(at) = rest.find('<') {
        let words = rest.get(..at).unwrap_or_default();
        push_words(&mut out, words, quote_depth, hidden.is_some());
        let Some(end) = rest.get(at..).and_then(|tag| tag.find('>')) else { break };
        let tag = rest.get(at + 1..at + end).unwrap_or_default();
        rest = rest.get(at + end + 1..).unwrap_or_default();
        out.extend(tag.chars().filter(|c| *c == '\n'));
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let is_end = tag.starts_with('/');
        match name.as_str() {
            "script" | "style" | "code" | "pre" => hidden = if is_end { None } else { Some("") },
            "q" => out.push(if is_end { '”' } else { '“' }),
            "blockquote" => {
                quote_depth = if is_end { quote_depth.saturating_sub(1) } else { quote_depth + 1 };
                // Form feeds part paragraphs without counting as lines.
                out.push('\u{C}');
            }
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "td" | "tr" | "section"
            | "article" => {
                out.push('\u{C}');
            }
            _ => {}
        }
    }
    push_words(&mut out, rest, quote_depth, hidden.is_some());
    paragraphs_of(&out)
}

/// A mark at the beginning of words inside a block quote.
const QUOTE_MARK: char = '\u{E000}';

fn push_words(out: &mut String, words: &str, quote_depth: usize, hidden: bool) {
    if hidden {
        out.extend(words.chars().filter(|c| *c == '\n'));
        return;
    }
    if quote_depth > 0 && !words.trim().is_empty() {
        out.push(QUOTE_MARK);
    }
    let text = words
        .replace("&nbsp;", "\u{A0}")
        .replace("&ldquo;", "“")
        .replace("&rdquo;", "”")
        .replace("&lsquo;", "‘")
        .replace("&rsquo;", "’")
        .replace("&hellip;", "…")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    out.push_str(&text);
}

/// Turns form feeds into borders of paragraphs without losing the count of lines.
fn paragraphs_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let parts: Vec<&str> =
            line.split('\u{C}').map(str::trim).filter(|p| !p.is_empty()).collect();
        let words = parts.join(" ");
        let is_quote = words.contains(QUOTE_MARK);
        let words = words.replace(QUOTE_MARK, "");
        if is_quote {
            out.push_str("> ");
        }
        out.push_str(&words);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, kind: DraftKind, expect: &[(usize, &str)]) {
        let draft = Draft::parse(text, kind);
        let found: Vec<(usize, &str)> =
            draft.quotations.iter().map(|q| (q.line, q.text.as_str())).collect();
        assert_eq!(found, expect);
    }

    use DraftKind::{Html, Markdown, Text};

    #[test]
    fn every_pair_of_marks() {
        check(
            "He said “one two three”.\nShe said \"four five six\" and «سات آٹھ نو».\n\n‘ten eleven twelve’ isn’t it",
            Text,
            &[
                (1, "one two three"),
                (2, "four five six"),
                (2, "سات آٹھ نو"),
                (4, "ten eleven twelve"),
            ],
        );
        check("the court’s order and the parties’ claim", Text, &[]);
        check("“he said “inner words” there”", Text, &[(1, "he said “inner words” there")]);
    }

    #[test]
    fn block_quotes_and_code() {
        check(
            "Intro:\n\n> The Authority shall not\n> direct any licensee.\n\n```\n\"code here now\"\n```\n",
            Markdown,
            &[(3, "The Authority shall not direct any licensee.")],
        );
        check("> “in marks” [^1]\n\n[^1]: note", Markdown, &[(1, "in marks")]);
    }

    #[test]
    fn lines_of_word_documents_are_paragraphs() {
        check(
            "He said “one two three”.\n> four five six\nafter it “seven eight nine”",
            DraftKind::Paragraphs,
            &[(1, "one two three"), (2, "four five six"), (3, "seven eight nine")],
        );
    }

    #[test]
    fn html_quotes() {
        check(
            "<p>He said <q>one &amp; two three</q>.</p>\n<blockquote>four five six</blockquote>\n<script>\"no no no\"</script>",
            Html,
            &[(1, "one & two three"), (2, "four five six")],
        );
    }

    #[test]
    fn citations_stand_near() {
        let text = "In Najam-us-Saqib, “no call may be taped” (ihc-2024-wp-1805@p12, at p. 14). Next one.\n\nThe law says “x y z”.[^2]\n\n[^2]: PECA 2016, s 37.";
        let draft = Draft::parse(text, Markdown);
        let [first, second] = &draft.quotations[..] else { panic!("{draft:?}") };
        assert_eq!(first.after, " (ihc-2024-wp-1805@p12, at p. 14).");
        assert_eq!(first.before, "In Najam-us-Saqib, “");
        assert_eq!(second.notes, ["PECA 2016, s 37."]);
    }

    #[test]
    fn hostile_drafts_do_not_panic() {
        for text in
            ["“", "[^", "[^1]:", "> ", "<", "<q", "<blockquote>", "\"\"\"", "’", "۔", "[^]: x"]
        {
            for kind in [Html, Markdown, Text] {
                assert!(Draft::parse(&text.repeat(20), kind).quotations.len() <= 40);
            }
        }
    }
}
