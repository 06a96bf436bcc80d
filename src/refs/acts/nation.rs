//! Whose act it is where the words around its name say so: `India's`, `the UK`, `of Kenya`.

use std::sync::LazyLock;

use crate::refs::report::Reading;
use crate::refs::scan::{any_word, any_word_back, ws, ws_back};

/// States with the words that give an act to them, small; abbreviations are never part of a title.
const NATIONS: &[(&str, &[&str])] = &[
    ("in", &["india", "indian"]),
    ("uk", &["uk", "u.k.", "british", "britain", "united kingdom", "england", "english"]),
    ("us", &["us", "u.s.", "u. s.", "usa", "american", "america", "united states"]),
    ("ie", &["ireland", "irish"]),
    ("bd", &["bangladesh", "bangladeshi"]),
    ("lk", &["sri lanka", "sri lankan", "ceylon"]),
    ("np", &["nepal", "nepalese"]),
    ("af", &["afghanistan", "afghan"]),
    ("ir", &["iran", "iranian"]),
    ("cn", &["china", "chinese"]),
    ("ke", &["kenya", "kenyan"]),
    ("ng", &["nigeria", "nigerian"]),
    ("gh", &["ghana", "ghanaian"]),
    ("ug", &["uganda", "ugandan"]),
    ("tz", &["tanzania", "tanzanian"]),
    ("zm", &["zambia", "zambian"]),
    ("zw", &["zimbabwe", "zimbabwean"]),
    ("za", &["south africa", "south african"]),
    ("mu", &["mauritius", "mauritian"]),
    ("eg", &["egypt", "egyptian"]),
    ("et", &["ethiopia", "ethiopian"]),
    ("sg", &["singapore", "singaporean"]),
    ("my", &["malaysia", "malaysian"]),
    ("id", &["indonesia", "indonesian"]),
    ("ph", &["philippines", "philippine"]),
    ("th", &["thailand", "thai"]),
    ("vn", &["vietnam", "vietnamese"]),
    ("mm", &["myanmar", "burmese"]),
    ("hk", &["hong kong"]),
    ("jp", &["japan", "japanese"]),
    ("kr", &["south korea", "south korean", "korean"]),
    ("au", &["australia", "australian"]),
    ("nz", &["new zealand"]),
    ("fj", &["fiji", "fijian"]),
    ("ca", &["canada", "canadian"]),
    ("mx", &["mexico", "mexican"]),
    ("br", &["brazil", "brazilian"]),
    ("de", &["germany", "german"]),
    ("fr", &["france", "french"]),
    ("it", &["italy", "italian"]),
    ("es", &["spain", "spanish"]),
    ("hu", &["hungary", "hungarian"]),
    ("pl", &["poland", "polish"]),
    ("gr", &["greece", "greek"]),
    ("ru", &["russia", "russian"]),
    ("ua", &["ukraine", "ukrainian"]),
    ("tr", &["turkey", "turkish"]),
    ("il", &["israel", "israeli"]),
    ("sa", &["saudi arabia", "saudi"]),
    ("ae", &["uae", "united arab emirates", "emirati"]),
    ("jo", &["jordanian"]),
    ("sy", &["syria", "syrian"]),
    ("al", &["albania", "albanian"]),
    ("se", &["sweden", "swedish"]),
    ("bg", &["bulgaria", "bulgarian"]),
    ("sk", &["slovakia", "slovak"]),
    ("cz", &["czech republic", "czech"]),
    ("ro", &["romania", "romanian"]),
    ("pt", &["portugal", "portuguese"]),
    ("nl", &["netherlands", "dutch"]),
    ("be", &["belgium", "belgian"]),
    ("at", &["austria", "austrian"]),
    ("ch", &["switzerland", "swiss"]),
    ("dk", &["denmark", "danish"]),
    ("no", &["norway", "norwegian"]),
    ("fi", &["finland", "finnish"]),
    ("hr", &["croatia", "croatian"]),
    ("rs", &["serbia", "serbian"]),
    ("lt", &["lithuania", "lithuanian"]),
    ("lv", &["latvia", "latvian"]),
    ("ee", &["estonia", "estonian"]),
    ("md", &["moldova", "moldovan"]),
    ("ge", &["georgian"]),
    ("am", &["armenia", "armenian"]),
    ("az", &["azerbaijan", "azerbaijani"]),
];

/// What a state calls itself before its name: `the Constitution of the Republic of Fiji`.
pub(super) const REPUBLICS: &[&str] = &[
    "republic of",
    "democratic republic of",
    "federal republic of",
    "people's republic of",
    "democratic socialist republic of",
];

/// Which of [`NATIONS`] have a word that opens, or ends, with a letter.
struct ByLetter {
    first: [Vec<usize>; 32],
    last: [Vec<usize>; 32],
}

static BY_LETTER: LazyLock<ByLetter> = LazyLock::new(|| {
    let mut by = ByLetter { first: Default::default(), last: Default::default() };
    for (idx, (_, words)) in NATIONS.iter().enumerate() {
        for word in *words {
            let ends = word.bytes().next().zip(word.bytes().next_back());
            let Some((first, last)) = ends else { continue };
            for (list, byte) in [(&mut by.first, first), (&mut by.last, last)] {
                let list = &mut list[usize::from(byte & 31)];
                if list.last() != Some(&idx) {
                    list.push(idx);
                }
            }
        }
    }
    by
});

/// Returns the nations of a list of [`ByLetter`] for `byte`, in order.
fn nations(
    lists: &[Vec<usize>; 32],
    byte: u8,
) -> impl Iterator<Item = &'static (&'static str, &'static [&'static str])> {
    lists[usize::from(byte & 31)].iter().filter_map(|&idx| NATIONS.get(idx))
}

/// Returns the state that the words right before `start` give an act to, and where they begin:
/// `India's`, `the British`.
pub(super) fn before(r: Reading<'_>, start: usize) -> Option<(&'static str, usize)> {
    let mut end = ws_back(r.b, start);
    if r.get(end.saturating_sub(2), end) == "'s" {
        end -= 2;
    } else if r.b.get(end.wrapping_sub(1)) == Some(&b'\'') {
        end -= 1;
    }
    let last = *r.b.get(end.checked_sub(1)?)?;
    nations(&BY_LETTER.last, last).find_map(|(code, words)| {
        let at = any_word_back(r.b, end, words)?;
        r.b.get(at).is_some_and(u8::is_ascii_uppercase).then_some((*code, at))
    })
}

/// Returns the state that the words right behind `end` give an act to: `of Kenya`, `(UK)`.
pub(super) fn behind(r: Reading<'_>, end: usize) -> Option<&'static str> {
    let at = ws(r.b, end);
    let of = any_word(r.b, at, &["of the", "of"]).map(|after| ws(r.b, after));
    let of = of.map(|at| any_word(r.b, at, REPUBLICS).map_or(at, |after| ws(r.b, after)));
    let open = (r.b.get(at) == Some(&b'(')).then_some(at + 1);
    let at = of.or(open)?;
    nations(&BY_LETTER.first, *r.b.get(at)?).find_map(|(code, words)| {
        let to = any_word(r.b, at, words)?;
        let ends = open.is_none() || r.b.get(to) == Some(&b')');
        // `of India's`, `of Indian origin` are the words of something else.
        let noun = r.b.get(to) != Some(&b'\'') && r.b.get(at).is_some_and(u8::is_ascii_uppercase);
        (ends && noun).then_some(*code)
    })
}

/// Returns the state that the first word of a title names, and where the rest of it begins where
/// that word is none of the title: `UK Online Safety Act`, `India's Telegraph Act`.
pub(super) fn opening(r: Reading<'_>, from: usize, end: usize) -> Option<(&'static str, usize)> {
    nations(&BY_LETTER.first, *r.b.get(from)?).find_map(|(code, words)| {
        let owned = words.iter().find_map(|word| {
            let to = from + word.len();
            let same = r.b.get(from..to)?.eq_ignore_ascii_case(word.as_bytes());
            (same && r.get(to, to + 2) == "'s").then_some(to + 2)
        });
        let rest = match owned {
            Some(to) => ws(r.b, to),
            None => {
                let to = any_word(r.b, from, words)?;
                let short = r.get(from, to).bytes().all(|byte| !byte.is_ascii_lowercase());
                if short { ws(r.b, to) } else { from }
            }
        };
        (rest < end).then_some((*code, rest))
    })
}
