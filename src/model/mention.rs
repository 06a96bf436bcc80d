//! An entity at a place of a page, with the rule that found it.

use serde::{Deserialize, Serialize};

use super::{PageNo, Span};

/// Why a mention was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A strong form: a name that means this entity alone.
    Alias,
    /// A strong acronym, exact case.
    Acronym,
    /// A weak form that the document itself defines, or whose full name stands in it.
    DefinedHere,
    /// A weak form with a context word in its paragraph.
    WeakContext,
    /// An Urdu name.
    Urdu,
    /// A whole run of Urdu letter names (پی ٹی اے).
    UrduRun,
    /// A person said so.
    Person,
}

impl Rule {
    /// Returns the name that JSON uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::Acronym => "acronym",
            Self::DefinedHere => "defined-here",
            Self::WeakContext => "weak-context",
            Self::Urdu => "urdu",
            Self::UrduRun => "urdu-run",
            Self::Person => "person",
        }
    }
}

/// An entity at a span of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The entity's id in the gazetteer (`lims`).
    pub entity: String,
    /// The page.
    pub page: PageNo,
    /// Bytes of the page's text.
    pub span: Span,
    /// The rule that accepted it.
    pub rule: Rule,
}
