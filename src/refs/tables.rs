//! What the parsers know: reporters, courts, kinds of cases, acts, index numbers.
//!
//! The tables are TOML files compiled in; a user's TOML of the same form adds to them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use crate::model::case_type::CaseType;

use super::anchors::{Anchor, Anchors, add_act, folded};
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
    /// Its letters are words elsewhere: it counts in texts of its country alone.
    #[serde(default)]
    pub(super) home: bool,
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
    /// Words one of which the text of a weak name with a year must hold.
    #[serde(default)]
    pub(super) context: Vec<String>,
    #[serde(default)]
    pub(super) urdu: Vec<String>,
    /// The title means this act only with its year.
    #[serde(default)]
    pub(super) needs_year: bool,
    /// The name means this act in documents of every country.
    #[serde(default)]
    pub(super) unique: bool,
    /// The act that has the same name in India, by the last part of its normal form there.
    pub(super) india: Option<String>,
    /// The name means this act only in documents of its own country.
    #[serde(default)]
    pub(super) home: bool,
    /// The acronym counts only with a section beside it.
    #[serde(default)]
    pub(super) weak_short: bool,
    /// A number right behind the name is one of its rules: `CPR 3.4(2)`.
    pub(super) bare: Option<Bare>,
}

/// Which numbers right behind the name of rules are its rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Bare {
    /// `3.4`; a whole number is a Part.
    Decimal,
    Any,
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
    series_by: Names,
    /// By country and id, `in/scr`.
    series_ids: Names,
    court_by: Names,
    foreign_by: Names,
    type_by: Names,
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
        include_str!("reporters_abroad.toml"),
        include_str!("courts.toml"),
        crate::model::case_type::TABLE,
        include_str!("acts.toml"),
        include_str!("acts_abroad.toml"),
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
        merge(&mut self.series, series, |one| (one.country.clone(), one.id.clone()));
        merge(&mut self.court, court, |one| one.slug.clone());
        merge(&mut self.types, types, |one| one.id.clone());
        merge(&mut self.act, act, |one| one.id.clone());
        merge(&mut self.index, index, |one| one.opens.clone());
    }
}

fn merge<T, K: PartialEq>(all: &mut Vec<T>, added: Vec<T>, id: impl Fn(&T) -> K) {
    for one in added {
        match all.iter().position(|old| id(old) == id(&one)) {
            Some(idx) => all[idx] = one,
            None => all.push(one),
        }
    }
}

/// Squeezed names with their places in a table.
type Names = HashMap<String, usize, BuildHasherDefault<NameHasher>>;

/// Hashes names of tables, which nobody chooses to collide, in a few steps.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NameHasher(u64);

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.write_u64(u64::from_le_bytes(*eight));
        }
        let last = rest.iter().fold(0, |all: u64, &byte| all << 8 | u64::from(byte));
        self.write_u64(last);
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517C_C1B7_2722_0A95);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

impl Inner {
    fn new(file: File) -> Self {
        let File { series, court: courts, types, act: acts, index: indexes } = file;
        let mut anchors = Anchors::default();
        let (mut series_by, mut series_ids) = (Names::default(), Names::default());
        for (idx, one) in series.iter().enumerate() {
            series_ids.insert(format!("{}/{}", one.country, one.id), idx);
            for spelling in &one.spell {
                series_by.insert(spelling.clone(), idx);
            }
            for form in &one.forms {
                anchors.add(form, Anchor::Volume(idx));
            }
        }
        let (mut court_by, mut foreign_by) = (Names::default(), Names::default());
        for (idx, one) in courts.iter().enumerate() {
            for spelling in &one.spell {
                if !one.foreign {
                    court_by.insert(spelling.clone(), idx);
                }
                // `SCC OnLine Kar` is of Karnataka.
                if one.foreign {
                    foreign_by.insert(spelling.clone(), idx);
                } else {
                    foreign_by.entry(spelling.clone()).or_insert(idx);
                }
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
        let mut type_by = Names::default();
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
            series_ids,
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

    /// Returns the series of a country by its id.
    pub(super) fn series_with_id(&self, country: &str, id: &str) -> Option<&Series> {
        let idx = self.series_ids.get(&format!("{country}/{id}"))?;
        self.series.get(*idx)
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

/// Tells whether two words differ in one letter.
fn is_one_letter_off(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let same = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    let rest = |text: &str, from: usize| text.as_bytes().get(from..).unwrap_or_default().to_vec();
    match long.len() - short.len() {
        0 => rest(short, same + 1) == rest(long, same + 1),
        1 => rest(short, same) == rest(long, same + 1),
        _ => false,
    }
}

/// Tells whether two titles of three words or more differ in one long word that begins alike.
fn is_misprint(printed: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> { text.split_whitespace().map(squeeze).collect() };
    let (printed, title) = (words(printed), words(title));
    if printed.len() != title.len() {
        return false;
    }
    // `Official Secret Act`, `Telegraphic Act`: a word with or without its ending.
    let differ: Vec<(&String, &String)> =
        printed.iter().zip(&title).filter(|(a, b)| a != b).collect();
    if let [(a, b)] = differ.as_slice() {
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        if short.len() >= 6 && long.len() - short.len() <= 2 && long.starts_with(short.as_str()) {
            return true;
        }
    }
    // `Qanbun-e-Shahadat Order`: a letter more, less or other in a very long word.
    if let [(a, b)] = differ.as_slice()
        && a.len().min(b.len()) >= 12
        && is_one_letter_off(a, b)
    {
        return true;
    }
    if title.len() < 3 {
        return false;
    }
    let mut others = printed.iter().zip(&title).filter(|(a, b)| a != b);
    let alike = others.next().is_some_and(|(a, b)| {
        let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        shared >= 5 && a.len() >= 7 && b.len() >= 7
    });
    alike && others.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read_whole() {
        for text in [
            include_str!("reporters.toml"),
            include_str!("reporters_abroad.toml"),
            include_str!("reporters_abroad.toml"),
            include_str!("courts.toml"),
            crate::model::case_type::TABLE,
            include_str!("acts.toml"),
            include_str!("acts_abroad.toml"),
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
}
