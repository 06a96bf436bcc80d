//! Case numbers of the courts of India: `W.P.(C) 15199/2023`, `Criminal Appeal No. 822 of 2012`.
//!
//! `in/delhi/wp-c/2023/15199`, `in/sc/crl-a/2012/822`; a court that nothing names is `_`.

use memchr::memchr2_iter;

use crate::model::RefKind;

use super::anchors::Anchor;
use super::case::sentence_of;
use super::case_list::{Joint, joint_before, no_before, numbers_before};
use super::found::Found;
use super::report::Reading;
use super::scan::{any_word_back, number_back, slug, squeeze, starts_word, ws_back, year};
use super::short_years::short_year;

/// Kinds of cases: the id, the court that alone has it, and how it is written (letters alone).
const KINDS: &[(&str, &str, &[&str])] = &[
    ("wp-c", "", &["wpc", "writpetitioncivil", "wpcivil", "writpetitionc", "wpcno"]),
    ("wp-crl", "", &["wpcrl", "writpetitioncriminal", "writpetitioncrl", "wpcriminal", "wpcr"]),
    ("wp", "", &["wp", "writpetition"]),
    ("wa", "", &["wa", "writappeal"]),
    ("cwp", "", &["cwp", "civilwritpetition"]),
    ("crwp", "", &["crwp", "criminalwritpetition"]),
    ("ca", "sc", &["civilappeal", "ca", "cappeal"]),
    (
        "crl-a",
        "",
        &["criminalappeal", "crlappeal", "crla", "cra", "criminala", "crappeal", "crimappeal"],
    ),
    ("slp-c", "sc", &["slpc", "slpcivil", "specialleavepetitioncivil", "specialleavepetitionc"]),
    (
        "slp-crl",
        "sc",
        &["slpcrl", "slpcriminal", "specialleavepetitioncriminal", "specialleavepetitioncrl"],
    ),
    ("slp", "sc", &["slp", "specialleavepetition"]),
    ("tp-c", "sc", &["tpc", "transferpetitioncivil", "transferpetitionc"]),
    ("tp-crl", "sc", &["tpcrl", "transferpetitioncriminal", "transferpetitioncrl"]),
    ("rp-c", "sc", &["rpc", "reviewpetitioncivil", "reviewpetitionc"]),
    ("rp-crl", "sc", &["rpcrl", "reviewpetitioncriminal", "reviewpetitioncrl"]),
    ("crl-mc", "", &["crlmc", "criminalmisccase", "criminalmiscellaneouscase"]),
    ("crl-ma", "", &["crlma", "criminalmiscapplication", "criminalmiscellaneousapplication"]),
    ("crl-m", "", &["crlm", "criminalmisc", "criminalmiscellaneous"]),
    ("crm-m", "", &["crmm"]),
    (
        "crl-rev-p",
        "",
        &["crlrevp", "criminalrevision", "criminalrevisionpetition", "crlrev", "crlrp", "crr"],
    ),
    ("crl-op", "", &["crlop", "criminaloriginalpetition"]),
    ("bail-appl", "", &["bailappl", "bailapplication", "ba"]),
    ("cm-appl", "", &["cmappl", "cmapplication"]),
    ("cm-m", "", &["cmm"]),
    ("ia", "", &["ia", "interlocutoryapplication"]),
    ("ita", "", &["ita", "incometaxappeal"]),
    ("fao", "", &["fao"]),
    ("fao-os", "", &["faoos", "faooscomm"]),
    ("rfa", "", &["rfa", "regularfirstappeal"]),
    ("rsa", "", &["rsa", "regularsecondappeal"]),
    ("fa", "", &["fa", "firstappeal"]),
    ("sa", "", &["sa", "secondappeal"]),
    ("lpa", "", &["lpa", "letterspatentappeal"]),
    ("cs-os", "", &["csos"]),
    ("cs-comm", "", &["cscomm"]),
    ("omp", "", &["omp", "ompcomm"]),
    ("arb-p", "", &["arbp", "arbitrationpetition"]),
    ("mac-app", "", &["macapp"]),
    ("cont-cas-c", "", &["contcasc"]),
    ("os", "", &["os", "originalsuit"]),
    ("oa", "", &["oa", "originalapplication"]),
    ("op", "", &["op", "originalpetition"]),
    ("sca", "", &["specialcivilapplication", "sca"]),
    ("co-pet", "", &["companypetition", "copet"]),
    ("cr", "", &["crp", "civilrevisionpetition", "civilrevision"]),
    ("mfa", "", &["mfa", "miscellaneousfirstappeal"]),
    ("election-petition", "", &["electionpetition"]),
    ("sessions-case", "_", &["sessionscase", "sessioncase", "sessionstrial", "sessiontrial"]),
    ("case-crime", "_", &["casecrime", "crimecase", "crimeno", "crime"]),
    ("fir", "_", &["fir"]),
];

/// Kinds that the Supreme Court has: any other number in its texts is of a court below.
const OF_TOP: &[&str] =
    &["wp-c", "wp-crl", "ca", "crl-a", "ia", "crl-m", "cont-cas-c", "op", "election-petition"];

/// The longest name of a kind of case, in bytes.
const MAX_NAME: usize = 48;

/// How far before a number its court is named, in bytes.
const NEAR: usize = 90;

/// Finds the case numbers of a text of India; `own` is the document's court, by id or name.
pub(super) fn find(
    r: Reading<'_>,
    anchors: &[(usize, usize, Anchor)],
    own: Option<&str>,
) -> Vec<Found> {
    let own = own.and_then(slug_of).or_else(|| is_of_supreme_court(r).then(|| "sc".to_owned()));
    let below = (own.as_deref() == Some("sc")).then(|| only_high_court(r)).flatten();
    let courts = Courts { own: own.as_deref(), below: below.as_deref() };
    let mut found: Vec<Found> = Vec::new();
    let mut last: Option<(String, usize)> = None;
    let mut last_year = 0;
    for at in memchr2_iter(b'1', b'2', r.b) {
        if at < last_year {
            continue;
        }
        let Some((value, end)) = year(r.b, at) else { continue };
        last_year = end;
        found.extend(at_year(r, at, end, value, courts, &mut last));
    }
    // `FAO No. 293/06`
    for &(_, end, _) in anchors.iter().filter(|anchor| anchor.2 == Anchor::No) {
        if let Some((start, end, value)) = short_year(r, end, super::LAST_SHORT_YEAR) {
            let numbers = at_year(r, start, end, value, courts, &mut last);
            found.extend(numbers.into_iter().map(|one| one.with_confidence(0.9)));
        }
    }
    found
}

/// The courts that a number without one may be of.
#[derive(Clone, Copy)]
struct Courts<'a> {
    /// The document's.
    own: Option<&'a str>,
    /// The only High Court that a text of the Supreme Court names.
    below: Option<&'a str>,
}

/// Returns the only High Court that a text names.
fn only_high_court(r: Reading<'_>) -> Option<String> {
    let mut only: Option<String> = None;
    for at in memchr::memmem::find_iter(r.b, "High Court") {
        let from = at.saturating_sub(60);
        let from = (from..=at).find(|at| r.text.is_char_boundary(*at))?;
        let to = (at + 70).min(r.text.len());
        let to = (at..=to).rev().find(|at| r.text.is_char_boundary(*at))?;
        let Some(court) = high_court_in(r.get(from, to), false) else { continue };
        match &only {
            Some(known) if *known != court => return None,
            Some(_) => {}
            None => only = Some(court),
        }
    }
    only
}

/// Reads `7122, 7123-7124 and 7126-29` before a year where a range with a dash is in it, or
/// another year before it.
fn ranges_before(r: Reading<'_>, end: usize) -> Option<(Vec<(String, crate::model::Span)>, usize)> {
    let b = r.b;
    let mut numbers: Vec<(String, crate::model::Span)> = Vec::new();
    let (mut ranged, mut parted, mut at) = (false, false, end);
    let start = loop {
        let (last, from) = number_back(b, at, 6)?;
        let mut start = from;
        if b.get(from.wrapping_sub(1)) == Some(&b'-')
            && let Some((first, from)) = number_back(b, from - 1, 6)
        {
            // `7126-29`
            let unit = 10_u32.pow(u32::try_from(start_len(b, start)).unwrap_or(6).min(6));
            let last = if last < first { first - first % unit + last } else { last };
            if last <= first || last - first > 60 {
                return None;
            }
            ranged = true;
            numbers.extend((first..=last).rev().map(|number| (number.to_string(), from..at)));
            start = from;
        } else {
            numbers.push((last.to_string(), from..at));
        }
        let before = ws_back(b, start);
        let joint = any_word_back(b, before, &["and", "&"]).or_else(|| {
            before.checked_sub(1).filter(|&at| matches!(b.get(at), Some(b',' | b';' | b'&')))
        });
        let Some(joint) = joint else { break start };
        let left = ws_back(b, joint);
        let left = if b.get(left.wrapping_sub(1)) == Some(&b',') { left - 1 } else { left };
        if numbers.len() > 40 || !b.get(left.wrapping_sub(1)).is_some_and(u8::is_ascii_digit) {
            break start;
        }
        // `7122 of 2003, 7123-7124 of 2003`: a year is no number of this list.
        let (value, from) = number_back(b, left, 6)?;
        let of = any_word_back(b, ws_back(b, from), &["of"]).is_some();
        if of || b.get(from.wrapping_sub(1)) == Some(&b'/') || value == 0 {
            parted = of;
            break start;
        }
        at = left;
    };
    numbers.reverse();
    ((ranged || parted) && start < end).then_some((numbers, start))
}

fn start_len(b: &[u8], start: usize) -> usize {
    b.iter().skip(start).take_while(|byte| byte.is_ascii_digit()).count()
}

/// Reads the case numbers that end with the year at `start..end`.
fn at_year(
    r: Reading<'_>,
    start: usize,
    end: usize,
    value: u16,
    courts: Courts<'_>,
    last: &mut Option<(String, usize)>,
) -> Vec<Found> {
    let mut read = || -> Option<Vec<Found>> {
        // `12/2020/3` goes on: no year.
        if r.b.get(end) == Some(&b'/') && r.b.get(end + 1).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let (joint, numbers_end) = joint_before(r.b, start)?;
        let (numbers, numbers_start) =
            ranges_before(r, numbers_end).or_else(|| numbers_before(r, numbers_end))?;
        let before = ws_back(r.b, numbers_start);
        let said_no = no_before(r.b, before);
        let name_end = said_no.unwrap_or(before);
        let (kind, court, from) = match kind_before(r, name_end, said_no.is_some(), joint) {
            Some((kind, only, from)) => {
                let court = court_of(r, kind, only, from..end, courts);
                (kind.to_owned(), court, from)
            }
            None => {
                let (stem, to) = last.as_ref()?;
                let gap = r.get(*to, name_end).trim();
                let joins = matches!(gap, "," | "and" | "&" | ", and" | "or" | ";");
                let (court, kind) = stem.split_once('/').filter(|_| joins)?;
                (kind.to_owned(), court.to_owned(), numbers_start)
            }
        };
        let single = numbers.len() == 1;
        let each = numbers.iter().map(|(number, span)| {
            let id = format!("in/{court}/{kind}/{value}/{number}");
            let mut one = Found::new(RefKind::Case, id, from..end);
            if !single {
                one.span = span.clone();
            }
            one.with_confidence(if court == "_" { 0.85 } else { 0.9 })
        });
        let each = each.collect();
        *last = Some((format!("{court}/{kind}"), end));
        Some(each)
    };
    read().unwrap_or_default()
}

/// Finds the kind of case whose name ends at `end`: its id, its only court, where it starts.
fn kind_before(
    r: Reading<'_>,
    end: usize,
    said_no: bool,
    joint: Joint,
) -> Option<(&'static str, &'static str, usize)> {
    let mut best = None;
    let mut at = end;
    while at > 0 && end - at < MAX_NAME {
        let byte = *r.b.get(at - 1)?;
        if !(byte.is_ascii_alphabetic() || b". ()-&/".contains(&byte)) {
            break;
        }
        at -= 1;
        if !(byte.is_ascii_uppercase() && starts_word(r.b, at)) {
            continue;
        }
        let letters = squeeze(r.get(at, end));
        let spells = |kind: &&(&str, &str, &[&str])| {
            let one = letters.strip_suffix('s').unwrap_or(&letters);
            kind.2.contains(&letters.as_str()) || kind.2.contains(&one)
        };
        if let Some(kind) = KINDS.iter().find(spells) {
            // Short letters alone are words or initials: `C.A. of 5/2010`.
            let told = said_no
                || joint == Joint::Slash && letters.len() > 2
                || joint == Joint::Of && letters.len() > 3;
            if told && (joint != Joint::Dash || said_no) {
                best = Some((kind.0, kind.1, at));
            }
        }
    }
    best
}

/// Says which court the number belongs to.
fn court_of(
    r: Reading<'_>,
    kind: &str,
    only: &str,
    whole: crate::model::Span,
    courts: Courts<'_>,
) -> String {
    if only == "_" {
        return only.to_owned();
    }
    // The kinds that the Supreme Court alone has.
    if !only.is_empty() && kind != "ca" {
        return only.to_owned();
    }
    let sentence = sentence_of(r, &whole).unwrap_or_else(|| whole.clone());
    // Lines of texts without full stops are sentences too.
    let before = r.get(sentence.start, whole.start).rsplit('\n').next().unwrap_or_default();
    let near = before.len().saturating_sub(NEAR);
    let near = (near..=before.len()).find(|&at| before.is_char_boundary(at));
    let before = near.and_then(|near| before.get(near..)).unwrap_or(before);
    let behind = r.get(whole.end, sentence.end);
    let behind =
        behind.char_indices().nth(120).and_then(|(at, _)| behind.get(..at)).unwrap_or(behind);
    let named = high_court_in(before, true).or_else(|| high_court_in(behind, false));
    if let Some(court) = named {
        return court;
    }
    let lower = ["Sessions Judge", "Trial Court", "trial court", "Tribunal", "District Judge"];
    let other = lower.iter().any(|name| before.contains(name))
        || kind != "ca" && before.contains("High Court");
    match courts.own {
        Some("sc") if kind != "ca" && (other || !OF_TOP.contains(&kind)) => {
            courts.below.unwrap_or("_").to_owned()
        }
        Some(own) if kind != "ca" => own.to_owned(),
        _ if only == "sc" && !other => "sc".to_owned(),
        _ => "_".to_owned(),
    }
}

/// Returns the High Court that a text names, the last or the first: `High Court of Delhi`, `the Kerala
/// High Court`.
fn high_court_in(text: &str, last: bool) -> Option<String> {
    let at = if last { text.rfind("High Court") } else { text.find("High Court") }?;
    let after = text.get(at + "High Court".len()..)?;
    let of = [" of Judicature at ", " of judicature at ", " of ", " at "];
    if let Some(rest) = of.iter().find_map(|word| after.strip_prefix(word)) {
        let rest = rest.strip_prefix("the ").unwrap_or(rest);
        return place(rest.split([',', '.', ';', '(', '\n']).next()?, false);
    }
    place(text.get(..at)?, true)
}

/// The High Courts, as ids have them, the longer name first.
const HIGH_COURTS: &[&str] = &[
    "allahabad",
    "andhra-pradesh",
    "bombay",
    "calcutta",
    "chhattisgarh",
    "delhi",
    "gauhati",
    "gujarat",
    "himachal-pradesh",
    "jammu-and-kashmir",
    "jharkhand",
    "karnataka",
    "kerala",
    "madhya-pradesh",
    "madras",
    "manipur",
    "meghalaya",
    "mysore",
    "orissa",
    "patna",
    "punjab-and-haryana",
    "punjab",
    "rajasthan",
    "sikkim",
    "telangana",
    "tripura",
    "uttarakhand",
    "uttaranchal",
];

/// Returns the High Court whose name opens a text, or ends it.
fn place(text: &str, at_end: bool) -> Option<String> {
    let near = text.len().saturating_sub(40);
    let near = (near..=text.len()).find(|&at| text.is_char_boundary(at)).filter(|_| at_end);
    let words = slug(text.get(near.unwrap_or(0)..)?);
    let is_it = |name: &&&str| {
        let rest = if at_end { words.strip_suffix(**name) } else { words.strip_prefix(**name) };
        rest.is_some_and(|rest| {
            rest.is_empty() || if at_end { rest.ends_with('-') } else { rest.starts_with('-') }
        })
    };
    let name = HIGH_COURTS.iter().find(is_it)?;
    Some(name.replace("-and-", "-"))
}

/// Returns how ids name a court of India: `sc`, `delhi`, `punjab-haryana`.
pub(super) fn slug_of(court: &str) -> Option<String> {
    if court == "india-sc" || court == "Supreme Court of India" {
        return Some("sc".to_owned());
    }
    high_court_in(court, true)
}

/// Tells whether a text without its head is of the Supreme Court: it speaks of leave, and of the High
/// Court as of another.
fn is_of_supreme_court(r: Reading<'_>) -> bool {
    let says = |words: &str| memchr::memmem::find(r.b, words.as_bytes()).is_some();
    says("High Court")
        && [
            "special leave",
            "Special Leave",
            "Leave granted",
            "SLP",
            "S.L.P.",
            "certificate u/art",
            "Article 136",
        ]
        .iter()
        .any(|words| says(words))
}

/// Tells whether the parts of a normal form are those of a case of India.
pub(super) fn is_case(parts: &[&str]) -> bool {
    matches!(parts, ["in", _, kind, value, _] if value.len() == 4 && KINDS.iter().any(|one| one.0 == *kind))
}

/// Returns the printed form: `W.P.(C) No. 15199/2023 (Delhi)`.
pub(super) fn display(parts: &[&str]) -> Option<String> {
    let ["in", court, kind, value, number] = parts else { return None };
    let mut words = kind.split('-').map(str::to_uppercase);
    let first = words.next()?;
    let rest: String = words.map(|word| format!("({word})")).collect();
    let court = match *court {
        "_" => String::new(),
        "sc" => " (Supreme Court of India)".to_owned(),
        court => {
            let names: Vec<String> = court
                .split('-')
                .map(|word| {
                    let mut letters = word.chars();
                    let first = letters.next().map(|c| c.to_ascii_uppercase());
                    first.into_iter().chain(letters).collect()
                })
                .collect();
            format!(" (High Court, {})", names.join(" and "))
        }
    };
    Some(format!("{first}{rest} No. {}/{value}{court}", number.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Tables, ancestors, display, find, lookups, same};
    use crate::model::{Page, PageNo, PageOrigin, Role};

    #[track_caller]
    fn check(court: &str, text: &str, expect: &[&str]) {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        page.push(&format!("The Union of India, New Delhi. {text}"), Role::Body);
        let cx = Context { court: Some(court), ..Context::default() };
        let found = find(&[page], &cx, Tables::builtin());
        let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, expect, "{text}");
    }

    #[test]
    fn numbers_of_a_high_court() {
        check(
            "High Court of Delhi",
            "W.P.(C) 15199/2023 & CM APPL. 60759/2023",
            &["in/delhi/wp-c/2023/15199", "in/delhi/cm-appl/2023/60759"],
        );
        check(
            "High Court of Delhi",
            "Crl.M.C. 12/2021, ITA 45/2023 and 46/2023",
            &["in/delhi/crl-mc/2021/12", "in/delhi/ita/2023/45", "in/delhi/ita/2023/46"],
        );
        check(
            "High Court of Delhi",
            "SLP (C) No. 1234 of 2010 and Civil Appeal No. 5 of 2011",
            &["in/sc/slp-c/2010/1234", "in/sc/ca/2011/5"],
        );
    }

    #[test]
    fn numbers_before_the_supreme_court() {
        check(
            "india-sc",
            "Criminal Appeal Nos. 822 & 823 of 2012",
            &["in/sc/crl-a/2012/822", "in/sc/crl-a/2012/823"],
        );
        check(
            "india-sc",
            "the High Court of Punjab and Haryana in Criminal Appeal No. 18 of 2000",
            &["in/punjab-haryana/crl-a/2000/18"],
        );
        check(
            "india-sc",
            "C.A. Nos. 7122 of 2003, 7123-24 of 2003, 7125 of 2003 and 7126-7129/2003",
            &[
                "in/sc/ca/2003/7122",
                "in/sc/ca/2003/7123",
                "in/sc/ca/2003/7124",
                "in/sc/ca/2003/7125",
                "in/sc/ca/2003/7126",
                "in/sc/ca/2003/7127",
                "in/sc/ca/2003/7128",
                "in/sc/ca/2003/7129",
            ],
        );
        check(
            "india-sc",
            "The High Court of Kerala heard it. Writ Petition No. 5/1991 was filed",
            &["in/kerala/wp/1991/5"],
        );
        check(
            "india-sc",
            "the High Court dismissed Criminal Appeal No. 18 of 2000",
            &["in/_/crl-a/2000/18"],
        );
        check("india-sc", "Appeal of 2018 and 3 others; premises No. 41 of 1950", &[]);
    }

    #[test]
    fn one_case_with_and_without_its_court() {
        let own = "in/delhi/wp-c/2023/15199";
        assert!(same(own, "in/_/wp-c/2023/15199"));
        assert!(lookups("in/_/wp-c/2023/15199").iter().any(|id| ancestors(own).contains(id)));
        assert_eq!(display(own, Tables::builtin()), "WP(C) No. 15199/2023 (High Court, Delhi)");
    }
}
