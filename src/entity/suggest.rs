//! Names that the gazetteer lacks: for a person to look through, never tagged by themselves.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::evidence::spelled_before;
use super::table::{Gazetteer, squeeze};
use super::urdu;
use crate::model::{Page, PageNo, Span};

/// Why a name is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuggestionKind {
    /// `Long Form (ACR)`.
    Definition,
    /// A run of capitalised words.
    Capitalised,
    /// A run of Urdu letter names.
    UrduRun,
}

/// A name that may be worth an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The name as printed at its first place.
    pub name: String,
    /// The acronym that the document defines for it, or that the Urdu letters spell.
    pub acronym: Option<String>,
    /// Why.
    pub kind: SuggestionKind,
    /// How often it stands in the pages.
    pub count: usize,
    /// The page of the first place.
    pub page: PageNo,
    /// Bytes of that page.
    pub span: Span,
}

/// How often a capitalised run must stand to be suggested.
const MIN_RUNS: usize = 2;

impl Gazetteer {
    /// Lists names of the pages that no entity has, the most frequent first, then by name.
    ///
    /// A definition is suggested from one place on, other names from two.
    pub fn suggest(&self, pages: &[Page]) -> Vec<Suggestion> {
        let mut found: BTreeMap<String, Suggestion> = BTreeMap::new();
        for page in pages {
            let paragraphs =
                page.paragraphs.iter().filter(|paragraph| !paragraph.role.is_boilerplate());
            for paragraph in paragraphs {
                let text = page.paragraph_text(paragraph);
                for (kind, acronym, span) in names(text) {
                    let name = text.get(span.clone()).unwrap_or_default();
                    let key = squeeze(name);
                    if self.is_known(&key)
                        || acronym
                            .as_deref()
                            .is_some_and(|acronym| self.is_known(&acronym.to_lowercase()))
                    {
                        continue;
                    }
                    let suggestion = found.entry(key).or_insert_with(|| Suggestion {
                        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
                        acronym: None,
                        kind,
                        count: 0,
                        page: page.number,
                        span: paragraph.span.start + span.start..paragraph.span.start + span.end,
                    });
                    suggestion.count += 1;
                    suggestion.kind = suggestion.kind.min(kind);
                    suggestion.acronym = suggestion.acronym.take().or(acronym);
                }
            }
        }
        let mut suggestions: Vec<Suggestion> = found
            .into_values()
            .filter(|one| one.kind == SuggestionKind::Definition || one.count >= MIN_RUNS)
            .collect();
        suggestions.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        suggestions
    }

    fn is_known(&self, squeezed: &str) -> bool {
        self.names.contains_key(squeezed)
    }
}

fn names(text: &str) -> Vec<(SuggestionKind, Option<String>, Span)> {
    let mut names = Vec::new();
    let mut defined: BTreeSet<usize> = BTreeSet::new();
    for (open, _) in text.match_indices('(') {
        let inner = text.get(open + 1..).unwrap_or_default().trim_start_matches(['"', '“']);
        let acronym: String = inner.chars().take_while(char::is_ascii_uppercase).collect();
        let closes =
            inner.get(acronym.len()..).is_some_and(|rest| rest.starts_with([')', '"', '”']));
        let before = text.get(..open).unwrap_or_default();
        if closes
            && (2..=10).contains(&acronym.len())
            && let Some(long) = spelled_before(before, &acronym)
        {
            let start = long.as_ptr() as usize - text.as_ptr() as usize;
            defined.insert(start);
            let span = start..start + long.trim_end().len();
            names.push((SuggestionKind::Definition, Some(acronym), span));
        }
    }
    for span in capitalised(text) {
        if !defined.contains(&span.start) {
            names.push((SuggestionKind::Capitalised, None, span));
        }
    }
    names.extend(urdu_runs(text));
    names
}

/// Returns runs of two to six capitalised words, with small words inside (`of`, `and`).
fn capitalised(text: &str) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    let mut run: Option<(Span, usize)> = None;
    let mut at = 0;
    let close = |run: &mut Option<(Span, usize)>, runs: &mut Vec<Span>| {
        if let Some((span, 2..=6)) = run.take() {
            runs.push(span);
        }
    };
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'') {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let span = at..at + bare.len();
        at += word.len();
        let mut letters = bare.chars();
        let is_name = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase);
        let is_first = run.is_none()
            && text.get(..span.start).is_none_or(|before| {
                before.trim_end().is_empty() || before.trim_end().ends_with(['.', '?', '!', ':'])
            });
        if is_name && !(is_first && COMMON.contains(&bare)) {
            match &mut run {
                Some((whole, n)) => {
                    whole.end = span.end;
                    *n += 1;
                }
                None => run = Some((span, 1)),
            }
        } else if !(run.is_some() && matches!(bare, "of" | "and" | "for" | "the")) {
            close(&mut run, &mut runs);
        }
        if !word.ends_with(' ') {
            close(&mut run, &mut runs);
        }
    }
    close(&mut run, &mut runs);
    runs
}

/// Words that begin sentences, and no names.
const COMMON: &[&str] = &[
    "The",
    "Then",
    "This",
    "That",
    "These",
    "Those",
    "In",
    "On",
    "At",
    "It",
    "He",
    "She",
    "They",
    "We",
    "A",
    "An",
    "As",
    "If",
    "When",
    "While",
    "However",
    "But",
    "And",
    "For",
    "By",
    "From",
    "To",
    "Mr",
    "Learned",
    "Accordingly",
    "Therefore",
    "Moreover",
    "Since",
    "After",
    "Before",
    "There",
];

fn urdu_runs(text: &str) -> Vec<(SuggestionKind, Option<String>, Span)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let starts = !c.is_ascii()
            && crate::text::script::is_arabic_script(c)
            && text
                .get(..at)
                .and_then(|before| before.chars().next_back())
                .is_none_or(|before| !crate::text::script::is_letter_or_mark(before));
        if starts && let Some(run) = urdu::run_at(text, at, text.len(), false) {
            if let Some((letters, span)) =
                run.readings().into_iter().next().filter(|(letters, _)| letters.len() >= 3)
            {
                runs.push((SuggestionKind::UrduRun, Some(letters), span));
            }
            at = run.end;
        } else {
            at += c.len_utf8();
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageOrigin, Role};

    fn suggested(paragraphs: &[&str]) -> Vec<String> {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        for text in paragraphs {
            page.push(text, Role::Body);
        }
        Gazetteer::builtin()
            .suggest(&[page])
            .into_iter()
            .map(|one| format!("{}/{}/{}", one.name, one.acronym.unwrap_or_default(), one.count))
            .collect()
    }

    #[test]
    fn definitions_runs_and_urdu_letters() {
        assert_eq!(
            suggested(&[
                "The Oil and Gas Regulatory Authority (OGRA) wrote to PTA.",
                "Then Zarrar Example met the Oil and Gas Regulatory Authority. Zarrar Example left.",
                "او جی ڈی سی نے کہا کہ او جی ڈی سی",
                "the Pakistan Telecommunication Authority (PTA)",
            ]),
            ["Oil and Gas Regulatory Authority/OGRA/2", "Zarrar Example//2", "او جی ڈی سی/OGDC/2"]
        );
    }
}
