//! Letters and notices of the clerk of an American court.
//!
//! They decide nothing: the day is that of sending, and that of the stamp is the day of filing.

use super::caption::Title;
use super::lines::{Line, squeeze};
use super::{Derived, case, court, dates, docket, party};
use crate::model::record::RoleDate;
use crate::model::{Kind, PageNo, Record, Valued};

/// Circuits by the number in the address of their site: `www.ca3.uscourts.gov`.
const CIRCUITS: [&str; 11] = [
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
    "Eleventh",
];

/// Tells whether a heading, given as letters alone, is that of a notice by the clerk: nothing is
/// decided there.
pub(super) fn is_notice(letters: &str) -> bool {
    letters.len() < 60
        && ["DOCKETINGNOTICE", "NOTICEOFDOCKETING", "NOTICEOFAPPEALDOCKETED", "CASEOPENINGNOTICE"]
            .iter()
            .any(|notice| letters.contains(notice))
}

/// Returns the record of a letter: court, docket number, parties of its `Re:`, and dates.
pub(super) fn derive(head: &[Line], named: court::Named) -> Derived {
    // The name of the clerk may share the line.
    let name = "United States Court of Appeals";
    let at = named.court.find(name).unwrap_or(0);
    let mut court = named.court.get(at..).unwrap_or(&named.court).to_owned();
    if court == name
        && let Some(circuit) = head.iter().find_map(|line| circuit(&line.text))
    {
        court = format!("{court} for the {circuit} Circuit");
    }
    let mut record = Record {
        kind: Some(Valued::derived(Kind::Letter, PageNo::FIRST, 0.8)),
        court: Some(Valued::derived(court, PageNo::FIRST, named.confidence.min(0.9))),
        ..Record::default()
    };
    let mut title = Title::empty();
    title.numbers = docket::numbers(head);
    if let Some((a, b, page)) = parties(head) {
        (title.side_a, title.side_b, title.parties_page) = (vec![a], vec![b], page);
    }
    case::add_title(&mut record, title, &[]);
    for dated in dates::of_letter(head) {
        let value = RoleDate { role: dated.role, value: dated.date };
        record.dates.push(Valued::derived(value, dated.page, dated.confidence));
    }
    Derived { record, warnings: Vec::new() }
}

/// Reads the parties behind `Re:`: `Re: Case No. 31-3994, Kite Company v. Mira Dell, et al`.
fn parties(head: &[Line]) -> Option<(String, String, PageNo)> {
    let idx = head.iter().position(|line| {
        let start = line.text.trim_start().get(..3).unwrap_or_default();
        start.eq_ignore_ascii_case("re:")
    })?;
    let line = head.get(idx)?;
    let mut text = line.text.trim_start().get(3..)?.trim().to_owned();
    // The name may stand on a line below, or end there.
    for next in head.get(idx + 1..)?.iter().take(2) {
        if party::versus(&text).is_some_and(|versus| !versus.after.is_empty()) {
            break;
        }
        text = format!("{text} {}", next.plain().trim());
    }
    let versus = party::versus(&text)?;
    let mut before = versus.before.as_str();
    // The number stands before the name.
    if let Some((number, name)) = before.split_once(", ")
        && number.contains(|c: char| c.is_ascii_digit())
        && !number.contains(". v")
    {
        before = name;
    }
    let lower = versus.after.to_ascii_lowercase();
    let behind = ["originating case", "district case", "agency case", "case number", "case no"];
    let end = behind.iter().filter_map(|words| lower.find(words)).min();
    let after = versus.after.get(..end.unwrap_or(versus.after.len()))?;
    let (a, b) = (party::clean(before), party::clean(after));
    (!a.is_empty() && !b.is_empty()).then_some((a, b, line.page))
}

/// Returns the circuit whose site a letterhead names.
fn circuit(text: &str) -> Option<&'static str> {
    let (before, _) = text.split_once(".uscourts.gov")?;
    let digits = before.rsplit("ca").next().filter(|digits| squeeze(digits) == *digits)?;
    CIRCUITS.get(digits.parse::<usize>().ok()?.checked_sub(1)?).copied()
}
