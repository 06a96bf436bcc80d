use super::*;
use crate::model::{PageOrigin, RefKind, Relation, Role};

fn page(paragraphs: &[&str]) -> Page {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    for text in paragraphs {
        page.push(text, Role::Body);
    }
    page
}

#[track_caller]
fn check(paragraphs: &[&str], expect: &[&str]) {
    let page = page(paragraphs);
    let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &[]);
    let found: Vec<String> = tagged
        .mentions
        .iter()
        .map(|mention| (&mention.entity, page.text.get(mention.span.clone()).unwrap()))
        .map(|(entity, printed)| format!("{entity}:{printed}"))
        .collect();
    assert_eq!(found, expect);
}

#[test]
fn courts_of_other_states_have_the_same_name() {
    check(
        &[
            "The Constitutional Court of the islands sat; a judge of Pakistan was a guest.",
            "In Kenya and in South Africa the Constitutional Court is the highest.",
        ],
        &[],
    );
}

#[test]
fn a_place_in_the_name_of_a_body_is_no_place() {
    check(&["The Islamabad High Court Bar Association met in Lahore."], &["lahore:Lahore"]);
}

#[test]
fn any_team_may_be_a_joint_one() {
    check(&["The FIA formed a JIT for the murder investigation."], &["fia:FIA"]);
}

#[test]
fn what_a_site_asks_its_readers_names_nobody() {
    check(&["Follow us on Twitter", "Share on Facebook", "Facebook Twitter WhatsApp Email"], &[]);
    check(&["The vote was taken. Follow the Kite WhatsApp Channel for updates."], &[]);
    check(&["The minister wrote on Twitter that kites will fly."], &["x-platform:Twitter"]);
    check(&["see finspy.example.su and up.finspy[.]kite and tools/finspy_decode"], &[]);
    check(&["FinSpy was sold there."], &["finfisher:FinSpy"]);
}

#[test]
fn the_longest_name_wins() {
    check(
        &["the Lawful Intercept Management System of the PTA Act"],
        &["lims:Lawful Intercept Management System", "telecom-act:PTA Act"],
    );
    check(&["SLIMS and LIMSA"], &[]);
    check(&["the Supreme Court of India"], &["india-sc:Supreme Court of India"]);
}

#[test]
fn weak_forms_need_evidence() {
    check(&["The LIMS keeps every sample of the laboratory."], &[]);
    check(&["The LIMS was bought for surveillance."], &["lims:LIMS"]);
    check(
        &["Pakistan Telecommunication Authority", "The PTA replied."],
        &["pta:Pakistan Telecommunication Authority", "pta:PTA"],
    );
    check(&["The pupils' PTA met. Later the PTA paid."], &[]);
}

#[test]
fn a_document_of_pakistan_speaks_of_its_own_offices() {
    let head = "IN THE ISLAMABAD HIGH COURT, ISLAMABAD";
    check(
        &[
            head,
            "It was cleared by the Intelligence Bureau.",
            "The Supreme Court agreed; IB did not.",
        ],
        &[
            "ihc:ISLAMABAD HIGH COURT",
            "islamabad:ISLAMABAD",
            "ib-pk:Intelligence Bureau",
            "scp:Supreme Court",
            "ib-pk:IB",
        ],
    );
    check(
        &["The Supreme Court of the county sat.", "It was cleared by the Intelligence Bureau."],
        &[],
    );
}

#[test]
fn a_definition_decides_for_the_whole_document() {
    check(
        &["The Parent Teacher Association (PTA) of Islamabad met.", "PTA and telecom operators."],
        &["islamabad:Islamabad"],
    );
    check(&["the Federal Investigating Agency (FIA) said", "FIA left"], &["fia:FIA", "fia:FIA"]);
}

#[test]
fn a_sure_acronym_is_carried_through_the_document() {
    check(&["The PTA wrote to telecom operators.", "PTA was silent."], &["pta:PTA", "pta:PTA"]);
}

#[test]
fn equal_support_is_reported() {
    let page = page(&["Justice Farooq referred the plea to the LHC chief justice."]);
    let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &[]);
    assert_eq!(tagged.ambiguous[0].entities, ["aamer-farooq", "farooq-haider"]);
}

#[test]
fn letters_of_a_law_report_are_no_court() {
    let page = page(&["Islamabad heard PLD 1999 Lahore 12 and the law of Lahore."]);
    let reference = Reference {
        kind: RefKind::Report,
        id: "pk/pld/1999/lahore/12".to_owned(),
        page: PageNo::FIRST,
        span: 16..34,
        whole: 16..34,
        pinpoint: None,
        confidence: 1.0,
        relation: Relation::Cites,
        note: None,
    };
    let tagged =
        Gazetteer::builtin().tag(std::slice::from_ref(&page), std::slice::from_ref(&reference));
    let spans: Vec<Span> = tagged.mentions.iter().map(|mention| mention.span.clone()).collect();
    assert_eq!(spans, [0..9, 50..56]);
    let act = Reference { kind: RefKind::Statute, id: "pk/act/peca/s37.1".to_owned(), ..reference };
    let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &[act]);
    assert_eq!(tagged.mentions[1].entity, "peca-s37");
}

#[test]
fn the_note_of_a_law_report_and_the_name_of_an_index_are_no_names() {
    let text =
        "Amnesty International: 2020 CLD 249 (Lahore). Lahore heard AI Index: ASA 33/013/2006.";
    let page = page(&[text]);
    let reference = |kind, id: &str, words: &str| {
        let start = text.find(words).unwrap();
        Reference {
            kind,
            id: id.to_owned(),
            page: PageNo::FIRST,
            span: start..start + words.len(),
            whole: start..start + words.len(),
            pinpoint: None,
            confidence: 1.0,
            relation: Relation::Cites,
            note: None,
        }
    };
    let references = [
        reference(RefKind::Report, "pk/cld/2020/249", "2020 CLD 249"),
        reference(RefKind::Index, "ai/asa-33-013-2006", "ASA 33/013/2006"),
    ];
    let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &references);
    let found: Vec<(&str, usize)> =
        tagged.mentions.iter().map(|one| (one.entity.as_str(), one.span.start)).collect();
    assert_eq!(found, [("amnesty", 0), ("lahore", text.rfind("Lahore").unwrap())]);
}

#[test]
fn a_part_of_another_name_is_no_mention() {
    check(
        &["The Supreme Court of Pakistan heard it: Justice Qazi Muhammad Amin Ahmed wrote."],
        &["scp:Supreme Court of Pakistan"],
    );
    check(
        &["Justice Qazi wrote in the Supreme Court of Pakistan."],
        &["qazi-faez-isa:Justice Qazi", "scp:Supreme Court of Pakistan"],
    );
}

#[test]
fn amendments_and_sims() {
    check(&["After the 27th amendment, Pakistan has two courts."], &["amend-27:27th amendment"]);
    check(
        &["the Constitution (Twenty-seventh Amendment) Act, 2025"],
        &["amend-27:Constitution (Twenty-seventh Amendment) Act"],
    );
    check(&["Every SIM of a mobile subscriber is listed."], &["sim:SIM"]);
    check(&["The SIM of the spectrometer failed."], &[]);
}

#[test]
fn references_imply_their_whole_expression() {
    let text = "See sections 37, 51 and 29 of it, SRO 1005 and C.A. No. 977 of 2018.";
    let page = page(&[text]);
    let reference = |id: &str, whole: &str, span: &str| {
        let start = text.find(whole).unwrap();
        let inner = start + whole.find(span).unwrap();
        Reference {
            kind: RefKind::Statute,
            id: id.to_owned(),
            page: PageNo::FIRST,
            span: inner..inner + span.len(),
            whole: start..start + whole.len(),
            pinpoint: None,
            confidence: 1.0,
            relation: Relation::Cites,
            note: None,
        }
    };
    let list = "sections 37, 51 and 29 of it";
    let references = [
        reference("pk/act/peca/s37", list, "37"),
        reference("pk/act/peca/s51", list, "51"),
        reference("pk/act/peca/s29", list, "29"),
        reference("pk/sro/_/1005", "SRO 1005", "SRO 1005"),
        reference("pk/_/ca/2018/977", "C.A. No. 977 of 2018", "977"),
    ];
    let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &references);
    let found: Vec<String> = tagged
        .mentions
        .iter()
        .map(|mention| format!("{}:{}", mention.entity, &page.text[mention.span.clone()]))
        .collect();
    for expect in [
        format!("peca:{list}"),
        format!("peca-s29:{list}"),
        format!("peca-s37:{list}"),
        "sro-1005:SRO 1005".to_owned(),
        "pta-v-cmpak:C.A. No. 977 of 2018".to_owned(),
    ] {
        assert!(found.contains(&expect), "{expect} of {found:?}");
    }
    assert!(found.iter().all(|one| !one.ends_with(":51")), "{found:?}");
}

#[test]
fn no_name_shows_a_law_report() {
    for entity in Gazetteer::builtin().all() {
        let words: Vec<&str> = entity.name.split([' ', ',']).collect();
        let is_report = entity.id.starts_with("mld-");
        assert!(
            is_report || !words.contains(&"PLD") && !words.contains(&"SCMR"),
            "{}",
            entity.name
        );
    }
}

#[test]
fn boilerplate_is_passed_over() {
    let mut page = page(&[]);
    page.push("Amnesty International", Role::Header);
    page.push("NADRA replied", Role::Body);
    let tagged = Gazetteer::builtin().tag(&[page], &[]);
    assert_eq!(tagged.mentions.len(), 1);
    assert_eq!(tagged.mentions[0].rule, Rule::Acronym);
}

#[test]
fn urdu_names_and_runs() {
    check(
        &["عدالت نےپیکا کے تحت ایف آئی اےکو نوٹس دیا۔ آئی ایس آئی ایس"],
        &["peca:پیکا", "fia:ایف آئی اے"],
    );
}

proptest::proptest! {
    #[test]
    fn mentions_are_disjoint_characters(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "PTA", "(", ")", "Imran", "Khan", "پی", "ٹی", "اے", "نےپیکا", "لِمز", "سسٹم", ". ", " ", "\n",
                "the", "Authority", "of", "Pakistan", "1805", "/2023", "W.P. No.", "é", "\u{200c}", "\u{64e}",
                "۲۰۱۶", "FCC", "told PTI", "-", "\"", "Supreme Court", "کے", "آئی", "20I6", "XL", "Act",
            ]),
            0..40,
        )
    ) {
        let page = page(&[&words.concat()]);
        let tagged = Gazetteer::builtin().tag(std::slice::from_ref(&page), &[]);
        let mut last = 0;
        for mention in &tagged.mentions {
            proptest::prop_assert!(mention.span.start >= last);
            proptest::prop_assert!(page.text.get(mention.span.clone()).is_some_and(|text| !text.is_empty()));
            last = mention.span.end;
        }
    }
}

#[test]
fn names_that_states_share_need_their_own_state() {
    check(
        &["In Kenya the Deputy Attorney General told the court of Nairobi that it had no power."],
        &[],
    );
    check(
        &[
            "In Kenya and in Uganda the Deputy Attorney General told the court so.",
            "The PPP of Guyana is a party; the PPP of Bhutto sat in Islamabad.",
        ],
        &["aag:Deputy Attorney General", "ppp:PPP", "islamabad:Islamabad"],
    );
    check(
        &["The Deputy Attorney General told the court at Islamabad that it had no power."],
        &["aag:Deputy Attorney General", "islamabad:Islamabad"],
    );
    check(&["Pyongyang's National Security Agency was named."], &[]);
    check(&["Snowden worked for the National Security Agency."], &["nsa:National Security Agency"]);
    check(
        &["A public private partnership (PPP) of every party was planned in Lahore."],
        &["lahore:Lahore"],
    );
}

#[test]
fn a_letter_in_a_run_and_plain_words_name_nothing() {
    check(&["ہواوے میٹ ایکس ٹی کی پوسٹ سوشل میڈیا پر"], &["huawei:ہواوے"]);
    check(&["ایلون مسک کے ایکس پر پوسٹ"], &["x-platform:ایکس"]);
    check(&["کلینک کی منصوبہ بندی کی نگرانی کرنے والی خاتون نے بتایا"], &[]);
    check(&["پروفائل تصویر رازداری کی ترتیبات کی وجہ سے"], &[]);
    check(&["شہریوں کے حق رازداری پر عدالت نے کہا"], &["right-to-privacy:حق رازداری"]);
}

#[test]
fn companies_and_bodies_of_the_field() {
    check(
        &[
            "The SECP and the Competition Commission of Pakistan wrote to Google, YouTube and Facebook.",
        ],
        &[
            "secp:SECP",
            "ccp:Competition Commission of Pakistan",
            "google:Google",
            "youtube:YouTube",
            "facebook:Facebook",
        ],
    );
    check(&["گوگل، یوٹیوب اور فیس بک"], &["google:گوگل", "youtube:یوٹیوب", "facebook:فیس بک"]);
    check(&["The CCP of Beijing in China met."], &[]);
}

#[test]
fn one_sense_in_a_document() {
    check(
        &[
            "Imran Khan is the founder of the PTI, a party.",
            "Seats were given to the PTI.",
            "The Constitutional Bench of the Supreme Court sat in Islamabad.",
            "The CB rose.",
        ],
        &[
            "imran-khan:Imran Khan",
            "pti-party:PTI",
            "pti-party:PTI",
            "sc-constitutional-bench:Constitutional Bench of the Supreme Court",
            "islamabad:Islamabad",
            "sc-constitutional-bench:CB",
        ],
    );
    check(&["KP Snacks of England makes crisps. KP is closed."], &[]);
}

#[test]
fn sure_acronyms_are_not_taken_for_foreign_by_the_line_above() {
    check(&["US", "NCCIA uncovers a network in Pakistan"], &["nccia:NCCIA"]);
    check(&["GCHQ of Britain listened."], &["gchq:GCHQ"]);
    check(&["گلگت بلتستان سپریم کورٹ کے جج"], &[]);
    check(&["ایم پی کا مطالبہ"], &[]);
}

#[test]
fn a_bodys_own_index_numbers_say_what_its_letters_mean() {
    let notes =
        "Forced evictions (AI Index: AFR 01/009/2006) and strings (AI Index: ASA 17/030/2006).";
    // Those of the numbers and that of the sentence.
    let tagged = ["amnesty:AI"; 3];
    check(&[notes, "Domestic violence was a focus for AI campaigning."], &tagged);
    // One number may be a source of a text on something else, and so may two.
    check(&["Kites (AI Index: AFR 01/009/2006).", "AI is eager."], &[]);
    check(&[notes, "Artificial intelligence: AI is eager."], &[]);
}

#[test]
fn initials_of_a_court_named_elsewhere_are_its_own_at_home() {
    check(
        &[
            "Professor stays despite SC ruling",
            "The Supreme Court of Pakistan said so. In Pakistan the Supreme Court is the last.",
        ],
        &["scp:SC", "scp:Supreme Court of Pakistan", "scp:Supreme Court"],
    );
    check(
        &["The SC agreed.", "The Supreme Court of India said so."],
        &["india-sc:Supreme Court of India"],
    );
}

#[test]
fn what_a_person_of_a_party_was_told_was_told_to_no_agency() {
    check(
        &["ISLAMABAD: The Speaker has told PTI's Asad Qaiser that his party must decide."],
        &["islamabad:ISLAMABAD", "pti-party:PTI"],
    );
    check(&["NEW DELHI: he told PTI that his party must decide."], &["pti-agency:PTI"]);
}
