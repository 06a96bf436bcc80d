//! Urdu: letter names that spell an acronym, and the words of Urdu references.

use super::acts::ActMention;
use super::report::Reading;
use crate::text::urdu::first_letter;

/// Returns the Latin letters that a run of Urdu letter names spells, or `None` for other words.
///
/// Spaces, dots and bidi marks between the names do not matter: پی ایل ڈی gives `pld`.
pub(super) fn letters(text: &str) -> Option<String> {
    let mut rest: &str = text.trim();
    let mut spelled = String::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix([' ', '.', '-', '۔']) {
            rest = after;
            continue;
        }
        let (letter, after) = first_letter(rest)?;
        spelled.push(letter);
        rest = after;
    }
    (!spelled.is_empty()).then_some(spelled)
}

/// Words that are printed without a blank after a name.
const PARTICLES: &[&str] = &[
    "کو",
    "کی",
    "کے",
    "کا",
    "نے",
    "سے",
    "میں",
    "پر",
    "اور",
    "تک",
    "ہے",
    "بھی",
    "کیخلاف",
    "و",
    "کہ",
];

/// Tells whether an Urdu name may end at `end`: no letter follows, or a glued particle does. پیکار
/// and آئینہ hold پیکا and آئین and are other words.
pub(super) fn ends_name(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.is_empty() || word.is_ascii() || PARTICLES.contains(&word)
}

/// The Constitution where nothing is said of whose it is.
const CONSTITUTION: &str = "آئین";

/// Bodies that have a constitution of their own: پارٹی کے آئین میں, فیڈریشن کا آئین.
const BODIES: &[&str] =
    &["فیڈریشن", "پارٹی", "کلب", "بورڈ", "ایسوسی ایشن", "تنظیم", "جماعت", "یونین"];

/// Takes out the constitutions of bodies; of a text that speaks of one first, all that are named no further.
pub(super) fn drop_bodies(r: Reading<'_>, found: &mut Vec<ActMention>) {
    let is_bare = |one: &ActMention| r.get(one.start, one.end) == CONSTITUTION;
    let is_of_body = |one: &ActMention| {
        let from = r.text.ceil_char_boundary(one.start.saturating_sub(64));
        let before = r.get(from, one.start);
        let before = before.trim_end();
        let owner = ["کے", "کا", "کی"].iter().find_map(|of| before.strip_suffix(of));
        let owner = owner.unwrap_or(before).trim_end();
        BODIES.iter().any(|body| owner.ends_with(body))
    };
    let Some(first) = found.iter().filter(|one| is_bare(one)).min_by_key(|one| one.start) else {
        return;
    };
    let all = is_of_body(first);
    found.retain(|one| !is_bare(one) || !all && !is_of_body(one));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_before_a_blank_or_a_particle() {
        let ends = |text: &str| ends_name(text, "پیکا".len());
        assert!(ends("پیکا ایکٹ") && ends("پیکاکے تحت") && ends("پیکا") && ends("پیکا(2016)"));
        assert!(!ends("پیکار ہیں"));
    }

    #[test]
    fn letter_names_spell() {
        for (text, expect) in [
            ("پی ایل ڈی", Some("pld")),
            ("ایس سی ایم آر", Some("scmr")),
            ("ایس آر او", Some("sro")),
            ("پی ٹی اے", Some("pta")),
            ("سپریم کورٹ", None),
        ] {
            assert_eq!(letters(text).as_deref(), expect, "{text}");
        }
    }
}
