//! Page ends: which paragraph goes on over the seam between two pages.

use super::mark::{self, Form};
use super::shape::{ends_sentence, is_short_heading, is_signature, leads_to_page};
use crate::model::{Page, Paragraph, Role};

/// Marks the paragraphs with which a page goes on where the page before broke off.
pub(super) fn set_continues(pages: &mut [Page]) {
    // The text of the paragraph before, and whether its last line is full.
    let mut before: Option<(String, bool)> = None;
    for page in pages.iter_mut() {
        let is_text = |paragraph: &Paragraph| {
            matches!(paragraph.role, Role::Body | Role::List | Role::Quote)
                || (paragraph.role == Role::Table && paragraph.span.len() > 80)
        };
        let first = page.paragraphs.iter().position(|paragraph| {
            is_text(paragraph)
                && page.text.get(paragraph.span.clone()).is_some_and(|text| !text.trim().is_empty())
        });
        if let (Some(first), Some((before, ends_full))) = (first, before.as_ref()) {
            let paragraph = &page.paragraphs[first];
            let text = page.text.get(paragraph.span.clone()).unwrap_or_default();
            // What begins with a small letter goes on however it is set.
            let is_set_on = *ends_full && !is_indented(page, paragraph);
            let small = text.trim_start().starts_with(char::is_lowercase);
            // A later row of a table is no rest of a sentence.
            let is_row = |paragraph: &Paragraph| paragraph.role == Role::Table;
            let above = &page.paragraphs[..first];
            let in_table = is_row(paragraph) && above.iter().any(is_row);
            // What stands under a heading is new. With a number in it, or over a sentence that goes
            // on, the heading is that of the page.
            let is_headed = above.iter().any(|paragraph| {
                let text = page.paragraph_text(paragraph);
                paragraph.role == Role::Heading && !text.contains(|c: char| c.is_ascii_digit())
            });
            let set_on = small || is_set_on && !is_headed;
            let goes_on = goes_on(before, text) && set_on && !in_table;
            page.paragraphs[first].continues = goes_on;
        }
        let last = page.paragraphs.iter().rev().find(|paragraph| is_text(paragraph));
        // A page without body text (a plate, a scan) does not break the sentence around it.
        if let Some(last) = last {
            let text = page.text.get(last.span.clone()).unwrap_or_default();
            before = Some((text.to_owned(), ends_full(page, last)));
        }
    }
}

/// Tells whether the last line of a paragraph reaches over three quarters of the page's text, so
/// that its sentence may go on: a centred date does not. `true` where no lines are known.
fn ends_full(page: &Page, paragraph: &Paragraph) -> bool {
    let left = page.lines.iter().map(|line| line.rect[0]).fold(f32::INFINITY, f32::min);
    let right = page.lines.iter().map(|line| line.rect[2]).fold(f32::NEG_INFINITY, f32::max);
    let last = page.lines.iter().rev().find(|line| {
        line.span.start >= paragraph.span.start && line.span.end <= paragraph.span.end
    });
    let text = page.paragraph_text(paragraph);
    let n_arabic = text.chars().filter(|c| ('\u{600}'..='\u{6FF}').contains(c)).count();
    let rtl = n_arabic * 2 > text.chars().count();
    let reach = 0.75 * (right - left);
    last.is_none_or(
        |last| {
            if rtl { last.rect[0] < right - reach } else { last.rect[2] > left + reach }
        },
    )
}

/// Tells whether a paragraph's first line stands further in than its second: it is a new one.
fn is_indented(page: &Page, paragraph: &Paragraph) -> bool {
    let mut lines = page.lines.iter().filter(|line| {
        line.span.start >= paragraph.span.start && line.span.end <= paragraph.span.end
    });
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let height = first.rect[3] - first.rect[1];
    first.rect[0] > second.rect[0] + height && first.rect[3] < second.rect[3]
}

/// Tells whether `text`, at the head of a page, goes on with `before`, at the end of the last.
fn goes_on(before: &str, text: &str) -> bool {
    let text = text.trim_start();
    let Some(first) = text.chars().next() else { return false };
    if is_signature(before) || is_short_heading(before) || leads_to_page(before) {
        return false;
    }
    if first.is_lowercase() {
        return true;
    }
    let labelled = mark::number(text).is_some_and(|mark| mark.form != Form::Blank)
        || mark::sub(text).is_some();
    !labelled && !ends_sentence(before) && !is_short_heading(text)
}

/// Gives the second part of a broken paragraph the label of its first.
pub(super) fn carry_over(pages: &mut [Page]) {
    let mut label: Option<String> = None;
    for page in pages.iter_mut() {
        for paragraph in &mut page.paragraphs {
            if !matches!(paragraph.role, Role::Body | Role::List | Role::Table) {
                continue;
            }
            if paragraph.continues && paragraph.label.is_none() {
                paragraph.label.clone_from(&label);
            }
            label.clone_from(&paragraph.label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::label_paragraphs;
    use super::super::plain_pages as pages;
    use super::*;
    use crate::model::document::LineBox;

    /// Sets one line for each paragraph of the first page, from its left to its right edge.
    fn draw(page: &mut Page, edges: &[[f32; 2]]) {
        for (paragraph, &[x0, x1]) in page.paragraphs.iter().zip(edges) {
            let rect = [x0, 10.0, x1, 20.0];
            page.lines.push(LineBox { span: paragraph.span.clone(), rect });
        }
    }

    #[test]
    fn a_paragraph_over_a_page_end_keeps_its_label() {
        let mut pages =
            pages(&[&["1. Heard.", "2. The order was"], &["made in haste.", "3. Set aside."]]);
        label_paragraphs(&mut pages);
        let second = &pages[1].paragraphs;
        assert_eq!((second[0].continues, second[0].label.as_deref()), (true, Some("2")));
        assert_eq!((second[1].continues, second[1].label.as_deref()), (false, Some("3")));
    }

    #[test]
    fn an_abbreviation_at_a_page_end_is_no_end() {
        let mut pages = pages(&[
            &["2. Counsel relied on Messrs Kite Vs."],
            &["Dell (AIR 1960 Bom. 91), which is old.", "3. Heard."],
        ]);
        label_paragraphs(&mut pages);
        let second = &pages[1].paragraphs;
        assert_eq!((second[0].continues, second[0].label.as_deref()), (true, Some("2")));
    }

    #[test]
    fn a_line_of_contents_goes_on_with_nothing() {
        let mut pages = pages(&[
            &["RIVAL SUBMISSIONS OF BOTH SIDES .................... 68"],
            &["THE KITES AND THE LEVY ON THEM ..................... 108"],
        ]);
        label_paragraphs(&mut pages);
        assert!(!pages[1].paragraphs[0].continues);
    }

    #[test]
    fn a_later_row_of_a_table_goes_on_with_nothing() {
        let long = "363\tOrder about the master complaint, responsive pleadings and the short form of \
            a complaint, with its answer";
        let mut drawn =
            pages(&[&["2. The schedule of all orders of the court"], &["314\tOrder", long]]);
        drawn[1].paragraphs.iter_mut().for_each(|row| row.role = Role::Table);
        label_paragraphs(&mut drawn);
        assert!(!drawn[1].paragraphs[1].continues);
    }

    #[test]
    fn what_stands_under_a_heading_is_new() {
        let mut drawn = pages(&[
            &["2. The report was sent to the clerk (Index 5/2006)"],
            &["KITES", "Head of state: the oldest of all"],
        ]);
        drawn[1].paragraphs[0].role = Role::Heading;
        label_paragraphs(&mut drawn);
        assert!(!drawn[1].paragraphs[1].continues);
    }

    #[test]
    fn a_centred_date_ends_a_page() {
        let texts: [&[&str]; 2] = [
            &["Counsel for the State of Kites", "December 22, 2031"],
            &["DELL, Circuit Judge. On"],
        ];
        let mut drawn = pages(&texts);
        draw(&mut drawn[0], &[[50.0, 500.0], [200.0, 350.0]]);
        label_paragraphs(&mut drawn);
        assert!(!drawn[1].paragraphs[0].continues);
        draw(&mut drawn[0], &[[50.0, 500.0], [50.0, 490.0]]);
        drawn[0].lines.drain(..2);
        label_paragraphs(&mut drawn);
        assert!(drawn[1].paragraphs[0].continues, "a full line may go on");
    }
}
