//! Citations of places, and lists of them on their way out.

use serde::Serialize;

use crate::cite::{self, Entry, Form, Format, Options, PersonalData, Provenance, Style, Work};
use crate::corpus::{List, ListEntry};
use crate::model::record::{DateRole, Origin};
use crate::model::{Date, Lang, Locator, PageNo, PageOrigin, Pin, WarningKind};
use crate::refs::title;
use crate::store::SourceRow;

use super::{Desk, TaskError};

/// How citations are to be written.
#[derive(Clone, Debug)]
pub struct CiteOptions {
    /// A style's id, as [`cite::style_ids`] lists them.
    pub style: String,
    /// A CSL style for works that are not legal; `None`: `style` prints all.
    pub csl: Option<std::sync::Arc<cite::CslStyle>>,
    /// Whether the CSL style prints legal works, too.
    pub legal: cite::Legal,
    /// The format.
    pub format: Format,
    /// Which list it is.
    pub form: Form,
    /// The language of terms and order.
    pub lang: Lang,
    /// The day that "accessed" prints.
    pub accessed: Option<Date>,
    /// Whether the latest adverse status is printed.
    pub status: bool,
    /// Whether each entry says how its text was come by.
    pub provenance: bool,
    /// What to do about identifiers that endanger people.
    pub personal_data: PersonalData,
}

/// Citations, written.
#[derive(Clone, Debug)]
pub struct Cited {
    /// The bytes of the format.
    pub bytes: Vec<u8>,
    /// What a user should know, in words: statuses, missing fields.
    pub warnings: Vec<String>,
}

/// A citation list with what each entry is: schema `misl.list/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ListView {
    pub schema: &'static str,
    pub name: String,
    pub title: Option<String>,
    pub entries: Vec<ListEntryView>,
}

/// An entry of a list as it is shown.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ListEntryView {
    /// Counted from 1.
    pub number: usize,
    pub id: crate::model::SourceId,
    pub key: Option<String>,
    pub at: Locator,
    pub quote: Option<String>,
    pub note: Option<String>,
    pub heading: Option<String>,
    pub citation: String,
    /// Whether place and quotation are as they were: `sound`, else what is wrong, in words.
    pub state: String,
}

/// Writes down in a list what its person decided about personal data in it, so that the next
/// export, and whoever reads the file, know it.
pub fn record_decision(
    desk: &Desk,
    name: &str,
    personal_data: PersonalData,
) -> Result<(), TaskError> {
    let decision = match personal_data {
        PersonalData::Refuse => return Ok(()),
        PersonalData::Redact => "redact",
        PersonalData::Keep => "allow",
    };
    let mut list = desk.workspace.list(name)?;
    if list.personal_data.as_deref() != Some(decision) {
        list.personal_data = Some(decision.to_owned());
        desk.workspace.write_list(name, &list)?;
    }
    Ok(())
}

/// Returns the style with this id.
///
/// # Errors
/// Names the styles there are.
pub fn style(id: &str) -> Result<&'static Style, TaskError> {
    Style::named(id).map_err(|error| TaskError::Usage {
        what: error.to_string(),
        hint: format!("there are {}", cite::style_ids().collect::<Vec<_>>().join(", ")),
    })
}

/// Writes citations of places: `DOC` or `DOC@LOCATOR` each.
pub fn cite(desk: &Desk, places: &[String], options: &CiteOptions) -> Result<Cited, TaskError> {
    let mut entries = Vec::with_capacity(places.len());
    let mut warnings = Vec::new();
    for place in places {
        let (source, at) = desk.place(place)?;
        check_place(desk, &source, &at)?;
        warnings.extend(desk.renamed(place, &source)?);
        warnings.extend(super::place::notes_on(desk, &source, &at)?);
        entries.push((source, plain_entry(at)));
    }
    let mut cited = write(desk, &entries, options)?;
    warnings.append(&mut cited.warnings);
    cited.warnings = warnings;
    Ok(cited)
}

/// Returns the options with what the list says about personal data.
///
/// `redact` holds for later exports too. `allow` is a record of what was done and no more: entries
/// that are added later would go out unseen.
pub(super) fn as_decided(options: &CiteOptions, list: &List) -> CiteOptions {
    let redacts = options.personal_data == PersonalData::Refuse
        && list.personal_data.as_deref() == Some("redact");
    let personal_data = if redacts { PersonalData::Redact } else { options.personal_data };
    CiteOptions { personal_data, ..options.clone() }
}

/// Writes a citation list.
pub fn export(desk: &Desk, name: &str, options: &CiteOptions) -> Result<Cited, TaskError> {
    let list = desk.workspace.list(name)?;
    let options = &as_decided(options, &list);
    let mut entries = Vec::with_capacity(list.entries.len());
    let mut warnings = Vec::new();
    for (at, entry) in list.entries.into_iter().enumerate() {
        let Some(source) = desk.by_id(entry.id)? else {
            let name = entry.key.unwrap_or_else(|| entry.id.short(12));
            return Err(TaskError::Usage {
                what: format!("entry {} of the list, {name}, is not in this corpus", at + 1),
                hint: "`misl ingest` the file again, or `misl list remove` the entry".to_owned(),
            });
        };
        let state = super::list::state_of(desk, &source, &entry)?;
        if let Some(wrong) = state {
            warnings.push(format!("entry {}: {wrong}", at + 1));
        }
        entries.push((source, entry));
    }
    let mut cited = write(desk, &entries, options)?;
    warnings.append(&mut cited.warnings);
    cited.warnings = warnings;
    Ok(cited)
}

fn plain_entry(at: Locator) -> ListEntry {
    ListEntry {
        id: crate::model::SourceId([0; 32]),
        key: None,
        at,
        quote: None,
        note: None,
        heading: None,
    }
}

/// Tells whether the corpus holds words about a work and not the work: a record with an abstract.
///
/// Its author says so by `contents: abstract`. Pages and paragraphs of such a text are not the
/// work's, and nothing in it can be quoted as the work's words.
pub(super) fn is_abstract(source: &SourceRow) -> bool {
    let record = source.merged();
    record.extra.get("contents").is_some_and(|contents| contents.value == "abstract")
}

/// Says what is wrong with a place that a document does not have.
pub(super) fn check_place(desk: &Desk, source: &SourceRow, at: &Locator) -> Result<(), TaskError> {
    let names_a_page =
        |pin: &Pin| matches!(pin, Pin::Page(..) | Pin::Label(..) | Pin::Para(..) | Pin::Note(..));
    if is_abstract(source) && at.0.iter().any(names_a_page) {
        let key = source.key.clone().unwrap_or_else(|| source.id.short(12));
        return Err(TaskError::Usage {
            what: format!("`{at}` of {key} is a place of our abstract, not of the work itself"),
            hint: format!("cite the whole work: `misl cite {key}`, or ingest the work's own file"),
        });
    }
    if let Some(page) = at.page().filter(|_| matches!(n_pages(desk, source), Ok(None))) {
        return Err(TaskError::Usage {
            what: format!("there is no page {page}: this file has no pages"),
            hint: "cite a paragraph (@para3), a note (@n2), or the whole work".to_owned(),
        });
    }
    // A locator may name a page and a paragraph on it: each must exist, and stand together.
    let mut common: Option<Vec<PageNo>> = None;
    for pin in &at.0 {
        if !names_a_page(pin) {
            continue;
        }
        let one = Locator(vec![pin.clone()]);
        let pages = super::show::pages_of(desk, source, &one)?.unwrap_or_default();
        if let Pin::Para(label, _) = pin {
            check_printed(desk, source, label, &pages)?;
        }
        common = match common {
            None => Some(pages),
            Some(before) => {
                let both: Vec<PageNo> =
                    before.iter().filter(|page| pages.contains(page)).copied().collect();
                if both.is_empty() {
                    let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
                    return Err(TaskError::Usage {
                        what: format!("`{at}`: {pin} does not stand on that page"),
                        hint: format!("it stands on p. {}", pages.join(", ")),
                    });
                }
                Some(both)
            }
        };
    }
    Ok(())
}

/// Refuses the number of a paragraph that is our own count in a file with pages: nobody finds it in
/// print.
fn check_printed(
    desk: &Desk,
    source: &SourceRow,
    label: &str,
    pages: &[PageNo],
) -> Result<(), TaskError> {
    let Some(first) = pages.first().filter(|_| !matches!(n_pages(desk, source), Ok(None))) else {
        return Ok(());
    };
    for number in pages {
        let Some(page) = desk.store.page(source.docn, *number)? else { continue };
        let mut called = page.paragraphs.iter().filter(|one| one.is_called(label));
        if called.any(|one| one.label.is_some() || !one.counted) {
            return Ok(());
        }
    }
    let key = source.key.clone().unwrap_or_else(|| source.id.short(12));
    Err(TaskError::Usage {
        what: format!("paragraph {label} is our own count: the document numbers none"),
        hint: format!("cite its page: {key}@p{first}"),
    })
}

fn write(
    desk: &Desk,
    entries: &[(SourceRow, ListEntry)],
    options: &CiteOptions,
) -> Result<Cited, TaskError> {
    let works: Vec<Work> =
        entries.iter().map(|(source, _)| Work::from_record(source.id, &source.merged())).collect();
    let keys: Vec<String> = entries
        .iter()
        .map(|(source, _)| source.key.clone().unwrap_or_else(|| source.id.short(12)))
        .collect();
    let mut cited = Vec::with_capacity(entries.len());
    for ((source, entry), (work, key)) in entries.iter().zip(works.iter().zip(&keys)) {
        cited.push(Entry {
            page_label: page_label(desk, source, &entry.at)?,
            n_pages: n_pages(desk, source)?,
            quote: entry.quote.clone(),
            note: entry.note.clone(),
            heading: entry.heading.clone(),
            provenance: provenance(desk, source, options)?,
            ..Entry::new(work, key, entry.at.clone())
        });
    }
    let style = style(&options.style)?;
    let how = Options {
        csl: options.csl.as_deref(),
        legal: options.legal,
        form: options.form,
        lang: options.lang,
        accessed: options.accessed,
        status: options.status,
        provenance: options.provenance,
        personal_data: options.personal_data,
        ..Options::new(style, options.format)
    };
    let mut warnings: Vec<String> =
        cite::list::warnings(&cited, &how).iter().map(ToString::to_string).collect();
    let mut told = std::collections::BTreeSet::new();
    for ((source, _), key) in entries.iter().zip(&keys).filter(|(_, key)| told.insert(*key)) {
        warnings.extend(in_doubt(desk, source, key)?);
    }
    let bytes = cite::format(&cited, &how)?;
    Ok(Cited { bytes, warnings })
}

/// Says which of the values that a citation prints are in doubt, and what its pages contradict.
fn in_doubt(desk: &Desk, source: &SourceRow, key: &str) -> Result<Vec<String>, TaskError> {
    let mut words = Vec::new();
    let mut has_layer = false;
    let record = source.merged();
    // What a person has settled is not in doubt any more.
    let is_read = |origin: Option<Origin>| origin.is_none_or(|origin| origin == Origin::Derived);
    let by_rules = (
        is_read(record.main_date().map(|date| date.origin)),
        is_read(record.numbers.first().map(|number| number.origin)),
    );
    for warning in desk.store.warnings(source.docn)? {
        match warning.kind {
            WarningKind::RecordConflict => {
                let is_day = warning.detail.starts_with(title::OF_DAY);
                if if is_day { by_rules.0 } else { by_rules.1 } {
                    words.push(format!("{key}: {}", warning.detail));
                }
            }
            WarningKind::OcrLayer => {
                has_layer = true;
                words.push(format!("{key}: {}", warning.kind.words()));
            }
            _ => {}
        }
    }
    if record.kind.as_ref().is_none_or(|kind| !kind.value.is_case()) {
        return Ok(words);
    }
    let date = record.main_date().map(|date| date.value.value.to_string());
    for doubt in super::status::doubts(source) {
        // What the document is does not stand in a citation; another day than the one printed is
        // told by the conflict.
        let is_told = has_layer && doubt.field != "date" && doubt.confidence >= 0.7;
        let is_printed =
            !is_told && doubt.field != "kind" && (doubt.field != "date" || doubt.value == date);
        let Some(value) = doubt.value.as_ref().filter(|_| is_printed && doubt.is_doubtful()) else {
            continue;
        };
        let page = doubt.page.map(|page| format!(" (p. {page})")).unwrap_or_default();
        words.push(format!(
            "the {} of {key} was read with doubt: {value}{page}; compare it with the page",
            doubt.field
        ));
    }
    Ok(words)
}

/// Returns how many pages a document has, where its file has pages at all.
fn n_pages(desk: &Desk, source: &SourceRow) -> Result<Option<u32>, TaskError> {
    let n_pages = desk.store.page_numbers(source.docn)?.len();
    Ok(super::search::is_paged(source, n_pages).then(|| u32::try_from(n_pages).unwrap_or(u32::MAX)))
}

/// Returns the printed label of the page that a locator names, where it differs from the number.
fn page_label(desk: &Desk, source: &SourceRow, at: &Locator) -> Result<Option<String>, TaskError> {
    let Some(page) = at.page() else { return Ok(None) };
    let numbers = desk.store.page_numbers(source.docn)?;
    Ok(numbers.into_iter().find(|(number, _)| *number == page).and_then(|(_, label)| label))
}

fn provenance(
    desk: &Desk,
    source: &SourceRow,
    options: &CiteOptions,
) -> Result<Option<Provenance>, TaskError> {
    if !options.provenance {
        return Ok(None);
    }
    let mut origins: Vec<PageOrigin> = Vec::new();
    for (number, _) in desk.store.page_numbers(source.docn)? {
        origins.extend(desk.store.page(source.docn, number)?.map(|page| page.origin));
    }
    let is_ocr = |origin: &&PageOrigin| matches!(origin, PageOrigin::Ocr | PageOrigin::OcrLayer);
    #[expect(clippy::cast_precision_loss, reason = "a share of at most 20,000 pages")]
    let ocr_share = (!origins.is_empty())
        .then(|| origins.iter().filter(is_ocr).count() as f32 / origins.len() as f32);
    let captured = source
        .merged()
        .dates
        .into_iter()
        .find(|date| date.value.role == DateRole::Captured)
        .map(|date| date.value.value);
    let origin = origins.first().map(|origin| origin.name().to_owned()).unwrap_or_default();
    Ok(Some(Provenance { origin, ocr_share, captured }))
}

/// Returns the citation of one entry as plain text, in the style `pk`.
pub(super) fn plain_citation(
    desk: &Desk,
    source: &SourceRow,
    entry: &ListEntry,
) -> Result<String, TaskError> {
    let options = CiteOptions {
        style: "pk".to_owned(),
        csl: None,
        legal: cite::Legal::Native,
        format: Format::Text,
        form: Form::Citations,
        lang: Lang::En,
        accessed: None,
        status: true,
        provenance: false,
        personal_data: PersonalData::Keep,
    };
    let bare = ListEntry { quote: None, note: None, heading: None, ..entry.clone() };
    let cited = write(desk, &[(source.clone(), bare)], &options)?;
    Ok(String::from_utf8_lossy(&cited.bytes).trim().to_owned())
}
