//! Citations of the decision itself, printed at its head: law reports and neutral citations.

use super::lines::{Line, squeeze};
use crate::model::PageNo;

/// Series of Pakistani law reports that stand behind a year, as letters.
const SERIES: &[(&str, &str)] = &[
    ("SCMR", "SCMR"),
    ("PCRLJ", "PCrLJ"),
    ("CLC", "CLC"),
    ("CLD", "CLD"),
    ("YLR", "YLR"),
    ("MLD", "MLD"),
    ("PLC", "PLC"),
    ("PTD", "PTD"),
    ("GBLR", "GBLR"),
    ("LHC", "LHC"),
    ("PHC", "PHC"),
    ("SHC", "SHC"),
    ("IHC", "IHC"),
];

/// Neutral citations of courts of the United Kingdom, and the court's id where misl has one.
const NEUTRAL: &[(&str, Option<&str>)] = &[
    ("UKSC", Some("uksc")),
    ("UKPC", Some("ukpc")),
    ("EWCA", Some("ewca")),
    ("EWHC", Some("ewhc")),
    ("EWFC", None),
    ("UKUT", None),
    ("UKFTT", None),
    ("UKIPTRIB", None),
    ("CSIH", None),
    ("CSOH", None),
    ("NICA", None),
    ("EWCOP", None),
];

/// Returns the citations at the head of a decision with the court's id where they name it.
///
/// Only lines that hold nothing else count, or a label `Neutral Citation Number:`.
pub(super) fn citations(head: &[Line]) -> Vec<(String, Option<String>, PageNo)> {
    let mut found: Vec<(String, Option<String>, PageNo)> = Vec::new();
    for (idx, line) in head.iter().take(30).enumerate() {
        let text = line.plain();
        // Canada's reports are cited alike; India's print the bench in square brackets.
        if let Some(citation) = scr(&text)
            && head.iter().skip(idx).take(16).any(closes_bench)
            && !found.iter().any(|(known, _, _)| *known == citation)
        {
            found.push((citation, Some("india-sc".to_owned()), line.page));
            continue;
        }
        // The first is the decision's own; later ones are cited.
        let own =
            neutral(&text).filter(|_| !found.iter().any(|(text, _, _)| text.starts_with('[')));
        let citation = own.or_else(|| law_report(&text).map(|text| (text, None)));
        if let Some((text, court)) = citation
            && !found.iter().any(|(known, _, _)| *known == text)
        {
            found.push((text, court, line.page));
        }
    }
    found
}

/// Tells whether a line ends a bench in square brackets: `MIRA DELL AND BOB WING, JJ.]`.
fn closes_bench(line: &Line) -> bool {
    let letters = squeeze(&line.text);
    let office = letters.ends_with('J') || letters.ends_with("CJI");
    line.text.ends_with(']') && office
}

/// Tells whether a line is the place of a case in the Supreme Court Reports.
pub(super) fn is_scr(text: &str) -> bool {
    scr(text).is_some()
}

/// `[2031] 3 S.C.R. 643` alone on its line.
fn scr(text: &str) -> Option<String> {
    let rest = text.trim().strip_prefix('[')?;
    let (year, rest) = rest.split_once(']')?;
    let (volume, page) = rest.split_once("S.C.R.")?;
    let number = |text: &str| {
        let text = text.trim();
        (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    // The page's own number may stand behind: `[2031] 3 S.C.R. 643 643` on the first one.
    let mut pages = page.split_whitespace();
    let page = pages.next()?;
    if pages.next().is_some_and(|folio| folio != page) || pages.next().is_some() {
        return None;
    }
    let volume = volume.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = year.len() == 4
        && number(year)
        && number(volume.trim_end_matches("Suppl.").trim_end_matches("(Suppl.)"))
        && number(page);
    fits.then(|| format!("[{year}] {volume} S.C.R. {page}"))
}

/// `[2021] UKSC 12`, `Neutral Citation Number: [2003] EWCA Civ 547`.
fn neutral(text: &str) -> Option<(String, Option<String>)> {
    let upper = text.to_uppercase();
    if text.len() > 120 || upper.contains("APPEAL FROM") && !upper.contains("TERM") {
        return None;
    }
    let open = text.find('[')?;
    let rest = text.get(open..)?;
    let close = rest.find(']')?;
    let year = rest.get(1..close)?.trim();
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut words = rest.get(close + 1..)?.split_whitespace();
    let series = words.next()?;
    let (_, court) = NEUTRAL.iter().find(|(name, _)| *name == series)?;
    let mut citation = format!("[{year}] {series}");
    for word in words {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        citation.push(' ');
        if !digits.is_empty() {
            citation.push_str(&digits);
            // `(Admin)` behind the number is part of it.
            let tail = rest.split(&digits).nth(1).unwrap_or_default().trim_start();
            if let Some(division) = tail.strip_prefix('(').and_then(|tail| tail.split(')').next())
                && division.len() <= 6
            {
                citation = format!("{citation} ({division})");
            }
            return Some((citation, court.map(str::to_owned)));
        }
        citation.push_str(word);
        if citation.len() > 40 {
            break;
        }
    }
    None
}

/// `2022 S C M R 25`, `PLD 2022 Lahore 123`, alone on its line.
fn law_report(text: &str) -> Option<String> {
    let letters = squeeze(text);
    if letters.len() > 28 || text.len() > 45 {
        return None;
    }
    let is_year =
        |year: &str| year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    let is_page =
        |page: &str| (1..=4).contains(&page.len()) && page.bytes().all(|b| b.is_ascii_digit());
    if let Some(rest) = letters.strip_prefix("PLD").or_else(|| letters.strip_prefix("PLJ")) {
        let year = rest.get(..4).filter(|year| is_year(year))?;
        let rest = rest.get(4..)?;
        let page_at = rest.find(|c: char| c.is_ascii_digit())?;
        let page = rest.get(page_at..).filter(|page| is_page(page))?;
        // The court's name as printed, between year and page.
        let from = text.find(year)? + 4;
        let to = text.rfind(page)?;
        let court = text.get(from..to)?.split_whitespace().collect::<Vec<_>>().join(" ");
        return Some(format!(
            "{} {year} {} {page}",
            letters.get(..3)?,
            court.trim_matches([',', '.'])
        ));
    }
    let year = letters.get(..4).filter(|year| is_year(year))?;
    let rest = letters.get(4..)?;
    let (series, printed) = SERIES.iter().find(|(series, _)| rest.starts_with(series))?;
    let page = rest.get(series.len()..)?;
    // `2009 PLC (C.S.) 402`.
    let (printed, page) = match page.strip_prefix("CS") {
        Some(page) if *series == "PLC" => ("PLC (C.S.)", page),
        _ => (*printed, page),
    };
    is_page(page).then(|| format!("{year} {printed} {page}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn law_reports() {
        assert_eq!(scr("[2031] 3 S.C.R. 643").as_deref(), Some("[2031] 3 S.C.R. 643"));
        assert_eq!(scr("[2031] 3 S.C.R. 643 643").as_deref(), Some("[2031] 3 S.C.R. 643"));
        assert_eq!(scr("[2031] 3 S.C.R. 643 644"), None);
        assert_eq!(scr("SUPREME COURT REPORTS [2031] 3 S.C.R."), None);
        assert_eq!(law_report("2022 S C M R 25").as_deref(), Some("2022 SCMR 25"));
        assert_eq!(law_report("P L D 2022 Lahore 123").as_deref(), Some("PLD 2022 Lahore 123"));
        assert_eq!(law_report("2009 P L C (C.S.) 402").as_deref(), Some("2009 PLC (C.S.) 402"));
        assert_eq!(law_report("Writ Petition No. 25 of 2022"), None);
        assert_eq!(law_report("2022 was a year"), None);
    }

    #[test]
    fn neutral_citations() {
        let check = |text: &str, expect: &str, court: Option<&str>| {
            assert_eq!(neutral(text), Some((expect.to_owned(), court.map(str::to_owned))));
        };
        check("[2021] UKSC 12", "[2021] UKSC 12", Some("uksc"));
        check("Neutral Citation Number: [2003] EWCA Civ 547", "[2003] EWCA Civ 547", Some("ewca"));
        check("NCN: [2019] EWHC 2057 (Admin)", "[2019] EWHC 2057 (Admin)", Some("ewhc"));
        assert_eq!(neutral("On appeal from: [2019] CSIH 9"), None);
    }
}
