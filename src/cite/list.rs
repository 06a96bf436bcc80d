//! Lists: citations as given, bibliographies, notes with their short forms, tables of authorities.

mod warning;

use std::collections::{BTreeMap, BTreeSet};

use super::csl::Standing;
use super::render::{Citing, citation, status_words};
use super::run::{Face, Runs, clean};
use super::sort::Sorter;
use super::style::{CitationForm, Row};
use super::work::Work;
use super::{CiteError, CslStyle, Entry, Options};
use crate::model::{Kind, SourceId};

pub use warning::{Warning, warnings};

/// Which list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Form {
    /// Each entry in full, in the order given.
    #[default]
    Citations,
    /// Each work once, sorted.
    Bibliography,
    /// Numbered notes, later citations short.
    Notes,
    /// A table of authorities: by groups, with the notes that cite each work.
    Authorities,
    /// A list of annexures: each work once, in the order of first citation, with its pages in the
    /// bundle, the places cited and the hash of its file.
    Annexures,
}

/// One line of a list, before a format writes it.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// A heading that begins here.
    pub heading: Option<String>,
    /// The number of the note.
    pub number: Option<usize>,
    /// The citation, or the citations of one note.
    pub runs: Runs,
    /// The quotations that go with it.
    pub quotes: Vec<Runs>,
    /// What the person wrote beside it.
    pub remarks: Vec<Runs>,
    /// Lines of provenance, where they are wanted.
    pub proof: Vec<String>,
    /// The entries that it stands for; a table stands for all that cite the work.
    pub entries: Vec<&'a Entry<'a>>,
}
/// One work with all entries that cite it.
pub(super) struct Cited<'a> {
    pub(super) work: &'a Work,
    pub(super) key: &'a str,
    pub(super) entries: Vec<&'a Entry<'a>>,
}

/// Returns the works in the order of their first citation, each once.
pub(super) fn by_work<'a>(entries: &'a [Entry<'a>]) -> Vec<Cited<'a>> {
    let mut at: BTreeMap<SourceId, usize> = BTreeMap::new();
    let mut works: Vec<Cited<'a>> = Vec::new();
    for entry in entries {
        let idx = *at.entry(entry.work.id).or_insert_with(|| {
            works.push(Cited { work: entry.work, key: entry.key, entries: Vec::new() });
            works.len() - 1
        });
        works[idx].entries.push(entry);
    }
    works
}

/// Returns the lines of the list.
///
/// # Errors
/// [`CiteError::NoNotes`] where notes are asked of a style that cites in the text.
pub fn items<'a>(
    entries: &'a [Entry<'a>],
    options: &Options<'_>,
) -> Result<Vec<Item<'a>>, CiteError> {
    Ok(match options.form {
        Form::Citations => citations(entries, options),
        Form::Bibliography => bibliography(entries, options),
        Form::Notes if options.csl.is_some_and(|csl| !csl.has_notes()) => {
            let style = options.csl.map_or("", CslStyle::title).to_owned();
            return Err(CiteError::NoNotes { style });
        }
        Form::Notes if options.csl.is_none() && !options.style.has_notes => {
            return Err(CiteError::NoNotes { style: options.style.id.clone() });
        }
        Form::Notes => notes(entries, options),
        Form::Authorities => authorities(entries, options),
        Form::Annexures => annexures(entries, options),
    })
}

/// The numbers of works in a style that cites by numbers; empty in all others.
fn numbers_of(entries: &[Entry<'_>], options: &Options<'_>) -> BTreeMap<SourceId, usize> {
    let Some(csl) = options.csl.filter(|csl| csl.is_numbered()) else { return BTreeMap::new() };
    let mut works = by_work(entries);
    if csl.sorts_before_numbering() {
        let sorter = Sorter::new(options.lang, options.latin_first);
        works.sort_by_cached_key(|cited| cited.work.id);
        works.sort_by(|a, b| sorter.compare(&sort_key(a.work), &sort_key(b.work)));
    }
    works.iter().zip(1..).map(|(cited, number)| (cited.work.id, number)).collect()
}

/// Returns one line an entry, in full.
fn citations<'a>(entries: &'a [Entry<'a>], options: &Options<'_>) -> Vec<Item<'a>> {
    let mut heading: Option<&str> = None;
    let numbers = numbers_of(entries, options);
    let line = |entry: &'a Entry<'a>| {
        let new_heading = entry.heading.as_deref().filter(|new| heading != Some(*new));
        heading = entry.heading.as_deref();
        let standing = Standing { number: numbers.get(&entry.work.id).copied(), first_note: None };
        let runs = one(entry, CitationForm::First, standing, options);
        item(new_heading.map(clean), None, runs, vec![entry], options)
    };
    entries.iter().map(line).collect()
}

/// Returns each work once, sorted by what its line begins with, or by its number.
fn bibliography<'a>(entries: &'a [Entry<'a>], options: &Options<'_>) -> Vec<Item<'a>> {
    let numbers = numbers_of(entries, options);
    let mut lines: Vec<(String, Item<'a>)> = by_work(entries)
        .into_iter()
        .map(|cited| {
            let runs = numbered_line(cited.entries[0], &numbers, options);
            (sort_key(cited.work), item(None, None, runs, cited.entries, options))
        })
        .collect();
    if numbers.is_empty() {
        sort_lines(&mut lines, options);
    } else {
        let number = |item: &Item<'_>| {
            item.entries.first().and_then(|entry| numbers.get(&entry.work.id).copied())
        };
        lines.sort_by_key(|(_, item)| number(item));
    }
    lines.into_iter().map(|(_, item)| item).collect()
}

/// Returns the line of a list, with its number before it where the style has numbers.
fn numbered_line(
    entry: &Entry<'_>,
    numbers: &BTreeMap<SourceId, usize>,
    options: &Options<'_>,
) -> Runs {
    let standing = Standing { number: numbers.get(&entry.work.id).copied(), first_note: None };
    let line = one(entry, CitationForm::List, standing, options);
    let (Some(csl), Some(number)) = (options.csl, standing.number) else { return line };
    let is_native = !csl.takes(entry.work, options.legal)
        || csl.cite(entry, CitationForm::List, standing, options).is_err();
    if !is_native {
        return line;
    }
    let label = csl.label(number, options.lang);
    let mut runs = Runs::default();
    runs.push_text(&format!("{label} "), Face::Plain);
    runs.append(line);
    runs
}

/// Returns numbered notes.
///
/// The same work as in the note before, alone in both, takes the style's "ibid" form, with the
/// place only if it differs. Numbers of first notes are found anew on every run.
fn notes<'a>(entries: &'a [Entry<'a>], options: &Options<'_>) -> Vec<Item<'a>> {
    let mut first_notes: BTreeMap<SourceId, usize> = BTreeMap::new();
    let numbers = numbers_of(entries, options);
    let standing = |id, first_note| Standing { first_note, number: numbers.get(&id).copied() };
    let mut before: Option<&Entry<'_>> = None;
    let mut items = Vec::new();
    for (note_idx, together) in note_groups(entries).into_iter().enumerate() {
        let number = note_idx + 1;
        let mut runs = Runs::default();
        for entry in &together {
            if !runs.is_empty() {
                runs.push_text("; ", Face::Plain);
            }
            let id = entry.work.id;
            let is_same = together.len() == 1
                && options.ibid
                && before.is_some_and(|before| before.work.id == id);
            let cited = if let Some(&first) = first_notes.get(&id) {
                let form = if is_same { CitationForm::Same } else { CitationForm::Later };
                // The same place again: "ibid" alone. Forms without "ibid" keep the place.
                let same_place = is_same
                    && before.is_some_and(|before| before.locator == entry.locator)
                    && has_same_form(entry.work, options);
                if same_place {
                    let bare =
                        Entry { locator: crate::model::Locator::default(), ..(*entry).clone() };
                    one(&bare, form, standing(id, Some(first)), options)
                } else {
                    one(entry, form, standing(id, Some(first)), options)
                }
            } else {
                first_notes.insert(id, number);
                one(entry, CitationForm::First, standing(id, None), options)
            };
            runs.append(cited);
        }
        before = if together.len() == 1 { together.first().copied() } else { None };
        items.push(item(None, Some(number), runs, together, options));
    }
    items
}

/// Tells whether the style has an "ibid" of its own for this kind of work.
fn has_same_form(work: &Work, options: &Options<'_>) -> bool {
    let row = Row::of(work);
    let style = if options.style.has_row(row) {
        options.style
    } else {
        super::Style::named("oscola").unwrap_or(options.style)
    };
    style.templates(row, CitationForm::Same) != style.templates(row, CitationForm::Later)
}

/// Returns the entries of each note.
fn note_groups<'a>(entries: &'a [Entry<'a>]) -> Vec<Vec<&'a Entry<'a>>> {
    let mut groups: Vec<Vec<&Entry<'_>>> = Vec::new();
    for entry in entries {
        match groups.last_mut() {
            Some(group) if entry.joined => group.push(entry),
            _ => groups.push(vec![entry]),
        }
    }
    groups
}

/// The groups of a table of authorities, in their order.
const GROUPS: [&str; 5] = [
    "Cases",
    "Legislation",
    "Statutory instruments",
    "Treaties and UN documents",
    "Secondary sources",
];

/// Returns a table of authorities with the numbers of the notes that cite each work.
fn authorities<'a>(entries: &'a [Entry<'a>], options: &Options<'_>) -> Vec<Item<'a>> {
    let mut cited_at: BTreeMap<SourceId, BTreeSet<usize>> = BTreeMap::new();
    let mut provisions: BTreeMap<SourceId, BTreeMap<String, (Runs, BTreeSet<usize>)>> =
        BTreeMap::new();
    for (note_idx, together) in note_groups(entries).into_iter().enumerate() {
        for entry in together {
            cited_at.entry(entry.work.id).or_default().insert(note_idx + 1);
            let words = provision_words(entry, options);
            if !words.is_empty() {
                let of_work = provisions.entry(entry.work.id).or_default();
                let runs = || Runs::field(&words, options.lang);
                let place =
                    of_work.entry(natural(&words)).or_insert_with(|| (runs(), BTreeSet::new()));
                place.1.insert(note_idx + 1);
            }
        }
    }
    let numbers = numbers_of(entries, options);
    let mut lines: Vec<Vec<(String, Item<'a>)>> = GROUPS.iter().map(|_| Vec::new()).collect();
    for cited in by_work(entries) {
        let (work, id) = (cited.work, cited.work.id);
        let mut runs = numbered_line(cited.entries[0], &numbers, options);
        let places = |notes: &BTreeSet<usize>| {
            if notes.len() >= options.passim_from {
                return "passim".to_owned();
            }
            notes.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
        };
        let dots = " \u{2026} ";
        runs.push_text(dots, Face::Plain);
        runs.push_text(&places(&cited_at[&id]), Face::Plain);
        let mut line = item(None, None, runs, cited.entries, options);
        // Sections stand nested below their act; the quotations of a table would only be in the way.
        line.quotes.clear();
        line.remarks.clear();
        for (mut runs, notes) in provisions.remove(&id).unwrap_or_default().into_values() {
            runs.push_text(dots, Face::Plain);
            runs.push_text(&places(&notes), Face::Plain);
            line.remarks.push(runs);
        }
        lines[group_of(work)].push((sort_key(work), line));
    }
    let mut items = Vec::new();
    for (group, mut lines) in GROUPS.iter().zip(lines) {
        sort_lines(&mut lines, options);
        if let Some((_, first)) = lines.first_mut() {
            first.heading = Some((*group).to_owned());
        }
        items.extend(lines.into_iter().map(|(_, item)| item));
    }
    items
}

/// Returns a list of annexures: `Annexure A: …, pp. 1–29`.
///
/// Pages run on through all annexures, as they do in a paper book; a work whose pages are not
/// counted (a web page) takes one.
fn annexures<'a>(entries: &'a [Entry<'a>], options: &Options<'_>) -> Vec<Item<'a>> {
    let mut next_page = 1;
    let numbers = numbers_of(entries, options);
    let line = |(work_idx, cited): (usize, Cited<'a>)| {
        let first = cited.entries[0];
        let n_pages = first.n_pages.unwrap_or(1).max(1);
        let last_page = next_page + n_pages - 1;
        let mut runs = Runs::default();
        runs.push_text(&format!("Annexure {}: ", letters_of(work_idx)), Face::Plain);
        runs.append(numbered_line(first, &numbers, options));
        let pages = match n_pages {
            1 => format!(" \u{2026} p. {next_page}"),
            _ => format!(" \u{2026} pp. {next_page}\u{2013}{last_page}"),
        };
        runs.push_text(&pages, Face::Plain);
        next_page = last_page + 1;
        let mut places: Vec<String> = Vec::new();
        for entry in cited.entries.iter().filter(|entry| !entry.locator.is_whole()) {
            let place = entry.locator.to_string();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let mut line = item(None, None, runs, cited.entries, options);
        // The hash says which file is annexed, whether or not more provenance is wanted.
        let hash = format!("sha256 {}", cited.work.id);
        line.proof.retain(|proof| *proof != hash);
        line.proof.insert(0, hash);
        if !places.is_empty() {
            line.proof.push(format!("cited at {}", places.join("; ")));
        }
        line
    };
    by_work(entries).into_iter().enumerate().map(line).collect()
}

/// Returns `A` … `Z`, `AA` … for positions from 0.
fn letters_of(mut idx: usize) -> String {
    let mut letters = String::new();
    loop {
        let letter = u8::try_from(idx % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + letter));
        if idx < 26 {
            return letters;
        }
        idx = idx / 26 - 1;
    }
}

/// Returns the position in [`GROUPS`] for a work.
const fn group_of(work: &Work) -> usize {
    match work.kind {
        Kind::Order | Kind::Judgment => 0,
        Kind::Statute | Kind::Bill => 1,
        Kind::Instrument => 2,
        Kind::Treaty | Kind::UnDocument => 3,
        _ => 4,
    }
}

/// Returns the provisions of an act that an entry names: `section 37`.
fn provision_words(entry: &Entry<'_>, options: &Options<'_>) -> String {
    let row = Row::of(entry.work);
    let is_provision = |pin: &&crate::model::Pin| matches!(pin.prefix(), "s" | "art" | "r");
    let words = entry.locator.0.iter().filter(is_provision);
    words.filter_map(|pin| options.style.pin_words(row, pin)).collect::<Vec<_>>().join(", ")
}

/// Returns a key that sorts `section 9` before `section 37`: digits are padded.
fn natural(words: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for c in words.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            key.push_str(&format!("{digits:0>8}"));
            digits.clear();
        }
        key.push(c);
    }
    key
}

/// Returns what a line is sorted by: first party without honorifics (`In re` and the State last),
/// author by family name, else title.
fn sort_key(work: &Work) -> String {
    if let Some(case) = work.case() {
        let first = case.side_a.first().map(|name| super::names::plain_name(name));
        let title = first.or_else(|| work.display_title()).unwrap_or_default();
        let is_last = title.to_lowercase().starts_with("in re");
        return if is_last { format!("\u{10FFFD}{title}") } else { title };
    }
    let author = work.author_names().first().map(super::Author::inverted);
    let title = work.display_title().unwrap_or_default();
    author.map_or_else(|| title.clone(), |author| format!("{author} {title}"))
}

/// Sorts lines by collation, then by citation, then by source.
fn sort_lines(lines: &mut [(String, Item<'_>)], options: &Options<'_>) {
    let sorter = Sorter::new(options.lang, options.latin_first);
    lines.sort_by(|(a_key, a), (b_key, b)| {
        let is_last = |key: &str| key.starts_with('\u{10FFFD}');
        let id = |item: &Item<'_>| item.entries.first().map(|entry| entry.work.id);
        is_last(a_key)
            .cmp(&is_last(b_key))
            .then_with(|| sorter.compare(a_key, b_key))
            .then_with(|| a.runs.plain().cmp(&b.runs.plain()))
            .then_with(|| id(a).cmp(&id(b)))
    });
}

/// Returns the citation of one entry.
fn one(entry: &Entry<'_>, form: CitationForm, standing: Standing, options: &Options<'_>) -> Runs {
    // In a text of numbers a case has one, too; what it stands for is printed natively.
    let takes = |csl: &&CslStyle| {
        csl.takes(entry.work, options.legal) || (csl.is_numbered() && form != CitationForm::List)
    };
    if let Some(csl) = options.csl.filter(takes)
        && let Ok(mut runs) = csl.cite(entry, form, standing, options)
    {
        push_status(entry.work, options, &mut runs);
        return runs;
    }
    citation(
        entry.work,
        options.style,
        form,
        &Citing {
            locator: &entry.locator,
            page_label: entry.page_label.as_deref(),
            first_note: standing.first_note,
            accessed: options.accessed,
            lang: options.lang,
            status: options.status,
        },
    )
}

/// Adds the latest adverse status in brackets, which no CSL style knows.
fn push_status(work: &Work, options: &Options<'_>, runs: &mut Runs) {
    if let Some(status) = work.adverse_status().filter(|_| options.status) {
        runs.push_text(&format!(" [{}]", status_words(status, options.style)), Face::Plain);
    }
}

/// Returns a line with what goes with its entries.
fn item<'a>(
    heading: Option<String>,
    number: Option<usize>,
    runs: Runs,
    entries: Vec<&'a Entry<'a>>,
    options: &Options<'_>,
) -> Item<'a> {
    let texts = |text: fn(&Entry<'_>) -> Option<String>| -> Vec<Runs> {
        let texts = entries.iter().filter_map(|entry| text(entry)).map(|text| clean(&text));
        texts.filter(|text| !text.is_empty()).map(|text| Runs::field(&text, options.lang)).collect()
    };
    let quotes = texts(|entry| entry.quote.clone());
    let remarks = texts(|entry| entry.note.clone());
    let proof = if options.provenance { proof(&entries, options) } else { Vec::new() };
    Item { heading, number, runs, quotes, remarks, proof, entries }
}

/// Returns the lines of provenance: hash, addresses, capture, how it was read, status with source.
fn proof(entries: &[&Entry<'_>], options: &Options<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut push = |line: String| {
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    for entry in entries {
        let work = entry.work;
        push(format!("sha256 {}", work.id));
        if let Some(url) = &work.url {
            push(format!("at {url}"));
        }
        if let Some(url) = &work.archive_url {
            push(format!("kept at {url}"));
        }
        if let Some(provenance) = &entry.provenance {
            if let Some(captured) = provenance.captured {
                push(format!("captured {captured}"));
            }
            if !provenance.origin.is_empty() {
                let share = provenance.ocr_share.filter(|share| *share > 0.0);
                let share =
                    share.map(|share| format!(", {:.0} % of the pages by OCR", share * 100.0));
                push(format!(
                    "read from {}{}",
                    clean(&provenance.origin),
                    share.unwrap_or_default()
                ));
            }
        }
        for status in &work.status {
            let words = status_words(status, options.style);
            push(format!("{words} (source: {})", clean(&status.source)));
        }
    }
    lines
}

#[cfg(test)]
mod tests;
