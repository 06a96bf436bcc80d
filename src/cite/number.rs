//! Numbers as courts and law reports print them, taken apart so that a style can print them anew.
//!
//! What does not fit the known forms is left as it was printed; nothing is guessed. The kinds of
//! cases are those that recognition knows ([`case_type`]).

use crate::model::case_type::{self, CaseType};

/// A case number taken apart: `W.P. No. 1805/2023`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNumber {
    kind: &'static CaseType,
    /// The words as printed, where they say more or less than the kind: `Criminal Review Petition`,
    /// `C.P.`; a style keeps them.
    words: Option<String>,
    /// The number with its prefix or suffix: `1805`, `D-1234`, `3597-L`, `977 & 978`.
    pub number: String,
    /// The year of the number, not of the decision.
    pub year: u16,
}

/// How a style writes a case number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberForm {
    /// `Writ Petition No. 1805 of 2023`
    Long,
    /// `W.P. No. 1805 of 2023`
    Dotted,
    /// `WP No 1805/2023`
    Plain,
    /// `WP 1805/2023`
    Short,
}

impl CaseNumber {
    /// Reads a number as printed; `None` where its type or form is not known.
    pub fn parse(text: &str) -> Option<Self> {
        let at = text.find(|c: char| c.is_ascii_digit())?;
        let (head, rest) = text.split_at_checked(at)?;
        let mut words = head.trim_end();
        // A prefix letter: `No. D-1234`.
        let mut prefix = String::new();
        if let Some(before) = words.strip_suffix('-')
            && let Some(letter) = before.chars().next_back().filter(char::is_ascii_uppercase)
        {
            prefix = format!("{letter}-");
            words = before.strip_suffix(letter).unwrap_or(before);
        }
        let words = without_no(words);
        let (kind, is_exact) = case_type::by_letters(&letters_of(words))?;
        let (number, year) = number_and_year(rest)?;
        let words = (!is_exact).then(|| kept(words));
        Some(Self { kind, words, number: format!("{prefix}{number}"), year })
    }

    /// Returns the id of the type: `wp`, `crl-misc`.
    pub fn type_id(&self) -> &'static str {
        &self.kind.id
    }

    /// Tells whether one expression can print both numbers: `W.P. Nos. 1805 & 2758 of 2023`.
    fn joins(&self, other: &Self) -> bool {
        self.kind.id == other.kind.id && self.words == other.words && self.year == other.year
    }

    /// Returns the number in the form that a style wants.
    pub fn print(&self, form: NumberForm) -> String {
        let Self { kind, words, number, year } = self;
        let plural = if number.contains(['&', ',', ' ']) { "s" } else { "" };
        let kept = |table: &str| words.clone().unwrap_or_else(|| table.to_owned());
        match form {
            NumberForm::Long => format!("{} No{plural}. {number} of {year}", kept(kind.full())),
            NumberForm::Dotted => format!("{} No{plural}. {number} of {year}", kept(&kind.print)),
            NumberForm::Plain => {
                format!("{} No{plural} {number}/{year}", undotted(&kept(&kind.print)))
            }
            NumberForm::Short => format!("{} {number}/{year}", undotted(&kept(&kind.print))),
        }
    }
}

/// Takes `No.` and `Nos.` off the end of a type's words.
fn without_no(words: &str) -> &str {
    let words = words.trim_end_matches(['.', ' ', ':']);
    let lower = words.to_ascii_lowercase();
    let tail = ["bearing nos", "bearing no", "nos", "no"].into_iter().find(|tail| {
        // `W.P.No` and `WPNo`; a word like `Memo` stays.
        lower.strip_suffix(tail).is_some_and(|rest| {
            rest.ends_with([' ', '.', ')']) || words.get(rest.len()..) == Some("No")
        })
    });
    let rest = tail.and_then(|tail| words.get(..words.len() - tail.len()));
    rest.unwrap_or(words).trim_end()
}

/// Returns words that a citation keeps, in one spelling: `CP` and `C. P` as `C.P.`, capitals alone
/// as a title.
fn kept(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: String = words.chars().filter(char::is_ascii_alphabetic).collect();
    let is_capitals = letters.bytes().all(|byte| byte.is_ascii_uppercase());
    if letters.len() <= 4 && is_capitals {
        return letters.chars().flat_map(|c| [c, '.']).collect();
    }
    if !is_capitals {
        return words;
    }
    let title = |word: &str| match word.split_at_checked(1) {
        Some((first, rest)) if word.len() > 3 => format!("{first}{}", rest.to_ascii_lowercase()),
        _ if ["OF", "FOR", "TO"].contains(&word) => word.to_ascii_lowercase(),
        _ => word.to_owned(),
    };
    words.split(' ').map(title).collect::<Vec<_>>().join(" ")
}

/// Prints all numbers of a paper: those of one type and year together, the main one first.
///
/// `printed` are the numbers as printed; what is not known in its form is taken as it stands.
pub fn print_all(printed: &[String], form: NumberForm) -> String {
    let mut groups: Vec<(CaseNumber, Vec<String>)> = Vec::new();
    let mut words: Vec<(usize, String)> = Vec::new();
    for (idx, text) in printed.iter().enumerate() {
        let Some(number) = CaseNumber::parse(text) else {
            let plain = matches!(form, NumberForm::Plain | NumberForm::Short);
            words.push((idx, if plain { undotted(text) } else { text.clone() }));
            continue;
        };
        let known = groups.iter_mut().find(|(group, _)| group.joins(&number));
        let parts = apart(&number.number);
        match known {
            Some((_, all)) => {
                for part in parts {
                    if !all.contains(&part) {
                        all.push(part);
                    }
                }
            }
            None => {
                words.push((idx, String::new()));
                groups.push((number, parts));
            }
        }
    }
    let mut groups =
        groups.into_iter().map(|(group, all)| CaseNumber { number: listed(&all), ..group });
    let all: Vec<String> = words
        .into_iter()
        .filter_map(|(_, text)| {
            if text.is_empty() { groups.next().map(|group| group.print(form)) } else { Some(text) }
        })
        .collect();
    match all.split_at_checked(MAX_GROUPS) {
        Some((first, rest)) if !rest.is_empty() => format!("{} etc.", first.join(", ")),
        _ => all.join(", "),
    }
}

/// Numbers of different type or year that are printed; the rest is `etc.`.
const MAX_GROUPS: usize = 4;

/// Takes `977 & 978` apart.
fn apart(numbers: &str) -> Vec<String> {
    let parts = numbers.split([',', '&']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Returns a list of numbers in print: `14`, `14 & 15`, `14 to 17`, `12, 14 & 19-L`.
fn listed(numbers: &[String]) -> String {
    let values: Option<Vec<u32>> = numbers.iter().map(|number| number.parse().ok()).collect();
    if let (Some(values), [first, .., last]) = (values, numbers)
        && numbers.len() >= 3
        && values.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]))
    {
        return format!("{first} to {last}");
    }
    match numbers.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} & {last}", before.join(", ")),
        _ => numbers.concat(),
    }
}

/// Returns the text without full stops; a space that followed one stays only between words.
pub fn undotted(text: &str) -> String {
    text.replace('.', "")
}

/// Splits `1805/2023`, `1805 of 2023`, `3758-2023` into number and year.
fn number_and_year(text: &str) -> Option<(String, u16)> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let (number, rest) = if let Some(at) = lower.find(" of ") {
        (text.get(..at)?, text.get(at + 4..)?)
    } else if let Some((number, rest)) = text.split_once('/') {
        (number, rest)
    } else {
        text.rsplit_once('-')?
    };
    let digits: String = rest.trim().chars().take_while(char::is_ascii_digit).collect();
    let year: u16 = digits.parse().ok()?;
    let year = match digits.len() {
        4 if (1850..=2100).contains(&year) => year,
        2 if year <= 40 => 2000 + year,
        2 => 1900 + year,
        _ => return None,
    };
    let number = number.trim().replace(" and ", " & ");
    let fits = number.len() <= 40
        && number.chars().all(|c| c.is_ascii_alphanumeric() || "-&, ".contains(c));
    fits.then_some((number, year))
}

/// A law report or neutral citation taken apart: `PLD 1998 SC 388`, `2024 SCMR 123`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawReport {
    /// All words as printed.
    pub printed: String,
    /// The series: `PLD`, `SCMR`, `PLC (C.S.)`.
    pub series: String,
    /// The year that the citation states.
    pub year: u16,
    /// The court as the series prints it, for series that begin with their name.
    pub court: Option<String>,
    /// The volume, where there is one.
    pub volume: Option<String>,
    /// The first page, or the running number of a neutral citation.
    pub page: String,
}

/// Pakistani series that report several courts and do not print which: letters alone.
const MANY_COURTS: [&str; 13] = [
    "CLC", "CLCN", "MLD", "YLR", "YLRN", "YLRNOTE", "PTD", "PTCL", "CLD", "PLC", "PLCCS", "PCRLJ",
    "PCRLJN",
];

impl LawReport {
    /// Tells whether the citation says which court decided: it prints it, or the series reports
    /// one court alone.
    pub fn says_court(&self) -> bool {
        let letters = self.series.chars().filter(char::is_ascii_alphabetic);
        let letters: String = letters.map(|c| c.to_ascii_uppercase()).collect();
        self.court.is_some() || !MANY_COURTS.contains(&letters.as_str())
    }

    /// Reads `SERIES YEAR COURT PAGE`, `YEAR SERIES PAGE` and `(YEAR) VOLUME SERIES PAGE`.
    pub fn parse(text: &str) -> Option<Self> {
        let printed = text.trim().to_owned();
        let words: Vec<&str> = printed.split_whitespace().collect();
        let page = words.last().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        let year_idx = words.iter().position(|word| year_of(word).is_some())?;
        let year = year_of(words[year_idx])?;
        let between = words.get(year_idx + 1..words.len() - 1)?;
        let (series, court, volume) = if year_idx > 0 {
            (words[..year_idx].join(" "), Some(between.join(" ")), None)
        } else {
            let has_volume = between.first().is_some_and(|word| word.parse::<u32>().is_ok());
            let (volume, series) = between.split_at_checked(usize::from(has_volume))?;
            (series.join(" "), None, volume.first().map(|&volume| volume.to_owned()))
        };
        let court = court.filter(|court| !court.is_empty());
        if series.is_empty() {
            return None;
        }
        Some(Self { page: (*page).to_owned(), printed, series, year, court, volume })
    }

    /// Returns the citation without its page: `PLD 1998 SC`.
    pub fn stem(&self) -> &str {
        self.printed.strip_suffix(self.page.as_str()).unwrap_or(&self.printed).trim_end()
    }
}

/// Returns the year of `1998`, `(2017)` or `[2019]`.
fn year_of(word: &str) -> Option<u16> {
    let digits = word.trim_matches(['(', ')', '[', ']']);
    let year: u16 = digits.parse().ok()?;
    (digits.len() == 4 && (1800..=2100).contains(&year)).then_some(year)
}

/// Returns the plain value of a roman numeral.
pub fn roman(text: &str) -> Option<u32> {
    let value = |c: char| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        })
    };
    let values: Vec<i64> = text.chars().map(value).collect::<Option<_>>()?;
    let total: i64 = values
        .iter()
        .enumerate()
        .map(|(idx, &v)| if values.get(idx + 1).is_some_and(|&next| next > v) { -v } else { v })
        .sum();
    u32::try_from(total).ok().filter(|&total| total > 0)
}

/// Returns the letters of a text in lower case, nothing else.
fn letters_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<(&str, &str)>) {
        let number = CaseNumber::parse(text);
        let printed =
            number.as_ref().map(|n| (n.print(NumberForm::Long), n.print(NumberForm::Short)));
        let printed = printed.as_ref().map(|(long, short)| (long.as_str(), short.as_str()));
        assert_eq!(printed, expect, "{text}");
    }

    #[test]
    fn case_numbers_of_pakistani_courts() {
        let writ = Some(("Writ Petition No. 1805 of 2023", "WP 1805/2023"));
        for text in [
            "W.P. No. 1805/2023",
            "WP No 1805/2023",
            "Writ Petition No.1805 of 2023",
            "W.P No.1805-2023",
            "W.P. 1805/2023",
        ] {
            check(text, writ);
        }
        check(
            "Constitution Petition No.D-1234 of 2019",
            Some(("Constitution Petition No. D-1234 of 2019", "Const P D-1234/2019")),
        );
        check("C.P. No. 3597-L of 2023", Some(("C.P. No. 3597-L of 2023", "CP 3597-L/2023")));
        check("I.C.A. 45 of 19", Some(("Intra-Court Appeal No. 45 of 2019", "ICA 45/2019")));
    }

    #[test]
    fn several_numbers_are_all_printed() {
        let print = |numbers: &[&str], form| {
            let numbers: Vec<String> = numbers.iter().map(|&number| number.to_owned()).collect();
            print_all(&numbers, form)
        };
        let long = NumberForm::Long;
        let range = "Constitution Petition Nos. 14 to 17 of 2023";
        assert_eq!(print(&["Constitution Petitions No. 14 to 17 of 2023"], long), range);
        let each: Vec<String> = (14..=17).map(|n| format!("Const. P. No. {n}/2023")).collect();
        assert_eq!(print_all(&each, long), range);
        let appeals = ["Civil Appeals No. 977 and 978 of 2018"];
        assert_eq!(print(&appeals, long), "Civil Appeal Nos. 977 & 978 of 2018");
        assert_eq!(print(&appeals, NumberForm::Plain), "CA Nos 977 & 978/2018");
        assert_eq!(
            print(&["W.P. No. 1805/2023", "W.P. No. 2758/2023", "C.M. 3/2024"], NumberForm::Dotted),
            "W.P. Nos. 1805 & 2758 of 2023, C.M. No. 3 of 2024"
        );
        assert_eq!(print(&["Diary 4", "W.P. 5/2020"], NumberForm::Plain), "Diary 4, WP No 5/2020");
    }

    #[test]
    fn every_kind_that_is_recognised_is_printed() {
        for kind in case_type::all() {
            for letters in &kind.spell {
                let printed = CaseNumber::parse(&format!("{letters} No. 5/2020"));
                let long = printed.as_ref().map(|number| number.print(NumberForm::Long));
                assert_eq!(long, Some(format!("{} No. 5 of 2020", kind.full())), "{letters}");
                let dotted = printed.map(|number| number.print(NumberForm::Dotted));
                assert_eq!(dotted, Some(format!("{} No. 5 of 2020", kind.print)), "{letters}");
            }
            // What a style prints is read as the same kind again.
            for printed in [&kind.print, kind.full()] {
                let number = CaseNumber::parse(&format!("{printed} Nos. 5 & 6 of 2020")).unwrap();
                assert_eq!(number.type_id(), kind.id, "{printed}");
            }
        }
    }

    #[test]
    fn words_that_say_more_or_less_are_kept() {
        for (text, long, short) in [
            ("CP No. 34/2024", "C.P. No. 34 of 2024", "CP 34/2024"),
            ("C. R. P. No.5/2020", "C.R.P. No. 5 of 2020", "CRP 5/2020"),
            (
                "CRIMINAL REVIEW PETITION NO.5/2020",
                "Criminal Review Petition No. 5 of 2020",
                "Criminal Review Petition 5/2020",
            ),
            ("Murder Reference No. 12 of 2019", "Murder Reference No. 12 of 2019", "MR 12/2019"),
            (
                "Capital Sentence Reference No. 12 of 2019",
                "Capital Sentence Reference No. 12 of 2019",
                "Capital Sentence Reference 12/2019",
            ),
            ("Diary No. 12/2020", "Diary No. 12 of 2020", "Diary 12/2020"),
            ("L.P.A. No. 3/1990", "Letters Patent Appeal No. 3 of 1990", "LPA 3/1990"),
        ] {
            check(text, Some((long, short)));
        }
        let numbers = ["Reference No. 1/2020", "Presidential Reference No. 2/2020"];
        let numbers: Vec<String> = numbers.map(str::to_owned).to_vec();
        assert_eq!(
            print_all(&numbers, NumberForm::Long),
            "Reference No. 1 of 2020, Presidential Reference No. 2 of 2020"
        );
    }

    #[test]
    fn other_texts_stay_as_printed() {
        for text in ["Diary No. 12", "1805/2023", "W.P.", "ZZ 12/2020", "W.P. No. 12 of last year"]
        {
            check(text, None);
        }
    }

    #[test]
    fn law_reports_come_apart() {
        let report = LawReport::parse("PLD 1998 SC 388").unwrap();
        assert_eq!((report.series.as_str(), report.court.as_deref()), ("PLD", Some("SC")));
        assert_eq!(
            (report.year, report.page.as_str(), report.stem()),
            (1998, "388", "PLD 1998 SC")
        );
        let report = LawReport::parse("(2017) 10 SCC 1").unwrap();
        assert_eq!((report.series.as_str(), report.volume.as_deref()), ("SCC", Some("10")));
        assert_eq!(LawReport::parse("2024 PLC (C.S.) 402").unwrap().series, "PLC (C.S.)");
        assert_eq!(LawReport::parse("PLD SC"), None);
    }

    #[test]
    fn roman_numbers_of_acts() {
        for (text, expect) in [("XL", Some(40)), ("XVII", Some(17)), ("IV", Some(4)), ("40", None)]
        {
            assert_eq!(roman(text), expect, "{text}");
        }
    }
}
