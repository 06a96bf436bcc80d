//! What the letters of a draft say: short forms, the words around them, names and parties before them.

use super::{Form, Short};
use crate::model::{Kind, Span};
use crate::quote::draft::{Block, place_of_call};
use crate::text::fold;

/// Tells whether a name may be looked for in running text.
pub(super) fn is_telling(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !name.starts_with("the ")
}

pub(super) const CASES: &[Kind] = &[Kind::Order, Kind::Judgment];
pub(super) const ACTS: &[Kind] = &[Kind::Statute, Kind::Bill];
pub(super) const INSTRUMENTS: &[Kind] = &[Kind::Instrument];
pub(super) const REPORTS: &[Kind] = &[Kind::Report, Kind::UnDocument];
pub(super) const LETTERS: &[Kind] = &[Kind::Letter];

/// Finds the numbers of sources that name a place: `[2, p. 34]`, each behind its call.
pub(super) fn brackets(block: &Block) -> Vec<Short> {
    let text = block.text.as_str();
    let bracket = |(at, name): (usize, &str)| {
        let start = at + "[^]".len() + name.len();
        let (tail, end) = place_of_call(text.get(start..)?, name)?;
        let form = Form::Bracket(name.to_owned(), start + tail);
        Some(Short { span: start..start + end, form })
    };
    block.calls(0..text.len()).into_iter().filter_map(bracket).collect()
}

/// Finds the explicit short forms of a text.
pub(super) fn shorts(text: &str, in_note: bool) -> Vec<Short> {
    let words = words(text);
    let core = |idx: usize| words.get(idx).map_or("", |word| word.core);
    let mut found: Vec<Short> = Vec::new();
    let mut idx = 0;
    while let Some(word) = words.get(idx) {
        let lower = word.core.to_lowercase();
        let mut span = word.span.clone();
        let mut n_words = 1;
        let form = match lower.as_str() {
            "ibid" | "ibidem" | "ایضاً" | "ایضا" => Some(Form::Same),
            "id" | "idem" if is_id(word, words.get(idx + 1), in_note) => Some(Form::Same),
            "supra" | "above" => {
                let is_n = is_note_word(core(idx + 1));
                let number = core(idx + 2);
                if is_n && is_number(number) {
                    n_words = 3;
                    Some(Form::OfNote(number.to_owned()))
                } else {
                    (lower == "supra").then_some(Form::Supra)
                }
            }
            "مذکورہ" if core(idx + 1) == "بالا" => {
                n_words = 2;
                Some(Form::Supra)
            }
            // `(n 3)`, `(note 3)`; `n 3 above`.
            _ if is_note_word(&lower) && is_number(core(idx + 1)) => {
                let is_bracket = word.whole.starts_with(['(', '['])
                    && words.get(idx + 1).is_some_and(|next| next.whole.contains([')', ']']));
                let is_above = core(idx + 2) == "above" || core(idx + 2) == "supra";
                n_words = if is_above { 3 } else { 2 };
                (is_bracket || is_above).then(|| Form::OfNote(core(idx + 1).to_owned()))
            }
            "said" | "same" | "aforesaid" | "impugned" | "above-mentioned" | "abovementioned"
            | "aforementioned" => {
                n_words = 2;
                let begins = idx.checked_sub(1).map_or("", core).to_lowercase();
                if matches!(begins.as_str(), "the" | "this" | "that") {
                    span.start = words[idx - 1].span.start;
                }
                kinds_of(core(idx + 1)).map(Form::Said)
            }
            "مذکورہ" => {
                n_words = 2;
                kinds_of(core(idx + 1)).map(Form::Said)
            }
            _ => None,
        };
        if let Some(form) = form {
            let last = words.get(idx + n_words - 1).unwrap_or(word);
            span.end = last.span.end;
            // A bracket around the form belongs to it.
            let rest = text.get(span.end..).unwrap_or_default();
            let is_cut = lower == "id" && rest.starts_with('.');
            if !matches!(form, Form::Said(_)) {
                let own = if is_cut { &['.', ')', ']'][..] } else { &[')', ']'][..] };
                span.end += rest.len() - rest.trim_start_matches(own).len();
            }
            found.push(Short { span, form });
            idx += n_words;
        } else {
            idx += 1;
        }
    }
    found
}

/// Returns the kinds of works that a word names.
pub(super) fn kinds_of(word: &str) -> Option<&'static [Kind]> {
    Some(match word.to_lowercase().as_str() {
        "order" | "judgment" | "judgement" | "decision" | "ruling" | "case" | "حکم" | "فیصلہ"
        | "فیصلے" => CASES,
        "act" | "ordinance" | "statute" | "law" | "bill" | "قانون" => ACTS,
        "notification" | "sro" | "rules" | "regulations" | "directive" | "policy" => INSTRUMENTS,
        "report" | "رپورٹ" => REPORTS,
        "letter" | "خط" => LETTERS,
        _ => return None,
    })
}

pub(super) fn is_note_word(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "n" | "note" | "fn" | "footnote")
}

pub(super) fn is_number(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether `Id.` is the Latin word and not an identity card or a part of a name.
pub(super) fn is_id(word: &Word<'_>, next: Option<&Word<'_>>, in_note: bool) -> bool {
    let is_marked = word.whole.ends_with(['.', ',', ';']) || next.is_none();
    let starts_large = word.core.starts_with('I') && word.core != "ID";
    let place = next.is_none_or(|next| {
        matches!(next.core.to_lowercase().as_str(), "at" | "para" | "paras" | "p" | "pp" | "s")
            || next.whole.starts_with(['¶', '§', '['])
            || next.core.starts_with(|c: char| c.is_ascii_digit())
    });
    is_marked && (starts_large || in_note && word.core == "id") && (place || in_note)
}

/// A word of a block.
pub(super) struct Word<'a> {
    whole: &'a str,
    /// Without the signs around it.
    core: &'a str,
    /// Bytes of the core.
    span: Span,
}

pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for whole in text.split(char::is_whitespace) {
        let from = at;
        let end = from + whole.len();
        at = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let is_sign = |c: char| !c.is_alphanumeric() && !('\u{600}'..='\u{6FF}').contains(&c);
        let core = whole.trim_matches(is_sign);
        // A call of a note glued to the word is none of it.
        let core = core.split("[^").next().unwrap_or(core).trim_end_matches(is_sign);
        if core.is_empty() {
            continue;
        }
        let lead = whole.find(core).unwrap_or(0);
        words.push(Word { whole, core, span: from + lead..from + lead + core.len() });
    }
    words
}

/// Returns the text without what may stand between a name and its short form.
pub(super) fn trim_name_end(head: &str) -> &str {
    let is_sign = |c: char| c.is_whitespace() || "(,[*_“”\"'’;—–".contains(c);
    let mut trimmed = head.trim_end_matches(is_sign);
    for word in [" case", " Case", " judgment", " order", " at", " see", "’s", "'s"] {
        trimmed = trimmed.strip_suffix(word).unwrap_or(trimmed).trim_end_matches(is_sign);
    }
    trimmed
}

/// Tells whether a name stands directly before a short form.
pub(super) fn follows_name(head: &str) -> bool {
    let in_bracket = head.trim_end().ends_with(['(', '[']);
    !capitals_at_end(trim_name_end(head)).is_empty() || in_bracket
}

/// Returns the run of capitalised words at the end of a text, with their places.
pub(super) fn capitals_at_end(text: &str) -> Vec<(usize, &str)> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for word in words(text).into_iter().rev().take(6) {
        let is_name = word.core.starts_with(char::is_uppercase) && word.core.len() > 1;
        let is_opening = matches!(
            word.core,
            "In" | "The" | "See" | "But" | "And" | "As" | "This" | "That" | "It" | "Court" | "Per"
        );
        // A full stop or bracket ends the name that is looked for.
        let ends = !found.is_empty() && word.whole.ends_with(['.', ')', ';', ':']);
        if !is_name || is_opening || ends {
            break;
        }
        found.push((word.span.start, word.core));
    }
    found.reverse();
    found
}

/// Returns the largest border of a character at or below `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// Reads the term that is defined behind a citation: `(“PECA”)`, `(hereinafter the “LIMS order”)`.
pub(super) fn defined_term(tail: &str) -> Option<String> {
    let near = tail.get(..floor(tail, 160.min(tail.len())))?;
    // `(PLD 1998 SC 388, “the Bhutto case”)`: the bracket was opened before the citation.
    let is_inside = near.find(')').is_some_and(|close| near.find('(').is_none_or(|at| close < at));
    let open = if is_inside { 0 } else { near.find('(')? + 1 };
    // Only what stands in the same sentence, and before the next citation's bracket.
    let before = near.get(..open)?;
    if before.contains([';', '“', '"']) || before.matches(". ").count() > 1 {
        return None;
    }
    let inside = near.get(open..)?.split(')').next()?;
    let lower = inside.to_lowercase();
    let is_said = ["hereinafter", "hereafter", "in short", "referred to as"]
        .iter()
        .find_map(|word| lower.find(word).map(|at| at + word.len()));
    let quoted = inside
        .split_once(['“', '"', '‘', '«'])
        .and_then(|(head, rest)| Some((head, rest.split(['”', '"', '’', '»']).next()?)));
    let term = match (quoted, is_said) {
        (Some((head, term)), _)
            if is_said.is_some() || matches!(head.trim(), "" | "the" | "The" | "or" | ",") =>
        {
            term
        }
        (None, Some(at)) => inside.get(at..)?,
        _ => return None,
    };
    let term = fold(term.trim().trim_start_matches("the ").trim_start_matches("The "));
    let n_words = term.split_whitespace().count();
    (1..=6).contains(&n_words).then_some(term)
}

/// Returns the names in `A v. B` at the end of a text, folded: both sides, and the first without its
/// titles.
pub(super) fn parties_before(head: &str) -> Vec<String> {
    let head = head.get(floor(head, head.len().saturating_sub(240))..).unwrap_or_default();
    let found = [" v. ", " v ", " vs. ", " vs ", " versus ", " Versus ", " بنام "]
        .iter()
        .filter_map(|versus| head.rfind(versus).map(|at| (at, *versus)))
        .max();
    let Some((at, versus)) = found else { return Vec::new() };
    let second = head.get(at + versus.len()..).unwrap_or_default();
    let second =
        second.split(['(', ',', '[', ':', ';', '*', '_']).next().unwrap_or_default().trim();
    let first_words = words(head.get(..at).unwrap_or_default());
    let mut from = at;
    for word in first_words.iter().rev().take(8) {
        let is_small = matches!(word.core, "of" | "and" | "the" | "us" | "ul" | "bin" | "al");
        let is_opening = matches!(word.core, "In" | "See" | "The" | "As" | "Per" | "But");
        let is_name = word.core.starts_with(|c: char| c.is_uppercase() || !c.is_ascii());
        if !(is_name || is_small) || is_opening || word.whole.ends_with([';', ':', ')']) {
            break;
        }
        from = word.span.start;
    }
    let first = head.get(from..at).unwrap_or_default().trim().trim_start_matches(['*', '_']);
    let mut names = vec![fold(first)];
    let bare = without_titles(first);
    if bare != first {
        names.push(fold(bare));
    }
    // The State is a party of thousands of cases.
    let second = fold(second);
    let is_common = ["federation", "state", "the state", "government", "president", "province"]
        .iter()
        .any(|common| second.starts_with(common));
    if !is_common {
        names.push(second);
    }
    names.retain(|name| {
        name.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && name.split_whitespace().count() <= 8
    });
    names
}

/// Returns a name without the titles before it.
pub(super) fn without_titles(name: &str) -> &str {
    const TITLES: &[&str] = &[
        "Mian", "Mst.", "Mst", "Mohtarma", "Malik", "Dr.", "Dr", "Syed", "Justice", "Mr.", "Mr",
        "Ms.", "Ms", "Mrs.", "Ch.", "Chaudhry", "Raja", "Sardar",
    ];
    let mut rest = name;
    while let Some((word, after)) = rest.split_once(' ') {
        if !TITLES.contains(&word) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}
