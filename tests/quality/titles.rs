//! Records of orders and judgments, field by field.
//!
//! Columns of `labels.tsv`: `file`, `court`, `number`, `date`, `side_a`, `side_b`, `judge`. `-` says
//! that the document shows no such thing, an empty cell that it is not asked for. Sides are those of
//! the cause title, without `and others`; several judges or numbers are parted by `;`, in any order,
//! and `;*` at the end says that more may follow which the label leaves open. Files whose first
//! page has no text are counted, not judged: they wait for OCR.

use std::collections::BTreeSet;

use super::{Labels, Tally, letters};
use misl::model::{Origin, Record};
use misl::task::Knowledge;

/// Field, and the share of right answers that is reached.
const FIELDS: [(&str, f64); 6] = [
    ("court", 1.0),
    ("number", 0.97),
    ("date", 0.97),
    ("side_a", 0.9),
    ("side_b", 0.9),
    ("judge", 0.9),
];

#[test]
fn records_are_those_of_the_pages() {
    let Some(labels) = Labels::open("labels.tsv") else { return };
    let knowledge = Knowledge::builtin().unwrap();
    let mut tallies: [Tally; FIELDS.len()] = Default::default();
    for row in &labels.rows {
        let file = &row["file"];
        let understood = labels.understand(file, &knowledge);
        if understood.pages.first().is_none_or(|page| page.text.is_empty()) {
            println!("{file}: first page without text, not judged");
            continue;
        }
        let record = understood.record;
        for ((field, _), tally) in FIELDS.iter().zip(&mut tallies) {
            let Some(label) = row.get(*field).filter(|label| !label.is_empty()) else { continue };
            let found = read(&record, field);
            tally
                .add(is_same(field, label, &found), || format!("{file}: `{found}`, not `{label}`"));
        }
    }
    for ((field, _), tally) in FIELDS.iter().zip(&tallies) {
        tally.print(field);
    }
    for ((field, reach), tally) in FIELDS.iter().zip(&tallies) {
        assert!(tally.share() >= *reach, "{field}: {:.3} of {reach}", tally.share());
    }
}

/// Returns a field as the labels write it; empty where the record has none.
fn read(record: &Record, field: &str) -> String {
    let title = record.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
    let sides = title.split_once(" v. ");
    match field {
        "court" => record.court.as_ref().map(|court| court.value.clone()).unwrap_or_default(),
        // Every number counts: one that is printed twice must not be there in two spellings.
        "number" => join(record.numbers.iter().map(|number| number.value.as_str())),
        "date" => record
            .main_date()
            .filter(|date| date.origin != Origin::Embedded)
            .map(|date| date.value.value.to_string())
            .unwrap_or_default(),
        "side_a" => sides.map_or(title.clone(), |(a, _)| a.to_owned()),
        "side_b" => sides.map(|(_, b)| b.to_owned()).unwrap_or_default(),
        _ => join(record.judges.iter().map(|judge| judge.value.as_str())),
    }
}

fn join<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join("; ")
}

/// Compares letters and digits; lists of names in any order.
fn is_same(field: &str, label: &str, found: &str) -> bool {
    if label == "-" {
        return found.is_empty();
    }
    if field != "judge" && field != "number" {
        return letters(without_others(label)) == letters(without_others(found));
    }
    let open = label.ends_with(";*");
    let asked: Vec<&str> = label.trim_end_matches(";*").split(';').collect();
    let read: Vec<&str> = found.split(';').filter(|name| !name.is_empty()).collect();
    (open || asked.len() == read.len())
        && asked.iter().all(|asked| read.iter().any(|read| is_same_name(field, asked, read)))
}

/// English judgments name their judges by surname, and some write `Case No:` before the number.
fn is_same_name(field: &str, asked: &str, read: &str) -> bool {
    if field == "number" {
        return letters(read).trim_start_matches("CASENO") == letters(asked);
    }
    let words = |name: &str| -> BTreeSet<String> { name.split_whitespace().map(letters).collect() };
    words(asked).is_subset(&words(read))
}

/// Drops `and others`, `and 5 others`, `& Another`, `, etc.`: printed, and part of no name.
fn without_others(side: &str) -> &str {
    let bare = side.trim_end_matches('.');
    if let Some(name) = bare.strip_suffix(", etc") {
        return name;
    }
    let last = bare.rsplit_once(" and ").or_else(|| bare.rsplit_once(" & "));
    let tail = |tail: &str| {
        let tail = tail.to_lowercase();
        tail == "another" || tail.ends_with("others")
    };
    last.filter(|(_, behind)| tail(behind)).map_or(bare, |(name, _)| name)
}
