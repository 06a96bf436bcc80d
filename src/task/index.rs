//! Feeding the engine from the store: after every batch, after a kill, and for a rebuild.
//!
//! There is one way into the index, so that an index that was caught up after a crash and one
//! that was built anew hold the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Card, IndexDocument, IndexMention, IndexPassage, Writer};
use crate::model::record::DateRole;
use crate::model::{Date, Kind, PageNo, Record, Reference, Span, WarningKind};
use crate::query::tree::Missing;
use crate::refs;
use crate::store::{DocNumber, Kept, Store};
use crate::text::{analyse, segment};

use super::{Knowledge, TaskError};

/// Brings the engine up to the store: everything with a `seq` above `after`, in order.
///
/// Returns how many documents were added or taken out. Nothing is committed.
pub(super) fn catch_up(
    store: &Store,
    writer: &mut dyn Writer,
    after: u64,
    knowledge: &Knowledge,
    beat: &mut dyn FnMut(u64),
) -> Result<u64, TaskError> {
    let mut n_changed = 0;
    for (_, docn) in store.changed_after(after)? {
        feed(store, writer, docn, knowledge)?;
        n_changed += 1;
        beat(n_changed);
    }
    Ok(n_changed)
}

/// Adds one document as the store holds it now, or takes it out where it is not searched.
fn feed(
    store: &Store,
    writer: &mut dyn Writer,
    docn: DocNumber,
    knowledge: &Knowledge,
) -> Result<(), TaskError> {
    let Some(source) = store.source(docn)? else { return Ok(()) };
    let paths: Vec<String> = store.paths_of(docn)?.into_iter().map(|row| row.path).collect();
    if !source.state.is_searchable() || paths.is_empty() {
        writer.remove(source.id)?;
        return Ok(());
    }
    let Some(kept) = store.kept(docn)? else { return Ok(()) };
    add(&kept, &paths, writer, knowledge)
}

/// What a document's card says, owned.
struct CardData {
    title: String,
    other_titles: Vec<String>,
    words: Vec<String>,
    title_tags: Vec<String>,
    names: Vec<String>,
    refs: Vec<String>,
    court: Option<String>,
    judges: Vec<String>,
    parties: Vec<String>,
    numbers: Vec<String>,
    printed_numbers: Vec<String>,
    tags: Vec<String>,
    dates: Vec<(DateRole, Date)>,
    date: Option<Date>,
    kind: Option<Kind>,
    missing: Vec<Missing>,
}

fn card_data(kept: &Kept, paths: &[String], knowledge: &Knowledge) -> CardData {
    let record = kept.source.merged();
    let texts = |values: &[crate::model::Valued<String>]| -> Vec<String> {
        values.iter().map(|value| value.value.clone()).collect()
    };
    let printed_numbers: Vec<String> = texts(&record.numbers)
        .into_iter()
        .chain(texts(&record.reports))
        .chain(record.index_number.iter().map(|number| number.value.clone()))
        .chain(record.act_number.iter().map(|number| number.value.clone()))
        .collect();
    let mut numbers = own_numbers(&record, &printed_numbers, knowledge);
    if numbers.is_empty() {
        // What the record says is surer than what stands near the beginning of the text.
        let own = kept
            .references
            .iter()
            .filter(|reference| reference.relation == crate::model::reference::Relation::OwnNumber);
        numbers.extend(own.map(|reference| reference.id.clone()));
    }
    numbers.extend(paths.iter().flat_map(|path| named_reports(path, knowledge)));
    let court = record.court.as_ref().map(|court| knowledge.court_id(&court.value));
    let numbers = numbers
        .iter()
        .map(|id| match &court {
            // `pk/_/wp/2023/1805` of an order of the Islamabad High Court is that court's number.
            Some(court) => refs::with_court(id, court),
            None => id.clone(),
        })
        .flat_map(|id| refs::ancestors(&id))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let judges = record.judges.iter().map(|judge| knowledge.judge_id(&judge.value)).collect();
    let mut tags: Vec<String> = kept
        .mentions
        .iter()
        .map(|mention| mention.entity.clone())
        .chain(texts(&record.tags))
        .collect();
    tags.sort();
    tags.dedup();
    tags.retain(|tag| !record.tags_removed.iter().any(|removed| removed.value == *tag));
    let title = record.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
    let other_titles: Vec<String> = record
        .short_title
        .iter()
        .map(|title| title.value.clone())
        .chain(printed_numbers.iter().cloned())
        .collect();
    let parties: Vec<String> =
        record.parties.iter().map(|party| party.value.name.clone()).collect();
    let title_tags = named_in(&title, kept, &tags, knowledge);
    let given: BTreeSet<String> =
        texts(&record.tags).into_iter().chain(title_tags.iter().cloned()).collect();
    let given: Vec<_> = given.iter().filter_map(|tag| knowledge.gazetteer.get(tag)).collect();
    // Where a person says what a document is about, weak forms are as good as the name.
    let names = given.iter().flat_map(|entity| {
        std::iter::once(&entity.name)
            .chain(&entity.aliases)
            .chain(&entity.acronyms)
            .chain(&entity.weak)
    });
    let words = std::iter::once(title.clone())
        .chain(other_titles.iter().cloned())
        .chain(parties.iter().cloned())
        .chain(texts(&record.judges))
        .collect();
    let names = names.cloned().chain(paths.iter().map(|path| file_words(path))).collect();
    let refs = given
        .iter()
        .flat_map(|entity| &entity.refs)
        .flat_map(|id| refs::ancestors(id))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut missing = Vec::new();
    let lacks = [
        (record.main_date().is_none(), Missing::Date),
        (record.title.is_none(), Missing::Title),
        (record.court.is_none(), Missing::Court),
        (record.kind.is_none(), Missing::Kind),
        (record.judges.is_empty(), Missing::Judge),
        (record.numbers.is_empty(), Missing::Number),
        (kept.pages.iter().all(|page| page.label.is_none()), Missing::PageLabel),
        (kept.warnings.iter().any(|warning| is_unread(warning.kind)), Missing::Text),
    ];
    missing.extend(lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what));
    CardData {
        title,
        other_titles,
        words,
        title_tags,
        names,
        refs,
        court,
        judges,
        parties,
        numbers,
        printed_numbers,
        tags,
        dates: record.dates.iter().map(|date| (date.value.role, date.value.value)).collect(),
        date: record.main_date().map(|date| date.value.value),
        kind: record.kind.as_ref().map(|kind| kind.value),
        missing,
    }
}

/// Returns the normal forms of the numbers that a record gives; of a statute also those of its
/// title, where the whole title is a work's name.
fn own_numbers(record: &Record, printed: &[String], knowledge: &Knowledge) -> Vec<String> {
    let parse = |text: &str| refs::parse_one(text, &knowledge.tables);
    let mut ids = Vec::new();
    for number in printed {
        // `XVII of 1996` is the number of an act where the record says so.
        let is_act = record.act_number.as_ref().is_some_and(|act| act.value == *number);
        let parsed = parse(number).or_else(|| parse(&format!("Act {number}")).filter(|_| is_act));
        ids.extend(parsed.into_iter().flat_map(|parsed| parsed.ids));
    }
    if record.kind.as_ref().is_some_and(|kind| kind.value == Kind::Statute) {
        for title in record.title.iter().chain(&record.short_title) {
            let whole = 0..title.value.trim_end().len();
            let parsed = parse(&title.value).filter(|parsed| parsed.span == whole);
            ids.extend(parsed.into_iter().flat_map(|parsed| parsed.ids));
        }
    }
    ids
}

/// Returns those of a document's entities that its title names: under a form of the gazetteer, or
/// under one that the document itself uses.
fn named_in(title: &str, kept: &Kept, tags: &[String], knowledge: &Knowledge) -> Vec<String> {
    let spaced = |text: &str| format!(" {} ", fold_words(text));
    let title = spaced(title);
    let mut own: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for mention in &kept.mentions {
        let page = kept.pages.iter().find(|page| page.number == mention.page);
        let form = page.and_then(|page| page.text.get(mention.span.clone()));
        own.entry(&mention.entity).or_default().extend(form.map(spaced));
    }
    let is_named = |tag: &&String| {
        let known = knowledge.gazetteer.forms(tag).into_iter().map(spaced);
        let mut forms = known.chain(own.get(tag.as_str()).into_iter().flatten().cloned());
        forms.any(|form| !form.trim().is_empty() && title.contains(&form))
    };
    tags.iter().filter(is_named).cloned().collect()
}

/// Returns the neutral citation that is a file's whole name: the Lahore High Court gives its
/// judgments `2023LHC3331.pdf` and prints the number nowhere in them.
fn named_reports(path: &str, knowledge: &Knowledge) -> Vec<String> {
    let words = file_words(path);
    let squeezed = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    // The joined form comes first and is the rest without blanks.
    let Some((joined, rest)) = words.split_once(' ') else { return Vec::new() };
    if joined != squeezed(rest) {
        return Vec::new();
    }
    let ids = refs::parse_one(rest.trim_end(), &knowledge.tables).map(|parsed| parsed.ids);
    let is_whole = |id: &String| squeezed(&refs::display(id, &knowledge.tables)) == joined;
    ids.unwrap_or_default().into_iter().filter(is_whole).collect()
}

/// Returns the words of a file's name: some courts print a number nowhere else (`2023LHC3331.pdf`).
///
/// A run of letters beside one of digits is two words, and both together stay one, too.
pub(super) fn file_words(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut words = String::with_capacity(2 * stem.len());
    for word in stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut parts: Vec<String> = Vec::new();
        let mut last: Option<char> = None;
        for c in word.chars() {
            let is_border = last.is_none_or(|last| last.is_numeric() != c.is_numeric());
            match parts.last_mut().filter(|_| !is_border) {
                Some(part) => part.push(c),
                None => parts.push(c.to_string()),
            }
            last = Some(c);
        }
        if parts.len() > 1 {
            words.push_str(word);
            words.push(' ');
        }
        for part in parts {
            words.push_str(&part);
            words.push(' ');
        }
    }
    words
}

/// Returns the printed forms of a text's words, joined by one blank.
fn fold_words(text: &str) -> String {
    let tokens = analyse(text, crate::model::Lang::En);
    tokens.iter().map(|token| token.exact.to_owned()).collect::<Vec<_>>().join(" ")
}

/// Tells whether a warning means that the page's text cannot be trusted.
pub(super) const fn is_unread(kind: WarningKind) -> bool {
    matches!(
        kind,
        WarningKind::NoText
            | WarningKind::LowText
            | WarningKind::OcrMissing
            | WarningKind::OcrUnreliable
    )
}

fn add(
    kept: &Kept,
    paths: &[String],
    writer: &mut dyn Writer,
    knowledge: &Knowledge,
) -> Result<(), TaskError> {
    let data = card_data(kept, paths, knowledge);
    let removed = kept.source.merged().tags_removed;
    // Everything that the passages borrow is made first.
    let mut places = Vec::new();
    for page in &kept.pages {
        for passage in segment::passages(page) {
            places.push((page, passage));
        }
    }
    let references = Placed::of(kept.references.iter().map(|one| (one.page, &one.span, one)));
    let mentions = Placed::of(kept.mentions.iter().map(|one| (one.page, &one.span, one)));
    let refs_of: Vec<Vec<String>> = places
        .iter()
        .map(|(page, passage)| ids_in(references.beginning_in(page.number, &passage.span)))
        .collect();
    let mentions_of: Vec<Vec<IndexMention<'_>>> = places
        .iter()
        .map(|(page, passage)| {
            mentions
                .beginning_in(page.number, &passage.span)
                .filter(|mention| {
                    mention.span.end <= passage.span.end
                        && !removed.iter().any(|tag| tag.value == mention.entity)
                })
                .map(|mention| IndexMention {
                    entity: &mention.entity,
                    span: mention.span.start - passage.span.start
                        ..mention.span.end - passage.span.start,
                })
                .collect()
        })
        .collect();
    let mut passages = Vec::with_capacity(places.len());
    let mut nth = 0;
    let mut last_page = None;
    for (ord, (page, passage)) in places.iter().enumerate() {
        let Some(paragraph) = page.paragraphs.get(passage.paragraph_idx) else { continue };
        nth = if last_page == Some(page.number) { nth + 1 } else { 1 };
        last_page = Some(page.number);
        let next = places.get(ord + 1);
        passages.push(IndexPassage {
            page: page.number,
            ord: u32::try_from(ord).unwrap_or(u32::MAX),
            para: u32::try_from(passage.paragraph_idx).unwrap_or(u32::MAX),
            para_no: paragraph.number,
            nth,
            lang: paragraph.lang,
            quality: page.quality,
            text: page.text.get(passage.span.clone()).unwrap_or_default(),
            refs: refs_of.get(ord).map(Vec::as_slice).unwrap_or_default(),
            mentions: mentions_of.get(ord).map(Vec::as_slice).unwrap_or_default(),
            boilerplate: paragraph.role.is_boilerplate(),
            note: paragraph.is_note(),
            continues: next.is_some_and(|(next_page, next)| {
                next_page.number == page.number && next.paragraph_idx == passage.paragraph_idx
            }),
        });
    }
    writer.add(&IndexDocument {
        id: kept.source.id,
        docn: kept.source.docn,
        card: Card {
            title: &data.title,
            other_titles: &data.other_titles,
            words: &data.words,
            title_tags: &data.title_tags,
            names: &data.names,
            refs: &data.refs,
            kind: data.kind,
            court: data.court.as_deref(),
            judges: &data.judges,
            parties: &data.parties,
            numbers: &data.numbers,
            printed_numbers: &data.printed_numbers,
            tags: &data.tags,
            paths,
            date: data.date,
            dates: &data.dates,
            missing: &data.missing,
        },
        passages,
    })?;
    Ok(())
}

/// What stands in a document, by its places: each passage asks for its own.
struct Placed<'a, T>(Vec<(PageNo, usize, &'a T)>);

impl<'a, T> Placed<'a, T> {
    fn of(all: impl Iterator<Item = (PageNo, &'a Span, &'a T)>) -> Self {
        let mut all: Vec<_> = all.map(|(page, span, one)| (page, span.start, one)).collect();
        // Stable: what begins at one place stays in its order.
        all.sort_by_key(|&(page, start, _)| (page, start));
        Self(all)
    }

    /// Returns what begins in a span of a page.
    fn beginning_in(&self, page: PageNo, span: &Span) -> impl Iterator<Item = &'a T> {
        let before = |end: usize| self.0.partition_point(|&(on, at, _)| (on, at) < (page, end));
        let here = self.0.get(before(span.start)..before(span.end)).unwrap_or_default();
        here.iter().map(|&(.., one)| one)
    }
}

/// Returns the normal forms of references, and the forms above them, in order, each once.
fn ids_in<'a>(references: impl Iterator<Item = &'a Reference>) -> Vec<String> {
    let ids = references.filter(|reference| !reference.id.is_empty());
    let mut ids: Vec<String> = ids.flat_map(|reference| refs::ancestors(&reference.id)).collect();
    ids.sort();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_words() {
        assert_eq!(file_words("/orders/lhc/2023LHC3331.pdf"), "2023LHC3331 2023 LHC 3331 ");
        assert_eq!(file_words("W.P._No.2758_of_2023.pdf"), "W P No 2758 of 2023 ");
        assert_eq!(file_words("mail/plan.mbox!/00001.eml"), "00001 ");
        assert_eq!(file_words(""), "");
    }

    #[test]
    fn a_file_named_by_its_citation() {
        let knowledge = Knowledge::builtin().unwrap();
        let named = |path: &str| named_reports(path, &knowledge);
        assert_eq!(named("orders/2023LHC3331.pdf").len(), 1);
        assert!(named("orders/WP2758of2023.pdf").is_empty());
        assert!(named("orders/2023LHC3331 (2).pdf").is_empty());
    }
}
