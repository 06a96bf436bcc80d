//! Books: each part of the reading order is a page.

use super::clean::squeeze;
use super::draft::Draft;
use super::package::Package;
use super::xml::{self, Element};
use super::{ExtractError, Job, dates, encoding, html};
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Extracted, Kind, Origin, PageOrigin, Valued, WarningKind};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "2";

/// Reads an `.epub`.
pub(super) fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    let mut package = Package::open(bytes, job.limits)?;
    if is_encrypted(&package.part("META-INF/encryption.xml").unwrap_or_default()) {
        return Err(ExtractError::Encrypted);
    }
    let depth = job.limits.markup_depth;
    let container = xml::parse(&package.required("META-INF/container.xml")?, depth)?.root;
    let damaged = |what: &str| ExtractError::Damaged { detail: format!("{what} is missing") };
    let path = container
        .at(&["container", "rootfiles", "rootfile"])
        .and_then(|file| file.attr("full-path"))
        .ok_or_else(|| damaged("the place of the table of parts"))?
        .to_owned();
    let root = xml::parse(&package.required(&path)?, depth)?.root;
    let book = root.child("package").ok_or_else(|| damaged("the table of parts"))?;
    let mut draft = Draft::new(job, "epub", VERSION, PageOrigin::Markup);
    if let Some(metadata) = book.child("metadata") {
        record(metadata, &mut draft);
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let labels = page_list(book, folder, &mut package);
    let mut label = None;
    for name in reading_order(book) {
        (job.beat)();
        let path = resolve(folder, &name);
        match package.part(&path) {
            Ok(part) => {
                let encoding = html::declared_encoding(&part);
                let text = encoding::decode(&part, encoding.as_deref()).text;
                let own: Vec<&Target> =
                    labels.iter().filter(|target| target.path == path).collect();
                push_part(&text, &own, &mut label, &mut draft);
            }
            Err(_) => {
                draft.next_page();
                draft.warn(WarningKind::Partial, format!("{name} cannot be read"));
            }
        }
    }
    Ok(draft.finish())
}

/// Where a page of the printed book begins.
#[derive(Debug)]
struct Target {
    path: String,
    /// The `id` of an element; empty: the beginning of the part.
    id: String,
    label: String,
}

/// Pushes a part of the book: one page, or one from each place where a printed page begins.
fn push_part(text: &str, targets: &[&Target], label: &mut Option<String>, draft: &mut Draft<'_>) {
    let mut cuts: Vec<(usize, &str)> = targets
        .iter()
        .filter_map(|target| Some((place_of(text, &target.id)?, target.label.as_str())))
        .collect();
    cuts.sort_unstable();
    let mut from = 0;
    let mut goes_on = false;
    let ends = cuts.iter().map(|(at, label)| (*at, Some(*label))).chain([(text.len(), None)]);
    for (n, (to, next)) in ends.enumerate() {
        let piece = text.get(from..to).unwrap_or_default();
        // What stands before the first page mark is the end of the page before, if it is text.
        let before = draft.n_paragraphs();
        if next.is_none() && n == 0 || has_words(piece) {
            draft.next_page();
            draft.label_page(label.clone());
            html::push_fragment(piece, draft);
            if goes_on && draft.n_paragraphs() > before {
                draft.mark_continued();
            }
        }
        if let Some(next) = next {
            // Inside a paragraph the text before the mark does not end with a tag of a block.
            let last = piece.trim_end();
            goes_on = !last.ends_with('>') || INLINE_ENDS.iter().any(|end| last.ends_with(end));
            *label = Some(next.to_owned());
        }
        from = to;
    }
}

/// Tags that may stand at a page mark inside a paragraph.
const INLINE_ENDS: &[&str] = &["</em>", "</i>", "</b>", "</strong>", "</span>", "</a>", "</sup>"];

/// Tells whether there is text beside the tags.
fn has_words(html: &str) -> bool {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    let mut in_tag = body.len() < html.len();
    body.chars().any(|c| {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ => return !in_tag && c.is_alphanumeric(),
        }
        false
    })
}

/// Returns where the tag with the `id` begins; the beginning where there is no `id` to look for.
fn place_of(text: &str, id: &str) -> Option<usize> {
    if id.is_empty() {
        return Some(0);
    }
    let at =
        [format!("id=\"{id}\""), format!("id='{id}'")].iter().find_map(|mark| text.find(mark))?;
    text.get(..at)?.rfind('<')
}

/// Returns the pages of the printed book, of the navigation document or of the older table (NCX).
fn page_list(book: &Element, folder: &str, package: &mut Package<'_>) -> Vec<Target> {
    let Some(manifest) = book.child("manifest") else { return Vec::new() };
    let is_nav = |item: &&Element| {
        item.attr("properties").is_some_and(|all| all.split_whitespace().any(|one| one == "nav"))
    };
    let is_ncx = |item: &&Element| item.attr("media-type") == Some("application/x-dtbncx+xml");
    let mut read = |item: Option<&Element>| -> Option<(String, String)> {
        let path = resolve(folder, item?.attr("href")?);
        let bytes = package.part(&path).ok()?;
        Some((path, encoding::decode(&bytes, None).text))
    };
    let nav = read(manifest.elements().find(is_nav));
    let mut found =
        nav.map(|(path, text)| links(&path, after(&text, "page-list", "</nav>"), "<a", "href"));
    if found.as_ref().is_none_or(Vec::is_empty) {
        let ncx = read(manifest.elements().find(is_ncx));
        found = ncx.map(|(path, text)| {
            links(&path, after(&text, "<pageList", "</pageList>"), "<pageTarget", "src")
        });
    }
    found.unwrap_or_default()
}

/// Returns what stands between `start` and `end`; nothing without `start`.
fn after<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split_once(start).map_or("", |(_, rest)| rest);
    rest.split_once(end).map_or(rest, |(inner, _)| inner)
}

/// Collects targets and labels: elements that begin with `tag` and lead to `attribute`.
///
/// The tables are looked through as text: many are not well-formed, and they are simple.
fn links(path: &str, text: &str, tag: &str, attribute: &str) -> Vec<Target> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = Vec::new();
    for piece in text.split(tag).skip(1) {
        let Some((_, value)) = piece.split_once(&format!("{attribute}=")) else { continue };
        let quote = if value.starts_with('\'') { '\'' } else { '"' };
        let Some(target) = value.get(1..).and_then(|value| value.split(quote).next()) else {
            continue;
        };
        let mut label = String::new();
        let mut in_tag = true;
        for c in piece.chars().take(4000) {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                c if !in_tag => label.push(c),
                _ => {}
            }
        }
        let label = squeeze(&label);
        let (file, id) = target.split_once('#').unwrap_or((target, ""));
        if !label.is_empty() && label.chars().count() <= 20 {
            found.push(Target { path: resolve(folder, file), id: id.to_owned(), label });
        }
    }
    found
}

/// Tells whether more than fonts is encrypted.
fn is_encrypted(encryption: &[u8]) -> bool {
    let text = String::from_utf8_lossy(encryption);
    text.match_indices("URI=").any(|(at, _)| {
        let rest = text.get(at + 5..).unwrap_or_default();
        let name = rest.split(['"', '\'']).next().unwrap_or_default().to_ascii_lowercase();
        [".xhtml", ".html", ".htm", ".xml", ".opf"].iter().any(|ending| name.ends_with(ending))
    })
}

/// Returns the names of the parts in reading order.
fn reading_order(book: &Element) -> Vec<String> {
    let href = |id: &str| {
        book.child("manifest")?
            .elements()
            .find(|item| item.attr("id") == Some(id))
            .and_then(|item| item.attr("href"))
            .map(str::to_owned)
    };
    let spine = book.child("spine").map(|spine| spine.elements().collect::<Vec<_>>());
    spine.unwrap_or_default().into_iter().filter_map(|item| href(item.attr("idref")?)).collect()
}

/// Returns the name of a part relative to the table's folder: `%20` decoded, `..` resolved.
fn resolve(folder: &str, name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name.split('#').next().unwrap_or_default().bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let hex = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        if byte == b'%'
            && let (Some(high), Some(low)) = (hex(ahead.next()), hex(ahead.next()))
        {
            bytes.extend(u8::try_from(high * 16 + low));
            rest = ahead;
        } else {
            bytes.push(byte);
        }
    }
    let name = String::from_utf8_lossy(&bytes).into_owned();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Takes Dublin Core.
fn record(metadata: &Element, draft: &mut Draft<'_>) {
    let all = |name: &str| -> Vec<String> {
        metadata
            .elements()
            .filter(|element| element.name == name)
            .map(|element| {
                let mut text = String::new();
                element.text(&mut text);
                squeeze(&text)
            })
            .filter(|text| !text.is_empty())
            .collect()
    };
    let first =
        |name: &str| all(name).into_iter().next().map(|text| Valued::new(text, Origin::Embedded));
    let record = draft.record();
    record.kind = Some(Valued::new(Kind::Book, Origin::Embedded));
    record.title = first("title");
    record.publisher = first("publisher");
    record.lang = first("language");
    record.authors =
        all("creator").into_iter().map(|name| Valued::new(name, Origin::Embedded)).collect();
    let date = all("date").into_iter().next();
    let value = date.and_then(|text| text.parse().ok().or_else(|| dates::date_in(&text)));
    if let Some(value) = value {
        let date = RoleDate { role: DateRole::Published, value };
        record.dates.push(Valued::new(date, Origin::Embedded));
    } else {
        draft.warn(WarningKind::NoDate, "");
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::extract::Limits;

    fn book(parts: &[(&str, &str)]) -> Extracted {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        let limits = Limits::default();
        read(
            &bytes,
            &Job { name: "x.epub", limits: &limits, beat: &|| (), passwords: &[], charset: None },
        )
        .unwrap()
    }

    const CONTAINER: (&str, &str) = (
        "META-INF/container.xml",
        "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>",
    );

    #[track_caller]
    fn check_pages(book: &Extracted) {
        let pages: Vec<_> = book
            .pages
            .iter()
            .map(|page| {
                let continues = page.paragraphs.first().is_some_and(|first| first.continues);
                (page.label.as_deref(), page.text.as_str(), continues)
            })
            .collect();
        assert_eq!(
            pages,
            [
                (None, "Title", false),
                (Some("7"), "One\nThe court", false),
                (Some("8"), "orders it.", true),
                (Some("8"), "Rest of eight.", false),
                (Some("ix"), "Nine.", false),
            ]
        );
    }

    #[test]
    fn printed_pages_come_from_the_page_list() {
        let a = (
            "OPS/a.xhtml",
            "<html><head><title>A</title></head><body><p>Title</p><h1 id='p7'>One</h1><p>The court \
            <span epub:type='pagebreak' id=\"p8\"/>orders it.</p></body></html>",
        );
        let b = (
            "OPS/b.xhtml",
            "<html><body><p>Rest of eight.</p><a id='p9'></a><p>Nine.</p></body></html>",
        );
        let table = |more: &str| {
            format!(
                "<package><manifest>{more}<item id='a' href='a.xhtml'/><item id='b' href='b.xhtml'/></manifest>\
                 <spine><itemref idref='a'/><itemref idref='b'/></spine></package>"
            )
        };
        let nav = (
            "OPS/nav/n.xhtml",
            "<!DOCTYPE html><html><body><nav epub:type='toc'><a href='x'>1</a></nav><nav epub:type=\"page-list\"><ol>\
            <li><a href='../a.xhtml#p7'>7</a></li><li><a href=\"../a.xhtml#p8\">8</a><li><a href='../b.xhtml#p9'>ix</a></ol></nav></body></html>",
        );
        let opf = table("<item id='n' href='nav/n.xhtml' properties='nav'/>");
        check_pages(&book(&[CONTAINER, ("OPS/book.opf", &opf), a, b, nav]));
        let ncx = (
            "OPS/t.ncx",
            "<ncx><navMap/><pageList><pageTarget value='7'><navLabel><text>7</text></navLabel><content src='a.xhtml#p7'/></pageTarget>\
            <pageTarget><navLabel><text>8</text></navLabel><content src='a.xhtml#p8'/></pageTarget>\
            <pageTarget><navLabel><text>ix</text></navLabel><content src='b.xhtml#p9'/></pageTarget></pageList></ncx>",
        );
        let opf = table("<item id='n' href='t.ncx' media-type='application/x-dtbncx+xml'/>");
        check_pages(&book(&[CONTAINER, ("OPS/book.opf", &opf), a, b, ncx]));
    }

    #[test]
    fn parts_in_reading_order_are_pages() {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>"),
            ("OPS/book.opf", "<package><metadata><dc:title>Title</dc:title><dc:date>2019</dc:date></metadata><manifest>
                <item id='b' href='b%201.xhtml'/><item id='a' href='../a.xhtml'/></manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>"),
            ("a.xhtml", "<html><body><h1>One</h1></body></html>"),
            ("OPS/b 1.xhtml", "<html><body><p>Two</p></body></html>"),
        ] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        let limits = Limits::default();
        let read = read(
            &bytes,
            &Job { name: "x.epub", limits: &limits, beat: &|| (), passwords: &[], charset: None },
        )
        .unwrap();
        let texts: Vec<_> = read.pages.iter().map(|page| page.text.as_str()).collect();
        assert_eq!(texts, ["One", "Two"]);
        assert_eq!(read.record.main_date().unwrap().value.value.to_string(), "2019");
    }
}
