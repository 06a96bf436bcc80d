//! Markdown: headings, paragraphs, lists, quotes, tables, notes, and the record in its head.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::clean::{squeeze, tidy};
use super::draft::Draft;
use super::{ExtractError, Job, encoding, front_matter, html};
use crate::model::{Extracted, PageNo, PageOrigin, Role, Valued, WarningKind};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "1";

/// Reads Markdown with an optional head in YAML or TOML.
pub(super) fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    let decoded = encoding::decode(bytes, None);
    let mut draft = Draft::new(job, "markdown", VERSION, PageOrigin::Markup);
    if decoded.is_bad {
        draft.warn(WarningKind::BadEncoding, format!("read as {}", decoded.encoding));
    }
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    let split = front_matter::split(&text);
    if let Some(head) = split.head {
        match front_matter::record(head) {
            Ok((record, complaints)) => {
                *draft.record() = record;
                for complaint in complaints {
                    draft.warn(WarningKind::BadMetadata, complaint);
                }
            }
            Err(detail) => {
                draft.warn(WarningKind::BadMetadata, format!("front matter: {detail}"));
                // What cannot be understood is still shown.
                for line in head.text().lines() {
                    draft.push(&squeeze(line), Role::Header, None);
                }
            }
        }
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST;
    let mut walk = Walk::new(&mut draft);
    for event in Parser::new_ext(split.body, options) {
        walk.event(event);
    }
    walk.flush();
    let first_heading = walk.first_heading.take();
    if draft.record().title.is_none() {
        draft.record().title =
            first_heading.map(|title| Valued::derived(title, PageNo::FIRST, 0.8));
    }
    if draft.record().main_date().is_none() {
        draft.warn(WarningKind::NoDate, "");
    }
    Ok(draft.finish())
}

/// Turns events into paragraphs.
struct Walk<'d, 'a> {
    draft: &'d mut Draft<'a>,
    /// The paragraph that is being read.
    text: String,
    label: Option<String>,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    quotes: usize,
    heading: bool,
    code: bool,
    footnote: Option<String>,
    /// Cells of the table row that is being read.
    row: Option<Vec<String>>,
    html: Option<String>,
    first_heading: Option<String>,
}

impl<'d, 'a> Walk<'d, 'a> {
    fn new(draft: &'d mut Draft<'a>) -> Self {
        Self {
            draft,
            text: String::new(),
            label: None,
            lists: Vec::new(),
            quotes: 0,
            heading: false,
            code: false,
            footnote: None,
            row: None,
            html: None,
            first_heading: None,
        }
    }

    fn role(&self) -> Role {
        if self.footnote.is_some() {
            Role::Footnote
        } else if self.heading {
            Role::Heading
        } else if self.quotes > 0 {
            Role::Quote
        } else if self.lists.is_empty() {
            Role::Body
        } else {
            Role::List
        }
    }

    /// Ends the paragraph that is being read.
    fn flush(&mut self) {
        let raw = std::mem::take(&mut self.text);
        let text = if self.code { tidy(raw.trim_end()) } else { squeeze(&raw) };
        if text.trim().is_empty() {
            return;
        }
        let role = self.role();
        if role == Role::Heading && self.first_heading.is_none() {
            self.first_heading = Some(text.clone());
        }
        let label = self.label.take().or_else(|| self.footnote.clone());
        self.draft.push_labelled(&text, role, None, label);
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => {
                self.text.push_str(&text);
            }
            Event::DisplayMath(text) => self.text.push_str(&text),
            Event::FootnoteReference(name) => {
                self.text.push('[');
                self.text.push_str(&name);
                self.text.push(']');
            }
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => html::push_fragment(&text, self.draft),
            },
            Event::InlineHtml(tag) => {
                let tag = tag.to_ascii_lowercase();
                if ["<br", "</p", "</div", "</td"].iter().any(|start| tag.starts_with(start)) {
                    self.text.push(' ');
                }
            }
            Event::Rule => self.flush(),
            Event::TaskListMarker(is_done) => {
                self.text.push_str(if is_done { "[x] " } else { "[ ] " });
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => self.flush_unless_item(),
            Tag::Heading { .. } => {
                self.flush();
                self.heading = true;
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.code = true;
                // A fence may name its language; that is no text.
                debug_assert!(matches!(kind, CodeBlockKind::Indented | CodeBlockKind::Fenced(_)));
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(String::new());
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.label = Some(number.to_string());
                    self.text = format!("{number}. ");
                    *number = number.saturating_add(1);
                }
            }
            Tag::FootnoteDefinition(name) => {
                self.flush();
                self.footnote = Some(name.to_string());
            }
            Tag::Table(_) => self.flush(),
            Tag::TableHead | Tag::TableRow => self.row = Some(Vec::new()),
            Tag::TableCell
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::MetadataBlock(_) => {}
        }
    }

    /// Ends the paragraph, unless it holds no more than the number of a list item.
    fn flush_unless_item(&mut self) {
        let is_number = self
            .label
            .as_ref()
            .is_some_and(|label| self.text.trim_end().strip_suffix('.') == Some(label.as_str()));
        if !is_number {
            self.flush();
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = false;
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.code = false;
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    html::push_fragment(&html, self.draft);
                }
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.footnote = None;
            }
            TagEnd::TableCell => {
                let cell = squeeze(&std::mem::take(&mut self.text));
                if let Some(row) = &mut self.row {
                    row.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let row = self.row.take().unwrap_or_default().join("\t");
                self.draft.push(row.trim_end(), Role::Table, None);
            }
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.flush(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::MetadataBlock(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Limits;

    fn read_text(text: &str) -> Extracted {
        let limits = Limits::default();
        let job =
            Job { name: "x.md", limits: &limits, beat: &|| (), passwords: &[], charset: None };
        read(text.as_bytes(), &job).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expect: &[(&str, Role, Option<&str>)]) {
        let read = read_text(text);
        let page = &read.pages[0];
        let found: Vec<_> = page
            .paragraphs
            .iter()
            .map(|p| (page.paragraph_text(p), p.role, p.label.as_deref()))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn every_block_is_a_paragraph() {
        check(
            "# *Order* of the court\n\nThe PTA\nreplied[^1].\n\n> No law\n> permits it.\n\n\
             - one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1\n```\n\n\
             [^1]: On 3 May.\n",
            &[
                ("Order of the court", Role::Heading, None),
                ("The PTA replied[1].", Role::Body, None),
                ("No law permits it.", Role::Quote, None),
                ("one", Role::List, None),
                ("two", Role::List, None),
                ("a\tb", Role::Table, None),
                ("1\t2", Role::Table, None),
                ("x = 1", Role::Body, None),
                ("On 3 May.", Role::Footnote, Some("1")),
            ],
        );
    }

    #[test]
    fn numbered_paragraphs_keep_their_numbers() {
        check(
            "11. First.\n\n    More of it.\n\n12. Second.\n",
            &[
                ("11. First.", Role::List, Some("11")),
                ("More of it.", Role::List, None),
                ("12. Second.", Role::List, Some("12")),
            ],
        );
    }

    #[test]
    fn raw_html_is_read_and_scripts_are_not() {
        check(
            "<div>Kept <b>bold</b><script>alert(1)</script></div>\n\nA<br>b\n",
            &[("Kept bold", Role::Body, None), ("A b", Role::Body, None)],
        );
    }

    #[test]
    fn a_bad_head_warns_and_the_body_is_read() {
        let read = read_text("---\ntitle: [\n---\n\nThe body.\n");
        assert!(read.warnings.iter().any(|warning| warning.kind == WarningKind::BadMetadata));
        assert!(read.pages[0].text.ends_with("The body."));
        let read = read_text("---\ntitle: T\ndate: 2024-06-25\n---\n\n# H\n\nThe body.\n");
        assert_eq!(read.record.title.unwrap().value, "T");
        assert_eq!(read.warnings, []);
        assert_eq!(read.pages[0].text, "H\nThe body.");
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, text in "[-#>*_`|\n 0-9.a-z\\[\\]()<&^:]{0,200}") {
            let limits = Limits::default();
            let job = Job { name: "", limits: &limits, beat: &|| (), passwords: &[], charset: None };
            read(&bytes, &job).unwrap();
            read(text.as_bytes(), &job).unwrap();
        }
    }
}
