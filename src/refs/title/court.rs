//! The court line: which court does a line name as its own?

use super::lines::squeeze;

/// A court that a line names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    /// The id of [`crate::model::court`], or the name as printed where there is none.
    pub(super) court: String,
    /// Two-letter country code, or empty.
    pub(super) country: &'static str,
    /// 0 to 1.
    pub(super) confidence: f32,
}

/// Names as letters alone, the longer first where one begins another; id and country.
const NAMES: &[(&str, &str, &str)] = &[
    ("FEDERALCONSTITUTIONALCOURTOFPAKISTAN", "fcc-pk", "pk"),
    ("SUPREMECOURTOFPAKISTAN", "scp", "pk"),
    ("FEDERALSHARIATCOURT", "fsc", "pk"),
    ("ISLAMABADHIGHCOURT", "ihc", "pk"),
    ("HIGHCOURTOFISLAMABAD", "ihc", "pk"),
    ("LAHOREHIGHCOURT", "lhc", "pk"),
    ("HIGHCOURTOFSINDH", "shc", "pk"),
    ("SINDHHIGHCOURT", "shc", "pk"),
    ("PESHAWARHIGHCOURT", "phc", "pk"),
    ("HIGHCOURTOFBALOCHISTAN", "bhc", "pk"),
    ("BALOCHISTANHIGHCOURT", "bhc", "pk"),
    ("SUPREMECOURTOFAZADJAMMUANDKASHMIR", "ajksc", "pk"),
    ("SUPREMECOURTOFAZADJAMMUKASHMIR", "ajksc", "pk"),
    ("HIGHCOURTOFAZADJAMMUANDKASHMIR", "ajkhc", "pk"),
    ("HIGHCOURTOFAZADJAMMUKASHMIR", "ajkhc", "pk"),
    ("AZADJAMMUANDKASHMIRHIGHCOURT", "ajkhc", "pk"),
    ("SUPREMEAPPELLATECOURTGILGITBALTISTAN", "gbsac", "pk"),
    ("GILGITBALTISTANCHIEFCOURT", "gbcc", "pk"),
    ("CHIEFCOURTGILGITBALTISTAN", "gbcc", "pk"),
    ("SUPREMECOURTOFTHEUNITEDKINGDOM", "uksc", "gb"),
    ("JUDICIALCOMMITTEEOFTHEPRIVYCOUNCIL", "ukpc", "gb"),
    ("SUPREMECOURTOFTHEUNITEDSTATES", "scotus", "us"),
    ("SUPREMECOURTOFINDIA", "india-sc", "in"),
    ("EUROPEANCOURTOFHUMANRIGHTS", "ecthr", "coe"),
    ("COURTOFJUSTICEOFTHEEUROPEANUNION", "cjeu", "eu"),
    ("CONSTITUTIONALCOURTOFSOUTHAFRICA", "zacc", "za"),
    ("سپریمکورٹآفپاکستان", "scp", "pk"),
    ("عدالتعظمیپاکستان", "scp", "pk"),
    ("اسلامآبادہائیکورٹ", "ihc", "pk"),
    ("لاہورہائیکورٹ", "lhc", "pk"),
    ("سندھہائیکورٹ", "shc", "pk"),
    ("پشاورہائیکورٹ", "phc", "pk"),
    ("بلوچستانہائیکورٹ", "bhc", "pk"),
];

/// What may stand before the name on one line, as letters alone.
const BEFORE: &[&str] = &[
    "FORMNOHCJDC121",
    "STEREOHCJDA38",
    "ORDERSHEET",
    "JUDGMENTSHEET",
    "JUDGEMENTSHEET",
    "INTHEHONOURABLE",
    "INTHEHONBLE",
    "BEFORETHEHONOURABLE",
    "BEFORETHE",
    "INTHE",
    "THE",
    "IN",
];

/// Words that show that a line with a court's name is no court line.
const NOT_AFTER: &[&str] = &[
    "RULES",
    "ACT",
    "ORDINANCE",
    "HAS",
    "HELD",
    "WAS",
    "IN",
    "BAR",
    "OFFICER",
    "REPORTS",
    "JUDGMENT",
    "APPEAL",
    "WHICH",
    "AND",
    "VIDE",
    "DATED",
    "ADVOCATE",
    "PASSED",
    "BY",
];

/// Returns the court that `line` names, where the line is a court line: the name, its seat, and
/// nothing that reads like a sentence.
pub(super) fn named(line: &str) -> Option<Named> {
    if line.len() > 220 {
        return None;
    }
    let letters = squeeze(line);
    let mut rest = letters.as_str();
    while let Some(shorter) = BEFORE.iter().find_map(|before| rest.strip_prefix(before)) {
        rest = shorter;
    }
    if let Some((name, id, country)) = NAMES.iter().find(|(name, _, _)| rest.starts_with(name)) {
        let tail = rest.get(name.len()..).unwrap_or_default();
        let sentence = line
            .split(|c: char| !c.is_alphabetic())
            .skip_while(|word| !squeeze(word).ends_with("COURT") && squeeze(word) != "PAKISTAN")
            .skip(1)
            .any(|word| {
                NOT_AFTER.contains(&squeeze(word).as_str()) && word.chars().any(char::is_lowercase)
            });
        let seat = tail.len() <= 60 || tail.contains("JUDICIALDEPARTMENT");
        return (seat && !sentence).then(|| Named {
            court: (*id).to_owned(),
            country,
            confidence: if tail.len() <= 40 { 0.98 } else { 0.9 },
        });
    }
    reported(line)
        .or_else(|| indian(rest))
        .or_else(|| american(line, rest))
        .or_else(|| british(line, rest))
}

/// Courts as law reports of Pakistan print them in brackets under the citation, as letters.
const REPORTED: &[(&str, &str)] = &[
    ("LAHORE", "lhc"),
    ("LAH", "lhc"),
    ("SINDH", "shc"),
    ("KARACHI", "shc"),
    ("PESHAWAR", "phc"),
    ("BALOCHISTAN", "bhc"),
    ("QUETTA", "bhc"),
    ("ISLAMABAD", "ihc"),
    ("SUPREMECOURT", "scp"),
    ("SHARIATCOURT", "fsc"),
    ("FEDERALSHARIAT", "fsc"),
    ("SUPREMECOURTAJK", "ajksc"),
    ("SCAJK", "ajksc"),
    ("HIGHCOURTAJK", "ajkhc"),
    ("HIGHCOURTOFAJK", "ajkhc"),
];

/// `[Balochistan]` alone on its line: the court that a law report reports.
fn reported(line: &str) -> Option<Named> {
    let place = line.trim().strip_prefix('[')?.strip_suffix(']')?;
    let letters = squeeze(place);
    let (_, court) = REPORTED.iter().find(|(name, _)| *name == letters)?;
    Some(Named { court: (*court).to_owned(), country: "pk", confidence: 0.9 })
}

/// High Courts of India: their place as letters, and their name.
const INDIAN: &[(&str, &str)] = &[
    ("DELHI", "High Court of Delhi"),
    ("BOMBAY", "High Court of Bombay"),
    ("MADRAS", "High Court of Madras"),
    ("CALCUTTA", "High Court at Calcutta"),
    ("ALLAHABAD", "High Court of Allahabad"),
    ("PATNA", "High Court of Patna"),
    ("KARNATAKA", "High Court of Karnataka"),
    ("KERALA", "High Court of Kerala"),
    ("GUJARAT", "High Court of Gujarat"),
    ("PUNJABANDHARYANA", "High Court of Punjab and Haryana"),
    ("PUNJABHARYANA", "High Court of Punjab and Haryana"),
    ("RAJASTHAN", "High Court of Rajasthan"),
    ("MADHYAPRADESH", "High Court of Madhya Pradesh"),
    ("CHHATTISGARH", "High Court of Chhattisgarh"),
    ("JHARKHAND", "High Court of Jharkhand"),
    ("ORISSA", "High Court of Orissa"),
    ("GAUHATI", "Gauhati High Court"),
    ("HIMACHALPRADESH", "High Court of Himachal Pradesh"),
    ("UTTARAKHAND", "High Court of Uttarakhand"),
    ("ANDHRAPRADESH", "High Court of Andhra Pradesh"),
    ("TELANGANA", "High Court of Telangana"),
    ("SIKKIM", "High Court of Sikkim"),
    ("MANIPUR", "High Court of Manipur"),
    ("MEGHALAYA", "High Court of Meghalaya"),
    ("TRIPURA", "High Court of Tripura"),
];

/// `HIGH COURT OF DELHI AT NEW DELHI`, `HIGH COURT OF JUDICATURE AT BOMBAY`, `KERALA HIGH COURT`.
fn indian(rest: &str) -> Option<Named> {
    let name = rest.strip_prefix("HIGHCOURT").map_or_else(
        || {
            INDIAN.iter().find(|(place, _)| {
                rest.strip_prefix(place)
                    .is_some_and(|tail| tail.starts_with("HIGHCOURT") && tail.len() < 40)
            })
        },
        |tail| {
            let mut tail = tail;
            for word in ["OF", "JUDICATURE", "AT", "FOR", "THE", "STATEOF"] {
                tail = tail.strip_prefix(word).unwrap_or(tail);
            }
            INDIAN.iter().find(|(place, _)| {
                tail.strip_prefix(place).is_some_and(|seat| {
                    seat.is_empty()
                        || (seat.len() < 40
                            && [
                                "AT",
                                "BENCH",
                                "CIRCUIT",
                                "PRINCIPAL",
                                "INDORE",
                                "NAGPUR",
                                "LUCKNOW",
                            ]
                            .iter()
                            .any(|word| seat.starts_with(word)))
                })
            })
        },
    );
    let (_, name) = name?;
    Some(Named { court: (*name).to_owned(), country: "in", confidence: 0.95 })
}

/// States of the United States, as letters.
const STATES: [&str; 50] = [
    "ALABAMA",
    "ALASKA",
    "ARIZONA",
    "ARKANSAS",
    "CALIFORNIA",
    "COLORADO",
    "CONNECTICUT",
    "DELAWARE",
    "FLORIDA",
    "GEORGIA",
    "HAWAII",
    "IDAHO",
    "ILLINOIS",
    "INDIANA",
    "IOWA",
    "KANSAS",
    "KENTUCKY",
    "LOUISIANA",
    "MAINE",
    "MARYLAND",
    "MASSACHUSETTS",
    "MICHIGAN",
    "MINNESOTA",
    "MISSISSIPPI",
    "MISSOURI",
    "MONTANA",
    "NEBRASKA",
    "NEVADA",
    "NEWHAMPSHIRE",
    "NEWJERSEY",
    "NEWMEXICO",
    "NEWYORK",
    "NORTHCAROLINA",
    "NORTHDAKOTA",
    "OHIO",
    "OKLAHOMA",
    "OREGON",
    "PENNSYLVANIA",
    "RHODEISLAND",
    "SOUTHCAROLINA",
    "SOUTHDAKOTA",
    "TENNESSEE",
    "TEXAS",
    "UTAH",
    "VERMONT",
    "VIRGINIA",
    "WASHINGTON",
    "WESTVIRGINIA",
    "WISCONSIN",
    "WYOMING",
];

/// Federal and state courts of the United States, by name.
fn american(line: &str, rest: &str) -> Option<Named> {
    let federal = rest.starts_with("UNITEDSTATESCOURTOFAPPEALS")
        || rest.starts_with("UNITEDSTATESDISTRICTCOURT")
        || rest.starts_with("UNITEDSTATESBANKRUPTCYCOURT");
    let supreme = rest
        .strip_prefix("SUPREMECOURTOF")
        .is_some_and(|state| STATES.contains(&state.trim_start_matches("THESTATEOF")));
    let state =
        supreme || rest.contains("COURTOFAPPEALS") && rest.len() < 50 && !rest.contains("FROM");
    // Boards and courts of claims of a state's Bureau of Workers' Compensation.
    let compensation = rest.contains("WORKERSCOMPENSATION")
        && ["APPEALSBOARD", "COURTOF", "COMPENSATIONCOURT", "COMPENSATIONCOMMISSION"]
            .iter()
            .any(|word| rest.contains(word))
        && !line.chars().any(char::is_lowercase);
    if !(federal || state || compensation) || line.len() > 120 {
        return None;
    }
    let line = line.trim();
    let name = strip_words(line, &["in the ", "in ", "the "]);
    let name = title_case(&name.replace('\t', " "));
    Some(Named { court: name, country: "us", confidence: if federal { 0.9 } else { 0.8 } })
}

/// British tribunals, as letters; their chamber stands on the next line.
const TRIBUNALS: [&str; 4] = [
    "UPPERTRIBUNAL",
    "FIRSTTIERTRIBUNAL",
    "EMPLOYMENTAPPEALTRIBUNAL",
    "INVESTIGATORYPOWERSTRIBUNAL",
];

/// English courts, whose line alone seldom names the whole court.
fn british(line: &str, rest: &str) -> Option<Named> {
    let id = if rest.starts_with("COURTOFAPPEALCIVILDIVISION")
        || rest.starts_with("COURTOFAPPEALCRIMINALDIVISION")
        || rest == "COURTOFAPPEAL"
    {
        "ewca"
    } else if rest == "HIGHCOURTOFJUSTICE" || rest.starts_with("HIGHCOURTOFJUSTICE") {
        "ewhc"
    } else if rest.len() < 50
        && !rest.contains("APPROVED")
        && (rest.starts_with("FAMILYCOURT")
            || (rest.ends_with("FAMILYCOURT") && squeeze(line).starts_with("INTHE")))
    {
        let name = strip_words(line.trim(), &["in the "]);
        return Some(Named { court: title_case(name), country: "gb", confidence: 0.8 });
    } else if rest.starts_with("COURTOFPROTECTION") && rest.len() < 40 {
        let name = strip_words(line.trim(), &["in the "]);
        return Some(Named { court: title_case(name), country: "gb", confidence: 0.9 });
    } else if TRIBUNALS.iter().any(|name| rest.starts_with(name)) && rest.len() < 60 {
        // `IN THE UPPER TRIBUNAL  Appeal No. …`: the name ends with its word.
        let name = strip_words(line.trim(), &["in the ", "the "]);
        let lower = name.to_ascii_lowercase();
        let end = lower.find("tribunal")? + "tribunal".len();
        // `UPPER TRIBUNAL (LANDS CHAMBER)` names its chamber on the same line.
        let chamber = lower
            .find("chamber)")
            .filter(|_| name.get(end..).is_some_and(|tail| tail.trim_start().starts_with('(')));
        let end = chamber.map_or(end, |at| at + "chamber)".len());
        let court = title_case(name.get(..end)?);
        return Some(Named { court, country: "gb", confidence: 0.9 });
    } else {
        return None;
    };
    (line.len() < 100).then(|| Named { court: id.to_owned(), country: "gb", confidence: 0.9 })
}

/// Drops the first of `words` with which `text` begins, in any case.
fn strip_words<'a>(text: &'a str, words: &[&str]) -> &'a str {
    words
        .iter()
        .find(|word| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
        .and_then(|word| text.get(word.len()..))
        .unwrap_or(text)
}

/// Returns a name in capitals as people write it; names with lower-case letters are left alone.
pub(super) fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    const SMALL: [&str; 15] = [
        "OF", "THE", "FOR", "AND", "AT", "UL", "UR", "UD", "US", "IN", "AN", "TO", "E", "ON", "OR",
    ];
    let mut text = String::with_capacity(name.len());
    let mut word = String::new();
    let mut words_before = 0_usize;
    for c in name.chars().chain(['\0']) {
        if c.is_alphabetic() || c == '’' || c == '\'' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            // `UL` and `US` are small inside a name only.
            if words_before > 0 && SMALL.contains(&word.as_str()) && c != '.' {
                text.push_str(&word.to_lowercase());
            } else {
                capitalise(&word, &mut text);
            }
            words_before += 1;
            word.clear();
        }
        if c != '\0' {
            text.push(c);
        }
    }
    text
}

fn capitalise(word: &str, text: &mut String) {
    let mut after_mark = true;
    for c in word.chars() {
        if after_mark {
            text.push(c);
        } else {
            text.extend(c.to_lowercase());
        }
        // `O'BRIEN`, but `SHA'BAN` is rare enough.
        after_mark = matches!(c, '’' | '\'');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: Option<&str>) {
        assert_eq!(named(line).map(|named| named.court).as_deref(), expect, "{line}");
    }

    #[test]
    fn court_lines() {
        check("IN THE ISLAMABAD HIGH COURT, ISLAMABAD.", Some("ihc"));
        check("IN THE ISLAMABADHIGH COURT. ISLAMABAD", Some("ihc"));
        check("ORDER SHEET IN THE LAHORE HIGH COURT, LAHORE JUDICIAL DEPARTMENT", Some("lhc"));
        check("LAHORE HIGH COURT MULTAN BENCH, MULTAN", Some("lhc"));
        check("IN THE SUPREME COURT OF PAKISTAN", Some("scp"));
        check("[Supreme Court of Pakistan]", Some("scp"));
        check("IN THE HIGH COURT OF SINDH AT KARACHI", Some("shc"));
        check("SUPREME COURT OF THE UNITED STATES", Some("scotus"));
        check("IN THE COURT OF APPEAL (CIVIL DIVISION)", Some("ewca"));
        check("United States Court of Appeals", Some("United States Court of Appeals"));
        check("IN THE SUPREME COURT OF NORTH CAROLINA", Some("Supreme Court of North Carolina"));
        check("IN THE UPPER TRIBUNAL Appeal No. UA-2031-000019-T", Some("Upper Tribunal"));
        check("UPPER TRIBUNAL (KITES CHAMBER)", Some("Upper Tribunal (Kites Chamber)"));
        check("IN THE KITE TOWN FAMILY COURT", Some("Kite Town Family Court"));
        check("IN THE COURT OF PROTECTION", Some("Court of Protection"));
        check("IN THE HIGH COURT OF DELHI AT NEW DELHI", Some("High Court of Delhi"));
        check("HIGH COURT OF JUDICATURE AT BOMBAY", Some("High Court of Bombay"));
        check("KERALA HIGH COURT AT ERNAKULAM", Some("High Court of Kerala"));
        check("THE HIGH COURT OF SINDH, CIRCUIT COURT LARKANO", Some("shc"));
        check("WORKERS’ COMPENSATION APPEALS BOARD", Some("Workers’ Compensation Appeals Board"));
        check("TENNESSEE BUREAU OF WORKERS’ COMPENSATION", None);
        check("High Court of Delhi was moved", None);
        check("Family Court Approved Decision", None);
        check("CENTRAL DISTRICT OF NOWHERE", None);
    }

    #[test]
    fn law_reports_print_the_court_in_brackets() {
        let court = |line: &str| named(line).map(|named| named.court);
        assert_eq!(court("[Balochistan]").as_deref(), Some("bhc"));
        assert_eq!(court("[Balochistan High Court]").as_deref(), Some("bhc"));
        assert_eq!(court(" [Supreme Court (AJ&K)] ").as_deref(), Some("ajksc"));
        assert_eq!(court("Balochistan"), None);
        assert_eq!(court("[Lahore, 3 May]"), None);
    }

    #[test]
    fn sentences_are_no_court_lines() {
        for line in [
            "The Islamabad High Court has held otherwise.",
            "the Lahore High Court Rules and Orders",
            "as the Supreme Court of Pakistan held in that case",
            "Islamabad High Court Bar Association was heard",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn capitals_become_names() {
        assert_eq!(title_case("NADIR UL HASSAN KHAN"), "Nadir ul Hassan Khan");
        assert_eq!(title_case("Nadir Khan"), "Nadir Khan");
        assert_eq!(title_case("MIRA O'DELL-KHAN"), "Mira O'Dell-Khan");
    }
}
