//! What in a record is in doubt: what stands in words that OCR was not sure of, numbers that fit no
//! form, and days of a decision that contradict each other.
//!
//! A doubt changes no value in silence. It lowers the confidence, so that the value is listed among
//! those to look at, and it says in a warning what it was.

use std::collections::{BTreeMap, BTreeSet};

use super::dates::CONTRADICTED;
use super::{Derived, number};
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Date, Page, PageNo, PageOrigin, Record, Span, Valued, Warning, WarningKind};
use crate::text::dates::{self, Reading};
use crate::text::slips;

/// The words of each page that OCR was not sure of, as bytes of its text.
pub type Unsure = BTreeMap<PageNo, Vec<Span>>;

/// How a conflict about the day of a decision begins; others are of its number.
pub const OF_DAY: &str = "its day";

/// The confidence of a value in a doubtful word, of a name with one, of a number of a scan that fits
/// no form, and of one that a running head confirms after its repair.
const IN_WORD: f32 = 0.5;
const NAME: f32 = 0.7;
const NO_FORM: f32 = 0.4;
const REPAIRED: f32 = 0.75;
/// The confidence of names and numbers in a text whose reading shows slips.
const IN_LAYER: f32 = 0.75;
/// A date as sure as this stands against one that is not.
const SURE: f32 = 0.85;
/// A running head is no longer, in bytes, and stands among so many first paragraphs of its page.
const HEAD_BYTES: usize = 60;
const HEAD_PARAGRAPHS: usize = 3;

/// Lowers the confidence of what is in doubt, and says why.
pub(super) fn weigh(derived: &mut Derived, pages: &[Page], unsure: &Unsure) {
    let Derived { record, warnings } = derived;
    let is_case = record.kind.as_ref().is_some_and(|kind| kind.value.is_case());
    if is_case {
        numbers(record, pages, warnings);
    }
    if unsure.values().any(|spans| !spans.is_empty()) {
        in_words(record, pages, unsure);
    }
    if slips::of_layer(pages).is_some() {
        for number in record.numbers.iter_mut().filter(|number| number.confidence < Some(0.97)) {
            lower(number, IN_LAYER);
        }
        record.title.iter_mut().for_each(|title| lower(title, IN_LAYER));
    }
    if is_case {
        days(record, warnings);
    }
}

fn lower<T>(value: &mut Valued<T>, to: f32) {
    value.confidence = value.confidence.map(|confidence| confidence.min(to));
}

fn page_of(pages: &[Page], number: Option<PageNo>) -> Option<&Page> {
    pages.iter().find(|page| Some(page.number) == number)
}

// ---------------------------------------------------------------------------- doubtful words

/// Lowers dates, numbers and names that stand in a word under the doubt mark.
fn in_words(record: &mut Record, pages: &[Page], unsure: &Unsure) {
    let (shaky, sure) = days_in(pages, unsure);
    for date in &mut record.dates {
        let day = date.value.value;
        let is_shaky = date.page.is_some_and(|page| shaky.contains(&(page, day)));
        // The same day in sound print elsewhere confirms it.
        if is_shaky && !sure.contains(&day) {
            lower(date, IN_WORD);
        }
    }
    let words_of = |page: Option<PageNo>| -> Vec<&str> {
        let page = page_of(pages, page);
        let spans = page.and_then(|page| unsure.get(&page.number)).into_iter().flatten();
        let words = spans.filter_map(|span| page?.text.get(span.clone()));
        words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect()
    };
    for number in record.numbers.iter_mut().filter(|number| number.confidence < Some(0.97)) {
        let is_in = |word: &&str| {
            word.contains(|c: char| c.is_ascii_digit()) && number.value.contains(*word)
        };
        if words_of(number.page).iter().any(is_in) {
            lower(number, IN_WORD);
        }
    }
    if let Some(title) = &mut record.title {
        let words = words_of(title.page);
        let mut of_title = title.value.split(|c: char| !c.is_alphanumeric());
        if of_title.any(|word| word.len() > 2 && words.contains(&word)) {
            lower(title, NAME);
        }
    }
}

/// Returns the days that stand in doubtful words, with their pages, and those that stand in others.
fn days_in(pages: &[Page], unsure: &Unsure) -> (BTreeSet<(PageNo, Date)>, BTreeSet<Date>) {
    let (mut shaky, mut sure) = (BTreeSet::new(), BTreeSet::new());
    for page in pages {
        let spans = unsure.get(&page.number).map(Vec::as_slice).unwrap_or_default();
        for paragraph in &page.paragraphs {
            let text = page.paragraph_text(paragraph);
            let both = [Reading::DayFirst, Reading::MonthFirst];
            for found in both.into_iter().flat_map(|reading| dates::find_as(text, reading)) {
                let (from, to) = (
                    paragraph.span.start + found.span.start,
                    paragraph.span.start + found.span.end,
                );
                if spans.iter().any(|span| span.start < to && from < span.end) {
                    shaky.insert((page.number, found.date));
                } else {
                    sure.insert(found.date);
                }
            }
        }
    }
    (shaky, sure)
}

// ----------------------------------------------------------------------------------- numbers

/// Looks at the numbers of a scan that fit no known form: `R. A No. 0212031`, where a digit was read
/// for the stroke of `02/2031`. A running head of a later page is the second witness.
fn numbers(record: &mut Record, pages: &[Page], warnings: &mut Vec<Warning>) {
    let court = record.court.as_ref().and_then(|court| crate::model::court::by_id(&court.value));
    let is_pakistani = court.is_some_and(|court| court.country == "pk");
    for value in &mut record.numbers {
        let Some(page) = page_of(pages, value.page) else { continue };
        let is_read = matches!(page.origin, PageOrigin::Ocr | PageOrigin::OcrLayer);
        if !is_read || number::digits_of(&value.value).is_some() {
            continue;
        }
        let Some((repaired, pair)) = repaired(&value.value) else {
            // Every case of these courts has a year.
            if is_pakistani {
                lower(value, IN_WORD);
            }
            continue;
        };
        let printed = value.value.clone();
        let witness = pages.iter().filter(|other| other.number > page.number).find_map(|other| {
            let head = other.paragraphs.iter().take(HEAD_PARAGRAPHS);
            let texts = head.map(|paragraph| other.paragraph_text(paragraph));
            let text =
                texts.into_iter().find(|text| text.len() < HEAD_BYTES && names(text, pair))?;
            Some((text, other.number))
        });
        let detail = match witness {
            Some((head, at)) => {
                value.value = repaired;
                value.confidence = Some(REPAIRED);
                format!(
                    "its number reads `{printed}`, and the head of p. {at} `{}`: taken for {}",
                    head.trim(),
                    value.value
                )
            }
            None => {
                value.confidence = Some(NO_FORM);
                format!("its number reads `{printed}`, which fits no form: perhaps {repaired}")
            }
        };
        warnings.push(Warning::page(WarningKind::RecordConflict, page.number, detail));
    }
}

/// Returns `R. A No. 02/2031` for `R. A No. 0212031`, with number and year: a 1 between the number
/// and a year is a misread stroke.
fn repaired(printed: &str) -> Option<(String, (u32, u32))> {
    let start = printed.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| {
        at + printed.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    let (head, digits) = printed.split_at_checked(start)?;
    let (number, year) = digits.split_at_checked(digits.len().checked_sub(4)?)?;
    let number = number.strip_suffix('1').filter(|number| (1..=4).contains(&number.len()))?;
    let is_year = year.starts_with("19") || year.starts_with("20");
    is_year
        .then_some((format!("{head}{number}/{year}"), (number.parse().ok()?, year.parse().ok()?)))
}

/// Tells whether a running head names a number and its year, however its letters were read:
/// `'3.A. NO.02 0F 2031"`.
fn names(head: &str, (number, year): (u32, u32)) -> bool {
    let head = head.replace("0F", "OF").replace("0f", "of");
    let groups: Vec<u32> =
        head.split(|c: char| !c.is_ascii_digit()).filter_map(|group| group.parse().ok()).collect();
    groups.windows(2).any(|pair| *pair == [number, year])
}

// -------------------------------------------------------------------------------------- days

/// Warns where the day of the decision was hardly read, or lies after its announcement, and another
/// place gives another day.
fn days(record: &mut Record, warnings: &mut Vec<Warning>) {
    let is_of = |role: DateRole, roles: &[DateRole]| roles.contains(&role);
    let decides = [DateRole::Order, DateRole::Decision, DateRole::Announced];
    let announced = record
        .dates
        .iter()
        .find(|date| date.value.role == DateRole::Announced && date.confidence >= Some(SURE))
        .map(|date| date.value.value);
    for date in &mut record.dates {
        let is_decided = is_of(date.value.role, &[DateRole::Order, DateRole::Decision]);
        // Nothing is decided after it was announced.
        if let Some(announced) = announced
            && is_decided
            && date.value.value.first() > announced.last()
        {
            lower(date, CONTRADICTED);
        }
    }
    before_its_case(record, warnings);
    let sure = record
        .dates
        .iter()
        .find(|date| is_of(date.value.role, &decides) && date.confidence >= Some(SURE));
    let Some(sure) = sure else { return };
    let shaky = record.dates.iter().find(|date| {
        is_of(date.value.role, &decides) && date.is_unsure() && date.value.value != sure.value.value
    });
    if let Some(shaky) = shaky {
        let said = |date: &Valued<RoleDate>| {
            let page = date.page.map(|page| format!(", p. {page}")).unwrap_or_default();
            format!("{} ({}{page})", date.value.value, date.value.role.name())
        };
        let detail = format!("{OF_DAY} reads {}, and {}", said(shaky), said(sure));
        let warning = Warning { kind: WarningKind::RecordConflict, page: shaky.page, detail };
        warnings.push(warning);
    }
}

/// Warns where the day of the decision lies before the year of the case: a slip of the court's own,
/// usual in January.
fn before_its_case(record: &mut Record, warnings: &mut Vec<Warning>) {
    let decides = [DateRole::Order, DateRole::Decision, DateRole::Announced];
    let years = record.numbers.iter().filter_map(|number| {
        let (_, year) = number::digits_of(&number.value)?;
        // `B2/2004/2060`: the year may stand before the number.
        let groups = number.value.split(|c: char| !c.is_ascii_digit());
        let years = groups.filter_map(|group| group.parse().ok().filter(|_| group.len() == 4));
        let first = years.filter(|year| (1_900..2_100).contains(year)).min();
        Some((first.unwrap_or(year).min(year), number.value.clone()))
    });
    // Of cases heard together the oldest counts.
    let Some((year, number)) = years.min() else { return };
    for date in record.dates.iter_mut().filter(|date| decides.contains(&date.value.role)) {
        if date.value.value.year() < year {
            lower(date, IN_WORD);
            let detail =
                format!("{OF_DAY} reads {}, before the year of {number}", date.value.value);
            warnings.push(Warning { kind: WarningKind::RecordConflict, page: date.page, detail });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;
    use crate::refs::title::{derive, derive_unsure};

    fn page(number: u32, origin: PageOrigin, text: &str) -> Page {
        let mut page = Page::empty(PageNo::new(number).unwrap(), origin);
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            page.push(line, Role::Body);
        }
        page
    }

    fn warnings(derived: &Derived) -> Vec<&str> {
        derived.warnings.iter().map(|warning| warning.detail.as_str()).collect()
    }

    fn one(span: Span) -> Vec<Span> {
        std::iter::once(span).collect()
    }

    const SLIP: &str = "JUDGMENT SHEET
        LAHORE HIGH COURT, LAHORE
        Cr. Revision No.1601 of 2031
        Nadir Khan v. Mira Dell
        Decided on 29.12.2031
        Date of hearing: 20.12.2031";

    const LAST: &str = "This judgment has been reserved on 20.12.2031 and announced in open court today i.e. 27.12.2031.
        (BASHIR DELL)
        JUDGE";

    #[test]
    fn a_slip_that_ocr_doubts_yields_to_the_announcement() {
        let pages = [page(1, PageOrigin::Ocr, SLIP), page(2, PageOrigin::Ocr, LAST)];
        let at = pages[0].text.find("29.12").unwrap();
        let unsure = Unsure::from([(PageNo::FIRST, one(at..at + 10))]);
        let derived = derive_unsure(&pages, &unsure);
        let main = derived.record.main_date().unwrap();
        assert_eq!(
            (main.value.role, main.value.value.to_string()),
            (DateRole::Announced, "2031-12-27".to_owned())
        );
        assert_eq!(
            warnings(&derived),
            ["its day reads 2031-12-29 (decision, p. 1), and 2031-12-27 (announced, p. 2)"]
        );
    }

    #[test]
    fn a_day_in_a_doubtful_word_is_in_doubt_without_a_second() {
        let pages = [page(1, PageOrigin::Ocr, SLIP)];
        let at = pages[0].text.find("29.12").unwrap();
        let unsure = Unsure::from([(PageNo::FIRST, one(at..at + 10))]);
        let derived = derive_unsure(&pages, &unsure);
        assert_eq!(derived.record.main_date().unwrap().confidence, Some(0.5));
        let sure = derive_unsure(&pages, &Unsure::new());
        assert_eq!(sure.record.main_date().unwrap().confidence, Some(0.96));
    }

    #[test]
    fn a_day_before_the_year_of_its_case_is_a_slip() {
        let sheet =
            |year: u16| SHEET.replace("0212031", &format!("02/{year}")).replace(".2031", ".2030");
        let slip = derive(&[page(1, PageOrigin::Plain, &sheet(2031))]);
        assert_eq!(
            warnings(&slip),
            ["its day reads 2030-02-24, before the year of R. A No. 02/2031"]
        );
        assert_eq!(slip.record.main_date().unwrap().confidence, Some(0.5));
        let civil = sheet(2031).replace("R. A No. 02/2031", "Civil Appeal No. B2/2030/2060");
        assert_eq!(warnings(&derive(&[page(1, PageOrigin::Plain, &civil)])), Vec::<&str>::new());
        let sound = derive(&[page(1, PageOrigin::Plain, &sheet(2030))]);
        assert_eq!(warnings(&sound), Vec::<&str>::new());
    }

    const SHEET: &str = "ORDER SHEET
        IN THE ISLAMABAD HIGH COURT, ISLAMABAD
        R. A No. 0212031
        Dr. Mira Dell
        Vs.
        Federation of Birds etc.
        S. No. of order/ proceedings Date of order/ proceedings Order with signature of Judge
        24.02.2031 Mr. Adil, Advocate.";

    #[track_caller]
    fn check_number(origin: PageOrigin, second: &str, expect: (&str, f32), warning: &[&str]) {
        let derived =
            derive_unsure(&[page(1, origin, SHEET), page(2, origin, second)], &Unsure::new());
        let number = &derived.record.numbers[0];
        assert_eq!((number.value.as_str(), number.confidence.unwrap()), expect);
        assert_eq!(warnings(&derived), warning);
    }

    #[test]
    fn a_number_without_its_stroke_has_the_running_head_as_witness() {
        check_number(
            PageOrigin::OcrLayer,
            "2\n'3.A. NO.02 0F 2031\"\nThe review is dismissed.",
            ("R. A No. 02/2031", 0.75),
            &[
                "its number reads `R. A No. 0212031`, and the head of p. 2 `'3.A. NO.02 0F 2031\"`: taken for R. A No. 02/2031",
            ],
        );
        check_number(
            PageOrigin::OcrLayer,
            "The review is dismissed.",
            ("R. A No. 0212031", 0.4),
            &["its number reads `R. A No. 0212031`, which fits no form: perhaps R. A No. 02/2031"],
        );
        check_number(PageOrigin::TextLayer, "Dismissed.", ("R. A No. 0212031", 0.92), &[]);
    }
}
