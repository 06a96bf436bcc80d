//! How Urdu names the letters of the Latin alphabet: پی ٹی اے spells PTA.

/// The folded names, in the order of the alphabet, each with its letter in lower case.
pub const LETTERS: [(&str, char); 26] = [
    ("اے", 'a'),
    ("بی", 'b'),
    ("سی", 'c'),
    ("ڈی", 'd'),
    ("ای", 'e'),
    ("ایف", 'f'),
    ("جی", 'g'),
    ("ایچ", 'h'),
    ("آئی", 'i'),
    ("جے", 'j'),
    ("کے", 'k'),
    ("ایل", 'l'),
    ("ایم", 'm'),
    ("این", 'n'),
    ("او", 'o'),
    ("پی", 'p'),
    ("کیو", 'q'),
    ("آر", 'r'),
    ("ایس", 's'),
    ("ٹی", 't'),
    ("یو", 'u'),
    ("وی", 'v'),
    ("ڈبلیو", 'w'),
    ("ایکس", 'x'),
    ("وائی", 'y'),
    ("زیڈ", 'z'),
];

/// Other spellings and plurals that people type.
const VARIANTS: [(&str, char); 4] = [("ڈبلیوز", 'w'), ("وائے", 'y'), ("زی", 'z'), ("ایز", 'a')];

/// The first half of a name that is often written in two words.
const HALF: (&str, char) = ("ڈبل", 'w');

/// Returns the letter that a folded word names.
pub fn letter(word: &str) -> Option<char> {
    LETTERS.iter().find(|(name, _)| *name == word).map(|(_, letter)| *letter)
}

/// Returns the letter that a folded word names in any spelling.
pub fn letter_as_typed(word: &str) -> Option<char> {
    let variant = || VARIANTS.iter().find(|(name, _)| *name == word).map(|(_, letter)| *letter);
    letter(word).or_else(variant)
}

/// Returns the letter whose name `text` begins with, and what follows; the longest name counts.
pub fn first_letter(text: &str) -> Option<(char, &str)> {
    let names = LETTERS.iter().chain([&HALF]);
    let begun =
        names.filter_map(|(name, letter)| Some((name.len(), *letter, text.strip_prefix(name)?)));
    begun.max_by_key(|(len, ..)| *len).map(|(_, letter, rest)| (letter, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_and_stand_in_order() {
        let letters: String = LETTERS.iter().map(|(_, letter)| *letter).collect();
        assert_eq!(letters, "abcdefghijklmnopqrstuvwxyz");
        for (name, letter) in LETTERS.iter().chain(&VARIANTS) {
            assert_eq!(crate::text::fold(name).as_str(), *name);
            assert_eq!(letter_as_typed(name), Some(*letter), "{name}");
        }
    }

    #[test]
    fn the_longest_name_counts() {
        assert_eq!(first_letter("ایس سی"), Some(('s', " سی")));
        assert_eq!(first_letter("ای ٹی"), Some(('e', " ٹی")));
        assert_eq!(first_letter("ڈبلیو پی"), Some(('w', " پی")));
        assert_eq!(first_letter("عدالت"), None);
    }
}
