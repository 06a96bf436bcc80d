//! The record of a document, read off its pages: cause titles, statutes, reports.
//!
//! [`derive()`] goes through the head and the foot of a document, zone by zone. Every value is
//! `derived`, with its page and a confidence; what the pages do not show is left out, and a
//! document of no known layout gives an empty record.

mod british;
mod caption;
mod case;
mod connected;
mod counsel;
mod court;
mod dates;
mod enactment;
mod india;
mod judge;
mod lines;
mod ngo;
mod number;
mod parliament;
mod party;
mod report;

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
    let lines = lines::lines(pages);
    case::derive(&lines)
        .or_else(|| enactment::derive(&lines))
        .or_else(|| ngo::derive(&lines))
        .or_else(|| parliament::derive(&lines))
        .unwrap_or_default()
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
            "order | ihc | Kite Makers Guild v. Federation of Birds, etc. | Writ Petition No. 77/2031 | Mira Dell Khan | order 2031-05-12",
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
