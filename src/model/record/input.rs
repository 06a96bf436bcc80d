//! A record as people write it, in front matter, sidecars and files of their own.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{DateRole, Kind, Origin, Party, Record, RoleDate, Side, Status, Valued};
use crate::model::Date;

/// One value or several, as people write them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// `judge = "Babar Sattar"`
    One(String),
    /// `judges = ["…", "…"]`
    Many(Vec<String>),
}

impl OneOrMany {
    fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(value) => vec![value],
            Self::Many(values) => values,
        }
    }
}

/// A record as people write it, in YAML or TOML.
///
/// ```yaml
/// kind: order
/// title: Mian Najam-us-Saqib v. Federation of Pakistan
/// court: ihc
/// number: W.P. No. 1805/2023
/// date: 2024-06-25
/// dates: { hearing: 2024-05-29, released: 2024-07-01 }
/// judges: [Babar Sattar]
/// petitioner: Mian Najam-us-Saqib
/// respondent: Federation of Pakistan
/// status: [{ state: suspended, by: scp, date: 2024-08-19, source: "Business Recorder, 20 August 2024" }]
/// tags: [lims, pta]
/// ```
///
/// `date` is the main date: its role follows from the kind. Unknown names are kept in `extra`;
/// who reads a person's own file decides whether that is an error.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each field is the field of `Record` by the same name")]
pub struct RecordInput {
    #[serde(alias = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(alias = "short-title", skip_serializing_if = "Option::is_none")]
    pub short_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub dates: BTreeMap<DateRole, Date>,
    #[serde(alias = "judge", skip_serializing_if = "Option::is_none")]
    pub judges: Option<OneOrMany>,
    #[serde(
        alias = "petitioners",
        alias = "appellant",
        alias = "appellants",
        alias = "plaintiff",
        skip_serializing_if = "Option::is_none"
    )]
    pub petitioner: Option<OneOrMany>,
    #[serde(alias = "respondents", alias = "defendant", skip_serializing_if = "Option::is_none")]
    pub respondent: Option<OneOrMany>,
    #[serde(alias = "number", skip_serializing_if = "Option::is_none")]
    pub numbers: Option<OneOrMany>,
    #[serde(alias = "report", skip_serializing_if = "Option::is_none")]
    pub reports: Option<OneOrMany>,
    #[serde(alias = "author", skip_serializing_if = "Option::is_none")]
    pub authors: Option<OneOrMany>,
    #[serde(alias = "outlet", skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    #[serde(alias = "act-number", skip_serializing_if = "Option::is_none")]
    pub act_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gazette: Option<String>,
    #[serde(alias = "index-number", alias = "index", skip_serializing_if = "Option::is_none")]
    pub index_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(alias = "archive-url", skip_serializing_if = "Option::is_none")]
    pub archive_url: Option<String>,
    #[serde(alias = "language", skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(alias = "pages", alias = "page-count", skip_serializing_if = "Option::is_none")]
    pub page_count: Option<Scalar>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<Status>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(alias = "tags-removed", skip_serializing_if = "Vec::is_empty")]
    pub tags_removed: Vec<String>,
    #[serde(alias = "conflicts-with", skip_serializing_if = "Option::is_none")]
    pub conflicts_with: Option<OneOrMany>,
    /// Names that are none of the above, with their values.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Scalar>,
}

/// Any plain value under a name that misl does not know, or a list of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the variants are the plain types of YAML and TOML")]
pub enum Scalar {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Self>),
    Map(BTreeMap<String, Self>),
    Null(()),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => value.fmt(f),
            Self::Int(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::Text(value) => f.write_str(value),
            Self::Null(()) => Ok(()),
            Self::List(values) => {
                for (idx, value) in values.iter().enumerate() {
                    f.write_str(if idx > 0 { ", " } else { "" })?;
                    value.fmt(f)?;
                }
                Ok(())
            }
            Self::Map(values) => {
                for (idx, (name, value)) in values.iter().enumerate() {
                    f.write_str(if idx > 0 { ", " } else { "" })?;
                    write!(f, "{name}: {value}")?;
                }
                Ok(())
            }
        }
    }
}

impl RecordInput {
    /// Returns the record that the input states, every value of `origin`.
    pub fn into_record(self, origin: Origin) -> Record {
        let text = |value: Option<String>| {
            value
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
                .map(|value| Valued::new(value, origin))
        };
        let texts = |values: Option<OneOrMany>| -> Vec<Valued<String>> {
            values
                .map(OneOrMany::into_vec)
                .unwrap_or_default()
                .into_iter()
                .filter(|value| !value.trim().is_empty())
                .map(|value| Valued::new(value.trim().to_owned(), origin))
                .collect()
        };
        let main_role = match self.kind {
            Some(Kind::Order | Kind::Judgment) => DateRole::Order,
            Some(Kind::Statute) => DateRole::Assent,
            Some(Kind::Instrument) => DateRole::Made,
            Some(Kind::Mail | Kind::Letter) => DateRole::Sent,
            _ => DateRole::Published,
        };
        let mut dates: Vec<Valued<RoleDate>> = Vec::new();
        if let Some(value) = self.date.filter(|_| !self.dates.contains_key(&main_role)) {
            dates.push(Valued::new(RoleDate { role: main_role, value }, origin));
        }
        dates.extend(
            self.dates.iter().map(|(&role, &value)| Valued::new(RoleDate { role, value }, origin)),
        );
        let parties = [(Side::A, self.petitioner), (Side::B, self.respondent)]
            .into_iter()
            .flat_map(|(side, names)| {
                texts(names)
                    .into_iter()
                    .map(move |name| Valued::new(Party { side, name: name.value }, origin))
            })
            .collect();
        let values = |values: Vec<String>| -> Vec<Valued<String>> {
            values.into_iter().map(|value| Valued::new(value, origin)).collect()
        };
        Record {
            kind: self.kind.map(|kind| Valued::new(kind, origin)),
            title: text(self.title),
            short_title: text(self.short_title),
            court: text(self.court),
            dates,
            judges: texts(self.judges),
            parties,
            numbers: texts(self.numbers),
            reports: texts(self.reports),
            authors: texts(self.authors),
            publisher: text(self.publisher),
            act_number: text(self.act_number),
            gazette: text(self.gazette),
            index_number: text(self.index_number),
            url: text(self.url),
            archive_url: text(self.archive_url),
            lang: text(self.lang),
            matter: text(self.matter),
            key: text(self.key),
            page_count: text(self.page_count.map(|count| count.to_string())),
            status: self.status.into_iter().map(|status| Valued::new(status, origin)).collect(),
            tags: values(self.tags),
            tags_removed: values(self.tags_removed),
            conflicts_with: texts(self.conflicts_with),
            extra: self
                .extra
                .into_iter()
                .map(|(name, value)| (name, Valued::new(value.to_string(), origin)))
                .collect(),
        }
    }
}
