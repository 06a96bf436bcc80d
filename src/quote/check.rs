//! The check of a draft: every quotation against the corpus, every citation against the works.
//!
//! Finding candidates and resolving citations belong to the caller, who has the index; here the
//! words are compared and judged.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::draft::{Draft, DraftKind, Quotation};
use super::{Checked, Place, Source, Verdict};
use crate::model::{Locator, Page, SourceId, Span};

/// What the check asks of the corpus.
pub trait Corpus {
    /// Returns the citations in a piece of a draft, in order: keys with places, case numbers, law
    /// reports, sections.
    fn citations(&self, text: &str) -> Vec<Cited>;

    /// Returns documents that may hold these words, the likeliest first; phrase search, then parts.
    fn candidates(&self, quote: &str) -> Vec<SourceId>;

    /// Returns the pages of a document; `None`: its text is not there.
    fn pages(&self, id: SourceId) -> Option<Vec<Page>>;
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
    let mut citations = Vec::new();
    for paragraph in &draft.paragraphs {
        for cited in corpus.citations(&paragraph.text) {
            citations.push(CheckedCitation { line: paragraph.line_of(cited.span.start), cited });
        }
    }
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for quotation in &draft.quotations {
        let claimed = bind(quotation, corpus);
        let n_words = quotation.text.split_whitespace().count();
        if n_words < MIN_WORDS && claimed.is_none() || is_title(quotation, corpus) {
            continue;
        }
        jobs.push(Job { quotation, claimed, own: None, elsewhere: Vec::new() });
    }
    ask_cited_works(&mut jobs, corpus);
    ask_the_rest(&mut jobs, corpus);
    DraftReport { quotations: jobs.into_iter().map(Job::finish).collect(), citations }
}

/// A quotation on its way to a verdict.
struct Job<'a> {
    quotation: &'a Quotation,
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
        let Job { quotation, claimed, own, elsewhere } = self;
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

/// Returns the citation of a quotation: the first after it, in its notes, else the last before it.
fn bind(quotation: &Quotation, corpus: &dyn Corpus) -> Option<Cited> {
    let first = |text: &str| corpus.citations(text).into_iter().next();
    first(&quotation.after)
        .or_else(|| quotation.notes.iter().find_map(|note| first(note)))
        .or_else(|| corpus.citations(&quotation.before).pop())
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
mod tests {
    use super::*;
    use crate::model::document::Role;
    use crate::model::{PageNo, PageOrigin};

    /// A corpus of three one-page works, cited as `@a`, `@b`, `@c`; `@x` is a work that is absent.
    struct Small;

    const TEXTS: [&str; 3] = [
        "The Authority shall not direct any licensee to record calls.",
        "Nobody was told about the tapping of telephones that year.",
        "A third text that says nothing of the kind at all.",
    ];

    impl Corpus for Small {
        fn citations(&self, text: &str) -> Vec<Cited> {
            let found = text.match_indices('@').filter_map(|(at, _)| {
                let name = text.get(at + 1..)?.chars().next()?;
                let id = "abc".find(name).map(|idx| SourceId([u8::try_from(idx).unwrap(); 32]));
                let page = text.get(at + 2..)?.strip_prefix('/')?;
                let digits: String = page.chars().take_while(char::is_ascii_digit).collect();
                Some(Cited {
                    span: at..at + 2,
                    written: format!("@{name}"),
                    id,
                    others: Vec::new(),
                    at: format!("p{digits}").parse().unwrap(),
                    state: if id.is_some() { CitedState::Found } else { CitedState::Absent },
                    notes: Vec::new(),
                })
            });
            found.collect()
        }
        fn candidates(&self, _quote: &str) -> Vec<SourceId> {
            (0..3).map(|byte| SourceId([byte; 32])).collect()
        }
        fn pages(&self, id: SourceId) -> Option<Vec<Page>> {
            let mut page = Page::empty(PageNo::FIRST, PageOrigin::TextLayer);
            page.push(TEXTS[usize::from(id.0[0])], Role::Body);
            Some(vec![page])
        }
    }

    #[track_caller]
    fn check(draft: &str, expect: &[(usize, Verdict)]) {
        let report = check_draft(draft, DraftKind::Markdown, &Small);
        let verdicts: Vec<_> =
            report.quotations.iter().map(|q| (q.line, q.checked.verdict)).collect();
        assert_eq!(verdicts, expect, "{report:#?}");
    }

    #[test]
    fn quotations_are_bound_to_their_citations() {
        check("It says “shall not direct any licensee” (@a/1).", &[(1, Verdict::Exact)]);
        check("It says “shall not direct any licensee” (@a/2).", &[(1, Verdict::WrongPlace)]);
        check("It says “shall not direct any licensee” (@b/1).", &[(1, Verdict::WrongSource)]);
        check("As @a/1 has it, “shall direct any licensee”.", &[(1, Verdict::NegationChanged)]);
        check(
            "It says “shall not direct any licensee”.[^1]\n\n[^1]: See @a/1.",
            &[(1, Verdict::Exact)],
        );
    }

    #[test]
    fn without_a_citation_the_corpus_is_asked() {
        check("“about the tapping of telephones”", &[(1, Verdict::Exact)]);
        check("“purple elephants dance upon the moon tonight”", &[(1, Verdict::NotFound)]);
        check("so-called “metadata” here", &[]);
    }

    #[test]
    fn an_absent_work_proves_nothing() {
        check("“purple elephants dance upon the moon” (@x/1)", &[(1, Verdict::NotCheckable)]);
        let report = check_draft("see (@x/1)", DraftKind::Markdown, &Small);
        assert_eq!(report.citations[0].cited.state, CitedState::Absent);
        assert!(!report.passes());
    }
}
