//! What is damaged: small whole files of our own, and real ones where the shared folder is beside.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

/// Larger files cost time and show nothing that small ones do not.
const MAX_BYTES: u64 = 200_000;
/// So many real files of a kind are enough.
const MAX_FILES: usize = 40;

/// Returns `own` and the real files with one of `endings` below `folders` of the shared data and of
/// the starter corpus, in the order of their names.
pub(crate) fn with_real(own: Vec<Vec<u8>>, folders: &[&str], endings: &[&str]) -> Vec<Vec<u8>> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in folders {
        list(&project.join("../shared/data").join(folder), endings, &mut paths);
        list(&project.join(folder), endings, &mut paths);
    }
    let step = paths.len().div_ceil(MAX_FILES).max(1);
    let real = paths.into_iter().step_by(step).filter_map(|path| std::fs::read(path).ok());
    let real: Vec<Vec<u8>> = real.collect();
    // Our own are small and quick: they are half of all.
    let n_own = real.len().max(own.len());
    own.iter().cycle().take(n_own).cloned().chain(real).collect()
}

fn list(folder: &Path, endings: &[&str], paths: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.sort();
    for path in found {
        let is_small = path.metadata().is_ok_and(|meta| meta.is_file() && meta.len() <= MAX_BYTES);
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if is_small && endings.contains(&ending) {
            paths.push(path);
        }
    }
}

/// A page with a table of objects that fits, labels, a form field, an attachment, two fonts.
pub(crate) fn pdf() -> Vec<u8> {
    let content = "BT /F1 12 Tf 72 700 Td (The petition is allowed.) Tj 0 -20 Td [(Or) -200 (der.)] TJ \
        0.7 0.7 -0.7 0.7 150 200 Tm (For Read Only) Tj ET q 10 0 0 10 0 0 cm BI /W 4 /H 4 /CS /G /BPC 8 \
        ID 0123456789abcdef EI Q 0 g 70 695 200 16 re f /X Do";
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> \
        endcodespacerange 1 beginbfchar <41> <0627> endbfchar 1 beginbfrange <61> <7a> <0061> endbfrange endcmap end end";
    let form = "q 1 0 0 1 0 0 cm /X Do Q";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /r /St 3 >>] >> /Names << /EmbeddedFiles \
         << /Names [(a.txt) << /UF (a.txt) /EF << /F 7 0 R >> >>] >> >> /AcroForm << /Fields [8 0 R] >> >>"
            .to_owned(),
        "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate 90 /Contents 4 0 R /Annots [8 0 R] \
         /Resources << /Font << /F1 5 0 R >> /XObject << /X 9 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /TrueType /BaseFont /Helvetica /FirstChar 65 /LastChar 67 /Widths [500 600 700] \
         /Encoding << /Differences [65 /afii57415 /fi] >> /ToUnicode 6 0 R >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len()),
        "<< /Type /EmbeddedFile /Length 5 >>\nstream\nhello\nendstream".to_owned(),
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (value) /Rect [10 10 100 30] /AP << /N 9 0 R >> \
         /Contents (a comment) >>"
            .to_owned(),
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 9 0 R >> >> \
             /Length {} >>\nstream\n{form}\nendstream",
            form.len()
        ),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", idx + 1).bytes());
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let n = objects.len() + 1;
    file.extend(
        format!("trailer << /Size {n} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    file
}

pub(crate) const HTML: &str = "<!DOCTYPE html><html lang=en dir=rtl><head><meta charset=utf-8><title>Order</title>\
    <meta property=og:title content=Order><meta name=citation_date content=2024-06-25>\
    <script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Order\",\"datePublished\":\"2024-06-25\",\
    \"author\":[{\"name\":\"A\"}]}</script></head><body><nav><ul><li><a href=/>Home</a></ul></nav><article><h1>Order</h1>\
    <p class=byline>By A, June 25, 2024</p><p>The petition is allowed, and the order of 25 June 2024 is set aside.\
    <sup><a href=#fn1>1</a></sup></p><blockquote><p>Quoted</p></blockquote><table><tr><th>1<td rowspan=2 colspan=9>Fee</table>\
    <ol start=3><li>x<ul><li>y</ul></ol><pre>a  b</pre><p lang=ur>\u{0639}\u{062f}\u{0627}\u{0644}\u{062a}</p></article>\
    <div id=comments><p>first!</p></div><footer>f</footer><noscript><p>n</p></noscript><template><p>t</template></body></html>";

pub(crate) const MAIL: &str = "From: =?utf-8?q?=C3=84nne?= <a@example.org>\r\nTo: b@example.org\r\nSubject: =?utf-8?b?2K3aqdmF?=\r\n\
    Date: Tue, 25 Jun 2024 10:00:00 +0500\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n\
    --x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain; charset=utf-8\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\nThe order=20is attached.=\r\n> quoted\r\n-- \r\nsig\r\n--y\r\n\
    Content-Type: text/html; charset=windows-1256\r\n\r\n<p>Order</p>\r\n--y--\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n\
    From: c@example.org\r\nSubject: inner\r\n\r\nInner.\r\n--x\r\nContent-Type: application/pdf; name*=utf-8''%D8%AD.pdf\r\n\
    Content-Disposition: attachment; filename=\"order.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--x--\r\n";

pub(crate) const MBOX: &str = "From a Mon Jan  1 00:00:00 2024\nFrom: a@example.org\nSubject: 1\n\n>From here\n\n\
    From b Mon Jan  1 00:00:00 2024\nSubject: 2\n\nx\n";

pub(crate) const MHTML: &str = "From: <Saved by Browser>\r\nSnapshot-Content-Location: https://x.example/a\r\nSubject: Page\r\n\
    Date: Fri, 12 Sep 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=q\r\n\r\n\
    --q\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Gr=C3=BC=C3=9Fe</p>\r\n--q--\r\n";

pub(crate) const MARKDOWN: &str = "---\ntitle: Order\ncourt: ihc\ndate: 2024-06-25\nnumber: [W.P. No. 77/2021, x]\nstatus:\n  - state: stayed\n    \
    by: scp\n---\n\n# Order\n\n1. First[^1]\n2. Second\n   - deep\n\n> Quoted.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n[^1]: Note.\n\n\
    <p>html</p> *em* **strong** [link](https://x.example) ![p](p.png)\n";

pub(crate) const RTF: &str = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset178 Arial;}}{\info{\title Order}}{\*\generator x;}
\pard\plain\f0\fs24 The petition is \b allowed\b0 .\par {\listtext 1.\tab}First\par\u1593?\'e4\line{\footnote\pard note}\trowd\cellx100\intbl a\cell b\cell\row
{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}{\pict\wmetafile8\bin4 abcd}{\header head}\uc2\u26085 ??\page}";

/// Parts of a package by name.
pub(crate) type Parts = Vec<(&'static str, Vec<u8>)>;

pub(crate) fn docx() -> Parts {
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" \
        ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let document = format!(
        "<w:document {W}><w:body><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">The petition </w:t></w:r><w:ins><w:r><w:t>is allowed.</w:t></w:r></w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del>\
         <w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
         <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType=\"end\"/><w:tab/><w:br/></w:r></w:p></w:body></w:document>"
    );
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"lowerRoman\"/>\
         <w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">\
         <w:startOverride w:val=\"9\"/></w:lvlOverride></w:num></w:numbering>"
    );
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id=\"1\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    vec![
        ("[Content_Types].xml", types.into()),
        ("_rels/.rels", rels.into()),
        ("word/document.xml", document.into()),
        ("word/numbering.xml", numbering.into()),
        ("word/footnotes.xml", notes.into()),
    ]
}

pub(crate) fn odt() -> Parts {
    let content = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\">\
        <office:body><office:text><text:h text:outline-level=\"1\">Order</text:h><text:p>The<text:s text:c=\"3\"/>petition<text:note text:note-class=\"footnote\">\
        <text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note></text:p><text:list><text:list-item>\
        <text:p>one</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-repeated=\"3\"><text:p>a</text:p>\
        </table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>";
    vec![
        ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml", content.into()),
    ]
}

pub(crate) fn epub() -> Parts {
    let container = "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"c.opf\" \
        media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let opf = "<package xmlns=\"http://www.idpf.org/2007/opf\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>T</dc:title>\
        <dc:date>2024-06-25</dc:date></metadata><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
        <spine><itemref idref=\"a\"/></spine></package>";
    vec![
        ("mimetype", b"application/epub+zip".to_vec()),
        ("META-INF/container.xml", container.into()),
        ("c.opf", opf.into()),
        ("a.xhtml", b"<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><h1>One</h1><p>Text.</p></body></html>".to_vec()),
    ]
}

/// Packs parts, unpacked or deflated.
pub(crate) fn zip(parts: &[(&str, Vec<u8>)], is_packed: bool) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let method =
        if is_packed { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in parts {
        if writer.start_file(*name, options).is_err() || writer.write_all(bytes).is_err() {
            return Vec::new();
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

pub(crate) fn archives() -> Vec<Vec<u8>> {
    let parts = [("one.txt", b"The first order.".to_vec()), ("dir/two.html", HTML.into())];
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in &parts {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        drop(tar.append_data(&mut header, name, bytes.as_slice()));
    }
    let tar = tar.into_inner().unwrap_or_default();
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        drop(encoder.write_all(bytes));
        encoder.finish().unwrap_or_default()
    };
    vec![zip(&parts, false), zip(&parts, true), gzip(&tar), gzip(b"The order."), tar]
}

pub(crate) fn pictures() -> Vec<Vec<u8>> {
    let picture = image::GrayImage::from_fn(60, 40, |x, y| {
        image::Luma([u8::try_from((x * y) % 256).unwrap_or(0)])
    });
    let encoded = |format| {
        let mut out = Cursor::new(Vec::new());
        drop(picture.write_to(&mut out, format));
        out.into_inner()
    };
    let mut tiff = Cursor::new(Vec::new());
    if let Ok(mut encoder) = tiff::encoder::TiffEncoder::new(&mut tiff) {
        use tiff::encoder::colortype::{Gray8, Gray16, RGB8};
        drop(encoder.write_image::<Gray8>(60, 40, picture.as_raw()));
        drop(encoder.write_image::<RGB8>(20, 40, picture.as_raw()));
        drop(encoder.write_image::<Gray16>(2, 2, &[1, 2, 3, 4]));
    }
    vec![encoded(image::ImageFormat::Png), encoded(image::ImageFormat::Jpeg), tiff.into_inner()]
}
