//! Names that the gazetteer lacks: for a person to look through, never tagged by themselves.
//!
//! Pages are gone through twice. [`Suggestions::read`] gathers definitions (`Long Form (ACR)`), runs
//! of capitalised words and runs of Urdu letter names; [`Suggestions::compare`] counts how often the
//! same words stand there in small letters: what does so often is a phrase (`Learned Counsel`).

mod guess;
mod runs;

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Serialize;

use super::chrome::is_menu;
use super::table::{EntityKind, Gazetteer, squeeze};
use crate::model::{Page, PageNo, Span};

use guess::guess;
use runs::names;

/// Why a name is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuggestionKind {
    /// `Long Form (ACR)`.
    Definition,
    /// A run of capitalised words.
    Capitalised,
    /// A run of Urdu letter names.
    UrduRun,
}

impl SuggestionKind {
    /// Returns the name that JSON uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Capitalised => "capitalised",
            Self::UrduRun => "urdu-run",
        }
    }
}

/// A name that may be worth an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// An id that no entity and no other suggestion has.
    pub id: String,
    /// The name as printed at its first place.
    pub name: String,
    /// The acronym that a document defines for it, or that the Urdu letters spell.
    pub acronym: Option<String>,
    /// The Urdu letters of that acronym, where they stand in the pages.
    pub urdu: Option<String>,
    /// Why.
    pub kind: SuggestionKind,
    /// What its last word says that it is; a person has to look.
    pub guess: EntityKind,
    /// How often the name stands in the pages, its acronym not counted.
    pub count: usize,
    /// How often the acronym stands there.
    pub acronym_count: usize,
    /// In how many documents the name stands.
    pub documents: usize,
    /// Its first places, each in another document.
    pub places: Vec<NamePlace>,
}

/// Where a suggested name stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamePlace {
    /// The document, by the caller's number.
    pub document: u64,
    /// The page.
    pub page: PageNo,
    /// Bytes of that page.
    pub span: Span,
}

/// How often a run must stand to be suggested.
const MIN_RUNS: usize = 2;
/// How many places are kept of a name.
const MOST_PLACES: usize = 3;
/// A run that stands in small letters once in so many times is a phrase.
const SMALL_SHARE: usize = 4;

/// Gathers the names of many documents.
#[derive(Debug)]
pub struct Suggestions<'g> {
    gazetteer: &'g Gazetteer,
    found: BTreeMap<String, Gathered>,
    /// Finds what [`Suggestions::compare`] counts; made when all is gathered.
    counted: Option<Counted>,
}

#[derive(Debug)]
struct Gathered {
    name: String,
    acronym: Option<String>,
    kind: SuggestionKind,
    count: usize,
    n_small: usize,
    n_acronym: usize,
    documents: usize,
    last: u64,
    places: Vec<NamePlace>,
}

#[derive(Debug)]
struct Counted {
    patterns: AhoCorasick,
    /// Of each pattern, the key of its name and whether it is the acronym.
    owners: Vec<(String, bool)>,
}

impl<'g> Suggestions<'g> {
    /// Begins with nothing.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, found: BTreeMap::new(), counted: None }
    }

    /// Gathers the names of a document; `taken` are the places of its references and mentions.
    pub fn read(&mut self, document: u64, pages: &[Page], taken: &BTreeMap<PageNo, Vec<Span>>) {
        for page in pages {
            let taken = taken.get(&page.number).map_or(&[][..], Vec::as_slice);
            let paragraphs =
                page.paragraphs.iter().filter(|paragraph| !paragraph.role.is_boilerplate());
            for paragraph in paragraphs {
                let text = page.paragraph_text(paragraph);
                if is_menu(text) {
                    continue;
                }
                for (kind, acronym, span) in names(text) {
                    let at = paragraph.span.start + span.start..paragraph.span.start + span.end;
                    if kind == SuggestionKind::Capitalised && is_mostly(taken, &at) {
                        continue;
                    }
                    let name = text.get(span).unwrap_or_default();
                    self.add(
                        name,
                        kind,
                        acronym,
                        NamePlace { document, page: page.number, span: at },
                    );
                }
            }
        }
    }

    fn add(&mut self, name: &str, kind: SuggestionKind, acronym: Option<String>, at: NamePlace) {
        let key = squeeze(name);
        let known = acronym.as_deref().is_some_and(|acronym| self.is_known(&squeeze(acronym)));
        if known || self.is_known(&key) {
            return;
        }
        let gathered = self.found.entry(key).or_insert_with(|| Gathered {
            name: one_line(name),
            acronym: None,
            kind,
            count: 0,
            n_small: 0,
            n_acronym: 0,
            documents: 0,
            last: 0,
            places: Vec::new(),
        });
        gathered.count += 1;
        gathered.kind = gathered.kind.min(kind);
        gathered.acronym = gathered.acronym.take().or(acronym);
        if gathered.places.is_empty() || gathered.last != at.document {
            gathered.documents += 1;
            gathered.last = at.document;
            if gathered.places.len() < MOST_PLACES {
                gathered.places.push(at);
            }
        }
    }

    fn is_known(&self, squeezed: &str) -> bool {
        self.gazetteer.names.contains_key(squeezed)
    }

    /// Counts in pages that were read before how often the names stand there in small letters, and
    /// how often their acronyms do.
    pub fn compare(&mut self, pages: &[Page]) {
        let counted = match self.counted.take() {
            Some(counted) => counted,
            None => {
                self.found.retain(|_, one| {
                    one.kind == SuggestionKind::Definition || one.count >= MIN_RUNS
                });
                let Some(counted) = Counted::new(&self.found) else { return };
                counted
            }
        };
        for page in pages {
            for paragraph in page.paragraphs.iter().filter(|one| !one.role.is_boilerplate()) {
                let text = one_line(page.paragraph_text(paragraph));
                for found in counted.patterns.find_iter(&text) {
                    let whole = !text
                        .get(..found.start())
                        .is_some_and(|before| before.ends_with(char::is_alphanumeric))
                        && !text
                            .get(found.end()..)
                            .is_some_and(|after| after.starts_with(char::is_alphanumeric));
                    let owner = counted.owners.get(found.pattern().as_usize()).filter(|_| whole);
                    let Some((key, is_acronym)) = owner else { continue };
                    if let Some(gathered) = self.found.get_mut(key) {
                        let n = if *is_acronym {
                            &mut gathered.n_acronym
                        } else {
                            &mut gathered.n_small
                        };
                        *n += 1;
                    }
                }
            }
        }
        self.counted = Some(counted);
    }

    /// Returns the names: those of most documents first, then the most frequent, then by name.
    ///
    /// A definition is suggested from one place on, other names from two.
    pub fn finish(self) -> Vec<Suggestion> {
        let mut kept: Vec<Gathered> = self
            .found
            .into_values()
            .filter(|one| match one.kind {
                SuggestionKind::Definition => true,
                SuggestionKind::Capitalised => {
                    one.count >= MIN_RUNS && one.n_small * SMALL_SHARE < one.count
                }
                SuggestionKind::UrduRun => one.count >= MIN_RUNS,
            })
            .collect();
        kept.sort_by(|a, b| {
            (b.documents.cmp(&a.documents))
                .then(b.count.cmp(&a.count))
                .then_with(|| a.name.cmp(&b.name))
        });
        // Urdu letters of an acronym that is suggested belong to that suggestion.
        let defined: BTreeSet<String> = kept
            .iter()
            .filter(|one| one.kind == SuggestionKind::Definition)
            .filter_map(|one| one.acronym.clone())
            .collect();
        let mut urdu: BTreeMap<String, String> = BTreeMap::new();
        kept.retain(|one| {
            let spelled = one.acronym.as_ref().filter(|acronym| {
                one.kind == SuggestionKind::UrduRun && defined.contains(*acronym)
            });
            if let Some(acronym) = spelled {
                urdu.entry(acronym.clone()).or_insert_with(|| one.name.clone());
            }
            spelled.is_none()
        });
        let mut ids = BTreeSet::new();
        kept.into_iter()
            .map(|one| {
                let own = (one.kind == SuggestionKind::UrduRun).then(|| one.name.clone());
                let acronym = one.acronym;
                let of_acronym = acronym.as_ref().and_then(|acronym| urdu.remove(acronym));
                let id = free_id(self.gazetteer, &mut ids, &one.name, acronym.as_deref());
                Suggestion {
                    id,
                    guess: guess(&one.name),
                    urdu: own.or(of_acronym),
                    name: one.name,
                    acronym,
                    kind: one.kind,
                    count: one.count,
                    acronym_count: one.n_acronym,
                    documents: one.documents,
                    places: one.places,
                }
            })
            .collect()
    }
}

impl Counted {
    fn new(found: &BTreeMap<String, Gathered>) -> Option<Self> {
        let mut owners = Vec::new();
        let mut words: Vec<String> = Vec::new();
        for (key, one) in found {
            if one.kind == SuggestionKind::Capitalised {
                words.push(one.name.to_lowercase());
                owners.push((key.clone(), false));
            }
            if let (SuggestionKind::Definition, Some(acronym)) = (one.kind, &one.acronym) {
                words.push(acronym.clone());
                owners.push((key.clone(), true));
            }
        }
        let patterns =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok()?;
        Some(Self { patterns, owners })
    }
}

impl Suggestion {
    /// Returns the entry as it may stand in `corpus/entities.toml`.
    ///
    /// An acronym becomes a weak form: what it means must be said where it is to be tagged.
    pub fn to_toml(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let is_urdu = self.kind == SuggestionKind::UrduRun;
        let name = self.acronym.as_ref().filter(|_| is_urdu).unwrap_or(&self.name);
        let mut entry = format!(
            "[[entity]]\nid = {}\nname = {}\nkind = {} # guessed\n",
            quoted(&self.id),
            quoted(name),
            quoted(self.guess.name())
        );
        if let Some(acronym) = &self.acronym {
            entry.push_str(&format!("weak = [{}]\n", quoted(acronym)));
        }
        if let Some(urdu) = &self.urdu {
            entry.push_str(&format!("urdu_seen = [{}]\n", quoted(urdu)));
        }
        entry.push_str("source = \"seen\"\n");
        entry
    }
}

/// Returns an id that is free: the acronym, else the words of the name, else with a number.
fn free_id(
    gazetteer: &Gazetteer,
    taken: &mut BTreeSet<String>,
    name: &str,
    acronym: Option<&str>,
) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let short = acronym.map(str::to_ascii_lowercase);
    let long = words.join("-");
    let stem = if long.is_empty() { "name".to_owned() } else { long };
    let numbered = (2_usize..).map(|n| format!("{stem}-{n}"));
    let mut candidates = short.into_iter().chain([stem.clone()]).chain(numbered);
    let id = candidates.find(|id| gazetteer.get(id).is_none() && !taken.contains(id));
    let id = id.unwrap_or(stem.clone());
    taken.insert(id.clone());
    id
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells whether most of `span` belongs to one of `taken`: a place inside a name takes little of it.
fn is_mostly(taken: &[Span], span: &Span) -> bool {
    taken.iter().any(|other| {
        let common = other.end.min(span.end).saturating_sub(other.start.max(span.start));
        common * 2 >= span.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageOrigin, Role};

    fn page(paragraphs: &[&str]) -> Page {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        for text in paragraphs {
            page.push(text, Role::Body);
        }
        page
    }

    fn suggestions(documents: &[&[&str]]) -> Vec<Suggestion> {
        let gazetteer = Gazetteer::builtin();
        let pages: Vec<Page> = documents.iter().map(|paragraphs| page(paragraphs)).collect();
        let mut suggestions = Suggestions::new(&gazetteer);
        for (document, page) in (1..).zip(&pages) {
            let mentions = gazetteer.tag(std::slice::from_ref(page), &[]).mentions;
            let spans = mentions.into_iter().map(|mention| mention.span).collect();
            let taken = BTreeMap::from([(page.number, spans)]);
            suggestions.read(document, std::slice::from_ref(page), &taken);
        }
        for page in &pages {
            suggestions.compare(std::slice::from_ref(page));
        }
        suggestions.finish()
    }

    fn suggested(paragraphs: &[&str]) -> Vec<String> {
        suggestions(&[paragraphs])
            .into_iter()
            .map(|one| format!("{}/{}/{}", one.name, one.acronym.unwrap_or_default(), one.count))
            .collect()
    }

    #[test]
    fn definitions_runs_and_urdu_letters() {
        assert_eq!(
            suggested(&[
                "The Oil and Gas Regulatory Authority (OGRA) wrote to PTA.",
                "Then Zarrar Example met the Oil and Gas Regulatory Authority. Zarrar Example left.",
                "او جی ڈی سی نے کہا کہ او جی ڈی سی",
                "the Pakistan Telecommunication Authority (PTA)",
            ]),
            ["Oil and Gas Regulatory Authority/OGRA/2", "Zarrar Example//2", "او جی ڈی سی/OGDC/2"]
        );
    }

    #[test]
    fn phrases_dates_and_known_names_are_not_suggested() {
        assert_eq!(
            suggested(&[
                "Learned Counsel rose. The Learned Trial Court heard the Trial Court of Islamabad.",
                "The trial court was right, and learned counsel agreed with the trial court.",
                "On Monday March the Supreme Court of Pakistan sat; on Monday March it rose.",
                "Lahore Example Company sued. The Lahore Example Company lost.",
            ]),
            ["Lahore Example Company//2"]
        );
    }

    #[test]
    fn blanks_of_forms_are_not_suggested() {
        assert_eq!(
            suggested(&[
                "Form No: HCJD/C-121. Form No 4. Serial No 3, Case Number 7, Case Number 8.",
                "Serial No 4 of Zarrar Example. Zarrar Example signed. Date of Hearing 3, 4.",
                "Sheet of Example Form. Sheet of Example Form. Date of Hearing, Order Date",
                "Order Date 5 was set. An Example Date Board sat. Example Date Board.",
            ]),
            ["Example Date Board//2", "Zarrar Example//2"]
        );
    }

    #[test]
    fn documents_places_and_acronyms_are_counted() {
        let found = suggestions(&[
            &["The Oil and Gas Regulatory Authority (OGRA) wrote. OGRA was silent, OGRAX not."],
            &["The Oil and Gas Regulatory Authority.", "او جی آر اے نے کہا کہ او جی آر اے"],
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        let one = &found[0];
        assert_eq!((one.count, one.documents, one.acronym_count), (2, 2, 2));
        assert_eq!(one.urdu.as_deref(), Some("او جی آر اے"));
        assert_eq!((one.id.as_str(), one.guess), ("ogra", EntityKind::Regulator));
        let places: Vec<u64> = one.places.iter().map(|place| place.document).collect();
        assert_eq!(places, [1, 2]);
    }

    #[test]
    fn a_suggestion_is_an_entry_of_the_gazetteer() {
        let found = suggestions(&[&[
            "The \u{7}Office of \"Odd\" Affairs; Office of Odd Affairs (OOA), Peca Rules Example Board (PRXB).",
            "Zarrar Example met Zarrar Example.",
            "او جی ڈی سی نے کہا کہ او جی ڈی سی",
        ]]);
        let toml: String = found.iter().map(Suggestion::to_toml).collect();
        let gazetteer = Gazetteer::with(&toml).unwrap();
        for one in &found {
            let entity = gazetteer.get(&one.id).unwrap();
            assert!(entity.name == one.name || Some(&entity.name) == one.acronym.as_ref());
        }
        assert_eq!(gazetteer.get("ogdc").unwrap().urdu_seen, ["او جی ڈی سی"]);
        assert_eq!(gazetteer.get("ooa").unwrap().weak, ["OOA"]);
    }

    #[test]
    fn ids_are_free() {
        let gazetteer = Gazetteer::builtin();
        let mut taken = BTreeSet::new();
        let mut id = |name: &str, acronym| free_id(&gazetteer, &mut taken, name, acronym);
        assert_eq!(id("Parent Teacher Association", Some("PTA")), "parent-teacher-association");
        assert_eq!(id("Parent Teacher Association", Some("PTA")), "parent-teacher-association-2");
        assert_eq!(id("او جی ڈی سی", Some("OGDC")), "ogdc");
    }
}
