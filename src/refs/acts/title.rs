//! Titles of enactments that no table has: `Punjab Safe Cities Authority Act, 2016`.

use super::named::{act_number, number_after, word_before, year_after, year_of_number};
use super::words::{is_small, title_start};
use super::{ActMention, is_title_end, nation};
use crate::refs::report::Reading;
use crate::refs::scan::{
    any_word, any_word_back, is_word, n_squeezed, slug, squeeze, starts_word, ws, ws_back, year,
};
use crate::refs::tables::Act;

pub(super) enum Titled {
    /// An act, and its title (squeezed) for later mentions without a year.
    Act(ActMention, Option<String>),
    /// A title without a year: where it starts, what it is, and whose.
    NoYear(usize, String, String),
    /// `Amendment Act, 2025`, an amending act named by what it does: where, and its year.
    Amending(usize, usize, Option<u16>),
    /// `the Act`, or no title at all.
    No,
}

/// The longest title, in bytes.
const MAX_TITLE: usize = 200;
/// Acts of before this year are those of both India and Pakistan.
pub(super) const PARTITION: u16 = 1947;

/// Cities whose name ends the name of a university.
const CITIES: &[&str] = &[
    "Lahore",
    "Karachi",
    "Islamabad",
    "Peshawar",
    "Quetta",
    "Multan",
    "Rawalpindi",
    "Faisalabad",
    "Bahawalpur",
    "Sargodha",
];

/// Titles that say only that something is amended, squeezed.
const AMENDING: &[&str] = &[
    "amendmentact",
    "amendmentordinance",
    "amendmentrules",
    "amendmentorder",
    "amendmentregulations",
    "constitutionamendmentact",
];

/// Reads the title that ends with the word at `start..end`.
pub(super) fn titled(r: Reading<'_>, start: usize, end: usize, country: &str) -> Titled {
    let word = r.get(start, end);
    if word.eq_ignore_ascii_case("bill") {
        return super::bills::bill(r, start, end, country);
    }
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    if !starts_word(r.b, start)
        || is_word(r.b, end)
        || !(is_title_end(word) || is_regulation(r, word, end, country))
        || !(capital || r.lenient)
    {
        return Titled::No;
    }
    // `Punjab Government Rules of Business, 2011`
    let business = word
        .eq_ignore_ascii_case("rules")
        .then(|| any_word(r.b, ws(r.b, end), &["of business"]))
        .flatten()
        .filter(|&after| year_after(r, after).is_some());
    let end = business.or_else(|| purpose(r, word, end)).unwrap_or(end);
    // `Act No. XL of 2016`
    let (mut from, mut starts) = title_start(r, start, country != "pk");
    if let Some(quoted) = quoted_start(r, start, from) {
        starts.insert(0, quoted);
        from = quoted;
    }
    if let Some(mut mention) = numbered(r, start, end, country) {
        if of_another_country(r, mention.end) {
            return Titled::No;
        }
        let by_number = mention.id.contains(&format!("/act/{}-", word.to_ascii_lowercase()));
        // `First Appeal from Original Order No, 31 of 1981` is a case, `Sales Tax General Order No. 3 of
        // 2004` one of a board.
        let other = r.get(from, start).contains("Appeal")
            || any_word_back(r.b, ws_back(r.b, start), &["general", "standing", "office"])
                .is_some();
        if word.eq_ignore_ascii_case("order") && other {
            return Titled::No;
        }
        if from < start && by_number {
            // `Companies Act No. 7 of 2007` has a title: it says more than the number.
            let value = mention.id.rsplit('-').next().unwrap_or_default().to_owned();
            mention.id = format!("{country}/act/{}-{value}", slug(r.get(from, end)));
            mention.start = from;
            return Titled::Act(mention, Some(squeeze(r.get(from, end))));
        }
        if from < start && shortens(r, &mention.id, r.get(from, end)) {
            mention.start = from;
        }
        return Titled::Act(mention, None);
    }
    if let Some(mention) = constitution(r, start, end, country) {
        return Titled::Act(mention, None);
    }
    let after = year_after(r, end).or_else(|| year_of_number(r, end));
    // `Sindh Cooperative Societies, Act, 2020`: a comma in the way.
    let comma = ws_back(r.b, start).checked_sub(1).filter(|&at| r.b.get(at) == Some(&b','));
    if let Some(comma) = comma.filter(|_| from == start && after.is_some() && country == "pk") {
        let (first, more) = title_start(r, comma, false);
        if more.len() > 1 {
            (from, starts) = (first, more);
        }
    }
    // `University of Education, Lahore Ordinance, 2002`; a list of nouns whose title the table has:
    // `Punjab Employees, Efficiency, Discipline and Accountability Act, 2006`.
    let comma = ws_back(r.b, from).checked_sub(1).filter(|&at| r.b.get(at) == Some(&b','));
    if let Some(comma) = comma.filter(|_| from < start && after.is_some() && country == "pk") {
        let place = CITIES.contains(&r.get(from, start).trim());
        let (first, mut more) =
            if place { title_start(r, comma, false) } else { title_start(r, start, true) };
        let body = ["University", "Institute", "College", "School", "Board"];
        let known = |at: usize| {
            let title = squeeze(r.get(at, end));
            r.tables.act_titled(&title, after.map(|(value, _)| value)).is_some()
        };
        if place && body.iter().any(|word| r.get(first, comma).contains(word)) {
            more.append(&mut starts);
            (from, starts) = (first, more);
        } else if !place && let Some(idx) = more.iter().position(|&at| at < from && known(at)) {
            more.drain(..idx);
            from = more.first().copied().unwrap_or(from);
            starts = more;
        }
    }
    // `Pena l Code (XLV of 1860)`: the number says which code it is.
    if from == start
        && word == "Code"
        && let Some(act) = by_number(r, end).filter(|act| act.country == country)
        && act.title.ends_with("Code")
    {
        let to = year_of_number(r, end).map_or(end, |(_, to)| to);
        let mention = ActMention { start, end: to, id: act.ref_id(), weak: false, confidence: 0.8 };
        return Titled::Act(mention, None);
    }
    // `the Punjab Act` says whose it is, and not what of.
    let province =
        ["Punjab", "Sindh", "Balochistan", "Baluchistan"].contains(&r.get(from, start).trim());
    if from == start && business.is_none() || province && country == "pk" {
        return Titled::No;
    }
    // `Police (Conduct) Regulations 2020/4`: year and number of a British instrument.
    if country == "uk"
        && let Some((value, slash)) = year(r.b, ws(r.b, end))
        && r.b.get(slash) == Some(&b'/')
        && let Some((no, to)) = crate::refs::scan::number(r.b, slash + 1, 4)
        && !is_word(r.b, to)
        && !matches!(word.to_ascii_lowercase().as_str(), "act" | "code")
    {
        let id = format!("uk/uksi/{value}/{no}");
        let mention = ActMention { start: from, end: to, id, weak: false, confidence: 0.9 };
        return Titled::Act(mention, Some(squeeze(r.get(from, end))));
    }
    // The longest title that the table knows, from any of its words on.
    let whole = squeeze(r.get(from, end));
    let known = starts.iter().find_map(|&at| {
        let title = whole.get(n_squeezed(r.get(from, at))..)?;
        let idx = r.tables.act_titled(title, after.map(|(value, _)| value))?;
        let act = r.tables.acts.get(idx)?;
        (act.country == country || act.unique || after.is_some()).then_some((at, act))
    });
    let to = after.map_or(end, |(_, after)| after);
    let to = number_after(r, to).unwrap_or(to);
    let known = known.filter(|(at, act)| {
        let other = nation_of(r, *at, end, to, act.year).map_or(country, |whose| whose.code);
        act.unique || act.country == other || act.country == country && other == country
    });
    if let Some((at, act)) = known.filter(|(at, _)| after.is_some() || *at == from) {
        let mention =
            ActMention { start: at, end: to, id: act.ref_id(), weak: false, confidence: 0.97 };
        return Titled::Act(mention, None);
    }
    // `Transfe r of Property Act, 1882`: a blank inside a word.
    if let Some((at, act)) = after.and_then(|(value, _)| split_title(r, from, end, value))
        && act.country == country
    {
        let mention =
            ActMention { start: at, end: to, id: act.ref_id(), weak: false, confidence: 0.85 };
        return Titled::Act(mention, None);
    }
    // `Crimin al Procedure Code (V of 1898)`: the number says which act it is.
    if let Some(act) = by_number(r, end).filter(|act| act.country == country) {
        let mention =
            ActMention { start: from, end: to, id: act.ref_id(), weak: false, confidence: 0.85 };
        return Titled::Act(mention, None);
    }
    if AMENDING.contains(&whole.as_str()) {
        return Titled::Amending(from, to, after.map(|(value, _)| value));
    }
    let value = after.map(|(value, _)| value);
    let whose = nation_of(r, from, end, to, value);
    let (nation, from, first) =
        whose.map_or((country, from, from), |whose| (whose.code, whose.title, whose.first));
    if from >= start && business.is_none() {
        return Titled::No;
    }
    let title = squeeze(r.get(from, end));
    let Some((value, _)) = after else { return Titled::NoYear(first, title, nation.to_owned()) };
    let country = nation;
    if let Some(act) = r.tables.act_misprinted(r.get(from, end), value, country) {
        let mention =
            ActMention { start: first, end: to, id: act.ref_id(), weak: false, confidence: 0.75 };
        return Titled::Act(mention, Some(title));
    }
    let words = slug(r.get(from, end)).replace("ordnance", "ordinance").replace("n-wfp", "nwfp");
    let named = format!("{words}-{value}");
    let country = super::elsewhere::state_of(&named).filter(|_| country == "pk").unwrap_or(country);
    let id = format!("{country}/act/{named}");
    let mention = ActMention { start: first, end: to, id, weak: false, confidence: 0.9 };
    Titled::Act(mention, Some(title))
}

/// `Kites' (Declaration) Regulation, 1972`: martial law made enactments of the name.
fn is_regulation(r: Reading<'_>, word: &str, end: usize, country: &str) -> bool {
    country == "pk" && word == "Regulation" && year_after(r, end).is_some()
}

/// Tells whether `title` is that of the act, or has words of it alone: `Kite Ordinance VII of 1979` of the
/// Flying of Kites (Control) Ordinance, 1979.
fn shortens(r: Reading<'_>, id: &str, title: &str) -> bool {
    let Some(act) = r.tables.act_with_id(id) else { return false };
    let whole = slug(&act.title);
    let mut words = whole.split('-');
    slug(title).split('-').all(|word| words.any(|other| other == word))
}

/// Returns the act of `value` whose title is printed up to `end` with blanks inside its words, and where
/// it begins: a part of a word stands before `from`.
fn split_title(r: Reading<'_>, from: usize, end: usize, value: u16) -> Option<(usize, &Act)> {
    /// How far before the words that were read the title may begin, in bytes.
    const FAR: usize = 48;
    let part = ws_back(r.b, from);
    let is_part = |part: usize| {
        let (_, word) = word_before(r, part)?;
        (word.starts_with(|c: char| c.is_ascii_lowercase()) && word != "the").then_some(())
    };
    (part < from).then_some(())?;
    is_part(from)?;
    let first = part.saturating_sub(FAR);
    let fits = |&&byte: &&u8| byte.is_ascii_alphabetic() || b" -&".contains(&byte);
    let n_back = r.b.get(first..part)?.iter().rev().take_while(fits).count();
    (part - n_back..part)
        .filter(|&at| r.b.get(at).is_some_and(u8::is_ascii_uppercase) && starts_word(r.b, at))
        .find_map(|at| {
            let idx = r.tables.act_titled(&squeeze(r.get(at, end)), Some(value))?;
            r.tables.acts.get(idx).map(|act| (at, act))
        })
}

/// Returns the act of the number in brackets right behind a title without a year.
fn by_number(r: Reading<'_>, end: usize) -> Option<&Act> {
    year_after(r, end).is_none().then_some(())?;
    let (_, close) = year_of_number(r, end)?;
    let open = end + memchr::memchr(b'(', r.b.get(end..close)?)?;
    let number = act_number(r, open + 1, close - 1)?;
    r.tables.act_numbered(&number).and_then(|idx| r.tables.acts.get(idx))
}

/// Returns where the title in quotation marks begins that ends at `end`: `may be cited as the "Time to
/// Dispose of the Kite Theatre Act"`; `None` unless that is before `limit`.
fn quoted_start(r: Reading<'_>, end: usize, limit: usize) -> Option<usize> {
    let from = end.saturating_sub(MAX_TITLE);
    let start = from + memchr::memrchr(b'"', r.b.get(from..end)?)? + 1;
    if start >= limit {
        return None;
    }
    let opens = start < 2 || matches!(r.b.get(start - 2), Some(b' ' | b'('));
    let inside = r.get(start, end);
    let title = inside.starts_with(|c: char| c.is_ascii_uppercase())
        && !inside.contains(['§', '(', ')', ';', ':'])
        && !inside.contains(". ")
        && inside.split(' ').filter(|word| !word.is_empty()).all(|word| {
            word.starts_with(|c: char| !c.is_ascii_lowercase())
                || is_small(word.trim_end_matches(','))
                || word == "the"
        });
    (opens && title).then_some(start)
}

/// Reads what rules are for, up to their year, `Rules for Allotment of Plots to Officers, 2002`; returns where
/// it ends.
fn purpose(r: Reading<'_>, word: &str, end: usize) -> Option<usize> {
    /// Most words of a purpose.
    const MOST: usize = 12;
    ["rules", "regulations"].iter().any(|one| one.eq_ignore_ascii_case(word)).then_some(())?;
    let mut at = any_word(r.b, ws(r.b, end), &["for"])?;
    let mut n_names = 0;
    for _ in 0..MOST {
        if n_names > 0 && year_after(r, at).is_some() {
            return Some(at);
        }
        let from = ws(r.b, at);
        let mut to = from;
        while r.b.get(to).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'-') {
            to += 1;
        }
        let is_name = r.b.get(from).is_some_and(u8::is_ascii_uppercase);
        n_names += usize::from(is_name);
        if to == from || !is_name && !is_small(r.get(from, to)) && r.get(from, to) != "the" {
            return None;
        }
        at = to;
    }
    None
}

/// `the Constitution of India`, `the Kenyan Constitution`: of another state than the text's.
fn constitution(r: Reading<'_>, start: usize, end: usize, country: &str) -> Option<ActMention> {
    r.get(start, end).eq_ignore_ascii_case("constitution").then_some(())?;
    let (code, from, to) = match nation::before(r, start) {
        Some((code, from)) => (code, from, end),
        None => {
            let code = nation::behind(r, end)?;
            let of = ws(r.b, any_word(r.b, ws(r.b, end), &["of the", "of"])?);
            let mut to = any_word(r.b, of, nation::REPUBLICS).map_or(of, |after| ws(r.b, after));
            while is_word(r.b, to) {
                to += 1;
            }
            (code, start, to)
        }
    };
    let id = if code == "us" {
        "us/const/us-constitution".to_owned()
    } else {
        format!("{code}/act/constitution-{code}")
    };
    // At home `the Constitution of Pakistan` is a name of the table.
    (code != country || !matches!(code, "pk" | "us")).then_some(ActMention {
        start: from,
        end: to,
        id,
        weak: false,
        confidence: 0.9,
    })
}

/// A state that a title or the words around it name.
pub(super) struct Whose {
    pub(super) code: &'static str,
    /// Where the title begins without that name.
    pub(super) title: usize,
    /// Where the name or the title begins.
    pub(super) first: usize,
}

/// Returns whose act the title at `from..end` is, where that is said. Courts of both states call the
/// acts of before 1947 Indian.
pub(super) fn nation_of(
    r: Reading<'_>,
    from: usize,
    end: usize,
    to: usize,
    value: Option<u16>,
) -> Option<Whose> {
    let opening =
        || nation::opening(r, from, end).map(|(code, title)| Whose { code, title, first: from });
    let before = || nation::before(r, from).map(|(code, first)| Whose { code, title: from, first });
    let behind = || nation::behind(r, to).map(|code| Whose { code, title: from, first: from });
    let found = opening().or_else(before).or_else(behind);
    found.filter(|whose| whose.code != "in" || value.is_none_or(|value| value >= PARTITION))
}

/// Tells whether `of Zambia` follows: an act that no table knows, of a country that has no forms here.
fn of_another_country(r: Reading<'_>, end: usize) -> bool {
    const COUNTRIES: &[&str] = &[
        "of zambia",
        "of india",
        "of kenya",
        "of uganda",
        "of nigeria",
        "of ghana",
        "of tanzania",
        "of bangladesh",
        "of sri lanka",
        "of singapore",
        "of malaysia",
        "of south africa",
        "of canada",
        "of australia",
        "of new zealand",
        "of ireland",
        "of china",
        "of turkey",
        "of iran",
        "of afghanistan",
        "of saudi arabia",
        "of nepal",
        "of mauritius",
        "of zimbabwe",
    ];
    any_word(r.b, ws(r.b, end), COUNTRIES).is_some()
}

/// Reads `Act No. XL of 2016`, `Ordinance XX of 1984`.
fn numbered(r: Reading<'_>, start: usize, end: usize, country: &str) -> Option<ActMention> {
    let limit = (end + 28).min(r.text.len());
    let limit = (end..=limit).rev().find(|&at| r.text.is_char_boundary(at))?;
    let tail = r.get(end, limit);
    let at = |of: &[u8; 4]| tail.as_bytes().array_windows::<4>().position(|found| found == of);
    let year_at = at(b" of ").or_else(|| at(b" OF "))? + 4;
    let to = end + year_at + 4;
    let number = act_number(r, start, to)?;
    let known = r.tables.act_numbered(&number).and_then(|idx| r.tables.acts.get(idx));
    let id = match known.filter(|act| country == "pk" || act.country == country) {
        Some(act) => act.ref_id(),
        None => {
            let number = r.get(end, to).trim_start_matches([' ', ',']);
            let number = number.trim_start_matches("No.").trim_start_matches("No").trim();
            format!(
                "{country}/act/{}-{}",
                r.get(start, end).to_ascii_lowercase(),
                slug(&number.to_ascii_lowercase().replace(" of ", "-"))
            )
        }
    };
    Some(ActMention { start, end: to, id, weak: false, confidence: 0.9 })
}
