//! Every row of the grammar of references, and what is none.

use super::*;

#[test]
fn rows_1_to_12() {
    check("PLD 1998 SC 388 at p. 410", &["pk/pld/1998/sc/388"]);
    pin("PLD 1998 SC 388 at p. 410", "p 410");
    check("PLD 2024 Islamabad 1", &["pk/pld/2024/islamabad/1"]);
    check("2024 SCMR 123", &["pk/scmr/2024/123"]);
    check("see (1998 SCMR 2679) here", &["pk/scmr/1998/2679"]);
    for text in
        ["1968 P Cr. L J 1077", "1968 P.Cr.L.J. 1077", "1968 PCr.LJ 1077", "1968 PCrLJ 1077"]
    {
        check(text, &["pk/pcrlj/1968/1077"]);
    }
    check("2024 PLC (C.S.) 402", &["pk/plc-cs/2024/402"]);
    check("2010 PLC 259", &["pk/plc/2010/259"]);
    check("PLD 2015 Supreme Court 123", &["pk/pld/2015/sc/123"]);
    check("PLD 2015 SC (Pak.) 123", &["pk/pld/2015/sc/123"]);
    check("PLD 1996Supreme Court 543", &["pk/pld/1996/sc/543"]);
}

#[test]
fn rows_13_to_24() {
    check("PLD 2013 SC1", &["pk/pld/2013/sc/1"]);
    check("PLD 1998 Lah. 90", &["pk/pld/1998/lahore/90"]);
    check("PLD 1957 (W.P.) Karachi 92", &["pk/pld/1957/karachi/92"]);
    check("1987 CLC [Karachi] 2185", &["pk/clc/1987/2185"]);
    check("2009 YLR 550-Karachi", &["pk/ylr/2009/550"]);
    check("2018 YLR Note 114", &["pk/ylr-n/2018/114"]);
    check("2022 PCRLJ-N 64", &["pk/pcrlj-n/2022/64"]);
    check("2022 S C M R 25", &["pk/scmr/2022/25"]);
    check("PLJ 2010 Cr.C. (Lahore) 123", &["pk/plj-crc/2010/lahore/123"]);
    check("NLR 1986 SCJ 1", &["pk/nlr-scj/1986/1"]);
    check("2023 LHC 5924", &["pk/lhc/2023/5924"]);
    check("2012 IHC 26", &["pk/ihc/2012/26"]);
    check(
        "2016 CLD 393 / 2014 PTD 225 / 2005 MLD 10 / 2019 GBLR 12",
        &["pk/cld/2016/393", "pk/ptd/2014/225", "pk/mld/2005/10", "pk/gblr/2019/12"],
    );
}

#[test]
fn rows_25_to_37_abroad() {
    check("AIR 1963 SC 1295", &["in/air/1963/sc/1295"]);
    check("AIR 1943 PC 83", &["in/air/1943/pc/83"]);
    check("(2017) 10 SCC 1", &["in/scc/2017/10/1"]);
    check("(2015) 11 Supreme Court Cases 493", &["in/scc/2015/11/493"]);
    check("2013 SCC Online Mad 2171", &["in/scc-online/2013/mad/2171"]);
    check("[2019] UKSC 22, [37]", &["uk/uksc/2019/22"]);
    pin("[2019] UKSC 22, [37]", "para 37");
    check("[2020] EWCA Civ 1058", &["uk/ewca-civ/2020/1058"]);
    check("[2019] EWHC 2057 (Admin)", &["uk/ewhc-admin/2019/2057"]);
    check("[1990] 1 AC 109", &["uk/ac/1990/1/109"]);
    check("[1990] AC 109", &["uk/ac/1990/109"]);
    check("(1978) 2 EHRR 214", &["coe/ehrr/2/214"]);
    check("S and Marper v United Kingdom [2008] ECHR 1581", &["coe/echr/2008/1581"]);
    check("App no 47143/06", &["coe/app/47143-06"]);
    check("389 U.S. 347 (1967)", &["us/us/389/347"]);
    check("138 S. Ct. 2206, 2217 (2018)", &["us/s-ct/138/2206"]);
    pin("138 S. Ct. 2206, 2217 (2018)", "p 2217");
}

#[test]
fn rows_38_to_44_cases() {
    for text in
        ["W.P. No. 1805/2023", "WP No 1805/2023", "W.P No.1805-2023", "W. P. No. 1805 of 2023"]
    {
        check(text, &["pk/_/wp/2023/1805"]);
    }
    check("Writ Petition Nos. 1805 and 2758 of 2023", &["pk/_/wp/2023/1805", "pk/_/wp/2023/2758"]);
    check("I.C.A. 45 of 2019", &["pk/_/ica/2019/45"]);
    check("ICA No. 12/2024", &["pk/_/ica/2024/12"]);
    check("Const. P. 77 of 1996", &["pk/_/const-p/1996/77"]);
    check("Constitution Petition No.D-1234 of 2019", &["pk/shc/const-p/2019/d-1234"]);
    check("C.P.L.A. No. 34/2024", &["pk/sc/cpla/2024/34"]);
    check("Civil Petition No. 3597-L of 2023", &["pk/sc/cp/2023/3597-l"]);
    check("Crl. Misc. No. 123-B/2023", &["pk/_/crl-misc/2023/123-b"]);
    check("Suo Motu Case No. 11 of 2011", &["pk/sc/smc/2011/11"]);
    check("H.R.C. No. 3654/2018", &["pk/sc/hrc/2018/3654"]);
    check("FIR No. 16 of 2024", &["pk/_/fir/2024/16"]);
    check("C. R. No. 174-D of 2009", &["pk/_/cr/2009/174-d"]);
    check("W.P. No. 1805/2023 and 2758/2023", &["pk/_/wp/2023/1805", "pk/_/wp/2023/2758"]);
    check("Civil Appeals No. 977 & 978 of 2018", &["pk/_/ca/2018/977", "pk/_/ca/2018/978"]);
    check(
        "Const. Petitions 14 to 17 of 2023",
        &[
            "pk/_/const-p/2023/14",
            "pk/_/const-p/2023/15",
            "pk/_/const-p/2023/16",
            "pk/_/const-p/2023/17",
        ],
    );
}

#[test]
fn rows_45_to_55_law() {
    check(
        "section 54 of the Pakistan Telecommunication (Re-organization) Act, 1996",
        &["pk/act/telecom-act/s54"],
    );
    check(
        "sections 5(2) and 7 of the Telegraph Act, 1885",
        &["pk/act/telegraph-act/s5.2", "pk/act/telegraph-act/s7"],
    );
    check(
        "Investigation for Fair Trial Act, 2013 (IFTA) and s. 4 IFTA",
        &["pk/act/fair-trial-act", "pk/act/fair-trial-act/s4"],
    );
    check("PECA 2016 s. 37", &["pk/act/peca/s37"]);
    check(
        "sections 37, 39 and 42 of PECA",
        &["pk/act/peca/s37", "pk/act/peca/s39", "pk/act/peca/s42"],
    );
    check("s. 37(1) PECA", &["pk/act/peca/s37.1"]);
    check("section 9 of the Prevention of Electronic Crimes Act (PECA), 2016", &["pk/act/peca/s9"]);
    let constitution = |item: &str| format!("pk/act/constitution-pk/art{item}");
    let six: Vec<String> = ["4", "9", "10a", "14", "19", "19a"].map(constitution).to_vec();
    check(
        "Articles 4, 9, 10A, 14, 19 and 19A of the Constitution of the Islamic Republic of Pakistan, 1973",
        &six.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    check("Art. 10-A of the Constitution", &["pk/act/constitution-pk/art10a"]);
    check("u/s 497 Cr.P.C", &["pk/act/crpc/s497"]);
    check("Section 302/34 PPC", &["pk/act/ppc/s302", "pk/act/ppc/s34"]);
    check("Art. 164 QSO", &["pk/act/qso/art164"]);
    check("Article 164 of the Qanun-e-Shahadat Order, 1984", &["pk/act/qso/art164"]);
    check("Code of Criminal Procedure, 1898", &["pk/act/crpc"]);
    check("S.R.O. 1005(I)/2024", &["pk/sro/2024/1005-i"]);
    check("SRO 512(I) of 2022", &["pk/sro/2022/512-i"]);
    check(
        "Rules 4 and 5 of the Removal and Blocking of Unlawful Online Content Rules, 2021",
        &["pk/act/uoc-rules/r4", "pk/act/uoc-rules/r5"],
    );
}

#[test]
fn rows_56_to_62() {
    check("ASA 33/0206/2025", &["ai/asa-33-0206-2025"]);
    check("A/HRC/41/35", &["un/a-hrc-41-35"]);
    check("CCPR/C/PAK/CO/2", &["un/ccpr-c-pak-co-2"]);
    check("A/RES/68/167", &["un/a-res-68-167"]);
    check("PLD 1976 [SC] 57", &["pk/pld/1976/sc/57"]);
    check(
        "sections 452, 506(ii), 324 and 34 PPC",
        &["pk/act/ppc/s452", "pk/act/ppc/s506.ii", "pk/act/ppc/s324", "pk/act/ppc/s34"],
    );
    check("section 249-A CrPC", &["pk/act/crpc/s249a"]);
    check("Z0l0 SCMR 1036", &["pk/scmr/2010/1036"]);
}

#[test]
fn what_is_no_reference() {
    for text in [
        "appeals of 2018 AND 3 others",
        "dated 2019 at 5 p.m.",
        "2008 SCMR 598/2009",
        "2008 ZZZZ 598",
        "order dated 22.11.2021 passed by 3 members",
        "in 2016 All 4 parties",
        "tax 2019 10 percent",
        "PLC 2015",
        "Rs. 2,000 U.S. 5",
        "2021 SCMR T168",
        "for the reasons detailed supra",
        "on 25/03/2024 the 3 members",
        "the facts of this action and the contract",
        "Section Officer, Ministry of Interior",
        "24/7 A/C and E/2",
        "a rule 5 years old",
    ] {
        check(text, &[]);
    }
}

#[test]
fn urdu_forms() {
    check("پی ایل ڈی ۱۹۹۸ سپریم کورٹ ۳۸۸", &["pk/pld/1998/sc/388"]);
    check("۲۰۲۴ ایس سی ایم آر ۱۲۳", &["pk/scmr/2024/123"]);
    check("دفعہ ۳۷ پیکا", &["pk/act/peca/s37"]);
    check("پیکا کی دفعہ ۳۷ کے تحت", &["pk/act/peca/s37"]);
    check("پیکا کی دفعات 29 اور 30", &["pk/act/peca/s29", "pk/act/peca/s30"]);
    check("آئین پاکستان کے آرٹیکل ۱۹۹", &["pk/act/constitution-pk/art199"]);
    check("آرٹیکل ۱۹۹", &["pk/act/constitution-pk/art199"]);
    check("رٹ پٹیشن نمبر 1805/2023", &["pk/_/wp/2023/1805"]);
    check("پاکستان ٹیلی کمیونیکیشن ایکٹ 1996 کے سیکشن 54", &["pk/act/telecom-act/s54"]);
    check("ایس آر او 1005(I)/2024", &["pk/sro/2024/1005-i"]);
    check("PLD ۱۹۹۸ SC ۳۸۸", &["pk/pld/1998/sc/388"]);
}

#[test]
fn urdu_names_are_whole_words() {
    check("وہ مسلسل برسرِ پیکار ہیں", &[]);
    check("دفعہ 37 پیکا کے تحت", &["pk/act/peca/s37"]);
    check("پرانا دستور تھا", &[]);
}
