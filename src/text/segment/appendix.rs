//! Numbered lists behind an order: exhibits, papers of the record. Their numbers are not the court's.

use std::collections::BTreeSet;

use super::mark::{self, Form};
use super::shape::is_heading;
use super::unit::Unit;

/// Most bytes of what names a paper: `Affidavit of A. Kite, with its annexes`.
const MAX_NAME: usize = 120;
/// Fewest papers that are a list.
const LEAST: usize = 3;
/// Most bytes of the head of an appendix, and most heads that are looked below.
const MAX_HEAD: usize = 60;
const MAX_HEADS: usize = 8;

/// Returns the units that are numbered items of lists below a head like `APPENDIX`: the numbers begin
/// anew with 1, and most items are names, not sentences. An annex that is written in paragraphs keeps
/// its numbers.
pub(super) fn lists(units: &[Unit<'_>]) -> BTreeSet<usize> {
    let heads = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| {
            unit.text.len() <= MAX_HEAD && is_heading(unit) && is_appendix(unit.text)
        })
        .map(|(idx, _)| idx);
    heads
        .take(MAX_HEADS)
        .map(|head| list_below(units, head))
        .find(|list| !list.is_empty())
        .unwrap_or_default()
}

fn list_below(units: &[Unit<'_>], head: usize) -> BTreeSet<usize> {
    let numbered: Vec<(usize, mark::NumberMark<'_>)> = units
        .iter()
        .enumerate()
        .skip(head + 1)
        .filter_map(|(idx, unit)| Some((idx, mark::number(unit.text)?)))
        .filter(|(_, mark)| matches!(mark.form, Form::Dot | Form::Gap))
        .collect();
    let n_names = numbered.iter().filter(|(_, mark)| is_name(mark.rest)).count();
    let begins = numbered.first().is_some_and(|(_, mark)| mark.value == 1);
    let is_list = begins && n_names >= LEAST && n_names * 4 >= numbered.len() * 3;
    numbered.into_iter().filter(|_| is_list).map(|(idx, _)| idx).collect()
}

/// Tells whether a line is the head of what is put behind an order.
fn is_appendix(text: &str) -> bool {
    let letters: String =
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    const HEADS: [&str; 6] =
        ["appendix", "appendixa", "exhibits", "listofexhibits", "technicalrecord", "enclosures"];
    HEADS.contains(&letters.as_str())
}

/// Tells whether the text of an item names a thing and says nothing of it.
fn is_name(text: &str) -> bool {
    (1..=MAX_NAME).contains(&text.len()) && !text.ends_with(['.', ';', ':', ',', '?', '!', '”'])
}

#[cfg(test)]
mod tests {
    use super::super::check_labels;

    #[test]
    fn exhibits_behind_an_order_are_no_paragraphs_of_it() {
        check_labels(
            &[
                "It is therefore ordered as follows:",
                "1. The kite shall be given back.",
                "2. The hearing is adjourned to Monday.",
                "APPENDIX",
                "Exhibits",
                "1. Affidavit of A. Kite",
                "2. First report of the loss",
                "3. Picture of the string",
                "4. Bill of the repair",
            ],
            &["", "1", "2", "", "", "", "", "", ""],
        );
    }

    #[test]
    fn an_appendix_in_sentences_keeps_its_numbers() {
        check_labels(
            &[
                "APPENDIX",
                "1. The rule of kites was made in 1934.",
                "2. It was never repealed by anyone.",
                "3. It applies to strings too.",
            ],
            &["", "1", "2", "3"],
        );
    }
}
