//! Numbers in brackets that stand for a numbered list of sources: `as it held [1]`, `[2, p. 34]`.
//!
//! Each source of the list becomes a note, and each number in the text a call of it, as if the
//! draft had footnotes. A list is one below a heading such as "Sources", or the last thing of the
//! draft; it begins with 1 and counts on. Where nothing in the text calls it, nothing is changed.

use std::collections::BTreeSet;

use super::{Block, Part};

/// The words of headings above a list of sources, folded to small letters.
const HEADINGS: &[&str] = &[
    "sources",
    "list of sources",
    "references",
    "list of references",
    "notes",
    "endnotes",
    "footnotes",
    "bibliography",
    "works cited",
    "authorities",
    "list of authorities",
    "table of authorities",
    "citations",
    "حوالہ جات",
    "حوالے",
    "حواشی",
    "مآخذ",
    "ماخذ",
    "ذرائع",
];
/// The most sources that one bracket may span: `[3]–[9]` is a range, `[1-900]` is none.
const MAX_RANGE: usize = 30;

/// Makes notes of the list of sources, and calls of the numbers in brackets.
pub(super) fn tie(blocks: &mut Vec<Block>) {
    let Some(list) = find_list(blocks) else { return };
    let numbers: BTreeSet<usize> = list.items.iter().map(|item| item.number).collect();
    let is_called = blocks.iter().enumerate().any(|(block_idx, block)| {
        let end = match block_idx.cmp(&list.first.0) {
            std::cmp::Ordering::Equal => block.lines.get(list.first.1).map_or(0, |line| line.0),
            std::cmp::Ordering::Less => block.text.len(),
            std::cmp::Ordering::Greater => 0,
        };
        let calls = calls(block.text.get(..end).unwrap_or_default(), &numbers);
        !calls.is_empty()
    });
    if !is_called {
        return;
    }
    let taken: BTreeSet<String> = blocks
        .iter()
        .filter_map(|block| match &block.part {
            Part::Note(name) => Some(name.clone()),
            _ => None,
        })
        .collect();
    // A draft with footnotes and a list of sources has a 1 of each.
    let is_free = numbers.iter().all(|number| !taken.contains(&number.to_string()));
    let name_of =
        |number: usize| if is_free { number.to_string() } else { format!("source-{number}") };
    list.cut_out(blocks, &name_of);
    for block in blocks.iter_mut() {
        write_calls(block, &numbers, &name_of);
    }
}

/// An entry of the list: its number and the lines that it takes.
#[derive(Debug)]
struct Item {
    number: usize,
    /// Position of the block, then of the line in it.
    at: (usize, usize),
}

/// A list of sources.
#[derive(Debug)]
struct List {
    first: (usize, usize),
    items: Vec<Item>,
    /// The block behind the last one of the list.
    end: usize,
}

impl List {
    /// Makes a note of each source; what stands before the list in its first block stays.
    fn cut_out(&self, blocks: &mut Vec<Block>, name_of: &dyn Fn(usize) -> String) {
        let mut made: Vec<Block> = Vec::new();
        let mut number = None;
        let mut items = self.items.iter().peekable();
        for block_idx in self.first.0..self.end {
            let Some(block) = blocks.get(block_idx) else { continue };
            if matches!(block.part, Part::Note(_)) {
                made.push(block.clone());
                continue;
            }
            for line_idx in 0..block.lines.len().max(1) {
                let Some((line, words)) = line_of(block, line_idx) else { continue };
                let item = items.next_if(|item| item.at == (block_idx, line_idx));
                number = item.map(|item| item.number).or(number);
                let part = number.map_or(block.part.clone(), |number| Part::Note(name_of(number)));
                match made.last_mut().filter(|last| item.is_none() && last.part == part) {
                    Some(last) => {
                        last.text.push(' ');
                        last.lines.push((last.text.len(), line));
                        last.text.push_str(words);
                    }
                    None => {
                        let own = item.and_then(|_| marker(words)).map_or(words, |(_, rest)| rest);
                        made.push(Block { text: own.to_owned(), part, lines: vec![(0, line)] });
                    }
                }
            }
        }
        blocks.splice(self.first.0..self.end, made);
    }
}

/// Returns the number and the words of a line of a block.
fn line_of(block: &Block, line_idx: usize) -> Option<(usize, &str)> {
    let &(start, line) = block.lines.get(line_idx)?;
    let end = block.lines.get(line_idx + 1).map_or(block.text.len(), |next| next.0);
    Some((line, block.text.get(start..end)?.trim()))
}

/// Finds the last list of sources of the draft.
fn find_list(blocks: &[Block]) -> Option<List> {
    for (block_idx, block) in blocks.iter().enumerate().rev() {
        if matches!(block.part, Part::Note(_)) {
            continue;
        }
        for line_idx in (0..block.lines.len()).rev() {
            let words = line_of(block, line_idx).map_or("", |(_, words)| words);
            if marker(words).is_none_or(|(number, _)| number != 1) {
                continue;
            }
            let list = run(blocks, (block_idx, line_idx))?;
            let above = match line_idx.checked_sub(1) {
                Some(above) => line_of(block, above).map(|(_, words)| words),
                None => blocks
                    .get(..block_idx)
                    .and_then(|before| {
                        before.iter().rev().find(|one| !matches!(one.part, Part::Note(_)))
                    })
                    .map(|one| one.text.as_str()),
            };
            let is_last = blocks
                .get(list.end..)
                .unwrap_or_default()
                .iter()
                .all(|block| matches!(block.part, Part::Note(_)));
            return (is_last || above.is_some_and(is_heading)).then_some(list);
        }
    }
    None
}

/// Reads the numbered lines from `first` on, as long as they count on.
fn run(blocks: &[Block], first: (usize, usize)) -> Option<List> {
    let mut items: Vec<Item> = Vec::new();
    let mut end = first.0;
    'blocks: for (block_idx, block) in blocks.iter().enumerate().skip(first.0) {
        if matches!(block.part, Part::Note(_)) {
            continue;
        }
        let from = if block_idx == first.0 { first.1 } else { 0 };
        for line_idx in from..block.lines.len() {
            let words = line_of(block, line_idx).map_or("", |(_, words)| words);
            let number = marker(words).map(|(number, _)| number);
            if number == Some(items.len() + 1) {
                items.push(Item { number: items.len() + 1, at: (block_idx, line_idx) });
            } else if line_idx == from {
                // A paragraph of its own that is no source ends the list.
                break 'blocks;
            }
        }
        end = block_idx + 1;
    }
    (!items.is_empty()).then_some(List { first, items, end })
}

/// Tells whether a line is the heading of a list of sources.
fn is_heading(line: &str) -> bool {
    let is_sign = |c: char| !c.is_alphabetic();
    let words = line.trim_matches(is_sign).to_lowercase();
    HEADINGS.contains(&words.as_str())
}

/// Reads the number before a source: `[1]`, `[1]:`, `(1)`, `1.`, `1)`; returns it and the rest.
fn marker(line: &str) -> Option<(usize, &str)> {
    let one = |line: &str| -> Option<(usize, usize)> {
        let open = line.starts_with(['[', '(']);
        let digits = line.get(usize::from(open)..)?;
        let n_digits = digits.bytes().take_while(u8::is_ascii_digit).count();
        let number = digits.get(..n_digits).filter(|_| n_digits <= 4)?.parse().ok()?;
        let close = digits.get(n_digits..)?;
        let n_close = match (open, close.chars().next()?) {
            (true, ']' | ')') if close.get(1..)?.starts_with(':') => 2,
            (true, ']' | ')') | (false, '.' | ')') => 1,
            _ => return None,
        };
        let end = usize::from(open) + n_digits + n_close;
        line.get(end..)?.starts_with(char::is_whitespace).then_some((number, end))
    };
    let (number, end) = one(line)?;
    let rest = line.get(end..)?.trim_start();
    // A list that numbers itself, of sources that are numbered by hand.
    match one(rest).filter(|_| rest.starts_with('[')) {
        Some((own, end)) => Some((own, rest.get(end..)?.trim_start())),
        None => Some((number, rest)),
    }
}

/// A bracket with numbers of sources.
#[derive(Debug, PartialEq, Eq)]
struct Call {
    start: usize,
    end: usize,
    numbers: Vec<usize>,
    /// Whether a place follows the number inside the bracket, so that the bracket itself cites.
    has_place: bool,
}

/// Returns the brackets of a text that call sources of the list.
fn calls(text: &str, numbers: &BTreeSet<usize>) -> Vec<Call> {
    let mut found: Vec<Call> = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('[')) {
        let start = at + open;
        at = start + 1;
        let Some(len) = text.get(at..).and_then(|rest| rest.find([']', '['])) else { break };
        let closes = |end: usize| text.get(end..).is_some_and(|rest| rest.starts_with(']'));
        let Some(inside) = text.get(at..at + len).filter(|_| closes(at + len)) else { continue };
        let before = text.get(..start).unwrap_or_default();
        let Some((mut own, has_place)) = inside_of(inside) else { continue };
        if is_place(before) || !own.iter().all(|number| numbers.contains(number)) {
            continue;
        }
        let end = at + len + 1;
        // `[1]–[3]`
        if let Some(last) = found.last_mut().filter(|last| !has_place && !last.has_place)
            && matches!(text.get(last.end..start).map(str::trim), Some("–" | "-" | "—"))
            && let (Some(&low), Some(&high)) = (last.numbers.last(), own.first())
            && low < high
            && high - low <= MAX_RANGE
        {
            last.numbers.extend(low + 1..high);
            last.numbers.append(&mut own);
            last.end = end;
        } else {
            found.push(Call { start, end, numbers: own, has_place });
        }
        at = end;
    }
    found
}

/// Reads what stands in a bracket: `1`, `1, 4`, `2–5`, `3, p. 12`; the second value says whether a
/// place follows.
fn inside_of(inside: &str) -> Option<(Vec<usize>, bool)> {
    let mut numbers = Vec::new();
    for (part_idx, part) in inside.split([',', ';']).enumerate() {
        let part = part.trim();
        let ends: Vec<&str> = part.split(['-', '–']).map(str::trim).collect();
        let number = |word: &str| -> Option<usize> {
            let is_number =
                (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
            word.parse().ok().filter(|_| is_number)
        };
        match ends.as_slice() {
            [one] if number(one).is_some() => numbers.extend(number(one)),
            [low, high] if number(low).is_some() && number(high).is_some() => {
                let (low, high) = (number(low)?, number(high)?);
                if low >= high || high - low > MAX_RANGE {
                    return None;
                }
                numbers.extend(low..=high);
            }
            // `[3, p. 12]`: a place belongs to one source.
            _ if part_idx == 1 && numbers.len() == 1 => {
                let is_word =
                    part.starts_with(|c: char| c.is_alphabetic() || matches!(c, '¶' | '§'));
                return is_word.then_some((numbers, true));
            }
            _ => return None,
        }
    }
    (!numbers.is_empty()).then_some((numbers, false))
}

/// Tells whether a bracket behind this text is the paragraph of a judgment: `[2019] UKSC 22, [37]`,
/// `(Islamabad High Court, 25 June 2024) [12]`.
fn is_place(before: &str) -> bool {
    let trimmed = before.trim_end();
    let bare = trimmed.trim_end_matches([',', ')']);
    let is_marked = bare.len() < trimmed.len();
    is_marked && bare.ends_with(|c: char| c.is_ascii_digit())
}

/// Writes the calls of a block as `[^1]`; those with a place stay as they are, and call as well.
fn write_calls(block: &mut Block, numbers: &BTreeSet<usize>, name_of: &dyn Fn(usize) -> String) {
    let calls = calls(&block.text, numbers);
    if calls.is_empty() {
        return;
    }
    let mut out = String::with_capacity(block.text.len() + calls.len() * 2);
    let mut lines = Vec::with_capacity(block.lines.len());
    let mut old_lines = block.lines.iter().peekable();
    let mut at = 0;
    for call in &calls {
        // A line that begins inside the bracket begins at it.
        while let Some(&(start, line)) = old_lines.next_if(|(start, _)| *start < call.end) {
            lines.push((out.len() + start.min(call.start) - at, line));
        }
        out.push_str(block.text.get(at..call.start).unwrap_or_default());
        for &number in &call.numbers {
            out.push_str(&format!("[^{}]", name_of(number)));
        }
        if call.has_place {
            // What follows the call names the place in that source: see `super::short`.
            let inside = block.text.get(call.start + 1..call.end).unwrap_or_default();
            let place = inside.find([',', ';']).and_then(|at| inside.get(at..)).unwrap_or_default();
            let name = call.numbers.first().map(|&number| name_of(number)).unwrap_or_default();
            out.push_str(&format!("[{name}{place}"));
        }
        at = call.end;
    }
    lines.extend(old_lines.map(|&(start, line)| (out.len() + start - at, line)));
    out.push_str(block.text.get(at..).unwrap_or_default());
    (block.text, block.lines) = (out, lines);
}
