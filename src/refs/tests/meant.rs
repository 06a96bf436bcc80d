//! What is meant where the words say less: short names, treaties and courts that stand elsewhere in
//! the sentence or the text.

use super::*;

const LONDON: &str = "The Supreme Court of the United Kingdom in London, England and Wales. ";
const DELHI: &str = "IN THE HIGH COURT OF DELHI. The Union of India. ";

/// Returns the normal forms of a text that begins as one of some country.
fn after(opening: &str, text: &str) -> Vec<String> {
    read(&format!("{opening}{text}"))
}

#[test]
fn the_act_for_short_behind_its_provincial_number() {
    let act = "in/act/bihar-kite-estates-act-1951";
    let found = after(
        DELHI,
        "It arose under the Bihar Kite Estates Act, 1951 (Bihar Act I of 1952) (for short, the Act) and \
         Article 31 of the Constitution. By force of the Act it vested. The roll under s. 24 is final.",
    );
    let expect = [act.to_owned(), "in/act/constitution-in/art31".to_owned(), act.to_owned()];
    assert_eq!(found, [&expect[..], &[format!("{act}/s24")]].concat());
}

#[test]
fn short_names_of_the_zina_ordinance() {
    let id = "pk/act/zina-ordinance";
    for (text, part) in [
        ("Section 2(e) of the Zina Ordinance VII of 1979 applies.", "s2.e"),
        ("Section 10(4) of Offence of Zina Ordinance, 1979 applies.", "s10.4"),
        (
            "Sub-section (4) of Section 10 of the Offence of Zina (Enforcement of Huddud Ordinance, 1979) \
             applies.",
            "s10.4",
        ),
    ] {
        assert_eq!(read(&format!("In Pakistan {text}")), [format!("{id}/{part}")], "{text}");
    }
    check("In Pakistan Section 7 of the Anti-Terrorist Act, 1997 applies.", &["pk/act/ata/s7"]);
    check("In Pakistan the Iranian Islamic Penal Code was read.", &[]);
    check("MR. JUSTICE KHALID ATA KITE of Pakistan sat.", &[]);
}

#[test]
fn a_sentence_names_the_treaty_of_its_article() {
    let found = after(
        LONDON,
        "It is contrary to article 3 of the European Convention on Human Rights. The Refugee Convention, \
         which has many parties, provides in article 33(1) that nobody is sent back. Article 33(1) binds. \
         The Convention against Torture provides in article 3(1) the same. So does article 3 here.",
    );
    let (echr, refugees, torture) =
        ("coe/treaty/echr/art3", "un/treaty/refugee-convention/art33.1", "un/treaty/cat");
    let told = ["un/treaty/refugee-convention", torture];
    let articles: Vec<&str> =
        found.iter().map(String::as_str).filter(|id| !told.contains(id)).collect();
    assert_eq!(articles, [echr, refugees, refugees, "un/treaty/cat/art3.1", echr]);
}

#[test]
fn an_article_is_of_the_treaty_of_the_one_before_it() {
    let found = after(
        LONDON,
        "Under the 1980 Hague Convention (the 'Hague Convention') there is the exception in Article 13 of \
         the Hague Convention, and none under Article 12. Article 3 of the European Convention on Human \
         Rights is another thing.",
    );
    let hague = "hcch/treaty/child-abduction-convention";
    let expect = [
        hague.to_owned(),
        format!("{hague}/art13"),
        format!("{hague}/art12"),
        "coe/treaty/echr/art3".to_owned(),
    ];
    assert_eq!(found, expect);
    // A treaty named between has it, if any.
    let found = after(
        LONDON,
        "Article 13 of the 1980 Hague Convention, Article 3 of the European Convention on Human Rights; \
         see the American Convention on Human Rights (Pact) art. 17.",
    );
    assert!(!found.iter().any(|id| id.ends_with("art17")), "{found:?}");
}

#[test]
fn papers_are_called_by_their_provision() {
    let found = after(
        LONDON,
        "Determinations under regulation 80 of the Kite Tax Regulations 2003 (\"Regulation 80 \
         Determinations\"/ \"the Kite Regulations\") stand. The Regulation 80 Determinations are late. \
         The Kite Regulations are clear.",
    );
    let id = "uk/act/kite-tax-regulations-2003";
    assert_eq!(found, [format!("{id}/reg80"), id.to_owned()]);
    let found =
        after(LONDON, "It fell under s8 Kite Security (Transfer of Strings, etc.) Act 1999 then.");
    assert_eq!(found, ["uk/act/kite-security-transfer-of-strings-etc-act-1999/s8"]);
}

#[test]
fn the_court_below_the_supreme_court() {
    let text = |more: &str| {
        format!(
            "IN THE SUPREME COURT OF PAKISTAN. Against the judgment of the Lahore High Court, Multan Bench. \
             {more} The tenant filed a Writ Petition No. 1404/2004 in vain."
        )
    };
    let read = |text: &str| {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
        page.push(text, Role::Body);
        let cx = Context { court: Some("scp"), ..Context::default() };
        find(&[page], &cx, Tables::builtin()).into_iter().map(|one| one.id).collect::<Vec<_>>()
    };
    assert_eq!(read(&text("It was dismissed.")), ["pk/lhc/wp/2004/1404"]);
    // Two courts: nothing is guessed.
    assert_eq!(read(&text("The Peshawar High Court differed.")), ["pk/_/wp/2004/1404"]);
}

#[test]
fn the_court_in_the_brackets_of_a_report() {
    check(
        "2020 Y L R 1919 [Balochistan (Sibi Bench)] Criminal Bail Application No.(s) 170 of 2019, decided \
         in Pakistan.",
        &["pk/ylr/2020/1919", "pk/bhc/crl-bail/2019/170"],
    );
}

#[test]
fn rules_of_the_only_body_that_a_text_names() {
    let rules = "pk/act/punjab-kite-markets-general-rules-1979";
    check(
        "In Pakistan the Punjab Kite Markets (General) Rules, 1979 say it. The duties stand in Rules 14 \
         and 15.",
        &[rules, &format!("{rules}/r14"), &format!("{rules}/r15")],
    );
    check(
        "In Pakistan the Punjab Kite Markets (General) Rules, 1979 say it. Under the Code of Civil \
         Procedure, 1908 it differs. The duties stand in Rule 14.",
        &[rules, "pk/act/cpc"],
    );
}

#[test]
fn sections_whose_sign_is_lost() {
    let found = read(
        "The United States Court of Appeals read 18 U.S.C. 3583(g). The wording of 3583(d) or 3601(b) is \
         plain, and he paid $3583(g) or 12.3583(a).",
    );
    assert_eq!(found, ["us/usc/18/s3583.g", "us/usc/18/s3583.d"]);
}

#[test]
fn a_case_named_again_is_not_the_next_one() {
    let found = read(
        "The United States Supreme Court said so. Kite v. String, 438 U. S. 265, 305 (1978). It is \
         necessary, Kite, supra, at 305. See Tail v. Bow, 528 U. S. 495, 517. So it is. Kite, supra, at 305.",
    );
    let (kite, tail) = ("us/us/438/265", "us/us/528/495");
    assert_eq!(found, [kite, kite, tail, kite]);
}

#[test]
fn regulations_by_name_and_other_small_forms() {
    check(
        "In Pakistan the Foreign Kites' (Declaration) Regulation, 1972 binds.",
        &["pk/act/foreign-kites-declaration-regulation-1972"],
    );
    let act = "pk/act/punjab-kite-act-2009";
    check(
        "In Pakistan Section-4 of the Punjab Kite Act, 2009 and Section 7 of such Act bind.",
        &[&format!("{act}/s4"), &format!("{act}/s7")],
    );
    check("In Pakistan section 561 -A Cr.P.C. is clear; 561 -A is old.", &["pk/act/crpc/s561a"]);
    check(
        "In Pakistan section 561 -A is meant, Cr.P.C. 1898 says.",
        &["pk/act/crpc/s561a", "pk/act/crpc"],
    );
}

#[test]
fn a_section_beside_a_schedule_of_its_act() {
    let found = after(LONDON, "It serves Section 143 and Schedule 24 Kite Act 2003 alone.");
    let act = "uk/act/kite-act-2003";
    assert_eq!(found, [format!("{act}/s143"), act.to_owned()]);
    // No act is named alone here.
    let found = after(
        LONDON,
        "The Tail Act 1999 and section 3 of the Bow Act 1998 stand. It serves Section 143 and Schedule 24 \
         Kite Act 2003 and section 245 Kite Act 2004.",
    );
    assert!(found.contains(&format!("{act}/s143")), "{found:?}");
    let found =
        after(LONDON, "The Section 8 decisions under the Kite Act 1999 and section 9 notice.");
    assert_eq!(found, ["uk/act/kite-act-1999".to_owned(), "uk/act/kite-act-1999/s9".to_owned()]);
    let found =
        after(LONDON, "Under the Kite Act 2003, sub-s. 28(3) and Sub-s 1) of S. 7(2) bind.");
    assert!(found.contains(&format!("{act}/s28.3")), "{found:?}");
    assert!(!found.contains(&format!("{act}/s1")), "{found:?}");
}
