//! Papers of the case that American courts cite beside authorities: `1 App. 23–24`, `Pet. App. 4a`,
//! `Tr. 12`. They are no works, but what `id.` behind them means is they.

/// Tells whether a text cites such a paper.
pub(super) fn is_cited_in(text: &str) -> bool {
    let mut before = "";
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let is_paper = matches!(
            word.trim_start_matches(['(', '[', '“', '"', '‘']),
            "App." | "Tr." | "J.A." | "JA"
        );
        let is_page =
            words.peek().is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        if is_paper && is_page && !is_abbreviated(before) {
            return true;
        }
        before = word;
    }
    false
}

/// Tells whether a word is part of a reporter's name: `Ga.` of `Ga. App. 23`.
fn is_abbreviated(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    letters.starts_with(char::is_uppercase)
        && letters.chars().all(char::is_alphabetic)
        && !matches!(word, "See" | "In" | "Pet." | "Supp." | "J." | "Joint" | "Trial")
}

#[cfg(test)]
mod tests {
    use super::is_cited_in;

    #[test]
    fn papers_of_the_case_and_no_reporters() {
        for text in [
            "into Kansas.” 1 App. 23–24 (emphasis added).",
            "See Pet. App. 4a.",
            "he said (Tr. 12)",
        ] {
            assert!(is_cited_in(text), "{text}");
        }
        for text in [
            "12 Ga. App. 23",
            "3 Ohio App. 5",
            "9 Cal. App. 4th 33",
            "the App. is new",
            "App. Div. 23",
        ] {
            assert!(!is_cited_in(text), "{text}");
        }
    }
}
