//! Word documents: body, notes at their calls, text boxes, comments, heads, computed numbers.

mod notes;
mod numbering;
mod parts;
mod table;

use std::collections::HashMap;

use super::clean::{ends_sentence, n_words, squeeze};
use super::draft::Draft;
use super::package::Package;
use super::xml::{self, Element, Node};
use super::{Calls, ExtractError, Job};
use crate::model::{Extracted, PageOrigin, Role, WarningKind};
use notes::{Notes, by_id, in_order};
pub(super) use numbering::number;
use numbering::{Mark, Numbering};
pub(super) use parts::is_main_name;
use parts::{main_part, properties, style_roles, target};
use table::alternative;

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "4";

/// Reads a `.docx`.
pub(super) fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    read_with(bytes, job, Calls::Hidden)
}

/// Reads a `.docx`; where they are shown, the calls of its notes stand in the text.
pub(super) fn read_with(
    bytes: &[u8],
    job: &Job<'_>,
    calls: Calls,
) -> Result<Extracted, ExtractError> {
    let mut package = Package::open(bytes, job.limits)?;
    let names = package.names();
    let main = main_part(&mut package, &names, job);
    let mut draft = Draft::new(job, "docx", VERSION, PageOrigin::Markup);
    if calls == Calls::Shown {
        draft.show_calls();
    }
    let body = xml::parse(&package.required(&main)?, job.limits.markup_depth)?;
    if body.is_damaged {
        draft.warn(
            WarningKind::DamagedRepaired,
            "broken markup; what stands before the break is read",
        );
    }
    (job.beat)();
    let mut part = |name: &str| -> Option<Element> {
        let bytes = package.part(name).ok()?;
        xml::parse(&bytes, job.limits.markup_depth).ok().map(|parsed| parsed.root)
    };
    // Beside the main part, by its relations: some writers number their names.
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations = part(&format!("{folder}/_rels/{file}.rels"));
    let mut related = |kind: &str| {
        let target = relations.as_ref().and_then(|relations| target(relations, kind));
        let named = target.map(|target| match target.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("{folder}/{target}"),
        });
        named.and_then(|name| part(&name)).or_else(|| part(&format!("word/{kind}.xml")))
    };
    let styles = related("styles");
    let numbering = related("numbering");
    let settings = related("settings");
    let mut walk = Walk {
        draft: &mut draft,
        numbering: Numbering::new(numbering.as_ref(), styles.as_ref()),
        roles: style_roles(styles.as_ref()),
        footnotes: Notes::new(related("footnotes"), "footnote", settings.as_ref()),
        endnotes: Notes::new(related("endnotes"), "endnote", settings.as_ref()),
        comments: by_id(related("comments"), "comment"),
        role: None,
        depth: 0,
        is_changed: false,
        is_hidden: false,
    };
    let mut seen = Vec::new();
    walk.margins(&names, "header", Role::Header, &mut part, &mut seen);
    walk.blocks(&body.root);
    walk.margins(&names, "footer", Role::Footer, &mut part, &mut seen);
    walk.left_over();
    let (is_changed, is_hidden) = (walk.is_changed, walk.is_hidden);
    if is_changed {
        draft.warn(WarningKind::TrackedChanges, "insertions are read, deletions are not");
    }
    if is_hidden {
        draft.warn(WarningKind::HiddenText, "text formatted as hidden is kept");
    }
    if let Some(core) = part("docProps/core.xml") {
        properties(&core, &mut draft);
    }
    Ok(draft.finish())
}

/// What a paragraph holds besides its own text, to be pushed after it.
#[derive(Default)]
struct Beside {
    boxes: Vec<Element>,
    notes: Vec<(Element, Option<String>, Role)>,
    comments: Vec<Element>,
}

/// State of the fields (`PAGE`, `HYPERLINK` …) that are open in a paragraph's runs.
#[derive(Default)]
struct Runs {
    text: String,
    /// For each open field whether its result, not its code, is being read.
    fields: Vec<bool>,
    beside: Beside,
}

struct Walk<'d, 'a> {
    draft: &'d mut Draft<'a>,
    numbering: Numbering,
    roles: HashMap<String, Role>,
    footnotes: Notes,
    endnotes: Notes,
    comments: HashMap<String, Element>,
    /// The role of everything inside, where notes or heads are read.
    role: Option<Role>,
    /// How deep notes and text boxes nest.
    depth: usize,
    is_changed: bool,
    is_hidden: bool,
}

impl Walk<'_, '_> {
    /// Reads heads or feet, each text once.
    fn margins(
        &mut self,
        names: &[String],
        kind: &str,
        role: Role,
        part: &mut dyn FnMut(&str) -> Option<Element>,
        seen: &mut Vec<String>,
    ) {
        let start = format!("word/{kind}");
        #[expect(
            clippy::case_sensitive_file_extension_comparisons,
            reason = "Word writes the names of parts in small letters"
        )]
        let mut parts: Vec<&String> = names
            .iter()
            .filter(|name| name.starts_with(&start) && name.ends_with(".xml"))
            .collect();
        parts.sort();
        for name in parts {
            let Some(root) = part(name) else { continue };
            let mut text = String::new();
            root.text(&mut text);
            if seen.contains(&text) {
                continue;
            }
            seen.push(text);
            self.role = Some(role);
            // A head counts its paragraphs by itself, and the text's own begin with 1.
            let counted = self.numbering.counted();
            self.blocks(&root);
            self.numbering.count_on(counted);
            self.role = None;
        }
    }

    /// Reads the blocks inside an element, in order.
    fn blocks(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                "del" | "moveFrom" => self.is_changed = true,
                "AlternateContent" => {
                    if let Some(choice) = alternative(element) {
                        self.blocks(choice);
                    }
                }
                "sectPr" => self.section(element),
                "sdtPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" => {}
                "altChunk" => self
                    .draft
                    .warn(WarningKind::Partial, "an embedded file inside the text is not read"),
                _ => self.blocks(element),
            }
        }
    }

    /// Ends a section: notes may begin anew.
    fn section(&mut self, properties: &Element) {
        for (notes, name) in
            [(&mut self.footnotes, "footnotePr"), (&mut self.endnotes, "endnotePr")]
        {
            notes.configure(properties.child(name));
            if notes.by_section {
                notes.next = notes.start;
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let properties = paragraph.child("pPr");
        let mark_changes = properties.and_then(|properties| properties.child("rPr"));
        let is_deleted = mark_changes.is_some_and(|mark| mark.child("del").is_some());
        let mut runs = Runs::default();
        self.runs(paragraph, &mut runs);
        let text = squeeze(&runs.text);
        // A deleted end of paragraph has no number; its text belongs to the next, which we keep apart.
        let mark =
            if is_deleted && text.is_empty() { None } else { self.numbering.next(properties) };
        let (mut role, label) = self.role_and_label(properties, mark);
        // Some templates give their numbered paragraphs an outline level.
        if role == Role::Heading && n_words(&text) > 12 && ends_sentence(&text) {
            role = Role::Body;
        }
        self.draft.push_labelled(&text, role, None, label);
        self.beside(runs.beside);
        if let Some(section) = properties.and_then(|properties| properties.child("sectPr")) {
            self.section(section);
        }
    }

    /// Returns what a paragraph is, and its number without full stop and square brackets.
    fn role_and_label(
        &self,
        properties: Option<&Element>,
        mark: Option<Mark>,
    ) -> (Role, Option<String>) {
        let by_style = properties
            .and_then(|properties| properties.val("pStyle"))
            .and_then(|style| self.roles.get(style).copied());
        let is_outlined = properties
            .and_then(|properties| properties.val("outlineLvl"))
            .is_some_and(|level| level != "9");
        let by_outline = is_outlined.then_some(Role::Heading);
        let role = self.role.or(by_style).or(by_outline).unwrap_or(match mark {
            Some(Mark::Bullet) => Role::List,
            _ => Role::Body,
        });
        let label = match mark {
            Some(Mark::Number(drawn)) => {
                let bare = drawn.trim_end_matches(['.', ':']);
                let bare =
                    bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(bare);
                Some(bare.to_owned()).filter(|label| !label.is_empty())
            }
            _ => None,
        };
        (role, label)
    }

    /// Reads the runs inside an element into `runs`.
    fn runs(&mut self, parent: &Element, runs: &mut Runs) {
        if parent.name == "r"
            && parent.child("rPr").is_some_and(|properties| properties.is_on("vanish"))
        {
            let mut hidden = String::new();
            parent.text(&mut hidden);
            self.is_hidden |= !hidden.trim().is_empty();
        }
        for element in parent.elements() {
            let shows = runs.fields.iter().all(|&is_result| is_result);
            match element.name.as_str() {
                "t" if shows && is_symbol_font(parent) => {
                    let mut text = String::new();
                    element.text(&mut text);
                    runs.text
                        .extend(text.chars().map(|c| super::symbol::letter(c.into()).unwrap_or(c)));
                }
                "t" if shows => element.text(&mut runs.text),
                "tab" | "ptab" | "br" | "cr" if shows => runs.text.push(' '),
                "noBreakHyphen" if shows => runs.text.push('\u{2011}'),
                "softHyphen" if shows => runs.text.push('\u{AD}'),
                "sym" if shows => runs.text.push(symbol(element)),
                "fldChar" => match element.attr("fldCharType") {
                    Some("begin") => runs.fields.push(false),
                    Some("separate") => {
                        if let Some(is_result) = runs.fields.last_mut() {
                            *is_result = true;
                        }
                    }
                    _ => {
                        runs.fields.pop();
                    }
                },
                "del" | "moveFrom" => self.is_changed = true,
                "ins" | "moveTo" => {
                    self.is_changed = true;
                    self.runs(element, runs);
                }
                "footnoteReference" => {
                    if let Some((note, label)) = self.footnotes.take(element) {
                        let (call, label) = self.draft.call(label);
                        runs.text.push_str(&call);
                        runs.beside.notes.push((note, label, Role::Footnote));
                    }
                }
                "endnoteReference" => {
                    if let Some((note, label)) = self.endnotes.take(element) {
                        let (call, label) = self.draft.call(label);
                        runs.text.push_str(&call);
                        runs.beside.notes.push((note, label, Role::Endnote));
                    }
                }
                "commentReference" => {
                    let comment = element.attr("id").and_then(|id| self.comments.remove(id));
                    runs.beside.comments.extend(comment);
                }
                "AlternateContent" => {
                    if let Some(choice) = alternative(element) {
                        self.runs(choice, runs);
                    }
                }
                "txbxContent" => runs.beside.boxes.push(element.clone()),
                // A table that stands inside a run is a block beside the paragraph.
                "tbl" => runs.beside.boxes.push(Element {
                    children: vec![Node::Element(element.clone())],
                    ..Element::default()
                }),
                "t" | "pPr" | "rPr" | "instrText" | "delText" | "delInstrText" | "rt" | "sdtPr"
                | "fldData" | "oMathParaPr" | "ctrlPr" => {}
                _ => self.runs(element, runs),
            }
        }
    }

    /// Pushes what stands beside a paragraph: boxes, notes, comments.
    fn beside(&mut self, beside: Beside) {
        // A note that calls itself through a text box would not end.
        if self.depth > 16 {
            return;
        }
        self.depth += 1;
        for text_box in beside.boxes {
            self.blocks(&text_box);
        }
        for (note, label, role) in beside.notes {
            self.inside(&note, role, label);
        }
        for comment in beside.comments {
            self.comment(&comment);
        }
        self.depth -= 1;
    }

    /// Reads a note; its paragraphs carry the label.
    fn inside(&mut self, note: &Element, role: Role, label: Option<String>) {
        let outer = self.role.replace(role);
        let first = self.draft.n_paragraphs();
        self.blocks(note);
        self.draft.label_note(first, label.as_deref());
        self.role = outer;
    }

    /// Reads a comment as one paragraph that begins with its author.
    fn comment(&mut self, comment: &Element) {
        let mut runs = Runs::default();
        for paragraph in comment.elements() {
            self.runs(paragraph, &mut runs);
            runs.text.push(' ');
        }
        let text = squeeze(&runs.text);
        if text.is_empty() {
            return;
        }
        let text = match comment.attr("author").map(squeeze).filter(|author| !author.is_empty()) {
            Some(author) => format!("{author}: {text}"),
            None => text,
        };
        self.draft.push(&text, Role::Comment, None);
    }

    /// Pushes notes and comments that nothing calls: they are text of the file all the same.
    fn left_over(&mut self) {
        for (role, notes) in [
            (Role::Footnote, std::mem::take(&mut self.footnotes.notes)),
            (Role::Endnote, std::mem::take(&mut self.endnotes.notes)),
        ] {
            for note in in_order(notes) {
                self.inside(&note, role, None);
            }
        }
        for comment in in_order(std::mem::take(&mut self.comments)) {
            self.comment(&comment);
        }
    }
}

/// Tells whether a run is set in the Symbol font, whose letters are other signs.
fn is_symbol_font(run: &Element) -> bool {
    let fonts = run.child("rPr").and_then(|properties| properties.child("rFonts"));
    fonts.is_some_and(|fonts| {
        fonts.attr("ascii") == Some("Symbol") && fonts.attr("hAnsi") == Some("Symbol")
    })
}

/// Returns the character of a `w:sym`; those of dingbat fonts become a bullet.
fn symbol(element: &Element) -> char {
    let code = element.attr("char").and_then(|code| u32::from_str_radix(code, 16).ok());
    let font = element.attr("font").unwrap_or_default();
    match code {
        Some(code) if font == "Symbol" => super::symbol::letter(code).unwrap_or('•'),
        Some(code) if !(0xF000..=0xF0FF).contains(&code) => {
            char::from_u32(code).unwrap_or('\u{FFFD}')
        }
        Some(0xF0B7 | 0xF0A7 | 0xF0D8 | 0xF06C | 0xF06E) => '•',
        Some(0xF0FC) => '✓',
        Some(0xF0FE | 0xF052 | 0xF053) if font.starts_with("Wing") => '☒',
        Some(0xF0A8 | 0xF06F) if font.starts_with("Wing") => '☐',
        Some(0xF0E0) if font.starts_with("Wing") => '→',
        _ => '•',
    }
}

#[cfg(test)]
mod tests;
