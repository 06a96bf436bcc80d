//! Codes of the American states: `Tenn. Code Ann. § 50-6-217`, `Cal. Penal Code § 632`.
//!
//! `us/tn/code/s50-6-217`, `us/ca/penal-code/s632`: the state, the words that name the code, the section.

use crate::model::RefKind;

use super::anchors::Anchor;
use super::found::Found;
use super::index::us_section;
use super::report::Reading;
use super::scan::{number, slug, ws, ws_back};

/// How the states are shortened before their codes, with what ids call them.
const STATES: &[(&str, &str)] = &[
    ("Ala.", "al"),
    ("Alaska", "ak"),
    ("Ariz.", "az"),
    ("Ark.", "ar"),
    ("Cal.", "ca"),
    ("Colo.", "co"),
    ("Conn.", "ct"),
    ("Del.", "de"),
    ("Fla.", "fl"),
    ("Ga.", "ga"),
    ("Haw.", "hi"),
    ("Idaho", "id"),
    ("Ill.", "il"),
    ("Ind.", "in"),
    ("Iowa", "ia"),
    ("Kan.", "ks"),
    ("Ky.", "ky"),
    ("La.", "la"),
    ("Me.", "me"),
    ("Md.", "md"),
    ("Mass.", "ma"),
    ("Mich.", "mi"),
    ("Minn.", "mn"),
    ("Miss.", "ms"),
    ("Mo.", "mo"),
    ("Mont.", "mt"),
    ("Neb.", "ne"),
    ("Nev.", "nv"),
    ("N.H.", "nh"),
    ("N.J.", "nj"),
    ("N.M.", "nm"),
    ("N.Y.", "ny"),
    ("N.C.", "nc"),
    ("N.D.", "nd"),
    ("Ohio", "oh"),
    ("Okla.", "ok"),
    ("Or.", "or"),
    ("Pa.", "pa"),
    ("R.I.", "ri"),
    ("S.C.", "sc"),
    ("S.D.", "sd"),
    ("Tenn.", "tn"),
    ("Tex.", "tx"),
    ("Utah", "ut"),
    ("Vt.", "vt"),
    ("Va.", "va"),
    ("Wash.", "wa"),
    ("Wis.", "wi"),
    ("Wyo.", "wy"),
];

/// The last words of the names of codes.
const ENDS: &[&str] = &["Code", "Ann.", "Stat.", "Stats.", "Law", "Laws", "Rev."];
/// The longest name of a code, in words.
const MAX_WORDS: usize = 7;

/// Finds sections of the codes of states, from the sign of the section.
pub(super) fn find(r: Reading<'_>, anchors: &[(usize, usize, Anchor)]) -> Vec<Found> {
    let signs = anchors
        .iter()
        .filter(|(start, end, anchor)| *anchor == Anchor::Section && r.get(*start, *end).starts_with('§'));
    signs.filter_map(|&(start, end, _)| section(r, start, end)).collect()
}

fn section(r: Reading<'_>, start: usize, end: usize) -> Option<Found> {
    let mut at = ws_back(r.b, start);
    // `N.Y. Lab. Law, § 740`, `Okla. Stat., Tit. 82, § 105`
    if r.b.get(at.checked_sub(1)?) == Some(&b',') {
        at -= 1;
    }
    let name_end = at;
    let mut first_word = true;
    for _ in 0..MAX_WORDS {
        let mut from = at;
        while from > 0
            && r.b.get(from - 1).is_some_and(|&byte| byte.is_ascii_alphabetic() || b".&".contains(&byte))
        {
            from -= 1;
        }
        let word = r.get(from, at);
        if first_word && !ENDS.iter().any(|end| end.eq_ignore_ascii_case(word)) {
            return None;
        }
        first_word = false;
        if let Some((_, state)) = STATES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)) {
            let name = r.get(at, name_end);
            let mut words = slug(name);
            words = words.trim_end_matches("-ann").to_owned();
            let mut item_at = ws(r.b, end);
            while r.text.get(item_at..).is_some_and(|rest| rest.starts_with('§')) {
                item_at = ws(r.b, item_at + '§'.len_utf8());
            }
            number(r.b, item_at, 5)?;
            let (item, to) = us_section(r, item_at)?;
            let id = format!("us/{state}/{words}/s{item}");
            return Some(Found::new(RefKind::Statute, id, from..to).with_confidence(0.9));
        }
        let fits = word.starts_with(|c: char| c.is_ascii_uppercase()) || word == "&" || word == "and";
        if !fits || r.b.get(from.checked_sub(1)?) != Some(&b' ') {
            return None;
        }
        at = ws_back(r.b, from);
    }
    None
}
