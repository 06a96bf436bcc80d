use super::super::work::tests as works;
use super::super::{Format, Style};
use super::*;

fn lines(entries: &[Entry<'_>], style: &str, form: Form) -> Vec<String> {
    let mut options = Options::new(Style::named(style).unwrap(), Format::Text);
    options.form = form;
    options.status = false;
    let items = items(entries, &options).unwrap();
    items
        .iter()
        .flat_map(|item| {
            let number = item.number.map(|n| format!("{n} ")).unwrap_or_default();
            let heading = item.heading.iter().map(|heading| format!("# {heading}"));
            let below = item.remarks.iter().map(|runs| format!("  {}", runs.plain()));
            heading
                .chain([format!("{number}{}", item.runs.plain())])
                .chain(below)
                .collect::<Vec<_>>()
        })
        .collect()
}

fn entry<'a>(work: &'a Work, at: &str) -> Entry<'a> {
    Entry::new(work, "k", at.parse().unwrap())
}

#[test]
fn notes_remember_where_a_work_came_first() {
    let (order, reported) = (works::order(), works::reported());
    let mut list = vec![
        entry(&order, "para12"),
        entry(&order, "para14"),
        entry(&order, "para14"),
        entry(&reported, "pl410"),
        entry(&order, "para2"),
        entry(&reported, "pl412"),
        entry(&reported, "pl413"),
    ];
    let expect = [
        "1 Najam-us-Saqib v Federation of Pakistan WP No 1805/2023 (Islamabad High Court, 25 June 2024) [12]",
        "2 ibid [14]",
        "3 ibid",
        "4 Benazir Bhutto v President of Pakistan PLD 1998 SC 388, 410",
        "5 Najam-us-Saqib (n 1) [2]",
        "6 Benazir Bhutto (n 4) 412",
        "7 ibid 413",
    ];
    assert_eq!(lines(&list, "oscola", Form::Notes), expect);
    // Two works in one note: no "ibid" in it, and none in the next.
    list.truncate(3);
    list[1] = Entry { joined: true, ..entry(&reported, "pl410") };
    assert_eq!(lines(&list, "oscola", Form::Notes)[1], "2 Najam-us-Saqib (n 1) [14]");
}

#[test]
fn pakistani_notes_never_say_ibid() {
    let order = works::order();
    let list = [entry(&order, "para12"), entry(&order, "para12")];
    assert_eq!(lines(&list, "pk", Form::Notes)[1], "2 Najam-us-Saqib (supra), para 12");
}

#[test]
fn styles_without_notes_say_so() {
    let order = works::order();
    let list = [entry(&order, "")];
    let mut options = Options::new(Style::named("apa").unwrap(), Format::Text);
    options.form = Form::Notes;
    assert!(matches!(items(&list, &options), Err(CiteError::NoNotes { .. })));
}

#[test]
fn a_bibliography_is_sorted_and_holds_each_work_once() {
    let all = works::all();
    let list: Vec<Entry<'_>> = all.iter().chain(&all).rev().map(|work| entry(work, "")).collect();
    let lines = lines(&list, "pk", Form::Bibliography);
    assert_eq!(lines.len(), all.len());
    let at = |word: &str| lines.iter().position(|line| line.contains(word)).unwrap();
    assert!(at("Amnesty") < at("Bhutto") && at("Bhutto") < at("Najam"));
    assert!(at("روک") == lines.len() - 1);
}

#[test]
fn persons_are_sorted_by_family_name() {
    let authors = [&["Asha Dalet"], &["Citizen Lab"], &["Beth, Yusuf"], &["Zara Aleph"]];
    let works: Vec<Work> = (1..)
        .zip(&authors)
        .map(|(byte, authors)| works::byline(Kind::Web, byte, &authors[..]))
        .collect();
    let list: Vec<Entry<'_>> = works.iter().map(|work| entry(work, "")).collect();
    let lines = lines(&list, "apa", Form::Bibliography);
    let first: Vec<&str> = lines.iter().filter_map(|line| line.split(". (").next()).collect();
    assert_eq!(first, ["Aleph, Z", "Beth, Y", "Citizen Lab", "Dalet, A"]);
}

#[test]
fn a_table_of_authorities() {
    let (order, statute, news) = (works::order(), works::statute(), works::news());
    let mut list = vec![
        entry(&statute, "s37"),
        entry(&order, "para12"),
        entry(&statute, "s9"),
        entry(&news, ""),
        entry(&statute, "s37"),
    ];
    for at in ["para1", "para2", "para3", "para4"] {
        list.push(entry(&order, at));
    }
    assert_eq!(
        lines(&list, "pk", Form::Authorities),
        [
            "# Cases",
            "Mian Najam-us-Saqib v. Federation of Pakistan (Writ Petition No. 1805 of 2023, Islamabad High Court), order dated 25.06.2024 … passim",
            "# Legislation",
            "Prevention of Electronic Crimes Act, 2016 (Act XL of 2016) … 1, 3, 5",
            "  section 9 … 3",
            "  section 37 … 1, 5",
            "# Secondary sources",
            "Business Recorder, \"SC stops IHC from proceeding\", 20.08.2024 … 4",
        ]
    );
}

#[test]
fn warnings_name_status_and_gaps() {
    let (order, treaty) = (works::suspended_order(), works::treaty());
    let list = [entry(&order, ""), entry(&treaty, "")];
    let options = Options::new(Style::named("mla").unwrap(), Format::Text);
    let words: Vec<String> = warnings(&list, &options).iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "the forms of `mla` were not yet compared with its manual",
            "k was suspended by the Supreme Court, 19 August 2024 (source: Business Recorder, 20 August 2024)",
            "`mla` has no form for k; it is cited as in `oscola`",
        ]
    );
}

#[test]
fn an_application_is_cited_in_its_case_and_a_paper_by_its_heading() {
    use crate::model::record::{DateRole, Party, RoleDate, Side};
    use crate::model::{Kind, Origin, Record, SourceId, Valued};
    fn own<T>(value: T) -> Valued<T> {
        Valued::new(value, Origin::Derived)
    }
    let sides = [(Side::A, "KITE PAPER LIMITED"), (Side::B, "Federation of Birds")];
    let parties = sides.map(|(side, name)| own(Party { side, name: name.to_owned() }));
    let order = Record {
        kind: Some(own(Kind::Order)),
        court: Some(own("ihc".to_owned())),
        parties: parties.to_vec(),
        numbers: vec![own("CIVIL REVIEW APPLICATION NO. 29 OF 2025".to_owned())],
        extra: [("made-in".to_owned(), own("INTRA COURT APPEAL NO. 326 OF 2025".to_owned()))]
            .into(),
        dates: vec![own(RoleDate { role: DateRole::Order, value: "2025-10-23".parse().unwrap() })],
        ..Record::default()
    };
    let motion = Record {
        kind: Some(own(Kind::Pleading)),
        title: Some(own("KITE PAPER LIMITED v. Federation of Birds".to_owned())),
        extra: [("paper".to_owned(), own("MOTION TO STAY DECISION IN BIRD V. WOLF".to_owned()))]
            .into(),
        ..order.clone()
    };
    let letter = Record { kind: Some(own(Kind::Letter)), extra: [].into(), ..motion.clone() };
    let works = [order, motion, letter].map(|record| Work::from_record(SourceId([7; 32]), &record));
    let printed: Vec<String> =
        works.iter().flat_map(|work| lines(&[entry(work, "")], "pk", Form::Citations)).collect();
    assert_eq!(
        printed,
        [
            "Kite Paper Limited v. Federation of Birds (Civil Review Application No. 29 of 2025 in \
             Intra-Court Appeal No. 326 of 2025, Islamabad High Court), order dated 23.10.2025",
            "\"Motion to Stay Decision in Bird v. Wolf\", Kite Paper Limited v. Federation of Birds, \
             Islamabad High Court, CIVIL REVIEW APPLICATION NO. 29 OF 2025, 23.10.2025",
            "\"Letter\", Kite Paper Limited v. Federation of Birds, Islamabad High Court, \
             CIVIL REVIEW APPLICATION NO. 29 OF 2025, 23.10.2025",
        ]
    );
}
