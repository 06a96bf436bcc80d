//! Settings with their origin: default, file, environment, flag; the later wins.
//!
//! Every setting is a row of `defaults.toml`, compiled in. The program reads them once and passes
//! plain values down.

use serde::{Deserialize, Serialize};

/// Where a setting's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SettingOrigin {
    /// `defaults.toml`.
    Default,
    /// The workspace's `misl.toml`.
    File,
    /// An environment variable.
    Environment,
}

impl std::fmt::Display for SettingOrigin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Default => "default",
            Self::File => "misl.toml",
            Self::Environment => "environment",
        })
    }
}

/// A value: a number or a text, as the default is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SettingValue {
    /// A number from 0.
    Number(u64),
    /// A text.
    Text(String),
}

impl std::fmt::Display for SettingValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => f.pad(&number.to_string()),
            Self::Text(text) => f.pad(text),
        }
    }
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// `section.name`.
    pub name: String,
    /// What holds.
    pub value: SettingValue,
    /// Where it comes from.
    pub origin: SettingOrigin,
    /// What it is for.
    pub about: String,
}

/// All settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings(Vec<Setting>);

/// Why settings could not be taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// Not TOML.
    #[error("misl.toml: {0}")]
    Syntax(Box<toml::de::Error>),
    /// A name that no setting has.
    #[error("unknown setting `{name}`")]
    Unknown {
        /// The name as written.
        name: String,
        /// The nearest name.
        near: Option<String>,
    },
    /// A value of another kind than the default.
    #[error("`{name}` takes {expected}, not `{value}`")]
    Value {
        /// The setting.
        name: String,
        /// `a number` or `a text`.
        expected: &'static str,
        /// The value as written.
        value: String,
    },
}

impl SettingsError {
    /// Returns what to do, where there is more to say than the error does.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unknown { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
struct Defaults {
    setting: Vec<DefaultRow>,
}

#[derive(Deserialize)]
struct DefaultRow {
    name: String,
    default: SettingValue,
    about: String,
}

impl Settings {
    /// Returns the settings of a workspace whose `misl.toml` holds `text`; an empty one changes none.
    pub fn read(text: &str) -> Result<Self, SettingsError> {
        let syntax = |error| SettingsError::Syntax(Box::new(error));
        let defaults: Defaults = toml::from_str(include_str!("defaults.toml")).map_err(syntax)?;
        let rows = defaults.setting.into_iter();
        let mut settings = Self(
            rows.map(|row| Setting {
                name: row.name,
                value: row.default,
                origin: SettingOrigin::Default,
                about: row.about,
            })
            .collect(),
        );
        let table: toml::Table = toml::from_str(text).map_err(syntax)?;
        for (section, values) in table {
            let toml::Value::Table(values) = values else {
                return Err(settings.unknown(&section));
            };
            for (name, value) in values {
                settings.set_from_file(&format!("{section}.{name}"), &value)?;
            }
        }
        Ok(settings)
    }

    /// Returns every setting, in the order of `defaults.toml`.
    pub fn all(&self) -> &[Setting] {
        &self.0
    }

    /// Returns a number; 0 where no setting of that name is one.
    pub fn number(&self, name: &str) -> u64 {
        match self.find(name).map(|setting| &setting.value) {
            Some(SettingValue::Number(number)) => *number,
            _ => 0,
        }
    }

    /// Returns a text; empty where no setting of that name is one.
    pub fn text(&self, name: &str) -> &str {
        match self.find(name).map(|setting| &setting.value) {
            Some(SettingValue::Text(text)) => text,
            _ => "",
        }
    }

    /// Sets a value that the environment gives, as text.
    pub fn set_from_environment(&mut self, name: &str, value: &str) -> Result<(), SettingsError> {
        let is_number =
            self.find(name).is_some_and(|known| matches!(known.value, SettingValue::Number(_)));
        let parsed = if is_number {
            value.trim().parse().map(SettingValue::Number).map_err(|_| SettingsError::Value {
                name: name.to_owned(),
                expected: "a number",
                value: value.to_owned(),
            })?
        } else {
            SettingValue::Text(value.to_owned())
        };
        self.set(name, parsed, SettingOrigin::Environment)
    }

    fn set_from_file(&mut self, name: &str, value: &toml::Value) -> Result<(), SettingsError> {
        let Some(known) = self.find(name) else { return Err(self.unknown(name)) };
        let wrong = |expected| SettingsError::Value {
            name: name.to_owned(),
            expected,
            value: value.to_string(),
        };
        let parsed = match (&known.value, value) {
            (SettingValue::Number(_), toml::Value::Integer(number)) => {
                SettingValue::Number(u64::try_from(*number).map_err(|_| wrong("a number from 0"))?)
            }
            (SettingValue::Number(_), _) => return Err(wrong("a number")),
            (SettingValue::Text(_), toml::Value::String(text)) => SettingValue::Text(text.clone()),
            (SettingValue::Text(_), _) => return Err(wrong("a text")),
        };
        self.set(name, parsed, SettingOrigin::File)
    }

    fn set(
        &mut self,
        name: &str,
        value: SettingValue,
        origin: SettingOrigin,
    ) -> Result<(), SettingsError> {
        match self.0.iter_mut().find(|setting| setting.name == name) {
            Some(setting) => {
                setting.value = value;
                setting.origin = origin;
                Ok(())
            }
            None => Err(self.unknown(name)),
        }
    }

    fn find(&self, name: &str) -> Option<&Setting> {
        self.0.iter().find(|setting| setting.name == name)
    }

    fn unknown(&self, name: &str) -> SettingsError {
        let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
        let shared = |known: &str| {
            let wanted = last(name);
            last(known).chars().filter(|c| wanted.contains(*c)).count()
        };
        let near =
            self.0.iter().map(|setting| setting.name.clone()).max_by_key(|known| shared(known));
        SettingsError::Unknown { name: name.to_owned(), near }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_origin_wins() {
        let mut settings = Settings::read("[ingest]\njobs = 3\n").unwrap();
        assert_eq!(settings.number("ingest.jobs"), 3);
        settings.set_from_environment("ingest.jobs", "5").unwrap();
        let jobs = settings.all().iter().find(|setting| setting.name == "ingest.jobs").unwrap();
        assert_eq!(
            (&jobs.value, jobs.origin),
            (&SettingValue::Number(5), SettingOrigin::Environment)
        );
        assert_eq!(settings.text("cite.style"), "pk");
    }

    #[test]
    fn an_unknown_name_is_an_error_with_a_near_one() {
        let error = Settings::read("[ingest]\njob = 3\n").unwrap_err();
        assert_eq!(error.hint().as_deref(), Some("did you mean `ingest.jobs`?"));
        assert!(Settings::read("[ingest]\njobs = \"many\"\n").is_err());
        assert!(Settings::read("jobs = 3\n").is_err());
    }
}
