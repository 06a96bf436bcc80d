//! Texts of other countries: whose acts they mean, and how their courts cite.

use super::*;

#[test]
fn courts_of_india_name_their_codes_as_those_of_pakistan() {
    let head = "The Bombay High Court in the Union of India. ";
    assert_eq!(
        read(&format!("{head}guilty under Section 34 IPC, Section 161 Cr P.C.")),
        ["in/act/ipc/s34", "in/act/crpc/s161"]
    );
    assert_eq!(
        read(&format!("{head}Section 313 of the Code of Criminal Procedure, 1973")),
        ["in/act/crpc/s313"]
    );
    assert_eq!(
        read(&format!("{head}Section 7 of the Customs Act, 1962")),
        ["in/act/customs-act-1962/s7"]
    );
    assert_eq!(read("In Lahore, under section 161 Cr.P.C."), ["pk/act/crpc/s161"]);
}

#[test]
fn a_constitution_is_that_of_the_text() {
    let head = "Parliament of Fiji. Hansard of Fiji. ";
    assert_eq!(
        read(&format!("{head}Section 133 of the Constitution of the Republic of Fiji")),
        ["fj/act/constitution-fj/s133"]
    );
    assert_eq!(
        read("In Colombo, Sri Lanka, Article 34 (1) of the Constitution"),
        ["lk/act/constitution-lk/art34.1"]
    );
}

#[test]
fn acts_with_their_number_behind_a_comma() {
    assert_eq!(
        read("Colombo, Sri Lanka: the Kite Levy Act, No.18 of 2011 was tabled."),
        ["lk/act/kite-levy-act-2011"]
    );
    check("the Kite Tribunals Act, (LXX of 1973)", &["pk/act/kite-tribunals-act-1973"]);
}

#[test]
fn bills() {
    let head = "House of Representatives of Australia. ";
    assert_eq!(
        read(&format!("{head}Kite Tariff Amendment Bill (No. 2) 1997")),
        ["au/bill/kite-tariff-amendment-no-2-1997"]
    );
    assert_eq!(
        read(&format!("{head}the Kite Powers Bill was read; a Private Bill, Mr Bill Rodgers")),
        ["au/bill/kite-powers"]
    );
}

#[test]
fn a_bill_is_of_pakistan_where_a_place_of_it_is_named() {
    assert_eq!(read("In Lahore the Kite Flying Bill was tabled"), ["pk/bill/kite-flying"]);
    assert!(read("the Kite Flying Bill was tabled").is_empty());
    assert!(read("Lahore met York City Mayor Bill de Blasio").is_empty());
    assert!(read("In Islamabad he laid before the Federal Kite Council a Bill").is_empty());
}

#[test]
fn the_tax_code_where_a_court_says_so() {
    let text = "United States Tax Court. All section references are to the Internal Revenue Code. \
                Under section 6651(a)(1) and I.R.C. sec. 465 he owed it.";
    assert_eq!(read(text), ["us/usc/26", "us/usc/26/s6651.a.1", "us/usc/26/s465"]);
}

#[test]
fn the_code_of_the_united_states_with_the_letter_s() {
    assert_eq!(read("United States: 40 U.S.C. s 270b (1994)"), ["us/usc/40/s270b"]);
}

#[test]
fn id_behind_a_paper_of_the_case_is_no_authority() {
    let text = "United States. Kite v. Reel, 964 F.3d 170 (3d Cir. 2020). The compact says “into Kansas.” \
        1 App. 23–24 (emphasis added). Section 6 says “subject to conditions.” Id., at 33. The other says \
        less. Id., at 25. See Oak v. Elm, 551 U.S. 393 (2007). It was so held. Id., at 399.";
    assert_eq!(read(text), ["us/f3d/964/170", "", "", "us/us/551/393", "us/us/551/393"]);
}

#[test]
fn id_means_no_case_that_is_quoted_in_a_bracket() {
    let text = "United States. Kite v. Reel, 964 F.3d 170 (3d Cir. 2020). Id. at 178 (quoting Oak v. \
                Elm, 650 F.3d 205, 216 (3d Cir. 2011)). See id. at 180.";
    assert_eq!(
        read(text),
        ["us/f3d/964/170", "us/f3d/964/170", "us/f3d/650/205", "us/f3d/964/170"]
    );
}

#[test]
fn the_sign_of_paragraphs_behind_a_british_case() {
    let text = "In the EWHC, England and Wales. Kilbride v Austria [2021] EWHC 1257 (Admin). It \
                follows Kilbride §23 and Kilbride at §25. The Kite Act 2003 says nothing in §7.";
    assert_eq!(
        read(text),
        [
            "uk/ewhc-admin/2021/1257",
            "uk/ewhc-admin/2021/1257",
            "uk/ewhc-admin/2021/1257",
            "uk/act/kite-act-2003"
        ]
    );
}

#[test]
fn a_list_of_names_before_a_case_is_none_of_its_name() {
    let text = "England and Wales. K & L v Italy [2018] EWHC 1808 (Admin); she supplied Reel, K & L \
                and Oak v France [2015] EWHC 3670 (Admin). It follows K & L §47.";
    assert_eq!(
        read(text),
        ["uk/ewhc-admin/2018/1808", "uk/ewhc-admin/2015/3670", "uk/ewhc-admin/2018/1808"]
    );
}

#[test]
fn short_names_and_titles() {
    let head = "England and Wales. ";
    assert_eq!(
        read(&format!(
            "{head}the Kite and Reel Purchase Act (\"KRPA 2004\"). Section 38(6) of the 2004 Act"
        )),
        ["uk/act/kite-and-reel-purchase-act-2004", "uk/act/kite-and-reel-purchase-act-2004/s38.6"]
    );
    assert_eq!(
        read(&format!(
            "{head}s 10 of the Kite Export Act 2003 (KE 2003). Then s 39 of the KE 2003"
        )),
        ["uk/act/kite-export-act-2003/s10", "uk/act/kite-export-act-2003/s39"]
    );
    assert_eq!(
        read(&format!(
            "{head}the Kite Support (General) Regulations 1987 and the Oak Act 1990. Regulation 31(2) of the 1987 Kite Support Regulations"
        )),
        [
            "uk/act/kite-support-general-regulations-1987",
            "uk/act/oak-act-1990",
            "uk/act/kite-support-general-regulations-1987/reg31.2"
        ]
    );
}

#[test]
fn numbers_of_strasbourg_behind_a_name() {
    check(
        "Kite and Others v. Utopia [GC], nos. 58170/13 and 62322/14, § 332",
        &["coe/app/58170-13", "coe/app/62322-14"],
    );
    check("the letter, no. 56672/00, of the ministry", &[]);
}

#[test]
fn an_act_of_the_same_name_lends_its_year_to_no_other_states() {
    assert_eq!(
        read(
            "Pakistan. The UK Prevention of Kites Act 2005 is law. Section 3 of India's Prevention of \
             Kites Act is another."
        ),
        ["uk/act/prevention-of-kites-act-2005", "in/act/prevention-of-kites-act/s3"]
    );
}
