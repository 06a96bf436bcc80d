//! Sections whose act stands elsewhere: in the text's own title, where the same section was named with
//! its act. What stands near them, `nearby` reads.

use std::collections::HashMap;

use crate::model::RefKind;

use super::acts::Acts;
use super::items::Item;
use super::links::OF_CODE;
use super::nearby::{says_whose, speaks_of_india};
use super::report::Reading;
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
pub(super) const MANY_LISTS: usize = 300;

/// Gives a bare `Rule 2`, or `R. 2 of the said Order`, the Order named before it that alone had that
/// rule, else the one named last.
pub(super) fn of_orders(acts: &Acts, lists: &mut [Sections]) {
    let is_order = |list: &Sections| {
        list.unit.starts_with('o') && list.act.as_ref().is_some_and(|act| act.id.ends_with("/cpc"))
    };
    let stem = |unit: &str| unit.split('.').next().unwrap_or(unit).to_owned();
    /// No Order has more rules.
    const LAST_RULE: u32 = 110;
    for idx in 1..lists.len() {
        let (before, rest) = lists.split_at(idx);
        let Some(list) = rest.first() else { continue };
        let said = list.word.as_ref().is_some_and(|(word, _)| word.eq_ignore_ascii_case("order"));
        let of_code = list.word.as_ref().is_some_and(|(word, _)| word == OF_CODE);
        // `Rule 27 ibid` behind the Code: it has no rules but those of its Orders.
        // `R.I(l), C.P.C`: the letter is no Roman hundred.
        let unordered = list.act.as_ref().is_some_and(|act| act.id.ends_with("/act/cpc"))
            && list.items.first().is_some_and(|item| !item.roman);
        let free = list.unit == "r"
            && (unordered || list.act.is_none() && (said || of_code || !list.claimed));
        let few = |item: &&Item| free && item.base() <= LAST_RULE;
        let Some(first) = list.items.first().filter(few) else { continue };
        let mut near =
            before.iter().rev().take_while(|one| list.start.saturating_sub(one.end) < OF_ORDER);
        // `the Order IX-B reads as follows`: another Order that nobody gave its Code.
        let mut bare: Option<&str> = None;
        let last = near.find(|one| {
            let another = one.unit.starts_with('o') && one.items.is_empty() && one.act.is_none();
            if another && bare.is_none() {
                bare = Some(one.unit.as_str());
            }
            is_order(one)
        });
        let Some(last) = last else { continue };
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
            _ if bare.is_some() => bare.unwrap_or_default().to_owned(),
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
        let whole = list.act.take().map_or(whole, |link| link.whole);
        list.act = Some(Link { id: act, confidence: 0.7, whole, mention: None });
    }
    for list in lists.iter_mut().filter(|list| list.unit == "r") {
        list.act.take_if(|act| act.id.ends_with("/act/cpc"));
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
    pub(super) fn of_lists(lists: &[Sections]) -> Self {
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

/// Gives a bare `section 16(3)` of a number that several acts had the one that had it with that part, or
/// that had it far more often than all others, where it was named before.
pub(super) fn of_most(lists: &mut [Sections]) {
    /// A section named with its act.
    struct Place {
        start: usize,
        act: String,
        item: String,
    }
    /// Fewer places say nothing.
    const FEWEST: usize = 3;
    let mut places: HashMap<u32, Vec<Place>> = HashMap::new();
    for list in lists.iter() {
        let Some(act) = list.act.as_ref().filter(|_| list.unit == "s") else { continue };
        for item in &list.items {
            let place = Place { start: list.start, act: act.id.clone(), item: item.id.clone() };
            places.entry(item.base()).or_default().push(place);
        }
    }
    let mut given: Vec<(usize, String)> = Vec::new();
    for (idx, list) in lists.iter().enumerate() {
        let free = list.act.is_none() && !list.claimed && list.word.is_none() && list.unit == "s";
        let Some(first) = list.items.first().filter(|item| free && item.base() > 0) else {
            continue;
        };
        let Some(named) = places.get(&first.base()) else { continue };
        let before = || named.iter().filter(|place| place.start < list.start);
        let only = |ids: Vec<&String>| -> Option<String> {
            let first = ids.first()?;
            ids.iter().all(|id| id == first).then(|| (*first).clone())
        };
        let parted = first.id.contains('.');
        let same = only(
            before()
                .filter(|place| parted && place.item == first.id)
                .map(|place| &place.act)
                .collect(),
        );
        let most = || {
            let mut counts: HashMap<&str, usize> = HashMap::new();
            for place in before() {
                *counts.entry(place.act.as_str()).or_default() += 1;
            }
            let n: usize = counts.values().sum();
            let (id, count) = counts.into_iter().max_by_key(|(id, count)| (*count, *id))?;
            (count >= FEWEST && count >= 3 * (n - count)).then(|| id.to_owned())
        };
        if let Some(id) = same.or_else(most) {
            given.push((idx, id));
        }
    }
    for (idx, id) in given {
        if let Some(list) = lists.get_mut(idx) {
            let whole = list.start..list.end;
            list.act = Some(Link { id, confidence: 0.65, whole, mention: None });
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
    // Another state's act means nothing before the text has named it.
    let unnamed = |id: &str, at: usize| {
        let mut named = acts.mentions.iter().filter(|mention| mention.id == id);
        country == "pk"
            && !id.starts_with("pk/")
            && named.next().is_some_and(|first| first.start > at)
    };
    // `section 167 of the Code`, where only one code had a section 167 before.
    for list in lists.iter_mut().filter(|list| list.act.is_none()) {
        let Some(((word, end), first)) = list.word.as_ref().zip(list.items.first()) else {
            continue;
        };
        let ids = seen.of(&list.unit, first.base());
        let mut fitting = ids.iter().filter(|id| super::acts::fits_word(id, word));
        if let (Some(id), None) = (fitting.next(), fitting.next())
            && !unnamed(id, list.start)
        {
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
            abroad && id.starts_with("pk/")
                || is_roman && id.contains("/act/constitution-")
                || unnamed(id, whole.start)
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
