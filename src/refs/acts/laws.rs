//! Laws by name and number, as states of the civil law and Sri Lanka have them: `Media Law 108/2011`,
//! `Declaration of Kites Law No. 1 of 1975`.

use super::ActMention;
use super::title::nation_of;
use super::words::title_start;
use crate::refs::report::Reading;
use crate::refs::scan::{any_word, ends_word, number, slug, starts_word, ws, year};

/// Reads the law whose last word stands at `start`; at home laws are acts and ordinances.
pub(super) fn numbered(r: Reading<'_>, start: usize, country: &str) -> Option<ActMention> {
    let b = r.b;
    let word = any_word(b, start, &["law"])?;
    let capital = b.get(start) == Some(&b'L');
    if country == "pk" || !capital || !starts_word(b, start) {
        return None;
    }
    let at = ws(b, word);
    let no = any_word(b, at, &["no.", "no"]).map(|after| ws(b, after));
    let (_, joint) = number(b, no.unwrap_or(at), 4)?;
    let slash = (b.get(joint) == Some(&b'/')).then_some(joint + 1);
    let of = || any_word(b, ws(b, joint), &["of"]).filter(|_| no.is_some()).map(|of| ws(b, of));
    let (value, to) = year(b, slash.or_else(of)?)?;
    let (from, _) = title_start(r, start, true);
    if from == start || !ends_word(b, to) || b.get(to) == Some(&b'/') {
        return None;
    }
    let whose = nation_of(r, from, word, to, Some(value));
    let (code, title, first) =
        whose.map_or((country, from, from), |whose| (whose.code, whose.title, whose.first));
    let id = format!("{code}/act/{}-{value}", slug(r.get(title, word)));
    (title < start).then_some(ActMention {
        start: first,
        end: to,
        id,
        weak: false,
        confidence: 0.85,
    })
}
