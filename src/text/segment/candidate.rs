//! Numbers that begin paragraphs, and what stands around them.

use super::appendix;
use super::mark::{self, Form, NumberMark};
use super::shape::{ends_sentence, is_heading, is_signature};
use super::unit::Unit;
use crate::model::Role;

/// A number that begins a paragraph.
pub(super) struct Candidate<'a> {
    pub(super) unit_idx: usize,
    pub(super) mark: NumberMark<'a>,
    /// Something between the last candidate and this one ends an order: a signature.
    pub(super) after_end: bool,
    /// A heading stands directly before.
    pub(super) after_heading: bool,
    /// A heading stands somewhere between the last candidate and this one.
    pub(super) new_part: bool,
    pub(super) trust: Trust,
}

/// How likely a number that begins a paragraph is the court's own, before the others are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Computed from the numbering of a Word file.
    Given,
    Printed,
    /// A numbered heading: sections of a judgment have numbers of their own, but some courts give a
    /// paragraph's number to the line above it.
    Titled,
    /// In a quotation, or set off like one.
    Quoted,
}

impl Candidate<'_> {
    /// Tells whether the number is one to reckon with: not quoted, not of a heading.
    pub(super) fn is_certain(&self) -> bool {
        matches!(self.trust, Trust::Given | Trust::Printed)
    }
}

/// Returns the numbers that begin paragraphs, in order.
pub(super) fn all<'a>(units: &'a [Unit<'a>]) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    let caption_end = caption_end(units);
    let report_end = report_end(units);
    let appendix = appendix::lists(units);
    let mut after_end = false;
    let mut new_part = false;
    for (unit_idx, unit) in units.iter().enumerate() {
        new_part = new_part || is_heading(unit) || is_caption(unit.text);
        after_end = after_end || is_signature(unit.text);
        let before = unit_idx.checked_sub(1).and_then(|idx| units.get(idx));
        let found = match &unit.label {
            Some(_) if unit.role == Role::Quote => None,
            Some(label) => mark::given(label).map(|mark| (mark, Trust::Given)),
            None if unit_idx < report_end || appendix.contains(&unit_idx) => None,
            None => printed(units, unit_idx, caption_end),
        };
        let Some((mark, trust)) = found else { continue };
        candidates.push(Candidate {
            unit_idx,
            mark,
            after_end,
            after_heading: before.is_some_and(is_heading),
            new_part,
            trust,
        });
        after_end = false;
        new_part = false;
    }
    candidates
}

/// Reads the number that a paragraph begins with, where it may be the court's own.
fn printed<'a>(
    units: &'a [Unit<'a>],
    unit_idx: usize,
    caption_end: usize,
) -> Option<(NumberMark<'a>, Trust)> {
    let unit = units.get(unit_idx)?;
    let mark = mark::number(unit.text)?;
    let is_row = unit.role == Role::Table && (mark.rest.contains('\t') || mark.rest.len() < 40);
    if is_row || is_agenda(mark.rest) || unit_idx < caption_end && mark.rest.len() < MAX_PARTY {
        return None;
    }
    let before = unit_idx.checked_sub(1).and_then(|idx| units.get(idx));
    // A wrapped line may begin with a number and one blank; a new paragraph follows a full stop.
    if mark.form == Form::Blank && before.is_some_and(|before| !ends_sentence(before.text)) {
        return None;
    }
    let is_titled = unit.role == Role::Heading && !runs_on(&mark, units.get(unit_idx + 1));
    let trust = if unit.in_quote || unit.set_off || is_range(&mark) {
        Trust::Quoted
    } else if is_titled {
        Trust::Titled
    } else {
        Trust::Printed
    };
    // `1 Introduction`: nothing tells such a heading from one of a section.
    (trust != Trust::Titled || mark.form == Form::Dot).then_some((mark, trust))
}

/// Tells whether a numbered line says what a court has before it that day, as order sheets list it
/// above the order: `1. For orders on office objection`, `2. For hearing of main case`.
fn is_agenda(rest: &str) -> bool {
    const THINGS: [&str; 9] = [
        "order",
        "hearing",
        "katcha peshi",
        "regular hearing",
        "date of hearing",
        "further",
        "non-prosecution",
        "directions",
        "announcement",
    ];
    let lower = rest.get(..rest.floor_char_boundary(60)).unwrap_or(rest).to_lowercase();
    rest.len() < 160
        && lower
            .strip_prefix("for ")
            .is_some_and(|what| THINGS.iter().any(|thing| what.trim_start().starts_with(thing)))
}

/// Tells whether a number is the first of several that one paragraph answers: `3-4. Granted.`
fn is_range(mark: &NumberMark<'_>) -> bool {
    let end = mark.rest.split(['.', ')']).next().unwrap_or_default();
    mark.form == Form::Dot
        && mark.rest.len() > end.len()
        && end.parse().is_ok_and(|end: u16| end > mark.value && end - mark.value < 10)
}

/// Returns the unit with which a law report's own head ends, and the court's text begins; 0 without
/// one: `The Judgment of the Court was delivered by A. KITE, J.` What the reporter held before it has
/// numbers of its own.
fn report_end(units: &[Unit<'_>]) -> usize {
    let is_it = |unit: &Unit<'_>| !unit.in_quote && announces_judgment(unit.text);
    let Some(at) = units.iter().position(is_it) else { return 0 };
    // The court's own numbers begin below it.
    let mut below = units.iter().skip(at + 1).filter_map(|unit| mark::number(unit.text));
    if below.next().is_some_and(|mark| mark.value <= 2) { at } else { 0 }
}

/// Tells whether a line of a law report says that the court's own text follows.
pub(super) fn announces_judgment(text: &str) -> bool {
    const MAX_LINE: usize = 200;
    const DONE: [&str; 4] = [" was delivered", " were delivered", " was passed", " was pronounced"];
    if text.len() > MAX_LINE || !text.contains("ourt") || mark::number(text).is_some() {
        return false;
    }
    let lower = text.to_lowercase();
    lower.split_once(" of the court").is_some_and(|(what, rest)| {
        what.len() < 60
            && (what.contains("judgment") || what.contains("order"))
            && DONE.iter().any(|done| rest.starts_with(done))
    })
}

/// Most units that stand before the text of an order.
const MAX_CAPTION: usize = 40;
/// Most bytes of a numbered party with its address.
const MAX_PARTY: usize = 250;

/// Returns the unit with which the caption of an order ends; 0 without one. Parties are numbered
/// there (`1. Kite Limited` … `Petitioners`), and their numbers are no labels of paragraphs.
fn caption_end(units: &[Unit<'_>]) -> usize {
    let head = units.get(..MAX_CAPTION.min(units.len())).unwrap_or_default();
    let text_at = head.iter().position(|unit| unit.text.len() > 400).unwrap_or(head.len());
    let head = head.get(..text_at).unwrap_or_default();
    head.iter().rposition(|unit| names_role(unit.text)).map_or(0, |last| last + 1)
}

/// Tells whether a line of a caption says which side stands above it or whom counsel is for.
fn names_role(text: &str) -> bool {
    const ROLES: [&str; 9] = [
        "petitioner",
        "appellant",
        "applicant",
        "respondent",
        "plaintiff",
        "defendant",
        "complainant",
        "accused",
        "claimant",
    ];
    let lower = text.trim().to_lowercase();
    let letters: String = lower.chars().filter(|c| c.is_alphabetic()).collect();
    if lower.len() > MAX_PARTY || matches!(letters.as_str(), "versus" | "vs") {
        return lower.len() <= MAX_PARTY;
    }
    let by = ROLES
        .iter()
        .any(|role| letters.starts_with(role) && (letters.contains("by") || lower.contains(':')));
    let leaders =
        lower.rfind(['…', '.', '_', '-']).map_or("", |at| lower.get(at..).unwrap_or_default());
    let last = if lower.contains("..") || lower.contains('…') || lower.contains("__") {
        leaders
    } else {
        &lower
    };
    let last: String = last.chars().filter(|c| c.is_alphabetic()).collect();
    by || ROLES
        .iter()
        .any(|role| last.strip_prefix(role).is_some_and(|rest| matches!(rest, "" | "s")))
}

/// Tells whether a numbered line that looks like a heading is the first line of a paragraph: scans
/// are read line by line, and the sentence goes on below in small letters.
fn runs_on(mark: &NumberMark<'_>, next: Option<&Unit<'_>>) -> bool {
    let small = mark.rest.chars().filter(|c| c.is_lowercase()).count();
    mark.rest.len() >= 40
        && small * 2 > mark.rest.len()
        && !mark.rest.trim_end().ends_with('.')
        && next.is_some_and(|next| next.text.starts_with(char::is_lowercase))
}

/// Returns the forms of the main run: brackets where judgments use them, else numbers with a stop.
pub(super) fn main_form(candidates: &[Candidate<'_>]) -> Option<&'static [Form]> {
    let count =
        |form: Form| candidates.iter().filter(|candidate| candidate.mark.form == form).count();
    let dots = count(Form::Dot) + count(Form::Gap) + count(Form::Blank);
    let (brackets, pilcrows, parens) =
        (count(Form::Bracket), count(Form::Pilcrow), count(Form::Paren));
    if pilcrows >= 2 && pilcrows * 2 > dots {
        return Some(&[Form::Pilcrow]);
    }
    if brackets >= 3 && brackets * 2 > dots {
        return Some(&[Form::Bracket]);
    }
    if dots > 0 {
        return Some(&[Form::Dot, Form::Gap, Form::Blank]);
    }
    // `(1)`, `(2)` alone is a list more often than a numbering: three in a row are needed.
    (parens >= 3).then_some(&[Form::Paren])
}

/// Tells whether a line is the caption of a part of an order: `Main case`, `Main Case.`,
/// `C.M. No. 3/2024`.
fn is_caption(text: &str) -> bool {
    let text = text.trim();
    // `Main Case.`, where `Re-list the case.` is a sentence.
    let is_name = |text: &&str| {
        text.contains(' ') && text.split(' ').all(|word| word.starts_with(char::is_uppercase))
    };
    let text = text.strip_suffix('.').filter(is_name).unwrap_or(text);
    (4..40).contains(&text.len())
        && text.starts_with(|c: char| c.is_uppercase())
        && !text.ends_with(['.', ',', ';', ':'])
        && text.split_whitespace().count() <= 5
}

#[cfg(test)]
mod tests {
    use super::super::{check_labels, label_paragraphs, labels_of, plain_pages as pages};
    use crate::model::Role;

    #[test]
    fn what_a_reporter_held_is_not_the_courts() {
        check_labels(
            &[
                "HELD: 1. The kite was lost by the fault of the carrier.",
                "2. Ordinarily such a plea is to be raised during the trial itself.",
                "3. No evidence of its age was brought forth by anyone.",
                "4. The plea of mistake remains unsubstantiated.",
                "CIVIL APPELLATE JURISDICTION: Civil Appeal No. 15 of 2010.",
                "The Judgment of the Court was delivered by A. KITE, J.",
                "1. The present appeal is at the instance of the carrier.",
                "2. The case is that the kite was lost.",
                "3. It was found again.",
            ],
            &["", "", "", "", "", "", "1", "2", "3"],
        );
    }

    #[test]
    fn the_line_before_the_judgment_may_look_like_a_quotation() {
        let mut pages = pages(&[&[
            "2. Ordinarily such a plea is to be raised during the trial itself.",
            "3. No evidence of its age was brought forth by anyone.",
            "4. The plea of mistake remains unsubstantiated.",
            "The Judgment of the Court was delivered by A. KITE, J.",
            "1. The present appeal is at the instance of the carrier.",
            "2. The case is that the kite was lost.",
        ]]);
        pages[0].paragraphs[3].role = Role::Quote;
        label_paragraphs(&mut pages);
        assert_eq!(labels_of(&pages[0]), ["", "", "", "", "1", "2"]);
    }

    #[test]
    fn a_number_for_several_applications_is_a_quoted_one() {
        check_labels(
            &[
                "2. The earlier order was made in these terms:",
                "3-4. Through this petition the kite is sought back.",
                "Let notice be issued to the other side.",
                "3. However, the kite has been found meanwhile.",
                "4, In view of the above the petition is disposed of.",
            ],
            &["2", "", "", "3", "4"],
        );
    }
}
