//! Mail: one document a message, attachments as members; mailboxes; web pages saved as MHTML.

use std::collections::HashSet;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    Address, DateTime, Encoding, Message, MessageParser, MessagePart, MimeHeaders as _, PartType,
};

use super::clean::squeeze;
use super::draft::Draft;
use super::{ExtractError, Job, Sink, encoding, html, text};
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Date, Extracted, Kind, Member, Origin, PageOrigin, Role, Valued, WarningKind};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "2";

/// Reads one message.
pub(super) fn read(
    bytes: &[u8],
    job: &Job<'_>,
    sink: &dyn Sink,
) -> Result<Extracted, ExtractError> {
    let message = parse(bytes)?;
    let mut draft = Draft::new(job, "mail", VERSION, PageOrigin::Markup).to(sink);
    Head::of(&message).push(&mut draft);
    body(&message, &mut draft);
    attachments(&message, &mut draft);
    Ok(draft.finish())
}

fn parse(bytes: &[u8]) -> Result<Message<'_>, ExtractError> {
    let damaged = || ExtractError::Damaged { detail: "no mail headers".to_owned() };
    MessageParser::default()
        .parse(bytes)
        .filter(|message| !message.parts.is_empty())
        .ok_or_else(damaged)
}

/// What the head of a message says, whatever its format.
#[derive(Default)]
pub(super) struct Head {
    pub(super) subject: Option<String>,
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
    pub(super) cc: Vec<String>,
    pub(super) date: Option<DateTime>,
    pub(super) message_id: Option<String>,
}

impl Head {
    /// Returns the headers of a mail.
    pub(super) fn of(message: &Message<'_>) -> Self {
        Self {
            subject: message.subject().map(str::to_owned),
            from: people(message.from()),
            to: people(message.to()),
            cc: people(message.cc()),
            date: message.date().copied(),
            message_id: message.message_id().map(str::to_owned),
        }
    }

    /// Fills the record, and begins the text with the subject; a head is evidence, not truth.
    pub(super) fn push(&self, draft: &mut Draft<'_>) {
        let embedded = |value: String| Valued::new(value, Origin::Embedded);
        let subject = squeeze(self.subject.as_deref().unwrap_or_default());
        let record = draft.record();
        record.kind = Some(Valued::new(Kind::Mail, Origin::Embedded));
        record.title = (!subject.is_empty()).then(|| embedded(subject.clone()));
        record.authors = self.from.iter().cloned().map(embedded).collect();
        if let Some(value) = self.date.as_ref().and_then(day) {
            let date = RoleDate { role: DateRole::Sent, value };
            record.dates.push(Valued::new(date, Origin::Embedded));
        }
        let extra = [
            ("from", self.from.join(", ")),
            ("to", self.to.join(", ")),
            ("cc", self.cc.join(", ")),
            ("date", self.date.as_ref().map(DateTime::to_rfc3339).unwrap_or_default()),
            ("message-id", self.message_id.clone().unwrap_or_default()),
        ];
        for (name, value) in extra {
            if !value.is_empty() {
                record.extra.insert(name.to_owned(), embedded(squeeze(&value)));
            }
        }
        if record.dates.is_empty() {
            draft.warn(WarningKind::NoDate, "");
        }
        draft.push(&subject, Role::Heading, None);
    }
}

/// Returns the day that a header names.
fn day(at: &DateTime) -> Option<Date> {
    Date::of_day(at.year, at.month, at.day)
}

/// Returns `Name <address>` of everybody in an address header.
fn people(address: Option<&Address<'_>>) -> Vec<String> {
    let Some(address) = address else { return Vec::new() };
    address
        .iter()
        // The name that one company's directory has for somebody is no address.
        .map(|one| (one.name(), one.address().filter(|address| !is_directory_name(address))))
        .filter_map(|one| match one {
            (Some(name), Some(address)) if name.contains(address) => Some(squeeze(name)),
            (Some(name), Some(address)) => {
                Some(format!("{} <{}>", squeeze(name), squeeze(address)))
            }
            (Some(name), None) => Some(squeeze(name)),
            (None, Some(address)) => Some(squeeze(address)),
            (None, None) => None,
        })
        .take(1000)
        .collect()
}

/// Tells whether an address is one of Exchange's: `/O=COMPANY/OU=…`.
fn is_directory_name(address: &str) -> bool {
    address.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("/o="))
}

/// Pushes the richest bodies that yield text: HTML, else plain.
fn body(message: &Message<'_>, draft: &mut Draft<'_>) {
    let before = draft.n_paragraphs();
    for part in message.html_bodies() {
        push_part(message, part, draft);
    }
    if draft.n_paragraphs() == before {
        for part in message.text_bodies() {
            push_part(message, part, draft);
        }
        return;
    }
    // The two are said to be the same; where the plain one says more, it is read as well.
    let read = draft.head_text(MAX_COMPARED);
    let read: HashSet<&str> = words(&read).collect();
    let is_pushed =
        |part: &MessagePart<'_>| message.html_bodies().any(|html| std::ptr::eq(html, part));
    for part in message.text_bodies().filter(|part| !is_pushed(part)) {
        let PartType::Text(_) = part.body else { continue };
        let text = decoded(message, part);
        let text = text.get(..text.floor_char_boundary(MAX_COMPARED)).unwrap_or_default();
        let (n_all, n_new) = words(text).fold((0_usize, 0_usize), |(all, new), word| {
            (all + 1, new + usize::from(!read.contains(word)))
        });
        if n_new >= MIN_NEW_WORDS && n_new * 3 > n_all {
            push_part(message, part, draft);
        }
    }
}

/// Bytes of two bodies that are compared.
const MAX_COMPARED: usize = 4 << 20;

/// Words of a plain body that its HTML lacks, from which on it is read as well.
const MIN_NEW_WORDS: usize = 5;

/// Returns the words of a text; addresses of links, which the one has and the other hides, are none.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let runs = text.split_whitespace().filter(|run| !run.contains("://") && !run.contains('@'));
    let words = runs.flat_map(|run| run.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.chars().nth(1).is_some())
}

fn push_part(message: &Message<'_>, part: &MessagePart<'_>, draft: &mut Draft<'_>) {
    match &part.body {
        PartType::Html(_) => {
            let decoded = decoded(message, part);
            html::push_fragment(&decoded, draft);
        }
        PartType::Text(_) => plain(&decoded(message, part), draft),
        _ => {}
    }
}

/// Pushes a plain body: quoted lines as quotations, the signature as foot.
pub(super) fn plain(body: &str, draft: &mut Draft<'_>) {
    let body = body.replace("\r\n", "\n").replace('\r', "\n");
    let (body, signature) = match body.split_once("\n-- \n") {
        Some((body, signature)) => (body.to_owned(), signature.to_owned()),
        None => (body, String::new()),
    };
    for (paragraph, role) in text::paragraphs(&body) {
        draft.push(&paragraph, role, None);
    }
    for line in signature.lines() {
        draft.push(&squeeze(line), Role::Footer, None);
    }
}

/// Returns the bytes of a part as they were before their transfer encoding.
fn raw(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let range = part.offset_body as usize..part.offset_end as usize;
    let bytes = message.raw_message.get(range)?;
    match part.encoding {
        Encoding::None => Some(bytes.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(bytes),
        Encoding::Base64 => base64_decode(bytes),
    }
}

/// Decodes a text part ourselves: a wrong charset in a header must not cost its letters.
fn decoded(message: &Message<'_>, part: &MessagePart<'_>) -> String {
    let declared = part.content_type().and_then(|kind| kind.attribute("charset"));
    match raw(message, part).filter(|bytes| !bytes.is_empty()) {
        Some(bytes) => {
            let of_page = || match part.body {
                PartType::Html(_) => html::declared_encoding(&bytes),
                _ => None,
            };
            let label = declared.map(str::to_owned).or_else(of_page);
            encoding::decode(&bytes, label.as_deref()).text
        }
        None => String::from_utf8_lossy(part.contents()).into_owned(),
    }
}

/// Keeps attachments and messages inside as members.
fn attachments(message: &Message<'_>, draft: &mut Draft<'_>) {
    for (idx, part) in message.attachments().enumerate() {
        let named = part.attachment_name().map(squeeze).filter(|name| !name.is_empty());
        let (ending, bytes) = match &part.body {
            PartType::Message(_) => ("eml", raw(message, part).unwrap_or_default()),
            PartType::Html(_) => ("html", raw(message, part).unwrap_or_default()),
            PartType::Text(_) => ("txt", raw(message, part).unwrap_or_default()),
            _ => ("bin", part.contents().to_vec()),
        };
        let subject = match &part.body {
            // An inner message without parts has no headers to ask for.
            PartType::Message(inner) if !inner.parts.is_empty() => inner.subject().map(squeeze),
            _ => None,
        };
        let name = named
            .or_else(|| {
                subject
                    .filter(|subject| !subject.is_empty())
                    .map(|subject| format!("{subject}.eml"))
            })
            .unwrap_or_else(|| format!("attachment-{}.{ending}", idx + 1));
        let bytes = if bytes.is_empty() { Err("empty".to_owned()) } else { Ok(bytes) };
        let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
        draft.member(Member { charset: charset.map(str::to_owned), ..Member::new(name, bytes) });
    }
}

/// Reads a mailbox: each message becomes a member.
pub(super) fn read_mbox(
    bytes: &[u8],
    job: &Job<'_>,
    sink: &dyn Sink,
) -> Result<Extracted, ExtractError> {
    let mut draft = Draft::new(job, "mbox", VERSION, PageOrigin::Markup).to(sink);
    let mut current: Option<Vec<u8>> = None;
    let mut n_messages = 0_usize;
    let mut after_blank = true;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if after_blank && line.starts_with(b"From ") {
            if let Some(message) = current.take() {
                n_messages += 1;
                push_message(n_messages, message, &mut draft);
            }
            if n_messages >= job.limits.members {
                draft.warn(WarningKind::Truncated, "archive-limit:members");
                break;
            }
            (job.beat)();
            current = Some(Vec::new());
        } else if let Some(message) = &mut current {
            // `>From ` was `From ` before the mailbox quoted it.
            let quotes = line.iter().take_while(|&&byte| byte == b'>').count();
            let is_quoted =
                quotes > 0 && line.get(quotes..).is_some_and(|rest| rest.starts_with(b"From "));
            message.extend_from_slice(if is_quoted {
                line.get(1..).unwrap_or_default()
            } else {
                line
            });
        }
        after_blank = line.trim_ascii().is_empty();
    }
    if let Some(message) = current {
        push_message(n_messages + 1, message, &mut draft);
    }
    Ok(draft.finish())
}

fn push_message(number: usize, bytes: Vec<u8>, draft: &mut Draft<'_>) {
    draft.member(Member::new(format!("{number:05}.eml"), Ok(bytes)));
}

/// Reads a web page that a browser saved as MHTML.
pub(super) fn read_mhtml(
    bytes: &[u8],
    job: &Job<'_>,
    sink: &dyn Sink,
) -> Result<Extracted, ExtractError> {
    let message = parse(bytes)?;
    let mut draft = Draft::new(job, "mhtml", VERSION, PageOrigin::Markup).to(sink);
    let is_html = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let Some(page) = message.parts.iter().find(is_html) else { return read(bytes, job, sink) };
    html::read_page(&decoded(&message, page), job, &mut draft);
    let header = |name: &'static str| {
        message.header_raw(name).map(squeeze).filter(|value| !value.is_empty())
    };
    let address = header("Snapshot-Content-Location")
        .or_else(|| page.content_location().map(squeeze))
        .filter(|address| address.starts_with("http"));
    let subject = message.subject().map(squeeze).filter(|subject| !subject.is_empty());
    let record = draft.record();
    if let Some(value) = message.date().and_then(day) {
        record.dates.retain(|date| date.value.role != DateRole::Captured);
        let date = RoleDate { role: DateRole::Captured, value };
        record.dates.push(Valued::new(date, Origin::Embedded));
    }
    if record.title.is_none() {
        record.title = subject.map(|subject| Valued::new(subject, Origin::Embedded));
    }
    if record.url.is_none() {
        record.url = address.map(|address| Valued::new(address, Origin::Embedded));
    }
    Ok(draft.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Limits, whole};

    fn with<T>(work: impl FnOnce(&Job<'_>) -> T) -> T {
        let limits = Limits::default();
        work(&Job { name: "x.eml", limits: &limits, beat: &|| (), passwords: &[], charset: None })
    }

    fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
        whole(|sink| super::read(bytes, job, sink))
    }

    fn read_mbox(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
        whole(|sink| super::read_mbox(bytes, job, sink))
    }

    fn read_mhtml(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
        whole(|sink| super::read_mhtml(bytes, job, sink))
    }

    fn roles(read: &Extracted) -> Vec<(&str, Role)> {
        let page = &read.pages[0];
        page.paragraphs.iter().map(|p| (page.paragraph_text(p), p.role)).collect()
    }

    #[test]
    fn a_message_with_quotes_signature_and_attachment() {
        let mail = b"From: =?utf-8?q?=C3=84nne?= <a@x.example>\r\nTo: b@x.example\r\nSubject: =?utf-8?b?2K3aqdmF?=\r\n\
            Date: Tue, 2 Jul 2024 10:00:00 +0500\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n\
            --q\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
            Dear all,\r\n> you wrote\r\n> this\r\nGr\xFC\xDFe aus K\xF6ln und sch\xF6ne Gr\xFC\xDFe\r\n-- \r\n\xC4nne\r\n\r\n\
            --q\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"order.pdf\"\r\n\
            Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--q--\r\n";
        let read = with(|job| read(mail, job)).unwrap();
        assert_eq!(
            roles(&read),
            [
                ("حکم", Role::Heading),
                ("Dear all,", Role::Body),
                ("> you wrote this", Role::Quote),
                ("Grüße aus Köln und schöne Grüße", Role::Body),
                ("Änne", Role::Footer),
            ]
        );
        assert_eq!(read.record.authors[0].value, "Änne <a@x.example>");
        assert_eq!(read.record.main_date().unwrap().value.value.to_string(), "2024-07-02");
        assert_eq!(read.members, [Member::new("order.pdf".to_owned(), Ok(b"%PDF".to_vec()))]);
    }

    #[test]
    fn a_plain_body_that_says_more_is_read_as_well() {
        let mail = |plain: &str, html: &str| {
            format!(
                "From: a@b.example\nTo: c@d.example\nSubject: s\nMIME-Version: 1.0\n\
                 Content-Type: multipart/alternative; boundary=x\n\n\
                 --x\nContent-Type: text/plain\n\n{plain}\n\
                 --x\nContent-Type: text/html\n\n{html}\n--x--\n"
            )
        };
        let text =
            |mail: &str| with(|job| read(mail.as_bytes(), job)).unwrap().pages[0].text.clone();
        let statement = "The whole statement of the witness stands here.";
        let other = mail(statement, "<p>Your program cannot show this</p>");
        assert_eq!(text(&other), format!("s\nYour program cannot show this\n{statement}"));
        let same = mail(
            &format!("{statement} See https://x.example/long/address/of/it"),
            "<p><b>The whole</b> statement of the witness stands <a href='x'>here</a>. See it",
        );
        assert_eq!(text(&same), "s\nThe whole statement of the witness stands here. See it");
    }

    #[test]
    fn html_beats_plain() {
        let mail = b"From: a@x.example\nTo: b@x.example\nSubject: s\nMIME-Version: 1.0\n\
            Content-Type: multipart/alternative; boundary=q\n\n--q\nContent-Type: text/plain\n\nplain\n\
            --q\nContent-Type: text/html\n\n<p>rich <b>text</b></p><blockquote>quoted</blockquote>\n--q--\n";
        let read = with(|job| read(mail, job)).unwrap();
        assert_eq!(
            roles(&read),
            [("s", Role::Heading), ("rich text", Role::Body), ("quoted", Role::Quote)]
        );
    }

    #[test]
    fn mailboxes_hold_messages() {
        let mbox = b"From a Mon Jan 1\nFrom: a@x.example\nSubject: 1\n\n>From here\nno From there\n\nFrom b Mon Jan 1\nSubject: 2\n\nx\n";
        let read = with(|job| read_mbox(mbox, job)).unwrap();
        let members: Vec<_> = read.members.iter().map(|m| m.bytes.clone().unwrap()).collect();
        assert_eq!(members.len(), 2);
        assert!(members[0].ends_with(b"\n\nFrom here\nno From there\n\n"));
    }

    #[test]
    fn saved_pages_know_when_they_were_saved() {
        let page = b"From: <Saved by Browser>\nSnapshot-Content-Location: https://x.example/a\nSubject: Page\n\
            Date: Fri, 12 Sep 2025 10:00:00 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=q\n\n\
            --q\nContent-Type: text/html; charset=x-user-defined\nContent-Transfer-Encoding: quoted-printable\n\n<p>Gr=FC=DFe aus K=F6ln und sch=F6ne Gr=FC=DFe</p>\n--q--\n";
        let read = with(|job| read_mhtml(page, job)).unwrap();
        assert_eq!(roles(&read), [("Grüße aus Köln und schöne Grüße", Role::Body)]);
        assert_eq!(read.record.url.unwrap().value, "https://x.example/a");
        assert_eq!(read.record.dates[0].value.role, DateRole::Captured);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, lines in proptest::collection::vec(proptest::sample::select(vec![
            "From: a@b.c", "Subject: =?utf-8?q?=C3?=", "Content-Type: multipart/mixed; boundary=q", "", "--q", "--q--",
            "Content-Type: text/html", "Content-Transfer-Encoding: base64", "AAAA", "Content-Type: message/rfc822",
            "From b c", "Date: x", "Content-Disposition: attachment"]), 0..20))
        {
            let text = lines.join("\n");
            with(|job| {
                for bytes in [bytes.as_slice(), text.as_bytes()] {
                    let _ = read(bytes, job).is_ok();
                    let _ = read_mbox(bytes, job).is_ok();
                    let _ = read_mhtml(bytes, job).is_ok();
                }
            });
        }
    }
}
