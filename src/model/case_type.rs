//! Kinds of cases: what courts call them, in short and in full, and which courts have them.
//!
//! One table serves both recognition and print: what is recognised can be printed by the same
//! rule. What a number means in a document is not said here.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A kind of case: `W.P.`, Writ Petition.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseType {
    /// The word of normal forms and keys: `wp`, `crl-misc`.
    pub id: String,
    /// The short form as courts print it: `W.P.`
    pub print: String,
    /// The full form; `None` where the short form is no abbreviation.
    pub long: Option<String>,
    /// The only court that has it, as normal forms call it.
    pub court: Option<String>,
    /// The kinds of courts that have it; none: every court may.
    #[serde(default)]
    pub courts: Vec<Level>,
    /// The year from which the top courts have it too.
    pub top_from: Option<u16>,
    /// A police station's number, not a court's: the document's court says nothing about it.
    #[serde(default)]
    pub placeless: bool,
    /// Letters that mean exactly this kind, lower case, singular.
    #[serde(default)]
    pub spell: Vec<String>,
    /// Letters that are taken for this kind and say more, or less: print keeps such words.
    #[serde(default)]
    pub also: Vec<String>,
    /// Names in Urdu.
    #[serde(default)]
    pub urdu: Vec<String>,
}

/// A kind of court.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The Supreme Court, the Federal Constitutional Court and their like in the territories.
    Top,
    /// The High Courts and the Chief Court.
    High,
    /// The Federal Shariat Court.
    Shariat,
    /// Service tribunals and their like: none stands in the list of courts.
    Tribunal,
}

impl Level {
    /// Returns the kind of a court of `model::court`; `None` for courts of other countries.
    fn of(court: &str) -> Option<Self> {
        let known = super::court::by_id(court).filter(|court| court.country == "pk")?;
        Some(match known.rank {
            _ if known.id == "fsc" => Self::Shariat,
            0 | 1 => Self::Top,
            _ => Self::High,
        })
    }
}

impl CaseType {
    /// Tells whether a case of this kind and year can be one of `court`, an id of `model::court`.
    pub fn fits(&self, court: &str, year: u16) -> bool {
        // A court that is not in the list of courts is trusted.
        self.courts.is_empty()
            || Level::of(court).is_none_or(|level| {
                self.courts.contains(&level)
                    || level == Level::Top && self.top_from.is_some_and(|from| year >= from)
            })
    }

    /// Returns the full form: `Writ Petition`.
    pub fn full(&self) -> &str {
        self.long.as_deref().unwrap_or(&self.print)
    }
}

/// The table, as TOML.
pub const TABLE: &str = include_str!("case_types.toml");

/// The table's rows and where each spelling stands in them.
struct Known {
    rows: Vec<CaseType>,
    /// The row, and whether the letters mean exactly this kind.
    by_letters: HashMap<String, (usize, bool)>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    #[derive(Default, Deserialize)]
    struct File {
        #[serde(rename = "type")]
        rows: Vec<CaseType>,
    }
    // A table that does not parse fails the test `the_table_is_read_whole`.
    let rows = toml::from_str::<File>(TABLE).unwrap_or_default().rows;
    let mut by_letters = HashMap::new();
    for (idx, row) in rows.iter().enumerate() {
        for (letters, is_exact) in
            row.spell.iter().map(|one| (one, true)).chain(row.also.iter().map(|one| (one, false)))
        {
            by_letters.insert(letters.clone(), (idx, is_exact));
        }
    }
    Known { rows, by_letters }
});

/// Returns every kind of case, in the order of the table.
pub fn all() -> &'static [CaseType] {
    &KNOWN.rows
}

/// Returns the kind that `letters` (lower case, nothing else) spell in the singular or plural, and
/// whether they mean exactly that.
pub fn by_letters(letters: &str) -> Option<(&'static CaseType, bool)> {
    let plain = |letters: &str| KNOWN.by_letters.get(letters).copied();
    let (idx, is_exact) = plain(letters)
        .or_else(|| plain(letters.strip_suffix('s')?))
        .or_else(|| plain(&letters.replace("petitionsfor", "petitionfor")))
        // `Civil Appeals` is one word, `C.As.` another; `Civil Petitions Nos` loses both.
        .or_else(|| plain(&letters.strip_suffix('s')?.replace("petitionsfor", "petitionfor")))?;
    KNOWN.rows.get(idx).map(|row| (row, is_exact))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole() {
        assert_eq!(all().len(), TABLE.matches("[[type]]").count());
        let mut seen = std::collections::BTreeSet::new();
        for row in all() {
            assert!(seen.insert(&row.id), "{}", row.id);
            assert!(!row.spell.is_empty(), "{}", row.id);
            let court = row.court.as_deref().unwrap_or("sc");
            assert_eq!(court, "sc", "{}", row.id);
        }
    }

    #[test]
    fn a_spelling_means_one_kind() {
        let mut owner = HashMap::new();
        for row in all() {
            for letters in row.spell.iter().chain(&row.also) {
                let fits = letters.bytes().all(|byte| byte.is_ascii_lowercase());
                assert!(fits, "{letters}");
                assert_eq!(owner.insert(letters, &row.id), None, "{letters}");
            }
        }
    }

    #[test]
    fn letters_mean_a_kind() {
        let id = |letters| by_letters(letters).map(|(row, is_exact)| (row.id.as_str(), is_exact));
        assert_eq!(id("wp"), Some(("wp", true)));
        assert_eq!(id("civilappeals"), Some(("ca", true)));
        assert_eq!(id("civilpetitionsforleavetoappeal"), Some(("cpla", true)));
        assert_eq!(id("cp"), Some(("cp", false)));
        assert_eq!(id("zz"), None);
    }
}
