//! Case numbers: read backwards from their year, `W.P. No. 1805/2023`, `C.As. 977 & 978 of 2018`.

use std::collections::HashSet;

use crate::model::case_type::CaseType;
use crate::model::{RefKind, Span};
use crate::text::segment::sentences;

use super::case_list::{Joint, joint_before, no_before, number_token, numbers_before};
use super::found::Found;
use super::of_supreme::{is_high, said_of_supreme};
use super::report::Reading;
use super::scan::{any_word, any_word_back, number, squeeze, starts_word, ws, ws_back, year};
use super::tables::Inner;

/// What the case numbers of one text share.
pub(super) struct Cases<'a> {
    /// The court of the document, as `model::court` names it.
    pub(super) own_court: Option<&'a str>,
    /// Full names of courts in the text: start, end, index in the table.
    pub(super) courts: &'a [(usize, usize, usize)],
    /// The text is of the High Court of Sindh and of a matter that it hears first: suits are tried there.
    pub(super) tries_suits: bool,
    /// Kind and court of the case number read last, and where it ended: `… and 2758/2023`.
    last: Option<(String, String, f32, usize)>,
}

/// How far before and after a number its sentence is looked at, in bytes.
const SENTENCE_BEFORE: usize = 400;
const SENTENCE_AFTER: usize = 200;

impl<'a> Cases<'a> {
    pub(super) const fn new(
        own_court: Option<&'a str>,
        courts: &'a [(usize, usize, usize)],
    ) -> Self {
        Self { own_court, courts, tries_suits: false, last: None }
    }

    /// Reads the case numbers that end with the year `value` at `start..end`.
    pub(super) fn at_year(
        &mut self,
        r: Reading<'_>,
        start: usize,
        end: usize,
        value: u16,
    ) -> Vec<Found> {
        self.read(r, start, end, value).unwrap_or_default()
    }

    fn read(&mut self, r: Reading<'_>, start: usize, end: usize, value: u16) -> Option<Vec<Found>> {
        // `12/2020/3` goes on: no year.
        if r.b.get(end) == Some(&b'/') && r.b.get(end + 1).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let (joint, numbers_end) = joint_before(r.b, start)?;
        let (numbers, numbers_start) = numbers_before(r, numbers_end)?;
        let before = ws_back(r.b, numbers_start);
        let said_no = no_before(r.b, before);
        let type_end = said_no.unwrap_or(before);
        let (kind, court, confidence, from) =
            match self.type_before(r, type_end, said_no.is_some(), joint) {
                Some((kind, from)) => {
                    let (court, confidence) = self.court_of(r, kind, &numbers, from..end, value);
                    (kind.id.clone(), court, confidence, from)
                }
                None => self.continued(r, numbers_start, said_no.unwrap_or(before))?,
            };
        let whole = from..end;
        let single = numbers.len() == 1;
        let shared = self.sharing(r, from, value);
        let found = numbers
            .iter()
            .map(|(number, span)| {
                let id = format!("pk/{court}/{kind}/{value}/{number}");
                let mut one = Found::new(RefKind::Case, id, whole.clone());
                if !single {
                    one.span = span.clone();
                }
                one.with_confidence(confidence)
            })
            .chain(shared)
            .collect();
        self.last = Some((kind, court, confidence, end));
        Some(found)
    }

    /// Reads the case of another kind that shares the year of the one at `from`: `Criminal Appeal No. 97 and
    /// Criminal Revision No. 13 of 2022`.
    fn sharing(&self, r: Reading<'_>, from: usize, value: u16) -> Option<Found> {
        let mut at = ws_back(r.b, from);
        if let Some(before) =
            any_word_back(r.b, at, &["and", "&", "alongwith", "along with", "a/w"])
        {
            at = ws_back(r.b, before);
        } else if r.b.get(at.checked_sub(1)?) != Some(&b',') {
            return None;
        }
        if r.b.get(at.checked_sub(1)?) == Some(&b',') {
            at = ws_back(r.b, at - 1);
        }
        let (number, start) = number_token(r, at)?;
        let span = start..at;
        let type_end = no_before(r.b, ws_back(r.b, start))?;
        let (kind, from) = self.type_before(r, type_end, true, Joint::Of)?;
        let (court, confidence) =
            self.court_of(r, kind, &[(number.clone(), span)], from..at, value);
        let id = format!("pk/{court}/{}/{value}/{number}", kind.id);
        Some(Found::new(RefKind::Case, id, from..at).with_confidence(confidence.min(0.85)))
    }

    /// Takes kind and court from the case number just before: `W.P. 1805/2023 and 2758/2023`.
    fn continued(
        &self,
        r: Reading<'_>,
        numbers_start: usize,
        before: usize,
    ) -> Option<(String, String, f32, usize)> {
        let (kind, court, confidence, end) = self.last.as_ref()?;
        let gap = r.get(*end, before).trim();
        let joins = matches!(gap, "," | "and" | "&" | ", and" | ",and" | "to" | "AND" | "or" | ";");
        // `23 of 2017 Police Station Gwadar, 25 of 2017 Police Station City Chaman`
        let station = || {
            let name = gap.strip_prefix("Police Station").or_else(|| gap.strip_prefix("P.S"));
            let name = name.map(|name| name.trim_end_matches(" and").trim_end_matches(','));
            kind == "fir"
                && name.is_some_and(|name| {
                    name.len() < 40
                        && !name.bytes().any(|byte| byte.is_ascii_digit() || byte == b';')
                })
        };
        let joins = joins || station();
        joins.then(|| (kind.clone(), court.clone(), *confidence, numbers_start))
    }

    /// Finds the kind of case whose name ends at `end`: the longest name in the table.
    fn type_before<'t>(
        &self,
        r: Reading<'t>,
        end: usize,
        said_no: bool,
        joint: Joint,
    ) -> Option<(&'t CaseType, usize)> {
        let mut best: Option<(&CaseType, usize, usize)> = None;
        let mut i = end;
        while i > 0 && end - i < 72 {
            let Some(&byte) = r.b.get(i - 1) else { break };
            let letter = byte.is_ascii_alphabetic() || byte >= 0x80;
            // `Writ Petition [No.57766/2021]`
            let bracket = byte == b'[' && ws_back(r.b, end) == i;
            if !(letter
                || bracket
                || matches!(byte, b'.' | b' ' | b'-' | b'\'' | b')' | b'(' | b',' | b'/'))
            {
                break;
            }
            i -= 1;
            if letter && r.text.is_char_boundary(i) && starts_word(r.b, i) {
                let raw = r.get(i, end);
                let letters = spelled(raw);
                if let Some(kind) = r.tables.case_type(&letters)
                    && (r.lenient
                        || is_written_as_type(raw, &letters, said_no, joint)
                        || joint == Joint::Of && self.is_abbreviated(raw))
                {
                    best = Some((kind, i, letters.len()));
                }
            }
        }
        best.map(|(kind, from, _)| (kind, from))
    }

    /// `CP 3229 of 2015` without `No.`: two capitals count in documents of Pakistan's courts.
    fn is_abbreviated(&self, raw: &str) -> bool {
        let letters = raw.trim_end_matches([' ', 's']);
        letters.len() == 2
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && self.own_court.is_some_and(is_pakistani)
    }

    /// Says which court the number belongs to, and how sure that makes it.
    fn court_of(
        &self,
        r: Reading<'_>,
        kind: &CaseType,
        numbers: &[(String, Span)],
        whole: Span,
        year: u16,
    ) -> (String, f32) {
        if let Some(court) = &kind.court {
            return (court.clone(), 0.99);
        }
        if let Some(court) = self.court_beside(r, whole.start, whole.end) {
            return (court, 0.99);
        }
        if kind.id == "suit" && self.tries_suits && !tried_below(r, &whole) {
            return ("shc".to_owned(), 0.8);
        }
        if kind.placeless {
            return ("_".to_owned(), 0.95);
        }
        let branch = |tails: &[&str]| {
            numbers.iter().all(|(number, _)| tails.iter().any(|tail| number.ends_with(tail)))
        };
        if matches!(kind.id.as_str(), "cp" | "ca" | "crl-p" | "cpla")
            && branch(&["-l", "-k", "-p", "-q"])
        {
            return ("sc".to_owned(), 0.9);
        }
        let sindh =
            numbers.iter().all(|(number, _)| number.starts_with("d-") || number.starts_with("s-"));
        // `Criminal Appeal No.(S)127` of Balochistan is one of Sibi.
        if sindh && self.own_court != Some("bhc") {
            return ("shc".to_owned(), 0.9);
        }
        if kind.fits("scp", year) && said_of_supreme(r, whole.end) {
            return ("sc".to_owned(), 0.9);
        }
        let own = self.own_court.filter(|court| is_pakistani(court));
        // High Courts have no civil petitions of their own: the words in full are those of the Supreme Court.
        let civil =
            kind.id == "cp" && r.get(whole.start, whole.end).to_lowercase().starts_with("civil");
        if civil && own.is_some_and(is_high) {
            return ("sc".to_owned(), 0.85);
        }
        if let Some(court) = own.filter(|court| kind.fits(court, year)) {
            return (Inner::court_in_ids(court).to_owned(), 0.8);
        }
        let told = self.court_in_sentence(r, kind, &whole, year);
        match told.or_else(|| self.this_court(r, kind, &whole, year)) {
            Some(court) => (court, 0.8),
            None => match self.court_below(r, kind, year) {
                Some(court) => (court, 0.7),
                None => ("_".to_owned(), 0.9),
            },
        }
    }

    /// Finds the only court named in the sentence that can have a case of this kind; none where
    /// any court can, for then a name says too little.
    fn court_in_sentence(
        &self,
        r: Reading<'_>,
        kind: &CaseType,
        whole: &Span,
        year: u16,
    ) -> Option<String> {
        if kind.courts.is_empty() || r.lenient {
            return None;
        }
        let sentence = sentence_of(r, whole)?;
        let first = self.courts.partition_point(|&(start, ..)| start < sentence.start);
        let mut named = self
            .courts
            .get(first..)?
            .iter()
            .take_while(|court| court.1 <= sentence.end)
            .filter_map(|court| r.tables.courts.get(court.2)?.model.as_deref())
            .filter(|court| kind.fits(court, year));
        let only = named.next()?;
        named.all(|other| other == only).then(|| Inner::court_in_ids(only).to_owned())
    }

    /// Finds the court that a story named last where the sentence says `this court` or `the same court`.
    fn this_court(
        &self,
        r: Reading<'_>,
        kind: &CaseType,
        whole: &Span,
        year: u16,
    ) -> Option<String> {
        if kind.courts.is_empty() || self.own_court.is_some() {
            return None;
        }
        let sentence = sentence_of(r, whole)?;
        let words = r.get(sentence.start, sentence.end).to_ascii_lowercase();
        ["this court", "same court"].iter().any(|said| words.contains(said)).then_some(())?;
        let before = self.courts.partition_point(|&(start, ..)| start < whole.start);
        let last = self.courts.get(..before)?.last()?;
        let court = r.tables.courts.get(last.2)?.model.as_deref()?;
        kind.fits(court, year).then(|| Inner::court_in_ids(court).to_owned())
    }

    /// Finds a court named right before (`the Lahore High Court in W.P. …`) or right after the number.
    fn court_beside(&self, r: Reading<'_>, from: usize, end: usize) -> Option<String> {
        let idx = self.courts.partition_point(|&(start, ..)| start < from);
        let before = idx
            .checked_sub(1)
            .and_then(|idx| self.courts.get(idx))
            .filter(|court| court.1 <= from && leads_to_number(r.get(court.1, from)));
        let after = self.courts.get(idx..)?.iter().find(|court| court.0 >= end).filter(|court| {
            let gap = r.get(end, court.0).trim_matches([' ', ',', '(']);
            court.0 - end < 28
                && (gap.is_empty()
                    || [
                        "of the",
                        "of",
                        "before the",
                        "before",
                        "in the",
                        "by the",
                        "of Hon'ble",
                        "of the Hon'ble",
                        "filed before the",
                        "pending before the",
                    ]
                    .contains(&gap))
        });
        let court = after.or(before)?;
        let model = r.tables.courts.get(court.2)?.model.as_deref()?;
        Some(Inner::court_in_ids(model).to_owned())
    }
}

/// Tells whether words between a court and a number say that the number is its: `in`, `passed in`,
/// `, Multan Bench, passed in`.
fn leads_to_number(gap: &str) -> bool {
    const LEADS: [&str; 10] = [
        "in",
        "vide",
        "in its judgment in",
        "passed in",
        "in the case of",
        "titled",
        "through",
        "by way of",
        "by means of",
        "by filing",
    ];
    /// The longest gap, in bytes: a seat of four words, a bench and the longest of these.
    const LONGEST: usize = 96;
    if gap.len() > LONGEST {
        return false;
    }
    let marks = [',', '(', '"'];
    let words: Vec<&str> = gap
        .split_whitespace()
        .map(|word| word.trim_matches(marks))
        .filter(|word| !word.is_empty())
        .collect();
    let seat = words.iter().take_while(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    let seat = seat.count();
    let lead = words.get(seat..).unwrap_or_default().join(" ");
    // The seat of the court, and its bench there.
    let is_seat = seat <= 4 && (seat == 0 || !lead.is_empty() || words.contains(&"Bench"));
    // On a line of its own a number may be that of a running head.
    is_seat && (lead.is_empty() && !gap.contains('\n') || LEADS.contains(&lead.as_str()))
}

/// Tells whether a document of the High Court of Sindh has a number of its original side.
pub(super) fn is_original_side(court: Option<&str>, own_numbers: &[String]) -> bool {
    let original = |number: &String| {
        let letters = squeeze(number);
        let number = number.to_lowercase();
        number.contains("d-")
            || letters.starts_with("suit")
            || letters.starts_with("hca")
            || letters.starts_with("highcourtappeal")
            || number.contains("/hca/")
    };
    court == Some("shc") && own_numbers.iter().any(original)
}

/// Tells whether the sentence of a suit names a court below: `passed by the Senior Civil Judge in Suit`.
fn tried_below(r: Reading<'_>, whole: &Span) -> bool {
    const BELOW: [&str; 6] =
        ["Civil Judge", "District Judge", "Tribunal", "Family", "Rent Controller", "Banking Court"];
    sentence_of(r, whole).is_some_and(|sentence| {
        BELOW.iter().any(|name| r.get(sentence.start, sentence.end).contains(name))
    })
}

/// Returns the sentence that holds the start of `whole`, as far as it is looked at.
pub(super) fn sentence_of(r: Reading<'_>, whole: &Span) -> Option<Span> {
    let is_border = |at: &usize| r.text.is_char_boundary(*at);
    let from = (0..=whole.start.saturating_sub(SENTENCE_BEFORE)).rev().find(is_border)?;
    let to = (whole.end + SENTENCE_AFTER).min(r.text.len());
    let to = (to..=r.text.len()).find(is_border)?;
    sentences(r.get(from, to))
        .into_iter()
        .map(|span| from + span.start..from + span.end)
        .find(|span| span.contains(&whole.start))
}

pub(super) fn is_pakistani(court: &str) -> bool {
    crate::model::court::by_id(court).is_none_or(|court| court.country == "pk")
}

fn spelled(text: &str) -> String {
    if text.is_ascii() {
        return squeeze(text);
    }
    super::urdu::letters(text).unwrap_or_else(|| squeeze(text))
}

/// Tells whether the words are written as the name of a kind of case, not as words of a sentence.
fn is_written_as_type(raw: &str, letters: &str, said_no: bool, joint: Joint) -> bool {
    let capital = raw.starts_with(|c: char| !c.is_ascii_lowercase());
    let long = letters.len() >= 6 || !letters.is_ascii();
    // `a suit of 3 of 2020`, `CR of 5 of 2024`: without `No.` a short name needs the slash.
    let plain = said_no || joint == Joint::Slash || joint == Joint::Of && (letters.len() >= 3);
    let calm = !raw.contains(", ") && !raw.contains(") ");
    let word =
        ["reference", "complaint", "suit", "petition", "revision", "diary", "writ", "pet", "crime"]
            .contains(&letters.trim_end_matches('s'));
    (capital || long) && plain && calm && (!word || said_no) && (joint != Joint::Dash || said_no)
}

/// Where a text names `Constitution Petition No. 77 of 2011` of the Supreme Court, its `CP 77/2011` is that
/// one and no civil petition.
pub(super) fn constitution_petitions(found: &mut [Found]) {
    let named: HashSet<String> = found
        .iter()
        .filter_map(|one| one.id.strip_prefix("pk/sc/const-p/").map(str::to_owned))
        .collect();
    if named.is_empty() {
        return;
    }
    for one in found {
        if let Some(number) = one.id.strip_prefix("pk/sc/cp/").filter(|id| named.contains(*id)) {
            one.id = format!("pk/sc/const-p/{number}");
        }
    }
}

/// `FIR No. 1015, dated 05.09.2011`: the year is that of the date; `No.` ends at `after_no`.
pub(super) fn dated_fir(r: Reading<'_>, after_no: usize) -> Option<Found> {
    let b = r.b;
    let before = no_before(b, after_no)?;
    let before = any_word_back(b, before, &["bearing"]).map_or(before, |at| ws_back(b, at));
    let from = any_word_back(b, before, &["f.i.r.", "f.i.r", "fir", "crime"])?;
    let (value, end) = number(b, ws(b, after_no), 5)?;
    let mut at = ws(b, end);
    if b.get(at) == Some(&b',') {
        at = ws(b, at + 1);
    }
    let mut at = ws(b, any_word(b, at, &["dated", "dt.", "of dated"])?);
    // Day and month.
    for _ in 0..2 {
        let (_, to) = number(b, at, 2)?;
        matches!(b.get(to), Some(b'.' | b'-' | b'/')).then_some(())?;
        at = to + 1;
    }
    let (dated, _) = year(b, at)?;
    let id = format!("pk/_/fir/{dated}/{value}");
    Some(Found::new(RefKind::Case, id, from..end).with_confidence(0.9))
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Tables, find};
    use crate::model::{Page, PageNo, PageOrigin, Role};

    #[track_caller]
    fn check(court: &str, text: &str, expect: &[&str]) {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        page.push(text, Role::Body);
        let cx = Context { court: Some(court), ..Context::default() };
        let found = find(&[page], &cx, Tables::builtin());
        let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, expect, "{text}");
    }

    #[test]
    fn a_case_is_given_to_a_court_that_can_have_it() {
        check("ihc", "W.P. No. 1805/2023 is pending.", &["pk/ihc/wp/2023/1805"]);
        check("scp", "The writ, W.P. No. 1805/2023, is pending.", &["pk/_/wp/2023/1805"]);
        check("scp", "See F.A.O. No. 42/2016.", &["pk/_/fao/2016/42"]);
        check(
            "ihc",
            "Civil Appeals No. 977 and 978 of 2018",
            &["pk/_/ca/2018/977", "pk/_/ca/2018/978"],
        );
        check("scp", "Const. P. No. 5/2012", &["pk/sc/const-p/2012/5"]);
    }

    #[test]
    fn numbers_of_sindh_are_its_own_in_every_court() {
        check("lhc", "by order in C.P. No. S-411 of 2022", &["pk/shc/cp/2022/s-411"]);
        check("bhc", "Criminal Appeal No.(S)127 of 2017", &["pk/bhc/crl-a/2017/s-127"]);
    }

    #[test]
    fn intra_court_appeals_reach_the_supreme_court_late() {
        check("scp", "I.C.A. No. 5/2023", &["pk/sc/ica/2023/5"]);
        check("scp", "I.C.A. No. 5/2019", &["pk/_/ica/2019/5"]);
    }

    #[test]
    fn the_court_of_the_sentence_is_taken_where_the_own_court_cannot_be_meant() {
        check(
            "scp",
            "The Islamabad High Court made an order dated 25.06.2024 in the matter of W.P. No. 1805/2023.",
            &["pk/ihc/wp/2023/1805"],
        );
        check(
            "scp",
            "The Islamabad High Court was asked. Later W.P. No. 1805/2023 was filed.",
            &["pk/_/wp/2023/1805"],
        );
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        page.push(
            "The Islamabad High Court dismissed the plea, in line with the order of this court in writ \
             petition (No. 2524/2022) against the board of Pakistan.",
            Role::Body,
        );
        let found = find(&[page], &Context::default(), Tables::builtin());
        assert_eq!(found[0].id, "pk/ihc/wp/2022/2524");
        check(
            "scp",
            "Both the Lahore High Court and the Islamabad High Court heard a W.P. No. 1805/2023.",
            &["pk/_/wp/2023/1805"],
        );
    }
}
