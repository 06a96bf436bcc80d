//! Which act a list of provisions belongs to: the one right behind it, right before it, or that of the
//! list it is joined to.

use super::acts::Acts;
use super::items;
use super::recall::{has, may_have};
use super::report::Reading;
use super::scan::{any_word, any_word_back, is_word, squeeze, starts_word, ws, ws_back};
use super::schedule::schedule_beside;
use super::statute::{Link, MAX_JOINT, Sections};

/// What [`Sections::word`] says of `Rule 11 CPC`: a rule of an Order that is named elsewhere.
pub(super) const OF_CODE: &str = "C.P.C.";
/// The longest number of an act in brackets, `(XXVII of 1997)`, in bytes.
const MAX_NUMBER: usize = 18;
/// Words between a provision and its act.
const FILL: &[&str] = &[
    "of",
    "the",
    "under",
    "in",
    "to",
    "from",
    "said",
    "such",
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
    "respectively",
    "ibid",
    "thereof",
    "mentioned",
    "pakistan's",
    "also",
    "erstwhile",
    "late",
    "old",
    "relevant",
    "as provided by",
    "as provided in",
    "as provided under",
    "as contained in",
    "newly",
    "inserted",
    "substituted",
    "of the chapter",
    // A blank inside the word, as the text under a scan has it.
    "t he",
    "th e",
    "o f",
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

/// Looks for the act right after the list, then right before it.
pub(super) fn link(r: Reading<'_>, acts: &Acts, list: &mut Sections) {
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
    // `FISA s 702, the Patriot Act`: over a comma stands the next of a list.
    if b.get(at) == Some(&b',') {
        let short = acts.before(list.start).and_then(|idx| acts.mentions.get(idx));
        let beside = short.is_some_and(|short| {
            short.end == ws_back(b, list.start) && !r.get(short.start, short.end).contains(' ')
        });
        if beside {
            link_before(r, acts, list);
        }
        if list.act.is_some() {
            return;
        }
    }
    // `the Kite Act, 1997 applies; section 7 thereof`
    if let Some(end) = any_word(b, at, &["thereof"])
        && let Some(id) = named_here(r, acts, list)
    {
        list.act = Some(Link { id, confidence: 0.8, whole: list.start..end, mention: None });
        return;
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
                let meant = acts
                    .meant_by_year(value, Some(word))
                    .filter(|(id, _)| list.unit != "s" || has(r, id, list));
                list.act = meant.map(|(id, confidence)| Link {
                    id,
                    confidence,
                    whole: list.start..after,
                    mention: None,
                });
            } else if let Some((id, after)) = act_ibid(r, acts, word, at) {
                let whole = list.start..after;
                list.act = Some(Link { id, confidence: 0.85, whole, mention: None });
            } else if let Some((id, confidence)) =
                acts.meant_by(word, at).or_else(|| that_act(r, acts, word, at))
            {
                let (id, confidence) = late_act(r, acts, &id, at).unwrap_or((id, confidence));
                let id = acts.constitution_there(r, list.start, at).unwrap_or(id);
                list.act = Some(Link { id, confidence, whole: list.start..end, mention: None });
            } else {
                list.word = Some((word.to_owned(), end));
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
            let meant = acts.meant_by_year(value, None);
            let meant = meant.filter(|(id, _)| list.unit != "s" || has(r, id, list));
            if let Some((id, confidence)) = meant {
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
            // `Article 40 ibid` is of no act that has sections alone.
            let n_before = acts.before(list.start).map_or(0, |idx| idx + 1);
            let near = acts.mentions.get(..n_before).unwrap_or_default().iter().rev();
            let mut near = near.take_while(|last| list.start - last.end < 2500);
            if let Some(last) = near.find(|last| may_have(r, &last.id, &list.unit)) {
                list.ibid = Some(last.id.clone());
                list.end_of_ibid = after;
            }
            break;
        }
        // `Rule 12.16 of Chapter 12 of the Police Rules`, `Rule 231-C in Chapter XIX of the Kite Rules`
        if let Some(after) = chapter_of(r, at).filter(|_| said_of || at > list.end + 1) {
            at = ws(b, after);
            continue;
        }
        // `Article 91, Schedule -I, the Limitation Act`
        if let Some(after) = numbered_schedule(r, at).filter(|_| list.unit == "art") {
            at = after;
            continue;
        }
        if let Some((number, after)) = schedule_beside(r, at) {
            list.schedule = Some((number, at..after));
            at = ws(b, after);
            continue;
        }
        // `Section 143 and Schedule 24 Finance Act 2003`
        if let Some(word) = any_word(b, at, &["and schedule", "or schedule"])
            && let Some((items, after)) = items::list(r, ws(b, word), "sch")
            && acts.at(ws(b, after)).is_some()
        {
            let numbers: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
            list.schedule = Some((numbers.join(", "), at..after));
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
        let fits = list.act.as_ref().is_some_and(|act| act.id.ends_with("/act/cpc"));
        if !fits {
            list.act = None;
            if !list.items.is_empty() && !list.claimed {
                let country = if acts.country() == "in" { "in" } else { "pk" };
                list.act = Some(Link {
                    id: format!("{country}/act/cpc"),
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
        // `Rule 11 CPC` lacks its Order: it is that of the Order named last.
        let code = list.act.take().filter(|act| act.id.ends_with("/act/cpc"));
        list.word = code.map(|act| (OF_CODE.to_owned(), act.whole.end));
        list.claimed = true;
    }
}

/// Reads `Schedule -I` and `Schedule I` at `at`, which the act's name or a word for it follows; returns
/// where that begins.
fn numbered_schedule(r: Reading<'_>, at: usize) -> Option<usize> {
    let mut number = ws(r.b, any_word(r.b, at, &["schedule"])?);
    while matches!(r.b.get(number), Some(b'-' | b' ')) {
        number += 1;
    }
    let fits = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let end = number + r.b.get(number..)?.iter().take(5).take_while(fits).count();
    let text = r.get(number, end);
    let counted =
        super::scan::roman(text).is_some() || super::scan::number(r.b, number, 2).is_some();
    let next = ws(r.b, end);
    let goes_on = r.b.get(next) == Some(&b',') || any_word(r.b, next, &["of", "to"]).is_some();
    (counted && goes_on && !is_word(r.b, end)).then_some(next)
}

/// Returns the act that `thereof` behind a list means: the one named last, close before it.
fn named_here(r: Reading<'_>, acts: &Acts, list: &Sections) -> Option<String> {
    /// How far before it the act may stand, in bytes.
    const FAR: usize = 250;
    let idx = acts.before(list.start)?;
    let mention = acts.mentions.get(idx).filter(|mention| list.start - mention.end < FAR)?;
    // `neither the Kite Act, 1894 nor the Kite Act, 1900`
    let beside = idx.checked_sub(1).and_then(|idx| acts.mentions.get(idx));
    let beside = beside.is_some_and(|other| {
        other.id != mention.id && mention.start - other.end < MAX_JOINT && !other.weak
    });
    let another = beside || acts.loose_in(mention.end, list.start);
    // A rule of the Code is one of its Orders.
    let fits = has(r, &mention.id, list) && !(list.unit == "r" && mention.id.ends_with("/cpc"));
    (fits && !another && !mention.weak).then(|| mention.id.clone())
}

/// Reads `Chapter XIX` at `at`, which `of` follows; returns its end.
fn chapter_of(r: Reading<'_>, at: usize) -> Option<usize> {
    let number = ws(r.b, any_word(r.b, at, &["chapter", "part"])?);
    let in_number =
        |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'-';
    let end = number + r.b.get(number..)?.iter().take(9).take_while(in_number).count();
    let is_number = super::scan::number(r.b, number, 3).is_some()
        || super::scan::roman(r.get(number, end).split('-').next()?).is_some();
    (is_number && any_word(r.b, ws(r.b, end), &["of"]).is_some()).then_some(end)
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
    any_word_back(r.b, ws_back(r.b, at), &["that", "said", "such", "aforesaid", "same"])?;
    acts.named_last(r, word, at)
}

/// `of the Act ibid`, where nothing defines the Act: the one named last, and its end.
fn act_ibid(r: Reading<'_>, acts: &Acts, word: &str, at: usize) -> Option<(String, usize)> {
    let after = any_word(r.b, ws(r.b, at + word.len()), &["ibid"])?;
    let id = (!acts.defines(word, at)).then(|| acts.ibid(r, word, at)).flatten()?;
    Some((id, after))
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
    // `Article 3 (Art. 3) of the Convention`, as Strasbourg wrote for its index.
    let again = inside.len() < 20
        && ["Art. ", "art. ", "Arts. ", "arts. "].iter().any(|word| inside.starts_with(word));
    let heading = again
        || inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" ,-'".contains(&byte))
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
pub(super) fn chain(r: Reading<'_>, lists: &mut [Sections]) {
    for idx in (0..lists.len().saturating_sub(1)).rev() {
        let Some((list, next)) = lists.get(idx).zip(lists.get(idx + 1)) else { continue };
        if list.act.is_some() || next.start < list.end || next.start - list.end > 40 {
            continue;
        }
        // `section 174(2) read with Rule 12 of the Rules`: a section is none of the rules.
        let apart =
            list.unit == "s" && (next.unit == "r" || next.unit == "art" && names_units_apart(next));
        let joined = !apart && CHAINS.contains(&chain_gap(r, list.end, next.start).as_str());
        let fits = |link: &Link| match list.unit.as_str() {
            "art" => may_have(r, &link.id, "art"),
            unit => has(r, &link.id, list) || !unit.starts_with('s'),
        };
        let Some(link) = next.act.clone().filter(|link| joined && fits(link)) else { continue };
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
            && (has(r, &link.id, list) || list.unit != "s")
        {
            let whole = list.start..list.end;
            // `Order XXI of the Code and rule 10`
            let order = before.unit.starts_with('o').then(|| before.unit.clone());
            let order = order.filter(|_| list.unit == "r");
            if let Some(list) = lists.get_mut(idx) {
                if let Some(order) = order {
                    let stem = order.split('.').next().unwrap_or(&order);
                    list.unit = format!("{stem}.r");
                }
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
