//! Rules of courts that are cited by their name and a number alone: `CPR 3.4(2)`, `CPR Part 54`,
//! `Fed. R. Civ. P. 12(b)(6)`, `PD 54A`.

use crate::model::RefKind;

use super::acts::{ActMention, Acts};
use super::found::Found;
use super::items::{self, Item};
use super::report::Reading;
use super::scan::{any_word, any_word_back, ends_word, is_word, number, starts_word, ws, ws_back};
use super::statute::{Link, Sections};
use super::tables::Bare;

/// Returns the numbers right behind names of rules as lists that have their act.
pub(super) fn bare(r: Reading<'_>, acts: &Acts) -> Vec<Sections> {
    let mut lists = Vec::new();
    for (idx, mention) in acts.mentions.iter().enumerate() {
        let Some(bare) = bare_of(r, mention) else { continue };
        let mut at = ws(r.b, mention.end);
        if r.b.get(at) == Some(&b',') {
            at = ws(r.b, at + 1);
        }
        if let Some(after) = any_word(r.b, at, &["rules", "rule", "rr.", "rr", "r.", "r"]) {
            at = ws(r.b, after);
        }
        let Some((listed, end)) = items::list(r, at, "r") else { continue };
        // `CPR 35` is a Part.
        let fits = |item: &Item| item.decimal || bare == Bare::Any && item.base() < 1200;
        if !listed.iter().all(fits) {
            continue;
        }
        let act = Link {
            id: mention.id.clone(),
            confidence: 0.95,
            whole: mention.start..end,
            mention: Some(idx),
        };
        lists.push(Sections { act: Some(act), ..Sections::of(mention.start..end, listed, "r") });
    }
    lists
}

fn bare_of(r: Reading<'_>, mention: &ActMention) -> Option<Bare> {
    r.tables.act_with_id(&mention.id)?.bare
}

/// Returns the Part that stands beside a name of rules, `CPR Part 54`, `Part 35 of the CPR`: its
/// number, and the place of both.
pub(super) fn part_beside(r: Reading<'_>, mention: &ActMention) -> Option<(String, usize, usize)> {
    bare_of(r, mention)?;
    let b = r.b;
    let behind = any_word(b, ws(b, mention.end), &["part", "parts"]);
    let behind = behind.and_then(|after| number(b, ws(b, after), 2));
    if let Some((value, to)) = behind.filter(|(_, to)| ends_word(b, *to)) {
        return Some((format!("part {value}"), mention.start, to));
    }
    let of = any_word_back(b, ws_back(b, mention.start), &["of the", "of"])?;
    let end = ws_back(b, of);
    let (value, from) = super::scan::number_back(b, end, 2)?;
    let part = any_word_back(b, ws_back(b, from), &["part"])?;
    Some((format!("part {value}"), part, mention.end))
}

/// Finds the Practice Directions of British courts: `PD 54A`, `CPR PD 39A para 6.1`.
pub(super) fn practice_directions(r: Reading<'_>) -> Vec<Found> {
    let b = r.b;
    let mut found = Vec::new();
    for name in ["PD", "Practice Direction"] {
        for at in memchr::memmem::find_iter(b, name) {
            let end = at + name.len();
            let digits = ws(b, end);
            let Some((value, mut to)) = number(b, digits, 2).filter(|_| starts_word(b, at)) else {
                continue;
            };
            let letter = b.get(to).is_some_and(u8::is_ascii_uppercase) && !is_word(b, to + 1);
            let letters = if letter {
                to += 1;
                r.get(to - 1, to).to_ascii_lowercase()
            } else {
                String::new()
            };
            // `PD 5` may be any number; one of three letters is none.
            if !ends_word(b, to) || value == 0 || !letter && name == "PD" {
                continue;
            }
            let from = any_word_back(b, ws_back(b, at), &["cpr"]).unwrap_or(at);
            let id = format!("uk/pd/{value}{letters}");
            found.push(Found::new(RefKind::Instrument, id, from..to).with_confidence(0.85));
        }
    }
    found
}
