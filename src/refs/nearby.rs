//! Sections whose act the text names near them: before them in their sentence, in their quotation, in
//! their paragraph; and of which state it speaks there.

use crate::model::RefKind;

use super::acts::{ActMention, Acts};
use super::recall::{MANY_LISTS, Seen, has};
use super::report::Reading;
use super::scan::{any_word_back, number, number_back, ws, ws_back};
use super::statute::{Link, Sections, kind_of};

/// How far an act may stand before a bare section of the same sentence, in bytes.
const NEARBY: usize = 130;
/// How far it may stand before it in the same paragraph, where that names no other, in bytes.
const IN_PARAGRAPH: usize = 1200;

/// Gives a bare `Section 10-A` the act named before it in its sentence: `the Civil Servants Act,
/// 1973 has been amended, whereby Section 10-A has been inserted`; else the only act that its
/// paragraph names before it. Tells whether any was given.
pub(super) fn nearby(
    r: Reading<'_>,
    acts: &Acts,
    lists: &mut [Sections],
    paragraphs: &[usize],
) -> bool {
    let mut given = false;
    let mut seen = None;
    for idx in 0..lists.len() {
        let Some(list) = lists.get(idx) else { continue };
        let numbered = list.items.iter().all(|item| item.base() > 0 && !item.decimal);
        if list.act.is_some() || list.claimed || list.unit != "s" || !numbered {
            continue;
        }
        if says_whose(r, list.end) {
            continue;
        }
        let before = idx.checked_sub(1).and_then(|before| lists.get(before));
        let mut meant = in_sentence(r, acts, before, list.start);
        meant = meant.or_else(|| in_said_act(r, acts, before, list.start));
        // An amending text speaks of many acts: `In the Kite Act, 2016, for section 9, …`
        if !acts.amends {
            meant = meant
                .or_else(|| in_quotation(r, lists, paragraphs, list.start))
                .or_else(|| in_paragraph(r, acts, paragraphs, list))
                .or_else(|| in_lists(acts, lists, paragraphs, idx));
        }
        let abroad = || acts.country() == "pk" && speaks_of_india(r, list.start);
        let is_theirs = |id: &String| has(r, id, list) && !(id.starts_with("pk/") && abroad());
        let Some(id) = meant.filter(is_theirs) else { continue };
        // A section of this number was last one of another act: nothing is guessed.
        let seen = seen.get_or_insert_with(|| Seen::of_lists(lists));
        let known = list.items.first().map_or(&[][..], |first| seen.of("s", first.base()));
        if known.len() > 1 && last_with(lists, idx).is_some_and(|last| last != id) {
            continue;
        }
        let id = acts.amended_by(r, &id).unwrap_or(id);
        let whole = list.start..list.end;
        if let Some(list) = lists.get_mut(idx) {
            list.act = Some(Link { id, confidence: 0.6, whole, mention: None });
            given = true;
        }
    }
    given
}

/// Gives the bare sections of a quoted section the act that its words are of: `Section 12 of the Kite Act
/// reads: "12. Flying.- Whoever flies under section 9 …"`.
pub(super) fn quoted(r: Reading<'_>, acts: &Acts, lists: &mut [Sections]) {
    /// How long a quoted section may be, in bytes.
    const LONGEST: usize = 3_000;
    /// How far before its words the section may be named, in bytes.
    const NAMED: usize = 200;
    let mut idx = 0;
    while idx < lists.len() {
        let Some(list) = lists.get(idx) else { return };
        idx += 1;
        let named = list.act.as_ref().filter(|_| list.unit == "s");
        let (Some(act), [item]) = (named, list.items.as_slice()) else { continue };
        let from = list.end.max(act.whole.end);
        let limit = (from + NAMED).min(r.b.len());
        let Some(near) = r.b.get(from..limit) else { continue };
        let Some(open) = memchr::memchr(b'"', near).map(|open| from + open) else { continue };
        // The section's own number opens the quotation, behind a colon or a dash.
        let told = r.get(from, open).trim_end().ends_with([':', '-', '\u{2013}']);
        let number = number(r.b, ws(r.b, open + 1), 3);
        let same = number.is_some_and(|(value, to)| {
            value == item.base() && matches!(r.b.get(to), Some(b'.' | b'-' | b'A'..=b'Z'))
        });
        if !told || !same {
            continue;
        }
        let limit = (open + LONGEST).min(r.b.len());
        let close = r.b.get(open + 1..limit).and_then(|rest| memchr::memchr(b'"', rest));
        let close = close.map_or(limit, |close| open + 1 + close);
        let id = act.id.clone();
        while let Some(list) = lists.get_mut(idx).filter(|list| list.start < close) {
            idx += 1;
            let numbered = list.items.iter().all(|item| item.base() > 0 && !item.decimal);
            let free = list.act.is_none() && list.word.is_none() && !list.claimed;
            // `the Code of Kites, 1908, except sections 10 and 11`
            let another = acts.before(list.start).and_then(|idx| acts.mentions.get(idx));
            let another = another.is_some_and(|another| {
                another.start > open && another.id != id && list.start - another.end < NEARBY
            });
            let fits = list.unit == "s" && numbered && has(r, &id, list);
            if list.start > open && free && fits && !another {
                let whole = list.start..list.end;
                list.act = Some(Link { id: id.clone(), confidence: 0.75, whole, mention: None });
            }
        }
    }
}

/// Tells whether a list says itself whose it is: `section 10 (cautions) and Annex C of PACE Code H`.
pub(super) fn says_whose(r: Reading<'_>, end: usize) -> bool {
    let limit = (end + 50).min(r.text.len());
    let limit = (end..=limit).rev().find(|&at| r.text.is_char_boundary(at));
    let behind = limit.map(|limit| r.get(end, limit)).unwrap_or_default();
    let behind = behind.split([',', ';', '.']).next().unwrap_or_default();
    let Some((words, _)) = behind.split_once(" of ") else { return false };
    let mut depth = 0_usize;
    let mut plain = String::new();
    for c in words.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    // `section 37 or of the Kite Act` may be the text's own.
    let names =
        plain.split_whitespace().any(|word| !word.starts_with(|c: char| c.is_ascii_lowercase()));
    // A verb between them begins something else: `section 20 pertains to the dignity of a person`.
    names
        && plain.split_whitespace().all(|word| {
            word.starts_with(|c: char| !c.is_ascii_lowercase())
                || ["and", "or", "the", "to", "read", "with", "both", "inclusive"].contains(&word)
        })
}

/// Returns the act named right before `at` in the same sentence; another list between has it, or one
/// of its own.
fn in_sentence(
    r: Reading<'_>,
    acts: &Acts,
    list_before: Option<&Sections>,
    at: usize,
) -> Option<String> {
    let mention = acts.before(at).and_then(|idx| acts.mentions.get(idx))?;
    let between = r.get(mention.end, at);
    let own = list_before.is_none_or(|before| before.start < mention.end);
    let sentence = !between.contains(". ") && !between.contains(['?', ';', '\n', ':', '۔']);
    (own && sentence && between.len() <= NEARBY && may_be_meant(mention))
        .then(|| mention.id.clone())
}

/// Returns where `word` stands last that a blank opens and a comma ends.
fn last_with_comma(text: &str, word: &str) -> Option<usize> {
    let b = text.as_bytes();
    memchr::memrchr_iter(b',', b).find_map(|comma| {
        let start = comma.checked_sub(word.len())?;
        let same = b.get(start..comma) == Some(word.as_bytes());
        (same && start > 0 && b.get(start - 1) == Some(&b' ')).then_some(start)
    })
}

/// Returns what an amending text calls so before `at` in the same sentence: `In the said Act, in section 6`.
fn in_said_act(
    r: Reading<'_>,
    acts: &Acts,
    list_before: Option<&Sections>,
    at: usize,
) -> Option<String> {
    const SAID: &[&str] = &["in the said", "of the said", "in the principal"];
    let mut from = at.saturating_sub(NEARBY).max(list_before.map_or(0, |before| before.end));
    while !r.text.is_char_boundary(from) {
        from += 1;
    }
    let near = r.get(from, at);
    // Most have none.
    memchr::memmem::find(near.as_bytes(), b"said ")
        .or_else(|| memchr::memmem::find(near.as_bytes(), b"principal "))?;
    let (word, place) = ["Act", "Ordinance", "Code"]
        .iter()
        .filter_map(|word| last_with_comma(near, word).map(|place| (*word, from + place)))
        .max_by_key(|(_, place)| *place)?;
    let said = any_word_back(r.b, ws_back(r.b, place), SAID)?;
    let between = r.get(place, at);
    if between.contains(". ") || between.contains([';', '\n']) {
        return None;
    }
    let called = r.get(said, place + word.len());
    let mut terms = acts.terms.iter().rev().filter(|term| term.from <= said);
    let term = terms.find(|term| called.ends_with(&term.text) && term.text.contains(' '));
    let meant = term.map(|term| term.id.clone());
    meant.or_else(|| acts.named_last(r, word, said).map(|(id, _)| id))
}

/// Returns the only act that the paragraph names before the list, the Constitution not counted.
fn in_paragraph(
    r: Reading<'_>,
    acts: &Acts,
    paragraphs: &[usize],
    list: &Sections,
) -> Option<String> {
    let idx = paragraphs.partition_point(|&start| start <= list.start);
    let start = idx.checked_sub(1).and_then(|idx| paragraphs.get(idx)).copied()?;
    let end = paragraphs.get(idx).copied().unwrap_or(r.text.len());
    let first = acts.mentions.partition_point(|mention| mention.start < start);
    let mut here =
        acts.mentions.get(first..)?.iter().take_while(|mention| mention.start < end).filter(
            |mention| !mention.id.contains("constitution") && !mention.id.contains("/bill/"),
        );
    let from = start.max(list.start.saturating_sub(IN_PARAGRAPH));
    let Some(only) = here.next() else {
        // `the 2010 Act`
        let id = act_of_year(r, acts, from, list.start)?;
        return (!acts.loose_in(start, end)).then_some(id);
    };
    let near = only.end <= list.start && only.end >= from;
    let known = r.tables.act_with_id(&only.id).and_then(|act| act.last);
    let fits = list.items.iter().all(|item| known.is_none_or(|last| item.base() <= last));
    let alone = here.all(|other| other.id == only.id)
        && !acts.loose_in(start, end)
        && act_of_year(r, acts, from, list.start).is_none_or(|id| id == only.id);
    (near && fits && alone && may_be_meant(only)).then(|| only.id.clone())
}

/// Returns the act of the last list before that has the section which the list of this index opens with.
fn last_with(lists: &[Sections], idx: usize) -> Option<String> {
    let list = lists.get(idx)?;
    let base = list.items.first()?.base();
    let same =
        |one: &&Sections| one.unit == list.unit && one.items.iter().any(|item| item.base() == base);
    let before = lists.get(..idx)?.iter().rev().take(MANY_LISTS);
    let mut acts = before.filter(same).filter_map(|one| one.act.as_ref());
    acts.next().map(|act| act.id.clone())
}

/// Returns the act that all sections before this one in its paragraph are of, where that names no other:
/// `section 10(a) of the Act provides, "Whoever commits an offence under sections 6 or 7"`.
fn in_lists(acts: &Acts, lists: &[Sections], paragraphs: &[usize], idx: usize) -> Option<String> {
    let at = lists.get(idx)?.start;
    if acts.country() != "pk" {
        return None;
    }
    let this = paragraphs.partition_point(|&start| start <= at).checked_sub(1)?;
    let start = paragraphs.get(this).copied()?.max(at.saturating_sub(IN_PARAGRAPH));
    let end = paragraphs.get(this + 1).copied().unwrap_or(usize::MAX);
    let first = acts.mentions.partition_point(|mention| mention.start < start);
    let others = acts.mentions.iter().skip(first).take_while(|mention| mention.start < end);
    let before = lists.get(..idx)?.iter().rev().take_while(|list| list.start >= start);
    let mut ids = before
        .filter(|list| list.unit == "s")
        .filter_map(|list| list.act.as_ref())
        .map(|act| act.id.as_str());
    let only = ids.next()?;
    let alone = ids.all(|id| id == only)
        && others
            .into_iter()
            .all(|mention| mention.id == only || mention.id.contains("constitution"))
        && !acts.loose_in(start, at);
    (alone && kind_of(only) == RefKind::Statute).then(|| only.to_owned())
}

/// Returns the only act that `the 2010 Act` means between two places.
fn act_of_year(r: Reading<'_>, acts: &Acts, from: usize, to: usize) -> Option<String> {
    let mut meant = memchr::memmem::find_iter(r.b.get(from..to)?, b" Act").filter_map(|at| {
        let (value, _) = number_back(r.b, from + at, 4)?;
        let value = u16::try_from(value).ok()?;
        acts.meant_by_year(value, Some("Act")).map(|(id, _)| id)
    });
    let only = meant.next()?;
    meant.all(|id| id == only).then_some(only)
}

/// Returns the act whose words a quotation is in which `at` stands: `Section 123 of the 2010 Act
/// provides:- "(1) Proceedings on a complaint within section 120 may not be brought"`.
fn in_quotation(
    r: Reading<'_>,
    lists: &[Sections],
    paragraphs: &[usize],
    at: usize,
) -> Option<String> {
    let this = paragraphs.partition_point(|&start| start <= at).checked_sub(1)?;
    for before in (this.saturating_sub(MAX_QUOTED)..this).rev() {
        let (start, first) = (*paragraphs.get(before)?, *paragraphs.get(before + 1)?);
        let opening = r.get(start, first).trim_end().trim_end_matches(['-', ' ']);
        if !opening.ends_with(':') || r.b.get(first) != Some(&b'"') {
            continue;
        }
        let n_marks = r.get(first, at).matches('"').count();
        let idx = lists.partition_point(|list| list.start < first);
        let last = lists.get(..idx)?.last().filter(|list| list.start >= start && n_marks == 1)?;
        let act = last.act.as_ref().filter(|act| !act.id.contains("constitution"))?;
        return (last.unit == "s").then(|| act.id.clone());
    }
    None
}

/// The most paragraphs of one quotation that are looked back over.
const MAX_QUOTED: usize = 8;

/// Tells whether a bare section may be one of the act at this mention.
fn may_be_meant(mention: &ActMention) -> bool {
    kind_of(&mention.id) == RefKind::Statute
        && !mention.weak
        && !mention.id.contains("constitution")
        && !mention.id.contains("/bill/")
}

/// How far back a text is asked of which state it speaks, in bytes.
const STATE_REACH: usize = 1_500;

/// Tells whether India was named last before `at`, and no more Pakistan: what a judgment of Pakistan quotes
/// from there has articles and sections of the same numbers.
pub(super) fn speaks_of_india(r: Reading<'_>, at: usize) -> bool {
    let before = r.b.get(at.saturating_sub(STATE_REACH)..at).unwrap_or_default();
    let last = |name: &[u8]| memchr::memmem::rfind(before, name);
    last(b"India").max(last(b"I.P.C")) > last(b"Pakistan").max(last(b"P.P.C")).max(last(b"PPC"))
}
