use std::io::Write as _;

use super::*;
use crate::extract::Limits;

/// Makes a `.docx` of parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn read_bytes(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let limits = Limits::default();
    let job = Job { name: "x.docx", limits: &limits, beat: &|| (), passwords: &[], charset: None };
    read(bytes, &job)
}

#[track_caller]
fn check(parts: &[(&str, &str)], expect: &[(&str, Role, Option<&str>)]) {
    let read = read_bytes(&package(parts)).unwrap();
    let page = &read.pages[0];
    let found: Vec<_> = page
        .paragraphs
        .iter()
        .map(|p| (page.paragraph_text(p), p.role, p.label.as_deref()))
        .collect();
    assert_eq!(found, expect);
}

#[test]
fn notes_follow_the_paragraph_that_calls_them() {
    check(
        &[
            ("word/document.xml", "<w:document><w:body>
                <w:p><w:r><w:t>First</w:t><w:footnoteReference w:id='2'/><w:t xml:space='preserve'> part.</w:t></w:r></w:p>
                <w:p><w:r><w:t>Second.</w:t></w:r><w:r><w:commentReference w:id='0'/></w:r></w:p>
                </w:body></w:document>"),
            ("word/footnotes.xml", "<w:footnotes><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>
                <w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>See PECA.</w:t></w:r></w:p><w:p><w:r><w:t>And the rules.</w:t></w:r></w:p></w:footnote></w:footnotes>"),
            ("word/comments.xml", "<w:comments><w:comment w:id='0' w:author='AB'><w:p><w:r><w:t>Check.</w:t></w:r></w:p></w:comment></w:comments>"),
            ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>Draft</w:t></w:r></w:p></w:hdr>"),
            ("word/header2.xml", "<w:hdr><w:p><w:r><w:t>Draft</w:t></w:r></w:p></w:hdr>"),
        ],
        &[
            ("Draft", Role::Header, None),
            ("First part.", Role::Body, None),
            ("See PECA.", Role::Footnote, Some("1")),
            ("And the rules.", Role::Footnote, Some("1")),
            ("Second.", Role::Body, None),
            ("AB: Check.", Role::Comment, None),
        ],
    );
}

#[test]
fn changes_fields_boxes_and_tables() {
    check(
        &[("word/document.xml", "<w:document><w:body>
            <w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>
              <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>
              <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>
              <w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
              <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:tc><w:p><w:r><w:t>alone</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>
            </w:body></w:document>")],
        &[
            ("new7", Role::Body, None),
            ("boxed", Role::Body, None),
            ("a\nc\tb", Role::Table, None),
            ("alone", Role::Body, None),
        ],
    );
}

#[test]
fn headings_by_style_by_its_parent_and_by_level_and_links_read_once() {
    check(
        &[
            ("word/document.xml", "<w:document><w:body>
                <w:p><w:pPr><w:pStyle w:val='H1'/></w:pPr><w:r><w:t>Background</w:t></w:r></w:p>
                <w:p><w:pPr><w:pStyle w:val='Mine'/></w:pPr><w:r><w:t>The law</w:t></w:r></w:p>
                <w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>Outcome</w:t></w:r></w:p>
                <w:p><w:hyperlink r:id='r1'><w:r><w:t>The Act</w:t></w:r></w:hyperlink><w:r><w:t xml:space='preserve'> and </w:t></w:r>
                <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK \"https://x.example\"</w:instrText></w:r>
                <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>the Rules</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>
                <w:fldSimple w:instr='REF x'><w:r><w:t>, 2023</w:t></w:r></w:fldSimple></w:p>
                </w:body></w:document>"),
            ("word/styles.xml", "<w:styles><w:style w:styleId='Mine'><w:name w:val='Mine'/><w:basedOn w:val='H1'/></w:style>
                <w:style w:styleId='H1'><w:name w:val='heading 1'/></w:style></w:styles>"),
        ],
        &[
            ("Background", Role::Heading, None),
            ("The law", Role::Heading, None),
            ("Outcome", Role::Heading, None),
            ("The Act and the Rules, 2023", Role::Body, None),
        ],
    );
}

#[test]
fn numbers_in_cells_and_letters_of_the_symbol_font() {
    let numbered = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let symbol = "<w:rPr><w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/></w:rPr>";
    let main = format!(
        "<w:document><w:body><w:tbl><w:tr><w:tc>{}{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>
         <w:p><w:r>{symbol}<w:t>a\u{F062}</w:t></w:r><w:r><w:sym w:font='Symbol' w:char='F070'/></w:r></w:p></w:body></w:document>",
        numbered("one"), numbered("two"), numbered("three"),
    );
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>
        <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>";
    check(
        &[("word/document.xml", &main), ("word/numbering.xml", numbering)],
        &[("one\n2. two\t3. three", Role::Table, Some("1")), ("αβπ", Role::Body, None)],
    );
}

#[test]
fn parts_of_other_names_are_found_by_their_relations() {
    let main = "<w:document><w:body><w:p><w:pPr><w:pStyle w:val='H'/></w:pPr><w:r><w:t>One</w:t></w:r></w:p></w:body></w:document>";
    let styles =
        "<w:styles><w:style w:styleId='H'><w:name w:val='heading 1'/></w:style></w:styles>";
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |kind_of: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id='r1' Type='{kind}/{kind_of}' Target='{target}'/></Relationships>"
        )
    };
    let parts = [
        ("_rels/.rels", relations("officeDocument", "/word/document22.xml")),
        ("word/document22.xml", main.to_owned()),
        ("word/_rels/document22.xml.rels", relations("styles", "styles22.xml")),
        ("word/styles22.xml", styles.to_owned()),
    ];
    let parts: Vec<_> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    check(&parts, &[("One", Role::Heading, None)]);
    let sniffed = crate::extract::sniff::sniff(&package(&parts), "x").unwrap();
    assert_eq!(sniffed.format, crate::extract::sniff::Format::Docx);
    // Without relations, by the look of the name.
    check(&parts[1..2], &[("One", Role::Body, None)]);
}

#[test]
fn what_is_no_package_is_damaged() {
    assert!(matches!(read_bytes(b"PK\x03\x04nothing"), Err(ExtractError::Damaged { .. })));
    assert!(matches!(read_bytes(&package(&[("a", "b")])), Err(ExtractError::Damaged { .. })));
}

proptest::proptest! {
    #[test]
    fn never_panics(at in 0usize..2000, byte: u8) {
        let mut bytes = package(&[
            ("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>text</w:t></w:r></w:p></w:body></w:document>"),
            ("word/numbering.xml", "<w:numbering><w:num w:numId='1'/></w:numbering>"),
        ]);
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read_bytes(&bytes).is_ok();
    }
}
