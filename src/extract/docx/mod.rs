//! Word documents: body, notes at their calls, text boxes, comments, heads, computed numbers.

mod numbering;

use std::collections::HashMap;

use super::clean::{ends_sentence, n_words, squeeze};
use super::draft::Draft;
use super::package::Package;
use super::xml::{self, Element, Node};
use super::{Calls, ExtractError, Job};
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Extracted, Origin, PageOrigin, Role, Valued, WarningKind};
pub(super) use numbering::number;
use numbering::{Mark, Numbering};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "2";

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
    let main = ["word/document.xml", "word/document2.xml"]
        .into_iter()
        .find(|name| names.iter().any(|found| found == name))
        .unwrap_or("word/document.xml");
    let mut draft = Draft::new(job, "docx", VERSION, PageOrigin::Markup);
    if calls == Calls::Shown {
        draft.show_calls();
    }
    let body = xml::parse(&package.required(main)?, job.limits.markup_depth)?;
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
    let styles = part("word/styles.xml");
    let numbering = part("word/numbering.xml");
    let settings = part("word/settings.xml");
    let mut walk = Walk {
        draft: &mut draft,
        numbering: Numbering::new(numbering.as_ref(), styles.as_ref()),
        roles: style_roles(styles.as_ref()),
        footnotes: Notes::new(part("word/footnotes.xml"), "footnote", settings.as_ref()),
        endnotes: Notes::new(part("word/endnotes.xml"), "endnote", settings.as_ref()),
        comments: by_id(part("word/comments.xml"), "comment"),
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

/// Takes the file's own properties; they are set once and seldom looked at again.
fn properties(core: &Element, draft: &mut Draft<'_>) {
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
    if let Some(value) = text("modified").and_then(|text| super::dates::date_in(&text)) {
        let date = RoleDate { role: DateRole::Modified, value };
        draft.record().dates.push(Valued::new(date, Origin::Embedded));
    }
}

/// Returns the elements named `name` by their `id`.
fn by_id(root: Option<Element>, name: &str) -> HashMap<String, Element> {
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
struct Notes {
    notes: HashMap<String, Element>,
    format: String,
    start: i64,
    by_section: bool,
    next: i64,
}

impl Notes {
    fn new(root: Option<Element>, name: &str, settings: Option<&Element>) -> Self {
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

    fn configure(&mut self, properties: Option<&Element>) {
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
    fn take(&mut self, call: &Element) -> Option<(Element, Option<String>)> {
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

/// Returns what paragraphs of each style are, by the style's name.
fn style_roles(styles: Option<&Element>) -> HashMap<String, Role> {
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

    /// Reads a table by rows; what lays out text and not data is read cell by cell.
    fn table(&mut self, table: &Element) {
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        for row in rows {
            let mut cells = Vec::new();
            cells_of(row, &mut cells);
            if is_layout(&cells) {
                for cell in cells {
                    self.blocks(cell);
                }
            } else {
                self.row(&cells);
            }
        }
    }

    /// Reads a row of data as one paragraph, cells by tab.
    fn row(&mut self, cells: &[&Element]) {
        let mut texts = Vec::new();
        let mut label = None;
        let mut beside = Beside::default();
        for cell in cells {
            let mut text = String::new();
            let mut paragraphs = Vec::new();
            paragraphs_of(cell, &mut paragraphs);
            for paragraph in paragraphs {
                let mut runs = Runs::default();
                self.runs(paragraph, &mut runs);
                if let Some(Mark::Number(drawn)) = self.numbering.next(paragraph.child("pPr")) {
                    label.get_or_insert_with(|| drawn.trim_end_matches('.').to_owned());
                }
                text.push_str(&runs.text);
                text.push(' ');
                beside.boxes.append(&mut runs.beside.boxes);
                beside.notes.append(&mut runs.beside.notes);
                beside.comments.append(&mut runs.beside.comments);
            }
            texts.push(squeeze(&text));
        }
        let text = texts.join("\t");
        self.draft.push_labelled(text.trim(), self.role.unwrap_or(Role::Table), None, label);
        self.beside(beside);
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

/// Returns elements by the number in their `id`.
fn in_order(elements: HashMap<String, Element>) -> Vec<Element> {
    let mut all: Vec<(i64, String, Element)> = elements
        .into_iter()
        .map(|(id, element)| (id.parse().unwrap_or(i64::MAX), id, element))
        .collect();
    all.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    all.into_iter().map(|(_, _, element)| element).collect()
}

/// Returns the first choice of an `mc:AlternateContent`, or what stands in its place; never both.
fn alternative(element: &Element) -> Option<&Element> {
    let choice = element.child("Choice").filter(|choice| {
        let mut text = false;
        choice.each(&mut |inner| text |= matches!(inner.name.as_str(), "t" | "txbxContent"));
        text
    });
    choice.or_else(|| element.child("Fallback")).or_else(|| element.child("Choice"))
}

/// Collects the rows of a table, through content controls, not those of tables inside.
fn rows_of<'a>(parent: &'a Element, rows: &mut Vec<&'a Element>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "tr" => rows.push(element),
            "del" | "tblPr" | "tblGrid" => {}
            _ => rows_of(element, rows),
        }
    }
}

fn cells_of<'a>(parent: &'a Element, cells: &mut Vec<&'a Element>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "tc" => cells.push(element),
            "del" | "trPr" | "tblPrEx" => {}
            _ => cells_of(element, cells),
        }
    }
}

/// Collects the paragraphs of a cell.
fn paragraphs_of<'a>(parent: &'a Element, paragraphs: &mut Vec<&'a Element>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "p" => paragraphs.push(element),
            "AlternateContent" => {
                if let Some(choice) = alternative(element) {
                    paragraphs_of(choice, paragraphs);
                }
            }
            "del" | "moveFrom" | "tcPr" => {}
            _ => paragraphs_of(element, paragraphs),
        }
    }
}

/// Tells whether cells hold running text or tables, so that a row is no row of data.
fn is_layout(cells: &[&Element]) -> bool {
    let filled = cells.iter().filter(|cell| {
        let mut text = String::new();
        cell.text(&mut text);
        !text.trim().is_empty()
    });
    filled.count() <= 1
        || cells.iter().any(|cell| {
            let mut text = String::new();
            cell.text(&mut text);
            let n_paragraphs = cell.elements().filter(|element| element.name == "p").count();
            cell.elements().any(|element| element.name == "tbl")
                || n_paragraphs > 6
                || text.chars().count() > 1500
        })
}

/// Returns the character of a `w:sym`; those of dingbat fonts become a bullet.
fn symbol(element: &Element) -> char {
    let code = element.attr("char").and_then(|code| u32::from_str_radix(code, 16).ok());
    let font = element.attr("font").unwrap_or_default();
    match code {
        Some(code) if !(0xF000..=0xF0FF).contains(&code) => {
            char::from_u32(code).unwrap_or('\u{FFFD}')
        }
        Some(0xF0B7 | 0xF0A7 | 0xF0D8 | 0xF06C | 0xF06E) => '•',
        Some(0xF0FC) => '✓',
        Some(0xF0FE | 0xF052 | 0xF053) if font.starts_with("Wing") => '☒',
        Some(0xF0A8 | 0xF06F) if font.starts_with("Wing") => '☐',
        Some(0xF0E0) if font.starts_with("Wing") => '→',
        // The Symbol font has Latin punctuation and digits in their usual places.
        Some(code @ 0xF020..=0xF03F) if font == "Symbol" => {
            char::from_u32(code - 0xF000).unwrap_or('•')
        }
        _ => '•',
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::extract::Limits;

    /// Makes a `.docx` of parts.
    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn read_bytes(bytes: &[u8]) -> Result<Extracted, ExtractError> {
        let limits = Limits::default();
        let job = Job { name: "x.docx", limits: &limits, beat: &|| (), passwords: &[] };
        read(bytes, &job)
    }

    #[track_caller]
    fn check(parts: &[(&str, &str)], expect: &[(&str, Role, Option<&str>)]) {
        let read = read_bytes(&package(parts)).unwrap();
        let page = &read.pages[0];
        let found: Vec<_> = page
            .paragraphs
            .iter()
            .map(|p| (page.paragraph_text(p), p.role, p.label.as_deref()))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn notes_follow_the_paragraph_that_calls_them() {
        check(
            &[
                ("word/document.xml", "<w:document><w:body>
                    <w:p><w:r><w:t>First</w:t><w:footnoteReference w:id='2'/><w:t xml:space='preserve'> part.</w:t></w:r></w:p>
                    <w:p><w:r><w:t>Second.</w:t></w:r><w:r><w:commentReference w:id='0'/></w:r></w:p>
                    </w:body></w:document>"),
                ("word/footnotes.xml", "<w:footnotes><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>
                    <w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>See PECA.</w:t></w:r></w:p><w:p><w:r><w:t>And the rules.</w:t></w:r></w:p></w:footnote></w:footnotes>"),
                ("word/comments.xml", "<w:comments><w:comment w:id='0' w:author='AB'><w:p><w:r><w:t>Check.</w:t></w:r></w:p></w:comment></w:comments>"),
                ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>Draft</w:t></w:r></w:p></w:hdr>"),
                ("word/header2.xml", "<w:hdr><w:p><w:r><w:t>Draft</w:t></w:r></w:p></w:hdr>"),
            ],
            &[
                ("Draft", Role::Header, None),
                ("First part.", Role::Body, None),
                ("See PECA.", Role::Footnote, Some("1")),
                ("And the rules.", Role::Footnote, Some("1")),
                ("Second.", Role::Body, None),
                ("AB: Check.", Role::Comment, None),
            ],
        );
    }

    #[test]
    fn changes_fields_boxes_and_tables() {
        check(
            &[("word/document.xml", "<w:document><w:body>
                <w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>
                  <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>
                  <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>
                  <w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
                  <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
                <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>
                <w:tr><w:tc><w:p><w:r><w:t>alone</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>
                </w:body></w:document>")],
            &[
                ("new7", Role::Body, None),
                ("boxed", Role::Body, None),
                ("a\tb", Role::Table, None),
                ("alone", Role::Body, None),
            ],
        );
    }

    #[test]
    fn headings_by_style_by_its_parent_and_by_level_and_links_read_once() {
        check(
            &[
                ("word/document.xml", "<w:document><w:body>
                    <w:p><w:pPr><w:pStyle w:val='H1'/></w:pPr><w:r><w:t>Background</w:t></w:r></w:p>
                    <w:p><w:pPr><w:pStyle w:val='Mine'/></w:pPr><w:r><w:t>The law</w:t></w:r></w:p>
                    <w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>Outcome</w:t></w:r></w:p>
                    <w:p><w:hyperlink r:id='r1'><w:r><w:t>The Act</w:t></w:r></w:hyperlink><w:r><w:t xml:space='preserve'> and </w:t></w:r>
                    <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK \"https://x.example\"</w:instrText></w:r>
                    <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>the Rules</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>
                    <w:fldSimple w:instr='REF x'><w:r><w:t>, 2023</w:t></w:r></w:fldSimple></w:p>
                    </w:body></w:document>"),
                ("word/styles.xml", "<w:styles><w:style w:styleId='Mine'><w:name w:val='Mine'/><w:basedOn w:val='H1'/></w:style>
                    <w:style w:styleId='H1'><w:name w:val='heading 1'/></w:style></w:styles>"),
            ],
            &[
                ("Background", Role::Heading, None),
                ("The law", Role::Heading, None),
                ("Outcome", Role::Heading, None),
                ("The Act and the Rules, 2023", Role::Body, None),
            ],
        );
    }

    #[test]
    fn what_is_no_package_is_damaged() {
        assert!(matches!(read_bytes(b"PK\x03\x04nothing"), Err(ExtractError::Damaged { .. })));
        assert!(matches!(read_bytes(&package(&[("a", "b")])), Err(ExtractError::Damaged { .. })));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(at in 0usize..2000, byte: u8) {
            let mut bytes = package(&[
                ("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>text</w:t></w:r></w:p></w:body></w:document>"),
                ("word/numbering.xml", "<w:numbering><w:num w:numId='1'/></w:numbering>"),
            ]);
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = read_bytes(&bytes).is_ok();
        }
    }
}
