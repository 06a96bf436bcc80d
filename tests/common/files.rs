//! Files for tests, in our own words and bytes; no real person and no real case.

use std::collections::BTreeMap;
use std::io::Write as _;

/// Files by their names below `corpus/`.
pub(crate) struct Files(BTreeMap<String, Vec<u8>>);

/// A file that cannot be read, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadKind {
    /// A PDF cut after its first bytes.
    Damaged,
    /// No bytes at all.
    Empty,
    /// Bytes of no known format.
    Unknown,
}

impl BadKind {
    /// Returns the bytes of such a file.
    pub(crate) fn bytes(self) -> Vec<u8> {
        match self {
            Self::Damaged => b"%PDF-1.7\n1 0 obj\n<< /Type".to_vec(),
            Self::Empty => Vec::new(),
            Self::Unknown => (0..=255).cycle().take(4096).collect(),
        }
    }
}

impl Files {
    /// No files.
    pub(crate) fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds a file.
    pub(crate) fn and(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(name.to_owned(), bytes.into());
        self
    }

    /// A two-page order, a news story in Markdown, a saved page, a note and an Urdu text.
    pub(crate) fn usual() -> Self {
        Self::none()
            .and("orders/wp-901-2031.pdf", order_pdf())
            .and("news/story.md", NEWS)
            .and("web/statement.html", PAGE)
            .and("notes/visit.txt", NOTE)
            .and("urdu/khabar.md", URDU)
    }

    /// Returns name and bytes of each.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }
}

const NEWS: &str = "\
---
kind: news
title: Regulator asked about the kite firewall
date: 2031-03-09
publisher: The Margalla Courier
authors: [A. Reporter]
url: https://example.org/courier/kite-firewall
lang: en
---

# Regulator asked about the kite firewall

The Pakistan Telecommunication Authority was asked on Sunday who paid for the kite firewall.

A spokesman said that \u{201c}no subscriber has ever been watched without a warrant\u{201d}, and gave no papers.

The Islamabad High Court had asked the same question about the Lawful Intercept Management System (LIMS).
";

const PAGE: &str = "\
<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<title>Statement on the kite firewall</title>
<meta property=\"og:site_name\" content=\"Example Rights Group\">
<meta property=\"article:published_time\" content=\"2031-03-12T09:00:00+05:00\">
<link rel=\"canonical\" href=\"https://example.org/statement\">
</head>
<body>
<nav><a href=\"/\">Home</a> <a href=\"/shop\">Shop</a></nav>
<main><article>
<h1>Statement on the kite firewall</h1>
<p>The Pakistan Telecommunication Authority bought the kite firewall without a tender, and has
published neither the price nor the name of the seller, though both were asked for in writing.</p>
<p>We ask that every order made under section 54 of the Pakistan Telecommunication (Re-organization)
Act, 1996 be laid before Parliament within thirty days of the day on which it was made.</p>
</article></main>
<footer>Cookies and terms</footer>
</body>
</html>
";

const NOTE: &str = "\
Notes of a visit to the registry

The clerk showed the paper book of the lantern petition. It holds eleven pages.

No copy was given; the lantern petition is to be asked for again in writing.
";

const URDU: &str = "\
---
kind: news
title: پی ٹی اے سے سوال
date: 2031-03-10
publisher: The Margalla Courier
lang: ur
---

پاکستان ٹیلی کمیونیکیشن اتھارٹی سے پوچھا گیا کہ نگرانی کا نظام کس نے خریدا۔

اتھارٹی نے کوئی جواب نہیں دیا۔
";

/// An order of two pages with a cause title, a running head, printed page numbers, and
/// paragraphs that the court numbers 1 to 6.
pub(crate) fn order_pdf() -> Vec<u8> {
    let head =
        |n: u32| vec![(72, 770, "W.P. No. 901 of 2031".to_owned()), (290, 30, n.to_string())];
    let mut first = head(1);
    let mut y = 735;
    for (x, line) in [
        (190, "IN THE ISLAMABAD HIGH COURT, ISLAMABAD"),
        (225, "Writ Petition No. 901 of 2031"),
        (265, "Asha Nobody"),
        (280, "Versus"),
        (220, "Federation of Pakistan and others"),
        (72, "Date of decision: 25.02.2031"),
    ] {
        first.push((x, y, line.to_owned()));
        y -= 20;
    }
    let lines = [
        "1.   The petitioner asks who may listen to her calls, and under which law.",
        "2.   The Pakistan Telecommunication Authority says that it has installed the Lawful",
        "Intercept Management System and that it may watch two per cent of all subscribers.",
        "3.   Learned counsel relied on PLD 1998 SC 388 and on section 54 of the Pakistan",
        "Telecommunication (Re-organization) Act, 1996.",
    ];
    y -= 10;
    for line in lines {
        first.push((72, y, line.to_owned()));
        y -= if line.starts_with(char::is_numeric) { 16 } else { 26 };
    }
    let mut second = head(2);
    y = 735;
    for line in [
        "4.   No warrant of any court was shown to us, and no rule under which one is asked for.",
        "5.   A calibration ledger of the exchange was produced and is marked as Annex C; the",
        "ledger names neither a subscriber nor an officer.",
        "6.   The Authority shall file the ledger within fifteen days. Re-list on 30.03.2031.",
    ] {
        second.push((72, y, line.to_owned()));
        y -= if line.starts_with(char::is_numeric) { 16 } else { 26 };
    }
    pdf(&[first, second])
}

/// Four pages of a larger bundle, printed 11 to 14.
pub(crate) fn bundle_pdf() -> Vec<u8> {
    let pages = ["first", "second", "third", "fourth"].iter().zip(11..).map(|(which, n)| {
        vec![
            (
                72,
                735,
                format!("On this leaf of the bundle the {which} heron is spoken of, and it is"),
            ),
            (
                72,
                719,
                "said where it stood, for how long, and who was there to see it stand.".to_owned(),
            ),
            (290, 30, n.to_string()),
        ]
    });
    pdf(&pages.collect::<Vec<_>>())
}

/// Pages that hold a grey picture and no text, as a scanner makes them.
pub(crate) fn scan_pdf(n_pages: usize) -> Vec<u8> {
    let picture = "q 600 0 0 800 0 0 cm BI /W 4 /H 4 /CS /G /BPC 8 ID 0123456789abcdef EI Q";
    pdf_of(&vec![picture.to_owned(); n_pages])
}

/// Writes a PDF whose pages draw lines of Helvetica, 11 points, at `(x, y, text)`, measured in
/// points from the bottom left corner of a 600 by 800 page.
pub(crate) fn pdf(pages: &[Vec<(u32, u32, String)>]) -> Vec<u8> {
    let contents = pages.iter().map(|lines| {
        let lines = lines.iter().map(|(x, y, text)| {
            let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
            format!("BT /F 11 Tf {x} {y} Td ({text}) Tj ET\n")
        });
        lines.collect()
    });
    pdf_of(&contents.collect::<Vec<String>>())
}

/// Writes a PDF with one page for each content stream.
fn pdf_of(pages: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|idx| format!("{} 0 R", 4 + 2 * idx)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {} /Kids [{}] >>", pages.len(), kids.join(" ")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    for (idx, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R \
             /Resources << /Font << /F 3 0 R >> >> >>",
            5 + 2 * idx
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        write!(bytes, "{} 0 obj\n{object}\nendobj\n", idx + 1).unwrap();
    }
    let table = bytes.len();
    write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for offset in offsets {
        writeln!(bytes, "{offset:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(bytes, "trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").unwrap();
    bytes
}

/// Packs named texts as a zip archive: the parts of a Word document.
pub(crate) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
