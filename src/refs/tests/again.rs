//! What is named again: `ibid` of notes and reports, cases by their parties, parts of an act's own
//! sections; and titles that are longer than the table's.

use super::*;

const KITES: &str = "IN THE LAHORE HIGH COURT, LAHORE. The Province of Punjab, Pakistan. ";

/// Returns the normal forms of a text that begins as a judgment of Lahore.
fn at_home(text: &str) -> Vec<String> {
    read(&format!("{KITES}{text}"))
}

#[track_caller]
fn home(text: &str, expect: &[&str]) {
    assert_eq!(at_home(text), expect, "{text}");
}

#[test]
fn ibid_of_a_statutes_notes_is_the_amending_act() {
    let first = "pk/act/punjab-kites-amendment-ordinance-1984";
    let second = "pk/act/punjab-kites-amendment-ordinance-2001";
    let order = "pk/act/provisional-kite-order-1999/art5a";
    check(
        "[3] Omitted by the Punjab Kites (Amendment) Ordinance, 1984 (II of 1984). [4] Ibid. [5] Ibid. \
         [6] Added ibid. [7] Added by the Punjab Kites (Amendment) Ordinance, 2001. Under Article 5A of \
         the Provisional Kite Order 1999, it has no limit. [8] Ibid.",
        &[first, first, first, first, second, order, second],
    );
    // A note that names two leaves it open.
    check(
        "[3] Added by the Kite Act, 1984 and omitted by the Kite Repeal Act, 1990. [4] Ibid.",
        &["pk/act/kite-act-1984", "pk/act/kite-repeal-act-1990", ""],
    );
}

#[test]
fn ibid_with_a_page_is_the_report() {
    let (report, ata) = ("pk/pld/1998/sc/388", "pk/act/ata");
    home(
        "The Anti-Terrorism Act, 1997 applies. Khan v. State (PLD 1998 SC 388) was followed. Ibid at p. 390.",
        &[ata, report, report],
    );
    home("The Anti-Terrorism Act, 1997 applies. Section 7 ibid says so.", &[ata, "pk/act/ata/s7"]);
    // A page of what was not read is none of the act's.
    home("The Anti-Terrorism Act, 1997 applies (see ibid, p. 390).", &[ata, ""]);
}

#[test]
fn british_cases_are_named_again_by_their_parties() {
    let start = "The Supreme Court of the United Kingdom in London, England and Wales. ".repeat(20);
    let text = format!(
        "{start}As in Kite v String [2007] 2 AC 432 and Tail v Bow [2012] 1 AC 776 it was held. Both Kite v \
         String and Bow v Tail say so. In String v Other nothing is said. Kite at §12 and String v Kite."
    );
    let appeal = format!(
        "{start}In Kite v String [2017] UKUT 465 (TCC) it was held; the Court of Appeal in Kite v String \
         Limited held more."
    );
    assert_eq!(read(&appeal), ["uk/ukut-tcc/2017/465"]);
    let (first, second) = ("uk/ac/2007/2/432", "uk/ac/2012/1/776");
    assert_eq!(read(&text), [first, second, first, second, first, first]);
}

#[test]
fn parts_of_an_acts_own_sections() {
    let text = "THE PUNJAB KITES ACT, 1974\n\n1. Short title.- (1) This Act may be called the Punjab Kites Act, \
                1974.\n\n12. Retirement.- (1) A flyer shall retire.\n\n(2) No order under clause (i) of \
                sub-section (1) shall be made.\n\n[12-A. Tails.- Subject to sub-section (2) and section 12, it may.]";
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(text, Role::Body);
    let cx = Context { own_title: Some("Punjab Kites Act, 1974"), ..Context::default() };
    let found: Vec<String> =
        find(&[page], &cx, Tables::builtin()).into_iter().map(|one| one.id).collect();
    let own = "pk/act/punjab-kites-act-1974";
    let expect: Vec<String> =
        ["", "", "/s12.1.i", "/s12a.2", "/s12"].iter().map(|part| format!("{own}{part}")).collect();
    assert_eq!(found, expect);
}

#[test]
fn parts_without_brackets_and_around_others() {
    check("sub-Section 2 of Section 21-E of the Anti-Terrorism Act, 1997", &["pk/act/ata/s21e.2"]);
    check(
        "Section 62(9) of the Elections Act, 2017; Clause (d) of subsection (9) says so",
        &["pk/act/elections-act/s62.9", "pk/act/elections-act/s62.9.d"],
    );
    check(
        "u/s 8 (1) as provided by the Kite Flying Act, 2020",
        &["pk/act/kite-flying-act-2020/s8.1"],
    );
    check(
        "Article 85 of the Qanun-e-Shahadat Order, 1984 and its sub-Article (3)",
        &["pk/act/qso/art85", "pk/act/qso/art85.3"],
    );
}

#[test]
fn a_longer_title_is_another_act() {
    check(
        "the National Commission For Human Rights Act 2012",
        &["pk/act/national-commission-for-human-rights-act-2012"],
    );
    check(
        "the Sindh Cooperative Societies, Act, 2020, and section 3 of Act, 2020",
        &[
            "pk/act/sindh-cooperative-societies-act-2020",
            "pk/act/sindh-cooperative-societies-act-2020/s3",
        ],
    );
    check(
        "the University of Education, Lahore Ordinance, 2002",
        &["pk/act/university-of-education-lahore-ordinance-2002"],
    );
    check("the N.W.F.P. Kite Act, 1987", &["pk/act/nwfp-kite-act-1987"]);
    check("Chapter XVI of Police Rules, 1934", &["pk/act/police-rules-1934"]);
    check("Sales Tax General Order No. 3 of 2004", &[]);
    check(
        "the Punjab Government Rules of Business, 2011 (the \"2011 Rules\"). Rule 20 of the 2011 Rules",
        &[
            "pk/act/punjab-government-rules-of-business-2011",
            "pk/act/punjab-government-rules-of-business-2011/r20",
        ],
    );
}

#[test]
fn slips_in_titles_of_known_acts() {
    check("section 302(b) of Pakistan Penal Code, 1898 (P.P.C.)", &["pk/act/ppc/s302.b"]);
    check("Article 81 of the Qanbun-e-Shahadat Order, 1984", &["pk/act/qso/art81"]);
    check(
        "Sections 337- ADF, 147 and 109 of the Pakistan Penal Code, 1860",
        &["pk/act/ppc/s337a", "pk/act/ppc/s147", "pk/act/ppc/s109"],
    );
}

#[test]
fn orders_and_rules_of_the_civil_code() {
    check(
        "Order XXI Rules XXXVII & XL of the CPC. Rule 40 CPC says so",
        &["pk/act/cpc/o21.r37", "pk/act/cpc/o21.r40", "pk/act/cpc/o21.r40"],
    );
    check("Order XXVII-A of C.P.C.", &["pk/act/cpc/o27a"]);
    home(
        "Order V, rule 20, CPC was read; the mandate of Order V was not followed.",
        &["pk/act/cpc/o5.r20", "pk/act/cpc/o5"],
    );
    check(
        "Rule 12.16 of Chapter 12 of the Police Rules, 1934",
        &["pk/act/police-rules-1934/r12.16"],
    );
}

#[test]
fn a_list_without_an_act_takes_none_that_cannot_have_it() {
    // Acts have no articles; what another Constitution lacks is the text's own.
    home(
        "Article 218(3) read with section 8(c) of the Kite Flying Act, 2017. Article 218 of the \
         Constitution is meant.",
        &[
            "pk/act/constitution-pk/art218.3",
            "pk/act/kite-flying-act-2017/s8.c",
            "pk/act/constitution-pk/art218",
        ],
    );
    // `of this Code` may be none that has a name here, and then what follows is its section, too.
    home(
        "Sections 2 to 6 of this Code apply under the Pakistan Telecommunication (Re-organization) Act, \
         1996. Section 7 sets out the rest.",
        &["pk/act/telecom-act"],
    );
}

#[test]
fn numbers_in_other_forms() {
    check("Crl. Misc. No.78015/CB/2023", &["pk/_/crl-misc/2023/78015-cb"]);
    check("another Writ Petition [No.57766/2021]", &["pk/_/wp/2021/57766"]);
    check(
        "FIR No.34 of 2017, 58 of 2017 and 3 of 2017",
        &["pk/_/fir/2017/34", "pk/_/fir/2017/58", "pk/_/fir/2017/3"],
    );
    check("1991 SCC (4) 139 and 1992 SCR (2) 921", &["in/scc/1991/4/139", "in/scr/1992/2/921"]);
}

#[test]
fn a_running_number_is_no_case_named_before() {
    home(
        "W.P. No. 5 of 2023. Messrs Kite Impex was heard. W.P. No. 5 of 2023 goes on. Kite Impex case \
         (supra) was read.",
        &["pk/lhc/wp/2023/5", "pk/lhc/wp/2023/5", ""],
    );
    home(
        "\"Board of Kites through its Secretary, Lahore and another v. Asad Tail and 3 others\" is \
         reported as 2017 PLC (C.S.) 1020; in 2018 SCMR 1425 titled \"Province of Punjab through its Secretary \
         of the Environment, Lahore, and another v. Maqsood String\"; in Maqsood String supra it was held.",
        &["pk/plc-cs/2017/1020", "pk/scmr/2018/1425", "pk/scmr/2018/1425"],
    );
}
