//! `Ibid` and `id.`: what was cited right before.
//!
//! In a note it is what the note before cites; in the notes of a statute the amending act named there.
//! In running text lawyers of Pakistan write `section 9 ibid` for the act named last; at the head of a
//! sentence, or with a page, it is the authority cited last, whatever that is.

use crate::model::{RefKind, Span};

use super::back::{Before, names_before, resolve};
use super::found::Found;
use super::notes::NOTED;
use super::pinpoint::pinpoint;
use super::scan::{any_word, any_word_back, number_back, starts_word, ws, ws_back};

/// An `id.` may follow another so far behind, in bytes.
const MAX_BETWEEN: usize = 2000;
/// An American `id.` may follow what it means so far behind, in bytes: about four pages.
const MAX_ON_RECORD: usize = 8000;
/// How far before it the note before an `ibid` may begin, in bytes.
const MAX_NOTE: usize = 4000;
/// Words for a place that follow the `ibid` of an authority.
const PLACES: &[&str] =
    &["at", "p.", "pp.", "page", "pages", "para", "para.", "paras", "paras.", "paragraph"];

impl Before<'_> {
    /// Reads the `ibid` or `id.` at `start..end`.
    pub(super) fn ibid(&self, start: usize, end: usize) -> Option<Found> {
        let (r, b) = (self.r, self.r.b);
        let end = ws_back(b, end);
        if !starts_word(b, start) || self.is_taken(start) {
            return None;
        }
        let word = r.get(start, end).trim_end_matches([',', '.', ';', ')']);
        let latin = word.eq_ignore_ascii_case("id");
        let mut stop = start + word.len();
        if b.get(stop) == Some(&b'.') {
            stop += 1;
        }
        // American courts write `see id. at 281` in running text.
        let at_page = self.american
            && (any_word(b, ws(b, stop), &["at"]).is_some()
                || any_word_back(b, ws_back(b, start), &["see", "see also", "cf."]).is_some());
        if latin && !(r.get(start, start + 1) == "I" || start >= self.flow.notes || at_page) {
            return None;
        }
        // `Id. § 1292(a)(1)`: another section of the same title.
        let sign = r.text.get(ws(b, stop)..).is_some_and(|rest| rest.starts_with('§'));
        if latin && sign {
            let last = self.last_of(start, |one| one.kind == RefKind::Statute);
            let (title, _) = last.first()?.rsplit_once('/')?;
            let code = title.contains("/usc/") || title.contains("/cfr/");
            let at = ws(b, ws(b, stop) + '§'.len_utf8());
            let (item, to) = super::index::us_section(r, at).filter(|_| code)?;
            let mut found = Found::new(RefKind::Back, format!("{title}/s{item}"), start..to);
            found.confidence = 0.9;
            return Some(found);
        }
        let paragraph = self.flow.paragraphs.get(self.flow.paragraph_of(start)).copied();
        let marked = paragraph.is_some_and(|paragraph| self.is_marked(paragraph));
        let notes = start >= self.flow.notes || marked;
        // `Asad Dell's case, ibid`
        if !latin && let Some(found) = self.case_ibid(start, stop) {
            return Some(found);
        }
        let numbered = self.numbered_note(start);
        // `[4] Ibid. [5] Ibid.`: the number of the next note is no place.
        let next_note = numbered.is_some() && b.get(ws(b, stop)) == Some(&b'[');
        let pin = pinpoint(r, stop, self.american || notes).filter(|_| !next_note);
        let candidates = if self.american && (latin || !notes) {
            self.last_authority(start, notes)
        } else if let Some(before) = numbered.clone() {
            self.meant_by_note(before)
        } else if notes {
            self.note_before(start)
        } else if latin || self.american || self.is_authority(start, stop) {
            let found = self.found.partition_point(|one| one.whole.end <= start);
            let found = found.checked_sub(1).and_then(|idx| self.found.get(idx));
            match &self.last {
                // Nothing was cited since the last `id.`
                Some((at, id))
                    if found.is_none_or(|found| found.whole.end < *at)
                        && start - at < MAX_BETWEEN =>
                {
                    Some(id.clone()).filter(|id| !id.is_empty()).into_iter().collect()
                }
                _ => self.last_of(start, |_| true),
            }
        } else {
            self.last_of(start, |one| matches!(one.kind, RefKind::Statute | RefKind::Instrument))
        };
        // An act has no pages: what they are of was not read.
        let is_act = |id: &String| id.contains("/act/") || id.contains("/treaty/");
        let paged =
            pin.as_deref().is_some_and(|pin| pin.starts_with("p ") || pin.starts_with("para "));
        if !latin && !notes && numbered.is_none() && paged && candidates.iter().any(is_act) {
            return Some(resolve(start..stop, &[], pin, 0.5));
        }
        Some(resolve(start..stop, &candidates, pin, 0.9))
    }

    /// `Asad Dell's case, ibid`: the case of that name cited before.
    fn case_ibid(&self, start: usize, stop: usize) -> Option<Found> {
        let b = self.r.b;
        let mut at = ws_back(b, start);
        if at > 0 && matches!(b.get(at - 1), Some(b',' | b'(')) {
            at = ws_back(b, at - 1);
        }
        // `Zafar Abbas (ibid)`
        let bracketed = start > 0 && b.get(start - 1) == Some(&b'(');
        if !bracketed {
            any_word_back(b, at, &["case"])?;
        }
        let (words, from) = names_before(self.r, start)?;
        let candidates = self.titled(&words, from);
        (candidates.len() == 1).then(|| resolve(from..stop, &candidates, None, 0.85))
    }

    /// Returns what `id.` at `at` means in an American text: the authority cited last before it,
    /// however many paragraphs of the record lie between. What is quoted inside the bracket behind a
    /// citation is no authority of the sentence: `Id. at 7 (quoting A v. B, 5 F.3d 6)`.
    fn last_authority(&self, at: usize, notes: bool) -> Vec<String> {
        let idx = self.found.partition_point(|one| one.span.start < at);
        let before = self.found.get(..idx).unwrap_or_default().iter().rev();
        let mut cited =
            before.take(12).filter(|one| one.whole.end <= at && at - one.whole.end < MAX_ON_RECORD);
        // `94 Stat. 3305` stands beside the act that is meant.
        let works = |id: &str| !id.is_empty() && !id.starts_with("us/stat/");
        let last = cited.find(|one| works(&one.id) && !self.is_quoted_in(&one.whole));
        let again = self.last.as_ref().filter(|(end, _)| {
            *end <= at && at - end < MAX_ON_RECORD && last.is_none_or(|one| one.whole.end < *end)
        });
        let end = again.map(|(end, _)| *end).or(last.map(|one| one.whole.end));
        let since = end.and_then(|end| self.r.text.get(end..at));
        if since.is_some_and(super::on_record::is_cited_in) {
            return Vec::new();
        }
        if let Some((_, id)) = again {
            return Some(id.clone()).filter(|id| !id.is_empty()).into_iter().collect();
        }
        if notes {
            let works = self.note_before(at);
            if works.len() != 1 || last.is_none_or(|one| one.id == works[0]) {
                return works;
            }
        }
        last.map(|one| vec![one.id.clone()]).unwrap_or_default()
    }

    /// Tells whether a citation stands in a bracket that quotes or cites: `(quoting …`, `(citing …`.
    fn is_quoted_in(&self, whole: &Span) -> bool {
        /// How far before it the bracket may open, in bytes.
        const FAR: usize = 400;
        let at = whole.start;
        // `… 551 U.S. 393 (2007))).`: its opening may stand in a part that was left out.
        if self.r.b.get(whole.end..whole.end + 2) == Some(b"))") {
            return true;
        }
        let from = at.saturating_sub(FAR);
        let Some(near) = self.r.b.get(from..at) else { return false };
        let mut depth = 0_usize;
        for (idx, byte) in near.iter().enumerate().rev() {
            match byte {
                b')' => depth += 1,
                b'(' if depth > 0 => depth -= 1,
                b'(' => {
                    let opening = near.get(idx + 1..).unwrap_or_default();
                    let verb: [&[u8]; 4] = [b"quoting ", b"citing ", b"quoted in ", b"cited in "];
                    return verb.iter().any(|verb| memchr::memmem::find(opening, verb).is_some());
                }
                _ => {}
            }
        }
        false
    }

    /// Returns where the note stands before the one that an `ibid` at `at` opens, in a text whose notes
    /// are numbered in brackets: `[3] Omitted by the Kite Ordinance, 1984. [4] Ibid.`
    fn numbered_note(&self, at: usize) -> Option<Span> {
        let b = self.r.b;
        let mut label = ws_back(b, at);
        // `[21] Added ibid.`
        while let Some(word) = any_word_back(b, label, NOTED)
            .or_else(|| any_word_back(b, label, &["by", "the", "see", "and"]))
        {
            label = ws_back(b, word);
        }
        let close = label.checked_sub(1).filter(|&close| b.get(close) == Some(&b']'))?;
        let (value, from) = number_back(b, close, 3)?;
        let open = from.checked_sub(1).filter(|&open| b.get(open) == Some(&b'['))?;
        let limit = open.saturating_sub(MAX_NOTE);
        let before = format!("[{}]", value.checked_sub(1)?);
        let start = memchr::memmem::rfind(b.get(limit..open)?, before.as_bytes())?;
        Some(limit + start..open)
    }

    /// Tells whether an `ibid` of running text means an authority, not the act: at the head of a
    /// sentence, or with a page.
    fn is_authority(&self, start: usize, stop: usize) -> bool {
        let b = self.r.b;
        let mut at = ws(b, stop);
        if b.get(at) == Some(&b',') {
            at = ws(b, at + 1);
        }
        let placed = any_word(b, at, PLACES).is_some_and(|after| {
            let after = any_word(b, ws(b, after), PLACES).unwrap_or(after);
            b.get(ws(b, after)).is_some_and(|&byte| byte.is_ascii_digit() || byte == b'[')
        });
        let before = ws_back(b, start);
        let opens = self.flow.paragraphs.binary_search(&start).is_ok()
            || matches!(b.get(before.wrapping_sub(1)), Some(b'.' | b';' | b':' | b'\n'));
        placed || opens && b.get(start) == Some(&b'I')
    }
}
