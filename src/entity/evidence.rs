//! What a text says about a doubtful form: definitions in brackets, the words around it, the names
//! that it is only a part of.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::model::Span;
use crate::text::fold;
use crate::text::fold::is_mark;

/// How far a context word may stand from the form it supports: about sixty words.
const NEAR_BYTES: usize = 420;

/// What a definition at a form says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Definition {
    /// `Long Form (ACR)`: these words are what the form stands for.
    Words(Span),
    /// The words in the brackets after the form.
    After(Span),
}

/// Returns the distance in bytes between two spans; 0 where they touch or overlap.
pub(super) const fn distance(a: &Span, b: &Span) -> usize {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

/// Returns the distance that counts, `None` where it is too far. In Arabic script, whose letters
/// take two bytes, twice as many bytes are near.
pub(super) fn near(text: &str, a: &Span, b: &Span) -> Option<usize> {
    let distance = distance(a, b);
    let is_wide = text.as_bytes().get(a.start).is_some_and(|byte| !byte.is_ascii());
    (distance <= if is_wide { 2 * NEAR_BYTES } else { NEAR_BYTES }).then_some(distance)
}

/// Most bytes of the words in brackets behind a short name.
const MAX_DEFINITION: usize = 120;
/// Most bytes between a bracket and the short name in it.
const MAX_INTRODUCTION: usize = 60;

/// Looks for a definition around the form at `span`: `(FORM)` after words, or `FORM (words)`.
pub(super) fn definition(text: &str, paragraph: &Span, span: &Span) -> Option<Definition> {
    let before = text.get(paragraph.start..span.start)?;
    let after = text.get(span.end..paragraph.end)?;
    if let Some(open) = opening(before) {
        let closed = after.trim_start_matches(['"', '”', '’', '\'', '“', ',']);
        if closed.starts_with([')', ']']) || closed.starts_with(" or ") || closed.starts_with(';') {
            let words = before.get(..open)?.trim_end();
            let from = words.len().saturating_sub(120);
            let from = (from..words.len()).find(|&at| words.is_char_boundary(at))?;
            return Some(Definition::Words(paragraph.start + from..paragraph.start + words.len()));
        }
    }
    let inner = after.strip_prefix(" (").or_else(|| after.strip_prefix('('))?;
    let from = span.end + (after.len() - inner.len());
    let near = inner.get(..inner.floor_char_boundary(MAX_DEFINITION + 1)).unwrap_or_default();
    let close = near.find(')')?;
    Some(Definition::After(from..from + close))
}

/// Returns where the bracket opens whose content goes up to the end of `before` and only
/// introduces a short name: `(`, `("`, `(hereinafter referred to as "the`.
fn opening(before: &str) -> Option<usize> {
    // A line may be the whole text, and hold a name at every word.
    let near = before.ceil_char_boundary(before.len().saturating_sub(MAX_INTRODUCTION + 1));
    let open = near + before.get(near..)?.rfind(['(', '['])?;
    let inner = before.get(open + 1..)?;
    if inner.contains([')', ']']) {
        return None;
    }
    let introduces = inner
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| INTRODUCING.contains(&word.to_ascii_lowercase().as_str()));
    introduces.then_some(open)
}

const INTRODUCING: &[&str] = &[
    "the",
    "hereinafter",
    "hereafter",
    "referred",
    "to",
    "as",
    "called",
    "be",
    "a",
    "k",
    "aka",
    "or",
    "also",
    "known",
    "for",
    "short",
    "in",
    "henceforth",
    "said",
    "its",
    "acronym",
];

/// Small words that acronyms pass over.
const SMALL: &[&str] =
    &["of", "and", "the", "for", "in", "on", "to", "a", "an", "at", "by", "with"];

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Returns the last words of `text` whose initials spell `acronym`; `None` if none do.
pub(super) fn spelled_before<'t>(text: &'t str, acronym: &str) -> Option<&'t str> {
    let words = words(text);
    let max = (acronym.len() + 5).min(words.len());
    (acronym.len().saturating_sub(1).max(2)..=max).find_map(|n| {
        let tail = &words[words.len() - n..];
        let first = tail.first()?;
        if SMALL.contains(first) || !spells(tail, acronym) {
            return None;
        }
        let at = first.as_ptr() as usize - text.as_ptr() as usize;
        text.get(at..)
    })
}

/// Tells whether the initials of all words of `text` spell `acronym`.
pub(super) fn spelled(text: &str, acronym: &str) -> bool {
    spells(&words(text), acronym)
}

fn spells(words: &[&str], acronym: &str) -> bool {
    let initials = |small: bool| -> String {
        words
            .iter()
            .filter(|word| small || !SMALL.contains(&word.to_ascii_lowercase().as_str()))
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect()
    };
    let acronym = acronym.to_uppercase();
    initials(false) == acronym || initials(true) == acronym
}

/// Tells whether two names are one with small differences (`Investigating` for `Investigation`):
/// more than three of five words begin alike.
pub(super) fn is_like(a: &str, b: &str) -> bool {
    let stems = |text: &str| -> Vec<String> {
        words(&fold(text))
            .into_iter()
            .filter(|word| !SMALL.contains(word))
            .map(|word| word.chars().take(5).collect())
            .collect()
    };
    let (a, b) = (stems(a), stems(b));
    let longer = a.len().max(b.len());
    let shared = a.iter().filter(|word| b.contains(word)).count();
    longer > 0 && shared * 5 > longer * 3
}

/// First names and forms of address that stand before another person's name.
const GIVEN_NAMES: &[&str] = &[
    "muhammad",
    "mohammad",
    "mohammed",
    "muhammed",
    "mohd",
    "ahmad",
    "ahmed",
    "ali",
    "abdul",
    "abdur",
    "ghulam",
    "hafiz",
    "haji",
    "qari",
    "raja",
    "rana",
    "malik",
    "mirza",
    "sheikh",
    "shaikh",
    "syed",
    "sayed",
    "chaudhry",
    "chaudhary",
    "ch",
    "choudhry",
    "khawaja",
    "kh",
    "pir",
    "nawab",
    "mst",
    "begum",
    "bibi",
    "bushra",
    "umar",
    "umer",
    "usman",
    "hassan",
    "hasan",
    "hussain",
    "imam",
    "noor",
    "gul",
    "shah",
    "khan",
    "zahid",
    "tariq",
    "asif",
    "naveed",
    "nadeem",
    "saeed",
    "rashid",
    "faisal",
    "kamran",
    "salman",
    "shahid",
    "javed",
    "iqbal",
    "akhtar",
    "bilal",
    "waqar",
    "adnan",
    "amir",
    "arshad",
    "azhar",
    "irfan",
    "junaid",
    "khalid",
    "mehmood",
    "mahmood",
    "mubashir",
    "nasir",
    "qaiser",
    "riaz",
    "sajid",
    "shakeel",
    "shoaib",
    "sohail",
    "tahir",
    "wasim",
    "yasir",
    "zafar",
    "zeeshan",
    "fazal",
    "sher",
    "taj",
    "jan",
    "habib",
    "inam",
    "ihsan",
    "mujahid",
    "mumtaz",
    "amin",
    "ameen",
];

/// What may follow a name and make it another person's.
const FAMILY_NAMES: &[&str] = &[
    "khan",
    "ahmad",
    "ahmed",
    "ali",
    "shah",
    "malik",
    "butt",
    "bhatti",
    "awan",
    "qureshi",
    "abbasi",
    "afridi",
    "khattak",
    "yousafzai",
    "yusufzai",
    "jadoon",
    "swati",
    "marwat",
    "wazir",
    "mehsud",
    "durrani",
    "orakzai",
    "bangash",
    "shinwari",
    "baloch",
    "bugti",
    "mengal",
    "marri",
    "jatoi",
    "soomro",
    "memon",
    "chandio",
    "cheema",
    "chattha",
    "gondal",
    "warraich",
    "ranjha",
    "sandhu",
    "gill",
    "mughal",
    "rajput",
    "janjua",
    "kayani",
    "satti",
    "gilani",
    "bokhari",
    "bukhari",
    "naqvi",
    "rizvi",
    "zaidi",
    "kazmi",
    "hashmi",
    "farooqi",
    "siddiqui",
    "ansari",
    "mirza",
    "baig",
    "niazi",
    "khokhar",
    "rana",
    "raja",
    "chaudhry",
    "siraj",
    "hussain",
    "hassan",
    "tanoli",
    "utmanzai",
    "haider",
    "haq",
    "saeed",
    "iqbal",
    "akhtar",
    "mehmood",
    "mahmood",
    "aziz",
    "zaman",
    "jan",
];

/// Tells whether the person's name at `span` is only a part of another one's name.
///
/// `is_own` tells whether a word belongs to some name of the person meant.
pub(super) fn is_part_of_name(text: &str, span: &Span, is_own: impl Fn(&str) -> bool) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let gap = before.trim_end_matches([' ', '.', '\n', '-']);
    let touches = gap.len() < before.len() && before.len() - gap.len() <= 2;
    let previous = gap.rsplit(|c: char| !c.is_alphanumeric()).next().filter(|_| touches);
    let listed = |word: Option<&str>, list: &[&str]| {
        word.is_some_and(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && list.contains(&word.to_ascii_lowercase().as_str())
                && !is_own(&word.to_ascii_lowercase())
        })
    };
    let rest = after.strip_prefix([' ', '-', '\n']);
    let next = rest.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    // `Justice Qazi Muhammad Amin`: a first name goes on where the form seemed to end.
    listed(previous, GIVEN_NAMES) || listed(next, FAMILY_NAMES) || listed(next, GIVEN_NAMES)
}

/// Words that make a body of their own of the name before them: `Supreme Court Bar Association`.
const BODY_NOUNS: &[&str] = &["Bar", "Employees", "Housing", "Association", "Society"];

/// Words that do so after a doubtful form too.
const MORE_NOUNS: &[&str] = &[
    "Foundation",
    "Rules",
    "Ordinance",
    "Reporter",
    "Reports",
    "Review",
    "Library",
    "Hospital",
    "Council",
    "Institute",
    "University",
    "Festival",
    "Magazine",
];

/// Tells whether the name at `span` only begins the name of another body.
pub(super) fn begins_longer_name(text: &str, span: &Span, is_strong: bool) -> bool {
    let Some(rest) = text.get(span.end..).and_then(|rest| rest.strip_prefix([' ', '\n'])) else {
        return false;
    };
    rest.split([' ', '\n'])
        .take(4)
        .take_while(|word| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.next().is_some_and(char::is_lowercase)
        })
        .map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()))
        .any(|word| BODY_NOUNS.contains(&word) || (!is_strong && MORE_NOUNS.contains(&word)))
}

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

/// Tells whether the span is a part of an address of the net, which names nobody.
pub(super) fn is_in_address(text: &str, span: &Span) -> bool {
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | ',' | ';');
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.rfind(is_end).map_or(0, |at| at + 1);
    let after = text.get(span.end..).unwrap_or_default();
    let end = span.end + after.find(is_end).unwrap_or(after.len());
    let token = text.get(start..end).or_else(|| text.get(span.start..end)).unwrap_or_default();
    if token.len() == span.len() {
        return false;
    }
    if is_in_host(text, span) {
        return true;
    }
    // `spy[.]example[.]com`, as reports of spyware defuse their links.
    let lower = token.to_ascii_lowercase().replace("[.]", ".").replace("(.)", ".");
    lower.contains("://")
        || lower.starts_with("www.")
        || (lower.contains('@') && lower.contains('.'))
        || lower.trim_end_matches(['.', '/']).rsplit_once('.').is_some_and(|(name, ending)| {
            !name.is_empty()
                && ADDRESS_ENDINGS.contains(&ending.split('/').next().unwrap_or(ending))
        })
}

/// Tells whether the span is a label of a host or a part of a file's name: a point and a small letter
/// or `_` joins it to the next one. A sentence goes on with a capital.
fn is_in_host(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let point = |text: &str| {
        ["[.]", "(.)", ".", "_"]
            .into_iter()
            .find_map(|point| text.strip_prefix(point).map(str::to_owned))
    };
    let goes_on = point(after).is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
    });
    let joined = ["[.]", "(.)", ".", "_"].into_iter().any(|point| {
        before.strip_suffix(point).is_some_and(|rest| {
            rest.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
    });
    let name = text.get(span.clone()).unwrap_or_default();
    // A name that a lost blank joins to a sentence's end keeps its capital: `ended.PTA said`.
    let is_small = !name.starts_with(|c: char| c.is_uppercase());
    name.is_ascii() && (goes_on || joined && (is_small || before.ends_with(']')))
}

const ADDRESS_ENDINGS: &[&str] = &[
    "com", "org", "net", "pk", "gov", "edu", "tv", "io", "co", "uk", "eu", "int", "nl", "html",
    "pdf",
];

/// What opens a pointer to another story, a credit of a picture, or a stamp.
const POINTERS: &[&str] = &[
    "یہ بھی پڑھیں",
    "یہ بھی پڑھیے",
    "مزید پڑھیں",
    "یہ پڑھیں",
    "also read",
    "read also",
    "read more",
    "image copyright",
    "تصویر کے کاپی رائٹ",
    "uploaded by",
    "tags:",
];

/// Tells whether a paragraph is a menu (short pieces between bullets, no sentence), a pointer to
/// another story, a credit or a stamp.
pub(super) fn is_menu(text: &str) -> bool {
    if text.len() > 600 {
        return false;
    }
    let opens = |pointer: &str| {
        let head = text.trim_start_matches(|c: char| !c.is_alphanumeric()).get(..pointer.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(pointer))
    };
    if text.len() <= 400 && POINTERS.iter().any(|pointer| opens(pointer)) {
        return true;
    }
    if text.len() <= 200 && (is_share_bar(text) || INVITATIONS.iter().any(|words| opens(words))) {
        return true;
    }
    let pieces: Vec<&str> = text.split(['•', '|', '·', '»', '›', '¦']).map(str::trim).collect();
    pieces.len() >= 4
        && pieces.iter().all(|piece| {
            piece.split_whitespace().count() <= 5 && !piece.ends_with(['.', '?', '!', '۔', ':'])
        })
}

/// What opens an invitation of a site to its readers.
const INVITATIONS: &[&str] = &[
    "follow us",
    "follow @",
    "follow our",
    "find us on",
    "like us on",
    "join us on",
    "connect with us",
    "share on",
    "share this",
    "share via",
    "share it on",
    "tweet this",
    "subscribe to our",
    "sign up for our",
    "join our whatsapp",
    "download our app",
    "also follow us",
    "ہمیں فالو کریں",
    "ہمیں فیس بک",
    "شیئر کریں",
];

/// What buttons to share and follow say.
const BUTTONS: &[&str] = &[
    "share",
    "tweet",
    "post",
    "follow",
    "like",
    "on",
    "via",
    "to",
    "us",
    "and",
    "or",
    "more",
    "email",
    "e-mail",
    "mail",
    "print",
    "copy",
    "link",
    "save",
    "rss",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "reddit",
    "pinterest",
    "instagram",
    "youtube",
    "telegram",
    "x",
    "google",
    "tumblr",
    "tiktok",
    "threads",
    "flipboard",
    "messenger",
    "pocket",
    "viber",
    "skype",
    "sms",
    "bluesky",
    "mastodon",
    "snapchat",
    "vk",
    "this",
    "article",
    "page",
    "story",
    "channel",
    "comments",
    "comment",
    "click",
    "here",
    "plus",
];

/// Tells whether a paragraph consists of the words of such buttons alone, one of them a network.
fn is_share_bar(text: &str) -> bool {
    let mut n_words = 0;
    let plain = words(text).iter().all(|word| {
        n_words += 1;
        BUTTONS.iter().any(|button| button.eq_ignore_ascii_case(word))
    });
    plain && n_words > 0
}

/// Tells whether the sentence of `span` invites readers to follow a site there: `Follow the Kite
/// WhatsApp Channel for updates`.
pub(super) fn is_invitation(text: &str, paragraph: &Span, span: &Span) -> bool {
    let before = text.get(paragraph.start..span.start).unwrap_or_default();
    let sentence = before.rsplit(['.', '!', '?', '\n', '۔']).next().unwrap_or_default();
    let sentence = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let after = text.get(span.end..paragraph.end).unwrap_or_default().to_ascii_lowercase();
    let opens = |words: &str| {
        sentence.get(..words.len()).is_some_and(|head| head.eq_ignore_ascii_case(words))
    };
    let channel = ["channel", "page", "group", "account"]
        .iter()
        .any(|word| after.trim_start().starts_with(word));
    sentence.len() < 80
        && (INVITATIONS.iter().any(|words| opens(words))
            || opens("follow the ") && channel
            || (opens("join ") || opens("subscribe ")) && channel)
}

/// Tells whether a pointer to another story stands right before, in running text: what follows is its
/// headline, whose end nothing marks.
pub(super) fn is_in_headline(text: &str, span: &Span) -> bool {
    let mut from = span.start.saturating_sub(HEADLINE_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..span.start).unwrap_or_default();
    let before = before.rsplit(['۔', '\n', '؟']).next().unwrap_or_default();
    POINTERS.iter().filter(|pointer| !pointer.is_ascii()).any(|pointer| {
        before.split_once(pointer).is_some_and(|(_, after)| after.trim_start().starts_with(':'))
    })
}

/// How long a headline may be, in bytes: about seventy Urdu letters.
const HEADLINE_BYTES: usize = 150;

/// Tells whether an outlet's name alone in brackets ends a paragraph: the credit of a picture.
pub(super) fn is_credit(text: &str, paragraph: &Span, span: &Span) -> bool {
    let before = text.get(paragraph.start..span.start).unwrap_or_default();
    let after = text.get(span.end..paragraph.end).unwrap_or_default();
    before.ends_with('(') && before.trim_end_matches('(').len() > 1 && after.trim_end() == ")"
}

/// Tells whether the name of a place is somebody's here: `Multan Vs.`, `Multan son of`.
pub(super) fn is_party(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let alone = before.trim_end_matches([' ', '\t']);
    let alone = alone.is_empty() || alone.ends_with(['\n', ':', ';', '.', '"', '“', ')']);
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let next = |words: &[&str]| {
        words.iter().any(|word| {
            let head = after.get(..word.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(word))
        })
    };
    let named =
        ["appellant,", "petitioner,", "respondent,", "plaintiff,", "defendant,", "accused,"]
            .iter()
            .any(|role| before.trim_end().ends_with(role));
    alone && next(&["vs.", "vs ", "versus", "v. ", "v/s"])
        || named && next(&[","])
        || next(&["s/o ", "son of ", "d/o ", "w/o ", "(deceased)"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_may_have_the_name_of_a_place() {
        let check = |text: &str| {
            let at = text.find("Multan").unwrap();
            is_party(text, &(at..at + 6))
        };
        assert!(check("R.F.A. No. 778 of 2021\nMultan\nVs.\nMst. Noureen"));
        assert!(check("the appellant Multan son of Gul"));
        assert!(check("The case is that the appellant, Multan, instituted a suit"));
        assert!(!check("the Electric Company of Multan Vs. Nobody"));
        assert!(!check("a suit at Multan was filed"));
    }

    #[test]
    fn headlines_in_the_text_and_credits_of_pictures() {
        let text =
            "یہ بھی پڑھیں:اللہ کو پتہ ہے بانی پی ٹی آئی کی رہائی کب ہوگی۔ بانی پی ٹی آئی نے کہا";
        let (first, last) = (text.find("بانی").unwrap(), text.rfind("بانی").unwrap());
        assert!(
            is_in_headline(text, &(first..first + 8)) && !is_in_headline(text, &(last..last + 8))
        );
        let credit = |text: &str| {
            let at = text.find("Reuters").unwrap();
            is_credit(text, &(0..text.len()), &(at..at + 7))
        };
        assert!(credit("Protesters in the street. (Reuters)"));
        assert!(!credit("(Reuters) - The court sat.") && !credit("(Reuters)"));
    }

    #[test]
    fn a_text_is_of_the_country_that_it_names() {
        assert_eq!(
            countries(["The Islamabad High Court and Pakistan; Indian courts"].into_iter()),
            (2, 1)
        );
        assert_eq!(countries(["یمنی وزارت دفاع نے یمن میں کہا"].into_iter()), (0, 2));
    }

    #[test]
    fn acronyms_are_spelled_by_initials() {
        assert!(spelled("Laboratory Information Management System", "LIMS"));
        assert!(spelled("Federal Bureau of Investigation", "FBI"));
        assert!(!spelled("Pakistan Telecommunication Authority", "LIMS"));
        let before = "replaced by the Parent Teacher Association";
        assert_eq!(spelled_before(before, "PTA"), Some("Parent Teacher Association"));
        assert_eq!(spelled_before("the Authority", "PTA"), None);
    }

    #[test]
    fn names_are_alike_by_their_words() {
        assert!(is_like("Federal Investigating Agency", "Federal Investigation Agency"));
        assert!(!is_like(
            "Laboratory Information Management System",
            "Lawful Intercept Management System"
        ));
        assert!(!is_like("Federal Insurance Authority", "Federal Investigation Agency"));
    }

    #[track_caller]
    fn check_part(text: &str, name: &str, expect: bool) {
        let at = text.find(name).unwrap();
        let own = |word: &str| ["imran", "khan", "ahmad", "niazi"].contains(&word);
        assert_eq!(is_part_of_name(text, &(at..at + name.len()), own), expect, "{text}");
    }

    #[test]
    fn a_longer_name_is_another_person() {
        check_part("Muhammad Imran Khan filed", "Imran Khan", true);
        check_part("Imran Khan Afridi filed", "Imran Khan", true);
        check_part("Imran Khan Niazi filed", "Imran Khan", false);
        check_part("Prime Minister Imran Khan said", "Imran Khan", false);
        check_part("Mr. Imran Khan", "Imran Khan", false);
    }

    #[test]
    fn addresses_and_menus_name_nobody() {
        let text = "see www.dawn.com/news and x@pta.gov.pk";
        for name in ["dawn", "pta"] {
            let at = text.find(name).unwrap();
            assert!(is_in_address(text, &(at..at + name.len())), "{name}");
        }
        assert!(!is_in_address("the PTA/FIA list.", &(4..7)));
        assert!(is_menu("Home • DRM Exclusive • News • Court Updates"));
        assert!(is_menu("یہ بھی پڑھیں: سپریم کورٹ کا فیصلہ") && is_menu("Uploaded By: IT, IHC"));
        assert!(!is_menu("Read the order of the Islamabad High Court."));
        assert!(!is_menu("The court heard the case. | It was adjourned | to a date | in office."));
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

    #[test]
    fn a_body_with_the_name_of_a_court() {
        let text = "Supreme Court Bar Association";
        assert!(begins_longer_name(text, &(0..13), true));
        assert!(!begins_longer_name("Supreme Court Judges met", &(0..13), false));
        assert!(!begins_longer_name("Supreme Court said Bar", &(0..13), true));
    }

    #[test]
    fn brackets_define() {
        let text = "the Example Bureau (hereinafter referred to as \"EXB\") said";
        let at = text.find("EXB").unwrap();
        let found = definition(text, &(0..text.len()), &(at..at + 3));
        assert_eq!(found, Some(Definition::Words(0..18)));
        let text = "the EXB (Example Bureau) said";
        assert_eq!(definition(text, &(0..text.len()), &(4..7)), Some(Definition::After(9..23)));
        assert_eq!(definition("the EXB said", &(0..12), &(4..7)), None);
    }
}
