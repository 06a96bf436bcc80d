//! The parts of a Word package: which holds the text, what the file says of itself, what its styles are.

use std::collections::HashMap;

use crate::extract::Job;
use crate::extract::clean::squeeze;
use crate::extract::draft::Draft;
use crate::extract::package::Package;
use crate::extract::xml::{self, Element};
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Origin, Role, Valued};

/// Returns the name of the part that holds the text: the package says it, and it is not always
/// `document.xml`.
pub(super) fn main_part(package: &mut Package<'_>, names: &[String], job: &Job<'_>) -> String {
    let is_there = |name: &String| names.contains(name);
    let said = package.part("_rels/.rels").ok().and_then(|bytes| {
        let relations = xml::parse(&bytes, job.limits.markup_depth).ok()?.root;
        target(&relations, "officeDocument").map(|name| name.trim_start_matches('/').to_owned())
    });
    let by_name = || names.iter().find(|name| is_main_name(name)).cloned();
    said.filter(is_there).or_else(by_name).unwrap_or_else(|| "word/document.xml".to_owned())
}

/// Tells whether a part of this name holds the text of a Word document: `word/document.xml`,
/// `word/document2.xml`.
pub(in crate::extract) fn is_main_name(name: &str) -> bool {
    name.strip_prefix("word/document")
        .and_then(|rest| rest.strip_suffix(".xml"))
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns where the first relation of a kind leads.
pub(super) fn target<'a>(relations: &'a Element, kind: &str) -> Option<&'a str> {
    let mut found = None;
    relations.each(&mut |element| {
        let is_kind = element.name == "Relationship"
            && element.attr("Type").and_then(|name| name.rsplit('/').next()) == Some(kind);
        if is_kind && found.is_none() {
            found = element.attr("Target");
        }
    });
    found
}

/// Takes the file's own properties; they are set once and seldom looked at again.
pub(super) fn properties(core: &Element, draft: &mut Draft<'_>) {
    let Some(core) = core.child("coreProperties") else { return };
    let text = |name: &str| {
        let mut text = String::new();
        core.child(name)?.text(&mut text);
        Some(squeeze(&text)).filter(|text| !text.is_empty())
    };
    let fold = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    // A title counts only where the text says the same; templates leave theirs behind.
    if let Some(title) = text("title") {
        let head: String = draft.head_text(4000);
        if fold(&head).contains(&fold(&title)) && title.chars().count() >= 4 {
            draft.record().title = Some(Valued::new(title, Origin::Embedded));
        } else {
            draft
                .record()
                .extra
                .insert("file-title".to_owned(), Valued::new(title, Origin::Embedded));
        }
    }
    for (name, key) in [("creator", "file-author"), ("created", "file-created")] {
        if let Some(value) = text(name) {
            draft.record().extra.insert(key.to_owned(), Valued::new(value, Origin::Embedded));
        }
    }
    if let Some(value) = text("modified").and_then(|text| crate::extract::dates::date_in(&text)) {
        let date = RoleDate { role: DateRole::Modified, value };
        draft.record().dates.push(Valued::new(date, Origin::Embedded));
    }
}

/// Returns what paragraphs of each style are, by the style's name.
pub(super) fn style_roles(styles: Option<&Element>) -> HashMap<String, Role> {
    let mut roles = HashMap::new();
    let Some(styles) = styles else { return roles };
    let mut parents: Vec<(String, String)> = Vec::new();
    styles.each(&mut |style| {
        if style.name != "style" {
            return;
        }
        let (Some(id), Some(name)) = (style.attr("styleId"), style.val("name")) else { return };
        if let Some(parent) = style.val("basedOn") {
            parents.push((id.to_owned(), parent.to_owned()));
        }
        let name = name.to_lowercase();
        let is_outlined = style.at(&["pPr", "outlineLvl"]).and_then(|level| level.attr("val"));
        let role = if name.starts_with("heading") || name == "title" || name == "subtitle" {
            Role::Heading
        } else if name.contains("quot") || name == "block text" {
            Role::Quote
        } else if name == "caption" {
            Role::Caption
        } else if name.starts_with("list bullet") {
            Role::List
        } else if matches!(is_outlined, Some("0" | "1" | "2" | "3")) && !name.contains("para") {
            Role::Heading
        } else {
            return;
        };
        roles.insert(id.to_owned(), role);
    });
    // A style that only changes the look of a heading is one; chains of styles are short.
    for _ in 0..4 {
        for (id, parent) in &parents {
            if let Some(role) = roles.get(parent).copied().filter(|role| *role == Role::Heading) {
                roles.entry(id.clone()).or_insert(role);
            }
        }
    }
    roles
}
