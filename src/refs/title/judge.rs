//! Judges: bench lines, the author before the text, the signature below it.

use super::court::title_case;
use super::lines::{Line, squeeze};

/// Returns the name in a bench line: `MR. JUSTICE NADIR KHAN, HCJ` gives `Nadir Khan`.
///
/// `None` where the line holds no name of a person.
pub(super) fn bench_name(line: &str) -> Option<String> {
    let mut text = line.replace('\t', " ");
    for bracket in ['[', ']', '(', ')', '"', '“', '”'] {
        text = text.replace(bracket, " ");
    }
    let mut words: Vec<&str> = text.split_whitespace().collect();
    // Titles before.
    while let Some(first) = words.first() {
        let upper = squeeze(first);
        let is_title = matches!(
            upper.as_str(),
            "MR" | "MRS"
                | "MS"
                | "MISS"
                | "JUSTICE"
                | "HONBLE"
                | "HONOURABLE"
                | "THE"
                | "HON"
                | "CHIEF"
                | "AND"
                | "JUDGES"
                | "JUDGE"
                | "BEFORE"
                | "PRESENT"
                | "CORAM"
                | "HONORABLE"
        );
        // `M.R. SHAH` has initials, no title.
        let initials = first.trim_end_matches(['.', ',', ':']).contains('.');
        if !is_title || initials || words.len() == 1 {
            break;
        }
        words.remove(0);
    }
    // Offices behind.
    while let Some(last) = words.last() {
        let upper = squeeze(last);
        let is_office = matches!(
            upper.as_str(),
            "J" | "CJ"
                | "HCJ"
                | "ACJ"
                | "JJ"
                | "JUDGE"
                | "JUDGES"
                | "CHIEF"
                | "JUSTICE"
                | "SENIOR"
                | "PJ"
                | "AND"
                | "MEMBER"
                | "CHAIRMAN"
                | ""
                | "CIRCUIT"
                | "DISTRICT"
        );
        if !is_office {
            break;
        }
        words.pop();
    }
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_end_matches(',');
    person(name)
}

/// Returns the name as people write it, where it looks like the name of one person.
fn person(name: &str) -> Option<String> {
    // `J U D G E` is one word, printed wide.
    let wide = squeeze(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let spaced = words.len() > 3 && words.iter().all(|word| word.chars().count() == 1);
    let names_only =
        name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
    let capitals = words.iter().all(|word| {
        word.starts_with(char::is_uppercase)
            || matches!(
                *word,
                "ul" | "ur" | "ud" | "us" | "e" | "al" | "de" | "of" | "bin" | "el" | "uz"
            )
    });
    let n_letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let stray = [
        "JUDGE",
        "COURT",
        "ORDER",
        "JUSTICE",
        "APPELLANT",
        "PETITIONER",
        "RESPONDENT",
        "ADVOCATE",
        "CHAMBERS",
        "CLERK",
        "ACTING",
        "JUDGMENT",
        "REPORTING",
        "REGISTRAR",
        "DIVISION",
        "BENCH",
        "BENCHES",
        "HEAD",
        "RUPEES",
        "ONLY",
        "HUNDRED",
        "THOUSAND",
        "THOUSANDS",
        "LAC",
        "LAKH",
        "MATTER",
        "AMENDMENT",
        "SECTION",
        "ACT",
        "REPORTABLE",
        "ANNEXURE",
    ];
    let is_office = words.iter().any(|word| stray.contains(&squeeze(word).as_str()))
        || (spaced && !wide.is_empty());
    let fits =
        (1..=6).contains(&words.len()) && n_letters >= 4 && names_only && capitals && !is_office;
    // `SYED MANSOOR ALI SHAH.` loses its stop.
    fits.then(|| title_case(name.trim_end_matches('.')))
}

/// The author whom the first line of the text names: `NADIR KHAN, J:- Through this …`.
///
/// Returns the name and the length in bytes of what stands before the text.
pub(super) fn author(line: &str) -> Option<(String, usize)> {
    let head_end = line.char_indices().nth(70).map_or(line.len(), |(end, _)| end);
    let head = line.get(..head_end)?;
    for (at, c) in head.char_indices() {
        if !matches!(c, 'J' | 'l' | 'I') {
            continue;
        }
        let before = line.get(..at)?;
        // `, J`, `. J`, `,CJ`, ` HCJ`.
        let stem = before.trim_end_matches(['C', 'H', 'A', '.']);
        if before.len() - stem.len() > 6
            || !(stem.ends_with([' ', ',', '\t']) || before.ends_with(['.', ',']))
        {
            continue;
        }
        let after = line.get(at + 1..).unwrap_or_default();
        let end =
            after.find(|c: char| !matches!(c, '.' | ':' | ';' | '-' | '–' | '—' | ' ' | '\t'));
        let marks = after.get(..end.unwrap_or(after.len())).unwrap_or_default();
        let closes = marks.contains([':', '.', ';', '–', '—', '-']);
        // The letter `J` alone, and only then its OCR doubles before a colon.
        let fits = closes && (c == 'J' || marks.contains(':'));
        let name = stem.trim_end_matches([' ', ',', '.', '\t']);
        let upper = !name.chars().any(char::is_lowercase);
        let comma = stem.trim_end().ends_with([',', '.'])
            || before.ends_with(['.', ','])
            || c == 'J' && (upper || marks.contains(['-', '–', '—', ':']));
        if !fits || !comma || name.split_whitespace().count() < 2 {
            continue;
        }
        // `Nadir Khan, J., concurs`: a judge who agrees writes nothing here.
        let text = after.trim_start_matches([' ', ',', '.']);
        let agrees = ["concur", "dissent", "joins", "join "].iter().any(|w| text.starts_with(w));
        // `Mr. Nadir Khan, J.` is a line of the bench; authors have no title.
        let titled = ["Mr. ", "Mrs. ", "Ms. ", "Mr ", "MR. ", "MRS. ", "MS. ", "HON"]
            .iter()
            .any(|title| name.starts_with(title));
        if let Some(name) = person(name).filter(|_| !agrees && !titled) {
            return Some((name, at + 1 + marks.len()));
        }
    }
    None
}

/// The names in brackets above `JUDGE`, in the last signature of the lines; in printed order.
///
/// The line index is where the signature begins.
pub(super) fn signatures(lines: &[Line]) -> Option<(usize, Vec<String>)> {
    let is_office = |line: &Line| {
        let letters = line.squeezed();
        let office = letters.trim_end_matches("JUDGE");
        letters.ends_with("JUDGE") && office.len() < 40
            || matches!(
                letters.as_str(),
                "CHIEFJUSTICE" | "ACTINGCHIEFJUSTICE" | "JUDGECHIEFJUSTICE" | "CHIEFJUSTICEJUDGE"
            )
    };
    let last = lines.iter().rposition(is_office)?;
    let mut names = Vec::new();
    let mut first = last;
    for idx in (last.saturating_sub(7)..=last).rev() {
        let Some(line) = lines.get(idx) else { break };
        let found = if is_signature(&line.text) { in_brackets(&line.text) } else { Vec::new() };
        if found.is_empty() && !is_office(line) && !names.is_empty() {
            break;
        }
        for name in found.into_iter().rev() {
            if !names.contains(&name) {
                names.insert(0, name);
                first = idx;
            }
        }
    }
    if names.is_empty() {
        // `Mira Dell, Judge` below a rule, as American courts sign.
        // A judge below stands in a table, too: those whom the order is sent to.
        let own = lines.get(last).filter(|line| line.role != crate::model::Role::Table);
        let own = own.and_then(|line| line.text.trim().rsplit_once(", "));
        let own = own.filter(|(_, office)| squeeze(office).ends_with("JUDGE"));
        if let Some(name) = own.and_then(|(name, _)| bench_name(name))
            && name.contains(' ')
        {
            return Some((last, vec![name]));
        }
        // `Nadir Khan` above `Judge`, without brackets: one short line of capitals or a name.
        let above = lines.get(last.checked_sub(1)?)?;
        let short = above.text.len() < 40 && above.text.split_whitespace().count() >= 2;
        let caps = !above.text.chars().any(char::is_lowercase);
        let federal = lines.get(last).is_some_and(|line| {
            let letters = line.squeezed();
            letters.starts_with("UNITEDSTATES") && line.text.len() < 50
        });
        let name = (short && (caps || federal)).then(|| bench_name(&above.text)).flatten()?;
        names.push(name);
        first = last - 1;
    }
    Some((first, names))
}

/// Tells whether a line holds nothing but names in brackets and offices: what stands in brackets
/// in a sentence (`(Rupees Fifty Thousand Only)`) is no signature.
fn is_signature(text: &str) -> bool {
    let mut depth = 0;
    let mut outside = String::new();
    for c in text.chars() {
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth -= 1,
            _ if depth <= 0 => outside.push(c),
            _ => {}
        }
    }
    outside.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2).all(|word| {
        let upper = squeeze(word);
        matches!(
            upper.as_str(),
            "JUDGE"
                | "CHIEF"
                | "JUSTICE"
                | "ACTING"
                | "MEMBER"
                | "SENIOR"
                | "PUISNE"
                | "AND"
                | "AD"
                | "HOC"
        )
    })
}

/// Returns the names of persons that stand in brackets.
fn in_brackets(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for piece in text.split(['(', '{']).skip(1) {
        let inner = piece.split([')', '}']).next().unwrap_or_default();
        let inner: String = inner
            .chars()
            .map(|c| if matches!(c, '"' | '“' | '/' | '\t') { ' ' } else { c })
            .collect();
        if inner.split_whitespace().count() >= 2
            && let Some(name) = bench_name(&inner)
        {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_author(line: &str, expect: Option<&str>) {
        assert_eq!(author(line).map(|(name, _)| name).as_deref(), expect, "{line}");
    }

    #[test]
    fn authors() {
        check_author("NADIR HASSAN KHAN, J:- Through this appeal", Some("Nadir Hassan Khan"));
        check_author("Nadir Hassan, J. Briefly stated", Some("Nadir Hassan"));
        check_author("NADIR HASSAN, J.- This is", Some("Nadir Hassan"));
        check_author("NADIR HASSAN. J: Through", Some("Nadir Hassan"));
        check_author("NADIR HASSAN, l: This", Some("Nadir Hassan"));
        check_author("NADIR HASSAN, CJ.— This", Some("Nadir Hassan"));
        check_author("SYED NADIR ALI SHAH, J.—", Some("Syed Nadir Ali Shah"));
        check_author("Heard. In Jhang the petitioner", None);
        check_author("Learned counsel, I say: no", None);
        check_author("M. J. Khan is absent", None);
        check_author("Mira S. Dell, J., concur.", None);
        check_author("Nadir Hassan J. - The Petitioners are", Some("Nadir Hassan"));
        check_author("Mr. Nadir Hassan, J.", None);
    }

    #[test]
    fn bench_lines() {
        assert_eq!(bench_name("MR. JUSTICE NADIR KHAN, HCJ").as_deref(), Some("Nadir Khan"));
        assert_eq!(bench_name("Mrs. Justice Mira Dell").as_deref(), Some("Mira Dell"));
        assert_eq!(bench_name("Civil Appeal No. 5 of 2020"), None);
        assert_eq!(bench_name("M.R. DELL, J").as_deref(), Some("M.R. Dell"));
        assert_eq!(bench_name("J U D G E"), None);
        assert_eq!(bench_name("Rupees Fifty Thousands Only"), None);
        assert_eq!(bench_name("Second Amendment"), None);
    }

    #[test]
    fn signature() {
        let line = |text: &str| Line {
            text: text.to_owned(),
            page: crate::model::PageNo::FIRST,
            role: crate::model::Role::Body,
            paragraph: 0,
            left: None,
            right: false,
        };
        let lines = ["Relist.", "(NADIR KHAN)\t(MIRA DELL)", "JUDGE\tJUDGE", "Zahid"].map(line);
        let (at, names) = signatures(&lines).unwrap();
        assert_eq!((at, names), (1, vec!["Nadir Khan".to_owned(), "Mira Dell".to_owned()]));
        let lines = ["Relist.", "(CHIEF JUSTICE)"].map(line);
        assert_eq!(signatures(&lines), None);
        let lines = ["So ordered.", "Mira S. Dell, Judge", "Nadir Khan, P.J., and"].map(line);
        assert_eq!(signatures(&lines), Some((1, vec!["Mira S. Dell".to_owned()])));
        let lines =
            ["surety of Rs.9 (Nine Kites) and bond", "to the Trial Court.", "JUDGE"].map(line);
        assert_eq!(signatures(&lines), None);
        let lines = ["So ordered.", "J U D G E", "J U D G E"].map(line);
        assert_eq!(signatures(&lines), None);
        let lines = ["So ordered.", "JUDGE", "JUDGE HEAD OF CONST. BENCHES"].map(line);
        assert_eq!(signatures(&lines), None);
        let lines =
            ["Entered by the Court:", "Mira S. Dell", "United States Circuit Judge"].map(line);
        assert_eq!(signatures(&lines).unwrap().1, ["Mira S. Dell"]);
        let lines = ["(NADIR KHAN)", "(MIRA DELL)\tJUDGE", "JUDGE"].map(line);
        assert_eq!(signatures(&lines).unwrap().1.len(), 2);
    }
}
