//! What a record is made of: kinds, dates with their roles, parties, status, and where each came from.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{Date, PageNo};

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

/// Below this confidence a value is a guess: another of its kind that was read well comes first.
const UNSURE: f32 = 0.6;

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

    /// Tells whether what the page shows is hardly to be read there: a person should look.
    pub fn is_unsure(&self) -> bool {
        self.confidence.is_some_and(|confidence| confidence < UNSURE)
    }

    /// Orders values by trust: origin first, then confidence.
    pub(super) fn rank(&self) -> (Origin, f32) {
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
    /// The day to which a court put off the case: a hearing that was still to come.
    NextHearing,
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
    pub const ALL: [Self; 17] = [
        Self::Order,
        Self::Decision,
        Self::Announced,
        Self::Released,
        Self::Published,
        Self::Hearing,
        Self::NextHearing,
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
            Self::NextHearing => "next-hearing",
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
        !matches!(
            self,
            Self::NextHearing | Self::Modified | Self::Accessed | Self::Captured | Self::Filed
        )
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
