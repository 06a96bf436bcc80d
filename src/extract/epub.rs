//! Books: each part of the reading order is a page.

use super::clean::squeeze;
use super::draft::Draft;
use super::package::Package;
use super::xml::{self, Element};
use super::{ExtractError, Job, dates, encoding, html};
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Extracted, Kind, Origin, PageOrigin, Valued, WarningKind};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "1";

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
    for name in reading_order(book) {
        (job.beat)();
        draft.next_page();
        match package.part(&resolve(folder, &name)) {
            Ok(part) => {
                let label = html::declared_encoding(&part);
                html::push_fragment(&encoding::decode(&part, label.as_deref()).text, &mut draft);
            }
            Err(_) => draft.warn(WarningKind::Partial, format!("{name} cannot be read")),
        }
    }
    Ok(draft.finish())
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
        let read =
            read(&bytes, &Job { name: "x.epub", limits: &limits, beat: &|| (), passwords: &[] })
                .unwrap();
        let texts: Vec<_> = read.pages.iter().map(|page| page.text.as_str()).collect();
        assert_eq!(texts, ["One", "Two"]);
        assert_eq!(read.record.main_date().unwrap().value.value.to_string(), "2019");
    }
}
