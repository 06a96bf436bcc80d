//! Urdu: letter names that spell an acronym, and the words of Urdu references.

/// The names of the Latin letters, in folded Urdu; where one begins another, the longer is first.
const NAMES: &[(&str, char)] = &[
    ("ڈبلیو", 'w'),
    ("ڈبل", 'w'),
    ("ایکس", 'x'),
    ("ایف", 'f'),
    ("ایچ", 'h'),
    ("ایل", 'l'),
    ("ایم", 'm'),
    ("این", 'n'),
    ("ایس", 's'),
    ("وائی", 'y'),
    ("زیڈ", 'z'),
    ("کیو", 'q'),
    ("آئی", 'i'),
    ("اے", 'a'),
    ("بی", 'b'),
    ("سی", 'c'),
    ("ڈی", 'd'),
    ("جی", 'g'),
    ("جے", 'j'),
    ("کے", 'k'),
    ("پی", 'p'),
    ("آر", 'r'),
    ("ٹی", 't'),
    ("وی", 'v'),
    ("ای", 'e'),
    ("یو", 'u'),
    ("او", 'o'),
];

/// Returns the Latin letters that a run of Urdu letter names spells, or `None` for other words.
///
/// Spaces, dots and bidi marks between the names do not matter: پی ایل ڈی gives `pld`.
pub(super) fn letters(text: &str) -> Option<String> {
    let mut rest: &str = text.trim();
    let mut spelled = String::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix([' ', '.', '-', '۔']) {
            rest = after;
            continue;
        }
        let (name, letter) = NAMES.iter().find(|(name, _)| rest.starts_with(name))?;
        spelled.push(*letter);
        rest = rest.strip_prefix(name)?;
    }
    (!spelled.is_empty()).then_some(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_names_spell() {
        for (text, expect) in [
            ("پی ایل ڈی", Some("pld")),
            ("ایس سی ایم آر", Some("scmr")),
            ("ایس آر او", Some("sro")),
            ("پی ٹی اے", Some("pta")),
            ("سپریم کورٹ", None),
        ] {
            assert_eq!(letters(text).as_deref(), expect, "{text}");
        }
    }
}
