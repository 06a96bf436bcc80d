//! Names of enactments: those of the table, any `Title Act, 2016`, and terms the document defines.

mod antecedent;
mod bills;
mod elsewhere;
mod initials;
mod laws;
mod merge;
mod named;
mod nation;
mod title;
mod union;
mod words;

use std::collections::{HashMap, HashSet};

use super::anchors::Anchor;
use super::report::Reading;
use super::scan::{
    MAX_WORD, any_word, any_word_back, has, is_word, lowered, number_back, roman, slug, squeeze,
    starts_word, ws, ws_back, year,
};
use super::terms::{Term, by_initials, by_words, defined_after, defined_before, is_shortened};

use merge::{numbered_titles, provincial, same_titles, whole_titles, with_acronyms, with_numbers};
use named::named;
use title::{Titled, titled};

pub(super) use named::year_after;

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
    /// Brackets behind mentions that define a name, in order: what stands in them is no reference.
    defining: Vec<(usize, usize)>,
    /// The text amends acts: its bare sections are of any of them, or its own.
    pub(super) amends: bool,
    /// The text calls itself an amending act, whatever its title was taken for.
    pub(super) calls_itself_amending: bool,
    /// Of each last word of titles the only act of the text that can be called so.
    only: HashMap<&'static str, String>,
    /// Of each last word of titles the act named at least twice as often as any other called so.
    foremost: HashMap<&'static str, String>,
    /// The normal forms of all acts of the text, each once.
    ids: Vec<String>,
    /// The acts of the text by the years of their titles, each once.
    of_year: HashMap<u16, Vec<String>>,
    /// Of each last word of titles where the text names acts that can be called so.
    called: HashMap<&'static str, antecedent::Named>,
}

/// The last word of a title.
pub(super) const TITLE_ENDS: &[&str] =
    &["act", "ordinance", "ordnance", "code", "rules", "regulations", "order", "constitution"];
/// `that Act` means an act named at most so far before it, in bytes.
const NAMED_LAST: usize = 400;
/// `the Act ibid` means an act named at most so far before it, in bytes.
const IBID: usize = 8000;
impl Acts {
    /// Gathers the acts that the anchors announce; `country` is that of titles the table lacks.
    pub(super) fn gather(
        r: Reading<'_>,
        anchors: &[(usize, usize, Anchor)],
        country: &str,
    ) -> Self {
        let mut found: Vec<ActMention> = Vec::new();
        let mut title_ends: Vec<(usize, usize)> = Vec::new();
        let mut untold: Vec<(usize, usize, String, String)> = Vec::new();
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
                Anchor::Law => found.extend(laws::numbered(r, start, country)),
                Anchor::UnionAct => found.extend(union::numbered(r, start)),
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
        super::urdu::drop_bodies(r, &mut found);
        for (start, end) in title_ends {
            match titled(r, start, end, country) {
                Titled::Act(mention, title) => {
                    if let Some(title) = title {
                        titles.entry(title).or_insert_with(|| mention.id.clone());
                    }
                    found.push(mention);
                }
                Titled::NoYear(from, title, country) => untold.push((from, end, title, country)),
                Titled::Amending(from, to, value) => amending.push((from, to, value)),
                Titled::No => {}
            }
        }
        // `the Companies Act` after `the Companies Act, 2017`.
        let mut known: Vec<String> = found.iter().map(|mention| mention.id.clone()).collect();
        known.sort_unstable();
        known.dedup();
        let mut by_title: HashMap<(String, Option<u32>), Option<String>> = HashMap::new();
        for (start, end, title, country) in untold {
            // `is a Kite Act`: what somebody does.
            if any_word_back(r.b, ws_back(r.b, start), &["a", "an"]).is_some() {
                continue;
            }
            // `the Kite Safety Act ("KSA 2004")`: the short name has the year.
            if let Some(value) = year_of_short_name(r, end) {
                let id = format!("{country}/act/{}-{value}", slug(r.get(start, end)));
                titles.entry(title).or_insert_with(|| id.clone());
                found.push(ActMention { start, end, id, weak: false, confidence: 0.9 });
                continue;
            }
            // `the Violence Against Kites Act (VAKA)`: what its letters say is no chance.
            if country != "pk" && shortened_after(r, start, end) && !titles.contains_key(&title) {
                let id = format!("{country}/act/{}", slug(r.get(start, end)));
                titles.entry(title).or_insert_with(|| id.clone());
                found.push(ActMention { start, end, id, weak: false, confidence: 0.85 });
                continue;
            }
            // `the 1987 Kite Support Regulations`
            let dated = number_back(r.b, ws_back(r.b, start), 4)
                .filter(|(value, _)| (1800..2100).contains(value));
            let value = dated.map(|(value, _)| value);
            let words = r.get(start, end);
            // `India's Kite Act`: whose it is, is no word of the title.
            let named = nation::opening(r, start, end).map_or(start, |(_, rest)| rest);
            let meant = titles.get(&title).cloned();
            let meant = meant.or_else(|| by_initials(r, &found, start, end)).or_else(|| {
                let meant = by_title.entry((title.clone(), value));
                meant.or_insert_with(|| by_words(&known, words, value)).clone()
            });
            // India's act of the same name is none of the United Kingdom.
            let elsewhere = country != acts.country;
            let meant =
                meant.filter(|id| !elsewhere || id.split('/').next() == Some(country.as_str()));
            match meant {
                Some(id) => {
                    let year = |(value, from): (u32, usize)| {
                        id.ends_with(&format!("-{value}")).then_some(from)
                    };
                    let start = dated.and_then(year).unwrap_or(start);
                    found.push(ActMention { start, end, id, weak: false, confidence: 0.95 });
                }
                // `Kite Act (Chapter 26)` of the Legislative Enactments.
                None if country != "pk" && chapter_after(r, end) => {
                    let id = format!("{country}/act/{}", slug(r.get(start, end)));
                    found.push(ActMention { start, end, id, weak: false, confidence: 0.8 });
                }
                // `Title I of the Kite County Administrative Procedure Act`
                None if country != "pk" && is_divided(r, start, end) => {
                    let id = format!("{country}/act/{}", slug(r.get(start, end)));
                    found.push(ActMention { start, end, id, weak: false, confidence: 0.8 });
                }
                None if r.get(start, end).split(' ').count() > 1 => acts.loose.push(ActMention {
                    start,
                    end,
                    id: format!("{country}/act/{}", slug(r.get(named, end))),
                    weak: true,
                    confidence: 0.85,
                }),
                None => {}
            }
        }
        shortened_with_year(r, &mut found);
        let meant: Vec<ActMention> =
            amending.into_iter().filter_map(|one| amending_act(r, one, &found)).collect();
        found.extend(meant);
        elsewhere::one_state(r, &mut found, country);
        same_titles(r, &mut found, country);
        provincial(r, &mut found);
        whole_titles(r, &mut found);
        numbered_titles(r, &mut found);
        found.extend(initials::with_year(r, &found));
        found = with_numbers(r, disjoint(found));
        with_acronyms(r, &mut found);
        let mut defining: Vec<(usize, usize)> = Vec::new();
        for mention in &found {
            if let Some(term) = defined_after(r, mention) {
                defining.push((mention.end, term.from));
                acts.terms.push(term);
            } else if let Some(term) = defined_before(r, mention) {
                acts.terms.push(term);
            }
        }
        // `the Contribution Act 1978` after `the Civil Liability (Contribution) Act 1978 ("the
        // Contribution Act")`.
        for mention in &mut found {
            let Some(named) = mention.id.rsplit('/').next().and_then(|name| name.rsplit_once('-'))
            else {
                continue;
            };
            let (stem, year) = named;
            let meant = acts.terms.iter().find(|term| {
                term.from <= mention.start
                    && term.id != mention.id
                    && term.id.ends_with(&format!("-{year}"))
                    && year.len() == 4
                    && term.text.contains(' ')
                    && slug(&term.text) == stem
            });
            if let Some(term) = meant {
                mention.id.clone_from(&term.id);
            }
        }
        // The bracket that defines a name is part of the first mention, no second one.
        found.retain(|mention| {
            let idx = defining.partition_point(|&(_, to)| to < mention.end);
            defining.get(idx).is_none_or(|&(from, to)| mention.start < from || mention.end > to)
        });
        acts.defining = defining;
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
        with_acronyms(r, &mut acts.mentions);
        let counts = acts.counts();
        acts.ids = counts.iter().map(|(id, _)| id.clone()).collect();
        acts.foremost = foremost(&counts);
        acts.only = acts.only_ones();
        acts.of_year = acts.years(r);
        acts.called = acts.called();
        acts
    }

    /// Returns how often the text names each act.
    fn counts(&self) -> Vec<(String, usize)> {
        let mut ids: Vec<&str> = self.mentions.iter().map(|mention| mention.id.as_str()).collect();
        ids.sort_unstable();
        let same = ids.chunk_by(|a, b| a == b);
        same.filter_map(|ids| Some(((*ids.first()?).to_owned(), ids.len()))).collect()
    }

    /// Returns of each last word of titles the act that alone can be called so.
    fn only_ones(&self) -> HashMap<&'static str, String> {
        let mut ids: Vec<&str> = self.mentions.iter().map(|mention| mention.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut only = HashMap::new();
        for &word in TITLE_ENDS {
            // `the Constitution` is the text's own, whatever others it names.
            let is_own = |id: &str| {
                let named = id.split_once("/act/constitution-").map(|(_, state)| state);
                word != "constitution" || named == Some(self.country.as_str())
            };
            let mut fitting = ids.iter().filter(|id| fits_word(id, word) && is_own(id));
            match (fitting.next(), fitting.next()) {
                (Some(id), None) => drop(only.insert(word, (*id).to_owned())),
                (None, _) if word == "constitution" => {
                    let id = match self.country.as_str() {
                        "pk" => "pk/act/constitution-pk",
                        "us" => "us/const/us-constitution",
                        own @ ("in" | "ie" | "lk" | "fj" | "za" | "au" | "bd" | "ke") => {
                            only.insert(word, format!("{own}/act/constitution-{own}"));
                            continue;
                        }
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

    /// Returns the only treaty of the text that is called a covenant, or a convention.
    pub(super) fn treaty_called(&self, word: &str) -> Option<String> {
        let covenant = word.eq_ignore_ascii_case("covenant");
        let is_called = |id: &str| {
            let name = id.rsplit('/').next().unwrap_or_default();
            let covenants = ["iccpr", "icescr"];
            id.contains("/treaty/")
                && covenants.contains(&name) == covenant
                && !name.contains("udhr")
                && !name.contains("charter")
                && !name.contains("protocol")
        };
        let mut ids: Vec<&str> = self.mentions.iter().map(|mention| mention.id.as_str()).collect();
        ids.retain(|id| is_called(id));
        ids.sort_unstable();
        ids.dedup();
        match ids.as_slice() {
            [id] => Some((*id).to_owned()),
            [] if !covenant && self.country == "coe" => Some("coe/treaty/echr".to_owned()),
            _ => None,
        }
    }

    /// Tells whether a title without a year begins between two places.
    pub(super) fn loose_in(&self, from: usize, to: usize) -> bool {
        let idx = self.loose.partition_point(|loose| loose.start < from);
        self.loose.get(idx).is_some_and(|loose| loose.start < to)
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
    pub(super) fn named_last(
        &self,
        r: Reading<'_>,
        word: &str,
        at: usize,
    ) -> Option<(String, f32)> {
        let idx = self.mentions.partition_point(|mention| mention.end <= at);
        let near = self.mentions.get(..idx)?.iter().rev();
        let last = near.take_while(|mention| at - mention.end < NAMED_LAST);
        let last = last.into_iter().find(|mention| fits_word(&mention.id, word))?;
        // `Application of the Kites Act, 1900.- Subject to section 33 of this Act`: the heading names another.
        let heads = matches!(r_after(r, last.end), [b'.', b'-', ..] | [b'.', b' ', b'-', ..])
            && any_word_back(r.b, ws_back(r.b, at), &["this"]).is_some();
        (!heads).then(|| (last.id.clone(), 0.75))
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

    /// Tells whether no other enactment is named in the text, the Constitution and treaties not counted.
    pub(super) fn is_alone(&self, id: &str) -> bool {
        let aside =
            |id: &str| ["constitution", "/bill/", "/treaty/"].iter().any(|word| id.contains(word));
        self.mentions.iter().all(|one| one.id == id || aside(&one.id))
    }

    /// Tells whether a text names the act of `id` at least twice as often as any other that can be called
    /// by `word`.
    pub(super) fn is_foremost(&self, id: &str, word: &str) -> bool {
        self.foremost.get(word.to_ascii_lowercase().as_str()).is_some_and(|foremost| foremost == id)
    }

    /// Returns the country of titles that the table lacks.
    pub(super) fn country(&self) -> &str {
        &self.country
    }

    /// Returns the act that an amending one amends, where the text or the table names it: sections are
    /// cited as those of the act amended.
    pub(super) fn amended_by(&self, r: Reading<'_>, id: &str) -> Option<String> {
        let (stem, _) = id.rsplit_once('-').filter(|(_, year)| year.parse::<u16>().is_ok())?;
        let at = stem.find("-amendment-")?;
        let title = format!("{}{}", stem.get(..at)?, stem.get(at + "-amendment".len()..)?);
        let is_it = |other: &str| {
            other == title
                || other.strip_prefix(&title).is_some_and(|rest| {
                    rest.strip_prefix('-').is_some_and(|year| year.parse::<u16>().is_ok())
                })
        };
        if let Some(named) = self.ids.iter().find(|id| is_it(id)) {
            return Some(named.clone());
        }
        let words = squeeze(title.rsplit('/').next()?);
        let listed = r.tables.act_titled(&words, None).and_then(|idx| r.tables.acts.get(idx))?;
        let id = listed.ref_id();
        self.ids.contains(&id).then_some(id)
    }

    /// Returns what `the Act ibid` at `at` means: the last act before it that is called so and that is no
    /// amending one.
    pub(super) fn ibid(&self, r: Reading<'_>, word: &str, at: usize) -> Option<String> {
        let idx = self.mentions.partition_point(|mention| mention.end <= at);
        let near = self.mentions.get(..idx)?.iter().rev();
        let mut near = near.take_while(|mention| at - mention.end < IBID);
        let last = near.find(|mention| fits_word(&mention.id, word))?;
        Some(self.amended_by(r, &last.id).unwrap_or_else(|| last.id.clone()))
    }

    /// Tells whether a title without a year, a mention, or a bracket that defines a name covers `at`.
    pub(super) fn covers(&self, at: usize) -> bool {
        let idx = self.mentions.partition_point(|mention| mention.start <= at);
        let loose_idx = self.loose.partition_point(|loose| loose.start <= at);
        let covers = |list: &[ActMention], idx: usize| {
            idx.checked_sub(1).and_then(|idx| list.get(idx)).is_some_and(|last| at < last.end)
        };
        let defining = self.defining.partition_point(|&(from, _)| from <= at);
        let defining = defining.checked_sub(1).and_then(|idx| self.defining.get(idx));
        covers(&self.mentions, idx)
            || covers(&self.loose, loose_idx)
            || defining.is_some_and(|&(_, to)| at < to)
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

/// Returns the bytes right behind `at`.
fn r_after(r: Reading<'_>, at: usize) -> &[u8] {
    r.b.get(at..).unwrap_or_default()
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
    let mut buffer = [0; MAX_WORD];
    let word = lowered(word, &mut buffer);
    let slug = id.rsplit('/').next().unwrap_or_default();
    let is = |part: &str| has(slug, part);
    match word {
        "ordinance" => is("ordinance") || ["eto", "fio", "mpo"].contains(&slug),
        "code" => ["ppc", "crpc", "cpc", "ipc"].contains(&slug) || is("code") || id == "us/usc/26",
        "rules" => is("rules"),
        "regulations" => is("regulations") || slug == "mritt",
        "order" => is("order") || slug == "qso",
        // `Constitution (Ninetieth Amendment) Act` is an act.
        "constitution" => is("constitution") && !is("act") && !is("order"),
        _ => {
            !is("ordinance")
                && !is("rules")
                && !is("regulations")
                && !is("constitution")
                && !is("order")
                && !["ppc", "crpc", "cpc", "qso", "ipc"].contains(&slug)
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

/// Returns of each last word of titles the act that a text names at least twice as often as any other
/// that can be called so.
fn foremost(counts: &[(String, usize)]) -> HashMap<&'static str, String> {
    let mut found = HashMap::new();
    for &word in TITLE_ENDS {
        let mut fitting: Vec<&(String, usize)> =
            counts.iter().filter(|(id, _)| fits_word(id, word)).collect();
        fitting.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let second = fitting.get(1).map_or(0, |(_, count)| *count);
        if let Some((id, count)) = fitting.first()
            && *count >= 2 * second
        {
            found.insert(word, id.clone());
        }
    }
    found
}

/// Tells whether a division of the act that is named at `start..end` stands before a title of several
/// words.
fn is_divided(r: Reading<'_>, start: usize, end: usize) -> bool {
    if r.get(start, end).split(' ').count() < 3 {
        return false;
    }
    let the = any_word_back(r.b, ws_back(r.b, start), &["of the"]).map(|at| ws_back(r.b, at));
    let Some(to) = the else { return false };
    let mut from = to;
    while from > 0 && to - from < 6 && r.b.get(from - 1).is_some_and(u8::is_ascii_alphanumeric) {
        from -= 1;
    }
    let number = r.get(from, to);
    let counted =
        number.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) || roman(number).is_some();
    let words = ["title", "part", "chapter", "subtitle", "division", "subchapter"];
    counted && any_word_back(r.b, ws_back(r.b, from), &words).is_some()
}

/// Tells whether `(Chapter 26)` or `(Cap. 26)` follows.
fn chapter_after(r: Reading<'_>, end: usize) -> bool {
    let open = ws(r.b, end);
    r.b.get(open) == Some(&b'(')
        && any_word(r.b, open + 1, &["chapter", "cap."])
            .is_some_and(|at| r.b.get(ws(r.b, at)).is_some_and(u8::is_ascii_digit))
}

/// Tells whether `(VAKA)` follows, the initials of the title at `start..end`. A court's own order
/// (`Temporary Restraining Order ("TRO")`) is no enactment.
fn shortened_after(r: Reading<'_>, start: usize, end: usize) -> bool {
    let open = ws(r.b, end);
    let is_law =
        ["Act", "Code", "Law", "Statute"].iter().any(|word| r.get(start, end).ends_with(word));
    if r.b.get(open) != Some(&b'(') || !is_law {
        return false;
    }
    let from = open + 1 + usize::from(matches!(r.b.get(open + 1), Some(b'"' | b'\'')));
    let len = r.b.iter().skip(from).take(9).take_while(|byte| byte.is_ascii_uppercase()).count();
    let closes = matches!(r.b.get(from + len), Some(b')' | b'"' | b'\'' | b','));
    len >= 3 && closes && is_shortened(r.get(start, end), r.get(from, from + len))
}

/// Gives `the KST Act, 2017` the id of the Kite and String Tax Act, 2017 that the text names.
fn shortened_with_year(r: Reading<'_>, found: &mut [ActMention]) {
    let named = |mention: &ActMention| -> Option<(String, usize)> {
        let printed = r.get(mention.start, mention.end);
        let (letters, rest) = printed.split_once(" Act")?;
        let (_, year) = mention.id.rsplit_once('-')?;
        let fits = (3..=8).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && rest.ends_with(year)
            && year.len() == 4;
        fits.then(|| (year.to_owned(), mention.start + letters.len() + " Act".len()))
    };
    if !found.iter().any(|mention| named(mention).is_some()) {
        return;
    }
    let known: Vec<ActMention> = found.to_vec();
    for mention in found.iter_mut() {
        let Some((year, end)) = named(mention) else { continue };
        let meant = by_initials(r, &known, mention.start, end);
        if let Some(id) = meant.filter(|id| id.ends_with(&format!("-{year}"))) {
            mention.id = id;
        }
    }
}

/// Reads the year of `("KSA 2004")` behind a title without one.
fn year_of_short_name(r: Reading<'_>, end: usize) -> Option<u16> {
    let open = ws(r.b, end);
    matches!(r.b.get(open..open + 2), Some(b"(\"" | b"('")).then_some(())?;
    let letters = r.b.get(open + 2..)?.iter().take(9).take_while(|byte| byte.is_ascii_uppercase());
    let to = open + 2 + letters.count();
    let (value, after) = year(r.b, ws(r.b, to)).filter(|_| to >= open + 4)?;
    matches!(r.b.get(after), Some(b'"' | b'\'')).then_some(value)
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
