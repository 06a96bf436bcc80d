//! The document that a reader is building: pages in order, within the limits.

use std::collections::BTreeSet;

use super::clean::n_words;
use super::{Job, Limits, Sink};
use crate::model::{
    Extracted, Lang, Member, Page, PageNo, PageOrigin, Reader, Record, Role, Warning, WarningKind,
};
use crate::text::script::lang_of;

/// A document under construction. Text past a limit is dropped and named once in a warning.
pub(crate) struct Draft<'a> {
    limits: &'a Limits,
    beat: &'a dyn Fn(),
    origin: PageOrigin,
    n_chars: usize,
    is_full: bool,
    /// Takes members as they come; where there is none, they are kept.
    sink: Option<&'a dyn Sink>,
    n_members: usize,
    /// The names given to notes so far, where their calls are written into the text.
    calls: Option<BTreeSet<String>>,
    out: Extracted,
}

impl<'a> Draft<'a> {
    /// Starts a document that `reader` reads; it has no page yet.
    pub(crate) fn new(job: &Job<'a>, reader: &str, version: &str, origin: PageOrigin) -> Self {
        Self {
            limits: job.limits,
            beat: job.beat,
            origin,
            n_chars: 0,
            is_full: false,
            sink: None,
            n_members: 0,
            calls: None,
            out: Extracted {
                media_type: String::new(),
                reader: Reader { name: reader.to_owned(), version: version.to_owned() },
                pages: Vec::new(),
                record: Record::default(),
                warnings: Vec::new(),
                members: Vec::new(),
            },
        }
    }

    /// Returns the same document, whose members go to `sink` one by one.
    pub(crate) fn to(self, sink: &'a dyn Sink) -> Self {
        Self { sink: Some(sink), ..self }
    }

    /// From here on calls of notes are written into the text as `[^name]`, and each note's label is
    /// its name.
    pub(crate) fn show_calls(&mut self) {
        self.calls = Some(BTreeSet::new());
    }

    /// Returns what stands in the text at a call, and the label of its note.
    ///
    /// Where calls are not shown that is nothing, and the label as drawn. Otherwise the label is a
    /// name that no other note has: the numbers of footnotes and endnotes may begin alike.
    pub(crate) fn call(&mut self, drawn: Option<String>) -> (String, Option<String>) {
        let Some(names) = &mut self.calls else { return (String::new(), drawn) };
        let base = drawn.unwrap_or_else(|| "*".to_owned()).replace([' ', ']', '['], "");
        let mut name = base.clone();
        let mut n_same = 1;
        while !names.insert(name.clone()) {
            n_same += 1;
            name = format!("{base}-{n_same}");
        }
        (format!("[^{name}]"), Some(name))
    }

    /// Begins the next page.
    pub(crate) fn next_page(&mut self) {
        (self.beat)();
        if self.out.pages.len() >= self.limits.pages {
            self.cut("more pages than the limit");
            return;
        }
        if let (Some(sink), Some(page)) = (self.sink, self.out.pages.last())
            && sink.wants_pages()
        {
            sink.page(&self.out.reader, page, &[]);
        }
        let number = PageNo::from_idx(self.out.pages.len());
        self.out.pages.push(Page::empty(number, self.origin));
    }

    /// Gives the current page its printed label.
    pub(crate) fn label_page(&mut self, label: Option<String>) {
        if let Some(page) = self.out.pages.last_mut().filter(|_| !self.is_full) {
            page.label = label;
        }
    }

    /// Marks the first paragraph of the current page as the rest of one that began before.
    pub(crate) fn mark_continued(&mut self) {
        let first = self.out.pages.last_mut().and_then(|page| page.paragraphs.first_mut());
        if let Some(paragraph) = first {
            paragraph.continues = true;
        }
    }

    /// Returns how many paragraphs all pages hold.
    pub(crate) fn n_paragraphs(&self) -> usize {
        self.out.pages.iter().map(|page| page.paragraphs.len()).sum()
    }

    /// Labels the paragraphs of a note, which is the last that was read and begins at `first`: each
    /// is a part of the note.
    pub(crate) fn label_note(&mut self, first: usize, label: Option<&str>) {
        let Some(label) = label else { return };
        for paragraph in self.out.pages.iter_mut().flat_map(|page| &mut page.paragraphs).skip(first)
        {
            if paragraph.is_note() && paragraph.label.is_none() {
                paragraph.label = Some(label.to_owned());
            }
        }
    }

    /// Returns the first `max_bytes` bytes of the text, or a little less.
    pub(crate) fn head_text(&self, max_bytes: usize) -> String {
        let Some(page) = self.out.pages.first() else { return String::new() };
        page.text.get(..page.text.floor_char_boundary(max_bytes)).unwrap_or_default().to_owned()
    }

    /// Appends a paragraph of tidied text to the current page (the first, if there is none yet).
    ///
    /// Empty text is passed over. The language is that of the letters unless `lang` says it.
    pub(crate) fn push(&mut self, text: &str, role: Role, lang: Option<Lang>) {
        self.push_labelled(text, role, lang, None);
    }

    /// As [`Draft::push`], with the printed number of the paragraph.
    pub(crate) fn push_labelled(
        &mut self,
        text: &str,
        role: Role,
        lang: Option<Lang>,
        label: Option<String>,
    ) {
        if self.is_full || text.trim().is_empty() {
            return;
        }
        if self.out.pages.is_empty() {
            self.next_page();
        }
        let n_chars = text.chars().count();
        if self.n_chars + n_chars > self.limits.document_chars {
            self.cut("more characters than the limit");
            return;
        }
        let page_bytes = self.limits.page_bytes;
        let Some(page) = self.out.pages.last_mut() else { return };
        if page.text.len() + text.len() + 1 > page_bytes {
            // A page without an end (a log, a data dump) is cut into pages of the largest size.
            if text.len() + 1 > page_bytes {
                self.push_parts(text, role, lang, page_bytes);
                return;
            }
            self.next_page();
        }
        let Some(page) = self.out.pages.last_mut().filter(|_| !self.is_full) else { return };
        self.n_chars += n_chars;
        let idx = page.push(text, role);
        if let Some(paragraph) = page.paragraphs.get_mut(idx) {
            paragraph.lang = lang.unwrap_or_else(|| lang_of(text));
            paragraph.label = label;
        }
    }

    /// Appends a paragraph that is longer than a page may be, in parts.
    fn push_parts(&mut self, text: &str, role: Role, lang: Option<Lang>, page_bytes: usize) {
        let mut rest = text;
        while !rest.is_empty() && !self.is_full {
            let end = rest.floor_char_boundary(page_bytes.saturating_sub(4).max(4));
            let (part, after) = rest.split_at(end);
            self.push(part, role, lang);
            rest = after;
        }
    }

    /// Notes once that a limit cut the document.
    fn cut(&mut self, what: &str) {
        if !self.is_full {
            self.is_full = true;
            self.warn(WarningKind::Truncated, what);
        }
    }

    /// Adds a warning about the whole document.
    pub(crate) fn warn(&mut self, kind: WarningKind, detail: impl Into<String>) {
        self.out.warnings.push(Warning::document(kind, detail));
    }

    /// Adds a file inside the file.
    pub(crate) fn member(&mut self, member: Member) {
        self.n_members += 1;
        match self.sink {
            Some(sink) => sink.member(member),
            None => self.out.members.push(member),
        }
    }

    /// Returns the record, to be filled.
    pub(crate) fn record(&mut self) -> &mut Record {
        &mut self.out.record
    }

    /// Tells whether any paragraph holds a word.
    pub(crate) fn has_text(&self) -> bool {
        self.out.pages.iter().any(|page| n_words(&page.text) > 0)
    }

    /// Returns the document.
    ///
    /// Where no page holds a word and nothing lies inside, it says `no-text`.
    pub(crate) fn finish(mut self) -> Extracted {
        if self.out.pages.is_empty() && self.n_members == 0 {
            self.next_page();
        }
        if !self.has_text() && self.n_members == 0 {
            self.out.warnings.push(Warning::page(WarningKind::NoText, PageNo::FIRST, ""));
        }
        self.out
    }
}
