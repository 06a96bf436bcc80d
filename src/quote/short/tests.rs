use super::super::check::check_draft;
use super::*;
use crate::model::{Page, SourceId};
use crate::quote::DraftKind;

/// A corpus in which `PLD a`, `PLD b` … are judgments, `Act a` acts, and every page exists.
struct Shelf;

impl Corpus for Shelf {
    fn citations(&self, text: &str) -> Vec<Cited> {
        let mut found = Vec::new();
        for lead in ["PLD ", "Act "] {
            for (at, _) in text.match_indices(lead) {
                let mut behind = text[at + lead.len()..].chars();
                let Some(letter) = behind.next() else { continue };
                if behind.next().is_some_and(char::is_alphanumeric) {
                    continue;
                }
                let end = at + lead.len() + 1;
                let base = if lead == "PLD " { 0 } else { 100 };
                found.push(Cited {
                    span: at..end,
                    written: text[at..end].to_owned(),
                    id: Some(SourceId([base + u8::try_from(letter).unwrap(); 32])),
                    others: Vec::new(),
                    at: Locator::default(),
                    state: CitedState::Found,
                    stands_for: None,
                    notes: Vec::new(),
                });
            }
        }
        found.sort_by_key(|one| one.span.start);
        found
    }
    fn again(&self, before: &Cited, text: &str, tail: Span) -> Cited {
        let words: Vec<&str> = text[tail].split_whitespace().collect();
        let para = words.iter().position(|word| word.trim_matches(',') == "para");
        let number = para.and_then(|at| words.get(at + 1)).map(|n| n.trim_matches(['.', ',', ')']));
        let at = number.map(|n| format!("para{n}").parse().unwrap()).unwrap_or_default();
        Cited { at, ..before.clone() }
    }
    fn names(&self, cited: &Cited) -> Names {
        let kind = if cited.written.starts_with("PLD") { Kind::Judgment } else { Kind::Statute };
        Names { names: Vec::new(), kind: Some(kind) }
    }
    fn candidates(&self, _quote: &str) -> Vec<SourceId> {
        Vec::new()
    }
    fn pages(&self, _id: SourceId) -> Option<Vec<Page>> {
        None
    }
}

/// Lists the citations of a draft: as written, what they stand for, the place.
fn listed(draft: &str) -> Vec<String> {
    let report = check_draft(draft, DraftKind::Markdown, &Shelf);
    let line = |one: &super::super::CheckedCitation| {
        let cited = &one.cited;
        match (&cited.stands_for, cited.state) {
            (Some(first), _) => format!("{} = {first} {}", cited.written, cited.at),
            (None, CitedState::Unresolved) => format!("{} ?", cited.written),
            (None, _) => cited.written.clone(),
        }
    };
    report.citations.iter().map(line).map(|line| line.trim_end().to_owned()).collect()
}

#[track_caller]
fn check(draft: &str, expect: &[&str]) {
    assert_eq!(listed(draft), expect, "{draft}");
}

/// Returns what each quotation of a draft is bound to.
#[track_caller]
fn bound(draft: &str, expect: &[&str]) {
    let report = check_draft(draft, DraftKind::Markdown, &Shelf);
    let found: Vec<String> = report
        .quotations
        .iter()
        .map(|one| {
            one.claimed.as_ref().map_or("nothing".to_owned(), |cited| {
                cited.stands_for.clone().unwrap_or_else(|| cited.written.clone())
            })
        })
        .collect();
    assert_eq!(found, expect, "{draft}\n{report:#?}");
}

#[test]
fn supra_by_the_name_before_it() {
    check(
        "In *Mian Najam-us-Saqib v. Federation of Pakistan* (PLD a) it said so. See *Najam-us-Saqib* (supra), para 14.",
        &["PLD a", "Najam-us-Saqib (supra) = PLD a para14"],
    );
    check(
        "Benazir Bhutto v. President (PLD a); Asma Jilani v. State (PLD b). Bhutto (supra) and Asma Jilani, supra, para 3.",
        &["PLD a", "PLD b", "Bhutto (supra) = PLD a", "Asma Jilani, supra = PLD b para3"],
    );
    // Two that fit, and none: never guessed.
    check(
        "Ali Khan v. Zafar (PLD a). Wali Khan v. Raza (PLD b). Khan (supra).",
        &["PLD a", "PLD b", "Khan (supra) ?"],
    );
    check("Benazir Bhutto v. President (PLD a). Jilani (supra).", &["PLD a", "Jilani (supra) ?"]);
    check("PLD a. For the reasons detailed supra, he won.", &["PLD a"]);
}

#[test]
fn ibid_in_notes_and_text() {
    let notes = "One.[^1] Two.[^2] Three.[^3] Four.[^4]\n\n[^1]: PLD a.\n[^2]: Ibid, para 14.\n[^3]: PLD b; PLD c.\n[^4]: Ibid.";
    check(notes, &["PLD a", "Ibid = PLD a para14", "PLD b", "PLD c", "Ibid ?"]);
    // Alone, it names the same place again.
    check(
        "One.[^1] Two.[^2] Three.[^3]\n\n[^1]: PLD a.\n[^2]: ibid, para 14.\n[^3]: Ibid.",
        &["PLD a", "ibid = PLD a para14", "Ibid = PLD a para14"],
    );
    check("It is in PLD a. Ibid, para 3.", &["PLD a", "Ibid = PLD a para3"]);
    check("PLD a.\n\nText.\n\nText.\n\nText. Ibid, para 3.", &["PLD a", "Ibid ?"]);
    check("Ibid.", &["Ibid ?"]);
    check(
        "One.[^1] Two.[^2]\n\n[^1]: PLD a.\n[^2]: *Id.* para 4.",
        &["PLD a", "Id. = PLD a para4"],
    );
    check("His ID, and PLD a; the id of it.", &["PLD a"]);
}

#[test]
fn numbers_of_notes() {
    let draft = "One.[^1] Two.[^2] Three.[^3]\n\n[^1]: Benazir Bhutto v. President PLD a.\n[^2]: PLD b.\n[^3]: *Bhutto* (n 1) para 14.";
    check(draft, &["PLD a", "PLD b", "Bhutto (n 1) = PLD a para14"]);
    check(
        "One.[^1] Two.[^2] Three.[^3]\n\n[^1]: PLD a.\n[^2]: PLD b; PLD c.\n[^3]: supra note 2, para 3; above n 1.",
        &["PLD a", "PLD b", "PLD c", "supra note 2 ?", "above n 1 = PLD a"],
    );
    // The name decides where the number has slipped, and it is said.
    let slipped = "One.[^1] Two.[^2] Three.[^3]\n\n[^1]: Benazir Bhutto v. President PLD a.\n[^2]: PLD b.\n[^3]: *Bhutto* (n 2) para 14.";
    let report = check_draft(slipped, DraftKind::Markdown, &Shelf);
    let last = &report.citations.last().unwrap().cited;
    assert_eq!(last.stands_for.as_deref(), Some("PLD a"));
    assert_eq!(last.notes, ["note 2 does not cite it"]);
    check("The value (n 3) was small. PLD a.", &["PLD a"]);
}

#[test]
fn quotations_are_bound_through_short_forms() {
    bound(
        "Benazir Bhutto v. President (PLD a) is old. Asma v. State (PLD b) too.\n\nIn Benazir Bhutto (supra) it said “one two three”.",
        &["PLD a"],
    );
    bound(
        "He held “one two three”.[^1] And “four five six”.[^2]\n\n[^1]: PLD a.\n[^2]: Ibid, para 4.",
        &["PLD a", "PLD a"],
    );
    // The name alone, where nothing else stands beside it.
    bound(
        "Benazir Bhutto v. President (PLD a) is old. PLD b too.\n\nIn Benazir Bhutto the court said “one two three”.",
        &["PLD a"],
    );
    bound(
        "Benazir Bhutto v. President (PLD a) is old.\n\nIn Benazir Bhutto the court said “one two three” (PLD b).",
        &["PLD b"],
    );
    // Two cases of one name bind nothing.
    bound(
        "Asma Jilani v. State (PLD a). Asma Jilani v. Punjab (PLD b).\n\nIn Asma Jilani it said “one two three”.",
        &["nothing"],
    );
}

#[test]
fn the_said_order_is_the_one_just_named() {
    bound(
        "The court made PLD a under Act b. In the said order it wrote “one two three”.",
        &["PLD a"],
    );
    bound("The court made PLD a under Act b. The said Act has “one two three”.", &["Act b"]);
    bound(
        "The court made PLD a and PLD c. In the said order it wrote “one two three”.",
        &["nothing"],
    );
    bound(
        "The court made PLD a.\n\nx\n\ny\n\nz\n\nw\n\nIn the said order it wrote “one two three”.",
        &["nothing"],
    );
}

#[test]
fn defined_terms_bind() {
    bound(
        "The Telegraph Act (Act b, “the Wires Act”) is old; PLD a is new.\n\nThe Wires Act says “one two three”.",
        &["Act b"],
    );
    bound(
        "He relied on PLD a (hereinafter the “LIMS order”) and PLD c.\n\nThe LIMS order says “one two three”.",
        &["PLD a"],
    );
}

#[test]
fn what_stands_beside_a_quotation_comes_first() {
    bound("As PLD a has it, “one two three”, while PLD b says no.", &["PLD a"]);
    bound("PLD a is old, but it says “one two three” (PLD b).", &["PLD b"]);
    bound("The court said “one two three” in its order in PLD b.", &["PLD b"]);
    bound("PLD a says “one two three”. Act b says otherwise in many words.", &["PLD a"]);
    bound("It says “one two three.” Act b says otherwise in many words.", &["nothing"]);
    bound("It says “one two three.” Benazir Bhutto v. President, PLD b, para 3.", &["PLD b"]);
    bound("In PLD a:\n\n> one two three\n\nAct b says otherwise.", &["PLD a"]);
}

#[test]
fn hostile_short_forms_do_not_panic() {
    for text in
        ["ibid", "supra", "(n 1)", "the said", "(supra)", "v.", " v. ", "(“", "Id.", "n 3 above"]
    {
        assert!(listed(&format!("PLD a {}", text.repeat(30))).len() < 100);
        let note = format!("[^1]\n\n[^1]: {text} [^1] {text}");
        assert!(listed(&note).len() < 100);
    }
}

#[test]
fn numbers_of_sources_with_places() {
    let draft = "He said “one two three” [1, para 12] and “four five six” [2].\n\n\
                 She said “seven eight nine” [1, para 3].\n\n\
                 Sources\n\n[1] A v. B, PLD a.\n\n[2] Act b.";
    check(draft, &["[1, para 12] = PLD a para12", "[1, para 3] = PLD a para3", "PLD a", "Act b"]);
    bound(draft, &["PLD a", "Act b", "PLD a"]);
}
