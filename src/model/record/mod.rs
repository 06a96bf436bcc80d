//! Bibliographic data of a document, every value with where it came from.
//!
//! A [`Record`] is filled by readers (`embedded`, `front-matter`), by derivation from the page
//! (`derived`), by a file beside the source (`sidecar`) and by a person (`person`). [`Record::merge`]
//! keeps the value of the highest [`Origin`]; a person's always wins.
//! [`RecordInput`] is what people write, in front matter, sidecars and records.
mod input;
mod values;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use input::{OneOrMany, RecordInput, Scalar};
pub use values::{DateRole, Kind, Origin, Party, RoleDate, Side, Status, Valued};

/// Bibliographic data of a document.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// What the document is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Valued<Kind>>,
    /// The title, or the cause title of a case (`A v. B`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Valued<String>>,
    /// A short title or alias (`PECA`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_title: Option<Valued<String>>,
    /// The court's id in the gazetteer (`ihc`), or its name where the gazetteer has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court: Option<Valued<String>>,
    /// All dates with their roles.
    pub dates: Vec<Valued<RoleDate>>,
    /// Judges, the author first.
    pub judges: Vec<Valued<String>>,
    /// Parties, side A first.
    pub parties: Vec<Valued<Party>>,
    /// Case, act, instrument or index numbers as printed (`W.P. No. 1805/2023`), the main one first.
    pub numbers: Vec<Valued<String>>,
    /// Law-report citations of the decision itself (`PLD 1998 SC 388`).
    pub reports: Vec<Valued<String>>,
    /// Authors: persons or bodies.
    pub authors: Vec<Valued<String>>,
    /// Publisher or outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Valued<String>>,
    /// Act number (`Act XL of 2016`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_number: Option<Valued<String>>,
    /// Gazette data as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gazette: Option<Valued<String>>,
    /// Index number of a body (`ASA 33/0206/2025`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index_number: Option<Valued<String>>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Valued<String>>,
    /// A lasting copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_url: Option<Valued<String>>,
    /// BCP 47 tag of the main language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Valued<String>>,
    /// The matter that the decision belongs to (`pk/ihc/wp/2023/1805`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<Valued<String>>,
    /// The citation key that a person chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Valued<String>>,
    /// Number of pages of the work as stated, where the document here is only its record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_count: Option<Valued<String>>,
    /// Later history, oldest first.
    pub status: Vec<Valued<Status>>,
    /// Entities that a person added.
    pub tags: Vec<Valued<String>>,
    /// Entities that a person removed.
    pub tags_removed: Vec<Valued<String>>,
    /// Titles or ids of records that say otherwise.
    pub conflicts_with: Vec<Valued<String>>,
    /// Everything else that the source states, by its own names.
    pub extra: BTreeMap<String, Valued<String>>,
}

impl Record {
    /// Returns the date that stands for the document, by the kind's preference of roles.
    ///
    /// An order prints `order`, else `decision`, `announced`, `hearing`, `released`; an enactment
    /// `assent`, `gazette`, `made`; the rest `published`. Captures and accesses never count, nor does
    /// a hearing to come. A decision's day that is hardly legible yields to one that was read well.
    pub fn main_date(&self) -> Option<&Valued<RoleDate>> {
        use DateRole as R;
        let first: &[DateRole] = match self.kind.as_ref().map(|kind| kind.value) {
            Some(Kind::Order | Kind::Judgment) => {
                &[R::Order, R::Decision, R::Announced, R::Hearing, R::Signed, R::Released]
            }
            Some(Kind::Statute | Kind::Bill) => &[R::Assent, R::Gazette, R::Made, R::InForce],
            Some(Kind::Instrument) => &[R::Made, R::Gazette, R::Published],
            Some(Kind::Mail | Kind::Letter) => &[R::Sent, R::Made],
            Some(Kind::Pleading) => &[R::Filed, R::Signed],
            _ => &[R::Published, R::Released],
        };
        let of_role = |role: &DateRole| {
            // Among dates of one role the most trusted counts, and of these the latest.
            self.dates.iter().filter(|date| date.value.role == *role).max_by(|a, b| {
                let by_rank = a.rank().partial_cmp(&b.rank()).unwrap_or(std::cmp::Ordering::Equal);
                by_rank.then(a.value.value.cmp(&b.value.value))
            })
        };
        let decided = [R::Order, R::Decision, R::Announced, R::Released];
        // The day of a decision that was hardly read yields to one that was read well.
        let sure = || {
            let of_decision = first.iter().filter(|role| decided.contains(role));
            of_decision.filter_map(of_role).find(|date| !date.is_unsure())
        };
        let sure = || self.kind_is_decision().then(sure).flatten();
        let others = DateRole::ALL.iter().filter(|role| role.can_be_main());
        let any = || first.iter().chain(others).find_map(of_role);
        // A paper of a docket of which nothing else is known bears the day of its filing.
        let filed = || of_role(&R::Filed).filter(|_| !self.kind_is_decision());
        sure().or_else(any).or_else(filed)
    }

    fn kind_is_decision(&self) -> bool {
        self.kind.as_ref().is_some_and(|kind| kind.value.is_case())
    }

    /// Returns what was not read off the pages: what stays where their text is read anew.
    #[must_use]
    pub fn without_derived(mut self) -> Self {
        self.retain(|origin| origin != Origin::Derived);
        self
    }

    /// Keeps the values whose origin `keep` accepts.
    pub fn retain(&mut self, mut keep: impl FnMut(Origin) -> bool) {
        // Taken apart by name, so that a new field cannot be forgotten here.
        let Self {
            kind,
            title,
            short_title,
            court,
            dates,
            judges,
            parties,
            numbers,
            reports,
            authors,
            publisher,
            act_number,
            gazette,
            index_number,
            url,
            archive_url,
            lang,
            matter,
            key,
            page_count,
            status,
            tags,
            tags_removed,
            conflicts_with,
            extra,
        } = self;
        kind.take_if(|value| !keep(value.origin));
        dates.retain(|value| keep(value.origin));
        parties.retain(|value| keep(value.origin));
        status.retain(|value| keep(value.origin));
        extra.retain(|_, value| keep(value.origin));
        for text in [
            title,
            short_title,
            court,
            publisher,
            act_number,
            gazette,
            index_number,
            url,
            archive_url,
            lang,
            matter,
            key,
            page_count,
        ] {
            text.take_if(|value| !keep(value.origin));
        }
        for texts in [judges, numbers, reports, authors, tags, tags_removed, conflicts_with] {
            texts.retain(|value| keep(value.origin));
        }
    }

    /// Takes over what `other` knows: single values of a higher or equal origin, lists whole.
    ///
    /// A list is replaced by that of a higher origin and never mixed: a person who names two judges
    /// means these two. Dates are kept by role, tags and status are joined, `extra` by key.
    pub fn merge(&mut self, other: Self) {
        fn single<T>(mine: &mut Option<Valued<T>>, theirs: Option<Valued<T>>) {
            if let Some(theirs) = theirs
                && mine.as_ref().is_none_or(|mine| mine.rank() <= theirs.rank())
            {
                *mine = Some(theirs);
            }
        }
        fn list<T>(mine: &mut Vec<Valued<T>>, theirs: Vec<Valued<T>>) {
            let top = |values: &[Valued<T>]| values.iter().map(|value| value.origin).max();
            if !theirs.is_empty() && top(mine) <= top(&theirs) {
                *mine = theirs;
            }
        }
        fn joined<T: PartialEq>(mine: &mut Vec<Valued<T>>, theirs: Vec<Valued<T>>) {
            for value in theirs {
                if !mine.iter().any(|mine| mine.value == value.value) {
                    mine.push(value);
                }
            }
        }
        let Self {
            kind,
            title,
            short_title,
            court,
            dates,
            judges,
            parties,
            numbers,
            reports,
            authors,
            publisher,
            act_number,
            gazette,
            index_number,
            url,
            archive_url,
            lang,
            matter,
            key,
            page_count,
            status,
            tags,
            tags_removed,
            conflicts_with,
            extra,
        } = other;
        single(&mut self.kind, kind);
        single(&mut self.title, title);
        single(&mut self.short_title, short_title);
        single(&mut self.court, court);
        for role in DateRole::ALL {
            let mut mine: Vec<_> =
                self.dates.iter().filter(|date| date.value.role == role).cloned().collect();
            let theirs = dates.iter().filter(|date| date.value.role == role).cloned().collect();
            list(&mut mine, theirs);
            self.dates.retain(|date| date.value.role != role);
            self.dates.extend(mine);
        }
        list(&mut self.judges, judges);
        list(&mut self.parties, parties);
        list(&mut self.numbers, numbers);
        list(&mut self.reports, reports);
        list(&mut self.authors, authors);
        single(&mut self.publisher, publisher);
        single(&mut self.act_number, act_number);
        single(&mut self.gazette, gazette);
        single(&mut self.index_number, index_number);
        single(&mut self.url, url);
        single(&mut self.archive_url, archive_url);
        single(&mut self.lang, lang);
        single(&mut self.matter, matter);
        single(&mut self.key, key);
        single(&mut self.page_count, page_count);
        joined(&mut self.status, status);
        joined(&mut self.tags, tags);
        joined(&mut self.tags_removed, tags_removed);
        joined(&mut self.conflicts_with, conflicts_with);
        for (name, value) in extra {
            let mut mine = self.extra.remove(&name);
            single(&mut mine, Some(value));
            self.extra.extend(mine.map(|value| (name, value)));
        }
    }

    /// Returns the names of side `side`, in order.
    pub fn side(&self, side: Side) -> Vec<&str> {
        self.parties
            .iter()
            .filter(|party| party.value.side == side)
            .map(|party| party.value.name.as_str())
            .collect()
    }
}

#[cfg(test)]
mod tests;
