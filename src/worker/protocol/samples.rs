//! Frames for tests: whole exchanges, and a way to feed bytes to whoever reads them.

use crate::extract::{ExtractError, Limits};
use crate::model::document::LineBox;
use crate::model::{Lang, PageNo, PageOrigin, Paragraph, Role, Warning, WarningKind};

use super::{Ask, Frame, PageHead, next_frame};
use crate::worker::Sandbox;

/// Takes bytes for what a worker sent, and for what it was sent: the fuzz target `ipc`.
#[doc(hidden)]
pub fn feed_frames(bytes: &[u8]) {
    use crate::worker::gather::{Gather, GatherPicture, Gathers};

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
pub(super) fn samples() -> Vec<Frame<'static>> {
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
        drawn: None,
        counted: false,
        inferred: false,
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
