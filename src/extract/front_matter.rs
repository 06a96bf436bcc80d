//! The head of a Markdown file: `---` YAML or `+++` TOML at the first byte, as a record.
//!
//! One wrong field costs that field: it is named in a warning and kept as text.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::dates;
use crate::model::record::{DateRole, RecordInput, Scalar};
use crate::model::{Date, Origin, Record};

/// Longest head, in bytes.
const MAX_BYTES: usize = 64 << 10;

/// A file cut into its head and its body.
pub(crate) struct Split<'a> {
    /// Between the fences; `None` without a head.
    pub(crate) head: Option<Head<'a>>,
    /// What follows.
    pub(crate) body: &'a str,
}

/// A head and the language that it is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head<'a> {
    /// Between `---` and `---` or `...`.
    Yaml(&'a str),
    /// Between `+++` and `+++`.
    Toml(&'a str),
}

impl<'a> Head<'a> {
    /// Returns what stands between the fences.
    pub(crate) const fn text(self) -> &'a str {
        match self {
            Self::Yaml(text) | Self::Toml(text) => text,
        }
    }
}

/// Cuts `text` at its fences; a rule (`---`) over text that has no `name:` line is no fence.
pub(crate) fn split(text: &str) -> Split<'_> {
    let whole = Split { head: None, body: text };
    let (fence, closing): (_, &[&str]) = match text.lines().next().map(str::trim_end) {
        Some("---") => ("---", &["---", "..."]),
        Some("+++") => ("+++", &["+++"]),
        _ => return whole,
    };
    let Some(start) = text.find('\n').map(|at| at + 1) else { return whole };
    let mut at = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        if at > MAX_BYTES {
            return whole;
        }
        if closing.contains(&line.trim_end()) {
            let inner = text.get(start..at).unwrap_or_default();
            let body = text.get(at + line.len()..).unwrap_or_default();
            let separator = if fence == "---" { ':' } else { '=' };
            let is_head =
                inner.trim().is_empty() || inner.lines().any(|line| line.contains(separator));
            let head = if fence == "---" { Head::Yaml(inner) } else { Head::Toml(inner) };
            return if is_head { Split { head: Some(head), body } } else { whole };
        }
        at += line.len();
    }
    whole
}

/// Returns the record of a head, and what could not be understood, in words.
///
/// # Errors
/// The head is no mapping at all; the text says why.
pub(crate) fn record(head: Head<'_>) -> Result<(Record, Vec<String>), String> {
    let fields = match head {
        Head::Yaml(text) if text.trim().is_empty() => BTreeMap::new(),
        Head::Yaml(text) => yaml(text)?,
        Head::Toml(text) => toml(text)?,
    };
    let mut good = Map::new();
    let mut extra = Vec::new();
    let mut complaints = Vec::new();
    for (name, value) in fields {
        if value.is_null() {
            continue;
        }
        match understood(&name, value.clone()) {
            Some(value) => {
                good.insert(name, value);
            }
            None => {
                complaints.push(format!("`{name}` has a value that is not understood"));
                extra.push((name, value));
            }
        }
    }
    // Two names of one field (`date`, `type` beside `kind`) clash only here.
    let mut input: RecordInput = match serde_json::from_value(Value::Object(good.clone())) {
        Ok(input) => input,
        Err(error) => {
            complaints.push(error.to_string());
            good.into_iter().fold(RecordInput::default(), |input, (name, value)| {
                let mut together = serde_json::to_value(&input).unwrap_or_default();
                if let Some(fields) = together.as_object_mut() {
                    fields.insert(name, value);
                }
                serde_json::from_value(together).unwrap_or(input)
            })
        }
    };
    for (name, value) in extra {
        input.extra.insert(name, Scalar::Text(plain(&value)));
    }
    Ok((input.into_record(Origin::FrontMatter), complaints))
}

/// Reads YAML within a budget: no bombs of aliases, no deep nesting.
fn yaml(text: &str) -> Result<BTreeMap<String, Value>, String> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: 1000,
            max_depth: 32,
            max_documents: 2,
        },
    };
    serde_saphyr::from_str_with_options(text, options)
        .map_err(|error| first_line(&error.to_string()))
}

/// Reads TOML; its dates become text.
fn toml(text: &str) -> Result<BTreeMap<String, Value>, String> {
    let table: toml::Table =
        text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    Ok(table.into_iter().map(|(name, value)| (name, of_toml(value))).collect())
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(n) => n.into(),
        toml::Value::Float(n) => n.into(),
        toml::Value::Boolean(is) => is.into(),
        toml::Value::Datetime(at) => Value::String(at.to_string()),
        toml::Value::Array(values) => values.into_iter().map(of_toml).collect(),
        toml::Value::Table(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, of_toml(value))).collect())
        }
    }
}

/// Returns `value` in a form that the field `name` takes; `None` if there is none.
fn understood(name: &str, value: Value) -> Option<Value> {
    let value = match name {
        "date" => Value::String(iso(&value)?),
        "dates" => {
            let fields = value.as_object()?.iter().filter_map(|(role, value)| {
                let role = DateRole::from_name(role)?;
                Some((role.name().to_owned(), Value::String(iso(value)?)))
            });
            Value::Object(fields.collect())
        }
        "kind" | "type" => Value::String(value.as_str()?.trim().to_lowercase().replace(' ', "-")),
        _ => value,
    };
    let takes = |value: &Value| {
        let alone = Map::from_iter([(name.to_owned(), value.clone())]);
        serde_json::from_value::<RecordInput>(Value::Object(alone)).is_ok()
    };
    let words = || plain(&value).split(',').map(|word| word.trim().to_owned().into()).collect();
    let listed = || {
        value.as_array().map(|all| all.iter().map(|value| Value::String(plain(value))).collect())
    };
    let forms: [&dyn Fn() -> Option<Value>; 4] = [
        &|| Some(value.clone()),
        &|| (!value.is_object()).then(|| Value::String(plain(&value))),
        &|| listed().map(Value::Array),
        &|| (!value.is_object()).then(|| Value::Array(words())),
    ];
    forms.into_iter().filter_map(|form| form()).find(takes)
}

/// Returns a date as records write it: `2024-06-25`, `2024-06`, `2024`.
fn iso(value: &Value) -> Option<String> {
    let text = plain(value);
    let date = text.parse::<Date>().ok().or_else(|| dates::date_in(&text))?;
    Some(date.to_string())
}

/// Returns a value as one line of text.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    #[track_caller]
    fn good(text: &str) -> (Record, Vec<String>) {
        record(split(text).head.unwrap()).unwrap()
    }

    #[test]
    fn yaml_fills_the_record() {
        let text = "---\ntitle: A v. B\nkind: order\ncourt: ihc\nnumber: 1805\ndate: 25 June 2024\n\
                    judges: [Babar Sattar]\ntags: lims, pta\nweather: fine\n---\nbody";
        let (record, complaints) = good(text);
        assert_eq!(complaints, Vec::<String>::new());
        assert_eq!(record.title.as_ref().unwrap().value, "A v. B");
        assert_eq!(record.title.as_ref().unwrap().origin, Origin::FrontMatter);
        assert_eq!(record.kind.as_ref().unwrap().value, Kind::Order);
        assert_eq!(record.numbers[0].value, "1805");
        assert_eq!(record.main_date().unwrap().value.value.to_string(), "2024-06-25");
        assert_eq!(record.tags.len(), 2);
        assert_eq!(record.extra["weather"].value, "fine");
        assert_eq!(split(text).body, "body");
    }

    #[test]
    fn toml_too() {
        let (record, _) = good("+++\ntitle = \"Report\"\ndate = 2024-07-02\n+++\nbody");
        assert_eq!(record.main_date().unwrap().value.value.to_string(), "2024-07-02");
    }

    #[test]
    fn a_wrong_field_costs_that_field() {
        let (record, complaints) = good("---\ntitle: T\nkind: sermon\ndate: soon\n---\n");
        assert_eq!(record.title.unwrap().value, "T");
        assert_eq!(complaints.len(), 2);
        assert_eq!(record.extra["kind"].value, "sermon");
    }

    #[test]
    fn what_is_no_head() {
        assert!(split("---\n\nA rule above.\n\n---\nmore").head.is_none());
        assert!(split("---\ntitle: never closed").head.is_none());
        assert!(split(" ---\ntitle: x\n---\n").head.is_none());
        assert!(record(Head::Yaml("a: [")).is_err());
    }

    #[test]
    fn bombs_are_refused() {
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n\
                    c: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d]\n";
        assert!(record(Head::Yaml(bomb)).is_err());
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "[-+.:\n a-z\\[\\]{}&*#\"0-9=]{0,120}") {
            let text = format!("---\n{text}\n---\n");
            if let Some(head) = split(&text).head {
                let _ = record(head).is_ok();
                let _ = record(Head::Toml(head.text())).is_ok();
            }
        }
    }
}
