//! From frames to what was read: the program's side, which believes nothing it is told.

use crate::extract::pdf::Picture;
use crate::extract::{ExtractError, Limits};
use crate::model::document::LineBox;
use crate::model::record::Origin;
use crate::model::{
    Extracted, Member, Page, PageNo, Paragraph, Reader, Record, Span, Warning, WarningKind,
};

use super::protocol::{Frame, PageHead, ProtocolError};

/// Most lines, and most paragraphs, of a page.
pub(super) const MAX_BOXES: usize = 200_000;

/// Most warnings about a document as a whole.
pub(super) const MAX_WARNINGS: usize = 1000;

/// Most warnings about one page, on average; a scan of many pages has one or two a page.
pub(super) const MAX_PAGE_WARNINGS: usize = 4;

/// Most pixels of a picture that a worker sends: a little over what pages are drawn with.
const MAX_PIXELS: u64 = 41_000_000;

/// Most bytes of such a picture.
pub(super) const MAX_PICTURE: u64 = 128 << 20;

/// What a frame meant for the exchange.
#[derive(Debug)]
pub(super) enum Step<T> {
    /// There is more to come.
    More,
    /// A file in the file is whole.
    Member(Member),
    /// The exchange is over, and the worker waits for the next job.
    End(Result<T, ExtractError>),
    /// The reader broke, and the worker ends.
    Panicked(String),
}

/// Makes an answer of frames.
pub(super) trait Gathers {
    /// The answer.
    type Answer;

    /// Takes the next frame.
    fn take(&mut self, frame: Frame<'_>) -> Result<Step<Self::Answer>, ProtocolError>;
}

/// What has come of one source so far.
#[derive(Debug)]
pub(super) struct Gather<'a> {
    limits: &'a Limits,
    /// `None` until something was read.
    found: Option<Extracted>,
    has_record: bool,
    /// Pages that came before the record, and the warnings about them.
    early: (Vec<Page>, Vec<Warning>),
    page: Option<OpenPage>,
    member: Option<OpenMember>,
    /// What is said of the member that comes next.
    stated: Option<Box<Record>>,
    chars: usize,
    n_members: usize,
    member_bytes: u64,
    n_warnings: usize,
    n_page_warnings: usize,
}

/// A page of which not everything has come.
#[derive(Debug)]
struct OpenPage {
    page: Page,
    text_bytes: usize,
    paragraphs: usize,
    lines: usize,
}

/// A member of which not everything has come.
#[derive(Debug)]
struct OpenMember {
    name: String,
    charset: Option<String>,
    bytes: Vec<u8>,
    wanted: u64,
}

impl<'a> Gather<'a> {
    pub(super) const fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            found: None,
            has_record: false,
            early: (Vec::new(), Vec::new()),
            page: None,
            member: None,
            stated: None,
            chars: 0,
            n_members: 0,
            member_bytes: 0,
            n_warnings: 0,
            n_page_warnings: 0,
        }
    }

    /// Returns what had come when the worker ended by surprise, if a page of it has text: the
    /// document's own pages, and behind them those that came early.
    ///
    /// It bears the warning [`WarningKind::Partial`] with `why`.
    pub(super) fn into_partial(self, why: &str) -> Option<Extracted> {
        let mut found = self.found?;
        let n_whole = found.pages.len();
        let (pages, warnings) = self.early;
        let is_later = |page: PageNo| page.idx() >= n_whole;
        found.pages.extend(pages.into_iter().filter(|page| is_later(page.number)));
        found.warnings.extend(warnings.into_iter().filter(|one| one.page.is_some_and(is_later)));
        if found.pages.iter().all(|page| page.text.trim().is_empty()) {
            return None;
        }
        let n = found.pages.len();
        let plural = if n == 1 { "" } else { "s" };
        let detail = format!("the first {n} page{plural}; then its reader ended: {why}");
        found.warnings.push(Warning::document(WarningKind::Partial, detail));
        Some(found)
    }
}

impl Gathers for Gather<'_> {
    type Answer = Extracted;

    fn take(&mut self, frame: Frame<'_>) -> Result<Step<Extracted>, ProtocolError> {
        let is_part = matches!(
            frame,
            Frame::Text(_) | Frame::Paragraphs(_) | Frame::Lines(_) | Frame::Chunk(_)
        );
        let is_open = self.page.is_some() || self.member.is_some();
        if is_open && !is_part && !matches!(frame, Frame::Beat | Frame::Panicked(_)) {
            return Err(ProtocolError::Place { what: "the next thing before the end of one" });
        }
        let goes_on = matches!(frame, Frame::Member { .. } | Frame::Beat | Frame::Panicked(_));
        if self.stated.is_some() && !is_open && !goes_on {
            return Err(ProtocolError::Place { what: "a word about no member" });
        }
        match frame {
            Frame::Beat => {}
            Frame::Meta { media_type, reader, version } => {
                self.meta(media_type, reader, version)?;
            }
            Frame::Record(json) => self.record(json)?,
            Frame::Page(head) => self.open_page(head)?,
            Frame::Text(text) => self.text(text)?,
            Frame::Paragraphs(paragraphs) => self.paragraphs(paragraphs)?,
            Frame::Lines(lines) => self.lines(lines)?,
            Frame::Warning(warning) => self.warning(warning)?,
            Frame::Stated(json) => self.stated = Some(Box::new(stated_record(json)?)),
            Frame::Member { name, charset, bytes } => {
                return self.open_member(name, charset, bytes);
            }
            Frame::Chunk(bytes) => return self.member_part(bytes),
            Frame::Done => {
                let found = self.found.take().filter(|_| self.has_record);
                return found
                    .map(|found| Step::End(Ok(found)))
                    .ok_or(ProtocolError::Place { what: "an end without a beginning" });
            }
            Frame::Failed(error) if !self.has_record => return Ok(Step::End(Err(error))),
            Frame::Failed(_) => return Err(ProtocolError::Place { what: "an error after pages" }),
            Frame::Panicked(words) => {
                return Ok(Step::Panicked(words.chars().take(300).collect()));
            }
            Frame::Ready(_) | Frame::Job { .. } => {
                return Err(ProtocolError::Place { what: "a greeting" });
            }
            Frame::Picture { .. } => return Err(ProtocolError::Place { what: "a picture" }),
        }
        Ok(Step::More)
    }
}

impl Gather<'_> {
    fn meta(&mut self, media_type: &str, name: &str, version: &str) -> Result<(), ProtocolError> {
        if self.found.is_some() {
            return Err(ProtocolError::Place { what: "a second beginning" });
        }
        let is_name = |text: &str| text.len() <= 200 && !text.chars().any(char::is_control);
        if ![media_type, name, version].into_iter().all(is_name) {
            return Err(ProtocolError::Value { what: "name of a reader" });
        }
        self.found = Some(Extracted {
            media_type: media_type.to_owned(),
            reader: Reader { name: name.to_owned(), version: version.to_owned() },
            pages: Vec::new(),
            record: Record::default(),
            warnings: Vec::new(),
            members: Vec::new(),
        });
        Ok(())
    }

    fn record(&mut self, json: &str) -> Result<(), ProtocolError> {
        let found = self.found.as_mut().filter(|_| !self.has_record);
        let found = found.ok_or(ProtocolError::Place { what: "a record" })?;
        let record = stated_record(json)?;
        // What came early is kept aside: the document itself begins here.
        self.early = (std::mem::take(&mut found.pages), std::mem::take(&mut found.warnings));
        (self.chars, self.n_warnings, self.n_page_warnings) = (0, 0, 0);
        found.record = record;
        self.has_record = true;
        Ok(())
    }

    fn open_page(&mut self, head: PageHead<'_>) -> Result<(), ProtocolError> {
        let PageHead { number, label, origin, quality, text_bytes, paragraphs, lines } = head;
        let found = self.found.as_ref().ok_or(ProtocolError::Place { what: "a page" })?;
        if number != PageNo::from_idx(found.pages.len()) {
            return Err(ProtocolError::Value { what: "page number" });
        }
        if found.pages.len() >= self.limits.pages {
            return Err(ProtocolError::Limit { what: "pages" });
        }
        let (text_bytes, paragraphs, lines) =
            (text_bytes as usize, paragraphs as usize, lines as usize);
        if text_bytes > self.limits.page_bytes {
            return Err(ProtocolError::Limit { what: "bytes of a page" });
        }
        if paragraphs > MAX_BOXES || lines > MAX_BOXES {
            return Err(ProtocolError::Limit { what: "boxes of a page" });
        }
        if !(0.0..=1.0).contains(&quality) {
            return Err(ProtocolError::Value { what: "quality of a page" });
        }
        let mut page = Page::empty(number, origin);
        page.label = label.map(str::to_owned);
        page.quality = quality;
        self.page = Some(OpenPage { page, text_bytes, paragraphs, lines });
        self.close_page()
    }

    fn open(&mut self) -> Result<&mut OpenPage, ProtocolError> {
        self.page.as_mut().ok_or(ProtocolError::Place { what: "a piece of no page" })
    }

    fn text(&mut self, text: &str) -> Result<(), ProtocolError> {
        let most = self.limits.document_chars;
        self.chars = self.chars.saturating_add(text.chars().count());
        if self.chars > most {
            return Err(ProtocolError::Limit { what: "characters" });
        }
        let open = self.open()?;
        if text.is_empty() || open.page.text.len() + text.len() > open.text_bytes {
            return Err(ProtocolError::Limit { what: "bytes of a page" });
        }
        if text.contains('\0') {
            // Of the same length, so that every span stays where it is.
            open.page.text.push_str(&text.replace('\0', " "));
        } else {
            open.page.text.push_str(text);
        }
        self.close_page()
    }

    fn paragraphs(&mut self, paragraphs: Vec<Paragraph>) -> Result<(), ProtocolError> {
        let open = self.open()?;
        let spans = paragraphs.iter().map(|paragraph| &paragraph.span);
        open.check(spans, open.page.paragraphs.len(), open.paragraphs)?;
        open.page.paragraphs.extend(paragraphs);
        self.close_page()
    }

    fn lines(&mut self, lines: Vec<LineBox>) -> Result<(), ProtocolError> {
        let open = self.open()?;
        open.check(lines.iter().map(|line| &line.span), open.page.lines.len(), open.lines)?;
        open.page.lines.extend(lines);
        self.close_page()
    }

    /// Moves a page that is whole to the others.
    fn close_page(&mut self) -> Result<(), ProtocolError> {
        let Some(open) = self.page.take_if(|open| open.is_whole()) else { return Ok(()) };
        let found = self.found.as_mut().ok_or(ProtocolError::Place { what: "a page" })?;
        found.pages.push(open.page);
        Ok(())
    }

    fn warning(&mut self, warning: Warning) -> Result<(), ProtocolError> {
        let found = self.found.as_mut().ok_or(ProtocolError::Place { what: "a warning" })?;
        match warning.page {
            None => self.n_warnings += 1,
            Some(_) => self.n_page_warnings += 1,
        }
        if self.n_warnings > MAX_WARNINGS
            || self.n_page_warnings > MAX_WARNINGS + MAX_PAGE_WARNINGS * found.pages.len()
        {
            return Err(ProtocolError::Limit { what: "warnings" });
        }
        found.warnings.push(warning);
        Ok(())
    }

    fn open_member(
        &mut self,
        name: &str,
        charset: Option<&str>,
        bytes: Result<u64, &str>,
    ) -> Result<Step<Extracted>, ProtocolError> {
        if self.n_members >= self.limits.members {
            return Err(ProtocolError::Limit { what: "members" });
        }
        self.n_members += 1;
        let name = name.replace('\0', " ");
        let charset = charset.map(str::to_owned);
        match bytes {
            Err(reason) => {
                let stated = self.stated.take();
                let bytes = Err(reason.to_owned());
                return Ok(Step::Member(Member { name, bytes, stated, charset }));
            }
            Ok(wanted) => {
                self.member_bytes = self.member_bytes.saturating_add(wanted);
                if wanted > self.limits.member_bytes
                    || self.member_bytes > self.limits.archive_bytes
                {
                    return Err(ProtocolError::Limit { what: "bytes of members" });
                }
                self.member = Some(OpenMember { name, charset, bytes: Vec::new(), wanted });
            }
        }
        Ok(self.close_member())
    }

    fn member_part(&mut self, bytes: &[u8]) -> Result<Step<Extracted>, ProtocolError> {
        let member = self.member.as_mut().ok_or(ProtocolError::Place { what: "bytes" })?;
        if bytes.is_empty() || (member.bytes.len() + bytes.len()) as u64 > member.wanted {
            return Err(ProtocolError::Limit { what: "bytes of a member" });
        }
        member.bytes.extend_from_slice(bytes);
        Ok(self.close_member())
    }

    /// Hands on a member that is whole.
    fn close_member(&mut self) -> Step<Extracted> {
        let whole = self.member.take_if(|member| member.bytes.len() as u64 == member.wanted);
        whole.map_or(Step::More, |OpenMember { name, charset, bytes, wanted: _ }| {
            Step::Member(Member { name, bytes: Ok(bytes), stated: self.stated.take(), charset })
        })
    }
}

/// What has come of a picture so far.
#[derive(Debug, Default)]
pub(super) struct GatherPicture {
    /// The picture, and how many bytes it will have.
    open: Option<(Picture, u64)>,
}

impl Gathers for GatherPicture {
    type Answer = Picture;

    fn take(&mut self, frame: Frame<'_>) -> Result<Step<Picture>, ProtocolError> {
        match frame {
            Frame::Beat => {}
            Frame::Picture { width, height, dpi, bytes } if self.open.is_none() => {
                let pixels = u64::from(width) * u64::from(height);
                if pixels == 0 || pixels > MAX_PIXELS || bytes > MAX_PICTURE || dpi == 0 {
                    return Err(ProtocolError::Value { what: "size of a picture" });
                }
                self.open = Some((Picture { width, height, dpi, png: Vec::new() }, bytes));
            }
            Frame::Chunk(part) => {
                let (picture, wanted) =
                    self.open.as_mut().ok_or(ProtocolError::Place { what: "bytes" })?;
                if part.is_empty() || (picture.png.len() + part.len()) as u64 > *wanted {
                    return Err(ProtocolError::Limit { what: "bytes of a picture" });
                }
                picture.png.extend_from_slice(part);
            }
            Frame::Done => {
                return match self.open.take() {
                    Some((picture, wanted)) if picture.png.len() as u64 == wanted => {
                        Ok(Step::End(Ok(picture)))
                    }
                    _ => Err(ProtocolError::Place { what: "an end without a picture" }),
                };
            }
            Frame::Failed(error) if self.open.is_none() => return Ok(Step::End(Err(error))),
            Frame::Panicked(words) => {
                return Ok(Step::Panicked(words.chars().take(300).collect()));
            }
            _ => return Err(ProtocolError::Place { what: "something that is no picture" }),
        }
        Ok(Step::More)
    }
}

impl OpenPage {
    fn is_whole(&self) -> bool {
        let page = &self.page;
        page.text.len() == self.text_bytes
            && page.paragraphs.len() == self.paragraphs
            && page.lines.len() == self.lines
    }

    /// Checks spans that are to join `before` others, of `announced` in all.
    fn check<'s>(
        &self,
        spans: impl ExactSizeIterator<Item = &'s Span>,
        before: usize,
        announced: usize,
    ) -> Result<(), ProtocolError> {
        let text = &self.page.text;
        if text.len() != self.text_bytes {
            return Err(ProtocolError::Place { what: "a span before its text" });
        }
        if spans.len() == 0 || before + spans.len() > announced {
            return Err(ProtocolError::Limit { what: "boxes of a page" });
        }
        for span in spans {
            if text.get(span.clone()).is_none() {
                return Err(ProtocolError::Value { what: "span" });
            }
        }
        Ok(())
    }
}

/// Reads a record that a source states of itself or of its member.
fn stated_record(json: &str) -> Result<Record, ProtocolError> {
    // JSON has no lengths that could ask for room; its depth is bounded by the parser.
    let mut record: Record =
        serde_json::from_str(json).map_err(|_| ProtocolError::Value { what: "record" })?;
    let mut is_own = true;
    record.retain(|origin| {
        is_own &= origin <= Origin::FrontMatter;
        true
    });
    if !is_own {
        // A source does not speak for the people who keep it.
        return Err(ProtocolError::Value { what: "origin of a record's value" });
    }
    Ok(record)
}
