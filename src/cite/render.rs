//! From a work and a place in it to runs, by the table of a style.

use super::names;
use super::number::{self, LawReport, NumberForm, roman, undotted};
use super::run::{Face, Runs};
use super::style::{CitationForm, DateForm, Row, Style};
use super::template::Fields;
use super::work::{Detail, Work};
use crate::model::{Date, Lang, Locator, Pin, Status, court};
use crate::text::dates::{MONTHS, URDU_MONTHS};

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
            // An outlet that is its own author is printed once, as the outlet.
            "author" if form == "other" && self.is_by_outlet() => None,
            "author" => self.author(),
            "publisher" => work
                .publisher
                .clone()
                .filter(|publisher| form != "other" || work.authors().first() != Some(publisher)),
            "outlet" => self
                .published(name)
                .filter(|outlet| form != "other" || work.authors().first() != Some(outlet)),
            // Manuals that give where an article begins, and then the page that is meant.
            "pages" if form == "first" => {
                let pages = self.published(name)?;
                pages.split(['-', '–']).next().map(|first| first.trim().to_owned())
            }
            "volume" | "issue" | "pages" | "edition" | "place" => self.published(name),
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
                    .is_none_or(|title| names::split_title(title).is_none())
                    || self.work.extra.contains_key("paper") =>
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

    fn is_by_outlet(&self) -> bool {
        let outlet = self.published("outlet");
        outlet.is_some() && self.work.authors().first() == outlet.as_ref()
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
        let mut words = number::print_all(numbers, number_form);
        if let Detail::Case(case) = &self.work.detail
            && let Some(made_in) = &case.made_in
        {
            // `Review Application No. 29 of 2025 in Appeal No. 326 of 2025`, as courts write it.
            let made_in = number::print_all(std::slice::from_ref(made_in), number_form);
            words = format!("{words} in {made_in}");
        }
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
            Detail::Case(case) => {
                let unsaid = || case.parsed_report().is_some_and(|report| !report.says_court());
                case.court.as_deref().filter(|_| !form.starts_with("unsaid") || unsaid())
            }
            Detail::Filed(filed) => filed.court.as_deref(),
            _ => None,
        }?;
        if self.style.date == DateForm::Urdu {
            return Some(
                urdu_court(court.strip_suffix(" of Pakistan").unwrap_or(court)).to_owned(),
            );
        }
        Some(if form.ends_with("abbr") {
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

    /// Returns the authors as this form of the style writes them; a report without any is its
    /// publisher's.
    fn author(&self) -> Option<String> {
        let authors = self.work.author_names();
        if authors.is_empty() && matches!(self.work.detail, Detail::Report(_)) {
            return self.work.publisher.clone();
        }
        self.style.authors(self.form).print(&authors)
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
            "year-first" => {
                let (words, year) = (date_words(date, self.style.date), date.year().to_string());
                let rest = words.strip_suffix(&year).unwrap_or_default();
                let rest = rest.trim_end_matches([',', ' ']);
                if rest.is_empty() { year } else { format!("{year}, {rest}") }
            }
            _ => date_words(date, self.style.date),
        }
    }
}

/// Returns a date in the words of a style; a month or a year alone is printed as such.
pub fn date_words(date: Date, form: DateForm) -> String {
    const SHORT: [&str; 12] = [
        "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
        "Dec.",
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
        (DateForm::Urdu, Some(day)) => format!("{day} {} {year}", name(&URDU_MONTHS)),
        (DateForm::Urdu, None) => format!("{} {year}", name(&URDU_MONTHS)),
    }
}

/// Replaces words by their short forms, the longest words first.
fn replace_words(text: &str, words: &[(String, String)]) -> String {
    words.iter().fold(text.to_owned(), |text, (word, short)| text.replace(word, short))
}

#[cfg(test)]
mod tests;
