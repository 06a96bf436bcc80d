//! The words of a title before its last one: which of them belong to it, and where it begins.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::is_title_end;
use super::named::word_before;
use crate::refs::report::Reading;
use crate::refs::scan::{
    MAX_WORD, any_word, any_word_back, lowered, squeeze, starts_word, ws, ws_back, year,
};
use crate::refs::tables::NameHasher;

/// Small words inside a title.
const SMALL: &[&str] = &[
    "of", "and", "for", "on", "in", "to", "&", "or", "against", "by", "with", "at", "from", "a",
    "etc",
];

/// Capitalised words that begin a sentence or name a provision, never a title.
const NOT_TITLE: &[&str] = &[
    "the",
    "under",
    "section",
    "sections",
    "article",
    "articles",
    "rule",
    "rules",
    "order",
    "this",
    "that",
    "said",
    "in",
    "by",
    "of",
    "whether",
    "see",
    "whereas",
    "since",
    "as",
    "and",
    "impugned",
    "respondent",
    "petitioner",
    "court",
    "schedule",
    "chapter",
    "part",
    "s",
    "ss",
    "u",
    "per",
    "vide",
    "both",
    "such",
    "every",
    "an",
    "a",
    "any",
    "new",
    "old",
    "aforesaid",
    "amended",
    "his",
    "its",
    "their",
    "our",
    "no",
    "if",
    "when",
    "where",
    "while",
    "after",
    "before",
    "further",
    "moreover",
    "however",
    "accordingly",
    "consent",
    "interim",
    "short",
    "first",
    "second",
    "for",
    "on",
    "with",
    "to",
    "from",
    "or",
    "above",
    "relevant",
    "repealed",
    "parent",
    "instant",
    "present",
    "another",
    "which",
    "and/or",
    "amending",
    "amended",
    "principal",
    "federal",
    "provincial",
    "main",
    "substantive",
    "special",
    "general",
    "state",
    "central",
    "following",
    "pc",
    "cpc",
    "crpc",
    "ppc",
    "like",
    "than",
    "also",
    "through",
    "date",
    "dated",
    "codification",
    "enrolled",
];

/// [`NOT_TITLE`], to look up.
static NO_TITLES: LazyLock<HashSet<&str, BuildHasherDefault<NameHasher>>> =
    LazyLock::new(|| NOT_TITLE.iter().copied().collect());

pub(super) fn is_no_title(lower: &str) -> bool {
    NO_TITLES.contains(lower)
}

/// Tells whether a word may join two words of a title: `of`, `and`, `for`.
pub(super) fn is_small(lower: &str) -> bool {
    SMALL.contains(&lower)
}

/// Words that say nothing alone before `Act` and belong to a title before another word.
const INSIDE_TITLES: &[&str] =
    &["central", "federal", "provincial", "state", "special", "general", "per"];

/// Words that open `… of the Foo Act` and are no part of the title: provisions, what is done to an
/// act, whose act it is.
const BEFORE_TITLES: &[&str] = &[
    "part",
    "parts",
    "section",
    "sections",
    "schedule",
    "schedules",
    "title",
    "titles",
    "subtitle",
    "chapter",
    "chapters",
    "subchapter",
    "article",
    "articles",
    "paragraph",
    "paragraphs",
    "clause",
    "subsection",
    "regulation",
    "rule",
    "rules",
    "order",
    "amendment",
    "amendments",
    "repeal",
    "application",
    "commencement",
    "continuance",
    "continuation",
    "duration",
    "construction",
    "interpretation",
    "provisions",
    "purposes",
    "requirements",
    "violation",
    "expenses",
    "evaluation",
    "minister",
    "secretary",
    "commissioner",
    "director",
    "mayor",
    "member",
    "president",
    "speaker",
    "judge",
    "annex",
    "appendix",
    "form",
    "table",
    "list",
];

/// Words that open a title with `of the` at home: `Representation of the People Act, 1976`.
const OPEN_TITLES: &[&str] = &["representation", "prevention", "protection", "regulation"];

/// Tells where `of` stands before `the` at `the` when both are inside a title, as in
/// `Department of the Environment Establishment Act`.
fn title_of_the(r: Reading<'_>, the: usize, abroad: bool) -> Option<usize> {
    let of = any_word_back(r.b, ws_back(r.b, the), &["of"])?;
    let (_, word) = word_before(r, of)?;
    let lower = word.to_ascii_lowercase();
    let fits = if abroad {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.bytes().any(|byte| byte.is_ascii_lowercase())
            && !BEFORE_TITLES.contains(&lower.as_str())
            && !is_no_title(&lower)
            && !is_title_end(&lower)
    } else {
        word.starts_with(|c: char| c.is_ascii_uppercase()) && OPEN_TITLES.contains(&lower.as_str())
    };
    fits.then_some(of)
}

/// Counts the bytes of `word` up to the end of the dashes that part it from what stands before.
fn leading_dashes(word: &str) -> usize {
    match word.rfind("--") {
        Some(at) => at + 2,
        None => usize::from(word.len() > 1 && word.starts_with('-')),
    }
}

/// Nouns of titles that are printed without their capital behind another word of the title.
const NOUNS: &[&str] = &[
    "government",
    "servants",
    "procedure",
    "relations",
    "courts",
    "court",
    "services",
    "service",
    "authority",
    "substances",
    "offences",
    "evidence",
];

/// Walks back over a title's words; returns where it starts and every place where a shorter title may start.
///
/// `abroad`: a title may be a list with commas, as those of Westminster are.
pub(super) fn title_start(r: Reading<'_>, end: usize, abroad: bool) -> (usize, Vec<usize>) {
    let b = r.b;
    let mut at = end;
    let mut starts: Vec<usize> = Vec::new();
    let (mut listed, mut since) = (false, 0);
    for _ in 0..24 {
        let before = ws_back(b, at);
        // `(Deadline)(EU Exit) Regulations`: two brackets without a blank.
        let bracketed = b.get(at) == Some(&b'(') && b.get(before.wrapping_sub(1)) == Some(&b')');
        if before == at && at != end && !bracketed || before == 0 {
            break;
        }
        let Some(&last) = b.get(before - 1) else { break };
        // `Tribunals, Courts and Enforcement Act`, `Health and Safety at Work etc. Act`.
        if last == b',' && listed && starts.len() - since <= 3 {
            let mut from = before - 1;
            while from > 0 && b.get(from - 1).is_some_and(u8::is_ascii_alphabetic) {
                from -= 1;
            }
            let word = r.get(from, before - 1);
            let is_title = word.starts_with(|c: char| c.is_ascii_uppercase())
                && !is_no_title(&word.to_ascii_lowercase());
            if !is_title {
                break;
            }
            starts.push(from);
            since = starts.len();
            at = from;
            continue;
        }
        // `Keep D.C. Kiting Act of 2010`
        let district = before.checked_sub("D.C.".len());
        if last == b'.'
            && abroad
            && at != end
            && let Some(from) = district.filter(|&from| {
                starts_word(b, from) && matches!(r.get(from, before), "D.C." | "U.S.")
            })
            && word_before(r, from).is_some_and(|(_, word)| {
                word.starts_with(|c: char| c.is_ascii_uppercase())
                    && !is_no_title(&word.to_ascii_lowercase())
            })
        {
            starts.push(from);
            at = from;
            continue;
        }
        // `N.W.F.P. Pre-emption Act, 1987`, `N-W.F.P Local Government Ordinance`
        let dotted = |byte: &&u8| byte.is_ascii_uppercase() || matches!(byte, b'.' | b'-');
        let n_dotted = b.iter().take(before).rev().take(10).take_while(dotted).count();
        let province = before - n_dotted;
        if n_dotted > 4
            && at != end
            && starts_word(b, province)
            && squeeze(r.get(province, before)).replace('-', "") == "nwfp"
        {
            starts.push(province);
            at = province;
            continue;
        }
        if last == b'.' && any_word_back(b, before - 1, &["etc"]).is_some() {
            at = before - 4;
            continue;
        }
        // `Marion S. Kite Summer Act`: the initial of a person, behind a first name.
        if last == b'.' && abroad && !starts.is_empty() && before >= 2 {
            let initial =
                b.get(before - 2).is_some_and(u8::is_ascii_uppercase) && starts_word(b, before - 2);
            let name = word_before(r, before - 2).filter(|(_, word)| {
                word.len() > 2
                    && word.starts_with(|c: char| c.is_ascii_uppercase())
                    && word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
                    && !is_no_title(&word.to_ascii_lowercase())
            });
            if initial && name.is_some() {
                at = before - 2;
                continue;
            }
        }
        if last == b')' {
            let Some(open) = b
                .get(before.saturating_sub(90)..before)
                .and_then(|part| part.iter().rposition(|&byte| byte == b'('))
            else {
                break;
            };
            let open = before.saturating_sub(90) + open;
            let inside = r.get(open + 1, before - 1);
            let inside = inside.strip_suffix(", etc.").unwrap_or(inside);
            // `(Re-organization)` belongs to the title; `(1)` and `("PTA")` do not.
            let calm = inside.len() > 3
                && inside
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || b" -,&'".contains(&byte))
                && inside.starts_with(|c: char| c.is_ascii_uppercase());
            // `Ministers and Secretaries (Amendment) (No. 2) Act`
            let counted = inside.strip_prefix("No.").or_else(|| inside.strip_prefix("No "));
            let counted = counted.map(str::trim).is_some_and(|number| {
                (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
            });
            if !(calm || counted && abroad) {
                break;
            }
            at = open;
            // `Kites Act 2012 (Guidance on Strings) Order 2013`, made under that Act.
            let value_end = ws_back(b, open);
            let under = value_end
                .checked_sub(4)
                .filter(|&from| abroad && year(b, from).is_some())
                .and_then(|from| any_word_back(b, ws_back(b, from), &["act"]));
            if let Some(act) = under {
                starts.clear();
                at = act;
            }
            continue;
        }
        // `Fiscal Year 2015 Budget Support Act`
        if abroad && last.is_ascii_digit() {
            let counted = before.checked_sub(4).filter(|&from| year(b, from).is_some());
            match counted.and_then(|from| any_word_back(b, ws_back(b, from), &["year"])) {
                Some(from) => {
                    starts.push(from);
                    at = from;
                    continue;
                }
                None => break,
            }
        }
        let mut from = before;
        while from > 0
            && b.get(from - 1).is_some_and(|&byte| {
                byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'\'' | b'&')
            })
        {
            from -= 1;
        }
        // `Scope---West Pakistan Arms Ordinance`: in a head note a title begins behind dashes.
        let dashes = leading_dashes(r.get(from, before));
        // `Anti -Terrorism Act`: a blank before the hyphen of one word.
        let hyphened = dashes == 1 && from > 1 && b.get(from - 1) == Some(&b' ');
        from += dashes;
        let word = r.get(from, before);
        let mut buffer = [0; MAX_WORD];
        let lower = lowered(word, &mut buffer);
        if word == "the"
            && !starts.is_empty()
            && let Some(of) = title_of_the(r, from, abroad)
        {
            at = of;
            continue;
        }
        if word.is_empty()
            || from > 0
                && b.get(from - 1).is_some_and(|&byte| byte >= 0x80 || byte.is_ascii_digit())
        {
            break;
        }
        let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        // `Kite Budget Support Second Emergency Act`: which of several that the council passed.
        let counted = abroad
            && at != end
            && matches!(lower, "second" | "first" | "third" | "new")
            && word_before(r, from).is_some_and(|(_, word)| {
                word.starts_with(|c: char| c.is_ascii_uppercase())
                    && !is_no_title(&word.to_ascii_lowercase())
            });
        // `Punjab Local government Act, 2013`: a noun of titles whose capital was forgotten.
        let uncapped = NOUNS.contains(&word)
            && word_before(r, from).is_some_and(|(_, word)| {
                word.starts_with(|c: char| c.is_ascii_uppercase())
                    && !is_no_title(&word.to_ascii_lowercase())
            });
        // In a heading all words are capitals: OF and AND are still small.
        // `National Commission For Kites Act`: small words with a capital, between words of the title.
        let joins = || {
            at != end
                && word_before(r, from).is_some_and(|(_, word)| {
                    word.starts_with(|c: char| c.is_ascii_uppercase())
                        && word.bytes().any(|byte| byte.is_ascii_lowercase())
                        && !is_no_title(&word.to_ascii_lowercase())
                })
        };
        if SMALL.contains(&lower)
            && (!(capital && word.bytes().any(|byte| byte.is_ascii_lowercase())) || joins())
        {
            listed |= abroad && matches!(lower, "and" | "&");
            at = from;
            continue;
        }
        // `ENROLLED ORIGINAL` is stamped over the acts of the District of Columbia.
        if lower == "original" && any_word_back(b, ws_back(b, from), &["enrolled"]).is_some() {
            break;
        }
        // `the Central Act` is no title, the `Central Bank Act` one.
        let inside = at != end && INSIDE_TITLES.contains(&lower);
        // `Amendment of Medical Practitioners Act 2007` heads a section.
        let of = any_word(b, ws(b, before), &["of"]).is_some();
        let heads = of && ["amendment", "repeal", "application", "codification"].contains(&lower);
        // `Chapter XVI of Police Rules, 1934`
        let divided = of
            && word.len() > 1
            && word.bytes().all(|byte| b"IVXLC".contains(&byte))
            && any_word_back(b, ws_back(b, from), &["chapter", "part", "schedule", "volume"])
                .is_some();
        let heads = heads || divided;
        // `Home Rule Act`
        let home =
            at == end && lower == "rule" && any_word_back(b, ws_back(b, from), &["home"]).is_some();
        // `Public Order Act`
        let public = at == end
            && lower == "order"
            && any_word_back(b, ws_back(b, from), &["public"]).is_some();
        // `Constitution (Twenty-first Amendment) Act`
        let amended = lower == "constitution" && b.get(ws(b, before)) == Some(&b'(');
        if !(capital || uncapped || r.lenient)
            || is_no_title(lower) && !inside && !public && !home && !counted
            || is_title_end(lower) && !public && !amended
            || heads
        {
            break;
        }
        starts.push(from);
        if dashes > 0 && !hyphened {
            break;
        }
        at = from - usize::from(hyphened);
    }
    starts.reverse();
    (starts.first().copied().unwrap_or(end), starts)
}
