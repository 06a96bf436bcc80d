//! Notes at the foot of a page: where they begin, and which lines are one note.

use super::assemble::starts_lower;
use super::blocks::Line;
use super::line_marks::{ends_sentence, is_rule};
use super::paragraphs::{Para, Usual};
use super::rows::is_note_mark;
use crate::model::{Page, Paragraph, Role};

/// Returns the index of the line with which the notes begin; the number of lines if there are none.
pub(super) fn notes_start(lines: &[Line], usual: Usual, calls: &[String]) -> usize {
    let start = small_notes_start(lines, usual, calls).min(called_notes_start(lines, usual));
    if start == lines.len() {
        return start;
    }
    // A rule of typed signs parts the notes from the text.
    let above = lines.get(..start).unwrap_or_default();
    above.iter().rposition(|line| !is_rule(&line.text)).map_or(0, |last| last + 1)
}

/// Finds notes set as large as the text: a line in the lower half that begins with a raised mark
/// which a line above it has called. A call that a line break put at a line's head comes first.
fn called_notes_start(lines: &[Line], usual: Usual) -> usize {
    let mut called: Vec<&str> = Vec::new();
    for (idx, line) in lines.iter().enumerate() {
        let mark = line.starts_raised.then(|| note_mark(line)).flatten();
        let is_note = mark.is_some_and(|mark| {
            called.contains(&mark.as_str()) || usual.note_before && is_continued(line, &mark)
        });
        if line.y > usual.notes_below && is_note {
            return idx;
        }
        called.extend(line.calls.iter().map(String::as_str));
    }
    lines.len()
}

/// Tells whether a note says that it goes on from the page before: `10 (...continued)`.
fn is_continued(line: &Line, mark: &str) -> bool {
    let rest = line.text.get(mark.len()..).unwrap_or_default();
    let letters = rest.trim_start().trim_start_matches(['(', '.', '…', ' ']);
    rest.trim_start().starts_with('(') && letters.starts_with("continued")
}

/// Finds notes in smaller type at the foot.
fn small_notes_start(lines: &[Line], usual: Usual, calls: &[String]) -> usize {
    let small = lines
        .iter()
        .rposition(|line| line.size > 0.93 * usual.size || line.y < usual.notes_below)
        .map_or(0, |last| last + 1);
    let tail = lines.get(small..).unwrap_or_default();
    let is_first = |line: &Line| {
        note_mark(line).is_some_and(|mark| line.starts_raised || calls.contains(&mark))
    };
    match tail.iter().position(is_first) {
        Some(0) => small,
        Some(_) if usual.note_before => small,
        Some(first) => small + first,
        None if usual.note_before
            && !tail.is_empty()
            && tail.iter().all(|l| l.size < 0.88 * usual.size) =>
        {
            small
        }
        None => lines.len(),
    }
}

/// Returns the mark with which a note's line begins.
fn note_mark(line: &Line) -> Option<String> {
    let digits: String = line.text.chars().take_while(char::is_ascii_digit).collect();
    let mark = if digits.is_empty() {
        line.text.split([' ', '\t']).next().unwrap_or_default().to_owned()
    } else {
        digits
    };
    let after = line.text.get(mark.len()..).unwrap_or_default();
    let apart = after.starts_with([' ', '\t', '.']) || line.starts_raised;
    (is_note_mark(&mark) && apart).then_some(mark)
}

/// The last note of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Last {
    /// Its mark.
    label: Option<String>,
    /// Whether it ends a sentence.
    ended: bool,
}

/// Marks the first note of `page`, where it has no mark of its own, as what is left of the last note
/// of the page before. Returns the last note of this page.
pub(super) fn carry_over(page: &mut Page, before: Option<&Last>) -> Option<Last> {
    let is_note = |paragraph: &Paragraph| paragraph.role == Role::Footnote;
    let first = page.paragraphs.iter().position(is_note)?;
    let text = page.paragraphs.get(first).map(|note| page.paragraph_text(note));
    let goes_on = |before: &Last| !before.ended || text.is_some_and(starts_lower);
    let label = before.filter(|before| goes_on(before)).map(|before| before.label.clone());
    if let Some(label) = label
        && let Some(note) = page.paragraphs.get_mut(first).filter(|note| note.label.is_none())
    {
        note.continues = true;
        note.label = label;
    }
    // `10 (...continued)` repeats the mark.
    if let Some(before) = before.filter(|before| before.label.is_some())
        && text_repeats(page, first)
        && let Some(note) = page.paragraphs.get_mut(first).filter(|note| note.label == before.label)
    {
        note.continues = true;
    }
    let last = page.paragraphs.iter().rev().find(|paragraph| is_note(paragraph))?;
    let ended = ends_sentence(page.paragraph_text(last));
    Some(Last { label: last.label.clone(), ended })
}

/// Tells whether paragraph `idx` says behind its mark that it was begun on the page before.
fn text_repeats(page: &Page, idx: usize) -> bool {
    page.paragraphs.get(idx).is_some_and(|note| {
        let text = page.paragraph_text(note).trim_start_matches(|c: char| c.is_ascii_digit());
        text.trim_start().starts_with("(...continued")
            || text.trim_start().starts_with("(…continued")
    })
}

/// Cuts the lines of notes into notes; the rules above and between them come first, as what stands in
/// the margin.
pub(super) fn footnotes(lines: Vec<Line>) -> Vec<Para> {
    let (rules, lines): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|line| is_rule(&line.text));
    let mut all: Vec<Para> = rules
        .into_iter()
        .map(|line| Para {
            role: Role::Margin,
            cells: vec![vec![line]],
            label: None,
            ends_full: false,
            indented: false,
        })
        .collect();
    all.extend(cut_notes(lines));
    all
}

fn cut_notes(lines: Vec<Line>) -> Vec<Para> {
    let mut paras: Vec<Para> = Vec::new();
    let mut number: Option<u32> = None;
    for line in lines {
        let mark = note_mark(&line);
        let value = mark.as_deref().and_then(|mark| mark.parse::<u32>().ok());
        let continues_run = match (number, value) {
            (Some(last), Some(next)) => next == last + 1,
            (None, Some(_)) | (Some(_), None) => {
                line.starts_raised || mark.is_some() && value.is_none()
            }
            (None, None) => false,
        };
        let starts = mark.is_some()
            && (continues_run || line.starts_raised || paras.is_empty() || number.is_none());
        match paras.last_mut().and_then(|para| para.cells.first_mut()) {
            Some(lines) if !starts => lines.push(line),
            _ => {
                if value.is_some() {
                    number = value;
                }
                paras.push(Para {
                    role: Role::Footnote,
                    label: if starts { mark } else { None },
                    cells: vec![vec![line]],
                    ends_full: false,
                    indented: false,
                });
            }
        }
    }
    paras
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, extracted, pdf};
    use super::*;

    /// Draws `text` in small type.
    fn small(y: u32, text: &str) -> String {
        format!("BT /F 8 Tf 72 {y} Td ({text}) Tj ET\n")
    }

    /// Nine lines of text with a call of a note in the first.
    fn body(call: &str) -> String {
        let line = "The court has held in many cases that the State may not do so,";
        let first = format!("BT /F 12 Tf 72 640 Td ({line}) Tj 4 Ts /F 7 Tf ({call}) Tj ET\n");
        first + &(1..9).map(|n| at(72, 640 - 16 * n, line)).collect::<String>()
    }

    #[track_caller]
    fn check(first_end: &str, second: &str, expect: &[(&str, Option<&str>, bool)]) {
        let first =
            body("7") + &small(100, "7 See the order of 2019, by which") + &small(90, first_end);
        let second = body("8") + &small(100, second) + &small(90, "8 Ibid.");
        let read = extracted(&pdf(&[&first, &second], ""));
        let seen: Vec<(&str, Option<&str>, bool)> = read
            .pages
            .iter()
            .flat_map(|page| page.paragraphs.iter().map(move |paragraph| (page, paragraph)))
            .filter(|(_, paragraph)| paragraph.role == Role::Footnote)
            .map(|(page, p)| (page.paragraph_text(p), p.label.as_deref(), p.continues))
            .collect();
        assert_eq!(seen, expect);
    }

    #[test]
    fn a_note_goes_over_the_page_end_under_its_mark() {
        check(
            "the court refused the",
            "allocation. Nothing else was said.",
            &[
                ("7 See the order of 2019, by which the court refused the", Some("7"), false),
                ("allocation. Nothing else was said.", Some("7"), true),
                ("8 Ibid.", Some("8"), false),
            ],
        );
    }

    #[test]
    fn a_finished_note_does_not_go_on() {
        check(
            "the court refused it.",
            "Printed on paper of the State.",
            &[
                ("7 See the order of 2019, by which the court refused it.", Some("7"), false),
                ("Printed on paper of the State.", None, false),
                ("8 Ibid.", Some("8"), false),
            ],
        );
    }
}
