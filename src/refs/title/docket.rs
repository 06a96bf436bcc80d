//! Docket numbers of American captions and stamps.

use super::dates;
use super::lines::Line;
use crate::model::PageNo;

/// Returns the docket number of the head: that of the court's own stamp, else the first printed.
pub(super) fn numbers(head: &[Line]) -> Vec<(String, PageNo)> {
    let stamped = head.iter().filter(|line| dates::is_stamp(&line.text));
    let stamped = stamped.filter_map(|line| Some((stamped_number(&line.text)?, line.page)));
    let printed = head.iter().filter_map(|line| Some((docket(&line.text)?, line.page)));
    // The Federal Circuit prints the number alone: `2009-1361`.
    let alone = head.iter().take(12).filter(|line| {
        let (year, number) = line.text.split_once('-').unwrap_or_default();
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        year.len() == 4 && (3..=5).contains(&number.len()) && digits(year) && digits(number)
    });
    let alone = alone.map(|line| (line.text.clone(), line.page));
    stamped.chain(alone).chain(printed).take(1).collect()
}

/// Returns the number of a stamp: `No. 14-1326` of `Case: 14-1326 Document: 3`, `Case No.
/// 4:08-cv-02214` of `Case 4:08-cv-02214 Document 26`.
pub(super) fn stamped_number(text: &str) -> Option<String> {
    let number =
        text.split([' ', '\t', ',']).find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let (_, behind) = number.split_once('-')?;
    let whole = behind.starts_with(|c: char| c.is_ascii_digit());
    match (number.contains(':'), whole) {
        (true, _) => Some(format!("Case No. {number}")),
        (false, true) => Some(format!("No. {number}")),
        (false, false) => None,
    }
}

/// Returns the docket number of an American caption: `No. 21-50498`, `Case No. 8:16-cv-1261`.
pub(super) fn docket(text: &str) -> Option<String> {
    let at = ["Docket No. ", "Case No. ", "Case Number: ", "Civil Action No. ", "No. "]
        .iter()
        .find_map(|word| {
            text.find(word)
                .filter(|&at| at == 0 || text.get(..at).is_some_and(|t| t.ends_with(' ')))
        })?;
    let rest = text.get(at..)?;
    let mut kept = String::new();
    for word in rest.split_whitespace() {
        let has_digit = word.chars().any(|c| c.is_ascii_digit());
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word.trim_end_matches([',', '.']));
        if word == "No." || word == "Nos." {
            kept.push('.');
        }
        if has_digit {
            return Some(kept);
        }
        if kept.len() > 40 {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_stamps() {
        let number = |text: &str| stamped_number(text);
        assert_eq!(number("Case: 31-1326 Document: 3 Page: 1"), Some("No. 31-1326".to_owned()));
        assert_eq!(
            number("Case 4:31-cv-02214-SBA Document 26 Filed 01/29/2031 Page 1 of 2"),
            Some("Case No. 4:31-cv-02214-SBA".to_owned())
        );
        assert_eq!(number("Appellate Case Document Page"), None);
    }
}
