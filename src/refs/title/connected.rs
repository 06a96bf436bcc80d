//! Causes heard together: below the first title each has its own number and parties.

use super::lines::Line;
use super::{caption, number, party};
use crate::model::PageNo;

/// Returns the numbers of the further titles below line `from`, and the line behind the last title.
///
/// A number counts where a title follows it: `C.P. No. 6 of 2031` above `(A versus B)`. Petitions
/// that are only listed, or cited in the text, have none.
pub(super) fn numbers(head: &[Line], from: usize) -> (Vec<(String, PageNo)>, usize) {
    let mut numbers = Vec::new();
    let mut waiting: Vec<(String, PageNo)> = Vec::new();
    let (mut end, mut since) = (from, 0);
    for (idx, line) in head.iter().enumerate().skip(from) {
        let letters = line.squeezed();
        let heading = matches!(letters.as_str(), "ORDER" | "JUDGMENT" | "JUDGEMENT");
        if heading || letters.starts_with("DATEOF") || caption::is_body(line) || idx > end + 20 {
            break;
        }
        let found = number::own_numbers(&line.text);
        // The number is the whole line, but for a mark of the registry or a bracket.
        let length: usize = found.iter().map(|number| number.len() + 3).sum();
        if !found.is_empty() && length + 6 >= line.text.len() {
            waiting = found.into_iter().map(|number| (number, line.page)).collect();
            since = 0;
            continue;
        }
        since += 1;
        let titled = party::versus(&line.text)
            .is_some_and(|versus| versus.before.is_empty() || line.text.starts_with(['(', '[']))
            || (line.text.contains('…') && party::versus(&line.text).is_some());
        if titled && !waiting.is_empty() && since <= 14 {
            numbers.append(&mut waiting);
            end = idx + 1;
        }
    }
    (numbers, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let lines: Vec<Line> = text
            .lines()
            .map(|text| Line {
                text: text.trim().to_owned(),
                page: PageNo::FIRST,
                role: Role::Body,
                paragraph: 0,
                left: None,
                right: false,
            })
            .collect();
        let (found, _) = numbers(&lines, 0);
        let found: Vec<&str> = found.iter().map(|(number, _)| number.as_str()).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn each_number_has_its_title() {
        check(
            "C. P. No. D – 6 of 2031
            (Kite versus Federation of Birds)
            C. P. No. D – 7 of 2031
            Wing……Petitioner
            Versus
            Province of Birds……Respondent
            Date of hearing: 1.1.2031",
            &["C. P. No. D – 6 of 2031", "C. P. No. D – 7 of 2031"],
        );
    }

    #[test]
    fn what_is_listed_or_cited_is_not_of_the_title() {
        check(
            "Connected petitions: W.P. No. 6 of 2031
            W.P. No. 7 of 2031
            Date of hearing: 1.1.2031
            W.P. No. 8 of 2031
            versus",
            &[],
        );
        check("1. For hearing of CMA No. 9 of 2031\n(Kite v. Bird)", &[]);
    }
}
