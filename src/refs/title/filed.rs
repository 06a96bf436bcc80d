//! What parties file in an American docket: the heading that says which paper it is.

use std::collections::BTreeMap;

use super::lines::Line;
use super::{dates, letter, party};
use crate::model::{Role, Valued};

/// What the headings of papers begin with, as letters alone.
const HEADINGS: &[&str] = &[
    "MOTION",
    "COMPLAINT",
    "BRIEFOF",
    "BRIEFFOR",
    "OPENINGBRIEF",
    "NOTICEOF",
    "MEMORANDUMOF",
    "MEMORANDUMIN",
    "ENTRYOFAPPEARANCE",
    "ANSWERTO",
    "DECLARATIONOF",
    "DECLARATIONIN",
    "AFFIDAVITOF",
    "PETITIONFOR",
    "EMERGENCYMOTION",
    "UNOPPOSEDMOTION",
    "JOINTMOTION",
    "CONSENTMOTION",
    "APPELLANTSBRIEF",
    "APPELLEESBRIEF",
    "REPLYBRIEF",
    "RESPONSETO",
    "RESPONSEIN",
    "STIPULATIONOF",
];

/// How many lines a heading may have, and how many bytes.
const MOST_LINES: usize = 7;
const LONGEST: usize = 220;

/// Tells whether a heading in capitals, given as letters alone, is that of a paper of a party.
pub(super) fn is_heading(letters: &str) -> bool {
    HEADINGS.iter().any(|heading| letters.starts_with(heading))
}

/// Returns the heading of the paper, as the record keeps it: `paper`.
///
/// The cause title stays the title, for the paper is found by it; a citation says which paper of the
/// case it is, or it would read like the court's decision.
pub(super) fn paper(head: &[Line]) -> BTreeMap<String, Valued<String>> {
    let mut found = BTreeMap::new();
    let is_capitals = |line: &Line| !line.text.chars().any(char::is_lowercase);
    let first = head.iter().position(|line| {
        let letters = line.squeezed();
        letters.len() < 90
            && is_capitals(line)
            && (is_heading(&letters) || letter::is_notice(&letters))
    });
    let Some(first) = first else { return found };
    let Some(line) = head.get(first) else { return found };
    let mut words = line.plain().trim().to_owned();
    let behind = head.get(first + 1..).unwrap_or_default().iter().take(MOST_LINES - 1);
    for next in behind {
        let text = next.plain();
        let text = text.trim();
        let of_counsel =
            |other: &Line| other.paragraph == next.paragraph && other.text.contains('@');
        // Counsel, dates, roles and the text stand behind; a brief's heading is one block of capitals.
        let goes_on = next.page == line.page
            && next.role != Role::Table
            && is_capitals(next)
            && !text.contains(':')
            && !head.iter().any(of_counsel)
            && text.chars().any(char::is_alphanumeric)
            && (text == "AND" || !party::is_role_line(text))
            && !dates::starts_with_date(text)
            && words.len() + text.len() < LONGEST;
        if !goes_on {
            break;
        }
        words.push(' ');
        words.push_str(text);
    }
    found.insert("paper".to_owned(), Valued::derived(words, line.page, 0.85));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PageNo;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let lines: Vec<Line> = text
            .lines()
            .enumerate()
            .map(|(paragraph, text)| Line {
                text: text.trim().to_owned(),
                page: PageNo::FIRST,
                role: Role::Body,
                paragraph,
                left: None,
                right: false,
            })
            .collect();
        let found = paper(&lines);
        assert_eq!(found.get("paper").map_or("", |paper| paper.value.as_str()), expect);
    }

    #[test]
    fn the_heading_of_a_motion_over_some_lines() {
        check(
            "MIRA DELL, et al.
            v.
            KITE BUREAU
            MOTION TO STAY PROCEEDINGS PENDING DECISION IN
            KITE V. BIRD, CASE NOS. 31-55436,
            31-55662
            AND
            ALTERNATIVE MOTION FOR EXTENSION
            MIRA DELL dell@kite.example",
            "MOTION TO STAY PROCEEDINGS PENDING DECISION IN KITE V. BIRD, CASE NOS. 31-55436, 31-55662 AND ALTERNATIVE MOTION FOR EXTENSION",
        );
        check("DOCKETING NOTICE\nA notice of appeal was docketed", "DOCKETING NOTICE");
        check("ORDER\nThe motion is denied.", "");
    }
}
