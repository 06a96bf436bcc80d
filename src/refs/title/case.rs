//! Orders and judgments: the zones of a cause title, one after the other.
//!
//! Court line, jurisdiction, bench, own numbers (before the first `Against`), side A, `versus`,
//! side B, counsel, dates, author, text, signature.

use super::dates::{self, Dated};
use super::lines::{Line, squeeze};
use super::{Derived, court, judge, number, party, report};
use crate::model::record::{DateRole, Party, RoleDate, Side};
use crate::model::{Kind, PageNo, Record, Role, Valued, Warning, WarningKind};

/// How many lines the head may have; Supreme Court titles with many parties are long.
const HEAD_LINES: usize = 140;

/// The lines of the head, with what was found in them.
struct Title {
    numbers: Vec<(String, PageNo)>,
    side_a: Vec<String>,
    side_b: Vec<String>,
    parties_page: PageNo,
    parties_confidence: f32,
    bench: Vec<(String, PageNo)>,
    /// The first line behind side B.
    end: usize,
}

/// Derives the record of an order or judgment; `None` where the head shows no court.
pub(super) fn derive(all: &[Line]) -> Option<Derived> {
    let head: Vec<Line> = all
        .iter()
        .filter(|line| line.role != Role::Footer)
        .filter(|line| line.role != Role::Header || line.page == PageNo::FIRST)
        .take(HEAD_LINES)
        .cloned()
        .collect();
    let citations = report::citations(&head);
    let (court_idx, mut named) = find_court(&head).or_else(|| cited_court(&head, &citations))?;
    let (head, court_idx) = if named.country == "us" {
        let head = american_columns(head);
        // Right columns have moved behind the caption, and the court line with its number.
        let court_idx = find_court(&head).map_or(court_idx, |(idx, _)| idx);
        (head, court_idx)
    } else {
        (head, court_idx)
    };
    if let Some(id) = citations.iter().find_map(|(_, court, _)| court.clone()) {
        named.court = id;
        named.confidence = 0.98;
    }
    let mut title = read_title(&head, court_idx, named.country);
    let later = later_bench(&head, &title, named.country);
    title.bench.extend(later);
    let sheet = sheet(&head);
    let is_decision = sheet.is_some() || !title.side_b.is_empty() || !title.numbers.is_empty();
    if !is_decision && citations.is_empty() {
        return None;
    }
    if is_letter(&head) {
        let kind = Valued::derived(Kind::Letter, PageNo::FIRST, 0.7);
        return Some(Derived {
            record: Record { kind: Some(kind), ..Record::default() },
            warnings: vec![],
        });
    }
    let author = author(&head, &title, named.country);
    let kind = sheet
        .or_else(|| kind_by_heading(&head, &named, author.is_some() || !title.bench.is_empty()));
    let body: Vec<Line> = all
        .iter()
        .filter(|line| !matches!(line.role, Role::Footer | Role::Header))
        .cloned()
        .collect();
    let signature = judge::signatures(&body);
    let mut found = dates::find(&head, &body, &title_zone(&head, &title), named.country);
    if named.country == "us" && kind.as_ref().is_some_and(|(kind, _)| !kind.is_case()) {
        // What a party files has no date of decision; its stamp is the day of filing.
        found.retain(|dated| dated.role != DateRole::Decision);
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
    add_title(&mut record, title, all);
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
    if named.country == "us" && !named.court.contains("for the") && named.court != "scotus" {
        let next = head.get(idx + 1).map(Line::plain).unwrap_or_default();
        let next = next.split('\t').next().unwrap_or_default().trim().to_owned();
        let letters = squeeze(&next);
        if letters.starts_with("FORTHE")
            || letters.contains("DISTRICTOF")
            || letters == "EASTERNDISTRICT"
        {
            let seat = court::title_case(&next);
            let seat = seat
                .strip_prefix("For the ")
                .map_or(seat.clone(), |rest| format!("for the {rest}"));
            named.court = format!("{} {seat}", named.court);
        }
    }
    Some((idx, named))
}

/// Finds the court by the neutral citation, where the court's name is only drawn in its arms.
fn cited_court(
    head: &[Line],
    citations: &[(String, Option<String>, PageNo)],
) -> Option<(usize, court::Named)> {
    let (text, id, _) = citations.iter().find(|(_, id, _)| id.is_some())?;
    let series = text.split(']').next()?;
    let idx = head.iter().position(|line| line.text.contains(series))?;
    Some((idx, court::Named { court: id.clone()?, country: "gb", confidence: 0.95 }))
}

/// Splits captions drawn in two columns (`A, Plaintiff )  No. 12`): the right column goes behind.
fn american_columns(head: Vec<Line>) -> Vec<Line> {
    let mut left = Vec::new();
    let mut right = Vec::new();
    for line in head {
        let cells: Vec<&str> =
            line.text.split('\t').map(|cell| cell.trim_matches([')', ']', ' '])).collect();
        let bracket = line.text.contains(['\t', ')', ']'])
            && line.text.split(['\t', ' ']).any(|c| c == ")" || c == "]");
        if cells.len() < 2 && !bracket {
            left.push(line);
            continue;
        }
        let (first, rest): (String, Vec<String>) = if cells.len() >= 2 {
            (cells[0].to_owned(), cells[1..].iter().map(|cell| (*cell).to_owned()).collect())
        } else {
            let mut halves = line.text.splitn(2, [')', ']']);
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
        let filed = starts(&[
            "MOTION",
            "COMPLAINT",
            "BRIEFOF",
            "BRIEFFOR",
            "OPENINGBRIEF",
            "NOTICEOF",
            "MEMORANDUMOF",
            "ENTRYOFAPPEARANCE",
            "ANSWERTO",
            "DECLARATIONOF",
            "PETITIONFOR",
            "EMERGENCYMOTION",
        ]);
        if named.country == "us" && all_caps && filed {
            return Some((Kind::Pleading, 0.85));
        }
    }
    if named.country == "pk" {
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

// ------------------------------------------------------------------------------- cause title

/// What a line of the head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    /// A court line, a form number, a heading: ends what came before.
    Stop,
    /// `Against …`, `On appeal from …`.
    Against,
    /// `PRESENT:`, `Before`, `CORAM`.
    Bench,
    Number,
    /// A party, perhaps.
    Text,
}

fn zone(line: &Line) -> Zone {
    let letters = line.squeezed();
    let starts = |words: &[&str]| words.iter().any(|word| letters.starts_with(word));
    if starts(&[
        "AGAINST",
        "ONAPPEALFROM",
        "APPEALFROM",
        "APPEALSFROM",
        "ONAPPEAL",
        "FROMTHECOURT",
        "CERTIORARITO",
        "FROMTHEORDER",
        "FROMTHEJUDGMENT",
        "IMPUGNED",
        "ONWRITOFCERTIORARI",
        "ONPETITIONFOR",
    ]) {
        return Zone::Against;
    }
    let bench = matches!(letters.as_str(), "PRESENT" | "BEFORE" | "CORAM" | "BENCH")
        || ["present:", "before:", "before :", "coram:", "present :", "bench:"]
            .iter()
            .any(|word| line.text.to_lowercase().starts_with(word))
        || (line.text.starts_with("Before ") && letters.contains("JUDGE"))
        || (line.text.starts_with("PRESENT ") && letters.contains("JUSTICE"));
    if bench {
        return Zone::Bench;
    }
    // The stamp of an American court: `Case 8:16-cv-01261 Document 40 Filed …`.
    let stamp = letters.starts_with("CASE") && letters.contains("DOC") && letters.contains("FILED");
    if line.is_rule() || stamp || is_furniture(&letters) || court::named(&line.plain()).is_some() {
        return Zone::Stop;
    }
    if number::is_number_line(&line.text) {
        return Zone::Number;
    }
    Zone::Text
}

/// Tells whether a line of a head is neither name nor number: forms, headings, places, stamps.
fn is_furniture(letters: &str) -> bool {
    const WHOLE: &[&str] = &[
        "ORDER",
        "JUDGMENT",
        "JUDGEMENT",
        "SYLLABUS",
        "BETWEEN",
        "IN",
        "AND",
        "ISLAMABAD",
        "LAHORE",
        "KARACHI",
        "PESHAWAR",
        "QUETTA",
        "OPINION",
        "DECISION",
        "BEFORE",
        "CIRCUIT",
        "PER",
        "STRAND",
        "LONDON",
        "O",
        "WO",
        "THESTRAND",
        "CLERK",
        "CLERKOFCOURT",
    ];
    const STARTS: &[&str] = &[
        "JUDICIALDEP",
        "ORDERSHEET",
        "JUDGMENTSHEET",
        "JUDGEMENTSHEET",
        "FORMNO",
        "STEREO",
        "HCJD",
        "ROYALCOURTSOF",
        "NEUTRALCITATION",
        "NCN",
        "EASTERTERM",
        "MICHAELMASTERM",
        "HILARYTERM",
        "TRINITYTERM",
        "SLIPOPINION",
        "NOTE",
        "DATE",
        "FORTHE",
        "APPEALCASE",
        "OCTOBERTERM",
        "FILED",
        "DIVISION",
        "LONDONWC",
        "HEARD",
        "CENTRALDISTRICT",
        "SNOOF",
        "PROCEEDING",
        "ORDERPROCEEDING",
        "SRNO",
        "SERIALNO",
        "DOCKET",
        "EASTERNDISTRICT",
    ];
    let jurisdiction = letters.ends_with("JURISDICTION") && letters.len() < 60;
    WHOLE.contains(&letters)
        || STARTS.iter().any(|start| letters.starts_with(start))
        || jurisdiction
}

/// Reads numbers, bench and parties from the head.
fn read_title(head: &[Line], court_idx: usize, country: &str) -> Title {
    let versus_at = find_versus(head, court_idx, country);
    let page = versus_at
        .as_ref()
        .and_then(|(idx, _)| head.get(*idx))
        .map_or(PageNo::FIRST, |line| line.page);
    let mut title = Title {
        numbers: Vec::new(),
        side_a: Vec::new(),
        side_b: Vec::new(),
        parties_page: page,
        parties_confidence: 0.9,
        bench: Vec::new(),
        end: court_idx + 1,
    };
    // Without parties on two sides the title ends at the counsel, the table or the text.
    let limit = versus_at.as_ref().map_or_else(
        || {
            let end =
                head.iter().skip(court_idx + 1).position(|line| is_body(line) || is_counsel(line));
            head.len().min(court_idx + 1 + end.unwrap_or(24).min(24))
        },
        |(idx, _)| *idx,
    );
    let mut names: Vec<usize> = Vec::new();
    let mut against: Option<Against> = None;
    let mut bench = false;
    for (idx, line) in head.iter().enumerate().take(limit) {
        if let Some(open) = against.as_mut() {
            if open.goes_on(line) {
                continue;
            }
            against = None;
        }
        match zone(line) {
            Zone::Stop => {
                names.clear();
                // A rule ends the bench of an English judgment.
                bench = bench && !line.is_rule();
            }
            Zone::Against => {
                names.clear();
                bench = false;
                against = Some(Against::new(line));
            }
            Zone::Bench => {
                names.clear();
                bench = true;
                title.bench.extend(bench_line(line));
            }
            Zone::Number if idx < court_idx && country == "pk" => {}
            Zone::Number => {
                names.clear();
                bench = false;
                let found = number::own_numbers(&line.text);
                title.numbers.extend(found.into_iter().map(|number| (number, line.page)));
            }
            Zone::Text if bench && country == "gb" && looks_judicial(&line.text) => {
                title.bench.push((british_name(&line.plain()), line.page));
            }
            Zone::Text if bench => match judge::bench_name(&line.plain()) {
                Some(name) if looks_judicial(&line.text) || title.bench.is_empty() => {
                    title.bench.push((name, line.page));
                }
                _ => {
                    bench = false;
                    names.push(idx);
                }
            },
            Zone::Text => names.push(idx),
        }
    }
    let Some((versus_idx, versus)) = versus_at else {
        // `1. A  2. B  ……Petitioners`: an application without a respondent.
        let lines: Vec<String> =
            names.iter().filter_map(|&idx| head.get(idx)).map(Line::plain).collect();
        if lines.last().is_some_and(|last| party::ends_with_role(last)) {
            title.side_a = names_of(&lines);
        }
        title.end = limit;
        return title;
    };
    let (side_b, end) = read_side_b(head, versus_idx, &versus);
    let side_a = read_side_a(head, &names, versus_idx, &versus);
    // Numbers may stand in the right column of an American caption, behind the names.
    if title.numbers.is_empty() && country == "us" {
        title.numbers =
            head.iter().filter_map(|line| Some((docket(&line.text)?, line.page))).take(1).collect();
    }
    title.side_a = names_of(&side_a);
    title.side_b = names_of(&side_b);
    title.end = end;
    if title.side_a.is_empty() || title.side_b.is_empty() {
        title.side_a.clear();
        title.side_b.clear();
    }
    title
}

/// Returns the names of a bench line that begins with `Before` or `PRESENT`.
fn bench_line(line: &Line) -> Vec<(String, PageNo)> {
    let text = line.plain();
    let lower = text.to_lowercase();
    let start =
        ["present:", "before:", "before :", "coram:", "present :", "bench:", "before ", "present "]
            .iter()
            .find_map(|word| lower.starts_with(word).then_some(word.len()))
            .unwrap_or(text.len());
    let rest = text.get(start..).unwrap_or_default();
    rest.split([',', ';'])
        .flat_map(|part| part.split(" and "))
        .filter_map(judge::bench_name)
        .map(|name| (name, line.page))
        .collect()
}

/// Reads a bench printed behind the parties: `Before A, B and C, Circuit Judges.`.
fn later_bench(head: &[Line], title: &Title, country: &str) -> Vec<(String, PageNo)> {
    let mut bench = Vec::new();
    let behind = head.get(title.end.min(head.len())..).unwrap_or_default();
    let Some(at) = behind.iter().take(30).position(|line| zone(line) == Zone::Bench) else {
        return bench;
    };
    if let Some(line) = behind.get(at) {
        bench.extend(bench_line(line));
    }
    for line in behind.get(at + 1..).unwrap_or_default().iter().take(12) {
        let judicial = looks_judicial(&line.text) && line.text.len() < 60;
        let name = if country == "gb" {
            judicial.then(|| british_name(&line.plain()))
        } else {
            judge::bench_name(&line.plain()).filter(|_| judicial)
        };
        match name {
            Some(name) => bench.push((name, line.page)),
            None => break,
        }
    }
    bench
}

/// `LORD JUSTICE DELL`, `Lord Reed, President`: the title belongs to the name.
fn british_name(text: &str) -> String {
    court::title_case(text.split(',').next().unwrap_or(text).trim())
}

/// Tells whether a line of the bench shows that its person is a judge.
fn looks_judicial(text: &str) -> bool {
    let letters = squeeze(text);
    ["JUSTICE", "LORD", "LADY", "SIR", "JUDGE", "DAME", "HCJ", "MASTER"]
        .iter()
        .any(|word| letters.contains(word))
        || letters.ends_with('J')
}

/// A paragraph about the decision below, which may run over several lines.
struct Against {
    depth: i32,
    bracketed: bool,
    n_lines: usize,
    ended: bool,
}

impl Against {
    fn new(line: &Line) -> Self {
        let mut against = Self {
            depth: 0,
            bracketed: line.text.trim_start().starts_with('('),
            n_lines: 0,
            ended: false,
        };
        against.read(line);
        against
    }

    fn read(&mut self, line: &Line) {
        for c in line.text.chars() {
            self.depth += match c {
                '(' | '[' => 1,
                ')' | ']' => -1,
                _ => 0,
            };
        }
        self.n_lines += 1;
        self.ended =
            if self.bracketed { self.depth <= 0 } else { line.text.trim_end().ends_with('.') };
    }

    /// Reads `line` where it still belongs to the paragraph.
    fn goes_on(&mut self, line: &Line) -> bool {
        if self.ended || self.n_lines > 12 {
            return false;
        }
        let letters = line.squeezed();
        // Without brackets, the paragraph goes on while lines speak of a decision.
        let speaks = line.text.starts_with(|c: char| c.is_lowercase() || c == '(')
            || ["DATED", "PASSED", "COURT", "JUDGMENT", "TRIBUNAL", "NO", "DISTRICT", "CIRCUIT"]
                .iter()
                .any(|word| letters.contains(word));
        let goes_on =
            (self.bracketed && self.depth > 0) || (speaks && party::versus(&line.text).is_none());
        if goes_on {
            self.read(line);
        }
        goes_on
    }
}

/// Finds the line with `versus`, behind the court line or (law reports) behind the bench.
fn find_versus(head: &[Line], court_idx: usize, country: &str) -> Option<(usize, party::Versus)> {
    let between = head.iter().position(|line| line.squeezed() == "BETWEEN");
    let from = between.unwrap_or(0).max(court_idx);
    for (idx, line) in head.iter().enumerate().skip(from) {
        // The text has begun: what is cited there is no cause title.
        if idx > court_idx && is_body(line) {
            return None;
        }
        let short = line.text.len() < 200;
        // A list of cases behind the first page of an American order is no caption.
        if country == "us" && head.get(court_idx).is_some_and(|court| line.page > court.page) {
            return None;
        }
        let plain_and = line.squeezed() == "AND";
        if let Some(versus) = party::versus(&line.text).filter(|_| short && !is_citing(&line.text))
            && (!plain_and || between.is_some())
            && zone(line) != Zone::Against
        {
            return Some((idx, versus));
        }
    }
    None
}

/// Tells whether the case that a line names is cited there: `See A v. B, 200 U. S. 321`.
fn is_citing(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["see ", "in ", "cf. "].iter().any(|word| lower.starts_with(word)) || lower.contains(" u. s. ")
}

/// Tells whether a line opens the table of an order sheet or the text.
fn is_body(line: &Line) -> bool {
    let letters = line.squeezed();
    letters.contains("ORDERWITHSIGNATURE")
        || letters.starts_with("ORDERWITH")
        || judge::author(&line.text).is_some()
}

fn read_side_a(
    head: &[Line],
    names: &[usize],
    versus_idx: usize,
    versus: &party::Versus,
) -> Vec<String> {
    let mut side: Vec<String> = Vec::new();
    let versus_line = head.get(versus_idx);
    let in_line = !versus.before.is_empty();
    // Only lines directly above, one behind the other.
    let mut expected = versus_idx;
    for &idx in names.iter().rev() {
        let Some(line) = head.get(idx) else { continue };
        let adjacent = idx + 1 == expected && side.len() < 12;
        let same_paragraph = versus_line.is_some_and(|other| other.paragraph == line.paragraph);
        if !adjacent || (in_line && !same_paragraph) {
            break;
        }
        side.insert(0, line.plain());
        expected = idx;
    }
    if in_line {
        side.push(versus.before.clone());
    }
    side
}

/// Reads side B and returns where it ends.
fn read_side_b(head: &[Line], versus_idx: usize, versus: &party::Versus) -> (Vec<String>, usize) {
    let mut side: Vec<String> = Vec::new();
    let in_line = !versus.after.is_empty() && !versus.before.is_empty();
    let mut open = 0_i32;
    let mut last_paragraph = head.get(versus_idx).map(|line| line.paragraph);
    if !versus.after.is_empty() {
        open = bracket_depth(&versus.before) + bracket_depth(&versus.after);
        side.push(versus.after.clone());
    }
    let mut idx = versus_idx + 1;
    while let Some(line) = head.get(idx) {
        if side.len() >= 14 || line.text.len() > 160 || ends_side_b(line) {
            break;
        }
        if in_line {
            let before = side.last().map(String::as_str).unwrap_or_default().trim_end();
            let unfinished = before.ends_with([',', '&'])
                || before.ends_with(" and")
                || before.ends_with(" of")
                || before.ends_with(" the");
            let goes_on = open > 0
                || unfinished
                || Some(line.paragraph) == last_paragraph
                || line.text.starts_with(char::is_lowercase);
            if !goes_on {
                break;
            }
            open += bracket_depth(&line.text);
        }
        side.push(line.plain());
        last_paragraph = Some(line.paragraph);
        idx += 1;
        let role_behind = line.text.contains("…") || line.text.contains("..");
        if role_behind
            && !party::is_role_line(&line.text)
            && party::clean(&line.text).len() + 8 < line.text.len()
        {
            break;
        }
    }
    (side, idx)
}

fn bracket_depth(text: &str) -> i32 {
    text.chars().map(|c| i32::from(c == '(') - i32::from(c == ')')).sum()
}

/// Tells whether a line names the counsel of a side: `Petitioner by: …`.
fn is_counsel(line: &Line) -> bool {
    let head: String = squeeze(&line.text).chars().take(24).collect();
    ["PETITIONER", "APPELLANT", "APPLICANT", "RESPONDENT", "PLAINTIFF", "STATE"]
        .iter()
        .any(|role| head.starts_with(role))
        && head.contains("BY")
}

/// Tells whether a line behind `versus` belongs to no party any more.
fn ends_side_b(line: &Line) -> bool {
    const STARTS: &[&str] = &[
        "SNO",
        "SRNO",
        "SERIALNO",
        "DATEOF",
        "DATESOF",
        "HEARINGDATE",
        "FORTHE",
        "FORAPP",
        "FORPET",
        "FORRES",
        "PETITIONERBY",
        "PETITIONERSBY",
        "APPELLANTBY",
        "APPELLANTSBY",
        "RESPONDENTBY",
        "RESPONDENTSBY",
        "RESPONDENTNO",
        "RESPONDENTSNO",
        "APPLICANTBY",
        "APPLICANTSBY",
        "PLAINTIFFBY",
        "STATEBY",
        "COUNSEL",
        "THROUGH",
        "INATTENDANCE",
        "ONCOURT",
        "CERTIORARI",
        "ARGUED",
        "DECIDED",
        "COMPUTERAIDED",
        "INTHEMATTER",
        "PROCEEDING",
        "PRESENTFOR",
        "COMPLAINTTO",
        "MOTIONTO",
    ];
    let letters = line.squeezed();
    let by = letters.ends_with("BY") && letters.len() < 40;
    let labelled = STARTS.iter().any(|start| letters.starts_with(start));
    let order = letters.starts_with("ORDERWITH") || letters.contains("ORDERSHEET");
    let dated = dates::starts_with_date(&line.text);
    let numbered = number::is_number_line(&line.text);
    let counsel = letters.contains("ADVOCATE")
        || letters.contains("INSTRUCTEDBY")
        || line.text.trim_end().ends_with(" QC")
        || line.text.trim_end().ends_with(" KC");
    let other_zone = matches!(zone(line), Zone::Stop | Zone::Against | Zone::Bench);
    by || labelled
        || order
        || dated
        || numbered
        || counsel
        || other_zone
        || judge::author(&line.text).is_some()
        || party::versus(&line.text).is_some_and(|versus| versus.before.is_empty())
}

/// Makes names of the lines of one side: joined where one name runs on, apart where numbered or
/// where each line bears a name of its own.
fn names_of(lines: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let numbered = lines.iter().filter(|line| without_number(line).is_some()).count() >= 2;
    let mut ended = true;
    for line in lines {
        if party::is_role_line(line) {
            ended = true;
            continue;
        }
        let (text, starts) = match without_number(line) {
            Some(rest) if numbered => (rest, true),
            _ => (line.as_str(), false),
        };
        let cleaned = text.trim();
        if starts || (ended && !names.is_empty() && !numbered) || names.is_empty() {
            if ended && !names.is_empty() && !starts {
                // Lines behind a role line (`Respondents`) are addresses or counsel.
                break;
            }
            names.push(cleaned.to_owned());
        } else if let Some(last) = names.last_mut() {
            last.push(' ');
            last.push_str(cleaned);
        }
        ended = false;
    }
    names.iter().map(|name| party::clean(name)).filter(|name| is_name(name)).collect()
}

fn is_name(name: &str) -> bool {
    name.chars().any(char::is_alphabetic) && name.len() < 300 && name != "No" && !name.contains('#')
}

/// Returns what follows `1.` or `(1)`.
fn without_number(line: &str) -> Option<&str> {
    let text = line.trim().trim_start_matches('(');
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let rest = rest.strip_prefix([')', '.'])?;
    ((1..=2).contains(&digits) && !rest.trim().is_empty()).then(|| rest.trim())
}

/// Returns the docket number of an American caption: `No. 21-50498`, `Case No. 8:16-cv-1261`.
fn docket(text: &str) -> Option<String> {
    let at =
        ["Case No. ", "Case Number: ", "Civil Action No. ", "No. "].iter().find_map(|word| {
            text.find(word)
                .filter(|&at| at == 0 || text.get(..at).is_some_and(|t| t.ends_with(' ')))
        })?;
    let rest = text.get(at..)?;
    let mut kept = String::new();
    for word in rest.split_whitespace() {
        let has_digit = word.chars().any(|c| c.is_ascii_digit());
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word.trim_end_matches([',', '.']));
        if word == "No." || word == "Nos." {
            kept.push('.');
        }
        if has_digit {
            return Some(kept);
        }
        if kept.len() > 40 {
            return None;
        }
    }
    None
}

// ------------------------------------------------------------------------------------ judges

/// Finds the author named before the text.
fn author(head: &[Line], title: &Title, country: &str) -> Option<(String, PageNo)> {
    let from = title.end.min(head.len());
    for line in head.get(from..).unwrap_or_default() {
        if let Some((name, _)) = judge::author(&line.plain()) {
            return Some((name, line.page));
        }
        if country == "gb"
            && let Some(name) = british_author(&line.plain())
        {
            return Some((name, line.page));
        }
    }
    None
}

/// `LORD HAMBLE: (with whom …)`, `Lord Justice Dell :`, `MR JUSTICE DELL:`.
fn british_author(text: &str) -> Option<String> {
    let (name, rest) = match text.split_once(':') {
        Some((name, rest)) => (name, rest),
        None => text.split_once(" (with whom")?,
    };
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
    (fits && judicial && name.len() < 60).then(|| court::title_case(name))
}

/// Joins author, bench and signature: the author first, then the bench as printed.
fn judges(
    author: Option<(String, PageNo)>,
    title: &Title,
    signature: Option<(usize, Vec<String>)>,
    body: &[Line],
) -> Vec<Valued<String>> {
    let mut judges: Vec<Valued<String>> = Vec::new();
    let mut add = |name: String, page: PageNo, confidence: f32| {
        let key = squeeze(&name);
        match judges.iter_mut().find(|judge| same_person(&squeeze(&judge.value), &key)) {
            Some(known) => known.confidence = Some(known.confidence.unwrap_or(0.0).max(0.98)),
            None => judges.push(Valued::derived(name, page, confidence)),
        }
    };
    if let Some((name, page)) = author {
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
fn add_title(record: &mut Record, title: Title, all: &[Line]) {
    for (number, page) in title.numbers {
        let seen = record.numbers.iter().any(|known| known.value == number);
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
    let own: Vec<(u32, u16)> =
        title.numbers.iter().filter_map(|(number, _)| number::digits_of(number)).collect();
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
