//! Which lines are one sentence, in whole files.

use super::tests::{at, check, extracted, pdf, pdf_in};
use crate::model::Role;

/// Draws `text` at `x`, `y` in another size.
fn sized(size: u32, x: u32, y: u32, text: &str) -> String {
    format!("BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n")
}

#[test]
fn a_page_number_beside_the_case_number_is_no_label() {
    let first = at(240, 760, "R.F.A.No.778 of 2021")
        + &at(72, 700, "Learned counsel for the applicant has referred to Rule 9 of the Code");
    let second = at(290, 750, "2")
        + &at(450, 750, "R.F.A.No.778/2021")
        + &at(72, 734, "of Civil Procedure, and submitted that a certified copy of the paper is")
        + &at(72, 718, "with the application.");
    check(
        &[&first, &second],
        &[
            "1 Body: R.F.A.No.778 of 2021",
            "1 Body: Learned counsel for the applicant has referred to Rule 9 of the Code",
            "2 Header: 2\tR.F.A.No.778/2021",
            "2 Body+: of Civil Procedure, and submitted that a certified copy of the paper is \
             with the application.",
        ],
    );
    // A paragraph that begins the page, in which another case is named.
    let second = at(72, 750, "2. W.P. No.12 of 2020 was heard with this appeal, and both of them");
    let read = extracted(&pdf(&[&first, &second], ""));
    assert_eq!(read.pages[1].paragraphs[0].role, Role::Body);
}

#[test]
fn an_address_that_the_first_page_has_as_well_is_no_running_head() {
    let first = at(72, 700, "Latham and Kite")
        + &at(72, 684, "505 Main Street")
        + &at(72, 668, "A letter to those who are named in it, and to all the others.");
    let second =
        at(72, 750, "505 Main Street") + &at(72, 734, "Suite 2000") + &at(72, 718, "Kite Town");
    let read = extracted(&pdf(&[&first, &second], ""));
    assert_eq!(read.pages[1].paragraphs[0].role, Role::Body);
}

#[test]
fn a_stretched_line_whose_words_are_drawn_last_is_no_table() {
    let page = at(72, 732, "the matter shall be heard in accordance with law, as counsel submits.")
        + &at(72, 700, "3.")
        + &at(120, 700, "Instant")
        + &at(188, 700, "petition")
        + &at(262, 700, "stands")
        + &at(72, 684, "having become infructuous, with no order as to the costs of either side.")
        + &at(330, 700, "dismissed")
        + &at(412, 700, "as");
    check(
        &[&page],
        &[
            "1 Body: the matter shall be heard in accordance with law, as counsel submits.",
            "1 Body: 3.\tInstant petition stands dismissed as having become infructuous, with no \
             order as to the costs of either side.",
        ],
    );
}

#[test]
fn one_narrow_blank_in_an_even_line_parts_words() {
    let line = |gap: u32| {
        format!(
            "BT /F 12 Tf -0.11 Tc 72 700 Td [(A) -{gap} (bill to abolish the penalty was read)] TJ ET"
        )
    };
    let text = |gap: u32| extracted(&pdf(&[&line(gap)], "")).pages[0].text.clone();
    assert_eq!(text(132), "A bill to abolish the penalty was read");
    assert_eq!(text(70), "Abill to abolish the penalty was read");
}

#[test]
fn a_sentence_goes_on_with_the_other_party_and_behind_a_divided_word() {
    let page = at(72, 700, "The court stays all briefing until it decides Hernandez Roman, et al.")
        + &at(72, 684, "v. Wolf, et al., which was argued together with the motion for a 30-")
        + &at(72, 668, "Day Extension of the time, and the case of Zepeda Rivas and others.");
    check(
        &[&page],
        &[
            "1 Body: The court stays all briefing until it decides Hernandez Roman, et al. v. Wolf, et \
           al., which was argued together with the motion for a 30-Day Extension of the time, and \
           the case of Zepeda Rivas and others.",
        ],
    );
    // An item of a list is one.
    let page = at(72, 700, "iv. whether the claim is barred by time, as the court below has held;")
        + &at(72, 684, "v. Whether the decree is to be set aside on the ground that was taken.");
    let read = extracted(&pdf(&[&page], ""));
    assert_eq!(read.pages[0].paragraphs.len(), 2);
}

#[test]
fn sizes_that_an_ocr_layer_guesses_end_no_paragraph() {
    let lines = [
        (14, "the learned counsel for the side has, in fact, sought review"),
        (12, "of the order of this court in the petition of that year that is dated"),
        (15, "14.02.2023, and passed in W.P No. 508 of that year, at para-4"),
        (11, "whereof it is said that the grievance has not been seen by the court so"),
        (13, "that the office is to fix it at once, and the other side has"),
        (12, "to be heard on the whole of it as well, if so advised."),
    ];
    let drawn = lines.iter().zip([700, 680, 660, 640, 620, 600]);
    let page: String = drawn.map(|((size, text), y)| sized(*size, 72, y, text)).collect();
    let read = extracted(&pdf(&[&format!("BT 3 Tr ET {page}")], ""));
    assert_eq!(read.pages[0].paragraphs.len(), 1, "{:?}", read.pages[0].text);
}

#[test]
fn the_head_of_a_table_is_no_second_line_of_the_party_above_it() {
    let page = sized(9, 60, 670, "Serial No. of")
        + &sized(9, 150, 670, "Date of order")
        + &at(90, 700, "National Insurance")
        + &at(230, 700, "Company through")
        + &at(350, 700, "its CEO, etc.");
    let read = extracted(&pdf(&[&page], ""));
    let texts: Vec<String> = {
        let page = &read.pages[0];
        page.paragraphs.iter().map(|p| page.paragraph_text(p).replace('\t', " ")).collect()
    };
    assert_eq!(texts[0], "National Insurance Company through its CEO, etc.");
}

#[test]
fn a_quotation_in_another_face_needs_only_an_indent() {
    let set = |font: char, x: u32, y: u32, text: &str| {
        format!("BT /{font} 12 Tf {x} {y} Td ({text}) Tj ET\n")
    };
    let page =
        set('F', 72, 700, "Reliance is placed on the case of the State, in which it was held")
            + &set('F', 72, 684, "by the Supreme Court that:")
            + &set('G', 108, 660, "\"the parameters to deal with an appeal against")
            + &set('G', 108, 644, "conviction and with one against acquittal are")
            + &set('G', 108, 628, "quite different\".")
            + &set(
                'F',
                72,
                604,
                "I have heard learned counsel and have gone through all of the record.",
            );
    let read = extracted(&pdf_in(&["Times-Roman", "Courier"], &[&page], ""));
    let roles: Vec<Role> = read.pages[0].paragraphs.iter().map(|p| p.role).collect();
    assert_eq!(roles, [Role::Body, Role::Quote, Role::Body]);
}

#[test]
fn a_quotation_beside_two_paragraphs_stands_in_neither() {
    let large = |y: u32, text: &str| sized(15, 340, y, text);
    let page =
        at(72, 760, "Murat Khan, who had been released in August after years of detention under")
            + &at(
                72,
                744,
                "pressure from his family, from lawyers and from members of the society, said",
            )
            + &at(72, 728, "that the force was too small to protect them, even")
            + &at(72, 712, "those who were stationed near the place of the")
            + &at(72, 696, "Union and its peacekeepers in that country.")
            + &at(72, 672, "In March the African Union was asked for the")
            + &at(72, 656, "duties of its African Union Mission in the")
            + &at(
                72,
                640,
                "Sudan to be transferred to another force, which had lacked equipment until",
            )
            + &at(72, 624, "the government restricted what it did.")
            + &large(714, "MURAT KHAN WAS")
            + &large(699, "RELEASED IN AUGUST")
            + &large(684, "AFTER PRESSURE FROM")
            + &large(669, "LAWYERS, MEMBERS OF")
            + &large(654, "HIS FAMILY");
    check(
        &[&page],
        &[
            "1 Body: Murat Khan, who had been released in August after years of detention under \
             pressure from his family, from lawyers and from members of the society, said that the \
             force was too small to protect them, even those who were stationed near the place \
             of the Union and its peacekeepers in that country.",
            "1 Quote: MURAT KHAN WAS RELEASED IN AUGUST AFTER PRESSURE FROM LAWYERS, MEMBERS OF HIS \
             FAMILY",
            "1 Body: In March the African Union was asked for the duties of its African Union \
             Mission in the Sudan to be transferred to another force, which had lacked equipment \
             until the government restricted what it did.",
        ],
    );
}

#[test]
fn a_page_in_bold_has_text_and_no_headings() {
    let page =
        at(72, 700, "The appellant has filed a suit for performance of the sale and a claim for")
            + &at(
                72,
                684,
                "damages of some lakhs, which the court below has decreed in his favour.",
            )
            + &at(
                108,
                652,
                "Learned counsel has, after making reference to Rule 9 and to the orders",
            );
    let read = extracted(&pdf_in(&["Helvetica-Bold"], &[&page], ""));
    let last = read.pages[0].paragraphs.last().unwrap();
    assert_eq!(last.role, Role::Body);
}

#[test]
fn a_date_close_to_the_text_beside_it_is_no_part_of_that() {
    let page = at(50, 700, "29")
        + &at(100, 700, "25.04.2024 Mr. Aftab Rashid, advocate for the petitioners in")
        + &at(164, 684, "this case, and Barrister Munawar Iqbal for the other side, have")
        + &at(164, 668, "been heard.");
    check(
        &[&page],
        &[
            "1 Table: 29\t25.04.2024",
            "1 Body: Mr. Aftab Rashid, advocate for the petitioners in this case, and Barrister Munawar \
             Iqbal for the other side, have been heard.",
        ],
    );
}

#[test]
fn cells_that_leave_each_other_little_room_are_cells() {
    // Drawn column by column; `proceedings ` ends close to the third column.
    let page = at(60, 700, "S. No. of ")
        + &at(60, 684, "proceedings ")
        + &at(160, 700, "Date of ")
        + &at(160, 684, "proceedings ")
        + &at(234, 700, "Order with signature of the judge and")
        + &at(234, 684, "that of parties.");
    check(
        &[&page],
        &[
            "1 Table: S. No. of proceedings\tDate of proceedings\tOrder with signature of the judge and \
           that of parties.",
        ],
    );
}
