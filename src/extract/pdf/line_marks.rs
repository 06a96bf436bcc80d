//! What a line says by its words alone: that it begins an item, ends a sentence, names a party.

use super::blocks::is_label;
use crate::text::fold::is_superscript_digit;
use crate::text::segment::awaits_more;

/// Tells whether a line ends in a word that no sentence and no title ends with.
pub(super) fn ends_in_small_word(text: &str) -> bool {
    const SMALL: [&str; 31] = [
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to",
        "with", "under", "into", "upon", "which", "their", "its", "his", "was", "were", "has",
        "had", "section", "sections", "article", "articles", "rule",
    ];
    text.rsplit([' ', '\t']).next().is_some_and(|word| SMALL.contains(&word))
}

/// Tells whether a bracket is open at the end of `text`: `(Transfer –`.
pub(super) fn leaves_bracket_open(text: &str) -> bool {
    text.rfind('(') > text.rfind(')') && text.ends_with(['-', '–', '—', ',', ':'])
}

/// Tells whether `text` begins with a small letter.
pub(super) fn starts_lower(text: &str) -> bool {
    text.chars().find(|c| !"\"'“‘(".contains(*c)).is_some_and(char::is_lowercase)
}

/// Tells whether `text` begins with a year in brackets, as reports and spans of years do within a
/// sentence: `(1992) 193 ITR 49`, `(2008-11).`
pub(super) fn starts_with_year(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('(') else { return false };
    let n_digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    n_digits == 4 && (inner.starts_with("19") || inner.starts_with("20"))
}

/// Tells whether `text` is a ruled line of typed signs.
pub(super) fn is_rule(text: &str) -> bool {
    let is_rule = |c: char| "=_*-–—~ ".contains(c);
    text.starts_with(is_rule) && text.chars().all(is_rule) && text.chars().count() >= 5
}

/// Tells whether a line says nothing but that two parties are opposed.
pub(super) fn is_versus(text: &str) -> bool {
    let word = text.trim_matches(|c: char| !c.is_alphabetic());
    // Nearly every line is longer than any of them.
    word.len() <= 8 && matches!(word.to_lowercase().as_str(), "versus" | "vs" | "v" | "بنام")
}

/// Tells whether a line gives the value of a key: `Date of hearing:` and a tab.
pub(super) fn is_key(text: &str) -> bool {
    text.split_once('\t').is_some_and(|(key, _)| {
        key.trim_end().ends_with(':') && (3..=40).contains(&key.chars().count())
    })
}

/// Tells whether a line is a name in brackets, as judges sign.
pub(super) fn is_signature(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.is_some_and(|name| {
        (4..=80).contains(&name.chars().count())
            && name.starts_with(char::is_uppercase)
            && name.split([' ', '\t', '.', '-']).all(|w| !w.starts_with(char::is_lowercase))
            && !name.contains(|c: char| c.is_ascii_digit())
    })
}

/// Tells whether a line is the office under a judge's name.
pub(super) fn is_office(text: &str) -> bool {
    matches!(text.trim_end_matches('.'), "JUDGE" | "Judge" | "CHIEF JUSTICE" | "Chief Justice")
}

/// Tells whether `text` has no small letter.
pub(super) fn is_capitals(text: &str) -> bool {
    !text.contains(char::is_lowercase)
}

/// Tells whether `text` ends an item of a list that has more: `; and`.
pub(super) fn ends_item(text: &str) -> bool {
    let rest = text.trim_end_matches(" and").trim_end_matches(" or").trim_end_matches(" OR");
    rest.len() < text.len() && rest.ends_with([';', ',']) || text.ends_with(';')
}

/// Tells whether `text` ends a sentence or announces a quotation.
pub(super) fn ends_sentence(text: &str) -> bool {
    let inner = text.trim_end_matches(|c: char| {
        "\"'”’)]‖ ".contains(c)
            || is_superscript_digit(c)
            || c.is_ascii_digit() && text.contains(['”', '.'])
    });
    let last = inner.chars().last().or_else(|| text.chars().last());
    // `paragraph-4` and `Motion for a 30-` go on.
    let dashed = || !text.ends_with(|c: char| c.is_ascii_digit()) && !divides_word(inner);
    let is_end = |c| ".?!:;۔؟…".contains(c) || "-–—".contains(c) && dashed();
    last.is_some_and(is_end) && !awaits_more(text)
}

/// Tells whether a line ends in a word that its hyphen divides: `for a 30-`, not `as under-`.
pub(super) fn divides_word(text: &str) -> bool {
    const ANNOUNCE: [&str; 9] =
        ["under", "below", "follows", "following", "hereunder", "that", "thus", "reads", "as"];
    let Some(before) = text.strip_suffix(['-', '\u{2010}', '\u{ad}']) else { return false };
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // `Sattar, J-` announces what he says.
    let is_judge = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    !word.is_empty() && !is_judge && !ANNOUNCE.contains(&word.to_lowercase().as_str())
}

/// Tells whether a line goes on with the other party to a case whose name the line before ends in:
/// `Hernandez Roman, et al.` and `v. Wolf` are no item v of a list.
pub(super) fn begins_with_party(before: &str, text: &str) -> bool {
    const SHORT: [&str; 10] =
        ["al.", "etc.", "etc", "others", "another", "ors.", "anr.", "Inc.", "Ltd.", "Co."];
    let Some((versus, other)) = text.split_once(' ') else { return false };
    let last = before.rsplit(' ').next().unwrap_or_default().trim_end_matches(',');
    let is_name = last.starts_with(char::is_uppercase) && last.chars().all(char::is_alphabetic);
    matches!(versus, "v." | "vs." | "v" | "vs" | "Vs." | "Vs")
        && other.starts_with(|c: char| c.is_uppercase() || c == '(')
        && (is_name || SHORT.contains(&last))
}

/// Tells whether a line begins with a printed number, letter in brackets or bullet.
pub(super) fn starts_label(text: &str) -> bool {
    let first = text.split([' ', '\t']).next().unwrap_or_default();
    if is_bullet(first) {
        return true;
    }
    let tabbed = text.get(first.len()..).is_some_and(|rest| rest.starts_with('\t'));
    let closed = first.ends_with(['.', ')', ']', '۔']) || first.starts_with(['(', '[', '¶']);
    let has_digit = first.chars().any(char::is_numeric);
    is_label(first) && first.chars().any(char::is_alphanumeric) && (closed || tabbed && has_digit)
}

/// Tells whether a line begins with the label that follows one which stands inside the lines above, behind
/// words of theirs: `(2)` after `… show (1) that …`. What a semicolon parts are items of a list.
pub(super) fn counts_on<'a>(above: impl DoubleEndedIterator<Item = &'a str>, line: &str) -> bool {
    let label = line.split(' ').next().and_then(|first| first.strip_prefix('(')?.strip_suffix(')'));
    let Some(before) = label.and_then(label_before) else { return false };
    let before = format!(" ({before}) ");
    let mut above = above.rev().peekable();
    let last = above.peek().map(|text| text.trim_end_matches(" and").trim_end_matches(" or"));
    if last.is_none_or(|last| last.ends_with(';')) {
        return false;
    }
    above.any(|text| {
        text.split_once(&before)
            .is_some_and(|(words, _)| words.ends_with(|c: char| c.is_lowercase() || c == ','))
    })
}

/// Returns the label before `2`, `b` or `ii`.
fn label_before(label: &str) -> Option<String> {
    const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    if let Ok(number) = label.parse::<u16>() {
        return number.checked_sub(1).filter(|number| *number > 0).map(|number| number.to_string());
    }
    // A lone `v` after `u` is no number, but `(u) … (v)` in one sentence is nothing that courts write.
    if let Some(at) = ROMAN.iter().position(|roman| *roman == label).filter(|at| *at > 0) {
        return ROMAN.get(at - 1).map(|&roman| roman.to_owned());
    }
    match label.as_bytes() {
        [letter @ b'b'..=b'z'] => Some(char::from(letter - 1).to_string()),
        _ => None,
    }
}

/// Tells whether a line begins with a bullet.
pub(super) fn is_bullet(text: &str) -> bool {
    let first = text.split([' ', '\t']).next().unwrap_or_default();
    matches!(first, "•" | "▪" | "●" | "■" | "➢" | "✓" | "◦" | "–" | "o" | "*")
}
