//! The parsers of outside bytes, each with its seeds, its words and how it is called.

use misl::cite::CslStyle;
use misl::corpus::parse_record;
use misl::entity::Gazetteer;
use misl::extract::{self, Job, Limits, ocr, sniff};
use misl::model::{Lang, Page, PageNo, PageOrigin, Role};
use misl::query::{self, NoVocabulary, Passage};
use misl::quote::{Draft, DraftKind};
use misl::task::{Knowledge, Readers, Reading, understand};

use crate::damage::Dice;
use crate::seeds::{self, with_real};

/// A parser under test.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
    /// Pieces of the format that are put in.
    pub(crate) words: &'static [&'static str],
    /// Makes a file of what was damaged.
    pub(crate) wrap: fn(Vec<u8>, &mut Dice) -> Vec<u8>,
    pub(crate) run: fn(&[u8]),
}

fn as_is(bytes: Vec<u8>, _: &mut Dice) -> Vec<u8> {
    bytes
}

const MARKUP: &[&str] = &[
    "<",
    ">",
    "</",
    "<p>",
    "</p>",
    "<div>",
    "<table>",
    "<tr>",
    "<td colspan=99999>",
    "<li>",
    "<ol start=-5>",
    "<b>",
    "<a href=x>",
    "<article>",
    "<script>",
    "<style>",
    "<template>",
    "<svg>",
    "<math>",
    "<select>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&#x10ffff;",
    "&#0;",
    "&nbsp;",
    "<?xml ",
    "<frameset>",
    "<plaintext>",
    "lang=ur",
    "<blockquote>",
    "<pre>",
    "\u{202e}",
    "\u{200c}",
    "ا",
    "\0",
    "<br>",
    "<sup>",
    "<h1>",
    "<meta charset=utf-16>",
    "{\"@type\":",
    "[",
    "\"",
];
const XML: &[&str] = &[
    "<",
    "/>",
    "<w:p>",
    "</w:p>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:r>",
    "<w:t>",
    "<w:ilvl w:val=\"9\"/>",
    "<w:numId w:val=\"-1\"/>",
    "%1",
    "%9.",
    "<!ENTITY a \"b\">",
    "<!DOCTYPE a [",
    "]>",
    "&a;",
    "&amp;",
    "&#xd800;",
    "<text:list>",
    "</text:list>",
    "<text:s text:c=\"",
    "<text:p>",
    "<table:table-cell table:number-columns-repeated=\"",
    "w:val=\"",
    "\"",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:txbxContent>",
    "<itemref idref=\"a\"/>",
    "lowerRoman",
    "upperLetter",
    "ا",
];
const PDF: &[&str] = &[
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "/",
    " 0 R",
    "9 0 R",
    "3 0 R",
    "obj",
    "endobj",
    "stream\n",
    "endstream",
    "/Length ",
    "/Filter ",
    "/FlateDecode",
    "/ASCIIHexDecode",
    "/ASCII85Decode",
    "/LZWDecode",
    "/DCTDecode",
    "/JBIG2Decode",
    "/CCITTFaxDecode",
    "/JPXDecode",
    "/RunLengthDecode",
    "/Kids ",
    "/Parent ",
    "/Count ",
    "/Rotate ",
    "/MediaBox ",
    "BT",
    "ET",
    "Tj",
    "TJ",
    "Td",
    "Tm",
    "Tf",
    "q ",
    "Q ",
    "cm ",
    "Do ",
    "re f ",
    "BI ",
    "ID ",
    "EI ",
    "sh ",
    "gs ",
    "/Pattern ",
    "/Shading ",
    "/Type0",
    "/Type3",
    "/CIDFontType2",
    "/Identity-H",
    "/ToUnicode ",
    "beginbfrange",
    "endbfrange",
    "/Encrypt ",
    "xref",
    "trailer",
    "startxref",
    "%%EOF",
    "/ObjStm",
    "/XRef",
    "/W [1 2 1]",
    "/Index ",
    "/Prev 0",
    "1e38 ",
    "-1e38 ",
    "nan ",
    "0.0000001 ",
    "/SMask ",
    "/Group ",
    "/OCProperties ",
    "/ActualText ",
    "/Artifact BMC ",
    "EMC ",
];
const MAIL: &[&str] = &[
    "\r\n",
    "\r\n\r\n",
    "--x",
    "--x--\r\n",
    "--y",
    "Content-Type: ",
    "multipart/mixed; boundary=",
    "message/rfc822",
    "text/html",
    "text/plain; charset=",
    "Content-Transfer-Encoding: base64",
    "quoted-printable",
    "=?utf-8?q?",
    "=?",
    "?=",
    "=C3",
    "=\r\n",
    "From ",
    "From: ",
    ";",
    "\"",
    "\\",
    "(",
    "<",
    "Date: ",
    "+9999",
    "filename*0*=",
    "utf-8''%",
    "boundary=\"\"",
    "utf-7",
    "iso-2022-jp",
    "gb18030",
    "x-user-defined",
    "\0",
    "Content-Type: message/rfc822\r\n\r\n",
];
const RTF: &[&str] = &[
    "{",
    "}",
    "\\",
    "\\par ",
    "\\u-1?",
    "\\u99999?",
    "\\uc9 ",
    "\\bin99999 ",
    "\\'ff",
    "\\'",
    "\\*",
    "\\fonttbl",
    "\\footnote ",
    "\\field",
    "\\fldrslt ",
    "\\trowd",
    "\\cell ",
    "\\row ",
    "\\intbl",
    "\\fcharset178",
    "\\f99999",
    "\\ansicpg936",
    "\\page ",
    "\\shptxt ",
    "\\listtext ",
    ";",
    "\\upr",
    "\\ud",
];
const MD: &[&str] = &[
    "# ",
    "> ",
    "- ",
    "1. ",
    "99999999. ",
    "[^1]",
    "[^1]: ",
    "[",
    "](",
    ")",
    "`",
    "```\n",
    "|",
    "|---|\n",
    "---\n",
    "***",
    "_",
    "<p>",
    "</p>",
    "\t",
    "    ",
    "\n\n",
    "&#x0;",
    "\\",
    "![",
    "title: ",
    "date: ",
    "- &a ",
    "*a",
    "<<: *a\n",
    "{",
    "}",
    "!!binary ",
    "? ",
    ": ",
    "\u{feff}",
    "ا",
    "~~~\n",
    "==\n",
];
const QUERY: &[&str] = &[
    "(",
    ")",
    "\"",
    "AND ",
    "OR ",
    "NOT ",
    "-",
    "+",
    "*",
    "?",
    "~2",
    "~",
    "^",
    "w/5 ",
    "pre/9 ",
    "tag:",
    "court:",
    "date:",
    "2024-06-25",
    "..",
    "[",
    "]",
    "{",
    "}",
    ":",
    "title:",
    "source:",
    "lang:ur ",
    "PLD 1998 SC 388",
    "W.P. 1805/2023",
    "s. 54",
    "كتاب",
    "عدالت",
    "\u{200c}",
    "\u{202e}",
    "İ",
    "ß",
    "\0",
    "“",
    "”",
    "،",
    "۲۰۲۴",
    "&",
    "|",
    "!",
    "\\",
    "/",
    "sort:date ",
    "'",
    "…",
    "ﷺ",
    "e\u{301}",
    "👩\u{200d}⚖️",
];
const TOML: &[&str] = &[
    "[[entity]]\n",
    "id = \"",
    "forms = [",
    "]",
    "\"",
    "\n",
    "=",
    "kind = \"court\"\n",
    "parent = \"pta\"\n",
    "not_before = [",
    "[",
    "\"\"\"",
    "'''",
    "\\u0000",
    "1e999",
    "0x",
    "1979-05-27T07:32:00Z",
    "inf",
    "nan",
    "{",
    "}",
    "# ",
    "ا",
    "remove = true\n",
    "case = true\n",
    "evidence = [",
    "date = \"",
    "[[status]]\n",
    "state = \"stayed\"\n",
    "tags = [",
];
const LAW: &[&str] = &[
    "PLD 1998 SC 388",
    "2023 SCMR 1",
    "PLD ",
    "(2019) 3 SCC ",
    "W.P. No. ",
    "Writ Petition No.",
    "/2023",
    "section ",
    "sections ",
    "ss. ",
    "s. ",
    "Article ",
    "and ",
    ", ",
    "to ",
    "of the ",
    "Act, 1996",
    "Constitution",
    "ibid",
    "supra",
    "v. ",
    "Versus",
    "IN THE ISLAMABAD HIGH COURT",
    "JUDGMENT SHEET",
    "ORDER SHEET",
    "Date of hearing: ",
    "25.06.2024",
    "31-02-2024",
    "Present:",
    "CJ",
    "J.",
    "دفعہ ",
    "آرٹیکل ",
    "مقدمہ ",
    "نمبر ",
    "۲۰۲۴",
    "(",
    ")",
    "1. ",
    "2. ",
    "(a) ",
    "(i) ",
    "\n\n",
    "\t",
    "¶",
    "“",
    "”",
    "‘",
    "No. ",
    "ILR ",
    "[2024] UKSC 1",
    "EWCA Civ ",
    "A/HRC/",
    "ASA 33/",
    "98",
    "I.C.A. ",
    "Crl. ",
    "\u{200f}",
];
const DRAFT: &[&str] = &[
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "«",
    "»",
    "> ",
    "<q>",
    "</q>",
    "<blockquote>",
    "</blockquote>",
    "[…]",
    "...",
    "[sic]",
    "[emphasis added]",
    "(ihc-2021-wp-77@para1)",
    "PLD 1998 SC 388",
    "\n\n",
    "[^1]: ",
    "`",
    "```\n",
    "<!--",
    "&quot;",
    "&#8220;",
    "\\begin{quote}",
    "ا",
    "@p1",
    "\u{200c}",
    "<",
    "|",
    "<div class=footnotes>",
    "<sup>",
    "</p>",
];
const CSL: &[&str] = &[
    "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"note\" version=\"1.0\">",
    "<macro name=\"a\">",
    "<text macro=\"a\"/>",
    "</macro>",
    "<citation>",
    "<layout>",
    "</layout>",
    "<choose>",
    "<if type=\"book\">",
    "</if>",
    "<names variable=\"author\">",
    "<date variable=\"issued\"/>",
    "<number variable=\"volume\" form=\"roman\"/>",
    "<group delimiter=\",\">",
    "</group>",
    "<!ENTITY a \"b\">",
    "&a;",
    "<label/>",
    "<substitute>",
    "et-al-min=\"",
    "\"",
];

fn job<T>(name: &str, work: impl FnOnce(&Job<'_>) -> T) -> T {
    let limits = Limits { archive_bytes: 64 << 20, member_bytes: 16 << 20, ..Limits::default() };
    work(&Job { name, limits: &limits, beat: &|| (), passwords: &[], charset: None })
}

/// Reads, and checks what a worker's answer is checked for.
fn read(bytes: &[u8], name: &str) {
    let Ok(found) = job(name, |job| extract::read(bytes, job)) else { return };
    for (idx, page) in found.pages.iter().enumerate() {
        assert_eq!(page.number, PageNo::from_idx(idx));
        assert!((0.0..=1.0).contains(&page.quality), "quality {}", page.quality);
        let spans = page.paragraphs.iter().map(|one| &one.span);
        for span in spans.chain(page.lines.iter().map(|line| &line.span)) {
            assert!(page.text.get(span.clone()).is_some(), "a span that is none");
        }
    }
}

fn draw(bytes: &[u8], name: &str) {
    for page in [PageNo::FIRST, PageNo::from_idx(1)] {
        if let Ok(drawn) = job(name, |job| extract::picture(bytes, page, 40, job)) {
            assert!(u64::from(drawn.width) * u64::from(drawn.height) <= 40_000_000);
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Packs the seed whose parts stand one after the other, each under a line with its name.
fn package(bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(b"@@part ") {
            parts.push((text(name).trim().to_owned(), Vec::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.extend_from_slice(line);
        }
    }
    for (_, part) in &mut parts {
        // The line break before the next name is ours.
        if part.last() == Some(&b'\n') {
            part.pop();
        }
    }
    let parts: Vec<(&str, Vec<u8>)> =
        parts.iter().map(|(name, part)| (name.as_str(), part.clone())).collect();
    seeds::zip(&parts, dice.below(2) == 0)
}

fn unpacked(parts: seeds::Parts) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, part) in parts {
        bytes.extend(format!("@@part {name}\n").bytes());
        bytes.extend(part);
        bytes.push(b'\n');
    }
    bytes
}

fn shared_knowledge() -> Option<&'static Knowledge> {
    static KNOWLEDGE: std::sync::OnceLock<Option<Knowledge>> = std::sync::OnceLock::new();
    KNOWLEDGE.get_or_init(|| Knowledge::builtin().ok()).as_ref()
}

fn a_page(text: &str) -> Vec<Page> {
    text.split('\u{c}')
        .take(50)
        .enumerate()
        .map(|(idx, text)| {
            let mut page = Page::empty(PageNo::from_idx(idx), PageOrigin::TextLayer);
            for line in text.split("\n\n") {
                page.push(line, Role::Body);
            }
            page
        })
        .collect()
}

const ORDER: &str = "ORDER SHEET\nIN THE ISLAMABAD HIGH COURT, ISLAMABAD\n\nWrit Petition No. 1805 of 2023\n\nMian A v. Federation of Pakistan\n\n\
    Date of hearing: 25.06.2024\n\n1. The petitioner assails the order under section 54 of the Pakistan Telecommunication (Re-organization) Act, 1996 \
    (PLD 1998 SC 388; 2023 SCMR 12 at 15).\n\n2. See Articles 4, 9 and 14(1) of the Constitution; ibid, para 7; W.P. No. 77/2021.\n\n(a) first\n\n(i) nested\n\n\
    \u{c}3. دفعہ 37 اور 39 کے تحت مقدمہ نمبر 12/2024\n\nORDER\n\nB, J.—";

pub(crate) const TARGETS: &[Target] = &[
    Target {
        name: "sniff",
        seeds: || {
            let own = vec![
                seeds::HTML.into(),
                seeds::MAIL.into(),
                seeds::MARKDOWN.into(),
                seeds::RTF.into(),
                seeds::pdf(),
            ];
            let mut all = with_real(
                own,
                &["hostile", "office", "mail"],
                &["zip", "doc", "xls", "eml", "gz", "7z", "bmp", "txt", "tar"],
            );
            all.extend(seeds::archives());
            all.extend(seeds::pictures());
            all
        },
        words: &[
            "%PDF-",
            "PK\x03\x04",
            "\x1f\u{8b}",
            "From ",
            "ustar",
            "{\\rtf",
            "<html",
            "---\n",
            "II*\0",
            "\u{89}PNG",
            "WARC/1.0",
            "\0",
        ],
        wrap: as_is,
        run: |bytes| {
            for name in ["", "a.pdf", "a.md", "a.txt", "a.csv", "a.eml", "a.docx"] {
                let _ = sniff::sniff(bytes, name).is_some();
            }
        },
    },
    Target {
        name: "pdf",
        seeds: || {
            with_real(
                vec![seeds::pdf()],
                &["pdf_misc", "ihc", "lhc", "hostile", "us_courts", "urdu"],
                &["pdf"],
            )
        },
        words: PDF,
        wrap: as_is,
        run: |bytes| read(bytes, "a.pdf"),
    },
    Target {
        name: "draw",
        seeds: || with_real(vec![seeds::pdf()], &["pdf_misc", "hostile", "ocr"], &["pdf"]),
        words: PDF,
        wrap: as_is,
        run: |bytes| draw(bytes, "a.pdf"),
    },
    Target {
        name: "image",
        seeds: seeds::pictures,
        words: &[
            "IHDR", "IDAT", "PLTE", "tRNS", "IEND", "\u{ff}", "\0\0\0\0", "II*\0", "MM\0*", "JFIF",
            "Exif",
        ],
        wrap: as_is,
        run: |bytes| draw(bytes, "a.png"),
    },
    Target {
        name: "html",
        seeds: || {
            with_real(
                vec![seeds::HTML.into()],
                &["html_misc", "news_html"],
                &["html", "htm", "xhtml"],
            )
        },
        words: MARKUP,
        wrap: as_is,
        run: |bytes| read(bytes, "a.html"),
    },
    Target {
        name: "docx",
        seeds: || vec![unpacked(seeds::docx())],
        words: XML,
        wrap: package,
        run: |bytes| read(bytes, "a.docx"),
    },
    Target {
        name: "odt",
        seeds: || vec![unpacked(seeds::odt())],
        words: XML,
        wrap: package,
        run: |bytes| read(bytes, "a.odt"),
    },
    Target {
        name: "epub",
        seeds: || vec![unpacked(seeds::epub())],
        words: XML,
        wrap: package,
        run: |bytes| read(bytes, "a.epub"),
    },
    Target {
        name: "office",
        seeds: || {
            with_real(Vec::new(), &["office", "uk_docx"], &["docx", "odt", "epub", "rtf", "msg"])
        },
        words: XML,
        wrap: as_is,
        run: |bytes| read(bytes, "a.docx"),
    },
    Target {
        name: "rtf",
        seeds: || with_real(vec![seeds::RTF.into()], &["office"], &["rtf"]),
        words: RTF,
        wrap: as_is,
        run: |bytes| read(bytes, "a.rtf"),
    },
    Target {
        name: "mail",
        seeds: || {
            let own = vec![seeds::MAIL.into(), seeds::MBOX.into(), seeds::MHTML.into()];
            with_real(own, &["mail"], &["eml", "mbox", "mhtml", "msg"])
        },
        words: MAIL,
        wrap: as_is,
        run: |bytes| {
            read(bytes, "a.eml");
            read(bytes, "a.mbox");
        },
    },
    Target {
        name: "archive",
        seeds: || with_real(seeds::archives(), &["hostile"], &["zip", "tar", "gz", "tgz"]),
        words: &[
            "PK\x01\x02",
            "PK\x03\x04",
            "PK\x05\x06",
            "ustar",
            "../",
            "\0",
            "\u{ff}\u{ff}",
            "L",
            "x",
            "1",
            "2",
            "00000000000",
        ],
        wrap: as_is,
        run: |bytes| read(bytes, "a.zip"),
    },
    Target {
        name: "markdown",
        seeds: || {
            with_real(vec![seeds::MARKDOWN.into()], &["md", "corpus/guides", "corpus"], &["md"])
        },
        words: MD,
        wrap: as_is,
        run: |bytes| read(bytes, "a.md"),
    },
    Target {
        name: "text",
        seeds: || {
            with_real(
                vec![ORDER.into(), b"a,b\n\"x\"\"y\",2\n".to_vec()],
                &["hostile", "parliament"],
                &["txt", "csv", "tsv"],
            )
        },
        words: LAW,
        wrap: as_is,
        run: |bytes| {
            read(bytes, "a.txt");
            read(bytes, "a.csv");
        },
    },
    Target {
        name: "hocr",
        seeds: || {
            let hocr = "<html><head><meta name='ocr-system' content='x'/></head><body><div class='ocr_page' title='bbox 0 0 2480 3508; scan_res 300 300'>\
                <div class='ocr_carea' title='bbox 300 300 2200 400'><span class='ocr_line' title='bbox 300 300 2200 340'><span class='ocrx_word' \
                title='bbox 300 300 420 340; x_wconf 96'>The</span> <span class='ocrx_word' title='bbox 440 300 2200 340; x_wconf 90'>peti-</span></span>\
                <span class='ocr_line' title='bbox 300 350 800 390'>tioner.</span></div></div></body></html>";
            let alto = "<alto><Description><MeasurementUnit>mm10</MeasurementUnit></Description><Layout><Page WIDTH=\"2100\" HEIGHT=\"2970\"><TextBlock><TextLine>\
                <String CONTENT=\"The\" HPOS=\"200\" VPOS=\"200\" WIDTH=\"100\" HEIGHT=\"40\" WC=\"0.97\"/><HYP CONTENT=\"-\"/></TextLine></TextBlock></Page></Layout></alto>";
            vec![hocr.into(), alto.into()]
        },
        words: &[
            "<div class='ocr_page' title='bbox 0 0 1 1'>",
            "</div>",
            "<span class='ocr_line' title='bbox 1 1 9 9'>",
            "</span>",
            "bbox nan inf -1 1e39",
            "x_wconf -5",
            "<String CONTENT=\"x\"/>",
            "<Page>",
            "<TextLine>",
            "ا",
            "-",
            "scan_res 0",
        ],
        wrap: as_is,
        run: |bytes| read(bytes, "a.hocr"),
    },
    Target {
        name: "ipc",
        seeds: misl::worker::sample_frames,
        words: &["\0\0\0\0", "\u{1}\0\0\0\u{4}", "{}", "\u{7f}"],
        wrap: as_is,
        run: |bytes| {
            misl::worker::feed_frames(bytes);
        },
    },
    Target {
        name: "query",
        seeds: || {
            [
                "\"call data\" tag:pta",
                "(a OR b) AND NOT c w/5 d",
                "court:ihc date:2023..2024 title:\"x y\"~2 teleph* colou?r",
                "PLD 1998 SC 388",
                "\"عدالت عالیہ\" lang:ur",
            ]
            .map(|query| query.as_bytes().to_vec())
            .into()
        },
        words: QUERY,
        wrap: as_is,
        run: |bytes| {
            let query = text(bytes);
            let Ok(parsed) = query::parse(&query, &NoVocabulary) else { return };
            // Spelled out it may be longer than a query may be.
            if parsed.read_as.len() > 4_000 {
                return;
            }
            let again = query::parse(&parsed.read_as, &NoVocabulary);
            assert!(again.is_ok(), "the canonical form is refused: {}", parsed.read_as);
            let passage = "The petition of عدالت عالیہ for call data under PLD 1998 SC 388 is allowed, colour or color.";
            for mark in query::highlight(&parsed.tree, &Passage::of_text(passage, Lang::En)) {
                assert!(passage.get(mark).is_some());
            }
        },
    },
    Target {
        name: "entities",
        seeds: || {
            vec![b"[[entity]]\nid = \"widow\"\nname = \"The widow\"\nkind = \"person\"\nforms = [\"the widow\", \"Mst. A\"]\n".to_vec()]
        },
        words: TOML,
        wrap: as_is,
        run: |bytes| {
            if let Ok(gazetteer) = Gazetteer::with(&text(bytes)) {
                drop(gazetteer.tag(&a_page(ORDER), &[]));
            }
        },
    },
    Target {
        name: "records",
        seeds: || {
            vec![b"title = \"Order\"\ncourt = \"ihc\"\ndate = \"2024-06-25\"\nnumber = \"W.P. 77/2021\"\n[[status]]\nstate = \"stayed\"\nby = \"scp\"\n".to_vec()]
        },
        words: TOML,
        wrap: as_is,
        run: |bytes| drop(parse_record(&text(bytes), "a.toml")),
    },
    Target {
        name: "references",
        seeds: || with_real(vec![ORDER.into()], &["corpus/guides", "corpus"], &["md"]),
        words: LAW,
        wrap: as_is,
        run: |bytes| {
            let Some(knowledge) = shared_knowledge() else { return };
            drop(misl::refs::parse_one(&text(bytes), &knowledge.tables));
            let limits = Limits::default();
            let reading = Reading {
                knowledge,
                limits: &limits,
                passwords: &[],
                readers: &Readers::InProcess,
            };
            let Ok(found) = understand(bytes, "a.txt", reading) else { return };
            for reference in &found.references {
                let page = found.pages.get(reference.page.idx());
                assert!(page.is_some_and(|page| page.text.get(reference.span.clone()).is_some()));
            }
        },
    },
    Target {
        name: "drafts",
        seeds: || {
            let own = vec![
                "It “shall not direct any licensee” (ihc-2021-wp-77@para1).\n\n> A long quotation.\n\nSee [^1]: \"x\".\n".into(),
                seeds::HTML.into(),
            ];
            with_real(own, &["corpus/guides", "corpus"], &["md"])
        },
        words: DRAFT,
        wrap: as_is,
        run: |bytes| {
            let draft = text(bytes);
            for kind in
                [DraftKind::Markdown, DraftKind::Text, DraftKind::Html, DraftKind::Paragraphs]
            {
                drop(Draft::parse(&draft, kind));
            }
            drop(misl::quote::verify(&draft, &a_page(ORDER), None));
        },
    },
    Target {
        name: "csl",
        seeds: || {
            let style = "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"note\" version=\"1.0\"><info><title>T</title><id>t</id>\
                <updated>2024-01-01T00:00:00+00:00</updated></info><macro name=\"a\"><names variable=\"author\"><name and=\"text\"/></names></macro>\
                <citation><layout suffix=\".\"><text macro=\"a\"/><choose><if type=\"book\"><text variable=\"title\"/></if></choose></layout></citation></style>";
            vec![style.into()]
        },
        words: CSL,
        wrap: as_is,
        run: |bytes| drop(CslStyle::parse(&text(bytes))),
    },
    Target {
        name: "tsv",
        seeds: || {
            vec![b"1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n5\t1\t1\t1\t1\t1\t300\t300\t120\t40\t96.5\tThe\n5\t1\t1\t1\t2\t1\t440\t350\t160\t40\t91.0\tpeti-\n\
                5\t1\t1\t1\t3\t1\t300\t400\t300\t40\t90.0\ttioner\n".to_vec()]
        },
        words: &["\t", "\n", "5\t1\t1\t1\t1\t1\t", "nan", "inf", "-1", "1e38", "ا", "-"],
        wrap: as_is,
        run: |bytes| {
            let scan = ocr::Scan::from_tsv(&text(bytes));
            let _ = (scan.confidence(), scan.skew(0.0), scan.yield_of());
            for degrees in [0.0, 90.0] {
                let orientation = ocr::Orientation { degrees, is_arabic: None, skew: 1.0 };
                let read = ocr::page(&scan, PageNo::FIRST, 300, orientation);
                assert!(
                    read.words.iter().all(|(span, _)| read.page.text.get(span.clone()).is_some())
                );
            }
        },
    },
];
