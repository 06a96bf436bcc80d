use super::super::work::tests as works;
use super::*;

/// Shows italics as `*…*`.
fn marked(runs: &Runs) -> String {
    runs.iter()
        .map(|run| match run.face {
            Face::Italic => format!("*{}*", run.text),
            _ => run.text.clone(),
        })
        .collect()
}

#[track_caller]
fn check(work: &Work, style: &str, form: CitationForm, at: &str, note: usize, expect: &str) {
    let locator = at.parse().unwrap();
    let citing = Citing {
        locator: &locator,
        page_label: None,
        first_note: Some(note),
        accessed: "2025-09-12".parse().ok(),
        lang: Lang::En,
        status: true,
    };
    let runs = citation(work, Style::named(style).unwrap(), form, &citing);
    assert_eq!(marked(&runs), expect, "{style} {form:?} @{at}");
}

use CitationForm::{First, Later, List, Same};

// Rows of CITING.md section 3. `pk` is our own decision; every string of the other styles is
// from memory: the manual must confirm it, edition in hand, before it counts as golden.

#[test]
fn orders() {
    let work = works::order();
    check(
        &work,
        "pk",
        First,
        "para12",
        1,
        "Mian Najam-us-Saqib v. Federation of Pakistan (Writ Petition No. 1805 of 2023, Islamabad High Court), order dated 25.06.2024, para 12",
    );
    check(&work, "pk", Later, "para14", 1, "Najam-us-Saqib (supra), para 14");
    check(&work, "pk", Same, "para14", 1, "Najam-us-Saqib (supra), para 14");
    check(
        &work,
        "pk",
        List,
        "para12",
        1,
        "Mian Najam-us-Saqib v. Federation of Pakistan (Writ Petition No. 1805 of 2023, Islamabad High Court), order dated 25.06.2024",
    );
    // ? from here on
    check(
        &work,
        "oscola",
        First,
        "para12",
        1,
        "*Najam-us-Saqib v Federation of Pakistan* WP No 1805/2023 (Islamabad High Court, 25 June 2024) [12]",
    );
    check(&work, "oscola", Later, "para14", 1, "*Najam-us-Saqib* (n 1) [14]");
    check(&work, "oscola", Same, "para14", 1, "ibid [14]");
    check(
        &work,
        "oscola",
        List,
        "para12",
        1,
        "Najam-us-Saqib v Federation of Pakistan WP No 1805/2023 (Islamabad High Court, 25 June 2024)",
    );
    check(
        &work,
        "bluebook",
        First,
        "para12",
        1,
        "Najam-us-Saqib v. Fed'n of Pakistan, W.P. No. 1805 of 2023, ¶ 12 (Islamabad H.C. June 25, 2024) (Pak.)",
    );
    check(&work, "bluebook", Later, "para14", 1, "*Najam-us-Saqib*, W.P. No. 1805 of 2023, ¶ 14");
    check(&work, "bluebook", Same, "para14", 1, "*Id.* ¶ 14");
    check(
        &work,
        "chicago",
        First,
        "para12",
        1,
        "Mian Najam-us-Saqib v. Federation of Pakistan, W.P. No. 1805 of 2023 (Islamabad High Court June 25, 2024), ¶ 12",
    );
    check(&work, "chicago", Later, "para14", 1, "*Najam-us-Saqib*, ¶ 14");
    check(&work, "chicago", Same, "para14", 1, "*Najam-us-Saqib*, ¶ 14");
    check(
        &work,
        "apa",
        First,
        "para12",
        1,
        "(*Najam-us-Saqib v. Federation of Pakistan*, 2024, para. 12)",
    );
    check(
        &work,
        "apa",
        List,
        "",
        1,
        "Najam-us-Saqib v. Federation of Pakistan, W.P. No. 1805 of 2023 (Islamabad High Court June 25, 2024) (Pakistan).",
    );
    check(&work, "mla", First, "para12", 1, "(*Najam-us-Saqib*, par. 12)");
    check(
        &work,
        "mla",
        List,
        "",
        1,
        "*Mian Najam-us-Saqib v. Federation of Pakistan*. W.P. No. 1805 of 2023, Islamabad High Court, 25 June 2024.",
    );
    check(
        &work,
        "harvard",
        First,
        "para12",
        1,
        "(*Najam-us-Saqib v Federation of Pakistan*, 2024, para. 12)",
    );
    check(
        &work,
        "harvard",
        List,
        "",
        1,
        "*Najam-us-Saqib v Federation of Pakistan* (2024) Islamabad High Court, WP No. 1805/2023.",
    );
    check(
        &work,
        "aglc",
        First,
        "para12",
        1,
        "*Najam-us-Saqib v Federation of Pakistan* (Islamabad High Court, WP No 1805/2023, 25 June 2024) [12]",
    );
    check(&work, "aglc", Later, "para14", 1, "*Najam-us-Saqib* (n 1) [14]");
    check(&work, "aglc", Same, "para14", 1, "Ibid [14]");
    check(
        &work,
        "mcgill",
        First,
        "para12",
        1,
        "*Najam-us-Saqib v Federation of Pakistan* (25 June 2024), WP 1805/2023 at para 12 (Islamabad HC, Pakistan)",
    );
    check(&work, "mcgill", Later, "para14", 1, "*Najam-us-Saqib*, *supra* note 1 at para 14");
    check(&work, "mcgill", Same, "para14", 1, "*Ibid* at para 14");
}

#[test]
fn reported_judgments() {
    let work = works::reported();
    check(
        &work,
        "pk",
        First,
        "pl410",
        7,
        "Mohtarma Benazir Bhutto v. President of Pakistan (PLD 1998 SC 388 at p. 410)",
    );
    check(&work, "pk", Later, "pl412", 7, "Benazir Bhutto (supra) at p. 412");
    check(
        &work,
        "pk",
        List,
        "pl410",
        7,
        "Mohtarma Benazir Bhutto v. President of Pakistan (PLD 1998 SC 388)",
    );
    // ? from here on
    check(
        &work,
        "oscola",
        First,
        "pl410",
        7,
        "*Benazir Bhutto v President of Pakistan* PLD 1998 SC 388, 410",
    );
    check(&work, "oscola", Later, "pl412", 7, "*Benazir Bhutto* (n 7) 412");
    check(&work, "oscola", Same, "pl412", 7, "ibid 412");
    check(
        &work,
        "bluebook",
        First,
        "pl410",
        7,
        "Benazir Bhutto v. President of Pakistan, PLD 1998 SC 388, 410 (Pak.)",
    );
    check(&work, "bluebook", Later, "pl412", 7, "*Benazir Bhutto*, PLD 1998 SC at 412");
    check(&work, "bluebook", Same, "pl412", 7, "*Id.* at 412");
    check(
        &work,
        "chicago",
        First,
        "pl410",
        7,
        "Benazir Bhutto v. President of Pakistan, PLD 1998 SC 388, 410",
    );
    check(&work, "chicago", Later, "pl412", 7, "*Benazir Bhutto*, 412");
    check(
        &work,
        "apa",
        First,
        "pl410",
        7,
        "(*Benazir Bhutto v. President of Pakistan*, 1998, p. 410)",
    );
    check(&work, "mla", First, "pl410", 7, "(*Benazir Bhutto* 410)");
    check(
        &work,
        "harvard",
        First,
        "pl410",
        7,
        "(*Benazir Bhutto v President of Pakistan*, 1998, p. 410)",
    );
    check(
        &work,
        "aglc",
        First,
        "pl410",
        7,
        "*Benazir Bhutto v President of Pakistan* PLD 1998 SC 388, 410",
    );
    check(&work, "aglc", Later, "pl412", 7, "*Benazir Bhutto* (n 7) 412");
    check(&work, "aglc", Same, "pl412", 7, "Ibid 412");
    check(
        &work,
        "mcgill",
        First,
        "pl410",
        7,
        "*Benazir Bhutto v President of Pakistan*, PLD 1998 SC 388 at 410",
    );
    check(&work, "mcgill", Later, "pl412", 7, "*Benazir Bhutto*, *supra* note 7 at 412");
}

#[test]
fn statutes() {
    let work = works::statute();
    check(
        &work,
        "pk",
        First,
        "s37",
        5,
        "section 37 of the Prevention of Electronic Crimes Act, 2016 (Act XL of 2016)",
    );
    check(&work, "pk", First, "", 5, "Prevention of Electronic Crimes Act, 2016 (Act XL of 2016)");
    check(&work, "pk", Later, "s54", 5, "section 54, PECA");
    // ? from here on
    check(
        &work,
        "oscola",
        First,
        "s37",
        5,
        "Prevention of Electronic Crimes Act 2016 (Pakistan), s 37",
    );
    check(&work, "oscola", Later, "s54", 5, "PECA 2016, s 54");
    check(&work, "oscola", Same, "s54", 5, "ibid s 54");
    check(
        &work,
        "bluebook",
        First,
        "s37",
        5,
        "Prevention of Electronic Crimes Act, No. 40 of 2016, § 37 (Pak.)",
    );
    check(&work, "bluebook", Later, "s54", 5, "PECA § 54");
    check(&work, "bluebook", Same, "s54", 5, "*Id.* § 54");
    check(
        &work,
        "chicago",
        First,
        "s37",
        5,
        "Prevention of Electronic Crimes Act, No. 40 of 2016, § 37 (Pakistan)",
    );
    check(&work, "chicago", Later, "s54", 5, "PECA, § 54");
    check(&work, "apa", First, "s37", 5, "(Prevention of Electronic Crimes Act, 2016, § 37)");
    check(&work, "mla", First, "s37", 5, "(*PECA*, sec. 37)");
    check(&work, "harvard", First, "s37", 5, "(*Prevention of Electronic Crimes Act 2016*, s. 37)");
    check(
        &work,
        "aglc",
        First,
        "s37",
        5,
        "*Prevention of Electronic Crimes Act 2016* (Pakistan) s 37",
    );
    check(&work, "aglc", Later, "s54", 5, "*PECA* (n 5) s 54");
    check(
        &work,
        "mcgill",
        First,
        "s37",
        5,
        "*Prevention of Electronic Crimes Act, 2016* (Pakistan), s 37",
    );
    check(&work, "mcgill", Later, "s54", 5, "*PECA*, *supra* note 5, s 54");
}

#[test]
fn other_legal_works() {
    let (instrument, treaty, document) =
        (works::instrument(), works::treaty(), works::un_document());
    check(&instrument, "pk", First, "", 1, "S.R.O. 1005(I)/2024 dated 08.07.2024");
    check(
        &treaty,
        "pk",
        First,
        "art17",
        1,
        "Article 17 of the International Covenant on Civil and Political Rights, 1966",
    );
    check(&document, "pk", First, "para14", 1, "UN Doc. A/HRC/41/35, para 14");
    // ? from here on
    check(&instrument, "oscola", First, "", 1, "SRO 1005(I)/2024 (Pakistan)");
    check(&instrument, "bluebook", First, "", 1, "S.R.O. 1005(I)/2024 (July 8, 2024) (Pak.)");
    check(&instrument, "aglc", First, "", 1, "SRO 1005(I)/2024 (Pakistan)");
    check(
        &treaty,
        "oscola",
        First,
        "art17",
        1,
        "International Covenant on Civil and Political Rights (adopted 16 December 1966, entered into force 23 March 1976) 999 UNTS 171 (ICCPR) art 17",
    );
    check(&treaty, "oscola", Later, "art17", 12, "ICCPR (n 12) art 17");
    check(
        &treaty,
        "bluebook",
        First,
        "art17",
        1,
        "International Covenant on Civil and Political Rights art. 17, Dec. 16, 1966, 999 U.N.T.S. 171",
    );
    check(&document, "oscola", First, "para14", 1, "UN Doc A/HRC/41/35, para 14");
    check(&document, "bluebook", First, "para14", 1, "U.N. Doc. A/HRC/41/35, ¶ 14");
    // No row of their own yet: printed as `oscola` prints them.
    check(&document, "mla", First, "para14", 1, "UN Doc A/HRC/41/35, para 14");
}

#[test]
fn reports_and_news() {
    let (report, news) = (works::report(), works::news());
    let url = "https://www.amnesty.org/en/documents/asa33/0206/2025/en/";
    check(
        &report,
        "pk",
        First,
        "p34",
        1,
        "Amnesty International, \"Shadows of Control\" (ASA 33/0206/2025, 09.09.2025), p. 34",
    );
    check(
        &news,
        "pk",
        First,
        "",
        1,
        "Business Recorder, \"SC stops IHC from proceeding\", 20.08.2024",
    );
    check(
        &report,
        "oscola",
        First,
        "p34",
        1,
        &format!(
            "Amnesty International, ‘Shadows of Control: Censorship and Mass Surveillance in Pakistan’ (Amnesty International 2025) Report ASA 33/0206/2025 34 <{url}> accessed 12 September 2025"
        ),
    );
    check(
        &news,
        "oscola",
        First,
        "",
        1,
        "‘SC stops IHC from proceeding’ *Business Recorder* (20 August 2024) <https://www.brecorder.com/news/40318224> accessed 12 September 2025",
    );
    check(
        &report,
        "bluebook",
        First,
        "p34",
        1,
        &format!(
            "Amnesty International, *Shadows of Control: Censorship and Mass Surveillance in Pakistan* 34 (2025), {url}"
        ),
    );
    check(
        &report,
        "aglc",
        First,
        "p34",
        1,
        &format!(
            "Amnesty International, *Shadows of Control: Censorship and Mass Surveillance in Pakistan* (Report No ASA 33/0206/2025, Amnesty International, 9 September 2025) 34 <{url}>"
        ),
    );
}

#[test]
fn instruments_without_number_keep_their_date() {
    let mut policy = works::instrument();
    policy.title = Some("Telecommunications Policy, 2015".to_owned());
    policy.date.as_mut().unwrap().value = "2015-12-11".parse().unwrap();
    if let Detail::Instrument(instrument) = &mut policy.detail {
        instrument.number = None;
    }
    check(&policy, "pk", First, "", 1, "Telecommunications Policy, 2015 dated 11.12.2015");
    check(
        &policy,
        "oscola",
        First,
        "",
        1,
        "Telecommunications Policy 2015 (Pakistan, 11 December 2015)",
    );
    check(
        &policy,
        "aglc",
        First,
        "",
        1,
        "*Telecommunications Policy 2015* (Pakistan), 11 December 2015",
    );
    policy.date.as_mut().unwrap().value = "2015".parse().unwrap();
    check(&policy, "pk", First, "", 1, "Telecommunications Policy, 2015");
    check(&policy, "oscola", First, "", 1, "Telecommunications Policy 2015 (Pakistan)");
}

#[test]
fn pages_of_the_web_keep_their_date() {
    let mut page = works::news();
    page.kind = crate::model::Kind::Web;
    page.url = None;
    if let Detail::Published(published) = &mut page.detail {
        published.outlet = None;
    }
    check(&page, "pk", First, "", 1, "\"SC stops IHC from proceeding\", 20.08.2024");
    check(&page, "oscola", First, "", 1, "‘SC stops IHC from proceeding’ (20 August 2024)");
}

#[test]
fn pleadings_name_the_parties() {
    let mut filed = works::order();
    let input = crate::model::RecordInput {
        kind: Some(crate::model::Kind::Pleading),
        title: Some("Report of the regulator".to_owned()),
        court: Some("ihc".to_owned()),
        petitioner: Some(crate::model::record::OneOrMany::One("Mian Najam-us-Saqib".to_owned())),
        respondent: Some(crate::model::record::OneOrMany::One("Federation of Pakistan".to_owned())),
        numbers: Some(crate::model::record::OneOrMany::One("W.P. No. 1805/2023".to_owned())),
        ..crate::model::RecordInput::default()
    };
    filed = works::work(filed.id.0[0], input);
    check(
        &filed,
        "pk",
        First,
        "",
        1,
        "\"Report of the regulator\", Mian Najam-us-Saqib v. Federation of Pakistan, Islamabad High Court, W.P. No. 1805/2023",
    );
    check(
        &filed,
        "oscola",
        First,
        "",
        1,
        "‘Report of the regulator’, *Najam-us-Saqib v Federation of Pakistan*, Islamabad High Court, WP No 1805/2023",
    );
}

#[test]
fn the_status_travels_with_the_first_citation() {
    let work = works::suspended_order();
    check(
        &work,
        "pk",
        First,
        "para12",
        1,
        "Mian Najam-us-Saqib v. Federation of Pakistan (Writ Petition No. 1805 of 2023, Islamabad High Court), order dated 25.06.2024, para 12 [suspended by the Supreme Court, 19.08.2024]",
    );
    check(
        &work,
        "oscola",
        List,
        "",
        1,
        "Najam-us-Saqib v Federation of Pakistan WP No 1805/2023 (Islamabad High Court, 25 June 2024) [suspended by the Supreme Court, 19 August 2024]",
    );
    check(&work, "pk", Later, "para14", 1, "Najam-us-Saqib (supra), para 14");
}

#[test]
fn an_order_without_parties_is_cited_by_its_number() {
    let mut work = works::order();
    if let Detail::Case(case) = &mut work.detail {
        case.side_a.clear();
        case.side_b.clear();
    }
    check(
        &work,
        "pk",
        First,
        "p12,para18",
        1,
        "W.P. No. 1805 of 2023 (Islamabad High Court, order dated 25.06.2024), para 18, p. 12",
    );
    for style in super::super::style_ids() {
        let locator = "para18".parse().unwrap();
        let citing = Citing {
            locator: &locator,
            page_label: None,
            first_note: None,
            accessed: None,
            lang: Lang::En,
            status: true,
        };
        let words = citation(&work, Style::named(style).unwrap(), First, &citing).plain();
        assert!(words.contains("1805") && words.contains("18"), "{style}: {words}");
    }
}

#[test]
fn ranges_labels_and_provisions() {
    let work = works::reported();
    check(
        &work,
        "pk",
        First,
        "pl410-412",
        7,
        "Mohtarma Benazir Bhutto v. President of Pakistan (PLD 1998 SC 388 at pp. 410–412)",
    );
    check(
        &works::order(),
        "pk",
        First,
        "para18-20",
        1,
        "Mian Najam-us-Saqib v. Federation of Pakistan (Writ Petition No. 1805 of 2023, Islamabad High Court), order dated 25.06.2024, paras 18–20",
    );
    check(
        &works::statute(),
        "oscola",
        First,
        "s37.1",
        1,
        "Prevention of Electronic Crimes Act 2016 (Pakistan), s 37(1)",
    );
}

/// The whole table as a file, for eyes and for diffs: style, mark, kind, form, string. The mark is
/// `✓` for what we decided ourselves, `?` for what no person has yet compared with the manual.
#[test]
fn the_golden_table() {
    let kept = include_str!("../../../tests/golden/citations.tsv");
    let mut table = String::from("style\tmark\twork\tform\tcitation\n");
    for id in super::super::style_ids() {
        let style = Style::named(id).unwrap();
        let mark = if style.confirmed { "✓" } else { "?" };
        for work in works::all() {
            let places = match Row::of(&work) {
                Row::Order => ["para12", "para14"],
                Row::Reported => ["pl410", "pl412"],
                Row::Statute => ["s37", "s54"],
                Row::Treaty => ["art17", "art19"],
                Row::UnDocument => ["para14", "para16"],
                Row::Instrument | Row::News | Row::Web | Row::Other => ["", ""],
                Row::Report | Row::Article | Row::Book => ["p34", "p36"],
            };
            let forms = [(First, places[0]), (Later, places[1]), (Same, places[1]), (List, "")];
            for (form, at) in forms {
                let locator = if at.is_empty() { Locator::default() } else { at.parse().unwrap() };
                let citing = Citing {
                    locator: &locator,
                    page_label: None,
                    first_note: Some(7),
                    accessed: "2025-09-12".parse().ok(),
                    lang: Lang::En,
                    status: true,
                };
                let words = marked(&citation(&work, style, form, &citing));
                let kind = work.kind.name();
                table.push_str(&format!("{id}\t{mark}\t{kind}\t{form:?}\t{words}\n"));
            }
        }
    }
    assert!(table == kept, "tests/golden/citations.tsv is now:\n{table}");
}

#[test]
fn nothing_that_stock_styles_print_wrongly() {
    for work in works::all() {
        for style in super::super::style_ids() {
            for form in [First, Later, Same, List] {
                let locator = Locator::default();
                let citing = Citing {
                    locator: &locator,
                    page_label: None,
                    first_note: Some(3),
                    accessed: None,
                    lang: Lang::En,
                    status: false,
                };
                let words = citation(&work, Style::named(style).unwrap(), form, &citing).plain();
                for never in [
                    "Pub. L.",
                    "Sattar",
                    "2016 2016",
                    "(1998) 1998",
                    "1998 PLD",
                    "MMXVI",
                    "()",
                    "( ",
                    " ,",
                    "  ",
                    "{",
                    "}",
                ] {
                    assert!(!words.contains(never), "{style} {form:?}: {words}");
                }
                assert!(!words.is_empty());
            }
        }
    }
}

/// Whatever place is named, in any kind of work, the citation says it; a court, a number and an
/// edition that are known are said somewhere in the first citation or the list.
#[test]
fn no_place_is_lost_in_any_style() {
    let pins = ["p34", "pl34", "para34", "s34", "art34", "r34", "n34"];
    for style in super::super::style_ids().map(|id| Style::named(id).unwrap()) {
        for work in works::all() {
            for at in pins {
                let locator: Locator = at.parse().unwrap();
                let citing = Citing {
                    locator: &locator,
                    page_label: None,
                    first_note: Some(3),
                    accessed: None,
                    lang: Lang::En,
                    status: false,
                };
                for form in [First, Later, Same] {
                    let words = citation(&work, style, form, &citing).plain();
                    assert!(words.contains("34"), "{} {form:?} @{at}: {words}", style.id);
                    assert_eq!(words.matches("34").count(), 1, "{} @{at}: {words}", style.id);
                }
            }
        }
    }
}

#[test]
fn no_court_number_or_edition_is_lost_in_any_style() {
    use crate::model::record::OneOrMany;
    let mut order = works::order();
    order.short_title = None;
    let reported = works::work(
        0x23,
        crate::model::RecordInput {
            kind: Some(crate::model::Kind::Judgment),
            court: Some("shc".to_owned()),
            petitioner: Some(OneOrMany::One("Aziz Nobody".to_owned())),
            respondent: Some(OneOrMany::One("The Province".to_owned())),
            reports: Some(OneOrMany::One("2019 CLC 2185".to_owned())),
            ..crate::model::RecordInput::default()
        },
    );
    let whole = Locator::default();
    for style in super::super::style_ids().map(|id| Style::named(id).unwrap()) {
        let citing = Citing {
            locator: &whole,
            page_label: None,
            first_note: None,
            accessed: None,
            lang: Lang::En,
            status: false,
        };
        let both = |work: &Work| {
            let forms = [First, List].map(|form| citation(work, style, form, &citing).plain());
            forms.join(" | ")
        };
        let check = |words: String, wanted: &[&str]| {
            assert!(wanted.iter().any(|one| words.contains(one)), "{}: {words}", style.id);
        };
        check(both(&order), &["1805"]);
        check(both(&order), &["Islamabad H", "اسلام آباد ہائی کورٹ"]);
        check(both(&reported), &["2019 CLC 2185"]);
        // The series reports every High Court, so the citation names it.
        check(both(&reported), &["High Court of Sindh", "H.C. of Sindh", "سندھ ہائی کورٹ"]);
        check(both(&works::instrument()), &["1005(I)/2024"]);
        check(
            both(&works::treaty()),
            &["999 UNTS 171", "999 U.N.T.S. 171", "Rights، 1966", "Rights, 1966"],
        );
        check(both(&works::un_document()), &["A/HRC/41/35"]);
        check(both(&works::book()), &["2nd"]);
        if style.id != "bluebook" {
            check(both(&works::report()), &["ASA 33/0206/2025"]);
        }
    }
    // The Supreme Court's own series, and series that print their court, say it.
    let mut own = reported.clone();
    if let Detail::Case(case) = &mut own.detail {
        case.reports = vec!["2019 SCMR 12".to_owned()];
    }
    check(&own, "pk", First, "", 1, "Aziz Nobody v. The Province (2019 SCMR 12)");
    check(
        &reported,
        "pk",
        First,
        "pl2190",
        1,
        "Aziz Nobody v. The Province (2019 CLC 2185 at p. 2190, High Court of Sindh)",
    );
}

#[test]
fn half_known_dates() {
    let date = |text: &str| text.parse::<Date>().unwrap();
    assert_eq!(date_words(date("2024-06"), DateForm::Dots), "06.2024");
    assert_eq!(date_words(date("2024"), DateForm::MonthDay), "2024");
    assert_eq!(date_words(date("2024-06"), DateForm::DayMonth), "June 2024");
}
