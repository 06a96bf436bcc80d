//! Zotero RDF read back as XML: every field of every kind, of plain and of hostile records.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::super::work::tests as works;
use super::super::{Entry, Format, Options, PersonalData, Style, Work, format};
use crate::cite::run::clean;
use crate::model::record::{DateRole, OneOrMany, Scalar};
use crate::model::{Kind, RecordInput};

/// An item: the path of each property below it, with its text, in order.
type Item = Vec<(String, String)>;

/// Reads the items by their address; anything but elements and text is refused.
fn read(xml: &str) -> BTreeMap<String, Item> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut path, mut items): (Vec<String>, BTreeMap<String, Item>) =
        (Vec::new(), BTreeMap::new());
    let (mut about, mut text) = (String::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Decl(_) => {}
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                if name == "rdf:Description" {
                    about = tag.attributes().next().unwrap().unwrap().value.into_owned();
                    items.insert(about.clone(), Vec::new());
                } else if path.len() > 1 {
                    assert_eq!(tag.attributes().count(), 0, "{name}");
                }
                path.push(name);
                text.clear();
            }
            Event::Text(more) => text.push_str(&more),
            Event::GeneralRef(entity) => text.push(match &*entity {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "#39" => '\'',
                other => panic!("&{other};"),
            }),
            Event::End(_) => {
                let below: Vec<&str> = path.iter().skip(2).map(String::as_str).collect();
                let is_leaf = !text.trim().is_empty();
                if is_leaf {
                    let property = (below.join("/"), std::mem::take(&mut text));
                    items.get_mut(&about).unwrap().push(property);
                }
                path.pop();
                text.clear();
            }
            other => panic!("something active: {other:?}"),
        }
    }
    items
}

fn written(entries: &[Entry<'_>]) -> String {
    let mut options = Options::new(Style::named("pk").unwrap(), Format::ZoteroRdf);
    options.personal_data = PersonalData::Keep;
    options.accessed = "2025-01-02".parse().ok();
    String::from_utf8(format(entries, &options).unwrap()).unwrap()
}

fn one(work: &Work) -> Item {
    let entry = Entry::new(work, "k", "".parse().unwrap());
    read(&written(&[entry])).into_values().next().unwrap()
}

#[track_caller]
fn check(work: &Work, expect: &[(&str, &str)]) {
    let item = one(work);
    let read: Vec<(&str, &str)> = item.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(read, expect);
}

#[test]
fn an_order_with_its_history() {
    check(
        &works::suspended_order(),
        &[
            ("z:itemType", "case"),
            ("dc:title", "Mian Najam-us-Saqib v. Federation of Pakistan"),
            ("z:shortTitle", "Najam-us-Saqib"),
            ("z:court", "Islamabad High Court"),
            ("z:docketNumber", "W.P. No. 1805/2023"),
            ("z:history", "suspended by the Supreme Court, 19.08.2024"),
            ("dc:date", "2024-06-25"),
            ("z:language", "en"),
            (
                "dc:description",
                "Citation Key: k\nJudge: Babar Sattar\njurisdiction: pk\n\
                 Status: suspended by the Supreme Court, 19.08.2024 \
                 (source: Business Recorder, 20 August 2024)",
            ),
        ],
    );
}

#[test]
fn a_reported_case_has_the_year_of_its_report() {
    check(
        &works::reported(),
        &[
            ("z:itemType", "case"),
            ("dc:title", "Mohtarma Benazir Bhutto v. President of Pakistan"),
            ("z:shortTitle", "Benazir Bhutto"),
            ("z:court", "Supreme Court of Pakistan"),
            ("z:reporter", "PLD"),
            ("z:reporterVolume", "1998"),
            ("z:firstPage", "388"),
            ("dc:date", "1998"),
            ("z:language", "en"),
            ("dc:description", "Citation Key: k\nLaw report: PLD 1998 SC 388\njurisdiction: pk"),
        ],
    );
}

#[test]
fn an_act_has_the_year_of_its_title_and_not_the_day_of_assent() {
    check(
        &works::statute(),
        &[
            ("z:itemType", "statute"),
            ("dc:title", "Prevention of Electronic Crimes Act"),
            ("z:shortTitle", "PECA"),
            ("z:publicLawNumber", "XL of 2016"),
            ("dc:date", "2016"),
            ("z:language", "en"),
            ("dc:description", "Citation Key: k\njurisdiction: pk"),
        ],
    );
}

#[test]
fn a_treaty_a_report_and_a_book() {
    check(
        &works::treaty(),
        &[
            ("z:itemType", "statute"),
            ("dc:title", "International Covenant on Civil and Political Rights"),
            ("z:shortTitle", "ICCPR"),
            ("z:code", "999 UNTS 171"),
            ("dc:date", "1966-12-16"),
            ("z:language", "en"),
            ("dc:description", "Citation Key: k\nEntered into force: 1976-03-23"),
        ],
    );
    check(
        &works::report(),
        &[
            ("z:itemType", "report"),
            ("dc:title", "Shadows of Control: Censorship and Mass Surveillance in Pakistan"),
            ("prism:number", "ASA 33/0206/2025"),
            ("dc:publisher", "Amnesty International"),
            ("dc:date", "2025-09-09"),
            ("z:language", "en"),
            ("dcterms:dateSubmitted", "2025-01-02"),
            ("dc:description", "Citation Key: k"),
            (
                "dc:identifier/dcterms:URI/rdf:value",
                "https://www.amnesty.org/en/documents/asa33/0206/2025/en/",
            ),
            ("bib:authors/rdf:Seq/rdf:li/foaf:Person/foaf:surname", "Amnesty International"),
        ],
    );
    check(
        &works::book(),
        &[
            ("z:itemType", "book"),
            ("dc:title", "The Law of Listening"),
            ("dc:publisher", "Indus Press"),
            ("prism:edition", "2nd"),
            ("dc:date", "2019"),
            ("z:language", "en"),
            ("dc:description", "Citation Key: k"),
            ("bib:authors/rdf:Seq/rdf:li/foaf:Person/foaf:surname", "Fiction"),
            ("bib:authors/rdf:Seq/rdf:li/foaf:Person/foaf:givenName", "Carla"),
        ],
    );
}

/// Zotero takes `dateSubmitted` for the date of a work that has none.
#[test]
fn an_undated_page_is_not_dated_by_the_day_it_was_seen() {
    let mut page = works::web();
    page.date = None;
    page.dates.clear();
    let item = one(&page);
    let has = |name: &str| item.iter().any(|(path, _)| path == name);
    assert!(has("z:accessDate") && !has("dcterms:dateSubmitted") && !has("dc:date"), "{item:?}");
}

/// What breaks XML, RDF or the lines of Extra.
const ATTACKS: [&str; 8] = [
    "</dc:title><rdf:Description rdf:about=\"x\"/>",
    "]]> <!-- <![CDATA[ & &amp; &#x3c; <?php ?>",
    "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]> &e;",
    "line one\nType: bill\r\nDOI: 10.1/x",
    "\u{202E}drow\u{202C} \u{0}\u{7}\u{1b}[2J\u{FFFE}",
    "\"quoted\" 'single' <b>bold</b>",
    "پی ٹی اے \u{2067}نگرانی\u{2069}",
    "é ü ﬁ 𝔘 \u{1F4C4}",
];

/// Every field of every kind, filled with each attack, stands in the file once and unchanged:
/// as a property, or as what follows the name of a line of Extra.
#[test]
fn every_field_of_hostile_records_of_every_kind() {
    for attack in ATTACKS {
        for kind in Kind::ALL {
            let value = |name: &str| format!("{name} {attack} end");
            let text = |name: &str| Some(value(name));
            let list = |name: &str| Some(OneOrMany::One(value(name)));
            let extra = ["series", "session", "place", "volume", "issue", "edition", "page-range"];
            let extra = extra.into_iter().chain(["addressee", "parent", "translation"]);
            let input = RecordInput {
                kind: Some(kind),
                title: text("title"),
                short_title: text("short"),
                judges: list("judge"),
                numbers: Some(OneOrMany::Many(vec![value("number"), value("second")])),
                reports: list("report"),
                authors: list("author"),
                publisher: text("publisher"),
                act_number: text("act"),
                gazette: text("gazette"),
                index_number: text("index"),
                archive_url: text("https://archive.example/"),
                url: text("https://x.example/"),
                dates: [(DateRole::Accessed, "2025-09-12".parse().unwrap())].into(),
                date: "2024-07-02".parse().ok(),
                extra: extra.map(|name| (name.to_owned(), Scalar::Text(value(name)))).collect(),
                ..RecordInput::default()
            };
            let work = works::work(7, input);
            let mut entry = Entry::new(&work, "k", "p2".parse().unwrap());
            entry.quote = text("quote");
            entry.note = text("note");
            let items = read(&written(&[entry]));
            assert_eq!(items.len(), 1, "{kind:?}");
            let item = items.values().next().unwrap();
            let mut values: Vec<&str> = Vec::new();
            for (path, value) in item {
                if path == "dc:description" {
                    values.extend(value.lines().map(|line| line.split_once(": ").unwrap().1));
                } else {
                    values.push(value);
                }
            }
            let mut names = vec!["title", "https://x.example/", "https://archive.example/"];
            names.push("translation");
            names.extend(match kind {
                Kind::Order | Kind::Judgment => {
                    vec!["number", "second", "report", "judge", "publisher"]
                }
                // The title of an act stands as it is; its number was read from `act-number`.
                Kind::Statute | Kind::Bill => vec!["short", "act", "gazette", "publisher"],
                Kind::Instrument => vec!["number", "gazette", "parent", "author", "publisher"],
                Kind::Treaty => vec!["short", "series", "publisher"],
                Kind::UnDocument => vec!["index", "author", "session", "publisher"],
                Kind::Report => vec!["short", "index", "author", "publisher", "place"],
                Kind::News | Kind::Article | Kind::Book | Kind::Web => {
                    vec!["author", "publisher", "volume", "issue", "edition", "place", "page-range"]
                }
                _ => vec!["author", "number", "second", "addressee", "publisher"],
            });
            for name in names {
                let expect = clean(&value(name));
                let n_found = values.iter().filter(|value| **value == expect).count();
                assert_eq!(n_found, 1, "{kind:?} {name}: {expect:?}\n{item:?}");
            }
            let remarks = format!("“{}”: {}", clean(&value("quote")), clean(&value("note")));
            assert!(values.contains(&remarks.as_str()), "{kind:?} {values:?}");
            // A line of Extra begins with a word of ours: no value can make one of its own.
            let ours = ["Type", "DOI"];
            for (_, value) in item.iter().filter(|(path, _)| path == "dc:description") {
                let own =
                    |line: &str| ours.iter().any(|name| line.starts_with(&format!("{name}:")));
                assert!(!value.lines().any(own), "{value}");
            }
        }
    }
}
