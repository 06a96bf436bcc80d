//! Parts of a section named without it: `sub-section (2)`, `clause (3)`, `sub-section (4) of the said
//! provision`.
//!
//! A part belongs to the section last named in its paragraph, or to the one whose heading opens the
//! quoted words (`54. Suspension.-(1) The Court may …`); else to the only section that the paragraphs
//! right before it name. Otherwise nothing is found.

use crate::model::RefKind;

use super::back::Before;
use super::found::Found;
use super::items::group_at;
use super::report::Reading;
use super::scan::{any_word, any_word_back, number, number_back, starts_word, ws, ws_back};
use super::statute::kind_of;

/// How far behind its heading a part of a quoted section may stand, in bytes.
const MAX_QUOTED: usize = 5000;
/// The longest heading of a section, in bytes.
const MAX_HEADING: usize = 220;
/// How far before a part the only section of its neighbourhood may stand, in bytes.
const NEAR: usize = 3000;
/// Words that name a section again.
const SAID: &[&str] = &[
    "of the said section",
    "of the said provision",
    "of the said article",
    "of the said rule",
    "of said section",
    "of said rule",
    "of the aforesaid rule",
    "of the aforesaid section",
    "of the aforesaid provision",
    "of the aforesaid article",
];
/// What joins two parts of one section.
const JOINTS: &[&str] = &["and", "or", "&", ","];

/// A part's own words.
struct Part {
    id: String,
    span: crate::model::Span,
}

/// What a part is called, and so what it is a part of.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    /// `sub-section`, of a section.
    Section,
    /// `sub-rule`.
    Rule,
    /// `clause` with a number, of an article.
    Article,
    /// `sub-article`, of the Constitution or the Qanun-e-Shahadat Order.
    SubArticle,
    /// `clause` with a letter, beside another of its kind.
    Letter,
}

impl Sort {
    const fn unit(self) -> &'static str {
        match self {
            Self::Section | Self::Letter => "s",
            Self::Rule => "r",
            Self::Article | Self::SubArticle => "art",
        }
    }
}

/// Reads the parts at a word for them; `base` is what the last such word of the text meant.
pub(super) fn read(before: &mut Before<'_>, start: usize, end: usize) -> Vec<Found> {
    found(before, start, end).unwrap_or_default()
}

fn found(before: &mut Before<'_>, start: usize, end: usize) -> Option<Vec<Found>> {
    let (r, b) = (before.r, before.r.b);
    // An amending text speaks of many acts.
    let own = before.acts.own.as_ref();
    if own.is_some_and(|own| !own.starts_with("pk/"))
        || before.acts.amends
        || !starts_word(b, start)
    {
        return None;
    }
    let word = r.get(start, end).to_ascii_lowercase();
    let mut at = if b.get(end - 1) == Some(&b'(') { end - 1 } else { end };
    if b.get(at) == Some(&b's') {
        at += 1;
    }
    if b.get(at) == Some(&b'.') {
        at += 1;
    }
    let (mut parts, mut end) = listed(before, ws(b, at))?;
    let mut counted = parts.iter().all(|part| part.id.starts_with(|c: char| c.is_ascii_digit()));
    // `clause (d) of sub-section (9)`; at the inner word it was read already.
    let mut outer = None;
    if word.starts_with("clause")
        && let Some((part, to, sort)) = part_around(r, end)
    {
        for inner in &mut parts {
            inner.id = format!("{part}.{}", inner.id);
        }
        (end, outer, counted) = (to, Some(sort), true);
    } else if is_read_with_clause(r, start) {
        return None;
    }
    let sort = match (word.starts_with("clause"), counted) {
        _ if outer.is_some() => outer?,
        (false, true) if word.contains("rule") => Sort::Rule,
        (false, true) if word.contains("article") => Sort::SubArticle,
        (false, true) => Sort::Section,
        (true, true) => Sort::Article,
        (true, false) if parts.iter().all(|part| part.id.len() == 1) => Sort::Letter,
        _ => return None,
    };
    if before.is_taken(start) {
        return None;
    }
    let after = ws(b, end);
    let said = any_word(b, after, SAID);
    // `sub-section (2) of section 9` is read with its section, `of this section` says nothing new.
    if said.is_none() && any_word(b, after, &["of", "to the", "in section", "above"]).is_some() {
        return None;
    }
    let base = if own.is_some() {
        own_section(before, sort, start)?
    } else {
        meant(before, sort, start, said.is_some())
            .or_else(|| parts.first().and_then(|part| lettered(before, sort, &part.id, start)))?
    };
    let whole = start..said.unwrap_or(end);
    let single = parts.len() == 1;
    let is_back = said.is_some();
    let found: Vec<Found> = parts
        .into_iter()
        .map(|part| {
            let id = format!("{base}.{}", part.id);
            let kind = if is_back { RefKind::Back } else { kind_of(&id) };
            let mut one = Found::new(kind, id, whole.clone()).with_confidence(0.75);
            if !single {
                one.span = part.span;
            }
            one
        })
        .collect();
    before.part = Some((start, base));
    Some(found)
}

/// Reads `of sub-section (9)` at `at`, which no section follows; returns the part, its end and sort.
fn part_around(r: Reading<'_>, at: usize) -> Option<(String, usize, Sort)> {
    let of = ws(r.b, any_word(r.b, ws(r.b, at), &["of"])?);
    let rule = || any_word(r.b, of, SUBRULES).map(|word| (word, Sort::Rule));
    let (word, sort) =
        any_word(r.b, of, SUBSECTIONS).map(|word| (word, Sort::Section)).or_else(rule)?;
    let (part, to) = group_at(r, ws(r.b, word))?;
    let counted = part.starts_with(|c: char| c.is_ascii_digit());
    let goes_on =
        any_word(r.b, ws(r.b, to), &["of section", "of article", "of the article", "of rule"]);
    (counted && goes_on.is_none()).then_some((part, to, sort))
}

/// Tells whether `clause (d) of` stands before the `sub-section` at `start`.
fn is_read_with_clause(r: Reading<'_>, start: usize) -> bool {
    let Some(of) = any_word_back(r.b, ws_back(r.b, start), &["of"]) else { return false };
    let close = ws_back(r.b, of);
    let near = r.b.get(close.saturating_sub(7)..close).unwrap_or_default();
    let open = near.iter().rposition(|&byte| byte == b'(').map(|open| close - near.len() + open);
    near.ends_with(b")")
        && open.is_some_and(|open| {
            any_word_back(r.b, ws_back(r.b, open), &["clause", "clauses"]).is_some()
        })
}

/// `sub-section`, as it is written.
const SUBSECTIONS: &[&str] = &["sub-section", "subsection", "sub section", "sub- section"];
/// `sub-rule`, as it is written.
const SUBRULES: &[&str] = &["sub-rule", "subrule", "sub rule", "sub- rule"];

/// How far behind its heading a part of a section may stand in the act's own text, in bytes.
const MAX_SECTION: usize = 12_000;

/// Returns the section of the act's own text in which `at` stands.
fn own_section(before: &Before<'_>, sort: Sort, at: usize) -> Option<String> {
    let own = before.acts.own.as_ref()?;
    let unit = if kind_of(own) == RefKind::Instrument { Sort::Rule } else { Sort::Section };
    if sort != unit || at >= before.flow.notes {
        return None;
    }
    let this = before.flow.paragraph_of(at);
    let paragraphs = before.flow.paragraphs.get(..=this)?.iter().rev();
    let near = paragraphs.take_while(|&&start| at.saturating_sub(start) < MAX_SECTION);
    let number = near.into_iter().find_map(|&start| section_opened(before.r, start))?;
    Some(format!("{own}/{}{number}", sort.unit()))
}

/// Reads the number of the section whose heading or text a paragraph opens: `12. Retirement`,
/// `[11-A. Certain persons`; in a table of contents nothing else stands on its line.
fn section_opened(r: Reading<'_>, start: usize) -> Option<String> {
    let b = r.b;
    let mut at = start;
    while matches!(b.get(at), Some(b' ' | b'*' | b'#' | b'[')) {
        at += 1;
    }
    // `[21] [8. Promotion`: the mark of a note.
    if let Some((_, to)) = number(b, at, 3).filter(|(_, to)| b.get(*to) == Some(&b']')) {
        at = ws(b, to + 1);
        at = ws(b, at + usize::from(b.get(at) == Some(&b'[')));
    }
    let (value, mut to) = number(b, at, 3)?;
    let mut letters = String::new();
    let dash = usize::from(b.get(to) == Some(&b'-'));
    while letters.len() < 2
        && let Some(letter) =
            b.get(to + dash + letters.len()).filter(|byte| byte.is_ascii_uppercase())
    {
        letters.push(char::from(letter.to_ascii_lowercase()));
    }
    if !letters.is_empty() {
        to += dash + letters.len();
    }
    let text = ws(b, to + 1);
    let opens = b.get(to) == Some(&b'.')
        && b.get(text).is_some_and(|byte| byte.is_ascii_uppercase() || b"([*-".contains(byte));
    (opens && value > 0).then(|| format!("{value}{letters}"))
}

/// Reads `(2)`, `(7)(b)`, `(3) or (5)`; returns the parts and their end.
fn listed(before: &Before<'_>, at: usize) -> Option<(Vec<Part>, usize)> {
    let (r, b) = (before.r, before.r.b);
    let mut parts = Vec::new();
    let (mut at, mut end) = (at, at);
    while b.get(at) == Some(&b'(') && parts.len() < 8 {
        let Some((mut id, mut to)) = group_at(r, at) else { break };
        while b.get(to) == Some(&b'(')
            && let Some((deeper, next)) = group_at(r, to)
        {
            id.push('.');
            id.push_str(&deeper);
            to = next;
        }
        parts.push(Part { id, span: at..to });
        end = to;
        at = ws(b, to);
        while let Some(next) =
            any_word(b, at, JOINTS).or_else(|| (b.get(at) == Some(&b',')).then_some(at + 1))
        {
            at = ws(b, next);
        }
    }
    (!parts.is_empty()).then_some((parts, end))
}

/// Returns the normal form of the section that a part at `at` belongs to.
fn meant(before: &Before<'_>, sort: Sort, at: usize, said: bool) -> Option<String> {
    let paragraphs = &before.flow.paragraphs;
    let this = before.flow.paragraph_of(at);
    let first = paragraphs.get(this).copied().unwrap_or(0);
    let last = named(before, sort, first.max(at.saturating_sub(NEAR)), at).last();
    if sort == Sort::Letter {
        // Beside clause (a) of a sub-section stands clause (b) of the same.
        let (stem, letter) = last?.rsplit_once('.')?;
        return (letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase()))
            .then(|| stem.to_owned());
    }
    if said {
        let from = paragraphs.get(this.saturating_sub(1)).copied().unwrap_or(0);
        return named(before, sort, from.max(at.saturating_sub(NEAR)), at)
            .last()
            .map(|id| base(id).to_owned());
    }
    if sort == Sort::Section
        && let Some(id) = headed(before, at)
    {
        return Some(id);
    }
    // A paragraph that is itself a sub-section names other sections than its own.
    let opening = before.r.b.get(first..first + 3).unwrap_or_default();
    let quoted =
        matches!(opening, [b'(', digit, _] | [b'"', b'(', digit] if digit.is_ascii_digit());
    if let Some(last) = last.filter(|_| !quoted) {
        return Some(base(last).to_owned());
    }
    // `Section 122(5A) reads: (5A) Subject to sub-section (9) …`
    if quoted && let Some(id) = quoted_part(before, sort, first, at) {
        return Some(id);
    }
    // Nothing was named since the last part of this paragraph or the one before.
    let previous = paragraphs.get(this.saturating_sub(1)).copied().unwrap_or(0);
    if let Some((place, id)) = before.part.as_ref()
        && *place >= previous
        && *place < at
        && unit_of(id).starts_with(sort.unit())
        && named(before, sort, *place, at).next().is_none()
    {
        return Some(id.clone());
    }
    // What an amending text inserts is of none of the sections that it names.
    let inserted = quoted && before.acts.calls_itself_amending;
    if matches!(sort, Sort::Article | Sort::SubArticle) || inserted {
        return None;
    }
    let from = paragraphs.get(this.saturating_sub(2)).copied().unwrap_or(0);
    let mut near = named(before, sort, from.max(at.saturating_sub(NEAR)), at).map(base);
    let only = near.next()?;
    near.all(|id| id == only).then(|| only.to_owned())
}

/// Returns the section whose part opens the paragraph at `first`, where the text named that part last.
fn quoted_part(before: &Before<'_>, sort: Sort, first: usize, at: usize) -> Option<String> {
    let open = first + usize::from(before.r.b.get(first) == Some(&b'"'));
    let (label, _) = group_at(before.r, open)?;
    let last = named(before, sort, first.saturating_sub(NEAR), at.min(first)).last()?;
    let (section, part) = last.rsplit_once('.')?;
    (part == label && base(last) == section).then(|| section.to_owned())
}

/// Returns the section that alone has a part of this lettered number in the text before `at`: `(5A)`.
fn lettered(before: &Before<'_>, sort: Sort, part: &str, at: usize) -> Option<String> {
    if sort != Sort::Section || !part.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut ids = named(before, sort, 0, at).filter(|id| {
        let tail = id.strip_prefix(base(id)).and_then(|tail| tail.strip_prefix('.'));
        tail.is_some_and(|tail| tail.split('.').next() == Some(part))
    });
    let only = base(ids.next()?);
    ids.all(|id| base(id) == only).then(|| only.to_owned())
}

/// Returns the normal forms of the provisions between two places, in order.
fn named<'a>(
    before: &'a Before<'_>,
    sort: Sort,
    from: usize,
    to: usize,
) -> impl Iterator<Item = &'a str> {
    let first = before.found.partition_point(|one| one.span.start < from);
    before
        .found
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take_while(move |one| one.span.start < to)
        .filter(move |one| one.whole.end <= to)
        .map(|one| one.id.as_str())
        .filter(move |id| {
            let number = unit_of(id).strip_prefix(sort.unit());
            number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
                && match sort {
                    Sort::Article => id.contains("constitution"),
                    Sort::SubArticle => id.contains("constitution") || id.contains("/qso/"),
                    _ => true,
                }
        })
}

/// Returns the last part of a provision's normal form: `s122.5a`.
fn unit_of(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or_default()
}

/// Returns the section's own normal form: `…/s122` for `…/s122.5a`.
fn base(id: &str) -> &str {
    let at = id.len() - unit_of(id).len();
    id.get(at..).and_then(|unit| unit.find('.')).and_then(|dot| id.get(..at + dot)).unwrap_or(id)
}

/// Returns the section in whose quoted words `at` stands, where its heading is quoted with it and the
/// text named it with one act.
fn headed(before: &Before<'_>, at: usize) -> Option<String> {
    let (r, b) = (before.r, before.r.b);
    let from = at.saturating_sub(MAX_QUOTED);
    let near = b.get(from..at)?;
    let is_one = |&open: &usize| near.get(open..open + 3) == Some(b"(1)");
    let one = memchr::memrchr_iter(b'(', near).find(is_one)? + from;
    let mut title_end = ws_back(b, one);
    if title_end == 0 || b.get(title_end - 1) != Some(&b'-') {
        return None;
    }
    while title_end > 0 && matches!(b.get(title_end - 1), Some(b'-' | b' ' | b'.' | b':')) {
        title_end -= 1;
    }
    let limit = title_end.saturating_sub(MAX_HEADING);
    let dot = memchr::memmem::rfind(b.get(limit..title_end)?, b". ")? + limit;
    let mut end = dot;
    let mut letters = 0;
    while letters < 2 && end > 0 && b.get(end - 1).is_some_and(u8::is_ascii_uppercase) {
        letters += 1;
        end -= 1;
    }
    if end > 0 && b.get(end - 1) == Some(&b'-') {
        end -= 1;
    }
    let (value, _) = number_back(b, end, 3)?;
    let unit = format!("s{value}{}", r.get(dot - letters, dot).to_ascii_lowercase());
    // The quotation is over where a paragraph opens with a sentence of the text itself.
    let first = before.flow.paragraph_of(one) + 1;
    let goes_on = before.flow.paragraphs.get(first..).unwrap_or_default();
    let goes_on = goes_on.iter().take_while(|&&start| start <= at).all(|&start| {
        let opening = r.text.get(start..).unwrap_or_default();
        let words = ["Provided", "Explanation", "PROVIDED", "Where", "where"];
        words.iter().any(|word| opening.starts_with(word))
            || opening.starts_with(|c: char| c.is_ascii_lowercase() || "(\"[".contains(c))
            // `A is the amount`: what a formula's letters mean.
            || opening.as_bytes().get(1) == Some(&b' ')
    });
    if !goes_on {
        return None;
    }
    let idx = before.found.partition_point(|one| one.span.start < dot);
    let mut ids =
        before.found.get(..idx)?.iter().map(|one| base(&one.id)).filter(|id| unit_of(id) == unit);
    let last = ids.next_back()?;
    ids.all(|id| id == last).then(|| last.to_owned())
}
