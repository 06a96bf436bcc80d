//! What a PDF says about itself: document information, page labels, attachments, annotations.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Rect, Stream, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;

use super::folios::to_roman;
use super::letters;
use crate::extract::Limits;
use crate::model::{Member, Origin, Record, Valued};

/// How deep name and number trees may nest.
const MAX_DEPTH: usize = 16;
/// Most annotations that are read of one page.
const MAX_ANNOTATIONS: usize = 2_000;

/// Returns title, author and date of creation under names that nobody takes for facts.
pub(super) fn record(pdf: &Pdf) -> Record {
    let metadata = pdf.metadata();
    let mut record = Record::default();
    let mut put = |name: &str, value: Option<String>| {
        let value = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        if let Some(value) = value {
            let valued = Valued::new(value.chars().take(1_000).collect(), Origin::Embedded);
            record.extra.insert(name.to_owned(), valued);
        }
    };
    put("pdf-title", metadata.title.as_deref().map(text));
    put("pdf-author", metadata.author.as_deref().map(text));
    put(
        "pdf-created",
        metadata
            .creation_date
            .filter(|date| date.year > 0 && (1..=12).contains(&date.month) && date.day > 0)
            .map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)),
    );
    record
}

/// Decodes a text string: UTF-16 or UTF-8 by their marks, else `PDFDocEncoding`.
pub(super) fn text(bytes: &[u8]) -> String {
    let utf16 = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect::<String>()
    };
    let decoded = match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| doc_encoding(*byte)).collect(),
    };
    let lines: Vec<String> = decoded.split(['\r', '\n']).map(letters::normal).collect();
    lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `PDFDocEncoding`: Latin-1 but for two rows (ISO 32000-1, annex D.2).
fn doc_encoding(byte: u8) -> char {
    const HIGH: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    match byte {
        0x80..=0xa0 => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// Returns the labels of the file's own `/PageLabels`, one a page; empty where there are none.
pub(super) fn page_labels(pdf: &Pdf, n_pages: usize) -> Vec<Option<String>> {
    let Some(tree) = catalog(pdf).and_then(|root| root.get::<Dict<'_>>("PageLabels")) else {
        return Vec::new();
    };
    let mut ranges: Vec<(usize, Dict<'_>)> = Vec::new();
    number_tree(&tree, 0, &mut ranges);
    ranges.sort_by_key(|(start, _)| *start);
    let mut labels = vec![None; n_pages];
    let ends = ranges.iter().skip(1).map(|(start, _)| *start).chain([n_pages]);
    for ((start, range), end) in ranges.iter().zip(ends) {
        let first = range.get::<i32>("St").and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
        let style = range.get::<Name<'_>>("S").map(|name| name.as_str().to_owned());
        let prefix = range.get::<PdfString<'_>>("P").map(|prefix| text(prefix.as_bytes()));
        for (n, idx) in (first..).zip(*start..end.min(n_pages)) {
            let number = match style.as_deref() {
                Some("D") => n.to_string(),
                Some("r") => to_roman(n.min(3_999)),
                Some("R") => to_roman(n.min(3_999)).to_uppercase(),
                Some("a") => alphabetic(n),
                Some("A") => alphabetic(n).to_uppercase(),
                _ => String::new(),
            };
            let label = format!("{}{number}", prefix.as_deref().unwrap_or_default());
            if let Some(slot) = labels.get_mut(idx).filter(|_| !label.is_empty()) {
                *slot = Some(label);
            }
        }
    }
    labels
}

/// `a` … `z`, `aa`, `bb` … as the standard counts.
fn alphabetic(n: u32) -> String {
    let zero_based = n.saturating_sub(1);
    let letter = char::from(b'a' + u8::try_from(zero_based % 26).unwrap_or_default());
    std::iter::repeat_n(letter, (zero_based / 26).min(50) as usize + 1).collect()
}

fn number_tree<'a>(node: &Dict<'a>, depth: usize, ranges: &mut Vec<(usize, Dict<'a>)>) {
    if depth > MAX_DEPTH || ranges.len() > 20_000 {
        return;
    }
    if let Some(nums) = node.get::<Array<'_>>("Nums") {
        let mut items = nums.flex_iter();
        while let Some(start) = items.next::<i32>() {
            let Some(range) = items.next::<Dict<'_>>() else { break };
            if let Ok(start) = usize::try_from(start) {
                ranges.push((start, range));
            }
        }
    }
    if let Some(kids) = node.get::<Array<'_>>("Kids") {
        for kid in kids.iter::<Dict<'_>>().take(20_000) {
            number_tree(&kid, depth + 1, ranges);
        }
    }
}

/// Hands over the embedded files of the document, in the order of their names, each once.
pub(super) fn attachments(pdf: &Pdf, limits: &Limits, take: &mut dyn FnMut(Member)) {
    let mut specs = Vec::new();
    let tree = catalog(pdf)
        .and_then(|root| root.get::<Dict<'_>>("Names"))
        .and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles"));
    if let Some(tree) = tree {
        name_tree(&tree, 0, limits.members, &mut specs);
    }
    for page in pdf.pages().iter().take(limits.pages) {
        let found = annotations(page).filter(|annotation| is_kind(annotation, "FileAttachment"));
        specs.extend(found.filter_map(|annotation| annotation.get::<Dict<'_>>("FS")));
    }
    let mut known = BTreeSet::new();
    let mut total = 0_u64;
    for spec in specs.iter().take(limits.members) {
        let Some(member) = member(spec, limits) else { continue };
        total += member.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        if total > limits.archive_bytes {
            break;
        }
        if known.insert(fingerprint(&member)) {
            take(member);
        }
    }
}

/// Returns what tells a member named twice in the file from another one.
fn fingerprint(member: &Member) -> u64 {
    let mut hasher = DefaultHasher::new();
    member.name.hash(&mut hasher);
    member.bytes.hash(&mut hasher);
    hasher.finish()
}

fn name_tree<'a>(node: &Dict<'a>, depth: usize, most: usize, specs: &mut Vec<Dict<'a>>) {
    if depth > MAX_DEPTH || specs.len() >= most {
        return;
    }
    if let Some(names) = node.get::<Array<'_>>("Names") {
        let mut items = names.flex_iter();
        while items.next::<PdfString<'_>>().is_some() && specs.len() < most {
            let Some(spec) = items.next::<Dict<'_>>() else { break };
            specs.push(spec);
        }
    }
    if let Some(kids) = node.get::<Array<'_>>("Kids") {
        for kid in kids.iter::<Dict<'_>>().take(20_000) {
            name_tree(&kid, depth + 1, most, specs);
        }
    }
}

fn member(spec: &Dict<'_>, limits: &Limits) -> Option<Member> {
    let name = |key: &str| spec.get::<PdfString<'_>>(key).map(|name| text(name.as_bytes()));
    let name = name("UF").or_else(|| name("F")).unwrap_or_else(|| "attachment".to_owned());
    let files = spec.get::<Dict<'_>>("EF")?;
    let stream = files.get::<Stream<'_>>("F").or_else(|| files.get::<Stream<'_>>("UF"))?;
    let bytes = match stream.decoded_data() {
        Ok(bytes) if bytes.len() as u64 > limits.member_bytes => Err("too-large".to_owned()),
        Ok(bytes) => Ok(bytes.into_owned()),
        Err(_) => Err("damaged".to_owned()),
    };
    Some(Member::new(name, bytes))
}

fn annotations<'a>(page: &PdfPage<'a>) -> impl Iterator<Item = Dict<'a>> {
    let list = page.raw().get::<Array<'a>>("Annots");
    let list = list.map(|list| list.iter::<Dict<'a>>().take(MAX_ANNOTATIONS).collect::<Vec<_>>());
    list.unwrap_or_default().into_iter()
}

fn is_kind(annotation: &Dict<'_>, kind: &str) -> bool {
    annotation.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_str() == kind)
}

/// What annotations add to a page.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Notes {
    /// Comments, in file order.
    pub(super) comments: Vec<String>,
    /// What fields of a form hold, in file order.
    pub(super) values: Vec<String>,
    /// Whether any annotation draws text of its own (form fields, stamps, typed notes).
    pub(super) draws: bool,
    /// Boxes of redaction marks that were never applied, in PDF coordinates.
    pub(super) redactions: Vec<[f64; 4]>,
}

/// Reads the annotations of a page. Links and popups say nothing of their own.
pub(super) fn notes(page: &PdfPage<'_>) -> Notes {
    let mut notes = Notes::default();
    for annotation in annotations(page) {
        let kind = annotation.get::<Name<'_>>("Subtype");
        let kind = kind.as_ref().map_or("", Name::as_str);
        match kind {
            "Link" | "Popup" | "" => continue,
            "Redact" => notes
                .redactions
                .extend(annotation.get::<Rect>("Rect").map(|r| [r.x0, r.y0, r.x1, r.y1])),
            _ => {}
        }
        notes.draws |= annotation.contains_key("AP");
        if kind == "Widget" {
            notes.values.extend(field_value(&annotation));
        }
        // A typed note and a field draw what they say; the others only carry it.
        if matches!(kind, "FreeText" | "Widget") {
            continue;
        }
        let contents = annotation.get::<PdfString<'_>>("Contents");
        let contents = contents.map(|contents| text(contents.as_bytes())).unwrap_or_default();
        if !contents.is_empty() {
            notes.comments.push(contents.chars().take(20_000).collect());
        }
    }
    notes
}

/// Returns what a text field or a choice holds; buttons hold names that nobody reads.
fn field_value(field: &Dict<'_>) -> Option<String> {
    let of = |dict: &Dict<'_>| {
        let value = dict.get::<PdfString<'_>>("V").map(|value| text(value.as_bytes()));
        value.filter(|value| !value.is_empty())
    };
    let value = of(field).or_else(|| of(&field.get::<Dict<'_>>("Parent")?))?;
    Some(value.chars().take(20_000).collect())
}

/// Tells whether the document is an XFA form, whose page says only that it cannot be shown.
pub(super) fn is_xfa(pdf: &Pdf) -> bool {
    catalog(pdf)
        .and_then(|root| root.get::<Dict<'_>>("AcroForm"))
        .is_some_and(|form| form.contains_key("XFA"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_in_three_encodings() {
        assert_eq!(text(b"\xfe\xff\x06\x2d\x06\xa9\x06\x45"), "حکم");
        assert_eq!(text(b"\xef\xbb\xbf\xd8\xad"), "ح");
        assert_eq!(text(b"Order \x84 2024 caf\xe9"), "Order — 2024 café");
    }

    #[test]
    fn letters_as_page_labels() {
        assert_eq!(alphabetic(1), "a");
        assert_eq!(alphabetic(27), "aa");
    }
}
