//! Schedules of acts: `paragraph 17(1) of Schedule 4 to the`. They stand in the pinpoint.

use super::items;
use super::report::Reading;
use super::scan::{any_word, any_word_back, roman, ws, ws_back};

/// Reads backwards `paragraph 17(1) of Schedule 4 to the`, `clause IV of Part I of the Fourth Schedule
/// of the` before an act; returns `sch 4 para 17(1)` and where it starts.
pub(super) fn schedule_before(r: Reading<'_>, start: usize) -> Option<(String, usize)> {
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    let b = r.b;
    let mut at = ws_back(b, start);
    at = any_word_back(b, at, &["the"]).map_or(at, |at| ws_back(b, at));
    at = ws_back(b, any_word_back(b, at, &["to", "of", "in"])?);
    let (number, mut from) = if let Some(word) = any_word_back(b, at, &["schedule"]) {
        let before = ws_back(b, word);
        let place =
            ORDINALS.iter().position(|ordinal| any_word_back(b, before, &[ordinal]).is_some())?;
        let from = any_word_back(b, before, &[ORDINALS.get(place)?])?;
        ((place + 1).to_string(), any_word_back(b, ws_back(b, from), &["the"]).unwrap_or(from))
    } else {
        let mut begin = at;
        while begin > 0 && b.get(begin - 1).is_some_and(u8::is_ascii_alphanumeric) && at - begin < 5
        {
            begin -= 1;
        }
        let number = r.get(begin, at);
        let fits = number.starts_with(|c: char| c.is_ascii_digit()) || roman(number).is_some();
        let word =
            any_word_back(b, ws_back(b, begin), &["schedule", "sch.", "sch"]).filter(|_| fits)?;
        (number.to_owned(), word)
    };
    let mut pin = format!("sch {number}");
    // `paragraph 17(1) of`, `Part I of`
    for _ in 0..2 {
        let Some(of) = any_word_back(b, ws_back(b, from), &["of", "to", "of the", "in"]) else {
            break;
        };
        let end = ws_back(b, of);
        let mut begin = end;
        while begin > 0
            && end - begin < 12
            && b.get(begin - 1)
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || b"()".contains(byte))
        {
            begin -= 1;
        }
        let item = r.get(begin, end);
        let words = ["paragraph", "paragraphs", "para", "clause", "item", "entry", "rule", "part"];
        let Some(word) = any_word_back(b, ws_back(b, begin), &words).filter(|_| !item.is_empty())
        else {
            break;
        };
        let name = r.get(word, ws_back(b, begin)).to_ascii_lowercase();
        let name = if name.starts_with("para") { "para".to_owned() } else { name };
        pin.push_str(&format!(" {name} {item}"));
        from = word;
    }
    Some((pin, from))
}

/// Reads `and Schedule 1` and `and Schedules 1 and 2` before the act of both.
pub(super) fn schedule_beside(r: Reading<'_>, at: usize) -> Option<(String, usize)> {
    let word = any_word(r.b, at, &["and schedules", "and schedule", "or schedule"])?;
    let (items, end) = items::list(r, ws(r.b, word), "sch")?;
    let numbers: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    any_word(r.b, ws(r.b, end), &["to", "of"]).map(|_| (numbers.join(", "), end))
}
