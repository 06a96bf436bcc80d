//! DOCX: a Word document with real footnotes, the same bytes for the same list.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::super::list::Item;
use super::super::run::{Face, Runs};
use super::super::{CiteError, Options};
use super::xml::escape;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/footnotes.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml\"/>\
</Types>";

const PACKAGE: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
</Relationships>";

const PARTS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes\" Target=\"footnotes.xml\"/>\
</Relationships>";

/// Paragraphs and characters that the document uses.
const STYLES: &str = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
<w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>\
<w:style w:type=\"paragraph\" w:styleId=\"Quote\"><w:name w:val=\"Quote\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:ind w:left=\"720\" w:right=\"720\"/></w:pPr></w:style>\
<w:style w:type=\"paragraph\" w:styleId=\"FootnoteText\"><w:name w:val=\"footnote text\"/><w:basedOn w:val=\"Normal\"/><w:rPr><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr></w:style>\
<w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>";

/// Writes the packed document.
pub(super) fn write(items: &[Item<'_>], options: &Options<'_>) -> Result<Vec<u8>, CiteError> {
    let mut body = String::new();
    let mut notes = String::from(
        "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>",
    );
    let rtl = options.lang.is_rtl();
    for item in items {
        if let Some(heading) = &item.heading {
            let words = Runs::field(heading, options.lang);
            body.push_str(&paragraph(Some("Heading2"), rtl, &runs(&words, rtl)));
        }
        match item.number {
            Some(number) => {
                let reference = format!(
                    "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{number}\"/></w:r>"
                );
                // The sentence that the note belongs to is the author's; the quotation stands in
                // for it where there is one.
                let quoted: String = item.quotes.iter().map(|quote| quoted(quote, rtl)).collect();
                body.push_str(&paragraph(None, rtl, &format!("{quoted}{reference}")));
                let mark = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>";
                let text = format!("{mark}{}{}", plain(" "), runs(&item.runs, rtl));
                let mut inside = paragraph(Some("FootnoteText"), rtl, &text);
                for line in below(item, rtl) {
                    inside.push_str(&paragraph(Some("FootnoteText"), rtl, &line));
                }
                notes.push_str(&format!("<w:footnote w:id=\"{number}\">{inside}</w:footnote>"));
            }
            None => {
                body.push_str(&paragraph(None, rtl, &runs(&item.runs, rtl)));
                for quote in &item.quotes {
                    body.push_str(&paragraph(Some("Quote"), rtl, &runs(quote, rtl)));
                }
                for line in below(item, rtl) {
                    body.push_str(&paragraph(Some("Quote"), rtl, &line));
                }
            }
        }
    }
    let section = if rtl { "<w:sectPr><w:bidi/></w:sectPr>" } else { "<w:sectPr/>" };
    pack(&[
        ("[Content_Types].xml", format!("{HEAD}{TYPES}")),
        ("_rels/.rels", format!("{HEAD}{PACKAGE}")),
        (
            "word/document.xml",
            format!("{HEAD}<w:document {W}><w:body>{body}{section}</w:body></w:document>"),
        ),
        ("word/_rels/document.xml.rels", format!("{HEAD}{PARTS}")),
        ("word/styles.xml", format!("{HEAD}<w:styles {W}>{STYLES}</w:styles>")),
        ("word/footnotes.xml", format!("{HEAD}<w:footnotes {W}>{notes}</w:footnotes>")),
    ])
    .map_err(|source| CiteError::Pack { source })
}

/// Returns remarks and provenance as runs, one a paragraph.
fn below(item: &Item<'_>, rtl: bool) -> Vec<String> {
    let remarks = item.remarks.iter().map(|remark| runs(remark, rtl));
    remarks.chain(item.proof.iter().map(|line| plain(line))).collect()
}

/// Packs the parts; all have the same time, 1980-01-01, so that the bytes depend on the list alone.
fn pack(parts: &[(&str, String)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600);
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn paragraph(style: Option<&str>, rtl: bool, runs: &str) -> String {
    let style = style.map(|style| format!("<w:pStyle w:val=\"{style}\"/>")).unwrap_or_default();
    let bidi = if rtl { "<w:bidi/>" } else { "" };
    format!("<w:p><w:pPr>{style}{bidi}</w:pPr>{runs}</w:p>")
}

/// Returns a run of words in the direction of the document.
fn plain(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

/// Returns the words in quotation marks.
fn quoted(quote: &Runs, rtl: bool) -> String {
    format!("{}{}{}", plain("“"), runs(quote, rtl), plain("”"))
}

/// Returns the runs; one of right-to-left letters is marked as such, with its language.
fn runs(runs: &Runs, base_rtl: bool) -> String {
    let mut out = String::new();
    for run in runs.iter() {
        let face = match run.face {
            Face::Plain => "",
            Face::Italic => "<w:i/><w:iCs/>",
            Face::SmallCaps => "<w:smallCaps/>",
        };
        let is_rtl = run.isolated.map_or(base_rtl, crate::model::Lang::is_rtl);
        let direction = if is_rtl { "<w:rtl/><w:lang w:bidi=\"ur-PK\"/>" } else { "" };
        out.push_str(&format!(
            "<w:r><w:rPr>{face}{direction}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escape(&run.text)
        ));
    }
    out
}
