//! Whose act it is where no word beside its name says so: acts of other states that courts of Pakistan
//! quote, and the Constitution in a passage on another state.

use std::collections::HashMap;

use super::{ActMention, Acts};
use crate::refs::report::Reading;
use crate::refs::scan::any_word;

/// Titles with their years that are acts of one other state alone, as the normal form has them.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "in",
        &[
            "arbitration-and-conciliation-act-1996",
            "bharatiya-nyaya-sanhita-2023",
            "code-of-criminal-procedure-1973",
            "companies-act-1956",
            "companies-act-2013",
            "competition-act-2002",
            "consumer-protection-act-1986",
            "consumer-protection-act-2019",
            "contempt-of-courts-act-1971",
            "criminal-procedure-code-1973",
            "customs-act-1962",
            "foreign-exchange-management-act-1999",
            "hindu-succession-act-1956",
            "income-tax-act-1961",
            "information-technology-act-2000",
            "insolvency-and-bankruptcy-code-2016",
            "limitation-act-1963",
            "maintenance-of-internal-security-act-1971",
            "motor-vehicles-act-1988",
            "narcotic-drugs-and-psychotropic-substances-act-1985",
            "prevention-of-corruption-act-1988",
            "prevention-of-money-laundering-act-2002",
            "prevention-of-terrorism-act-2002",
            "protection-of-human-rights-act-1993",
            "protection-of-women-from-domestic-violence-act-2005",
            "right-to-information-act-2005",
            "trade-marks-act-1999",
            "unlawful-activities-prevention-act-1967",
        ],
    ),
    (
        "uk",
        &[
            "anti-terrorism-crime-and-security-act-2001",
            "arbitration-act-1950",
            "arbitration-act-1979",
            "arbitration-act-1996",
            "bribery-act-2010",
            "children-act-1989",
            "companies-act-1948",
            "companies-act-1985",
            "companies-act-2006",
            "constitutional-reform-act-2005",
            "contempt-of-court-act-1981",
            "copyright-designs-and-patents-act-1988",
            "criminal-justice-act-1988",
            "criminal-justice-act-2003",
            "data-protection-act-1998",
            "data-protection-act-2018",
            "defamation-act-1996",
            "defamation-act-2013",
            "equality-act-2010",
            "extradition-act-1989",
            "extradition-act-2003",
            "freedom-of-information-act-2000",
            "homicide-act-1957",
            "human-rights-act-1998",
            "immigration-act-1971",
            "insolvency-act-1986",
            "intelligence-services-act-1994",
            "interception-of-communications-act-1985",
            "investigatory-powers-act-2016",
            "limitation-act-1980",
            "matrimonial-causes-act-1973",
            "misrepresentation-act-1967",
            "official-secrets-act-1989",
            "police-act-1996",
            "police-and-criminal-evidence-act-1984",
            "proceeds-of-crime-act-2002",
            "security-service-act-1989",
            "senior-courts-act-1981",
            "supreme-court-act-1981",
            "telecommunications-act-1984",
            "terrorism-act-2000",
            "terrorism-act-2006",
            "theft-act-1968",
            "trade-marks-act-1994",
            "unfair-contract-terms-act-1977",
        ],
    ),
    (
        "us",
        &[
            "civil-rights-act-1964",
            "communications-act-1934",
            "privacy-act-1974",
            "telecommunications-act-1996",
            "voting-rights-act-1965",
        ],
    ),
];

/// Returns the state whose act a title with its year is, as [`KNOWN`] has them.
pub(super) fn state_of(title: &str) -> Option<&'static str> {
    let has = |(_, titles): &&(&str, &[&str])| titles.binary_search(&title).is_ok();
    KNOWN.iter().find(has).map(|(code, _)| *code)
}

/// Gives every mention of a title with its year the state that one of them was given to: `India's Kite Act
/// of 1986` in one sentence, `the Kite Act of 1986` in the next.
pub(super) fn one_state(r: Reading<'_>, found: &mut [ActMention], country: &str) {
    let foreign = found.iter().filter_map(|mention| {
        let (state, title) = mention.id.split_once("/act/")?;
        let dated = title.rsplit('-').next().is_some_and(|year| year.len() == 4);
        (dated && state != country).then_some((title, state))
    });
    let mut states: HashMap<String, Option<String>> = HashMap::new();
    for (title, state) in foreign {
        let known = states.entry(title.to_owned()).or_insert_with(|| Some(state.to_owned()));
        // Two states have an act of this name.
        if known.as_ref().is_some_and(|known| known != state) {
            *known = None;
        }
    }
    if states.is_empty() {
        return;
    }
    for mention in found {
        let Some((state, title)) = mention.id.split_once("/act/") else { continue };
        let other = states.get(title).and_then(Option::as_deref);
        let listed = state == country && r.tables.act_with_id(&mention.id).is_none();
        if let Some(other) = other.filter(|_| listed) {
            mention.id = format!("{other}/act/{title}");
        }
    }
}

/// Tells whether the full stop at `at` ends a sentence: a whole word stands before it, and no `v.`
fn ends_sentence(text: &str, at: usize) -> bool {
    let word = text.get(..at).and_then(|head| head.rsplit([' ', '(', '.']).next());
    word.is_some_and(|word| word.len() > 3 || word.ends_with([')', '"']))
}

/// Words for a state before which `the Constitution` may be its own, with the normal form of that.
const STATES: &[(&str, &str)] = &[
    ("India", "in/act/constitution-in"),
    ("Bangladesh", "bd/act/constitution-bd"),
    ("Sri Lanka", "lk/act/constitution-lk"),
    ("South Africa", "za/act/constitution-za"),
    ("Ireland", "ie/act/constitution-ie"),
    ("the United States", "us/const/us-constitution"),
    ("the USA", "us/const/us-constitution"),
];

impl Acts {
    /// Returns another state's constitution where `the Constitution` (its last word at `at`) stands in a
    /// sentence on that state that opens before `from`: `In India, Article 20 of the Constitution`, `the
    /// Supreme Court of India said: "Article 21 of the Constitution`.
    pub(in crate::refs) fn constitution_there(
        &self,
        r: Reading<'_>,
        from: usize,
        at: usize,
    ) -> Option<String> {
        /// How far before it the state may be named, in bytes.
        const FAR: usize = 320;
        any_word(r.b, at, &["constitution"]).filter(|_| self.country == "pk")?;
        let first = (from.saturating_sub(FAR)..=from).find(|&at| r.text.is_char_boundary(at))?;
        let before = r.get(first, from);
        let (place, name, id) = STATES
            .iter()
            .filter_map(|(name, id)| Some((before.rfind(name)?, *name, *id)))
            .max_by_key(|(place, ..)| *place)?;
        let behind = before.get(place + name.len()..)?;
        let head = before.get(..place)?;
        if behind.contains("Pakistan") || behind.contains("our ") {
            return None;
        }
        let opens = head.ends_with("In ") && behind.starts_with(',') && !behind.contains(". ");
        // A court of that state is quoted, or said what stands there.
        const SAID: [&str; 6] =
            [" held ", " observed", " ruled ", " stated", " declared ", " opined "];
        let court = ["Supreme Court of India", "Indian Supreme Court"]
            .iter()
            .filter_map(|name| Some(before.rfind(name)? + name.len()))
            .max()
            .and_then(|to| before.get(to..));
        let told = court.is_some_and(|behind| {
            SAID.iter().any(|word| behind.contains(word))
                && !behind.contains("Pakistan")
                && !behind.contains("our ")
                && !behind.match_indices(". ").any(|(at, _)| ends_sentence(behind, at))
        });
        (opens || told).then(|| id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_titles_stand_in_order() {
        for (code, titles) in KNOWN {
            assert!(titles.is_sorted(), "{code}");
        }
    }
}
