use super::*;
use crate::extract::Limits;

/// Writes a PDF whose pages draw `contents` in Helvetica; `more` goes into the catalog.
pub(super) fn pdf(contents: &[&str], more: &str) -> Vec<u8> {
    pdf_in(&["Helvetica"], contents, more)
}

/// The same in other fonts of those that each reader has: `/F` is the first, `/G` the second.
pub(super) fn pdf_in(fonts: &[&str], contents: &[&str], more: &str) -> Vec<u8> {
    let font = |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} >>");
    let others: String = ('G'..)
        .zip(fonts.iter().skip(1))
        .map(|(key, name)| format!("/{key} {} ", font(name)))
        .collect();
    let n = contents.len();
    let kids: Vec<String> = (0..n).map(|idx| format!("{} 0 R", 4 + 2 * idx)).collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {more} >>"),
        format!("<< /Type /Pages /Count {n} /Kids [{}] >>", kids.join(" ")),
        font(fonts[0]),
    ];
    for (idx, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R \
             /Resources << /Font << /F 3 0 R {others}>> >> >>",
            5 + 2 * idx
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", idx + 1).bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    bytes.extend(
        format!(
            "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    bytes
}

/// Returns the operators that draw `text` at `x`, `y` points from the bottom left corner.
pub(super) fn at(x: u32, y: u32, text: &str) -> String {
    format!("BT /F 12 Tf {x} {y} Td ({text}) Tj ET\n")
}

pub(super) fn extracted(bytes: &[u8]) -> Extracted {
    let limits = Limits::default();
    let job =
        Job { name: "order.pdf", limits: &limits, beat: &|| {}, passwords: &[], charset: None };
    read(bytes, &job).unwrap()
}

#[track_caller]
pub(super) fn check(contents: &[&str], expect: &[&str]) {
    let read = extracted(&pdf(contents, ""));
    let mut seen = Vec::new();
    for page in &read.pages {
        for paragraph in &page.paragraphs {
            let mark = if paragraph.continues { "+" } else { "" };
            let text = page.paragraph_text(paragraph);
            seen.push(format!("{} {:?}{mark}: {text}", page.number, paragraph.role));
        }
    }
    assert_eq!(seen, expect);
}

#[test]
fn a_paragraph_goes_over_the_page_end_and_a_watermark_is_none_of_it() {
    let first = at(72, 700, "12. The petitioner, who is a subscriber of the company, has")
        + &at(72, 684, "assailed the order by which his record was called for by the")
        + "0.8 g BT /F 60 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (For Read Only) Tj ET 0 g\n";
    let second = at(72, 700, "authority without notice.") + &at(290, 40, "2");
    check(
        &[&first, &second],
        &[
            "1 Body: 12. The petitioner, who is a subscriber of the company, has assailed the \
             order by which his record was called for by the",
            "1 Watermark: For Read Only",
            "2 Body+: authority without notice.",
            "2 Footer: 2",
        ],
    );
}

#[test]
fn the_date_of_an_order_sheet_is_no_part_of_its_text() {
    let page =
        "BT /F 12 Tf 100 700 Td (29-1-2025. ) Tj 70 0 Td (Mr. Khan, Advocate for the) Tj ET\n"
            .to_owned()
            + &at(170, 684, "petitioner has argued that")
            + &at(170, 668, "the order was passed without")
            + &at(170, 652, "any hearing of the lady.");
    check(
        &[&page],
        &[
            "1 Table: 29-1-2025.",
            "1 Body: Mr. Khan, Advocate for the petitioner has argued that the order was passed \
             without any hearing of the lady.",
        ],
    );
}

#[test]
fn a_case_number_above_mid_sentence_is_a_running_head() {
    let first = at(72, 700, "Civil Revision of Mst. Khan against the order of the court")
        + &at(72, 684, "by which the property of the lady, as counsel submits, was sold");
    let second = at(72, 740, "C.R. No.01/2024 of Khan")
        + &at(72, 716, "-2-")
        + &at(72, 684, "although it had never been part of the estate that he left,")
        + &at(72, 668, "as the court below has found.");
    check(
        &[&first, &second],
        &[
            "1 Body: Civil Revision of Mst. Khan against the order of the court by which the \
             property of the lady, as counsel submits, was sold",
            "2 Header: -2-",
            "2 Header: C.R. No.01/2024 of Khan",
            "2 Body+: although it had never been part of the estate that he left, as the court \
             below has found.",
        ],
    );
}

#[test]
fn invisible_text_is_an_ocr_layer() {
    let read = extracted(&pdf(&["BT 3 Tr /F 12 Tf 72 700 Td (ISLAMABAD HIGH COURT) Tj ET"], ""));
    let page = &read.pages[0];
    assert_eq!(page.origin, PageOrigin::OcrLayer);
    assert!(page.quality <= 0.90);
    assert_eq!(page.text, "ISLAMABAD HIGH COURT");
}

#[test]
fn text_under_a_black_box_is_kept_and_named() {
    let page = at(72, 700, "the name of the informer") + "0 g 70 695 200 16 re f\n";
    let read = extracted(&pdf(&[&page], ""));
    assert_eq!(read.pages[0].text, "the name of the informer");
    assert_eq!(read.warnings[0].kind, WarningKind::HiddenText);
}

#[test]
fn the_file_labels_its_pages() {
    let labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 7 /P (A-) >>] >>";
    let read = extracted(&pdf(&[&at(72, 700, "one"), &at(72, 700, "two")], labels));
    let labels: Vec<Option<&str>> = read.pages.iter().map(|p| p.label.as_deref()).collect();
    assert_eq!(labels, [Some("i"), Some("A-7")]);
}

#[test]
fn the_printed_number_beats_the_files_own() {
    let pages: Vec<String> =
        (47..51).map(|n| at(72, 400, "text") + &at(290, 40, &n.to_string())).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let read = extracted(&pdf(&pages, "/PageLabels << /Nums [0 << /S /D /St 5 >>] >>"));
    assert_eq!(read.pages[0].label.as_deref(), Some("47"));
    assert_eq!(read.warnings[0].kind, WarningKind::PageLabelConflict);
}

#[test]
fn half_a_file_is_read_and_said_to_be_repaired() {
    let mut bytes = pdf(&[&at(72, 700, "what is left")], "");
    let cut = bytes.windows(4).position(|window| window == b"xref").unwrap();
    bytes.truncate(cut);
    let read = extracted(&bytes);
    assert_eq!(read.pages[0].text, "what is left");
    assert_eq!(read.warnings[0].kind, WarningKind::DamagedRepaired);
}

#[test]
fn every_line_has_its_box() {
    let read = extracted(&pdf(&[&at(72, 700, "first line")], ""));
    let line = &read.pages[0].lines[0];
    assert_eq!(line.span, 0..10);
    assert!((line.rect[0] - 72.0).abs() < 0.1);
    // The baseline is 100 points from the top.
    assert!(line.rect[1] < 100.0 && line.rect[3] > 100.0);
}

#[test]
fn a_page_is_drawn() {
    let limits = Limits::default();
    let job = Job { name: "", limits: &limits, beat: &|| {}, passwords: &[], charset: None };
    let picture = render(&pdf(&[&at(72, 700, "text")], ""), PageNo::FIRST, 36, &job).unwrap();
    assert_eq!((picture.width, picture.height, picture.dpi), (300, 400, 36));
    assert!(picture.png.starts_with(b"\x89PNG"));
}

#[test]
fn numbers_of_two_digits_are_words_of_their_own() {
    // Most gaps of the line stand between numbers.
    let line: String = [3, 4, 9, 10, 11, 14, 17, 18, 20, 21, 23]
        .into_iter()
        .scan(72, |x, number| {
            let drawn = at(*x, 700, &number.to_string());
            *x += if number < 10 { 12 } else { 19 };
            Some(drawn)
        })
        .collect();
    check(&[&line], &["1 Body: 3 4 9 10 11 14 17 18 20 21 23"]);
}

#[test]
fn a_spaced_line_is_one_word() {
    let line = "BT /F 12 Tf 3 Tc 72 700 Td (JUDGMENT) Tj ET";
    let read = extracted(&pdf(&[line], ""));
    assert_eq!(read.pages[0].text, "JUDGMENT");
}

#[test]
fn dots_before_a_page_number_are_no_letters() {
    let line = "BT /F 12 Tf 72 700 Td (Paths) Tj 34 0 Td (and) Tj 24 0 Td (knots) Tj \
                3 Tc 36 0 Td (..............................) Tj ET";
    let read = extracted(&pdf(&[line], ""));
    assert!(read.pages[0].text.starts_with("Paths and knots"), "{}", read.pages[0].text);
}

#[test]
fn three_columns_drawn_line_by_line_are_read_one_by_one() {
    let columns = [
        "the estate of the late owner",
        "a tenant who holds under him",
        "any court that hears a claim",
    ];
    let page: String = (0..20)
        .flat_map(|n| {
            let cells = columns.iter().zip([40, 220, 400]);
            cells.map(move |(text, x)| at(x, 700 - 14 * n, text)).collect::<Vec<_>>()
        })
        .collect();
    let text = extracted(&pdf(&[&page], "")).pages[0].text.replace(['\n', '\t'], " ");
    let at = |text: &str, part: &str| [text.find(part), text.rfind(part)].map(Option::unwrap);
    let [first, second, third] = columns.map(|column| at(&text, column));
    assert!(first[1] < second[0] && second[1] < third[0], "{text}");
}

#[test]
fn letters_on_a_picture_or_a_gradient_are_seen() {
    let ground = "1 g 0 0 600 800 re f\n";
    let letters = "1 g BT /F 12 Tf 72 700 Td (A heading in white) Tj ET 0 g\n";
    let image = "q 300 0 0 40 60 690 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q\n";
    let text = at(72, 600, "what stands below in black");
    let warned = |contents: &str| {
        let read = extracted(&pdf(&[contents], ""));
        read.warnings.iter().any(|warning| warning.kind == WarningKind::HiddenText)
    };
    assert!(warned(&format!("{ground}{letters}{text}")));
    assert!(!warned(&format!("{ground}{image}{letters}{text}")));
    // Many programs draw a gradient as strips.
    let strips: String =
        (0..40).map(|n| format!("0 0 0.{:02} rg 60 {} 300 1 re f\n", 40 + n, 690 + n)).collect();
    assert!(!warned(&format!("{ground}{strips}{letters}{text}")));
    // One strip alone is a line.
    assert!(warned(&format!("{ground}0 g 60 704 300 1 re f\n{letters}{text}")));
    // The picture lies under the ground.
    assert!(warned(&format!("{image}{ground}{letters}{text}")));
}

#[test]
fn letters_outside_the_page_are_counted() {
    let text = at(72, 700, "seen") + &at(72, 900, &"unseen letters ".repeat(20));
    let read = extracted(&pdf(&[&text], ""));
    assert_eq!(read.pages[0].text, "seen");
    assert!(read.warnings[0].detail.starts_with("260 letters lie outside"), "{:?}", read.warnings);
}

#[test]
fn a_number_that_counts_beside_a_text_that_recurs_is_a_head() {
    // The print is small on a large page: its first line is far from the edge.
    let lines = ["corpus of the district", "name of that witness in", "cluded offences, so that"];
    let pages: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(idx, line)| {
            let number = (idx + 2).to_string();
            let [left, right] =
                if idx % 2 == 0 { [&number, "No. 08-2110"] } else { ["No. 08-2110", &number] };
            at(150, 640, left)
                + &at(400, 640, right)
                + if idx == 1 { "BT /F 12 Tf 150 625 Td ([ROVNER, J.]) Tj ET\n" } else { "" }
                + &at(150, 590, line)
                + &at(150, 574, "it was held.")
        })
        .collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let read = extracted(&pdf(&pages, ""));
    for (page, n_heads) in read.pages.iter().zip([1, 2, 1]) {
        let roles: Vec<Role> = page.paragraphs.iter().map(|paragraph| paragraph.role).collect();
        assert_eq!(roles, [vec![Role::Header; n_heads], vec![Role::Body]].concat());
    }
    let labels: Vec<Option<&str>> = read.pages.iter().map(|page| page.label.as_deref()).collect();
    assert_eq!(labels, [Some("2"), Some("3"), Some("4")]);
}

#[test]
fn years_over_the_columns_of_a_table_are_no_running_head() {
    let pages: Vec<String> = (1..=4)
        .map(|n| {
            let head = at(200, 770, "NOTES TO THE ACCOUNTS") + &at(72, 750, "Year ended in March");
            let years = at(300, 735, "2023") + &at(360, 735, "2022") + &at(420, 735, "2021");
            let sums = at(72, 720, &format!("Leases {n}"))
                + &at(305, 720, "56")
                + &at(365, 720, "53")
                + &at(425, 720, "57");
            head + &years + &sums
        })
        .collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let read = extracted(&pdf(&pages, ""));
    let page = &read.pages[2];
    let role = |text: &str| {
        page.paragraphs.iter().find(|p| page.paragraph_text(p).contains(text)).unwrap().role
    };
    assert_eq!(role("NOTES"), Role::Header);
    assert_ne!(role("2022"), Role::Header);
}
