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
