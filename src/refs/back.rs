//! Back-references: `ibid`, `supra`, `PLD 1998 SC at 412`. One candidate resolves; none or several
//! stay unresolved with the candidates named, and nothing is guessed.

use crate::model::{RefKind, Span};

use super::flow::Flow;
use super::found::Found;
use super::report::{Reading, pinpoint};
use super::scan::{any_word, number, starts_word, ws, ws_back};
use super::tables::Anchor;

/// The references of one text that stand before others.
pub(super) struct Before<'a> {
    pub(super) r: Reading<'a>,
    pub(super) flow: &'a Flow,
    /// Settled, in order of place.
    pub(super) found: &'a [Found],
    pub(super) american: bool,
}

/// Words of many cause titles: alone they name no case.
const COMMON: &[&str] = &[
    "etc",
    "limited",
    "ltd",
    "pvt",
    "private",
    "company",
    "others",
    "another",
    "messrs",
    "m/s",
    "mst",
    "state",
    "federation",
    "government",
    "province",
    "pakistan",
    "republic",
    "islamic",
    "islamabad",
    "lahore",
    "punjab",
    "sindh",
    "commissioner",
    "vice",
    "chancellor",
    "chairman",
    "director",
    "secretary",
    "judgment",
    "judgments",
    "cases",
    "court",
    "article",
    "section",
    "para",
    "paragraph",
    "mentioned",
    "referred",
    "cited",
    "collector",
    "member",
    "board",
];
/// A pinpoint may lie so many pages after the first page.
const MAX_PAGES_ON: u32 = 150;

impl Before<'_> {
    /// Reads the back-reference at an anchor.
    pub(super) fn at(&self, start: usize, end: usize, anchor: Anchor) -> Option<Found> {
        let text = self.r.get(start, end);
        let start = start + (text.len() - text.trim_start().len());
        match anchor {
            Anchor::Ibid => self.ibid(start, end),
            Anchor::Supra => self.supra(start, end),
            _ => None,
        }
    }

    fn ibid(&self, start: usize, end: usize) -> Option<Found> {
        let (r, b) = (self.r, self.r.b);
        let end = ws_back(b, end);
        if !starts_word(b, start)
            || self.found.iter().any(|one| one.whole.start <= start && start < one.whole.end)
        {
            return None;
        }
        let word = r.get(start, end).trim_end_matches([',', '.']);
        let latin = word.eq_ignore_ascii_case("id");
        if latin && !(r.get(start, start + 1) == "I" || start >= self.flow.notes) {
            return None;
        }
        let mut stop = start + word.len();
        if b.get(stop) == Some(&b'.') {
            stop += 1;
        }
        let notes = start >= self.flow.notes;
        let pin = pinpoint(r, stop, self.american || notes);
        let candidates = if notes {
            self.note_before(start)
        } else if latin || self.american {
            self.last_of(start, |_| true)
        } else {
            self.last_of(start, |kind| matches!(kind, RefKind::Statute | RefKind::Instrument))
        };
        Some(resolve(start..stop, &candidates, pin, 0.9))
    }

    /// Returns the works of the note before the one that holds `at`.
    fn note_before(&self, at: usize) -> Vec<String> {
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
        if *before < self.flow.notes { Vec::new() } else { self.works(*before..this) }
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

    /// Returns the last reference before `at` in the same or the previous paragraph.
    fn last_of(&self, at: usize, fits: impl Fn(RefKind) -> bool) -> Vec<String> {
        let paragraph = self.flow.paragraph_of(at);
        let from = self.flow.paragraphs.get(paragraph.saturating_sub(1)).copied().unwrap_or(0);
        // A reader that knows no paragraphs gives one long text: a page of it is near enough.
        let from = from.max(at.saturating_sub(3000));
        self.found
            .iter()
            .rev()
            .find(|one| one.whole.end <= at && one.whole.start >= from && fits(one.kind))
            .map(|one| vec![one.id.clone()])
            .unwrap_or_default()
    }

    fn supra(&self, start: usize, end: usize) -> Option<Found> {
        let (r, b) = (self.r, self.r.b);
        if !starts_word(b, start) {
            return None;
        }
        let mut after = end;
        if matches!(b.get(after), Some(b')' | b']')) {
            after += 1;
        }
        let at = ws(b, end);
        let at = if b.get(at) == Some(&b',') { ws(b, at + 1) } else { at };
        if let Some(note) = any_word(b, at, &["note", "n", "n.", "fn", "fn."]) {
            let (value, to) = number(b, ws(b, note), 4)?;
            let names = names_before(r, start);
            let from = names.as_ref().map_or(start, |names| names.1);
            return Some(resolve(from..to, &self.note(value), pinpoint(r, to, true), 0.9));
        }
        let (words, from) = names_before(r, start)?;
        let candidates = self.titled(&words, from);
        if candidates.is_empty()
            && b.get(start.saturating_sub(1)) != Some(&b'(')
            && b.get(ws_back(b, start).saturating_sub(1)) != Some(&b',')
        {
            return None;
        }
        Some(resolve(from..after, &candidates, pinpoint(r, after, self.american), 0.9))
    }

    /// Returns the works of note `value`.
    fn note(&self, value: u32) -> Vec<String> {
        let starts: Vec<usize> = self
            .flow
            .paragraphs
            .iter()
            .copied()
            .filter(|&start| start >= self.flow.notes)
            .collect();
        for (idx, &start) in starts.iter().enumerate() {
            let open = usize::from(self.r.b.get(start) == Some(&b'['));
            if number(self.r.b, start + open, 4).is_some_and(|(found, _)| found == value) {
                let end = starts.get(idx + 1).copied().unwrap_or(self.r.b.len());
                return self.works(start..end);
            }
        }
        Vec::new()
    }

    /// Returns the cases before `at` whose cause title holds all of `words`; parallel citations count once.
    fn titled(&self, words: &[&str], at: usize) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        let mut last_end = 0;
        let mut last_matched = false;
        for one in self.found.iter().filter(|one| one.whole.end <= at) {
            if !matches!(one.kind, RefKind::Report | RefKind::Neutral | RefKind::Case) {
                continue;
            }
            let parallel = last_end > 0
                && last_end <= one.whole.start
                && is_parallel(self.r.get(last_end, one.whole.start));
            if parallel && last_matched {
                last_end = one.whole.end;
                continue;
            }
            let mut from = one.whole.start.saturating_sub(170).max(last_end.min(one.whole.start));
            while !self.r.text.is_char_boundary(from) {
                from += 1;
            }
            let title = self.r.get(from, one.whole.start).to_lowercase();
            let mut after = (one.whole.end + 90).min(self.r.text.len());
            while !self.r.text.is_char_boundary(after) {
                after -= 1;
            }
            // `PLD 1985 SC 11 titled A v. B`
            let behind = self.r.get(one.whole.end, after).to_lowercase();
            let told_behind = ["titled", "re:", "re-", "(", "case of"]
                .iter()
                .any(|word| behind.trim_start().starts_with(word));
            last_matched = words.iter().all(|word| {
                let word = word.to_lowercase();
                title.contains(&word) || told_behind && behind.contains(&word)
            });
            if last_matched && !ids.contains(&one.id) {
                ids.push(one.id.clone());
            }
            last_end = one.whole.end;
        }
        ids
    }
}

/// Tells whether only `=`, brackets and the like stand between two citations of one case.
fn is_parallel(gap: &str) -> bool {
    gap.len() <= 8
        && gap.chars().all(|c| " =;:,()[]/".contains(c))
        && (gap.contains('=') || gap.contains(['(', '[']) || gap.trim() == ",")
}

/// Returns the words of the short name right before `(supra)` and where it starts.
fn names_before(r: Reading<'_>, start: usize) -> Option<(Vec<&str>, usize)> {
    const WORDS_BETWEEN: &[&str] = &[
        "v", "v.", "vs", "vs.", "and", "of", "versus", "others", "another", "the", "&", "case",
        "case,", "case's", "in",
    ];
    let b = r.b;
    let mut at = ws_back(b, start);
    while at > 0 && matches!(b.get(at - 1), Some(b'(' | b',' | b'[' | b'"' | b'\'')) {
        at = ws_back(b, at - 1);
    }
    let mut words = Vec::new();
    let mut from = at;
    let mut i = at;
    while i > 0 && at - i < 120 {
        let end = ws_back(b, i);
        let mut begin = end;
        while begin > 0
            && b.get(begin - 1).is_some_and(|&byte| {
                !matches!(byte, b' ' | b'(' | b')' | b'"' | b'\n' | b';' | b',' | b'\'')
            })
        {
            begin -= 1;
        }
        let word = r.text.get(begin..end).unwrap_or_default();
        let lower = word.to_lowercase();
        let small = WORDS_BETWEEN.contains(&lower.as_str());
        let name = word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphanumeric() || "-.'".contains(c))
            && word.chars().any(char::is_alphabetic);
        let lead =
            ["in", "the", "case", "of", "see", "judgment", "relying", "court", "hon'ble", "said"]
                .contains(&lower.as_str());
        if word.is_empty() || !(small || name) || lead && !words.is_empty() && lower != "of" {
            break;
        }
        if name && !small && !lead {
            words.push(word.trim_end_matches('.').trim_end_matches("'s"));
            from = begin;
        }
        // A sentence's end stands before the name.
        if b.get(begin.saturating_sub(1)) != Some(&b' ')
            || begin >= 2 && matches!(b.get(begin - 2), Some(b',' | b';' | b')'))
        {
            break;
        }
        i = begin;
    }
    words.retain(|word| {
        word.len() >= 3 && !COMMON.contains(&word.to_lowercase().trim_end_matches('.'))
    });
    (!words.is_empty()).then_some((words, from))
}

/// Gives the back-reference its one candidate, or leaves it open and names the candidates.
fn resolve(span: Span, candidates: &[String], pin: Option<String>, confidence: f32) -> Found {
    let mut found = Found::new(RefKind::Back, String::new(), span).with_confidence(confidence);
    match candidates {
        [id] if pin_fits(id, pin.as_deref()) => found.id.clone_from(id),
        [id] => found = found.with_note(format!("the page does not fit {id}")),
        [] => found = found.with_note("nothing before it that it could mean"),
        several => {
            let some: Vec<&str> = several.iter().take(4).map(String::as_str).collect();
            found = found.with_note(format!("could mean {}", some.join(" or ")));
        }
    }
    if found.id.is_empty() {
        found.confidence = 0.5;
    }
    found.pinpoint = pin;
    found
}

/// Refuses a page before the first one of a law report or far behind it.
fn pin_fits(id: &str, pin: Option<&str>) -> bool {
    let Some(page) = pin
        .and_then(|pin| pin.strip_prefix("p "))
        .and_then(|page| page.split('-').next())
        .and_then(|page| page.parse::<u32>().ok())
    else {
        return true;
    };
    let parts: Vec<&str> = id.split('/').collect();
    let law_report = parts.len() >= 4 && !id.contains("/act/") && !parts.contains(&"sro");
    match parts.last().and_then(|first| first.parse::<u32>().ok()).filter(|_| law_report) {
        Some(first) => (first..=first + MAX_PAGES_ON).contains(&page),
        None => true,
    }
}

/// Gives `SRO 1005` the year and part that it has elsewhere in the text, where that is one alone.
pub(super) fn complete_instruments(found: &mut [Found]) {
    let parts = |id: &str| -> Option<(String, String, String)> {
        let (year, number) = id.strip_prefix("pk/sro/")?.split_once('/')?;
        let (number, part) = number.split_once('-').unwrap_or((number, ""));
        Some((year.to_owned(), number.to_owned(), part.to_owned()))
    };
    let mut full: Vec<String> = found
        .iter()
        .filter(|one| parts(&one.id).is_some_and(|(year, _, part)| year != "_" && !part.is_empty()))
        .map(|one| one.id.clone())
        .collect();
    full.sort();
    full.dedup();
    for one in found.iter_mut() {
        let Some((year, number, part)) = parts(&one.id) else { continue };
        if year != "_" && !part.is_empty() {
            continue;
        }
        let mut fitting = full.iter().filter(|id| {
            parts(id).is_some_and(|known| {
                (year == "_" || year == known.0)
                    && number == known.1
                    && (part.is_empty() || part == known.2)
            })
        });
        if let (Some(id), None) = (fitting.next(), fitting.next()) {
            one.id.clone_from(id);
            one.confidence = one.confidence.max(0.9);
        }
    }
}

/// Resolves short forms that name the series: `PLD 1998 SC at 412`, `389 U.S. at 351`; their id ends
/// with `_` and the page.
pub(super) fn resolve_short(found: &mut [Found]) {
    let known: Vec<(usize, String)> = found
        .iter()
        .filter(|one| one.kind == RefKind::Report)
        .map(|one| (one.whole.start, one.id.clone()))
        .collect();
    for one in found.iter_mut().filter(|one| one.kind == RefKind::Back) {
        let Some((stem, page)) = one.id.rsplit_once("/_") else { continue };
        let stem = format!("{stem}/");
        let pin = format!("p {page}");
        let mut candidates: Vec<String> = known
            .iter()
            .filter(|(at, id)| {
                let tail = id.strip_prefix(&stem);
                *at < one.whole.start && tail.is_some_and(|tail| !tail.contains('/'))
            })
            .map(|(_, id)| id.clone())
            .filter(|id| pin_fits(id, Some(&pin)))
            .collect();
        candidates.sort();
        candidates.dedup();
        *one = resolve(one.whole.clone(), &candidates, Some(pin), 0.9);
    }
}
