//! `OpenDocument` texts: body, notes at their calls, text boxes, comments, heads, list numbers.

use std::collections::{HashMap, HashSet};

use super::clean::{n_words, squeeze};
use super::docx::number;
use super::draft::Draft;
use super::package::Package;
use super::table::lines_of_cell;
use super::xml::{self, Element, Node};
use super::{Calls, ExtractError, Job};
use crate::model::{Extracted, Origin, PageOrigin, Role, Valued, WarningKind};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "4";

/// Reads an `.odt`.
pub(super) fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    read_with(bytes, job, Calls::Hidden)
}

/// Reads an `.odt`; where they are shown, the calls of its notes stand in the text.
pub(super) fn read_with(
    bytes: &[u8],
    job: &Job<'_>,
    calls: Calls,
) -> Result<Extracted, ExtractError> {
    let mut package = Package::open(bytes, job.limits)?;
    let manifest = package.part("META-INF/manifest.xml").unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(ExtractError::Encrypted);
    }
    let content = xml::parse(&package.required("content.xml")?, job.limits.markup_depth)?;
    let mut part = |name: &str| -> Option<Element> {
        let bytes = package.part(name).ok()?;
        xml::parse(&bytes, job.limits.markup_depth).ok().map(|parsed| parsed.root)
    };
    let styles = part("styles.xml");
    let mut draft = Draft::new(job, "odt", VERSION, PageOrigin::Markup);
    if calls == Calls::Shown {
        draft.show_calls();
    }
    if content.is_damaged {
        draft.warn(
            WarningKind::DamagedRepaired,
            "broken markup; what stands before the break is read",
        );
    }
    let mut walk = Walk {
        draft: &mut draft,
        lists: HashMap::new(),
        quotes: HashSet::new(),
        counters: HashMap::new(),
        role: None,
        depth: 0,
        is_changed: false,
    };
    walk.learn(&content.root);
    if let Some(styles) = &styles {
        walk.learn(styles);
        walk.margins(styles, &["header", "header-left", "header-first"], Role::Header);
    }
    if let Some(body) = content.root.at(&["document-content", "body", "text"]) {
        walk.blocks(body, &List::default());
    }
    if let Some(styles) = &styles {
        walk.margins(styles, &["footer", "footer-left", "footer-first"], Role::Footer);
    }
    if walk.is_changed {
        draft.warn(WarningKind::TrackedChanges, "insertions are read, deletions are not");
    }
    if let Some(meta) =
        part("meta.xml").as_ref().and_then(|root| root.at(&["document-meta", "meta"]))
    {
        for (name, key) in
            [("title", "file-title"), ("creator", "file-author"), ("creation-date", "file-created")]
        {
            let mut text = String::new();
            if let Some(element) = meta.child(name) {
                element.text(&mut text);
            }
            if !text.trim().is_empty() {
                let value = Valued::new(squeeze(&text), Origin::Embedded);
                draft.record().extra.insert(key.to_owned(), value);
            }
        }
    }
    Ok(draft.finish())
}

/// One level of a list style.
#[derive(Clone, Debug, Default)]
struct Level {
    /// `1`, `a`, `A`, `i`, `I`; empty: no number is drawn.
    format: String,
    prefix: String,
    suffix: String,
    start: i64,
    /// How many levels, this one included, are drawn.
    shown: usize,
}

/// The list around a paragraph.
#[derive(Clone, Debug, Default)]
struct List {
    style: String,
    /// 0 outside a list.
    depth: usize,
}

/// What a paragraph holds besides its own text.
struct Beside<'a> {
    element: &'a Element,
    /// The number or name of a note.
    label: Option<String>,
}

struct Walk<'d, 'a> {
    draft: &'d mut Draft<'a>,
    /// Levels of each list style, outermost first; `None` for bullets.
    lists: HashMap<String, Vec<Option<Level>>>,
    /// Styles of paragraphs that are quotations.
    quotes: HashSet<String>,
    /// Where the numbers of each list style stand, outermost first.
    counters: HashMap<String, Vec<i64>>,
    role: Option<Role>,
    depth: usize,
    is_changed: bool,
}

impl Walk<'_, '_> {
    /// Learns the list styles of a part, and which styles set off quotations.
    fn learn(&mut self, root: &Element) {
        root.each(&mut |style| {
            if style.name == "style" && style.attr("family") == Some("paragraph") {
                let names = ["name", "display-name", "parent-style-name"];
                let is_quote = names
                    .iter()
                    .filter_map(|name| style.attr(name))
                    .any(|name| name.to_lowercase().contains("quot"));
                if let Some(name) = style.attr("name").filter(|_| is_quote) {
                    self.quotes.insert(name.to_owned());
                }
            }
            let Some(name) = style.attr("name").filter(|_| style.name == "list-style") else {
                return;
            };
            let mut levels = Vec::new();
            for level in style.elements() {
                let at =
                    level.attr("level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(1);
                if !(1..=10).contains(&at) {
                    continue;
                }
                levels.resize(levels.len().max(at), None);
                if level.name == "list-level-style-number"
                    && let Some(slot) = levels.get_mut(at - 1)
                {
                    let text = |name: &str| level.attr(name).unwrap_or_default().to_owned();
                    *slot = Some(Level {
                        format: text("num-format"),
                        prefix: text("num-prefix"),
                        suffix: text("num-suffix"),
                        start: level.attr("start-value").and_then(|n| n.parse().ok()).unwrap_or(1),
                        shown: level
                            .attr("display-levels")
                            .and_then(|n| n.parse().ok())
                            .unwrap_or(1),
                    });
                }
            }
            self.lists.insert(name.to_owned(), levels);
        });
    }

    /// Reads heads or feet of all page styles, each text once.
    fn margins(&mut self, styles: &Element, names: &[&str], role: Role) {
        let mut parts = Vec::new();
        styles.each(&mut |element| {
            if names.contains(&element.name.as_str()) {
                parts.push(element);
            }
        });
        let mut seen = Vec::new();
        for part in parts {
            let mut text = String::new();
            part.text(&mut text);
            if seen.contains(&text) {
                continue;
            }
            seen.push(text);
            self.role = Some(role);
            self.blocks(part, &List::default());
            self.role = None;
        }
    }

    fn blocks(&mut self, parent: &Element, list: &List) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => {
                    let style = element.attr("style-name").unwrap_or_default();
                    let is_quote = style == "Quotations" || self.quotes.contains(style);
                    let own = if is_quote { Role::Quote } else { Role::Body };
                    self.paragraph(element, self.role.unwrap_or(own), None);
                }
                "h" => self.paragraph(element, self.role.unwrap_or(Role::Heading), None),
                "list" => self.list(element, list),
                "table" => self.table(element),
                "tracked-changes" => self.is_changed = true,
                "sequence-decls" | "forms" | "variable-decls" | "user-field-decls" => {}
                _ => self.blocks(element, list),
            }
        }
    }

    fn list(&mut self, element: &Element, outer: &List) {
        let style = element.attr("style-name").unwrap_or(&outer.style).to_owned();
        let list = List { style, depth: outer.depth + 1 };
        let goes_on = element.attr("continue-numbering") == Some("true")
            || element.attr("continue-list").is_some();
        let counters = self.counters.entry(list.style.clone()).or_default();
        if !goes_on {
            counters.truncate(list.depth - 1);
        }
        for item in element
            .elements()
            .filter(|item| matches!(item.name.as_str(), "list-item" | "list-header"))
        {
            let mut mark = None;
            if item.name == "list-item" {
                mark = self.count(&list, item.attr("start-value").and_then(|n| n.parse().ok()));
            }
            let is_bullet = mark.is_none();
            for block in item.elements() {
                let role = self.role.unwrap_or(match block.name.as_str() {
                    "h" => Role::Heading,
                    _ if is_bullet => Role::List,
                    _ => Role::Body,
                });
                match block.name.as_str() {
                    "p" | "h" => self.paragraph(block, role, mark.take()),
                    "list" => self.list(block, &list),
                    _ => self.blocks(block, &list),
                }
            }
        }
    }

    /// Counts an item and draws its number; `None` for bullets.
    fn count(&mut self, list: &List, start: Option<i64>) -> Option<String> {
        let levels = self.lists.get(&list.style)?;
        let level = levels.get(list.depth - 1)?.clone();
        let counters = self.counters.entry(list.style.clone()).or_default();
        while counters.len() < list.depth {
            let above =
                levels.get(counters.len()).and_then(Option::as_ref).map_or(1, |level| level.start);
            // Levels that are only passed through count as begun.
            counters.push(if counters.len() + 1 < list.depth { above } else { above - 1 });
        }
        counters.truncate(list.depth);
        let last = counters.last_mut()?;
        *last = start.unwrap_or(*last + 1);
        let level = level.filter(|level| !level.format.is_empty())?;
        let first = list.depth.saturating_sub(level.shown.max(1));
        let drawn: Vec<String> = (first..list.depth)
            .map(|idx| {
                let format =
                    levels.get(idx).and_then(Option::as_ref).map_or("1", |level| &level.format);
                let format = match format {
                    "a" => "lowerLetter",
                    "A" => "upperLetter",
                    "i" => "lowerRoman",
                    "I" => "upperRoman",
                    _ => "decimal",
                };
                number(counters.get(idx).copied().unwrap_or(1), format)
            })
            .collect();
        let drawn = format!("{}{}{}", level.prefix, drawn.join("."), level.suffix);
        let bare = drawn.trim().trim_end_matches('.');
        Some(bare.to_owned()).filter(|label| !label.is_empty())
    }

    fn paragraph(&mut self, element: &Element, role: Role, label: Option<String>) {
        let mut text = String::new();
        let mut beside = Vec::new();
        inline(element, &mut text, &mut beside, self.draft);
        self.draft.push_labelled(&squeeze(&text), role, None, label);
        self.beside(&beside);
    }

    /// Pushes what stands beside a paragraph: notes, comments, boxes.
    fn beside(&mut self, beside: &[Beside<'_>]) {
        if self.depth > 16 {
            return;
        }
        self.depth += 1;
        for Beside { element, label } in beside {
            match element.name.as_str() {
                "note" => self.note(element, label.clone()),
                "annotation" => self.comment(element),
                _ => self.blocks(element, &List::default()),
            }
        }
        self.depth -= 1;
    }

    fn note(&mut self, note: &Element, label: Option<String>) {
        let is_end = note.attr("note-class") == Some("endnote");
        let outer = self.role.replace(if is_end { Role::Endnote } else { Role::Footnote });
        let first = self.draft.n_paragraphs();
        if let Some(body) = note.child("note-body") {
            self.blocks(body, &List::default());
        }
        self.draft.label_note(first, label.as_deref());
        self.role = outer;
    }

    fn comment(&mut self, annotation: &Element) {
        let mut author = String::new();
        if let Some(creator) = annotation.child("creator") {
            creator.text(&mut author);
        }
        let mut text = String::new();
        for element in
            annotation.elements().filter(|element| matches!(element.name.as_str(), "p" | "list"))
        {
            element.text(&mut text);
            text.push(' ');
        }
        let text = squeeze(&text);
        let author = squeeze(&author);
        if !text.is_empty() {
            let text = if author.is_empty() { text } else { format!("{author}: {text}") };
            self.draft.push(&text, Role::Comment, None);
        }
    }

    /// Reads a table by rows, cells by tab; a row with one filled cell is text.
    fn table(&mut self, table: &Element) {
        for element in table.elements() {
            match element.name.as_str() {
                "table-row" => self.row(element),
                "table-header-rows" | "table-rows" | "table-row-group" => self.table(element),
                _ => {}
            }
        }
    }

    fn row(&mut self, row: &Element) {
        let cells: Vec<&Element> = row
            .elements()
            .filter(|cell| matches!(cell.name.as_str(), "table-cell" | "covered-table-cell"))
            .collect();
        let filled = |cell: &&&Element| {
            let mut text = String::new();
            cell.text(&mut text);
            !text.trim().is_empty()
        };
        let is_text = cells.iter().filter(filled).count() <= 1
            || cells
                .iter()
                .any(|cell| cell.child("table").is_some() || cell.elements().count() > 6);
        if is_text {
            for cell in cells {
                self.blocks(cell, &List::default());
            }
            return;
        }
        let mut texts = Vec::new();
        let mut beside = Vec::new();
        for cell in cells {
            let mut lines = Vec::new();
            lines_of(cell, &mut lines, &mut beside, self.draft);
            texts.push(lines_of_cell(lines));
        }
        self.draft.push(texts.join("\t").trim(), self.role.unwrap_or(Role::Table), None);
        self.beside(&beside);
    }
}

/// Collects the paragraphs of a cell, those of lists included.
fn lines_of<'a>(
    parent: &'a Element,
    lines: &mut Vec<String>,
    beside: &mut Vec<Beside<'a>>,
    draft: &mut Draft<'_>,
) {
    for element in parent.elements() {
        if matches!(element.name.as_str(), "p" | "h") {
            let mut text = String::new();
            inline(element, &mut text, beside, draft);
            lines.push(text);
        } else {
            lines_of(element, lines, beside, draft);
        }
    }
}

/// Returns the number that is drawn at a note.
fn drawn(note: &Element) -> Option<String> {
    let mut label = String::new();
    note.child("note-citation")?.text(&mut label);
    Some(squeeze(&label)).filter(|label| !label.is_empty())
}

/// Collects the text of a paragraph, and what stands beside it.
fn inline<'a>(
    parent: &'a Element,
    text: &mut String,
    beside: &mut Vec<Beside<'a>>,
    draft: &mut Draft<'_>,
) {
    for node in &parent.children {
        let element = match node {
            Node::Text(part) => {
                text.push_str(part);
                continue;
            }
            Node::Element(element) => element,
        };
        match element.name.as_str() {
            "s" | "tab" | "line-break" | "soft-page-break" => text.push(' '),
            "note" => {
                let (call, label) = draft.call(drawn(element));
                text.push_str(&call);
                beside.push(Beside { element, label });
            }
            "annotation" | "text-box" => beside.push(Beside { element, label: None }),
            "title" | "desc" => {
                // The text in place of a picture; shorter ones are the names of files.
                let mut alt = String::new();
                element.text(&mut alt);
                if n_words(&alt) >= 3 {
                    text.push(' ');
                    text.push_str(&alt);
                }
            }
            "ruby-text" | "change" | "change-start" | "change-end" | "binary-data" | "object" => {}
            _ => inline(element, text, beside, draft),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::extract::Limits;

    fn read_parts(parts: &[(&str, &str)]) -> Result<Extracted, ExtractError> {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        let limits = Limits::default();
        read(
            &bytes,
            &Job { name: "x.odt", limits: &limits, beat: &|| (), passwords: &[], charset: None },
        )
    }

    #[test]
    fn lists_notes_and_tables() {
        let content = "<o:document-content><o:automatic-styles><t:list-style s:name='L1'>
            <t:list-level-style-number t:level='1' s:num-format='1' s:num-suffix='.'/>
            <t:list-level-style-number t:level='2' s:num-format='a' s:num-prefix='(' s:num-suffix=')'/></t:list-style></o:automatic-styles>
            <o:body><o:text><t:h>Order</t:h>
            <t:list t:style-name='L1'><t:list-item><t:p>One<t:note t:note-class='footnote'><t:note-citation>1</t:note-citation>
            <t:note-body><t:p>See.</t:p></t:note-body></t:note> more</t:p><t:list><t:list-item><t:p>sub</t:p></t:list-item></t:list></t:list-item></t:list>
            <t:p>between</t:p><t:list t:style-name='L1' t:continue-numbering='true'><t:list-item><t:p>Two</t:p></t:list-item></t:list>
            <ta:table><ta:table-row><ta:table-cell><t:p>a</t:p></ta:table-cell><ta:table-cell><t:p>b</t:p></ta:table-cell></ta:table-row></ta:table>
            </o:text></o:body></o:document-content>";
        let read = read_parts(&[("content.xml", content)]).unwrap();
        let page = &read.pages[0];
        let found: Vec<_> = page
            .paragraphs
            .iter()
            .map(|p| (page.paragraph_text(p), p.role, p.label.as_deref()))
            .collect();
        assert_eq!(
            found,
            [
                ("Order", Role::Heading, None),
                ("One more", Role::Body, Some("1")),
                ("See.", Role::Footnote, Some("1")),
                ("sub", Role::Body, Some("(a)")),
                ("between", Role::Body, None),
                ("Two", Role::Body, Some("2")),
                ("a\tb", Role::Table, None),
            ]
        );
    }

    #[test]
    fn encryption_is_said() {
        let parts = [("META-INF/manifest.xml", "<m:encryption-data/>"), ("content.xml", "\u{1}")];
        assert_eq!(read_parts(&parts), Err(ExtractError::Encrypted));
    }
}
