//! The mutation table of the quotation check, row by row.

use super::*;
use crate::model::document::Role;
use crate::model::{Lang, Paragraph};

const B: &str = "The Authority shall not direct any licensee to record more than 4 million calls under section 54 of the Act unless Justice Sattar’s order of 25 June 2024 permits it.";
const U: &str = "عدالت نے پی ٹی اے کو ۲۰ لاکھ صارفین کی نگرانی سے روک دیا";
const OTHER: &str = "The petitioner was told nothing about the tapping of her telephone until the summer of that year.";

/// Returns a document of pages, each of the given paragraphs.
fn document(pages: &[&[(&str, Option<&str>)]]) -> Vec<Page> {
    pages
        .iter()
        .enumerate()
        .map(|(page_idx, paragraphs)| {
            let mut page = Page::empty(PageNo::from_idx(page_idx), PageOrigin::TextLayer);
            for (text, label) in *paragraphs {
                let idx = page.push(text, Role::Body);
                page.paragraphs[idx].label = label.map(str::to_owned);
            }
            page
        })
        .collect()
}

fn usual() -> Vec<Page> {
    document(&[
        &[("In the matter of a petition.", None)],
        &[(OTHER, Some("11")), (B, Some("12")), (U, Some("13"))],
    ])
}

#[track_caller]
fn check(quote: &str, expect: Verdict) {
    check_in(&usual(), quote, None, expect);
}

#[track_caller]
fn check_in(pages: &[Page], quote: &str, at: Option<&str>, expect: Verdict) {
    let at = at.map(|at| at.parse().unwrap());
    let checked = verify(quote, pages, at.as_ref());
    assert_eq!(checked.verdict, expect, "{quote}\n{checked:#?}");
}

/// Returns B with one part replaced; the part must be there.
#[track_caller]
fn changed(from: &str, to: &str) -> String {
    assert!(B.contains(from));
    B.replace(from, to)
}

use Verdict::{
    Exact, MarkedChange, NameChanged, NegationChanged, Nested, NotCheckable, NotFound,
    NumberChanged, OcrLike, Spliced, Typography, WordsAdded, WordsChanged, WordsDropped,
    WrongPlace, WrongSource,
};

#[test]
fn row_01_none() {
    check(B, Exact);
    check("more than 4 million calls", Exact);
}

#[test]
fn row_02_quotes_dashes_spaces() {
    check(&changed("Sattar’s", "Sattar's"), Typography);
    check(&changed("4 million", "4\u{A0}million"), Typography);
    let pages = document(&[&[("a non–bailable offence of 2016–18 was made", None)]]);
    check_in(&pages, "a non-bailable offence of 2016-18 was made", None, Typography);
}

#[test]
fn row_03_hyphens_of_lines() {
    let pages = document(&[&[("direct any licen-\nsee to re\u{AD}cord calls", None)]]);
    check_in(&pages, "direct any licensee to record calls", None, Typography);
}

#[test]
fn row_04_ligatures_and_decomposed_letters() {
    let pages = document(&[&[("the ﬁrst oﬃcer of the caf\u{65}\u{301} said so", None)]]);
    check_in(&pages, "the first officer of the café said so", None, Typography);
}

#[test]
fn rows_05_to_08_numbers() {
    check(&changed("4 million", "6 million"), NumberChanged);
    check(&changed("million", "billion"), NumberChanged);
    check(&changed("section 54", "section 45"), NumberChanged);
    check(&changed("25 June", "26 June"), NumberChanged);
    check(&changed("June", "July"), NumberChanged);
    check(&changed("more than 4 million calls", "more than million calls"), NumberChanged);
}

#[test]
fn rows_09_to_12_negations() {
    check(&changed("shall not direct", "shall direct"), NegationChanged);
    check(&changed("shall not", "may not"), NegationChanged);
    check(&changed("unless", "if"), NegationChanged);
    check(&changed("any licensee", "no licensee"), NegationChanged);
}

#[test]
fn rows_13_and_14_names_and_words() {
    check(&changed("Sattar’s", "Minallah’s"), NameChanged);
    check(&changed("Authority", "Ministry"), WordsChanged);
}

#[test]
fn rows_15_to_18_dropped_and_added() {
    check(&changed(" under section 54 of the Act", ""), WordsDropped);
    check(&changed("under section 54 of the Act", "…"), MarkedChange);
    check(&changed("under section 54 of the Act", "[...]"), MarkedChange);
    check(&changed("shall not direct", "shall … direct"), NegationChanged);
    check(&changed("to record", "to secretly record"), WordsAdded);
}

#[test]
fn a_replaced_word_at_an_end_is_changed_and_not_added() {
    check(&changed("permits it.", "permits them."), WordsChanged);
    check(&changed("permits it.", "allows them."), WordsChanged);
    check(&changed("The Authority shall", "Every Authority shall"), WordsChanged);
    check("shall not direct any licensee to record more than 4 million letters", WordsChanged);
    check("shall not direct any licensee to record less", WordsChanged);
    // What stands behind the end of the sentence was added.
    check(&changed("permits it.", "permits it always."), WordsAdded);
    check(&changed("permits it.", "permits it for the time being."), WordsAdded);
}

#[test]
fn rows_19_and_20_brackets() {
    check(&changed("The Authority", "[PTA]"), MarkedChange);
    check(&changed("The Authority", "[t]he Authority"), MarkedChange);
    check(&changed("shall not", "[may]"), NegationChanged);
    check(&format!("{B} (emphasis added)"), MarkedChange);
}

#[test]
fn rows_21_and_22_spliced() {
    check(
        "The petitioner was told nothing about the tapping unless Justice Sattar’s order of 25 June 2024 permits it.",
        Spliced,
    );
    check(
        "unless Justice Sattar’s order of 25 June 2024 permits it … The Authority shall not direct any licensee",
        Spliced,
    );
}

#[test]
fn row_23_wrong_place() {
    check_in(&usual(), B, Some("p2,para12"), Exact);
    check_in(&usual(), B, Some("p1"), WrongPlace);
    check_in(&usual(), B, Some("para14"), WrongPlace);
    check_in(&usual(), B, Some("para10-13"), Exact);
}

/// Two works; `@one` is that of [`usual`], `@two` says nothing of it.
struct Two;

impl Corpus for Two {
    fn citations(&self, text: &str) -> Vec<Cited> {
        let works = [("@one", 1), ("@two", 2)];
        let found = works.iter().filter_map(|(name, byte)| {
            let at = text.find(name)?;
            Some(Cited {
                span: at..at + name.len(),
                written: (*name).to_owned(),
                id: Some(crate::model::SourceId([*byte; 32])),
                others: Vec::new(),
                at: Locator::default(),
                state: CitedState::Found,
                stands_for: None,
                notes: Vec::new(),
            })
        });
        found.collect()
    }
    fn again(&self, before: &Cited, _text: &str, _tail: Span) -> Cited {
        before.clone()
    }
    fn names(&self, _cited: &Cited) -> Names {
        Names::default()
    }
    fn candidates(&self, _quote: &str) -> Vec<crate::model::SourceId> {
        [1, 2].map(|byte| crate::model::SourceId([byte; 32])).to_vec()
    }
    fn pages(&self, id: crate::model::SourceId) -> Option<Vec<Page>> {
        let other = "Another work speaks of other things and of nothing else.";
        Some(if id.0[0] == 1 { usual() } else { document(&[&[(other, None)]]) })
    }
}

#[test]
fn row_24_wrong_source() {
    for (name, expect) in [("@one", Exact), ("@two", WrongSource)] {
        let draft = format!("He said: “{B}” ({name}).");
        let report = check_draft(&draft, DraftKind::Text, &Two);
        assert_eq!(report.quotations[0].checked.verdict, expect, "{report:#?}");
    }
}

#[test]
fn row_25_invented() {
    check("Surveillance of journalists by the army is hereby declared lawful for ever.", NotFound);
}

#[test]
fn urdu_read_by_ocr_is_never_exact() {
    let words = "عدالت نے درخواست منظور کر لی";
    let mut pages =
        document(&[&[(words, None)], &[("The petition is allowed by this order", None)]]);
    check_in(&pages, words, None, Exact);
    pages.iter_mut().for_each(|page| page.origin = PageOrigin::Ocr);
    check_in(&pages, words, None, OcrLike);
    check_in(&pages, words, Some("p2"), WrongPlace);
    check_in(&pages, "The petition is allowed by this order", None, Exact);
}

#[test]
fn signs_that_a_scan_misread_are_no_other_words() {
    let mut pages =
        document(&[&[("Under the _order-in-original it pays) 5% (or 249-A) of it", None)]]);
    let check_both = |pages: &mut [Page], quote: &str, plain, ocr| {
        pages[0].origin = PageOrigin::TextLayer;
        check_in(pages, quote, None, plain);
        pages[0].origin = PageOrigin::Ocr;
        check_in(pages, quote, None, ocr);
    };
    check_both(&mut pages, "Under the order-in-original it pays", WordsChanged, OcrLike);
    check_both(&mut pages, "the _order-in-original it pays;", WordsChanged, OcrLike);
    // What bears a sense of its own is none of them.
    check_both(&mut pages, "it pays) 5 (or 249-A) of it", NumberChanged, NumberChanged);
    check_both(&mut pages, "it pays) 5% (or 249", NumberChanged, NumberChanged);
}

#[test]
fn numbers_that_a_scan_misread_around_their_digits() {
    let scan = |text: &str| {
        let mut pages = document(&[&[(text, None)]]);
        pages[0].origin = PageOrigin::Ocr;
        pages
    };
    let pages = scan("closed on or before 30” June in case 4, and if (1) he says so");
    check_in(&pages, "closed on or before 30th June in case", None, OcrLike);
    check_in(&pages, "closed on or before 31st June in case", None, NumberChanged);
    check_in(&pages, "before 30 June in case 18-3994 if", None, NumberChanged);
    // A letter that was read as a digit; a digit of the writer's own is never taken for a letter.
    check_in(&pages, "and if (i) he says so", None, OcrLike);
    let pages = scan("under section S4 of the Act he did");
    check_in(&pages, "under section 54 of the Act he did", None, NumberChanged);
    let pages = scan("who is not pennitted to file");
    check_in(&pages, "who is not permitted to file", None, OcrLike);
    let pages =
        scan("given to the Provincial Goverment through him, of one Khairudin through his heirs");
    check_in(&pages, "to the Provincial Government through him", None, OcrLike);
    check_in(&pages, "of one Khairuddin through his heirs", None, NameChanged);
    let pages = scan("it was worth 1.7 million in all");
    check_in(&pages, "it was worth 17 million in all", None, NumberChanged);
}

#[test]
fn a_misread_passage_is_not_pieced_together_from_others() {
    let other = format!(
        "{}Before the learned Special Judge was assailed another one.",
        "Other words. ".repeat(20)
    );
    let mut pages = document(&[
        &[("the order of 1 October passed by the leamed Special Judge was assailed.", None)],
        &[(&other, None)],
    ]);
    let quote = "the order of 1 October passed by the learned Special Judge was assailed";
    check_in(&pages, quote, None, Spliced);
    pages.iter_mut().for_each(|page| page.origin = PageOrigin::Ocr);
    check_in(&pages, quote, None, OcrLike);
    check_in(&pages, quote, Some("p1"), OcrLike);
}

#[test]
fn rows_26_and_27_scans() {
    let mut pages = document(&[&[("the cornmission acted under section 54 of the Act", None)]]);
    check_in(&pages, "the commission acted under section 54 of the Act", None, WordsChanged);
    pages[0].origin = PageOrigin::Ocr;
    check_in(&pages, "the commission acted under section 54 of the Act", None, OcrLike);
    check_in(&pages, "the cornmission acted under section S4 of the Act", None, NumberChanged);
    // A negation that the scanner misread is one all the same where an ellipsis hides it.
    let mut pages = document(&[&[("he acts nnless the court forbids it to him", None)]]);
    check_in(&pages, "he acts … the court forbids it to him", None, MarkedChange);
    pages[0].origin = PageOrigin::Ocr;
    check_in(&pages, "he acts … the court forbids it to him", None, NegationChanged);
}

#[test]
fn rows_28_to_30_case_spelling_value() {
    check(&B.to_uppercase(), Typography);
    let pages = document(&[&[("he may authorise the tapping of lines", None)]]);
    check_in(&pages, "he may authorize the tapping of lines", None, WordsChanged);
    let checked = verify(&changed("4 million", "4,000,000"), &usual(), None);
    assert_eq!(
        (checked.verdict, checked.differences[0].detail.as_str()),
        (WordsChanged, "same value")
    );
}

#[test]
fn row_31_over_a_page_break() {
    let mut pages = document(&[
        &[("The Authority shall not direct any licensee to", Some("12")), ("Page 1 of 9", None)],
        &[("W.P. 1805/2023", None), ("record more than 4 million calls.", None)],
    ]);
    pages[0].paragraphs[1].role = Role::Footer;
    pages[1].paragraphs[0].role = Role::Header;
    let quote = "shall not direct any licensee to record more than 4 million calls";
    let checked = verify(quote, &pages, None);
    assert_eq!(checked.verdict, Exact, "{checked:#?}");
    let place = &checked.places[0];
    assert_eq!((place.page.get(), place.last_page.get()), (1, 2));
    assert_eq!(place.paragraph.as_deref(), Some("12"));
}

#[test]
fn row_32_a_page_without_text() {
    let mut pages = usual();
    pages.push(Page::empty(PageNo::from_idx(2), PageOrigin::TextLayer));
    check_in(&pages, "words that stand on the scanned page alone", Some("p3"), NotCheckable);
    check_in(&[Page::empty(PageNo::FIRST, PageOrigin::TextLayer)], B, None, NotCheckable);
}

#[test]
fn rows_33_to_37_urdu() {
    check(U, Exact);
    check(&U.replace('ی', "ي").replace('ک', "ك"), Typography);
    check(&U.replace("پی ٹی اے", "پی\u{200C}ٹی\u{200C}اے"), Typography);
    let pages = document(&[&[("اسلام آباد ہائیکورٹ نے درخواست منظور کر لی", None)]]);
    check_in(&pages, "اسلام آباد ہائی کورٹ نے درخواست منظور کر لی", None, Typography);
    check(&U.replace("۲۰", "20"), Typography);
    check(&U.replace("۲۰", "۳۰"), NumberChanged);
    check(&U.replace("روک دیا", "روک نہیں دیا"), NegationChanged);
    check(&U.replace("پی ٹی اے", "پی ٹی آئی"), NameChanged);
}

#[test]
fn row_38_every_place() {
    let text = "the law of the land shall prevail";
    let pages = document(&[&[(text, None), (text, None)], &[(text, None)]]);
    let checked = verify("law of the land", &pages, None);
    assert_eq!((checked.verdict, checked.places.len()), (Exact, 3));
}

#[test]
fn a_quotation_inside_the_source_is_nested() {
    let pages = document(&[&[(
        "The order said: “no surveillance is lawful without a warrant”, he wrote.",
        None,
    )]]);
    check_in(&pages, "no surveillance is lawful without a warrant", None, Nested);
    let pages =
        document(&[&[("He wrote “yes”. no surveillance is lawful without a warrant", None)]]);
    check_in(&pages, "no surveillance is lawful without a warrant", None, Exact);
}

#[test]
fn a_long_ellipsis_is_told_and_passes() {
    let long = "The Authority shall direct every licensee in the land, and this is not a light matter for anyone at all, to keep its records.";
    let pages = document(&[&[(long, None)]]);
    let checked =
        verify("The Authority shall direct every licensee … to keep its records.", &pages, None);
    assert_eq!(checked.verdict, MarkedChange, "{checked:#?}");
    assert_eq!(checked.notes, ["the omitted words hold “not”"]);
}

#[test]
fn an_ellipsis_is_read_from_its_nearest_beginning() {
    let text = "The judgment has fifteen pages and was given in open court in the presence of counsel. The judgment no longer stands in law.";
    let pages = document(&[&[(text, None)]]);
    check_in(&pages, "The judgment … longer stands in law", None, NegationChanged);
}

#[test]
fn half_a_word_is_no_quotation() {
    let pages =
        document(&[&[("an application under section 249-A was a non-bailable matter", None)]]);
    check_in(&pages, "an application under section 249", None, NumberChanged);
    check_in(&pages, "bailable matter", None, NegationChanged);
    check_in(&pages, "plication under section", None, WordsChanged);
    check_in(&pages, "under section 249-A", None, Exact);
}

#[test]
fn spaces_hide_nothing() {
    let pages = document(&[&[("it is not able to do so in 4 10 cases", None)]]);
    check_in(&pages, "it is notable to do so", None, NegationChanged);
    check_in(&pages, "to do so in 410 cases", None, NumberChanged);
    let pages = document(&[&[("it fell by -5 percent; is it lawful?", None)]]);
    check_in(&pages, "it fell by 5 percent", None, NumberChanged);
    check_in(&pages, "is it lawful!", None, WordsChanged);
    check_in(&pages, "is it lawful", None, Exact);
}

#[test]
fn never_a_false_exact() {
    // Every one-character change of B: exact must never be said of another text.
    let pages = usual();
    let source = Source::new(&pages);
    let chars: Vec<char> = B.chars().collect();
    let mut n_tried = 0;
    for at in 0..chars.len() {
        for with in [Some('x'), Some('7'), Some(' '), Some('-'), Some('n'), None] {
            let mut other = chars.clone();
            match with {
                Some(c) => other[at] = c,
                None => drop(other.remove(at)),
            }
            let other: String = other.into_iter().collect();
            let same =
                stream::collapse(&other).trim() == B || B.trim_end_matches('.') == other.trim();
            let verdict = source.verify(&other, None).verdict;
            assert!(same || verdict != Exact, "{other}");
            n_tried += 1;
        }
    }
    assert!(n_tried > 900);
}

#[test]
fn digits_and_negations_never_pass_when_changed() {
    let pages = usual();
    let source = Source::new(&pages);
    for (at, c) in B.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        for digit in "0123456789".chars().filter(|digit| *digit != c) {
            let (head, tail) = (B.get(..at).unwrap(), B.get(at + 1..).unwrap());
            let other = format!("{head}{digit}{tail}");
            assert_eq!(source.verify(&other, None).verdict, NumberChanged, "{other}");
        }
    }
}

#[test]
fn hostile_quotations_do_not_panic() {
    let pages = usual();
    for quote in
        ["", "…", "[", "[]]", "█", "((((", "\u{0}", "4", "…[x]…", "a b c d e f g h", "\u{1}"]
    {
        assert!(verify(quote, &pages, None).verdict != Spliced);
        assert!(verify(&quote.repeat(50), &pages, None).verdict != Exact);
    }
    assert_eq!(verify(B, &[], None).verdict, NotCheckable);
    let mut broken = usual();
    broken[0].paragraphs =
        vec![Paragraph { span: 3..9999, lang: Lang::En, ..Paragraph::default() }];
    assert!(
        !verify(B, &broken, None).notes.is_empty() || verify(B, &broken, None).verdict == Exact
    );
}

#[test]
fn hints_name_both_wordings() {
    let hint = |quote: &str, at: Option<&str>| {
        let at = at.map(|at| at.parse().unwrap());
        verify(quote, &usual(), at.as_ref()).hint()
    };
    assert_eq!(hint("shall direct any licensee to record", None), "you: nothing; source: “not”");
    assert_eq!(
        hint("shall not direct any licensee", Some("p1")),
        "you wrote p1; it stands at p2,para12"
    );
    assert_eq!(hint("shall not direct any licensee", None), "");
}

#[test]
fn the_number_of_a_case_is_no_negation_and_a_running_head_no_word() {
    let said = "the jurisdiction that is vested in this Court in terms of Article 199 of the \
                Constitution is not to be exercised";
    for head in ["R.A. NO.02 OF 2031", "'t.A. NO.02 0F 2031\"", "2 R.F.A.No.778/2031"] {
        let pages = document(&[
            &[(
                "He argues that the jurisdiction that is vested in this Court in terms of",
                Some("2"),
            )],
            &[(head, None), ("Article 199 of the Constitution is not to be exercised.", None)],
        ]);
        check_in(&pages, said, None, Exact);
    }
    // The clerk's line and the text below it were read as one paragraph.
    let joined = "2 R.F.A.No.778/2031 Article 199 of the Constitution is not to be exercised.";
    let pages = document(&[
        &[("He argues that the jurisdiction that is vested in this Court in terms of", Some("2"))],
        &[(joined, None)],
    ]);
    check_in(&pages, said, None, Exact);
    // In the midst of a page it is a word like any other, and no negation.
    let pages = document(&[&[(
        "On the ninth day of the month the suit R.F.A. No.778/2031 was filed in haste.",
        None,
    )]]);
    let without = "On the ninth day of the month the suit was filed in haste";
    check_in(&pages, without, None, WordsDropped);
}

#[test]
fn a_place_prefers_the_paragraph_that_was_asked_for() {
    let pages = document(&[
        &[("We went through suit for specific performance.", Some("4"))],
        &[("She filed that suit for specific performance in haste.", Some("9"))],
    ]);
    let at = "p2,para9".parse().unwrap();
    let checked = verify("a suit for specific performance", &pages, Some(&at));
    assert_eq!(checked.places[0].paragraph.as_deref(), Some("9"), "{checked:#?}");
    assert_eq!(checked.source_words.as_deref(), Some("that suit for specific performance"));
}

#[test]
fn an_item_is_within_its_paragraph() {
    let mut pages = document(&[&[
        ("The kites are these:", Some("12")),
        ("(b) the red kite, which is flown by day alone", Some("12(b)")),
        ("and by night by nobody but the owner.", None),
    ]]);
    pages[0].paragraphs[2].number = Some(12);
    for (at, expect) in
        [("para12", Exact), ("para12(b)", Exact), ("para12(a)", WrongPlace), ("para1", WrongPlace)]
    {
        check_in(&pages, "the red kite, which is flown by day alone", Some(at), expect);
        check_in(&pages, "by night by nobody but the owner", Some(at), expect);
    }
}

#[test]
fn a_page_that_ocr_read_is_said_to_be() {
    let mut pages = usual();
    pages[1].origin = PageOrigin::OcrLayer;
    let exact = verify(OTHER, &pages, None);
    assert_eq!(exact.notes, ["page read by OCR, by whoever made the file"]);
    pages[1].origin = PageOrigin::Ocr;
    let other = verify(&changed("record", "keep"), &pages, None);
    assert_eq!((other.verdict, other.hint().ends_with("page read by OCR")), (WordsChanged, true));
}

#[test]
fn the_other_count_of_pages_is_named() {
    let mut pages = usual();
    pages[1].label = Some("202".to_owned());
    let at = "p202".parse().unwrap();
    let hint = verify(OTHER, &pages, Some(&at)).hint();
    let printed = "it stands at p2,para11; 202 is the number printed there: write pl202";
    assert_eq!(hint, format!("you wrote p202; {printed}"));
    let at = "pl2".parse().unwrap();
    let hint = verify(OTHER, &pages, Some(&at)).hint();
    assert!(hint.ends_with("2 is the file's own count: write p2"), "{hint}");
}
