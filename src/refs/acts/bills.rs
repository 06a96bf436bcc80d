//! Bills of parliaments by their names: `Investigatory Powers Bill`, `Kite Levy Amendment Bill 1997`.

use super::ActMention;
use super::named::year_after;
use super::title::{Titled, nation_of};
use super::words::title_start;
use crate::refs::report::Reading;
use crate::refs::scan::{any_word, is_word, n_squeezed, number, slug, squeeze, starts_word, ws};

/// Words that stand before `Bill` and name none: `a Private Bill`, `the Draft Bill`.
const NO_BILLS: &[&str] = &[
    "private",
    "public",
    "government",
    "hybrid",
    "draft",
    "member's",
    "members'",
    "money",
    "a",
    "an",
    "the",
    "this",
    "that",
    "any",
    "new",
    "every",
    "each",
    // `Mayor Bill de Blasio`
    "mayor",
    "president",
    "senator",
    "governor",
    "secretary",
    "minister",
    "justice",
    "judge",
    "sir",
    "general",
    "mr",
    "mr.",
    "dr",
    "dr.",
    "congressman",
    "representative",
    "professor",
    "coach",
    "uncle",
    "councillor",
    "speaker",
    // What is owed.
    "electricity",
    "telephone",
    "phone",
    "water",
    "gas",
    "hospital",
    "hotel",
    "pay",
    "dollar",
    "utility",
];

/// Reads `Wheat Marketing Amendment Bill 1997`, `Customs Tariff Amendment Bill (No. 2) 1997` and
/// `Investigatory Powers Bill`; a bill of one word needs its year.
pub(super) fn bill(r: Reading<'_>, start: usize, end: usize, country: &str) -> Titled {
    let word = r.get(start, end);
    let small = word.starts_with(|c: char| c.is_ascii_lowercase());
    if !starts_word(r.b, start) || is_word(r.b, end) || r.lenient {
        return Titled::No;
    }
    let (from, starts) = title_start(r, start, true);
    let words = r.get(from, start).trim();
    let several = starts.len() > 1 || words.contains('-');
    // `President Bill Rodgers`
    let next = ws(r.b, end);
    let goes_on = next > end && r.b.get(next).is_some_and(u8::is_ascii_uppercase);
    if from == start || goes_on || small && !several {
        return Titled::No;
    }
    let mut to = end;
    let mut count = String::new();
    let bracketed = |at: usize| -> Option<(u32, usize)> {
        let at = ws(r.b, at);
        matches!(r.b.get(at), Some(b'(' | b'[')).then_some(())?;
        let no = any_word(r.b, at + 1, &["no."])?;
        let (value, close) = number(r.b, ws(r.b, no), 2)?;
        matches!(r.b.get(close), Some(b')' | b']')).then_some((value, close + 1))
    };
    if let Some((value, after)) = bracketed(to) {
        count = format!("-no-{value}");
        to = after;
    }
    let dated = year_after(r, to);
    let fiscal = dated.is_none().then(|| fiscal_year(r, to)).flatten();
    if let Some((years, after)) = &fiscal {
        count = format!("{count}-{years}");
        to = *after;
    }
    if let Some((value, after)) = dated {
        to = after;
        if let Some((counted, after)) = bracketed(to).filter(|_| count.is_empty()) {
            count = format!("-no-{counted}");
            to = after;
        }
        count = format!("{count}-{value}");
    }
    let lower = words.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    if dated.is_none() && fiscal.is_none() && !several || NO_BILLS.contains(&last) {
        return Titled::No;
    }
    // Those of the table have ids of their own.
    let title = squeeze(r.get(from, end));
    if starts.iter().any(|&at| {
        let known = title.get(n_squeezed(r.get(from, at))..);
        known.is_some_and(|known| r.tables.act_titled(known, None).is_some())
    }) {
        return Titled::No;
    }
    let whose = nation_of(r, from, end, to, dated.map(|(value, _)| value));
    let (code, title, first) =
        whose.map_or((country, from, from), |whose| (whose.code, whose.title, whose.first));
    if title >= start {
        return Titled::No;
    }
    let id = format!("{code}/bill/{}{count}", slug(r.get(title, start)));
    Titled::Act(ActMention { start: first, end: to, id, weak: false, confidence: 0.85 }, None)
}

/// Reads the fiscal year of a finance bill, `2025-26`; returns it with the place behind it.
fn fiscal_year(r: Reading<'_>, end: usize) -> Option<(String, usize)> {
    let at = ws(r.b, end);
    let (first, dash) = number(r.b, at, 4).filter(|(value, _)| (1900..2100).contains(value))?;
    matches!(r.b.get(dash), Some(b'-' | b'/')).then_some(())?;
    let (second, to) = number(r.b, dash + 1, 2).filter(|(_, to)| to - dash == 3)?;
    let follows = (first + 1) % 100 == second && !is_word(r.b, to);
    follows.then(|| (format!("{first}-{second:02}"), to))
}
