//! The words around a reference: its paragraph, its sentence, and what the court says it does there.

use serde::Serialize;

use crate::model::{Page, PageNo, RefKind, Reference, Span};
use crate::store::SourceRow;
use crate::task::place::place_name;
use crate::task::search::is_paged;
use crate::task::{Desk, TaskError};
use crate::text::segment::sentences;

/// Words by which a court says what it does with a citation.
///
/// Where `not` stands before one, it belongs to it.
const TREATMENT: [&str; 30] = [
    "followed",
    "relied upon",
    "relied on",
    "reliance is placed",
    "reliance has been placed",
    "reliance was placed",
    "reiterated",
    "affirmed",
    "upheld",
    "approved",
    "endorsed",
    "distinguished",
    "distinguishable",
    "not applicable",
    "not attracted",
    "doubted",
    "disapproved",
    "dissented",
    "departed from",
    "overruled",
    "per incuriam",
    "set aside",
    "set-aside",
    "reversed",
    "recalled",
    "suspended",
    // Declared void; suspended; upheld; set aside.
    "کالعدم",
    "معطل",
    "برقرار",
    "منسوخ",
];

/// Words of treatment in the sentence of a reference: evidence, never a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Treatment {
    pub words: Vec<String>,
    /// The sentence that they stand in.
    pub sentence: String,
}

/// The pages that references stand on; the last one is kept at hand.
pub(super) struct Sheets<'d> {
    desk: &'d Desk,
    last: Option<(u64, Page)>,
}

/// The paragraph of a place.
pub(super) struct Sheet<'p> {
    page: &'p Page,
    /// Bytes of the page.
    pub(super) span: Span,
    /// The number by which the paragraph is cited; `None`: its page alone.
    pub(super) label: Option<String>,
    /// Whether the file has pages of its own.
    pub(super) paged: bool,
    /// What to type after `misl show`.
    pub(super) place: String,
}

impl<'d> Sheets<'d> {
    pub(super) fn new(desk: &'d Desk) -> Self {
        Self { desk, last: None }
    }

    /// Returns the paragraph at byte `at` of a page; `None` where the store has no such page.
    pub(super) fn at(
        &mut self,
        source: &SourceRow,
        number: PageNo,
        at: usize,
    ) -> Result<Option<Sheet<'_>>, TaskError> {
        let is_last = self
            .last
            .as_ref()
            .is_some_and(|(docn, page)| *docn == source.docn && page.number == number);
        if !is_last {
            self.last = self.desk.store.page(source.docn, number)?.map(|page| (source.docn, page));
        }
        let Some((_, page)) = &self.last else { return Ok(None) };
        let paragraph = page.paragraphs.iter().find(|paragraph| paragraph.span.contains(&at));
        let paged = is_paged(source, number.idx() + 1);
        Ok(Some(Sheet {
            page,
            paged,
            span: paragraph.map_or(0..page.text.len(), |paragraph| paragraph.span.clone()),
            label: paragraph.and_then(|paragraph| paragraph.cited_number(paged)),
            place: place_name(source, page, at),
        }))
    }
}

impl Sheet<'_> {
    /// Returns the text of the paragraph.
    pub(super) fn text(&self) -> &str {
        self.page.text.get(self.span.clone()).unwrap_or_default()
    }

    /// Returns the words at a span of the page.
    pub(super) fn words(&self, span: &Span) -> String {
        self.page.text.get(span.clone()).unwrap_or_default().to_owned()
    }

    /// Returns the sentence of a span of the page, on one line.
    pub(super) fn sentence(&self, span: &Span) -> String {
        one_line(sentence_at(self.text(), span.start.saturating_sub(self.span.start)))
    }

    /// Returns the words of treatment in the sentence of a span of the page.
    pub(super) fn treatment(&self, span: &Span) -> Option<Treatment> {
        let sentence = sentence_at(self.text(), span.start.saturating_sub(self.span.start));
        let words = treatment_words(sentence);
        (!words.is_empty()).then(|| Treatment { words, sentence: one_line(sentence) })
    }

    /// Returns the words of treatment in the sentence of a reference, where that is a decision: a
    /// statute is not followed or overruled.
    pub(super) fn treatment_of(&self, reference: &Reference) -> Option<Treatment> {
        let is_decision = match reference.kind {
            RefKind::Report | RefKind::Neutral | RefKind::Case => true,
            RefKind::Back => !reference.id.is_empty() && !reference.id.contains("/act/"),
            RefKind::Statute | RefKind::Instrument | RefKind::Index | RefKind::Treaty => false,
        };
        is_decision.then(|| self.treatment(&reference.span)).flatten()
    }
}

/// Tells whether a clause approves or overrules something that is no decision: a scheme, an
/// objection of the office.
fn is_of_a_paper(words: &str, before: &str) -> bool {
    const PAPERS: [&str; 8] =
        ["objection", "scheme", "resolution", "plan", "motion", "votes", "members", "budget"];
    let clause = before.rsplit([',', ';', ':']).next().unwrap_or_default();
    matches!(words, "approved" | "overruled") && PAPERS.iter().any(|paper| clause.contains(paper))
}

/// Returns the sentence of `text` that holds byte `at`.
pub(super) fn sentence_at(text: &str, at: usize) -> &str {
    let span = sentences(text).into_iter().find(|span| at < span.end).unwrap_or(0..text.len());
    text.get(span).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the words of treatment of a sentence, in the order of the list; whole words alone.
fn treatment_words(sentence: &str) -> Vec<String> {
    let lower = one_line(sentence).to_lowercase();
    let mut found: Vec<String> = Vec::new();
    for words in TREATMENT {
        for (at, _) in lower.match_indices(words) {
            let before = lower.get(..at).unwrap_or_default();
            let after = lower.get(at + words.len()..).unwrap_or_default();
            if before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric) {
                continue;
            }
            if is_of_a_paper(words, before) {
                continue;
            }
            let is_denied = !words.starts_with("not ")
                && before.strip_suffix("not ").is_some_and(|b| !b.ends_with(char::is_alphanumeric));
            let words = if is_denied { format!("not {words}") } else { words.to_owned() };
            if !found.contains(&words) {
                found.push(words);
            }
        }
    }
    found
}

/// Returns the parts of `text` around the bytes `spots`, together about `max_chars` characters, cut
/// between words; what is left out is `…`.
pub(super) fn excerpt(text: &str, spots: &[usize], max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let half = max_chars / (2 * spots.len().max(1));
    let mut windows: Vec<Span> = Vec::new();
    for &spot in spots {
        let mut start = spot.saturating_sub(half);
        let mut end = spot.saturating_add(half).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        // A window begins and ends with a whole word.
        if start > 0 {
            let rest = text.get(start..spot).unwrap_or_default();
            start += rest.find(char::is_whitespace).map_or(0, |at| at + 1).min(rest.len());
        }
        if end < text.len() {
            let rest = text.get(spot..end).unwrap_or_default();
            end = rest.rfind(char::is_whitespace).map_or(end, |at| spot + at);
        }
        match windows.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => windows.push(start..end),
        }
    }
    let begins = windows.first().is_some_and(|first| first.start > 0);
    let ends = windows.last().is_some_and(|last| last.end < text.len());
    let parts: Vec<&str> =
        windows.into_iter().filter_map(|span| text.get(span)).map(str::trim).collect();
    format!(
        "{}{}{}",
        if begins { "… " } else { "" },
        parts.join(" … "),
        if ends { " …" } else { "" }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_treatment_stand_in_the_sentence_of_the_citation() {
        let text = "PLD 1998 SC 388 was relied upon. In W.P. No. 5/2020 v. PTA the appeal against \
                    PLD 2021 SC 1 was set aside. See 2020 SCMR 1. The rule of 2019 SCMR 5 was not \
                    followed, for it is distinguishable.";
        let at = |words: &str| treatment_words(sentence_at(text, text.find(words).unwrap()));
        assert_eq!(at("PLD 1998"), ["relied upon"]);
        assert_eq!(at("PLD 2021"), ["set aside"]);
        assert_eq!(at("2020 SCMR"), Vec::<String>::new());
        assert_eq!(at("2019 SCMR"), ["not followed", "distinguishable"]);
    }

    #[test]
    fn a_word_of_treatment_is_a_whole_word() {
        assert_eq!(treatment_words("The unaffirmed party unapproved it."), Vec::<String>::new());
        assert_eq!(treatment_words("It was set\naside."), ["set aside"]);
        assert_eq!(treatment_words("The scheme was approved by votes."), Vec::<String>::new());
        assert_eq!(treatment_words("The office objection is overruled."), Vec::<String>::new());
        assert_eq!(treatment_words("PLD 1998 SC 388 was approved."), ["approved"]);
        assert_eq!(treatment_words("عدالت نے حکم معطل کر دیا"), ["معطل"]);
    }

    #[test]
    fn a_long_passage_keeps_every_reference() {
        let text = format!(
            "{} PLD 1998 SC 388 {} 2020 SCMR 1 {}",
            "before ".repeat(90),
            "between ".repeat(90),
            "after ".repeat(90)
        );
        let spots = [text.find("PLD").unwrap(), text.find("2020").unwrap()];
        let cut = excerpt(&text, &spots, 200);
        assert!(cut.contains("PLD 1998 SC 388") && cut.contains("2020 SCMR 1"), "{cut}");
        assert!(
            cut.starts_with("… before ") && cut.contains(" … between") && cut.ends_with(" …"),
            "{cut}"
        );
        assert!(cut.chars().count() < 220);
        assert_eq!(excerpt("short", &[0], 100), "short");
        let urdu = "دفعہ ".repeat(100);
        assert!(excerpt(&urdu, &[11], 40).starts_with("دفعہ"));
    }
}
