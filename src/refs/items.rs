//! Lists of sections: `452, 506(ii), 324 and 34`, `302/34`, `421 to 424`, `10-A`.

use crate::model::Span;

use super::report::Reading;
use super::scan::{any_word, any_word_back, is_word, number, number_back, ws, ws_back};

/// One section of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Its normal form: `506.ii`, `10a`.
    pub(super) id: String,
    pub(super) span: Span,
    /// Joined to the one before by a slash: `302/34`.
    pub(super) read_with: bool,
    /// Written with a point, as articles of contracts are: `6.4`.
    pub(super) decimal: bool,
    /// A roman number: `Article VI`.
    pub(super) roman: bool,
}

impl Item {
    /// Returns the number that opens it.
    pub(super) fn base(&self) -> u32 {
        self.id
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(0)
    }
}

/// The longest range `4 to 9` that is read as all its sections.
const MAX_RANGE: u32 = 40;
/// The last section that an act's definitions stand in; no act has a lettered section before it
/// that is written with a small letter.
const LAST_DEFINITIONS: u32 = 4;
/// Words that make a number a quantity and no section.
const QUANTITIES: &[&str] = &[
    "days",
    "day",
    "months",
    "month",
    "years",
    "year",
    "others",
    "other",
    "weeks",
    "week",
    "hours",
    "percent",
    "per",
    "times",
    "persons",
    "million",
    "crore",
    "lakh",
    "accused",
    "more",
    "%",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "of the said order",
];
/// Words that stand again before a number of the list, by the unit of the list.
fn again(unit: &str) -> &'static [&'static str] {
    match unit {
        "art" => &["articles", "article", "arts.", "art."],
        "r" => &["rules", "rule", "rr.", "r."],
        "reg" => &["regulations", "regulation"],
        _ => &["sections", "section", "secs.", "sec.", "ss.", "s.", "u/s", "دفعات", "دفعہ"],
    }
}

/// Series that a number may be the volume of: `§ 2082(j), 57 DCR 181`.
const VOLUMES: &[&str] = &[
    "dcr", "stat.", "stat", "fed.", "f.2d", "f.3d", "f. supp.", "u.s.c.", "u.s.c", "u.s.", "s. ct.",
];

/// Tells whether `47-1806.08` or `28:9-102` stands at `at`: title and section of a code that counts so.
fn is_code_number(b: &[u8], at: usize) -> bool {
    let digits = |from: usize| b.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let title = digits(at);
    let fewest = match b.get(at + title) {
        Some(b'-') => 3,
        Some(b':') => 1,
        _ => return false,
    };
    (1..=2).contains(&title) && digits(at + title + 1) >= fewest
}

/// Reads a list of `unit` that begins at `at`; returns its items in order and its end.
pub(super) fn list(r: Reading<'_>, at: usize, unit: &str) -> Option<(Vec<Item>, usize)> {
    if is_code_number(r.b, at) {
        return None;
    }
    let mut items = Vec::new();
    let (first, mut end) = item(r, at)?;
    items.push(first);
    while items.len() < 80 {
        // `24(c)(d)`: two parts of one kind, none of the other.
        if r.b.get(end) == Some(&b'(')
            && let Some((one, to)) = sibling(r, end, items.last())
        {
            items.push(one);
            end = to;
            continue;
        }
        let Some((joint, next)) = joint(r, end, unit) else { break };
        // `8,(1)(a)`: a comma in the way.
        let nested = r.b.get(next) == Some(&b'(') && r.get(end, next).trim() == ",";
        if nested && let Some(last) = items.last_mut().filter(|last| !last.id.contains('.')) {
            let mut to = next;
            while let Some((group, after)) = group_at(r, to) {
                last.id.push('.');
                last.id.push_str(&group);
                to = after;
            }
            last.span.end = to;
            if to == next {
                break;
            }
            end = to;
            continue;
        }
        // `7(2)(a) and (b)`
        if r.b.get(next) == Some(&b'(') {
            // `section 2609(c); and (3) a new paragraph`: the list around it goes on.
            let parted = r.get(end, next).contains([';', '\n']);
            let Some((sibling, to)) = sibling(r, next, items.last()).filter(|_| !parted) else {
                break;
            };
            items.push(sibling);
            end = to;
            continue;
        }
        let Some((mut one, to)) = item(r, next) else { break };
        let is_year = (1800..2100).contains(&one.base()) && to - next == 4;
        if is_year
            || is_code_number(r.b, next)
            || any_word(r.b, ws(r.b, to), QUANTITIES).is_some()
            || any_word(r.b, ws(r.b, to), VOLUMES).is_some()
        {
            break;
        }
        match joint {
            // `Art. 6-1` of the Convention: its first paragraph.
            Joint::To
                if unit == "art" && r.b.get(end) == Some(&b'-') && is_paragraph(&items, &one) =>
            {
                if let Some(article) = items.last_mut() {
                    article.id.push('.');
                    // `58-2b` is 58(2)(b).
                    let (number, letter) = one.id.split_at(1);
                    article.id.push_str(number);
                    if letter.starts_with(|c: char| c.is_ascii_alphabetic()) {
                        article.id.push('.');
                    }
                    article.id.push_str(letter);
                    article.span.end = to;
                }
                end = to;
                continue;
            }
            Joint::To => {
                let (from, last) = (items.last().map_or(0, Item::base), one.base());
                let plain = |item: &Item| item.id.bytes().all(|byte| byte.is_ascii_digit());
                if from < last
                    && last - from <= MAX_RANGE
                    && plain(&one)
                    && items.last().is_some_and(plain)
                {
                    let span = items.last().map_or(next, |item| item.span.start)..to;
                    for between in from + 1..last {
                        items.push(Item {
                            id: between.to_string(),
                            span: span.clone(),
                            read_with: false,
                            decimal: false,
                            roman: false,
                        });
                    }
                }
            }
            // `506/2`: the second part of the section.
            Joint::Slash if one.id.len() == 1 && one.base() <= 2 && one.base() > 0 => {
                let Some(section) = items.last_mut().filter(|last| last.base() > 100) else {
                    one.read_with = true;
                    items.push(one);
                    end = to;
                    continue;
                };
                section.id.push('.');
                section.id.push_str(&one.id);
                section.span.end = to;
                end = to;
                continue;
            }
            Joint::Slash => one.read_with = true,
            Joint::And => {}
        }
        items.push(one);
        end = to;
    }
    Some((items, end))
}

/// Tells whether the number at `next` goes on a list that a blank alone parts: three digits, more than
/// those before, and more of the list or its act behind it.
fn runs_on(b: &[u8], end: usize, next: usize) -> bool {
    let Some((value, to)) = number(b, next, 3).filter(|(_, to)| to - next == 3) else {
        return false;
    };
    let before = number_back(b, end, 3).filter(|(_, from)| end - from == 3);
    let after = ws(b, to);
    let goes_on = matches!(b.get(to), Some(b',' | b'/' | b'('))
        || b.get(after).is_some_and(u8::is_ascii_digit)
        || b.get(after) == Some(&b'&')
        || any_word(b, after, &["and", "of the", "read"]).is_some()
        || code_begins(b, after);
    goes_on && before.is_some_and(|(before, _)| before < value)
}

/// Tells whether `5-3` is a paragraph of an article: no range goes down.
fn is_paragraph(items: &[Item], next: &Item) -> bool {
    let plain = |item: &Item| item.id.bytes().all(|byte| byte.is_ascii_digit());
    let lettered = |item: &Item| {
        let letters = item.id.get(1..).unwrap_or_default().trim_start_matches('.');
        letters.len() == 1 && letters.starts_with(|c: char| c.is_ascii_lowercase())
    };
    items.last().is_some_and(|article| {
        plain(article)
            && (plain(next) || lettered(next) && next.base() < article.base())
            && next.base() <= article.base()
            && (1..10).contains(&next.base())
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Joint {
    And,
    To,
    Slash,
}

/// Passes what a section is about, where the list goes on behind it: `324 (attempted murder), Section 427`.
fn after_gloss(r: Reading<'_>, end: usize) -> usize {
    /// Longest gloss in bytes.
    const LONGEST: usize = 80;
    let open = ws(r.b, end);
    let inside = r.b.get(open + 1..).filter(|_| open > end && r.b.get(open) == Some(&b'('));
    let close = inside.and_then(|inside| inside.iter().take(LONGEST).position(|&b| b == b')'));
    let Some(close) = close.map(|n| open + 1 + n) else { return end };
    let words = r.get(open + 1, close);
    let is_gloss = words.len() > 4
        && words.starts_with(|c: char| c.is_ascii_lowercase())
        && words
            .bytes()
            .all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'-' | b',' | b'\''));
    let next = ws(r.b, close + 1);
    let goes_on = matches!(r.b.get(next), Some(b',' | b';' | b'&'))
        || any_word(r.b, next, &["and", "or", "read with"]).is_some();
    if is_gloss && goes_on { close + 1 } else { end }
}

/// Reads what joins two items; returns where the next begins.
fn joint(r: Reading<'_>, end: usize, unit: &str) -> Option<(Joint, usize)> {
    let b = r.b;
    let mut at = ws(b, after_gloss(r, end));
    let mut joint = None;
    loop {
        let step = match b.get(at) {
            // `Ss. 177, 179 180 & 181`: a comma is missing.
            Some(byte)
                if byte.is_ascii_digit()
                    && joint.is_none()
                    && at > end
                    && unit == "s"
                    && runs_on(b, end, at) =>
            {
                return Some((Joint::And, at));
            }
            Some(b',' | b';') => Some((Joint::And, at + 1)),
            Some(b'/') => Some((Joint::Slash, at + 1)),
            Some(b'&') => Some((Joint::And, at + 1)),
            Some(b'-') if joint.is_none() && b.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                Some((Joint::To, at + 1))
            }
            _ => any_word(
                b,
                at,
                &[
                    "and",
                    "or",
                    "read with",
                    "r/w",
                    "as well as",
                    "alongwith",
                    "along with",
                    "و",
                    "اور",
                    "یا",
                ],
            )
            .map(|after| (Joint::And, after))
            .or_else(|| {
                any_word(b, at, &["to", "through", "till", "تا", "سے"])
                    .map(|after| (Joint::To, after))
            }),
        };
        let Some((kind, after)) = step else { break };
        if !(joint == Some(Joint::To)) {
            joint = Some(kind);
        }
        at = ws(b, after);
    }
    let joint = joint?;
    if let Some(after) = any_word(b, at, again(unit)) {
        at = ws(b, after);
    }
    Some((joint, at))
}

/// Reads one section: `37`, `10A`, `249-A`, `506(ii)`, `7(3)(d)`.
pub(super) fn item(r: Reading<'_>, at: usize) -> Option<(Item, usize)> {
    let b = r.b;
    // `Art.l99`: a one that was read as a letter.
    let misread = matches!(b.get(at), Some(b'l' | b'I' | b'T'))
        && number(b, at + 1, 3).is_some_and(|(_, to)| to - at > 2 && !is_word(b, to));
    let first = at + usize::from(misread);
    let (_, digits_end) = number(b, first, 4)?;
    let digits = r.get(first, digits_end);
    let digits = if misread { format!("1{digits}") } else { digits.to_owned() };
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return None;
    }
    let mut id = digits.to_owned();
    let mut decimal = false;
    let mut end = digits_end;
    // `10A`, `10-A`, `26AA`; `10 A` is not read, for `9 A person` would be.
    let dash = match b.get(end..end + 3) {
        // `298^B`, as a scan has it.
        Some([b'^', letter, _]) if letter.is_ascii_uppercase() && !is_word(b, end + 2) => 1,
        // `337- ADF`
        _ if digits == "337" && b.get(end..end + 2) == Some(b"- ") => 2,
        _ if is_parted_letter(r, end) => 1,
        _ => match spaced_letter(b, end) {
            Some(letter) => letter - end,
            None => usize::from(b.get(end) == Some(&b'-')),
        },
    };
    let mut letters = 0;
    while b.get(end + dash + letters).is_some_and(u8::is_ascii_alphabetic) {
        letters += 1;
    }
    // `382-BCr.P.C`: the code's name begins behind the section's letter.
    if letters > 1 && code_begins(b, end + dash + 1) {
        letters = 1;
    }
    let tail = r.get(end + dash, end + dash + letters);
    let capital = tail.bytes().all(|byte| byte.is_ascii_uppercase());
    // `97A3` is section 97A with the mark of note 3; `2-b` a section and not `2-based`.
    let after = b.get(end + dash + letters);
    let noted = letters == 1 && capital && after.is_some_and(u8::is_ascii_digit);
    let alone = letters == 1 && after.is_none_or(|byte| matches!(byte, b' ' | b',' | b')' | b'\n'));
    let fits = (1..=2).contains(&letters)
        && (capital || r.lenient || letters == 1 && (dash == 0 || alone))
        // `18BBB`, never `302PPC`
        || letters == 3 && capital && matches!(tail, "AAA" | "BBB" | "CCC" | "DDD");
    // `337-ADF`: sections 337-A, 337-D and 337-F at once, as police reports have them.
    let several = dash > 0
        && (3..=4).contains(&letters)
        && capital
        && digits == "337"
        && !matches!(tail, "PPC");
    let (letters, run) = if several { (1, letters - 1) } else { (letters, 0) };
    let tail = tail.get(..letters).unwrap_or(tail);
    let fits = fits || several;
    // `section 3a-1` of the District of Columbia
    let numbered = letters == 1
        && dash == 0
        && !capital
        && b.get(end + 1) == Some(&b'-')
        && b.get(end + 2).is_some_and(u8::is_ascii_digit)
        && !is_word(b, end + 3)
        && !matches!(b.get(end + 3), Some(b'-' | b'.'));
    if fits {
        // `section 2-b` is clause (b) of the definitions; `489-f` and `10-A` are sections of their own.
        let number: u32 = digits.parse().unwrap_or(u32::MAX);
        if !capital && dash == 1 && number <= LAST_DEFINITIONS {
            id.push('.');
        }
        id.push_str(&tail.to_ascii_lowercase());
        end += dash + letters + run;
        if numbered {
            id.push_str(r.get(end, end + 2));
            end += 2;
        }
        if noted && b.get(end + 1).is_none_or(|byte| !byte.is_ascii_alphanumeric()) {
            end += 1;
        }
    } else if letters > 0 && dash == 0 {
        // `5th`, `9mm`: no section, unless a space was lost before a word (`302PPC`).
        let glued = tail.starts_with(|c: char| c.is_ascii_uppercase()) || tail == "of";
        if !glued {
            return None;
        }
    } else if b.get(end) == Some(&b'.') && b.get(end + 1).is_some_and(u8::is_ascii_digit) {
        // `Article 6.4 of the Scheme`: a decimal number.
        let (_, to) = number(b, end + 1, 3)?;
        id.push_str(r.get(end, to));
        end = to;
        decimal = true;
        // `CPR 54.7A`
        if b.get(end).is_some_and(u8::is_ascii_uppercase) && !is_word(b, end + 1) {
            id.push_str(&r.get(end, end + 1).to_ascii_lowercase());
            end += 1;
        }
    }
    let mut last_group = String::new();
    while let Some((mut group, to)) = group_at(r, end) {
        // `24(c)(d)`: the next of its kind.
        if is_next_letter(&last_group, &group) {
            break;
        }
        last_group.clone_from(&group);
        // `12(l)(a)`: a one that was set as the letter.
        if group == "l" && group_at(r, to).is_some() {
            "1".clone_into(&mut group);
        }
        id.push('.');
        id.push_str(&group);
        end = to;
    }
    let span = at..end;
    Some((Item { id, span, read_with: false, decimal, roman: false }, end))
}

/// Returns where the letter of `337 -F`, `24- A` or `124 - A` stands, as some law reports are set; none
/// for the article of `section 5 - A person`.
fn spaced_letter(b: &[u8], end: usize) -> Option<usize> {
    let dash = ws(b, end);
    let letter = ws(b, dash + 1);
    let spaced = b.get(dash) == Some(&b'-') && letter - end > 1 && letter - end < 5;
    let capital = b.get(letter).filter(|byte| byte.is_ascii_uppercase())?;
    if !spaced || is_word(b, letter + 1) {
        return None;
    }
    let next = ws(b, letter + 1);
    let goes_on = match b.get(next) {
        Some(b',' | b';' | b')' | b'/' | b'.' | b'(' | b'&' | b'-') | None => true,
        Some(byte) if byte.is_ascii_uppercase() || byte.is_ascii_digit() => true,
        _ => any_word(b, next, &["of", "and", "or", "read", "r/w", "to", "ibid"]).is_some(),
    };
    // `561 -A is meant for`
    let glued = letter == dash + 1;
    // `I` is a word, too.
    (goes_on || glued || !matches!(capital, b'A' | b'I')).then_some(letter)
}

/// Tells whether a blank alone parts the number from its letter, `337 F(i)`, whose part shows that the
/// letter is no word.
fn is_parted_letter(r: Reading<'_>, end: usize) -> bool {
    let letter = r.b.get(end + 1).is_some_and(u8::is_ascii_uppercase);
    let open = ws(r.b, end + 2);
    r.b.get(end) == Some(&b' ')
        && letter
        && open - end <= 3
        && r.b.get(open) == Some(&b'(')
        && group_at(r, open).is_some_and(|(inside, to)| {
            !r.get(open, to).bytes().any(|byte| byte.is_ascii_uppercase()) && inside.len() <= 4
        })
}

/// Tells whether the name of a code begins at `at`, as it may behind a lost blank.
fn code_begins(b: &[u8], at: usize) -> bool {
    const CODES: [&[u8]; 7] = [b"Cr.P", b"Cr.PC", b"CrPC", b"CPC", b"C.P.C", b"PPC", b"P.P.C"];
    CODES.iter().any(|code| b.get(at..).is_some_and(|rest| rest.starts_with(code)))
}

/// Reads `(ii)`, with at most one space before it; returns its text in lower case and its end.
pub(super) fn group_at(r: Reading<'_>, at: usize) -> Option<(String, usize)> {
    let open = if r.b.get(at) == Some(&b' ') { at + 1 } else { at };
    if r.b.get(open) != Some(&b'(') {
        return None;
    }
    let rest = r.b.get(open + 1..)?;
    let close = open + 1 + rest.iter().take(7).position(|&byte| byte == b')')?;
    let inside = r.get(open + 1, close).trim();
    // `2(29C)`
    let counted = inside.len() <= 4 && inside.starts_with(|c: char| c.is_ascii_digit()) && {
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        digits <= 2 && inside.len() - digits <= 2
    };
    // `8(1)(caa)`, put in between (ca) and (cb)
    let inserted = matches!(inside.as_bytes(), [b'a'..=b'z', b'a', b'a'..=b'e']);
    let short = inserted
        || inside.len() <= 2
        || counted
        || super::scan::roman(inside).is_some() && inside.len() <= 5;
    // `303(a-1)`, put in behind (a)
    let behind = matches!(
        inside.as_bytes(),
        [b'a'..=b'z', b'-', b'1'..=b'9'] | [b'1'..=b'9', b'-', b'a'..=b'z']
    );
    // `37 (PECA)` is an act, `(1997)` a year.
    let fits = behind
        || short && !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then(|| (inside.to_ascii_lowercase(), close + 1))
}

/// Tells whether `d` follows `c`; `i` may begin what is counted in roman numbers.
fn is_next_letter(before: &str, next: &str) -> bool {
    let (&[before], &[next]) = (before.as_bytes(), next.as_bytes()) else { return false };
    before.is_ascii_lowercase() && next == before + 1 && !matches!(next, b'i' | b'j')
}

/// Reads `(b)` after `7(2)(a)` as `7.2.b`.
fn sibling(r: Reading<'_>, at: usize, before: Option<&Item>) -> Option<(Item, usize)> {
    let (inside, mut end) = group_at(r, at)?;
    let before = before?.id.as_str();
    // `465(a)(1), (c)`: beside the part that is counted alike.
    let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let alike = before.rmatch_indices('.').map(|(dot, _)| dot).find(|dot| {
        before.get(dot + 1..).is_some_and(|rest| is_number(rest) == is_number(&inside))
    });
    let stem = before.get(..alike.or_else(|| before.rfind('.'))?)?;
    let mut id = format!("{stem}.{inside}");
    while r.b.get(end) == Some(&b'(')
        && let Some((deeper, to)) = group_at(r, end)
    {
        id.push('.');
        id.push_str(&deeper);
        end = to;
    }
    Some((Item { id, span: at..end, read_with: false, decimal: false, roman: false }, end))
}

/// What stands before a section word: `clause (b) of sub-section (2) of`.
pub(super) struct Parts {
    /// The parts in the order of the normal form, `.2.b`, with the place of the outermost: several
    /// where several are named (`clauses (k) and (l) of`).
    pub(super) ids: Vec<(String, Span)>,
    pub(super) start: usize,
}

/// Reads backwards `clause (b) of sub-section (2) of` before a section word.
pub(super) fn parts_before(r: Reading<'_>, start: usize) -> Option<Parts> {
    const WORDS: &[&str] = &[
        "sub-section",
        "sub-sections",
        "subsection",
        "subsections",
        "sub section",
        "sub sections",
        "sub- section",
        "sub-s.",
        "sub-ss.",
        "clause",
        "clauses",
        "sub-clause",
        "sub-clauses",
        "sub-article",
        "sub-rule",
        "sub-rules",
        "paragraph",
        "paragraphs",
        "proviso",
    ];
    let mut at = start;
    let mut inner = String::new();
    let mut read = None;
    for _ in 0..3 {
        let of = any_word_back(r.b, ws_back(r.b, at), &["of", "to", "of the", "in"]);
        // `Clause (2), Article 73`
        let comma = || {
            let comma = ws_back(r.b, at).checked_sub(1)?;
            matches!(r.b.get(comma - 1..=comma), Some(b"),")).then_some(comma)
        };
        let Some(of) = of.or_else(comma) else { break };
        let mut groups: Vec<(String, Span)> = Vec::new();
        let mut at_group = ws_back(r.b, of);
        let word = loop {
            let Some((inside, span)) = group_back(r, at_group) else { break None };
            at_group = ws_back(r.b, span.start);
            // `sub-section (2)(b) of`: a part of a part.
            let (mut inside, mut span) = (inside, span);
            while at_group == span.start
                && groups.is_empty()
                && let Some((outer, place)) = group_back(r, at_group)
            {
                inside = format!("{outer}.{inside}");
                span.start = place.start;
                at_group = ws_back(r.b, span.start);
            }
            groups.push((inside, span));
            if let Some(word) = any_word_back(r.b, at_group, WORDS) {
                // `Clause (1) and Clause (2) of Article 200`
                match word_and_group_before(r, word, WORDS) {
                    Some(before) => {
                        at_group = before;
                        continue;
                    }
                    None => break Some(word),
                }
            }
            // `(k) and (l)`, `(a) to (f)`
            let joint = any_word_back(r.b, at_group, &["and", "or", "to", "&"]);
            let Some(joint) =
                joint.or_else(|| at_group.checked_sub(1).filter(|&at| r.b.get(at) == Some(&b',')))
            else {
                break None;
            };
            at_group = ws_back(r.b, joint);
            if at_group > 0 && r.b.get(at_group - 1) == Some(&b',') {
                at_group -= 1;
            }
            if groups.len() > 6 {
                break None;
            }
        };
        let Some(word) = word else { break };
        groups.reverse();
        let ids: Vec<(String, Span)> =
            groups.into_iter().map(|(inside, span)| (format!("{inner}.{inside}"), span)).collect();
        at = word;
        let alone = ids.len() == 1;
        if let Some((id, _)) = ids.first() {
            inner.clone_from(id);
        }
        read = Some(Parts { ids, start: word });
        if !alone {
            break;
        }
    }
    read
}

/// Returns where `(1)` ends that `and` joins to the word at `word`, where such a word stands before it, too.
fn word_and_group_before(r: Reading<'_>, word: usize, words: &[&str]) -> Option<usize> {
    let joint = any_word_back(r.b, ws_back(r.b, word), &["and", "or", "&"])?;
    let close = ws_back(r.b, joint);
    let (_, span) = group_back(r, close)?;
    any_word_back(r.b, ws_back(r.b, span.start), words).map(|_| close)
}

/// Reads `(b)` that ends at `close`, or the plain `2` of `sub-section 2 of section 21-E`.
fn group_back(r: Reading<'_>, close: usize) -> Option<(String, Span)> {
    if close == 0 || r.b.get(close - 1) != Some(&b')') {
        let (value, from) = number_back(r.b, close, 2)?;
        let alone = from > 0 && r.b.get(from - 1) == Some(&b' ');
        return (alone && value > 0).then(|| (value.to_string(), from..close));
    }
    let from = close.saturating_sub(7);
    let open = from + r.b.get(from..close)?.iter().rposition(|&byte| byte == b'(')?;
    let (inside, _) = group_at(r, open)?;
    Some((inside, open..close))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refs::Tables;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let r =
            Reading { text, b: text.as_bytes(), tables: Tables::builtin().inner(), lenient: false };
        let ids: Vec<String> = list(r, 0, "s")
            .map(|(items, _)| items.into_iter().map(|item| item.id).collect())
            .unwrap_or_default();
        assert_eq!(ids, expect, "{text}");
    }

    #[test]
    fn lists_of_sections() {
        check("452, 506(ii), 324 and 34 PPC", &["452", "506.ii", "324", "34"]);
        check("302/34 PPC", &["302", "34"]);
        check("4, 9, 10A, 14 and 19A of", &["4", "9", "10a", "14", "19a"]);
        check("421 to 424 of", &["421", "422", "423", "424"]);
        check("7(2)(a) and (b) of", &["7.2.a", "7.2.b"]);
        check("249-A CrPC", &["249a"]);
        check("9 read with section 10 of", &["9", "10"]);
    }

    #[test]
    fn what_is_no_list() {
        check("5 and 30 days later", &["5"]);
        check("37, 2016", &["37"]);
        check("5th", &[]);
        check("10 A person", &["10"]);
        check("47-1806.08 of the Official Code", &[]);
        check("28:9-102 of the Official Code", &[]);
        check("28 of the Act", &["28"]);
        check("2082(j), 57 DCR 181", &["2082.j"]);
    }
}
