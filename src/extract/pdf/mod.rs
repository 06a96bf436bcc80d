//! PDF: the text that pages draw, in reading order, page by page.
//!
//! hayro interprets the file and tells us what is drawn; the layout is ours, one step a module:
//! `glyphs` and `ink` (what is drawn where), `clip` (what is clipped away), `digits` (wrongly named ones), `hidden` (text that cannot
//! be seen), `frame` (which way the text runs), `ruling` and `open_tables` (tables with drawn lines),
//! `chunks` and `rows` (lines and words), `cuts` and `blocks` (columns, tables, order), `heads` with
//! `head_counts`, `head_tables` and `alike` (running heads, page numbers), `faces` (headings by their
//! typeface), `pulled` (quotations set large beside the text), `margins` (line numbers), `paragraphs`
//! with `breaks` and `line_marks`, and `notes`, `hyphen`, `assemble` (text with spans), `quality`, `stamps` and
//! `judge` (what can be trusted); `scanned` does the same for lines that OCR read.
//! `info` reads what the file says about itself, `render` draws pages. Whether a page needs OCR is
//! decided elsewhere, from its warnings and quality.

mod alike;
mod assemble;
mod bidi;
mod blocks;
mod breaks;
mod chunks;
mod clip;
mod cuts;
mod damage;
mod digits;
mod faces;
mod folios;
mod frame;
mod glyphs;
mod head_counts;
mod head_tables;
mod heads;
mod hidden;
mod hyphen;
mod info;
mod ink;
mod judge;
mod letters;
mod line_marks;
mod margins;
mod notes;
mod open;
mod open_tables;
mod paragraphs;
mod pulled;
mod quality;
mod recur;
pub mod render;
mod rows;
mod ruling;
pub(super) mod scanned;
mod stamps;
mod tops;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;

use self::assemble::Before;
use self::blocks::Block;
use self::frame::Frame;
use self::glyphs::Part;
use self::heads::Sheet;
use self::hyphen::Words;
use self::ink::{Artifact, Glyph, Ink, Letters};
use self::paragraphs::{Para, Usual};
use self::quality::Counts;
use self::rows::Row;
use super::{ExtractError, Job, Sink};
use crate::model::{Extracted, Page, PageNo, PageOrigin, Reader, Role, Warning, WarningKind};
use crate::text::segment::leads_to_page;

pub use self::render::{Picture, render, turned};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "11";
/// Reads a PDF.
///
/// # Errors
///
/// `Empty`, `Encrypted` (it opens neither with the empty password nor with a given one), `Damaged`
/// (no page can be found). A page that cannot be read is an empty page with a warning.
pub fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    super::whole(|sink| read_to(bytes, job, sink))
}

/// Reads a PDF, hands its attachments to `sink`, and, where that wants them, its pages one by one.
///
/// # Errors
///
/// Those of [`read`].
pub(super) fn read_to(
    bytes: &[u8],
    job: &Job<'_>,
    sink: &dyn Sink,
) -> Result<Extracted, ExtractError> {
    if bytes.len() as u64 > job.limits.file_bytes {
        return Err(ExtractError::TooLarge);
    }
    let opened = open::open(bytes, job.passwords)?;
    let pdf = &opened.pdf;
    let mut warnings = Vec::new();
    if opened.repaired {
        let detail = "the table of objects was broken and has been rebuilt";
        warnings.push(Warning::document(WarningKind::DamagedRepaired, detail));
    }
    for detail in open::guarded(|| damage::of_file(pdf, bytes)).unwrap_or_default() {
        warnings.push(Warning::document(WarningKind::DamagedRepaired, detail));
    }
    if opened.encrypted {
        warnings.push(Warning::document(WarningKind::EmptyPassword, ""));
    }
    let n_pages = pdf.pages().len();
    if n_pages == 0 {
        return Err(ExtractError::Damaged { detail: "no pages can be found".to_owned() });
    }
    if n_pages > job.limits.pages {
        let detail = format!("{n_pages} pages, {} read", job.limits.pages);
        warnings.push(Warning::document(WarningKind::Truncated, detail));
    }
    let cache = InterpreterCache::new();
    let mut drafts = Vec::new();
    let mut found = damage::Found::default();
    for (page_idx, page) in pdf.pages().iter().take(job.limits.pages).enumerate() {
        (job.beat)();
        let number = PageNo::from_idx(page_idx);
        let none = digits::Named::new();
        drafts.push(open::guarded(|| draft(page, &cache, &none)).unwrap_or_else(|detail| {
            warnings.push(Warning::page(WarningKind::Partial, number, detail));
            Draft::default()
        }));
        let damage = open::guarded(|| damage::of_page(page, &mut found)).unwrap_or_default();
        if let Some(draft) = drafts.last_mut() {
            draft.garbled = damage.garbled;
        }
        if !damage.words.is_empty() {
            let detail = damage.words.join(", ");
            warnings.push(Warning::page(WarningKind::DamagedRepaired, number, detail));
        }
        if let Some(draft) = drafts.last().filter(|_| sink.wants_pages()) {
            early(draft.clone(), number, job, sink);
        }
    }
    put_digits_right(&mut drafts, pdf, &cache);
    let own_labels = open::guarded(|| info::page_labels(pdf, drafts.len())).unwrap_or_default();
    let mut pages = lay_out(drafts, job, &mut warnings);
    choose_labels(&mut pages, own_labels, &mut warnings);
    if pages.iter().all(|page| page.text.len() < 400)
        && open::guarded(|| info::is_xfa(pdf)).unwrap_or_default()
    {
        let detail = "an XFA form, whose fields are not read";
        warnings.push(Warning::document(WarningKind::UnsupportedForm, detail));
    }
    (job.beat)();
    drop(open::guarded(|| {
        info::attachments(pdf, job.limits, &mut |member| {
            (job.beat)();
            sink.member(member);
        });
    }));
    Ok(Extracted {
        media_type: "application/pdf".to_owned(),
        reader: reader(),
        pages,
        record: open::guarded(|| info::record(pdf)).unwrap_or_default(),
        members: Vec::new(),
        warnings,
    })
}

/// Reads once more the pages with digits that a table of their font names wrongly: only all pages
/// together show it.
fn put_digits_right<'a>(drafts: &mut [Draft], pdf: &'a Pdf, cache: &InterpreterCache<'a>) {
    let named = drafts.iter().flat_map(|draft| draft.digits.clone()).collect();
    let wrong = digits::wrong(&named);
    for (page, old) in pdf.pages().iter().zip(drafts) {
        if wrong.keys().any(|key| old.digits.contains_key(key))
            && let Ok(new) = open::guarded(|| draft(page, cache, &wrong))
        {
            *old = Draft { garbled: old.garbled, ..new };
        }
    }
}

fn reader() -> Reader {
    Reader { name: "pdf".to_owned(), version: VERSION.to_owned() }
}

/// Lays out one page as if it were the only one, for whoever keeps the pages before a crash.
fn early(draft: Draft, number: PageNo, job: &Job<'_>, sink: &dyn Sink) {
    let mut warnings = Vec::new();
    for mut page in lay_out(vec![draft], job, &mut warnings) {
        page.number = number;
        warnings.iter_mut().for_each(|warning| warning.page = Some(number));
        sink.page(&reader(), &page, &warnings);
    }
}

/// A page after its own steps, before those that look at all pages.
#[derive(Clone)]
struct Draft {
    frame: Frame,
    rows: Vec<Row>,
    /// Text beside the lines: watermarks, turned text, form fields, comments.
    asides: Vec<Aside>,
    /// Notes on the margin of a statute, each with its rows.
    side_notes: Vec<Vec<Row>>,
    /// Quotations pulled out of the text.
    pulled: Vec<Vec<Row>>,
    counts: Counts,
    /// The share of its glyphs without ink.
    invisible: f32,
    /// The share of the page under pictures.
    pictures: f32,
    n_paths: usize,
    /// Letters were taken from the codes of a font that names none.
    guessed: bool,
    /// Signs without letters that stand as `U+FFFD`.
    unknown: usize,
    /// Letters drawn in a Nastaliq font.
    nastaliq: usize,
    /// Digits drawn in a Nastaliq font.
    nastaliq_digits: usize,
    /// The signs that fonts call digits.
    digits: digits::Named,
    /// Digits that their font names wrongly.
    wrong_digits: usize,
    hidden: usize,
    dropped: usize,
    /// Letters outside the page.
    outside: usize,
    /// Letters that the page clips away.
    clipped: usize,
    broken: usize,
    /// The stream that it was written in is damaged.
    garbled: bool,
    /// Fields of a form that hold something, on a page whose fields show nothing.
    unseen: usize,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            frame: Frame::new(0.0, [0.0, 0.0]),
            rows: Vec::new(),
            asides: Vec::new(),
            side_notes: Vec::new(),
            pulled: Vec::new(),
            counts: Counts::default(),
            invisible: 0.0,
            pictures: 0.0,
            n_paths: 0,
            guessed: false,
            unknown: 0,
            nastaliq: 0,
            nastaliq_digits: 0,
            digits: digits::Named::new(),
            wrong_digits: 0,
            hidden: 0,
            dropped: 0,
            outside: 0,
            clipped: 0,
            broken: 0,
            garbled: false,
            unseen: 0,
        }
    }
}

/// Text that is no line of the page's main text.
#[derive(Clone)]
struct Aside {
    role: Role,
    frame: Frame,
    rows: Vec<Row>,
    text: String,
}

/// Interprets one page and builds its rows.
fn draft<'a>(page: &PdfPage<'a>, cache: &InterpreterCache<'a>, wrong: &digits::Named) -> Draft {
    let mut ink = glyphs::ink(page, cache, Part::Content);
    let named = digits::named(&ink);
    let wrong_digits = digits::put_right(&mut ink, wrong);
    let guessed = ink.guess_letters();
    let unknown = ink.mark_unknown();
    let notes = info::notes(page);
    let mut asides = Vec::new();
    let invisible = hidden::drop_copies(&mut ink);
    let hidden = hidden::n_letters(&ink, page, &notes.redactions);
    let mut classes = frame::classes(&ink).into_iter();
    let main = classes.next();
    let frame = Frame::new(main.as_ref().map_or(0.0, |class| class.degrees), ink.page);
    let mut which = main.map(|class| class.glyphs).unwrap_or_default();
    let marks = take_watermarks(&ink, &mut which);
    if !marks.is_empty() {
        let rows = rows::rows(&ink, &marks, frame);
        asides.push(Aside { role: Role::Watermark, frame, rows, text: String::new() });
    }
    let pulled = pulled::take(&ink, &mut which, frame);
    let tables = ruling::take_tables(&ink, &mut which, frame);
    let mut rows = rows::rows(&ink, &which, frame);
    let mut numbers = margins::take_line_numbers(&mut rows);
    numbers.extend(margins::take_scale(&mut rows));
    if !numbers.is_empty() {
        asides.push(Aside { role: Role::Margin, frame, rows: numbers, text: String::new() });
    }
    let side_notes = margins::take_side_notes(&mut rows);
    for table in tables {
        let at = rows.iter().position(|row| row.y() > table.y()).unwrap_or(rows.len());
        rows.insert(at, table);
    }
    for class in classes {
        let frame = Frame::new(class.degrees, ink.page);
        let rows = rows::rows(&ink, &class.glyphs, frame);
        let role = turned_role(class.degrees, &rows);
        asides.push(Aside { role, frame, rows, text: String::new() });
    }
    if notes.draws {
        let drawn = glyphs::ink(page, cache, Part::Annotations);
        let which: Vec<usize> = (0..drawn.glyphs.len()).collect();
        let rows = rows::rows(&drawn, &which, frame);
        asides.push(Aside { role: Role::Form, frame, rows, text: String::new() });
    }
    let is_bare = notes.draws
        && !asides.iter().any(|aside| aside.role == Role::Form && !aside.rows.is_empty());
    let drawn: String =
        asides.iter().filter(|aside| aside.role == Role::Form).map(letters_of).collect();
    // A field whose picture is missing or broken still holds what was typed.
    let is_drawn = |value: &String| drawn.contains(&bare(value));
    let unseen = if is_bare { notes.values.len() } else { 0 };
    asides.extend(notes.values.into_iter().filter(|value| !is_drawn(value)).map(|text| Aside {
        role: Role::Form,
        frame,
        rows: Vec::new(),
        text,
    }));
    asides.extend(notes.comments.into_iter().map(|text| Aside {
        role: Role::Comment,
        frame,
        rows: Vec::new(),
        text,
    }));
    let nastaliq_glyphs = || {
        let runs = &ink.runs;
        let is_nastaliq = |run: u32| runs.get(run as usize).is_some_and(|run| run.nastaliq);
        let glyphs = if runs.iter().any(|run| run.nastaliq) { &*ink.glyphs } else { &[] };
        glyphs.iter().filter(move |glyph| is_nastaliq(glyph.run))
    };
    let nastaliq = nastaliq_glyphs().filter(|glyph| glyph.is_arabic()).count();
    let is_digit = |glyph: &&Glyph| matches!(glyph.letters, Letters::One(c) if c.is_numeric());
    let nastaliq_digits = nastaliq_glyphs().filter(is_digit).count();
    let unmapped =
        ink.glyphs.iter().filter(|glyph| matches!(glyph.letters, Letters::Unknown)).count();
    Draft {
        frame,
        rows,
        asides,
        side_notes,
        pulled,
        counts: Counts { mapped: ink.glyphs.len() - unmapped, unmapped },
        invisible,
        pictures: ink.picture_share(),
        n_paths: ink.n_paths,
        guessed,
        unknown,
        nastaliq,
        nastaliq_digits,
        digits: named,
        wrong_digits,
        hidden,
        dropped: ink.over,
        outside: ink.outside,
        clipped: ink.clipped,
        broken: ink.broken,
        garbled: false,
        unseen,
    }
}

/// Returns the text of `aside` without blanks.
fn letters_of(aside: &Aside) -> String {
    aside.rows.iter().map(|row| bare(&row.text())).collect()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Takes upright watermarks out of `which`: tagged as such, or large, light and across other text.
fn take_watermarks(ink: &Ink, which: &mut Vec<usize>) -> Vec<usize> {
    let mut marks = Vec::new();
    if !ink.runs.iter().any(|run| run.light || run.artifact == Artifact::Watermark) {
        return marks;
    }
    let small = which.iter().filter(|idx| ink.glyphs.get(**idx).is_some_and(|g| g.size < 30.0));
    let is_mixed = small.count() > 40;
    which.retain(|idx| {
        let Some(glyph) = ink.glyphs.get(*idx) else { return false };
        let Some(run) = ink.runs.get(glyph.run as usize) else { return true };
        let tagged = run.artifact == Artifact::Watermark;
        let is_mark = tagged || glyph.size >= 40.0 && run.light && is_mixed;
        if is_mark {
            marks.push(*idx);
        }
        !is_mark
    });
    marks
}

/// Text that runs another way than the page: a watermark if it lies across, a margin note if it
/// stands on its side, body if there is much of it.
fn turned_role(degrees: f32, rows: &[Row]) -> Role {
    let quarter = (degrees / 90.0).round() * 90.0;
    let n_words: usize = rows.iter().map(|row| row.text().split(' ').count()).sum();
    let large = rows.iter().any(|row| row.size() >= 30.0);
    if (degrees - quarter).abs() > 8.0 || large {
        Role::Watermark
    } else if n_words >= 20 {
        Role::Body
    } else {
        Role::Margin
    }
}

/// Bullets of a dingbat font often have a letter for their name: `b Chen Guangcheng`. A small letter
/// that stands alone before a capital at the start of many lines is one; the line may be that of any
/// column.
fn mark_bullets(drafts: &mut [Draft]) {
    let lone = |row: &Row, at: usize| {
        let text = &row.cells.get(at)?.text;
        let first = text.chars().next().filter(|c| "blnqu".contains(*c))?;
        let is_alone = text.len() == 1;
        let rest = if is_alone { &row.cells.get(at + 1)?.text } else { text.get(1..)? };
        let apart = is_alone || rest.starts_with(' ');
        let next = rest.trim_start().chars().find(|c| !"\"“‘'(".contains(*c))?;
        (apart && (next.is_uppercase() || next.is_ascii_digit())).then_some((first, next))
    };
    for letter in "blnqu".chars() {
        let found = |row: &Row| -> Vec<(usize, char)> {
            let cells = (0..row.cells.len()).filter_map(|at| Some((at, lone(row, at)?)));
            cells.filter(|(_, (first, _))| *first == letter).map(|(at, (_, c))| (at, c)).collect()
        };
        let rows = || drafts.iter().flat_map(|draft| &draft.rows);
        if rows().flat_map(found).filter(|(_, next)| next.is_uppercase()).count() < 4 {
            continue;
        }
        for row in drafts.iter_mut().flat_map(|draft| &mut draft.rows) {
            for (at, _) in found(row) {
                if let Some(cell) = row.cells.get_mut(at) {
                    cell.text.replace_range(..1, "•");
                }
            }
        }
    }
}

/// The steps that look at all pages: heads, words, paragraphs.
fn lay_out(mut drafts: Vec<Draft>, job: &Job<'_>, warnings: &mut Vec<Warning>) -> Vec<Page> {
    mark_bullets(&mut drafts);
    let sheets: Vec<Sheet<'_>> = drafts
        .iter()
        .map(|draft| Sheet {
            rows: &draft.rows,
            top: draft.frame.page[1],
            bottom: draft.frame.page[3],
        })
        .collect();
    let marks = heads::mark(&sheets);
    let mut words = Words::default();
    for row in drafts.iter().flat_map(|draft| &draft.rows) {
        row.cells.iter().for_each(|cell| words.add(&cell.text));
    }
    let cells = || drafts.iter().flat_map(|draft| &draft.rows).flat_map(|row| &row.cells);
    let usual_size = paragraphs::usual_size(cells().map(|cell| (cell.text.as_str(), cell.size)));
    let usual_face = faces::usual(cells().map(|cell| (cell.text.as_str(), cell.faces)));
    let mut pages = Vec::with_capacity(drafts.len());
    let mut before: Option<Before> = None;
    let mut note: Option<notes::Last> = None;
    let mut n_chars = 0;
    for (page_idx, (draft, roles)) in drafts.into_iter().zip(marks).enumerate() {
        let number = PageNo::from_idx(page_idx);
        let mut page = Page::empty(number, PageOrigin::TextLayer);
        let mut parts = Parts::of(draft, roles, (usual_size, usual_face), note.is_some());
        parts.mark_head(before.as_ref());
        parts.unmark_rest(before.as_ref());
        parts.write(&mut page, &words, &mut before);
        note = notes::carry_over(&mut page, note.as_ref());
        cut(&mut page, job, &mut n_chars, warnings);
        parts.judge(&mut page, warnings);
        pages.push(page);
    }
    pages
}

/// A page's paragraphs in the order in which they go into the text.
struct Parts {
    draft: Draft,
    head: Vec<Row>,
    body: Vec<Para>,
    foot: Vec<Row>,
}

impl Parts {
    /// `whole` are size and face of most letters of the document.
    fn of(
        mut draft: Draft,
        roles: Vec<Option<Role>>,
        whole: (f32, u64),
        note_before: bool,
    ) -> Self {
        let (doc_size, doc_face) = whole;
        let (mut head, mut rest, mut foot) = (Vec::new(), Vec::new(), Vec::new());
        for (row, role) in std::mem::take(&mut draft.rows).into_iter().zip(roles) {
            match role {
                Some(Role::Header) => head.push(row),
                Some(_) => foot.push(row),
                None => rest.push(row),
            }
        }
        let [_, top, _, bottom] = draft.frame.page;
        let cells = rest.iter().flat_map(|row| &row.cells);
        let own = paragraphs::usual_size(cells.map(|cell| (cell.text.as_str(), cell.size)));
        if draft.invisible > 0.5 {
            scanned::even_out(&mut rest, own);
        }
        let usual = Usual {
            // A page of notes alone must not make them the usual size.
            size: own.max(doc_size.min(own * 1.3)),
            notes_below: top + 0.4 * (bottom - top),
            note_before,
            face: faces::usual_on_page(
                rest.iter().flat_map(|row| &row.cells).map(|c| (c.text.as_str(), c.faces)),
                doc_face,
            ),
        };
        let beside = pulled::widen(&draft.pulled, &mut rest);
        let mut body = paragraphs::paragraphs(blocks::order(rest, bottom - top), usual);
        pulled::narrow(&beside, &mut body);
        Self { draft, head, body, foot }
    }

    fn write(&self, page: &mut Page, words: &Words, before: &mut Option<Before>) {
        let frame = self.draft.frame;
        for row in &self.head {
            assemble::push(page, &row_para(row, Role::Header), frame, words);
        }
        let first = self.body.iter().position(|para| assemble::flows(para.role));
        let mut pulled = pulled::places(&self.draft.pulled, &self.body);
        for (idx, para) in self.body.iter().enumerate() {
            for (_, quote) in pulled.extract_if(.., |(at, _)| *at == idx) {
                assemble::push(page, &rows_para(quote, Role::Quote), frame, words);
            }
            let at = page.paragraphs.len();
            assemble::push(page, para, frame, words);
            // Nothing but notes may stand before the text that goes on.
            let is_first = Some(idx) == first
                && self.body.get(..idx).is_some_and(|b| {
                    b.iter().all(|p| matches!(p.role, Role::Footnote | Role::Header))
                });
            if let (true, Some(before)) = (is_first, before.as_ref()) {
                let text =
                    page.paragraphs.get(at).map(|p| page.paragraph_text(p)).unwrap_or_default();
                let continues = assemble::goes_on(before, text, para.indented);
                if let Some(paragraph) = page.paragraphs.get_mut(at) {
                    paragraph.continues = continues;
                }
            }
        }
        for (_, quote) in pulled {
            assemble::push(page, &rows_para(quote, Role::Quote), frame, words);
        }
        if let Some(para) = self.body.iter().rev().find(|para| paragraphs::is_main(para.role)) {
            let last = para.cells.last().and_then(|cell| cell.last());
            *before = last.filter(|_| assemble::flows(para.role)).map(|line| Before {
                text_ended: line_marks::ends_sentence(&line.text) || leads_to_page(&line.text),
                ends_full: para.ends_full,
            });
        }
        for row in &self.foot {
            assemble::push(page, &row_para(row, Role::Footer), frame, words);
        }
        for note in &self.draft.side_notes {
            assemble::push(page, &rows_para(note, Role::Margin), frame, words);
        }
        for aside in &self.draft.asides {
            write_aside(page, aside, words);
        }
    }
}

fn write_aside(page: &mut Page, aside: &Aside, words: &Words) {
    if !aside.text.is_empty() {
        page.push(&aside.text, aside.role);
    } else if aside.role == Role::Watermark || aside.role == Role::Margin {
        for row in &aside.rows {
            assemble::push(page, &row_para(row, aside.role), aside.frame, words);
        }
    } else {
        let height = aside.frame.page[3] - aside.frame.page[1];
        let size = aside.rows.iter().map(Row::size).fold(0.0, f32::max);
        let usual = Usual { size, notes_below: f32::INFINITY, note_before: false, face: 0 };
        for mut para in paragraphs::paragraphs(blocks::order(aside.rows.clone(), height), usual) {
            if aside.role != Role::Body {
                para.role = aside.role;
            }
            assemble::push(page, &para, aside.frame, words);
        }
    }
}

/// Returns a paragraph of one row.
fn row_para(row: &Row, role: Role) -> Para {
    let mut lines = Vec::new();
    for block in blocks::order(vec![row.clone()], 0.0) {
        match block {
            Block::Lines(more) => lines.extend(more),
            Block::Cells(cells) => lines.extend(cells.into_iter().flatten()),
        }
    }
    Para { role, cells: vec![lines], label: None, ends_full: false, indented: false }
}

/// Returns one paragraph of some rows.
fn rows_para(rows: &[Row], role: Role) -> Para {
    let lines = rows.iter().flat_map(|row| row_para(row, role).cells).flatten().collect();
    Para { role, cells: vec![lines], label: None, ends_full: false, indented: false }
}

/// Cuts what goes over the limits of a page and of the document.
fn cut(page: &mut Page, job: &Job<'_>, n_chars: &mut usize, warnings: &mut Vec<Warning>) {
    let room = job.limits.document_chars.saturating_sub(*n_chars).min(job.limits.page_bytes);
    if page.text.len() > room {
        let is_kept = |end: usize| end <= room;
        page.paragraphs.retain(|paragraph| is_kept(paragraph.span.end));
        page.lines.retain(|line| is_kept(line.span.end));
        let end = page.paragraphs.last().map_or(0, |paragraph| paragraph.span.end);
        page.text.truncate(end);
        let detail = "longer than the limit".to_owned();
        warnings.push(Warning::page(WarningKind::Truncated, page.number, detail));
    }
    *n_chars += page.text.chars().count();
}

/// Gives each page its printed label: the number in its running head or foot, else the file's own.
fn choose_labels(pages: &mut [Page], own: Vec<Option<String>>, warnings: &mut Vec<Warning>) {
    let heads: Vec<Vec<String>> = pages
        .iter()
        .map(|page| {
            let marked =
                page.paragraphs.iter().filter(|p| matches!(p.role, Role::Header | Role::Footer));
            marked.map(|paragraph| page.paragraph_text(paragraph).to_owned()).collect()
        })
        .collect();
    let printed = folios::labels(&heads);
    let mut conflict = None;
    for (idx, page) in pages.iter_mut().enumerate() {
        let own = own.get(idx).cloned().flatten();
        let printed = printed.get(idx).cloned().flatten();
        if let (Some(own), Some(printed)) = (&own, &printed)
            && own != printed
            && conflict.is_none()
        {
            conflict =
                Some(format!("page {} is {own} in the file, {printed} in print", page.number));
        }
        page.label = printed.or(own);
    }
    if let Some(detail) = conflict {
        warnings.push(Warning::document(WarningKind::PageLabelConflict, detail));
    }
}

#[cfg(test)]
#[path = "../../../tests/common/encrypted.rs"]
mod encrypted;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_lines;
