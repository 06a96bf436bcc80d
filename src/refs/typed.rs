//! References as people type them by hand, where print has other words: `peca s37`,
//! `constitution art19`, `wp-1805-2023`, `pk/pld/1998/sc/388`.

use super::tables::{Act, Inner};
use super::{Tables, display, parse_one, with_court};
use crate::model::{court, is_normal_form};

/// Returns the normal forms of a text that is a reference as people type it, from end to end; of what
/// is written as in print [`parse_one`] makes more.
///
/// ```
/// let tables = misl::refs::Tables::builtin();
/// let typed = |text| misl::refs::parse_typed(text, tables).unwrap_or_default();
/// assert_eq!(typed("peca s37"), ["pk/act/peca/s37"]);
/// assert_eq!(typed("ppc"), ["pk/act/ppc"]);
/// assert_eq!(typed("wp-1805-2023"), ["pk/_/wp/2023/1805"]);
/// assert!(typed("peca in the news").is_empty());
/// ```
pub fn parse_typed(text: &str, tables: &Tables) -> Option<Vec<String>> {
    let text = text.trim();
    if is_normal_form(text) {
        return Some(vec![text.to_owned()]);
    }
    section(text, tables).or_else(|| hyphenated_number(text, tables))
}

/// Reads `peca`, `peca s37`, `PECA/s37`, `crpc 497`, `constitution art 19`.
fn section(text: &str, tables: &Tables) -> Option<Vec<String>> {
    let (name, place) = text.split_once([' ', '/']).unwrap_or((text, ""));
    let act = act_called(name, tables.inner())?;
    let id = act.ref_id();
    let place = place.trim();
    if place.is_empty() {
        return Some(vec![id]);
    }
    let unit_end = place.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(place.len());
    let (unit, number) = place.split_at(unit_end);
    let unit = match unit.to_ascii_lowercase().as_str() {
        "" => act.unit.as_str(),
        "s" | "ss" | "sec" | "section" | "sections" => "section",
        "a" | "art" | "article" | "articles" => "article",
        "r" | "rule" | "rules" => "rule",
        _ => return None,
    };
    let number = number.trim_start_matches(['.', ' ']);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '-' | '.'));
    if !is_number {
        return None;
    }
    // What a place is, the reader of printed references knows.
    let printed = format!("{unit} {number} of the {}", display(&id, tables));
    let ids = parse_one(&printed, tables)?.ids;
    let is_below = |one: &String| one.strip_prefix(&id).is_some_and(|rest| rest.starts_with('/'));
    (!ids.is_empty() && ids.iter().all(is_below)).then_some(ids)
}

/// Returns the act with this id, acronym or one-word name, whatever the case of its letters.
fn act_called<'t>(name: &str, tables: &'t Inner) -> Option<&'t Act> {
    if let Some(act) = tables.acts.iter().find(|act| act.id.eq_ignore_ascii_case(name)) {
        return Some(act);
    }
    let squeezed = |text: &str| text.replace(['.', ' ', '-'], "").to_lowercase();
    let name = squeezed(name);
    let is_called = |act: &&Act| {
        act.short.iter().chain(&act.alias).any(|one| !name.is_empty() && squeezed(one) == name)
    };
    let mut called = tables.acts.iter().filter(is_called);
    // A name that two acts bear is nobody's.
    called.next().filter(|_| called.next().is_none())
}

/// Reads `wp-1805-2023`, `crl-a-12-2022`, `ihc-wp-1805-2023`.
fn hyphenated_number(text: &str, tables: &Tables) -> Option<Vec<String>> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    let (rest, year) = text.rsplit_once(['-', '/'])?;
    let (kind, number) = rest.rsplit_once('-')?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !is_digits(year) || !is_digits(number) {
        return None;
    }
    let (court, kind) = match kind.split_once('-') {
        Some((court, kind)) if court::by_id(&court.to_ascii_lowercase()).is_some() => {
            (Some(court.to_ascii_lowercase()), kind)
        }
        _ => (None, kind),
    };
    let ids = parse_one(&format!("{} {number}/{year}", kind.replace('-', ". ")), tables)?.ids;
    Some(match court {
        Some(court) => ids.iter().map(|id| with_court(id, &court)).collect(),
        None => ids,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Vec<String> {
        parse_typed(text, Tables::builtin()).unwrap_or_default()
    }

    #[test]
    fn an_act_and_a_place_need_no_words_between() {
        for (text, id) in [
            ("peca s37", "pk/act/peca/s37"),
            ("PECA s. 37", "pk/act/peca/s37"),
            ("peca 37", "pk/act/peca/s37"),
            ("peca/s37", "pk/act/peca/s37"),
            ("peca s37(1)", "pk/act/peca/s37.1"),
            ("crpc 497", "pk/act/crpc/s497"),
            ("Cr.P.C. s497", "pk/act/crpc/s497"),
            ("constitution-pk art19", "pk/act/constitution-pk/art19"),
            ("constitution-pk 19A", "pk/act/constitution-pk/art19a"),
            ("peca", "pk/act/peca"),
        ] {
            assert_eq!(typed(text), [id], "{text}");
        }
    }

    #[test]
    fn a_number_may_be_typed_with_hyphens() {
        assert_eq!(typed("wp-1805-2023"), ["pk/_/wp/2023/1805"]);
        assert_eq!(typed("WP-1805/2023"), ["pk/_/wp/2023/1805"]);
        assert_eq!(typed("ihc-wp-1805-2023"), ["pk/ihc/wp/2023/1805"]);
        assert_eq!(
            typed("crl-a-12-2022"),
            parse_one("Crl. A. 12/2022", Tables::builtin()).unwrap().ids
        );
    }

    #[test]
    fn anything_else_is_left_to_the_reader_of_printed_references() {
        for text in [
            "",
            "peca in the news",
            "peca s",
            "notes s37",
            "2872-2023",
            "x-12-2022",
            "a/b",
            "peca 37 and 38 of",
        ] {
            assert!(typed(text).is_empty(), "{text}: {:?}", typed(text));
        }
    }
}
