//! The kept texts that an answer shows: each part of a page is read, compared with its hash and cut into
//! passages once, those of one answer by two threads.

use std::rc::Rc;

use crate::engine::{DocumentHit, PassageHit};
use crate::model::{PageNo, Span};
use crate::store::{PackedPart, PagePart, PartOf};
use crate::task::{Desk, TaskError};
use crate::text::segment;

/// So many packed bytes take longer to read than a second thread takes to start.
const WORTH_A_THREAD: usize = if cfg!(test) { 1 } else { 24_000 };

/// The pages of one document that an answer looks at: each part is read and cut into passages once.
pub(super) struct Pages<'a> {
    pub(super) desk: &'a Desk,
    docn: u64,
    read: Vec<Rc<ReadPart>>,
}

/// A part of a page and its passages; spans are of the part's text.
pub(super) struct ReadPart {
    /// Its number on the page.
    n: usize,
    pub(super) part: PagePart,
    pub(super) passages: Vec<segment::PassageSpan>,
}

/// A passage of a page, found again in the kept text.
pub(super) struct FoundPassage {
    pub(super) on: Rc<ReadPart>,
    /// Position among the part's paragraphs.
    pub(super) paragraph_idx: usize,
    /// Bytes of the part's text.
    pub(super) span: Span,
}

impl FoundPassage {
    pub(super) fn text(&self) -> &str {
        self.on.part.page.text.get(self.span.clone()).unwrap_or_default()
    }
}

impl ReadPart {
    /// Reads part `n` of its page; else says what is wrong with it.
    fn new(n: usize, packed: &PackedPart) -> Result<Self, String> {
        let part = packed.unpack()?;
        Ok(Self { n, passages: segment::passages(&part.page), part })
    }
}

impl<'a> Pages<'a> {
    pub(super) const fn new(desk: &'a Desk, docn: u64) -> Self {
        Self { desk, docn, read: Vec::new() }
    }

    pub(super) fn part(
        &mut self,
        number: PageNo,
        of: PartOf,
    ) -> Result<Option<Rc<ReadPart>>, TaskError> {
        let known = self.read.iter().find(|read| {
            let part = &read.part;
            part.page.number == number
                && match of {
                    PartOf::Passage(nth) => {
                        let before = part.passages_before;
                        (before..before + read.passages.len()).contains(&nth)
                    }
                    PartOf::Byte(at) => {
                        (part.start..part.start + part.page.text.len()).contains(&at)
                    }
                }
        });
        if let Some(read) = known {
            return Ok(Some(Rc::clone(read)));
        }
        let store = &self.desk.store;
        let n = store.part_number(self.docn, number, of)?;
        let same = |read: &&Rc<ReadPart>| read.part.page.number == number && read.n == n;
        if let Some(read) = self.read.iter().find(same) {
            return Ok(Some(Rc::clone(read)));
        }
        let Some(packed) = store.packed_part(self.docn, number, n)? else { return Ok(None) };
        let read = ReadPart::new(n, &packed).map_err(|what| store.damaged_part(&packed, &what))?;
        let read = Rc::new(read);
        self.read.push(Rc::clone(&read));
        Ok(Some(read))
    }

    /// Returns the `nth` passage of a page, counted from 1.
    pub(super) fn passage(
        &mut self,
        number: PageNo,
        nth: usize,
    ) -> Result<Option<FoundPassage>, TaskError> {
        let nth = nth.saturating_sub(1);
        let Some(on) = self.part(number, PartOf::Passage(nth))? else { return Ok(None) };
        let passage =
            nth.checked_sub(on.part.passages_before).and_then(|at| on.passages.get(at)).cloned();
        Ok(passage.map(|passage| FoundPassage {
            paragraph_idx: passage.paragraph_idx,
            span: passage.span,
            on,
        }))
    }
}

/// A part that is to be read.
struct Wanted {
    /// Which of the documents it is of.
    hit_idx: usize,
    n: usize,
    packed: PackedPart,
}

/// Reads what the passages of an answer stand in, and returns the pages of each document.
pub(super) fn read<'a>(desk: &'a Desk, hits: &[DocumentHit]) -> Result<Vec<Pages<'a>>, TaskError> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for (hit_idx, hit) in hits.iter().enumerate() {
        let mut known: Vec<(PageNo, usize)> = Vec::with_capacity(hit.passages.len());
        for (number, nth) in hit.passages.iter().flat_map(places) {
            let of = PartOf::Passage(nth.saturating_sub(1));
            let n = desk.store.part_number(hit.docn, number, of)?;
            if known.contains(&(number, n)) {
                continue;
            }
            known.push((number, n));
            let packed = desk.store.packed_part(hit.docn, number, n)?;
            wanted.extend(packed.map(|packed| Wanted { hit_idx, n, packed }));
        }
    }
    let mut pages: Vec<Pages<'a>> = hits.iter().map(|hit| Pages::new(desk, hit.docn)).collect();
    for (wanted, read) in wanted.iter().zip(unpacked(&wanted)) {
        let read = read.map_err(|what| desk.store.damaged_part(&wanted.packed, &what))?;
        if let Some(pages) = pages.get_mut(wanted.hit_idx) {
            pages.read.push(Rc::new(read));
        }
    }
    Ok(pages)
}

/// Unpacks parts, in their order: by two threads where that is worth it.
fn unpacked(wanted: &[Wanted]) -> Vec<Result<ReadPart, String>> {
    let read = |wanted: &[Wanted]| -> Vec<Result<ReadPart, String>> {
        wanted.iter().map(|wanted| ReadPart::new(wanted.n, &wanted.packed)).collect()
    };
    let total: usize = wanted.iter().map(|wanted| wanted.packed.n_bytes()).sum();
    let mut before = 0;
    let is_first_half = |wanted: &Wanted| {
        before += wanted.packed.n_bytes();
        before <= total / 2
    };
    let (own, other) =
        wanted.split_at(wanted.iter().map(is_first_half).take_while(|is_it| *is_it).count());
    if total < WORTH_A_THREAD || own.is_empty() {
        return read(wanted);
    }
    std::thread::scope(|scope| {
        let there = std::thread::Builder::new().spawn_scoped(scope, || read(other));
        let mut parts = read(own);
        let others = there.ok().and_then(|there| there.join().ok());
        parts.extend(others.unwrap_or_else(|| read(other)));
        parts
    })
}

/// Returns page and number of the passages that a hit stands for: one, or two for a bridge.
fn places(hit: &PassageHit) -> impl Iterator<Item = (PageNo, usize)> {
    let (nth, nth_to) = nths(&hit.pid);
    let page_to = hit.page_to.unwrap_or(hit.page);
    std::iter::once((hit.page, nth)).chain(nth_to.map(|nth| (page_to, nth)))
}

/// Returns the passage numbers that a passage id names: one, or two for a bridge.
pub(super) fn nths(pid: &str) -> (usize, Option<usize>) {
    let number = |part: &str| part.rsplit(':').next().and_then(|nth| nth.parse().ok());
    match pid.split_once('+') {
        Some((first, second)) => (number(first).unwrap_or(1), number(second)),
        None => (number(pid).unwrap_or(1), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passage_ids_name_their_passages() {
        assert_eq!(nths("0123456789abcdef:12:4"), (4, None));
        assert_eq!(nths("0123456789abcdef:12:4+13:1"), (4, Some(1)));
    }
}
