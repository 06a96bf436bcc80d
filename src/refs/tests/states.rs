//! Other states' forms, family by family: law reports, rules of courts, acts of the Union.

use super::*;

#[test]
fn british_reports() {
    check("[2004] 2 Cr App R (S) 5", &["uk/cr-app-r-s/2004/2/5"]);
    check("(1973) 57 Cr App R 538", &["uk/cr-app-r/57/538"]);
    check("(1990) 1 All ER 512", &["uk/all-er/1990/1/512"]);
    check("[1999] PIQR P5 and (2006) 46 EHRR SE5", &["uk/piqr/1999/p5", "coe/ehrr/46/se5"]);
    check("(1841) 8 M & W 209 and (1883) 8 App Cas 354", &["uk/m-and-w/8/209", "uk/app-cas/8/354"]);
    check("in 2016 CAT 5 and 1998 LT 5", &[]);
    check("[1990] ECR I-2433", &["eu/ecr-i/1990/2433"]);
}

#[test]
fn reports_with_years_without_brackets() {
    let scots = "The Court of Session, Scotland, England and Wales. ";
    assert_eq!(
        read(&format!("{scots}1998 SC (HL) 20; 2003 SC 1; 1987 SCLR 5; 1990 SLT 12")),
        ["uk/sc-hl/1998/20", "uk/sc-scot/2003/1", "uk/sclr/1987/5", "uk/slt/1990/12"]
    );
    assert!(read("Lahore, Pakistan: in 2003 SC 1 judge sat").is_empty());
    assert_eq!(
        read("Canada: [1985] 1 SCR 295 and Kite v Reel, 2015 SCC 5 at para 12"),
        ["ca/scr/1985/1/295", "ca/scc-ca/2015/5"]
    );
    check("1995 (3) SA 391 (CC)", &["za/sa/1995/3/391"]);
}

#[test]
fn reports_of_india() {
    check("[1950] 1 SCR 594 and 1964 (4) SCR 1", &["in/scr/1950/1/594", "in/scr/1964/4/1"]);
    check("JT 2005 (5) SC 1", &["in/jt/2005/5/1"]);
    check("1993 Supp (2) SCC 1", &["in/scc-supp/1993/2/1"]);
    check("2023:DHC:1234-DB", &["in/dhc/2023/1234"]);
    check("2004 Indlaw SC 78", &["in/indlaw-sc/2004/78"]);
    check("MANU/SC/0123/2005", &["in/manu-sc/2005/123"]);
    check("(1970) 75 ITR 1", &["in/itr/75/1"]);
    check("2005 Cri LJ 123", &["in/cri-lj/2005/123"]);
}

#[test]
fn reports_of_american_states() {
    let head = "The United States District Court. ";
    assert_eq!(
        read(&format!(
            "{head}366 N.C. 289, 289 (2012); 93 NY2d 343; 94 Stat. 3305; 12 Cal. App. 4th 9"
        )),
        ["us/nc/366/289", "us/ny2d/93/343", "us/stat/94/3305", "us/cal-app-4th/12/9"]
    );
    assert!(read("In England 5 Miss. 12 and 366 N.C. 289").is_empty());
}

#[test]
fn rules_by_letters_and_number() {
    let head = "England and Wales, EWHC. ";
    assert_eq!(
        read(&format!(
            "{head}CPR 3.4(2), CPR r 54.7A(7) and CPR Part 54, and PD 54A; Part 35 of the CPR"
        )),
        [
            "uk/act/civil-procedure-rules/r3.4.2",
            "uk/act/civil-procedure-rules/r54.7a.7",
            "uk/act/civil-procedure-rules",
            "uk/pd/54a",
            "uk/act/civil-procedure-rules"
        ]
    );
    let head = "The United States Court of Appeals. ";
    assert_eq!(
        read(&format!("{head}under Fed. R. Civ. P. 12(b)(6) and Federal Rule of Evidence 403")),
        ["us/act/frcp/r12.b.6", "us/act/fre/r403"]
    );
    assert!(read("In Lahore the CPR 3 was given to him").is_empty());
}

#[test]
fn acts_by_letters_and_year() {
    check("s 78 PACE 1984", &["uk/act/police-and-criminal-evidence-act-1984/s78"]);
    check(
        "the MCA 2005 and the MCA 1973",
        &["uk/act/mental-capacity-act-2005", "uk/act/matrimonial-causes-act-1973"],
    );
    check("the MCA met in 2005; CA 2031", &[]);
}

#[test]
fn acts_of_the_european_union() {
    check("Article 13 of Directive 95/46/EC", &["eu/dir/95-46/art13"]);
    check("Council Regulation (EU) No 833/2014", &["eu/reg/2014-833"]);
    check("Article 17 of Regulation (EU) 2016/679", &["eu/reg/gdpr/art17"]);
    check("Framework Decision 2002/584/JHA", &["eu/fd/2002-584"]);
    check("Article 267 TFEU", &["eu/treaty/tfeu/art267"]);
    check("the Directive 5 of the Authority; Decision 2010/5", &[]);
}

#[test]
fn strasbourg_and_geneva() {
    check("Kite v. Utopia (dec.), no. 12345/02, 5 July 2005", &["coe/app/12345-02"]);
    check("Communication No. 1553/2007", &["un/hrc-comm/2007/1553"]);
}

#[test]
fn what_stands_below_an_act_that_is_amended() {
    let text = "Ireland, Oireachtas. 1. The Kite Flying Act 1994 is amended (a) in section 2, and (b) by the \
                insertion of the following section after section 21: \"21A. Sections 23 and 24 do not apply.\"";
    let id = |section: &str| format!("ie/act/kite-flying-act-1994{section}");
    assert_eq!(read(text), [id(""), id("/s2"), id("/s21"), id("/s23"), id("/s24")]);
    let text = "Council of the District of Columbia. The Kite Revenue Act of 1937, approved August 17, 1937 \
                (50 Stat. 679), is amended as follows: Section 2b(a) is amended. Section 3 is repealed.";
    assert_eq!(
        read(text),
        [
            "us/act/kite-revenue-act-1937",
            "us/stat/50/679",
            "us/act/kite-revenue-act-1937/s2b.a",
            "us/act/kite-revenue-act-1937/s3"
        ]
    );
}

#[test]
fn codes_of_american_states() {
    let head = "The United States District Court. ";
    assert_eq!(
        read(&format!(
            "{head}Tenn. Code Ann. § 50-6-217(a); Cal. Penal Code § 632; D.C. Official Code § 50-1501.02"
        )),
        ["us/tn/code/s50-6-217.a", "us/ca/penal-code/s632", "us/dc/code/s50-1501.02"]
    );
    assert_eq!(
        read(&format!(
            "{head}46 WASH. REV. CODE § 10.99.010 (1979). The Kite Act of 1990 is law. He went to § 26.50.010 there."
        )),
        ["us/wa/rev-code/s10.99.010", "us/act/kite-act-1990"]
    );
    assert!(read(&format!("{head}He lives in Tenn. and paid § 5 of it")).is_empty());
}

#[test]
fn an_act_that_names_itself_has_its_sections() {
    let text = "Kite Management Act 1997. Oireachtas, Ireland. 1. This Act may be cited as the Kite Management \
                Act 1997. 2. Subject to section 12, he may go. The Kites (Amendment) (No. 2) Act 1977 stays.";
    assert_eq!(
        read(text),
        [
            "ie/act/kite-management-act-1997",
            "ie/act/kite-management-act-1997",
            "ie/act/kite-management-act-1997/s12",
            "ie/act/kites-amendment-no-2-act-1977"
        ]
    );
}

#[test]
fn a_name_with_an_initial_is_inside_a_title() {
    assert_eq!(
        read(
            "The Council of the District of Columbia passed the Marion S. Kite Summer Act of 2016."
        ),
        ["us/act/marion-s-kite-summer-act-2016"]
    );
}

#[test]
fn what_defines_a_short_name_does_not_use_it() {
    assert_eq!(
        read("England and Wales. s.3 of the Kite Act 1991 (\"the 1991 Act\") holds."),
        ["uk/act/kite-act-1991/s3"]
    );
}

#[test]
fn ranges_of_the_united_states_code_have_two_ends() {
    assert_eq!(
        read("United States: 18 U.S.C. §§ 2510-2523 and 50 U.S.C. §§ 1701-07."),
        ["us/usc/18/s2510", "us/usc/18/s2523", "us/usc/50/s1701", "us/usc/50/s1707"]
    );
}

#[test]
fn titles_without_a_year_whose_letters_stand_behind_them() {
    assert_eq!(
        read("The United States has the Violence Against Kites Act (VAKA). VAKA is law."),
        ["us/act/violence-against-kites-act", "us/act/violence-against-kites-act"]
    );
    assert!(read("The United States has the Violence Against Kites Act (USA).").is_empty());
    assert_eq!(
        read(
            "New Delhi, Union of India: the Kite and String Tax Act, 2017; section 5 of the KST Act, 2017"
        ),
        ["in/act/kite-and-string-tax-act-2017", "in/act/kite-and-string-tax-act-2017/s5"]
    );
}

#[test]
fn british_instruments_by_year_and_number() {
    assert_eq!(
        read("England and Wales: the Kites (Conduct) Regulations 2020/4 hold."),
        ["uk/uksi/2020/4"]
    );
    assert_eq!(
        read("England and Wales: Kite v Reel [2017] EWCA 1416 (Civ). See Kite at paragraph 57."),
        ["uk/ewca-civ/2017/1416", "uk/ewca-civ/2017/1416"]
    );
}

#[test]
fn articles_with_their_index_in_brackets() {
    assert_eq!(
        read("The applicant complains of Article 8 (art. 8) of the Convention."),
        ["coe/treaty/echr/art8"]
    );
    assert_eq!(
        read("The applicant, under Article 5 para. 1 (art. 5-1), and Article 3 of the Convention"),
        ["coe/treaty/echr/art5.1", "coe/treaty/echr/art3"]
    );
}

#[test]
fn two_brackets_in_a_title() {
    assert_eq!(
        read("England and Wales: the Kite Rights (Deadline)(EU Exit) Regulations 2020 hold."),
        ["uk/act/kite-rights-deadline-eu-exit-regulations-2020"]
    );
    assert_eq!(
        read("The United States has the Kite Communications Privacy Act (KCPA, 1986)."),
        ["us/act/kite-communications-privacy-act-1986"]
    );
}

#[test]
fn id_behind_a_work_that_is_no_reference() {
    assert_eq!(
        read(
            "The United States has the Violence Against Kites Act (VAKA). 29 Wolf, supra note 27, at 267. Id. at 268."
        ),
        ["us/act/violence-against-kites-act", "", ""]
    );
}

#[test]
fn laws_by_name_and_number() {
    assert_eq!(
        read(
            "Colombo, Sri Lanka: the Declaration of Kites Law No.1 of 1975; the Syrian Kite Law 17/2012 and Law 5 of it"
        ),
        ["lk/act/declaration-of-kites-law-1975", "sy/act/syrian-kite-law-2012"]
    );
    check("Kite Law 17/2012", &[]);
}

#[test]
fn applications_without_a_point() {
    assert_eq!(
        read("European Court of Human Rights: Kite v. Utopia (nos 51168/15 and 51186/15, 2020)"),
        ["coe/app/51168-15", "coe/app/51186-15"]
    );
}

#[test]
fn what_only_looks_like_an_act_of_the_table() {
    // A longer title, whose end is the name of another act.
    assert_eq!(
        read(
            "The High Court of England and Wales read section 5 of the Counter-Terrorism Act 2008."
        ),
        ["uk/act/counter-terrorism-act-2008/s5"]
    );
    // A code of practice under an act, an order of a court.
    let code = read("The High Court of England and Wales read section 13 of PACE Code H in full.");
    assert!(!code.iter().any(|id| id.contains("police-and-criminal")), "{code:?}");
    let order =
        read("The United States asked for a Temporary Kite Order (\"TKO\") and got the TKO.");
    assert!(order.is_empty(), "{order:?}");
}

#[test]
fn own_sections_of_an_amending_text_and_longer_titles() {
    let text = "The United States Code and D.C. Law stand.\n\nSec. 2. The Kite Safety Act of 1999 is amended as follows:\n\nSection 4 is repealed.\n\nSec. 3. Definitions.\n\nFor the purposes of this act kites fly.";
    let found = read(text);
    assert!(found.iter().any(|id| id.ends_with("kite-safety-act-1999/s4")), "{found:?}");
    assert!(!found.iter().any(|id| id.ends_with("kite-safety-act-1999/s3")), "{found:?}");
    let found =
        read("The Council of the District of Columbia read the Rental Housing Act of 1985.");
    assert!(!found.iter().any(|id| id.starts_with("uk/")), "{found:?}");
}
