//! The check of a draft: every quotation against the corpus, every citation against the works.
//!
//! Finding candidates and resolving citations belong to the caller, who has the index; here the
//! words are compared and judged.

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
pub fn check_draft(text: &str, kind: DraftKind, corpus: &dyn Corpus) -> DraftReport {
    let draft = Draft::parse(text, kind);
    let mut quotations = Vec::new();
    for quotation in &draft.quotations {
        let claimed = bind(quotation, corpus);
        let n_words = quotation.text.split_whitespace().count();
        if n_words < MIN_WORDS && claimed.is_none() {
            continue;
        }
        quotations.push(check_quotation(quotation, claimed, corpus));
    }
    let citations = draft
        .lines
        .iter()
        .flat_map(|(line, text)| {
            let cited = corpus.citations(text);
            cited.into_iter().map(|cited| CheckedCitation { line: *line, cited })
        })
        .collect();
    DraftReport { quotations, citations }
}

/// Returns the citation of a quotation: the first after it, in its notes, else the last before it.
fn bind(quotation: &Quotation, corpus: &dyn Corpus) -> Option<Cited> {
    let first = |text: &str| corpus.citations(text).into_iter().next();
    first(&quotation.after)
        .or_else(|| quotation.notes.iter().find_map(|note| first(note)))
        .or_else(|| corpus.citations(&quotation.before).pop())
}

/// Compares one quotation with the work it cites, then with the rest of the corpus.
fn check_quotation(
    quotation: &Quotation,
    claimed: Option<Cited>,
    corpus: &dyn Corpus,
) -> CheckedQuotation {
    let quote = quotation.text.as_str();
    let cited_id = claimed.as_ref().and_then(|claimed| claimed.id);
    let mut own: Option<Checked> = None;
    let mut found = Vec::new();
    if let Some(id) = cited_id {
        let at = claimed.as_ref().map(|claimed| &claimed.at).filter(|at| !at.is_whole());
        let checked = match corpus.pages(id) {
            Some(pages) => Source::new(&pages).verify(quote, at),
            None => not_checkable("the text of the cited work is not there"),
        };
        push_found(&mut found, id, &checked);
        if checked.verdict.passes() || checked.verdict == Verdict::WrongPlace {
            return finish(quotation, claimed, checked, found);
        }
        own = Some(checked);
    }
    let mut best: Option<Checked> = None;
    for id in corpus.candidates(quote).into_iter().take(MAX_CANDIDATES) {
        if Some(id) == cited_id {
            continue;
        }
        let Some(pages) = corpus.pages(id) else { continue };
        let checked = Source::new(&pages).verify(quote, None);
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
    let checked = judge(claimed.as_ref(), own, best);
    finish(quotation, claimed, checked, found)
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

fn finish(
    quotation: &Quotation,
    claimed: Option<Cited>,
    checked: Checked,
    found: Vec<Found>,
) -> CheckedQuotation {
    CheckedQuotation {
        quote: quotation.text.clone(),
        line: quotation.line,
        claimed,
        checked,
        found,
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
