//! The fields of frames: how each is written, and read without trust.

use crate::extract::{ExtractError, Limits};
use crate::model::{Lang, PageNo, PageOrigin, Paragraph, Role, Span, WarningKind};

use super::{Ask, Frame, MAX_PASSWORDS, MAX_SHORT, ProtocolError, cut};

// A value is sent as its place in these lists.
pub(super) const ORIGINS: [PageOrigin; 5] = [
    PageOrigin::TextLayer,
    PageOrigin::OcrLayer,
    PageOrigin::Ocr,
    PageOrigin::Markup,
    PageOrigin::Plain,
];
pub(super) const ROLES: [Role; 15] = [
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
pub(super) const WARNINGS: [WarningKind; 21] = [
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
    WarningKind::OcrLayer,
];
pub(super) const ARCHIVE_LIMITS: [&str; 6] =
    ["ratio", "bytes", "members", "depth", "overlap", "name"];

pub(super) const ASK_TEXT: u8 = 0;
pub(super) const ASK_CAREFUL: u8 = 1;
pub(super) const ASK_PICTURE: u8 = 2;
pub(super) const ASK_TURNED: u8 = 3;
pub(super) const ASK_DRAFT: u8 = 4;

pub(super) const fn wrong(what: &'static str) -> ProtocolError {
    ProtocolError::Value { what }
}

pub(super) fn limit_values(limits: &Limits) -> [u64; 9] {
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

pub(super) fn read_job<'a>(input: &mut Input<'a>) -> Result<Frame<'a>, ProtocolError> {
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

pub(super) fn put_ask(out: &mut Vec<u8>, ask: Ask) {
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

pub(super) fn put_u32(out: &mut Vec<u8>, value: u32) {
    out.extend(value.to_le_bytes());
}

pub(super) fn put_u64(out: &mut Vec<u8>, value: u64) {
    out.extend(value.to_le_bytes());
}

pub(super) fn put_text(out: &mut Vec<u8>, text: &str) {
    let text = cut(text, MAX_SHORT);
    put_u32(out, u32::try_from(text.len()).unwrap_or(0));
    out.extend_from_slice(text.as_bytes());
}

pub(super) fn put_option(out: &mut Vec<u8>, text: Option<&str>) {
    out.push(u8::from(text.is_some()));
    if let Some(text) = text {
        put_text(out, text);
    }
}

pub(super) fn put_span(out: &mut Vec<u8>, span: &Span) {
    put_u32(out, u32::try_from(span.start).unwrap_or(u32::MAX));
    put_u32(out, u32::try_from(span.end).unwrap_or(u32::MAX));
}

pub(super) fn put_paragraph(out: &mut Vec<u8>, paragraph: &Paragraph) {
    // Numbers are given by who puts the pages together.
    let Paragraph {
        label,
        span,
        role,
        continues,
        number: _,
        under: _,
        drawn: _,
        counted: _,
        inferred: _,
        lang,
    } = paragraph;
    put_option(out, label.as_deref());
    put_span(out, span);
    let lang = Lang::ALL.iter().position(|other| other == lang).unwrap_or(0);
    out.extend([*role as u8, u8::from(*continues), u8::try_from(lang).unwrap_or(0)]);
}

pub(super) fn put_error(out: &mut Vec<u8>, error: &ExtractError) {
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
pub(super) struct Input<'a>(pub(super) &'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], ProtocolError> {
        let (first, rest) = self.0.split_first_chunk::<N>().ok_or(ProtocolError::Short)?;
        self.0 = rest;
        Ok(*first)
    }

    pub(super) fn u8(&mut self) -> Result<u8, ProtocolError> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(super) fn u32(&mut self) -> Result<u32, ProtocolError> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, ProtocolError> {
        self.array().map(u64::from_le_bytes)
    }

    pub(super) fn size(&mut self) -> Result<usize, ProtocolError> {
        usize::try_from(self.u64()?).map_err(|_| wrong("limit"))
    }

    /// Reads a number that is neither infinite nor none.
    pub(super) fn f32(&mut self) -> Result<f32, ProtocolError> {
        let value = f32::from_bits(self.u32()?);
        if value.is_finite() { Ok(value) } else { Err(wrong("number")) }
    }

    pub(super) fn flag(&mut self) -> Result<bool, ProtocolError> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(wrong("flag")),
        }
    }

    pub(super) fn one_of<T: Copy>(
        &mut self,
        list: &[T],
        what: &'static str,
    ) -> Result<T, ProtocolError> {
        list.get(usize::from(self.u8()?)).copied().ok_or(wrong(what))
    }

    pub(super) fn all(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    pub(super) fn all_text(&mut self) -> Result<&'a str, ProtocolError> {
        std::str::from_utf8(self.all()).map_err(|_| wrong("text"))
    }

    pub(super) fn text(&mut self) -> Result<&'a str, ProtocolError> {
        let length = self.u32()? as usize;
        if length > MAX_SHORT {
            return Err(wrong("length of a text"));
        }
        let (text, rest) = self.0.split_at_checked(length).ok_or(ProtocolError::Short)?;
        self.0 = rest;
        std::str::from_utf8(text).map_err(|_| wrong("text"))
    }

    pub(super) fn option(&mut self) -> Result<Option<&'a str>, ProtocolError> {
        if self.flag()? { self.text().map(Some) } else { Ok(None) }
    }

    /// Reads values to the end of the frame: no count is sent, so none can lie.
    pub(super) fn many<T>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Result<T, ProtocolError>,
    ) -> Result<Vec<T>, ProtocolError> {
        let mut values = Vec::new();
        while !self.0.is_empty() {
            values.push(one(self)?);
        }
        Ok(values)
    }

    pub(super) fn span(&mut self) -> Result<Span, ProtocolError> {
        let (start, end) = (self.u32()? as usize, self.u32()? as usize);
        if start <= end { Ok(start..end) } else { Err(wrong("span")) }
    }

    pub(super) fn paragraph(&mut self) -> Result<Paragraph, ProtocolError> {
        Ok(Paragraph {
            label: self.option()?.map(str::to_owned),
            span: self.span()?,
            role: self.one_of(&ROLES, "role")?,
            continues: self.flag()?,
            number: None,
            under: None,
            drawn: None,
            counted: false,
            inferred: false,
            lang: self.one_of(&Lang::ALL, "language")?,
        })
    }

    pub(super) fn error(&mut self) -> Result<ExtractError, ProtocolError> {
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
