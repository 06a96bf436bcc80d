//! Back-references: `ibid`, `supra`, `PLD 1998 SC at 412`. One candidate resolves; none or several
//! stay unresolved with the candidates named, and nothing is guessed.

use crate::model::{RefKind, Span};

use super::acts::Acts;
use super::anchors::Anchor;
use super::flow::Flow;
use super::found::Found;
use super::pinpoint::pinpoint;
use super::report::Reading;
use super::scan::{
    any_word, any_word_back, is_word, number, number_back, starts_word, ws, ws_back,
};
use super::short;

/// The references of one text that stand before others.
pub(super) struct Before<'a> {
    pub(super) r: Reading<'a>,
    pub(super) flow: &'a Flow,
    /// Settled, in order of place.
    pub(super) found: &'a [Found],
    pub(super) acts: &'a Acts,
    pub(super) american: bool,
    /// Whether `§ 54` is a paragraph of a judgment.
    pub(super) british: bool,
    /// Whether the text speaks of Pakistan, so that `the Constitution` is its own.
    pub(super) at_home: bool,
    /// Where the last back-reference that was resolved ends, and what it means: `id.` after `id.`
    pub(super) last: Option<(usize, String)>,
    /// Where the last part without its section stands (`sub-section (2)`), and whose part it is.
    pub(super) part: Option<(usize, String)>,
}

/// Words of many cause titles: alone they name no case.
pub(super) const COMMON: &[&str] = &[
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
/// How far a title reaches behind its citation, in bytes.
const TITLE_BEHIND: usize = 240;
/// Small words before `Act, 2020`.
const BEFORE_ACT: &[&str] = &[
    "of", "under", "entire", "whole", "in", "by", "as", "with", "from", "per", "and", "vide", "to",
    "this", "that", "new",
];
/// A pinpoint may lie so many pages after the first page.
const MAX_PAGES_ON: u32 = 150;

impl Before<'_> {
    /// Reads the back-reference at an anchor.
    pub(super) fn at(&mut self, start: usize, end: usize, anchor: Anchor) -> Option<Found> {
        let text = self.r.get(start, end);
        let start = start + (text.len() - text.trim_start().len());
        let found = self.read(start, end, anchor)?;
        // What `supra` means may be no reference here: then the next `id.` means none either.
        let is_short = matches!(anchor, Anchor::Supra | Anchor::Ibid);
        if !found.id.is_empty() || is_short && self.american {
            self.last = Some((found.whole.end, found.id.clone()));
        }
        Some(found)
    }

    fn read(&self, start: usize, end: usize, anchor: Anchor) -> Option<Found> {
        match anchor {
            Anchor::Ibid => self.ibid(start, end),
            Anchor::Supra => self.supra(start, end),
            Anchor::Paragraph => short::read(self, start, end),
            Anchor::TitleEnd | Anchor::Rule | Anchor::Regulation => {
                self.said_act(start).or_else(|| self.said_provision(start, "r"))
            }
            // `Act ` with its space is the opening of an index number too.
            Anchor::Index(_) => {
                let word = self.r.get(start, end).trim_end();
                let at = start + word.len();
                self.act_of_year(start, at, word).or_else(|| self.said_act(start))
            }
            Anchor::Section if self.r.get(start, end).starts_with('§') => {
                self.british.then(|| short::signed(self, start)).flatten()
            }
            Anchor::Section => self.said_provision(start, "s"),
            Anchor::Article => self.said_provision(start, "art"),
            _ => None,
        }
    }

    /// Tells whether a reference covers `at`.
    pub(super) fn is_taken(&self, at: usize) -> bool {
        let idx = self.found.partition_point(|one| one.whole.start <= at);
        let last = idx.checked_sub(1).and_then(|idx| self.found.get(idx));
        last.is_some_and(|last| at < last.whole.end)
    }

    /// `the Ordinance`, `the said rules`, `the Constitution`: what the document defines so, else the
    /// only one that it names.
    fn said_act(&self, start: usize) -> Option<Found> {
        let (r, b) = (self.r, self.r.b);
        let word_start = start;
        // `the "Act"`, a defined name in its marks
        let marked =
            start > 1 && b.get(start - 1) == Some(&b'"') && b.get(start - 2) == Some(&b' ');
        let start = start - usize::from(marked);
        let mut end = word_start;
        while b.get(end).is_some_and(u8::is_ascii_alphabetic) {
            end += 1;
        }
        let word = r.get(word_start, end);
        if marked && b.get(end) != Some(&b'"') {
            return None;
        }
        let ends = ["act", "ordinance", "code", "rules", "regulations", "constitution"];
        if !ends.iter().any(|end| end.eq_ignore_ascii_case(word)) {
            return None;
        }
        let mut letters = word.bytes();
        let capital = letters.next().is_some_and(|byte| byte.is_ascii_uppercase())
            && letters.next().is_some_and(|byte| byte.is_ascii_lowercase());
        let lower = word.to_ascii_lowercase();
        let said = any_word_back(
            b,
            ws_back(b, start),
            &["the said", "the aforesaid", "said", "aforesaid", "ibid"],
        );
        let from = match said {
            Some(from) => from,
            None => match any_word_back(b, ws_back(b, start), &["the"]).or_else(|| {
                any_word_back(b, ws_back(b, start), &["our"])
                    .filter(|_| capital && lower == "constitution")
            }) {
                Some(from) => from,
                // `nowhere in the entire Act, 2020`
                None if capital && self.acts.country() == "pk" && !marked => {
                    return self
                        .act_of_year(start, end, word)
                        .or_else(|| self.act_with_year(start, end, word));
                }
                None => return self.act_of_year(start, end, word).filter(|_| capital),
            },
        };
        // `the said act of the petitioner` is what somebody did.
        if !capital && is_deed(r, end) {
            return None;
        }
        if said.is_none() && !capital {
            return None;
        }
        if marked && !self.acts.defines(&lower, start) {
            return None;
        }
        let end = end + usize::from(marked);
        // `the Code ibid`
        let word_end = end;
        let ibid = any_word(b, ws(b, end), &["ibid"]).filter(|_| capital);
        let end = ibid.unwrap_or(end);
        // `("the Act")` says what the name means; it does not use it.
        let defines = from > 0 && matches!(b.get(from - 1), Some(b'"' | b'\'' | b'('))
            || any_word_back(b, ws_back(b, from), &["referred to as", "called", "as"]).is_some()
            || any_word_back(b, ws_back(b, from), &["for short,", "for short", "for brevity,"])
                .is_some();
        if defines || !starts_word(b, start) || is_word(b, word_end) || self.is_taken(start) {
            return None;
        }
        // `the Act of 2017`, `the Code of Conduct`, `the Constitution Bench` are other things.
        let next = ws(b, end);
        let of = any_word(b, next, &["of"]).map(|after| ws(b, after));
        let names = |at: usize| {
            b.get(at).is_some_and(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        let goes_on = names(next) && next > end
            || of.is_some_and(names)
            // `the Rules making authority`
            || any_word(b, next, &["making"]).is_some();
        // `the Act, 1967`
        if let Some((value, to)) = super::acts::year_after(r, end).filter(|_| capital) {
            if self.acts.covers(start) || r.b.get(end) == Some(&b'-') {
                return None;
            }
            let (id, _) = self.acts.meant_by_year(value, Some(word))?;
            let mut found = Found::new(RefKind::Back, id, from..to);
            found.confidence = 0.85;
            return Some(found);
        }
        if goes_on || self.acts.covers(start) {
            return None;
        }
        // In an act's own text it is the act itself, in every line.
        let is_own = |own: &String| super::acts::fits_word(own, &lower);
        if self.acts.own.as_ref().is_some_and(is_own) {
            return None;
        }
        let said = said.or(ibid);
        let near = said.and_then(|_| self.acts.named_last(self.r, &lower, start));
        let last = self.acts.meant_near(&lower, start, &self.flow.paragraphs);
        let is_last = last.is_some();
        let (id, confidence) = self.acts.meant_by(&lower, start).or(near).or(last)?;
        let id = self.acts.constitution_there(r, from, start).unwrap_or(id);
        // Without a definition it means the act named last, unless it is `said`.
        let is_sure = said.is_some()
            || is_last
            || lower == "constitution"
            || self.acts.defines(&lower, start)
            || self.acts.is_alone(&id);
        if !is_sure {
            return None;
        }
        let unnamed = lower == "constitution" && !self.acts.mentions.iter().any(|one| one.id == id);
        if unnamed && id.starts_with("pk/") && !self.at_home {
            return None;
        }
        let mut found = Found::new(RefKind::Back, id, from..end);
        found.confidence = confidence.min(0.9);
        Some(found)
    }

    /// `Act, 2020` without an article: the only one of that year.
    fn act_with_year(&self, start: usize, end: usize, word: &str) -> Option<Found> {
        let b = self.r.b;
        let (value, to) = super::acts::year_after(self.r, end)?;
        let before = ws_back(b, start);
        // A title before it that was not read would say which, and so would a part of its last word:
        // `Custo ms Act, 1969`.
        let plain = any_word_back(b, before, BEFORE_ACT)?;
        let defines =
            any_word_back(b, ws_back(b, plain), &["referred to", "referred", "called", "known"]);
        if before == start || defines.is_some() || self.is_taken(start) || self.acts.covers(start) {
            return None;
        }
        let (id, _) = self.acts.meant_by_year(value, Some(word))?;
        let mut found = Found::new(RefKind::Back, id, start..to);
        found.confidence = 0.8;
        Some(found)
    }

    /// `the 1933 Act`: the only one of that year.
    fn act_of_year(&self, start: usize, end: usize, word: &str) -> Option<Found> {
        let b = self.r.b;
        let (value, from) = number_back(b, ws_back(b, start), 4)?;
        let from = any_word_back(b, ws_back(b, from), &["the said", "the"])?;
        // `("the 1991 Act")` says what the name means.
        let quoted = matches!(b.get(from.wrapping_sub(1)), Some(b'"' | b'\''))
            && matches!(b.get(end), Some(b'"' | b'\''));
        if quoted || is_word(b, end) || self.is_taken(start) || self.acts.covers(start) {
            return None;
        }
        let value = u16::try_from(value).ok().filter(|value| (1800..2100).contains(value))?;
        let (id, confidence) = self.acts.meant_by_year(value, Some(word))?;
        let mut found = Found::new(RefKind::Back, id, from..end);
        found.confidence = confidence;
        Some(found)
    }

    /// `the said Section`, `the aforesaid Article`: the last one before it.
    fn said_provision(&self, start: usize, unit: &str) -> Option<Found> {
        let (r, b) = (self.r, self.r.b);
        let mut end = start;
        while b.get(end).is_some_and(u8::is_ascii_alphabetic) {
            end += 1;
        }
        let word = r.get(start, end);
        if !["section", "article", "rule"].iter().any(|one| one.eq_ignore_ascii_case(word)) {
            return None;
        }
        let said = any_word_back(
            b,
            ws_back(b, start),
            &["the said", "the aforesaid", "said", "aforesaid", "referred"],
        );
        // `the Article` with a capital, where the paragraph and the one before name one alone.
        let bare = || {
            let next = b.get(ws(b, end)).is_some_and(u8::is_ascii_uppercase);
            let lower = r.get(start, start + 1).starts_with(|c: char| c.is_ascii_lowercase());
            (!next && !lower).then(|| any_word_back(b, ws_back(b, start), &["the"])).flatten()
        };
        let from = said.or_else(bare)?;
        let numbered = b.get(ws(b, end)).is_some_and(u8::is_ascii_digit);
        if numbered || is_word(b, end) || self.is_taken(start) {
            return None;
        }
        let is_one = |one: &Found| {
            let item = one.id.split('/').nth(3).and_then(|item| item.strip_prefix(unit));
            item.is_some_and(|item| item.starts_with(|c: char| c.is_ascii_digit()))
        };
        let candidates = self.last_of(start, is_one);
        if said.is_none() && !self.is_alone_before(start, is_one) {
            return None;
        }
        (!candidates.is_empty()).then(|| resolve(from..end, &candidates, None, 0.8))
    }

    /// Returns the last reference before `at` in the same or the previous paragraph.
    pub(super) fn last_of(&self, at: usize, fits: impl Fn(&Found) -> bool) -> Vec<String> {
        let paragraph = self.flow.paragraph_of(at);
        let from = self.flow.paragraphs.get(paragraph.saturating_sub(1)).copied().unwrap_or(0);
        // A reader that knows no paragraphs gives one long text: a page of it is near enough.
        let from = from.max(at.saturating_sub(3000));
        self.found
            .iter()
            .rev()
            .find(|one| {
                let stands = one.whole.end <= at && one.whole.start >= from;
                stands && fits(one) && !one.id.starts_with("us/stat/")
            })
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
        let at = ws(b, end + usize::from(b.get(end) == Some(&b'*')));
        let at = if b.get(at) == Some(&b',') { ws(b, at + 1) } else { at };
        if let Some(note) = any_word(b, at, &["note", "n", "n.", "fn", "fn."]) {
            let (value, to) = number(b, ws(b, note), 4)?;
            let names = names_before(r, start);
            let from = names.as_ref().map_or(start, |names| names.1);
            let names = names.map(|names| names.0).unwrap_or_default();
            let works = self.note(value, &names);
            return Some(resolve(from..to, &works, pinpoint(r, to, true), 0.9));
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

    /// Tells whether all references that fit, in the same and the previous paragraph before `at`,
    /// are one.
    fn is_alone_before(&self, at: usize, fits: impl Fn(&Found) -> bool) -> bool {
        let paragraph = self.flow.paragraph_of(at);
        let from = self.flow.paragraphs.get(paragraph.saturating_sub(1)).copied().unwrap_or(0);
        let from = from.max(at.saturating_sub(3000));
        let mut ids = self
            .found
            .iter()
            .filter(|one| one.whole.end <= at && one.whole.start >= from && fits(one))
            .map(|one| one.id.as_str());
        ids.next().is_some_and(|first| ids.all(|id| id == first))
    }

    /// Returns the cases before `at` whose cause title holds all of `words`; parallel citations count once.
    pub(super) fn titled(&self, words: &[&str], at: usize) -> Vec<String> {
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
            // `Kite, supra, at 305. See String v. Tail, 1 U. S. 2`: the case named again is another one.
            let title = title.rsplit("supra").next().unwrap_or_default();
            // The number of a case that a running head repeats is no citation of the case before it.
            let own = one.kind == RefKind::Case
                && ![" v. ", " vs", " v ", " versus ", " v/s "]
                    .iter()
                    .any(|word| title.contains(word));
            let mut after = (one.whole.end + TITLE_BEHIND).min(self.r.text.len());
            while !self.r.text.is_char_boundary(after) {
                after -= 1;
            }
            // `PLD 1985 SC 11 titled A v. B`
            let behind = self.r.get(one.whole.end, after).to_lowercase();
            let quoted = behind.find('"').filter(|open| *open < 16).and_then(|open| {
                let inside = behind.get(open + 1..)?;
                behind.get(..open + 1 + inside.find('"')?)
            });
            let near = (0..=behind.len().min(90)).rev().find(|&at| behind.is_char_boundary(at));
            let behind = quoted.or(near.and_then(|near| behind.get(..near))).unwrap_or(&behind);
            let told_behind = ["titled", "re:", "re-", "(", "case of"]
                .iter()
                .any(|word| behind.trim_start().starts_with(word));
            last_matched = words.iter().all(|word| {
                let word = word.to_lowercase();
                !own && title.contains(word.as_str()) || told_behind && behind.contains(&word)
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
pub(super) fn is_parallel(gap: &str) -> bool {
    gap.len() <= 8
        && gap.chars().all(|c| " =;:,()[]/".contains(c))
        && (gap.contains('=') || gap.contains(['(', '[']) || gap.trim() == ",")
}

/// Returns the words of the short name right before `(supra)` and where it starts.
pub(super) fn names_before(r: Reading<'_>, start: usize) -> Option<(Vec<&str>, usize)> {
    const WORDS_BETWEEN: &[&str] = &[
        "v", "v.", "vs", "vs.", "and", "of", "versus", "others", "another", "the", "&", "case",
        "case,", "case's", "in",
    ];
    let b = r.b;
    let mut at = ws_back(b, start);
    while at > 0 && matches!(b.get(at - 1), Some(b'(' | b',' | b'[' | b'"' | b'\'' | b'*')) {
        at = ws_back(b, at - 1);
    }
    let mut words = Vec::new();
    let mut from = at;
    let mut i = at;
    while i > 0 && at - i < 120 {
        let mut end = ws_back(b, i);
        if words.is_empty() {
            // `“Mst. Zaitoon Begum” case (supra)`, `Asad Ali's case supra`
            if end > 0 && b.get(end - 1) == Some(&b'"') && end < at {
                end -= 1;
            }
            if let Some(owned) = end.checked_sub(2).filter(|&owned| {
                // Some files draw the apostrophe as a double quote.
                matches!(r.get(owned, end), "'s" | "\"s")
            }) {
                end = owned;
            }
        }
        // `Example International (Private) Limited`
        let bracket = any_word_back(b, end, &["(private)", "(pvt.)", "(pvt)", "(smc-private)"]);
        if let Some(open) = bracket {
            i = open;
            continue;
        }
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
        let small = WORDS_BETWEEN.contains(&lower.as_str())
            // `and 3 others`
            || words.is_empty() && word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit());
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
        // `A, ETC. v. B, ETC. (supra)`
        let more = ["etc", "etc."].contains(&lower.as_str());
        // A sentence's end stands before the name.
        if b.get(begin.saturating_sub(1)) != Some(&b' ')
            || begin >= 2 && matches!(b.get(begin - 2), Some(b',' | b';')) && !more
            || begin >= 2
                && b.get(begin - 2) == Some(&b')')
                && any_word_back(b, begin - 1, &["(private)", "(pvt.)", "(pvt)"]).is_none()
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
pub(super) fn resolve(
    span: Span,
    candidates: &[String],
    pin: Option<String>,
    confidence: f32,
) -> Found {
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
        .and_then(|pages| pages.split(['-', ',']).next())
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
        // `560 U. S., at ___` has no page.
        let pin = (!page.is_empty()).then(|| format!("p {page}"));
        let fitting = |earlier: bool| -> Vec<String> {
            let fits = known.iter().filter(|(at, id)| {
                let tail = id.strip_prefix(&stem);
                (*at < one.whole.start) == earlier && tail.is_some_and(|tail| !tail.contains('/'))
            });
            let ids = fits.map(|(_, id)| id.clone());
            ids.filter(|id| pin_fits(id, pin.as_deref())).collect()
        };
        let mut candidates = fitting(true);
        // A part of a longer text may give the whole citation later.
        if candidates.is_empty() {
            candidates = fitting(false);
        }
        candidates.sort();
        candidates.dedup();
        *one = resolve(one.whole.clone(), &candidates, pin, 0.9);
    }
}

/// Tells whether what is said of an `act` makes it a deed: whose it was, or what he did by it.
fn is_deed(r: Reading<'_>, end: usize) -> bool {
    const DOERS: [&str; 9] = [
        "petitioner",
        "respondent",
        "accused",
        "appellant",
        "defendant",
        "plaintiff",
        "complainant",
        "applicant",
        "deceased",
    ];
    let behind = r.text.get(end..).unwrap_or_default();
    let mut words = behind.split([' ', '\n', '-', '.', ',']).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let doer = match first {
        "of" | "by" => words.find(|word| !matches!(*word, "the" | "said" | "present")),
        "the" => words.next(),
        _ => None,
    };
    doer.is_some_and(|doer| {
        DOERS
            .iter()
            .any(|name| doer.strip_prefix(name).is_some_and(|rest| matches!(rest, "" | "s")))
    })
}
