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
    "turkiye",
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
    "guyana",
    "guyanese",
    "jamaica",
    "jamaican",
    "maldives",
    "maldivian",
    "sudan",
    "sudanese",
    "syria",
    "syrian",
    "iraq",
    "iraqi",
    "jordan",
    "jordanian",
    "kuwait",
    "kuwaiti",
    "bahrain",
    "bahraini",
    "oman",
    "omani",
    "libya",
    "libyan",
    "tunisia",
    "tunisian",
    "algeria",
    "algerian",
    "morocco",
    "moroccan",
    "ethiopia",
    "ethiopian",
    "eritrea",
    "somalia",
    "somali",
    "tanzania",
    "tanzanian",
    "rwanda",
    "rwandan",
    "burundi",
    "congo",
    "congolese",
    "cameroon",
    "senegal",
    "angola",
    "angolan",
    "mozambique",
    "namibia",
    "botswana",
    "malawi",
    "liberia",
    "myanmar",
    "burma",
    "burmese",
    "thailand",
    "thai",
    "vietnam",
    "vietnamese",
    "cambodia",
    "cambodian",
    "laos",
    "indonesia",
    "indonesian",
    "philippine",
    "philippines",
    "filipino",
    "malaysian",
    "singaporean",
    "taiwan",
    "taiwanese",
    "mongolia",
    "kazakhstan",
    "kazakh",
    "uzbekistan",
    "uzbek",
    "tajikistan",
    "kyrgyzstan",
    "turkmenistan",
    "azerbaijan",
    "azerbaijani",
    "armenia",
    "armenian",
    "georgian",
    "belarus",
    "belarusian",
    "poland",
    "polish",
    "hungary",
    "hungarian",
    "romania",
    "romanian",
    "bulgaria",
    "bulgarian",
    "serbia",
    "serbian",
    "croatia",
    "croatian",
    "bosnia",
    "bosnian",
    "albania",
    "albanian",
    "moldova",
    "moldovan",
    "greece",
    "greek",
    "portugal",
    "portuguese",
    "belgium",
    "belgian",
    "dutch",
    "netherlands",
    "denmark",
    "danish",
    "sweden",
    "swedish",
    "norway",
    "norwegian",
    "finland",
    "finnish",
    "austria",
    "austrian",
    "switzerland",
    "swiss",
    "czech",
    "slovakia",
    "slovak",
    "estonia",
    "latvia",
    "lithuania",
    "cuba",
    "cuban",
    "haiti",
    "haitian",
    "colombia",
    "colombian",
    "venezuela",
    "venezuelan",
    "ecuador",
    "ecuadorian",
    "peru",
    "peruvian",
    "bolivia",
    "bolivian",
    "chile",
    "chilean",
    "argentina",
    "argentine",
    "paraguay",
    "uruguay",
    "guatemala",
    "honduras",
    "salvadoran",
    "nicaragua",
    "panama",
    "pyongyang",
    "seoul",
    "moscow",
    "beijing",
    "tehran",
    "kabul",
    "ankara",
    "maine",
    "texas",
    "california",
    "شام",
    "شامی",
    "اردن",
    "سوڈان",
    "لیبیا",
    "ملائیشیا",
    "انڈونیشیا",
    "تھائی",
    "تائیوان",
    "یونان",
    "پولینڈ",
    "اسکاٹ",
    "نیدرلینڈز",
    "سوئٹزرلینڈ",
    "بنگلادیش",
    "بنگلادیشی",
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
    "Rawalpindi",
    "Multan",
    "Faisalabad",
    "Gujranwala",
    "Sialkot",
    "Balochistan",
    "Khyber",
    "Gilgit",
    "Muzaffarabad",
    // Parties and people that stories of its courts and parliament name, where they name no place.
    "PTI",
    "PML-N",
    "PML-Q",
    "JUI-F",
    "Sunni Ittehad",
    "Imran Khan",
    "Nawaz Sharif",
    "Shehbaz Sharif",
    "Faez Isa",
    "Aminuddin Khan",
    "Yahya Afridi",
    "Mansoor Ali Shah",
    "Mandokhail",
    "راولپنڈی",
    "ملتان",
    "فیصل آباد",
    "بلوچستان",
    "خیبر",
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
    "Türkiye",
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
    "Saudi Arabia",
    "United Arab Emirates",
    "North Korea",
    "South Korea",
    "Papua New Guinea",
    "Sierra Leone",
    "El Salvador",
    "Costa Rica",
    "Dominican Republic",
    "Czech Republic",
    "Trinidad and Tobago",
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

/// Tells whether a name is that of another country or of a city there.
pub(super) fn is_abroad(name: &str) -> bool {
    ABROAD.contains(&name)
}

/// Tells whether an entity's own name has another country in it.
pub(super) fn names_foreign(name: &str) -> bool {
    words(name).iter().any(|word| FOREIGN.contains(&word.to_lowercase().as_str()))
}

/// Tells whether the words beside a court or an office give it to another country: `Indian`,
/// برازیل کی, `of Sri Lanka`.
pub(super) fn is_foreign(text: &str, span: &Span) -> bool {
    is_foreign_before(text, span)
        || is_owned_in_sentence(text, span)
        || is_foreign_behind(text, span)
}

fn is_foreign_before(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let mut words =
        before.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).filter(|word| !word.is_empty());
    let trimmed = before.trim_end();
    let is_sentence_end =
        trimmed.ends_with(['.', '۔', ',', '،', ';', ':', ')']) && !trimmed.ends_with("U.S.");
    if is_sentence_end {
        return false;
    }
    let last = fold(words.next().unwrap_or_default()).replace('.', "");
    let last = if matches!(last.as_str(), "کی" | "کے" | "کا" | "s") {
        fold(words.next().unwrap_or_default()).replace('.', "")
    } else {
        last
    };
    if FOREIGN.contains(&last.as_str()) || OWN_COURTS.contains(&last.as_str()) {
        return true;
    }
    // Names of two words: `South Africa's Constitutional Court`.
    let owned =
        trimmed.strip_suffix("'s").or_else(|| trimmed.strip_suffix("’s")).unwrap_or(trimmed);
    ABROAD.iter().any(|place| place.contains(' ') && owned.ends_with(place))
}

/// `بھارت کی وزارت کھیل نے تو این او سی جاری کیا لیکن وزارت داخلہ نے`: a country owns a body of the
/// sentence, and nobody else owns this one.
fn is_owned_in_sentence(text: &str, span: &Span) -> bool {
    if text.as_bytes().get(span.start).is_none_or(u8::is_ascii) {
        return false;
    }
    let from = text.floor_char_boundary(span.start.saturating_sub(SENTENCE_BYTES));
    let before = text.get(from..span.start).unwrap_or_default();
    let sentence = before.rsplit(['۔', '\n', '؟']).next().unwrap_or_default();
    let Some(kind) = text.get(span.clone()).and_then(|name| name.split_whitespace().next()) else {
        return false;
    };
    let kind = fold(kind);
    let mut words = sentence.split_whitespace().rev().map(fold);
    // The body of the same kind (`وزارت`) named before this one, and whose it is.
    words.any(|word| word == kind)
        && words.next().is_some_and(|word| matches!(word.as_str(), "کی" | "کے" | "کا"))
        && words.next().is_some_and(|word| FOREIGN.contains(&word.as_str()))
}

/// `of Nepal`, `of the Republic of Kenya`.
fn is_foreign_behind(text: &str, span: &Span) -> bool {
    let behind = text.get(span.end..).unwrap_or_default();
    let Some(rest) = behind.strip_prefix(" of ").or_else(|| behind.strip_prefix("\nof ")) else {
        return false;
    };
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let rest = rest.strip_prefix("Republic of ").unwrap_or(rest);
    let Some(words) = COUNTRY_WORDS.as_ref() else { return false };
    let head = rest.get(..rest.floor_char_boundary(40)).unwrap_or_default();
    words.find(head).is_some_and(|found| {
        let ends =
            head.get(found.end()..).is_none_or(|text| !text.starts_with(char::is_alphabetic));
        found.start() == 0 && found.pattern().as_usize() >= HOME.len() && ends
    })
}

/// Lands beside Pakistan that have a Supreme Court of their own: گلگت بلتستان سپریم کورٹ.
const OWN_COURTS: &[&str] = &["بلتستان", "کشمیر", "baltistan", "kashmir"];

/// How far an Urdu sentence is looked back, in bytes.
const SENTENCE_BYTES: usize = 400;

/// Tells whether Pakistan is named around `span`.
pub(super) fn is_home_near(text: &str, span: &Span) -> bool {
    let from = text.floor_char_boundary(span.start.saturating_sub(AROUND_BYTES));
    let to = text.ceil_char_boundary((span.end + AROUND_BYTES).min(text.len()));
    let Some(words) = COUNTRY_WORDS.as_ref() else { return false };
    let around = text.get(from..to).unwrap_or_default();
    words.find_iter(around).any(|found| found.pattern().as_usize() < HOME.len())
}

/// How far around a name its country is named, in bytes.
const AROUND_BYTES: usize = 2500;

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
    fn bodies_of_other_countries_behind_and_before() {
        check_foreign("the Constitutional Court of Ecuador ruled", "Constitutional Court", true);
        check_foreign("the Constitutional Court of Türkiye, for", "Constitutional Court", true);
        check_foreign("South Africa's Constitutional Court", "Constitutional Court", true);
        check_foreign("the Supreme Court of Republican thought", "Supreme Court", false);
        check_foreign(
            "بھارت کی وزارت کھیل نے این او سی دیا لیکن وزارت داخلہ نے نہیں",
            "وزارت داخلہ",
            true,
        );
        check_foreign("بھارت نے کہا کہ وزارت کھیل اور وزارت داخلہ نے", "وزارت داخلہ", false);
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
