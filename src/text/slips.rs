//! Slips of OCR that show in the text itself: `0F`, `Z0l0`, `paragraph-}2`, `RAFAT"IMTIAZ`.

use crate::model::{Page, PageOrigin, Warning, WarningKind};

/// So many slips tell of bad reading; one may be printed so.
const FEWEST: usize = 2;
/// And no fewer than one in so many words.
const MOST_WORDS: usize = 1_500;
/// How many are named.
const NAMED: usize = 4;

/// Warns where every page was read by the OCR of whoever scanned it, and its slips show.
pub fn of_layer(pages: &[Page]) -> Option<Warning> {
    let mut read = pages.iter().filter(|page| !page.text.trim().is_empty()).peekable();
    read.peek()?;
    let (mut n_words, mut slips) = (0, Vec::new());
    for page in read {
        if page.origin != PageOrigin::OcrLayer {
            return None;
        }
        for word in page.text.split_whitespace() {
            n_words += 1;
            if is_slip(word) {
                slips.push(word);
            }
        }
    }
    if slips.len() < FEWEST || slips.len() * MOST_WORDS < n_words {
        return None;
    }
    let mut named: Vec<&str> = Vec::new();
    for slip in slips {
        if named.len() < NAMED && !named.contains(&slip) {
            named.push(slip);
        }
    }
    Some(Warning::document(WarningKind::OcrLayer, format!("such as {}", named.join(" "))))
}

/// Tells whether nobody would print a word so.
fn is_slip(word: &str) -> bool {
    const SIGNS: &[char] =
        &['}', '{', '|', '\\', '~', '^', '§', '¢', '©', '®', '_', '=', '<', '>', '¦'];
    if word.contains('@') || word.contains("://") || word.starts_with("www.") {
        return false;
    }
    if word.contains(SIGNS) && word.contains(char::is_alphanumeric) {
        return true;
    }
    let quoted = word.split_once('"').is_some_and(|(before, after)| {
        before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic)
    });
    quoted || word.split(|c: char| !c.is_ascii_alphanumeric()).any(is_mixed)
}

/// Tells whether a piece mixes letters and digits as no number, no ordinal and no section does.
fn is_mixed(piece: &str) -> bool {
    let n_digits = piece.bytes().filter(u8::is_ascii_digit).count();
    if n_digits == 0 || n_digits == piece.len() {
        return false;
    }
    // `N0.` and `0F` stand for `No.` and `OF`.
    if ["n0", "n0s", "0f"].iter().any(|slip| piece.eq_ignore_ascii_case(slip)) {
        return true;
    }
    let bytes = piece.as_bytes();
    let kinds = bytes.windows(2).filter(|pair| match pair {
        [a, b] => a.is_ascii_digit() != b.is_ascii_digit(),
        _ => false,
    });
    if kinds.count() >= 2 {
        return true;
    }
    let letters: String = piece.chars().filter(char::is_ascii_alphabetic).collect();
    let is_small = letters.bytes().all(|byte| byte.is_ascii_lowercase());
    is_small
        && if bytes.first().is_some_and(u8::is_ascii_digit) {
            letters.len() >= 3
        } else {
            letters.len() >= 2
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageNo, Role};

    #[test]
    fn slips_and_what_is_printed_so() {
        for slip in ["0F", "(Z0l0", "paragraph-}2", "RAFAT\"IMTIAZ)", "N0.01/2021", "1to3."] {
            assert!(is_slip(slip), "{slip}");
        }
        for sound in ["16th", "489-F", "12A", "W.P.No.5/2031", "D-12", "a@b_c.pk", "\"the", "A4"] {
            assert!(!is_slip(sound), "{sound}");
        }
    }

    #[test]
    fn a_layer_is_warned_of_where_its_slips_show() {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::OcrLayer);
        page.push("R.A. NO.02 0F 2031 was heard. See paragraph-}2 of the order.", Role::Body);
        let warning = of_layer(std::slice::from_ref(&page)).unwrap();
        assert_eq!(
            (warning.kind.id(), warning.detail.as_str()),
            ("ocr-layer", "such as 0F paragraph-}2")
        );
        page.origin = PageOrigin::TextLayer;
        assert_eq!(of_layer(&[page]), None);
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::OcrLayer);
        page.push("A clean page of a scan.", Role::Body);
        assert_eq!(of_layer(&[page]), None);
    }
}
