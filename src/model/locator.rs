//! Places in a document, as people write them: `p12`, `p12-14`, `pl410`, `para18`, `s37.1`, `art10a`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::PageNo;

/// One pinpoint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pin {
    /// A page of the file, and the last page of a range: `p12`, `p12-14`.
    Page(PageNo, Option<PageNo>),
    /// A printed page label, and the last label of a range: `pl410`, `plxiv`.
    Label(String, Option<String>),
    /// A paragraph number, and the last one of a range: `para18`, `para18-20`, `para12a`.
    Para(String, Option<String>),
    /// A section: `s37`, `s37.1`, and the last one of a range.
    Section(String, Option<String>),
    /// An article: `art10a`, and the last one of a range.
    Article(String, Option<String>),
    /// A rule: `r4`.
    Rule(String, Option<String>),
    /// A footnote or endnote: `n5`.
    Note(String, Option<String>),
}

/// Pinpoints of one place, in the order given: `p12,para18`. May be empty: the whole work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Locator(pub Vec<Pin>);

/// The error of reading a [`Locator`].
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "`{part}` is no place: write p12, p12-14, pl410, para18, s37.1, art10a, r4 or n5, joined by commas"
)]
pub struct LocatorError {
    /// The part that could not be read.
    pub part: String,
}

impl Pin {
    /// Returns first and last value as text; the last is `None` for a single place.
    pub fn ends(&self) -> (String, Option<String>) {
        match self {
            Self::Page(first, last) => (first.to_string(), last.map(|last| last.to_string())),
            Self::Label(first, last)
            | Self::Para(first, last)
            | Self::Section(first, last)
            | Self::Article(first, last)
            | Self::Rule(first, last)
            | Self::Note(first, last) => (first.clone(), last.clone()),
        }
    }

    /// Returns the prefix that the written form begins with.
    pub const fn prefix(&self) -> &'static str {
        match self {
            Self::Page(..) => "p",
            Self::Label(..) => "pl",
            Self::Para(..) => "para",
            Self::Section(..) => "s",
            Self::Article(..) => "art",
            Self::Rule(..) => "r",
            Self::Note(..) => "n",
        }
    }
}

impl Locator {
    /// Returns the page of the file that the locator names, where it names one.
    pub fn page(&self) -> Option<PageNo> {
        self.0.iter().find_map(|pin| match pin {
            Pin::Page(page, _) => Some(*page),
            _ => None,
        })
    }

    /// Returns the paragraph label that the locator names, where it names one.
    pub fn para(&self) -> Option<&str> {
        self.0.iter().find_map(|pin| match pin {
            Pin::Para(label, _) => Some(label.as_str()),
            _ => None,
        })
    }

    /// Tells whether the locator names no place: the whole work.
    pub fn is_whole(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = self.ends();
        write!(f, "{}{first}", self.prefix())?;
        last.map_or(Ok(()), |last| write!(f, "-{last}"))
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (pin_idx, pin) in self.0.iter().enumerate() {
            if pin_idx > 0 {
                f.write_str(",")?;
            }
            pin.fmt(f)?;
        }
        Ok(())
    }
}

impl FromStr for Pin {
    type Err = LocatorError;

    fn from_str(part: &str) -> Result<Self, LocatorError> {
        let wrong = || LocatorError { part: part.to_owned() };
        let text = part.trim().to_lowercase();
        // Longest prefix first: `para` and `pl` also begin with `p`.
        let (prefix, rest) = ["para", "art", "pl", "p", "s", "r", "n"]
            .into_iter()
            .find_map(|prefix| text.strip_prefix(prefix).map(|rest| (prefix, rest)))
            .ok_or_else(wrong)?;
        let (first, last) = match rest.split_once('-') {
            Some((first, last)) => (first, Some(last)),
            None => (rest, None),
        };
        let is_value = |value: &str| {
            !value.is_empty()
                && value.len() <= 32
                && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '(' | ')' | '/'))
        };
        if !is_value(first) || !last.is_none_or(is_value) {
            return Err(wrong());
        }
        let (value, end) = (first.to_owned(), last.map(str::to_owned));
        let page = |text: &str| text.parse().ok().and_then(PageNo::new);
        Ok(match prefix {
            "para" => Self::Para(value, end),
            "art" => Self::Article(value, end),
            "pl" => Self::Label(value, end),
            // `pxiv` is a roman folio: a printed label, not a page of the file.
            "p" => match (page(first), last.map(page)) {
                (Some(first), None) => Self::Page(first, None),
                (Some(first), Some(Some(last))) if first <= last => Self::Page(first, Some(last)),
                (None, _) if first.bytes().all(|byte| b"ivxlcdm".contains(&byte)) => {
                    Self::Label(value, end)
                }
                _ => return Err(wrong()),
            },
            // A number must open these, so that a word such as `source` is no section.
            _ if !first.starts_with(|c: char| c.is_ascii_digit()) => return Err(wrong()),
            "s" => Self::Section(value, end),
            "r" => Self::Rule(value, end),
            _ => Self::Note(value, end),
        })
    }
}

impl FromStr for Locator {
    type Err = LocatorError;

    fn from_str(text: &str) -> Result<Self, LocatorError> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        text.split(',').map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl Serialize for Locator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Locator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let printed = text.parse::<Locator>().ok().map(|locator| locator.to_string());
        assert_eq!(printed.as_deref(), expect, "{text}");
    }

    #[test]
    fn every_written_form() {
        for text in ["p12", "p12-14", "pl410", "para18", "para18-20", "s37.1", "art10a", "r4", "n5"]
        {
            check(text, Some(text));
        }
        check("p12,para18", Some("p12,para18"));
        check("pxiv", Some("plxiv"));
        check("", Some(""));
    }

    #[test]
    fn what_is_no_place() {
        for text in ["p0", "p14-12", "page", "source", "12", "para", "p12,", "p-3"] {
            check(text, None);
        }
    }
}
