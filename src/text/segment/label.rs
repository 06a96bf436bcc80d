//! The court's own paragraph numbers, and sections of statutes.
//!
//! All numbers that begin a paragraph are candidates; those that make a run are labels. A list
//! inside an order starts again at 1 while the run waits for its next number, and is left alone.

use std::collections::BTreeMap;

use super::candidate::{self, Candidate, Trust};
use super::chain;
use super::holes::{self, Holes};
use super::mark::{self, Form, NumberMark, SubKind};
use super::reach::{self, End};
use super::seam::{carry_over, set_continues};
use super::shape::{ends_sentence, is_title};
use super::statute::{is_statute, sections, without_word};
use super::unit::{Unit, units};
use crate::model::{Page, Paragraph, Role};

/// Sets [`Paragraph::label`] where the court printed a number, and [`Paragraph::continues`].
///
/// Numbers that a reader computed (Word numbering) count beside those that are typed; what of them is
/// no link of the court's own chain is an item of the paragraph above (`15(2)`), and kept as it is
/// where no paragraph is above or the chain is over; [`Paragraph::drawn`] is what the file draws where the
/// label says more. A printed number stays in the text. Both parts of a paragraph that runs over a page end carry its label. Text before the first
/// number, or between numbers without one of its own, has none: nothing is counted.
pub fn label_paragraphs(pages: &mut [Page]) {
    set_continues(pages);
    let is_statute = is_statute(pages);
    let units = units(pages);
    let mut labels = if is_statute { sections(&units) } else { run(&units) };
    let mut holes = Holes::default();
    if !is_statute {
        holes = holes::find(&units, &labels);
        labels.extend(holes.inferred.clone());
    }
    let ends = reach::ends(pages);
    let ends: Vec<Option<End>> = units
        .iter()
        .map(|unit| ends.get(unit.place.0)?.get(unit.place.1).copied().flatten())
        .collect();
    add_sub_labels(&units, &ends, &holes, &mut labels);
    let placed: Vec<((usize, usize), String, bool)> = labels
        .into_iter()
        .filter_map(|(idx, label)| {
            Some((units.get(idx)?.place, label, holes.inferred.contains_key(&idx)))
        })
        .collect();
    for ((page_idx, paragraph_idx), label, inferred) in placed {
        if let Some(paragraph) = paragraph_mut(pages, page_idx, paragraph_idx) {
            // What the file draws is in no text: `(1)` would be lost in `28(1)`.
            paragraph.drawn = paragraph.label.take().filter(|drawn| bare(drawn) != bare(&label));
            paragraph.label = Some(label);
            paragraph.inferred = inferred;
        }
    }
    carry_over(pages);
}

/// Returns a number without the signs around it.
fn bare(number: &str) -> &str {
    number.trim_matches(|c: char| !c.is_alphanumeric())
}

fn paragraph_mut(pages: &mut [Page], page: usize, paragraph: usize) -> Option<&mut Paragraph> {
    pages.get_mut(page)?.paragraphs.get_mut(paragraph)
}

/// Returns the labels of the main run of numbers, by unit.
fn run(units: &[Unit<'_>]) -> BTreeMap<usize, String> {
    let all = candidate::all(units);
    let Some(forms) = candidate::main_form(&all) else { return BTreeMap::new() };
    let candidates: Vec<Candidate<'_>> = all
        .into_iter()
        .filter(|candidate| forms.contains(&candidate.mark.form) && candidate.mark.suffix.is_none())
        .collect();
    let mut labels = BTreeMap::new();
    let chosen = chain::best(&candidates);
    let numbers = || chosen.iter().filter_map(|&idx| candidates.get(idx));
    if numbers().all(|candidate| heads_text(units, candidate)) {
        return labels;
    }
    for &idx in &chosen {
        if let Some(candidate) = candidates.get(idx) {
            labels.insert(candidate.unit_idx, printed(&candidate.mark));
        }
    }
    labels
}

/// Tells whether a number is that of a title above text without one: `1. General rule` in an opinion
/// whose paragraphs have no numbers.
fn heads_text(units: &[Unit<'_>], candidate: &Candidate<'_>) -> bool {
    /// Fewest bytes of the text under a title.
    const TEXT: usize = 120;
    let below = units.get(candidate.unit_idx + 1);
    candidate.trust == Trust::Printed
        && candidate.mark.rest.len() < 60
        && is_title(candidate.mark.rest)
        && below.is_some_and(|unit| unit.text.len() >= TEXT && mark::number(unit.text).is_none())
}

pub(super) fn printed(mark: &NumberMark<'_>) -> String {
    match (mark.decimal, mark.suffix) {
        (Some(decimal), _) => format!("{}.{decimal}", mark.value),
        (None, Some(suffix)) => format!("{}{suffix}", mark.value),
        (None, None) => mark.value.to_string(),
    }
}

// -------------------------------------------------------------------------------- sub-labels

/// Labels `(a)`, `(i)`, `(2)` below a numbered paragraph: `12(a)`, `37(1)(a)`.
///
/// Under the head of another part no paragraph is above them: there they are `(a)`, `(i)`.
fn add_sub_labels(
    units: &[Unit<'_>],
    ends: &[Option<End>],
    holes: &Holes,
    labels: &mut BTreeMap<usize, String>,
) {
    let mut main: Option<String> = None;
    // The last number of the court's own chain.
    let mut court: Option<String> = None;
    let mut stack: Vec<(SubKind, u16, String)> = Vec::new();
    let last_main = labels.keys().next_back().copied().unwrap_or(0);
    for (unit_idx, unit) in units.iter().enumerate() {
        if let Some(label) = labels.get(&unit_idx) {
            main = Some(label.clone());
            court.clone_from(&main);
            stack.clear();
            let rest = mark::number(without_word(unit.text)).map(|mark| mark.rest);
            // `37. Heading.—(1) The Authority …` and `12. (a) …` open a level of their own.
            if let Some(token) = rest.and_then(opened_inside) {
                push_level(&mut stack, token);
            }
            continue;
        }
        // What follows a head, a signature, a number that is no label, or one that could not be
        // read, belongs to no paragraph before.
        let end = ends.get(unit_idx).copied().flatten();
        if end == Some(End::Head) && main.is_some() {
            main = Some(String::new());
            stack.clear();
        }
        let is_other = mark::number(unit.text).is_some_and(|mark| {
            matches!(mark.form, Form::Dot | Form::Gap) && !mark.rest.is_empty()
        });
        let is_unsure = holes.unsure.contains(&unit_idx);
        if end == Some(End::Signature) || is_unsure || is_other && unit.label.is_none() {
            main = None;
        }
        if let Some(own) = &unit.label
            && own.starts_with(|c: char| c.is_ascii_digit())
        {
            match &court {
                // A numbered list or quotation between two paragraphs.
                Some(court) if unit_idx < last_main => {
                    labels.insert(unit_idx, below(court, own));
                }
                _ => {
                    main = Some(own.clone());
                    stack.clear();
                }
            }
            continue;
        }
        let Some(main) = main.as_ref() else { continue };
        if let Some(own) = &unit.label {
            let above = unit_idx.checked_sub(1).and_then(|above| units.get(above));
            let stands_alone = above.is_some_and(|above| {
                (above.label.is_none() || labels.contains_key(&(unit_idx - 1)))
                    && ends_sentence(above.text)
                    && !above.text.trim_end().ends_with([':', ';'])
            });
            if stands_alone && is_title(unit.text) && labels.contains_key(&(unit_idx + 1)) {
                // `(2) Only the trusts were excluded` between 39 and 40: the heading of what follows.
                continue;
            }
            // The reader computed `i)` or `(a)`: an item of the paragraph above it.
            labels.insert(unit_idx, below(main, own));
            continue;
        }
        if unit.in_quote || unit.role == Role::Heading {
            continue;
        }
        let Some((token, rest)) = mark::sub(unit.text) else { continue };
        // `(i) Whether notice was due` right above `24.` is the heading of what follows.
        let heads_next = is_title(rest) && labels.contains_key(&(unit_idx + 1));
        if !advance(&mut stack, token) && (heads_next || !push_level(&mut stack, token)) {
            continue;
        }
        let path: String = stack.iter().map(|(_, _, token)| format!("({token})")).collect();
        labels.insert(unit_idx, format!("{main}{path}"));
        // `(2) (a) …`
        if let Some(token) = opened_inside(rest) {
            push_level(&mut stack, token);
        }
    }
}

/// Returns the label of an item numbered `own` below the paragraph `main`: `12(i)`, and `12.12.1` where
/// it already says whose it is.
fn below(main: &str, own: &str) -> String {
    let number = own.trim_end_matches('.');
    let is_whole = !main.is_empty()
        && number.strip_prefix(main).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1);
    if is_whole { number.to_owned() } else { format!("{main}{}", bracketed(own)) }
}

/// Writes the number of an item as it stands behind that of its paragraph: `(i)` for `i)` and `i.`.
fn bracketed(own: &str) -> String {
    if own.starts_with('(') {
        return own.to_owned();
    }
    format!("({})", own.trim_end_matches([')', '.']))
}

/// Returns the sub-number with which `rest` begins, or which follows its heading.
fn opened_inside(rest: &str) -> Option<&str> {
    if let Some((token, _)) = mark::sub(rest) {
        return rest.starts_with('(').then_some(token);
    }
    let head = rest.char_indices().nth(140).and_then(|(end, _)| rest.get(..end)).unwrap_or(rest);
    let dash = ["—(", "–(", ".-(", "— (", "– (", ".- ("]
        .iter()
        .find_map(|dash| head.find(dash).map(|at| at + dash.len() - 1))?;
    mark::sub(rest.get(dash..)?).map(|(token, _)| token)
}

/// Goes on with the innermost level that `token` continues; inner levels end.
fn advance(stack: &mut Vec<(SubKind, u16, String)>, token: &str) -> bool {
    let readings = mark::readings(token);
    for depth in (0..stack.len()).rev() {
        let Some((kind, value, _)) = stack.get(depth) else { continue };
        if let Some(&reading) = readings.iter().find(|reading| **reading == (*kind, value + 1)) {
            stack.truncate(depth);
            stack.push((reading.0, reading.1, token.to_owned()));
            return true;
        }
    }
    false
}

/// Opens a level with its first number; at most three levels, each of its own kind.
fn push_level(stack: &mut Vec<(SubKind, u16, String)>, token: &str) -> bool {
    let first = mark::readings(token)
        .into_iter()
        .find(|(kind, value)| *value == 1 && stack.iter().all(|(used, _, _)| used != kind));
    match first {
        Some((kind, value)) if stack.len() < 3 => {
            stack.push((kind, value, token.to_owned()));
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{check_labels, labels_of, plain_pages as pages};
    use super::*;

    #[test]
    fn a_scanned_line_that_looks_like_a_heading() {
        let mut pages = pages(&[&[
            "2.\tHeard.",
            "3.\tIt is well settled principle that the scope of review is very",
            "limited. The judgment is not reviewed.",
            "4.\tThe rule of kites and its scope in the law of the hills",
            "The rule is old.",
            "5.\tDismissed.",
        ]]);
        for idx in [1, 3] {
            pages[0].paragraphs[idx].role = Role::Heading;
        }
        label_paragraphs(&mut pages);
        let labels: Vec<&str> =
            pages[0].paragraphs.iter().filter_map(|paragraph| paragraph.label.as_deref()).collect();
        // The court gave number 4 to the line above its paragraph.
        assert_eq!(labels, ["2", "3", "4", "5"]);
    }

    #[test]
    fn a_computed_number_between_two_paragraphs_heads_the_next() {
        let mut pages = pages(&[&[
            "It was never in doubt.",
            "Only the trusts were excluded",
            "They were at no stage excluded. The points are:",
            "Costs",
            "The appeal is dismissed.",
        ]]);
        for (idx, label) in ["39", "(2)", "40", "(3)", "41"].into_iter().enumerate() {
            pages[0].paragraphs[idx].label = Some(label.to_owned());
        }
        label_paragraphs(&mut pages);
        let labels: Vec<_> =
            pages[0].paragraphs.iter().map(|p| p.label.as_deref().unwrap_or_default()).collect();
        assert_eq!(labels, ["39", "(2)", "40", "40(3)", "41"]);
        // What a court prints is `(3)`.
        let drawn: Vec<_> = pages[0].paragraphs.iter().map(|p| p.drawn.as_deref()).collect();
        assert_eq!(drawn, [None, None, None, Some("(3)"), None]);
    }

    #[test]
    fn an_item_that_repeats_its_paragraphs_number_has_it_once() {
        assert_eq!(below("12.12", "12.12.1."), "12.12.1");
        assert_eq!(below("12", "12.1"), "12.1");
        assert_eq!(below("1", "12.1."), "1(12.1)");
        assert_eq!(below("12", "12."), "12(12)");
        assert_eq!(below("28", "(1)"), "28(1)");
        assert_eq!(below("", "iii."), "(iii)");
    }

    #[test]
    fn a_number_that_a_scan_lost_is_inferred() {
        let mut scan = pages(&[&[
            "2.\tCounsel argues that the rule of kites is old.",
            "J\tHeard, record perused.",
            "4.\tAt the inception, the view was on account of kites.",
            "5.\tDismissed.",
        ]]);
        scan[0].origin = crate::model::PageOrigin::OcrLayer;
        label_paragraphs(&mut scan);
        let found: Vec<(Option<&str>, bool)> =
            scan[0].paragraphs.iter().map(|one| (one.label.as_deref(), one.inferred)).collect();
        let printed = |label| (Some(label), false);
        assert_eq!(found, [printed("2"), (Some("3"), true), printed("4"), printed("5")]);
    }

    #[test]
    fn a_list_under_the_head_of_another_part_has_no_paragraph_above_it() {
        let mut sheet = pages(&[&[
            "1. Notice was issued.",
            "2. The members shall meet:",
            "i. Let a meeting be called of the kites.",
            "ii. Notices be sent to all of them.",
            "CM no.3/2025",
            "This CM prays for a meeting of the strings.",
            "i. Let a meeting be called of the strings.",
            "ii. Notices be sent to all of those.",
        ]]);
        sheet[0].paragraphs[4].role = Role::Heading;
        label_paragraphs(&mut sheet);
        let labels: Vec<&str> =
            sheet[0].paragraphs.iter().map(|one| one.label.as_deref().unwrap_or("")).collect();
        assert_eq!(labels, ["1", "2", "2(i)", "2(ii)", "", "", "(i)", "(ii)"]);
    }

    #[test]
    fn headings_with_numbers_of_their_own() {
        let mut pages = pages(&[&[
            "1. Facts",
            "1. The kite was lost.",
            "2. It was found.",
            "2. Law",
            "3. The Kite Act applies.",
        ]]);
        for idx in [0, 3] {
            pages[0].paragraphs[idx].role = Role::Heading;
        }
        label_paragraphs(&mut pages);
        assert_eq!(labels_of(&pages[0]), ["", "1", "2", "", "3"]);
    }

    #[test]
    fn numbered_titles_over_text_without_numbers_are_no_paragraphs() {
        let text = "For certain taxpayers the statute limits the amount of losses that they may claim \
                    on the activities that they carry on, each of them apart from the others.";
        check_labels(
            &["1. General rule", text, "2. Amounts at risk", text, "3. Recapture", text],
            &["", "", "", "", "", ""],
        );
        // A court's own number may stand over its paragraph.
        check_labels(&["1. Heard.", text, "2. Adjourned", text], &["1", "", "2", ""]);
    }

    #[test]
    fn the_reasons_for_a_bill_are_no_sections_of_it() {
        check_labels(
            &[
                "It is hereby enacted as follows:-",
                "1. Short title and commencement.- This Act shall be called the Kite Act.",
                "2. Amendment of section 6.- In the Act the words kite and string are left out.",
                "STATEMENT OF OBJECTS AND REASONS",
                "The fund was established for the owners of kites.",
                "2. It has been decided to retain it under the Board.",
                "3. The Bill seeks to achieve that objective.",
            ],
            &["", "1", "2", "", "", "", ""],
        );
    }

    #[test]
    fn a_quoted_judgment_takes_no_number_from_the_court() {
        check_labels(
            &[
                "1. We are asked to review.",
                "2. The order under review says:",
                "“2. The first suit was for a kite.",
                "3. The second was for its string.”",
                "4. It goes on without quotation marks.",
                "5. As judgments do.",
                "3. We have heard counsel.",
                "4. The review is allowed.",
                "5. Costs follow.",
                "6. File to the record room.",
            ],
            &["1", "2", "", "", "", "", "3", "4", "5", "6"],
        );
    }

    #[test]
    fn what_is_before_the_court_that_day_is_no_paragraph() {
        check_labels(
            &[
                "1. For orders on office objection.",
                "2. For hearing of main case.",
                "Mr. Nadir Khan, Advocate for the applicant.",
                "Notice was issued.",
                "2. None is present.",
                "3. Dismissed.",
            ],
            &["", "", "", "", "2", "3"],
        );
    }

    #[test]
    fn typed_numbers_go_on_where_those_of_word_end() {
        let mut pages = pages(&[&[
            "The kite was lost.",
            "It was found:",
            "in a tree;",
            "on a roof.",
            "3. It was torn.",
            "It was mended.",
        ]]);
        for (idx, label) in [(0, "1"), (1, "2"), (2, "1"), (3, "2"), (5, "4")] {
            pages[0].paragraphs[idx].label = Some(label.to_owned());
        }
        label_paragraphs(&mut pages);
        assert_eq!(labels_of(&pages[0]), ["1", "2", "2(1)", "2(2)", "3", "4"]);
    }

    #[test]
    fn an_order_with_an_unnumbered_opening() {
        check_labels(
            &[
                "(05)  12.05.2025  Mr. Adil, Advocate.",
                "Through the instant petition the petitioner seeks a copy.",
                "2.   Learned counsel contends as follows.",
                "3     Heard.",
                "4 Let notice be issued.",
                "5.",
            ],
            &["", "", "2", "3", "4", "5"],
        );
    }

    #[test]
    fn a_list_inside_is_no_run() {
        check_labels(
            &[
                "1. The plaint was filed.",
                "2. The court framed issues:",
                "1. Whether the suit is barred?",
                "2. Whether the plaintiff owns the land?",
                "3. Relief?",
                "3. The parties led evidence.",
                "4. Heard.",
            ],
            &["1", "2", "", "", "", "3", "4"],
        );
    }

    #[test]
    fn a_list_before_the_first_number_is_no_run() {
        check_labels(
            &[
                "The petitioner prays for:",
                "1. A declaration.",
                "2. An injunction.",
                "3. Costs.",
                "2. Notice was issued.",
                "3. Heard.",
                "4. Dismissed.",
            ],
            &["", "", "", "", "2", "3", "4"],
        );
    }

    #[test]
    fn gaps_and_restarts() {
        check_labels(
            &["1. One.", "3. Three.", "9. Nine.", "(NADIR KHAN)", "JUDGE", "1. One.", "2. Two."],
            &["1", "3", "", "", "", "1", "2"],
        );
    }

    #[test]
    fn years_amounts_and_quotations_are_no_labels() {
        check_labels(
            &[
                "1. It was held:",
                "“2. The first court said this.",
                "3. And this.”",
                "2. We agree.",
                "12.5 % was paid.",
                "3. Allowed.",
            ],
            &["1", "", "", "2", "", "3"],
        );
    }

    #[test]
    fn nested_numbers() {
        check_labels(
            &[
                "12. The reasons are:",
                "(a) the first;",
                "(i) its half;",
                "(ii) its other half;",
                "(b) the second.",
                "13. Next.",
                "14. Last.",
            ],
            &["12", "12(a)", "12(a)(i)", "12(a)(ii)", "12(b)", "13", "14"],
        );
    }

    #[test]
    fn a_heading_below_a_number_is_no_item() {
        check_labels(
            &[
                "23. The objections are taken up below.",
                "(i) Whether notice was due to the Kite Company",
                "24. The first objection is weak.",
                "(ii) Whether the debt was paid",
                "25. So is the second.",
            ],
            &["23", "", "24", "", "25"],
        );
    }

    #[test]
    fn numbered_parties_are_no_paragraphs() {
        check_labels(
            &[
                "KITES ORIGINAL NO. 1 of 2025",
                "1. Kite Corporation Limited.",
                "2. Kite Connect (Private) Limited.",
                "3. Bird Limited ……Petitioners",
                "Petitioners by: M/s Nadir Khan, Advocates",
                "NADIR KHAN, J.",
                "1. This petition has been filed for sanction.",
                "The Petitioners",
                "2. The first petitioner is a company.",
                "3. So is the second.",
            ],
            &["", "", "", "", "", "", "1", "", "2", "3"],
        );
        check_labels(
            &[
                "Mira Dell",
                "Versus",
                "1. The Federation of Kites, through its Secretary",
                "2. The Kite Authority",
                "Respondents",
                "ORDER",
                "1. Heard.",
                "2. Dismissed.",
            ],
            &["", "", "", "", "", "", "1", "2"],
        );
    }

    #[test]
    fn a_main_case_counts_anew() {
        check_labels(
            &[
                "Through this C.M. the applicant seeks restoration.",
                "2. No notice was received.",
                "3. Restored.",
                "Main Case.",
                "Through this application a transfer is prayed for.",
                "2. Heard.",
                "3. Allowed.",
            ],
            &["", "2", "3", "", "", "2", "3"],
        );
    }

    #[test]
    fn a_number_that_the_court_printed_twice() {
        check_labels(
            &["1. A.", "2. B.", "3. C.", "3. Again.", "4. D.", "3. E.", "4. F.", "5. G."],
            &["1", "2", "3", "3", "4", "3", "4", "5"],
        );
    }

    #[test]
    fn items_below_a_number_that_is_no_label() {
        check_labels(
            &["1. One.", "2. Two:", "(a) an item;", "254. Mr. Dell to ask:", "(b) what is this?"],
            &["1", "2", "2(a)", "", ""],
        );
    }

    #[test]
    fn typed_decimals_beside_items_that_a_reader_numbered() {
        let mut pages = pages(&[&[
            "1 General",
            "1.1 This code is about kites.",
            "the string;",
            "the tail.",
            "1.2 It is in force.",
            "2.1 Kites are flown by day.",
        ]]);
        pages[0].paragraphs[2].label = Some("(a)".to_owned());
        pages[0].paragraphs[3].label = Some("ii)".to_owned());
        label_paragraphs(&mut pages);
        assert_eq!(labels_of(&pages[0]), ["", "1.1", "1.1(a)", "1.1(ii)", "1.2", "2.1"]);
    }

    #[test]
    fn brackets_and_pilcrows() {
        check_labels(&["[1] One.", "[2] Two.", "2. a list", "[3] Three."], &["1", "2", "", "3"]);
        check_labels(&["¶ 7 Seven.", "¶ 8 Eight.", "¶ 9 Nine."], &["7", "8", "9"]);
        check_labels(&["۱۔ پہلا", "۲۔ دوسرا"], &["1", "2"]);
    }

    #[test]
    fn sections_of_an_act() {
        check_labels(
            &[
                "It is hereby enacted as follows:—",
                "1. Short title and commencement.—(1) This Act may be called the Kite Act, 2016.",
                "(2) It shall come into force at once.",
                "2. Definitions.—In this Act,—",
                "(a) “kite” means a thing on a string;",
                "(b) “string” means a string.",
                "2A. Savings.—Nothing here harms a bird.",
                "5. Penalty.—Whoever cuts a string shall pay.",
            ],
            &["", "1", "1(2)", "2", "2(a)", "2(b)", "2A", "5"],
        );
    }
}
