//! Sections whose act stands elsewhere: in the text's own title, before them in the sentence, where the
//! same section was named with its act.

use std::collections::HashMap;

use crate::model::RefKind;

use super::acts::{ActMention, Acts};
use super::items::Item;
use super::links::OF_CODE;
use super::report::Reading;
use super::scan::number_back;
use super::statute::{Link, Sections, kind_of};

/// Gives a bare `section 1292(a)(1)` the title of the United States Code that alone had it before.
pub(super) fn of_codes(lists: &mut [Sections], codes: &[&str]) {
    let base = |id: &str| -> Option<u32> {
        let item = id.rsplit('/').next()?.strip_prefix('s')?;
        let end = item.find(|c: char| !c.is_ascii_digit()).unwrap_or(item.len());
        item.get(..end)?.parse().ok()
    };
    for list in
        lists.iter_mut().filter(|list| list.act.is_none() && !list.claimed && list.unit == "s")
    {
        let Some(first) = list.items.first().map(Item::base).filter(|&first| first > 0) else {
            continue;
        };
        let mut titles: Vec<&str> = codes
            .iter()
            .filter(|id| base(id) == Some(first))
            .filter_map(|id| id.rsplit_once('/').map(|(title, _)| title))
            .collect();
        titles.sort_unstable();
        titles.dedup();
        if let [title] = titles.as_slice() {
            let (id, whole) = ((*title).to_owned(), list.start..list.end);
            list.act = Some(Link { id, confidence: 0.85, whole, mention: None });
        }
    }
}

/// Gives `Magistrate Section 30` the Code of Criminal Procedure: its section 30 makes that magistrate.
pub(super) fn of_magistrates(r: Reading<'_>, lists: &mut [Sections]) {
    let is_section_30 = |list: &Sections| {
        list.unit == "s" && matches!(list.items.as_slice(), [item] if item.base() == 30)
    };
    for list in lists.iter_mut().filter(|list| list.act.is_none() && is_section_30(list)) {
        let before = r.get(0, list.start).trim_end_matches([' ', '\n', ',', '-', '–', '(']);
        if before.ends_with("Magistrate") || before.ends_with("MAGISTRATE") {
            let (id, whole) = ("pk/act/crpc".to_owned(), list.start..list.end);
            list.act = Some(Link { id, confidence: 0.85, whole, mention: None });
        }
    }
}

/// Gives bare sections to the tax code where a court says once that all of them are: `section
/// references are to the Internal Revenue Code`.
pub(super) fn of_taxes(r: Reading<'_>, lists: &mut [Sections]) {
    let says = |words: &[u8]| memchr::memmem::find(r.b, words).is_some();
    let code = "us/usc/26";
    if !says(b"references are to the Internal Revenue Code") {
        return;
    }
    for list in lists.iter_mut().filter(|list| list.act.is_none() && list.unit == "s") {
        let plain = list.items.iter().all(|item| item.base() > 0 && !item.decimal);
        if plain && !list.claimed && list.word.is_none() {
            let whole = list.start..list.end;
            list.act = Some(Link { id: code.to_owned(), confidence: 0.85, whole, mention: None });
        }
    }
}

/// Gives a bare `rule 22(2)` the only rules that a text of another country names, a bare `regulation 4`
/// the only regulations.
pub(super) fn of_rules(acts: &Acts, lists: &mut [Sections], country: &str) {
    // At home a rule may be one of the Code of Civil Procedure, whose Order stands elsewhere.
    let of_code = lists.iter().any(|list| list.unit.starts_with('o'))
        || acts.mentions.iter().any(|mention| mention.id.ends_with("/cpc"));
    if matches!(country, "pk" | "in") && of_code {
        return;
    }
    for list in lists.iter_mut().filter(|list| list.act.is_none() && !list.claimed) {
        let word = match list.unit.as_str() {
            "r" => "rules",
            "reg" => "regulations",
            _ => continue,
        };
        let plain = list.items.iter().all(|item| item.base() > 0 && !item.decimal);
        let Some((id, _)) = acts.meant_by(word, list.start).filter(|_| plain) else { continue };
        let whole = list.start..list.end;
        list.act = Some(Link { id, confidence: 0.7, whole, mention: None });
    }
}

/// Gives `section 43 of the Act`, where nothing else says which, the act named last before it, in a text
/// that names no other so often.
pub(super) fn of_foremost(
    r: Reading<'_>,
    acts: &Acts,
    lists: &mut [Sections],
    paragraphs: &[usize],
) {
    for list in lists.iter_mut().filter(|list| list.act.is_none() && !list.items.is_empty()) {
        let Some((word, end)) = &list.word else { continue };
        let (word, end) = (word.as_str(), *end);
        let from = end - word.len();
        // `of the act` with a small letter is what somebody did.
        if !r.b.get(from).is_some_and(u8::is_ascii_uppercase) {
            continue;
        }
        let last = acts.named_last(r, word, from).filter(|(id, _)| acts.is_foremost(id, word));
        let last = last.map(|(id, _)| (id, 0.6));
        let near = || acts.meant_near(word, from, paragraphs);
        let Some((id, confidence)) = last.or_else(near).filter(|(id, _)| has(r, id, list)) else {
            continue;
        };
        let whole = list.start..end;
        list.act = Some(Link { id, confidence, whole, mention: None });
    }
}

/// Tells whether an act may have the provisions of a list: as many, and counted so.
pub(super) fn has(r: Reading<'_>, id: &str, list: &Sections) -> bool {
    may_have(r, id, &list.unit)
        && r.tables
            .act_with_id(id)
            .and_then(|act| act.last)
            .is_none_or(|last| list.items.iter().all(|item| item.base() <= last))
}

/// Tells whether an act counts its provisions as `unit`: few have articles, and those have no sections.
pub(super) fn may_have(r: Reading<'_>, id: &str, unit: &str) -> bool {
    let Some(act) = r.tables.act_with_id(id) else {
        // What no table has is called an act, and acts have sections: articles are of an order or a treaty.
        let named = id.rsplit('/').next().unwrap_or_default();
        let sections = [super::scan::has(named, "act"), super::scan::has(named, "ordinance")];
        return unit != "art" || !id.starts_with("pk/act/") || !sections.contains(&true);
    };
    match unit {
        "s" => act.unit != "art",
        "art" => act.unit == "art" || id.contains("limitation-act"),
        _ => true,
    }
}

/// How far the act with articles may stand before a bare `Article 120`, in letters.
const WITH_ARTICLES: usize = 1_200;

/// Returns the act named last before a list that has so many articles: a treaty, the Qanun-e-Shahadat
/// Order, the Limitation Act, or the Constitution.
fn with_articles(r: Reading<'_>, acts: &Acts, list: &Sections) -> Option<String> {
    let n_before = acts.before(list.start).map_or(0, |idx| idx + 1);
    let near = acts.mentions.get(..n_before)?.iter().rev();
    // A letter of Urdu has two bytes.
    let mut near = near.take_while(|mention| list.start - mention.end < 2 * WITH_ARTICLES);
    let last = near
        .find(|mention| r.tables.act_with_id(&mention.id).is_some() && has(r, &mention.id, list))?;
    // `Article 1` of it would be named with the act; `Article 10-A` is the Constitution's.
    let lettered = |id: &str| {
        id.trim_start_matches(|c: char| c.is_ascii_digit())
            .starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let plain = list.items.iter().all(|item| item.base() > 1 && !item.decimal);
    let fits =
        last.id.contains("constitution") || !list.items.iter().any(|item| lettered(&item.id));
    let close = r.get(last.end, list.start).chars().count() < WITH_ARTICLES;
    (plain && fits && close && !last.weak).then(|| last.id.clone())
}

/// How far an Order of the Code of Civil Procedure may stand before a bare rule, in bytes.
const OF_ORDER: usize = 1_500;
/// How many lists before it are asked which Order had its number.
const MANY_LISTS: usize = 300;

/// Gives a bare `Rule 2`, or `R. 2 of the said Order`, the Order named before it that alone had that
/// rule, else the one named last.
pub(super) fn of_orders(acts: &Acts, lists: &mut [Sections]) {
    let is_order = |list: &Sections| {
        list.unit.starts_with('o') && list.act.as_ref().is_some_and(|act| act.id.ends_with("/cpc"))
    };
    let stem = |unit: &str| unit.split('.').next().unwrap_or(unit).to_owned();
    for idx in 1..lists.len() {
        let (before, rest) = lists.split_at(idx);
        let Some(list) = rest.first() else { continue };
        let said = list.word.as_ref().is_some_and(|(word, _)| word.eq_ignore_ascii_case("order"));
        let of_code = list.word.as_ref().is_some_and(|(word, _)| word == OF_CODE);
        let free = list.act.is_none() && list.unit == "r" && (said || of_code || !list.claimed);
        let Some(first) = list.items.first().filter(|_| free) else { continue };
        let mut near =
            before.iter().rev().take_while(|one| list.start.saturating_sub(one.end) < OF_ORDER);
        let Some(last) = near.find(|one| is_order(one)) else { continue };
        // Rules of their own named between would have it.
        let first_between = acts.mentions.partition_point(|mention| mention.start < last.end);
        let between = acts.mentions.iter().skip(first_between);
        let rules = between
            .take_while(|mention| mention.end <= list.start)
            .any(|mention| kind_of(&mention.id) == RefKind::Instrument);
        if rules {
            continue;
        }
        let mut known: Vec<String> = before
            .iter()
            .rev()
            .take(MANY_LISTS)
            .filter(|one| is_order(one) && one.unit.contains('.'))
            .filter(|one| one.items.iter().any(|item| item.base() == first.base()))
            .map(|one| stem(&one.unit))
            .collect();
        known.sort_unstable();
        known.dedup();
        let order = match known.as_slice() {
            [order] if !said => order.clone(),
            // Two rules of one number: which is meant, is not said.
            _ if of_code && !known.is_empty() => continue,
            _ => stem(&last.unit),
        };
        let Some(act) = last.act.as_ref().map(|act| act.id.clone()) else { continue };
        let Some(list) = lists.get_mut(idx) else { continue };
        let end = list.word.as_ref().filter(|_| said || of_code).map_or(list.end, |(_, end)| *end);
        let whole = list.start..end;
        list.unit = format!("{order}.r");
        list.act = Some(Link { id: act, confidence: 0.7, whole, mention: None });
    }
}

/// Gives a bare `the mandate of Order V` the Code, in a text that names that Order with it.
pub(super) fn bare_orders(r: Reading<'_>, lists: &mut [Sections]) {
    let of_code = |list: &&Sections| {
        list.unit.starts_with('o') && list.act.as_ref().is_some_and(|act| act.id.ends_with("/cpc"))
    };
    let stem = |list: &Sections| list.unit.split('.').next().unwrap_or_default().to_owned();
    let mut known: Vec<String> = lists.iter().filter(of_code).map(stem).collect();
    known.sort_unstable();
    known.dedup();
    for list in lists.iter_mut() {
        let free = list.act.is_none() && list.items.is_empty() && !list.claimed;
        let roman = r.get(list.start, list.end).ends_with(|c: char| c.is_ascii_uppercase());
        if free && roman && list.unit.starts_with('o') && known.contains(&list.unit) {
            let whole = list.start..list.end;
            list.act =
                Some(Link { id: "pk/act/cpc".to_owned(), confidence: 0.7, whole, mention: None });
        }
    }
}

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

/// Tells whether a list says itself whose it is: `section 10 (cautions) and Annex C of PACE Code H`.
fn says_whose(r: Reading<'_>, end: usize) -> bool {
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

/// Gives the bare sections of an act's own text that act.
pub(super) fn own_sections(r: Reading<'_>, acts: &Acts, lists: &mut [Sections]) {
    let Some(own) = &acts.own else { return };
    let known = r.tables.act_with_id(own);
    let unit = known.map_or("s", |act| act.unit.as_str());
    let last = known.and_then(|act| act.last).unwrap_or(u32::MAX);
    for list in lists.iter_mut().filter(|list| list.act.is_none() && !list.claimed) {
        let fits = list.unit == unit
            && !list.items.is_empty()
            && list.items.iter().all(|item| item.base() <= last)
            // `section 195 and Chapter XXXV of the Code of Criminal Procedure`
            && !says_whose(r, list.end);
        if fits {
            let whole = list.start..list.end;
            list.act = Some(Link { id: own.clone(), confidence: 0.9, whole, mention: None });
        }
    }
}

/// Which acts had a section of a number in a text.
#[derive(Default)]
pub(super) struct Seen {
    /// A text has few units (`s`, `art`, `o39.r`); a number of one has few acts.
    units: Vec<(String, HashMap<u32, Vec<String>>)>,
}

impl Seen {
    pub(super) fn note(&mut self, unit: &str, base: u32, id: &str) {
        let idx = self.units.iter().position(|(known, _)| known == unit).unwrap_or_else(|| {
            self.units.push((unit.to_owned(), HashMap::new()));
            self.units.len() - 1
        });
        let Some((_, acts)) = self.units.get_mut(idx) else { return };
        let ids = acts.entry(base).or_default();
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }

    pub(super) fn of(&self, unit: &str, base: u32) -> &[String] {
        let acts = self.units.iter().find(|(known, _)| known == unit).map(|(_, acts)| acts);
        acts.and_then(|acts| acts.get(&base)).map_or(&[], Vec::as_slice)
    }
}

impl Seen {
    /// Notes what the lists that have an act say.
    fn of_lists(lists: &[Sections]) -> Self {
        let mut seen = Self::default();
        for list in lists {
            let Some(act) = &list.act else { continue };
            for item in &list.items {
                seen.note(&list.unit, item.base(), &act.id);
            }
        }
        seen
    }
}

/// Gives `section 122(5A) ibid` the act that alone had that section in the text, else the one named
/// last before it.
pub(super) fn same_again(r: Reading<'_>, lists: &mut [Sections]) {
    let seen = Seen::of_lists(lists);
    for list in lists.iter_mut().filter(|list| list.act.is_none()) {
        // `Article 40 ibid` is of no act that has sections alone.
        if list.ibid.as_ref().is_some_and(|last| !may_have(r, last, &list.unit)) {
            continue;
        }
        let Some((last, first)) = list.ibid.take().zip(list.items.first()) else { continue };
        let known = seen.of(&list.unit, first.base());
        let id = match known {
            [id] => id.clone(),
            _ => last,
        };
        let whole = list.start..list.end_of_ibid;
        list.act = Some(Link { id, confidence: 0.8, whole, mention: None });
    }
}

/// How far before it a bare section of a number that several acts had may be named with its act, in bytes.
const OF_LAST: usize = 1_500;

/// Gives a bare section of a number that several acts of the text had the act of the last one close before.
pub(super) fn of_last(r: Reading<'_>, lists: &mut [Sections], country: &str) {
    for idx in 1..lists.len() {
        let (before, rest) = lists.split_at(idx);
        let Some(list) = rest.first() else { continue };
        let free = list.act.is_none() && !list.claimed && list.word.is_none();
        let counted = matches!(list.unit.as_str(), "s" | "art") && country == "pk";
        let Some(first) = list.items.first().filter(|item| free && counted && item.base() > 1)
        else {
            continue;
        };
        let near = before.iter().rev().take(MANY_LISTS);
        let mut near = near.take_while(|one| list.start.saturating_sub(one.end) < OF_LAST);
        let same = near.find(|one| {
            one.unit == list.unit
                && one.act.is_some()
                && one.items.iter().any(|item| item.base() == first.base())
        });
        let Some(id) = same.and_then(|one| one.act.as_ref()).map(|act| act.id.clone()) else {
            continue;
        };
        let is_ours = id.starts_with("pk/");
        let is_roman = first.roman && id.contains("/act/constitution-");
        if is_roman || is_ours && speaks_of_india(r, list.start) {
            continue;
        }
        let whole = list.start..list.end;
        if let Some(list) = lists.get_mut(idx) {
            list.act = Some(Link { id, confidence: 0.6, whole, mention: None });
        }
    }
}

/// Gives a bare `section 37(6)` the act that alone had that section in this text, and a bare
/// `Article 199` the Constitution.
pub(super) fn recall(r: Reading<'_>, acts: &Acts, lists: &mut [Sections], country: &str) {
    let seen = Seen::of_lists(lists);
    let others_have_articles = acts.mentions.iter().any(|mention| {
        mention.id.contains("/treaty/")
            || mention.id.contains("limitation")
            || mention.id == "pk/act/qso"
            || mention.id == "eu/reg/gdpr"
    });
    // A text that names one act alone means it by every bare section.
    let mut only: Vec<&str> = acts.mentions.iter().map(|mention| mention.id.as_str()).collect();
    // Articles and rules are counted by those words.
    only.retain(|id| {
        let plain = !id.contains("/bill/") && !id.contains("constitution");
        plain && kind_of(id) == RefKind::Statute && may_have(r, id, "s")
    });
    only.sort_unstable();
    only.dedup();
    let only: Option<String> = match only.as_slice() {
        [id] => Some((*id).to_owned()),
        _ => None,
    };
    // The act whose articles alone the text names with their act: `Article 120`, where every other
    // Article was one of the Limitation Act.
    let mut of_articles: Vec<&str> = lists
        .iter()
        .filter(|list| list.unit == "art")
        .filter_map(|list| list.act.as_ref().map(|act| act.id.as_str()))
        .collect();
    of_articles.sort_unstable();
    of_articles.dedup();
    let of_articles: Option<String> = match of_articles.as_slice() {
        [id] => Some((*id).to_owned()),
        _ => None,
    };
    // `section 167 of the Code`, where only one code had a section 167 before.
    for list in lists.iter_mut().filter(|list| list.act.is_none()) {
        let Some(((word, end), first)) = list.word.as_ref().zip(list.items.first()) else {
            continue;
        };
        let ids = seen.of(&list.unit, first.base());
        let mut fitting = ids.iter().filter(|id| super::acts::fits_word(id, word));
        if let (Some(id), None) = (fitting.next(), fitting.next()) {
            let whole = list.start..*end;
            list.act = Some(Link { id: id.clone(), confidence: 0.8, whole, mention: None });
        }
    }
    for list in lists.iter_mut().filter(|list| list.act.is_none() && !list.claimed) {
        let Some(first) = list.items.first() else { continue };
        let is_roman = first.roman;
        let known = seen.of(&list.unit, first.base());
        // `Art. 151 in the US Constitution` says nothing against the text's own.
        let mut at_home = known.iter().filter(|id| id.starts_with("pk/"));
        let home = at_home.next().filter(|_| country == "pk" && at_home.next().is_none());
        let known = home.map_or(known, std::slice::from_ref);
        let whole = list.start..list.end;
        let abroad = country == "pk" && speaks_of_india(r, list.start);
        // Articles of our Constitution have no roman numbers.
        let is_other = |id: &str| {
            abroad && id.starts_with("pk/") || is_roman && id.contains("/act/constitution-")
        };
        match known {
            [id] if !is_other(id) => {
                list.act = Some(Link { id: id.clone(), confidence: 0.8, whole, mention: None });
            }
            _ if abroad => {}
            [] if list.unit == "art" && country == "us" && list.of_clause => {
                let id = "us/const/us-constitution".to_owned();
                list.act = Some(Link { id, confidence: 0.75, whole, mention: None });
            }
            [] if is_roman => {}
            // In a text of Strasbourg they are the Convention's.
            [] if list.unit == "art" && country == "coe" => {
                let fits = list.items.iter().all(|item| (1..=59).contains(&item.base()));
                let id = "coe/treaty/echr".to_owned();
                list.act = fits.then_some(Link { id, confidence: 0.7, whole, mention: None });
            }
            [] if list.unit == "art"
                && matches!(country, "pk" | "in" | "lk" | "bd")
                && !others_have_articles =>
            {
                let last = match country {
                    "pk" => 280,
                    "in" => 395,
                    "lk" => 172,
                    _ => 153,
                };
                let fits = list.items.iter().all(|item| item.base() <= last && !item.decimal)
                    && first.base() > 1;
                if fits {
                    list.act = Some(Link {
                        id: format!("{country}/act/constitution-{country}"),
                        confidence: 0.8,
                        whole,
                        mention: None,
                    });
                }
            }
            [] if list.unit == "art"
                && country == "pk"
                && let Some(id) = with_articles(r, acts, list) =>
            {
                list.act = Some(Link { id, confidence: 0.7, whole, mention: None });
            }
            [] if list.unit == "art" && country == "pk" => {
                let fits = list.items.iter().all(|item| item.base() > 1 && !item.decimal);
                list.act = of_articles.clone().filter(|_| fits).map(|id| Link {
                    id,
                    confidence: 0.7,
                    whole,
                    mention: None,
                });
            }
            // `Article 8` of British courts, where every other was the Convention's.
            [] if list.unit == "art" && matches!(country, "uk" | "ie") => {
                let fits = list.items.iter().all(|item| (1..=59).contains(&item.base()));
                let treaty = of_articles.clone().filter(|id| fits && id == "coe/treaty/echr");
                list.act = treaty.map(|id| Link { id, confidence: 0.7, whole, mention: None });
            }
            // `WASH. REV. CODE § 26.50.010` counts as codes do.
            [] if list.unit == "s"
                && country == "us"
                && list.items.iter().any(|item| item.decimal) => {}
            [] if list.unit == "s" => {
                list.act =
                    only.clone().map(|id| Link { id, confidence: 0.75, whole, mention: None });
            }
            _ => {}
        }
    }
}

/// How far back a text is asked of which state it speaks, in bytes.
const STATE_REACH: usize = 1_500;

/// Tells whether India was named last before `at`, and no more Pakistan: what a judgment of Pakistan quotes
/// from there has articles and sections of the same numbers.
fn speaks_of_india(r: Reading<'_>, at: usize) -> bool {
    let before = r.b.get(at.saturating_sub(STATE_REACH)..at).unwrap_or_default();
    let last = |name: &[u8]| memchr::memmem::rfind(before, name);
    last(b"India").max(last(b"I.P.C")) > last(b"Pakistan").max(last(b"P.P.C")).max(last(b"PPC"))
}
