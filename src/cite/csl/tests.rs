use super::super::work::tests as works;
use super::super::{Form, Format, Style as Native, format};
use super::*;

const HEAD: &str = "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"note\" version=\"1.0\">\
<info><title>Small</title><id>http://example.org/small</id><updated>2024-01-01T00:00:00+00:00</updated></info>";
const LAYOUT: &str = "<citation><layout delimiter=\"; \" suffix=\".\">\
<choose><if type=\"article-newspaper\"><text variable=\"title\" font-style=\"italic\"/></if>\
<else><text variable=\"title\"/></else></choose>\
<text variable=\"locator\" prefix=\", at \"/></layout></citation></style>";

fn small() -> CslStyle {
    CslStyle::parse(&format!("{HEAD}{LAYOUT}")).unwrap()
}

fn plain(style: &CslStyle, work: &Work, at: &str) -> String {
    let options = Options::new(Native::named("pk").unwrap(), Format::Text);
    let entry = Entry::new(work, "k", at.parse().unwrap());
    style.cite(&entry, CitationForm::First, Standing::default(), &options).unwrap().plain()
}

#[test]
fn a_style_file_prints_what_is_not_legal() {
    let style = small();
    let (news, order) = (works::news(), works::order());
    // The layout's delimiter stands between works, not between the parts of one.
    assert_eq!(plain(&style, &news, "p3"), "SC stops IHC from proceeding, at 3.");
    assert!(style.takes(&news, Legal::Native) && !style.takes(&order, Legal::Native));
    assert!(style.takes(&order, Legal::Csl));
    let options =
        Options { csl: Some(&style), ..Options::new(Native::named("pk").unwrap(), Format::Html) };
    let entries = [
        Entry::new(&news, "news", Locator::default()),
        Entry::new(&order, "order", Locator::default()),
    ];
    let html = String::from_utf8(format(&entries, &options).unwrap()).unwrap();
    assert!(html.contains("<i>SC stops IHC from proceeding</i>."), "{html}");
    assert!(html.contains("Writ Petition No. 1805 of 2023"), "{html}");
}

#[test]
fn a_title_of_markup_stays_text() {
    let style = small();
    let mut news = works::news();
    news.title = Some("<script>alert(1)</script> & <i>x</i>".to_owned());
    let options =
        Options { csl: Some(&style), ..Options::new(Native::named("pk").unwrap(), Format::Html) };
    let entries = [Entry::new(&news, "news", Locator::default())];
    let html = String::from_utf8(format(&entries, &options).unwrap()).unwrap();
    let body = html.split_once("<body>").unwrap().1;
    assert!(!body.contains("<script"), "{body}");
}

#[test]
fn a_stopped_style_leaves_the_rest_to_our_tables() {
    let style = small().with_stop(|| true);
    let news = works::news();
    let options =
        Options { csl: Some(&style), ..Options::new(Native::named("pk").unwrap(), Format::Text) };
    let entries = [Entry::new(&news, "news", Locator::default())];
    let text = String::from_utf8(format(&entries, &options).unwrap()).unwrap();
    assert!(text.contains("Business Recorder, \"SC stops IHC from proceeding\""), "{text}");
    let words: Vec<String> =
        super::super::list::warnings(&entries, &options).iter().map(ToString::to_string).collect();
    assert!(words.iter().any(|words| words.contains("stopped before")), "{words:?}");
}

#[test]
fn every_shipped_style_prints_and_is_named_in_the_notice() {
    let notice = include_str!("../../../NOTICE");
    let options = Options::new(Native::named("pk").unwrap(), Format::Text);
    let all = shipped().unwrap();
    assert_eq!(all.len(), 16);
    let (news, report) = (works::news(), works::report());
    for one in &all {
        assert!(notice.contains(&one.source), "{}", one.source);
        assert!(one.authors.iter().all(|name| notice.contains(name)), "{one:?}");
        assert!(Native::named(one.id).is_err(), "{} is a style of ours too", one.id);
        let style = CslStyle::shipped(one.id).unwrap();
        let standing = Standing { first_note: Some(1), number: Some(1) };
        for work in [&news, &report] {
            let entry = Entry::new(work, "k", Locator::default());
            for form in [CitationForm::First, CitationForm::Later, CitationForm::List] {
                let text = style.cite(&entry, form, standing, &options).unwrap().plain();
                assert!(text.chars().any(char::is_alphanumeric), "{}: {text}", one.id);
                assert!(!text.contains("  "), "{}: {text}", one.id);
            }
        }
    }
}

/// Returns the lines of three citations of two works, as text.
fn numbered(style: &CslStyle, form: Form) -> Vec<String> {
    let (news, order) = (works::news(), works::order());
    let entries = [
        Entry::new(&news, "news", "p3".parse().unwrap()),
        Entry::new(&order, "order", "para12".parse().unwrap()),
        Entry::new(&news, "news", "p4".parse().unwrap()),
    ];
    let usual = Options::new(Native::named("pk").unwrap(), Format::Text);
    let options = Options { csl: Some(style), form, ..usual };
    let text = String::from_utf8(format(&entries, &options).unwrap()).unwrap();
    text.lines().map(str::to_owned).collect()
}

const ORDER: &str = "Mian Najam-us-Saqib v. Federation of Pakistan (Writ Petition No. 1805 of 2023, \
                     Islamabad High Court), order dated 25.06.2024";

#[test]
fn numbers_count_works_in_the_order_of_first_citation() {
    let ieee = CslStyle::shipped("ieee").unwrap();
    assert_eq!(numbered(&ieee, Form::Citations), ["[1, p. 3]", "[2, Para. 12]", "[1, p. 4]"]);
    // A case has its number in the text, and its own words in the list.
    assert_eq!(
        numbered(&ieee, Form::Bibliography),
        [
            "[1] ‘SC stops IHC from proceeding’, Business Recorder, Aug. 20, 2024. [Online]. \
             Available: https://www.brecorder.com/news/40318224",
            &format!("[2] {ORDER}"),
        ]
    );
    let vancouver = CslStyle::shipped("vancouver").unwrap();
    assert_eq!(numbered(&vancouver, Form::Citations), ["(1)", "(2)", "(1)"]);
    assert_eq!(numbered(&vancouver, Form::Bibliography)[1], format!("2. {ORDER}"));
}

/// A file of somebody: no word on how it cites, the number in the line itself, sorted by title.
const OWN: &str = "<citation><layout prefix=\"[\" suffix=\"]\"><text variable=\"citation-number\"/>\
<text variable=\"locator\" prefix=\": \"/></layout></citation>\
<bibliography>SORT<layout suffix=\".\"><text variable=\"citation-number\" prefix=\"(\" suffix=\") \"/>\
<text variable=\"title\"/></layout></bibliography></style>";

#[test]
fn a_file_of_ones_own_that_cites_by_numbers() {
    let own = CslStyle::parse(&format!("{HEAD}{}", OWN.replace("SORT", ""))).unwrap();
    assert!(own.is_numbered() && !own.sorts_before_numbering());
    assert_eq!(numbered(&own, Form::Citations), ["[1: 3]", "[2: 12]", "[1: 4]"]);
    let list = ["(1) SC stops IHC from proceeding.".to_owned(), format!("(2) {ORDER}")];
    assert_eq!(numbered(&own, Form::Bibliography), list);
    // Sorted before it is numbered: the order of Najam-us-Saqib comes before what SC stops.
    let sort = "<sort><key variable=\"title\"/></sort>";
    let own = CslStyle::parse(&format!("{HEAD}{}", OWN.replace("SORT", sort))).unwrap();
    assert!(own.sorts_before_numbering());
    assert_eq!(numbered(&own, Form::Citations), ["[2: 3]", "[1: 12]", "[2: 4]"]);
    let list = [format!("(1) {ORDER}"), "(2) SC stops IHC from proceeding.".to_owned()];
    assert_eq!(numbered(&own, Form::Bibliography), list);
    // Sorted by the number itself is the order of first citation.
    let sort = "<sort><key variable=\"citation-number\"/></sort>";
    let own = CslStyle::parse(&format!("{HEAD}{}", OWN.replace("SORT", sort))).unwrap();
    assert!(own.is_numbered() && !own.sorts_before_numbering());
}

#[test]
fn numbers_without_their_list_and_places_not_printed_are_warned_of() {
    let vancouver = CslStyle::shipped("vancouver").unwrap();
    let (news, usual) = (works::news(), Options::new(Native::named("pk").unwrap(), Format::Text));
    let options = Options { csl: Some(&vancouver), ..usual };
    let statute = works::statute();
    let entries = [
        Entry::new(&news, "news", "p3".parse().unwrap()),
        Entry::new(&statute, "peca", "s37".parse().unwrap()),
    ];
    let words: Vec<String> =
        super::super::list::warnings(&entries, &options).iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "`NLM/Vancouver: Citing Medicine 2nd edition (citation-sequence)` cites by numbers; \
             `misl export LIST --form list` says which is what",
            "the CSL style does not print the place in news: p3",
            "the CSL style does not print the place in peca: s37",
        ]
    );
}

/// Legal works in styles that know none of Pakistan: what stock styles print wrongly stands nowhere,
/// and a place is printed, or its absence is warned of.
#[test]
fn legal_works_in_csl_styles() {
    let places = |work: &Work| match work.kind {
        crate::model::Kind::Statute | crate::model::Kind::Instrument => "s37",
        crate::model::Kind::Treaty => "art17",
        crate::model::Kind::Order | crate::model::Kind::UnDocument => "para37",
        _ => "p37",
    };
    let usual = Options::new(Native::named("pk").unwrap(), Format::Text);
    for id in shipped_ids() {
        let style = CslStyle::shipped(id).unwrap();
        let options = Options { csl: Some(&style), legal: Legal::Csl, ..usual.clone() };
        for work in works::all() {
            let entries = [Entry::new(&work, "k", places(&work).parse().unwrap())];
            let text = |form| {
                let options = Options { form, ..options.clone() };
                String::from_utf8(format(&entries, &options).unwrap()).unwrap()
            };
            let (cited, list) = (text(Form::Citations), text(Form::Bibliography));
            for never in ["Pub. L", "2016 2016", "2016, 2016", "(1998) 1998", "1998 PLD", "MMXVI"] {
                assert!(!cited.contains(never) && !list.contains(never), "{id}: {cited}{list}");
            }
            let warned = super::super::list::warnings(&entries, &options);
            let is_warned =
                warned.iter().any(|one| one.to_string().contains("does not print the place"));
            let says = ["37", "17"].iter().any(|place| cited.contains(place));
            assert!(says || is_warned, "{id} {:?}: {cited} {warned:?}", work.kind);
        }
    }
}

#[track_caller]
fn refused(xml: &str) -> CslError {
    CslStyle::parse(xml).unwrap_err()
}

#[test]
fn hostile_and_foreign_files_are_refused_by_name() {
    let large = "x".repeat(MAX_BYTES + 1);
    assert_eq!(refused(&large), CslError::TooLarge { bytes: MAX_BYTES + 1 });
    let typed = format!("<!DOCTYPE style [<!ENTITY a \"b\">]>{HEAD}{LAYOUT}");
    assert_eq!(refused(&typed), CslError::DocumentType);
    let juris = format!("{HEAD}{LAYOUT}").replace("version=\"1.0\"", "version=\"1.1mlz1\"");
    assert_eq!(refused(&juris), CslError::JurisM { version: "1.1mlz1".to_owned() });
    let dependent = format!(
        "{}</style>",
        HEAD.replace(
            "</info>",
            "<link href=\"http://www.zotero.org/styles/apa\" rel=\"independent-parent\"/></info>"
        )
    );
    assert_eq!(
        refused(&dependent),
        CslError::Dependent { parent: "http://www.zotero.org/styles/apa".to_owned() }
    );
    let labels = HEAD.replace("</info>", "<category citation-format=\"label\"/></info>");
    assert_eq!(refused(&format!("{labels}{LAYOUT}")), CslError::Labels);
    for text in ["", "<a>", "no style", "<style>", "\u{0}"] {
        assert!(matches!(refused(text), CslError::Invalid { .. }), "{text}");
    }
}

#[test]
fn macros_that_never_end_are_refused() {
    let circle = "<macro name=\"a\"><text macro=\"b\"/></macro><macro name=\"b\"><text macro=\"a\"/></macro>";
    let error = refused(&format!("{HEAD}{circle}{LAYOUT}"));
    assert_eq!(error, CslError::Macros { what: "call each other in a circle" });
    let doubling: String = (0..40)
        .map(|n| {
            let call = format!("<text macro=\"m{}\"/>", n + 1);
            format!("<macro name=\"m{n}\"><group>{call}{call}</group></macro>")
        })
        .collect();
    let error = refused(&format!("{HEAD}{doubling}{LAYOUT}"));
    assert_eq!(error, CslError::Macros { what: "grow too large" });
    let deep = format!(
        "{HEAD}<macro name=\"d\">{}{}</macro>{LAYOUT}",
        "<group>".repeat(5000),
        "</group>".repeat(5000)
    );
    assert_eq!(refused(&deep), CslError::Macros { what: "nest too deep" });
}

#[test]
fn persons_are_cited_by_their_family_names_and_bodies_whole() {
    let options = Options::new(Native::named("pk").unwrap(), Format::Text);
    let apa = CslStyle::shipped("apa-csl").unwrap();
    let print = |authors: &[&str], form| {
        let work = works::byline(crate::model::Kind::Web, 9, authors);
        let entry = Entry::new(&work, "k", Locator::default());
        apa.cite(&entry, form, Standing::default(), &options).unwrap().plain()
    };
    assert_eq!(print(&["Asha Nobody"], CitationForm::First), "(Nobody, 2024)");
    assert_eq!(
        print(&["Example Rights Group"], CitationForm::First),
        "(Example Rights Group, 2024)"
    );
    assert_eq!(print(&["عائشہ نامعلوم"], CitationForm::First), "(عائشہ نامعلوم, 2024)");
    let list = print(&["Noone, Bilal B.", "Carl van der Veen"], CitationForm::List);
    assert!(list.starts_with("Noone, B. B., & van der Veen, C. (2024, July 9)."), "{list}");
}
