//! A small vocabulary for tests of the query language.

use crate::model::SourceId;

use super::{FoundName, FoundReference, Lookup, Vocabulary, are_letter_names, suggest_near};

/// Entities: id, names in any script.
const TAGS: &[(&str, &[&str])] = &[
    ("pta", &["PTA", "Pakistan Telecommunication Authority", "پی ٹی اے"]),
    ("lims", &["LIMS", "Lawful Intercept Management System", "لافل انٹرسپٹ", "ایل آئی ایم ایس"]),
    ("peca", &["PECA", "PECA 2016", "پیکا"]),
    ("fia", &["FIA", "ایف آئی اے"]),
    ("fia-ccw", &["Cyber Crime Wing"]),
    ("jazz", &["Jazz"]),
    ("zong", &["Zong"]),
    ("ufone", &["Ufone"]),
    ("aamer-farooq", &["Aamer Farooq", "farooq"]),
    ("farooq-haider", &["Farooq Haider", "farooq"]),
];

const COURTS: &[(&str, &[&str])] = &[
    ("ihc", &["Islamabad High Court", "IHC"]),
    ("lhc", &["Lahore High Court", "LHC"]),
    ("scp", &["Supreme Court of Pakistan", "Supreme Court"]),
];

/// Tokens that the index of the tests holds, beside those of its texts.
const WORDS: &[&str] = &["ہائیکورٹ", "فائروال", "نے", "چیئرمین", "versus"];

/// What tests look names up in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known;

/// Returns the id of the test corpus's document `n`.
pub(crate) fn doc_id(n: u8) -> SourceId {
    SourceId([n; 32])
}

fn lookup(table: &[(&str, &[&str])], name: &str) -> Lookup<String> {
    let same = |one: &str| one.eq_ignore_ascii_case(name);
    if let Some((id, _)) = table.iter().find(|(id, _)| same(id)) {
        return Lookup::One((*id).to_owned());
    }
    let found: Vec<String> = table
        .iter()
        .filter(|(_, names)| names.iter().any(|one| same(one)))
        .map(|(id, _)| (*id).to_owned())
        .collect();
    match found.len() {
        0 => {
            let near = suggest_near(name, table.iter().map(|(id, _)| *id));
            Lookup::Unknown(near.into_iter().map(str::to_owned).collect())
        }
        1 => Lookup::One(found[0].clone()),
        _ => Lookup::Ambiguous(found),
    }
}

impl Vocabulary for Known {
    fn tag(&self, name: &str) -> Lookup<String> {
        lookup(TAGS, name)
    }

    fn children(&self, id: &str) -> Vec<String> {
        if id == "fia" { vec!["fia-ccw".to_owned()] } else { Vec::new() }
    }

    fn court(&self, name: &str) -> Lookup<String> {
        lookup(COURTS, name)
    }

    fn judge(&self, name: &str) -> Lookup<String> {
        lookup(&[("babar-sattar", &["Babar Sattar"])], name)
    }

    fn list(&self, name: &str) -> Lookup<Vec<SourceId>> {
        match name {
            "brief" => Lookup::One(vec![doc_id(1), doc_id(3)]),
            _ => Lookup::Unknown(vec!["brief".to_owned()]),
        }
    }

    fn doc(&self, name: &str) -> Lookup<SourceId> {
        let lower = name.to_lowercase();
        let found =
            (1..=20).map(doc_id).find(|id| lower.len() >= 6 && id.to_string().starts_with(&lower));
        found.map_or(Lookup::Unknown(Vec::new()), Lookup::One)
    }

    fn cited_as(&self, _doc: &SourceId) -> Vec<String> {
        Vec::new()
    }

    fn reference_at(&self, text: &str, start: usize) -> Option<FoundReference> {
        let rest = text.get(start..)?;
        let forms: [(&str, &str, Option<&str>); 5] = [
            ("W.P. No. 2758/2023", "pk/wp/2023/2758", Some("case WP 2758/2023 of any court")),
            ("WP 2758 of 2023", "pk/wp/2023/2758", Some("case WP 2758/2023 of any court")),
            ("PLD 1998 S C 388", "pk/pld/1998/sc/388", None),
            ("PLD 1998 SC 388", "pk/pld/1998/sc/388", None),
            ("s. 37 PECA", "pk/act/peca/s37", None),
        ];
        forms.iter().find(|(form, ..)| rest.starts_with(form)).map(|(form, id, note)| {
            FoundReference {
                ids: vec![(*id).to_owned()],
                end: start + form.len(),
                note: note.map(str::to_owned),
            }
        })
    }

    fn name_forms(&self, words: &[&str]) -> Option<FoundName> {
        let squeeze = |name: &str| name.replace(' ', "");
        (1..=words.len()).rev().find_map(|n_words| {
            let joined = words[..n_words].concat();
            let is_it = |name: &&&str| squeeze(name).to_lowercase() == joined;
            let (_, names) = TAGS.iter().find(|(_, names)| names.iter().any(|n| is_it(&n)))?;
            Some(FoundName {
                n_words,
                is_spelled: are_letter_names(&words[..n_words]),
                name: names[0].to_owned(),
                forms: names
                    .iter()
                    .filter(|name| **name != words[..n_words].join(" "))
                    .map(|&name| name.to_owned())
                    .collect(),
            })
        })
    }

    fn is_word(&self, token: &str) -> bool {
        WORDS.contains(&token)
    }
}
