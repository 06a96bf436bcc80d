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
                stands_for: None,
                notes: Vec::new(),
            })
        });
        found.collect()
    }
    fn again(&self, before: &Cited, text: &str, tail: Span) -> Cited {
        let words = text[tail].trim_start_matches([',', ' ', ')', '.']);
        let page = words.strip_prefix("p. ").and_then(|rest| rest.chars().next());
        let at = page.filter(char::is_ascii_digit).map(|page| format!("p{page}"));
        let at = at.map(|at| at.parse().unwrap()).unwrap_or_default();
        Cited { at, notes: Vec::new(), ..before.clone() }
    }
    fn names(&self, cited: &Cited) -> Names {
        let of = |name: &str, kind| Names { names: vec![name.to_owned()], kind: Some(kind) };
        match cited.written.as_str() {
            "@a" => of("Najam-us-Saqib", Kind::Order),
            "@b" => of("Benazir Bhutto", Kind::Judgment),
            "@c" => of("PECA", Kind::Statute),
            _ => Names::default(),
        }
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
    let verdicts: Vec<_> = report.quotations.iter().map(|q| (q.line, q.checked.verdict)).collect();
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
fn an_absent_work_among_quoted_words_is_the_sources() {
    let n_cited = |draft: &str| check_draft(draft, DraftKind::Markdown, &Small).citations.len();
    assert_eq!(n_cited("He said \"nobody was told @x/1 about the tapping\" (@b/1)."), 1);
    // A citation alone in its marks is the draft's.
    assert_eq!(n_cited("See \"@x/1\" and (@b/1)."), 2);
    assert_eq!(n_cited("He said \"nobody was told\" (@x/1)."), 1);
}

#[test]
fn an_absent_work_proves_nothing() {
    check("“purple elephants dance upon the moon” (@x/1)", &[(1, Verdict::NotCheckable)]);
    let report = check_draft("see (@x/1)", DraftKind::Markdown, &Small);
    assert_eq!(report.citations[0].cited.state, CitedState::Absent);
    assert!(!report.passes());
}
