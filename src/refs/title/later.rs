//! The day to which a court puts off a case: `Relist on 10.05.2031`, `adjourned to`, `to come up on`.

use super::dates::{self as own_dates, Dated};
use super::lines::Line;
use crate::model::Date;
use crate::model::record::DateRole;
use crate::text::dates;

/// Words by which a court names the day, in lower case; the date follows.
const WORDS: &[&str] = &[
    "relist on",
    "relist for",
    "re-list on",
    "re-list for",
    "relisted on",
    "relisted for",
    "re-listed on",
    "re-listed for",
    "list on",
    "listed on",
    "listed for",
    "adjourned to",
    "adjourned till",
    "adjourned until",
    "adjourn to",
    "to come up on",
    "to come up again on",
    "come up for hearing on",
    "put up on",
    "put off to",
    "fixed for",
    "fixed on",
    "be fixed for hearing on",
    "re-fixed for",
    "renotify on",
    "next date of hearing",
];

/// How far behind the words the date may begin, in bytes: `Relist on Monday, 10.05.2031`.
const REACH: usize = 24;
/// A case is not put off for longer, in days: what is later was misread.
const LATEST: i64 = 3 * 366;

/// Adds the days of hearings to come: those later than the order itself, for what an order tells of
/// earlier hearings lies before it.
pub(super) fn find(body: &[Line], found: &mut Vec<Dated>) {
    let days = found.iter().filter(|dated| {
        matches!(
            dated.role,
            DateRole::Order | DateRole::Decision | DateRole::Announced | DateRole::Hearing
        )
    });
    let Some(own) = days.map(|dated| dated.date).filter(|date| date.day().is_some()).max() else {
        return;
    };
    let is_later = |date: Date| {
        let days = date.first().since_epoch() - own.last().since_epoch();
        date.day().is_some() && (1..=LATEST).contains(&days)
    };
    for (idx, line) in body.iter().enumerate() {
        let lower = line.text.to_ascii_lowercase();
        if !WORDS.iter().any(|words| lower.contains(words)) {
            continue;
        }
        // The date may stand on the next drawn line of the paragraph.
        let next = body.get(idx + 1).filter(|next| next.paragraph == line.paragraph);
        let text = match next {
            Some(next) => format!("{} {}", line.text, next.text),
            None => line.text.clone(),
        };
        let lower = text.to_ascii_lowercase();
        for words in WORDS {
            for (at, _) in lower.match_indices(words).filter(|(at, _)| *at < line.text.len()) {
                let before = lower.get(..at).unwrap_or_default();
                if before.ends_with(|c: char| c.is_alphanumeric() || c == '-') {
                    continue;
                }
                // `R.F.A. No. 294/2031 is also pending and is fixed for …` tells of another case.
                let told = ["is", "are", "was", "were", "already", "also"];
                let last = before.split_whitespace().next_back().unwrap_or_default();
                if ["fixed", "listed"].iter().any(|word| words.starts_with(word))
                    && told.contains(&last)
                {
                    continue;
                }
                let from = at + words.len();
                let Some(rest) = text.get(from..) else { continue };
                let Some(date) = dates::find(rest).into_iter().next() else { continue };
                if date.span.start > REACH || !is_later(date.date) {
                    continue;
                }
                let confidence = if date.doubt.is_some() { 0.6 } else { 0.85 };
                let page = line.page;
                let role = DateRole::NextHearing;
                own_dates::add(found, Dated { role, date: date.date, page, confidence });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageNo, Role};

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let body: Vec<Line> = text
            .lines()
            .map(|text| Line {
                text: text.trim().to_owned(),
                page: PageNo::FIRST,
                role: Role::Body,
                paragraph: 0,
                left: None,
                right: false,
            })
            .collect();
        let date = "2031-04-25".parse().unwrap();
        let page = PageNo::FIRST;
        let mut found = vec![Dated { role: DateRole::Order, date, page, confidence: 0.96 }];
        find(&body, &mut found);
        let later = found.iter().filter(|dated| dated.role == DateRole::NextHearing);
        let later: Vec<String> = later.map(|dated| dated.date.to_string()).collect();
        assert_eq!(later, expect, "{text}");
    }

    #[test]
    fn hearings_to_come() {
        check("8 Relist on 10.05.2031.", &["2031-05-10"]);
        check("Relist for 30.06.2031 at 11:00 am.", &["2031-06-30"]);
        check("Adjourned to\n3rd June, 2031.", &["2031-06-03"]);
        check("To come up on 14-05-2031 along with the main case.", &["2031-05-14"]);
    }

    #[test]
    fn what_an_order_tells_of_others_is_none() {
        check("The case was adjourned to 12.03.2031, when nobody appeared.", &[]);
        check("The appeal is also pending and is fixed for 17.06.2031.", &[]);
        check("The fee is fixed for 2032.", &[]);
        check("The rules were enlisted on 10.05.2031.", &[]);
        check("Relist after two weeks.", &[]);
    }
}
