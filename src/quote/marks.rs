//! The marks of a quotation: ellipses, brackets, blacked-out words, "emphasis added".

use super::{MAX_BRACKET_WORDS, MAX_ELLIPSIS_WORDS};

/// What stands between two segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `…`, `. . .`, `[…]`: words were left out.
    Ellipsis,
    /// `[PTA]`: words were replaced or added by the writer; black boxes hold none.
    Bracket(String),
}

/// A quotation taken apart at its marks; there is one mark less than segments.
#[derive(Clone, Debug, Default)]
pub(super) struct Marked {
    pub(super) segments: Vec<String>,
    pub(super) marks: Vec<Mark>,
    n_remarks: usize,
}

/// What writers add in brackets without changing a word.
const REMARKS: &[&str] = &[
    "emphasis added",
    "emphasis supplied",
    "emphasis mine",
    "emphasis ours",
    "emphasis in original",
    "emphasis in the original",
    "underlining added",
    "sic",
];

impl Marked {
    /// Tells whether anything was marked.
    pub(super) fn has_marks(&self) -> bool {
        !self.marks.is_empty() || self.n_remarks > 0
    }

    /// Returns how many words of the source may lie between two segments.
    pub(super) fn gap_limit(&self, before: usize, after: usize) -> usize {
        let marks = self.marks.get(before..after).unwrap_or_default();
        marks
            .iter()
            .map(|mark| match mark {
                Mark::Ellipsis => MAX_ELLIPSIS_WORDS,
                Mark::Bracket(_) => MAX_BRACKET_WORDS,
            })
            .sum()
    }

    /// Returns the words that the writer put between two segments.
    pub(super) fn words_between(&self, before: usize, after: usize) -> String {
        let marks = self.marks.get(before..after).unwrap_or_default();
        let words = marks.iter().filter_map(|mark| match mark {
            Mark::Bracket(words) if !words.is_empty() => Some(words.as_str()),
            _ => None,
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// Takes a quotation apart.
pub(super) fn parse(quote: &str) -> Marked {
    let mut marked = Marked { segments: vec![String::new()], ..Marked::default() };
    let mut rest = quote;
    while let Some(c) = rest.chars().next() {
        if let Some(len) = ellipsis(rest) {
            cut(&mut marked, Mark::Ellipsis);
            rest = rest.get(len..).unwrap_or_default();
            continue;
        }
        if let Some((inside, len)) = bracketed(rest, c) {
            let words = inside.trim();
            let is_remark = REMARKS.contains(&words.to_lowercase().as_str());
            if is_remark {
                marked.n_remarks += 1;
            } else if c == '[' || ellipsis(words) == Some(words.len()) {
                let is_empty = words.is_empty() || ellipsis(words) == Some(words.len());
                cut(
                    &mut marked,
                    if is_empty { Mark::Ellipsis } else { Mark::Bracket(words.to_owned()) },
                );
            }
            if is_remark || c == '[' || ellipsis(words) == Some(words.len()) {
                rest = rest.get(len..).unwrap_or_default();
                continue;
            }
        }
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '█' {
            let after = after.trim_start_matches('█');
            // The kind of what was blacked out follows: `█ mobile number`.
            let after = [
                "CNIC",
                "mobile number",
                "IMEI",
                "IMSI",
                "passport number",
                "e-mail address",
                "IBAN",
            ]
            .iter()
            .find_map(|kind| after.trim_start().strip_prefix(kind))
            .unwrap_or(after);
            cut(&mut marked, Mark::Bracket(String::new()));
            rest = after;
            continue;
        }
        if let Some(segment) = marked.segments.last_mut() {
            segment.push(c);
        }
        rest = after;
    }
    trim_cuts(&mut marked);
    marked
}

/// Drops the brackets, stops and commas beside a mark: they are the writer's, or go with what was
/// left out.
fn trim_cuts(marked: &mut Marked) {
    let is_sign = |c: char| c.is_whitespace() || ".,;:()،؛۔".contains(c);
    let n_segments = marked.segments.len();
    for (idx, segment) in marked.segments.iter_mut().enumerate() {
        if idx > 0 {
            *segment = segment.trim_start_matches(is_sign).to_owned();
        }
        if idx + 1 < n_segments {
            segment.truncate(segment.trim_end_matches(is_sign).len());
        }
    }
}

/// Ends a segment.
fn cut(marked: &mut Marked, mark: Mark) {
    marked.marks.push(mark);
    marked.segments.push(String::new());
}

/// Returns the bytes of an ellipsis at the beginning: `…`, `...`, `. . .`, `* * *`.
fn ellipsis(text: &str) -> Option<usize> {
    if text.starts_with('…') {
        return Some('…'.len_utf8());
    }
    let mut n_dots = 0;
    let mut end = 0;
    let sign = text.chars().next().filter(|c| matches!(c, '.' | '*'))?;
    for (at, c) in text.char_indices() {
        if c == sign {
            n_dots += 1;
            end = at + 1;
        } else if !matches!(c, ' ' | '\u{A0}') {
            break;
        }
    }
    (n_dots >= 3).then_some(end)
}

/// Returns what stands in the bracket at the beginning, and the bytes up to its end.
fn bracketed(text: &str, open: char) -> Option<(&str, usize)> {
    let close = match open {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let inside = text.get(1..)?;
    let end = inside.find(close)?;
    (end <= 200).then(|| (inside.get(..end).unwrap_or_default(), end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(quote: &str, segments: &[&str], marks: &[Mark]) {
        let marked = parse(quote);
        let trimmed: Vec<&str> = marked.segments.iter().map(|segment| segment.trim()).collect();
        assert_eq!((trimmed.as_slice(), marked.marks.as_slice()), (segments, marks), "{quote}");
    }

    #[test]
    fn marks_of_writers() {
        check("a … b", &["a", "b"], &[Mark::Ellipsis]);
        check("a . . . b [...] c", &["a", "b", "c"], &[Mark::Ellipsis, Mark::Ellipsis]);
        check("a (...) b (…), c", &["a", "b", "c"], &[Mark::Ellipsis, Mark::Ellipsis]);
        check("a (b), … (c) d.", &["a (b", "c) d."], &[Mark::Ellipsis]);
        check("[PTA] shall", &["", "shall"], &[Mark::Bracket("PTA".to_owned())]);
        check("a █████ b", &["a", "b"], &[Mark::Bracket(String::new())]);
        check("section 5(2) of", &["section 5(2) of"], &[]);
        assert!(parse("a (emphasis added)").has_marks());
        assert!(!parse("a. b. c").has_marks());
    }
}
