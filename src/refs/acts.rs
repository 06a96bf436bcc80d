//! Names of enactments: those of the table, any `Title Act, 2016`, and terms the document defines.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::report::Reading;
use super::scan::{
    any_word, any_word_back, is_word, roman, slug, squeeze, starts_word, ws, ws_back, year,
};
use super::tables::{Act, Anchor, Strength};
use super::terms::{Term, by_initials, defined_after, defined_before, is_shortened};

/// An enactment named at a span of the flow.
#[derive(Clone, Debug)]
pub(super) struct ActMention {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The normal form of the whole act.
    pub(super) id: String,
    /// Counts only with a section beside it.
    pub(super) weak: bool,
    pub(super) confidence: f32,
}

/// The acts of one text.
#[derive(Debug, Default)]
pub(super) struct Acts {
    /// In order of place, disjoint.
    pub(super) mentions: Vec<ActMention>,
    pub(super) terms: Vec<Term>,
    /// Titles without a year that nothing else tells of: they count beside a section alone.
    pub(super) loose: Vec<ActMention>,
    /// The country of titles that the table lacks.
    country: String,
    /// The act whose text this is, in normal form.
    pub(super) own: Option<String>,
    /// The text amends acts: its bare sections are of any of them, or its own.
    pub(super) amends: bool,
    /// Of each last word of titles the only act of the text that can be called so.
    only: HashMap<&'static str, String>,
    /// The acts of the text by the years of their titles, each once.
    of_year: HashMap<u16, Vec<String>>,
}

/// The last word of a title.
pub(super) const TITLE_ENDS: &[&str] =
    &["act", "ordinance", "ordnance", "code", "rules", "regulations", "order", "constitution"];
/// `that Act` means an act named at most so far before it, in bytes.
const NAMED_LAST: usize = 400;
/// Words after an act's name that make it the name of a text about the act.
const OTHER_TEXTS: &[&str] = &[
    "bill",
    "amendment bill",
    "(amendment) bill",
    "draft bill",
    "amendment act",
    "(amendment) act",
    "amendment ordinance",
    "(amendment) ordinance",
];
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
];

/// [`NOT_TITLE`], to look up.
static NO_TITLES: LazyLock<HashSet<&str>> = LazyLock::new(|| NOT_TITLE.iter().copied().collect());

fn is_no_title(lower: &str) -> bool {
    NO_TITLES.contains(lower)
}

/// Words that say nothing alone before `Act` and belong to a title before another word.
const INSIDE_TITLES: &[&str] = &["central", "federal", "provincial", "state", "special", "general"];

impl Acts {
    /// Gathers the acts that the anchors announce; `country` is that of titles the table lacks.
    pub(super) fn gather(
        r: Reading<'_>,
        anchors: &[(usize, usize, Anchor)],
        country: &str,
    ) -> Self {
        let mut found: Vec<ActMention> = Vec::new();
        let mut title_ends: Vec<(usize, usize)> = Vec::new();
        let mut untold: Vec<(usize, usize, String)> = Vec::new();
        let mut amending: Vec<(usize, usize, Option<u16>)> = Vec::new();
        let mut titles: HashMap<String, String> = HashMap::new();
        let mut acts = Self { country: country.to_owned(), ..Self::default() };
        for &(start, end, anchor) in anchors {
            match anchor {
                Anchor::Act(idx, strength) => {
                    let Some(act) = r.tables.acts.get(idx) else { continue };
                    match named(r, act, start, end, strength, country) {
                        Some(mention) => found.push(mention),
                        // Another country's act, or one of a longer title.
                        None => title_ends.extend(last_word(r, start, end)),
                    }
                }
                // `ACT ` opens Amnesty indexes and ends titles.
                Anchor::TitleEnd
                | Anchor::Rule
                | Anchor::Regulation
                | Anchor::Order
                | Anchor::Index(_) => {
                    let end = ws_back(r.b, end);
                    let marked = matches!(r.b.get(end.saturating_sub(1)), Some(b',' | b')'));
                    title_ends.push((start, if marked { end - 1 } else { end }));
                }
                _ => {}
            }
        }
        for (start, end) in title_ends {
            match titled(r, start, end, country) {
                Titled::Act(mention, title) => {
                    if let Some(title) = title {
                        titles.entry(title).or_insert_with(|| mention.id.clone());
                    }
                    found.push(mention);
                }
                Titled::NoYear(from, title) => untold.push((from, end, title)),
                Titled::Amending(from, to, value) => amending.push((from, to, value)),
                Titled::No => {}
            }
        }
        // `the Companies Act` after `the Companies Act, 2017`.
        for (start, end, title) in untold {
            let meant = titles.get(&title).cloned().or_else(|| by_initials(r, &found, start, end));
            match meant {
                Some(id) => {
                    found.push(ActMention { start, end, id, weak: false, confidence: 0.95 });
                }
                None if r.get(start, end).split(' ').count() > 1 => acts.loose.push(ActMention {
                    start,
                    end,
                    id: format!("{country}/act/{}", slug(r.get(start, end))),
                    weak: true,
                    confidence: 0.85,
                }),
                None => {}
            }
        }
        let meant: Vec<ActMention> =
            amending.into_iter().filter_map(|one| amending_act(r, one, &found)).collect();
        found.extend(meant);
        found = disjoint(found);
        let mut defining: Vec<(usize, usize)> = Vec::new();
        for mention in &found {
            if let Some(term) = defined_after(r, mention) {
                defining.push((mention.end, term.from));
                acts.terms.push(term);
            } else if let Some(term) = defined_before(r, mention) {
                acts.terms.push(term);
            }
        }
        // The bracket that defines a name is part of the first mention, no second one.
        found.retain(|mention| {
            let idx = defining.partition_point(|&(_, to)| to < mention.end);
            defining.get(idx).is_none_or(|&(from, to)| mention.start < from || mention.end > to)
        });
        let mut more = Vec::new();
        for term in acts.terms.iter().take(64) {
            if is_title_end(&term.text) {
                continue;
            }
            let rest = r.b.get(term.from..).unwrap_or_default();
            for at in memchr::memmem::find_iter(rest, &term.text) {
                let (start, end) = (term.from + at, term.from + at + term.text.len());
                if starts_word(r.b, start) && !is_word(r.b, end) {
                    more.push(ActMention {
                        start,
                        end,
                        id: term.id.clone(),
                        weak: false,
                        confidence: 0.95,
                    });
                }
            }
        }
        // What the document defines stands before what the table knows: `IPA` may be another act here.
        let places: HashSet<(usize, usize)> =
            more.iter().map(|term: &ActMention| (term.start, term.end)).collect();
        found.retain(|mention| !places.contains(&(mention.start, mention.end)));
        found.append(&mut more);
        acts.loose.sort_by_key(|loose| loose.start);
        acts.mentions = disjoint(found);
        acts.only = acts.only_ones();
        acts.of_year = acts.years(r);
        acts
    }

    /// Returns of each last word of titles the act that alone can be called so.
    fn only_ones(&self) -> HashMap<&'static str, String> {
        let mut ids: Vec<&str> = self.mentions.iter().map(|mention| mention.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut only = HashMap::new();
        for &word in TITLE_ENDS {
            let mut fitting = ids.iter().filter(|id| fits_word(id, word));
            match (fitting.next(), fitting.next()) {
                (Some(id), None) => drop(only.insert(word, (*id).to_owned())),
                (None, _) if word == "constitution" => {
                    let id = match self.country.as_str() {
                        "pk" => "pk/act/constitution-pk",
                        "us" => "us/const/us-constitution",
                        _ => continue,
                    };
                    only.insert(word, id.to_owned());
                }
                _ => {}
            }
        }
        only
    }

    /// Returns the acts of each year.
    fn years(&self, r: Reading<'_>) -> HashMap<u16, Vec<String>> {
        let mut of_year: HashMap<u16, Vec<String>> = HashMap::new();
        let mut ids: Vec<&str> = self.mentions.iter().map(|mention| mention.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            let printed = id.rsplit_once('-').and_then(|(_, year)| year.parse().ok());
            let listed = r.tables.act_with_id(id).and_then(|act| act.year);
            for value in [printed, listed.filter(|_| listed != printed)].into_iter().flatten() {
                of_year.entry(value).or_default().push(id.to_owned());
            }
        }
        of_year
    }

    /// Returns the mention that begins at `at`.
    pub(super) fn at(&self, at: usize) -> Option<usize> {
        self.mentions.binary_search_by_key(&at, |mention| mention.start).ok()
    }

    /// Returns the title without a year that begins at `at`.
    pub(super) fn loose_at(&self, at: usize) -> Option<&ActMention> {
        let idx = self.loose.binary_search_by_key(&at, |mention| mention.start).ok()?;
        self.loose.get(idx)
    }

    /// Returns the last mention that ends at or before `at`.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        self.mentions.partition_point(|mention| mention.end <= at).checked_sub(1)
    }

    /// Returns the act that `the Act` (its word) means at `at`: the term defined last before it,
    /// else the only act of the text; `None` where there are several.
    pub(super) fn meant_by(&self, word: &str, at: usize) -> Option<(String, f32)> {
        let term = self
            .terms
            .iter()
            .rev()
            .find(|term| term.from <= at && term.text.eq_ignore_ascii_case(word));
        if let Some(term) = term {
            return Some((term.id.clone(), 0.95));
        }
        // `this Act` in the act's own text.
        if let Some(own) = self.own.as_ref().filter(|own| fits_word(own, word)) {
            return Some((own.clone(), 0.95));
        }
        let word = word.to_ascii_lowercase();
        let sure = if word == "constitution" { 0.98 } else { 0.9 };
        self.only.get(word.as_str()).map(|id| (id.clone(), sure))
    }

    /// Returns what `that Act` or `the said Act` (its word) means at `at`, where nothing defines it:
    /// the act that can be called so and was named last, close before.
    pub(super) fn named_last(&self, word: &str, at: usize) -> Option<(String, f32)> {
        let idx = self.mentions.partition_point(|mention| mention.end <= at);
        let near = self.mentions.get(..idx)?.iter().rev();
        let last = near.take_while(|mention| at - mention.end < NAMED_LAST);
        let last = last.into_iter().find(|mention| fits_word(&mention.id, word))?;
        Some((last.id.clone(), 0.75))
    }

    /// Returns the one act of the text whose title has the initials that stand at `at`, and their
    /// end: `PRPA` after the Punjab Rented Premises Act, 2009.
    pub(super) fn by_acronym(&self, r: Reading<'_>, at: usize) -> Option<(String, usize)> {
        let mut end = at;
        while r.b.get(end).is_some_and(u8::is_ascii_uppercase) {
            end += 1;
        }
        let letters = r.get(at, end);
        if !(3..=8).contains(&letters.len()) || is_word(r.b, end) {
            return None;
        }
        let mut ids = self
            .mentions
            .iter()
            .filter(|mention| is_shortened(r.get(mention.start, mention.end), letters))
            .map(|mention| mention.id.as_str());
        let only = ids.next()?;
        ids.all(|id| id == only).then(|| (only.to_owned(), end))
    }

    /// Tells whether the document defined `word` before `at`.
    pub(super) fn defines(&self, word: &str, at: usize) -> bool {
        self.terms.iter().any(|term| term.from <= at && term.text.eq_ignore_ascii_case(word))
    }

    /// Tells whether no other enactment is named in the text, the Constitution not counted.
    pub(super) fn is_alone(&self, id: &str) -> bool {
        self.mentions.iter().all(|one| one.id == id || one.id.contains("constitution"))
    }

    /// Tells whether a title without a year, or a mention, covers `at`.
    pub(super) fn covers(&self, at: usize) -> bool {
        let idx = self.mentions.partition_point(|mention| mention.start <= at);
        let loose_idx = self.loose.partition_point(|loose| loose.start <= at);
        let covers = |list: &[ActMention], idx: usize| {
            idx.checked_sub(1).and_then(|idx| list.get(idx)).is_some_and(|last| at < last.end)
        };
        covers(&self.mentions, idx) || covers(&self.loose, loose_idx)
    }
}

impl Acts {
    /// Returns the only act of the text whose title has the year `value`: `the 2016 Act`.
    pub(super) fn meant_by_year(&self, value: u16, word: Option<&str>) -> Option<(String, f32)> {
        let term = self.terms.iter().rev().find(|term| {
            word.is_some_and(|word| {
                squeeze(&term.text).trim_start_matches("the") == squeeze(&format!("{word}{value}"))
                    || squeeze(&term.text) == squeeze(&format!("{word} of {value}"))
            })
        });
        if let Some(term) = term {
            return Some((term.id.clone(), 0.95));
        }
        let ids = self.of_year.get(&value)?;
        let mut fitting = ids.iter().filter(|id| word.is_none_or(|word| fits_word(id, word)));
        let only = fitting.next().filter(|_| fitting.next().is_none())?;
        Some((only.clone(), 0.9))
    }
}

/// Returns what `the Amendment Act of 2025` means: the amending act named last before it, else the
/// one that the table has for the act named last; of that year where one is said.
fn amending_act(
    r: Reading<'_>,
    (start, end, value): (usize, usize, Option<u16>),
    found: &[ActMention],
) -> Option<ActMention> {
    let before = || found.iter().filter(|mention| mention.end <= start);
    let is_it = |id: &str| match r.tables.act_with_id(id) {
        Some(act) => {
            act.title.contains("(Amendment)") && value.is_none_or(|value| act.has_year(value))
        }
        None => {
            id.contains("amendment") && value.is_none_or(|value| id.ends_with(&format!("-{value}")))
        }
    };
    let named = before().filter(|mention| is_it(&mention.id)).max_by_key(|mention| mention.start);
    let id = match named {
        Some(named) => named.id.clone(),
        None => {
            let last = before().max_by_key(|mention| mention.start)?;
            let act = r.tables.act_with_id(&last.id)?;
            let (stem, word) = act.title.rsplit_once(' ')?;
            let title = squeeze(&format!("{stem} (Amendment) {word}"));
            r.tables.act_titled(&title, value).and_then(|idx| r.tables.acts.get(idx))?.ref_id()
        }
    };
    Some(ActMention { start, end, id, weak: false, confidence: 0.85 })
}

/// Tells whether the act of `id` can be called by `word`: `the Code` is no ordinance.
pub(super) fn fits_word(id: &str, word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let slug = id.rsplit('/').next().unwrap_or_default();
    let is = |part: &str| slug.contains(part);
    match word.as_str() {
        "ordinance" => is("ordinance") || ["eto", "fio", "mpo"].contains(&slug),
        "code" => ["ppc", "crpc", "cpc"].contains(&slug) || is("code"),
        "rules" => is("rules"),
        "regulations" => is("regulations") || slug == "mritt",
        "order" => is("order") || slug == "qso",
        "constitution" => is("constitution"),
        _ => {
            !is("ordinance")
                && !is("rules")
                && !is("regulations")
                && !is("constitution")
                && !is("order")
                && !["ppc", "crpc", "cpc", "qso"].contains(&slug)
                && id.contains("/act/")
        }
    }
}

/// Returns the place of the last word between `start` and `end`, when it can end a title.
fn last_word(r: Reading<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    let word = r.get(start, end).rsplit(' ').next().filter(|word| is_title_end(word))?;
    Some((end - word.len(), end))
}

fn is_title_end(word: &str) -> bool {
    TITLE_ENDS.iter().any(|end| end.eq_ignore_ascii_case(word))
}

/// Keeps of overlapping names the longest.
fn disjoint(mut all: Vec<ActMention>) -> Vec<ActMention> {
    all.sort_by_key(|mention| (mention.start, std::cmp::Reverse(mention.end)));
    let mut kept: Vec<ActMention> = Vec::with_capacity(all.len());
    for mention in all {
        match kept.last_mut() {
            Some(last) if mention.start < last.end => {
                if mention.end - mention.start > last.end - last.start {
                    *last = mention;
                }
            }
            _ => kept.push(mention),
        }
    }
    kept
}

/// Reads a name of the table at `start..end` with its year and number.
fn named(
    r: Reading<'_>,
    act: &Act,
    start: usize,
    end: usize,
    strength: Strength,
    country: &str,
) -> Option<ActMention> {
    if !starts_word(r.b, start) || is_word(r.b, end) && r.b.get(end).is_none_or(|&byte| byte < 0x80)
    {
        return None;
    }
    let raw = r.get(start, end);
    if is_word(r.b, end) && (raw.is_ascii() || !super::urdu::ends_name(r.text, end)) {
        return None;
    }
    // `Companies Act`, `CPC` and `the Code of Criminal Procedure` are other things elsewhere.
    let abroad = country != "pk" && act.country == "pk" && !act.unique && !raw.contains("Pakistan");
    // `Telecommunications Act of 1996` is another one there.
    if abroad && strength == Strength::Weak {
        return None;
    }
    if abroad && !year_after(r, end).is_some_and(|(value, _)| act.has_year(value)) {
        return None;
    }
    // `the PECA bill`, `the PECA Amendment Act`: another text than the act.
    if any_word(r.b, ws(r.b, end), OTHER_TEXTS).is_some() {
        return None;
    }
    let mut weak = strength == Strength::Weak;
    if !r.lenient {
        let letters =
            |text: &str| -> String { text.chars().filter(|c| c.is_alphabetic()).collect() };
        if strength == Strength::Acronym
            || act
                .short
                .iter()
                .any(|short| short.len() == raw.len() && short.eq_ignore_ascii_case(raw))
        {
            let found = letters(raw);
            if !act.short.iter().any(|short| letters(short) == found) {
                return None;
            }
        } else if raw.starts_with(|c: char| c.is_ascii_lowercase()) {
            // `the universal declaration of human rights`: the words alone say it.
            let told = act.family == "treaty" && raw.split(' ').count() > 4;
            if !told {
                return None;
            }
        }
    }
    let has_year = raw.ends_with(|c: char| c.is_ascii_digit());
    let mut to = end;
    if strength == Strength::Acronym && raw.contains('.') && r.b.get(to) == Some(&b'.') {
        to += 1;
    }
    let mut id = act.ref_id();
    if !has_year && let Some((value, after)) = year_after(r, to) {
        to = after;
        if !act.has_year(value) && !(strength == Strength::Acronym) {
            // The same title of another year is another act.
            let other = r
                .tables
                .act_titled(&squeeze(raw), Some(value))
                .and_then(|idx| r.tables.acts.get(idx));
            id = match other {
                Some(other) => other.ref_id(),
                None if country == "pk" && act.year.is_some_and(|own| own.abs_diff(value) <= 1) => {
                    id
                }
                None => format!("{country}/act/{}-{value}", slug(raw)),
            };
        }
        weak = false;
    } else if !has_year {
        // In a query `ata` may be a word; `s 7 ata` is the act.
        if r.lenient
            && strength == Strength::Acronym
            && raw.bytes().all(|byte| byte.is_ascii_lowercase())
        {
            weak = true;
        }
        // `Sindh Limitation Act`, `Local Government Elections Act`: a longer title is another act.
        if strength == Strength::Strong && raw.is_ascii() && longer_title(r, start) {
            return None;
        }
        if let Some(after) = number_after(r, to) {
            to = after;
        }
    }
    if let Some(after) = number_after(r, to) {
        to = after;
    }
    if !has_year && to == end && other_number_after(r, act, to) {
        return None;
    }
    let mut start = start;
    if strength == Strength::Strong && raw.is_ascii() && has_title_before(r, start) {
        // `Punjab Pre-emption Act, 1991` when the table has the shorter title only.
        if let Some(last) = raw.rsplit(' ').next() {
            let word_start = start + raw.len() - last.len();
            if is_title_end(last)
                && let Titled::Act(mention, _) = titled(r, word_start, end, country)
            {
                if mention.start < start && mention.id != id {
                    return Some(mention);
                }
                start = start.min(mention.start);
            }
        }
    }
    Some(ActMention { start, end: to, id, weak, confidence: if has_year { 0.99 } else { 0.95 } })
}

/// Words before a title that make it the title of another place's act.
const PLACES: &[&str] = &[
    "sindh",
    "punjab",
    "balochistan",
    "kpk",
    "pakhtunkhwa",
    "provincial",
    "government",
    "local",
    "english",
    "uk",
    "indian",
    "federal",
    "capital",
    "azad",
    "kashmir",
];

fn word_before(r: Reading<'_>, start: usize) -> Option<(usize, &str)> {
    let end = ws_back(r.b, start);
    if end == start {
        return None;
    }
    let mut from = end;
    while from > 0
        && r.b
            .get(from - 1)
            .is_some_and(|&byte| byte.is_ascii_alphabetic() || byte == b'-' || byte == b'\'')
    {
        from -= 1;
    }
    (from < end).then(|| (from, r.get(from, end)))
}

fn longer_title(r: Reading<'_>, start: usize) -> bool {
    word_before(r, start).is_some_and(|(_, word)| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && PLACES.contains(&word.to_ascii_lowercase().as_str())
    })
}

fn has_title_before(r: Reading<'_>, start: usize) -> bool {
    word_before(r, start).is_some_and(|(_, word)| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && !is_no_title(&word.to_ascii_lowercase())
    })
}

/// Reads `, 2016`, ` of 2016`, ` (PECA), 2016` after a title; returns the year and its end.
pub(super) fn year_after(r: Reading<'_>, end: usize) -> Option<(u16, usize)> {
    let b = r.b;
    let mut at = ws(b, end);
    if b.get(at) == Some(&b'(') {
        // The bracket with the acronym stands before the year.
        let close = at + b.get(at..)?.iter().take(24).position(|&byte| byte == b')')?;
        let inside = r.get(at + 1, close);
        if let Some((value, after)) = year(b, at + 1).filter(|&(_, after)| after == close) {
            return Some((value, after + 1));
        }
        let calm =
            inside.bytes().all(|byte| byte.is_ascii_alphabetic() || b" \".'-".contains(&byte));
        if !calm {
            return None;
        }
        at = ws(b, close + 1);
        if b.get(at) != Some(&b',') && year(b, at).is_none() && any_word(b, at, &["of"]).is_none() {
            return None;
        }
    }
    while matches!(b.get(at), Some(b',' | b' ' | b'.' | b'-')) {
        at += 1;
    }
    if let Some(after) = any_word(b, at, &["of"]) {
        at = ws(b, after);
    }
    let (value, after) = year(b, at)?;
    // `Mayor's Order 2009-125` has a number, no year.
    if b.get(after) == Some(&b'-') && b.get(after + 1).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    // `the Code 1898/2020`, `Act 2016 SCMR 5`: the year is another number's.
    let next = ws(b, after);
    let reporter = b.get(next).is_some_and(u8::is_ascii_uppercase) && reports_after(r, next);
    (!reporter && b.get(after) != Some(&b'/')).then_some((value, after))
}

/// Tells whether a reporter's name and a page follow, so that the year is the reporter's.
fn reports_after(r: Reading<'_>, at: usize) -> bool {
    let mut end = at;
    while r.b.get(end).is_some_and(|&byte| byte.is_ascii_alphabetic() || byte == b'.') {
        end += 1;
    }
    let digits = r.b.get(ws(r.b, end)).is_some_and(u8::is_ascii_digit);
    digits && r.tables.series(&squeeze(r.get(at, end))).is_some()
}

/// Reads `(Act XL of 2016)`, `(V of 1898)`, `(XL of 2016)` after a title; returns its end.
fn number_after(r: Reading<'_>, end: usize) -> Option<usize> {
    let b = r.b;
    let open = ws(b, end);
    if b.get(open) != Some(&b'(') {
        return None;
    }
    let close = open + b.get(open..)?.iter().take(36).position(|&byte| byte == b')')?;
    act_number(r, open + 1, close).map(|_| close + 1)
}

/// Tells whether `No. 19 of 2000` follows a title without a year, and the act is of another year:
/// `the Arbitration Act No. 19 of 2000 of Zambia`.
fn other_number_after(r: Reading<'_>, act: &Act, end: usize) -> bool {
    let limit = (end + 24).min(r.text.len());
    let Some(limit) = (end..=limit).rev().find(|&at| r.text.is_char_boundary(at)) else {
        return false;
    };
    let tail = r.get(end, limit);
    let numbered = tail.trim_start().to_ascii_lowercase().starts_with("no");
    let number = act_number(r, end, limit).filter(|_| numbered);
    let value = number.and_then(|number| number.rsplit("of").next()?.parse().ok());
    value.is_some_and(|value: u16| act.year.is_some() && !act.has_year(value))
}

/// Reads `Act No. XL of 2016` between `start` and `end` as a number: `xlof2016`.
fn act_number(r: Reading<'_>, start: usize, end: usize) -> Option<String> {
    let mut words = r.get(start, end).split([' ', ':']).filter(|word| !word.is_empty()).peekable();
    while words.peek().is_some_and(|word| {
        is_title_end(word)
            || ["no.", "no", "nos.", "p.o.", "president's", "w.p."]
                .contains(&word.to_ascii_lowercase().as_str())
    }) {
        words.next();
    }
    let number = words.next()?;
    let of = words.next()?;
    let value = words.next()?.trim_end_matches(['.', ',']);
    let is_number = roman(number).is_some() || number.bytes().all(|byte| byte.is_ascii_digit());
    let is_year =
        value.len() == 4 && value.parse().is_ok_and(|value: u16| (1800..2100).contains(&value));
    (is_number && of.eq_ignore_ascii_case("of") && is_year)
        .then(|| squeeze(&format!("{number} of {value}")))
}

enum Titled {
    /// An act, and its title (squeezed) for later mentions without a year.
    Act(ActMention, Option<String>),
    /// A title without a year: where it starts and what it is.
    NoYear(usize, String),
    /// `Amendment Act, 2025`, an amending act named by what it does: where, and its year.
    Amending(usize, usize, Option<u16>),
    /// `the Act`, or no title at all.
    No,
}

/// Titles that say only that something is amended, squeezed.
const AMENDING: &[&str] = &[
    "amendmentact",
    "amendmentordinance",
    "amendmentrules",
    "amendmentorder",
    "amendmentregulations",
    "constitutionamendmentact",
];

/// Reads the title that ends with the word at `start..end`.
fn titled(r: Reading<'_>, start: usize, end: usize, country: &str) -> Titled {
    let word = r.get(start, end);
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    if !starts_word(r.b, start)
        || is_word(r.b, end)
        || !is_title_end(word)
        || !(capital || r.lenient)
    {
        return Titled::No;
    }
    // `Act No. XL of 2016`
    let (from, starts) = title_start(r, start, country != "pk");
    if let Some(mut mention) = numbered(r, start, end, country) {
        if of_another_country(r, mention.end) {
            return Titled::No;
        }
        let by_number = mention.id.contains(&format!("/act/{}-", word.to_ascii_lowercase()));
        if from < start && by_number {
            // `Companies Act No. 7 of 2007` has a title: it says more than the number.
            let value = mention.id.rsplit('-').next().unwrap_or_default().to_owned();
            mention.id = format!("{country}/act/{}-{value}", slug(r.get(from, end)));
            mention.start = from;
            return Titled::Act(mention, Some(squeeze(r.get(from, end))));
        }
        return Titled::Act(mention, None);
    }
    if from == start {
        return Titled::No;
    }
    let after = year_after(r, end);
    // The longest title that the table knows, from any of its words on.
    let known = starts.iter().find_map(|&at| {
        let title = squeeze(r.get(at, end));
        let idx = r.tables.act_titled(&title, after.map(|(value, _)| value))?;
        let act = r.tables.acts.get(idx)?;
        (act.country == country || act.unique || after.is_some()).then_some((at, act))
    });
    let to = after.map_or(end, |(_, after)| after);
    let to = number_after(r, to).unwrap_or(to);
    if let Some((at, act)) = known.filter(|(at, _)| after.is_some() || *at == from) {
        let mention =
            ActMention { start: at, end: to, id: act.ref_id(), weak: false, confidence: 0.97 };
        return Titled::Act(mention, None);
    }
    let title = squeeze(r.get(from, end));
    if AMENDING.contains(&title.as_str()) {
        return Titled::Amending(from, to, after.map(|(value, _)| value));
    }
    let Some((value, _)) = after else { return Titled::NoYear(from, title) };
    if let Some(act) = r.tables.act_misprinted(r.get(from, end), value, country) {
        let mention =
            ActMention { start: from, end: to, id: act.ref_id(), weak: false, confidence: 0.75 };
        return Titled::Act(mention, Some(title));
    }
    let words = slug(r.get(from, end)).replace("ordnance", "ordinance");
    let id = format!("{country}/act/{words}-{value}");
    let mention = ActMention { start: from, end: to, id, weak: false, confidence: 0.9 };
    Titled::Act(mention, Some(title))
}

/// Tells whether `of Zambia` follows: an act that no table knows, of a country that has no forms here.
fn of_another_country(r: Reading<'_>, end: usize) -> bool {
    const COUNTRIES: &[&str] = &[
        "of zambia",
        "of india",
        "of kenya",
        "of uganda",
        "of nigeria",
        "of ghana",
        "of tanzania",
        "of bangladesh",
        "of sri lanka",
        "of singapore",
        "of malaysia",
        "of south africa",
        "of canada",
        "of australia",
        "of new zealand",
        "of ireland",
        "of china",
        "of turkey",
        "of iran",
        "of afghanistan",
        "of saudi arabia",
        "of nepal",
        "of mauritius",
        "of zimbabwe",
    ];
    any_word(r.b, ws(r.b, end), COUNTRIES).is_some()
}

/// Reads `Act No. XL of 2016`, `Ordinance XX of 1984`.
fn numbered(r: Reading<'_>, start: usize, end: usize, country: &str) -> Option<ActMention> {
    let limit = (end + 28).min(r.text.len());
    let limit = (end..=limit).rev().find(|&at| r.text.is_char_boundary(at))?;
    let tail = r.get(end, limit);
    let year_at = tail.find(" of ").or_else(|| tail.find(" OF "))? + 4;
    let to = end + year_at + 4;
    let number = act_number(r, start, to)?;
    let id = match r.tables.act_numbered(&number).and_then(|idx| r.tables.acts.get(idx)) {
        Some(act) => act.ref_id(),
        None => {
            let number =
                r.get(end, to).trim().trim_start_matches("No.").trim_start_matches("No").trim();
            format!(
                "{country}/act/{}-{}",
                r.get(start, end).to_ascii_lowercase(),
                slug(&number.to_ascii_lowercase().replace(" of ", "-"))
            )
        }
    };
    Some(ActMention { start, end: to, id, weak: false, confidence: 0.9 })
}

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

/// Walks back over a title's words; returns where it starts and every place where a shorter title may start.
///
/// `abroad`: a title may be a list with commas, as those of Westminster are.
fn title_start(r: Reading<'_>, end: usize, abroad: bool) -> (usize, Vec<usize>) {
    let b = r.b;
    let mut at = end;
    let mut starts: Vec<usize> = Vec::new();
    let (mut listed, mut since) = (false, 0);
    for _ in 0..24 {
        let before = ws_back(b, at);
        if before == at && at != end || before == 0 {
            break;
        }
        let Some(&last) = b.get(before - 1) else { break };
        // `Tribunals, Courts and Enforcement Act`, `Health and Safety at Work etc. Act`.
        if last == b',' && listed && starts.len() - since <= 2 {
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
        if last == b'.' && any_word_back(b, before - 1, &["etc"]).is_some() {
            at = before - 4;
            continue;
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
            // `(Re-organization)` belongs to the title; `(1)` and `("PTA")` do not.
            let calm = inside.len() > 3
                && inside
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || b" -,&'".contains(&byte))
                && inside.starts_with(|c: char| c.is_ascii_uppercase());
            if !calm {
                break;
            }
            at = open;
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
        let word = r.get(from, before);
        let lower = word.to_ascii_lowercase();
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
        // In a heading all words are capitals: OF and AND are still small.
        if SMALL.contains(&lower.as_str())
            && !(capital && word.bytes().any(|byte| byte.is_ascii_lowercase()))
        {
            listed |= abroad && matches!(lower.as_str(), "and" | "&");
            at = from;
            continue;
        }
        // `the Central Act` is no title, the `Central Bank Act` one.
        let inside = at != end && INSIDE_TITLES.contains(&lower.as_str());
        // `Amendment of Medical Practitioners Act 2007` heads a section.
        let heads = any_word(b, ws(b, before), &["of"]).is_some()
            && ["amendment", "repeal", "application", "codification"].contains(&lower.as_str());
        if !(capital || r.lenient)
            || is_no_title(&lower) && !inside
            || is_title_end(&lower)
            || heads
        {
            break;
        }
        starts.push(from);
        at = from;
    }
    starts.reverse();
    (starts.first().copied().unwrap_or(end), starts)
}
