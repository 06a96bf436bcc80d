//! The frames between the program and a worker: four bytes of length, one of kind, the rest.
//!
//! Both ends read what may be hostile: no length of a frame is believed before the bytes are
//! there, no count makes room in advance, and a frame must be used up to its last byte.

use crate::extract::{ExtractError, Limits};
use crate::model::document::LineBox;
use crate::model::{Lang, PageNo, PageOrigin, Paragraph, Role, Span, Warning, WarningKind};

use super::Sandbox;

/// Most bytes of a frame, its kind included.
pub(super) const MAX_FRAME: usize = 1 << 20;

/// Bytes of a source or member that one frame carries.
pub(super) const CHUNK: usize = 256 << 10;

/// Bytes of text that one frame carries.
pub(super) const TEXT_PART: usize = 64_000;

/// Most bytes of a name, label, detail or other short text.
pub(super) const MAX_SHORT: usize = 4096;

/// Most passwords of a job.
pub(super) const MAX_PASSWORDS: usize = 1000;

/// What a job asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ask {
    /// The text of a source.
    Text {
        /// Whether pages are to come one by one: the last try of a source that breaks its reader.
        careful: bool,
    },
    /// The text of a draft, with the calls of its notes.
    Draft,
    /// A picture of one of its pages.
    Picture { page: PageNo, dpi: u32 },
    /// The source, a picture of ours, turned clockwise by some degrees.
    Turned { degrees: f32 },
}

/// What is wrong with what the other end sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ProtocolError {
    /// A frame longer than [`MAX_FRAME`], or one of no length.
    #[error("a frame of {bytes} bytes")]
    Length { bytes: u32 },
    /// A kind that does not exist.
    #[error("a frame of unknown kind {kind}")]
    Kind { kind: u8 },
    /// The frame ends before its last field.
    #[error("a frame that ends too early")]
    Short,
    /// Bytes after the last field.
    #[error("a frame with bytes left over")]
    Trailing,
    /// A field whose value cannot be.
    #[error("a wrong {what}")]
    Value { what: &'static str },
    /// A frame that may not come here.
    #[error("{what} out of place")]
    Place { what: &'static str },
    /// More of something than is allowed.
    #[error("too many {what}")]
    Limit { what: &'static str },
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Frame<'a> {
    /// To the worker: do something with a source; its bytes follow in [`Frame::Chunk`]s.
    Job {
        ask: Ask,
        name: &'a str,
        charset: Option<&'a str>,
        limits: Limits,
        passwords: Vec<&'a str>,
        bytes: u64,
    },
    /// A piece of a source (to the worker) or of a member (from it).
    Chunk(&'a [u8]),
    /// From the worker, once: it is confined and waits for jobs.
    Ready(Sandbox),
    /// Reading goes on.
    Beat,
    /// Something was read: what type, and by whom. Pages before the record come early, and are
    /// taken back by it.
    Meta { media_type: &'a str, reader: &'a str, version: &'a str },
    /// The record as JSON.
    Record(&'a str),
    /// The head of a page; its text, paragraphs and lines follow, as many as announced.
    Page(PageHead<'a>),
    /// A piece of a page's text, cut on a character border.
    Text(&'a str),
    /// Some of a page's paragraphs, in order.
    Paragraphs(Vec<Paragraph>),
    /// Some of a page's lines, in order.
    Lines(Vec<LineBox>),
    /// A warning.
    Warning(Warning),
    /// What the file says of the member that comes next, as JSON of a record.
    Stated(&'a str),
    /// A file in the file; `Ok` is its length, and its bytes follow.
    Member { name: &'a str, charset: Option<&'a str>, bytes: Result<u64, &'a str> },
    /// A picture; its bytes (PNG) follow.
    Picture { width: u32, height: u32, dpi: u32, bytes: u64 },
    /// All was sent.
    Done,
    /// Nothing could be read.
    Failed(ExtractError),
    /// The reader broke; the words of the panic and its place. The worker ends.
    Panicked(&'a str),
}

/// What is said of a page before its text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PageHead<'a> {
    pub(super) number: PageNo,
    pub(super) label: Option<&'a str>,
    pub(super) origin: PageOrigin,
    pub(super) quality: f32,
    pub(super) text_bytes: u32,
    pub(super) paragraphs: u32,
    pub(super) lines: u32,
}

// A value is sent as its place in these lists.
const ORIGINS: [PageOrigin; 5] = [
    PageOrigin::TextLayer,
    PageOrigin::OcrLayer,
    PageOrigin::Ocr,
    PageOrigin::Markup,
    PageOrigin::Plain,
];
const ROLES: [Role; 15] = [
    Role::Body,
    Role::Heading,
    Role::Quote,
    Role::List,
    Role::Table,
    Role::Caption,
    Role::Footnote,
    Role::Endnote,
    Role::Header,
    Role::Footer,
    Role::Watermark,
    Role::Margin,
    Role::Comment,
    Role::Form,
    Role::Navigation,
];
const WARNINGS: [WarningKind; 20] = [
    WarningKind::NoText,
    WarningKind::LowText,
    WarningKind::BadEncoding,
    WarningKind::OcrUnreliable,
    WarningKind::OcrMissing,
    WarningKind::Partial,
    WarningKind::Truncated,
    WarningKind::DamagedRepaired,
    WarningKind::PageLabelConflict,
    WarningKind::NameTypeMismatch,
    WarningKind::HiddenText,
    WarningKind::NoDate,
    WarningKind::RecordConflict,
    WarningKind::SameTextAs,
    WarningKind::UnsupportedForm,
    WarningKind::BadMetadata,
    WarningKind::Member,
    WarningKind::EmptyPassword,
    WarningKind::TrackedChanges,
    WarningKind::BlankPage,
];
const ARCHIVE_LIMITS: [&str; 6] = ["ratio", "bytes", "members", "depth", "overlap", "name"];

const JOB: u8 = 1;
const CHUNK_KIND: u8 = 2;
const READY: u8 = 3;
const BEAT: u8 = 4;
const META: u8 = 5;
const RECORD: u8 = 6;
const PAGE: u8 = 7;
const TEXT: u8 = 8;
const PARAGRAPHS: u8 = 9;
const LINES: u8 = 10;
const WARNING: u8 = 11;
const MEMBER: u8 = 12;
const DONE: u8 = 13;
const FAILED: u8 = 14;
const PANICKED: u8 = 15;
const STATED: u8 = 16;
const PICTURE: u8 = 17;

const ASK_TEXT: u8 = 0;
const ASK_CAREFUL: u8 = 1;
const ASK_PICTURE: u8 = 2;
const ASK_TURNED: u8 = 3;
const ASK_DRAFT: u8 = 4;

impl Frame<'_> {
    /// Appends the frame to `out`.
    ///
    /// Texts over [`MAX_SHORT`] are cut; a chunk, text or record longer than a frame is the
    /// caller's mistake, which the other end refuses.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend([0; 4]);
        self.write_body(out);
        let length = u32::try_from(out.len() - start - 4).unwrap_or(u32::MAX);
        if let Some(head) = out.get_mut(start..start + 4) {
            head.copy_from_slice(&length.to_le_bytes());
        }
    }

    fn write_body(&self, out: &mut Vec<u8>) {
        match self {
            Frame::Job { ask, name, charset, limits, passwords, bytes } => {
                out.push(JOB);
                put_ask(out, *ask);
                put_text(out, name);
                put_option(out, *charset);
                for limit in limit_values(limits) {
                    put_u64(out, limit);
                }
                put_u64(out, *bytes);
                for password in passwords.iter().take(MAX_PASSWORDS) {
                    put_text(out, password);
                }
            }
            Frame::Chunk(bytes) => {
                out.push(CHUNK_KIND);
                out.extend_from_slice(bytes);
            }
            Frame::Ready(sandbox) => {
                let Sandbox { landlock_abi, seccomp, limits } = *sandbox;
                out.extend([READY, landlock_abi, u8::from(seccomp), u8::from(limits)]);
            }
            Frame::Beat => out.push(BEAT),
            Frame::Meta { media_type, reader, version } => {
                out.push(META);
                put_text(out, media_type);
                put_text(out, reader);
                put_text(out, version);
            }
            Frame::Record(json) => {
                out.push(RECORD);
                out.extend_from_slice(json.as_bytes());
            }
            Frame::Stated(json) => {
                out.push(STATED);
                out.extend_from_slice(json.as_bytes());
            }
            Frame::Page(head) => {
                out.push(PAGE);
                put_u32(out, head.number.get());
                put_option(out, head.label);
                out.push(head.origin as u8);
                put_u32(out, head.quality.to_bits());
                put_u32(out, head.text_bytes);
                put_u32(out, head.paragraphs);
                put_u32(out, head.lines);
            }
            Frame::Text(text) => {
                out.push(TEXT);
                out.extend_from_slice(text.as_bytes());
            }
            Frame::Paragraphs(paragraphs) => {
                out.push(PARAGRAPHS);
                paragraphs.iter().for_each(|paragraph| put_paragraph(out, paragraph));
            }
            Frame::Lines(lines) => {
                out.push(LINES);
                for line in lines {
                    put_span(out, &line.span);
                    line.rect.iter().for_each(|edge| put_u32(out, edge.to_bits()));
                }
            }
            Frame::Warning(warning) => {
                out.extend([WARNING, warning.kind as u8]);
                put_u32(out, warning.page.map_or(0, PageNo::get));
                put_text(out, &warning.detail);
            }
            Frame::Member { name, charset, bytes } => {
                out.push(MEMBER);
                put_text(out, name);
                put_option(out, *charset);
                match bytes {
                    Ok(bytes) => {
                        out.push(1);
                        put_u64(out, *bytes);
                    }
                    Err(reason) => {
                        out.push(0);
                        put_text(out, reason);
                    }
                }
            }
            Frame::Picture { width, height, dpi, bytes } => {
                out.push(PICTURE);
                [*width, *height, *dpi].into_iter().for_each(|value| put_u32(out, value));
                put_u64(out, *bytes);
            }
            Frame::Done => out.push(DONE),
            Frame::Failed(error) => {
                out.push(FAILED);
                put_error(out, error);
            }
            Frame::Panicked(words) => {
                out.push(PANICKED);
                put_text(out, words);
            }
        }
    }

    /// Reads a frame off what stood between two lengths.
    pub(super) fn read(bytes: &[u8]) -> Result<Frame<'_>, ProtocolError> {
        let (kind, rest) = bytes.split_first().ok_or(ProtocolError::Short)?;
        let mut input = Input(rest);
        let frame = match *kind {
            JOB => read_job(&mut input)?,
            CHUNK_KIND => Frame::Chunk(input.all()),
            READY => Frame::Ready(Sandbox {
                landlock_abi: input.u8()?,
                seccomp: input.flag()?,
                limits: input.flag()?,
            }),
            BEAT => Frame::Beat,
            META => Frame::Meta {
                media_type: input.text()?,
                reader: input.text()?,
                version: input.text()?,
            },
            RECORD => Frame::Record(input.all_text()?),
            STATED => Frame::Stated(input.all_text()?),
            PAGE => Frame::Page(PageHead {
                number: PageNo::new(input.u32()?).ok_or(wrong("page number"))?,
                label: input.option()?,
                origin: input.one_of(&ORIGINS, "page origin")?,
                quality: input.f32()?,
                text_bytes: input.u32()?,
                paragraphs: input.u32()?,
                lines: input.u32()?,
            }),
            TEXT => Frame::Text(input.all_text()?),
            PARAGRAPHS => Frame::Paragraphs(input.many(Input::paragraph)?),
            LINES => Frame::Lines(input.many(|input| {
                let span = input.span()?;
                Ok(LineBox { span, rect: [input.f32()?, input.f32()?, input.f32()?, input.f32()?] })
            })?),
            WARNING => Frame::Warning(Warning {
                kind: input.one_of(&WARNINGS, "warning")?,
                page: PageNo::new(input.u32()?),
                detail: input.text()?.to_owned(),
            }),
            MEMBER => {
                let (name, charset) = (input.text()?, input.option()?);
                let bytes = if input.flag()? { Ok(input.u64()?) } else { Err(input.text()?) };
                Frame::Member { name, charset, bytes }
            }
            PICTURE => Frame::Picture {
                width: input.u32()?,
                height: input.u32()?,
                dpi: input.u32()?,
                bytes: input.u64()?,
            },
            DONE => Frame::Done,
            FAILED => Frame::Failed(input.error()?),
            PANICKED => Frame::Panicked(input.text()?),
            kind => return Err(ProtocolError::Kind { kind }),
        };
        if input.0.is_empty() { Ok(frame) } else { Err(ProtocolError::Trailing) }
    }
}

/// Takes the first whole frame off `buffer` from `at` on, and moves `at` behind it.
///
/// `None`: the rest of it has not come yet.
pub(super) fn next_frame<'a>(
    buffer: &'a [u8],
    at: &mut usize,
) -> Result<Option<Frame<'a>>, ProtocolError> {
    let Some((head, rest)) = buffer.get(*at..).and_then(<[u8]>::split_first_chunk::<4>) else {
        return Ok(None);
    };
    let bytes = u32::from_le_bytes(*head);
    let length = usize::try_from(bytes).unwrap_or(usize::MAX);
    if length == 0 || length > MAX_FRAME {
        return Err(ProtocolError::Length { bytes });
    }
    let Some(body) = rest.get(..length) else { return Ok(None) };
    *at += 4 + length;
    Frame::read(body).map(Some)
}

/// Returns `text` cut to `max` bytes on a character border.
pub(super) fn cut(text: &str, max: usize) -> &str {
    text.get(..text.floor_char_boundary(max)).unwrap_or_default()
}

const fn wrong(what: &'static str) -> ProtocolError {
    ProtocolError::Value { what }
}

fn limit_values(limits: &Limits) -> [u64; 9] {
    let Limits {
        file_bytes,
        document_chars,
        pages,
        page_bytes,
        members,
        archive_bytes,
        member_bytes,
        depth,
        markup_depth,
    } = *limits;
    let n = |value: usize| value as u64;
    [
        file_bytes,
        n(document_chars),
        n(pages),
        n(page_bytes),
        n(members),
        archive_bytes,
        member_bytes,
        n(depth),
        n(markup_depth),
    ]
}

fn read_job<'a>(input: &mut Input<'a>) -> Result<Frame<'a>, ProtocolError> {
    let ask = match input.u8()? {
        ASK_TEXT => Ask::Text { careful: false },
        ASK_CAREFUL => Ask::Text { careful: true },
        ASK_DRAFT => Ask::Draft,
        ASK_PICTURE => Ask::Picture {
            page: PageNo::new(input.u32()?).ok_or(wrong("page number"))?,
            dpi: input.u32()?,
        },
        ASK_TURNED => Ask::Turned { degrees: input.f32()? },
        _ => return Err(wrong("job")),
    };
    let name = input.text()?;
    let charset = input.option()?;
    let limits = Limits {
        file_bytes: input.u64()?,
        document_chars: input.size()?,
        pages: input.size()?,
        page_bytes: input.size()?,
        members: input.size()?,
        archive_bytes: input.u64()?,
        member_bytes: input.u64()?,
        depth: input.size()?,
        markup_depth: input.size()?,
    };
    let bytes = input.u64()?;
    let passwords = input.many(Input::text)?;
    if passwords.len() > MAX_PASSWORDS {
        return Err(ProtocolError::Limit { what: "passwords" });
    }
    Ok(Frame::Job { ask, name, charset, limits, passwords, bytes })
}

fn put_ask(out: &mut Vec<u8>, ask: Ask) {
    match ask {
        Ask::Text { careful } => out.push(if careful { ASK_CAREFUL } else { ASK_TEXT }),
        Ask::Draft => out.push(ASK_DRAFT),
        Ask::Picture { page, dpi } => {
            out.push(ASK_PICTURE);
            put_u32(out, page.get());
            put_u32(out, dpi);
        }
        Ask::Turned { degrees } => {
            out.push(ASK_TURNED);
            put_u32(out, degrees.to_bits());
        }
    }
}

fn put_u32(out: &mut Vec<u8>, value: u32) {
    out.extend(value.to_le_bytes());
}

fn put_u64(out: &mut Vec<u8>, value: u64) {
    out.extend(value.to_le_bytes());
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    let text = cut(text, MAX_SHORT);
    put_u32(out, u32::try_from(text.len()).unwrap_or(0));
    out.extend_from_slice(text.as_bytes());
}

fn put_option(out: &mut Vec<u8>, text: Option<&str>) {
    out.push(u8::from(text.is_some()));
    if let Some(text) = text {
        put_text(out, text);
    }
}

fn put_span(out: &mut Vec<u8>, span: &Span) {
    put_u32(out, u32::try_from(span.start).unwrap_or(u32::MAX));
    put_u32(out, u32::try_from(span.end).unwrap_or(u32::MAX));
}

fn put_paragraph(out: &mut Vec<u8>, paragraph: &Paragraph) {
    // Numbers are given by who puts the pages together.
    let Paragraph { label, span, role, continues, number: _, under: _, counted: _, lang } =
        paragraph;
    put_option(out, label.as_deref());
    put_span(out, span);
    let lang = Lang::ALL.iter().position(|other| other == lang).unwrap_or(0);
    out.extend([*role as u8, u8::from(*continues), u8::try_from(lang).unwrap_or(0)]);
}

fn put_error(out: &mut Vec<u8>, error: &ExtractError) {
    match error {
        ExtractError::Empty => out.push(0),
        ExtractError::TooLarge => out.push(1),
        ExtractError::Unsupported { what, cure } => {
            out.push(2);
            put_text(out, what);
            put_text(out, cure);
        }
        ExtractError::Unknown => out.push(3),
        ExtractError::Encrypted => out.push(4),
        ExtractError::Damaged { detail } => {
            out.push(5);
            put_text(out, detail);
        }
        ExtractError::ArchiveLimit { which } => {
            out.push(6);
            let which = ARCHIVE_LIMITS.iter().position(|known| known == which);
            out.push(which.and_then(|which| u8::try_from(which).ok()).unwrap_or(u8::MAX));
        }
    }
}

/// What is left to read of a frame.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], ProtocolError> {
        let (first, rest) = self.0.split_first_chunk::<N>().ok_or(ProtocolError::Short)?;
        self.0 = rest;
        Ok(*first)
    }

    fn u8(&mut self) -> Result<u8, ProtocolError> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn u32(&mut self) -> Result<u32, ProtocolError> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, ProtocolError> {
        self.array().map(u64::from_le_bytes)
    }

    fn size(&mut self) -> Result<usize, ProtocolError> {
        usize::try_from(self.u64()?).map_err(|_| wrong("limit"))
    }

    /// Reads a number that is neither infinite nor none.
    fn f32(&mut self) -> Result<f32, ProtocolError> {
        let value = f32::from_bits(self.u32()?);
        if value.is_finite() { Ok(value) } else { Err(wrong("number")) }
    }

    fn flag(&mut self) -> Result<bool, ProtocolError> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(wrong("flag")),
        }
    }

    fn one_of<T: Copy>(&mut self, list: &[T], what: &'static str) -> Result<T, ProtocolError> {
        list.get(usize::from(self.u8()?)).copied().ok_or(wrong(what))
    }

    fn all(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    fn all_text(&mut self) -> Result<&'a str, ProtocolError> {
        std::str::from_utf8(self.all()).map_err(|_| wrong("text"))
    }

    fn text(&mut self) -> Result<&'a str, ProtocolError> {
        let length = self.u32()? as usize;
        if length > MAX_SHORT {
            return Err(wrong("length of a text"));
        }
        let (text, rest) = self.0.split_at_checked(length).ok_or(ProtocolError::Short)?;
        self.0 = rest;
        std::str::from_utf8(text).map_err(|_| wrong("text"))
    }

    fn option(&mut self) -> Result<Option<&'a str>, ProtocolError> {
        if self.flag()? { self.text().map(Some) } else { Ok(None) }
    }

    /// Reads values to the end of the frame: no count is sent, so none can lie.
    fn many<T>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Result<T, ProtocolError>,
    ) -> Result<Vec<T>, ProtocolError> {
        let mut values = Vec::new();
        while !self.0.is_empty() {
            values.push(one(self)?);
        }
        Ok(values)
    }

    fn span(&mut self) -> Result<Span, ProtocolError> {
        let (start, end) = (self.u32()? as usize, self.u32()? as usize);
        if start <= end { Ok(start..end) } else { Err(wrong("span")) }
    }

    fn paragraph(&mut self) -> Result<Paragraph, ProtocolError> {
        Ok(Paragraph {
            label: self.option()?.map(str::to_owned),
            span: self.span()?,
            role: self.one_of(&ROLES, "role")?,
            continues: self.flag()?,
            number: None,
            under: None,
            counted: false,
            lang: self.one_of(&Lang::ALL, "language")?,
        })
    }

    fn error(&mut self) -> Result<ExtractError, ProtocolError> {
        Ok(match self.u8()? {
            0 => ExtractError::Empty,
            1 => ExtractError::TooLarge,
            2 => {
                let (what, cure) = (self.text()?, self.text()?);
                // It becomes a part of a reason id.
                if !what.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                    return Err(wrong("name of a type"));
                }
                ExtractError::Unsupported { what: what.to_owned(), cure: cure.to_owned() }
            }
            3 => ExtractError::Unknown,
            4 => ExtractError::Encrypted,
            5 => ExtractError::Damaged { detail: self.text()?.to_owned() },
            6 => ExtractError::ArchiveLimit { which: self.one_of(&ARCHIVE_LIMITS, "limit")? },
            _ => return Err(wrong("error")),
        })
    }
}

/// Takes bytes for what a worker sent, and for what it was sent: the fuzz target `ipc`.
#[doc(hidden)]
pub fn feed_frames(bytes: &[u8]) {
    use super::gather::{Gather, GatherPicture, Gathers};

    fn feed(bytes: &[u8], gather: &mut impl Gathers) {
        let mut at = 0;
        while let Ok(Some(frame)) = next_frame(bytes, &mut at) {
            if gather.take(frame).is_err() {
                break;
            }
        }
    }
    let limits = Limits::default();
    let mut gather = Gather::new(&limits);
    feed(bytes, &mut gather);
    drop(gather.into_partial("the test ended"));
    feed(bytes, &mut GatherPicture::default());
    drop(Frame::read(bytes));
}

/// Returns exchanges that are whole: the seeds of the fuzz target `ipc`.
#[doc(hidden)]
pub fn sample_frames() -> Vec<Vec<u8>> {
    let exchanges = [samples(), samples().into_iter().skip(3).collect(), samples().split_off(20)];
    let written = exchanges.iter().map(|frames| {
        let mut out = Vec::new();
        frames.iter().for_each(|frame| frame.write(&mut out));
        out
    });
    written.collect()
}

/// Returns one frame of each kind, in an order in which they may come but for the first two.
fn samples() -> Vec<Frame<'static>> {
    let head = PageHead {
        number: PageNo::FIRST,
        label: Some("xiv"),
        origin: PageOrigin::Markup,
        quality: 0.5,
        text_bytes: 21,
        paragraphs: 1,
        lines: 1,
    };
    let paragraph = Paragraph {
        label: Some("18".to_owned()),
        span: 0..21,
        role: Role::Footnote,
        continues: true,
        number: None,
        under: None,
        counted: false,
        lang: Lang::Ur,
    };
    vec![
        Frame::Job {
            ask: Ask::Picture { page: PageNo::FIRST, dpi: 300 },
            name: "a.pdf",
            charset: Some("windows-1256"),
            limits: Limits::default(),
            passwords: vec!["", "é"],
            bytes: 3,
        },
        Frame::Ready(Sandbox { landlock_abi: 7, seccomp: true, limits: true }),
        Frame::Beat,
        Frame::Meta { media_type: "text/plain", reader: "text", version: "2" },
        Frame::Record("{}"),
        Frame::Page(head),
        Frame::Text("ثبوت is proof"),
        Frame::Text(" 12"),
        Frame::Paragraphs(vec![paragraph]),
        Frame::Lines(vec![LineBox { span: 0..4, rect: [0.0, 1.0, 2.5, -3.0] }]),
        Frame::Warning(Warning::page(WarningKind::TrackedChanges, PageNo::FIRST, "two")),
        Frame::Member { name: "a/b", charset: Some("utf-8"), bytes: Ok(3) },
        Frame::Chunk(b"abc"),
        Frame::Stated("{}"),
        Frame::Member { name: "c", charset: None, bytes: Err("unsupported:rar") },
        Frame::Done,
        Frame::Failed(ExtractError::ArchiveLimit { which: "ratio" }),
        Frame::Failed(ExtractError::Unsupported { what: "doc".into(), cure: "save it".into() }),
        Frame::Panicked("index out of bounds"),
        Frame::Beat,
        Frame::Picture { width: 1, height: 1, dpi: 300, bytes: 1 },
        Frame::Chunk(b"x"),
        Frame::Done,
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_frame_is_read_as_it_was_written() {
        let mut out = Vec::new();
        samples().iter().for_each(|frame| frame.write(&mut out));
        let mut at = 0;
        for frame in samples() {
            assert_eq!(next_frame(&out, &mut at), Ok(Some(frame)));
        }
        assert_eq!((next_frame(&out, &mut at), at), (Ok(None), out.len()));
    }

    #[test]
    fn a_value_is_sent_as_its_place_in_the_list() {
        let places =
            |values: Vec<u8>| assert!(values.iter().enumerate().all(|(n, v)| n == usize::from(*v)));
        places(ORIGINS.iter().map(|origin| *origin as u8).collect());
        places(ROLES.iter().map(|role| *role as u8).collect());
        places(WARNINGS.iter().map(|kind| *kind as u8).collect());
    }

    #[test]
    fn every_way_to_cut_a_frame_short_is_noticed() {
        for frame in samples() {
            let mut whole = Vec::new();
            frame.write(&mut whole);
            for end in 0..whole.len() {
                assert_eq!(next_frame(&whole[..end], &mut 0), Ok(None), "{frame:?} to {end}");
            }
            // Without its last byte, and a length that fits: an error or another value, no panic.
            let short = &whole[4..whole.len() - 1];
            assert_ne!(Frame::read(short), Ok(frame));
        }
    }

    #[test]
    fn a_wrong_length_asks_for_no_memory() {
        for bytes in [0, 0x0010_0001, u32::MAX] {
            let head = bytes.to_le_bytes();
            assert_eq!(next_frame(&head, &mut 0), Err(ProtocolError::Length { bytes }));
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            feed_frames(&bytes);
        }

        #[test]
        fn a_changed_stream_never_panics(
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
            order in proptest::collection::vec(0_usize..23, 0..24),
        ) {
            let samples = samples();
            let mut out = Vec::new();
            samples.iter().skip(3).for_each(|frame| frame.write(&mut out));
            order.iter().for_each(|idx| samples[*idx].write(&mut out));
            for (at, byte) in changes {
                let at = at.index(out.len());
                out[at] = byte;
            }
            feed_frames(&out);
        }
    }

    #[test]
    fn every_job_is_read_as_it_was_written() {
        for ask in [
            Ask::Text { careful: false },
            Ask::Text { careful: true },
            Ask::Draft,
            Ask::Picture { page: PageNo::FIRST, dpi: 72 },
            Ask::Turned { degrees: -1.5 },
        ] {
            let job = Frame::Job {
                ask,
                name: "",
                charset: None,
                limits: Limits::default(),
                passwords: Vec::new(),
                bytes: 0,
            };
            let mut out = Vec::new();
            job.write(&mut out);
            assert_eq!(next_frame(&out, &mut 0), Ok(Some(job)));
        }
    }
}
