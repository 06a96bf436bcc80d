//! All formats: what they hold, and that hostile records stay text.

use super::super::pii::FindKind;
use super::super::work::tests as works;
use super::super::{CiteError, Entry, Form, Format, Options, PersonalData, Style, Work, format};
use crate::model::{Kind, Lang, Locator, RecordInput, SourceId};

fn options(format: Format) -> Options<'static> {
    Options::new(Style::named("pk").unwrap(), format)
}

fn written(entries: &[Entry<'_>], options: &Options<'_>) -> String {
    String::from_utf8(format(entries, options).unwrap()).unwrap()
}

/// Returns the order of the tables with a quotation from p. 12.
fn quoted(work: &Work) -> Entry<'_> {
    let mut entry = Entry::new(work, "ihc-2024-wp-1805", "p12,para18".parse().unwrap());
    entry.quote = Some("the Authority shall not direct any licensee".to_owned());
    entry
}

/// What stock styles and writers print wrongly stands in no format, style and form.
#[test]
fn must_never_strings_stand_in_no_format() {
    let works = works::all();
    let entries: Vec<Entry<'_>> = works
        .iter()
        .zip(1..)
        .map(|(work, number)| {
            let key = format!("key-{number}");
            Entry::new(work, Box::leak(key.into_boxed_str()), Locator::default())
        })
        .collect();
    let never = [
        "Pub. L.",
        "2016 2016",
        "2016. 2016",
        "2016, 2016",
        "(1998) 1998",
        "1998 PLD",
        "MMXVI",
        "undefined",
    ];
    for (format, name, _) in Format::ALL {
        for style in super::super::style_ids() {
            for form in [Form::Citations, Form::Bibliography, Form::Notes, Form::Authorities] {
                let options =
                    Options { form, ..Options::new(Style::named(style).unwrap(), format) };
                // Notes are refused by styles that have none; packed formats are read elsewhere.
                let Ok(bytes) = super::super::format(&entries, &options) else { continue };
                let Ok(text) = String::from_utf8(bytes) else { continue };
                for never in never {
                    assert!(!text.contains(never), "{name} {style} {form:?}: {never}\n{text}");
                }
                // The docket number, the court and the sections' act are lost nowhere.
                let in_text = format.uses_style()
                    && form == Form::Citations
                    && !Style::named(style).unwrap().has_notes;
                let of_quotes = matches!(format, Format::Annotation | Format::Fragment);
                let has_number = text.contains("1805") || in_text || of_quotes;
                assert!(has_number, "{name} {style} {form:?} lost the number\n{text}");
            }
            if !format.uses_style() {
                break;
            }
        }
    }
}

#[test]
fn ris_of_an_order() {
    let work = works::suspended_order();
    let expect = "TY  - CASE\r\nID  - ihc-2024-wp-1805\r\n\
        TI  - Mian Najam-us-Saqib v. Federation of Pakistan\r\nN1  - Short title: Najam-us-Saqib\r\n\
        SV  - W.P. No. 1805/2023\r\nPB  - Islamabad High Court\r\nN1  - Judge: Babar Sattar\r\n\
        OP  - suspended by the Supreme Court, 19.08.2024\r\nPY  - 2024\r\nDA  - 2024/06/25/\r\n\
        LA  - en\r\nN1  - jurisdiction: pk\r\n\
        N1  - p12,para18: “the Authority shall not direct any licensee”\r\n\
        N1  - Status: suspended by the Supreme Court, 19.08.2024 (source: Business Recorder, 20 August 2024)\r\n\
        ER  - \r\n\r\n";
    assert_eq!(written(&[quoted(&work)], &options(Format::Ris)), expect);
}

#[test]
fn biblatex_of_a_reported_judgment_and_an_act() {
    let (judgment, act) = (works::reported(), works::statute());
    let entries = [
        Entry::new(&judgment, "pld-1998-sc-388", "pl410".parse().unwrap()),
        Entry::new(&act, "peca-2016", "s37".parse().unwrap()),
    ];
    let expect = "@jurisdiction{pld-1998-sc-388,
  title = {{Mohtarma Benazir Bhutto v. President of Pakistan}},
  shorttitle = {{Benazir Bhutto}},
  institution = {Supreme Court of Pakistan},
  journaltitle = {PLD},
  volume = {1998},
  pages = {388},
  howpublished = {PLD 1998 SC 388},
  date = {1998},
  note = {pl410},
}

@legislation{peca-2016,
  title = {{Prevention of Electronic Crimes Act}},
  shorttitle = {PECA},
  number = {XL of 2016},
  date = {2016},
  note = {s37},
}
";
    assert_eq!(written(&entries, &options(Format::Biblatex)), expect);
}

#[test]
fn csl_json_is_flat_and_names_no_judge_as_author() {
    let all = works::all();
    let entries: Vec<Entry<'_>> =
        all.iter().map(|work| Entry::new(work, "k", Locator::default())).collect();
    let text = written(&entries, &options(Format::CslJson));
    let items: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(&text).unwrap();
    assert_eq!(items.len(), all.len());
    assert_eq!(items[0]["type"], "legal_case");
    assert_eq!(items[0]["authority"], "Islamabad High Court");
    assert_eq!(items[0]["note"].as_str().unwrap().lines().next(), Some("Judge: Babar Sattar"));
    assert!(!items[0].contains_key("author"));
    assert_eq!(items[1]["container-title"], "PLD 1998 SC");
    assert_eq!(items[2]["title"], "Prevention of Electronic Crimes Act");
    for (name, value) in items.iter().flatten() {
        let nests = matches!(name.as_str(), "author" | "issued" | "accessed");
        assert!(nests || value.is_string(), "{name}");
    }
}

#[test]
fn markdown_notes_and_html_lists() {
    let work = works::suspended_order();
    let mut options = options(Format::Markdown);
    options.form = Form::Notes;
    assert_eq!(
        written(&[quoted(&work)], &options),
        "[^1]: Mian Najam-us-Saqib v. Federation of Pakistan \\(Writ Petition No. 1805 of 2023, \
         Islamabad High Court\\), order dated 25.06.2024, para 18, p. 12 \\[suspended by the \
         Supreme Court, 19.08.2024\\]\n\n    > the Authority shall not direct any licensee\n"
    );
    options.format = Format::Html;
    let html = written(&[quoted(&work)], &options);
    assert!(html.contains("<li id=\"n1\" value=\"1\"><cite>Mian Najam-us-Saqib"));
    assert!(html.contains("<blockquote>the Authority shall not direct any licensee</blockquote>"));
}

#[test]
fn urdu_is_isolated_where_directions_meet() {
    let work = works::urdu_news();
    let entry = [Entry::new(&work, "k", Locator::default())];
    let html = written(&entry, &options(Format::Html));
    assert!(html.contains("<bdi lang=\"ur\" dir=\"rtl\">عدالت نے پی ٹی اے کو روک دیا</bdi>"));
    let text = written(&entry, &options(Format::Text));
    assert!(text.contains("\u{2068}عدالت نے پی ٹی اے کو روک دیا\u{2069}"));
    let ris = written(&entry, &options(Format::Ris));
    assert!(ris.contains("TI  - عدالت نے پی ٹی اے کو روک دیا\r\n"));
    assert!(ris.contains("T2  - روزنامہ جنگ\r\n"));
    let mut urdu = Options::new(Style::named("pk-ur").unwrap(), Format::Text);
    urdu.lang = Lang::Ur;
    assert_eq!(
        written(&entry, &urdu),
        "روزنامہ جنگ، «عدالت نے پی ٹی اے کو روک دیا»، 2 جولائی 2024\n"
    );
}

/// Returns a work whose every field is an attack.
fn hostile(payload: &str, byte: u8, kind: Kind) -> Work {
    let text = || Some(payload.to_owned());
    let list = || Some(crate::model::record::OneOrMany::One(payload.to_owned()));
    let input = RecordInput {
        kind: Some(kind),
        title: text(),
        short_title: text(),
        court: text(),
        petitioner: list(),
        respondent: list(),
        numbers: list(),
        judges: list(),
        authors: list(),
        publisher: text(),
        index_number: text(),
        act_number: text(),
        url: text(),
        archive_url: text(),
        ..RecordInput::default()
    };
    Work::from_record(SourceId([byte; 32]), &input.into_record(crate::model::Origin::Person))
}

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "[x](javascript:alert(1)) ![y](http://e/z.png) `c` **b** | d",
    "\\input{/etc/passwd} \\write18{ls} $x$ %c #1 {a}}",
    "=HYPERLINK(\"http://e\",\"x\")",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "＝1+1",
    "\tx",
    "\r=1",
    "a\nER  - \nTY  - GEN",
    "ER  - end",
    "TY  - GEN",
    "\u{202E}cod.exe\u{2066}",
    "a\u{0}b\u{1B}[31m",
    "}}{\\rtf1 \\object}",
    "]]> <!-- & &lt;",
    "پیکا <b>۲۰۱۶</b>",
];

/// Returns a list of hostile entries of every kind.
fn each_hostile(mut check: impl FnMut(&str, &[Entry<'_>])) {
    for payload in PAYLOADS {
        let works: Vec<Work> = Kind::ALL
            .into_iter()
            .enumerate()
            .map(|(idx, kind)| hostile(payload, u8::try_from(idx).unwrap(), kind))
            .collect();
        let entries: Vec<Entry<'_>> = works
            .iter()
            .map(|work| Entry {
                quote: Some((*payload).to_owned()),
                note: Some((*payload).to_owned()),
                heading: Some((*payload).to_owned()),
                ..Entry::new(work, "k", Locator::default())
            })
            .collect();
        check(payload, &entries);
    }
}

#[test]
fn hostile_html_stays_text() {
    each_hostile(|payload, entries| {
        let html = written(entries, &options(Format::Html)).to_lowercase();
        for active in
            ["<script", "<img", "href=\"javascript", "onerror=\"", "<b>", "\u{202E}", "\u{0}"]
        {
            assert!(!html.contains(active), "{payload}: {active}");
        }
    });
}

#[test]
fn hostile_markdown_makes_nothing_active() {
    use pulldown_cmark::{Event, Tag};
    each_hostile(|payload, entries| {
        for entry in entries {
            let entry = Entry { heading: None, note: None, quote: None, ..entry.clone() };
            let markdown = written(&[entry], &options(Format::Markdown));
            for event in pulldown_cmark::Parser::new_ext(&markdown, pulldown_cmark::Options::all())
            {
                let active = match &event {
                    Event::Start(Tag::Link { dest_url, .. }) => !dest_url.starts_with("http"),
                    Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => true,
                    Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::Code(_)
                    | Event::InlineMath(_) => true,
                    _ => false,
                };
                assert!(!active, "{payload}: {event:?} in {markdown}");
            }
        }
    });
}

/// Reads RFC 4180 rows.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', true) if chars.peek() == Some(&'"') => cell.extend(chars.next()),
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {}
            ('\n', false) => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(c),
        }
    }
    rows
}

#[test]
fn hostile_cells_are_no_formulas() {
    each_hostile(|payload, entries| {
        let rows = read_csv(&written(entries, &options(Format::Csv)));
        assert_eq!(rows.len(), entries.len() + 1);
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{payload}: {cell}");
        }
        let quote = &rows[1][11];
        assert_eq!(quote.trim_start_matches('\''), super::super::run::clean(payload), "{payload}");
    });
}

#[test]
fn hostile_ris_keeps_one_record_a_work() {
    each_hostile(|payload, entries| {
        let ris = written(entries, &options(Format::Ris));
        let lines: Vec<&str> = ris.split("\r\n").collect();
        let count = |tag: &str| lines.iter().filter(|line| line.starts_with(tag)).count();
        assert_eq!(count("TY  - "), entries.len(), "{payload}");
        assert_eq!(count("ER  - "), entries.len(), "{payload}");
        for line in lines.iter().filter(|line| !line.is_empty()) {
            assert_eq!(line.get(2..6), Some("  - "), "{payload}: {line}");
            assert!(!line.contains('\n'));
            assert!(!line.get(6..).unwrap_or_default().starts_with("ER  - "), "{line}");
        }
    });
}

#[test]
fn hostile_tex_is_escaped_and_balanced() {
    each_hostile(|payload, entries| {
        for kind in [Format::Bibtex, Format::Biblatex] {
            let tex = written(entries, &options(kind));
            for active in ["\\input", "\\write", "\n\n\n"] {
                assert!(!tex.contains(active), "{payload}");
            }
            let mut depth = 0;
            let mut chars = tex.chars();
            while let Some(c) = chars.next() {
                match c {
                    '\\' => drop(chars.next()),
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                assert!(depth >= 0, "{payload}");
            }
            assert_eq!(depth, 0, "{payload}");
        }
    });
}

#[test]
fn hostile_json_and_xml_parse() {
    each_hostile(|payload, entries| {
        for kind in [Format::CslJson, Format::Annotation] {
            serde_json::from_str::<serde_json::Value>(&written(entries, &options(kind))).unwrap();
        }
        for kind in [Format::Jsonl, Format::Ftm] {
            for line in written(entries, &options(kind)).lines() {
                serde_json::from_str::<serde_json::Value>(line).unwrap();
            }
        }
        let rdf = written(entries, &options(Format::ZoteroRdf));
        let mut reader = quick_xml::Reader::from_str(&rdf);
        let mut n_items = 0;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{payload}: {error}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag)
                    if tag.name().as_ref() == "rdf:Description" =>
                {
                    n_items += 1;
                }
                _ => {}
            }
        }
        assert_eq!(n_items, entries.len());
    });
}

#[test]
fn hostile_rtf_has_no_control_words_of_its_own() {
    each_hostile(|payload, entries| {
        let rtf = written(entries, &options(Format::Rtf));
        assert!(rtf.is_ascii());
        let bare = rtf.replace("\\\\", "").replace("\\{", "").replace("\\}", "");
        assert_eq!(bare.matches("\\rtf").count(), 1, "{payload}");
        assert!(!bare.contains("\\object"), "{payload}");
        assert_eq!(bare.matches('{').count(), bare.matches('}').count(), "{payload}");
    });
}

#[test]
fn docx_has_real_footnotes_and_reads_back() {
    use std::io::Read as _;
    each_hostile(|payload, entries| {
        let mut options = options(Format::Docx);
        options.form = Form::Notes;
        let bytes = format(entries, &options).unwrap();
        assert_eq!(bytes, format(entries, &options).unwrap());
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut notes = String::new();
        zip.by_name("word/footnotes.xml").unwrap().read_to_string(&mut notes).unwrap();
        assert_eq!(notes.matches("<w:footnote ").count(), entries.len() + 2, "{payload}");
        let mut reader = quick_xml::Reader::from_str(&notes);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        for active in ["fldSimple", "instrText", "Target=\"http"] {
            assert!(!notes.contains(active));
        }
    });
}

#[test]
fn the_same_list_gives_the_same_bytes() {
    let all = works::all();
    let entries: Vec<Entry<'_>> =
        all.iter().map(|work| Entry::new(work, "k", Locator::default())).collect();
    for (kind, name, _) in Format::ALL {
        for form in [Form::Citations, Form::Bibliography, Form::Notes, Form::Authorities] {
            let mut options = options(kind);
            options.form = form;
            options.provenance = true;
            let first = format(&entries, &options).unwrap();
            assert!(!first.is_empty(), "{name}");
            assert_eq!(first, format(&entries, &options).unwrap(), "{name}");
        }
        assert_eq!(Format::from_name(name), Some(kind));
    }
}

#[test]
fn fragments_encode_their_syntax() {
    let mut work = works::news();
    work.url = Some("https://dawn.com/news/1".to_owned());
    let mut entry = Entry::new(&work, "k", Locator::default());
    entry.quote = Some("A-B, C & D".to_owned());
    entry.selector = Some(super::super::Selector {
        prefix: "he said".to_owned(),
        suffix: "on Friday".to_owned(),
        position: None,
    });
    assert_eq!(
        written(&[entry.clone()], &options(Format::Fragment)),
        "https://dawn.com/news/1#:~:text=he%20said-,A%2DB%2C%20C%20%26%20D,-on%20Friday\n"
    );
    work.url = Some("https://ihc.gov.pk/a.pdf".to_owned());
    let mut entry = Entry::new(&work, "k", "p12".parse().unwrap());
    entry.quote = Some("words".to_owned());
    assert_eq!(written(&[entry], &options(Format::Fragment)), "https://ihc.gov.pk/a.pdf#page=12\n");
}

#[test]
fn personal_data_stops_every_format() {
    let work = works::order();
    let mut entry = quoted(&work);
    entry.quote = Some("call him at 0300-1234567".to_owned());
    let entries = [entry];
    for (kind, name, _) in Format::ALL {
        let mut options = options(kind);
        let Err(CiteError::PersonalData { finds }) = format(&entries, &options) else {
            panic!("{name} wrote it");
        };
        assert_eq!((finds[0].find.kind, finds[0].field), (FindKind::Mobile, "quote"));
        options.personal_data = PersonalData::Redact;
        let bytes = format(&entries, &options).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("1234567"), "{name}");
        options.personal_data = PersonalData::Keep;
        assert!(format(&entries, &options).is_ok());
    }
}

/// Persons and bodies are told apart in every format that can say so.
#[test]
fn persons_have_two_names_and_bodies_one() {
    let work = works::byline(
        crate::model::Kind::Web,
        9,
        &["Asha B. Nobody", "Carl van der Noone", "Example Rights Group", "عائشہ نامعلوم"],
    );
    let written = |wanted| {
        let entries = [Entry::new(&work, "k", Locator::default())];
        let options = Options::new(Style::named("apa").unwrap(), wanted);
        String::from_utf8(format(&entries, &options).unwrap()).unwrap()
    };
    let tex = "author = {Nobody, Asha B. and van der Noone, Carl and {Example Rights Group} and \
               {عائشہ نامعلوم}},";
    for wanted in [Format::Bibtex, Format::Biblatex] {
        assert!(written(wanted).contains(tex), "{}", written(wanted));
        // Read by another program: two persons and two bodies.
        let read = biblatex::Bibliography::parse(&written(wanted)).unwrap();
        let people = read.get("k").unwrap().author().unwrap();
        let names: Vec<_> = people
            .iter()
            .map(|one| (one.prefix.as_str(), one.name.as_str(), one.given_name.as_str()))
            .collect();
        let expect = [
            ("", "Nobody", "Asha B."),
            ("van der", "Noone", "Carl"),
            ("", "Example Rights Group", ""),
            ("", "عائشہ نامعلوم", ""),
        ];
        assert_eq!(names, expect);
    }
    let ris = written(Format::Ris);
    let lines: Vec<&str> = ris.lines().filter(|line| line.starts_with("AU")).collect();
    let expect = [
        "AU  - Nobody, Asha B.",
        "AU  - van der Noone, Carl",
        "AU  - Example Rights Group,",
        "AU  - عائشہ نامعلوم,",
    ];
    assert_eq!(lines, expect);
    let items: serde_json::Value = serde_json::from_str(&written(Format::CslJson)).unwrap();
    let expect = serde_json::json!([
        { "family": "Nobody", "given": "Asha B." },
        { "family": "van der Noone", "given": "Carl" },
        { "literal": "Example Rights Group" },
        { "literal": "عائشہ نامعلوم" },
    ]);
    assert_eq!(items[0]["author"], expect);
    let rdf = written(Format::ZoteroRdf);
    for name in [
        "<foaf:surname>Nobody</foaf:surname><foaf:givenName>Asha B.</foaf:givenName>",
        "<foaf:surname>van der Noone</foaf:surname><foaf:givenName>Carl</foaf:givenName>",
        "<foaf:surname>Example Rights Group</foaf:surname></foaf:Person>",
        "<foaf:surname>عائشہ نامعلوم</foaf:surname></foaf:Person>",
    ] {
        assert!(rdf.contains(name), "{rdf}");
    }
    let html = written(Format::Html);
    assert!(html.contains("<meta name=\"citation_author\" content=\"Nobody, Asha B.\">"), "{html}");
    // The record's own words stay what they are where a format keeps records.
    assert!(written(Format::Csv).contains("Asha B. Nobody; Carl van der Noone"));
}
