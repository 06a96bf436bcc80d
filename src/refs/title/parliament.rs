//! Papers of parliaments: question papers, debates, and memoranda that explain an instrument.

use super::Derived;
use super::court::title_case;
use super::lines::Line;
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Kind, PageNo, Record, Valued};
use crate::text::dates;

/// How many lines the head of a paper may have.
const HEAD_LINES: usize = 24;

/// Houses, as letters; the longer first where one begins another.
const HOUSES: &[&str] = &[
    "NATIONAL ASSEMBLY OF PAKISTAN",
    "SENATE OF PAKISTAN",
    "PROVINCIAL ASSEMBLY OF THE PUNJAB",
    "PROVINCIAL ASSEMBLY OF SINDH",
    "PROVINCIAL ASSEMBLY OF KHYBER PAKHTUNKHWA",
    "PROVINCIAL ASSEMBLY OF BALOCHISTAN",
    "NATIONAL COUNCIL OF PROVINCES",
    "NATIONAL ASSEMBLY",
    "HOUSE OF COMMONS",
    "HOUSE OF LORDS",
    "HOUSE OF REPRESENTATIVES",
    "LOK SABHA",
    "RAJYA SABHA",
    "SENATE",
];

/// What a paper is called, as it is printed in capitals.
const PAPERS: &[&str] = &[
    "INTERNAL QUESTION PAPER",
    "QUESTION PAPER",
    "ORDERS OF THE DAY",
    "ORDER PAPER",
    "OFFICIAL REPORT",
    "PARLIAMENTARY DEBATES",
    "DEBATES",
    "HANSARD",
    "QUESTIONS FOR ORAL ANSWERS",
    "MINUTES OF PROCEEDINGS",
];

/// Derives the record of a paper of a parliament; `None` where no house and paper are seen.
pub(super) fn derive(all: &[Line]) -> Option<Derived> {
    let head = all.get(..all.len().min(HEAD_LINES)).unwrap_or_default();
    memorandum(head).or_else(|| paper(head))
}

/// `NATIONAL COUNCIL OF PROVINCES` over `INTERNAL QUESTION PAPER`.
fn paper(head: &[Line]) -> Option<Derived> {
    let named = |names: &[&str]| {
        head.iter().find_map(|line| {
            let text = line.plain();
            let text = text.trim().trim_matches(['(', ')', '[', ']', '*', ' ']);
            let name = names.iter().find(|name| text == **name || text == format!("THE {name}"))?;
            Some((title_case(name), line.page))
        })
    };
    let (house, page) = named(HOUSES)?;
    let (paper, _) = named(PAPERS)?;
    let mut record = Record {
        kind: Some(Valued::derived(Kind::Parliamentary, PageNo::FIRST, 0.9)),
        title: Some(Valued::derived(format!("{house}, {paper}"), page, 0.85)),
        publisher: Some(Valued::derived(house, page, 0.85)),
        ..Record::default()
    };
    // `Friday, 1 November 2013]` in the running head, or a line of its own.
    let date = head.iter().find_map(|line| {
        let found = dates::find(&line.text).into_iter().next()?;
        let short = line.text.len() < found.span.len() + 24;
        (short && found.date.day().is_some()).then_some((found.date, line.page))
    });
    if let Some((value, page)) = date {
        let role = DateRole::Published;
        record.dates.push(Valued::derived(RoleDate { role, value }, page, 0.8));
    }
    Some(Derived { record, warnings: Vec::new() })
}

/// `EXPLANATORY MEMORANDUM TO` over the name of the instrument that it explains.
fn memorandum(head: &[Line]) -> Option<Derived> {
    let at = head.iter().take(6).position(|line| {
        line.squeezed().starts_with("EXPLANATORYMEMORANDUMTO") && line.text.len() < 300
    })?;
    let first = head.get(at)?;
    let mut title = first.plain();
    let whole = title.chars().any(|c| c.is_ascii_digit());
    if let Some(next) = head.get(at + 1).filter(|_| !whole) {
        title = format!("{title} {}", next.plain());
    }
    let mut record = Record {
        kind: Some(Valued::derived(Kind::Parliamentary, first.page, 0.85)),
        title: Some(Valued::derived(title_case(&title), first.page, 0.85)),
        ..Record::default()
    };
    // `2013 No. 812` stands between the title and the first paragraph.
    let number = head.iter().skip(at + 1).take(4).find_map(|line| {
        let text = line.plain();
        let (year, no) = text.trim().split_once(" No. ")?;
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        (year.len() == 4 && is_number(year) && is_number(no))
            .then(|| (text.trim().to_owned(), line.page))
    });
    record.numbers =
        number.into_iter().map(|(number, page)| Valued::derived(number, page, 0.85)).collect();
    Some(Derived { record, warnings: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let lines: Vec<Line> = text
            .lines()
            .enumerate()
            .map(|(idx, text)| Line {
                text: text.trim().to_owned(),
                page: PageNo::FIRST,
                role: Role::Body,
                paragraph: idx,
                left: None,
                right: false,
            })
            .collect();
        let found = derive(&lines).map(|Derived { record, .. }| {
            let dates: Vec<String> =
                record.dates.iter().map(|date| date.value.value.to_string()).collect();
            let numbers: Vec<&str> =
                record.numbers.iter().map(|number| number.value.as_str()).collect();
            format!("{} | {} | {}", record.title.unwrap().value, dates.join(" "), numbers.join(" "))
        });
        assert_eq!(found.as_deref(), expect);
    }

    #[test]
    fn question_paper() {
        check(
            "Friday, 1 November 2031]
            [No 33—2031] FIFTH SESSION, FOURTH PARLIAMENT
            NATIONAL COUNCIL OF PROVINCES
            INTERNAL QUESTION PAPER",
            Some("National Council of Provinces, Internal Question Paper | 2031-11-01 | "),
        );
        check("NATIONAL ASSEMBLY\nThe bill was passed on 1 November 2031.", None);
    }

    #[test]
    fn explanatory_memorandum() {
        check(
            "EXPLANATORY MEMORANDUM TO
            THE FREEDOM OF KITES ACT 2012 (GUIDANCE) ORDER 2031
            2031 No. 812
            1. This explanatory memorandum has been prepared by the Kite Office.",
            Some(
                "Explanatory Memorandum to the Freedom of Kites Act 2012 (Guidance) Order 2031 |  | 2031 No. 812",
            ),
        );
    }
}
