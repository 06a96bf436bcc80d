//! The case's own numbers, as printed.

/// Words that a type of case is made of, in lower case; `of`, `in` and `no` may stand between.
const TYPE_WORDS: &[&str] = &[
    "acquittal",
    "action",
    "admin",
    "appeal",
    "appeals",
    "appl",
    "appln",
    "applns",
    "application",
    "applications",
    "arb",
    "bail",
    "c",
    "ca",
    "case",
    "cases",
    "civil",
    "cm",
    "comm",
    "cma",
    "co",
    "company",
    "companies",
    "complaint",
    "const",
    "constitution",
    "constitutional",
    "contempt",
    "cos",
    "cp",
    "cpla",
    "cr",
    "crl",
    "criminal",
    "custom",
    "customs",
    "d",
    "diary",
    "election",
    "enforcement",
    "ex",
    "execution",
    "fao",
    "fera",
    "first",
    "hca",
    "hrc",
    "human",
    "i",
    "ica",
    "income",
    "intra",
    "ita",
    "itr",
    "itra",
    "jail",
    "jcm",
    "jurisdiction",
    "lpa",
    "mat",
    "matter",
    "misc",
    "miscellaneous",
    "murder",
    "objection",
    "ogra",
    "org",
    "os",
    "pet",
    "original",
    "petition",
    "petitions",
    "priv",
    "privy",
    "psla",
    "quash",
    "ra",
    "ref",
    "reference",
    "regular",
    "review",
    "revision",
    "rfa",
    "rsa",
    "rev",
    "rights",
    "sales",
    "second",
    "secp",
    "service",
    "special",
    "scra",
    "spl",
    "str",
    "stra",
    "suit",
    "suo",
    "moto",
    "motu",
    "ta",
    "tax",
    "tr",
    "transfer",
    "w",
    "wp",
    "writ",
];

/// Returns the case numbers of a line of the cause title, as printed, in their order.
///
/// A line of several numbers of one type (`Civil Appeals No. 5 and 6 of 2018`) is one number.
/// The lines of a sentence, where numbers of other courts stand, are the caller's to keep away.
pub(super) fn own_numbers(line: &str) -> Vec<String> {
    let line = line.replace('\t', " ");
    let line = line.trim().trim_start_matches(['(', '[', '{']).trim();
    let mut numbers = Vec::new();
    for part in split_joined(line) {
        if let Some(end) = number_end(part) {
            let number = part.get(..end).unwrap_or_default().trim();
            if has_type(number) {
                numbers.push(tidy(number));
            }
        }
    }
    numbers
}

/// Returns the number of the case in which the application of `line` is made, and takes it out of
/// `found`, the numbers of the line: `Review Application No. 29 of 2031 IN Appeal No. 3 of 2030`.
///
/// The order is then of the application. A miscellaneous application (`C.M.`) is a step of a case
/// that goes on: its order is one of the case too, whose number stays among those found. `was_in`:
/// `IN` stands alone above the line; `above`: the number above it.
pub(super) fn made_in(
    line: &str,
    was_in: bool,
    above: Option<&str>,
    found: &mut Vec<String>,
) -> Option<String> {
    // A line that begins with the word: `In Civil Revision No. 1 of 2031`.
    if let Some(first) = found.first_mut()
        && let Some(bare) = ["In ", "IN "].iter().find_map(|word| first.strip_prefix(word))
        && let Some(above) = above
    {
        *first = bare.to_owned();
        return taken(0, is_step(above), found);
    }
    if let Some(above) = above.filter(|_| was_in && !found.is_empty()) {
        return taken(0, is_step(above), found);
    }
    let tidied = tidy(line);
    let second = tidied.find(found.get(1)?.as_str())?;
    let before = tidied.get(..second)?.trim_end();
    let is_in = before.to_ascii_lowercase().ends_with(" in");
    (above.is_none() && is_in).then(|| taken(1, is_step(&tidied), found)).flatten()
}

/// Takes the number at `idx` out of `found`; of a step in a case that goes on it stays there too.
fn taken(idx: usize, stays: bool, found: &mut Vec<String>) -> Option<String> {
    if stays { found.get(idx).cloned() } else { (idx < found.len()).then(|| found.remove(idx)) }
}

/// Tells whether a number is of a miscellaneous application: `C.M. No.266 of 2031`.
fn is_step(number: &str) -> bool {
    let head = number.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let letters: String = head.chars().filter(char::is_ascii_alphabetic).collect();
    let letters = letters.to_ascii_lowercase();
    letters.starts_with("cm") || letters.contains("misc")
}

/// Tells whether the line is a number of a case and nothing else.
pub(super) fn is_number_line(line: &str) -> bool {
    !own_numbers(line).is_empty() && line.len() < 160
}

/// Tells whether a number bears neither a type nor a year (`No.2`), or is appended to one.
pub(super) fn is_bare(number: &str) -> bool {
    let head = number.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let typed = head.split(|c: char| !c.is_alphabetic()).any(|word| {
        !word.is_empty() && !["no", "nos", "appl"].iter().any(|no| word.eq_ignore_ascii_case(no))
    });
    let appended = head.trim().eq_ignore_ascii_case("appl.");
    !typed && (appended || digits_of(number).is_none())
}

/// Parts a line that begins with a number of the case: `4. C.P. No. D-18 of 2031 Nadir Khan`.
pub(super) fn at_front(line: &str) -> Option<(String, &str)> {
    let bare =
        line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
    let end = number_end(bare)?;
    let (number, rest) = bare.split_at_checked(end)?;
    let named = rest.trim().starts_with(char::is_uppercase) && !is_bare(number);
    (has_type(number) && named).then(|| (tidy(number), rest.trim()))
}

/// No number of a case is longer, in bytes, its type and what it is joined with included.
const LONGEST: usize = 400;

/// Splits `W.P. 1/2023 & W.P. 2/2023` where both sides bear a type and a year.
fn split_joined(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let joints = [" & ", " and ", " AND ", ", ", "; ", " in ", " IN ", " In "];
    let mut at = 0;
    while at < line.len() {
        let rest = line.get(at..).unwrap_or_default();
        let joint = joints.iter().find(|joint| rest.starts_with(**joint));
        if let Some(joint) = joint {
            let (left, right) = (
                line.get(start..at).unwrap_or_default(),
                rest.get(joint.len()..).unwrap_or_default(),
            );
            // No further: a line of a damaged file may be the whole file, and have a joint at each word.
            let right = right.get(..right.floor_char_boundary(LONGEST)).unwrap_or_default();
            let both = left.len() <= LONGEST
                && number_end(left).is_some()
                && has_type(left)
                && right.starts_with(|c: char| c.is_ascii_uppercase())
                && number_end(right).is_some_and(|end| has_type(right.get(..end).unwrap_or("")));
            if both {
                parts.push(left);
                start = at + joint.len();
                at = start;
                continue;
            }
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    parts.push(line.get(start..).unwrap_or_default());
    parts
}

/// Returns where the number ends: behind its year, or behind the digits after `No.`.
fn number_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = None;
    let mut idx = 0;
    while idx < bytes.len() {
        if !bytes[idx].is_ascii_digit() {
            idx += 1;
            continue;
        }
        let start = idx;
        while bytes.get(idx).is_some_and(u8::is_ascii_digit) {
            idx += 1;
        }
        let is_year = idx - start == 4
            && matches!(bytes.get(start), Some(b'1' | b'2'))
            && matches!(bytes.get(start + 1), Some(b'8' | b'9' | b'0'));
        let before = text.get(..start).unwrap_or_default();
        if is_year && joins_year(before) {
            // British numbers go on behind the year: `A2/2021/1372`.
            let rest = text.get(idx..).unwrap_or_default();
            let more = if rest.starts_with('/') { suffix_len(rest) } else { 0 };
            end = Some(idx + more);
            // A date (`01.10.2022`) is no number; what follows a year belongs to something else.
            break;
        }
        if after_no(before) {
            let rest = text.get(idx..).unwrap_or_default();
            // A lost blank: `No. 37of 2031`.
            if rest.starts_with("of ") {
                continue;
            }
            // A lost slash: `No.01 2024`.
            let year = rest.get(..5).is_some_and(|year| {
                (year.starts_with(" 19") || year.starts_with(" 20"))
                    && year.trim_start().bytes().all(|byte| byte.is_ascii_digit())
            });
            end = Some(idx + if year { 5 } else { suffix_len(rest) });
            idx = end.unwrap_or(idx);
        }
    }
    end
}

/// Tells whether a year may follow: `1805/`, `1805 of `, `01-`, `1 of the year `.
fn joins_year(before: &str) -> bool {
    let trimmed = before.trim_end();
    // The end alone: a line of a damaged file may be the whole file, and have a year in each word.
    let end = trimmed.floor_char_boundary(trimmed.len().saturating_sub(64));
    let lower = trimmed.get(end..).unwrap_or_default().to_ascii_lowercase();
    let glued =
        lower.strip_suffix("of").filter(|head| head.ends_with(|c: char| c.is_ascii_digit()));
    let head = ["/", "-", "–", " of", "of the year", "\\"]
        .iter()
        .find_map(|joint| lower.strip_suffix(joint))
        .or(glued)
        .map(str::trim_end);
    // A digit, or the suffix of a number (`01-B of`, `02/W/`), stands before.
    head.is_some_and(|head| {
        let tail: String = head.chars().rev().take(6).collect();
        tail.chars().any(|c| c.is_ascii_digit()) && !head.ends_with('.')
    })
}

/// Tells whether `No.` stands directly before.
fn after_no(before: &str) -> bool {
    let trimmed = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':'));
    let word = trimmed.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ["no", "nos", "number", "numbers", "case"].iter().any(|no| word.eq_ignore_ascii_case(no))
}

/// Returns the length of what is glued to the digits: `-cv-01261-DOC`, `-B`, `/W`, ` of 2023`.
fn suffix_len(after: &str) -> usize {
    after
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '–' | ':' | '_')))
        .map_or(after.len(), |(at, _)| at)
}

/// Tells whether what stands before the first digit is a type of case, or `No.` alone.
fn has_type(number: &str) -> bool {
    let head_end = number.find(|c: char| c.is_ascii_digit()).unwrap_or(number.len());
    let head = number.get(..head_end).unwrap_or_default();
    if head.len() > 70 || !head.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let words: Vec<String> = head
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    const OTHER: [&str; 26] = [
        "house",
        "plot",
        "street",
        "flat",
        "shop",
        "fir",
        "khasra",
        "petitioner",
        "petitioners",
        "respondent",
        "respondents",
        "appellant",
        "appellants",
        "applicant",
        "applicants",
        "plaintiff",
        "plaintiffs",
        "defendant",
        "defendants",
        "claimant",
        "page",
        "block",
        "sector",
        "para",
        "form",
        "room",
    ];
    if words.iter().any(|word| OTHER.contains(&word.as_str())) {
        return false;
    }
    let is_no = |word: &str| matches!(word, "no" | "nos" | "number" | "numbers");
    let glue = |word: &str| {
        is_no(word)
            || matches!(
                word,
                "of" | "in"
                    | "for"
                    | "the"
                    | "to"
                    | "and"
                    | "court"
                    | "office"
                    | "council"
                    | "leave"
            )
    };
    // Single letters are initials of a type: `C. M. A`, `R.F.A`.
    let known =
        words.iter().filter(|word| word.len() == 1 || TYPE_WORDS.contains(&word.as_str())).count();
    let strange = words
        .iter()
        .filter(|word| word.len() > 1 && !glue(word) && !TYPE_WORDS.contains(&word.as_str()))
        .count();
    let no = words.iter().any(|word| is_no(word));
    // A type that the table lacks is taken with `No.` alone; unknown words without it never.
    (known > 0 && strange <= usize::from(no)) || (no && strange <= 2 && words.len() <= 4)
}

/// Collapses blanks.
fn tidy(number: &str) -> String {
    number.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells whether two spellings are of one number: `Criminal Appeal No.473 of 2031`, `Cr. Appeal No.
/// 473/2031` and `No. 473/2031`.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    // The last word of the type tells an appeal from a reference of the same number.
    let kind = |number: &str| {
        let head = number.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let mut words = head.split(|c: char| !c.is_alphabetic()).map(str::to_ascii_lowercase);
        let no = |word: &String| word.len() > 1 && !matches!(word.as_str(), "no" | "nos");
        words.rfind(no).unwrap_or_default()
    };
    let (first, second) = (kind(a), kind(b));
    let digits = digits_of(a);
    let alike = (first == second && first.len() > 3) || first.is_empty() || second.is_empty();
    a == b || (digits.is_some() && digits == digits_of(b) && alike && !is_initials(a, b))
}

/// Tells whether both types are written in initials alone, which may differ: `C.P.` and `C.M.`
fn is_initials(a: &str, b: &str) -> bool {
    let initials = |number: &str| {
        let head = number.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let letters: String = head.chars().filter(|c| c.is_alphabetic()).collect();
        letters.to_ascii_lowercase().trim_end_matches("no").trim_end_matches("nos").to_owned()
    };
    let (a, b) = (initials(a), initials(b));
    a != b && !a.is_empty() && !b.is_empty() && (a.len() < 5 || b.len() < 5)
}

/// Returns the digits of a number and its year, for comparing two spellings: `(1805, 2023)`.
pub(super) fn digits_of(number: &str) -> Option<(u32, u16)> {
    let mut groups = number
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .filter_map(|group| group.parse::<u32>().ok());
    let first = groups.next()?;
    let year = groups.next_back()?;
    let year = u16::try_from(year).ok().filter(|year| (1800..2200).contains(year))?;
    Some((first, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: &[&str]) {
        assert_eq!(own_numbers(line), expect, "{line}");
    }

    #[test]
    fn as_printed() {
        for line in [
            "W.P. No. 1805/2023",
            "C. M. A No.01 of 2021",
            "Civil Revision No. 01-2025",
            "Criminal Misc. No.02-B of 2025",
            "Criminal Original No. 02/W/2024",
            "Company Original 1/ 2022",
            "OGRA Application No.2/2024",
            "T.A. No.01 /2021",
            "R.F.A. No. 01–2025",
            "Civil Appeals No. 5 and 6 of 2018",
            "No. 21-50498",
            "Case No: C3/2002/1463",
            "Election Appeal No. 02 of 2024",
            "CIVIL REVIEW APPLICATION NO. 29 OF 2025",
            "Privy Council Appeal No 0009 of 2014",
            "J.C.M. No. 37of 2031",
            "C. P. No. D – 81 of 2031",
            "Crl. Bail Application No.S-12 of 2031",
            "H.C.A. No.198 of 2031",
            "LPA 690/2031",
            "FAO(OS)(COMM) 272/2031",
        ] {
            check(line, &[line]);
        }
        check("(Criminal Revision No. 7 of 2022)", &["Criminal Revision No. 7 of 2022"]);
    }

    #[test]
    fn several() {
        check("W.P. No. 5/2023 & W.P. No. 6/2023", &["W.P. No. 5/2023", "W.P. No. 6/2023"]);
        check(
            "C.M. No.266 of 2023 In Civil Revision No.01 of 2023",
            &["C.M. No.266 of 2023", "Civil Revision No.01 of 2023"],
        );
    }

    #[test]
    fn an_application_in_a_case() {
        let made_in = |line: &str, above: Option<&str>| {
            let mut found = own_numbers(line);
            let number = super::made_in(line, above.is_some(), above, &mut found);
            (number, found)
        };
        let review = made_in("REVIEW APPLICATION NO. 29 OF 2031 IN I.C.A. NO. 3 OF 2030", None);
        assert_eq!(
            review,
            (
                Some("I.C.A. NO. 3 OF 2030".to_owned()),
                vec!["REVIEW APPLICATION NO. 29 OF 2031".to_owned()]
            )
        );
        let below = made_in("INTRA COURT APPEAL NO. 3 OF 2030", Some("REVIEW NO. 29 OF 2031"));
        assert_eq!(below, (Some("INTRA COURT APPEAL NO. 3 OF 2030".to_owned()), vec![]));
        let step = made_in("C.M. No.266 of 2031 In Civil Revision No.01 of 2031", None);
        assert_eq!(step.0.as_deref(), Some("Civil Revision No.01 of 2031"));
        assert_eq!(step.1.len(), 2);
        let listed = made_in("W.P. No. 5/2031 & W.P. No. 6/2031", None);
        assert_eq!((listed.0, listed.1.len()), (None, 2));
    }

    #[test]
    fn no_numbers() {
        for line in [
            "the order dated 01.10.2022",
            "Nadir Khan and 02 others",
            "Federation of Pakistan",
            "House No. 12, Street 5",
            "Prevention of Kites Act, 2016",
            "Respondents No.4,6,7 & 8",
        ] {
            check(line, &[]);
        }
    }

    #[test]
    fn numbers_before_names() {
        let front = at_front("4. C.P. No. D-18 of 2031 Nadir Khan");
        assert_eq!(front, Some(("C.P. No. D-18 of 2031".to_owned(), "Nadir Khan")));
        assert_eq!(at_front("4. Nadir Khan"), None);
        assert_eq!(at_front("C.P. No. D-18 of 2031"), None);
        assert!(is_bare("No.2") && is_bare("APPL. 5/2031") && !is_bare("CM APPL. 5/2031"));
    }

    #[test]
    fn spellings_compare() {
        assert_eq!(digits_of("C.R. No. 01-2025"), digits_of("Civil Revision No.1 of 2025"));
        assert_ne!(digits_of("W.P. 5/2024"), digits_of("W.P. 5/2025"));
        assert!(is_same("Criminal Appeal No.473 of 2031", "In Cr. Appeal No. 473/2031"));
        assert!(is_same("Criminal Appeal No.473 of 2031", "No. 473/2031"));
        assert!(!is_same("Crl. Appeal No.D-19 of 2031", "Cr. Conf. Reference No.D-19 of 2031"));
        assert!(!is_same("C.P. No. 5/2031", "C.M. No. 5/2031"));
    }

    #[test]
    fn a_line_of_nothing_but_years_is_read_in_time() {
        let line = format!("W.P. No. 1/2031 {}", "Act, 1996".repeat(20_000));
        assert_eq!(own_numbers(&line), ["W.P. No. 1/2031"]);
    }
}
