//! What the apps that photograph papers print on their pictures: `Scanned with CamScanner`, an
//! address, the number of the page. A page whose letters say nothing else has not been read.

use crate::model::Page;

/// Names of such apps, in small letters.
const APPS: [&str; 17] = [
    "adobe scan",
    "cam scanner",
    "camscanner",
    "clear scanner",
    "clearscanner",
    "doc scanner",
    "document scanner",
    "fast scanner",
    "genius scan",
    "microsoft lens",
    "notebloc",
    "office lens",
    "scanbot",
    "swiftscan",
    "tapscanner",
    "tiny scanner",
    "turboscan",
];
/// How their stamps begin, in small letters.
const BEGINNINGS: [&str; 5] =
    ["scanned by ", "scanned from ", "scanned on ", "scanned using ", "scanned with "];
/// Most words of a stamp: longer lines are sentences.
const MAX_WORDS: usize = 8;
/// Words beside the number of a page or the time of the scan.
const BESIDE_NUMBERS: [&str; 7] = ["page", "p", "pg", "of", "no", "am", "pm"];

/// Tells whether the letters of `page` are nothing but stamps, one at least.
pub(super) fn are_all(page: &Page) -> bool {
    let mut lines = page.lines.iter().filter_map(|line| page.text.get(line.span.clone()));
    !page.lines.is_empty() && lines.all(|line| line.split('\t').all(is_stamp))
}

/// Tells whether a line is the stamp of an app, an address, or numbers that count pages or say when.
fn is_stamp(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_app = words.len() <= MAX_WORDS
        && (APPS.iter().any(|app| line.contains(app))
            || BEGINNINGS.iter().any(|beginning| line.starts_with(beginning)));
    is_app || is_address(&words) || words.iter().all(|word| is_number(word))
}

fn is_address(words: &[&str]) -> bool {
    let [word] = words else { return false };
    let is_host = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#=&%".contains(c);
    word.starts_with("http://")
        || word.starts_with("https://")
        || word.starts_with("www.") && word.chars().all(is_host)
}

/// Tells whether a word holds no letters, or is one of those that stand beside numbers.
fn is_number(word: &str) -> bool {
    let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
    BESIDE_NUMBERS.contains(&word) || !word.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, extracted, pdf};
    use super::*;
    use crate::model::WarningKind;

    #[test]
    fn stamps_are_told_from_text() {
        for stamp in [
            "Scanned with CamScanner",
            "CamScanner",
            "Digitalizado com CamScanner",
            "Scanned by TapScanner",
            "https://www.example.org/scan",
            "www.example.org",
            "- 3 -",
            "Page 3 of 12",
            "12/03/2024 10:22 AM",
        ] {
            assert!(is_stamp(stamp), "{stamp}");
        }
        for text in [
            "JUDGMENT",
            "Order sheet",
            "Scanned copies of the order were placed on the record by counsel for him",
            "W.P. No. 12 of 2024",
            "Exhibit P-3",
        ] {
            assert!(!is_stamp(text), "{text}");
        }
    }

    /// A page under a picture of its whole size, with `text` on it.
    fn scan(text: &str) -> String {
        format!("q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q\n{text}")
    }

    #[test]
    fn a_scan_with_nothing_but_a_stamp_is_unread() {
        let pages = [
            scan(&(at(220, 20, "Scanned with CamScanner") + &at(500, 780, "1"))),
            scan(&(at(72, 700, "Exhibit P-3") + &at(220, 20, "Scanned with CamScanner"))),
            at(220, 20, "Scanned with CamScanner"),
        ];
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let read = extracted(&pdf(&pages, ""));
        let unread: Vec<String> = read
            .warnings
            .iter()
            .filter(|warning| warning.kind == WarningKind::NoText)
            .map(ToString::to_string)
            .collect();
        assert_eq!(unread.len(), 1, "{:?}", read.warnings);
        assert!(read.pages[0].quality < 0.01 && read.pages[1].quality > 0.9);
        assert!(read.pages[0].paragraphs.iter().all(|paragraph| paragraph.role.is_boilerplate()));
        // Without a picture the words are all that there is.
        assert!(read.pages[2].quality > 0.9);
        // Nothing is lost.
        assert!(read.pages[0].text.contains("Scanned with CamScanner"));
    }
}
