use super::*;
use crate::model::RecordInput;
use crate::model::record::{OneOrMany, Scalar};

/// Returns the work of a person's input; the id is made of one repeated byte.
pub(crate) fn work(byte: u8, input: RecordInput) -> Work {
    Work::from_record(SourceId([byte; 32]), &input.into_record(Origin::Person))
}

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn list(value: &str) -> Option<OneOrMany> {
    Some(OneOrMany::One(value.to_owned()))
}

fn date(value: &str) -> Option<Date> {
    value.parse().ok()
}

pub(crate) fn order() -> Work {
    work(
        0x11,
        RecordInput {
            kind: Some(Kind::Order),
            court: text("ihc"),
            petitioner: list("Mian Najam-us-Saqib"),
            respondent: list("Federation of Pakistan"),
            numbers: list("W.P. No. 1805/2023"),
            judges: list("Babar Sattar"),
            date: date("2024-06-25"),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn suspended_order() -> Work {
    let mut work = order();
    work.status.push(Status {
        state: "suspended".to_owned(),
        by: text("scp"),
        date: date("2024-08-19"),
        source: "Business Recorder, 20 August 2024".to_owned(),
        disputed: false,
        note: None,
    });
    work
}

pub(crate) fn reported() -> Work {
    work(
        0x22,
        RecordInput {
            kind: Some(Kind::Judgment),
            court: text("scp"),
            petitioner: list("Mohtarma Benazir Bhutto"),
            respondent: list("President of Pakistan"),
            reports: list("PLD 1998 SC 388"),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn statute() -> Work {
    work(
        0x33,
        RecordInput {
            kind: Some(Kind::Statute),
            title: text("Prevention of Electronic Crimes Act, 2016"),
            short_title: text("PECA"),
            act_number: text("Act XL of 2016"),
            date: date("2016-08-18"),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn instrument() -> Work {
    work(
        0x44,
        RecordInput {
            kind: Some(Kind::Instrument),
            numbers: list("S.R.O. 1005(I)/2024"),
            date: date("2024-07-08"),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn treaty() -> Work {
    let extra = [("series".to_owned(), Scalar::Text("999 UNTS 171".to_owned()))].into();
    work(
        0x55,
        RecordInput {
            kind: Some(Kind::Treaty),
            title: text("International Covenant on Civil and Political Rights"),
            short_title: text("ICCPR"),
            dates: [
                (DateRole::Signed, date("1966-12-16").unwrap()),
                (DateRole::InForce, date("1976-03-23").unwrap()),
            ]
            .into(),
            extra,
            ..RecordInput::default()
        },
    )
}

pub(crate) fn un_document() -> Work {
    work(
        0x66,
        RecordInput {
            kind: Some(Kind::UnDocument),
            title: text("Surveillance and human rights"),
            index_number: text("A/HRC/41/35"),
            date: date("2019-05-28"),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn report() -> Work {
    work(
        0x77,
        RecordInput {
            kind: Some(Kind::Report),
            title: text("Shadows of Control: Censorship and Mass Surveillance in Pakistan"),
            authors: list("Amnesty International"),
            publisher: text("Amnesty International"),
            index_number: text("ASA 33/0206/2025"),
            date: date("2025-09-09"),
            url: text("https://www.amnesty.org/en/documents/asa33/0206/2025/en/"),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn news() -> Work {
    work(
        0x88,
        RecordInput {
            kind: Some(Kind::News),
            title: text("SC stops IHC from proceeding"),
            publisher: text("Business Recorder"),
            date: date("2024-08-20"),
            url: text("https://www.brecorder.com/news/40318224"),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn urdu_news() -> Work {
    work(
        0x99,
        RecordInput {
            kind: Some(Kind::News),
            title: text("عدالت نے پی ٹی اے کو روک دیا"),
            publisher: text("روزنامہ جنگ"),
            date: date("2024-07-02"),
            lang: text("ur"),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn book() -> Work {
    work(
        0xAA,
        RecordInput {
            kind: Some(Kind::Book),
            title: text("The Law of Listening"),
            authors: list("Carla Fiction"),
            publisher: text("Indus Press"),
            date: date("2019"),
            extra: [("edition".to_owned(), Scalar::Text("2nd".to_owned()))].into(),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn article() -> Work {
    let more = [("volume", "12"), ("issue", "3"), ("pages", "101-130")];
    work(
        0xBB,
        RecordInput {
            kind: Some(Kind::Article),
            title: text("Interception without a Warrant"),
            authors: list("Carla Fiction"),
            publisher: text("Pakistan Journal of Invented Law"),
            date: date("2021"),
            extra: more.map(|(k, v)| (k.to_owned(), Scalar::Text(v.to_owned()))).into(),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn web() -> Work {
    work(
        0xCC,
        RecordInput {
            kind: Some(Kind::Web),
            title: text("What a firewall sees"),
            authors: list("Example Rights Group"),
            publisher: text("Example Rights Group"),
            date: date("2024-08-01"),
            url: text("https://example.org/firewall"),
            ..RecordInput::default()
        },
    )
}

pub(crate) fn letter() -> Work {
    work(
        0xDD,
        RecordInput {
            kind: Some(Kind::Letter),
            title: text("Letter to the council on the taps"),
            authors: list("Six clerks of the registry"),
            date: date("2024-03-25"),
            ..RecordInput::default()
        },
    )
}

/// Returns one work of each group that a style has rows for.
pub(crate) fn all() -> Vec<Work> {
    vec![
        suspended_order(),
        reported(),
        statute(),
        instrument(),
        treaty(),
        un_document(),
        report(),
        news(),
        urdu_news(),
        book(),
        article(),
        web(),
        letter(),
        byline(Kind::Web, 1, &["Asha Nobody"]),
        byline(Kind::Web, 2, &["Asha Nobody", "Noone, Bilal B."]),
        byline(Kind::News, 3, &["Asha Nobody", "Bilal Noone", "Carla Fiction"]),
        byline(
            Kind::Web,
            4,
            &["Asha Nobody", "Bilal Noone", "Carla van der Fiction", "Example Rights Group"],
        ),
        byline(Kind::Web, 5, &["Example Rights Group"]),
        byline(Kind::Web, 6, &["عائشہ نامعلوم"]),
    ]
}

/// Returns a story of these authors.
pub(crate) fn byline(kind: Kind, byte: u8, authors: &[&str]) -> Work {
    let authors = authors.iter().map(|&name| name.to_owned()).collect();
    work(
        byte,
        RecordInput {
            kind: Some(kind),
            title: text("Who pays for the taps?"),
            authors: Some(OneOrMany::Many(authors)),
            publisher: text("The Margalla Courier"),
            date: date("2024-07-09"),
            ..RecordInput::default()
        },
    )
}

#[test]
fn an_empty_record_lacks_and_invents_nothing() {
    let work = Work::from_record(SourceId([0; 32]), &Record::default());
    assert_eq!(work.missing(), ["title", "date"]);
    assert_eq!(work.display_title(), None);
    let bare = RecordInput { kind: Some(Kind::Order), ..RecordInput::default() };
    assert_eq!(super::tests::work(0, bare).missing(), ["parties", "court", "number", "date"]);
}

#[test]
fn complete_works_lack_nothing() {
    for work in all() {
        assert_eq!(work.missing(), [""; 0], "{:?}", work.kind);
    }
}

#[test]
fn a_year_stands_once() {
    let Detail::Statute(statute) = statute().detail else { panic!() };
    assert_eq!(statute.name.as_deref(), Some("Prevention of Electronic Crimes Act"));
    assert_eq!((statute.year, statute.number.as_deref()), (Some(2016), Some("XL of 2016")));
    assert_eq!(without_year("Telegraph Act (1885)"), ("Telegraph Act".to_owned(), Some(1885)));
    assert_eq!(without_year("Catch 2022x").1, None);
}

#[test]
fn an_act_without_number_is_pakistani_by_its_court_or_publisher() {
    let act = |input: RecordInput| {
        let title = text("Investigation for Fair Trial Act, 2013");
        work(1, RecordInput { kind: Some(Kind::Statute), title, ..input })
    };
    let none = act(RecordInput::default());
    assert_eq!(none.jurisdiction(), None);
    for input in [
        RecordInput { publisher: text("National Assembly of Pakistan"), ..RecordInput::default() },
        RecordInput { url: text("https://na.gov.pk/uploads/x.pdf"), ..RecordInput::default() },
        RecordInput { court: text("ihc"), ..RecordInput::default() },
    ] {
        assert_eq!(act(input).jurisdiction(), Some("pk"));
    }
}

#[test]
fn judges_are_no_authors() {
    assert!(order().authors().is_empty());
    assert_eq!(order().case().unwrap().judges, ["Babar Sattar"]);
}

#[test]
fn the_latest_adverse_status_counts() {
    let mut work = suspended_order();
    let mut earlier = work.status[0].clone();
    earlier.state = "stayed".to_owned();
    earlier.date = date("2024-07-01");
    work.status.push(earlier);
    assert_eq!(work.adverse_status().unwrap().state, "suspended");
    let mut upheld = work.status[0].clone();
    upheld.state = "upheld".to_owned();
    work.status = vec![upheld];
    assert_eq!(work.adverse_status(), None);
}
