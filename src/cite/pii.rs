//! Personal data: identifiers that endanger people, noticed before anything is written.
//!
//! It is a help and no guarantee: names, faces, addresses and voices are not looked for. Digits of
//! Urdu and Arabic are folded first. Finds are shown masked and never logged.

use super::{Entry, Work};
use crate::model::Span;

/// What kind of identifier was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindKind {
    /// A number of a national identity card.
    Cnic,
    /// A mobile phone number of Pakistan.
    Mobile,
    /// Any other phone number: of another country, or of a line at home.
    Phone,
    /// The number of a device.
    Imei,
    /// The number of a SIM card.
    Imsi,
    /// A passport number.
    Passport,
    /// An e-mail address.
    Email,
    /// A bank account.
    Iban,
}

impl FindKind {
    /// Returns the name that redactions and JSON use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cnic => "CNIC",
            Self::Mobile => "mobile number",
            Self::Phone => "phone number",
            Self::Imei => "IMEI",
            Self::Imsi => "IMSI",
            Self::Passport => "passport number",
            Self::Email => "e-mail address",
            Self::Iban => "IBAN",
        }
    }
}

/// One find in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// What it is.
    pub kind: FindKind,
    /// Bytes of the text.
    pub span: Span,
    /// The find with most of its signs as `x`: `03xx-xxxxxxx`.
    pub masked: String,
}

/// Finds in one entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryFind {
    /// The position of the entry, counted from 0.
    pub entry_idx: usize,
    /// `title`, `quote`, `note` …
    pub field: &'static str,
    /// What was found there.
    pub find: Find,
}

/// E-mail addresses at these domains belong to courts and offices, not to persons.
const OFFICE_DOMAINS: &[&str] = &[
    "ihc.gov.pk",
    "supremecourt.gov.pk",
    "lhc.gov.pk",
    "shc.gov.pk",
    "sindhhighcourt.gov.pk",
    "peshawarhighcourt.gov.pk",
    "bhc.gov.pk",
    "fsc.gov.pk",
    "federalshariatcourt.gov.pk",
    "pta.gov.pk",
    "molaw.gov.pk",
    "na.gov.pk",
    "senate.gov.pk",
];

/// Words that make a bare run of digits an identity number.
const CNIC_WORDS: &[&str] = &["cnic", "nic", "nicop", "identity card", "شناختی کارڈ", "شناختی"];
/// Words that make fifteen digits the number of a SIM card.
const IMSI_WORDS: &[&str] = &["imsi", "sim", "subscriber"];
/// Words that make two letters and seven digits a passport.
const PASSPORT_WORDS: &[&str] = &["passport", "پاسپورٹ"];
/// Words that make digits without a country code a phone number.
const PHONE_WORDS: &[&str] = &[
    "tel",
    "telephone",
    "phone",
    "ph",
    "fax",
    "facsimile",
    "cell",
    "whatsapp",
    "call",
    "landline",
    "فون",
    "ٹیلیفون",
    "فیکس",
    "رابطہ",
];
/// How many characters around a number are searched for such a word.
const NEAR_CHARS: usize = 60;

/// Returns the finds in titles, quotes, notes and headings of `entries`, in their order.
pub fn check(entries: &[Entry<'_>]) -> Vec<EntryFind> {
    let mut finds = Vec::new();
    for (entry_idx, entry) in entries.iter().enumerate() {
        for (field, text) in fields(entry) {
            let found = find(&text);
            finds.extend(found.into_iter().map(|find| EntryFind { entry_idx, field, find }));
        }
    }
    finds
}

/// Returns all texts of an entry that come from people or sources.
fn fields<'a>(entry: &'a Entry<'_>) -> Vec<(&'static str, std::borrow::Cow<'a, str>)> {
    let work = entry.work;
    let mut fields: Vec<(&'static str, std::borrow::Cow<'a, str>)> = Vec::new();
    let mut push = |name: &'static str, text: Option<&'a str>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            fields.push((name, text.into()));
        }
    };
    push("title", work.title.as_deref());
    push("short title", work.short_title.as_deref());
    if let Some(case) = work.case() {
        case.side_a.iter().chain(&case.side_b).for_each(|name| push("party", Some(name)));
    }
    work.authors().iter().for_each(|name| push("author", Some(name)));
    push("publisher", work.publisher.as_deref());
    push("url", work.url.as_deref());
    push("quote", entry.quote.as_deref());
    push("note", entry.note.as_deref());
    push("heading", entry.heading.as_deref());
    if let Some(selector) = &entry.selector {
        push("words around the quote", Some(&selector.prefix));
        push("words around the quote", Some(&selector.suffix));
    }
    for status in &work.status {
        push("status", status.note.as_deref());
        push("status", Some(&status.source));
    }
    work.extra.values().for_each(|value| push("record", Some(value)));
    fields
}

/// Returns the identifiers in `text`, in the order of their places; finds never overlap.
pub fn find(text: &str) -> Vec<Find> {
    let folded = Folded::new(text);
    let mut finds: Vec<(FindKind, Span)> = Vec::new();
    emails(&folded, &mut finds);
    ibans(&folded, &mut finds);
    numbers(&folded, &mut finds);
    finds.sort_by_key(|(kind, span)| (span.start, std::cmp::Reverse(span.end), *kind));
    let mut end = 0;
    let mut kept = Vec::new();
    for (kind, span) in finds {
        let source = folded.source(&span);
        if source.start < end {
            continue;
        }
        end = source.end;
        let masked = mask(kind, text.get(source.clone()).unwrap_or_default());
        kept.push(Find { kind, span: source, masked });
    }
    kept
}

/// Returns the text with `█` and the kind in place of each find.
pub fn redact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Find { kind, span, .. } in find(text) {
        out.push_str(text.get(at..span.start).unwrap_or_default());
        out.push_str("█ ");
        out.push_str(kind.name());
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Returns the work with its texts redacted.
pub fn redacted_work(work: &Work) -> Work {
    use super::work::Detail;
    let mut work = work.clone();
    let one = |value: &mut Option<String>| {
        if let Some(text) = value {
            *text = redact(text);
        }
    };
    let many = |values: &mut Vec<String>| {
        for text in values {
            *text = redact(text);
        }
    };
    one(&mut work.title);
    one(&mut work.short_title);
    one(&mut work.translation);
    one(&mut work.publisher);
    one(&mut work.url);
    one(&mut work.archive_url);
    for status in &mut work.status {
        status.source = redact(&status.source);
        one(&mut status.note);
    }
    for value in work.extra.values_mut() {
        *value = redact(value);
    }
    match &mut work.detail {
        Detail::Case(case) => {
            many(&mut case.side_a);
            many(&mut case.side_b);
        }
        Detail::Statute(statute) => one(&mut statute.name),
        Detail::UnDocument(document) => many(&mut document.authors),
        Detail::Report(report) => many(&mut report.authors),
        Detail::Published(published) => {
            many(&mut published.authors);
            one(&mut published.outlet);
        }
        Detail::Filed(filed) => {
            many(&mut filed.authors);
            one(&mut filed.addressee);
        }
        Detail::Instrument(_) | Detail::Treaty(_) => {}
    }
    work
}

/// Returns the entry with its own texts redacted, for the redacted `work`.
pub fn redacted_entry<'a>(entry: &Entry<'a>, work: &'a Work) -> Entry<'a> {
    let one = |value: &Option<String>| value.as_deref().map(redact);
    Entry {
        work,
        quote: one(&entry.quote),
        note: one(&entry.note),
        heading: one(&entry.heading),
        selector: entry.selector.clone().map(|mut selector| {
            selector.prefix = redact(&selector.prefix);
            selector.suffix = redact(&selector.suffix);
            selector
        }),
        ..entry.clone()
    }
}

/// A text as characters, its digits Western, with the way back to bytes.
struct Folded {
    chars: Vec<char>,
    /// Where each character begins; one more entry for the end.
    starts: Vec<usize>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut chars = Vec::with_capacity(text.len());
        let mut starts = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices() {
            // Marks of direction and joiners may hide inside a number.
            if super::run::is_direction_mark(c) || matches!(c, '\u{200B}'..='\u{200D}' | '\u{AD}') {
                continue;
            }
            chars.push(western(c));
            starts.push(at);
        }
        starts.push(text.len());
        Self { chars, starts }
    }

    /// Returns the bytes of the source for positions of characters.
    fn source(&self, span: &Span) -> Span {
        let end = span.end.checked_sub(1).and_then(|last| self.starts.get(last + 1)).copied();
        self.starts[span.start]..end.unwrap_or(self.starts[span.start])
    }

    fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    fn digit(&self, at: usize) -> Option<u32> {
        self.get(at).and_then(|c| c.to_digit(10))
    }

    /// Tells whether a number may begin here: no digit, and no digit with a dash, before it.
    fn begins(&self, at: usize) -> bool {
        let before = |n: usize| at.checked_sub(n).and_then(|at| self.get(at));
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let is_joined = before(1).is_some_and(is_dash) && is_digit(before(2));
        !is_digit(before(1)) && !is_joined
    }

    /// Tells whether a number may end before `at`.
    fn ends(&self, at: usize) -> bool {
        self.digit(at).is_none()
            && !(self.get(at).is_some_and(is_dash) && self.digit(at + 1).is_some())
    }

    /// Reads groups of digits with at most one space or dash between them; returns the digits and
    /// the end. `None`: there are others there, or more digits follow.
    fn groups(&self, start: usize, sizes: &[usize], need_gaps: bool) -> Option<(Vec<u32>, usize)> {
        let mut at = start;
        let mut digits = Vec::new();
        for (group_idx, &size) in sizes.iter().enumerate() {
            if group_idx > 0 {
                let has_gap = self.get(at).is_some_and(|c| is_dash(c) || is_space(c));
                if need_gaps && !has_gap {
                    return None;
                }
                at += usize::from(has_gap);
            }
            for _ in 0..size {
                digits.push(self.digit(at)?);
                at += 1;
            }
        }
        self.ends(at).then_some((digits, at))
    }

    /// Tells whether one of `words` stands near the span, as whole words in Latin letters.
    fn has_near(&self, span: &Span, words: &[&str]) -> bool {
        let from = span.start.saturating_sub(NEAR_CHARS);
        let to = (span.end + NEAR_CHARS).min(self.chars.len());
        let near: String = self.chars[from..to].iter().collect::<String>().to_lowercase();
        words.iter().any(|word| {
            near.match_indices(word).any(|(at, word)| {
                let side = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
                let before = near.get(..at).and_then(|text| text.chars().next_back());
                let after = near.get(at + word.len()..).and_then(|text| text.chars().next());
                !side(before) && !side(after)
            })
        })
    }
}

/// Returns the Western digit of an Urdu, Arabic or full-width one; other characters stay.
fn western(c: char) -> char {
    let zero = match c {
        '۰'..='۹' => '۰',
        '٠'..='٩' => '٠',
        '０'..='９' => '０',
        '＠' => return '@',
        '＋' => return '+',
        _ => return c,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}')
}

/// Finds identity cards, phones, devices, SIM cards and passports.
fn numbers(text: &Folded, finds: &mut Vec<(FindKind, Span)>) {
    for start in 0..text.chars.len() {
        let Some(c) = text.get(start) else { break };
        if c.is_ascii_uppercase() {
            passport(text, start, finds);
        }
        if !(c.is_ascii_digit() || matches!(c, '+' | '(')) || !text.begins(start) {
            continue;
        }
        let found = mobile(text, start)
            .map(|end| (FindKind::Mobile, end))
            .or_else(|| cnic(text, start).map(|end| (FindKind::Cnic, end)))
            .or_else(|| device(text, start))
            .or_else(|| phone(text, start).map(|end| (FindKind::Phone, end)));
        if let Some((kind, end)) = found {
            finds.push((kind, start..end));
        }
    }
}

/// Reads `12345-1234567-1`, or 13 digits near a word that says what they are.
fn cnic(text: &Folded, start: usize) -> Option<usize> {
    let first_fits = |digits: &[u32]| (1..=7).contains(&digits[0]);
    if let Some((digits, end)) = text.groups(start, &[5, 7, 1], true) {
        return first_fits(&digits).then_some(end);
    }
    let (digits, end) = text.groups(start, &[13], false)?;
    (first_fits(&digits) && text.has_near(&(start..end), CNIC_WORDS)).then_some(end)
}

/// Reads `0300 1234567`, `+92-300-123 4567`, `00923001234567`.
fn mobile(text: &Folded, start: usize) -> Option<usize> {
    let prefixes: [&[char]; 4] = [&['+', '9', '2'], &['0', '0', '9', '2'], &['9', '2'], &['0']];
    let prefix = prefixes
        .into_iter()
        .find(|prefix| text.chars.get(start..start + prefix.len()) == Some(*prefix))?;
    let mut at = start + prefix.len();
    if text.get(at).is_some_and(|c| is_dash(c) || is_space(c)) {
        at += 1;
    }
    // `(0)` between country code and number.
    if text.chars.get(at..at + 3) == Some(&['(', '0', ')']) {
        at += 3;
    }
    let (digits, end) =
        text.groups(at, &[3, 7], false).or_else(|| text.groups(at, &[3, 3, 4], false))?;
    // Prefixes that PTA has given to operators begin so; `039…` is none and stands in page ids.
    (digits[0] == 3 && matches!(digits[1], 0..=4 | 6 | 7) || digits.starts_with(&[3, 5, 5]))
        .then_some(end)
}

/// Reads `+44 20 7946 0958` (8 to 15 digits, as ITU-T E.164 has them), `(415) 621-2493`, and near a word
/// that says what it is `051-9204567` and `415.621.2493`.
fn phone(text: &Folded, start: usize) -> Option<usize> {
    let is_international = text.get(start) == Some('+');
    let is_bracketed = text.get(start) == Some('(');
    let mut at = start + usize::from(is_international);
    let (mut n_digits, mut n_gaps, mut end) = (0, 0, start);
    let mut groups = vec![0];
    while let Some(c) = text.get(at) {
        if c.is_ascii_digit() {
            n_digits += 1;
            n_gaps = 0;
            end = at + 1;
            *groups.last_mut()? += 1;
        } else if (is_dash(c) || is_space(c) || matches!(c, '.' | '(' | ')'))
            && n_gaps < 2
            && n_digits <= 15
        {
            n_gaps += 1;
            if groups.last() != Some(&0) {
                groups.push(0);
            }
        } else {
            break;
        }
        at += 1;
    }
    groups.retain(|&size| size > 0);
    if !text.ends(end) {
        return None;
    }
    let first = text.chars.get(start..end)?.iter().find_map(|c| c.to_digit(10))?;
    let is_phone = if is_international {
        (8..=15).contains(&n_digits) && first != 0
    } else if is_bracketed {
        // `(2015) 10 SCC 123` is a report, and a year has four digits.
        groups == [3, 3, 4] && text.get(start + 4) == Some(')')
    } else {
        let is_line = first == 0 && (9..=11).contains(&n_digits) && (2..=3).contains(&groups.len());
        (is_line || groups == [3, 3, 4]) && text.has_near(&(start..end), PHONE_WORDS)
    };
    is_phone.then_some(end)
}

/// Reads 15 digits: a SIM card of Pakistan by a word near it, a device by its check digit.
fn device(text: &Folded, start: usize) -> Option<(FindKind, usize)> {
    let (digits, end) =
        text.groups(start, &[15], false).or_else(|| text.groups(start, &[2, 6, 6, 1], true))?;
    if digits.starts_with(&[4, 1, 0]) && text.has_near(&(start..end), IMSI_WORDS) {
        return Some((FindKind::Imsi, end));
    }
    (luhn(&digits) && digits.iter().any(|&digit| digit != digits[0]))
        .then_some((FindKind::Imei, end))
}

/// Tells whether the last digit checks the others.
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(idx, &digit)| if idx % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    sum.is_multiple_of(10)
}

/// Reads `AB1234567` near a word that says what it is.
fn passport(text: &Folded, start: usize, finds: &mut Vec<(FindKind, Span)>) {
    let is_letter = |at: usize| text.get(at).is_some_and(|c| c.is_ascii_uppercase());
    let free =
        start.checked_sub(1).and_then(|at| text.get(at)).is_none_or(|c| !c.is_alphanumeric());
    if free
        && is_letter(start + 1)
        && let Some((_, end)) = text.groups(start + 2, &[7], false)
        && text.has_near(&(start..end), PASSPORT_WORDS)
    {
        finds.push((FindKind::Passport, start..end));
    }
}

/// Finds `name@host.tld`, except at the courts' own domains.
fn emails(text: &Folded, finds: &mut Vec<(FindKind, Span)>) {
    let is_local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let is_domain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    for (at, _) in text.chars.iter().enumerate().filter(|(_, c)| **c == '@') {
        let start = at - text.chars[..at].iter().rev().take_while(|c| is_local(**c)).count();
        let mut end = at + 1;
        end += text.chars[end..].iter().take_while(|c| is_domain(**c)).count();
        while end > at + 1 && matches!(text.get(end - 1), Some('.' | '-')) {
            end -= 1;
        }
        let domain: String = text.chars[at + 1..end].iter().collect::<String>().to_lowercase();
        let tld = domain.rsplit('.').next().unwrap_or_default();
        let is_address = start < at
            && domain.contains('.')
            && tld.len() >= 2
            && tld.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_office = OFFICE_DOMAINS.iter().any(|office| {
            domain.strip_suffix(office).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
        });
        if is_address && !is_office {
            finds.push((FindKind::Email, start..end));
        }
    }
}

/// Finds accounts of Pakistan: `PK36 SCBL 0000 0011 2345 6702`, by their check digits.
fn ibans(text: &Folded, finds: &mut Vec<(FindKind, Span)>) {
    for start in 0..text.chars.len() {
        let is_pk = matches!(text.get(start), Some('P' | 'p'))
            && matches!(text.get(start + 1), Some('K' | 'k'));
        let free = start
            .checked_sub(1)
            .and_then(|at| text.get(at))
            .is_none_or(|c| !c.is_ascii_alphanumeric());
        if !is_pk || !free {
            continue;
        }
        let mut signs: Vec<char> = Vec::new();
        let mut at = start;
        while signs.len() < 24 {
            match text.get(at) {
                Some(c) if c.is_ascii_alphanumeric() => signs.push(c.to_ascii_uppercase()),
                Some(c) if is_space(c) || is_dash(c) => {}
                _ => break,
            }
            at += 1;
        }
        let free = text.get(at).is_none_or(|c| !c.is_ascii_alphanumeric());
        if signs.len() == 24 && free && iban_checks(&signs) {
            finds.push((FindKind::Iban, start..at));
        }
    }
}

/// Tells whether the number is 1 modulo 97, its first four signs moved to the end.
fn iban_checks(signs: &[char]) -> bool {
    let rest = signs.iter().skip(4).chain(signs.iter().take(4)).try_fold(0, |rest: u32, c| {
        let value = c.to_digit(36)?;
        Some(if value > 9 { rest * 100 + value } else { rest * 10 + value } % 97)
    });
    rest == Some(1)
}

/// Returns the find with most of its signs as `x`.
fn mask(kind: FindKind, text: &str) -> String {
    let n_shown = match kind {
        FindKind::Cnic | FindKind::Imei | FindKind::Imsi => 0,
        FindKind::Passport | FindKind::Mobile | FindKind::Phone | FindKind::Iban => 2,
        FindKind::Email => 1,
    };
    let mut n_seen = 0;
    let masked = text.chars().map(|c| {
        if !c.is_alphanumeric() {
            return c;
        }
        n_seen += 1;
        if n_seen > n_shown { 'x' } else { c }
    });
    masked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(FindKind, &str)]) {
        let finds = find(text);
        let found: Vec<_> =
            finds.iter().map(|find| (find.kind, text.get(find.span.clone()).unwrap())).collect();
        assert_eq!(found, expect, "{text}");
    }

    use FindKind::{Cnic, Email, Iban, Imei, Imsi, Mobile, Passport, Phone};

    // All numbers are made up; the check digits were worked out by hand.

    #[test]
    fn identity_cards() {
        check("CNIC 12345-1234567-1.", &[(Cnic, "12345-1234567-1")]);
        check("شناختی کارڈ ۱۲۳۴۵-۱۲۳۴۵۶۷-۱ ہے", &[(Cnic, "۱۲۳۴۵-۱۲۳۴۵۶۷-۱")]);
        check("CNIC No. 3520112345671", &[(Cnic, "3520112345671")]);
        check("12345\u{2013}1234567\u{2013}1", &[(Cnic, "12345\u{2013}1234567\u{2013}1")]);
        for silent in [
            "page 3520112345671",
            "82345-1234567-1",
            "112345-1234567-1",
            "12345-1234567-12",
            "12345-1234567-1-2",
            "picnic 3520112345671",
        ] {
            check(silent, &[]);
        }
    }

    #[test]
    fn mobile_phones() {
        check("call 0300-1234567 now", &[(Mobile, "0300-1234567")]);
        check("+92 300 123 4567", &[(Mobile, "+92 300 123 4567")]);
        check("00923451234567,", &[(Mobile, "00923451234567")]);
        check("۰۳۰۰۱۲۳۴۵۶۷", &[(Mobile, "۰۳۰۰۱۲۳۴۵۶۷")]);
        check("0395-1234567", &[]);
        check("03001234567890", &[]);
        check("051-1234567", &[]);
    }

    #[test]
    fn other_phones() {
        for phone in [
            "+44 20 7946 0958",
            "+92-51-9260000",
            "(415) 555-2493",
            "+49 (0)30.288778-569",
            "+1 (415) 555-2493",
            "+923001234",
        ] {
            check(&format!("ring {phone}, or write"), &[(Phone, phone)]);
        }
        check("Telephone: 051-9204567 (office)", &[(Phone, "051-9204567")]);
        check("Fax 415.555.2493.", &[(Phone, "415.555.2493")]);
        check("فون نمبر ۰۵۱-۹۲۰۴۵۶۷", &[(Phone, "۰۵۱-۹۲۰۴۵۶۷")]);
        for silent in [
            "051-9204567",
            "(2015) 10 SCC 123",
            "(1995) 71 P. & C.R. 175",
            "(2016) 345-6789",
            "415.555.2493",
            "+5.2 percent, +100 000",
            "call 1805/2023, No. 12-2023-456",
            "E+12345678901234567890",
        ] {
            check(silent, &[]);
        }
        assert_eq!(find("+44 20 7946 0958")[0].masked, "+44 xx xxxx xxxx");
    }

    #[test]
    fn devices_and_cards() {
        check("IMEI 490154203237518", &[(Imei, "490154203237518")]);
        check("490154203237519", &[]);
        check("IMSI: 410012345678901", &[(Imsi, "410012345678901")]);
        check("000000000000000", &[]);
        check("passport AB1234567", &[(Passport, "AB1234567")]);
        check("file AB1234567", &[]);
    }

    #[test]
    fn addresses_and_accounts() {
        check("write to a.b@example.org.", &[(Email, "a.b@example.org")]);
        check("registrar@ihc.gov.pk, x@mail.ihc.gov.pk", &[]);
        check("x@notihc.gov.pk.example.com", &[(Email, "x@notihc.gov.pk.example.com")]);
        check("PK36 SCBL 0000 0011 2345 6702", &[(Iban, "PK36 SCBL 0000 0011 2345 6702")]);
        check("PK37 SCBL 0000 0011 2345 6702", &[]);
    }

    #[test]
    fn finds_are_masked_and_redacted() {
        assert_eq!(find("0300-1234567")[0].masked, "03xx-xxxxxxx");
        assert_eq!(
            redact("ring 0300-1234567 or a@b.org"),
            "ring █ mobile number or █ e-mail address"
        );
        assert_eq!(find(&redact("12345-1234567-1")), []);
    }

    #[test]
    fn ordinary_numbers_of_judgments_are_silent() {
        for text in [
            "W.P. No. 1805/2023 dated 25.06.2024",
            "PLD 1998 SC 388, 2024 SCMR 123",
            "Rs. 1,234,567,890 on 2024-06-25 10:30",
            "S.R.O. 1005(I)/2024, 0.123456789012345",
            "/story/1234567890123?id=20240625103000",
        ] {
            check(text, &[]);
        }
    }
}
