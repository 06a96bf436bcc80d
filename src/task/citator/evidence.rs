//! The words around a reference: its paragraph, its sentence, and what the court says it does there.

use serde::Serialize;

use super::treatment;
use crate::model::{Page, PageNo, RefKind, Reference, Span};
use crate::store::SourceRow;
use crate::task::place::place_name;
use crate::task::search::is_paged;
use crate::task::{Desk, TaskError};
use crate::text::segment::sentences;

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

    /// Returns the words of treatment that the sentence of a span of the page has for it.
    pub(super) fn treatment(&self, span: &Span) -> Option<Treatment> {
        let text = self.text();
        let at = span.start.saturating_sub(self.span.start);
        let of_sentence = sentence_span(text, at);
        let sentence = text.get(of_sentence.clone()).unwrap_or_default();
        let from = at.saturating_sub(of_sentence.start);
        let cited = from..(from + span.len()).min(sentence.len());
        let words = treatment::words(sentence, &cited);
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

/// Returns the sentence of `text` that holds byte `at`.
pub(super) fn sentence_at(text: &str, at: usize) -> &str {
    text.get(sentence_span(text, at)).unwrap_or_default()
}

fn sentence_span(text: &str, at: usize) -> Span {
    sentences(text).into_iter().find(|span| at < span.end).unwrap_or(0..text.len())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
