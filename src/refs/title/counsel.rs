//! Parties named in the table of counsel, where the court prints no `versus`.
//!
//! `Petitioner : Nadir Khan through Mr. Adil, Advocate`. The party stands in front of its counsel,
//! behind the role (`Appellant Nadir Khan : through …`), or below it in the left column.

use super::lines::{Line, squeeze};
use super::party;
use crate::model::{PageNo, Role};

/// Which side a role belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowSide {
    A,
    B,
    /// A complainant, a claimant in winding up, the Official Assignee: on no side of the title.
    Neither,
}

/// One row of the table.
#[derive(Debug)]
struct Row {
    side: RowSide,
    /// The label stands for several: `Applicants`, `Petitioner(s)`.
    plural: bool,
    left: String,
    right: String,
    page: PageNo,
    /// Where the left column begins, where the page knows it.
    x: Option<i32>,
}

/// The parties of a table of counsel.
pub(super) struct Sides {
    pub(super) a: Vec<String>,
    pub(super) b: Vec<String>,
    pub(super) page: PageNo,
}

/// Words that begin a label, and their side.
const LABELS: &[(&str, RowSide)] = &[
    ("petitioner", RowSide::A),
    ("appellant", RowSide::A),
    ("applicant", RowSide::A),
    ("plaintiff", RowSide::A),
    ("respondent", RowSide::B),
    ("defendant", RowSide::B),
    ("opponent", RowSide::B),
    ("complainant", RowSide::Neither),
    ("claimant", RowSide::Neither),
    ("intervener", RowSide::Neither),
    ("intervenor", RowSide::Neither),
    ("objector", RowSide::Neither),
    ("official assignee", RowSide::Neither),
    ("on court notice", RowSide::Neither),
    ("on court's notice", RowSide::Neither),
];

/// Returns the sides that the rows of `lines` name; `None` where no row names side A.
///
/// `lines` are those between the court line and the text.
pub(super) fn sides(lines: &[Line]) -> Option<Sides> {
    let mut rows: Vec<Row> = Vec::new();
    for (line, text) in joined(lines) {
        if closes(&text) {
            if rows.is_empty() {
                continue;
            }
            break;
        }
        if let Some(row) = opens(&text, line) {
            rows.push(row);
        } else if let Some(row) = rows.last_mut() {
            row.go_on(&text, line);
        }
    }
    let names = |side: RowSide| -> Vec<String> {
        rows.iter().filter(|row| row.side == side).flat_map(Row::names).collect()
    };
    let (a, b) = (names(RowSide::A), names(RowSide::B));
    let page = rows.iter().find(|row| row.side == RowSide::A)?.page;
    (!a.is_empty()).then_some(Sides { a, b, page })
}

/// Tells whether a line is a row of such a table: its role, a colon, and counsel.
pub(super) fn is_row(line: &Line) -> bool {
    let Some((before, behind)) = line.text.split_once(':') else { return false };
    before.len() < 70 && label(before).is_some() && is_counsel(behind)
}

/// Joins the cells that the reader gives as lines of one paragraph.
fn joined(lines: &[Line]) -> Vec<(&Line, String)> {
    let mut rows: Vec<(&Line, String)> = Vec::new();
    for line in lines {
        if let Some((first, text)) = rows.last_mut()
            && line.role == Role::Table
            && first.paragraph == line.paragraph
        {
            text.push('\t');
            text.push_str(&line.text);
            continue;
        }
        rows.push((line, line.text.clone()));
    }
    rows
}

/// Tells whether the table ends above a line: the dates, the heading of the text, a rule.
fn closes(text: &str) -> bool {
    let letters = squeeze(text);
    matches!(letters.as_str(), "ORDER" | "JUDGMENT" | "JUDGEMENT" | "")
        || letters.starts_with("DATE")
        || letters.starts_with("HEARD")
        || letters.starts_with("ORDEROF")
}

/// Reads the first line of a row.
fn opens(text: &str, line: &Line) -> Option<Row> {
    let (left, right) = cells(text)?;
    let (side, plural, rest) = match label(left) {
        Some(label) => label,
        None if matches!(squeeze(left).as_str(), "THESTATE" | "STATE") => {
            (RowSide::B, false, "The State")
        }
        None => return None,
    };
    Some(Row {
        side,
        plural,
        left: rest.to_owned(),
        right: right.to_owned(),
        page: line.page,
        x: line.left,
    })
}

/// Parts a line at its first tab or colon; `None` where it has neither.
fn cells(text: &str) -> Option<(&str, &str)> {
    let at = text.find(['\t', ':'])?;
    let (left, right) = text.split_at_checked(at)?;
    Some((left.trim(), right.trim_start_matches(['\t', ':', ' ', '`'])))
}

/// Returns the side of a label, whether it stands for several, and what follows it: the number
/// (`Respondents No. 1 & 3 to 5`) is left out, the beginning of a name stays.
fn label(left: &str) -> Option<(RowSide, bool, &str)> {
    let left = left.trim();
    let bare = ["the ", "pauper "]
        .iter()
        .find(|word| left.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
        .map_or(Some(left), |word| left.get(word.len()..))?;
    let (word, side) = LABELS
        .iter()
        .find(|(word, _)| bare.get(..word.len()).is_some_and(|h| h.eq_ignore_ascii_case(word)))?;
    let mut rest = bare.get(word.len()..)?;
    let mut plural = false;
    for ending in ["(s)", "(S)", "s", "S"] {
        if let Some(shorter) = rest.strip_prefix(ending) {
            (rest, plural) = (shorter, true);
            break;
        }
    }
    if rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let rest = without_numbers(rest);
    let named = rest.is_empty()
        || rest.starts_with(['(', '@'])
        || rest.starts_with(char::is_uppercase)
        || *side == RowSide::Neither;
    // `(in C.P. No. 5 of 2031)` says in which cause, and names nobody.
    let rest = if rest.starts_with(['(', '/']) { "" } else { rest };
    named.then_some((*side, plural, rest))
}

/// Drops `No. 1 & 3 to 5:` at the beginning.
fn without_numbers(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || c.is_ascii_digit()
                || matches!(c, '.' | ',' | '&' | '-' | '–' | ':')
        });
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let joint = matches!(word, "No" | "Nos" | "NO" | "NOS" | "to" | "and" | "no" | "nos");
        let counts = rest
            .get(word.len()..)
            .is_some_and(|behind| behind.contains(|c: char| c.is_ascii_digit()));
        if !joint || !counts {
            return rest.trim();
        }
        rest = rest.get(word.len()..).unwrap_or_default();
    }
}

impl Row {
    /// Takes a further line of the row: the left column where it begins under the label.
    fn go_on(&mut self, text: &str, line: &Line) {
        let under = match (self.x, line.left) {
            (Some(x), Some(left)) => (x - left).abs() <= 6,
            _ => false,
        };
        let unknown = self.x.is_none() || line.left.is_none();
        let numbered = text.starts_with("No");
        match text.split_once('\t').or_else(|| text.split_once(" : ")) {
            Some((left, right)) if under || unknown => {
                push(&mut self.left, left.trim_matches([' ', ':']));
                push(&mut self.right, right.trim_start_matches(['\t', ':', ' ']));
            }
            None if under || (unknown && numbered) => push(&mut self.left, text),
            _ => push(&mut self.right, text.trim_start_matches([':', ' ', '\t'])),
        }
    }

    fn names(&self) -> Vec<String> {
        let left = without_numbers(&self.left);
        let text = if left.is_empty() { self.right.as_str() } else { left };
        if is_counsel(text) {
            return Vec::new();
        }
        let name = before_counsel(text);
        let whole = party::clean(name);
        let counsel = ["advocate", "prosecutor", "attorney", " a.g", "a.p.g", "d.p.g", "a.a.g"];
        let lower = name.to_lowercase();
        if whole.is_empty() || counsel.iter().any(|word| lower.contains(word)) {
            return Vec::new();
        }
        // `Applicants : Nadir & Bilal`: the label says that they are two.
        let (_, others) = party::core_name(&whole);
        let parted = whole.split_once(" & ").or_else(|| whole.split_once(" and "));
        match parted.filter(|_| self.plural && others.is_none()) {
            Some((first, second)) => vec![party::clean(first), party::clean(second)],
            None => vec![whole],
        }
    }
}

fn push(column: &mut String, text: &str) {
    if !column.is_empty() && !text.is_empty() {
        column.push(' ');
    }
    column.push_str(text);
}

/// Tells whether a cell begins with counsel, or says that nobody came.
fn is_counsel(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    ["through", "in person", "nemo", "none", "mr.", "ms.", "mrs.", "m/s. ", "barrister", "present"]
        .iter()
        .any(|word| lower.starts_with(word))
        && !before_counsel(text).to_lowercase().contains("limited")
        || lower.is_empty()
}

/// Returns what stands before the counsel of a party.
fn before_counsel(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let cut = [
        " through",
        "through ",
        "(nemo",
        " nemo",
        ", both",
        " both by",
        " is present",
        " are present",
        ", present",
        " present in ",
        " in person",
        "(in person",
        " a/w ",
        "(on bail",
        "(in custody",
        " by caste",
    ]
    .iter()
    .filter_map(|word| lower.find(word))
    .min();
    cut.and_then(|cut| text.get(..cut)).unwrap_or(text).trim_end_matches([' ', ',', '('])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines with the place where each begins; `~` stands for a tab.
    #[track_caller]
    fn check(lines: &[(i32, &str)], expect: Option<(&str, &str)>) {
        let lines: Vec<Line> = lines
            .iter()
            .enumerate()
            .map(|(idx, (left, text))| Line {
                text: text.replace('~', "\t"),
                page: PageNo::FIRST,
                role: Role::Body,
                paragraph: idx,
                left: Some(*left),
                right: false,
            })
            .collect();
        let found = sides(&lines).map(|sides| (sides.a.join("; "), sides.b.join("; ")));
        assert_eq!(found, expect.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn the_party_stands_before_its_counsel() {
        check(
            &[
                (90, "Appellant~:~Kite Dell through"),
                (200, "Mr. Adil, Advocate."),
                (90, "Respondent~:~The State through Mr. Bird,"),
                (200, "Additional Prosecutor General."),
                (90, "Date of hearing : 1.2.2031"),
                (90, "ORDER"),
            ],
            Some(("Kite Dell", "The State")),
        );
        check(
            &[
                (90, "Applicant(s):~Kite Dell & Wing, both"),
                (200, "by caste Flyer are present with Mr. Adil, Advocate."),
                (90, "Complainant: `~Bob Bird is present with his counsel"),
                (90, "Respondent:~The State, through Mr. Sky."),
            ],
            Some(("Kite Dell; Wing", "The State")),
        );
    }

    #[test]
    fn the_party_stands_behind_the_role_or_under_it() {
        check(
            &[
                (90, "Pauper Appellant Mst. Mira Dell : In person"),
                (90, "@ Wing Kite"),
                (90, "The State~: Through Mr. Bird"),
                (90, "Respondent~Addl. Prosecutor General, Sindh,"),
            ],
            Some(("Mst. Mira Dell @ Wing Kite", "The State")),
        );
        check(
            &[
                (90, "Petitioner~:~Through Mr. Adil"),
                (90, "Kite Dell~Advocate"),
                (90, "son of Bob Dell"),
                (90, "Respondents~:~Through Mr. Bird,"),
                (90, "The District Judge~Addl. Advocate General"),
                (90, "Nowhere & Others~Mr. Sky, Assistant"),
                (200, "Advocate General along with"),
            ],
            Some(("Kite Dell son of Bob Dell", "The District Judge Nowhere & Others")),
        );
    }

    #[test]
    fn numbers_of_parties_are_no_names() {
        check(
            &[
                (90, "Applicants~: Kite Dell & others, through"),
                (200, "Mr. Adil, advocate"),
                (90, "Respondents~Bob Bird & others,"),
                (90, "No. 1 & 3 to 5 : through Mr. Sky, advocate"),
            ],
            Some(("Kite Dell & others", "Bob Bird & others")),
        );
    }

    #[test]
    fn counsel_alone_names_nobody() {
        check(
            &[
                (90, "Petitioner:~Through M/s. Adil and Bird, advocates"),
                (90, "Respondents:~Through Mr. Sky, Additional A.G"),
            ],
            None,
        );
        check(
            &[
                (90, "Petitioner~:~M/S Kite Company Limited"),
                (200, "KCL through Adil, Advocate."),
                (90, "Respondent No.2~:~Mr. Sky Bird, Addl. A.G"),
            ],
            Some(("M/S Kite Company Limited KCL", "")),
        );
        check(&[(90, "Petitioner, who claims this: that")], None);
    }
}
