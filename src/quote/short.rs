//! Short forms of citations in a draft: `ibid`, `supra`, `(n 3)`, names of cases, "the said order".
//!
//! A draft is read in the order of its text, each note where it is called. A short form stands for
//! the one earlier citation that fits it. With none or several it stays unresolved: nothing is
//! guessed. Names and "the said order" are *weak*: they are words of the text too, so they bind a
//! quotation only where no citation stands beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Cited, CitedState, Corpus, Names};
use super::draft::{Block, Draft, Part, place_of_call};
use crate::model::{Kind, Locator, Span};
use crate::text::{Folded, fold};

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

/// Tells whether a name may be looked for in running text.
fn is_telling(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !name.starts_with("the ")
}

const CASES: &[Kind] = &[Kind::Order, Kind::Judgment];
const ACTS: &[Kind] = &[Kind::Statute, Kind::Bill];
const INSTRUMENTS: &[Kind] = &[Kind::Instrument];
const REPORTS: &[Kind] = &[Kind::Report, Kind::UnDocument];
const LETTERS: &[Kind] = &[Kind::Letter];

/// Finds the numbers of sources that name a place: `[2, p. 34]`, each behind its call.
fn brackets(block: &Block) -> Vec<Short> {
    let text = block.text.as_str();
    let bracket = |(at, name): (usize, &str)| {
        let start = at + "[^]".len() + name.len();
        let (tail, end) = place_of_call(text.get(start..)?, name)?;
        let form = Form::Bracket(name.to_owned(), start + tail);
        Some(Short { span: start..start + end, form })
    };
    block.calls(0..text.len()).into_iter().filter_map(bracket).collect()
}

/// Finds the explicit short forms of a text.
fn shorts(text: &str, in_note: bool) -> Vec<Short> {
    let words = words(text);
    let core = |idx: usize| words.get(idx).map_or("", |word| word.core);
    let mut found: Vec<Short> = Vec::new();
    let mut idx = 0;
    while let Some(word) = words.get(idx) {
        let lower = word.core.to_lowercase();
        let mut span = word.span.clone();
        let mut n_words = 1;
        let form = match lower.as_str() {
            "ibid" | "ibidem" | "ایضاً" | "ایضا" => Some(Form::Same),
            "id" | "idem" if is_id(word, words.get(idx + 1), in_note) => Some(Form::Same),
            "supra" | "above" => {
                let is_n = is_note_word(core(idx + 1));
                let number = core(idx + 2);
                if is_n && is_number(number) {
                    n_words = 3;
                    Some(Form::OfNote(number.to_owned()))
                } else {
                    (lower == "supra").then_some(Form::Supra)
                }
            }
            "مذکورہ" if core(idx + 1) == "بالا" => {
                n_words = 2;
                Some(Form::Supra)
            }
            // `(n 3)`, `(note 3)`; `n 3 above`.
            _ if is_note_word(&lower) && is_number(core(idx + 1)) => {
                let is_bracket = word.whole.starts_with(['(', '['])
                    && words.get(idx + 1).is_some_and(|next| next.whole.contains([')', ']']));
                let is_above = core(idx + 2) == "above" || core(idx + 2) == "supra";
                n_words = if is_above { 3 } else { 2 };
                (is_bracket || is_above).then(|| Form::OfNote(core(idx + 1).to_owned()))
            }
            "said" | "same" | "aforesaid" | "impugned" | "above-mentioned" | "abovementioned"
            | "aforementioned" => {
                n_words = 2;
                let begins = idx.checked_sub(1).map_or("", core).to_lowercase();
                if matches!(begins.as_str(), "the" | "this" | "that") {
                    span.start = words[idx - 1].span.start;
                }
                kinds_of(core(idx + 1)).map(Form::Said)
            }
            "مذکورہ" => {
                n_words = 2;
                kinds_of(core(idx + 1)).map(Form::Said)
            }
            _ => None,
        };
        if let Some(form) = form {
            let last = words.get(idx + n_words - 1).unwrap_or(word);
            span.end = last.span.end;
            // A bracket around the form belongs to it.
            let rest = text.get(span.end..).unwrap_or_default();
            let is_cut = lower == "id" && rest.starts_with('.');
            if !matches!(form, Form::Said(_)) {
                let own = if is_cut { &['.', ')', ']'][..] } else { &[')', ']'][..] };
                span.end += rest.len() - rest.trim_start_matches(own).len();
            }
            found.push(Short { span, form });
            idx += n_words;
        } else {
            idx += 1;
        }
    }
    found
}

/// Returns the kinds of works that a word names.
fn kinds_of(word: &str) -> Option<&'static [Kind]> {
    Some(match word.to_lowercase().as_str() {
        "order" | "judgment" | "judgement" | "decision" | "ruling" | "case" | "حکم" | "فیصلہ"
        | "فیصلے" => CASES,
        "act" | "ordinance" | "statute" | "law" | "bill" | "قانون" => ACTS,
        "notification" | "sro" | "rules" | "regulations" | "directive" | "policy" => INSTRUMENTS,
        "report" | "رپورٹ" => REPORTS,
        "letter" | "خط" => LETTERS,
        _ => return None,
    })
}

fn is_note_word(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "n" | "note" | "fn" | "footnote")
}

fn is_number(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether `Id.` is the Latin word and not an identity card or a part of a name.
fn is_id(word: &Word<'_>, next: Option<&Word<'_>>, in_note: bool) -> bool {
    let is_marked = word.whole.ends_with(['.', ',', ';']) || next.is_none();
    let starts_large = word.core.starts_with('I') && word.core != "ID";
    let place = next.is_none_or(|next| {
        matches!(next.core.to_lowercase().as_str(), "at" | "para" | "paras" | "p" | "pp" | "s")
            || next.whole.starts_with(['¶', '§', '['])
            || next.core.starts_with(|c: char| c.is_ascii_digit())
    });
    is_marked && (starts_large || in_note && word.core == "id") && (place || in_note)
}

/// A word of a block.
struct Word<'a> {
    whole: &'a str,
    /// Without the signs around it.
    core: &'a str,
    /// Bytes of the core.
    span: Span,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for whole in text.split(char::is_whitespace) {
        let from = at;
        let end = from + whole.len();
        at = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let is_sign = |c: char| !c.is_alphanumeric() && !('\u{600}'..='\u{6FF}').contains(&c);
        let core = whole.trim_matches(is_sign);
        // A call of a note glued to the word is none of it.
        let core = core.split("[^").next().unwrap_or(core).trim_end_matches(is_sign);
        if core.is_empty() {
            continue;
        }
        let lead = whole.find(core).unwrap_or(0);
        words.push(Word { whole, core, span: from + lead..from + lead + core.len() });
    }
    words
}

/// Returns the text without what may stand between a name and its short form.
fn trim_name_end(head: &str) -> &str {
    let is_sign = |c: char| c.is_whitespace() || "(,[*_“”\"'’;—–".contains(c);
    let mut trimmed = head.trim_end_matches(is_sign);
    for word in [" case", " Case", " judgment", " order", " at", " see", "’s", "'s"] {
        trimmed = trimmed.strip_suffix(word).unwrap_or(trimmed).trim_end_matches(is_sign);
    }
    trimmed
}

/// Tells whether a name stands directly before a short form.
fn follows_name(head: &str) -> bool {
    let in_bracket = head.trim_end().ends_with(['(', '[']);
    !capitals_at_end(trim_name_end(head)).is_empty() || in_bracket
}

/// Returns the run of capitalised words at the end of a text, with their places.
fn capitals_at_end(text: &str) -> Vec<(usize, &str)> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for word in words(text).into_iter().rev().take(6) {
        let is_name = word.core.starts_with(char::is_uppercase) && word.core.len() > 1;
        let is_opening = matches!(
            word.core,
            "In" | "The" | "See" | "But" | "And" | "As" | "This" | "That" | "It" | "Court" | "Per"
        );
        // A full stop or bracket ends the name that is looked for.
        let ends = !found.is_empty() && word.whole.ends_with(['.', ')', ';', ':']);
        if !is_name || is_opening || ends {
            break;
        }
        found.push((word.span.start, word.core));
    }
    found.reverse();
    found
}

/// Returns the largest border of a character at or below `at`.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// Reads the term that is defined behind a citation: `(“PECA”)`, `(hereinafter the “LIMS order”)`.
fn defined_term(tail: &str) -> Option<String> {
    let near = tail.get(..floor(tail, 160.min(tail.len())))?;
    // `(PLD 1998 SC 388, “the Bhutto case”)`: the bracket was opened before the citation.
    let is_inside = near.find(')').is_some_and(|close| near.find('(').is_none_or(|at| close < at));
    let open = if is_inside { 0 } else { near.find('(')? + 1 };
    // Only what stands in the same sentence, and before the next citation's bracket.
    let before = near.get(..open)?;
    if before.contains([';', '“', '"']) || before.matches(". ").count() > 1 {
        return None;
    }
    let inside = near.get(open..)?.split(')').next()?;
    let lower = inside.to_lowercase();
    let is_said = ["hereinafter", "hereafter", "in short", "referred to as"]
        .iter()
        .find_map(|word| lower.find(word).map(|at| at + word.len()));
    let quoted = inside
        .split_once(['“', '"', '‘', '«'])
        .and_then(|(head, rest)| Some((head, rest.split(['”', '"', '’', '»']).next()?)));
    let term = match (quoted, is_said) {
        (Some((head, term)), _)
            if is_said.is_some() || matches!(head.trim(), "" | "the" | "The" | "or" | ",") =>
        {
            term
        }
        (None, Some(at)) => inside.get(at..)?,
        _ => return None,
    };
    let term = fold(term.trim().trim_start_matches("the ").trim_start_matches("The "));
    let n_words = term.split_whitespace().count();
    (1..=6).contains(&n_words).then_some(term)
}

/// Returns the names in `A v. B` at the end of a text, folded: both sides, and the first without its
/// titles.
fn parties_before(head: &str) -> Vec<String> {
    let head = head.get(floor(head, head.len().saturating_sub(240))..).unwrap_or_default();
    let found = [" v. ", " v ", " vs. ", " vs ", " versus ", " Versus ", " بنام "]
        .iter()
        .filter_map(|versus| head.rfind(versus).map(|at| (at, *versus)))
        .max();
    let Some((at, versus)) = found else { return Vec::new() };
    let second = head.get(at + versus.len()..).unwrap_or_default();
    let second =
        second.split(['(', ',', '[', ':', ';', '*', '_']).next().unwrap_or_default().trim();
    let first_words = words(head.get(..at).unwrap_or_default());
    let mut from = at;
    for word in first_words.iter().rev().take(8) {
        let is_small = matches!(word.core, "of" | "and" | "the" | "us" | "ul" | "bin" | "al");
        let is_opening = matches!(word.core, "In" | "See" | "The" | "As" | "Per" | "But");
        let is_name = word.core.starts_with(|c: char| c.is_uppercase() || !c.is_ascii());
        if !(is_name || is_small) || is_opening || word.whole.ends_with([';', ':', ')']) {
            break;
        }
        from = word.span.start;
    }
    let first = head.get(from..at).unwrap_or_default().trim().trim_start_matches(['*', '_']);
    let mut names = vec![fold(first)];
    let bare = without_titles(first);
    if bare != first {
        names.push(fold(bare));
    }
    // The State is a party of thousands of cases.
    let second = fold(second);
    let is_common = ["federation", "state", "the state", "government", "president", "province"]
        .iter()
        .any(|common| second.starts_with(common));
    if !is_common {
        names.push(second);
    }
    names.retain(|name| {
        name.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && name.split_whitespace().count() <= 8
    });
    names
}

/// Returns a name without the titles before it.
fn without_titles(name: &str) -> &str {
    const TITLES: &[&str] = &[
        "Mian", "Mst.", "Mst", "Mohtarma", "Malik", "Dr.", "Dr", "Syed", "Justice", "Mr.", "Mr",
        "Ms.", "Ms", "Mrs.", "Ch.", "Chaudhry", "Raja", "Sardar",
    ];
    let mut rest = name;
    while let Some((word, after)) = rest.split_once(' ') {
        if !TITLES.contains(&word) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

#[cfg(test)]
mod tests;
