//! How lawyers and law reports of Pakistan refer to what was named before.

use super::*;

/// Reads paragraphs of one page.
fn paragraphs(texts: &[&str]) -> Vec<String> {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    for text in texts {
        page.push(text, Role::Body);
    }
    find(&[page], &Context::default(), Tables::builtin()).into_iter().map(|one| one.id).collect()
}

#[test]
fn the_act_is_the_one_named_last_where_nothing_speaks_for_another() {
    // Only one such act was named so far; another comes later.
    assert_eq!(
        paragraphs(&[
            "Courts under the Kite Offences Act, 1975 sit in Lahore.",
            "Section 5 of the Act says so. The Act is old. It yields to the Feather Act, 1980.",
        ]),
        [
            "pk/act/kite-offences-act-1975",
            "pk/act/kite-offences-act-1975/s5",
            "pk/act/kite-offences-act-1975",
            "pk/act/feather-act-1980",
        ]
    );
    // Two were named beside each other: nothing is guessed.
    assert_eq!(
        paragraphs(&[
            "The Kite Act, 1975 and the Feather Act, 1980 differ. Section 5 of the Act is plain."
        ]),
        ["pk/act/kite-act-1975", "pk/act/feather-act-1980"]
    );
    // One that has a name of its own is called by it.
    assert_eq!(
        paragraphs(&[
            "Under the Kite Act, 1975 it flew.",
            "Time ran under the Feather Act, 1980 (\"Feather Act\").",
            "Hence section 9 of the Act.",
        ]),
        ["pk/act/kite-act-1975", "pk/act/feather-act-1980"]
    );
}

#[test]
fn titles_begin_behind_the_dashes_of_a_head_note() {
    check(
        "----S. 497---West Pakistan Kite Ordinance (XX of 1965), S. 13 -E---Feathered Birds Act (VI of 1908), Ss. 4 & 5---Bail",
        &[
            "pk/act/west-pakistan-kite-ordinance-1965/s13e",
            "pk/act/feathered-birds-act-1908/s4",
            "pk/act/feathered-birds-act-1908/s5",
        ],
    );
    check(
        "Constitution (Ninetieth Amendment) Act, 2031",
        &["pk/act/constitution-ninetieth-amendment-act-2031"],
    );
}

#[test]
fn blanks_inside_words_do_no_harm() {
    assert_eq!(
        read(
            "under Articles 38 and 39 of the Qanun- e-Shahadat Order, 1984 and Qanun -e-Shahadat (10 of 1984), Arts.115 & 125"
        ),
        ["pk/act/qso/art38", "pk/act/qso/art39", "pk/act/qso/art115", "pk/act/qso/art125"]
    );
    assert_eq!(
        read(
            "Under S.100 of Transfe r of Property Act, 1882, and sectio n 54 of t he Contract Act, 1872"
        ),
        ["pk/act/transfer-of-property-act/s100", "pk/act/contract-act/s54"]
    );
    assert_eq!(
        read(
            "The Migrant Kites (Disposal) Act, 1975 was read, and section 30 of the Migran t Kites (Disposal) Act, 1975"
        ),
        ["pk/act/migrant-kites-disposal-act-1975", "pk/act/migrant-kites-disposal-act-1975/s30"]
    );
    check("as envisaged under section 544- A, Cr.P.C. for him", &["pk/act/crpc/s544a"]);
    check("the Constitution of Pakistan, Art.l99 was read", &["pk/act/constitution-pk/art199"]);
}

#[test]
fn a_rule_is_of_the_order_named_before() {
    assert_eq!(
        read(
            "There is a difference between R.2 & R.3 of the O.XVII, C.P.C.; in R. 2 of the said Order no kite flies, under rule 3 one does."
        ),
        ["pk/act/cpc/o17.r2", "pk/act/cpc/o17.r3", "pk/act/cpc/o17.r2", "pk/act/cpc/o17.r3",]
    );
    // Rules of their own were named between.
    assert_eq!(
        read(
            "Order XVII, C.P.C. is one thing, the Kite Rules, 1980 another. Under rule 4 kites fly."
        ),
        ["pk/act/cpc/o17", "pk/act/kite-rules-1980"]
    );
}

#[test]
fn an_article_is_of_an_act_that_has_articles() {
    assert_eq!(
        read(
            "Article 40 of the QSO, like section 27 of the Evidence Act, 1872, is short; so Article 40 ibid was used"
        ),
        ["pk/act/qso/art40", "pk/act/evidence-act/s27", "pk/act/qso/art40"]
    );
    assert_eq!(
        read(
            "The Constitution of Pakistan is silent, but the Limitation Act, 1908 gives three years (Article 113); Article 10-A stands above it"
        ),
        ["pk/act/constitution-pk", "pk/act/limitation-act", "pk/act/limitation-act/art113",]
    );
    check("in violation of Article 10(A) of the Constitution", &["pk/act/constitution-pk/art10a"]);
    check(
        "subsection (2)(b) of section 3 of the Sales Tax Act, 1990",
        &["pk/act/sales-tax-act/s3.2.b"],
    );
}

#[test]
fn what_stands_in_one_place_has_one_reference() {
    // The Act of `section 6 of the Act` is no second reference, and none to another act.
    assert_eq!(
        paragraphs(&[
            "Section 6 of the Kite Awards Act, 2011 (\"Act of 2011\") was used.",
            "He asked for time under section 5 of the Limitation Act, 1908 to file under section 6 of the Act.",
        ]),
        [
            "pk/act/kite-awards-act-2011/s6",
            "pk/act/limitation-act/s5",
            "pk/act/kite-awards-act-2011/s6",
        ]
    );
}

#[test]
fn sections_stand_before_the_short_name_of_their_act() {
    check(
        "he was charged, 505/124 - A/123 -A/34 P.P.C. and 29- B Telegraph Act, with 6/7 ATA in Loralai",
        &[
            "pk/act/ppc/s505",
            "pk/act/ppc/s124a",
            "pk/act/ppc/s123a",
            "pk/act/ppc/s34",
            "pk/act/telegraph-act/s29b",
            "pk/act/ata/s6",
            "pk/act/ata/s7",
        ],
    );
    // Numbers of something else.
    check("as page 34 PPC shows, in para 12 PPC and in 2016 PPC", &["pk/act/ppc"; 3]);
    // The article of the next word is no letter of a section.
    check("section 5 - A person who flies a kite under the PPC", &["pk/act/ppc/s5", "pk/act/ppc"]);
}

#[test]
fn articles_and_their_clauses() {
    check("Article 58-2b of the Constitution", &["pk/act/constitution-pk/art58.2.b"]);
    check("Article 58-2(b) of the Constitution", &["pk/act/constitution-pk/art58.2.b"]);
    check(
        "Clause (1) and Clause (2) of Article 200 of the Constitution",
        &["pk/act/constitution-pk/art200.1", "pk/act/constitution-pk/art200.2"],
    );
    check("Clause (5), Article 73 of the Constitution", &["pk/act/constitution-pk/art73.5"]);
}

#[test]
fn lists_with_parts_and_lost_commas() {
    check(
        "sections 8,(1)(a), 8(1)(caa), 22 and 24(c)(d) of the Customs Act, 1969",
        &[
            "pk/act/customs-act/s8.1.a",
            "pk/act/customs-act/s8.1.caa",
            "pk/act/customs-act/s22",
            "pk/act/customs-act/s24.c",
            "pk/act/customs-act/s24.d",
        ],
    );
    check(
        "Ss. 177, 179 180 181 & 235 of the Cr.P.C.",
        &[
            "pk/act/crpc/s177",
            "pk/act/crpc/s179",
            "pk/act/crpc/s180",
            "pk/act/crpc/s181",
            "pk/act/crpc/s235",
        ],
    );
    // What another act cannot have is not joined to it.
    check(
        "section 20 of PECA read with sections 131, 500 and 504, P.P.C.",
        &["pk/act/peca/s20", "pk/act/ppc/s131", "pk/act/ppc/s500", "pk/act/ppc/s504"],
    );
    check("PLJ 1981 SC 328,1970 SCMR 96", &["pk/plj/1981/sc/328", "pk/scmr/1970/96"]);
    check("Human Rights Case No.10842 -P of 2018", &["pk/sc/hrc/2018/10842-p"]);
    check("wanted in FIR 400/23 of the station", &["pk/_/fir/2023/400"]);
    check("counts of A/153/34 and A/109/34", &[]);
}

#[test]
fn one_title_in_two_spellings_is_one_act() {
    assert_eq!(
        read(
            "The Protection of the People Act, 1976 was read. Section 5 of the Protection of the Peoples Act, 1976 and section 63 of the Act, 1976"
        ),
        [
            "pk/act/protection-of-the-people-act-1976",
            "pk/act/protection-of-the-people-act-1976/s5",
            "pk/act/protection-of-the-people-act-1976/s63",
        ]
    );
    assert_eq!(
        read(
            "The West Pakistan Kite Ordinance (VI of 1959) was read, and section 13(2) of the Ordinance VI of 1959"
        ),
        [
            "pk/act/west-pakistan-kite-ordinance-1959",
            "pk/act/west-pakistan-kite-ordinance-1959/s13.2",
        ]
    );
    check("the Criminal Procedure Code (Cr.P.C.) says", &["pk/act/crpc"]);
    check("Section 29 of the Telegraphic Act, 1885", &["pk/act/telegraph-act/s29"]);
}

#[test]
fn an_enactment_says_what_it_is_called() {
    assert_eq!(
        read(
            "1. (1) This Act may be called the Commission For Kites Act, 2012. 2. The chair is appointed under section 4, as in section 30 of the PPC. It shall act under section 9."
        ),
        [
            "pk/act/commission-for-kites-act-2012",
            "pk/act/commission-for-kites-act-2012/s4",
            "pk/act/ppc/s30",
            "pk/act/commission-for-kites-act-2012/s9",
        ]
    );
}
