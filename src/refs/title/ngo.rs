//! Title pages of reports: Amnesty International and other bodies, and documents of the UN.

use super::Derived;
use super::court::title_case;
use super::lines::Line;
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Kind, PageNo, Record, Role, Valued};
use crate::text::dates;

/// Publishers that print their name on their reports.
const PUBLISHERS: &[&str] = &[
    "Amnesty International",
    "Human Rights Watch",
    "Privacy International",
    "Digital Rights Foundation",
    "Bytes for All",
    "Media Matters for Democracy",
    "Freedom House",
    "Access Now",
    "Human Rights Commission of Pakistan",
    "International Commission of Jurists",
    "Citizen Lab",
    "Freedom Network",
    "Bolo Bhi",
    "Article 19",
];

/// Derives the record of a report; `None` where no index number or imprint is seen.
pub(super) fn derive(all: &[Line]) -> Option<Derived> {
    let head: Vec<&Line> = all
        .iter()
        .filter(|line| !matches!(line.role, Role::Footer | Role::Header))
        .take(70)
        .collect();
    let amnesty = head.iter().find_map(|line| Some((amnesty_index(&line.plain())?, line.page)));
    let symbol = head.iter().take(12).find_map(|line| Some((un_symbol(&line.plain())?, line.page)));
    let running = running_title(all);
    let publisher =
        imprint(&head).or_else(|| running.as_ref().map(|(name, _, page)| (*name, *page, 0.85)));
    let kind = match (&amnesty, &symbol, &publisher) {
        (None, Some(_), _) if is_un(&head) => Kind::UnDocument,
        (Some(_), ..) | (.., Some(_)) => Kind::Report,
        _ => return None,
    };
    let mut record =
        Record { kind: Some(Valued::derived(kind, PageNo::FIRST, 0.85)), ..Record::default() };
    record.index_number = amnesty
        .or(symbol.filter(|_| kind == Kind::UnDocument))
        .map(|(index, page)| Valued::derived(index, page, 0.93));
    record.publisher = publisher
        .map(|(name, page, confidence)| Valued::derived(name.to_owned(), page, confidence));
    let title = yearly(&head)
        .or_else(|| running.map(|(_, title, page)| (title, page)))
        .or_else(|| title(&head, kind));
    if let Some((title, page)) = title {
        record.title = Some(Valued::derived(title, page, 0.7));
    }
    let by_index = || year_of_index(record.index_number.as_ref()?);
    let by_title = || year_of_title(record.title.as_ref()?);
    if let Some((role, date, page, confidence)) =
        date(&head, kind).or_else(by_index).or_else(by_title)
    {
        record.dates.push(Valued::derived(RoleDate { role, value: date }, page, confidence));
    }
    Some(Derived { record, warnings: Vec::new() })
}

/// `Amnesty International Report 2007` in the running heads or feet of two pages or more: part of a
/// report whose title page is in another file.
fn running_title(all: &[Line]) -> Option<(&'static str, String, PageNo)> {
    let mut first: Option<(&'static str, String, PageNo)> = None;
    for line in all.iter().filter(|line| matches!(line.role, Role::Header | Role::Footer)) {
        let Some((name, title)) = line.text.split('\t').find_map(report_of_a_year) else {
            continue;
        };
        match &first {
            Some((_, known, page)) if *known == title && *page != line.page => return first,
            Some(_) => {}
            None => first = Some((name, title, line.page)),
        }
    }
    None
}

/// `Amnesty International Report 2007`: a publisher, `Report` and a year, nothing else.
fn report_of_a_year(text: &str) -> Option<(&'static str, String)> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let name = PUBLISHERS.iter().find(|name| lower.starts_with(&name.to_lowercase()))?;
    let rest = text.get(name.len()..)?.trim();
    let year = rest.get(..6).filter(|word| word.eq_ignore_ascii_case("report"))?;
    let year = rest.get(year.len()..)?.trim();
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| (*name, format!("{name} Report {year}")))
}

/// Finds the title of a yearly report on its title page, on one line or on two.
fn yearly(head: &[&Line]) -> Option<(String, PageNo)> {
    head.iter().enumerate().take(40).find_map(|(idx, line)| {
        let next = head.get(idx + 1).map(|line| line.plain()).unwrap_or_default();
        let (_, title) = report_of_a_year(&line.plain())
            .or_else(|| report_of_a_year(&format!("{} {next}", line.plain().trim())))?;
        Some((title, line.page))
    })
}

/// An index number ends with the year in which the report was published.
fn year_of_index(index: &Valued<String>) -> Option<(DateRole, crate::model::Date, PageNo, f32)> {
    let year = index.value.rsplit('/').next()?.parse().ok()?;
    let date = crate::model::Date::of_year(year)?;
    Some((DateRole::Published, date, index.page?, 0.6))
}

/// A yearly report without imprint is at least known by the year of its title.
fn year_of_title(title: &Valued<String>) -> Option<(DateRole, crate::model::Date, PageNo, f32)> {
    report_of_a_year(&title.value)?;
    let year = title.value.rsplit(' ').next()?.parse().ok()?;
    let date = crate::model::Date::of_year(year)?;
    Some((DateRole::Published, date, title.page?, 0.6))
}

/// `AI Index: POL 10/001/2007`, `[POL 10/004/2006]`, `Index: ASA 33/0206/2025`.
fn amnesty_index(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 90 {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.windows(2) {
        let [area, number] = pair else { continue };
        let area = area.trim_start_matches(['[', '(']);
        let number = number.trim_end_matches([']', ')', ',', '.']);
        let is_area = area.len() == 3 && area.bytes().all(|byte| byte.is_ascii_uppercase());
        let parts: Vec<&str> = number.split('/').collect();
        let is_number = parts.len() == 3
            && parts
                .iter()
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
            && parts.last().is_some_and(|year| year.len() == 4);
        if is_area && is_number {
            return Some(format!("{area} {number}"));
        }
    }
    None
}

/// `A/HRC/41/35`, alone on its line or behind `United Nations`.
fn un_symbol(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| {
            let parts: Vec<&str> = word.split('/').collect();
            let first = parts.first().copied().unwrap_or_default();
            let known = matches!(
                first,
                "A" | "S" | "E" | "CCPR" | "CAT" | "CEDAW" | "CRC" | "CERD" | "CRPD" | "CED"
            );
            known
                && parts.len() >= 3
                && parts.iter().all(|part| !part.is_empty())
                && word.chars().any(|c| c.is_ascii_digit())
                && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-'))
        })
        .map(str::to_owned)
        .filter(|_| text.len() < 60)
}

fn is_un(head: &[&Line]) -> bool {
    head.iter().take(25).any(|line| {
        let letters = line.squeezed();
        letters.starts_with("UNITEDNATIONS")
            || letters.starts_with("DISTR")
            || letters.starts_with("GENERALASSEMBLY")
    })
}

/// Finds the publisher in an imprint (`First published in 2007 by …`, `© 2021 …`) or as a line.
fn imprint(head: &[&Line]) -> Option<(&'static str, PageNo, f32)> {
    for line in head {
        let plain = line.plain();
        let lower = plain.to_lowercase();
        let Some(name) = PUBLISHERS.iter().find(|name| lower.contains(&name.to_lowercase())) else {
            continue;
        };
        let words = ["published", "copyright", "©", "all rights reserved"];
        if plain.len() < 200 && words.iter().any(|word| lower.contains(word)) {
            return Some((name, line.page, 0.93));
        }
        // `AMNESTY INTERNATIONAL` or `Amnesty International Report 2006` on the title page.
        let alone = lower.trim() == name.to_lowercase();
        if line.page == PageNo::FIRST
            && (alone || lower.starts_with(&format!("{} report", name.to_lowercase())))
        {
            return Some((name, line.page, 0.85));
        }
    }
    None
}

/// Finds the title: headings of the first page, else its first lines before the imprint.
fn title(head: &[&Line], kind: Kind) -> Option<(String, PageNo)> {
    let heading = head.iter().find(|line| line.role == Role::Heading && is_title_line(line));
    if let Some(line) = heading.filter(|_| kind == Kind::Report) {
        return Some((joined(head, line), line.page));
    }
    if kind == Kind::UnDocument {
        let line = head.iter().find(|line| {
            let text = line.text.to_lowercase();
            [
                "report of",
                "report on",
                "concluding observations",
                "views adopted",
                "resolution adopted",
                "the right to",
            ]
            .iter()
            .any(|start| text.starts_with(start))
        })?;
        return Some((joined(head, line), line.page));
    }
    let line =
        head.iter().take(30).find(|line| is_title_line(line) && line.page == PageNo::FIRST)?;
    Some((joined(head, line), line.page))
}

fn is_title_line(line: &Line) -> bool {
    let plain = line.plain();
    let lower = plain.to_lowercase();
    let imprint = [
        "published",
        "copyright",
        "©",
        "isbn",
        "issn",
        "index",
        "street",
        "printed",
        "http",
        "www.",
        "[",
    ];
    (6..=140).contains(&plain.len())
        && !imprint.iter().any(|word| lower.contains(word))
        && !PUBLISHERS.iter().any(|name| lower.trim() == name.to_lowercase())
        && !plain.trim_end().ends_with('.')
        && plain.chars().filter(|c| c.is_alphabetic()).count() * 2 > plain.len()
}

/// Joins a title with the lines of its paragraph and its direct subtitle.
fn joined(head: &[&Line], first: &Line) -> String {
    let same = head
        .iter()
        .filter(|line| line.paragraph == first.paragraph)
        .map(|line| line.plain())
        .collect::<Vec<_>>()
        .join(" ");
    title_case(same.trim())
}

/// Finds the date of publication.
fn date(head: &[&Line], kind: Kind) -> Option<(DateRole, crate::model::Date, PageNo, f32)> {
    for line in head {
        let plain = line.plain();
        let lower = plain.to_lowercase();
        if plain.len() > 160 {
            continue;
        }
        let published = lower.contains("published");
        let found = dates::find(&plain).into_iter().next();
        let alone = found.as_ref().is_some_and(|found| plain.trim().len() <= found.span.len() + 12);
        if let Some(found) = found
            && (published
                || (alone && line.page == PageNo::FIRST)
                || (alone && kind == Kind::UnDocument))
        {
            return Some((DateRole::Published, found.date, line.page, 0.85));
        }
        if published
            && let Some(year) = plain
                .split(|c: char| !c.is_ascii_digit())
                .find(|digits| digits.len() == 4)
                .and_then(|year| year.parse().ok())
                .and_then(crate::model::Date::of_year)
        {
            return Some((DateRole::Published, year, line.page, 0.85));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_of_a_year() {
        let title = |text: &str| report_of_a_year(text).map(|(_, title)| title);
        let expect = "Amnesty International Report 2031";
        assert_eq!(title("AMNESTY INTERNATIONAL REPORT 2031").as_deref(), Some(expect));
        assert_eq!(title("Amnesty International Report on 2031"), None);
        let line = |page: u32| Line {
            text: format!("{expect}\t{page}"),
            page: PageNo::new(page).unwrap(),
            role: Role::Footer,
            paragraph: 0,
            left: None,
            right: false,
        };
        assert_eq!(running_title(&[line(1), line(2)]).unwrap().1, expect);
        assert_eq!(running_title(&[line(1)]), None);
    }

    #[test]
    fn index_numbers() {
        assert_eq!(amnesty_index("AI Index: POL 10/001/2007").as_deref(), Some("POL 10/001/2007"));
        assert_eq!(amnesty_index("[POL 10/004/2006]").as_deref(), Some("POL 10/004/2006"));
        assert_eq!(amnesty_index("on the 10/12/2006 day"), None);
        assert_eq!(un_symbol("United Nations A/HRC/41/35").as_deref(), Some("A/HRC/41/35"));
        assert_eq!(un_symbol("either/or/both"), None);
    }
}
