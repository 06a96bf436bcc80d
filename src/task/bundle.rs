//! A citation list handed over whole: the list, the cited pages, the quotations with their places,
//! and the original files, in a folder whose manifest anybody can check.

mod pictures;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::cite::pii::{self, EntryFind, FindKind};
use crate::cite::{CiteError, Format, PersonalData};
use crate::corpus::bag::{Bag, BagFile};
use crate::corpus::{ListEntry, files};
use crate::extract::Limits;
use crate::extract::pdf::Picture;
use crate::model::{Page, PageNo, SourceId};
use crate::quote;
use crate::store::{PathState, SourceRow};
use crate::text::script::turns_direction;
use crate::text::xml;

use super::cite::{CiteOptions, as_decided, export, plain_citation};
use super::{Desk, Readers, TaskError};

/// What was written: schema `misl.bundle/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct BundleAnswer {
    pub schema: &'static str,
    /// The files of `data/`, in the order of their paths.
    pub files: Vec<BagFile>,
    /// What a user should know, in words: originals that are gone, statuses of works.
    pub warnings: Vec<String>,
}

/// An entry with what belongs to it.
struct Cited {
    source: SourceRow,
    entry: ListEntry,
    citation: String,
    pages: Vec<Page>,
    checked: Option<quote::Checked>,
}

/// Writes a citation list with all that it rests on into the new or empty folder `dir`.
///
/// The original files are copied byte for byte where they are still what was read. They cannot be
/// blacked out: with [`PersonalData::Redact`] they stay behind, and the pages are redacted.
///
/// # Errors
/// [`CiteError::PersonalData`] for identifiers in the list or in the cited documents (e-mail
/// addresses of documents apart), unless the options say what to do; then nothing is written.
pub fn bundle(
    desk: &Desk,
    name: &str,
    options: &CiteOptions,
    dir: &Path,
    readers: &Readers,
) -> Result<BundleAnswer, TaskError> {
    let options = &as_decided(options, &desk.workspace.list(name)?);
    let as_format = |format| export(desk, name, &CiteOptions { format, ..options.clone() });
    let text = as_format(Format::Text)?;
    let json = as_format(Format::CslJson)?;
    let mut warnings = text.warnings;
    let cited = cited(desk, name)?;
    if options.personal_data == PersonalData::Refuse {
        refuse_identifiers(desk, &cited)?;
    }
    let redacts = options.personal_data == PersonalData::Redact;
    let shown = |text: &str| if redacts { pii::redact(text) } else { text.to_owned() };
    let mut bag = Bag::create(dir)?;
    bag.add(None, "list.txt", &text.bytes)?;
    bag.add(None, "list.json", &json.bytes)?;
    let mut originals: Vec<(SourceId, Option<String>)> = Vec::new();
    let mut drawn: Drawn = BTreeMap::new();
    for one in &cited {
        let id = one.source.id;
        if originals.iter().any(|(known, _)| *known == id) {
            continue;
        }
        let path = if redacts {
            warnings.push(format!("{}: a redacted bundle holds no original", name_of(&one.source)));
            None
        } else {
            let (path, bytes) = copy_original(desk, &one.source, &mut bag, &mut warnings)?;
            if let Some(bytes) = bytes.filter(|_| has_pages(&one.source)) {
                let pages = cited.iter().filter(|other| other.source.id == id);
                let pages = pages.flat_map(|other| other.pages.iter().map(|page| page.number));
                draw_pages(readers, &one.source, &bytes, pages, &mut bag, &mut drawn)?;
            }
            path
        };
        originals.push((id, path));
    }
    let mut written: Vec<(SourceId, PageNo)> = Vec::new();
    for one in &cited {
        for page in &one.pages {
            if !written.contains(&(one.source.id, page.number)) {
                let file = format!("{}-p{}.txt", name_of(&one.source), page.number);
                bag.add(Some("pages"), &file, shown(&page.text).as_bytes())?;
                written.push((one.source.id, page.number));
            }
        }
    }
    let page = html(name, &cited, &originals, &drawn, &shown);
    bag.add(None, "quotations.html", page.as_bytes())?;
    let files = bag.finish()?;
    Ok(BundleAnswer { schema: "misl.bundle/1", files, warnings })
}

/// Pictures of cited pages, each with its path beside the page of quotations.
type Drawn = BTreeMap<(SourceId, PageNo), (String, Picture)>;

/// Tells whether pages of the file can be drawn.
fn has_pages(source: &SourceRow) -> bool {
    source.media_type == "application/pdf" || source.media_type.starts_with("image/")
}

/// Draws the cited pages of a PDF file or picture.
fn draw_pages(
    readers: &Readers,
    source: &SourceRow,
    bytes: &[u8],
    pages: impl Iterator<Item = PageNo>,
    bag: &mut Bag,
    drawn: &mut Drawn,
) -> Result<(), TaskError> {
    for number in pages {
        if drawn.contains_key(&(source.id, number)) {
            continue;
        }
        let Some(picture) = pictures::draw(readers, bytes, number) else { continue };
        let path =
            bag.add(Some("pictures"), &format!("{}-p{number}.png", name_of(source)), &picture.png)?;
        let beside = path.strip_prefix("data/").unwrap_or(&path).to_owned();
        drawn.insert((source.id, number), (beside, picture));
    }
    Ok(())
}

fn name_of(source: &SourceRow) -> String {
    source.key.clone().unwrap_or_else(|| source.id.short(12))
}

/// Returns the entries with their cited pages and the check of their quotations.
fn cited(desk: &Desk, name: &str) -> Result<Vec<Cited>, TaskError> {
    let mut all = Vec::new();
    for entry in desk.workspace.list(name)?.entries {
        // `export` has refused a list with an entry that is not there.
        let Some(source) = desk.by_id(entry.id)? else { continue };
        let pages = desk.store.pages(source.docn)?;
        let at = (!entry.at.is_whole()).then_some(&entry.at);
        let checked = entry.quote.as_ref().map(|quote| quote::verify(quote, &pages, at));
        let mut wanted: Vec<PageNo> = match super::show::pages_of(desk, &source, &entry.at) {
            Ok(numbers) => numbers.unwrap_or_default(),
            // A place that the document no longer has was told as a warning of the list.
            Err(TaskError::Usage { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        for place in checked.iter().flat_map(|checked| &checked.places).take(1) {
            wanted.extend([place.page, place.last_page]);
        }
        let pages = pages.into_iter().filter(|page| wanted.contains(&page.number)).collect();
        let citation = plain_citation(desk, &source, &entry)?;
        all.push(Cited { source, entry, citation, pages, checked });
    }
    Ok(all)
}

/// Stops where a cited document holds an identifier, for its original would be copied.
fn refuse_identifiers(desk: &Desk, cited: &[Cited]) -> Result<(), TaskError> {
    let mut finds = Vec::new();
    for (entry_idx, one) in cited.iter().enumerate() {
        if cited.iter().take(entry_idx).any(|before| before.source.id == one.source.id) {
            continue;
        }
        for page in desk.store.pages(one.source.docn)? {
            let found = pii::find(&page.text).into_iter();
            let found = found.filter(|find| find.kind != FindKind::Email);
            finds.extend(found.map(|find| EntryFind { entry_idx, field: "source file", find }));
        }
    }
    if finds.is_empty() { Ok(()) } else { Err(CiteError::PersonalData { finds }.into()) }
}

/// Copies the file that a document was read from; returns its path in the bag, and its bytes where
/// it is no member of an archive.
///
/// Only the file's own name goes with it, no folder; a member of an archive comes as its archive.
fn copy_original(
    desk: &Desk,
    source: &SourceRow,
    bag: &mut Bag,
    warnings: &mut Vec<String>,
) -> Result<(Option<String>, Option<Vec<u8>>), TaskError> {
    let max_bytes = Limits::default().file_bytes;
    for row in desk.store.paths_of(source.docn)? {
        if row.state != PathState::Present {
            continue;
        }
        let is_member = row.container.is_some();
        let kept = row.container.as_deref().unwrap_or(&row.path);
        let raw = row.raw.as_deref().filter(|_| !is_member);
        let disk = desk.workspace.disk_path(kept, raw);
        let Ok((bytes, _)) = files::read(&disk, max_bytes) else { continue };
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        if !is_member && SourceId(hash) != source.id {
            continue;
        }
        let name = disk.file_name().unwrap_or_default().to_string_lossy();
        let path =
            bag.add(Some("sources"), &format!("{}-{name}", SourceId(hash).short(12)), &bytes)?;
        if is_member {
            warnings.push(format!("{}: its archive was copied whole", name_of(source)));
        }
        return Ok((Some(path), (!is_member).then_some(bytes)));
    }
    warnings.push(format!(
        "{}: its file is gone or was changed since it was read; the kept page is in the bundle",
        name_of(source)
    ));
    Ok((None, None))
}

/// Writes the page of quotations: escaped, without script, nothing fetched.
fn html(
    name: &str,
    cited: &[Cited],
    originals: &[(SourceId, Option<String>)],
    drawn: &Drawn,
    shown: &dyn Fn(&str) -> String,
) -> String {
    let say = |text: &str| escape(&shown(text));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{0}</title>\n\
         <style>\n.page {{ position: relative; max-width: 60em; border: 1px solid #999; }}\n\
         .page img {{ display: block; width: 100%; }}\n\
         .page i {{ position: absolute; background: #fd0; mix-blend-mode: multiply; }}\n\
         </style>\n</head>\n<body>\n\
         <h1>{0}</h1>\n<ol>\n",
        say(name)
    );
    for one in cited {
        let _ = write!(out, "<li>\n<p dir=\"auto\">{}</p>\n", say(&one.citation));
        if let Some(quote) = &one.entry.quote {
            let _ = writeln!(out, "<blockquote dir=\"auto\">{}</blockquote>", say(quote));
        }
        if let Some(checked) = &one.checked {
            let place = checked.places.first().map(place_words).unwrap_or_default();
            let _ = writeln!(out, "<p>{}{place}</p>", checked.verdict);
        }
        if let Some(note) = &one.entry.note {
            let _ = writeln!(out, "<p dir=\"auto\">{}</p>", say(note));
        }
        pages_of(&mut out, one, drawn);
        let original = originals.iter().find(|(id, _)| *id == one.source.id);
        if let Some(path) = original.and_then(|(_, path)| path.as_deref()) {
            // The page stands in `data/` itself; names in a bag are plain ASCII.
            let beside = path.strip_prefix("data/").unwrap_or(path);
            let _ = writeln!(out, "<p><a href=\"{0}\">{0}</a></p>", escape(beside));
        }
        let _ = write!(out, "<p>SHA-256 <code>{}</code></p>\n</li>\n", one.source.id);
    }
    out.push_str("</ol>\n</body>\n</html>\n");
    out
}

/// Writes the pictures of an entry's pages, its quotation marked.
fn pages_of(out: &mut String, one: &Cited, drawn: &Drawn) {
    let place = one.checked.as_ref().and_then(|checked| checked.places.first());
    for page in &one.pages {
        let Some((path, picture)) = drawn.get(&(one.source.id, page.number)) else { continue };
        let _ = write!(
            out,
            "<div class=\"page\"><img src=\"{}\" alt=\"page {}\">",
            escape(path),
            page.number
        );
        let spans = place.into_iter().flat_map(|place| &place.spans);
        for (_, span) in spans.filter(|(number, _)| *number == page.number) {
            for mark in pictures::marks(page, span, picture) {
                let pictures::Mark { left, top, width, height } = mark;
                let _ = write!(
                    out,
                    "<i style=\"left:{left:.2}%;top:{top:.2}%;width:{width:.2}%;height:{height:.2}%\"></i>"
                );
            }
        }
        out.push_str("</div>\n");
    }
}

/// Returns a place in words: `: page 12 (printed 410), paragraph 18`.
fn place_words(place: &quote::Place) -> String {
    let mut words = format!(": page {}", place.page);
    if place.last_page != place.page {
        let _ = write!(words, "–{}", place.last_page);
    }
    if let Some(label) = &place.page_label {
        let _ = write!(words, " (printed {})", escape(label));
    }
    if let Some(paragraph) = &place.paragraph {
        let _ = write!(words, ", paragraph {}", escape(paragraph));
    }
    words
}

/// Escapes for content and attributes; marks that turn the direction of what follows go.
fn escape(text: &str) -> String {
    xml::escape(&text.replace(turns_direction, ""))
}
