//! Which type a source is: by its first bytes, then by its structure; the name only breaks ties.

use std::io::{Cursor, Read as _};

use memchr::memmem;

use super::encoding;

/// A type of source that misl knows, with or without a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each name is the name of the format; TABLE says the rest")]
pub enum Format {
    Pdf,
    Html,
    Text,
    Markdown,
    Docx,
    Odt,
    Rtf,
    Epub,
    Eml,
    Mbox,
    Mhtml,
    Msg,
    Csv,
    Tsv,
    Json,
    Xml,
    Zip,
    Tar,
    Gzip,
    Warc,
    Wacz,
    Arc,
    IWork,
    Jpeg,
    Png,
    Tiff,
    Gif,
    WebP,
    Doc,
    Xls,
    Ppt,
    Xlsx,
    Pptx,
    Ods,
    Odp,
    WordPerfect,
    Pst,
    SevenZip,
    Rar,
    Xz,
    Bzip2,
    Zstd,
    DjVu,
    PostScript,
    Video,
    Audio,
    Sqlite,
    Program,
    Ole,
    EncryptedOffice,
}

/// What there is to know about one format.
#[derive(Debug)]
struct Row {
    format: Format,
    /// The short name that reasons and JSON use.
    name: &'static str,
    media_type: &'static str,
    /// File name endings, without the dot.
    endings: &'static [&'static str],
    /// What a user can do who has a file of a type without a reader; empty for the others.
    cure: &'static str,
}

/// Makes a row of [`TABLE`].
const fn row(
    format: Format,
    name: &'static str,
    media_type: &'static str,
    endings: &'static [&'static str],
    cure: &'static str,
) -> Row {
    Row { format, name, media_type, endings, cure }
}

const WORD_CURE: &str = "save as .docx or PDF, for example: soffice --headless --convert-to docx";
const SHEET_CURE: &str =
    "save the sheets as .csv, for example: soffice --headless --convert-to csv";
const SLIDES_CURE: &str = "export as PDF, for example: soffice --headless --convert-to pdf";
const UNPACK_CURE: &str = "unpack it, and ingest the folder";
const PICTURE_CURE: &str =
    "turn the picture into a PDF, for example: img2pdf, and ingest with --ocr auto";
const XML_CURE: &str = "save it as HTML, PDF or text";
const SPEECH_CURE: &str = "ingest a transcript as text";
const DATA_CURE: &str = "export what matters as .csv or text";

const TABLE: &[Row] = &[
    row(Format::Pdf, "pdf", "application/pdf", &["pdf"], ""),
    row(Format::Html, "html", "text/html", &["html", "htm", "xhtml", "xht", "shtml"], ""),
    row(Format::Text, "text", "text/plain", &["txt", "text", "asc", "log"], ""),
    row(Format::Markdown, "markdown", "text/markdown", &["md", "markdown", "mdown", "mkd"], ""),
    row(
        Format::Docx,
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &["docx", "docm", "dotx", "dotm"],
        "",
    ),
    row(Format::Odt, "odt", "application/vnd.oasis.opendocument.text", &["odt", "ott", "fodt"], ""),
    row(Format::Rtf, "rtf", "application/rtf", &["rtf"], ""),
    row(Format::Epub, "epub", "application/epub+zip", &["epub"], ""),
    row(Format::Eml, "eml", "message/rfc822", &["eml"], ""),
    row(Format::Mbox, "mbox", "application/mbox", &["mbox", "mbx"], ""),
    row(Format::Mhtml, "mhtml", "multipart/related", &["mhtml", "mht"], ""),
    row(Format::Msg, "msg", "application/vnd.ms-outlook", &["msg"], ""),
    row(Format::Csv, "csv", "text/csv", &["csv"], ""),
    row(Format::Tsv, "tsv", "text/tab-separated-values", &["tsv", "tab"], ""),
    row(Format::Json, "json", "application/json", &["json", "jsonl", "ndjson", "geojson"], ""),
    row(Format::Xml, "xml", "application/xml", &["xml", "rdf", "kml", "rss", "atom"], XML_CURE),
    row(Format::Zip, "zip", "application/zip", &["zip"], ""),
    row(Format::Tar, "tar", "application/x-tar", &["tar"], ""),
    row(Format::Gzip, "gz", "application/gzip", &["gz", "tgz"], ""),
    row(Format::Warc, "warc", "application/warc", &["warc"], ""),
    row(Format::Wacz, "wacz", "application/wacz", &["wacz"], ""),
    row(
        Format::Arc,
        "arc",
        "application/x-internet-archive",
        &["arc"],
        "make a WARC of it with `warcio recompress`",
    ),
    row(
        Format::IWork,
        "iwork",
        "application/vnd.apple.iwork",
        &["pages", "numbers", "key"],
        "export it from Pages, Numbers or Keynote as PDF",
    ),
    row(Format::Jpeg, "jpeg", "image/jpeg", &["jpg", "jpeg", "jpe"], PICTURE_CURE),
    row(Format::Png, "png", "image/png", &["png"], PICTURE_CURE),
    row(Format::Tiff, "tiff", "image/tiff", &["tif", "tiff"], PICTURE_CURE),
    row(Format::Gif, "gif", "image/gif", &["gif"], PICTURE_CURE),
    row(Format::WebP, "webp", "image/webp", &["webp"], PICTURE_CURE),
    row(Format::Doc, "doc", "application/msword", &["doc", "dot"], WORD_CURE),
    row(Format::Xls, "xls", "application/vnd.ms-excel", &["xls", "xlt"], SHEET_CURE),
    row(Format::Ppt, "ppt", "application/vnd.ms-powerpoint", &["ppt", "pps"], SLIDES_CURE),
    row(
        Format::Xlsx,
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &["xlsx", "xlsm", "xlsb"],
        SHEET_CURE,
    ),
    row(
        Format::Pptx,
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &["pptx", "pptm", "ppsx"],
        SLIDES_CURE,
    ),
    row(Format::Ods, "ods", "application/vnd.oasis.opendocument.spreadsheet", &["ods"], SHEET_CURE),
    row(
        Format::Odp,
        "odp",
        "application/vnd.oasis.opendocument.presentation",
        &["odp", "odg"],
        SLIDES_CURE,
    ),
    row(Format::WordPerfect, "wpd", "application/vnd.wordperfect", &["wpd", "wp"], WORD_CURE),
    row(
        Format::Pst,
        "pst",
        "application/vnd.ms-outlook-pst",
        &["pst", "ost"],
        "export the mails with `readpst -e`, and ingest the folder",
    ),
    row(Format::SevenZip, "7z", "application/x-7z-compressed", &["7z", "001"], UNPACK_CURE),
    row(Format::Rar, "rar", "application/vnd.rar", &["rar"], UNPACK_CURE),
    row(Format::Xz, "xz", "application/x-xz", &["xz", "txz"], UNPACK_CURE),
    row(Format::Bzip2, "bz2", "application/x-bzip2", &["bz2", "tbz"], UNPACK_CURE),
    row(Format::Zstd, "zst", "application/zstd", &["zst"], UNPACK_CURE),
    row(
        Format::DjVu,
        "djvu",
        "image/vnd.djvu",
        &["djvu", "djv"],
        "convert it with `ddjvu -format=pdf`",
    ),
    row(
        Format::PostScript,
        "ps",
        "application/postscript",
        &["ps", "eps"],
        "convert it with `ps2pdf`",
    ),
    row(
        Format::Video,
        "video",
        "video/*",
        &["mp4", "mov", "mkv", "avi", "webm", "3gp"],
        SPEECH_CURE,
    ),
    row(
        Format::Audio,
        "audio",
        "audio/*",
        &["mp3", "m4a", "wav", "ogg", "opus", "flac", "amr"],
        SPEECH_CURE,
    ),
    row(Format::Sqlite, "sqlite", "application/vnd.sqlite3", &["db", "sqlite"], DATA_CURE),
    row(
        Format::Program,
        "program",
        "application/octet-stream",
        &["exe", "dll", "so", "apk"],
        "programs hold no text",
    ),
    row(Format::Ole, "ole", "application/x-ole-storage", &[], WORD_CURE),
    row(Format::EncryptedOffice, "encrypted-office", "application/x-ole-storage", &[], ""),
];

impl Format {
    /// Returns the format's row; every format has one (a test sees to it).
    fn row(self) -> &'static Row {
        TABLE.iter().find(|row| row.format == self).unwrap_or(&TABLE[0])
    }

    /// Returns the short name (`docx`, `7z`) that reasons and JSON use.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns the media type.
    pub fn media_type(self) -> &'static str {
        self.row().media_type
    }

    /// Returns what a user can do who has such a file; empty where a reader exists.
    pub fn cure(self) -> &'static str {
        self.row().cure
    }

    /// Returns the format that a file name promises; `None` without a known ending.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        TABLE.iter().find(|row| row.endings.contains(&ending.as_str())).map(|row| row.format)
    }

    /// Tells whether the format is a kind of plain text, so that a name like `notes.txt` is no lie.
    const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Markdown
                | Self::Csv
                | Self::Tsv
                | Self::Html
                | Self::Json
                | Self::Xml
                | Self::Eml
                | Self::Mbox
                | Self::Mhtml
                | Self::Rtf
        )
    }
}

/// What sniffing found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// The type by content.
    pub format: Format,
    /// The type that the name promises, where it is another one altogether.
    pub promised: Option<Format>,
}

/// Returns the type of `bytes`; `None` for binary data of no known type.
pub fn sniff(bytes: &[u8], name: &str) -> Option<Sniffed> {
    let by_name = Format::of_name(name);
    let format = by_magic(bytes).or_else(|| by_structure(bytes, by_name))?;
    let promised = by_name.filter(|&promised| {
        let is_container = matches!(promised, Format::Zip | Format::Gzip | Format::Ole);
        promised != format && !is_container && !(promised.is_text() && format.is_text())
    });
    Some(Sniffed { format, promised })
}

/// First bytes that settle the type.
const MAGIC: &[(&[u8], Format)] = &[
    (b"{\\rtf", Format::Rtf),
    (b"!BDN", Format::Pst),
    (b"7z\xBC\xAF\x27\x1C", Format::SevenZip),
    (b"Rar!\x1A\x07", Format::Rar),
    (b"\xFD7zXZ\0", Format::Xz),
    (b"BZh", Format::Bzip2),
    (b"\x28\xB5\x2F\xFD", Format::Zstd),
    (b"\x1F\x8B", Format::Gzip),
    (b"WARC/", Format::Warc),
    (b"filedesc://", Format::Arc),
    (b"\xFFWPC", Format::WordPerfect),
    (b"\xDB\xA5\x2D\0", Format::Doc),
    (b"\xFF\xD8\xFF", Format::Jpeg),
    (b"\x89PNG\r\n\x1A\n", Format::Png),
    (b"II*\0", Format::Tiff),
    (b"MM\0*", Format::Tiff),
    (b"GIF8", Format::Gif),
    (b"AT&TFORM", Format::DjVu),
    (b"%!PS", Format::PostScript),
    (b"SQLite format 3\0", Format::Sqlite),
    (b"\x7FELF", Format::Program),
    (b"MZ\x90\0", Format::Program),
    (b"ID3", Format::Audio),
    (b"OggS", Format::Audio),
    (b"fLaC", Format::Audio),
    (b"\x1A\x45\xDF\xA3", Format::Video),
];

/// Decides by first bytes, and by what lies in a container that they announce.
fn by_magic(bytes: &[u8]) -> Option<Format> {
    let at = |from: usize, magic: &[u8]| {
        bytes.get(from..from.saturating_add(magic.len())).is_some_and(|found| found == magic)
    };
    // Viewers take the header of a PDF anywhere in the first kilobyte.
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if memmem::find(head, b"%PDF-").is_some() && !at(0, b"From ") && !looks_like_mail(head, None) {
        return Some(Format::Pdf);
    }
    if at(0, b"PK\x03\x04") || at(0, b"PK\x05\x06") {
        return Some(in_zip(bytes));
    }
    if at(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(in_ole(bytes));
    }
    if at(0, b"\x1F\x8B") {
        for (magic, format) in [(b"WARC/".as_slice(), Format::Warc), (b"filedesc://", Format::Arc)]
        {
            if gzip_begins(bytes, magic) {
                return Some(format);
            }
        }
    }
    if at(257, b"ustar") {
        return Some(Format::Tar);
    }
    if at(0, b"RIFF") {
        return match bytes.get(8..12)? {
            b"WEBP" => Some(Format::WebP),
            b"WAVE" => Some(Format::Audio),
            b"AVI " => Some(Format::Video),
            _ => None,
        };
    }
    if at(4, b"ftyp") {
        return Some(if at(8, b"M4A") { Format::Audio } else { Format::Video });
    }
    MAGIC.iter().find(|(magic, _)| at(0, magic)).map(|&(_, format)| format)
}

/// Tells whether what a gzip file holds begins with `magic`.
fn gzip_begins(bytes: &[u8], magic: &[u8]) -> bool {
    let mut first = Vec::new();
    let mut head = flate2::read::MultiGzDecoder::new(bytes).take(magic.len() as u64);
    head.read_to_end(&mut first).is_ok() && first == magic
}

/// Tells apart the formats that are ZIP archives.
fn in_zip(bytes: &[u8]) -> Format {
    let mimetype = memmem::find(bytes.get(..256.min(bytes.len())).unwrap_or_default(), b"mimetype");
    if let Some(at) = mimetype {
        let value = bytes.get(at + 8..bytes.len().min(at + 80)).unwrap_or_default();
        for format in [Format::Epub, Format::Odt, Format::Ods, Format::Odp] {
            if memmem::find(value, format.media_type().as_bytes()).is_some() {
                return format;
            }
        }
    }
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).ok();
    let holds = |name: &str| match &archive {
        Some(archive) => archive.index_for_name(name).is_some(),
        // Without a readable directory the names still stand before the members.
        None => memmem::find(bytes, name.as_bytes()).is_some(),
    };
    let has_word_text = archive.as_ref().map_or_else(
        || holds("word/document.xml"),
        |archive| archive.file_names().flatten().any(|name| super::docx::is_main_name(&name)),
    );
    if has_word_text {
        Format::Docx
    } else if holds("xl/workbook.xml") || holds("xl/workbook.bin") {
        Format::Xlsx
    } else if holds("ppt/presentation.xml") {
        Format::Pptx
    } else if holds("Index/Document.iwa")
        || holds("index.apxl")
        || holds("index.xml") && holds("buildVersionHistory.plist")
    {
        Format::IWork
    } else if holds("META-INF/container.xml") && holds("mimetype") {
        Format::Epub
    } else if holds("datapackage.json") && memmem::find(bytes, b".warc").is_some() {
        Format::Wacz
    } else if holds("content.xml") && holds("META-INF/manifest.xml") {
        Format::Odt
    } else {
        Format::Zip
    }
}

/// Tells apart the formats that are OLE files, by the names of their streams.
fn in_ole(bytes: &[u8]) -> Format {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    if holds("EncryptedPackage") {
        Format::EncryptedOffice
    } else if holds("__substg1.0_") || holds("__properties_version1.0") {
        Format::Msg
    } else if holds("WordDocument") {
        Format::Doc
    } else if holds("PowerPoint Document") {
        Format::Ppt
    } else if holds("Workbook") || holds("Book") {
        Format::Xls
    } else {
        Format::Ole
    }
}

/// Decides by the structure of a text; `None` if the bytes are no text.
fn by_structure(bytes: &[u8], by_name: Option<Format>) -> Option<Format> {
    let head = bytes.get(..bytes.len().min(16 << 10)).unwrap_or_default();
    if !is_text(head) {
        return None;
    }
    let text = encoding::decode(head, None).text;
    let text = text.trim_start();
    if text.starts_with("From ") && text.lines().nth(1).is_some_and(is_header_line) {
        return Some(Format::Mbox);
    }
    if looks_like_mail(text.as_bytes(), by_name) {
        return Some(if is_web_archive(text) { Format::Mhtml } else { Format::Eml });
    }
    if is_html(text) {
        return Some(Format::Html);
    }
    if text.starts_with("<?xml") {
        let opens = |tag: &str| text.contains(tag);
        let is_html = opens("<html") || by_name == Some(Format::Html);
        return Some(if is_html { Format::Html } else { Format::Xml });
    }
    // From here on the content leaves the choice open, and the name breaks the tie.
    let tie = by_name.filter(|name| {
        matches!(
            name,
            Format::Html
                | Format::Markdown
                | Format::Csv
                | Format::Tsv
                | Format::Json
                | Format::Text
                | Format::Xml
        )
    });
    Some(tie.unwrap_or_else(|| if is_markdown(text) { Format::Markdown } else { Format::Text }))
}

/// Tells whether `head` is text in some encoding: few control bytes once it is decoded.
fn is_text(head: &[u8]) -> bool {
    let decoded = encoding::decode(head, None);
    let (mut controls, mut all) = (0_usize, 0_usize);
    for c in decoded.text.chars() {
        all += 1;
        // Form feed, escape and backspace occur in old texts and logs.
        let is_odd =
            c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}' | '\u{1B}' | '\u{8}');
        controls += usize::from(is_odd || c == '\u{FFFD}');
    }
    all > 0 && controls * 20 <= all
}

/// Tells whether `text` begins as an HTML page or fragment does.
fn is_html(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(4096)).unwrap_or(text).to_ascii_lowercase();
    let mut rest = head.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, after)) = comment.split_once("-->") else { break };
        rest = after.trim_start();
    }
    const OPENINGS: &[&str] =
        &["<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<!doctype xhtml"];
    if OPENINGS.iter().any(|opening| rest.starts_with(opening)) || head.contains("<html") {
        return true;
    }
    const TAGS: &[&str] =
        &["<p>", "<p ", "</p>", "<div", "<br", "<h1", "<h2", "<table", "<ul", "<article", "<span"];
    rest.starts_with('<') && TAGS.iter().filter(|tag| head.contains(**tag)).count() >= 2
}

/// Header names that only mails carry; two of them make a mail.
const MAIL_HEADERS: &[&str] = &[
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "from",
    "to",
    "subject",
    "date",
    "delivered-to",
    "content-type",
    "x-mailer",
    "reply-to",
    "cc",
    "x-mozilla-status",
    "dkim-signature",
    "x-account-key",
    "content-transfer-encoding",
    "snapshot-content-location",
];

/// Tells whether `line` is `Name: value` with a name of letters and hyphens.
fn is_header_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

/// Headers that say how a mail is packed or came, and that nobody writes by hand.
const TECHNICAL_HEADERS: &[&str] = &[
    "content-type",
    "mime-version",
    "content-transfer-encoding",
    "message-id",
    "received",
    "return-path",
    "dkim-signature",
];

/// Tells whether `head` begins with a block of mail headers: three of them, or two of which one is
/// technical; one is enough where the name says that it is a mail, or where it tells of parts.
fn looks_like_mail(head: &[u8], by_name: Option<Format>) -> bool {
    let (mut known, mut technical, mut has_parts, mut is_whole) = (0, 0, false, false);
    for (idx, line) in head.split(|&byte| byte == b'\n').take(80).enumerate() {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end();
        if line.starts_with([' ', '\t']) && idx > 0 {
            has_parts |= technical > 0 && line.to_ascii_lowercase().contains("boundary=");
            continue;
        }
        if !is_header_line(line) {
            is_whole = line.is_empty();
            break;
        }
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        known += usize::from(MAIL_HEADERS.contains(&name.as_str()));
        technical += usize::from(TECHNICAL_HEADERS.contains(&name.as_str()));
        has_parts |= name == "content-type" && line.to_ascii_lowercase().contains("multipart/");
    }
    let is_named = matches!(by_name, Some(Format::Eml | Format::Mhtml));
    known >= 3 || known >= 2 && technical >= 1 || is_whole && known >= 1 && (is_named || has_parts)
}

/// Tells whether mail headers announce a saved web page.
fn is_web_archive(text: &str) -> bool {
    let (headers, _) =
        text.split_once("\n\n").or_else(|| text.split_once("\r\n\r\n")).unwrap_or((text, ""));
    let headers = headers.to_ascii_lowercase();
    headers.contains("multipart/related")
        && (headers.contains("snapshot-content-location")
            || headers.contains("from: <saved by")
            || headers.contains("from: \"saved by")
            || !headers.contains("\nto:"))
}

/// Tells whether `text` has front matter, or several marks that only Markdown makes.
fn is_markdown(text: &str) -> bool {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    if (first == "---" || first == "+++") && lines.any(|line| line.trim_end() == first) {
        return true;
    }
    let marks = text.lines().filter(|line| {
        let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
        ((1..=6).contains(&hashes) && line.as_bytes().get(hashes) == Some(&b' '))
            || line.starts_with("```")
            || line.contains("](http")
    });
    marks.take(2).count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], name: &str, format: Format, promised: Option<Format>) {
        assert_eq!(sniff(bytes, name), Some(Sniffed { format, promised }));
    }

    #[test]
    fn every_format_has_one_row() {
        for (idx, row) in TABLE.iter().enumerate() {
            assert_eq!(TABLE.iter().position(|other| other.format == row.format), Some(idx));
        }
        assert_eq!(Format::Pdf as usize, 0);
        assert_eq!(Format::EncryptedOffice as usize + 1, TABLE.len());
    }

    #[test]
    fn content_beats_the_name() {
        check(b"%PDF-1.4\n", "order.docx", Format::Pdf, Some(Format::Docx));
        check(b"\n\n%PDF-1.4\n", "order.pdf", Format::Pdf, None);
        check(b"{\\rtf1\\ansi", "order.doc", Format::Rtf, Some(Format::Doc));
        check(b"<!DOCTYPE html><p>x", "page.txt", Format::Html, None);
    }

    #[test]
    fn old_web_archives_and_papers_of_apple_are_named() {
        check(
            b"filedesc://x.arc 0.0.0.0 20240101000000 text/plain 9\n",
            "x.arc",
            Format::Arc,
            None,
        );
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["Index/Document.iwa", "preview.jpg"] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        }
        let pages = archive.finish().unwrap().into_inner();
        check(&pages, "order.pages", Format::IWork, None);
        assert!(!Format::IWork.cure().is_empty());
    }

    #[test]
    fn the_name_breaks_ties() {
        check(b"a,b\n1,2\n", "table.csv", Format::Csv, None);
        check(b"plain words", "README.md", Format::Markdown, None);
        check(b"plain words", "README", Format::Text, None);
        check(b"---\ntitle: x\n---\nbody", "note", Format::Markdown, None);
    }

    #[test]
    fn mail_is_known_by_its_headers() {
        let mail = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: order\r\n\r\nDear";
        check(mail, "x", Format::Eml, None);
        for few in [
            b"From: a@b.example\nContent-Type: text/plain\n\nDear".as_slice(),
            b"Subject: order\nContent-Type: text/html\n\n<html><p>Dear",
            b"Content-Type: multipart/mixed;\n boundary=x\n\n--x\n\nDear\n--x--",
        ] {
            check(few, "x", Format::Eml, None);
        }
        check(b"Subject: order\n\nDear", "x.eml", Format::Eml, None);
        check(b"Subject: order\n\nDear", "x.txt", Format::Text, None);
        check(b"Content-Type: text/html\n\n<html>", "x.txt", Format::Html, None);
        let note = b"To: the registrar\n\nplease note: nothing";
        check(note, "x", Format::Text, None);
        let mbox = b"From a@b.example Mon Jan  1 00:00:00 2024\nFrom: a@b.example\n\nhi";
        check(mbox, "x.txt", Format::Mbox, None);
    }

    #[test]
    fn binary_of_no_known_type() {
        assert_eq!(sniff(&[0, 1, 2, 3, 0, 0, 0, 9, 200, 1, 2], "x.txt"), None);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, name in ".{0,12}") {
            sniff(&bytes, &name);
        }
    }
}
