//! Whose act it is: acts of other states in texts of Pakistan, provinces' acts, earlier constitutions,
//! quoted words.

use super::*;

const LAHORE: &str = "IN THE LAHORE HIGH COURT, LAHORE, Pakistan. ";

/// Returns the normal forms of a text of the Lahore High Court.
fn lahore(text: &str) -> Vec<String> {
    read(&format!("{LAHORE}{text}"))
}

#[test]
fn titles_with_years_of_other_states() {
    for (text, id) in [
        (
            "Section 34 of the Arbitration and Conciliation Act, 1996",
            "in/act/arbitration-and-conciliation-act-1996/s34",
        ),
        ("Section 482 of the Code of Criminal Procedure, 1973", "in/act/crpc/s482"),
        ("section 2 of the Theft Act 1968", "uk/act/theft-act-1968/s2"),
        ("FISA s 702, the rest of it", "us/act/foreign-intelligence-surveillance-act/s702"),
        ("Article 23 of the Data Protection Directive", "eu/dir/95-46/art23"),
        ("Section 20 of the Companies Act, 1913", "pk/act/companies-act-1913/s20"),
    ] {
        assert_eq!(lahore(text), [id], "{text}");
    }
}

#[test]
fn one_title_and_year_is_of_one_state() {
    let act = "in/act/kite-safety-act-1986";
    let found = lahore(
        "India's Kite Safety Act, 1986 was read. Section 27 of the Kite Safety Act, 1986 is strict.",
    );
    assert_eq!(found, [act.to_owned(), format!("{act}/s27")]);
}

#[test]
fn a_year_alone_is_no_act_of_the_table() {
    let found =
        lahore("In London they read sections 101-103 of the 1996 Act. Section 103 is narrow.");
    assert!(found.is_empty(), "{found:?}");
    let act = "uk/act/arbitration-act-1996";
    let found =
        lahore("The Arbitration Act 1996 was read. Under section 103 of the 1996 Act it failed.");
    assert_eq!(found, [act.to_owned(), format!("{act}/s103")]);
}

#[test]
fn the_act_of_the_province_that_was_named() {
    let act = "pk/act/punjab-consumer-protection-act-2005";
    let found = lahore(
        "The Punjab Consumer Protection Act, 2005 gives remedies. Section 31 of the Consumer Protection Act \
         names them. In India the Consumer Protection Act, 1986 has others.",
    );
    let told = "in/act/consumer-protection-act-1986".to_owned();
    assert_eq!(found, [act.to_owned(), format!("{act}/s31"), told]);
}

#[test]
fn earlier_constitutions_and_those_of_others() {
    let (ours, old) = ("pk/act/constitution-pk", "pk/act/constitution-of-pakistan-1962");
    assert_eq!(
        lahore("Article 98 of the 1962 Constitution became Article 199 of the Constitution."),
        [format!("{old}/art98"), format!("{ours}/art199")]
    );
    let india = "in/act/constitution-in/art20.3";
    assert_eq!(
        lahore(
            "In India, Article 20(3) of the Constitution protects. In Pakistan, Article 13 of the Constitution does."
        ),
        [india.to_owned(), format!("{ours}/art13")]
    );
    assert_eq!(
        lahore(
            "The Indian Supreme Court in A v. Union of India held that Article 21 of the Constitution is wide."
        ),
        ["in/act/constitution-in/art21"]
    );
}

#[test]
fn provisions_of_what_was_named_before() {
    let (ata, cpc) = ("pk/act/ata", "pk/act/cpc");
    assert_eq!(
        lahore("The Anti-Terrorism Act, 1997 applies; section 7 thereof is clear."),
        [ata.to_owned(), format!("{ata}/s7")]
    );
    assert_eq!(
        lahore("Order XXI of the Code of Civil Procedure and rule 10 thereof."),
        [format!("{cpc}/o21"), format!("{cpc}/o21.r10")]
    );
    let rules = "pk/act/kite-rules-2022";
    assert_eq!(
        lahore(
            "Rule 38 of the Kite Rules, 2022 applies, and clause (e) of sub-rule (1) of the said rule."
        ),
        [format!("{rules}/r38"), format!("{rules}/r38.1.e")]
    );
    assert_eq!(
        lahore("The Rule 231-C in Chapter XIX of the Kite Rules, 2022 was made."),
        [format!("{rules}/r231c")]
    );
}

#[test]
fn another_order_quoted_below_it() {
    let found = lahore(
        "Rule 1 of Order IX-A of the Code of Civil Procedure, 1908 was made. Order IX-B ahead reads: \"RULE 1. \
         Talks. RULE 2. Stay.\"",
    );
    let rules: Vec<&str> = found.iter().filter_map(|id| id.strip_prefix("pk/act/cpc/")).collect();
    assert_eq!(rules, ["o9a.r1", "o9b", "o9b.r1", "o9b.r2"]);
}

#[test]
fn sections_inside_a_quoted_section() {
    let (act, other) = ("pk/act/kite-flying-act-1974", "pk/act/kite-making-act-2012");
    let found = lahore(
        "Section 12 of the Kite Flying Act, 1974 is reproduced:- \"12. Landing.- Whoever lands under section 9 \
         pays.\" Section 9 of the Kite Making Act, 2012 is another thing.",
    );
    assert_eq!(found, [format!("{act}/s12"), format!("{act}/s9"), format!("{other}/s9")]);
}

#[test]
fn lists_behind_the_act_of_another_list() {
    let (first, second) = ("pk/act/kite-corporation-act-1991", "pk/act/kite-company-act-1996");
    let found = lahore(
        "The Kite Corporation Act, 1991 and the Kite Company Act, 1996 were read. Under section 9(2) of the Act \
         of 1991 and 35(2) of the Act of 1996 the terms stay.",
    );
    let told = [first.to_owned(), second.to_owned()];
    assert_eq!(found, [&told[..], &[format!("{first}/s9.2"), format!("{second}/s35.2")]].concat());
    assert_eq!(
        lahore("sections 324, 337 F(i),337 F(v), 34 PPC"),
        ["pk/act/ppc/s324", "pk/act/ppc/s337f.i", "pk/act/ppc/s337f.v", "pk/act/ppc/s34"]
    );
}

#[test]
fn a_section_of_several_acts_is_that_of_the_one_with_its_part() {
    let london = "The Supreme Court of the United Kingdom in London, England and Wales. ";
    let (act, other) = ("uk/act/kite-ruin-act-1986", "uk/act/kite-string-act-1908");
    let found = read(&format!(
        "{london}Section 245(2) of the Kite Ruin Act 1986 has a predecessor. Section 245 of the Kite \
         String Act 1908 was that. Section 245(2) saves some."
    ));
    assert_eq!(found, [format!("{act}/s245.2"), format!("{other}/s245"), format!("{act}/s245.2")]);
}

#[test]
fn texts_that_name_no_state() {
    let ie = "ie/act/kite-act-1927";
    assert_eq!(
        read("Section 12 of the Kite Act, 1927 (No. 3 of 1927) is repealed."),
        [format!("{ie}/s12")]
    );
    assert_eq!(read("Gazette under the Kite Act, No. 48 of 2007."), ["lk/act/kite-act-2007"]);
    assert_eq!(read("Section 3 of the Kite Act, 2010 (VII of 2010)."), ["pk/act/kite-act-2010/s3"]);
}

#[test]
fn numbers_of_the_supreme_court_and_shared_years() {
    let cx = Context { court: Some("shc"), ..Context::default() };
    let find = |text: &str| -> Vec<String> {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        page.push(text, Role::Body);
        find(&[page], &cx, Tables::builtin()).into_iter().map(|one| one.id).collect()
    };
    for (text, ids) in [
        ("He relied on A v. B (Civil Petition No.3390 of 2021).", &["pk/sc/cp/2021/3390"][..]),
        ("He relied on C.P. No. D-55 of 2020.", &["pk/shc/cp/2020/d-55"]),
        (
            "Constitution Petition No. 77 of 2011 reported as PLD 2012 SC 1.",
            &["pk/sc/const-p/2011/77", "pk/pld/2012/sc/1"],
        ),
        (
            "Criminal Appeal No. 97 and Criminal Revision No.13 of 2022.",
            &["pk/shc/crl-a/2022/97", "pk/shc/crl-rev/2022/13"],
        ),
        ("Constitutional Petition No. (T)103 of 2016.", &["pk/shc/const-p/2016/t-103"]),
    ] {
        assert_eq!(find(text), ids, "{text}");
    }
}
