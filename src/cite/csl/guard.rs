//! What a style file may be before it is read: small, without a document type, with macros that
//! end. Every layout gets a group, without which hayagriva joins its parts by the wrong sign.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{CslError, MAX_BYTES};

/// How deep elements may nest, macros included.
const MAX_DEPTH: usize = 200;
/// How many elements one citation may come to, with every macro written out.
const MAX_SIZE: u64 = 200_000;

/// What a macro or layout holds.
#[derive(Default)]
struct Body {
    n_elements: u64,
    /// How deep its own elements nest.
    depth: usize,
    calls: Vec<String>,
}

/// Returns the style with its layouts wrapped.
pub(super) fn checked(xml: &str) -> Result<String, CslError> {
    if xml.len() > MAX_BYTES {
        return Err(CslError::TooLarge { bytes: xml.len() });
    }
    let wrong = |detail: &dyn std::fmt::Display| CslError::Invalid { detail: detail.to_string() };
    let mut reader = Reader::from_str(xml);
    let mut out = String::with_capacity(xml.len() + 200);
    let mut bodies: BTreeMap<String, Body> = BTreeMap::new();
    let mut name = String::new();
    let mut depth = 0_usize;
    let mut start_depth = 0_usize;
    loop {
        let from = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event().map_err(|error| wrong(&error))?;
        let to = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let raw = xml.get(from..to).unwrap_or_default();
        match &event {
            Event::Eof => break,
            Event::DocType(_) => return Err(CslError::DocumentType),
            // A comment could hide an end of what is wrapped; nobody reads it here.
            Event::Comment(_) | Event::PI(_) => {}
            Event::Start(tag) | Event::Empty(tag) => {
                let is_start = matches!(event, Event::Start(_));
                let local = tag.local_name();
                if local.as_ref() == "style" {
                    refuse_dialects(tag)?;
                }
                if is_start {
                    depth += 1;
                }
                if depth > MAX_DEPTH {
                    return Err(CslError::Macros { what: "nest too deep" });
                }
                match local.as_ref() {
                    "macro" | "layout" if is_start => {
                        // Layouts have no name; theirs cannot be one of a macro.
                        name = plain(attribute(tag, "name"))?
                            .unwrap_or_else(|| format!("\u{0}layout{}", bodies.len()));
                        start_depth = depth;
                    }
                    _ => {
                        let body = bodies.entry(name.clone()).or_default();
                        body.n_elements += 1;
                        body.depth = body.depth.max(depth.saturating_sub(start_depth) + 1);
                        body.calls.extend(plain(attribute(tag, "macro"))?);
                    }
                }
                bodies.entry(name.clone()).or_default();
                out.push_str(raw);
                if local.as_ref() == "layout" && is_start {
                    out.push_str("<group>");
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if tag.local_name().as_ref() == "layout" {
                    out.push_str("</group>");
                }
                if matches!(tag.local_name().as_ref(), "layout" | "macro") {
                    name.clear();
                }
                out.push_str(raw);
            }
            _ => out.push_str(raw),
        }
    }
    measure(&bodies)?;
    Ok(out)
}

/// Tells whether an element of a style prints the number of a citation; keys of sorting do not.
pub(super) fn prints_number(xml: &str) -> bool {
    let elements =
        xml.split('<').filter(|rest| rest.starts_with("text ") || rest.starts_with("number "));
    let mut tags = elements.filter_map(|rest| rest.split('>').next());
    let variables = ["variable=\"citation-number\"", "variable='citation-number'"];
    tags.any(|tag| variables.iter().any(|variable| tag.contains(variable)))
}

/// Refuses the dialect of Juris-M by its version.
fn refuse_dialects(tag: &BytesStart<'_>) -> Result<(), CslError> {
    match attribute(tag, "version") {
        Some(version) if version.contains("mlz") => Err(CslError::JurisM { version }),
        _ => Ok(()),
    }
}

/// Returns the value of an attribute, whatever prefix it has: the reader of styles sees none.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let attribute = attributes.find(|one| one.key.local_name().as_ref() == name)?;
    Some(attribute.value.clone().into_owned())
}

/// Refuses names with entities, behind which a circle could hide.
fn plain(name: Option<String>) -> Result<Option<String>, CslError> {
    match name {
        Some(name) if name.contains('&') => {
            Err(CslError::Invalid { detail: "a macro's name holds an entity".to_owned() })
        }
        name => Ok(name),
    }
}

/// Measures every body with its macros written out; a circle is an error.
fn measure(bodies: &BTreeMap<String, Body>) -> Result<(), CslError> {
    let mut known: BTreeMap<&str, (u64, usize)> = BTreeMap::new();
    for name in bodies.keys() {
        let (size, depth) = size_of(name, bodies, &mut known, 0)?;
        if size > MAX_SIZE {
            return Err(CslError::Macros { what: "grow too large" });
        }
        if depth > MAX_DEPTH {
            return Err(CslError::Macros { what: "nest too deep" });
        }
    }
    Ok(())
}

/// Returns how many elements a body comes to, and how deep it nests.
fn size_of<'a>(
    name: &'a str,
    bodies: &'a BTreeMap<String, Body>,
    known: &mut BTreeMap<&'a str, (u64, usize)>,
    level: usize,
) -> Result<(u64, usize), CslError> {
    if let Some(known) = known.get(name) {
        return Ok(*known);
    }
    if level > MAX_DEPTH {
        return Err(CslError::Macros { what: "call each other in a circle" });
    }
    let Some(body) = bodies.get(name) else { return Ok((0, 0)) };
    let (mut size, mut depth) = (body.n_elements, 0);
    for call in &body.calls {
        let (more, below) = size_of(call, bodies, known, level + 1)?;
        size = size.saturating_add(more);
        depth = depth.max(below);
    }
    let measured = (size, depth + body.depth);
    known.insert(name, measured);
    Ok(measured)
}
