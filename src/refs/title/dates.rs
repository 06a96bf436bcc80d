//! The dates of a decision, each with its role.

use super::lines::{Line, squeeze};
use crate::model::record::DateRole;
use crate::model::{Date, PageNo};
use crate::text::dates::{self, Doubt, Found, Reading};

/// A date with what it is the date of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dated {
    pub(super) role: DateRole,
    pub(super) date: Date,
    pub(super) page: PageNo,
    pub(super) confidence: f32,
}

/// What stands before a date, as letters alone, and the role it gives.
const LABELS: &[(&str, DateRole)] = &[
    ("DATEOFHEARING", DateRole::Hearing),
    ("DATESOFHEARING", DateRole::Hearing),
    ("DATESOFHEARINGS", DateRole::Hearing),
    ("HEARINGDATES", DateRole::Hearing),
    ("HEARINGDATE", DateRole::Hearing),
    ("DATEOFHG", DateRole::Hearing),
    ("HEARDON", DateRole::Hearing),
    ("HEARD", DateRole::Hearing),
    ("ARGUED", DateRole::Hearing),
    ("DATEOFDECISION", DateRole::Decision),
    ("DECISIONDATE", DateRole::Decision),
    ("DECIDEDON", DateRole::Decision),
    ("DECIDED", DateRole::Decision),
    ("JUDGMENTGIVENON", DateRole::Decision),
    ("HANDEDDOWNON", DateRole::Decision),
    ("DATEOFJUDGMENT", DateRole::Decision),
    ("DATEOFORDER", DateRole::Order),
    ("DATEOFANNOUNCEMENT", DateRole::Announced),
    ("ANNOUNCEDINOPENCOURTON", DateRole::Announced),
    ("ANNOUNCEDINANOPENCOURTON", DateRole::Announced),
    ("ANNOUNCEDINTHEOPENCOURTON", DateRole::Announced),
    ("PRONOUNCEDINOPENCOURTON", DateRole::Announced),
    ("ANNOUNCEDON", DateRole::Announced),
    ("PRONOUNCEDON", DateRole::Announced),
    ("JUDGMENTPRONOUNCEDON", DateRole::Announced),
    ("JUDGMENTDELIVEREDON", DateRole::Announced),
    ("ORDERPRONOUNCEDON", DateRole::Announced),
    ("ANNOUNCED", DateRole::Announced),
    ("SIGNEDON", DateRole::Signed),
];

/// Finds the dates of a decision.
///
/// `head` is the head of the document, `body` all its lines without running heads, `behind` the
/// part of the head behind the parties.
pub(super) fn find(head: &[Line], body: &[Line], behind: &[&Line], country: &str) -> Vec<Dated> {
    let mut found = Vec::new();
    labelled(head, country, &mut found);
    if let Some(dated) = of_order_sheet(head) {
        add(&mut found, dated);
    }
    let tail = body.get(body.len().saturating_sub(30)..).unwrap_or_default();
    announced(tail, &mut found);
    announced_today(tail, &mut found);
    if country == "us" {
        stamps(head, &mut found);
        american(head, &mut found);
    }
    if country == "gb" && !found.iter().any(|dated| dated.role == DateRole::Decision) {
        british(head, &mut found);
    }
    let dated = |found: &[Dated]| {
        found.iter().any(|dated| dated.role != DateRole::Hearing && dated.role != DateRole::Filed)
    };
    let south_asian = matches!(country, "pk" | "in");
    if south_asian && !dated(&found) {
        law_report(behind, head, &mut found);
    }
    if south_asian && found.is_empty() {
        alone(head, country, &mut found);
    }
    if south_asian && !dated(&found) {
        at_foot(tail, &mut found);
    }
    if country == "gb" && !dated(&found) {
        below_name(body, &mut found);
    }
    found
}

pub(super) fn add(found: &mut Vec<Dated>, dated: Dated) {
    if !found.iter().any(|known| known.role == dated.role && known.date == dated.date) {
        found.push(dated);
    }
}

/// Tells whether the line begins with a date, perhaps behind the serial number of a table row.
pub(super) fn starts_with_date(text: &str) -> bool {
    first_date(text).is_some_and(|found| found.doubt != Some(Doubt::NoSuchDay))
}

/// Tells whether a line is a date and nothing else.
pub(super) fn is_date_alone(text: &str) -> bool {
    let found = dates::find(text).into_iter().next();
    found.is_some_and(|found| found.date.day().is_some() && text.len() <= found.span.len() + 4)
}

/// Returns the date with which a line begins, behind nothing but a serial number.
fn first_date(text: &str) -> Option<Found> {
    let found = dates::find(text).into_iter().next()?;
    let before = text.get(..found.span.start)?;
    let serial = before.len() <= 8 && !before.chars().any(char::is_alphabetic);
    (serial && found.date.day().is_some()).then_some(found)
}

/// The dates behind `Date of hearing:` and its like, on the same line or the next two.
fn labelled(lines: &[Line], country: &str, found: &mut Vec<Dated>) {
    let reading = if country == "us" { Reading::MonthFirst } else { Reading::DayFirst };
    let text_at = lines.iter().position(|line| super::judge::author(&line.text).is_some());
    for (idx, line) in lines.iter().enumerate() {
        // In the text a label is a line of its own; what sentences say is of other orders.
        let longest = match text_at {
            Some(at) if idx > at => 70,
            // A long trial lists its days one by one.
            _ if is_list_of_hearings(&line.text) => LONGEST_LIST,
            _ => 200,
        };
        if line.text.len() > longest {
            continue;
        }
        // `Date of hearing` over `& Decision: 3.1.2031`.
        let next = lines.get(idx + 1).map(|next| next.text.as_str()).unwrap_or_default();
        let both =
            line.text.len() < 30 && ["&", "and ", "of "].iter().any(|word| next.starts_with(word));
        let joined = if both { format!("{} {next}", line.text) } else { line.text.clone() };
        let Some((role, rest)) = label(&joined) else { continue };
        if is_running_text(rest) {
            continue;
        }
        // The head of the table of an order sheet is no label of a date.
        if squeeze(rest).starts_with("ORDERWITH") || rest.contains("ignature") {
            continue;
        }
        let mut dates: Vec<Found> = dates::find_as(rest, reading);
        if dates.is_empty() && squeeze(rest).len() <= 2 {
            // The date stands in a cell of its own.
            dates = lines
                .get(idx + 1..)
                .unwrap_or_default()
                .iter()
                .take(2)
                .find_map(|next| {
                    first_date(&next.text).map(|_| dates::find_as(&next.text, reading))
                })
                .unwrap_or_default();
        }
        // `28.3.2031, 25.4.2031 and` goes on in the next line of the paragraph.
        let open = rest.trim_end().ends_with([',', '&']) || rest.trim_end().ends_with(" and");
        if let Some(next) = lines.get(idx + 1).filter(|_| !dates.is_empty()) {
            let joined = next.text.starts_with("and") || next.text.starts_with('&');
            let bare = open && !next.text.starts_with(char::is_alphabetic);
            if (joined || bare) && next.text.len() < 80 {
                dates.extend(dates::find_as(&next.text, reading));
            }
        }
        // `5th and 6th October` leaves a year that is no day of hearing.
        let exact = dates.iter().any(|date| date.date.day().is_some());
        dates.retain(|date| !exact || date.date.day().is_some());
        for date in dates {
            let role = role_within(rest, &date, role);
            let confidence = if date.doubt.is_some() { 0.6 } else { 0.96 };
            add(found, Dated { role, date: date.date, page: line.page, confidence });
        }
    }
}

/// No list of the days of hearing is longer, in bytes.
const LONGEST_LIST: usize = 1_500;

/// Tells whether a line lists the days of hearing: `Hearing dates: 15 November 2031 (Reading Day); …`.
fn is_list_of_hearings(text: &str) -> bool {
    let head: String = text.chars().take(30).collect();
    let letters = squeeze(&head);
    head.contains(':')
        && ["HEARINGDATES", "DATESOFHEARING"].iter().any(|label| letters.starts_with(label))
}

/// Tells whether what stands behind a label is a sentence that speaks of some other date:
/// `Heard. The order dated 12.12.2022 is assailed`, `announced in the order dated …`.
fn is_running_text(rest: &str) -> bool {
    let Some(found) = dates::find(rest).into_iter().next() else {
        return rest.len() > 60;
    };
    let before = rest.get(..found.span.start).unwrap_or_default().to_lowercase();
    let words = before.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3).count();
    words > 3
        || before.contains("dated")
        || before.contains("order")
        || before.contains("judgment of")
}

/// The forms of the last lines: `ANNOUNCED IN OPEN COURT ON 16.12.2024`, `Signed on 3.1.2025`.
///
/// Only a line of its own counts. What a sentence says of another order is not this one's date.
fn announced(tail: &[Line], found: &mut Vec<Dated>) {
    for (idx, line) in tail.iter().enumerate() {
        let Some((role, rest)) = label(&line.text) else { continue };
        if !matches!(role, DateRole::Announced | DateRole::Signed | DateRole::Decision) {
            continue;
        }
        let date = dates::find(rest).into_iter().next();
        let next = || tail.get(idx + 1).and_then(|next| first_date(&next.text));
        let alone = date.is_some() || squeeze(rest).len() <= 2;
        let Some(date) = date.or_else(|| alone.then(next).flatten()) else { continue };
        let letters = squeeze(rest).chars().filter(|c| c.is_alphabetic()).count();
        if letters > 24 || is_running_text(rest) || date.date.day().is_none() {
            continue;
        }
        let confidence = if date.doubt.is_some() { 0.6 } else { 0.96 };
        add(found, Dated { role, date: date.date, page: line.page, confidence });
    }
}

/// `This judgment has been reserved on 20.12.2031 and announced in open court today i.e. 27.12.2031`:
/// the text says of itself on which day it was given, and what a slip or a stamp says of that day,
/// where it says otherwise, is in doubt.
fn announced_today(tail: &[Line], found: &mut Vec<Dated>) {
    for (idx, line) in tail.iter().enumerate() {
        // The sentence may run over some drawn lines.
        let near = tail.get(idx..).unwrap_or_default().iter().take(3);
        let joined = near.map(Line::plain).collect::<Vec<_>>().join(" ");
        let lower = joined.to_ascii_lowercase();
        let Some(at) = ["announced", "pronounced"].iter().find_map(|word| lower.find(word)) else {
            continue;
        };
        if at >= line.text.len() {
            continue;
        }
        let rest = joined.get(at..).unwrap_or_default();
        let Some(date) = dates::find(rest).into_iter().next() else { continue };
        let before = lower.get(..at).unwrap_or_default();
        let between = lower.get(at..at + date.span.start).unwrap_or_default();
        let today = ["today", "this day", "to-day"].iter().any(|word| between.contains(word));
        let court = between.contains("open court");
        let own = today || (court && before.contains("reserved on"));
        let other = ["dated", "order", "vide"].iter().any(|word| between.contains(word));
        if !own || other || between.len() > 80 || date.date.day().is_none() {
            continue;
        }
        let confidence = if date.doubt.is_some() { 0.6 } else { 0.96 };
        if confidence > 0.9 {
            for known in found.iter_mut() {
                let decides = matches!(known.role, DateRole::Decision | DateRole::Order);
                if decides && known.date != date.date {
                    known.confidence = known.confidence.min(CONTRADICTED);
                }
            }
        }
        let page = line.page;
        add(found, Dated { role: DateRole::Announced, date: date.date, page, confidence });
        return;
    }
}

/// The confidence of a date that another place of the document contradicts.
pub(super) const CONTRADICTED: f32 = 0.5;

/// The dates of a clerk's letter or notice: its own, which is the day it was sent, and that of the stamp.
pub(super) fn of_letter(head: &[Line]) -> Vec<Dated> {
    let mut found = Vec::new();
    stamps(head, &mut found);
    if !found.iter().any(|dated| dated.role == DateRole::Decision) {
        let labelled = head.iter().take(30).find_map(|line| {
            let rest = line.text.trim().strip_prefix("Date: ")?;
            let date = dates::find_as(rest, Reading::MonthFirst).into_iter().next()?;
            (date.span.start == 0).then_some((date.date, line.page))
        });
        match labelled {
            Some((date, page)) => {
                found.push(Dated { role: DateRole::Decision, date, page, confidence: 0.85 });
            }
            None => american(head, &mut found),
        }
    }
    for dated in &mut found {
        if dated.role == DateRole::Decision {
            dated.role = DateRole::Sent;
        }
    }
    found
}

/// `Argued April 23, 2013—Decided June 13, 2013`: the nearest label before the date counts.
fn role_within(rest: &str, date: &Found, role: DateRole) -> DateRole {
    let before = rest.get(..date.span.start).map(squeeze).unwrap_or_default();
    LABELS
        .iter()
        .filter_map(|(words, role)| Some((before.rfind(words)?, words.len(), *role)))
        .max_by_key(|(at, len, _)| (*at, *len))
        .map_or(role, |(_, _, role)| role)
}

/// Returns the role that a line's label gives, and what stands behind the label.
fn label(text: &str) -> Option<(DateRole, &str)> {
    let letters = squeeze(text);
    let find = |from: &str| {
        LABELS
            .iter()
            .filter(|(words, _)| from.starts_with(words))
            .max_by_key(|(words, _)| words.len())
            .map(|(words, role)| (*words, *role))
    };
    let (words, role, skipped) = match find(&letters) {
        Some((words, role)) => (words, role, 0),
        // `No. 11–889.  Argued April 23, 2013`, `Civil Appeals Nos. 5 and 6, decided on …`.
        None => LABELS
            .iter()
            .filter(|(words, _)| matches!(*words, "ARGUED" | "DECIDEDON"))
            .find_map(|(words, role)| {
                let at = letters.find(words)?;
                Some((*words, *role, letters.get(..at)?.chars().count()))
            })?,
    };
    // `Date of hearing & order:` is of both; the later act counts.
    let more = letters.get(skipped..).and_then(|from| from.strip_prefix(words)).map(|rest| {
        let bare = rest.strip_prefix("AND").unwrap_or(rest);
        let both = [
            ("ORDER", DateRole::Order),
            ("DECISION", DateRole::Decision),
            ("JUDGMENT", DateRole::Decision),
            ("ANNOUNCEMENT", DateRole::Announced),
        ];
        let found = both.iter().find(|(word, _)| bare.starts_with(word));
        found.map(|(word, role)| (rest.len() - bare.len() + word.len(), *role))
    });
    let (more, role) =
        match more.flatten().filter(|_| words.starts_with("DATE") && role == DateRole::Hearing) {
            Some((more, role)) if skipped == 0 => (more, role),
            _ => (0, role),
        };
    // Walk as many letters as the label has.
    let wanted = skipped + words.chars().count() + more;
    let mut n = 0;
    for (at, c) in text.char_indices() {
        if n == wanted {
            return Some((role, text.get(at..).unwrap_or_default()));
        }
        n += usize::from(c.is_alphanumeric());
    }
    Some((role, ""))
}

/// The date in the second column of an order sheet: the first line behind the table's head that
/// begins with a date.
fn of_order_sheet(head: &[Line]) -> Option<Dated> {
    let table = head.iter().position(|line| {
        let letters = line.squeezed();
        letters.contains("ORDERWITHSIGNATURE")
            || letters.starts_with("SNOOF")
            || letters.starts_with("SRNOOF")
            || letters.starts_with("SERIALNOOF")
    })?;
    for line in head.get(table..)?.iter().take(30) {
        let letters = line.squeezed();
        // The date may end a joined head: `… where necessary. 4 30.05.2025 Mr. Adil`.
        let in_head = letters.contains("ORDERWITHSIGNATURE") || letters.contains("PROCEEDING");
        let date = if in_head {
            dates::find(&line.text).into_iter().find(|found| found.date.day().is_some())
        } else {
            line.text.split('\t').find_map(first_date)
        };
        if let Some(date) = date {
            let confidence = if date.doubt.is_some() { 0.6 } else { 0.96 };
            return Some(Dated {
                role: DateRole::Order,
                date: date.date,
                page: line.page,
                confidence,
            });
        }
    }
    None
}

/// Tells whether a line is the stamp of an American court's docket:
/// `Case 8:16-cv-01261 Document 40 Filed 08/05/16`, `Case: 20-1, 08/05/2020, ID: 1, DktEntry: 19`.
pub(super) fn is_stamp(text: &str) -> bool {
    let letters = squeeze(text);
    let opens = letters.starts_with("CASE") || letters.starts_with("APPE");
    let entry = ["DOC", "DKTENTRY"].iter().any(|word| letters.contains(word));
    opens && entry && (letters.contains("PAGE") || letters.contains("FILED")) && text.len() < 160
}

/// Stamps and captions of American courts: `Filed 08/05/16`, `FILED January 11, 2021`.
fn stamps(head: &[Line], found: &mut Vec<Dated>) {
    for (idx, line) in head.iter().enumerate() {
        let lower = line.text.to_lowercase();
        let stamp = is_stamp(&line.text);
        // The stamp of the ninth circuit has a date and no word for it.
        let Some(at) = lower.find("filed").or_else(|| stamp.then_some(0)) else { continue };
        let rest = line.text.get(at..).unwrap_or_default();
        let next = head.get(idx + 1).map(|line| line.text.as_str()).unwrap_or_default();
        let date = dates::find_as(rest, Reading::MonthFirst)
            .into_iter()
            .next()
            .or_else(|| (rest.len() < 8).then(|| dates::find(next).into_iter().next()).flatten());
        let Some(date) = date else { continue };
        // An opinion is given on the day that its caption says it was filed; a stamp dates the paper.
        let role = if stamp || at > 0 { DateRole::Filed } else { DateRole::Decision };
        add(found, Dated { role, date: date.date, page: line.page, confidence: 0.85 });
    }
}

/// How sure a day of decision is that a stamp alone gives.
pub(super) const BY_STAMP: f32 = 0.7;

/// The day of an American decision where nothing names it so: a date alone in the caption, else
/// the day on which the court filed its own paper.
fn american(head: &[Line], found: &mut Vec<Dated>) {
    if found.iter().any(|dated| matches!(dated.role, DateRole::Decision | DateRole::Order)) {
        return;
    }
    let mut alone = head.iter().filter(|line| line.page.get() <= 2).filter_map(|line| {
        let date = dates::find_as(&line.text, Reading::MonthFirst).into_iter().next()?;
        let short = line.text.len() <= date.span.len() + 4;
        (short && date.date.day().is_some()).then_some((date.date, line.page, 0.85))
    });
    // Several are the cells of a list.
    let first = alone.next();
    let alone = first.filter(|first| alone.all(|other| other.0 == first.0));
    let filed = || {
        let filed = found.iter().find(|dated| dated.role == DateRole::Filed)?;
        Some((filed.date, filed.page, BY_STAMP))
    };
    if let Some((date, page, confidence)) = alone.or_else(filed) {
        add(found, Dated { role: DateRole::Decision, date, page, confidence });
    }
}

/// `Date: 28/07/2022`, `JUDGMENT GIVEN ON` over a date, a weekday with its date, and a date alone
/// above the bench.
fn british(head: &[Line], found: &mut Vec<Dated>) {
    let bench = head.iter().take(30).position(|line| line.squeezed().starts_with("BEFORE"));
    for (idx, line) in head.iter().enumerate().take(60) {
        let letters = line.squeezed();
        if letters.contains("PROMULGATED") {
            // Two cells: the days of hearing on the left, the day of the decision on the right.
            let next = head.get(idx + 1).map(|line| dates::find(&line.text)).unwrap_or_default();
            if let Some(date) = next.into_iter().rfind(|found| found.date.day().is_some()) {
                let (role, page) = (DateRole::Decision, line.page);
                add(found, Dated { role, date: date.date, page, confidence: 0.85 });
                return;
            }
        }
        let own = letters.starts_with("DATE") && letters.len() < 60;
        let weekday = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"]
            .iter()
            .any(|day| letters.starts_with(day))
            && letters.len() < 45;
        let given = letters == "ON"
            || head.get(idx.wrapping_sub(1)).is_some_and(|before| {
                let before = before.squeezed();
                before == "ON" || before.ends_with("GIVENON")
            });
        let alone = bench.is_some_and(|bench| idx < bench) && is_date_alone(&line.text);
        if !(own || weekday || given || alone) {
            continue;
        }
        let date = dates::find(&line.text).into_iter().find(|found| found.date.day().is_some());
        if let Some(date) = date {
            add(
                found,
                Dated {
                    role: DateRole::Decision,
                    date: date.date,
                    page: line.page,
                    confidence: 0.9,
                },
            );
            return;
        }
    }
}

/// `Civil Appeal No. 5 of 2020, decided on 18th November, 2021.` in a law report.
fn law_report(behind: &[&Line], head: &[Line], found: &mut Vec<Dated>) {
    let lines = behind.iter().copied().chain(head.iter());
    for line in lines {
        let lower = line.text.to_lowercase();
        let Some(at) = lower.find("decided on").or_else(|| lower.find("heard on")) else {
            continue;
        };
        if line.text.len() > 250 {
            continue;
        }
        let rest = line.text.get(at..).unwrap_or_default();
        if let Some(date) = dates::find(rest).into_iter().next() {
            let role =
                if lower.contains("decided on") { DateRole::Decision } else { DateRole::Hearing };
            add(found, Dated { role, date: date.date, page: line.page, confidence: 0.95 });
            return;
        }
    }
}

/// A date alone on its line below the parties: that of an order sheet without its table, or of a
/// decision in an Indian law report.
fn alone(head: &[Line], country: &str, found: &mut Vec<Dated>) {
    let role = if country == "in" { DateRole::Decision } else { DateRole::Order };
    let text = |line: &&Line| super::judge::author(&line.text).is_none();
    for line in head.iter().take(40).take_while(text) {
        let bare = line.text.strip_prefix("Dated").unwrap_or(&line.text);
        let Some(date) = dates::find(bare).into_iter().next() else { continue };
        let around = bare.trim().len().saturating_sub(date.span.len());
        if around <= 4 && date.date.day().is_some() {
            add(found, Dated { role, date: date.date, page: line.page, confidence: 0.85 });
            return;
        }
    }
}

/// A date alone below the name and office of a judge, at the foot of a tribunal's decision.
fn below_name(body: &[Line], found: &mut Vec<Dated>) {
    let from = body.len().saturating_sub(40);
    for (idx, line) in body.iter().enumerate().skip(from) {
        let Some(date) = dates::find(&line.text).into_iter().next() else { continue };
        let alone = line.text.len() <= date.span.len() + 4 && date.date.day().is_some();
        let office = idx.checked_sub(1).and_then(|above| body.get(above)).is_some_and(|above| {
            let letters = above.squeezed();
            above.text.len() < 60
                && ["PRESIDENT", "JUDGE", "MEMBER", "KC", "QC"].iter().any(|w| letters.ends_with(w))
        });
        if alone && office {
            let page = line.page;
            add(found, Dated { role: DateRole::Decision, date: date.date, page, confidence: 0.85 });
            return;
        }
    }
}

/// `Islamabad, the 5th March, 2024` or a date alone, below the signature.
fn at_foot(tail: &[Line], found: &mut Vec<Dated>) {
    let signed = tail.iter().rposition(|line| {
        let letters = line.squeezed();
        letters.ends_with("JUDGE") || letters.ends_with("CHIEFJUSTICE")
    });
    let Some(signed) = signed else { return };
    for line in tail.get(signed..).unwrap_or_default() {
        let Some(date) = dates::find(&line.text).into_iter().next() else { continue };
        let around = line.text.len() - date.span.len();
        let lower = line.text.to_lowercase();
        let other =
            ["dated", "order", "list", "fixed", "hearing"].iter().any(|w| lower.contains(w));
        if around < 30 && !other && date.date.day().is_some() {
            let dated =
                Dated { role: DateRole::Order, date: date.date, page: line.page, confidence: 0.7 };
            add(found, dated);
            return;
        }
    }
}
