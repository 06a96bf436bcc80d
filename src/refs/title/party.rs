//! Names of parties: cleaned of what the court printed around them.

use std::cmp::Ordering;

use super::lines::squeeze;

/// The word between the parties, as a line of its own or inside one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Versus {
    /// What stands before the word on the same line; may be empty.
    pub(super) before: String,
    /// What stands after it on the same line; may be empty.
    pub(super) after: String,
    /// The name before runs on from the line above: `VERSUS  Services  Federation of Pakistan`
    /// below `M/s Kite` is a table of three columns whose first has two lines.
    pub(super) wrapped: bool,
}

/// Finds `versus` in a line of a cause title.
pub(super) fn versus(line: &str) -> Option<Versus> {
    let plain = apart(&line.replace('\t', " "));
    let letters = squeeze(&plain);
    if matches!(letters.as_str(), "VERSUS" | "VS" | "V" | "VSERSUS" | "VERSES" | "بنام")
        || (letters == "AND" && plain.trim().starts_with('-'))
    {
        return Some(Versus { before: String::new(), after: String::new(), wrapped: false });
    }
    let mut at = 0;
    for word in plain.split(' ') {
        let start = at;
        at += word.len() + 1;
        let core = word.trim_matches(|c: char| !c.is_alphabetic() && c != '/');
        // `v` and `V` alone need blanks on both sides, and their stop is no matter.
        let is_versus = ["versus", "vs", "v/s", "v"].iter().any(|vs| core.eq_ignore_ascii_case(vs))
            || core == "بنام";
        let roman = core == "V" && !word.contains('.');
        // `KITE WATER DISTRICT v.` goes on in the next line; in small letters it may be a citation.
        let wraps = at > plain.len() && word.ends_with('.') && is_heading(&plain);
        if is_versus && !roman && start > 0 && (at <= plain.len() || wraps) {
            let before = plain.get(..start).unwrap_or_default().trim().to_owned();
            let after = plain.get(at..).unwrap_or_default().trim().to_owned();
            if before.chars().any(char::is_alphabetic) {
                return Some(Versus { before, after, wrapped: false });
            }
        }
    }
    // `VERSUS  Federation of Pakistan` begins with the word.
    let first = line.split([' ', '\t']).next().unwrap_or_default();
    if matches!(squeeze(first).as_str(), "VERSUS" | "VS") {
        let after = line.get(first.len()..).unwrap_or_default().trim();
        if let Some((before, after)) = after.split_once('\t') {
            let (before, after) = (before.trim().to_owned(), after.replace('\t', " "));
            return Some(Versus { before, after, wrapped: true });
        }
        return Some(Versus { before: String::new(), after: after.to_owned(), wrapped: false });
    }
    None
}

/// Sets rows of dots apart: `Kite Dell ….…Vs….…. Bird` has blanks around its `Vs`.
fn apart(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut row = String::new();
    for c in line.chars().chain(['\0']) {
        if matches!(c, '.' | '…') {
            row.push(c);
            continue;
        }
        let long = row.chars().map(|c| if c == '…' { 3 } else { 1 }).sum::<usize>() >= 3;
        if long && !text.ends_with(' ') && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&row);
        if long && c.is_alphanumeric() {
            text.push(' ');
        }
        row.clear();
        if c != '\0' {
            text.push(c);
        }
    }
    text
}

/// Tells whether a line is short and in capitals but for its `v.`.
fn is_heading(line: &str) -> bool {
    let small = line.chars().filter(|c| c.is_lowercase()).count();
    line.len() < 90 && small <= 2
}

/// What a party is called in the case; names end before it.
const ROLES: &[&str] = &[
    "PETITIONER",
    "PETITIONERS",
    "APPELLANT",
    "APPELLANTS",
    "RESPONDENT",
    "RESPONDENTS",
    "APPLICANT",
    "APPLICANTS",
    "PLAINTIFF",
    "PLAINTIFFS",
    "DEFENDANT",
    "DEFENDANTS",
    "CLAIMANT",
    "CLAIMANTS",
    "COMPLAINANT",
    "COMPLAINANTS",
    "APPELLEE",
    "APPELLEES",
    "ACCUSED",
    "INTERVENER",
    "PETITIONERSS",
    "DECREEHOLDER",
    "JUDGMENTDEBTOR",
    "REVISIONIST",
    "PURSUER",
    "DEFENDER",
    "MOVANT",
    "EMPLOYEE",
    "EMPLOYER",
    "CARRIER",
    "INSURER",
];

/// Tells whether a line only says the role of a party: `…Petitioner(s)`, `Plaintiff, Appellant,`.
pub(super) fn is_role_line(line: &str) -> bool {
    let mut n_words = 0;
    let only = line
        .replace("(s)", "s")
        .replace("(S)", "s")
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(|word| {
            n_words += 1;
            let upper = squeeze(word);
            is_role(&upper) || matches!(upper.as_str(), "AND" | "FIRST" | "SECOND" | "CROSS" | "S")
        });
    only && n_words > 0
}

/// Tells whether a line ends with a role behind dots: `Kite Makers ……Petitioners`.
pub(super) fn ends_with_role(line: &str) -> bool {
    is_role_line(line) || (line.contains(['…', '.']) && clean(line).len() + 8 < line.trim().len())
}

fn is_role(upper: &str) -> bool {
    ROLES.contains(&upper)
}

/// Returns a name without the role behind it, dot leaders, brackets around it and stray stops.
///
/// What remains is as printed, with blanks collapsed.
pub(super) fn clean(name: &str) -> String {
    let mut text = name.split_whitespace().collect::<Vec<_>>().join(" ");
    text = text.replace("(s)", "s").replace("(S)", "S");
    // Cut the role at the end, once for `Claimant/Appellant` and twice for `Plaintiff, Appellant`.
    for _ in 0..3 {
        let trimmed = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
        let bracketed = trimmed.ends_with(')');
        let open = if bracketed { trimmed.rfind('(') } else { None };
        let (head, word) = match open {
            Some(open) => trimmed.split_at_checked(open).unwrap_or((trimmed, "")),
            None => {
                let at = trimmed.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| {
                    at + trimmed.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8)
                });
                trimmed.split_at_checked(at).unwrap_or((trimmed, ""))
            }
        };
        let upper = squeeze(word);
        let upper = upper.trim_start_matches("THE").trim_start_matches("IN");
        if head.is_empty() || !(is_role(upper) || (bracketed && starts_with_role(upper))) {
            break;
        }
        text = head.to_owned();
    }
    let text = trim_leaders(&text);
    let text = balance(text);
    trim_stop(&text).to_owned()
}

fn starts_with_role(upper: &str) -> bool {
    upper.len() < 40 && ROLES.iter().any(|role| upper.starts_with(role))
}

/// Drops dots, dashes, commas and lines at both ends; one stop at the end stays for now.
fn trim_leaders(text: &str) -> &str {
    let leader = |c: char| {
        matches!(
            c,
            '…' | '-' | '–' | '—' | '_' | ',' | ';' | ':' | '=' | '*' | '·' | '"' | ']' | '['
        ) || c.is_whitespace()
    };
    let mut text = text.trim_start_matches(|c: char| leader(c) || matches!(c, '.' | '/'));
    loop {
        let before = text.len();
        text = text.trim_end_matches(leader);
        let bare = text.trim_end_matches(|c: char| leader(c) || c == '.');
        let row = text.get(bare.len()..).unwrap_or_default();
        // `Khan……..….` ends with a row of dots of both kinds.
        if row.contains('…') || row.matches('.').count() >= 2 {
            // `Ltd. ...` keeps the stop of its abbreviation; `Khan....` has none.
            let own_stop = row.starts_with(". ");
            text = text.get(..bare.len() + usize::from(own_stop)).unwrap_or(bare);
        }
        if text.len() == before {
            return text;
        }
    }
}

/// Drops a bracket that has no partner.
fn balance(text: &str) -> String {
    let opened = text.matches('(').count();
    let closed = text.matches(')').count();
    let text = text.trim();
    let bare = match closed.cmp(&opened) {
        Ordering::Greater => text.trim_end_matches(['.', ' ']).strip_suffix(')'),
        Ordering::Less => text.strip_prefix('('),
        Ordering::Equal => None,
    };
    bare.unwrap_or(text).trim().to_owned()
}

/// Drops the stop at the end, where it belongs to no abbreviation.
fn trim_stop(text: &str) -> &str {
    const KEEP: [&str; 14] = [
        "etc", "ltd", "inc", "co", "corp", "jr", "sr", "al", "ors", "pvt", "bros", "anr", "lrs",
        "llc",
    ];
    let Some(head) = text.strip_suffix('.') else { return text };
    let last = head.rsplit([' ', '(', ',']).next().unwrap_or_default();
    let abbreviated = KEEP.contains(&last.to_lowercase().as_str())
        || (last.contains('.') && last.len() < 8)
        || last.chars().count() == 1;
    if abbreviated { text } else { head.trim_end() }
}

/// Cuts off the head of an order sheet's table that a reader drew into the line of a name:
/// `National Insurance Serial No. of Date of order`.
pub(super) fn without_table_head(text: &str) -> String {
    const HEADS: [&str; 6] = [
        " serial no. of",
        " serial no of",
        " s. no. of",
        " s.no. of",
        " sr. no. of",
        " date of order",
    ];
    let bare = |cell: &'_ str| -> String {
        let lower = cell.to_ascii_lowercase();
        let end = HEADS.iter().filter_map(|head| lower.find(head)).min();
        cell.get(..end.unwrap_or(cell.len())).unwrap_or(cell).trim().to_owned()
    };
    let cells: Vec<String> = text.split('\t').map(bare).filter(|cell| !cell.is_empty()).collect();
    cells.join(" ")
}

/// Returns the name without `through …`, `s/o …`, and what stands for others, and that tail.
///
/// `Federation of Pakistan through Secretary, Revenue and others` gives the federation and
/// `and others`.
pub(super) fn core_name(name: &str) -> (String, Option<String>) {
    let (name, others) = split_others(name);
    let lower = name.to_ascii_lowercase();
    let cut = [
        " through ",
        " thr. ",
        " s/o ",
        " d/o ",
        " w/o ",
        " r/o ",
        " son of ",
        " daughter of ",
        " wife of ",
        ", through ",
        ", in his official capacity",
        ", in her official capacity",
        ", in their official capacity",
        " resident of ",
        " thru ",
        " (by his ",
        " (by her ",
        " (by their ",
        " (through his ",
        " (through her ",
    ]
    .iter()
    .filter_map(|word| lower.find(word))
    .filter(|&at| at > 0)
    .min();
    let core = cut.and_then(|cut| name.get(..cut)).unwrap_or(name);
    (trim_stop(trim_leaders(core)).to_owned(), others.map(str::to_owned))
}

/// Splits `A and 3 others`, `A, etc.`, `A et al.`.
fn split_others(name: &str) -> (&str, Option<&str>) {
    let lower = name.to_ascii_lowercase();
    let bare = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    if bare.ends_with("etc") || bare.ends_with("et al") {
        let n = if bare.ends_with("etc") { 3 } else { 5 };
        let at = bare.len() - n;
        let boundary = lower.get(..at).is_some_and(|head| head.ends_with([' ', ',', '.']));
        if boundary && at > 0 {
            let tail = name.get(at..).unwrap_or_default().trim();
            let head = name.get(..at).unwrap_or(name).trim_end_matches([' ', ',']);
            // `KITE & ORS. ETC.`: several causes of several parties.
            return match split_others(head) {
                (core, Some(others)) => (core, Some(others)),
                (_, None) => (head, Some(tail)),
            };
        }
    }
    let joint = ["&", " and "].iter().filter_map(|joint| lower.rfind(joint)).max();
    let Some(joint) = joint else { return (name, None) };
    let tail = lower.get(joint..).unwrap_or_default();
    let words: Vec<&str> = tail
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "and")
        .collect();
    let is_others = words
        .last()
        .is_some_and(|last| matches!(*last, "other" | "others" | "another" | "ors" | "anr"))
        && words.len() <= 3;
    if !is_others {
        return (name, None);
    }
    let head = name.get(..joint).unwrap_or(name).trim_end_matches([' ', ',']);
    (head, name.get(joint..).map(str::trim))
}

/// Returns a side of the cause title: the name without `through …`, with its `and others`.
pub(super) fn title_side(names: &[String]) -> String {
    let Some(first) = names.first() else { return String::new() };
    let (core, others) = core_name(first);
    match others {
        Some(others) => written_others(first, &core, &others),
        None if names.len() == 2 => format!("{core} and another"),
        None if names.len() > 2 => format!("{core} and others"),
        None => core,
    }
}

/// Writes what stands for the others in one way: `& Ors.`, `AND OTHERS………` and `& 3 others` are
/// `and others` and `and 3 others`, `ETC` is `etc.`
fn written_others(whole: &str, core: &str, others: &str) -> String {
    let words: Vec<&str> =
        others.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let last = words.last().map(|word| word.to_ascii_lowercase()).unwrap_or_default();
    match last.as_str() {
        "etc" => format!("{core}, etc."),
        "al" if whole.contains(&format!(", {others}")) => format!("{core}, {others}"),
        "al" => format!("{core} {others}"),
        "another" | "anr" | "other" if words.len() <= 2 => format!("{core} and another"),
        _ => {
            let count = words
                .iter()
                .copied()
                .filter(|word| {
                    !matches!(word.to_ascii_lowercase().as_str(), "and" | "others" | "ors")
                })
                .fold(String::new(), |counts, word| format!("{counts}{word} "));
            format!("{core} and {count}others")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_the_table_is_no_part_of_a_name() {
        let drawn = "Kite Insurance Serial No. of Date of order\tCompany through its CEO, etc.";
        assert_eq!(without_table_head(drawn), "Kite Insurance Company through its CEO, etc.");
        assert_eq!(without_table_head("Kite\tMakers Ltd."), "Kite Makers Ltd.");
    }

    #[track_caller]
    fn check_clean(name: &str, expect: &str) {
        assert_eq!(clean(name), expect, "{name}");
    }

    #[test]
    fn leaders_and_roles_go() {
        check_clean("Nadir Khan ………..Petitioner(s)", "Nadir Khan");
        check_clean("Nadir Khan and others---Appellants", "Nadir Khan and others");
        check_clean("Kite Makers Ltd. (Appellant)", "Kite Makers Ltd.");
        check_clean("Faheem Shah.", "Faheem Shah");
        check_clean("Nadir Khan and 4 others……..……………….Petitioners", "Nadir Khan and 4 others");
        check_clean("Federation of Birds, etc.", "Federation of Birds, etc.");
        check_clean("MIRA DELL, Plaintiff, Appellant,", "MIRA DELL");
        check_clean("Kite Makers (Pvt.) Ltd. ... Respondents", "Kite Makers (Pvt.) Ltd.");
        check_clean(
            "The Secretary, Islamabad and four others )",
            "The Secretary, Islamabad and four others",
        );
        check_clean(
            "Kite Company (Formerly String Company) (Respondent) (Scotland)",
            "Kite Company (Formerly String Company) (Respondent) (Scotland)",
        );
    }

    #[track_caller]
    fn check_core(name: &str, core: &str, others: Option<&str>) {
        assert_eq!(core_name(name), (core.to_owned(), others.map(str::to_owned)), "{name}");
    }

    #[test]
    fn names_without_their_company() {
        check_core(
            "Federation of Birds through Secretary, Air and others",
            "Federation of Birds",
            Some("and others"),
        );
        check_core("Waqar Khan, etc.", "Waqar Khan", Some("etc."));
        check_core("The State & another", "The State", Some("& another"));
        check_core("Nadir & Sons", "Nadir & Sons", None);
        check_core("Ali s/o Bilal", "Ali", None);
        check_core("KD (by his litigation friend, the Official Kite)", "KD", None);
        check_core(
            "Kite Board, Islamabad and 02 others",
            "Kite Board, Islamabad",
            Some("and 02 others"),
        );
    }

    #[test]
    fn others_are_written_in_one_way() {
        let side = |name: &str| title_side(&[name.to_owned()]);
        assert_eq!(side("Kite Dell & Ors"), "Kite Dell and others");
        assert_eq!(side("Kite Dell AND ORS."), "Kite Dell and others");
        assert_eq!(side("Kite Dell & ANR."), "Kite Dell and another");
        assert_eq!(side("Kite Dell etc"), "Kite Dell, etc.");
        assert_eq!(side("KITE DELL ETC."), "KITE DELL, etc.");
        assert_eq!(side("KITE DELL & ORS. ETC."), "KITE DELL and others");
        assert_eq!(side("Kite Dell and 3 others"), "Kite Dell and 3 others");
        assert_eq!(side("KITE DELL ET AL."), "KITE DELL ET AL.");
        assert_eq!(side("KITE DELL, et al."), "KITE DELL, et al.");
        assert_eq!(side("Kite & Sons"), "Kite & Sons");
    }

    #[track_caller]
    fn check_versus(line: &str, expect: Option<(&str, &str)>) {
        let found = versus(line);
        let found = found.as_ref().map(|versus| (versus.before.as_str(), versus.after.as_str()));
        assert_eq!(found, expect, "{line}");
    }

    #[test]
    fn the_word_between() {
        for line in ["Versus", "VS", "Vs.", "versus", "v.", "V E R S U S", "بنام", "- and -"] {
            check_versus(line, Some(("", "")));
        }
        check_versus(
            "Nadir and others\tVersus\tMst. Jamila",
            Some(("Nadir and others", "Mst. Jamila")),
        );
        check_versus(
            "(Nadir Vs. The Judge, Kite Court,",
            Some(("(Nadir", "The Judge, Kite Court,")),
        );
        check_versus("Mian Bilal v. Razzaq, etc.", Some(("Mian Bilal", "Razzaq, etc.")));
        check_versus("VERSUS Services\tFederation", Some(("Services", "Federation")));
        check_versus(
            "Nadir Kite …..…..…Vs….…….Province of Birds",
            Some(("Nadir Kite …..…..…", "….……. Province of Birds")),
        );
        check_versus("George V of England", None);
        check_versus("Nadir Khan", None);
    }
}
