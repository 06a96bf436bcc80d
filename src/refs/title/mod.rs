//! The record of a document, read off its pages: cause titles, statutes, reports.
//!
//! [`derive()`] goes through the head and the foot of a document, zone by zone. Every value is
//! `derived`, with its page and a confidence; what the pages do not show is left out, and a
//! document of no known layout gives an empty record.

mod bench;
mod british;
mod british_bench;
mod caption;
mod case;
mod connected;
mod counsel;
mod court;
mod dates;
mod docket;
mod doubt;
mod enactment;
mod filed;
mod india;
mod judge;
mod later;
mod letter;
mod lines;
mod ngo;
mod number;
mod parliament;
mod party;
mod report;

pub use doubt::{OF_DAY, Unsure};

use crate::model::{Page, Record, Warning};

/// What the pages say about their document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    /// Every value of origin `derived`.
    pub record: Record,
    /// `no-date` and `record-conflict`, in the order of their pages.
    pub warnings: Vec<Warning>,
}

/// Reads the record of a document off its pages; empty where no known layout is seen.
pub fn derive(pages: &[Page]) -> Derived {
    derive_unsure(pages, &Unsure::new())
}

/// Reads the record as [`derive()`] does; what stands in words that OCR was not sure of is in doubt.
pub fn derive_unsure(pages: &[Page], unsure: &Unsure) -> Derived {
    let lines = lines::lines(pages);
    let mut derived = case::derive(&lines)
        .or_else(|| enactment::derive(&lines))
        .or_else(|| ngo::derive(&lines))
        .or_else(|| parliament::derive(&lines))
        .unwrap_or_default();
    doubt::weigh(&mut derived, pages, unsure);
    derived
}

/// Reads the record of an order or a judgment off its pages, as [`derive_unsure`] does; of other
/// papers it may be empty. Most of these are passed after a look at their heads.
pub fn derive_case(pages: &[Page], unsure: &Unsure) -> Derived {
    if !case::has_court(&lines::head(pages, case::HEAD_LINES)) {
        return Derived::default();
    }
    let mut derived = case::derive(&lines::lines(pages)).unwrap_or_default();
    doubt::weigh(&mut derived, pages, unsure);
    derived
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageNo, PageOrigin, Role};

    /// One line of the fixture is one paragraph, as the PDF reader gives cause titles.
    fn derived(text: &str) -> Derived {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::TextLayer);
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            page.push(line, Role::Body);
        }
        derive(&[page])
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let Derived { record, .. } = derived(text);
        let list = |values: Vec<String>| values.join("; ");
        let found = [
            record.kind.map(|kind| kind.value.name().to_owned()).unwrap_or_default(),
            record.court.map(|court| court.value).unwrap_or_default(),
            record.title.map(|title| title.value).unwrap_or_default(),
            list(record.numbers.into_iter().map(|number| number.value).collect()),
            list(record.judges.into_iter().map(|judge| judge.value).collect()),
            list(
                record
                    .dates
                    .into_iter()
                    .map(|date| format!("{} {}", date.value.role.name(), date.value.value))
                    .collect(),
            ),
        ]
        .join(" | ");
        assert_eq!(found, expect);
    }

    #[test]
    fn islamabad_order_sheet() {
        check(
            "ORDER SHEET.
            IN THE ISLAMABAD HIGH COURT, ISLAMABAD.
            JUDICIAL DEPARTMENT.
            Writ Petition No. 77/2031
            Kite Makers Guild through its President
            Versus
            Federation of Birds, etc.
            S. No. of order/ proceedings\tDate of order/ Proceedings\tOrder with signature of Judge and that of parties or counsel where necessary.
            (05)\t12.05.2031\tMr. Nadir, Advocate for the petitioner.
            Order dated 01.02.2030 is assailed.
            2.\tRelist on 02.06.2031.
            (MIRA DELL KHAN)
            JUDGE",
            "order | ihc | Kite Makers Guild v. Federation of Birds, etc. | Writ Petition No. 77/2031 | Mira Dell Khan | order 2031-05-12; next-hearing 2031-06-02",
        );
    }

    #[test]
    fn islamabad_judgment() {
        check(
            "JUDGMENT SHEET
            IN THE ISLAMABAD HIGH COURT, ISLAMABAD
            R.A. No.02 of 2031
            Dr. Nadir Khan
            Versus
            Federation of Birds and others
            Date of Hearing: 04.12.2031
            Petitioner by: Mr. Adil, Advocate.
            MIRA DELL KHAN, J:- Through this application the order dated 01.01.2030 is assailed.
            (MIRA DELL KHAN)
            JUDGE
            ANNOUNCED IN AN OPEN COURT ON 16.12.2031.",
            "judgment | ihc | Dr. Nadir Khan v. Federation of Birds and others | R.A. No.02 of 2031 | Mira Dell Khan | hearing 2031-12-04; announced 2031-12-16",
        );
    }

    #[test]
    fn lahore_order_sheet_with_parties_on_one_line() {
        check(
            "FORM No. HCJD/C-121
            ORDER SHEET
            IN THE LAHORE HIGH COURT, LAHORE
            JUDICIAL DEPARTMENT
            C.R. No.75 of 2031
            Nadir Khan and others          Versus     Mst. Mira Bibi and others
            Sr. No. of order/ proceeding   Date of order/ Proceeding   Order with signature of Judge, and that of parties of counsel, where necessary
            27.3.2031        Mian Adil, Advocate for petitioners.
            (Bashir Ahmad Dell)
            Judge",
            "order | lhc | Nadir Khan and others v. Mst. Mira Bibi and others | C.R. No.75 of 2031 | Bashir Ahmad Dell | order 2031-03-27",
        );
    }

    #[test]
    fn lahore_judgment_sheet() {
        check(
            "Stereo. H C J D A 38.
            JUDGMENT SHEET
            LAHORE HIGH COURT, MULTAN BENCH, MULTAN
            JUDICIAL DEPARTMENT
            Criminal Revision No. 17 of 2031
            (Nadir Khan Vs. The learned Judge Kite Court,
            Multan and four others )
            JUDGMENT
            Date of hearing: 16.01.2031.
            Petitioner by: Mr. Adil, Advocate.
            BASHIR AHMAD DELL, J: Through this revision",
            "judgment | lhc | Nadir Khan v. The learned Judge Kite Court, Multan and four others | Criminal Revision No. 17 of 2031 | Bashir Ahmad Dell | hearing 2031-01-16",
        );
    }

    #[test]
    fn supreme_court_of_pakistan() {
        check(
            "IN THE SUPREME COURT OF PAKISTAN
            (Appellate Jurisdiction)
            PRESENT:
            MR. JUSTICE NADIR ALI KHAN, HCJ
            MR. JUSTICE BASHIR DELL
            CIVIL APPEAL NO. 12 OF 2031
            (Against the judgment dated 05.03.2030 of the High Court of Sindh, Karachi
            passed in C.P. No. D-99 of 2029)
            Kite Makers (Pvt.) Ltd. …Appellant(s)
            VERSUS
            Federation of Birds through Secretary, Air and others …Respondent(s)
            For the appellant(s): Mr. Adil, ASC
            Date of hearing: 20.05.2031
            ORDER
            NADIR ALI KHAN, CJ.— Leave was granted.",
            "order | scp | Kite Makers (Pvt.) Ltd. v. Federation of Birds and others | CIVIL APPEAL NO. 12 OF 2031 | Nadir Ali Khan; Bashir Dell | hearing 2031-05-20",
        );
    }

    #[test]
    fn law_report_page() {
        let text = "2031 S C M R 25
            [Supreme Court of Pakistan]
            Present: Nadir Ali Khan and Bashir Dell, JJ
            Nadir KITE and others---Appellants
            versus
            The STATE---Respondent
            Criminal Appeal No. 5 of 2030, decided on 18th November, 2030.";
        check(
            text,
            "judgment | scp | Nadir KITE and others v. The STATE |  | Nadir Ali Khan; Bashir Dell | decision 2030-11-18",
        );
        assert_eq!(derived(text).record.reports[0].value, "2031 SCMR 25");
    }

    #[test]
    fn united_states() {
        check(
            "United States Court of Appeals
            for the Fifth Circuit
            No. 31-50498
            Mira Dell,
            Plaintiff—Appellant,
            versus
            Kite Insurance Company,
            Defendant—Appellee.
            Appeal from the United States District Court
            Before Barks, Stewer, and Dennit, Circuit Judges.
            Per Curiam:
            Argued April 23, 2031—Decided June 13, 2031",
            "judgment | United States Court of Appeals for the Fifth Circuit | Mira Dell v. Kite Insurance Company | No. 31-50498 | Barks; Stewer; Dennit | hearing 2031-04-23; decision 2031-06-13",
        );
    }

    #[test]
    fn supreme_court_of_the_united_states() {
        check(
            "(Slip Opinion)\tOCTOBER TERM, 2030\t1
            Syllabus
            NOTE: Where it is feasible, a syllabus will be released at the time the opinion is issued.
            SUPREME COURT OF THE UNITED STATES
            Syllabus
            KITE WATER DISTRICT v.
            DELL ET AL.
            CERTIORARI TO THE UNITED STATES COURT OF APPEALS FOR
            THE TENTH CIRCUIT
            No. 31–889. Argued April 23, 2031—Decided June 13, 2031
            The Kite Compact allocates rights among the States.",
            "judgment | scotus | KITE WATER DISTRICT v. DELL ET AL. | No. 31–889 |  | hearing 2031-04-23; decision 2031-06-13",
        );
    }

    #[test]
    fn united_kingdom() {
        check(
            "Neutral Citation Number: [2031] EWCA Civ 547
            Case No: C3/2030/1463
            IN THE COURT OF APPEAL (CIVIL DIVISION)
            ON APPEAL FROM THE KITE COURT
            Royal Courts of Justice
            Date: 15/04/2031
            Before :
            LORD JUSTICE DELL
            and
            LADY JUSTICE KHAN
            - - - - - -
            Between :
            KITE MAKERS LTD
            Appellant
            - and -
            BIRD COUNCIL
            Respondent
            - - - - - -
            Hearing dates : 31st March and 1st April 2031
            JUDGMENT
            Lord Justice Dell :",
            "judgment | ewca | KITE MAKERS LTD v. BIRD COUNCIL | Case No: C3/2030/1463 | Lord Justice Dell; Lady Justice Khan | hearing 2031-03-31; hearing 2031-04-01; decision 2031-04-15",
        );
    }

    #[test]
    fn sindh_with_a_table_of_counsel() {
        check(
            "ORDER SHEET
            IN THE HIGH COURT OF SINDH, CIRCUIT COURT, HYDERABAD
            Crl. Bail Application No.S-12 of 2031
            DATE     ORDER WITH SIGNATURE OF JUDGE(S)
            Before:
            Mr. Justice Bashir Ahmad Dell
            Applicant     :     Kite Dell through Mr. Adil, Advocate.
            Respondent     :     The State through Mr. Sky, A.P.G.
            Date of hearing & order:     27-07-2031
            O R D E R
            Bashir Ahmad Dell, J. Through this application bail is asked for on a surety of
            (Rupees Fifty Thousands Only) and a bond.
            J U D G E",
            "order | shc | Kite Dell v. The State | Crl. Bail Application No.S-12 of 2031 | Bashir Ahmad Dell | order 2031-07-27",
        );
    }

    #[test]
    fn sindh_with_several_petitions() {
        check(
            "IN THE HIGH COURT OF SINDH BENCH AT SUKKUR
            C. P. No. D – 81 of 2031
            (Kite Dell versus Federation of Birds & Ors)
            C. P. No. D – 82 of 2031
            (Wing versus Federation of Birds & Ors)
            Present:
            Mr. Bashir Ahmad Dell, J.
            Mr. Nadir Khan, J.
            Date of hearing     :     30.01.2031
            Date of decision     :     31.01.2031
            ORDER
            Nadir Khan, J. – These are two petitions.",
            "order | shc | Kite Dell v. Federation of Birds and others | C. P. No. D – 81 of 2031; C. P. No. D – 82 of 2031 | Nadir Khan; Bashir Ahmad Dell | hearing 2031-01-30; decision 2031-01-31",
        );
    }

    #[test]
    fn sindh_without_parties() {
        check(
            "THE HIGH COURT OF SINDH, BENCH AT SUKKUR
            C.P No.D-444 of 2031
            22-05-2031
            Mr. Adil, Advocate along with petitioner.
            *****
            Petitioner, who claims to be a maker of kites, asks for string.
            J U D G E
            J U D G E
            Zahid",
            "order | shc |  | C.P No.D-444 of 2031 |  | order 2031-05-22",
        );
    }

    #[test]
    fn delhi() {
        check(
            "$~3 & 4
            *     IN THE HIGH COURT OF DELHI AT NEW DELHI
            %     Judgment reserved on: 19.02.2031
            Judgment pronounced on: 20.03.2031
            +     W.P.(C) 6235/2031 & CM APPL. 7/2031 (INTERIM
            RELIEF)
            KITE PRODUCTS     .....Petitioner
            Through: Mr. Adil, Adv.
            versus
            KEEPER OF BIRDS,
            DELHI NORTH & ANR.     .....Respondents
            Through: Mr. Sky, SSC with Mr. Wing, Adv.
            +     LPA 690/2031
            DELL     .....Petitioner
            Through: Mr. Adil, Adv.
            versus
            KEEPER OF BIRDS     .....Respondent
            CORAM:
            HON'BLE MR. JUSTICE NADIR KHAN
            HON'BLE MR. JUSTICE BASHIR AHMAD
            DELL
            J U D G M E N T
            BASHIR AHMAD DELL, J.
            1.     The petitioner flies kites.",
            "judgment | High Court of Delhi | KITE PRODUCTS v. KEEPER OF BIRDS, DELHI NORTH and another | W.P.(C) 6235/2031; CM APPL. 7/2031; LPA 690/2031 | Bashir Ahmad Dell; Nadir Khan | announced 2031-03-20",
        );
    }

    #[test]
    fn supreme_court_of_india() {
        let text = "150     SUPREME COURT REPORTS     [2031] 7 S.C.R.
            [2031] 7 S.C.R. 150
            KITE DELL
            v.
            STATE OF BIRDS & ORS.
            (Criminal Appeal No. 15 of 2030)
            AUGUST 19, 2031
            [N. V. KHAN, CJI, S. WING AND
            BASHIR DELL, JJ.]
            Kite Code, 2000 – s. 3 – The case was that a kite was caught by
            three boys – Nadir v. Mira relied on.";
        check(
            text,
            "judgment | india-sc | KITE DELL v. STATE OF BIRDS and others | Criminal Appeal No. 15 of 2030 | N. V. Khan; S. Wing; Bashir Dell | decision 2031-08-19",
        );
        assert_eq!(derived(text).record.reports[0].value, "[2031] 7 S.C.R. 150");
    }

    #[test]
    fn united_states_with_a_column_of_stars() {
        check(
            "United States Court of Appeals
            FOR THE EIGHTH CIRCUIT
            No. 31-1306
            United States of America,     *
            Appellee,     *
            *     Appeal from the United States
            v.     * District Court for the
            *     Northern District of Kites.
            Robert Wing, Jr.,     *
            Appellant.     *
            Filed: February 5, 2031
            Before MELL, BEAN, and SHEP, Circuit Judges.
            PER CURIAM.",
            "judgment | United States Court of Appeals for the Eighth Circuit | United States of America v. Robert Wing, Jr. | No. 31-1306 | Mell; Bean; Shep | decision 2031-02-05",
        );
    }

    #[test]
    fn court_of_claims_of_a_state() {
        check(
            "FILED
            Oct 02, 2031
            NOWHERE BUREAU OF WORKERS' COMPENSATION
            IN THE COURT OF WORKERS' COMPENSATION CLAIMS
            AT KITETOWN
            Mira Dell,     )     Docket No. 2031-06-1735
            Employee,     )
            v.     )
            Bird Holdings,     )     Judge Kenneth M. Wing
            Employer.     )
            EXPEDITED HEARING ORDER",
            "order | Nowhere Bureau of Workers' Compensation, Court of Workers' Compensation Claims at Kitetown | Mira Dell v. Bird Holdings | Docket No. 2031-06-1735 | Kenneth M. Wing | decision 2031-10-02",
        );
    }

    #[test]
    fn order_of_the_federal_circuit() {
        check(
            "United States Court of Appeals for the Federal Circuit
            2031-1361
            PAUL KITE,
            Plaintiff-Appellee,
            v.
            BIRD INC.,
            Defendant-Appellant.
            Judgment
            Per Curiam (WING, GAJAR, and PROST, Circuit Judges.)
            AFFIRMED.
            DATED: February 5, 2031",
            "judgment | United States Court of Appeals for the Federal Circuit | PAUL KITE v. BIRD INC. | 2031-1361 | Wing; Gajar; Prost | ",
        );
    }

    #[test]
    fn act_in_the_gazette() {
        let text = "The Gazette of Pakistan
            EXTRAORDINARY
            ISLAMABAD, MONDAY, AUGUST 22, 2016
            PART I
            The following Act of Parliament received the assent of the President on
            the 18th August, 2016, and is hereby published:—
            ACT NO. XL OF 2016
            An Act to make provisions for kites
            It is hereby enacted as follows:—
            1. Short title.—(1) This Act may be called the Prevention of Kites Act, 2016.";
        check(
            text,
            "statute |  | Prevention of Kites Act, 2016 |  |  | gazette 2016-08-22; assent 2016-08-18",
        );
        assert_eq!(derived(text).record.act_number.unwrap().value, "Act XL of 2016");
    }

    #[test]
    fn notification() {
        check(
            "MINISTRY OF KITES
            NOTIFICATION
            Islamabad, the 8th July, 2031
            S.R.O. 1005(I)/2031.—In exercise of the powers conferred by section 54 of the Kites Act, 1996,
            the Federal Government is pleased to authorise.",
            "instrument |  |  | S.R.O. 1005(I)/2031 |  | made 2031-07-08",
        );
    }

    #[test]
    fn report_title_page() {
        let text = "[POL 10/004/2031]
            Amnesty International Report 2031
            First published in 2031 by Amnesty International";
        check(text, "report |  | Amnesty International Report 2031 |  |  | published 2031");
        assert_eq!(derived(text).record.index_number.unwrap().value, "POL 10/004/2031");
    }

    #[test]
    fn other_texts_give_nothing() {
        for text in [
            "A walk in the hills\nNadir v. Mira was the match of the day.",
            "The Islamabad High Court has ordered a stop to kites.\nThe order came on 25 June 2031.",
            "",
        ] {
            assert_eq!(derived(text), Derived::default(), "{text}");
        }
    }
}
