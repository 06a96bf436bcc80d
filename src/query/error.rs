//! What is wrong with a query, where, and what to do about it.

use crate::model::Span;
use crate::model::locator::LocatorError;

use super::limits;

/// A query that cannot be asked. Broken syntax is never an error: it is repaired, with a note.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// Nothing to look for.
    #[error("nothing to look for")]
    Empty {
        /// The whole text.
        span: Span,
    },
    /// Over [`limits::BYTES`].
    #[error("the query is {bytes} bytes long; {} is the most", limits::BYTES)]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// Brackets deeper than [`limits::DEPTH`].
    #[error("brackets nest deeper than {}", limits::DEPTH)]
    TooDeep {
        /// The bracket that is too deep.
        span: Span,
    },
    /// More terms than [`limits::TERMS`].
    #[error("the query has {terms} terms or more; {} is the most", limits::TERMS)]
    TooManyTerms {
        /// The term that is too much.
        span: Span,
        /// How many were counted.
        terms: usize,
    },
    /// A phrase of more words than [`limits::PHRASE_WORDS`].
    #[error("a phrase of {words} words; {} is the most", limits::PHRASE_WORDS)]
    LongPhrase {
        /// The phrase.
        span: Span,
        /// How many words it has.
        words: usize,
    },
    /// A field that does not exist.
    #[error("unknown field `{name}`")]
    UnknownField {
        /// The name.
        span: Span,
        /// The name as typed.
        name: String,
        /// The nearest fields, best first.
        near: Vec<String>,
    },
    /// A field without anything to compare.
    #[error("`{field}:` without a value")]
    NoValue {
        /// The field.
        span: Span,
        /// Its name.
        field: &'static str,
    },
    /// A value that the field does not have.
    #[error("no {what} `{value}`")]
    UnknownValue {
        /// The value.
        span: Span,
        /// What it should have been: `entity`, `court`, `kind` …
        what: &'static str,
        /// The value as typed.
        value: String,
        /// The nearest values, best first.
        near: Vec<String>,
    },
    /// A value that may mean several things; none is chosen for the user.
    #[error("{what} `{value}` may mean {}", candidates.join(" or "))]
    AmbiguousValue {
        /// The value.
        span: Span,
        /// What it should name: `entity`, `court`, `document` …
        what: &'static str,
        /// The value as typed.
        value: String,
        /// What it may mean.
        candidates: Vec<String>,
    },
    /// A date that the calendar does not have.
    #[error("there is no such {what}: `{value}`")]
    NoSuchDate {
        /// The value.
        span: Span,
        /// `year`, `month` or `day`.
        what: &'static str,
        /// The date as typed.
        value: String,
    },
    /// Something else than a date.
    #[error("`{value}` is no date")]
    NotADate {
        /// The value.
        span: Span,
        /// The value as typed.
        value: String,
    },
    /// A date that may be read day first or month first.
    #[error("`{value}` may be {} or {}", readings[0], readings[1])]
    AmbiguousDate {
        /// The value.
        span: Span,
        /// The date as typed.
        value: String,
        /// Day first, then month first.
        readings: [String; 2],
    },
    /// Something else than a number or a range of numbers.
    #[error("`{field}:` takes a number from 1 or a range, not `{value}`")]
    NotANumber {
        /// The value.
        span: Span,
        /// The field.
        field: &'static str,
        /// The value as typed.
        value: String,
    },
    /// A place that cannot be read.
    #[error("no such form of a place")]
    Place {
        /// The place.
        span: Span,
        /// Why.
        source: LocatorError,
    },
}

/// Three queries that show what can be asked.
pub const EXAMPLES: [&str; 3] =
    ["\"data retention\" tag:pta", "surveil* w/10 warrant", "court:ihc date:2024.. -firewall"];

impl QueryError {
    /// Returns where the fault lies: bytes of the typed text, or of the flag's value.
    pub fn span(&self) -> Span {
        match self {
            Self::TooLong { bytes } => 0..*bytes,
            Self::Empty { span }
            | Self::TooDeep { span }
            | Self::TooManyTerms { span, .. }
            | Self::LongPhrase { span, .. }
            | Self::UnknownField { span, .. }
            | Self::NoValue { span, .. }
            | Self::UnknownValue { span, .. }
            | Self::AmbiguousValue { span, .. }
            | Self::NoSuchDate { span, .. }
            | Self::NotADate { span, .. }
            | Self::AmbiguousDate { span, .. }
            | Self::NotANumber { span, .. }
            | Self::Place { span, .. } => span.clone(),
        }
    }

    /// Returns what to do, lower case and without a full stop.
    pub fn hint(&self) -> String {
        match self {
            Self::Empty { .. } => format!("for example {}", EXAMPLES.join("   or   ")),
            Self::TooLong { .. } | Self::LongPhrase { .. } => {
                "to find where a long text is quoted, save it and use `misl check FILE`".to_owned()
            }
            Self::TooDeep { .. } => "take away brackets".to_owned(),
            Self::TooManyTerms { .. } => "ask in several queries".to_owned(),
            Self::UnknownField { near, .. } => {
                did_you_mean(near, "`misl help query` lists the fields")
            }
            Self::NoValue { field, .. } => {
                format!("write `{field}:` and the value without a blank")
            }
            Self::UnknownValue { what, near, .. } => did_you_mean(near, where_listed(what)),
            Self::AmbiguousValue { .. } => "write one of them".to_owned(),
            Self::NoSuchDate { .. } => "look at the calendar".to_owned(),
            Self::NotADate { .. } => {
                "dates are written 2024, 2024-06, 2024-06-25, 25.06.2024 or 2023..2024-08"
                    .to_owned()
            }
            Self::AmbiguousDate { readings, .. } => {
                format!("write {} (day first) or {} (month first)", readings[0], readings[1])
            }
            Self::NotANumber { field, .. } => format!("for example `{field}:12` or `{field}:3..5`"),
            Self::Place { source, .. } => source.to_string(),
        }
    }
}

/// Returns the nearest names as a question, and where all of them are listed.
fn did_you_mean(near: &[String], listed: &str) -> String {
    if near.is_empty() {
        return listed.to_owned();
    }
    let names: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    let or = names.join(" or ");
    if listed.is_empty() {
        format!("did you mean {or}?")
    } else {
        format!("did you mean {or}? {listed}")
    }
}

/// Returns where the names of a sort of thing are listed.
fn where_listed(what: &str) -> &'static str {
    match what {
        "entity" => "`misl entities` lists all",
        "court" | "judge" => "`misl search '*' --facets=all` lists those of the corpus",
        "list" => "`misl list` shows all",
        "field that can be missing" => {
            "one of date, title, court, kind, judge, number, page-label, text"
        }
        "order" => "one of relevance, date, newest, court, title, path, cited",
        "document" => "a document is six or more digits of its id, its key or its path",
        "reference" => "for example `cites:\"PLD 1998 SC 388\"` or a document",
        _ => "`misl help query` lists the values",
    }
}

/// Returns the line of `text` that holds `span` and a line with carets under the span, both fit to
/// print: without control characters and cut to `max_columns` around the span.
///
/// Carets stand in display columns: a combining mark takes none, a wide sign two.
pub fn underline(text: &str, span: &Span, max_columns: usize) -> (String, String) {
    let mut columns: Vec<(String, usize, bool)> = Vec::new();
    for (at, c) in text.char_indices() {
        let c = if c.is_control() { ' ' } else { c };
        let inside = span.contains(&at);
        match (width(c), columns.last_mut()) {
            (0, Some(last)) => last.0.push(c),
            (0, None) => {}
            (columns_of, _) => columns.push((c.to_string(), columns_of, inside)),
        }
    }
    let first = columns.iter().position(|column| column.2).unwrap_or(columns.len());
    let mut from = 0;
    let before: usize = columns.iter().take(first).map(|column| column.1).sum();
    if before > max_columns / 2 {
        from = first.saturating_sub(max_columns / 3);
    }
    let mut line = String::from(if from > 0 { "…" } else { "" });
    let mut carets = String::from(if from > 0 { " " } else { "" });
    let mut used = line.chars().count();
    for (letters, columns_of, inside) in columns.iter().skip(from) {
        used += columns_of;
        if used > max_columns {
            line.push('…');
            break;
        }
        line.push_str(letters);
        carets.push_str(&if *inside { "^" } else { " " }.repeat(*columns_of));
    }
    if !carets.contains('^') {
        carets = format!("{}^", " ".repeat(carets.len()));
    }
    (line, carets.trim_end().to_owned())
}

/// Returns how many columns of a terminal `c` takes.
fn width(c: char) -> usize {
    if unicode_normalization::char::is_combining_mark(c) {
        return 0;
    }
    match c as u32 {
        0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFEFF => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Missing, Sort};
    use super::*;

    #[track_caller]
    fn check(text: &str, span: Span, expect: [&str; 2]) {
        let (line, carets) = underline(text, &span, 40);
        assert_eq!([line.as_str(), carets.as_str()], expect);
    }

    #[test]
    fn carets_stand_in_columns() {
        check("cort:ihc AND x", 0..4, ["cort:ihc AND x", "^^^^"]);
        check("tag:بشریٰ x", 4..14, ["tag:بشریٰ x", "    ^^^^"]);
        check("法 cort:x", 4..8, ["法 cort:x", "   ^^^^"]);
        check("a\u{1b}[31m cort:x", 7..11, ["a [31m cort:x", "       ^^^^"]);
        check("ab", 2..2, ["ab", "  ^"]);
    }

    #[test]
    fn closed_lists_are_listed_whole() {
        let missing = where_listed("field that can be missing");
        assert!(Missing::ALL.iter().all(|one| missing.contains(one.name())), "{missing}");
        let orders = where_listed("order");
        assert!(Sort::ALL.iter().all(|one| orders.contains(one.name())), "{orders}");
    }

    #[test]
    fn a_long_line_is_cut_around_the_fault() {
        let text = format!("{}cort:x {}", "word ".repeat(30), "word ".repeat(30));
        let (line, carets) = underline(&text, &(150..154), 40);
        assert!(line.starts_with('…') && line.ends_with('…'), "{line}");
        let at = carets.chars().count() - 4;
        assert_eq!(line.chars().skip(at).take(4).collect::<String>(), "cort");
    }
}
