//! The language of a text, as far as search and display need to know it.

use serde::{Deserialize, Serialize};

/// A language that misl tells apart; the names are BCP 47 tags.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Lang {
    /// English, or Latin letters of a language that was not told apart.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Urdu in Arabic script.
    #[serde(rename = "ur")]
    Ur,
    /// Arabic.
    #[serde(rename = "ar")]
    Ar,
    /// Persian.
    #[serde(rename = "fa")]
    Fa,
    /// Sindhi in Arabic script.
    #[serde(rename = "sd")]
    Sd,
    /// Urdu in Latin letters: a guess.
    #[serde(rename = "ur-Latn")]
    UrLatn,
    /// Another or no language (numbers, signs, other scripts).
    #[serde(rename = "und")]
    Und,
}

impl Lang {
    /// Every language, in the order of their declaration.
    pub const ALL: [Self; 7] =
        [Self::En, Self::Ur, Self::Ar, Self::Fa, Self::Sd, Self::UrLatn, Self::Und];

    /// Returns the BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ur => "ur",
            Self::Ar => "ar",
            Self::Fa => "fa",
            Self::Sd => "sd",
            Self::UrLatn => "ur-Latn",
            Self::Und => "und",
        }
    }

    /// Returns the language of a BCP 47 tag; a region (`en-GB`) is passed over. `None` if unknown.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.trim().replace('_', "-").to_ascii_lowercase();
        if tag.starts_with("ur-latn") {
            return Some(Self::UrLatn);
        }
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.tag() == primary)
    }

    /// Tells whether the language is written from right to left.
    pub const fn is_rtl(self) -> bool {
        matches!(self, Self::Ur | Self::Ar | Self::Fa | Self::Sd)
    }
}
