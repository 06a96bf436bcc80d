//! Schedules of acts: `paragraph 17(1) of Schedule 4 to the`. They stand in the pinpoint.

use super::found::Found;
use super::items;
use super::report::Reading;
use super::scan::{any_word, any_word_back, roman, ws, ws_back};

/// Reads backwards `paragraph 17(1) of Schedule 4 to the`, `clause IV of Part I of the Fourth Schedule
/// of the` before an act; returns `sch 4 para 17(1)` and where it starts.
pub(super) fn schedule_before(r: Reading<'_>, start: usize) -> Option<(String, usize)> {
    let b = r.b;
    let mut at = ws_back(b, start);
    at = any_word_back(b, at, &["the"]).map_or(at, |at| ws_back(b, at));
    at = ws_back(b, any_word_back(b, at, &["to", "of", "in"])?);
    let (number, from) = if let Some(word) = any_word_back(b, at, &["schedule"]) {
        let (number, from) = ordinal_before(r, ws_back(b, word))?;
        (number.to_string(), from)
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
    let (items, from) = items_before(r, from);
    Some((format!("sch {number}{items}"), from))
}

/// Reads backwards `paragraph 17(1) of`, `Part I of`; returns ` part I para 17(1)` and where it starts.
fn items_before(r: Reading<'_>, start: usize) -> (String, usize) {
    let b = r.b;
    let (mut pin, mut from) = (String::new(), start);
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
    (pin, from)
}

/// How far behind a schedule `that Schedule` may mean it, in bytes.
const THAT_SCHEDULE: usize = 2500;

/// Finds `clause 17 of the Fifth Schedule` and `Paragraph 3 of that Schedule` without an act: of the
/// act that alone had that schedule in this text, or the one that they are joined to.
pub(super) fn alone(r: Reading<'_>, found: &[Found]) -> Vec<Found> {
    let b = r.b;
    let mut known: Vec<(&str, &Found)> = found
        .iter()
        .filter_map(|one| Some((one.pinpoint.as_deref()?.strip_prefix("sch ")?, one)))
        .map(|(pin, one)| (pin.split(' ').next().unwrap_or(pin), one))
        .collect();
    known.sort_by_key(|(_, one)| one.whole.start);
    let mut more = Vec::new();
    if known.is_empty() {
        return more;
    }
    for at in memchr::memmem::find_iter(b, "Schedule") {
        let end = at + "Schedule".len();
        let before = ws_back(b, at);
        let that = any_word_back(b, before, &["that", "the said", "the same"]);
        let ordinal = ordinal_before(r, before);
        let counted = items::item(r, ws(b, end)).filter(|_| b.get(end) == Some(&b' '));
        let (number, from, to) = match (that, ordinal, counted) {
            (Some(from), ..) => (None, from, end),
            (None, Some((number, from)), _) => (Some(number.to_string()), from, end),
            (None, None, Some((item, to))) => (Some(item.id), at, to),
            _ => continue,
        };
        // It says itself whose it is.
        let own = any_word(b, ws(b, to), &["of", "to"]).is_some() || super::scan::is_word(b, to);
        let (items, from) = items_before(r, from);
        if own || items.is_empty() {
            continue;
        }
        let idx = known.partition_point(|(_, one)| one.whole.start < from);
        let last = idx.checked_sub(1).and_then(|idx| known.get(idx));
        let last = last.filter(|(_, one)| one.whole.end <= from);
        let meant = match &number {
            None => last.filter(|(_, one)| from - one.whole.end < THAT_SCHEDULE).copied(),
            Some(number) => {
                let mut same = known.iter().filter(|(pin, _)| pin == number);
                let first = same.next();
                let is_one = same.all(|(_, one)| first.is_some_and(|(_, a)| a.id == one.id));
                let joined = || {
                    last.filter(|(_, one)| {
                        let gap = r.get(one.whole.end, from).trim();
                        ["read with", "and", "r/w", "or", "as well as", "and with"].contains(&gap)
                    })
                };
                first.filter(|_| is_one).or_else(joined).copied()
            }
        };
        let Some((pin, one)) = meant else { continue };
        let number = number.unwrap_or_else(|| pin.to_owned());
        let mut reference = Found::new(one.kind, one.id.clone(), from..to).with_confidence(0.8);
        reference.pinpoint = Some(format!("sch {number}{items}"));
        more.push(reference);
    }
    more
}

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// Reads `the Fourth` before `end`: its number and where it starts.
fn ordinal_before(r: Reading<'_>, end: usize) -> Option<(usize, usize)> {
    let place = ORDINALS.iter().position(|one| any_word_back(r.b, end, &[one]).is_some())?;
    let from = any_word_back(r.b, end, &[ORDINALS.get(place)?])?;
    Some((place + 1, any_word_back(r.b, ws_back(r.b, from), &["the"]).unwrap_or(from)))
}

/// Reads `and Schedule 1` and `and Schedules 1 and 2` before the act of both.
pub(super) fn schedule_beside(r: Reading<'_>, at: usize) -> Option<(String, usize)> {
    let word = any_word(r.b, at, &["and schedules", "and schedule", "or schedule"])?;
    let (items, end) = items::list(r, ws(r.b, word), "sch")?;
    let numbers: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    any_word(r.b, ws(r.b, end), &["to", "of"]).map(|_| (numbers.join(", "), end))
}
