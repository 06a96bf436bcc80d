//! Names that are only a part of another name: of another person's, of a body's, of a party's.

use crate::model::Span;

/// First names and forms of address that stand before another person's name.
const GIVEN_NAMES: &[&str] = &[
    "muhammad",
    "mohammad",
    "mohammed",
    "muhammed",
    "mohd",
    "ahmad",
    "ahmed",
    "ali",
    "abdul",
    "abdur",
    "ghulam",
    "hafiz",
    "haji",
    "qari",
    "raja",
    "rana",
    "malik",
    "mirza",
    "sheikh",
    "shaikh",
    "syed",
    "sayed",
    "chaudhry",
    "chaudhary",
    "ch",
    "choudhry",
    "khawaja",
    "kh",
    "pir",
    "nawab",
    "mst",
    "begum",
    "bibi",
    "bushra",
    "umar",
    "umer",
    "usman",
    "hassan",
    "hasan",
    "hussain",
    "imam",
    "noor",
    "gul",
    "shah",
    "khan",
    "zahid",
    "tariq",
    "asif",
    "naveed",
    "nadeem",
    "saeed",
    "rashid",
    "faisal",
    "kamran",
    "salman",
    "shahid",
    "javed",
    "iqbal",
    "akhtar",
    "bilal",
    "waqar",
    "adnan",
    "amir",
    "arshad",
    "azhar",
    "irfan",
    "junaid",
    "khalid",
    "mehmood",
    "mahmood",
    "mubashir",
    "nasir",
    "qaiser",
    "riaz",
    "sajid",
    "shakeel",
    "shoaib",
    "sohail",
    "tahir",
    "wasim",
    "yasir",
    "zafar",
    "zeeshan",
    "fazal",
    "sher",
    "taj",
    "jan",
    "habib",
    "inam",
    "ihsan",
    "mujahid",
    "mumtaz",
    "amin",
    "ameen",
];

/// What may follow a name and make it another person's.
const FAMILY_NAMES: &[&str] = &[
    "khan",
    "ahmad",
    "ahmed",
    "ali",
    "shah",
    "malik",
    "butt",
    "bhatti",
    "awan",
    "qureshi",
    "abbasi",
    "afridi",
    "khattak",
    "yousafzai",
    "yusufzai",
    "jadoon",
    "swati",
    "marwat",
    "wazir",
    "mehsud",
    "durrani",
    "orakzai",
    "bangash",
    "shinwari",
    "baloch",
    "bugti",
    "mengal",
    "marri",
    "jatoi",
    "soomro",
    "memon",
    "chandio",
    "cheema",
    "chattha",
    "gondal",
    "warraich",
    "ranjha",
    "sandhu",
    "gill",
    "mughal",
    "rajput",
    "janjua",
    "kayani",
    "satti",
    "gilani",
    "bokhari",
    "bukhari",
    "naqvi",
    "rizvi",
    "zaidi",
    "kazmi",
    "hashmi",
    "farooqi",
    "siddiqui",
    "ansari",
    "mirza",
    "baig",
    "niazi",
    "khokhar",
    "rana",
    "raja",
    "chaudhry",
    "siraj",
    "hussain",
    "hassan",
    "tanoli",
    "utmanzai",
    "haider",
    "haq",
    "saeed",
    "iqbal",
    "akhtar",
    "mehmood",
    "mahmood",
    "aziz",
    "zaman",
    "jan",
];

/// News say the day right behind the name: `Justice Naeem Thursday remarked`.
const DAYS: &[&str] =
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Tells whether the person's name at `span` is only a part of another one's name.
///
/// `is_own` tells whether a word belongs to some name of the person meant.
pub(super) fn is_part_of_name(text: &str, span: &Span, is_own: impl Fn(&str) -> bool) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let gap = before.trim_end_matches([' ', '.', '\n', '-']);
    let touches = gap.len() < before.len() && before.len() - gap.len() <= 2;
    let previous = gap.rsplit(|c: char| !c.is_alphanumeric()).next().filter(|_| touches);
    let listed = |word: Option<&str>, list: &[&str]| {
        word.is_some_and(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && list.contains(&word.to_ascii_lowercase().as_str())
                && !is_own(&word.to_ascii_lowercase())
        })
    };
    let rest = after.strip_prefix([' ', '-', '\n']);
    let next = rest.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    let name = text.get(span.start..span.end).unwrap_or_default();
    // `Justice Naeem Anwar`: one name beside the office, and another name behind it.
    let short = name.strip_prefix("Justice ").is_some_and(|name| !name.contains([' ', '-']));
    let goes_on = |word: &str| {
        let mut letters = word.chars();
        let is_name = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
            && !DAYS.contains(&word);
        is_name && !is_own(&word.to_ascii_lowercase())
    };
    if short && next.is_some_and(goes_on) {
        return true;
    }
    // `Justice Qazi Muhammad Amin`: a first name goes on where the form seemed to end.
    listed(previous, GIVEN_NAMES) || listed(next, FAMILY_NAMES) || listed(next, GIVEN_NAMES)
}

/// Words that make a body of their own of the name before them: `Supreme Court Bar Association`.
const BODY_NOUNS: &[&str] = &["Bar", "Employees", "Housing", "Association", "Society"];

/// Words that do so after a doubtful form too.
const MORE_NOUNS: &[&str] = &[
    "Foundation",
    "Ordinance",
    "Reporter",
    "Reports",
    "Review",
    "Library",
    "Hospital",
    "Council",
    "Institute",
    "University",
    "Festival",
    "Magazine",
];

/// Tells whether the name at `span` only begins the name of another body.
pub(super) fn begins_longer_name(text: &str, span: &Span, is_strong: bool) -> bool {
    let Some(rest) = text.get(span.end..).and_then(|rest| rest.strip_prefix([' ', '\n'])) else {
        return false;
    };
    rest.split([' ', '\n'])
        .take(4)
        .take_while(|word| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.next().is_some_and(char::is_lowercase)
        })
        .map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()))
        .any(|word| BODY_NOUNS.contains(&word) || (!is_strong && MORE_NOUNS.contains(&word)))
}

/// Tells whether the name of a place is somebody's here: `Multan Vs.`, `Multan son of`.
pub(super) fn is_party(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let alone = before.trim_end_matches([' ', '\t']);
    let alone = alone.is_empty() || alone.ends_with(['\n', ':', ';', '.', '"', '“', ')']);
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let next = |words: &[&str]| {
        words.iter().any(|word| {
            let head = after.get(..word.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(word))
        })
    };
    let named =
        ["appellant,", "petitioner,", "respondent,", "plaintiff,", "defendant,", "accused,"]
            .iter()
            .any(|role| before.trim_end().ends_with(role));
    alone && next(&["vs.", "vs ", "versus", "v. ", "v/s"])
        || named && next(&[","])
        || next(&["s/o ", "son of ", "d/o ", "w/o ", "(deceased)"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_may_have_the_name_of_a_place() {
        let check = |text: &str| {
            let at = text.find("Multan").unwrap();
            is_party(text, &(at..at + 6))
        };
        assert!(check("R.F.A. No. 778 of 2021\nMultan\nVs.\nMst. Noureen"));
        assert!(check("the appellant Multan son of Gul"));
        assert!(check("The case is that the appellant, Multan, instituted a suit"));
        assert!(!check("the Electric Company of Multan Vs. Nobody"));
        assert!(!check("a suit at Multan was filed"));
    }

    #[track_caller]
    fn check_part(text: &str, name: &str, expect: bool) {
        let at = text.find(name).unwrap();
        let own = |word: &str| ["imran", "khan", "ahmad", "niazi"].contains(&word);
        assert_eq!(is_part_of_name(text, &(at..at + name.len()), own), expect, "{text}");
    }

    #[test]
    fn a_longer_name_is_another_person() {
        check_part("Muhammad Imran Khan filed", "Imran Khan", true);
        check_part("Imran Khan Afridi filed", "Imran Khan", true);
        check_part("Imran Khan Niazi filed", "Imran Khan", false);
        check_part("Prime Minister Imran Khan said", "Imran Khan", false);
        check_part("Mr. Imran Khan", "Imran Khan", false);
        check_part("Justice Imran Dell remarked", "Justice Imran", true);
        check_part("Justice Imran Khan remarked", "Justice Imran", false);
        check_part("Justice Imran Thursday remarked", "Justice Imran", false);
        check_part("Justice Imran. The court", "Justice Imran", false);
    }

    #[test]
    fn a_body_with_the_name_of_a_court() {
        let text = "Supreme Court Bar Association";
        assert!(begins_longer_name(text, &(0..13), true));
        assert!(!begins_longer_name("Supreme Court Judges met", &(0..13), false));
        assert!(!begins_longer_name("Supreme Court said Bar", &(0..13), true));
    }
}
