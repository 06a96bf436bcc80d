//! Sections, articles and rules, and whose they are.

use super::*;

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
fn codes_of_the_united_states() {
    let title = |items: &[&str]| -> Vec<String> {
        items.iter().map(|item| format!("us/usc/{item}")).collect()
    };
    for (text, expect) in [
        ("18 U.S.C. § 2511", &["18/s2511"][..]),
        ("18 US Code 242 and Title 18, United States Code, Section 1001", &["18/s242", "18/s1001"]),
        (
            "18 U.S.C. §§ 2510-2522 and 15 U.S.C. § 78u-4(b)",
            &["18/s2510", "18/s2522", "15/s78u-4.b"],
        ),
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
fn sections_of_rules_are_rules() {
    check(
        "Rule 7 of the Companies (Court) Rules, 1997 read with sub-section (c) of Section 2 thereof",
        &["pk/act/companies-court-rules/r7", "pk/act/companies-court-rules/r2.c"],
    );
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
fn head_notes_of_law_reports() {
    check(
        "Penal Code (XLV of 1860)--- ----Ss. 302 & 34---Criminal Procedure Code (V of 1898), S. 497---Bail",
        &["pk/act/ppc", "pk/act/ppc/s302", "pk/act/ppc/s34", "pk/act/crpc/s497"],
    );
    check("Ss. 561-A & 345 ---Penal Code (XLV of 1860), S. 392", &["pk/act/ppc/s392"]);
    check("S.337 -F, P.P.C. and 382 -B, Cr.P.C.", &["pk/act/ppc/s337f", "pk/act/crpc/s382b"]);
}

#[test]
fn a_section_is_none_of_the_rules_beside_it() {
    check(
        "section 174(2) read with Rule 12 of the Kites Rules, 2002",
        &["pk/act/kites-rules-2002/r12"],
    );
    check(
        "section 122(5A) of the Kites Ordinance, 2001; the Strings Act, 2012. Section 122(5A) ibid",
        &[
            "pk/act/kites-ordinance-2001/s122.5a",
            "pk/act/strings-act-2012",
            "pk/act/kites-ordinance-2001/s122.5a",
        ],
    );
}

#[test]
fn articles_of_the_convention_and_the_covenant() {
    check(
        "The European Court of Human Rights in Strasbourg: Art. 5-3, Art. 6-1 and Article 8 of the Convention; Article 1 of Protocol No. 1",
        &[
            "coe/treaty/echr/art5.3",
            "coe/treaty/echr/art6.1",
            "coe/treaty/echr/art8",
            "coe/treaty/echr-p1/art1",
        ],
    );
    check(
        "Pakistan: the ICCPR binds; see Article 40 of the Covenant",
        &["un/treaty/iccpr", "un/treaty/iccpr/art40"],
    );
}

#[test]
fn orders_and_rules_in_short() {
    check(
        "Civil Procedure Code (V of 1908)-- ----O. XXVI, R. 9 & O. XLIII, R. 1--Civil revision",
        &["pk/act/cpc", "pk/act/cpc/o26.r9", "pk/act/cpc/o43.r1"],
    );
    check("The tales of O. Henry, and of O. I. Kite", &[]);
    check(
        "Section 2(29C) of the Income Tax Ordinance, 2001",
        &["pk/act/income-tax-ordinance/s2.29c"],
    );
}

#[test]
fn sections_of_a_list_may_say_what_they_are_about() {
    check(
        "Section 324 (attempted murder), Section 427 (mischief causing damage), and Sections 148 and 149 \
         (rioting) of the Pakistan Penal Code",
        &["pk/act/ppc/s324", "pk/act/ppc/s427", "pk/act/ppc/s148", "pk/act/ppc/s149"],
    );
}

#[test]
fn bodies_have_constitutions_of_their_own() {
    check("فٹبال فیڈریشن کے آئین میں ترامیم ہوں گی۔ آئین بدلا گیا۔", &[]);
    check("پارٹی آئین بدلا گیا۔", &[]);
    check("عدالت نے کہا آئین سب پر لازم ہے، پارٹی کے آئین پر بھی۔", &["pk/act/constitution-pk"]);
}

#[test]
fn finance_bills_have_fiscal_years() {
    check(
        "The committee took up the Finance Bill 2025-26 of Pakistan.",
        &["pk/bill/finance-2025-26"],
    );
    check(
        "under Rule-4(b)(ii) of the government servants (Efficiency & Discipline) Rules, 1973",
        &["pk/act/government-servants-efficiency-and-discipline-rules-1973/r4.b.ii"],
    );
    check(
        "in terms of Rule 3(a) of the Government Servants (E&D) Rules, 1973",
        &["pk/act/government-servants-efficiency-and-discipline-rules-1973/r3.a"],
    );
}

#[test]
fn initials_of_a_title_with_its_year_are_the_act() {
    check(
        "The Kite Relations Ordinance, 2011 was made. Section 87 of the KRO, 2011 and KRO-2011, not KRO, 2012",
        &[
            "pk/act/kite-relations-ordinance-2011",
            "pk/act/kite-relations-ordinance-2011/s87",
            "pk/act/kite-relations-ordinance-2011",
        ],
    );
    check(
        "section 154 of the Punjab Kite government Act, 2013",
        &["pk/act/punjab-kite-government-act-2013/s154"],
    );
}

#[test]
fn parts_of_sections_count_before_a_short_name() {
    check(
        "converted from 302(b) to 302(c) of the P.P.C. and a case of 9(c) of CNSA",
        &["pk/act/ppc/s302.b", "pk/act/ppc/s302.c", "pk/act/cnsa/s9.c"],
    );
    check("six of the PPC cases, 12 of the PPC cases", &["pk/act/ppc", "pk/act/ppc"]);
}

#[test]
fn what_only_looks_like_a_rule_or_a_title() {
    check("vide Case No.610/Rule-19/2023 (Chapter-11: Part D, Rule-1) of Pakistan", &[]);
    check("O.XVI, R.I, C.P.C", &["pk/act/cpc/o16.r1"]);
    check("Section 13 of the Punjab Act says so.", &[]);
}
