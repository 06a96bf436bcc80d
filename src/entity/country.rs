//! Of which country a text, or the name in it, is.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::evidence::words;
use crate::model::Span;
use crate::text::fold;
use crate::text::fold::is_mark;

/// Names of other countries and what belongs to them.
const FOREIGN: &[&str] = &[
    "india",
    "indian",
    "us",
    "american",
    "america",
    "british",
    "uk",
    "bangladesh",
    "bangladeshi",
    "israel",
    "israeli",
    "iran",
    "iranian",
    "chinese",
    "china",
    "russian",
    "russia",
    "turkish",
    "turkey",
    "saudi",
    "afghan",
    "afghanistan",
    "canadian",
    "canada",
    "french",
    "france",
    "german",
    "germany",
    "brazil",
    "brazilian",
    "nepal",
    "kenya",
    "kenyan",
    "egyptian",
    "egypt",
    "delhi",
    "بھارت",
    "بھارتی",
    "انڈیا",
    "انڈین",
    "امریکا",
    "امریکہ",
    "امریکی",
    "برطانیہ",
    "برطانوی",
    "برازیل",
    "بنگلہ",
    "دیش",
    "دیشی",
    "اسرائیل",
    "اسرائیلی",
    "ایران",
    "ایرانی",
    "چین",
    "چینی",
    "روس",
    "روسی",
    "ترکی",
    "ترکیہ",
    "ترک",
    "سعودی",
    "افغان",
    "افغانستان",
    "کینیڈا",
    "فرانس",
    "فرانسیسی",
    "جرمنی",
    "جرمن",
    "نیپال",
    "لنکا",
    "مصر",
    "مصری",
    "عراق",
    "کینیا",
    "دہلی",
    "yemen",
    "yemeni",
    "ukraine",
    "ukrainian",
    "qatar",
    "emirati",
    "lebanon",
    "lebanese",
    "palestinian",
    "japan",
    "japanese",
    "korean",
    "italian",
    "italy",
    "spanish",
    "spain",
    "australian",
    "australia",
    "nigerian",
    "nigeria",
    "mexican",
    "mexico",
    "یمن",
    "یمنی",
    "طالبان",
    "قطر",
    "قطری",
    "امارات",
    "اماراتی",
    "کویت",
    "کویتی",
    "لبنان",
    "لبنانی",
    "فلسطینی",
    "یوکرین",
    "یوکرینی",
    "جاپان",
    "جاپانی",
    "کوریا",
    "کوریائی",
    "اٹلی",
    "اطالوی",
    "اسپین",
    "ہسپانوی",
    "آسٹریلیا",
    "آسٹریلوی",
    "نائجیریا",
    "میکسیکو",
];

/// Words that only a text about Pakistan is full of.
const HOME: &[&str] = &[
    "Pakistan",
    "PAKISTAN",
    "Islamabad",
    "ISLAMABAD",
    "Lahore",
    "LAHORE",
    "Karachi",
    "Peshawar",
    "Quetta",
    "Punjab",
    "Sindh",
    "پاکستان",
    "اسلام آباد",
    "لاہور",
    "کراچی",
    "پشاور",
    "کوئٹہ",
    "پنجاب",
    "سندھ",
];

/// Other places that a text may be of; their words are too long or too common for [`FOREIGN`].
const ABROAD: &[&str] = &[
    "United States",
    "U.S.",
    "Washington",
    "United Kingdom",
    "Britain",
    "England",
    "Scotland",
    "London",
    "Ireland",
    "Irish",
    "Dublin",
    "Oireachtas",
    "Sri Lanka",
    "Colombo",
    "South Africa",
    "New Zealand",
    "Hong Kong",
    "Malaysia",
    "Singapore",
    "Uganda",
    "Ghana",
    "Zimbabwe",
    "Zambia",
    "Fiji",
    "Nairobi",
    "European Union",
    "سری لنکا",
    "نئی دہلی",
    "واشنگٹن",
    "لندن",
];

/// Finds the words of [`HOME`], then those of [`FOREIGN`] as texts print them, then [`ABROAD`].
static COUNTRY_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let capital = |word: &str| match word {
        "us" | "uk" => word.to_uppercase(),
        _ if word.is_ascii() => {
            let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
            format!("{}{rest}", first.to_uppercase())
        }
        _ => word.to_owned(),
    };
    let home = HOME.iter().map(|word| (*word).to_owned());
    let foreign = FOREIGN.iter().map(|word| capital(word));
    let abroad = ABROAD.iter().map(|word| (*word).to_owned());
    // One word may begin another (`India`, `Indian`): the longest counts.
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(home.chain(foreign).chain(abroad))
        .ok()
});

/// Returns how often texts name Pakistan, its provinces and capitals, and how often other countries,
/// in their first bytes: a document says early where it is at home.
pub(super) fn countries<'t>(texts: impl Iterator<Item = &'t str>) -> (usize, usize) {
    let (mut home, mut foreign, mut left) = (0, 0, COUNTRY_BYTES);
    let Some(words) = COUNTRY_WORDS.as_ref() else { return (0, 0) };
    for text in texts {
        let mut end = left.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        for found in words.find_iter(text.get(..end).unwrap_or_default()) {
            let is_letter = |c: char| c.is_alphabetic() || is_mark(c);
            let inside = text.get(..found.start()).is_some_and(|text| text.ends_with(is_letter));
            if found.pattern().as_usize() < HOME.len() {
                // `Pakistani` and پاکستانی are at home too.
                home += usize::from(!inside);
            } else {
                let goes_on =
                    text.get(found.end()..).is_some_and(|text| text.starts_with(is_letter));
                foreign += usize::from(!inside && !goes_on);
            }
        }
        left = left.saturating_sub(text.len());
        if left == 0 {
            break;
        }
    }
    (home, foreign)
}

/// How much of a document is looked at for its country, in bytes.
const COUNTRY_BYTES: usize = 64_000;

/// Tells whether an entity's own name has another country in it.
pub(super) fn names_foreign(name: &str) -> bool {
    words(name).iter().any(|word| FOREIGN.contains(&word.to_lowercase().as_str()))
}

/// Tells whether the words before a court or an office give it to another country: `Indian`,
/// برازیل کی.
pub(super) fn is_foreign(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let mut words =
        before.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).filter(|word| !word.is_empty());
    let is_sentence_end = before.trim_end().ends_with(['.', '۔', ',', '،', ';', ':', ')'])
        && !before.trim_end().ends_with("U.S.");
    if is_sentence_end {
        return false;
    }
    let last = fold(words.next().unwrap_or_default()).replace('.', "");
    let last = if matches!(last.as_str(), "کی" | "کے" | "کا" | "s") {
        fold(words.next().unwrap_or_default()).replace('.', "")
    } else {
        last
    };
    FOREIGN.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_of_the_country_that_it_names() {
        assert_eq!(
            countries(["The Islamabad High Court and Pakistan; Indian courts"].into_iter()),
            (2, 1)
        );
        assert_eq!(countries(["یمنی وزارت دفاع نے یمن میں کہا"].into_iter()), (0, 2));
    }

    #[track_caller]
    fn check_foreign(text: &str, name: &str, expect: bool) {
        let at = text.find(name).unwrap();
        assert_eq!(is_foreign(text, &(at..at + name.len())), expect, "{text}");
    }

    #[test]
    fn courts_of_other_countries() {
        check_foreign("the Indian Supreme Court", "Supreme", true);
        check_foreign("the U.S. Supreme Court", "Supreme", true);
        check_foreign("India's Supreme Court", "Supreme", true);
        check_foreign("برازیل کی عدالت عظمیٰ نے", "عدالت", true);
        check_foreign("He left India. Supreme Court", "Supreme", false);
        check_foreign("ملک کی سپریم کورٹ", "سپریم", false);
    }
}
