//! From what a person types to an entity: its id, its name or any written form.

use super::table::{Gazetteer, squeeze};

/// What a typed name is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// The id of the one entity meant.
    One(String),
    /// Ids of several entities with this form, in the order of the gazetteer.
    Ambiguous(Vec<String>),
    /// No entity has this form.
    Unknown {
        /// Ids of entities whose id or name is nearly so, the nearest first; at most five.
        near: Vec<String>,
    },
}

impl Gazetteer {
    /// Finds the entity that `name` means: an id, a name, an alias or an acronym in any script.
    ///
    /// Case, blanks, dots and Urdu letter forms are free. An id wins over a form.
    pub fn resolve(&self, name: &str) -> Resolved {
        let typed = name.trim();
        let squeezed = squeeze(typed);
        self.exactly(typed, &squeezed)
            .unwrap_or_else(|| Resolved::Unknown { near: self.near(&squeezed) })
    }

    /// Returns the id of the one entity that `name` means, as [`Self::resolve`] finds it; names that
    /// are nearly so are not looked for, which takes longer than all else.
    pub fn one(&self, name: &str) -> Option<String> {
        let typed = name.trim();
        match self.exactly(typed, &squeeze(typed))? {
            Resolved::One(id) => Some(id),
            Resolved::Ambiguous(_) | Resolved::Unknown { .. } => None,
        }
    }

    /// Returns what has exactly this form; `None` for nothing.
    fn exactly(&self, typed: &str, squeezed: &str) -> Option<Resolved> {
        if self.get(typed).is_some() {
            return Some(Resolved::One(typed.to_owned()));
        }
        let id = typed.to_lowercase().replace([' ', '_'], "-");
        if self.get(&id).is_some() {
            return Some(Resolved::One(id));
        }
        let owners = self.names.get(squeezed).map(Vec::as_slice).unwrap_or_default();
        let ids = |owners: &[usize]| -> Vec<String> {
            owners.iter().map(|&idx| self.all()[idx].id.clone()).collect()
        };
        Some(match owners {
            [] => return self.by_letters(typed),
            [one] => Resolved::One(self.all()[*one].id.clone()),
            several => {
                // A strong form of one of them is what the name means.
                let strong: Vec<usize> = several
                    .iter()
                    .copied()
                    .filter(|&idx| {
                        let entity = &self.all()[idx];
                        [&entity.aliases, &entity.acronyms, &entity.urdu_seen, &entity.urdu_memory]
                            .into_iter()
                            .flatten()
                            .any(|form| squeeze(form) == squeezed)
                    })
                    .collect();
                match strong.as_slice() {
                    [one] => Resolved::One(self.all()[*one].id.clone()),
                    _ => Resolved::Ambiguous(ids(several)),
                }
            }
        })
    }

    /// Tries Urdu letter names for a Latin acronym.
    fn by_letters(&self, typed: &str) -> Option<Resolved> {
        let run = super::urdu::run_of_form(typed)?;
        let owners = self.names.get(&run.to_lowercase())?;
        let ids: Vec<String> = owners.iter().map(|&idx| self.all()[idx].id.clone()).collect();
        Some(match ids.as_slice() {
            [one] => Resolved::One(one.clone()),
            _ => Resolved::Ambiguous(ids),
        })
    }

    /// Returns the ids of entities whose id or name is nearly so.
    fn near(&self, squeezed: &str) -> Vec<String> {
        let mut near: Vec<String> = Vec::new();
        for form in nearest(squeezed, self.names.keys().map(String::as_str), 8) {
            for &idx in &self.names[&form] {
                let id = &self.all()[idx].id;
                if !near.contains(id) {
                    near.push(id.clone());
                }
            }
        }
        near.truncate(5);
        near
    }
}

/// Returns up to `max` of `names` that are nearly `typed`, the nearest first, then in their order.
///
/// One edit in three letters is near; so is a name that begins with what was typed.
pub(super) fn nearest<'n>(
    typed: &str,
    names: impl Iterator<Item = &'n str>,
    max: usize,
) -> Vec<String> {
    let letters: Vec<char> = typed.chars().collect();
    let allowed = letters.len() / 3;
    let mut near: Vec<(usize, &str)> = names
        .filter_map(|name| {
            let starts = letters.len() >= 3 && name.starts_with(typed);
            let edits = if starts { 1 } else { edits(&letters, name, allowed)? };
            Some((edits, name))
        })
        .collect();
    near.sort_by_key(|(edits, _)| *edits);
    near.dedup_by_key(|(_, name)| *name);
    near.into_iter().take(max).map(|(_, name)| name.to_owned()).collect()
}

/// Returns how many edits make `name` of `letters`; `None` over `allowed`.
fn edits(letters: &[char], name: &str, allowed: usize) -> Option<usize> {
    if name.chars().count().abs_diff(letters.len()) > allowed {
        return None;
    }
    let mut row: Vec<usize> = (0..=letters.len()).collect();
    for (i, c) in name.chars().enumerate() {
        // No later row is less than the least of this one.
        if row.iter().all(|&edits| edits > allowed) {
            return None;
        }
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &letter) in letters.iter().enumerate() {
            let changed = diagonal + usize::from(letter != c);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().filter(|&edits| edits <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, id: &str) {
        assert_eq!(Gazetteer::builtin().resolve(name), Resolved::One(id.to_owned()), "{name}");
    }

    #[test]
    fn ids_names_and_forms_in_any_script() {
        check("lims", "lims");
        check("PECA 2016", "peca");
        check("prevention of electronic crimes act, 2016", "peca");
        check("پی ٹی اے", "pta");
        check("اسلام آباد ہائی کورٹ", "ihc");
        check("این سی سی آئی اے", "nccia");
        check("N.A.D.R.A.", "nadra");
        check("Justice Babar Sattar", "babar-sattar");
    }

    #[test]
    fn shared_forms_are_ambiguous() {
        let resolved = Gazetteer::builtin().resolve("AGP");
        assert_eq!(
            resolved,
            Resolved::Ambiguous(vec!["agp-attorney".to_owned(), "agp-auditor".to_owned()])
        );
    }

    #[test]
    fn unknown_names_have_neighbours() {
        let Resolved::Unknown { near } = Gazetteer::builtin().resolve("Utimako") else { panic!() };
        assert_eq!(near, ["utimaco"]);
        assert_eq!(
            Gazetteer::builtin().resolve("qqqqqqqqqq"),
            Resolved::Unknown { near: Vec::new() }
        );
    }
}
