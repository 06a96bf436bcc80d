//! Places and keys as drafts write them: `order-key@p12`, `, para 18`, `at p. 14`, `[37]`.

use crate::model::Span;

/// A token of a draft that may name a document: `key`, `key@p12,para18`, `4f2a9c@p3`; with `@`
/// before it as Pandoc's Markdown writes citations (pandoc.org/MANUAL.html#citation-syntax).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeyToken<'a> {
    /// Bytes of the draft.
    pub(super) span: Span,
    /// What stands before the `@`.
    pub(super) doc: &'a str,
    /// What stands behind it; `None`: there is no `@`.
    pub(super) at: Option<&'a str>,
    /// Whether `@` stands before it.
    pub(super) is_marked: bool,
    /// Whether it stands as `[… @key …]`, which is nothing but a citation.
    pub(super) is_bracketed: bool,
}

/// A place that a draft names in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WordPin {
    /// Whether it is a paragraph; otherwise a page.
    pub(super) is_paragraph: bool,
    /// The first number, as written.
    pub(super) first: String,
    /// The last number of a range.
    pub(super) last: Option<String>,
}

/// Returns the tokens of `text` that look like keys, in order.
pub(super) fn key_tokens(text: &str) -> Vec<KeyToken<'_>> {
    let is_border = |c: char| c.is_whitespace() || "()[]{}<>“”\"«»|`;‘’".contains(c);
    let mut tokens = Vec::new();
    let mut start = 0;
    for piece in text.split(is_border) {
        let from = start;
        // The separator is one character; its length is known by where the next piece begins.
        let end = from + piece.len();
        start =
            end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let trimmed = piece.trim_end_matches(['.', ',', ':', '*', '_', '!', '?', '\'']);
        let bare = trimmed.trim_start_matches(['*', '_', '\'', ',']);
        let token = bare.strip_prefix("-@").or_else(|| bare.strip_prefix('@')).unwrap_or(bare);
        let lead = trimmed.len() - token.len();
        if token.len() < 4 {
            continue;
        }
        let is_marked = token.len() < bare.len();
        let is_bracketed = is_marked
            && text.get(..from + lead).is_some_and(|before| {
                before.rfind(['[', ']']) == before.rfind('[') && before.contains('[')
            });
        // `para5(ii)` and `para(iii)`: what stands in brackets right behind belongs to the place.
        let more =
            if token.contains('@') { n_sub_labels(text, from + lead + token.len()) } else { 0 };
        let span = from + lead..from + lead + token.len() + more;
        let token = text.get(span.clone()).unwrap_or(token);
        match token.rsplit_once('@') {
            Some((doc, at)) if is_name(doc) && !at.contains('/') => {
                tokens.push(KeyToken { span, doc, at: Some(at), is_marked, is_bracketed });
            }
            None if is_name(token) && (token.contains('-') || is_marked) => {
                tokens.push(KeyToken { span, doc: token, at: None, is_marked, is_bracketed });
            }
            _ => {}
        }
    }
    tokens
}

/// Returns how many bytes of sub-labels (`(ii)`, `(1)(a)`) stand right at `at`.
fn n_sub_labels(text: &str, at: usize) -> usize {
    let mut end = at;
    while let Some(inner) = text.get(end..).and_then(|rest| rest.strip_prefix('(')) {
        let Some(len) = inner.find(')').filter(|len| (1..=5).contains(len)) else { break };
        if !inner
            .get(..len)
            .is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        {
            break;
        }
        end += len + 2;
    }
    end - at
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
}

/// How far behind a reference its place is looked for, in bytes.
const MAX_TAIL: usize = 160;

/// Returns the places named in words behind byte `end` of `text`, within its sentence and before
/// byte `limit`: `, order dated 25.06.2024, p. 12, para 18`.
pub(super) fn after(text: &str, end: usize, limit: usize) -> Vec<WordPin> {
    let mut stop = limit.min(end.saturating_add(MAX_TAIL)).min(text.len());
    while !text.is_char_boundary(stop) {
        stop -= 1;
    }
    let tail = text.get(end..stop.max(end)).unwrap_or_default();
    let mut pins = Vec::new();
    let words: Vec<&str> = tail.split_whitespace().collect();
    let mut idx = 0;
    while let Some(word) = words.get(idx) {
        idx += 1;
        let bare = word.trim_matches(|c: char| "(),;:".contains(c)).to_lowercase();
        if let Some(number) = bracketed(word) {
            pins.push(WordPin { is_paragraph: true, first: number, last: None });
            continue;
        }
        let (is_paragraph, own) = match lead(&bare) {
            Some(found) => found,
            None if ends_sentence(word) => break,
            None => continue,
        };
        // `¶12` holds its number, `para 12` is followed by it.
        let number = if own.is_empty() {
            let next = words.get(idx).copied().unwrap_or_default();
            idx += 1;
            next
        } else {
            own
        };
        if let Some((first, last)) = range(number) {
            pins.push(WordPin { is_paragraph, first, last });
        } else {
            idx -= usize::from(own.is_empty());
        }
    }
    pins
}

/// Returns the places in words behind the key `token`, which names none itself, before the next
/// citation: `[@key, p. 2; @other]`, `[@key, 33]`, `(key, para 4)`.
pub(super) fn behind_key(text: &str, token: &KeyToken<'_>) -> Vec<WordPin> {
    let rest = text.get(token.span.end..).unwrap_or_default();
    let stop = rest.find([';', ']', '@']).unwrap_or(rest.len());
    let tail = token.span.end..token.span.end + stop;
    if !token.is_bracketed {
        return after(text, tail.start, tail.end);
    }
    // In the brackets of a citation a number alone is a page, as in Pandoc.
    let pins = behind_short(text, tail).into_iter().filter_map(|pin| match pin {
        ShortPin::Word(pin) => Some(pin),
        ShortPin::Section(..) => None,
    });
    pins.collect()
}

/// A place behind a short form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ShortPin {
    /// A page or paragraph.
    Word(WordPin),
    /// A section of an act, with the last of a range.
    Section(String, Option<String>),
}

/// Returns the places in the bytes `tail` of `text`, behind a short form: as [`after`], and also
/// `supra at 412`, `ibid 14`, `ibid s 54(2)`.
pub(super) fn behind_short(text: &str, tail: Span) -> Vec<ShortPin> {
    let rest = text.get(tail.clone()).unwrap_or_default();
    let lead = rest.trim_start_matches(|c: char| c.is_whitespace() || ",)*_".contains(c));
    let mut words = lead.split_whitespace();
    let first = words.next().unwrap_or_default();
    let bare = first.trim_end_matches(['.', ':']).to_lowercase();
    let is_section = matches!(bare.as_str(), "s" | "ss" | "sec" | "section" | "sections" | "§");
    if is_section && let Some((first, last)) = words.next().and_then(range) {
        let dotted = |number: String| number.replace('(', ".").replace(')', "");
        return vec![ShortPin::Section(dotted(first), last.map(dotted))];
    }
    let number = if bare == "at" { words.next().unwrap_or_default() } else { first };
    // `supra 25 June 2024`: a bare number before a word is no page.
    let is_last = number.ends_with(['.', ',', ';', ')', ']'])
        || words.next().is_none_or(|next| !next.starts_with(char::is_alphabetic));
    let is_bare = number.starts_with(|c: char| c.is_ascii_digit()) && (bare == "at" || is_last);
    if is_bare && let Some((first, last)) = range(number) {
        return vec![ShortPin::Word(WordPin { is_paragraph: false, first, last })];
    }
    after(text, tail.start, tail.end).into_iter().map(ShortPin::Word).collect()
}

/// Reads the word that opens a place, and what stands behind it in the same word.
fn lead(word: &str) -> Option<(bool, &str)> {
    const PARAGRAPHS: [&str; 8] =
        ["paragraphs", "paragraph", "paras.", "paras", "para.", "para", "¶¶", "¶"];
    const PAGES: [&str; 6] = ["pages", "page", "pp.", "p.", "pp", "p"];
    let rest_of = |names: &[&str]| {
        names.iter().find_map(|name| {
            let rest = word.strip_prefix(name)?;
            (rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()))
                .then_some(word.len() - rest.len())
        })
    };
    rest_of(&PARAGRAPHS)
        .map(|at| (true, at))
        .or_else(|| rest_of(&PAGES).map(|at| (false, at)))
        .map(|(is_paragraph, at)| (is_paragraph, word.get(at..).unwrap_or_default()))
}

/// Reads `12`, `12-14`, `12–14`, `12(a)`.
fn range(word: &str) -> Option<(String, Option<String>)> {
    let word = word.trim_matches(|c: char| ",;:.".contains(c)).trim_start_matches('(');
    // A closing bracket without an opening one belongs to the draft.
    let word = if word.contains('(') { word } else { word.trim_end_matches(')') };
    let word = word.trim_end_matches([',', ';', ':', '.']);
    let is_value = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.len() <= 12
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '.'))
    };
    match word.split_once(['-', '–']) {
        Some((first, last)) if is_value(first) && is_value(last) => {
            Some((first.to_owned(), Some(last.to_owned())))
        }
        None if is_value(word) => Some((word.to_owned(), None)),
        _ => None,
    }
}

/// Reads `[37]`, the paragraph of a neutral citation; years and notes are none.
fn bracketed(word: &str) -> Option<String> {
    let inside =
        word.trim_end_matches([',', '.', ';', ')']).strip_prefix('[')?.strip_suffix(']')?;
    (inside.len() <= 3 && !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| inside.to_owned())
}

/// Tells whether a sentence ends with this word; `No.` and `v.` are no end.
fn ends_sentence(word: &str) -> bool {
    let Some(bare) = word.strip_suffix(['.', '?', '!', '۔']) else { return false };
    let is_short = bare.chars().count() <= 3 && bare.chars().all(char::is_alphabetic);
    !is_short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_with_and_without_places() {
        let text = "See (ihc-2024-wp-1805@p12,para18), drm-2024-07-02@para2. Or *4f2a9c@p3* and a@b.pk; peca-2016.";
        let tokens: Vec<(&str, Option<&str>)> =
            key_tokens(text).into_iter().map(|token| (token.doc, token.at)).collect();
        assert_eq!(
            tokens,
            [
                ("ihc-2024-wp-1805", Some("p12,para18")),
                ("drm-2024-07-02", Some("para2")),
                ("4f2a9c", Some("p3")),
                ("a", Some("b.pk")),
                ("peca-2016", None),
            ]
        );
        for token in key_tokens(text) {
            assert!(text[token.span.clone()].starts_with(token.doc));
        }
    }

    #[test]
    fn keys_as_pandoc_writes_them() {
        let text = "So [see @ihc-2024-wp-1805, pp. 3-5; @peca2016@p2]. And -@drm-2024, para 4; @journalist said [@drm-2024, 33] (peca-2016, p. 7).";
        let tokens = key_tokens(text);
        let seen: Vec<_> =
            tokens.iter().map(|token| (token.doc, token.at, token.is_bracketed)).collect();
        assert_eq!(
            seen,
            [
                ("ihc-2024-wp-1805", None, true),
                ("peca2016", Some("p2"), true),
                ("drm-2024", None, false),
                ("journalist", None, false),
                ("drm-2024", None, true),
                ("peca-2016", None, false),
            ]
        );
        let places: Vec<Vec<(bool, String, Option<String>)>> = tokens
            .iter()
            .map(|token| behind_key(text, token))
            .map(|pins| {
                pins.into_iter().map(|pin| (pin.is_paragraph, pin.first, pin.last)).collect()
            })
            .collect();
        let page = |first: &str| vec![(false, first.to_owned(), None)];
        assert_eq!(
            places,
            [
                vec![(false, "3".to_owned(), Some("5".to_owned()))],
                vec![],
                vec![(true, "4".to_owned(), None)],
                vec![],
                page("33"),
                page("7"),
            ]
        );
        for token in &tokens {
            assert!(text[token.span.clone()].starts_with(token.doc));
        }
    }

    #[test]
    fn sub_labels_belong_to_the_place() {
        let text = "(ihc-2025-co-4@p2,para(iii)) and ihc-2025-co-4@para12(1)(a), ihc-2025-co-4@p2 (see above)";
        let places: Vec<_> = key_tokens(text).into_iter().filter_map(|token| token.at).collect();
        assert_eq!(places, ["p2,para(iii)", "para12(1)(a)", "p2"]);
    }

    #[track_caller]
    fn check(tail: &str, expect: &[(bool, &str, Option<&str>)]) {
        let pins = after(tail, 0, tail.len());
        let pins: Vec<_> = pins
            .iter()
            .map(|pin| (pin.is_paragraph, pin.first.as_str(), pin.last.as_deref()))
            .collect();
        assert_eq!(pins, expect, "{tail}");
    }

    #[test]
    fn places_in_words() {
        check(", order dated 25.06.2024, para 12.", &[(true, "12", None)]);
        check(" at p. 14", &[(false, "14", None)]);
        check(", pp. 12–14, paras 3-5)", &[(false, "12", Some("14")), (true, "3", Some("5"))]);
        check(" [37].", &[(true, "37", None)]);
        check(" ¶ 12 (Islamabad H.C.)", &[(true, "12", None)]);
        check(" was decided. On page 3 of the draft", &[]);
        check(" of the petition, and 12 others", &[]);
    }
}
