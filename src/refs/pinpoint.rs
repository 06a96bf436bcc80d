//! The place inside a work that stands behind its citation: `at p. 410`, `, para 37`, `, [37]`.

use super::report::Reading;
use super::scan::{any_word, ends_word, number, word, ws};

/// Reads `at p. 410`, `, para 37`, `, [37]`, and after an American page `, 2217`.
pub(super) fn pinpoint(r: Reading<'_>, to: usize, american: bool) -> Option<String> {
    let b = r.b;
    let mut at = ws(b, to);
    let comma = b.get(at) == Some(&b',');
    let open = b.get(at) == Some(&b'(') || b.get(at) == Some(&b'@');
    if comma || open {
        at = ws(b, at + 1);
    }
    let said = any_word(b, at, &["at", "rel.", "relevant", "see", "@"]);
    if let Some(after) = said {
        at = ws(b, after);
    }
    if let Some(after) = any_word(b, at, &["the"]) {
        at = ws(b, after);
    }
    if b.get(at) == Some(&b'[') {
        let (value, end) = number(b, at + 1, 4)?;
        return (b.get(end) == Some(&b']')).then(|| format!("para {value}"));
    }
    for (words, name) in [
        (&["pages", "page", "pp.", "pp", "pg.", "pg", "p.", "p"][..], "p"),
        (&["paragraphs", "paragraph", "paras.", "paras", "para.", "para", "¶"][..], "para"),
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
        let (first, end) = number(b, after, 5)?;
        // `Page 9 of 16` is a running foot.
        let foot =
            any_word(b, ws(b, end), &["of"]).is_some_and(|of| number(b, ws(b, of), 4).is_some());
        return (!foot).then(|| range(b, name, first, end));
    }
    let plain = said.is_some() || american && comma;
    if plain && let Some((first, end)) = number(b, at, 5) {
        let stops = !matches!(b.get(end), Some(b'/')) && ends_word(b, end);
        // A year in brackets or another citation's volume is no page.
        let volume = american
            && b.get(end) == Some(&b' ')
            && b.get(end + 1).is_some_and(u8::is_ascii_uppercase);
        return (stops && !volume && (said.is_none() || !time_follows(b, end)))
            .then(|| range(b, "p", first, end));
    }
    None
}

fn time_follows(b: &[u8], end: usize) -> bool {
    matches!(b.get(end), Some(b'.' | b':')) && b.get(end + 1).is_some_and(u8::is_ascii_digit)
        || any_word(b, ws(b, end), &["a.m", "p.m", "am", "pm", "hours"]).is_some()
}

fn range(b: &[u8], name: &str, first: u32, end: usize) -> String {
    if b.get(end) == Some(&b'-')
        && let Some((last, _)) = number(b, end + 1, 5)
    {
        return format!("{name} {first}-{last}");
    }
    format!("{name} {first}")
}
