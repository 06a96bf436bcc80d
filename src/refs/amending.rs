//! Sections in enactments that amend others: `The Kite Act 1994 is amended (a) in section 2, by the
//! insertion after section 21 of …`. What stands below such words is of the act that they name, quoted
//! words included, up to the next of them or the next section of the amending act.

use super::acts::Acts;
use super::recall::Seen;
use super::report::Reading;
use super::scan::{any_word, number, ws};
use super::statute::{Link, Sections, kind_of};
use crate::model::RefKind;

/// How far behind the title `is amended` may stand: `approved August 17, 1937 (50 Stat. 679; …), is`.
const MAX_BEHIND: usize = 260;
/// How far such words reach at most, in bytes.
const MAX_REACH: usize = 20_000;

/// What one amending instruction reaches.
struct Region {
    from: usize,
    to: usize,
    id: String,
}

/// Gives the bare sections below `the Act … is amended` that act.
pub(super) fn bind(r: Reading<'_>, acts: &Acts, lists: &mut [Sections], paragraphs: &[usize]) {
    let regions = regions(r, acts, paragraphs);
    if regions.is_empty() {
        return;
    }
    for list in lists.iter_mut().filter(|list| list.act.is_none() && !list.claimed) {
        let idx = regions.partition_point(|region| region.from <= list.start);
        let region = idx.checked_sub(1).and_then(|idx| regions.get(idx));
        let Some(region) = region.filter(|region| list.end <= region.to) else { continue };
        let numbered = list.items.iter().all(|item| item.base() > 0 && !item.decimal);
        let unit = if kind_of(&region.id) == RefKind::Statute { "s" } else { "r" };
        if list.unit == unit && numbered && !list.items.is_empty() && list.word.is_none() {
            let (id, whole) = (region.id.clone(), list.start..list.end);
            list.act = Some(Link { id, confidence: 0.8, whole, mention: None });
        }
    }
}

/// Tells whether a list is the number of a section that a paragraph opens, `Sec. 3. Definitions.`: the
/// text's own, and no reference.
pub(super) fn is_own_heading(r: Reading<'_>, list: &Sections, paragraphs: &[usize]) -> bool {
    let paragraph = paragraphs.partition_point(|&start| start <= list.start);
    let own = paragraph.checked_sub(1).and_then(|idx| paragraphs.get(idx)).copied();
    own.is_some_and(|own| {
        let before = r.get(own, list.start);
        before.chars().all(|c| matches!(c, ' ' | '*' | '#' | '\n'))
            && r.get(list.start, list.end).starts_with("Sec")
            && list.items.len() == 1
            && matches!(r.b.get(list.end..list.end + 2), Some(b". "))
    })
}

fn regions(r: Reading<'_>, acts: &Acts, paragraphs: &[usize]) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    if memchr::memmem::find(r.b, b" amended").is_none() {
        return regions;
    }
    for mention in &acts.mentions {
        let Some(from) = amended_after(r, mention.end) else { continue };
        if mention.weak || mention.id.contains("constitution") {
            continue;
        }
        let this = paragraphs.partition_point(|&start| start <= mention.start);
        let own = this.checked_sub(1).and_then(|idx| paragraphs.get(idx)).copied();
        let opening = own.and_then(|start| section_number(r, start));
        let next = opening.and_then(|opening| {
            let behind = paragraphs.get(this..).unwrap_or_default().iter();
            let mut near = behind.take_while(|&&start| start - from.min(start) < MAX_REACH);
            near.find(|&&start| section_number(r, start) == Some(opening + 1)).copied()
        });
        let to = next.unwrap_or(from + MAX_REACH);
        // A region ends where the next begins.
        if let Some(last) = regions.last_mut() {
            last.to = last.to.min(mention.start);
        }
        regions.push(Region { from, to, id: mention.id.clone() });
    }
    regions
}

/// Returns the end of `is amended as follows`, `is amended-`, `are amended by` behind a title, whatever
/// brackets and dates stand between; a past tense tells of something else.
fn amended_after(r: Reading<'_>, end: usize) -> Option<usize> {
    let b = r.b;
    let near = b.get(end..(end + MAX_BEHIND).min(b.len()))?;
    let at = end + memchr::memmem::find(near, b" amended")?;
    let mut depth = 0_usize;
    for (idx, byte) in b.get(end..at)?.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.checked_sub(1)?,
            b'.' if depth == 0 && b.get(end + idx + 1) == Some(&b' ') => return None,
            b'\n' | b';' | b':' if depth == 0 => return None,
            _ => {}
        }
    }
    let head = r.text.get(end..at)?.trim_end();
    let head = head.strip_suffix("further").unwrap_or(head).trim_end();
    if !(head.ends_with("is") || head.ends_with("are") || head.ends_with("shall be")) {
        return None;
    }
    let after = ws(b, at + " amended".len());
    let open =
        matches!(b.get(after), Some(b'-' | b':' | b',' | b'\n')) || !r.text.is_char_boundary(after);
    let dash = r.text.get(after..).is_some_and(|rest| rest.starts_with(['\u{2014}', '\u{2013}']));
    let told = any_word(b, after, &["as follows", "by", "in"]).is_some();
    (open || dash || told).then_some(after)
}

/// Reads the number of the section that a paragraph opens: `2. The Kite Act`, `**2.** The`, `Sec. 3.`
fn section_number(r: Reading<'_>, start: usize) -> Option<u32> {
    let mut at = start;
    while matches!(r.b.get(at), Some(b' ' | b'*' | b'#' | b'"' | b'\n')) {
        if r.b.get(at) == Some(&b'"') {
            // Quoted words have numbers of their own.
            return None;
        }
        at += 1;
    }
    if let Some(after) = any_word(r.b, at, &["sec.", "section"]) {
        at = ws(r.b, after);
    }
    let (value, end) = number(r.b, at, 3)?;
    (r.b.get(end) == Some(&b'.')).then_some(value)
}

/// An amending act has fewer sections of its own.
const MOST_OWN: u32 = 30;

/// Gives bare sections of an amending text, of numbers that it has none of itself, the act that alone
/// had that section with its name in it.
pub(super) fn again(lists: &mut [Sections]) {
    let mut seen = Seen::default();
    for list in lists.iter() {
        let Some(act) = &list.act else { continue };
        for item in &list.items {
            seen.note(&list.unit, item.base(), &act.id);
        }
    }
    for list in lists.iter_mut().filter(|list| list.act.is_none() && !list.claimed) {
        let Some(first) =
            list.items.first().filter(|item| list.word.is_none() && item.base() > MOST_OWN)
        else {
            continue;
        };
        if let [id] = seen.of(&list.unit, first.base()) {
            let (id, whole) = (id.clone(), list.start..list.end);
            list.act = Some(Link { id, confidence: 0.7, whole, mention: None });
        }
    }
}
