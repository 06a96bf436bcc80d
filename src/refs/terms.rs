//! Names that a document gives to an act: `hereinafter “the Act”`, `(“PECA”)`, `(IFTA)`.

use super::acts::ActMention;
use super::report::Reading;
use super::scan::{any_word, any_word_back, roman, slug, ws, ws_back};

/// A name that the document gives to an act: `(“the Act”)`, `(IFTA)`.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Without `the`.
    pub(super) text: String,
    pub(super) id: String,
    /// Binds from here on.
    pub(super) from: usize,
}

/// Reads `(hereinafter referred to as “the Act”)`, `(“PECA”)`, `(IFTA)` after a mention.
pub(super) fn defined_after(r: Reading<'_>, mention: &ActMention) -> Option<Term> {
    let b = r.b;
    // `Act (PECA), 2016`: the bracket stands inside the mention.
    let inside = r.get(mention.start, mention.end);
    if let Some((_, rest)) = inside.split_once(" (")
        && let Some((short, _)) = rest.split_once(')')
        && short.len() >= 3
        && short.bytes().all(|byte| byte.is_ascii_uppercase())
    {
        return Some(Term { text: short.to_owned(), id: mention.id.clone(), from: mention.end });
    }
    let mut open = ws(b, mention.end);
    // The bracket around the act's number, whose opening one was lost.
    if b.get(open) == Some(&b')') {
        open = ws(b, open + 1);
    }
    if b.get(open) == Some(&b',') {
        open = ws(b, open + 1);
    }
    let limit = (open + 110).min(b.len());
    let bracket = match b.get(open) {
        Some(b'(') => Some(b')'),
        // `{hereinafter referred to as, the Rules, 2013}`
        Some(b'{') => Some(b'}'),
        _ => None,
    };
    let (from, close) = if let Some(bracket) = bracket {
        (open + 1, open + b.get(open..limit)?.iter().position(|&byte| byte == bracket)?)
    } else if any_word(b, open, &["hereinafter", "hereafter"]).is_some() {
        (open, limit)
    } else {
        return None;
    };
    let text = r.text.get(from..close).or_else(|| r.text.get(from..))?;
    // Some files draw the opening mark as a grave accent.
    let plain = text.contains('`').then(|| text.replace('`', "'"));
    let text = plain.as_deref().unwrap_or(text);
    let mut quoted = quoted(text);
    if let Some(name) = quoted.filter(|name| names_papers(name)) {
        quoted = text.split_once(name).and_then(|(_, rest)| self::quoted(rest.get(1..)?));
    }
    let term = match quoted {
        Some(term) => term,
        None if from == open => return None,
        None => {
            // `("The Ordinance)`: the closing mark is lost.
            let mut term = text.trim_start_matches(['"', '\'']);
            let marked = term.len() != text.len();
            for opening in [
                "hereinafter referred to as",
                "hereinafter called",
                "hereinafter",
                "hereafter",
                "for short",
                "in short",
                "for brevity",
            ] {
                let rest = term.strip_prefix(opening).unwrap_or(term);
                term = rest.trim_start_matches([':', ',', ' ']);
            }
            // `(EA 2003)`
            let letters = term.rsplit_once(' ').filter(|(_, year)| {
                year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())
            });
            let letters = letters.map_or(term, |(letters, _)| letters);
            let acronym = letters.len() <= 10
                && letters.len() >= 2
                && letters.bytes().filter(u8::is_ascii_uppercase).count() * 2 > letters.len();
            let article = term.starts_with("the ") || term.starts_with("The ");
            let told = text.len() != term.len() && !marked || article;
            if !(acronym || told) {
                return None;
            }
            term
        }
    };
    let term = term.trim().trim_start_matches("the ").trim_start_matches("The ");
    let term = term.trim_start_matches("t he ").trim();
    is_calm(term).then(|| Term { text: term.to_owned(), id: mention.id.clone(), from: close })
}

/// Reads `"the Act of 1852" means the` before a mention, as statutes define their terms.
pub(super) fn defined_before(r: Reading<'_>, mention: &ActMention) -> Option<Term> {
    let b = r.b;
    let mut at = ws_back(b, mention.start);
    at = any_word_back(b, at, &["the"]).map_or(at, |at| ws_back(b, at));
    at = any_word_back(b, at, &["means", "mean", "shall mean", "refers to", "is a reference to"])?;
    let close = ws_back(b, at).checked_sub(1).filter(|&at| b.get(at) == Some(&b'"'))?;
    let limit = close.saturating_sub(48);
    let open = limit + b.get(limit..close)?.iter().rposition(|&byte| byte == b'"')?;
    let term = r.get(open + 1, close).trim().trim_start_matches("the ").trim_start_matches("The ");
    is_calm(term).then(|| Term { text: term.to_owned(), id: mention.id.clone(), from: mention.end })
}

/// Returns what `SOE Act` at `start..end` means: the one act of the text whose title begins with
/// words of these initials, `State-Owned Enterprises (Governance and Operations) Act, 2023`.
pub(super) fn by_initials(
    r: Reading<'_>,
    mentions: &[ActMention],
    start: usize,
    end: usize,
) -> Option<String> {
    let (letters, word) = r.get(start, end).rsplit_once(' ')?;
    let fits =
        (2..=8).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    if !fits {
        return None;
    }
    let mut ids = mentions
        .iter()
        .filter(|mention| super::acts::fits_word(&mention.id, word))
        .filter(|mention| has_initials(r.get(mention.start, mention.end), letters))
        .map(|mention| mention.id.as_str());
    let only = ids.next()?;
    ids.all(|id| id == only).then(|| only.to_owned())
}

/// Returns what `the 1987 Kite Claims Regulations` means: the one of `known` enactments whose title has
/// the words of `title` in this order, and the year `value` where one stands before them.
pub(super) fn by_words(known: &[String], title: &str, value: Option<u32>) -> Option<String> {
    let short = slug(title);
    let words: Vec<&str> = short.split('-').collect();
    if words.len() < 3 {
        return None;
    }
    let fits = |id: &str| {
        let Some((stem, year)) = id.rsplit('/').next().and_then(|name| name.rsplit_once('-'))
        else {
            return false;
        };
        let Ok(year) = year.parse::<u32>() else { return false };
        let mut parts = stem.split('-');
        value.is_none_or(|value| value == year)
            && stem.len() > short.len()
            && !stem.contains("amendment")
            && stem.rsplit('-').next() == words.last().copied()
            && words.iter().all(|word| parts.any(|part| part == *word))
    };
    let mut ids = known.iter().filter(|id| fits(id));
    let only = ids.next()?;
    ids.next().is_none().then(|| only.clone())
}

/// Tells whether `letters` are the initials of a title, with or without what it has in brackets.
fn has_initials(title: &str, letters: &str) -> bool {
    let initials = |text: &str| -> String {
        let words = text.split([' ', '-', '(', ')']).filter(|word| word.len() > 1);
        words.filter_map(|word| word.chars().next()).filter(char::is_ascii_uppercase).collect()
    };
    let Some((words, _)) = title.split_once(" Act").or_else(|| title.split_once(" Ordinance"))
    else {
        return false;
    };
    let without = words.split('(').next().unwrap_or(words);
    initials(words) == letters || initials(without) == letters
}

/// Tells whether `letters` are the initials of a whole title, its last word included: `PRPA`, and
/// `ROPA` with its small words.
pub(super) fn is_shortened(title: &str, letters: &str) -> bool {
    let words = || {
        let words = title.split([' ', '-', '(', ')', ',']).filter(|word| !word.is_empty());
        words.take_while(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    let all: String = words()
        .filter(|word| !word.eq_ignore_ascii_case("the"))
        .filter_map(|word| word.chars().next())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let capitals = words().filter_map(|word| word.chars().next());
    let capitals: String = capitals.filter(char::is_ascii_uppercase).collect();
    capitals.len() > 2 && (all == letters || capitals == letters)
}

/// Tells whether a defined name is one: a few words that begin with a capital or a year.
fn is_calm(term: &str) -> bool {
    (2..=48).contains(&term.len())
        && term.chars().all(|c| c.is_alphanumeric() || " -.'&()/,".contains(c))
        && term.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
        && roman(term).is_none()
        && !term.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether a name is that of papers made under a provision: `("Regulation 9 Notices")`.
fn names_papers(term: &str) -> bool {
    const PROVISIONS: [&str; 4] = ["Section ", "Regulation ", "Rule ", "Article "];
    let rest = PROVISIONS.iter().find_map(|word| term.strip_prefix(word));
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest
                .split(' ')
                .nth(1)
                .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
    })
}

/// Returns what stands in the first pair of quotation marks.
fn quoted(text: &str) -> Option<&str> {
    let open = text.find(['"', '\''])?;
    let mark = text.get(open..=open)?;
    let rest = text.get(open + 1..)?;
    let close = rest.find(mark).or_else(|| rest.find(['"', '\'']))?;
    rest.get(..close)
}
