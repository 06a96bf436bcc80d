//! Where references stand, how the document stands to them, queries, hostile texts.

use super::*;

#[test]
fn zones_and_late_years() {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push("W.P. No. 1805/2023", Role::Body);
    page.push("A versus B", Role::Body);
    page.push(
        "Against the judgment dated 1.1.2020 passed in R.F.A. No. 12/2019. See 2077 SCMR 7354.",
        Role::Body,
    );
    let cx = Context { court: Some("ihc"), year: Some(2024), ..Context::default() };
    let found = find(&[page], &cx, Tables::builtin());
    let relations: Vec<Relation> = found.iter().map(|one| one.relation).collect();
    assert_eq!(relations, [Relation::OwnNumber, Relation::AppealFrom, Relation::Cites]);
    let note = found[2].note.as_deref().unwrap();
    assert!(note.contains("pk/scmr/2017/1354"), "{note}");
    assert!(found[2].confidence <= 0.6);
}

#[test]
fn its_own_neutral_citation_and_index_number_are_no_citations() {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Markup);
    page.push("[2022] EWFC 99. It follows [2019] UKSC 22. See ASA 33/0206/2025.", Role::Body);
    let own = ["[2022] EWFC 99".to_owned(), "ASA 33/0206/2025".to_owned()];
    let cx = Context { own_numbers: &own, ..Context::default() };
    let found = find(&[page], &cx, Tables::builtin());
    let relations: Vec<Relation> = found.iter().map(|one| one.relation).collect();
    assert_eq!(relations, [Relation::OwnNumber, Relation::Cites, Relation::OwnNumber]);
}

#[test]
fn over_a_page_break() {
    let mut first = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    first.push("as held (PLD 1995", Role::Body);
    first.push("Page 3 of 9", Role::Footer);
    let mut second = Page::empty(PageNo::from_idx(1), PageOrigin::Plain);
    second.push("W.P. No. 5/2020", Role::Header);
    second.push("SC 12) that", Role::Body);
    let pages = [first, second];
    let found = find(&pages, &Context::default(), Tables::builtin());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].id, "pk/pld/1995/sc/12");
    assert_eq!(pages[0].text.get(found[0].span.clone()), Some("PLD 1995"));
}

#[test]
fn spans_are_those_of_the_source() {
    let text = "see «PLD ۱۹۹۸\nسپریم  کورٹ ۳۸۸» and s. 37(1) PECA";
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(text, Role::Body);
    let found = find(&[page], &Context::default(), Tables::builtin());
    let texts: Vec<&str> = found.iter().filter_map(|one| text.get(one.span.clone())).collect();
    assert_eq!(texts, ["PLD ۱۹۹۸\nسپریم  کورٹ ۳۸۸", "s. 37(1) PECA"]);
}

#[test]
fn queries() {
    let tables = Tables::builtin();
    for (text, ids) in [
        ("WP 2758 of 2023", &["pk/_/wp/2023/2758"][..]),
        ("s. 37 PECA", &["pk/act/peca/s37"]),
        ("s 37 peca", &["pk/act/peca/s37"]),
        ("PLD 1998 SC 388", &["pk/pld/1998/sc/388"]),
        ("PLD 1998 S C 388", &["pk/pld/1998/sc/388"]),
        ("pld 1998 sc 388", &["pk/pld/1998/sc/388"]),
        ("wp 1805/2023", &["pk/_/wp/2023/1805"]),
        ("section 54 telecom act", &["pk/act/telecom-act/s54"]),
    ] {
        let parsed = parse_one(text, tables);
        assert_eq!(parsed.map(|parsed| parsed.ids).unwrap_or_default(), ids, "{text}");
    }
    assert!(parse_one("data retention", tables).is_none());
    let text = "retention PLD 1998 SC 388 pta";
    assert_eq!(parse_at(text, 10, tables).unwrap().span, 10..25);
    assert!(parse_at(text, 0, tables).is_none());
}

mod hostile {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_panic_and_spans_on_borders(parts in proptest::collection::vec(
            prop_oneof![
                Just("PLD "), Just("1998 "), Just("SC "), Just("388"), Just("("), Just(")"), Just("/"), Just("۱۹۹۸"),
                Just("section "), Just("37"), Just("of the "), Just("Act"), Just(", "), Just("2016"), Just("W.P. No. "),
                Just("\n"), Just("دفعہ "), Just("پیکا"), Just("“"), Just("supra"), Just("ibid"), Just("note 3"), Just("U.S. "),
                Just("Rules "), Just("S.R.O. "), Just("A/HRC/"), Just("Order XLI "), Just("é"), Just("-"), Just("["), Just("]"),
                Just("\u{ad}"), Just("ﬁ"), Just("hereinafter "), Just("\""), Just("."), Just("App no "), Just(" s. "), Just("to "),
            ], 0..40)) {
            let text = parts.concat();
            let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
            page.push(&text, Role::Body);
            page.push(&text, Role::Footnote);
            for one in find(&[page.clone()], &Context::default(), Tables::builtin()) {
                prop_assert!(page.text.get(one.span.clone()).is_some());
                prop_assert!(page.text.get(one.whole.clone()).is_some());
                prop_assert!(!one.span.is_empty());
            }
            drop(parse_one(&text, Tables::builtin()));
        }
    }
}

#[test]
fn a_parallel_citation_is_no_pinpoint() {
    let text =
        "England and Wales: Bird v Kite [2011] EWHC 1804 (Fam) [2012] 2 FLR 939 (paras 29 and 30)";
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(text, Role::Body);
    let found = find(&[page], &Context::default(), Tables::builtin());
    let pins: Vec<Option<&str>> = found.iter().map(|one| one.pinpoint.as_deref()).collect();
    assert_eq!(pins, [None, Some("para 29, 30")]);
}

#[test]
fn a_law_report_says_its_court() {
    check(
        "PLJ 2011 Peshawar 83 Before one of them. C.R. No. 830 of 2006 was heard.",
        &["pk/plj/2011/peshawar/83", "pk/phc/cr/2006/830"],
    );
    check(
        "IHC. He approached the Supreme Court of Pakistan through Civil Petition No. 5211 of 2021.",
        &["pk/sc/cp/2021/5211"],
    );
    check("FIR No. 1015, dated 05.09.2011 in Pakistan", &["pk/_/fir/2011/1015"]);
    check(
        "G.A. Res. 53/144 and HRI/GEN/1/Rev.1, CCPR/C/79/Add.83",
        &["un/a-res-53-144", "un/hri-gen-1-rev-1", "un/ccpr-c-79-add-83"],
    );
}

#[test]
fn numbers_of_the_documents_own_kind_are_of_its_court() {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push("Complaint No. 1/2021", Role::Body);
    page.push("A versus B", Role::Body);
    page.push("Complaint No. 5/2021 and Complaint No. 7/2019 are mentioned.", Role::Body);
    let own = ["Complaint No. 1/2021".to_owned()];
    let cx = Context { court: Some("ihc"), own_numbers: &own, ..Context::default() };
    let found = find(&[page], &cx, Tables::builtin());
    let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(
        ids,
        ["pk/ihc/complaint/2021/1", "pk/ihc/complaint/2021/5", "pk/_/complaint/2019/7"]
    );
}
