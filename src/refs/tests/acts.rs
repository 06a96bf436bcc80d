//! Names and titles of enactments.

use super::*;

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
        &[
            "lk/act/companies-act-2007",
            "lk/act/constitution-lk/art83",
            "lk/act/penal-code/s3",
            "pk/act/peca",
        ],
    );
    check("Ireland: section 5 of the Finance Act 2003 in Dublin", &["ie/act/finance-act-2003/s5"]);
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
fn treaties_in_small_letters() {
    check("the universal declaration of human rights says so", &["un/treaty/udhr"]);
    check("Article 7 of the Rome Statute of the ICC", &["un/treaty/rome-statute/art7"]);
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
            "in/act/constitution-in/art21",
            "ke/act/constitution-ke/art31",
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
