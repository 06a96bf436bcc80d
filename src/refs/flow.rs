//! The text that the parsers read: pages joined, letters folded, with the way back to the page.
//!
//! Every white space is one space, digits are ASCII, dashes and quotes are plain, marks of
//! direction are gone, and a word that a line break cut is whole. A line feed stands where one
//! text ends (running text before notes), so that no reference crosses it.

use crate::model::{Page, Paragraph, Role, Span};
use crate::text::ascii::n_plain;

/// From byte `at` of the flow on, bytes stand for those of page `page_idx` from byte `source` on.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    page_idx: usize,
    source: usize,
}

/// Folded text with the way back.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The folded text.
    pub(super) text: String,
    marks: Vec<Mark>,
    /// Where paragraphs begin in `text`, ascending.
    pub(super) paragraphs: Vec<usize>,
    /// Where the notes (footnotes, endnotes) begin; the text's length when there are none.
    pub(super) notes: usize,
}

impl Flow {
    /// Joins the pages: first running text, then notes; running heads and the like are left out.
    pub(super) fn of_pages(pages: &[Page]) -> Self {
        let mut flow = Self::default();
        flow.text.reserve(pages.iter().map(|page| page.text.len() + 2).sum());
        // A word may begin after a space: the first one too.
        flow.text.push(' ');
        let mut has_notes = false;
        for (page_idx, page) in pages.iter().enumerate() {
            if page.paragraphs.is_empty() {
                flow.push_block(page_idx, &page.text, 0);
                continue;
            }
            for paragraph in &page.paragraphs {
                match paragraph.role {
                    role if role.is_boilerplate() => {}
                    Role::Footnote | Role::Endnote | Role::Comment => has_notes = true,
                    _ => flow.push_paragraph(page_idx, page, paragraph),
                }
            }
        }
        flow.notes = flow.text.len();
        if has_notes {
            flow.text.push_str("\n ");
            flow.notes = flow.text.len();
            for (page_idx, page) in pages.iter().enumerate() {
                for paragraph in &page.paragraphs {
                    if matches!(paragraph.role, Role::Footnote | Role::Endnote | Role::Comment) {
                        flow.push_paragraph(page_idx, page, paragraph);
                        flow.text.push_str("\n ");
                    }
                }
            }
        }
        flow
    }

    /// Folds one short text.
    pub(super) fn of_text(text: &str) -> Self {
        let mut flow = Self::default();
        flow.text.push(' ');
        flow.push_block(0, text, 0);
        flow.notes = flow.text.len();
        flow
    }

    fn push_paragraph(&mut self, page_idx: usize, page: &Page, paragraph: &Paragraph) {
        let text = page.paragraph_text(paragraph);
        let n_paragraphs = self.paragraphs.len();
        self.push_block(page_idx, text, paragraph.span.start);
        // What goes on over a page's end is one paragraph: the act it names is named there.
        if paragraph.continues && n_paragraphs > 0 {
            self.paragraphs.remove(n_paragraphs);
        }
    }

    /// Appends a text that begins at byte `from` of its page; blank lines end a paragraph.
    fn push_block(&mut self, page_idx: usize, text: &str, from: usize) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.marks.push(Mark { at: self.text.len(), page_idx, source: from });
            self.text.push(' ');
        }
        self.paragraphs.push(self.text.len());
        let bytes = text.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            let run = n_plain(&bytes[i..]);
            if run > 0 {
                self.sync(page_idx, from + i);
                self.text.push_str(text.get(i..i + run).unwrap_or_default());
                i += run;
                continue;
            }
            let Some(c) = text.get(i..).and_then(|rest| rest.chars().next()) else { break };
            if is_space(c) {
                i = self.push_space(page_idx, text, i, from);
                continue;
            }
            match fold(c) {
                Folded::Same => {
                    self.sync(page_idx, from + i);
                    self.text.push(c);
                }
                Folded::Char(other) => {
                    self.sync(page_idx, from + i);
                    self.text.push(other);
                }
                Folded::Text(other) => {
                    self.sync(page_idx, from + i);
                    self.text.push_str(other);
                }
                Folded::Gone => {}
            }
            i += c.len_utf8();
        }
    }

    /// Appends the white space that begins at `i` as one space; returns where it ends.
    fn push_space(&mut self, page_idx: usize, text: &str, i: usize, from: usize) -> usize {
        let mut end = i;
        let mut breaks = 0;
        for c in text.get(i..).unwrap_or_default().chars() {
            if !is_space(c) && !matches!(fold(c), Folded::Gone) {
                break;
            }
            breaks += usize::from(c == '\n');
            end += c.len_utf8();
        }
        let lower = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_lowercase);
        let next = text.as_bytes().get(end);
        let mut before = self.text.as_bytes().iter().rev();
        if breaks > 0 && before.next() == Some(&b'-') {
            let previous = before.next();
            if previous.is_some_and(u8::is_ascii_alphanumeric) {
                // A word cut at the line's end is whole again; `Qanun-e-⏎Shahadat` keeps its hyphen.
                if lower(previous) && lower(next) {
                    self.text.pop();
                }
                return end;
            }
        }
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.sync(page_idx, from + i);
            self.text.push(' ');
        }
        if breaks > 1 {
            self.paragraphs.push(self.text.len());
        }
        end
    }

    /// Notes that the next byte of the flow stands for byte `source` of the page.
    fn sync(&mut self, page_idx: usize, source: usize) {
        let at = self.text.len();
        let known = self.marks.last().is_some_and(|mark| {
            mark.page_idx == page_idx && mark.source + (at - mark.at) == source
        });
        if !known {
            self.marks.push(Mark { at, page_idx, source });
        }
    }

    /// Returns the page's index and the byte of its text for a byte of the flow.
    fn source(&self, at: usize) -> (usize, usize) {
        let idx = self.marks.partition_point(|mark| mark.at <= at);
        idx.checked_sub(1).and_then(|idx| self.marks.get(idx)).map_or((0, 0), |mark| {
            let next = self.marks.get(idx).filter(|next| next.page_idx == mark.page_idx);
            let limit = next.map_or(usize::MAX, |next| next.source.max(mark.source));
            (mark.page_idx, (mark.source + (at - mark.at)).min(limit))
        })
    }

    /// Returns the page's index and the span in its text; a span over a page break ends with its page.
    pub(super) fn span_in<'p>(
        &self,
        span: &Span,
        text_of: impl Fn(usize) -> &'p str,
    ) -> (usize, Span) {
        let (page_idx, start) = self.source(span.start);
        let mut last = span.end.saturating_sub(1).max(span.start);
        while last > span.start && self.source(last).0 != page_idx {
            last -= 1;
        }
        let text = text_of(page_idx);
        let mut start = start.min(text.len());
        while start > 0 && !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (self.source(last).1 + 1).min(text.len());
        while end < text.len() && !text.is_char_boundary(end) {
            end += 1;
        }
        (page_idx, start..end.max(start))
    }

    /// Returns the index of the paragraph that holds byte `at` of the flow.
    pub(super) fn paragraph_of(&self, at: usize) -> usize {
        self.paragraphs.partition_point(|&start| start <= at).saturating_sub(1)
    }
}

fn is_space(c: char) -> bool {
    // Zero-width joiners part words in Urdu (این‌سی‌سی‌آئی‌اے).
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200C}' | '\u{200D}')
}

enum Folded {
    Same,
    Char(char),
    Text(&'static str),
    Gone,
}

fn fold(c: char) -> Folded {
    let digit = |zero: u32| Folded::Char(char::from_digit(u32::from(c) - zero, 10).unwrap_or(c));
    match c {
        '\u{0}'..='\u{A7}' => Folded::Same,
        // Raised digits call notes: `97A³` is section 97A.
        '²'
        | '³'
        | '¹'
        | '⁰'
        | '⁴'..='⁹'
        | '\u{AD}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{640}'
        | '\u{64B}'..='\u{652}'
        | '\u{656}'..='\u{658}'
        | '\u{670}' => Folded::Gone,
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6F0}'..='\u{6F9}' => digit(0x6F0),
        'ي' | 'ى' | 'ې' => Folded::Char('ی'),
        'ك' | 'ڪ' => Folded::Char('ک'),
        'ه' | 'ە' => Folded::Char('ہ'),
        '،' => Folded::Char(','),
        '‘' | '’' | '‚' | '‛' | '′' => Folded::Char('\''),
        // `―` and `‖` are what some court files draw for double quotes.
        '“' | '”' | '„' | '‟' | '―' | '‖' | '″' | '«' | '»' => Folded::Char('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => Folded::Char('-'),
        '…' => Folded::Text("..."),
        '\u{FB00}' => Folded::Text("ff"),
        '\u{FB01}' => Folded::Text("fi"),
        '\u{FB02}' => Folded::Text("fl"),
        '\u{FB03}' => Folded::Text("ffi"),
        '\u{FB04}' => Folded::Text("ffl"),
        '\u{FB05}' | '\u{FB06}' => Folded::Text("st"),
        _ => Folded::Same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageNo, PageOrigin};

    #[test]
    fn folds_and_leads_back() {
        let text = "PLD\u{a0}۱۹۹۸  SC\n388, re-\ncord “x”";
        let flow = Flow::of_text(text);
        assert_eq!(flow.text, " PLD 1998 SC 388, record \"x\"");
        let at = flow.text.find("1998").unwrap();
        let (_, span) = flow.span_in(&(at..at + 4), |_| text);
        assert_eq!(text.get(span), Some("۱۹۹۸"));
        let at = flow.text.find("388").unwrap();
        let (_, span) = flow.span_in(&(at..at + 3), |_| text);
        assert_eq!(text.get(span), Some("388"));
        let at = flow.text.find("record").unwrap();
        let (_, span) = flow.span_in(&(at..at + 6), |_| text);
        assert_eq!(text.get(span), Some("re-\ncord"));
        assert_eq!(Flow::of_text("section 97A³ and unfair¹⁰.").text, " section 97A and unfair.");
    }

    #[test]
    fn notes_come_after_the_text_and_heads_are_left_out() {
        let mut first = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        first.push("W.P. No. 1/2020", Role::Header);
        first.push("PLD 1995", Role::Body);
        first.push("a note", Role::Footnote);
        let mut second = Page::empty(PageNo::from_idx(1), PageOrigin::Plain);
        second.push("SC 12", Role::Body);
        let pages = [first, second];
        let flow = Flow::of_pages(&pages);
        assert_eq!(flow.text, " PLD 1995 SC 12\n a note\n ");
        let (page_idx, span) = flow.span_in(&(1..15), |idx| &pages[idx].text);
        assert_eq!((page_idx, pages[0].text.get(span)), (0, Some("PLD 1995")));
    }

    #[test]
    fn a_paragraph_goes_on_over_the_end_of_its_page() {
        let mut first = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        first.push("One begins", Role::Body);
        let mut second = Page::empty(PageNo::from_idx(1), PageOrigin::Plain);
        second.push("and ends.", Role::Body);
        second.push("Another.", Role::Body);
        let n_paragraphs = |pages: &[Page]| Flow::of_pages(pages).paragraphs.len();
        assert_eq!(n_paragraphs(&[first.clone(), second.clone()]), 3);
        second.paragraphs[0].continues = true;
        assert_eq!(n_paragraphs(&[first, second]), 2);
    }
}
