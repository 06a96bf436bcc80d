//! Notes: which works a note cites, and which note a back-reference means.

use crate::model::Span;

use super::back::{Before, is_parallel};
use super::found::Found;
use super::scan::{any_word_back, number, ws, ws_back};

/// Words of a note that says what was done to the text.
pub(super) const NOTED: &[&str] = &[
    "added",
    "inserted",
    "ins.",
    "ins",
    "substituted",
    "subs.",
    "subs",
    "omitted",
    "deleted",
    "amended",
    "adapted",
    "renumbered",
    "repealed",
    "now",
];

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
        if is_note { self.meant_by_note(*before..this) } else { Vec::new() }
    }

    /// Returns what `ibid` behind the note at `range` means: its one work, what its own `ibid` meant, or
    /// the act that it says amended the text: `Added by the Kite Act, 2001. Under Article 5A …`
    pub(super) fn meant_by_note(&self, range: Span) -> Vec<String> {
        let works = self.works(range.clone());
        if let Some((end, id)) = self.last.as_ref().filter(|(end, _)| range.contains(end)) {
            let since = self
                .found
                .iter()
                .any(|one| range.contains(&one.span.start) && one.span.start >= *end);
            if !since && !id.is_empty() {
                return vec![id.clone()];
            }
        }
        let amending = self.amending(range);
        if amending.len() == 1 { amending } else { works }
    }

    /// Returns the acts by which a note says that something was put in or left out.
    fn amending(&self, range: Span) -> Vec<String> {
        let b = self.r.b;
        let mut ids: Vec<String> = Vec::new();
        let inside = |one: &&Found| range.contains(&one.whole.start);
        for one in self.found.iter().filter(inside) {
            let before = ws_back(b, one.whole.start);
            let said = any_word_back(b, before, &["by the", "by", "see the", "see", "vide"]);
            let told = said.is_some_and(|said| {
                let opening = self.r.get(range.start, said).to_ascii_lowercase();
                let mut words = opening.split(|c: char| !c.is_ascii_alphabetic());
                words.any(|word| NOTED.contains(&word))
            });
            let act = one.id.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
            if told && act.contains("/act/") && !ids.contains(&act) {
                ids.push(act);
            }
        }
        ids
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
