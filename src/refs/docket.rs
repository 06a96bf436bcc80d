//! Docket numbers of courts of the United States: `No. 20-55436`, `Case No. 3:20-cv-02731-VC`.
//!
//! `us/ca9/20-55436`, `us/_/3-20-cv-02731`: the text seldom names the court, and numbers of the same
//! form are given by several; then the court is `_`.

use crate::model::RefKind;

use super::anchors::Anchor;
use super::found::Found;
use super::report::Reading;
use super::scan::ws;

/// What a district court calls its kinds of cases.
const KINDS: &[&str] =
    &["cv", "cr", "mc", "mj", "md", "ml", "bk", "ap", "br", "cm", "po", "ms", "sw"];

/// What stands before the number of something else: `Pub. L. No. 95-452`, `Exhibit No. 20-12`.
const OTHERS: &[&str] = &[
    "l",
    "law",
    "laws",
    "exhibit",
    "exh",
    "ex",
    "ecf",
    "dkt",
    "doc",
    "document",
    "release",
    "rel",
    "rep",
    "report",
    "order",
    "bulletin",
    "form",
    "item",
    "rule",
    "resolution",
    "res",
    "page",
    "amendment",
    "part",
    "tel",
    "fax",
    "room",
    "license",
    "bar",
];

/// Circuits of the courts of appeals by their ordinal, for the slug `ca9`.
const CIRCUITS: [&str; 11] = [
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
    "Eleventh",
];

/// Finds docket numbers behind `No.` and `Nos.`, each of a list by itself.
pub(super) fn find(r: Reading<'_>, anchors: &[(usize, usize, Anchor)]) -> Vec<Found> {
    let mut found = Vec::new();
    for &(start, end, _) in anchors.iter().filter(|anchor| anchor.2 == Anchor::No) {
        if is_of_another(r, start) {
            continue;
        }
        let mut at = ws(r.b, end);
        while let Some((id, to)) = number(r, at) {
            let id = format!("us/_/{id}");
            found.push(Found::new(RefKind::Case, id, at..to).with_confidence(0.9));
            let rest = r.get(to, r.b.len());
            let joint = [", and ", " and ", " & ", ", ", "; "];
            let Some(joint) = joint.into_iter().find(|joint| rest.starts_with(joint)) else {
                break;
            };
            at = ws(r.b, to + joint.len());
        }
    }
    found
}

/// Tells whether the number is of no case.
fn is_of_another(r: Reading<'_>, start: usize) -> bool {
    let from = start.saturating_sub(24);
    let from = (from..=start).find(|at| r.text.is_char_boundary(*at)).unwrap_or(start);
    let before = r.get(from, start).trim_end();
    let word = before.trim_end_matches(['.', ',']).rsplit(|c: char| !c.is_alphabetic()).next();
    // A comma parts the number from what stands before it: `Kite v. Bird, No. 20-55436`.
    !before.ends_with(',')
        && word.is_some_and(|word| OTHERS.iter().any(|other| word.eq_ignore_ascii_case(other)))
}

/// Reads a docket number at `at`; returns it as ids have it, and where it ends.
fn number(r: Reading<'_>, at: usize) -> Option<(String, usize)> {
    let rest = r.get(at, r.b.len());
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '–')))
        .unwrap_or(rest.len());
    let printed = rest.get(..end)?.trim_end_matches(['-', ':', '–']);
    let plain = printed.replace('–', "-").to_ascii_lowercase();
    let (office, number) = match plain.split_once(':') {
        Some((office, number)) => (Some(office), number),
        None => (None, plain.as_str()),
    };
    let is_digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts: Vec<&str> = number.split('-').collect();
    // Some print the office of the court with a hyphen: `2-15-cv-00180`.
    let mut office = office.filter(|office| is_digits(office, 2));
    if office.is_none() && parts.len() >= 4 && KINDS.contains(parts.get(2)?) {
        office = Some(parts.remove(0)).filter(|office| is_digits(office, 2));
    }
    let id = match parts.as_slice() {
        [year, number] if year.len() == 2 && is_digits(year, 2) && is_digits(number, 6) => {
            // `No. 12-2023` of another country has its year behind; a docket number of a year is long.
            let is_year =
                number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
            if number.len() < 2 || (is_year && r.lenient) || plain.contains(':') {
                return None;
            }
            format!("{year}-{number}")
        }
        [year, kind, number, judges @ ..]
            if is_digits(year, 4)
                && KINDS.contains(kind)
                && is_digits(number, 6)
                && judges.iter().all(|judge| judge.len() <= 5) =>
        {
            let year = year.get(year.len().saturating_sub(2)..)?;
            let office = office.map(|office| format!("{office}-")).unwrap_or_default();
            format!("{office}{year}-{kind}-{number:0>5}")
        }
        _ => return None,
    };
    Some((id, at + printed.len()))
}

/// Tells whether the parts of a normal form are those of a docket number: `us/ca9/20-55436`.
pub(super) fn is_docket(parts: &[&str]) -> bool {
    let ["us", court, number] = parts else { return false };
    let is_court = matches!(*court, "_" | "*" | "sc") || circuit_of(court).is_some();
    is_court && number.contains('-') && number.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns how ids name a court of the United States, by its id or name.
pub(super) fn slug(court: &str) -> Option<String> {
    if court == "scotus" {
        return Some("sc".to_owned());
    }
    let (_, seat) = court.split_once("Court of Appeals for the ")?;
    let circuit = seat.strip_suffix(" Circuit")?;
    let at = CIRCUITS.iter().position(|name| *name == circuit)?;
    Some(format!("ca{}", at + 1))
}

fn circuit_of(slug: &str) -> Option<&'static str> {
    let number: usize = slug.strip_prefix("ca")?.parse().ok()?;
    CIRCUITS.get(number.checked_sub(1)?).copied()
}

/// Returns the printed form: `No. 20-55436 (Court of Appeals for the Ninth Circuit)`.
pub(super) fn display(parts: &[&str]) -> Option<String> {
    let [_, court, number] = parts else { return None };
    let mut number = (*number).to_owned();
    // The office of a district court stands before a colon.
    if number.split('-').nth(2).is_some_and(|kind| KINDS.contains(&kind)) {
        number = number.replacen('-', ":", 1);
    }
    let court = match (*court, circuit_of(court)) {
        ("sc", _) => " (Supreme Court of the United States)".to_owned(),
        (_, Some(circuit)) => format!(" (Court of Appeals for the {circuit} Circuit)"),
        _ => String::new(),
    };
    Some(format!("No. {number}{court}"))
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Tables, ancestors, find, lookups, parse_one, same, with_court};
    use super::*;
    use crate::model::{Page, PageNo, PageOrigin, Relation, Role};

    const NINTH: &str = "United States Court of Appeals for the Ninth Circuit";

    fn found(text: &str) -> Vec<(String, String, Relation)> {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::TextLayer);
        page.push(text, Role::Body);
        let own = ["No. 31-16276".to_owned()];
        let context = Context { court: Some(NINTH), own_numbers: &own, ..Context::default() };
        let references = find(std::slice::from_ref(&page), &context, Tables::builtin());
        let cases = references.into_iter().filter(|one| one.kind == RefKind::Case);
        cases.map(|one| (one.id, page.text[one.span].to_owned(), one.relation)).collect()
    }

    #[test]
    fn of_appeals_and_of_districts() {
        let text = "No. 31-16276. See Kite v. Wolf, Case Nos. 30-55436, 30-55662, and Dell v. Bird, \
                    No. 3:30-cv-02731-VC (N.D. Cal.). Pub. L. No. 95-452; ECF No. 20-12.";
        let cites = Relation::Cites;
        let expect = [
            ("us/ca9/31-16276", "31-16276", Relation::OwnNumber),
            ("us/_/30-55436", "30-55436", cites),
            ("us/_/30-55662", "30-55662", cites),
            ("us/_/3-30-cv-02731", "3:30-cv-02731-VC", cites),
        ];
        let expect = expect.map(|(id, text, relation)| (id.to_owned(), text.to_owned(), relation));
        assert_eq!(found(text), expect);
    }

    #[test]
    fn one_number_however_it_is_printed() {
        let id = |text: &str| parse_one(text, Tables::builtin()).map(|parsed| parsed.ids);
        let district = Some(vec!["us/_/2-15-cv-00180".to_owned()]);
        assert_eq!(id("No. 2:15-cv-180"), district);
        assert_eq!(id("Case No. 2-15-cv-00180-ABC"), district);
        assert_eq!(id("No. 12-2023"), None);
    }

    #[test]
    fn a_court_that_is_not_named_is_any() {
        let own = with_court("us/_/30-55436", NINTH);
        assert_eq!(own, "us/ca9/30-55436");
        assert!(same(&own, "us/_/30-55436") && !same(&own, "us/ca5/30-55436"));
        assert!(lookups("us/_/30-55436").iter().any(|id| ancestors(&own).contains(id)));
        assert!(lookups(&own).iter().any(|id| ancestors("us/_/30-55436").contains(id)));
        assert!(!lookups(&own).iter().any(|id| ancestors("us/ca5/30-55436").contains(id)));
        let print = |id| super::super::display(id, Tables::builtin());
        assert_eq!(
            print("us/ca9/30-55436"),
            "No. 30-55436 (Court of Appeals for the Ninth Circuit)"
        );
        assert_eq!(print("us/_/3-30-cv-02731"), "No. 3:30-cv-02731");
    }
}
