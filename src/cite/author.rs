//! Authors: which of them are persons, with a family and a given name, and which are bodies.
//!
//! A record keeps an author as one line. A person is cited by the family name and inverted in
//! bibliographies, a body is printed whole; a body taken for a person is cut wrongly and filed
//! under the wrong word. So a line counts as a person only where nothing speaks against it, and
//! `Family, Given` is how a record says it itself.

use std::sync::LazyLock;

use serde::Deserialize;

use super::run::is_rtl_letter;
use crate::model::Kind;

/// One author of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// A person whose family name is known.
    Person {
        /// `Burack`, with its particles: `van der Veen`.
        family: String,
        /// `Emily`, `Wajahat S.`
        given: String,
    },
    /// A body, or a name that is not taken apart.
    Body(String),
}

/// Words of names of bodies, offices, outlets and places, and words that join the parts of a body's
/// name; lower case. None of them stands in the name of a person that is taken apart.
static BODY_WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("body_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Articles that begin names of outlets; before a comma they belong to a family name.
const ARTICLES: &[&str] = &["das", "die", "il", "las", "le", "les", "los"];

/// Words before a family name that belong to it.
const PARTICLES: &[&str] = &[
    "al", "bin", "binti", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn",
    "la", "ter", "ud", "ul", "ur", "van", "von", "zu",
];

/// Small syllables between the hyphens of one name: `Najam-us-Saqib`.
const JOINTS: &[&str] = &["e", "i", "us", "un", "uz", "ush"];

/// Beginnings of words after which another capital may stand: `McDonald`, `DeShawn`.
const PREFIXES: &[&str] = &["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Fitz", "Van"];

impl Author {
    /// Reads one author of a work of `kind` that one of `publishers` brought out.
    pub fn read(name: &str, kind: Kind, publishers: &[&str]) -> Self {
        let person = if name.contains(',') {
            by_comma(name)
        } else if has_bylines(kind) && !publishers.iter().any(|other| same_name(other, name)) {
            by_words(name)
        } else {
            None
        };
        if let Some((family, given)) = person {
            return Self::Person { family, given };
        }
        // A byline in capitals (`JEFFREY NOBODY`) is printed as a name, though it is not taken
        // apart; a body keeps its capitals (`UNICEF PAKISTAN`).
        let calm = super::names::calm(name);
        let is_byline = has_bylines(kind)
            && !publishers.iter().any(|other| same_name(other, name))
            && by_words(&calm).is_some();
        Self::Body(if is_byline { calm } else { name.to_owned() })
    }

    /// Returns the name as it is spoken: `Emily Burack`.
    pub fn natural(&self) -> String {
        match self {
            Self::Person { family, given } => format!("{given} {family}"),
            Self::Body(name) => name.clone(),
        }
    }

    /// Returns the family name alone, or the body.
    pub fn family(&self) -> &str {
        match self {
            Self::Person { family, .. } => family,
            Self::Body(name) => name,
        }
    }

    /// Returns the name as it is filed: `Burack, Emily`.
    pub fn inverted(&self) -> String {
        match self {
            Self::Person { family, given } => format!("{family}, {given}"),
            Self::Body(name) => name.clone(),
        }
    }

    /// Returns the initials of the given names with stops: `E.`, `W. S.`, `J.-P.`, `M. de` of
    /// `Nobody, Maria de`; a body has none.
    pub fn initials(&self) -> Option<String> {
        let Self::Person { given, .. } = self else { return None };
        let parts = given.split(' ').flat_map(|word| {
            // `J.K.` are two initials in one word.
            let stops = word.trim_end_matches('.').split('.').map(str::to_owned);
            stops.collect::<Vec<_>>()
        });
        let of_part = |part: String| {
            let letters = part.split('-').filter_map(|piece| {
                let first = piece.chars().find(|c| c.is_alphabetic())?;
                Some(format!("{first}."))
            });
            letters.collect::<Vec<_>>().join("-")
        };
        let initials: Vec<String> = parts
            .map(|part| if is_small_particle(&part) { part } else { of_part(part) })
            .filter(|part| !part.is_empty())
            .collect();
        Some(initials.join(" "))
    }
}

/// How one form of a style writes the authors of a work.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AuthorRule {
    name: NameForm,
    /// Between two.
    two: String,
    /// Before the last of more; the others are parted by commas.
    last: String,
    /// From how many on only the first is named.
    #[serde(default = "no_limit")]
    fewest_cut: usize,
    /// What then stands for the rest.
    #[serde(default)]
    rest: String,
    /// Whether initials go without their stops: `Wajahat S Nobody`.
    #[serde(default)]
    bare: bool,
}

/// How the name of a person is written; a body is always printed whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NameForm {
    /// `Emily Burack`
    Natural,
    /// `Burack`
    Family,
    /// `Burack, Emily` for the first, `Emily Burack` for the others.
    FirstInverted,
    /// `Burack, E.`
    Initials,
    /// `Burack E`
    BareInitials,
}

const fn no_limit() -> usize {
    usize::MAX
}

impl AuthorRule {
    /// Returns the authors joined; `None`: there are none.
    pub(super) fn print(&self, authors: &[Author]) -> Option<String> {
        let (first, others) = authors.split_first()?;
        let mut out = self.name(first, true);
        if authors.len() >= self.fewest_cut && !others.is_empty() {
            out.push_str(&self.rest);
            return Some(out);
        }
        for (idx, author) in others.iter().enumerate() {
            let is_last = idx + 1 == others.len();
            out.push_str(match (is_last, others.len()) {
                (true, 1) => &self.two,
                (true, _) => &self.last,
                (false, _) => ", ",
            });
            out.push_str(&self.name(author, false));
        }
        Some(out)
    }

    fn name(&self, author: &Author, is_first: bool) -> String {
        let family = author.family();
        let bare = match author {
            Author::Person { family, given } if self.bare => {
                let (family, given) = (family.clone(), given.replace('.', ""));
                Some(Author::Person { family, given })
            }
            _ => None,
        };
        let author = bare.as_ref().unwrap_or(author);
        match (self.name, author.initials()) {
            (NameForm::Initials, Some(initials)) => format!("{family}, {initials}"),
            (NameForm::BareInitials, Some(initials)) => {
                format!("{family} {}", initials.replace(['.', ' '], ""))
            }
            (NameForm::Family, _) => family.to_owned(),
            (NameForm::FirstInverted, _) if is_first => author.inverted(),
            _ => author.natural(),
        }
    }
}

/// Tells whether authors of that kind are bylines; those of reports, laws, cases, documents of the
/// United Nations and papers of a case are bodies and parties first.
const fn has_bylines(kind: Kind) -> bool {
    matches!(kind, Kind::News | Kind::Article | Kind::Book | Kind::Web | Kind::Letter | Kind::Mail)
}

/// Reads `Burack, Emily`.
fn by_comma(name: &str) -> Option<(String, String)> {
    let (family, given) = name.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    let is_part = |part: &str| {
        part.chars().any(char::is_alphabetic)
            && part.chars().all(|c| c.is_alphabetic() && !is_rtl_letter(c) || is_sign(c))
            && part.split(' ').count() <= 4
            && !part.split(' ').any(is_body_word)
    };
    // A family name ends in a word, not in an initial: `A. B., C. D.` are two persons.
    let is_whole = !family.ends_with('.');
    // `Brenda Nobody, MA`: what follows the whole name is a degree.
    let is_capitals = given.len() > 1 && given.chars().all(char::is_uppercase);
    let is_degree = is_capitals && family.contains(' ') && family.contains(char::is_lowercase);
    (is_part(family) && is_part(given) && is_whole && !is_degree)
        .then(|| (family.to_owned(), given.to_owned()))
}

/// Signs inside names.
const fn is_sign(c: char) -> bool {
    // Combining accents stand after their letter.
    matches!(c, ' ' | '-' | '.' | '\'' | '’' | '‑' | '\u{300}'..='\u{36F}')
}

/// Reads `Emily Burack`, `Carl van der Veen`, `J.K. Nobody`.
fn by_words(name: &str) -> Option<(String, String)> {
    let words: Vec<&str> = name.split(' ').collect();
    let is_name = |word: &&str| is_particle(word) || is_initials(word) || is_capitalised(word);
    if !(2..=4).contains(&words.len())
        || !words.iter().all(is_name)
        || words.iter().any(|word| is_body_word(word) || is_one_of(ARTICLES, word))
    {
        return None;
    }
    let (last, before) = words.split_last()?;
    // `van Nobody` alone is a family name without a given one, `Al Jazeera` an outlet.
    if is_initials(last) || is_particle(last) || is_particle(before.first()?) {
        return None;
    }
    let n_particles = before.iter().rev().take_while(|word| is_particle(word)).count();
    let (given, particles) = before.split_at(before.len() - n_particles);
    // A particle among the given names joins words that belong together.
    if given.is_empty() || given.iter().any(|word| is_particle(word)) {
        return None;
    }
    let family = [particles, &[*last]].concat().join(" ");
    Some((family, given.join(" ")))
}

fn is_particle(word: &str) -> bool {
    is_one_of(PARTICLES, word)
}

fn is_small_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.contains(&word.to_lowercase().as_str())
}

/// Tells whether the word is `J.`, `J.K.` or `J.-P.`: single capitals, each with its stop.
fn is_initials(word: &str) -> bool {
    let mut parts = word.strip_suffix('.').into_iter().flat_map(|word| word.split('.')).peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            let mut chars = part.strip_prefix('-').unwrap_or(part).chars();
            chars.next().is_some_and(|c| is_latin(c) && c.is_uppercase()) && chars.next().is_none()
        })
}

/// Tells whether the word is one of a name: a capital, then small letters; after a hyphen or an
/// apostrophe the same again or a particle. `InterSecLab` and `APP` are no such words.
fn is_capitalised(word: &str) -> bool {
    let mut pieces = word.split(['-', '‑', '\'', '’']);
    let n_small = word.chars().filter(|c| c.is_lowercase()).count();
    let is_prefixed = |piece: &str| {
        let rest = PREFIXES.iter().find_map(|prefix| {
            let rest = piece.strip_prefix(prefix)?;
            rest.starts_with(char::is_uppercase).then_some(rest)
        });
        rest.is_some_and(is_plain_piece)
    };
    let is_small = |piece: &str| is_particle(piece) || JOINTS.contains(&piece);
    n_small > 0
        && pieces.all(|piece| is_plain_piece(piece) || is_small(piece) || is_prefixed(piece))
        && word.ends_with(char::is_alphabetic)
        && word.chars().any(char::is_uppercase)
}

/// Tells whether it is a capital and small letters after it, in Latin script.
fn is_plain_piece(piece: &str) -> bool {
    let mut chars = piece.chars();
    chars.next().is_some_and(|c| is_latin(c) && c.is_uppercase())
        && chars.all(|c| is_latin(c) && c.is_lowercase() || matches!(c, '\u{300}'..='\u{36F}'))
}

const fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && !matches!(c, '×' | '÷')
}

/// Tells whether the word, or a part of it, is one that names of persons lack.
fn is_body_word(word: &str) -> bool {
    let is_listed = |part: &str| is_one_of(&BODY_WORDS, &part.replace('.', ""));
    // `Najam-us-Saqib` names no country.
    is_listed(word)
        || word
            .split(['-', '‑'])
            .any(|part| part.starts_with(char::is_uppercase) && is_listed(part))
}

/// Tells whether two names have the same letters and digits.
fn same_name(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inverted(name: &str, kind: Kind) -> Option<String> {
        match Author::read(name, kind, &["The Margalla Courier", "Dawood Invented"]) {
            person @ Author::Person { .. } => Some(person.inverted()),
            Author::Body(body) => {
                assert_eq!(body, name);
                None
            }
        }
    }

    #[test]
    fn bylines_of_persons() {
        for (name, expect) in [
            ("Asha Nobody", "Nobody, Asha"),
            ("Wajahat S. Nobody", "Nobody, Wajahat S."),
            ("J.K. Nobody", "Nobody, J.K."),
            ("Carl van der Veen", "van der Veen, Carl"),
            ("Roberta De Nobo", "De Nobo, Roberta"),
            ("Zia ul Nobody", "ul Nobody, Zia"),
            ("Omar bin Nobody", "bin Nobody, Omar"),
            ("Zoë O’Nobody-McNoone", "O’Nobody-McNoone, Zoë"),
            ("Najam-us-Saqib Nobody", "Nobody, Najam-us-Saqib"),
            ("Leïla al-Nobody", "al-Nobody, Leïla"),
        ] {
            assert_eq!(inverted(name, Kind::News).as_deref(), Some(expect));
        }
    }

    #[test]
    fn a_byline_in_capitals_is_recased_and_not_taken_apart() {
        let read = |name: &str| Author::read(name, Kind::News, &["DAWN NEWS"]);
        assert_eq!(read("ASHA NOBODY"), Author::Body("Asha Nobody".to_owned()));
        assert_eq!(read("DAWN NEWS"), Author::Body("DAWN NEWS".to_owned()));
        assert_eq!(read("US BUREAU OF INDUSTRY"), Author::Body("US BUREAU OF INDUSTRY".to_owned()));
    }

    #[test]
    fn what_is_never_cut() {
        for name in [
            "Amnesty International",
            "Citizen Lab",
            "Human Rights Watch",
            "Bytes for All",
            "Justice For Myanmar",
            "Six clerks of the registry",
            "Web Desk",
            "Our Correspondent",
            "News Desk",
            "APP",
            "AFP Islamabad",
            "Business Recorder",
            "Android Developers",
            "Al Jazeera",
            "Der Spiegel",
            "The Guardian",
            "Le Monde",
            "Dawn",
            "InterSecLab Nobody",
            "Article 19",
            "Access Now",
            "Asha",
            "Asha Nobody and Bilal Noone",
            "Asha Nobody & Bilal Noone",
            "Dr. Asha Nobody",
            "Justice Asha Nobody",
            "Asha Nobody Jr.",
            "Asha N.",
            "asha nobody",
            "Asha S Nobody",
            "Dawood Invented",
            "the margalla courier",
            "van Nobody",
            "Zia ul Haq Nobody",
            "One Two Three Four Five",
            "Asha 2 Nobody",
            "█ e-mail Nobody",
            "عاصمہ جہانگیر",
            "Анна Никто",
            "US Bureau of Industry and Security",
            "Asha  Nobody",
            "X. Y.",
            "Md. Nobody",
            "Asha-Desk Nobody",
            "Nobody's",
            "Asha Nobody'",
        ] {
            assert_eq!(inverted(name, Kind::News), None, "{name}");
        }
    }

    #[test]
    fn a_record_says_it_with_a_comma() {
        let yes = [
            "Burack, Emily",
            "van der Veen, Carl",
            "NOBODY, Asha",
            "Nobody, A. B.",
            "Никто, Анна",
            "Dawood, Invented",
            "Nobody Noone, Asha",
            "Le Nobody, Asha",
        ];
        for name in yes {
            for kind in [Kind::News, Kind::Report, Kind::UnDocument, Kind::Other] {
                assert_eq!(inverted(name, kind).as_deref(), Some(name));
            }
        }
        for name in [
            "Amnesty International, London",
            "APP, Islamabad",
            "Nobody, Asha, Noone, Bilal",
            "Bytes for All, Pakistan",
            "Asha Nobody, Senior Reporter",
            "Asha Nobody, PhD",
            "Asha Nobody, MA",
            "Asha Nobody, Advocate",
            "جہانگیر, عاصمہ",
            "عاصمہ، جہانگیر",
            "Nobody,",
            ", Asha",
            "Nobody, 2",
            "Nobody & Co, Asha",
            "{Nobody}, Asha",
            "A. B., C. D.",
        ] {
            assert_eq!(inverted(name, Kind::News), None, "{name}");
        }
    }

    #[test]
    fn only_some_kinds_have_bylines() {
        for kind in Kind::ALL {
            let is_person = inverted("Asha Nobody", kind).is_some();
            assert_eq!(is_person, has_bylines(kind), "{kind:?}");
        }
        for kind in [Kind::Report, Kind::Statute, Kind::Order, Kind::UnDocument, Kind::Instrument] {
            assert_eq!(inverted("Asha Nobody", kind), None);
        }
    }

    #[test]
    fn initials() {
        let of = |given: &str| {
            let (family, given) = ("Nobody".to_owned(), given.to_owned());
            Author::Person { family, given }.initials().unwrap()
        };
        assert_eq!(of("Emily"), "E.");
        assert_eq!(of("Wajahat S."), "W. S.");
        assert_eq!(of("J.K."), "J. K.");
        assert_eq!(of("Maria de"), "M. de");
        assert_eq!(of("Jean-Paul"), "J.-P.");
        assert_eq!(Author::Body("Citizen Lab".to_owned()).initials(), None);
    }

    #[test]
    fn words_are_small_and_stand_once() {
        let mut words: Vec<&str> = BODY_WORDS.clone();
        words.sort_unstable();
        words.windows(2).for_each(|two| assert_ne!(two[0], two[1]));
        for word in words {
            assert_eq!(word, word.to_lowercase());
            assert!(!PARTICLES.contains(&word), "{word}");
        }
    }
}
