use super::*;
use crate::model::PageNo;

fn text(value: &str, origin: Origin) -> Option<Valued<String>> {
    Some(Valued::new(value.to_owned(), origin))
}

#[test]
fn a_person_always_wins() {
    let person = Record { title: text("by hand", Origin::Person), ..Record::default() };
    let derived = Record {
        title: Some(Valued::derived("off the page".to_owned(), PageNo::FIRST, 0.9)),
        ..Record::default()
    };
    for (mut first, second) in [(person.clone(), derived.clone()), (derived, person)] {
        first.merge(second);
        assert_eq!(first.title, text("by hand", Origin::Person));
    }
}

#[test]
fn dates_merge_by_role_and_the_kind_chooses_the_main_one() {
    let input = RecordInput {
        kind: Some(Kind::Order),
        date: "2024-06-25".parse().ok(),
        dates: [(DateRole::Hearing, "2024-05-29".parse().unwrap())].into(),
        ..RecordInput::default()
    };
    let mut record = input.into_record(Origin::FrontMatter);
    record.merge(Record {
        dates: vec![Valued::derived(
            RoleDate { role: DateRole::Order, value: "2023-01-01".parse().unwrap() },
            PageNo::FIRST,
            0.9,
        )],
        ..Record::default()
    });
    assert_eq!(record.main_date().unwrap().value.value.to_string(), "2024-06-25");
    assert_eq!(record.dates.len(), 2);
}

#[test]
fn a_capture_never_dates_a_document() {
    let captured = RoleDate { role: DateRole::Captured, value: "2025-09-12".parse().unwrap() };
    let record =
        Record { dates: vec![Valued::new(captured, Origin::Embedded)], ..Record::default() };
    assert_eq!(record.main_date(), None);
}
