//! The grammar: what is a reference, in every written form, and what is none.

use super::*;
use crate::model::{PageNo, PageOrigin, Relation, Role};

/// Returns `id|pinpoint|note` of every reference of a text.
fn read(text: &str) -> Vec<String> {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(text, Role::Body);
    find(&[page], &Context::default(), Tables::builtin()).into_iter().map(|one| one.id).collect()
}

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    assert_eq!(read(text), expect, "{text}");
    // The same with a line break at each space.
    let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    for at in spaces {
        let mut broken = text.to_owned();
        broken.replace_range(at..=at, "\n");
        assert_eq!(read(&broken), expect, "{broken:?}");
    }
}

#[track_caller]
fn pin(text: &str, expect: &str) {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(text, Role::Body);
    let found = find(&[page], &Context::default(), Tables::builtin());
    assert_eq!(found.first().and_then(|one| one.pinpoint.as_deref()), Some(expect), "{text}");
}

#[test]
fn rows_1_to_12() {
    check("PLD 1998 SC 388 at p. 410", &["pk/pld/1998/sc/388"]);
    pin("PLD 1998 SC 388 at p. 410", "p 410");
    check("PLD 2024 Islamabad 1", &["pk/pld/2024/islamabad/1"]);
    check("2024 SCMR 123", &["pk/scmr/2024/123"]);
    check("see (1998 SCMR 2679) here", &["pk/scmr/1998/2679"]);
    for text in
        ["1968 P Cr. L J 1077", "1968 P.Cr.L.J. 1077", "1968 PCr.LJ 1077", "1968 PCrLJ 1077"]
    {
        check(text, &["pk/pcrlj/1968/1077"]);
    }
    check("2024 PLC (C.S.) 402", &["pk/plc-cs/2024/402"]);
    check("2010 PLC 259", &["pk/plc/2010/259"]);
    check("PLD 2015 Supreme Court 123", &["pk/pld/2015/sc/123"]);
    check("PLD 2015 SC (Pak.) 123", &["pk/pld/2015/sc/123"]);
    check("PLD 1996Supreme Court 543", &["pk/pld/1996/sc/543"]);
}

#[test]
fn rows_13_to_24() {
    check("PLD 2013 SC1", &["pk/pld/2013/sc/1"]);
    check("PLD 1998 Lah. 90", &["pk/pld/1998/lahore/90"]);
    check("1987 CLC [Karachi] 2185", &["pk/clc/1987/2185"]);
    check("2009 YLR 550-Karachi", &["pk/ylr/2009/550"]);
    check("2018 YLR Note 114", &["pk/ylr-n/2018/114"]);
    check("2022 PCRLJ-N 64", &["pk/pcrlj-n/2022/64"]);
    check("2022 S C M R 25", &["pk/scmr/2022/25"]);
    check("PLJ 2010 Cr.C. (Lahore) 123", &["pk/plj-crc/2010/lahore/123"]);
    check("NLR 1986 SCJ 1", &["pk/nlr-scj/1986/1"]);
    check("2023 LHC 5924", &["pk/lhc/2023/5924"]);
    check("2012 IHC 26", &["pk/ihc/2012/26"]);
    check(
        "2016 CLD 393 / 2014 PTD 225 / 2005 MLD 10 / 2019 GBLR 12",
        &["pk/cld/2016/393", "pk/ptd/2014/225", "pk/mld/2005/10", "pk/gblr/2019/12"],
    );
}

#[test]
fn rows_25_to_37_abroad() {
    check("AIR 1963 SC 1295", &["in/air/1963/sc/1295"]);
    check("AIR 1943 PC 83", &["in/air/1943/pc/83"]);
    check("(2017) 10 SCC 1", &["in/scc/2017/10/1"]);
    check("(2015) 11 Supreme Court Cases 493", &["in/scc/2015/11/493"]);
    check("2013 SCC Online Mad 2171", &["in/scc-online/2013/mad/2171"]);
    check("[2019] UKSC 22, [37]", &["uk/uksc/2019/22"]);
    pin("[2019] UKSC 22, [37]", "para 37");
    check("[2020] EWCA Civ 1058", &["uk/ewca-civ/2020/1058"]);
    check("[2019] EWHC 2057 (Admin)", &["uk/ewhc-admin/2019/2057"]);
    check("[1990] 1 AC 109", &["uk/ac/1990/1/109"]);
    check("[1990] AC 109", &["uk/ac/1990/109"]);
    check("(1978) 2 EHRR 214", &["coe/ehrr/2/214"]);
    check("S and Marper v United Kingdom [2008] ECHR 1581", &["coe/echr/2008/1581"]);
    check("App no 47143/06", &["coe/app/47143-06"]);
    check("389 U.S. 347 (1967)", &["us/us/389/347"]);
    check("138 S. Ct. 2206, 2217 (2018)", &["us/s-ct/138/2206"]);
    pin("138 S. Ct. 2206, 2217 (2018)", "p 2217");
}

#[test]
fn rows_38_to_44_cases() {
    for text in
        ["W.P. No. 1805/2023", "WP No 1805/2023", "W.P No.1805-2023", "W. P. No. 1805 of 2023"]
    {
        check(text, &["pk/_/wp/2023/1805"]);
    }
    check("Writ Petition Nos. 1805 and 2758 of 2023", &["pk/_/wp/2023/1805", "pk/_/wp/2023/2758"]);
    check("I.C.A. 45 of 2019", &["pk/_/ica/2019/45"]);
    check("ICA No. 12/2024", &["pk/_/ica/2024/12"]);
    check("Const. P. 77 of 1996", &["pk/_/const-p/1996/77"]);
    check("Constitution Petition No.D-1234 of 2019", &["pk/shc/const-p/2019/d-1234"]);
    check("C.P.L.A. No. 34/2024", &["pk/sc/cpla/2024/34"]);
    check("Civil Petition No. 3597-L of 2023", &["pk/sc/cp/2023/3597-l"]);
    check("Crl. Misc. No. 123-B/2023", &["pk/_/crl-misc/2023/123-b"]);
    check("Suo Motu Case No. 11 of 2011", &["pk/sc/smc/2011/11"]);
    check("H.R.C. No. 3654/2018", &["pk/sc/hrc/2018/3654"]);
    check("FIR No. 16 of 2024", &["pk/_/fir/2024/16"]);
    check("C. R. No. 174-D of 2009", &["pk/_/cr/2009/174-d"]);
    check("W.P. No. 1805/2023 and 2758/2023", &["pk/_/wp/2023/1805", "pk/_/wp/2023/2758"]);
    check("Civil Appeals No. 977 & 978 of 2018", &["pk/_/ca/2018/977", "pk/_/ca/2018/978"]);
    check(
        "Const. Petitions 14 to 17 of 2023",
        &[
            "pk/_/const-p/2023/14",
            "pk/_/const-p/2023/15",
            "pk/_/const-p/2023/16",
            "pk/_/const-p/2023/17",
        ],
    );
}

#[test]
fn rows_45_to_55_law() {
    check(
        "section 54 of the Pakistan Telecommunication (Re-organization) Act, 1996",
        &["pk/act/telecom-act/s54"],
    );
    check(
        "sections 5(2) and 7 of the Telegraph Act, 1885",
        &["pk/act/telegraph-act/s5.2", "pk/act/telegraph-act/s7"],
    );
    check(
        "Investigation for Fair Trial Act, 2013 (IFTA) and s. 4 IFTA",
        &["pk/act/fair-trial-act", "pk/act/fair-trial-act/s4"],
    );
    check("PECA 2016 s. 37", &["pk/act/peca/s37"]);
    check(
        "sections 37, 39 and 42 of PECA",
        &["pk/act/peca/s37", "pk/act/peca/s39", "pk/act/peca/s42"],
    );
    check("s. 37(1) PECA", &["pk/act/peca/s37.1"]);
    check("section 9 of the Prevention of Electronic Crimes Act (PECA), 2016", &["pk/act/peca/s9"]);
    let constitution = |item: &str| format!("pk/act/constitution-pk/art{item}");
    let six: Vec<String> = ["4", "9", "10a", "14", "19", "19a"].map(constitution).to_vec();
    check(
        "Articles 4, 9, 10A, 14, 19 and 19A of the Constitution of the Islamic Republic of Pakistan, 1973",
        &six.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    check("Art. 10-A of the Constitution", &["pk/act/constitution-pk/art10a"]);
    check("u/s 497 Cr.P.C", &["pk/act/crpc/s497"]);
    check("Section 302/34 PPC", &["pk/act/ppc/s302", "pk/act/ppc/s34"]);
    check("Art. 164 QSO", &["pk/act/qso/art164"]);
    check("Article 164 of the Qanun-e-Shahadat Order, 1984", &["pk/act/qso/art164"]);
    check("Code of Criminal Procedure, 1898", &["pk/act/crpc"]);
    check("S.R.O. 1005(I)/2024", &["pk/sro/2024/1005-i"]);
    check("SRO 512(I) of 2022", &["pk/sro/2022/512-i"]);
    check(
        "Rules 4 and 5 of the Removal and Blocking of Unlawful Online Content Rules, 2021",
        &["pk/act/uoc-rules/r4", "pk/act/uoc-rules/r5"],
    );
}

#[test]
fn rows_56_to_62() {
    check("ASA 33/0206/2025", &["ai/asa-33-0206-2025"]);
    check("A/HRC/41/35", &["un/a-hrc-41-35"]);
    check("CCPR/C/PAK/CO/2", &["un/ccpr-c-pak-co-2"]);
    check("A/RES/68/167", &["un/a-res-68-167"]);
    check("PLD 1976 [SC] 57", &["pk/pld/1976/sc/57"]);
    check(
        "sections 452, 506(ii), 324 and 34 PPC",
        &["pk/act/ppc/s452", "pk/act/ppc/s506.ii", "pk/act/ppc/s324", "pk/act/ppc/s34"],
    );
    check("section 249-A CrPC", &["pk/act/crpc/s249a"]);
    check("Z0l0 SCMR 1036", &["pk/scmr/2010/1036"]);
}

#[test]
fn what_is_no_reference() {
    for text in [
        "appeals of 2018 AND 3 others",
        "dated 2019 at 5 p.m.",
        "2008 SCMR 598/2009",
        "2008 ZZZZ 598",
        "order dated 22.11.2021 passed by 3 members",
        "in 2016 All 4 parties",
        "tax 2019 10 percent",
        "PLC 2015",
        "Rs. 2,000 U.S. 5",
        "2021 SCMR T168",
        "for the reasons detailed supra",
        "on 25/03/2024 the 3 members",
        "the facts of this action and the contract",
        "Section Officer, Ministry of Interior",
        "24/7 A/C and E/2",
        "a rule 5 years old",
    ] {
        check(text, &[]);
    }
}

#[test]
fn urdu_forms() {
    check("پی ایل ڈی ۱۹۹۸ سپریم کورٹ ۳۸۸", &["pk/pld/1998/sc/388"]);
    check("۲۰۲۴ ایس سی ایم آر ۱۲۳", &["pk/scmr/2024/123"]);
    check("دفعہ ۳۷ پیکا", &["pk/act/peca/s37"]);
    check("پیکا کی دفعہ ۳۷ کے تحت", &["pk/act/peca/s37"]);
    check("پیکا کی دفعات 29 اور 30", &["pk/act/peca/s29", "pk/act/peca/s30"]);
    check("آئین پاکستان کے آرٹیکل ۱۹۹", &["pk/act/constitution-pk/art199"]);
    check("آرٹیکل ۱۹۹", &["pk/act/constitution-pk/art199"]);
    check("رٹ پٹیشن نمبر 1805/2023", &["pk/_/wp/2023/1805"]);
    check("پاکستان ٹیلی کمیونیکیشن ایکٹ 1996 کے سیکشن 54", &["pk/act/telecom-act/s54"]);
    check("ایس آر او 1005(I)/2024", &["pk/sro/2024/1005-i"]);
    check("PLD ۱۹۹۸ SC ۳۸۸", &["pk/pld/1998/sc/388"]);
}

#[test]
fn short_forms_and_terms() {
    check(
        "Abdul Wali Khan v. State (PLD 1976 SC 57) was followed. In Abdul Wali Khan (Supra) it was held",
        &["pk/pld/1976/sc/57", "pk/pld/1976/sc/57"],
    );
    check(
        "the Companies Act, 2017 (“the Act”). Under section 279 of the Act",
        &["pk/act/companies-act-2017", "pk/act/companies-act-2017/s279"],
    );
    check(
        "the Punjab Foo Bar Act, 1990 applies; section 3 of the Punjab Foo Bar Act too",
        &["pk/act/punjab-foo-bar-act-1990", "pk/act/punjab-foo-bar-act-1990/s3"],
    );
    check("Order XLI Rule 27 CPC", &["pk/act/cpc/o41.r27"]);
    check("Rule 27 of Order XLI, C.P.C.", &["pk/act/cpc/o41.r27"]);
    check(
        "clause (a) of sub-section (1) of section 54 of the PTA Act",
        &["pk/act/telecom-act/s54.1.a"],
    );
    check("18 U.S.C. § 2511(2)(a)", &["us/usc/18/s2511.2.a"]);
}

#[test]
fn sections_joined_and_near() {
    check(
        "Sections 403 and 406 and Sections 421 to 423 (both inclusive) and Section 465 of the PPC",
        &[
            "pk/act/ppc/s403",
            "pk/act/ppc/s406",
            "pk/act/ppc/s421",
            "pk/act/ppc/s422",
            "pk/act/ppc/s423",
            "pk/act/ppc/s465",
        ],
    );
    check(
        "section 3 read together with section 5 of the Limitation Act",
        &["pk/act/limitation-act/s3", "pk/act/limitation-act/s5"],
    );
    check(
        "the PPC is not touched, and the CrPC has been amended, whereby Section 10-A was added",
        &["pk/act/ppc", "pk/act/crpc", "pk/act/crpc/s10a"],
    );
    check(
        "under the PPC and CrPC. The kite flew; section 10 was quoted",
        &["pk/act/ppc", "pk/act/crpc"],
    );
    check(
        "Section 2-b of the CrPC and Section 97A3 of the PPC",
        &["pk/act/crpc/s2.b", "pk/act/ppc/s97a"],
    );
    check(
        "the CrPC applies here, and sections 9 and 19 and Schedule 1 to the PPC too",
        &["pk/act/crpc", "pk/act/ppc/s9", "pk/act/ppc/s19", "pk/act/ppc"],
    );
    check("Rule 57 of the Company (Court) Rules, 1997", &["pk/act/companies-court-rules/r57"]);
    check("under the Arbitration Act No. 19 of 2000 of Zambia", &[]);
}

#[test]
fn written_otherwise() {
    check("2015 CLD 2010 the Court at 12 noon", &["pk/cld/2015/2010"]);
    check("FIR No. 11/23 dated", &["pk/_/fir/2023/11"]);
    check("Criminal Original No. 02/W/2024", &["pk/_/crl-org/2024/2-w"]);
    check("NLR 1981 U.C 175", &["pk/nlr-uc/1981/175"]);
    check(
        "Article 14 read with Section 3 of the Limitation Act, 1908",
        &["pk/act/limitation-act/art14", "pk/act/limitation-act/s3"],
    );
    check(
        "the Foo Bar Act 2016 was made. Under section 94 of the 2016 Act",
        &["pk/act/foo-bar-act-2016", "pk/act/foo-bar-act-2016/s94"],
    );
    check("PLJ 2019 SC (Cr.C.) 153", &["pk/plj-crc/2019/sc/153"]);
    check("PLJ 2022 Cr.C. 101", &["pk/plj-crc/2022/101"]);
    check("PTCL 2000 CL 688", &["pk/ptcl-cl/2000/688"]);
    check("R.F.AsNo.83,84/2014", &["pk/_/rfa/2014/83", "pk/_/rfa/2014/84"]);
    check("Article 189 of the “Constitution”", &["pk/act/constitution-pk/art189"]);
    check(
        "the Colonization of Government Lands Act, 1912 says so; section 19 of the Act of 1912",
        &[
            "pk/act/colonization-of-government-lands-act-1912",
            "pk/act/colonization-of-government-lands-act-1912/s19",
        ],
    );
    check(
        "Section 19 of the Pakistan Citizenship Act, 1951 (the “Citizenship Act”)",
        &["pk/act/pakistan-citizenship-act-1951/s19"],
    );
    check("section 44 of the Police Act", &["pk/act/police-act/s44"]);
    check("Article 6.4 sets out the terms", &[]);
}

#[test]
fn other_countries_acts_are_theirs() {
    check(
        "Sri Lanka: the Companies Act No. 7 of 2007, the CPC, Article 83 of the Constitution and s. 3 of the Penal Code; PECA",
        &["lk/act/companies-act-2007", "lk/act/penal-code/s3", "pk/act/peca"],
    );
    check("Ireland: section 5 of the Finance Act 2003 in Dublin", &["ie/act/finance-act-2003/s5"]);
}

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
fn an_act_in_a_report_on_many_countries_is_not_taken_for_pakistans() {
    let head = "Kites were flown in many places of the world, by night and by day. ".repeat(400);
    let rest = "They were flown in Scotland and in the United States. ".repeat(100);
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(&format!("Pakistan is the first of them. {head}"), Role::Body);
    page.push(&format!("He was tried under Article 301 of the Penal Code. {rest}"), Role::Body);
    page.push("In Pakistan section 295-C of the Penal Code was invoked.", Role::Body);
    let found = find(&[page], &Context::default(), Tables::builtin());
    let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["pk/act/ppc/s295c"]);
}

#[test]
fn a_bill_is_no_act() {
    check("section 2 of the PECA bill", &[]);
    check("clause by clause, section 2 of PECA", &["pk/act/peca/s2"]);
    check("the Amendment Act of 2025 came into force", &[]);
    check(
        "After PECA was passed, the Amendment Act of 2025 came into force",
        &["pk/act/peca", "pk/act/peca-2025"],
    );
    check("the PECA Amendment Act of 2025", &["pk/act/peca-2025"]);
    check(
        "the Tea Houses (Amendment) Act, 2024; the Amendment Act of 2024",
        &["pk/act/tea-houses-amendment-act-2024", "pk/act/tea-houses-amendment-act-2024"],
    );
}

#[test]
fn bare_sections_of_an_act_are_its_own() {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push("under section 37 or of the Telegraph Act, 1885", Role::Body);
    page.push("an order under section 39 of this Act; section 154 of the Code", Role::Body);
    let own = Some("The Prevention of Electronic Crimes Act, 2016");
    let cx = Context { own_title: own, ..Context::default() };
    let ids = |cx: &Context<'_>| -> Vec<String> {
        let found = find(std::slice::from_ref(&page), cx, Tables::builtin());
        found.into_iter().map(|one| one.id).collect()
    };
    let telegraph = "pk/act/telegraph-act";
    assert_eq!(ids(&cx), ["pk/act/peca/s37", telegraph, "pk/act/peca/s39"]);
    let amending = Some("Prevention of Electronic Crimes (Amendment) Act, 2025");
    let cx = Context { own_title: amending, ..cx };
    assert!(!ids(&cx).iter().any(|id| id.starts_with("pk/act/peca")), "{:?}", ids(&cx));
}

#[test]
fn a_short_s_r_o_is_the_full_one_of_the_text() {
    let full = "pk/sro/2024/1005-i";
    check("By S.R.O. 1005(I)/2024 the agency may listen; SRO 1005 is silent", &[full, full]);
    check("SRO 1005 is in force: S.R.O. 1005(I)/2024", &[full, full]);
    check("SRO 1005 alone", &["pk/sro/_/1005"]);
    check(
        "SRO 1005, S.R.O. 1005(I)/2024 and S.R.O. 1005(I)/2019",
        &["pk/sro/_/1005", full, "pk/sro/2019/1005-i"],
    );
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
fn what_the_document_defines_is_meant_again() {
    check(
        "the West Pakistan Urban Rent Restriction Ordinance, 1959 (\"the Ordinance\"), could be; \
         a tenant under the Ordinance, or the said Ordinance, of Pakistan",
        &[
            "pk/act/west-pakistan-urban-rent-restriction-ordinance-1959",
            "pk/act/west-pakistan-urban-rent-restriction-ordinance-1959",
            "pk/act/west-pakistan-urban-rent-restriction-ordinance-1959",
        ],
    );
    check(
        "the Constitution of Pakistan. Under the Constitution it is so.",
        &["pk/act/constitution-pk", "pk/act/constitution-pk"],
    );
    // Others than the one that is meant, and texts that name none.
    for text in [
        "the Constitution Bench of Pakistan sat",
        "the Code of Conduct of Pakistan",
        "the Constitution was amended",
        "the said rules",
        "PECA and the Companies Act, 2017 differ: the Act is silent.",
    ] {
        assert!(
            read(text).iter().all(|id| !id.contains("constitution") && !id.contains("conduct")),
            "{text}"
        );
        assert!(read(text).len() <= 2, "{text}: {:?}", read(text));
    }
}

#[test]
fn the_said_section_is_the_last_one() {
    check(
        "section 166 of the Land Revenue Act, 1967 applies. The said Section is clear.",
        &["pk/act/land-revenue-act/s166", "pk/act/land-revenue-act/s166"],
    );
}

#[test]
fn codes_of_the_united_states() {
    let title = |items: &[&str]| -> Vec<String> {
        items.iter().map(|item| format!("us/usc/{item}")).collect()
    };
    for (text, expect) in [
        ("18 U.S.C. § 2511", &["18/s2511"][..]),
        ("18 US Code 242 and Title 18, United States Code, Section 1001", &["18/s242", "18/s1001"]),
        ("18 U.S.C. §§ 2510-2522 and 15 U.S.C. § 78u-4(b)", &["18/s2510", "15/s78u-4.b"]),
        ("42 U.S.C. §§ 2000cc-2000cc-5", &["42/s2000cc"]),
        (
            "28 U.S.C. § 1292(a)(1) of the United States; under section 1292(a)(1) it lies",
            &["28/s1292.a.1", "28/s1292.a.1"],
        ),
        ("28 U.S.C. § 1291 (United States). Id. § 1292(a)(1).", &["28/s1291", "28/s1292.a.1"]),
    ] {
        assert_eq!(read(text), title(expect), "{text}");
    }
    check(
        "Article I of the U.S. Constitution; the United States and the Guarantee Clause of Article IV; \
         Comment on Art. V of a compact",
        &["us/const/us-constitution/art1", "us/const/us-constitution/art4"],
    );
    check(
        "Example v. Example, 459 F. Supp. 3d 273 (United States). See id. at 281; id. at 287.",
        &["us/f-supp-3d/459/273", "us/f-supp-3d/459/273", "us/f-supp-3d/459/273"],
    );
}

#[test]
fn schedules_stand_in_the_pinpoint() {
    for (text, id, expect) in [
        (
            "paragraph 17(1) of Schedule 4 to the Transport Act 1985 in the United Kingdom",
            "uk/act/transport-act-1985",
            "sch 4 para 17(1)",
        ),
        (
            "clause IV of Part I of the Fourth Schedule of the Companies Act, 2017",
            "pk/act/companies-act-2017",
            "sch 4 part I clause IV",
        ),
        (
            "Schedule 8 to the Policing and Crime Act 2009 (United Kingdom)",
            "uk/act/policing-and-crime-act-2009",
            "sch 8",
        ),
    ] {
        assert_eq!(read(text), [id], "{text}");
        pin(text, expect);
    }
}

#[test]
fn titles_that_are_lists() {
    check(
        "the Tribunals, Courts and Enforcement Act 2007 of the United Kingdom, and the Anti-social \
         Behaviour etc. (Scotland) Act 2004",
        &[
            "uk/act/tribunals-courts-and-enforcement-act-2007",
            "uk/act/anti-social-behaviour-etc-scotland-act-2004",
        ],
    );
}

#[test]
fn a_party_with_brackets_in_its_name() {
    let text = "Presson-Example International (Private) Limited v. Joint Registrar (PLD 2020 Lahore 869) \
                held so. In Presson-Example International (Private) Limited (Supra) it was said.";
    check(text, &["pk/pld/2020/lahore/869", "pk/pld/2020/lahore/869"]);
}

#[test]
fn urdu_names_are_whole_words() {
    check("وہ مسلسل برسرِ پیکار ہیں", &[]);
    check("دفعہ 37 پیکا کے تحت", &["pk/act/peca/s37"]);
    check("پرانا دستور تھا", &[]);
}

#[test]
fn acts_of_westminster() {
    check(
        "section 112 and schedule 8 of the Policing and Crime Act 2009 (United Kingdom); the 2009 Act",
        &[
            "uk/act/policing-and-crime-act-2009/s112",
            "uk/act/policing-and-crime-act-2009",
            "uk/act/policing-and-crime-act-2009",
        ],
    );
    check(
        "section 11 … of the Transport Act 1985 (United Kingdom)",
        &["uk/act/transport-act-1985/s11"],
    );
    check("Attorney General's Reference (No 3 of 1999), England and Wales", &[]);
}

#[test]
fn sections_of_rules_are_rules() {
    check(
        "Rule 7 of the Companies (Court) Rules, 1997 read with sub-section (c) of Section 2 thereof",
        &["pk/act/companies-court-rules/r7", "pk/act/companies-court-rules/r2.c"],
    );
}

#[test]
fn what_a_run_over_many_laws_showed() {
    // Codes that count by title, numbers of orders.
    let text = "§ 47-1806.08 of the District of Columbia Official Code; the Housing Act of 2002";
    assert!(read(text).iter().all(|id| !id.contains("/s")), "{:?}", read(text));
    check("Mayor's Order 2009-125 of the United States", &[]);
    assert_eq!(
        read("the Telecommunications Act; see § 28:9-102 and § 28:1-201(b)(8)"),
        read("the Telecommunications Act")
    );
    // The suffix of a special court is a part of the number, and no act.
    let appeal = read("Criminal Appeal No. 43-ATA of 2021");
    assert!(appeal.iter().all(|id| !id.contains("/ata")) && appeal.len() == 1, "{appeal:?}");
    assert!(appeal.iter().any(|id| id.ends_with("2021/43-ata")), "{appeal:?}");
    // Words that open a title, and words that stand before one.
    check("the Central Bank Act 1971 of Ireland", &["ie/act/central-bank-act-1971"]);
    check(
        "Amendment of Medical Practitioners Act 2007 (Ireland)",
        &["ie/act/medical-practitioners-act-2007"],
    );
    // A law of another country with the name and the year of one of the table.
    check(
        "the Telecommunications Act of 1996, United States",
        &["us/act/telecommunications-act-1996"],
    );
}

#[test]
fn terms_and_initials() {
    check(
        "the State Owned Enterprises (Governance and Operations) Act, 2023 is clear. The drafting of the SOE Act is not",
        &[
            "pk/act/state-owned-enterprises-governance-and-operations-act-2023",
            "pk/act/state-owned-enterprises-governance-and-operations-act-2023",
        ],
    );
    let act = "uk/act/administration-of-justice-miscellaneous-provisions-act-1933";
    check(
        "United Kingdom: the Administration of Justice (Miscellaneous Provisions) Act 1933 was read. At the time of the 1933 Act the signature was",
        &[act, act],
    );
    check(
        "Ireland: “the Act of 1852” means the Valuation (Ireland) Act, 1852; section 3 of the Act of 1852",
        &["ie/act/valuation-ireland-act-1852", "ie/act/valuation-ireland-act-1852/s3"],
    );
    check(
        "Ireland: “Principal Act” means the Kite Regulation Act, 1924. Section 4 of the Principal Act",
        &["ie/act/kite-regulation-act-1924", "ie/act/kite-regulation-act-1924/s4"],
    );
}

#[test]
fn acts_by_year_and_by_acronym() {
    check(
        "the Punjab Rented Premises Act, 2009 came after the Ordinance; section 26 of PRPA, under the Act, 2009 and section 3 of that Act",
        &[
            "pk/act/punjab-rented-premises-act-2009",
            "pk/act/punjab-rented-premises-act-2009/s26",
            "pk/act/punjab-rented-premises-act-2009",
            "pk/act/punjab-rented-premises-act-2009/s3",
        ],
    );
    check(
        "the Limitation Act, 1908 and the Kite Act, 1990: section 4 of that Act",
        &["pk/act/limitation-act", "pk/act/kite-act-1990", "pk/act/kite-act-1990/s4"],
    );
    check("section 26 of ABCD", &[]);
}

#[test]
fn short_names_in_many_forms() {
    for name in
        ["“Asad Dell” case (supra)", "Asad Dell’s case supra", "Asad Dell and 3 others (Supra)"]
    {
        check(
            &format!(
                "Asad Dell v. State (PLD 1976 SC 57) was followed. The law of {name} is plain"
            ),
            &["pk/pld/1976/sc/57", "pk/pld/1976/sc/57"],
        );
    }
}

#[test]
fn a_paragraph_number_is_no_section() {
    check(
        "under Section 199 of the Companies Act, 2017 and under the said Section. 3. The appellant came",
        &["pk/act/companies-act-2017/s199", "pk/act/companies-act-2017/s199"],
    );
    check(
        "the Elections Act, 2017; section 62 (Scrutiny) of the Act of 2017",
        &["pk/act/elections-act", "pk/act/elections-act/s62"],
    );
}

#[test]
fn treaties_in_small_letters() {
    check("the universal declaration of human rights says so", &["un/treaty/udhr"]);
    check("Article 7 of the Rome Statute of the ICC", &["un/treaty/rome-statute/art7"]);
}

#[test]
fn schedules_without_their_act() {
    check(
        "clause IV of Part I of the Fourth Schedule of the Companies Act, 2017 read with clause 17 of the Fifth Schedule. The reserve of clause IV of Part I of the Fourth Schedule is another",
        &["pk/act/companies-act-2017", "pk/act/companies-act-2017", "pk/act/companies-act-2017"],
    );
    check("clause 17 of the Fifth Schedule is unclear", &[]);
}

#[test]
fn orders_of_the_code_of_civil_procedure() {
    check("Order XXXVII of the Code of Civil Procedure, 1908", &["pk/act/cpc/o37"]);
    check("Under three years XXXVII of the Code of Civil Procedure", &["pk/act/cpc/o37"]);
    check("Part II of the Code of Civil Procedure", &["pk/act/cpc"]);
    for text in [
        "u/o XXXIX, Rule 1 & 2, CPC",
        "u/s XXXIX, Rule 1 & 2, CPC",
        "Orde XXXIX Rules 1 & 2 of CPC",
    ] {
        check(text, &["pk/act/cpc/o39.r1", "pk/act/cpc/o39.r2"]);
    }
    check("Provisions of S.24, C.P.C furthermore expressly empowered", &["pk/act/cpc/s24"]);
    check("Part XII rule 3 of the Supreme Court Rules, 1980", &["pk/act/supreme-court-rules/r3"]);
}

#[test]
fn american_short_forms() {
    check(
        "Kite v. Bird, 560 U. S. 330, 335 (2010) United States. See 560 U. S., at 340, and 560 U. S., at ___; 568 U. S. ___ (2013)",
        &["us/us/560/330", "us/us/560/330", "us/us/560/330", "us/us/568/_"],
    );
    check("42 U.S.C. §§ 2000cc-2000cc-5", &["us/usc/42/s2000cc"]);
}

#[test]
fn cases_by_their_short_names() {
    check(
        "United Kingdom: MA (Cart JR: effect) Pakistan [2019] UKUT 353 (IAC) held so. He relied upon paragraph 40 of MA and on Lord Kite at [12]. Another is in MA at [42].",
        &["uk/ukut-iac/2019/353", "uk/ukut-iac/2019/353", "uk/ukut-iac/2019/353"],
    );
    check(
        "United Kingdom: paragraph 4 of Bird; Kite v Bird [2019] UKSC 1 and Bird v Dell [2020] UKSC 2; paragraph 4 of Bird",
        &["uk/uksc/2019/1", "uk/uksc/2020/2"],
    );
}

#[test]
fn titles_abroad_keep_their_first_words() {
    check(
        "D.C. Law: section 2 of the Department of the Environment Establishment Act of 2005",
        &["us/act/department-of-the-environment-establishment-act-2005/s2"],
    );
    check(
        "D.C. Law: the Fiscal Year 2015 Budget Support Clarification Act of 2014 applies",
        &["us/act/fiscal-year-2015-budget-support-clarification-act-2014"],
    );
    check(
        "D.C. Law: Part VIIA of the Kite Regulation Act of 1984",
        &["us/act/kite-regulation-act-1984"],
    );
    check(
        "section 99 of the Representation of the People Act, 1976",
        &["pk/act/representation-of-the-people-act-1976/s99"],
    );
}

#[test]
fn an_amending_text_guesses_nothing() {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(
        "The Kites (Amendment) Act, 2020. Section 4 of the Kites Act, 1990 is amended.",
        Role::Body,
    );
    page.push("Nothing in section 4 or section 7 applies.", Role::Body);
    let ids = |own_title| {
        let cx = Context { own_title, ..Context::default() };
        find(std::slice::from_ref(&page), &cx, Tables::builtin()).len()
    };
    assert!(ids(Some("Kites (Amendment) Act, 2020")) == 2 && ids(None) > 2);
}

#[test]
fn a_definition_has_clauses() {
    check("Section 2-b of the Civil Servants Act, 1973", &["pk/act/civil-servants-act/s2.b"]);
    check("section 489-f PPC", &["pk/act/ppc/s489f"]);
    check(
        "United Kingdom: section 104 (Pending appeal) of the Asylum Act 2002",
        &["uk/act/asylum-act-2002/s104"],
    );
}

#[test]
fn acts_of_other_states_in_a_text_of_ours() {
    check(
        "Pakistan: section 5 of the Nigerian Cybercrimes Act, 2015; India's Kite Technology Act, 2000; the UK Online Kites Act 2023; the Data Kites Act 2018 of Ireland; the Evidence of Kites Act, 2001 (Kenya)",
        &[
            "ng/act/nigerian-cybercrimes-act-2015/s5",
            "in/act/kite-technology-act-2000",
            "uk/act/online-kites-act-2023",
            "ie/act/data-kites-act-2018",
            "ke/act/evidence-of-kites-act-2001",
        ],
    );
    check(
        "Pakistan: Article 301 of the Turkish Penal Code and section 302 of the Penal Code",
        &["tr/act/penal-code/art301", "pk/act/ppc/s302"],
    );
    check("Pakistan: the Indian Telegraph Act, 1885", &["pk/act/telegraph-act"]);
    check("Pakistan: the UK Act, 2016 was read", &[]);
    check(
        "Pakistan: Article 21 of the Constitution of India, Article 31 of the Kenyan Constitution and Article 9 of the Constitution",
        &[
            "in/const/constitution/art21",
            "ke/const/constitution/art31",
            "pk/act/constitution-pk/art9",
        ],
    );
}

#[test]
fn titles_in_quotation_marks_are_whole() {
    check(
        "D.C. Law: may be cited as the \"Time to Dispose of the Kite Theater Emergency Act of 2015\"",
        &["us/act/time-to-dispose-of-the-kite-theater-emergency-act-2015"],
    );
    check(
        "D.C. Law: Enrolled Original Kite Theater Emergency Act of 2015",
        &["us/act/kite-theater-emergency-act-2015"],
    );
    check("D.C. Law: Codification Kite Theater Act of 2015", &["us/act/kite-theater-act-2015"]);
    check("the \"kite\" rule of the Punjab Kites Act, 2019", &["pk/act/punjab-kites-act-2019"]);
}

#[test]
fn orders_under_an_act_and_public_order() {
    check(
        "United Kingdom: the Kites Act 2012 (Guidance on the Making or Renewing of Strings) Order 2013",
        &["uk/act/kites-act-2012-guidance-on-the-making-or-renewing-of-strings-order-2013"],
    );
    check(
        "United Kingdom: the Kite Justice and Public Order Act 1994",
        &["uk/act/kite-justice-and-public-order-act-1994"],
    );
}

#[test]
fn sections_without_a_blank() {
    check("under section 382-BCr.P.C he", &["pk/act/crpc/s382b"]);
    check("u/s 302PPC", &["pk/act/ppc/s302"]);
    check("offence u/s 10(2) 1885 Telegraph Act", &["pk/act/telegraph-act/s10.2"]);
    check(
        "Rule 21 (Volume-I, Chapter 1, Part-G) of the Lahore High Court Rules and Orders",
        &["pk/act/lahore-high-court-rules-and-orders/r21"],
    );
    check(
        "England and Wales: s20 of the Children Act 1989 and ss37 and 38 of the Children Act 1989; an S3 bucket, s5",
        &[
            "uk/act/children-act-1989/s20",
            "uk/act/children-act-1989/s37",
            "uk/act/children-act-1989/s38",
        ],
    );
}

#[test]
fn the_constitution_of_the_united_states() {
    check(
        "See U.S. Const. amend. I; U.S. Const. amend. XIV, § 1; U.S. Const. art. I, § 8, cl. 3.",
        &[
            "us/const/us-constitution/amend1",
            "us/const/us-constitution/amend14.1",
            "us/const/us-constitution/art1.8.3",
        ],
    );
}

#[test]
fn a_bare_section_is_of_the_only_act_of_its_paragraph() {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push("The Kites Act, 1990 and the Strings Act, 1991 are read.", Role::Body);
    page.push(
        "The Strings Act, 1991 is short. It was drafted in a hurry. What section 7 says is plain.",
        Role::Body,
    );
    page.push("What section 8 says is not.", Role::Body);
    let found = find(&[page], &Context::default(), Tables::builtin());
    let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
    let strings = "pk/act/strings-act-1991";
    assert_eq!(ids, ["pk/act/kites-act-1990", strings, strings, "pk/act/strings-act-1991/s7"]);
}

#[test]
fn a_bare_section_in_a_quotation_is_of_the_act_that_is_quoted() {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push("The Kites Act 2010 and the Strings Act 1991 of the United Kingdom.", Role::Body);
    page.push("Section 12 of the 2010 Act provides:-", Role::Body);
    page.push("“(1) Proceedings on a complaint within section 20 are late", Role::Body);
    page.push("(2) when section 21 says so.”", Role::Body);
    page.push("What section 22 says is not known.", Role::Body);
    page.push(
        "It is not said under which section of the 2010 Act he sues: it is s 45.",
        Role::Body,
    );
    let found = find(&[page], &Context::default(), Tables::builtin());
    let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
    let kites = "uk/act/kites-act-2010";
    let sections = ["s12", "s20", "s21"].map(|section| format!("{kites}/{section}"));
    let last = format!("{kites}/s45");
    let expect: Vec<&str> = [kites, "uk/act/strings-act-1991"]
        .into_iter()
        .chain(sections.iter().map(String::as_str))
        .chain([kites, last.as_str()])
        .collect();
    assert_eq!(ids, expect);
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
