//! The work: what is cited, typed by kind, taken from a record.
//!
//! A field that a kind does not have cannot be filled; what a record lacks is listed by
//! [`Work::missing`] and never invented. All texts are one clean line (see [`super::run::clean`]).

use std::collections::BTreeMap;

use super::author::Author;
use super::names;
use super::number::{CaseNumber, LawReport, roman};
use super::run::{clean, language_of};
use crate::model::record::{DateRole, Origin, RoleDate, Side};
use crate::model::{Date, Kind, Lang, Record, SourceId, Status, Valued, court};

/// One citable work.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The source whose text is quoted.
    pub id: SourceId,
    /// What it is; a record without a kind is `other`.
    pub kind: Kind,
    /// The title as given; for a case the cause title.
    pub title: Option<String>,
    /// A short title or alias: `PECA`, `Shadows of Control`.
    pub short_title: Option<String>,
    /// A translation of the title, where the record keeps one.
    pub translation: Option<String>,
    /// The main language.
    pub lang: Lang,
    /// All dates with their roles.
    pub dates: Vec<RoleDate>,
    /// The date that stands for the work.
    pub date: Option<RoleDate>,
    /// Publisher or outlet.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// A lasting copy.
    pub archive_url: Option<String>,
    /// Later history, oldest first.
    pub status: Vec<Status>,
    /// The key that a person chose.
    pub chosen_key: Option<String>,
    /// Titles or ids of works that say otherwise.
    pub conflicts_with: Vec<String>,
    /// What only this kind has.
    pub detail: Detail,
    /// Everything else that the record states, by its own names.
    pub extra: BTreeMap<String, String>,
}

/// What only one group of kinds has.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// `order`, `judgment`.
    Case(Case),
    /// `statute`, `bill`.
    Statute(Statute),
    /// `instrument`.
    Instrument(Instrument),
    /// `treaty`.
    Treaty(Treaty),
    /// `un-document`.
    UnDocument(UnDocument),
    /// `report`.
    Report(Report),
    /// `news`, `article`, `book`, `web`.
    Published(Published),
    /// `pleading`, `letter`, `parliamentary`, `mail`, `data`, `other`.
    Filed(Filed),
}

/// A decision of a court.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Case {
    /// The court's id in the table of courts, where it has one.
    pub court_id: Option<&'static str>,
    /// The court's full name.
    pub court: Option<String>,
    /// Parties of the first side, as printed.
    pub side_a: Vec<String>,
    /// Parties of the second side, as printed.
    pub side_b: Vec<String>,
    /// Case numbers as printed, the main one first.
    pub numbers: Vec<String>,
    /// The number of the case in which the application was made that the first number is of.
    pub made_in: Option<String>,
    /// Judges, the author first. They are never the authors of the work.
    pub judges: Vec<String>,
    /// Law-report and neutral citations of the decision itself.
    pub reports: Vec<String>,
    /// The matter: `pk/ihc/wp/2023/1805`.
    pub matter: Option<String>,
    /// Two-letter country code of the court.
    pub jurisdiction: Option<String>,
}

/// An enactment or a bill.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Statute {
    /// The title without its year.
    pub name: Option<String>,
    /// The year of the title.
    pub year: Option<u16>,
    /// `XL of 2016`, without the word `Act`.
    pub number: Option<String>,
    /// Gazette data as printed.
    pub gazette: Option<String>,
    /// Two-letter country code.
    pub jurisdiction: Option<String>,
}

/// A statutory instrument.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Instrument {
    /// `S.R.O. 1005(I)/2024`
    pub number: Option<String>,
    /// The body that issued it.
    pub body: Option<String>,
    /// The act it was made under.
    pub parent: Option<String>,
    /// Gazette data as printed.
    pub gazette: Option<String>,
    /// Two-letter country code.
    pub jurisdiction: Option<String>,
}

/// A treaty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Treaty {
    /// `999 UNTS 171`
    pub series: Option<String>,
    /// When it was adopted or signed.
    pub adopted: Option<Date>,
    /// When it entered into force.
    pub in_force: Option<Date>,
}

/// A document of the United Nations.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UnDocument {
    /// `A/HRC/41/35`
    pub symbol: Option<String>,
    /// Authors or the body.
    pub authors: Vec<String>,
    /// The session.
    pub session: Option<String>,
}

/// A report of an organisation (not a law report).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Report {
    /// Authors; for most reports the body.
    pub authors: Vec<String>,
    /// `ASA 33/0206/2025`
    pub number: Option<String>,
    /// Place of publication.
    pub place: Option<String>,
    /// Number of pages, as stated.
    pub pages: Option<String>,
}

/// Something published: news, article, book, web page.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Published {
    /// Authors, persons or bodies.
    pub authors: Vec<String>,
    /// Newspaper, journal or site.
    pub outlet: Option<String>,
    /// Volume of a journal.
    pub volume: Option<String>,
    /// Issue of a journal.
    pub issue: Option<String>,
    /// Pages of an article.
    pub pages: Option<String>,
    /// Edition of a book.
    pub edition: Option<String>,
    /// Place of publication.
    pub place: Option<String>,
}

/// Papers that were filed, sent or kept rather than published.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Filed {
    /// Who filed, wrote or sent it.
    pub authors: Vec<String>,
    /// The court or house, where one is named.
    pub court: Option<String>,
    /// Its numbers as printed.
    pub numbers: Vec<String>,
    /// To whom it went.
    pub addressee: Option<String>,
    /// The case that it was filed in: its parties alone.
    pub case: Case,
}

impl Work {
    /// Returns the work of `record`; `id` names the source.
    pub fn from_record(id: SourceId, record: &Record) -> Self {
        let kind = record.kind.as_ref().map_or(Kind::Other, |kind| kind.value);
        let extra: BTreeMap<String, String> = record
            .extra
            .iter()
            .map(|(name, value)| (clean(name), clean(&value.value)))
            .filter(|(name, value)| !name.is_empty() && !value.is_empty())
            .collect();
        // A paper of a docket is called by its own heading, beside the parties.
        let paper = extra.get("paper").filter(|_| matches!(kind, Kind::Pleading | Kind::Letter));
        // A letter read off its page has only its parties: it is not their case.
        let of_parties = record.title.as_ref().is_some_and(|title| title.origin == Origin::Derived)
            && kind == Kind::Letter
            && !record.parties.is_empty();
        let paper = paper.cloned().or_else(|| of_parties.then(|| "Letter".to_owned()));
        let title = paper.or_else(|| one(record.title.as_ref()));
        let title = title.map(|title| names::calm(&title));
        let lang = record.lang.as_ref().and_then(|lang| Lang::from_tag(&lang.value));
        let lang = lang.or_else(|| title.as_deref().and_then(language_of)).unwrap_or_default();
        Self {
            id,
            kind,
            detail: Detail::from_record(kind, record, title.as_deref(), &extra),
            short_title: one(record.short_title.as_ref()),
            translation: extra.get("translation").or(extra.get("title-translation")).cloned(),
            title,
            lang,
            dates: record.dates.iter().map(|date| date.value).collect(),
            date: record.main_date().map(|date| date.value),
            publisher: one(record.publisher.as_ref()),
            url: one(record.url.as_ref()),
            archive_url: one(record.archive_url.as_ref()),
            status: record.status.iter().map(|status| status.value.clone()).collect(),
            chosen_key: one(record.key.as_ref()),
            conflicts_with: many(&record.conflicts_with),
            extra,
        }
    }

    /// Returns the names of the fields that a citation of this kind needs and the record lacks.
    pub fn missing(&self) -> Vec<&'static str> {
        let mut missing = Vec::new();
        let mut need = |has: bool, name: &'static str| {
            if !has {
                missing.push(name);
            }
        };
        match &self.detail {
            Detail::Case(case) => {
                need(!case.side_a.is_empty() || self.title.is_some(), "parties");
                need(case.court.is_some(), "court");
                need(!case.numbers.is_empty() || !case.reports.is_empty(), "number");
                need(self.date.is_some() || !case.reports.is_empty(), "date");
            }
            Detail::Statute(statute) => {
                need(statute.name.is_some(), "title");
                need(statute.year.is_some(), "year");
                need(statute.number.is_some(), "act number");
                need(statute.jurisdiction.is_some(), "jurisdiction");
            }
            Detail::Instrument(instrument) => {
                need(instrument.number.is_some() || self.title.is_some(), "number");
                need(self.date.is_some(), "date");
            }
            Detail::Treaty(treaty) => {
                need(self.title.is_some(), "title");
                need(treaty.adopted.is_some(), "date of adoption");
                need(treaty.series.is_some(), "series");
            }
            Detail::UnDocument(document) => need(document.symbol.is_some(), "symbol"),
            Detail::Report(report) => {
                need(self.title.is_some(), "title");
                need(!report.authors.is_empty() || self.publisher.is_some(), "author");
                need(self.date.is_some(), "date");
            }
            Detail::Published(published) => {
                need(self.title.is_some(), "title");
                let outlet = published.outlet.is_some() || !published.authors.is_empty();
                need(outlet, if self.kind == Kind::News { "outlet" } else { "author" });
                need(self.date.is_some(), "date");
            }
            Detail::Filed(_) => {
                need(self.title.is_some(), "title");
                need(self.date.is_some(), "date");
            }
        }
        missing
    }

    /// Returns the latest status that weakens the work, which every citation must say.
    ///
    /// Later means by date; an undated one counts where it stands in the history.
    pub fn adverse_status(&self) -> Option<&Status> {
        let mut latest: Option<&Status> = None;
        for status in self.status.iter().filter(|status| status.is_adverse()) {
            let later = match (latest.and_then(|latest| latest.date), status.date) {
                (Some(before), Some(date)) => date.first() >= before.first(),
                _ => true,
            };
            if later {
                latest = Some(status);
            }
        }
        latest
    }

    /// Returns the case, for orders and judgments.
    pub const fn case(&self) -> Option<&Case> {
        match &self.detail {
            Detail::Case(case) => Some(case),
            _ => None,
        }
    }

    /// Returns the authors as the record has them; a judge is never one.
    pub fn authors(&self) -> &[String] {
        match &self.detail {
            Detail::UnDocument(UnDocument { authors, .. })
            | Detail::Report(Report { authors, .. })
            | Detail::Published(Published { authors, .. })
            | Detail::Filed(Filed { authors, .. }) => authors,
            Detail::Case(_) | Detail::Statute(_) | Detail::Instrument(_) | Detail::Treaty(_) => &[],
        }
    }

    /// Returns the authors taken apart, where they are persons.
    pub fn author_names(&self) -> Vec<Author> {
        let outlet = match &self.detail {
            Detail::Published(published) => published.outlet.as_deref(),
            _ => None,
        };
        let publishers: Vec<&str> =
            [self.publisher.as_deref(), outlet].into_iter().flatten().collect();
        self.authors().iter().map(|name| Author::read(name, self.kind, &publishers)).collect()
    }

    /// Returns the main number of any kind: case, act, instrument, symbol, index.
    pub fn number(&self) -> Option<&str> {
        match &self.detail {
            Detail::Case(Case { numbers, .. }) | Detail::Filed(Filed { numbers, .. }) => {
                numbers.first().map(String::as_str)
            }
            Detail::Statute(Statute { number, .. })
            | Detail::Instrument(Instrument { number, .. })
            | Detail::Report(Report { number, .. }) => number.as_deref(),
            Detail::UnDocument(UnDocument { symbol, .. }) => symbol.as_deref(),
            Detail::Treaty(_) | Detail::Published(_) => None,
        }
    }

    /// Returns the two-letter country code of a legal work, where it is known.
    pub fn jurisdiction(&self) -> Option<&str> {
        match &self.detail {
            Detail::Case(Case { jurisdiction, .. })
            | Detail::Statute(Statute { jurisdiction, .. })
            | Detail::Instrument(Instrument { jurisdiction, .. }) => jurisdiction.as_deref(),
            _ => None,
        }
    }

    /// Returns the date of `role`, the first one given.
    pub fn date_of(&self, role: DateRole) -> Option<Date> {
        self.dates.iter().find(|date| date.role == role).map(|date| date.value)
    }

    /// Returns the title for formats that keep the year in a field of its own: of an act without
    /// the year, or styles that print both fields double it; else as [`Work::display_title`].
    pub fn title_beside_year(&self) -> Option<String> {
        match &self.detail {
            Detail::Statute(statute) => statute.name.clone().or_else(|| self.title.clone()),
            _ => self.display_title(),
        }
    }

    /// Returns the title that lists and data formats show, for every kind: the cause title of a
    /// case, the title with its year of an act, else the title or the number.
    pub fn display_title(&self) -> Option<String> {
        match &self.detail {
            Detail::Case(case) => case.title(" v. ").or_else(|| self.title.clone()),
            Detail::Statute(Statute { name: Some(name), year: Some(year), .. }) => {
                Some(format!("{name}, {year}"))
            }
            _ => self.title.clone(),
        }
        .or_else(|| self.number().map(str::to_owned))
    }
}

impl Case {
    /// Returns the parties as printed, without descent and counsel, joined by `versus`.
    pub fn title(&self, versus: &str) -> Option<String> {
        let side = |names: &[String]| names.first().map(|name| names::without_trailers(name));
        match (side(&self.side_a), side(&self.side_b)) {
            (Some(a), Some(b)) => Some(format!("{a}{versus}{b}")),
            (Some(only), None) | (None, Some(only)) => Some(only),
            (None, None) => None,
        }
    }

    /// Returns the name that later citations use.
    pub fn short_name(&self) -> Option<String> {
        let first = |names: &[String]| names.first().cloned();
        names::short_name(first(&self.side_a).as_deref(), first(&self.side_b).as_deref())
    }

    /// Returns the main number taken apart, where its form is known.
    pub fn parsed_number(&self) -> Option<CaseNumber> {
        self.numbers.first().and_then(|number| CaseNumber::parse(number))
    }

    /// Returns the first law report taken apart, where its form is known.
    pub fn parsed_report(&self) -> Option<LawReport> {
        self.reports.iter().find_map(|report| LawReport::parse(report))
    }
}

impl Detail {
    /// Takes what the kind has from the record.
    fn from_record(
        kind: Kind,
        record: &Record,
        title: Option<&str>,
        extra: &BTreeMap<String, String>,
    ) -> Self {
        let get = |name: &str| extra.get(name).cloned();
        let authors = many(&record.authors);
        let numbers = many(&record.numbers);
        let publisher = one(record.publisher.as_ref());
        match kind {
            Kind::Order | Kind::Judgment => Self::Case(case(record, title, extra)),
            Kind::Statute | Kind::Bill => Self::Statute(statute(record, title, extra)),
            Kind::Instrument => {
                let number = numbers.first().cloned().or_else(|| one(record.index_number.as_ref()));
                let is_pk = number.as_deref().is_some_and(is_sro) || is_pakistani(record, title);
                Self::Instrument(Instrument {
                    number,
                    body: get("body").or_else(|| authors.first().cloned()).or(publisher),
                    parent: get("parent"),
                    gazette: one(record.gazette.as_ref()),
                    jurisdiction: stated_country(extra).or(is_pk.then(|| "pk".to_owned())),
                })
            }
            Kind::Treaty => {
                let date = |roles: &[DateRole]| {
                    roles
                        .iter()
                        .find_map(|role| record.dates.iter().find(|date| date.value.role == *role))
                };
                Self::Treaty(Treaty {
                    series: get("series").or_else(|| numbers.first().cloned()),
                    adopted: date(&[DateRole::Made, DateRole::Signed, DateRole::Published])
                        .map(|date| date.value.value),
                    in_force: date(&[DateRole::InForce]).map(|date| date.value.value),
                })
            }
            Kind::UnDocument => Self::UnDocument(UnDocument {
                symbol: one(record.index_number.as_ref()).or_else(|| numbers.first().cloned()),
                authors,
                session: get("session"),
            }),
            Kind::Report => Self::Report(Report {
                authors,
                number: one(record.index_number.as_ref()).or_else(|| numbers.first().cloned()),
                place: get("place"),
                pages: one(record.page_count.as_ref()),
            }),
            Kind::News | Kind::Article | Kind::Book | Kind::Web => Self::Published(Published {
                authors,
                outlet: get("journal").or_else(|| get("site")).or(publisher),
                volume: get("volume"),
                issue: get("issue"),
                pages: get("page-range").or_else(|| get("pages")),
                edition: get("edition"),
                place: get("place"),
            }),
            Kind::Pleading
            | Kind::Letter
            | Kind::Parliamentary
            | Kind::Mail
            | Kind::Data
            | Kind::Other => Self::Filed(Filed {
                authors,
                court: court_name(record).map(|(_, name)| name).or_else(|| get("house")),
                numbers,
                addressee: get("addressee").or_else(|| get("to")),
                case: Case {
                    side_a: side(record, Side::A),
                    side_b: side(record, Side::B),
                    ..Case::default()
                },
            }),
        }
    }
}

/// Returns the parties of one side, as printed.
fn side(record: &Record, side: Side) -> Vec<String> {
    let names = record.side(side).into_iter().map(|name| names::calm(&clean(name)));
    names.filter(|name| !name.is_empty()).collect()
}

/// Returns the case of a record; a cause title stands in for parties that were not told apart.
fn case(record: &Record, title: Option<&str>, extra: &BTreeMap<String, String>) -> Case {
    let (mut side_a, mut side_b) = (side(record, Side::A), side(record, Side::B));
    if (side_a.is_empty() || side_b.is_empty())
        && let Some((a, b)) = title.and_then(names::split_title)
    {
        (side_a, side_b) = (vec![a], vec![b]);
    }
    let court = court_name(record);
    let court_id = court.as_ref().and_then(|(id, _)| *id);
    let country = court_id.and_then(court::by_id).map(|court| court.country.to_owned());
    let made_in = extra.get("made-in").cloned();
    let mut numbers = many(&record.numbers);
    numbers.retain(|number| Some(number) != made_in.as_ref());
    Case {
        court_id,
        court: court.map(|(_, name)| name),
        side_a,
        side_b,
        numbers,
        made_in,
        judges: many(&record.judges),
        reports: many(&record.reports),
        matter: one(record.matter.as_ref()),
        jurisdiction: country.or_else(|| stated_country(extra)),
    }
}

/// Returns the enactment of a record: title and year apart, so that `2016` is printed once.
fn statute(record: &Record, title: Option<&str>, extra: &BTreeMap<String, String>) -> Statute {
    let number = one(record.act_number.as_ref())
        .or_else(|| many(&record.numbers).first().cloned())
        .map(|number| {
            let words = number.trim_start_matches("No.").trim_start();
            let words =
                words.strip_prefix("Act No.").or(words.strip_prefix("Act ")).unwrap_or(words);
            words.trim().to_owned()
        });
    let (name, title_year) = title.map_or((None, None), |title| {
        let (name, year) = without_year(title);
        (Some(name), year)
    });
    let number_year = number
        .as_deref()
        .and_then(|number| number.rsplit(' ').next().and_then(|year| year.parse().ok()));
    let is_south_asian = number
        .as_deref()
        .and_then(|number| number.split_once(" of "))
        .is_some_and(|(roman_part, _)| roman(roman_part.trim()).is_some());
    let is_pk = is_pakistani(record, title)
        || names_pakistan(record.gazette.as_ref().map(|gazette| gazette.value.as_str()))
        || is_south_asian && title_year.or(number_year).is_some_and(|year: u16| year > 1947);
    Statute {
        name,
        year: title_year.or(number_year),
        number,
        gazette: one(record.gazette.as_ref()),
        jurisdiction: stated_country(extra).or(is_pk.then(|| "pk".to_owned())),
    }
}

/// Splits `Prevention of Electronic Crimes Act, 2016` into title and year.
pub(super) fn without_year(title: &str) -> (String, Option<u16>) {
    let bare = title.trim_end_matches([')', '.', ' ']);
    let digits = bare.len().checked_sub(4).and_then(|at| bare.get(at..)).unwrap_or_default();
    let year = digits.parse::<u16>().ok().filter(|year| (1750..=2100).contains(year));
    let name = year.and_then(|_| bare.strip_suffix(digits));
    let name = name.filter(|name| name.ends_with([' ', ',', '(']));
    match name {
        Some(name) => (name.trim_end_matches([' ', ',', '(']).to_owned(), year),
        None => (title.to_owned(), None),
    }
}

/// Returns the court's id, where the table has it, and its name.
fn court_name(record: &Record) -> Option<(Option<&'static str>, String)> {
    let stated = one(record.court.as_ref())?;
    let known = court::by_id(&stated.to_lowercase())
        .or_else(|| court::COURTS.iter().find(|court| court.name.eq_ignore_ascii_case(&stated)));
    Some(known.map_or((None, stated), |court| (Some(court.id), court.name.to_owned())))
}

/// Returns the country that the record itself names.
fn stated_country(extra: &BTreeMap<String, String>) -> Option<String> {
    let stated = extra.get("jurisdiction").or(extra.get("country"))?;
    Some(if stated.eq_ignore_ascii_case("pakistan") { "pk".to_owned() } else { stated.clone() })
}

/// Tells whether the number is one of Pakistan's statutory regulatory orders.
fn is_sro(number: &str) -> bool {
    number.replace('.', "").trim_start().to_ascii_uppercase().starts_with("SRO")
}

/// Tells whether title, court, publisher or address make an enactment one of Pakistan.
fn is_pakistani(record: &Record, title: Option<&str>) -> bool {
    const PROVINCES: [&str; 6] =
        ["Sindh", "Balochistan", "Khyber Pakhtunkhwa", "Gilgit", "Islamabad", "Azad Jammu"];
    let court = court_name(record).and_then(|(id, _)| id).and_then(court::by_id);
    let address = one(record.url.as_ref()).unwrap_or_default();
    let host = address.split("://").nth(1).and_then(|rest| rest.split('/').next());
    names_pakistan(title)
        || title.is_some_and(|title| PROVINCES.iter().any(|name| title.contains(name)))
        || court.is_some_and(|court| court.country == "pk")
        || names_pakistan(one(record.publisher.as_ref()).as_deref())
        || many(&record.authors).iter().any(|author| names_pakistan(Some(author)))
        || host.is_some_and(|host| host.rsplit('.').next() == Some("pk"))
}

/// Tells whether the text names Pakistan.
fn names_pakistan(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.contains("Pakistan") || text.contains("PAKISTAN"))
}

/// Returns the clean value of a field; an empty one is none.
fn one(value: Option<&Valued<String>>) -> Option<String> {
    value.map(|value| clean(&value.value)).filter(|value| !value.is_empty())
}

/// Returns the clean values of a list, without empty ones.
fn many(values: &[Valued<String>]) -> Vec<String> {
    values.iter().map(|value| clean(&value.value)).filter(|value| !value.is_empty()).collect()
}

#[cfg(test)]
pub(crate) mod tests;
