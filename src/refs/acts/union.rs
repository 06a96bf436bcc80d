//! Acts of the European Union by their numbers: `Directive 95/46/EC`, `Regulation (EU) No 833/2014`,
//! `Framework Decision 2002/584/JHA`.

use super::ActMention;
use crate::refs::report::Reading;
use crate::refs::scan::{any_word, any_word_back, ends_word, number, starts_word, ws, ws_back};

/// Reads the act whose word stands at `start`: `eu/dir/95-46`, `eu/reg/2014-833`, `eu/fd/2002-584`.
pub(super) fn numbered(r: Reading<'_>, start: usize) -> Option<ActMention> {
    let b = r.b;
    let (sort, word) = [
        ("fd", "framework decision"),
        ("dir", "directive"),
        ("reg", "regulation"),
        ("dec", "decision"),
    ]
    .into_iter()
    .find_map(|(sort, word)| any_word(b, start, &[word]).map(|after| (sort, after)))?;
    if !starts_word(b, start) || !b.get(start).is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let mut at = ws(b, word);
    let union = any_word(b, at, &["(eu, euratom)", "(euratom, ec)", "(eu)", "(ec)", "(eec)"]);
    at = union.map_or(at, |after| ws(b, after));
    let no = any_word(b, at, &["no.", "no", "n°"]);
    at = no.map_or(at, |after| ws(b, after));
    let (first, slash) = number(b, at, 4).filter(|(_, slash)| b.get(*slash) == Some(&b'/'))?;
    let n_first = slash - at;
    let (second, mut to) = number(b, slash + 1, 4)?;
    let n_second = to - slash - 1;
    let suffix = any_word(b, to, &["/eec", "/ec", "/eu", "/jha", "/cfsp", "/euratom"]);
    to = suffix.unwrap_or(to);
    // A number and a year alone may be of any state's regulations.
    let told = union.is_some() || suffix.is_some() || sort == "dir" && n_first != 3;
    if !told || !ends_word(b, to) || b.get(to) == Some(&b'/') {
        return None;
    }
    let is_year = |value: u32, digits: usize| {
        digits == 4 && (1950..2100).contains(&value) || digits == 2 && value >= 50
    };
    let full = |value: u32| if value < 100 { 1900 + value } else { value };
    // Regulations had the year behind until 2015, with `No`; directives always before.
    let id = if sort == "reg" && (no.is_some() || !is_year(first, n_first)) {
        is_year(second, n_second).then(|| format!("eu/reg/{}-{first}", full(second)))?
    } else if is_year(first, n_first) {
        let printed = if sort == "reg" { full(first) } else { first };
        format!("eu/{sort}/{printed}-{second}")
    } else {
        return None;
    };
    let from = any_word_back(b, ws_back(b, start), &["council", "commission"]).unwrap_or(start);
    // Those of the table have names of their own.
    let id = match id.as_str() {
        "eu/reg/2016-679" => "eu/reg/gdpr".to_owned(),
        "eu/dir/2002-58" => "eu/dir/eprivacy-directive".to_owned(),
        _ => id,
    };
    Some(ActMention { start: from, end: to, id, weak: false, confidence: 0.95 })
}
