//! What the quotation check asks of a workspace: works by their citations, texts by their words.

mod keys;
mod titles;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::cite::{Work, names};
use crate::engine::embedded::Embedded;
use crate::engine::{Engine as _, Want};
use crate::model::{
    Date, Kind, Lang, Locator, Page, PageNo, PageOrigin, Paragraph, Pin, RefKind, Reference, Role,
    SourceId, Span, Status,
};
use crate::query::tree::{Node, NodeKind, Phrase, PhraseWord, Text, Tree, Word};
use crate::quote::{Cited, CitedState, Corpus, Names, Place};
use crate::refs::{self, Context};
use crate::store::{SourceRow, StoreError};
use crate::text::analyse;

use super::super::cite::check_place;
use super::super::place::{notes_on, place_of};
use super::super::search::is_paged;
use super::super::{Desk, DocError, TaskError};
use super::FoundView;
use super::malformed;
use super::pins::{self, ShortPin, WordPin};
use titles::Titles;

/// A workspace as the quotation check asks it.
pub(super) struct Shelf<'a> {
    desk: &'a Desk,
    engine: Embedded,
    today: Option<Date>,
    sources: BTreeMap<SourceId, SourceRow>,
    by_key: BTreeMap<String, SourceId>,
    titles: Titles,
    /// Every work with its own numbers; made when the first reference is met.
    owners: RefCell<Option<Owners>>,
    works: RefCell<BTreeMap<String, Vec<SourceId>>>,
    citations: RefCell<BTreeMap<String, Vec<Cited>>>,
    places: RefCell<BTreeMap<(SourceId, String), Option<String>>>,
    place_notes: RefCell<BTreeMap<(SourceId, String), Vec<String>>>,
    /// Kept texts that do not fit their hash, in words.
    damaged: RefCell<BTreeSet<String>>,
    /// The first failure of store or engine; it ends the check.
    failure: RefCell<Option<TaskError>>,
}

type Owners = Rc<Vec<(SourceId, Vec<String>)>>;

/// How many documents are named for one quotation.
const MAX_DOCUMENTS: usize = 12;
/// The longest phrase that is asked for at once, in words; longer ones are cut.
const MAX_PHRASE: usize = 24;
/// Words of a run that is asked for where the whole does not stand.
const RUN: usize = 5;
/// How many runs are asked for at once.
const MAX_RUNS: usize = 24;
/// How many rare words are asked for at once.
const MAX_RARE: usize = 8;

impl<'a> Shelf<'a> {
    pub(super) fn new(desk: &'a Desk, today: Option<Date>) -> Result<Self, TaskError> {
        let searchable: BTreeSet<u64> = desk.store.searchable()?.into_iter().collect();
        let all = desk.store.sources()?.into_iter();
        let sources: BTreeMap<SourceId, SourceRow> = all
            .filter(|source| searchable.contains(&source.docn))
            .map(|source| (source.id, source))
            .collect();
        let by_key =
            sources.values().filter_map(|source| Some((source.key.clone()?, source.id))).collect();
        Ok(Self {
            engine: desk.engine()?,
            titles: Titles::of(&sources),
            desk,
            today,
            sources,
            by_key,
            owners: RefCell::default(),
            works: RefCell::default(),
            citations: RefCell::default(),
            places: RefCell::default(),
            place_notes: RefCell::default(),
            damaged: RefCell::default(),
            failure: RefCell::default(),
        })
    }

    /// Returns what a reader must know, or the failure that ended the check.
    pub(super) fn notes(&self) -> Result<Vec<String>, TaskError> {
        match self.failure.borrow_mut().take() {
            Some(error) => Err(error),
            None => Ok(self.damaged.borrow().iter().cloned().collect()),
        }
    }

    /// Returns the key of a document, else the beginning of its id.
    pub(super) fn name_of(&self, id: SourceId) -> String {
        let key = self.sources.get(&id).and_then(|source| source.key.clone());
        key.unwrap_or_else(|| id.short(12))
    }

    /// Puts a place into the form in which it is shown.
    pub(super) fn found_view(
        &self,
        id: SourceId,
        place: &Place,
    ) -> Result<Option<FoundView>, TaskError> {
        let Some(source) = self.sources.get(&id) else { return Ok(None) };
        let store = &self.desk.store;
        let start = place.spans.first().map_or(0, |(_, span)| span.start);
        let page = store.page(source.docn, place.page)?;
        let paragraph = page
            .as_ref()
            .and_then(|page| page.paragraphs.iter().find(|one| one.span.contains(&start)));
        let paged = is_paged(source, place.page.idx() + 1);
        let cite_as = place_of(&self.name_of(id), place.page, paragraph, paged);
        Ok(Some(FoundView {
            id,
            key: source.key.clone(),
            page: place.page.get(),
            page_to: (place.last_page != place.page).then(|| place.last_page.get()),
            page_label: place.page_label.clone(),
            paragraph: paragraph.and_then(|paragraph| paragraph.number),
            paragraph_label: paragraph.and_then(Paragraph::cited_label),
            cite_as,
            origin: page.as_ref().map(|page| page.origin.name()),
        }))
    }

    /// Keeps the first failure; what asked gets an empty answer.
    fn keep<T: Default>(&self, answer: Result<T, TaskError>) -> T {
        answer.unwrap_or_else(|error| {
            self.failure.borrow_mut().get_or_insert(error);
            T::default()
        })
    }

    fn owners(&self) -> Owners {
        if let Some(owners) = &*self.owners.borrow() {
            return Rc::clone(owners);
        }
        let owners = self.keep(self.desk.owners());
        let owners: Owners =
            Rc::new(owners.into_iter().map(|(source, ids)| (source.id, ids)).collect());
        *self.owners.borrow_mut() = Some(Rc::clone(&owners));
        owners
    }

    /// Returns the works that bear the normal form `id`.
    fn works_of(&self, id: &str) -> Vec<SourceId> {
        if let Some(works) = self.works.borrow().get(id) {
            return works.clone();
        }
        let owners = self.owners();
        let bears = |ids: &[String]| ids.iter().any(|own| refs::same(own, id));
        let works: Vec<SourceId> =
            owners.iter().filter(|(_, ids)| bears(ids)).map(|(id, _)| *id).collect();
        self.works.borrow_mut().insert(id.to_owned(), works.clone());
        works
    }

    /// Says what is wrong with a place of a document; `None`: it is there.
    fn beyond(&self, id: SourceId, at: &Locator) -> Option<String> {
        if at.is_whole() {
            return None;
        }
        let asked = (id, at.to_string());
        if let Some(known) = self.places.borrow().get(&asked) {
            return known.clone();
        }
        let source = self.sources.get(&id)?;
        let wrong = match check_place(self.desk, source, at) {
            Ok(()) => None,
            Err(TaskError::Usage { what, hint }) if hint.is_empty() => Some(what),
            Err(TaskError::Usage { what, hint }) => Some(format!("{what}; {hint}")),
            Err(TaskError::Store(StoreError::Damaged { what })) => {
                self.damaged.borrow_mut().insert(what);
                None
            }
            Err(error) => {
                self.failure.borrow_mut().get_or_insert(error);
                None
            }
        };
        self.places.borrow_mut().insert(asked, wrong.clone());
        wrong
    }

    /// Returns what a reader must know of a place.
    fn notes_on(&self, source: &SourceRow, at: &Locator) -> Vec<String> {
        let asked = (source.id, at.to_string());
        if let Some(known) = self.place_notes.borrow().get(&asked) {
            return known.clone();
        }
        let notes = match notes_on(self.desk, source, at) {
            // A damaged text is said once, where its words are asked for.
            Err(TaskError::Store(StoreError::Damaged { .. })) => Vec::new(),
            notes => self.keep(notes),
        };
        self.place_notes.borrow_mut().insert(asked, notes.clone());
        notes
    }

    /// Ends the reading of a citation: place, status of the work, and whether its year can be.
    fn settle(&self, mut cited: Cited) -> Cited {
        if cited.state == CitedState::Found
            && let Some(id) = cited.id
        {
            if let Some(wrong) = self.beyond(id, &cited.at)
                && cited.others.iter().all(|other| self.beyond(*other, &cited.at).is_some())
            {
                cited.state = CitedState::BeyondWork;
                cited.notes.push(wrong);
            }
            if let Some(source) = self.sources.get(&id) {
                cited.notes.extend(status_note(source));
                if cited.state == CitedState::Found && cited.others.is_empty() {
                    cited.notes.extend(self.notes_on(source, &cited.at));
                }
            }
        }
        cited
    }

    /// Reads what looks like law reports, case numbers, sections and symbols.
    fn cited_references(&self, text: &str) -> Vec<Cited> {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        page.push(text, Role::Body);
        let context = Context { year: self.today.map(Date::year), ..Context::default() };
        let references =
            refs::find(std::slice::from_ref(&page), &context, &self.desk.knowledge.tables);
        let mut all = Vec::with_capacity(references.len());
        for (idx, reference) in references.iter().enumerate() {
            if reference.id.is_empty() || reference.kind == RefKind::Back {
                continue;
            }
            let next = references
                .iter()
                .skip(idx + 1)
                .find(|next| next.whole != reference.whole)
                .map_or(text.len(), |next| next.whole.start);
            let pins = pins::after(text, reference.whole.end, next);
            all.push(self.cited_reference(text, reference, &pins));
        }
        all
    }

    /// Keeps of several works those that the reference means: those that bear the number themselves
    /// before other papers of the matter, then those of a date that stands behind the number.
    fn narrowed(&self, works: Vec<SourceId>, reference: &Reference, text: &str) -> Vec<SourceId> {
        if works.len() < 2 {
            return works;
        }
        let tables = &self.desk.knowledge.tables;
        let bears = |id: &SourceId| {
            let Some(record) = self.sources.get(id).map(SourceRow::merged) else { return false };
            let printed =
                record.numbers.iter().chain(&record.reports).chain(record.index_number.iter());
            printed
                .filter_map(|number| refs::parse_one(&number.value, tables))
                .any(|parsed| parsed.ids.iter().any(|own| same_number(own, &reference.id)))
        };
        let own: Vec<SourceId> = works.iter().copied().filter(|id| bears(id)).collect();
        let works = if own.is_empty() { works } else { own };
        let mut stop = reference.whole.end.saturating_add(160).min(text.len());
        while !text.is_char_boundary(stop) {
            stop -= 1;
        }
        let tail = text.get(reference.whole.end..stop).unwrap_or_default();
        let days: Vec<Date> =
            crate::text::dates::find(tail).into_iter().map(|found| found.date).collect();
        let is_of_day = |id: &SourceId| {
            let record = self.sources.get(id).map(SourceRow::merged);
            record.is_some_and(|record| {
                record.dates.iter().any(|date| days.contains(&date.value.value))
            })
        };
        let dated: Vec<SourceId> = works.iter().copied().filter(|id| is_of_day(id)).collect();
        if dated.is_empty() { works } else { dated }
    }

    fn cited_reference(&self, text: &str, reference: &Reference, pins: &[WordPin]) -> Cited {
        let written = text.get(reference.span.clone()).unwrap_or_default().to_owned();
        let works = self.narrowed(self.works_of(&reference.id), reference, text);
        let is_later = self
            .today
            .is_some_and(|today| year_of(&reference.id).is_some_and(|year| year > today.year()));
        let courts: BTreeSet<Option<String>> = works
            .iter()
            .filter_map(|id| self.sources.get(id))
            .map(|source| source.merged().court.map(|court| court.value))
            .collect();
        let note = reference.note.clone().filter(|_| !is_later);
        let mut notes: Vec<String> = note.into_iter().collect();
        let state = if is_later {
            notes.push("its year has not come yet".to_owned());
            CitedState::Anachronistic
        } else if works.is_empty() && reference.note.as_deref().is_some_and(is_fault) {
            CitedState::Malformed
        } else if works.is_empty()
            && reference.kind == RefKind::Report
            && malformed::lacks_court(&written)
        {
            notes.push("no court is named, and its reporter counts by courts".to_owned());
            CitedState::Malformed
        } else if works.is_empty() {
            CitedState::Absent
        } else if courts.len() > 1 && reference.kind == RefKind::Case {
            // `W.P. 12/2023` without a court may be a case of any of them.
            CitedState::Ambiguous
        } else {
            CitedState::Found
        };
        if works.len() > 1 {
            let names: Vec<String> = works.iter().map(|id| self.name_of(*id)).collect();
            notes.push(format!("{} documents: {}", works.len(), names.join(", ")));
        }
        if matches!(reference.kind, RefKind::Report | RefKind::Neutral) {
            let usual = refs::display(&reference.id, &self.desk.knowledge.tables);
            notes.extend(malformed::turned(&written, &usual));
        }
        let at = works.first().map(|id| self.locator(*id, reference, pins)).unwrap_or_default();
        let has_fault = state == CitedState::Found && notes.iter().any(|note| is_fault(note));
        let state = if has_fault { CitedState::BeyondWork } else { state };
        self.settle(Cited {
            span: reference.span.clone(),
            written,
            id: works.first().copied(),
            others: works.get(1..).unwrap_or_default().to_vec(),
            at,
            state,
            stands_for: None,
            notes,
        })
    }

    /// Returns the place that a reference and the words behind it name, as the document counts.
    fn locator(&self, id: SourceId, reference: &Reference, pins: &[WordPin]) -> Locator {
        let mut at: Vec<Pin> = Vec::new();
        let own = reference.pinpoint.as_deref().and_then(|pinpoint| pinpoint.split_once(' '));
        if let Some((what, number)) = own {
            let number = number.split(['-', '–', ',', ' ']).next().unwrap_or(number).to_owned();
            match what {
                "para" => at.push(Pin::Para(number, None)),
                // A page of a law report is a printed label; the file may not have it.
                "p" if self.has_label(id, &number) => at.push(Pin::Label(number, None)),
                _ => {}
            }
        }
        if let Some((_, section)) = reference.id.rsplit_once("/s") {
            at.push(Pin::Section(section.to_owned(), None));
        }
        for pin in pins {
            let same = at.iter().any(|known| {
                matches!(known, Pin::Para(..)) == pin.is_paragraph
                    && matches!(known, Pin::Para(..) | Pin::Page(..) | Pin::Label(..))
            });
            if same {
                continue;
            }
            if pin.is_paragraph {
                at.push(Pin::Para(pin.first.clone(), pin.last.clone()));
            } else if self.has_label(id, &pin.first) {
                at.push(Pin::Label(pin.first.clone(), pin.last.clone()));
            } else if matches!(reference.kind, RefKind::Case | RefKind::Index | RefKind::Instrument)
                && let Some(first) = pin.first.parse().ok().and_then(PageNo::new)
            {
                let last = pin.last.as_ref().and_then(|last| last.parse().ok());
                at.push(Pin::Page(first, last.and_then(PageNo::new).filter(|last| first <= *last)));
            }
        }
        Locator(at)
    }

    /// Tells whether a page of the document has this printed label.
    fn has_label(&self, id: SourceId, label: &str) -> bool {
        let Some(source) = self.sources.get(&id) else { return false };
        let numbers = self.keep(self.desk.store.page_numbers(source.docn).map_err(TaskError::from));
        numbers.iter().any(|(_, printed)| {
            printed.as_deref().is_some_and(|printed| printed.eq_ignore_ascii_case(label))
        })
    }

    /// Returns the documents that `tree` finds, best first.
    fn ask(&self, root: NodeKind) -> Vec<SourceId> {
        let tree = Tree { root: Node::new(0..0, root) };
        let want = Want { limit: MAX_DOCUMENTS, passages: 0, ..Want::default() };
        let answer = self.engine.search(&tree, &want).map_err(TaskError::from);
        let documents = self.keep(answer.map(|answer| answer.documents));
        documents.into_iter().map(|hit| hit.doc).collect()
    }

    /// Returns the words that stand in fewest passages, those that stand in none left out.
    fn rare_words(&self, tokens: &[(String, String)]) -> Vec<Word> {
        let mut seen = BTreeSet::new();
        let mut ranked = Vec::new();
        for (exact, stem) in tokens.iter().filter(|(exact, _)| seen.insert(exact.clone())) {
            let n = self.keep(self.engine.word_passages(exact).map_err(TaskError::from));
            if n > 0 {
                ranked.push((n, Word { exact: exact.clone(), stem: stem.clone() }));
            }
        }
        ranked.sort_by(|a, b| (a.0, &a.1.exact).cmp(&(b.0, &b.1.exact)));
        ranked.into_iter().take(MAX_RARE).map(|(_, word)| word).collect()
    }
}

impl Corpus for Shelf<'_> {
    fn citations(&self, text: &str) -> Vec<Cited> {
        if let Some(known) = self.citations.borrow().get(text) {
            return known.clone();
        }
        let mut all: Vec<Cited> =
            pins::key_tokens(text).iter().filter_map(|token| self.cited_key(text, token)).collect();
        let overlaps = |all: &[Cited], span: &Span| {
            all.iter().any(|one| one.span.start < span.end && span.start < one.span.end)
        };
        let references = self.cited_references(text);
        let fresh = references.into_iter().filter(|one| !overlaps(&all, &one.span));
        all.extend(fresh.collect::<Vec<_>>());
        for (span, works) in self.titles.find(text) {
            let is_named = all.iter().any(|one| {
                one.id.into_iter().chain(one.others.iter().copied()).any(|id| works.contains(&id))
            });
            // A title beside the number of the same work says nothing more.
            if is_named || overlaps(&all, &span) {
                continue;
            }
            let tail = pins::after(text, span.end, text.len());
            let Some((&id, others)) = works.split_first() else { continue };
            let at = tail.iter().filter_map(|pin| self.title_pin(id, pin)).collect();
            all.push(self.settle(Cited {
                written: text.get(span.clone()).unwrap_or_default().to_owned(),
                span,
                id: Some(id),
                others: others.to_vec(),
                at: Locator(at),
                state: CitedState::Found,
                stands_for: None,
                notes: Vec::new(),
            }));
        }
        let known: Vec<Span> = all.iter().map(|one| one.span.clone()).collect();
        for malformed in malformed::find(text, &known) {
            all.push(Cited {
                written: text.get(malformed.span.clone()).unwrap_or_default().to_owned(),
                span: malformed.span,
                id: None,
                others: Vec::new(),
                at: Locator::default(),
                state: CitedState::Malformed,
                stands_for: None,
                notes: vec![malformed.why],
            });
        }
        all.sort_by_key(|one| one.span.start);
        self.citations.borrow_mut().insert(text.to_owned(), all.clone());
        all
    }

    fn again(&self, before: &Cited, text: &str, tail: Span) -> Cited {
        let mut cited = Cited { at: Locator::default(), notes: Vec::new(), ..before.clone() };
        if let Some(id) = before.id {
            let mut at: Vec<Pin> = Vec::new();
            for pin in pins::behind_short(text, tail) {
                at.extend(match pin {
                    ShortPin::Section(first, last) => Some(Pin::Section(first, last)),
                    ShortPin::Word(pin) => self.title_pin(id, &pin),
                });
            }
            cited.at = Locator(at);
        }
        if cited.state == CitedState::BeyondWork {
            cited.state = CitedState::Found;
        }
        self.settle(cited)
    }

    fn names(&self, cited: &Cited) -> Names {
        let Some(source) = cited.id.and_then(|id| self.sources.get(&id)) else {
            let references = self.cited_kind(&cited.written);
            return Names { names: Vec::new(), kind: references };
        };
        let work = Work::from_record(source.id, &source.merged());
        let mut names: Vec<String> = work.short_title.iter().cloned().collect();
        if let Some(case) = work.case() {
            names.extend(case.short_name());
            let sides = case.side_a.first().into_iter().chain(case.side_b.first());
            for party in sides.filter(|party| !names::is_common_party(party)) {
                names.push(names::plain_name(party));
                names.push(names::without_others(&names::without_trailers(party)));
            }
        }
        Names { names, kind: Some(work.kind) }
    }

    fn candidates(&self, quote: &str) -> Vec<SourceId> {
        // What stands between marks was never side by side in the source.
        let segments: Vec<Vec<(String, String)>> = quote
            .replace("...", "…")
            .split(['…', '[', ']', '█', '(', ')'])
            .map(|segment| {
                let analysed = analyse(segment, Lang::En);
                let token =
                    |token: crate::text::Token<'_>| (token.exact.to_owned(), token.stem.to_owned());
                analysed.iter().map(token).collect()
            })
            .collect();
        let Some(longest) = segments.iter().max_by_key(|segment| segment.len()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let middle = (longest.len().saturating_sub(MAX_PHRASE)) / 2;
        if let Some(words) = longest.get(middle..(middle + MAX_PHRASE).min(longest.len()))
            && let Some(phrase) = phrase(words)
        {
            found = self.ask(NodeKind::Text(phrase));
        }
        if found.is_empty() {
            found = self.ask_runs(&segments, RUN);
        }
        if found.is_empty() {
            found = self.ask_runs(&segments, 3);
        }
        if found.is_empty() {
            let words = self.rare_words(&segments.concat());
            found = any(words.into_iter().map(Text::Word).collect())
                .map(|root| self.ask(root))
                .unwrap_or_default();
        }
        found
    }

    fn pages(&self, id: SourceId) -> Option<Vec<Page>> {
        let source = self.sources.get(&id)?;
        match self.desk.store.pages(source.docn) {
            Ok(pages) => Some(pages),
            Err(StoreError::Damaged { what }) => {
                self.damaged.borrow_mut().insert(what);
                None
            }
            Err(error) => {
                self.failure.borrow_mut().get_or_insert(error.into());
                None
            }
        }
    }
}

impl Shelf<'_> {
    /// Returns the documents with most runs of `n_words` words of the segments.
    fn ask_runs(&self, segments: &[Vec<(String, String)>], n_words: usize) -> Vec<SourceId> {
        let runs: Vec<&[(String, String)]> =
            segments.iter().flat_map(|segment| segment.windows(n_words)).collect();
        // Of many runs those that are spread evenly are asked for.
        let step = runs.len().div_ceil(MAX_RUNS).max(1);
        let texts = runs.into_iter().step_by(step).filter_map(phrase).collect();
        any(texts).map(|root| self.ask(root)).unwrap_or_default()
    }

    /// Returns what a reference to a work that the corpus lacks is a reference to.
    fn cited_kind(&self, written: &str) -> Option<Kind> {
        let parsed = refs::parse_one(written, &self.desk.knowledge.tables)?;
        Some(match parsed.kind {
            RefKind::Report | RefKind::Neutral | RefKind::Case => Kind::Judgment,
            RefKind::Statute => Kind::Statute,
            RefKind::Instrument => Kind::Instrument,
            RefKind::Index => Kind::Report,
            RefKind::Treaty => Kind::Treaty,
            RefKind::Back => return None,
        })
    }

    /// Returns the place behind a title, as the document counts.
    fn title_pin(&self, id: SourceId, pin: &WordPin) -> Option<Pin> {
        if pin.is_paragraph {
            return Some(Pin::Para(pin.first.clone(), pin.last.clone()));
        }
        if self.has_label(id, &pin.first) {
            return Some(Pin::Label(pin.first.clone(), pin.last.clone()));
        }
        let first = pin.first.parse().ok().and_then(PageNo::new)?;
        let last = pin.last.as_ref().and_then(|last| last.parse().ok()).and_then(PageNo::new);
        Some(Pin::Page(first, last.filter(|last| first <= *last)))
    }
}

/// Returns the words side by side; one word alone as itself.
fn phrase(words: &[(String, String)]) -> Option<Text> {
    match words {
        [] => None,
        [(exact, stem)] => Some(Text::Word(Word { exact: exact.clone(), stem: stem.clone() })),
        _ => {
            let words = words.iter().map(|(exact, _)| PhraseWord::Token(exact.clone())).collect();
            Some(Text::Phrase(Phrase { words, slop: 0 }))
        }
    }
}

/// Returns a node that any of the texts fulfils; `None`: there is none.
fn any(mut texts: Vec<Text>) -> Option<NodeKind> {
    match texts.len() {
        0 => None,
        1 => texts.pop().map(NodeKind::Text),
        _ => {
            let nodes = texts.into_iter().map(|text| Node::new(0..0, NodeKind::Text(text)));
            Some(NodeKind::Or(nodes.collect()))
        }
    }
}

/// Returns the latest adverse status of a work in words.
fn status_note(source: &SourceRow) -> Option<String> {
    let record = source.merged();
    let adverse: Vec<&Status> =
        record.status.iter().map(|status| &status.value).filter(|one| one.is_adverse()).collect();
    let latest = adverse.into_iter().max_by_key(|one| one.date.map(Date::first))?;
    let by = latest.by.as_deref().map(|by| {
        let name = crate::model::court::by_id(by).map_or(by, |court| court.name);
        format!(" by {name}")
    });
    let date = latest.date.map(|date| format!(", {date}")).unwrap_or_default();
    let disputed = if latest.disputed { "; sources disagree" } else { "" };
    let by = by.unwrap_or_default();
    Some(format!("{}{by}{date} (source: {}{disputed})", latest.state, latest.source))
}

/// Tells whether a note on a reference says that it cannot be right.
fn is_fault(note: &str) -> bool {
    note.contains("error") || note.contains("no such provision")
}

/// Tells whether two normal forms name one number, whatever court they name or leave out.
fn same_number(own: &str, cited: &str) -> bool {
    let with_any_court = |id: &str| {
        let mut parts: Vec<&str> = id.split('/').collect();
        if parts.len() == 5 && parts.get(2).is_some_and(|part| part.parse::<u32>().is_err()) {
            parts[1] = "_";
        }
        parts.join("/")
    };
    refs::same(own, cited) || with_any_court(own) == with_any_court(cited)
}

/// Returns the year in a normal form: `pk/pld/1998/sc/388`.
fn year_of(id: &str) -> Option<u16> {
    id.split('/')
        .filter(|part| part.len() == 4)
        .find_map(|part| part.parse().ok())
        .filter(|year| (1800..3000).contains(year))
}
