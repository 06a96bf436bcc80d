//! Legal references and cause titles: what a document is, and what it cites.
//!
//! A *reference* is a law report, case number, section of an act, instrument or index number at a
//! place of a page, with its *normal form* (`pk/pld/1998/sc/388`). One pass finds *anchors*: years
//! and literals; hand-written parsers read around them; the names they know are tables in TOML.
//! Whether a reference is good law, followed or overruled is not said here: a person says it.

mod abroad;
mod acts;
mod amending;
mod anchors;
mod back;
mod bare;
mod below;
mod bench_letters;
mod by_name;
mod case;
mod case_list;
mod court_rules;
mod docket;
mod flow;
mod found;
mod ibid;
mod id;
mod index;
mod indian;
mod items;
mod links;
mod literals;
mod misread;
mod nearby;
mod notes;
mod numbers;
mod of_supreme;
mod on_record;
mod own;
mod parts;
mod pinpoint;
mod recall;
mod report;
mod scan;
mod schedule;
mod short;
mod short_years;
mod state_codes;
mod statute;
mod tables;
mod terms;
#[cfg(test)]
mod tests;
pub mod title;
mod treaties;
mod typed;
mod unsigned;
mod urdu;
mod volume;
mod zones;

pub use id::{ancestors, answers, display, family, lookups, same, with_court, work_of};
pub use tables::{Tables, TablesError};
pub use typed::parse_typed;

use std::sync::LazyLock;

use memchr::memchr2_iter;

use crate::model::{Page, RefKind, Reference, Span};

use acts::Acts;
use anchors::Anchor;
use back::Before;
use case::Cases;
use flow::Flow;
use found::{Found, settle};
use literals::Literals;
use own::{amends, called_itself, cited_as, own_act};
use report::Reading;

/// What the caller knows about the document that is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The document's court, by its id in `model::court`.
    pub court: Option<&'a str>,
    /// The year of the document; later references are flagged as probable reading errors.
    pub year: Option<u16>,
    /// The document's own numbers, as written (`W.P. No. 1805/2023`) or as normal forms.
    pub own_numbers: &'a [String],
    /// The title of the enactment whose text the document is.
    pub own_title: Option<&'a str>,
}

/// A reference in a short text, such as a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The family.
    pub kind: RefKind,
    /// The normal forms: several where one expression names several (`ss. 37 and 39 PECA`).
    pub ids: Vec<String>,
    /// Bytes of the text that was read.
    pub span: Span,
}

/// References less sure than this are not reported.
const LEAST_CONFIDENCE: f32 = 0.5;
/// Two digits of a year mean this year at the latest, where the document's year is not known.
const LAST_SHORT_YEAR: u16 = 2030;
/// How much of a text after a start is read by [`parse_at`], in bytes.
const MAX_QUERY: usize = 400;

/// Finds the references of a document, in order of page and place.
///
/// Running heads, feet and other boilerplate are not searched. A reference over a page break
/// carries the page where it begins and ends, as a span, with that page's text.
pub fn find(pages: &[Page], cx: &Context<'_>, tables: &Tables) -> Vec<Reference> {
    let flow = Flow::of_pages(pages);
    let reading = Reading {
        text: &flow.text,
        b: flow.text.as_bytes(),
        tables: tables.inner(),
        lenient: false,
    };
    let anchors: Vec<(usize, usize, Anchor)> = reading.tables.anchors(reading.text);
    let headed = if cx.court.is_none() { headed_by(reading, &anchors) } else { None };
    let cx = &Context { court: cx.court.or(headed), ..*cx };
    let mut found = search(reading, &flow, &anchors, cx);
    zones::mark(reading, &anchors, &mut found, cx, tables);
    if cx.court.is_none() {
        drop_foreign(&mut found, &flow.text);
    }
    let text_of = |idx: usize| pages.get(idx).map_or("", |page| page.text.as_str());
    let mut references: Vec<Reference> = found
        .into_iter()
        .filter(|one| one.confidence >= LEAST_CONFIDENCE)
        .filter_map(|one| {
            let (page_idx, span) = flow.span_in(&one.span, text_of);
            let (whole_page, whole) = flow.span_in(&one.whole, text_of);
            let page = pages.get(page_idx)?.number;
            let whole = if whole_page == page_idx { whole } else { span.clone() };
            Some(Reference {
                kind: one.kind,
                id: one.id,
                page,
                span,
                whole,
                pinpoint: one.pinpoint,
                confidence: one.confidence,
                relation: one.relation,
                note: one.note,
            })
        })
        .collect();
    references.sort_by(|a, b| {
        (a.page, a.span.start, a.span.end, &a.id).cmp(&(b.page, b.span.start, b.span.end, &b.id))
    });
    references
}

/// Reads the first reference of a short text; letters may be small: `pld 1998 sc 388`.
///
/// ```
/// let tables = misl::refs::Tables::builtin();
/// let parsed = misl::refs::parse_one("WP 2758 of 2023", tables).unwrap();
/// assert_eq!(parsed.ids, ["pk/_/wp/2023/2758"]);
/// ```
pub fn parse_one(text: &str, tables: &Tables) -> Option<Parsed> {
    let flow = Flow::of_text(text);
    let reading = Reading {
        text: &flow.text,
        b: flow.text.as_bytes(),
        tables: tables.inner(),
        lenient: true,
    };
    let anchors: Vec<(usize, usize, Anchor)> = reading.tables.anchors(reading.text);
    let found = search(reading, &flow, &anchors, &Context::default());
    let first = found.iter().filter(|one| !one.id.is_empty()).min_by_key(|one| one.whole.start)?;
    let ids: Vec<String> = found
        .iter()
        .filter(|one| one.whole == first.whole && one.kind == first.kind)
        .map(|one| one.id.clone())
        .collect();
    let (_, span) = flow.span_in(&first.whole, |_| text);
    Some(Parsed { kind: first.kind, ids, span })
}

/// Reads the reference that begins exactly at byte `start` of `text`.
pub fn parse_at(text: &str, start: usize, tables: &Tables) -> Option<Parsed> {
    let mut end = start.saturating_add(MAX_QUERY).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let parsed = parse_one(text.get(start..end)?, tables)?;
    (parsed.span.start == 0).then(|| Parsed {
        kind: parsed.kind,
        ids: parsed.ids,
        span: start..start + parsed.span.end,
    })
}

/// Finds the references of a flow, settled and resolved, in order of place.
fn search(
    r: Reading<'_>,
    flow: &Flow,
    anchors: &[(usize, usize, Anchor)],
    cx: &Context<'_>,
) -> Vec<Found> {
    let reported = cx.court.is_none().then(|| reported_by(r)).flatten();
    let cx = &Context { court: cx.court.or(reported.as_deref()), ..*cx };
    let country = country_of(cx, r.text);
    let courts: Vec<(usize, usize, usize)> = anchors
        .iter()
        .filter_map(|&(start, end, anchor)| match anchor {
            Anchor::Court(idx) => Some((start, end, idx)),
            _ => None,
        })
        .collect();
    // `Reference (No 3 of 1999)` of Westminster has no form here.
    let at_home =
        country == "pk" || country != "in" && memchr::memmem::find(r.b, b"Pakistan").is_some();
    let mut found = Vec::new();
    at_years(r, cx, country, &courts, &mut found);
    case::constitution_petitions(&mut found);
    if !at_home {
        found.retain(|one: &Found| one.kind != RefKind::Case || !one.id.starts_with("pk/"));
    }
    at_literals(r, anchors, country, &mut found);
    if country == "in" {
        found.extend(indian::find(r, anchors, cx.court));
    }
    if country == "coe" {
        found.extend(index::strasbourg_plain(r));
    }
    if country == "us" {
        found.extend(state_codes::find(r, anchors));
    }
    if country == "uk" {
        found.extend(court_rules::practice_directions(r));
    }
    let american =
        country == "us" || cx.court.is_some_and(|court| court.starts_with("United States"));
    if american || (r.lenient && found.is_empty()) {
        found.extend(docket::find(r, anchors));
    }
    if at_home {
        short_years::find(r, cx, anchors, &courts, &mut found);
    }
    let mut acts = Acts::gather(r, anchors, country);
    acts.own = cx.own_title.and_then(|title| own_act(r, title, country));
    acts.amends = cx.own_title.is_some_and(amends);
    if cx.own_title.is_none()
        && let Some((id, title)) = cited_as(r, &acts)
    {
        acts.amends = amends(title);
        acts.own = Some(id).filter(|_| !acts.amends);
    } else if cx.own_title.is_none() && cx.court.is_none() && !r.lenient {
        called_itself(r, &mut acts);
    }
    let codes: Vec<&str> = found
        .iter()
        .filter(|one: &&Found| one.id.starts_with("us/usc/"))
        .map(|one| one.id.as_str())
        .collect();
    let unsigned = if american { unsigned::find(r, &codes) } else { Vec::new() };
    let statutes = statute::find(r, anchors, &acts, &codes, country, &flow.paragraphs);
    found.extend(statutes);
    found.extend(unsigned);
    // A text that names no place of Pakistan speaks of the bills of another parliament.
    if found.iter().any(|one| one.id.starts_with("pk/bill/")) && !names_home(r.b) {
        found.retain(|one| !one.id.starts_with("pk/bill/"));
    }
    let mut found = settle(found);
    back::resolve_short(&mut found);
    back::complete_instruments(&mut found);
    if !r.lenient {
        let of_home =
            cx.court.and_then(crate::model::court::by_id).is_some_and(|c| c.country == "pk");
        let at_home =
            country == "pk" && (of_home || memchr::memmem::find(r.b, b"Pakistan").is_some());
        let american = country == "us";
        let british = country == "uk";
        let mut before = Before {
            r,
            flow,
            found: &found,
            acts: &acts,
            american,
            british,
            at_home,
            last: None,
            part: None,
        };
        let mut back: Vec<Found> = Vec::new();
        for &(start, end, anchor) in anchors {
            if anchor == Anchor::Part {
                back.extend(parts::read(&mut before, start, end));
            } else {
                back.extend(before.at(start, end, anchor));
            }
        }
        if !matches!(country, "pk" | "us" | "in") {
            back.extend(by_name::find(&before));
        }
        if !back.is_empty() {
            found.extend(back);
            found = settle(found);
        }
    }
    found
}

/// Returns the court of a law report's text, which opens with its own citation: `PLJ 2011 Peshawar 83`.
fn reported_by(r: Reading<'_>) -> Option<String> {
    let head = r.b.len().min(OPENING);
    memchr2_iter(b'1', b'2', r.b.get(..head)?).find_map(|at| {
        let (value, end) = scan::year(r.b, at)?;
        let found = report::at_year(r, at, end, value)?;
        // Nothing but a number or a few words stands before it.
        let first = r.get(0, found.whole.start).split_whitespace().count() <= 12;
        if !first || !found.id.starts_with("pk/") {
            return None;
        }
        let mut parts = found.id.split('/').skip(3);
        let slug = parts.next().zip(parts.next()).map(|(slug, _)| slug.to_owned());
        let slug = slug.or_else(|| headed_in_brackets(r, found.whole.end))?;
        let is_it = |court: &&tables::CourtNames| court.slug == slug;
        let court = r.tables.courts.iter().find(is_it)?;
        court.model.clone()
    })
}

/// Reads the court in brackets below the citation of a report of all courts: `2020 YLR 19 [Sindh]`.
fn headed_in_brackets(r: Reading<'_>, end: usize) -> Option<String> {
    let open = scan::ws(r.b, end);
    (r.b.get(open) == Some(&b'[')).then_some(())?;
    let inside = r.b.get(open + 1..)?.iter().take(40);
    let len = inside.into_iter().position(|&byte| matches!(byte, b']' | b'('))?;
    let name = scan::squeeze(r.get(open + 1, open + 1 + len));
    let court = r.tables.courts.iter().find(|court| court.spell.contains(&name))?;
    Some(court.slug.clone())
}

/// Returns the court whose name in capitals opens a text, where no record could be read off it: all
/// of an order stands in one paragraph, as in collections of texts.
fn headed_by<'t>(r: Reading<'t>, anchors: &[(usize, usize, Anchor)]) -> Option<&'t str> {
    const BEFORE: [&str; 7] = ["ORDER", "JUDGMENT", "SHEET", "IN", "BEFORE", "THE", "HON’BLE"];
    let (start, end, court) = anchors.iter().find_map(|&(start, end, anchor)| match anchor {
        Anchor::Court(idx) => Some((start, end, idx)),
        _ => None,
    })?;
    let opens = start < OPENING && {
        let word = |word: &str| BEFORE.contains(&word.trim_end_matches(['.', ',', ':']));
        r.get(0, start).split_whitespace().all(word)
    };
    let is_capital = !r.get(start, end).bytes().any(|byte| byte.is_ascii_lowercase());
    let named = r.tables.courts.get(court).filter(|_| opens && is_capital)?;
    named.model.as_deref()
}

/// The opening of a text, in bytes.
const OPENING: usize = 300;

/// Reads around every year.
fn at_years(
    r: Reading<'_>,
    cx: &Context<'_>,
    country: &str,
    courts: &[(usize, usize, usize)],
    found: &mut Vec<Found>,
) {
    let mut cases = Cases::new(cx.court, courts);
    cases.tries_suits = case::is_original_side(cx.court, cx.own_numbers);
    let mut last = 0;
    for at in memchr2_iter(b'1', b'2', r.b) {
        if at < last {
            continue;
        }
        let Some((value, end)) = scan::year(r.b, at) else { continue };
        last = end;
        found.extend(
            report::at_year(r, at, end, value).and_then(|one| abroad::here(r, one, country)),
        );
        found.extend(abroad::at_year(r, at, end, value, country));
        found.extend(cases.at_year(r, at, end, value));
    }
}

/// Reads at the literals that open a reference of their own.
fn at_literals(
    r: Reading<'_>,
    anchors: &[(usize, usize, Anchor)],
    country: &str,
    found: &mut Vec<Found>,
) {
    for &(start, end, anchor) in anchors {
        match anchor {
            Anchor::Volume(idx) => {
                let series = r.tables.series.get(idx);
                let series = series.filter(|series| !series.home || series.country == country);
                found.extend(series.and_then(|series| volume::at_volume(r, series, start, end)));
            }
            Anchor::SeriesLetters => found.extend(misread::at_letters(r, start, end)),
            Anchor::Sro => found.extend(index::sro(r, start, end)),
            Anchor::Index(idx) => {
                let form = r.tables.indexes.get(idx);
                let one = form.and_then(|form| index::index(r, form, start, end));
                found.extend(one.map(|one| index::with_volume(r, one)));
            }
            Anchor::Strasbourg => found.extend(index::strasbourg(r, start, end)),
            // `A. v. B. [GC], nos. 58170/13 and 62322/14`
            Anchor::No => found.extend(index::strasbourg_after_name(r, start, end, country)),
            Anchor::Luxembourg => found.extend(index::luxembourg(r, end)),
            Anchor::UsCode(regulations) => found.extend(index::us_code(r, start, end, regulations)),
            Anchor::District(code) => found.extend(index::district(r, start, end, code)),
            Anchor::UsConstitution => found.extend(index::us_constitution(r, start, end)),
            Anchor::Ecli => found.extend(index::ecli(r, start, end)),
            _ => {}
        }
    }
}

/// Returns the country whose acts a title without one is of: the court's, else the one that the
/// head of the text names most, else Pakistan.
fn country_of(cx: &Context<'_>, text: &str) -> &'static str {
    let of_court = cx.court.and_then(crate::model::court::by_id).map(|court| court.country);
    if let Some(code) = of_court {
        return COUNTRIES
            .iter()
            .map(|&(country, _)| country)
            .find(|&country| country == if code == "gb" { "uk" } else { code })
            .unwrap_or("pk");
    }
    let (head, rest) = text.as_bytes().split_at(text.len().min(HEAD_OF_TEXT));
    let (first, after) = head.split_at(head.len().min(FIRST_PAGE));
    let mut counts = [0; COUNTRIES.len()];
    count_countries(first, &mut counts);
    // Mostly the first page says it plainly.
    if !is_plain(&counts) {
        count_countries(after, &mut counts);
    }
    // Where the head says nothing, the rest may.
    if counts.iter().all(|&count| count == 0) {
        count_countries(rest, &mut counts);
    }
    // The organs of Strasbourg seldom name a place.
    let of_strasbourg = || {
        memchr::memmem::find(text.as_bytes(), b"of the Convention").is_some()
            && memchr::memmem::find(text.as_bytes(), b"applicant").is_some()
    };
    most_named(&counts).unwrap_or_else(|| {
        if of_strasbourg() { "coe" } else { numbers::state_of(text).unwrap_or("pk") }
    })
}

/// Drops acts that were taken for Pakistan's in a long text about many countries, where nothing
/// around them speaks of Pakistan: `the Constitution` of a yearly report is another on each page.
fn drop_foreign(found: &mut Vec<Found>, text: &str) {
    /// Shorter texts speak of one country, or their head says of which.
    const LONG: usize = 30_000;
    /// How far around an act its country is named, in bytes.
    const NEAR: usize = 2_500;
    if text.len() < LONG {
        return;
    }
    // These have their country in their name.
    let is_ours = |id: &str| {
        let name = id.strip_prefix("pk/act/").unwrap_or_default();
        ["peca", "qso", "pakistan"].iter().any(|own| name.starts_with(own))
    };
    let in_doubt = |one: &Found| {
        one.id.starts_with("pk/act/") && !is_ours(&one.id) || one.id.starts_with("pk/bill/")
    };
    if !found.iter().any(in_doubt) {
        return;
    }
    let n_own = COUNTRIES.first().map_or(0, |(_, words)| words.len());
    let mut own: Vec<usize> = Vec::new();
    let mut n_named = 0_usize;
    COUNTRY_WORDS.each(text.as_bytes(), |start, _, word| {
        n_named += 1;
        if word < n_own {
            own.push(start);
        }
    });
    if own.len() * 2 >= n_named && n_named > 0 {
        return;
    }
    found.retain(|one| {
        let at = own.partition_point(|&at| at + NEAR < one.whole.start);
        let is_near = own.get(at).is_some_and(|&at| at < one.whole.end + NEAR);
        is_near || !in_doubt(one)
    });
}

/// Tells whether a text names Pakistan or one of its places.
fn names_home(text: &[u8]) -> bool {
    let n_own = COUNTRIES.first().map_or(0, |(_, words)| words.len());
    let mut is_home = false;
    COUNTRY_WORDS.each(text, |_, _, word| is_home |= word < n_own);
    is_home
}

/// Tells whether one country is named often, and others hardly.
fn is_plain(counts: &[usize]) -> bool {
    let most = counts.iter().copied().max().unwrap_or_default();
    most >= 6 && most >= 4 * (counts.iter().sum::<usize>() - most)
}

/// Adds how often a text names each country.
fn count_countries(text: &[u8], counts: &mut [usize; COUNTRIES.len()]) {
    COUNTRY_WORDS.each(text, |_, _, mut word| {
        for (count, (_, words)) in counts.iter_mut().zip(COUNTRIES) {
            if word < words.len() {
                *count += 1;
                break;
            }
            word -= words.len();
        }
    });
}

/// Returns the country named most, the user's own first; `None` where none is.
fn most_named(counts: &[usize]) -> Option<&'static str> {
    // Pakistan is the first: a tie is its own.
    let mut best = 0;
    for (idx, &count) in counts.iter().enumerate() {
        if counts.get(best).is_some_and(|&most| count > most) {
            best = idx;
        }
    }
    let best = counts.get(best).filter(|&&count| count > 0).and_then(|_| COUNTRIES.get(best));
    best.map(|&(country, _)| country)
}

/// How much of a text is looked at for its country first, in bytes.
const FIRST_PAGE: usize = 4000;
/// How much of a text is looked at for its country, in bytes.
const HEAD_OF_TEXT: usize = 24_000;

/// Countries with the words that show them; the user's own first.
const COUNTRIES: &[(&str, &[&str])] = &[
    (
        "pk",
        &[
            "Pakistan",
            "Islamabad",
            "Lahore",
            "PLD",
            "SCMR",
            "Karachi",
            "Peshawar",
            "Punjab",
            "Sindh",
            "Cr.P.C",
        ],
    ),
    (
        "us",
        &[
            "U.S.C.",
            "United States",
            "F.3d",
            "F.2d",
            "District Court",
            "D.C. ",
            "U.S. ",
            "U. S. ",
            "District of Columbia",
            "D.C. Law",
            "Council of the District",
        ],
    ),
    (
        "uk",
        &[
            "UKSC",
            "EWHC",
            "EWCA",
            "United Kingdom",
            "England and Wales",
            "UKUT",
            "UKFTT",
            "Northern Ireland",
            "England",
            "Her Majesty",
            "House of Commons",
            "Scotland",
            "Crown Court",
        ],
    ),
    (
        "in",
        &[
            "Union of India",
            "INSC",
            "Supreme Court of India",
            "New Delhi",
            "Indian ",
            "IPC",
            "I.P.C",
            "Bombay",
            "Madras",
            "Haryana",
            "Chhattisgarh",
            "Gujarat",
            "Kerala",
            "Karnataka",
            "Maharashtra",
            "Tamil Nadu",
            "Uttar Pradesh",
            "Rajasthan",
            "Andhra Pradesh",
            "Madhya Pradesh",
            "Himachal Pradesh",
            "Telangana",
            "West Bengal",
            "Allahabad",
            "Calcutta",
            "Orissa",
            "Indlaw",
            "Lok Sabha",
        ],
    ),
    (
        "ie",
        &[
            "Oireachtas",
            "OIREACHTAS",
            "Ireland",
            "Irish ",
            "D\u{e1}il",
            "Dublin",
            "Seanad",
            "Saorst\u{e1}t",
            "Revenue Commissioners",
            "Taoiseach",
            "Oifigi\u{fa}il",
            "\u{c9}ireann",
            "Garda S",
        ],
    ),
    (
        "coe",
        &[
            "European Court of Human Rights",
            "Strasbourg",
            "Grand Chamber",
            "ECHR",
            "Committee of Ministers",
            "Protocol No. 1",
        ],
    ),
    ("lk", &["Sri Lanka", "Colombo", "Ceylon", "Legal Draftsman"]),
    ("za", &["South Africa", "ZACC", "ZASCA"]),
    ("au", &["Australia", "Commonwealth of", "HCA"]),
    ("ca", &["Canada", "Canadian"]),
    ("nz", &["New Zealand"]),
    ("bd", &["Bangladesh", "Dhaka"]),
    ("ke", &["Kenya", "Nairobi"]),
    ("fj", &["Fiji"]),
];

static COUNTRY_WORDS: LazyLock<Literals> = LazyLock::new(|| {
    let words: Vec<&str> = COUNTRIES.iter().flat_map(|(_, words)| words.iter().copied()).collect();
    Literals::new(&words, false)
});
