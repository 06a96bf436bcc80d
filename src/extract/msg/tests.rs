use super::*;
use crate::extract::Limits;
use crate::model::Role;

/// A message under construction: what Outlook would write, in its smallest form.
struct Builder {
    ole: CompoundFile<Cursor<Vec<u8>>>,
}

impl Builder {
    fn new() -> Self {
        Self { ole: CompoundFile::create(Cursor::new(Vec::new())).unwrap() }
    }

    fn stream(&mut self, path: &str, bytes: &[u8]) -> &mut Self {
        self.ole.create_stream(path).unwrap().write_all(bytes).unwrap();
        self
    }

    fn storage(&mut self, path: &str) -> &mut Self {
        self.ole.create_storage(path).unwrap();
        self
    }

    fn unicode(&mut self, storage: &str, id: u16, text: &str) -> &mut Self {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.stream(&format!("{storage}__substg1.0_{id:04X}001F"), &bytes)
    }

    /// Writes the table of properties of fixed size: id, type, value.
    fn table(&mut self, storage: &str, head: usize, rows: &[(u16, u16, u64)]) -> &mut Self {
        let mut bytes = vec![0; head];
        for (id, kind, value) in rows {
            bytes.extend(kind.to_le_bytes());
            bytes.extend(id.to_le_bytes());
            bytes.extend([6, 0, 0, 0]);
            bytes.extend(value.to_le_bytes());
        }
        self.stream(&format!("{storage}{PROPERTIES}"), &bytes)
    }

    fn finish(&mut self) -> Vec<u8> {
        self.ole.flush().unwrap();
        self.ole.copy_to(Cursor::new(Vec::new())).unwrap().into_inner().into_inner()
    }
}

/// 2 July 2024, 20:30 UTC, in ticks of 100 ns since 1601.
const SENT: u64 = (1_719_952_200 + 11_644_473_600) * 10_000_000;

fn with<T>(work: impl FnOnce(&Job<'_>) -> T) -> T {
    let limits = Limits::default();
    work(&Job { name: "x.msg", limits: &limits, beat: &|| (), passwords: &[], charset: None })
}

fn roles(read: &Extracted) -> Vec<(&str, Role)> {
    let page = &read.pages[0];
    page.paragraphs.iter().map(|p| (page.paragraph_text(p), p.role)).collect()
}

fn extra<'a>(read: &'a Extracted, name: &str) -> &'a str {
    read.record.extra.get(name).map_or("", |value| &value.value)
}

#[test]
fn a_message_with_recipients_and_attachments() {
    let mut msg = Builder::new();
    msg.table("/", 32, &[(id::CLIENT_SUBMIT_TIME, 0x40, SENT)])
        .unicode("/", id::SUBJECT, "حکم of the court")
        .unicode("/", id::FROM_NAME, "Registrar")
        .unicode("/", id::FROM_ADDRESS, "/O=COURT/CN=REG")
        .unicode("/", id::FROM_SMTP, "reg@court.example")
        .unicode("/", id::MESSAGE_ID, "<1@court.example>")
        .unicode("/", id::BODY, "Dear all,\r\n\r\n> you wrote\r\n\r\nSee the order.\r\n-- \r\nReg");
    for (n, name, address, kind) in [
        (0, "Counsel", "c@law.example", 1),
        (1, "d@law.example", "d@law.example", 2),
        (2, "B", "b@x.example", 3),
    ] {
        let storage = format!("/__recip_version1.0_#{n:08X}/");
        msg.storage(&storage)
            .table(&storage, 8, &[(id::RECIPIENT_TYPE, 3, kind)])
            .unicode(&storage, id::DISPLAY_NAME, name)
            .unicode(&storage, id::SMTP, address);
    }
    let at = "/__attach_version1.0_#00000000/";
    msg.storage(at).table(at, 8, &[]).unicode(at, id::ATTACH_LONG_NAME, "order.pdf");
    msg.stream(&format!("{at}{CONTENT}0102"), b"%PDF");
    let read = with(|job| read(&msg.finish(), job)).unwrap();
    assert_eq!(
        roles(&read),
        [
            ("حکم of the court", Role::Heading),
            ("Dear all,", Role::Body),
            ("> you wrote", Role::Quote),
            ("See the order.", Role::Body),
            ("Reg", Role::Footer),
        ]
    );
    assert_eq!(read.record.authors[0].value, "Registrar <reg@court.example>");
    assert_eq!(extra(&read, "to"), "Counsel <c@law.example>");
    assert_eq!(extra(&read, "cc"), "d@law.example");
    assert_eq!(extra(&read, "message-id"), "1@court.example");
    assert_eq!(read.record.main_date().unwrap().value.value.to_string(), "2024-07-02");
    assert_eq!(read.members, [Member::new("order.pdf".to_owned(), Ok(b"%PDF".to_vec()))]);
    assert_eq!(read.warnings, []);
}

#[test]
fn the_header_names_the_senders_own_day() {
    let mut msg = Builder::new();
    msg.table("/", 32, &[(id::CLIENT_SUBMIT_TIME, 0x40, SENT)])
        .unicode(
            "/",
            id::TRANSPORT_HEADERS,
            "From: A <a@x.example>\r\nDate: Wed, 3 Jul 2024 01:30:00 +0500\r\n",
        )
        .unicode("/", id::SENDER_NAME, "A");
    let read = with(|job| read(&msg.finish(), job)).unwrap();
    assert_eq!(read.record.main_date().unwrap().value.value.to_string(), "2024-07-03");
    assert_eq!(read.record.authors[0].value, "A <a@x.example>");
}

#[test]
fn bodies_and_code_pages() {
    let arabic = b"\xE1\xC7\xE5\xE6\xD1 \xE5\xC7\xED \xDF\xE6\xD1\xCA";
    let of = |build: &dyn Fn(&mut Builder)| {
        let mut msg = Builder::new();
        build(&mut msg);
        let read = with(|job| read(&msg.finish(), job)).unwrap();
        roles(&read).iter().map(|(text, _)| (*text).to_owned()).collect::<Vec<_>>()
    };
    let eight_bit = of(&|msg| {
        msg.table("/", 32, &[(id::MESSAGE_CODE_PAGE, 3, 1256)]);
        msg.stream("/__substg1.0_1000001E", arabic);
    });
    assert_eq!(eight_bit, ["لاهور هاي كورت"]);
    let html = of(&|msg| {
        msg.table("/", 32, &[(id::INTERNET_CODE_PAGE, 3, 1252)]);
        msg.stream("/__substg1.0_10130102", b"<html><p>Gr\xFC\xDFe aus K\xF6ln<p>two</html>");
    });
    assert_eq!(html, ["Grüße aus Köln", "two"]);
    let rtf = of(&|msg| {
        msg.table("/", 32, &[]);
        msg.stream(
            "/__substg1.0_10090102",
            b"\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\x00\x0a\x00rcpg125\x42\x32\
            \x0a\xf3 hel\x09\x00 bw\x05\xb0ld}\x0a\x80\x0f\xa0",
        );
    });
    assert_eq!(rtf, ["hello world"]);
}

#[test]
fn an_attached_message_is_a_message_of_its_own() {
    let mut msg = Builder::new();
    let at = "/__attach_version1.0_#00000000/";
    let inner = format!("{at}{CONTENT}000D/");
    let deeper = format!("{inner}__attach_version1.0_#00000000/");
    msg.storage("/__nameid_version1.0").stream("/__nameid_version1.0/__substg1.0_00020102", b"g");
    msg.table("/", 32, &[]).unicode("/", id::BODY, "outer");
    msg.storage(at).table(at, 8, &[(0x3705, 3, 5)]).storage(&inner);
    msg.table(&inner, 24, &[(id::CLIENT_SUBMIT_TIME, 0x40, SENT)])
        .unicode(&inner, id::SUBJECT, "Inner")
        .unicode(&inner, id::BODY, "inner text")
        .storage(&deeper)
        .table(&deeper, 8, &[])
        .unicode(&deeper, id::ATTACH_SHORT_NAME, "a.txt")
        .stream(&format!("{deeper}{CONTENT}0102"), b"attached");
    let bytes = msg.finish();
    let outer = with(|job| read(&bytes, job)).unwrap();
    assert_eq!(roles(&outer), [("outer", Role::Body)]);
    assert_eq!(outer.members[0].name, "Inner.msg");
    let file = outer.members[0].bytes.clone().unwrap();
    // The same input gives the same bytes: no clock gets into them.
    assert_eq!(with(|job| read(&bytes, job)).unwrap().members[0].bytes, Ok(file.clone()));
    let read = with(|job| read(&file, job)).unwrap();
    assert_eq!(roles(&read), [("Inner", Role::Heading), ("inner text", Role::Body)]);
    assert_eq!(read.record.main_date().unwrap().value.value.to_string(), "2024-07-02");
    assert_eq!(read.members, [Member::new("a.txt".to_owned(), Ok(b"attached".to_vec()))]);
}

#[test]
fn a_file_without_a_message_is_damaged() {
    let bytes = Builder::new().stream("/other", b"x").finish();
    assert!(matches!(with(|job| read(&bytes, job)), Err(ExtractError::Damaged { .. })));
    assert!(matches!(with(|job| read(b"\xD0\xCF", job)), Err(ExtractError::Damaged { .. })));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn never_panics(places in proptest::collection::vec((0usize..4096, 0u8..), 1..20)) {
        let mut msg = Builder::new();
        msg.table("/", 32, &[(id::MESSAGE_CODE_PAGE, 3, 1256)]).unicode("/", id::BODY, "some text");
        let mut bytes = msg.finish();
        for (at, byte) in places {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        let _ = with(|job| read(&bytes, job)).is_ok();
    }
}
