//! Pages that OCR reads, wherever they lie: drawn in a worker, read by tesseract, kept with what it
//! was not sure of. Without tesseract these tests say that they did not run.

use std::ffi::OsStr;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use misl::corpus::Workspace;
use misl::extract::{Job, Limits};
use misl::model::{Locator, Page, PageNo, PageOrigin, WarningKind};
use misl::store::Store;
use misl::task::ingest::{Effort, Ocr, Options};
use misl::task::{Desk, Readers};
use misl::worker::ocr::{Segmentation, Tesseract, find};
use misl::worker::{Mode, Pool, Settings};

use super::ingest::{options, run};

const LINES: [&str; 12] = [
    "ORDER SHEET OF THE COURT OF MARGALLA",
    "The petition of the widow is allowed and the order of the",
    "collector is set aside. Her pension shall be paid from the",
    "first day of July without any further delay. The collector",
    "had refused it on the ground that her late husband was on",
    "leave when he died. That is no ground. A man on leave holds",
    "his office, and his widow has what the rules give to those",
    "who hold one. The learned officer for the province did not",
    "name any rule to the contrary, though he was asked for one",
    "twice. The arrears shall be counted from the day on which",
    "the first letter of the widow came to the office, and they",
    "shall bear no interest. There is no order as to costs.",
];

/// Returns tesseract with a model for English; `None`, and says so, where it is not installed.
fn tesseract(test: &str) -> Option<Tesseract> {
    let found = find(OsStr::new("/usr/local/bin:/usr/bin:/opt/homebrew/bin"));
    let engine = found.and_then(|program| {
        let misl = std::path::Path::new(env!("CARGO_BIN_EXE_misl"));
        Tesseract::new(program, Some(misl)).ok()
    });
    let engine = engine.filter(|engine| engine.models().iter().any(|model| model == "eng"));
    if engine.is_none() {
        println!("NOT RUN: {test}: tesseract is not installed");
    }
    engine
}

#[test]
fn tesseract_is_confined_and_reads_all_the_same() {
    let Some(engine) = tesseract("tesseract_is_confined_and_reads_all_the_same") else { return };
    let sandbox = engine.sandbox();
    assert!(sandbox.limits);
    let pool = Pool::start(super::settings()).unwrap().sandbox();
    assert_eq!((sandbox.landlock_abi, sandbox.seccomp), (pool.landlock_abi, pool.seccomp));
    let picture = png(&paper(&LINES));
    let english = ["eng".to_owned()];
    let read =
        |engine: &Tesseract| engine.words(&picture, 200, &english, Segmentation::Upright).unwrap();
    let bare = Tesseract::new(engine.program().to_owned(), None).unwrap();
    assert_eq!(read(&engine), read(&bare));
    assert!(read(&engine).contains("petition"));
}

/// Runs a line of bash as tesseract is run, and returns what it says and whether it went well.
fn confined(line: &str) -> Option<(String, bool)> {
    let bash = std::path::Path::new("/bin/bash");
    let folders = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/bin/bash"];
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_misl"))
        .args([misl::worker::LAUNCH, "1"])
        .args(folders.iter().filter(|path| std::path::Path::new(path).exists()))
        .args(["--", "/bin/bash", "-c", line])
        .env_clear()
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    if !bash.exists() || said.contains("could not be confined") {
        println!("NOT RUN: no bash, or no Landlock: {said}");
        return None;
    }
    Some((String::from_utf8_lossy(&run.stdout).trim().to_owned(), run.status.success()))
}

#[test]
fn a_program_that_is_launched_reads_its_own_files_alone() {
    let Some(alive) = confined("echo here") else { return };
    assert_eq!(alive, ("here".to_owned(), true));
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "secret").unwrap();
    let secret = secret.path().display();
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    for what in [
        format!("read line < {secret} && echo $line"),
        "read line < /etc/passwd && echo $line".to_owned(),
        format!("echo changed > {secret}"),
        "echo new > /tmp/misl-was-here".to_owned(),
        "cd / && set -- * && test \"$1\" != '*' && echo $1".to_owned(),
        "/usr/bin/env".to_owned(),
        format!("exec 3<>/dev/tcp/127.0.0.1/{port}"),
        format!("exec 3<>/dev/udp/127.0.0.1/{port}"),
    ] {
        let (said, went_well) = confined(&what).unwrap();
        assert_eq!((said.as_str(), went_well), ("", false), "{what}");
    }
    assert_eq!(std::fs::read_to_string(secret.to_string()).unwrap(), "secret");
}

fn with(effort: Effort, engine: Option<Tesseract>) -> Options {
    let settings =
        Settings { mode: Mode::Read, progress: Duration::from_secs(60), ..super::settings() };
    let pool = Readers::Pool(Arc::new(Pool::start(settings).unwrap()));
    options(pool, 2, Ocr { effort, engine })
}

/// Writes a PDF of one page of 600 by 400 points with `content` and, as `/I`, a grey picture.
fn pdf(content: &str, picture: Option<&image::GrayImage>) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 400] /Contents 4 0 R \
          /Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >> >>"
            .to_vec(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()).into(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    if let Some(picture) = picture {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(picture.as_raw()).unwrap();
        let packed = packed.finish().unwrap();
        let mut object = format!(
            "<< /Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray \
             /BitsPerComponent 8 /Filter /FlateDecode /Length {} >>\nstream\n",
            picture.width(),
            picture.height(),
            packed.len()
        )
        .into_bytes();
        object.extend(packed);
        object.extend(b"\nendstream");
        objects.push(object);
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", idx + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let n = objects.len() + 1;
    file.extend(
        format!("trailer << /Size {n} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    file
}

/// Draws lines as a page of paper, 200 dots an inch.
fn paper(lines: &[&str]) -> image::GrayImage {
    let step = (350 / lines.len()).min(24);
    let lines = lines.iter().enumerate().map(|(n, line)| {
        format!("BT /F {} Tf 40 {} Td ({line}) Tj ET\n", step * 2 / 3, 370 - step * n)
    });
    let text: String = lines.collect();
    let limits = Limits::default();
    let job =
        Job { name: "paper.pdf", limits: &limits, beat: &|| (), passwords: &[], charset: None };
    let drawn = misl::extract::picture(&pdf(&text, None), PageNo::FIRST, 200, &job).unwrap();
    image::load_from_memory(&drawn.png).unwrap().into_luma8()
}

fn png(picture: &image::GrayImage) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

/// A scan: the picture over the whole page, and under it what somebody's OCR made of it.
fn scan(lines: &[&str], layer: Option<&str>) -> Vec<u8> {
    let hidden = layer.map(|text| format!("BT 3 Tr /F 5 Tf 40 340 Td ({text}) Tj ET\n"));
    let content = format!("q 600 0 0 400 0 0 cm /I Do Q\n{}", hidden.unwrap_or_default());
    pdf(&content, Some(&paper(lines)))
}

fn workspace(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    for (name, bytes) in files {
        std::fs::write(workspace.corpus().join(name), bytes).unwrap();
    }
    (folder, workspace)
}

fn page(workspace: &Workspace, path: &str) -> Page {
    let store = Store::open(&workspace.index()).unwrap();
    let source = &store.sources_by_path(path).unwrap()[0];
    store.pages(source.docn).unwrap().swap_remove(0)
}

/// Wraps a file as the attachment of a mail.
fn mail(name: &str, bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut mail = format!(
        "From: a@example.org\r\nTo: b@example.org\r\nSubject: Scan\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n\
         The scan is attached.\r\n--x\r\nContent-Type: application/octet-stream\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n"
    )
    .into_bytes();
    for line in bytes.chunks(57) {
        for three in line.chunks(3) {
            let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
                << (8 * (3 - three.len()));
            let digit = |n: usize| DIGITS[(bits >> (18 - 6 * n) & 63) as usize];
            mail.extend((0..4).map(|n| if n > three.len() { b'=' } else { digit(n) }));
        }
        mail.extend(b"\r\n");
    }
    mail.extend(b"--x--\r\n");
    mail
}

#[test]
fn pages_in_archives_and_mails_are_read() {
    let Some(engine) = tesseract("pages_in_archives_and_mails_are_read") else { return };
    let scan = scan(&LINES, None);
    let (_folder, workspace) = workspace(&[("scan.eml", &mail("order.pdf", &scan))]);
    // Two levels down as well: the mail lies in a ZIP archive, and a picture beside it.
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let other =
        ["This is the second letter of the collector", "to the widow, and it has no answer."];
    for (name, bytes) in [
        ("inner.eml", mail("deep.pdf", &self::scan(&other, None))),
        ("page.png", png(&paper(&other))),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    std::fs::write(workspace.corpus().join("box.zip"), zip).unwrap();
    let report = run(&workspace, &with(Effort::Auto, Some(engine)));
    assert_eq!((report.ocr_read, report.ocr_waiting), (3, 0), "{report:?}");
    let read = page(&workspace, "corpus/scan.eml!/order.pdf");
    assert_eq!(read.origin, PageOrigin::Ocr);
    assert!(read.text.contains("Her pension shall be paid from the"), "{}", read.text);
    for path in ["corpus/box.zip!/inner.eml!/deep.pdf", "corpus/box.zip!/page.png"] {
        let read = page(&workspace, path);
        assert!(read.text.contains("second letter of the collector"), "{path}: {}", read.text);
    }
}

#[test]
fn never_auto_and_force_do_what_they_say() {
    let Some(engine) = tesseract("never_auto_and_force_do_what_they_say") else { return };
    let layer = "The petition of the vvidow is allowed and the order of tne collector is set aside. \
        Her pension shall be paid from the first day of July without any furtner delay.";
    let files: [(&str, &[u8]); 3] = [
        ("bare.pdf", &scan(&LINES, None)),
        ("layer.pdf", &scan(&LINES, Some(layer))),
        ("text.txt", b"The petition is allowed."),
    ];
    let (_folder, workspace) = workspace(&files);
    let origins =
        || ["bare.pdf", "layer.pdf"].map(|n| page(&workspace, &format!("corpus/{n}")).origin);
    let report = run(&workspace, &with(Effort::Never, Some(engine.clone())));
    assert_eq!(report.ocr_read, 0);
    assert_eq!(origins(), [PageOrigin::TextLayer, PageOrigin::OcrLayer]);
    // Not installed: the pages that wait are counted, and say so.
    let report = run(&workspace, &with(Effort::Auto, None));
    assert_eq!((report.ocr_read, report.ocr_waiting), (0, 1));
    let store = Store::open(&workspace.index()).unwrap();
    let docn = store.sources_by_path("corpus/bare.pdf").unwrap()[0].docn;
    let kinds = |store: &Store| -> Vec<WarningKind> {
        store.warnings(docn).unwrap().iter().map(|warning| warning.kind).collect()
    };
    assert!(kinds(&store).contains(&WarningKind::OcrMissing), "{:?}", kinds(&store));
    let report = run(&workspace, &with(Effort::Auto, Some(engine.clone())));
    assert_eq!((report.ocr_read, report.ocr_waiting), (1, 0));
    assert_eq!(origins(), [PageOrigin::Ocr, PageOrigin::OcrLayer]);
    let is_unread = |kind: &WarningKind| {
        matches!(kind, WarningKind::OcrMissing | WarningKind::NoText | WarningKind::LowText)
    };
    assert!(!kinds(&store).iter().any(is_unread), "{:?}", kinds(&store));
    let report = run(&workspace, &with(Effort::Force, Some(engine.clone())));
    assert_eq!(report.ocr_read, 1);
    assert_eq!(origins(), [PageOrigin::Ocr, PageOrigin::Ocr]);
    assert!(page(&workspace, "corpus/layer.pdf").text.contains("The petition of the widow"));
    // What was tried is not tried at every run.
    assert_eq!(run(&workspace, &with(Effort::Auto, Some(engine))).ocr_read, 0);
}

#[test]
fn what_ocr_made_of_a_scan_is_compared_with_the_rest() {
    let Some(engine) = tesseract("what_ocr_made_of_a_scan_is_compared_with_the_rest") else {
        return;
    };
    // The same words, enough of them, in two scans whose bytes differ: before OCR nothing tells that
    // they are alike.
    let twice = [LINES, LINES].concat();
    let bare = scan(&twice, None);
    let mut other = bare.clone();
    other.extend(b"% scanned again\n");
    let (_folder, workspace) = workspace(&[("a.pdf", &bare), ("b.pdf", &other)]);
    run(&workspace, &with(Effort::Auto, Some(engine)));
    let store = Store::open(&workspace.index()).unwrap();
    let same = store.same_texts().unwrap();
    assert_eq!(same.len(), 1, "{same:?}");
    let sketches = store.sketches().unwrap();
    assert!(sketches.iter().all(|(_, sketch)| sketch.as_ref().is_some_and(|one| !one.is_empty())));
    let kinds: Vec<WarningKind> =
        store.warnings(same[0][0]).unwrap().iter().map(|warning| warning.kind).collect();
    assert!(kinds.contains(&WarningKind::SameTextAs), "{kinds:?}");
    let desk = Desk::open(workspace).unwrap();
    let (source, _) = desk.place("a.pdf").unwrap();
    let view = misl::task::show::show(&desk, &source, &Locator::default()).unwrap();
    let ocr = view.pages[0].ocr.as_ref().unwrap();
    assert!(ocr.engine.starts_with("tesseract") && ocr.dpi == 300 && ocr.confidence > 60.0);
    // Every word has its confidence, and its span is that word.
    let page = &store.pages(source.docn).unwrap()[0];
    let note = store.ocr_note(source.docn, PageNo::FIRST).unwrap().unwrap();
    let words: Vec<&str> = note.words.iter().map(|(span, _)| &page.text[span.clone()]).collect();
    let all: Vec<&str> = page.text.split_whitespace().collect();
    assert_eq!(words, all);
    let n_low = note.words.iter().filter(|(_, sure)| *sure < misl::extract::ocr::LOW).count();
    assert_eq!(ocr.doubtful.len(), n_low);
}

#[test]
fn a_text_that_a_person_brings_takes_the_place_of_what_was_read() {
    let (folder, workspace) = workspace(&[("scan.pdf", &scan(&LINES[..4], None))]);
    let options = with(Effort::Never, None);
    run(&workspace, &options);
    let store = || Store::open(&workspace.index()).unwrap();
    let source = store().sources_by_path("corpus/scan.pdf").unwrap().swap_remove(0);
    let read = || page(&workspace, "corpus/scan.pdf");
    assert_eq!(read().text, "");
    let engine = || store().ocr_note(source.docn, PageNo::FIRST).unwrap().unwrap().engine;
    let bring = |name: &str, page: Option<PageNo>, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        workspace.bring_text(source.id, page, &file).unwrap();
        run(&workspace, &options)
    };
    let line = |words: &str| {
        format!(
            "<html><body><div class='ocr_page' title='bbox 0 0 1667 1111'><span class='ocr_line' \
             title='bbox 100 100 1500 140'>{words}</span></div></body></html>"
        )
    };
    bring("better.hocr", None, &line("The petition of the widow is allowed."));
    assert_eq!(read().text, "The petition of the widow is allowed.");
    assert_eq!(read().origin, PageOrigin::Ocr);
    assert!(engine().starts_with("text of a person (hocr, "), "{}", engine());
    assert_eq!(read().lines.len(), 1);
    // Urdu that a machine read is not to be trusted, whoever brings it; what a person typed is.
    bring("better.hocr", None, &line("عدالت نے درخواست منظور کر لی"));
    let kinds = || -> Vec<WarningKind> {
        store().warnings(source.docn).unwrap().iter().map(|warning| warning.kind).collect()
    };
    assert!(kinds().contains(&WarningKind::OcrUnreliable) && read().quality <= 0.5);
    bring("first.txt", Some(PageNo::FIRST), "عدالت نے درخواست منظور کر لی۔\n");
    assert_eq!(
        (read().text.as_str(), read().origin),
        ("عدالت نے درخواست منظور کر لی۔", PageOrigin::Plain)
    );
    assert!(!kinds().contains(&WarningKind::OcrUnreliable), "{:?}", kinds());
    assert!(engine().starts_with("text of a person (p1.txt, "), "{}", engine());
    // Nothing is done twice, and a whole file does not replace a page that was typed.
    let before = store().last_seq().unwrap();
    run(&workspace, &options);
    assert_eq!(store().last_seq().unwrap(), before);
    let alto = "<?xml version=\"1.0\"?><alto><Layout><Page WIDTH=\"1667\" HEIGHT=\"1111\"><TextBlock>\
        <TextLine><String CONTENT=\"Other\" HPOS=\"1\" VPOS=\"1\" WIDTH=\"9\" HEIGHT=\"9\"/></TextLine>\
        </TextBlock></Page><Page WIDTH=\"1667\" HEIGHT=\"1111\"/></Layout></alto>";
    let report = bring("other.alto.xml", None, alto);
    assert_eq!(read().origin, PageOrigin::Plain);
    assert!(report.bad_records[0].contains("past the 1 of the document"), "{report:?}");
    // It stays beside the source through a new reading of it.
    std::fs::write(workspace.corpus().join("scan.pdf"), b"%PDF-1.4 gone").unwrap();
    run(&workspace, &options);
    std::fs::write(workspace.corpus().join("scan.pdf"), scan(&LINES[..4], None)).unwrap();
    run(&workspace, &options);
    assert_eq!(read().origin, PageOrigin::Plain);
}
