//! From a document to index entries: its card, its passages, and bridges over the seams.
//!
//! A passage is analysed once; both word fields, the mentions' positions and the bridges come
//! from that analysis.

use std::fmt::Write as _;
use std::iter;
use std::ops::Range;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

use super::schema::{Fields, entry};
use crate::engine::{Card, IndexDocument, IndexPassage};
use crate::model::{Date, Lang};
use crate::text::{Analysed, Token, analyse, is_own_stem};

/// How many tokens of each side a bridge holds.
const BRIDGE_TOKENS: usize = 60;
/// Days are written with this added, so that earlier years sort and print without a sign.
const DAY_OFFSET: i64 = 1_000_000;

/// One entry of the index: its part of what all entries of its document hold.
///
/// Entries are dropped by another thread than that which made them, a hundred for each document. If
/// each had its own memory, both threads would wait for each other at the allocator.
#[derive(Debug)]
pub(super) struct Entry {
    held: Arc<Held>,
    numbers: Range<usize>,
    days: Range<usize>,
    texts: Range<usize>,
}

/// What the entries of one document hold, one entry after the other.
#[derive(Debug)]
struct Held {
    /// The document's SHA-256, which stands on all its entries.
    doc: (Field, String),
    numbers: Vec<(Field, u64)>,
    days: Vec<(Field, i64)>,
    texts: Vec<(Field, Text)>,
    /// The letters of the texts.
    letters: String,
}

/// A text of an entry.
#[derive(Debug)]
enum Text {
    /// A part of the letters.
    Own(Range<usize>),
    Fixed(&'static str),
}

impl Entry {
    /// Returns the value with number `at`.
    fn value(&self, at: usize) -> Option<(Field, EntryValue<'_>)> {
        let Held { doc, numbers, days, texts, letters } = &*self.held;
        let Some(at) = at.checked_sub(1) else { return Some((doc.0, EntryValue::Text(&doc.1))) };
        if let Some(&(field, number)) = numbers.get(self.numbers.clone())?.get(at) {
            return Some((field, EntryValue::Number(number)));
        }
        let at = at - self.numbers.len();
        if let Some(&(field, day)) = days.get(self.days.clone())?.get(at) {
            return Some((field, EntryValue::Day(day)));
        }
        let (field, text) = texts.get(self.texts.clone())?.get(at - self.days.len())?;
        let text = match text {
            Text::Own(range) => letters.get(range.clone())?,
            Text::Fixed(text) => text,
        };
        Some((*field, EntryValue::Text(text)))
    }
}

/// The values of an entry, one after the other.
pub(super) struct Values<'a> {
    entry: &'a Entry,
    next: usize,
}

impl<'a> Iterator for Values<'a> {
    type Item = (Field, EntryValue<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.next += 1;
        self.entry.value(self.next - 1)
    }
}

/// A value of an entry, as the index library reads it.
#[derive(Clone, Copy, Debug)]
pub(super) enum EntryValue<'a> {
    Text(&'a str),
    Number(u64),
    Day(i64),
}

impl<'a> Value<'a> for EntryValue<'a> {
    type ArrayIter = iter::Empty<Self>;
    type ObjectIter = iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Self::Text(text) => ReferenceValueLeaf::Str(text),
            Self::Number(number) => ReferenceValueLeaf::U64(number),
            Self::Day(day) => ReferenceValueLeaf::I64(day),
        })
    }
}

impl Document for Entry {
    type Value<'a> = EntryValue<'a>;
    type FieldsValuesIter<'a> = Values<'a>;

    fn iter_fields_and_values(&self) -> Values<'_> {
        Values { entry: self, next: 0 }
    }
}

/// Where the values of an entry stand.
type Bounds = [Range<usize>; 3];

/// The entries of a document while they are made, one after the other.
struct Draft<'f> {
    fields: &'f Fields,
    held: Held,
    /// The entry at hand: where its values begin.
    start: [usize; 3],
    entries: Vec<Bounds>,
    /// Stems of the text at hand; kept, so that nothing is allocated for each.
    stems: String,
}

impl<'f> Draft<'f> {
    fn new(fields: &'f Fields, document: &IndexDocument<'_>) -> Self {
        let n_bytes: usize = document.passages.iter().map(|passage| passage.text.len()).sum();
        let n_entries = document.passages.len() + 1;
        let held = Held {
            doc: (fields.doc, document.id.to_string()),
            numbers: Vec::with_capacity(n_entries * 8),
            days: Vec::new(),
            texts: Vec::with_capacity(n_entries * 4),
            // Stems are of every second word.
            letters: String::with_capacity(n_bytes * 3 / 2 + 1024),
        };
        let entries = Vec::with_capacity(n_entries);
        Self { fields, held, start: [0; 3], entries, stems: String::new() }
    }

    fn so_far(&self) -> [usize; 3] {
        [self.held.numbers.len(), self.held.days.len(), self.held.texts.len()]
    }

    /// Begins an entry.
    fn begin(&mut self, kind: u64) {
        self.start = self.so_far();
        self.number(self.fields.entry, kind);
    }

    /// Returns where the values of the entry at hand stand.
    fn end(&self) -> Bounds {
        let [numbers, days, texts] = self.start;
        let [numbers_end, days_end, texts_end] = self.so_far();
        [numbers..numbers_end, days..days_end, texts..texts_end]
    }

    fn into_entries(self) -> Vec<Entry> {
        let Self { held, entries, .. } = self;
        let held = Arc::new(held);
        let entry = |[numbers, days, texts]: Bounds| Entry {
            held: Arc::clone(&held),
            numbers,
            days,
            texts,
        };
        entries.into_iter().map(entry).collect()
    }

    fn number(&mut self, field: Field, number: u64) {
        self.held.numbers.push((field, number));
    }

    /// Adds what was written behind `start` as a text, unless that is nothing.
    fn written(&mut self, field: Field, start: usize) {
        let end = self.held.letters.len();
        if start < end {
            self.held.texts.push((field, Text::Own(start..end)));
        }
    }

    /// Adds a text unless it is empty.
    fn text(&mut self, field: Field, text: &str) {
        let start = self.held.letters.len();
        self.held.letters.push_str(text);
        self.written(field, start);
    }

    /// Adds tokens to a field of printed forms and to its field of stems; `parts` stand behind one
    /// another. Where `ends_alike`, the last stem stands there in any case.
    fn tokens(&mut self, exact: Field, stem: Field, parts: &[Part<'_>], ends_alike: bool) {
        let mut stems = std::mem::take(&mut self.stems);
        stems.clear();
        let start = self.held.letters.len();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.held.letters.push(' ');
                stems.push(' ');
            }
            part.join(&mut self.held.letters, &mut stems);
        }
        self.written(exact, start);
        let last = parts.last().and_then(Part::last).filter(|last| !has_stem_of_its_own(last));
        match last {
            Some(last) if ends_alike => stems.push_str(last.stem),
            _ if ends_alike => {}
            // Nothing comes behind it.
            _ => stems.truncate(stems.trim_end_matches(' ').len()),
        }
        self.text(stem, &stems);
        self.stems = stems;
    }

    /// Adds the words of a text to a field of printed forms and to its field of stems.
    fn words(&mut self, exact: Field, stem: Field, text: &str) {
        let tokens = analyse(text, Lang::En);
        // Several texts of one field stand one behind the other: where each ends must be the same
        // in both fields.
        self.tokens(exact, stem, &[Part { tokens: &tokens, positions: 0..tokens.len() }], true);
    }

    fn fixed(&mut self, field: Field, text: &'static str) {
        self.held.texts.push((field, Text::Fixed(text)));
    }

    /// Adds values that are compared whole, each once.
    fn ids<'a>(&mut self, field: Field, ids: impl Iterator<Item = &'a str>) {
        let mut ids: Vec<&str> = ids.filter(|id| !id.is_empty()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().for_each(|id| self.text(field, id));
    }

    /// Adds mentions as terms with positions, each moved by a number of tokens.
    fn mentions<'a, 'd: 'a>(&mut self, mentions: impl Iterator<Item = (&'a Placed<'d>, i64)>) {
        let terms = &mut self.held.letters;
        let start = terms.len();
        for (placed, moved) in mentions {
            if terms.len() > start {
                terms.push(' ');
            }
            let at = i64::try_from(placed.first).unwrap_or_default() + moved;
            // Writing to a String cannot fail.
            let _ = write!(terms, "{}/{}@{at}", placed.entity, placed.last - placed.first + 1);
        }
        self.written(self.fields.mention, start);
    }
}

/// A passage, its tokens, and the positions of its mentions.
struct Read<'d> {
    passage: &'d IndexPassage<'d>,
    tokens: Analysed,
    mentions: Vec<Placed<'d>>,
}

/// An entity at tokens `first` to `last` of a passage.
struct Placed<'d> {
    entity: &'d str,
    first: usize,
    last: usize,
}

/// Returns the entries of a document: the card first, then passages in order, each bridge right
/// after the passage before its seam.
pub(super) fn entries(fields: &Fields, document: &IndexDocument<'_>) -> Vec<Entry> {
    let mut draft = Draft::new(fields, document);
    let card = card(&mut draft, document);
    draft.entries.push(card);
    // The last passage of the running text, and the last of the notes: a sentence goes on over the
    // notes that stand between its halves, and a long note over the text of the next page.
    let (mut text, mut notes): (Option<Read<'_>>, Option<Read<'_>>) = (None, None);
    let mut spare = Analysed::default();
    for passage in &document.passages {
        let read = read(passage, std::mem::take(&mut spare));
        let own = passage_entry(&mut draft, &read);
        if passage.boilerplate {
            // Running heads stand outside bridges, or no phrase would cross a page.
            draft.entries.push(own);
            spare = read.tokens;
            continue;
        }
        let before = if passage.note { &mut notes } else { &mut text };
        if let Some(before) = before.as_ref().filter(|before| is_seam(before.passage, passage)) {
            let bridge = bridge(&mut draft, before, &read);
            draft.entries.extend(bridge);
        }
        draft.entries.push(own);
        spare = before.replace(read).map(|before| before.tokens).unwrap_or_default();
    }
    draft.into_entries()
}

/// Tells whether a text may run on from `before` into `after`.
fn is_seam(before: &IndexPassage<'_>, after: &IndexPassage<'_>) -> bool {
    before.page != after.page || before.continues
}

fn card(card: &mut Draft<'_>, document: &IndexDocument<'_>) -> Bounds {
    let fields = card.fields;
    // In full, so that a new field of the card cannot be forgotten here.
    let Card {
        title,
        other_titles,
        words,
        title_tags,
        names,
        refs,
        kind,
        court,
        judges,
        parties,
        numbers,
        printed_numbers,
        tags,
        paths,
        date,
        dates,
        missing,
    } = &document.card;
    card.begin(entry::CARD);
    card.number(fields.docn, document.docn);
    for title in iter::once(*title).chain(other_titles.iter().map(String::as_str)) {
        card.words(fields.title, fields.title_stem, title);
    }
    for words in *words {
        card.words(fields.body, fields.body_stem, words);
    }
    for name in *names {
        card.words(fields.names, fields.names_stem, name);
    }
    card.ids(fields.title_tag, title_tags.iter().map(String::as_str));
    card.ids(fields.reference, refs.iter().map(String::as_str));
    card.ids(fields.bears, numbers.iter().map(String::as_str));
    card.ids(fields.kind, kind.iter().map(|kind| kind.name()));
    card.ids(fields.court, court.iter().copied());
    card.ids(fields.judge, judges.iter().map(String::as_str));
    for party in *parties {
        card.text(fields.party, &folded(party));
    }
    card.ids(fields.number, numbers.iter().map(String::as_str));
    let printed: Vec<String> = printed_numbers.iter().map(|number| folded(number)).collect();
    card.ids(fields.number, printed.iter().map(String::as_str));
    card.ids(fields.tag, tags.iter().map(String::as_str));
    card.ids(fields.source, paths.iter().map(String::as_str));
    card.ids(fields.missing, missing.iter().map(|missing| missing.name()));
    let langs = document.passages.iter().filter(|passage| !passage.boilerplate);
    card.ids(fields.lang, langs.map(|passage| passage.lang.tag()));
    if let Some(date) = date {
        card.held.days.push((fields.date_lo, date.first().since_epoch()));
        card.held.days.push((fields.date_hi, date.last().since_epoch()));
    }
    let dated: Vec<String> =
        dates.iter().map(|&(role, date)| role_date(role.name(), date)).collect();
    card.ids(fields.dates, dated.iter().map(String::as_str));
    card.end()
}

/// Returns the term of a date with its role.
fn role_date(role: &str, date: Date) -> String {
    let [lo, hi] = [date.first(), date.last()].map(|day| day.since_epoch() + DAY_OFFSET);
    format!("{role} {lo:07} {hi:07}")
}

/// Reads the days of a term that [`role_date`] made.
pub(super) fn days_of_term(term: &str) -> Option<(&str, i64, i64)> {
    let mut parts = term.split(' ');
    let role = parts.next()?;
    let mut day = || parts.next()?.parse().ok().map(|day: i64| day - DAY_OFFSET);
    Some((role, day()?, day()?))
}

/// Returns the exact tokens of a text, joined by blanks.
pub(super) fn folded(text: &str) -> String {
    let tokens = analyse(text, Lang::En);
    let mut exact = String::with_capacity(text.len());
    Part { tokens: &tokens, positions: 0..tokens.len() }.join(&mut exact, &mut String::new());
    exact
}

/// Analyses a passage; `tokens` is what may be used for it.
fn read<'d>(passage: &'d IndexPassage<'d>, mut tokens: Analysed) -> Read<'d> {
    tokens.read(passage.text, passage.lang);
    let mentions = if passage.mentions.is_empty() { Vec::new() } else { placed(passage, &tokens) };
    Read { passage, tokens, mentions }
}

/// Finds the tokens that overlap each mention; a mention of no token has no place.
fn placed<'d>(passage: &'d IndexPassage<'d>, tokens: &Analysed) -> Vec<Placed<'d>> {
    let mut placed = Vec::with_capacity(passage.mentions.len());
    for mention in passage.mentions {
        let mut run = tokens
            .iter()
            .enumerate()
            .skip_while(|(_, token)| token.span.end <= mention.span.start)
            .take_while(|(_, token)| token.span.start < mention.span.end)
            .map(|(position, _)| position);
        if let Some(first) = run.next() {
            placed.push(Placed {
                entity: mention.entity,
                first,
                last: run.last().unwrap_or(first),
            });
        }
    }
    placed.sort_by_key(|placed| placed.first);
    placed
}

fn passage_entry(own: &mut Draft<'_>, read: &Read<'_>) -> Bounds {
    let (passage, fields) = (read.passage, own.fields);
    own.begin(if passage.boilerplate { entry::BOILERPLATE } else { entry::PASSAGE });
    place(own, passage);
    let whole = Part { tokens: &read.tokens, positions: 0..read.tokens.len() };
    own.tokens(fields.body, fields.body_stem, &[whole], false);
    own.ids(fields.reference, passage.refs.iter().map(String::as_str));
    own.ids(fields.tag, passage.mentions.iter().map(|mention| mention.entity));
    own.mentions(read.mentions.iter().map(|placed| (placed, 0)));
    own.end()
}

/// Sets the place of a passage, or of the passage before a bridge's seam.
fn place(own: &mut Draft<'_>, passage: &IndexPassage<'_>) {
    let fields = own.fields;
    own.number(fields.ord, passage.ord.into());
    own.number(fields.page, passage.page.get().into());
    own.number(fields.nth, passage.nth.into());
    own.number(fields.para, passage.para.into());
    if let Some(para_no) = passage.para_no {
        own.number(fields.para_no, para_no.into());
    }
    own.number(fields.quality, percent(passage.quality));
    own.fixed(fields.lang, passage.lang.tag());
}

/// Returns a trust of 0 to 1 in percent.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is clamped to 0 to 100 first"
)]
fn percent(quality: f32) -> u64 {
    (quality.clamp(0.0, 1.0) * 100.0).round() as u64
}

/// Returns the bridge of the last tokens of `before` and the first of `after`; `None` where one of
/// them has no token.
fn bridge(own: &mut Draft<'_>, before: &Read<'_>, after: &Read<'_>) -> Option<Bounds> {
    let tail = before.tokens.len().saturating_sub(BRIDGE_TOKENS)..before.tokens.len();
    let head = 0..after.tokens.len().min(BRIDGE_TOKENS);
    if tail.is_empty() || head.is_empty() {
        return None;
    }
    let fields = own.fields;
    own.begin(entry::BRIDGE);
    place(own, before.passage);
    own.number(fields.ord_to, after.passage.ord.into());
    own.number(fields.page_to, after.passage.page.get().into());
    own.number(fields.nth_to, after.passage.nth.into());
    let parts = [
        Part { tokens: &before.tokens, positions: tail.clone() },
        Part { tokens: &after.tokens, positions: head.clone() },
    ];
    own.tokens(fields.body, fields.body_stem, &parts, false);
    let seam = tail.len();
    let left = before.mentions.iter().filter(|placed| placed.first >= tail.start);
    let right = after.mentions.iter().filter(|placed| placed.last < head.end);
    own.mentions(
        left.map(|placed| (placed, -i64::try_from(tail.start).unwrap_or_default()))
            .chain(right.map(|placed| (placed, i64::try_from(seam).unwrap_or_default()))),
    );
    Some(own.end())
}

/// Some neighbouring tokens of a text.
struct Part<'a> {
    tokens: &'a Analysed,
    positions: Range<usize>,
}

/// Tells whether the stem of a token must be kept beside its printed form. Every second word is its
/// own stem, here and wherever else it stands: such words are found by their printed form alone.
fn has_stem_of_its_own(token: &Token<'_>) -> bool {
    !token.is_own_stem && (token.stem != token.exact || !is_own_stem(token.exact))
}

impl Part<'_> {
    fn last(&self) -> Option<Token<'_>> {
        self.tokens.get(self.positions.end.checked_sub(1)?)
    }

    /// Writes the tokens as fields hold them, joined by one blank; without a stem nothing stands
    /// there.
    fn join(&self, exact: &mut String, stems: &mut String) {
        for position in self.positions.clone() {
            if position > self.positions.start {
                exact.push(' ');
                stems.push(' ');
            }
            if let Some(token) = self.tokens.get(position) {
                exact.push_str(token.exact);
                if has_stem_of_its_own(&token) {
                    stems.push_str(token.stem);
                }
            }
        }
    }
}
