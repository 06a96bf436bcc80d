//! The place inside a work that stands behind its citation: `at p. 410`, `, para 37`, `, [37]`,
//! `(paras 11 and 12)`.

use super::report::Reading;
use super::scan::{any_word, ends_word, number, word, ws};

/// Most places that one citation names.
const MAX_PLACES: usize = 12;

/// Reads `at p. 410`, `, para 37`, `, [37]`, and after an American page `, 2217`.
///
/// Several places stand as printed: `para 11-13`, `para 56, 59`.
pub(super) fn pinpoint(r: Reading<'_>, to: usize, american: bool) -> Option<String> {
    let b = r.b;
    let mut at = ws(b, to);
    let comma = b.get(at) == Some(&b',');
    let open = matches!(b.get(at), Some(b'(' | b'@'));
    if comma || open {
        at = ws(b, at + 1);
    }
    let said = any_word(b, at, &["at", "rel.", "relevant", "see", "@"]);
    if let Some(after) = said {
        at = ws(b, after);
    }
    // `at (paras 36 and 37)`
    if said.is_some() && !open && b.get(at) == Some(&b'(') {
        at = ws(b, at + 1);
    }
    if let Some(after) = any_word(b, at, &["the"]) {
        at = ws(b, after);
    }
    if b.get(at) == Some(&b'[') {
        let (first, end) = bracketed(b, at)?;
        return Some(places(b, "para", first, end, bracketed));
    }
    for (words, name) in [
        (&["pages", "page", "pp.", "pp", "pg.", "pg", "p.", "p"][..], "p"),
        (&["paragraphs", "paragraph", "paras.", "paras", "para.", "para", "¶¶", "¶"][..], "para"),
    ] {
        let Some(after) = words.iter().find_map(|text| {
            let end = word(b, at, text).or_else(|| {
                // `p410`, `para37`
                let end = at + text.len();
                let same = b.get(at..end)?.eq_ignore_ascii_case(text.as_bytes());
                (same && b.get(end).is_some_and(u8::is_ascii_digit)).then_some(end)
            })?;
            Some(end)
        }) else {
            continue;
        };
        let mut after = ws(b, after);
        if let Some(end) = any_word(b, after, &["no.", "no", "nos."]) {
            after = ws(b, end);
        }
        let (first, end) = plain(b, after)?;
        // `Page 9 of 16` is a running foot.
        let foot =
            any_word(b, ws(b, end), &["of"]).is_some_and(|of| number(b, ws(b, of), 4).is_some());
        return (!foot).then(|| places(b, name, first, end, plain));
    }
    // `2021-NCSC-57, ¶ 23`: the number that a state's court gives itself.
    if american
        && comma
        && let Some((_, dash)) =
            super::scan::year(b, at).filter(|&(_, end)| b.get(end) == Some(&b'-'))
        && b.get(dash + 1).is_some_and(u8::is_ascii_uppercase)
    {
        let letters = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
        let end = dash + b.iter().skip(dash).take(16).take_while(letters).count();
        return (b.get(end) == Some(&b',')).then(|| pinpoint(r, end, american)).flatten();
    }
    let bare = said.is_some() || american && comma;
    if bare && let Some((first, end)) = number(b, at, 5) {
        let stops = !matches!(b.get(end), Some(b'/')) && ends_word(b, end);
        // A year in brackets or another citation's volume is no page.
        let volume = american
            && b.get(end) == Some(&b' ')
            && b.get(end + 1).is_some_and(u8::is_ascii_uppercase);
        return (stops && !volume && (said.is_none() || !time_follows(b, end))).then(|| {
            match b.get(end).filter(|&&byte| byte == b'-').and_then(|_| number(b, end + 1, 5)) {
                Some((last, _)) => format!("p {first}-{last}"),
                None => format!("p {first}"),
            }
        });
    }
    None
}

/// Reads `paras 40 to 45`, `[40], [41]` after their word or from their bracket on: the places as a
/// pinpoint has them, and the end.
pub(super) fn paragraphs(b: &[u8], at: usize) -> Option<(String, usize)> {
    let one = if b.get(at) == Some(&b'[') { bracketed } else { plain };
    let (first, end) = one(b, at)?;
    Some(all(b, "para", first, end, one))
}

/// One place and its end.
type One = fn(&[u8], usize) -> Option<(String, usize)>;

/// `37`, `8(vi)`: a number with the part of it.
fn plain(b: &[u8], at: usize) -> Option<(String, usize)> {
    let (value, mut end) = number(b, at, 5)?;
    let mut text = value.to_string();
    while b.get(end) == Some(&b'(') {
        let inside = b.get(end + 1..)?;
        let len = inside.iter().take(5).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if len == 0 || inside.get(len) != Some(&b')') {
            break;
        }
        text.push_str(&String::from_utf8_lossy(b.get(end..end + len + 2)?));
        end += len + 2;
    }
    Some((text, end))
}

/// `[37]`. A year in brackets opens a parallel citation: `[2012] 2 FLR 939`.
fn bracketed(b: &[u8], at: usize) -> Option<(String, usize)> {
    (b.get(at) == Some(&b'[')).then_some(())?;
    let (value, end) = number(b, at + 1, 4)?;
    (b.get(end) == Some(&b']') && !is_year(value)).then(|| (value.to_string(), end + 1))
}

fn is_year(value: u32) -> bool {
    (1800..2100).contains(&value)
}

fn places(b: &[u8], name: &str, first: String, end: usize, one: One) -> String {
    all(b, name, first, end, one).0
}

/// Reads on after the first place: `to 13`, `, 59 and 61`.
fn all(b: &[u8], name: &str, first: String, end: usize, one: One) -> (String, usize) {
    let mut text = format!("{name} {first}");
    let mut end = end;
    for _ in 1..MAX_PLACES {
        let next = ws(b, end);
        let (joint, after) = if b.get(next) == Some(&b'-') {
            ("-", next + 1)
        } else if let Some(after) = any_word(b, next, &["to", "through"]) {
            ("-", after)
        } else {
            // `[64], [70]; [86]`: a semicolon alone may part citations.
            let semicolon = b.get(next) == Some(&b';') && b.get(ws(b, next + 1)) == Some(&b'[');
            let comma = usize::from(semicolon || b.get(next) == Some(&b','));
            match any_word(b, ws(b, next + comma), &["and", "&"]) {
                Some(after) => (", ", after),
                None if comma > 0 => (", ", next + 1),
                None => break,
            }
        };
        let Some((place, to)) = one(b, ws(b, after)) else { break };
        // The next number may open another citation: `para 4, 2019 SCMR 12`, `p. 5, 33 F.3d 8`,
        // or be a part of it: `para 4, 5/2019`.
        let value = number(b, ws(b, after), 5).map_or(0, |(value, _)| value);
        let behind = b.get(ws(b, to));
        let alone = ends_word(b, to)
            && !matches!(b.get(to), Some(b'/'))
            && !(matches!(b.get(to), Some(b'.')) && b.get(to + 1).is_some_and(u8::is_ascii_digit));
        let opens = joint != "-"
            && b.get(to) == Some(&b' ')
            && behind.is_some_and(|byte| byte.is_ascii_uppercase() || *byte == b'(');
        if !alone || opens || joint != "-" && is_year(value) {
            break;
        }
        text.push_str(joint);
        text.push_str(&place);
        end = to;
    }
    (text, end)
}

fn time_follows(b: &[u8], end: usize) -> bool {
    matches!(b.get(end), Some(b'.' | b':')) && b.get(end + 1).is_some_and(u8::is_ascii_digit)
        || any_word(b, ws(b, end), &["a.m", "p.m", "am", "pm", "hours"]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refs::Tables;

    #[test]
    fn a_semicolon_parts_places_in_square_brackets() {
        check(", at [64], [70], [76]; [86]", "para 64, 70, 76, 86");
        check(", at [64]; [2012] 2 FLR 939", "para 64");
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let r =
            Reading { text, b: text.as_bytes(), tables: Tables::builtin().inner(), lenient: false };
        assert_eq!(pinpoint(r, 0, false).unwrap_or_default(), expect, "{text}");
    }

    #[test]
    fn all_places_are_kept() {
        check(" (paras 11 and 12)", "para 11, 12");
        check(" paras 56, 59", "para 56, 59");
        check(", para 39 to 44", "para 39-44");
        check(" at (paras 36 and 37)", "para 36, 37");
        check(" (para 8(vi))", "para 8(vi)");
        check(", [36], [37] and [40]", "para 36, 37, 40");
        check(" at [36]-[38]", "para 36-38");
        check(" at pp. 410-412", "p 410-412");
    }

    #[test]
    fn another_citation_is_no_place() {
        check(" [2012] 2 FLR 939", "");
        check(", para 4, 2019 SCMR 12", "para 4");
        check(" at p. 5, 33 F.3d 8", "p 5");
        check(", para 4 and 5 Others", "para 4");
        check(" at p. 410 and 1999 SCMR 5", "p 410");
        check(", para 4, 5/2019", "para 4");
    }
}
