//! Orders and judgments: the zones of a cause title, one after the other.
//!
//! Court line, jurisdiction, bench, own numbers (before the first `Against`), side A, `versus`,
//! side B, counsel, dates, author, text, signature.

use super::caption::{self, Title};
use super::dates::{self, Dated};
use super::lines::{Line, squeeze};
use super::{
    Derived, bench, british, court, filed, india, judge, later, letter, number, party, report,
};
use crate::model::record::{DateRole, Party, RoleDate, Side};
use crate::model::{Kind, PageNo, Record, Role, Valued, Warning, WarningKind};

/// How many lines the head may have; Supreme Court titles with many parties are long.
pub(super) const HEAD_LINES: usize = 140;

/// Returns the first lines of the head.
fn first(all: &[Line], n_lines: usize) -> Vec<Line> {
    all.iter().filter(|line| line.is_of_head()).take(n_lines).cloned().collect()
}

/// Tells whether the head shows a court; without one, [`derive`] derives nothing.
pub(super) fn has_court(all: &[Line]) -> bool {
    let head = first(all, HEAD_LINES);
    let citations = report::citations(&head);
    find_court(&head).is_some() || cited_court(&head, &citations).is_some()
}

/// Derives the record of an order or judgment; `None` where the head shows no court.
pub(super) fn derive(all: &[Line]) -> Option<Derived> {
    let first = |n_lines: usize| first(all, n_lines);
    let head = first(HEAD_LINES);
    let citations = report::citations(&head);
    // A law report of India names the court in its running head alone, and others in its headnote.
    let reported = citations.iter().any(|(_, court, _)| court.as_deref() == Some("india-sc"));
    let (court_idx, mut named) = if reported {
        cited_court(&head, &citations)?
    } else {
        find_court(&head).or_else(|| cited_court(&head, &citations))?
    };
    let (head, court_idx) = if named.country == "in" {
        // Counsel of many appeals heard together fill pages before the bench is named.
        let head = india::head(first(if reported { HEAD_LINES } else { 3 * HEAD_LINES }));
        let court_idx = find_court(&head).map_or(0, |(idx, _)| idx);
        (head, if reported { 0 } else { court_idx })
    } else if named.country == "us" {
        let head = american_columns(head);
        // Right columns have moved behind the caption, and the court line with its number.
        let court_idx = find_court(&head).map_or(court_idx, |(idx, _)| idx);
        (head, court_idx)
    } else if named.country == "gb" {
        // Running heads repeat the names in short.
        let head: Vec<Line> = head.into_iter().filter(|line| line.role != Role::Header).collect();
        let found = find_court(&head).or_else(|| cited_court(&head, &citations));
        let court_idx = found.map_or(court_idx, |(idx, found)| {
            named = found;
            idx
        });
        (head, court_idx)
    } else {
        (head, court_idx)
    };
    if let Some(id) = citations.iter().find_map(|(_, court, _)| court.clone()) {
        named.court = id;
        named.confidence = 0.98;
    }
    let title = if named.country == "gb" {
        british::read_title(&head, court_idx)
    } else {
        let mut title = caption::read_title(&head, court_idx, named.country);
        let later = bench::later(&head, &title, named.country);
        title.bench.extend(later);
        title
    };
    let sheet = sheet(&head);
    let is_decision = sheet.is_some() || !title.side_a.is_empty() || !title.numbers.is_empty();
    if !is_decision && citations.is_empty() {
        return None;
    }
    if is_letter(&head) {
        if named.country == "us" {
            // As drawn: its subject may stand behind a tab, which is no second column.
            return Some(letter::derive(&first(HEAD_LINES), named));
        }
        let kind = Valued::derived(Kind::Letter, PageNo::FIRST, 0.7);
        return Some(Derived {
            record: Record { kind: Some(kind), ..Record::default() },
            warnings: vec![],
        });
    }
    let author = author(&head, &title, named.country);
    let has_judge = !author.is_empty() || !title.bench.is_empty();
    let kind = sheet.or_else(|| kind_by_heading(&head, &named, has_judge));
    let body: Vec<Line> = all
        .iter()
        .filter(|line| !matches!(line.role, Role::Footer | Role::Header))
        .cloned()
        .collect();
    let signature = judge::signatures(&body);
    let dated = head.get(..head.len().min(HEAD_LINES)).unwrap_or_default();
    let mut found = dates::find(dated, &body, &title_zone(dated, &title), named.country);
    if named.country == "us" {
        match kind.as_ref().map(|(kind, _)| *kind) {
            Some(Kind::Letter) => found = dates::of_letter(dated),
            // What a party files has no date of decision; its stamp is the day of filing.
            Some(kind) if !kind.is_case() => {
                found.retain(|dated| dated.role != DateRole::Decision);
            }
            // Nothing says that the paper decides; a stamp says when it came into the docket.
            None => found.retain(|dated| {
                dated.role != DateRole::Decision || dated.confidence > dates::BY_STAMP
            }),
            Some(_) => {}
        }
    }
    if matches!(named.country, "pk" | "in") && kind.as_ref().is_none_or(|(kind, _)| kind.is_case())
    {
        later::find(&body, &mut found);
    }
    let warnings = conflicts(all, &title, kind.as_ref().map(|(kind, _)| *kind), &found);
    let court_page = head.get(court_idx).map_or(PageNo::FIRST, |line| line.page);
    let mut record = Record {
        kind: kind.map(|(kind, confidence)| Valued::derived(kind, PageNo::FIRST, confidence)),
        court: Some(Valued::derived(named.court, court_page, named.confidence)),
        judges: judges(author, &title, signature, &body),
        ..Record::default()
    };
    record.reports =
        citations.into_iter().map(|(text, _, page)| Valued::derived(text, page, 0.95)).collect();
    match record.kind.as_ref().map(|kind| kind.value) {
        Some(Kind::Pleading) => record.extra.extend(filed::paper(&head)),
        Some(Kind::Letter) => {
            // The head of the paper names the chief judge; nobody has judged here.
            record.judges.clear();
            record.extra.extend(filed::paper(&head));
        }
        _ => {}
    }
    let made_in = title.made_in.clone();
    add_title(&mut record, title, all);
    if let Some((number, page)) = made_in {
        record.extra.insert("made-in".to_owned(), Valued::derived(number, page, 0.92));
    }
    for Dated { role, date, page, confidence } in found {
        record.dates.push(Valued::derived(RoleDate { role, value: date }, page, confidence));
    }
    Some(Derived { record, warnings })
}

/// Finds the first court line, and joins the line behind it that says which court of its kind.
fn find_court(head: &[Line]) -> Option<(usize, court::Named)> {
    let (idx, mut named) = head
        .iter()
        .take(45)
        .enumerate()
        .find_map(|(idx, line)| Some((idx, court::named(&line.plain())?)))?;
    let behind = head.get(idx + 1..).unwrap_or_default();
    if named.country == "us" && !named.court.contains("for the") && named.court != "scotus" {
        if let Some(seat) = american_seat(behind, named.court.ends_with("of Appeals")) {
            named.court = format!("{} {seat}", named.court);
        }
    } else if named.country == "gb" && named.court.ends_with("Tribunal") {
        let chamber = behind.first().map(Line::plain).unwrap_or_default();
        if chamber.to_uppercase().contains("CHAMBER") && chamber.len() < 60 {
            let chamber = court::title_case(chamber.trim().trim_matches(['(', ')']));
            named.court = format!("{} ({chamber})", named.court);
        }
    }
    if named.country == "us" && squeeze(&named.court).contains("WORKERSCOMPENSATION") {
        let above = idx.checked_sub(1).and_then(|above| head.get(above));
        if let Some(agency) = above.filter(|line| line.squeezed().contains("BUREAUOF")) {
            named.court = format!("{}, {}", court::title_case(&agency.plain()), named.court);
        }
        if let Some(seat) = behind.first().filter(|line| line.text.starts_with("AT ")) {
            named.court = format!("{} at {}", named.court, court::title_case(seat.text.get(3..)?));
        }
    }
    Some((idx, named))
}

/// Finds which court of appeals or district court it is: `for the Fifth Circuit`, in the lines
/// behind the name. A clerk's stamp beside the caption may stand between them.
fn american_seat(behind: &[Line], of_appeals: bool) -> Option<String> {
    let near = behind.iter().take(if of_appeals { 7 } else { 1 });
    let mut circuit = None;
    for line in near {
        let cell = line.text.split('\t').next().unwrap_or_default().trim();
        let letters = squeeze(cell);
        if letters.starts_with("FORTHE") && (!of_appeals || letters.contains("CIRCUIT")) {
            // `for the Fifth Circuit No. 31-50498`: a number may share the line.
            let lower = cell.to_ascii_lowercase();
            let end = lower.find("circuit").map_or(cell.len(), |at| at + "circuit".len());
            let seat = court::title_case(cell.get(..end)?);
            return Some(
                seat.strip_prefix("For the ")
                    .map_or(seat.clone(), |rest| format!("for the {rest}")),
            );
        }
        if !of_appeals && (letters.contains("DISTRICTOF") || letters == "EASTERNDISTRICT") {
            return Some(court::title_case(cell));
        }
        let ordinal = cell.split_whitespace().count() == 2 && letters.ends_with("CIRCUIT");
        if circuit.is_none() && ordinal {
            circuit = Some(format!("for the {}", court::title_case(cell)));
        } else if circuit.is_none() && of_appeals && letters.ends_with("EASTERNDISTRICT") {
            circuit = Some(court::title_case(cell));
        }
    }
    circuit
}

/// Finds the court by the neutral citation, where the court's name is only drawn in its arms.
fn cited_court(
    head: &[Line],
    citations: &[(String, Option<String>, PageNo)],
) -> Option<(usize, court::Named)> {
    let (text, id, _) = citations.iter().find(|(_, id, _)| id.is_some())?;
    let series = text.split(']').next()?;
    let idx = head.iter().position(|line| line.text.contains(series))?;
    let country = crate::model::court::by_id(id.as_deref()?).map_or("gb", |court| court.country);
    Some((idx, court::Named { court: id.clone()?, country, confidence: 0.95 }))
}

/// Splits captions drawn in two columns (`A, Plaintiff )  No. 12`): the right column goes behind.
fn american_columns(head: Vec<Line>) -> Vec<Line> {
    let mut left = Vec::new();
    let mut right = Vec::new();
    for line in head {
        // The reader has parted the cells of a table: those of the right column lie there.
        if line.role == Role::Table && line.right {
            right.push(line);
            continue;
        }
        let edges = |cell: &'_ str| cell.trim_matches([')', ']', '*', ' ']).to_owned();
        let cells: Vec<String> = line.text.split('\t').map(edges).collect();
        let bracket = line.text.contains(['\t', ')', ']', '*'])
            && line.text.split(['\t', ' ']).any(|c| matches!(c, ")" | "]" | "*"));
        if cells.len() < 2 && !bracket {
            left.push(line);
            continue;
        }
        let (first, rest): (String, Vec<String>) = if cells.len() >= 2 {
            (cells[0].clone(), cells[1..].to_vec())
        } else {
            let mut halves = line.text.splitn(2, [')', ']', '*']);
            let first = halves.next().unwrap_or_default().trim().to_owned();
            (first, halves.map(|half| half.trim().to_owned()).collect())
        };
        if !first.is_empty() {
            left.push(Line { text: first, ..line.clone() });
        }
        right.extend(
            rest.into_iter()
                .filter(|text| !text.is_empty())
                .map(|text| Line { text, ..line.clone() }),
        );
    }
    // Behind the caption, so that its numbers and dates are still found and its parties not mixed.
    left.extend(right);
    left
}

/// Tells what the form says: an order sheet or a judgment sheet.
fn sheet(head: &[Line]) -> Option<(Kind, f32)> {
    head.iter().take(20).find_map(|line| {
        let letters = line.squeezed();
        if letters.len() > 120 {
            return None;
        }
        if letters.contains("ORDERSHEET") {
            Some((Kind::Order, 0.97))
        } else if letters.contains("JUDGMENTSHEET") || letters.contains("JUDGEMENTSHEET") {
            Some((Kind::Judgment, 0.97))
        } else {
            None
        }
    })
}

/// Tells the kind by the heading over the text.
fn kind_by_heading(head: &[Line], named: &court::Named, has_author: bool) -> Option<(Kind, f32)> {
    for line in head {
        let letters = line.squeezed();
        let short = letters.len() < 90;
        let starts = |words: &[&str]| short && words.iter().any(|word| letters.starts_with(word));
        let all_caps = !line.text.chars().any(char::is_lowercase);
        if matches!(
            letters.as_str(),
            "JUDGMENT"
                | "JUDGEMENT"
                | "JUDGMENTS"
                | "SYLLABUS"
                | "OPINION"
                | "DECISION"
                | "OPINIONOFTHECOURT"
        ) || starts(&[
            "JUDGMENTAPPROVED",
            "APPROVEDJUDGMENT",
            "JUDGMENTGIVENON",
            "MEMORANDUMOPINION",
        ]) || (short && all_caps && letters.starts_with("JUDGMENT"))
        {
            return Some((Kind::Judgment, 0.9));
        }
        if letters == "ORDER"
            || (all_caps && starts(&["ORDERGRANTING", "ORDERDENYING", "ORDERON", "ORDERRE"]))
            || (all_caps && short && letters.ends_with("ORDER") && named.country == "us")
        {
            return Some((Kind::Order, 0.9));
        }
        if named.country == "us" && all_caps && letter::is_notice(&letters) {
            return Some((Kind::Letter, 0.85));
        }
        if named.country == "us" && all_caps && short && filed::is_heading(&letters) {
            return Some((Kind::Pleading, 0.85));
        }
    }
    if matches!(named.country, "pk" | "in") {
        return Some((if has_author { Kind::Judgment } else { Kind::Order }, 0.6));
    }
    let curiam = head.iter().any(|line| line.squeezed().starts_with("PERCURIAM"));
    (has_author || curiam || named.country == "gb").then_some((Kind::Judgment, 0.7))
}

/// A letter to a court names the court in its address.
fn is_letter(head: &[Line]) -> bool {
    head.iter().take(60).any(|line| {
        let text = line.text.trim();
        text.starts_with("Dear ") || text.starts_with("RE:") || text == "To All Parties:"
    })
}

// ------------------------------------------------------------------------------------ judges

/// Finds the author named before the text.
fn author(head: &[Line], title: &Title, country: &str) -> Vec<(String, PageNo)> {
    let from = title.end.min(head.len());
    for line in head.get(from..).unwrap_or_default() {
        let text = line.plain();
        let mut names: Vec<String> =
            judge::author(&text).into_iter().map(|(name, _)| name).collect();
        if country == "us" && names.is_empty() {
            names.extend(
                american_author(&text).or_else(|| delivered(&text)).or_else(|| sole(&text)),
            );
        }
        if country == "gb" && names.is_empty() {
            names = british_author(&text);
        }
        if !names.is_empty() {
            return names.into_iter().map(|name| (name, line.page)).collect();
        }
    }
    Vec::new()
}

/// `Presiding Judge Mira Dell, III, delivered the opinion of the Court in which …`.
fn delivered(text: &str) -> Option<String> {
    let (name, _) = text.split_once(" delivered the opinion")?;
    let name = name.trim().trim_end_matches(',');
    let name = ["Presiding ", "Chief ", "Senior "]
        .iter()
        .fold(name, |name, word| name.strip_prefix(word).unwrap_or(name));
    let (name, suffix) = match name.rsplit_once(", ") {
        Some((name, suffix)) if matches!(suffix, "Jr." | "Sr." | "II" | "III" | "IV") => {
            (name, format!(", {suffix}"))
        }
        _ => (name, String::new()),
    };
    Some(format!("{}{suffix}", judge::bench_name(name)?))
}

/// `Judge Mira S. Dell` in the right column of a caption.
fn sole(text: &str) -> Option<String> {
    let name = text.trim().strip_prefix("Judge ")?;
    let fits = name.len() < 40 && name.split(' ').count() >= 2;
    fits.then(|| judge::bench_name(name)).flatten()
}

/// `DELL, Circuit Judge.` before the text of an opinion.
fn american_author(text: &str) -> Option<String> {
    let (name, office) = text.split_once(", ")?;
    let office = office.get(..office.len().min(40)).unwrap_or(office);
    let is_office =
        ["Circuit Judge", "Chief Judge", "District Judge", "Senior Circuit Judge", "Justice"]
            .iter()
            .any(|word| {
                office
                    .strip_prefix(word)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':', ',']))
            });
    let capitals = !name.chars().any(char::is_lowercase) || name.starts_with("Justice ");
    (is_office && capitals && name.len() < 40).then(|| judge::bench_name(name)).flatten()
}

/// `LORD HAMBLE: (with whom …)`, `Lord Justice Dell :`, `Lord Dell and Lord Kite (with whom …)`.
fn british_author(text: &str) -> Vec<String> {
    let parts = text.split_once(':').or_else(|| text.split_once(" (with whom"));
    let Some((name, rest)) = parts else { return Vec::new() };
    let rest = rest.trim();
    let (name, agreed) = name.split_once(" (with").map_or((name, false), |(name, _)| (name, true));
    let fits = rest.is_empty() || rest.starts_with("(with") || agreed;
    let name = name.trim();
    let judicial = [
        "LORD",
        "LADY",
        "MR JUSTICE",
        "MRS JUSTICE",
        "MS JUSTICE",
        "SIR",
        "DAME",
        "HIS HONOUR",
        "HER HONOUR",
    ]
    .iter()
    .any(|word| name.to_uppercase().starts_with(word));
    if !fits || !judicial || name.len() >= 60 {
        return Vec::new();
    }
    british::judges(name)
}

/// Joins author, bench and signature: the author first, then the bench as printed.
fn judges(
    author: Vec<(String, PageNo)>,
    title: &Title,
    signature: Option<(usize, Vec<String>)>,
    body: &[Line],
) -> Vec<Valued<String>> {
    let mut judges: Vec<Valued<String>> = Vec::new();
    let mut add = |name: String, page: PageNo, confidence: f32| {
        let key = squeeze(&name);
        match judges.iter_mut().find(|judge| same_person(&squeeze(&judge.value), &key)) {
            Some(known) => {
                known.confidence = Some(known.confidence.unwrap_or(0.0).max(0.98));
                // A bench of surnames; the signature has the whole name.
                if !known.value.contains(' ') && name.contains(' ') {
                    known.value = name;
                }
            }
            None => judges.push(Valued::derived(name, page, confidence)),
        }
    };
    for (name, page) in author {
        add(name, page, 0.93);
    }
    for (name, page) in &title.bench {
        add(name.clone(), *page, 0.9);
    }
    if let Some((at, names)) = signature {
        let page = body.get(at).map_or(PageNo::FIRST, |line| line.page);
        for name in names {
            add(name, page, 0.95);
        }
    }
    judges
}

/// Tells whether two names without blanks are of one person, with a letter of reading error.
fn same_person(a: &str, b: &str) -> bool {
    let title = |name: &str| -> String {
        let mut name = name;
        for word in ["LORD", "LADY", "JUSTICE", "MR", "MRS", "SIR"] {
            name = name.strip_prefix(word).unwrap_or(name);
        }
        for word in ["QC", "KC", "DBE"] {
            name = name.strip_suffix(word).unwrap_or(name);
        }
        name.to_owned()
    };
    let (a, b) = (title(a), title(b));
    let tail = |long: &str, short: &str| short.len() >= 8 && long.ends_with(short);
    a == b
        || tail(&a, &b)
        || tail(&b, &a)
        || (a.len() == b.len()
            && a.len() > 8
            && a.chars().zip(b.chars()).filter(|(a, b)| a != b).count() <= 1)
}

// --------------------------------------------------------------------------- record, conflicts

fn title_zone<'a>(head: &'a [Line], title: &Title) -> Vec<&'a Line> {
    head.iter().skip(title.end.min(head.len())).collect()
}

/// Writes numbers, parties and the cause title into the record.
pub(super) fn add_title(record: &mut Record, title: Title, all: &[Line]) {
    for (number, page) in title.numbers {
        let seen = record.numbers.iter().any(|known| number::is_same(&known.value, &number));
        if !seen {
            // A running head that repeats the number confirms it.
            let digits = number::digits_of(&number);
            let repeated = digits.is_some()
                && all.iter().any(|line| {
                    line.page > page
                        && line.text.len() < 60
                        && number::digits_of(&line.text) == digits
                });
            let confidence = if repeated { 0.98 } else { 0.92 };
            record.numbers.push(Valued::derived(number, page, confidence));
        }
    }
    if title.side_a.is_empty() {
        return;
    }
    let (page, confidence) = (title.parties_page, title.parties_confidence);
    let mut whole = party::title_side(&title.side_a);
    if !title.side_b.is_empty() {
        whole = format!("{whole} v. {}", party::title_side(&title.side_b));
    }
    record.title = Some(Valued::derived(whole, page, confidence));
    for (side, names) in [(Side::A, title.side_a), (Side::B, title.side_b)] {
        for name in names {
            let (name, _) = party::core_name(&name);
            let name = ["In re: ", "In re ", "IN RE: ", "IN RE ", "In Re: ", "In Re "]
                .iter()
                .find_map(|words| name.strip_prefix(words))
                .unwrap_or(&name)
                .to_owned();
            record.parties.push(Valued::derived(Party { side, name }, page, confidence));
        }
    }
}

/// Compares the running heads with the title, and says where no date was found.
fn conflicts(all: &[Line], title: &Title, kind: Option<Kind>, found: &[Dated]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if kind.is_some_and(Kind::is_case) && found.is_empty() {
        warnings.push(Warning::document(WarningKind::NoDate, "no date of the order was found"));
    }
    let own: Vec<(u32, u16)> = title
        .numbers
        .iter()
        .chain(&title.made_in)
        .filter_map(|(number, _)| number::digits_of(number))
        .collect();
    if own.is_empty() {
        return warnings;
    }
    let mut last_page = PageNo::FIRST;
    let mut told: Vec<(u32, u16)> = Vec::new();
    for (idx, line) in all.iter().enumerate() {
        let first_lines = line.page != last_page
            || idx
                .checked_sub(1)
                .and_then(|before| all.get(before))
                .is_some_and(|before| before.page != line.page);
        last_page = line.page;
        let is_head = line.role == Role::Header || (first_lines && line.text.len() < 60);
        if line.page == PageNo::FIRST || !is_head {
            continue;
        }
        let Some(printed) = number::own_numbers(&line.text).into_iter().next() else { continue };
        let Some(digits) = number::digits_of(&printed) else { continue };
        if !own.contains(&digits) && !told.contains(&digits) {
            told.push(digits);
            let first =
                title.numbers.first().map(|(number, _)| number.as_str()).unwrap_or_default();
            let detail = format!("the running head says {printed}, the title {first}");
            warnings.push(Warning::page(WarningKind::RecordConflict, line.page, detail));
        }
    }
    warnings
}
