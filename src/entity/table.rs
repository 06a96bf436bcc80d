//! The table of entities: the built-in one, and what a workspace adds to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, OnceLock};

use serde::{Deserialize, Serialize};

use super::error::GazetteerError;
use super::matcher::Matcher;
use super::resolve::nearest;
use crate::model::Span;
use crate::text::fold;

/// The table that is compiled in.
const BUILTIN: &str = include_str!("entities.toml");

static BUILTIN_TABLE: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::parse(BUILTIN, Vec::new()).unwrap_or_default());

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum EntityKind {
    Court,
    Judge,
    Agency,
    Regulator,
    Company,
    Vendor,
    System,
    Statute,
    Case,
    Person,
    Ngo,
    Outlet,
    Place,
    Concept,
    Party,
    Report,
}

impl EntityKind {
    /// Every kind, in the order of the declaration.
    pub const ALL: [Self; 16] = [
        Self::Court,
        Self::Judge,
        Self::Agency,
        Self::Regulator,
        Self::Company,
        Self::Vendor,
        Self::System,
        Self::Statute,
        Self::Case,
        Self::Person,
        Self::Ngo,
        Self::Outlet,
        Self::Place,
        Self::Concept,
        Self::Party,
        Self::Report,
    ];

    /// Returns the name that the table and JSON use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Court => "court",
            Self::Judge => "judge",
            Self::Agency => "agency",
            Self::Regulator => "regulator",
            Self::Company => "company",
            Self::Vendor => "vendor",
            Self::System => "system",
            Self::Statute => "statute",
            Self::Case => "case",
            Self::Person => "person",
            Self::Ngo => "ngo",
            Self::Outlet => "outlet",
            Self::Place => "place",
            Self::Concept => "concept",
            Self::Party => "party",
            Self::Report => "report",
        }
    }

    /// Tells whether the entity is a person.
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Judge | Self::Person)
    }

    /// Tells whether a legal reference can be a mention of the entity.
    pub const fn is_referable(self) -> bool {
        matches!(self, Self::Statute | Self::Case | Self::Report)
    }
}

/// An entry of the gazetteer. The meaning of the lists stands at the head of `entities.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the head of the table says it")]
pub struct Entity {
    pub id: String,
    pub name: String,
    pub kind: EntityKind,
    pub parent: Option<String>,
    pub aliases: Vec<String>,
    pub acronyms: Vec<String>,
    pub weak: Vec<String>,
    pub defined: Vec<String>,
    pub urdu_seen: Vec<String>,
    pub urdu_memory: Vec<String>,
    pub urdu_weak: Vec<String>,
    pub needs_context: Vec<String>,
    pub not_context: Vec<String>,
    pub refs: Vec<String>,
    pub shared: bool,
    pub source: Option<String>,
    pub note: Option<String>,
}

impl Entity {
    fn new(id: String, name: String, kind: EntityKind) -> Self {
        Self {
            id,
            name,
            kind,
            parent: None,
            aliases: Vec::new(),
            acronyms: Vec::new(),
            weak: Vec::new(),
            defined: Vec::new(),
            urdu_seen: Vec::new(),
            urdu_memory: Vec::new(),
            urdu_weak: Vec::new(),
            needs_context: Vec::new(),
            not_context: Vec::new(),
            refs: Vec::new(),
            shared: false,
            source: None,
            note: None,
        }
    }

    /// Returns every written form, the name first, then strong before weak; no form twice.
    pub fn forms(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .chain(&self.acronyms)
            .chain(&self.urdu_seen)
            .chain(&self.urdu_memory)
            .chain(&self.weak)
            .chain(&self.defined)
            .chain(&self.urdu_weak)
            .map(String::as_str)
            .filter(|form| seen.insert(*form))
            .collect()
    }
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    entity: Vec<Entry>,
}

/// An entry as written: every key may be missing in one that changes another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: toml::Spanned<String>,
    name: Option<String>,
    kind: Option<toml::Spanned<String>>,
    parent: Option<toml::Spanned<String>>,
    #[serde(default)]
    aliases: Vec<toml::Spanned<String>>,
    #[serde(default)]
    acronyms: Vec<toml::Spanned<String>>,
    #[serde(default)]
    weak: Vec<toml::Spanned<String>>,
    #[serde(default)]
    defined: Vec<toml::Spanned<String>>,
    #[serde(default)]
    urdu_seen: Vec<toml::Spanned<String>>,
    #[serde(default)]
    urdu_memory: Vec<toml::Spanned<String>>,
    #[serde(default)]
    urdu_weak: Vec<toml::Spanned<String>>,
    #[serde(default)]
    needs_context: Vec<toml::Spanned<String>>,
    #[serde(default)]
    not_context: Vec<toml::Spanned<String>>,
    #[serde(default)]
    refs: Vec<toml::Spanned<String>>,
    shared: Option<bool>,
    source: Option<String>,
    note: Option<String>,
    /// Forms and context words that a changed entry loses.
    #[serde(default)]
    remove: Vec<toml::Spanned<String>>,
    /// The entry is not used at all.
    #[serde(default)]
    off: bool,
}

const KEYS: &[&str] = &[
    "entity",
    "id",
    "name",
    "kind",
    "parent",
    "aliases",
    "acronyms",
    "weak",
    "defined",
    "urdu_seen",
    "urdu_memory",
    "urdu_weak",
    "needs_context",
    "not_context",
    "refs",
    "shared",
    "source",
    "note",
    "remove",
    "off",
];

/// The entities, compiled for finding them.
///
/// ```
/// use misl::entity::{Gazetteer, Resolved};
///
/// let gazetteer = Gazetteer::builtin();
/// assert_eq!(gazetteer.resolve("PECA 2016"), Resolved::One("peca".to_owned()));
/// assert_eq!(gazetteer.resolve("پی ٹی اے"), Resolved::One("pta".to_owned()));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entities: Arc<[Entity]>,
    by_id: Arc<BTreeMap<String, usize>>,
    /// Made when the first text is tagged: a search needs none.
    matcher: Arc<OnceLock<Matcher>>,
    /// Squeezed forms and the entities that have them.
    pub(super) names: Arc<BTreeMap<String, Vec<usize>>>,
}

impl Gazetteer {
    /// Returns the built-in gazetteer. Cheap after the first call.
    pub fn builtin() -> Self {
        BUILTIN_TABLE.clone()
    }

    /// Returns the built-in gazetteer with the additions and changes of a workspace's
    /// `entities.toml`.
    ///
    /// An entry with a new id is added. One with a known id changes that entry: single values
    /// replace its own, lists are added to, `remove` takes forms away, `off = true` the whole entry.
    ///
    /// # Errors
    ///
    /// With the place in the file; nothing is taken from a file with an error.
    pub fn with(additions_toml: &str) -> Result<Self, GazetteerError> {
        let builtin = Self::builtin();
        if additions_toml.trim().is_empty() {
            return Ok(builtin);
        }
        Self::parse(additions_toml, builtin.entities.to_vec())
    }

    /// Returns what finds the names in texts.
    pub(super) fn matcher(&self) -> &Matcher {
        self.matcher.get_or_init(|| Matcher::new(&self.entities, &self.names))
    }

    fn parse(toml: &str, entities: Vec<Entity>) -> Result<Self, GazetteerError> {
        let file: File = toml::from_str(toml).map_err(|error| syntax(toml, &error))?;
        let mut merged: BTreeMap<String, usize> =
            entities.iter().enumerate().map(|(idx, entity)| (entity.id.clone(), idx)).collect();
        let mut entities: Vec<Option<Entity>> = entities.into_iter().map(Some).collect();
        let mut lines: BTreeMap<String, usize> = BTreeMap::new();
        let mut parents: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        // Entries mostly stand in the order of the file: each place is counted from the one before.
        let mut cursor = Places::new(toml);
        for entry in file.entity {
            let (line, column) = cursor.place(entry.id.span().start);
            let id = entry.id.get_ref().clone();
            if id.is_empty()
                || !id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            {
                return Err(GazetteerError::BadId { line, column, id });
            }
            if let Some(&first_line) = lines.get(&id) {
                return Err(GazetteerError::DuplicateId { line, column, id, first_line });
            }
            lines.insert(id.clone(), line);
            let known = merged.get(&id).copied();
            let old = known.and_then(|idx| entities.get_mut(idx)).and_then(Option::take);
            let near = || nearest(&id, merged.keys().map(String::as_str), 3);
            let off = entry.off;
            let at = entry
                .parent
                .as_ref()
                .map_or((line, column), |parent| cursor.place(parent.span().start));
            parents.insert(id.clone(), at);
            let entity = apply(toml, entry, old, (line, column), near)?;
            let entity = (!off).then_some(entity);
            if let Some(idx) = known {
                entities[idx] = entity;
            } else {
                merged.insert(id, entities.len());
                entities.push(entity);
            }
        }
        Self::compile(entities.into_iter().flatten().collect(), &parents)
    }

    /// `places` says where an entry of the file names its parent.
    fn compile(
        entities: Vec<Entity>,
        places: &BTreeMap<String, (usize, usize)>,
    ) -> Result<Self, GazetteerError> {
        let by_id: BTreeMap<String, usize> =
            entities.iter().enumerate().map(|(idx, entity)| (entity.id.clone(), idx)).collect();
        for entity in &entities {
            check_parents(entity, &entities, &by_id, places)?;
        }
        let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (idx, entity) in entities.iter().enumerate() {
            for form in entity.forms() {
                let owners = names.entry(squeeze(form)).or_default();
                if !owners.contains(&idx) {
                    owners.push(idx);
                }
            }
        }
        names.remove("");
        Ok(Self {
            entities: entities.into(),
            by_id: Arc::new(by_id),
            matcher: Arc::default(),
            names: Arc::new(names),
        })
    }

    /// Returns the entity with id `id`.
    pub fn get(&self, id: &str) -> Option<&Entity> {
        self.by_id.get(id).and_then(|&idx| self.entities.get(idx))
    }

    /// Returns every entity, in the order of the table, additions last.
    pub fn all(&self) -> &[Entity] {
        &self.entities
    }

    /// Returns the ids of everything below `id`, whole families, in the order of the table.
    pub fn children(&self, id: &str) -> Vec<&str> {
        let mut family: Vec<&str> = Vec::new();
        let mut grown = true;
        // Parents may stand after their children, so we go round until nothing is added; a circle
        // adds nothing twice.
        while grown {
            grown = false;
            for entity in self.entities.iter() {
                let Some(parent) = entity.parent.as_deref() else { continue };
                if (parent == id || family.contains(&parent))
                    && entity.id != id
                    && !family.contains(&entity.id.as_str())
                {
                    family.push(&entity.id);
                    grown = true;
                }
            }
        }
        family.sort_by_key(|id| self.by_id.get(*id));
        family
    }

    /// Returns every written form of an entity in all scripts, the name first; empty for unknown ids.
    pub fn forms(&self, id: &str) -> Vec<&str> {
        self.get(id).map(Entity::forms).unwrap_or_default()
    }
}

/// Fails where a parent of `entity` is unknown, or the entity is above itself.
fn check_parents(
    entity: &Entity,
    entities: &[Entity],
    by_id: &BTreeMap<String, usize>,
    places: &BTreeMap<String, (usize, usize)>,
) -> Result<(), GazetteerError> {
    let id = &entity.id;
    let mut above = entity;
    for _ in 0..=entities.len() {
        let Some(parent) = &above.parent else { return Ok(()) };
        // Where a file switches a parent off, the fault is in that entry.
        let place = places.get(&above.id).or_else(|| places.get(parent)).copied();
        let (line, column) = place.unwrap_or((1, 1));
        let Some(next) = by_id.get(parent).and_then(|&idx| entities.get(idx)) else {
            let others = by_id.keys().filter(|&other| *other != above.id).map(String::as_str);
            let near = nearest(parent, others, 1).pop();
            let (id, parent) = (above.id.clone(), parent.clone());
            return Err(GazetteerError::UnknownParent { line, column, id, parent, near });
        };
        if next.id == *id {
            return Err(GazetteerError::ParentCircle { line, column, id: id.clone() });
        }
        above = next;
    }
    Ok(())
}

/// Returns the folded letters and digits of a form, which all its spellings share.
pub(super) fn squeeze(form: &str) -> String {
    fold(form).chars().filter(|&c| c.is_alphanumeric() || c == '@').collect()
}

/// Makes an entity of an entry and the one it changes.
fn apply(
    toml: &str,
    entry: Entry,
    old: Option<Entity>,
    (line, column): (usize, usize),
    near: impl Fn() -> Vec<String>,
) -> Result<Entity, GazetteerError> {
    let kind = entry.kind.map(|kind| read_kind(toml, &kind)).transpose()?;
    let id = entry.id.into_inner();
    let mut entity = if let Some(old) = old {
        old
    } else {
        let missing =
            |key| GazetteerError::Missing { line, column, id: id.clone(), key, near: near() };
        let name = entry.name.clone().ok_or_else(|| missing("name"))?;
        Entity::new(id.clone(), name, kind.ok_or_else(|| missing("kind"))?)
    };
    entity.name = entry.name.unwrap_or(entity.name);
    entity.kind = kind.unwrap_or(entity.kind);
    entity.parent = entry.parent.map(toml::Spanned::into_inner).or(entity.parent);
    entity.shared = entry.shared.unwrap_or(entity.shared);
    entity.source = entry.source.or(entity.source);
    entity.note = entry.note.or(entity.note);
    let mut removed: BTreeSet<String> = BTreeSet::new();
    for (list, more) in [
        (&mut entity.aliases, entry.aliases),
        (&mut entity.acronyms, entry.acronyms),
        (&mut entity.weak, entry.weak),
        (&mut entity.defined, entry.defined),
        (&mut entity.urdu_seen, entry.urdu_seen),
        (&mut entity.urdu_memory, entry.urdu_memory),
        (&mut entity.urdu_weak, entry.urdu_weak),
        (&mut entity.needs_context, entry.needs_context),
        (&mut entity.not_context, entry.not_context),
        (&mut entity.refs, entry.refs),
    ] {
        for form in more {
            let start = form.span().start;
            let form = form.into_inner();
            if squeeze(&form).is_empty() {
                let (line, column) = place(toml, start);
                return Err(GazetteerError::EmptyForm { line, column, id });
            }
            if !list.contains(&form) {
                list.push(form);
            }
        }
        list.retain(|form| {
            let goes = entry.remove.iter().any(|remove| remove.get_ref() == form);
            if goes {
                removed.insert(form.clone());
            }
            !goes
        });
    }
    let wrong = entry.remove.into_iter().find(|remove| !removed.contains(remove.get_ref()));
    if let Some(wrong) = wrong {
        let (line, column) = place(toml, wrong.span().start);
        let near = nearest(wrong.get_ref(), entity.forms().into_iter(), 1).pop();
        let form = wrong.into_inner();
        return Err(GazetteerError::NothingToRemove { line, column, id, form, near });
    }
    Ok(entity)
}

fn read_kind(toml: &str, kind: &toml::Spanned<String>) -> Result<EntityKind, GazetteerError> {
    let name = kind.get_ref();
    EntityKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
        let (line, column) = place(toml, kind.span().start);
        let near = nearest(name, EntityKind::ALL.iter().map(|kind| kind.name()), 1).pop();
        GazetteerError::UnknownKind { line, column, kind: name.clone(), near }
    })
}

fn syntax(toml: &str, error: &toml::de::Error) -> GazetteerError {
    let (line, column) = place(toml, error.span().map_or(0, |span: Span| span.start));
    let message = error.message().trim_end_matches('.').to_owned();
    let key = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    if let Some(key) = key {
        let near = nearest(key, KEYS.iter().copied(), 1).pop();
        return GazetteerError::UnknownKey { line, column, key: key.to_owned(), near };
    }
    GazetteerError::Syntax { line, column, message }
}

/// Returns line and column of a byte, counted from 1, the column in characters.
fn place(text: &str, byte: usize) -> (usize, usize) {
    Places::new(text).place(byte)
}

/// Finds lines and columns of rising places without counting from the beginning each time.
struct Places<'a> {
    text: &'a str,
    /// A byte at the beginning of a line, and the number of that line.
    line_start: usize,
    line: usize,
}

impl<'a> Places<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, line_start: 0, line: 1 }
    }

    /// Returns line and column of a byte, counted from 1, the column in characters.
    fn place(&mut self, byte: usize) -> (usize, usize) {
        if byte < self.line_start {
            *self = Self::new(self.text);
        }
        let before = self.text.get(self.line_start..byte).unwrap_or_default();
        self.line += before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.line_start += before.rfind('\n').map_or(0, |at| at + 1);
        (self.line, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_table_is_whole() {
        let gazetteer = Gazetteer::parse(BUILTIN, Vec::new()).unwrap();
        assert_eq!(gazetteer.all().len(), 287);
        assert_eq!(gazetteer.get("lims").unwrap().name, "Lawful Intercept Management System");
        for entity in gazetteer.all() {
            assert!(!entity.forms().is_empty());
        }
    }

    #[test]
    fn additions_add_and_change() {
        let gazetteer = Gazetteer::with(
            "[[entity]]\nid = \"acme\"\nname = \"Acme Taps\"\nkind = \"vendor\"\n\
             [[entity]]\nid = \"peca\"\naliases = [\"Cyber Act\"]\nremove = [\"cybercrime law\"]\n\
             [[entity]]\nid = \"narus\"\noff = true\n",
        )
        .unwrap();
        assert_eq!(gazetteer.get("acme").unwrap().kind, EntityKind::Vendor);
        let peca = gazetteer.get("peca").unwrap();
        assert!(peca.aliases.contains(&"Cyber Act".to_owned()) && peca.weak.is_empty());
        assert!(gazetteer.get("narus").is_none());
        assert_eq!(gazetteer.all().len(), 287);
    }

    #[track_caller]
    fn check_error(toml: &str, message: &str, hint: Option<&str>) {
        let error = Gazetteer::with(toml).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.hint().as_deref(), hint);
    }

    #[test]
    fn errors_have_a_place_and_a_near_name() {
        check_error(
            "[[entity]]\nid = \"x\"\nname = \"X\"\nkind = \"vendr\"\n",
            "line 4, column 8: unknown kind `vendr`",
            Some("did you mean `vendor`?"),
        );
        check_error(
            "[[entity]]\nid = \"peca\"\nalias = [\"a\"]\n",
            "line 3, column 1: unknown key `alias`",
            Some("did you mean `aliases`?"),
        );
        check_error(
            "[[entity]]\nid = \"peca\"\n[[entity]]\nid = \"peca\"\n",
            "line 4, column 6: `peca` stands in line 2 already",
            None,
        );
        check_error(
            "[[entity]]\nid = \"pecca\"\nweak = [\"a\"]\n",
            "line 2, column 6: the new entry `pecca` has no `name`",
            Some("to change an entry, use its id: peca"),
        );
        check_error(
            "[[entity]]\nid = \"Peca\"\n",
            "line 2, column 6: an id is made of a-z, 0-9 and -, not `Peca`",
            None,
        );
        let error = Gazetteer::with("[[entity]]\nid = \n").unwrap_err();
        assert_eq!(error.place().0, 2);
        check_error(
            "[[entity]]\nid = \"peca\"\n\n[[entity]]\nid = \"peca-s37\"\nparent = \"pecca\"\n",
            "line 6, column 10: `peca-s37` names the unknown parent `pecca`",
            Some("did you mean `peca`?"),
        );
        check_error(
            "[[entity]]\nid = \"fia\"\noff = true\n",
            "line 2, column 6: `fia-ccw` names the unknown parent `fia`",
            None,
        );
        check_error(
            "[[entity]]\nid = \"fia\"\nparent = \"fia-ccw\"\n",
            "line 3, column 10: `fia` is a part of itself",
            None,
        );
        check_error(
            "[[entity]]\nid = \"peca\"\naliases = [\n  \"Cyber Act\",\n  \"–\",\n]\n",
            "line 5, column 3: a form of `peca` has no letter",
            None,
        );
        check_error(
            "[[entity]]\nid = \"peca\"\nremove = [\"cybercrime laws\"]\n",
            "line 3, column 11: `peca` has no `cybercrime laws` to remove",
            Some("did you mean `cybercrime law`?"),
        );
    }

    #[test]
    fn children_are_whole_families() {
        let gazetteer = Gazetteer::builtin();
        assert_eq!(gazetteer.children("fia"), ["fia-ccw", "nr3c"]);
        assert!(gazetteer.children("audio-leaks").contains(&"wp-1805-2023"));
        assert!(gazetteer.children("narus").is_empty());
    }
}
