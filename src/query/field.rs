//! The fields of the query language and what their names are taken for.

use super::words::suggest_near;

/// A field of the query language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Tag,
    Mention,
    Court,
    Judge,
    Kind,
    Source,
    List,
    Title,
    Number,
    Cites,
    Lang,
    Page,
    Para,
    Date,
    From,
    To,
    Hearing,
    Published,
    Missing,
    Doc,
    Like,
    Sort,
}

/// Names of fields; the first name of a field is the one that is printed.
const NAMES: &[(&str, Field)] = &[
    ("tag", Field::Tag),
    ("mention", Field::Mention),
    ("court", Field::Court),
    ("judge", Field::Judge),
    ("kind", Field::Kind),
    ("type", Field::Kind),
    ("source", Field::Source),
    ("list", Field::List),
    ("title", Field::Title),
    ("number", Field::Number),
    ("cites", Field::Cites),
    ("lang", Field::Lang),
    ("page", Field::Page),
    ("para", Field::Para),
    ("date", Field::Date),
    ("from", Field::From),
    ("to", Field::To),
    ("hearing", Field::Hearing),
    ("published", Field::Published),
    ("missing", Field::Missing),
    ("doc", Field::Doc),
    ("like", Field::Like),
    ("sort", Field::Sort),
];

/// What other tools call our fields: for hints only.
const ELSEWHERE: &[(&str, &str)] = &[
    ("after", "from"),
    ("since", "from"),
    ("before", "to"),
    ("until", "to"),
    ("year", "date"),
    ("language", "lang"),
    ("path", "source"),
    ("file", "source"),
    ("folder", "source"),
    ("entity", "tag"),
    ("document", "doc"),
    ("paragraph", "para"),
    ("similar", "like"),
    ("filetype", "kind"),
    ("ref", "cites"),
    ("reference", "cites"),
];

impl Field {
    /// Returns the field with this name, in any case.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, field)| field)
    }

    /// Returns the name that is printed.
    pub(super) fn name(self) -> &'static str {
        NAMES.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    /// Returns the names of fields that may be meant by `name`, best first.
    pub(super) fn near(name: &str) -> Vec<String> {
        let lower = name.to_ascii_lowercase();
        if let Some((_, ours)) = ELSEWHERE.iter().find(|(theirs, _)| *theirs == lower) {
            return vec![(*ours).to_owned()];
        }
        // A name of two letters is near to anything: `no:5` is not `to:5`.
        if lower.len() < 3 {
            return Vec::new();
        }
        let near = suggest_near(&lower, NAMES.iter().map(|(name, _)| *name));
        // The first letter is seldom mistyped: `cort` is `court`, not `sort`.
        let same_start = |name: &&&str| name.chars().next() == lower.chars().next();
        let alike: Vec<&str> = near.iter().filter(same_start).copied().collect();
        let best = if alike.is_empty() { near } else { alike };
        best.into_iter().map(str::to_owned).collect()
    }

    /// Tells whether values are numbers or dates, so that `..`, `>` and `[a TO b]` are ranges.
    pub(super) const fn has_ranges(self) -> bool {
        matches!(
            self,
            Self::Page
                | Self::Para
                | Self::Date
                | Self::From
                | Self::To
                | Self::Hearing
                | Self::Published
        )
    }

    /// Tells whether a value may be a legal reference with blanks in it.
    pub(super) const fn takes_references(self) -> bool {
        matches!(self, Self::Number | Self::Cites)
    }

    /// Returns what a value names, for messages.
    pub(super) const fn what(self) -> &'static str {
        match self {
            Self::Tag | Self::Mention => "entity",
            Self::Court => "court",
            Self::Judge => "judge",
            Self::Kind => "kind of document",
            Self::Source => "path",
            Self::List => "list",
            Self::Title => "title",
            Self::Number => "number",
            Self::Cites => "reference",
            Self::Lang => "language",
            Self::Page => "page",
            Self::Para => "paragraph",
            Self::Date | Self::From | Self::To | Self::Hearing | Self::Published => "date",
            Self::Missing => "field that can be missing",
            Self::Doc | Self::Like => "document",
            Self::Sort => "order",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printed_name_leads_back() {
        for (_, field) in NAMES {
            assert_eq!(Field::from_name(field.name()), Some(*field));
        }
        assert_eq!(Field::from_name("Type"), Some(Field::Kind));
        assert_eq!(Field::from_name("held"), None);
    }

    #[test]
    fn near_names() {
        assert_eq!(Field::near("cort"), ["court"]);
        assert_eq!(Field::near("Language"), ["lang"]);
        assert_eq!(Field::near("held"), [""; 0]);
        assert_eq!(Field::near("no"), [""; 0]);
    }
}
