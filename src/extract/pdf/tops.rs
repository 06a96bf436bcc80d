//! What stands at the top of a page, by how the page before ends: a head that no other page bears, and
//! the rest of a sentence that looks like a heading.

use super::Parts;
use super::assemble::{self, Before};
use super::blocks::Line;
use super::paragraphs::{self, Para};
use crate::model::Role;

impl Parts {
    /// Marks short lines with a number at the top of a page as its running head, where the text
    /// below them goes on in mid-sentence: `Crl. Misc. No. 03 of 2025`, `-2-`.
    pub(super) fn mark_head(&mut self, before: Option<&Before>) {
        let [_, top, _, bottom] = self.draft.frame.page;
        let limit = top + 0.15 * (bottom - top);
        let is_head = |para: &&Para| {
            let line = para.cells.first().and_then(|cell| cell.first());
            line.is_some_and(|line| {
                line.y < limit
                    && line.text.chars().count() <= 60
                    && line.text.contains(|c: char| c.is_ascii_digit())
                    && !assemble::starts_lower(&line.text)
            }) && para.cells.iter().map(Vec::len).sum::<usize>() == 1
        };
        let n = self.body.iter().take_while(is_head).count();
        let next = self.body.get(n).and_then(|para| para.cells.first()).and_then(|c| c.first());
        let goes_on = next.is_some_and(|line| assemble::starts_lower(&line.text));
        if goes_on && before.is_some_and(|before| !before.text_ended) {
            self.body.iter_mut().take(n).for_each(|para| para.role = Role::Header);
        }
    }

    /// Takes the first lines of a page for text where the sentence before broke off in a full line and
    /// they are as wide as the text below: in another copy of the same font they look like a heading.
    pub(super) fn unmark_rest(&mut self, before: Option<&Before>) {
        if before.is_none_or(|before| before.text_ended || !before.ends_full) {
            return;
        }
        let lines = |para: &Para| para.cells.iter().flatten().cloned().collect::<Vec<_>>();
        let is_flowing = |para: &&Para| assemble::flows(para.role);
        let text: Vec<Line> = self.body.iter().filter(is_flowing).flat_map(lines).collect();
        let right = text.iter().map(|line| line.x1).fold(f32::NEG_INFINITY, f32::max);
        let left = text.iter().map(|line| line.x0).fold(f32::INFINITY, f32::min);
        let size = paragraphs::usual_size(text.iter().map(|line| (line.text.as_str(), line.size)));
        let Some(first) = self.body.first_mut() else { return };
        let own = lines(first);
        let [full @ .., _] = own.as_slice() else { return };
        let is_text = |line: &Line| {
            !line.bold && (0.87..=1.15).contains(&(line.size / size)) && line.x0 < left + line.size
        };
        if first.role == Role::Heading
            && !full.is_empty()
            && own.iter().all(is_text)
            && full.iter().all(|line| line.x1 > right - line.size)
        {
            first.role = Role::Body;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{extracted, pdf_in};
    use crate::model::Role;

    #[test]
    fn the_rest_of_a_sentence_in_another_copy_of_the_font_is_no_heading() {
        let set =
            |font: char, y: u32, text: &str| format!("BT /{font} 12 Tf 72 {y} Td ({text}) Tj ET\n");
        let own =
            |y: u32| set('F', y, "The board of revenue has spoken at length of kites and strings,");
        let open = set('F', 400, "and it has already issued its instructions through notification");
        let first: String = (0..20).map(|idx| own(720 - 16 * idx)).collect::<String>() + &open;
        let rest =
            set('G', 720, "No. 2 of the year before to the chief commissioners, all of them and")
                + &set('G', 704, "to the offices in the following manner:");
        let quoted: String = (0..4)
            .map(|idx| {
                set(
                    'F',
                    680 - 16 * idx,
                    "Complaints of kites have been received by the board of the town",
                )
            })
            .collect();
        let fonts = ["Times-Roman", "Courier", "Times-Italic"];
        let second = rest + &quoted + &set('F', 600, "as said.");
        let read = extracted(&pdf_in(&fonts, &[&first, &second], ""));
        let page = &read.pages[1];
        assert_eq!(page.paragraphs[0].role, Role::Body, "{}", page.text);
        assert!(page.paragraphs[0].continues);
        // After a finished sentence it is a heading.
        let ended = first.replace("through notification", "by notification of all.");
        let read = extracted(&pdf_in(&fonts, &[&ended, &second], ""));
        assert!(!read.pages[1].paragraphs[0].continues);
    }
}
