//! From a document to index entries: its card, its passages, and bridges over the seams.
//!
//! A passage is analysed once; both word fields, the mentions' positions and the bridges come
//! from that analysis.

use std::fmt::Write as _;
use std::iter;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

use super::schema::{Fields, entry};
use crate::engine::{Card, IndexDocument, IndexPassage};
use crate::model::{Date, Lang};
use crate::text::{Analysed, Token, analyse, is_own_stem};

/// A bridge has so many numbers.
const MOST_NUMBERS: usize = 10;
/// How many tokens of each side a bridge holds.
const BRIDGE_TOKENS: usize = 60;
/// Days are written with this added, so that earlier years sort and print without a sign.
const DAY_OFFSET: i64 = 1_000_000;

/// One entry of the index.
#[derive(Debug)]
pub(super) struct Entry {
    /// The document's SHA-256, shared by all its entries.
    doc: (Field, Arc<str>),
    numbers: Vec<(Field, u64)>,
    days: Vec<(Field, i64)>,
    texts: Vec<(Field, Text)>,
}

/// A text of an entry.
#[derive(Debug)]
enum Text {
    Own(String),
    Fixed(&'static str),
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
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, EntryValue<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let doc = iter::once((self.doc.0, EntryValue::Text(&self.doc.1)));
        let numbers =
            self.numbers.iter().map(|&(field, number)| (field, EntryValue::Number(number)));
        let days = self.days.iter().map(|&(field, day)| (field, EntryValue::Day(day)));
        let texts = self.texts.iter().map(|(field, text)| {
            (
                *field,
                EntryValue::Text(match text {
                    Text::Own(text) => text,
                    Text::Fixed(text) => text,
                }),
            )
        });
        Box::new(doc.chain(numbers).chain(days).chain(texts))
    }
}

impl Entry {
    fn new(fields: &Fields, doc: &Arc<str>, kind: u64) -> Self {
        Self {
            doc: (fields.doc, Arc::clone(doc)),
            numbers: Vec::with_capacity(MOST_NUMBERS),
            days: Vec::new(),
            texts: Vec::new(),
        }
        .with(fields.entry, kind)
    }

    fn with(mut self, field: Field, number: u64) -> Self {
        self.number(field, number);
        self
    }

    fn number(&mut self, field: Field, number: u64) {
        self.numbers.push((field, number));
    }

    /// Adds a text unless it is empty.
    fn text(&mut self, field: Field, text: String) {
        if !text.is_empty() {
            self.texts.push((field, Text::Own(text)));
        }
    }

    /// Adds the stems of the one text of a field.
    fn stems(&mut self, field: Field, mut text: String) {
        text.truncate(text.trim_end_matches(' ').len());
        self.text(field, text);
    }

    /// Adds the words of a text to a field of printed forms and to its field of stems.
    fn words(&mut self, exact: Field, stem: Field, text: &str) {
        let tokens = analyse(text, Lang::En);
        let Forms { exact: printed, mut stems } = joined(&tokens, 0..tokens.len());
        self.text(exact, printed);
        // Several texts of one field stand one behind the other: where each ends must be the same
        // in both fields, so the last stem stands there in any case.
        if let Some(last) = tokens.len().checked_sub(1).and_then(|last| tokens.get(last))
            && !has_stem_of_its_own(&last)
        {
            stems.push_str(last.stem);
        }
        self.text(stem, stems);
    }

    fn fixed(&mut self, field: Field, text: &'static str) {
        self.texts.push((field, Text::Fixed(text)));
    }

    /// Adds values that are compared whole, each once.
    fn ids<'a>(&mut self, field: Field, ids: impl Iterator<Item = &'a str>) {
        let mut ids: Vec<&str> = ids.filter(|id| !id.is_empty()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().for_each(|id| self.text(field, id.to_owned()));
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
    let doc: Arc<str> = document.id.to_string().into();
    let mut entries = Vec::with_capacity(document.passages.len() * 2 + 1);
    entries.push(card(fields, &doc, document));
    // The last passage of the running text, and the last of the notes: a sentence goes on over the
    // notes that stand between its halves, and a long note over the text of the next page.
    let (mut text, mut notes): (Option<Read<'_>>, Option<Read<'_>>) = (None, None);
    let mut spare = Analysed::default();
    for passage in &document.passages {
        let read = read(passage, std::mem::take(&mut spare));
        let own = passage_entry(fields, &doc, &read);
        if passage.boilerplate {
            // Running heads stand outside bridges, or no phrase would cross a page.
            entries.push(own);
            spare = read.tokens;
            continue;
        }
        let before = if passage.note { &mut notes } else { &mut text };
        if let Some(before) = before.as_ref().filter(|before| is_seam(before.passage, passage)) {
            entries.extend(bridge(fields, &doc, before, &read));
        }
        entries.push(own);
        spare = before.replace(read).map(|before| before.tokens).unwrap_or_default();
    }
    entries
}

/// Tells whether a text may run on from `before` into `after`.
fn is_seam(before: &IndexPassage<'_>, after: &IndexPassage<'_>) -> bool {
    before.page != after.page || before.continues
}

fn card(fields: &Fields, doc: &Arc<str>, document: &IndexDocument<'_>) -> Entry {
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
    let mut card = Entry::new(fields, doc, entry::CARD);
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
        card.text(fields.party, folded(party));
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
        card.days.push((fields.date_lo, date.first().since_epoch()));
        card.days.push((fields.date_hi, date.last().since_epoch()));
    }
    let dated: Vec<String> =
        dates.iter().map(|&(role, date)| role_date(role.name(), date)).collect();
    card.ids(fields.dates, dated.iter().map(String::as_str));
    card
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
    joined(&tokens, 0..tokens.len()).exact
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

fn passage_entry(fields: &Fields, doc: &Arc<str>, read: &Read<'_>) -> Entry {
    let passage = read.passage;
    let kind = if passage.boilerplate { entry::BOILERPLATE } else { entry::PASSAGE };
    let mut own = Entry::new(fields, doc, kind);
    place(fields, &mut own, passage);
    let Forms { exact, stems } = joined(&read.tokens, 0..read.tokens.len());
    own.text(fields.body, exact);
    own.stems(fields.body_stem, stems);
    own.ids(fields.reference, passage.refs.iter().map(String::as_str));
    own.ids(fields.tag, passage.mentions.iter().map(|mention| mention.entity));
    own.text(fields.mention, mention_terms(read.mentions.iter().map(|placed| (placed, 0))));
    own
}

/// Sets the place of a passage, or of the passage before a bridge's seam.
fn place(fields: &Fields, own: &mut Entry, passage: &IndexPassage<'_>) {
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
fn bridge(fields: &Fields, doc: &Arc<str>, before: &Read<'_>, after: &Read<'_>) -> Option<Entry> {
    let tail = before.tokens.len().saturating_sub(BRIDGE_TOKENS)..before.tokens.len();
    let head = 0..after.tokens.len().min(BRIDGE_TOKENS);
    if tail.is_empty() || head.is_empty() {
        return None;
    }
    let mut own = Entry::new(fields, doc, entry::BRIDGE);
    place(fields, &mut own, before.passage);
    own.number(fields.ord_to, after.passage.ord.into());
    own.number(fields.page_to, after.passage.page.get().into());
    own.number(fields.nth_to, after.passage.nth.into());
    let joined = [joined(&before.tokens, tail.clone()), joined(&after.tokens, head.clone())];
    let both = |form: fn(&Forms) -> &str| joined.iter().map(form).collect::<Vec<_>>().join(" ");
    own.text(fields.body, both(|forms| &forms.exact));
    own.stems(fields.body_stem, both(|forms| &forms.stems));
    let seam = tail.len();
    let left = before.mentions.iter().filter(|placed| placed.first >= tail.start);
    let right = after.mentions.iter().filter(|placed| placed.last < head.end);
    own.text(
        fields.mention,
        mention_terms(
            left.map(|placed| (placed, -i64::try_from(tail.start).unwrap_or_default()))
                .chain(right.map(|placed| (placed, i64::try_from(seam).unwrap_or_default()))),
        ),
    );
    Some(own)
}

/// Returns mentions as terms with positions, each moved by a number of tokens.
fn mention_terms<'a, 'd: 'a>(mentions: impl Iterator<Item = (&'a Placed<'d>, i64)>) -> String {
    let mut terms = String::new();
    for (placed, moved) in mentions {
        if !terms.is_empty() {
            terms.push(' ');
        }
        let at = i64::try_from(placed.first).unwrap_or_default() + moved;
        // Writing to a String cannot fail.
        let _ = write!(terms, "{}/{}@{at}", placed.entity, placed.last - placed.first + 1);
    }
    terms
}

/// Tokens as fields hold them.
struct Forms {
    exact: String,
    stems: String,
}

/// Tells whether the stem of a token must be kept beside its printed form. Every second word is its
/// own stem, here and wherever else it stands: such words are found by their printed form alone.
fn has_stem_of_its_own(token: &Token<'_>) -> bool {
    !token.is_own_stem && (token.stem != token.exact || !is_own_stem(token.exact))
}

/// Returns the tokens at `positions`, joined by one blank; without a stem nothing stands there.
fn joined(tokens: &Analysed, positions: std::ops::Range<usize>) -> Forms {
    let mut exact = String::with_capacity(positions.len() * 7);
    let mut stems = String::with_capacity(positions.len() * 4);
    let start = positions.start;
    for position in positions {
        if position > start {
            exact.push(' ');
            stems.push(' ');
        }
        if let Some(token) = tokens.get(position) {
            exact.push_str(token.exact);
            if has_stem_of_its_own(&token) {
                stems.push_str(token.stem);
            }
        }
    }
    Forms { exact, stems }
}
