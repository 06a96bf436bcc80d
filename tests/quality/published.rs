//! Day of publication and headline of news and saved pages.
//!
//! Columns of `labels-dates.tsv`: `file`, `published` (a day, or `-` where the page shows none) and
//! `title`.

use super::{Labels, Tally, letters};
use misl::model::Record;
use misl::model::record::DateRole;
use misl::task::Knowledge;

#[test]
fn days_and_headlines_are_those_of_the_pages() {
    let Some(labels) = Labels::open("labels-dates.tsv") else { return };
    let knowledge = Knowledge::builtin().unwrap();
    let (mut filled, mut right, mut titles) =
        (Tally::default(), Tally::default(), Tally::default());
    for row in &labels.rows {
        let file = &row["file"];
        let record = labels.understand(file, &knowledge).record;
        let found = published(&record);
        let label = row["published"].as_str();
        match &found {
            Some(day) => right.add(day == label, || format!("{file}: {day}, not {label}")),
            None => filled.add(label == "-", || format!("{file}: no day, not {label}")),
        }
        if found.is_some() {
            filled.add(true, String::new);
        }
        let title = record.title.as_ref().map_or("", |title| title.value.as_str());
        if row["title"] != "-" {
            let label = &row["title"];
            titles.add(letters(title) == letters(label), || {
                format!("{file}: `{title}`, not `{label}`")
            });
        }
    }
    filled.print("days filled, or rightly empty");
    right.print("days right");
    // What a page says of itself and what it shows often differ, and both are titles of it.
    titles.print("headlines as shown");
    assert!(filled.share() >= 0.9);
    assert!(right.share() >= 0.97);
}

fn published(record: &Record) -> Option<String> {
    let mut days = record.dates.iter().filter(|date| date.value.role == DateRole::Published);
    days.next().map(|date| date.value.value.to_string())
}
