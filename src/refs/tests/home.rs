//! Forms of Pakistani orders and law reports that blind readers found.

use super::*;

#[test]
fn the_act_ibid_is_no_amending_one() {
    check(
        "the Punjab Land Revenue Act, 1967. By the Punjab Land Revenue (Amendment) Act, 2012 it was amended. Section 135 of the Act ibid",
        &[
            "pk/act/land-revenue-act",
            "pk/act/punjab-land-revenue-amendment-act-2012",
            "pk/act/land-revenue-act/s135",
        ],
    );
}

#[test]
fn orders_and_rules_of_the_code() {
    check("under O.IX, C.P.C. or", &["pk/act/cpc/o9"]);
    check("the provisions of rule -8 of Order IX, C.P.C.", &["pk/act/cpc/o9.r8"]);
    assert_eq!(read("Rule 3 of  Order XVII, C.P.C."), ["pk/act/cpc/o17.r3"]);
}

#[test]
fn sections_with_blanks_around_the_dash() {
    check("Section 24- A of the General Clauses Act, 1897", &["pk/act/general-clauses-act/s24a"]);
}

#[test]
fn numbers_of_sindh_and_crimes() {
    check("C. P No. D - 1099 of 2023", &["pk/shc/cp/2023/d-1099"]);
    check("CP No. D- 2963 of 2017", &["pk/shc/cp/2017/d-2963"]);
    check("Crime No.568/2021 of the police station", &["pk/_/fir/2021/568"]);
}

#[test]
fn numbers_in_brackets_say_which_act_it_is() {
    check("Crimin al Procedure Code (V of 1898)", &["pk/act/crpc"]);
    check(
        "Kite Benefits Act,1961 Act LIII of 1961) (hereinafter referred to as 'the Act'). s.5 of the Act",
        &["pk/act/kite-benefits-act-1961", "pk/act/kite-benefits-act-1961/s5"],
    );
}

#[test]
fn the_second_part_of_a_section() {
    check(
        "Sections 506/2, 337-A(i) and 504 PPC",
        &["pk/act/ppc/s506.2", "pk/act/ppc/s337a.i", "pk/act/ppc/s504"],
    );
    check("under section 302/34 PPC", &["pk/act/ppc/s302", "pk/act/ppc/s34"]);
}

#[test]
fn petitions_under_the_constitution_called_by_two_letters() {
    let head = "Supreme Court of Pakistan. Constitution Petition No. 77 of 2011. ";
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(&format!("{head}In CP 77/2011 and in CP 12/2010."), Role::Body);
    let cx = Context { court: Some("scp"), ..Context::default() };
    let found = find(&[page], &cx, Tables::builtin());
    let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["pk/sc/const-p/2011/77", "pk/sc/const-p/2011/77", "pk/sc/cp/2010/12"]);
}

#[test]
fn a_symbol_with_its_volume() {
    check("see HRI/GEN/1/Rev.9 (Vol. I) of it", &["un/hri-gen-1-rev-9-vol-i"]);
}

#[test]
fn parts_beside_each_other() {
    check(
        "Section 465(a), (c)(3)(A) of the Kite Act, 1999",
        &["pk/act/kite-act-1999/s465.a", "pk/act/kite-act-1999/s465.c.3.a"],
    );
    check(
        "Section 7(2)(a) and (b) of the Kite Act, 1999",
        &["pk/act/kite-act-1999/s7.2.a", "pk/act/kite-act-1999/s7.2.b"],
    );
}

#[test]
fn the_court_of_a_text_in_one_paragraph_is_the_one_that_opens_it() {
    let head = "IN THE SUPREME COURT OF PAKISTAN (Appellate Jurisdiction) Present: Justice Mira Dell \
        Civil Petition No. 4753 of 2025. (Against the judgment dated 02.09.2025) Kite Board, through \
        its Petitioner(s) Versus Nadir Respondent(s) ORDER MIRA DELL, J.- ";
    assert_eq!(
        read(&format!("{head}In Civil Petition No. 4753 of 2025 leave is sought.")),
        ["pk/sc/cp/2025/4753", "pk/sc/cp/2025/4753"]
    );
    // A sentence that begins with a court is no head.
    assert_eq!(
        read("The Supreme Court of Pakistan has heard it. Miscellaneous Application No. 9 of 2025"),
        ["pk/_/cm/2025/9"]
    );
}

#[test]
fn a_number_named_with_its_court_is_of_that_court_everywhere() {
    let head = "Against the order of the Islamabad High Court, Islamabad, passed in C.M. No. 140 of 2011. ";
    let ids = |text: &str| {
        let cx = Context { court: Some("scp"), ..Context::default() };
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        page.push(text, Role::Body);
        let found = find(&[page], &cx, Tables::builtin());
        found.into_iter().map(|one| one.id).collect::<Vec<_>>()
    };
    assert_eq!(
        ids(&format!("{head}Then C.M. No. 140 of 2011 was allowed, and C.M. No. 141 of 2011 not.")),
        ["pk/ihc/cm/2011/140", "pk/ihc/cm/2011/140", "pk/sc/cm/2011/141"]
    );
    // Two courts have the same number: nothing is known of a third mention.
    let two = "The Lahore High Court, Multan Bench, passed in C.M. No. 140 of 2011 another order. ";
    assert_eq!(
        ids(&format!("{head}{two}Then C.M. No. 140 of 2011 was allowed.")),
        ["pk/ihc/cm/2011/140", "pk/lhc/cm/2011/140", "pk/sc/cm/2011/140"]
    );
}

#[test]
fn bare_numbers_of_a_quoted_indian_judgment_are_not_our_law() {
    let head = "IN THE LAHORE HIGH COURT, LAHORE. The Constitution of the Islamic Republic of Pakistan, 1973, in \
        Article 20 and section 149 of the Pakistan Penal Code, 1860 were relied on. ";
    let read = |text: &str| read(&format!("{head}{text}"));
    let n = read("").len();
    let india = "In India the Supreme Court observed that Article 20 protects the accused, and section 149 was applied.";
    assert_eq!(read(india).len(), n, "{:?}", read(india));
    // Back at home they are ours.
    let home = "In India it is otherwise. In Pakistan Article 20 says so.";
    assert_eq!(read(home).get(n..), Some(&["pk/act/constitution-pk/art20".to_owned()][..]));
    // An article with a roman number is of no constitution.
    let roman = read("Article XX is in the way.");
    assert_eq!(roman.len(), n, "{roman:?}");
}

#[test]
fn a_running_head_behind_a_court_keeps_its_own() {
    let own = ["W.P.No.57166/2019".to_owned()];
    let cx = Context { court: Some("lhc"), own_numbers: &own, ..Context::default() };
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push("It took away any right to appeal to the Supreme Court.", Role::Body);
    page.push("W.P.No.57166/2019", Role::Body);
    let found = find(&[page], &cx, Tables::builtin());
    let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["pk/lhc/wp/2019/57166"]);
}

#[test]
fn treaties_as_reports_of_amnesty_name_them() {
    assert_eq!(
        read(
            "ratified the UN Women’s Convention; Optional Protocol to UN Women's Convention signed"
        ),
        ["un/treaty/cedaw", "un/treaty/cedaw-optional-protocol"]
    );
    assert_eq!(read("the Frontier Crimes Regulation"), ["pk/act/frontier-crimes-regulation-1901"]);
}

#[test]
fn a_magistrate_of_section_30_is_one_of_the_code_of_criminal_procedure() {
    let text = "IN THE ISLAMABAD HIGH COURT, ISLAMABAD. The offence is under section 452 of the Pakistan Penal \
        Code, 1860. The Judicial Magistrate Section-30, East, acquitted him. The learned Magistrate, section 30 did so.";
    let ids = read(text);
    assert_eq!(ids.iter().filter(|id| *id == "pk/act/crpc/s30").count(), 2, "{ids:?}");
    assert!(!ids.contains(&"pk/act/ppc/s30".to_owned()), "{ids:?}");
}

#[test]
fn what_a_party_did_is_no_enactment() {
    let head = "IN THE LAHORE HIGH COURT, LAHORE. The Kite Act, 2016 is in force. ";
    for deed in [
        "He is offended by the above said act of the petitioner.",
        "By the said act the accused caused loss.",
        "It was the said act by the said respondents.",
    ] {
        assert_eq!(read(&format!("{head}{deed}")), read(head), "{deed}");
    }
    assert_eq!(read(&format!("{head}Under the said act no fee is due.")).len(), 2);
}
