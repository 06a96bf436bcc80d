//! A thousand hostile records through every text format and back: the same text, nothing active.

use std::collections::BTreeMap;

use super::super::work::tests as works;
use super::super::{Entry, Format, Options, PersonalData, Style, Work, format};
use crate::cite::run::clean;
use crate::model::record::OneOrMany;
use crate::model::{Kind, RecordInput, SourceId};

/// What attacks the readers of some format, or breaks it.
const PIECES: [&str; 36] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=1>",
    "&lt;b&gt;",
    "]]>",
    "<!--",
    "-->",
    "&amp;",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "![i](http://evil.example/x.png)",
    "`code`",
    "***",
    "# head",
    "| a | b |",
    "\\input{/etc/passwd}",
    "\\write18{id}",
    "${x}",
    "{",
    "}",
    "}}",
    "%",
    "~^_#",
    "=HYPERLINK(\"x\")",
    "+1",
    "@SUM(A1)",
    "ER  - ",
    "TY  - CASE",
    "\r\nER  - ",
    "\n\n",
    "\t",
    "\u{202E}drow\u{202C}",
    "\u{0}\u{7}\u{1b}[2J",
    "پی ٹی اے",
    "\u{2028}",
    "{\\rtf1\\object}",
];
const WORDS: [&str; 8] =
    ["order", "the 4 million", "Justice", "O’Neil", "“quoted”", "1805/2023", "نگرانی", "é ü ﬁ"];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// Returns a few pieces and words; the first and last are sometimes hostile.
    fn text(&mut self) -> String {
        let n = 2 + self.roll(5);
        let mut parts: Vec<&str> = Vec::new();
        for _ in 0..n {
            let hostile = self.roll(2) == 0;
            parts.push(if hostile { PIECES[self.roll(PIECES.len())] } else { WORDS[self.roll(8)] });
        }
        let gap = if self.roll(2) == 0 { " " } else { "" };
        let text = parts.join(gap);
        // A record always has some title.
        format!("{text} end")
    }
}

const KINDS: [Kind; 5] = [Kind::News, Kind::Report, Kind::Web, Kind::Article, Kind::Book];
const N_RECORDS: usize = 1_000;

fn record(n: usize, dice: &mut Dice) -> Work {
    let input = RecordInput {
        kind: Some(KINDS[n % KINDS.len()]),
        title: Some(dice.text()),
        publisher: Some(dice.text()),
        authors: Some(OneOrMany::One(dice.text())),
        url: Some(format!("https://example.org/{}", dice.text())),
        date: "2024-07-02".parse().ok(),
        ..RecordInput::default()
    };
    let mut work = works::work(0, input);
    let mut id = [0; 32];
    id[..8].copy_from_slice(&(n as u64).to_be_bytes());
    work.id = SourceId(id);
    work
}

/// A record with what was put beside it.
struct Given {
    work: Work,
    key: String,
    quote: String,
    note: String,
}

fn all() -> Vec<Given> {
    let mut dice = Dice(7);
    let mut given = Vec::new();
    for n in 0..N_RECORDS {
        let work = record(n, &mut dice);
        given.push(Given { work, key: format!("key-{n}"), quote: dice.text(), note: dice.text() });
    }
    given
}

fn written(given: &[Given], wanted: Format) -> String {
    let entries: Vec<Entry<'_>> = given
        .iter()
        .map(|one| Entry {
            quote: Some(one.quote.clone()),
            note: Some(one.note.clone()),
            ..Entry::new(&one.work, &one.key, "p2".parse().unwrap())
        })
        .collect();
    let mut options = Options::new(Style::named("pk").unwrap(), wanted);
    options.personal_data = PersonalData::Keep;
    String::from_utf8(format(&entries, &options).unwrap()).unwrap()
}

fn title(one: &Given) -> String {
    clean(one.work.title.as_deref().unwrap())
}

/// White space does not count where a format folds it.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{2066}'..='\u{2069}')).collect()
}

#[test]
fn ris() {
    let given = all();
    let text = written(&given, Format::Ris);
    let mut records: Vec<BTreeMap<String, Vec<String>>> = vec![BTreeMap::new()];
    for line in text.split("\r\n").filter(|line| !line.is_empty()) {
        let (tag, value) = line.split_once("  - ").unwrap_or_else(|| panic!("{line}"));
        assert!(tag.len() == 2 && !value.contains(['\r', '\n']), "{line}");
        if tag == "ER" {
            records.push(BTreeMap::new());
        } else {
            records.last_mut().unwrap().entry(tag.to_owned()).or_default().push(value.to_owned());
        }
    }
    records.pop();
    assert_eq!(records.len(), N_RECORDS);
    for (one, record) in given.iter().zip(records) {
        assert_eq!(record["ID"], std::slice::from_ref(&one.key));
        let mut expect = title(one);
        // A value that would read as a tag loses it; nothing else is lost.
        for _ in 0..8 {
            for tag in ["ER -", "TY - CASE", "TY -"] {
                expect =
                    expect.strip_prefix(tag).map_or(expect.clone(), |rest| rest.trim().to_owned());
            }
        }
        let read = record["TI"][0].strip_prefix("CASE").unwrap_or(&record["TI"][0]).trim();
        assert_eq!(read, expect.strip_prefix("CASE").unwrap_or(&expect).trim());
    }
}

#[test]
fn csv() {
    let given = all();
    let text = written(&given, Format::Csv);
    let mut rows: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                row.last_mut().unwrap().push('"');
                chars.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            _ => row.last_mut().unwrap().push(c),
        }
    }
    rows.pop();
    assert_eq!(rows.len(), N_RECORDS + 1);
    for (one, row) in given.iter().zip(&rows[1..]) {
        assert_eq!(row.len(), rows[0].len());
        for cell in row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{cell}");
        }
        let bare = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
        assert_eq!(bare(&row[2]), title(one));
        assert_eq!((bare(&row[11]), bare(&row[12])), (clean(&one.quote), clean(&one.note)));
    }
}

#[test]
fn csl_json_and_jsonl() {
    let given = all();
    let items: Vec<serde_json::Value> =
        serde_json::from_str(&written(&given, Format::CslJson)).unwrap();
    assert_eq!(items.len(), N_RECORDS);
    for (one, item) in given.iter().zip(&items) {
        assert_eq!(clean(item["title"].as_str().unwrap()), title(one));
        assert!(item["note"].as_str().unwrap().contains(&clean(&one.quote)));
    }
    let lines = written(&given, Format::Jsonl);
    assert_eq!(lines.lines().count(), N_RECORDS);
    for (one, line) in given.iter().zip(lines.lines()) {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(object["quote"].as_str().unwrap(), one.quote);
        assert_eq!(clean(object["title"].as_str().unwrap()), title(one));
    }
    for format in [Format::Annotation, Format::Ftm] {
        for line in written(&given, format).lines().filter(|_| format == Format::Ftm) {
            assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
        }
    }
    let annotations = written(&given, Format::Annotation);
    assert!(serde_json::from_str::<serde_json::Value>(&annotations).is_ok());
}

#[test]
fn markdown() {
    use pulldown_cmark::{Event, Options as Dialect, Parser, Tag};
    let given = all();
    let text = written(&given, Format::Markdown);
    let mut read = String::new();
    for event in Parser::new_ext(&text, Dialect::all() & !Dialect::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(text) => read.push_str(&text),
            Event::SoftBreak | Event::HardBreak => read.push(' '),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let is_web = dest_url.starts_with("https://example.org/");
                assert!(is_web, "{dest_url}");
            }
            Event::Start(
                Tag::Image { .. } | Tag::HtmlBlock | Tag::CodeBlock(_) | Tag::Table(_),
            )
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => panic!("something active: {event:?}"),
            _ => {}
        }
    }
    let read = squeezed(&read);
    for one in &given {
        for words in [title(one), clean(&one.quote), clean(&one.note)] {
            assert!(read.contains(&squeezed(&words)), "{words}");
        }
    }
}

#[test]
fn html() {
    let given = all();
    let text = written(&given, Format::Html);
    let page = dom_query::Document::from(text.as_str());
    for active in
        ["script", "img", "svg", "iframe", "object", "style", "form", "link[rel=stylesheet]"]
    {
        assert_eq!(page.select(active).length(), 0, "{active}");
    }
    for link in &page.select("a[href]") {
        let href = link.attr("href").unwrap();
        assert!(href.starts_with("https://example.org/"), "{href}");
    }
    for handler in ["onerror", "onload", "onclick"] {
        assert_eq!(page.select(&format!("[{handler}]")).length(), 0);
    }
    let read = squeezed(&page.select("body").text());
    for one in &given {
        for words in [title(one), clean(&one.quote), clean(&one.note)] {
            assert!(read.contains(&squeezed(&words)), "{words}");
        }
    }
}

#[test]
fn bibtex_and_biblatex() {
    use biblatex::ChunksExt as _;
    let given = all();
    for format in [Format::Bibtex, Format::Biblatex] {
        let text = written(&given, format);
        let list = biblatex::Bibliography::parse(&text).unwrap();
        assert_eq!(list.len(), N_RECORDS);
        for one in &given {
            let entry = list.get(&one.key).unwrap();
            let read = entry.get("title").unwrap().format_verbatim();
            // The reader knows these commands by their names alone.
            let read = read
                .replace("\\textbraceleft", "{")
                .replace("\\textbraceright", "}")
                .replace("\\textbackslash", "\\")
                .replace("\\textasciitilde", "~")
                .replace("\\textasciicircum", "^");
            assert_eq!(squeezed(&read), squeezed(&title(one)));
        }
        for command in text.split('\\').skip(1) {
            let word: String = command.chars().take_while(char::is_ascii_alphabetic).collect();
            let known = [
                "",
                "textbackslash",
                "textasciitilde",
                "textasciicircum",
                "textbraceleft",
                "textbraceright",
                "textur",
            ];
            assert!(known.contains(&word.as_str()), "\\{word}");
        }
    }
}
