//! The court's own paragraph numbers, and sections of statutes.
//!
//! All numbers that begin a paragraph are candidates; those that make a run are labels. A list
//! inside an order starts again at 1 while the run waits for its next number, and is left alone.

use std::collections::BTreeMap;

use super::mark::{self, Form, NumberMark, SubKind};
use super::seam::{carry_over, set_continues};
use super::sentence::awaits_more;
use crate::model::{Page, Paragraph, Role};
use crate::text::fold::is_superscript_digit;

/// Sets [`Paragraph::label`] where the court printed a number, and [`Paragraph::continues`].
///
/// Labels that a reader has set already (Word numbering) are kept. The number stays in the text.
/// Both parts of a paragraph that runs over a page end carry its label. Text before the first
/// number, or between numbers without one of its own, has none: nothing is counted.
pub fn label_paragraphs(pages: &mut [Page]) {
    set_continues(pages);
    let is_statute = is_statute(pages);
    let units = units(pages);
    let mut labels = if is_statute { sections(&units) } else { run(&units) };
    add_sub_labels(&units, &mut labels);
    let placed: Vec<((usize, usize), String)> = labels
        .into_iter()
        .filter_map(|(unit_idx, label)| Some((units.get(unit_idx)?.place, label)))
        .collect();
    for ((page_idx, paragraph_idx), label) in placed {
        if let Some(paragraph) = paragraph_mut(pages, page_idx, paragraph_idx)
            && paragraph
                .label
                .as_deref()
                .is_none_or(|own| !own.starts_with(|c: char| c.is_ascii_digit()))
        {
            paragraph.label = Some(label);
        }
    }
    carry_over(pages);
}

fn paragraph_mut(pages: &mut [Page], page: usize, paragraph: usize) -> Option<&mut Paragraph> {
    pages.get_mut(page)?.paragraphs.get_mut(paragraph)
}

/// A paragraph that may bear a label.
struct Unit<'a> {
    /// Page and paragraph, both counted from 0.
    place: (usize, usize),
    text: &'a str,
    role: Role,
    /// A quotation that began earlier is still open where the paragraph begins.
    in_quote: bool,
    /// All its lines stand further right than the page's body: a quotation, most likely.
    set_off: bool,
    /// Set by a reader.
    label: Option<String>,
}

/// Returns the paragraphs that may bear labels, in order.
fn units(pages: &[Page]) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    let mut quote = QuoteState::default();
    for (page_idx, page) in pages.iter().enumerate() {
        let left = body_left(page);
        for (paragraph_idx, paragraph) in page.paragraphs.iter().enumerate() {
            if !matches!(paragraph.role, Role::Body | Role::List | Role::Heading | Role::Table) {
                continue;
            }
            let text = page.paragraph_text(paragraph);
            let in_quote = quote.is_open();
            quote.read(text);
            units.push(Unit {
                place: (page_idx, paragraph_idx),
                text,
                role: paragraph.role,
                in_quote,
                set_off: left.is_some_and(|left| is_set_off(page, paragraph, left)),
                label: paragraph.label.clone().filter(|_| !paragraph.continues),
            });
        }
    }
    units
}

/// Whether a quotation is open, paragraph after paragraph.
#[derive(Default)]
struct QuoteState {
    depth: u8,
}

impl QuoteState {
    const fn is_open(&self) -> bool {
        self.depth > 0
    }

    /// Reads the double quotes of a paragraph.
    ///
    /// Each paragraph of a long quotation opens it anew, so an opener at the very beginning counts
    /// once, and a closer closes all.
    fn read(&mut self, text: &str) {
        if text.bytes().all(|byte| byte != b'"' && byte.is_ascii()) {
            return;
        }
        let mut before = ' ';
        for c in text.chars() {
            match c {
                '“' | '«' => self.depth = 1,
                '”' | '»' => self.depth = 0,
                // A straight quote behind a letter or a stop closes; one that a scan made of dirt
                // at a line's end opens nothing.
                '"' => {
                    let opens = before.is_whitespace() || matches!(before, '(' | '[');
                    self.depth = u8::from(opens);
                }
                _ => {}
            }
            before = c;
        }
    }
}

/// Returns the left edge of the page's body, in points, rounded; `None` without line boxes.
fn body_left(page: &Page) -> Option<i32> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    // Counted in bytes of text: the narrow first columns of an order sheet have many lines.
    for line in &page.lines {
        *counts.entry(rounded(line.rect[0])).or_default() += line.span.end - line.span.start;
    }
    let n_bytes: usize = counts.values().sum();
    // The leftmost edge that an eighth of the text shares: quotations stand further in.
    (page.lines.len() >= 8)
        .then(|| counts.iter().find(|(_, count)| **count * 8 >= n_bytes).map(|(&left, _)| left))?
}

#[expect(clippy::cast_possible_truncation, reason = "page coordinates are below 14,400 points")]
fn rounded(x: f32) -> i32 {
    // Steps of 3 points: justified lines differ by a hair.
    (x / 3.0).round() as i32 * 3
}

/// Tells whether a paragraph of two lines or more stands 16 points or more inside the body.
fn is_set_off(page: &Page, paragraph: &Paragraph, left: i32) -> bool {
    let mut n_lines = 0;
    for line in &page.lines {
        if line.span.start >= paragraph.span.start && line.span.end <= paragraph.span.end {
            n_lines += 1;
            if rounded(line.rect[0]) < left + 16 {
                return false;
            }
        }
    }
    n_lines >= 2
}

// ---------------------------------------------------------------- orders, judgments, reports

/// A number that begins a paragraph.
struct Candidate<'a> {
    unit_idx: usize,
    mark: NumberMark<'a>,
    /// Something between the last candidate and this one ends an order: a signature.
    after_end: bool,
    /// A heading stands directly before.
    after_heading: bool,
    /// A heading stands somewhere between the last candidate and this one.
    new_part: bool,
    doubtful: bool,
}

fn candidates<'a>(units: &[Unit<'a>]) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    let caption_end = caption_end(units);
    let mut after_end = false;
    let mut new_part = false;
    for (unit_idx, unit) in units.iter().enumerate() {
        new_part = new_part || is_heading(unit) || is_caption(unit.text);
        after_end = after_end || is_signature(unit.text);
        let Some(mark) = mark::number(unit.text) else { continue };
        let is_row = unit.role == Role::Table && (mark.rest.contains('\t') || mark.rest.len() < 40);
        if unit_idx < caption_end && mark.rest.len() < MAX_PARTY {
            continue;
        }
        let titled = unit.role == Role::Heading && !runs_on(&mark, units.get(unit_idx + 1));
        if titled || is_row || unit.label.is_some() {
            continue;
        }
        let before = unit_idx.checked_sub(1).and_then(|idx| units.get(idx));
        // A wrapped line may begin with a number and one blank; a new paragraph follows a full stop.
        if mark.form == Form::Blank && before.is_some_and(|before| !ends_sentence(before.text)) {
            continue;
        }
        candidates.push(Candidate {
            unit_idx,
            mark,
            after_end,
            after_heading: before.is_some_and(is_heading),
            new_part,
            doubtful: unit.in_quote || unit.set_off,
        });
        after_end = false;
        new_part = false;
    }
    candidates
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

/// Returns the labels of the main run of numbers, by unit.
fn run(units: &[Unit<'_>]) -> BTreeMap<usize, String> {
    let of_reader = |unit: &Unit<'_>| {
        unit.label.clone().filter(|label| label.contains(|c: char| c.is_ascii_digit()))
    };
    let mut labels: BTreeMap<usize, String> = units
        .iter()
        .enumerate()
        .filter_map(|(unit_idx, unit)| Some((unit_idx, of_reader(unit)?)))
        .collect();
    let all = candidates(units);
    if labels.len() * 2 > all.len() {
        // The reader computed the numbers of the file; those printed in the text are lists.
        return labels;
    }
    labels.clear();
    let Some(forms) = main_form(&all) else { return labels };
    let candidates: Vec<Candidate<'_>> = all
        .into_iter()
        .filter(|candidate| forms.contains(&candidate.mark.form) && candidate.mark.suffix.is_none())
        .collect();
    let mut state = Run::default();
    for (idx, candidate) in candidates.iter().enumerate() {
        let rest = candidates.get(idx + 1..).unwrap_or_default();
        match state.step(candidate, rest) {
            Step::Skip => {}
            Step::Restart { forget } => {
                if forget {
                    for unit_idx in state.current.drain(..) {
                        labels.remove(&unit_idx);
                    }
                }
                state.current = vec![candidate.unit_idx];
                labels.insert(candidate.unit_idx, printed(&candidate.mark));
            }
            Step::Accept => {
                state.current.push(candidate.unit_idx);
                labels.insert(candidate.unit_idx, printed(&candidate.mark));
            }
        }
    }
    labels
}

/// Returns the forms of the main run: brackets where judgments use them, else numbers with a stop.
fn main_form(candidates: &[Candidate<'_>]) -> Option<&'static [Form]> {
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

fn printed(mark: &NumberMark<'_>) -> String {
    match (mark.decimal, mark.suffix) {
        (Some(decimal), _) => format!("{}.{decimal}", mark.value),
        (None, Some(suffix)) => format!("{}{suffix}", mark.value),
        (None, None) => mark.value.to_string(),
    }
}

enum Step {
    Skip,
    Accept,
    /// A new run begins; `forget`: the run so far was a list.
    Restart {
        forget: bool,
    },
}

/// The run so far.
#[derive(Default)]
struct Run {
    last: Option<u16>,
    last_decimal: Option<u16>,
    first: u16,
    /// The last number of a list that stands inside the run.
    nested: Option<u16>,
    /// Units labelled since the run began.
    current: Vec<usize>,
}

impl Run {
    fn step(&mut self, candidate: &Candidate<'_>, rest: &[Candidate<'_>]) -> Step {
        let n = candidate.mark.value;
        if let Some(decimal) = candidate.mark.decimal {
            return self.step_decimal(n, decimal);
        }
        let Some(last) = self.last else { return self.start(candidate, rest) };
        let expected = last + 1;
        let later = |n: u16| waits_for(rest, n);
        if n == expected {
            let in_list = self.nested.is_some_and(|nested| nested + 1 == n);
            if (in_list || candidate.doubtful) && later(n) {
                self.nested = in_list.then_some(n);
                return Step::Skip;
            }
            self.accept(n);
            return Step::Accept;
        }
        // `Main case` after an application: an unnumbered opening, then 2 again.
        if n == 2 && last >= 2 && self.nested.is_none() && candidate.new_part && !candidate.doubtful
        {
            self.begin(2);
            return Step::Restart { forget: false };
        }
        // A list begins with 1, so a second 2 after 1, 2, 3 means that these were the list.
        let second_two = n == 2 && self.nested.is_none() && self.first == 1 && last >= 2;
        if second_two && !candidate.doubtful && later(3) {
            *self = Self {
                last: Some(2),
                first: 2,
                current: std::mem::take(&mut self.current),
                ..Self::default()
            };
            return Step::Restart { forget: true };
        }
        if n == 1 {
            let ended = candidate.after_end || (candidate.after_heading && !later(expected));
            if ended && !candidate.doubtful && !later_before_restart(rest, expected, candidate) {
                self.begin(1);
                return Step::Restart { forget: false };
            }
            self.nested = Some(1);
            return Step::Skip;
        }
        if self.nested.is_some_and(|nested| nested + 1 == n) {
            self.nested = Some(n);
            return Step::Skip;
        }
        let gap = n == last + 2 || n == last + 3;
        let strong = candidate.mark.form != Form::Blank && !candidate.doubtful;
        // The court's slip, `5. 6. 5. 6. 7.`: what is printed twice is shown twice.
        let repeats = n >= 2
            && (n == last
                || n + 1 == last && rest.first().is_some_and(|next| next.mark.value == last));
        if repeats && strong && self.nested.is_none() && later(expected) {
            return Step::Accept;
        }
        if gap && strong && !later(expected) {
            self.accept(n);
            return Step::Accept;
        }
        Step::Skip
    }

    fn start(&mut self, candidate: &Candidate<'_>, rest: &[Candidate<'_>]) -> Step {
        let n = candidate.mark.value;
        let next_is = |idx: usize, n: u16| rest.get(idx).is_some_and(|next| next.mark.value == n);
        let weak = candidate.mark.form == Form::Blank;
        let begins = match n {
            // One lonely `(1)` or `1 Xyz` is no numbering.
            1 => !weak && candidate.mark.form != Form::Paren || next_is(0, 2),
            2 => (!candidate.doubtful || next_is(0, 3)) && candidate.mark.form != Form::Paren,
            _ => next_is(0, n + 1) && next_is(1, n + 2) && !weak,
        };
        if !begins || (candidate.doubtful && waits_for(rest, n)) {
            return Step::Skip;
        }
        self.begin(n);
        Step::Restart { forget: false }
    }

    /// `4.1` follows `4`, `3.9` or `4.0`; the first of a document may be `1.1`.
    fn step_decimal(&mut self, n: u16, decimal: u16) -> Step {
        let last = self.last.unwrap_or(0);
        let follows = match self.last_decimal {
            Some(before) if n == last => decimal == before + 1,
            Some(_) => n == last + 1 && decimal == 1,
            None => (n == last || n == last + 1) && decimal == 1,
        };
        if !follows {
            return Step::Skip;
        }
        self.last = Some(n);
        self.last_decimal = Some(decimal);
        Step::Accept
    }

    fn begin(&mut self, n: u16) {
        self.first = n;
        self.accept(n);
    }

    fn accept(&mut self, n: u16) {
        self.last = Some(n);
        self.last_decimal = None;
        self.nested = None;
    }
}

/// Tells whether `n` comes later, before the run could have passed it.
fn waits_for(rest: &[Candidate<'_>], n: u16) -> bool {
    rest.iter()
        .take_while(|next| !next.after_end)
        .any(|next| next.mark.value == n && next.mark.decimal.is_none() && !next.doubtful)
}

/// Tells whether the run goes on after a list that a signature or heading seemed to end.
fn later_before_restart(rest: &[Candidate<'_>], expected: u16, from: &Candidate<'_>) -> bool {
    // After a signature nothing of the old order follows.
    !from.after_end && waits_for(rest, expected)
}

// ---------------------------------------------------------------------------------- statutes

/// How many bytes of each of the first pages are searched for the signs of an enactment.
const STATUTE_HEAD: usize = 24_000;

/// Tells whether the pages are an enactment: then sections are labels, and suffixes count.
fn is_statute(pages: &[Page]) -> bool {
    const SIGNS: [&str; 7] = [
        "enacted as follows",
        "be it enacted",
        "short title, extent",
        "short title and commencement",
        "may be called the",
        "this act may be cited as",
        "short title.—",
    ];
    // A saved law is one page of megabytes; it says what it is at its head.
    let head = |page: &Page| {
        let end = page.text.floor_char_boundary(STATUTE_HEAD);
        page.text.get(..end).unwrap_or_default().to_lowercase()
    };
    let head: String = pages.iter().take(3).map(head).collect::<Vec<_>>().join("\n");
    SIGNS.iter().filter(|sign| head.contains(*sign)).count() >= 1
        && !head.contains("versus")
        && !head.contains("order sheet")
}

/// Returns the labels of sections and articles, by unit.
fn sections(units: &[Unit<'_>]) -> BTreeMap<usize, String> {
    let mut labels = BTreeMap::new();
    let mut last: Option<(u16, Option<char>)> = None;
    // The table of contents runs from 1 to the end before the text does; its lines are short.
    let mut run: Vec<usize> = Vec::new();
    for (unit_idx, unit) in units.iter().enumerate() {
        let text = without_word(unit.text);
        let Some(mark) = mark::number(text) else { continue };
        if mark.decimal.is_some() || mark.form == Form::Paren || unit.in_quote {
            continue;
        }
        let here = (mark.value, mark.suffix);
        let follows = last.is_none_or(|last| here > last && mark.value <= last.0 + 5);
        let strong = mark.form == Form::Dot && !mark.rest.is_empty();
        if mark.value == 1 && last.is_some_and(|last| last.0 > 1) && strong {
            let longest = run.iter().filter_map(|&idx| units.get(idx)).map(|unit| unit.text.len());
            if longest.max().unwrap_or(0) < 160 {
                for unit_idx in run.drain(..) {
                    labels.remove(&unit_idx);
                }
            } else if !is_section_heading(mark.rest) {
                continue;
            }
            last = None;
        } else if !(strong && follows) {
            continue;
        }
        last = Some(here).max(last);
        run.push(unit_idx);
        labels.insert(unit_idx, printed(&mark));
    }
    labels
}

/// Drops `Article`, `Section`, `Rule` or `Regulation` before a number.
fn without_word(text: &str) -> &str {
    let text = text.trim_start();
    ["article ", "section ", "rule ", "regulation ", "art. ", "sec. "]
        .iter()
        .find(|word| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
        .and_then(|word| text.get(word.len()..))
        .unwrap_or(text)
}

/// Tells whether a section's text begins with its heading, as `Short title.—` does.
fn is_section_heading(rest: &str) -> bool {
    let head = rest.char_indices().nth(140).and_then(|(end, _)| rest.get(..end)).unwrap_or(rest);
    [".—", ".–", ".-", ". —", ":—", "—("].iter().any(|dash| head.contains(dash))
}

// -------------------------------------------------------------------------------- sub-labels

/// Labels `(a)`, `(i)`, `(2)` below a numbered paragraph: `12(a)`, `37(1)(a)`.
fn add_sub_labels(units: &[Unit<'_>], labels: &mut BTreeMap<usize, String>) {
    let mut main: Option<String> = None;
    let mut stack: Vec<(SubKind, u16, String)> = Vec::new();
    for (unit_idx, unit) in units.iter().enumerate() {
        if let Some(label) = labels.get(&unit_idx) {
            main = Some(label.clone());
            stack.clear();
            let rest = mark::number(without_word(unit.text)).map(|mark| mark.rest);
            // `37. Heading.—(1) The Authority …` and `12. (a) …` open a level of their own.
            if let Some(token) = rest.and_then(opened_inside) {
                push_level(&mut stack, token);
            }
            continue;
        }
        // What follows a signature, or a number that is no label, belongs to no paragraph before.
        let is_other = mark::number(unit.text).is_some_and(|mark| {
            matches!(mark.form, Form::Dot | Form::Gap) && !mark.rest.is_empty()
        });
        if is_signature(unit.text) || is_other && unit.label.is_none() {
            main = None;
        }
        let Some(main) = main.as_ref() else { continue };
        if let Some(own) = &unit.label {
            // The reader computed `i)` or `(a)`: an item of the paragraph above it.
            labels.insert(unit_idx, format!("{main}{}", bracketed(own)));
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

// ---------------------------------------------------------------------------------- helpers

/// Tells whether the paragraph is a judge's signature, which ends an order.
pub(super) fn is_signature(text: &str) -> bool {
    let is_long = text.len() > 60 && text.chars().filter(|c| c.is_alphabetic()).nth(60).is_some();
    if is_long || !text.contains(['j', 'J']) {
        return false;
    }
    let letters: String =
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
    // `JUDGE JUDGE` under two names; `(NAME) JUDGE` on one line.
    letters == "JUDGE"
        || letters == "JUDGEJUDGE"
        || letters == "CHIEFJUSTICE"
        || letters == "ACTINGCHIEFJUSTICE"
        || (text.trim_start().starts_with('(') && letters.ends_with("JUDGE"))
}

fn is_heading(unit: &Unit<'_>) -> bool {
    unit.role == Role::Heading || is_short_heading(unit.text)
}

/// Tells whether a line is short, in capitals, and ends without a stop.
pub(super) fn is_short_heading(text: &str) -> bool {
    let text = text.trim();
    text.len() < 80
        && text.chars().any(char::is_alphabetic)
        && !text.chars().any(char::is_lowercase)
}

/// Tells whether the text behind a sub-number reads like a title: short, without a stop.
fn is_title(rest: &str) -> bool {
    let rest = rest.trim_end();
    rest.len() < 100
        && rest.starts_with(char::is_uppercase)
        && !rest.ends_with(['.', ';', ',', ':'])
        && !rest.ends_with(" and")
        && !rest.ends_with(" or")
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

pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end();
    let core = text
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»'])
        .trim_end_matches(is_superscript_digit);
    core.is_empty()
        || core.ends_with(['.', '?', '!', ':', ';', '۔', '؟', '—', '-', '_', '=', '*'])
            && !awaits_more(core)
}

#[cfg(test)]
mod tests {
    use super::super::plain_pages as pages;
    use super::*;

    #[track_caller]
    fn check(paragraphs: &[&str], expect: &[&str]) {
        let mut pages = pages(&[paragraphs]);
        label_paragraphs(&mut pages);
        let found: Vec<&str> = pages[0]
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.label.as_deref().unwrap_or(""))
            .collect();
        assert_eq!(found, expect);
    }

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
        assert_eq!(labels, ["2", "3", "5"]);
    }

    #[test]
    fn an_order_with_an_unnumbered_opening() {
        check(
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
        check(
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
        check(
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
        check(
            &["1. One.", "3. Three.", "9. Nine.", "(NADIR KHAN)", "JUDGE", "1. One.", "2. Two."],
            &["1", "3", "", "", "", "1", "2"],
        );
    }

    #[test]
    fn years_amounts_and_quotations_are_no_labels() {
        check(
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
        check(
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
        check(
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
        check(
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
        check(
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
        check(
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
        check(
            &["1. A.", "2. B.", "3. C.", "3. Again.", "4. D.", "3. E.", "4. F.", "5. G."],
            &["1", "2", "3", "3", "4", "3", "4", "5"],
        );
    }

    #[test]
    fn items_below_a_number_that_is_no_label() {
        check(
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
        let labels: Vec<&str> =
            pages[0].paragraphs.iter().map(|one| one.label.as_deref().unwrap_or("")).collect();
        assert_eq!(labels, ["", "1.1", "1.1(a)", "1.1(ii)", "1.2", "2.1"]);
    }

    #[test]
    fn brackets_and_pilcrows() {
        check(&["[1] One.", "[2] Two.", "2. a list", "[3] Three."], &["1", "2", "", "3"]);
        check(&["¶ 7 Seven.", "¶ 8 Eight.", "¶ 9 Nine."], &["7", "8", "9"]);
        check(&["۱۔ پہلا", "۲۔ دوسرا"], &["1", "2"]);
    }

    #[test]
    fn sections_of_an_act() {
        check(
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
