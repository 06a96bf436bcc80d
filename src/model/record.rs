//! Bibliographic data of a document, every value with where it came from.
//!
//! A [`Record`] is filled by readers (`embedded`, `front-matter`), by derivation from the page
//! (`derived`), by a file beside the source (`sidecar`) and by a person (`person`). [`Record::merge`]
//! keeps the value of the highest [`Origin`]; a person's always wins.
//! [`RecordInput`] is what people write, in front matter, sidecars and records.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Date, PageNo};

/// Where a value came from, the least trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Metadata of the file (PDF info, HTML meta, mail headers).
    Embedded,
    /// Read off the page by rules, with page and confidence.
    Derived,
    /// The head of a Markdown file.
    FrontMatter,
    /// `<file>.misl.toml` beside the source.
    Sidecar,
    /// `corpus/records/<id>.toml`, `misl edit`.
    Person,
}

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Valued<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
    /// The page it was read on, for derived values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageNo>,
    /// 0 to 1, for derived values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
}

impl<T> Valued<T> {
    /// Returns a value of `origin` without page and confidence.
    pub const fn new(value: T, origin: Origin) -> Self {
        Self { value, origin, page: None, confidence: None }
    }

    /// Returns a derived value, read on `page`; `confidence` is 0 to 1.
    pub const fn derived(value: T, page: PageNo, confidence: f32) -> Self {
        Self { value, origin: Origin::Derived, page: Some(page), confidence: Some(confidence) }
    }

    /// Orders values by trust: origin first, then confidence.
    fn rank(&self) -> (Origin, f32) {
        (self.origin, self.confidence.unwrap_or(1.0))
    }
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each name is the word of CITING.md's table and says it all")]
pub enum Kind {
    Order,
    Judgment,
    Statute,
    Bill,
    Instrument,
    Treaty,
    UnDocument,
    Report,
    News,
    Article,
    Book,
    Web,
    Pleading,
    Letter,
    Parliamentary,
    Mail,
    Data,
    Other,
}

impl Kind {
    /// Every kind, in the order of their declaration.
    pub const ALL: [Self; 18] = [
        Self::Order,
        Self::Judgment,
        Self::Statute,
        Self::Bill,
        Self::Instrument,
        Self::Treaty,
        Self::UnDocument,
        Self::Report,
        Self::News,
        Self::Article,
        Self::Book,
        Self::Web,
        Self::Pleading,
        Self::Letter,
        Self::Parliamentary,
        Self::Mail,
        Self::Data,
        Self::Other,
    ];

    /// Returns the word that filters, JSON and records use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Judgment => "judgment",
            Self::Statute => "statute",
            Self::Bill => "bill",
            Self::Instrument => "instrument",
            Self::Treaty => "treaty",
            Self::UnDocument => "un-document",
            Self::Report => "report",
            Self::News => "news",
            Self::Article => "article",
            Self::Book => "book",
            Self::Web => "web",
            Self::Pleading => "pleading",
            Self::Letter => "letter",
            Self::Parliamentary => "parliamentary",
            Self::Mail => "mail",
            Self::Data => "data",
            Self::Other => "other",
        }
    }

    /// Returns the kind of a name; `None` if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Tells whether the document is a decision of a court.
    pub const fn is_case(self) -> bool {
        matches!(self, Self::Order | Self::Judgment)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a date is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each name is the role of CITING.md section 1 and says it all")]
pub enum DateRole {
    Order,
    Decision,
    Announced,
    Released,
    Published,
    Hearing,
    Signed,
    Assent,
    Gazette,
    Made,
    InForce,
    Filed,
    Sent,
    Modified,
    Accessed,
    Captured,
}

impl DateRole {
    /// Every role, in the order of preference for a document's main date.
    pub const ALL: [Self; 16] = [
        Self::Order,
        Self::Decision,
        Self::Announced,
        Self::Released,
        Self::Published,
        Self::Hearing,
        Self::Signed,
        Self::Assent,
        Self::Gazette,
        Self::Made,
        Self::InForce,
        Self::Filed,
        Self::Sent,
        Self::Modified,
        Self::Accessed,
        Self::Captured,
    ];

    /// Returns the word that records and JSON use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Decision => "decision",
            Self::Announced => "announced",
            Self::Released => "released",
            Self::Published => "published",
            Self::Hearing => "hearing",
            Self::Signed => "signed",
            Self::Assent => "assent",
            Self::Gazette => "gazette",
            Self::Made => "made",
            Self::InForce => "in-force",
            Self::Filed => "filed",
            Self::Sent => "sent",
            Self::Modified => "modified",
            Self::Accessed => "accessed",
            Self::Captured => "captured",
        }
    }

    /// Returns the role of a name; `None` if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Tells whether the role can date a document at all: a capture or an access cannot.
    pub const fn can_be_main(self) -> bool {
        !matches!(self, Self::Modified | Self::Accessed | Self::Captured | Self::Filed)
    }
}

/// A date and what it is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoleDate {
    /// What the date is the date of.
    pub role: DateRole,
    /// The date.
    pub value: Date,
}

/// A side of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// `a` (petitioner, appellant, plaintiff) or `b` (respondent, defendant).
    pub side: Side,
    /// As printed, without `…Petitioner(s)` and dot leaders.
    pub name: String,
}

/// The side of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Petitioner, appellant, plaintiff.
    A,
    /// Respondent, defendant.
    B,
}

/// What later happened to an order or an enactment; a history entry, with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// One of [`Status::STATES`].
    pub state: String,
    /// Who did it (`scp`, or a name).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Where this was learned; required: a status without a source is refused.
    pub source: String,
    /// Whether sources disagree about it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disputed: bool,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Status {
    /// Every state that a record may name.
    pub const STATES: [&'static str; 16] = [
        "stayed",
        "suspended",
        "modified",
        "set-aside",
        "reversed",
        "overruled",
        "recalled",
        "upheld",
        "leave-granted",
        "leave-refused",
        "leave-pending",
        "review-pending",
        "amended",
        "repealed",
        "struck-down",
        "lapsed",
    ];

    /// Tells whether the state weakens the order or enactment, so that a citation must say it.
    pub fn is_adverse(&self) -> bool {
        !matches!(self.state.as_str(), "upheld" | "leave-refused" | "amended")
    }
}

/// Bibliographic data of a document.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// What the document is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Valued<Kind>>,
    /// The title, or the cause title of a case (`A v. B`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Valued<String>>,
    /// A short title or alias (`PECA`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_title: Option<Valued<String>>,
    /// The court's id in the gazetteer (`ihc`), or its name where the gazetteer has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court: Option<Valued<String>>,
    /// All dates with their roles.
    pub dates: Vec<Valued<RoleDate>>,
    /// Judges, the author first.
    pub judges: Vec<Valued<String>>,
    /// Parties, side A first.
    pub parties: Vec<Valued<Party>>,
    /// Case, act, instrument or index numbers as printed (`W.P. No. 1805/2023`), the main one first.
    pub numbers: Vec<Valued<String>>,
    /// Law-report citations of the decision itself (`PLD 1998 SC 388`).
    pub reports: Vec<Valued<String>>,
    /// Authors: persons or bodies.
    pub authors: Vec<Valued<String>>,
    /// Publisher or outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Valued<String>>,
    /// Act number (`Act XL of 2016`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_number: Option<Valued<String>>,
    /// Gazette data as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gazette: Option<Valued<String>>,
    /// Index number of a body (`ASA 33/0206/2025`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index_number: Option<Valued<String>>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Valued<String>>,
    /// A lasting copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_url: Option<Valued<String>>,
    /// BCP 47 tag of the main language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Valued<String>>,
    /// The matter that the decision belongs to (`pk/ihc/wp/2023/1805`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<Valued<String>>,
    /// The citation key that a person chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Valued<String>>,
    /// Number of pages of the work as stated, where the document here is only its record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_count: Option<Valued<String>>,
    /// Later history, oldest first.
    pub status: Vec<Valued<Status>>,
    /// Entities that a person added.
    pub tags: Vec<Valued<String>>,
    /// Entities that a person removed.
    pub tags_removed: Vec<Valued<String>>,
    /// Titles or ids of records that say otherwise.
    pub conflicts_with: Vec<Valued<String>>,
    /// Everything else that the source states, by its own names.
    pub extra: BTreeMap<String, Valued<String>>,
}

impl Record {
    /// Returns the date that stands for the document, by the kind's preference of roles.
    ///
    /// An order prints `order`, else `decision`, `announced`, `hearing`, `released`; an enactment
    /// `assent`, `gazette`, `made`; the rest `published`. Captures and accesses never count.
    pub fn main_date(&self) -> Option<&Valued<RoleDate>> {
        use DateRole as R;
        let first: &[DateRole] = match self.kind.as_ref().map(|kind| kind.value) {
            Some(Kind::Order | Kind::Judgment) => {
                &[R::Order, R::Decision, R::Announced, R::Hearing, R::Signed, R::Released]
            }
            Some(Kind::Statute | Kind::Bill) => &[R::Assent, R::Gazette, R::Made, R::InForce],
            Some(Kind::Instrument) => &[R::Made, R::Gazette, R::Published],
            Some(Kind::Mail | Kind::Letter) => &[R::Sent, R::Made],
            Some(Kind::Pleading) => &[R::Filed, R::Signed],
            _ => &[R::Published, R::Released],
        };
        let of_role = |role: &DateRole| {
            // Among dates of one role the most trusted counts, and of these the latest.
            self.dates.iter().filter(|date| date.value.role == *role).max_by(|a, b| {
                let by_rank = a.rank().partial_cmp(&b.rank()).unwrap_or(std::cmp::Ordering::Equal);
                by_rank.then(a.value.value.cmp(&b.value.value))
            })
        };
        let others = DateRole::ALL.iter().filter(|role| role.can_be_main());
        first.iter().chain(others).find_map(of_role)
    }

    /// Returns what was not read off the pages: what stays where their text is read anew.
    #[must_use]
    pub fn without_derived(mut self) -> Self {
        fn single<T>(value: &mut Option<Valued<T>>) {
            if value.as_ref().is_some_and(|value| value.origin == Origin::Derived) {
                *value = None;
            }
        }
        fn list<T>(values: &mut Vec<Valued<T>>) {
            values.retain(|value| value.origin != Origin::Derived);
        }
        single(&mut self.kind);
        list(&mut self.dates);
        list(&mut self.parties);
        list(&mut self.status);
        let Self {
            title,
            short_title,
            court,
            judges,
            numbers,
            reports,
            authors,
            publisher,
            act_number,
            gazette,
            index_number,
            url,
            archive_url,
            lang,
            matter,
            key,
            page_count,
            tags,
            tags_removed,
            conflicts_with,
            extra,
            kind: _,
            dates: _,
            parties: _,
            status: _,
        } = &mut self;
        for value in [
            title,
            short_title,
            court,
            publisher,
            act_number,
            gazette,
            index_number,
            url,
            archive_url,
            lang,
            matter,
            key,
            page_count,
        ] {
            single(value);
        }
        for values in [judges, numbers, reports, authors, tags, tags_removed, conflicts_with] {
            list(values);
        }
        extra.retain(|_, value| value.origin != Origin::Derived);
        self
    }

    /// Takes over what `other` knows: single values of a higher or equal origin, lists whole.
    ///
    /// A list is replaced by that of a higher origin and never mixed: a person who names two judges
    /// means these two. Dates are kept by role, tags and status are joined, `extra` by key.
    pub fn merge(&mut self, other: Self) {
        fn single<T>(mine: &mut Option<Valued<T>>, theirs: Option<Valued<T>>) {
            if let Some(theirs) = theirs
                && mine.as_ref().is_none_or(|mine| mine.rank() <= theirs.rank())
            {
                *mine = Some(theirs);
            }
        }
        fn list<T>(mine: &mut Vec<Valued<T>>, theirs: Vec<Valued<T>>) {
            let top = |values: &[Valued<T>]| values.iter().map(|value| value.origin).max();
            if !theirs.is_empty() && top(mine) <= top(&theirs) {
                *mine = theirs;
            }
        }
        fn joined<T: PartialEq>(mine: &mut Vec<Valued<T>>, theirs: Vec<Valued<T>>) {
            for value in theirs {
                if !mine.iter().any(|mine| mine.value == value.value) {
                    mine.push(value);
                }
            }
        }
        let Self {
            kind,
            title,
            short_title,
            court,
            dates,
            judges,
            parties,
            numbers,
            reports,
            authors,
            publisher,
            act_number,
            gazette,
            index_number,
            url,
            archive_url,
            lang,
            matter,
            key,
            page_count,
            status,
            tags,
            tags_removed,
            conflicts_with,
            extra,
        } = other;
        single(&mut self.kind, kind);
        single(&mut self.title, title);
        single(&mut self.short_title, short_title);
        single(&mut self.court, court);
        for role in DateRole::ALL {
            let mut mine: Vec<_> =
                self.dates.iter().filter(|date| date.value.role == role).cloned().collect();
            let theirs = dates.iter().filter(|date| date.value.role == role).cloned().collect();
            list(&mut mine, theirs);
            self.dates.retain(|date| date.value.role != role);
            self.dates.extend(mine);
        }
        list(&mut self.judges, judges);
        list(&mut self.parties, parties);
        list(&mut self.numbers, numbers);
        list(&mut self.reports, reports);
        list(&mut self.authors, authors);
        single(&mut self.publisher, publisher);
        single(&mut self.act_number, act_number);
        single(&mut self.gazette, gazette);
        single(&mut self.index_number, index_number);
        single(&mut self.url, url);
        single(&mut self.archive_url, archive_url);
        single(&mut self.lang, lang);
        single(&mut self.matter, matter);
        single(&mut self.key, key);
        single(&mut self.page_count, page_count);
        joined(&mut self.status, status);
        joined(&mut self.tags, tags);
        joined(&mut self.tags_removed, tags_removed);
        joined(&mut self.conflicts_with, conflicts_with);
        for (name, value) in extra {
            let mut mine = self.extra.remove(&name);
            single(&mut mine, Some(value));
            self.extra.extend(mine.map(|value| (name, value)));
        }
    }

    /// Returns the names of side `side`, in order.
    pub fn side(&self, side: Side) -> Vec<&str> {
        self.parties
            .iter()
            .filter(|party| party.value.side == side)
            .map(|party| party.value.name.as_str())
            .collect()
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str, origin: Origin) -> Option<Valued<String>> {
        Some(Valued::new(value.to_owned(), origin))
    }

    #[test]
    fn a_person_always_wins() {
        let person = Record { title: text("by hand", Origin::Person), ..Record::default() };
        let derived = Record {
            title: Some(Valued::derived("off the page".to_owned(), PageNo::FIRST, 0.9)),
            ..Record::default()
        };
        for (mut first, second) in [(person.clone(), derived.clone()), (derived, person)] {
            first.merge(second);
            assert_eq!(first.title, text("by hand", Origin::Person));
        }
    }

    #[test]
    fn dates_merge_by_role_and_the_kind_chooses_the_main_one() {
        let input = RecordInput {
            kind: Some(Kind::Order),
            date: "2024-06-25".parse().ok(),
            dates: [(DateRole::Hearing, "2024-05-29".parse().unwrap())].into(),
            ..RecordInput::default()
        };
        let mut record = input.into_record(Origin::FrontMatter);
        record.merge(Record {
            dates: vec![Valued::derived(
                RoleDate { role: DateRole::Order, value: "2023-01-01".parse().unwrap() },
                PageNo::FIRST,
                0.9,
            )],
            ..Record::default()
        });
        assert_eq!(record.main_date().unwrap().value.value.to_string(), "2024-06-25");
        assert_eq!(record.dates.len(), 2);
    }

    #[test]
    fn a_capture_never_dates_a_document() {
        let captured = RoleDate { role: DateRole::Captured, value: "2025-09-12".parse().unwrap() };
        let record =
            Record { dates: vec![Valued::new(captured, Origin::Embedded)], ..Record::default() };
        assert_eq!(record.main_date(), None);
    }
}
