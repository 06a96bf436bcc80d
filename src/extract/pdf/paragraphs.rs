//! Step 7: from lines to paragraphs, with a role for each.
//!
//! Where the author ended a paragraph is decided by `breaks`.

use super::blocks::{Block, Line};
use super::breaks::{Column, is_break, local_right};
use super::faces;
use super::line_marks::{ends_sentence, is_office, is_signature, starts_label, starts_lower};
use super::notes::{footnotes, notes_start};
use crate::model::Role;
use crate::text::segment::leads_to_page;

/// A paragraph: lines that are joined, or the cells of a table row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Para {
    /// What it is.
    pub(super) role: Role,
    /// For a table row one entry a cell, else a single entry; each holds lines.
    pub(super) cells: Vec<Vec<Line>>,
    /// The printed mark of a note.
    pub(super) label: Option<String>,
    /// Whether the last line is full, so that the text may go on elsewhere.
    pub(super) ends_full: bool,
    /// Whether the first line is indented against its column.
    pub(super) indented: bool,
}

/// Fewest lines that are a quotation by indent and typeface alone.
const LEAST_QUOTED: usize = 5;

/// What is usual on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Usual {
    /// Font size of most letters.
    pub(super) size: f32,
    /// Baseline below which notes can stand: half of the page.
    pub(super) notes_below: f32,
    /// Whether the page before ended with a note.
    pub(super) note_before: bool,
    /// Key of the typeface of most letters; 0 where unknown.
    pub(super) face: u64,
}

/// Returns the font size that most letters of `lines` have, in tenths of a point steps.
pub(super) fn usual_size<'a>(lines: impl Iterator<Item = (&'a str, f32)>) -> f32 {
    let mut sizes: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    for (text, size) in lines {
        #[expect(clippy::cast_possible_truncation, reason = "glyph sizes are under 20,000 points")]
        let tenths = (size * 10.0).round() as i32;
        *sizes.entry(tenths).or_default() += text.len();
    }
    let most = sizes.iter().max_by_key(|(size, n)| (**n, **size));
    most.map_or(0.0, |(tenths, _)| f32::from(i16::try_from(*tenths).unwrap_or(i16::MAX)) / 10.0)
}

/// Groups the lines of a page's blocks into paragraphs.
pub(super) fn paragraphs(blocks: Vec<Block>, usual: Usual) -> Vec<Para> {
    let mut paras = Vec::new();
    let calls: Vec<String> = blocks
        .iter()
        .flat_map(|block| match block {
            Block::Lines(lines) => lines.iter().collect::<Vec<_>>(),
            Block::Cells(cells) => cells.iter().flatten().collect(),
        })
        .flat_map(|line| line.calls.clone())
        .collect();
    for block in blocks {
        match block {
            Block::Cells(cells) => paras.push(Para {
                role: Role::Table,
                cells,
                label: None,
                ends_full: false,
                indented: false,
            }),
            Block::Lines(mut lines) => {
                let notes = lines.split_off(notes_start(&lines, usual, &calls));
                let mut next = column(lines, usual).into_iter();
                if let Some(first) = next.next() {
                    join_columns(&mut paras, first);
                }
                paras.extend(next);
                paras.extend(footnotes(notes));
            }
        }
    }
    paras
}

/// Tells whether a paragraph is part of the page's text, not a note or the rule above the notes.
pub(super) const fn is_main(role: Role) -> bool {
    !matches!(role, Role::Footnote | Role::Margin)
}

/// Adds the first paragraph of a column: a sentence that the column before left open goes on.
fn join_columns(paras: &mut Vec<Para>, first: Para) {
    let is_text = |para: &Para| matches!(para.role, Role::Body | Role::Quote | Role::List);
    let open = paras.iter_mut().rev().find(|para| is_main(para.role)).filter(|para| {
        let last = para.cells.last().and_then(|cell| cell.last());
        let begin = first.cells.first().and_then(|cell| cell.first());
        let (Some(last), Some(begin)) = (last, begin) else { return false };
        let beside = begin.y < last.y && begin.x0 > last.x1 || starts_lower(&begin.text);
        let text_open = !ends_sentence(&last.text) && para.ends_full && !starts_label(&begin.text);
        is_text(para)
            && is_text(&first)
            && beside
            && text_open
            && (!first.indented || starts_lower(&begin.text))
            && (begin.size / last.size - 1.0).abs() < 0.1
    });
    match open.and_then(|para| para.cells.last_mut().map(|cell| (&mut para.ends_full, cell))) {
        Some((ends_full, cell)) => {
            *ends_full = first.ends_full;
            cell.extend(first.cells.into_iter().flatten());
        }
        None => paras.push(first),
    }
}

/// Cuts a column of lines into paragraphs.
fn column(lines: Vec<Line>, usual: Usual) -> Vec<Para> {
    let column = Column::of(&lines, usual.face);
    let mut starts = vec![0];
    for idx in 1..lines.len() {
        let start = starts.last().copied().unwrap_or_default();
        if is_break(&lines, start, idx, column) {
            starts.push(idx);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let ranges: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let mut paras: Vec<Para> = ranges
        .into_iter()
        .filter_map(|(from, to)| {
            let part = lines.get(from..to).filter(|part| !part.is_empty())?;
            let right = local_right(&lines, to - 1, column);
            let last = part.last()?;
            Some(Para {
                role: role(part, column, usual),
                label: None,
                ends_full: column.end(last) > right - 2.5 * last.size,
                indented: column.start(part.first()?) > column.left + 0.8 * last.size,
                cells: vec![part.to_vec()],
            })
        })
        .collect();
    unmark_signatures(&mut paras);
    paras
}

/// Takes the mark of a heading from a judge's name and the office below it: they head nothing.
fn unmark_signatures(paras: &mut [Para]) {
    let only = |para: &Para, is_it: fn(&str) -> bool| match para.cells.as_slice() {
        [lines] => !lines.is_empty() && lines.iter().all(|line| is_it(line.text.trim())),
        _ => false,
    };
    let offices: Vec<usize> = (0..paras.len())
        .filter(|idx| paras.get(*idx).is_some_and(|p| only(p, is_office)))
        .collect();
    for idx in offices {
        let name = idx
            .checked_sub(1)
            .filter(|name| paras.get(*name).is_some_and(|p| only(p, is_signature)));
        for at in name.into_iter().chain([idx]) {
            if let Some(para) = paras.get_mut(at).filter(|para| para.role == Role::Heading) {
                para.role = Role::Body;
            }
        }
    }
}

/// Decides what a paragraph is, from its look alone.
fn role(lines: &[Line], column: Column, usual: Usual) -> Role {
    let Some(first) = lines.first() else { return Role::Body };
    let n_chars: usize = lines.iter().map(|line| line.text.chars().count()).sum();
    let letters = || lines.iter().flat_map(|l| l.text.chars()).filter(|c| c.is_alphabetic());
    let capitals = letters().next().is_some() && letters().all(|c| !c.is_lowercase());
    // Where the whole page is bold, a line from margin to margin is text.
    let is_full = |line: &Line| {
        column.end(line) > column.right - 1.5 * line.size && line.text.chars().count() > 40
    };
    let is_usual = faces::whole(lines) == Some(usual.face) && lines.iter().any(is_full);
    let bold = lines.iter().all(|line| line.bold) && !is_usual;
    let large = lines.iter().all(|line| line.size > 1.12 * usual.size);
    let centred = lines.iter().all(|line| column.is_centred(line));
    let ended = lines
        .last()
        .is_some_and(|line| line.text.ends_with(['.', ';', ',']) || leads_to_page(&line.text));
    // The clerk's name at the foot is in small type.
    let not_small = lines.iter().all(|line| line.size > 0.65 * usual.size);
    if lines.len() <= 3
        && n_chars <= 160
        && !ended
        && letters().count() >= 3
        && (large
            || bold
            || capitals && centred
            || not_small && faces::is_heading(lines, usual.face))
    {
        return Role::Heading;
    }
    if first.text.starts_with(['•', '▪', '●', '■', '➢', '✓', '◦']) {
        return Role::List;
    }
    let indented = lines.iter().all(|line| column.start(line) > column.left + 1.5 * line.size);
    let narrow = lines.iter().all(|line| column.end(line) < column.right - 0.8 * line.size);
    let smaller = lines.iter().all(|line| line.size < 0.95 * usual.size);
    // Names of counsel are set in bold as well.
    let is_marked = first.text.starts_with(['“', '‘', '"'])
        || lines.last().is_some_and(|line| line.text.trim_end_matches('.').ends_with(['”', '"']));
    let apart = (is_marked || lines.len() >= LEAST_QUOTED)
        && !starts_label(&first.text)
        && faces::whole(lines).is_some_and(|face| column.margin_face.is_some_and(|f| f != face));
    if lines.len() >= 2 && indented && (narrow || smaller || apart) && !centred {
        return Role::Quote;
    }
    Role::Body
}

#[cfg(test)]
mod tests {
    use super::super::faces::Faces;
    use super::*;

    /// Lines of 10 points: left edge, right edge, baseline, text.
    fn lines(input: &[(f32, f32, f32, &str)]) -> Vec<Line> {
        let line = |&(x0, x1, y, text): &(f32, f32, f32, &str)| Line {
            text: text.to_owned(),
            x0,
            x1,
            y,
            size: 10.0,
            #[expect(clippy::cast_precision_loss, reason = "a few letters")]
            first_word: 5.0 * text.find(' ').unwrap_or(text.len()) as f32,
            bold: false,
            rtl: false,
            calls: Vec::new(),
            starts_raised: false,
            faces: Faces::default(),
            hang: text.find('\t').map(|at| x0 + 5.0 * f32::from(u8::try_from(at).unwrap())),
        };
        input.iter().map(line).collect()
    }

    #[track_caller]
    fn check(input: &[(f32, f32, f32, &str)], expect: &[usize]) {
        let usual = Usual { size: 10.0, notes_below: 400.0, note_before: false, face: 0 };
        let paras = paragraphs(vec![Block::Lines(lines(input))], usual);
        let sizes: Vec<usize> =
            paras.iter().map(|para| para.cells.iter().map(Vec::len).sum()).collect();
        assert_eq!(sizes, expect);
    }

    #[test]
    fn a_wider_gap_ends_a_paragraph() {
        check(
            &[
                (50.0, 300.0, 10.0, "Through this petition the"),
                (50.0, 298.0, 22.0, "petitioner has assailed the"),
                (50.0, 299.0, 34.0, "order of the court below and"),
                (50.0, 300.0, 54.0, "The learned counsel for the"),
                (50.0, 300.0, 66.0, "respondent has opposed it and"),
            ],
            &[3, 2],
        );
    }

    #[test]
    fn an_indent_begins_one_and_the_next_line_returns() {
        check(
            &[
                (80.0, 300.0, 10.0, "Through this petition the"),
                (50.0, 300.0, 22.0, "petitioner has assailed the"),
                (50.0, 200.0, 34.0, "order of the court."),
                (80.0, 300.0, 46.0, "The learned counsel for the"),
                (50.0, 300.0, 58.0, "respondent has opposed it and"),
            ],
            &[3, 2],
        );
    }

    #[test]
    fn a_printed_number_begins_one() {
        check(
            &[
                (50.0, 300.0, 10.0, "2. The matter was heard on"),
                (50.0, 300.0, 22.0, "merits and order was reserved."),
                (50.0, 300.0, 34.0, "3. The record shows that the"),
                (50.0, 300.0, 46.0, "petitioner was not heard at"),
            ],
            &[2, 2],
        );
    }

    #[test]
    fn a_number_in_mid_sentence_begins_none() {
        check(
            &[
                (50.0, 300.0, 10.0, "as was held by the court in para"),
                (50.0, 300.0, 22.0, "3. of the said judgment which"),
                (50.0, 300.0, 34.0, "governs this matter entirely"),
            ],
            &[3],
        );
    }

    #[test]
    fn a_label_that_counts_on_within_a_sentence_begins_none() {
        check(
            &[
                (50.0, 300.0, 10.0, "a movant must show by evidence (1) that counsel failed as"),
                (50.0, 296.0, 22.0, "an attorney would not under similar circumstances, and"),
                (50.0, 300.0, 34.0, "(2) that he was prejudiced thereby and that the outcome"),
                (50.0, 200.0, 46.0, "would have been another."),
            ],
            &[4],
        );
        // Items stand under each other, and their first one does so too.
        check(
            &[
                (50.0, 300.0, 10.0, "(a) that the order was passed without any notice to him, and"),
                (50.0, 300.0, 22.0, "(b) that it was passed by one who had no power to do so."),
            ],
            &[1, 1],
        );
        check(
            &[
                (
                    50.0,
                    300.0,
                    10.0,
                    "2. (1) No one shall be heard without a notice of ten days, or",
                ),
                (50.0, 300.0, 22.0, "(2) be held for longer than the law under which he is held."),
            ],
            &[1, 1],
        );
    }

    #[test]
    fn centred_lines_stand_alone() {
        check(
            &[
                (50.0, 300.0, 10.0, "a full line of text that ends here."),
                (140.0, 210.0, 30.0, "Mr. A. B."),
                (160.0, 190.0, 42.0, "Versus"),
                (130.0, 220.0, 54.0, "The Federation"),
            ],
            &[1, 1, 1, 1],
        );
    }

    #[test]
    fn full_items_of_a_hanging_list_stay_apart() {
        check(
            &[
                (50.0, 300.0, 10.0, "299.\tMr Worth (p 206)—Energy. (Transfer – 11/10)"),
                (50.0, 300.0, 22.0, "300.\tMr de Villiers (p 155)—Traditional Affairs."),
                (75.0, 180.0, 34.0, "(Transfer – 08/08)"),
                (50.0, 300.0, 46.0, "301.\tMr de Villiers—Health. (Transfer –"),
                (75.0, 120.0, 58.0, "11/10)"),
                (50.0, 300.0, 70.0, "302.\tMr Worth (p 206)—Energy. (Transfer – 11/10)"),
            ],
            &[1, 2, 2, 1],
        );
    }

    #[test]
    fn an_indented_line_hangs_on_no_number_whose_text_returned_to_the_margin() {
        check(
            &[
                (50.0, 300.0, 10.0, "14.\tDispensation sought for is allowed subject"),
                (50.0, 260.0, 22.0, "to all just exceptions and disposed of."),
                (65.0, 130.0, 34.0, "C.M.No.02 of 2022"),
                (50.0, 300.0, 46.0, "15.\tNotice for the above date as the officer"),
                (50.0, 300.0, 58.0, "has been heard as is required by the Article"),
            ],
            &[2, 1, 2],
        );
    }

    #[test]
    fn the_last_open_line_of_a_page_of_quotations_goes_on() {
        check(
            &[
                (50.0, 300.0, 10.0, "12.\tSince the case relates to the Constitution"),
                (50.0, 300.0, 34.0, "and certain provisions of the Act involving"),
                (50.0, 300.0, 58.0, "infringement of rights of the petitioner who"),
                (50.0, 300.0, 82.0, "says that it is so, the points are as under:"),
                (80.0, 300.0, 106.0, "Whether any declaration can be passed in the"),
                (80.0, 300.0, 118.0, "light of the Article and of those judgments"),
                (80.0, 300.0, 130.0, "mentioned above by examining the power as it"),
                (80.0, 300.0, 142.0, "stands in terms of the section and the rules"),
                (80.0, 300.0, 154.0, "framed thereunder in the light of judgments,"),
                (80.0, 300.0, 166.0, "and whether the word falls under the wording"),
                (80.0, 300.0, 178.0, "that is used there, which is the wording that"),
                (80.0, 300.0, 190.0, "was chosen by those who wrote the rules for a"),
                (80.0, 200.0, 202.0, "court of that time?"),
                (50.0, 300.0, 242.0, "13. A separate notice be issued to the learned"),
                (50.0, 300.0, 266.0, "Attorney General as well as learned Advocate"),
            ],
            &[4, 9, 2],
        );
    }

    #[test]
    fn a_name_in_smaller_type_goes_on_with_its_sentence() {
        let mut input = lines(&[
            (50.0, 300.0, 10.0, "While placing reliance on the case of A. KITE and"),
            (50.0, 300.0, 22.0, "another (2003 CLC 1756) and of B. STRING versus"),
            (50.0, 300.0, 34.0, "LANTERN and 2 others (2002 YLR 1353), the learned"),
            (50.0, 200.0, 46.0, "counsel contended otherwise."),
        ]);
        input[2].size = 8.5;
        let usual = Usual { size: 10.0, notes_below: 400.0, note_before: false, face: 0 };
        let paras = paragraphs(vec![Block::Lines(input)], usual);
        assert_eq!(paras.len(), 1);
    }

    #[test]
    fn an_indented_first_line_of_a_quotation_is_full_where_the_others_are() {
        check(
            &[
                (50.0, 300.0, 10.0, "The complainant has stated before the trial court"),
                (50.0, 200.0, 34.0, "in so many words that:"),
                (100.0, 275.0, 58.0, "Motive behind it was that the accused"),
                (75.0, 275.0, 70.0, "Tayyab was not having a good character, who"),
                (75.0, 275.0, 82.0, "did this to my husband for he had admonished"),
                (75.0, 275.0, 94.0, "him and I have recorded my statement of that"),
                (75.0, 275.0, 106.0, "which was read over to me and I have put my"),
                (75.0, 120.0, 118.0, "mark on it."),
            ],
            &[2, 6],
        );
    }

    #[test]
    fn a_long_address_goes_on_with_its_sentence() {
        let mut input = lines(&[
            (50.0, 300.0, 10.0, "A host of protocols must follow the Policy 15"),
            (50.0, 230.0, 22.0, "on the use of approved algorithms"),
            (50.0, 290.0, 34.0, "(https://kites.example/issuances/Policies)."),
        ]);
        input[2].size = 8.0;
        let usual = Usual { size: 10.0, notes_below: 400.0, note_before: false, face: 0 };
        assert_eq!(paragraphs(vec![Block::Lines(input)], usual).len(), 1);
    }

    #[test]
    fn a_short_heading_with_a_number_hangs_nothing_on_it() {
        check(
            &[
                (50.0, 125.0, 10.0, "I. BACKGROUND"),
                (80.0, 300.0, 34.0, "We draw the facts from the limited record"),
                (50.0, 300.0, 58.0, "available in the district court, including"),
                (50.0, 300.0, 82.0, "the complaint and its exhibits, as they are"),
            ],
            &[1, 3],
        );
    }

    #[test]
    fn a_hanging_number_keeps_its_text() {
        check(
            &[
                (50.0, 300.0, 10.0, "290.\tMr Joseph, on Cooperative"),
                (80.0, 200.0, 22.0, "Governance and Affairs."),
                (50.0, 300.0, 34.0, "297.\tMr Worth, on Traditional"),
            ],
            &[2, 1],
        );
    }

    #[test]
    fn notes_are_apart_and_carry_their_mark() {
        let mut input = lines(&[
            (50.0, 300.0, 10.0, "The court held so. 1 It also"),
            (50.0, 300.0, 22.0, "said that it was bound."),
            (50.0, 300.0, 500.0, "1 See the order of 2019, which"),
            (50.0, 200.0, 509.0, "was affirmed."),
            (50.0, 200.0, 518.0, "2 Ibid."),
        ]);
        input[0].calls = vec!["1".to_owned()];
        for line in &mut input[2..] {
            line.size = 8.0;
        }
        input.insert(2, Line { text: "——————".to_owned(), y: 490.0, ..input[0].clone() });
        let usual = Usual { size: 10.0, notes_below: 400.0, note_before: false, face: 0 };
        let paras = paragraphs(vec![Block::Lines(input)], usual);
        let seen: Vec<(Role, Option<&str>, usize)> =
            paras.iter().map(|p| (p.role, p.label.as_deref(), p.cells[0].len())).collect();
        assert_eq!(
            seen,
            [
                (Role::Body, None, 2),
                (Role::Margin, None, 1),
                (Role::Footnote, Some("1"), 2),
                (Role::Footnote, Some("2"), 1),
            ]
        );
    }

    #[test]
    fn an_open_sentence_goes_on_over_double_spacing() {
        check(
            &[
                (80.0, 300.0, 10.0, "The questions of law framed for our"),
                (50.0, 200.0, 40.0, "consideration are the following:"),
                (60.0, 300.0, 78.0, "i. Whether the time for an appeal runs"),
                (80.0, 200.0, 90.0, "from the day of the order?"),
            ],
            &[2, 2],
        );
    }

    #[test]
    fn a_line_that_ends_in_a_small_word_goes_on() {
        check(
            &[
                (50.0, 300.0, 10.0, "• Open letter to His Excellency"),
                (60.0, 260.0, 22.0, "the President on the occasion of the"),
                (60.0, 300.0, 34.0, "15 November 2006 visit to the house"),
            ],
            &[3],
        );
    }

    #[test]
    fn an_abbreviation_ends_no_paragraph() {
        check(
            &[
                (50.0, 260.0, 10.0, "A whole example: one party v. another (Writ Petition No."),
                (50.0, 300.0, 22.0, "1805 of 2023, Islamabad High Court), an order of"),
                (50.0, 270.0, 34.0, "the year after in Tariq v."),
                (50.0, 200.0, 46.0, "Federation of Pakistan."),
            ],
            &[4],
        );
        assert!(ends_sentence("and the answer was no."));
        assert!(ends_sentence("Babar Sattar, J."));
        assert!(!ends_sentence("in Crl. Misc."));
    }

    #[test]
    fn the_last_item_of_a_list_stands_alone() {
        check(
            &[
                (50.0, 300.0, 10.0, "(i)\tLet a meeting of the members be"),
                (70.0, 300.0, 22.0, "called and notice be sent to all; and"),
                (50.0, 300.0, 34.0, "(ii)\tMr. Khan shall chair the meeting."),
            ],
            &[2, 1],
        );
    }

    #[test]
    fn a_value_goes_on_below_itself_and_ends_at_the_margin() {
        check(
            &[
                (50.0, 300.0, 10.0, "Appellant by:\tMr. A. Khan, Deputy"),
                (120.0, 200.0, 22.0, "Attorney-General."),
                (50.0, 300.0, 34.0, "Respondent by:\tMr. B. Shah, Advocate."),
                (60.0, 300.0, 46.0, "Anwar, J. This appeal is directed against"),
            ],
            &[2, 1, 1],
        );
    }

    #[test]
    fn typed_rules_stand_alone() {
        check(
            &[
                (50.0, 300.0, 10.0, "the matter was heard at length and"),
                (50.0, 300.0, 22.0, "========================"),
                (50.0, 300.0, 34.0, "Sattar, J.- The appellant is aggrieved"),
            ],
            &[1, 1, 1],
        );
    }

    #[test]
    fn a_judge_signs_above_his_office() {
        check(
            &[
                (150.0, 300.0, 10.0, "(TARIQ MEHMOOD KHAN)"),
                (200.0, 250.0, 22.0, "JUDGE"),
                (50.0, 100.0, 50.0, "Zahid"),
            ],
            &[1, 1, 1],
        );
    }

    #[test]
    fn who_signs_and_lines_of_contents_are_no_headings() {
        let input = lines(&[
            (50.0, 300.0, 10.0, "The appeal is dismissed as it is of no merit."),
            (190.0, 260.0, 40.0, "(TARIQ MEHMOOD KHAN)"),
            (200.0, 250.0, 52.0, "JUDGE"),
            (140.0, 210.0, 70.0, "CONTENTS"),
            (50.0, 300.0, 90.0, "PRELUDE .................... 3"),
        ]);
        let bold = input.into_iter().map(|line| Line { bold: line.y > 20.0, ..line }).collect();
        let usual = Usual { size: 10.0, notes_below: 400.0, note_before: false, face: 0 };
        let roles: Vec<Role> =
            paragraphs(vec![Block::Lines(bold)], usual).iter().map(|para| para.role).collect();
        assert_eq!(roles, [Role::Body, Role::Body, Role::Body, Role::Heading, Role::Body]);
    }

    #[test]
    fn parties_stand_on_both_sides_of_versus() {
        check(
            &[
                (150.0, 250.0, 10.0, "Rafiq and others"),
                (150.0, 180.0, 22.0, "versus"),
                (150.0, 200.0, 34.0, "The State"),
            ],
            &[1, 1, 1],
        );
    }
}
