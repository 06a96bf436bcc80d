//! A legal reference at a place of a page, with its normal form.

use serde::{Deserialize, Serialize};

use super::{PageNo, Span};

/// The family of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefKind {
    /// A law report: `PLD 1998 SC 388`.
    Report,
    /// A neutral citation: `2023 LHC 5924`, `[2019] UKSC 22`.
    Neutral,
    /// A case number: `W.P. No. 1805/2023`.
    Case,
    /// An act, or a section or article of one.
    Statute,
    /// A statutory instrument: `S.R.O. 1005(I)/2024`, rules.
    Instrument,
    /// An index number of a body: `ASA 33/0206/2025`, `A/HRC/41/35`.
    Index,
    /// A treaty, or an article of one.
    Treaty,
    /// A back-reference (`supra`, `ibid`, `the said Act`) that was resolved to another reference.
    Back,
}

impl RefKind {
    /// Returns the name that JSON uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Neutral => "neutral",
            Self::Case => "case",
            Self::Statute => "statute",
            Self::Instrument => "instrument",
            Self::Index => "index",
            Self::Treaty => "treaty",
            Self::Back => "back",
        }
    }
}

/// How the document stands to what it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// An outgoing citation.
    #[default]
    Cites,
    /// The document's own number: no citation.
    #[serde(rename = "self")]
    OwnNumber,
    /// The number of the decision appealed from.
    AppealFrom,
}

/// A legal reference at a span of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// The family.
    pub kind: RefKind,
    /// The normal form: `pk/pld/1998/sc/388`, `pk/ihc/wp/2023/1805`, `pk/act/peca/s37.1`.
    ///
    /// Empty where a back-reference has no single candidate.
    pub id: String,
    /// The page.
    pub page: PageNo,
    /// Bytes of the page's text: the smallest span that names this reference.
    pub span: Span,
    /// The span of the whole expression, where one expression names several
    /// (`sections 37, 39 and 42 of PECA`); else equal to `span`.
    pub whole: Span,
    /// The pinpoint as normal words: `p 410`, `para 37`.
    pub pinpoint: Option<String>,
    /// 0 to 1; references below 0.5 are not reported.
    pub confidence: f32,
    /// How the document stands to it.
    #[serde(default)]
    pub relation: Relation,
    /// What a user should know: `probable reading error, perhaps pk/scmr/2017/1354`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Tells whether a text has the shape of a normal form: `pk/pld/1998/sc/388`, `pk/act/peca/s37.1`.
pub fn is_normal_form(text: &str) -> bool {
    let mut parts = text.split('/');
    let country = parts.next().unwrap_or_default();
    let allowed = |c: char| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | '_')
    };
    (2..=4).contains(&country.len())
        && country.bytes().all(|byte| byte.is_ascii_lowercase())
        && text.matches('/').count() >= 2
        && text.chars().all(allowed)
        && parts.all(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_forms_are_told_from_paths() {
        assert!(is_normal_form("pk/pld/1998/sc/388"));
        assert!(is_normal_form("pk/act/peca/s37.1"));
        assert!(!is_normal_form("ihc/order.pdf"));
        assert!(!is_normal_form("PLD 1998 SC 388"));
        assert!(!is_normal_form("corpus/ihc/order.pdf"));
    }
}
