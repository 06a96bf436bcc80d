//! Sections, articles and rules with their acts: `sections 37, 39 and 42 of PECA`.

use std::collections::HashSet;

use crate::model::{RefKind, Span};

use super::acts::{ActMention, Acts};
use super::amending;
use super::anchors::Anchor;
use super::bare;
use super::court_rules;
use super::found::Found;
use super::items::{self, Item};
use super::links::{chain, link};
use super::nearby::{nearby, quoted};
use super::recall::{
    bare_orders, of_codes, of_foremost, of_last, of_magistrates, of_most, of_orders, of_rules,
    of_taxes, own_sections, recall, same_again,
};
use super::report::Reading;
use super::scan::{
    any_word, any_word_back, has, is_word, number_back, roman, starts_word, ws, ws_back,
};
use super::schedule::{self, schedule_before};
use super::treaties;

/// A list of provisions and the act it belongs to, once that is known.
pub(super) struct Sections {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) items: Vec<Item>,
    /// What the id puts before the number: `s`, `art`, `r`, `o41.r`.
    pub(super) unit: String,
    pub(super) act: Option<Link>,
    /// `of the …` follows, something that is no known act: no other act may claim the list.
    pub(super) claimed: bool,
    /// `of the Code` follows, and the text has several: the word and its end.
    pub(super) word: Option<(String, usize)>,
    /// A schedule of the same act beside it: its number and place.
    pub(super) schedule: Option<(String, Span)>,
    /// `Clause of` stands before it: an Article of the Constitution of the United States.
    pub(super) of_clause: bool,
    /// `ibid` follows: the act named last, unless the section was another one's before.
    pub(super) ibid: Option<String>,
    pub(super) end_of_ibid: usize,
    /// `s20`, written together: it counts beside its act alone.
    pub(super) glued: bool,
}

impl Sections {
    /// Returns a list at `span` that has no act yet.
    pub(super) fn of(span: Span, items: Vec<Item>, unit: &str) -> Self {
        Self {
            start: span.start,
            end: span.end,
            items,
            unit: unit.to_owned(),
            act: None,
            claimed: false,
            word: None,
            schedule: None,
            of_clause: false,
            ibid: None,
            end_of_ibid: 0,
            glued: false,
        }
    }
}

#[derive(Clone)]
pub(super) struct Link {
    pub(super) id: String,
    pub(super) confidence: f32,
    /// The whole expression, act included.
    pub(super) whole: Span,
    /// The mention that the link used up.
    pub(super) mention: Option<usize>,
}

/// The longest words that join two lists, with `(both inclusive)`, in bytes.
pub(super) const MAX_JOINT: usize = 64;
/// What tax offices and the like call by the provision they rest on: `the Regulation 80 Determinations`.
const PAPERS: &[&str] =
    &["determination", "determinations", "decision", "decisions", "notice", "notices"];
/// The Code of Civil Procedure has so many Orders.
const LAST_ORDER: u32 = 51;
/// Finds the provisions and acts of a text.
pub(super) fn find(
    r: Reading<'_>,
    anchors: &[(usize, usize, Anchor)],
    acts: &Acts,
    codes: &[&str],
    country: &str,
    paragraphs: &[usize],
) -> Vec<Found> {
    let mut lists: Vec<Sections> =
        anchors.iter().filter_map(|&anchor| read_list(r, anchor)).collect();
    if country == "pk" {
        lists.extend(bare::find(r, acts));
        // `آرڈر 37` is one of the Code in a text that names it.
        if !acts.mentions.iter().any(|mention| mention.id.ends_with("/act/cpc")) {
            lists.retain(|list| {
                !list.unit.starts_with('o') || r.b.get(list.start).is_some_and(u8::is_ascii)
            });
        }
    }
    // There the sign is one of paragraphs, unless an act stands beside it.
    if matches!(country, "uk" | "ie" | "coe") {
        for list in &mut lists {
            list.glued |= r.text.get(list.start..).is_some_and(|rest| rest.starts_with('§'));
        }
    }
    if matches!(country, "uk" | "us") {
        lists.extend(court_rules::bare(r, acts));
    }
    lists.sort_by_key(|list| (list.start, std::cmp::Reverse(list.end)));
    lists.dedup_by(|later, earlier| later.start < earlier.end);
    // `Article 5 para. 1 (art. 5-1)`: the bracket says it again.
    let again: Vec<usize> = lists
        .windows(2)
        .enumerate()
        .filter_map(|(idx, pair)| {
            let [before, list] = pair else { return None };
            let base = |list: &Sections| list.items.first().map(Item::base);
            let bracket = list.start.checked_sub(before.end).is_some_and(|gap| gap <= 2)
                && r.get(before.end, list.start).trim() == "(";
            let same = before.unit == "art" && list.unit == "art" && base(before) == base(list);
            (bracket && same && r.b.get(list.end) == Some(&b')')).then_some(idx + 1)
        })
        .collect();
    for idx in again.into_iter().rev() {
        lists.remove(idx);
    }
    let mut last_used = None;
    for list in &mut lists {
        if list.act.is_none() {
            link(r, acts, list);
        }
        // `section 19 of the Customs Act, sub-section (3) of section 3 of …`: the act is the first one's.
        let again = list.act.as_ref().is_some_and(|act| {
            act.mention.is_some() && act.mention == last_used && act.whole.start < list.start
        });
        if again {
            list.act = None;
        }
        // Over a dash stands the next heading of a head note, which the list behind it may have.
        let used = list.act.as_ref().and_then(|act| act.mention).filter(|&idx| {
            let start = acts.mentions.get(idx).map_or(0, |mention| mention.start);
            list.end <= start && !r.get(list.end, start).contains('-')
        });
        last_used = used.or(last_used);
    }
    let mut more = if country == "pk" { bare::behind_acts(r, &lists) } else { Vec::new() };
    for list in &mut more {
        link(r, acts, list);
    }
    more.retain(|list| list.act.as_ref().is_some_and(|act| act.whole.end > list.end));
    if !more.is_empty() {
        lists.append(&mut more);
        lists.sort_by_key(|list| list.start);
    }
    if country == "us" {
        lists.retain(|list| !amending::is_own_heading(r, list, paragraphs));
    }
    // `s38(6)` of British courts is a section, `s20` may be anything.
    let told = |list: &Sections| {
        matches!(country, "uk" | "ie")
            && list.items.iter().all(|item| item.id.contains('.') && !item.decimal)
            && r.b.get(list.start) == Some(&b's')
    };
    lists.retain(|list| !list.glued || list.act.is_some() || told(list));
    if matches!(country, "uk" | "ie") {
        for list in lists.iter_mut().filter(|list| list.act.is_none() && list.unit != "art") {
            let next = ws(r.b, list.end);
            let papers = any_word(r.b, next, PAPERS).map(|to| r.get(next, to));
            // `under section 9 notice was given`
            list.claimed |= papers.is_some_and(|word| {
                word.starts_with(|c: char| c.is_ascii_uppercase()) || word.ends_with('s')
            });
        }
    }
    same_again(r, &mut lists);
    chain(r, &mut lists);
    amending::bind(r, acts, &mut lists, paragraphs);
    behind_this(r, &mut lists, paragraphs);
    own_sections(r, acts, &mut lists);
    quoted(r, acts, &mut lists);
    if country == "pk" {
        of_magistrates(r, &mut lists);
    }
    if country == "us" {
        of_codes(&mut lists, codes);
        of_taxes(r, &mut lists);
    }
    // In an amending text a bare section may be one of any act that it amends: nothing is guessed.
    if acts.amends {
        amending::again(&mut lists);
        nearby(r, acts, &mut lists, paragraphs);
    } else {
        let provided =
            if country == "pk" { Vec::new() } else { treaties::provided(r, acts, &lists) };
        let held = treaties::held(&mut lists, &provided);
        recall(r, acts, &mut lists, country);
        if !provided.is_empty() {
            treaties::give(&mut lists, provided, &held);
            recall(r, acts, &mut lists, country);
        }
        if matches!(country, "uk" | "ie") {
            treaties::of_last(acts, &mut lists);
        }
        if nearby(r, acts, &mut lists, paragraphs) {
            recall(r, acts, &mut lists, country);
        }
        of_rules(acts, &mut lists, country);
        of_foremost(r, acts, &mut lists, paragraphs);
        of_orders(acts, &mut lists);
        if matches!(country, "uk" | "ie" | "in") {
            of_most(&mut lists);
        }
        of_last(r, &mut lists, country);
        if country == "pk" {
            bare_orders(r, &mut lists);
        }
    }
    let mut used = HashSet::new();
    let mut found = Vec::new();
    for list in &lists {
        let Some(act) = &list.act else { continue };
        used.extend(act.mention);
        let mut act = act.clone();
        // `section 41 ibid`, whose act stands elsewhere: the word says it again, it is no other reference.
        if list.end_of_ibid > act.whole.end && list.end_of_ibid - list.end < MAX_JOINT {
            act.whole.end = list.end_of_ibid;
        }
        // `section 6 of the Ordinance ibid`
        if let Some(after) = any_word(r.b, ws(r.b, act.whole.end), &["ibid"]) {
            act.whole.end = after;
        }
        emit(r, list, &act, &mut found);
    }
    for (idx, mention) in acts.mentions.iter().enumerate() {
        if !used.contains(&idx) && !mention.weak {
            found.push(of_mention(r, mention));
        }
    }
    // In an act's own text a schedule without an act is its own.
    if acts.own.is_none() && !acts.amends {
        let schedules = schedule::alone(r, &found);
        found.extend(schedules);
    }
    found
}

/// Claims the bare lists behind `sections 2 to 6 of this Code`, a text that has no name here, in the same
/// paragraph: `Section 7 sets out …` is of that Code, too.
fn behind_this(r: Reading<'_>, lists: &mut [Sections], paragraphs: &[usize]) {
    let mut until = 0;
    for list in lists {
        if let Some((word, end)) = list.word.as_ref().filter(|_| list.act.is_none())
            && any_word_back(r.b, ws_back(r.b, end - word.len()), &["of this", "in this"]).is_some()
        {
            let next = paragraphs.partition_point(|&start| start <= list.start);
            until = paragraphs.get(next).copied().unwrap_or(r.b.len());
            list.claimed = true;
        } else if list.start < until && list.act.is_none() {
            list.claimed = true;
        }
    }
}

fn of_mention(r: Reading<'_>, mention: &ActMention) -> Found {
    if mention.id == "pk/act/cpc"
        && let Some((order, start)) = order_before(r, mention.start)
    {
        let id = format!("{}/o{order}", mention.id);
        return Found::new(RefKind::Statute, id, start..mention.end).with_confidence(0.85);
    }
    if let Some((part, start, end)) = court_rules::part_beside(r, mention) {
        let mut found = Found::new(kind_of(&mention.id), mention.id.clone(), start..end)
            .with_confidence(mention.confidence);
        found.pinpoint = Some(part);
        return found;
    }
    let schedule = schedule_before(r, mention.start);
    let start = schedule.as_ref().map_or(mention.start, |(_, start)| *start);
    let mut found = Found::new(kind_of(&mention.id), mention.id.clone(), start..mention.end)
        .with_confidence(mention.confidence);
    found.pinpoint = schedule.map(|(pin, _)| pin);
    found
}

/// Reads `XXXVII of the` before the Code of Civil Procedure: of what it has, Orders alone are counted
/// so. The word may stand elsewhere, where a table was read across its columns.
fn order_before(r: Reading<'_>, start: usize) -> Option<(u32, usize)> {
    let end = ws_back(r.b, any_word_back(r.b, ws_back(r.b, start), &["of the", "of"])?);
    let mut from = end;
    while from > 0 && r.b.get(from - 1).is_some_and(u8::is_ascii_uppercase) {
        from -= 1;
    }
    let value = roman(r.get(from, end)).filter(|value| end - from > 1 && *value <= LAST_ORDER)?;
    let headed = any_word_back(r.b, ws_back(r.b, from), &["part", "chapter", "schedule"]);
    (starts_word(r.b, from) && headed.is_none()).then_some((value, from))
}

/// Returns the family of an act's normal form.
pub(super) fn kind_of(id: &str) -> RefKind {
    let mut parts = id.split('/').skip(1);
    if parts.next() == Some("treaty") {
        return RefKind::Treaty;
    }
    let act = parts.next().unwrap_or_default();
    let rules = ["rules", "regulations", "mritt"].iter().any(|word| has(act, word));
    if rules { RefKind::Instrument } else { RefKind::Statute }
}

fn emit(r: Reading<'_>, list: &Sections, act: &Link, found: &mut Vec<Found>) {
    let known = r.tables.act_with_id(&act.id);
    let single = list.items.len() == 1;
    if let Some((number, span)) = &list.schedule {
        let mut one = Found::new(kind_of(&act.id), act.id.clone(), act.whole.clone());
        one.span = span.clone();
        one.pinpoint = Some(format!("sch {number}"));
        found.push(one.with_confidence(act.confidence));
    }
    if list.items.is_empty() {
        let id = format!("{}/{}", act.id, list.unit);
        found.push(
            Found::new(RefKind::Statute, id, act.whole.clone()).with_confidence(act.confidence),
        );
    }
    for item in &list.items {
        // `Section 2 thereof` of a body of rules is its rule 2.
        let unit = match list.unit.as_str() {
            "s" if act.id.ends_with("rules") || act.id.contains("-rules-") => "r",
            unit => unit,
        };
        let id = format!("{}/{unit}{}", act.id, item.id);
        let mut one = Found::new(kind_of(&act.id), id, act.whole.clone());
        if !single {
            one.span = item.span.clone();
        }
        one = one.with_confidence(act.confidence);
        if item.read_with {
            one = one.with_note("read with");
        }
        let beyond = known.and_then(|known| known.last).is_some_and(|last| item.base() > last);
        if beyond && !list.unit.starts_with('o') {
            one = one.with_confidence(0.55).with_note("the act has no such provision");
        }
        found.push(one);
    }
}

fn read_list(r: Reading<'_>, (start, end, anchor): (usize, usize, Anchor)) -> Option<Sections> {
    let unit = match anchor {
        Anchor::Section => "s",
        Anchor::Article => "art",
        Anchor::Rule => "r",
        Anchor::Regulation => "reg",
        Anchor::Order => return read_order(r, start, end),
        _ => return None,
    };
    let b = r.b;
    let mut from = start;
    // The literal `s.3` takes the first digit of the number.
    // The literal `art.l` does, too.
    let takes = |byte: &u8| byte.is_ascii_digit() || *byte == b'l' && b.get(end - 2) == Some(&b'.');
    let end = if b.get(end - 1).is_some_and(takes) { end - 1 } else { end };
    let word = r.get(from, end);
    let letters = word.trim_end().ends_with(|c: char| c.is_alphabetic());
    if !starts_word(b, from)
        || letters
            && !word.ends_with(' ')
            && is_word(b, end)
            && !b.get(end).is_some_and(u8::is_ascii_digit)
    {
        return None;
    }
    if word.starts_with("sub") || word.starts_with("Sub") {
        return None;
    }
    // `Sub-s 1) of S. 7`: a part whose bracket is lost, while `sub-s. 28(3)` is a section.
    if from >= 4 && r.get(from - 4, from).eq_ignore_ascii_case("sub-") {
        let lost =
            super::scan::number(b, ws(b, end), 3).is_some_and(|(_, to)| b.get(to) == Some(&b')'));
        if lost {
            return None;
        }
    }
    // `R. 2`, never the end of another word.
    if matches!(word, "r. " | "r.") {
        return None;
    }
    // `s20 of the Children Act`, never `S3`.
    let glued = matches!(word, "s" | "ss" | "S");
    // `S4(2) of the Care Standards Act` has a part.
    let parted = || {
        let digits = b.get(end..)?.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        (b.get(end + digits) == Some(&b'(')).then_some(())
    };
    if matches!(word, "S" | "SS" | "Ss") && parted().is_none() {
        return None;
    }
    // `the court's 3 judges`
    if word.trim_end().len() == 1 && from > 0 && b.get(from - 1) == Some(&b'\'') {
        return None;
    }
    let mut at = end;
    while matches!(b.get(at), Some(b' ' | b'.' | b':')) {
        at += 1;
    }
    // `s. ........ 4` leaves out what a form has.
    if r.get(end, at).contains("....") {
        return None;
    }
    // `rule -8 of Order IX`: a dash where a blank is meant.
    // `Section-4 of the Act`
    let spelt = word.len() > 3 && at > end - usize::from(word.ends_with(' '));
    if (spelt || matches!(word.to_ascii_lowercase().as_str(), "section" | "article" | "rule"))
        && b.get(at) == Some(&b'-')
    {
        at += usize::from(b.get(at + 1).is_some_and(u8::is_ascii_digit));
    }
    // `under the said Section. 3. The appellant`: a paragraph begins.
    if word.len() > 5 && b.get(end) == Some(&b'.') {
        let counted = super::scan::number(b, at, 3).is_some_and(|(_, to)| b.get(to) == Some(&b'.'));
        if counted {
            return None;
        }
    }
    if let Some(after) = any_word(b, at, &["nos.", "no.", "no", "number", "نمبر"]) {
        at = ws(b, after);
    }
    // `section of 122(5A)`
    if let Some(after) = any_word(b, at, &["of"]).filter(|_| word.len() > 5) {
        at = ws(b, after);
    }
    let listed =
        items::list(r, at, unit).or_else(|| roman_article(r, at).filter(|_| unit == "art"));
    let Some((mut items, list_end)) = listed else {
        // `u/s XXXIX, Rule 1 & 2, CPC`: an Order, whatever the slip says.
        let order = read_order(r, from, at).filter(|list| unit == "s" && !list.items.is_empty());
        return order.or_else(|| urdu_number_before(r, from, end, unit));
    };
    // `Police (Conduct) Regulations 2020/4`: a year and the number of the instrument.
    if unit == "reg" || unit == "r" {
        let slash = super::scan::year(b, at).is_some_and(|(_, to)| b.get(to) == Some(&b'/'));
        if slash {
            return None;
        }
    }
    // A year is no section: `Article 2016`.
    if items.first().is_some_and(|item| {
        item.base() >= 1800 && item.id.len() == 4 && items.len() == 1 && unit != "s"
    }) {
        return None;
    }
    // `Case No.610/Rule-19/2023`, `(Chapter-11: Part D, Rule-1)`: with a dash it needs whose rule it is.
    if word.eq_ignore_ascii_case("rule-") && any_word(b, ws(b, list_end), &["of"]).is_none() {
        return None;
    }
    // `sub-section (2) of section 3 and section 71`: they are parts of the first.
    let one =
        matches!(word.trim_end().to_ascii_lowercase().as_str(), "section" | "article" | "rule");
    if let Some(parts) = items::parts_before(r, from).filter(|_| one || items.len() == 1) {
        let single = parts.ids.len() == 1;
        if let Some(whole) = items.first().cloned() {
            let parts = parts.ids.into_iter().map(|(id, span)| {
                let span = if single { whole.span.clone() } else { span };
                Item { id: format!("{}{id}", whole.id), span, ..whole.clone() }
            });
            items.splice(..1, parts);
        }
        from = parts.start;
    }
    // `Article 10(A)`: a lettered article; clauses of articles have numbers.
    if unit == "art" {
        for item in &mut items {
            lettered(r, item);
        }
    }
    // `Article 14, Clause 1 of`, `Article 1 para. 1 of`
    let mut list_end = list_end;
    if let [item] = items.as_mut_slice()
        && unit == "art"
        && let Some((part, after)) = clause_behind(r, list_end)
    {
        item.id = format!("{}.{part}", item.id);
        list_end = after;
    }
    let mut list = Sections::of(from..list_end, items, unit);
    list.glued = glued;
    list.of_clause = unit == "art" && any_word_back(b, ws_back(b, from), &["clause of"]).is_some();
    if unit == "r" {
        rule_of_order(r, &mut list);
    }
    Some(list)
}

/// Turns `10.a`, printed `10(A)` with a capital letter, into `10a`.
fn lettered(r: Reading<'_>, item: &mut Item) {
    let Some((number, letter)) = item.id.split_once('.') else { return };
    let is_capital = letter.len() == 1
        && r.get(item.span.start, item.span.end).ends_with(')')
        && r.b.get(item.span.end.saturating_sub(2)).is_some_and(u8::is_ascii_uppercase);
    if is_capital && number.bytes().all(|byte| byte.is_ascii_digit()) {
        item.id = format!("{number}{letter}");
    }
}

/// Reads `, Clause 1` and `para. 1` behind an article, where `of` and its act follow.
fn clause_behind(r: Reading<'_>, end: usize) -> Option<(u32, usize)> {
    let mut at = ws(r.b, end);
    if r.b.get(at) == Some(&b',') {
        at = ws(r.b, at + 1);
    }
    let word = any_word(r.b, at, &["clause", "para.", "para", "paragraph"])?;
    let (value, after) = super::scan::number(r.b, ws(r.b, word), 2)?;
    let next = ws(r.b, after);
    let of = any_word(r.b, next, &["of", "(art.", "(arts."]).is_some();
    of.then_some((value, after))
}

/// `Article VI`, as the Constitution of the United States and treaties count.
fn roman_article(r: Reading<'_>, at: usize) -> Option<(Vec<Item>, usize)> {
    let mut end = at;
    while r.b.get(end).is_some_and(u8::is_ascii_uppercase) {
        end += 1;
    }
    let value = roman(r.get(at, end)).filter(|_| !is_word(r.b, end))?;
    let mut id = value.to_string();
    // `Article V(1)(a)`, `Article V 1(a)`
    if let Some((part, to)) = super::scan::number(r.b, end + 1, 1)
        && r.b.get(end) == Some(&b' ')
        && r.b.get(to) == Some(&b'(')
    {
        id = format!("{id}.{part}");
        end = to;
    }
    while r.b.get(end) == Some(&b'(')
        && let Some((group, to)) = items::group_at(r, end)
    {
        id.push('.');
        id.push_str(&group);
        end = to;
    }
    let item = Item { id, span: at..end, read_with: false, decimal: false, roman: true };
    Some((vec![item], end))
}

/// `۳۷ دفعہ`: the number before the word.
fn urdu_number_before(r: Reading<'_>, start: usize, end: usize, unit: &str) -> Option<Sections> {
    if r.get(start, end).is_ascii() {
        return None;
    }
    let before = ws_back(r.b, start);
    let (value, from) = number_back(r.b, before, 3)?;
    let id = value.to_string();
    let item = Item { id, span: from..before, read_with: false, decimal: false, roman: false };
    Some(Sections::of(from..end, vec![item], unit))
}

/// `Order XLI Rule 27`, `Order XXXIX, Rules 1 & 2`, `Order XLVII`.
fn read_order(r: Reading<'_>, start: usize, end: usize) -> Option<Sections> {
    if !starts_word(r.b, start) {
        return None;
    }
    // `O. XXVI, R. 9`, `O.XXVI`, never an initial.
    let printed = r.get(start, end);
    let short = printed.starts_with("O.");
    if !short && printed.starts_with("o.") {
        return None;
    }
    let end = if short { start + "O.".len() } else { end };
    let (order, after) = order_number(r, ws(r.b, end))?;
    let mut at = ws(r.b, after);
    while matches!(r.b.get(at), Some(b',' | b'-' | b' ')) {
        at += 1;
    }
    let rule = any_word(r.b, at, &["rules", "rule", "rr.", "r.", "rr", "r"]);
    let listed = rule.and_then(|rule| {
        let at = ws(r.b, rule);
        items::list(r, at, "r").or_else(|| roman_rules(r, at))
    });
    if let Some((items, to)) = listed {
        return Some(Sections::of(start..to, items, &format!("o{order}.r")));
    }
    if short && r.b.get(after).is_some_and(|&byte| !matches!(byte, b'-' | b',' | b' ' | b')')) {
        return None;
    }
    Some(Sections::of(start..after, Vec::new(), &format!("o{order}")))
}

/// Reads `XXXVII & XL`, rules as some number them.
fn roman_rules(r: Reading<'_>, at: usize) -> Option<(Vec<Item>, usize)> {
    let mut items = Vec::new();
    let (mut at, mut end) = (at, at);
    while let Some((mut one, to)) = roman_article(r, at) {
        items.append(&mut one);
        end = to;
        let next = ws(r.b, to);
        let mark = matches!(r.b.get(next), Some(b'&' | b',')).then_some(next + 1);
        let Some(joint) = any_word(r.b, next, &["and", "or"]).or(mark) else { break };
        at = ws(r.b, joint);
        // `R. I, C.P.C`: the code, and no Roman hundred.
        if r.b.get(at + 1) == Some(&b'.') {
            break;
        }
    }
    (!items.is_empty()).then_some((items, end))
}

/// Reads `XLI` or `41` as the number of an Order of the Code of Civil Procedure.
fn order_number(r: Reading<'_>, at: usize) -> Option<(String, usize)> {
    let mut end = at;
    while r.b.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        end += 1;
    }
    let word = r.get(at, end);
    let value = match word.parse::<u32>() {
        Ok(value) => value,
        Err(_) if r.lenient || word.bytes().all(|byte| byte.is_ascii_uppercase()) => roman(word)?,
        Err(_) => return None,
    };
    // `Order XXVII-A`
    let letter =
        r.b.get(end + 1).filter(|byte| r.b.get(end) == Some(&b'-') && byte.is_ascii_uppercase());
    let letter =
        letter.filter(|_| !is_word(r.b, end + 2)).map(|byte| char::from(byte.to_ascii_lowercase()));
    let number = letter.map_or(value.to_string(), |letter| format!("{value}{letter}"));
    let end = end + 2 * usize::from(letter.is_some());
    (1..=LAST_ORDER).contains(&value).then_some((number, end))
}

/// `Rule 27 of Order XLI` becomes `o41.r27`; so does `XLI Rule 27`, whatever the word before it.
fn rule_of_order(r: Reading<'_>, list: &mut Sections) {
    let mut end = ws_back(r.b, list.start);
    if end > 0 && r.b.get(end - 1) == Some(&b',') {
        end = ws_back(r.b, end - 1);
    }
    let mut from = end;
    while from > 0 && r.b.get(from - 1).is_some_and(u8::is_ascii_uppercase) {
        from -= 1;
    }
    let order = roman(r.get(from, end)).filter(|value| end - from > 2 && *value <= LAST_ORDER);
    let headed =
        any_word_back(r.b, ws_back(r.b, from), &["part", "chapter", "schedule", "volume", "vol."]);
    if let Some(order) = order.filter(|_| starts_word(r.b, from) && headed.is_none()) {
        list.unit = format!("o{order}.r");
        list.start = from;
        return;
    }
    let mut at = ws(r.b, list.end);
    if r.b.get(at) == Some(&b',') {
        at = ws(r.b, at + 1);
    }
    for small in ["of", "the"] {
        at = any_word(r.b, at, &[small]).map_or(at, |after| ws(r.b, after));
    }
    let short = r.b.get(at..at + 2) == Some(b"O.");
    let order_at = any_word(r.b, at, &["order"]).or(short.then_some(at + 2));
    let Some(order_at) = order_at else { return };
    if let Some((order, after)) = order_number(r, ws(r.b, order_at)) {
        list.unit = format!("o{order}.r");
        list.end = after;
    }
}
