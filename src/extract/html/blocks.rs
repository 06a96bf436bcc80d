//! The visible text of a page as paragraphs, in document order.

use std::borrow::Cow;
use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};

use super::names::{is_article_body, is_author, is_caption, is_furniture, is_lead};
use crate::extract::clean::{n_words, squeeze};
use crate::extract::table::lines_of_cell;
use crate::extract::text;
use crate::model::{Lang, Role};

/// A paragraph of a page and what its surroundings say of it.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) role: Role,
    /// The number of an item of a numbered list.
    pub(super) label: Option<String>,
    /// What the markup says, where the letters do not contradict it.
    pub(super) lang: Option<Lang>,
    /// The block element that holds the text directly.
    pub(super) element: NodeId,
    /// The block element around that one.
    pub(super) around: NodeId,
    /// The element that holds the text directly is a `p`, which holds no other.
    pub(super) is_paragraph: bool,
    pub(super) n_words: usize,
    /// Characters that stand inside links.
    pub(super) link_chars: usize,
    /// Inside `nav`, `aside`, the page's header or footer, or what has their role.
    pub(super) is_nav: bool,
    /// The outermost header or footer around it, or what has their role.
    pub(super) part: Option<NodeId>,
    /// Of comments, of another story or of a list of such, however long; then it is `is_nav` too.
    pub(super) is_other: bool,
    /// The element around it whose class or id names comments, related stories, share buttons …;
    /// none where that element holds most of the page's text, and so has a misleading name.
    pub(super) furniture: Option<NodeId>,
    /// The element around it whose class or id names the author; none where it holds much of the page.
    pub(super) author: Option<NodeId>,
    /// The innermost element around it that says by its name that it holds the text of an article.
    pub(super) body: Option<NodeId>,
    /// The innermost `article` around it.
    pub(super) article: Option<NodeId>,
    /// Its class names it a standfirst: what stands between a headline and its text.
    pub(super) is_lead: bool,
    /// Stands in place of a picture; who sees the picture does not see it.
    pub(super) is_alt: bool,
}

impl Block {
    /// Returns the share of the text that is links, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
    pub(super) fn link_share(&self) -> f32 {
        self.link_chars as f32 / self.text.chars().count().max(1) as f32
    }
}

/// The blocks of a page, and whether it is nested too deeply for other walks.
pub(super) struct Walked {
    pub(super) blocks: Vec<Block>,
    pub(super) is_too_deep: bool,
}

/// Stands between the blocks of one cell while a row is read.
const IN_CELL: char = '\u{1E}';

/// What an element does to the flow of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    /// Neither it nor what it holds is text.
    Skip,
    /// Part of the paragraph.
    Inline,
    /// Begins and ends paragraphs.
    Block,
    Break,
    Row,
    Cell,
    Image,
    Pre,
}

fn flow(name: &str) -> Flow {
    match name {
        "script" | "style" | "template" | "noscript" | "svg" | "iframe" | "embed"
        | "applet" | "head" | "select" | "datalist" | "audio" | "video" | "canvas" | "rp"
        | "noframes" | "input" | "progress" | "meter" => Flow::Skip,
        "br" => Flow::Break,
        "tr" => Flow::Row,
        "td" | "th" => Flow::Cell,
        "img" => Flow::Image,
        "pre" | "listing" | "plaintext" | "xmp" | "textarea" => Flow::Pre,
        "address" | "article" | "aside" | "blockquote" | "body" | "button" | "caption"
        | "center" | "dd" | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset"
        | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "main" | "menu" | "nav"
        | "ol" | "p" | "section" | "summary" | "table" | "tbody" | "tfoot" | "thead" | "ul"
        | "search" | "frameset" | "optgroup" | "option"
        // What stands in for what a reader cannot show.
        | "object" => Flow::Block,
        _ => Flow::Inline,
    }
}

/// What holds inside a block element.
#[derive(Clone, Debug)]
struct Frame {
    element: NodeId,
    around: NodeId,
    is_paragraph: bool,
    role: Role,
    lang: Option<Lang>,
    is_nav: bool,
    /// The outermost header, footer or the like.
    part: Option<NodeId>,
    furniture: Option<NodeId>,
    author: Option<NodeId>,
    body: Option<NodeId>,
    article: Option<NodeId>,
    is_lead: bool,
    is_article: bool,
    is_pre: bool,
    /// The next number of a numbered list.
    next_number: Option<i64>,
}

/// A table row that is being read.
struct Row {
    element: NodeId,
    cells: Vec<String>,
}

struct Walk {
    blocks: Vec<Block>,
    frames: Vec<Frame>,
    /// Text of the paragraph so far, with its white space.
    text: String,
    link_chars: usize,
    n_links: usize,
    n_breaks: usize,
    label: Option<String>,
    /// Texts in place of pictures, pushed after the paragraph in which they stand; true where a script shows
    /// the text under its picture.
    pictures: Vec<(String, bool)>,
    row: Option<Row>,
}

/// Walks `document`; `max_depth` is how deep elements may nest before it is said to be too deep.
pub(super) fn of(document: &Document, max_depth: usize) -> Walked {
    let root = document.root();
    let mut walk = Walk {
        blocks: Vec::new(),
        frames: vec![Frame {
            element: root.id,
            around: root.id,
            is_paragraph: false,
            role: Role::Body,
            lang: None,
            is_nav: false,
            part: None,
            furniture: None,
            author: None,
            body: None,
            article: None,
            is_lead: false,
            is_article: false,
            is_pre: false,
            next_number: None,
        }],
        text: String::new(),
        link_chars: 0,
        n_links: 0,
        n_breaks: 0,
        label: None,
        pictures: Vec::new(),
        row: None,
    };
    // An explicit stack: markup may nest deeper than ours would bear.
    let mut steps: Vec<(NodeRef<'_>, bool, usize)> = vec![(root, true, 0)];
    let mut is_too_deep = false;
    while let Some((node, is_entry, depth)) = steps.pop() {
        is_too_deep |= depth > max_depth;
        if !is_entry {
            walk.leave(&node);
        } else if node.is_text() {
            walk.text(&node.text());
        } else if walk.enter(&node) {
            steps.push((node, false, depth));
            let at = steps.len();
            steps.extend(node.children_it(false).map(|child| (child, true, depth + 1)));
            if let Some(added) = steps.get_mut(at..) {
                added.reverse();
            }
        }
    }
    walk.flush();
    clear_misnamed(&mut walk.blocks);
    clear_parts(&mut walk.blocks);
    Walked { blocks: walk.blocks, is_too_deep }
}

/// Words of an article outside whatever is named comments or the like from which those names are believed.
const MIN_ARTICLE_WORDS: usize = 100;

/// Clears the names of elements that hold over a third of the page's long text: they mislead.
///
/// Comments may be longer than what they are about, and so may be what is said of a writer: where an element
/// says that it holds the article, and stands apart from them, their name is right.
fn clear_misnamed(blocks: &mut [Block]) {
    // Each post of a forum may be an `article`.
    let is_forum = blocks.iter().any(|block| block.furniture.is_some() && block.article.is_some());
    let is_told = |block: &&Block| {
        (block.body.is_some() || !is_forum && block.article.is_some())
            && block.furniture.is_none()
            && !block.is_nav
            && block.n_words >= 5
            && block.link_share() < 0.3
    };
    let n_words =
        |blocks: &mut dyn Iterator<Item = &Block>| blocks.map(|block| block.n_words).sum::<usize>();
    let has_article = n_words(&mut blocks.iter().filter(is_told)) >= MIN_ARTICLE_WORDS;
    let has_text =
        n_words(&mut blocks.iter().filter(is_told).filter(|block| block.author.is_none()))
            >= MIN_ARTICLE_WORDS;
    let long = |block: &&Block| block.n_words >= 15 && block.link_share() < 0.3;
    let total: usize = blocks.iter().filter(long).map(|block| block.n_words).sum();
    let mut sizes: HashMap<NodeId, usize> = HashMap::new();
    for block in blocks.iter().filter(long) {
        for element in block.furniture.into_iter().chain(block.author) {
            *sizes.entry(element).or_default() += block.n_words;
        }
    }
    let is_misnamed =
        |element: &mut NodeId| sizes.get(element).is_some_and(|size| size * 3 > total);
    for block in blocks {
        if !has_article {
            block.furniture.take_if(is_misnamed);
        }
        if !has_text {
            block.author.take_if(is_misnamed);
        }
    }
}

/// Words of running text in a header or footer from which that holds the article, where nothing else does.
const MIN_PART_WORDS: usize = 60;

/// Takes a header or footer for what it holds where all running text of a page stands in it: some pages
/// put their article there.
fn clear_parts(blocks: &mut [Block]) {
    let is_long = |block: &&Block| block.n_words >= 10 && block.link_share() < 0.3;
    if blocks.iter().filter(is_long).any(|block| !block.is_nav) {
        return;
    }
    let mut sizes: HashMap<NodeId, usize> = HashMap::new();
    for block in blocks.iter().filter(is_long) {
        if let Some(part) = block.part {
            *sizes.entry(part).or_default() += block.n_words;
        }
    }
    let most = sizes.into_iter().max_by_key(|(part, size)| (*size, std::cmp::Reverse(*part)));
    let Some((part, _)) = most.filter(|(_, size)| *size >= MIN_PART_WORDS) else { return };
    for block in blocks.iter_mut().filter(|block| block.part == Some(part)) {
        block.is_nav = false;
    }
}

/// Returns a page with those templates as text that a browser shows in their place (declarative shadow
/// trees); others are material for scripts.
pub(super) fn with_shadow_trees(html: &str) -> Cow<'_, str> {
    const OPEN: &str = "<template";
    const CLOSE: &str = "</template>";
    if !html.contains("shadowrootmode") {
        return Cow::Borrowed(html);
    }
    let mut shown = String::with_capacity(html.len());
    // Whether each open template is shown.
    let mut open: Vec<bool> = Vec::new();
    let mut rest = html;
    while let Some(at) = [rest.find(OPEN), rest.find(CLOSE)].into_iter().flatten().min() {
        let (before, tag) = rest.split_at(at);
        shown.push_str(before);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(end);
        let is_shown = if tag.starts_with(OPEN) {
            open.push(tag.contains("shadowrootmode"));
            open.last().copied().unwrap_or_default()
        } else {
            open.pop().unwrap_or_default()
        };
        shown.push_str(match (is_shown, tag.starts_with(OPEN)) {
            (true, true) => "<div>",
            (true, false) => "</div>",
            (false, _) => tag,
        });
        rest = after;
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// Words of a part for readers without scripts from which it holds text, and not a request.
const MIN_TOLD_WORDS: usize = 40;

/// Returns a page with the fences removed of those `noscript` parts that hold an article's text.
pub(super) fn with_told_text(html: &str) -> Cow<'_, str> {
    const FENCES: [&str; 2] = ["<noscript>", "</noscript>"];
    let mut told = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(start) = html.get(at..).and_then(|rest| rest.find(FENCES[0])) {
        let inner = at + start + FENCES[0].len();
        let Some(len) = html.get(inner..).and_then(|rest| rest.find(FENCES[1])) else { break };
        let inside = html.get(inner..inner + len).unwrap_or_default();
        let start = at + start;
        at = inner + len + FENCES[1].len();
        if !inside.contains("</p>") {
            continue;
        }
        let blocks = of(&Document::from(&*super::shallow::shallow(inside)), usize::MAX).blocks;
        let prose = blocks.iter().filter(|block| block.link_share() < 0.3);
        if prose.map(|block| block.n_words).sum::<usize>() >= MIN_TOLD_WORDS {
            told.push_str(html.get(done..start).unwrap_or_default());
            told.push_str("<div>");
            told.push_str(inside);
            told.push_str("</div>");
            done = at;
        }
    }
    if done == 0 {
        return Cow::Borrowed(html);
    }
    told.push_str(html.get(done..).unwrap_or_default());
    Cow::Owned(told)
}

/// Returns a page with the fences of its `noscript` parts removed.
pub(super) fn without_noscript(html: &str) -> String {
    html.replace("<noscript>", "<div>").replace("</noscript>", "</div>")
}

impl Walk {
    fn frame(&self) -> Option<&Frame> {
        self.frames.last()
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !text.trim().is_empty() {
            self.n_breaks = 0;
            if self.n_links > 0 {
                self.link_chars +=
                    text.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>();
            }
        }
        self.text.push_str(text);
    }

    /// Enters a node; tells whether what it holds is to be walked.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        let Some(name) = node.node_name() else { return !node.is_comment() };
        let flow = flow(&name);
        if flow == Flow::Skip || is_hidden(node) && !self.opens(node) {
            return false;
        }
        match flow {
            Flow::Inline | Flow::Skip => {
                self.n_links += usize::from(&*name == "a");
                // Words of neighbouring buttons and labels do not belong together.
                if &*name == "label" {
                    self.text.push(' ');
                }
            }
            Flow::Break => {
                self.n_breaks += 1;
                if self.n_breaks > 1 && self.row.is_none() {
                    self.flush();
                } else {
                    self.text.push('\n');
                }
            }
            Flow::Image => {
                let alt = node.attr("alt").map(|alt| squeeze(&alt)).unwrap_or_default();
                // Shorter ones are the names of icons.
                if n_words(&alt) >= 3 && self.row.is_none() {
                    let shown = node.attr("data-caption").map(|caption| squeeze(&caption));
                    let is_shown = shown.is_some_and(|shown| shown == alt);
                    self.pictures.push((alt, is_shown));
                }
            }
            Flow::Row => {
                self.flush();
                self.push_frame(node, &name);
                if self.row.is_none() && is_data_row(node) {
                    self.row = Some(Row { element: node.id, cells: Vec::new() });
                }
            }
            Flow::Block | Flow::Cell | Flow::Pre => {
                self.flush();
                self.push_frame(node, &name);
            }
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(name) = node.node_name() else { return };
        match flow(&name) {
            Flow::Inline => self.n_links = self.n_links.saturating_sub(usize::from(&*name == "a")),
            Flow::Cell => {
                if let Some(row) = &mut self.row {
                    let text = std::mem::take(&mut self.text);
                    row.cells.push(lines_of_cell(text.split(IN_CELL)));
                }
                self.flush();
                self.pop_frame(node);
            }
            Flow::Row => {
                if self.row.as_ref().is_some_and(|row| row.element == node.id) {
                    let row = self.row.take().map(|row| row.cells.join("\t")).unwrap_or_default();
                    self.push(row.trim().to_owned(), Role::Table);
                }
                self.flush();
                self.pop_frame(node);
            }
            Flow::Block | Flow::Pre => {
                self.flush();
                self.pop_frame(node);
            }
            Flow::Skip | Flow::Break | Flow::Image => {}
        }
    }

    /// Tells whether a hidden element is the rest of a text, which a button `Read more` opens: running text
    /// that stands directly below some of it.
    fn opens(&self, node: &NodeRef<'_>) -> bool {
        let (Some(frame), Some(last)) = (self.frame(), self.blocks.last()) else { return false };
        let is_below = last.element == frame.element || last.around == frame.element;
        if !is_below || last.n_words < 10 || last.link_share() >= 0.3 || last.is_nav {
            return false;
        }
        let name = node.node_name();
        let names = node.attr("class").unwrap_or_default();
        if !matches!(name.as_deref(), Some("div" | "section" | "span")) || is_furniture(&names) {
            return false;
        }
        let (mut n_told, mut n_linked, mut n_fields) = (0, 0, 0);
        for node in node.descendants_it().take(MAX_OPENED_NODES) {
            match node.node_name().as_deref() {
                Some("p") => n_told += n_words(&node.text()),
                Some("a") => n_linked += n_words(&node.text()),
                Some("input" | "form" | "select" | "textarea" | "button") => n_fields += 1,
                _ => {}
            }
        }
        n_told >= MIN_TOLD_WORDS && n_linked * 4 < n_told && n_fields == 0
    }

    /// Opens a block element; what it does not say itself it has from around it.
    fn push_frame(&mut self, node: &NodeRef<'_>, name: &str) {
        let Some(mut frame) = self.frame().cloned() else { return };
        frame.around = frame.element;
        frame.element = node.id;
        frame.is_paragraph = name == "p";
        let role_attr = node.attr("role").unwrap_or_default();
        let is_page_part = matches!(name, "header" | "footer") && !frame.is_article;
        frame.is_article |= matches!(name, "article" | "main");
        if name == "article" {
            frame.article = Some(node.id);
        }
        if name == "main" || &*role_attr == "main" {
            // A head of the page that was never closed holds it all.
            frame.is_nav = false;
        }
        let is_part = is_page_part || matches!(&*role_attr, "banner" | "contentinfo");
        if is_part && frame.part.is_none() && !frame.is_nav {
            frame.part = Some(node.id);
        }
        frame.is_nav |= matches!(name, "nav" | "aside" | "menu" | "dialog" | "search")
            || is_page_part
            || matches!(
                &*role_attr,
                "navigation"
                    | "banner"
                    | "contentinfo"
                    | "complementary"
                    | "search"
                    | "menu"
                    | "dialog"
            );
        if !matches!(name, "html" | "body" | "main" | "article") {
            let words = format!(
                "{} {}",
                node.attr("class").unwrap_or_default(),
                node.attr("id").unwrap_or_default()
            );
            if is_furniture(&words) {
                frame.furniture = Some(node.id);
            }
            if is_author(&words) {
                frame.author = Some(node.id);
            }
            if is_article_body(&words)
                || node.attr("itemprop").is_some_and(|prop| &*prop == "articleBody")
            {
                frame.body = Some(node.id);
            }
            frame.is_lead |= is_lead(&words);
            if frame.role == Role::Body && is_caption(&words) {
                frame.role = Role::Caption;
            }
        }
        frame.is_pre |= flow(name) == Flow::Pre;
        if let Some(lang) = node.attr("lang").or_else(|| node.attr("xml:lang")) {
            frame.lang = Lang::from_tag(&lang);
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "legend" => frame.role = Role::Heading,
            "blockquote" => frame.role = Role::Quote,
            "figcaption" | "caption" => frame.role = Role::Caption,
            "ol" => {
                frame.next_number =
                    Some(node.attr("start").and_then(|n| n.parse().ok()).unwrap_or(1));
            }
            "ul" | "menu" | "dir" => frame.next_number = None,
            "li" => {
                let is_note = &*role_attr == "doc-endnote"
                    || &*role_attr == "doc-footnote"
                    || node.attr("id").is_some_and(|id| {
                        let id = id.to_ascii_lowercase();
                        ["fn", "footnote", "cite_note", "note-", "_ftn", "endnote"]
                            .iter()
                            .any(|start| id.starts_with(start))
                    });
                frame.role = if is_note { Role::Footnote } else { Role::List };
                self.label = self.take_number(node);
            }
            _ => {}
        }
        self.frames.push(frame);
    }

    /// Counts an item of a numbered list.
    fn take_number(&mut self, item: &NodeRef<'_>) -> Option<String> {
        let list = self.frames.last_mut()?;
        let next = list.next_number.as_mut()?;
        let number = item.attr("value").and_then(|value| value.parse().ok()).unwrap_or(*next);
        *next = number.saturating_add(1);
        Some(number.to_string())
    }

    fn pop_frame(&mut self, node: &NodeRef<'_>) {
        if self.frames.len() > 1 && self.frame().is_some_and(|frame| frame.element == node.id) {
            self.frames.pop();
        }
    }

    /// Ends the paragraph that is being read.
    fn flush(&mut self) {
        if self.row.is_some() {
            // Blocks inside a cell are lines of the cell.
            self.text.push(IN_CELL);
            return;
        }
        let raw = std::mem::take(&mut self.text);
        let Some(frame) = self.frame() else { return };
        let role = frame.role;
        if frame.is_pre {
            for (paragraph, inner) in text::paragraphs(&raw) {
                self.push(paragraph, if role == Role::Body { inner } else { role });
            }
        } else {
            self.push(squeeze(&raw), role);
        }
        self.link_chars = 0;
        self.n_breaks = 0;
        for (alt, is_shown) in std::mem::take(&mut self.pictures) {
            // A caption often repeats what stands in place of its picture.
            if self.blocks.last().is_none_or(|last| last.text != alt) {
                self.push(alt, Role::Caption);
                if let Some(block) = self.blocks.last_mut() {
                    block.is_alt = !is_shown;
                }
            }
        }
    }

    fn push(&mut self, text: String, role: Role) {
        let Some(frame) = self.frames.last() else { return };
        if text.is_empty() {
            return;
        }
        self.blocks.push(Block {
            n_words: n_words(&text),
            role,
            label: self.label.take(),
            lang: frame.lang.filter(|lang| fits(*lang, &text)),
            element: frame.element,
            around: frame.around,
            is_paragraph: frame.is_paragraph,
            link_chars: self.link_chars,
            is_nav: frame.is_nav,
            part: frame.part.filter(|_| frame.is_nav),
            is_other: false,
            furniture: frame.furniture,
            author: frame.author,
            body: frame.body,
            article: frame.article,
            is_lead: frame.is_lead,
            is_alt: false,
            text,
        });
    }
}

/// Tells whether `text` can be of a language that is written from right to left.
///
/// Only these are taken from markup; `lang="en"` stands on many a page of another language.
fn fits(lang: Lang, text: &str) -> bool {
    lang.is_rtl() && crate::text::script::lang_of(text).is_rtl()
}

/// Tells whether an element is never shown.
fn is_hidden(node: &NodeRef<'_>) -> bool {
    if node.has_attr("hidden") {
        return true;
    }
    node.attr("style").is_some_and(|style| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// Nodes of a hidden element that are looked at.
const MAX_OPENED_NODES: usize = 2_000;

/// Most nodes of a row that are looked at; a row with more is layout.
const MAX_ROW_NODES: usize = 400;

/// Tells whether a row holds data and not the layout of a page.
fn is_data_row(row: &NodeRef<'_>) -> bool {
    let mut n_cells = 0_usize;
    let mut n_blocks = 0_usize;
    let mut n_chars = 0_usize;
    for (n_nodes, node) in row.descendants_it().enumerate() {
        if n_nodes >= MAX_ROW_NODES {
            return false;
        }
        if node.is_text() {
            n_chars += node.text().trim().len();
            continue;
        }
        match node.node_name().as_deref() {
            Some("td" | "th") => n_cells += 1,
            Some("table" | "form" | "article" | "section" | "h1" | "h2" | "blockquote") => {
                return false;
            }
            Some("p" | "div" | "li" | "h3" | "h4" | "pre") => n_blocks += 1,
            _ => {}
        }
    }
    n_cells >= 2
        && n_blocks <= 2 * n_cells
        && n_chars <= 600 * n_cells.min(8)
        && n_blocks < 4 + n_cells
        && !(n_cells == 2 && n_blocks >= 4)
}
