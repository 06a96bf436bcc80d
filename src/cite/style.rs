//! Styles: one TOML table each, read once, compiled in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::author::AuthorRule;
use super::template::{Template, TemplateError};
use super::work::{Detail, Work};
use crate::model::{Kind, Pin};

/// The kinds of works that a style has rows for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Row {
    /// A decision that no law report is known of.
    Order,
    /// A decision with a law report.
    Reported,
    /// An enactment or bill.
    Statute,
    /// A statutory instrument.
    Instrument,
    /// A treaty.
    Treaty,
    /// A document of the United Nations.
    UnDocument,
    /// A report of an organisation.
    Report,
    /// A news story.
    News,
    /// An article of a journal.
    Article,
    /// A book.
    Book,
    /// A web page.
    Web,
    /// Pleadings, letters, mail, data and the rest.
    Other,
}

impl Row {
    /// Returns the row that the work is printed by.
    pub const fn of(work: &Work) -> Self {
        match &work.detail {
            Detail::Case(case) if case.reports.is_empty() => Self::Order,
            Detail::Case(_) => Self::Reported,
            Detail::Statute(_) => Self::Statute,
            Detail::Instrument(_) => Self::Instrument,
            Detail::Treaty(_) => Self::Treaty,
            Detail::UnDocument(_) => Self::UnDocument,
            Detail::Report(_) => Self::Report,
            Detail::Published(_) => match work.kind {
                Kind::Article => Self::Article,
                Kind::Book => Self::Book,
                Kind::Web => Self::Web,
                _ => Self::News,
            },
            Detail::Filed(_) => Self::Other,
        }
    }

    /// Tells whether works of this row are formatted by us alone and never by CSL.
    pub const fn is_legal(self) -> bool {
        matches!(
            self,
            Self::Order
                | Self::Reported
                | Self::Statute
                | Self::Instrument
                | Self::Treaty
                | Self::UnDocument
        )
    }
}

/// Which form of a citation is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CitationForm {
    /// The first citation of a work, with everything.
    First,
    /// A later one.
    Later,
    /// The next citation of the same work in the note before.
    Same,
    /// The entry of a bibliography or table.
    List,
}

/// How a style writes days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateForm {
    /// `25.06.2024`
    Dots,
    /// `25 June 2024`
    DayMonth,
    /// `June 25, 2024`
    MonthDay,
    /// `Dec. 16, 1966`, the months of the Bluebook's table T12
    MonthDayShort,
    /// `۲۵ جون ۲۰۲۴` with Western digits: `25 جون 2024`
    Urdu,
}

/// A style: how works of each kind are cited.
#[derive(Debug)]
pub struct Style {
    /// The word of `--style`.
    pub id: String,
    /// Its full name and edition.
    pub name: String,
    /// Whether a person has confirmed its strings with the manual in hand.
    pub confirmed: bool,
    /// Whether the style cites in notes, with short forms for later citations.
    pub has_notes: bool,
    /// Between the parties: ` v. `.
    pub(super) versus: String,
    pub(super) date: DateForm,
    author: AuthorRules,
    /// Words that are shortened in names of courts.
    pub(super) court: Vec<(String, String)>,
    /// Words that are shortened in names of parties.
    pub(super) party: Vec<(String, String)>,
    /// Words of the status: `suspended` in English or Urdu; empty: as the state is called.
    pub(super) status_words: BTreeMap<String, String>,
    pin: BTreeMap<String, [String; 2]>,
    lead: BTreeMap<String, BTreeMap<String, String>>,
    rows: BTreeMap<Row, RowTable>,
}

/// How authors are written in each form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AuthorRules {
    first: AuthorRule,
    /// Missing: as in the first citation.
    later: Option<AuthorRule>,
    /// Missing: as in the first citation.
    list: Option<AuthorRule>,
}

/// The templates of one kind.
#[derive(Debug)]
pub(super) struct RowTable {
    first: Vec<Template>,
    later: Vec<Template>,
    same: Vec<Template>,
    list: Vec<Template>,
    pin: BTreeMap<String, [String; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct StyleFile {
    id: String,
    name: String,
    confirmed: bool,
    notes: bool,
    versus: String,
    date: DateForm,
    author: AuthorRules,
    #[serde(default)]
    court: BTreeMap<String, String>,
    #[serde(default)]
    party: BTreeMap<String, String>,
    #[serde(default)]
    status: BTreeMap<String, String>,
    pin: BTreeMap<String, [String; 2]>,
    lead: BTreeMap<String, BTreeMap<String, String>>,
    row: BTreeMap<Row, RowFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RowFile {
    first: Vec<String>,
    #[serde(default)]
    later: Vec<String>,
    #[serde(default)]
    same: Vec<String>,
    #[serde(default)]
    list: Vec<String>,
    #[serde(default)]
    pin: BTreeMap<String, [String; 2]>,
}

/// Why a table of a style cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StyleError {
    /// There is no style of that name.
    #[error("no style is called `{name}`")]
    NoSuch {
        /// What was asked for.
        name: String,
        /// The style whose name is nearest.
        nearest: String,
    },
    /// The TOML is at fault.
    #[error("the table of a style cannot be read")]
    Toml(#[from] Box<toml::de::Error>),
    /// A template is at fault.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// The shipped tables.
const TABLES: &[(&str, &str)] = &[
    ("pk", include_str!("styles/pk.toml")),
    ("oscola", include_str!("styles/oscola.toml")),
    ("bluebook", include_str!("styles/bluebook.toml")),
    ("chicago", include_str!("styles/chicago.toml")),
    ("apa", include_str!("styles/apa.toml")),
    ("mla", include_str!("styles/mla.toml")),
    ("harvard", include_str!("styles/harvard.toml")),
    ("aglc", include_str!("styles/aglc.toml")),
    ("mcgill", include_str!("styles/mcgill.toml")),
    ("pk-ur", include_str!("styles/pk-ur.toml")),
];

static STYLES: LazyLock<BTreeMap<&'static str, Style>> = LazyLock::new(|| {
    // A table that does not parse is missed by the test below; a user then reads "no such style".
    TABLES.iter().filter_map(|(id, table)| Some((*id, Style::parse(table).ok()?))).collect()
});

/// Returns the ids of all shipped styles, in the order of the manual.
pub fn style_ids() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(id, _)| *id)
}

impl Style {
    /// Returns a shipped style.
    ///
    /// # Errors
    /// [`StyleError::NoSuch`] with the nearest name.
    pub fn named(name: &str) -> Result<&'static Self, StyleError> {
        STYLES.get(name).ok_or_else(|| {
            let shared = |id: &str| id.chars().filter(|&c| name.contains(c)).count();
            let nearest = style_ids().max_by_key(|id| (shared(id), id.len())).unwrap_or("pk");
            StyleError::NoSuch { name: name.to_owned(), nearest: nearest.to_owned() }
        })
    }

    /// Reads the table of a style.
    pub fn parse(table: &str) -> Result<Self, StyleError> {
        let file: StyleFile = toml::from_str(table).map_err(Box::new)?;
        let mut rows = BTreeMap::new();
        for (row, file) in file.row {
            let templates = |texts: Vec<String>| -> Result<Vec<Template>, TemplateError> {
                texts.iter().map(|text| Template::parse(text)).collect()
            };
            rows.insert(
                row,
                RowTable {
                    first: templates(file.first)?,
                    later: templates(file.later)?,
                    same: templates(file.same)?,
                    list: templates(file.list)?,
                    pin: file.pin,
                },
            );
        }
        // Longer words first: `High Court of Sindh` before `High Court`.
        let longest_first = |words: BTreeMap<String, String>| {
            let mut words: Vec<(String, String)> = words.into_iter().collect();
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
            words
        };
        Ok(Self {
            id: file.id,
            name: file.name,
            confirmed: file.confirmed,
            has_notes: file.notes,
            versus: file.versus,
            date: file.date,
            author: file.author,
            court: longest_first(file.court),
            party: longest_first(file.party),
            status_words: file.status,
            pin: file.pin,
            lead: file.lead,
            rows,
        })
    }

    /// Returns the templates of a row and form, and whether the form was in the table.
    ///
    /// A form that is missing is printed as the one before it: later as first, same as later, list
    /// as first.
    pub(super) fn templates(&self, row: Row, form: CitationForm) -> Option<&[Template]> {
        let table = self.rows.get(&row)?;
        let later = if table.later.is_empty() { &table.first } else { &table.later };
        Some(match form {
            CitationForm::First => &table.first,
            CitationForm::Later => later,
            CitationForm::Same if table.same.is_empty() => later,
            CitationForm::Same => &table.same,
            CitationForm::List if table.list.is_empty() => &table.first,
            CitationForm::List => &table.list,
        })
    }

    /// Returns how authors are written in a form.
    pub(super) fn authors(&self, form: CitationForm) -> &AuthorRule {
        let own = match form {
            CitationForm::First => None,
            CitationForm::Later | CitationForm::Same => self.author.later.as_ref(),
            CitationForm::List => self.author.list.as_ref(),
        };
        own.unwrap_or(&self.author.first)
    }

    /// Tells whether the style has rows for this kind of work.
    pub fn has_row(&self, row: Row) -> bool {
        self.rows.contains_key(&row)
    }

    /// Returns the words of a pinpoint without what leads to it: `para 12`, `pp 12–14`.
    pub(super) fn pin_words(&self, row: Row, pin: &Pin) -> Option<String> {
        let name = pin_name(pin);
        let own = self.rows.get(&row).and_then(|table| table.pin.get(name));
        let [one, many] = own.or_else(|| self.pin.get(name))?;
        let (first, last) = pin.ends();
        let is_provision = matches!(pin, Pin::Section(..) | Pin::Article(..) | Pin::Rule(..));
        let shown = |value: &str| if is_provision { provision(value) } else { value.to_owned() };
        Some(match last {
            Some(last) => many.replace("{}", &format!("{}–{}", shown(&first), shown(&last))),
            None => one.replace("{}", &shown(&first)),
        })
    }

    /// Returns what leads to a pinpoint of that kind in the set `set`.
    pub(super) fn lead(&self, set: &str, pin: &Pin) -> &str {
        let set = if set.is_empty() { "default" } else { set };
        let leads = self.lead.get(set);
        let of = |name: &str| leads.and_then(|leads| leads.get(name));
        of(pin_name(pin)).or_else(|| of("any")).map_or("", String::as_str)
    }
}

/// Returns the name under which tables keep a kind of pinpoint; a printed label is a page.
const fn pin_name(pin: &Pin) -> &'static str {
    match pin {
        Pin::Page(..) | Pin::Label(..) => "page",
        Pin::Para(..) => "para",
        Pin::Section(..) => "section",
        Pin::Article(..) => "article",
        Pin::Rule(..) => "rule",
        Pin::Note(..) => "note",
    }
}

/// Returns a provision as statutes print it: `37.1` → `37(1)`, `10a` → `10A`.
fn provision(value: &str) -> String {
    let mut parts = value.split('.');
    let mut out = parts.next().unwrap_or_default().to_owned();
    let ends_in_letter = out.starts_with(|c: char| c.is_ascii_digit())
        && out.chars().filter(char::is_ascii_alphabetic).count() == 1
        && out.ends_with(|c: char| c.is_ascii_alphabetic());
    if ends_in_letter {
        out = out.to_ascii_uppercase();
    }
    for part in parts {
        out.push('(');
        out.push_str(part);
        out.push(')');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_table_parses() {
        for (id, table) in TABLES {
            let style = Style::parse(table).unwrap_or_else(|error| panic!("{id}: {error:?}"));
            assert_eq!(style.id, *id);
        }
    }

    #[test]
    fn every_field_of_every_table_exists() {
        const FIELDS: &[&str] = &[
            "parties",
            "short",
            "title",
            "rules",
            "name",
            "alias",
            "year",
            "number",
            "act",
            "court",
            "date",
            "decision",
            "report",
            "jurisdiction",
            "adopted",
            "inforce",
            "series",
            "symbol",
            "author",
            "publisher",
            "outlet",
            "volume",
            "issue",
            "pages",
            "edition",
            "place",
            "url",
            "accessed",
            "pin",
            "n",
        ];
        for (id, table) in TABLES {
            let style = Style::parse(table).unwrap();
            for table in style.rows.values() {
                for template in
                    [&table.first, &table.later, &table.same, &table.list].into_iter().flatten()
                {
                    template.for_each_field(&mut |name, form| {
                        assert!(FIELDS.contains(&name), "{id}: {name}");
                        let lead_known = form.is_empty() || form == "bare";
                        assert!(
                            name != "pin" || lead_known || style.lead.contains_key(form),
                            "{id}: pin:{form}"
                        );
                    });
                }
            }
        }
    }

    #[test]
    fn an_unknown_style_names_a_near_one() {
        let error = Style::named("oscolla").unwrap_err();
        assert!(matches!(error, StyleError::NoSuch { nearest, .. } if nearest == "oscola"));
    }

    #[test]
    fn provisions_look_like_the_statute() {
        for (given, expect) in
            [("37.1", "37(1)"), ("10a", "10A"), ("249", "249"), ("5.2.b", "5(2)(b)")]
        {
            assert_eq!(provision(given), expect);
        }
    }
}
