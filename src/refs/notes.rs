//! Notes: which works a note cites, and which note a back-reference means.

use crate::model::Span;

use super::back::{Before, is_parallel};
use super::scan::{number, ws};

/// How Markdown marks a note's number where notes stand among the text.
const MARK: &[u8] = b"<sup>";

impl Before<'_> {
    /// Returns the works of the note before the one that holds `at`.
    pub(super) fn note_before(&self, at: usize) -> Vec<String> {
        let paragraph = self.flow.paragraph_of(at);
        let this = self.flow.paragraphs.get(paragraph).copied().unwrap_or(at);
        // A second ibid in one note speaks of the note's own work.
        let here = self.works(this..at);
        if !here.is_empty() {
            return here;
        }
        let Some(before) = paragraph.checked_sub(1).and_then(|idx| self.flow.paragraphs.get(idx))
        else {
            return Vec::new();
        };
        let is_note = *before >= self.flow.notes || self.is_marked(*before);
        if is_note { self.works(*before..this) } else { Vec::new() }
    }

    fn works(&self, range: Span) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        let mut last_end = usize::MAX;
        for one in self
            .found
            .iter()
            .filter(|one| one.whole.start >= range.start && one.whole.start < range.end)
        {
            let parallel =
                last_end <= one.whole.start && is_parallel(self.r.get(last_end, one.whole.start));
            last_end = one.whole.end;
            if !parallel && !one.id.is_empty() && !ids.contains(&one.id) {
                ids.push(one.id.clone());
            }
        }
        ids
    }

    /// Returns the works of note `value`; of several that one behind `names`.
    pub(super) fn note(&self, value: u32, names: &[&str]) -> Vec<String> {
        let is_note = |start: usize| start >= self.flow.notes || self.is_marked(start);
        let numbered = |start: usize| {
            let open = match self.r.b.get(start) {
                Some(b'[') => 1,
                Some(b'<') => MARK.len(),
                _ => 0,
            };
            number(self.r.b, start + open, 4)
                .filter(|&(found, _)| found == value)
                .map(|(_, after)| after)
        };
        // Markdown without marks of notes: `85 Mary Kite, …`, where one paragraph alone opens so.
        let plain = |start: usize| {
            numbered(start).is_some_and(|after| {
                let first = self.r.b.get(ws(self.r.b, after));
                first.is_some_and(|&byte| byte.is_ascii_uppercase() || byte == b'"')
            })
        };
        let starts = || self.flow.paragraphs.iter().copied().enumerate();
        let marked = starts().find(|&(_, start)| is_note(start) && numbered(start).is_some());
        let mut unmarked = starts().filter(|&(_, start)| plain(start));
        let first_plain = unmarked.next();
        let first_plain = first_plain.filter(|_| unmarked.next().is_none());
        let has_notes = self.flow.notes < self.r.b.len();
        let Some((idx, start)) = marked.or_else(|| (!has_notes).then_some(first_plain).flatten())
        else {
            return Vec::new();
        };
        let end = self.flow.paragraphs.get(idx + 1).copied().unwrap_or(self.r.b.len());
        let works = self.works(start..end);
        if works.len() < 2 || names.is_empty() {
            return works;
        }
        let mut from = start;
        let mut named = Vec::new();
        for one in self.found.iter().filter(|one| (start..end).contains(&one.whole.start)) {
            let title = self.r.get(from.min(one.whole.start), one.whole.start);
            if names.iter().all(|name| title.contains(name)) && !named.contains(&one.id) {
                named.push(one.id.clone());
            }
            from = one.whole.end;
        }
        named
    }

    /// Tells whether a paragraph opens with the mark of a note, as Markdown has it: `<sup>85</sup>`.
    pub(super) fn is_marked(&self, start: usize) -> bool {
        self.r.b.get(start..).is_some_and(|rest| rest.starts_with(MARK))
    }
}
