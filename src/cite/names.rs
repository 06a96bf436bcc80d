//! Names of parties: without honorifics and trailers, shortened as later citations want them.

/// Words before a name that a short name leaves out; compared without full stops, lower case.
const HONORIFICS: &[&str] = &[
    "mian",
    "mst",
    "mohtarma",
    "malik",
    "dr",
    "syed",
    "justice",
    "mr",
    "mrs",
    "ms",
    "messrs",
    "m/s",
    "ch",
    "chaudhry",
    "raja",
    "sardar",
    "hafiz",
    "haji",
    "maulana",
    "barrister",
    "prof",
    "sheikh",
    "محترمہ",
    "مسماۃ",
    "میاں",
    "ملک",
    "ڈاکٹر",
    "سید",
    "جسٹس",
    "جناب",
];

/// What ends the name proper: everything from here on describes the party or its counsel.
const TRAILERS: &[&str] = &[
    " s/o ",
    " d/o ",
    " w/o ",
    " son of ",
    " daughter of ",
    " wife of ",
    " through ",
    " thr. ",
    " (retd",
    " etc",
    " بذریعہ ",
    " ولد ",
];

/// What says that there are more parties.
const OTHERS: &[&str] = &[
    " and others",
    " & others",
    " and another",
    " & another",
    " & ors",
    " and ors",
    " et al",
    " etc.",
    " وغیرہ",
];

/// First words of parties that stand in thousands of cases and so name none.
const COMMON_PARTIES: &[&str] = &[
    "state",
    "the state",
    "federation",
    "the federation",
    "government",
    "govt",
    "the government",
    "president",
    "the president",
    "province",
    "union of india",
    "وفاق",
    "حکومت",
    "ریاست",
    "سرکار",
    "صدر",
];

/// Letters that stay capitals when a name printed in capitals is calmed.
const ACRONYMS: &[&str] = &[
    "PTA", "FIA", "NCCIA", "NADRA", "PEMRA", "NAB", "ISI", "IB", "SECP", "CDA", "FBR", "WAPDA",
    "PTCL", "OGRA", "NEPRA", "IHC", "PIA", "HEC", "LDA", "KMC", "PMDC", "SNGPL", "SSGC", "PTI",
    "PML", "PPP", "MQM", "UK", "USA", "SHO", "DSP", "SSP", "IG", "DPO", "II", "III", "IV", "VI",
    "VII", "VIII", "IX",
];

/// Words that stay small inside a name.
/// Words in small letters that a name in capitals is joined with.
const JOINTS: &[&str] = &["application", "et", "al.", "al", "ex", "rel.", "parte", "a", "re", "as"];

const SMALL_WORDS: &[&str] =
    &["of", "and", "the", "for", "in", "on", "through", "v", "vs", "versus", "by", "to", "at"];

/// Returns the name without honorifics, descents, counsel and "and others".
pub fn plain_name(name: &str) -> String {
    let name = without_others(&without_trailers(name));
    let mut rest = name.as_str();
    while let Some((word, after)) = rest.split_once(' ') {
        let word = word.trim_end_matches(',').trim_end_matches('.').replace('.', "").to_lowercase();
        if !HONORIFICS.contains(&word.as_str()) || after.trim().is_empty() {
            break;
        }
        rest = after.trim_start();
    }
    rest.to_owned()
}

/// Returns the name as printed, without descent, counsel and address, but with honorifics.
pub fn without_trailers(name: &str) -> String {
    let lower = ascii_lower(name);
    let end = TRAILERS.iter().filter_map(|trailer| lower.find(trailer)).min();
    let kept = end.and_then(|end| name.get(..end)).unwrap_or(name);
    kept.trim_end_matches([',', ' ', ';', ':']).to_owned()
}

/// Returns the name without "and others".
pub fn without_others(name: &str) -> String {
    let lower = ascii_lower(name);
    let end = OTHERS.iter().filter_map(|others| lower.find(others)).min();
    let kept = end.and_then(|end| name.get(..end)).unwrap_or(name);
    kept.trim_end_matches([',', ' ', ';', ':']).to_owned()
}

/// Tells whether the party is the State or an office that no case can be called by.
pub fn is_common_party(name: &str) -> bool {
    let name = ascii_lower(&plain_name(name));
    COMMON_PARTIES.iter().any(|common| {
        name.strip_prefix(common).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Returns the short name of a case: the first party that is not the State, else the first.
pub fn short_name(first: Option<&str>, second: Option<&str>) -> Option<String> {
    let named = [first, second].into_iter().flatten().find(|party| !is_common_party(party));
    named.or(first).or(second).map(plain_name).filter(|name| !name.is_empty())
}

/// Returns both sides of a cause title (`A v. B`), where the title has that form.
pub fn split_title(title: &str) -> Option<(String, String)> {
    const VERSUS: &[&str] =
        &[" versus ", " vs. ", " vs ", " v/s ", " v. ", " v ", " بنام ", " v.s. "];
    let lower = ascii_lower(title);
    let (at, word) =
        VERSUS.iter().filter_map(|word| lower.find(word).map(|at| (at, *word))).min()?;
    let (a, b) = (title.get(..at)?.trim(), title.get(at + word.len()..)?.trim());
    (!a.is_empty() && !b.is_empty()).then(|| (a.to_owned(), b.to_owned()))
}

/// Returns a name printed in capitals with capitals at the words' beginnings alone.
///
/// A name with a word in small letters, other than such as join parts of it (`THE QUEEN on the
/// application of KITE COUNCIL`), and one of a single short word, is left as it is.
pub fn calm(name: &str) -> String {
    let is_joint = |word: &str| SMALL_WORDS.contains(&word) || JOINTS.contains(&word);
    let mut small = name.split(' ').filter(|word| word.contains(char::is_lowercase));
    let is_mixed = !small.all(is_joint);
    let n_letters = name.chars().filter(char::is_ascii_uppercase).count();
    if is_mixed || n_letters < 6 {
        return name.to_owned();
    }
    let words: Vec<String> = name
        .split(' ')
        .enumerate()
        .map(|(idx, word)| {
            let bare: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
            if ACRONYMS.contains(&bare.as_str()) || word.matches('.').count() > 1 {
                return word.to_owned();
            }
            if word.contains(char::is_lowercase) {
                return word.to_owned();
            }
            let lower = word.to_ascii_lowercase();
            if idx > 0 && matches!(lower.trim_end_matches(','), "et" | "al." | "v.") {
                return lower;
            }
            if idx > 0 && SMALL_WORDS.contains(&lower.as_str()) {
                return lower;
            }
            capitalised(&lower)
        })
        .collect();
    words.join(" ")
}

/// Makes the first letter a capital, and the letters after a hyphen except short particles.
fn capitalised(word: &str) -> String {
    let parts: Vec<String> = word
        .split('-')
        .enumerate()
        .map(|(idx, part)| {
            // `Najam-us-Saqib`: the article between the hyphens stays small.
            if idx > 0 && matches!(part, "us" | "ul" | "ur" | "ud" | "un" | "e" | "al" | "i") {
                return part.to_owned();
            }
            let mut out = String::with_capacity(part.len());
            let mut raised = false;
            for c in part.chars() {
                out.push(if raised { c } else { c.to_ascii_uppercase() });
                raised |= c.is_alphabetic();
            }
            out
        })
        .collect();
    parts.join("-")
}

/// Lowers ASCII letters alone, so that every byte stays where it was.
fn ascii_lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expect: &str) {
        assert_eq!(short_name(Some(a), Some(b)).as_deref(), Some(expect));
    }

    #[test]
    fn the_first_party_names_the_case() {
        check("Mian Najam-us-Saqib", "Federation of Pakistan", "Najam-us-Saqib");
        check("Mohtarma Benazir Bhutto and another", "President of Pakistan", "Benazir Bhutto");
        check("Syed Ali s/o Syed Akbar through counsel", "The State", "Ali");
        check("میاں نجم الثاقب", "وفاق پاکستان", "نجم الثاقب");
    }

    #[test]
    fn the_state_never_does() {
        check("The State", "Mst. Zainab Bibi & others", "Zainab Bibi");
        check("Federation of Pakistan through Secretary Interior", "Dr. Akbar", "Akbar");
        check("The State", "Government of Punjab", "The State");
        check("Statesman Press", "PTA", "Statesman Press");
    }

    #[test]
    fn titles_split_at_versus() {
        let split = split_title("Mian Najam-us-Saqib v. Federation of Pakistan");
        assert_eq!(split, Some(("Mian Najam-us-Saqib".into(), "Federation of Pakistan".into())));
        assert_eq!(split_title("A VERSUS B").map(|(a, _)| a), Some("A".into()));
        assert_eq!(split_title("Shadows of Control"), None);
    }

    #[test]
    fn capitals_are_calmed() {
        assert_eq!(calm("MIAN NAJAM-US-SAQIB"), "Mian Najam-us-Saqib");
        assert_eq!(calm("CHAIRMAN PTA AND OTHERS"), "Chairman PTA and Others");
        assert_eq!(calm("PTA"), "PTA");
        assert_eq!(calm("Federation of PAKISTAN"), "Federation of PAKISTAN");
        assert_eq!(
            calm("THE QUEEN on the application of KITE BOROUGH"),
            "The Queen on the application of Kite Borough"
        );
        assert_eq!(calm("MIRA DELL, ET AL. V. KITE BUREAU"), "Mira Dell, et al. v. Kite Bureau");
    }
}
