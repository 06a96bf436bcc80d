//! From bytes to everything that misl sees in them: the trip of one source, without the disk.

use std::sync::Arc;

use crate::extract::pdf::Picture;
use crate::extract::{self, EachMember, Job, Limits};
use crate::model::record::{DateRole, RoleDate};
use crate::model::reference::Relation;
use crate::model::{
    Extracted, Kind, Member, Mention, Page, PageNo, Reader, Record, Reference, Valued, Warning,
    WarningKind,
};
use crate::refs::{self, title};
use crate::store::TextFingerprint;
use crate::text::runs::{COPY_WORDS, Sketch, of_word, runs_of};
use crate::text::{Analysed, segment, slips};
use crate::worker::{Pool, ReadError};

use super::Knowledge;

/// Who turns bytes into pages.
#[derive(Clone, Debug)]
pub enum Readers {
    /// This process: for trusted sources and tests, for a reader that breaks takes it along.
    InProcess,
    /// Sandboxed processes: a file that breaks its reader costs that file alone.
    Pool(Arc<Pool>),
}

impl Readers {
    /// Reads a source; `take` gets its members one by one, so that never all lie in memory.
    pub(super) fn read(
        &self,
        bytes: &[u8],
        job: &Job<'_>,
        take: &mut dyn FnMut(Member),
    ) -> Result<Extracted, ReadError> {
        match self {
            Self::InProcess => Ok(extract::read_to(bytes, job, &EachMember::new(take))?),
            Self::Pool(pool) => pool.read_to(bytes, job, take),
        }
    }

    /// Reads a draft, with the calls of its notes.
    pub(super) fn read_draft(&self, bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ReadError> {
        match self {
            Self::InProcess => Ok(extract::read_with_calls(bytes, job)?),
            Self::Pool(pool) => pool.read_draft(bytes, job),
        }
    }

    /// Draws a page of a source.
    pub(super) fn picture(
        &self,
        bytes: &[u8],
        page: PageNo,
        dpi: u32,
        job: &Job<'_>,
    ) -> Result<Picture, ReadError> {
        match self {
            Self::InProcess => Ok(extract::picture(bytes, page, dpi, job)?),
            Self::Pool(pool) => pool.picture(bytes, page, dpi, job),
        }
    }

    /// Turns a picture that was drawn, by `degrees` clockwise.
    pub(super) fn turned(
        &self,
        png: &[u8],
        degrees: f32,
        job: &Job<'_>,
    ) -> Result<Picture, ReadError> {
        match self {
            Self::InProcess => Ok(extract::pdf::turned(png, degrees)?),
            Self::Pool(pool) => pool.turned(png, degrees, job),
        }
    }
}

/// What reading needs besides the bytes.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Names and references.
    pub knowledge: &'a Knowledge,
    /// What reading one source may cost.
    pub limits: &'a Limits,
    /// Passwords to try on encrypted files.
    pub passwords: &'a [String],
    /// Who turns bytes into pages.
    pub readers: &'a Readers,
}

/// A source with everything that was read and derived.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// By content.
    pub media_type: String,
    /// Who read it.
    pub reader: Reader,
    /// With paragraphs, labels and roles.
    pub pages: Vec<Page>,
    /// What the file and its pages say of themselves.
    pub record: Record,
    /// In order of page and place.
    pub mentions: Vec<Mention>,
    /// In order of page and place.
    pub references: Vec<Reference>,
    /// In the order of their places.
    pub warnings: Vec<Warning>,
    /// Files inside the file.
    pub members: Vec<Member>,
}

impl Understood {
    /// Adds what the archive around it says of a document; where both speak, the document counts,
    /// but the archive knows best when it was captured.
    pub(super) fn add_stated(&mut self, mut stated: Record) {
        let is_capture = |date: &Valued<RoleDate>| date.value.role == DateRole::Captured;
        let mut own = std::mem::take(&mut self.record);
        if stated.dates.iter().any(is_capture) {
            own.dates.retain(|date| !is_capture(date));
        }
        stated.merge(own);
        self.record = stated;
    }
}

/// Reads one source: pages, paragraphs, record, references and mentions.
///
/// The same bytes give the same answer, whoever reads them.
pub fn understand(bytes: &[u8], name: &str, reading: Reading<'_>) -> Result<Understood, ReadError> {
    let mut members = Vec::new();
    let understood = understand_to(bytes, name, None, reading, &mut |member| members.push(member))?;
    Ok(Understood { members, ..understood })
}

/// Reads one source as [`understand`] does; `take` gets its members instead, one by one. `charset`
/// is what the archive or mail around it says of its encoding.
pub(super) fn understand_to(
    bytes: &[u8],
    name: &str,
    charset: Option<&str>,
    reading: Reading<'_>,
    take: &mut dyn FnMut(Member),
) -> Result<Understood, ReadError> {
    let Reading { knowledge, limits, passwords, readers } = reading;
    let job = Job { name, limits, beat: &|| (), passwords, charset };
    let extracted = readers.read(bytes, &job, take)?;
    Ok(make_sense(extracted, &title::Unsure::new(), knowledge))
}

/// Derives labels, record, references and mentions from what a reader got; `unsure` are the words
/// that OCR marked as doubtful.
pub(super) fn make_sense(
    extracted: Extracted,
    unsure: &title::Unsure,
    knowledge: &Knowledge,
) -> Understood {
    let Extracted { media_type, reader, mut pages, record: stated, mut warnings, members } =
        extracted;
    segment::label_paragraphs(&mut pages);
    segment::number_paragraphs(&mut pages);
    // What states its own title is at most found to be a case; see `is_trusted`.
    let derived = if stated.title.is_some() {
        title::derive_case(&pages, unsure)
    } else {
        title::derive_unsure(&pages, unsure)
    };
    let mut record = Record::default();
    if is_trusted(&derived.record, &stated) {
        record = derived.record;
        warnings.extend(derived.warnings);
    }
    record.merge(stated);
    if record.main_date().is_some() {
        // The reader looked at its format alone; the page gave a date after all.
        warnings.retain(|warning| warning.kind != WarningKind::NoDate);
    } else if expects_date(&record) {
        warnings.push(Warning::document(WarningKind::NoDate, ""));
    }
    warnings.extend(slips::of_layer(&pages));
    dedup(&mut warnings);
    let (mentions, references) = annotate(&pages, &record, knowledge);
    Understood { media_type, reader, pages, record, mentions, references, warnings, members }
}

/// Tells whether what was read off the pages may stand beside what the file states of itself.
///
/// A saved page that states its own headline is not made another thing by words on it; a court's
/// paper is, whatever program wrote it.
fn is_trusted(derived: &Record, stated: &Record) -> bool {
    let is_case = derived.kind.as_ref().is_some_and(|kind| kind.value.is_case());
    is_case || stated.title.is_none()
}

/// Finds references and mentions in pages whose text stays as it is.
pub(super) fn annotate(
    pages: &[Page],
    record: &Record,
    knowledge: &Knowledge,
) -> (Vec<Mention>, Vec<Reference>) {
    let own_numbers: Vec<String> = record
        .numbers
        .iter()
        .chain(&record.reports)
        .chain(&record.index_number)
        .map(|number| number.value.clone())
        .collect();
    let context = refs::Context {
        court: record.court.as_ref().map(|court| court.value.as_str()),
        year: record.main_date().map(|date| date.value.value.year()),
        own_numbers: &own_numbers,
        own_title: own_title(record),
    };
    let mut references = refs::find(pages, &context, &knowledge.tables);
    mark_made_in(&mut references, record, knowledge);
    let tagged = knowledge.gazetteer.tag(pages, &references);
    (tagged.mentions, references)
}

/// Marks the number of the case in which the document's application was made: of a review, the case
/// whose decision is to be reviewed.
fn mark_made_in(references: &mut [Reference], record: &Record, knowledge: &Knowledge) {
    let Some(number) = record.extra.get(MADE_IN) else { return };
    let Some(parsed) = refs::parse_one(&number.value, &knowledge.tables) else { return };
    for one in references.iter_mut().filter(|one| one.relation == Relation::Cites) {
        if parsed.ids.iter().any(|id| refs::same(id, &one.id)) {
            one.relation = Relation::AppealFrom;
        }
    }
}

/// The field of a record that names the case in which an application was made.
pub(super) const MADE_IN: &str = "made-in";

/// Returns the title of an enactment or of rules.
fn own_title(record: &Record) -> Option<&str> {
    let is_enacted = record
        .kind
        .as_ref()
        .is_some_and(|kind| matches!(kind.value, Kind::Statute | Kind::Instrument));
    record.title.as_ref().filter(|_| is_enacted).map(|title| title.value.as_str())
}

/// Tells whether a document of this kind ought to bear a date.
pub(super) fn expects_date(record: &Record) -> bool {
    record.kind.as_ref().is_some_and(|kind| {
        !matches!(kind.value, Kind::Other | Kind::Data | Kind::Book | Kind::Web)
    })
}

/// Drops a warning that says no more than one before it.
fn dedup(warnings: &mut Vec<Warning>) {
    let mut kept: Vec<Warning> = Vec::with_capacity(warnings.len());
    for warning in warnings.drain(..) {
        let says_less = |known: &Warning| {
            known.kind == warning.kind
                && known.page == warning.page
                && (warning.detail.is_empty() || known.detail == warning.detail)
        };
        if !kept.iter().any(says_less) {
            kept.push(warning);
        }
    }
    *warnings = kept;
}

impl Understood {
    /// Returns what tells equal texts, the hash over the folded words, and what tells near ones, the
    /// sketch of their runs; both are `None` for short texts.
    pub fn fingerprints(&self) -> (Option<[u8; 32]>, Option<Vec<u8>>) {
        let mut fingerprint = TextFingerprint::default();
        let mut words: Vec<u64> = Vec::new();
        each_word(&self.pages, |word| {
            fingerprint.add(word);
            words.push(of_word(word));
        });
        let sketch = Sketch::of(&runs_of(&words, COPY_WORDS)).map(|sketch| sketch.to_bytes());
        (fingerprint.finish(), sketch)
    }

    /// Returns the document's own numbers in normal form, in order, each once.
    pub fn own_ids(&self) -> Vec<String> {
        let mut ids = Vec::new();
        for reference in &self.references {
            if reference.relation == Relation::OwnNumber && !ids.contains(&reference.id) {
                ids.push(reference.id.clone());
            }
        }
        ids
    }
}

/// Calls `visit` with the folded words of everything but boilerplate.
fn each_word(pages: &[Page], mut visit: impl FnMut(&str)) {
    let mut analysed = Analysed::default();
    for page in pages {
        for paragraph in page.paragraphs.iter().filter(|one| !one.role.is_boilerplate()) {
            analysed.read_exact(page.paragraph_text(paragraph), paragraph.lang);
            analysed.iter().for_each(|token| visit(token.exact));
        }
    }
}

/// Returns the folded words of everything but boilerplate.
pub(super) fn body_words(pages: &[Page]) -> Vec<String> {
    let mut words = Vec::new();
    each_word(pages, |word| words.push(word.to_owned()));
    words
}
