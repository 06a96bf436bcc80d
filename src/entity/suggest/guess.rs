//! What a suggested name may be: a guess that a person looks at.

use super::super::country::is_abroad;
use super::super::table::EntityKind;
use super::runs::SMALL;

/// Last words of names, and what has such a name.
const GUESSES: &[(EntityKind, &[&str])] = &[
    (EntityKind::Court, &["court", "tribunal", "bench", "courts"]),
    (EntityKind::Regulator, &["authority", "commission", "regulator"]),
    (
        EntityKind::Statute,
        &[
            "act",
            "ordinance",
            "code",
            "rules",
            "order",
            "regulations",
            "bill",
            "constitution",
            "amendment",
        ],
    ),
    (
        EntityKind::Company,
        &["limited", "ltd", "company", "corporation", "inc", "llc", "gmbh", "bank", "plc", "group"],
    ),
    (EntityKind::System, &["system", "platform", "software", "database", "registry", "network"]),
    (
        EntityKind::Ngo,
        &[
            "foundation",
            "initiative",
            "forum",
            "society",
            "trust",
            "watch",
            "international",
            "association",
            "union",
            "federation",
        ],
    ),
    (EntityKind::Party, &["party", "league", "movement"]),
    (EntityKind::Outlet, &["news", "times", "tribune", "post", "tv", "herald", "recorder"]),
    (EntityKind::Report, &["report", "resolution", "convention", "covenant"]),
    (
        EntityKind::Agency,
        &[
            "agency",
            "bureau",
            "department",
            "ministry",
            "division",
            "police",
            "service",
            "board",
            "council",
            "committee",
            "office",
            "force",
            "cell",
            "wing",
            "directorate",
            "secretariat",
            "government",
            "assembly",
            "army",
            "cabinet",
            "university",
            "institute",
            "college",
        ],
    ),
    (
        EntityKind::Place,
        &[
            "district", "province", "road", "city", "colony", "tehsil", "valley", "street",
            "states", "kingdom", "republic", "emirates", "islands",
        ],
    ),
];

/// Guesses what a name is from its last word, then from its first; two or three words that say
/// nothing are most often a person.
pub(super) fn guess(name: &str) -> EntityKind {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let first = words.first().filter(|word| {
        matches!(
            word.as_str(),
            "ministry"
                | "department"
                | "bank"
                | "university"
                | "bureau"
                | "office"
                | "government"
                | "board"
                | "institute"
                | "council"
        )
    });
    let said = words.last().into_iter().chain(first).find_map(|word| {
        GUESSES.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(kind, _)| *kind)
    });
    let has_small = words.iter().any(|word| SMALL.contains(&word.as_str()));
    said.unwrap_or(if is_abroad(name) {
        EntityKind::Place
    } else if words.len() <= 3 && !has_small && name.is_ascii() {
        EntityKind::Person
    } else {
        EntityKind::Agency
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_may_be() {
        for (name, kind) in [
            ("Oil and Gas Regulatory Authority", EntityKind::Regulator),
            ("Ministry of Odd Affairs", EntityKind::Agency),
            ("Zarrar Example", EntityKind::Person),
            ("Example Telecom Limited", EntityKind::Company),
            ("United States", EntityKind::Place),
            ("Sri Lanka", EntityKind::Place),
            ("Federal Republic of Odd Islands", EntityKind::Place),
        ] {
            assert_eq!(guess(name), kind, "{name}");
        }
    }
}
