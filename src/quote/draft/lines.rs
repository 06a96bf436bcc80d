//! Drafts by lines: Markdown, plain text, and paragraphs of Word documents.

use super::{Block, DraftKind, Part};

/// Splits a draft into its blocks; code is passed over.
pub(super) fn blocks(text: &str, kind: DraftKind) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
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
        let begin = |words: &str, part: Part| Block {
            text: words.to_owned(),
            part,
            lines: vec![(0, line_idx + 1)],
        };
        if let Some((name, words)) = note_definition(trimmed).filter(|_| kind != DraftKind::Text) {
            blocks.push(begin(words, Part::Note(name.clone())));
            note = Some(name);
            open = true;
            continue;
        }
        let in_note = note.clone().filter(|_| {
            line.starts_with(char::is_whitespace) || open && kind == DraftKind::Markdown
        });
        if in_note.is_none() {
            note = None;
        }
        let quoted = trimmed.strip_prefix('>').filter(|_| kind != DraftKind::Text);
        let words = quoted.unwrap_or(trimmed).trim_start_matches('>').trim();
        let part = match (in_note, quoted) {
            (Some(name), _) => Part::Note(name),
            (None, Some(_)) => Part::Quote,
            (None, None) => Part::Body,
        };
        let joins = open && kind != DraftKind::Paragraphs;
        match blocks.last_mut() {
            Some(last) if joins && last.part == part => {
                last.text.push(' ');
                last.lines.push((last.text.len(), line_idx + 1));
                last.text.push_str(words);
            }
            _ => blocks.push(begin(words, part)),
        }
        open = true;
    }
    if kind == DraftKind::Markdown {
        notes_in_place(&mut blocks);
        for block in &mut blocks {
            let (text, lines) = without_emphasis(&block.text, &block.lines);
            (block.text, block.lines) = (text, lines);
        }
    }
    blocks
}

/// Reads `[^1]: words` and returns the name and the words.
fn note_definition(line: &str) -> Option<(String, &str)> {
    let (name, rest) = line.strip_prefix("[^")?.split_once("]:")?;
    (!name.contains(' ') && !name.is_empty()).then(|| (name.to_owned(), rest.trim()))
}

/// Makes blocks of the notes that stand in place: `words^[See PECA.]`.
fn notes_in_place(blocks: &mut Vec<Block>) {
    let mut added: Vec<(usize, Block)> = Vec::new();
    for (block_idx, block) in blocks.iter_mut().enumerate() {
        while let Some(open) = block.text.find("^[") {
            let Some(len) = closing(block.text.get(open + 2..).unwrap_or_default()) else { break };
            let words = block.text.get(open + 2..open + 2 + len).unwrap_or_default().to_owned();
            // No name that a writer chooses has a space or this sign.
            let name = format!("^{}", added.len() + 1);
            let line = block.line_of(open);
            let call = format!("[^{name}]");
            let (cut, shift) = (open + 3 + len, len + 3);
            block.text.replace_range(open..cut, &call);
            for (start, _) in &mut block.lines {
                if *start >= cut {
                    *start = *start - shift + call.len();
                } else if *start > open {
                    *start = open + call.len();
                }
            }
            let note = Block { text: words, part: Part::Note(name), lines: vec![(0, line)] };
            added.push((block_idx + 1, note));
        }
    }
    for (at, note) in added.into_iter().rev() {
        blocks.insert(at, note);
    }
}

/// Returns the byte of the bracket that closes one opened before the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 0 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Returns the text without the signs of emphasis and the backslashes before signs, and where its
/// lines now begin.
fn without_emphasis(text: &str, lines: &[(usize, usize)]) -> (String, Vec<(usize, usize)>) {
    let mut out = String::with_capacity(text.len());
    let mut moved = Vec::with_capacity(lines.len());
    let mut lines = lines.iter().peekable();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let is_plain = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let mut idx = 0;
    while let Some(&(at, c)) = chars.get(idx) {
        while let Some(&(_, line)) = lines.next_if(|(start, _)| *start <= at) {
            moved.push((out.len(), line));
        }
        let next = chars.get(idx + 1).map(|&(_, c)| c);
        if c == '\\' && next.is_some_and(|c| c.is_ascii_punctuation()) {
            out.extend(next);
            idx += 2;
            continue;
        }
        if matches!(c, '*' | '_') {
            let n = chars.iter().skip(idx).take_while(|&&(_, other)| other == c).count();
            let before = idx.checked_sub(1).map(|idx| chars[idx].1);
            let after = chars.get(idx + n).map(|&(_, c)| c);
            let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            // `* * *` are dots; `a_b` is a name.
            let is_free = is_plain(before) && is_plain(after);
            let is_name = c == '_' && inside(before) && inside(after);
            if !is_free && !is_name && n <= 3 {
                idx += n;
                continue;
            }
        }
        out.push(c);
        idx += 1;
    }
    moved.extend(lines.map(|&(_, line)| (out.len(), line)));
    (out, moved)
}
