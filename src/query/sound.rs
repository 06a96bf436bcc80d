//! Spellings that sound alike: names come into Latin letters in many ways (`Javed`, `Jawed`), and
//! Urdu prints a hamza or leaves it out (`ٹاؤن`, `ٹاون`).
//!
//! Never used to find what was asked for: that would change what is found. Used to offer the
//! nearest where nothing is found.

use super::words::edits;

/// Tells whether two folded words are spellings of one sound.
pub fn sounds_alike(one: &str, other: &str) -> bool {
    if one == other {
        return false;
    }
    match (one.is_ascii(), other.is_ascii()) {
        (true, true) => {
            let (one, other) = (regular(one), regular(other));
            let most = if one.len() < 5 { 1 } else { 2 };
            consonants(&one) == consonants(&other) && edits(&one, &other, most).is_some()
        }
        (false, false) => plain_letters(one) == plain_letters(other),
        _ => false,
    }
}

/// Returns the letters with which a word that sounds like `word` may begin.
pub fn first_letters(word: &str) -> Vec<char> {
    let Some(first) = word.chars().next() else { return Vec::new() };
    let groups = ["aeiou", "vw", "kq", "fp", "اآأعإ", "ہھحة", "یئےي"];
    let group = groups.iter().find(|group| group.contains(first));
    group.map_or_else(|| vec![first], |group| group.chars().collect())
}

/// Returns a Latin word with one letter for each sound: `rafique` and `rafiq` become `rafik`.
fn regular(word: &str) -> String {
    let mut word = word.to_owned();
    // Longer ones first.
    for (written, sound) in [
        ("que", "k"),
        ("q", "k"),
        ("ck", "k"),
        ("ph", "f"),
        ("w", "v"),
        ("oo", "u"),
        ("ou", "u"),
        ("ee", "i"),
        ("ie", "i"),
        ("ei", "i"),
        ("ai", "i"),
        ("y", "i"),
        ("aa", "a"),
    ] {
        word = word.replace(written, sound);
    }
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    for c in word.chars() {
        if letters.last() != Some(&c) {
            letters.push(c);
        }
    }
    letters.into_iter().collect()
}

/// Returns the consonants of a word, with `a` for a vowel that begins it.
fn consonants(word: &str) -> String {
    let is_vowel = |c: char| "aeiou".contains(c);
    let first = word.chars().next().filter(|&c| is_vowel(c)).map(|_| 'a');
    first.into_iter().chain(word.chars().filter(|&c| !is_vowel(c))).collect()
}

/// Returns a word of Arabic script without hamza, and with one form of each letter.
fn plain_letters(word: &str) -> String {
    word.chars()
        .filter(|&c| c != 'ء')
        .map(|c| match c {
            'آ' | 'أ' | 'إ' => 'ا',
            'ؤ' => 'و',
            'ئ' | 'ے' | 'ۓ' => 'ی',
            'ھ' | 'ۃ' | 'ۂ' | 'ة' => 'ہ',
            'ں' => 'ن',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_latin_letters() {
        for (one, other) in [
            ("javed", "jawed"),
            ("mehmood", "mahmud"),
            ("rafiq", "rafique"),
            ("hashwany", "hashwani"),
            ("ahmed", "ahmad"),
            ("siddiqui", "siddiqi"),
            ("hussain", "husein"),
            ("batur", "batoor"),
        ] {
            assert!(sounds_alike(one, other), "{one} {other}");
        }
        for (one, other) in [("mehmood", "muhammad"), ("imran", "imran"), ("karachi", "kahuta")] {
            assert!(!sounds_alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn letters_of_urdu() {
        for (one, other) in [("ٹاون", "ٹاؤن"), ("ضیا", "ضیاء"), ("پاونڈ", "پاؤنڈ"), ("ائی", "آئی")]
        {
            assert!(sounds_alike(one, other), "{one} {other}");
        }
        assert!(!sounds_alike("پیکا", "پیکار"));
        assert!(!sounds_alike("پیکا", "peca"));
    }

    #[test]
    fn a_spelling_begins_with_a_letter_of_the_same_sound() {
        assert_eq!(first_letters("wahaj"), ['v', 'w']);
        assert_eq!(first_letters("tariq"), ['t']);
        assert!(first_letters("").is_empty());
    }
}
