//! Sections, articles and rules with their acts: `sections 37, 39 and 42 of PECA`.

use std::collections::HashSet;

use crate::model::{RefKind, Span};

use super::acts::{ActMention, Acts};
use super::anchors::Anchor;
use super::found::Found;
use super::items::{self, Item};
use super::recall::{nearby, of_codes, own_sections, recall, same_again};
use super::report::Reading;
use super::scan::{
    any_word, any_word_back, has, is_word, number_back, roman, squeeze, starts_word, ws, ws_back,
};
use super::schedule::{self, schedule_before, schedule_beside};

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
    /// `of the Code` follows, and the text has several.
    pub(super) word: Option<String>,
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

#[derive(Clone)]
pub(super) struct Link {
    pub(super) id: String,
    pub(super) confidence: f32,
    /// The whole expression, act included.
    pub(super) whole: Span,
    /// The mention that the link used up.
    pub(super) mention: Option<usize>,
}

/// The longest number of an act in brackets, `(XXVII of 1997)`, in bytes.
const MAX_NUMBER: usize = 18;
/// The longest words that join two lists, with `(both inclusive)`, in bytes.
const MAX_JOINT: usize = 64;
/// The Code of Civil Procedure has so many Orders.
const LAST_ORDER: u32 = 51;
/// Words between a provision and its act.
const FILL: &[&str] = &[
    "of",
    "the",
    "under",
    "in",
    "to",
    "from",
    "said",
    "aforesaid",
    "aforementioned",
    "first schedule",
    "second schedule",
    "third schedule",
    "schedule",
    "above",
    "this",
    "that",
    "new",
    "our",
    "repealed",
    "amended",
    "same",
    "both",
    "inclusive",
    "ibid",
    "thereof",
    "mentioned",
    "pakistan's",
    "also",
    "erstwhile",
    "late",
    "old",
    "relevant",
    "newly",
    "inserted",
    "substituted",
    "of the chapter",
    "آف",
    "کا",
    "کی",
    "کے",
    "از",
];
/// What joins two lists of one act.
const CHAINS: &[&str] = &[
    ",",
    "and",
    "&",
    "or",
    "read with",
    "r/w",
    ", read with",
    "as well as",
    ", and",
    "and also",
    "/",
    "along with",
    "alongwith",
    "(read with",
    "[read with",
    "of",
    "اور",
    ", or",
    "to",
    "read with the",
    "and the",
    "read together with",
    "read along with",
    "read alongwith",
    "read in conjunction with",
];

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
    lists.sort_by_key(|list| (list.start, std::cmp::Reverse(list.end)));
    lists.dedup_by(|later, earlier| later.start < earlier.end);
    let mut last_used = None;
    for list in &mut lists {
        link(r, acts, list);
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
    lists.retain(|list| !list.glued || list.act.is_some());
    same_again(&mut lists);
    chain(r, &mut lists);
    own_sections(r, acts, &mut lists);
    if country == "us" {
        of_codes(&mut lists, codes);
    }
    // In an amending text a bare section may be one of any act that it amends: nothing is guessed.
    if !acts.amends {
        recall(acts, &mut lists, country);
        if nearby(r, acts, &mut lists, paragraphs) {
            recall(acts, &mut lists, country);
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

fn of_mention(r: Reading<'_>, mention: &ActMention) -> Found {
    if mention.id == "pk/act/cpc"
        && let Some((order, start)) = order_before(r, mention.start)
    {
        let id = format!("{}/o{order}", mention.id);
        return Found::new(RefKind::Statute, id, start..mention.end).with_confidence(0.85);
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
    let end = if b.get(end - 1).is_some_and(u8::is_ascii_digit) { end - 1 } else { end };
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
    // `s20 of the Children Act`, never `S3`.
    let glued = matches!(word, "s" | "ss");
    if matches!(word, "S" | "SS" | "Ss") {
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
    // A year is no section: `Article 2016`.
    if items.first().is_some_and(|item| {
        item.base() >= 1800 && item.id.len() == 4 && items.len() == 1 && unit != "s"
    }) {
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
    // `Article 14, Clause 1 of`, `Article 1 para. 1 of`
    let mut list_end = list_end;
    if let [item] = items.as_mut_slice()
        && unit == "art"
        && let Some((part, after)) = clause_behind(r, list_end)
    {
        item.id = format!("{}.{part}", item.id);
        list_end = after;
    }
    let mut list = Sections {
        start: from,
        end: list_end,
        items,
        unit: unit.to_owned(),
        act: None,
        claimed: false,
        word: None,
        schedule: None,
        of_clause: false,
        glued: false,
        ibid: None,
        end_of_ibid: 0,
    };
    list.glued = glued;
    list.of_clause = unit == "art" && any_word_back(b, ws_back(b, from), &["clause of"]).is_some();
    if unit == "r" {
        rule_of_order(r, &mut list);
    }
    Some(list)
}

/// Reads `, Clause 1` and `para. 1` behind an article, where `of` and its act follow.
fn clause_behind(r: Reading<'_>, end: usize) -> Option<(u32, usize)> {
    let mut at = ws(r.b, end);
    if r.b.get(at) == Some(&b',') {
        at = ws(r.b, at + 1);
    }
    let word = any_word(r.b, at, &["clause", "para.", "para", "paragraph"])?;
    let (value, after) = super::scan::number(r.b, ws(r.b, word), 2)?;
    any_word(r.b, ws(r.b, after), &["of"]).map(|_| (value, after))
}

/// `Article VI`, as the Constitution of the United States and treaties count.
fn roman_article(r: Reading<'_>, at: usize) -> Option<(Vec<Item>, usize)> {
    let mut end = at;
    while r.b.get(end).is_some_and(u8::is_ascii_uppercase) {
        end += 1;
    }
    let value = roman(r.get(at, end)).filter(|_| !is_word(r.b, end))?;
    let id = value.to_string();
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
    Some(Sections {
        start: from,
        end,
        items: vec![item],
        unit: unit.to_owned(),
        act: None,
        claimed: false,
        word: None,
        schedule: None,
        of_clause: false,
        glued: false,
        ibid: None,
        end_of_ibid: 0,
    })
}

/// `Order XLI Rule 27`, `Order XXXIX, Rules 1 & 2`, `Order XLVII`.
fn read_order(r: Reading<'_>, start: usize, end: usize) -> Option<Sections> {
    if !starts_word(r.b, start) {
        return None;
    }
    // `O. XXVI, R. 9`, never an initial.
    let short = r.get(start, end).trim_end() == "O.";
    if !short && r.get(start, end).trim_end() == "o." {
        return None;
    }
    let (order, after) = order_number(r, ws(r.b, end))?;
    let mut at = ws(r.b, after);
    while matches!(r.b.get(at), Some(b',' | b'-' | b' ')) {
        at += 1;
    }
    let rule = any_word(r.b, at, &["rules", "rule", "rr.", "r.", "rr", "r"]);
    if let Some((items, to)) = rule.and_then(|rule| items::list(r, ws(r.b, rule), "r")) {
        return Some(Sections {
            start,
            end: to,
            items,
            unit: format!("o{order}.r"),
            act: None,
            claimed: false,
            word: None,
            schedule: None,
            of_clause: false,
            glued: false,
            ibid: None,
            end_of_ibid: 0,
        });
    }
    if short && r.b.get(after).is_some_and(|&byte| !matches!(byte, b'-' | b',' | b' ' | b')')) {
        return None;
    }
    Some(Sections {
        start,
        end: after,
        items: Vec::new(),
        unit: format!("o{order}"),
        act: None,
        claimed: false,
        word: None,
        schedule: None,
        of_clause: false,
        glued: false,
        ibid: None,
        end_of_ibid: 0,
    })
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
    (1..=LAST_ORDER).contains(&value).then(|| (value.to_string(), end))
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
    let Some(order_at) = any_word(r.b, at, &["of the order", "of order", "order"]) else { return };
    if let Some((order, after)) = order_number(r, ws(r.b, order_at)) {
        list.unit = format!("o{order}.r");
        list.end = after;
    }
}

/// Looks for the act right after the list, then right before it.
fn link(r: Reading<'_>, acts: &Acts, list: &mut Sections) {
    let b = r.b;
    let mut at = ws(b, list.end);
    let mut said_of = false;
    // Head notes put the act before its sections, and the next act behind a dash: `Penal Code (XLV of
    // 1860)---Ss. 302 & 34---Criminal Procedure Code (V of 1898), S. 497`.
    if b.get(at) == Some(&b'-') {
        link_before(r, acts, list);
        if list.act.is_some() {
            return;
        }
        let mut next = at;
        while matches!(b.get(next), Some(b'-' | b' ')) {
            next += 1;
        }
        if b.get(at + 1) == Some(&b'-') {
            // What stands behind the dashes is another heading.
            list.claimed = acts.at(next).is_some();
            return;
        }
    }
    // `section 382-BCr.P.C`, `302PPC`: the blank is lost.
    if let Some((id, to)) = glued_act(r, list.end).filter(|_| !list.items.is_empty()) {
        list.act = Some(Link { id, confidence: 0.85, whole: list.start..to, mention: None });
        return;
    }
    for _ in 0..10 {
        let skipped = skip_bracket(r, at);
        if matches!(b.get(at), Some(b',' | b'-' | b'[' | b'"' | b'\'')) {
            at = ws(b, at + 1);
            continue;
        }
        // `section 11 … of the`: a quotation leaves something out.
        if r.text.get(at..).is_some_and(|rest| rest.starts_with("...")) {
            at = ws(b, at + 3);
            continue;
        }
        if skipped > at {
            at = ws(b, skipped);
            continue;
        }
        if let Some(idx) = acts.at(at) {
            let Some(mention) = acts.mentions.get(idx) else { break };
            list.act = Some(Link {
                id: mention.id.clone(),
                confidence: mention.confidence.max(0.95),
                whole: list.start..mention.end,
                mention: Some(idx),
            });
            break;
        }
        if let Some(mention) = acts.loose_at(at) {
            list.act = Some(Link {
                id: mention.id.clone(),
                confidence: mention.confidence,
                whole: list.start..mention.end,
                mention: None,
            });
            break;
        }
        if let Some(end) = any_word(b, at, super::acts::TITLE_ENDS) {
            let word = r.get(at, end);
            // `the Act of 1912`, `“Act, 1958”`
            if let Some((value, after)) = super::acts::year_after(r, end) {
                let meant = acts.meant_by_year(value, Some(word));
                list.act = meant.map(|(id, confidence)| Link {
                    id,
                    confidence,
                    whole: list.start..after,
                    mention: None,
                });
            } else if let Some((id, confidence)) =
                acts.meant_by(word, at).or_else(|| that_act(r, acts, word, at))
            {
                let (id, confidence) = late_act(r, acts, &id, at).unwrap_or((id, confidence));
                list.act = Some(Link { id, confidence, whole: list.start..end, mention: None });
            } else {
                list.word = Some(word.to_owned());
            }
            break;
        }
        // `5(2) 1947 PCA`
        if let Some((_, after)) = super::scan::year(b, at)
            && acts.at(ws(b, after)).is_some()
        {
            at = ws(b, after);
            continue;
        }
        // `the 2016 Act`
        if let Some((value, after)) = super::scan::year(b, at)
            && let Some(end) =
                any_word(b, ws(b, after), &["act", "ordinance", "order", "rules", "regulations"])
        {
            if let Some((id, confidence)) = acts.meant_by_year(value, None) {
                list.act = Some(Link { id, confidence, whole: list.start..end, mention: None });
            }
            break;
        }
        // `Article 40 of the Covenant`, `Article 8 of the Convention`
        if list.unit == "art"
            && let Some(end) = any_word(b, at, &["covenant", "convention"])
            && any_word(b, ws(b, end), &["on", "against", "for", "of"]).is_none()
        {
            if let Some(id) = acts.treaty_called(r.get(at, end)) {
                let whole = list.start..end;
                list.act = Some(Link { id, confidence: 0.8, whole, mention: None });
            }
            break;
        }
        // `Article 1 of Protocol No. 1`
        if list.unit == "art"
            && let Some(word) = any_word(b, at, &["protocol no.", "protocol no"])
            && let Some((value, after)) = super::scan::number(b, ws(b, word), 2)
        {
            let id = format!("coe/treaty/echr-p{value}");
            list.act = Some(Link { id, confidence: 0.9, whole: list.start..after, mention: None });
            break;
        }
        if let Some(after) = any_word(b, at, &["ibid"]) {
            let last = acts.before(list.start).and_then(|idx| acts.mentions.get(idx));
            if let Some(last) = last.filter(|last| list.start - last.end < 2500) {
                list.ibid = Some(last.id.clone());
                list.end_of_ibid = after;
            }
            break;
        }
        if let Some((number, after)) = schedule_beside(r, at) {
            list.schedule = Some((number, at..after));
            at = ws(b, after);
            continue;
        }
        // `section 26 of PRPA`
        if said_of && let Some((id, end)) = acts.by_acronym(r, at) {
            list.act = Some(Link { id, confidence: 0.8, whole: list.start..end, mention: None });
            break;
        }
        let Some(after) = any_word(b, at, FILL) else { break };
        said_of |= any_word(b, at, &["of", "آف"]).is_some();
        at = ws(b, after);
    }
    if list.act.is_none() {
        // `of Order …` and `of this section` say nothing of another act.
        list.claimed = said_of;
        link_before(r, acts, list);
    }
    // `Act, section 41 ibid`
    if let Some((_, act)) = list.ibid.take_if(|_| list.act.is_some()).zip(list.act.as_mut()) {
        act.whole.end = act.whole.end.max(list.end_of_ibid);
    }
    // An Order with a Rule is the Code of Civil Procedure's, said or not.
    if list.unit.starts_with('o') {
        let fits = list.act.as_ref().is_some_and(|act| act.id == "pk/act/cpc");
        if !fits {
            list.act = None;
            if !list.items.is_empty() && !list.claimed {
                list.act = Some(Link {
                    id: "pk/act/cpc".to_owned(),
                    confidence: 0.85,
                    whole: list.start..list.end,
                    mention: None,
                });
            }
        }
    } else if list.unit == "r"
        && list
            .act
            .as_ref()
            .is_some_and(|act| r.tables.act_with_id(&act.id).is_some_and(|act| act.unit == "s"))
    {
        // `Rule 11 CPC` lacks its Order: no place in the code.
        list.act = None;
        list.claimed = true;
    }
}

/// Reads the acronym of an act right behind a section's letters, without a blank.
fn glued_act(r: Reading<'_>, at: usize) -> Option<(String, usize)> {
    if at == 0 || !r.b.get(at).is_some_and(u8::is_ascii_uppercase) || starts_word(r.b, at) {
        return None;
    }
    let letter = |byte: &&u8| byte.is_ascii_alphabetic() || **byte == b'.';
    let mut end = at + r.b.get(at..)?.iter().take(10).take_while(letter).count();
    while r.b.get(end - 1) == Some(&b'.') {
        end -= 1;
    }
    let name = r.get(at, end);
    let letters = |text: &str| text.replace('.', "");
    let act = r.tables.act_titled(&squeeze(name), None).and_then(|idx| r.tables.acts.get(idx))?;
    let exact = act.short.iter().any(|short| letters(short) == letters(name));
    (exact && !is_word(r.b, end)).then(|| (act.ref_id(), end))
}

/// `of the late Ordinance`: the one of the same title that the text named with its year.
fn late_act(r: Reading<'_>, acts: &Acts, id: &str, at: usize) -> Option<(String, f32)> {
    any_word_back(r.b, ws_back(r.b, at), &["late", "repealed", "erstwhile"])?;
    let is_other = |other: &str| {
        let year = other.strip_prefix(id).and_then(|rest| rest.strip_prefix('-'));
        year.is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut others = acts.mentions.iter().map(|one| &one.id).filter(|other| is_other(other));
    let late = others.next()?;
    others.all(|other| other == late).then(|| (late.clone(), 0.85))
}

/// `of that Act`, `of the said Code`: the one named last before it.
fn that_act(r: Reading<'_>, acts: &Acts, word: &str, at: usize) -> Option<(String, f32)> {
    any_word_back(r.b, ws_back(r.b, at), &["that", "said", "aforesaid", "same"])?;
    acts.named_last(word, at)
}

/// Skips `(both inclusive)` and the like.
fn skip_bracket(r: Reading<'_>, at: usize) -> usize {
    if r.b.get(at) != Some(&b'(') {
        return at;
    }
    let Some(len) =
        r.b.get(at..).and_then(|rest| rest.iter().take(64).position(|&byte| byte == b')'))
    else {
        return at;
    };
    let inside = r.get(at + 1, at + len);
    let calm = len < 24 && inside.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ');
    // `section 104 (Pending appeal) of the`: the heading of the section.
    let heading =
        inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" ,-'".contains(&byte))
            && inside.bytes().any(|byte| byte.is_ascii_lowercase())
            && inside.len() >= 4
            && any_word(r.b, ws(r.b, at + len + 1), &["of"]).is_some();
    if calm || heading { at + len + 1 } else { at }
}

/// `PECA 2016 s. 37`, `PPC, section 302`, `پیکا کی دفعہ ۳۷`.
fn link_before(r: Reading<'_>, acts: &Acts, list: &mut Sections) {
    let mut at = ws_back(r.b, list.start);
    for particle in ["کی", "کے", "کا"] {
        if r.text.get(..at).is_some_and(|head| head.ends_with(particle)) {
            at = ws_back(r.b, at - particle.len());
            break;
        }
    }
    while at > 0 && matches!(r.b.get(at - 1), Some(b',' | b' ' | b'(' | b':' | b'-' | b';')) {
        at -= 1;
    }
    // `Civil Procedure Code, (V of 1908), O. XL`
    let bare = at;
    let from = at.saturating_sub(MAX_NUMBER);
    if at > 0
        && r.b.get(at - 1) == Some(&b')')
        && let Some(open) = r.b.get(from..at).and_then(|near| memchr::memrchr(b'(', near))
        && r.get(from + open, at).contains(" of 1")
    {
        at = from + open;
        while at > 0 && matches!(r.b.get(at - 1), Some(b',' | b' ')) {
            at -= 1;
        }
    }
    let Some(idx) = acts.before(list.start) else { return };
    let Some(mention) = acts.mentions.get(idx) else { return };
    if mention.end == at || mention.end == bare || mention.end == ws_back(r.b, list.start) {
        // `under the PPC, section 9 of the Foo Act` is another act's section.
        if list.claimed {
            return;
        }
        // A heading is a name of its own, the sections of the head note stand below it.
        let heads = r.get(mention.end, list.start).replace(' ', "").contains("--");
        list.act = Some(Link {
            id: mention.id.clone(),
            confidence: mention.confidence.min(0.95),
            whole: if heads { list.start } else { mention.start }..list.end,
            mention: (!heads).then_some(idx),
        });
    }
}

/// Gives a list without an act that of the list it is joined to: `section 9 and Articles 4 and 5 of …`.
fn chain(r: Reading<'_>, lists: &mut [Sections]) {
    for idx in (0..lists.len().saturating_sub(1)).rev() {
        let Some((list, next)) = lists.get(idx).zip(lists.get(idx + 1)) else { continue };
        if list.act.is_some() || next.start < list.end || next.start - list.end > 40 {
            continue;
        }
        // `section 174(2) read with Rule 12 of the Rules`: a section is none of the rules.
        let apart =
            list.unit == "s" && (next.unit == "r" || next.unit == "art" && names_units_apart(next));
        let joined = !apart && CHAINS.contains(&chain_gap(r, list.end, next.start).as_str());
        let Some(link) = next.act.clone().filter(|_| joined) else { continue };
        let whole = list.start..list.end;
        if let Some(list) = lists.get_mut(idx) {
            list.act = Some(Link {
                whole,
                mention: None,
                confidence: link.confidence.min(0.95),
                id: link.id,
            });
        }
    }
    for idx in 1..lists.len() {
        let Some((before, list)) = lists.get(idx - 1).zip(lists.get(idx)) else { continue };
        let Some(link) = before.act.clone() else { continue };
        let end = link.whole.end.max(before.end);
        if list.act.is_some() || list.claimed || list.start < end {
            continue;
        }
        let gap = chain_gap(r, end, list.start);
        if ["read with", "r/w", ", read with", "and", "(read with", "or", ",", "&"]
            .contains(&gap.as_str())
            && gap != ","
        {
            let whole = list.start..list.end;
            if let Some(list) = lists.get_mut(idx) {
                list.act = Some(Link { whole, mention: None, confidence: 0.8, id: link.id });
            }
        }
    }
}

/// Tells whether an act has articles alone, so that a section beside them is another act's.
fn names_units_apart(list: &Sections) -> bool {
    list.act.as_ref().is_some_and(|act| {
        act.id.contains("constitution") || act.id.contains("/treaty/") || act.id.ends_with("/qso")
    })
}

/// Returns the words between two lists, lower case.
fn chain_gap(r: Reading<'_>, from: usize, to: usize) -> String {
    // No two lists are joined by so many words.
    if to.saturating_sub(from) > MAX_JOINT {
        return "...".to_owned();
    }
    let gap = r.get(from, to).to_lowercase().replace("(both inclusive)", "");
    gap.trim().trim_end_matches(['.', '[', '(']).trim().to_owned()
}
