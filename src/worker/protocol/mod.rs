//! The frames between the program and a worker: four bytes of length, one of kind, the rest.
//!
//! Both ends read what may be hostile: no length of a frame is believed before the bytes are
//! there, no count makes room in advance, and a frame must be used up to its last byte.

mod fields;
mod samples;

use crate::extract::{ExtractError, Limits};
use crate::model::document::LineBox;
use crate::model::{PageNo, PageOrigin, Paragraph, Warning};

use super::Sandbox;
use fields::{
    Input, ORIGINS, WARNINGS, limit_values, put_ask, put_error, put_option, put_paragraph,
    put_span, put_text, put_u32, put_u64, read_job, wrong,
};
#[doc(hidden)]
pub use samples::{feed_frames, sample_frames};

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

#[cfg(test)]
mod tests;
