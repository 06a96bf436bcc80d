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
    title.numbers = number(head).into_iter().collect();
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

/// Returns the docket number: that behind `Re:`, that of the stamp, or that of a line of its own.
/// What the text cites is of other cases.
fn number(head: &[Line]) -> Option<(String, PageNo)> {
    let of_line = |line: &Line| Some((docket::docket(&line.text)?, line.page));
    let behind_re = subject(head).into_iter().flat_map(|at| head.iter().skip(at).take(3));
    let of_subject = || {
        behind_re.filter(|line| !line.text.starts_with("District")).find_map(|line| {
            let number = of_line(line).filter(|(number, _)| is_number(number));
            number.or_else(|| {
                // `Case Number: 31-2678` below the parties.
                let digits = line.text.split([' ', '\t', ',']).find(|word| is_number(word))?;
                Some((format!("No. {digits}"), line.page))
            })
        })
    };
    let of_stamp = || {
        let mut stamps = head.iter().filter(|line| dates::is_stamp(&line.text));
        stamps.find_map(|line| Some((docket::stamped_number(&line.text)?, line.page)))
    };
    of_stamp().or_else(of_subject)
}

/// Tells whether a word or label ends with a docket number of a court of appeals: `31-2678`.
fn is_number(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default().trim_end_matches(['.', ',']);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once('-')
        .is_some_and(|(year, number)| year.len() == 2 && digits(year) && digits(number))
}

/// Returns the line that begins with `Re:`.
fn subject(head: &[Line]) -> Option<usize> {
    head.iter().position(|line| {
        let start = line.text.trim_start().get(..3).unwrap_or_default();
        start.eq_ignore_ascii_case("re:")
    })
}

/// Reads the parties behind `Re:`: `Re: Case No. 31-3994, Kite Company v. Mira Dell, et al`.
fn parties(head: &[Line]) -> Option<(String, String, PageNo)> {
    let idx = subject(head)?;
    let line = head.get(idx)?;
    let mut text = line.plain().trim_start().get(3..)?.trim().to_owned();
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
    let behind = [
        "originating case",
        "district case",
        "agency case",
        "case number",
        "case no",
        ", no",
        " nos.",
    ];
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

#[cfg(test)]
mod tests {
    use crate::model::{Page, PageNo, PageOrigin, Role};
    use crate::refs::title;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::TextLayer);
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            page.push(line, Role::Body);
        }
        let title::Derived { record, warnings } = title::derive(&[page]);
        assert_eq!(warnings, []);
        let text = |value: Option<crate::model::Valued<String>>| value.map(|one| one.value);
        let dates = record.dates.iter();
        let dates: Vec<String> =
            dates.map(|date| format!("{} {}", date.value.role.name(), date.value.value)).collect();
        let numbers: Vec<String> = record.numbers.into_iter().map(|one| one.value).collect();
        let found = [
            record.kind.map(|kind| kind.value.name().to_owned()).unwrap_or_default(),
            text(record.court).unwrap_or_default(),
            numbers.join("; "),
            text(record.title).unwrap_or_default(),
            dates.join("; "),
        ];
        assert_eq!(found.join(" | "), expect);
    }

    #[test]
    fn letters_of_clerks() {
        check(
            "Case: 31-3994 Document: 1-3 Filed: 09/20/2031 Page: 1
            UNITED STATES COURT OF APPEALS
            FOR THE SIXTH CIRCUIT
            Filed: September 20, 2031
            Ms. Mira Dell
            Re: Case No. 31-3994, Kite Coal Company v. Nadir Hill, et al
            Originating Case No. : 16-0556
            Dear Counsel:
            This case has been docketed as number 31-3994.",
            "letter | United States Court of Appeals for the Sixth Circuit | No. 31-3994 | Kite Coal Company v. Nadir Hill, et al | filed 2031-09-20; sent 2031-09-20",
        );
        check(
            "Case: 31-2678 Document: 003112692106 Page: 1 Date Filed: 08/04/2031
            UNITED STATES COURT OF APPEALS
            Website: www.ca3.uscourts.gov
            August 3, 2031
            RE: Mira Dell, et al v. Kite Shake Operations Inc
            Case Number: 31-2678
            District Case Number: 2-15-cv-00180
            To All Parties:
            Enclosed is case opening information.",
            "letter | United States Court of Appeals for the Third Circuit | No. 31-2678 | Mira Dell, et al v. Kite Shake Operations Inc | filed 2031-08-04; sent 2031-08-03",
        );
    }

    #[test]
    fn a_letter_of_a_party_cites_other_cases() {
        check(
            "January 19, 2031
            Clerk of Court
            United States Court of Appeals
            For the Eighth Circuit
            Re:	United States v. Mira Dell, No. 32-1801
            (Arg. & Sub. Jan. 12, 2031)
            Dear Mr. Kite,
            See United States v. Bird, No. 21-1832.",
            "letter | United States Court of Appeals for the Eighth Circuit | No. 32-1801 | United States v. Mira Dell | sent 2031-01-19",
        );
    }

    #[test]
    fn a_docketing_notice_decides_nothing() {
        check(
            "Case 31-3510, Document 1-1, 10/31/2031, 2161300, Page1 of 2
            United States Court of Appeals for the Second Circuit
            Date: October 31, 2031
            Docket #: 31-3510
            Short Title: Kite League v. Bird League
            DOCKETING NOTICE
            A notice of appeal was docketed today.",
            "letter | United States Court of Appeals for the Second Circuit | No. 31-3510 | Kite League v. Bird League | filed 2031-10-31; sent 2031-10-31",
        );
    }
}
