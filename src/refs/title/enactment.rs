//! Statutes, bills, rules and notifications, and the gazette that printed them.

use super::Derived;
use super::court::title_case;
use super::lines::{Line, squeeze};
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Kind, PageNo, Record, Role, Valued};
use crate::text::dates;

/// How many lines are searched for the title of an enactment; a gazette opens with a page of notes.
const HEAD_LINES: usize = 160;

/// Derives the record of an enactment; `None` where the pages show none.
pub(super) fn derive(all: &[Line]) -> Option<Derived> {
    let head: Vec<&Line> =
        all.iter().filter(|line| line.role != Role::Footer).take(HEAD_LINES).collect();
    let joined: String = head.iter().map(|line| line.plain()).collect::<Vec<_>>().join(" ");
    // In ASCII alone: what is looked for is, and whole documents pass here.
    let lower = joined.to_ascii_lowercase();
    if let Some(derived) = code_of_practice(&head, &lower) {
        return Some(derived);
    }
    let kind = kind(&head, &lower)?;
    let mut record =
        Record { kind: Some(Valued::derived(kind, PageNo::FIRST, 0.9)), ..Record::default() };
    if let Some((title, page, confidence)) = title(&head, &joined, &lower, kind) {
        record.title = Some(Valued::derived(title, page, confidence));
    }
    for line in &head {
        if record.act_number.is_none()
            && let Some(number) = act_number(&line.plain())
        {
            record.act_number = Some(Valued::derived(number, line.page, 0.93));
        }
        if kind == Kind::Instrument
            && let Some(number) = sro(&line.plain())
            && record.numbers.is_empty()
        {
            record.numbers.push(Valued::derived(number, line.page, 0.93));
        }
    }
    record.dates = enactment_dates(&head, kind);
    if lower.contains("the gazette of pakistan") || lower.contains("gazette extraordinary") {
        let gazette = gazette(&head);
        record.gazette = Some(Valued::derived(gazette, PageNo::FIRST, 0.8));
    }
    Some(Derived { record, warnings: Vec::new() })
}

/// `Code of Practice for …`, issued under an act: an instrument without a number.
fn code_of_practice(head: &[&Line], lower: &str) -> Option<Derived> {
    let line = head.iter().take(4).find(|line| {
        line.text.len() < 300 && line.text.to_lowercase().starts_with("code of practice")
    })?;
    if !(lower.contains("is issued by") || lower.contains("is issued under")) {
        return None;
    }
    let title = line.plain().trim().trim_end_matches('.').to_owned();
    let record = Record {
        kind: Some(Valued::derived(Kind::Instrument, line.page, 0.8)),
        title: Some(Valued::derived(title, line.page, 0.8)),
        ..Record::default()
    };
    Some(Derived { record, warnings: Vec::new() })
}

/// Tells what kind of enactment the head shows; a mere mention of an act shows none.
fn kind(head: &[&Line], lower: &str) -> Option<Kind> {
    let enacts = lower.contains("enacted as follows")
        || lower.contains("be it enacted")
        || lower.contains("promulgate the following ordinance");
    let short_line = |test: &dyn Fn(&str) -> bool| {
        head.iter().take(60).any(|line| line.text.len() < 120 && test(&line.squeezed()))
    };
    let is_bill = short_line(&|letters| letters == "ABILL" || letters == "BILL")
        || head.iter().take(40).any(|line| is_title_of(&line.plain(), "bill"));
    let numbered = head.iter().take(80).any(|line| act_number(&line.plain()).is_some());
    let called = ["may be called the", "may be cited as the", "be cited as the"]
        .iter()
        .any(|words| lower.contains(words));
    let is_act = head
        .iter()
        .take(60)
        .any(|line| ["act", "ordinance"].iter().any(|word| is_title_of(&line.plain(), word)));
    let is_rules = head.iter().take(60).any(|line| {
        ["rules", "regulations", "order"].iter().any(|word| is_title_of(&line.plain(), word))
    });
    let has_sro = head.iter().take(60).any(|line| sro(&line.plain()).is_some());
    if is_bill && (enacts || called) {
        return Some(Kind::Bill);
    }
    let made =
        lower.contains("in exercise of the powers") || lower.contains("in exercise of powers");
    if has_sro && made {
        return Some(Kind::Instrument);
    }
    if (enacts && (numbered || called || is_act)) || (numbered && is_act) {
        return Some(Kind::Statute);
    }
    ((made && (called || is_rules)) || (is_rules && called)).then_some(Kind::Instrument)
}

/// `THE PREVENTION OF KITES ACT, 2016`: a line that is a title and ends with its year.
fn is_title_of(text: &str, word: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ';']);
    let year = text.as_bytes().last_chunk::<4>();
    // Most lines are no titles: the cheap signs come first.
    if text.len() >= 160 || !year.is_some_and(|year| year.iter().all(u8::is_ascii_digit)) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let head = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ','));
    head.ends_with(word)
        && head.len() > word.len() + 3
        && text.starts_with(|c: char| c.is_uppercase())
        && !lower.contains(" under ")
        && !lower.contains("section ")
}

/// Finds the title: what the first section says that the act is called, else the title line.
fn title(head: &[&Line], joined: &str, lower: &str, kind: Kind) -> Option<(String, PageNo, f32)> {
    for words in ["may be called the ", "may be cited as the "] {
        // Folding may change lengths outside ASCII; a position is only used where both agree.
        let Some(at) = lower.find(words).filter(|_| lower.len() == joined.len()) else { continue };
        let rest = joined.get(at + words.len()..).unwrap_or_default();
        if let Some(end) = year_end(rest).filter(|&end| end < 200) {
            let name = rest.get(..end).unwrap_or_default().trim().trim_matches(['“', '”', '"']);
            let page = page_of(head, name);
            return Some((name.to_owned(), page, 0.95));
        }
    }
    let words: &[&str] = match kind {
        Kind::Bill => &["bill"],
        Kind::Instrument => &["rules", "regulations", "order", "policy"],
        _ => &["act", "ordinance"],
    };
    head.iter().find_map(|line| {
        let plain = line.plain();
        let found = words.iter().any(|word| is_title_of(&plain, word));
        let name = plain.trim().trim_end_matches(['.', ';']);
        let name = name.strip_prefix("THE ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        found.then(|| (title_case(name), line.page, 0.85))
    })
}

fn page_of(head: &[&Line], name: &str) -> PageNo {
    let start: String = name.chars().take(18).collect();
    head.iter().find(|line| line.plain().contains(&start)).map_or(PageNo::FIRST, |line| line.page)
}

/// Returns the end of the first year of `text`.
fn year_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).find_map(|at| {
        let year = bytes.get(at..at + 4)?;
        let alone = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_none_or(|b| !b.is_ascii_digit())
            && bytes.get(at + 4).is_none_or(|b| !b.is_ascii_digit());
        let fits = matches!(year.first(), Some(b'1' | b'2')) && year.iter().all(u8::is_ascii_digit);
        (alone && fits).then_some(at + 4)
    })
}

/// `ACT NO. XL OF 2016`, `Ordinance No. VIII of 2002`: printed as `Act XL of 2016`.
fn act_number(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    // A number has six words at most, and they are short.
    if text.len() > 120 {
        return None;
    }
    let words: Vec<&str> = text.split([' ', '.', ',']).filter(|word| !word.is_empty()).collect();
    if words.len() > 6 {
        return None;
    }
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let kind = match lower.first().map(String::as_str) {
        Some("act") => "Act",
        Some("ordinance") => "Ordinance",
        _ => return None,
    };
    let at = 1 + usize::from(lower.get(1).is_some_and(|word| word == "no"));
    let roman = words.get(at)?;
    let is_number = roman.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M'))
        || roman.chars().all(|c| c.is_ascii_digit());
    let year = words.get(at + 2).filter(|_| lower.get(at + 1).is_some_and(|word| word == "of"))?;
    let year: String = year.chars().take_while(char::is_ascii_digit).collect();
    (is_number && year.len() == 4).then(|| format!("{kind} {roman} of {year}"))
}

/// `S.R.O. 1005(I)/2024`, at the beginning of a line.
fn sro(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with(['S', 's']) || !squeeze(text).starts_with("SRO") {
        return None;
    }
    let at = text.find(|c: char| c.is_ascii_digit())?;
    if at > 14 {
        return None;
    }
    let end = text
        .char_indices()
        .skip_while(|(idx, _)| *idx < at)
        .find(|(idx, c)| {
            // ` of 2024` may follow the number.
            let rest = text.get(*idx..).unwrap_or_default();
            let goes_on = c.is_ascii_alphanumeric()
                || matches!(c, '(' | ')' | '/' | '-')
                || rest.starts_with(" of ")
                || rest.starts_with(' ');
            !goes_on
        })
        .map_or(text.len(), |(idx, _)| idx);
    let number = text.get(..end)?;
    // The number itself may look like a year: `1990(I)/2024`.
    let run = number.get(at..)?.find(|c: char| !c.is_ascii_digit())?;
    let end = at + run + year_end(number.get(at + run..)?)?;
    number.get(..end).map(|number| number.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// How much of the text before a date tells what date it is, in bytes.
const AROUND_DATE: usize = 400;

/// Assent, gazette and making, by the words around the date.
fn enactment_dates(head: &[&Line], kind: Kind) -> Vec<Valued<RoleDate>> {
    let mut found: Vec<Valued<RoleDate>> = Vec::new();
    let mut add = |role: DateRole, value, page, confidence| {
        if !found.iter().any(|known: &Valued<RoleDate>| known.value.role == role) {
            found.push(Valued::derived(RoleDate { role, value }, page, confidence));
        }
    };
    for (idx, line) in head.iter().enumerate() {
        let text = line.plain();
        for date in dates::find(&text).into_iter().filter(|found| found.date.day().is_some()) {
            let mut around: String = idx
                .checked_sub(1)
                .and_then(|before| head.get(before))
                .map(|line| line.plain())
                .unwrap_or_default();
            around.push(' ');
            around.push_str(text.get(..date.span.start).unwrap_or_default());
            // A line may be a whole act; what tells of a date stands close to it.
            let near = around.len().saturating_sub(AROUND_DATE);
            let near = (near..=around.len()).find(|&at| around.is_char_boundary(at)).unwrap_or(0);
            let around = around.get(near..).unwrap_or_default().to_lowercase();
            let rest = text.get(date.span.end..).unwrap_or_default();
            let alone = text.len() < date.span.len() + 6;
            let weekday = text.len() < 80 && {
                let lower = text.to_lowercase();
                ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
                    .iter()
                    .any(|day| lower.contains(day))
            };
            if around.contains("assent") {
                add(DateRole::Assent, date.date, line.page, 0.93);
            } else if weekday {
                add(DateRole::Gazette, date.date, line.page, 0.9);
            } else if alone && text.trim().starts_with('[') && kind == Kind::Statute {
                // `[18th August, 2016]` under the title of an act is the day of assent.
                add(DateRole::Assent, date.date, line.page, 0.8);
            } else if around.contains(", the ") && text.len() < 80 && rest.trim().len() < 4 {
                let role =
                    if kind == Kind::Instrument { DateRole::Made } else { DateRole::Gazette };
                add(role, date.date, line.page, 0.75);
            }
        }
    }
    found
}

/// Returns what the gazette's head says of itself: name, part.
fn gazette(head: &[&Line]) -> String {
    let part = head.iter().take(25).find_map(|line| {
        let letters = line.squeezed();
        let roman = letters.strip_prefix("PART")?;
        (!roman.is_empty() && roman.chars().all(|c| matches!(c, 'I' | 'V' | 'X')))
            .then(|| roman.to_owned())
    });
    let extraordinary = head.iter().take(25).any(|line| line.squeezed().contains("EXTRAORDINARY"));
    let mut text = "The Gazette of Pakistan".to_owned();
    if extraordinary {
        text.push_str(", Extraordinary");
    }
    if let Some(part) = part {
        text.push_str(", Part ");
        text.push_str(&part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_acts() {
        assert_eq!(act_number("ACT NO. XL OF 2016").as_deref(), Some("Act XL of 2016"));
        assert_eq!(
            act_number("Ordinance No. VIII of 2002").as_deref(),
            Some("Ordinance VIII of 2002")
        );
        assert_eq!(act_number("Act passed by both houses of 2016"), None);
        assert_eq!(sro("S.R.O. 1005(I)/2024.—In exercise").as_deref(), Some("S.R.O. 1005(I)/2024"));
    }

    #[test]
    fn titles() {
        assert!(is_title_of("THE PREVENTION OF KITES ACT, 2016", "act"));
        assert!(!is_title_of("under the Kites Act, 2016", "act"));
        assert!(!is_title_of("The Prevention of Kites Act, 2016 applies", "act"));
    }
}
