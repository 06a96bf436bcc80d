use std::io::Write as _;

use super::*;
use crate::extract;

/// Packs the parts of a Word or `OpenDocument` text.
fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    // The type of an OpenDocument text is its first part, not compressed.
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Returns each quotation with the texts of its notes.
fn noted(draft: &DraftText) -> Vec<(String, Vec<String>)> {
    let parsed = quote::Draft::parse(&draft.text, draft.kind);
    let of = |quotation: &quote::Quotation| {
        let mut notes = Vec::new();
        for zone in &quotation.after {
            for (_, name) in parsed.blocks[zone.block].calls(zone.span.clone()) {
                let blocks = parsed.notes.get(name).into_iter().flatten();
                notes.extend(blocks.map(|block| parsed.blocks[*block].text.clone()));
            }
        }
        (quotation.text.clone(), notes)
    };
    parsed.quotations.iter().map(of).collect()
}

#[test]
fn drafts_in_text_stay_as_they_are() {
    assert_eq!(
        read_draft(b"<p>x</p>", "a.html", &Readers::InProcess).unwrap().kind,
        DraftKind::Html
    );
    assert!(matches!(
        read_draft(b" \n", "a.md", &Readers::InProcess),
        Err(TaskError::Extract { .. })
    ));
    assert!(matches!(
        read_draft(b"\xff\xfe\x00", "a.txt", &Readers::InProcess),
        Err(TaskError::Extract { .. })
    ));
}

#[test]
fn notes_of_word_documents_are_tied_to_their_calls() {
    let run = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let foot = |id: u32| format!("<w:r><w:footnoteReference w:id='{id}'/></w:r>");
    let end = "<w:r><w:endnoteReference w:id='1'/></w:r>";
    let body = format!(
        "<w:document><w:body><w:p>{}{}{}{}{}</w:p><w:p>{}{end}</w:p>\
         <w:p><w:pPr><w:pStyle w:val='Quote'/></w:pPr>{}{}</w:p></w:body></w:document>",
        run("He held “one two three”"),
        foot(2),
        run(" and “four five six”."),
        foot(3),
        run(" More."),
        run("She held “seven eight nine”."),
        run("ten eleven twelve"),
        foot(4),
    );
    let note = |id: u32, text: &str| {
        format!(
            "<w:footnote w:id='{id}'><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
            run(text)
        )
    };
    let notes = format!(
        "<w:footnotes><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>{}{}{}</w:footnotes>",
        note(2, "PLD 1998 SC 388."),
        note(3, "Ibid, at 412."),
        "<w:footnote w:id='4'><w:p><w:r><w:t>First of four.</w:t></w:r></w:p><w:p><w:r><w:t>Second of four.</w:t></w:r></w:p></w:footnote>",
    );
    let ends = format!(
        "<w:endnotes><w:endnote w:id='1'><w:p>{}</w:p></w:endnote></w:endnotes>",
        run("See PECA, s 37.")
    );
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='Quote'><w:name w:val='Quote'/></w:style></w:styles>";
    let bytes = pack(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &body),
        ("word/footnotes.xml", &notes),
        ("word/endnotes.xml", &ends),
        ("word/styles.xml", styles),
    ]);
    let draft = read_draft(&bytes, "draft.docx", &Readers::InProcess).unwrap();
    let expect = [
        ("one two three", vec!["PLD 1998 SC 388."]),
        ("four five six", vec!["Ibid, at 412."]),
        ("seven eight nine", vec!["See PECA, s 37."]),
        ("ten eleven twelve", vec!["First of four.", "Second of four."]),
    ];
    let found = noted(&draft);
    let found: Vec<(&str, Vec<&str>)> = found
        .iter()
        .map(|(quote, notes)| (quote.as_str(), notes.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(found, expect, "{}", draft.text);
}

#[test]
fn notes_of_open_documents_are_tied_to_their_calls() {
    let note = |class: &str, mark: &str, text: &str| {
        format!(
            "<t:note t:note-class='{class}'><t:note-citation>{mark}</t:note-citation><t:note-body><t:p>{text}</t:p></t:note-body></t:note>"
        )
    };
    let content = format!(
        "<o:document-content><o:automatic-styles><s:style s:name='P1' s:family='paragraph' s:parent-style-name='Quotations'/></o:automatic-styles>\
         <o:body><o:text><t:p>He held “one two three”{} and “four five six”.{}</t:p>\
         <t:p t:style-name='P1'>seven eight nine{}</t:p></o:text></o:body></o:document-content>",
        note("footnote", "1", "PLD 1998 SC 388."),
        note("endnote", "1", "Ibid, at 412."),
        note("footnote", "2", "See PECA, s 37."),
    );
    let bytes =
        pack(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)]);
    let draft = read_draft(&bytes, "draft.odt", &Readers::InProcess).unwrap();
    let expect = [
        ("one two three".to_owned(), vec!["PLD 1998 SC 388.".to_owned()]),
        ("four five six".to_owned(), vec!["Ibid, at 412.".to_owned()]),
        ("seven eight nine".to_owned(), vec!["See PECA, s 37.".to_owned()]),
    ];
    assert_eq!(noted(&draft), expect, "{}", draft.text);
}

#[test]
fn changed_quotations_of_real_documents_never_pass() {
    // `quote` reads no files: what reads them is handed to it.
    quote::mutations::changed_quotations_of_real_documents(&|path| {
        let bytes = std::fs::read(path).ok()?;
        let name = path.file_name()?.to_string_lossy();
        let limits = Limits::default();
        let job = Job { name: &name, limits: &limits, beat: &|| (), passwords: &[], charset: None };
        Some(extract::read(&bytes, &job).ok()?.pages)
    });
}
