//! The check of a draft: every quotation against the corpus, every citation against the works.
//!
//! Finding candidates and resolving citations belong to the caller, who has the index; here the
//! words are compared and judged.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::draft::{Draft, DraftKind, Part, Quotation, Zone};
use super::short::{self, Placed};
use super::{Checked, Place, Source, Verdict};
use crate::model::{Kind, Locator, Page, SourceId, Span};

/// What the check asks of the corpus.
pub trait Corpus {
    /// Returns the citations in a piece of a draft, in order: keys with places, case numbers, law
    /// reports, sections.
    fn citations(&self, text: &str) -> Vec<Cited>;

    /// Returns the work of `before` cited again, with the place named in the bytes `tail` of `text`,
    /// which stand behind the short form.
    fn again(&self, before: &Cited, text: &str, tail: Span) -> Cited;

    /// Returns what short forms may call the work of a citation.
    fn names(&self, cited: &Cited) -> Names;

    /// Returns documents that may hold these words, the likeliest first; phrase search, then parts.
    fn candidates(&self, quote: &str) -> Vec<SourceId>;

    /// Returns the pages of a document; `None`: its text is not there.
    fn pages(&self, id: SourceId) -> Option<Vec<Page>>;
}

/// What short forms may call a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Names of parties, short titles, aliases.
    pub names: Vec<String>,
    /// What "the said order" and "the said Act" ask for; `None`: not known.
    pub kind: Option<Kind>,
}

/// A citation of a draft, as the corpus understands it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// Bytes of the text that was asked about.
    #[serde(skip)]
    pub span: Span,
    /// As written.
    pub written: String,
    /// The document; `None`: the corpus does not hold it.
    pub id: Option<SourceId>,
    /// Further documents that the same words name: other orders of the case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<SourceId>,
    /// The place that the citation names.
    pub at: Locator,
    /// What is known of it.
    pub state: CitedState,
    /// Of a short form the earlier citation that it stands for, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<String>,
    /// What else a reader should see beside it: the status of the work, the nearest valid page.
    pub notes: Vec<String>,
}

/// What is known of a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitedState {
    /// The corpus holds the work.
    Found,
    /// A good reference to a work that the corpus lacks.
    Absent,
    /// It has the look of a reference and cannot be one.
    Malformed,
    /// It is later than the draft, or than the work that it is in.
    Anachronistic,
    /// The place lies beyond the work.
    BeyondWork,
    /// Several works share the name.
    Ambiguous,
    /// A short form that no earlier citation explains, or several.
    Unresolved,
}

impl CitedState {
    /// Returns the word that JSON and the terminal use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Absent => "absent",
            Self::Malformed => "malformed",
            Self::Anachronistic => "anachronistic",
            Self::BeyondWork => "beyond-work",
            Self::Ambiguous => "ambiguous",
            Self::Unresolved => "unresolved",
        }
    }

    /// Tells whether nothing is wrong with the citation.
    pub const fn passes(self) -> bool {
        matches!(self, Self::Found)
    }
}

/// A quotation of the draft with its verdict.
#[derive(Clone, Debug, Serialize)]
pub struct CheckedQuotation {
    /// The words.
    pub quote: String,
    /// The line of the draft, counted from 1.
    pub line: usize,
    /// The name of the note in which it stands.
    pub note: Option<String>,
    /// The citation that it is bound to.
    pub claimed: Option<Cited>,
    /// What was found in the cited work, or in the corpus.
    #[serde(flatten)]
    pub checked: Checked,
    /// Where it stands, by document.
    pub found: Vec<Found>,
}

/// A place in a document of the corpus.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// The document.
    pub id: SourceId,
    /// The place in it.
    #[serde(flatten)]
    pub place: Place,
}

/// A citation of the draft with its line.
#[derive(Clone, Debug, Serialize)]
pub struct CheckedCitation {
    /// The line of the draft, counted from 1.
    pub line: usize,
    /// The name of the note in which it stands.
    pub note: Option<String>,
    /// The citation.
    #[serde(flatten)]
    pub cited: Cited,
}

/// What the check of a draft found, in the order of the draft.
#[derive(Clone, Debug, Serialize)]
pub struct DraftReport {
    /// Every quotation.
    pub quotations: Vec<CheckedQuotation>,
    /// Every citation.
    pub citations: Vec<CheckedCitation>,
}

impl DraftReport {
    /// Tells whether every quotation and every citation was verified.
    pub fn passes(&self) -> bool {
        self.quotations.iter().all(|quotation| quotation.checked.verdict.passes())
            && self.citations.iter().all(|citation| citation.cited.state.passes())
    }
}

/// Fewer words are a quotation only where a citation is bound to them.
const MIN_WORDS: usize = 3;
/// How many documents are compared with one quotation.
const MAX_CANDIDATES: usize = 12;

/// Checks every quotation and citation of a draft. The draft is never changed.
///
/// Each document is read and prepared once a round, however many quotations ask for it.
pub fn check_draft(text: &str, kind: DraftKind, corpus: &dyn Corpus) -> DraftReport {
    let draft = Draft::parse(text, kind);
    let placed = short::citations(&draft, corpus);
    let mut citations = Vec::new();
    for (idx, (block, placed)) in draft.blocks.iter().zip(&placed).enumerate() {
        // A name without a place says nothing that could be wrong.
        for one in placed.iter().filter(|one| !one.is_weak || !one.cited.at.is_whole()) {
            let cited = one.cited.clone();
            if is_quoted(&draft, idx, &cited) {
                continue;
            }
            let line = block.line_of(cited.span.start);
            citations.push(CheckedCitation { line, note: note_of(&block.part), cited });
        }
    }
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for quotation in &draft.quotations {
        let claimed = Desk { draft: &draft, placed: &placed }.bind(quotation);
        let n_words = quotation.text.split_whitespace().count();
        if n_words < MIN_WORDS && claimed.is_none() || is_title(quotation, corpus) {
            continue;
        }
        let note = draft.blocks.get(quotation.at.block).and_then(|block| note_of(&block.part));
        jobs.push(Job { quotation, note, claimed, own: None, elsewhere: Vec::new() });
    }
    ask_cited_works(&mut jobs, corpus);
    ask_the_rest(&mut jobs, corpus);
    DraftReport { quotations: jobs.into_iter().map(Job::finish).collect(), citations }
}

/// Tells whether a citation of nothing in the corpus stands among quoted words: `"barred by Article 64-A
/// of the Schedule"`. They are the source's, which says elsewhere whose Article it is.
fn is_quoted(draft: &Draft, block: usize, cited: &Cited) -> bool {
    cited.state == CitedState::Absent
        && draft.quotations.iter().any(|quotation| {
            let at = &quotation.at;
            at.block == block
                && at.span.start < cited.span.start
                && cited.span.end < at.span.end
                && quotation.text.split_whitespace().count()
                    >= MIN_WORDS + cited.written.split_whitespace().count()
        })
}

/// A quotation on its way to a verdict.
struct Job<'a> {
    quotation: &'a Quotation,
    note: Option<String>,
    claimed: Option<Cited>,
    /// What the cited work says; of several the best.
    own: Option<(SourceId, Checked)>,
    /// What other documents say, the likeliest first.
    elsewhere: Vec<(SourceId, Checked)>,
}

impl Job<'_> {
    /// Tells whether the cited work itself has the words, so that no other needs to be asked.
    fn is_settled(&self) -> bool {
        self.own.as_ref().is_some_and(|(_, checked)| {
            checked.verdict.passes() || checked.verdict == Verdict::WrongPlace
        })
    }

    fn cited_ids(&self) -> impl Iterator<Item = SourceId> {
        self.claimed.iter().flat_map(|claimed| claimed.id.into_iter().chain(claimed.others.clone()))
    }

    fn finish(self) -> CheckedQuotation {
        let Job { quotation, note, claimed, own, elsewhere } = self;
        let mut found = Vec::new();
        if let Some((id, checked)) = &own {
            push_found(&mut found, *id, checked);
        }
        let is_settled = own.as_ref().is_some_and(|(_, checked)| {
            checked.verdict.passes() || checked.verdict == Verdict::WrongPlace
        });
        let mut best: Option<Checked> = None;
        for (id, checked) in elsewhere {
            let counts = checked.verdict.passes()
                || own.is_none()
                    && !matches!(checked.verdict, Verdict::NotFound | Verdict::NotCheckable);
            if counts {
                push_found(&mut found, id, &checked);
            }
            if best.as_ref().is_none_or(|best| checked.verdict < best.verdict) {
                best = Some(checked);
            }
        }
        let own = own.map(|(_, checked)| checked);
        let checked = match own {
            Some(own) if is_settled => own,
            own => judge(claimed.as_ref(), own, best),
        };
        CheckedQuotation {
            quote: quotation.text.clone(),
            line: quotation.line,
            note,
            claimed,
            checked,
            found,
        }
    }
}

/// Compares each quotation with the works that it cites.
fn ask_cited_works(jobs: &mut [Job<'_>], corpus: &dyn Corpus) {
    let mut by_document: BTreeMap<SourceId, Vec<usize>> = BTreeMap::new();
    for (job_idx, job) in jobs.iter().enumerate() {
        for id in job.cited_ids() {
            by_document.entry(id).or_default().push(job_idx);
        }
    }
    for (id, wanted) in by_document {
        let pages = corpus.pages(id);
        let source = pages.as_deref().map(Source::new);
        for job_idx in wanted {
            let Some(job) = jobs.get_mut(job_idx) else { continue };
            let at = job.claimed.as_ref().map(|claimed| &claimed.at).filter(|at| !at.is_whole());
            let checked = match &source {
                Some(source) => source.verify(&job.quotation.text, at),
                None => not_checkable("the text of the cited work is not there"),
            };
            let better = job.own.as_ref().is_none_or(|(_, own)| checked.verdict < own.verdict);
            if better {
                job.own = Some((id, checked));
            }
        }
    }
}

/// Compares what the cited works do not have with the rest of the corpus.
fn ask_the_rest(jobs: &mut [Job<'_>], corpus: &dyn Corpus) {
    let mut by_document: BTreeMap<SourceId, Vec<(usize, usize)>> = BTreeMap::new();
    for (job_idx, job) in jobs.iter().enumerate().filter(|(_, job)| !job.is_settled()) {
        let cited: BTreeSet<SourceId> = job.cited_ids().collect();
        let candidates = corpus.candidates(&job.quotation.text).into_iter();
        let others = candidates.take(MAX_CANDIDATES).filter(|id| !cited.contains(id));
        for (rank, id) in others.enumerate() {
            by_document.entry(id).or_default().push((job_idx, rank));
        }
    }
    let mut ranked: BTreeMap<(usize, usize), (SourceId, Checked)> = BTreeMap::new();
    for (id, wanted) in by_document {
        let Some(pages) = corpus.pages(id) else { continue };
        let source = Source::new(&pages);
        for (job_idx, rank) in wanted {
            if let Some(job) = jobs.get(job_idx) {
                let checked = source.verify(&job.quotation.text, None);
                ranked.insert((job_idx, rank), (id, checked));
            }
        }
    }
    for ((job_idx, _), answer) in ranked {
        if let Some(job) = jobs.get_mut(job_idx) {
            job.elsewhere.push(answer);
        }
    }
}

/// Returns the name of the note that a block belongs to.
fn note_of(part: &Part) -> Option<String> {
    match part {
        // A note that was written in place has no name that its writer knows.
        Part::Note(name) => Some(name.trim_start_matches('^').to_owned()),
        Part::Body | Part::Quote => None,
    }
}

/// A draft with its citations.
struct Desk<'a> {
    draft: &'a Draft,
    /// By block, in order of place.
    placed: &'a [Vec<Placed>],
}

impl<'a> Desk<'a> {
    /// Returns the citation of a quotation: what stands directly behind it, or in its notes; else
    /// the last before it in its sentence; else the first that follows; a name only where there is
    /// nothing else.
    fn bind(&self, quotation: &Quotation) -> Option<Cited> {
        let strong = |one: &&'a Placed| !one.is_weak;
        let after = || quotation.after.iter().flat_map(|zone| self.inside(zone));
        let before = || quotation.before.iter().flat_map(|zone| self.inside(zone));
        let near = quotation.after.iter().find_map(|zone| {
            self.inside(zone).find(strong).filter(|one| self.is_beside(zone, one))
        });
        let next = quotation.next.iter().filter(|zone| self.only_cites(zone));
        near.or_else(|| self.in_notes(quotation.after.iter().chain([&quotation.at])))
            .or_else(|| before().filter(strong).last())
            .or_else(|| after().find(strong))
            .or_else(|| self.in_notes(quotation.before.iter()))
            .or_else(|| next.flat_map(|zone| self.inside(zone)).find(strong))
            .or_else(|| before().last())
            .or_else(|| after().next())
            .map(|one| one.cited.clone())
    }

    fn inside(&self, zone: &Zone) -> impl Iterator<Item = &'a Placed> + use<'a> {
        let span = zone.span.clone();
        let placed = self.placed.get(zone.block).map(Vec::as_slice).unwrap_or_default();
        placed
            .iter()
            .filter(move |one| span.start <= one.cited.span.start && one.cited.span.end <= span.end)
    }

    /// Returns the first citation in the notes that are called in the zones.
    fn in_notes<'z>(&self, zones: impl Iterator<Item = &'z Zone>) -> Option<&'a Placed> {
        let mut weak = None;
        for zone in zones {
            let Some(block) = self.draft.blocks.get(zone.block) else { continue };
            for (_, name) in block.calls(zone.span.clone()) {
                for block_idx in self.draft.notes.get(name).into_iter().flatten() {
                    for one in self.placed.get(*block_idx).into_iter().flatten() {
                        if !one.is_weak {
                            return Some(one);
                        }
                        weak.get_or_insert(one);
                    }
                }
            }
        }
        weak
    }

    /// Tells whether nothing but words that lead to a citation stand between the beginning of the
    /// zone and the citation, or its bracket.
    fn is_beside(&self, zone: &Zone, one: &Placed) -> bool {
        const LEADING: &[&str] = &[
            "in",
            "at",
            "see",
            "per",
            "from",
            "of",
            "the",
            "as",
            "is",
            "held",
            "said",
            "stated",
            "observed",
            "recorded",
            "reported",
            "case",
            "order",
            "judgment",
            "petition",
            "writ",
            "act",
            "report",
            "its",
            "his",
            "her",
            "their",
            "para",
            "paragraph",
            "page",
            "p",
            "pp",
            "no",
            "dated",
            "by",
            "court",
            "high",
            "supreme",
            "islamabad",
            "lahore",
            "section",
            "sections",
            "s",
            "ss",
            "article",
            "articles",
            "art",
            "also",
            "to",
        ];
        let words = self.draft.words(zone);
        let gap = words.get(..one.cited.span.start - zone.span.start).unwrap_or_default();
        if gap.rsplit_once(['(', '[']).is_some_and(|(_, inside)| !inside.contains([')', ']'])) {
            return true;
        }
        gap.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && !word.chars().all(char::is_numeric))
            .all(|word| LEADING.contains(&word.to_lowercase().as_str()) || is_large(word))
    }

    /// Tells whether a sentence is a citation and says nothing else.
    fn only_cites(&self, zone: &Zone) -> bool {
        const SILENT: &[&str] = &[
            "v", "vs", "versus", "of", "the", "and", "in", "at", "para", "paras", "page", "pages",
            "p", "pp", "dated", "order", "no", "nos", "section", "sections", "s", "ss", "art",
            "article", "read", "with", "note", "n", "supra", "ibid", "id", "see", "also",
            "judgment", "us", "through", "others", "another", "per", "above",
        ];
        let words = self.draft.words(zone);
        words
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.starts_with(char::is_lowercase) && word.chars().count() > 1)
            .all(|word| SILENT.contains(&word))
    }
}

/// Tells whether a word begins with a capital: a name, or a month.
fn is_large(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Tells whether the marks hold the title of a work, which is cited and not quoted.
fn is_title(quotation: &Quotation, corpus: &dyn Corpus) -> bool {
    let words = quotation.text.trim_end_matches(['.', ',', ';']);
    !quotation.is_block
        && corpus.citations(words).iter().any(|cited| cited.span == (0..words.len()))
}

/// Weighs what the cited work says against what the rest of the corpus says.
fn judge(claimed: Option<&Cited>, own: Option<Checked>, best: Option<Checked>) -> Checked {
    match (own, best) {
        // Cited work and words are there, but not together: the words stand in another work.
        (Some(own), Some(best)) if best.verdict.passes() => {
            let mut checked = best;
            checked.notes.extend(own.notes);
            checked.verdict = Verdict::WrongSource;
            checked
        }
        (Some(own), _) => own,
        (None, Some(mut best)) => {
            // A work was cited that the corpus lacks: these words may stand there too.
            if let Some(claimed) = claimed {
                best.notes
                    .push(format!("the cited work is not in the corpus: {}", claimed.written));
                if !best.verdict.passes() {
                    best.verdict = Verdict::NotCheckable;
                }
            }
            best
        }
        (None, None) if claimed.is_some() => not_checkable("the cited work is not in the corpus"),
        (None, None) => Checked::only(Verdict::NotFound, ""),
    }
}

fn not_checkable(note: &str) -> Checked {
    Checked::only(Verdict::NotCheckable, note)
}

fn push_found(found: &mut Vec<Found>, id: SourceId, checked: &Checked) {
    if checked.verdict != Verdict::NotFound {
        found.extend(checked.places.iter().map(|place| Found { id, place: place.clone() }));
    }
}

#[cfg(test)]
mod tests;
