//! What a text says about a doubtful form: definitions in brackets, how near other words stand.

use crate::model::Span;
use crate::text::fold;

/// How far a context word may stand from the form it supports: about sixty words.
const NEAR_BYTES: usize = 420;
/// How far it may stand in Arabic script; nothing farther counts.
pub(super) const WIDE_BYTES: usize = 2 * NEAR_BYTES;

/// What a definition at a form says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Definition {
    /// `Long Form (ACR)`: these words are what the form stands for.
    Words(Span),
    /// The words in the brackets after the form.
    After(Span),
}

/// Returns the distance in bytes between two spans; 0 where they touch or overlap.
pub(super) const fn distance(a: &Span, b: &Span) -> usize {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

/// Returns the distance that counts, `None` where it is too far. In Arabic script, whose letters
/// take two bytes, twice as many bytes are near.
pub(super) fn near(text: &str, a: &Span, b: &Span) -> Option<usize> {
    let distance = distance(a, b);
    let is_wide = text.as_bytes().get(a.start).is_some_and(|byte| !byte.is_ascii());
    (distance <= if is_wide { WIDE_BYTES } else { NEAR_BYTES }).then_some(distance)
}

/// Most bytes of the words in brackets behind a short name.
const MAX_DEFINITION: usize = 120;
/// Most bytes between a bracket and the short name in it.
const MAX_INTRODUCTION: usize = 60;

/// Looks for a definition around the form at `span`: `(FORM)` after words, or `FORM (words)`.
pub(super) fn definition(text: &str, paragraph: &Span, span: &Span) -> Option<Definition> {
    let before = text.get(paragraph.start..span.start)?;
    let after = text.get(span.end..paragraph.end)?;
    if let Some(open) = opening(before) {
        let closed = after.trim_start_matches(['"', '”', '’', '\'', '“', ',']);
        if closed.starts_with([')', ']']) || closed.starts_with(" or ") || closed.starts_with(';') {
            let words = before.get(..open)?.trim_end();
            let from = words.len().saturating_sub(120);
            let from = (from..words.len()).find(|&at| words.is_char_boundary(at))?;
            return Some(Definition::Words(paragraph.start + from..paragraph.start + words.len()));
        }
    }
    let inner = after.strip_prefix(" (").or_else(|| after.strip_prefix('('))?;
    let from = span.end + (after.len() - inner.len());
    let near = inner.get(..inner.floor_char_boundary(MAX_DEFINITION + 1)).unwrap_or_default();
    let close = near.find(')')?;
    Some(Definition::After(from..from + close))
}

/// Returns where the bracket opens whose content goes up to the end of `before` and only
/// introduces a short name: `(`, `("`, `(hereinafter referred to as "the`.
fn opening(before: &str) -> Option<usize> {
    // A line may be the whole text, and hold a name at every word.
    let near = before.ceil_char_boundary(before.len().saturating_sub(MAX_INTRODUCTION + 1));
    let open = near + before.get(near..)?.rfind(['(', '['])?;
    let inner = before.get(open + 1..)?;
    if inner.contains([')', ']']) {
        return None;
    }
    let introduces = inner
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| INTRODUCING.contains(&word.to_ascii_lowercase().as_str()));
    introduces.then_some(open)
}

const INTRODUCING: &[&str] = &[
    "the",
    "hereinafter",
    "hereafter",
    "referred",
    "to",
    "as",
    "called",
    "be",
    "a",
    "k",
    "aka",
    "or",
    "also",
    "known",
    "for",
    "short",
    "in",
    "henceforth",
    "said",
    "its",
    "acronym",
];

/// Small words that acronyms pass over.
const SMALL: &[&str] =
    &["of", "and", "the", "for", "in", "on", "to", "a", "an", "at", "by", "with"];

/// Returns the words of `text`, without marks.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Returns the last words of `text` whose initials spell `acronym`; `None` if none do.
pub(super) fn spelled_before<'t>(text: &'t str, acronym: &str) -> Option<&'t str> {
    let words = words(text);
    let max = (acronym.len() + 5).min(words.len());
    (acronym.len().saturating_sub(1).max(2)..=max).find_map(|n| {
        let tail = &words[words.len() - n..];
        let first = tail.first()?;
        if SMALL.contains(first) || !spells(tail, acronym) {
            return None;
        }
        let at = first.as_ptr() as usize - text.as_ptr() as usize;
        text.get(at..)
    })
}

/// Tells whether the initials of all words of `text` spell `acronym`.
pub(super) fn spelled(text: &str, acronym: &str) -> bool {
    spells(&words(text), acronym)
}

fn spells(words: &[&str], acronym: &str) -> bool {
    let initials = |small: bool| -> String {
        words
            .iter()
            .filter(|word| small || !SMALL.contains(&word.to_ascii_lowercase().as_str()))
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect()
    };
    let acronym = acronym.to_uppercase();
    initials(false) == acronym || initials(true) == acronym
}

/// Tells whether two names are one with small differences (`Investigating` for `Investigation`):
/// more than three of five words begin alike.
pub(super) fn is_like(a: &str, b: &str) -> bool {
    let stems = |text: &str| -> Vec<String> {
        words(&fold(text))
            .into_iter()
            .filter(|word| !SMALL.contains(word))
            .map(|word| word.chars().take(5).collect())
            .collect()
    };
    let (a, b) = (stems(a), stems(b));
    let longer = a.len().max(b.len());
    let shared = a.iter().filter(|word| b.contains(word)).count();
    longer > 0 && shared * 5 > longer * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_spelled_by_initials() {
        assert!(spelled("Laboratory Information Management System", "LIMS"));
        assert!(spelled("Federal Bureau of Investigation", "FBI"));
        assert!(!spelled("Pakistan Telecommunication Authority", "LIMS"));
        let before = "replaced by the Parent Teacher Association";
        assert_eq!(spelled_before(before, "PTA"), Some("Parent Teacher Association"));
        assert_eq!(spelled_before("the Authority", "PTA"), None);
    }

    #[test]
    fn names_are_alike_by_their_words() {
        assert!(is_like("Federal Investigating Agency", "Federal Investigation Agency"));
        assert!(!is_like(
            "Laboratory Information Management System",
            "Lawful Intercept Management System"
        ));
        assert!(!is_like("Federal Insurance Authority", "Federal Investigation Agency"));
    }

    #[test]
    fn brackets_define() {
        let text = "the Example Bureau (hereinafter referred to as \"EXB\") said";
        let at = text.find("EXB").unwrap();
        let found = definition(text, &(0..text.len()), &(at..at + 3));
        assert_eq!(found, Some(Definition::Words(0..18)));
        let text = "the EXB (Example Bureau) said";
        assert_eq!(definition(text, &(0..text.len()), &(4..7)), Some(Definition::After(9..23)));
        assert_eq!(definition("the EXB said", &(0..12), &(4..7)), None);
    }
}
