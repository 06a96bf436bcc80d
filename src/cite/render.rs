//! From a work and a place in it to runs, by the table of a style.

use super::names;
use super::number::{self, LawReport, NumberForm, roman, undotted};
use super::run::{Face, Runs};
use super::style::{CitationForm, DateForm, Row, Style};
use super::template::Fields;
use super::work::{Detail, Work};
use crate::model::{Date, Lang, Locator, Pin, Status, court};

/// What a citation is made of besides the work.
#[derive(Clone, Debug)]
pub struct Citing<'a> {
    /// The place.
    pub locator: &'a Locator,
    /// The printed label of the locator's page, where page and label differ.
    pub page_label: Option<&'a str>,
    /// The number of the note that cited the work first.
    pub first_note: Option<usize>,
    /// The day on which a web source was looked at.
    pub accessed: Option<Date>,
    /// The language of the surroundings.
    pub lang: Lang,
    /// Whether the status in brackets is printed.
    pub status: bool,
}

/// Returns the citation of `work` in `style`; never empty.
///
/// A kind that the style has no rows for is printed as `oscola` does. Where a record lacks too much
/// for any template, title, number, key fields and date are printed as they are.
pub fn citation(work: &Work, style: &Style, form: CitationForm, citing: &Citing<'_>) -> Runs {
    let row = Row::of(work);
    let style = if style.has_row(row) { style } else { Style::named("oscola").unwrap_or(style) };
    let fields = WorkFields { work, style, row, form, citing };
    let templates = style.templates(row, form).unwrap_or_default();
    let rendered = templates.iter().find_map(|template| template.render(&fields));
    let mut runs = rendered.unwrap_or_else(|| bare(work, &fields));
    if citing.status
        && matches!(form, CitationForm::First | CitationForm::List)
        && let Some(status) = work.adverse_status()
    {
        runs.push_text(" [", Face::Plain);
        runs.push_field(&status_words(status, style), Face::Plain, citing.lang);
        runs.push_text("]", Face::Plain);
    }
    runs
}

/// Returns what is known of a work that fits no template.
fn bare(work: &Work, fields: &WorkFields<'_>) -> Runs {
    let mut runs = Runs::default();
    let date = fields.get("date", "");
    let court = fields.get("court", "");
    for part in [work.display_title(), court, date, work.url.clone()].into_iter().flatten() {
        if !runs.is_empty() {
            runs.push_text(", ", Face::Plain);
        }
        runs.push_field(&part, Face::Plain, fields.citing.lang);
    }
    if runs.is_empty() {
        runs.push_text(&format!("untitled source {}", work.id.short(12)), Face::Plain);
    }
    runs.push_text(&fields.get("pin", "").unwrap_or_default(), Face::Plain);
    runs
}

/// Returns the words of a status: `suspended by the Supreme Court, 19.08.2024`.
pub fn status_words(status: &Status, style: &Style) -> String {
    let state = style.status_words.get(&status.state).cloned();
    let mut words = state.unwrap_or_else(|| status.state.replace('-', " "));
    if let Some(by) = &status.by {
        let name = court::by_id(by).map_or(by.as_str(), |court| court.name);
        let is_court = court::by_id(by).is_some();
        let name = name.strip_suffix(" of Pakistan").unwrap_or(name);
        if style.date == DateForm::Urdu {
            words = format!("{} {words}", urdu_court(name));
        } else {
            words.push_str(if is_court { " by the " } else { " by " });
            words.push_str(&super::run::clean(name));
        }
    }
    if let Some(date) = status.date {
        words.push_str(if style.date == DateForm::Urdu { "، " } else { ", " });
        words.push_str(&date_words(date, style.date));
    }
    if status.disputed {
        words.push_str(if style.date == DateForm::Urdu { "؛ متنازع" } else { "; disputed" });
    }
    words
}

/// Returns the Urdu name of a court that Urdu lists name most.
fn urdu_court(name: &str) -> &str {
    match name {
        "Supreme Court" => "سپریم کورٹ",
        "Islamabad High Court" => "اسلام آباد ہائی کورٹ",
        "Lahore High Court" => "لاہور ہائی کورٹ",
        "High Court of Sindh" => "سندھ ہائی کورٹ",
        "Peshawar High Court" => "پشاور ہائی کورٹ",
        "High Court of Balochistan" => "بلوچستان ہائی کورٹ",
        "Federal Constitutional Court" => "وفاقی آئینی عدالت",
        other => other,
    }
}

/// The fields of one work, for the templates of one style.
struct WorkFields<'a> {
    work: &'a Work,
    style: &'a Style,
    row: Row,
    form: CitationForm,
    citing: &'a Citing<'a>,
}

impl Fields for WorkFields<'_> {
    fn get(&self, name: &str, form: &str) -> Option<String> {
        let work = self.work;
        let date = |date: Option<Date>| date.map(|date| self.date(date, form));
        match name {
            "pin" => self.pin(form),
            "parties" => self.parties(form),
            "short" => {
                let case = work.case()?;
                let chosen = work.short_title.clone();
                chosen.or_else(|| case.short_name()).or_else(|| work.title.clone())
            }
            "title" => self.title(form),
            "rules" => self.title(form).filter(|title| {
                ["Rules", "Regulation", "Policy", "Directive", "Bye-laws", "Order,", "Order "]
                    .iter()
                    .any(|word| title.contains(word))
            }),
            "name" => match &work.detail {
                Detail::Statute(statute) => statute.name.clone(),
                _ => work.title.clone(),
            },
            "alias" => work.short_title.clone(),
            "year" => self.year(),
            "number" => self.number(form),
            "act" => self.act(form),
            "court" => self.court(form),
            "date" => date(work.date.map(|date| date.value).filter(|date| !self.is_said(*date))),
            "decision" => Some(self.decision().to_owned()),
            "report" => {
                let case = work.case()?;
                let report = case.parsed_report();
                let stem = report.as_ref().map(LawReport::stem).map(str::to_owned);
                if form == "stem" { stem } else { case.reports.first().cloned() }
            }
            "jurisdiction" => self.jurisdiction(form),
            "adopted" => match &work.detail {
                Detail::Treaty(treaty) => date(treaty.adopted),
                _ => None,
            },
            "inforce" => match &work.detail {
                Detail::Treaty(treaty) => date(treaty.in_force),
                _ => None,
            },
            "series" => match &work.detail {
                Detail::Treaty(treaty) => treaty.series.clone().map(|series| {
                    if form == "dotted" { series.replace("UNTS", "U.N.T.S.") } else { series }
                }),
                _ => None,
            },
            "symbol" => match &work.detail {
                Detail::UnDocument(document) => document.symbol.clone(),
                _ => None,
            },
            "author" => self.author(),
            "publisher" => work
                .publisher
                .clone()
                .filter(|publisher| form != "other" || work.authors().first() != Some(publisher)),
            "outlet" | "volume" | "issue" | "pages" | "edition" | "place" => self.published(name),
            "url" => work.url.clone(),
            "accessed" => {
                let own = work.date_of(crate::model::record::DateRole::Accessed);
                work.url.as_ref()?;
                date(own.or(self.citing.accessed))
            }
            "n" => self.citing.first_note.map(|note| note.to_string()),
            _ => None,
        }
        .filter(|value| !value.is_empty())
    }

    fn is_pin(&self, name: &str) -> bool {
        name == "pin"
    }

    fn is_url(&self, name: &str) -> bool {
        name == "url"
    }

    fn base(&self) -> Lang {
        self.citing.lang
    }
}

impl WorkFields<'_> {
    /// Returns all pinpoints, the paragraph first, with what leads to them; `bare`: no lead.
    fn pin(&self, set: &str) -> Option<String> {
        if self.form == CitationForm::List {
            return None;
        }
        let mut pins: Vec<Pin> = self.citing.locator.0.clone();
        // "para 18, p. 12": the court's own number is what its readers look up.
        pins.sort_by_key(|pin| matches!(pin, Pin::Page(..) | Pin::Label(..)));
        if pins.iter().any(|pin| matches!(pin, Pin::Label(..))) {
            pins.retain(|pin| !matches!(pin, Pin::Page(..)));
        }
        let mut words = String::new();
        for pin in &mut pins {
            if let (Pin::Page(_, None), Some(label)) = (&pin, self.citing.page_label) {
                *pin = Pin::Label(label.to_owned(), None);
            }
            let lead = if !words.is_empty() {
                if self.citing.lang.is_rtl() { "، " } else { ", " }
            } else if set == "bare" {
                ""
            } else {
                self.style.lead(set, pin)
            };
            let Some(pin_words) = self.style.pin_words(self.row, pin) else { continue };
            words.push_str(lead);
            words.push_str(&pin_words);
        }
        Some(words)
    }

    /// Tells whether the title of an instrument says all of the date: `Telecommunications Policy, 2015`.
    fn is_said(&self, date: Date) -> bool {
        let title = self.work.title.as_deref().unwrap_or_default();
        matches!(self.work.detail, Detail::Instrument(_))
            && date.month().is_none()
            && title.trim_end().ends_with(&date.year().to_string())
    }

    fn parties(&self, form: &str) -> Option<String> {
        let case = match &self.work.detail {
            Detail::Case(case) => case,
            // A paper whose title is the cause title says the parties already.
            Detail::Filed(filed)
                if self
                    .work
                    .title
                    .as_deref()
                    .is_none_or(|title| names::split_title(title).is_none()) =>
            {
                &filed.case
            }
            _ => return None,
        };
        if form.is_empty() {
            return case.title(&self.style.versus);
        }
        let side = |names: &[String]| names.first().map(|name| names::plain_name(name));
        let shorten = |name: String| {
            if form == "abbr" { replace_words(&name, &self.style.party) } else { name }
        };
        match (side(&case.side_a).map(shorten), side(&case.side_b).map(shorten)) {
            (Some(a), Some(b)) => Some(format!("{a}{}{b}", self.style.versus)),
            (a, b) => a.or(b),
        }
    }

    /// `short`: the short title, else what stands before the colon; `plain`: without the comma before
    /// the year; else the whole title, with its translation in brackets where there is one.
    fn title(&self, form: &str) -> Option<String> {
        let title = self.work.title.as_ref()?;
        if form == "short" {
            let main = title.split(": ").next().unwrap_or(title);
            return Some(self.work.short_title.clone().unwrap_or_else(|| main.to_owned()));
        }
        let plain =
            if form == "plain" { super::work::without_year(title) } else { (String::new(), None) };
        let title = match plain {
            (name, Some(year)) => format!("{name} {year}"),
            _ => title.clone(),
        };
        Some(match &self.work.translation {
            Some(translation) => format!("{title} [{translation}]"),
            None => title,
        })
    }

    fn number(&self, form: &str) -> Option<String> {
        let printed = self.work.number()?;
        let number_form = match form {
            "long" => NumberForm::Long,
            "dotted" => NumberForm::Dotted,
            "plain" | "plain-stop" => NumberForm::Plain,
            "short" => NumberForm::Short,
            _ => {
                return Some(match &self.work.detail {
                    Detail::Filed(filed) => filed.numbers.join(", "),
                    _ => printed.to_owned(),
                });
            }
        };
        let numbers = match &self.work.detail {
            Detail::Case(case) => &case.numbers,
            Detail::Filed(filed) => &filed.numbers,
            _ if matches!(number_form, NumberForm::Plain | NumberForm::Short) => {
                return Some(undotted(printed));
            }
            _ => return Some(printed.to_owned()),
        };
        let words = number::print_all(numbers, number_form);
        Some(if form == "plain-stop" {
            words.replace(" Nos ", " Nos. ").replace(" No ", " No. ")
        } else {
            words
        })
    }

    /// Returns `Act XL of 2016`, or `No. 40 of 2016` in the form `arabic`.
    fn act(&self, form: &str) -> Option<String> {
        let Detail::Statute(statute) = &self.work.detail else { return None };
        let number = statute.number.as_deref()?;
        let split = number.split_once(" of ");
        let is_bare = split.is_some_and(|(first, _)| {
            roman(first.trim()).is_some() || first.trim().bytes().all(|byte| byte.is_ascii_digit())
        });
        if !is_bare {
            return Some(number.to_owned());
        }
        if form != "arabic" {
            return Some(format!("Act {number}"));
        }
        let (first, year) = split?;
        let value = roman(first.trim()).map_or_else(|| first.trim().to_owned(), |n| n.to_string());
        Some(format!("No. {value} of {year}"))
    }

    fn court(&self, form: &str) -> Option<String> {
        let court = match &self.work.detail {
            Detail::Case(case) => case.court.as_deref(),
            Detail::Filed(filed) => filed.court.as_deref(),
            _ => None,
        }?;
        if self.style.date == DateForm::Urdu {
            return Some(
                urdu_court(court.strip_suffix(" of Pakistan").unwrap_or(court)).to_owned(),
            );
        }
        Some(if form == "abbr" {
            replace_words(court, &self.style.court)
        } else {
            court.to_owned()
        })
    }

    const fn decision(&self) -> &'static str {
        match (self.work.kind, matches!(self.style.date, DateForm::Urdu)) {
            (crate::model::Kind::Judgment, false) => "judgment",
            (_, false) => "order",
            (crate::model::Kind::Judgment, true) => "فیصلہ",
            (_, true) => "حکم",
        }
    }

    fn jurisdiction(&self, form: &str) -> Option<String> {
        let code = self.work.jurisdiction()?;
        Some(
            match (code, form) {
                ("pk", "abbr") => "Pak.",
                ("pk", _) => "Pakistan",
                ("in", _) => "India",
                ("gb", "abbr") => "U.K.",
                ("gb", _) => "United Kingdom",
                ("us", "abbr") => "U.S.",
                ("us", _) => "United States",
                ("za", "abbr") => "S. Afr.",
                ("za", _) => "South Africa",
                ("coe", _) => "Council of Europe",
                ("eu", _) => "European Union",
                (other, _) => other,
            }
            .to_owned(),
        )
    }

    /// Returns the year of the report, of the act's title, of the treaty's adoption, or of the date.
    fn year(&self) -> Option<String> {
        let year = match &self.work.detail {
            Detail::Case(case) => case.parsed_report().map(|report| report.year),
            Detail::Statute(statute) => statute.year,
            Detail::Treaty(treaty) => treaty.adopted.map(Date::year),
            _ => None,
        };
        let of_date = || self.work.date.map(|date| date.value.year());
        year.or_else(of_date).map(|year| year.to_string())
    }

    /// Returns authors as written, joined; more than three become "and others".
    fn author(&self) -> Option<String> {
        let authors = self.work.authors();
        let and = if self.citing.lang.is_rtl() { " اور " } else { " and " };
        match authors {
            [] if matches!(self.work.detail, Detail::Report(_)) => self.work.publisher.clone(),
            [] => None,
            [one] => Some(one.clone()),
            [one, two] => Some(format!("{one}{and}{two}")),
            [one, two, three] => Some(format!("{one}, {two}{and}{three}")),
            [one, ..] => Some(format!("{one}{and}others")),
        }
    }

    fn published(&self, name: &str) -> Option<String> {
        match &self.work.detail {
            Detail::Published(published) => match name {
                "outlet" => published.outlet.clone(),
                "volume" => published.volume.clone(),
                "issue" => published.issue.clone(),
                "pages" => published.pages.clone(),
                "edition" => published.edition.clone(),
                _ => published.place.clone(),
            },
            Detail::Report(report) if name == "place" => report.place.clone(),
            _ => None,
        }
    }

    fn date(&self, date: Date, form: &str) -> String {
        match form {
            "year" => date.year().to_string(),
            "iso" => date.to_string(),
            _ => date_words(date, self.style.date),
        }
    }
}

/// Returns a date in the words of a style; a month or a year alone is printed as such.
pub fn date_words(date: Date, form: DateForm) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const SHORT: [&str; 12] = [
        "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
        "Dec.",
    ];
    const URDU: [&str; 12] = [
        "جنوری",
        "فروری",
        "مارچ",
        "اپریل",
        "مئی",
        "جون",
        "جولائی",
        "اگست",
        "ستمبر",
        "اکتوبر",
        "نومبر",
        "دسمبر",
    ];
    let year = date.year();
    let Some(month) = date.month() else { return year.to_string() };
    let name =
        |names: &[&'static str; 12]| names.get(usize::from(month) - 1).copied().unwrap_or_default();
    match (form, date.day()) {
        (DateForm::Dots, Some(day)) => format!("{day:02}.{month:02}.{year}"),
        (DateForm::Dots, None) => format!("{month:02}.{year}"),
        (DateForm::DayMonth, Some(day)) => format!("{day} {} {year}", name(&MONTHS)),
        (DateForm::MonthDay, Some(day)) => format!("{} {day}, {year}", name(&MONTHS)),
        (DateForm::DayMonth | DateForm::MonthDay, None) => format!("{} {year}", name(&MONTHS)),
        (DateForm::MonthDayShort, Some(day)) => format!("{} {day}, {year}", name(&SHORT)),
        (DateForm::MonthDayShort, None) => format!("{} {year}", name(&SHORT)),
        (DateForm::Urdu, Some(day)) => format!("{day} {} {year}", name(&URDU)),
        (DateForm::Urdu, None) => format!("{} {year}", name(&URDU)),
    }
}

/// Replaces words by their short forms, the longest words first.
fn replace_words(text: &str, words: &[(String, String)]) -> String {
    words.iter().fold(text.to_owned(), |text, (word, short)| text.replace(word, short))
}

#[cfg(test)]
mod tests {
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
        check(
            &work,
            "bluebook",
            Later,
            "para14",
            1,
            "*Najam-us-Saqib*, W.P. No. 1805 of 2023, ¶ 14",
        );
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
        check(
            &work,
            "pk",
            First,
            "",
            5,
            "Prevention of Electronic Crimes Act, 2016 (Act XL of 2016)",
        );
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
        check(
            &work,
            "harvard",
            First,
            "s37",
            5,
            "(*Prevention of Electronic Crimes Act 2016*, s. 37)",
        );
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
            petitioner: Some(crate::model::record::OneOrMany::One(
                "Mian Najam-us-Saqib".to_owned(),
            )),
            respondent: Some(crate::model::record::OneOrMany::One(
                "Federation of Pakistan".to_owned(),
            )),
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
                    let words =
                        citation(&work, Style::named(style).unwrap(), form, &citing).plain();
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

    #[test]
    fn half_known_dates() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(date_words(date("2024-06"), DateForm::Dots), "06.2024");
        assert_eq!(date_words(date("2024"), DateForm::MonthDay), "2024");
        assert_eq!(date_words(date("2024-06"), DateForm::DayMonth), "June 2024");
    }
}
