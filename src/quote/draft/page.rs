//! Drafts in HTML: blocks, `<q>`, `<blockquote>`, and links to notes with the notes themselves.
//!
//! Lines count as in the file. Notes are found as pandoc, Word, `LibreOffice` and the ARIA roles
//! write them: a short link (`1`, `[1]`, `*`) to an element of the same page.

use std::collections::BTreeSet;

use super::{Block, Part};

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "table", "section",
    "article", "aside", "header", "main", "nav", "ol", "ul", "dl", "dt", "dd", "hr", "body",
    "figure", "address", "details", "summary",
];
/// Elements that hold no words of the draft.
const HIDDEN: &[&str] =
    &["script", "style", "code", "pre", "head", "template", "noscript", "svg", "math"];

/// Splits a page into its blocks.
pub(super) fn blocks(html: &str) -> Vec<Block> {
    let (calls, targets) = links(html);
    let mut reader = Reader { line: 1, ..Reader::default() };
    let mut rest = html;
    let mut link_idx = 0;
    while let Some(at) = rest.find('<') {
        let (words, from) = rest.split_at(at);
        reader.words(words);
        let (tag, after) = split_tag(from);
        rest = after;
        if !is_tag(tag) {
            reader.words(tag);
            continue;
        }
        reader.count_lines(tag);
        let name = name_of(tag);
        let is_end = tag.starts_with("</");
        if HIDDEN.contains(&name.as_str()) && !is_end && !tag.ends_with("/>") {
            let (hidden, behind) = until_end(rest, &name);
            reader.count_lines(hidden);
            rest = behind;
            continue;
        }
        if name == "a" && !is_end {
            link_idx += 1;
            match calls.get(link_idx - 1) {
                Some(Link::Call(target)) => reader.push(&format!("[^{target}]")),
                Some(Link::Back) => {}
                Some(Link::Other) | None => {
                    reader.target(tag, &name, &targets);
                    continue;
                }
            }
            reader.target(tag, &name, &targets);
            let (inside, behind) = until_end(rest, "a");
            reader.count_lines(inside);
            rest = behind;
            continue;
        }
        reader.tag(tag, &name, is_end, &targets);
    }
    reader.words(rest);
    reader.flush();
    reader.blocks
}

/// What a link of the page is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Link {
    /// It calls the note with this name.
    Call(String),
    /// It leads from a note back to its call.
    Back,
    Other,
}

/// Returns what each `<a>` is, in order, and the names of the notes that are called.
fn links(html: &str) -> (Vec<Link>, BTreeSet<String>) {
    let mut links = Vec::new();
    let mut targets = BTreeSet::new();
    let mut call_ids = BTreeSet::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (_, from) = rest.split_at(at);
        let (tag, after) = split_tag(from);
        rest = after;
        let name = name_of(tag);
        if HIDDEN.contains(&name.as_str()) && !tag.starts_with("</") && !tag.ends_with("/>") {
            rest = until_end(rest, &name).1;
            continue;
        }
        if name != "a" || tag.starts_with("</") {
            continue;
        }
        let own: Vec<String> =
            ["id", "name"].iter().filter_map(|name| attribute(tag, name)).collect();
        let target = attribute(tag, "href")
            .and_then(|href| href.strip_prefix('#').map(str::to_owned))
            .filter(|target| !target.is_empty());
        let class = format!(
            "{} {}",
            attribute(tag, "role").unwrap_or_default(),
            attribute(tag, "class").unwrap_or_default()
        )
        .to_lowercase();
        let inside = text_of(until_end(rest, "a").0);
        let mark = inside.trim().trim_matches(['[', ']', '(', ')']);
        let is_mark = !mark.is_empty()
            && mark.chars().count() <= 4
            && mark.chars().all(|c| c.is_ascii_digit() || "ivxlc*†‡§¶".contains(c));
        links.push(match target {
            Some(ref target)
                if class.contains("back")
                    || call_ids.contains(target)
                    || own.iter().any(|own| targets.contains(own)) =>
            {
                Link::Back
            }
            Some(target) if is_mark || class.contains("noteref") || class.contains("footnote") => {
                // A name with a space would be no call.
                let target = target.replace([' ', ']'], "-");
                targets.insert(target.clone());
                call_ids.extend(own);
                // The mark of a pandoc call is its element's own id, or that of its `<sup>`.
                call_ids.insert(target.replacen("fn", "fnref", 1));
                Link::Call(target)
            }
            _ => Link::Other,
        });
    }
    (links, targets)
}

/// The blocks of a page as they are read.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    text: String,
    lines: Vec<(usize, usize)>,
    line: usize,
    quote_depth: usize,
    /// The note that is being read, the element that holds it, and how many of its kind are open;
    /// none: the note ends with the block.
    note: Option<(String, Option<(String, usize)>)>,
    /// The lists that are open: of a numbered one the number of its last item.
    lists: Vec<Option<usize>>,
    /// The number of the item that has just begun.
    item: Option<usize>,
}

impl Reader {
    /// Takes words between tags.
    fn words(&mut self, words: &str) {
        let mut rest = words;
        while let Some(c) = rest.chars().next() {
            let (text, n_bytes) = if c == '&' { entity(rest) } else { (c, c.len_utf8()) };
            rest = rest.get(n_bytes..).unwrap_or_default();
            // No-break spaces are the writer's; other white space is the page's.
            if c.is_whitespace() && c != '\u{A0}' {
                self.space();
                self.line += usize::from(c == '\n');
            } else {
                if let Some(number) = self.item.take().filter(|_| self.note.is_none()) {
                    self.push(&format!("{number}. "));
                }
                if self.lines.last().is_none_or(|(_, line)| *line != self.line) {
                    self.lines.push((self.text.len(), self.line));
                }
                self.text.push(text);
            }
        }
    }

    /// Takes a word that is ours.
    fn push(&mut self, word: &str) {
        if self.lines.is_empty() {
            self.lines.push((0, self.line));
        }
        self.text.push_str(word);
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn count_lines(&mut self, text: &str) {
        self.line += text.bytes().filter(|byte| *byte == b'\n').count();
    }

    fn tag(&mut self, tag: &str, name: &str, is_end: bool, targets: &BTreeSet<String>) {
        match name {
            "q" => self.push(if is_end { "”" } else { "“" }),
            "br" => self.space(),
            "blockquote" => {
                if !is_end {
                    self.flush();
                    self.quote_depth += 1;
                } else if self.quote_depth > 0 {
                    self.flush();
                    self.quote_depth -= 1;
                }
            }
            // The source of a block quote stands on a line of its own behind a dash.
            "footer" | "figcaption" if self.quote_depth > 0 => {
                self.space();
                self.source(is_end);
            }
            "cite" if self.quote_depth > 0 && self.is_at_start() && !self.text.is_empty() => {
                self.source(is_end);
            }
            _ if BLOCKS.contains(&name) && self.quote_depth > 0 => {
                self.space();
                if !self.text.is_empty() {
                    self.lines.push((self.text.len(), self.line));
                }
            }
            _ if BLOCKS.contains(&name) || matches!(name, "footer" | "figcaption") => self.flush(),
            _ => {}
        }
        self.list(tag, name, is_end);
        if is_end {
            self.end_of(name);
        } else {
            self.target(tag, name, targets);
        }
    }

    /// Counts the items of numbered lists, whose numbers the browser draws.
    fn list(&mut self, tag: &str, name: &str, is_end: bool) {
        match (name, is_end) {
            ("ol", false) => {
                let start = attribute(tag, "start").and_then(|start| start.parse().ok());
                self.lists.push(Some(start.map_or(0, |start: usize| start.saturating_sub(1))));
            }
            ("ul", false) => self.lists.push(None),
            ("ol" | "ul", true) => {
                self.lists.pop();
            }
            ("li", false) => {
                self.item = None;
                if let Some(Some(number)) = self.lists.last_mut().filter(|_| self.quote_depth == 0)
                {
                    *number = number.saturating_add(1);
                    self.item = Some(*number);
                }
            }
            ("li", true) => self.item = None,
            _ => {}
        }
    }

    /// Begins the line with the source of a block quote.
    fn source(&mut self, is_end: bool) {
        if !is_end {
            self.lines.push((self.text.len(), self.line));
            self.text.push_str("— ");
        }
    }

    /// Tells whether a paragraph inside a block quote begins here.
    fn is_at_start(&self) -> bool {
        self.lines.last().is_some_and(|(start, _)| *start == self.text.len())
    }

    /// Begins a note where the element is one.
    fn target(&mut self, tag: &str, name: &str, targets: &BTreeSet<String>) {
        if let Some((_, Some((element, depth)))) = &mut self.note
            && element == name
        {
            *depth += 1;
        }
        let own = ["id", "name"].iter().filter_map(|name| attribute(tag, name));
        let Some(target) = own.map(|own| own.replace([' ', ']'], "-")).find(|own| {
            targets.contains(own) && self.note.as_ref().is_none_or(|(note, _)| note != own)
        }) else {
            return;
        };
        // The block of an inline target may have begun with space or a mark.
        if !self.text.trim().is_empty() {
            self.flush();
        }
        let is_block = BLOCKS.contains(&name) || matches!(name, "footer");
        self.note = Some((target, is_block.then(|| (name.to_owned(), 1))));
    }

    /// Ends the note that `name` holds.
    fn end_of(&mut self, name: &str) {
        if let Some((_, Some((element, depth)))) = &mut self.note
            && element == name
        {
            *depth -= 1;
            if *depth == 0 {
                self.flush();
                self.note = None;
            }
        }
    }

    /// Ends a paragraph.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let lines = std::mem::take(&mut self.lines);
        let kept = text.trim_end();
        if kept.trim_matches(|c: char| c.is_whitespace() || c == '↩' || c == '\u{FE0E}').is_empty()
        {
            return;
        }
        let part = match &self.note {
            Some((name, _)) => Part::Note(name.clone()),
            None if self.quote_depth > 0 => Part::Quote,
            None => Part::Body,
        };
        let kept_lines = lines.into_iter().filter(|(start, _)| *start <= kept.len()).collect();
        self.blocks.push(Block { text: kept.to_owned(), part, lines: kept_lines });
        if self.note.as_ref().is_some_and(|(_, holder)| holder.is_none()) {
            self.note = None;
        }
    }
}

/// Splits a text that begins with `<` behind its tag; a comment counts as a tag.
fn split_tag(text: &str) -> (&str, &str) {
    let end = if text.starts_with("<!--") {
        text.find("-->").map(|at| at + 3)
    } else {
        text.find('>').map(|at| at + 1)
    };
    text.split_at(end.unwrap_or(text.len()))
}

/// Tells whether it is a tag, and not a lone `<`.
fn is_tag(tag: &str) -> bool {
    let inside = tag.get(1..).unwrap_or_default();
    inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

fn name_of(tag: &str) -> String {
    let inside = tag.get(1..).unwrap_or_default().trim_start_matches('/');
    let name: String = inside.chars().take_while(char::is_ascii_alphanumeric).collect();
    name.to_ascii_lowercase()
}

/// Splits a text before the end tag of `name`; all of it where there is none.
fn until_end<'a>(text: &'a str, name: &str) -> (&'a str, &'a str) {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("</")) {
        let from = at + found;
        let rest = text.get(from + 2..).unwrap_or_default();
        let is_same = rest.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
        let is_whole =
            rest.get(name.len()..).is_none_or(|rest| !rest.starts_with(char::is_alphanumeric));
        if is_same && is_whole {
            return text.split_at(from);
        }
        at = from + 2;
    }
    (text, "")
}

/// Returns the value of an attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower.get(from..)?.find(name)?;
        from = at + name.len();
        let is_free = lower.get(..at)?.ends_with(char::is_whitespace);
        let rest = tag.get(from..)?.trim_start();
        let Some(value) = rest.strip_prefix('=').filter(|_| is_free) else { continue };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let found = match quote {
            Some(quote) => value.get(1..)?.split(quote).next()?,
            None => value.split(|c: char| c.is_whitespace() || c == '>').next()?,
        };
        return Some(found.to_owned());
    }
}

/// Returns the words of a piece of HTML.
fn text_of(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (words, from) = rest.split_at(at);
        out.push_str(words);
        rest = split_tag(from).1;
    }
    out.push_str(rest);
    out
}

/// Reads the character reference at the beginning; returns its character and its bytes.
fn entity(text: &str) -> (char, usize) {
    const NAMED: &[(&str, char)] = &[
        ("nbsp", '\u{A0}'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("hellip", '…'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("para", '¶'),
        ("sect", '§'),
        ("shy", '\u{AD}'),
        ("zwnj", '\u{200C}'),
        ("quot", '"'),
        ("apos", '\''),
        ("lt", '<'),
        ("gt", '>'),
        ("amp", '&'),
    ];
    let Some(end) = text.get(1..).and_then(|rest| rest.find(';')).filter(|end| *end <= 10) else {
        return ('&', 1);
    };
    let name = text.get(1..=end).unwrap_or_default();
    let number = name.strip_prefix('#').and_then(|digits| {
        let hex = digits.strip_prefix(['x', 'X']);
        hex.map_or_else(|| digits.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())
    });
    let found = number
        .and_then(char::from_u32)
        .or_else(|| NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c));
    found.map_or(('&', 1), |c| (c, end + 2))
}
