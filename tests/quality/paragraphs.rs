//! Numbers that courts printed before their paragraphs, page by page.
//!
//! Columns of `labels-paragraphs.tsv`: `file`, `page`, `labels`: the numbers that begin on the page,
//! parted by blanks; `-` where none does. Letters below a number are not asked for.

use std::collections::BTreeMap;

use super::{Labels, Tally};
use misl::model::{Role, WarningKind};
use misl::task::Knowledge;

#[test]
fn numbers_are_those_of_the_pages() {
    let Some(labels) = Labels::open("labels-paragraphs.tsv") else { return };
    let knowledge = Knowledge::builtin().unwrap();
    let mut by_file: BTreeMap<&str, BTreeMap<u32, Vec<String>>> = BTreeMap::new();
    for row in &labels.rows {
        let numbers = row["labels"].split(' ').filter(|label| *label != "-").map(str::to_owned);
        let pages = by_file.entry(row["file"].as_str()).or_default();
        pages.insert(row["page"].parse().unwrap(), numbers.collect());
    }
    let mut found_of_printed = Tally::default();
    let mut printed_of_found = Tally::default();
    let mut n_unread = 0;
    for (file, printed) in by_file {
        let understood = labels.understand(file, &knowledge);
        // A scan may bear nothing but the stamp of the scanner.
        let without: Vec<_> = understood
            .warnings
            .iter()
            .filter(|warning| warning.kind == WarningKind::NoText)
            .filter_map(|warning| warning.page)
            .collect();
        for page in &understood.pages {
            let Some(printed) = printed.get(&page.number.get()) else { continue };
            if page.text.is_empty() || without.contains(&page.number) {
                n_unread += printed.len();
                continue;
            }
            // Numbers of footnotes are not those of paragraphs.
            let begun = page
                .paragraphs
                .iter()
                .filter(|paragraph| !paragraph.continues && paragraph.role != Role::Footnote);
            let mut found: Vec<&str> = begun
                .filter_map(|paragraph| paragraph.label.as_deref())
                .filter(|label| label.bytes().all(|byte| byte.is_ascii_digit()))
                .collect();
            for number in printed {
                let at = found.iter().position(|found| found == number);
                if let Some(at) = at {
                    found.remove(at);
                }
                found_of_printed
                    .add(at.is_some(), || format!("{file} p. {}: {number}", page.number));
                if at.is_some() {
                    printed_of_found.n_right += 1;
                }
            }
            for number in found {
                printed_of_found.add(false, || format!("{file} p. {}: {number}", page.number));
            }
        }
    }
    println!("numbers on pages without text, not judged: {n_unread}");
    found_of_printed.print("printed numbers found");
    printed_of_found.print("numbers found that are printed");
    assert!(found_of_printed.share() >= 0.98);
    assert!(printed_of_found.wrong.is_empty());
}
