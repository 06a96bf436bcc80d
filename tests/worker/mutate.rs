//! Damaged files: bytes flipped, cut out, doubled and spliced. Whatever comes of one, the pool
//! answers, and goes on.

use std::io::Write as _;

use misl::worker::{Pool, ReadError, Settings};

/// Numbers that look random and are the same each time (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let n = n.max(1) as u64;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) % n).unwrap()
    }
}

/// Returns small whole files of our own, one of each kind that is easily written.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let html = "<html><head><title>Order</title></head><body><article><h1>Order</h1>\
        <p>The petition is allowed, and the order of 25 June 2024 is set aside.</p>\
        <table><tr><td>1</td><td>Fee</td></tr></table></article></body></html>";
    let mail = "From: a@example.org\r\nTo: b@example.org\r\nSubject: Order\r\n\
        Date: Tue, 25 Jun 2024 10:00:00 +0500\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n\
        The order is attached.\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Order</p>\r\n--x--\r\n";
    let markdown =
        "---\ntitle: Order\ndate: 2024-06-25\n---\n\n# Order\n\n1. First\n2. Second\n\n> Quoted.\n";
    vec![
        ("order.pdf", pdf()),
        ("order.html", html.into()),
        ("order.eml", mail.into()),
        ("order.md", markdown.into()),
        ("order.docx", docx()),
        ("orders.zip", zip(&[("one.txt", "The first order."), ("two.html", html)])),
        ("table.csv", b"no,party,date\n1,A v. B,2024-06-25\n2,C v. D,2024-07-01\n".to_vec()),
        ("order.msg", msg()),
        ("order.warc", warc(html)),
        ("order.txt", "حکم نامہ\n\nThe petition is allowed.\n".as_bytes().to_vec()),
    ]
}

/// An Outlook message of a subject and a body.
fn msg() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for (name, bytes) in [
        ("/__properties_version1.0", vec![0; 32]),
        ("/__substg1.0_0037001F", wide("Order")),
        ("/__substg1.0_1000001F", wide("The petition is allowed.")),
    ] {
        file.create_stream(name).unwrap().write_all(&bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A web archive of one page.
fn warc(html: &str) -> Vec<u8> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://court.example/order\r\n\
         WARC-Date: 2024-06-25T10:00:00Z\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    format!("{head}{answer}\r\n\r\n").into_bytes()
}

/// A page of two lines, with a table of objects that fits.
pub(super) fn pdf() -> Vec<u8> {
    let content = "BT /F1 12 Tf 72 700 Td (The petition is allowed.) Tj 0 -20 Td (Order.) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", idx + 1).bytes());
    }
    let table = file.len();
    file.extend(b"xref\n0 6\n0000000000 65535 f \n");
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

pub(super) fn zip(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for (name, text) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx() -> Vec<u8> {
    let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    zip(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
             relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
        ),
        (
            "word/document.xml",
            &format!(
                "<w:document xmlns:w=\"{w}\"><w:body><w:p><w:r><w:t>The petition is allowed.\
                 </w:t></w:r></w:p></w:body></w:document>"
            ),
        ),
    ])
}

/// Damages `bytes` in one to eight places, now and then with a piece of `other`.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        let length = dice.below(40).min(bytes.len() - at);
        match dice.below(7) {
            0 | 1 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << dice.below(8)),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let piece = bytes[at..at + length].to_vec();
                bytes.splice(at..at, piece);
            }
            5 => {
                let from = dice.below(other.len());
                let piece: Vec<u8> = other.iter().skip(from).take(200).copied().collect();
                bytes.splice(at..at + length, piece);
            }
            // A number becomes a giant one: lengths, counts, places.
            _ => {
                if let Some(digit) = (at..bytes.len()).find(|at| bytes[*at].is_ascii_digit()) {
                    bytes.splice(digit..=digit, *b"99999999");
                }
            }
        }
    }
}

#[test]
fn a_damaged_file_never_stops_the_run() {
    let settings = Settings {
        progress: std::time::Duration::from_secs(15),
        ..Settings::of(env!("CARGO_BIN_EXE_misl").into())
    };
    let pool = Pool::start(settings).unwrap();
    let seeds = seeds();
    for (name, bytes) in &seeds {
        assert!(super::read(&pool, name, bytes).is_ok(), "{name} is not sound to begin with");
    }
    let mut dice = Dice(0x6d69_736c);
    let mut broken = Vec::new();
    // MISL_MUTATED=2000 before a release.
    let asked = std::env::var("MISL_MUTATED").ok().and_then(|n| n.parse().ok());
    let n_cases: usize = asked.unwrap_or(200);
    let (mut n_read, mut n_refused) = (0, 0);
    for n in 0..n_cases {
        let (name, seed) = &seeds[n % seeds.len()];
        let mut bytes = seed.clone();
        let other = seeds[dice.below(seeds.len())].1.clone();
        mutate(&mut bytes, &other, &mut dice);
        match super::read(&pool, name, &bytes) {
            Ok(_) => n_read += 1,
            Err(ReadError::Extract(_)) => n_refused += 1,
            Err(ReadError::Worker(failure)) => {
                broken.push(format!("case {n}, {name}: {failure}"));
            }
        }
    }
    println!("{n_cases} damaged files: {n_read} read, {n_refused} refused, {} broke", broken.len());
    assert_eq!(n_read + n_refused + broken.len(), n_cases);
    // A reader may break on a file; that the pool says so is what counts. Yet it should be rare.
    assert!(broken.len() <= n_cases / 50, "{}", broken.join("\n"));
    assert!(super::read(&pool, "order.txt", super::PLAIN).is_ok());
}
