//! What the parsers know: reporters, courts, kinds of cases, acts, index numbers; and the anchors.
//!
//! The tables are TOML files compiled in; a user's TOML of the same form adds to them.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use crate::model::case_type::CaseType;

use super::flow::Flow;
use super::literals::Literals;
use super::scan::squeeze;

/// What identifies a case in a series, in the order of the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Layout {
    #[default]
    YearPage,
    YearCourtPage,
    YearVolPage,
    VolPage,
    /// `SCC OnLine`: year, court, number.
    Online,
    /// The reporter stands before the year, then a word of its own: `NLR 1986 SCJ 1`.
    YearPageSub,
    /// Never recognised alone; kept for display.
    #[serde(alias = "vol-page-only")]
    SquareOnly,
}

/// How the year is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Years {
    #[default]
    Plain,
    Round,
    Square,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Series {
    pub(super) id: String,
    pub(super) name: String,
    /// A word of the name that stands after the year: `Cr.C.` in `PLJ 2010 Cr.C. (Lahore) 123`.
    pub(super) after: Option<String>,
    #[serde(default = "pakistan")]
    pub(super) country: String,
    #[serde(default)]
    pub(super) layout: Layout,
    #[serde(default)]
    pub(super) years: Years,
    #[serde(default)]
    pub(super) first: u16,
    #[serde(default)]
    pub(super) neutral: bool,
    #[serde(default)]
    pub(super) divisions: bool,
    #[serde(default)]
    pub(super) spell: Vec<String>,
    #[serde(default)]
    pub(super) forms: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CourtNames {
    pub(super) slug: String,
    pub(super) print: String,
    pub(super) model: Option<String>,
    pub(super) twin: Option<String>,
    #[serde(default)]
    pub(super) foreign: bool,
    #[serde(default)]
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) spell: Vec<String>,
    #[serde(default)]
    pub(super) urdu: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Act {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) year: Option<u16>,
    #[serde(default)]
    pub(super) years: Vec<u16>,
    pub(super) number: Option<String>,
    #[serde(default = "pakistan")]
    pub(super) country: String,
    #[serde(default = "act_family")]
    pub(super) family: String,
    #[serde(default = "section_unit")]
    pub(super) unit: String,
    pub(super) last: Option<u32>,
    #[serde(default)]
    pub(super) alias: Vec<String>,
    #[serde(default)]
    pub(super) short: Vec<String>,
    #[serde(default)]
    pub(super) weak: Vec<String>,
    #[serde(default)]
    pub(super) urdu: Vec<String>,
    /// The title means this act only with its year.
    #[serde(default)]
    pub(super) needs_year: bool,
    /// The name means this act in documents of every country.
    #[serde(default)]
    pub(super) unique: bool,
    /// The acronym counts only with a section beside it.
    #[serde(default)]
    pub(super) weak_short: bool,
}

impl Act {
    /// Returns the normal form of the whole act: `pk/act/peca`.
    pub(super) fn ref_id(&self) -> String {
        format!("{}/{}/{}", self.country, self.family, self.id)
    }

    /// Tells whether `year` is a year of the title, or the title has none.
    pub(super) fn has_year(&self, year: u16) -> bool {
        self.year == Some(year)
            || self.years.contains(&year)
            || (self.year.is_none() && self.years.is_empty())
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndexForm {
    pub(super) opens: String,
    pub(super) country: String,
    #[serde(default)]
    pub(super) form: String,
    /// The part after the opening is a session number and a document number: `A/73/362`.
    #[serde(default)]
    pub(super) session: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    series: Vec<Series>,
    court: Vec<CourtNames>,
    #[serde(rename = "type")]
    types: Vec<CaseType>,
    act: Vec<Act>,
    index: Vec<IndexForm>,
}

fn pakistan() -> String {
    "pk".to_owned()
}
fn act_family() -> String {
    "act".to_owned()
}
fn section_unit() -> String {
    "s".to_owned()
}

/// What a literal announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// A reporter that is written volume, reporter, page.
    Volume(usize),
    /// A reporter's letters, for years that were misread.
    SeriesLetters,
    /// A name of an act.
    Act(usize, Strength),
    /// `Act`, `Ordinance`, `Rules` … at the end of a title.
    TitleEnd,
    /// `section`, `u/s`, `§`, دفعہ.
    Section,
    /// `article`, آرٹیکل.
    Article,
    /// `rule`.
    Rule,
    /// `regulation`.
    Regulation,
    /// `Order` before a roman number.
    Order,
    /// `S.R.O.`
    Sro,
    /// An index number of a body.
    Index(usize),
    /// `Application no.` of the court in Strasbourg.
    Strasbourg,
    /// `C-311/18`.
    Luxembourg,
    /// `U.S.C.` and `C.F.R.`
    UsCode(bool),
    /// `ibid`, `id.`
    Ibid,
    /// `supra`
    Supra,
    /// `paragraph`, `at [`: a place of a case that a short name may name.
    Paragraph,
    /// A court's full name.
    Court(usize),
    /// `ECLI:`
    Ecli,
    /// `against the judgment`, `on appeal from`, `impugned`.
    Appeal,
    /// `No.` before a number.
    No,
    /// `versus`.
    Versus,
    /// `hereinafter`, `("…")`: a term is defined.
    Defines,
}

/// How much a name says alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// The name means this act.
    Strong,
    /// An acronym: exact case.
    Acronym,
    /// Needs a section beside it.
    Weak,
}

/// The error of reading a table.
#[derive(Clone, Debug, thiserror::Error)]
#[error("cannot read the table of references")]
#[non_exhaustive]
pub struct TablesError {
    /// What the TOML reader says, with the line.
    #[from]
    pub source: toml::de::Error,
}

/// Reporters, courts, kinds of cases, acts and index numbers, ready for use.
///
/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Tables(Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) series: Vec<Series>,
    pub(super) courts: Vec<CourtNames>,
    pub(super) types: Vec<CaseType>,
    pub(super) acts: Vec<Act>,
    pub(super) indexes: Vec<IndexForm>,
    series_by: HashMap<String, usize>,
    court_by: HashMap<String, usize>,
    foreign_by: HashMap<String, usize>,
    type_by: HashMap<String, usize>,
    titles: HashMap<String, Vec<usize>>,
    numbers: HashMap<String, usize>,
    literals: Literals,
    anchors: Vec<Anchor>,
    /// Acts by their normal form.
    act_by_id: HashMap<String, usize>,
}

static BUILTIN: LazyLock<Tables> = LazyLock::new(|| {
    let mut file = File::default();
    for text in [
        include_str!("reporters.toml"),
        include_str!("courts.toml"),
        crate::model::case_type::TABLE,
        include_str!("acts.toml"),
        include_str!("bodies.toml"),
    ] {
        // A table that does not parse fails the test `the_tables_are_read_whole`.
        file.add(toml::from_str(text).unwrap_or_default());
    }
    Tables(Arc::new(Inner::new(file)))
});

impl Tables {
    /// Returns the tables that are compiled in.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Returns the tables that are compiled in with a user's additions.
    ///
    /// The TOML has the form of the built-in files: `[[series]]`, `[[court]]`, `[[type]]`,
    /// `[[act]]`, `[[index]]`. An entry with a known `id` replaces the built-in one.
    ///
    /// ```
    /// let tables = misl::refs::Tables::with(r#"
    ///     [[act]]
    ///     id = "punjab-safe-cities"
    ///     title = "Punjab Safe Cities Authority Act"
    ///     year = 2016
    ///     short = ["PSCA"]
    /// "#)?;
    /// let parsed = misl::refs::parse_one("section 3 PSCA", &tables).unwrap();
    /// assert_eq!(parsed.ids, ["pk/act/punjab-safe-cities/s3"]);
    /// # Ok::<(), misl::refs::TablesError>(())
    /// ```
    pub fn with(toml: &str) -> Result<Self, TablesError> {
        let added: File = toml::from_str(toml)?;
        let base = Self::builtin().inner();
        let mut file = File {
            series: base.series.clone(),
            court: base.courts.clone(),
            types: base.types.clone(),
            act: base.acts.clone(),
            index: base.indexes.clone(),
        };
        file.add(added);
        Ok(Self(Arc::new(Inner::new(file))))
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl File {
    fn add(&mut self, other: Self) {
        let Self { series, court, types, act, index } = other;
        merge(&mut self.series, series, |one| &one.id);
        merge(&mut self.court, court, |one| &one.slug);
        merge(&mut self.types, types, |one| &one.id);
        merge(&mut self.act, act, |one| &one.id);
        merge(&mut self.index, index, |one| &one.opens);
    }
}

fn merge<T>(all: &mut Vec<T>, added: Vec<T>, id: impl Fn(&T) -> &String) {
    for one in added {
        match all.iter().position(|old| id(old) == id(&one)) {
            Some(idx) => all[idx] = one,
            None => all.push(one),
        }
    }
}

impl Inner {
    fn new(file: File) -> Self {
        let File { series, court: courts, types, act: acts, index: indexes } = file;
        let mut anchors = Anchors::default();
        let mut series_by = HashMap::new();
        for (idx, one) in series.iter().enumerate() {
            for spelling in &one.spell {
                series_by.insert(spelling.clone(), idx);
            }
            for form in &one.forms {
                anchors.add(form, Anchor::Volume(idx));
            }
        }
        let (mut court_by, mut foreign_by) = (HashMap::new(), HashMap::new());
        for (idx, one) in courts.iter().enumerate() {
            for spelling in &one.spell {
                if !one.foreign {
                    court_by.insert(spelling.clone(), idx);
                }
                foreign_by.entry(spelling.clone()).or_insert(idx);
            }
            for name in &one.urdu {
                court_by.insert(squeeze(&folded(name)), idx);
            }
            if !one.foreign {
                for name in &one.names {
                    anchors.add(name, Anchor::Court(idx));
                }
            }
        }
        let mut type_by = HashMap::new();
        for (idx, one) in types.iter().enumerate() {
            for spelling in one.spell.iter().chain(&one.also) {
                type_by.insert(squeeze(spelling), idx);
            }
            for name in &one.urdu {
                type_by.insert(squeeze(&folded(name)), idx);
            }
        }
        let mut titles: HashMap<String, Vec<usize>> = HashMap::new();
        let mut numbers = HashMap::new();
        let mut act_by_id = HashMap::new();
        for (idx, act) in acts.iter().enumerate() {
            act_by_id.entry(act.ref_id()).or_insert(idx);
            add_act(idx, act, &mut anchors, &mut titles, &mut numbers);
        }
        for (idx, index) in indexes.iter().enumerate() {
            anchors.add(&index.opens, Anchor::Index(idx));
        }
        anchors.add_fixed();
        let literals = Literals::new(&anchors.texts, true);
        Self {
            series,
            courts,
            types,
            acts,
            indexes,
            series_by,
            court_by,
            foreign_by,
            type_by,
            titles,
            numbers,
            literals,
            anchors: anchors.kinds,
            act_by_id,
        }
    }

    /// Returns the literals of `text` with what they announce, disjoint, in order.
    pub(super) fn anchors(&self, text: &str) -> Vec<(usize, usize, Anchor)> {
        let mut found = Vec::with_capacity(text.len() / 64);
        self.literals.each(text.as_bytes(), |start, end, idx| {
            found.extend(self.anchors.get(idx).map(|&anchor| (start, end, anchor)));
        });
        found
    }

    pub(super) fn series(&self, letters: &str) -> Option<&Series> {
        self.series_by.get(letters).and_then(|&idx| self.series.get(idx))
    }

    pub(super) fn court(&self, letters: &str, foreign: bool) -> Option<&CourtNames> {
        let by = if foreign { &self.foreign_by } else { &self.court_by };
        by.get(letters).and_then(|&idx| self.courts.get(idx))
    }

    /// Returns the kind of case that `letters` spell, in the singular or plural.
    pub(super) fn case_type(&self, letters: &str) -> Option<&CaseType> {
        let by = |letters: &str| self.type_by.get(letters).and_then(|&idx| self.types.get(idx));
        by(letters).or_else(|| by(letters.strip_suffix('s')?))
    }

    /// Returns the act with the title `title` (squeezed) and the year, where one is given.
    pub(super) fn act_titled(&self, title: &str, year: Option<u16>) -> Option<usize> {
        let candidates = self.titles.get(title)?;
        candidates.iter().copied().find(|&idx| {
            let Some(act) = self.acts.get(idx) else { return false };
            year.map_or(!act.needs_year, |year| act.has_year(year))
        })
    }

    /// Returns the one act of `year` whose title differs from `title` in one word of the same
    /// beginning: `Company (Court) Rules, 1997`, `Illegal Disposition Act, 2005` as courts slip.
    pub(super) fn act_misprinted(&self, title: &str, year: u16, country: &str) -> Option<&Act> {
        let mut like = self.acts.iter().filter(|act| {
            act.year == Some(year) && act.country == country && is_misprint(title, &act.title)
        });
        like.next().filter(|_| like.next().is_none())
    }

    /// Returns the act of number `number` (`XL of 2016`, squeezed).
    pub(super) fn act_numbered(&self, number: &str) -> Option<usize> {
        self.numbers.get(number).copied()
    }

    /// Returns the act whose normal form is `id`.
    pub(super) fn act_with_id(&self, id: &str) -> Option<&Act> {
        self.act_by_id.get(id).and_then(|&idx| self.acts.get(idx))
    }

    /// Returns the word that case ids use for a court of `model::court`: `scp` gives `sc`.
    pub(super) fn court_in_ids(model: &str) -> &str {
        if model == "scp" { "sc" } else { model }
    }
}

/// Tells whether two titles of three words or more differ in one long word that begins alike.
fn is_misprint(printed: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> { text.split_whitespace().map(squeeze).collect() };
    let (printed, title) = (words(printed), words(title));
    if printed.len() != title.len() || title.len() < 3 {
        return false;
    }
    let mut others = printed.iter().zip(&title).filter(|(a, b)| a != b);
    let alike = others.next().is_some_and(|(a, b)| {
        let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        shared >= 5 && a.len() >= 7 && b.len() >= 7
    });
    alike && others.next().is_none()
}

fn folded(text: &str) -> String {
    Flow::of_text(text).text.trim().to_owned()
}

fn add_act(
    idx: usize,
    act: &Act,
    anchors: &mut Anchors,
    titles: &mut HashMap<String, Vec<usize>>,
    numbers: &mut HashMap<String, usize>,
) {
    let long = std::iter::once(&act.title).chain(&act.alias);
    for name in long {
        let ends_in_year = name.trim_end().ends_with(|c: char| c.is_ascii_digit());
        let strength =
            if act.needs_year && !ends_in_year { Strength::Weak } else { Strength::Strong };
        anchors.add(name, Anchor::Act(idx, strength));
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == ',');
        titles.entry(squeeze(bare)).or_default().push(idx);
    }
    for name in &act.weak {
        anchors.add(name, Anchor::Act(idx, Strength::Weak));
    }
    for name in &act.short {
        let strength = if act.weak_short { Strength::Weak } else { Strength::Acronym };
        for written in spellings(name) {
            anchors.add(&written, Anchor::Act(idx, strength));
        }
        titles.entry(squeeze(name)).or_default().push(idx);
    }
    for name in &act.urdu {
        anchors.add(&folded(name), Anchor::Act(idx, Strength::Strong));
    }
    if let Some(number) = &act.number {
        numbers.insert(squeeze(number), idx);
    }
}

/// Returns the ways to write an acronym: `CrPC`, `Cr.P.C`, `Cr. P. C` …
fn spellings(name: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for c in name.chars().filter(|&c| c != '.') {
        match units.last_mut() {
            Some(unit) if c.is_lowercase() => unit.push(c),
            _ => units.push(c.to_string()),
        }
    }
    // Spaces alone stand between all letters or none: `IP A` would hide the `Act` of `Citizenship Act`.
    let joints: &[&str] = if units.len() <= 4 { &["", ".", ". "] } else { &["", "."] };
    let mut written = vec![String::new()];
    for (idx, unit) in units.iter().enumerate() {
        written = written
            .iter()
            .flat_map(|start| {
                let joints = if idx == 0 { &[""][..] } else { joints };
                joints.iter().map(move |joint| format!("{start}{joint}{unit}"))
            })
            .collect();
    }
    written.push(units.join(" "));
    written
}

/// The literals of the anchor pass with what they announce.
#[derive(Default)]
struct Anchors {
    texts: Vec<String>,
    kinds: Vec<Anchor>,
    seen: HashMap<String, usize>,
}

impl Anchors {
    fn add(&mut self, text: &str, kind: Anchor) {
        let key = text.to_ascii_lowercase();
        if self.seen.contains_key(&key) {
            return;
        }
        self.seen.insert(key, self.texts.len());
        self.texts.push(text.to_owned());
        self.kinds.push(kind);
    }

    /// Adds the literals that are the same in every table.
    fn add_fixed(&mut self) {
        const FIXED: &[(&[&str], Anchor)] = &[
            (
                &[
                    "section",
                    "sections",
                    "sec. ",
                    "secs. ",
                    "u/s",
                    "u/ss",
                    "s. ",
                    "ss. ",
                    "§",
                    "§§",
                    "دفعہ",
                    "دفعات",
                    "سیکشن",
                    "sub-section",
                    "subsection",
                ],
                Anchor::Section,
            ),
            (
                &["article", "articles", "art. ", "arts. ", "art ", "arts ", "آرٹیکل", "آرٹیکلز"],
                Anchor::Article,
            ),
            (&["rule ", "rules ", "rr. ", "قاعدہ"], Anchor::Rule),
            (&["regulation ", "regulations "], Anchor::Regulation),
            (&["order ", "u/o ", "u/o. ", "u/or. "], Anchor::Order),
            (
                &[
                    "act",
                    "ordinance",
                    "code",
                    "rules",
                    "regulations",
                    "order,",
                    "order)",
                    "constitution",
                    "bill,",
                    "ordnance",
                ],
                Anchor::TitleEnd,
            ),
            (&["s.r.o", "sro", "s. r. o", "ایس آر او"], Anchor::Sro),
            (
                &[
                    "app no",
                    "app. no",
                    "application no",
                    "appl. no",
                    "applications no",
                    "apps no",
                    "apps. no",
                ],
                Anchor::Strasbourg,
            ),
            (&["c-"], Anchor::Luxembourg),
            (
                &[
                    "u.s.c.",
                    "u.s.c",
                    "usc §",
                    "u. s. c.",
                    "us code",
                    "u.s. code",
                    "u. s. code",
                    "united states code",
                ],
                Anchor::UsCode(false),
            ),
            (&["c.f.r.", "c. f. r."], Anchor::UsCode(true)),
            (&["ibid", "id. ", "id., ", "id.,"], Anchor::Ibid),
            (&["supra"], Anchor::Supra),
            (&["paragraph ", "paragraphs ", "para ", "paras ", "at ["], Anchor::Paragraph),
            (&["no.", "nos."], Anchor::No),
            (&["ecli:"], Anchor::Ecli),
            (
                &[
                    "against the judgment",
                    "against the order",
                    "on appeal from",
                    "against the judgement",
                    "impugned",
                    "assailed",
                    "arising out of",
                    "appeal against",
                    "against judgment",
                ],
                Anchor::Appeal,
            ),
            (&["versus", "vs. ", "vs ", "v/s ", "v. ", "بنام"], Anchor::Versus),
            (&["hereinafter", "hereafter", "(\"", "('", "(the \"", "(the '"], Anchor::Defines),
            (
                &[
                    "scmr",
                    "s c m r",
                    "clc ",
                    "ylr ",
                    "mld ",
                    "p cr. l j",
                    "pcrlj",
                    "ptd ",
                    "cld ",
                    "plc ",
                    "pld ",
                ],
                Anchor::SeriesLetters,
            ),
        ];
        for (texts, kind) in FIXED {
            for text in *texts {
                self.add(text, *kind);
            }
        }
        // `s.37` and `s 37`: with the digit, for `s` and a space end every other word.
        for digit in 1..=9 {
            for (opening, kind) in [
                ("s.", Anchor::Section),
                ("ss.", Anchor::Section),
                ("s ", Anchor::Section),
                ("ss ", Anchor::Section),
                ("art.", Anchor::Article),
            ] {
                self.add(&format!("{opening}{digit}"), kind);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read_whole() {
        for text in [
            include_str!("reporters.toml"),
            include_str!("courts.toml"),
            crate::model::case_type::TABLE,
            include_str!("acts.toml"),
            include_str!("bodies.toml"),
        ] {
            toml::from_str::<File>(text).unwrap();
        }
        assert!(Tables::builtin().inner().anchors.len() > 80);
    }

    #[test]
    fn courts_are_those_of_the_model() {
        for court in &Tables::builtin().inner().courts {
            if let Some(model) = &court.model {
                assert!(crate::model::court::by_id(model).is_some(), "{model}");
            }
        }
    }

    #[test]
    fn acronyms_are_written_many_ways() {
        let written = spellings("CrPC");
        for form in ["CrPC", "Cr.P.C", "Cr. P.C", "Cr.PC", "Cr P C"] {
            assert!(written.iter().any(|one| one == form), "{form}");
        }
    }
}
