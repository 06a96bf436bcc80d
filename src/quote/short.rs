//! Short forms of citations in a draft: `ibid`, `supra`, `(n 3)`, names of cases, "the said order".
//!
//! A draft is read in the order of its text, each note where it is called. A short form stands for
//! the one earlier citation that fits it. With none or several it stays unresolved: nothing is
//! guessed. Names and "the said order" are *weak*: they are words of the text too, so they bind a
//! quotation only where no citation stands beside it.

mod scan;

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Cited, CitedState, Corpus, Names};
use super::draft::{Draft, Part};
use crate::model::{Kind, Locator, Span};
use crate::text::{Folded, fold};
use scan::{
    brackets, capitals_at_end, defined_term, floor, follows_name, is_telling, parties_before,
    shorts, trim_name_end,
};

/// A citation at its place in a block.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) cited: Cited,
    /// Whether it may be no citation at all, but a name in running text.
    pub(super) is_weak: bool,
}

/// Returns the citations of each block, in order of place, short forms resolved.
pub(super) fn citations(draft: &Draft, corpus: &dyn Corpus) -> Vec<Vec<Placed>> {
    let mut reader = Reader {
        draft,
        corpus,
        works: Vec::new(),
        cites: Vec::new(),
        notes: Vec::new(),
        read: BTreeSet::new(),
        placed: vec![Vec::new(); draft.blocks.len()],
    };
    for (block_idx, block) in draft.blocks.iter().enumerate() {
        if !matches!(block.part, Part::Note(_)) {
            reader.block(block_idx, None);
        }
    }
    // Notes that nothing calls are text of the draft all the same.
    for block_idx in 0..draft.blocks.len() {
        if let Some(Part::Note(name)) = draft.blocks.get(block_idx).map(|block| &block.part) {
            reader.note(name);
        }
    }
    for placed in &mut reader.placed {
        placed.sort_by_key(|one| one.cited.span.start);
    }
    reader.placed
}

/// A work that the draft has cited.
struct Known {
    /// The same for all citations of the work.
    identity: String,
    first: Cited,
    /// Folded names that short forms may use.
    names: Vec<String>,
    kind: Option<Kind>,
}

/// One citation that was read.
struct Cite {
    work: usize,
    block: usize,
    /// The place that it named; "ibid" alone names it again.
    at: Locator,
    note: Option<usize>,
}

/// A note that was read: its name and what it cites.
struct Note {
    name: String,
    works: Vec<usize>,
}

struct Reader<'a> {
    draft: &'a Draft,
    corpus: &'a dyn Corpus,
    works: Vec<Known>,
    cites: Vec<Cite>,
    notes: Vec<Note>,
    read: BTreeSet<String>,
    placed: Vec<Vec<Placed>>,
}

/// What is met on the way through a block.
enum Event {
    Full(Cited),
    Short(Short),
    Call(String),
}

/// A short form as it is written.
struct Short {
    span: Span,
    form: Form,
}

enum Form {
    /// The work of the note before, or of the last citation.
    Same,
    /// The work that is named before it.
    Supra,
    /// The work of this note.
    OfNote(String),
    /// The work of the source that is called beside it, with its place: `[2, p. 34]`. Behind this
    /// byte the place begins.
    Bracket(String, usize),
    /// "the said order", by the kinds of works that it can be.
    Said(&'static [Kind]),
}

impl Reader<'_> {
    /// Reads a note where it is first called.
    fn note(&mut self, name: &str) {
        let draft = self.draft;
        let Some(blocks) = draft.notes.get(name) else { return };
        if !self.read.insert(name.to_owned()) {
            return;
        }
        let note_idx = self.notes.len();
        self.notes.push(Note { name: name.to_owned(), works: Vec::new() });
        for &block_idx in blocks {
            self.block(block_idx, Some(note_idx));
        }
    }

    fn block(&mut self, block_idx: usize, note: Option<usize>) {
        let draft = self.draft;
        let Some(block) = draft.blocks.get(block_idx) else { return };
        let text = block.text.as_str();
        let quoted: Vec<Span> = draft
            .quotations
            .iter()
            .filter(|quotation| quotation.at.block == block_idx)
            .map(|quotation| quotation.at.span.clone())
            .collect();
        let is_quoted =
            |span: &Span| quoted.iter().any(|q| q.start <= span.start && span.end <= q.end);
        let full = self.corpus.citations(text);
        let mut events: Vec<(usize, Event)> = Vec::new();
        for short in shorts(text, note.is_some()).into_iter().chain(brackets(block)) {
            let overlaps =
                |one: &Cited| one.span.start < short.span.end && short.span.start < one.span.end;
            if !is_quoted(&short.span) && !full.iter().any(overlaps) {
                events.push((short.span.start, Event::Short(short)));
            }
        }
        for (at, name) in block.calls(0..text.len()) {
            events.push((at, Event::Call(name.to_owned())));
        }
        events.extend(full.into_iter().map(|cited| (cited.span.start, Event::Full(cited))));
        events.sort_by_key(|(at, _)| *at);
        let starts: Vec<usize> = events.iter().map(|(at, _)| *at).collect();
        let mut last_end = 0;
        for (at, event) in events {
            match event {
                Event::Full(cited) => {
                    let head = text.get(last_end..at).unwrap_or_default();
                    last_end = cited.span.end;
                    let tail = text.get(last_end..).unwrap_or_default();
                    let work = self.register(&cited, head, tail);
                    self.cite(work, block_idx, &cited, note);
                    self.place(block_idx, Placed { cited, is_weak: false });
                }
                Event::Call(name) => self.note(&name),
                Event::Short(short) => {
                    let limit = starts.iter().find(|start| **start >= short.span.end);
                    let limit = limit.copied().unwrap_or(text.len());
                    if let Some((work, placed)) = self.short(block_idx, &short, note, limit) {
                        last_end = placed.cited.span.end;
                        if let Some(work) = work.filter(|_| !placed.is_weak) {
                            self.cite(work, block_idx, &placed.cited, note);
                        }
                        self.place(block_idx, placed);
                    }
                }
            }
        }
        self.names(block_idx, &is_quoted);
    }

    fn place(&mut self, block_idx: usize, placed: Placed) {
        if let Some(all) = self.placed.get_mut(block_idx) {
            all.push(placed);
        }
    }

    fn cite(&mut self, work: usize, block: usize, cited: &Cited, note: Option<usize>) {
        self.cites.push(Cite { work, block, at: cited.at.clone(), note });
        if let Some(note) = note.and_then(|note| self.notes.get_mut(note))
            && !note.works.contains(&work)
        {
            note.works.push(work);
        }
    }

    /// Learns the work of a full citation, and the names that the draft gives it.
    fn register(&mut self, cited: &Cited, head: &str, tail: &str) -> usize {
        let identity = cited.id.map_or_else(|| fold(&cited.written), |id| id.to_string());
        let known = self.works.iter().position(|work| work.identity == identity);
        let work_idx = known.unwrap_or_else(|| {
            let Names { names, kind } = self.corpus.names(cited);
            let names = names.iter().map(|name| fold(name.trim())).collect();
            self.works.push(Known { identity, first: cited.clone(), names, kind });
            self.works.len() - 1
        });
        if let Some(term) = defined_term(tail) {
            // The later definition of a term counts.
            for work in &mut self.works {
                work.names.retain(|name| *name != term);
            }
            self.works[work_idx].names.push(term);
        }
        for party in parties_before(head) {
            if !self.works[work_idx].names.contains(&party) {
                self.works[work_idx].names.push(party);
            }
        }
        work_idx
    }

    /// Resolves a short form; `None`: it is none.
    fn short(
        &self,
        block_idx: usize,
        short: &Short,
        note: Option<usize>,
        limit: usize,
    ) -> Option<(Option<usize>, Placed)> {
        let text = self.draft.blocks.get(block_idx)?.text.as_str();
        let mut span = short.span.clone();
        let mut keeps_place = false;
        let mut hint = None;
        let works = match &short.form {
            Form::Same => {
                keeps_place = true;
                self.same(block_idx, note)
            }
            Form::Supra | Form::OfNote(_) => {
                let head = text.get(..span.start)?;
                let named = self.named_before(head);
                if let Some((start, _)) = &named {
                    span.start = *start;
                }
                let named = named.map(|(_, works)| works);
                if let Form::OfNote(name) = &short.form {
                    let of_note = self.note_named(name);
                    match (of_note, named) {
                        (None, None) => return None,
                        (None, Some(named)) => {
                            hint = Some(format!("there is no note {name} before it"));
                            named
                        }
                        (Some(works), Some(named)) => {
                            let both: Vec<usize> =
                                works.iter().copied().filter(|w| named.contains(w)).collect();
                            if both.is_empty() {
                                hint = Some(format!("note {name} does not cite it"));
                                named
                            } else {
                                both
                            }
                        }
                        (Some(works), None) => works,
                    }
                } else {
                    match named {
                        Some(works) => works,
                        // "for the reasons detailed supra" cites nothing.
                        None if !follows_name(head) => return None,
                        None => {
                            let name = capitals_at_end(trim_name_end(head));
                            let bare = head.trim_end_matches(['(', '[']).len();
                            span.start = name.first().map_or(bare, |(start, _)| *start);
                            Vec::new()
                        }
                    }
                }
            }
            Form::Bracket(name, tail) => {
                let works = self.note_named(name)?;
                let &[work] = works.as_slice() else { return None };
                let mut cited = self.again(work, block_idx, &(span.start..*tail), span.end - 1)?;
                text.get(span.clone())?.clone_into(&mut cited.written);
                cited.span = span;
                return Some((Some(work), Placed { cited, is_weak: false }));
            }
            Form::Said(kinds) => {
                let works = self.last_of(block_idx, kinds);
                return match works[..] {
                    [work] => {
                        let cited = self.again(work, block_idx, &span, limit)?;
                        Some((Some(work), Placed { cited, is_weak: true }))
                    }
                    _ => None,
                };
            }
        };
        let [work] = works[..] else {
            let written = text.get(span.clone())?.to_owned();
            let names: Vec<String> =
                works.iter().map(|work| self.works[*work].first.written.clone()).collect();
            let why = if names.is_empty() {
                "no earlier citation fits it".to_owned()
            } else {
                format!("it may stand for {}", names.join(" or "))
            };
            let cited = Cited {
                span,
                written,
                id: None,
                others: Vec::new(),
                at: Locator::default(),
                state: CitedState::Unresolved,
                stands_for: None,
                notes: vec![why],
            };
            return Some((None, Placed { cited, is_weak: false }));
        };
        let mut cited = self.again(work, block_idx, &span, limit)?;
        if keeps_place && cited.at.is_whole() {
            let before = self.cites.iter().rev().find(|cite| cite.work == work);
            cited.at = before.map(|cite| cite.at.clone()).unwrap_or_default();
        }
        cited.notes.extend(hint);
        Some((Some(work), Placed { cited, is_weak: false }))
    }

    /// Returns the work cited again at `span`, with the place that stands behind it.
    fn again(&self, work: usize, block_idx: usize, span: &Span, limit: usize) -> Option<Cited> {
        let text = self.draft.blocks.get(block_idx)?.text.as_str();
        let first = &self.works.get(work)?.first;
        let mut cited = self.corpus.again(first, text, span.end..limit.max(span.end));
        cited.span = span.clone();
        text.get(span.clone())?.clone_into(&mut cited.written);
        cited.stands_for = Some(first.written.clone());
        Some(cited)
    }

    /// Returns the works that "ibid" may stand for.
    fn same(&self, block_idx: usize, note: Option<usize>) -> Vec<usize> {
        let Some(note_idx) = note else {
            // In running text: the last citation of this paragraph or the one before.
            let last = self.cites.iter().rev().find(|cite| cite.note.is_none());
            let near = last.filter(|cite| self.n_body_between(cite.block, block_idx) <= 1);
            return near.map(|cite| vec![cite.work]).unwrap_or_default();
        };
        let here = self.notes.get(note_idx).map(|note| note.works.as_slice()).unwrap_or_default();
        if !here.is_empty() {
            return here.to_vec();
        }
        let before = note_idx.checked_sub(1).and_then(|before| self.notes.get(before));
        before.map(|note| note.works.clone()).unwrap_or_default()
    }

    /// Counts the steps from one paragraph of the text to another, notes left out.
    fn n_body_between(&self, from: usize, to: usize) -> usize {
        let between = self.draft.blocks.get(from + 1..=to).unwrap_or_default();
        between.iter().filter(|block| block.part == Part::Body).count()
    }

    /// Returns the works of the note with this name, else of the note with this number.
    fn note_named(&self, name: &str) -> Option<Vec<usize>> {
        let number = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let by_name = self.notes.iter().find(|note| note.name == name);
        let is_numbered = self.notes.iter().any(|note| note.name.parse::<usize>().is_ok());
        let by_number = number.filter(|_| !is_numbered).and_then(|idx| self.notes.get(idx));
        by_name.or(by_number).map(|note| note.works.clone())
    }

    /// Returns the works whose name the text ends with, and where the name begins.
    fn named_before(&self, head: &str) -> Option<(usize, Vec<usize>)> {
        let trimmed = trim_name_end(head);
        let window = floor(trimmed, trimmed.len().saturating_sub(200));
        let folded = Folded::new(trimmed.get(window..)?);
        let letters = folded.text();
        let mut longest = 0;
        let mut works = Vec::new();
        for (work_idx, work) in self.works.iter().enumerate() {
            for name in &work.names {
                let is_last = letters.strip_suffix(name.as_str()).is_some_and(|before| {
                    !name.is_empty() && !before.ends_with(char::is_alphanumeric)
                });
                if is_last && name.len() > longest {
                    longest = name.len();
                    works.clear();
                }
                if is_last && name.len() == longest && !works.contains(&work_idx) {
                    works.push(work_idx);
                }
            }
        }
        if !works.is_empty() {
            let start = folded.source(letters.len() - longest..letters.len()).start;
            return Some((window + start, works));
        }
        // `Bhutto (supra)` for Benazir Bhutto: the capitalised words before it, all in one name.
        let words = capitals_at_end(trimmed);
        let first = words.first()?.0;
        let words: Vec<String> = words.iter().map(|(_, word)| fold(word)).collect();
        let holds = |name: &String| {
            let own: Vec<&str> = name.split_whitespace().collect();
            words.iter().all(|word| own.contains(&word.as_str()))
        };
        let works: Vec<usize> = self
            .works
            .iter()
            .enumerate()
            .filter(|(_, work)| work.names.iter().any(holds))
            .map(|(work_idx, _)| work_idx)
            .collect();
        (!works.is_empty()).then_some((first, works))
    }

    /// Returns the works of these kinds in the nearest paragraph that cites any.
    fn last_of(&self, block_idx: usize, kinds: &[Kind]) -> Vec<usize> {
        let fits = |cite: &&Cite| {
            let kind = self.works.get(cite.work).and_then(|work| work.kind);
            kind.is_some_and(|kind| kinds.contains(&kind))
        };
        let Some(nearest) = self.cites.iter().rev().find(fits).map(|cite| cite.block) else {
            return Vec::new();
        };
        if nearest < block_idx && self.n_body_between(nearest, block_idx) > 3 {
            return Vec::new();
        }
        let mut works: Vec<usize> = self
            .cites
            .iter()
            .filter(|cite| cite.block == nearest)
            .filter(fits)
            .map(|cite| cite.work)
            .collect();
        works.sort_unstable();
        works.dedup();
        works
    }

    /// Finds the names of cited works in a block, behind their first citation.
    fn names(&mut self, block_idx: usize, is_quoted: &dyn Fn(&Span) -> bool) {
        let Some(block) = self.draft.blocks.get(block_idx) else { return };
        let text = block.text.as_str();
        let folded = Folded::new(text);
        let letters = folded.text();
        let mut found: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (work_idx, work) in self.works.iter().enumerate() {
            for name in work.names.iter().filter(|name| is_telling(name)) {
                for at in memchr::memmem::find_iter(letters.as_bytes(), name.as_bytes()) {
                    let end = at + name.len();
                    let side = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    let before = letters.get(..at).and_then(|text| text.chars().next_back());
                    let after = letters.get(end..).and_then(|text| text.chars().next());
                    let span = folded.source(at..end);
                    let is_name = text.get(span.clone()).is_some_and(|name| {
                        name.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
                    });
                    if is_name && !side(before) && !side(after) {
                        let works = found.entry((span.start, span.end)).or_default();
                        if !works.contains(&work_idx) {
                            works.push(work_idx);
                        }
                    }
                }
            }
        }
        for ((start, end), works) in found {
            let [work] = works[..] else { continue };
            let taken = self.placed[block_idx]
                .iter()
                .any(|one| one.cited.span.start < end && start < one.cited.span.end);
            let first = self.placed[block_idx]
                .iter()
                .find(|one| one.cited.written == self.works[work].first.written);
            // `A v. B (PLD 1998 SC 388)`: the name belongs to the citation behind it.
            let is_before_first = first.is_some_and(|one| one.cited.span.start > start);
            if taken || is_before_first || is_quoted(&(start..end)) {
                continue;
            }
            let limit = self.placed[block_idx]
                .iter()
                .map(|one| one.cited.span.start)
                .filter(|next| *next >= end)
                .min()
                .unwrap_or(text.len());
            if let Some(cited) = self.again(work, block_idx, &(start..end), limit) {
                self.place(block_idx, Placed { cited, is_weak: true });
            }
        }
    }
}

#[cfg(test)]
mod tests;
