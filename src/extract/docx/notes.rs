//! Footnotes, endnotes and comments by their numbers.

use std::collections::HashMap;

use super::numbering;
use crate::extract::xml::Element;

/// Returns the elements named `name` by their `id`.
pub(super) fn by_id(root: Option<Element>, name: &str) -> HashMap<String, Element> {
    let mut found = HashMap::new();
    if let Some(root) = root {
        root.each(&mut |element| {
            if element.name == name
                && let Some(id) = element.attr("id")
            {
                found.insert(id.to_owned(), element.clone());
            }
        });
    }
    found
}

/// Footnotes or endnotes, and how they are numbered.
pub(super) struct Notes {
    pub(super) notes: HashMap<String, Element>,
    format: String,
    pub(super) start: i64,
    pub(super) by_section: bool,
    pub(super) next: i64,
}

impl Notes {
    pub(super) fn new(root: Option<Element>, name: &str, settings: Option<&Element>) -> Self {
        let mut notes = by_id(root, name);
        // Separators between text and notes are notes too, by their type.
        notes.retain(|_, note| matches!(note.attr("type"), None | Some("normal")));
        let properties = settings.and_then(|root| root.at(&["settings", &format!("{name}Pr")]));
        let default = if name == "endnote" { "lowerRoman" } else { "decimal" };
        let mut numbered =
            Self { notes, format: default.to_owned(), start: 1, by_section: false, next: 1 };
        numbered.configure(properties);
        numbered.next = numbered.start;
        numbered
    }

    pub(super) fn configure(&mut self, properties: Option<&Element>) {
        let Some(properties) = properties else { return };
        if let Some(format) = properties.val("numFmt") {
            format.clone_into(&mut self.format);
        }
        if let Some(start) = properties.val("numStart").and_then(|start| start.parse().ok()) {
            self.start = start;
        }
        if let Some(restart) = properties.val("numRestart") {
            self.by_section = restart == "eachSect";
        }
    }

    /// Takes the note that a call names, with the number that Word draws.
    pub(super) fn take(&mut self, call: &Element) -> Option<(Element, Option<String>)> {
        let note = self.notes.remove(call.attr("id")?)?;
        // A mark that the author typed follows the call as text.
        if matches!(call.attr("customMarkFollows"), Some("1" | "true" | "on")) {
            return Some((note, None));
        }
        let label = numbering::number(self.next, &self.format);
        self.next = self.next.saturating_add(1);
        Some((note, Some(label)))
    }
}

/// Returns elements by the number in their `id`.
pub(super) fn in_order(elements: HashMap<String, Element>) -> Vec<Element> {
    let mut all: Vec<(i64, String, Element)> = elements
        .into_iter()
        .map(|(id, element)| (id.parse().unwrap_or(i64::MAX), id, element))
        .collect();
    all.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    all.into_iter().map(|(_, _, element)| element).collect()
}
