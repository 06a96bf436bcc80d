//! Back-references and short forms.

use super::*;

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
fn parts_belong_to_the_section_named_last() {
    let section = "pk/act/income-tax-ordinance/s122";
    check(
        "Section 122 of the Income Tax Ordinance, 2001 has a sub-section (5A) and a sub section (9).",
        &[section, &format!("{section}.5a"), &format!("{section}.9")],
    );
    check(
        "Section 122 of the Income Tax Ordinance, 2001 knows sub-section (3) or (5).",
        &[section, &format!("{section}.3"), &format!("{section}.5")],
    );
    check(
        "Section 122 of the Income Tax Ordinance, 2001 rules. Subsection (4) of the said provision is plain.",
        &[section, &format!("{section}.4")],
    );
    check(
        "clauses (k) and (l) of section 299, P.P.C.",
        &["pk/act/ppc/s299.k", "pk/act/ppc/s299.l"],
    );
    check(
        "paragraph (g) or (h) of clause (1) of Article 63 of the Constitution of Pakistan",
        &["pk/act/constitution-pk/art63.1.g", "pk/act/constitution-pk/art63.1.h"],
    );
    check(
        "section 8(1)(a) of the Sales Tax Act, 1990 differs from clause (b).",
        &["pk/act/sales-tax-act/s8.1.a", "pk/act/sales-tax-act/s8.1.b"],
    );
    // Nothing names the section, or this one alone.
    check("In Pakistan sub-section (2) is plain, and clause (b) too.", &[]);
    check(
        "The Sales Tax Act, 1990 says in sub-section (2) of this section",
        &["pk/act/sales-tax-act"],
    );
}

#[test]
fn parts_of_a_quoted_section_are_its_own() {
    let act = "pk/act/sales-tax-act";
    let text = "Section 54 of the Sales Tax Act, 1990 says:\n\n54. Power to suspend kites.-(1) The Kite \
         Court may act under section 41 of the Sales Tax Act, 1990.\n\n(2) Before an order under \
         sub-section (1) the owner is heard.";
    assert_eq!(read(text), [format!("{act}/s54"), format!("{act}/s41"), format!("{act}/s54.1")]);
    // Two sections stand near: neither is guessed.
    let text = "Sections 54 and 60 of the Sales Tax Act, 1990 differ.\n\n(2) Before an order under \
         sub-section (1) the owner is heard.";
    assert_eq!(read(text), [format!("{act}/s54"), format!("{act}/s60")]);
}

#[test]
fn the_late_act_is_that_of_the_year_named() {
    let ids = read(
        "The Income Tax Ordinance, 2001 (“the Ordinance”) repealed the Income Tax Ordinance, 1979. \
         Pakistan taxed kites under section 12(18) of the late Ordinance.",
    );
    assert!(ids.contains(&"pk/act/income-tax-ordinance-1979/s12.18".to_owned()), "{ids:?}");
}

#[test]
fn ibid_behind_a_section_or_a_case() {
    let act = "pk/act/sales-tax-act";
    check(
        "Section 41 of the Sales Tax Act, 1990 is clear. Under section 41 ibid kites are taxed.",
        &[&format!("{act}/s41"), &format!("{act}/s41")],
    );
    check(
        "Asad Dell v. State (PLD 1976 SC 57) and PLD 1980 SC 2 differ. In Asad Dell's case, ibid, it was held",
        &["pk/pld/1976/sc/57", "pk/pld/1980/sc/2", "pk/pld/1976/sc/57"],
    );
}

#[test]
fn notes_among_the_text_are_meant_by_their_number() {
    let ids = read(
        "<sup>4</sup> Mary Kite, *Kites*, U.N. Doc. A/HRC/40/60 (2019).\n\n\
         <sup>5</sup> Anna Dell, *Bells*, U.N. Doc. A/HRC/27/37; Ruth Bird, *Eggs*, U.N. Doc. A/HRC/38/35.\n\n\
         <sup>6</sup> Kite, *supra* note 4, at para. 6; Bird, *supra* note 5, at para. 7.",
    );
    let of = |id: &str| ids.iter().filter(|one| *one == id).count();
    assert_eq!(
        (of("un/a-hrc-40-60"), of("un/a-hrc-38-35"), of("un/a-hrc-27-37")),
        (2, 2, 1),
        "{ids:?}"
    );
}

#[test]
fn unmarked_notes_are_meant_where_one_has_the_number() {
    let ids = read(
        "4 Mary Kite, Kites, U.N. Doc. A/HRC/40/60 (2019).\n\n6 Kite, supra note 4, at para. 6.",
    );
    assert_eq!(ids, ["un/a-hrc-40-60", "un/a-hrc-40-60"]);
}

#[test]
fn parts_of_a_quoted_part_are_of_the_same_section() {
    let section = "pk/act/income-tax-ordinance/s122";
    let ids = read(
        "Section 9 and section 122(5A) of the Income Tax Ordinance, 2001 read:\n\n(5A) Subject to \
         sub section (9), kites are taxed.\n\nKites fly.\n\nBirds fly.\n\nBells ring.\n\nSub \
         section (5A) is not negated by subsection (5).",
    );
    let parts = ["5a", "9", "5a", "5"].map(|part| format!("{section}.{part}"));
    assert_eq!(ids.get(1..).unwrap_or_default(), parts, "{ids:?}");
}

#[test]
fn the_code_ibid_and_clauses_behind_articles() {
    let code = "pk/act/crpc";
    check(
        "Section 439 of the Code of Criminal Procedure, 1898 (\u{201c}the Code\u{201d}) is plain. No appeal lies under the Code ibid.",
        &["pk/act/crpc/s439", code],
    );
    check(
        "Article 14, Clause 1 of the Constitution of Pakistan",
        &["pk/act/constitution-pk/art14.1"],
    );
    check("under sections 298^B and 298-C, P.P.C.", &["pk/act/ppc/s298b", "pk/act/ppc/s298c"]);
}

#[test]
fn the_number_of_an_act_behind_a_comma() {
    check(
        "Pakistan: Civil Procedure Code, (V of 1908), O. XL--Attachment of kites",
        &["pk/act/cpc/o40"],
    );
    check(
        "powers under section 19 of the Customs Act, 1969, sub-sections (3) and (6) of section 3 and section 71 of the Sales Tax Act, 1990",
        &[
            "pk/act/customs-act/s19",
            "pk/act/sales-tax-act/s3.3",
            "pk/act/sales-tax-act/s3.6",
            "pk/act/sales-tax-act/s71",
        ],
    );
}

#[test]
fn a_definition_may_stand_in_braces() {
    check(
        "rule 12 of the Punjab Kites (Conduct of Flights) Rules 2013 {hereinafter referred to as, the Rules, \
         2013} and rule 14 of the Rules, 2013",
        &[
            "pk/act/punjab-kites-conduct-of-flights-rules-2013/r12",
            "pk/act/punjab-kites-conduct-of-flights-rules-2013/r14",
        ],
    );
}

#[test]
fn a_court_of_pakistan_means_its_own_constitution() {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push("The powers available under the Constitution are known.", Role::Body);
    let cx = Context { court: Some("lhc"), ..Context::default() };
    let found = find(std::slice::from_ref(&page), &cx, Tables::builtin());
    assert_eq!(found[0].id, "pk/act/constitution-pk");
    assert_eq!(find(&[page], &Context::default(), Tables::builtin()), []);
}

#[test]
fn a_rule_of_the_code_is_one_of_its_orders() {
    check(
        "Order XLI Rule 27 of the Code of Civil Procedure was cited. An application under Rule 27 ibid was made",
        &["pk/act/cpc/o41.r27", "pk/act/cpc/o41.r27"],
    );
}

#[test]
fn rules_may_say_what_they_are_for() {
    check(
        "the Kite Rules for Allotment of Plots to Officers, 2002 (the \u{201C}Rules\u{201D}) say. Rule 5 of the \
         \u{201C}Rules\u{201D} and the \u{201C}Rules\u{201D} are clear",
        &[
            "pk/act/kite-rules-for-allotment-of-plots-to-officers-2002",
            "pk/act/kite-rules-for-allotment-of-plots-to-officers-2002/r5",
            "pk/act/kite-rules-for-allotment-of-plots-to-officers-2002",
        ],
    );
    check(
        "any of the provisions of subsection 1 or 2 of Section 27 of the Kites Act, 2013",
        &["pk/act/kites-act-2013/s27.1", "pk/act/kites-act-2013/s27.2"],
    );
    check(
        "clause (b) of Subsection 3 of Section 27 of the Kites Act, 2013",
        &["pk/act/kites-act-2013/s27.3.b"],
    );
}
