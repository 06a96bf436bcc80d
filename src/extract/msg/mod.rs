//! Outlook messages (`.msg`): an OLE file whose streams are the properties of one message
//! (MS-OXMSG).

mod lzfu;
mod properties;

use std::io::{Cursor, Write as _};

use cfb::CompoundFile;
use mail_parser::{DateTime, MessageParser};

use super::clean::squeeze;
use super::draft::Draft;
use super::mail::{self, Head};
use super::{ExtractError, Job, encoding, html, rtf};
use crate::model::{Extracted, Member, PageOrigin, WarningKind};
use properties::{Bag, Store};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "2";

/// The stream of the properties of fixed size, in every storage that has properties.
const PROPERTIES: &str = "__properties_version1.0";

/// The stream in which an attachment keeps its bytes, or the message that it is.
const CONTENT: &str = "__substg1.0_3701";

/// Ids of the properties that are asked for (MS-OXPROPS).
mod id {
    pub(super) const SUBJECT: u16 = 0x0037;
    pub(super) const CLIENT_SUBMIT_TIME: u16 = 0x0039;
    pub(super) const FROM_NAME: u16 = 0x0042;
    pub(super) const FROM_ADDRESS: u16 = 0x0065;
    pub(super) const FROM_SMTP: u16 = 0x5D02;
    pub(super) const TRANSPORT_HEADERS: u16 = 0x007D;
    pub(super) const RECIPIENT_TYPE: u16 = 0x0C15;
    pub(super) const SENDER_NAME: u16 = 0x0C1A;
    pub(super) const SENDER_ADDRESS: u16 = 0x0C1F;
    pub(super) const SENDER_SMTP: u16 = 0x5D01;
    pub(super) const DISPLAY_CC: u16 = 0x0E03;
    pub(super) const DISPLAY_TO: u16 = 0x0E04;
    pub(super) const DELIVERY_TIME: u16 = 0x0E06;
    pub(super) const NORMALIZED_SUBJECT: u16 = 0x0E1D;
    pub(super) const BODY: u16 = 0x1000;
    pub(super) const RTF: u16 = 0x1009;
    pub(super) const HTML: u16 = 0x1013;
    pub(super) const MESSAGE_ID: u16 = 0x1035;
    pub(super) const DISPLAY_NAME: u16 = 0x3001;
    pub(super) const ADDRESS: u16 = 0x3003;
    pub(super) const SMTP: u16 = 0x39FE;
    pub(super) const ATTACH_EXTENSION: u16 = 0x3703;
    pub(super) const ATTACH_SHORT_NAME: u16 = 0x3704;
    pub(super) const ATTACH_LONG_NAME: u16 = 0x3707;
    pub(super) const INTERNET_CODE_PAGE: u16 = 0x3FDE;
    pub(super) const MESSAGE_CODE_PAGE: u16 = 0x3FFD;
}

/// Reads one message.
pub(super) fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    let mut store = Store::open(bytes, job.limits)?;
    let message = Bag::open(&mut store, "", 32)
        .or_else(|| Bag::open(&mut store, "", 24))
        .ok_or_else(|| ExtractError::Damaged { detail: "no message in it".to_owned() })?;
    let mut draft = Draft::new(job, "msg", VERSION, PageOrigin::Markup);
    head(&mut store, &message).push(&mut draft);
    (job.beat)();
    body(&mut store, &message, job, &mut draft);
    (job.beat)();
    attachments(&mut store, job, &mut draft);
    if store.n_damaged > 0 {
        let n = store.n_damaged;
        draft.warn(WarningKind::Partial, format!("properties that cannot be read: {n}"));
    }
    Ok(draft.finish())
}

/// Gathers what the message says of itself: its own properties, then the headers it came with.
fn head(store: &mut Store<'_>, message: &Bag) -> Head {
    let headers = message.text(store, id::TRANSPORT_HEADERS).unwrap_or_default();
    let carried = MessageParser::default()
        .parse_headers(headers.trim_start().as_bytes())
        .filter(|carried| !carried.parts.is_empty())
        .map(|carried| Head::of(&carried))
        .unwrap_or_default();
    let subject = message
        .text(store, id::SUBJECT)
        .or_else(|| message.text(store, id::NORMALIZED_SUBJECT))
        .or(carried.subject);
    let sender = [
        (id::FROM_NAME, [id::FROM_SMTP, id::FROM_ADDRESS]),
        (id::SENDER_NAME, [id::SENDER_SMTP, id::SENDER_ADDRESS]),
    ];
    let mut from: Vec<String> = sender
        .iter()
        .find_map(|(name, addresses)| person(store, message, *name, addresses))
        .into_iter()
        .collect();
    if carried.from.iter().any(|person| person.contains('@'))
        && !from.iter().any(|person| person.contains('@'))
    {
        from = carried.from;
    }
    let (mut to, mut cc) = (Vec::new(), Vec::new());
    for path in store.storages("__recip_version1.0_#").into_iter().take(1000) {
        let Some(bag) = Bag::open(store, &path, 8) else { continue };
        let bag = bag.of(message);
        let Some(who) = person(store, &bag, id::DISPLAY_NAME, &[id::SMTP, id::ADDRESS]) else {
            continue;
        };
        match bag.number(id::RECIPIENT_TYPE) {
            Some(2) => cc.push(who),
            Some(1) | None => to.push(who),
            // Blind copies are nobody's business but the sender's.
            Some(_) => {}
        }
    }
    let mut shown = |people: &mut Vec<String>, id: u16| {
        if people.is_empty() {
            people.extend(message.text(store, id).filter(|names| !names.trim().is_empty()));
        }
    };
    shown(&mut to, id::DISPLAY_TO);
    shown(&mut cc, id::DISPLAY_CC);
    let stamp = message
        .time(id::CLIENT_SUBMIT_TIME)
        .or_else(|| message.time(id::DELIVERY_TIME))
        .map(DateTime::from_timestamp);
    let message_id = message
        .text(store, id::MESSAGE_ID)
        .map(|id| id.trim().trim_matches(['<', '>']).to_owned())
        .or(carried.message_id);
    // The header names the day as the sender's clock had it, the properties that of Greenwich.
    Head { subject, from, to, cc, date: carried.date.or(stamp), message_id }
}

/// Returns `Name <address>`; addresses that only one company's directory knows are left out.
fn person(store: &mut Store<'_>, bag: &Bag, name: u16, addresses: &[u16]) -> Option<String> {
    let name = bag.text(store, name).map(|name| squeeze(&name)).unwrap_or_default();
    let name = name.trim_matches('\'').to_owned();
    let address = addresses
        .iter()
        .filter_map(|&id| bag.text(store, id))
        .map(|address| squeeze(&address))
        .find(|address| address.contains('@') && !address.starts_with('/'));
    match address {
        Some(address) if name.is_empty() || name == address => Some(address),
        Some(address) if name.contains(&address) => Some(name),
        Some(address) => Some(format!("{name} <{address}>")),
        None => (!name.is_empty()).then_some(name),
    }
}

/// Pushes the first body that yields text: HTML, plain, RTF.
///
/// As in any other mail, HTML goes first: the plain body is what Outlook made of it, with the
/// address of every picture and lines broken at a fixed length.
fn body(store: &mut Store<'_>, message: &Bag, job: &Job<'_>, draft: &mut Draft<'_>) {
    let before = draft.n_paragraphs();
    let as_text = message.text(store, id::HTML);
    let as_bytes = || {
        let bytes = message.bytes(store, id::HTML)?;
        let label = html::declared_encoding(&bytes)
            .or_else(|| message.number(id::INTERNET_CODE_PAGE).and_then(properties::label));
        Some(encoding::decode(&bytes, label.as_deref()).text)
    };
    if let Some(page) = as_text.or_else(as_bytes) {
        html::push_fragment(&page, draft);
    }
    if draft.n_paragraphs() > before {
        return;
    }
    if let Some(plain) = message.text(store, id::BODY) {
        mail::plain(&plain, draft);
    }
    if draft.n_paragraphs() > before {
        return;
    }
    let max = usize::try_from(job.limits.member_bytes).unwrap_or(usize::MAX);
    if let Some(packed) = message.bytes(store, id::RTF) {
        match lzfu::unpack(&packed, max) {
            Some(unpacked) => rtf::push(&unpacked, draft),
            None => draft.warn(WarningKind::Partial, "its body is no compressed RTF"),
        }
    }
}

/// Keeps attachments as members; an attached message becomes an OLE file of its own.
fn attachments(store: &mut Store<'_>, job: &Job<'_>, draft: &mut Draft<'_>) {
    let storages = store.storages("__attach_version1.0_#");
    if storages.len() > job.limits.members {
        draft.warn(WarningKind::Truncated, "archive-limit:members");
    }
    for (idx, path) in storages.into_iter().take(job.limits.members).enumerate() {
        (job.beat)();
        let bag = Bag::open(store, &path, 8).unwrap_or_else(|| Bag::bare(&path));
        let inner = format!("{path}{CONTENT}000D/");
        let is_message = store.ole.is_stream(format!("{inner}{PROPERTIES}"));
        let named = [id::ATTACH_LONG_NAME, id::ATTACH_SHORT_NAME, id::DISPLAY_NAME]
            .iter()
            .filter_map(|&id| bag.text(store, id))
            .map(|name| squeeze(&name))
            .find(|name| !name.is_empty());
        let (name, bytes) = if is_message {
            let subject = Bag::open(store, &inner, 24)
                .and_then(|inner| inner.text(store, id::SUBJECT))
                .map(|subject| squeeze(&subject))
                .filter(|subject| !subject.is_empty());
            let name = subject.or(named).map(|name| format!("{name}.msg"));
            (name, embedded(store, &inner).ok_or_else(|| "damaged".to_owned()))
        } else {
            let bytes = bag.bytes(store, 0x3701).filter(|bytes| !bytes.is_empty());
            let is_object = bytes.is_none() && store.ole.is_storage(&inner);
            let why = if is_object { "unsupported:ole" } else { "empty" };
            (named, bytes.ok_or_else(|| why.to_owned()))
        };
        let name = name.unwrap_or_else(|| {
            let ending = bag.text(store, id::ATTACH_EXTENSION).unwrap_or_else(|| ".bin".to_owned());
            format!("attachment-{}{}", idx + 1, squeeze(&ending))
        });
        if let Err(why) = &bytes {
            draft.warn(WarningKind::Member, format!("{name}: {why}"));
        }
        draft.member(Member::new(name, bytes));
    }
}

/// Writes the message in the storage `from` as a file of its own: the same input, the same bytes.
fn embedded(store: &mut Store<'_>, from: &str) -> Option<Vec<u8>> {
    let mut out = CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    let mut copies = store.below(from);
    // The names of named properties are kept once, in the outermost message.
    copies.extend(
        store
            .below("/__nameid_version1.0")
            .into_iter()
            .map(|(path, _, is_storage)| (path.clone(), path, is_storage)),
    );
    let mut storages = vec!["/".to_owned()];
    if store.ole.is_storage("/__nameid_version1.0") {
        out.create_storage("/__nameid_version1.0").ok()?;
        storages.push("/__nameid_version1.0".to_owned());
    }
    for (path, to, is_storage) in copies {
        if is_storage {
            out.create_storage(&to).ok()?;
            storages.push(to);
            continue;
        }
        let mut bytes = store.stream(&path)?;
        if to.trim_start_matches('/') == PROPERTIES && bytes.len() >= 24 {
            // The head of an inner message's properties is eight reserved bytes shorter.
            bytes.splice(24..24, [0; 8]);
        }
        out.create_stream(&to).ok()?.write_all(&bytes).ok()?;
    }
    for storage in storages {
        out.set_created_time(&storage, std::time::UNIX_EPOCH).ok()?;
        out.set_modified_time(&storage, std::time::UNIX_EPOCH).ok()?;
    }
    out.flush().ok()?;
    Some(out.into_inner().into_inner())
}

#[cfg(test)]
mod tests;
